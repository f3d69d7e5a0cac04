"""Days that a text names relative to the day of its publication: arithmetic alone, no language."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Final, Literal

__all__ = ["back_to_weekday", "dated", "month_of", "nearest", "season"]

HALF: Final = 183
DECEMBER: Final = 12
SEASONS: Final = {"winter": 1, "spring": 4, "summer": 7, "autumn": 10}


def back_to_weekday(weekday: int, published: date) -> date:
    """The last such day (0 is Monday) up to the day of publication, that day included."""
    return published - timedelta(days=(published.weekday() - weekday) % 7)


def dated(year: int, month: int, day: int) -> date | None:
    """The day; None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest(month: int, day: int, published: date, *, tense: Literal["past", "future", ""] = "") -> date | None:
    """The day without a year: the one nearest to publication, the last in the past tense, the next in the future."""
    found = [one for year in range(published.year - 1, published.year + 2) if (one := dated(year, month, day))]
    if tense == "past":
        found = [one for one in found if one <= published + timedelta(days=1)]
    elif tense == "future":
        found = [one for one in found if one >= published - timedelta(days=1)]
    return min(found, key=lambda one: abs((one - published).days), default=None)


def month_of(month: int, published: date, year: int | None = None) -> tuple[date, date]:
    """First and last day of a month; without a year the month nearest to publication."""
    if year is None:
        years = (published.year - 1, published.year, published.year + 1)
        year = min(years, key=lambda one: abs((date(one, month, 15) - published).days))
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def season(name: str, year: int) -> date:
    """A day within a season of a year: the middle month's first."""
    return date(year, SEASONS[name], 1)
