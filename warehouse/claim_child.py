"""The child process in which users' claims are asked: a copy, read-only, locked, with limits on time and memory.

It reads one request from its standard input and writes a line of JSON for each answer. What explodes takes only this
process with it.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any, Final, TextIO

import duckdb

from warehouse.claim_files import STATUSES
from warehouse.reader import LOCKED, SESSION

__all__ = ["main"]

MEMORY: Final = "1GB"  # of the database
ADDRESSES: Final = 6 << 30  # of the process
MOST_EVIDENCE: Final = 100
MOST_WORDS: Final = 300
COLUMNS: Final = frozenset({"computed", "status", "evidence", "why"})


class NotAnAnswer(ValueError):
    """The query ran, and what it gave is no answer to a claim."""


def main() -> None:
    """Answer what is asked on standard input.

    The answers keep the standard output for themselves: DuckDB draws its bar there when a query takes seconds.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    request = json.loads(sys.stdin.buffer.read())
    scratch = Path(request["scratch"])
    instants = list(dict.fromkeys(one["instant"] for one in request["asked"]))
    try:
        shutil.copyfile(request["database"], scratch)
        _lay_out(scratch, instants, request["relations"])
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
        config: dict[str, str | bool | int | float | list[str]] = {
            **LOCKED,
            "memory_limit": MEMORY,
            "temp_directory": "",
        }
        base = duckdb.connect(str(scratch), read_only=True, config=config)
        ways = {instant: base.cursor() for instant in instants}
        for instant, way in ways.items():
            for setting in SESSION:
                way.execute(setting)
            way.execute(f"SET search_path = '{_schema(instants, instant)},main'")
        base.execute("SET lock_configuration = true")
    except (duckdb.Error, OSError) as error:
        _say(answers, {"error": f"the copy could not be made: {_words(error)}"})
        return
    _say(answers, {"ready": True})
    for one in request["asked"]:
        _say(answers, _asked(ways[one["instant"]], one["sql"], request["limit_s"]))


def _schema(instants: list[str], instant: str) -> str:
    return f"known_{instants.index(instant)}"


def _lay_out(scratch: Path, instants: list[str], relations: dict[str, str]) -> None:
    """In a schema of its own for each instant, what was known then, under the names that claims ask."""
    with duckdb.connect(str(scratch)) as copy:
        copy.execute("SET TimeZone = 'UTC'")
        for instant in instants:
            schema = _schema(instants, instant)
            copy.execute(f"CREATE SCHEMA {schema}")
            for name, kind in relations.items():
                copy.execute(f"CREATE {kind} {schema}.{name} AS FROM main.{name}_as_of(TIMESTAMP '{instant}')")
        copy.execute("CHECKPOINT")


def _asked(way: duckdb.DuckDBPyConnection, sql: str, limit_s: float) -> dict[str, Any]:
    """One answer, or why there is none."""
    try:
        with _no_longer(way, limit_s):
            return _row(way, sql)
    except duckdb.InterruptException:
        return {"error": f"no answer within {limit_s:g} s"}
    except MemoryError:
        return {"error": "out of memory"}
    except (duckdb.Error, NotAnAnswer) as error:
        return {"error": _words(error)}


@contextmanager
def _no_longer(way: duckdb.DuckDBPyConnection, limit_s: float) -> Iterator[None]:
    timer = threading.Timer(limit_s, way.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _row(way: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    """The one row that a claim's query gives.

    Raises:
        NotAnAnswer: it is no single SELECT, or its columns, rows or values are not those of a claim.
    """
    statements = way.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise NotAnAnswer("expected one SELECT and nothing else")
    relation = way.sql(sql)
    names = [name.lower() for name in relation.columns]
    if "computed" not in names or not COLUMNS.issuperset(names) or len(set(names)) < len(names):
        found = ", ".join(names)[:200]
        raise NotAnAnswer(f"expected the columns computed and, if wanted, status, evidence, why; found {found}")
    rows = relation.limit(2).fetchall()
    if len(rows) > 1:
        raise NotAnAnswer("expected one row, found more")
    cells = dict(zip(names, rows[0] if rows else [None] * len(names), strict=True))
    return {
        "computed": _number(cells["computed"]),
        "status": _status(cells.get("status")),
        "evidence": _evidence(cells.get("evidence")),
        "why": _text(cells.get("why") or ("" if rows else "the query gave no row"), MOST_WORDS),
    }


def _number(cell: object) -> float | None:
    if cell is None:
        return None
    if isinstance(cell, (date, datetime)):
        return float(cell.strftime("%Y%m%d"))
    if isinstance(cell, (bool, int, float, Decimal)) and isfinite(cell):
        return float(cell)
    raise NotAnAnswer(f"expected a finite number as computed, found {_text(cell, 60)}")


def _status(cell: object) -> str:
    if cell is None or cell in STATUSES:
        return str(cell or "")
    raise NotAnAnswer(f"expected status to be one of {', '.join(STATUSES)}; found {_text(cell, 60)}")


def _evidence(cell: object) -> list[str]:
    if cell is None:
        return []
    if isinstance(cell, list) and all(isinstance(item, str) for item in cell):
        return [_text(item, MOST_WORDS) for item in cell[:MOST_EVIDENCE]]
    raise NotAnAnswer("expected evidence to be a list of texts")


def _text(cell: object, most: int) -> str:
    return "".join(c if c.isprintable() else " " for c in str(cell)[:most])


def _words(error: Exception) -> str:
    return _text(" ".join(str(error)[:2000].split()), MOST_WORDS)


def _say(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
