# ruff: noqa: E501, ISC004 (patterns read better whole, and each stands with its kind)
"""Periods as sentences name them, in three languages: found by their form, not yet given days.

The text is in lower case, with ё as е, every blank a space and every dash a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from sources.parse.prose.model import Language

__all__ = ["Form", "Mention", "mentions"]

QUARTER: Final = 3
Form = Literal[
    "month", "span", "first", "quarter", "half", "since", "year", "wholeyear", "lastyear", "thisyear", "yearago",
    "monthago", "thismonth", "overyear", "overmonth", "now", "day", "other",
]  # fmt: skip


class Mention(NamedTuple):
    """A period as the text names it: its form, the year where given, and its months (first, last).

    `year` is a number, `last`, `this`, or empty. `adjective` marks "the July result", `words` "last year's".
    """

    form: Form
    year: str = ""
    first: int = 0
    last: int = 0
    adjective: bool = False


Y: Final = r"(?:19|20)\d\d"

# ---------------------------------------------------------------- Russian
RU_MONTH: Final = (
    r"(?:январ[ьяюе]м?|феврал[ьяюе]м?|март(?:ом|а|у|е)?|апрел[ьяюе]м?|ма(?:ем|й|я|ю|е)|июн[ьяюе]м?|июл[ьяюе]м?|"
    r"август(?:ом|а|у|е)?|(?:сентя|октя|ноя|дека)бр[ьяюе]м?)(?![а-я])"
)
RU_ADJECTIVE: Final = r"(?:январ|феврал|март|апрел|май|июн|июл|август|сентябр|октябр|ноябр|декабр)ь?(?:ов)?ск[а-я]+"
RU_Y: Final = rf"{Y}(?:-?(?:го|му|м|й|ый|ым))?(?![\d]|[,.]\d| \d{{3}}(?!\d))"
RU_YEARS: Final = r"(?:года|году|годом|год|гг?\.|г(?![а-я]))"
RU_STEMS: Final = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "май": 5, "мая": 5, "мае": 5, "маю": 5, "июн": 6, "июл": 7, "авг": 8,
    "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
}  # fmt: skip
RU_COUNTS: Final = {
    "две": 2, "дву": 2, "два": 2, "три": 3, "тре": 3, "чет": 4, "пят": 5, "шес": 6, "сем": 7, "вос": 8, "дев": 9,
    "дес": 10, "оди": 11,
}  # fmt: skip
RU_COUNT: Final = (
    r"(?:два|двух|двумя|три|трех|четыре(?:х)?|пят[ьи]|шест[ьи]|сем[ьи]|восемь|восьми|девят[ьи]|десят[ьи]|"
    r"одиннадцат[ьи]|двенадцат[ьи]|1[0-2]|[2-9])"
)
RU_ORDERS: Final = {"пер": 1, "вто": 2, "тре": 3, "чет": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
RU_UNIT: Final = r"(?:автомоб|машин|шт|единиц|тыс|млн|легков|нов)"


def _ru_tail(n: int) -> str:
    relative = "прошлого|прошлый|прошлом|этого|этом|текущего|нынешнего|предыдущего|позапрошлого|минувшего"
    return (
        rf"(?:(?: |-)(?:в )?(?P<y{n}>{RU_Y})(?: {RU_YEARS})?"
        rf"| (?:того же месяца |же месяца )?(?P<r{n}>{relative}) год[ау])?"
    )


RU: Final = (
    ("other", r"\b(?:за )?последни[а-я]+ (?:[а-я]+|\d+) (?:месяц[а-я]*|лет|год[а-я]*|недел[а-я]*)"),
    ("other", r"(?:\b\d+(?:-?[а-я]{1,2})? )?\bнедел[а-я]+"),
    ("other", r"\b(?:за )?(?:сутки|декад[а-я]+)\b"),
    ("other", r"\bперв[а-я]+ (?:половин[а-я]+|дв[а-я]+ недел[а-я]+) (?:" + RU_MONTH + r"|месяца)"),
    ("other", r"\b(?:летн|осенн|весенн|зимн)[а-я]+ месяц[а-я]*|\b(?:летом|осенью|весной|зимой|лета|осени|весны|зимы)\b"),
    ("other", r"\bпозапрошл[а-я]+ (?:год[а-я]*|месяц[а-я]*)"),
    ("other", rf"\b{Y}-(?:{Y}|\d\d)(?: (?:гг?\.|год[а-я]*))?(?!\d)"),
    ("other", r"\b(?:\d+|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять) (?:лет|года|месяц[а-я]+) назад"),
    ("other", r"\b(?:к|до|с|на) (?:конц[а-я]|середин[а-я]) (?:года|месяца|" + Y + r")|\bна конец (?:года|месяца)"),
    ("day", rf"\b(?:с )?\d{{1,2}}(?:-(?:го|е|\d{{1,2}}))?(?: по \d{{1,2}})? {RU_MONTH}(?: {RU_Y}(?: {RU_YEARS})?)?"),
    ("span", rf"\b(?:с |в период с )?(?P<m1>{RU_MONTH})(?P<ya>(?: {Y}(?: {RU_YEARS})?)?)(?: ?- ?| по | и )(?P<m2>{RU_MONTH})"
     + _ru_tail(1)),
    ("lastmonth", rf"\b(?:прошл|прошедш|минувш)[а-я]+ (?P<m3>{RU_MONTH})"),
    ("month", rf"\b(?P<m4>{RU_MONTH}){_ru_tail(2)}"),
    ("adjective", rf"\b(?P<m5>{RU_ADJECTIVE})"),
    ("first", rf"\b(?:перв[а-я]+ )?(?P<n1>{RU_COUNT})(?:-| |-ти )?(?:месяц(?:ами|ам|ах|ев|а)|мес\.?(?![а-я])|м(?= {Y})){_ru_tail(3)}"),
    ("threequarters", rf"\b(?:перв[а-я]+ )?(?:три|трех|трем) квартал(?:ам|ах|ов|а)\b{_ru_tail(9)}"),
    ("half", rf"\b(?:(?P<o1>перв|втор|ii|i|1|2)(?:-?(?:[а-я]{{1,2}}|[а-я]{{2,3}}))? )?(?:полугоди[а-я]+|полгода){_ru_tail(4)}"),
    ("quarter", rf"\b(?P<o2>перв|втор|трет|четверт|iv|iii|ii|i|[1-4])(?:-?[а-я]{{1,3}})? (?:квартал[а-я]{{0,2}}\b|кв\.){_ru_tail(5)}"),
    ("since", rf"\bс начала (?:(?P<y6>{Y})(?:-?го)? )?(?:(?P<r6>этого|текущего|нынешнего|прошлого) )?года?\b"),
    ("yearago", r"\b(?:(?:тот|тем|того|том|тому|те|тех) же|аналогичн[а-я]+|так[а-я]+ же|соответствующ[а-я]+) "
     r"(?:месяц[а-я]*|период[а-я]*|показател[а-я]*|отрезк[а-я]*|врем[а-я]+) "
     r"(?:прошл|предыдущ|минувш)[а-я]+ год[а-я]*|\bаппг\b"),
    ("yearago", r"\bгод(?:ом)? (?:тому )?(?:назад|ранее|раньше|прежде)|\bза год до (?:этого|того)|\bгодичной давности"),
    ("monthago", r"\bмесяц(?:ем)? (?:тому )?(?:назад|ранее|раньше|прежде)|\b(?:прошл|предыдущ)[а-я]+ месяц[а-я]*"),
    ("wholeyear", r"\b(?:по )?итог[а-я]+ (?:всего |полного )?года(?! \d)|\bза (?:весь|полный) год"),
    ("other", rf"\b(?:месяц|квартал|полугоди|недел|половин)[а-я]* {Y}"),
    ("year", rf"\b(?:(?:т[а-я]+|эт[а-я]+) же|аналогичн[а-я]+|так[а-я]+ же) (?:месяц|период|отрезк|врем)[а-я]* (?P<y11>{Y})(?: {RU_YEARS})?"),
    ("year", rf"\b(?P<y7>{Y})(?:-?(?:го|му|м|й|ый|ым))? {RU_YEARS}"),
    ("year", rf"\b(?P<y8>{Y})-(?:го|му|м|й|ый|ым)\b"),
    ("year", rf"(?<=\bв )(?P<y10>{Y})\b(?! \d{{3}})(?![,.]\d)(?! {RU_UNIT})"),
    ("lastyear", r"\b(?:прошл|предыдущ|минувш)[а-я]+ год[а-я]*|(?<=\bв )прошлом(?= ?[.,;:)]|$)|\bпрошлогодн[а-я]+"),
    ("thisyear", r"\b(?:эт|текущ|нынешн)[а-я]+ год[а-я]*"),
    ("thismonth", r"\b(?:эт|отчетн|данн)[а-я]+ месяц[а-я]*"),
    ("overyear", r"\bза год\b"),
    ("overmonth", r"\bза месяц\b"),
    ("now", r"\b(?:сегодня|сейчас|на сегодняшний день|в настоящее время|на (?:текущий|данный) момент)\b"),
)  # fmt: skip


def _ru_number(word: str) -> int:
    return RU_STEMS[word[:3]]


def _count(word: str) -> int:
    if word.isdigit():
        return int(word)
    return 12 if word.startswith("двен") else RU_COUNTS[word[:3]]


def _ru_order(word: str) -> int:
    return int(word) if word.isdigit() else RU_ORDERS[word[:3]] if word[0] != "i" else RU_ORDERS[word]


def _ru_year(given: str | None, relative: str | None) -> str:
    if given:
        return given[:4]
    if not relative:
        return ""
    if relative.startswith("поза"):
        return "beforelast"
    return "last" if relative[:4] in {"прош", "пред", "мину"} else "this"


# ---------------------------------------------------------------- English
EN_MONTH: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
EN_STEMS: Final = {
    name: n
    for n, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
EN_COUNTS: Final = {
    name: n
    for n, name in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=2
    )
}
EN_COUNT: Final = rf"(?:{'|'.join(EN_COUNTS)}|1[0-2]|[2-9])"
EN_Y: Final = rf"{Y}(?![\d]|[,.]\d)"
EN_ORDERS: Final = {"fir": 1, "sec": 2, "thi": 3, "fou": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def _en_tail(n: int) -> str:
    return (
        rf"(?:,? (?:of |in )?(?P<y{n}>{EN_Y})| (?:of )?(?:the )?(?P<r{n}>last|this|the previous|previous|the current) year|"
        rf" (?P<a{n}>a year (?:ago|earlier|before)))?"
    )


EN: Final = (
    ("other", r"\b(?:the )?(?:last|past) (?:\w+|\d+) (?:months|years|weeks|days|decade)"),
    ("other", r"\b(?:(?:this|last|per|a|the|every|\d+\w{0,2}) )?weeks?\b|\b(?:this|last) (?:summer|autumn|winter|spring)\b"),
    ("other", rf"\b{Y}-(?:{Y}|\d\d)(?!\d)"),
    ("other", r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:years|months) (?:ago|earlier|before)"),
    ("other", r"\b(?:by )?(?:the )?(?:end|middle) of (?:the )?(?:year|month)|\byear-end\b"),
    ("other", rf"\bfirst half of {EN_MONTH}"),
    ("day", rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?:-\d{{1,2}})? (?:of )?{EN_MONTH}|{EN_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:-\d{{1,2}})?(?![\d,.]))"
     rf"(?:,? {EN_Y})?"),
    ("yearago", r"\b(?:in )?(?:the )?(?:same|corresponding) (?:month|period|months|time) (?:of )?(?:the )?"
     r"(?:last|previous|prior|a) year(?: (?:ago|earlier|before))?"),
    ("year", rf"\b(?:in )?(?:the )?(?:same|corresponding) (?:month|period|months) (?:of|in) (?P<y11>{Y})"),
    ("span", rf"\b(?:from )?(?P<m1>{EN_MONTH})(?P<ya>(?: {Y})?)(?: ?- ?| to | through | and | until )(?P<m2>{EN_MONTH}){_en_tail(1)}"),
    ("lastmonth", rf"\blast (?P<m3>{EN_MONTH})"),
    ("month", rf"\b(?P<m4>{EN_MONTH})(?:'s)?{_en_tail(2)}"),
    ("first", rf"\b(?:first )?(?P<n1>{EN_COUNT})(?: |-)months?\b{_en_tail(3)}"),
    ("half", rf"\b(?:(?P<o1>first|second|1st|2nd) half(?:-year)?|h(?P<h1>[12])|half-year|half a year){_en_tail(4)}"),
    ("quarter", rf"\b(?:(?P<o2>first|second|third|fourth|1st|2nd|3rd|4th) quarter|q(?P<h2>[1-4])){_en_tail(5)}"),
    ("since", rf"\b(?:since|from) (?:the )?(?:beginning|start) of (?:the |this )?(?:year )?(?P<y6>{Y})?(?:year)?|\bsince january(?: (?P<y7>{Y}))?|"
     r"\b(?:this )?year[ -]to[ -]date\b|\bytd\b|\bso far this year\b"),
    ("yearago", r"\b(?:a|one|the) year (?:ago|earlier|before|previously)|\byear-ago\b|\bthe year before\b"),
    ("monthago", r"\b(?:a|one|the) month (?:ago|earlier|before)|\b(?:the )?(?:previous|last|prior|preceding) month\b"),
    ("wholeyear", r"\b(?:the )?(?:full|whole|entire) year(?! \d)"),
    ("other", rf"\b(?:months?|quarters?|weeks?|half)(?: of| in)? {Y}"),
    ("year", rf"\b(?:the )?(?:full |whole )?(?:year (?:of )?)?(?P<y8>{Y})\b(?!,\d|\.\d| (?:units|vehicles|cars|trucks|thousand|million))"),
    ("lastyear", r"\b(?:the )?(?:last|previous|prior|preceding) year(?:'s)?\b"),
    ("thisyear", r"\b(?:this|the current) year\b"),
    ("thismonth", r"\b(?:this|the reporting) month\b|\bfor the month\b|\bin the month\b"),
    ("overyear", r"\b(?:for|over|in) the year\b"),
    ("now", r"\b(?:today|now|currently|at the moment|at present)\b"),
)  # fmt: skip


def _en_year(given: str | None, relative: str | None) -> str:
    if given:
        return given[:4]
    if not relative:
        return ""
    return "last" if "last" in relative or "prev" in relative else "this"


# ---------------------------------------------------------------- Chinese
ZH_NUMBERS: Final = {
    **{c: n for n, c in enumerate("一二三四五六七八九十", start=1)}, "两": 2, "十一": 11, "十二": 12,
}  # fmt: skip
ZH_N: Final = r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九两])"
ZH_YEAR: Final = rf"(?:(?P<%s>{Y})年|(?P<%s>今年|本年|去年|上年))?"


def _zh_head(n: int) -> str:
    return ZH_YEAR % (f"y{n}", f"r{n}")


ZH: Final = (
    ("other", r"近[一二三四五六七八九十两\d]+年|(?:第\d+|上|本|每|一)周|[上中下]旬|\d+月\d+日(?:-\d+日)?|"
     rf"{Y}-{Y}年|前年|过去[一二三四五六七八九十两\d]+[年个]|十四五|年底|年末|月底"),
    ("yearago", r"(?:去年|上年)(?:同期|同月)|一年前|同期(?=的)"),
    ("span", rf"{_zh_head(1)}(?P<m1>{ZH_N})(?:月份?)?(?:-|至|到)(?P<m2>{ZH_N})月份?"),
    ("month", rf"{_zh_head(2)}(?P<m4>{ZH_N})月份?"),
    ("first", rf"{_zh_head(3)}(?:截至|前)(?P<n1>{ZH_N})个?月"),
    ("threequarters", rf"{_zh_head(9)}前三季度"),
    ("half", rf"{_zh_head(4)}(?P<o1>[上下])半年"),
    ("quarter", rf"{_zh_head(5)}第?(?P<o2>[一二三四1-4])季度?"),
    ("since", rf"{_zh_head(6)}(?:年初至今|年初以来|以来)"),
    ("monthago", r"上个?月"),
    ("thismonth", r"本月|当月"),
    ("wholeyear", r"全年(?!目标)"),
    ("year", rf"(?P<y8>{Y})年(?:全年)?"),
    ("lastyear", r"去年|上年"),
    ("thisyear", r"今年|本年"),
    ("now", r"目前|当前|现在"),
)  # fmt: skip


def _zh_number(word: str) -> int:
    return int(word) if word.isdigit() else ZH_NUMBERS[word]


def _zh_year(given: str | None, relative: str | None) -> str:
    if given:
        return given[:4]
    if not relative:
        return ""
    return "last" if relative in {"去年", "上年"} else "this"


# Only where a word begins as one of these may a period begin: most words are passed over at once.
BEGINNINGS: Final = {
    "ru": r"(?<!\w)(?=[\di]|янв|фев|мар|апр|ма[йяюе]|ию[нл]|авг|сен|окт|ноя|дек|пер|вто|тре|тро|чет|пос|нед|за |сут|лет|"
    r"осе|вес|зим|поз|дв[аеу]|дес|ква|три|пят|шес|сем|вос|дев|оди|к |до |с |на |в |про|мин|пол|т[оеа]|ана|соо|апп|год|ито|по |эт|"
    r"тек|нын|отч|дан|сег|сей|мес)",
    "en": r"(?<!\w)(?=[\djfmasondhq]|the |last|past|this|per |every|week|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|by |year|since|from|in |one |previous|prior|preceding|full|whole|entire|ytd|so far|today|corresp|"
    r"second|third|1st|2nd|before|later)",
    "zh": r"(?=[\d一二三四五六七八九十两近第上中下本每过去前年月今同全目当现截以])",
}


def _compiled(language: Language, table: tuple[tuple[str, str], ...]) -> Matcher:
    bare = [re.sub(r"^\\b", "", part).replace(r"|\b", "|") for _, part in table]
    joined = "|".join(f"(?P<k{n}>{part})" for n, part in enumerate(bare))
    pattern = re.compile(f"{BEGINNINGS[language]}(?:{joined})")
    groups = [tuple(re.findall(r"\(\?P<(\w+)>", part)) for part in bare]
    return Matcher(pattern, tuple(kind for kind, _ in table), tuple(groups))


class Matcher(NamedTuple):
    """One language's forms as one pattern: what each alternative is, and which groups it has."""

    pattern: re.Pattern[str]
    kinds: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]


