"""What changed between publications: note what is published, find what differs from before, tell it by weight.

The history of publications lives in the warehouse and is published with it. `amur rebuild` begins a new one: the
archive holds what was fetched, not what was published.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import duckdb

from warehouse.address import dicts
from warehouse.database import AMUR_VERSION, Database, naive, statement

__all__ = ["findings", "last_change", "newest_findings", "newly_late", "note_changes"]

STATES: Final = ("read_events", "read_projects", "read_disagreements", "read_releases")
OF_FIGURES: Final = ("find_figures", "find_revisions", "find_withdrawn", "find_records", "find_sign_changes")
WORKED_WITH: Final = ("indicators_now", "indicator_changes", "states_now", "state_changes", "found")


def note_changes(db: Database, snapshot_id: str, run_id: str, now: datetime, seen: str = "") -> None:
    """Enter the publication that is being made, and what it shows that the one before did not.

    Part of the transaction of `publish`, after `snapshot` names the new publication.

    Args:
        db: the writer's database.
        snapshot_id: the publication.
        run_id: the run that publishes.
        now: the publication's instant.
        seen: the id of the publication that readers have. Where the newest that is entered is another, it never came
            out (its copy failed, or the run was killed): this one then stands for both.
    """
    number, at = _number(db, snapshot_id, seen), naive(now)
    db.run("publish/note_snapshot", [number, snapshot_id, at, run_id, AMUR_VERSION, db.schema_version])
    db.run("publish/note_runs", [number])
    db.run("publish/begin_findings")
    _note_figures(db, number, at)
    _note_states(db, number, at)
    db.run("publish/find_held", [number])
    db.run("publish/find_claims", [snapshot_id])
    db.run("publish/keep_findings", [at, run_id, snapshot_id])
    for name in WORKED_WITH:
        db.execute(f"DROP TABLE {name}")


def _note_figures(db: Database, number: int, at: datetime | None) -> None:
    db.run("publish/read_indicators")
    db.run("publish/compare_indicators", [number])
    for name in OF_FIGURES:
        db.run(f"publish/{name}")
    db.run("publish/close_indicators", [number, at])
    db.run("publish/add_indicators", [number, at])


def _note_states(db: Database, number: int, at: datetime | None) -> None:
    db.run("publish/begin_states")
    for name in STATES:
        db.run(f"publish/{name}")
    if db.value("SELECT count(*) FROM watches"):  # to plan the view takes longer than all other states together
        db.run("publish/read_quotes")
    db.run("publish/compare_states")
    db.run("publish/find_events", [at])
    db.run("publish/find_projects")
    db.run("publish/find_disagreements")
    db.run("publish/find_releases")
    db.run("publish/find_quotes")
    db.run("publish/close_states", [number, at])
    db.run("publish/add_states", [number, at])


def _number(db: Database, snapshot_id: str, seen: str) -> int:
    """The number of a new publication; an earlier one that never came out gives way to it."""
    newest = db.rows("SELECT number, snapshot_id FROM snapshots ORDER BY number DESC LIMIT 1")
    if not newest:
        return 1
    number, before = newest[0]
    if before == seen:
        return int(number) + 1
    db.execute("DELETE FROM snapshots WHERE number = ?", [number])
    db.execute("UPDATE findings SET snapshot_id = ? WHERE snapshot_id = ?", [snapshot_id, before])
    return int(number)


def newly_late(db: Database, now: datetime) -> bool:
    """Has a source become stale or a release overdue since the newest publication?"""
    return bool(db.run("publish/newly_late", [naive(now)]).fetchall()[0][0])


def findings(
    connection: duckdb.DuckDBPyConnection,
    *,
    since: datetime | None = None,
    run_id: str = "",
    kind: str = "",
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """Findings of the published database, by rank: of the newest publication, or since an instant, or of one run.

    Args:
        connection: the published database.
        since: those that were found at this instant or later.
        run_id: those of this run.
        kind: those of this kind.
        limit: at most so many.
    """
    return dicts(connection, statement("read/findings"), [naive(since), run_id, kind, limit])


def newest_findings(connection: duckdb.DuckDBPyConnection, limit: int) -> list[dict[str, Any]]:
    """The newest findings of the published database, newest first, those of one publication by rank."""
    return dicts(connection, statement("read/newest_findings"), [limit])


def last_change(connection: duckdb.DuckDBPyConnection) -> Mapping[str, Any] | None:
    """The newest publication that found something, with its number of findings; None if none ever did."""
    found = dicts(connection, statement("read/last_change"), [])
    return found[0] if found else None
