"""What files of China Customs' query system must satisfy: prices that can be, and cells like those known before.

A file is what a person asked for: a month or a decade, one commodity or thousands. So nothing can be said of how much
there is, only of each cell: by its price, by its neighbours in time, and by what was known of it. Months are revised
for a year, mostly by less than 1 %, single codes by 5 %; a cell that moves by a third is of another flow or currency,
or only a part of the whole. A file is about all its commodities with all its partners in all its months: a figure that
was known there and isn't now, or is withheld now, has vanished.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from expectations import common
from expectations.common import Sheet, between, lookup
from expectations.customs import amounts

__all__ = ["SUITE", "measure"]

USD_IN: Final = {"USD": 1.0, "CNY": 1 / 7}  # what is big or small, no more exact than that
LARGE_USD: Final = 1e6  # below it, samples and single pieces cost what they like
BIG_USD: Final = 1e8
ENOUGH: Final = 3  # months for a median
CELL: Final = ["dataset", "reporter", "area", "flow", "product", "freq", "first", "last"]
KILOGRAMS: Final = {"kg": 1.0, "t": 1000.0}
PIECES: Final = {"units": 1.0}

# US dollars a kilogram, or a piece: a third of the lowest and three times the highest that a month has seen since 2017.
PRICES: Final[dict[str, tuple[dict[str, float], float, float]]] = {
    "2709": (KILOGRAMS, 0.04, 2.8),  # crude oil: 120 dollars a tonne in 2020, 900 in 2022
    "271111": (KILOGRAMS, 0.06, 9.0),  # liquefied gas: 2 dollars a million BTU in 2020, 60 in 2022
    "271121": (KILOGRAMS, 0.03, 6.0),  # gas by pipeline
    "2701": (KILOGRAMS, 0.01, 1.5),  # coal
    "8703": (PIECES, 500.0, 300_000.0),  # cars
}


def measure(sheet: Sheet) -> None:
    """The columns and facts of `SUITE`."""
    common.measure(sheet)
    amounts.measure(sheet)
    rows = sheet.rows
    rows["usd"] = rows["unit"].map(USD_IN).astype("float64")
    sheet.put("amount", rows["value"])
    _prices(sheet)
    _known(sheet)
    _vanished(sheet)
    _levels(sheet)
    _cumulative(sheet)
    sums = int(((rows["status"] == "E") & (rows["measure"] == "trade_value")).sum())
    sheet.fact("sums_of_parts", sums, "values added up over modes of trade or places of registration")


def _prices(sheet: Sheet) -> None:
    """Where the price of a large cell lies in its commodity's band: 0 at the lower edge, 1 at the upper, in orders."""
    values = sheet.rows[sheet.rows["measure"] == "trade_value"]
    values = values[values["value"] * values["usd"] >= LARGE_USD]
    codes = values["product"].astype("str")
    places, edges = [pd.Series(dtype="float64")], [pd.Series(dtype="object")]
    for code, (unit_of, low, high) in PRICES.items():
        mine = values[codes.str.startswith(code)]
        quantities = sheet.rows[(sheet.rows["measure"] == "quantity") & sheet.rows["unit"].isin(unit_of)]
        scale = quantities["unit"].astype("str").map(unit_of).astype("float64")
        amount = lookup(mine, quantities.assign(amount=quantities["value"] * scale), CELL, ["amount"])["amount"]
        price = (mine["value"] * mine["usd"] / amount).where(amount > 0)
        places.append(np.log(price / low) / np.log(high / low))
        edges.append(pd.Series(f"{low:g} to {high:g} USD a {next(iter(unit_of))}", index=mine.index, dtype="object"))
    sheet.put("place_in_band", pd.concat(places), pd.concat(edges))


def _known(sheet: Sheet) -> None:
    """A cell against what was known of it."""
    rows = sheet.rows
    on = ["series", "freq", "first", "last"]
    known = lookup(rows, sheet.history, on, ["value"])["value"]
    larger = np.maximum(rows["value"], known)
    change = 100 * (rows["value"] - known) / larger.where(larger > 0)
    sheet.put("revision_pct", change.abs(), known)
    big = (rows["measure"] == "trade_value") & (larger * rows["usd"] >= BIG_USD)
    sheet.put("revision_big_pct", change.abs().where(big), known)
    sheet.put("withheld", (~rows["given"]).astype("float64").where(known.notna()), known)
    whole = lookup(rows, sheet.history[sheet.history["status"] == "A"], on, ["value"])["value"]
    short = 100 * (whole - rows["value"]) / whole.where(whole > 0)
    sheet.put("part_of_known_pct", short.where((rows["status"] == "E") & (rows["usd"] > 0)), whole)


