"""Single article pages of any outlet, brought by a person: `amur ingest --source article FILE-or-URL`.

Layout    JSON-LD, OpenGraph or a plain layout; see `sources.parse.news.pages`.
Calendar  none: a person chooses.
Traps     The address that a page claims counts only on the site that it was fetched from, or where nobody says one.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from sources.contract import Payload, Request, Row, Window
from sources.contract import no_links as links
from sources.errors import WrongDocument
from sources.parse.news import feeds, outlets

__all__ = ["PARSER", "links", "parse", "plan"]
PARSER: Final = outlets.PARSER


def plan(window: Window) -> Iterable[Request]:  # noqa: ARG001 (the protocol's signature)
    """Nothing: its pages are brought."""
    return ()


def parse(payload: Payload) -> Iterator[Row]:
    """The article, its events and its figures.

    Raises:
        LayoutChanged: or one of its kinds: no article.
    """
    if feeds.is_feed(payload):
        raise WrongDocument(payload, expected="an article page", found="a feed: ingest it as its outlet's source")
    yield from outlets.page_rows(payload)
