"""`amur backfill` over the workers of a Prefect work pool: they fetch, the run that started them loads.

A part is a source: its hosts take one request at a time however many ask, so that slices of it would gain nothing,
and a day's quota of calls stays in one hand. Sources that come with Amur stay here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from flows import walk
from flows.log import LOGGER
from flows.parts import Ground, Part
from flows.prefect_api import loopback_server, own_server
from flows.run import Run
from flows.settings import Settings
from sources import catalogue
from sources.contract import Window
from sources.errors import AmurError
from warehouse import ledger

if TYPE_CHECKING:
    from uuid import UUID

    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun

__all__ = ["FanOut", "preflight"]

LOOK_S: Final = 0.5  # between two looks into the folder of parts
ASK_S: Final = 2.0  # between two looks at Prefect's states
NOBODY_S: Final = 30.0  # without a worker at the pool, at the beginning
GONE_S: Final = 180.0  # without one, or without an answer of Prefect's server, later on: both are late under load
STARTS_S: Final = 300.0  # for a worker's process to begin with its part
ENDS_S: Final = 5.0  # for workers to end in order, of the 15 seconds that a run has


def preflight(settings: Settings) -> None:
    """See that there are a server, a work pool and a worker, before a run begins.

    Raises:
        AmurError: one of them is missing; says which, and how to start it.
    """
    pool, url = settings.fanout, own_server()
    if not url:
        raise AmurError(
            at="AMUR_FANOUT", expected="PREFECT_API_URL: the server that knows the work pool", found="none",
            advice="Start one (prefect server start) and set PREFECT_API_URL, or unset AMUR_FANOUT",
        )  # fmt: skip
    with loopback_server(settings.home):  # Prefect is imported in here: it reads its settings then
        from httpx import HTTPError
        from prefect.exceptions import ObjectNotFound, PrefectException

        try:
            with _client() as client:
                _manned(client, pool)
        except ObjectNotFound:
            raise AmurError(
                at="AMUR_FANOUT", url=url, expected=f"a work pool {pool}", found="none of that name",
                advice=f"prefect work-pool create {pool} --type process",
            ) from None  # fmt: skip
        except (HTTPError, PrefectException) as error:
            raise _no_server(url, error) from error


def _manned(client: SyncPrefectClient, pool: str) -> None:
    """Wait for a worker at the pool.

    Raises:
        AmurError: none came in time, or the pool is paused.
    """
    until = time.monotonic() + NOBODY_S
    if client.read_work_pool(pool).is_paused:
        raise AmurError(
            at="AMUR_FANOUT", expected=f"a work pool {pool} at work", found="a paused one",
            advice=f"prefect work-pool resume {pool}",
        )  # fmt: skip
    while not _online(client, pool):
        if time.monotonic() > until:
            raise AmurError(
                at="AMUR_FANOUT", expected=f"a worker at the work pool {pool} within {NOBODY_S:g} s", found="none",
                advice=f"Start one where this AMUR_HOME is shared: prefect worker start --pool {pool}",
            )  # fmt: skip
        time.sleep(LOOK_S)


def _client() -> SyncPrefectClient:
    from prefect.client.orchestration import get_client

    return get_client(sync_client=True)


def _no_server(url: str, error: Exception) -> AmurError:
    return AmurError(
        at="PREFECT_API_URL", url=url, expected="Prefect's server", found=f"{type(error).__name__}: {error}",
        advice="Start it (prefect server start), or unset AMUR_FANOUT",
    )  # fmt: skip


def _online(client: SyncPrefectClient, pool: str) -> bool:
    from prefect.client.schemas.objects import WorkerStatus

    return any(worker.status == WorkerStatus.ONLINE for worker in client.read_workers_for_work_pool(pool))


class FanOut:
    """Sources whose requests are under way in the processes of workers."""

    def __init__(
        self, run: Run, sources: Sequence[str], window: Window, pace: walk.Pace, *, report: Callable[[str, str], None]
    ) -> None:
        """Ask the ledger, and put the parts where workers find them."""
        self.run, self.window, self.pace, self.report = run, window, pace, report
        run.sources = list(sources)
        self.ground = Ground(run.settings.home, run.run_id)
        self.ground.open()
        self._here = [source for source in sources if catalogue.entry(source).shipped]
        self._there = [source for source in sources if source not in self._here]
        settings = run.settings
        for source in self._there:
            self.ground.tell(
                Part(
                    run.run_id, source, window, pace, walk.known(run.db, run.archive, source, run.now),
                    dict(run.robots), settings.gap_s, settings.fixed_now is not None,
                )
            )  # fmt: skip
        self._runs: dict[str, _Watched] = {}

    def in_order_of_arrival(self) -> Iterator[tuple[str, Future[walk.Collected]]]:
        """Each source as soon as its part is done, or lost: then with what was archived of it, and a failure noted."""
        from httpx import HTTPError
        from prefect.exceptions import PrefectException

        for source in self._here:
            yield source, _done(lambda source=source: self._at_once(source))  # type: ignore[misc]
        waiting = list(self._there)
        with _client() as client:
            watch = _Watch(client, self.run.settings.fanout, self.ground, self._runs)
            try:
                self._begin(client)
            except (HTTPError, PrefectException) as error:
                watch.refused = _no_server(own_server(), error).cause()
            while waiting:
                for source in tuple(waiting):
                    why = watch.end(source)
                    if why is None:
                        continue
                    waiting.remove(source)
                    yield source, _done(lambda source=source, why=why: self._taken(source, why))  # type: ignore[misc]
                if waiting:
                    time.sleep(LOOK_S)

    def _begin(self, client: SyncPrefectClient) -> None:
        """Deploy what workers run, and ask for a run of it a part."""
        from prefect.utilities.callables import parameter_schema

        from flows.fetching import amur_fetch

        pool, run_id = self.run.settings.fanout, self.run.run_id
        deployment = client.create_deployment(
            client.create_flow(amur_fetch), pool, work_pool_name=pool, entrypoint="flows.fetching.amur_fetch",
            parameter_openapi_schema=parameter_schema(amur_fetch).model_dump_for_openapi(),
            description="A source's part of an amur backfill that fans out",
        )  # fmt: skip
        for source in self._there:
            made = client.create_flow_run_from_deployment(
                deployment, parameters={"run_id": run_id, "source": source}, name=f"{source} {run_id}", tags=[run_id]
            )
            self._runs[source] = _Watched(made)
            self.report(source, "waits for a worker")
        LOGGER.info("%d parts for the work pool %s", len(self._there), pool, extra={"stage": "fetch"})

    def _at_once(self, source: str) -> walk.Collected:
        before = walk.known(self.run.db, self.run.archive, source, self.run.now)
        return walk.collect(source, self.window, self.run.door, self.run.archive, before, self.run.run_id, self.pace)

    def _taken(self, source: str, why: str) -> walk.Collected:
        """What the worker gave back, or what it had archived when it was lost.

        Raises:
            AmurError: what ended the part; nothing was collected.
        """
        found = self.ground.found(source)
        if found is None:
            return self._lost(source, why)
        self.run.robots.update(found.robots)
        name = self._runs[source].worker or self.ground.begun(source)
        self.run.summary.fetched_by[source] = name
        LOGGER.info("fetched by %s", name, extra={"source": source, "stage": "fetch"})
        if isinstance(found.collected, AmurError):
            raise found.collected
        return found.collected

    def _lost(self, source: str, why: str) -> walk.Collected:
        """Take over what a lost worker had archived, as from a killed run, and say what is left to ask for."""
        run = self.run
        self.ground.withdraw(source)
        told = frozenset(row[0] for row in run.db.rows("SELECT sidecar FROM payloads"))
        archived = [record for record in run.archive.records(told) if record.source == source]
        with run.db.transaction():
            ledger.adopt(run.db, archived)
        before = replace(walk.known(run.db, run.archive, source, run.now), calls={})
        taken = walk.collect(source, self.window, walk.Dry(), run.archive, before, run.run_id, self.pace)
        left = [note.url for note in taken.notes if note.outcome == walk.Planned.kind]
        first = f", the first for {left[0]}" if left else ""
        error = AmurError(
            source=source, at="its worker", expected="to fetch the part to its end",
            found=f"{why}; {len(archived)} documents of it were archived",
            advice=f"At least {len(left)} requests are left{first}. The same command goes on with them",
        )  # fmt: skip
        LOGGER.error("%s", error, extra={"source": source, "stage": "fetch"})
        run.failures.append(error)
        taken.notes, taken.errors = [], [error, *(one for one in taken.errors if not isinstance(one, walk.Planned))]
        return taken

    def close(self) -> None:
        """End the parts that are not done: workers notice that the run has ended; what has not begun is cancelled."""
        self.run.door.stop()
        open_runs = [one.run.id for source, one in self._runs.items() if self.ground.found_nothing(source)]
        ended = self.ground.close(ENDS_S)
        if not ended:
            LOGGER.warning("a worker is still at its part; the next run waits for it", extra={"stage": "fetch"})
        if open_runs:
            self._cancel(open_runs)

    def _cancel(self, open_runs: Sequence[UUID]) -> None:
        from httpx import HTTPError
        from prefect.exceptions import PrefectException
        from prefect.states import Cancelled

        try:
            with loopback_server(self.run.settings.home), _client() as client:
                for one in open_runs:
                    state = client.read_flow_run(one).state
                    if state is None or not state.is_final():
                        client.set_flow_run_state(
                            one, Cancelled(message=f"run {self.run.run_id} has ended"), force=True
                        )
        except (HTTPError, PrefectException) as error:
            LOGGER.warning("Prefect was not told that parts are over: %s", error, extra={"stage": "fetch"})


def _done(work: Callable[[], walk.Collected]) -> Future[walk.Collected]:
    """A future that holds what `work` gives or raises."""
    future: Future[walk.Collected] = Future()
    try:
        future.set_result(work())
    except Exception as error:  # noqa: BLE001 (whoever asks for the result gets it)
        future.set_exception(error)
    return future


class _Watched:
    """The flow run of a part, as it was last seen."""

    def __init__(self, run: FlowRun) -> None:
        self.run = run
        self.state = run.state_type
        self.since = time.monotonic()  # it has been in this state

    @property
    def worker(self) -> str:
        """The worker's name, once there is one."""
        return str(self.run.labels.get("prefect.worker.name", ""))

    def seen(self, run: FlowRun) -> None:
        """Note how it stands now."""
        if run.state_type != self.state:
            self.state, self.since = run.state_type, time.monotonic()
        self.run = run


