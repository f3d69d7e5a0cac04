"""Days and amounts in English sentences: what a date, a rate, a sum, a length of stay is worth."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from sources.parse.news import days, rules
from sources.parse.news.rules import Amount, Day
from sources.parse.news.stems import REMEMBERED, Quick, quick

__all__ = ["FULL", "IGNORE", "SHORT", "amounts_of", "compiled", "days_of"]

IGNORE: Final = re.IGNORECASE
MONTH: Final = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"
)
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FROM: Final = r"(?:from|since|starting(?: on| from)?|beginning(?: on)?|as of|with effect from|effective(?: from| on| as of)?|in force since|as from|to|for)\s+(?:the\s+)?"
LEAD: Final = rf"(?:(?P<from>{FROM})|(?P<until>(?:until|till|through|by|before)\s+)|(?P<said>(?:published on|issued on|announced on|said on|made public on|released on|reported on)\s+))?"
DATES: Final = (
    quick(
        rf"{LEAD}(?P<month>{MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:(?:\s*[-–]\s*|\s+(?:to|through|until)\s+)(?P<last>\d{{1,2}})(?![\d.,]*\d|\s*(?:%|per|{MONTH})))?(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?(?!\d)",
        IGNORE,
    ),
    quick(
        rf"{LEAD}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:[-–]|to|and)\s*(?P<last>\d{{1,2}}))?(?:\s+of)?\s+(?P<month>{MONTH})(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?",
        IGNORE,
    ),
)
# What none of these dates is without, and what is found sooner.
CORES: Final = (quick(rf"{MONTH}\s+\d", IGNORE), quick(rf"\d(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH}", IGNORE))
ACROSS: Final = quick(
    rf"(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}})\s*(?:[-–]|to|through|until)\s*(?P<m2>{MONTH})\s+(?P<d2>\d{{1,2}})\b", IGNORE
)
WEEKDAY: Final = quick(rf"{LEAD}(?:(?P<last>last|next)\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})\b", IGNORE)
LOOSE: Final = quick(
    rf"(?:in|since|from|for|by|at)\s+(?:the\s+)?(?:very\s+)?(?:(?P<part>early|mid|late|beginning of|start of|middle of|end of)[\s-]+)?(?P<month>{MONTH})(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?(?!\s*\d)",
    IGNORE,
)
SEASON: Final = quick(
    r"\bin\s+(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter)(?:\s+of)?\s+(?P<year>(?:19|20)\d\d)"
    r"|\blast\s+(?P<past>spring|summer|autumn|fall|winter)\b",
    IGNORE,
)
BARE_YEAR: Final = quick(r"\bin\s+(?P<year>20[0-4]\d)\b(?!\s*[-–])", IGNORE)
# Beside such words a year is what a figure is held against, no day of an act.
COMPARED: Final = quick(
    r"\b(?:compared|than|year[- ]on[- ]year|versus|expects?|forecasts?|since|fell|rose|grew|dropped|sales|trade turnover)\b",
    IGNORE,
)
RELATIVE: Final = quick(r"\b(?P<word>today|yesterday|tomorrow)\b", IGNORE)
PAST: Final = quick(
    r"\b(?:broke|went|moved|switched|was|were|had|has|have|did|signed|opened|began|started|agreed|said|took|came|founded|imposed|banned|introduced)\b",
    IGNORE,
)

NUMBER: Final = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
SCALE: Final = r"(?:[\s-]*(?P<scale>thousand|million|mln|mn|m\b|billion|bln|bn|trillion|trln|tn))?"
MONEY: Final = (
    quick(rf"(?P<sign>US\$|\$|€|£|¥)\s?{NUMBER}{SCALE}", IGNORE),
    quick(rf"{NUMBER}{SCALE}[\s-]*(?:US\s+)?(?P<sign>dollars?|ro?ubles?|yuan|RUB|USD|CNY|euros?)\b", IGNORE),
)
TO_FROM: Final = quick(
    r"\bto\s+[$\d][\d,.]*\s*(?:%|per\s?cent|pct|ro?ubles?)?[^.;]{0,12}?\s+from\s+(?P<old>[$\d]|zero\b)"
    r"|[$\d][\d,.]*\s*(?:%|per\s?cent|pct|ro?ubles?|rubles)?,?[^.;\d]{0,20}?\s(?:up from|down from|instead of|compared (?:with|to)|versus|against)\s+"
    r"(?:the (?:previous|earlier|current)\s+)?(?P<before>[$\d]|zero\b)",
    IGNORE,
)
PERCENT: Final = quick(rf"{NUMBER}\s*(?:%|per\s?cent\b|pct\b)", IGNORE)
VOLUME: Final = quick(
    rf"{NUMBER}{SCALE}[\s-]*(?:cubic met(?:er|re)s?|bcm|cu\.? ?m\b)(?:[\s,]*(?:of gas\s*)?(?:a|per|/)\s?(?:year|annum|yr)|\s+annually)?|(?P<bcm>\d+(?:\.\d+)?)\s*bcm",
    IGNORE,
)
BARE: Final = quick(rf"{NUMBER}\s*(?P<scale>billion|bln|bn)(?=[.,;]|\s+(?:and|to)\b|$)", IGNORE)
TONNES: Final = quick(rf"{NUMBER}{SCALE}\s*(?:metric\s+)?(?:tons?|tonnes?)\s+(?:a|per)\s+year", IGNORE)
WORDS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
COUNT: Final = rf"(?:{'|'.join(WORDS)}|\d{{1,2}})"
DAYS: Final = quick(rf"\b(?P<count>{COUNT})[\s-]days?\b(?!\s+(?:ago|after|later|before|earlier|work))", IGNORE)
UP_TO: Final = quick(r"(?:up to|for|not exceeding|no more than|as long as)\s+(?P<count>\d{1,3})\s+days", IGNORE)
SCALES: Final = {
    "thousand": 3, "million": 6, "mln": 6, "mn": 6, "m": 6, "billion": 9, "bln": 9, "bn": 9, "trillion": 12, "trln": 12, "tn": 12,
}  # fmt: skip
SIGNS: Final = {
    "$": "USD",
    "us$": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "usd": "USD",
    "rub": "RUB",
    "yuan": "CNY",
    "cny": "CNY",
    "¥": "CNY",
    "€": "EUR",
    "£": "GBP",
}
WEEK: Final = r"(?:working |work |production )?(?:week|schedule|workweek|regime)"
SHORT: Final = rf"(?:four|three|two|4|3|2)[\s-]*(?:days?)[\s-]*(?:a[\s-]*)?{WEEK}"
FULL: Final = rf"(?:five|5)[\s-]*day[\s-]*{WEEK}|full (?:working |work )?week|normal (?:working )?week"


def compiled(text: str) -> Quick:
    """A trigger or a mark: within a sentence a point of a number or an initial ends nothing."""
    return quick(text.replace("[^.;]", r"(?:[^.;]|\.(?=\S)|(?<=\b\w)\.)"), IGNORE)


ZERO: Final = quick(r"\bzero\b|\bno new\b|\bnothing\b|\bscrap|\babolish|\blift|\bremov|\bwaiv|\bsuspend", IGNORE)
SHORT_WEEK: Final = compiled(SHORT)
FULL_WEEK: Final = compiled(FULL)


# --- days -------------------------------------------------------------------------------------------------------------


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


@lru_cache(maxsize=REMEMBERED)
def _dates(text: str) -> tuple[re.Match[str], ...]:
    likely = (pattern for pattern, core in zip(DATES, CORES, strict=True) if core.search(text))
    return tuple(one for pattern in likely for one in pattern.finditer(text))


def _kind(found: re.Match[str]) -> Literal["from", "on", "until", "said"]:
    word = (found["from"] or "").strip().lower()
    if word in {"to", "for"}:
        return "on"
    return "from" if found["from"] else "until" if found["until"] else "said" if found["said"] else "on"


def days_of(text: str, published: date) -> list[Day]:
    """The days that a sentence names, in order."""
    return list(_days(text, published))


@lru_cache(maxsize=REMEMBERED)
def _days(text: str, published: date) -> tuple[Day, ...]:
    past = bool(PAST.search(text))
    found: list[Day] = []
    taken: list[tuple[int, int]] = []

    def free(match: re.Match[str]) -> bool:
        if any(start < match.end() and match.start() < end for start, end in taken):
            return False
        taken.append(match.span())
        return True

    for one in _dates(text):
        month, number = _month(one["month"]), int(one["day"])
        last = int(one["last"]) if one["last"] else None
        year = int(one["year"]) if one["year"] else None
        when = days.dated(year, month, number) if year else days.nearest(month, number, published)
        if when and free(one):
            ends = days.dated(when.year, month, last) if last else None
            found.append(Day(one.start(), one.end(), when, _kind(one), last=ends))
    for one in WEEKDAY.finditer(text):
        if free(one) and not any(abs(one.end() - day.start) < 4 or abs(day.end - one.start()) < 4 for day in found):  # noqa: PLR2004 ("Wednesday, Oct. 22")
            when = days.back_to_weekday(WEEKDAYS.index(one["weekday"].lower()), published)
            if not past and re.search(r"\b(?:will|next)\b", text[: one.start()], IGNORE):
                when += timedelta(days=7)
            found.append(Day(one.start(), one.end(), when, _kind(one)))
    for one in RELATIVE.finditer(text):
        shift = {"today": 0, "yesterday": -1, "tomorrow": 1}[one["word"].lower()]
        found.append(Day(one.start(), one.end(), published + timedelta(days=shift)))
    for one in LOOSE.finditer(text):
        if free(one):
            year = int(one["year"]) if one["year"] else None
            first, last_day = days.month_of(_month(one["month"]), published, year)
            part = (one["part"] or "").lower()
            since = re.match(r"(?:since|from)\s", one[0], IGNORE)
            day = (
                1
                if since and not part
                else {
                    "early": 5,
                    "beginning of": 3,
                    "start of": 1,
                    "mid": 15,
                    "middle of": 15,
                    "late": 25,
                    "end of": last_day.day,
                }.get(part, 15 if first != published.replace(day=1) else published.day)
            )
            found.append(Day(one.start(), one.end(), first.replace(day=min(day, last_day.day)), "in", "month"))
    for one in SEASON.finditer(text):
        if free(one):
            name = (one["season"] or one["past"]).lower().replace("fall", "autumn")
            middle = days.season(name, int(one["year"] or published.year)) + timedelta(days=14)
            if one["past"] and middle > published - timedelta(days=45):
                middle = days.season(name, published.year - 1) + timedelta(days=14)
            found.append(Day(one.start(), one.end(), middle, "in", "month"))
    found.extend(
        Day(one.start(), one.end(), date(int(one["year"]), 7, 1), "in", "year")
        for one in BARE_YEAR.finditer(text)
        if free(one) and int(one["year"]) < published.year and not COMPARED.search(text)
    )
    return tuple(sorted(found, key=lambda day: day.start))


# --- amounts ----------------------------------------------------------------------------------------------------------


def _number(found: re.Match[str]) -> Decimal:
    number = Decimal(found["number"].replace(",", ""))
    scale = (found.groupdict().get("scale") or "").lower()
    return number.scaleb(SCALES[scale]) if scale else number


def amounts_of(text: str) -> list[Amount]:
    """The amounts that a sentence names; of two of a unit the second stands under `last UNIT` too."""
    return list(_amounts(text))


@lru_cache(maxsize=REMEMBERED)
def _amounts(text: str) -> tuple[Amount, ...]:
    found: list[Amount] = []
    for one in VOLUME.finditer(text):
        value = Decimal(one["bcm"]).scaleb(9) if one.groupdict().get("bcm") else _number(one)
        if "bcm" in one[0].lower() and not one.groupdict().get("bcm"):
            value = value.scaleb(9) if value < 1000 else value  # noqa: PLR2004 (billions are meant)
        found.append(Amount(one.start(), one.end(), value, "m3/year"))
    found += [Amount(one.start(), one.end(), _number(one), "t/year") for one in TONNES.finditer(text)]
    for pattern in MONEY:
        for one in pattern.finditer(text):
            sign = one["sign"].lower()
            unit = "RUB" if sign.startswith(("rub", "roub")) else SIGNS.get(sign, "")
            if unit and not any(a.start < one.end() and one.start() < a.end for a in found):
                found.append(Amount(one.start(), one.end(), _number(one), unit))
    found += [
        Amount(one.start(), one.end(), _number(one), "bare")
        for one in BARE.finditer(text)
        if not any(a.start <= one.start() < a.end for a in found)
    ]
    found += [Amount(one.start(), one.end(), _number(one), "percent") for one in PERCENT.finditer(text)]
    for one in UP_TO.finditer(text):
        found.append(Amount(one.start(), one.end(), Decimal(one["count"]), "days"))
    for one in DAYS.finditer(text):
        word = one["count"].lower()
        if not any(a.start <= one.start() < a.end for a in found):
            found.append(Amount(one.start(), one.end(), Decimal(WORDS.get(word, 0) or word), "days"))
    found += rules.marked(
        found,
        text,
        zero=ZERO,
        short=SHORT_WEEK,
        full=FULL_WEEK,
        spans=_spans(text),
    )
    return tuple(sorted(_raised(found, text), key=lambda one: one.start))


def _raised(found: list[Amount], text: str) -> list[Amount]:
    """`To 15% from 8%`: the new rate comes first there."""
    turned = TO_FROM.search(text)
    if turned is None:
        return found
    old = turned.start("old") if turned["old"] else turned.start("before")
    new = [one for one in found if turned.start() <= one.start < old]
    kept = [one for one in found if not one.unit.startswith("last ")]
    return kept + [replace(one, unit=f"last {one.unit}") for one in new if one.unit in {"percent", "RUB"}]


def _spans(text: str) -> list[Amount]:
    """`from 20 to 22 March`, `May 16-17`: how many days that is."""
    found = [
        Amount(one.start(), one.end(), Decimal(int(one["last"]) - int(one["day"]) + 1), "days")
        for one in _dates(text)
        if one["last"]
    ]
    for one in ACROSS.finditer(text):
        first, last = (days.dated(2001, _month(one[f"m{n}"]), int(one[f"d{n}"])) for n in (1, 2))
        if first and last and first < last:
            found.append(Amount(one.start(), one.end(), Decimal((last - first).days + 1), "days"))
    return found
