"""Figures of trade and cars that the news print before, or in place of, their official source.

A figure needs its partner, indicator, period, value and unit in the sentence, or one of them carried from the sentence
before in the same paragraph. It becomes an observation of status `F` in the terms of the official source, and an event
of type `flash_figure` whose actor is who measured. What is a target, forecast, possibility or another country's trade
gives nothing. Vehicle figures are read by `sources.parse.prose`, as those of the carmakers are.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sources.contract import Doubt, Event, Flow, Freq, Observation
from sources.parse import prose
from sources.parse.news.model import Page, Sentence

__all__ = ["Flash", "figures", "rows"]

DATASET: Final = "flash"
IGNORE: Final = re.IGNORECASE
MONTHS: Final = MappingProxyType({
    "en": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    "ru": ("янв", "фев", "мар", "апр", "ма[йяе]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
})  # fmt: skip
EN_MONTH: Final = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
RU_MONTH: Final = r"(?:январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*"
COUNTS: Final = MappingProxyType({
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "два": 2, "двух": 2, "три": 3, "трех": 3, "трёх": 3, "четыре": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6, "семь": 7,
    "семи": 7, "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9, "десять": 10, "десяти": 10, "одиннадцать": 11, "одиннадцати": 11,
})  # fmt: skip
YEAR: Final = r"(?:\s*(?:,|of|in)?\s*(?P<year>20\d\d))?"
RU_YEAR: Final = r"(?:\s*(?P<year>20\d\d)(?:\s*г(?:ода|оду|\.)?)?)?"
PERIODS: Final = {
    "en": (
        (re.compile(rf"\b(?P<a>{EN_MONTH})(?:\s*[-–—]\s*|\s+(?:to|through|and)\s+)(?P<b>{EN_MONTH}){YEAR}", IGNORE), "span"),
        (re.compile(rf"\b(?:first|initial)\s+(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|\d{{1,2}})\s+months{YEAR}|\b(?P<n2>two|three|four|five|six|seven|eight|nine|ten|eleven)[\s-]months?\b{YEAR.replace('year', 'year2')}", IGNORE), "months"),
        (re.compile(rf"\bfirst half(?:[\s-]year)?{YEAR}|\bhalf[\s-]year{YEAR.replace('year', 'year2')}", IGNORE), "half"),
        (re.compile(rf"\bfirst three quarters{YEAR}", IGNORE), "nine"),
        (re.compile(rf"\b(?:first quarter|Q1){YEAR}", IGNORE), "quarter"),
        (re.compile(rf"\b(?:in|for|during)\s+(?P<a>{EN_MONTH}){YEAR}(?!\s+\d{{1,2}}\b)", IGNORE), "month"),
        (re.compile(r"\b(?:in|for|during|over)\s+(?:all of |the whole of |full-year )?(?P<year>20\d\d)\b|\b(?P<last>last year)\b", IGNORE), "year"),
        (re.compile(r"\blast month\b", IGNORE), "last month"),
    ),
    "ru": (
        (re.compile(rf"\b(?P<a>{RU_MONTH})\s*[-–—]\s*(?P<b>{RU_MONTH}){RU_YEAR}", IGNORE), "span"),
        (re.compile(rf"\bза\s+(?:первые\s+)?(?P<n>два|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|\d{{1,2}})\s+месяц\w*{RU_YEAR}", IGNORE), "months"),
        (re.compile(rf"\b(?:в|за|по итогам)\s+(?:перво\w+|IGNORE)\s+полугоди\w*{RU_YEAR}|\bза полгода", IGNORE), "half"),
        (re.compile(rf"\b(?:в|за)\s+(?:перво\w+|IGNORE)\s+квартал\w*{RU_YEAR}", IGNORE), "quarter"),
        (re.compile(rf"\b(?:в|за)\s+(?P<a>{RU_MONTH}){RU_YEAR}(?!\s*[-–—])", IGNORE), "month"),
        (re.compile(r"\b(?:в|за|по итогам)\s+(?P<year>20\d\d)(?:\s*г(?:оду|од|ода|\.))?(?![\d-])|\b(?P<last>за прошлый год|в прошлом году)", IGNORE), "year"),
    ),
    "zh": (
        (re.compile(r"(?:(?P<year>20\d\d)年|今年)?(?P<a>\d{1,2})月?(?:至|到|-|—|－)(?P<b>\d{1,2})月"), "span"),
        (re.compile(r"(?:(?P<year>20\d\d)年|今年)?前(?P<n>\d{1,2}|[二三四五六七八九十]|十一)个月"), "months"),
        (re.compile(r"(?:(?P<year>20\d\d)年|今年)?上半年"), "half"),
        (re.compile(r"(?:(?P<year>20\d\d)年|今年)?前三季度"), "nine"),
        (re.compile(r"(?:(?P<year>20\d\d)年|今年)?(?:第一|一)季度"), "quarter"),
        (re.compile(r"(?:(?P<year>20\d\d)年|今年)?(?P<a>\d{1,2})月(?:份)?(?!\d)"), "month"),
        (re.compile(r"(?P<year>20\d\d)年(?!\d{1,2}月|前|上半年|第|1)|(?P<last>去年)"), "year"),
    ),
}  # fmt: skip
ZH_COUNTS: Final = {"二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11}

FLOWS: Final = {
    "en": (
        (re.compile(r"\b(?:China's|Chinese|its)\s+exports?\s+to\s+Russia|\bChinese\s+exports\b|\bexports?\s+(?:from China\s+)?to\s+Russia\b|\b(?:Chinese|China's)\s+(?:shipments|sales|deliveries)\s+to\s+Russia|\bRussian?\s+imports\s+from\s+China|\bRussia's\s+imports\s+(?:from|of)\b", IGNORE), "X"),
        (re.compile(r"\b(?:China's|Chinese|its)?\s*imports?\s+(?:of\s+Russian\s+goods|from\s+Russia)\b|\bRussian\s+(?:exports|shipments|deliveries)(?:\s+to\s+China)?\b|\bRussia's\s+exports\b|\bexports\s+from\s+Russia\b", IGNORE), "M"),
        (re.compile(r"\b(?:bilateral\s+|mutual\s+|total\s+|two-way\s+)?(?:trade(?:\s+turnover)?|turnover)\b(?!\s+(?:war|union|deal|talks|surplus|deficit|balance|data|in services|representative|ministry|partner))|\ba total of\b", IGNORE), "T"),
    ),
    "ru": (
        (re.compile(r"\bэкспорт\w*\s+(?:товаров\s+)?(?:из\s+Кита\w*|КНР|Кита\w*)\s*(?:в\s+Росси\w*|в РФ)?|\b(?:импорт|ввоз)\w*\s+(?:товаров\s+)?(?:в\s+(?:Росси\w*|РФ)\s+)?из\s+(?:Кита\w*|КНР)|\b(?:экспорт|поставк)\w*\s+(?:китайск\w+\s+товаров\s+)?в\s+(?:Росси\w*|РФ)\b|\bкитайск\w+\s+экспорт\w*|\bпоставк\w+ из (?:КНР|Китая) в (?:РФ|Россию)", IGNORE), "X"),
        (re.compile(r"\bэкспорт\w*\s+(?:товаров\s+)?(?:из\s+(?:Росси\w*|РФ)\s+)?в\s+(?:Кита\w*|КНР)|\b(?:импорт|ввоз)\w*\s+(?:товаров\s+)?(?:в\s+(?:Кита\w*|КНР)\s+)?из\s+(?:Росси\w*|РФ)|\bроссийск\w+\s+экспорт\w*|\b(?:импорт|ввоз)\w*\s+российск\w+\s+товаров|\bпоставк\w+ из (?:РФ|России) в (?:КНР|Китай)", IGNORE), "M"),
        (re.compile(r"\b(?:товарооборот\w*|взаимн\w+\s+торговл\w*|двусторонн\w+\s+торговл\w*|торговл\w*\s+(?:между|Росси\w*|Кита\w*|с Кита\w*|с Росси\w*)|объ[её]м\w*\s+торговл\w*)", IGNORE), "T"),
    ),
    "zh": (
        (re.compile(r"(?:中国)?对俄(?:罗斯)?出口|中国向俄罗斯出口|出口俄罗斯"), "X"),
        (re.compile(r"(?:中国)?(?:自|从)俄(?:罗斯)?进口|俄罗斯对华出口|俄对华出口"), "M"),
        (re.compile(r"中俄(?:双边)?(?:货物)?贸易(?:总)?额|中俄双边贸易|双边贸易额|进出口总值|贸易总额"), "T"),
    ),
}  # fmt: skip
MONEY: Final = {
    "en": re.compile(r"(?:(?P<sign>US\$|\$|¥)\s?(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<s>million|mln|billion|bln|bn|trillion|trln|tn)|(?P<n2>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<s2>million|mln|billion|bln|bn|trillion|trln|tn)\s*(?P<u>US dollars|dollars|USD|yuan|CNY|RMB))", IGNORE),
    "ru": re.compile(r"(?:(?P<sign>\$)\s?(?P<n>\d+(?:[.,]\d+)?)\s*(?P<s>млн|млрд|трлн)|(?P<n2>\d+(?:[.,]\d+)?)\s*(?P<s2>млн|млрд|трлн|миллион\w*|миллиард\w*|триллион\w*)\.?\s*(?P<u>долл\w*|юан\w*|\$))", IGNORE),
    "zh": re.compile(r"(?P<n2>\d+(?:,\d{3})*(?:\.\d+)?)(?P<s2>万亿|亿|万)(?P<u>美元|元人民币|人民币|元)(?P<n>(?!x)x)?(?P<s>(?!x)x)?(?P<sign>(?!x)x)?"),
}  # fmt: skip
SCALES: Final = {
    "mln": 6,
    "mil": 6,
    "bln": 9,
    "bn": 9,
    "bil": 9,
    "tri": 12,
    "trl": 12,
    "tn": 12,
    "млн": 6,
    "мил": 6,
    "млр": 9,
    "трл": 12,
    "три": 12,
    "万亿": 12,
    "亿": 8,
    "万": 4,
}
PERCENT: Final = {
    "en": re.compile(r"\b(?P<verb>f[ae]ll|fallen|drop\w*|declin\w*|decreas\w*|shr[aiu]nk\w*|slump\w*|slid\w*|contract\w*|down|los[et]\w*|r[oi]se\w*|risen|grew|grow\w*|increas\w*|up|expand\w*|climb\w*|gain\w*|surg\w*|jump\w*)\b(?:\s+(?:by|to|of))?(?:\s+(?:about|almost|nearly|around|roughly))?\s+(?P<n>\d+(?:\.\d+)?)\s?(?:%|percent|per cent)", IGNORE),
    "ru": re.compile(r"\b(?P<verb>сниз\w*|упал\w*|сократ\w*|уменьш\w*|просел\w*|вырос\w*|увелич\w*|прибав\w*|подн\w*)\b\s+(?:почти\s+|примерно\s+)?на\s+(?:почти\s+)?(?P<n>\d+(?:[.,]\d+)?)\s?(?:%|процент\w*)", IGNORE),
    "zh": re.compile(r"(?:同比)?(?P<verb>下降|减少|下滑|增长|上升|增加)(?:了)?(?P<n>\d+(?:\.\d+)?)(?:%|％)"),
}  # fmt: skip
DOWN: Final = re.compile(
    r"^(?:f[ae]ll|fallen|drop|declin|decreas|shr|slump|slid|contract|down|los|сниз|упал|сократ|уменьш|просел|下|减)",
    IGNORE,
)
NOT_FACT: Final = re.compile(
    r"\b(?:could|may|might|would|will|expect\w*|forecast\w*|target\w*|aim\w*|plan(?:s|ned)? to|by 20[3-9]\d|should|hope\w*|potential|if|goal|predict\w*|projected)\b"
    r"|\b(?:может|могут|мог|прогноз\w*|ожида\w*|планиру\w*|достигнет|составит|вырастет|к 20[3-9]\d|если|цел[ьи]|намерен\w*|рассчитыва\w*|должен|удвоить)\b"
    r"|(?:预计|有望|可能|目标|将达|力争|如果)", re.IGNORECASE
)  # fmt: skip
AGAINST: Final = re.compile(
    r"(?:\bfrom|\bagainst|\bcompared (?:with|to)|\bversus|\bup from|\bdown from|\bс\s*|\bпротив|\bпо сравнению с|\bvs\.?|\babove|\bbelow|\bgap of|\bsurplus of|\bdeficit of|\bпрофицит\w*|\bдефицит\w*)\s*(?:a record |the |about |почти )?\s*$",
    re.IGNORECASE,
)
SIDES: Final = {
    "en": (re.compile(r"\b(?:China|Chinese|Beijing|Sino)\b"), re.compile(r"\bRussia\w*\b|\bMoscow\b")),
    "ru": (re.compile(r"\bКита\w*|\bкита\w*|\bКНР\b"), re.compile(r"\bРосси\w*|\bроссийск\w*|\bРФ\b")),
    "zh": (re.compile(r"中"), re.compile(r"俄")),
}
THIRD: Final = re.compile(
    r"\b(?:with the (?:US|United States|EU|European Union|world)|with (?:India|Germany|Japan|Turkey|ASEAN|Brazil|Kazakhstan|Belarus|Ukraine|North Korea|Iran)|(?:total|overall) foreign trade|all countries|with all|BRICS|SCO|Chinese exports to the|global exports|Heilongjiang|Primorye|region's|province)\b"
    r"|\bс (?:США|ЕС|Индией|Германией|Турцией|Казахстаном|Белоруссией|Ираном|КНДР)\b|\bвнешн\w+ торговл\w+ Китая\b|\bвсеми странами\b|\bпровинци\w*|\bПриморь\w*|\bрегион\w*\s+с\b"
    r"|(?:与美国|与欧盟|东盟|黑龙江|对外贸易总额|全国进出口)", re.IGNORECASE
)  # fmt: skip

GOODS: Final = (
    ("coal_import_t", "2701", {"en": r"\bcoal\b", "ru": r"\bугл[яьюе]\w*", "zh": r"煤"}),
    ("lng_import_t", "271111", {"en": r"\b(?:LNG|liquefied natural gas)\b", "ru": r"\bСПГ\b", "zh": r"液化天然气"}),
    ("crude_import_t", "2709", {"en": r"\b(?:crude|oil)\b", "ru": r"\bнефт[иьею]\w*", "zh": r"原油"}),
)  # fmt: skip
TONNES: Final = {
    "en": re.compile(
        r"(?P<n>\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+)\s*(?P<s>million|mln|thousand)?\s*(?:metric\s+)?(?:tons?|tonnes?)\b(?!\s+(?:a|per)\s+(?:day|year))",
        IGNORE,
    ),
    "ru": re.compile(r"(?P<n>\d+(?:[.,]\d+)?)\s*(?P<s>млн|тыс)\.?\s*(?:тонн\w*|т)\b(?!\s+в\s+(?:сутки|год))", IGNORE),
    "zh": re.compile(r"(?P<n>\d+(?:\.\d+)?)(?P<s>万|亿)?吨"),
}
IMPORTED: Final = {
    "en": re.compile(r"\b(?:China|Beijing)\b[^;]{0,40}\b(?:import\w*|bought|took|purchased|received)\b[^;]*\bfrom Russia\b|\bChina's (?:imports|purchases) of Russian\b|\b(?:imports|shipments|deliveries|exports) (?:of \w+ )?(?:from Russia|from Russia to China|of Russian \w+ to China)\b|\bRussian (?:\w+ )?(?:exports|supplies|shipments|deliveries)\b[^;]*\bto China\b|\bChina's \w+ imports from Russia\b", IGNORE),
    "ru": re.compile(r"\bКита\w*\s+(?:\w+\s+){0,3}?(?:импортир\w*|закуп\w*|ввез\w*|купил\w*)[^;]*\bиз\s+(?:Росси\w*|РФ)|\b(?:импорт|поставк|экспорт|ввоз)\w*\s+(?:российск\w+\s+)?(?:угл|нефт|СПГ)\w*[^;]*\b(?:в\s+(?:Кита\w*|КНР)|из\s+(?:Росси\w*|РФ))", IGNORE),
    "zh": re.compile(r"(?:自|从)俄(?:罗斯)?进口"),
}  # fmt: skip
TRUCKS: Final = {
    "en": re.compile(
        r"\bimports? of (?:Chinese )?trucks\b[^.]*\bfrom China\b|\b(?:truck imports from China|imports of Chinese trucks|Chinese truck (?:imports|deliveries|shipments))\b",
        IGNORE,
    ),
    "ru": re.compile(
        r"\b(?:импорт|ввоз|поставк)\w*\s+(?:китайск\w+\s+грузов\w*|грузовик\w*\s+из\s+(?:Кита\w*|КНР))", IGNORE
    ),
    "zh": re.compile(r"(?:进口中国卡车|中国卡车(?:进口|出口))"),
}
FOLD: Final = {
    "en": re.compile(
        r"\b(?P<w>threefold|three-fold|twofold|two-fold|fourfold|by half|halved|by two[\s-]thirds|by a third|to a third|by three[\s-]quarters)\b",
        IGNORE,
    ),
    "ru": re.compile(
        r"\b(?P<w>втрое|вдвое|вчетверо|наполовину|на треть|на две трети|в три раза|в два раза|в четыре раза)\b", IGNORE
    ),
    "zh": re.compile(r"(?P<w>减半|下降三分之二)"),
}
FOLDS: Final = {
    "threefold": 3, "three-fold": 3, "twofold": 2, "two-fold": 2, "fourfold": 4, "by half": 2, "halved": 2, "by two thirds": 3, "by two-thirds": 3,
    "to a third": 3, "втрое": 3, "вдвое": 2, "вчетверо": 4, "наполовину": 2, "на две трети": 3, "в три раза": 3, "в два раза": 2,
    "в четыре раза": 4, "减半": 2, "下降三分之二": 3, "by three quarters": 4, "by three-quarters": 4,
}  # fmt: skip
SAID_ON: Final = re.compile(
    r"\b(?P<d>\d{1,2})\s+(?P<m>янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\b", IGNORE
)
VEHICLES: Final = re.compile(
    r"\bLada\b|АвтоВАЗ|AvtoVAZ|КАМАЗ|КамАЗ|KAMAZ|автомобил|грузовик|автомарк|\bcars?\b|\btrucks?\b|dealers|汽车|卡车",
    IGNORE,
)
WHO: Final = MappingProxyType({
    "autostat": "Autostat", "aeb": "AEB", "rosstat": "Rosstat", "minpromtorg": "Minpromtorg", "avtovaz": "AvtoVAZ", "kamaz": "KAMAZ", "cpca": "CPCA",
})  # fmt: skip
HERE: Final = re.compile(r"\b(?:the company|в компании|компани[яи] (?:сообщ|отмет)|said the company)\b", IGNORE)
CUSTOMS_CODE: Final = "GACC"
PARTS: Final = frozenset({"trade_total", "cn_exports", "cn_imports"})
TOTAL_TOLERANCE: Final = Decimal("0.005")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flash:
    """One figure of an article, in the terms of events and of observations.

    `indicator` is what the event calls product, `label` its status; `observation` is None where no official series is
    like it. `sentence` is where it stands.
    """

    indicator: str
    actor: str
    value: Decimal
    unit: str
    label: str
    sentence: Sentence
    said_on: date | None = None
    observation: Observation | None = None


@dataclass(frozen=True, slots=True)
class _Period:
    freq: Freq
    start: date
    end: date
    at: int
    stop: int

    @property
    def label(self) -> str:
        """The period as events name it."""
        if self.freq == "A":
            return f"{self.start:%Y} A"
        if self.freq == "YTD" or self.start.month != self.end.month:
            return f"{self.start:%Y-%m}..{self.end:%Y-%m}"
        return f"{self.start:%Y-%m}"


def rows(page: Page, sentences: Sequence[Sentence], where: str) -> Iterator[Observation | Event | Doubt]:
    """The figures of an article as events and, where an official series is like it, as observations of status `F`.

    Exports and imports that don't add up to the total of the same period on the same page are held as a doubt.
    """
    day = page.day
    if day is None:
        return
    found = list(figures(page, sentences))
    off = _out_of_sum(found)
    for flash in found:
        place = f"{where} {flash.sentence.part} chars {flash.sentence.start}-{flash.sentence.end}"
        if (flash.unit, flash.label) in off and flash.indicator.rsplit("_", 1)[0] in PARTS:
            said = f"{flash.indicator} {flash.label} = {flash.value:f} {flash.unit}"
            yield Doubt(
                locator=f"{place} {flash.indicator}", reason="exports and imports don't add up to the total", found=said
            )
            continue
        yield Event(
            event_type="flash_figure", event_date=flash.said_on or day, actor=flash.actor, locator=place, target="RU",
            product=flash.indicator, status=flash.label, value=flash.value, unit=flash.unit, asserted_by=flash.actor,
            published=page.published, sentence=flash.sentence.hash, pattern="flash",
        )  # fmt: skip
        if flash.observation is not None:
            yield replace(flash.observation, locator=place)


def _out_of_sum(found: Sequence[Flash]) -> set[tuple[str, str]]:
    """Currencies and periods for which all three are stated and don't add up."""
    stated: dict[tuple[str, str], dict[str, Decimal]] = {}
    for flash in found:
        name, _, _ = flash.indicator.rpartition("_")
        if name in PARTS:
            stated.setdefault((flash.unit, flash.label), {})[name] = flash.value
    return {
        key
        for key, values in stated.items()
        if len(values) == len(PARTS)
        and abs(values["cn_exports"] + values["cn_imports"] - values["trade_total"])
        > TOTAL_TOLERANCE * values["trade_total"]
    }


