"""What reading HTML promises: the document as it is, or a typed error that says what came instead."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.contract import Payload
from sources.errors import Blocked, Empty, LayoutChanged
from sources.parse import html

PAGE = "<!DOCTYPE html><html><head>{head}<title>{title}</title></head><body>{body}</body></html>"


def payload(body: bytes | str, content_type: str = "text/html") -> Payload:
    """A payload as a walk would hand it over."""
    raw = body.encode() if isinstance(body, str) else body
    return Payload(
        source="gacc_preliminary",
        url="http://english.customs.gov.cn/Statics/x.html",
        body=raw,
        sha256="0" * 64,
        fetched_at=datetime(2026, 4, 9, tzinfo=UTC),
        content_type=content_type,
    )


def page(body: str = "<p>x</p>", *, title: str = "Trade", head: str = "") -> str:
    """A whole small document."""
    return PAGE.format(head=head, title=title, body=body)


# --- character sets ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (page("中文", head='<meta charset="UTF-8">').encode(), "text/html; charset=gbk"),
        (page("中文", head='<meta charset="gb2312">').encode("gb18030"), "text/html; charset=utf-8"),
        (
            page("中文", head='<meta http-equiv="Content-Type" content="text/html; charset=GBK">').encode("gb18030"),
            "text/html",
        ),
        (page("中文").encode("gb18030"), "text/html; charset=GBK"),
        (page("中文").encode(), "text/html"),
        (b"\xef\xbb\xbf" + page("中文", head='<meta charset="gbk">').encode(), "text/html"),
        (b"\xff\xfe" + page("中文").encode("utf-16-le"), "text/html; charset=utf-8"),
    ],
)
def test_the_character_set_is_the_marks_then_the_bodys_then_the_headers(body: bytes, content_type: str) -> None:
    """P-31: Byte order mark, declaration in the body, HTTP header, the source's default; GBK is read as GB18030."""
    assert "中文" in html.decode(payload(body, content_type))


def test_the_default_is_the_sources() -> None:
    """Where nothing says it, the caller knows."""
    assert "中文" in html.decode(payload(page("中文").encode("gb18030")), default="gb18030")


@pytest.mark.parametrize(
    "body",
    [
        page("中文", head='<meta charset="UTF-8">').encode("gb18030"),
        page("café").encode("latin-1"),
        page("lost \ufffd here").encode(),
        page("cut \0 here").encode(),
        page(head='<meta charset="klingon">').encode(),
        page(head='<meta charset="utf-7">').encode(),
    ],
)
def test_wrong_bytes_are_refused_and_never_replaced(body: bytes) -> None:
    """P-31: Bytes outside their set, U+FFFD, NUL, unknown or dangerous sets."""
    with pytest.raises(LayoutChanged):
        html.decode(payload(body))


def test_a_stray_control_character_of_the_frame_is_let_through() -> None:
    """China Customs has 0x03 in its footer."""
    soup = html.document(payload(page("<p>Legislation\x03</p>")))

    assert html.squeeze(html.raw(soup.select("p")[0])) == "Legislation"


def test_p30_a_page_of_a_million_tags_is_refused_before_it_is_taken_apart() -> None:
    """P-30: it would take a minute, and no publisher has such a page."""
    with pytest.raises(LayoutChanged, match="tags"):
        html.document(payload(page("<p>" * 1_000_000)))


# --- what isn't the document --------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"", b"  \r\n\t"])
def test_nothing_with_status_200_is_empty(body: bytes) -> None:
    """Empty is neither success nor zero."""
    with pytest.raises(Empty):
        html.document(payload(body))


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE html><html><head><script>$_ts=window['$_ts'];$_ts.nsd=0;</script></head><body></body></html>",
        "<html><head><script>var x = $_ts.cd;</script></head><body>",
        page(title="Just a moment...", body="<p>Checking your browser</p>"),
        page(title="403 Forbidden", body="<h1>403 Forbidden</h1>"),
        page(title="404 - Not Found"),
        page(title="502 Bad Gateway"),
        page(title="412 Precondition Failed"),
        page(title="Access Denied"),
        page(title="访问验证"),
        page("<p>请完成验证</p>"),
        page("<p>Please verify you are a human.</p>"),
        page('<div class="g-recaptcha"></div>'),
        page('<form><input type="Password" name="p"></form>', title="Portal"),
        page(title="Login"),
        page("<p>Our systems have detected unusual traffic</p>"),
        "<h1>403 Forbidden</h1>",
    ],
)
def test_a_challenge_login_or_error_page_is_blocked(body: str) -> None:
    """P-21: It arrives with status 200, whole or cut, and is never read as the document."""
    with pytest.raises(Blocked):
        html.document(payload(body))


@pytest.mark.parametrize(
    "body",
    [
        page(title="500 thousand cars went to Russia"),
        page(title="404 cars were sold in May", body="<p>Sales</p>"),
        page("<p>Journalists saw a captcha on the customs site.</p>" + "<p>More of the article.</p>" * 100),
        page("<form action='/search'><input type='text' name='keyword'></form>"),
        page("<p>Errors in the data were corrected.</p>", title="Error margins of trade data"),
    ],
)
def test_a_document_that_speaks_of_such_things_is_no_challenge(body: str) -> None:
    """Numbers in titles, articles about captchas, and search forms are ordinary."""
    assert html.document(payload(body)).title is not None


