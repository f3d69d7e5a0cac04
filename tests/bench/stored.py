"""Parts c, d and g: what changes, questions and publications cost by how much is stored already.

The vintages are made up, and made by DuckDB itself straight into the tables that the product reads: series of a
hundred months, each month restated four times, in the order in which nights would have brought them. What is measured
on top of them is the product as it is: files through `ingest`, `publish`, queries and commands.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.bench import core
from tests.bench.core import Figure, Sizes, Told, compared, say

if TYPE_CHECKING:
    from flows.run import Run

__all__ = ["Homes", "measured_changes", "measured_publications", "measured_questions"]

MONTHS: Final = 100
RESTATED: Final = 5
NOW: Final = datetime(2026, 12, 1, 2, 30, tzinfo=UTC)
SOURCE: Final = "comtrade_csv"
CHANGED: Final = 50  # records: a value and a weight each
MANY: Final = 10_000_000  # a publication of as many is made three times, without one before that does not count
NEWEST: Final = "202604"
BEFORE: Final = "202603"
SERIES_ASKED: Final = "comtrade_csv:hs_monthly:quantity:CN:RU:M:8401:kg:M"

PRODUCTS: Final = [
    "8401", "TOTAL", "27", "2701", "2702", "2704", "2709", "2710", "2711", "271111", "271121", "1001", "1003", "72", "73",
    "8703", "8704", *(f"84{number:02d}" for number in range(2, 85)),
]  # fmt: skip

SERIES: Final = """
INSERT INTO series_dimensions
SELECT
    nextval('series_ids'), concat_ws(':', 'comtrade_csv', 'hs_monthly', measure, 'CN', partner, flow, product, unit, 'M'),
    'comtrade_csv', 'hs_monthly', measure, 'CN', partner, name, if(partner = 'W0', 'world', 'country'), flow, product, unit, 'M'
FROM (
    SELECT *
    FROM (SELECT unnest($products) AS product, generate_subscripts($products, 1) AS n) AS p
    CROSS JOIN (SELECT unnest($codes) AS partner, unnest($names) AS name, generate_subscripts($codes, 1) AS k) AS q
    CROSS JOIN (VALUES ('M'), ('X')) AS f(flow)
    CROSS JOIN (VALUES ('quantity', 'kg'), ('trade_value', 'USD')) AS m(measure, unit)
    ORDER BY n, k, flow, measure LIMIT $series
)
"""

# a night after the other: all series of one month and one of its vintages together
NIGHTS: Final = """
INSERT INTO vintages
SELECT
    series_id, period_start, last_day(period_start), ((series_id * 7919 + month * 104729 + nth) % 100003 + 1) * 1000.0,
    'A', 500, NULL, known_at, known_at, if(nth < $restated - 1, known_at + INTERVAL 1 MONTH, NULL),
    'fetched', FALSE, FALSE, 'bench', 1, lpad(CAST(month * $restated + nth AS VARCHAR), 64, '0'), 'row ' || series_id % 500 || ' netWgt'
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

PAYLOADS: Final = """
INSERT INTO payloads
SELECT
    'comtrade_csv', 'file:' || payload_sha256, payload_sha256, any_value(fetched_at), any_value(fetched_at), NULL, 'bench', 'data',
    strftime(any_value(period_start), '%Y-%m'), '', '', 'text/csv', '', '', 1, payload_sha256 || '.json', 'loaded', 1, max(known_at), ''
FROM vintages GROUP BY payload_sha256
"""