def figures(page: Page, sentences: Sequence[Sentence]) -> Iterator[Flash]:
    """The figures that the text of an article states as facts; headings give none, the text repeats them exactly."""
    day, language = page.day, page.language
    if day is None or language not in FLOWS:
        return
    carried: _Period | None = None
    seen: set[tuple[str, str]] = set()
    paired = False
    for sentence in sentences:
        if sentence.part != "body":
            paired = paired or _both_sides(sentence.text, language)
            continue
        if NOT_FACT.search(sentence.text):
            continue
        period = _period(sentence.text, language, day)
        both = _both_sides(sentence.text, language)
        found = [
            *_trade(sentence, page, period or carried, both or paired),
            *_goods(sentence, page, period or carried),
            *_trucks(sentence, page, period),
        ]
        found += list(_vehicles(sentence, page)) if VEHICLES.search(sentence.text) else []
        carried = period or carried
        paired = paired or both
        for flash in found:
            if (flash.indicator, flash.label) not in seen:
                seen.add((flash.indicator, flash.label))
                yield flash


def _both_sides(text: str, language: str) -> bool:
    china, russia = SIDES[language]
    return bool(china.search(text) and russia.search(text))


# --- trade ------------------------------------------------------------------------------------------------------------


def _trade(sentence: Sentence, page: Page, period: _Period | None, both: bool) -> Iterator[Flash]:
    text, language = sentence.text, page.language
    if period is None or not both or THIRD.search(text):
        return
    flows = _flows(text, language)
    if not flows:
        return
    valued: set[str] = set()
    for money in MONEY[language].finditer(text):
        if AGAINST.search(text[max(0, money.start() - 40) : money.start()]):
            continue
        flow = next((one for place, one in reversed(flows) if place <= money.start()), None)
        if flow is None or flow in valued:
            continue
        value, unit, half = _money(money)
        own = _own_period(text, language, page.day, money.start(), flows) or period
        if own.start > (page.day or own.start):
            continue
        valued.add(flow)
        name = {"T": "trade_total", "X": "cn_exports", "M": "cn_imports"}[flow]
        yield Flash(
            indicator=f"{name}_{unit.lower()}", actor=CUSTOMS_CODE, value=value, unit=unit, label=own.label, sentence=sentence,
            said_on=_said_on(text, page.day), observation=_observation("trade_value", flow, "TOTAL", unit, own, value, half, sentence, page),
        )  # fmt: skip
    if valued:
        return
    for change in PERCENT[language].finditer(text):
        flow = next((one for place, one in reversed(flows) if place <= change.start()), None)
        if flow is None:
            continue
        number = Decimal(change["n"].replace(",", "."))
        value = -number if DOWN.search(change["verb"]) else number
        name = {"T": "trade_total", "X": "cn_exports", "M": "cn_imports"}[flow]
        yield Flash(
            indicator=f"{name}_yoy", actor=CUSTOMS_CODE, value=value, unit="percent", label=period.label, sentence=sentence,
            said_on=_said_on(text, page.day),
        )  # fmt: skip
        return


