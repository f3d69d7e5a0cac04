"""How a person reads what a parser had to doubt: a reading, and the rule that it stands for from then on.

A rule belongs to one place: the same source and address, the same locator, the same printed text. Wherever a body
raises that doubt again, the reading is applied to it; anything else that is printed there is a new doubt.
"""

from __future__ import annotations

import re
import shlex
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple, cast

from sources.contract import Batch, Doubt, Flow, Freq, Observation, period_label
from sources.errors import AmurError, quoted
from sources.parse.comtrade import UNITS as CUSTOMS_UNITS
from sources.parse.units import BASE_UNITS

__all__ = ["Place", "Reading", "Rule", "Rules", "applied", "place_of", "reader_of", "reading"]

NEEDED: Final = ("measure", "dataset", "unit", "freq", "period", "value")
OPTIONAL: Final = ("product", "reporter", "partner", "flow", "status", "half")
BY_PRODUCT: Final = ("model_", "brand_", "group_", "quantity", "trade_value")  # measures that are of something
UNITS: Final = (
    frozenset(BASE_UNITS.values())
    | {unit.code for unit in CUSTOMS_UNITS.values()}
    | {"USD", "CNY", "RUB", "GBP", "EUR", "percent", "rank"}
)
NUMBER: Final = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,12})?")
CODED: Final = re.compile(r"[a-z0-9_]+")
AREA: Final = re.compile(r"[A-Z]{2}|W0")
READ: Final = re.compile(r".* read by (?P<by>.+) (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})")
YEAR: Final = "(?P<year>(?:19|20)[0-9]{2})"


class Place(NamedTuple):
    """Where a doubt stands, and what is printed there."""

    source: str
    url: str
    locator: str
    found: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure as a person reads it, in base units; `precision` is half of its last non-zero digit's unit."""

    dataset: str
    measure: str
    product: str | None
    unit: str
    freq: Freq
    period_start: date
    period_end: date
    value: Decimal
    precision: Decimal
    reporter: str | None
    partner: str | None
    flow: Flow | None
    obs_status: str

    def row(self, locator: str, published: date | datetime | None) -> Observation:
        """The figure as a row of a document."""
        kind = None if self.partner is None else "world" if self.partner == "W0" else "country"
        facts: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        return Observation(**facts, partner_kind=kind, locator=locator, published=published)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Rule:
    """A reading, as it was put and as it was understood, with who gave it, when (an ISO instant) and why."""

    place: Place
    text: str
    reading: Reading
    by: str
    at: str
    note: str

    @property
    def locator(self) -> str:
        """The place of the figure, with the word that a person read it."""
        return f"{self.place.locator} read by {quoted(self.by)} {self.at[:10]}".strip()


Rules = Mapping[Place, Rule]


def applied(batch: Batch, rules: Rules) -> Batch:
    """The batch with the figures that people read off its doubts; none that the document states clearly itself.

    The doubts stay in the batch: the ledger has an entry for each, with the decision.
    """
    told = {place: rules[place] for doubt in batch.doubts if (place := place_of(batch, doubt)) in rules}
    if not told:
        return batch
    dates = {row.published for row in batch.observations}
    published = dates.pop() if len(dates) == 1 else None
    cells = {_cell(row) for row in batch.observations}
    rows = []
    for rule in told.values():
        row = rule.reading.row(rule.locator, published)
        if _cell(row) not in cells:
            cells.add(_cell(row))
            rows.append(row)
    return replace(batch, observations=(*batch.observations, *rows))


def place_of(batch: Batch, doubt: Doubt) -> Place:
    """Where a doubt of a batch stands."""
    return Place(batch.payload.source, batch.payload.url, doubt.locator, doubt.found)


def reader_of(locator: str) -> str:
    """`read by NAME on DAY` for the place of a figure that a person read, else nothing."""
    found = READ.fullmatch(f" {locator}")
    return f"read by {found['by']} on {found['day']}" if found else ""


def _cell(row: Observation) -> tuple[object, ...]:
    return (
        row.dataset, row.measure, row.reporter, row.partner or row.partner_name, row.flow, row.product, row.unit,
        row.freq, row.period_start, row.period_end,
    )  # fmt: skip


