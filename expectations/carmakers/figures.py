"""What figures of vehicles must satisfy, whoever prints them: parts within their whole, and levels that can be.

A carmaker's source takes `COMMON` and `FIGURES` into its own SUITE and calls `measure` after `common.measure`:

    def measure(sheet: Sheet) -> None:
        common.measure(sheet)
        figures.measure(sheet)

    SUITE: Final = (*figures.COMMON, *figures.FIGURES)

It relies on the names of measures alone: counts end in `_units` (unit `units`), shares in `_share`, printed changes are
the name of what changed with `_yoy` or `_mom` (unit `percent`), markets are `ru_..._market_units`, and `dataset` is the
scope, so that figures of one dataset may be compared. Tolerances come from rounding. The batch knows half a printed
unit of each figure; of a figure of history it is read off its zeros ("338000" is 338 thousand, half a thousand).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from expectations import common
from expectations.common import Sheet, between, name

__all__ = ["COMMON", "FIGURES", "measure"]

KEY: Final = ["dataset", "base", "reporter", "area", "flow", "product"]
MARKET: Final = r"^ru_.*_market_units$"
SELLERS: Final = ("brand_sales_units", "lada_sales_units", "kamaz_sales_units")
ORIGINS_AND_GROUPS: Final = ("group_sales_units", "chinese_brand_sales_units")
MODELS: Final = MappingProxyType(
    {"model_sales_units": "lada_sales_units", "model_production_units": "lada_production_units"}
)
SHARES: Final = MappingProxyType(
    {
        "lada_share": "lada_sales_units",
        "kamaz_share": "kamaz_sales_units",
        "chinese_brand_share": "chinese_brand_sales_units",
        "group_share": "group_sales_units",
        "brand_share": "brand_sales_units",
    }
)
# Vehicles a month that are thinkable in Russia. The narrowest months seen: LADA sold 7,484 in June 2022, KAMAZ 1,165 of
# over 16 t in August 2025; the widest: the car market of 2012, 245,000. A lost or doubled "thousand" is far outside.
BANDS: Final = MappingProxyType(
    {
        "ru_car_market_units": (5_000, 500_000),
        "ru_truck_market_units": (500, 40_000),
        "ru_hcv_market_units": (300, 30_000),
        "ru_mcv_market_units": (100, 20_000),
        "ru_lcv_market_units": (500, 60_000),
        "lada_sales_units": (1_000, 120_000),
        "lada_production_units": (100, 150_000),
        "kamaz_sales_units": (200, 10_000),
        "brand_sales_units": (0, 120_000),
        "model_sales_units": (0, 60_000),
        "model_production_units": (0, 80_000),
        "group_sales_units": (0, 200_000),
        "chinese_brand_sales_units": (0, 300_000),
    }
)
MONTHS_BEFORE: Final = 24
LEAST_TELLING: Final = 10_000
MILLION: Final = 1_000_000
THOUSANDS_DIGITS, MILLIONS_DIGITS = 3, 5  # zeros that rounding makes: "30 тыс." has three, "1,3 млн" five
LEAST_LEVEL, MOST_LEVEL = 0.1, 5.0


def measure(sheet: Sheet) -> None:
    """The columns of `FIGURES`."""
    rows = sheet.rows
    named = rows["measure"].astype("str")
    counts = rows[(rows["unit"] == "units") & named.str.endswith("_units")]
    sheet.put("count", counts["value"])
    sheet.put("share_pct", rows["value"].where(named.str.endswith("_share")))
    changes = rows[(rows["unit"] == "percent") & named.str.contains(r"_(?:yoy|mom)$")]
    sheet.put("change_pct", changes["value"])
    _possible(sheet, counts)
    known = _known(sheet)
    mine = _keyed(counts)
    _parts(sheet, mine, known)
    _sellers(sheet, mine, known)
    _models(sheet, mine)
    _shares(sheet, known)
    printed = _keyed(changes)
    _changes(sheet, printed, known)
    _levels(sheet, mine, printed, known)
    _revisions(sheet, mine)
    _republished(sheet, mine, known)


# --- frames -------------------------------------------------------------------------------------------------------


def _keyed(frame: pd.DataFrame) -> pd.DataFrame:
    """What names a figure as text, `base` being the measure without `_yoy` or `_mom`; the index stays."""
    texts = ["dataset", "measure", "reporter", "area", "flow", "product", "freq"]
    keyed = pd.DataFrame({column: frame[column].astype("str") for column in texts}, index=frame.index)
    for column in ("first", "last", "value", "level"):
        keyed[column] = frame[column]
    keyed["half"] = frame["precision"] if "precision" in frame else _half(frame["value"])
    keyed["base"] = keyed["measure"].str.replace(r"_(?:yoy|mom)$", "", regex=True)
    return keyed


def _half(value: pd.Series) -> pd.Series:
    """Half the unit that a figure of history was printed in, judged by the zeros at its end."""
    whole = value.fillna(0).round().abs()
    half = pd.Series(0.0, index=value.index)
    for digits in range(1, MILLIONS_DIGITS + 1):
        step = 10**digits
        coarse = (whole % step == 0) & (whole > 0) & ((digits <= THOUSANDS_DIGITS) | (whole >= MILLION))
        half = half.where(~coarse, step / 2)
    return half


def _known(sheet: Sheet) -> pd.DataFrame:
    """Counts of the batch and of history, one a cell: what the batch says of a cell replaces what was known of it."""
    frames = []
    for frame in (sheet.rows, sheet.history):
        counted = (frame["unit"] == "units") & frame["measure"].astype("str").str.endswith("_units")
        frames.append(_keyed(frame[counted & frame["value"].notna()]).assign(own=frame is sheet.rows))
    both = pd.concat(frames, ignore_index=True)
    # Of two values of one cell in a batch (another rule speaks of them) the larger one counts: no order matters.
    both = both.sort_values(["own", "value"], ascending=False, kind="stable")
    return both.drop_duplicates([*KEY, "freq", "first", "last"])


def _beside(left: pd.DataFrame, right: pd.DataFrame, on: list[str]) -> pd.DataFrame:
    """Each row of `left` (its index as `row`) with all rows of `right` of the same key; theirs end in `_then`."""
    return left.reset_index(names="row").merge(right, on=on, suffixes=("", "_then"))


def _one(left: pd.DataFrame, right: pd.DataFrame, on: list[str]) -> pd.DataFrame:
    """Value and half unit of the row of `right` with the same key, for each of `left`; NaN where there is none."""
    found = (
        left[on].reset_index(names="row").merge(right.drop_duplicates(on)[[*on, "value", "half"]], on=on, how="left")
    )
    return found.set_index("row")[["value", "half"]].astype("float64")


# --- the rules ----------------------------------------------------------------------------------------------------


def _possible(sheet: Sheet, counts: pd.DataFrame) -> None:
    """Where a month's count lies in its band: below 0 under it, above 1 over it."""
    named = counts["measure"].astype("str")
    low = named.map({what: band[0] for what, band in BANDS.items()}).astype("float64")
    high = named.map({what: band[1] for what, band in BANDS.items()}).astype("float64")
    russian = counts["reporter"] == "RU"
    sheet.put("in_band", ((counts["level"] - low) / (high - low)).where(russian), high)


