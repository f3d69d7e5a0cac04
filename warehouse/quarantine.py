"""What was held, and a person's decision about it.

Decisions are kept beside the archive (`archive/decisions.jsonl`), a line each, so that `amur rebuild` repeats them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from sources.errors import AmurError
from warehouse.archive import Record, write_durably
from warehouse.database import Database, naive

__all__ = ["Decision", "decide", "decisions", "held_record", "note_decision"]

DECISIONS: Final = "decisions.jsonl"


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what about a quarantine entry, when and why. `at` is an ISO instant."""

    quarantine_id: str
    decision: Literal["released", "rejected"]
    by: str
    at: str
    note: str
    payload_sha256: str


def decisions(archive: Path) -> list[Decision]:
    """All decisions ever taken, oldest first."""
    path = archive / DECISIONS
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Decision(**json.loads(line)) for line in lines if line.strip()]


def note_decision(archive: Path, decision: Decision) -> None:
    """Add a decision unless it is there already; a disk that fills up leaves the earlier ones whole."""
    if any(d.quarantine_id == decision.quarantine_id for d in decisions(archive)):
        return
    path = archive / DECISIONS
    before = path.read_bytes() if path.exists() else b""
    write_durably(path, before + json.dumps(asdict(decision), ensure_ascii=False).encode() + b"\n")


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
