"""From a period as it is named to its days, by the day of publication and by the text around it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sources.parse.periods import full_year, month, year_to_date
from sources.parse.prose.mentions import Mention
from sources.parse.prose.model import Comparison, Period

__all__ = ["base_of", "is_over", "resolve", "year_before"]

DECEMBER: Final = 12
MONTHS_OF_REVIEW: Final = 3  # up to March "the year" without a number is the one that has just ended


def _of(freq: str, year: int, first: int, last: int) -> Period:
    start, end = month(year, first)[0], month(year, last)[1]
    if first == 1 and last == DECEMBER:
        return Period("A", *full_year(year))
    if freq == "Q":
        return Period("Q", start, end)
    if freq == "H":
        return Period("H", start, end)
    if first == last:
        return Period("M", start, end)
    if first == 1:
        return Period("YTD", *year_to_date(year, last))
    raise ValueError("months that begin in the middle of a year")


def is_over(period: Period, published: date) -> bool:
    """Had the period ended when the text was published? A text of its last day counts it as ended."""
    return period.end <= published


def resolve(named: Mention, *, published: date, current: Period | None, against: bool = False) -> Period:
    """The days of a named period.

    `current` is the period that the text speaks of at this place; `against` that the number is what another is set
    against ("110 thousand last year").

    Raises:
        ValueError: it can't be known; the message says why.
    """
    if named.form in {"day", "other"}:
        raise ValueError("a day, week or span that is no calendar period")
    if named.form in {"yearago", "monthago", "thismonth"}:
        return _relative(named, current)
    if named.form in {"overyear", "overmonth", "wholeyear"}:
        return _overall(named, published, current)
    if named.form == "since":
        return _since(named, published, current)
    if named.form == "now":
        return Period("D", published, published)
    if named.form in {"lastyear", "thisyear", "year"}:
        return _year(named, published, current, against=against)
    return _months(named, published, current, against=against)


def _relative(named: Mention, current: Period | None) -> Period:
    if current is None:
        raise ValueError("relative to a period that isn't known")
    if named.form == "yearago":
        return year_before(current)
    if current.freq != "M":
        raise ValueError("a month named by a period that is no month")
    return current if named.form == "thismonth" else _month_before(current)


def _overall(named: Mention, published: date, current: Period | None) -> Period:
    if named.form == "overmonth":
        return _relative(Mention("thismonth"), current)
    if current is not None and current.freq == "A":
        return current
    if published.month > MONTHS_OF_REVIEW:
        raise ValueError("which year is meant?")
    if current is not None and current.end.year != published.year - 1:
        raise ValueError("which year is meant?")
    return Period("A", *full_year(published.year - 1))


def _since(named: Mention, published: date, current: Period | None) -> Period:
    if current is None or current.freq not in {"M", "YTD"} or not is_over(current, published):
        raise ValueError("since the beginning of the year until when?")
    if named.year == "last" or (named.year.isdigit() and int(named.year) != current.end.year):
        raise ValueError("since the beginning of another year until when?")
    return _of("YTD", current.end.year, 1, current.end.month)


def _year(named: Mention, published: date, current: Period | None, *, against: bool) -> Period:
    if named.form == "year":
        return Period("A", *full_year(int(named.year)))
    if named.form == "thisyear":
        return Period("A", *full_year(published.year))
    if against and current is not None:
        before = year_before(current)
        return before if current.freq == "A" else _no("last year: the same months or the whole year?")
    if current is not None and current.end.year == published.year - 1:
        raise ValueError("which year is the last one?")
    return Period("A", *full_year(published.year - 1))


def _no(reason: str) -> Period:
    raise ValueError(reason)


def _months(named: Mention, published: date, current: Period | None, *, against: bool) -> Period:
    freq = {"quarter": "Q", "half": "H"}.get(named.form, "")
    if named.year.isdigit():
        return _of(freq, int(named.year), named.first, named.last)
    if named.year == "beforelast":
        raise ValueError("the year before last of which year?")
    this = published.year
    if named.year == "this":
        return _of(freq, this, named.first, named.last)
    if named.year == "last":
        before = _of(freq, this - 1, named.first, named.last)
        if against and current is not None and _same_months(current, before):
            return year_before(current)
        if current is not None and current.end.year == this - 1 and _same_months(current, before):
            raise ValueError("which year is the last one?")
        return before
    found = _of(freq, this, named.first, named.last)
    if found.end > published:
        if found.end.month == published.month:
            raise ValueError("the period wasn't over when the text was published")
        found = _of(freq, this - 1, named.first, named.last)
    return found


def _same_months(one: Period, other: Period) -> bool:
    return (one.start.month, one.end.month) == (other.start.month, other.end.month)


def year_before(period: Period) -> Period:
    """The same days a year earlier (29 February becomes the 28th)."""
    if period.freq == "D":
        raise ValueError("a year before a day")
    start = period.start.replace(year=period.start.year - 1)
    end = month(period.end.year - 1, period.end.month)[1]
    return Period(period.freq, start, end)


def _month_before(period: Period) -> Period:
    last = period.start - timedelta(days=1)
    return Period("M", *month(last.year, last.month))


def base_of(named: Mention, *, published: date, current: Period) -> tuple[Comparison, Period]:
    """What a change over `current` is measured against, where the text names it: the kind of comparison, the period.

    Raises:
        ValueError: the two don't go together.
    """
    if named.form in {"yearago", "lastyear", "overyear"}:
        return "yoy", year_before(current)
    if named.form in {"monthago", "overmonth"}:
        if current.freq != "M":
            raise ValueError("a month before a period that is no month")
        return "mom", _month_before(current)
    if named.form == "year":
        base = Period("A", *full_year(int(named.year)))
        if base.end.year == current.end.year - 1:
            return "yoy", year_before(current)
        if current.freq == "A":
            return "other", base
        raise ValueError("a month or part of a year against a whole year")
    if named.form not in {"month", "first", "quarter", "half"}:
        raise ValueError("against what?")
    return _base_months(named, published, current)


def _base_months(named: Mention, published: date, current: Period) -> tuple[Comparison, Period]:
    freq = {"quarter": "Q", "half": "H"}.get(named.form, "")
    if named.year.isdigit():
        base = _of(freq, int(named.year), named.first, named.last)
    elif named.year == "last" and (named.first, named.last) == (current.start.month, current.end.month):
        base = year_before(current)
    elif named.year == "last":
        base = _of(freq, published.year - 1, named.first, named.last)
    elif named.year == "this":
        base = _of(freq, published.year, named.first, named.last)
    else:
        base = _of(freq, current.end.year, named.first, named.last)
        if base.end >= current.end:
            base = _of(freq, current.end.year - 1, named.first, named.last)
    if base.freq != current.freq or base.end >= current.end:
        raise ValueError("a period against one that isn't like it and before it")
    if base == year_before(current):
        return "yoy", base
    if current.freq == "M" and base == _month_before(current):
        return "mom", base
    return "other", base