def _flows(text: str, language: str) -> list[tuple[int, str]]:
    """Where a sentence begins to speak of a flow; a narrower wording hides the wider one that lies in it."""
    found: list[tuple[int, int, str]] = []
    for pattern, flow in FLOWS[language]:
        for one in pattern.finditer(text):
            if not any(start < one.end() and one.start() < end for start, end, _ in found):
                found.append((one.start(), one.end(), flow))
    return [(start, flow) for start, _, flow in sorted(found)]


def _money(found: re.Match[str]) -> tuple[Decimal, str, Decimal]:
    """Value, currency and half a printed unit."""
    number = (found["n"] or found["n2"]).replace(" ", "")
    number = number.replace(",", "") if re.search(r",\d{3}(?:\D|$)", number) else number.replace(",", ".")
    scale = (found["s"] or found["s2"]).lower()
    power = SCALES.get(scale) or SCALES.get(scale[:3]) or SCALES.get(scale[:2]) or 0
    sign = (found["sign"] or found["u"] or "").lower()
    unit = "CNY" if sign.startswith(("yuan", "cny", "rmb", "юан", "¥", "元", "人民币")) else "USD"
    value = Decimal(number)
    exponent = value.as_tuple().exponent
    half = Decimal("0.5").scaleb(exponent if isinstance(exponent, int) else 0).scaleb(power)
    return value.scaleb(power), unit, half


