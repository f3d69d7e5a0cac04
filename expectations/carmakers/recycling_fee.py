"""What levels of the recycling fee must satisfy: the decree's arithmetic, no fall, no new car above an old one."""

from __future__ import annotations

from typing import Final

import pandas as pd

from expectations import common
from expectations.common import Sheet, between, lookup

__all__ = ["SUITE", "measure"]

BASE: Final = 20_000
STEP: Final = 200  # coefficients have two decimals
SMALLEST: Final = 2_000  # what persons paid in 2012; below it "thousand" was lost
LARGEST: Final = 20_000_000
TEN_YEARS: Final = 3653  # levels are decreed ahead
FEE, COEFFICIENT = "recycling_fee_rub", "recycling_fee_coefficient"
# How the label of a class of new cars becomes that of the same class of older ones.
OLDER: Final = (
    (", new", ", older than 3 years"),
    (", new", ", 3-5 years"),
    ("up to 3 years", "3-5 years"),
    ("up to 3 years", "older than 3 years"),
    ("new car ", "car older than 3 years "),
)


def measure(sheet: Sheet) -> None:
    """The columns and facts of `SUITE`."""
    common.measure(sheet, ahead_days=TEN_YEARS)
    rows = sheet.rows
    fees = rows[rows["measure"] == FEE]
    sheet.put("days", (rows["end"] - rows["start"]).dt.days)
    sheet.put("fee", fees["value"])
    sheet.put("off_step", (fees["value"] / STEP - (fees["value"] / STEP).round()).abs())
    coefficients = rows[rows["measure"] == COEFFICIENT]
    product = BASE * lookup(fees, coefficients, ["dataset", "product", "start"], ["value"])["value"]
    sheet.put("sum_gap", (fees["value"] - product).abs(), product)
    before, after = _neighbour(sheet, fees, "backward"), _neighbour(sheet, fees, "forward")
    fall = pd.concat([before - fees["value"], fees["value"] - after], axis=1).max(axis=1)
    sheet.put("fall", fall, before.fillna(after))
    _ages(sheet, fees)
    said = pd.to_datetime(sheet.labels["published"].str[:10].where(sheet.labels["published"] != ""))
    sheet.put("days_after_start", (said - rows["start"]).dt.days.where(~rows["reconstructed"]))


def _neighbour(sheet: Sheet, fees: pd.DataFrame, direction: str) -> pd.Series:
    """The level of the same class before or after each, of the batch or of history."""
    names = ["series", "start", "value"]
    known = pd.concat([fees[names], sheet.history[names]]).dropna(subset=["value"])
    known = known.drop_duplicates(["series", "start"]).sort_values("start", kind="stable")
    found = pd.merge_asof(
        fees[["series", "start"]].sort_values("start", kind="stable").reset_index(names="row"),
        known,
        on="start",
        by="series",
        direction=direction,
        allow_exact_matches=False,
    )
    value: pd.Series = found.set_index("row")["value"].reindex(fees.index)
    return value


def _ages(sheet: Sheet, fees: pd.DataFrame) -> None:
    """By how much a new car pays more than an older one of its class on the same day."""
    named = fees["product"].astype("str")
    keys = list(zip(fees["dataset"].astype("str"), named, fees["start"], strict=True))
    known = dict(zip(keys, fees["value"], strict=True))
    older = [
        next(
            (
                known[dataset, label.replace(new, old), start]
                for new, old in OLDER
                if new in label and (dataset, label.replace(new, old), start) in known
            ),
            float("nan"),
        )
        for dataset, label, start in keys
    ]
    old = pd.Series(older, index=fees.index, dtype="float64")
    sheet.put("above_older", fees["value"] - old, old)


SUITE: Final = (
    *common.COMMON,
    common.SOME_ROWS,
    between("one_day", "days", 0, 0, "critical", "a level stands at the day from which it holds"),
    between("fee_in_band", "fee", SMALLEST, LARGEST, "critical", "outside: thousand lost, or two cells run together"),
    between("fee_is_a_product", "off_step", 0, 1e-6, "critical", "no multiple of 200 roubles: no coefficient gives it"),
    between("coefficient_times_base", "sum_gap", 0, 0.01, "critical", "coefficient x 20,000 roubles is the sum"),
    between("no_fall", "fall", None, 0, "critical", "the level of a class has never fallen: a column was mistaken"),
    between("new_not_above_old", "above_older", None, 0, "critical", "a new car pays no more than an older one"),
    between(
        "starts_after_decree", "days_after_start", None, 0, "critical",
        "no level is in force before it was decreed: a day was misread",
    ),
)  # fmt: skip
