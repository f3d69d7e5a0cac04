"""Part b: two vintages of N observations, loaded by Amur with judgement and lineage, by dlt, and by DuckDB alone.

Amur takes files of UN Comtrade's web page, the source whose files carry most rows, as `amur ingest` does: each is
read in the child process, archived, judged by its suite, loaded with lineage. dlt and DuckDB get the same observations
as flat JSON lines. All are timed from files to committed rows, imports and starts excluded; publishing is another part.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from tests.bench import core
from tests.bench.core import Figure, Sizes, Told, compared, say

if TYPE_CHECKING:
    from sources.contract import Payload

__all__ = ["measured", "ours"]

SOURCE: Final = "comtrade_csv"
KNOWN: Final = (datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))
MANY: Final = 1_000_000  # from here on a pair is measured less often


def ours(data: str, home: str) -> Told:
    """`amur ingest` of both vintages into a new home, without the publication at its end."""
    from expectations import common
    from flows.ingest import Given, ingest
    from flows.run import running
    from flows.settings import Settings
    from sources.lean import let_pandas_in

    let_pandas_in()
    common._whole_frame()
    settings = replace(Settings.read({}), home=Path(home), fixed_now=KNOWN[1] + timedelta(days=1))
    steps = []
    with running(settings, "ingest") as run:
        run.reader.read(_small(data))
        for vintage, known_at in enumerate(KNOWN, start=1):
            files = sorted((Path(data) / f"v{vintage}").glob("*.csv"))
            began = time.perf_counter()
            for file in files:
                loaded, known, refused = ingest(run, SOURCE, [Given(file, "", "", known_at)])
                if known or refused or loaded.held_batches:
                    raise RuntimeError(f"{file}: {known} {[str(one.error) for one in refused]} {loaded}")
            run.db.execute("CHECKPOINT")
            steps.append(time.perf_counter() - began)
        stages = dict(run.summary.timings)
        cells, vintages = run.db.rows(
            "SELECT count(DISTINCT (series_key, period)), count(*) FROM observation_vintages"
        )[0]
        told = {
            "cells": cells, "vintages": vintages, "steps": steps, **stages,
            "findings": run.db.value("SELECT count(*) FROM validations"),
            "child_mib": core.peak_of(run.reader),
        }  # fmt: skip
    return Told(sum(steps), told)


def _small(data: str) -> Payload:
    """A payload of two records, so that the child has started before the clock does."""
    from sources.contract import Payload

    file = next(iter(sorted((Path(data) / "v1").glob("*.csv"))))
    body = b"\r\n".join(file.read_bytes().splitlines()[:3])
    return Payload(SOURCE, "file:small.csv", body, "0" * 64, KNOWN[0])


def measured(sizes: Sizes) -> list[Figure]:
    """Amur against DuckDB alone at all sizes, against dlt where that is asked for and dlt is there."""
    figures = []
    for rows in sizes.load:
        with tempfile.TemporaryDirectory() as folder:
            made = core.child("tests.bench.made:write", folder=folder, rows=rows)
            work = _Work(Path(folder), rows, int(made.facts["changed"]), sizes)
            figures.append(work.pair("DuckDB alone", 4.0, "at most"))
            if rows in sizes.dlt and core.exists(sizes.dlt_python):
                figures.append(work.pair("dlt", 30.0, "at least"))
    return figures


@dataclass(frozen=True, slots=True)
class _Work:
    """The made-up data of one size, and what a loader must make of it."""

    data: Path
    rows: int
    changed: int
    sizes: Sizes

    def pair(self, peer: str, promised: float, sense: Literal["at most", "at least"]) -> Figure:
        """Amur against a peer; large ones less often, because dlt takes ten minutes for a million."""
        say(f"b: {self.rows:,} observations twice, against {peer}")
        name = "two vintages, 1 % revised"
        figure = Figure("b", name, 0.0, against=peer, size=self.rows, promised=promised, sense=sense)
        runs = self.sizes.runs if self.rows < MANY else 1 if peer == "dlt" else 3
        warm = self.sizes.warm if self.rows < MANY and peer != "dlt" else 0
        theirs = _dlt if peer == "dlt" else _duckdb
        compared(
            figure,
            lambda: self._checked(_amur(self.data)),
            lambda: self._checked(theirs(self.data, self.sizes)),
            runs=runs,
            warm=warm,
        )
        say(f"   {figure.ours:.2f} s against {figure.peer:.2f} s, ratio {figure.ratio:.2f}")
        return figure

    def _checked(self, told: Told) -> Told:
        """See that the work was done: all cells, and a second vintage of each that was revised."""
        found, wanted = (told.facts["cells"], told.facts["vintages"]), (self.rows, self.rows + self.changed)
        if found != wanted:
            raise RuntimeError(f"expected cells and vintages {wanted}, found {found}")
        return told


def _amur(data: Path) -> Told:
    with tempfile.TemporaryDirectory() as home:
        return core.child("tests.bench.load:ours", data=data, home=home)


def _dlt(data: Path, sizes: Sizes) -> Told:
    with tempfile.TemporaryDirectory() as place:
        return core.child("tests.bench.peer_dlt:load", python=sizes.dlt_python, data=data, place=place)


def _duckdb(data: Path, _: Sizes) -> Told:
    with tempfile.TemporaryDirectory() as place:
        return core.child("tests.bench.peer_duckdb:load", data=data, place=place)
