"""What must hold of an AMUR_HOME after every fault, bad input and kill; written once, for every campaign.

    I1 no row lost    I2 none doubled    I3 none wrong    I4 the publication is readable    L ledger and archive agree

`check` looks at one home by itself; that nothing was lost on the way is told by `fingerprint`, which compares it with a
twin that went undisturbed. Both read copies: a write-ahead log is replayed in the copy, and the home stays as it was.

    python -m tests.invariants HOME [--unsettled] [--rebuild] [--fingerprint]
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import duckdb

from warehouse.archive import Archive
from warehouse.database import SQL, Database, migrations
from warehouse.publisher import PUBLISHED

__all__ = ["check", "differences", "fingerprint", "opened", "tables", "unlike_rebuilt"]

WAREHOUSE: Final = "warehouse.duckdb"
OF_RUNS: Final = frozenset(  # what a run did, not what is known: a night in two parts has two rows
    {"runs", "run_sources", "fetches", "snapshot", "snapshots", "snapshot_runs", "pending_publication", "definitions"}
)
OF_PUBLICATIONS: Final = frozenset({"findings", "indicator_history", "state_history", "claim_history", "claim_answers"})
NOT_REBUILT: Final = OF_PUBLICATIONS | {"absences", "robots", "watches"}  # absences and robots are no documents
INCIDENTAL: Final = frozenset(
    {"run_id", "series_id", "snapshot_id", "finding_id", "from_snapshot", "to_snapshot", "times", "sidecar", "etag"}
)
DATA_TIMES: Final = frozenset({"known_at", "known_to", "fetched_at", "wrong_known_at", "corrected_at"})
ONCE: Final = {  # what no two rows of a table may share
    "vintages": "series_id, period_start, period_end, known_at, value, payload_sha256, locator",
    "payloads": "source, url, sha256, fetched_at",
    "series_dimensions": "series_key",
    "event_candidates": "* EXCLUDE (run_id)",
    "article_vintages": "* EXCLUDE (run_id)",
    "code_vintages": "* EXCLUDE (run_id)",
    "validations": "* EXCLUDE (validated_at)",  # a release judges again what it lets in
    "corrected_vintages": "*",
    "findings": "* EXCLUDE (finding_id)",
}
READ: Final = ("observations", "observation_vintages")
LARGE: Final = ("events", "indicators", "freshness")
BODY: Final = re.compile(r"[0-9a-f]{64}")


def check(home: Path, *, settled: bool = True, views: bool = False, rebuilt: bool = False) -> list[str]:
    """Every violation in words, each beginning with the invariant it breaks; an empty list is a sound home.

    Args:
        home: the AMUR_HOME; nothing in it is changed.
        settled: an undisturbed run has ended since. Right after a kill there may be a body without its sidecar, a
            sidecar without its row, a half-made file and an open run; then `settled` is False.
        views: ask the large views of the publication as well (two seconds for planning alone).
        rebuilt: make the warehouse anew from the archive and compare (some seconds).
    """
    found = list(_publication(home, views=views))
    archive = Archive(home / "archive")
    found += [f"L archive: {fault}" for fault in archive.damage()]
    if not (home / WAREHOUSE).exists():
        return [*found, f"I1 lost: no {WAREHOUSE}"] if settled else found
    try:
        with opened(home / WAREHOUSE) as connection:
            found += _rows(connection)
            found += _ledger(connection, archive, settled=settled)
            if settled and (home / PUBLISHED).exists():
                found += _published_all(connection, home / PUBLISHED)
    except duckdb.Error as error:
        return [*found, f"I1 lost: {WAREHOUSE} doesn't open: {error}"]
    if settled:
        found += [f"L leftover: {path.relative_to(home)}" for path in _half_made(home)]
    if rebuilt:
        found += unlike_rebuilt(home)
    return found


def fingerprint(home: Path, *, instants: bool = False) -> str:
    """One hash of all that a home knows: every table of its warehouse, its publication and the bodies of its archive.

    Left out are what is only told of runs (their ids, number and times) and, without `instants`, every time but the
    days of publishers. With a standing clock `instants` takes in when each value became known.
    """
    return hashlib.sha256(repr(sorted(tables(home, instants=instants).items())).encode()).hexdigest()


def differences(home: Path, twin: Path, *, instants: bool = False) -> list[str]:
    """Where `home` isn't as its undisturbed twin: the tables, with the rows of both."""
    ours, theirs = tables(home, instants=instants), tables(twin, instants=instants)
    return [
        f"I1-I3 {name}: {ours.get(name, 'missing')}, undisturbed {theirs.get(name, 'missing')}"
        for name in sorted({*ours, *theirs})
        if ours.get(name) != theirs.get(name)
    ]


