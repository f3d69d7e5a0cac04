"""Part i: requests a second of a backfill against the bundled UN Comtrade on loopback, and what the gap allows.

Without a key the preview is asked month by month: the source with most requests. The clock is the origin's: from the
first request for figures to the last. The gap is set to a tenth of a second, so that what the product itself needs for
a request would show.
"""

from __future__ import annotations

import tempfile
import time
from datetime import date
from email.message import Message
from typing import Final

from tests.bench import core
from tests.bench.core import Figure, Sizes, say
from tests.origin import comtrade
from tests.origin.pages import demo_web
from tests.origin.server import Answer, Origin

__all__ = ["measured"]

GAP_S: Final = 0.1
LAST: Final = 2025
PROMISED: Final = 0.9
NOW: Final = "2026-07-25T02:30:00Z"


def measured(sizes: Sizes) -> list[Figure]:
    """One backfill of some years, some times, each into a home of its own."""
    first = LAST - sizes.requests + 1
    say(f"i: amur backfill comtrade --from {first}-01, a gap of {GAP_S} s")
    rates, peaks, counts = [], [], []
    for _ in range(max(1, sizes.runs // 2)):
        service = comtrade.Comtrade(date(2026, 7, 25))
        asked: list[float] = []

        def noted(
            url: str, headers: Message, service: comtrade.Comtrade = service, asked: list[float] = asked
        ) -> Answer:
            if "/preview/" in url:
                asked.append(time.perf_counter())
            return service(url, headers)

        with tempfile.TemporaryDirectory() as home, Origin(demo_web(), {comtrade.ADDRESS: noted}) as origin:
            said = origin.environment() | {"AMUR_HOME": home, "AMUR_NOW": NOW, "AMUR_GAP": str(GAP_S)}
            words = ["backfill", "comtrade", "--from", f"{first}-01", "--to", f"{LAST}-12"]
            told = core.command([*core.AMUR, *words], said, (0, 3))
        rates.append((len(asked) - 1) / (asked[-1] - asked[0]))
        peaks.append(told.peak_mib)
        counts.append(len(asked))
    rates.sort()
    rate = rates[len(rates) // 2]
    figure = Figure(
        "i", "backfill of comtrade without a key", rate, 1 / GAP_S, rate * GAP_S, PROMISED, "at least", "requests/s",
        against="one in a gap", pairs=len(rates), ours_mib=max(peaks), note=f"{counts[0]} requests",
    )  # fmt: skip
    say(f"   {rate:.2f} requests/s of {1 / GAP_S:.0f}, ratio {figure.ratio:.2f}")
    return [figure]
