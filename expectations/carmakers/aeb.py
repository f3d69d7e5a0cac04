"""What the figures of the AEB must satisfy: those of all vehicles, and its three counts of one market beside another.

Makers and importers (AMC) are part of all registrations (PPC), passenger cars part of cars with light commercial
vehicles. The two counts differ in their days: AMC may be above PPC by a little.

Brands come and go: Mitsubishi sold 3,023 in November 2021 and 13 a year later. A brand's odd level is noted; what
holds its table where a digit was lost is that the brands must add up.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from expectations import common
from expectations.carmakers import figures
from expectations.common import Sheet, between, name

__all__ = ["SUITE", "measure"]

AMC, PPC, CARS = "aeb_pc_lcv_amc", "aeb_pc_lcv_ppc", "aeb_pc_ppc"
CELL: Final = ["measure", "freq", "first", "last"]
MARKET: Final = "ru_car_market_units"
LEVELS: Final = "usual_level_or_explained"


def measure(sheet: Sheet) -> None:
    """The columns of `SUITE`."""
    common.measure(sheet)
    figures.measure(sheet)
    levels = sheet.rows["times_usual_unexplained"].where(sheet.rows["measure"] != "brand_sales_units")
    sheet.put("market_times_usual", levels, sheet.labels["times_usual_unexplained expected"])
    known = pd.concat([_markets(sheet.rows), _markets(sheet.history)], ignore_index=True)
    known = known.drop_duplicates(["dataset", *CELL])
    _beside(sheet, known, "amc_over_ppc_pct", AMC, PPC)
    _beside(sheet, known, "cars_over_all_pct", CARS, PPC)


def _markets(frame: pd.DataFrame) -> pd.DataFrame:
    found = frame[(frame["measure"] == MARKET) & frame["value"].notna()][["dataset", *CELL, "value"]]
    return found.astype({"dataset": "str", "measure": "str", "freq": "str"})


def _beside(sheet: Sheet, known: pd.DataFrame, column: str, part: str, whole: str) -> None:
    """By how many percent a part is above its whole, on the rows of either of them."""
    both = _sized(known, part).merge(_sized(known, whole), on=CELL, suffixes=("", "_whole"))
    both["over"] = 100 * (both["value"] / both["value_whole"] - 1)
    rows = _markets(sheet.rows)
    rows = rows[rows["dataset"].isin([part, whole])].reset_index(names="row")
    found = rows[["row", *CELL]].merge(both, on=CELL).set_index("row")
    sheet.put(column, found["over"], found["value_whole"])


def _sized(known: pd.DataFrame, dataset: str) -> pd.DataFrame:
    return known[known["dataset"] == dataset].drop(columns="dataset")


SUITE: Final = (
    *figures.COMMON,
    *(rule for rule in figures.FIGURES if name(rule) != LEVELS),
    between(
        LEVELS, "market_times_usual", figures.LEAST_LEVEL, figures.MOST_LEVEL, "critical",
        "a tenth, or five times, of the median of two years, and no printed change explains it",
    ),
    between(
        "members_within_registrations", "amc_over_ppc_pct", None, 2, "warning",
        "percent that makers and importers report above all registrations: they are a part of these",
    ),
    between(
        "cars_within_all", "cars_over_all_pct", None, 0, "critical",
        "passenger cars alone can't be more than with light commercial vehicles: two scopes were mixed up",
    ),
)  # fmt: skip
