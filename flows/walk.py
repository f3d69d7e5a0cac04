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
from sources.contract import Batch, Fetched, Payload, Request, Window, column
from sources.errors import AmurError, ArchiveDamaged, KeyRefused, LayoutChanged, OutOfQuota, Refused, Unreachable
from sources.lean import let_pandas_in
from sources.redaction import redact
from warehouse import ledger, quarantine, readings
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
    "Planned",
    "collect",
    "judge_all",
    "known",
    "order",
    "parts_of",
    "read",
    "rereader",
    "work_of",
]

Mode = Literal["nightly", "backfill"]
READ: Final = frozenset({"data", "feed"})  # the roles whose bodies hold figures
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
        raise Planned(source=entry.id, url=address_of(request), period=request.period)


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
    """What the ledger knows of a source before its walk: bodies and absences by address, bodies that wait.

    `calls` counts today's calls to its service by kind of run. `overtaken` are addresses that have answered with
    something unusable since their record was fetched.
    """

    records: Mapping[str, Record]
    absences: Mapping[str, ledger.Absence]
    waiting: tuple[Record, ...]
    calls: Mapping[str, int] = field(default_factory=dict)
    overtaken: frozenset[str] = frozenset()


@dataclass(slots=True)
class Collected:
    """What a source's requests have brought, archived; `unread` are bodies with figures that nobody has read yet.

    `rules` are the readings of people that were applied to what was read.
    """

    source: str
    unread: list[Record] = field(default_factory=list)
    settled: list[Record] = field(default_factory=list)
    checked: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[ledger.FetchNote] = field(default_factory=list)
    errors: list[AmurError] = field(default_factory=list)
    rules: readings.Rules = field(default_factory=dict)
    seconds: float = 0.0


def address_of(request: Request) -> str:
    """The address by which a request is known everywhere but on the wire: without secrets."""
    return redact(request.address)


def known(db: Database, archive: Archive, source: str, now: datetime) -> Known:
    """Ask the ledger, before any thread begins to fetch.

    Where other homes share the warehouse, the bodies that lie in their archives alone are none for this one.
    """
    counted = catalogue.entry(source).calls_nightly is not None
    records, waiting = ledger.known_records(db, source), ledger.waiting(db, source)
    if db.shared:
        records = {url: record for url, record in records.items() if archive.path(record.sha256).exists()}
        waiting = [record for record in waiting if archive.path(record.sha256).exists()]
    return Known(
        records,
        ledger.absences(db, source),
        tuple(waiting),
        ledger.calls_made(db, source, now) if counted else {},
        ledger.overtaken(db, source),
    )


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
        report(address_of(request))
        try:
            queue.extendleft(reversed(list(walk.take(request))))
        except (KeyRefused, OutOfQuota) as error:
            walk.stop(error, request, queue)
            break
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
    here = {record.sidecar for record in (*walk.found.unread, *walk.found.settled)}  # one that was cut is dealt with
    walk.found.unread.extend(r for r in before.waiting if r.role in READ and r.sidecar not in here)
    walk.found.settled.extend(_overtaken(walk.found, before))
    walk.found.seconds = time.monotonic() - began
    return walk.found


