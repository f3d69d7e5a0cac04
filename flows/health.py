"""What a monitor asks of Amur: what is held, which alerts are open, how much room the disk has, what is due next.

The shape is public (docs/monitoring.md): names are added, never renamed or taken away, while `SHAPE` is the same.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flows.settings import WAREHOUSE
from warehouse.publisher import FREE_SPACE_FACTOR, PUBLISHED

if TYPE_CHECKING:
    from flows.settings import Settings

__all__ = ["SHAPE", "disk", "next_due", "open_alerts"]

SHAPE: Final = 1
ALERTS: Final = "alerts.json"


def open_alerts(settings: Settings) -> dict[str, Any]:
    """The alerts that stand, oldest first, and whom they go to.

    `told_to` names the channels that are set (`file`, `webhook`, `email`): where none is, nothing is kept, so `open`
    is empty whatever stands. `fault` says why the list can't be read.
    """
    from flows.messages import channels

    told_to = [channel.name for channel in channels(settings)]
    said: dict[str, Any] = {"told_to": told_to, "open": [], "fault": ""}
    try:
        listed = json.loads((settings.home / ALERTS).read_bytes())["alerts"]
        said["open"] = [
            {
                "id": one["condition_id"], "kind": one["kind"], "source": one["source"], "title": one["title"],
                "opened_at": one["opened_at"], "told": one["told"], "owed": one["owed"],
            }
            for one in sorted(listed, key=lambda one: str(one["opened_at"]))
            if not one["closed_at"]
        ]  # fmt: skip
    except FileNotFoundError:
        pass
    except (OSError, ValueError, LookupError, TypeError) as error:
        said["fault"] = f"{ALERTS} can't be read: {type(error).__name__}"
    return said


def disk(home: Path) -> dict[str, Any]:
    """The room on the disk of AMUR_HOME in bytes, what the next publication needs, and whether that is there."""
    there = next(path for path in (home, *home.parents) if path.exists())
    room = shutil.disk_usage(there)
    warehouse = _size(home / WAREHOUSE)
    needed = FREE_SPACE_FACTOR * (warehouse or _size(home / PUBLISHED))  # of a lake the copy alone lies here
    return {
        "free_bytes": room.free, "total_bytes": room.total, "needed_bytes": needed, "enough": room.free >= needed,
        "warehouse_bytes": warehouse, "published_bytes": _size(home / PUBLISHED),
    }  # fmt: skip


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def next_due(calendar: Sequence[dict[str, Any]], now: datetime) -> dict[str, Any] | None:
    """The next release that isn't a day's figure, from the rows of `release_calendar_at`; None where none is known."""
    today = now.date()
    coming = [row for row in calendar if row["freq"] != "D" and _day(row["expected_on"]) >= today]
    names = ("source", "dataset", "freq", "next_period", "expected_on", "overdue_after")
    first = min(coming, key=lambda row: (_day(row["expected_on"]), row["source"], row["dataset"]), default=None)
    return None if first is None else {name: str(first[name]) for name in names}


def _day(said: object) -> date:
    return said if isinstance(said, date) else date.min