def reading(text: str) -> Reading:
    """The reading that `measure=… product=… dataset=… unit=… freq=… period=… value=…` states.

    Raises:
        AmurError: a key is unknown, missing or given twice, or its value is none; says what was expected.
    """
    said = _pairs(text)
    freq = cast("Freq", _one_of("freq", said["freq"], PERIODS))
    start, end = _days(freq, said["period"])
    value = _number("value", said["value"])
    half = _number("half", said["half"]) if "half" in said else _half_unit(value)
    if half < 0:
        raise _wrong("half", "a number that isn't below 0", said["half"])
    return Reading(
        dataset=_matching("dataset", said["dataset"], CODED, "the word of a dataset (a-z, 0-9, _)"),
        measure=_matching("measure", said["measure"], CODED, "the word of a measure (a-z, 0-9, _)"),
        product=said.get("product"),
        unit=_one_of("unit", said["unit"], UNITS),
        freq=freq,
        period_start=start,
        period_end=end,
        value=value,
        precision=half,
        reporter=_area("reporter", said),
        partner=_area("partner", said),
        flow=cast("Flow", _one_of("flow", said["flow"], "XMT")) if "flow" in said else None,
        obs_status=_one_of("status", said.get("status", "E"), "APEF"),
    )


def _wrong(key: str, expected: str, found: str) -> AmurError:
    return AmurError(at=f"--as {key}".strip(), expected=expected, found=found)


def _pairs(text: str) -> dict[str, str]:
    try:
        words = [word.partition("=") for word in shlex.split(text)]
    except ValueError as error:
        raise _wrong("", "key=value pairs", f"{text} ({error})") from error
    said = {key: value for key, _, value in words}
    keys = [key for key, *_ in words]
    known = f"{', '.join(NEEDED)} and perhaps {', '.join(OPTIONAL)}"
    if unknown := [key for key in keys if key not in (*NEEDED, *OPTIONAL)]:
        raise _wrong("", f"the keys {known}", unknown[0])
    by_product = said.get("measure", "").startswith(BY_PRODUCT)
    if missing := [key for key in (*NEEDED, *["product"] * by_product) if key not in said]:
        raise _wrong("", f"the keys {known}", f"no {', '.join(missing)}")
    if twice := [key for key in said if keys.count(key) > 1]:
        raise _wrong(twice[0], "one value", "two")
    if empty := [key for key, value in said.items() if not value.strip()]:
        raise _wrong(empty[0], "a value", "none")
    return said


def _one_of(key: str, text: str, known: Iterable[str]) -> str:
    if text not in set(known):
        raise _wrong(key, f"one of {', '.join(sorted(known))}", text)
    return text


def _matching(key: str, text: str, form: re.Pattern[str], expected: str) -> str:
    if not form.fullmatch(text):
        raise _wrong(key, expected, text)
    return text


def _area(key: str, said: Mapping[str, str]) -> str | None:
    return _matching(key, said[key], AREA, "two letters of ISO 3166, or W0 for the world") if key in said else None


def _number(key: str, text: str) -> Decimal:
    return Decimal(_matching(key, text, NUMBER, "a number such as 144000 or 12.5, in the base unit"))


def _half_unit(value: Decimal) -> Decimal:
    """Half of the unit of the last digit that isn't 0: 144000 was rounded to thousands, as far as one can see."""
    exponent = value.normalize().as_tuple().exponent if value else 0
    return Decimal(1).scaleb(int(exponent)) / 2


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


# freq: the form of its labels, an example, and the days that a label names
PERIODS: Final[Mapping[str, tuple[str, str, Callable[[Mapping[str, str]], tuple[date, date]]]]] = {
    "D": (r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})", "2025-06-30", lambda f: (date.fromisoformat(f["day"]),) * 2),
    "M": (YEAR + "-(?P<n>[0-9]{2})", "2025-06", lambda f: _months(int(f["year"]), int(f["n"]), int(f["n"]))),
    "YTD": (YEAR + "-(?P<n>[0-9]{2})", "2025-06", lambda f: _months(int(f["year"]), 1, int(f["n"]))),
    "Q": (YEAR + "-Q(?P<n>[1-4])", "2025-Q2", lambda f: _months(int(f["year"]), 3 * int(f["n"]) - 2, 3 * int(f["n"]))),
    "H": (YEAR + "-H(?P<n>[12])", "2025-H1", lambda f: _months(int(f["year"]), 6 * int(f["n"]) - 5, 6 * int(f["n"]))),
    "A": (YEAR, "2025", lambda f: _months(int(f["year"]), 1, 12)),
}


def _days(freq: Freq, label: str) -> tuple[date, date]:
    form, example, days = PERIODS[freq]
    found = re.fullmatch(form, label, re.ASCII)
    try:
        start, end = days(found.groupdict()) if found else (date.max, date.max)
    except ValueError:
        found = None
    if found is None or period_label(freq, start, end) != label:
        raise _wrong("period", f"the label of a {freq} period, such as {example}", label)
    return start, end
