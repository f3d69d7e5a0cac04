"""What the Pink Sheet must satisfy: whole months, positive prices, a past that hardly moves.

Prices fall by 40 % in a month (Brent, March 2020) and rise threefold (January 1974): such steps are noted and load. A
price in another unit is off by more, and for good.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from expectations import common
from expectations.common import Sheet, between, lookup

__all__ = ["SUITE", "measure"]

# Dollars for the printed unit: a third of the lowest price since 1960, three times the highest.
BANDS: Final = {
    "CRUDE_BRENT": (0.4, 420.0), "COAL_AUS": (2.5, 1400.0), "NGAS_JP": (0.3, 75.0), "GOLD": (11.0, 15_000.0),
}  # fmt: skip
EDGES: Final = {name: f"{low:g} to {high:g}" for name, (low, high) in BANDS.items()}
REQUIRED: Final = ("CRUDE_BRENT", "COAL_AUS")
MADE_IN: Final = pd.Timedelta(days=2)  # an edition is of the second working day: it has the month before
ROUNDING: Final = 0.005  # some editions print two digits: less is no revision


def measure(sheet: Sheet) -> None:
    """The columns and facts of `SUITE`."""
    common.measure(sheet)
    rows = sheet.rows
    sheet.put("price", rows["value"])
    low = rows["product"].map({name: band[0] for name, band in BANDS.items()}).astype("float64")
    high = rows["product"].map({name: band[1] for name, band in BANDS.items()}).astype("float64")
    place = np.log(rows["value"].where(rows["value"] > 0) / low) / np.log(high / low)
    sheet.put("place_in_band", place, rows["product"].map(EDGES))
    sheet.put("months_in_row", rows["last"] - rows["first"] + 1)

    ordered = rows.drop_duplicates(["series", "last"]).sort_values(["series", "last"], kind="stable")
    ahead = ordered.groupby("series")
    sheet.put("months_since", ordered["last"] - ahead["last"].shift())
    before = ahead["value"].shift()
    step = (ordered["value"] / before).where((before > 0) & (ordered["value"] > 0))
    sheet.put("step_pct", 100 * (step - 1), before)
    after = ahead["value"].shift(-1)
    sheet.put("orders_from_month", np.log10(step), before)
    # One cell in another unit stands out against both its neighbours; a crash against the one before alone.
    away = np.log10(step), np.log10((ordered["value"] / after).where((after > 0) & (ordered["value"] > 0)))
    same = np.sign(away[0]) == np.sign(away[1])
    sheet.put("orders_from_both", np.minimum(away[0].abs(), away[1].abs()).where(same), before)

    out = _edition(sheet)
    age = (out - rows["end"].max()).days if out is not None else float("nan")
    sheet.fact("edition_days_after_newest", age, "days from the newest month to the edition")
    lost = [name for name in REQUIRED if name not in set(rows.loc[rows["given"], "product"])]
    sheet.fact("required_missing", len(lost), f"missing: {', '.join(lost)}" if lost else "")
    _past(sheet)


def _past(sheet: Sheet) -> None:
    rows = sheet.rows
    known = lookup(rows, sheet.history, ["series", "first", "last"], ["value"])["value"]
    off = (rows["value"] - known).abs()
    moved = (off - ROUNDING - 1e-9).clip(lower=0.0)
    relative = 100 * moved / known.where(known > 0)
    sheet.put("revision_pct", relative, known)
    compared = relative.notna()
    changed = relative > 0
    by_price = relative.where(changed).groupby(rows["series"])
    median, size = by_price.transform("median"), by_price.transform("count")
    # A price in another unit moves in all of its months: one number for each price, at its newest month.
    newest = rows.groupby("series")["last"].transform("max") == rows["last"]
    of_all = compared.groupby(rows["series"]).transform("sum")
    sheet.put("median_revision_pct", median.where(newest & (size > of_all / 2)))
    share = 100 * float(changed[compared].mean()) if compared.any() else float("nan")
    sheet.fact("changed_pct", share, "of 100 prices already known have changed")
    sheet.put("price_lost", (~rows["given"] & known.notna()).astype("float64").where(known.notna()), known)
    _newest_lost(sheet)


def _newest_lost(sheet: Sheet) -> None:
    """Known months that were over when the edition came out and stand after its end; an old edition may end early."""
    rows, known = sheet.rows, sheet.history[sheet.history["value"].notna()]
    out = _edition(sheet)
    due = known[known["end"] + MADE_IN <= out] if out is not None else known.iloc[:0]
    newest = rows.loc[rows["given"]].groupby("product")["last"].max().reindex(due["product"].unique())
    behind = due.groupby("product")["last"].max().reindex(newest.index) - newest.fillna(0)
    sheet.fact("months_lost", behind.max() if len(behind) else float("nan"), "known months after the newest here")


def _edition(sheet: Sheet) -> pd.Timestamp | None:
    said = sheet.labels["published"].str[:10]
    said = said[said != ""]
    return pd.Timestamp(str(said.max())) if len(said) else None


SUITE: Final = (
    *common.COMMON,
    common.SOME_ROWS,
    between("price_is_positive", "price", 0, None, "critical", "a price is over zero, or missing", above=True),
    between("one_month", "months_in_row", 1, 1, "critical", "a price is for one month"),
    between("months_follow", "months_since", 1, 1, "critical", "months follow each other without a gap"),
    between("price_in_band", "place_in_band", 0, 1, "critical", "three times beyond all that was: another unit"),
    between("brent_and_coal_there", "required_missing", 0, 0, "critical", "the two prices that Amur quotes"),
    between(
        "edition_after_newest_month", "edition_days_after_newest", 0, 70, "critical",
        "an edition comes out days after its newest month: else months have moved by a row",
    ),
    between("small_step", "step_pct", -35, 50, "warning", "percent on the month before; crashes are true"),
    between(
        "no_tenfold_step", "orders_from_month", -1, 1, "critical",
        "ten times more or less than the month before (orders of magnitude): another unit from here on",
    ),
    between(
        "no_lone_price", "orders_from_both", None, 0.6, "critical",
        "four times off both the month before and the month after: a slip in one cell",
    ),
    between("small_revision", "revision_pct", None, 10, "warning", "a past price moved by more than 10 percent"),
    between("no_gross_revision", "revision_pct", None, 60, "critical", "a past price moved beyond any revision"),
    between(
        "past_stays", "median_revision_pct", None, 10, "critical",
        "most past months of a price moved by more than 10 percent: another unit or column",
    ),
    between("few_changes", "changed_pct", None, 50, "warning", "of 100 past prices: as a rule the last months"),
    between("no_price_lost", "price_lost", 0, 0, "critical", "a month that had a price is blank"),
    between(
        "newest_month_there", "months_lost", None, 0, "critical", "known months at the end are gone: a file cut short",
    ),
)  # fmt: skip
