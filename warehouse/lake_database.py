"""The writer's database on a lake, and the copies that readers get of it.

DuckLake has no keys, no sequences, no comments on macros, and its macros and views take a question to the catalogue
each. So the lake holds the tables alone. The views and macros are those of a file that the same migrations and the
same SQL make (`template`): it is attached beside the lake, and names that it doesn't hold are looked for there.

Readers get a file like any other publication: `trade.duckdb`, copied from the lake's version that published it. People
send SQL to it, and DuckDB can't be locked while a lake is attached: whoever may read the lake's folder may write to it
(`COPY`), and `postgres_query` reaches any table of the catalogue's server. The copy has keys, too: what would break
one fails to be copied.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from sources.errors import LoadFailed, PublishFailed
from warehouse.database import Database, naive
from warehouse.lake import LAKE, PUBLICATION, Lake, quoted

__all__ = ["LakeDatabase", "Newest", "copy", "newest", "opened"]

NEW: Final = datetime(1970, 1, 1, tzinfo=UTC)  # of the template: no row of it keeps an instant
FULL: Final = "template"
CATALOGUE: Final = ("sources", "source_ranking", "wider", "claim_texts")  # what a database is filled with when made
FILLED: Final = (*CATALOGUE, "schema_versions", "definitions")
# What a publication writes; all else is as it was loaded.
PUBLISHES: Final = (
    "pending_publication", "snapshot", "claim_texts", "claim_answers", "claim_history", "snapshots", "snapshot_runs",
    "indicator_history", "state_history", "findings", "runs",
)  # fmt: skip
COLUMNS_OF: Final = (
    "SELECT column_name FROM duckdb_columns() WHERE database_name = 'template' AND table_name = ? ORDER BY column_index"
)
WRITES: Final = {
    duckdb.StatementType.INSERT, duckdb.StatementType.UPDATE, duckdb.StatementType.DELETE,
    duckdb.StatementType.MERGE_INTO,
}  # fmt: skip
# What a migration may do to be carried out on a lake, where its own text can't be: the differences can be told from
# the tables that it makes.
ADDS: Final = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*(?:CREATE TABLE|CREATE SEQUENCE|ALTER TABLE \w+ ADD COLUMN)\b", re.IGNORECASE
)


class Template(NamedTuple):
    """An empty warehouse as a file, and its views and macros alone; neither is ever written to again."""

    full: Path
    views: Path


class Newest(NamedTuple):
    """The newest publication of a lake: the version of the lake that holds it, and its id."""

    version: int
    snapshot_id: str


@cache
def template() -> Template:
    """Made once in a process: to bind the views takes a second, and would take several on a lake."""
    folder = Path(tempfile.mkdtemp(prefix="amur-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = Template(folder / "full.duckdb", folder / "views.duckdb")
    Database(made.full, NEW).close()
    shutil.copyfile(made.full, made.views)
    with duckdb.connect(str(made.views)) as connection:
        for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall():
            connection.execute(f"DROP TABLE {name}")
        connection.execute("CHECKPOINT")
    return made


def opened(place: Path | Lake, now: datetime) -> Database:
    """The writer's database, in a file or on a lake.

    Raises:
        LoadFailed: it can't be opened, or has a newer schema than this program.
    """
    return LakeDatabase(place, now) if isinstance(place, Lake) else Database(place, now)


def _started() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})


class LakeDatabase(Database):
    """A connection that writes to a lake. Other machines have others: each transaction waits for its turn."""

    shared = True

    def __init__(self, lake: Lake, now: datetime, *, threads: int | None = None) -> None:
        """Attach the lake, or make it, and bring its tables up to date.

        Raises:
            LoadFailed: it can't be reached, has a newer schema than this program, or can't be brought up to date.
            Busy: another writer had its turn for ten minutes.
        """
        self.lake = lake
        self.path = Path(os.devnull)  # there is no file; `place` says where it lies
        self._turns = 0
        self._within = False
        connection = _started()
        try:
            made = template()
            connection.execute(f"ATTACH '{made.full}' AS {FULL} (READ_ONLY)")
            connection.execute(f"ATTACH '{made.views}' AS views (READ_ONLY)")
            lake.load(connection)
            with lake.turn(connection):  # two that make it at once would make it twice
                lake.attach(connection)
            connection.execute("SET search_path = 'views.main,warehouse.main'")
        except BaseException:
            connection.close()
            raise
        self._begin(connection, now, threads)

    @property
    def place(self) -> str:
        """The lake, as the setting says it."""
        return str(self.lake)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the turn for the block: no other writer commits anything before it ends."""
        with self._mutex:
            if self._turns:
                yield
                return
            with self.lake.turn(self.connection):
                self._turns += 1
                try:
                    yield
                finally:
                    self._turns -= 1

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or none of it, in one's turn.

        It changes the row of `writers`, so that of two transactions that overlap all the same, as where the server
        has dropped the connection that held the turn, the later one is refused.
        """
        with self.alone(), super().transaction():
            self._within = True
            try:
                self.connection.execute("UPDATE writers SET turn = turn + 1")
                yield
            finally:
                self._within = False

    def execute(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> duckdb.DuckDBPyConnection:
        """Run one statement; one that writes is a transaction by itself where it stands alone."""
        if self._within or not any(one.type in WRITES for one in self.connection.extract_statements(sql)):
            return super().execute(sql, values)
        with self.transaction():
            return super().execute(sql, values)

    @property
    def schema_version(self) -> int:
        """The newest migration that was applied, 0 for a lake that has just been made."""
        there = "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'warehouse' AND table_name = 'writers'"
        return int(self.value("SELECT coalesce(max(version), 0) FROM schema_versions")) if self.value(there) else 0

    def violations(self) -> dict[str, int]:
        """The same, and keys that a table holds twice: a lake doesn't watch over them."""
        broken = super().violations()
        for table, columns in self._keys():
            key = ", ".join(columns)
            twice = f"SELECT count(*) FROM (SELECT 1 FROM {table} GROUP BY {key} HAVING count(*) > 1)"  # noqa: S608 (names of ours)
            if count := self.value(twice):
                broken[f"{table}_by_{'_'.join(columns)}"] = int(count)
        if (rows := self.value("SELECT count(*) FROM writers")) != 1:
            broken["writers_have_one_row"] = abs(int(rows) - 1)
        return broken

    def take(self, made: Path, message: str) -> None:
        """Commit what was published in the file `made`, a copy of the lake as it is; inside `alone`.

        The message lies in the catalogue beside the lake's version, so that readers find it.
        """
        self.connection.execute(f"ATTACH {quoted(str(made))} AS made (READ_ONLY)")
        try:
            with self.transaction():
                for table in PUBLISHES:
                    self._take(table)
                self.connection.execute("CALL ducklake_set_commit_message('warehouse', 'amur', ?)", [message])
        finally:
            self.connection.execute("DETACH made")

    def _take(self, table: str) -> None:
        """Make a table what it is in the file: rows that differ go and come, the others stay as they are."""
        columns = [column for (column,) in self.rows(COLUMNS_OF, [table])]
        same = " AND ".join(f'l."{column}" IS NOT DISTINCT FROM m."{column}"' for column in columns)
        gone = f"SELECT l.rowid FROM warehouse.{table} AS l ANTI JOIN made.{table} AS m ON {same}"  # noqa: S608 (names of ours)
        new = f"SELECT m.* FROM made.{table} AS m ANTI JOIN warehouse.{table} AS l ON {same} ORDER BY m.rowid"  # noqa: S608 (names of ours)
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE new_rows AS {new}")
        self.connection.execute(f"DELETE FROM warehouse.{table} WHERE rowid IN ({gone})")  # noqa: S608 (names of ours)
        self.connection.execute(f"INSERT INTO warehouse.{table} FROM temp.new_rows")
        self.connection.execute("DROP TABLE temp.new_rows")

    def _refused(self, error: duckdb.Error) -> LoadFailed:
        return self.lake.refused(error, "a catalogue and files that take what is written")

    def _keys(self) -> list[tuple[str, list[str]]]:
        return [
            (str(table), list(columns))
            for table, columns in self.rows(
                "SELECT table_name, constraint_column_names FROM duckdb_constraints() "
                "WHERE database_name = ? AND constraint_type IN ('PRIMARY KEY', 'UNIQUE') ORDER BY ALL",
                [FULL],
            )
        ]

    def _migrate(self, now: datetime) -> None:
        with self.alone():
            have, due = self._due()
            if due and have:
                self._only_adds(have, due)
            if due:
                with super().transaction():  # `writers` may not be there yet
                    self._add_tables()
                    for number, path in due:
                        self.connection.execute(
                            "INSERT INTO schema_versions VALUES (?, ?, ?)", [number, path.stem, naive(now)]
                        )
            self._define()

    def _only_adds(self, have: int, due: list[tuple[int, Path]]) -> None:
        for number, path in due:
            for one in duckdb.extract_statements(path.read_text(encoding="utf-8")):
                if not ADDS.match(one.query):
                    raise LoadFailed(
                        url=self.place, expected=f"a lake of schema {number}", found=f"schema {have}",
                        advice=f"{path.stem} does more than add tables and columns: see docs/ducklake.md",
                    )  # fmt: skip

    def _add_tables(self) -> None:
        """Make the tables and columns that the template has and the lake hasn't."""
        columns = (
            "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() "
            "WHERE database_name = ? AND schema_name = 'main' AND NOT internal "
            "AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE database_name = ?) "
            "ORDER BY table_name, column_index"
        )
        there = {(table, column) for table, column, *_ in self.rows(columns, [LAKE, LAKE])}
        made = {table for table, _ in there}
        tables: dict[str, list[str]] = {}
        for table, column, kind, nullable in self.rows(columns, [FULL, FULL]):
            if table not in made:
                tables.setdefault(table, []).append(f'"{column}" {kind}{"" if nullable else " NOT NULL"}')
            elif (table, column) not in there:
                self.connection.execute(f'ALTER TABLE warehouse.{table} ADD COLUMN "{column}" {kind}')
        for table, lines in tables.items():
            self.connection.execute(f"CREATE TABLE warehouse.{table} ({', '.join(lines)})")
        if "writers" not in made:
            self.connection.execute("CREATE TABLE warehouse.writers (turn BIGINT NOT NULL)")
            self.connection.execute("INSERT INTO warehouse.writers VALUES (0)")

    def _define(self) -> None:
        """Take the catalogue, the wider names and the shipped claims from the template, if that is another one."""
        digest = self.value("SELECT digest FROM template.definitions")
        if self.value("SELECT max(digest) FROM definitions") == digest:
            return
        with self.transaction():
            for table in CATALOGUE:
                shipped = " WHERE origin = 'shipped'" if table == "claim_texts" else ""
                self.connection.execute(f"DELETE FROM {table}{shipped}")  # noqa: S608 (names of ours)
                self.connection.execute(f"INSERT INTO warehouse.{table} FROM template.{table}{shipped}")
            self.connection.execute("DELETE FROM definitions")
            self.connection.execute("INSERT INTO definitions VALUES (?)", [digest])


