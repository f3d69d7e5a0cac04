"""Outlets with a feed: what is asked, which pages follow, what a headline alone tells."""

import gzip
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sources import catalogue
from sources.contract import Article, Event, Observation, Payload, Row, Window
from sources.errors import Empty, LayoutChanged, WrongDocument
from sources.news import feed
from tests.payloads.news import pages
from tests.payloads.news.pages import Item

NOW = datetime(2026, 7, 24, 3, 0, tzinfo=UTC)
NIGHT = Window(date(2025, 1, 1), NOW.date(), NOW, nightly=True)
TRUCKS = Item(
    "Regulator Halts Imports of Four Chinese Truck Brands",
    "https://www.themoscowtimes.com/2025/07/30/a1",
    "Wed, 30 Jul 2025 17:05:00 +0300",
)


def payload(body: bytes, source: str = "moscow_times", content_type: str = "") -> Payload:
    """A feed as it was fetched."""
    return Payload(source, catalogue.entry(source).url, body, "0" * 64, NOW, content_type, role="feed")


def rows(body: bytes, source: str = "moscow_times", content_type: str = "") -> list[Row]:
    """What it gives."""
    return list(catalogue.module(source).parse(payload(body, source, content_type)))


def articles(found: list[Row]) -> list[Article]:
    """The articles among rows."""
    return [row for row in found if isinstance(row, Article)]


def test_every_feed_of_an_outlet_is_asked() -> None:
    """SCMP has three."""
    asked = [request.url for request in catalogue.module("scmp").plan(NIGHT)]

    assert len(asked) == 3
    assert all(request.role == "feed" for request in catalogue.module("scmp").plan(NIGHT))


def test_headlines_on_the_topic_become_articles_the_others_leave_no_trace() -> None:
    """The home side of an outlet need not be named in its headlines."""
    found = articles(
        rows(pages.feed([TRUCKS, Item("Local football club wins", "https://www.themoscowtimes.com/2", TRUCKS.date)]))
    )

    assert [one.title for one in found] == [TRUCKS.title]
    (one,) = found
    assert one.headline_only
    assert one.published == datetime(2025, 7, 30, 14, 5, tzinfo=UTC)
    assert one.url == TRUCKS.link


def test_a_feed_says_how_new_it_is() -> None:
    """The entries of its newest day, on the topic or not."""
    other = Item("Local football club wins", "https://www.themoscowtimes.com/2", "Thu, 31 Jul 2025 10:00:00 +0300")
    found = [row for row in rows(pages.feed([TRUCKS, other])) if isinstance(row, Observation)]

    assert [(row.measure, row.period, row.value) for row in found] == [("feed_entries", "2025-07-31", 1)]


def test_the_newest_pages_are_asked_for_as_many_as_a_night_may() -> None:
    """Newest first, on the outlet's own hosts, each address once, without what only follows readers."""
    items = [
        replace(
            TRUCKS,
            link=f"https://www.themoscowtimes.com/{n}?utm_source=rss",
            date=f"Wed, {n:02} Jul 2025 10:00:00 +0300",
        )
        for n in range(1, 31)
    ]
    items += [replace(TRUCKS, link="https://evil.example/x"), replace(TRUCKS, link="javascript:alert(1)")]
    few = feed.of(replace(catalogue.entry("moscow_times"), pages=5))
    asked = list(few.links(payload(pages.feed(items)), NIGHT))

    assert [request.url for request in asked] == [f"https://www.themoscowtimes.com/{n}" for n in range(30, 25, -1)]
    assert {request.role for request in asked} == {"data"}
    assert asked[0].period == "2025-07-30"


def test_an_outlet_that_wants_no_copies_is_read_by_its_headlines() -> None:
    """No page of it is asked for."""
    item = Item(
        "China drops the R of its joint jet with Russia", "https://www.scmp.com/a/1", "Mon, 13 Nov 2023 22:00:00 +0800"
    )

    assert list(catalogue.module("scmp").links(payload(pages.feed([item]), "scmp"), NIGHT)) == []
    assert articles(rows(pages.feed([item]), "scmp"))


def test_a_headline_alone_can_tell_an_event() -> None:
    """A measure with its day in the heading."""
    item = Item(
        "Новый утилизационный сбор начал действовать 1 декабря 2025 года",
        "https://www.kommersant.ru/doc/1",
        "Mon, 01 Dec 2025 00:05:00 +0300",
    )
    (event,) = [
        row for row in rows(pages.feed([item], encoding="windows-1251"), "kommersant") if isinstance(row, Event)
    ]

    assert (event.event_type, event.event_date, event.actor) == ("fee_change", date(2025, 12, 1), "Russia")
    assert " title chars " in event.locator


@pytest.mark.parametrize("make", [pages.feed, pages.atom, pages.rdf, pages.sitemap])
def test_every_make_of_feed_is_read(make: object) -> None:
    """RSS, Atom, RDF, news sitemap."""
    stamp = "Wed, 30 Jul 2025 17:05:00 +0300" if make is pages.feed else "2025-07-30T17:05:00+03:00"
    body = make([replace(TRUCKS, date=stamp)])  # type: ignore[operator]

    (one,) = articles(rows(body))
    assert one.published == datetime(2025, 7, 30, 14, 5, tzinfo=UTC)


def test_a_packed_feed_is_read() -> None:
    """As a file that somebody saved."""
    assert articles(rows(gzip.compress(pages.feed([TRUCKS]))))


def test_dates_without_a_zone_are_of_the_outlet() -> None:
    """18:40 in Beijing is 10:40 UTC."""
    item = Item("China and Russia trade falls", "https://www.globaltimes.cn/page/1.shtml", "2025-10-13 18:40:00")
    (one,) = articles(rows(pages.feed([item]), "global_times"))

    assert one.published == datetime(2025, 10, 13, 10, 40, tzinfo=UTC)


