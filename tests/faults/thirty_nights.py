"""Thirty nights in which something goes wrong each night, beside thirty quiet ones: the same warehouse in the end.

    python -m tests.faults.thirty_nights [--nights 30] [--seed 1] [--web bundled|recorded] [--still 12] [--keep DIR]

The walk is the product's own: its door over real sockets to an origin that stands in as proxy, archive, parser, judge,
loader, publisher. AMUR_NOW goes on by a day each night, pages come, change and go on their days. What is asked of each
night and what "the same" means is said in docs/faults-nights.md. Exit 1: a violation.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import duckdb

from flows.prefect_api import KEPT_RUNS
from tests import invariants
from tests.faults.night_webs import FAULTS, SHARED, Bundled, Mishap, Recorded, Web, instant
from tests.faults.one_night import PHASES, Ending, Fate, night
from tests.faults.tables import Fault, Options, kept

__all__ = ["Night", "Series", "campaign", "disturbed", "main", "quiet"]

NIGHTS: Final = 30
STILL: Final = 12
MOST_GROWTH: Final = 64 << 10  # bytes a night without news, as the disk counts
UNHURRIED_S: Final = 60.0
DISASTERS: Final = ("kill", "disk", "out")
WELL: Final = frozenset({0, 3})
COMMAND: Final = "import sys; from flows.cli import main; sys.exit(main())"
Say = Callable[[str], None] | None
CELL: Final = "series_key, period_start, period_end"


@dataclass(slots=True)
class Night:
    """One night as it went: `faults` in words, exit as text, rows new, revised and held, what doesn't hold."""

    number: int
    faults: list[str]
    exit: str
    new: int = 0
    revised: int = 0
    held: int = 0
    seconds: float = 0.0
    violations: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Series:
    """All nights of a campaign: how often each kind of fault was applied, what differs in the end, and the disk."""

    web: str
    seed: int
    nights: list[Night] = field(default_factory=list)
    applied: Counter[str] = field(default_factory=Counter)
    never_hit: int = 0
    missing: list[str] = field(default_factory=list)
    explained: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    compared: dict[str, int] = field(default_factory=dict)
    later: tuple[int, int] = (0, 0)
    growth: list[int] = field(default_factory=list)
    grown: Mapping[str, int] = field(default_factory=dict)

    @property
    def violations(self) -> list[str]:
        """Everything that doesn't hold, in words."""
        said = [f"night {one.number}: {words}" for one in self.nights for words in one.violations]
        said += [f"in the end: {words}" for words in self.differences]
        if self.growth and (mean := sum(self.growth) / len(self.growth)) > MOST_GROWTH:
            said.append(f"a night without news takes {mean / 1024:.0f} KiB, more than {MOST_GROWTH >> 10}")
        return said


# --- walking ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A home with the settings that lead to its web."""

    home: Path
    web: Web
    environment: Mapping[str, str]

    def settings(self, number: int, hours: int = 0) -> dict[str, str]:
        """The settings of a night."""
        now = instant(number).replace(hour=2 + hours)
        return {**self.environment, "AMUR_HOME": str(self.home), "AMUR_NOW": now.isoformat(), "AMUR_GAP": "0"}

    def walk(self, number: int, fate: Fate | None = None, deadline_s: float | None = None) -> Ending:
        """One night without Prefect; a fetch may take `deadline_s`, by default so long as no answer is soon told."""
        told = self.home.with_suffix(".json")
        return night(self.settings(number), told, deadline_s or self.web.deadline_s, fate)

    def command(self, number: int, hours: int = 0) -> Ending:
        """One night as `amur nightly` in a process of its own, with Prefect."""
        kept_names = {k: v for k, v in os.environ.items() if not k.upper().endswith("_PROXY") and k[:5] != "AMUR_"}
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, "nightly"], env=kept_names | self.settings(number, hours),
            capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        summary = json.loads((self.home / "last_run.json").read_bytes())
        return Ending(done.returncode, time.monotonic() - began, summary)


