"""What every fault campaign gives and how it is shown: rows of two tables, their footers, and the verdict.

A campaign is a module of this package with one function, `campaign(options) -> Iterable[Fault | Tried | Control]`:

    from tests.faults.tables import Control, Fault, Options

    def campaign(options: Options) -> Iterator[Fault | Control]:
        for point in points:
            options.say(f"kill {point}")                     # progress, on standard error
            yield Fault(id="K05", kind="kill", rule="rename#3 archive/ab/…", hit=1, exit="-9", told=None,
                        kept=kept({}), heals=True)

It writes nothing but below folders that it makes in `options.scratch`. `python -m tests.faults` finds the campaigns by
their names in `tests.faults.__main__` and prints what they give.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

__all__ = ["INVARIANTS", "Control", "Fault", "Options", "Row", "Tried", "kept", "printed", "verdict"]

# I1 no row lost, I2 none doubled, I3 none wrong, I4 the old publication readable, I5 source, URL and cause named.
INVARIANTS: Final = ("I1", "I2", "I3", "I4", "I5")
LEAST_TRANSPORT: Final = 25
LEAST_KILLS: Final = 20
LEAST_PAYLOADS: Final = 60
OUTCOMES: Final = ("rejected", "quarantined", "loads_same", "loads_different", "crashed", "over_time")


@dataclass(frozen=True, slots=True)
class Options:
    """How a campaign is to be run.

    `scratch` is an empty folder for it alone. `sample` is how many cases of each group are enough, chosen by `seed`;
    None means all. `shared` is the folder with outside tools and recordings, None where it isn't there. `only` are
    cases by id or by the beginning of it; empty means all.
    """

    scratch: Path
    seed: int = 1
    sample: int | None = None
    shared: Path | None = None
    only: tuple[str, ...] = ()

    def wants(self, name: str) -> bool:
        """Is the case among those that were asked for?"""
        return not self.only or name.startswith(self.only)

    def say(self, text: str) -> None:
        """One line of progress, on standard error."""
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One row of "Faults survived".

    Attributes:
        id: the case, unique: `T07`, `K12 enospc`.
        kind: transport, kill, readers or nights.
        rule: the fault, or call#n and the place.
        hit: how often it was applied; 0 counts as not tried.
        exit: the exit code of the disturbed run as text.
        told: does the message name source, URL and cause? None where nothing is to be told (a kill, a fault that a
            second attempt healed).
        kept: each of `INVARIANTS`: True held, False broken, None not asked of this case.
        heals: did one undisturbed run afterwards end as if nothing had happened?
        why: what is wrong, in words, for a row that isn't as it must be.
    """

    id: str
    kind: Literal["transport", "kill", "readers", "nights"]
    rule: str
    hit: int
    exit: str
    told: bool | None
    kept: Mapping[str, bool | None]
    heals: bool | None
    why: str = ""

    @property
    def tried(self) -> bool:
        """Was the fault applied at all?"""
        return self.hit > 0

    @property
    def violations(self) -> list[str]:
        """What is broken: invariants, the message, the healing."""
        broken = [name for name in INVARIANTS if self.kept.get(name) is False]
        return broken + ["message"] * (self.told is False) + ["next run"] * (self.heals is False)


