"""Past periods down the same line; what is archived is not asked for again."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from flows import walk
from flows.settings import Settings
from sources import catalogue
from sources.contract import Window
from sources.errors import AmurError
from warehouse.archive import Archive
from warehouse.database import Database

__all__ = ["period_window", "planned"]

MONTH: Final = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def period_window(first: str, last: str, now: datetime, keys: frozenset[str] = frozenset()) -> Window:
    """The window from the first to the last period, each `2025-01` (a whole month) or a day.

    Raises:
        AmurError: not a period, or the last lies before the first.
    """
    start, end = _day(first, "--from", last=False), _day(last, "--to", last=True)
    if end < start:
        raise AmurError(at="--from, --to", expected="an end after the start", found=f"{first} to {last}")
    return Window(start=start, end=min(end, now.date()) if start <= now.date() else end, now=now, keys=keys)


def _day(text: str, option: str, *, last: bool) -> date:
    match = MONTH.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        year, month = int(match[1]), int(match[2])
        if match[3]:
            return date(year, month, int(match[3]))
        return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
    except ValueError:
        raise AmurError(at=option, expected="a month such as 2025-01, or a day", found=text) from None


def planned(
    settings: Settings, db: Database, sources: list[str], window: Window, *, refetch: bool
) -> list[dict[str, Any]]:
    """The requests that a backfill would make, in order, as far as archived indexes show: for `--dry-run`.

    `day` is the day, counted from today, on which the service's quota lets the request go.
    """
    archive = Archive(settings.home / "archive")
    rows = []
    for source in sources:
        before = walk.known(db, archive, source, window.now)
        entry, made = catalogue.entry(source), before.calls.get("backfill", 0)
        unlimited = replace(before, calls={})
        found = walk.collect(source, window, walk.Dry(), archive, unlimited, "dry-run", walk.Pace("backfill", refetch))
        rows += [
            {
                "source": source,
                "url": note.url,
                "period": note.period,
                "publisher": entry.publisher,
                "day": 1 + (made + number) // entry.calls_backfill if entry.calls_backfill else 1,
            }
            for number, note in enumerate(found.notes)
        ]
    return rows