MATCHERS: Final = {"ru": _compiled("ru", RU), "en": _compiled("en", EN), "zh": _compiled("zh", ZH)}
NUMBERS: Final = {"ru": _ru_number, "en": lambda word: EN_STEMS[word[:3]], "zh": _zh_number}
COUNTS: Final = {
    "ru": _count,
    "en": lambda word: int(word) if word.isdigit() else EN_COUNTS[word],
    "zh": _zh_number,
}
ORDERS: Final = {"ru": _ru_order, "en": lambda word: EN_ORDERS[word[:3]], "zh": _zh_number}
YEARS: Final = {"ru": _ru_year, "en": _en_year, "zh": _zh_year}


def mentions(text: str, language: Language) -> Iterator[tuple[int, int, Mention]]:
    """Each period that the text names: where it begins and ends, and what is said."""
    matcher = MATCHERS[language]
    for found in matcher.pattern.finditer(text):
        n = int((found.lastgroup or "k0")[1:])
        group = {name: found[name] for name in matcher.groups[n]}
        yield found.start(), found.end(), _mention(matcher.kinds[n], group, language)


def _mention(kind: str, group: dict[str, str | None], language: Language) -> Mention:  # noqa: PLR0911 (one a form)
    year = YEARS[language](
        next((v for k, v in group.items() if v and k[0] == "y" and k != "ya"), None),
        next((v for k, v in group.items() if v and k[0] == "r"), None),
    )
    number = NUMBERS[language]
    if kind == "span":
        if group.get("ya"):
            return Mention("other")
        return _span(number(str(group["m1"])), number(str(group["m2"])), year)
    if kind == "lastmonth":
        return Mention("month", "last", number(str(group["m3"])), number(str(group["m3"])))
    if kind == "month":
        month = number(str(group["m4"]))
        return Mention("month", "last" if any(group.get(f"a{n}") for n in (1, 2)) else year, month, month)
    if kind == "adjective":
        month = number(str(group["m5"]))
        return Mention("month", "", month, month, adjective=True)
    if kind in {"first", "threequarters"}:
        return Mention("first", year, 1, COUNTS[language](str(group["n1"])) if group.get("n1") else 9)
    if kind == "half":
        order = group.get("o1") or group.get("h1") or "1"
        return (
            Mention("half", year, 7, 12) if order[:3] in {"вто", "ii", "2", "sec", "2nd", "下"} else _span(1, 6, year)
        )
    if kind == "quarter":
        named = group.get("o2")
        last = QUARTER * (ORDERS[language](named) if named else int(group.get("h2") or "1"))
        return Mention("quarter", year, last - 2, last)
    if kind in {"since", "year"}:
        return Mention("since" if kind == "since" else "year", year)
    return Mention(_plain(kind))


def _span(first: int, last: int, year: str) -> Mention:
    if first == last:
        return Mention("month", year, first, last)
    return Mention("first" if first == 1 else "span", year, first, last)


PLAIN: Final[dict[str, Form]] = {
    "day": "day", "other": "other", "yearago": "yearago", "monthago": "monthago", "wholeyear": "wholeyear",
    "lastyear": "lastyear", "thisyear": "thisyear", "thismonth": "thismonth", "overyear": "overyear",
    "overmonth": "overmonth", "now": "now",
}  # fmt: skip


def _plain(kind: str) -> Form:
    return PLAIN[kind]
