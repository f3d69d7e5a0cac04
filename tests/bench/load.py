"""Part b: two vintages of N observations, loaded by Amur with judgement and lineage, by dlt, and by DuckDB alone.

Amur takes files of UN Comtrade's web page, the source whose files carry most rows, as `amur ingest` does: each is
read in the child process, archived, judged by its suite, loaded with lineage. dlt and DuckDB get the same observations
as flat JSON lines. All are timed from files to committed rows, imports and starts excluded; publishing is another part.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from tests.bench import core
from tests.bench.core import Figure, Sizes, Told, compared, say

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
    steps, stages, held = [], {}, 0
    with running(settings, "ingest") as run:
        run.reader.read(_small(data))
        for vintage, known_at in enumerate(KNOWN, start=1):
            files = sorted((Path(data) / f"v{vintage}").glob("*.csv"))
            began = time.perf_counter()
            for file in files:
                loaded, known, refused = ingest(run, SOURCE, [Given(file, "", "", known_at)])
                if known or refused or loaded.held_batches:
                    raise RuntimeError(f"{file}: {known} {[str(one.error) for one in refused]} {loaded}")
                held += loaded.held
            run.db.execute("CHECKPOINT")
            steps.append(time.perf_counter() - began)
        stages = dict(run.summary.timings)
        cells, vintages = run.db.rows(
            "SELECT count(DISTINCT (series_key, period)), count(*) FROM observation_vintages"
        )[0]
        findings = run.db.value("SELECT count(*) FROM validations")
    return Told(sum(steps), {"cells": cells, "vintages": vintages, "steps": steps, "findings": findings, **stages})


def _small(data: str) -> core.Any:
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
            data = Path(folder) / "data"
            data.mkdir()
            changed = core.child("tests.bench.made:write", folder=data, rows=rows).facts["changed"]
            pairs = [("DuckDB alone", rows in sizes.load, 4.0, "at most"), ("dlt", rows in sizes.dlt, 30.0, "at least")]
            for peer, wanted, promised, sense in pairs:
                if not wanted or (peer == "dlt" and not sizes.dlt_python.exists()):
                    continue
                say(f"b: {rows:,} observations twice, against {peer}")
                figure = Figure(
                    "b", "two vintages, 1 % revised", 0.0, against=peer, size=rows, promised=promised, sense=sense
                )
                runs, warm = (
                    (sizes.runs, 1)
                    if rows < MANY and peer != "dlt"
                    else (1, 0)
                    if peer == "dlt" and rows >= MANY
                    else (3, 0)
                )
                figures.append(
                    compared(
                        figure,
                        lambda data=data: _checked(_amur(data), rows, changed),
                        lambda data=data, peer=peer: _checked(_peer(peer, data, sizes), rows, changed),
                        runs=runs,
                        warm=warm,
                    )
                )
                say(f"   {figures[-1].ours:.2f} s against {figures[-1].peer:.2f} s, ratio {figures[-1].ratio:.2f}")
    return figures


def _amur(data: Path) -> Told:
    with tempfile.TemporaryDirectory() as home:
        return core.child("tests.bench.load:ours", data=data, home=home)


def _peer(name: str, data: Path, sizes: Sizes) -> Told:
    with tempfile.TemporaryDirectory() as place:
        if name == "dlt":
            return core.child("tests.bench.peer_dlt:load", python=sizes.dlt_python, data=data, place=place)
        return core.child("tests.bench.peer_duckdb:load", data=data, place=place)


def _checked(told: Told, rows: int, changed: int) -> Told:
    """See that the work was done: all cells, and a second vintage of each that was revised."""
    found = told.facts["cells"], told.facts["vintages"]
    if found != (rows, rows + changed):
        raise RuntimeError(f"expected {rows} cells and {rows + changed} vintages, found {found}")
    return told
