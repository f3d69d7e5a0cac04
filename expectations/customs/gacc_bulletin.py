"""What table (2) of the monthly bulletin must satisfy: every partner there is, and sums that leave nothing out."""

from __future__ import annotations

from typing import Final

from expectations import common
from expectations.common import Sheet, between
from expectations.customs import trade

__all__ = ["SUITE", "measure"]

CONTINENTS: Final = frozenset({"_ASIA", "_AFRICA", "_EUROPE", "_LATAM", "_NAMERICA", "_OCEANIA"})
ALLOWANCE_USD: Final = 10_000.0  # a part; seen: continents and unknown against TOTAL
REQUIRED: Final = ("W0", "RU")


def measure(sheet: Sheet) -> None:
    """The columns and facts of `SUITE`."""
    common.measure(sheet)
    trade.measure(sheet)
    rows = sheet.rows
    partners = rows["kind"].isin(["country", "area"])
    trade.sums_to_world(sheet, "partners_gap", partners, ALLOWANCE_USD)
    # What isn't known by country is the one area beside the continents; Antarctica is the last row of one or of none.
    beside = partners & rows["partner_name"].str.contains("unknown", case=False, regex=False)
    parts = rows["area"].isin(CONTINENTS) | beside
    trade.sums_to_world(sheet, "continents_gap", parts, ALLOWANCE_USD, perhaps=rows["partner"] == "AQ")
    names = set(rows.loc[rows["measure"] == "trade_value", "area"])
    sheet.fact("partners", len(names) + len(sheet.batch.doubts), "partners and groups on the page")
    lost = [name for name in REQUIRED if name not in names]
    sheet.fact("required_missing", len(lost), f"missing: {', '.join(lost)}" if lost else "")
    # Overflow marks befall sums above 999,999,999 thousand dollars, which no country reaches.
    countries = rows[(rows["kind"] == "country") & (rows["measure"] == "trade_value")]
    sheet.put("country_missing", (~countries["given"]).astype("float64"))


SUITE: Final = (
    *common.COMMON,
    common.SOME_ROWS,
    between(
        "partners_complete", "partners", 250, 290, "critical",
        "the bulletin lists every partner: fewer rows are a page cut short, and it must not become the first vintage",
    ),
    between("total_and_russia_present", "required_missing", 0, 0, "critical", "TOTAL and Russia are always there"),
    *trade.TRADE,
    between(
        "partners_sum_to_world", "partners_gap", None, 1, "critical",
        "all countries and territories add up to TOTAL: else a row is lost, doubled or in another unit",
    ),
    between(
        "continents_sum_to_world", "continents_gap", None, 1, "critical",
        "the continents and what isn't known by country add up to TOTAL",
    ),
    between("no_country_missing", "country_missing", 0, 0, "critical", "only sums are too wide for their column"),
    between(
        "few_values_missing", "missing_pct", None, 5, "critical",
        "only a handful of sums are too wide for their column",
    ),
    between("zeros_are_few", "zeros_pct", None, 60, "critical", "nil is for small partners: a page of zeros is empty"),
    between(
        "world_level", "world_usd_bn", 120, 3000, "critical",
        "China's trade in a month, both flows or twice one, in billion dollars: else a unit slipped",
    ),
    between("no_row_vanished", "vanished_pct", None, 5, "critical", "partners of the nearest page are gone"),
    between(
        "no_row_vanished_over_new_year", "vanished_over_new_year_pct", None, 5, "critical",
        "partners of the nearest page are gone",
    ),
)  # fmt: skip
