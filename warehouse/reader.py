"""The published database, read-only and locked: SQL from people can read it and nothing else."""

from __future__ import annotations

import csv
import io
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

import duckdb

from sources.errors import AmurError
from sources.lean import keep_pandas_out, let_pandas_in
from sources.redaction import json_text

__all__ = [
    "PUBLISHED", "Connection", "Format", "Result", "connect", "csv_text", "first_rows", "for_sheet", "query", "shown",
    "snapshot_in", "snapshot_of", "write_result",
]  # fmt: skip

Connection = duckdb.DuckDBPyConnection
Result = duckdb.DuckDBPyRelation | None
Format = Literal["table", "csv", "json", "parquet"]
PUBLISHED: Final = "trade.duckdb"  # below AMUR_HOME
EXACT: Final = 1e15  # doubles are exact to 15 digits
MILLION: Final = 1e6
BATCH: Final = 100  # rows taken at a time from an answer of which not all may be wanted
# What every session sets. A result that waits to be read may be as large as the buffer: DuckDB 1.5.5 never ends some
# queries whose result is larger than its default of 1 MB (seen with all indicators of ten million vintages).
SESSION: Final = ("SET TimeZone = 'UTC'", "SET streaming_buffer_size = '1GiB'")
LOCKED: Final = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "4GB",
    "max_temp_directory_size": "8GB",  # of what a query may put on the disk beside the database while it runs
    "threads": str(min(4, os.cpu_count() or 1)),
}


