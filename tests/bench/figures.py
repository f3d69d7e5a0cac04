"""`make bench`: the figures that this version promises, as ratios of pairs measured in one run.

    a night in which nothing has changed   against   an empty one-shot Prefect flow
    amur sql 'SELECT 1'                     against   importing DuckDB and asking it for 1

Each pair runs five times, A B A B …, after one warm-up; medians of wall time and of the ratios are printed. The night
runs against the bundled web over loopback with the usual gap of a second between two requests to a host.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.origin import comtrade
from tests.origin.pages import demo_web
from tests.origin.server import Origin

BIN = Path(sys.executable).parent
NIGHT = datetime(2026, 7, 25, 2, 30, tzinfo=UTC)
RUNS = 5
EMPTY_FLOW = "from prefect import flow\n@flow\ndef nothing(): pass\nnothing()"
QUIET = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1", "PREFECT_LOGGING_LEVEL": "ERROR"}


def seconds(command: Sequence[str | Path], environment: Mapping[str, str], ok: Sequence[int]) -> float:
    """Wall time of a command that must end with one of the codes in `ok`."""
    began = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - began
    if done.returncode not in ok:
        sys.exit(f"{command}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return taken


def pair(
    name: str,
    ours: Sequence[str | Path],
    peer: Sequence[str | Path],
    environments: tuple[Mapping[str, str], Mapping[str, str]],
    ok: Sequence[int],
    wanted: float,
) -> None:
    """Print the medians of one pair and the median of their ratios."""
    taken = []
    for number in range(RUNS + 1):
        one = seconds(ours, environments[0], ok), seconds(peer, environments[1], [0])
        if number:
            taken.append(one)
    ratio = statistics.median(a / b for a, b in taken)
    a, b = (statistics.median(values) for values in zip(*taken, strict=True))
    print(f"{name}: {a:.2f} s against {b:.2f} s, ratio {ratio:.2f} (promised: at most {wanted})")


def main() -> None:
    """Measure both pairs."""
    services = {comtrade.ADDRESS: comtrade.Comtrade(NIGHT.date())}
    with tempfile.TemporaryDirectory() as folder, Origin(demo_web(), services) as origin:
        plain = dict(os.environ)
        said = {"AMUR_HOME": f"{folder}/home", "AMUR_NOW": NIGHT.isoformat(), "AMUR_COMTRADE_KEY": "any-key-is-right"}
        night = plain | origin.environment() | said
        for _ in range(2):
            seconds([BIN / "amur", "nightly"], night, [0, 3])
        empty = plain | QUIET | {"PREFECT_HOME": f"{folder}/prefect"}
        pair(
            "night without news / empty flow",
            [BIN / "amur", "nightly"],
            [sys.executable, "-c", EMPTY_FLOW],
            (night, empty),
            [0, 3],
            1.5,
        )
        asked = "import duckdb; duckdb.sql('select 1').fetchall()"
        pair(
            "amur sql 'SELECT 1' / import duckdb",
            [BIN / "amur", "sql", "SELECT 1"],
            [sys.executable, "-c", asked],
            (night, plain),
            [0],
            2.0,
        )


if __name__ == "__main__":
    main()