def _own_period(
    text: str, language: str, day: date | None, at: int, flows: Sequence[tuple[int, str]]
) -> _Period | None:
    """The period that stands nearest to an amount, where a sentence names several."""
    if day is None:
        return None
    found = _periods(text, language, day)
    del flows
    return min(found, key=lambda one: min(abs(one.at - at), abs(one.stop - at)), default=None)


def _said_on(text: str, day: date | None) -> date | None:
    """`сообщала таможня КНР 8 сентября`: the day on which the figure was published, where the article came later."""
    if day is None or not re.search(r"сообщал\w*|сообщила таможн|said on", text, IGNORE):
        return None
    found = SAID_ON.search(text)
    if not found:
        return None
    month = next(n for n, stem in enumerate(MONTHS["ru"], start=1) if re.match(stem, found["m"].lower()))
    try:
        when = date(day.year, month, int(found["d"]))
    except ValueError:
        return None
    return when if when <= day else None


# --- periods ----------------------------------------------------------------------------------------------------------


def _period(text: str, language: str, day: date) -> _Period | None:
    """The one period that a sentence is about: the first that it names."""
    found = _periods(text, language, day)
    return found[0] if found else None


def _periods(text: str, language: str, day: date) -> list[_Period]:
    found: list[_Period] = []
    for pattern, kind in PERIODS[language]:
        for one in pattern.finditer(text):
            if any(p.at < one.end() and one.start() < p.stop for p in found):
                continue
            if made := _made(one, kind, language, day):
                found.append(made)
    return sorted(found, key=lambda one: one.at)


