"""The same backfill by one process and by two workers, against the bundled web on loopback, a second between requests.

    amur backfill             five sources at five hosts, two of them at the same
    amur backfill --jobs 1    one source after the other
    AMUR_FANOUT               the same over two workers of a Prefect work pool, four parts at a time each

Printed are the wall time of the command, the time from its first request to its last, and the requests. The server and
the workers are started before, and are not counted.

python -m tests.bench.fan_out
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from tests.invariants import fingerprint
from tests.origin import comtrade
from tests.origin.demo import ANY_KEY
from tests.origin.pages import NIGHTS, demo_web
from tests.origin.server import Misbehaviour, Origin, Page
from tests.pool import Pool, prefect_server

__all__ = ["main"]

POOL: Final = "amur-fetch"
GAP_S: Final = "1"
SOURCES: Final = ("gacc_preliminary", "gacc_bulletin", "cbr_fx", "worldbank_pinksheet", "comtrade")
BACKFILL: Final = ("backfill", *SOURCES, "--from", "2026-06", "--to", "2026-07")


class Timed(Origin):
    """The demo's web, which notes when it was asked."""

    def __init__(self) -> None:
        """Nothing asked yet."""
        service = comtrade.Comtrade(date.fromisoformat(NIGHTS[0][:10]))
        super().__init__(demo_web(), {comtrade.ADDRESS: service})
        self.at: list[float] = []

    def misbehaviour(self, url: str) -> tuple[Misbehaviour, Page] | None:
        """The first that is called for a request."""
        self.at.append(time.monotonic())
        return super().misbehaviour(url)


def measured(name: str, arguments: tuple[str, ...], environment: Mapping[str, str], origin: Timed, home: Path) -> str:
    """Run the backfill and print what it took; gives the fingerprint of what it left."""
    origin.at.clear()
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *BACKFILL, *arguments], env={**environment, "AMUR_HOME": str(home)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    took = time.monotonic() - began
    if done.returncode not in {0, 3}:
        sys.exit(f"{name}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    span = max(origin.at) - min(origin.at)
    print(f"{name}: {took:.1f} s in all, {span:.1f} s from the first request to the last, {len(origin.at)} requests")
    return fingerprint(home)


def main() -> None:
    """Measure all three, and see that they came to the same."""
    with tempfile.TemporaryDirectory() as name, Timed() as origin:
        folder = Path(name)
        with prefect_server(folder, POOL) as pool:
            compare(pool, origin, folder)


def compare(pool: Pool, origin: Timed, folder: Path) -> None:
    """One process with threads, one without, two workers."""
    own = {"AMUR_GAP": GAP_S, "AMUR_NOW": NIGHTS[0], "AMUR_COMTRADE_KEY": ANY_KEY, "AMUR_REPORT": "no"}
    plain = {**pool.environment, **origin.environment(), **own}
    print(f"2 workers, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    prints = {
        measured("one process, --jobs 8", (), plain, origin, folder / "threads"),
        measured("one process, --jobs 1", ("--jobs", "1"), plain, origin, folder / "alone"),
    }
    home = folder / "workers"
    fanned = plain | {"AMUR_FANOUT": f"prefect:{POOL}"}
    with pool.manned("one", "two", limit=4, **origin.environment(), AMUR_HOME=str(home), AMUR_COMTRADE_KEY=ANY_KEY):
        prints.add(measured("two workers, --limit 4", (), fanned, origin, home))
    if len(prints) > 1:
        sys.exit("they came to different warehouses")


if __name__ == "__main__":
    main()
