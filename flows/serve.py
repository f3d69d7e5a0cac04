"""`amur serve`: Prefect's server, the two deployments and their runs, in one command that ends in order.

Prefect's runner works in a thread of its own, so that the signals stay with the main thread.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from types import FrameType
from typing import TYPE_CHECKING, Final

from flows.log import LOGGER, logging_to
from flows.prefect_api import Server, published_server
from flows.schedule import Schedule, last_good_night
from flows.settings import Settings
from sources.errors import AmurError, Busy
from warehouse.lock import locked

if TYPE_CHECKING:
    from uuid import UUID

    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun
    from prefect.runner import Runner

__all__ = ["serve"]

POLL_S: Final = 2.0  # between two looks for runs that are due
LOOK_S: Final = 2.0  # between two looks whether all is alive
RUN_ENDS_S: Final = 5.5  # for a run at work, of the ten seconds in all
RUNNER_ENDS_S: Final = 1.0
ALL_ENDS_S: Final = 9.5
SIGNAL_EXIT: Final = 128
PAGE: Final = 200  # Prefect's own limit of rows in an answer


def serve(settings: Settings, cron: str, timezone: str, port: int) -> int:
    """Serve until SIGTERM or Ctrl-C; gives the exit code.

    Raises:
        Busy: another `amur serve` works on this AMUR_HOME.
        AmurError: a schedule that isn't one, a port that is taken, a server that doesn't answer.
    """
    schedule = Schedule.read(cron, timezone)
    (settings.home / "prefect").mkdir(parents=True, exist_ok=True)
    with (
        _until_told(),
        locked(settings.home / "prefect", settings.now(), "amur serve"),
        logging_to(settings.home, echo=settings.log_echo),
        published_server(settings.home, port) as server,
    ):
        try:
            _serve(settings, schedule, server)
        except Told:
            print("amur: ending in order", file=sys.stderr)
    return 0


class Told(BaseException):
    """The end was asked for; above Exception, so that nothing on the way takes it for a failure."""


class _Ending:
    """The handler: the first signal unwinds the main thread, a second one ends all at once."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        if self.number:
            _kill_runs()
            os._exit(SIGNAL_EXIT + number)
        self.number = number
        guard = threading.Timer(ALL_ENDS_S, self._hard)
        guard.daemon = True
        guard.start()
        raise Told

    def _hard(self) -> None:
        _kill_runs()
        os._exit(SIGNAL_EXIT + self.number)


