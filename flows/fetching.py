"""A worker's part of a backfill that fans out: plan, fetch and archive one source, and give back what was found.

A worker opens no warehouse: the run that gave it the part is the one writer.
"""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from typing import Any

from prefect import State, flow
from prefect.states import Completed, Failed

from flows import walk
from flows.parts import HOSTS, Found, Ground, Over, Part
from flows.settings import Settings
from flows.steps import defect
from sources import catalogue
from sources.errors import AmurError
from sources.turns import Turns
from sources.web import Door
from warehouse.archive import Archive

__all__ = ["amur_fetch", "fetched"]


@flow(name="amur-fetch", persist_result=False)
def amur_fetch(run_id: str, source: str) -> State[Any]:
    """One source's part of a run, for a deployment on the work pool that AMUR_FANOUT names.

    Completed: the run has what was found. Failed: it has the reason. Completed, named `over`: the run has ended.

    Args:
        run_id: the run, of the same AMUR_HOME.
        source: the source's id.
    """
    try:
        failure = fetched(Settings.read(), run_id, source)
    except Over as over:
        return Completed(name="over", message=str(over))
    return Failed(message=str(failure)) if failure is not None else Completed(message=f"run {run_id}")


def fetched(settings: Settings, run_id: str, source: str) -> AmurError | None:
    """Do a part and give it back; gives the failure that was given back in place of it.

    Raises:
        Over: the run has ended, or has no such part in this AMUR_HOME.
    """
    ground = Ground(settings.home, run_id)
    with ground.taken(source, f"{socket.gethostname()} pid {os.getpid()}") as said:
        try:
            found = _found(settings, ground, Part.read(said))
        except AmurError as error:
            found = Found(error)
        except Exception as error:
            ground.give(source, Found(defect(source, "fetch", error)))
            raise
        if ground.over():
            raise Over(f"run {run_id} has ended")
        ground.give(source, found)
    return found.collected if isinstance(found.collected, AmurError) else None


def _found(settings: Settings, ground: Ground, part: Part) -> Found:
    """Steps 1 to 3, at this machine's own door.

    Raises:
        AmurError: the run counts on a key that this worker hasn't got, or the source's plan failed.
    """
    if part.source in part.window.keys - settings.keys:
        setting = catalogue.entry(part.source).key_setting
        raise AmurError(
            source=part.source, at="the worker", expected=f"the key {setting}, as where the run is", found="none",
            advice=f"Start the worker with {setting}",
        )  # fmt: skip
    settings = replace(settings, fixed_now=part.window.now if part.fixed else None, gap_s=part.gap_s)
    archive = Archive(settings.home / "archive", ground.archive_lock)
    turns, robots = Turns(settings.home / HOSTS), dict(part.robots)
    with Door(settings.network(), settings.now, robots=robots, turns=turns) as door, ground.watched(door.stop):
        collected = walk.collect(part.source, part.window, door, archive, part.before, part.run_id, part.pace)
    return Found(collected, {host: text for host, text in robots.items() if part.robots.get(host) != text})
