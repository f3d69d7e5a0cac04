"""An in-process Prefect: our own loopback server, started before Prefect is imported, and drained at the end.

The built-in ephemeral server costs more, because the client then imports the whole server too; and ended right after
a flow it loses task runs. Both were measured.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sources.errors import AmurError

__all__ = ["loopback_server"]

QUIET: Final = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "GX_ANALYTICS_ENABLED": "False",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT_UI_ENABLED": "0",
    "PREFECT_CLI_PROMPT": "0",
}
START_S: Final = 120
DRAIN_S: Final = 5.0


@contextmanager
def loopback_server(home: Path) -> Iterator[Server]:
    """Start the API on a free loopback port, with its database under `home`/prefect.

    Import Prefect inside the block; call `ready` before the first flow.
    """
    (home / "prefect").mkdir(parents=True, exist_ok=True)
    (home / "logs").mkdir(parents=True, exist_ok=True)
    environment = QUIET | dict(os.environ) | {"PREFECT_HOME": str(home / "prefect")}  # noqa: TID251 (handed on whole)
    given = os.environ.get("PREFECT_API_URL")  # noqa: TID251 (a server of the user's own goes first)
    if given:
        os.environ.update(QUIET)  # noqa: TID251
        yield Server(None, given)
        return
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(128)
    listening.set_inheritable(True)
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/api"
    with (home / "logs" / "prefect-server.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 (this interpreter, a module of ours)
            [sys.executable, "-m", "flows.server_process", str(listening.fileno())],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            pass_fds=[listening.fileno()],
            cwd=Path(__file__).parent.parent,
            start_new_session=True,
        )
    listening.close()
    before = {name: os.environ.get(name) for name in [*environment, "PREFECT_API_URL"]}  # noqa: TID251
    os.environ.update(environment)  # noqa: TID251 (Prefect reads its settings from here)
    os.environ["PREFECT_API_URL"] = url  # noqa: TID251
    try:
        yield Server(process, url)
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()
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
                    return
                time.sleep(0.05)