@contextmanager
def _until_told() -> Iterator[None]:
    ending = _Ending()
    before = {number: signal.signal(number, ending) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except Told:  # before there was anything to end
        return
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _kill_runs() -> None:
    for child in multiprocessing.active_children():
        child.kill()


def _serve(settings: Settings, schedule: Schedule, server: Server) -> None:
    """Deploy, catch up, run what is due.

    Raises:
        AmurError: the server or the runner ended by itself.
    """
    from prefect.client.orchestration import get_client

    server.ready()
    with get_client(sync_client=True) as client:
        if server.process is not None:  # a server of the user's own knows other runs than ours
            _say_crashed(client, "the process that ran it is gone", settings)
            _say_missed(client, settings.now())
        running = _Running(schedule)
        try:
            running.start()
            _greet(settings, schedule, server)
            _watch(settings, schedule, server, running, client)
        finally:
            running.end()
            if server.process is not None and server.process.poll() is None:
                _say_crashed(client, "amur serve ended", None)


def _greet(settings: Settings, schedule: Schedule, server: Server) -> None:
    page = server.url.removesuffix("/api")
    print(f"Prefect's page   {page}  (this machine only)" if server.process else f"Prefect's server {page}")
    print(f"Next run         {schedule.after(settings.now()):%a %d %b %Y %H:%M %Z} ({schedule.cron})")
    print(f"Run now          nightly or backfill, by `Run` on {page}/deployments")
    print(f"Stop             Ctrl-C, or kill -TERM {os.getpid()}", flush=True)


def _watch(
    settings: Settings, schedule: Schedule, server: Server, running: _Running, client: SyncPrefectClient
) -> None:
    """Catch up once, then look whether all is alive."""
    checked = False
    while True:
        if not checked:
            checked = _caught_up(settings, schedule, running, client)
        if server.process is not None and server.process.poll() is not None:
            raise AmurError(
                at="Prefect's server", expected="to stay alive", found=f"exit {server.process.returncode}",
                advice="See logs/prefect-server.log under AMUR_HOME",
            )  # fmt: skip
        if not running.alive():
            raise AmurError(
                at="Prefect's runner", expected="to stay alive", found=str(running.failure or "an end without a word")
            )
        time.sleep(LOOK_S)


def _caught_up(settings: Settings, schedule: Schedule, running: _Running, client: SyncPrefectClient) -> bool:
    """Ask for one nightly run where one was missed; False while another run holds the ledger."""
    now = settings.now()
    try:
        last = last_good_night(settings)
    except Busy:
        return False
    missed = schedule.missed(last, now)
    if missed is None:
        return True
    run = client.create_flow_run_from_deployment(running.nightly, name=f"catch-up {missed:%Y-%m-%d}", tags=["catch-up"])
    why = (
        f"the last good one began {last.astimezone(schedule.zone):%Y-%m-%d %H:%M %Z}" if last else "there was none yet"
    )
    text = f"The night of {missed:%Y-%m-%d %H:%M %Z} was missed ({why}): one run catches up now"
    LOGGER.info("%s: flow run %s", text, run.id)
    print(text, flush=True)
    return True


class _Running:
    """Prefect's runner in its thread, with the two deployments."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.failure: BaseException | None = None
        self.nightly: UUID
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._runner: Runner | None = None
        self._thread = threading.Thread(target=self._work, name="runner", daemon=True)

    def start(self) -> None:
        """Deploy, and begin to look for what is due.

        Raises:
            AmurError: Prefect refused.
        """
        self._thread.start()
        self._ready.wait()
        if self.failure is not None:
            raise AmurError(
                at="deploy", expected="Prefect to take the deployments", found=str(self.failure)
            ) from self.failure

    def alive(self) -> bool:
        """Whether it still looks."""
        return self._thread.is_alive()

    def end(self) -> None:
        """End the runs at work by SIGTERM, then those that don't by SIGKILL, then the runner."""
        logging.getLogger("prefect").setLevel(logging.CRITICAL)  # it would tell at length that its server goes
        if self._runner is not None:
            self._runner.stopping = True
        deadline = time.monotonic() + RUN_ENDS_S
        for child in multiprocessing.active_children():
            child.terminate()
        while multiprocessing.active_children() and time.monotonic() < deadline:
            time.sleep(0.05)
        _kill_runs()
        if self._loop is not None and self._runner is not None and self._thread.is_alive():
            with suppress(RuntimeError):  # it had not begun, or has ended meanwhile
                asyncio.run_coroutine_threadsafe(self._runner.astop(), self._loop)
            self._thread.join(RUNNER_ENDS_S)

    def _work(self) -> None:
        try:
            asyncio.run(self._run())
        except BaseException as error:  # noqa: BLE001 (the main thread tells it)
            self.failure = error
        finally:
            self._ready.set()

    async def _run(self) -> None:
        from prefect.flows import EntrypointType  # type: ignore[attr-defined]
        from prefect.runner import Runner
        from prefect.schedules import Cron

        from flows import nightly

        self._loop = asyncio.get_running_loop()
        self._runner = Runner(name="amur", query_seconds=POLL_S, limit=1, pause_on_shutdown=False)
        self.nightly = await self._runner.aadd_flow(
            nightly.nightly,
            name="nightly",
            schedule=Cron(self.schedule.cron, timezone=str(self.schedule.zone)),
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        await self._runner.aadd_flow(nightly.backfill, name="backfill", entrypoint_type=EntrypointType.MODULE_PATH)
        self._ready.set()
        await self._runner.start()


def _flow_runs(client: SyncPrefectClient, *types: str) -> list[FlowRun]:
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType

    wanted = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(types))))  # type: ignore[arg-type]
    return client.read_flow_runs(flow_run_filter=wanted, limit=PAGE)


def _say_crashed(client: SyncPrefectClient, why: str, settings: Settings | None) -> None:
    """Set to Crashed what Prefect takes for running and nobody runs.

    A run of a deployment has no other place to live than an `amur serve`, and this is the only one. A run by hand is
    dead where nobody holds the lock of AMUR_HOME; `settings` None leaves those alone.
    """
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
    from prefect.states import Crashed

    runs = _flow_runs(client, "RUNNING", "PENDING", "CANCELLING")
    by_hand = [run for run in runs if run.deployment_id is None]
    if by_hand and not (settings is not None and _idle(settings)):
        runs = [run for run in runs if run.deployment_id is not None]
    for run in runs:
        chosen = FlowRunFilter(id=FlowRunFilterId(any_=[run.id]))
        for task in client.read_task_runs(flow_run_filter=chosen, limit=PAGE):
            if task.state is None or not task.state.is_final():
                client.set_task_run_state(task.id, Crashed(message=why), force=True)
        client.set_flow_run_state(run.id, Crashed(message=why), force=True)
        LOGGER.warning("flow run %s (%s) is set to Crashed: %s", run.name, run.id, why)


def _idle(settings: Settings) -> bool:
    try:
        with locked(settings.home, settings.now(), "amur serve"):
            return True
    except Busy:
        return False


def _say_missed(client: SyncPrefectClient, now: datetime) -> None:
    """Set to Cancelled, named `missed`, the scheduled runs whose time went by: one catch-up run stands for all."""
    from prefect.client.schemas.objects import State, StateType

    for run in _flow_runs(client, "SCHEDULED"):
        when = run.expected_start_time
        if run.auto_scheduled and run.deployment_id is not None and when is not None and when < now:
            why = State(type=StateType.CANCELLED, name="missed", message="amur serve was down at that time")
            client.set_flow_run_state(run.id, why, force=True)
