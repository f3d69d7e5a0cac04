"""Feeds of any make: what outlets get wrong is read as it was meant, what is hostile does nothing."""

import gzip
import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from sources.contract import Payload
from sources.errors import Blocked, Empty, LayoutChanged, Unreadable, WrongDocument
from sources.parse.news import feeds
from tests.payloads.news import pages
from tests.payloads.news.pages import Item

SHARED = Path(__file__).parents[3].parent / "shared"
RECORDED = SHARED / "recorded" / "news"
NOW = datetime(2026, 7, 24, 3, 0, tzinfo=UTC)
BEIJING = timezone(timedelta(hours=8))
MOSCOW = timezone(timedelta(hours=3))
ADDRESS = "https://www.example.org/rss/world.xml"
RSS = '<rss version="2.0"><channel><title>t</title><link>https://www.example.org</link>{}</channel></rss>'
ITEM = "<item><title>{}</title><link>https://www.example.org/1</link></item>"
# Nine levels of ten make a thousand million copies of two letters.
BOMB = (
    '<!DOCTYPE rss [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)


def document(body: bytes | str, content_type: str = "", url: str = ADDRESS) -> Payload:
    """A feed as it was fetched."""
    whole = body if isinstance(body, bytes) else body.encode()
    return Payload("moscow_times", url, whole, "0" * 64, NOW, content_type, role="feed")


def titles(body: bytes | str, content_type: str = "") -> list[str]:
    """The titles of a feed."""
    return [entry.title for entry in feeds.read(document(body, content_type))]


def dated(said: str, zone: timezone | None = MOSCOW) -> date | datetime | None:
    """When an entry with that date was published."""
    (entry,) = feeds.read(document(pages.feed([Item("a", "https://www.example.org/1", said)])), zone=zone)
    return entry.published


@pytest.mark.parametrize(
    ("said", "zone", "when"),
    [
        ("Wed, 22 Oct 2025 16:40:00 +0300", None, datetime(2025, 10, 22, 13, 40, tzinfo=UTC)),
        ("Wed, 22 Oct 2025 16:40:00 GMT", BEIJING, datetime(2025, 10, 22, 16, 40, tzinfo=UTC)),
        ("Wed, 22 Oct 2025 16:40:00 -0000", MOSCOW, datetime(2025, 10, 22, 16, 40, tzinfo=UTC)),
        ("Wed, 22 Oct 2025 16:40:00 CST", BEIJING, datetime(2025, 10, 22, 8, 40, tzinfo=UTC)),
        ("Wed, 22 Oct 2025 16:40:00 CST", None, datetime(2025, 10, 22, 22, 40, tzinfo=UTC)),
        ("Wed, 22 Oct 2025 16:40:00 MSK", MOSCOW, datetime(2025, 10, 22, 13, 40, tzinfo=UTC)),
        ("2025-10-13 18:40:00", BEIJING, datetime(2025, 10, 13, 10, 40, tzinfo=UTC)),
        ("2025-10-13 18:40:00", None, None),
        ("2025/10/13 18:40", BEIJING, datetime(2025, 10, 13, 10, 40, tzinfo=UTC)),
        ("2025年10月13日 18:40", BEIJING, datetime(2025, 10, 13, 10, 40, tzinfo=UTC)),
        ("13.10.2025 18:40", MOSCOW, datetime(2025, 10, 13, 15, 40, tzinfo=UTC)),
        ("13 октября 2025 г., 18:40", MOSCOW, datetime(2025, 10, 13, 15, 40, tzinfo=UTC)),
        ("Oct 13, 2025 18:40:00 +0800", None, datetime(2025, 10, 13, 10, 40, tzinfo=UTC)),
        ("2025-10-13T18:40:00+08:00", MOSCOW, datetime(2025, 10, 13, 10, 40, tzinfo=UTC)),
        ("2025-10-13", BEIJING, date(2025, 10, 13)),
        ("13 October 2025", BEIJING, date(2025, 10, 13)),
        ("2025-13-41", BEIJING, None),
        ("Wed, 99 Oct 2025 16:40:00 +0300", MOSCOW, None),
        ("yesterday", MOSCOW, None),
        ("Wed, 22 Oct 2025 16:40:00 +03:00", None, datetime(2025, 10, 22, 13, 40, tzinfo=UTC)),
        ("Wed, 22 Oct 2025 16:40:00 +-0300", MOSCOW, None),
        ("Wed, 22 Oct 2025 16:40:00 +03\ufffd0", MOSCOW, None),
        ("", MOSCOW, None),
    ],
)
def test_a_date_is_an_instant_or_a_day_or_nothing(
    said: str, zone: timezone | None, when: date | datetime | None
) -> None:
    """The clock of the outlet where none is named; a bare day stays one, whatever the zone; nothing is guessed."""
    found = dated(said, zone)

    assert (type(found), found) == (type(when), when)


@pytest.mark.parametrize(
    ("charset", "declared", "header", "title"),
    [
        ("cp1251", "windows-1251", "application/xml; charset=utf-8", "Россия и Китай обсудили пошлины"),
        ("cp1251", "windows-1251", "", "Россия и Китай обсудили пошлины"),
        ("koi8-r", "koi8-r", "text/xml", "Россия и Китай обсудили пошлины"),
        ("gb18030", "GB2312", "text/xml", "中俄贸易额下降"),
        ("utf-8", "utf-8", "application/rss+xml; charset=windows-1251", "Россия и Китай обсудили пошлины"),
        ("utf-16", "utf-16", "application/xml", "中俄贸易额下降"),
        ("utf-8", "utf-8", "application/xml; charset=utf-7", "中俄贸易额下降"),
        ("utf-8", "utf-8", "application/xml; charset=no-such-thing", "中俄贸易额下降"),
    ],
)
def test_titles_are_read_in_the_character_set_that_their_bytes_are_in(
    charset: str, declared: str, header: str, title: str
) -> None:
    """A header that the bytes deny, or that would let anything hide in them, counts for nothing."""
    body = f'<?xml version="1.0" encoding="{declared}"?>' + RSS.format(ITEM.format(title))

    assert titles(body.encode(charset), header) == [title]


@pytest.mark.parametrize(
    "before",
    ["", "<!-- <x -->", '<?xml version="1.0"?><!-- <x -->', "\n\n"],
    ids=["plain", "behind a comment", "behind a declaration and a comment", "behind blank lines"],
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_an_entity_bomb_does_not_go_off(before: str, charset: str) -> None:
    """Its references stay as they stand: a title of a few letters, not of a thousand million."""
    (title,) = titles((before + BOMB + RSS.format(ITEM.format("China Russia &a9;"))).encode(charset))

    assert title == "China Russia &a9;"


@pytest.mark.parametrize("before", ["", '<?xml version="1.0"?><!-- <x -->'], ids=["plain", "behind a comment"])
def test_no_file_is_read_into_a_feed(tmp_path: Path, before: str) -> None:
    """An entity may name a file of this machine: it isn't opened."""
    secret = tmp_path / "secret.txt"
    secret.write_text("canary", encoding="utf-8")
    kind = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY % b SYSTEM "{secret.as_uri()}"> %b;]>'

    assert "canary" not in repr(feeds.read(document(before + kind + RSS.format(ITEM.format("China &a; Russia")))))


def test_a_packed_feed_is_unpacked_up_to_a_size() -> None:
    """Blanks pack a thousand to one; what is cut still gives the entries that came."""
    body = pages.feed([Item("a", "https://www.example.org/1")])

    assert titles(gzip.compress(body)) == ["a"]
    assert titles(gzip.compress(body)[:-9]) == ["a"]
    with pytest.raises(Unreadable, match="unpacked"):
        titles(gzip.compress(body + b" " * feeds.MOST))
    with pytest.raises(Unreadable, match="gzip"):
        titles(b"\x1f\x8bno gzip")


@pytest.mark.parametrize(
    ("link", "url", "address"),
    [
        ("/page/1.shtml", ADDRESS, "https://www.example.org/page/1.shtml"),
        ("../page/1.shtml", ADDRESS, "https://www.example.org/page/1.shtml"),
        ("//www.example.org/1", ADDRESS, "https://www.example.org/1"),
        ("/page/1.shtml", "file:feed.xml", "https://www.example.org/page/1.shtml"),
        (" https://www.example.org/1?a=1&amp;b=2 ", ADDRESS, "https://www.example.org/1?a=1&b=2"),
    ],
)
def test_a_link_is_joined_with_the_address_of_its_feed(link: str, url: str, address: str) -> None:
    """Of a file without one with the site that the feed names."""
    item = f"<item><title>a</title><link>{link}</link></item>"

    assert [entry.link for entry in feeds.read(document(RSS.format(item), url=url))] == [address]


@pytest.mark.parametrize(
    "link",
    ["http://127.0.0.1:9/x", "http://169.254.169.254/latest", "http://[::1]/x", "http://10.0.0.1/x", "http://2130706433/x",
     "http://localhost/x", "http://tass.com:99999/x", "http://[tass.com/x", "javascript:alert(1)",
     "https://user:word@www.example.org/1", "https://www.example.org/1 X-Header: a=b", "see below",
     'https://www.example.org/"onmouseover=alert(1)'],
)  # fmt: skip
def test_p67_an_entry_that_leads_to_no_place_of_the_web_is_left_out(link: str) -> None:
    """P-67: the reader's own machine and network, bare numbers and scripts; the other entry is taken."""
    entries = feeds.read(document(pages.feed([Item("One", link), Item("Two", "https://www.example.org/2")])))

    assert [entry.link for entry in entries] == ["https://www.example.org/2"]


@pytest.mark.parametrize("kept", [0.5, 0.7, 0.9])
def test_of_a_cut_feed_the_entry_that_it_was_cut_in_is_left_out(kept: float) -> None:
    """The entries before it are whole, with their days; the last one might lack its day or half its title."""
    items = [Item(f"a{n}", f"https://www.example.org/{n}", "Wed, 22 Oct 2025 16:40:00 +0300") for n in range(20)]
    body = pages.feed(items)
    entries = feeds.read(document(body[: int(len(body) * kept)]))

    assert 5 < len(entries) < 20
    assert entries == feeds.read(document(body))[: len(entries)]
    with pytest.raises(LayoutChanged, match="zeros"):
        feeds.read(document(body[:900] + bytes(100) + body[1000:]))


def test_half_the_entries_must_have_a_title_and_an_address() -> None:
    """Of five or more: fewer say nothing of a layout."""
    whole = [Item(f"a{n}", f"https://www.example.org/{n}") for n in range(2)]
    bare = [Item("", f"https://www.example.org/{n}") for n in range(10, 13)]

    with pytest.raises(LayoutChanged, match="2 of 5"):
        titles(pages.feed([*whole, *bare]))
    assert len(titles(pages.feed([*whole, *bare[:2]]))) == 4
    assert len(titles(pages.feed([*whole, Item("a2", "https://www.example.org/2"), *bare]))) == 6


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("", Empty),
        ("\n \n", Empty),
        (RSS.format(""), Empty),
        ("<!DOCTYPE html><html><head><title>404</title></head><body>No such page.</body></html>", WrongDocument),
        ("<html><body><p>Please enable JS and disable any ad blocker</p></body></html>", Blocked),
        ("<html><body>Verify you are human</body></html>", Blocked),
        ('{"items": []}', WrongDocument),
        ('<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></sitemapindex>', WrongDocument),
        (RSS.format("<item><title>a</title></item>"), LayoutChanged),
    ],
    ids=["nothing", "blanks", "no entries", "a soft 404", "a gate", "a challenge", "JSON", "a list of sitemaps", "no address"],
)  # fmt: skip
def test_what_is_no_feed_has_its_reason(body: str, kind: type[LayoutChanged]) -> None:
    """A page in place of a feed, or a feed of nothing, is never a night without news."""
    with pytest.raises(kind) as caught:
        titles(body)

    assert type(caught.value) is kind