def _made(  # noqa: PLR0911 (one end a kind)
    found: re.Match[str], kind: str, language: str, day: date
) -> _Period | None:
    parts = {name: value for name, value in found.groupdict().items() if value}
    stated = parts.get("year") or parts.get("year2")
    year = int(stated) if stated else None
    span = (found.start(), found.end())
    if kind == "year":
        whole = year or day.year - 1
        if whole > day.year or (whole == day.year and day.month < 12):  # noqa: PLR2004 (a year that isn't over)
            return None
        return _Period("A", date(whole, 1, 1), date(whole, 12, 31), *span)
    if kind == "last month":
        last = day.replace(day=1).toordinal() - 1
        end = date.fromordinal(last)
        return _Period("M", end.replace(day=1), end, *span)
    first, last_month = 1, {"half": 6, "nine": 9, "quarter": 3}.get(kind, 0)
    if kind == "months":
        word = (parts.get("n") or parts.get("n2") or "").lower()
        last_month = int(word) if word.isdigit() else COUNTS.get(word) or ZH_COUNTS.get(word) or 0
    elif kind in {"span", "month"}:
        first = _month(parts["a"], language)
        last_month = _month(parts["b"], language) if kind == "span" else first
    if not 1 <= first <= last_month <= 12:  # noqa: PLR2004 (months)
        return None
    if year is None:
        year = day.year if last_month < day.month or (last_month == day.month and day.day > 27) else day.year - 1  # noqa: PLR2004 (a month that is over)
    start, end = date(year, first, 1), date(year, last_month, calendar.monthrange(year, last_month)[1])
    if end > day:
        return None
    if first == last_month:
        return _Period("M", start, end, *span)
    if first == 1:
        return _Period("A" if last_month == 12 else "YTD", start, end, *span)  # noqa: PLR2004 (months)
    return None


