"""What all parts of the benchmark share: a child process for each measured thing, pairs in turn, medians.

A measured thing is a function of a module (`tests.bench.load:ours`) that is run in a process of its own, so that its
imports and its memory are its own. It gives a `Told`: its seconds, by a clock that it starts itself after imports and
preparations, and facts that are checked or shown. A command is timed from its start to its end.

Memory is the sum of the largest resident sizes of the process and of the largest of its children: what Amur parses,
it parses in a child. That child says its own (`child_mib` among the facts), because the system counts for a child what
its parent held when it was started. Only the standard library is needed here, so that a peer in another environment
can use it.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

__all__ = [
    "AMUR", "ROOT", "Figure", "Sizes", "Told", "alone", "child", "command", "compared", "exists", "main", "peak_of",
    "say",
]  # fmt: skip

ROOT: Final = Path(__file__).parents[2]
# what the `amur` command beside the interpreter says, of this checkout
AMUR: Final = [sys.executable, "-c", "import sys; from flows.cli import main; sys.exit(main())"]
MIB: Final = 2**20
KIB_IN_MIB: Final = 1024
CHILD_S: Final = 3_600.0
MARK: Final = "told: "
NOT_OURS: Final = ("AMUR_", "PREFECT_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE")


@dataclass(frozen=True, slots=True)
class Told:
    """What one measured run says of itself; `peak_mib` is put in by the process that ran it."""

    seconds: float
    facts: Mapping[str, Any] = field(default_factory=dict)
    peak_mib: float = 0.0


@dataclass(slots=True)
class Figure:
    """One line of the table: `ours` against `peer`, seconds each unless `unit` says otherwise.

    `ratio` is the median of the ratios of the pairs; its `promised` bound is the highest (`at most`) or the lowest
    (`at least`) that it may be, None where nothing is promised. `pairs` is how many were measured after the warm-up.
    """

    part: str
    name: str
    ours: float
    peer: float | None = None
    ratio: float | None = None
    promised: float | None = None
    sense: Literal["at most", "at least"] = "at most"
    unit: str = "s"
    against: str = ""
    pairs: int = 1
    ours_mib: float | None = None
    peer_mib: float | None = None
    size: int | None = None
    note: str = ""

    @property
    def kept(self) -> bool | None:
        """Does it keep its promise? None where there is none."""
        if self.promised is None or self.ratio is None:
            return None
        return self.ratio <= self.promised if self.sense == "at most" else self.ratio >= self.promised

    def as_json(self) -> dict[str, Any]:
        """Plain values, four digits of each number."""
        return {
            name: float(f"{value:.4g}") if isinstance(value, float) else value for name, value in asdict(self).items()
        }


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much a run of the benchmark takes on."""

    load: tuple[int, ...] = (10_000, 100_000, 1_000_000)
    dlt: tuple[int, ...] = (10_000, 100_000)
    stored: tuple[int, ...] = (100_000, 1_000_000, 10_000_000)
    publish: tuple[int, ...] = (100_000, 1_000_000, 10_000_000)
    asked: int = 10_000_000
    large_reply: int = 100_000
    articles: int = 600
    known: tuple[int, int] = (1_000, 10_000)
    requests: int = 3  # years of a backfill
    runs: int = 5
    warm: int = 1
    dlt_python: Path = ROOT / "build" / "bench-peers" / "bin" / "python"


def say(text: str) -> None:
    """A line to standard error, at once: what is being measured."""
    print(text, file=sys.stderr, flush=True)


def exists(python: Path) -> bool:
    """Is there such an interpreter?"""
    return python.exists()


# --- one measured thing ---------------------------------------------------------------------------------------------


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a measured process: nothing of the user's own settings, this checkout first."""
    inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith(NOT_OURS)}
    return inherited | {"PYTHONPATH": str(ROOT)} | dict(more or {})


def child(
    target: str, *, python: str | Path = sys.executable, more: Mapping[str, str] | None = None, **arguments: object
) -> Told:
    """Run `module:function` with keyword arguments in a process of its own; paths are handed over as texts."""
    said = json.dumps(arguments, default=str)
    done = subprocess.run(
        [str(python), "-m", "tests.bench.core", target, said],
        cwd=ROOT, env=environment(more), capture_output=True, text=True, check=False, timeout=CHILD_S,
    )  # fmt: skip
    told = [line.removeprefix(MARK) for line in done.stdout.splitlines() if line.startswith(MARK)]
    if done.returncode or len(told) != 1:
        sys.exit(f"{target} {said}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return Told(**json.loads(told[0]))


def main(target: str, arguments: str) -> None:
    """In the child: call the function, and tell what it told with the memory that it took."""
    module, _, name = target.partition(":")
    told: Told = getattr(importlib.import_module(module), name)(**json.loads(arguments))
    facts = dict(told.facts)
    of_child = facts.get("child_mib", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KIB_IN_MIB)
    print(MARK + json.dumps({"seconds": told.seconds, "facts": facts, "peak_mib": round(_own_peak() + of_child, 1)}))


def _own_peak(_: object = None) -> float:
    """The largest resident size of this process in MiB; the usual call would count the parent's at the fork."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / KIB_IN_MIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_IN_MIB


def peak_of(reader: Any) -> float:  # noqa: ANN401 (Amur's, which a peer's environment lacks)
    """The largest resident size of the child that reads, in MiB, as it says itself."""
    return float(reader._in_child(_own_peak, None))


def command(arguments: Sequence[str | Path], more: Mapping[str, str], ok: Sequence[int] = (0,)) -> Told:
    """Time a command from start to end; it must end with one of the codes in `ok`.

    The memory is that of the largest of its processes.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        [str(one) for one in arguments], cwd=ROOT, env=environment(more), stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    complaints = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    taken = time.perf_counter() - began
    code = process.returncode = os.waitstatus_to_exitcode(status)
    if code not in ok:
        sys.exit(f"{[str(one) for one in arguments]}: exit {code}\n{complaints}")
    return Told(taken, {"exit": code}, used.ru_maxrss / KIB_IN_MIB)


# --- pairs ------------------------------------------------------------------------------------------------------------


def compared(figure: Figure, ours: Callable[[], Told], peer: Callable[[], Told], *, runs: int, warm: int = 1) -> Figure:
    """Measure a pair `runs` times in turn, A B A B ..., after `warm` that don't count; gives the figure filled in.

    The ratio is ours to the peer's, or the other way round where the promise is `at least`.
    """
    pairs: list[tuple[Told, Told]] = []
    for number in range(runs + warm):
        one = ours(), peer()
        if number >= warm:
            pairs.append(one)
    figure.ours = statistics.median(a.seconds for a, _ in pairs)
    figure.peer = statistics.median(b.seconds for _, b in pairs)
    upside_down = figure.sense == "at least"
    figure.ratio = statistics.median(b.seconds / a.seconds if upside_down else a.seconds / b.seconds for a, b in pairs)
    figure.pairs = runs
    figure.ours_mib = max(a.peak_mib for a, _ in pairs) or None
    figure.peer_mib = max(b.peak_mib for _, b in pairs) or None
    return figure


def alone(figure: Figure, ours: Callable[[], Told], *, runs: int, warm: int = 0) -> Figure:
    """Measure what has no peer."""
    told = [ours() for _ in range(runs + warm)][warm:]
    figure.ours = statistics.median(one.seconds for one in told)
    figure.pairs = runs
    figure.ours_mib = max(one.peak_mib for one in told) or None
    return figure


if __name__ == "__main__":
    main(*sys.argv[1:])
