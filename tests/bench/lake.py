"""What a lake costs beside a file: load, revise, ask as of a day, publish, copy.

    python -m tests.bench.lake [--cells 10000 100000]

Prints seconds by the clock and of this process's CPU. The lake lies in a PostgreSQL of its own on this machine.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from sources.contract import Batch
from sources.lean import let_pandas_in
from tests.lakes import made
from tests.warehouse.builders import NOW, bring, day, document, row, warehouse
from warehouse.archive import Record
from warehouse.database import Database
from warehouse.lake_database import LakeDatabase, copy, template
from warehouse.publisher import publish

MONTHS: Final = 100
AS_OF: Final = "SELECT count(*), sum(value) FROM observations_as_of(TIMESTAMP '2026-07-15')"


def page(name: str, number: int, cells: int, *, revised: bool) -> tuple[Record, Batch]:
    """A document with so many cells, of a hundred months each series; one in a hundred revised."""
    rows = []
    for cell in range(cells):
        year, month = divmod(cell % MONTHS, 12)
        start = date(2010 + year, month + 1, 1)
        end = date(2010 + year, month + 1, 28)
        value = cell + (cell % 100 == 0 and revised) * 1000
        about = {"product": f"{cell // MONTHS:06}", "period_start": start, "period_end": end, "precision": 1}
        rows.append(row(value, date(2026, 7, number), **about))
    return document(name, day(number), *rows)


def timed(what: str, work: Callable[[], object]) -> None:
    """Do it, and print how long it took."""
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    work()
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"  {what:42} {wall:7.2f} s  {cpu:7.2f} s CPU", flush=True)


def measure(db: Database, home: Path, cells: int) -> None:
    """The steps of a warehouse's life, one after another."""
    first, second = page("a", 10, cells, revised=False), page("b", 20, cells, revised=True)
    seen = {about.sidecar: batch for about, batch in (first, second)}
    timed("load one row", lambda: bring(db, document("one", day(5), row(1, date(2026, 7, 5))), checked=False))
    timed(f"load {cells:,} cells", lambda: bring(db, first, seen=seen, checked=False))
    timed("the same with 1 % revised", lambda: bring(db, second, seen=seen, checked=False))
    timed("as of a day", lambda: db.rows(AS_OF))
    timed("as of a day, again", lambda: db.rows(AS_OF))
    timed("publish", lambda: publish(db, home, "run-1", NOW))


def main() -> None:
    """Measure each size in a file and in a lake."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cells", type=int, nargs="+", default=[10_000, 100_000])
    let_pandas_in()
    import pyarrow as pa  # noqa: F401 (its import is no part of the first load)

    template()
    for cells in parser.parse_args().cells:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            for name in ("file", "lake"):
                (home / name).mkdir()
            print(f"{cells:,} cells in a file", flush=True)
            measure(warehouse(home / "file" / "warehouse.duckdb"), home / "file", cells)
            lake = made(home / "files")
            print(f"{cells:,} cells in a lake", flush=True)
            measure(LakeDatabase(lake, NOW), home / "lake", cells)
            timed("another home brings the publication", lambda at=home, of=lake: copy(of, at / "copy.duckdb", None))  # type: ignore[misc]


if __name__ == "__main__":
    main()
