"""Publish: checkpoint, close, copy, verify the copy, one rename.

Readers open `trade.duckdb` and nothing else; they see the publication before or the one after, whole. On a lake the
commit that notes a publication is one for all machines, and each brings its own `trade.duckdb` up to it (`bring`).
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb

from sources.errors import PublishFailed
from warehouse import changes, claims
from warehouse.archive import naming, sync_folder
from warehouse.database import AMUR_VERSION, Database, naive
from warehouse.lake import PUBLICATION, Lake
from warehouse.lake_database import LakeDatabase, Newest, copy, newest
from warehouse.reader import PUBLISHED

__all__ = ["PUBLISHED", "Published", "bring", "clear_leftovers", "is_current", "publication_faults", "publish"]

FREE_SPACE_FACTOR: Final = 3


@dataclass(frozen=True, slots=True)
class Published:
    """A publication: its id and where it lies."""

    snapshot_id: str
    path: Path


def clear_leftovers(home: Path) -> None:
    """Remove the part-made copies of a killed run."""
    for part in home.glob(f".{PUBLISHED}.*.tmp*"):
        part.unlink(missing_ok=True)
    claims.clear_scratch(home)


def is_current(db: Database, home: Path) -> bool:
    """Does the published file already say all that the warehouse knows?"""
    path = home / PUBLISHED
    if isinstance(db, LakeDatabase):
        bring(db.lake, home)
    if not path.exists() or db.value("SELECT count(*) FROM pending_publication") or not claims.is_answered(db, home):
        return False
    ours = db.rows("SELECT s.snapshot_id, d.digest FROM snapshot AS s, definitions AS d")
    try:
        with duckdb.connect(str(path), read_only=True) as reader:
            theirs = reader.execute("SELECT s.snapshot_id, d.digest FROM snapshot AS s, definitions AS d").fetchall()
    except duckdb.Error:
        return False  # damaged or of another schema: publishing anew is the cure
    return bool(ours) and ours == theirs


def publication_faults(home: Path, snapshot_id: str | None) -> list[str]:
    """Where the published file isn't the publication that the warehouse speaks of, in words; None: of none yet."""
    path = home / PUBLISHED
    if not path.exists():
        return [f"{PUBLISHED}: missing, though {snapshot_id} was published; the next run publishes"] * bool(snapshot_id)
    try:
        with duckdb.connect(str(path), read_only=True) as reader:
            row = reader.execute("SELECT max(snapshot_id), count(*) FROM snapshot, definitions").fetchone()
            reader.execute("SELECT count(*), sum(value) FROM observations").fetchone()
    except duckdb.Error as error:
        return [f"{PUBLISHED}: can't be read ({error}); the next run publishes anew"]
    found = row[0] if row else None
    if found != snapshot_id:
        return [f"{PUBLISHED}: holds {found or 'no publication'}, the warehouse speaks of {snapshot_id or 'none'}"]
    return []


def publish(db: Database, home: Path, run_id: str, now: datetime) -> Published:
    """Publish what the warehouse knows; closes `db`.

    Raises:
        PublishFailed: too little space, or the copy didn't verify; the publication before stands.
        LoadFailed: a lake can't be read, or didn't take the publication.
    """
    began = time.monotonic()
    snapshot_id = f"{now:%Y%m%dT%H%M%SZ}-{run_id[-6:]}"
    target = home / PUBLISHED
    part = home / f".{PUBLISHED}.{os.getpid()}.tmp"
    try:
        if isinstance(db, LakeDatabase):
            _publish_on_lake(db, part, home, snapshot_id, run_id, now, began)
        else:
            _has_room(home, db.path.stat().st_size)
            counted = _note(db, home, snapshot_id, run_id, now, began, _seen(home))
            db.execute("CHECKPOINT")
            db.close()
            shutil.copyfile(db.path, part)
            _verify(part, snapshot_id, counted)
        part.replace(target)
    except BaseException:
        _drop(part)
        raise
    sync_folder(home)
    return Published(snapshot_id, target)


def _publish_on_lake(
    db: LakeDatabase, part: Path, home: Path, snapshot_id: str, run_id: str, now: datetime, began: float
) -> None:
    """Make the publication on a copy of the lake, which becomes this home's, and commit to the lake what it adds.

    To answer the claims and to compare indicators asks the views hundreds of times: on the copy that takes seconds, on
    the lake it took half a minute. Nobody else writes meanwhile.
    """
    with db.alone():
        copy(db.lake, part, None)
        _has_room(home, part.stat().st_size)
        with closing(Database(part, now)) as local:
            seen = str(local.value("SELECT max(snapshot_id) FROM snapshot") or "")
            counted = _note(local, home, snapshot_id, run_id, now, began, seen)
            local.execute("CHECKPOINT")
        _verify(part, snapshot_id, counted)
        db.take(part, f"{PUBLICATION}{snapshot_id}")
    db.close()


