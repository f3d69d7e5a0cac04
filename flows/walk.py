"""The straight line for one source: collect (plan, fetch, archive), read (parse), judge, load.

Each step takes the noun before it and gives the next. Without Prefect the same functions give the same warehouse.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, Protocol

from sources import catalogue
from sources.contract import Batch, Fetched, Payload, Request, Window
from sources.errors import AmurError, ArchiveDamaged, LayoutChanged, Refused, Unreachable
from warehouse import ledger
from warehouse.archive import Archive, Record
from warehouse.database import Database
from warehouse.loader import Problem, Work

if TYPE_CHECKING:
    from expectations.judge import Verdict
    from flows.reading import Reader

__all__ = [
    "Collected",
    "Door",
    "Dry",
    "Known",
    "Pace",
    "collect",
    "judge_all",
    "known",
    "order",
    "read",
    "rereader",
    "work_of",
]

Mode = Literal["nightly", "backfill"]
ROLLING_CHECKS: Final = 2
INDEX_KEPT: Final = timedelta(hours=24)
FIRST_PAUSE: Final = timedelta(days=1)
LONGEST_PAUSE: Final = timedelta(days=30)
BACKFILL_PAUSE: Final = timedelta(hours=1)


class Door(Protocol):
    """What the walk wants of the door to the network."""

    def fetch(self, request: Request, entry: catalogue.Entry, validators: Mapping[str, str] | None = None) -> Fetched:
        """Ask; see sources.web."""


class Dry:
    """A door that opens nothing: what would be asked for is noted as `planned`."""

    def fetch(self, request: Request, entry: catalogue.Entry, validators: Mapping[str, str] | None = None) -> Fetched:
        """Say that the request was only planned, whatever the archive's `validators`."""
        del validators
        raise Planned(source=entry.id, url=request.address, period=request.period)


class Planned(Unreachable):
    """Not asked: this is a rehearsal."""

    kind = "planned"
    advice = ""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a run treats what is archived already: `nightly` checks the newest, a `backfill` asks only for what lacks."""

    mode: Mode
    refetch: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows of a source before its walk: bodies and absences by address, bodies that wait."""

    records: Mapping[str, Record]
    absences: Mapping[str, ledger.Absence]
    waiting: tuple[Record, ...]


@dataclass(slots=True)
class Collected:
    """What a source's requests have brought, archived; `unread` are bodies with figures that nobody has read yet."""

    source: str
    unread: list[Record] = field(default_factory=list)
    settled: list[Record] = field(default_factory=list)
    checked: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[ledger.FetchNote] = field(default_factory=list)
    errors: list[AmurError] = field(default_factory=list)
    seconds: float = 0.0


def known(db: Database, source: str) -> Known:
    """Ask the ledger, before any thread begins to fetch."""
    return Known(ledger.known_records(db, source), ledger.absences(db, source), tuple(ledger.waiting(db, source)))


def collect(
    source: str,
    window: Window,
    door: Door,
    archive: Archive,
    before: Known,
    run_id: str,
    pace: Pace,
    report: Callable[[str], None] = lambda _: None,
) -> Collected:
    """Steps 1 to 3 for one source: ask for what the plan names and what its indexes lead to, and archive it.

    A request that fails is noted and the others go on: one missing page must not cost a night.
    """
    began = time.monotonic()
    walk = _Collecting(source, window, door, archive, before, run_id, pace)
    queue = deque(catalogue.module(source).plan(window))
    while queue:
        request = queue.popleft()
        report(request.address)
        queue.extendleft(reversed(list(walk.take(request))))
    missing = [note for note in walk.found.notes if note.outcome == "missing"]
    if missing:
        walk.found.errors.append(
            Unreachable(
                source=source,
                url=missing[0].url,
                period=missing[0].period,
                expected="the document",
                found=f"{missing[0].status}, as at {len(missing) - 1} more addresses"
                if missing[1:]
                else missing[0].status,
            )
        )
    here = {record.sidecar for record in walk.found.unread}
    walk.found.unread.extend(r for r in before.waiting if r.role == "data" and r.sidecar not in here)
    walk.found.seconds = time.monotonic() - began
    return walk.found