def newest(lake: Lake) -> Newest | None:
    """The newest publication; None where there is none yet.

    Raises:
        LoadFailed: the lake can't be reached, or there is none.
    """
    with closing(_started()) as connection:
        lake.attach(connection, read_only=True)
        try:
            row = connection.execute(
                "SELECT snapshot_id, commit_message FROM __ducklake_metadata_warehouse.ducklake_snapshot_changes "
                "WHERE starts_with(commit_message, ?) ORDER BY snapshot_id DESC LIMIT 1",
                [PUBLICATION],
            ).fetchone()
        except duckdb.Error as error:
            raise lake.refused(error, "the list of its publications") from None
    return None if row is None else Newest(int(row[0]), str(row[1]).removeprefix(PUBLICATION))


def copy(lake: Lake, target: Path, version: int | None) -> None:
    """Make `target` a warehouse file that holds what a version of the lake holds; None: the newest.

    Raises:
        LoadFailed: the lake can't be read, or is of another schema than this program.
        PublishFailed: a key of a table is there twice.
    """
    shutil.copyfile(template().full, target)
    with closing(_started()) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        lake.attach(connection, read_only=True, version=version)
        connection.execute(f"ATTACH {quoted(str(target))} AS target")
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = 'target' ORDER BY table_name"
            ).fetchall()
        ]
        try:
            _same_schema(lake, connection)
            connection.begin()
            for name in FILLED:
                connection.execute(f"DELETE FROM target.{name}")  # noqa: S608 (names of ours)
            connection.commit()  # apart: a key can't be deleted and come again in one transaction
            connection.begin()
            for name in tables:  # in the order in which the rows came: an update leaves a row's number as it is
                connection.execute(f"INSERT INTO target.{name} BY NAME FROM warehouse.{name} ORDER BY rowid")
            connection.commit()
            connection.execute("CHECKPOINT target")
        except duckdb.ConstraintException as error:
            raise PublishFailed(
                url=str(lake), expected="every key once", found=" ".join(str(error).split()),
                advice="Run `amur verify`: it names the table",
            ) from error  # fmt: skip
        except duckdb.Error as error:
            raise lake.refused(error, "its tables to be read") from None


def _same_schema(lake: Lake, connection: duckdb.DuckDBPyConnection) -> None:
    ((theirs, ours),) = connection.execute(
        "SELECT (SELECT max(version) FROM warehouse.schema_versions), (SELECT max(version) FROM target.schema_versions)"
    ).fetchall()
    if theirs != ours:
        raise LoadFailed(
            url=str(lake), expected=f"a lake of schema {ours}, which is this program's", found=f"schema {theirs}",
            advice="Use one version of Amur on all machines; the first run of a newer one brings the lake up to date",
        )  # fmt: skip
