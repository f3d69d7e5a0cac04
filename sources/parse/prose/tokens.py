# ruff: noqa: E501 (patterns read better whole)
"""Sentences, and in them: numbers with their scale, periods, and words by what they do.

Everything works on a folded copy of the text that is as long as the text itself, so that offsets hold: lower case, ё as
е, every blank a space, every dash a hyphen, full-width marks narrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from sources.parse.numbers import half_digit
from sources.parse.prose.lexicon import Tag, lexicon
from sources.parse.prose.mentions import Mention, mentions
from sources.parse.prose.model import Language

__all__ = ["NOT_WHOLE", "Item", "Quantity", "fold", "items", "sentences"]

BLANKS: Final = "\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
DASHES: Final = "‐‑‒–—―−﹣－"
FOLD: Final = (
    dict.fromkeys(map(ord, BLANKS), " ")
    | dict.fromkeys(map(ord, DASHES), "-")
    | dict.fromkeys(map(ord, "«»„“”‟＂"), '"')
    | dict.fromkeys(map(ord, "’‘ʼ`´"), "'")
    | {ord("ё"): "е", ord("Ё"): "е"}
    | {n + 0xFEE0: chr(n) for n in range(0x21, 0x7F) if chr(n) != "-"}
    | {ord("、"): ",", ord("【"): "(", ord("】"): ")", ord("～"): "~", ord("〜"): "~"}
)


def fold(text: str) -> str:
    """The text in the form in which it is read: same length, same offsets."""
    folded = text.translate(FOLD)
    low = folded.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


# ---------------------------------------------------------------- sentences
ABBREVIATIONS: Final = frozenset(
    {
        "п.п", "тыс", "млн", "млрд", "шт", "ед", "г", "гг", "руб", "мес", "кв", "т", "п", "т.е", "т.д", "т.п", "т.ч", "см",
        "им", "чел", "проц", "долл", "ул", "др", "пр", "mr", "vs", "approx", "no", "co", "ltd", "inc", "th", "jan", "feb",
        "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    }
)  # fmt: skip
BREAK: Final = re.compile(r"[.!?;…]+[\"')\]]*(?=\s|$)|[。！？；]|\n+")
LAST_WORD: Final = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*$")
FIRST_WORD: Final = re.compile(r"[\s\"'«„“(-]*([^\W_][\w-]*)")


def sentences(text: str, low: str) -> Iterator[tuple[int, int, bool]]:
    """Begin and end of each sentence, and whether it opens a paragraph. Semicolons don't end one."""
    start, opens = 0, True
    for found in BREAK.finditer(low):
        mark = found[0]
        if ";" in mark or mark == "；":
            continue
        if mark[0] == "\n":
            if text[start : found.start()].strip():
                yield *_trimmed(text, start, found.start()), opens
            start, opens = found.end(), True
            continue
        if mark[0] == "." and not _ends(text, low, found.start(), found.end()):
            continue
        yield *_trimmed(text, start, found.end()), opens
        start, opens = found.end(), False
    if text[start:].strip():
        yield *_trimmed(text, start, len(text)), opens


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _ends(text: str, low: str, dot: int, after: int) -> bool:
    """Does this full stop end its sentence, or only an abbreviation?"""
    word = LAST_WORD.search(low, max(0, dot - 12), dot)
    short = word is not None and (word[0] in ABBREVIATIONS or len(word[0]) == 1)
    following = FIRST_WORD.match(text, after)
    if following is None:
        return not short or not text[after:].strip()
    first = following[1]
    if first[0].islower():
        return False
    if not short:
        return True
    if not first[0].isupper():
        return False
    return lexicon("ru").match([fold(first)], 0)[0] is None or not _is_name(first)


def _is_name(word: str) -> bool:
    tag = lexicon("ru").match([fold(word)], 0)[0]
    return tag is not None and tag.kind == "subject"


