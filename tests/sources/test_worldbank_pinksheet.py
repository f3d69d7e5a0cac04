"""What the Pink Sheet promises: prices by name and unit, missing ones kept as missing, nothing by position."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from sources.contract import Observation, Payload, Request, Window
from sources.errors import Blocked, Contradiction, Empty, LayoutChanged
from sources.reference import worldbank_pinksheet
from tests.payloads.worldbank_pinksheet import pages

SHARED = Path(__file__).parents[2].parent / "shared"
NOW = datetime(2025, 10, 3, 3, 0, tzinfo=UTC)
NIGHT = Window(date(2025, 9, 1), date(2025, 10, 3), NOW, nightly=True)


def payload(body: bytes, url: str = "https://www.worldbank.org/en/research/commodity-markets") -> Payload:
    """A payload as a walk would hand it over."""
    return Payload(source="worldbank_pinksheet", url=url, body=body, sha256="0" * 64, fetched_at=NOW)


def parsed(body: bytes) -> dict[tuple[str, str], Observation]:
    """The rows of a workbook by product and month."""
    rows = list(worldbank_pinksheet.parse(payload(body)))
    found = {(row.product or "", row.period): row for row in rows}
    assert len(found) == len(rows)
    return found


def linked(body: bytes) -> list[Request]:
    """The requests that a landing page leads to."""
    return list(worldbank_pinksheet.links(payload(body), NIGHT))


def test_prices_are_found_by_name_and_carry_the_unit_of_their_column() -> None:
    """Brent in dollars a barrel, coal in dollars a tonne, gas in dollars a million British thermal units."""
    rows = parsed(pages.workbook())

    assert {(p, row.unit): row.value for (p, month), row in rows.items() if month == "2025-09"} == {
        ("CRUDE_PETRO", "USD/bbl"): Decimal("66.457"),
        ("CRUDE_BRENT", "USD/bbl"): Decimal("67.951"),
        ("CRUDE_DUBAI", "USD/bbl"): Decimal("67.75"),
        ("COAL_AUS", "USD/t"): Decimal("106.32"),
        ("COAL_SAFRICA", "USD/t"): Decimal("92.27"),
        ("NGAS_JP", "USD/mmbtu"): Decimal("11.71527184402"),
        ("WHEAT_US_HRW", "USD/t"): Decimal("233.76"),
    }
    assert {month for _, month in rows} == {"2025-07", "2025-08", "2025-09"}


def test_a_row_says_all_that_is_known_of_it() -> None:
    """Names, rounding, the edition's own date and the cell of one figure."""
    row = parsed(pages.workbook())["COAL_AUS", "2025-08"]

    assert (row.dataset, row.measure, row.partner, row.partner_kind) == ("monthly_prices", "price", "W0", "world")
    assert (row.reporter, row.flow, row.freq, row.obs_status) == (None, None, "M", "A")
    assert (row.period_start, row.period_end) == (date(2025, 8, 1), date(2025, 8, 31))
    assert (row.published, row.precision) == (date(2025, 10, 2), Decimal("0.005"))
    assert row.locator == "Monthly Prices!E9"


def test_an_edition_without_a_row_of_codes_reads_the_same() -> None:
    """Row 7 holds codes in 2025 and the first month in 2026: only the places of the cells differ."""
    with_codes, without = parsed(pages.workbook()), parsed(pages.workbook(codes=None))

    assert {k: row.value for k, row in with_codes.items()} == {k: row.value for k, row in without.items()}
    assert without["COAL_AUS", "2025-07"].locator == "Monthly Prices!E7"


def test_columns_may_stand_in_any_order() -> None:
    """The same columns from right to left give the same prices."""
    turned = pages.workbook(
        {month: tuple(reversed(prices)) for month, prices in pages.SUMMER_2025.items()},
        names=tuple(reversed(pages.NAMES)),
        units=tuple(reversed(pages.UNITS)),
        codes=tuple(reversed(pages.CODES)),
    )

    assert {k: row.value for k, row in parsed(turned).items()} == {
        k: row.value for k, row in parsed(pages.workbook()).items()
    }