def test_a_sitemap_without_news_has_no_entries() -> None:
    """Pages that it lists beside have no title to go by."""
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"

    with pytest.raises(Empty):
        titles(f'<urlset xmlns="{space}"><url><loc>https://www.example.org/1</loc></url></urlset>')


# --- recorded feeds -----------------------------------------------------------------------------------------------

# Entries with an address, by file; counted by hand.
ENTRIES = {
    "tass.com/rss/v2.xml": 4,
    "www.kommersant.ru/RSS/news.xml": 3,
    "www.themoscowtimes.com/rss/news.xml": 3,
    "www.scmp.com/rss/5/feed.xml": 2,
    "www.globaltimes.cn/rss/outbrain.xml": 3,
    "en.kremlin.ru/events/all/feed.xml": 3,
    "ria.ru/export/rss2/archive/index.xml": 2,
    "lenta.ru/rss/news.xml.gz": 2,
    "rss.dw.com/rdf/rss-en-all.xml": 1,
    "www.xinhuanet.com/english/rss/worldrss.xml": 1,
    "www.theguardian.com/sitemaps/news.xml": 2,
    "feeds.bbci.co.uk/news/world/rss.xml": 1,
    "trafilatura.test/resources/feed1.atom": 1,
    "trafilatura.test/resources/feed2.rss": 1,
}
REFUSED = {
    "www.reuters.com/world/rss.html": Blocked,
    "www.globaltimes.cn/rss/home.xml": WrongDocument,
    "feedparser.test/illformed/rss_empty_document.xml": WrongDocument,
    "feedparser.test/wellformed/rdf/doctype_contains_entity_decl.xml": Empty,
    "trafilatura.test/resources/sitemap.xml.gz": Empty,
}


