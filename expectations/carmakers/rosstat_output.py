"""What Rosstat's output of vehicles must satisfy: counts, quarters of their months, no lost digit or note mark.

True figures swing widely: buses in January 2010 were a tenth of their median, cars in January 2009 a seventh. A note
mark taken for a digit, or a lost comma, is a factor of ten; thousand lost is a factor of a thousand.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from expectations import common
from expectations.common import SLACK, Sheet, between, lookup

__all__ = ["SUITE", "measure"]

MONTHS_BEFORE: Final = 24
FEWEST_BEFORE: Final = 6


def measure(sheet: Sheet) -> None:
    """The columns and facts of `SUITE`."""
    common.measure(sheet)
    rows = sheet.rows
    counts = rows[rows["unit"] == "units"]
    sheet.put("count", counts["value"])
    sheet.put("change_pct", rows["value"].where(rows["unit"] == "percent"))
    months = counts[counts["freq"] == "M"]
    quarters, years = counts[counts["freq"] == "Q"], counts[counts["freq"] == "A"]
    for name, whole, parts, number in (("quarter", quarters, months, 3), ("year", years, quarters, 4)):
        total = _sum(whole, parts, number)
        sheet.put(f"{name}_gap_pct", 100 * (whole["value"] - total).abs() / total.where(total > 0), total)
    # `dataset` and `measure` are in `body`: a month is held against the sum since January of its own scope.
    since_january = counts[counts["freq"] == "YTD"]
    total = lookup(months, since_january, ["body", "last"], ["value"])["value"]
    total_half = lookup(months, since_january, ["body", "last"], ["precision"])["precision"]
    sheet.put("above_ytd", months["value"] - months["precision"] - total - total_half, total)
    _levels(sheet, months)
    _revisions(sheet)


def _sum(whole: pd.DataFrame, parts: pd.DataFrame, number: int) -> pd.Series:
    """The sum of the parts of each whole; NaN unless all are there."""
    length = 12 // number if number == 4 else 1  # noqa: PLR2004 (quarters of a year)
    total = pd.Series(0.0, index=whole.index)
    for n in range(number):
        first = whole.assign(first=whole["first"] + n * length)
        total += lookup(first, parts, ["body", "first"], ["value"])["value"]
    return total


def _levels(sheet: Sheet, months: pd.DataFrame) -> None:
    """Orders of magnitude between a month and the median of the 24 before it, of the batch or of history."""
    known = sheet.history[sheet.history["freq"] == "M"]
    both = pd.concat([months[["series", "last", "value"]], known[["series", "last", "value"]]])
    both = both.dropna(subset=["value"]).drop_duplicates(["series", "last"]).sort_values(["series", "last"])
    rolling = both.groupby("series")["value"].transform(
        lambda values: values.rolling(MONTHS_BEFORE, min_periods=FEWEST_BEFORE).median().shift(1)
    )
    usual = lookup(months, both.assign(usual=rolling), ["series", "last"], ["usual"])["usual"]
    orders = np.log10((months["value"] / usual).where((months["value"] > 0) & (usual > 0)))
    sheet.put("orders_from_usual", orders, usual)


def _revisions(sheet: Sheet) -> None:
    rows = sheet.rows[sheet.rows["unit"] == "units"]
    known = lookup(rows, sheet.history, ["series", "first", "last"], ["value"])["value"]
    moved = ((rows["value"] - known).abs() - rows["precision"] - SLACK * known.abs()).clip(lower=0.0)
    sheet.put("revision_pct", 100 * moved / known.where(known > 0), known)


SUITE: Final = (
    *common.COMMON,
    common.SOME_ROWS,
    between("no_negative_count", "count", 0, None, "critical", "vehicles are counted"),
    between("change_is_possible", "change_pct", -100, 1000, "critical", "output can't fall by more than all of it"),
    between(
        "quarter_of_its_months", "quarter_gap_pct", None, 3, "critical",
        "percent between a quarter and the sum of its months: columns have moved",
    ),
    between("year_of_its_quarters", "year_gap_pct", None, 3, "warning", "percent between a year and its quarters"),
    between("month_within_year", "above_ytd", None, 0, "critical", "a month is part of the sum since January"),
    between(
        "usual_level", "orders_from_usual", -1, 0.69897, "warning",
        "a tenth, or five times, of the median of two years (orders of magnitude): Januaries can be",
    ),
    between(
        "no_other_unit", "orders_from_usual", -1.5, 1.2, "critical",
        "a thirtieth, or sixteen times, of the median of two years: another unit, or a note mark read as a digit",
    ),
    between("small_revision", "revision_pct", None, 10, "warning", "a past figure moved by more than 10 percent"),
    between(
        "no_gross_revision", "revision_pct", None, 75, "critical",
        "a past figure moved beyond any revision: another unit, product or column",
    ),
)  # fmt: skip
