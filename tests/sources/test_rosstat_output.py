"""What Rosstat's output of vehicles promises: units, scopes apart, editions as vintages, one wrong cell held alone."""

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.carmakers import rosstat_output
from sources.contract import Doubt, Observation, Payload, Row, Window
from sources.errors import Blocked, Contradiction, Empty, LayoutChanged, Unreadable, WrongDocument
from sources.parse import archives, booklets
from tests.payloads.rosstat_output import pages

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SHIPPED = ROOT / "sources" / "reference" / "data" / rosstat_output.FILE
NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
SCOPES = {
    "Rosstat booklet, passenger cars": "booklet_cars",
    "Rosstat booklet, trucks (list before 2010)": "booklet_trucks_to_2009",
    "Rosstat booklet, trucks incl. chassis without dump trucks (list of 2010)": "booklet_trucks",
}
needs_libarchive = pytest.mark.skipif(
    not archives.available(), reason="libarchive, which unpacks RAR archives, is not installed (Debian: libarchive13)"
)


def rows(body: bytes, *, url: str = "file:a", title: str = "") -> list[Row]:
    """All that a document says."""
    payload = Payload(source="rosstat_output", url=url, body=body, sha256="0" * 64, fetched_at=NOW, title=title)
    return list(rosstat_output.parse(payload))


def figures(said: Sequence[Row], dataset: str) -> dict[tuple[str, str], Observation]:
    """The figures of a dataset by frequency and period."""
    return {(row.freq, row.period): row for row in said if isinstance(row, Observation) and row.dataset == dataset}


def test_thousands_become_units_with_the_rounding_of_what_is_printed() -> None:
    """`18,2` is 18,200 give or take 50; `110` is 110,000 give or take 500; buses are printed in units."""
    said = rows(pages.text())
    cars, buses = figures(said, "booklet_cars"), figures(said, "booklet_buses")

    january, february = cars["M", "2010-01"], cars["M", "2011-02"]
    assert (january.value, january.precision, january.unit) == (Decimal(44000), Decimal(50), "units")
    assert (february.value, february.precision) == (Decimal(128000), Decimal(500))
    assert (cars["A", "2011"].value, cars["Q", "2011-Q4"].value) == (Decimal(1737000), Decimal(481000))
    assert (buses["M", "2010-01"].value, buses["M", "2010-01"].precision) == (Decimal(281), Decimal("0.5"))
    assert {(row.measure, row.reporter, row.flow, row.product) for row in cars.values()} == {
        ("cars_output_units", "RU", None, None)
    }


def test_note_marks_belong_to_no_figure() -> None:
    """`1742)` is 174 thousand, `4522)` is 452 thousand, `108691)` is 10,869, and a year may bear marks too."""
    years = dict(pages.APRIL_2012[pages.NEW_CARS])
    years["20122),3)"] = years.pop("2012")
    said = rows(pages.text(pages.rows({**pages.APRIL_2012, pages.NEW_CARS: years})))

    assert figures(said, "booklet_cars")["M", "2012-03"].value == Decimal(174000)
    assert figures(said, "booklet_cars")["Q", "2012-Q1"].value == Decimal(452000)
    assert figures(said, "booklet_buses")["Q", "2012-Q1"].value == Decimal(10869)


def test_months_to_come_are_missing_and_not_zero() -> None:
    """The edition of April 2012 has no figure for May 2012, nor for the year."""
    cars = figures(rows(pages.text()), "booklet_cars")

    assert ("M", "2012-04") in cars
    assert ("M", "2012-05") not in cars
    assert ("A", "2012") not in cars


def test_trucks_before_and_after_the_new_list_are_two_series() -> None:
    """Both print 2009: 91.4 thousand by the old list, 92.7 by the new one."""
    said = rows(pages.text())

    assert figures(said, "booklet_trucks_to_2009")["A", "2009"].value == Decimal(91400)
    assert figures(said, "booklet_trucks")["A", "2009"].value == Decimal(92700)