def _parts(sheet: Sheet, mine: pd.DataFrame, known: pd.DataFrame) -> None:
    """A period within another of one series counts no more: a month and its year to date, January-May and -June."""
    pairs = _beside(mine, known, KEY)
    inside = (pairs["first"] >= pairs["first_then"]) & (pairs["last"] <= pairs["last_then"])
    around = (pairs["first"] <= pairs["first_then"]) & (pairs["last"] >= pairs["last_then"])
    same = inside & around
    over = (pairs["value"] - pairs["value_then"]).where(inside & ~same)
    under = (pairs["value_then"] - pairs["value"]).where(around & ~same)
    allowed = 2 * (pairs["half"] + pairs["half_then"])  # "almost" and "over" may be a unit off
    excess = over.fillna(under) - allowed
    part = pairs["freq"].where(inside, pairs["freq_then"])
    for column, chosen in (("above_whole", part != "YTD"), ("above_later", part == "YTD")):
        worst = pairs.assign(excess=excess)[chosen & excess.notna()].sort_values("excess", kind="stable")
        worst = worst.drop_duplicates("row", keep="last").set_index("row")
        sheet.put(column, worst["excess"], worst["value_then"])


def _sellers(sheet: Sheet, mine: pd.DataFrame, known: pd.DataFrame) -> None:
    """Brands, alone and together, sell no more than the market of their scope."""
    cell = ["dataset", "reporter", "area", "flow", "freq", "first", "last"]
    markets = known[known["base"].str.fullmatch(MARKET) & (known["product"] == "")]
    sellers = mine[mine["base"].isin([*SELLERS, *ORIGINS_AND_GROUPS])]
    market = _one(sellers, markets, cell)
    above = sellers["value"] - market["value"] - 2 * (sellers["half"] + market["half"])
    # A market figure that comes later is held against the brands that are known.
    own = mine[mine["base"].str.fullmatch(MARKET) & (mine["product"] == "")]
    brands = known[known["base"].isin(SELLERS)]
    summed = brands.groupby(cell)[["value", "half"]].sum().reset_index()
    total = _one(own, summed, cell)
    together = total["value"] - own["value"] - 2 * (own["half"] + total["half"])
    sheet.put("above_market", pd.concat([above, together]), pd.concat([market["value"], total["value"]]))
    # The sum once more beside each brand, for pages whose market came before.
    whole = _one(sellers[sellers["base"].isin(SELLERS)], summed, cell)
    gap = whole["value"] - market["value"] - 2 * (whole["half"] + market["half"])
    sheet.put("brands_above_market", gap.reindex(sellers.index), market["value"])


