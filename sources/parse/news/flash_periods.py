# ruff: noqa: E501 (patterns read better whole)
"""Periods that a sentence on trade names: months, spans since January, quarters, years.

A period is over on the day of publication, or it is none of a figure. What a text compares with ("from the same period
last year", "по сравнению с 2024 годом", "比去年同期") is no period of the figure: those words are blanked out first.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from sources.contract import Freq
from sources.parse.news.stems import quick

__all__ = ["Named", "Period", "month", "named"]

ANY_CASE: Final = re.IGNORECASE
DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Period:
    """Days that a figure is for; since January it is `YTD`, all twelve months are `A`."""

    freq: Freq
    start: date
    end: date

    @property
    def label(self) -> str:
        """As events name it: `2025-01..2025-09`, `2025-08`, `2025 A`."""
        if self.freq == "A":
            return f"{self.start:%Y} A"
        if (self.start.year, self.start.month) != (self.end.year, self.end.month):
            return f"{self.start:%Y-%m}..{self.end:%Y-%m}"
        return f"{self.start:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Named:
    """Where a text names a period; None where it can't be one of a figure that is known: open, or not over."""

    at: int
    stop: int
    period: Period | None


MONTHS: Final = MappingProxyType({
    "en": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    "ru": ("янв", "фев", "мар", "апр", "ма[йяею]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
})  # fmt: skip
COUNTS: Final = MappingProxyType({
    word: number
    for number, words in {
        2: "two два двух 二 两", 3: "three три трех трёх 三", 4: "four четыре четырех четырёх 四", 5: "five пять пяти 五",
        6: "six шесть шести 六", 7: "seven семь семи 七", 8: "eight восемь восьми 八", 9: "nine девять девяти 九",
        10: "ten десять десяти 十", 11: "eleven одиннадцать одиннадцати 十一", 12: "twelve двенадцать двенадцати 十二",
    }.items()
    for word in words.split()
})  # fmt: skip
COUNT: Final = "|".join(sorted(COUNTS, key=len, reverse=True))
# The name of a month begins with a capital in English: `may` is none.
EN: Final = (
    r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?![a-z])\.?"
)
EN_YEAR: Final = (
    r"(?:,?\s+(?:(?:of|in)\s+)?(?:(?P<year>20\d\d)\b|(?P<this>(?:this|the|the current) year)\b(?!\s+(?:ago|earlier|before))"
    r"|(?P<past>last year|the (?:previous|past) year)\b))?"
)
RU: Final = (
    r"(?:январ[а-я]*|феврал[а-я]*|март[а-я]*|апрел[а-я]*|ма[йяею]|июн[а-я]*|июл[а-я]*|август[а-я]*|сентябр[а-я]*"
    r"|октябр[а-я]*|ноябр[а-я]*|декабр[а-я]*)"
)
RU_YEAR: Final = (
    r"(?:\s+(?:(?P<year>20\d\d)(?:-го)?(?:\s*г(?:ода|оду|\.)?)?(?![а-я\d])|(?P<this>(?:этого|текущего|нынешнего)\s+года)"
    r"|(?P<past>(?:прошлого|минувшего|предыдущего)\s+года)|года))?"
)
ZH_YEAR: Final = r"(?:(?P<year>20\d\d)年|(?P<this>今年|本年)|(?P<past>去年|上年))?"

# What stands here is what a figure is compared with.
COMPARED: Final = MappingProxyType({
    "en": quick(
        r"\b(?:compared (?:to|with)|in comparison (?:to|with)|versus|vs\.?|than|from|against|over|on|relative to|since)\s+"
        r"(?:(?:in|during|for|of|what it was)\s+)?(?:(?:the|a|that|those)\s+)?"
        r"(?:(?:same|corresponding|similar|comparable|analogous|like|equivalent)\s+"
        rf"(?:(?:[a-z-]+\s+)?(?:period|months?|quarter|half|span|time|stretch)\b)?(?:\s+(?:of|in)\s+(?:{EN}\s+)?"
        rf"(?:20\d\d|last year|the (?:previous|prior|preceding) year))?(?:\s+(?:last year|a year (?:ago|earlier|before)))?"
        rf"|(?:level|figure|record|peak)s?\s+(?:of|in|from)\s+(?:{EN}\s+)?20\d\d"
        r"|(?:one\s+)?(?:year|month)\s+(?:ago|earlier|before|prior|previously)|(?:previous|prior|preceding|past)\s+(?:year|month|quarter)"
        rf"|last (?:year|month)\b(?:'s)?|20\d\d\b|{EN}(?:\s*[-–—]\s*{EN})?(?!\s+(?:to|through|until|till|and)\b)(?:,?\s+(?:of\s+)?(?:20\d\d|last year))?)",
        ANY_CASE,
    ),
    "ru": quick(
        r"\b(?:по сравнению с[о]?|в сравнении с|относительно|против|чем|к|с[о]? времен|с уровн\w+|(?:ниже|выше|больше|меньше)\s+(?:уровн\w+|показател\w+))\s+"
        r"(?:(?:в|за|с|со)\s+)?(?:(?:аналогичн|соответствующ|таким|тем|тот|том|той|того|то|этот|показател|результат|уровн|данны)\w*\s+(?:же\s+)?(?:самый\s+|в\s+|за\s+|с\s+)?)*"
        r"(?:(?:период|месяц|срок|квартал|полугоди|отрез|врем)\w*\s*)?"
        rf"(?:{RU}(?:\s*[-–—]\s*{RU})?\s*)?(?:(?:прошл|предыдущ|предшествующ|минувш|позапрошл)\w+\s*|20\d\d(?:-го|-м|-му)?\s*)?(?:год\w*|г\.|месяц\w*)?",
        ANY_CASE,
    ),
    "zh": quick(r"(?:与|较|比|同|和)(?:去年|上年|20\d\d年)(?:\d{1,2}月)?(?:同期|同月)?(?:相比)?|自20\d\d年(?:\d{1,2}月)?以来"),
})  # fmt: skip