def test_english_titles_change_nothing() -> None:
    """Since 2013 titles and heads are in two languages: the same rows come out."""
    plain, english = (rows(pages.text(pages.rows(english=e))) for e in (False, True))

    assert [repr(row) for row in plain] == [repr(row) for row in english]


def test_a_quarter_that_its_months_contradict_is_held_alone() -> None:
    """Q3 of 2009 is printed as 79,6 where July to September make 135,4: the rest of the edition loads."""
    said = rows(pages.text(pages.rows(pages.OCTOBER_2009)))
    (doubt,) = [row for row in said if isinstance(row, Doubt)]

    assert doubt.found == "79,6"
    assert "135.4" in doubt.reason
    assert '"Легковые автомобили, тыс.штук" 2009 Q3' in doubt.locator
    cars = figures(said, "booklet_cars")
    assert ("Q", "2009-Q3") not in cars
    assert (cars["Q", "2009-Q2"].value, cars["M", "2009-10"].value) == (Decimal(166000), Decimal(58700))


@pytest.mark.parametrize("cell", ["17.3", "97,1,", "…", "-", "18 2", "12a", "1742))", "174²"])
def test_a_cell_that_cannot_be_read_is_held_alone(cell: str) -> None:
    """A decimal point, a stray comma or a dash is no figure; its neighbours load."""
    years = {**pages.APRIL_2012[pages.NEW_CARS], "2012": f"|||||119|{cell}||||||||||"}
    said = rows(pages.text(pages.rows({**pages.APRIL_2012, pages.NEW_CARS: years})))
    (doubt,) = [row for row in said if isinstance(row, Doubt)]

    assert (doubt.found, "2012 month 2" in doubt.locator) == (cell, True)
    assert figures(said, "booklet_cars")["M", "2012-01"].value == Decimal(119000)


@given(value=st.decimals("0.1", "9999.9", places=1), marks=st.sampled_from(["", "1)", "2)", "2),3)", "1), 2)"]))
def test_a_figure_is_read_whatever_marks_it_bears(value: Decimal, marks: str) -> None:
    """There and back: the printed number with a decimal comma, note marks or none."""
    assert booklets.figure(f"{value}".replace(".", ",") + marks) == value


# --- editions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "title", "known"),
    [
        ("file:0123456789ab/2012-04_tab.csv", "2012-04_tab.csv", date(2012, 5, 31)),
        ("file:0123456789ab/2012-12_tab.csv", "", date(2013, 1, 31)),
        ("https://example.org/data/interim/2012/04/tab.csv", "", date(2012, 5, 31)),
        ("http://www.gks.ru/free_doc/doc_2012/Ind/ind05.rar", "", date(2012, 6, 30)),
        ("file:a", "", None),
    ],
)
def test_an_edition_counts_as_known_from_the_end_of_the_next_month(url: str, title: str, known: date | None) -> None:
    """The file's name or address says the edition; without it nothing is claimed, and the fetch counts."""
    said = [row for row in rows(pages.text(), url=url, title=title) if isinstance(row, Observation)]

    assert {row.published for row in said} == {known}
    assert not any(row.reconstructed for row in said)


def test_a_file_named_as_an_older_edition_contradicts_its_figures() -> None:
    """Figures of April 2012 can't have stood in the edition of March."""
    with pytest.raises(Contradiction, match="2012-04"):
        rows(pages.text(), title="2012-03_tab.csv")


def test_the_same_bytes_under_two_editions_say_the_same() -> None:
    """Only the day from which they are known differs: a new address is no new figure."""
    april, may = (figures(rows(pages.text(), title=f"2012-0{n}_tab.csv"), "booklet_cars") for n in (4, 5))

    assert {key: row.value for key, row in april.items()} == {key: row.value for key, row in may.items()}