class _Collecting:
    """The state of one source's collecting: which addresses were asked, what came."""

    def __init__(
        self,
        source: str,
        window: Window,
        door: Door,
        archive: Archive,
        before: Known,
        run_id: str,
        pace: Pace,
    ) -> None:
        self.source, self.window, self.door, self.archive = source, window, door, archive
        self.before, self.run_id, self.pace = before, run_id, pace
        self.entry = catalogue.entry(source)
        self.found = Collected(source)
        self.asked: set[str] = set()
        self.rolling = ROLLING_CHECKS
        self.newest: dict[str, str] = {}
        for record in before.records.values():
            if record.role == "data" and record.group:
                self.newest[record.group] = max(self.newest.get(record.group, ""), record.period)

    def take(self, request: Request) -> Iterable[Request]:
        """Deal with one request; gives those that its answer leads to."""
        if request.address in self.asked:
            return ()
        self.asked.add(request.address)
        record = self.before.records.get(request.address)
        if record is not None and not self._whole(record):
            record = None
        if self._saved(request, record):
            return self._follow(record) if record is not None and request.role == "index" else ()
        record = self._fetch(request, record)
        if record is None:
            return ()
        if request.role == "index":
            return self._follow(record)
        if request.role == "keep":
            self.found.settled.append(replace(record, state="kept"))
        elif record.state == "new":
            self.found.unread.append(record)
        return ()

    def _whole(self, record: Record) -> bool:
        """A body may be relied on only while it lies in the archive and hashes to its name."""
        try:
            self.archive.body(record.sha256)
        except ArchiveDamaged as error:
            self.found.errors.append(error)
            return False
        return True

    def _saved(self, request: Request, record: Record | None) -> bool:
        """Can this request be left out, because what it would bring is known?"""
        now = self.window.now
        if self.pace.refetch:
            return False
        if record is None:
            absent = self.before.absences.get(request.address)
            if absent is None:
                return False
            pause = min(FIRST_PAUSE * 2 ** (absent.times - 1), LONGEST_PAUSE)
            return now - absent.checked_at < (BACKFILL_PAUSE if self.pace.mode == "backfill" else pause)
        if self.pace.mode == "backfill":
            return request.role != "index" or now - record.checked_at < INDEX_KEPT
        newest = bool(request.group) and request.period == self.newest.get(request.group)
        if request.recheck is None or request.role == "index" or newest:
            return False
        self.rolling -= now - record.checked_at >= request.recheck
        return now - record.checked_at < request.recheck or self.rolling < 0

    def _fetch(self, request: Request, record: Record | None) -> Record | None:
        """Ask the web and archive the answer; gives the record that answers for the address now."""
        validators = record.validators() if record is not None else {}
        try:
            answer = self.door.fetch(request, self.entry, validators)
        except (Unreachable, Refused) as error:
            self.found.errors.append(error)
            note = ledger.failure(request.address, request.period, self.window.now, error, conditional=bool(validators))
            self.found.notes.append(note)
            return record if request.role == "index" else None
        return self._archived(request, answer, record, conditional=bool(validators))

    def _archived(
        self, request: Request, answer: Fetched, record: Record | None, *, conditional: bool
    ) -> Record | None:
        kept = record
        if answer.outcome == "ok":
            kept = self.archive.keep(answer, self.source, self.run_id, record)
        elif answer.outcome == "missing":
            kept = None
        self.found.notes.append(
            ledger.FetchNote(
                url=request.address,
                period=request.period,
                at=answer.fetched_at,
                outcome=answer.outcome,
                status=answer.status,
                conditional=conditional,
                attempts=answer.attempts,
                size=len(answer.body) if answer.body is not None else None,
                elapsed_s=answer.elapsed_s,
                sha256=kept.sha256 if kept else None,
            )
        )
        if kept is not None and kept is record:
            kept = replace(record, checked_at=answer.fetched_at)
            self.found.checked.append(kept)
        return kept

    def _follow(self, record: Record) -> list[Request]:
        """The requests that an index leads to."""
        payload = replace(self.archive.payload(record), role="index")
        try:
            led = list(catalogue.module(self.source).links(payload, self.window))
        except LayoutChanged as error:
            self.found.problems.append(Problem(record, error))
            self.found.errors.append(error)
            return []
        if record.state == "new":
            self.found.settled.append(replace(record, state="index"))
        return led


def read(archive: Archive, collected: Collected, reader: Reader) -> tuple[list[tuple[Record, Batch]], list[Problem]]:
    """Step 4: parse what nobody has read yet, oldest knowledge first; what can't be read gives its reason."""
    batches: list[tuple[Record, Batch]] = []
    problems: list[Problem] = []
    for record in collected.unread:
        try:
            batches.append((record, reader.read(archive.payload(record))))
        except LayoutChanged as error:
            problems.append(Problem(record, error))
    return sorted(batches, key=order), problems


def order(pair: tuple[Record, Batch]) -> tuple[str, str, str, str]:
    """By the day the document gives itself, then period, then address: the same on every machine."""
    record, batch = pair
    day = next((row.published for row in batch.observations if row.published is not None), None)
    known_on = day.isoformat() if day is not None else record.fetched_at.isoformat()
    return known_on[:10], record.period, record.url, record.sha256


def judge_all(db: Database, source: str, batches: Sequence[tuple[Record, Batch]]) -> list[tuple[Record, Verdict]]:
    """Step 5: judge each batch against what was known before it; a batch that passes is history for the next."""
    if not batches:
        return []
    import pandas as pd

    from expectations.judge import as_history, judge
    from warehouse.loader import history

    past = history(db, source, [batch for _, batch in batches])
    verdicts = []
    for record, batch in batches:
        verdict = judge(batch, past)
        verdicts.append((record, verdict))
        if verdict.load and batch.observations:
            fresh = as_history(batch)
            past = pd.concat([past, fresh], ignore_index=True) if len(past) else fresh
    return verdicts


def work_of(
    collected: Collected,
    run_id: str,
    now: datetime,
    verdicts: list[tuple[Record, Verdict]],
    problems: list[Problem],
    judge_s: float,
) -> Work:
    """All of a source's part of a run, for `load`."""
    return Work(
        source=collected.source,
        run_id=run_id,
        now=now,
        verdicts=verdicts,
        problems=[*collected.problems, *problems],
        others=collected.settled,
        checked=collected.checked,
        notes=collected.notes,
        errors=[*collected.errors, *(problem.error for problem in problems)],
        fetch_s=collected.seconds,
        judge_s=judge_s,
    )


def rereader(archive: Archive, reader: Reader) -> Callable[[list[Record]], list[tuple[Record, Batch]]]:
    """A way for the loader to have archived bodies parsed again."""

    def again(records: list[Record]) -> list[tuple[Record, Batch]]:
        payloads: list[Payload] = [archive.payload(record) for record in records]
        return list(zip(records, reader.read_all(payloads), strict=True))

    return again


def everything(now: datetime) -> Window:
    """The widest window: all that was ever published."""
    return Window(start=datetime(1900, 1, 1, tzinfo=now.tzinfo).date(), end=now.date(), now=now)
