"""Explain one event: every story that tells it or speaks against it, each down to the sentence in archived bytes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, Final

import duckdb

from sources import catalogue
from sources.contract import Event, Payload
from sources.errors import AmurError
from warehouse.address import dicts
from warehouse.archive import Archive
from warehouse.database import statement

__all__ = ["EventExplanation", "explain_event", "is_event"]

PREFIX: Final = "e-"


@dataclass(frozen=True, slots=True)
class EventExplanation:
    """An event and the words for and against it; `verified` of a word is None unless its bytes were parsed again.

    `withheld` says why the event isn't published; it is empty where it is.
    """

    event: dict[str, Any]
    words: tuple[dict[str, Any], ...]
    withheld: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        return asdict(self)

    @property
    def sound(self) -> bool:
        """Was every word that was looked up again found where it stands?"""
        return all(word["verified"] in {None, "same"} for word in self.words)


def is_event(asked: str) -> bool:
    """Is it the id of an event?"""
    return asked.startswith(PREFIX)


def explain_event(
    connection: duckdb.DuckDBPyConnection, archive: Archive, event_id: str, *, verify: bool = False
) -> EventExplanation:
    """The event with its stories; also one that isn't published, and one that has become part of another.

    Raises:
        AmurError: there is no such event; says how to find one.
    """
    found = dicts(connection, statement("read/find_event"), [event_id])
    if not found:
        raise AmurError(
            at="explain",
            expected="the id of an event",
            found=repr(event_id),
            advice='`amur sql "SELECT event_id, event_date, title FROM events ORDER BY event_date"` lists them',
        )
    event = found[0]
    withheld = _withheld(event)
    words = dicts(connection, statement("read/explain_event"), [event["event_id"]])
    for word in words:
        body = word["payload_sha256"]
        word["file"] = str(Path("archive") / body[:2] / body)
        word["verified"] = _verified(archive, word, event) if verify else None
    return EventExplanation(event, tuple(words), withheld)


def _withheld(event: dict[str, Any]) -> str:
    """Take from the event why it isn't published, in words: a figure beside the official one, with the difference."""
    why, official = event.pop("withheld"), event.pop("official_value")
    if why != "contradicted":
        return f"{why} before its day" if why else ""
    away, unit = event["value"] - official, event["unit"]
    if unit == "percent":
        apart = f"{away:+.1f} points"
    else:
        apart = f"{100 * away / official:+.1f} %" if official else "more than 1 %"
    return f"the official figure is {official:,.15g} {unit}; this one differs by {apart}"


def _verified(archive: Archive, word: dict[str, Any], event: dict[str, Any]) -> str:
    """Parse the archived bytes again: `same`, or that the sentence no longer tells it."""
    payload = Payload(
        source=word["source"],
        url=word["url"] or "",
        body=archive.body(word["payload_sha256"]),
        sha256=word["payload_sha256"],
        fetched_at=word["fetched_at"].replace(tzinfo=UTC),
        content_type=word["content_type"] or "",
        role=word["role"] or "data",
        title=word["title"] or "",
    )
    told = [
        row
        for row in catalogue.module(word["source"]).parse(payload)
        if isinstance(row, Event) and row.locator == word["locator"]
    ]
    same = any((row.event_type, row.actor) == (event["event_type"], event["actor"]) for row in told)
    return "same" if same else f"no such telling at {word['locator']}"