def quiet(place: Place, nights: int, *, publish_all: bool = False) -> None:
    """The twin: every night as it should be. It publishes in the last alone unless it is told otherwise."""
    for number in range(1, nights + 1):
        place.web.show(number)
        # a busy machine must not spoil it
        ending = place.walk(number, Fate(publishes=publish_all or number == nights), UNHURRIED_S)
        if ending.exit_code not in WELL:
            raise RuntimeError(f"the quiet night {number} ended with {ending.exit_code}: {ending.summary}")


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes wrong in a night."""

    mishaps: tuple[Mishap, ...]
    fate: Fate
    disaster: str = ""


def planned(web: Web, nights: int, seed: int, most: int = 3) -> list[Plan]:
    """What goes wrong in each night: one to `most` mishaps, and in every second or third night a disaster as well.

    Kinds come in turns that are shuffled, so that each comes about equally often.
    """
    chance = random.Random(seed)  # noqa: S311 (it sows faults)
    kinds, disasters, phases = _turns(chance, FAULTS), _turns(chance, DISASTERS), _turns(chance, PHASES[:3])
    plans = []
    for number in range(1, nights + 1):
        addresses = web.addresses(number)
        mishaps = tuple(
            Mishap(
                address=chance.choice(addresses), kind=next(kinds), times=chance.choice((0, 0, 1)),
                status=chance.choice((500, 502, 503, 403)), part=chance.uniform(0.05, 0.98),
            )
            for _ in range(chance.randint(1, most))
        )  # fmt: skip
        fate, disaster = Fate(), ""
        if chance.random() < 0.4 or number == 2:
            disaster = next(disasters)
            if disaster == "kill":
                phase = next(phases)
                longest = {"fetch": 1.0, "load": 1.5, "publish": 8.0}[phase]
                fate = Fate(
                    die=phase,
                    after_s=chance.uniform(0.0, longest),
                    step=chance.choice((1, 2, 3)) if phase == "load" else 1,
                )
            elif disaster == "disk":
                fate = Fate(largest_file=int(2 ** chance.uniform(9, 24.5)))
        plans.append(Plan(mishaps, fate, disaster))
    return plans


def _turns(chance: random.Random, kinds: Sequence[str]) -> Iterator[str]:
    while True:
        yield from chance.sample(kinds, len(kinds))


def disturbed(
    place: Place, plans: Sequence[Plan], series: Series, truth: Mapping[tuple[Any, ...], set[Any]],
    commands: Sequence[int] = (), say: Say = None,
) -> None:  # fmt: skip
    """The disturbed nights; after each what must hold is looked at. One quiet night follows them."""
    shown: set[tuple[Any, ...]] = set()
    for number, plan in enumerate([*plans, Plan((), Fate())], start=1):
        place.web.show(number)
        one = Night(number, [], "")
        if plan.disaster == "out":
            one.faults, one.exit = ["no run"], "-"
            series.applied["out"] += 1
        else:
            place.web.disturb(plan.mishaps)
            by_command = number in commands and not plan.disaster
            ending = place.command(number) if by_command else place.walk(number, plan.fate)
            hits = place.web.applied()
            for mishap, hit in zip(plan.mishaps, hits, strict=True):
                series.never_hit += not hit
                series.applied[mishap.kind] += bool(hit)
                one.faults += [str(mishap)] if hit else []
            one.exit, one.seconds = str(ending.exit_code), ending.seconds
            _told(one, plan, ending, series)
            if by_command:
                one.faults.append("(amur nightly)")
        settled = one.exit in {"0", "3"}
        one.violations += invariants.check(place.home, settled=settled)
        if number > len(plans) and not settled:
            one.violations.append(f"the quiet night at the end exits with {one.exit}")
        shown = _readers(place.home, one, truth, shown)
        series.nights.append(one)
        if say is not None:
            say(_line(one))


def _told(one: Night, plan: Plan, ending: Ending, series: Series) -> None:
    """Put what the night says of itself into its row."""
    for source in ending.summary.get("sources", []):
        one.new += source["new"]
        one.revised += source["revised"]
        one.held += source["held"]
    if plan.disaster == "kill":
        died = ending.exit_code == -9
        series.applied["kill"] += died
        one.faults.append(f"kill -9 in {plan.fate.die}" if died else f"(ended before the kill in {plan.fate.die})")
    elif plan.disaster == "disk":
        series.applied["disk"] += 1
        one.faults.append(f"no file above {plan.fate.largest_file:,} B")
    if ending.exit_code not in {0, 1, 3} and not (plan.disaster == "kill" and ending.exit_code == -9):
        one.violations.append(f"exit {ending.exit_code}")
    if ending.exit_code == 1 and plan.disaster != "disk":
        one.violations.append(f"exit 1 without a full disk: {ending.summary.get('failures')}")


def _readers(
    home: Path, one: Night, truth: Mapping[tuple[Any, ...], set[Any]], shown: set[tuple[Any, ...]]
) -> set[tuple[Any, ...]]:
    """What readers have after a night: no value that the quiet nights never saw, no cell less than before."""
    path = home / "trade.duckdb"
    if not path.exists():
        if shown:
            one.violations.append("I4 publication: gone")
        return shown
    with duckdb.connect(str(path), read_only=True) as reader:
        rows = reader.execute(f"SELECT {CELL}, value, obs_status FROM observations").fetchall()
    wrong = [row for row in rows if row[3:] not in truth.get(row[:3], set())]
    cells = {row[:3] for row in rows}
    if wrong:
        one.violations.append(f"I3 wrong: {len(wrong)} published values that nobody printed, as {wrong[0]}")
    if lost := shown - cells:
        one.violations.append(f"I1 lost: {len(lost)} cells that were published, as {min(lost)}")
    return cells


# --- comparing --------------------------------------------------------------------------------------------------------

# What is compared: the rows of both, each with all that it says but ids of runs and times of fetching.
COMPARED: Final = {
    "current values": f"SELECT {CELL}, value, obs_status, unit, freq FROM observations",
    "series": (
        "SELECT series_key, source, dataset, measure, reporter, partner, partner_name, partner_kind, flow, product, "
        "unit, freq FROM series_dimensions"
    ),
    "vintage values": (
        f"SELECT DISTINCT {CELL}, value, obs_status FROM vintages JOIN series_dimensions USING (series_id)"
    ),
    "codes": "SELECT DISTINCT source, codelist, code, name, iso, valid_from, valid_to FROM code_vintages",
    "event candidates": (
        "SELECT DISTINCT * EXCLUDE (run_id, known_at, fetched_at, published_at, payload_sha256, locator) "
        "FROM event_candidates"
    ),
    "events": ("SELECT event_date, event_type, actor, target, product, status, value, unit, project, side FROM events"),
    "articles": (
        "SELECT DISTINCT article_id, source, canonical_url, title, language, published_at FROM article_vintages"
    ),
    "claims": "SELECT claim_id, status_now, computed_now, why_now, status_then, computed_then FROM claim_answers",
    "indicators": (
        "SELECT indicator, freq, period, value, unit, basis, grade, obs_status FROM indicator_history "
        "WHERE published_to IS NULL"
    ),
    "states": (
        "SELECT kind, CASE kind WHEN 'event' THEN '' ELSE key END, period, state, value FROM state_history "
        "WHERE published_to IS NULL AND kind <> 'release'"  # an event's id is made from the body that first told of it
    ),
    "held": "SELECT kind, source, url, payload_sha256, reason_kind FROM quarantine WHERE state = 'held'",
    "loaded documents": "SELECT DISTINCT source, url, sha256 FROM payloads WHERE state = 'loaded'",
    "known errors": "SELECT * FROM correction_entries",
}
BY_DOCUMENT: Final = {  # of these a row may be missing where its only document is
    "vintage values": (
        f"SELECT {CELL}, value, obs_status, payload_sha256 FROM vintages JOIN series_dimensions USING (series_id)"
    ),
}


def truth_of(home: Path) -> dict[tuple[Any, ...], set[Any]]:
    """Every value that a home ever knew of a cell."""
    found: dict[tuple[Any, ...], set[Any]] = {}
    with invariants.opened(home / "warehouse.duckdb") as connection:
        for row in connection.execute(COMPARED["vintage values"]).fetchall():
            found.setdefault(row[:3], set()).add(row[3:])
    return found


def compare(home: Path, twin: Path, series: Series, asked: AbstractSet[str]) -> None:
    """Say where a home isn't as its twin; what follows from documents that it never got is told apart.

    `asked` are the addresses of the last night: what was spoilt at another stays in quarantine for a person.
    """
    with (
        invariants.opened(home / "warehouse.duckdb") as ours,
        invariants.opened(twin / "warehouse.duckdb") as theirs,
    ):
        loaded = "SELECT sha256, url FROM payloads WHERE state IN ('loaded', 'index', 'kept', 'empty')"
        had = {sha for (sha, _) in ours.execute(loaded).fetchall()}
        gone = {sha: url for sha, url in theirs.execute(COMPARED_LOADED).fetchall() if sha not in had}
        series.missing = sorted(f"{url} ({sha[:8]})" for sha, url in gone.items())
        only = _only_in(theirs, set(gone))
        for name, query in COMPARED.items():
            mine, right = (Counter(connection.execute(query).fetchall()) for connection in (ours, theirs))
            series.compared[name] = sum(right.values())
            lacking, extra = list((right - mine).elements()), list((mine - right).elements())
            if name == "loaded documents":
                lacking = [row for row in lacking if row[2] not in gone]
            if name == "held":
                series.left = sorted(f"{row[1]} {row[2]}" for row in extra if row[2] not in asked)
                extra = [row for row in extra if row[2] in asked]
            if name == "vintage values":
                excused = [row for row in lacking if row in only]
                lacking = [row for row in lacking if row not in only]
                series.explained += [f"{name}: {len(excused)} of the missing documents"] * bool(excused)
            if lacking or extra:
                example = (lacking or extra)[0]
                words = f"{name}: {len(lacking)} missing, {len(extra)} more, as {example}"
                series.differences.append(words)
        series.later = _lateness(ours, theirs)


COMPARED_LOADED: Final = "SELECT sha256, url FROM payloads WHERE state = 'loaded'"


def _only_in(connection: duckdb.DuckDBPyConnection, gone: set[str]) -> set[tuple[Any, ...]]:
    """The values that stand in none but these documents, as far as the vintages say."""
    by: dict[tuple[Any, ...], set[str]] = {}
    for row in connection.execute(BY_DOCUMENT["vintage values"]).fetchall():
        by.setdefault(row[:-1], set()).add(row[-1])
    return {row for row, shas in by.items() if shas <= gone}


def _lateness(ours: duckdb.DuckDBPyConnection, theirs: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """How many values that both have were known later than in the quiet nights, and how many earlier."""
    query = (
        f"SELECT {CELL}, value, obs_status, min(known_at) FROM vintages JOIN series_dimensions USING (series_id) "
        "GROUP BY ALL"
    )
    mine, right = ({row[:-1]: row[-1] for row in c.execute(query).fetchall()} for c in (ours, theirs))
    both = mine.keys() & right.keys()
    return sum(mine[row] > right[row] for row in both), sum(mine[row] < right[row] for row in both)


# --- the disk ---------------------------------------------------------------------------------------------------------


def used(home: Path) -> dict[str, int]:
    """Bytes on the disk by the first name below the home, as `du` counts them."""
    found: dict[str, int] = {}
    for folder, folders, files in os.walk(home):
        for name in [*folders, *files]:
            path = Path(folder) / name
            first = path.relative_to(home).parts[0]
            with contextlib.suppress(FileNotFoundError):
                found[first] = found.get(first, 0) + path.lstat().st_blocks * 512
    return found


def still(place: Place, series: Series, after: int, nights: int) -> None:
    """Nights without news: the web stands still, an hour goes by. Those that find nothing new are counted.

    They are commands with Prefect, whose database holds the newest runs: it is full after as many.
    """
    place.web.show(after)
    for n in range(1, KEPT_RUNS + 1):
        place.command(after, hours=n)
    first = before = used(place.home)
    for n in range(KEPT_RUNS + 1, KEPT_RUNS + nights + 1):
        ending = place.command(after, hours=n)
        now = used(place.home)
        news = ending.summary.get("published") or sum(one["new"] + one["revised"] for one in ending.summary["sources"])
        if ending.exit_code in WELL and not news:
            series.growth.append(sum(now.values()) - sum(before.values()))
        before = now
    series.grown = {name: size - first.get(name, 0) for name, size in before.items() if size != first.get(name, 0)}


# --- the campaign -----------------------------------------------------------------------------------------------------


def run(
    web: Web, scratch: Path, nights: int, seed: int, *, still_nights: int = STILL, commands: Sequence[int] = (),
    say: Say = None,
) -> Series:  # fmt: skip
    """Quiet nights, disturbed ones, the comparison, and nights without news."""
    series = Series(web.name, seed)
    twin = scratch / f"{web.name.split()[0]}-twin"
    home = scratch / f"{web.name.split()[0]}-home"
    for path in (twin, home):
        path.mkdir(parents=True)
    with web.serving() as environment:
        quiet(Place(twin, web, environment), nights + 1)
    if say is not None:
        say(f"{web.name}: {nights + 1} quiet nights are done")
    with web.serving() as environment:
        place = Place(home, web, environment)
        disturbed(place, planned(web, nights, seed), series, truth_of(twin), commands, say)
        compare(home, twin, series, set(web.addresses(nights + 1)))
        if still_nights:
            still(place, series, nights + 1, still_nights)
    return series


def campaign(options: Options) -> Iterator[Fault]:
    """One row a series: with `sample`, five nights over our own pages; else thirty over these and the recorded ones."""
    nights = NIGHTS if options.sample is None else 5
    webs: list[Web] = [Bundled()]
    if options.shared is not None and options.sample is None:
        webs.append(Recorded())
    for web in webs:
        name = f"N{nights} {web.name.split()[0]}"
        if not options.wants(name):
            continue
        series = run(
            web, options.scratch, nights, options.seed, still_nights=0 if options.sample else STILL, say=options.say
        )
        broken = {words.split(": ", 1)[1][:2] for words in series.violations}
        yield Fault(
            id=name, kind="nights", rule=f"{nights} nights of {', '.join(sorted(+series.applied))}; seed {series.seed}",
            hit=sum(series.applied.values()), exit=series.nights[-1].exit, told=None,
            kept=kept(broken & {"I1", "I2", "I3", "I4"}, ("I1", "I2", "I3", "I4")), heals=not series.violations,
            why="; ".join(series.violations),
        )  # fmt: skip


def _line(one: Night) -> str:
    said = "; ".join(one.faults) or "-"
    well = "; ".join(one.violations) or "none"
    rows = f"{one.new:>6} {one.revised:>4} {one.held:>5}"
    return f"{one.number:>5}  {one.exit:>4}  {rows}  {one.seconds:>5.1f}  {well:<10}  {said}"


HEAD: Final = "night  exit     new  rev.  held      s  violations  faults"


def printed(series: Series) -> str:
    """The table and its footer."""
    lines = [f"{series.web}, seed {series.seed}", "", HEAD, *map(_line, series.nights), ""]
    lines.append(
        f"faults applied {sum(series.applied.values())}: "
        + ", ".join(f"{kind} {count}" for kind, count in sorted((+series.applied).items()))
        + f"; planned and not met {series.never_hit}"
    )
    lines.append("compared with the quiet nights: " + ", ".join(f"{name} {n}" for name, n in series.compared.items()))
    lines.append(f"truly missing, by name: {len(series.missing)}")
    lines += [f"  {name}" for name in (*series.missing, *series.explained)]
    lines.append(f"spoilt, in quarantine for a person, at addresses that are no longer asked: {len(series.left)}")
    lines += [f"  {name}" for name in series.left]
    lines.append(f"other differences: {len(series.differences)}")
    lines += [f"  {words}" for words in series.differences]
    lines.append(f"values known later than in the quiet nights: {series.later[0]}, earlier: {series.later[1]}")
    if series.growth:
        each = ", ".join(f"{size / 1024:.0f}" for size in series.growth)
        parts = ", ".join(f"{name} {size / 1024:+.0f}" for name, size in sorted(series.grown.items()))
        mean = sum(series.growth) / len(series.growth) / 1024
        lines.append(
            f"{len(series.growth)} nights without news: {mean:.1f} KiB each on average ({each}); in all {parts}"
        )
    lines.append(f"violations {len(series.violations)}")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    ask = argparse.ArgumentParser(prog="python -m tests.faults.thirty_nights", description=__doc__)
    ask.add_argument("--nights", type=int, default=NIGHTS)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--web", choices=["bundled", "recorded", "both"], default="both")
    ask.add_argument("--still", type=int, default=STILL, metavar="N", help="nights without news, for the disk")
    ask.add_argument("--commands", default="4,11", metavar="N,N", help="nights by `amur nightly`, with Prefect")
    ask.add_argument("--keep", type=Path, metavar="DIR", help="leave the homes there")
    said = ask.parse_args(arguments)
    webs: list[Web] = [Bundled()] if said.web != "recorded" else []
    if said.web != "bundled" and SHARED.is_dir():
        webs.append(Recorded())
    elif said.web != "bundled":
        sys.stderr.write("the recorded web is not beside the project: left out\n")
    commands = [int(number) for number in said.commands.split(",") if number]
    bad = False
    with ExitStack() as stack:
        scratch = said.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="amur-nights-")))
        for web in webs:
            series = run(
                web, scratch, said.nights, said.seed, still_nights=said.still, commands=commands,
                say=lambda text: sys.stderr.write(f"{text}\n"),
            )  # fmt: skip
            sys.stdout.write(printed(series) + "\n")
            sys.stdout.flush()
            bad = bad or bool(series.violations)
    return int(bad or not webs)


if __name__ == "__main__":
    sys.exit(main())
