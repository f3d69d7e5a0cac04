"""Bad inputs: payloads made from a good one, against the parser, the judge and the loader of a source of that format.

The good document and what came before it are loaded into a warehouse. Each payload is then archived, read, judged and
loaded by the functions of a run, in a forked child of its own with limits, in a transaction that looks at what became
visible and is rolled back. What may come of a payload is said by whoever made it (`Case.wanted`):

    rejected, quarantined   nothing of it may become visible; reading exactly the good rows after all is right too
    loads_same              unusual but right: exactly the good rows; fewer are other rows
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.util
import os
import pickle
import random
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple, Self
from urllib.parse import urlsplit

from sources import catalogue
from sources.contract import Batch, Fetched, Observation, Payload, Request
from sources.errors import LayoutChanged
from sources.parse.news import feeds, outlets
from tests.faults import bad_inputs, grounds
from tests.faults.bad_inputs import Case
from tests.faults.grounds import GROUNDS, Document, Ground
from tests.faults.tables import Control, Options, Row, Tried
from warehouse.archive import Archive, Record
from warehouse.database import Database

__all__ = ["Came", "Warehouse", "acceptable", "campaign"]

SECONDS: Final = 60.0
MEMORY: Final = 1 << 30  # beside what the process has already
GOOD: Final = frozenset({"rejected", "quarantined", "loads_same"})
FETCHED: Final = grounds.FETCHED
ESCAPED: Final = "amur-escaped.txt"
UNFORESEEN: Final = "a document that the parser can read"  # flows.reading: what no parser had thought of
FIGURES: Final = tuple(
    field.name for field in dataclasses.fields(Observation) if field.name not in {"locator", "partner_name"}
)


class Came(NamedTuple):
    """What came of a payload: an outcome of `tables.OUTCOMES`, in what words, how long and how much it took."""

    outcome: str
    why: str
    seconds: float = 0.0
    peak_mib: float = 0.0


def acceptable(wanted: str, outcome: str) -> bool:
    """May this come of a payload of which that is wanted?"""
    return outcome == wanted if wanted == "loads_same" else outcome in GOOD


def campaign(options: Options) -> Iterator[Row]:
    """Every ground with our own generator and, where it is there, with the one beside the project."""
    tool = outside(options.shared)
    if tool is None:
        options.say("inputs: no badinputs.py beside the project: our own payloads alone")
    for ground in GROUNDS:
        wanted = [name for name in ("own", "outside") if options.wants(f"{ground.name}/{name}")]
        if not wanted:
            continue
        with Warehouse(options.scratch / ground.name, ground) as warehouse:
            yield from controls(warehouse)
            makers: dict[str, Iterable[Case]] = {"own": bad_inputs.generate(ground.format, ground.good().body)}
            if tool is not None and ground.format in tool.KINDS:
                made = tool.generate(ground.format, ground.good().body, ground.target or None)
                makers["outside"] = (Case(*one) for one in made)
            for generator, cases in makers.items():
                if generator not in wanted:
                    continue
                yield tried(warehouse, generator, chosen(list(cases), options), options)


def chosen(cases: Sequence[Case], options: Options) -> Sequence[Case]:
    """A sample, the same for a seed, or all."""
    if options.sample is None or options.sample >= len(cases):
        return cases
    return random.Random(options.seed).sample(cases, options.sample)  # noqa: S311 (the same sample at every run)


def tried(warehouse: Warehouse, generator: str, cases: Iterable[Case], options: Options) -> Tried:
    """One row of the table."""
    ground = warehouse.ground
    row = Tried(source=ground.source, format=ground.format, generator=generator)
    for case in cases:
        came = warehouse.try_one(case.body)
        row.payloads += 1
        row.outcomes[came.outcome] += 1
        row.slowest_s = max(row.slowest_s, came.seconds)
        row.peak_mib = max(row.peak_mib, came.peak_mib)
        if not acceptable(case.wanted, came.outcome):
            excused = ground.undetectable.get(case.name)
            said = f"{case.name}: wanted {case.wanted}, {came.outcome}: {came.why}"
            (row.wrong if excused is None else row.known).append(said if excused is None else f"{case.name}: {excused}")
    options.say(f"inputs {ground.name} {generator}: {row.payloads} payloads, {len(row.wrong)} wrong")
    return row


def controls(warehouse: Warehouse) -> Iterator[Control]:
    """What must load: the good document again, and true but surprising ones."""
    ground = warehouse.ground
    yield Control(
        of=f"inputs {ground.name}", name="the good document again", wanted="loads_same",
        found=warehouse.try_one(ground.good().body).outcome,
    )  # fmt: skip
    for name, body in ground.surprising().items():
        came = warehouse.try_one(body)
        found = "loads" if came.outcome in {"loads_different", "loads_same"} else f"{came.outcome} {came.why}".strip()
        yield Control(of=f"inputs {ground.name}", name=name, wanted="loads", found=found)


def outside(shared: Path | None) -> ModuleType | None:
    """The generator beside the project, if there is one."""
    path = shared / "tools" / "badinputs.py" if shared else None
    if path is None or not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("badinputs", path)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    sys.modules["badinputs"] = module
    spec.loader.exec_module(module)
    return module


class _Undone(Exception):
    """Carries out of a transaction that is rolled back what was seen in it."""


class Warehouse:
    """A warehouse in `folder` that holds the good document of a ground and what came before it."""

    def __init__(self, folder: Path, ground: Ground) -> None:
        """Load what is to be there before."""
        self.folder, self.ground = folder, ground
        folder.mkdir(parents=True)
        self.path = folder / "warehouse.duckdb"
        self.archive = Archive(folder / "archive")
        with contextlib.closing(Database(self.path, FETCHED, threads=1)) as db:
            for document in (*ground.before(), ground.good()):
                said = self._take(db, self._archived(document), undo=False)
                if said.outcome not in {"loads_same", "loads_different"}:
                    raise RuntimeError(f"{ground.name}: a good document came out as {said.outcome}: {said.why}")
        self.good = self._read(self._archived(ground.good()))

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Nothing is open between two payloads."""

    def try_one(self, body: bytes) -> Came:
        """What comes of a payload, in a child with 60 s and 1 GiB."""
        here, there = os.pipe()
        began = time.monotonic()
        pid = os.fork()
        if pid == 0:
            os.close(here)
            _in_child(there, lambda: self._outcome(body))
        os.close(there)
        raw = _all_of(here, began + SECONDS)
        if raw is None:
            os.kill(pid, signal.SIGKILL)
        _, status, used = os.wait4(pid, 0)
        took = time.monotonic() - began
        peak = used.ru_maxrss / 1024
        if raw is None:
            return Came("over_time", f"not done after {SECONDS:.0f} s", took, peak)
        if not raw:
            return Came("crashed", f"the process ended with {os.waitstatus_to_exitcode(status)}", took, peak)
        outcome, why = pickle.loads(raw)  # noqa: S301 (what our own child wrote)
        return Came(outcome, why, took, peak)

    def _outcome(self, body: bytes) -> tuple[str, str]:
        document = dataclasses.replace(self.ground.good(), body=body)
        with contextlib.closing(Database(self.path, FETCHED, threads=1)) as db:
            came = self._take(db, self._archived(document), undo=True)
        if any((place / ESCAPED).exists() for place in (self.folder, self.folder.parent, Path.cwd(), Path("/tmp"))):  # noqa: S108
            return "crashed", f"a file {ESCAPED} was written"
        return came.outcome, came.why

    def _archived(self, document: Document) -> Record:
        request = Request(
            document.url, role=document.role, period=document.period, title=document.title, flow=document.flow
        )
        answer = Fetched(
            request=request, url=document.url, status=200, headers={"content-type": document.content_type},
            body=document.body, fetched_at=document.fetched_at, elapsed_s=0.0, attempts=1, outcome="ok",
        )  # fmt: skip
        return self.archive.keep(answer, self.ground.source, "faults")

    def _read(self, record: Record) -> Batch:
        from flows.reading import parse

        return parse(self.archive.payload(record))

    def _take(self, db: Database, record: Record, *, undo: bool) -> Came:
        """Read, judge and load as a run does; with `undo` the load is looked at and rolled back."""
        from flows import walk
        from warehouse.loader import load

        source = self.ground.source
        try:
            batch = self._read(record)
        except LayoutChanged as error:
            return _refused(error, self.archive.payload(record))
        collected = walk.Collected(source, unread=[record])
        verdicts = walk.judge_all(db, source, [(record, batch)])
        work = walk.work_of(collected, "faults", FETCHED, verdicts, [], 0.0)
        work.reread = lambda records: [(one, self._read(one)) for one in records]
        before = _visible(db, source)
        seen: dict[str, Any] = {}

        def look() -> None:
            seen["after"] = _visible(db, source)
            seen["violations"] = db.violations() if undo else {}
            if undo:
                raise _Undone

        with contextlib.suppress(_Undone):
            load(db, work, look)
        if not undo:
            held = next((verdict.reason for _, verdict in verdicts if not verdict.load), "")
            return Came("quarantined" if held else "loads_different", held)
        return self._judged(batch, verdicts[0][1].load, verdicts[0][1].reason, before, seen)

    def _judged(
        self, batch: Batch, load: bool, reason: str, before: frozenset[object], seen: Mapping[str, Any]
    ) -> Came:
        if seen["violations"]:
            return Came("loads_different", f"invariants broken: {seen['violations']}")
        unseen = seen["after"] == before
        if not load:
            return Came("quarantined" if unseen else "loads_different", reason)
        ours, good = _said(batch), _said(self.good)
        if batch.payload.role == "feed":
            return _listed(ours, good)
        if ours == good and unseen and len(batch.doubts) == len(self.good.doubts):
            return Came("loads_same", "")
        if unseen and len(batch.doubts) > len(self.good.doubts):
            return Came("quarantined", batch.doubts[0].reason)
        lost, new = sorted(map(str, good - ours))[:1], sorted(map(str, ours - good))[:1]
        return Came("loads_different", f"lost {len(good - ours)} {lost}, new {len(ours - good)} {new}")