# ---------------------------------------------------------------- numbers
class Quantity(NamedTuple):
    """A number as it stands: its value, what the text puts behind it, its sign.

    `form` is `percent`, `pp`, `times`, `units` (a unit word follows at once), `scaled` ("12.3 thousand") or `bare`.
    `bad` says why it can't be read; `more` marks "350 thousand odd".
    """

    form: str
    value: Decimal = Decimal(0)
    upper: Decimal | None = None
    precision: Decimal = Decimal(0)
    sign: str = ""
    bad: str = ""
    more: bool = False
    whole: bool = True


class Item(NamedTuple):
    """One piece of a sentence: a word or phrase by its tag, a number, a period, a bracket, a mark."""

    kind: str
    value: str
    start: int
    end: int
    future: bool = False
    quantity: Quantity | None = None
    mention: Mention | None = None
    inside: tuple[Item, ...] = ()


SCALES: Final = {
    "тыс": 3, "млн": 6, "мил": 6, "млр": 9, "мли": 9, "tho": 3, "mil": 6, "mln": 6, "bil": 9, "bln": 9, "k": 3, "m": 6,
    "万": 4, "亿": 8, "千": 3, "百万": 6, "万亿": 12,
}  # fmt: skip
ZH_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
ZH_TENS: Final = {"十": 10, "百": 100, "千": 1000}
NUMBER: Final = r"\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)*|\d+(?:[.,]\d+)*"
ZH_NUMERAL: Final = r"[零一二三四五六七八九十百千两]+"
SIGN: Final = r"(?:(?<![\w)])(?P<sign>[+±~](?: ?)|-)(?=\d))?"
PERCENT: Final = {
    "ru": r"процентн[а-я]+ пункт[а-я]*|п\.? ?п\.?(?![а-я])|%|процент[а-я]*|проц\.?",
    "en": r"percentage[ -]points?|p\.?p\.?(?![a-z])|%|per cent|percent|pct",
    "zh": r"个?百分点|%",
}  # fmt: skip
SCALE: Final = {
    "ru": r"тысяч[а-я]*|тыс\.?|млн\.?|миллион[а-я]*|млрд\.?|миллиард[а-я]*",
    "en": r"thousand|million|mln|billion|bln|k\b|m\b",
    "zh": r"万亿|百万|万|亿|千",
}  # fmt: skip
MASS: Final = {
    "ru": r"(?:(?P<over>свыше|более|больше|от|до)\s)?(?P<ma>\d+(?:,\d+)?)(?:-(?P<mb>\d+(?:,\d+)?))? ?(?:т|тонн[а-ы]?)(?![а-я])\.?",
    "en": r"(?:(?P<over>over|above|from|more than|up to) )?(?P<ma>\d+(?:\.\d+)?)(?:-(?P<mb>\d+(?:\.\d+)?))? ?(?:tonnes?|tons?|t)(?![a-z])",
    "zh": r"(?P<over>超)?(?P<ma>\d+(?:\.\d+)?)(?:-(?P<mb>\d+(?:\.\d+)?))?吨(?P<ov2>以上)?",
}  # fmt: skip
TIMES: Final = {
    "ru": r"в (?P<times>\d+(?:[.,]\d+)?|два|три|четыре|пять|шесть|семь|восемь|девять|десять|полтора) раз(?:а)?(?![а-я])|"
    r"(?P<timesword>вдвое|втрое|вчетверо|впятеро|вшестеро|удвоил[а-я]+|утроил[а-я]+)|"
    r"(?P<fold>\d+(?:[.,]\d+)?)-?кратн[а-я]+|(?P<foldword>двукратн|двухкратн|трехкратн|четырехкратн)[а-я]+",
    "en": r"(?P<times>\d+(?:\.\d+)?)(?:-| )?(?:fold|times)\b|(?P<timesword>doubled|tripled|quadrupled|twofold|threefold|"
    r"fourfold|halved|twice)\b|(?P<fold>\d+(?:\.\d+)?)x\b(?P<foldword>)",
    "zh": r"(?P<times>\d+(?:\.\d+)?|[一二三四五六七八九两])倍|(?P<timesword>翻了?一?番)|(?P<fold>[一二三四五六七八九])成(?P<foldword>)",
}  # fmt: skip
TIMES_WORDS: Final = {
    "вдвое": 2, "втрое": 3, "вчетверо": 4, "впятеро": 5, "вшестеро": 6, "удвоил": 2, "утроил": 3, "двукратн": 2,
    "двухкратн": 2, "трехкратн": 3, "четырехкратн": 4, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6,
    "семь": 7, "восемь": 8, "девять": 9, "десять": 10, "doubled": 2, "twofold": 2, "twice": 2, "tripled": 3,
    "threefold": 3, "quadrupled": 4, "fourfold": 4, "翻番": 2, "翻一番": 2, "翻了一番": 2, "翻了番": 2,
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip


MORE_THAN: Final = frozenset({"more than", "больше чем", "above"})


NOT_WHOLE: Final = "no whole number of vehicles"
# How numbers and the words before them begin: at all other letters they needn't be tried.
FIRST: Final = {"ru": r"[\d+±~\-сбодвутч]", "en": r"[\d+±~\-afhmoudtq]", "zh": ""}
POINTS: Final = re.compile(r"пункт|^п\.? ?п|point|^p\.?p|点")
GLUED: Final = re.compile(r"-?[a-zа-я]")
ORDINAL: Final = {
    "ru": r"\d+-?(?:е|я|й|го|му|м|ю|ое|ая|ой|ую|ый|ий|ые|х|ем|ом|ки|ку|ка)(?![а-я])",
    "en": r"\d+(?:st|nd|rd|th)\b",
    "zh": r"第\d+",
}  # fmt: skip


def _quantity_pattern(language: Language) -> str:
    number = NUMBER if language != "zh" else rf"{NUMBER}|百分之{ZH_NUMERAL}|{ZH_NUMERAL}(?=万|亿|千辆|百万|辆|台)"
    more = r"(?: с лишним)?" if language == "ru" else "[多余]?" if language == "zh" else ""
    unit = "(?P<unit>辆|台)?" if language == "zh" else "(?P<unit>(?!))?"
    return (
        rf"{SIGN}(?P<a>{number})(?:-(?P<b>{NUMBER}))?(?: ?(?P<scale>{SCALE[language]})(?![a-zа-я]))?"
        rf"(?P<more>{more})(?: ?(?P<pct>{PERCENT[language]}))?{unit}"
    )


def _pattern(language: Language) -> re.Pattern[str]:
    words = r"[^\W\d_\u4e00-\u9fff][\w']*(?:[-/][\w']+)*"
    if language == "zh":
        known = "|".join(map(re.escape, lexicon("zh").forms()))
        words = rf"{known}|[a-z][\w']*|[\u4e00-\u9fff]"
    numbers = (
        rf"(?P<ordinal>{ORDINAL[language]})|(?P<mass>{MASS[language]})|(?P<fact>{TIMES[language]})|"
        rf"(?P<q>{_quantity_pattern(language)})"
    )
    return re.compile(rf"(?:(?={FIRST[language]})(?:{numbers}))|(?P<word>{words})|(?P<mark>\S)")


_PATTERNS: Final[dict[Language, re.Pattern[str]]] = {}


def _compiled(language: Language) -> re.Pattern[str]:
    if language not in _PATTERNS:
        _PATTERNS[language] = _pattern(language)
    return _PATTERNS[language]


def _decimal(printed: str, language: Language, *, scaled: bool) -> Decimal:
    """The value of the digits.

    Raises:
        ValueError: a mark that doesn't belong to the language's numbers.
    """
    if not printed[0].isdigit():
        return Decimal(_zh_numeral(printed.removeprefix("百分之")))
    if language == "ru":
        return _russian(printed, scaled=scaled)
    if re.fullmatch(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?", printed):
        if scaled:
            raise ValueError("thousands and a scale")
        return Decimal(re.sub("[, ]", "", printed))
    if not re.fullmatch(r"\d+(?:\.\d+)?", printed):
        raise ValueError("a mark that can't be read")
    return Decimal(printed)


def _russian(printed: str, *, scaled: bool) -> Decimal:
    plain = printed.replace(" ", "")
    if not re.fullmatch(r"\d+(?:[.,]\d+)?", plain):
        raise ValueError("a mark that can't be read")
    if "." in plain and not scaled:
        raise ValueError("a point in a Russian number")
    if " " in printed and scaled and len(plain) > len("9999"):
        raise ValueError("thousands and a scale")
    return Decimal(plain.replace(",", "."))


def _zh_numeral(numeral: str) -> int:
    total, digit = 0, 0
    for c in numeral:
        if c in ZH_TENS:
            total += (digit or 1) * ZH_TENS[c]
            digit = 0
        else:
            digit = ZH_DIGITS[c]
    return total + digit


def _scale(printed: str | None) -> int:
    if not printed:
        return 0
    return SCALES[printed] if printed in SCALES else SCALES[printed[:3]]


def _form(found: re.Match[str]) -> str:
    pct = found["pct"]
    if pct or found["a"].startswith("百分之"):
        return "pp" if pct and POINTS.search(pct) else "percent"
    return "units" if found["unit"] else "scaled" if found["scale"] else "bare"


def _quantity(found: re.Match[str], language: Language) -> Quantity:
    form, sign = _form(found), (found["sign"] or "").strip()
    scaled = bool(found["scale"]) or form in {"percent", "pp"}
    try:
        low = _decimal(found["a"], language, scaled=scaled)
        high = _decimal(found["b"], language, scaled=scaled) if found["b"] else None
    except ValueError as wrong:
        return Quantity(form, bad=str(wrong), sign=sign)
    factor = Decimal(10) ** _scale(found["scale"])
    exact = factor == 1 and form not in {"percent", "pp"}
    value = low * factor
    if form not in {"percent", "pp"} and value != value.to_integral_value():
        return Quantity(form, low, bad=NOT_WHOLE, sign=sign)
    if high is not None and high <= low:
        return Quantity(form, bad="a range that doesn't rise", sign=sign)
    return Quantity(
        form,
        value if form in {"percent", "pp"} else value.quantize(Decimal(1)),
        None if high is None else high * factor,
        Decimal(0) if exact else half_digit(low) * factor,
        sign,
        more=bool(found["more"].strip()) or sign == "~",
        whole=exact,
    )


def _times(found: re.Match[str], language: Language) -> Quantity:
    """A multiple; its value is the factor, its precision half a digit of the factor."""
    word = found["timesword"] or found["foldword"]
    digits = found["times"] or found["fold"]
    if word == "halved":
        return Quantity("times", Decimal("0.5"), precision=Decimal("0.05"))
    if language == "zh" and found["fold"]:
        return Quantity("percent", Decimal(10 * TIMES_WORDS[digits]), precision=Decimal(5), more=True)
    if word or digits in TIMES_WORDS:
        stem = next(s for s in sorted(TIMES_WORDS, key=len, reverse=True) if (word or digits).startswith(s))
        return Quantity("times", Decimal(TIMES_WORDS[stem]), precision=Decimal("0.5"), whole=False)
    if digits == "полтора":
        return Quantity("times", Decimal("1.5"), precision=Decimal("0.25"), whole=False)
    value = Decimal(digits.replace(",", "."))
    return Quantity("times", value, precision=half_digit(value))


def _mass(found: re.Match[str], language: Language) -> str:
    low, high = found["ma"].replace(",", "."), (found["mb"] or "").replace(",", ".")
    if high:
        return f"{low}-{high}t"
    mark = found["over"] or (found["ov2"] if language == "zh" else "") or ""
    return {"от": "ge", "from": "ge", "до": "le", "up to": "le", "": "t"}.get(mark, "gt") + low + "t"


# ---------------------------------------------------------------- the pieces of a sentence
def items(text: str, low: str, start: int, end: int, language: Language) -> list[Item]:
    """The pieces of one sentence, brackets with what is inside them."""
    flat: list[Item] = []
    at = start
    named = sorted(mentions(low[start:end], language), key=lambda found: found[0])
    for begin, stop, mention in named:
        if _is_period(text[start + begin : start + stop], mention, language):
            flat += _gap(text, low, at, start + begin, language, first=start)
            flat.append(Item("period", "", start + begin, start + stop, mention=mention))
            at = start + stop
    flat += _gap(text, low, at, end, language, first=start)
    return _nested(list(_compared(flat, low)))


def _compared(flat: list[Item], low: str) -> Iterator[Item]:
    """After a number `more than` compares; before one it only says that the number is rounded."""
    before = ""
    for item in flat:
        if item.kind == "hedge" and before == "q" and low[item.start : item.end] in MORE_THAN:
            yield Item("dir", "+", item.start, item.start + 4)
            yield Item("cmp", "than", item.start + 4, item.end)
        else:
            yield item
        before = item.kind


def _is_period(printed: str, mention: Mention, language: Language) -> bool:
    """English month names are words too: `may` in small letters is no month."""
    if language != "en" or mention.form not in {"month", "day", "span"}:
        return True
    return any(c.isupper() for c in printed)


def _gap(text: str, low: str, start: int, end: int, language: Language, *, first: int) -> Iterator[Item]:
    """The pieces between two periods."""
    run: list[re.Match[str]] = []
    for found in _compiled(language).finditer(low, start, end):
        if found.lastgroup == "word" and not found["q"]:
            if run and low[run[-1].end() : found.start()].strip():
                yield from _run(text, run, language, first=first)
                run = []
            run.append(found)
            continue
        if found["mark"] == "." and run and run[-1].end() == found.start() and found.start() + 1 < end:
            continue  # the point of an abbreviation
        yield from _run(text, run, language, first=first)
        run = []
        yield from _single(found, language)
    yield from _run(text, run, language, first=first)


def _single(found: re.Match[str], language: Language) -> Iterator[Item]:
    start, end = found.span()
    if found["ordinal"]:
        yield Item("filler", "ordinal", start, end)
    elif found["mass"]:
        yield Item("scope", _mass(found, language), start, end)
    elif found["fact"]:
        yield Item("q", found[0], start, end, quantity=_times(found, language))
    elif found["q"]:
        quantity = _quantity(found, language)
        glued = GLUED.match(found.string, end) if quantity.form == "bare" else None
        yield Item("q", found[0], start, end, quantity=quantity._replace(bad="part of a word") if glued else quantity)
    else:
        yield Item("mark", found["mark"], start, end)


def _run(text: str, run: list[re.Match[str]], language: Language, *, first: int) -> Iterator[Item]:
    words = [found["word"].removesuffix("'s") for found in run]
    known, at = lexicon(language), 0
    while at < len(words):
        tag, length = known.match(words, at)
        start, end = run[at].start(), run[at + length - 1].end()
        if tag is None:
            tag = Tag("name" if _looks_like_name(text[start:end], language, at_start=start == first) else "unknown", "")
        yield Item(tag.kind, tag.value or words[at], start, end, tag.future)
        at += length


def _looks_like_name(word: str, language: Language, *, at_start: bool) -> bool:
    if language == "zh":
        return word[0].isascii()
    if language == "ru" and word[0].isascii():
        return True
    return word[0].isupper() and not at_start


def _nested(flat: list[Item]) -> list[Item]:
    """Brackets as one piece each; a bracket that isn't closed stays a mark."""
    closing = sum(item.value == ")" for item in flat if item.kind == "mark")
    out: list[Item] = []
    stack: list[int] = []
    for item in flat:
        if item.kind == "mark" and item.value == "(" and closing:
            stack.append(len(out))
            out.append(item)
        elif item.kind == "mark" and item.value == ")" and stack:
            opened = stack.pop()
            inner = tuple(out[opened + 1 :])
            out[opened:] = [Item("bracket", "", out[opened].start, item.end, inside=inner)]
        else:
            out.append(item)
    return out