def fill(home: str, vintages: int) -> Told:
    """A warehouse of made-up vintages; tells how many it holds."""
    from warehouse.database import Database

    began = time.perf_counter()
    Path(home).mkdir(parents=True, exist_ok=True)
    db = Database(Path(home) / "warehouse.duckdb", NOW)
    db.execute("SET memory_limit = '6GiB'")
    series = max(1, vintages // (MONTHS * RESTATED))
    areas = _areas()
    names = [name for _, _, name in areas]
    codes = [code for _, code, _ in areas]
    db.execute(SERIES, {"products": PRODUCTS, "codes": codes, "names": names, "series": series})
    made = int(db.value("SELECT count(*) FROM series_dimensions"))
    db.execute(NIGHTS, {"series": made, "months": MONTHS, "restated": RESTATED})
    db.execute(PAYLOADS)
    db.execute("INSERT INTO pending_publication VALUES ('bench', 'comtrade_csv')")
    db.execute("CHECKPOINT")
    held = int(db.value("SELECT count(*) FROM vintages"))
    db.close()
    return Told(time.perf_counter() - began, {"held": held})


def _areas() -> list[tuple[int, str, str]]:
    """Russia, the world, and 48 countries: number, code and name."""
    from sources.parse import m49
    from tests.bench.made import partners

    first = [(number, code, m49.NUMBERS[number].name) for number, code in ((643, "RU"), (0, "W0"))]
    return [*first, *(one for one in partners() if one[1] != "RU")][:50]


class Homes:
    """Filled warehouses by size, each made once and when it is first wanted."""

    def __init__(self, folder: Path) -> None:
        """Keep them in `folder`."""
        self.folder = folder

    def of(self, vintages: int) -> Path:
        """The home with so many vintages."""
        home = self.folder / f"{vintages}"
        if not home.exists():
            filled = core.child("tests.bench.stored:fill", home=home, vintages=vintages)
            say(f"   {filled.facts['held']:,} made-up vintages in {filled.seconds:.0f} s")
        return home

    def with_publication(self, vintages: int) -> Path:
        """The same, published."""
        home = self.of(vintages)
        if not (home / "trade.duckdb").exists():
            core.child("tests.bench.stored:publication", home=home, number=0)
        return home


@contextmanager
def homes() -> Iterator[Homes]:
    """A place for filled warehouses, removed at the end."""
    with tempfile.TemporaryDirectory(prefix="amur-bench-") as folder:
        yield Homes(Path(folder))


# --- c: a hundred changed rows ----------------------------------------------------------------------------------------


def change(home: str, number: int) -> Told:
    """Ingest a file that revises a hundred figures of the newest month; one of the month before goes first, untimed."""
    with _running(home) as run:
        _take(run, home, BEFORE, number)
        before = dict(run.summary.timings)
        began = time.perf_counter()
        _take(run, home, NEWEST, number)
        taken = time.perf_counter() - began
        stages = {name: value - before.get(name, 0.0) for name, value in run.summary.timings.items()}
        stages["child_mib"] = core.peak_of(run.reader)
    return Told(taken, stages)


@contextmanager
def _running(home: str) -> Iterator[Run]:
    from expectations import common
    from flows.run import running
    from flows.settings import Settings
    from sources.lean import let_pandas_in

    let_pandas_in()
    common._whole_frame()
    with running(replace(Settings.read({}), home=Path(home), fixed_now=NOW), "ingest") as run:
        yield run


def _take(run: Run, home: str, month: str, number: int) -> None:
    from flows.ingest import Given, ingest

    file = Path(home) / f"{month}-{number}-{os.getpid()}.csv"
    file.write_bytes(_file(month, number + os.getpid() % 1000))
    loaded, known, refused = ingest(run, SOURCE, [Given(file, "", "", NOW)])
    file.unlink()
    if known or refused or loaded.held_batches or loaded.revised != 2 * CHANGED:
        raise RuntimeError(f"{month}: {known} {[str(one.error) for one in refused]} {loaded}")


def _file(month: str, number: int) -> bytes:
    """A file of UN Comtrade's page: imports of 8401 from all areas, each value and weight another than all before."""
    from tests.payloads.comtrade.pages import record
    from tests.payloads.comtrade_csv.pages import table

    rows = [
        record(
            period=month, refYear=int(month[:4]), refMonth=int(month[4:]), partnerCode=area, cmdCode="8401", flowCode="M",
            primaryValue=float(20_000_003 + 7_919 * n + 13 * number), netWgt=float(30_000_001 + 3 * n + 11 * number),
        )
        for n, (area, _, _) in enumerate(_areas()[:CHANGED])
    ]  # fmt: skip
    return table(rows)


def measured_changes(sizes: Sizes, stored: Homes) -> list[Figure]:
    """Each size in a pair with the smallest."""
    figures = []
    smallest = sizes.stored[0]
    for size in sizes.stored[1:]:
        say(f"c: 100 changed rows into {size:,} stored, against {smallest:,}")
        figure = Figure(
            "c",
            "100 changed rows, from file to commit",
            0.0,
            against=f"into {smallest:,} stored",
            size=size,
            promised=1.5,
        )
        paths = stored.of(size), stored.of(smallest)
        counted = iter(range(10_000))
        figures.append(compared(
            figure, lambda: core.child("tests.bench.stored:change", home=paths[0], number=next(counted)),  # noqa: B023 (called at once)
            lambda: core.child("tests.bench.stored:change", home=paths[1], number=next(counted)),  # noqa: B023
            runs=sizes.runs,
        ))  # fmt: skip
        say(f"   {figures[-1].ours:.3f} s against {figures[-1].peer:.3f} s, ratio {figures[-1].ratio:.2f}")
    return figures


# --- d: questions -----------------------------------------------------------------------------------------------------

MIDDLE: Final = "TIMESTAMP '2022-06-15'"
LATE: Final = "TIMESTAMP '2030-01-01'"
QUESTIONS: Final = (
    ("observations", "one series", f"SELECT * FROM {{}} WHERE series_key = '{SERIES_ASKED}'"),
    ("observations", "a month of all series", "SELECT * FROM {} WHERE period_start = DATE '2021-06-01'"),
    ("observations", "the label of a month", "SELECT count(*), sum(value) FROM {} WHERE period = '2021-06'"),
    ("observations", "count and sum of all", "SELECT count(*), sum(value) FROM {}"),
    ("indicators", "all of them", "SELECT * FROM {}"),
)  # fmt: skip


def asked(home: str, then: str, now: str, runs: int) -> Told:
    """Two queries in turn on the published file, all rows fetched; one more pair goes first. Tells the pairs."""
    import duckdb

    from warehouse.reader import SESSION

    with duckdb.connect(str(Path(home) / "trade.duckdb"), read_only=True) as reader:
        reader.execute("SET memory_limit = '6GiB'")
        for setting in SESSION:
            reader.execute(setting)
        pairs = [(_seconds(reader, then), _seconds(reader, now)) for _ in range(runs + 1)][1:]
    return Told(statistics.median(a for a, _ in pairs), {"pairs": pairs})


def _seconds(reader: Any, query: str) -> float:  # noqa: ANN401 (a connection; DuckDB is imported in the child)
    began = time.perf_counter()
    reader.execute(query).fetchall()
    return time.perf_counter() - began


def measured_questions(sizes: Sizes, stored: Homes) -> list[Figure]:
    """As-of against now, then commands on the largest publication against the smallest."""
    home, small = stored.with_publication(sizes.asked), stored.with_publication(sizes.stored[0])
    figures = []
    for view, name, query in QUESTIONS:
        for instant, where in ((MIDDLE, "mid-history"), (LATE, "after its end")):
            say(f"d: {view} as of {where} / now, {name}, {sizes.asked:,} vintages")
            asking = {"then": query.format(f"{view}_as_of({instant})"), "now": query.format(view)}
            told = core.child("tests.bench.stored:asked", home=home, runs=sizes.runs, **asking)
            pairs = told.facts["pairs"]
            figures.append(Figure(
                "d", f"{view} as of {where}: {name}", told.seconds, statistics.median(b for _, b in pairs),
                statistics.median(a / b for a, b in pairs), 2.0, against="as of now", pairs=len(pairs), ours_mib=told.peak_mib,
                size=sizes.asked,
            ))  # fmt: skip
            say(f"   {figures[-1].ours:.3f} s against {figures[-1].peer:.3f} s, ratio {figures[-1].ratio:.2f}")
    commands = {
        "amur explain of a series and month": ["explain", SERIES_ASKED, "2021-06"],
        "amur claims": ["claims"],
        "amur claims --as-of": ["claims", "--as-of", "2025-12-20"],
    }
    for name, words in commands.items():
        say(f"d: {name}, {sizes.asked:,} vintages against {sizes.stored[0]:,}")
        figure = Figure("d", name, 0.0, against=f"with {sizes.stored[0]:,} vintages", size=sizes.asked)
        figures.append(compared(
            figure, lambda words=words: amur(words, home), lambda words=words: amur(words, small),
            runs=min(3, sizes.runs),
        ))  # fmt: skip
        say(f"   {figures[-1].ours:.3f} s against {figures[-1].peer:.3f} s, ratio {figures[-1].ratio:.2f}")
    return figures


def amur(words: list[str], home: Path, more: dict[str, str] | None = None, ok: tuple[int, ...] = (0,)) -> Told:
    """One command of the product, timed as a whole."""
    settings = {"AMUR_HOME": str(home), "AMUR_NOW": NOW.isoformat()} | (more or {})
    return core.command([*core.AMUR, *words], settings, ok)


# --- g: publication ---------------------------------------------------------------------------------------------------


def publication(home: str, number: int) -> Told:
    """Publish after a hundred changed rows: invariants, claims, findings, the verified copy and the feeds."""
    with _running(home) as run:
        _take(run, home, NEWEST, 5_000 + number)
        began = time.perf_counter()
        run.publish()
        taken = time.perf_counter() - began
        if run.failures or not run.summary.published:
            raise RuntimeError(f"not published: {[str(one) for one in run.failures]}")
    return Told(taken, {"mib": (Path(home) / "trade.duckdb").stat().st_size / core.MIB})


def copy(home: str) -> Told:
    """Copy the warehouse's file and sync it: what no publication can do without."""
    target = Path(home) / "copy.duckdb"
    began = time.perf_counter()
    shutil.copyfile(Path(home) / "warehouse.duckdb", target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())
    taken = time.perf_counter() - began
    target.unlink()
    return Told(taken)


def measured_publications(sizes: Sizes, stored: Homes) -> list[Figure]:
    """Each size against a synced copy of its file."""
    figures = []
    for size in sizes.publish:
        say(f"g: publication of {size:,} vintages")
        home = stored.of(size)
        counted = iter(range(10_000))
        figures.append(compared(
            Figure("g", "publication after 100 changed rows", 0.0, against="a synced copy of the file", size=size),
            lambda: core.child("tests.bench.stored:publication", home=home, number=next(counted)),  # noqa: B023 (called at once)
            lambda: core.child("tests.bench.stored:copy", home=home),  # noqa: B023
            runs=sizes.runs if size < MANY else min(3, sizes.runs), warm=int(size < MANY),
        ))  # fmt: skip
        say(f"   {figures[-1].ours:.2f} s against {figures[-1].peer:.2f} s")
    return figures