def _vanished(sheet: Sheet) -> None:
    """How many known figures lie within what the file is about, and aren't in it."""
    rows, past = sheet.rows, sheet.history[sheet.history["value"].notna()]
    inside = (past["freq"] == "M") & past["last"].between(rows["first"].min(), rows["last"].max())
    for name in ("measure", "flow", "product", "area", "unit"):
        inside &= past[name].isin(rows[name].unique())
    there = lookup(past, rows, ["series", "freq", "first", "last"], ["last"])["last"].notna()
    gone = past[inside & ~there]
    asked = len(past) > 0 and bool((rows["freq"] == "M").any())
    named = "; ".join(f"{month // 12}-{month % 12 + 1:02d} {code}" for month, code in zip(
        gone["last"].head(3), gone["product"].head(3).astype("str"), strict=True))  # fmt: skip
    sheet.fact("vanished", len(gone) if asked else float("nan"), f"none missing: {named}" if named else "none missing")


def _levels(sheet: Sheet) -> None:
    """A month against the median of its series, of the file and of history, in orders of magnitude."""
    rows = sheet.rows[(sheet.rows["freq"] == "M") & (sheet.rows["level"] > 0)]
    past = sheet.history[(sheet.history["freq"] == "M") & (sheet.history["level"] > 0)]
    both = pd.concat([rows[["series", "last", "level"]], past[["series", "last", "level"]]])
    both = both.drop_duplicates(["series", "last"])
    usual = both.groupby("series")["level"].agg(["median", "count"])
    median = rows["series"].map(usual["median"].where(usual["count"] >= ENOUGH))
    sheet.put("orders_from_usual", np.log10(rows["level"] / median).abs(), median)


def _cumulative(sheet: Sheet) -> None:
    """A month is at most the sum since January of the same file, in which it is."""
    rows = sheet.rows
    month = rows[rows["freq"] == "M"]
    total = lookup(month, rows[rows["freq"] == "YTD"], ["series", "last"], ["value", "precision"])
    allowed = month["precision"] + total["precision"]
    sheet.put("month_over_cumulative", month["value"] - total["value"] - allowed, total["value"])


SUITE: Final = (
    *common.COMMON,
    amounts.POSSIBLE,
    common.SOME_ROWS,
    between("no_negative_amount", "amount", 0, None, "critical", "trade and quantities have no sign"),
    between(
        "price_in_band", "place_in_band", 0, 1, "critical",
        "value by quantity is a third below or three times above all that was: another unit, currency or commodity",
    ),
    between(
        "month_within_cumulative", "month_over_cumulative", None, 0, "critical",
        "a month is more than the sum since January",
    ),
    between(
        "small_revision", "revision_pct", None, 10, "warning",
        "percent on what was known; cells are revised by 1 %, single codes by 5 %",
    ),
    between(
        "no_other_figure", "revision_big_pct", None, 30, "critical",
        "a cell over 100 million dollars moved by a third: another column, flow or currency, or a part of the whole",
    ),
    between(
        "known_not_withheld", "withheld", 0, 0, "critical",
        "a figure that was known is zero or blank now: withheld in hindsight, or lost in the file",
    ),
    between(
        "no_row_vanished", "vanished", 0, 0, "critical",
        "a month that was known of a commodity and partner of this file is not in it, though months around it are",
    ),
    between(
        "parts_are_all", "part_of_known_pct", None, 10, "critical",
        "the parts add up to less than the whole that is known: a mode of trade or a place was left out",
    ),
    between(
        "not_added_from_parts", "sums_of_parts", 0, 0, "warning",
        "sums over modes of trade or places of registration are the total only if none was left out",
    ),
    between(
        "usual_level", "orders_from_usual", None, 1, "warning",
        "ten times more or less than the median month of its series; trade can do that, a lost digit too",
    ),
)  # fmt: skip
