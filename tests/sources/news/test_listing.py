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


def asked(body: str, source: str = "mofcom") -> list[tuple[str, str]]:
    """Address and day of each page that a list leads to."""
    whole = f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>".encode()
    url = catalogue.entry(source).url
    return [(request.url, request.period) for request in catalogue.module(source).links(payload(whole, url), NIGHT)]


RUSSIA = "China and Russia hold a meeting on trade"
FLAT = "".join(
    f'<a href="/Statics/{n}.html">{RUSSIA}</a> <!-- 2001-01-01 --> <span>{day}</span><br>'
    for n, day in enumerate(["August 13, 2025", "13 July 2025", "2025-07-01"])
)
ROWS = "".join(
    f'<tr><td>{n}</td><td><a href="/Statics/{n}.html">{RUSSIA}</a></td><td>{day}</td></tr>'
    for n, day in enumerate(["2025年8月13日", "2025/07/13", "[2025-07-01]"])
)
CARDS = "".join(
    f'<div><a href="/Statics/{n}.html"><img src="x"></a><div><i>{day}</i><h3><a href="/Statics/{n}.html">{RUSSIA}</a></h3></div></div>'
    for n, day in enumerate(["2025-08-13", "2025-07-13", "2025-07-01"])
)


@pytest.mark.parametrize("body", [f"<td>{FLAT}</td>", f"<table>{ROWS}</table>", CARDS], ids=["lines", "rows", "cards"])
def test_a_day_belongs_to_the_anchor_that_it_stands_beside(body: str) -> None:
    """Whatever the layout: no site's own could be seen."""
    site = "http://english.customs.gov.cn/Statics"

    assert asked(body, "gacc_news") == [(f"{site}/0.html", "2025-08-13"), (f"{site}/1.html", "2025-07-13"), (f"{site}/2.html", "2025-07-01")]  # fmt: skip


def test_a_menu_does_not_take_the_day_of_what_stands_near() -> None:
    """Two addresses and one day: it is neither's."""
    menu = '<ul><li><a href="/a.html">Trade of China with Russia</a></li><li><a href="/b.html">Russia and China</a></li><li>2025-08-13</li></ul>'

    found = asked(menu + FLAT)
    assert len(found) == 3
    assert all("/Statics/" in address for address, _ in found)


def test_what_a_ministry_does_about_trade_is_read_whomever_its_heading_names() -> None:
    """The countermeasures of August 2025 were over a package against Russia, which their heading left out."""
    items = [
        Item("Decision on countermeasures against two EU financial institutions", "/art/1.html", "2025-08-13"),
        Item("Minister meets a delegation from Brazil", "/art/2.html", "2025-08-12"),
        Item("Fair for consumer goods opens in Haikou", "/art/3.html", "2025-08-11"),
    ]
    found = catalogue.module("mofcom").links(payload(pages.listing(items)), NIGHT)

    assert [request.title for request in found] == [items[0].title]


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
