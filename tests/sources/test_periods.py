"""What reading days and months promises: real calendar days, as written, or a refusal."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.parse import periods
from sources.parse.periods import Span


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("04.03.2025", date(2025, 3, 4)),
        ("2025-03-04", date(2025, 3, 4)),
        ("2026/04/08", date(2026, 4, 8)),
        ("2026-8-7", date(2026, 8, 7)),
        ("2026年8月7日", date(2026, 8, 7)),
        ("29.02.2024", date(2024, 2, 29)),
    ],
)
def test_a_day_is_read_in_the_forms_sources_write(text: str, day: date) -> None:
    """Year first with any one separator, or the day first with dots."""
    assert periods.day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "29.02.2025", "2025-02-29", "31.04.2025", "2025-13-01", "00.01.2025", "2025-00-10", "03/08/2018", "2025-03/04",
        "04.03.25", "", "today", "2025-03-04T00:00", " 2025-03-04", "1899-12-31", "2101-01-01", "٢٠٢٥-03-04",
    ],
)  # fmt: skip
def test_a_day_that_is_none_is_refused(text: str) -> None:
    """P-37: No 29 February in common years, no month 13, and `03/08/2018` could be two days."""
    with pytest.raises(ValueError, match=r"day|month|year|range"):
        periods.day(text)


@given(day=st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_is_there_and_back(day: date) -> None:
    """Each form reads back the day it was written from."""
    assert periods.day(f"{day:%d.%m.%Y}") == periods.day(day.isoformat()) == periods.day(f"{day:%Y/%m/%d}") == day


@given(year=st.integers(1900, 2100), month=st.integers(1, 12))
def test_a_month_ends_on_its_last_day(year: int, month: int) -> None:
    """First and last day of months, years to date and years fit the calendar."""
    last = date(year, month, calendar.monthrange(year, month)[1])

    assert periods.month(year, month) == (date(year, month, 1), last)
    assert periods.year_to_date(year, month) == (date(year, 1, 1), last)
    assert periods.full_year(year) == (date(year, 1, 1), date(year, 12, 31))


@pytest.mark.parametrize(("year", "month"), [(2025, 0), (2025, 13), (1899, 1), (2101, 1)])
def test_a_month_that_is_none_is_refused(year: int, month: int) -> None:
    """Neither a month nor a year to date is made up."""
    for read in (periods.month, periods.year_to_date):
        with pytest.raises(ValueError, match=r"month|year"):
            read(year, month)


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("Jan", 1), ("Jan.", 1), (" May. ", 5), ("MAY", 5), ("Sept.", 9), ("Sep", 9), ("September", 9),
        ("December", 12),
        ("7月", 7), ("十二月", 12), ("１０月", 10),
    ],
)  # fmt: skip
def test_months_have_english_and_chinese_names(name: str, month: int) -> None:
    """Short and long, with and without a full stop, in any case and width."""
    assert periods.month_number(name) == month


@pytest.mark.parametrize("name", ["", "Janu", "13月", "0月", "7", "Mai", "Q1", "Jan Feb"])
def test_a_name_of_no_month_is_refused(name: str) -> None:
    """A part of a name, another language, a number alone: none is a month."""
    with pytest.raises(ValueError, match="month"):
        periods.month_number(name)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Mar 2026", Span(2026, 3, 3)),
        ("April 2025", Span(2025, 4, 4)),
        ("April, 2025", Span(2025, 4, 4)),
        ("Jan. 2018", Span(2018, 1, 1)),
        ("Jan-Feb 2025", Span(2025, 1, 2)),
        ("January–February 2025", Span(2025, 1, 2)),
        ("January to March 2025", Span(2025, 1, 3)),
        ("6.2026", Span(2026, 6, 6)),
        ("1-2.2025", Span(2025, 1, 2)),
        ("2026年7月", Span(2026, 7, 7)),
        ("2026年1至7月", Span(2026, 1, 7)),
        ("２０２６年７月", Span(2026, 7, 7)),
    ],
)
def test_a_title_names_its_months(text: str, span: Span) -> None:
    """English, numeric and Chinese titles; spans keep both ends."""
    assert periods.span(text) == span


@pytest.mark.parametrize(
    "text", ["", "2026", "Mar", "Mar 26", "13.2026", "0.2026", "Feb-Jan 2025", "Region 2026", "x Mar 2026"]
)
def test_a_title_without_months_is_refused(text: str) -> None:
    """Nothing is guessed from a year alone, nor from a span that ends before it begins."""
    with pytest.raises(ValueError, match="month"):
        periods.span(text)
