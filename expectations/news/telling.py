"""What the rows of any news source must satisfy: those of one document, its articles, events and figures."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Final

from expectations import common
from expectations.common import Sheet, between
from sources.contract import Article, Event

__all__ = ["SUITE", "measure"]

DAY: Final = timedelta(days=1)
LAST_DAYS: Final = 730
LARGEST_TRADE: Final = 2e12
MOST_EVENTS: Final = 40
# Two articles of one feed may differ on a figure, and one doubtful sentence says nothing of the others.
OF_TABLES: Final = frozenset({"one_value_a_cell", "few_doubts"})


def measure(sheet: Sheet) -> None:
    """The columns and facts of `SUITE`."""
    common.measure(sheet)
    batch = sheet.batch
    fetched = batch.payload.fetched_at
    articles = batch.articles
    sheet.fact("articles_later_than_fetch", sum(_is_late(one.published, fetched) for one in articles))
    sheet.fact("articles_without_title_pct", _share(articles, lambda one: not one.title))
    sheet.fact("articles_without_day_pct", _share(articles, lambda one: one.published is None and one.seen is None))
    sheet.fact(
        "addresses_not_of_the_web", sum(not one.url.startswith(("http://", "https://", "file:")) for one in articles)
    )
    sheet.fact("articles_twice", len(articles) - len({one.article_id for one in articles}))
    sheet.fact("events_an_article", len(batch.events) / len(articles) if articles else math.nan)
    far = sum(_is_far(one, fetched.date()) for one in batch.events)
    sheet.fact("events_out_of_time", far)
    sheet.fact(
        "events_without_article", sum(one.article_id is None for one in batch.events) if batch.events else math.nan
    )
    money = sheet.rows["value"].where(sheet.rows["unit"].isin(["USD", "CNY"]))
    sheet.put("trade", money.abs())
    sheet.put("percent", sheet.rows["value"].where(sheet.rows["unit"] == "percent"))


def _is_late(when: date | datetime | None, fetched: datetime) -> bool:
    if when is None:
        return False
    return when > fetched + DAY if isinstance(when, datetime) else when > fetched.date() + DAY


def _is_far(event: Event, day: date) -> bool:
    return event.event_date.year < 1990 or (event.event_date - day).days > LAST_DAYS  # noqa: PLR2004 (before the trade that is watched)


def _share(articles: Iterable[Article], broken: Callable[[Article], bool]) -> float:
    those = list(articles)
    return 100 * sum(map(broken, those)) / len(those) if those else math.nan


SUITE: Final = (
    *(rule for rule in common.COMMON if common.name(rule) not in OF_TABLES),
    between("no article from the future", "articles_later_than_fetch", 0, 0, "critical", "a day was misread"),
    between(
        "articles have titles", "articles_without_title_pct", 0, 0, "critical", "an article without a title is none"
    ),
    between(
        "articles lie on the web", "addresses_not_of_the_web", 0, 0, "critical", "an address that no reader may follow"
    ),
    between("one row an article", "articles_twice", 0, 0, "critical", "one document lists an article once"),
    between("events in their time", "events_out_of_time", 0, 0, "critical", "a day was misread"),
    between("events have articles", "events_without_article", 0, 0, "critical", "an event without evidence is none"),
    between(
        "events an article",
        "events_an_article",
        0,
        MOST_EVENTS,
        "critical",
        "a text that tells more is no news article",
    ),
    between(
        "trade in its size",
        "trade",
        1e6,
        LARGEST_TRADE,
        "critical",
        "a scale was misread: no flow of the two is so large or small",
    ),
    between("percentages in their range", "percent", -100, 1000, "critical", "nothing falls by more than all of it"),
    between(
        "articles have days",
        "articles_without_day_pct",
        0,
        50,
        "warning",
        "a feed without dates dates nothing but its fetch",
    ),
)
