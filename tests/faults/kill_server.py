"""A process that has everything imported and forks a child for each command: a run then takes one second, not ten.

Orders are JSON, one a line; the answers are the child's pid and then its exit. The child runs the command as a user's
shell would have started it, but for four things: Great Expectations and pandas are imported already,
payloads are parsed in the process itself, DuckDB writes with one thread (all calls are then counted in one place), and
it waits until it is traced, if it is to be.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys
import time
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

__all__ = ["BROKEN", "main"]

PACKAGES: Final = ("sources", "expectations", "warehouse", "flows")
APART: Final = ("prefect", "serve", "nightly", "server_process", "claim_child", "prompt")  # these start or import more
ATTACHED_S: Final = 0.02  # from being seized to being stopped at each call
PATIENCE_S: Final = 20.0


def main() -> None:
    """Import, then serve until the other side closes its end."""
    for package in PACKAGES:
        for found in pkgutil.walk_packages([package], f"{package}."):
            if not any(word in found.name for word in APART):
                importlib.import_module(found.name)
    for name in ("pandas", "pyarrow", "great_expectations", "lxml.etree"):
        importlib.import_module(name)
    _say({"ready": os.getpid()})
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _child(order)
        _say({"pid": pid})
        _, status = os.waitpid(pid, 0)
        _say({"exit": os.waitstatus_to_exitcode(status)})


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _child(order: dict[str, Any]) -> None:
    """Run one command and end; never comes back."""
    code = 70
    try:
        os.setsid()
        told = os.open(order["told"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for there, wanted in ((nothing, 0), (told, 1), (told, 2)):
            os.dup2(there, wanted)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115 (handed down)
        os.environ.update(order["environment"])
        _prepare(order["broken"])
        if order["traced"]:
            _wait_for_tracer()
        if order["command"] == ["open"]:
            code = _open(Path(order["environment"]["AMUR_HOME"]), order["environment"]["AMUR_NOW"])
        else:
            from flows.cli import main as amur

            code = amur(order["command"])
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:  # noqa: BLE001 (nothing may go back into the server)
        traceback.print_exc()
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)


def _open(home: Path, now: str) -> int:
    """What every command does first: open the warehouse, and bring its schema up to date."""
    from sources.errors import AmurError
    from warehouse.database import Database

    try:
        Database(home / "warehouse.duckdb", datetime.fromisoformat(now)).close()
    except AmurError as error:
        sys.stderr.write(f"amur: {error}\n")
        return 1
    return 0


def _prepare(broken: str) -> None:
    from flows import reading
    from warehouse.database import Database

    Database.__init__.__kwdefaults__["threads"] = 1
    reading.Reader.read = lambda _, payload: reading.parse(payload)  # type: ignore[method-assign]
    if broken:
        BROKEN[broken]()


def _wait_for_tracer() -> None:
    status, until = Path("/proc/self/status"), time.monotonic() + PATIENCE_S
    while "TracerPid:\t0\n" in status.read_text(encoding="ascii"):
        if time.monotonic() > until:
            raise TimeoutError("nobody traces")
        time.sleep(0.002)
    time.sleep(ATTACHED_S)


# --- builds that break one promise on purpose: a campaign that doesn't fail on them proves nothing -----------------


def _no_fsync() -> None:
    """The archive hands its bytes to the kernel and hopes."""
    os.fsync = lambda _: None


def _outside() -> None:
    """Each statement of a load commits by itself."""
    from contextlib import nullcontext

    from warehouse.database import Database

    Database.transaction = lambda _: nullcontext()  # type: ignore[method-assign,assignment,misc,return-value]


def _in_place() -> None:
    """The publication is written over the one that readers have."""
    import shutil

    from warehouse import publisher

    copy = shutil.copyfile

    def over(source: Path, part: Path) -> Path:
        copy(source, part.with_name(publisher.PUBLISHED))
        return copy(source, part)

    publisher.shutil.copyfile = over  # type: ignore[attr-defined]


BROKEN: Final[dict[str, Callable[[], None]]] = {"no fsync": _no_fsync, "load outside": _outside, "in place": _in_place}


if __name__ == "__main__":
    main()
