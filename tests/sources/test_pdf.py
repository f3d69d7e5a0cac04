"""What reading a PDF promises: words where the page draws them, and one typed error for whatever is no whole PDF."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.contract import Payload
from sources.errors import Empty, LayoutChanged, Unreadable, WrongDocument
from sources.parse import pdf
from tests.payloads.aeb import pages
from tests.payloads.aeb.pages import Writing

FETCHED = datetime(2026, 9, 1, tzinfo=UTC)
LINE = [(60, 700, 9, "Haval"), (210, 700, 9, "4,552"), (310, 700, 9, "-7%"), (400, 700, 9, "29,023")]


def read(body: bytes) -> pdf.Document:
    """The text of a PDF."""
    return pdf.document(Payload("aeb", "file:a", body, "0" * 64, FETCHED))


@pytest.mark.parametrize(
    "how",
    [
        Writing(), Writing(apart=True), Writing(torn=True), Writing(moved=True), Writing(packed=True),
        Writing(torn=True, moved=True, packed=True), Writing(apart=True, torn=True),
    ],
    ids=str,
)  # fmt: skip
def test_words_stand_where_the_page_draws_them_however_it_is_written(how: Writing) -> None:
    """One block or a cell at a time, whole words or torn ones, by place or by step: the same words, the same edges."""
    (line,) = read(pages.document([pages.drawn(LINE, how)], how)).lines

    assert [word.text for word in line.words] == ["Haval", "4,552", "-7%", "29,023"]
    assert [round(word.left) for word in line.words] == [60, 210, 310, 400]
    # four digits and a comma of Helvetica, 9 points high
    assert line.words[1].right - line.words[1].left == pytest.approx(22.52, abs=0.01)
    assert (line.text, line.place) == ("Haval 4,552 -7% 29,023", "page 1 line 1")


def test_lines_go_from_top_to_bottom_and_page_to_page() -> None:
    """Whatever the order in which a page draws them; a raised note mark belongs to its line."""
    first = pages.drawn([(60, 600, 9, "below"), (60, 700, 9, "LADA"), (82, 702, 6, "*"), (200, 700, 9, "1")], Writing())
    second = pages.drawn([(60, 800, 9, "next page")], Writing())

    lines = read(pages.document([first, second])).lines

    assert [(line.place, line.text) for line in lines] == [
        ("page 1 line 1", "LADA* 1"), ("page 1 line 2", "below"), ("page 2 line 1", "next page"),
    ]  # fmt: skip


def test_letters_drawn_twice_to_look_bold_are_read_once() -> None:
    """`199` stays 199, not 119999, and the two l of `all` and the two 5 of `4,552` stay two."""
    bold = [
        (60, 700, 9, "all"),
        (60.3, 700, 9, "all"),
        *LINE[1:],
        *[(x + 0.3, y, size, text) for x, y, size, text in LINE],
    ]

    (line,) = read(pages.document([pages.drawn(bold[:2] + bold[2:5] + bold[6:], Writing())])).lines

    assert line.text == "all 4,552 -7% 29,023"


@pytest.mark.parametrize(
    ("made", "day"),
    [("D:20221206120000+03'00'", date(2022, 12, 6)), ("", None), ("D:20221340", None), ("yesterday", None)],
)
def test_the_day_of_making_is_that_of_the_properties(made: str, day: date | None) -> None:
    """In the document's own time zone; one that is no day is none."""
    how = Writing(made=made)

    assert read(pages.document([pages.drawn(LINE, how)], how)).made == day


GOOD = pages.brands()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", Empty),
        (b"<html></html>", WrongDocument),
        (pages.pictures(), Unreadable),
        (GOOD[:-20], LayoutChanged),
        (GOOD[:900], LayoutChanged),
        (GOOD.replace(b"/Type /Catalog", b"/Type /Catalxx").replace(b"/Pages 2 0 R", b"/Xages 2 0 R"), LayoutChanged),
        (GOOD.replace(b"/F1 9 Tf", b"/F1 (9 Tf"), LayoutChanged),
        (b"%PDF-1.4\n" + b"\0" * 5000 + b"%%EOF\n", LayoutChanged),
        (pages.document([pages.drawn(LINE, Writing())] * 61), LayoutChanged),
    ],
    ids=["nothing", "a page", "pictures", "cut", "cut early", "no catalogue", "no stream", "zeros", "61 pages"],
)
def test_what_is_no_whole_pdf_with_text_ends_in_a_reason(body: bytes, kind: type[LayoutChanged]) -> None:
    """Pictures are told from damage: the one never held figures, the other may be asked for again."""
    with pytest.raises(LayoutChanged) as caught:
        read(body)

    assert type(caught.value) is kind
    assert caught.value.url == "file:a"


def test_a_pdf_of_pictures_says_that_there_is_nothing_to_do() -> None:
    """Nobody is sent to mend what has no text."""
    with pytest.raises(Unreadable, match=r"1 pages without a letter\. Nothing to do"):
        read(pages.pictures())


@given(data=st.data())
def test_a_pdf_with_bytes_lost_ends_in_text_or_in_a_reason(data: st.DataObject) -> None:
    """No other error leaves the reader, wherever the damage is."""
    at = data.draw(st.integers(0, len(GOOD) - 1))
    lost = data.draw(st.integers(1, 40))
    try:
        read(GOOD[:at] + GOOD[at + lost :])
    except LayoutChanged as error:
        assert error.found or error.kind == "empty"  # noqa: PT017 (either is a good end)


# --- heads --------------------------------------------------------------------------------------------------------

HEADS = [pdf.Word("2022", 200, 220), pdf.Word("2021", 250, 270), pdf.Word("YoY", 300, 320)]


def word(text: str, middle: float) -> pdf.Word:
    """A word around a place."""
    return pdf.Word(text, middle - 8, middle + 8)


def test_a_word_stands_under_the_nearest_head_and_gaps_stay_gaps() -> None:
    """A blank cell in between moves nothing."""
    first, last = word("4,552", 214), word("-7%", 305)

    assert pdf.placed([first, last], HEADS) == {0: first, 2: last}
    assert pdf.placed([], HEADS) == {}


@pytest.mark.parametrize(
    "words",
    [[word("13", 234)], [word("13", 205), word("908", 215)], [word("-7%", 310), word("908", 260)]],
    ids=["between two heads", "two under one", "out of order"],
)
def test_a_word_whose_head_cannot_be_told_is_refused(words: list[pdf.Word]) -> None:
    """Never the likelier of two columns."""
    with pytest.raises(ValueError, match="stands"):
        pdf.placed(words, HEADS)
