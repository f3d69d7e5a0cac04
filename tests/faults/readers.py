"""Readers while publications replace one another: never an error, a part of a publication, or a step back (P-52).

    python -m tests.faults.readers [--queries 1000] [--readers 8] [--publications 20]

Eight processes open `trade.duckdb`, ask it, and close it, again and again, while the real publisher publishes a figure
more each time. Publication N holds N figures of 100 each: a reader that saw a part of one would see another sum.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import duckdb

from tests.faults.kill_homes import light
from tests.warehouse.builders import NOW, bring, day, document, row, warehouse
from warehouse.database import Database
from warehouse.publisher import publish

if TYPE_CHECKING:
    from tests.faults.tables import Fault, Options

__all__ = ["Seen", "campaign", "read_through"]

READER: Final = """
import json, sys, time
from pathlib import Path
import duckdb

path, stop, least = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
seen, errors = [], []
print("reading", flush=True)
while True:
    last = stop.exists()
    try:
        with duckdb.connect(path, read_only=True, config={"threads": 1}) as connection:
            run, = connection.execute("SELECT run_id FROM snapshot").fetchone()
            count, total = connection.execute("SELECT count(*), sum(value) FROM observations").fetchone()
        seen.append([int(run.split("-")[1]), count, total])
    except Exception as error:
        errors.append(f"{type(error).__name__}: {error}")
    if last and len(seen) + len(errors) >= least:
        break
    time.sleep(0.1)
print(json.dumps([seen, errors]))
"""


@dataclass(slots=True)
class Seen:
    """What the readers saw: queries, the publications among them, and everything that should not have been."""

    queries: int = 0
    publications: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


def _publish(db: Database, home: Path, number: int) -> None:
    """Publication `number`: one figure more."""
    bring(db, document(f"{number}", day(24), row(100, date(2026, 7, 22), partner=f"Q{number}")))
    publish(db, home, f"run-{number}", NOW)


def read_through(home: Path, *, queries: int, readers: int, publications: int) -> Seen:
    """Let `readers` processes ask at least `queries` times in all while so many publications come out."""
    path, stop = home / "warehouse.duckdb", home / "stop"
    warehouse(path).close()
    light(home)
    _publish(Database(path, NOW), home, 1)
    each = -(-queries // readers)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(home / "trade.duckdb"), str(stop), str(each)],
            stdout=subprocess.PIPE, text=True,
        )
        for _ in range(readers)
    ]  # fmt: skip
    seen = Seen()
    try:
        for one in started:
            if _pipe(one.stdout).readline() != "reading\n":
                seen.wrong.append("a reader didn't start")
        for number in range(2, publications + 1):
            _publish(Database(path, NOW), home, number)
    finally:
        stop.touch()
        answers = [_pipe(one.stdout).readline() for one in started]
        for one in started:
            one.wait(60)
            _pipe(one.stdout).close()
    for answer in answers:
        rows, errors = json.loads(answer)
        seen.queries += len(rows) + len(errors)
        seen.wrong += errors
        seen.wrong += [
            f"publication {n}: {of} figures, {total}" for n, of, total in rows if (of, total) != (n, 100.0 * n)
        ]
        numbers = [number for number, *_ in rows]
        seen.wrong += ["a step back"] * (numbers != sorted(numbers))
        seen.publications |= set(numbers)
    if publications not in seen.publications:
        seen.wrong.append("the newest publication was not seen")
    return seen


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise TypeError(pipe)
    return pipe


def campaign(options: Options) -> Iterator[Fault]:
    """1,000 queries by 8 processes through 20 publications."""
    from tests.faults.tables import Fault, kept

    small = options.sample is not None
    how = (
        {"queries": 80, "readers": 4, "publications": 3}
        if small
        else {"queries": 1000, "readers": 8, "publications": 20}
    )
    home = options.scratch / "readers"
    home.mkdir(parents=True)
    seen = read_through(home, **how)
    rule = f"{seen.queries} queries by {how['readers']} readers, {len(seen.publications)} publications seen"
    broken = {"I4"} if seen.wrong else set()
    yield Fault(
        id="readers", kind="readers", rule=rule, hit=seen.queries, exit="0", told=None, kept=kept(broken, ("I4",)),
        heals=None, why="; ".join(seen.wrong[:5]),
    )  # fmt: skip


def main() -> int:
    """The command: one line, exit 1 if a reader saw what it should not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--publications", type=int, default=20)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        seen = read_through(
            Path(folder), queries=options.queries, readers=options.readers, publications=options.publications
        )
    sys.stdout.write(
        f"{seen.queries} queries by {options.readers} readers through {options.publications} publications, of which "
        f"{len(seen.publications)} were seen: {len(seen.wrong)} wrong {seen.wrong[:3]}; "
        f"{time.monotonic() - began:.0f} s (DuckDB {duckdb.__version__})\n"
    )
    return 1 if seen.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
