"""Periods have one name, in the program and in SQL alike."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.contract import Freq, Window, no_links, period_label
from tests.contract.samples import FETCHED, document
from tests.warehouse.builders import warehouse
from warehouse.database import Database

MONTHS = {"Q": 3, "H": 6, "A": 12}
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A warehouse to ask."""
    opened = warehouse(tmp_path_factory.mktemp("periods") / "warehouse.duckdb")
    yield opened
    opened.close()


@st.composite
def periods(draw: st.DrawFn) -> tuple[Freq, date, date]:
    """A period of any kind, as the sources give them."""
    freq: Freq = draw(st.sampled_from(["D", "M", "Q", "H", "A", "YTD"]))
    day = draw(days)
    if freq == "D":
        return freq, day, day
    length = MONTHS.get(freq, draw(st.integers(1, 12)))
    first = 1 if freq == "YTD" else day.month - (day.month - 1) % length
    last = first + length - 1
    year, month = day.year + (last - 1) // 12, (last - 1) % 12 + 1
    return freq, date(day.year, first, 1), date(year, month, monthrange(year, month)[1])


@settings(deadline=None, max_examples=30)
@given(drawn=st.lists(periods(), min_size=20, max_size=60))
def test_sql_names_a_period_as_the_program_does(db: Database, drawn: list[tuple[Freq, date, date]]) -> None:
    """`period_label` in the database gives what `sources.contract.period_label` gives, whatever the period."""
    asked = ", ".join(["(?, ?::DATE, ?::DATE)"] * len(drawn))
    rows = db.rows(
        f"SELECT period_label(freq, first, last) FROM (VALUES {asked}) AS p(freq, first, last)",
        [value for period in drawn for value in period],
    )

    assert [label for (label,) in rows] == [period_label(*period) for period in drawn]


@pytest.mark.parametrize(
    ("freq", "first", "last", "label"),
    [
        ("D", date(2025, 6, 30), date(2025, 6, 30), "2025-06-30"),
        ("M", date(2025, 6, 1), date(2025, 6, 30), "2025-06"),
        ("M", date(2025, 1, 1), date(2025, 2, 28), "2025-01/2025-02"),
        ("M", date(2024, 12, 1), date(2025, 1, 31), "2024-12/2025-01"),
        ("Q", date(2025, 7, 1), date(2025, 9, 30), "2025-Q3"),
        ("H", date(2025, 1, 1), date(2025, 6, 30), "2025-H1"),
        ("H", date(2025, 7, 1), date(2025, 12, 31), "2025-H2"),
        ("A", date(2025, 1, 1), date(2025, 12, 31), "2025"),
        ("A", date(2024, 7, 1), date(2025, 6, 30), "2024/2025"),
        ("YTD", date(2025, 1, 1), date(2025, 6, 30), "2025-06"),
    ],
)
def test_the_names_are_those_that_are_published(db: Database, freq: Freq, first: date, last: date, label: str) -> None:
    """The labels of the data dictionary, from both."""
    assert period_label(freq, first, last) == label
    assert db.value("SELECT period_label(?, ?::DATE, ?::DATE)", [freq, first, last]) == label


@given(start=days, length=st.integers(0, 1500))
def test_a_window_touches_the_months_it_lists_and_no_other(start: date, length: int) -> None:
    """Every day of a window lies in one of its months; months and years come in order, none twice."""
    window = Window(start, min(start + timedelta(days=length), date(2101, 12, 31)), datetime(2026, 7, 1))
    months = list(window.months())

    assert months == sorted(set(months))
    assert (months[0], months[-1]) == ((start.year, start.month), (window.end.year, window.end.month))
    assert len(months) == (window.end.year - start.year) * 12 + window.end.month - start.month + 1
    assert all(window.touches(*month) for month in months)
    assert not window.touches(*((start.year, start.month - 1) if start.month > 1 else (start.year - 1, 12)))
    assert sorted({year for year, _ in months}) == list(window.years())


def test_a_document_that_leads_nowhere_leads_nowhere() -> None:
    """Sources without an index follow no link, whatever stands in their documents."""
    body = b'<html><body><a href="http://x/">more</a></body></html>'

    assert list(no_links(document("cbr_fx", body), Window(date(2026, 1, 1), date(2026, 7, 1), FETCHED))) == []
