"""What tables (4), (5) and (6) of the preliminary release must satisfy: big partners, major commodities."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from expectations import common
from expectations.common import Sheet, between
from expectations.customs import trade

__all__ = ["SUITE", "measure"]

LEAST_PARTNERS: Final = 10  # Total, Russia and eight others; 30 as a rule
LEAST_COMMODITIES: Final = 10  # 30 and more as a rule
REQUIRED: Final = ("W0", "RU")
PARTS: Final = ("EU", "ASEAN", "_LATAM", "_AFRICA")
MOST_OF_TRADE: Final = (*PARTS, "US")
BREXIT: Final = 2020 * 12 + 2  # until February 2020 the United Kingdom stands among the EU's members
TONNE: Final = "t"
# Rows that stand behind most others in (5) and (6), in every year and layout.
LATE_ROWS: Final = {
    "mechanical and electrical products": "mechanical and electrical", "high-tech products": "tech product",
}  # fmt: skip
# Dollars a tonne (vehicles: each) that goods have cost in most years since 2018, give or take a half.
USUAL_PRICES: Final = {
    "steel products": 800.0, "unwrought aluminium and aluminium products": 3200.0, "refined petroleum products": 700.0,
    "fertilizers": 330.0, "motor vehicles": 15_500.0, "crude petroleum oils": 520.0, "coal and lignite": 95.0,
    "natural gases": 500.0, "iron ores and concentrates": 105.0, "soybeans": 520.0,
}  # fmt: skip
LEAST_PRICES: Final = 4


def measure(sheet: Sheet) -> None:
    """The columns and facts of `SUITE`."""
    common.measure(sheet)
    trade.measure(sheet)
    rows = sheet.rows
    _by_country(sheet)
    values = rows[(rows["measure"] == "trade_value") & rows["own"]]
    listed = values[values["dataset"].isin(trade.COMMODITIES)]
    sheet.fact(
        "commodities",
        listed["product"].nunique() + len(sheet.batch.doubts) if len(listed) else float("nan"),
        "commodities on the page",
    )
    names = listed["product"].astype("str").unique()
    lost = [row for row, words in LATE_ROWS.items() if not any(words in name for name in names)]
    known = len(listed) > 0 and not sheet.batch.doubts
    sheet.fact("late_rows_missing", len(lost) if known else float("nan"), f"missing: {', '.join(lost)}" if lost else "")
    _prices(sheet)
    level = listed["level"] * listed["usd"] / 1e9
    sheet.fact("median_commodity_usd_bn", level.median(), "billion dollars a month, the page's median commodity")
    tonnes = rows[(rows["measure"] == "quantity") & (rows["unit"] == TONNE)]
    on = ["dataset", "flow", "product", "freq", "start", "end"]
    worth = common.lookup(tonnes, rows[rows["measure"] == "trade_value"], on, ["value", "usd"])
    ample = tonnes["value"] > 20 * tonnes["precision"]
    sheet.put("usd_a_tonne", (worth["value"] * worth["usd"] / tonnes["value"]).where(ample & (worth["value"] > 0)))


def _prices(sheet: Sheet) -> None:
    """How many orders of magnitude the page's prices are from usual ones: their median, of goods that have one."""
    rows = sheet.rows
    pieces = rows[(rows["measure"] == "quantity") & rows["own"] & rows["product"].isin(list(USUAL_PRICES))]
    on = ["dataset", "flow", "product", "freq", "start", "end"]
    worth = common.lookup(pieces, rows[rows["measure"] == "trade_value"], on, ["value", "usd"])
    usual = pieces["product"].astype("str").map(USUAL_PRICES).astype("float64")
    price = worth["value"] * worth["usd"] / pieces["value"].where(pieces["value"] > 0)
    orders = np.log10((price / usual).where(price > 0)).dropna()
    enough = len(orders) >= LEAST_PRICES
    sheet.fact("median_orders_from_prices", orders.median() if enough else float("nan"), "orders of magnitude")


