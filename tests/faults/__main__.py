"""`python -m tests.faults`: run the fault campaigns and print what came of them; nothing is written but to /tmp.

0: every fault was applied and survived, every bad input ended as it may, every control came out as it must.
1: a violation, or a case that was not tried; each is named on standard error.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.faults.tables import Options, Row, printed, verdict

__all__ = ["main"]

# In the order of the tables. One that isn't there is left out and named.
CAMPAIGNS: Final = {
    "transport": "tests.faults.transport",
    "kills": "tests.faults.kill_points",
    "readers": "tests.faults.readers",
    "walks": "tests.faults.state_machine",
    "nights": "tests.faults.thirty_nights",
    "by_hand": "tests.faults.by_hand",
    "inputs": "tests.faults.inputs",
}
SHARED: Final = Path(__file__).parents[2].parent / "shared"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the campaigns that are asked for."""
    ask = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    ask.add_argument("campaign", nargs="*", help=f"{', '.join(CAMPAIGNS)}; all without one")
    ask.add_argument("--only", action="append", default=[], metavar="ID", help="cases whose id begins with this")
    ask.add_argument("--sample", type=int, metavar="N", help="N cases of each group, chosen by the seed")
    ask.add_argument("--seed", type=int, default=1)
    said = ask.parse_args(arguments)
    if unknown := set(said.campaign) - set(CAMPAIGNS):
        ask.error(f"no such campaign: {', '.join(sorted(unknown))}")
    rows: list[Row] = []
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="amur-faults-") as folder:
        for name in said.campaign or CAMPAIGNS:
            if importlib.util.find_spec(CAMPAIGNS[name]) is None:
                sys.stderr.write(f"{name}: no such campaign in this tree\n")
                failed += [f"{name}: not there"] * bool(said.campaign)
                continue
            scratch = Path(folder) / name
            scratch.mkdir()
            options = Options(
                scratch, said.seed, said.sample, SHARED if SHARED.is_dir() else None, tuple(said.only)
            )  # fmt: skip
            rows.extend(importlib.import_module(CAMPAIGNS[name]).campaign(options))
    sys.stdout.write(printed(rows))
    failed += verdict(rows, whole=said.sample is None and not said.only)
    for line in failed or (["nothing was tried"] if not rows else []):
        sys.stderr.write(f"{line}\n")
    return 1 if failed or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