def _has_room(home: Path, size: int) -> None:
    free = shutil.disk_usage(home).free
    if free < FREE_SPACE_FACTOR * size:
        raise PublishFailed(
            url=str(home / PUBLISHED),
            expected=f"{FREE_SPACE_FACTOR * size:,} free bytes in {home}",
            found=f"{free:,}",
            advice="Free space and run `amur nightly` again",
        )


def _note(
    db: Database, home: Path, snapshot_id: str, run_id: str, now: datetime, began: float, seen: str
) -> list[tuple[object, ...]]:
    """Answer the claims, enter the publication and what changed; gives the counts that every copy must show.

    Raises:
        PublishFailed: an invariant doesn't hold.
    """
    if broken := db.violations():
        raise PublishFailed(
            url=db.place,
            expected="every invariant to hold before publishing",
            found=", ".join(f"{name}: {count} rows" for name, count in broken.items()),
            advice="Run `amur verify`, then `amur rebuild`",
        )
    with claims.answered(db, home) as answered, db.transaction():
        db.execute("DELETE FROM pending_publication")
        db.execute("DELETE FROM snapshot")
        db.execute(
            "INSERT INTO snapshot VALUES (?, ?, ?, ?, ?)",
            [snapshot_id, naive(now), run_id, AMUR_VERSION, db.schema_version],
        )
        claims.note(db, answered, snapshot_id, now)
        changes.note_changes(db, snapshot_id, run_id, now, seen)
        db.execute("UPDATE runs SET publish_s = ? WHERE run_id = ?", [time.monotonic() - began, run_id])
    return _counts(db.connection)


def _drop(part: Path) -> None:
    for left in (part, part.with_name(f"{part.name}.wal")):
        left.unlink(missing_ok=True)


def bring(lake: Lake, home: Path) -> Newest | None:
    """Bring a home's `trade.duckdb` up to the newest publication of a lake; None where there is none yet.

    It needs no lock: who reads meanwhile goes on with the file that it has open.

    Raises:
        LoadFailed: the lake can't be read; the copy that there was stands.
        PublishFailed: the copy didn't verify; the one before stands.
    """
    due = newest(lake)
    if due is None or due.snapshot_id == _seen(home):
        return due
    home.mkdir(parents=True, exist_ok=True)
    part = home / f".{PUBLISHED}.{os.getpid()}.tmp"
    try:
        copy(lake, part, due.version)
        _verify(part, due.snapshot_id, None)
        part.replace(home / PUBLISHED)
    except BaseException:
        _drop(part)
        raise
    sync_folder(home)
    return due


def _seen(home: Path) -> str:
    """The id of the publication that readers have; empty where they have none that can be read."""
    path = home / PUBLISHED
    if not path.exists():
        return ""
    try:
        with duckdb.connect(str(path), read_only=True) as reader:
            found = reader.execute("SELECT max(snapshot_id) FROM snapshot").fetchone()
    except duckdb.Error:
        return ""
    return str(found[0] or "") if found else ""


def _counts(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return connection.execute(
        "SELECT (SELECT count(*) FROM vintages), (SELECT count(*) FROM observations), (SELECT count(*) FROM series), "
        "(SELECT count(*) FROM quarantine), (SELECT max(snapshot_id) FROM snapshot)"
    ).fetchall()


def _verify(part: Path, snapshot_id: str, counted: list[tuple[object, ...]] | None) -> None:
    """See that it is on the disk, open it as a reader would and compare it with its original, if that was counted."""
    with naming(part), part.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        with duckdb.connect(str(part), read_only=True) as copy:
            found = _counts(copy)
    except duckdb.Error as error:
        raise PublishFailed(url=str(part), expected="a copy that opens read-only", found=str(error)) from error
    if found != (counted or found) or snapshot_id not in found[0]:
        raise PublishFailed(url=str(part), expected=f"the counts {counted}", found=str(found))
    if part.with_name(part.name + ".wal").exists():
        raise PublishFailed(url=str(part), expected="no write-ahead log beside the copy", found="one")
