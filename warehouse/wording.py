"""Figures in words, for a line that a person quotes: numbers, units, periods, series."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

__all__ = ["instant", "number", "period", "title", "unit", "value"]

UNITS: Final = MappingProxyType({
    "USD": "US dollars", "CNY": "yuan", "RUB": "roubles", "GBP": "pounds sterling", "EUR": "euros", "t": "tonnes",
    "kg": "kilograms", "m3": "cubic metres", "units": "units", "pairs": "pairs", "percent": "percent",
    "articles": "articles", "USD/t": "US dollars a tonne", "USD/bbl": "US dollars a barrel",
    "m3/year": "cubic metres a year",
})  # fmt: skip
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
ORDINALS: Final = ("first", "second", "third", "fourth")
FLOWS: Final = MappingProxyType({"X": "exports to", "M": "imports from", "T": "trade with"})
SCALES: Final = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
AREAS: Final = MappingProxyType({"CN": "China", "RU": "Russia", "W0": "the world"})
HALF_YEAR: Final = 6


def number(figure: float) -> str:
    """All digits that count, thousands marked; a large one rounded to a word first."""
    exact = f"{figure:,.0f}" if float(figure).is_integer() else f"{figure:,.6f}".rstrip("0").rstrip(".")
    for scale, word in SCALES:
        if abs(figure) >= scale:
            return f"{figure / scale:.2f} {word} ({exact})"
    return exact


def unit(code: str) -> str:
    """A unit in words; an unknown one as it is."""
    return UNITS.get(code, code)


def value(figure: float | None, code: str) -> str:
    """A figure with its unit in words."""
    if figure is None:
        return "missing"
    return f"place {figure:.0f}" if code == "rank" else f"{number(figure)} {unit(code)}"


def period(freq: str, start: date, end: date) -> str:
    """A period in words: `June 2026`, `January to June 2026`, `third quarter of 2009`, `2024`, `4 March 2025`."""
    if freq == "D":
        return f"{end.day} {MONTHS[end.month - 1]} {end.year}"
    if freq == "A":
        return f"{start.year}" if start.year == end.year else f"{start.year} to {end.year}"
    if freq == "Q":
        return f"{ORDINALS[(end.month - 1) // 3]} quarter of {end.year}"
    if freq == "H":
        return f"{'first' if end.month <= HALF_YEAR else 'second'} half of {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{MONTHS[end.month - 1]} {end.year}"
    first = MONTHS[start.month - 1] + ("" if start.year == end.year else f" {start.year}")
    return f"{first} to {MONTHS[end.month - 1]} {end.year}"


def instant(when: datetime) -> str:
    """A point in time, to the minute; the last second of a day stands for the day."""
    day = f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    return day if f"{when:%H:%M:%S}" == "23:59:59" else f"{day}, {when:%H:%M} UTC"


def title(row: Mapping[str, Any]) -> str:
    """A series in words: `China, exports to Russia, TOTAL: trade value`."""
    reporter = AREAS.get(row["reporter"] or "", row["reporter"])
    partner = AREAS.get(row["partner"] or "", row["partner_name"] or row["partner"])
    flow = f"{FLOWS[row['direction']]} {partner}" if row["direction"] and partner else partner
    product = "all goods" if row["product"] == "TOTAL" else row["product"]
    about = ", ".join(part for part in (reporter, flow, product) if part)
    measure = str(row["measure"]).replace("_", " ")
    return f"{about}: {measure}" if about else measure
