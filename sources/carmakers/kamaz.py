"""KAMAZ: the market of heavy trucks, its own sales and share, and the working week, from its press releases.

Layout    RSS 2.0, UTF-8 or windows-1251 by its XML declaration: `item` with `title`, `link`, `description` (the first
          sentences), `pubDate`. Listing: `.news-list-item` with `.date`, `.title a`, `.text`. A release:
          `.news-detail` with `.date`, `h1`, `.detail-text`, paragraphs parted by two `<br>`.
Calendar  Several releases a week; figures a few times a year.
Traps     Forecasts and ranges are no figures. "34 % today" has no calendar period: an event, not a month. KAMAZ counts
          trucks of 14 t and more, Autostat those over 16 t, the ministry those over 3.5 t: what it quotes of others
          keeps their scope. Descriptions may be empty; they are cut, so what stays open in one is looked for in the
          release. A feed that is cut is held whole.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Final
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from sources.contract import Doubt, Event, Observation, Payload, Request, Row, Window
from sources.errors import Empty, LayoutChanged
from sources.parse import announcements, feeds, html, periods, plain, prose, vehicles
from sources.parse.prose import Extraction, Figure
from sources.parse.vehicles import Scope, Unclear

__all__ = ["PARSER", "links", "parse", "plan"]

PARSER: Final = 1
FEED: Final = "http://www.kamaz.ru/press/releases/rss/"
LISTING: Final = "https://www.kamaz.ru/press/releases/"
RELEASE: Final = re.compile(r"/press/releases/(?!rss/?$)[A-Za-z0-9_\-]{1,200}/?")
HOSTS: Final = frozenset({"www.kamaz.ru", "kamaz.ru"})
PAGER: Final = "PAGEN_1"
RECHECK: Final = timedelta(days=30)
AFTER: Final = timedelta(days=62)  # a release speaks of months that are over, and of the year before
MOSCOW: Final = timezone(timedelta(hours=3))
TOPIC: Final = prose.Topic(subject=prose.Subject("brand", "kamaz"), measure="sales")

HEAVY: Final = frozenset({"hcv", "ge14t", "gt14t", "14-40t"})
OWN: Final = Scope("kamaz_hcv_ge14t", "hcv")
MADE: Final = {"output": Scope("kamaz_output", "truck"), "exports": Scope("kamaz_exports", "truck")}
WORDS: Final = HEAVY | {"truck", "dealers"}
AUTOSTAT: Final = Scope("autostat_hcv_gt16t", "hcv")
AUTOSTAT_WORDS: Final = frozenset({"hcv", "gt16t", "truck", "ppc"})


# --- where releases are -----------------------------------------------------------------------------------------------


def plan(window: Window) -> Iterator[Request]:  # noqa: ARG001 (feed and listing have the newest, whatever the window)
    """The feed, whose descriptions hold figures themselves, and the listing, which leads to the releases."""
    yield Request(FEED, role="feed", title="feed", group="feed")
    yield Request(LISTING, role="index")


def links(payload: Payload, window: Window) -> Iterator[Request]:
    """The releases of a listing, or of the feed; in a backfill those of its days and the next page of the listing.

    Raises:
        Empty: nothing is listed.
        LayoutChanged: neither a listing nor a whole feed.
    """
    if feeds.is_feed(payload):
        yield from _chosen([(e.link, _day(e.published), e.title) for e in _entries(payload)], window)
        return
    page = html.document(payload)
    html.one(payload, page, ".news-list")
    listed = [_listed(payload, item, n) for n, item in enumerate(page.select(".news-list .news-list-item"), start=1)]
    if not listed:
        raise Empty(payload, at=".news-list-item", expected="press releases", found="none")
    yield from _chosen(listed, window)
    oldest = min((day for _, day, _ in listed if day is not None), default=None)
    if not window.nightly and oldest is not None and oldest >= window.start:
        yield from _next_page(payload, page)


def _chosen(found: list[tuple[str, date | None, str]], window: Window) -> Iterator[Request]:
    seen = set()
    for link, day, title in found:
        address = _release_address(link)
        if not address or address in seen:
            continue
        seen.add(address)
        if window.nightly or day is None or window.start <= day <= window.end + AFTER:
            period = day.isoformat() if day else ""
            yield Request(address, title=title, group="release", period=period, recheck=RECHECK)


def _release_address(link: str) -> str:
    """One address a release, whether the link says http or https; nothing for what is none of KAMAZ's releases."""
    parts = urlsplit(link)
    return f"https://www.kamaz.ru{parts.path}" if parts.hostname in HOSTS and RELEASE.fullmatch(parts.path) else ""


def _listed(payload: Payload, item: Tag, n: int) -> tuple[str, date | None, str]:
    anchor = item.select_one(".title a[href]")
    if anchor is None:
        raise LayoutChanged(payload, at=f".news-list-item {n}", expected="a title with a link", found=html.raw(item))
    said = item.select_one(".date")
    day = _printed_day(payload, html.raw(said), f".news-list-item {n} .date") if said else None
    return urljoin(payload.url, str(anchor["href"]).strip()), day, html.squeeze(html.raw(anchor))