def tables(home: Path, *, instants: bool = False) -> dict[str, str]:
    """The rows and the hash of each table of the warehouse and of the publication, and of the archive's bodies."""
    told = {"archive": _bodies(home / "archive")}
    for name in (WAREHOUSE, PUBLISHED):
        if (home / name).exists():
            with opened(home / name) as connection:
                told |= {f"{name}: {table}": said for table, said in _hashed(connection, instants=instants).items()}
    return told


def unlike_rebuilt(home: Path) -> list[str]:
    """Where the warehouse isn't what `amur rebuild` makes of the archive (P-50)."""
    from flows.reading import Reader
    from flows.rebuild import rebuild
    from warehouse import corrections

    with tempfile.TemporaryDirectory() as folder:
        now = datetime(2100, 1, 1, tzinfo=UTC)
        path = Path(folder) / "rebuilt.duckdb"
        db = Database(path, now)
        try:
            with Reader() as reader:
                rebuild(db, Archive(home / "archive"), reader)
            corrections.apply(db, now)
            theirs = _hashed(db.connection, instants=True)
        finally:
            db.close()
    with opened(home / WAREHOUSE) as connection:
        ours = _hashed(connection, instants=True)
    return [
        f"I1-I3 {name}: {ours.get(name)}, rebuilt from the archive {theirs.get(name)}"
        for name in sorted({*ours, *theirs} - NOT_REBUILT)
        if ours.get(name) != theirs.get(name)
    ]


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database as the next run would find it, opened in a copy with its write-ahead log."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        for name in (path.name, f"{path.name}.wal"):
            if path.with_name(name).exists():
                shutil.copyfile(path.with_name(name), copy.with_name(name))
        with duckdb.connect(str(copy), config={"threads": 1}) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            yield connection


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main' "
        "AND table_name IN (SELECT t.table_name FROM duckdb_tables() AS t) ORDER BY table_name, column_index"
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def _hashed(
    connection: duckdb.DuckDBPyConnection, *, instants: bool, only: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """The number of rows of each table and the sum of their hashes: order is none of a table's facts.

    `only` names a condition for a table: of what else it holds nothing is told.
    """
    told = {}
    for table, columns in _columns(connection).items():
        if table in OF_RUNS:
            continue
        kept = [
            f"t.{name}"
            for name, kind in columns.items()
            if name not in INCIDENTAL
            and ("TIMESTAMP" not in kind or name == "published_at" or (instants and name in DATA_TIMES))
        ]
        whose = ""
        if "series_id" in columns and table != "series_dimensions":  # ids are given in the order of arrival
            kept.append("d.series_key")
            whose = " LEFT JOIN series_dimensions AS d ON t.series_id = d.series_id"
        row = connection.execute(
            f"SELECT count(*), coalesce(sum(hash(ROW({', '.join(kept)}))::HUGEINT), 0) FROM {table} AS t{whose}"
            f" WHERE {only.get(table, 'TRUE')}"
        ).fetchone()
        told[table] = "{} rows, {}".format(*(row or (0, 0)))
    return told


def _bodies(folder: Path) -> str:
    names = sorted(path.name for path in folder.glob("??/*") if BODY.fullmatch(path.name))
    return f"{len(names)} bodies, {hashlib.sha256(repr(names).encode()).hexdigest()[:16]}"


def _rows(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """I1 to I3, as far as a warehouse shows them by itself."""
    there = _columns(connection)
    for table, what in ONCE.items():
        if table in there:
            query = f"SELECT count(*) FROM (SELECT {what} FROM {table} GROUP BY ALL HAVING count(*) > 1)"
            if "*" in what:
                query = f"SELECT (SELECT count(*) FROM {table}) - count(*) FROM (SELECT DISTINCT {what} FROM {table})"
            if count := _value(connection, query):
                yield f"I2 doubled: {count} rows of {table}"
    if "vintages" in there:
        cell = "series_id, period_start, period_end"
        stands = "FROM vintages WHERE NOT superfluous AND NOT aside"
        at_once = f"SELECT count(*) FROM (SELECT {cell}, known_at {stands} GROUP BY ALL HAVING count(*) > 1)"
        if count := _value(connection, at_once):
            yield f"I2 doubled: {count} cells have two values of one instant"
        now = f"SELECT count(*) FROM (SELECT {cell} {stands} AND known_to IS NULL GROUP BY ALL HAVING count(*) > 1)"
        if count := _value(connection, now):
            yield f"I2 doubled: {count} cells have two current values"
        none = f"SELECT count(*) FROM (SELECT {cell} {stands} GROUP BY ALL HAVING count(*) = count(known_to))"
        if count := _value(connection, none):
            yield f"I1 lost: {count} cells have no current value"
        wrong = "SELECT count(*) FROM vintages WHERE NOT isfinite(value) OR (value IS NULL) <> (obs_status = 'M')"
        if count := _value(connection, wrong):
            yield f"I3 wrong: {count} values that are no numbers"
    yield from _products_own(connection, there)


def _products_own(connection: duckdb.DuckDBPyConnection, there: dict[str, dict[str, str]]) -> Iterator[str]:
    """The invariants that the product asks for itself before it publishes."""
    newest = migrations()[-1][0]
    if "schema_versions" in there and _value(connection, "SELECT max(version) FROM schema_versions") == newest:
        for path in sorted((SQL / "invariants").glob("*.sql")):
            text = path.read_text(encoding="utf-8").rstrip().rstrip(";")
            try:
                count = _value(connection, f"SELECT count(*) FROM ({text})")
            except duckdb.CatalogException:
                continue  # killed between the migration and the views: the next run makes them
            if count:
                yield f"I3 wrong: {count} rows break {path.stem}"


def _ledger(connection: duckdb.DuckDBPyConnection, archive: Archive, *, settled: bool) -> Iterator[str]:
    """L: what the ledger speaks of is there; once settled, all that is there is spoken of and dealt with (I1)."""
    if "payloads" not in _columns(connection):
        return
    told = dict(connection.execute("SELECT sidecar, sha256 FROM payloads").fetchall())
    spoken = {path.name for path in archive.folder.glob("??/*.json")}
    yield from (f"I1 lost: {name}: the ledger speaks of it, the archive lacks it" for name in sorted({*told} - spoken))
    if not settled:
        return
    yield from (f"I1 lost: {name}: archived, but not in the ledger" for name in sorted(spoken - {*told}))
    yield from (f"L orphan: {name}" for name in archive.orphans())
    new = _value(connection, "SELECT count(*) FROM payloads WHERE state = 'new'")
    yield from [f"I1 lost: {new} bodies were never read"] * bool(new)
    open_runs = connection.execute("SELECT run_id FROM runs WHERE state = 'running'").fetchall()
    yield from (f"L run {run_id}: never closed" for (run_id,) in open_runs)


def _publication(home: Path, *, views: bool) -> Iterator[str]:
    """I4: what readers have opens read-only, is one whole publication, and its views answer."""
    path = home / PUBLISHED
    if path.with_name(f"{PUBLISHED}.wal").exists():
        yield "I4 publication: a write-ahead log beside it"
    if not path.exists():
        return
    try:
        with duckdb.connect(str(path), read_only=True) as reader:
            row = reader.execute("SELECT count(*), count(DISTINCT snapshot_id) FROM snapshot").fetchone()
            if row != (1, 1):
                yield f"I4 publication: {row} snapshots"
            for view in (
                "observations",
                "observation_vintages",
                *(("events", "indicators", "freshness") if views else ()),
            ):
                reader.execute(f"SELECT count(*) FROM {view}").fetchone()
            yield from (f"I4 publication: {fault}" for fault in _rows(reader))
    except duckdb.Error as error:
        yield f"I4 publication: {error}"


def _published_all(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[str]:
    """I4: once settled, readers have all that is known. What says nothing new no view shows: it waits for what does."""
    told = {"vintages": "NOT superfluous"}
    if _value(connection, "SELECT count(*) FROM pending_publication"):
        yield "I4 publication: what was loaded is not published"
    ours = _hashed(connection, instants=True, only=told)
    with opened(path) as reader:
        theirs = _hashed(reader, instants=True, only=told)
    for name in sorted({*ours, *theirs} - {"payloads", "absences", "robots", "validations", "watches"}):
        if ours.get(name) != theirs.get(name):
            yield f"I4 publication: {name}: {theirs.get(name)}, the warehouse {ours.get(name)}"


def _half_made(home: Path) -> list[Path]:
    archived = [path for path in (home / "archive").rglob(".*") if path.is_file()]
    return [*home.glob(".*.tmp*"), *(home / "reports").glob(".*.tmp*"), *archived]


def _value(connection: duckdb.DuckDBPyConnection, query: str) -> Any:  # noqa: ANN401 (a cell has any type)
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def main() -> int:
    """The command: each violation in a line, exit 1 if there is one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("home", type=Path, help="an AMUR_HOME")
    parser.add_argument("--unsettled", action="store_true", help="right after a kill, before the next run")
    parser.add_argument("--rebuild", action="store_true", help="compare with what the archive alone gives")
    parser.add_argument("--fingerprint", action="store_true", help="print the hash of all that the home knows")
    options = parser.parse_args()
    found = check(options.home, settled=not options.unsettled, views=True, rebuilt=options.rebuild)
    if options.fingerprint:
        print(fingerprint(options.home))  # noqa: T201
    print("\n".join(found) or f"{options.home}: every invariant holds")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