@contextmanager
def connect(
    path: Path, *, limit_s: float | None = None, writes_to: Path | None = None, threads: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database at `path`, locked; a query that runs longer than `limit_s` is interrupted.

    Its queries reach no file at all, or those below the folder `writes_to` alone. `threads` is how many of DuckDB's own
    work at a query; None: as many as there are cores, at most four.

    Raises:
        AmurError: nothing has been published there yet, or the file is damaged.
    """
    if not path.exists():
        raise AmurError(
            url=str(path),
            expected="a published database",
            found="no file",
            advice="`make nightly` makes it; or set AMUR_HOME to the folder that holds it",
        )
    keep_pandas_out()
    config: dict[str, str | bool | int | float | list[str]] = {**LOCKED}
    if threads is not None:
        config["threads"] = threads
    if writes_to:  # the folder can't be named at the start: DuckDB takes it from a started database until access is off
        del config["enable_external_access"]
    try:
        connection = duckdb.connect(str(path), read_only=True, config=config)
    except duckdb.Error as error:
        raise AmurError(
            url=str(path),
            expected="a DuckDB database",
            found=str(error),
            advice="Run `amur nightly`: it publishes anew from the warehouse",
        ) from error
    timer = threading.Timer(limit_s, connection.interrupt) if limit_s else None
    try:
        for setting in SESSION:
            connection.execute(setting)
        if writes_to:
            connection.execute("SET allowed_directories = $1", [[str(writes_to)]])
            connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        if timer:
            timer.daemon = True
            timer.start()
        yield connection
    finally:
        if timer:
            timer.cancel()
        connection.close()


def snapshot_of(published: Path) -> str | None:
    """The id of the publication in the file; None where its table of snapshots is empty.

    Raises:
        AmurError: nothing is published there.
    """
    with connect(published) as connection:
        return snapshot_in(connection)


def snapshot_in(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The same of a publication that is open."""
    row = connection.execute("SELECT max(snapshot_id) FROM snapshot").fetchone()
    return row[0] if row else None


def query(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> Result:
    """Run one query of a person's to its end; None is what a statement without rows gives.

    As a relation, because a plain `execute` gives the first rows before the last ones are computed: a text in row
    900,000 that is no number then fails while the answer is being written, in words that name no cause.

    Raises:
        AmurError: DuckDB refuses it, in its own words, or the time limit has passed.
    """
    with _worded():
        result = connection.sql(sql, params=list(values) or None)
        return None if result is None else result.execute()


def first_rows(
    connection: duckdb.DuckDBPyConnection, sql: str, most: int
) -> tuple[list[str], Iterator[Sequence[object]]]:
    """The columns and the first rows of a person's query, as they are computed: what isn't taken is kept nowhere.

    A statement without rows has no column. What goes wrong in a late row is told when that row is taken.

    Raises:
        AmurError: as `query`.
    """
    with _worded():
        result = connection.sql(sql)
        if result is None:
            return [], iter(())
        result = result.limit(most)
        return _names(result), _streamed(result)


def _streamed(result: duckdb.DuckDBPyRelation) -> Iterator[Sequence[object]]:
    with _worded():
        while rows := result.fetchmany(BATCH):
            yield from rows


@contextmanager
def _worded() -> Iterator[None]:
    """What DuckDB raises, as an error of ours."""
    try:
        yield
    except duckdb.InterruptException as error:
        raise AmurError(
            at="sql",
            expected="an answer within the time limit",
            found="none by then",
            advice="Ask for less, or give it longer with --timeout",
        ) from error
    except duckdb.Error as error:
        raise AmurError(at="sql", expected="a query on the published database", found=str(error)) from error


def write_result(result: Result, form: Format, out: Path | None) -> str | None:
    """The result as text for the terminal, or None when it went to `out`.

    CSV and JSON lie in `out` as UTF-8; Parquet needs `out`. A statement without rows gives an empty text.

    Raises:
        AmurError: Parquet without a file to write it to.
    """
    if result is None:
        return ""
    if form == "parquet":
        if out is None:
            raise AmurError(at="--format parquet", expected="--out FILE", found="none")
        let_pandas_in()
        import pyarrow.parquet as pq

        pq.write_table(result.to_arrow_table(), out)
        return None
    text = {"csv": _csv, "json": _json, "table": _table}[form](result)
    if out is None:
        return text
    out.write_text(text, encoding="utf-8")
    return None


def _names(result: duckdb.DuckDBPyRelation) -> list[str]:
    return [column[0] for column in result.description or ()]


class _Lines(io.StringIO):
    """Text that ends each record with a line feed.

    The writer itself is told CR LF: it quotes only what holds a character of its line end, and a bare CR inside a
    title would begin a line, and with it a cell, in many programs.
    """

    def write(self, record: str) -> int:
        return super().write(record.removesuffix("\r\n") + "\n")


def _csv(result: duckdb.DuckDBPyRelation) -> str:
    parts = [csv_text([_names(result)])]
    while rows := result.fetchmany(10_000):
        parts.append(csv_text(rows))
    return "".join(parts)


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as lines of CSV, safe for a spreadsheet."""
    text = _Lines()
    csv.writer(text, lineterminator="\r\n").writerows([for_sheet(cell) for cell in row] for row in rows)
    return text.getvalue()


def for_sheet(cell: object) -> object:
    """A text that a spreadsheet would run as a formula gets an apostrophe; numbers never do."""
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{cell}"
    return cell


def _json(result: duckdb.DuckDBPyRelation) -> str:
    names = _names(result)
    return json_text([dict(zip(names, row, strict=True)) for row in result.fetchall()], _for_json) + "\n"


def _for_json(cell: object) -> object:
    """A DECIMAL is a number in JSON too; days and instants are ISO text."""
    return float(cell) if isinstance(cell, Decimal) else str(cell)


def _table(result: duckdb.DuckDBPyRelation) -> str:
    names, rows = [shown(name) for name in _names(result)], result.fetchall()
    if not names:
        return ""
    cells = [[shown(cell) for cell in row] for row in rows]
    numeric = [all(isinstance(r[i], (int, float, Decimal)) or r[i] is None for r in rows) for i in range(len(names))]
    widths = [max([len(name), *(len(row[i]) for row in cells)]) for i, name in enumerate(names)]

    def line(row: Sequence[str]) -> str:
        return "  ".join(
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()

    counted = f"({len(rows):,} row{'' if len(rows) == 1 else 's'})"
    return "\n".join([line(names), line(["-" * width for width in widths]), *map(line, cells), counted]) + "\n"


def shown(cell: object) -> str:
    """A cell as a person reads it, on one line."""
    if cell is None:
        return "NULL"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < EXACT:
            return f"{cell:,.0f}"
        return f"{cell:,.6g}" if abs(cell) < MILLION else f"{cell:,.2f}"
    if isinstance(cell, int) and not isinstance(cell, bool):
        return f"{cell:d}"
    return "".join(c if c.isprintable() else " " for c in str(cell))
