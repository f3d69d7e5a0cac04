"""The walking flows in Prefect's clothes: names, timings and a place to look.

Tasks only wrap the steps; retries, caching and result storage are off, because the door retries, the archive caches
and the ledger keeps the results.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.backfill import period_window
from flows.run import Run, chosen, nightly_window, running
from flows.settings import Settings
from flows.steps import Ahead, ahead, walk_sources
from flows.walk import Pace

__all__ = ["as_task", "backfill", "nightly", "observed"]


def as_task(name: str, work: Callable[[], object]) -> object:
    """Run one step as a task of the current flow run."""

    def step() -> None:
        given.append(work())

    given: list[object] = []
    named = task(name=name, task_run_name=name, cache_policy=NO_CACHE, persist_result=False)
    named(step)()
    return given[0]


def observed(fetching: Ahead, name: str) -> tuple[Any, int]:
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
def nightly(only: list[str] | None = None) -> dict[str, Any]:
    """One nightly run, for a deployment: every source (or those in `only`), then publish. Gives the summary.

    Raises:
        Busy: another run holds the lock.
        AmurError: an unknown source.
    """
    settings = Settings.read()
    with running(settings, "nightly") as run:
        _nightly(run, only or [])
    return run.summary.as_json()


@flow(name="backfill", persist_result=False)
def backfill(sources: list[str], first: str, last: str, *, refetch: bool = False, jobs: int = 8) -> dict[str, Any]:
    """Past periods (`2025-01` to `2026-06`) of some sources, for a deployment. Gives the summary.

    Raises:
        Busy: another run holds the lock.
        AmurError: an unknown source or a period that isn't one.
    """
    settings = Settings.read()
    with running(settings, "backfill", f"{sources} {first} {last}") as run:
        window = period_window(first, last, run.now, settings.keys)
        pace = Pace("backfill", refetch)
        with ahead(run, chosen(settings, sources), window, pace, jobs=jobs) as fetching:
            walk_sources(fetching, as_task)
    return run.summary.as_json()


def _nightly(run: Run, only: list[str]) -> None:
    sources = chosen(run.settings, only)
    with ahead(run, sources, nightly_window(run.now, run.settings.keys), Pace("nightly")) as fetching:
        walk_sources(fetching, as_task)
