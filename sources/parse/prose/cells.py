"""Cells of tables inside pages: counts and changes as they are printed there."""

import re
from decimal import Decimal
from typing import Final

from sources.parse.numbers import half_digit
from sources.parse.prose.model import Language

__all__ = ["cell_change", "cell_count", "is_missing"]

MISSING: Final = frozenset(
    {"", "-", "–", "—", "н/д", "нд", "н.д.", "нет данных", "n/a", "na", "n.a.", "..", "...", "…"}
)
SCALES: Final = {
    "тыс": 3, "тыс.": 3, "тысяч": 3, "тысячи": 3, "thousand": 3, "th.": 3, "k": 3,
    "млн": 6, "млн.": 6, "миллиона": 6, "million": 6, "mln": 6, "万": 4, "亿": 8,
}  # fmt: skip
UNITS: Final = r"(?:шт\.?|штук[аи]?|ед\.?|единиц[аы]?|автомобил(?:ь|я|ей)|машин[аы]?|units?|vehicles|cars|辆|台)"
COUNT: Final = re.compile(
    rf"(?P<number>\d{{1,3}}(?:[ ,]\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)\s*"
    rf"(?P<scale>{'|'.join(sorted(map(re.escape, SCALES), key=len, reverse=True))})?\s*{UNITS}?"
)
PERCENT: Final = re.compile(r"(?P<sign>[+-]?)\s*(?P<number>\d+(?:[.,]\d+)?)\s*%?")
TIMES: Final = re.compile(
    r"(?:(?:рост\s+)?в\s+(?P<ru>\d+(?:[.,]\d+)?)\s+раза?|(?P<en>\d+(?:\.\d+)?)(?:-fold|\s*x|\s+times)|(?P<zh>\d+(?:\.\d+)?)倍)"
)
BLANKS: Final = str.maketrans({"\xa0": " ", "\u202f": " ", "\u2009": " ", "−": "-", "–": "-", "—": "-", "％": "%"})


def is_missing(cell: str) -> bool:
    """Does the cell say that there is no figure: empty, a dash, `н/д`, `n/a`?"""
    return cell.translate(BLANKS).strip().casefold() in MISSING


def _decimal(printed: str, language: Language) -> Decimal:
    if language == "ru":
        whole = printed.replace(" ", "")
        if "." in whole:
            raise ValueError(f"a point in a Russian number: {printed!r}")
        return Decimal(whole.replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?", printed):
        return Decimal(re.sub("[ ,]", "", printed))
    if "," in printed or " " in printed:
        raise ValueError(f"a decimal comma in a number of {language}: {printed!r}")
    return Decimal(printed)


def cell_count(cell: str, *, language: Language, scale: int = 1) -> tuple[Decimal, Decimal]:
    """The count that a cell gives, in units, and half its last printed digit (0 for a whole count of units).

    `12,3 тыс.`, `329 890`, `52,832`, `410739`, `62.52` with `scale` 10000 where the column head says 万辆.

    Raises:
        ValueError: anything else: a sign, a blank cell, another decimal mark, a scale in the cell and in the head.
    """
    text = cell.translate(BLANKS).strip().casefold()
    found = COUNT.fullmatch(text)
    if found is None:
        raise ValueError(f"not a count: {cell[:60]!r}")
    if found["scale"] and scale != 1:
        raise ValueError(f"a scale in the cell and in the head of its column: {cell[:60]!r}")
    printed = _decimal(found["number"], language)
    factor = Decimal(10) ** SCALES[found["scale"]] if found["scale"] else Decimal(scale)
    value = printed * factor
    if value != value.to_integral_value():
        raise ValueError(f"a part of a vehicle: {cell[:60]!r}")
    return value.quantize(Decimal(1)), half_digit(printed) * factor if factor != 1 else Decimal(0)


def cell_change(cell: str, *, language: Language) -> tuple[Decimal, Decimal]:
    """The change in percent that a cell of a column of changes gives, and half its last printed digit.

    `+25,1%`, `-3.2`, `−81,3 %`, `в 2,3 раза` (+130, half a digit is 5), `2.1-fold`, `2.3倍`; unsigned is a rise.

    Raises:
        ValueError: anything else, also percentage points.
    """
    text = cell.translate(BLANKS).strip().casefold()
    if found := TIMES.fullmatch(text):
        times = _decimal(found["ru"] or found["en"] or found["zh"], "ru" if found["ru"] else "en")
        if times <= 1:
            raise ValueError(f"not a multiple: {cell[:60]!r}")
        return (times - 1) * 100, half_digit(times) * 100
    found = PERCENT.fullmatch(text)
    if found is None:
        raise ValueError(f"not a change: {cell[:60]!r}")
    value = _decimal(found["number"], language)
    return (-value if found["sign"] == "-" else value), half_digit(value)
