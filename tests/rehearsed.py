"""Homes to rehearse on: `python -m tests.rehearsed made-up FOLDER`, or `recorded FOLDER` (docs/rehearsal.md).

`made-up` archives two and a half years of documents made by rule, as a backfill of July 2026 would; `recorded` takes
the recorded documents in month by month (`tests.flows.replay`), and needs them beside the project.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sources.contract import Fetched, Request
from tests.flows.replay import documents as recorded
from tests.flows.replay import replay
from tests.payloads.year.pages import documents as made_up
from warehouse.archive import Archive

__all__ = ["archived", "main"]

FETCHED: Final = datetime(2026, 7, 10, 2, 30, tzinfo=UTC)


def archived(home: Path) -> int:
    """Archive the made-up documents; gives how many."""
    archive = Archive(home / "archive")
    count = 0
    for count, one in enumerate(made_up(), start=1):
        answer = Fetched(
            request=Request(one.url), url=one.url, status=200, headers={}, body=one.body,
            fetched_at=FETCHED + timedelta(seconds=count), elapsed_s=0.0, attempts=1, outcome="ok",
        )  # fmt: skip
        archive.keep(answer, one.source, "backfill")
    return count


def main(kind: str, folder: str) -> None:
    """Make the home."""
    home = Path(folder)
    count = archived(home) if kind == "made-up" else len(recorded())
    if kind == "recorded":
        replay(home, recorded())
    sys.stdout.write(f"{count} documents in {home}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
