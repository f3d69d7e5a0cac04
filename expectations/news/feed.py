"""What the rows of `sources.news.feed` must satisfy: those of all news, and that the feed moves.

A feed that answers every night with what was new years ago is stale, not empty: its entries load, and it is noted.
That half of the entries have a title and an address the reader sees to: without them there is nothing to judge.
"""

from __future__ import annotations

import math
from typing import Final

from expectations.common import Sheet, between
from expectations.news import telling
from sources import catalogue

__all__ = ["SUITE", "measure"]


def measure(sheet: Sheet) -> None:
    """The columns and facts of `SUITE`; of an article page nothing is asked beside those of all news."""
    telling.measure(sheet)
    payload = sheet.batch.payload
    newest = [row.period_end for row in sheet.batch.observations if row.measure == "feed_entries"]
    age = (payload.fetched_at.date() - max(newest)).days if newest else math.nan
    limit = catalogue.entry(payload.source).stale_days
    sheet.fact("days_since_newest_past_limit", age - limit, f"at most {limit} days since the newest entry")


SUITE: Final = (
    *telling.SUITE,
    between(
        "feed_moves",
        "days_since_newest_past_limit",
        None,
        0,
        "warning",
        "the newest entry is older than the outlet ever pauses: the feed stands still",
    ),
)
