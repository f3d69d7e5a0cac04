"""What happened, live: runs, the addresses that were asked, and which archived body answers for each of them.

These tables, with the lock, are the truth about runs; Prefect's states are a view for people.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from sources.errors import AmurError, Unreachable, quoted
from warehouse.archive import Record
from warehouse.database import AMUR_VERSION, Database, naive

__all__ = [
    "Absence",
    "FetchNote",
    "absences",
    "adopt",
    "begin_run",
    "calls_made",
    "end_run",
    "entered",
    "known_records",
    "loaded_after",
    "mark_interrupted",
    "overtaken",
    "waiting",
]

RECORD_COLUMNS: Final = (
    "source, url, sha256, fetched_at, checked_at, run_id, role, period, title, document_group, content_type, "
    "etag, last_modified, bytes, sidecar, state, earlier_at, flow"
)
USABLE: Final = ("new", "loaded", "held", "index", "kept", "empty", "cut")


@dataclass(frozen=True, slots=True)
class FetchNote:
    """One request that was made or saved, for the `fetches` table. `url` holds no secret."""

    url: str
    period: str
    at: datetime
    outcome: str
    status: int | None = None
    conditional: bool = False
    attempts: int = 0
    size: int | None = None
    elapsed_s: float = 0.0
    sha256: str | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """An address that an index names and that answers 404 or 410."""

    url: str
    status: int
    checked_at: datetime
    times: int


def begin_run(db: Database, run_id: str, kind: str, now: datetime, arguments: str) -> None:
    """Open the ledger row of a run."""
    db.execute(
        "INSERT INTO runs VALUES (?, ?, ?, NULL, 'running', NULL, ?, ?, ?, 0, 0, 0, NULL)",
        [run_id, kind, naive(now), os.getpid(), AMUR_VERSION, arguments],
    )


def end_run(
    db: Database,
    run_id: str,
    now: datetime,
    *,
    state: Literal["published", "unchanged", "degraded", "failed", "done"],
    exit_code: int,
) -> None:
    """Close the ledger row of a run, with the sums over its sources."""
    db.run("load/end_run", [run_id, naive(now), state, exit_code])


def mark_interrupted(db: Database, now: datetime, only: str | None = None) -> list[str]:
    """Close the rows of runs that ended without saying so; the lock proves that none is alive. Gives their ids.

    Of a warehouse that other homes share, `only` is the run that this home began last: the others may be alive.
    """
    killed = [row[0] for row in db.rows("SELECT run_id FROM runs WHERE state = 'running' ORDER BY started_at")]
    killed = [run_id for run_id in killed if only in {None, run_id}]
    if killed:
        db.execute(
            "UPDATE runs SET state = 'interrupted', ended_at = ? WHERE list_contains(?, run_id)", [naive(now), killed]
        )
    return killed


def calls_made(db: Database, source: str, now: datetime) -> dict[str, int]:
    """The calls to a source's service on the day of `now` (UTC), by kind of run: `nightly`, `backfill`, ...

    Answers that a killed run archived without closing its books count as well.
    """
    return {str(kind): int(calls) for kind, calls in db.run("load/calls_made", [source, naive(now)]).fetchall()}


def known_records(db: Database, source: str) -> dict[str, Record]:
    """The newest usable body of each address of a source, by URL."""
    rows = db.run("load/known_records", [source, list(USABLE)]).fetchall()
    return {record.url: record for record in map(_record, rows)}


def overtaken(db: Database, source: str) -> frozenset[str]:
    """The addresses of a source whose newest body can't be used, though `known_records` has an older one."""
    return frozenset(url for (url,) in db.run("load/overtaken", [source, list(USABLE)]).fetchall())


def waiting(db: Database, source: str) -> list[Record]:
    """Archived bodies of a source that the walk has not dealt with yet, in the order in which they came."""
    query = f"SELECT {RECORD_COLUMNS} FROM payloads WHERE source = ? AND state = 'new' ORDER BY fetched_at, sidecar"  # noqa: S608 (column names of ours)
    return [_record(row) for row in db.rows(query, [source])]


