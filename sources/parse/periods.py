"""Days, months and spans of months as sources write them.

All checks are calendar checks: 29 February exists in leap years alone, there is no month 13, and a year lies
between 1900 and 2100. A day is never completed or rolled over.
"""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

__all__ = ["Span", "day", "full_year", "month", "month_number", "span", "year_to_date"]

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
DECEMBER: Final = 12
YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
DAY_FIRST: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
CHINESE_DAY: Final = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")

ENGLISH: Final = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
CHINESE: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
MONTHS: Final = MappingProxyType(
    {name: n for n, name in enumerate(ENGLISH, start=1)}
    | {name[:3]: n for n, name in enumerate(ENGLISH, start=1)}
    | {"sept": 9}
    | {f"{name}月": n for n, name in enumerate(CHINESE, start=1)}
    | {f"{n}月": n for n in range(1, 13)}
)


def _checked_year(number: int) -> int:
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise ValueError(f"not a year between {FIRST_YEAR} and {LAST_YEAR}: {number}")
    return number


def day(text: str) -> date:
    """The day that `DD.MM.YYYY`, `YYYY-MM-DD`, `YYYY/MM/DD` or `YYYY年M月D日` names.

    Raises:
        ValueError: another form (`03/08/2018` is two days at once), or no such day.
    """
    if found := YEAR_FIRST.fullmatch(text):
        numbers = found[1], found[3], found[4]
    elif found := DAY_FIRST.fullmatch(text):
        numbers = found[3], found[2], found[1]
    elif found := CHINESE_DAY.fullmatch(text):
        numbers = found[1], found[2], found[3]
    else:
        raise ValueError(f"not a day as DD.MM.YYYY or YYYY-MM-DD: {text[:60]!r}")
    return date(_checked_year(int(numbers[0])), int(numbers[1]), int(numbers[2]))


def _last_day(year: int, month: int) -> date:
    if not 1 <= month <= DECEMBER:
        raise ValueError(f"not a month: {month}")
    return date(_checked_year(year), month, calendar.monthrange(year, month)[1])


def month(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month.

    Raises:
        ValueError: no such month.
    """
    last = _last_day(year, month)
    return last.replace(day=1), last


def year_to_date(year: int, month: int) -> tuple[date, date]:
    """1 January and the last day of the month: the days of a cumulative figure.

    Raises:
        ValueError: no such month.
    """
    return date(_checked_year(year), 1, 1), _last_day(year, month)


def full_year(year: int) -> tuple[date, date]:
    """First and last day of a calendar year.

    Raises:
        ValueError: no such year.
    """
    return date(_checked_year(year), 1, 1), date(year, 12, 31)


def month_number(name: str) -> int:
    """1 to 12 from a month's name: `Jan`, `Jan.`, `Sept.`, `January`, `1月`, `一月`, in any case and width.

    Raises:
        ValueError: no such name.
    """
    folded = unicodedata.normalize("NFKC", name).strip().removesuffix(".").casefold()
    if folded not in MONTHS:
        raise ValueError(f"not the name of a month: {name[:60]!r}")
    return MONTHS[folded]


@dataclass(frozen=True, slots=True)
class Span:
    """The months of one year that a title speaks of, both ends included."""

    year: int
    first: int
    last: int


_NAME: Final = r"(?:[a-z]{3,9}\.?)"
_DASH: Final = r"\s*(?:-|–|—|~|to|and|至|到)\s*"
_SPANS: Final = (
    re.compile(rf"(?P<first>{_NAME})(?:{_DASH}(?P<last>{_NAME}))?\s*,?\s*(?P<year>[0-9]{{4}})"),
    re.compile(rf"(?P<first>[0-9]{{1,2}})(?:{_DASH}(?P<last>[0-9]{{1,2}}))?\s*[./]\s*(?P<year>[0-9]{{4}})"),
    re.compile(
        rf"(?P<year>[0-9]{{4}})\s*年\s*(?P<first>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月?"
        rf"(?:{_DASH}(?P<last>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月)?"
    ),
)  # fmt: skip


def span(text: str) -> Span:
    """The months that `text` names and nothing else.

    `Mar 2026`, `April, 2025`, `Jan. 2018`, `Jan-Feb 2025`, `January to March 2025`, `6.2026`, `2026年1至2月`.

    Raises:
        ValueError: another form, no such month, or an end before its beginning.
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    for form in _SPANS:
        if found := form.fullmatch(folded):
            first = _number(found["first"])
            last = _number(found["last"]) if found["last"] else first
            if last < first:
                raise ValueError(f"a span of months that ends before it begins: {text[:60]!r}")
            return Span(_checked_year(int(found["year"])), first, last)
    raise ValueError(f"not a month or span of months: {text[:60]!r}")


def _number(name: str) -> int:
    if not name.isascii() or not name.isdigit():
        return month_number(name if name.isascii() else f"{name}月")
    number = int(name)
    if not 1 <= number <= DECEMBER:
        raise ValueError(f"not a month: {number}")
    return number
