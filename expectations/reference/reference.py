"""What the shipped figures must satisfy: each cited, none twice, sums that hold as far as they are rounded."""

from __future__ import annotations

import re
from typing import Final

from expectations import common
from expectations.common import SLACK, Sheet, between, lookup

__all__ = ["SUITE", "measure"]

SIGNED: Final = ("_yoy", "fdi_flow", "savings", "balance")
SIGNED_MEASURE: Final = re.compile("|".join(map(re.escape, SIGNED)))
PLACE: Final = re.compile(r"^\W*(?:(?:row|line|record|csv|table|file|citation)\W*)*\d*\W*", re.IGNORECASE)
WORD: Final = re.compile(r"[^\W\d_]{2,}")
TEN_YEARS: Final = 3653
SHORTEST_CITATION: Final = 8


def measure(sheet: Sheet) -> None:
    """The columns and facts of `SUITE`."""
    common.measure(sheet, ahead_days=TEN_YEARS)  # fees are decreed for years to come
    rows = sheet.rows
    sheet.put("cited", sheet.labels["locator"].map(_cited).astype("float64"))
    sheet.put("share_pct", rows["value"].where((rows["measure"] == "share") & (rows["unit"] == "percent")))
    sheet.put("amount", rows["value"].where(~rows["measure"].str.contains(SIGNED_MEASURE)))
    rows = rows.assign(published=sheet.labels["published"].astype("category"))
    both = rows[(rows["measure"] == "trade_value") & (rows["flow"] == "T")]
    on, take = ["body", "freq", "start", "end", "published"], ["value", "precision"]
    out = lookup(both, rows[rows["flow"] == "X"], on, take)
    into = lookup(both, rows[rows["flow"] == "M"], on, take)
    total = out["value"] + into["value"]
    allowed = both["precision"] + out["precision"] + into["precision"] + SLACK * total.abs() + SLACK
    sheet.put("sum_gap", (both["value"] - total).abs() / allowed, total)


def _cited(locator: str) -> bool:
    said = PLACE.sub("", locator)
    return len(said) >= SHORTEST_CITATION and WORD.search(said) is not None


SUITE: Final = (
    *common.COMMON,
    common.SOME_ROWS,
    between("every_figure_is_cited", "cited", 1, 1, "critical", "a figure that nobody can look up is not shipped"),
    between("share_of_a_whole", "share_pct", -0.05, 100.05, "critical", "a share lies between 0 and 100"),
    between("no_negative_amount", "amount", 0, None, "critical", "trade, quantities and stocks have no sign"),
    between(
        "flows_add_up", "sum_gap", None, 1, "warning",
        "exports + imports = total within rounding, where one day's publications give all three",
    ),
)  # fmt: skip