def _models(sheet: Sheet, mine: pd.DataFrame) -> None:
    """Models add up to no more than their maker; a family (`niva`) holds its members (`niva_travel`)."""
    models = mine[mine["base"].isin(MODELS)]
    cell = ["dataset", "reporter", "area", "flow", "freq", "first", "last"]
    cells = list(zip(*(models[column] for column in [*cell, "base"]), strict=True))
    there = set(zip(cells, models["product"], strict=True))
    family = models["product"].str.rpartition("_")[0] if len(models) else models["product"]
    member = pd.Series([pair in there for pair in zip(cells, family, strict=True)], index=models.index, dtype="bool")
    apart = models[~member].assign(base=models["base"].map(MODELS))
    summed = apart.groupby([*cell, "base"])[["value", "half"]].sum().reset_index()
    total = _one(mine, summed, [*cell, "base"])
    gap = total["value"] - mine["value"] - 2 * (mine["half"] + total["half"])
    sheet.put("models_above_maker", gap, total["value"])


def _shares(sheet: Sheet, known: pd.DataFrame) -> None:
    """A printed share against the quotient of the two counts, in percentage points."""
    rows = sheet.rows[sheet.rows["measure"].astype("str").isin(SHARES)]
    shares = _keyed(rows)
    shares["base"] = shares["base"].map(SHARES)
    part = _one(shares, known, [*KEY, "freq", "first", "last"])
    markets = known[known["base"].str.fullmatch(MARKET) & (known["product"] == "")]
    whole = _one(shares, markets, ["dataset", "reporter", "area", "flow", "freq", "first", "last"])
    computed = 100 * part["value"] / whole["value"].where(whole["value"] > 0)
    rounding = computed * (part["half"] / part["value"].abs() + whole["half"] / whole["value"].abs())
    gap = (shares["value"] - computed).abs() - rounding - shares["half"]
    sheet.put("share_gap_pp", gap.clip(lower=0.0), computed)


def _bases(changes: pd.DataFrame) -> pd.DataFrame:
    """The cells that the printed changes are against: a year before, or the month before."""
    back = changes["measure"].str.endswith("_mom").map({True: 1, False: 12})
    return changes.assign(first=changes["first"] - back, last=changes["last"] - back)


def _changes(sheet: Sheet, changes: pd.DataFrame, known: pd.DataFrame) -> None:
    """A printed change against the one computed of the two counts, in percentage points beyond rounding."""
    cell = [*KEY, "freq", "first", "last"]
    now = _one(changes, known, cell)
    then = _one(_bases(changes), known, cell)
    base = then["value"].where(then["value"] > 0)
    computed = 100 * (now["value"] / base - 1)
    low = 100 * ((now["value"] - now["half"]) / (base + then["half"]) - 1) - changes["half"]
    bottom = (base - then["half"]).where(base > then["half"])
    high = 100 * ((now["value"] + now["half"]) / bottom - 1) + changes["half"]
    gap = np.maximum(np.maximum(low - changes["value"], changes["value"] - high), 0.0)
    sheet.put("change_gap_pp", gap.where(computed.notna()), computed)