def recorded(name: str) -> Payload:
    """A recorded feed with its address and header.

    Raises:
        Skipped: nothing is recorded beside the project.
    """
    if not RECORDED.is_dir():
        pytest.skip(f"nothing recorded beside the project: {RECORDED}")
    lines = (RECORDED / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    said = next(one for one in map(json.loads, lines) if one["file"] == name)
    return document((RECORDED / name).read_bytes(), said["content_type"], said["url"])


@pytest.mark.recorded
@pytest.mark.parametrize(("name", "count"), ENTRIES.items(), ids=ENTRIES)
def test_every_recorded_feed_is_read(name: str, count: int) -> None:
    """Each entry with an address, in plain letters."""
    entries = feeds.read(recorded(name), zone=MOSCOW)

    assert len(entries) == count
    assert all("\ufffd" not in entry.title and entry.title for entry in entries)


@pytest.mark.recorded
@pytest.mark.parametrize(("name", "kind"), REFUSED.items(), ids=REFUSED)
def test_every_recorded_trap_is_refused(name: str, kind: type[LayoutChanged]) -> None:
    """With the word for what it is."""
    with pytest.raises(kind) as caught:
        feeds.read(recorded(name))

    assert type(caught.value) is kind


HOSTILE = {
    "attributes": RSS.format("<item " + " ".join(f'a{n}="1"' for n in range(100_000)) + "></item>" + ITEM.format("t")),
    "attributes of the root": RSS.replace("<rss", "<rss " + " ".join(f'a{n}="1"' for n in range(100_000))).format(
        ITEM.format("t")
    ),
    "marks within attributes": RSS.format("<item " + " ".join(f"a{n}='>'" for n in range(100_000)) + "></item>"),
    "tags": RSS.format("<a>" * 1_000_000),
    "deep": RSS.format("<a>" * 1_000 + "</a>" * 1_000),
    "entries": RSS.format(ITEM.format("t") * 100_000),
    "literal sections": RSS.format("<![CDATA[" * 100_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_feed_that_would_cost_minutes_is_refused(name: str) -> None:
    """Its bytes are no attack on the night: too many attributes, tags, entries or levels are told before any parser runs."""
    with pytest.raises(LayoutChanged, match="at most"):
        feeds.read(document(HOSTILE[name]))


def test_a_large_feed_is_read() -> None:
    """A thousand entries with markup in them are no attack, and a title of ten megabytes is no title."""
    text = "<![CDATA[<p>a<br>b <img src='data:image/png;base64,AAAA=='></p>]]>"
    items = "".join(
        f"<item><title>t{n}</title><link>https://www.example.org/{n}</link><description>{text}</description></item>"
        for n in range(1_000)
    )
    whole = RSS.format(items + ITEM.format("x" * 10_000_000).replace("/1<", "/x<"))

    assert titles(whole) == [*(f"t{n}" for n in range(1_000)), ""]
