"""What the shipped figures promise: each is cited, within its tolerance, and stands once."""

import csv
import dataclasses
import itertools
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from sources.carmakers import recycling_fee, rosstat_output
from sources.contract import Observation, Payload, Window
from sources.errors import Blocked, Contradiction, Empty, LayoutChanged
from sources.parse import corrections
from sources.reference import reference, reference_events
from tests.payloads.reference import pages

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
DATA = ROOT / "sources" / "reference" / "data"
NOW = datetime(2026, 3, 15, 3, 0, tzinfo=UTC)


def parsed(body: bytes) -> list[Observation]:
    """The rows of a file."""
    payload = Payload(
        source="reference", url="shipped:reference_figures.csv", body=body, sha256="0" * 64, fetched_at=NOW
    )
    return list(reference.parse(payload))


def one(**changes: str) -> Observation:
    """The row of a file with one figure."""
    (row,) = parsed(pages.figures(changes))
    return row


def shipped() -> list[Observation]:
    """The rows of every file that comes with the program."""
    return [row for name in reference.FILES for row in parsed((DATA / name).read_bytes())]


def cell(row: Observation) -> tuple[object, ...]:
    """What a row is a figure of."""
    return (
        row.dataset, row.measure, row.flow, row.reporter, row.partner, row.product, row.unit, row.freq,
        row.period_start, row.period_end,
    )  # fmt: skip


def test_a_row_says_all_that_is_known_of_it() -> None:
    """Names, value, rounding, day and citation of one figure."""
    row = one()

    assert (row.dataset, row.measure, row.flow) == ("gacc_by_country", "trade_value", "T")
    assert (row.reporter, row.partner, row.partner_kind, row.product) == ("CN", "RU", "country", "TOTAL")
    assert (row.value, row.precision, row.unit) == (Decimal(244810000000), Decimal(5000000), "USD")
    assert (row.published, row.obs_status) == (date(2025, 1, 13), "F")
    assert row.locator == "row 2: TASS (GACC)"


