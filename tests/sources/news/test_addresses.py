"""What addresses of articles promise: one spelling an article, and no page that takes the place of another outlet's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.parse.news import addresses

BASE = "https://www.example.com/economy/list.html"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HTTPS://User:secret@WWW.Example.COM:443/News/1#top", "https://www.example.com/News/1"),
        ("http://www.example.com:8080/a", "http://www.example.com:8080/a"),
        ("https://example.com", "https://example.com/"),
        ("http://www.example.com/a", "https://www.example.com/a"),
        ("http://www.example.com:80/a?id=1", "https://www.example.com/a?id=1"),
        ("/news/2", "https://www.example.com/news/2"),
        ("3.html", "https://www.example.com/economy/3.html"),
        ("//cdn.example.com/x", "https://cdn.example.com/x"),
        (
            "https://example.com/a?utm_source=x&id=7&fbclid=1&b=2&from=main&maca=en&at_medium=RSS&cmpid=q",
            "https://example.com/a?id=7&b=2",
        ),
        ("https://example.com/a?z=1&b=2&a=3", "https://example.com/a?z=1&b=2&a=3"),
        ("https://example.com/?cid=12&eid=3", "https://example.com/?cid=12&eid=3"),
        ("https://example.com/s?q=%d0%e8", "https://example.com/s?q=%D0%E8"),
        ("https://example.com/новости", "https://example.com/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
        ("https://президент.рф/a", "https://xn--d1abbgf6aiiy.xn--p1ai/a"),
        ("https://example.com/amp/2025/x", "https://example.com/2025/x"),
        ("https://example.com/news/amp/x-1", "https://example.com/news/x-1"),
        ("https://example.com/2025/x/amp/", "https://example.com/2025/x"),
        ("https://example.com/2025/x.amp.html", "https://example.com/2025/x.html"),
        ("https://example.com/2025/x?amp", "https://example.com/2025/x"),
        ("https://amp.example.com/x", "https://www.example.com/x"),
        ("https://m.example.co.uk/x", "https://www.example.co.uk/x"),
        ("https://mobile.news.example.com/x", "https://news.example.com/x"),
        ("https://m.com/x", "https://m.com/x"),
        ("https://amplify.example.com/ampere/x", "https://amplify.example.com/ampere/x"),
        (" https://example.com/a\n b ", "https://example.com/ab"),
    ],
)
def test_an_address_has_one_spelling(written: str, meant: str) -> None:
    """What names the article stays, what follows its reader goes, twins become the page itself."""
    assert addresses.normal(written, BASE) == meant
    assert addresses.normal(meant) == meant


@pytest.mark.parametrize(
    "written",
    [
        "", "javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "mailto:a@example.com", "ftp://example.com/x", "https://",
        "https://localhost/x", "http://[::1]/", "http://[broken/", "https://example.com:99999/", "https://exa mple<b>.com/",
        "https://example.com/" + "x" * 2001,
    ],
)  # fmt: skip
def test_what_no_reader_could_open_is_no_address(written: str) -> None:
    """Only http and https of a host with a name."""
    assert addresses.normal(written) is None


def test_a_page_names_its_address_only_on_its_own_site() -> None:
    """A copy at a syndicator, or a page that claims another outlet's address, keeps the address it was fetched from."""
    copied = "https://finance.example.com/news/1?utm_source=x"

    assert addresses.canonical(copied, ["https://www.reuters.com/world/1/"]) == "https://finance.example.com/news/1"
    assert (
        addresses.canonical(copied, ["https://www.reuters.com/1", "https://www.example.com/a"])
        == "https://www.example.com/a"
    )
    assert addresses.canonical(copied, ["javascript:alert(1)", "", "/news/2"]) == "https://finance.example.com/news/2"
    assert addresses.canonical(copied, ["https://www.example.com/"]) == "https://finance.example.com/news/1"


def test_names_under_one_suffix_are_several_sites() -> None:
    """Blogs of one host and ministries of one state don't speak for each other."""
    assert not addresses.same_site("https://one.blogspot.com/a", "https://two.blogspot.com/a")
    assert not addresses.same_site("https://a.co.uk/", "https://b.co.uk/")
    assert not addresses.same_site("http://10.0.0.1/", "http://192.168.0.1/")
    assert addresses.same_site("https://english.mofcom.gov.cn/a", "http://www.mofcom.gov.cn/")
    assert addresses.registrable("news.bbc.co.uk") == "bbc.co.uk"
    assert addresses.registrable("co.uk") == ""


def test_a_file_takes_the_address_that_its_page_claims() -> None:
    """Where nobody says where a page stood, its own claim is the best there is."""
    assert addresses.canonical("file:///tmp/a.html", ["x:y", "https://example.com/a"]) == "https://example.com/a"
    assert addresses.canonical("file:///tmp/a.html", []) == "file:///tmp/a.html"


def test_an_outlet_is_named_by_its_host() -> None:
    """Without `www.` and twins, and never by a part of the name itself."""
    assert addresses.outlet_of("https://www.example.com/x") == "example.com"
    assert addresses.outlet_of("https://m.news.example.com/x") == "news.example.com"
    assert addresses.outlet_of("https://m.com/x") == "m.com"


def test_one_article_has_one_id() -> None:
    """With http and https, with and without `www.` and the last slash; another query is another article."""
    known = addresses.article_id("https://www.example.com/a/1")

    assert known.startswith("a-")
    assert len(known) == len("a-") + 16
    assert {
        addresses.article_id(f"{begin}example.com/a/1{end}")
        for begin in ("http://", "https://www.")
        for end in ("", "/", "#x", "/amp")
    } == {known}
    assert addresses.article_id("https://www.example.com/a/1?id=2") != known


@given(st.text(max_size=60), st.sampled_from(["https://example.com/", "//m.example.com/", "", "/amp/", "?"]))
def test_a_spelling_is_its_own(text: str, begin: str) -> None:
    """Whatever is given, what comes out is http(s), and comes out again as it is."""
    found = addresses.normal(begin + text, BASE)

    if found is not None:
        assert found.startswith(("http://", "https://"))
        assert addresses.normal(found) == found


def test_an_address_is_asked_as_it_was_linked() -> None:
    """Sites that answer on http alone are asked there, although their articles are known by https."""
    assert addresses.asked("http://www.example.com/a?utm_source=x") == "http://www.example.com/a"
    assert addresses.asked("/b", "http://www.example.com/list") == "http://www.example.com/b"
    assert addresses.normal("/b", "http://www.example.com/list") == "https://www.example.com/b"