@pytest.mark.parametrize("body", ["{}", "not a page", "<?xml version='1.0'?><rss></rss>", "%PDF-1.7", "<p>x</p>"])
def test_another_kind_of_file_is_refused(body: str) -> None:
    """JSON, XML, PDF or a fragment isn't an HTML document."""
    with pytest.raises(LayoutChanged, match="HTML"):
        html.document(payload(body))


@given(kept=st.integers(1, 40))
def test_a_cut_document_is_refused(kept: int) -> None:
    """Without its end nobody knows how many rows are missing."""
    whole = page("<table>" + "<tr><td>1</td></tr>" * 50 + "</table>")
    cut = whole[: len(whole) - kept]

    with pytest.raises(LayoutChanged, match="its end"):
        html.document(payload(cut))


def test_one_element_means_one() -> None:
    """Neither the first of two nor none."""
    soup = html.document(payload(page("<p>a</p><p>b</p>")))

    assert html.one(payload(""), soup, "title").name == "title"
    for selector, found in (("p", "2"), ("b", "0")):
        with pytest.raises(LayoutChanged, match=f"expected exactly one, found {found}"):
            html.one(payload(""), soup, selector)


# --- text and tables ----------------------------------------------------------------------------------------------


def test_elements_of_a_class_are_those_that_css_finds() -> None:
    """Among several classes, in the order of the page, whatever blanks stand between the names; no part of a name."""
    body = (
        '<div class="a"><p class="b  a">1</p></div><p class="ab">2</p><p class="">3</p><p>4</p>'
        '<p class="b\n">5</p><p class="A">6</p>'
    )
    soup = html.document(payload(page(body)))

    for names in (("a",), ("b",), ("a", "b"), ("c",)):
        assert list(html.classed(soup, *names)) == soup.select(", ".join(f".{name}" for name in names))
    assert html.one(payload("x"), soup, ".ab").get_text() == "2"
    for selector in (".a", ".c"):
        with pytest.raises(LayoutChanged, match="exactly one"):
            html.one(payload("x"), soup, selector)


def test_text_is_what_a_reader_sees() -> None:
    """No comments or scripts; `<br>` parts words; parts of one word in two spans stay together."""
    soup = html.document(
        payload(page("<p>1-6 Total, <span>202</span><span>5</span><br/>in all<!-- no --><script>var x;</script></p>"))
    )

    assert html.squeeze(html.raw(soup.select("p")[0])) == "1-6 Total, 2025 in all"


def test_squeezing_makes_widths_and_blanks_one() -> None:
    """Full-width forms, no-break and zero-width blanks, control characters."""
    assert html.squeeze("\u3000（２）Imports：\xa0\xa0a\u200b\r\n，b％\x03") == "(2)Imports: a ,b%"


def grid_of(rows: str) -> list[list[str | None]]:
    """The texts of the grid of a table."""
    soup = html.document(payload(page(f"<table>{rows}</table>")))
    grid = html.grid(payload(""), soup.select("table")[0])
    return [[cell.text if cell else None for cell in row] for row in grid]


def test_spanning_cells_stand_in_every_place_they_cover() -> None:
    """A header over two columns and a name beside two rows."""
    grid = grid_of(
        "<tr><td rowspan=2>Name</td><td colspan=2>6</td></tr><tr><td>Quantity</td><td>Value</td></tr>"
        "<tr><td>Steel</td><td>1</td></tr>"
    )

    assert grid == [["Name", "6", "6"], ["Name", "Quantity", "Value"], ["Steel", "1", None]]


def test_left_out_end_tags_and_nested_tables_are_read_as_browsers_do() -> None:
    """P-29: Cells end where the next begins; the rows of an inner table belong to it."""
    assert grid_of("<tr><td>a<td>b<tr><td>c<td><table><tr><td>in</table>") == [["a", "b"], ["c", "in"]]


def test_a_cell_knows_its_place_and_keeps_its_figure() -> None:
    """Places count from 1; a figure loses the blanks around it and nothing else."""
    soup = html.document(payload(page("<table><tr><td>x</td><td>\n４1.5&nbsp;\n</td></tr></table>")))
    cell = html.grid(payload(""), soup.select("table")[0])[0][1]

    assert cell is not None
    assert (cell.row, cell.column, cell.width, cell.height) == (1, 2, 1, 1)
    assert (cell.figure, cell.text) == ("４1.5", "41.5")


@pytest.mark.parametrize(
    "rows",
    ["", "<tr></tr>", '<tr><td colspan="1000" rowspan="1000">' * 2 + "<tr>" * 1000, '<tr><td colspan="1000">x' * 101],
)
def test_a_table_without_cells_or_beyond_measure_is_refused(rows: str) -> None:
    """A span bomb costs no memory."""
    with pytest.raises(LayoutChanged):
        grid_of(rows)
