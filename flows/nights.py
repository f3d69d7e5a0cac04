"""The archive of a home as nights: which body would have come in which night, had Amur run every night.

A body that a nightly run fetched belongs to the night of its fetch. One that a backfill or a person brought later is
put into the night after the day that the document gives for itself; where it gives none, into the one after the first
day on which its source is expected to publish the newest period. A later body of an address stays where it came: its
own date can't say when it changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Final

from flows import walk
from flows.reading import Reader
from sources import catalogue
from sources.contract import Article, Batch, Event, Observation, Payload
from sources.errors import LayoutChanged
from warehouse.archive import Archive, Record

__all__ = ["AT", "Memory", "Night", "Shelf", "nights", "remembered"]

AT: Final = time(2, 30, tzinfo=UTC)  # when the night's bodies come that didn't come by night


@dataclass(frozen=True, slots=True)
class Night:
    """The bodies of one night, in the order in which they came; their records bear the night's times."""

    day: date
    now: datetime
    records: tuple[Record, ...]


class Shelf(Archive):
    """An archive that is only read, with bodies beside it that it doesn't hold."""

    def __init__(self, archive: Archive) -> None:
        """Stand before `archive`."""
        super().__init__(archive.folder)
        self.beside: dict[str, bytes] = {}

    def body(self, sha256: str) -> bytes:
        """The bytes, from beside or from the archive.

        Raises:
            ArchiveDamaged: as the archive's own.
        """
        return self.beside[sha256] if sha256 in self.beside else super().body(sha256)


class Memory(Reader):
    """A reader that parses the same bytes of one fetch once."""

    def __init__(self) -> None:
        """Start with nothing read."""
        super().__init__()
        self._read: dict[tuple[str, str, str, str, datetime], Batch | LayoutChanged] = {}

    def read(self, payload: Payload) -> Batch:
        """Parse, or remember.

        Raises:
            LayoutChanged: as the reader's own, each time.
        """
        key = (payload.source, payload.url, payload.sha256, payload.flow, payload.fetched_at)
        if key not in self._read:
            try:
                self._read[key] = super().read(payload)
            except LayoutChanged as error:
                self._read[key] = error
        found = self._read[key]
        if isinstance(found, LayoutChanged):
            raise found
        return replace(found, payload=payload)


def nights(archive: Archive, reader: Reader, sources: Sequence[str]) -> list[Night]:
    """All nights on which anything with figures came, oldest first.

    Raises:
        ArchiveDamaged: a sidecar or a body is rotten or missing.
    """
    found = [record for record in archive.records() if record.role in walk.READ and record.source in sources]
    placed = sorted(
        ((_night_of(archive, reader, record), record) for record in found),
        key=lambda pair: (pair[0], pair[1].fetched_at, pair[1].sidecar),
    )
    made = []
    for day, pairs in groupby(placed, key=lambda pair: pair[0]):
        records = tuple(_came(day, n, record) for n, (_, record) in enumerate(pairs))
        made.append(Night(day, max(record.fetched_at for record in records), records))
    return list(remembered(made))


def _night_of(archive: Archive, reader: Reader, record: Record) -> date:
    """The day (UTC) on whose night a body comes."""
    fetched_on = record.fetched_at.date()
    if record.earlier_at is not None:
        return fetched_on
    try:
        said = _said_on(reader.read(archive.payload(record)))
    except LayoutChanged:
        return fetched_on
    return fetched_on if said is None else min(fetched_on, said + timedelta(days=1))


def _said_on(batch: Batch) -> date | None:
    """The day on which a document says it came out; else the first on which its newest figures were expected."""
    rows: tuple[Observation | Event | Article, ...] = (*batch.observations, *batch.events, *batch.articles)
    said = [row.published.date() if isinstance(row.published, datetime) else row.published for row in rows]
    if days := [day for day in said if day is not None]:
        return max(days)
    due = catalogue.entry(batch.payload.source).due_days
    ends = [row.period_end for row in batch.observations if not row.reconstructed]
    return max(ends) + timedelta(days=due[0]) if due and ends else None


def _came(day: date, number: int, record: Record) -> Record:
    """The record as of its night: what came on another day comes at half past two, one after the other."""
    at = record.fetched_at
    if at.date() != day:
        at = datetime.combine(day, AT) + timedelta(microseconds=number)
    return replace(record, fetched_at=at, checked_at=at, state="new")


def remembered(told: Iterable[Night]) -> Iterator[Night]:
    """The nights with, for each body, when an earlier one of its address had come in them."""
    before: dict[tuple[str, str], datetime] = {}
    for night in told:
        records = []
        for record in night.records:
            address = (record.source, record.url)
            records.append(replace(record, earlier_at=before.get(address)))
            before[address] = record.fetched_at
        yield replace(night, records=tuple(records))
