"""News outlets with a feed: one module for all of them, bound to an entry of the catalogue.

Layout    RSS, RDF, Atom or a news sitemap; behind its entries article pages of any make (`sources.parse.news.pages`).
Calendar  a feed holds what is newest, one day to one month: what it no longer lists can't be asked for again.
Traps     HTML with status 200 where a feed was; a feed that stands still; dates without a zone; relative and hostile
          links; entries without id or date. Of an outlet that wants no copies only headline, link and date are kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from sources.contract import Payload, Request, Row, Window
from sources.errors import LayoutChanged
from sources.parse.news import feeds, outlets
from sources.parse.news.outlets import Outlet

__all__ = ["Feed", "of"]


class Feed:
    """The source of one outlet; see `sources.contract.Source`."""

    def __init__(self, outlet: Outlet) -> None:
        """Bind it to what the catalogue says of the outlet."""
        self.outlet = outlet

    @property
    def PARSER(self) -> int:  # noqa: N802 (as the protocol has it)
        """The version of the reading of news."""
        return outlets.PARSER

    def plan(self, window: Window) -> Iterator[Request]:  # noqa: ARG002 (a feed holds what is newest, whatever is asked)
        """The feeds of the outlet."""
        for address in (self.outlet.url, *self.outlet.feeds):
            yield Request(address, role="feed", title=self.outlet.outlet)

    def links(self, payload: Payload, window: Window) -> Iterator[Request]:  # noqa: ARG002 (as above)
        """The article pages that the newest entries on the topic lead to; what is no feed, `parse` says."""
        try:
            entries = self._entries(payload)
        except LayoutChanged:
            return
        yield from outlets.requests(entries, self.outlet, payload)

    def parse(self, payload: Payload) -> Iterator[Row]:
        """Headlines of a feed, or an article page.

        Raises:
            LayoutChanged: or one of its kinds.
        """
        if payload.role == "feed" or feeds.is_feed(payload):
            entries = self._entries(payload)
            yield from outlets.freshness(entries, payload)
            yield from outlets.headlines(entries, self.outlet, payload)
        else:
            said = self.outlet
            yield from outlets.page_rows(payload, outlet=said.outlet, language=said.language, zone=said.zone)

    def _entries(self, payload: Payload) -> tuple[feeds.Entry, ...]:
        return feeds.read(payload, zone=outlets.zone_of(self.outlet))


def of(outlet: Outlet) -> Feed:
    """The source of an outlet."""
    return Feed(outlet)
