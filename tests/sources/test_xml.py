"""What reading XML promises: the document's own text, or one typed error that says what came instead."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from sources.contract import Payload
from sources.errors import Blocked, Empty, LayoutChanged
from sources.parse import xml

HEAD = b'<?xml version="1.0" encoding="windows-1251"?>'
GOOD = HEAD + '<Rates day="1"><Rate>Юань</Rate><Rate> 12,5 </Rate><Bank>A</Bank></Rates>'.encode("cp1251")


def payload(body: bytes, content_type: str = "") -> Payload:
    """A payload as a walk would hand it over."""
    return Payload(
        source="cbr_fx",
        url="https://www.cbr.ru/scripts/XML_daily.asp",
        body=body,
        sha256="0" * 64,
        fetched_at=datetime(2026, 1, 15, tzinfo=UTC),
        content_type=content_type,
    )


def test_the_charset_of_the_declaration_is_honoured() -> None:
    """Cyrillic of windows-1251 arrives as Cyrillic, and the blanks around a text are gone."""
    rates = xml.root(payload(GOOD), "Rates")

    assert [rate.element.text for rate in rates.children("Rate")] == ["Юань", " 12,5 "]
    assert rates.text("Bank") == "A"
    assert rates.attribute("day") == "1"


@pytest.mark.parametrize(
    "encoded",
    [
        b"\xef\xbb\xbf" + "<Rates><Bank>Банк</Bank></Rates>".encode(),
        b"\xff\xfe" + "<Rates><Bank>Банк</Bank></Rates>".encode("utf-16-le"),
        b"\xfe\xff" + '<?xml version="1.0" encoding="utf-16"?><Rates><Bank>Банк</Bank></Rates>'.encode("utf-16-be"),
        b'<?xml version="1.0" encoding="gb2312"?>' + "<Rates><Bank>Банк</Bank></Rates>".encode("gb18030"),
        b"<Rates><Bank>&#1041;&#x430;&#1085;&#1082;</Bank></Rates>",
        "<Rates><!-- <Bank>x</Bank> --><Bank><![CDATA[Банк]]></Bank></Rates>".encode(),
    ],
    ids=["utf-8 mark", "utf-16 mark", "utf-16 big-endian", "Chinese", "references", "comment and cdata"],
)
def test_the_same_text_in_any_honest_dress_reads_the_same(encoded: bytes) -> None:
    """P-29: Byte order marks, declarations, character references, comments and CDATA change nothing."""
    assert xml.root(payload(encoded), "Rates").text("Bank") == "Банк"


def test_without_a_declaration_the_header_names_the_charset() -> None:
    """A declaration that was lost on the way is made up for by Content-Type."""
    body = "<Rates><Bank>Банк</Bank></Rates>".encode("cp1251")

    read = xml.root(payload(body, "application/xml; charset=windows-1251"), "Rates")

    assert read.text("Bank") == "Банк"


def test_a_place_leads_back_to_its_element() -> None:
    """A node names its place as an XPath from the root, counted from 1."""
    rates = xml.root(payload(GOOD), "Rates")

    assert [rate.place for rate in rates.children("Rate")] == ["/Rates/Rate[1]", "/Rates/Rate[2]"]
    assert rates.only("Bank").place == "/Rates/Bank"


@pytest.mark.parametrize("body", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_answer_is_no_success(body: bytes) -> None:
    """Nothing, blanks or a byte order mark alone is Empty."""
    with pytest.raises(Empty):
        xml.root(payload(body), "Rates")


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>",
        b"\n<html><body><script>$_ts=window['$_ts'];</script></body></html>",
        "<!-- x --><HTML><body>Доступ ограничен</body></HTML>".encode(),
        b"<br />\n<b>Fatal error</b>:  Allowed memory size exhausted",
    ],
)
def test_a_web_page_in_place_of_xml_is_blocked(body: bytes) -> None:
    """A challenge, an error page or a server's warning is told from XML that changed."""
    with pytest.raises(Blocked):
        xml.root(payload(body), "Rates")


LAUGHS = b'<!DOCTYPE Rates [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "body",
    [
        LAUGHS + b"<Rates><Bank>&b;</Bank></Rates>",
        b"<?xml version='1.0'?> <!-- x --> <!doctype Rates [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><Rates>&x;</Rates>",
        b'<!DOCTYPE Rates SYSTEM "http://127.0.0.1:9/x.dtd"><Rates/>',
        b'<!DOCTYPE Rates [<!ENTITY harmless "x">]><Rates/>',
        b"<Rates>&undeclared;</Rates>",
        b'<Rates day="&undeclared;"/>',
    ],
    ids=["bomb", "file", "external", "harmless", "undeclared", "undeclared in an attribute"],
)
def test_no_document_type_and_no_entity_is_let_in(body: bytes) -> None:
    """P-32: Whatever a DTD could do, it is refused before anything is expanded, read or asked for."""
    with pytest.raises(LayoutChanged):
        xml.root(payload(body), "Rates")


@pytest.mark.parametrize(
    "broken",
    [
        lambda good: good[: len(good) // 2],
        lambda good: good[:-8],
        lambda good: good + good,
        lambda good: good + b"timeout",
        lambda good: b" \n" + good,
        lambda good: good.replace(b"windows-1251", b"utf-8"),
        lambda good: good.replace(b"windows-1251", b"utf-7"),
        lambda good: good.replace(b"windows-1251", b"x-none"),
        lambda good: good.replace(b"Bank>A", b"Bank>A\x00"),
        lambda good: good.replace(b"Rates", b"Error"),
        lambda good: good.replace(b"<Rates ", b'<Rates xmlns="urn:other" '),
        lambda _: b"\xff\xfe\x00\x00" + "<Rates/>".encode("utf-32-le"),
        lambda _: "<Rates>\ufffd</Rates>".encode(),
        lambda _: b"<z>" * 100_000 + b"<Rates/>" + b"</z>" * 100_000,
        lambda _: b"<Rates>" + b"x" * (16 << 20) + b"</Rates>",
        lambda _: b'{"statusCode": 429}',
    ],
)
def test_cut_damaged_and_foreign_documents_are_refused(broken: Callable[[bytes], bytes]) -> None:
    """What isn't whole, isn't the charset it claims, or has another root gives one typed error, never a tree."""
    with pytest.raises(LayoutChanged):
        xml.root(payload(broken(GOOD)), "Rates")


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (b"", "found 0"),
        (b"<Bank>A</Bank><Bank>B</Bank>", "found 2"),
        (b"<Bank> </Bank>", "nothing in it"),
        (b"<Bank><b>A</b></Bank>", "elements in it"),
    ],
)
def test_exactly_one_text_or_an_error_that_names_its_place(inside: bytes, said: str) -> None:
    """No such child, two of them, an empty one or markup inside: none has a text, and the place is said."""
    rates = xml.root(payload(b"<Rates>" + inside + b"</Rates>"), "Rates")

    with pytest.raises(LayoutChanged, match=r"/Rates/Bank") as raised:
        rates.text("Bank")

    assert said in str(raised.value)


def test_a_missing_attribute_is_named() -> None:
    """An attribute that must be there and isn't is an error, one that may be missing is None."""
    rates = xml.root(payload(GOOD), "Rates")

    assert rates.get("Date") is None
    with pytest.raises(LayoutChanged, match="Date"):
        rates.attribute("Date")
