"""The writer's database: open it, bring its schema up to date, and run the SQL that lies beside this module."""

from __future__ import annotations

import hashlib
import re
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import duckdb

from sources.catalogue import CATALOGUE
from sources.errors import LoadFailed
from sources.lean import keep_pandas_out
from sources.parse.news.wider import wider
from warehouse import heads
from warehouse.claim_files import every_claim, shipped
from warehouse.reader import SESSION

__all__ = ["AMUR_VERSION", "SQL", "Database", "naive", "statement"]

SQL: Final = Path(__file__).parent / "sql"
AMUR_VERSION: Final = version("amur")
EVERY_CLAIM: Final = "FROM every_claim\n"  # in macros/91_claims_as_of.sql: stands for all the claims' files
READER_SETTINGS: Final = (*SESSION, "SET preserve_insertion_order = true")
ROWS_AT_ONCE: Final = 100  # of `insert`
FOLDERS: Final = re.compile(r"(?<=\")[^\"]*/(?=[^\"/]*\")")  # of a quoted path: the address says where it lies


@cache
def statement(name: str) -> str:
    """The text of one SQL file, by its path below warehouse/sql without the ending."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def naive(when: datetime | None) -> datetime | None:
    """An aware instant as the warehouse keeps it: UTC without a mark."""
    return None if when is None else when.astimezone(UTC).replace(tzinfo=None)


def migrations() -> list[tuple[int, Path]]:
    """The migrations in order; their numbers start at 1 and have no gap."""
    return [(int(path.name[:4]), path) for path in sorted((SQL / "migrations").glob("*.sql"))]


def definitions() -> list[Path]:
    """The files that define views and macros, in the order in which they build on one another."""
    found = [*SQL.glob("views/*.sql"), *SQL.glob("macros/*.sql"), *SQL.glob("indicators/*.sql")]
    return sorted(found, key=lambda path: path.name)


def _is_of_the_disk(error: duckdb.Error) -> bool:
    """Is it a write that failed? A commit that failed for want of room is a failure of the transaction, too."""
    return isinstance(error, duckdb.FatalException | duckdb.IOException) or "Could not" in str(error)


class Database:
    """The one connection that writes. Use it from one thread at a time; `transaction` keeps others out.

    `shared` says whether other homes write to the same warehouse (a lake, see `warehouse.lake_database`).
    """

    shared: bool = False

    def __init__(self, path: Path, now: datetime, *, threads: int | None = None) -> None:
        """Open or make the database at `path` and bring its schema up to date.

        Raises:
            LoadFailed: the file is not a DuckDB database, is damaged, or has a newer schema than this program.
        """
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            connection = duckdb.connect(str(path))
        except duckdb.Error as error:
            raise LoadFailed(
                url=str(path),
                expected="a DuckDB database that can be written",
                found=str(error),
                advice="Restore it from a backup, or move it away and run `amur rebuild`",
            ) from error
        self._begin(connection, now, threads)

    def _begin(self, connection: duckdb.DuckDBPyConnection, now: datetime, threads: int | None) -> None:
        keep_pandas_out()
        self.connection = connection
        self._mutex = threading.RLock()
        try:
            for setting in READER_SETTINGS:
                self.connection.execute(setting)
            if threads is not None:
                self.connection.execute(f"SET threads = {threads:d}")
            self._migrate(now)
        except BaseException:
            self.connection.close()
            raise

    @property
    def place(self) -> str:
        """Where it lies, for errors."""
        return str(self.path)

    def close(self) -> None:
        """Close the connection; what was committed stays."""
        self.connection.close()

    def execute(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> duckdb.DuckDBPyConnection:
        """Run one statement with its parameters.

        DuckDB words what a signal's handler raised in the middle of a query as the query's failure; here it goes on
        as what it is, so that nothing which deals with failed queries can take it for one.
        """
        try:
            return self.connection.execute(sql, values)
        except RuntimeError as error:
            if isinstance(error.__cause__, SystemExit | KeyboardInterrupt):
                self.connection.interrupt()  # a thread of DuckDB may not have heard of it, and `close` would wait
                raise error.__cause__ from None
            raise
        except (duckdb.FatalException, duckdb.TransactionException, duckdb.IOException) as error:
            if not _is_of_the_disk(error):
                raise
            raise self._refused(error) from error

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.execute(sql, values).fetchall()

    def value(self, sql: str, values: Sequence[object] = ()) -> Any:  # noqa: ANN401 (a cell has any type)
        """The first cell of a query that gives at least one row."""
        row = self.execute(sql, values).fetchone()
        return row[0] if row else None

    def run(self, name: str, values: Sequence[object] = ()) -> duckdb.DuckDBPyConnection:
        """Run the statement in a SQL file."""
        return self.execute(statement(name), values)

    def insert(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """Append rows in few statements: on a lake each one costs a question to its catalogue."""
        for first in range(0, len(rows), ROWS_AT_ONCE):
            some = rows[first : first + ROWS_AT_ONCE]
            places = ", ".join(["(" + ", ".join("?" * len(some[0])) + ")"] * len(some))
            self.execute(f"INSERT INTO {table} VALUES {places}", [cell for row in some for cell in row])  # noqa: S608 (a name of ours)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or none of it."""
        with self._mutex:
            self.connection.begin()
            try:
                yield
            except BaseException:
                self.connection.rollback()
                raise
            try:
                self.connection.commit()
            except (duckdb.FatalException, duckdb.TransactionException, duckdb.IOException) as error:
                if not _is_of_the_disk(error):
                    raise
                raise self._refused(error) from error

    def _refused(self, error: duckdb.Error) -> LoadFailed:
        """The disk didn't take what was to be written: what was committed before stands."""
        return LoadFailed(
            url=self.place,
            expected="a disk that takes what is written",
            found=FOLDERS.sub("", str(error)),
            advice="Free or mend the disk and run again; what was committed before stands, the bytes are archived",
        )

    @property
    def schema_version(self) -> int:
        """The newest migration that was applied, 0 for an empty file."""
        there = self.value("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'schema_versions'")
        return int(self.value("SELECT coalesce(max(version), 0) FROM schema_versions")) if there else 0

    def violations(self) -> dict[str, int]:
        """For each invariant that doesn't hold, the number of rows that break it."""
        broken = {}
        for path in sorted((SQL / "invariants").glob("*.sql")):
            text = path.read_text(encoding="utf-8").rstrip().rstrip(";")
            if count := self.value(f"SELECT count(*) FROM ({text})"):  # noqa: S608 (our own file)
                broken[path.stem] = int(count)
        return broken

    def _migrate(self, now: datetime) -> None:
        have, due = self._due()
        if due and have:
            self.connection.execute("CHECKPOINT")
            shutil.copy2(self.path, self.path.with_suffix(f".schema-{have}.duckdb"))
        for number, path in due:
            with self.transaction():
                self.connection.execute(path.read_text(encoding="utf-8"))
                self.connection.execute("INSERT INTO schema_versions VALUES (?, ?, ?)", [number, path.stem, naive(now)])
        self._define()

    def _due(self) -> tuple[int, list[tuple[int, Path]]]:
        """The version that there is, and the migrations that are to be made.

        Raises:
            LoadFailed: it is newer than this program.
        """
        have, steps = self.schema_version, migrations()
        newest = steps[-1][0]
        if have > newest:
            raise LoadFailed(
                url=self.place,
                expected=f"a schema of version {newest} or older",
                found=f"version {have}",
                advice="This database was written by a newer Amur: upgrade, or use another AMUR_HOME",
            )
        return have, [(number, path) for number, path in steps if number > have]

    def _define(self) -> None:
        """Make the views, macros, comments, the catalogue and the wider names anew, if any of them has changed."""
        files = [*definitions(), SQL / "comments.sql", SQL / "macro_comments.sql", SQL / "load" / "rank_sources.sql"]
        texts = [path.read_text(encoding="utf-8") for path in files]
        texts = [text.replace(EVERY_CLAIM, f"FROM {every_claim()}\n") for text in texts]
        data = (repr(sorted(CATALOGUE.items())), repr(wider()), repr(shipped()))
        digest = hashlib.sha256("\0".join([*texts, *data]).encode()).hexdigest()
        if self.value("SELECT digest FROM definitions") == digest:
            return
        with self.transaction():
            for text in texts[: len(definitions())]:
                self.connection.execute(text)
            for head in map(heads.read, definitions()):  # the files of comments may say more of it
                said = head.meaning.replace("'", "''")
                self.connection.execute(f"COMMENT ON {head.kind} {head.name} IS '{said}'")
            for text in texts[len(definitions()) :]:
                self.connection.execute(text)
            self.connection.execute("DELETE FROM sources")
            for entry in CATALOGUE.values():
                self.connection.execute(
                    "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        entry.id, entry.family, entry.title, entry.publisher, entry.url, entry.licence,
                        entry.attribution, entry.cadence, entry.calendar,
                        *(entry.due_days or (None, None)), entry.stale_days, entry.january_apart, entry.history_from,
                        entry.official,
                    ],
                )  # fmt: skip
            self.connection.execute(statement("load/rank_news"))
            self.connection.execute("DELETE FROM wider")
            self.connection.executemany("INSERT INTO wider VALUES (?, ?, ?)", wider())
            self.connection.execute("DELETE FROM claim_texts WHERE origin = 'shipped'")
            for claim in shipped():
                self.connection.execute(
                    "INSERT INTO claim_texts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        claim.claim_id, claim.claim, claim.claimed_on, claim.asks, claim.expected, claim.tolerance,
                        claim.unit, claim.note, claim.origin, claim.file, claim.sha256,
                    ],
                )  # fmt: skip
            self.connection.execute("DELETE FROM definitions")
            self.connection.execute("INSERT INTO definitions VALUES (?)", [digest])
