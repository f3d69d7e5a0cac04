"""Find figures again in archived bytes: each body is parsed once, however many of its cells are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sources import catalogue
from sources.contract import Batch, Doubt, Observation, Payload
from warehouse import quarantine, readings
from warehouse.archive import Archive
from warehouse.corrections import CORRECTED, correction_in

__all__ = ["Parse", "Reparser", "in_process", "key_of", "payload_of"]

Parse = Callable[[Payload], Batch]
Place = tuple[str, str, str, str, str]  # locator, freq, period, measure, unit


def in_process(payload: Payload) -> Batch:
    """All figures and doubts of a payload, parsed here: for bytes of the own archive, which were parsed before.

    Raises:
        LayoutChanged: it can't be read.
    """
    source = catalogue.module(payload.source)
    rows = list(source.parse(payload))
    figures = tuple(row for row in rows if isinstance(row, Observation))
    doubts = tuple(row for row in rows if isinstance(row, Doubt))
    return Batch(payload, source.PARSER, figures, doubts)


def payload_of(row: Mapping[str, Any], body: bytes) -> Payload:
    """A body with what the ledger says of its address, as the parsers take it."""
    fetched_at: datetime = row["fetched_at"]
    return Payload(
        source=row["source"],
        url=row["url"] or "",
        body=body,
        sha256=row["payload_sha256"],
        fetched_at=fetched_at if fetched_at.tzinfo else fetched_at.replace(tzinfo=UTC),
        content_type=row.get("content_type") or "",
        title=row["title"] or "",
        flow=row["flow"] or "",
    )


def key_of(source: str, figure: Observation) -> str:
    """The key of a figure's series, by the rule of `load/ingest_rows.sql`."""
    partner = figure.partner or (f"~{figure.partner_name}" if figure.partner_name else None)
    parts = (
        source, figure.dataset, figure.measure, figure.reporter, partner, figure.flow, figure.product, figure.unit,
        figure.freq,
    )  # fmt: skip
    return ":".join(part or "" for part in parts)


class Reparser:
    """Archived bodies, parsed again on demand and remembered by their hash."""

    def __init__(self, archive: Archive, parse: Parse = in_process) -> None:
        """Parse nothing yet; readings of people are those of the archive."""
        self.archive, self.parse = archive, parse
        self.rules = quarantine.rules(archive.folder)
        self._found: dict[tuple[str, str], dict[Place, Observation]] = {}
        self._bodies: dict[str, bytes] = {}

    def _body(self, sha256: str) -> bytes:
        """The archived bytes, hashed once."""
        if sha256 not in self._bodies:
            self._bodies = {sha256: self.archive.body(sha256)}  # the last one alone: cells of a body come together
        return self._bodies[sha256]

    def figures(self, payload: Payload) -> dict[Place, Observation]:
        """All figures of a body, by their places.

        A figure that a person read is there where the bytes still raise the doubt and a decision reads it so.

        Raises:
            LayoutChanged: it can't be read any more.
        """
        key = (payload.source, payload.sha256)
        if key not in self._found:
            figures = readings.applied(self.parse(payload), self.rules).observations
            # of two figures with one place the first counts, as the loader has it
            self._found[key] = {
                (one.locator, one.freq, one.period, one.measure, one.unit): one for one in reversed(figures)
            }
        return self._found[key]

    def said_of(self, payload: Payload, row: Mapping[str, Any], period: str) -> Observation | None:
        """The figure at the place of a vintage; None where there is none.

        Raises:
            LayoutChanged: the body can't be read any more.
        """
        locator = str(row["locator"]).partition(CORRECTED)[0]
        place = (locator, row["freq"], period, row["measure"], row["unit"])
        return self.figures(payload).get(place)

    def verdict(self, row: Mapping[str, Any], period: str) -> str:
        """`same`; who read it, where a person did; which correction, where one stands; or what is different now.

        Raises:
            ArchiveDamaged: the body is gone or rotten.
            LayoutChanged: it can't be read any more.
        """
        figure = self.said_of(payload_of(row, self._body(row["payload_sha256"])), row, period)
        if figure is None:
            return f"no row at {row['locator']}"
        value = figure.value
        if CORRECTED in row["locator"]:
            correction = correction_in(row["locator"])
            if correction is None or not _equal(value, correction.wrong_value):
                return _words(value, row)
            same = correction.right_value == row["value"]
            return f"corrected by {correction.correction_id}" if same else f"{correction.right_value} by the ledger"
        if _equal(value, row["value"]):
            return readings.reader_of(row["locator"]) or "same"
        return _words(value, row)


def _equal(value: Decimal | None, stored: float | None) -> bool:
    return (value is None) if stored is None else value is not None and float(value) == stored


def _words(value: Decimal | None, row: Mapping[str, Any]) -> str:
    return f"{value if value is not None else 'missing'} at {row['locator']}"