def _listed(ours: frozenset[object], good: frozenset[object]) -> Came:
    """A feed is no table but a list of documents: an entry that is refused while the others are taken is rejected."""
    if new := sorted(map(str, ours - good)):
        return Came("loads_different", f"new {len(new)} {new[:1]}")
    return (
        Came("loads_same", "")
        if ours == good
        else Came("rejected", f"{len(good - ours)} days or entries were not taken")
    )


def _refused(error: LayoutChanged, payload: Payload) -> Came:
    """A rejection has to say whose document it was and why; a parser's own failure in other words is a crash (P-28)."""
    if str(error.expected) == UNFORESEEN:
        return Came("crashed", str(error))
    if (error.source, error.url) != (payload.source, payload.url) or not error.cause():
        return Came("crashed", f"the reason doesn't name its source and address: {error}")
    return Came("rejected", error.cause())


def _said(batch: Batch) -> frozenset[object]:
    """What a batch says, without where in the document it stands.

    Of a feed it is which entries are taken, each with its instant where one is known: their titles are free, and decide
    what is kept of them.
    """
    if batch.payload.role == "feed":
        return _entries(batch.payload)
    figures = {tuple(getattr(row, name) for name in FIGURES) for row in batch.observations}
    events = {(row.event_type, row.event_date, row.actor, row.target, row.value) for row in batch.events}
    return frozenset(figures | events)


