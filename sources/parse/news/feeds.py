"""Feeds of any make: RSS 0.9 to 2.0, RDF and Atom by feedparser, news sitemaps by the XML helper.

A feed that is ill-formed gives the entries that can be read: `bozo` alone is no error. What an entry lacks (title,
date, text) is empty or None; an entry without an http(s) address is left out, and one address counts once: its first
entry. feedparser takes out the document type with its entities before it parses, and asks no network.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from sources.contract import Payload
from sources.errors import Blocked, Empty, LayoutChanged, Unreadable, WrongDocument
from sources.parse import html, xml

__all__ = ["Entry", "is_feed", "read"]

FIRST: Final = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+<(?:[A-Za-z_][\w.-]*:)?(rss|feed|RDF|urlset)[\s>/]",
    re.DOTALL | re.ASCII,
)
LOOKED_AT: Final = 16384
MOST: Final = 32 << 20
GZIP: Final = b"\x1f\x8b"
SITEMAP: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS: Final = "{http://www.google.com/schemas/sitemap-news/0.9}"


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
    """Does the document begin as a feed or a sitemap?"""
    try:
        return _root_name(_unpacked(payload).body) is not None
    except LayoutChanged:
        return False


def read(payload: Payload, *, zone: tzinfo | None = None) -> tuple[Entry, ...]:
    """The entries of a feed in its order.

    Args:
        payload: the feed; may be packed by gzip.
        zone: of dates that name none; without it such a date is None.

    Raises:
        LayoutChanged: or one of its kinds: no feed, one without entries, a page where a feed was.
    """
    whole = _unpacked(payload)
    if not whole.body.strip():
        raise Empty(payload, expected="a feed", found="an empty body")
    name = _root_name(whole.body)
    if name is None:
        _refuse(payload, whole.body)
    found = list(_sitemap(whole, zone)) if name == "urlset" else list(_parsed(whole, zone))
    if not found:
        raise Empty(payload, expected="a feed with entries", found="none")
    entries: dict[str, Entry] = {}
    for entry in found:
        if entry.link:
            entries.setdefault(entry.link, entry)
    if found and not entries:
        raise LayoutChanged(payload, at=found[0].place, expected="entries with an address", found="none")
    return tuple(entries.values())


def _unpacked(payload: Payload) -> Payload:
    if not payload.body.startswith(GZIP):
        return payload
    opened = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        body = opened.decompress(payload.body, MOST)
    except zlib.error as error:
        raise Unreadable(payload, expected="a gzip body", found=str(error)) from error
    if opened.unconsumed_tail:
        raise Unreadable(payload, expected=f"at most {MOST:,} bytes unpacked", found="more")
    return replace(payload, body=body)


def _root_name(body: bytes) -> str | None:
    start = body[:LOOKED_AT]
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        start = start.decode("utf-16", "replace").encode()
    begun = FIRST.match(start.lstrip(b"\xef\xbb\xbf \t\r\n").decode("latin-1"))
    return begun[1] if begun else None


def _refuse(payload: Payload, body: bytes) -> None:
    text = body[:LOOKED_AT].decode("utf-8", "replace")
    if html.CHALLENGE.search(text) or html.WORDS.search(text):
        raise Blocked(payload, expected="a feed", found="a verification page")
    raise WrongDocument(payload, expected="a feed", found=html.squeeze(text)[:60])


def _parsed(payload: Payload, zone: tzinfo | None) -> Iterator[Entry]:
    import feedparser

    headers = {"content-location": payload.url}
    if re.search(r"charset", payload.content_type, re.IGNORECASE):
        headers["content-type"] = payload.content_type
    said = feedparser.parse(
        payload.body.lstrip(), response_headers=headers, sanitize_html=True, resolve_relative_uris=False
    )
    for number, entry in enumerate(said.entries, start=1):
        contents = entry.get("content") or [{}]
        yield Entry(
            title=str(entry.get("title") or ""),
            link=_address(payload, _link(entry)),
            identifier=str(entry.get("id") or entry.get("link") or ""),
            summary=str(entry.get("summary") or ""),
            content=str(contents[0].get("value") or ""),
            published=_time(str(entry.get("published") or entry.get("updated") or ""), zone),
            place=f"entry {number}",
        )


def _link(entry: Mapping[str, Any]) -> str:
    """The address of the page: of several links the alternate one, else an id that is an address."""
    for link in entry.get("links") or ():
        if link.get("rel", "alternate") == "alternate" and link.get("href"):
            return str(link["href"])
    if entry.get("links") and not entry.get("link"):
        return ""
    return str(entry.get("link") or entry.get("id") or "")


def _sitemap(payload: Payload, zone: tzinfo | None) -> Iterator[Entry]:
    root = xml.root(payload, f"{SITEMAP}urlset")
    for number, element in enumerate(root.element.iterchildren(f"{SITEMAP}url"), start=1):
        news = element.find(f"{NEWS}news")
        if news is None:
            continue
        link = (element.findtext(f"{SITEMAP}loc") or "").strip()
        yield Entry(
            title=(news.findtext(f"{NEWS}title") or "").strip(),
            link=_address(payload, link),
            identifier=link,
            summary=(news.findtext(f"{NEWS}keywords") or "").strip(),
            content="",
            published=_time((news.findtext(f"{NEWS}publication_date") or "").strip(), zone),
            place=f"/urlset/url[{number}]",
        )


def _address(payload: Payload, link: str) -> str:
    """An absolute http(s) address; empty for anything else."""
    try:
        joined = urljoin(payload.url, link.strip()) if link.strip() else ""
        return joined if urlsplit(joined).scheme in {"http", "https"} and urlsplit(joined).hostname else ""
    except ValueError:
        return ""


def _time(said: str, zone: tzinfo | None) -> datetime | None:
    """An instant in UTC; None for what is no date, or one without a zone where none is known."""
    text = said.strip()
    if not text:
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        try:
            when = parsedate_to_datetime(text)
        except (ValueError, IndexError, TypeError):
            return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return when.replace(tzinfo=UTC)  # a day: no zone may move it
    if when.tzinfo is None:
        if zone is None:
            return None
        when = when.replace(tzinfo=zone)
    try:
        return when.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
