"""Pictures of `amur serve` in Prefect's page: a schedule, a run killed with -9 shown as Crashed, the next Completed.

    python -m tests.serve_pictures docs/pictures

Not part of the suite: it waits for a cron of a minute, and needs Chromium (`apt-get install chromium`). Everything runs
on the loopback with shipped data in a folder of its own; what is killed are the processes that it started itself. It
prints what it saw, and fails where the page's own API says otherwise.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.flows.conftest import AMUR
from tests.flows.test_serve import Serve

DEAD = "http://127.0.0.1:9"
PATIENCE_S = 300
LOW, HIGH = "1200,640", "1200,1100"
BROWSER = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--force-color-profile=srgb",
    "--run-all-compositor-stages-before-draw", "--virtual-time-budget=60000",
)  # fmt: skip


def start(home: Path) -> Serve:
    """`amur serve` with a run every minute, on a free port."""
    kept = {k: v for k, v in os.environ.items() if not k.upper().endswith("_PROXY") and not k.startswith("AMUR_")}
    ours = {"AMUR_HOME": str(home), "AMUR_SOURCES": "reference", "HTTP_PROXY": DEAD, "HTTPS_PROXY": DEAD}
    process = subprocess.Popen(
        [AMUR, "serve", "--port", "0", "--cron", "* * * * *"], env=kept | ours,
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    said: list[str] = []

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            print(f"  serve: {line.rstrip()}", flush=True)
            said.append(line)

    threading.Thread(target=listen, daemon=True).start()
    until(lambda: any(line.startswith("Stop") for line in said), "serve is up")
    return Serve(process, said[0].split()[2], said)


def until(holds: Callable[[], object], what: str) -> None:
    """Wait for something that must come."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.3)
    print(f"{what}", flush=True)


def of_type(serve: Serve, state: str) -> list[str]:
    """The ids of the runs in a state, the oldest first."""
    return [run["id"] for run in serve.runs() if run["state_type"] == state]


def descendants(pid: int) -> list[int]:
    """The processes that a process of ours started, and theirs."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, path.read_text().split()):
            found += [child, *descendants(child)]
    return found


def at_work(log: Path) -> bool:
    """Has a run begun that has not ended?"""
    said = log.read_text(encoding="utf-8")
    return said.rfind("nightly begins") > said.rfind("nightly ends")


def kill(serve: Serve) -> None:
    """Kill it with -9 in mid-run, with all that it started."""
    everyone = [serve.process.pid, *descendants(serve.process.pid)]
    for pid in everyone:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    serve.process.wait(30)
    print(f"killed with -9: {len(everyone)} processes", flush=True)


def picture(serve: Serve, page: str, target: Path, size: str) -> None:
    """One page as a PNG."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["chromium", *BROWSER, f"--window-size={size}", f"--user-data-dir={profile}", f"--screenshot={target}",
             f"{serve.page}{page}"],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    print(f"{target.name}: {page}, {target.stat().st_size:,} bytes", flush=True)


def main(folder: Path) -> None:
    """Take the pictures."""
    if shutil.which("chromium") is None:
        sys.exit("no chromium here: apt-get install chromium")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary) / "home"
        serve = start(home)
        try:
            until(lambda: len(of_type(serve, "COMPLETED")) > 1, "two runs have completed, the second one by cron")
            picture(serve, "/deployments", folder / "serve-deployments.png", LOW)
            before = set(of_type(serve, "RUNNING"))
            until(lambda: set(of_type(serve, "RUNNING")) - before, "another one is running")
            (cut,) = set(of_type(serve, "RUNNING")) - before
            log = home / "logs" / "amur.log"
            until(lambda: at_work(log), "it has opened its run")
            kill(serve)
            serve = start(home)
            until(lambda: cut in of_type(serve, "CRASHED"), "the killed run is Crashed")
            done = set(of_type(serve, "COMPLETED"))
            until(lambda: set(of_type(serve, "COMPLETED")) - done, "the next one is Completed")
            picture(serve, "/runs", folder / "serve-runs.png", HIGH)
            picture(serve, f"/runs/flow-run/{cut}", folder / "serve-crashed.png", LOW)
        finally:
            serve.process.send_signal(signal.SIGTERM)
            print(f"serve ends with {serve.process.wait(60)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