KINDS: Final = MappingProxyType({
    "en": (
        ("span", quick(rf"\b(?P<a>{EN})(?:\s*[-–—]\s*(?:(?:to|through)\s*[-–—]\s*)?|\s+(?:to|through|and|till|until)\s+)(?P<b>{EN})(?!\s+\d{{1,2}}\b){EN_YEAR}", ANY_CASE)),
        ("months", quick(rf"\bfirst\s+(?P<n>{COUNT}|\d{{1,2}})\s+months(?:'s?)?{EN_YEAR}|\b(?P<n2>{COUNT})-month\s+(?:period|trade|total|turnover|figures?|exports|imports|sales)", ANY_CASE)),
        ("months", quick(rf"\b(?:in|for|over|during)\s+(?:the\s+)?(?P<n>{COUNT}|\d{{1,2}})\s+months(?=\s+(?:of|in)\s+(?:20|this|the|last)){EN_YEAR}", ANY_CASE)),
        ("nine", quick(rf"\bfirst (?:three|3) quarters{EN_YEAR}", ANY_CASE)),
        ("half", quick(rf"\b(?:first|1st)[\s-]half(?:[\s-]year)?{EN_YEAR}|\bH1{EN_YEAR.replace('P<year', 'P<year2').replace('P<this', 'P<this2').replace('P<past', 'P<past2')}", ANY_CASE)),
        ("quarter", quick(rf"\b(?:(?P<q>first|second|third|fourth)[\s-]quarter|Q(?P<q2>[1-4])){EN_YEAR}", ANY_CASE)),
        ("open", quick(r"\b(?:second half|so far this year|this year so far|year to date|since the (?:start|beginning) of|the year to)\b", ANY_CASE)),
        ("month", quick(rf"\b(?:in|for|during|throughout|over|of)\s+(?:the month of\s+)?(?P<a>{EN})(?!\s+\d{{1,2}}\b(?!\s*%)){EN_YEAR}|(?<!\d )\b(?P<a2>{EN})(?:'s|’s)?\s+(?:exports|imports|trade|turnover|shipments|sales|deliveries)\b", ANY_CASE)),
        ("last month", quick(r"\blast month\b", ANY_CASE)),
        ("year", quick(r"\b(?:in|for|during|throughout|over|of)\s+(?:all of |the whole of |the whole |whole |the full year |full-year |full year |calendar )?(?:of )?(?P<year>20\d\d)\b(?!\s*[-–/]\s*\d)|\b(?P<past>last year)\b|\b(?:full-year|calendar)\s+(?P<year2>20\d\d)\b", ANY_CASE)),
        ("open", quick(r"\b(?:this year|this month|this quarter)\b", ANY_CASE)),
    ),
    "ru": (
        ("span", quick(rf"\b(?:с\s+)?(?P<a>{RU})(?:\s*[-–—]\s*|\s+(?:по|и|до)\s+)(?P<b>{RU}){RU_YEAR}", ANY_CASE)),
        ("months", quick(rf"\b(?:за|в течение|по итогам|в)\s+(?:первы[ехй]\s+)?(?P<n>{COUNT}|\d{{1,2}})\s+(?:первых\s+)?месяц\w*{RU_YEAR}|\bпервы[ехй]\s+(?P<n2>{COUNT}|\d{{1,2}})\s+месяц\w*", ANY_CASE)),
        ("half", quick(rf"\b(?:первого|первом|первое|первому|I|1-[мог]+)\s+полугоди\w*{RU_YEAR}|\bза\s+полгода\b|\bполугоди[еяю]\b", ANY_CASE)),
        ("nine", quick(rf"\bтр[иеё]\w?\s+квартал\w*{RU_YEAR}", ANY_CASE)),
        ("quarter", quick(rf"\b(?P<q>перв|втор|трет|четв[её]рт)\w+\s+квартал\w*{RU_YEAR}|\b(?P<q2>IV|III|II|I)\s+квартал\w*", ANY_CASE)),
        ("open", quick(r"\b(?:с начала (?:\d{4} )?года|второ\w+ полугоди\w+)", ANY_CASE)),
        ("month", quick(rf"(?<!\d )\b(?:в|за|по итогам)\s+(?P<a>{RU}){RU_YEAR}(?!\s*[-–—]\s*[а-я])", ANY_CASE)),
        ("last month", quick(r"\b(?:в прошлом месяце|за прошлый месяц)", ANY_CASE)),
        ("year", quick(r"\b(?:в|за|по итогам|на протяжении)\s+(?:вс[её]го?\s+)?(?P<year>20\d\d)(?:-м|-й|-го)?(?:\s*г(?:оду|од|ода|\.)?)?(?![а-я\d-])|\b(?P<past>за прошлый год|в прошлом году|по итогам прошлого года|за минувший год|в минувшем году)", ANY_CASE)),
        ("open", quick(r"\b(?:в этом году|в текущем году|в нынешнем году|в этом месяце)", ANY_CASE)),
    ),
    "zh": (
        ("span", quick(ZH_YEAR + r"(?P<a>\d{1,2})月?(?:至|到|-|—|－|–|～|~)(?P<b>\d{1,2})月(?:份|期间)?(?!\d)")),
        ("months", quick(ZH_YEAR + rf"[的]?(?:前|头)(?P<n>\d{{1,2}}|{COUNT})个月")),
        ("half", quick(ZH_YEAR + r"上半年")),
        ("nine", quick(ZH_YEAR + r"前三(?:个)?季度?")),
        ("quarter", quick(ZH_YEAR + r"第?(?P<q>[一二三四])季度")),
        ("open", quick(r"下半年|今年以来|年初至今")),
        ("month", quick(ZH_YEAR + r"(?P<a>\d{1,2})月(?:份|当月)?(?![\d日至到—-])")),
        ("last month", quick(r"上个?月")),
        ("year", quick(r"(?P<year>20\d\d)年(?:全年|度)?(?!\d|前|上半|第?[一二三四]季|底|末|以来|初)|(?P<past>去年)(?:全年)?(?!\d|前|上半|同期|第?[一二三四]季|底)|(?P<full>全年)")),
    ),
})  # fmt: skip
QUARTERS: Final = MappingProxyType({
    "first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4, "перв": 1, "втор": 2, "трет": 3,
    "четверт": 4, "четвёрт": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4, "一": 1, "二": 2, "三": 3, "四": 4,
})  # fmt: skip
SPANS: Final = MappingProxyType({"half": 6, "nine": 9})