def test_a_date_in_the_future_is_no_date() -> None:
    """An article can't have appeared after it was fetched."""
    (one,) = articles(rows(pages.feed([replace(TRUCKS, date="Wed, 30 Jul 2031 17:05:00 +0300")])))

    assert one.published is None


def test_an_entry_without_a_day_dates_no_event() -> None:
    """The day of the fetch is none; the article is kept."""
    item = replace(TRUCKS, title="Rosstandart bans imports of trucks by Dongfeng and Foton", date="")
    found = rows(pages.feed([item]))

    assert len(articles(found)) == 1
    assert not [row for row in found if isinstance(row, Event)]
    dated = rows(pages.feed([replace(item, date=TRUCKS.date)]))
    assert {row.event_date for row in dated if isinstance(row, Event)} == {date(2025, 7, 30)}


def test_a_bare_day_stays_a_day() -> None:
    """No clock is made up for it."""
    (one,) = articles(rows(pages.feed([replace(TRUCKS, date="2025-07-30")])))

    assert (type(one.published), one.published) == (date, date(2025, 7, 30))


def test_two_spellings_of_an_address_are_one_article() -> None:
    """A page and its AMP twin, and a link that counts its readers."""
    twins = ["", "?utm_source=rss", "/amp"]
    found = articles(rows(pages.feed([replace(TRUCKS, link=f"{TRUCKS.link}{twin}") for twin in twins])))

    assert [one.url for one in found] == [TRUCKS.link]


def test_http_and_https_of_one_address_are_one_article_and_asked_once() -> None:
    """Known by https, and asked where the feed's first entry links to."""
    items = [replace(TRUCKS, link=TRUCKS.link.replace("https:", "http:")), TRUCKS]
    asked = list(feed.of(catalogue.entry("moscow_times")).links(payload(pages.feed(items)), NIGHT))

    assert [one.url for one in articles(rows(pages.feed(items)))] == [TRUCKS.link]
    assert [request.url for request in asked] == [items[0].link]


def test_trade_with_third_parties_is_no_news_of_the_two() -> None:
    """What an outlet of one of them writes of the other's trade with others makes no event."""
    item = replace(TRUCKS, title="China imposes tariffs on American soybeans")

    assert not articles(rows(pages.feed([item])))


def test_hostile_titles_come_out_as_plain_text() -> None:
    """Markup and scripts are stripped; what looks like a formula stays text, to be escaped where it is shown."""
    items = [
        replace(
            TRUCKS,
            title='<b>China</b> and Russia <img src=x onerror="alert(1)"> trade',
            link="https://www.themoscowtimes.com/1",
        ),
        replace(
            TRUCKS, title="<script>alert(1)</script>China Russia trade talks", link="https://www.themoscowtimes.com/2"
        ),
        replace(
            TRUCKS,
            title='=HYPERLINK("http://evil.test") trade of China and Russia',
            link="https://www.themoscowtimes.com/3",
        ),
    ]
    titles = {one.title for one in articles(rows(pages.feed(items)))}

    assert not any("<" in title or "alert" in title for title in titles)
    assert '=HYPERLINK("http://evil.test") trade of China and Russia' in titles


def test_entries_without_an_address_are_left_out() -> None:
    """A `javascript:` link is no address of an article."""
    found = articles(rows(pages.feed([replace(TRUCKS, link="javascript:alert(1)"), TRUCKS])))

    assert [one.url for one in found] == [TRUCKS.link]


def test_an_entity_bomb_does_not_explode() -> None:
    """Ten levels of ten: nothing is expanded."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{levels}]><rss version="2.0"><channel><item><title>China Russia trade &a9;</title><link>https://www.themoscowtimes.com/1</link></item></channel></rss>'

    found = articles(rows(body.encode()))
    assert all(len(one.title) < 200 for one in found)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", Empty),
        (
            b"<!DOCTYPE html><html><head><title>404</title></head><body>The page does not exist.</body></html>",
            WrongDocument,
        ),
        (b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>', Empty),
    ],
    ids=["nothing", "a page", "no entries"],
)
def test_what_is_no_feed_is_refused(body: bytes, kind: type[LayoutChanged]) -> None:
    """A soft 404 and an empty feed are never a night without news."""
    with pytest.raises(kind):
        rows(body)


def test_ill_formed_feeds_give_the_entries_that_came() -> None:
    """A bare ampersand, an undeclared prefix, a cut end."""
    body = b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>China & Russia trade falls</title><link>https://www.themoscowtimes.com/1?a=1&b=2</link><media:x u="1"/></item><item><title>Chi'

    assert [one.title for one in articles(rows(body))] == ["China & Russia trade falls"]


def test_a_page_of_the_outlet_is_read_as_an_article() -> None:
    """With its text, whose events stand before those of headings."""
    title, paragraphs = pages.TEXTS["en"]
    page = pages.article(
        title, paragraphs, url="https://www.themoscowtimes.com/2025/07/31/a", published="2025-07-31T09:00:00+03:00"
    )
    found = rows_of_page(page)

    (one,) = articles(found)
    assert not one.headline_only
    assert {row.event_type for row in found if isinstance(row, Event)} == {"import_ban", "flash_figure"}


def rows_of_page(body: bytes) -> list[Row]:
    """A page as it was fetched."""
    found = Payload("moscow_times", "https://www.themoscowtimes.com/2025/07/31/a", body, "0" * 64, NOW)
    return list(catalogue.module("moscow_times").parse(found))