class _Watch:
    """Looks how the parts of a run are getting on."""

    def __init__(self, client: SyncPrefectClient, pool: str, ground: Ground, runs: dict[str, _Watched]) -> None:
        self._client, self._pool, self._ground, self._runs = client, pool, ground, runs
        self._asked = float("-inf")
        self._unmanned: float | None = None  # since when no worker has been there, as often as one looked
        self._silent: float | None = None  # since when the server has not answered
        self._deaf: Exception | None = None
        self.refused = ""  # why there are no runs of some parts

    def end(self, source: str) -> str | None:
        """Why a part is over, in words; None while it is not. `ground.found` says whether it brought anything."""
        if source not in self._runs:
            return self.refused
        one = self._runs[source]
        given = not self._ground.found_nothing(source)
        self._ask(now=given and not one.worker)
        if given:
            return "done"
        if begun := self._ground.begun(source):
            return None if self._ground.alive(source) else f"the process that had it ({begun}) is gone"
        state = one.run.state
        return f"{state.name}: {state.message or 'no message'}" if state and state.is_final() else self._stuck(one)

    def _stuck(self, one: _Watched) -> str | None:
        """Why a part that no process has taken yet will not be taken; None while it may."""
        now = time.monotonic()
        if self._silent is not None and now - self._silent > GONE_S:
            return f"Prefect's server has not answered for {GONE_S:g} s ({type(self._deaf).__name__})"
        if one.run.state is not None and not one.run.state.is_scheduled():
            return f"no process of it within {STARTS_S:g} s" if now - one.since > STARTS_S else None
        if self._unmanned is not None and now - self._unmanned > GONE_S:
            return f"there has been no worker at the work pool {self._pool} for {GONE_S:g} s"
        return None

    def _ask(self, now: bool = False) -> None:
        """Ask Prefect how the runs and the workers are, unless that was a moment ago."""
        from httpx import HTTPError
        from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
        from prefect.exceptions import PrefectException

        if not now and time.monotonic() - self._asked < ASK_S:
            return
        self._asked = time.monotonic()
        watched: dict[Any, _Watched] = {one.run.id: one for one in self._runs.values()}
        ours = FlowRunFilter(id=FlowRunFilterId(any_=list(watched)))
        try:
            for run in self._client.read_flow_runs(flow_run_filter=ours):
                watched[run.id].seen(run)
            manned = _online(self._client, self._pool)
        except (HTTPError, PrefectException) as error:
            self._deaf, self._silent = error, self._silent or self._asked
        else:
            self._silent, self._unmanned = None, None if manned else self._unmanned or self._asked