def _overtaken(found: Collected, before: Known) -> Iterable[Record]:
    """Lists and the like that a killed run archived and that a newer body of their address has overtaken."""
    dealt = {record.sidecar for record in (*found.settled, *(problem.record for problem in found.problems))}
    newer = {record.url for record in found.settled}
    for record in before.waiting:
        newest = before.records.get(record.url, record)
        overtaken = record.url in newer or newest.sidecar != record.sidecar
        if record.role not in READ and record.sidecar not in dealt and overtaken:
            yield replace(record, state="index" if record.role == "index" else "kept")


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
        allowed = {"nightly": self.entry.calls_nightly, "backfill": self.entry.calls_backfill}[pace.mode]
        self.allowed = allowed
        self.calls = before.calls.get(pace.mode, 0)
        self.newest: dict[str, str] = {}
        for record in before.records.values():
            if record.role == "data" and record.group:
                self.newest[record.group] = max(self.newest.get(record.group, ""), record.period)

    def take(self, request: Request) -> Iterable[Request]:
        """Deal with one request; gives those that its answer leads to."""
        if address_of(request) in self.asked:
            return ()
        self.asked.add(address_of(request))
        record = self.before.records.get(address_of(request))
        if record is not None and not self._whole(record):
            record = None
        if not self._saved(request, record):
            record = self._fetch(request, record)
        if record is None:
            return request.otherwise
        if request.role == "index":
            return self._follow(record, request)
        led = self._settled(record, request)
        return [*led, *self._follow(record, request)] if request.role == "feed" else led

    def _settled(self, record: Record, request: Request) -> Iterable[Request]:
        """Put a document where it belongs; one that the service cut off is asked for again in parts."""
        if request.role == "keep":
            if record.state == "new":
                self.found.settled.append(replace(record, state="kept"))
            return ()
        if record.state not in {"new", "cut"}:
            return ()
        led = parts_of(record, request, self.archive)
        if not led:
            self.found.unread.append(record)
        elif record.state == "new":
            self.found.settled.append(replace(record, state="cut"))
        return led

    def stop(self, error: AmurError, request: Request, queue: Iterable[Request]) -> None:
        """End the collecting: the service takes no more calls. Says what is left and when it goes on."""
        left = 1 + sum(
            address_of(r) not in self.asked and not self._saved(r, self.before.records.get(address_of(r)))
            for r in queue
        )
        if isinstance(error, OutOfQuota):
            midnight = (self.window.now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
            again = "The next nightly run goes" if self.pace.mode == "nightly" else "The same command goes"
            error.advice = f"{left} requests are left. {again} on with them, after {midnight:%Y-%m-%d %H:%M} UTC"
        self.found.errors.append(error)
        self.found.notes.append(
            ledger.failure(address_of(request), request.period, self.window.now, error, conditional=False)
        )

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
        if self.pace.refetch:
            return False
        if record is None:
            return self._absent(request)
        age = self.window.now - record.checked_at
        if request.changed_at is not None:
            return record.checked_at > request.changed_at
        if self.pace.mode == "backfill":
            return request.role not in {"index", "feed"} or age < INDEX_KEPT
        newest = bool(request.group) and request.period == self.newest.get(request.group)
        if request.recheck is None or request.role in {"index", "feed"} or newest:
            return False
        self.rolling -= age >= request.recheck
        return age < request.recheck or self.rolling < 0

    def _absent(self, request: Request) -> bool:
        """Was the address found missing so lately that it need not be asked again?"""
        absent = self.before.absences.get(address_of(request))
        if absent is None:
            return False
        pause = min(FIRST_PAUSE * 2 ** (absent.times - 1), LONGEST_PAUSE)
        return self.window.now - absent.checked_at < (BACKFILL_PAUSE if self.pace.mode == "backfill" else pause)

    def _fetch(self, request: Request, record: Record | None) -> Record | None:
        """Ask the web and archive the answer; gives the record that answers for the address now."""
        validators = record.validators() if record is not None else {}
        if self.allowed is not None and self.calls >= self.allowed:
            raise OutOfQuota(
                source=self.source,
                url=address_of(request),
                period=request.period,
                expected=f"calls that are left of the {self.allowed} a day for a {self.pace.mode} run",
                found=f"{self.calls} made today",
            )
        try:
            answer = self.door.fetch(request, self.entry, validators)
        except (KeyRefused, OutOfQuota):
            raise
        except (Unreachable, Refused) as error:
            self.calls += error.calls if isinstance(error, Unreachable) else 0
            self.found.errors.append(error)
            note = ledger.failure(
                address_of(request), request.period, self.window.now, error, conditional=bool(validators)
            )
            self.found.notes.append(note)
            return record if request.role == "index" else None
        self.calls += answer.attempts
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
                url=address_of(request),
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
            if record.url in self.before.overtaken:  # it goes down the line once more: what was held in between is over
                return self.archive.keep_again(answer, record, self.run_id)
            kept = replace(record, checked_at=answer.fetched_at)
            self.found.checked.append(kept)
        return kept

    def _follow(self, record: Record, request: Request) -> Iterable[Request]:
        """The requests that an index leads to; where it can't be read, those that do without it."""
        payload = replace(self.archive.payload(record), role=request.role)
        try:
            led = list(catalogue.module(self.source).links(payload, self.window))
        except LayoutChanged as error:
            self.found.problems.append(Problem(record, error))
            self.found.errors.append(error)
            return request.otherwise
        if record.state == "new" and request.role == "index":
            self.found.settled.append(replace(record, state="index"))
        return led


def parts_of(record: Record, request: Request, archive: Archive) -> tuple[Request, ...]:
    """The smaller requests that stand in for an answer which the service cut off; none for a whole one."""
    source = catalogue.module(record.source)
    is_cut: Callable[[Payload], bool] | None = getattr(source, "is_cut", None)
    if is_cut is None or not is_cut(archive.payload(record)):
        return ()
    parts: Callable[[Request], tuple[Request, ...]] = source.parts  # type: ignore[attr-defined]
    return parts(request)


def read(
    archive: Archive, collected: Collected, reader: Reader, before: datetime | None = None
) -> tuple[list[tuple[Record, Batch]], list[Problem]]:
    """Step 4: parse what nobody has read yet, oldest knowledge first; what can't be read gives its reason.

    What people read off doubts is applied at once: all of it, or what they had decided `before` an instant.
    """
    collected.rules = quarantine.rules(archive.folder, before)
    batches: list[tuple[Record, Batch]] = []
    problems: list[Problem] = []
    for record in collected.unread:
        try:
            batches.append((record, readings.applied(reader.read(archive.payload(record)), collected.rules)))
        except LayoutChanged as error:
            problems.append(Problem(record, error))
    return sorted(batches, key=order), problems


def order(pair: tuple[Record, Batch]) -> tuple[str, str, str, datetime, str]:
    """By the day the document gives itself, then period, then address: the same on every machine.

    Of two bodies of one address, as after a run that was killed, the older one comes first: else it lacks days that
    the newer one has brought.
    """
    record, batch = pair
    day = next((on for on in column(batch.observations, "published") if on is not None), None)
    known_on = day.isoformat() if day is not None else record.fetched_at.isoformat()
    return known_on[:10], record.period, record.url, record.fetched_at, record.sha256


def judge_all(db: Database, source: str, batches: Sequence[tuple[Record, Batch]]) -> list[tuple[Record, Verdict]]:
    """Step 5: judge each batch against what was known before it; a batch that passes is history for the next."""
    if not batches:
        return []
    let_pandas_in()
    import pandas as pd

    from expectations.judge import as_history, judge
    from warehouse.loader import history

    past = history(db, source, [batch for _, batch in batches])
    verdicts = []
    for record, batch in batches:
        verdict = judge(batch, past)
        verdicts.append((record, verdict))
        if verdict.load and batch.observations and len(verdicts) < len(batches):
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
    parse_s: float = 0.0,
) -> Work:
    """All of a source's part of a run, for `load`; how long judging and parsing took is in seconds."""
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
        rules=collected.rules,
        fetch_s=collected.seconds,
        parse_s=parse_s,
        judge_s=judge_s,
    )


def rereader(
    archive: Archive, reader: Reader, before: datetime | None = None
) -> Callable[[list[Record]], list[tuple[Record, Batch]]]:
    """A way for the loader to have archived bodies parsed again, with the readings of people as in `read`."""

    def again(records: list[Record]) -> list[tuple[Record, Batch]]:
        payloads: list[Payload] = [_archived(archive, record) for record in records]
        rules = quarantine.rules(archive.folder, before)
        batches = [readings.applied(batch, rules) for batch in reader.read_all(payloads)]
        return list(zip(records, batches, strict=True))

    return again


def _archived(archive: Archive, record: Record) -> Payload:
    try:
        return archive.payload(record)
    except ArchiveDamaged as error:
        error.source, error.period = record.source, record.period
        error.advice = error.advice or "Of homes that share a lake, one alone should walk a source: docs/ducklake.md"
        raise


def everything(now: datetime) -> Window:
    """The widest window: all that was ever published."""
    return Window(start=datetime(1900, 1, 1, tzinfo=now.tzinfo).date(), end=now.date(), now=now)
