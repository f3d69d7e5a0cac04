"""Cited figures of the last years, shipped with the program: what Amur knows without a network.

Layout    CSV with a header: dataset, measure, flow, reporter, partner, product, unit, freq, period, value,
          tolerance, published_at, basis, citation, note. `reference_figures.csv` holds statistics as news and
          agencies quoted them, `policy_rates.csv` fees and tariffs by the day they came into force.
Calendar  changes with releases of Amur.
Traps     Press figures are rounded: `tolerance` is how far. Of reports of one figure on one day the most
          precise stands, the others are in its note; where they disagree beyond rounding, the lesser one is
          in a dataset `…_other_report`. A later, coarser report of the same figure is no revision and is in
          the note as well. A fee or tariff is for its day and those after it, until the next row.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, TypeVar, cast

from sources.contract import Flow, Freq, Observation, Payload, Request, Window
from sources.contract import no_links as links
from sources.errors import Contradiction, LayoutChanged
from sources.parse import numbers, periods, sheets

__all__ = ["FILES", "PARSER", "links", "parse", "plan"]

PARSER: Final = 1
FILES: Final = ("reference_figures.csv", "policy_rates.csv")
COLUMNS: Final = (
    "dataset", "measure", "flow", "reporter", "partner", "product", "unit", "freq", "period",
    "value", "tolerance", "published_at", "basis", "citation", "note",
)  # fmt: skip
STATUS: Final[MappingProxyType[str, Literal["A", "E", "F"]]] = MappingProxyType(
    {"official": "A", "derived": "E", "news": "F", "statement": "F"}
)
WORD: Final = re.compile(r"[a-z][a-z0-9_]*")
AREA: Final = re.compile(r"[A-Z]{2}|W0")
PRODUCT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .,_-]*(?:\+[A-Za-z0-9]+)*")
UNITS: Final = frozenset({"USD", "CNY", "RUB", "t", "units", "percent", "rank"})
FLOWS: Final = frozenset({"X", "M", "T"})
FREQS: Final = frozenset({"D", "M", "Q", "H", "A", "YTD"})
MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})")
PERIOD: Final = MappingProxyType(
    {
        "D": re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
        "M": re.compile(rf"{MONTH.pattern}(?:/{MONTH.pattern})?"),
        "YTD": re.compile(rf"{MONTH.pattern}(?:\.\.{MONTH.pattern})?"),
        "Q": re.compile(r"([0-9]{4})-Q([1-4])"),
        "H": re.compile(r"([0-9]{4})-H([12])"),
        "A": re.compile(r"([0-9]{4})(?:/([0-9]{4}))?"),
    }
)
PARTS: Final = MappingProxyType({"Q": 3, "H": 6})  # months in one
YEAR_AND_MONTH: Final = 2
MOST_DECIMALS: Final = 6
CITATION: Final = re.compile(r"\S.+")
WORLD: Final = "W0"

Days = tuple[date, date]
Rule = re.Pattern[str] | frozenset[str]
Value = TypeVar("Value")


def plan(window: Window) -> Iterator[Request]:  # noqa: ARG001 (the files hold all there is, whatever the window)
    """One request a shipped file."""
    for name in FILES:
        yield Request(f"shipped:{name}", title=name, group=name)


def parse(payload: Payload) -> Iterator[Observation]:
    """One row a cited figure, in base units, with its tolerance as precision.

    Raises:
        LayoutChanged: a row that can't be read in full: there is no default for anything.
        Contradiction: two rows for one cell and day of publication.
    """
    seen: dict[tuple[object, ...], int] = {}
    for record in sheets.records(payload, COLUMNS):
        row = _row(payload, record)
        cell = (
            row.dataset, row.measure, row.flow, row.reporter, row.partner, row.product, row.unit, row.freq,
            row.period_start, row.period_end, row.published,
        )  # fmt: skip
        if cell in seen:
            raise Contradiction(
                payload,
                at=f"row {record.number}",
                expected="one row a cell and day of publication",
                found=f"row {seen[cell]} is for the same",
            )
        seen[cell] = record.number
        yield row


def _row(payload: Payload, record: sheets.Record) -> Observation:
    fields = _Fields(payload, record)
    freq = cast("Freq", fields.word("freq", FREQS))
    first, last = fields.read("period", lambda text: _days(freq, text))
    partner = fields.optional("partner", AREA)
    tolerance = fields.read("tolerance", _number)
    if tolerance < 0:
        raise fields.fault("tolerance", "0 or more")
    return Observation(
        dataset=fields.word("dataset", WORD),
        measure=fields.word("measure", WORD),
        flow=cast("Flow | None", fields.optional("flow", FLOWS)),
        reporter=fields.word("reporter", AREA),
        partner=partner,
        partner_kind=None if partner is None else "world" if partner == WORLD else "country",
        product=fields.optional("product", PRODUCT),
        unit=fields.word("unit", UNITS),
        freq=freq,
        period_start=first,
        period_end=last,
        value=fields.read("value", _number),
        obs_status=STATUS[fields.word("basis", frozenset(STATUS))],
        published=fields.read("published_at", _published),
        precision=tolerance,
        locator=f"row {record.number}: {fields.word('citation', CITATION)}",
    )


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of one row, each read by its rule or refused with its row and column."""

    payload: Payload
    record: sheets.Record

    def fault(self, column: str, expected: object) -> LayoutChanged:
        found = self.record[column] or "nothing"
        return LayoutChanged(self.payload, at=f"row {self.record.number} {column}", expected=expected, found=found)

    def word(self, column: str, rule: Rule) -> str:
        text = self.record[column]
        if isinstance(rule, frozenset):
            if text not in rule:
                raise self.fault(column, sorted(rule))
        elif not rule.fullmatch(text):
            raise self.fault(column, rule.pattern)
        return text

    def optional(self, column: str, rule: Rule) -> str | None:
        return self.word(column, rule) if self.record[column] else None

    def read(self, column: str, how: Callable[[str], Value]) -> Value:
        try:
            return how(self.record[column])
        except ValueError as wrong:
            raise self.fault(column, wrong) from wrong


