"""The warehouse from the archive alone: every body in the order in which it came, through the same walk.

Decisions of people are part of the archive: they are taken, repeated and finished here.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final

from flows import walk
from flows.reading import Reader
from sources import catalogue
from sources.contract import Batch
from sources.errors import AmurError, ArchiveDamaged, LayoutChanged
from warehouse import quarantine, readings
from warehouse.archive import Archive, Record
from warehouse.database import Database
from warehouse.loader import Problem, Work, load

if TYPE_CHECKING:
    from expectations.judge import Verdict

__all__ = ["Rebuilt", "decide", "finish", "rebuild"]

UNDESCRIBED: Final = "a run was killed before it had said where it came from"


@dataclass(slots=True)
class Rebuilt:
    """What a rebuild came to: the number of bodies, and in words what of the archive could not be used."""

    bodies: int
    notes: list[str] = field(default_factory=list)


def rebuild(
    db: Database,
    archive: Archive,
    reader: Reader,
    report: Callable[[str], None] = lambda _: None,
    told: Container[str] = (),
) -> Rebuilt:
    """Fill an empty warehouse from the archive, and repeat the decisions of people.

    Left out with a note: a body that a killed run had not described yet, a decision about an entry that is none now.

    Args:
        db: the new warehouse.
        archive: where the bodies, sidecars and decisions are.
        reader: parses.
        report: is told of the progress.
        told: hashes that the ledger before spoke of: without its sidecar, such a body is damaged.

    Raises:
        ArchiveDamaged: a body or sidecar is rotten or missing; nothing is guessed.
    """
    orphans = archive.orphans()
    lost = [f"{name}: its sidecar is missing" for name in orphans if name in told]
    if damage := [*archive.damage(), *lost]:
        raise ArchiveDamaged(
            url=str(archive.folder), expected="every body whole", found=f"{len(damage)} faults: {damage[0]}"
        )
    records = archive.records()
    done = Rebuilt(len(records), [f"{name}: left out, {UNDESCRIBED}" for name in orphans])
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
        steps.append((at, 1, lambda d=decision: done.notes.extend(_repeated(db, archive, reader, d))))  # type: ignore[misc]
    for number, (_, _, step) in enumerate(sorted(steps, key=lambda s: s[:2]), start=1):
        step()
        report(f"{number} of {len(steps)}")
    return done


def _replay(db: Database, archive: Archive, reader: Reader, run_id: str, source: str, bodies: list[Record]) -> None:
    """One source's part of one run, as it was committed then."""
    collected = walk.Collected(source, unread=[r for r in bodies if r.role in walk.READ])
    for record in bodies:
        if record.role == "keep":
            collected.settled.append(replace(record, state="kept"))
        elif record.role == "index":
            _index(archive, collected, record)
    now = max(record.fetched_at for record in bodies)
    batches, problems = walk.read(archive, collected, reader, now)
    verdicts = walk.judge_all(db, source, batches)
    work = walk.work_of(collected, run_id, now, verdicts, problems, 0.0)
    work.reread = walk.rereader(archive, reader, now)
    load(db, work)


def _index(archive: Archive, collected: walk.Collected, record: Record) -> None:
    window = walk.everything(record.fetched_at)
    try:
        list(catalogue.module(record.source).links(archive.payload(record), window))
    except LayoutChanged as error:
        collected.problems.append(Problem(record, error))
    else:
        collected.settled.append(replace(record, state="index"))


def decide(db: Database, archive: Archive, reader: Reader, decision: quarantine.Decision) -> None:
    """Take a person's decision: it is written down first, then carried out. A kill between the two loses nothing.

    Raises:
        AmurError: there is no such entry.
        LayoutChanged: what is to be released still can't be read; nothing was decided.
        AmurError: what a person read is no longer in doubt there, or the page states it; nothing was decided.
    """
    quarantine.write_down(db, archive.folder)
    if quarantine.standing(db, decision) != "done":
        work = _released(db, archive, reader, decision)
        quarantine.note_decision(archive.folder, decision)
        _carry_out(db, work, decision)


