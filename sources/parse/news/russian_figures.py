"""The days and the amounts that a Russian sentence names."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from sources.parse.news import days, rules
from sources.parse.news.rules import Amount, Day
from sources.parse.news.stems import REMEMBERED, quick

__all__ = ["FULL", "IGNORE", "SHORT", "amounts", "named_days"]

IGNORE: Final = re.IGNORECASE
STEMS: Final = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма[йяе]",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)
SHORT_STEMS: Final = ("янв", "фев", "мар", "апр", "ма[йяе]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
MONTH: Final = rf"(?:{'|'.join(STEMS)})[а-я]*|(?:{'|'.join(SHORT_STEMS)})\."
WEEKDAYS: Final = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
LEAD: Final = r"(?:\b(?P<from>со?|начиная с|вступ\w+ в силу|от)\s+|\b(?P<until>до|по)\s+)?"
DATE: Final = quick(
    rf"{LEAD}\b(?P<day>\d{{1,2}})(?:-?го)?(?:\s*(?:[-–—]|и|по)\s*(?P<last>\d{{1,2}}))?\s+(?P<month>{MONTH})(?:\s+(?P<year>(?:19|20)\d\d)(?:\s*г(?:ода|оду|\.)?)?)?",
    IGNORE,
)
DOTTED: Final = quick(rf"{LEAD}\b(?P<day>\d{{1,2}})\.(?P<month>\d{{2}})\.(?P<year>(?:19|20)\d\d)\b", IGNORE)
WEEKDAY: Final = quick(rf"{LEAD}\b(?:во? |со? )?(?P<weekday>{'|'.join(WEEKDAYS)})[а-я]{{0,3}}\b", IGNORE)
LOOSE: Final = quick(
    rf"\b(?:в|с|во|со)\s+(?:(?P<part>начале|середине|конце|начала|конца)\s+)?(?P<month>(?:{'|'.join(STEMS)})[а-я]*)(?:\s+(?P<year>(?:19|20)\d\d)(?:\s*г(?:ода|\.)?)?)?",
    IGNORE,
)
SEASON: Final = quick(r"\b(?P<season>весной|летом|осенью|зимой)\s+(?P<year>20\d\d)", IGNORE)
NEW_YEAR: Final = quick(r"\b(?:с|от)\s+(?:нового|1-го)\s+года\b|\bс\s+наступлением\s+нового\s+года\b", IGNORE)
RELATIVE: Final = quick(r"\b(?P<word>сегодня|вчера|завтра|накануне)(?:шнего дня)?\b", IGNORE)
NUMBER: Final = r"(?P<number>\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
SCALE: Final = r"(?:\s*(?P<scale>тыс\.?|тысяч[аи]?|млн\.?|миллион\w*|млрд\.?|миллиард\w*|трлн\.?|триллион\w*))?"
MONEY: Final = quick(
    rf"(?P<sign>\$|€|¥)\s?{NUMBER}{SCALE}|{NUMBER.replace('number', 'number2')}{SCALE.replace('scale', 'scale2')}\s*(?P<unit>руб\w*|₽|доллар\w*|долл\.?|юан\w*|евро)",
    IGNORE,
)
PERCENT: Final = quick(rf"{NUMBER}\s*(?:%|процент(?!н)\w*)(?!\s*(?:пункт|п\.\s?п))", IGNORE)
# A year alone tells of the past what happened then; beside a participle ("introduced in 2008") it tells of another matter.
BARE_YEAR: Final = quick(r"\b(?:в|с|ещ[её] в|начиная с)\s+(?P<year>(?:19|20)\d\d)(?:-?м|\s+г(?:од[ау]|\.))", IGNORE)
APART: Final = quick(
    r"(?:\b(?!неопредел[её]нн|данн|таможенн|государственн|межправительственн|правительственн|совместн|иностранн)\w+(?:нн|т|вш|щ)(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ие|ые|их|ых|ими|ими|ий|его|ему|им|ем|ей|ее|ийся|ихся|егося|аяся)\s+(?:[\w-]+\s+){0,6}|"
    r"(?:по сравнению|чем|относительно|против|уровн\w+|за|сделк\w+|контракт\w*|соглашени\w*)\s+)$",
    IGNORE,
)
PARTICIPLE: Final = quick(
    r"\b(?!таможенн|государственн|правительственн|межправительственн|ответственн|иностранн|собственн|единственн|промышленн|общественн|постоянн|хозяйственн|продовольственн|производственн|временн|современн|прибывш|датир|опублик|начавш|следующ|текущ|предстоящ|будущ|настоящ|данн|общ|недавн)\w+(?:[её]нн|анн|вш|ующ|ающ|нят)(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ие|ые|их|ых|ими|ыми|ий|его|ему|им|ем|ей|ее)(?:ся)?"
    r"\s+(?:[\w-]+\s+){0,2}$",
    IGNORE,
)
# What a rate was before, and the ends of a span of rates, are not the rate.
BEFORE: Final = quick(r"\b(?:вместо|против|со?|от|ранее|раньше|прежн\w+|предыдущ\w+)\s+(?:[\w]+\s+)?$", IGNORE)
SPAN_TO: Final = quick(
    r"\bот\s+\d[\d.,\s]*(?:%|процент\w*|тыс\w*\.?|млн|руб\w*)?\s*(?:тыс\.?\s*)?(?:руб\w*\s*)?до\s+$", IGNORE
)
ZERO: Final = quick(
    r"\bобнул\w*|\bдо нул[яе]\w*|\bнулев\w*|\bотмен\w*|\bсня\w*|\bни одно\w+|\bбеспошлинн\w*|\bприостанов\w*", IGNORE
)
VOLUME: Final = quick(
    rf"{NUMBER}{SCALE}\s*(?:куб\w*\.?\s*м\w*|кубометр\w*)(?:\s+(?:газа\s+)?(?:в|за)\s+год|\s+ежегодно)?", IGNORE
)
TONNES: Final = quick(rf"{NUMBER}{SCALE}\s*(?:тонн\w*|т)\s+(?:[а-яё]+\s+)?(?:в\s+год|ежегодно)", IGNORE)
WORDS: Final = {"дв": 2, "тр": 3, "четыр": 4, "пят": 5, "шест": 6, "сем": 7}
DAYS: Final = quick(
    r"\b(?P<count>двух|тр[её]х|четыр[её]х|пяти|шести|семи|\d{1,2}-?(?:ти|х)?)-?\s?дневн\w+(?=\s+(?:\w+\s+){0,2}?(?:визит|поездк))"
    r"|\b(?:до|ограничен\w*|не более|не дольше|на срок|сроком|не превышающ\w+|на)\s+(?P<stay>\d{1,3})\s+(?:календарных\s+)?(?:дн|сут)"
    r"|\b(?:продлится|продлил\w*|длил\w*|пробудет|пробыл\w*|рассчитан\w*|займ[её]т)\s+(?:[\w-]+\s+){0,2}?(?P<lasts>два|три|четыре|пять|шесть|\d)\s+(?:дня|дней)"
    r"|\b(?:находиться|оставаться|пребывать|провести)\s+(?:[\w-]+\s+){0,4}?(?P<staying>\d{1,3})\s+(?:дн|сут)"
    r"|\b(?P<within>30|60|90)-?дневн\w+",
    IGNORE,
)
SCALES: Final = {"тыс": 3, "мил": 6, "млн": 6, "млр": 9, "трл": 12, "три": 12}
SHORT: Final = (
    r"(?:четыр[её]х|тр[её]х|двух|4-?х?|3-?х?|2-?х?)-?\s?дневн\w+(?:\s+рабоч\w+)?(?:\s+(?:недел\w*|режим\w*|график\w*))?|\b(?:четыр[её]х|тр[её]х)дневк\w*"
    r"|\b(?:четыре|три|два|4|3|2)\s+(?:рабочих\s+)?(?:дня|дней)\s+в\s+недел\w+|недел\w+\s+до\s+(?:четыр[её]х|тр[её]х|двух|4|3)\s+(?:рабочих\s+)?дней|\bтремя\s+рабочими\s+днями|\b(?:4|3)\s?/\s?(?:3|4)\b"
)
FULL: Final = r"пяти-?\s?дневн\w+(?:\s+рабоч\w+)?(?:\s+(?:недел\w*|режим\w*|график\w*))?|\bпятидневк\w*|полн\w+\s+рабоч\w+\s+недел\w+|5-?\s?(?:ти)?-?дневн\w+|(?:пять|5)\s+(?:рабочих\s+)?дней\s+в\s+недел\w+|(?:обычн|стандартн|нормальн|прежн)\w+\s+(?:рабоч\w+\s+)?(?:недел\w*|график\w*|режим\w*)"

SHORT_WEEK: Final = quick(SHORT, IGNORE)
FULL_WEEK: Final = quick(FULL, IGNORE)


# --- days -------------------------------------------------------------------------------------------------------------


def _month(name: str) -> int:
    return next(number for number, stem in enumerate(SHORT_STEMS, start=1) if re.match(stem, name.lower()))


def _kind(found: re.Match[str]) -> Literal["from", "on", "until", "said"]:
    word = (found["from"] or "").lower()
    if word == "от":
        return "said"
    return "from" if word else "until" if found["until"] else "on"


def _apart(text: str, at: int) -> bool:
    """Does a day belong to a participle beside the matter: "the ban, imposed on 5 May", "sanctions in force since"?"""
    return bool(PARTICIPLE.search(text[max(0, at - 60) : at])) and not SHORT_WEEK.search(text)


def named_days(text: str, published: date) -> list[Day]:
    """The days that a sentence names, in order."""
    return list(_days(text, published))


@lru_cache(maxsize=REMEMBERED)
def _days(text: str, published: date) -> tuple[Day, ...]:
    found: list[Day] = []
    taken: list[tuple[int, int]] = []

    def free(match: re.Match[str]) -> bool:
        if any(start < match.end() and match.start() < end for start, end in taken):
            return False
        taken.append(match.span())
        return True

    for one in DATE.finditer(text):
        month, number = _month(one["month"]), int(one["day"])
        when = days.dated(int(one["year"]), month, number) if one["year"] else days.nearest(month, number, published)
        if when and free(one):
            last = days.dated(when.year, month, int(one["last"])) if one["last"] else None
            # "перенесли с 1 ноября на 1 декабря": the first day is the one that no longer holds
            moved = one["from"] and re.match(r"\s+на\s+\d{1,2}\s", text[one.end() :])
            moved = moved or _apart(text, one.start())
            found.append(Day(one.start(), one.end(), when, "until" if moved else _kind(one), last=last))
    for one in DOTTED.finditer(text):
        when = days.dated(int(one["year"]), int(one["month"]), int(one["day"]))
        if when and free(one):
            found.append(Day(one.start(), one.end(), when, _kind(one)))
    for one in WEEKDAY.finditer(text):
        if free(one) and not any(abs(one.end() - day.start) < 4 or abs(day.end - one.start()) < 4 for day in found):  # noqa: PLR2004
            number = next(n for n, stem in enumerate(WEEKDAYS) if one["weekday"].lower().startswith(stem))
            found.append(Day(one.start(), one.end(), days.back_to_weekday(number, published), _kind(one)))
    for one in RELATIVE.finditer(text):
        shift = {"сегодня": 0, "вчера": -1, "накануне": -1, "завтра": 1}[one["word"].lower()]
        found.append(Day(one.start(), one.end(), published + timedelta(days=shift)))
    new_year = days.nearest(1, 1, published) or published
    found += [Day(one.start(), one.end(), new_year, "from") for one in NEW_YEAR.finditer(text) if free(one)]
    for one in LOOSE.finditer(text):
        if free(one):
            year = int(one["year"]) if one["year"] else None
            first, last_day = days.month_of(_month(one["month"]), published, year)
            part = (one["part"] or "").lower()
            number = {"начале": 5, "начала": 1, "середине": 15, "конце": 25, "конца": last_day.day}.get(part, 15)
            if one[0].lower().startswith(("с ", "со ")) and not part:
                number = 1
            kind: Literal["in", "until"] = "until" if _apart(text, one.start()) else "in"
            found.append(Day(one.start(), one.end(), first.replace(day=min(number, last_day.day)), kind, "month"))
    found.extend(
        Day(one.start(), one.end(), date(int(one["year"]), 7, 1), "in", "year")
        for one in BARE_YEAR.finditer(text)
        if int(one["year"]) < published.year and not APART.search(text[: one.start()]) and free(one)
    )
    for one in SEASON.finditer(text):
        if free(one):
            name = {"весной": "spring", "летом": "summer", "осенью": "autumn", "зимой": "winter"}[one["season"].lower()]
            found.append(
                Day(one.start(), one.end(), days.season(name, int(one["year"])) + timedelta(days=14), "in", "month")
            )
    return tuple(sorted(found, key=lambda day: day.start))


# --- amounts ----------------------------------------------------------------------------------------------------------


def _decimal(number: str, scale: str | None) -> Decimal:
    value = Decimal(re.sub(r"\s", "", number).replace(",", "."))
    return value.scaleb(SCALES[scale[:3].lower()]) if scale else value


def _old(one: Amount, text: str) -> bool:
    """Is it a rate that no longer holds, or an end of a span?"""
    if one.unit in {"days", "days/week"}:
        return False
    before = text[max(0, one.start - 40) : one.start]
    return bool(BEFORE.search(before) or SPAN_TO.search(before))


def amounts(text: str) -> list[Amount]:
    """The amounts that a sentence names."""
    return list(_amounts(text))


@lru_cache(maxsize=REMEMBERED)
def _amounts(text: str) -> tuple[Amount, ...]:
    found = [
        Amount(one.start(), one.end(), _decimal(one["number"], one["scale"]), "m3/year")
        for one in VOLUME.finditer(text)
    ]
    found += [
        Amount(one.start(), one.end(), _decimal(one["number"], one["scale"]), "t/year") for one in TONNES.finditer(text)
    ]
    for one in MONEY.finditer(text):
        if one["sign"]:
            unit, value = {"$": "USD", "€": "EUR", "¥": "CNY"}[one["sign"]], _decimal(one["number"], one["scale"])
        else:
            word = one["unit"].lower()
            unit = (
                "RUB"
                if word.startswith(("руб", "₽"))
                else "CNY"
                if word.startswith("юан")
                else "EUR"
                if word == "евро"
                else "USD"
            )
            value = _decimal(one["number2"], one["scale2"])
        found.append(Amount(one.start(), one.end(), value, unit))
    found += [
        Amount(one.start(), one.end(), _decimal(one["number"], None), "percent") for one in PERCENT.finditer(text)
    ]
    for one in DAYS.finditer(text):
        word = (one["count"] or one["stay"] or one["lasts"] or one["staying"] or one["within"]).lower()
        digits = re.match(r"\d+", word)
        count = int(digits[0]) if digits else next((n for stem, n in WORDS.items() if word.startswith(stem)), 0)
        found.append(Amount(one.start(), one.end(), Decimal(count), "days"))
    spans = [
        Amount(one.start(), one.end(), Decimal(int(one["last"]) - int(one["day"]) + 1), "days")
        for one in DATE.finditer(text)
        if one["last"]
    ]
    found = [one for one in found if not _old(one, text)]
    found += rules.marked(found, text, zero=ZERO, short=SHORT_WEEK, full=FULL_WEEK, spans=spans)
    return tuple(sorted(found, key=lambda one: one.start))