def _entries(payload: Payload) -> frozenset[object]:
    """Address and instant of the entries on the outlet's own hosts, and the address alone of each."""
    outlet = catalogue.entry(payload.source)
    taken = [outlets.entry_page(dataclasses.replace(entry, title="a title"), outlet, payload.fetched_at)
             for entry in feeds.read(payload, zone=outlets.zone_of(outlet))]  # fmt: skip
    own = [page for page in taken if page is not None and urlsplit(page.url).hostname in outlet.hosts]
    dated = {(page.url, str(page.published)) for page in own if page.published}
    return frozenset({*dated, *((page.url,) for page in own)})


def _visible(db: Database, source: str) -> frozenset[object]:
    """What a reader sees of a source: its figures as they stand, and its articles."""
    figures = db.rows(
        "SELECT series_key, period, period_start, period_end, value, obs_status FROM observations WHERE source = ?",
        [source],
    )
    articles = db.rows("SELECT DISTINCT canonical_url, published_at FROM article_vintages WHERE source = ?", [source])
    return frozenset([*map(tuple, figures), *map(tuple, articles)])


def _in_child(out: int, work: Callable[[], tuple[str, str]]) -> None:
    """Do the work with limits, write what came of it, and end without a word to anybody else."""
    os.set_blocking(out, True)
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            size = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        said = work()
    except BaseException as error:  # noqa: BLE001 (whatever it is, it is what came of the payload)
        said = "crashed", f"{type(error).__name__}: {error}"
    try:
        with os.fdopen(out, "wb") as pipe:
            pipe.write(pickle.dumps(said))
    finally:
        os._exit(0)


def _all_of(here: int, until: float) -> bytes | None:
    """All that comes through a pipe; None if it isn't closed in time."""
    pieces = []
    with os.fdopen(here, "rb", buffering=0) as pipe:
        while True:
            ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                return None
            piece = pipe.read(1 << 16)
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
