"""The generic loader of the load benchmark: dlt with slowly changing dimensions (`scd2`) into DuckDB.

It runs in an environment of its own (`make bench-peers`): dlt is no dependency. The rows are handed to it as its
tutorial does, as Python dictionaries; a row's version is a hash of its cell, value and status, as an analyst would
choose it, so that a row which comes again unchanged is no new vintage.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tests.bench.core import Told

__all__ = ["load"]

CELL: Final = (
    "source", "dataset", "measure", "reporter", "partner", "flow", "product", "unit", "freq",
    "period_start", "period_end",
)  # fmt: skip
A_PAGE: Final = 10_000
QUIET: Final = {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR"}


def _pages(file: Path) -> Iterator[list[dict[str, Any]]]:
    page: list[dict[str, Any]] = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            told = json.dumps([row[name] for name in (*CELL, "value", "obs_status")])
            page.append(row | {"version": hashlib.blake2b(told.encode(), digest_size=16).hexdigest()})
            if len(page) == A_PAGE:
                yield page
                page = []
    if page:
        yield page


def load(data: str, place: str) -> Told:
    """Both vintages into a new database; seconds of both runs of the pipeline, after a small one as a warm-up."""
    os.environ.update(QUIET | {"DLT_DATA_DIR": f"{place}/dlt"})
    import dlt
    import duckdb

    def run(name: str, pages: Iterator[list[dict[str, Any]]]) -> None:
        rows = dlt.resource(
            pages, name="kept", max_table_nesting=0, columns={"version": {"x-row-version": True}},
            write_disposition={"disposition": "merge", "strategy": "scd2", "row_version_column_name": "version"},
        )  # fmt: skip
        target = dlt.destinations.duckdb(f"{place}/{name}.duckdb")
        pipeline = dlt.pipeline(name, destination=target, dataset_name="bench", pipelines_dir=f"{place}/pipelines")
        pipeline.run(rows).raise_on_failed_jobs()

    first = next(_pages(Path(data) / "v1.jsonl"))
    run("small", iter([first[:10]]))
    began = time.perf_counter()
    for vintage in (1, 2):
        run("whole", _pages(Path(data) / f"v{vintage}.jsonl"))
    taken = time.perf_counter() - began
    with duckdb.connect(f"{place}/whole.duckdb", read_only=True) as db:
        columns = ", ".join(CELL)
        cells, vintages = db.execute(f"SELECT count(DISTINCT ({columns})), count(*) FROM bench.kept").fetchall()[0]
    return Told(taken, {"cells": cells, "vintages": vintages, "dlt": dlt.__version__})