def _levels(sheet: Sheet, mine: pd.DataFrame, changes: pd.DataFrame, known: pd.DataFrame) -> None:
    """How many times the usual level of its series a figure is, for one month; and only where no change explains it.

    Usual is the median of the cells that end in the 24 months before. A printed change explains a level if what it
    is a change from was usual itself: a true -81 % loads, a "thousand" that was lost doesn't, for its base is as odd.
    """
    pairs = _beside(mine, known, KEY)
    months = pairs["last"] - pairs["last_then"]
    other = (months > 0) | ((months == 0) & (pairs["first"] != pairs["first_then"]))
    usual = pairs[other & (months <= MONTHS_BEFORE)].groupby("row")["level_then"].median().reindex(mine.index)
    times = mine["level"] / usual.where(usual > 0)
    sheet.put("times_usual", times, usual)
    printed = changes.assign(factor=1 + changes["value"] / 100).query("factor > 0")
    beside = _beside(mine, printed, [*KEY, "freq", "first", "last"])
    base = times.reindex(beside["row"]).to_numpy() / beside["factor"].to_numpy()
    explained = beside["row"][(base >= LEAST_LEVEL) & (base <= MOST_LEVEL)]
    sheet.put("times_usual_unexplained", times[~times.index.isin(explained)], usual)


def _revisions(sheet: Sheet, mine: pd.DataFrame) -> None:
    """By how many percent a cell moves from what is known of it, beyond rounding."""
    history = sheet.history
    counted = (history["unit"] == "units") & history["measure"].astype("str").str.endswith("_units")
    before = _one(mine, _keyed(history[counted & history["value"].notna()]), [*KEY, "freq", "first", "last"])
    off = ((mine["value"] - before["value"]).abs() - 2 * (mine["half"] + before["half"])).clip(lower=0.0)
    larger = np.maximum(mine["value"], before["value"])
    sheet.put("revision_pct", 100 * off / larger.where(larger > 0), before["value"])


def _republished(sheet: Sheet, mine: pd.DataFrame, known: pd.DataFrame) -> None:
    """How many other periods of its kind are known to have the very count: an old release with a new date.

    Counts of five digits and more: two true ones of a series are alike once in tens of thousands.
    """
    exact = mine[(mine["half"] == 0) & (mine["value"] >= LEAST_TELLING)]
    pairs = _beside(exact, known[~known["own"]], [*KEY, "freq"])
    again = pairs[(pairs["value"] == pairs["value_then"]) & (pairs["last"] != pairs["last_then"])]
    counted = again.groupby("row").size().reindex(exact.index, fill_value=0)
    sheet.put("republished", counted.astype("float64"), again.groupby("row")["value_then"].first())


COMMON: Final = tuple(rule for rule in common.COMMON if name(rule) != "few_doubts")  # a release has few numbers at all
FIGURES: Final = (
    between("no_negative_count", "count", 0, None, "critical", "vehicles are counted"),
    between("share_is_possible", "share_pct", 0, 100, "critical", "a share lies between nothing and all"),
    between(
        "change_is_possible", "change_pct", -100, 5000, "critical",
        "nothing falls by more than all of it; fiftyfold is a misread number",
    ),
    between(
        "level_is_possible", "in_band", 0, 1, "critical",
        "vehicles a month as there can be in Russia: else thousand was lost, or read twice",
    ),
    between("month_within_year", "above_whole", None, 0, "critical", "a month is part of the year to date"),
    between(
        "year_to_date_grows", "above_later", None, 0, "critical",
        "a year to date below that of fewer months: another scope, or another year",
    ),
    between("brand_within_market", "above_market", None, 0, "critical", "nobody sells more than the whole market"),
    between(
        "brands_within_market", "brands_above_market", None, 0, "critical",
        "brands together sell no more than the market of their scope",
    ),
    between(
        "models_within_maker", "models_above_maker", None, 0, "critical",
        "models add up to no more than their maker sold or made",
    ),
    between("share_agrees", "share_gap_pp", None, 1, "warning", "percentage points between a share and its two counts"),
    between(
        "change_agrees", "change_gap_pp", None, 1, "warning",
        "percentage points between a printed change and the one computed: both are kept",
    ),
    between(
        "usual_level", "times_usual", LEAST_LEVEL, MOST_LEVEL, "warning",
        "a tenth, or five times, of the median of two years",
    ),
    between(
        "usual_level_or_explained", "times_usual_unexplained", LEAST_LEVEL, MOST_LEVEL, "critical",
        "a tenth, or five times, of the median of two years, and no printed change explains it",
    ),
    between("small_revision", "revision_pct", None, 10, "warning", "a past figure moved by more than 10 percent"),
    between(
        "no_gross_revision", "revision_pct", None, 50, "critical",
        "a past figure moved beyond any correction: another scope or scale",
    ),
    between(
        "no_old_release_anew", "republished", None, 0, "critical",
        "another period has this count to the last vehicle: an old release under a new date",
    ),
)  # fmt: skip
