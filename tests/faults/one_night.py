"""One nightly run in a process of its own, without Prefect, that may be told to die or to find its disk full.

The process comes from a fork server that has imported everything, so a night costs its walk and no start-up.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any, Final

__all__ = ["Ending", "Fate", "night"]

LONGEST_S: Final = 300.0
PRELOADED: Final = (
    "pandas", "great_expectations", "expectations.common", "flows.command", "flows.steps", "flows.run", "flows.alerts",
    "expectations.judge", "warehouse.loader",
    "warehouse.feed", "warehouse.publisher", "sources.web", "flows.ingest", "tests.faults.one_night",
)  # fmt: skip
PAUSE_S: Final = 0.02  # between two attempts: what the pauses are is tried elsewhere (P-14, P-15)
PHASES: Final = ("fetch", "load", "publish", "end")


@dataclass(frozen=True, slots=True)
class Fate:
    """What befalls the process: `die` in a phase (of `PHASES`) after so many seconds, or no file above so many bytes.

    A phase is entered at its `step`-th step (loads are many).
    """

    die: str = ""
    after_s: float = 0.0
    step: int = 1
    largest_file: int | None = None
    publishes: bool = True  # False: the night closes its books and leaves the publishing to a later one


@dataclass(frozen=True, slots=True)
class Ending:
    """How the process ended: exit code (minus the signal's number if it was killed), seconds, the run's summary."""

    exit_code: int
    seconds: float
    summary: Mapping[str, Any]


def _server() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    return context


def night(environment: Mapping[str, str], told: Path, deadline_s: float, fate: Fate | None = None) -> Ending:
    """Run one night and wait for its end.

    Args:
        environment: the settings, as `Settings.read` takes them.
        told: a file for the run's summary, outside the home.
        deadline_s: seconds for one fetch with all its attempts.
        fate: what befalls it.
    """
    told.unlink(missing_ok=True)
    began = time.monotonic()
    process = _server().Process(target=_walk, args=(dict(environment), str(told), deadline_s, fate or Fate()))
    process.start()
    process.join(LONGEST_S)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise TimeoutError(f"a night of {environment['AMUR_NOW']} took longer than {LONGEST_S} s")
    summary = json.loads(told.read_bytes()) if told.exists() else {}
    return Ending(process.exitcode, time.monotonic() - began, summary)


def _walk(environment: dict[str, str], told: str, deadline_s: float, fate: Fate) -> None:
    """The process: what `amur nightly` does, but for Prefect and what it prints."""
    from flows.command import stoppable
    from flows.reading import Reader, _limit
    from flows.run import chosen, nightly_window
    from flows.settings import Settings
    from flows.steps import ahead, walk_sources
    from flows.walk import Pace
    from sources.errors import AmurError
    from warehouse.ledger import end_run

    for name in [name for name in os.environ if name.startswith("AMUR_") or name.upper().endswith("_PROXY")]:
        del os.environ[name]
    os.environ.update(environment)
    settings = Settings.read(environment)
    code = 0
    try:
        with Reader() as reader:
            # forked while there is one thread; the product's own way, `spawn`, takes a second more
            reader._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork"), initializer=_limit)
            reader._pool.submit(int).result()
            if fate.largest_file is not None:
                hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
                resource.setrlimit(resource.RLIMIT_FSIZE, (fate.largest_file, hard))
            sources = chosen(settings)
            with stoppable(settings, "nightly", "") as run:
                run.reader = reader
                run.door._deadline_s = deadline_s
                wait = run.door._wait
                run.door._sleep = lambda seconds: wait(min(seconds, PAUSE_S))
                window = nightly_window(run.now, settings.keys)
                if not fate.publishes:
                    run.publish = lambda: end_run(run.db, run.run_id, run.now, state="done", exit_code=0)  # type: ignore[method-assign]
                step = _Steps(fate)
                step.enter("fetch")
                with ahead(run, sources, window, Pace("nightly")) as fetching:
                    walk_sources(fetching, step)
                step.enter("end")
            code = run.summary.exit_code
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            Path(told).write_text(json.dumps(run.summary.as_json(), default=str), encoding="utf-8")
    except AmurError as error:
        print(f"amur: {error}", file=sys.stderr)  # noqa: T201 (as the command does)
        code = 1
    except OSError as error:
        print(f"amur: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)  # noqa: T201 (as the command does)
        code = 1
    sys.exit(code)


class _Steps:
    """The steps of the walk, with a death in one of them."""

    def __init__(self, fate: Fate) -> None:
        self.fate, self.entered = fate, dict.fromkeys(PHASES, 0)

    def __call__(self, name: str, work: Callable[[], object]) -> object:
        """Run one step."""
        if name == "publish":
            self.enter("publish")
        elif name.startswith("judge and load"):
            self.enter("load")
        return work()

    def enter(self, phase: str) -> None:
        """Say that a phase begins; the process dies a little later if it is to."""
        self.entered[phase] += 1
        if phase == self.fate.die and self.entered[phase] == self.fate.step:
            threading.Thread(target=self._die, daemon=True).start()
            if self.fate.after_s == 0:
                time.sleep(60)

    def _die(self) -> None:
        time.sleep(self.fate.after_s)
        os.kill(os.getpid(), signal.SIGKILL)