def finish(db: Database, archive: Archive, reader: Reader) -> list[str]:
    """Carry out what was decided before a kill; gives a note for each decision that can't be. Only under the lock.

    Raises:
        LoadFailed: the database refused.
    """
    try:
        quarantine.write_down(db, archive.folder)
        taken = quarantine.decisions(archive.folder)
    except ArchiveDamaged as error:
        return [str(error)]
    due = [decision for decision in taken if quarantine.standing(db, decision) == "due"]
    return [note for decision in due for note in _repeated(db, archive, reader, decision)]


def _repeated(db: Database, archive: Archive, reader: Reader, decision: quarantine.Decision) -> list[str]:
    """Carry out a decision on record, or say why it can't be; it stays on record."""
    where = quarantine.standing(db, decision)
    if where == "obsolete":
        return [f"{decision.words()}, but no such entry is held any more; the decision stays on record"]
    if where == "due":
        try:
            work = _released(db, archive, reader, decision)
        except AmurError as error:
            return [f"{decision.words()}, but it can't be carried out: {error}"]
        _carry_out(db, work, decision)
    return []


def _released(db: Database, archive: Archive, reader: Reader, decision: quarantine.Decision) -> Work | None:
    """What a decision loads: a released batch takes the walk again, without the judge's veto; a reading is a row."""
    scope, _, record = quarantine.held_record(db, decision.quarantine_id)
    if decision.decision != "released" or (scope != "batch" and decision.reads is None):
        return None
    run_id, at = f"release-{decision.quarantine_id}", datetime.fromisoformat(decision.at)
    if scope == "batch":
        collected = walk.Collected(record.source, rules=quarantine.rules(archive.folder, at))
        batch = readings.applied(reader.read(archive.payload(record)), collected.rules)
        judged = walk.judge_all(db, record.source, [(record, batch)])
        verdicts = [(held, replace(verdict, load=True, reason="")) for held, verdict in judged]
    else:
        rule = quarantine.rule(decision)
        collected = walk.Collected(record.source, rules={rule.place: rule})
        verdicts = _read_so(db, archive, reader, decision, record.sha256)
    work = walk.work_of(collected, run_id, at, verdicts, [], 0.0)
    work.reread = walk.rereader(archive, reader, at)
    return work


def _read_so(
    db: Database, archive: Archive, reader: Reader, decision: quarantine.Decision, sha256: str
) -> list[tuple[Record, Verdict]]:
    """What a person read, alone, for each body that waits with the same doubt: the rest of them is loaded already.

    Raises:
        AmurError: the entry's own body doesn't give the figure.
    """
    from expectations.judge import Verdict

    rule = quarantine.rule(decision)
    verdicts = []
    for record in quarantine.alike(db, decision):
        batch = reader.read(archive.payload(record))
        rows = readings.applied(batch, {rule.place: rule}).observations[len(batch.observations) :]
        doubts = tuple(doubt for doubt in batch.doubts if readings.place_of(batch, doubt) == rule.place)
        if rows:
            own = Batch(batch.payload, batch.parser, rows, doubts)
            verdicts.append((record, Verdict(own, load=True, reason="", findings=())))
        elif record.sha256 == sha256:
            raise AmurError(
                source=record.source,
                url=record.url,
                at=rule.place.locator,
                expected="a doubt about a figure that the page doesn't state by itself",
                found="the page states this figure" if doubts else "no such doubt",
            )
    return verdicts


def _carry_out(db: Database, work: Work | None, decision: quarantine.Decision) -> None:
    """One transaction holds the decision and the rows that it lets in."""
    enter = partial(quarantine.decide, db, [decision.quarantine_id], decision)
    if work is not None:
        load(db, work, enter)
        return
    with db.transaction():
        enter()
