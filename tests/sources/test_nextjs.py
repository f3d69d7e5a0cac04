"""Pages of Next.js: the data in the script or a reason, never an empty page taken for one without news."""

from datetime import UTC, datetime

import pytest

from sources.contract import Payload
from sources.errors import LayoutChanged
from sources.parse import html, nextjs


def document(script: str) -> Payload:
    """A page with that script element."""
    body = f"<!DOCTYPE html><html><head><title>a</title></head><body>{script}</body></html>".encode()
    return Payload("lada", "https://www.lada.ru/press-releases", body, "0" * 64, datetime(2026, 7, 24, tzinfo=UTC))


def read(script: str) -> object:
    """The data of such a page."""
    payload = document(script)
    return nextjs.data(payload, html.document(payload))


def wrapped(text: str) -> str:
    """A script element with the page's data."""
    return f'<script id="__NEXT_DATA__" type="application/json">{text}</script>'


def test_the_data_is_the_json_of_the_script() -> None:
    """As it stands, Cyrillic and escaped markup included."""
    assert read(wrapped('{"name": "ЛАДА \\u003cb>"}')) == {"name": "ЛАДА <b>"}


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("<script>self.__next_f.push([1])</script>", "layout changed"),
        ("<p>nothing</p>", "0"),
        (wrapped("{}") * 2, "2"),
        (wrapped('{"a": '), "Expecting value"),
        (wrapped("[]"), "list"),
        (wrapped("[" * 200_000), "recursion"),
    ],
    ids=["in pieces", "none", "two", "cut", "a list", "too deep"],
)
def test_what_is_no_whole_object_has_a_reason(script: str, found: str) -> None:
    """The message names the script and what was there."""
    with pytest.raises(LayoutChanged) as caught:
        read(script)

    assert "__NEXT_DATA__" in caught.value.at
    assert found in str(caught.value.found)


def test_every_object_is_found_with_its_place() -> None:
    """Parents first, in the order of the page."""
    places = [place for place, _ in nextjs.mappings({"a": [{"b": {}}, 1], "c": {"d": None}})]

    assert places == ["", "a[0]", "a[0].b", "c"]