def test_nights_ask_for_what_is_shipped_and_backfills_for_the_editions_that_there_were() -> None:
    """No edition before April 2009 or after June 2017 is asked for; each month is one address."""
    night = Window(date(2026, 8, 1), date(2026, 9, 1), NOW, nightly=True)
    past = Window(date(2016, 11, 1), date(2017, 12, 31), NOW)

    assert [request.url for request in rosstat_output.plan(night)] == ["shipped:rosstat_output.csv"]
    asked = list(rosstat_output.plan(past))
    assert [request.period for request in asked[1:]] == [
        "2016-11", "2016-12", "2017-01", "2017-02", "2017-03", "2017-04", "2017-05", "2017-06",
    ]  # fmt: skip
    assert asked[2].url == "http://www.gks.ru/free_doc/doc_2016/Ind/ind12.rar"


# --- what is no such document -------------------------------------------------------------------------------------


def test_a_booklet_without_the_section_says_so() -> None:
    """Since 2017 there is no output by product: noted once, never zero; before that it is a fault."""
    without = pages.text([row for row in pages.rows({}) if not row[0].startswith("5.2.12")])

    with pytest.raises(Unreadable, match="section missing") as missing:
        rows(without, title="2017-06_tab.csv")
    assert "since 2017" in str(missing.value)
    with pytest.raises(LayoutChanged, match="section missing") as fault:
        rows(without, title="2016-06_tab.csv")
    assert not isinstance(fault.value, Unreadable)


def changed(old: str, new: str) -> bytes:
    """The edition of April 2012 with one text replaced."""
    body = pages.text().decode()
    if old not in body:
        raise ValueError(old)
    return body.replace(old, new).encode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", Empty),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", Blocked),
        (b"1999\t1\t2\n2000\t3\t4\n", WrongDocument),
        (pages.text()[:-1], LayoutChanged),
        (pages.text(pages.rows()[:-4]), LayoutChanged),
        (pages.text(pages.rows()[:20]), LayoutChanged),
        (changed("Январь\tФевраль", "Февраль\tЯнварь"), LayoutChanged),
        (changed("Кварталы\tЯнварь", "Кварталы\tВсего\tЯнварь"), LayoutChanged),
        (changed("5.2.12. Производство транс", "5.2.13. Производство иных транс"), LayoutChanged),
        (changed("Автобусы, штук", "Троллейбусы, штук"), LayoutChanged),
        (changed("Автомобили легковые, тыс.штук", "Автомобили легковые, млн. руб"), LayoutChanged),
        (changed("2011\t1737", "2013\t1737"), LayoutChanged),
        (changed("2011\t1737\t", "2011\t"), LayoutChanged),
        (changed("2012\t\t4522)\t", "2012\t\t4522)\t1\t"), LayoutChanged),
        (pages.text(pages.rows({**pages.APRIL_2012, "Автобусы большие, штук": {}})), LayoutChanged),
        (pages.text().decode().encode("cp1251"), LayoutChanged),
    ],
    ids=[
        "empty", "web page", "other text", "last line cut", "next section cut", "cut in a table", "months swapped",
        "a column more", "other section", "no buses", "other unit", "year skipped", "a cell less", "a cell more",
        "a table twice", "other charset",
    ],
)  # fmt: skip
def test_what_is_not_such_a_booklet_gives_no_row(body: bytes, kind: type[LayoutChanged]) -> None:
    """A reason of its own for each, and never figures under the wrong head."""
    with pytest.raises(kind):
        rows(body)


# --- Word and RAR -------------------------------------------------------------------------------------------------


def values(said: Sequence[Row]) -> list[tuple[object, ...]]:
    """What rows say, without where."""
    return [
        (row.dataset, row.freq, row.period, row.value, row.precision) for row in said if isinstance(row, Observation)
    ]


def test_the_word_document_says_what_its_conversion_says() -> None:
    """Title and figures out of table cells of a Word 97 file, in two pieces of different charset."""
    assert values(rows(pages.word())) == values(rows(pages.text()))
    assert rows(pages.word())[0].locator.startswith("document row ")


