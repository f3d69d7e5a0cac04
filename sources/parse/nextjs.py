"""Pages made by Next.js: what they show stands as JSON in `<script id="__NEXT_DATA__">`, their body is empty.

Since version 13 a site may send its pages in pieces (`self.__next_f.push`) instead: another layout, in which nothing
is found by name. Such a page has no `__NEXT_DATA__`, and is never taken for one without news.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Final

from bs4 import BeautifulSoup

from sources.contract import Payload
from sources.errors import LayoutChanged
from sources.parse import html

__all__ = ["data", "mappings"]

SCRIPT: Final = "script#__NEXT_DATA__"
PIECES: Final = "self.__next_f"


def data(payload: Payload, page: BeautifulSoup) -> Mapping[str, object]:
    """The JSON object of the page.

    Raises:
        LayoutChanged: there is none (a page in pieces among them), or several, or it is no whole JSON object.
    """
    if not page.select(SCRIPT) and any(PIECES in html_script.get_text() for html_script in page.select("script")):
        raise LayoutChanged(
            payload, at=SCRIPT, expected="one script with the page's data", found=f"layout changed: {PIECES} instead"
        )
    script = html.one(payload, page, SCRIPT)
    try:
        found = json.loads(script.get_text())
    except (ValueError, RecursionError) as broken:
        raise LayoutChanged(payload, at=SCRIPT, expected="whole JSON", found=broken) from broken
    if not isinstance(found, dict):
        raise LayoutChanged(payload, at=SCRIPT, expected="a JSON object", found=type(found).__name__)
    return found


def mappings(root: object, path: str = "") -> Iterator[tuple[str, Mapping[str, object]]]:
    """Every object below `root` with its place (`props.pageProps.news[3]`), parents first."""
    waiting: list[tuple[str, object]] = [(path, root)]
    while waiting:
        place, node = waiting.pop()
        if isinstance(node, dict):
            yield place, node
            below = [(f"{place}.{name}" if place else name, child) for name, child in node.items()]
        elif isinstance(node, list):
            below = [(f"{place}[{n}]", child) for n, child in enumerate(node)]
        else:
            continue
        waiting.extend(reversed(below))
