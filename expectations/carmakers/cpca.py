"""What the CPCA's exports must satisfy: those of all vehicles, destinations within the world, and no lost 万.

China exported 990,000 vehicles in December 2025; Russia took 96,500 a month in 2024, more than any other country in
any year printed so far. A 万 (ten thousand) that was lost or read twice is far outside.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from expectations import common
from expectations.carmakers import figures
from expectations.common import Sheet, between

__all__ = ["SUITE", "measure"]

CELL: Final = ["dataset", "measure", "freq", "first", "last"]
ALL: Final = ("cn_vehicle_exports_units", "cn_car_exports_units")
WORLD: Final = "W0"
LEAST_WORLD, MOST_WORLD = 30_000, 2_000_000
MOST_COUNTRY: Final = 400_000


def measure(sheet: Sheet) -> None:
    """The columns of `SUITE`."""
    common.measure(sheet)
    figures.measure(sheet)
    rows = sheet.rows[sheet.rows["measure"].isin(ALL)]
    sheet.put("world_month", rows["level"].where(rows["area"] == WORLD))
    countries = rows[rows["kind"] == "country"]
    sheet.put("country_month", countries["level"])
    known = pd.concat([_given(sheet.rows), _given(sheet.history)], ignore_index=True)
    world = known[known["area"] == WORLD].drop_duplicates(CELL)
    _over(sheet, "over_world", _given(countries), world, slack=1)
    own = _given(rows[rows["area"] == WORLD])
    each = known[(known["kind"] == "country") & known["measure"].isin(ALL)].drop_duplicates([*CELL, "area"])
    summed = each.groupby(CELL, as_index=False)[["value", "half"]].sum()
    _over(sheet, "under_countries", own, summed, slack=-1)


def _given(frame: pd.DataFrame) -> pd.DataFrame:
    """The cells with a value, `half` being half a printed unit (nothing is known of it in history)."""
    half = frame["precision"] if "precision" in frame else pd.Series(0.0, index=frame.index)
    found = frame.assign(half=half)[frame["value"].notna()][[*CELL, "area", "kind", "value", "half"]]
    return found.astype(dict.fromkeys(("dataset", "measure", "freq", "area", "kind"), "str"))


def _over(sheet: Sheet, column: str, mine: pd.DataFrame, other: pd.DataFrame, *, slack: int) -> None:
    """Vehicles by which a row is above (`slack` 1) or below (-1) another figure of its cell, beyond rounding."""
    both = mine.reset_index(names="row").merge(other[[*CELL, "value", "half"]], on=CELL, suffixes=("", "_other"))
    both = both.set_index("row")
    gap = slack * (both["value"] - both["value_other"]) - both["half"] - both["half_other"]
    sheet.put(column, gap, both["value_other"])


SUITE: Final = (
    *figures.COMMON,
    *figures.FIGURES,
    between(
        "world_is_possible", "world_month", LEAST_WORLD, MOST_WORLD, "critical",
        "vehicles a month that China can export: else a 万 was lost, or read twice",
    ),
    between(
        "country_is_possible", "country_month", 0, MOST_COUNTRY, "critical",
        "vehicles a month to one country: else a 万 was read twice",
    ),
    between("country_within_world", "over_world", None, 0, "critical", "one country takes no more than the world"),
    between(
        "countries_within_world", "under_countries", None, 0, "critical",
        "countries together take no more than the world",
    ),
)  # fmt: skip
