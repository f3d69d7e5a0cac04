"""Any walk through fetch, load, publish, kill and rebuild, beside a model: P-45, P-46, P-47, P-50.

The model is a dictionary: a cell, and what was published of it on which day. Archive, loader, publisher and database
are the real ones. A kill is what the kernel keeps of one: the database's files as they lie on the disk in the middle
of a transaction, copied there and put in the place of those that the transaction, going on, would have made.

    python -m tests.faults.state_machine [--examples 40] [--steps 50]
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from sources.contract import Batch
from tests.faults.kill_homes import light
from tests.warehouse.builders import NOW, answer, day, passed, row, warehouse
from warehouse.archive import Archive, Record
from warehouse.database import Database
from warehouse.loader import Loaded, Work, load
from warehouse.publisher import publish

if TYPE_CHECKING:
    from tests.faults.tables import Control, Options

__all__ = ["Walk", "campaign", "walk"]

SOURCE = "gacc_bulletin"
CELLS = ("A", "B", "C")
DAYS = tuple(range(1, 24))
LOOKED_AT = (1, 5, 9, 13, 17, 21, 23)
FILES = ("warehouse.duckdb", "warehouse.duckdb.wal")


class Killed(BaseException):
    """The end of a process, in the middle of a transaction."""


def read(archive: Archive, record: Record) -> Batch:
    """Parse: a body is the day of its publication and the value of each cell that it speaks of."""
    payload = archive.payload(record)
    said = json.loads(payload.body)
    on = date(2026, 7, said["on"])
    rows = tuple(row(value, on, partner=cell, partner_name=cell) for cell, value in said["cells"].items())
    return Batch(payload, 1, rows)


def enter(db: Database, archive: Archive, record: Record, also: Callable[[], None] = lambda: None) -> Loaded:
    """Load one body in a run of its own."""

    def again(records: list[Record]) -> list[tuple[Record, Batch]]:
        return [(one, read(archive, one)) for one in records]

    pair = passed(record, read(archive, record))
    return load(db, Work(SOURCE, record.run_id, NOW, verdicts=[pair], reread=again), also)


class Walk(RuleBasedStateMachine):
    """One home, from empty."""

    steps = 0

    def __init__(self) -> None:
        """An empty warehouse."""
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="amur-walk-"))
        self.db = warehouse(self.home / FILES[0])
        self.db.close()
        light(self.home)
        self.open()
        self.archive = Archive(self.home / "archive")
        self.fetched: dict[int, Record] = {}
        self.loaded: set[int] = set()
        self.cells: dict[str, dict[int, int]] = {cell: {} for cell in CELLS}  # the model
        self.published: dict[str, int] | None = None

    def open(self) -> None:
        """The next process opens what is there."""
        self.db = Database(self.home / FILES[0], NOW, threads=1)

    def teardown(self) -> None:
        """Remove the home."""
        self.db.close()
        shutil.rmtree(self.home)

    @rule(on=st.sampled_from(DAYS), said=st.dictionaries(st.sampled_from(CELLS), st.integers(1, 4), min_size=1))
    def fetch(self, on: int, said: dict[str, int]) -> None:
        """A document of a day comes, in any order of days; the same again is the same body."""
        Walk.steps += 1
        if on in self.fetched:
            before = self.fetched[on]
            same = answer(self.archive.body(before.sha256), url=before.url, at=day(25))
            assert self.archive.keep(same, SOURCE, "again", before) == before
            return
        body = json.dumps({"on": on, "cells": {cell: 100 * value for cell, value in said.items()}}).encode()
        at = day(24) + timedelta(minutes=len(self.fetched))
        self.fetched[on] = self.archive.keep(answer(body, url=f"http://x/{on}", at=at), SOURCE, f"run-{on}")

    def waiting(self) -> list[int]:
        """Documents that came and are not loaded."""
        return sorted(set(self.fetched) - self.loaded)

    @precondition(lambda self: self.waiting())
    @rule(which=st.integers(0))
    def load(self, which: int) -> None:
        """One of those that wait is loaded."""
        Walk.steps += 1
        on = self.waiting()[which % len(self.waiting())]
        enter(self.db, self.archive, self.fetched[on])
        self.loaded.add(on)
        for cell, value in json.loads(self.archive.body(self.fetched[on].sha256))["cells"].items():
            self.cells[cell][on] = value

    @precondition(lambda self: self.loaded)
    @rule(which=st.integers(0))
    def load_again(self, which: int) -> None:
        """P-46: the same once more changes no vintage."""
        Walk.steps += 1
        before = self.vintages()
        on = sorted(self.loaded)[which % len(self.loaded)]
        done = enter(self.db, self.archive, self.fetched[on])
        assert (done.new, done.revised) == (0, 0)
        assert self.vintages() == before

    @precondition(lambda self: self.waiting())
    @rule(which=st.integers(0))
    def kill_in_a_load(self, which: int) -> None:
        """P-45: killed before its commit, a load leaves nothing."""
        Walk.steps += 1
        on = self.waiting()[which % len(self.waiting())]
        left = self.home / "left"
        left.mkdir()

        def die() -> None:
            for name in FILES:
                if (self.home / name).exists():
                    shutil.copyfile(self.home / name, left / name)
            raise Killed

        before = self.vintages()
        try:
            enter(self.db, self.archive, self.fetched[on], die)
        except Killed:
            self.db.close()
        for name in FILES:
            (self.home / name).unlink(missing_ok=True)
            if (left / name).exists():
                (left / name).replace(self.home / name)
        left.rmdir()
        self.open()
        assert self.vintages() == before

    @rule()
    def reopen(self) -> None:
        """A process ends and the next begins."""
        Walk.steps += 1
        before = self.vintages()
        self.db.close()
        self.open()
        assert self.vintages() == before

    @precondition(lambda self: self.loaded)
    @rule()
    def publish(self) -> None:
        """Readers get what is known now."""
        Walk.steps += 1
        publish(self.db, self.home, f"run-{len(self.loaded)}", NOW)
        self.open()
        self.published = self.current()

    @precondition(lambda self: self.loaded)
    @rule()
    def rebuild(self) -> None:
        """P-47, P-50: the archive alone gives the same vintages, in the order of the days or in any other.

        But for those that were current for no instant: a document that only repeats an older one leaves such a vintage
        where it was loaded first, and none where it came second. No as-of view ever shows one.
        """
        Walk.steps += 1
        with tempfile.TemporaryDirectory() as folder:
            anew = warehouse(Path(folder) / FILES[0])
            for record in self.archive.records():
                if int(record.url.rpartition("/")[2]) in self.loaded:
                    enter(anew, self.archive, record)
            theirs = self.vintages(anew, lasting=True)
            anew.close()
        assert self.vintages(lasting=True) == theirs

    def vintages(self, db: Database | None = None, *, lasting: bool = False) -> list[tuple[object, ...]]:
        """What is known, without the ids of runs and series; with `lasting` only what was current for some time."""
        only = "WHERE v.known_to IS DISTINCT FROM v.known_at " if lasting else ""
        return (db or self.db).rows(
            "SELECT d.series_key, v.* EXCLUDE (series_id, run_id) FROM vintages AS v "
            f"JOIN series_dimensions AS d USING (series_id) {only}ORDER BY ALL"
        )

    def current(self, on: int = DAYS[-1]) -> dict[str, int]:
        """The model's answer as of the end of a day: of each cell what was published last."""
        known = {cell: [day for day in days if day <= on] for cell, days in self.cells.items()}
        return {cell: self.cells[cell][max(days)] for cell, days in known.items() if days}

    @invariant()
    def answers_as_the_model(self) -> None:
        """As of each day; and no invariant of the product is broken."""
        for on in LOOKED_AT:
            at = datetime(2026, 7, on, 23, 59, 59)
            rows = self.db.rows("SELECT partner, value FROM observations_as_of(?)", [at])
            assert len(rows) == len(dict(rows)), "one row a cell"
            assert dict(rows) == self.current(on)
        assert self.db.violations() == {}

    @invariant()
    def readers_have_the_last_publication(self) -> None:
        """Whatever was done since."""
        if self.published is not None:
            with duckdb.connect(str(self.home / "trade.duckdb"), read_only=True) as reader:
                assert dict(reader.execute("SELECT partner, value FROM observations").fetchall()) == self.published


def walk(examples: int, steps: int) -> int:
    """Run the machine; gives the number of steps that were taken.

    Raises:
        AssertionError: with the shortest walk that goes wrong.
    """
    Walk.steps = 0
    how = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, database=None, print_blob=False,
        phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(seed(4711)(Walk), settings=how)
    return Walk.steps


def campaign(options: Options) -> Iterator[Control]:
    """Two thousand steps, or a few where a sample is asked for."""
    from tests.faults.tables import Control

    examples, steps = (3, 12) if options.sample is not None else (44, 50)
    try:
        found = "agrees" if walk(examples, steps) else "no step was taken"
    except AssertionError as error:
        found = f"disagrees: {error}"
    yield Control(of="kill", name=f"{examples} random walks beside a model", wanted="agrees", found=found)


def main() -> int:
    """The command: one line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--examples", type=int, default=40)
    parser.add_argument("--steps", type=int, default=50)
    options = parser.parse_args()
    began = time.monotonic()
    taken = walk(options.examples, options.steps)
    sys.stdout.write(f"{taken} steps of {options.examples} walks as the model; {time.monotonic() - began:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
