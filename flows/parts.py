"""The parts of a run that other processes fetch: what a worker is told and gives back, as JSON in AMUR_HOME/parts.

A run that fans out has a folder `parts/<run_id>`. Whoever lives holds a lock there, which the kernel gives back when
its holder dies:

    run.lock             the run: while it is held, workers may archive
    <source>.lock        the worker that has the part; its name stands in it
    <source>.ask.json    what the worker is told: the window, and what the ledger knows of the source
    <source>.found.json  what it gives back: `walk.Collected`, or why there is nothing
    archive.lock         taken for each body that is archived

The archive gets the bodies, the folder the rest. None of the files holds a secret.
"""

from __future__ import annotations

import fcntl
import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from io import BufferedRandom
from pathlib import Path
from typing import Any, Final, Self

from flows import walk
from sources import catalogue, errors
from sources.contract import Window
from sources.errors import AmurError, Busy, LayoutChanged
from warehouse.archive import Record, write_durably
from warehouse.database import AMUR_VERSION
from warehouse.ledger import Absence, FetchNote
from warehouse.loader import Problem
from warehouse.lock import try_lock

__all__ = ["FOLDER", "HOSTS", "Found", "Ground", "Over", "Part", "Robots", "take_over"]

FOLDER: Final = "parts"
HOSTS: Final = "hosts"  # beside it: the turns at hosts, which outlive a run
RUN: Final = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}")
LOOK_S: Final = 0.5  # how soon a worker notices that its run is gone
PATIENCE_S: Final = 30.0  # for the workers of a run that was killed
PROBED_S: Final = 1.0  # the run looks whether a part is held: for an instant it holds it itself
TIMES: Final = frozenset({"fetched_at", "checked_at", "earlier_at", "at"})

Robots = dict[str, tuple[datetime, str]]


class Over(Exception):
    """The run to which a part belongs has ended, or was never of this AMUR_HOME: there is nothing to do."""


# --- what goes to and fro -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """One source's part of a run, as a worker is told it. `fixed`: the run's clock stands still at the window's now.

    `gap_s` are the seconds between two requests to a host where the run was told them. Proxies, certificates, contact
    and keys are the worker's own.
    """

    run_id: str
    source: str
    window: Window
    pace: walk.Pace
    before: walk.Known
    robots: Robots = field(default_factory=dict)
    gap_s: float | None = None
    fixed: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        window, before = self.window, self.before
        return {
            "amur": AMUR_VERSION,
            "run_id": self.run_id,
            "source": self.source,
            "window": {
                "start": window.start.isoformat(), "end": window.end.isoformat(), "now": window.now.isoformat(),
                "nightly": window.nightly, "keys": sorted(window.keys),
            },
            "pace": asdict(self.pace),
            "before": {
                "records": [_plain(record) for record in before.records.values()],
                "absences": [_plain(absence) for absence in before.absences.values()],
                "waiting": [_plain(record) for record in before.waiting],
                "calls": dict(before.calls),
                "overtaken": sorted(before.overtaken),
            },
            "robots": _robots(self.robots),
            "gap_s": self.gap_s,
            "fixed": self.fixed,
        }  # fmt: skip

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Self:
        """The part that `as_json` told.

        Raises:
            AmurError: another version of Amur told it.
        """
        if said["amur"] != AMUR_VERSION:
            raise AmurError(
                source=str(said["source"]), at="the worker", expected=f"Amur {said['amur']}, as where the run is",
                found=AMUR_VERSION, advice="Install the same Amur where the worker runs",
            )  # fmt: skip
        window, before = said["window"], said["before"]
        known = [_record(one) for one in before["records"]]
        absences = [Absence(**_timed(one)) for one in before["absences"]]
        return cls(
            run_id=said["run_id"],
            source=said["source"],
            window=Window(
                start=date.fromisoformat(window["start"]), end=date.fromisoformat(window["end"]),
                now=datetime.fromisoformat(window["now"]), nightly=window["nightly"], keys=frozenset(window["keys"]),
            ),
            pace=walk.Pace(**said["pace"]),
            before=walk.Known(
                {record.url: record for record in known},
                {absence.url: absence for absence in absences},
                tuple(_record(one) for one in before["waiting"]),
                {str(kind): int(calls) for kind, calls in before["calls"].items()},
                frozenset(before["overtaken"]),
            ),
            robots=_robots_read(said["robots"]),
            gap_s=said["gap_s"],
            fixed=said["fixed"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What a worker gives back: what it collected, or the failure that ended it, and the robots.txt that it read."""

    collected: walk.Collected | AmurError
    robots: Robots = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        found = self.collected
        if isinstance(found, AmurError):
            return {"failure": _error(found), "robots": _robots(self.robots)}
        return {
            "collected": {
                "source": found.source,
                **{name: [_plain(one) for one in getattr(found, name)] for name in ("unread", "settled", "checked")},
                "problems": [{"record": _plain(one.record), "error": _error(one.error)} for one in found.problems],
                "notes": [_plain(note) for note in found.notes],
                "errors": [_error(error) for error in found.errors],
                "seconds": found.seconds,
            },
            "robots": _robots(self.robots),
        }

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Self:
        """What `as_json` told."""
        robots = _robots_read(said["robots"])
        if "failure" in said:
            return cls(_error_read(said["failure"]), robots)
        found = said["collected"]
        return cls(
            walk.Collected(
                source=found["source"],
                unread=[_record(one) for one in found["unread"]],
                settled=[_record(one) for one in found["settled"]],
                checked=[_record(one) for one in found["checked"]],
                problems=[Problem(_record(one["record"]), _layout(one["error"])) for one in found["problems"]],
                notes=[FetchNote(**_timed(note)) for note in found["notes"]],
                errors=[_error_read(error) for error in found["errors"]],
                seconds=float(found["seconds"]),
            ),
            robots,
        )


