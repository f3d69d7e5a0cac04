"""What Autostat's figures must satisfy: those of all carmakers, brands within their group, cuts within the whole."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import pandas as pd

from expectations import common
from expectations.carmakers import figures
from expectations.common import Sheet, between

__all__ = ["SUITE", "measure"]

GROUPS: Final = MappingProxyType(
    {
        "lada": "avtovaz", "xcite": "avtovaz", "haval": "great_wall", "tank": "great_wall", "wey": "great_wall",
        "chery": "chery_group", "exeed": "chery_group", "omoda": "chery_group", "jaecoo": "chery_group",
        "geely": "geely_belgee", "belgee": "geely_belgee",
    }
)  # fmt: skip
SALES: Final = MappingProxyType({"lada_sales_units": "lada", "kamaz_sales_units": "kamaz"})
WITHIN: Final = MappingProxyType(
    {
        "autostat_pc": "autostat_pc_lcv",
        "autostat_hcv_gt16t": "autostat_trucks_gt3_5t",
        "autostat_mcv_3_5_16t": "autostat_trucks_gt3_5t",
    }
)
MARKET: Final = r"^ru_.*_market_units$"
UNKNOWN_ROUNDING: Final = 0.005
DAYS: Final = ["freq", "first", "last"]


def measure(sheet: Sheet) -> None:
    """The columns of `SUITE`."""
    common.measure(sheet)
    figures.measure(sheet)
    mine, known = _counts(sheet.rows), _counts(pd.concat([sheet.rows, sheet.history], ignore_index=True))
    _groups(sheet, mine, known)
    _cuts(sheet, mine, known)


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Counts with their maker as `name` (`market` for the market), its kind, and half a printed unit."""
    counts = rows[rows["unit"] == "units"]
    texts = {column: counts[column].astype("str") for column in ("dataset", "measure", "product", "freq")}
    found = counts[["first", "last", "value"]].assign(**texts)
    found["half"] = counts["precision"].fillna(UNKNOWN_ROUNDING * counts["value"])  # history doesn't know its rounding
    market = found["measure"].str.fullmatch(MARKET)
    own = found["measure"].map(SALES)
    sold = found["measure"].isin(["brand_sales_units", "group_sales_units"])
    found["name"] = own.fillna(found["product"].where(sold)).mask(market, "market")
    found["kind"] = found["measure"].where(found["measure"] == "group_sales_units", "brand").mask(market, "market")
    return found[found["name"].notna()]


def _groups(sheet: Sheet, mine: pd.DataFrame, known: pd.DataFrame) -> None:
    """A brand within its group, whichever of the two the batch brings."""
    groups = known[known["kind"] == "group_sales_units"].rename(columns={"name": "group"})
    brands = known[known["kind"] == "brand"].assign(group=known["name"].map(GROUPS))
    part = mine[mine["kind"] == "brand"].assign(group=mine["name"].map(GROUPS))
    whole = mine[mine["kind"] == "group_sales_units"].rename(columns={"name": "group"})
    on = ["dataset", "group", *DAYS]
    _put(sheet, "above_group", _excess(part, groups, on), -_excess(whole, brands, on, part=False))


def _cuts(sheet: Sheet, mine: pd.DataFrame, known: pd.DataFrame) -> None:
    """Cars alone within cars and light commercial vehicles, heavy trucks within all over 3.5 t: maker by maker."""
    on = ["whole", "name", *DAYS]
    _put(
        sheet,
        "above_wider_scope",
        _excess(mine.assign(whole=mine["dataset"].map(WITHIN)), known.assign(whole=known["dataset"]), on),
        -_excess(mine.assign(whole=mine["dataset"]), known.assign(whole=known["dataset"].map(WITHIN)), on, part=False),
    )


def _excess(left: pd.DataFrame, right: pd.DataFrame, on: list[str], *, part: bool = True) -> pd.Series:
    """How far each row of `left` lies above those of `right` with the same key, beyond rounding, or below."""
    pairs = left.dropna(subset=on).reset_index(names="row").merge(right.dropna(subset=on), on=on, suffixes=("", "_of"))
    rounding = 2 * (pairs["half"] + pairs["half_of"])
    gap = pairs["value"] - pairs["value_of"] + (-rounding if part else rounding)
    worst = gap.groupby(pairs["row"])
    return worst.max() if part else worst.min()


def _put(sheet: Sheet, column: str, *gaps: pd.Series) -> None:
    both = pd.concat(gaps)
    sheet.put(column, both.groupby(both.index).max())


SUITE: Final = (
    *figures.COMMON,
    *figures.FIGURES,
    between(
        "brand_within_group", "above_group", None, 0, "critical",
        "a group counts its brands: else the two were exchanged",
    ),
    between(
        "narrow_scope_within_wide", "above_wider_scope", None, 0, "critical",
        "cars alone are part of cars and light commercial vehicles, heavy trucks of all over 3.5 t",
    ),
)  # fmt: skip