@pytest.mark.parametrize(
    ("freq", "label", "first", "last"),
    [
        ("D", "2024-10-01", date(2024, 10, 1), date(2024, 10, 1)),
        ("M", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("M", "2024-01/2024-02", date(2024, 1, 1), date(2024, 2, 29)),
        ("M", "2022-01/2025-11", date(2022, 1, 1), date(2025, 11, 30)),
        ("YTD", "2025-10", date(2025, 1, 1), date(2025, 10, 31)),
        ("YTD", "2022-03..2022-09", date(2022, 3, 1), date(2022, 9, 30)),
        ("Q", "2023-Q1", date(2023, 1, 1), date(2023, 3, 31)),
        ("Q", "2025-Q3", date(2025, 7, 1), date(2025, 9, 30)),
        ("H", "2023-H1", date(2023, 1, 1), date(2023, 6, 30)),
        ("H", "2023-H2", date(2023, 7, 1), date(2023, 12, 31)),
        ("A", "2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("A", "2011/2018", date(2011, 1, 1), date(2018, 12, 31)),
    ],
)
def test_a_label_names_its_days(freq: str, label: str, first: date, last: date) -> None:
    """Every form of period that the files use, with its first and last day."""
    row = one(freq=freq, period=label)

    assert (row.freq, row.period_start, row.period_end) == (freq, first, last)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2025-01-13", date(2025, 1, 13)), ("2024-02", date(2024, 2, 29)), ("", None)],
)
def test_a_publication_of_which_only_the_month_is_known_counts_from_its_last_day(text: str, day: date | None) -> None:
    """Nobody is said to have known a figure before it was surely out; without a date nothing is said."""
    assert one(published_at=text).published == day


@pytest.mark.parametrize(("basis", "status"), [("official", "A"), ("derived", "E"), ("news", "F"), ("statement", "F")])
def test_the_basis_is_told_by_the_status(basis: str, status: str) -> None:
    """A press figure never looks like an official one, nor like one that somebody computed."""
    assert one(basis=basis).obs_status == status


def test_the_world_is_no_country() -> None:
    """Partner W0 is marked as what it is, and a figure without a partner has none."""
    assert one(partner="W0").partner_kind == "world"
    assert (one(partner="").partner, one(partner="").partner_kind) == (None, None)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("value", ""), ("value", "244.81 bn"), ("value", "1e400"), ("value", "NaN"), ("value", "244,810"),
        ("value", "1.2448100"), ("tolerance", ""), ("tolerance", "-1"), ("citation", ""), ("basis", "rumour"),
        ("basis", ""), ("freq", "W"), ("freq", ""), ("flow", "import"), ("reporter", ""), ("reporter", "CHN"),
        ("partner", "Russia"), ("unit", "bn USD"), ("unit", ""), ("measure", "Trade value"), ("dataset", ""),
        ("product", "=HYPERLINK(1)"), ("period", "2024-13"), ("period", "2024-01"), ("period", "2018/2011"),
        ("period", "0000"), ("published_at", "13.01.2025"), ("published_at", "2025-02-30"),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_read_is_named_with_its_row(column: str, text: str) -> None:
    """There is no default for anything: the row and the column are said, and no row comes out."""
    with pytest.raises(LayoutChanged, match=f"row 3 {column}"):
        parsed(pages.figures({"period": "2023"}, {column: text}))


def test_one_cell_and_day_stands_once() -> None:
    """Two rows for one figure published on one day are a contradiction, the same value or not."""
    with pytest.raises(Contradiction, match="row 2"):
        parsed(pages.figures({}, {"value": "244800000000"}))


def test_figures_of_other_days_are_vintages() -> None:
    """What was said later of the same year stands beside what was said first."""
    rows = parsed(pages.figures({}, {"value": "244819000000", "published_at": "2025-08-29"}))

    assert [row.value for row in rows] == [Decimal(244810000000), Decimal(244819000000)]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", Empty),
        (pages.figures().splitlines(keepends=True)[0], Empty),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", Blocked),
        (pages.figures()[:-30], LayoutChanged),
        (pages.figures().replace(b"tolerance", b"margin"), LayoutChanged),
        (pages.figures().replace(b",", b";"), LayoutChanged),
    ],
    ids=["empty", "header alone", "web page", "cut", "column renamed", "semicolons"],
)
def test_what_is_not_such_a_file_is_refused(body: bytes, kind: type[LayoutChanged]) -> None:
    """Empty, cut or other files give one typed error."""
    with pytest.raises(kind):
        parsed(body)


def test_every_shipped_file_is_asked_for() -> None:
    """Each file of the data folder is one of this source, or of another one that ships its own; none is left over."""
    asked = [request.address for request in reference.plan(Window(NOW.date(), NOW.date(), NOW))]

    assert asked == [f"shipped:{name}" for name in reference.FILES]
    others = (recycling_fee.FILE, rosstat_output.FILE, reference_events.FILE, corrections.FILE.name)
    assert sorted((*reference.FILES, *others)) == sorted(path.name for path in DATA.iterdir())


def test_shipped_figures_are_one_a_cell_and_day() -> None:
    """Across all files no cell has two values on one day."""
    rows = shipped()

    assert len({(*cell(row), row.published) for row in rows}) == len(rows)


def test_a_later_shipped_figure_differs_by_more_than_its_own_rounding() -> None:
    """A coarser report of a known figure is no revision: it is in a note and makes no vintage."""
    vintages: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for row in shipped():
        vintages[cell(row)].append(row)

    for rows in vintages.values():
        rows.sort(key=lambda row: row.published or date.max)
        for before, after in itertools.pairwise(rows):
            assert before.value is not None
            assert after.value is not None
            assert after.precision < before.precision or abs(after.value - before.value) > after.precision, after


