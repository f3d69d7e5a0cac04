"""The log under AMUR_HOME/logs: one JSON object a line, with the run, the source and the address it speaks of.

With AMUR_LOG=json the same lines also go to standard error, for journald and containers. Addresses come without
secrets (`sources.redaction`); `_s` and `seconds` are durations.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sources.errors import quoted

__all__ = ["LOGGER", "logging_of", "logging_to"]

LOGGER: Final = logging.getLogger("amur")
FIELDS: Final = (
    "run_id", "source", "url", "period", "stage", "state", "exit_code", "snapshot_id", "sources", "new", "revised",
    "held_batches", "failures", "fetch_s", "parse_s", "judge_s", "load_s", "publish_s", "total_s", "seconds",
)  # fmt: skip
LARGEST: Final = 8 << 20


class Lines(logging.Formatter):
    """A record as one line of JSON; foreign text is flattened. `run_id` is that of the run at work."""

    run_id = ""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "message": quoted(record.getMessage()),
        }
        said |= {name: getattr(record, name) for name in FIELDS if getattr(record, name, "") not in {"", None}}
        if self.run_id:
            said.setdefault("run_id", self.run_id)
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


LINES: Final = Lines()


def logging_of(run_id: str) -> None:
    """Put the run's id into every line from here on, until `logging_to` ends."""
    LINES.run_id = run_id


class Kept(logging.handlers.RotatingFileHandler):
    """The file of the log. What can't be written is said once, on standard error: a full disk has more to say."""

    told = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, ARG002 (as logging calls it)
        """Say it in a line where logging would print a traceback for each line that it can't write."""
        if not self.told:
            self.told = True
            why = quoted(sys.exception() or "")
            sys.stderr.write(
                f"amur: {self.baseFilename}: expected a log that can be written, found {why}. The run goes on\n"
            )


@contextmanager
def logging_to(home: Path, *, echo: bool = False) -> Iterator[None]:
    """Write Amur's log to `home`/logs/amur.log for the time of the block; older lines are kept in four more files.

    With `echo`, to standard error as well.
    """
    folder = home / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    handler = Kept(folder / "amur.log", maxBytes=LARGEST, backupCount=4, encoding="utf-8", delay=True)
    handlers: list[logging.Handler] = [handler, logging.StreamHandler(sys.stderr)] if echo else [handler]
    for one in handlers:
        one.setFormatter(LINES)
        LOGGER.addHandler(one)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False
    try:
        yield
    finally:
        LINES.run_id = ""
        for one in handlers:
            LOGGER.removeHandler(one)
        handler.close()
