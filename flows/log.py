"""The log under AMUR_HOME/logs: one JSON object a line, with the run, the source and the address it speaks of.

Addresses come without secrets (`sources.redaction`); `_s` and `seconds` are durations.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sources.errors import quoted

__all__ = ["LOGGER", "logging_to"]

LOGGER: Final = logging.getLogger("amur")
FIELDS: Final = ("run_id", "source", "url", "period", "stage", "state", "fetch_s", "judge_s", "load_s", "seconds")
LARGEST: Final = 8 << 20


class Lines(logging.Formatter):
    """A record as one line of JSON; foreign text is flattened."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "message": quoted(record.getMessage()),
        }
        said |= {name: getattr(record, name) for name in FIELDS if getattr(record, name, "")}
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


@contextmanager
def logging_to(home: Path) -> Iterator[None]:
    """Write Amur's log to `home`/logs/amur.log for the time of the block; older lines are kept in four more files."""
    folder = home / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "amur.log", maxBytes=LARGEST, backupCount=4, encoding="utf-8", delay=True
    )
    handler.setFormatter(Lines())
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False
    try:
        yield
    finally:
        LOGGER.removeHandler(handler)
        handler.close()
