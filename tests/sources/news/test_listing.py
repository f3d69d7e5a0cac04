"""Official sites without a feed: links with a day beside each, and the notices behind them."""

from datetime import UTC, date, datetime

import pytest

from sources import catalogue
from sources.contract import Article, Event, Payload, Window
from sources.errors import LayoutChanged
from tests.payloads.news import pages
from tests.payloads.news.pages import Item

NOW = datetime(2026, 7, 24, 3, 0, tzinfo=UTC)
NIGHT = Window(date(2025, 1, 1), NOW.date(), NOW, nightly=True)
SITE = "https://english.mofcom.gov.cn/News/PressRelease"
ITEMS = [
    Item("MOFCOM on countermeasures over the EU package against Russia", "/News/PressRelease/art/1.html", "2025-08-13"),
    Item("Minister meets a delegation from Brazil", "/News/PressRelease/art/2.html", "2025-08-12"),
    Item("China and Russia hold a meeting on trade and investment", "art/3.html", "2025/08/14"),
]


def payload(body: bytes, url: str = f"{SITE}/index.html") -> Payload:
    """A document of the site."""
    return Payload("mofcom", url, body, "0" * 64, NOW, role="index")


def test_a_list_leads_to_the_notices_on_the_topic_the_newest_first() -> None:
    """Relative links are joined; what is about others is left."""
    asked = list(catalogue.module("mofcom").links(payload(pages.listing(ITEMS)), NIGHT))

    assert [request.url for request in asked] == [f"{SITE}/art/3.html", f"{SITE}/art/1.html"]
    assert [request.period for request in asked] == ["2025-08-14", "2025-08-13"]


def test_a_page_without_days_is_no_list() -> None:
    """Menus are anchors too."""
    with pytest.raises(LayoutChanged, match="a day beside each"):
        list(
            catalogue.module("mofcom").links(
                payload(b"<html><body><a href='/a'>Home of the ministry</a></body></html>"), NIGHT
            )
        )


def test_a_notice_tells_its_events() -> None:
    """The ministry's countermeasures against two banks of Lithuania, 13 August 2025."""
    page = pages.article(
        "Countermeasures against two banks of the EU",
        ["The Ministry of Commerce has put Urbo Bankas and Mano Bankas on its countermeasure list from August 13, 2025, after the EU package against Russia."],
        url=f"{SITE}/art/1.html", published="2025-08-13", kind="bare",
    )  # fmt: skip
    found = list(catalogue.module("mofcom").parse(Payload("mofcom", f"{SITE}/art/1.html", page, "0" * 64, NOW)))

    assert [type(row) for row in found].count(Article) == 1
    told = {(row.event_type, row.target, row.event_date) for row in found if isinstance(row, Event)}
    assert told == {
        ("countersanction", "Urbo Bankas", date(2025, 8, 13)),
        ("countersanction", "Mano Bankas", date(2025, 8, 13)),
    }
