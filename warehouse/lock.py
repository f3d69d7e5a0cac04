"""One writer at a time: a lock on AMUR_HOME that the kernel gives back when its holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sources.errors import Busy
from warehouse.archive import naming

__all__ = ["locked", "try_lock"]


def try_lock(file: IO[Any]) -> bool:
    """Take the lock of an open file without waiting; False: another holds it. It goes with the file."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def locked(home: Path, now: datetime, kind: str) -> Iterator[None]:
    """Hold the lock on `home` for a run of `kind`.

    Raises:
        Busy: another process holds it; the message names its pid and start.
    """
    home.mkdir(parents=True, exist_ok=True)
    path = home / ".lock"
    with path.open("a+", encoding="utf-8") as file:
        if not try_lock(file):
            file.seek(0)
            holder = file.read().strip() or "an unnamed process"
            raise Busy(
                url=str(home),
                expected="no other run on this AMUR_HOME",
                found=f"{holder} at work",
                advice="Wait for it to end, or stop that process",
            )
        with naming(path):
            file.seek(0)
            file.truncate()
            file.write(f"{kind} (pid {os.getpid()}, started {now:%Y-%m-%d %H:%M:%S} UTC)")
            file.flush()
        yield
