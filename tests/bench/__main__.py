"""`make bench`: everything that Amur promises of its speed and memory, measured, as ratios of pairs.

python -m tests.bench [--only a,c] [--quick] [--write] [--with-dlt-at 1000000] [--ten-million-loaded] [--guard]

Without options all parts run and are printed. `--write` also rewrites `tests/bench/recorded.json`, the table of
`docs/performance.md` and its picture, of the parts that ran. `--guard` measures a short choice, compares its ratios
with the recorded ones and tells where they have drifted; it always ends with 0, because machines differ and make noise.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.bench import articles, backfill, core, large_reply, load, night, page, reading, stored
from tests.bench.core import Figure, Sizes, say

__all__ = ["main"]

QUICK: Final = Sizes(
    load=(10_000,), dlt=(), stored=(100_000, 300_000), publish=(100_000,), asked=300_000, large_reply=10_000,
    articles=90, known=(300, 1_000), requests=1, runs=2,
)  # fmt: skip
GUARD: Final = Sizes(
    load=(10_000,), dlt=(), stored=(100_000,), runs=1, warm=0
)  # under a minute where nothing else runs
GUARDED: Final = ("b", "e", "f")
DRIFT: Final = 1.5

Part = Callable[[Sizes, stored.Homes], list[Figure]]
PARTS: Final[dict[str, Part]] = {
    "a": lambda sizes, _: night.measured_night(sizes),
    "b": lambda sizes, _: load.measured(sizes),
    "c": stored.measured_changes,
    "d": stored.measured_questions,
    "e": lambda sizes, _: reading.measured(sizes),
    "f": night.measured_start,
    "g": stored.measured_publications,
    "i": lambda sizes, _: backfill.measured(sizes),
    "j": lambda sizes, _: large_reply.measured(sizes),
    "k": lambda sizes, _: articles.measured(sizes),
}  # h, memory, is a column of all of them


def measured(parts: Sequence[str], sizes: Sizes) -> dict[str, list[Figure]]:
    """The figures of some parts, which share the warehouses that they need."""
    found = {}
    with stored.homes() as homes:
        for part in parts:
            began = time.monotonic()
            found[part] = PARTS[part](sizes, homes)
            say(f"{part}: done in {time.monotonic() - began:.0f} s")
    return found


def guard(*, write: bool) -> None:
    """Measure the short choice; record it with `write`, else compare it with what is recorded."""
    figures = [figure for part in measured(GUARDED, GUARD).values() for figure in part]
    if write:
        page.record_guard(figures)
        return
    before = page.guarded()
    drifted = 0
    for figure in figures:
        known = before.get(page.key(figure))
        if known is None or figure.ratio is None:
            continue
        worse = known / figure.ratio if figure.sense == "at least" else figure.ratio / known
        drifted += worse > DRIFT
        mark = "  <<<<<< DRIFT" if worse > DRIFT else ""
        print(
            f"bench guard: {page.key(figure)}: ratio {figure.ratio:.2f}, recorded {known:.2f}, {worse:.2f} of it{mark}"
        )
    if drifted:
        print(f"bench guard: {drifted} of {len(figures)} ratios are more than {DRIFT} times worse than recorded;")
        print("bench guard: `make bench` on a quiet machine says whether that is noise.")


@contextmanager
def _timed() -> Iterator[None]:
    began = time.monotonic()
    yield
    say(f"all of it took {(time.monotonic() - began) / 60:.1f} min")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description="what Amur costs, as ratios of pairs measured in one run")
    parser.add_argument("--only", default="", metavar="PARTS", help=f"such as a,c: of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="small sizes, two pairs: does it run at all")
    parser.add_argument("--write", action="store_true", help="rewrite the recorded figures, the page and its picture")
    parser.add_argument("--guard", action="store_true", help="a short choice against what is recorded; always exit 0")
    parser.add_argument(
        "--with-dlt-at", type=int, action="append", default=[], metavar="ROWS", help="1000000 takes ten minutes a pair"
    )
    parser.add_argument("--ten-million-loaded", action="store_true", help="part b at 10,000,000 observations, too")
    parser.add_argument("--dlt-python", type=Path, default=Sizes().dlt_python, help="the interpreter that has dlt")
    options = parser.parse_args()
    if options.guard:
        with _timed():
            guard(write=options.write)
        return
    sizes = replace(QUICK if options.quick else Sizes(), dlt_python=options.dlt_python)
    sizes = replace(sizes, dlt=(*sizes.dlt, *options.with_dlt_at))
    if options.ten_million_loaded:
        sizes = replace(sizes, load=(*sizes.load, 10_000_000))
    parts = [part.strip() for part in options.only.split(",") if part.strip()] or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        sys.exit(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if sizes.dlt and "b" in parts and not core.exists(sizes.dlt_python):
        say("dlt isn't measured: `make bench-peers` sets it up")
    with _timed():
        found = measured(parts, sizes)
        print(page.table([figure for part in found.values() for figure in part]))
        if options.write:
            page.write(found)


if __name__ == "__main__":
    main()
