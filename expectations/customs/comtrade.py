"""What answers of UN Comtrade must satisfy: values and quantities that fit together, parts that don't exceed the whole.

One answer holds many reporters, partners and products, so a rule that holds it must be wrong of no true figure: unit
values have bounds with room of an order of magnitude on both sides, asked only of trade of a million dollars and more
(a sample sent by air may cost anything a kilogram) with a quantity that was reported. What they are for is a unit that
slipped, which is a factor of a thousand. Reporters revise without notice, so what is known already gives warnings, but
for an answer that is as a whole two orders away from it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from expectations import common
from expectations.common import SLACK, Sheet, between, lookup
from expectations.customs import amounts

__all__ = ["OWN_SERIES_ALONE", "SUITE", "measure"]

OWN_SERIES_ALONE: Final = True  # a figure is compared with its own cell and the usual level of its own series

VALUE, QUANTITY = "trade_value", "quantity"
SIZEABLE_USD: Final = 1e6
ENOUGH: Final = 10  # figures for a median of the answer
ENOUGH_POINTS: Final = 6
NO_LEVEL: Final = -9.0  # log10 of nothing against something
KG_IN_T: Final = 1000.0
FREQUENT: Final = ["M", "A"]
CELL: Final = ["reporter", "area", "flow", "product", "freq", "start"]
LEVELS: Final = (0, 2, 4, 6)  # digits of TOTAL, chapter, heading, subheading

# Dollars for a tonne. Crude was 150 to 1,000 since 1990; coal 30 to 450; European gas reached 3,500 in August 2022;
# lubricants are in 2710, cast fittings in 73 and roses of steel wire, too.
A_TONNE: Final[dict[str, tuple[float, float]]] = {
    "27": (5, 20_000), "2701": (5, 2_000), "2702": (2, 2_000), "2704": (10, 5_000), "2709": (50, 2_500),
    "2710": (30, 20_000), "2711": (10, 30_000), "271111": (20, 10_000), "271121": (10, 10_000),
    "1001": (20, 5_000), "1003": (20, 5_000), "31": (10, 20_000), "44": (10, 50_000),
    "72": (30, 50_000), "73": (50, 500_000), "8703": (500, 1_000_000), "8704": (300, 1_000_000),
    "8701": (300, 1_000_000), "8708": (300, 2_000_000),
}  # fmt: skip
# Dollars a piece: buggies are cars, too; two-wheeled tractors cost 200, mining lorries millions.
A_PIECE: Final[dict[str, tuple[float, float]]] = {
    "8703": (100, 1_000_000), "8704": (200, 10_000_000), "8701": (30, 3_000_000),
}  # fmt: skip
BANDS: Final = {"kg": A_TONNE, "units": A_PIECE}


def measure(sheet: Sheet) -> None:
    """The columns and facts of `SUITE`."""
    common.measure(sheet)
    amounts.measure(sheet)
    rows = sheet.rows
    sheet.put("amount", rows["value"].where(rows["measure"].isin([VALUE, QUANTITY])))
    _unit_values(sheet)
    _parts(sheet)
    _months(sheet)
    _history(sheet)


def _unit_values(sheet: Sheet) -> None:
    """Where a unit value lies in its band: 0 at the lower edge, 1 at the upper, on a scale of orders of magnitude."""
    rows = sheet.rows
    quantities = rows[(rows["measure"] == QUANTITY) & rows["unit"].isin(list(BANDS)) & (rows["status"] == "A")]
    worth = lookup(quantities, rows[rows["measure"] == VALUE], CELL, ["value"])["value"]
    in_t = quantities["unit"] == "kg"
    price = worth / (quantities["value"] / np.where(in_t, KG_IN_T, 1.0))
    sized = price.where((worth >= SIZEABLE_USD) & (quantities["value"] > 0))
    products, pieces = quantities["product"].astype("object"), quantities["unit"].astype("object")
    kinds = list(zip(products, pieces, strict=True))
    edges = {kind: _band(*kind) for kind in set(kinds)}
    low = pd.Series([edges[kind][0] for kind in kinds], index=quantities.index, dtype="float64")
    high = pd.Series([edges[kind][1] for kind in kinds], index=quantities.index, dtype="float64")
    place = np.log(sized / low) / np.log(high / low)
    words = {
        (product, unit): f"{bottom:g} to {top:g} USD {'a t' if unit == 'kg' else 'a piece'}"
        for (product, unit), (bottom, top) in edges.items()
    }
    said = pd.Series([words[kind] for kind in kinds], index=quantities.index, dtype="object")
    sheet.put("place_of_unit_value", place, said.where(low.notna()))


def _band(product: str, unit: str) -> tuple[float, float]:
    """The band of a product or of the heading that it is in; engine classes of cars are cars."""
    bands = BANDS[unit]
    nothing = (float("nan"), float("nan"))
    return bands.get(product) or bands.get(product[:4], nothing)


def _parts(sheet: Sheet) -> None:
    """By how many percent its parts exceed a product: chapters TOTAL, headings their chapter, subheadings theirs."""
    rows = sheet.rows[(sheet.rows["measure"] == VALUE) & sheet.rows["given"]]
    names = rows["product"].cat.categories
    known = {name: n for n, name in enumerate(names)}
    place = [known.get(_parent(name), -1) for name in names]  # -1 where the level above isn't there
    parent = pd.Categorical.from_codes(np.array([*place, -1])[rows["product"].cat.codes], categories=names)
    above = [name for name in CELL if name != "product"]
    sums = (
        rows.assign(parent=parent)
        .dropna(subset=["parent"])
        .groupby([*above, "parent"], observed=True)[["value", "precision"]]
        .sum()
        .reset_index()
        .rename(columns={"parent": "product"})
    )
    sums["product"] = sums["product"].astype(rows["product"].dtype)
    found = lookup(rows, sums, CELL, ["value", "precision"])
    allowed = found["precision"] + rows["precision"] + SLACK * found["value"]
    excess = found["value"] - rows["value"] - allowed
    percent = np.where(excess > 0, 100 * excess / rows["value"], 0.0)
    sheet.put("parts_over_pct", pd.Series(percent, index=rows.index).where(found["value"].notna()), found["value"])


def _parent(product: str) -> str:
    """The level above a code: `TOTAL` of a chapter, no name of a code of another length."""
    if not product.isdigit() or len(product) not in LEVELS:
        return "none"
    return product[:-2] or "TOTAL"


def _months(sheet: Sheet) -> None:
    """By how many percent a month exceeds the year that it is in."""
    rows = sheet.rows[sheet.rows["measure"].isin([VALUE, QUANTITY]) & (sheet.rows["status"] == "A")]
    rows = rows.assign(year=rows["start"].dt.year)
    months, years = rows[rows["freq"] == "M"], rows[rows["freq"] == "A"]
    figure = ["reporter", "area", "flow", "product", "unit", "year"]
    found = lookup(months, years, figure, ["value", "precision"])
    excess = months["value"] - found["value"] - months["precision"] - found["precision"]
    percent = np.where(excess > 0, 100 * excess / found["value"], 0.0)
    sheet.put("month_over_year_pct", pd.Series(percent, index=months.index).where(found["value"].notna()),
              found["value"])  # fmt: skip


def _history(sheet: Sheet) -> None:
    """How far a figure is from what is known of its own cell, and from the usual level of its series."""
    rows = sheet.rows[sheet.rows["measure"].isin([VALUE, QUANTITY])]
    past = sheet.history[sheet.history["value"].notna() & sheet.history["freq"].isin(FREQUENT)]
    known = lookup(rows, past, ["series", "freq", "start"], ["value"])["value"]
    larger = np.maximum(rows["value"], known)
    sheet.put("revision_pct", 100 * (rows["value"] - known).abs() / larger.where(larger > 0), known)
    levels = past.groupby(["series", "freq"], observed=True)["value"].agg(["median", "size"]).reset_index()
    found = lookup(rows, levels, ["series", "freq"], ["median", "size"])
    usual = found["median"].where((found["median"] > 0) & (found["size"] >= ENOUGH_POINTS))
    orders = np.log10(rows["value"] / usual).clip(lower=NO_LEVEL)
    sized = orders.where((rows["measure"] == QUANTITY) | (np.maximum(rows["value"], usual) >= SIZEABLE_USD))
    sheet.put("orders_from_usual", sized, usual)
    enough = orders.notna().sum() >= ENOUGH
    sheet.fact("median_orders_from_usual", orders.median() if enough else float("nan"), "orders of magnitude")


SUITE: Final = (
    *common.COMMON,
    amounts.POSSIBLE,
    between("no_negative_amount", "amount", 0, None, "critical", "trade has no sign"),
    between(
        "unit_value_plausible", "place_of_unit_value", 0, 1, "critical",
        "dollars a tonne or a piece far outside of all that was: a unit slipped, or value and weight are exchanged",
    ),
    between(
        "parts_within_whole", "parts_over_pct", None, 0.1, "critical",
        "chapters can't exceed TOTAL, nor headings their chapter: a total was counted beside its parts, or one is cut",
    ),
    between(
        "month_within_year", "month_over_year_pct", None, 1, "critical",
        "a month can't exceed its year: else frequencies are exchanged",
    ),
    between(
        "level_of_answer_as_usual", "median_orders_from_usual", -2, 2, "critical",
        "half of the answer is a hundred times off its usual level: a unit slipped, or other columns were read",
    ),
    between(
        "level_as_usual", "orders_from_usual", -1, 1, "warning",
        "ten times more or less than usual (orders of magnitude): a true jump is news, so it loads",
    ),
    between("small_revision", "revision_pct", None, 10, "warning", "a figure already known moved by more than 10 %"),
)  # fmt: skip
