"""What all news sources do with a document: article pages and entries of feeds and lists, to rows and requests."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol
from urllib.parse import urlsplit

from sources.contract import Observation, Payload, Request, Row
from sources.parse.news import addresses, gazetteer, pages, telling, topics
from sources.parse.news.feeds import Entry
from sources.parse.news.model import Page

__all__ = ["PARSER", "Outlet", "entry_page", "freshness", "headlines", "name_of", "page_rows", "requests", "zone_of"]

CATALOGUE: Final = Path(__file__).parents[2] / "catalogue.toml"
WEB: Final = frozenset({"http", "https"})
PARSER: Final = 1  # raised when the same bytes of a news source would give other rows
RECHECK: Final = timedelta(days=30)
LONGEST_LEAD: Final = 600
EARLIEST: Final = date(1995, 1, 1)  # before it no outlet had pages: a day of 1970 is a clock's zero
HOME: Final = {"+03:00": "RU", "+08:00": "CN"}


class Outlet(Protocol):
    """What the catalogue says of a news outlet."""

    @property
    def id(self) -> str:
        """The source."""

    @property
    def url(self) -> str:
        """The first address that is asked."""

    @property
    def feeds(self) -> tuple[str, ...]:
        """Further addresses."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Where its pages lie."""

    @property
    def outlet(self) -> str:
        """Its name."""

    @property
    def language(self) -> str:
        """Of its texts, where they don't say."""

    @property
    def zone(self) -> str:
        """The offset of times that name none."""

    @property
    def pages(self) -> int:
        """How many article pages a night may ask for; 0: headlines only."""


def zone_of(outlet: Outlet) -> timezone:
    """The offset as a zone."""
    sign = -1 if outlet.zone.startswith("-") else 1
    hours, minutes = outlet.zone[1:].split(":")
    return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))


def entry_page(entry: Entry, outlet: Outlet, fetched_at: datetime) -> Page | None:
    """An entry as an article of which only heading and summary are known; None without an address or a title."""
    url = addresses.normal(entry.link)
    title = pages.plain(entry.title)
    if url is None or not title:
        return None
    lead = pages.plain(entry.summary)[:LONGEST_LEAD]
    when = entry.published
    if isinstance(when, datetime):
        when = when.astimezone(zone_of(outlet)) if when <= fetched_at else None
    elif when is not None and when > fetched_at.astimezone(zone_of(outlet)).date():
        when = None
    if (day := _day(when)) is not None and day < EARLIEST:
        when = None
    return Page(
        url=url,
        outlet=outlet.outlet,
        title=title,
        language=pages.language_of(f"{title}\n{lead}", outlet.language),
        lead="" if lead == title else lead,
        published=when,
        headline_only=True,
    )


def _home(outlet: Outlet) -> str:
    """The side that the headlines of an outlet take for granted: that of its zone."""
    return HOME.get(outlet.zone, "")


def _is_on(page: Page, outlet: Outlet) -> bool:
    return topics.relevant(page.title, page.lead, "", page.language, home=_home(outlet))


def headlines(entries: Iterable[Entry], outlet: Outlet, payload: Payload) -> Iterator[Row]:
    """The rows of those entries that are on the topic; the others leave no trace but the archived bytes.

    Two entries that lead to one address (a page and its AMP twin) are one article. An entry without a day
    tells only of days that its words name in full.
    """
    seen: set[str] = set()
    for entry in entries:
        page = entry_page(entry, outlet, payload.fetched_at)
        if page is None or page.url in seen or not _is_on(page, outlet):
            continue
        seen.add(page.url)
        yield from telling.rows(page, where=entry.place, fetched_at=payload.fetched_at, home=_home(outlet))


def freshness(entries: Iterable[Entry], payload: Payload) -> Iterator[Observation]:
    """How new a feed is: the entries of its newest day, on the topic or not. A feed without days says nothing."""
    last = payload.fetched_at.date()
    days = [day for one in entries if (day := _day(one.published)) is not None and day <= last]
    if days:
        newest = max(days)
        yield Observation(
            dataset="feed", measure="feed_entries", unit="entries", freq="D", period_start=newest, period_end=newest,
            value=Decimal(days.count(newest)), locator="entries of the newest day",
        )  # fmt: skip


def _day(when: date | datetime | None) -> date | None:
    return when.date() if isinstance(when, datetime) else when


def requests(
    entries: Iterable[Entry], outlet: Outlet, payload: Payload, *, also: frozenset[str] = frozenset()
) -> Iterator[Request]:
    """The pages behind the entries that are on the topic, the newest first, as many as a night may ask for.

    `also`: topics that make a page worth reading whoever its heading names.
    """
    found: dict[str, tuple[date, Request]] = {}
    for entry in entries:
        page = entry_page(entry, outlet, payload.fetched_at)
        if page is None or urlsplit(page.url).hostname not in outlet.hosts:
            continue
        if not (_is_on(page, outlet) or also.intersection(topics.topics(page.title, page.lead, "", page.language))):
            continue
        day = page.day
        asked = addresses.asked(entry.link) or page.url
        request = Request(asked, title=page.title[:200], period=day.isoformat() if day else "", recheck=RECHECK)
        found.setdefault(page.url, (day or date.min, request))
    newest = sorted(found.values(), key=lambda one: one[0], reverse=True)
    for _, request in newest[: outlet.pages]:
        yield request


def page_rows(payload: Payload, *, outlet: str = "", language: str = "", zone: str = "") -> Iterator[Row]:
    """The rows of an article page.

    Raises:
        LayoutChanged: or one of its kinds: see `pages.read`.
    """
    page = pages.read(payload, outlet=outlet, language=language, zone=zone)
    if not outlet:
        page = replace(page, outlet=name_of(page, payload.url))
    yield from telling.rows(page, where="article", fetched_at=payload.fetched_at)


def name_of(page: Page, fetched: str) -> str:
    """The outlet of a page that a person brought: who owns the host, whatever the page calls itself.

    A host of the catalogue is the catalogue's outlet, any other one goes by itself. Of a page from nowhere (a file)
    the host is the page's own claim: that it is of an official publisher is not believed, nor a site's name that is
    one of an outlet or of a body of a state.
    """
    host = urlsplit(page.url).hostname or ""
    name, official = _owners().get(host) or _owners().get(addresses.registrable(host)) or ("", False)
    if name and (not official or urlsplit(fetched).scheme in WEB):
        return name
    if host:
        return addresses.outlet_of(page.url)
    taken = {_bare(owner) for owner, _ in _owners().values()}
    bodies = any(
        mention.entity.kind == "state" for one in gazetteer.LANGUAGES for mention in gazetteer.find(page.outlet, one)
    )
    return "" if bodies or _bare(page.outlet) in taken else page.outlet


def _bare(name: str) -> str:
    return re.sub(r"\W+", "", name).casefold().removeprefix("the")


@cache
def _owners() -> Mapping[str, tuple[str, bool]]:
    """Whose the hosts of the catalogue are, and their registered names; is it an official publisher?"""
    found: dict[str, tuple[str, bool]] = {}
    for said in tomllib.loads(CATALOGUE.read_text(encoding="utf-8")).values():
        name = str(said.get("outlet", ""))
        for host in said["hosts"] if name else ():
            owner = (name, bool(said.get("official", False)))
            found[host] = owner
            found.setdefault(addresses.registrable(host), owner)
    return MappingProxyType(found)