@pytest.mark.parametrize("name", ["Coal, Australian **", " coal,  Australian ", "COAL, AUSTRALIAN*"])
def test_stars_blanks_and_case_of_a_name_do_not_matter(name: str) -> None:
    """Footnote stars come and go between editions."""
    names = tuple(name if known == "Coal, Australian" else known for known in pages.NAMES)

    assert parsed(pages.workbook(names=names))["COAL_AUS", "2025-09"].value == Decimal("106.32")


@pytest.mark.parametrize("mark", ["…", "...", "..", None, " … "])
def test_a_missing_price_is_a_row_without_a_value(mark: str | None) -> None:
    """Months before a series began stay in the data as missing, never as zero and never left out."""
    months = {"1960M01": (1.63000011444, 1.63000011444, 1.63000011444, mark, mark, mark, 0.634, 59.89)}

    rows = parsed(pages.workbook(months))

    assert (rows["COAL_AUS", "1960-01"].value, rows["COAL_AUS", "1960-01"].obs_status) == (None, "M")
    assert rows["CRUDE_BRENT", "1960-01"].value == Decimal("1.63000011444")


def test_columns_that_an_edition_does_not_have_are_left_out() -> None:
    """Only Brent and Australian coal must be there; prices that an edition drops are no error."""
    rows = parsed(
        pages.workbook(
            {"2025M09": (67.951, 106.32)},
            names=("Crude oil, Brent", "Coal, Australian"),
            units=("($/bbl)", "($/mt)"),
            codes=None,
        )
    )

    assert set(rows) == {("CRUDE_BRENT", "2025-09"), ("COAL_AUS", "2025-09")}


def with_name(old: str, new: str | None) -> bytes:
    """A workbook with one column named otherwise."""
    return pages.workbook(names=tuple(new if name == old else name for name in pages.NAMES))


def with_unit(position: int, unit: str | None) -> bytes:
    """A workbook with another unit over one column."""
    return pages.workbook(units=(*pages.UNITS[:position], unit, *pages.UNITS[position + 1 :]))


def with_cell(cell: str | float | bool) -> bytes:
    """A workbook with something else in the place of Brent, September 2025."""
    months = dict(pages.SUMMER_2025)
    months["2025M09"] = (66.457, cell, *months["2025M09"][2:])
    return pages.workbook(months)


def without(month: str) -> bytes:
    """A workbook that lost a month."""
    return pages.workbook({name: prices for name, prices in pages.SUMMER_2025.items() if name != month})


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: pages.workbook(sheet="Prices"), "Monthly Prices"),
        (lambda: with_name("Crude oil, Brent", "Crude oil, Urals"), "crude oil, brent"),
        (lambda: with_name("Coal, Australian", None), "coal, australian"),
        (lambda: with_name("Crude oil, Dubai", "Crude oil, Brent"), "each name once"),
        (lambda: with_unit(1, "($/mt)"), r"unit \(\$/bbl\) of CRUDE_BRENT"),
        (lambda: with_unit(3, "(cents/lb)"), "COAL_AUS"),
        (lambda: with_unit(5, None), "NGAS_JP"),
        (lambda: pages.workbook(units=pages.CODES, codes=pages.UNITS), "CRUDE_PETRO"),
        (lambda: pages.workbook(updated="October 2025"), "Updated on"),
        (lambda: pages.workbook(updated="Updated on October 32, 2025"), "a day"),
        (lambda: pages.workbook(updated="Updated on Octember 02, 2025"), "a day"),
        (lambda: pages.workbook({}), "a month such as"),
        (lambda: pages.workbook({"2025M13": pages.SUMMER_2025["2025M09"]}), "2025M13"),
        (lambda: pages.workbook({**pages.SUMMER_2025, "average": pages.SUMMER_2025["2025M09"]}), "a month"),
        (lambda: with_cell("n/a"), "C10"),
        (lambda: with_cell("67.951"), "C10"),
        (lambda: with_cell("#REF!"), "C10"),
        (lambda: with_cell("***"), "C10"),
        (lambda: with_cell(True), "C10"),
        (lambda: with_cell(1e300), "C10"),
        (lambda: pages.workbook()[:2000], "zip"),
        (lambda: b"2025M09;67.951\n", "xlsx"),
    ],
)
def test_what_is_not_this_sheet_is_refused_with_the_place(make: Callable[[], bytes], said: str) -> None:
    """Another sheet, name, unit, date or mark: one typed error that names it, and no row."""
    with pytest.raises(LayoutChanged, match=said):
        parsed(make())


