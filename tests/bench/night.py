"""Parts a and f: a night without news against an empty Prefect flow; the start of `amur sql` against DuckDB's own.

The night is `amur nightly` as it is, against the bundled web over loopback, which answers 304 to all that it is asked,
with the usual gap of a second between two requests to a host. The empty flow has the same server as the product starts
for itself (`flows.prefect_api`), which is quicker than Prefect's built-in one, and is drained as the product's is.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from typing import Final

from tests.bench import core
from tests.bench.core import AMUR, Figure, Sizes, compared, say
from tests.bench.stored import Homes

__all__ = ["measured_night", "measured_start"]

NIGHT: Final = datetime(2026, 7, 25, 2, 30, tzinfo=UTC)
EMPTY: Final = """
import sys
from pathlib import Path
from flows.prefect_api import loopback_server
with loopback_server(Path(sys.argv[1])) as server:
    from prefect import flow
    server.ready()
    @flow(name="nothing", persist_result=False)
    def nothing(): pass
    state = nothing(return_state=True)
    server.drain(state.state_details.flow_run_id, 0)
"""
BARE: Final = "import duckdb; duckdb.connect().execute('SELECT 1').fetchall()"


def measured_night(sizes: Sizes) -> list[Figure]:
    """A night in which nothing has changed."""
    from tests.origin import comtrade
    from tests.origin.pages import demo_web
    from tests.origin.server import Origin

    say("a: a night without news, against an empty flow")
    services = {comtrade.ADDRESS: comtrade.Comtrade(NIGHT.date())}
    with tempfile.TemporaryDirectory() as folder, Origin(demo_web(), services) as origin:
        said = {"AMUR_HOME": f"{folder}/home", "AMUR_NOW": NIGHT.isoformat(), "AMUR_COMTRADE_KEY": "any-key-is-right"}
        night = origin.environment() | said
        for _ in range(2):
            core.command([*AMUR, "nightly"], night, (0, 3))
        before = len(origin.asked)
        figure = compared(
            Figure("a", "amur nightly, nothing changed", 0.0, against="an empty flow of Prefect", promised=1.25),
            lambda: core.command([*AMUR, "nightly"], night, (0, 3)),
            lambda: core.command([sys.executable, "-c", EMPTY, f"{folder}/empty"], {}), runs=sizes.runs,
        )  # fmt: skip
        asked = [one for one in origin.asked[before:] if one.method == "GET"]
        if any(one.status == 200 and not one.url.startswith(comtrade.ADDRESS) for one in asked):
            raise RuntimeError("something had changed")
        figure.note = f"{len(asked) // (sizes.runs + 1)} requests a night"
    say(f"   {figure.ours:.2f} s against {figure.peer:.2f} s, ratio {figure.ratio:.2f}")
    return [figure]


def measured_start(sizes: Sizes, stored: Homes) -> list[Figure]:
    """The start of `amur sql` on a small publication."""
    say("f: amur sql, against importing DuckDB and asking it")
    home = stored.with_publication(sizes.stored[0])
    figure = compared(
        Figure("f", "amur sql 'SELECT 1'", 0.0, against="python: import duckdb, SELECT 1", promised=1.5),
        lambda: core.command([*AMUR, "sql", "SELECT 1"], {"AMUR_HOME": str(home)}),
        lambda: core.command([sys.executable, "-c", BARE], {}), runs=2 * sizes.runs + 1,
    )  # fmt: skip
    say(f"   {figure.ours:.3f} s against {figure.peer:.3f} s, ratio {figure.ratio:.2f}")
    return [figure]
