"""Feeds: RSS 2.0, RSS 1.0 (RDF) and Atom, by the XML helpers: no document type, no network, strict character sets.

A feed that is cut is refused whole. What an entry lacks (title, date, text) is empty or None; an entry without an
address is left out, and one address counts once: its first entry, which is the newest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml import etree

from sources.contract import Payload
from sources.errors import LayoutChanged
from sources.parse import xml

__all__ = ["ROOTS", "Entry", "is_feed", "read"]

ATOM: Final = "{http://www.w3.org/2005/Atom}"
RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
RSS1: Final = "{http://purl.org/rss/1.0/}"
DUBLIN: Final = "{http://purl.org/dc/elements/1.1/}"
CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}"
ROOTS: Final = {"rss": "rss", "feed": f"{ATOM}feed", "RDF": f"{RDF}RDF"}
FIRST: Final = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->)*+<(?:[A-Za-z_][\w.-]*:)?(rss|feed|RDF)[\s>/]", re.DOTALL | re.ASCII
)
LOOKED_AT: Final = 8192


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `summary` and `content` are text or HTML as the feed gives them, `published` is aware or None.

    `link` is absolute; `identifier` the feed's own (`guid`, `id`), else the link; `place` is where it stands.
    """

    title: str
    link: str
    identifier: str
    summary: str
    content: str
    published: datetime | None
    place: str


def is_feed(payload: Payload) -> bool:
    """Does the document begin as a feed?"""
    return _root_name(payload.body) is not None


def read(payload: Payload, *, zone: tzinfo | None = None) -> tuple[Entry, ...]:
    """The entries of a feed in its order; none where it has none.

    Args:
        payload: the feed.
        zone: of dates that name none; without it such a date is None.

    Raises:
        LayoutChanged: or one of its kinds: no feed, a cut or broken one, one without a channel.
    """
    whole = replace(payload, body=payload.body.lstrip())  # some have a blank line before the declaration
    name = _root_name(whole.body) or "rss"
    root = xml.root(whole, ROOTS[name])
    if name == "feed":
        found = [_atom(entry, payload, zone) for entry in _named(root.element, f"{ATOM}entry", "/feed/entry")]
    elif name == "RDF":
        found = [_rss(item, payload, zone, RSS1) for item in _named(root.element, f"{RSS1}item", "/RDF/item")]
    else:
        channel = root.only("channel")
        found = [_rss(item, payload, zone, "") for item in _named(channel.element, "item", "/rss/channel/item")]
    entries: dict[str, Entry] = {}
    for entry in found:
        if entry.link:
            entries.setdefault(entry.link, entry)
    if found and not entries:
        raise LayoutChanged(payload, at=found[0].place, expected="entries with an address", found="none")
    return tuple(entries.values())


def _root_name(body: bytes) -> str | None:
    begun = FIRST.match(body[:LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n").decode("latin-1"))
    return begun[1] if begun else None


def _named(element: "etree._Element", name: str, place: str) -> Iterator[tuple["etree._Element", str]]:
    for n, child in enumerate(element.iterchildren(name), start=1):
        yield child, f"{place}[{n}]"


def _words(element: "etree._Element", *names: str) -> str:
    """The text of the first of these children that has any, with the text of elements inside it."""
    for name in names:
        for child in element.iterchildren(name):
            if said := "".join(str(piece) for piece in child.itertext()).strip():
                return said
    return ""


def _rss(found: tuple["etree._Element", str], payload: Payload, zone: tzinfo | None, space: str) -> Entry:
    item, place = found
    guid = item.find("guid")
    link = _words(item, f"{space}link")
    if not link and guid is not None and guid.get("isPermaLink", "true") != "false":
        link = _words(item, "guid")
    address = _address(payload, link)
    return Entry(
        title=_words(item, f"{space}title"),
        link=address,
        identifier=_words(item, "guid") or str(item.get(f"{RDF}about", "")) or address,
        summary=_words(item, f"{space}description"),
        content=_words(item, f"{CONTENT}encoded"),
        published=_time(_words(item, "pubDate", f"{DUBLIN}date"), zone),
        place=place,
    )


def _atom(found: tuple["etree._Element", str], payload: Payload, zone: tzinfo | None) -> Entry:
    entry, place = found
    links = list(entry.iterchildren(f"{ATOM}link"))
    pages = [link for link in links if link.get("rel", "alternate") == "alternate"]
    address = _address(payload, str(pages[0].get("href", "")) if pages else "")
    return Entry(
        title=_words(entry, f"{ATOM}title"),
        link=address,
        identifier=_words(entry, f"{ATOM}id") or address,
        summary=_words(entry, f"{ATOM}summary"),
        content=_words(entry, f"{ATOM}content"),
        published=_time(_words(entry, f"{ATOM}published", f"{ATOM}updated"), zone),
        place=place,
    )


def _address(payload: Payload, link: str) -> str:
    """The absolute http(s) address, else nothing: `javascript:` and the like lead nowhere."""
    try:
        whole = urljoin(payload.url, link.strip()) if link.strip() else ""
        parts = urlsplit(whole)
    except ValueError:
        return ""
    return whole if parts.scheme in {"http", "https"} and parts.hostname else ""


def _time(said: str, zone: tzinfo | None) -> datetime | None:
    """The instant of an RFC 822 or ISO 8601 date; None where it is none, or names no zone and none is known."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        try:
            moment = parsedate_to_datetime(said)
        except (ValueError, IndexError, TypeError, OverflowError):
            return None
    if moment.tzinfo is None:
        zone = UTC if said.rstrip().endswith("-0000") else zone
        if zone is None:
            return None
        moment = moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the first and the last day of the calendar
        return None