def _month(name: str, language: str) -> int:
    if language == "zh":
        return int(name)
    return next(n for n, stem in enumerate(MONTHS[language], start=1) if re.match(stem, name.lower()))


# --- goods and vehicles -----------------------------------------------------------------------------------------------


def _goods(sentence: Sentence, page: Page, period: _Period | None) -> Iterator[Flash]:
    text, language = sentence.text, page.language
    if period is None or not IMPORTED[language].search(text) or THIRD.search(text):
        return
    for amount in TONNES[language].finditer(text):
        if AGAINST.search(text[max(0, amount.start() - 30) : amount.start()]):
            continue
        for name, code, words in GOODS:
            if re.search(words[language], text, IGNORE):
                number = amount["n"].replace(",", "." if language == "ru" else "")
                power = {"million": 6, "mln": 6, "thousand": 3, "млн": 6, "тыс": 3, "万": 4, "亿": 8}.get(
                    (amount["s"] or "").lower(), 0
                )
                value = Decimal(number).scaleb(power)
                exponent = Decimal(number).as_tuple().exponent
                half = Decimal("0.5").scaleb((exponent if isinstance(exponent, int) else 0) + power)
                yield Flash(
                    indicator=name, actor=CUSTOMS_CODE, value=value, unit="t", label=period.label, sentence=sentence,
                    observation=_observation("quantity", "M", code, "t", period, value, half, sentence, page),
                )  # fmt: skip
                return