def _by_country(sheet: Sheet) -> None:
    rows = sheet.rows
    values = rows[(rows["measure"] == "trade_value") & (rows["dataset"] == trade.BY_COUNTRY)]
    names = set(values["area"])
    nothing = float("nan")
    sheet.fact(
        "partners", len(names) + len(sheet.batch.doubts) if names else nothing, "partners and groups on the page"
    )
    lost = [name for name in REQUIRED if name not in names]
    sheet.fact("required_missing", len(lost) if names else nothing, f"missing: {', '.join(lost)}" if lost else "")
    own = values[values["own"]]
    sheet.put("partner_value", own["value"].where(own["given"], 0.0))
    cover = _cover(rows)
    trade.sums_to_world(sheet, "partners_gap", cover, 0.0, whole=False)
    counted = values[cover.reindex(values.index)]
    total = own[(own["area"] == "W0") & (own["flow"] == "T") & (own["freq"] == "YTD")]["value"].sum()
    parts = counted[(counted["flow"] == "T") & (counted["freq"] == "YTD") & counted["own"]]["value"].sum()
    whole = set(MOST_OF_TRADE) <= names and total > 0
    sheet.fact("cover_pct", 100 * parts / total if whole else nothing, "of 100 of trade is with the partners listed")


def _cover(rows: pd.DataFrame) -> pd.Series:
    """Which rows overlap with no other: the four groups, and the countries outside of them."""
    members = frozenset().union(*(trade.MEMBERS[group] for group in PARTS))
    british = (rows["area"] == "GB") & (rows["last"] < BREXIT)
    outside = (rows["kind"] == "country") & ~rows["area"].isin(members) & ~british
    return outside | rows["area"].isin(PARTS)


SUITE: Final = (
    *common.COMMON,
    common.SOME_ROWS,
    between(
        "partners_enough", "partners", LEAST_PARTNERS, None, "critical",
        "table (4) lists the big partners: fewer rows are a page cut short",
    ),
    between("total_and_russia_present", "required_missing", 0, 0, "critical", "Total and Russia are always in (4)"),
    between(
        "commodities_enough", "commodities", LEAST_COMMODITIES, None, "critical",
        "tables (5) and (6) list thirty commodities and more: fewer rows are a page cut short",
    ),
    between(
        "late_rows_there", "late_rows_missing", 0, 0, "critical",
        "sums of goods stand late in tables (5) and (6): without them the page is cut short",
    ),
    between(
        "prices_as_usual", "median_orders_from_prices", -0.6, 0.6, "critical",
        "half of the prices are four times off: another currency, or the scale of values or of quantities slipped",
    ),
    *trade.TRADE,
    between(
        "big_partner_has_trade", "partner_value", 0, None, "critical",
        "the partners of table (4) all trade every month: nothing is a lost figure", above=True,
    ),
    between(
        "partners_within_world", "partners_gap", None, 1, "critical",
        "partners and groups that don't overlap can't exceed Total",
    ),
    between(
        "partners_cover_the_world", "cover_pct", 50, None, "critical",
        "the partners listed are most of China's trade: else Total is in another unit",
    ),
    between(
        "few_values_missing", "missing_pct", None, 5, "critical", "the preliminary release prints its values",
    ),
    between("zeros_are_few", "zeros_pct", None, 10, "critical", "big partners, major commodities: no page of zeros"),
    between(
        "world_level", "world_usd_bn", 120, 3000, "critical",
        "China's trade in a month, both flows or twice one, in billion dollars: else a unit slipped",
    ),
    between(
        "commodity_level", "median_commodity_usd_bn", 0.1, 50, "critical",
        "the median commodity of (5) and (6) is worth some billion dollars a month: else a unit slipped",
    ),
    between(
        "price_of_a_tonne", "usd_a_tonne", 5, 2e6, "critical",
        "dollars a tonne, from coal to medicines: else the scale of the quantity slipped",
    ),
    between("no_row_vanished", "vanished_pct", None, 0, "warning", "a row of the nearest page is gone, or renamed"),
    between(
        "most_rows_there", "vanished_pct", None, 25, "critical",
        "a quarter of the rows of the nearest page are gone: a page cut short",
    ),
    between(
        "most_rows_there_over_new_year", "vanished_over_new_year_pct", None, 60, "critical",
        "most rows of last year's page are gone: more than commodities that got a new name",
    ),
)  # fmt: skip