def absences(db: Database, source: str) -> dict[str, Absence]:
    """The addresses of a source that answered 404 or 410 when last asked, by URL."""
    rows = db.rows("SELECT url, status, checked_at, times FROM absences WHERE source = ?", [source])
    return {url: Absence(url, status, checked.replace(tzinfo=UTC), times) for url, status, checked, times in rows}


def loaded_after(db: Database, source: str, known_at: datetime) -> list[Record]:
    """The loaded bodies of a source that hold figures known later than `known_at` (naive UTC), oldest first."""
    query = (
        f"SELECT {RECORD_COLUMNS} FROM payloads "  # noqa: S608 (column names of ours)
        "WHERE source = ? AND state = 'loaded' AND known_at > ? ORDER BY fetched_at, sidecar"
    )
    return [_record(row) for row in db.rows(query, [source, known_at])]


def adopt(db: Database, records: Iterable[Record]) -> int:
    """Enter archived bodies that no ledger row speaks of, as those of a killed run. Gives how many there were."""
    found = list(records)
    for record in found:
        insert_record(db, record)
    return len(found)


def entered(db: Database, records: Iterable[Record]) -> set[str]:
    """The sidecars of those records that the ledger has."""
    sidecars = [record.sidecar for record in records]
    return {sidecar for (sidecar,) in db.run("load/entered", [sidecars]).fetchall()} if sidecars else set()


def insert_record(db: Database, record: Record, parser_version: int | None = None) -> None:
    """Enter one archived body as the answer of its address."""
    db.execute(
        "INSERT INTO payloads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)",
        [
            record.source, record.url, record.sha256, naive(record.fetched_at), naive(record.checked_at),
            naive(record.earlier_at), record.run_id, record.role, record.period, record.title, record.group,
            record.content_type, record.etag, record.last_modified, record.size, record.sidecar, record.state,
            parser_version, record.flow,
        ],
    )  # fmt: skip


def insert_notes(db: Database, run_id: str, source: str, notes: Iterable[FetchNote]) -> None:
    """Enter requests."""
    rows = [
        [
            run_id, source, note.url, note.period, naive(note.at), note.outcome, note.status, note.conditional,
            note.attempts, note.size, note.elapsed_s, note.sha256, note.error,
        ]
        for note in notes
    ]  # fmt: skip
    db.insert("fetches", rows)


def note_absence(db: Database, source: str, note: FetchNote) -> None:
    """Remember that an address is not there, so that it is asked for less and less often."""
    db.run("load/note_absence", [source, note.url, note.status, naive(note.at)])


def failure(url: str, period: str, at: datetime, error: AmurError, *, conditional: bool) -> FetchNote:
    """The note of a request that brought nothing."""
    return FetchNote(
        url=url,
        period=period,
        at=at,
        outcome=error.kind,
        conditional=conditional,
        attempts=error.calls if isinstance(error, Unreachable) else 0,
        error=quoted(error.cause()),
    )


def _record(row: tuple[object, ...]) -> Record:
    (source, url, sha, fetched, checked, run_id, role, period, title, group, kind, etag, modified, size, sidecar,
     state, earlier, flow) = row  # fmt: skip
    return Record(
        source=str(source), url=str(url), sha256=str(sha), fetched_at=_aware(fetched), checked_at=_aware(checked),
        run_id=str(run_id), role=str(role), period=str(period), title=str(title), group=str(group),
        content_type=str(kind), etag=str(etag), last_modified=str(modified), size=int(str(size)),
        sidecar=str(sidecar), state=str(state), earlier_at=_aware(earlier) if earlier is not None else None,
        flow=str(flow),
    )  # fmt: skip


def _aware(when: object) -> datetime:
    if not isinstance(when, datetime):
        raise TypeError(when)
    return when.replace(tzinfo=UTC)
