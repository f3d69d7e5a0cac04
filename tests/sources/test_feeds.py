"""Feeds: three formats, any declared character set, whole or not at all; what an entry lacks is empty, not guessed."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sources.contract import Payload
from sources.errors import Blocked, Empty, LayoutChanged
from sources.parse import feeds

MOSCOW = timezone(timedelta(hours=3))
RSS = '<rss version="2.0"><channel><title>t</title>{}</channel></rss>'
ITEM = "<item><title>Продажи</title><link>https://example.org/1</link>{}</item>"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>Visit</title><id>tag:example.org,1</id>'
    '<link rel="self" href="https://example.org/1.atom"/><link href="/events/1"/>'
    "<updated>2025-09-02T10:00:00+04:00</updated><summary>Talks</summary></entry></feed>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>t</title></channel>'
    '<item rdf:about="urn:1"><title>Trade</title><link>https://example.org/1</link>'
    "<description>Up</description><dc:date>2025-08-20T07:00:00Z</dc:date></item></rdf:RDF>"
)


def document(text: str | bytes, content_type: str = "") -> Payload:
    """A feed as it was fetched."""
    body = text if isinstance(text, bytes) else text.encode()
    return Payload("kamaz", "https://example.org/rss", body, "0" * 64, datetime(2026, 7, 24, tzinfo=UTC), content_type)


def one(text: str | bytes, zone: timezone | None = None) -> feeds.Entry:
    """The only entry of a feed."""
    (entry,) = feeds.read(document(text), zone=zone)
    return entry


def dated(said: str, zone: timezone | None = None) -> datetime | None:
    """When an item with that date was published."""
    return one(RSS.format(ITEM.format(f"<pubDate>{said}</pubDate>")), zone).published


def test_an_rss_item_gives_its_words_and_place() -> None:
    """Text in CDATA as it stands, the guid as identifier."""
    more = "<description><![CDATA[<p>34%</p>]]></description><guid>g1</guid>"
    entry = one(RSS.format(ITEM.format(more)))

    assert (entry.title, entry.link, entry.identifier) == ("Продажи", "https://example.org/1", "g1")
    assert (entry.summary, entry.published, entry.place) == ("<p>34%</p>", None, "/rss/channel/item[1]")


def test_atom_gives_the_page_and_not_the_feed_s_own_address() -> None:
    """A relative link is joined with the feed's; the time is UTC."""
    entry = one(ATOM)

    assert (entry.title, entry.link, entry.summary) == ("Visit", "https://example.org/events/1", "Talks")
    assert entry.published == datetime(2025, 9, 2, 6, 0, tzinfo=UTC)


def test_rss_of_the_first_kind_is_read_too() -> None:
    """RDF, with Dublin Core's date."""
    entry = one(RDF)

    assert (entry.title, entry.identifier, entry.summary) == ("Trade", "urn:1", "Up")
    assert entry.published == datetime(2025, 8, 20, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("Wed, 22 Oct 2025 16:40:00 +0300", datetime(2025, 10, 22, 13, 40, tzinfo=UTC)),
        ("Wed, 22 Oct 2025 16:40:00 GMT", datetime(2025, 10, 22, 16, 40, tzinfo=UTC)),
        ("2025-10-22T16:40:00Z", datetime(2025, 10, 22, 16, 40, tzinfo=UTC)),
        ("2025-10-13 18:40:00", None),
        ("yesterday", None),
        ("", None),
        ("Wed, 99 Oct 2025 16:40:00 +0300", None),
    ],
)
def test_dates_are_instants_or_nothing(said: str, moment: datetime | None) -> None:
    """A date without a zone is no instant as long as nobody says whose it is."""
    assert dated(said) == moment


def test_a_date_without_a_zone_takes_the_publisher_s() -> None:
    """18:40 in Moscow is 15:40 UTC."""
    assert dated("2025-10-13 18:40:00", MOSCOW) == datetime(2025, 10, 13, 15, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("charset", "declared"), [("cp1251", "windows-1251"), ("gb18030", "GB2312"), ("koi8-r", "koi8-r")]
)
def test_the_declaration_says_the_character_set(charset: str, declared: str) -> None:
    """Whatever the header says."""
    title = "新闻" if charset == "gb18030" else "Продажи"
    text = f'<?xml version="1.0" encoding="{declared}"?>' + RSS.format(ITEM.format("").replace("Продажи", title))
    (entry,) = feeds.read(document(text.encode(charset), "application/rss+xml; charset=utf-8"))

    assert entry.title == title


def test_blank_lines_before_the_declaration_do_no_harm() -> None:
    """Some servers send one."""
    assert one('\r\n\n<?xml version="1.0" encoding="utf-8"?>' + RSS.format(ITEM.format(""))).title == "Продажи"


def test_one_address_is_one_entry_and_none_is_left_out() -> None:
    """The first, which is the newest, counts; what has no address can't be cited, nor can what isn't http."""
    others = "<item><title>old</title><link>https://example.org/1</link></item><item><title>none</title></item>"
    script = "<item><title>bad</title><link>javascript:alert(1)</link></item>"
    guid = "<item><title>by guid</title><guid>https://example.org/2</guid></item>"
    entries = feeds.read(document(RSS.format(ITEM.format("") + others + script + guid)))

    assert [(e.title, e.link) for e in entries] == [
        ("Продажи", "https://example.org/1"),
        ("by guid", "https://example.org/2"),
    ]


def test_a_feed_without_entries_has_none() -> None:
    """What that means is for the source to say."""
    assert feeds.read(document(RSS.format(""))) == ()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (RSS.format(ITEM.format(""))[:-20], LayoutChanged),
        ("<rss version='2.0'></rss>", LayoutChanged),
        (RSS.format("<item><title>a</title></item>"), LayoutChanged),
        ("<!DOCTYPE html><html><body>403</body></html>", Blocked),
        ('<!DOCTYPE rss [<!ENTITY a "b">]>' + RSS.format(ITEM.format("")), LayoutChanged),
        ("", Empty),
        ('{"items": []}', LayoutChanged),
    ],
    ids=["cut", "no channel", "no address at all", "a page", "a document type", "nothing", "JSON"],
)
def test_what_is_no_whole_feed_is_refused(text: str, error: type[LayoutChanged]) -> None:
    """With its reason, and without an entry."""
    with pytest.raises(error):
        feeds.read(document(text))


def test_a_feed_is_known_by_its_root() -> None:
    """Behind a declaration, comments and a prefix."""
    assert feeds.is_feed(document('<?xml version="1.0"?><!-- a > b -->\n' + RSS.format("")))
    assert feeds.is_feed(document(RDF))
    assert not feeds.is_feed(document("<html><body>rss</body></html>"))
