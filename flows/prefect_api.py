"""An in-process Prefect: our own loopback server, started before Prefect is imported, and drained at the end.

The built-in ephemeral server costs more, because the client then imports the whole server too; and ended right after
a flow it loses task runs. Both were measured.
"""

from __future__ import annotations

import logging
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flows.log import LOGGER
from sources.errors import AmurError

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

__all__ = ["loopback_server", "own_server", "published_server"]

QUIET: Final = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "GX_ANALYTICS_ENABLED": "False",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "PREFECT_CLI_PROMPT": "0",
}
ONE_SHOT: Final = {
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT_UI_ENABLED": "0",
    # events are what automations act on; there are none, and this server doesn't live to clear them away
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
}
NOWHERE: Final = "http://127.0.0.1:9"  # the discard port: nothing listens
LOOPBACK: Final = ("127.0.0.1", "localhost")
START_S: Final = 120
DRAIN_S: Final = 5.0
KEPT_RUNS: Final = 7  # of commands, with all their tasks: the ledger keeps what there is to know of older ones
STOP_S: Final = {"one-shot": 5.0, "lasting": 1.5}  # until the server is killed; SQLite stands that


@contextmanager
def loopback_server(home: Path) -> Iterator[Server]:
    """Start the API on a free loopback port for one run, with its database under `home`/prefect.

    Import Prefect inside the block; call `ready` before the first flow.
    """
    environment = QUIET | ONE_SHOT | dict(os.environ) | {"PREFECT_HOME": str(home / "prefect")}  # noqa: TID251 (handed on whole)
    with _server(home, environment, 0, "one-shot") as server:
        yield server


@contextmanager
def published_server(home: Path, port: int) -> Iterator[Server]:
    """Start the API with its web page and its scheduler on a loopback `port` (0: a free one), for as long as the block.

    Its database is under `home`/prefect unless PREFECT_HOME says otherwise. Only pages of its own may call it from a
    browser, and it reaches nothing outside this machine: its proxy is a port where nothing listens.

    Raises:
        AmurError: the port is taken.
    """
    said = dict(os.environ)  # noqa: TID251 (handed on whole)
    folder = said.get("PREFECT_HOME") or str(home / "prefect")
    environment = QUIET | said | {"PREFECT_HOME": folder}
    environment.pop("PREFECT__SERVER_EPHEMERAL", None)
    with _server(home, environment, port, "lasting") as server:
        yield server


def own_server() -> str:
    """The address of a server of the user's own; empty: there is none."""
    return os.environ.get("PREFECT_API_URL", "")  # noqa: TID251 (Prefect's own setting)