@needs_libarchive
def test_the_archive_says_what_its_conversion_says() -> None:
    """The section is found in whichever member has it, and the place names the member."""
    said = rows(pages.archive())

    assert values(said) == values(rows(pages.text()))
    assert said[0].locator.startswith("tab4.doc row ")


@needs_libarchive
def test_names_in_an_archive_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A member that would climb out of its folder is read in memory like any other: no file appears."""
    monkeypatch.chdir(tmp_path)

    assert rows(pages.archive({"../../tab4.doc": pages.word(), "/tmp/x.txt": b"x"}))  # noqa: S108 (a name in an archive)
    assert list(tmp_path.rglob("*")) == []


@needs_libarchive
@pytest.mark.parametrize(
    "body",
    [
        pages.archive()[:-4000],
        pages.archive()[:9000] + b"xxxx" + pages.archive()[9004:],
        pages.archive({f"{n}.txt": b"x" for n in range(101)}),
        pages.archive({"tab4.doc": bytes((64 << 20) + 1)}),
        pages.archive({"tab4.doc": pages.word()[:5000]}),
        pages.archive({"readme.txt": b"x"}),
    ],
    ids=["cut", "overwritten", "too many files", "too large", "a document cut", "no document"],
)
def test_an_archive_that_is_damaged_or_too_large_gives_no_row(body: bytes) -> None:
    """Cut, overwritten, a bomb, or without the booklet: one typed error."""
    with pytest.raises(LayoutChanged):
        rows(body)


def test_without_libarchive_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine that can't unpack RAR the reader is told what to install and what to do then."""
    monkeypatch.setattr(archives, "_library", lambda: None)

    with pytest.raises(Unreadable, match="apt install libarchive13") as caught:
        rows(pages.archive())
    assert "amur rebuild" in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        pages.compound({"WordDocument": bytes(4096)}),
        pages.compound({"Workbook": bytes(4096)}),
        pages.word().replace(b"\x00\x02\x00\x00" * 1, b"\x00\x03\x00\x00", 1),
        pages.word()[:600],
    ],
    ids=["no text", "a workbook", "damaged", "cut"],
)
def test_a_compound_file_without_a_booklet_gives_no_row(body: bytes) -> None:
    """Another Office file, an empty or a damaged one: one typed error."""
    with pytest.raises(LayoutChanged):
        rows(body)


# --- the shipped table --------------------------------------------------------------------------------------------


def test_a_cited_figure_is_of_the_press_until_rosstat_is_read() -> None:
    """Its status, rounding, day and citation are those of the report; month and sum since January stand apart."""
    month, total = rows(pages.cited())

    assert isinstance(month, Observation)
    assert isinstance(total, Observation)
    assert (month.value, month.precision, month.obs_status) == (Decimal(54100), Decimal(50), "F")
    assert (month.period, month.published) == ("2025-11", date(2025, 12, 24))
    assert (total.freq, total.period, total.value) == ("YTD", "2025-11", Decimal(591000))
    assert month.locator == "row 2: 1prime.ru/20251224"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("report_cars", "cars"), ("cars_output_units,", "sales,"), (",units,M", ",kg,M"), (",M,", ",W,"),
        ("2025-11-30", "2025-10-30"), ("54100", "54 100"), (",50,", ",-50,"), ("1prime.ru/20251224\n", "\n"),
    ],
)  # fmt: skip
def test_a_row_of_the_shipped_table_is_read_in_full_or_refused(old: str, new: str) -> None:
    """There is no default for anything."""
    body = pages.cited().decode().replace(old, new, 1).encode()

    with pytest.raises(LayoutChanged, match="row 2"):
        rows(body)


def test_a_shipped_table_without_its_end_is_refused() -> None:
    """A table cut at the end of a row looks whole: its last line says that it is."""
    with pytest.raises(LayoutChanged, match="# end"):
        rows(pages.cited(end=""))


