"""The warehouse from the archive alone: every body in the order in which it came, through the same walk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from flows import walk
from flows.reading import Reader
from sources import catalogue
from sources.errors import ArchiveDamaged, LayoutChanged
from warehouse import quarantine
from warehouse.archive import Archive, Record
from warehouse.database import Database
from warehouse.loader import Problem, load

__all__ = ["rebuild", "release"]


def rebuild(db: Database, archive: Archive, reader: Reader, report: Callable[[str], None] = lambda _: None) -> int:
    """Fill an empty warehouse from the archive; gives the number of bodies. Decisions of people are repeated.

    Raises:
        ArchiveDamaged: a body or sidecar is rotten or missing; nothing is guessed.
    """
    if damage := list(archive.damage()):
        raise ArchiveDamaged(
            url=str(archive.folder), expected="every body whole", found=f"{len(damage)} faults: {damage[0]}"
        )
    records = archive.records()
    steps: list[tuple[datetime, int, Callable[[], None]]] = []
    for (run_id, source), group in groupby(
        sorted(records, key=lambda r: (r.run_id, r.source, r.fetched_at, r.period, r.sidecar)),
        key=lambda r: (r.run_id, r.source),
    ):
        bodies = list(group)
        at = max(record.fetched_at for record in bodies)
        steps.append((at, 0, lambda r=run_id, s=source, b=bodies: _replay(db, archive, reader, r, s, b)))  # type: ignore[misc]
    for decision in quarantine.decisions(archive.folder):
        at = datetime.fromisoformat(decision.at)
        steps.append((at, 1, lambda d=decision: release(db, archive, reader, d)))  # type: ignore[misc]
    for number, (_, _, step) in enumerate(sorted(steps, key=lambda s: s[:2]), start=1):
        step()
        report(f"{number} of {len(steps)}")
    return len(records)


def _replay(db: Database, archive: Archive, reader: Reader, run_id: str, source: str, bodies: list[Record]) -> None:
    """One source's part of one run, as it was committed then."""
    collected = walk.Collected(source, unread=[r for r in bodies if r.role == "data"])
    for record in bodies:
        if record.role == "keep":
            collected.settled.append(replace(record, state="kept"))
        elif record.role == "index":
            _index(archive, collected, record)
    batches, problems = walk.read(archive, collected, reader)
    verdicts = walk.judge_all(db, source, batches)
    now = max(record.fetched_at for record in bodies)
    work = walk.work_of(collected, run_id, now, verdicts, problems, 0.0)
    work.reread = walk.rereader(archive, reader)
    load(db, work)


def _index(archive: Archive, collected: walk.Collected, record: Record) -> None:
    window = walk.everything(record.fetched_at)
    try:
        list(catalogue.module(record.source).links(archive.payload(record), window))
    except LayoutChanged as error:
        collected.problems.append(Problem(record, error))
    else:
        collected.settled.append(replace(record, state="index"))


def release(db: Database, archive: Archive, reader: Reader, decision: quarantine.Decision) -> None:
    """Carry out a person's decision: what is released takes the walk again, without the judge's veto.

    Raises:
        AmurError: there is no such entry.
        LayoutChanged: the body still can't be read; nothing was loaded.
    """
    scope, state, record = quarantine.held_record(db, decision.quarantine_id)
    if state == decision.decision:
        return
    if decision.decision == "released" and scope == "batch":
        batch = reader.read(archive.payload(record))
        verdicts = [
            (held, replace(verdict, load=True, reason=""))
            for held, verdict in walk.judge_all(db, record.source, [(record, batch)])
        ]
        work = walk.work_of(
            walk.Collected(record.source),
            f"release-{decision.quarantine_id}",
            datetime.fromisoformat(decision.at),
            verdicts,
            [],
            0.0,
        )
        work.reread = walk.rereader(archive, reader)
        load(db, work)
    quarantine.decide(db, [decision.quarantine_id], decision)
