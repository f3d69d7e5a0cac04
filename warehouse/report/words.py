"""How figures, days, addresses and the words of others are put on a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from warehouse import wording

__all__ = [
    "Scale",
    "anchor",
    "day",
    "figure",
    "host",
    "moment",
    "period",
    "plain",
    "scale_of",
    "short",
    "signed",
    "slug",
    "words",
]

LONGEST: Final = 280  # characters of a headline on a page
UNITS: Final = MappingProxyType(
    {
        "USD": "dollars",
        "CNY": "yuan",
        "RUB": "roubles",
        "GBP": "pounds",
        "EUR": "euros",
        "t": "tonnes",
        "kg": "kilograms",
        "percent": "percent",
        "units": "units",
        "articles": "articles",
        "USD/t": "dollars a tonne",
        "USD/bbl": "dollars a barrel",
        "rank": "place",
    }
)
SCALES: Final = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand"))
FREQS: Final = MappingProxyType(
    {
        "D": "by day",
        "M": "by month",
        "Q": "by quarter",
        "H": "by half-year",
        "A": "by year",
        "YTD": "from January on",
    }
)
HOST: Final = re.compile(r"[a-z0-9.-]+(:[0-9]+)?", re.IGNORECASE)
Scale = tuple[float, str]


def plain(text: object, longest: int = LONGEST) -> str:
    """Words of others on one line: without control and direction characters, cut where they are too long."""
    given = "" if text is None else str(text)
    if given.isprintable() and len(given) <= longest and "  " not in given:
        return given.strip()  # nearly all are: control and direction characters are not printable
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} else c for c in given)
    line = " ".join(kept.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def host(url: object) -> str:
    """The host of an address that may be a link (http and https only); empty for anything else."""
    try:
        parts = urlsplit(str(url or ""))
        name = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or parts.username is not None or not HOST.fullmatch(name):
        return ""
    return name.removeprefix("www.")


def slug(text: str) -> str:
    """A name for a file or an anchor: letters, digits, dash, underscore and dot."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", text).strip(".") or "_"


def anchor(freq: str, label: str) -> str:
    """Where a figure stands on the page of its origins."""
    return f"{freq}-{slug(label)}"


def scale_of(largest: float, unit: str) -> Scale:
    """What to divide by, and the word for it, so that the largest figure has one to three digits before the point."""
    if unit in {"percent", "rank", "USD/t", "USD/bbl"} or largest < 10_000:  # noqa: PLR2004 (four digits are read well)
        return 1.0, ""
    for factor, word in SCALES:
        if largest >= factor:
            return factor, word
    return 1.0, ""


def figure(value: float, digits: int = 4) -> str:
    """A number with about `digits` digits that count, thousands marked, a true minus."""
    places = max(0, digits - 1 - (len(str(int(abs(value)))) - 1))
    text = f"{value:,.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−") if float(text.replace(",", "") or 0) else text.lstrip("-")


def signed(value: float | None, digits: int = 3) -> str:
    """A change in percent with its sign: `+38.4 %`."""
    if value is None:
        return ""
    text = figure(round(value, 1), digits)
    return f"{'+' if value > 0 and text != '0' else ''}{text}\u00a0%"


def short(value: float | None, unit: str, digits: int = 4) -> str:
    """A figure with its unit as a newspaper prints it: `24.35 billion dollars`, `38.4 %`, `place 5`."""
    if value is None:
        return "missing"
    if unit == "percent":
        return f"{figure(value, digits)}\u00a0%"
    if unit == "rank":
        return f"place {value:.0f}"
    factor, word = scale_of(abs(value), unit)
    if word == "thousand":
        return " ".join(part for part in (figure(value, 6), UNITS.get(unit, unit)) if part)
    return " ".join(part for part in (figure(value / factor, digits), word, UNITS.get(unit, unit)) if part)


def period(row: Mapping[str, Any]) -> str:
    """The period of a figure in words."""
    return wording.period(row["freq"], row["period_start"], row["period_end"])


def day(when: date | None) -> str:
    """`22 July 2026`; empty for none."""
    return f"{when.day} {wording.MONTHS[when.month - 1]} {when.year}" if when else ""


def moment(when: datetime | None) -> str:
    """A point in time to the minute, UTC; empty for none."""
    return wording.instant(when) if when else ""


def words(text: object) -> str:
    """A code as words: `not_confirmed` is `not confirmed`."""
    return plain(text).replace("_", " ")
