"""Single articles, brought by hand."""

from datetime import UTC, datetime

import pytest

from sources.contract import Article, Payload
from sources.errors import WrongDocument
from sources.news import article
from tests.payloads.news import pages

NOW = datetime(2026, 7, 24, 3, 0, tzinfo=UTC)


def read(body: bytes, url: str = "file:abc/x.html") -> Article:
    """The article of a file."""
    (one,) = [row for row in article.parse(Payload("article", url, body, "0" * 64, NOW)) if isinstance(row, Article)]
    return one


def test_a_file_without_an_address_takes_the_one_that_the_page_claims() -> None:
    """Nobody else says one."""
    title, paragraphs = pages.TEXTS["en"]
    page = pages.article(title, paragraphs, url="https://www.example.org/2025/07/31/x?utm_source=mail")

    assert read(page).url == "https://www.example.org/2025/07/31/x"


def test_a_page_cannot_take_over_the_address_of_another_outlet() -> None:
    """Fetched from one site, claiming another: its own address counts, so that no story is overwritten."""
    title, paragraphs = pages.TEXTS["en"]
    page = pages.article(title, paragraphs, url="https://www.reuters.com/true-story")

    assert read(page, "https://evil.example/copy").url == "https://evil.example/copy"


def test_an_article_off_the_topic_is_kept_without_topics_and_tells_nothing() -> None:
    """Somebody brought it: it is there, and says nothing."""
    page = pages.article(
        "Museum bans touching of imperial china",
        ["The museum in St. Petersburg has banned visitors from touching its china, a gift to the tsars."],
    )

    assert read(page).topics == ()


def test_a_feed_is_no_article() -> None:
    """It belongs to its outlet's source."""
    with pytest.raises(WrongDocument, match="feed"):
        list(
            article.parse(
                Payload("article", "file:x", pages.feed([pages.Item("a", "https://www.example.org/1")]), "0" * 64, NOW)
            )
        )


@pytest.mark.parametrize(
    ("fetched", "claimed", "site", "outlet"),
    [
        ("http://en.kremlin.ru/events/1", "http://en.kremlin.ru/events/1", "Kremlin", "Presidential Executive Office"),
        ("https://kommersant.ru/doc/1", "https://www.kommersant.ru/doc/1", "Another Daily", "Kommersant"),
        ("https://blog.example/1", "https://blog.example/1", "Presidential Executive Office", "blog.example"),
        ("https://blog.example/1", "https://en.kremlin.ru/events/1", "Blog", "blog.example"),
        ("file:page.html", "https://en.kremlin.ru/events/1", "Blog", "en.kremlin.ru"),
        ("file:page.html", "https://www.kommersant.ru/doc/1", "Blog", "Kommersant"),
        ("file:page.html", "", "A Village Paper", "A Village Paper"),
        ("file:page.html", "", "Presidential Executive  Office", ""),
        ("file:page.html", "", "MOFCOM: Ministry of Commerce", ""),
    ],
)
def test_an_outlet_is_who_owns_the_host_and_not_who_a_page_says_it_is(
    fetched: str, claimed: str, site: str, outlet: str
) -> None:
    """A page may call itself anything: it counts as its host, and never as an official publisher that it isn't of."""
    title, paragraphs = pages.TEXTS["en"]
    body = pages.article(title, paragraphs, url=claimed, outlet=site)
    (found,) = [
        row for row in article.parse(Payload("article", fetched, body, "0" * 64, NOW)) if isinstance(row, Article)
    ]

    assert found.outlet == outlet
