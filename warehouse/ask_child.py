"""The child process in which a reader's query is asked: the published database, read-only, locked, with limits.

It reads one request, a line of JSON, from its standard input and writes one answer. When its input ends, because
nobody waits for the answer any more, the query is interrupted. What explodes takes only this process with it.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sources.errors import AmurError
from warehouse.reader import BATCH, Connection, connect, csv_text, first_rows, shown, snapshot_in

__all__ = ["main"]

ADDRESSES: Final = 6 << 30  # of the process: what the database may take, and half as much again
AGAIN_S: Final = 0.2  # between two interruptions: one that comes before the query begins is lost
LONGEST_CELL: Final = 2_000  # characters of a cell on a page; CSV has it whole
LONGEST_WORDS: Final = 4_000  # of an error


class TooMuch(ValueError):
    """The answer is larger than may be given."""


def main() -> None:
    """Answer the one request; the standard output is the answer's alone."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # DuckDB draws its bar there when a query takes seconds
    request = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    out.write(json.dumps(_answer(request)).encode())
    out.flush()
    os._exit(0)  # a thread waits for the input to end


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    began = time.monotonic()
    try:
        with connect(Path(request["published"]), limit_s=request["limit_s"]) as connection:
            threading.Thread(target=_until_nobody_waits, args=[connection], daemon=True).start()
            answer = {"snapshot_id": snapshot_in(connection)}
            names, rows = first_rows(connection, request["sql"], request["rows"] + 1)
            form = _csv if request["csv"] else _table
            answer |= form(names, rows, request["rows"], request["size"])
    except TooMuch as error:
        return {"error": str(error), "kind": "size"}
    except MemoryError:
        return {"error": "out of memory", "kind": "query"}
    except AmurError as error:
        kind = "database" if error.at != "sql" else "time" if "time limit" in str(error.expected) else "query"
        return {"error": str(error.found)[:LONGEST_WORDS], "kind": kind}
    return answer | {"seconds": time.monotonic() - began}


def _until_nobody_waits(connection: Connection) -> None:
    sys.stdin.buffer.read()
    while True:
        connection.interrupt()
        time.sleep(AGAIN_S)


def _table(names: list[str], rows: Iterator[Sequence[object]], most: int, size: int) -> dict[str, Any]:
    """The first rows as texts, NULL as none; as many as fit into `size` characters."""
    told: list[list[str | None]] = []
    numeric = [True] * len(names)
    for row in islice(rows, most):
        cells = [None if cell is None else shown(cell)[:LONGEST_CELL] for cell in row]
        size -= sum(len(cell or "") for cell in cells)
        if size < 0:
            return _told(names, told, numeric, cut=True)
        numeric = [
            yes and (cell is None or (isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool)))
            for yes, cell in zip(numeric, row, strict=True)
        ]
        told.append(cells)
    return _told(names, told, numeric, cut=next(rows, None) is not None)


def _told(names: list[str], rows: list[list[str | None]], numeric: list[bool], *, cut: bool) -> dict[str, Any]:
    return {"names": [shown(name) for name in names], "rows": rows, "numeric": numeric, "cut": cut}


def _csv(names: list[str], rows: Iterator[Sequence[object]], most: int, size: int) -> dict[str, Any]:
    """All rows as CSV.

    Raises:
        TooMuch: more rows or characters than are given; a file that is cut would be taken for whole.
    """
    parts = [csv_text([names])] if names else []
    while batch := list(islice(rows, BATCH)):
        parts.append(csv_text(batch))
        size -= len(parts[-1])
        most -= len(batch)
        if most < 0 or size < 0:
            raise TooMuch("more rows than are given as CSV here")
    return {"csv": "".join(parts)}


if __name__ == "__main__":
    main()