# --- recorded -----------------------------------------------------------------------------------------------------


def facts() -> list[dict[str, str]]:
    """The table of facts about Rosstat's output.

    Raises:
        Skipped: it isn't beside the project.
    """
    table = SHARED / "facts" / "carmakers_truth.csv"
    if not table.exists():
        pytest.skip(f"no table of facts beside the project: {table}")
    with table.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["source"] == "rosstat_output"]


def edition(name: str) -> list[Row]:
    """What a recorded edition says."""
    return rows((SHARED / "recorded" / "carmakers" / name).read_bytes(), title=name.rpartition("/")[2])


@pytest.mark.recorded
def test_every_known_figure_of_the_booklets_is_read_or_held() -> None:
    """Each row of facts that stands in a recorded edition comes out to the unit; the source's error is held."""
    known = [fact for fact in facts() if fact["where"].startswith("rosstat_output/")]
    read = {name: edition(name) for name in {fact["where"] for fact in known}}

    assert len(known) == 44
    for fact in known:
        said = read[fact["where"]]
        row = figures(said, SCOPES[fact["scope"]]).get((fact["freq"], fact["period"]))
        if "must be held" in fact["citation"]:
            assert row is None
            assert [doubt.found for doubt in said if isinstance(doubt, Doubt)] == ["79,6"]
            continue
        assert row is not None, fact
        assert (row.measure, row.value, row.precision) == (
            fact["measure"], Decimal(fact["value"]), Decimal(fact["tolerance"]),
        )  # fmt: skip


@pytest.mark.recorded
def test_every_known_figure_of_later_years_is_shipped() -> None:
    """Each row of facts that no recorded document holds is in the shipped table, with its rounding."""
    known = [fact for fact in facts() if not fact["where"].startswith("rosstat_output/")]
    said = {
        (row.measure, row.freq, row.period): row
        for row in rows(SHIPPED.read_bytes(), url=f"shipped:{rosstat_output.FILE}")
        if isinstance(row, Observation)
    }

    assert len(known) == len(said) == 37
    for fact in known:
        row = said[fact["measure"], fact["freq"], fact["period"].rpartition("..")[2]]
        assert (row.value, row.precision) == (Decimal(fact["value"]), Decimal(fact["tolerance"]))
        assert row.locator.endswith(fact["citation"])


@pytest.mark.recorded
def test_every_recorded_edition_is_read() -> None:
    """Fourteen editions give rows, two doubts in all that are known errors of the source, 2017 says what is missing."""
    folder = SHARED / "recorded" / "carmakers" / "rosstat_output"
    if not folder.exists():
        pytest.skip(f"nothing recorded beside the project: {folder}")
    doubts = {}
    for path in sorted(folder.glob("*_tab.csv")):
        if path.name.startswith("2017-06"):
            with pytest.raises(Unreadable, match="section missing"):
                edition(f"rosstat_output/{path.name}")
            continue
        said = edition(f"rosstat_output/{path.name}")
        assert len(said) > 500
        if held := [doubt.found for doubt in said if isinstance(doubt, Doubt)]:
            doubts[path.name[:7]] = held

    # Buses of Q2 2011 in October and November 2012: 8965, and 9307 by the months.
    assert doubts == {"2009-10": ["79,6"], "2012-10": ["8965"], "2012-11": ["8965"]}


@needs_libarchive
@pytest.mark.recorded
def test_the_recorded_archive_says_what_its_conversion_says() -> None:
    """The archive as Rosstat published it, unpacked and read as Word, against the text that others made of it."""
    if not (SHARED / "recorded").exists():
        pytest.skip(f"nothing recorded beside the project: {SHARED / 'recorded'}")
    archive = edition("rosstat_output/2016-12_ind12.rar")

    assert values(archive) == values(edition("rosstat_output/2016-12_tab.csv"))
    assert len(archive) == 935