def _plain(one: Record | Absence | FetchNote) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(one).items()}


def _timed(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value) if name in TIMES and value is not None else value
        for name, value in said.items()
    }


def _record(said: Mapping[str, Any]) -> Record:
    return Record(**_timed(said))


def _robots(robots: Robots) -> dict[str, list[str]]:
    return {host: [at.isoformat(), text] for host, (at, text) in robots.items()}


def _robots_read(said: Mapping[str, Any]) -> Robots:
    return {host: (datetime.fromisoformat(at), text) for host, (at, text) in said.items()}


def _error(error: AmurError) -> dict[str, str]:
    return {"class": type(error).__name__, "advice": error.advice, **error.facts()}


def _error_read(said: Mapping[str, str]) -> AmurError:
    """The error again; one of a class that Amur's tree doesn't hold (a source's own) becomes the nearest thing."""
    kind = getattr(errors, said["class"], AmurError) if said["class"] in errors.__all__ else AmurError
    found: AmurError = kind(**{name: text for name, text in said.items() if name != "class"})
    return found


def _layout(said: Mapping[str, str]) -> LayoutChanged:
    error = _error_read(said)
    if isinstance(error, LayoutChanged):
        return error
    return LayoutChanged(None, **error.facts(), advice=error.advice)


# --- the folder ---------------------------------------------------------------------------------------------------


