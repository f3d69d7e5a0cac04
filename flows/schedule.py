"""When a cron comes round, in its own time zone, and whether a night was missed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from flows.settings import Settings
from sources.errors import AmurError
from warehouse.lake_database import opened
from warehouse.lock import locked

__all__ = ["Schedule", "last_good_night"]

EARLY: Final = timedelta(minutes=1)  # Prefect starts a run's process some seconds before its instant
GOOD: Final = (  # all sources, not those of `--only`
    "SELECT max(started_at) FROM runs WHERE kind = 'nightly' AND arguments = '' AND exit_code IN (0, 3)"
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A cron of five fields and the zone that it is read in."""

    cron: str
    zone: ZoneInfo

    @classmethod
    def read(cls, cron: str, timezone: str) -> Schedule:
        """Read both.

        Raises:
            AmurError: not a cron, one that never comes, or no such zone.
        """
        try:
            zone = ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise AmurError(at="--timezone", expected="an IANA name such as Europe/London", found=timezone) from None
        try:
            next(CronSim(cron, datetime(2026, 1, 1, tzinfo=zone)))
        except (CronSimError, StopIteration):
            raise AmurError(at="--cron", expected="five fields, such as 30 2 * * *", found=cron) from None
        return cls(cron, zone)

    def after(self, now: datetime) -> datetime:
        """The first instant after `now`, in the schedule's zone."""
        return next(CronSim(self.cron, now.astimezone(self.zone)))

    def before(self, now: datetime) -> datetime | None:
        """The newest instant up to `now`, in the schedule's zone; None where there was none in living memory."""
        back: Iterator[datetime] = CronSim(self.cron, now.astimezone(self.zone) + timedelta(seconds=1), reverse=True)
        return next(back, None)

    def missed(self, last: datetime | None, now: datetime) -> datetime | None:
        """The newest instant that no good night, begun at `last`, stands for; None where nothing was missed."""
        instant = self.before(now)
        if instant is None or (last is not None and last >= instant - EARLY):
            return None
        return instant


def last_good_night(settings: Settings) -> datetime | None:
    """When the last nightly run of all sources began that exited with 0 or 3; None where none ever did.

    Raises:
        Busy: a run is at work; ask again when it has ended.
        LoadFailed: the warehouse can't be opened.
    """
    now = settings.now()
    place = settings.warehouse
    if isinstance(place, Path) and not place.exists():
        return None
    with locked(settings.home, now, "serve"), closing(opened(place, now)) as db:
        found = db.value(GOOD)
    return found.replace(tzinfo=UTC) if isinstance(found, datetime) else None