def _next_page(payload: Payload, page: BeautifulSoup) -> Iterator[Request]:
    """The listing's next page, if its pager has one."""
    form = re.compile(rf"[?&]{PAGER}=([0-9]{{1,4}})(?:&|$)")
    here = int(found[1]) if (found := form.search(payload.url)) else 1
    offered = {int(found[1]) for a in page.select("a[href]") if (found := form.search(str(a["href"])))}
    if here + 1 in offered:
        yield Request(LISTING, params={PAGER: str(here + 1)}, role="index")


def _entries(payload: Payload) -> tuple[feeds.Entry, ...]:
    found = feeds.read(payload, zone=MOSCOW)
    if not found:
        raise Empty(payload, at="/rss/channel/item", expected="press releases", found="none")
    return found


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(MOSCOW).date() if moment else None


def _printed_day(payload: Payload, said: str, at: str) -> date:
    try:
        return periods.day(html.squeeze(said))
    except ValueError as wrong:
        raise LayoutChanged(payload, at=at, expected="DD.MM.YYYY", found=said) from wrong


# --- what they say ----------------------------------------------------------------------------------------------------


def parse(payload: Payload) -> Iterator[Row]:
    """The market of heavy trucks, KAMAZ's sales, output and share in units and percent, and what is announced.

    Of the feed each description is read; what it leaves open is no doubt, for the release says it in full.

    Raises:
        Blocked: a verification page.
        Empty: a feed without entries.
        LayoutChanged: neither a release nor a whole feed.
    """
    if not feeds.is_feed(payload):
        page = html.document(payload)
        parts = {name: html.one(payload, page, f".news-detail {name}") for name in (".date", "h1", ".detail-text")}
        day = _printed_day(payload, html.raw(parts[".date"]), ".news-detail .date")
        title = html.squeeze(html.raw(parts["h1"]))
        yield from vehicles.settle(_rows(title, plain.text_of(parts[".detail-text"]), day, "detail-text", day))
        return
    for entry in _entries(payload):
        on = _day(entry.published)
        if on is not None and entry.summary:
            found = _rows(entry.title, plain.text(entry.summary), on, f"{entry.place}/description", entry.published)
            yield from (row for row in vehicles.settle(found) if not isinstance(row, Doubt))


def _rows(title: str, text: str, day: date, where: str, published: date | datetime | None) -> Iterator[Row]:
    found = prose.figures(text, language="ru", published=day, topic=replace(TOPIC, title=title))
    said = list(vehicles.rows(found, own="kamaz", scope_of=_scope, quoted_of=_quoted, published=published, where=where))
    yield from _restated(said)
    yield from _shares_of_a_day(found, where, published)
    yield from (
        replace(event, published=published)
        for event in announcements.announcements(
            text, title=title, published=day, actor="KAMAZ", product="trucks", where=where
        )
    )


def _scope(figure: Figure) -> Scope | None:
    """KAMAZ counts itself and its market from 14 t on.

    Raises:
        Unclear: another brand, another cut, or a market of trucks whose weight nobody says.
    """
    kind, name = figure.subject.kind, figure.subject.name
    own = (kind, name) == ("brand", "kamaz")
    if not own and kind != "market":
        raise Unclear(f"a figure of {name}, which KAMAZ doesn't count itself")
    if strange := figure.scope - WORDS:
        raise Unclear(f"another cut than KAMAZ's series: {', '.join(sorted(strange))}")
    if own and figure.measure in MADE:
        return MADE[figure.measure]
    if figure.measure not in {"sales", "share"}:
        raise Unclear(f"{figure.measure}: KAMAZ counts what is sold from 14 t on")
    if figure.scope & HEAVY:
        return OWN
    if figure.carried_scope - WORDS or not (own or figure.carried_scope & HEAVY):
        raise Unclear("trucks from which weight on?")
    return OWN


def _quoted(figure: Figure) -> Scope | None:
    """Whose count it is: trucks over 16 t are Autostat's, even where it is only called "analysts".

    Raises:
        Unclear: another publisher or cut than those that are known.
    """
    if figure.attributed_to in {"analysts", "autostat"} and "gt16t" in figure.scope:
        if figure.scope - AUTOSTAT_WORDS or figure.measure not in {"sales", "share"}:
            raise Unclear(f"a figure of {figure.attributed_to}: which of its series?")
        return AUTOSTAT
    return vehicles.quoted(figure)


def _restated(said: list[Observation | Doubt]) -> Iterator[Row]:
    """Mark what a text repeats of a time before its own: rounded, it must not replace what was printed then."""
    newest = max((row.period_end for row in said if isinstance(row, Observation)), default=None)
    for row in said:
        old = isinstance(row, Observation) and newest is not None and row.period_end < newest
        yield replace(row, reconstructed=True) if isinstance(row, Observation) and old else row


def _shares_of_a_day(found: Extraction, where: str, published: date | datetime | None) -> Iterator[Event]:
    """A share "today" is of no month: it is told as what somebody said on that day."""
    for figure in found.figures:
        if figure.period.freq == "D" and figure.measure == "share" and figure.subject == TOPIC.subject:
            yield Event(
                event_type="flash_figure", event_date=figure.period.end, actor="KAMAZ", target="RU",
                product="kamaz_share", status=f"as of {figure.period.end}", value=figure.value, unit="percent",
                locator=f"{where} sentence {figure.sentence[0]}-{figure.sentence[1]} "
                f"number {figure.number[0]}-{figure.number[1]}", published=published,
            )  # fmt: skip
