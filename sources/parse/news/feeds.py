"""Feeds of any make: RSS 0.9 to 2.0, RDF and Atom by feedparser, news sitemaps by the XML helper.

A feed that is ill-formed gives the entries that can be read: `bozo` alone is no error. Of one that is cut the entry
that it was cut in is left out. What an entry lacks (title, date, text) is empty or None; an entry without an http(s)
address is left out, and one address counts once: its first entry. Of five entries or more half must have a title and
an address, else it is another layout.

feedparser asks no network, but leaves a document type in place behind a comment with `<x` in it: declarations of
entities are taken out before it sees the bytes, and of the header only character sets that nobody can hide them in.
"""

from __future__ import annotations

import codecs
import ipaddress
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from types import MappingProxyType
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
# What no feed of an outlet comes near; beyond it a parser takes minutes where it takes milliseconds.
MOST_ENTRIES: Final = 5_000
MOST_TAGS: Final = 400_000
MOST_ATTRIBUTES: Final = 2_000  # of one element, or words in its tag
DEEPEST: Final = 500
LONGEST_TITLE: Final = 2_000
LONGEST_TEXT: Final = 200_000
CDATA: Final = b"<![CDATA["
MOST_LITERAL: Final = 20_000  # sections of literal text
ELEMENT: Final = re.compile(
    rb"<(?:(/)[A-Za-z_]|[A-Za-z_][\w:.-]*+(?:[^<>\"'/]++|\"[^\"]*+\"|'[^']*+'|/(?!>))*+(/?)>)", re.ASCII
)
ENTRY: Final = re.compile(rb"<(?:\w+:)?(?:item|entry|url)[\s>/]", re.ASCII)
NEVER_CLOSED: Final = re.compile(rb"<(?:br|img|hr|link|meta|input|source|wbr|p|li)\b", re.IGNORECASE)
END: Final = re.compile(rb"</(?:\w+:)?(?:rss|feed|RDF)\s*>", re.ASCII)
LAST: Final = re.compile(rb".*</(?:\w+:)?(?:item|entry)\s*>", re.DOTALL | re.ASCII)
OFFSET: Final = re.compile(r"[+-]\d\d:?\d\d", re.ASCII)
UNFIT: Final = re.compile(r"[\s\x00-\x1f\x7f\"<>\\^`{|}]")  # in no address (RFC 3986)
GZIP: Final = b"\x1f\x8b"
WEB: Final = ("https://", "http://")
UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
ENTITY: Final = re.compile(rb"<!ENTITY\b[^>]*>?", re.IGNORECASE)
ENCODING: Final = re.compile(r"(<\?xml[^<>]*?)\sencoding\s*=\s*([\"'])[A-Za-z0-9._-]{1,40}\2")
GATE: Final = re.compile(r"enable (?:js|java\s?script)\b|ad\s?blocker", re.IGNORECASE)
CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._-]{1,40})", re.IGNORECASE)
ENOUGH: Final = 5  # entries of which a share says something of the layout
DAY_LENGTH: Final = len("2025-10-13")
EIGHT_HOURS: Final = timedelta(hours=8)
PRINTED: Final = (
    re.compile(r"(?P<year>20\d\d)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?!\d)日?", re.ASCII),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>20\d\d)(?!\d)", re.ASCII),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})[ -](?P<month>[^\W\d_]{3,9})\.?,?[ -](?P<year>20\d\d)(?!\d)"),
    re.compile(r"(?P<month>[^\W\d_]{3,9})\.?\s(?P<day>\d{1,2}),?\s(?P<year>20\d\d)(?!\d)"),
)
CLOCK: Final = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)(?::\d\d)?(?:\s*([+-]\d\d:?\d\d))?", re.ASCII)
MONTHS: Final = MappingProxyType(
    {
        name: number
        for names in (
            "jan feb mar apr may jun jul aug sep oct nov dec",
            "янв фев мар апр мая июн июл авг сен окт ноя дек",
        )
        for number, name in enumerate(names.split(), start=1)
    }
    | {"май": 5}
)
SITEMAP: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS: Final = "{http://www.google.com/schemas/sitemap-news/0.9}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `summary` and `content` are text or HTML as the feed gives them.

    `published` is an aware instant, a day where the feed prints no more, or None.

    `link` is absolute; `identifier` the feed's own (`guid`, `id`), else the link; `place` is where it stands.
    """

    title: str
    link: str
    identifier: str
    summary: str
    content: str
    published: date | datetime | None
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
    if b"\0" in whole.body and whole.body[:2] not in UTF16:
        at = f"byte {whole.body.index(0):,}"
        raise LayoutChanged(payload, at=at, expected="text", found="zeros: a part of the feed was lost")
    name = _root_name(whole.body)
    if name is None:
        _refuse(payload, whole.body)
    _bound(payload, whole.body)
    found = list(_sitemap(whole, zone)) if name == "urlset" else list(_parsed(whole, zone))
    if not found:
        raise Empty(payload, expected="a feed with entries", found="none")
    entries: dict[str, Entry] = {}
    for entry in found:
        if entry.link:
            entries.setdefault(entry.link, entry)
    if not entries:
        raise LayoutChanged(payload, at=found[0].place, expected="entries with an address", found="none")
    whole_ones = sum(bool(entry.link and entry.title.strip()) for entry in found)
    if len(found) >= ENOUGH and whole_ones * 2 < len(found):
        raise LayoutChanged(
            payload, expected="half the entries with a title and an address", found=f"{whole_ones} of {len(found)}"
        )
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
    if start[:2] in UTF16:
        start = start.decode("utf-16", "replace").encode()
    begun = FIRST.match(start.lstrip(b"\xef\xbb\xbf \t\r\n").decode("latin-1"))
    return begun[1] if begun else None


def _refuse(payload: Payload, body: bytes) -> None:
    text = body[:LOOKED_AT].decode("utf-8", "replace")
    if html.CHALLENGE.search(text) or html.WORDS.search(text) or GATE.search(text):
        raise Blocked(payload, expected="a feed", found="a verification page")
    raise WrongDocument(payload, expected="a feed", found=html.squeeze(text)[:60])


def _bound(payload: Payload, body: bytes) -> None:
    """Refuse what would cost a parser minutes: too many entries, tags or attributes, or elements too deep."""
    if body[:2] in UTF16:
        body = body.decode("utf-16", "replace").encode()
    first, *others = body.split(CDATA)
    bare = b"".join((first, *(piece.partition(b"]]>")[2] if b"]]>" in piece else piece for piece in others)))
    for what, most, found in (
        ("literal sections", MOST_LITERAL, body.count(CDATA)),
        ("entries", MOST_ENTRIES, len(ENTRY.findall(bare))),
        ("tags", MOST_TAGS, bare.count(b"<")),
    ):
        if found > most:
            raise LayoutChanged(payload, expected=f"a feed of at most {most:,} {what}", found=f"{found:,}")
    depth = deepest = 0
    for tag in ELEMENT.finditer(bare):
        said = tag[0]
        if tag[1]:
            depth = max(depth - 1, 0)
            continue
        if len(said) > MOST_ATTRIBUTES:
            held = max(said.count(b"="), len(said.split()))
            if held > MOST_ATTRIBUTES:
                expected = f"elements of at most {MOST_ATTRIBUTES:,} attributes"
                raise LayoutChanged(payload, at=f"byte {tag.start():,}", expected=expected, found=f"{held:,}")
        if not tag[2] and not NEVER_CLOSED.match(said):
            depth += 1
            deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise LayoutChanged(payload, expected=f"elements at most {DEEPEST:,} deep", found=f"{deepest:,}")


def _parsed(payload: Payload, zone: tzinfo | None) -> Iterator[Entry]:
    import feedparser

    said = feedparser.parse(
        _harmless(payload.body), response_headers=_headers(payload), sanitize_html=True, resolve_relative_uris=False
    )
    own = str(said.feed.get("link") or "")
    base = payload.url if payload.url.startswith(WEB) else own
    for number, entry in enumerate(said.entries, start=1):
        contents = entry.get("content") or [{}]
        yield Entry(
            title=_title(str(entry.get("title") or "")),
            link=_address(base, _link(entry)),
            identifier=str(entry.get("id") or entry.get("link") or ""),
            summary=str(entry.get("summary") or "")[:LONGEST_TEXT],
            content=str(contents[0].get("value") or "")[:LONGEST_TEXT],
            published=_time(str(entry.get("published") or entry.get("updated") or ""), zone),
            place=f"entry {number}",
        )


def _title(said: str) -> str:
    """A title; what is much too long is none."""
    return said if len(said) <= LONGEST_TITLE else ""


def _harmless(body: bytes) -> bytes:
    """The bytes without declarations of entities or a last entry cut short, in a character set that can be seen."""
    if body[:2] in UTF16:
        body = ENCODING.sub(r"\1", body.decode("utf-16", "replace"), count=1).encode()
    if not END.search(body) and (whole := LAST.match(body)):
        body = whole[0]
    return ENTITY.sub(b"", body).lstrip()


def _headers(payload: Payload) -> dict[str, str]:
    """What feedparser is told of the answer: where it came from, and a character set that is one of the web's.

    Bytes that are UTF-8 are that, whatever a header says: by accident no other text is.
    """
    said = {"content-location": payload.url} if payload.url.startswith(WEB) else {}
    if payload.body[:2] in UTF16:
        return said
    if _is_utf8(payload.body):
        return {**said, "content-type": "application/xml; charset=utf-8"}
    stated = CHARSET.search(payload.content_type)
    try:
        known = codecs.lookup(stated[1]).name if stated else ""
    except LookupError:
        known = ""
    return {**said, "content-type": payload.content_type} if known in xml.CHARSETS else said


def _is_utf8(body: bytes) -> bool:
    """Is it UTF-8 with more than ASCII in it? A cut last letter does not count against it."""
    if body.isascii():
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return False
    return True


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
            title=_title((news.findtext(f"{NEWS}title") or "").strip()),
            link=_address(payload.url, link),
            identifier=link,
            summary=(news.findtext(f"{NEWS}keywords") or "").strip(),
            content="",
            published=_time((news.findtext(f"{NEWS}publication_date") or "").strip(), zone),
            place=f"/urlset/url[{number}]",
        )


def _address(base: str, link: str) -> str:
    """An absolute http(s) address; empty for anything else."""
    try:
        joined = urljoin(base, link.strip()) if link.strip() and not UNFIT.search(link.strip()) else ""
        parts = urlsplit(joined)
        told = parts.port != 0 and "@" not in parts.netloc  # the port raises where it is none
    except ValueError:
        return ""
    return joined if told and parts.scheme in {"http", "https"} and _is_of_the_web(parts.hostname or "") else ""


def _is_of_the_web(host: str) -> bool:
    """No article stands on the reader's own machine or network, nor at a bare number."""
    if not host or host == "localhost" or host.isdecimal():
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True