@contextmanager
def _server(home: Path, environment: dict[str, str], port: int, kind: str) -> Iterator[Server]:
    (home / "prefect").mkdir(parents=True, exist_ok=True)
    (home / "logs").mkdir(parents=True, exist_ok=True)
    if given := own_server():  # it goes first
        with _in_environment(QUIET | _past_the_proxy()):
            yield Server(None, given)
        return
    Path(environment["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
    listening = _listen(port)
    port = listening.getsockname()[1]
    url = f"http://127.0.0.1:{port}/api"
    with (home / "logs" / "prefect-server.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 (this interpreter, a module of ours)
            [sys.executable, "-m", "flows.server_process", str(listening.fileno()), kind],
            env=environment | _shut_in(home, port),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            pass_fds=[listening.fileno()],
            cwd=Path(__file__).parent.parent,
            start_new_session=True,
        )
    listening.close()
    try:
        # Prefect reads its settings from the environment, when it is imported
        with _in_environment(environment | _past_the_proxy() | {"PREFECT_API_URL": url}):
            yield Server(process, url)
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_S[kind])
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()
        _fold(Path(environment["PREFECT_HOME"]) / "prefect.db")


def _fold(database: Path) -> None:
    """Put SQLite's log into its database: a server that is ended leaves it beside it, grown by megabytes."""
    if not database.with_name(f"{database.name}-wal").exists():
        return
    try:
        with closing(sqlite3.connect(database, timeout=DRAIN_S)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.Error as error:  # the next server takes the log over
        LOGGER.warning("Prefect's database keeps its log: %s", error, extra={"stage": "prefect"})


def _listen(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        listening.close()
        raise AmurError(
            at="--port",
            url=f"http://127.0.0.1:{port}",
            expected="a free port",
            found=error.strerror or str(error),
            advice="Choose another with --port; 0 takes any free one",
        ) from None
    listening.listen(128)
    listening.set_inheritable(True)
    return listening


def _shut_in(home: Path, port: int) -> dict[str, str]:
    """What the server's process gets: an address to tell its web page, and no way out of this machine."""
    page = f"http://127.0.0.1:{port}"
    proxies = [f"{scheme}_proxy" for scheme in ("http", "https", "all")]
    return {
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_UI_API_URL": f"{page}/api",
        "PREFECT_UI_STATIC_DIRECTORY": str(home / "prefect" / "ui"),  # the package's own folder may be read-only
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": page,
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "NO_PROXY": ",".join(LOOPBACK),
        "no_proxy": ",".join(LOOPBACK),
        **{name: NOWHERE for lower in proxies for name in (lower, lower.upper())},
    }


def _past_the_proxy() -> dict[str, str]:
    """NO_PROXY with the loopback added: Prefect's client would ask the proxy for its own server otherwise.

    Both spellings are kept as they are, since who reads them differs in which goes first.
    """
    told = {name: os.environ.get(name, "") for name in ("NO_PROXY", "no_proxy")}  # noqa: TID251
    either = told["NO_PROXY"] or told["no_proxy"]
    return {name: ",".join([*filter(None, [said or either]), *LOOPBACK]) for name, said in told.items()}


@contextmanager
def _in_environment(wanted: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in wanted}  # noqa: TID251
    os.environ.update(wanted)  # noqa: TID251
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)  # noqa: TID251
            else:
                os.environ[name] = value  # noqa: TID251


class Server:
    """A Prefect API, ours (`process`) or the user's own."""

    def __init__(self, process: subprocess.Popen[bytes] | None, url: str) -> None:
        """Know it."""
        self.process, self.url = process, url

    def ready(self) -> None:
        """Wait until the API answers.

        Raises:
            AmurError: it ended, or didn't answer within two minutes.
        """
        if self.process is None:
            return
        quiet = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            with suppress(urllib.error.URLError, OSError), quiet.open(f"{self.url}/health", timeout=2):
                logging.getLogger("prefect").setLevel(logging.CRITICAL)
                return
            time.sleep(0.05)
        raise AmurError(
            at="Prefect's server",
            url=self.url,
            expected=f"an answer within {START_S} s",
            found="none",
            advice="See logs/prefect-server.log under AMUR_HOME",
        )

    def drain(self, flow_run_id: object, tasks: int) -> None:
        """Wait until the API holds the end of the run and of its `tasks`: what is still under way would be lost."""
        from prefect.client.orchestration import get_client
        from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
        from prefect.events.worker import EventsWorker
        from prefect.logging.handlers import APILogWorker

        EventsWorker.drain_all(timeout=DRAIN_S)
        APILogWorker.drain_all(timeout=DRAIN_S)
        deadline = time.monotonic() + DRAIN_S
        chosen = FlowRunFilter(id=FlowRunFilterId(any_=[flow_run_id]))  # type: ignore[list-item]
        with get_client(sync_client=True) as client:
            while time.monotonic() < deadline:
                runs = client.read_task_runs(flow_run_filter=chosen)
                if len(runs) >= tasks and all(run.state and run.state.is_final() for run in runs):
                    break
                time.sleep(0.05)
            if self.process is not None:
                _forget_old_runs(client)


def _forget_old_runs(client: SyncPrefectClient) -> None:
    """Remove all but the newest runs of commands from a database of ours, which would grow with each night.

    Runs of deployments are left to `amur serve`, and what has not ended to whoever is at work.
    """
    from httpx import HTTPError
    from prefect.client.schemas import filters
    from prefect.client.schemas.objects import TERMINAL_STATES
    from prefect.client.schemas.sorting import FlowRunSort
    from prefect.exceptions import PrefectException

    ended = filters.FlowRunFilterState(type=filters.FlowRunFilterStateType(any_=list(TERMINAL_STATES)))
    ours = filters.FlowRunFilter(state=ended, deployment_id=filters.FlowRunFilterDeploymentId(is_null_=True))
    try:
        for run in client.read_flow_runs(flow_run_filter=ours, sort=FlowRunSort.START_TIME_DESC, offset=KEPT_RUNS):
            client.delete_flow_run(run.id)
    except (HTTPError, PrefectException) as error:
        LOGGER.warning("old runs stay in Prefect's database: %s", error, extra={"stage": "prefect"})
