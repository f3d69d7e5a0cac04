"""A Prefect server of one's own with a process work pool and real workers, as an operator starts them; on loopback."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

__all__ = ["Pool", "prefect_server", "until"]

PREFECT: Final = Path(sys.executable).parent / "prefect"
PATIENCE_S: Final = 240.0
ENDS_S: Final = 20.0
OPENER: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class Pool:
    """A work pool. `environment` is for whoever talks to its server; `folder` gets the logs of workers."""

    name: str
    environment: Mapping[str, str]
    folder: Path

    def create(self, name: str) -> None:
        """Make a process work pool."""
        made = [PREFECT, "work-pool", "create", name, "--type", "process"]
        subprocess.run(made, env=self.environment, check=True, capture_output=True)

    def ask(self, path: str, body: object) -> list[dict[str, Any]]:
        """Rows of the server's API."""
        data, kind = json.dumps(body).encode(), {"Content-Type": "application/json"}
        url = f"{self.environment['PREFECT_API_URL']}{path}"
        with OPENER.open(urllib.request.Request(url, data, kind), timeout=30) as answer:  # noqa: S310 (a loopback address)
            rows: list[dict[str, Any]] = json.loads(answer.read())
            return rows

    @property
    def prefects(self) -> dict[str, str]:
        """What of the environment is Prefect's."""
        return {name: text for name, text in self.environment.items() if name.startswith("PREFECT_")}

    def _online(self) -> set[str]:
        rows = self.ask(f"/work_pools/{self.name}/workers/filter", {})
        return {str(row["name"]) for row in rows if row["status"] == "ONLINE"}

    @contextmanager
    def manned(self, *names: str, limit: int = 2, **more: str) -> Iterator[None]:
        """Workers at work for the time of the block; each takes `limit` parts at a time.

        Their names must be new ones: the server takes a worker for alive for a minute and a half after its last word.
        """
        workers = []
        try:
            for name in names:
                with (self.folder / f"{name}.log").open("ab") as log:
                    command = ["worker", "start", "--pool", self.name, "--name", name, "--limit", str(limit)]
                    workers.append(
                        subprocess.Popen(
                            [PREFECT, *command], env={**self.environment, **more}, stdout=log, stderr=log,
                            cwd=self.folder, start_new_session=True,
                        )
                    )  # fmt: skip
            until(lambda: set(names) <= self._online(), f"{names} at work")
            yield
        finally:
            for worker in workers:
                _end(worker)


@contextmanager
def prefect_server(folder: Path, pool: str) -> Iterator[Pool]:
    """`prefect server start` on a free port of loopback, its database below `folder`, and a process work pool."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {k: v for k, v in os.environ.items() if not k.upper().endswith("_PROXY") and not k.startswith("AMUR_")}
    environment = kept | {
        "PREFECT_HOME": str(folder / "home"), "PREFECT_API_URL": f"http://127.0.0.1:{port}/api", "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PYTHONPATH": str(Path(__file__).parent.parent),
    }  # fmt: skip
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"],
            env={k: v for k, v in environment.items() if k != "PREFECT_API_URL"}, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        until(lambda: _answers(environment["PREFECT_API_URL"]), f"a server; see {folder / 'server.log'}")
        made = Pool(pool, environment, folder)
        made.create(pool)
        yield made
    finally:
        _end(server)


def until(holds: Callable[[], object], what: str) -> None:
    """Wait for something that must come."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        with OPENER.open(f"{url}/health", timeout=2):
            return True
    except OSError:
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """By SIGTERM to it and its children, then by SIGKILL."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(ENDS_S)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
    process.wait(ENDS_S)