def _trucks(sentence: Sentence, page: Page, period: _Period | None) -> Iterator[Flash]:
    text, language = sentence.text, page.language
    if period is None or not TRUCKS[language].search(text):
        return
    value: Decimal | None = None
    if change := PERCENT[language].search(text):
        value = Decimal(change["n"].replace(",", ".")) * (-1 if DOWN.search(change["verb"]) else 1)
    elif (fold := FOLD[language].search(text)) and re.search(
        r"упал|сниз|сократ|f[ae]ll|drop|declin|halv|下降|减", text, IGNORE
    ):
        value = (100 / Decimal(FOLDS[fold["w"].lower()]) - 100).quantize(Decimal(1))
    if value is not None:
        yield Flash(
            indicator="truck_imports_yoy",
            actor=CUSTOMS_CODE,
            value=value,
            unit="percent",
            label=period.label,
            sentence=sentence,
        )


def _vehicles(sentence: Sentence, page: Page) -> Iterator[Flash]:
    """Sales as the carmakers' reader finds them: counts of Lada, KAMAZ and the market, the change of the truck market."""
    day = page.day
    if day is None or page.language not in {"ru", "en", "zh"}:
        return
    topic = prose.Topic(title=page.title)
    found = prose.figures(sentence.text, language=page.language, published=day, topic=topic)  # type: ignore[arg-type]
    for figure in found.figures:
        if figure.measure != "sales" or figure.geography != "RU" or figure.kind != "fact":
            continue
        name = _vehicle_indicator(figure)
        if not name:
            continue
        period = _Period(figure.period.freq, figure.period.start, figure.period.end, 0, 0)
        actor = WHO.get(figure.attributed_to, "")
        if not actor and name == "heavy_truck_market":
            actor = (
                "KAMAZ"
                if any(m.entity.name == "KAMAZ" for m in sentence.mentions) or HERE.search(sentence.text)
                else "Autostat"
            )
        label = period.label if figure.comparison == "none" else f"{period.label.removesuffix(' A')} yoy"
        yield Flash(
            indicator=name, actor=actor or "Autostat", value=figure.value, unit=figure.unit, label=label, sentence=sentence,
            observation=_vehicle(figure, name, sentence, page),
        )  # fmt: skip


