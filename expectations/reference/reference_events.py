"""What the shipped events must satisfy: each cited, none out of its time."""

from __future__ import annotations

from typing import Final

from expectations.common import Sheet, between

__all__ = ["SUITE", "measure"]

FIRST_YEAR: Final = 2005


def measure(sheet: Sheet) -> None:
    """The facts of `SUITE`."""
    events = sheet.batch.events
    day = sheet.batch.payload.fetched_at.date()
    sheet.fact("events", len(events), "cited events")
    sheet.fact("uncited", sum(": " not in one.locator for one in events))
    sheet.fact(
        "out_of_time", sum(one.event_date.year < FIRST_YEAR or one.event_date.year > day.year + 2 for one in events)
    )
    sheet.fact("values_without_unit", sum((one.value is None) != (one.unit is None) for one in events))


SUITE: Final = (
    between("some_events", "events", 1, None, "critical", "a file without an event is never a success"),
    between("every_event_is_cited", "uncited", 0, 0, "critical", "an event that nobody can look up is not shipped"),
    between("events_in_their_time", "out_of_time", 0, 0, "critical", "a day was mistyped"),
    between("values_have_units", "values_without_unit", 0, 0, "critical", "a number alone says nothing"),
)