@dataclass(slots=True, kw_only=True)
class Tried:
    """One row of "Bad inputs tried": the payloads of one generator for one source and format.

    `known` are payloads that load different and nobody could tell, each with the reason (docs/faults.md); they are
    counted as loaded different, not as violations. `wrong` are the payloads whose outcome may not be: name and outcome.
    """

    source: str
    format: str
    generator: str
    payloads: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0
    peak_mib: float = 0.0
    known: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Something that must come out as `wanted`: what must load, or a build broken on purpose that must fail."""

    of: str
    name: str
    wanted: str
    found: str

    @property
    def holds(self) -> bool:
        """Is it as it must be?"""
        return self.wanted == self.found


Row = Fault | Tried | Control


def kept(broken: Mapping[str, str] | Iterable[str], asked: Sequence[str] = INVARIANTS) -> dict[str, bool | None]:
    """The invariants of a row: those of `broken` False, the others that were asked True, the rest None."""
    no = set(broken)
    return {name: False if name in no else True if name in asked else None for name in INVARIANTS}


def verdict(rows: Sequence[Row], *, whole: bool = True) -> list[str]:
    """All that keeps the campaigns from having passed, in words; empty if they have.

    With `whole`, fewer cases than were promised are a reason too.
    """
    faults = [row for row in rows if isinstance(row, Fault)]
    tried = [row for row in rows if isinstance(row, Tried)]
    said = [f"{row.id} {row.rule}: not tried (never applied)" for row in faults if not row.tried]
    said += [
        f"{row.id} {row.rule}: {', '.join(row.violations)} {row.why}".rstrip()
        for row in faults
        if row.tried and row.violations
    ]
    said += [f"{row.source} {row.format} ({row.generator}): {wrong}" for row in tried for wrong in row.wrong]
    said += [
        f"control of {row.of}: {row.name}: wanted {row.wanted}, found {row.found}"
        for row in rows
        if isinstance(row, Control) and not row.holds
    ]
    if whole:
        said += _too_few(faults, tried)
    return said


def _too_few(faults: Sequence[Fault], tried: Sequence[Tried]) -> list[str]:
    said = []
    for kind, least in (("transport", LEAST_TRANSPORT), ("kill", LEAST_KILLS)):
        count = _cases(faults, kind)
        if any(row.kind == kind for row in faults) and count < least:
            said.append(f"{kind}: {count} cases, fewer than {least}")
    said += [
        f"{row.source} {row.format} ({row.generator}): {row.payloads} payloads, fewer than {LEAST_PAYLOADS}"
        for row in tried
        if row.payloads < LEAST_PAYLOADS
    ]
    return said


def _cases(faults: Sequence[Fault], kind: str) -> int:
    """Transport: faults applied; kills: places (an id without its fault) at which one was applied."""
    return len({row.id.split()[0] for row in faults if row.kind == kind and row.tried})


def printed(rows: Sequence[Row]) -> str:
    """The tables with their footers, as text for a person."""
    faults = [row for row in rows if isinstance(row, Fault)]
    tried = [row for row in rows if isinstance(row, Tried)]
    controls = [row for row in rows if isinstance(row, Control)]
    parts = []
    if faults:
        parts.append("Faults survived\n\n" + _aligned(FAULTS, [_fault(row) for row in faults]) + _faults_footer(faults))
    if tried:
        parts.append("Bad inputs tried\n\n" + _aligned(TRIED, [_tried(row) for row in tried]) + _tried_footer(tried))
    if controls:
        lines = [[row.of, row.name, row.wanted, row.found, "yes" if row.holds else "NO"] for row in controls]
        held = sum(row.holds for row in controls)
        parts.append(f"Controls\n\n{_aligned(CONTROLS, lines)}\ncontrols as they must be: {held} of {len(controls)}\n")
    return "\n".join(parts)


FAULTS: Final = ("id", "kind", "rule, or call#n and place", "hit", "exit", "told", *INVARIANTS, "next run heals")
TRIED: Final = (
    "source", "format", "generator", "payloads", "rejected", "quarantined", "loaded the same", "loaded different",
    "crashed", "over time", "slowest s", "peak MiB",
)  # fmt: skip
CONTROLS: Final = ("of", "control", "wanted", "found", "as wanted")
NUMBERS: Final = frozenset({"hit", "exit", *TRIED[3:]})


def _word(said: bool | None) -> str:
    return {True: "yes", False: "NO", None: "-"}[said]


def _fault(row: Fault) -> list[str]:
    hit = str(row.hit) if row.tried else "not tried"
    invariants = [_word(row.kept.get(name)) for name in INVARIANTS]
    return [row.id, row.kind, row.rule, hit, row.exit, _word(row.told), *invariants, _word(row.heals)]


def _tried(row: Tried) -> list[str]:
    counts = [str(row.outcomes[name]) for name in OUTCOMES]
    measured = [f"{row.slowest_s:.1f}", f"{row.peak_mib:.0f}"]
    return [row.source, row.format, row.generator, str(row.payloads), *counts, *measured]


def _faults_footer(faults: Sequence[Fault]) -> str:
    said = []
    for kind, noun in (
        ("transport", "transport faults"),
        ("kill", "kill places"),
        ("readers", "swarms of readers"),
        ("nights", "series of nights"),
    ):
        ours = [row for row in faults if row.kind == kind]
        if ours:
            runs = sum(row.tried for row in ours)
            said.append(f"{noun} {_cases(faults, kind)}" + (f" ({runs} runs)" if kind == "kill" else ""))
    untried = sum(not row.tried for row in faults)
    broken = sum(bool(row.violations) for row in faults if row.tried)
    return f"\n{', '.join(said)}; not tried {untried}; violations {broken}\n"


def _tried_footer(tried: Sequence[Tried]) -> str:
    total = Counter[str]()
    for row in tried:
        total += row.outcomes
    least = min(row.payloads for row in tried)
    excused = [f"{row.source} {row.format} ({row.generator}): {name}" for row in tried for name in row.known]
    lines = [
        f"\npayloads {sum(row.payloads for row in tried)}, at least {least} a row; "
        + "; ".join(f"{name.replace('_', ' ')} {total[name]}" for name in OUTCOMES[3:])
        + f"; against the rules {sum(len(row.wrong) for row in tried)}\n"
    ]
    if excused:
        lines.append("loaded different where nobody could tell (docs/faults.md):\n")
        lines += [f"  {line}\n" for line in excused]
    return "".join(lines)


def _aligned(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[n]) for line in (heads, *lines)) for n in range(len(heads))]

    def one(cells: Sequence[str]) -> str:
        pairs = zip(heads, cells, widths, strict=True)
        return "  ".join(c.rjust(w) if h in NUMBERS else c.ljust(w) for h, c, w in pairs).rstrip()

    rule = "  ".join("-" * width for width in widths)
    return "\n".join([one(heads), rule, *(one(line) for line in lines)]) + "\n"