class Ground:
    """The folder of one run's parts."""

    def __init__(self, home: Path, run_id: str) -> None:
        """Look at nothing yet.

        Raises:
            Over: that is no run's id.
        """
        if not RUN.fullmatch(run_id):
            raise Over(f"{run_id!r} is no run")
        self.run_id = run_id
        self.folder = home / FOLDER / run_id
        self.archive_lock = self.folder / "archive.lock"
        self._held: BufferedRandom | None = None

    # the run's side

    def open(self) -> None:
        """Make the folder, and hold the run's lock until `close`."""
        self.folder.mkdir(parents=True)
        self.archive_lock.touch()
        self._held = (self.folder / "run.lock").open("w+b")
        fcntl.flock(self._held, fcntl.LOCK_EX)

    def tell(self, part: Part) -> None:
        """Put a part there for a worker."""
        self._lock(part.source).touch()
        write_durably(self._ask(part.source), _json(part.as_json()))

    def found(self, source: str) -> Found | None:
        """What the worker gave back; None: nothing yet.

        Raises:
            AmurError: it is of another form.
        """
        path = self._found(source)
        try:
            said = path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            found = Found.read(json.loads(said))
            if isinstance(found.collected, walk.Collected) and found.collected.source != source:
                raise ValueError(found.collected.source)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise AmurError(
                source=source,
                url=str(path),
                expected="what a worker has found",
                found=f"{type(error).__name__}: {error}",
            ) from error
        return found

    def found_nothing(self, source: str) -> bool:
        """Has no worker given anything back yet?"""
        return not self._found(source).exists()

    def withdraw(self, source: str) -> None:
        """Let no worker begin with a part any more."""
        self._ask(source).unlink(missing_ok=True)

    def begun(self, source: str) -> str:
        """The worker that took the part, as `host pid`; empty: none yet."""
        return self._lock(source).read_text(encoding="utf-8")

    def alive(self, source: str) -> bool:
        """Does a process have the part?"""
        return not _free(self._lock(source))

    def close(self, wait_s: float) -> bool:
        """Let the workers know that the run has ended, wait for them, and remove the folder; False: one works on."""
        if self._held is not None:
            self._held.close()
        return _cleared(self.folder, wait_s)

    # the worker's side

    @contextmanager
    def taken(self, source: str, name: str) -> Iterator[Mapping[str, Any]]:
        """Have a part for the time of the block; gives what `Part.read` reads.

        Args:
            source: which.
            name: the worker's, for who wants to know.

        Raises:
            Over: the run has ended, or another process has the part.
        """
        catalogue.entry(source)
        try:
            lock = self._lock(source).open("r+b")
        except FileNotFoundError:
            raise Over(f"no run {self.run_id} with a part {source} in {self.folder.parent.parent}") from None
        with lock:
            until = time.monotonic() + PROBED_S
            while not try_lock(lock):
                if time.monotonic() > until:
                    raise Over(f"another worker has {source} of run {self.run_id}")
                time.sleep(0.01)
            if self.over():
                raise Over(f"run {self.run_id} has ended")
            try:
                said = json.loads(self._ask(source).read_bytes())
            except FileNotFoundError:
                raise Over(f"{source} of run {self.run_id} was withdrawn: no worker had begun with it") from None
            lock.write(name.encode())
            lock.flush()
            yield said

    def give(self, source: str, found: Found) -> None:
        """Give back what was found."""
        write_durably(self._found(source), _json(found.as_json()))

    def over(self) -> bool:
        """Has the run ended?"""
        return _free(self.folder / "run.lock")

    @contextmanager
    def watched(self, stop: Callable[[], None]) -> Iterator[None]:
        """Call `stop` as soon as the run has ended, if that is within the block."""
        done = threading.Event()

        def watch() -> None:
            while not done.wait(LOOK_S):
                if self.over():
                    stop()
                    return

        thread = threading.Thread(target=watch, name="run", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _lock(self, source: str) -> Path:
        return self.folder / f"{source}.lock"

    def _ask(self, source: str) -> Path:
        return self.folder / f"{source}.ask.json"

    def _found(self, source: str) -> Path:
        return self.folder / f"{source}.found.json"


def take_over(home: Path) -> None:
    """End what the workers of killed runs do, and remove their folders. Only under the lock on `home`.

    Raises:
        Busy: one of them works on; it could archive a body that nobody knows of yet.
    """
    for folder in sorted((home / FOLDER).glob("*")):
        if not _cleared(folder, PATIENCE_S):
            working = [path.read_text(encoding="utf-8") for path in folder.glob("*.lock") if not _free(path)]
            raise Busy(
                url=str(folder), expected=f"the workers of that run to end within {PATIENCE_S:g} s",
                found=f"at work: {', '.join(filter(None, working))}", advice="Stop that process",
            )  # fmt: skip


def _cleared(folder: Path, wait_s: float) -> bool:
    """Hold every part's lock, so that no worker can begin or go on, then remove the folder; False: one is held."""
    until = time.monotonic() + wait_s
    with suppress(FileNotFoundError):
        (folder / "run.lock").unlink()
    for path in folder.glob("*.lock"):
        if path.name == "archive.lock":
            continue
        while not _free(path):
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
    shutil.rmtree(folder, ignore_errors=True)
    return True


def _free(path: Path) -> bool:
    """Does nobody hold the lock of a file? Also where there is no such file."""
    try:
        with path.open("r+b") as file:
            return try_lock(file)
    except FileNotFoundError:
        return True


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