def test_a_formula_without_its_result_is_a_missing_price() -> None:
    """A workbook is read for the values stored in it: Amur computes no cell, and puts nothing in its place."""
    row = parsed(with_cell("=1/0"))["CRUDE_BRENT", "2025-09"]

    assert (row.value, row.obs_status) == (None, "M")


@pytest.mark.parametrize(
    "make",
    [
        lambda: without("2025M08"),
        lambda: pages.workbook(dict(reversed(list(pages.SUMMER_2025.items())))),
        lambda: pages.workbook({**pages.SUMMER_2025, "2025M10": pages.SUMMER_2025["2025M09"]}),
        lambda: pages.workbook(codes=(pages.CODES[1], pages.CODES[0], *pages.CODES[2:])),
    ],
    ids=["a month lost", "months backwards", "a month not over yet", "codes of other columns"],
)
def test_a_sheet_that_disagrees_with_itself_is_a_contradiction(make: Callable[[], bytes]) -> None:
    """Lost or turned months, prices from the future, a name over another series' code: nothing is loaded."""
    with pytest.raises(Contradiction):
        parsed(make())


def test_a_night_begins_at_the_landing_page() -> None:
    """Only the landing page knows the address of this year's file."""
    (request,) = worldbank_pinksheet.plan(NIGHT)

    assert (request.address, request.role, request.recheck) == (
        "https://www.worldbank.org/en/research/commodity-markets",
        "index",
        None,
    )


def test_the_landing_page_leads_to_the_monthly_file_alone() -> None:
    """Linked twice it is one request; the annual file is another file."""
    (request,) = linked(pages.landing(pages.FILE, f"{pages.FILE}#top"))

    assert (request.address, request.role, request.group) == (pages.FILE, "data", "monthly")


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: b"", Empty),
        (lambda: b"<html><head><title>Just a moment...</title></head><body></body></html>", Blocked),
        (lambda: b"<html><head><title>Access Denied</title></head><body>You</body></html>", Blocked),
        (lambda: pages.landing("/en/research"), LayoutChanged),
        (lambda: pages.landing(pages.FILE, pages.FILE.replace("0050012025", "0050012026")), LayoutChanged),
        (lambda: pages.landing(pages.FILE.replace("thedocs.worldbank.org", "files.example")), LayoutChanged),
        (lambda: pages.landing(pages.FILE.replace("https:", "http:")), LayoutChanged),
        (lambda: pages.landing()[:300], LayoutChanged),
    ],
    ids=["empty", "challenge", "denied", "no file", "two files", "other host", "no TLS", "cut"],
)
def test_a_landing_page_without_exactly_one_file_is_refused(
    make: Callable[[], bytes], kind: type[LayoutChanged]
) -> None:
    """No file, two, one elsewhere, or no landing page at all: nothing is guessed."""
    with pytest.raises(kind):
        linked(make())


def test_nothing_and_a_web_page_are_told_apart() -> None:
    """An empty answer is Empty, a page in place of the workbook is Blocked."""
    with pytest.raises(Empty):
        parsed(b"")
    with pytest.raises(Blocked):
        parsed(pages.landing())


@pytest.mark.recorded
def test_the_recorded_edition_gives_the_true_prices() -> None:
    """Every price of the truth table is found in the workbook of October 2025, the missing one as missing."""
    table, folder = SHARED / "facts" / "customs_truth.csv", SHARED / "recorded" / "reference"
    if not table.exists() or not folder.exists():
        pytest.skip(f"no recorded workbook beside the project: {SHARED}")
    with table.open(encoding="utf-8", newline="") as lines:
        truths = [row for row in csv.DictReader(lines) if row["source"] == "worldbank_pinksheet"]
    books = {name: parsed((folder / name).read_bytes()) for name in {row["where"].split()[0] for row in truths}}

    assert truths
    for truth in truths:
        row = books[truth["where"].split()[0]][truth["product"], truth["period"]]
        assert (row.dataset, row.partner, row.unit) == (truth["dataset"], truth["partner"], truth["unit"])
        if truth["value"] == "NULL":
            assert (row.value, row.obs_status) == (None, "M")
        else:
            assert row.value is not None
            assert abs(row.value - Decimal(truth["value"])) <= Decimal(truth["tolerance"]), truth
