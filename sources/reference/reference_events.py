"""Cited events since 2014, shipped with the program: what happened before the feeds begin.

Layout    CSV with a header: event_date, precision, event_type, actor, target, product, project, status, value, unit,
          asserted_by, side, published_at, url, citation, note. A project's step is a row for each who asserts it.
Calendar  changes with releases of Amur.
Traps     `published_at` is the day of the report that is cited, or of the event where the report has none: from then
          on, at the end of that day (UTC), it counts as known. Only what is `announced` may be published before its own
          day; what was announced and never came (China's coal duty of April 2023) keeps that status. A day that the
          report leaves open has the precision `month`. A report without an address is cited by name and day; an
          address that names a host alone is no citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, Literal, cast

from sources.contract import Event, Payload, Request, Window
from sources.contract import no_links as links
from sources.errors import Contradiction, LayoutChanged
from sources.parse import sheets

__all__ = ["FILE", "PARSER", "links", "parse", "plan"]
PARSER: Final = 1
FILE: Final = "reference_events.csv"
COLUMNS: Final = (
    "event_date", "precision", "event_type", "actor", "target", "product", "project", "status", "value", "unit",
    "asserted_by", "side", "published_at", "url", "citation", "note",
)  # fmt: skip
WORD: Final = re.compile(r"[a-z][a-z0-9_]*")
STATUS: Final = re.compile(r"[a-z0-9][a-z0-9_. -]*", re.IGNORECASE)
ADDRESS: Final = re.compile(r"https?://[^\s/]+/\S+")
CITATION: Final = re.compile(r"\S.{4,}")
NAME: Final = re.compile(r"\S.*")
PRECISIONS: Final = frozenset({"day", "month", "year"})
SIDES: Final = frozenset({"RU", "CN", "company", "other"})

Precision = Literal["day", "month", "year"]
Side = Literal["RU", "CN", "company", "other"]


def plan(window: Window) -> Iterator[Request]:  # noqa: ARG001 (the file holds all there is, whatever the window)
    """The shipped file."""
    yield Request(f"shipped:{FILE}", title=FILE, group=FILE)


def parse(payload: Payload) -> Iterator[Event]:
    """One event a row, with its citation in the locator.

    Raises:
        LayoutChanged: a row that can't be read in full.
        Contradiction: one event twice.
    """
    seen: dict[tuple[object, ...], int] = {}
    for record in sheets.records(payload, COLUMNS):
        event = _event(payload, record)
        key = (
            event.event_date, event.event_type, event.actor, event.target, event.product, event.project, event.status,
            event.asserted_by,
        )  # fmt: skip
        if key in seen:
            raise Contradiction(
                payload, at=f"row {record.number}", expected="one row an event", found=f"row {seen[key]}"
            )
        seen[key] = record.number
        yield event


def _event(payload: Payload, record: sheets.Record) -> Event:
    def fault(column: str, expected: object) -> LayoutChanged:
        return LayoutChanged(
            payload, at=f"row {record.number} {column}", expected=expected, found=record[column] or "nothing"
        )

    def word(column: str, rule: re.Pattern[str]) -> str:
        if not rule.fullmatch(record[column]):
            raise fault(column, rule.pattern)
        return record[column]

    def one_of(column: str, allowed: frozenset[str]) -> str:
        if record[column] not in allowed:
            raise fault(column, sorted(allowed))
        return record[column]

    def day(column: str) -> date:
        try:
            return date.fromisoformat(record[column])
        except ValueError:
            raise fault(column, "a day, 2025-09-02") from None

    value: Decimal | None = None
    if record["value"]:
        try:
            value = Decimal(record["value"])
        except InvalidOperation:
            raise fault("value", "a number") from None
    if (value is None) != (not record["unit"]):
        raise fault("unit", "a unit beside a value, and none without")
    if record["url"] and not ADDRESS.fullmatch(record["url"]):
        raise fault("url", ADDRESS.pattern)
    if day("published_at") < day("event_date") and record["status"] != "announced":
        raise fault("published_at", "the day of the event or a later one, but for what is announced")
    cited = word("citation", CITATION)
    return Event(
        event_type=word("event_type", WORD),
        event_date=day("event_date"),
        precision=cast("Precision", one_of("precision", PRECISIONS)),
        actor=word("actor", NAME),
        target=record["target"] or None,
        product=record["product"] or None,
        project=record["project"] or None,
        status=word("status", STATUS),
        value=value,
        unit=record["unit"] or None,
        asserted_by=word("asserted_by", NAME),
        side=cast("Side", one_of("side", SIDES)),
        published=day("published_at"),
        locator=f"row {record.number}: {cited}" + (f" ({record['url']})" if record["url"] else ""),
    )
