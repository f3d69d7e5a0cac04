"""Units as sources print them, and what one printed unit is worth in a base unit.

A unit is known, with its scale, or it stops the table: `10,000 Tons` read as `Ton` is wrong by four orders,
and looks like a figure. Spelling is free (`USD1 Million`, `USD 1 Million`, `亿元`), meaning isn't.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

__all__ = ["Unit", "money", "quantity"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A base unit (`USD`, `CNY`, `t`, `units`, ...) and how many of it one printed unit is."""

    code: str
    factor: Decimal


SCALES: Final = MappingProxyType({
    "": 1, "thousand": 10**3, "1000": 10**3, "10000": 10**4, "100000": 10**5,
    "million": 10**6, "1million": 10**6, "1000000": 10**6, "10million": 10**7, "100million": 10**8,
    "100000000": 10**8, "billion": 10**9, "1billion": 10**9,
    "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8,
})  # fmt: skip
CURRENCIES: Final = ("us$", "usdollars", "usdollar", "usd", "cny", "rmb", "yuan")
BASE_UNITS: Final = MappingProxyType({
    word: code
    for code, words in {
        "t": "t ton tons tonne tonnes metricton metrictons 吨",
        "kg": "kg kilogram kilograms 千克 公斤",
        "units": "unit units auto autos car cars vehicle vehicles set sets pc pcs piece pieces ship ships "
        "craft crafts aircraft 辆 台 个 艘 架 套 件",
        "pairs": "pair pairs 双",
        "m": "m meter meters metre metres 米",
        "m2": "m2 sqm squaremeter squaremeters squaremetre squaremetres 平方米",
        "m3": "m3 cbm cubicmeter cubicmeters cubicmetre cubicmetres 立方米",
        "l": "l liter liters litre litres 升",
        "kWh": "kwh 千瓦时",
        "carats": "carat carats 克拉",
        "g": "g gram grams 克",
    }.items()
    for word in words.split()
})  # fmt: skip
PREFIX: Final = re.compile(r"^\(?(?:value|valuein)?(?:unit|units|金额单位|单位|計量单位|计量单位)?[:∶]?")
NUMERAL: Final = re.compile(r"^(?:[0-9]+(?:million|billion)?|million|billion|thousand|[百千万亿]+)")


def _compact(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(folded.split()).replace(",", "")


def money(text: str) -> Unit:
    """The currency and scale of a `Unit:` line, with or without the word.

    Raises:
        ValueError: no known currency, no scale beside it, or one that isn't known.
    """
    rest = PREFIX.sub("", _compact(text), count=1).strip("()")
    yuan = "人民币" in rest
    rest = rest.replace("人民币", "")
    code = ""
    for name in CURRENCIES:
        if rest.startswith(name) or rest.endswith(name):
            code = "USD" if name.startswith("us") else "CNY"
            rest = rest.removeprefix(name) if rest.startswith(name) else rest.removesuffix(name)
            break
    else:
        for name, meant in (("美元", "USD"), ("元", "CNY")):
            if rest.endswith(name):
                code, rest = meant, rest.removesuffix(name)
                break
    if not code or rest not in SCALES or not rest or (yuan and code == "USD"):
        raise ValueError(f"not a currency with its scale: {text[:60]!r}")
    return Unit(code, Decimal(SCALES[rest]))


def quantity(text: str) -> Unit:
    """The base unit and scale of a quantity: `10,000 Tons`, `100 Million PCS`, `Ship`, `万吨`.

    Raises:
        ValueError: a number, a dash, or a word that isn't known.
    """
    compact = _compact(text)
    if compact in BASE_UNITS:  # `千克` is kilograms, not a thousand grams printed oddly
        return Unit(BASE_UNITS[compact], Decimal(1))
    found = NUMERAL.match(compact)
    scale, word = (found[0], compact[found.end() :]) if found else ("", compact)
    if word not in BASE_UNITS or scale not in SCALES:
        raise ValueError(f"not a known unit of quantity: {text[:60]!r}")
    return Unit(BASE_UNITS[word], Decimal(SCALES[scale]))
