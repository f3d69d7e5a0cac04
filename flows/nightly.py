"""The walking flows in Prefect's clothes: names, timings and a place to look.

Tasks only wrap the steps; retries, caching and result storage are off, because the door retries, the archive caches
and the ledger keeps the results.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any, Final

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed

from flows.backfill import period_window
from flows.command import SIGNAL_EXIT, stoppable
from flows.fan_out import preflight
from flows.run import Exit, Summary, chosen, nightly_window
from flows.settings import Settings
from flows.steps import Fetching, ahead, walk_sources
from flows.walk import Pace
from sources.errors import AmurError, Busy

__all__ = ["as_task", "backfill", "nightly", "observed", "told"]

ORPHAN_S: Final = 8.0


def as_task(name: str, work: Callable[[], object]) -> object:
    """Run one step as a task of the current flow run."""

    def step() -> None:
        given.append(work())

    given: list[object] = []
    named = task(name=name, task_run_name=name, cache_policy=NO_CACHE, persist_result=False)
    named(step)()
    return given[0]


def observed(fetching: Fetching, name: str) -> tuple[Any, int]:
    """Walk what is being fetched as a flow run called `name`; gives the run's id and the number of its tasks."""
    run = fetching.run
    tasks = 0

    def counted(step: str, work: Callable[[], object]) -> object:
        nonlocal tasks
        tasks += 1
        return as_task(step, work)

    def body() -> None:
        walk_sources(fetching, counted)

    shown = flow(name=name, flow_run_name=f"{name} {run.run_id}", persist_result=False)
    state = shown(body)(return_state=True)
    return state.state_details.flow_run_id, tasks


@flow(name="nightly", persist_result=False)
def nightly(only: list[str] | None = None) -> State[Any]:
    """One nightly run, for a deployment: every source, then publish.

    The state says what the exit code of `amur nightly` says: Completed (0), Completed named `degraded` (3), Failed
    with the message (1), Failed named `busy` with the holder of the lock (4).

    Args:
        only: the sources to ask; empty: all.
    """

    def walk(settings: Settings) -> Summary:
        sources = chosen(settings, only or [])
        with stoppable(settings, "nightly", " ".join(only or [])) as run:
            window = nightly_window(run.now, settings.keys)
            with ahead(run, sources, window, Pace("nightly")) as fetching:
                walk_sources(fetching, as_task)
        return run.summary

    return _deployed(walk)


@flow(name="backfill", persist_result=False)
def backfill(sources: list[str], first: str, last: str, *, refetch: bool = False, jobs: int = 8) -> State[Any]:
    """Past periods of some sources, for a deployment. The state is told as by `nightly`.

    Args:
        sources: ids as in `amur sources`.
        first: the first month (`2025-01`) or day; `--from` of the command.
        last: the last month or day, included; `--to` of the command.
        refetch: ask again for what is archived.
        jobs: sources fetched side by side.
    """

    def walk(settings: Settings) -> Summary:
        wanted = chosen(settings, sources)
        window = period_window(first, last, settings.now(), settings.keys)
        arguments = f"{' '.join(wanted)} --from {first} --to {last}"
        if settings.fanout:
            preflight(settings)
        with (
            stoppable(settings, "backfill", arguments) as run,
            ahead(run, wanted, window, Pace("backfill", refetch), jobs=max(1, jobs)) as fetching,
        ):
            walk_sources(fetching, as_task)
        return run.summary

    return _deployed(walk)


def _deployed(walk: Callable[[Settings], Summary]) -> State[Any]:
    """Walk as a deployment's run; gives the state that tells its end."""
    _end_with_parent()
    try:
        return told(walk(Settings.read()))
    except Busy as error:
        return Failed(name="busy", message=str(error))
    except AmurError as error:
        return Failed(message=str(error))


def told(summary: Summary) -> State[Any]:
    """The state that says what the exit code says, with the run's id, under which logs and ledger know it."""
    if summary.exit_code == Exit.OK:
        return Completed(message=f"run {summary.run_id}")
    if summary.exit_code == Exit.DEGRADED:
        late = [row["source"] for row in summary.sources if row["stale"]]
        held = [row["source"] for row in summary.sources if row["waiting_in_quarantine"]]
        named = [f"{word}: {', '.join(found)}" for word, found in (("stale", late), ("held", held)) if found]
        return Completed(name="degraded", message="; ".join([f"run {summary.run_id}", *named]))
    return Failed(message="; ".join([f"run {summary.run_id}", *summary.failures]))


def _end_with_parent() -> None:
    """End in order when `amur serve`, whose child this is, is gone: nobody could see or stop the run any more."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(ORPHAN_S)
        os._exit(SIGNAL_EXIT + signal.SIGTERM)  # Prefect's client would go on asking a server that isn't there

    threading.Thread(target=watch, name="parent", daemon=True).start()
