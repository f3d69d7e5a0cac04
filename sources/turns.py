"""Turns at a host, shared by every process that uses one folder: one request at a time, and the gap between two.

A file a host. Its lock is the turn, which the kernel gives back when its holder dies; what it holds says when the
last request began and until when the host wants to be left alone. Another file keeps its robots.txt, so that it is
asked for once. Instants are those of the machines' clocks: between two machines the gap is as exact as these agree.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

__all__ = ["Seen", "Turns"]

TICK_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class Seen:
    """What the last one at a host left there. Seconds since 1970; 0.0: never, or nothing asked for."""

    started: float = 0.0
    quiet_until: float = 0.0
    quiet_words: str = ""


class Turns:
    """The turns at all hosts, in files below `folder`.

    Locks are the kernel's own (`flock`): the folder's file system must keep them between the machines that share it.
    """

    def __init__(self, folder: Path) -> None:
        """Make the folder."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def turn(self, host: str, go_on: Callable[[], None]) -> Iterator[Turn]:
        """The host for this process alone.

        Args:
            host: its name, with a port that isn't the default.
            go_on: called while others have the turn; what it raises ends the waiting.
        """
        with self._held(f"{quote(host, safe='')}.turn", go_on) as handle:
            yield Turn(handle)

    @contextmanager
    def manners(self, host: str, go_on: Callable[[], None]) -> Iterator[Manners]:
        """The host's robots.txt for this process alone, until it is known."""
        with self._held(f"{quote(host, safe='')}.robots", go_on) as handle:
            yield Manners(handle)

    @contextmanager
    def _held(self, name: str, go_on: Callable[[], None]) -> Iterator[int]:
        handle = os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            while True:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    go_on()
                    time.sleep(TICK_S)
                else:
                    break
            yield handle
        finally:
            os.close(handle)  # and the lock with it


class Turn:
    """The turn while it is held."""

    def __init__(self, handle: int) -> None:
        """Take the open file."""
        self._handle = handle

    def seen(self) -> Seen:
        """What the last one left. A note that a kill cut short says nothing: then the last request began just now."""
        text = _read(self._handle)
        if not text:
            return Seen()
        try:
            said = json.loads(text)
            found = Seen(float(said["started"]), float(said["quiet_until"]), str(said["quiet_words"]))
        except (ValueError, KeyError, TypeError):
            return Seen(started=time.time())
        # a clock that is ahead must not hold the host for longer than the gap
        return found if found.started <= time.time() else Seen(time.time(), found.quiet_until, found.quiet_words)

    def leave(self, seen: Seen) -> None:
        """Say it to the next one."""
        _write(self._handle, json.dumps(asdict(seen)).encode())


class Manners:
    """A host's robots.txt while nobody else may ask for it."""

    def __init__(self, handle: int) -> None:
        """Take the open file."""
        self._handle = handle

    def known(self) -> tuple[datetime, str] | None:
        """When it was fetched, and its text; None where it isn't known."""
        try:
            said = json.loads(_read(self._handle))
            return datetime.fromisoformat(said["at"]), str(said["text"])
        except (ValueError, KeyError, TypeError):
            return None

    def keep(self, at: datetime, text: str) -> None:
        """Keep it for all."""
        _write(self._handle, json.dumps({"at": at.isoformat(), "text": text}).encode())


def _read(handle: int) -> bytes:
    return os.pread(handle, os.fstat(handle).st_size, 0)


def _write(handle: int, body: bytes) -> None:
    """In place: a file put there by another name would not be the one whose lock is held."""
    os.ftruncate(handle, 0)
    os.pwrite(handle, body, 0)