def _number(text: str) -> Decimal:
    """A figure with at most six decimals: two figures run together have more.

    Raises:
        ValueError: another form.
    """
    if len(text.partition(".")[2]) > MOST_DECIMALS:
        raise ValueError(f"a number with at most {MOST_DECIMALS} decimals")
    return numbers.exact(text)


def _days(freq: str, text: str) -> Days:
    """First and last day of a period as the files label it.

    `2025-06-30` D, `2025-06` and `2025-01/2025-02` M, `2025-Q3` Q, `2025-H1` H, `2025` and `2011/2018` A; for
    YTD `2025-06` is January to June, `2022-03..2022-09` these months.

    Raises:
        ValueError: another form, or no such days.
    """
    found = PERIOD[freq].fullmatch(text)
    if found is None:
        raise ValueError(f"a period of frequency {freq}")
    part = [int(number) for number in found.groups() if number is not None]
    if freq == "D":
        day = date(*part)
        return day, day
    if freq == "A":
        first, last = (part[0], 1), (part[-1], 12)
    elif freq in PARTS:
        months = PARTS[freq]
        first, last = (part[0], months * (part[1] - 1) + 1), (part[0], months * part[1])
    elif freq == "YTD" and len(part) == YEAR_AND_MONTH:
        first, last = (part[0], 1), (part[0], part[1])
    else:
        first, last = (part[0], part[1]), (part[-2], part[-1])
    if first > last:
        raise ValueError("a period that ends after it begins")
    return periods.month(*first)[0], periods.month(*last)[1]


def _published(text: str) -> date | None:
    """The day of publication; the last day where only the month is known; None where nothing is.

    Raises:
        ValueError: another form, or no such day.
    """
    if not text:
        return None
    if found := MONTH.fullmatch(text):
        return periods.month(int(found[1]), int(found[2]))[1]
    if found := PERIOD["D"].fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    raise ValueError("a day, a month or nothing")
