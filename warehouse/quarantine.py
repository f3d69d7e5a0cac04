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
from typing import Any, Final, Literal

from sources.errors import AmurError, ArchiveDamaged
from warehouse import readings
from warehouse.archive import Record, write_durably
from warehouse.database import Database, naive

__all__ = [
    "Decision",
    "Standing",
    "alike",
    "by_rule",
    "decide",
    "decisions",
    "faults",
    "held_doubt",
    "held_record",
    "history",
    "no_entry",
    "note_decision",
    "obsolete",
    "record_of",
    "recorded",
    "rule",
    "rules",
    "standing",
    "write_down",
]

DECISIONS: Final = "decisions.jsonl"
READ_AS: Final = "; read as "  # the ledger keeps a reading behind the reason
Standing = Literal["done", "due", "contradicted", "obsolete"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what about a quarantine entry, when and why. `at` is an ISO instant.

    `reads` is how a person reads a doubt: its place (`source`, `url`, `locator`, `found`) and the reading (`as`).
    """

    quarantine_id: str
    decision: Literal["released", "rejected"]
    by: str
    at: str
    note: str
    payload_sha256: str
    reads: dict[str, str] | None = None

    def words(self) -> str:
        """Who decided what, when."""
        return f"{self.quarantine_id}: {self.decision} by {self.by} at {self.at}"


def decisions(archive: Path) -> list[Decision]:
    """The decision in force for each entry, oldest first. An entry's later line takes the place of its earlier one.

    Raises:
        ArchiveDamaged: a line can't be read; says which.
    """
    found: dict[str, Decision] = {}
    for decision in _lines(archive):
        found.pop(decision.quarantine_id, None)
        found[decision.quarantine_id] = decision
    return list(found.values())


def history(archive: Path, quarantine_id: str) -> list[Decision]:
    """Every decision that was ever taken about one entry, oldest first; the last one is in force.

    Raises:
        ArchiveDamaged: a line can't be read; says which.
    """
    return [decision for decision in _lines(archive) if decision.quarantine_id == quarantine_id]


def _lines(archive: Path) -> list[Decision]:
    path = archive / DECISIONS
    if not path.exists():
        return []
    lines = enumerate(path.read_bytes().split(b"\n"), start=1)
    return [_read(path, number, line) for number, line in lines if line.strip()]


def _read(path: Path, number: int, line: bytes) -> Decision:
    try:
        decision = Decision(**json.loads(line))
        datetime.fromisoformat(decision.at)
        if decision.reads is not None:
            rule(decision)
    except (ValueError, TypeError, AmurError) as error:
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
    facts = {name: fact for name, fact in asdict(decision).items() if fact is not None}
    write_durably(path, before + json.dumps(facts, ensure_ascii=False).encode() + b"\n")


def rule(decision: Decision) -> readings.Rule:
    """The rule that a decision with a reading stands for.

    Raises:
        AmurError: the reading isn't one.
        TypeError: the decision has none, or not of this form.
    """
    facts = dict(decision.reads or {})
    if not all(isinstance(fact, str) for fact in facts.values()):
        raise TypeError("a reading is text")
    text = facts.pop("as", "")
    place, said = readings.Place(**facts), readings.reading(text)
    return readings.Rule(place, text, said, decision.by, decision.at, decision.note)


def by_rule(one: readings.Rule, quarantine_id: str, payload_sha256: str) -> Decision:
    """The decision about an entry that a rule settles: that of the person who made the rule."""
    reads = {**one.place._asdict(), "as": one.text}
    return Decision(quarantine_id, "released", one.by, one.at, one.note, payload_sha256, reads)


def rules(archive: Path, before: datetime | None = None) -> readings.Rules:
    """The readings of people that stand, or stood before an instant, by the place that they are about.

    A list that can't be read gives none: then doubts are held, and the next run and `amur verify` name the fault.
    """
    try:
        taken = decisions(archive)
    except ArchiveDamaged:
        return {}
    stand = [d for d in taken if d.decision == "released" and d.reads is not None]
    found = [rule(d) for d in stand if before is None or datetime.fromisoformat(d.at) < before]
    return {one.place: one for one in found}


def recorded(db: Database) -> list[Decision]:
    """The decisions of people that the ledger has carried out, oldest first."""
    rows = db.rows(
        "SELECT quarantine_id, state, decided_by, decided_at, decision_note, payload_sha256, kind FROM quarantine "
        "WHERE state IN ('released', 'rejected') ORDER BY decided_at, quarantine_id"
    )
    found = []
    for entry, state, by, at, note, sha256, kind in rows:
        why, said = _parted(note) if kind == "row" else (note, "")
        reads = {**held_doubt(db, entry)._asdict(), "as": said} if said else None
        found.append(Decision(entry, state, by, at.replace(tzinfo=UTC).isoformat(), why, sha256, reads))
    return found


def _parted(note: str) -> tuple[str, str]:
    """The reason and the reading out of the ledger's note; without a reading, the note as it is."""
    why, _, said = note.rpartition(READ_AS)
    try:
        readings.reading(said)
    except AmurError:
        return note, ""
    return why, said


def write_down(db: Database, archive: Path) -> None:
    """Put decisions on the disk that only the ledger knows of, as after the restore of an older archive."""
    for decision in _untold(db, decisions(archive)):
        note_decision(archive, decision)


def _untold(db: Database, on_disk: Iterable[Decision]) -> list[Decision]:
    """What only the ledger knows. An entry that a rule let in is told of by the decision that made the rule."""
    told = list(on_disk)
    ids = {decision.quarantine_id for decision in told}
    ruled = {(decision.by, decision.at) for decision in told if decision.reads is not None}
    return [
        d for d in recorded(db) if d.quarantine_id not in ids and not (d.reads is not None and (d.by, d.at) in ruled)
    ]


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
    return found + [
        f"{d.words()}, but {DECISIONS} doesn't say so; the next run writes it" for d in _untold(db, on_disk)
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
        raise no_entry(quarantine_id)
    scope, state, *fields = rows[0]
    return scope, state, record_of(fields)


def no_entry(quarantine_id: str) -> AmurError:
    """What to say of an id that no entry has."""
    return AmurError(
        at="quarantine",
        expected="the id of an entry",
        found=quarantine_id,
        advice="`amur quarantine list` shows the ids",
    )


def record_of(fields: Iterable[Any]) -> Record:
    """A payload record out of the columns of `load/held_record` behind scope and state."""
    aware: list[Any] = [f.replace(tzinfo=UTC) if isinstance(f, datetime) else f for f in fields]
    return Record(*aware)


def held_doubt(db: Database, quarantine_id: str) -> readings.Place:
    """Where the doubt of an entry of kind `row` stands, and what is printed there."""
    ((source, url, locator, found),) = db.rows(
        "SELECT source, url, locator, json_extract_string(evidence, '$.found') FROM quarantine WHERE quarantine_id = ?",
        [quarantine_id],
    )
    return readings.Place(source, url, locator, found or "")


def alike(db: Database, decision: Decision) -> list[Record]:
    """The bodies that a reading is about: that of its entry, and those whose same doubt is held."""
    values = [*rule(decision).place, decision.quarantine_id]
    return [record_of(fields) for fields in db.run("load/alike_records", values).fetchall()]


def decide(db: Database, ids: Iterable[str], decision: Decision) -> None:
    """Enter a decision for entries of one payload; part of the transaction that loads what was released."""
    said = f"{READ_AS}{decision.reads['as']}" if decision.reads is not None else ""
    db.execute(
        "UPDATE quarantine SET state = ?, decided_at = ?, decided_by = ?, decision_note = ? "
        "WHERE list_contains(?, quarantine_id)",
        [
            decision.decision,
            naive(datetime.fromisoformat(decision.at)),
            decision.by,
            decision.note + said,
            list(ids),
        ],
    )
    db.execute("INSERT INTO pending_publication VALUES ('quarantine', ?)", [decision.decision])