def _time(said: str, zone: tzinfo | None) -> date | datetime | None:
    """An instant in UTC, or a day; None for what is no date, or a time without a zone where none is known."""
    text = said.strip()
    offset = text.rpartition(" ")[2]
    if offset[:1] in {"+", "-"}:
        if not OFFSET.fullmatch(offset):
            return None
        text = text.removesuffix(offset) + offset.replace(":", "")
    if not text or "\ufffd" in text:
        return None
    when = _iso(text) or _mail(text, zone) or _printed(text)
    if when is None or not isinstance(when, datetime):
        return when
    if when.tzinfo is None:
        if zone is None:
            return None
        when = when.replace(tzinfo=zone)
    try:
        return when.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _iso(text: str) -> date | datetime | None:
    try:
        return date.fromisoformat(text) if len(text) <= DAY_LENGTH else datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail(text: str, zone: tzinfo | None) -> datetime | None:
    """A date as mail and RSS write it. `CST` is China's own time in a feed of China, America's elsewhere."""
    if zone is not None and zone.utcoffset(None) == EIGHT_HOURS:
        text = re.sub(r"\s*\(?\b(?:CST|BJT)\b\)?$", " +0800", text)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    return when.replace(tzinfo=UTC) if text.endswith("-0000") else when  # no zone of its own, but UTC (RFC 5322)


def _printed(text: str) -> date | datetime | None:
    """`2025/10/13 18:40`, `13.10.2025 18:40`, `2025年10月13日`, `13 октября 2025 г., 18:40`; a zone only as `+0300`."""
    for pattern in PRINTED:
        found = pattern.search(text)
        if found is None:
            continue
        parts = found.groupdict()
        month = parts["month"]
        try:
            number = int(month) if month.isdecimal() else MONTHS[month[:3].casefold()]
            day = date(int(parts["year"]), number, int(parts["day"]))
            clock = CLOCK.search(text, found.end())
            if clock is None:
                return day
            when = datetime(day.year, day.month, day.day, int(clock[1]), int(clock[2]))  # noqa: DTZ001 (its zone follows)
            return when.replace(tzinfo=datetime.strptime(clock[3], "%z").tzinfo) if clock[3] else when
        except (KeyError, ValueError):
            return None
    return None
