"""The floor of the load benchmark: DuckDB alone reads the same rows and keeps what is new. No checks, no lineage."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import duckdb

from tests.bench.core import Told

__all__ = ["load"]

CELL: Final = "source, dataset, measure, reporter, partner, flow, product, unit, freq, period_start, period_end"
TABLE: Final = """
CREATE TABLE kept (
    source VARCHAR, dataset VARCHAR, measure VARCHAR, reporter VARCHAR, partner VARCHAR, partner_name VARCHAR, flow VARCHAR,
    product VARCHAR, unit VARCHAR, freq VARCHAR, period_start DATE, period_end DATE, value DOUBLE, obs_status VARCHAR,
    locator VARCHAR, vintage INTEGER
)
"""
# What differs from the newest vintage of its cell is appended.
APPEND: Final = f"""
INSERT INTO kept
WITH newest AS (
    SELECT {CELL}, arg_max(value, vintage) AS value, arg_max(obs_status, vintage) AS obs_status
    FROM kept
    GROUP BY {CELL}
)
SELECT arrived.*, $vintage
FROM read_json($file, format = 'newline_delimited', columns = $kinds) AS arrived
ANTI JOIN newest USING ({CELL}, value, obs_status)
"""


def load(data: str, place: str) -> Told:
    """Both vintages into a new database of a file; seconds of both loads with the checkpoint."""
    with duckdb.connect(str(Path(place) / "kept.duckdb")) as db:
        db.execute(TABLE)
        kinds = {name: kind for name, kind, *_ in db.execute("DESCRIBE kept").fetchall() if name != "vintage"}
        text = "{" + ", ".join(f"{name}: '{kind}'" for name, kind in kinds.items()) + "}"
        began = time.perf_counter()
        for vintage in (1, 2):
            file = str(Path(data) / f"v{vintage}.jsonl")
            db.execute(APPEND.replace("$kinds", text), {"vintage": vintage, "file": file})
        db.execute("CHECKPOINT")
        taken = time.perf_counter() - began
        cells, vintages = db.execute(f"SELECT count(DISTINCT ({CELL})), count(*) FROM kept").fetchall()[0]
    return Told(taken, {"cells": cells, "vintages": vintages})