def test_exports_and_imports_add_up_to_the_total() -> None:
    """Where all three were published on one day they agree within rounding, or the file says that they don't."""
    with (DATA / "reference_figures.csv").open(encoding="utf-8", newline="") as lines:
        notes = {n: row["note"] for n, row in enumerate(csv.DictReader(lines), start=2)}
    trios: dict[tuple[object, ...], dict[str, Observation]] = defaultdict(dict)
    for row in parsed((DATA / "reference_figures.csv").read_bytes()):
        if row.measure == "trade_value" and row.flow:
            trios[*cell(dataclasses.replace(row, flow=None)), row.published][row.flow] = row
    whole = [trio for trio in trios.values() if len(trio) == len("TXM")]

    assert len(whole) > 50
    for trio in whole:
        total, out, into = (trio[flow].value or Decimal(0) for flow in "TXM")
        if abs(total - out - into) > sum(row.precision for row in trio.values()):
            number = int(trio["X"].locator.split(":")[0].removeprefix("row "))
            assert notes[number].startswith("total less imports gives"), trio["T"].locator


def test_the_known_totals_of_the_last_years_are_there() -> None:
    """China's trade with Russia, billion dollars: 2019 to 2025 as published, newest vintage."""
    newest = {}
    for row in sorted(
        (row for row in shipped() if row.dataset == "gacc_by_country" and row.freq == "A" and row.unit == "USD"),
        key=lambda row: str(row.published),
    ):
        if (row.measure, row.flow) == ("trade_value", "T"):
            newest[row.period] = row.value

    assert {year: newest[year] for year in map(str, range(2019, 2026))} == {
        "2019": Decimal("110.750e9"),
        "2020": Decimal("107.760e9"),
        "2021": Decimal("146.887e9"),
        "2022": Decimal("190.271e9"),
        "2023": Decimal("240.110e9"),
        "2024": Decimal("244.819e9"),
        "2025": Decimal("228.105e9"),
    }


def rates(product: str) -> dict[str, tuple[Decimal | None, str, date | datetime | None]]:
    """Value, status and day of publication of a class, by the day it came into force."""
    return {
        row.period: (row.value, row.obs_status, row.published)
        for row in parsed((DATA / "policy_rates.csv").read_bytes())
        if row.product == product and row.freq == "D"
    }


def test_the_recycling_fee_of_the_reference_class_steps_as_decreed() -> None:
    """A new car of 1 to 2 litres: coefficients 15.03, 27.81 and 33.37 of 20,000 roubles."""
    assert rates("car 1000-2000 cc, new") == {
        "2023-08-01": (Decimal(300600), "A", date(2023, 7, 7)),
        "2024-10-01": (Decimal(556200), "A", date(2024, 9, 13)),
        "2025-01-01": (Decimal(667400), "A", date(2024, 9, 13)),
    }


def test_the_coal_tariff_was_lifted_and_came_back() -> None:
    """China's duty on coking coal: 3 percent to April 2022, none from May 2022, 3 percent again from 2024."""
    assert {day: value for day, (value, _, _) in rates("coking coal").items()} == {
        "2022-04-30": Decimal(3),
        "2022-05-01": Decimal(0),
        "2024-01-01": Decimal(3),
    }


@pytest.mark.recorded
def test_every_known_figure_is_answered_within_its_tolerance() -> None:
    """Each row of the table of facts has a shipped vintage that agrees with it as far as it is printed."""
    table = SHARED / "facts" / "reference_figures.csv"
    if not table.exists():
        pytest.skip(f"no table of facts beside the project: {table}")
    held: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for row in shipped():
        dataset = row.dataset.removesuffix("_other_report")
        names = (dataset, row.measure, row.flow, row.reporter, row.partner, row.product, row.unit, row.freq)
        held[*(name or "" for name in names), row.period].append(row)
    with table.open(encoding="utf-8", newline="") as lines:
        facts = list(csv.DictReader(lines))

    assert facts
    columns = ("dataset", "measure", "flow", "reporter", "partner", "product", "unit", "freq", "period")
    for fact in facts:
        value, tolerance = Decimal(fact["value"]), Decimal(fact["tolerance"])
        rows = held[tuple(fact[column] for column in columns)]
        assert any(row.value is not None and abs(row.value - value) <= tolerance for row in rows), fact
