"""Official sites without a feed: list pages of links with a day beside each, and the notices behind them.

Layout    A list page of anchors, each with a day in the same item (`2025-08-13`, `2025/08/13`; `08-13` is none): the
          press releases and notices of the Ministry of Commerce, the news of China Customs. No live page could be
          seen: the days and the anchors are all that is relied on, no class names.
Calendar  as news comes.
Traps     Menus are anchors too, but without a day. Relative links. A challenge with status 200.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from bs4.element import Tag

from sources.contract import Payload, Request, Row, Window
from sources.errors import LayoutChanged
from sources.parse import html
from sources.parse.news import addresses, outlets
from sources.parse.news.feeds import Entry
from sources.parse.news.outlets import Outlet

__all__ = ["Listing", "of"]

DAY: Final = re.compile(r"(?<!\d)(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?!\d)")
ITEM: Final = 400  # characters: an item of a list, no article
SHORTEST: Final = 8
ENOUGH: Final = 3  # items that make a list


class Listing:
    """The source of one official site; see `sources.contract.Source`."""

    def __init__(self, outlet: Outlet) -> None:
        """Bind it to what the catalogue says of the site."""
        self.outlet = outlet

    @property
    def PARSER(self) -> int:  # noqa: N802 (as the protocol has it)
        """The version of the reading of news."""
        return outlets.PARSER

    def plan(self, window: Window) -> Iterator[Request]:  # noqa: ARG002 (a list holds what is newest, whatever is asked)
        """The list pages of the site."""
        for address in (self.outlet.url, *self.outlet.feeds):
            yield Request(address, role="index", title=self.outlet.outlet)

    def links(self, payload: Payload, window: Window) -> Iterator[Request]:  # noqa: ARG002 (as above)
        """The pages that the newest items on the topic lead to.

        Raises:
            LayoutChanged: no list of links with days.
        """
        yield from outlets.requests(self._items(payload), self.outlet, payload)

    def parse(self, payload: Payload) -> Iterator[Row]:
        """A notice.

        Raises:
            LayoutChanged: or one of its kinds.
        """
        said = self.outlet
        yield from outlets.page_rows(payload, outlet=said.outlet, language=said.language, zone=said.zone)

    def _items(self, payload: Payload) -> list[Entry]:
        found = []
        for number, anchor in enumerate(html.document(payload).select("a[href]"), start=1):
            title = html.squeeze(str(anchor.get("title") or "") or html.raw(anchor))
            day = _day_beside(anchor)
            link = addresses.normal(str(anchor["href"]), payload.url)
            if day is not None and link and len(title) >= SHORTEST:
                title = DAY.sub("", title).strip()
                found.append(Entry(title, link, link, "", "", day, f"link {number}"))
        if len(found) < ENOUGH:
            raise LayoutChanged(
                payload, at="a[href]", expected="a list of links with a day beside each", found=str(len(found))
            )
        return found


def _day_beside(anchor: Tag) -> datetime | None:
    """The day in the item that an anchor stands in: the smallest element around it that holds one."""
    element: Tag | None = anchor
    for _ in range(4):
        if element is None:
            return None
        text = html.squeeze(html.raw(element))
        if len(text) > ITEM:
            return None
        if found := DAY.search(text):
            try:
                return datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC)
            except ValueError:
                return None
        element = element.parent
    return None


def of(outlet: Outlet) -> Listing:
    """The source of a site."""
    return Listing(outlet)
