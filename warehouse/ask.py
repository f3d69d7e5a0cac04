"""Ask for readers: one query at a time, each in a child process that can be stopped at any moment (`ask_child`)."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final, cast

__all__ = ["MOST_CSV_ROWS", "MOST_ROWS", "Answer", "Desk", "Taken"]

MOST_ROWS: Final = 1_000  # on a page
MOST_CSV_ROWS: Final = 200_000
PAGE_SIZE: Final = 4_000_000  # characters of a page's cells
CSV_SIZE: Final = 64_000_000
GRACE_S: Final = 5.0  # for the child to start, and to end by itself after its limit or when nobody waits
LOOK_S: Final = 0.25  # between two looks whether somebody still waits
CHILD: Final = "import sys; sys.path[:0] = sys.argv[1:]; import warehouse.ask_child as child; child.main()"


class Taken(Exception):
    """Another query is being answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: rows of texts (NULL is none) or CSV; or `error`, of a `kind`.

    Kinds: `query` (DuckDB refuses it), `time` and `size` (more than the limit), `database` (it can't be opened),
    `broken` (the process ended without an answer), `gone` (nobody waits any more).
    """

    snapshot_id: str | None = None
    names: list[str] = field(default_factory=list)
    rows: list[list[str | None]] = field(default_factory=list)
    numeric: list[bool] = field(default_factory=list)
    cut: bool = False
    csv: str = ""
    seconds: float = 0.0
    error: str = ""
    kind: str = ""


class Desk:
    """Where queries on one published database are handed in."""

    def __init__(self, published: Path, limit_s: float) -> None:
        """Nothing is opened before the first query; a publication that is replaced meanwhile is seen by the next."""
        self.published, self.limit_s = published, limit_s
        self._one = threading.Lock()
        self._closed = threading.Event()

    def ask(self, sql: str, *, as_csv: bool, gone: Callable[[], bool]) -> Answer:
        """The answer to one query. `gone` says whether the asker has left: then the query is stopped.

        Raises:
            Taken: another one is being answered.
        """
        if not self._one.acquire(blocking=False):
            raise Taken
        try:
            return self._ask(sql, as_csv=as_csv, gone=lambda: self._closed.is_set() or gone())
        finally:
            self._one.release()

    def close(self) -> None:
        """Stop the query at work, and wait until its process has ended."""
        self._closed.set()
        with self._one:
            return

    def _ask(self, sql: str, *, as_csv: bool, gone: Callable[[], bool]) -> Answer:
        request = {
            "published": str(self.published), "sql": sql, "limit_s": self.limit_s, "csv": as_csv,
            "rows": MOST_CSV_ROWS if as_csv else MOST_ROWS, "size": CSV_SIZE if as_csv else PAGE_SIZE,
        }  # fmt: skip
        with subprocess.Popen(  # noqa: S603 (this program, in a process of its own)
            [sys.executable, "-I", "-c", CHILD, str(Path(__file__).parents[1])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"PATH": os.defpath},
            start_new_session=True,  # Ctrl-C is the server's to hear
        ) as child:  # fmt: skip
            try:
                stdin = cast("IO[bytes]", child.stdin)
                stdin.write(json.dumps(request).encode() + b"\n")
                stdin.flush()
                said = _heard(child, self.limit_s + GRACE_S, gone)
            except BrokenPipeError:  # it ended before it had read the question
                said = b""
                with contextlib.suppress(BrokenPipeError):  # what is still to be written is tried again, and refused
                    stdin.close()
            finally:
                child.kill()
        if said is None:
            return Answer(error="nobody waits for it any more", kind="gone")
        try:
            found: dict[str, Any] = json.loads(said)
        except ValueError:
            return Answer(error="the query took its process down, or did not end when it was told to", kind="broken")
        return Answer(**found)


def _heard(child: subprocess.Popen[bytes], seconds: float, gone: Callable[[], bool]) -> bytes | None:
    """All that the child says until it ends, or as much as came in time; None where the asker has left meanwhile."""
    stdout, said, left = cast("IO[bytes]", child.stdout).fileno(), [], False
    until = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        selector.register(stdout, selectors.EVENT_READ)
        while time.monotonic() < until:
            if not left and gone():
                left, until = True, time.monotonic() + GRACE_S
                cast("IO[bytes]", child.stdin).close()  # the child interrupts its query, and clears its disk
            if selector.select(LOOK_S):
                part = os.read(stdout, 1 << 16)
                if not part:
                    break
                said.append(part)
    return None if left else b"".join(said)
