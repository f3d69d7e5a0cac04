"""Stopped at any write: a command is killed, or its disk is full or broken, at each call that changes a file.

    python -m tests.faults.kill_points [--sample N] [--seed S] [--only CASE] [--jobs N] [--list]

strace counts the calls of one undisturbed run that change something below the case's folder. Then, for each such call
and each of kill, ENOSPC and EIO, a fresh copy of the home is given the same command with that call stopped. Afterwards
the invariants must hold; and one undisturbed run must end as if nothing had happened: in the tables of a twin that was
never disturbed. A fault that wasn't seen in the trace at its place was not tried.

A kill keeps what the kernel was given, so it says nothing of a power cut. That is what the order of the calls is for:
`unordered` reads it off the trace.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Self

import duckdb

from tests import invariants
from tests.faults.kill_homes import CASES, NOW, Case, held_entry

if TYPE_CHECKING:
    from tests.faults.tables import Control, Fault, Options

__all__ = ["Campaign", "Outcome", "Point", "campaign", "missing", "unordered"]

ROOT: Final = Path(__file__).parents[2]
LATER: Final = "2025-03-11T03:30:00+00:00"
DUCKDB_SAYS: Final = ("fsync failed", "create checkpoint", "Could not write", "Could not remove")  # not why
FAULTS: Final = {"kill": "signal=KILL", "enospc": "error=ENOSPC", "eio": "error=EIO"}
WORDS: Final = {"enospc": ("No space left on device", *DUCKDB_SAYS), "eio": ("Input/output error", *DUCKDB_SAYS)}
CALLS: Final = (
    "write", "pwrite64", "writev", "pwritev", "fsync", "fdatasync", "rename", "renameat", "renameat2", "unlink",
    "unlinkat", "mkdir", "mkdirat", "rmdir", "ftruncate", "sendfile", "copy_file_range", "fallocate",
)  # fmt: skip
CALL: Final = re.compile(r"^(?P<call>\w+)\((?P<rest>.*)$")
OF_FILE: Final = re.compile(r"^\d+<(?P<path>[^>]*)>")
NAMED: Final = re.compile(r'"(?P<path>/[^"]*)"')
FEW_CALLS: Final = {  # each call stops a traced process, whatever it is: memory is taken in large pieces
    "OPENBLAS_NUM_THREADS": "1", "MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "4294967296",
    "MALLOC_TOP_PAD_": "67108864",
}  # fmt: skip
RUN_S: Final = 180.0
MOST_OF_A_KIND: Final = 6
KILLED: Final = -9
ABORTED: Final = -6  # DuckDB ends the process where its log can't be written: nobody is left to tell
HEADERS: Final = 3 * 4096  # the first blocks of a DuckDB file


@dataclass(frozen=True, slots=True)
class Point:
    """The `nth` call of its kind in a run of a case, and what it is done to."""

    case: str
    call: str
    nth: int
    place: str
    name: str

    def __str__(self) -> str:
        """As the table prints it."""
        return f"{self.case}: {self.call}#{self.nth} {self.place}"


@dataclass(slots=True)
class Outcome:
    """What became of one run that was stopped at a point."""

    point: Point
    fault: str
    hit: int
    exit: int
    told: bool | None
    broken: list[str] = field(default_factory=list)
    unhealed: list[str] = field(default_factory=list)
    text: str = ""

    @property
    def violations(self) -> list[str]:
        """Everything that is wrong, in words."""
        return [*self.broken, *self.unhealed, *([f"message: {self.text}"] if self.told is False else [])]


@dataclass(frozen=True, slots=True)
class Ended:
    """A run: its exit code, what it said, and its trace (nothing where it wasn't traced)."""

    exit: int
    text: str
    trace: tuple[str, ...] = ()


def missing() -> str:
    """Why nothing can be stopped here, or nothing."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(
        ["strace", "-o", os.devnull, "-e", "trace=getpid", "-e", "inject=getpid:error=EIO", "true"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "" if tried.returncode == 0 else f"this machine doesn't let strace trace: {tried.stderr.strip()[:200]}"


class Server:
    """The process that forks the commands."""

    def __init__(self, folder: Path) -> None:
        """Start it; `folder` takes what the commands print, and the traces."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        kept = {k: v for k, v in os.environ.items() if not k.startswith("AMUR_") and not k.upper().endswith("_PROXY")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.kill_server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, cwd=ROOT, env=kept | {"PYTHONPATH": str(ROOT)} | FEW_CALLS,
        )  # fmt: skip
        self._answer()

    def _answer(self) -> dict[str, int]:
        line = _pipe(self.process.stdout).readline()
        if not line:
            raise RuntimeError("the server of the commands has died")
        found: dict[str, int] = json.loads(line)
        return found

    def run(
        self, home: Path, *command: str, now: str = NOW, inject: str = "", traced: bool = False, broken: str = ""
    ) -> Ended:
        """Run a command on a home, with a fault (`call:what:when=n`) if there is to be one."""
        told, trace = self.folder / "told", self.folder / "trace"
        trace.unlink(missing_ok=True)
        environment = {"AMUR_HOME": str(home), "AMUR_NOW": now, "AMUR_GAP": "0"}
        order: dict[str, Any] = {
            "command": command, "environment": environment, "told": str(told), "broken": broken,
            "traced": traced or bool(inject),
        }  # fmt: skip
        _pipe(self.process.stdin).write(json.dumps(order) + "\n")
        _pipe(self.process.stdin).flush()
        pid = self._answer()["pid"]
        tracer = None
        if order["traced"]:
            tracer = subprocess.Popen(
                ["strace", "-q", "-y", "-s", "0", "-o", trace, "-e", f"trace={','.join(CALLS)}", "-e", "signal=none",
                 *(["-e", f"inject={inject}"] if inject else []), "-p", str(pid)],
                stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        code = self._answer()["exit"]
        if tracer is not None:
            tracer.wait(RUN_S)
        lines = trace.read_text(encoding="utf-8", errors="replace").splitlines() if tracer is not None else []
        return Ended(code, told.read_text(encoding="utf-8", errors="replace"), tuple(lines))

    def close(self) -> None:
        """End it."""
        _pipe(self.process.stdin).close()
        self.process.wait(30)
        _pipe(self.process.stdout).close()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise TypeError(pipe)
    return pipe


# --- traces ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Called:
    """One line of a trace: the call, the `nth` of its kind, the paths it is about, and how strace words the rest."""

    call: str
    nth: int
    paths: tuple[str, ...]
    rest: str

    @property
    def injected(self) -> bool:
        """Was this one stopped?"""
        return "(INJECTED)" in self.rest or self.rest.rstrip().endswith("= ?")


def calls(trace: Iterable[str]) -> list[Called]:
    """The lines of a trace that are calls."""
    counted: Counter[str] = Counter()
    found = []
    for line in trace:
        match = CALL.match(line)
        if match is None:
            continue
        call, rest = match["call"], match["rest"]
        counted[call] += 1
        file = OF_FILE.match(rest)
        paths = (file["path"],) if file else tuple(NAMED.findall(rest))
        found.append(Called(call, counted[call], paths, rest))
    return found


def _below(path: str, folder: Path) -> bool:
    return Path(path).is_relative_to(folder)


def points(case: str, trace: Iterable[str], folder: Path) -> list[Point]:
    """The calls of a run that change something below `folder`, with the names that RELIABILITY gives to the places."""
    found, names = [], _Names(case)
    for one in calls(trace):
        if one.paths and _below(one.paths[0], folder) and "= -1 " not in one.rest:  # as where a folder is there already
            place = _place(one.paths[0], folder)
            found.append(Point(case, one.call, one.nth, place, names.of(one, place)))
    return found


def _spread(every: Sequence[Point]) -> list[Point]:
    """Of many calls of one kind in a row (the blocks of a checkpoint) the first, the last, and some between."""
    kinds: dict[str, list[Point]] = {}
    for point in every:
        kinds.setdefault(point.name.rpartition(".")[0], []).append(point)
    kept = set()
    for of_kind in kinds.values():
        last = len(of_kind) - 1
        kept |= {of_kind[round(last * k / (MOST_OF_A_KIND - 1))] for k in range(MOST_OF_A_KIND)}
    return [point for point in every if point in kept]


def _place(path: str, folder: Path) -> str:
    """A path without what differs from run to run."""
    place = Path(path).relative_to(folder).as_posix()
    place = re.sub(r"[0-9a-f]{64}", "SHA256", place)
    place = re.sub(r"archive/[0-9a-f]{2}(?=/|$)", "archive/aa", place)
    return re.sub(r"\.\d+\.tmp", ".PID.tmp", place)


class _Names:
    """The names of the places, told one after the other as a run comes to them; see the table of kill points."""

    def __init__(self, case: str) -> None:
        self.case = case
        self.kept = self.described = False
        self.synced = 0
        self.seen: Counter[str] = Counter()

    def of(self, one: Called, place: str) -> str:
        """The name of a point; those of one place are numbered."""
        name = self._name(one, place)
        self.seen[name] += 1
        return f"{name}.{self.seen[name]}"

    def _name(self, one: Called, place: str) -> str:  # noqa: PLR0911 (a table)
        act = {"pwrite64": "write", "fdatasync": "fsync", "sendfile": "write", "copy_file_range": "write"}.get(
            one.call, one.call
        )
        if place.endswith(".lock"):
            return "K28"
        if "archive/" in place and "backup" not in place and "jsonl" not in place:
            return self._archive(act, place)
        if place.endswith("warehouse.duckdb.wal"):
            return self._log(act)
        if place.endswith("warehouse.duckdb"):
            return self._blocks(act, one.rest)
        if ".trade.duckdb" in place:
            return {"write": "K19", "fsync": "K20", "rename": "K21"}.get(act, "K19")
        if place == "home" and act == "fsync":
            return "K22"
        if "reports" in place or "last_run" in place:
            return {"write": "K23", "rename": "K24"}.get(act, "K23")
        return f"{self.case} {act}"

    def _archive(self, act: str, place: str) -> str:
        if act == "mkdir":
            return "K09"
        if act == "fsync" and not place.endswith(".tmp"):
            name = "K08" if self.described else "K04"
        else:
            first = 5 if ".json" in place else 1
            name = f"K{first + {'write': 0, 'fsync': 1}.get(act, 2):02d}"
        self.kept |= name == "K03"
        self.described |= name == "K07"
        return name

    def _log(self, act: str) -> str:
        if act in {"unlink", "ftruncate", "rename"}:
            return "K18"
        if self.case == "migrate":
            return "K26" if act == "fsync" else "K25"
        if self.case == "release":
            return "K27"
        return ("K13" if act == "fsync" else "K12") if self.kept else ("K11" if act == "fsync" else "K10")

    def _blocks(self, act: str, rest: str) -> str:
        if act == "fsync":
            self.synced += 1
            return "K15" if self.synced % 2 else "K17"
        at = re.search(r", (\d+)\)? ", rest)
        return "K16" if at is not None and act == "write" and int(at[1]) < HEADERS else "K14"


def unordered(trace: Iterable[str], folder: Path) -> list[str]:
    """Where a power cut could lose what was said to be safe: the order of the calls, read off a trace.

    Each file that gets its name by a rename is fsynced after its last write and before; its folder is fsynced after,
    and before the warehouse commits anything more (P-24, P-52).
    """
    wrong, written, synced, named = [], set(), set(), {}
    for one in calls(trace):
        if not one.paths or not _below(one.paths[0], folder):
            continue
        path = one.paths[0]
        if one.call in {"write", "pwrite64", "writev", "sendfile", "copy_file_range"}:
            written.add(path)
            synced.discard(path)
        elif one.call in {"fsync", "fdatasync"}:
            synced.add(path)
            if path.endswith(".wal"):
                wrong += [f"{name}: committed before its folder was fsynced" for name in named.values()]
                named = {}
            named = {target: name for target, name in named.items() if str(Path(target).parent) != path}
        elif one.call.startswith("rename"):
            name = _place(one.paths[-1], folder)
            if path not in synced:
                wrong.append(f"{name}: renamed before it was fsynced")
            named[one.paths[-1]] = name
    return [*wrong, *(f"{name}: its folder was never fsynced" for name in named.values())]


# --- the campaign ---------------------------------------------------------------------------------------------------


class Prepared:
    """A case with its home, its undisturbed twin and the trace of that."""

    def __init__(self, case: Case, folder: Path, server: Server, broken: str = "") -> None:
        """Make the home, and run the command once on a copy."""
        self.case, self.broken = case, broken
        self.base, self.twin = folder / f"{case.name}-base", folder / f"{case.name}-twin"
        self.base.mkdir(parents=True)
        case.make(self.base, lambda home, *command: server.run(home, *command).exit)
        self.command = case.command
        if "{entry}" in self.command:
            entry = held_entry(self.base / "home")
            self.command = tuple(part.replace("{entry}", entry) for part in self.command)
        ended = self.run(server, self.twin, traced=True, broken=broken)
        if ended.exit:
            raise RuntimeError(f"{case.name}: the undisturbed run fails: {ended.exit} {ended.text}")
        self.trace = ended.trace
        self.points = _spread(points(case.name, ended.trace, self.twin))
        self.before = _known(self.base / "home")
        self.after = invariants.tables(self.twin / "home", instants=True)

    def run(self, server: Server, folder: Path, **how: Any) -> Ended:  # noqa: ANN401 (as Server.run)
        """The command on a copy of the home at `folder`; on what is there, if something is."""
        if not folder.exists():
            shutil.copytree(self.base, folder)
        command = [part.replace("{folder}", str(folder)) for part in self.command]
        return server.run(folder / "home", *command, **how)


def _known(home: Path) -> set[tuple[object, ...]]:
    """Every vintage that a warehouse holds."""
    with invariants.opened(home / "warehouse.duckdb") as db:
        return set(
            db.execute(
                "SELECT series_key, period_start, period_end, known_at, value, obs_status FROM vintages "
                "JOIN series_dimensions USING (series_id)"
            ).fetchall()
        )


def tried(prepared: Prepared, point: Point, fault: str, server: Server, folder: Path) -> Outcome:
    """Stop the command at a point, look at what is left, and let one undisturbed run follow."""
    shutil.rmtree(folder, ignore_errors=True)
    inject = f"{point.call}:{FAULTS[fault]}:when={point.nth}"
    ended = prepared.run(server, folder, inject=inject, broken=prepared.broken)
    stopped = [one for one in calls(ended.trace) if one.injected and one.paths and _below(one.paths[0], folder)]
    at = _place(stopped[-1].paths[0], folder) if stopped else ""
    outcome = Outcome(point, fault, int(bool(stopped) and at == point.place), ended.exit, None, text=ended.text.strip())
    if fault == "kill" and ended.exit != KILLED:
        outcome.hit = 0
    if fault != "kill" and ended.exit not in {0, ABORTED}:
        caused = any(word in ended.text for word in WORDS[fault])
        outcome.told = str(folder) in ended.text and caused and "defect" not in ended.text
    outcome.broken = _broken(prepared, folder, ended.exit)
    healed = prepared.run(server, folder, now=LATER, broken=prepared.broken)
    if healed.exit:
        outcome.unhealed.append(f"the next run ends with {healed.exit}: {healed.text.strip()[-400:]}")
    home = folder / "home"
    outcome.unhealed += invariants.check(home)
    outcome.unhealed += _unlike(invariants.tables(home, instants=True), prepared.after, "undisturbed")
    outcome.unhealed += _backup(prepared, folder, healed=True)
    shutil.rmtree(folder, ignore_errors=True)
    return outcome


def _broken(prepared: Prepared, folder: Path, code: int) -> list[str]:
    """The invariants that don't hold right after the fault."""
    home, found = folder / "home", []
    found += invariants.check(home, settled=False)
    try:
        lost = prepared.before - _known(home)
    except Exception as error:  # noqa: BLE001 (whatever it is, nothing can be read)
        found.append(f"I1 lost: the warehouse can't be read: {error}")
    else:
        found += [f"I1 lost: {len(lost)} vintages that were known before"] * bool(lost)
    found += _publication(prepared, home)
    found += _backup(prepared, folder, healed=False)
    if code == 0:  # it went round the fault, and says that all is done
        found += _unlike(invariants.tables(home, instants=True), prepared.after, "undisturbed")
    return found


def _publication(prepared: Prepared, home: Path) -> list[str]:
    """I4: readers have the publication before, to the byte, or the new one, whole."""
    old, now = prepared.base / "home" / "trade.duckdb", home / "trade.duckdb"
    if not old.exists():
        return []
    if not now.exists():
        return ["I4 publication: gone"]
    if old.read_bytes() == now.read_bytes():
        return []
    try:
        here = {name: said for name, said in invariants.tables(home, instants=True).items() if name.startswith("trade")}
    except duckdb.Error as error:
        return [f"I4 publication: can't be read: {error}"]
    then = {name: said for name, said in prepared.after.items() if name.startswith("trade")}
    return [f"I4 publication: neither the old nor the new one: {line}" for line in _unlike(here, then, "new")]


def _backup(prepared: Prepared, folder: Path, *, healed: bool) -> list[str]:
    """A backup that was cut short leaves the one before it whole; the next makes the new one."""
    from sources.errors import AmurError
    from warehouse.backup import restore

    if prepared.case.name != "backup":
        return []
    with tempfile.TemporaryDirectory(dir=folder) as place:
        try:
            restore(folder / "backup", Path(place))
        except AmurError as error:
            return [f"I1 lost: the backup can't be restored: {error}"]
        found = invariants.tables(Path(place), instants=True)
        if healed:
            return _unlike(found, prepared.after, "the home that was backed up")
        return [f"backup: {line}" for line in invariants.check(Path(place))]


def _unlike(ours: dict[str, str], theirs: dict[str, str], whose: str) -> list[str]:
    return [
        f"I1-I3 {name}: {ours.get(name, 'missing')}, {whose} {theirs.get(name, 'missing')}"
        for name in sorted({*ours, *theirs})
        if ours.get(name) != theirs.get(name)
    ]


@dataclass(slots=True)
class Campaign:
    """All that is tried: how many points of all (None: every one), of which cases, with how many servers."""

    scratch: Path
    seed: int = 1
    sample: int | None = None
    cases: Sequence[Case] = CASES
    jobs: int = 1
    broken: str = ""
    prepared: list[Prepared] = field(default_factory=list)
    servers: queue.SimpleQueue[Server] = field(default_factory=queue.SimpleQueue)

    def __enter__(self) -> Self:
        """Start the servers and make the homes."""
        first = Server(self.scratch / "server-0")
        self.servers.put(first)
        try:
            for case in self.cases:
                self.prepared.append(Prepared(case, self.scratch, first, self.broken))
        except BaseException:
            first.close()
            raise
        for number in range(1, self.jobs):
            self.servers.put(Server(self.scratch / f"server-{number}"))
        return self

    def __exit__(self, *_: object) -> None:
        """End the servers."""
        while not self.servers.empty():
            self.servers.get().close()

    def chosen(self) -> list[tuple[Prepared, Point, str]]:
        """What is to be tried: all, or a sample in which every kind of place has the same chance."""
        every = [(one, point, fault) for one in self.prepared for point in one.points for fault in FAULTS]
        if self.sample is None or self.sample >= len(every):
            return every
        chance = random.Random(self.seed)  # noqa: S311 (the same points at every run)
        chance.shuffle(every)
        taken: Counter[str] = Counter()
        ranked = []
        for one in every:
            place = one[1].name.rpartition(".")[0]
            ranked.append((taken[place], len(ranked), one))
            taken[place] += 1
        return [one for *_, one in sorted(ranked, key=lambda r: r[:2])[: self.sample]]

    def outcomes(self) -> Iterator[Outcome]:
        """One after the other, as they come."""

        def one(numbered: tuple[int, tuple[Prepared, Point, str]]) -> Outcome:
            number, (prepared, point, fault) = numbered
            server = self.servers.get()
            try:
                return tried(prepared, point, fault, server, self.scratch / f"try-{number}")
            finally:
                self.servers.put(server)

        with ThreadPoolExecutor(self.jobs) as pool:
            yield from pool.map(one, enumerate(self.chosen()))


def campaign(options: Options) -> Iterator[Fault | Control]:
    """Every point × kill, full disk, broken disk; and two builds that must fail."""
    from tests.faults.tables import Control, Fault, kept

    if why := missing():
        options.say(f"kill points: not tried, {why}")
        return
    with Campaign(options.scratch / "whole", options.seed, options.sample, jobs=2) as whole:
        for prepared in whole.prepared:
            wrong = unordered(prepared.trace, prepared.twin)
            said = "; ".join(wrong) or "in order"
            yield Control(
                of="kill", name=f"{prepared.case.name}: fsync, rename, fsync, commit", wanted="in order", found=said
            )
        for prepared in whole.prepared:
            wanted = [p for p in prepared.points if any(options.wants(f"{p.name} {fault}") for fault in FAULTS)]
            prepared.points = wanted
        for one in whole.outcomes():
            name = f"{one.point.name} {one.fault}"
            if not options.wants(name):
                continue
            options.say(f"{name} {one.point}: exit {one.exit} {'; '.join(one.violations)}")
            broken = {word for line in one.broken for word in re.findall(r"\bI[1-4]\b", line)}
            yield Fault(
                id=f"{one.point.case} {name}", kind="kill", rule=str(one.point), hit=one.hit, exit=str(one.exit),
                told=one.told, kept=kept(broken, ("I1", "I2", "I3", "I4")), heals=not one.unhealed,
                why="; ".join(one.violations),
            )  # fmt: skip
    for broken in ("load outside", "in place"):
        found = "survived"
        with Campaign(options.scratch / broken, options.seed, cases=CASES[:1], broken=broken) as bad:
            if control(bad):
                found = "fails"
        yield Control(of="kill", name=f"a build with {broken}", wanted="fails", found=found)
    with Campaign(options.scratch / "no fsync", cases=CASES[:1], broken="no fsync") as bad:
        found = "fails" if unordered(bad.prepared[0].trace, bad.prepared[0].twin) else "survived"
    yield Control(of="kill", name="a build with no fsync", wanted="fails", found=found)


def control(bad: Campaign) -> list[str]:
    """The violations of the first point at which a broken build is caught; none if it gets through."""
    places = ("K12", "K19", "K20")
    bad.prepared = [
        replace_points(
            one, [p for p in one.points if p.name.startswith(places) or str(p).endswith("home/trade.duckdb")]
        )
        for one in bad.prepared
    ]
    for prepared, point, fault in bad.chosen():
        if fault != "kill":
            continue
        server = bad.servers.get()
        try:
            outcome = tried(prepared, point, fault, server, bad.scratch / "try")
        finally:
            bad.servers.put(server)
        if outcome.hit and outcome.violations:
            return outcome.violations
    return []


def replace_points(prepared: Prepared, kept: list[Point]) -> Prepared:
    """The same case with fewer points."""
    prepared.points = kept
    return prepared


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """The command: a line for each point, a footer, exit 1 if anything is violated."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sample", type=int, help="so many of all (default: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[], help="a case: " + ", ".join(case.name for case in CASES))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="the points, without trying any")
    parser.add_argument("--broken", default="", help="a build that breaks a promise: no fsync, load outside, in place")
    options = parser.parse_args()
    if why := missing():
        _print(f"not tried: {why}")
        return 2
    cases = [case for case in CASES if case.name in options.only] or CASES
    began, done = time.monotonic(), []
    with (
        tempfile.TemporaryDirectory() as folder,
        Campaign(Path(folder), options.seed, options.sample, cases, options.jobs, options.broken) as all_of_it,
    ):
        for prepared in all_of_it.prepared:
            order = unordered(prepared.trace, prepared.twin) or "right"
            _print(f"{prepared.case.name}: {len(prepared.points)} points; order of the calls: {order}")
            if options.list:
                _print("\n".join(f"  {point.name:8} {point}" for point in prepared.points))
        for one in [] if options.list else all_of_it.outcomes():
            done.append(one)
            state = "; ".join(one.violations) or ("survived" if one.hit else "NOT TRIED")
            _print(f"{one.point.name:10} {one.fault:6} {one.point}: exit {one.exit}: {state}")
    hit, bad = [one for one in done if one.hit], [one for one in done if one.violations]
    kinds, where = {one.point.name.rpartition(".")[0] for one in hit}, {one.point for one in hit}
    _print(
        f"{len(done)} runs, {len(hit)} of them applied, at {len(where)} points of {len(kinds)} kinds; "
        f"{len(bad)} with violations; {time.monotonic() - began:.0f} s"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
