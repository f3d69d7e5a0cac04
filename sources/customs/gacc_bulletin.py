"""China Customs (GACC): monthly bulletin, trade by country of origin and destination, in verified figures.

Layout    Index: a year's `Title | Month` table, titles with full-width parentheses. Table (2): `Unit:US$1,000`,
          two header rows, name | Total, Exports, Imports (month `6`, since January `1to6`) | change in percent
          of the figure since January; 250 to 290 rows in the order of China's own country codes. Chinese articles
          saved by hand: `6月`, `1至6月`, `累计比去年同期±%`, in thousand dollars or `万元`, the minute in `发布时间`.
Calendar  18th to 22nd of the next month; January's often with February's. `.atcl-date` can be months late.
Traps     January has 7 columns, the month is all there is. `####` hides a number too wide for its column: the
          value is lost, not zero. `-` is nil. `China` as a partner is re-imports. Percent on tiny bases is
          real. Tables (15) and (16), partner by HS division, are kept unread: no page was seen yet.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from sources.contract import Payload, Request, Row, Window
from sources.parse import gacc, gacc_index

__all__ = ["PARSER", "links", "parse", "plan"]
PARSER: Final = 1  # raise it when the same bytes would give other rows
READ: Final = timedelta(days=30)
KEPT: Final = timedelta(days=3650)


def plan(window: Window) -> Iterator[Request]:
    """The year's index, in January and February also the last year's."""
    return gacc_index.plan(window, "monthly")


def links(payload: Payload, window: Window) -> Iterator[Request]:
    """Table (2) of each published month; (15) and (16) to keep.

    Raises:
        LayoutChanged: the index isn't one, lacks table (2), or links nothing.
    """
    return gacc_index.links(payload, window, _wanted, expected=["2 USD"])


def _wanted(title: str) -> gacc_index.Wanted | None:
    says = gacc.read_title(title)
    if says.kind == "2":
        return gacc_index.Wanted(f"2 {says.currency or 'USD'}", "data", READ)
    return gacc_index.Wanted(says.kind, "keep", KEPT) if says.kind in {"15", "16"} else None


def parse(payload: Payload) -> Iterator[Row]:
    """Table (2): China's trade with each partner, the month and since January, with the year-on-year change.

    Raises:
        LayoutChanged: or one of its kinds, naming row and column.
    """
    return gacc.by_country(gacc.page(payload, ["2"]), status="A")