def named(text: str, language: str, day: date) -> list[Named]:
    """The periods that a sentence names, in order, without those it compares with."""
    plain = COMPARED[language].sub(lambda found: " " * len(found[0]), text)
    found: list[Named] = []
    for kind, pattern in KINDS[language]:
        for one in pattern.finditer(plain):
            if not any(other.at < one.end() and one.start() < other.stop for other in found):
                found.append(Named(one.start(), one.end(), _period(one, kind, language, day)))
    return sorted(found, key=lambda one: one.at)


def _period(found: re.Match[str], kind: str, language: str, day: date) -> Period | None:
    said = {name.rstrip("2"): value for name, value in found.groupdict().items() if value}
    year = day.year - 1 if "past" in said else day.year if "this" in said else None
    year = int(said["year"]) if "year" in said else year
    if kind == "last month":
        last = day.replace(day=1) - timedelta(days=1)
        return Period("M", last.replace(day=1), last)
    if kind == "year":
        return _over("A", day.year - 1 if year is None else year, 1, DECEMBER, day)
    if kind == "quarter":
        number = QUARTERS[said["q"].lower()]
        return _since("Q" if number > 1 else "YTD", year, 3 * number - 2, 3 * number, day)
    first, last_month = _months(said, kind, language)
    # no official figure is for a span of months that begins later than in January
    if not 1 <= first <= last_month <= DECEMBER or (kind == "span" and first != 1):
        return None
    freq: Freq = "M" if first == last_month else "A" if last_month == DECEMBER else "YTD"
    return _since(freq, year, first, last_month, day)


def _months(said: dict[str, str], kind: str, language: str) -> tuple[int, int]:
    """The first month and the last; none for a period whose end isn't known."""
    if kind == "months":
        count = said["n"].lower()
        return 1, int(count) if count.isdigit() else COUNTS[count]
    if kind in {"span", "month"}:
        first = month(said["a"], language)
        return first, month(said["b"], language) if kind == "span" else first
    return 1, SPANS.get(kind, 0)


def _since(freq: Freq, year: int | None, first: int, last: int, day: date) -> Period | None:
    """Of a period without a year the last that was over; a month that is under way is none."""
    if year is None:
        year = day.year if last < day.month else day.year - 1
        if last == day.month:
            return None
    return _over(freq, year, first, last, day)


def _over(freq: Freq, year: int, first: int, last: int, day: date) -> Period | None:
    end = date(year, last, calendar.monthrange(year, last)[1])
    return Period(freq, date(year, first, 1), end) if end < day else None


def month(name: str, language: str) -> int:
    """The number of a month by its name, however it is inflected or shortened."""
    if language == "zh":
        return int(name)
    return next(n for n, stem in enumerate(MONTHS[language], start=1) if re.match(stem, name.lower()))
