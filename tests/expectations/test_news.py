"""The news: what a misread day, scale or address would do, and that every true document loads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from expectations.judge import judge
from expectations.news import article, feed, listing, telling
from sources import catalogue
from sources.contract import Article, Batch, Event, Observation, Payload
from tests.expectations.pages import EMPTY, rules_broken
from tests.payloads.news import pages
from tests.payloads.news.pages import Item

FETCHED = datetime(2025, 8, 1, 3, 0, tzinfo=UTC)
NOTHING: dict[str, set[str]] = {"critical": set(), "warning": set()}
TRUE = Article(
    article_id="a-1",
    url="https://www.themoscowtimes.com/2025/07/31/a",
    outlet="The Moscow Times",
    title="Regulator bars trucks of four Chinese makers",
    language="en",
    locator="entry 1",
    published=datetime(2025, 7, 31, 6, 0, tzinfo=UTC),
)
BAN = Event(
    event_type="import_ban",
    event_date=date(2025, 7, 30),
    actor="Rosstandart",
    target="Foton",
    locator="entry 1 title chars 0-40",
    article_id="a-1",
)


def flash(value: str, unit: str = "USD") -> Observation:
    """China's exports to Russia in the first half of 2025, or their change."""
    return Observation(
        dataset="flash", measure="trade_value" if unit == "USD" else "trade_value_yoy_usd", unit=unit, freq="YTD",
        period_start=date(2025, 1, 1), period_end=date(2025, 6, 30), value=Decimal(value), locator="article body",
        reporter="CN", partner="RU", partner_kind="country", flow="X", product="TOTAL", obs_status="F",
    )  # fmt: skip


def batch(
    *articles: Article,
    events: tuple[Event, ...] = (),
    observations: tuple[Observation, ...] = (),
    source: str = "moscow_times",
) -> Batch:
    """What one document says."""
    payload = Payload(source, "https://www.themoscowtimes.com/rss/news", b"", "0" * 64, FETCHED)
    return Batch(payload, 1, observations, events=events, articles=articles)


def read(body: bytes, source: str = "moscow_times", fetched_at: datetime = FETCHED) -> Batch:
    """A document as its source reads it."""
    payload = Payload(source, catalogue.entry(source).url, body, "0" * 64, fetched_at)
    rows = list(catalogue.module(source).parse(payload))

    def of(kind: type) -> tuple[object, ...]:
        return tuple(row for row in rows if isinstance(row, kind))

    return Batch(payload, 1, of(Observation), events=of(Event), articles=of(Article))  # type: ignore[arg-type]


def test_articles_and_events_without_a_figure_load() -> None:
    """Most articles hold none: a batch without observations is judged like any other."""
    verdict = judge(batch(TRUE, events=(BAN,)), EMPTY)

    assert verdict.load
    assert all(finding.success for finding in verdict.findings)


def test_a_document_off_the_topic_loads_with_nothing() -> None:
    """A night without news of the relationship is a night like others."""
    assert judge(batch(), EMPTY).load


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        (batch(replace(TRUE, published=FETCHED + timedelta(days=2))), "no article from the future"),
        (batch(replace(TRUE, published=date(2025, 8, 3))), "no article from the future"),
        (batch(replace(TRUE, title="")), "articles have titles"),
        (batch(replace(TRUE, url="javascript:alert(1)")), "articles lie on the web"),
        (batch(TRUE, TRUE), "one row an article"),
        (batch(TRUE, events=(replace(BAN, event_date=date(2205, 7, 30)),)), "events in their time"),
        (batch(TRUE, events=(replace(BAN, event_date=date(205, 7, 30)),)), "events in their time"),
        (batch(TRUE, events=(replace(BAN, article_id=None),)), "events have articles"),
        (batch(TRUE, events=tuple(replace(BAN, target=f"maker {n}") for n in range(60))), "events an article"),
        (batch(TRUE, observations=(flash("47.16"),)), "trade in its size"),
        (batch(TRUE, observations=(flash("47160000000000"),)), "trade in its size"),
        (batch(TRUE, observations=(flash("-910", "percent"),)), "percentages in their range"),
    ],
    ids=[
        "an instant to come", "a day to come", "no title", "a script for an address", "one article twice",
        "the year 2205", "the year 205", "no article", "sixty events", "billions left out", "thousands too many",
        "a point lost",
    ],
)  # fmt: skip
def test_what_can_only_be_misread_is_held(rows: Batch, rule: str) -> None:
    """The whole document waits in quarantine, and the verdict names the rule."""
    assert rule in rules_broken(feed, rows)["critical"]
    assert not judge(rows, EMPTY).load


def test_articles_without_a_day_are_noted_and_load() -> None:
    """Some feeds date nothing: what they name is known by its sighting."""
    undated = [replace(TRUE, article_id=f"a-{n}", url=f"{TRUE.url}{n}", published=None) for n in range(3)]

    assert rules_broken(feed, batch(*undated)) == {"critical": set(), "warning": {"articles have days"}}


@pytest.mark.parametrize(("days", "noted"), [(3, False), (4, True), (2600, True)])
def test_a_feed_that_stands_still_is_noted_and_loads(days: int, noted: bool) -> None:
    """It answers with status 200 as ever: only the age of its newest entry tells."""
    newest = FETCHED - timedelta(days=days)
    items = [Item("China, Russia pledge closer trade ties", "https://www.themoscowtimes.com/1", f"{newest:%Y-%m-%d}")]
    found = rules_broken(feed, read(pages.feed(items)))

    assert found == {"critical": set(), "warning": {"feed_moves"} if noted else set()}


def test_an_old_page_of_an_outlet_is_no_feed_that_stands_still() -> None:
    """Articles keep their day for ever."""
    title, paragraphs = pages.TEXTS["en"]
    page = pages.article(title, paragraphs, url="https://www.themoscowtimes.com/2014/07/31/a", published="2014-07-31")

    assert rules_broken(feed, read(page)) == NOTHING


@pytest.mark.parametrize("source", ["moscow_times", "kommersant", "mofcom", "mofcom_zh", "article", "scmp"])
def test_true_documents_load(source: str) -> None:
    """Nothing is held, nothing is noted, of any document of any make."""
    suite = {"feed": feed, "listing": listing, "article": article}[catalogue.entry(source).module.rpartition(".")[2]]

    for body in pages.samples(source).values():
        assert rules_broken(suite, read(body, source)) == NOTHING


def test_lists_and_single_articles_are_judged_as_all_news() -> None:
    """They have no feed that could stand still."""
    assert listing.SUITE == article.SUITE == telling.SUITE
