"""As-of views over ten million vintages, against the view of now.

    observations_as_of(ts)   against   observations     one series, one month of all series, everything
    indicators_as_of(ts)     against   indicators       all of them

The vintages are made up, and made by DuckDB itself straight into the tables that the product reads: 20,000 series of a
hundred months, each month restated four times, in the order in which nights would have brought them. Each pair is asked
in turns, A B A B ..., after one warm-up; the median of the ratios is printed. The instant lies in the middle of the
history, and after its end, where as many rows come back as the view of now gives.

python -m tests.bench.as_of [--vintages 10000000]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb

from warehouse.database import Database

__all__ = ["main"]

PROMISED: Final = 3.0
VINTAGES: Final = 10_000_000
MONTHS: Final = 100
RESTATED: Final = 5
NOW: Final = datetime(2026, 7, 25, 2, 30, tzinfo=UTC)
MIDDLE: Final = "TIMESTAMP '2022-06-15'"
LATE: Final = "TIMESTAMP '2030-01-01'"

PRODUCTS: Final = [
    "TOTAL", "27", "2701", "2702", "2704", "2709", "2710", "2711", "271111", "271121", "1001", "1003", "72", "73",
    "8703", "8704", *(f"84{number:02d}" for number in range(84)),
]  # fmt: skip
PARTNERS: Final = [
    "RU", "W0", "SA", "IQ", "AE", "OM", "KW", "IR", "MY", "UA", "KZ", "AU", "FR", "CA", "US", "KG", "BY", "UZ", "AM",
    "TR", *(f"{first}{second}" for first in "BDEGH" for second in "EGKLNR"),
]  # fmt: skip

SERIES: Final = """
INSERT INTO series_dimensions
SELECT
    row_number() OVER (ORDER BY p.n, q.n, flow, measure),
    concat_ws(':', 'comtrade', 'bench', measure, 'CN', partner, flow, product, unit, 'M'),
    'comtrade', 'bench', measure, 'CN', partner, partner, if(partner = 'W0', 'world', 'country'), flow, product, unit,
    'M'
FROM (SELECT unnest($products) AS product, generate_subscripts($products, 1) AS n) AS p
CROSS JOIN (SELECT unnest($partners) AS partner, generate_subscripts($partners, 1) AS n) AS q
CROSS JOIN (VALUES ('X'), ('M')) AS f(flow)
CROSS JOIN (VALUES ('trade_value', 'USD'), ('quantity', 'kg')) AS m(measure, unit)
QUALIFY row_number() OVER (ORDER BY p.n, q.n, flow, measure) <= $series
"""

# a night after the other: all series of one month and one of its vintages together
NIGHTS: Final = """
INSERT INTO vintages
SELECT
    series_id, period_start, last_day(period_start), ((series_id * 7919 + month * 104729 + nth) % 100003) * 1000.0,
    'A', 500, known_at, known_at, known_at, if(nth < $restated - 1, known_at + INTERVAL 1 MONTH, NULL),
    'published', FALSE, FALSE, 'bench', 1, lpad(CAST(month * $restated + nth AS VARCHAR), 64, '0'),
    'row ' || series_id % 500
FROM (
    SELECT
        *,
        CAST(DATE '2018-01-01' + to_months(CAST(month AS INTEGER)) AS DATE) AS period_start,
        CAST(DATE '2018-01-07' + to_months(CAST(month + 1 + nth AS INTEGER)) AS TIMESTAMP) AS known_at
    FROM (
        SELECT n % $series + 1 AS series_id, n // $series // $restated AS month, n // $series % $restated AS nth
        FROM range($series * $months * $restated) AS r(n)
    )
)
"""

QUESTIONS: Final = (
    ("one series", "SELECT * FROM {} WHERE series_key = 'comtrade:bench:quantity:CN:RU:M:2709:kg:M'", 9),
    ("a month of all series", "SELECT * FROM {} WHERE period_start = DATE '2021-06-01'", 5),
    ("the label of a month", "SELECT count(*), sum(value) FROM {} WHERE period = '2021-06'", 5),
    ("count and sum of all", "SELECT count(*), sum(value) FROM {}", 5),
)
ANSWERS: Final = (("all of them", "SELECT * FROM {}", 1),)


def fill(path: Path, vintages: int) -> int:
    """A warehouse of made-up vintages at `path`; gives how many it holds."""
    db = Database(path, NOW)
    db.execute("SET memory_limit = '6GiB'")
    series = max(1, vintages // (MONTHS * RESTATED))
    db.execute(SERIES, {"products": PRODUCTS, "partners": PARTNERS, "series": series})
    made = int(db.value("SELECT count(*) FROM series_dimensions"))
    db.execute(NIGHTS, {"series": made, "months": MONTHS, "restated": RESTATED})
    db.execute("CHECKPOINT")
    held = int(db.value("SELECT count(*) FROM vintages"))
    db.close()
    return held


def seconds(reader: duckdb.DuckDBPyConnection, query: str) -> float:
    """Wall time of a query with all its rows fetched."""
    began = time.perf_counter()
    reader.execute(query).fetchall()
    return time.perf_counter() - began


def pair(reader: duckdb.DuckDBPyConnection, view: str, instant: str, query: str, runs: int) -> tuple[float, str]:
    """The median of the ratios, and the medians of both in words."""
    asked, now = query.format(f"{view}_as_of({instant})"), query.format(view)
    taken = [(seconds(reader, asked), seconds(reader, now)) for _ in range(runs + 1)][1:]
    ratio = statistics.median(a / b for a, b in taken)
    then, today = (statistics.median(values) for values in zip(*taken, strict=True))
    return ratio, f"{then:.3f} s against {today:.3f} s, ratio {ratio:.2f}"


def main() -> None:
    """Fill a warehouse, ask all pairs, print them; end with 1 if one is slower than promised."""
    parser = argparse.ArgumentParser(description="as-of views against the view of now, over made-up vintages")
    parser.add_argument("--vintages", type=int, default=VINTAGES, help="how many, 2,000 to 10 million")
    wanted = parser.parse_args().vintages
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        began = time.perf_counter()
        held = fill(path, wanted)
        size = path.stat().st_size / 2**20
        print(f"{held:,} made-up vintages in {time.perf_counter() - began:.0f} s, {size:.0f} MiB", flush=True)
        with duckdb.connect(str(path), read_only=True) as reader:
            reader.execute("SET memory_limit = '6GiB'")
            asked = [("observations", *question) for question in QUESTIONS] + [("indicators", *one) for one in ANSWERS]
            for view, name, query, runs in asked:
                for instant, where in ((MIDDLE, "mid-history"), (LATE, "after its end")):
                    ratio, words = pair(reader, view, instant, query, runs)
                    worst = max(worst, ratio)
                    print(f"{view} as of {where} / now, {name}: {words}", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"worst ratio {worst:.2f} (promised: at most {PROMISED}); peak memory {peak:.1f} GiB")
    sys.exit(worst > PROMISED)


if __name__ == "__main__":
    main()
