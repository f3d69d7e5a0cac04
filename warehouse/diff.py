"""What differs between two publications: of one warehouse by its history, or of two published files.

Observations are compared by the vintages that each publication held, indicators by what was published; a changed
indicator says whether figures moved or the program that computes it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from sources.errors import AmurError
from warehouse.database import statement
from warehouse.reader import LOCKED, SESSION, Connection, connect

__all__ = ["Difference", "Snapshot", "between", "between_files", "snapshot"]

NEAREST: Final = 3


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One publication: its number in the history of its warehouse, and what computed it."""

    number: int
    snapshot_id: str
    published_at: Any
    run_id: str
    amur_version: str
    schema_version: int
    definitions: str


@dataclass(frozen=True, slots=True)
class Difference:
    """The rows that differ between `old` and `new`; `another_program`: views or version are not the same."""

    old: Snapshot
    new: Snapshot
    another_program: bool
    rows: tuple[dict[str, Any], ...]

    def counts(self) -> dict[tuple[str, str], int]:
        """How many rows were added, changed and withdrawn, among indicators and among observations."""
        found = {(about, change): 0 for about in ("indicator", "observation") for change in _CHANGES}
        for row in self.rows:
            found[row["about"], row["change"]] += 1
        return found


_CHANGES: Final = ("added", "changed", "withdrawn")


def snapshot(connection: Connection, name: str) -> Snapshot:
    """A publication by its id, the beginning of its id, `latest` or `previous`.

    Raises:
        AmurError: there is none, or more than one begins so; the message names the nearest.
    """
    every = _snapshots(connection, "snapshots")
    if name in {"latest", "previous"}:
        back = 1 if name == "latest" else 2
        if len(every) >= back:
            return every[-back]
    exact = [one for one in every if one.snapshot_id == name]
    begun = exact or [one for one in every if name and one.snapshot_id.startswith(name)]
    if len(begun) == 1:
        return begun[0]
    ids = [one.snapshot_id for one in begun or every]
    near = difflib.get_close_matches(name, ids, NEAREST, 0.0) or ids[-NEAREST:]
    raise AmurError(
        at=f"snapshot {name!r}",
        expected="the id of a publication or a beginning that one alone has, latest or previous",
        found=f"{len(begun)} of {len(every)} publications",
        advice=f"The nearest: {', '.join(near)}" if near else "Nothing has been published yet",
    )


def between(connection: Connection, old: Snapshot, new: Snapshot) -> Difference:
    """What differs between two publications of the history in one published database, from the older to the newer."""
    old, new = sorted((old, new), key=lambda one: one.number)
    for name in ("cells_at", "answers_at"):
        connection.execute(statement(f"diff/{name}"), [old.number, new.number])
    return _difference(connection, old, new)


def between_files(old: Path, new: Path) -> Difference:
    """What differs between two published files; their histories need not be the same.

    Raises:
        AmurError: a file is missing, damaged, or was published by a version without a history.
    """
    with _both(old, new) as connection:
        ends = [_snapshots(connection, f"{name}.snapshots") for name in ("old_file", "new_file")]
        for path, found in zip((old, new), ends, strict=True):
            if not found:
                raise AmurError(url=str(path), expected="a published database with its history", found="none")
        connection.execute(statement("diff/cells_of_files"))
        connection.execute(statement("diff/answers_of_files"))
        return _difference(connection, ends[0][-1], ends[1][-1])


@contextmanager
def _both(old: Path, new: Path) -> Iterator[Connection]:
    """Two published files, attached read-only in one connection that can reach nothing else."""
    if old.resolve() == new.resolve():
        raise AmurError(at="amur diff", expected="two published files", found=f"{old} twice")
    for path in (old, new):
        with connect(path):
            pass  # says in words what is wrong with it
    connection = duckdb.connect(config={name: value for name, value in LOCKED.items() if "external" not in name})
    try:
        for name, path in (("old_file", old), ("new_file", new)):
            literal = str(path).replace("'", "''")  # ATTACH takes no parameter
            connection.execute(f"ATTACH '{literal}' AS {name} (READ_ONLY)")
        connection.execute(statement("macros/10_period_label"))
        for setting in (*SESSION, "SET enable_external_access = false", "SET lock_configuration = true"):
            connection.execute(setting)
        yield connection
    finally:
        connection.close()


def _snapshots(connection: Connection, table: str) -> Sequence[Snapshot]:
    try:
        rows = connection.execute(statement("read/snapshots").replace("FROM snapshots", f"FROM {table}")).fetchall()
    except duckdb.CatalogException as error:
        raise AmurError(
            at=table, expected="a published database with its history", found="one of an earlier version of Amur",
            advice="`amur nightly` publishes anew",
        ) from error  # fmt: skip
    return [Snapshot(*row) for row in rows]


def _difference(connection: Connection, old: Snapshot, new: Snapshot) -> Difference:
    another = (old.amur_version, old.definitions) != (new.amur_version, new.definitions)
    result = connection.execute(statement("diff/differences"), [another])
    names = [column[0] for column in result.description or ()]
    return Difference(old, new, another, tuple(dict(zip(names, row, strict=True)) for row in result.fetchall()))
