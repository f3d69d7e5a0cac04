"""Official sites without a feed: list pages of links with a day beside each, and the notices behind them.

Layout    A list page of anchors, each with a day of its own (`2025-08-13`, `2025/08/13`, `August 13, 2025`, `13 August
          2025`, `2025年8月13日`; `08-13` is none), in the same item or between it and the next anchor: the press
          releases and notices of the Ministry of Commerce, the news of China Customs. No live page could be seen: the
          days and the anchors are all that is relied on, no class names.
Calendar  as news comes.
Traps     Menus are anchors too, but without a day; a day beside two addresses is neither's. An item may link twice,
          with its picture and its title. Relative links, and a `<base>` that they count from. A challenge with 200.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import Final

from bs4.element import NavigableString, Tag

from sources.contract import Payload, Request, Row, Window
from sources.errors import LayoutChanged
from sources.parse import html
from sources.parse.news import addresses, outlets
from sources.parse.news.feeds import Entry
from sources.parse.news.outlets import Outlet

__all__ = ["Listing", "of"]

MONTHS: Final = MappingProxyType(
    {
        name: number
        for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)  # noqa: SIM905 (twelve of a kind)
    }
)
NAME: Final = rf"(?:{'|'.join(MONTHS)})[a-z]*\.?"
DAY: Final = re.compile(
    r"(?<!\d)(?P<year>20\d\d)\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})\s?日?(?!\d)"
    rf"|\b(?P<name2>{NAME})\s(?P<day2>\d{{1,2}}),?\s(?P<year2>20\d\d)(?!\d)"
    rf"|(?<!\d)(?P<day3>\d{{1,2}})\s(?P<name3>{NAME}),?\s(?P<year3>20\d\d)(?!\d)",
    re.IGNORECASE,
)
# What a ministry does about trade: "countermeasures against two banks of the EU" need not name Russia in its heading.
MEASURES: Final = frozenset({"tariffs", "bans", "dumping"})
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
        yield from outlets.requests(self._items(payload), self.outlet, payload, also=MEASURES)

    def parse(self, payload: Payload) -> Iterator[Row]:
        """A notice.

        Raises:
            LayoutChanged: or one of its kinds.
        """
        said = self.outlet
        yield from outlets.page_rows(payload, outlet=said.outlet, language=said.language, zone=said.zone)

    def _items(self, payload: Payload) -> list[Entry]:
        page = html.document(payload)
        base = _base(page, payload.url)
        found: dict[str, Entry] = {}
        for number, anchor in enumerate(page.select("a[href]"), start=1):
            said = html.squeeze(html.raw(anchor))
            title = html.squeeze(DAY.sub("", html.squeeze(str(anchor.get("title") or "")) or said))
            link = addresses.asked(str(anchor["href"]), base)
            if link is None or len(title) < SHORTEST or link in found:
                continue
            if (day := _day_of(anchor)) is not None:
                found[link] = Entry(title, link, link, "", "", day, f"link {number}")
        if len(found) < ENOUGH:
            raise LayoutChanged(
                payload, at="a[href]", expected="a list of links with a day beside each", found=str(len(found))
            )
        return list(found.values())


def _base(page: Tag, url: str) -> str:
    said = page.select_one("base[href]")
    return (addresses.asked(str(said["href"]), url) or url) if said is not None else url


def _day_of(anchor: Tag) -> date | None:
    """The day of the item that an anchor makes: of its own words, of what follows it, of what holds it and no other."""
    own = _day_in(html.raw(anchor))
    if own is not None:
        return own
    following = ""
    for sibling in anchor.next_siblings:
        if isinstance(sibling, Tag) and (sibling.name == "a" or sibling.find("a") is not None):
            break
        if isinstance(sibling, Tag):
            following += f" {html.raw(sibling)}"
        elif type(sibling) is NavigableString:  # not a comment
            following += sibling
        if len(following) > ITEM:
            break
    if (day := _day_in(following[:ITEM])) is not None:
        return day
    element = anchor.parent
    for _ in range(4):
        if element is None or any(other["href"] != anchor["href"] for other in element.select("a[href]")):
            return None
        text = html.squeeze(html.raw(element))
        if len(text) > ITEM:
            return None
        if (day := _day_in(text)) is not None:
            return day
        element = element.parent
    return None


def _day_in(text: str) -> date | None:
    found = DAY.search(html.squeeze(text))
    if found is None:
        return None
    said = {name.rstrip("23"): value for name, value in found.groupdict().items() if value}
    month = MONTHS[said["name"][:3].lower()] if "name" in said else int(said["month"])
    try:
        return date(int(said["year"]), month, int(said["day"]))
    except ValueError:
        return None


def of(outlet: Outlet) -> Listing:
    """The source of a site."""
    return Listing(outlet)