def _vehicle_indicator(figure: prose.Figure) -> str:
    subject = figure.subject
    heavy = {"gt14t", "ge14t", "gt16t", "hcv", "mcv_hcv"} & figure.scope
    if subject.kind == "market" and heavy and figure.comparison == "yoy":
        return "heavy_truck_market"
    if figure.comparison != "none" or figure.unit != "units" or figure.scope - {"pc", "new", "dealers"}:
        return ""
    if subject.kind == "market":
        return "ru_car_market_units" if "pc" in figure.scope else ""
    if subject.kind == "brand" and subject.name in {"lada", "kamaz"}:
        return f"{subject.name}_sales_units"
    return "lada_sales_units" if (subject.kind, subject.name) == ("group", "avtovaz") else ""


def _vehicle(figure: prose.Figure, name: str, sentence: Sentence, page: Page) -> Observation | None:
    if figure.comparison != "none":
        return None
    return Observation(
        dataset=DATASET, measure=name, unit=figure.unit, freq=figure.period.freq, period_start=figure.period.start,
        period_end=figure.period.end, value=figure.value, locator=f"chars {sentence.start}-{sentence.end}", reporter="RU",
        obs_status="F", published=page.published, precision=figure.precision,
    )  # fmt: skip


def _observation(
    measure: str,
    flow: str,
    product: str,
    unit: str,
    period: _Period,
    value: Decimal,
    half: Decimal,
    sentence: Sentence,
    page: Page,
) -> Observation:
    kinds: dict[str, Flow] = {"T": "T", "X": "X", "M": "M"}
    published: date | datetime | None = page.published
    return Observation(
        dataset=DATASET, measure=measure, unit=unit, freq=period.freq, period_start=period.start, period_end=period.end, value=value,
        locator=f"chars {sentence.start}-{sentence.end}", reporter="CN", partner="RU", partner_kind="country", flow=kinds[flow],
        product=product, obs_status="F", published=published, precision=half,
    )  # fmt: skip
