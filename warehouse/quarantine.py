"""What was held, and a person's decision about it.

Decisions are kept beside the archive (`archive/decisions.jsonl`), a line each, so that `amur rebuild` repeats them.
A line is on the disk before the ledger knows of it: what was decided before a kill is carried out by the next run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from sources.errors import AmurError, ArchiveDamaged
from warehouse.archive import Record, write_durably
from warehouse.database import Database, naive

__all__ = [
    "Decision",
    "Standing",
    "decide",
    "decisions",
    "faults",
    "held_record",
    "note_decision",
    "obsolete",
    "recorded",
    "standing",
    "write_down",
]

DECISIONS: Final = "decisions.jsonl"
Standing = Literal["done", "due", "contradicted", "obsolete"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what about a quarantine entry, when and why. `at` is an ISO instant."""

    quarantine_id: str
    decision: Literal["released", "rejected"]
    by: str
    at: str
    note: str
    payload_sha256: str

    def words(self) -> str:
        """Who decided what, when."""
        return f"{self.quarantine_id}: {self.decision} by {self.by} at {self.at}"


def decisions(archive: Path) -> list[Decision]:
    """The decision in force for each entry, oldest first. An entry's later line takes the place of its earlier one.

    Raises:
        ArchiveDamaged: a line can't be read; says which.
    """
    path = archive / DECISIONS
    if not path.exists():
        return []
    found: dict[str, Decision] = {}
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if line.strip():
            decision = _read(path, number, line)
            found.pop(decision.quarantine_id, None)
            found[decision.quarantine_id] = decision
    return list(found.values())


def _read(path: Path, number: int, line: bytes) -> Decision:
    try:
        decision = Decision(**json.loads(line))
        datetime.fromisoformat(decision.at)
    except (ValueError, TypeError) as error:
        raise ArchiveDamaged(
            url=str(path), at=f"line {number}", expected="a decision in JSON", found=f"{type(error).__name__}: {error}"
        ) from error
    return decision


def note_decision(archive: Path, decision: Decision) -> None:
    """Add a decision unless it is in force already; a disk that fills up leaves the earlier ones whole."""
    same = (decision.quarantine_id, decision.decision)
    if any((d.quarantine_id, d.decision) == same for d in decisions(archive)):
        return
    path = archive / DECISIONS
    before = path.read_bytes() if path.exists() else b""
    write_durably(path, before + json.dumps(asdict(decision), ensure_ascii=False).encode() + b"\n")


def recorded(db: Database) -> list[Decision]:
    """The decisions of people that the ledger has carried out, oldest first."""
    rows = db.rows(
        "SELECT quarantine_id, state, decided_by, decided_at, decision_note, payload_sha256 FROM quarantine "
        "WHERE state IN ('released', 'rejected') ORDER BY decided_at, quarantine_id"
    )
    return [
        Decision(entry, state, by, at.replace(tzinfo=UTC).isoformat(), note, sha256)
        for entry, state, by, at, note, sha256 in rows
    ]


def write_down(db: Database, archive: Path) -> None:
    """Put decisions on the disk that only the ledger knows of, as after the restore of an older archive."""
    on_disk = {decision.quarantine_id for decision in decisions(archive)}
    for decision in recorded(db):
        if decision.quarantine_id not in on_disk:
            note_decision(archive, decision)


def standing(db: Database, decision: Decision) -> Standing:
    """What the ledger says of a decision on the disk: carried out, to be carried out, the opposite, no such entry."""
    state = db.value("SELECT state FROM quarantine WHERE quarantine_id = ?", [decision.quarantine_id])
    if state is None:
        return "obsolete"
    if state == decision.decision:
        return "done"
    return "contradicted" if state in {"released", "rejected"} else "due"


def faults(db: Database, archive: Path) -> list[str]:
    """Where the disk and the ledger disagree about decisions, in words. Obsolete decisions are no fault."""
    try:
        on_disk = decisions(archive)
    except ArchiveDamaged as error:
        return [str(error)]
    words = {
        "due": "but the ledger has not carried it out; the next run does, or the same command again",
        "contradicted": "but the ledger says the opposite",
    }
    found = [f"{d.words()}, {words[where]}" for d in on_disk if (where := standing(db, d)) in words]
    there = {decision.quarantine_id for decision in on_disk}
    return found + [
        f"{d.words()}, but {DECISIONS} doesn't say so; the next run writes it"
        for d in recorded(db)
        if d.quarantine_id not in there
    ]


def obsolete(db: Database, archive: Path) -> list[str]:
    """In words, the decisions about entries that are none any more: a later parser no longer raises them."""
    try:
        found = [d for d in decisions(archive) if standing(db, d) == "obsolete"]
    except ArchiveDamaged:
        return []  # a fault, and named as one
    return [f"{decision.words()}, but no such entry is held any more" for decision in found]


def held_record(db: Database, quarantine_id: str) -> tuple[str, str, Record]:
    """Scope, state and payload record of an entry.

    Raises:
        AmurError: there is no such entry; says how to list those there are.
    """
    rows = db.run("load/held_record", [quarantine_id]).fetchall()
    if not rows:
        raise AmurError(
            at="quarantine",
            expected="the id of an entry",
            found=quarantine_id,
            advice="`amur quarantine list` shows the ids",
        )
    scope, state, *fields = rows[0]
    fields = [f.replace(tzinfo=UTC) if isinstance(f, datetime) else f for f in fields]
    return scope, state, Record(*fields)


def decide(db: Database, ids: Iterable[str], decision: Decision) -> None:
    """Enter a decision for entries of one payload; part of the transaction that loads what was released."""
    db.execute(
        "UPDATE quarantine SET state = ?, decided_at = ?, decided_by = ?, decision_note = ? "
        "WHERE list_contains(?, quarantine_id)",
        [
            decision.decision,
            naive(datetime.fromisoformat(decision.at)),
            decision.by,
            decision.note,
            list(ids),
        ],
    )
    db.execute("INSERT INTO pending_publication VALUES ('quarantine', ?)", [decision.decision])
