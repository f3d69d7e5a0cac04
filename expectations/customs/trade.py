"""What every table of China's foreign trade must satisfy: its own sums, its printed changes, its neighbours in time.

Two tables share it: by country (exports X, imports M, both T; a month, since January, change on last year) and major
commodities (quantity and value of one flow; a month, since January, last year restated, change). What can be said
without history is said first: a page that stands alone must already be hard to get wrong.

Tolerances come from rounding (half a printed unit of every figure that takes part), then from what China Customs does
to true figures: earlier months are revised without notice, mostly below 2 %, last year's base by more, for single
partners by far more (2023: exports to some partners of 2022 by 5 to 10 %). So a rule about one cell holds a page only
where no revision explains it; the median of a page, which revisions hardly move, has narrow bounds.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from expectations.common import MONTH, SLACK, Sheet, between, lookup

__all__ = ["MEMBERS", "TRADE", "measure", "sums_to_world"]

BY_COUNTRY: Final = "by_country"
COMMODITIES: Final = ("major_exports", "major_imports")
AMOUNTS: Final = ("trade_value", "quantity")
USD_IN: Final = {"USD": 1.0, "CNY": 1 / 7}  # what is big or small, no more exact than that
BIG_USD: Final = 1e8
BASE_USD: Final = 1e9
FAR_PP: Final = 10
ENOUGH: Final = 5  # cells for a median of a page
ENOUGH_POINTS: Final = 6
SIBLING_HALF_UNIT: Final = 5e6  # the coarsest the other currency's page is printed: USD or CNY 100 million to a tenth
LEAST_FACTOR: Final = 0.1  # of last year: below, a printed change is too coarse to say a rate
MOST_NAMES: Final = 5
NO_PAIR, DOLLARS, YUAN, PIECES = 0, 1, 2, 3
OTHER: Final = {NO_PAIR: -1, DOLLARS: YUAN, YUAN: DOLLARS, PIECES: -1}
NO_LEVEL: Final = -9.0  # log10 of nothing against something

# Who belongs to the groups that are printed: Croatia's accession to Britain's departure and after.
MEMBERS: Final = {
    group: frozenset(members.split())
    for group, members in {
        "EU": "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
        "ASEAN": "BN MM KH ID LA MY PH SG TH VN",
        "_LATAM": "AR BO BR CL CO CR CU DO EC GT HN MX NI PA PE PY SV UY VE",
        "_AFRICA": "AO BF BI BJ BW CD CF CG CI CM DJ DZ EG ET GA GH GM GN GQ KE LR LS LY MA MG ML MR MU MW MZ NA NE NG "
        "RW SC SD SL SN SS SZ TD TG TN TZ UG ZA ZM ZW",
    }.items()
}


def measure(sheet: Sheet) -> None:
    """The columns and facts of `TRADE`."""
    rows = sheet.rows
    rows["amount"] = rows["measure"].isin(AMOUNTS)
    rows["own"] = ~rows["reconstructed"]
    rows["usd"] = rows["unit"].map(USD_IN).astype("float64")
    for frame in (rows, sheet.history):
        frame["pair"] = _pair(frame)
    _signs(sheet)
    _flows(sheet)
    _month_and_cumulative(sheet)
    _bases(sheet)
    _groups(sheet)
    _periods(sheet)
    _world_level(sheet)
    _since_january(sheet)
    _revisions(sheet)
    _changes_against_history(sheet)
    _currencies(sheet)
    _levels(sheet)
    _growth(sheet)
    _vanished(sheet)


# --- the page alone -------------------------------------------------------------------------------------------


def _signs(sheet: Sheet) -> None:
    rows = sheet.rows
    amounts = rows[rows["amount"]]
    # A reconstructed month is a difference of two rounded figures: rounding alone can take it below zero.
    sheet.put("amount_at_most", amounts["value"] + amounts["precision"].where(amounts["reconstructed"], 0.0))
    sheet.put("change_pct", rows["value"].where(rows["unit"] == "percent"))
    _digits(sheet)
    own = amounts[amounts["own"] & amounts["given"]]
    sheet.fact("zeros_pct", 100 * float((own["value"] == 0).mean()), "of 100 figures are zero")
    values = rows[rows["measure"] == "trade_value"]
    sheet.fact("missing_pct", 100 * float((~values["given"]).mean()), "of 100 values are missing")
    sheet.fact(
        "header_says_other_month",
        float(sheet.labels["locator"].str.contains("header says", regex=False).sum()),
        "rows under a header of another month than the title's",
    )


def _digits(sheet: Sheet) -> None:
    """How much coarser than a figure the others of its kind are printed: 1, but 5 and more where a digit was glued on.

    Values and changes are alike on the whole page, quantities in their own row.
    """
    rows = sheet.rows
    alike = rows[rows["own"] & (rows["value"] != 0) & (rows["precision"] > 0)]
    row = alike["body"].where(alike["measure"] == "quantity", -1)
    usual = alike["precision"].groupby([alike["measure"], alike["unit"], row]).transform("median")
    sheet.put("coarser_elsewhere", usual / alike["precision"])


def _excess(difference: pd.Series, allowed: pd.Series, scale: pd.Series) -> pd.Series:
    """A difference in multiples of what rounding allows."""
    return difference / (allowed + SLACK * scale.abs() + SLACK)


def _flows(sheet: Sheet) -> None:
    """T = X + M, for each partner, unit and period."""
    rows = sheet.rows[sheet.rows["measure"] == "trade_value"]
    both = rows[rows["flow"] == "T"]
    on, take = ["body", "freq", "start", "end"], ["value", "precision"]
    out = lookup(both, rows[rows["flow"] == "X"], on, take)
    into = lookup(both, rows[rows["flow"] == "M"], on, take)
    total = out["value"] + into["value"]
    allowed = both["precision"] + out["precision"] + into["precision"]
    sheet.put("sum_gap", _excess((both["value"] - total).abs(), allowed, total), total)


def _month_and_cumulative(sheet: Sheet) -> None:
    """A month is at most the sum since January, in which it is."""
    rows = sheet.rows[sheet.rows["amount"] & sheet.rows["own"]]
    month = rows[rows["freq"] == "M"]
    total = lookup(month, rows[rows["freq"] == "YTD"], ["series", "last"], ["value", "precision"])
    allowed = month["precision"] + total["precision"]
    gap = _excess(month["value"] - total["value"], allowed, total["value"])
    sheet.put("month_gap", gap, total["value"])


def _pair(frame: pd.DataFrame) -> pd.Series:
    """A number alike for an amount and its printed change, `OTHER` of it for the sibling in the other currency."""
    value = frame["measure"] == "trade_value"
    pair = pd.Series(NO_PAIR, index=frame.index)
    pair[(value & (frame["unit"] == "USD")) | (frame["measure"] == "trade_value_yoy_usd")] = DOLLARS
    pair[(value & (frame["unit"] == "CNY")) | (frame["measure"] == "trade_value_yoy_cny")] = YUAN
    pair[frame["measure"].isin(["quantity", "quantity_yoy"])] = PIECES
    return pair


def _printed_change(sheet: Sheet, rows: pd.DataFrame) -> pd.DataFrame:
    """For each cumulative amount: the change printed on the page (`change`, and `half` a unit of it, in percent)."""
    changes = sheet.rows[sheet.rows["unit"] == "percent"]
    on = ["dataset", "reporter", "area", "flow", "product", "pair", "last"]
    found = lookup(rows, changes, on, ["value", "precision"])
    return found.rename(columns={"value": "change", "precision": "half"})


def _base_interval(rows: pd.DataFrame, change: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Between which figures last year's must lie for the printed change to be true; NaN if it may be anything."""
    low = (rows["value"] - rows["precision"]) / (1 + (change["change"] + change["half"]) / 100)
    factor = 1 + (change["change"] - change["half"]) / 100
    high = ((rows["value"] + rows["precision"]) / factor).where(factor > 0)
    return low, high


def _bases(sheet: Sheet) -> None:
    """The bases that the three printed changes of a partner imply: last year's T = X + M, too.

    The only rule that sees a column of changes one to the left, or of the wrong flow, without any history.
    """
    rows = sheet.rows[(sheet.rows["measure"] == "trade_value") & (sheet.rows["freq"] == "YTD") & sheet.rows["own"]]
    low, high = _base_interval(rows, _printed_change(sheet, rows))
    rows = rows.assign(low=low, high=high)
    both = rows[rows["flow"] == "T"]
    out = lookup(both, rows[rows["flow"] == "X"], ["body", "last"], ["low", "high"])
    into = lookup(both, rows[rows["flow"] == "M"], ["body", "last"], ["low", "high"])
    below = out["low"] + into["low"] - both["high"]
    beyond = both["low"] - out["high"] - into["high"]
    gap = 100 * np.maximum(np.maximum(below, beyond), 0.0) / both["high"]
    gap = gap.where(below.notna() & beyond.notna() & (both["high"] > 0))
    big = both["value"] * both["usd"] >= BIG_USD
    sheet.put("base_gap_pct", gap)
    sheet.put("base_gap_big_pct", gap.where(big))
    share = 100 * float((gap.where(big).dropna() > 1).mean()) if big.sum() >= ENOUGH else float("nan")
    sheet.fact("base_gaps_pct", share, "of 100 partners whose printed changes don't fit together")


def _groups(sheet: Sheet) -> None:
    """The members that are listed can't add up to more than their group."""
    rows = _page_values(sheet)
    groups = rows[rows["area"].isin(MEMBERS)]
    on = ["flow", "unit", "freq", "first", "last"]
    gap, expected = [pd.Series(dtype="float64")], [pd.Series(dtype="float64")]
    for group, members in MEMBERS.items():
        mine = groups[groups["area"] == group]
        inside = rows[rows["area"].isin(members)]
        summed = inside.groupby(on)[["value", "precision"]].sum().reset_index()
        found = lookup(mine, summed, on, ["value", "precision"])
        gap.append(_excess(found["value"] - mine["value"], found["precision"] + mine["precision"], mine["value"]))
        expected.append(found["value"])
    sheet.put("members_gap", pd.concat(gap), pd.concat(expected))


def _page_values(sheet: Sheet) -> pd.DataFrame:
    """The values by country that the page prints itself, once a cell."""
    rows = sheet.rows
    mine = rows[(rows["measure"] == "trade_value") & (rows["dataset"] == BY_COUNTRY) & rows["own"]]
    return mine.drop_duplicates(["series", "freq", "start", "end"])


def sums_to_world(
    sheet: Sheet,
    column: str,
    parts: pd.Series,
    allowance_usd: float,
    *,
    whole: bool = True,
    perhaps: pd.Series | None = None,
) -> None:
    """Put how far the `parts` of the page's rows are from the printed world total, in multiples of what is allowed.

    Args:
        sheet: gets the column, at the rows of the world.
        column: its name.
        parts: which rows are added.
        allowance_usd: for each part, beside rounding.
        whole: the parts are all there are; else they may only not exceed the world. Where a part is missing or
            in doubt they are never whole.
        perhaps: rows that may or may not be in other parts already.
    """
    rows = _page_values(sheet)
    world = rows[rows["area"] == "W0"]
    on = ["flow", "unit", "freq", "first", "last"]
    mine = rows[parts.reindex(rows.index, fill_value=False)]
    mine = mine.assign(allowed=mine["precision"] + allowance_usd / mine["usd"], lost=~mine["given"])
    if perhaps is not None:
        unsure = rows[perhaps.reindex(rows.index, fill_value=False)]
        mine = pd.concat([mine, unsure.assign(value=0.0, allowed=unsure["value"], lost=False)])
    summed = mine.groupby(on)[["value", "allowed", "lost"]].sum().reset_index()
    found = lookup(world, summed, on, ["value", "allowed", "lost"])
    over = found["value"] - world["value"]
    complete = (found["lost"] == 0) & whole & (not sheet.batch.doubts)
    sheet.put(column, _excess(over.abs().where(complete, over), found["allowed"], world["value"]), found["value"])


def _periods(sheet: Sheet) -> None:
    """A page is about one month's end, the one that was asked for."""
    own = sheet.rows[sheet.rows["own"]]
    newest = own["last"].mode().max() if len(own) else float("nan")
    sheet.put("months_off", (own["last"] - newest).abs())
    asked = MONTH.search(sheet.batch.payload.period[-7:])
    known = asked is not None and re.fullmatch(r"[0-9/-]+", sheet.batch.payload.period) is not None
    gap = abs(newest - (int(asked[1]) * 12 + int(asked[2]) - 1)) if asked and known else float("nan")
    sheet.fact("months_from_asked", gap, f"asked for {sheet.batch.payload.period}" if known else "")


def _world_level(sheet: Sheet) -> None:
    """China's trade with the world in a month, both flows or twice one, in billion US dollars."""
    rows = _page_values(sheet)
    world = rows[(rows["area"] == "W0") & (rows["product"] == "TOTAL")]
    twice = world["flow"].map({"T": 1.0, "X": 2.0, "M": 2.0}).astype("float64")
    sheet.put("world_usd_bn", world["level"] * world["usd"] * twice / 1e9)


# --- the page against history ---------------------------------------------------------------------------------


def _since_january(sheet: Sheet) -> None:
    """Since January = since January a month ago + the month; off by revisions of earlier months."""
    rows = sheet.rows[sheet.rows["amount"] & sheet.rows["own"]]
    total = rows[(rows["freq"] == "YTD") & (rows["last"] > rows["first"])]
    month = lookup(
        total, rows[(rows["freq"] == "M") & (rows["first"] == rows["last"])], ["series", "last"], ["value", "precision"]
    )
    before = total.assign(last=total["last"] - 1)
    then = lookup(before, sheet.history[sheet.history["freq"] == "YTD"], ["series", "first", "last"], ["value"])
    expected = then["value"] + month["value"]
    allowed = 2 * total["precision"] + month["precision"]
    off = ((total["value"] - expected).abs() - allowed).clip(lower=0.0)
    larger = np.maximum(total["value"], expected)
    relative = 100 * off / larger.where(larger > 0)
    sheet.put("cumulative_gap_pct", relative, expected)
    # A lost month is a twelfth of December's sum: a commodity's, which no total guards, is measured by itself as well.
    implied = (total["value"] - then["value"]).clip(lower=0.0)
    of_month = 100 * off / np.maximum(np.maximum(implied, month["value"]), SLACK)
    lost = np.minimum(relative / 5, of_month / 85).where(total["dataset"].isin(COMMODITIES), 0.0)
    sheet.put("cumulative_break", np.maximum(relative / 25, lost).where(_held_for(larger, total)), expected)


def _held_for(value: pd.Series, rows: pd.DataFrame, least: float = BASE_USD) -> pd.Series:
    """Large enough to hold a page for; every commodity of the tables of major ones is.

    By country from a billion dollars: below, single ships, cargoes of oil and their corrections make true jumps.
    """
    return (value * rows["usd"] >= least) | rows["dataset"].isin(COMMODITIES)


def _revisions(sheet: Sheet) -> None:
    """A cell against what is known of it, printed or reconstructed."""
    rows = sheet.rows[sheet.rows["amount"] & (sheet.rows["freq"] != "A")]
    known = lookup(rows, sheet.history, ["series", "freq", "first", "last"], ["value"])["value"]
    off = ((rows["value"] - known).abs() - 2 * rows["precision"]).clip(lower=0.0)
    larger = np.maximum(rows["value"], known)
    relative = 100 * off / larger.where(larger > 0)
    sheet.put("revision_pct", relative, known)
    sheet.put("revision_big_pct", relative.where(rows["own"] & _held_for(larger, rows)), known)
    enough = relative.notna().sum() >= ENOUGH
    sheet.fact("median_revision_pct", relative.median() if enough else float("nan"), "median revision of the page")


def _changes_against_history(sheet: Sheet) -> None:
    """The printed change on last year, against last year's figure: on the page itself, or as we know it."""
    rows = sheet.rows[sheet.rows["amount"] & sheet.rows["own"] & (sheet.rows["freq"] == "YTD")]
    change = _printed_change(sheet, rows)
    year_ago = rows.assign(first=rows["first"] - 12, last=rows["last"] - 12)
    restated = sheet.rows[sheet.rows["reconstructed"] & (sheet.rows["freq"] == "YTD")]
    on = ["series", "first", "last"]
    here = lookup(year_ago, restated, on, ["value", "precision"])
    gap, computed = _change_gap(rows, change, here["value"], here["precision"])
    room = np.maximum(1.0, 1 + change["change"] / 100)
    sheet.put("restated_change_gap", (gap / (0.3 * room)).where(here["value"] > 0), computed)

    known = lookup(year_ago, sheet.history[sheet.history["freq"] == "YTD"], on, ["value"])["value"]
    gap, computed = _change_gap(rows, change, known, rows["precision"])
    sizeable = (known * rows["usd"] >= BASE_USD) | (rows["dataset"].isin(COMMODITIES) & (known > 0))
    gap = (gap / room).where(sizeable)
    sheet.put("change_gap_pp", gap, computed)
    enough = gap.notna().sum() >= ENOUGH
    sheet.fact("median_change_gap_pp", gap.median() if enough else float("nan"), "points between printed and computed")
    far = 100 * float((gap.dropna() > FAR_PP).mean()) if enough else float("nan")
    sheet.fact("changes_far_pct", far, f"of 100 large figures are over {FAR_PP} points from their printed change")


def _change_gap(
    rows: pd.DataFrame, change: pd.DataFrame, base: pd.Series, half: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """Points by which a printed change lies outside what two rounded figures allow; and the change computed."""
    low = 100 * ((rows["value"] - rows["precision"]) / (base + half) - 1) - change["half"]
    bottom = (base - half).where(base > half)
    high = 100 * ((rows["value"] + rows["precision"]) / bottom - 1) + change["half"]
    gap = np.maximum(np.maximum(low - change["change"], change["change"] - high), 0.0)
    computed = 100 * (rows["value"] / base - 1)
    return gap.where(high.notna() & change["change"].notna()), computed


def _currencies(sheet: Sheet) -> None:
    """The page in yuan against its sibling in dollars, through the exchange rate that the two imply.

    A month is converted at one rate, so each row must imply the same; since January the rates of the months mix, by
    each row's own weights. Printed changes imply the rate's change on last year in the same way.
    """
    rows = sheet.rows[(sheet.rows["measure"] == "trade_value") & sheet.rows["own"] & (sheet.rows["freq"] != "A")]
    other = rows.assign(pair=rows["pair"].map(OTHER))
    known = sheet.history[sheet.history["measure"] == "trade_value"]
    on = ["dataset", "area", "product", "pair", "flow", "freq", "first", "last"]
    sibling = lookup(other, known, on, ["value"])["value"]
    rate = (sibling / rows["value"]).where(rows["unit"] == "USD", rows["value"] / sibling)
    rate = rate.where((rows["value"] > 0) & (sibling > 0))
    rounding = rows["precision"] / rows["value"] + SIBLING_HALF_UNIT / sibling
    middle = rate.groupby(rows["freq"]).transform("median")
    gap = 100 * ((rate / middle - 1).abs() - rounding).clip(lower=0.0)
    sheet.put("rate_gap_pct", gap.where(rows["freq"] == "M", gap / 2), sibling)
    sheet.fact("implied_rate", rate.median() if rate.notna().sum() >= ENOUGH else float("nan"), "yuan for a dollar")

    changes = sheet.rows[sheet.rows["measure"].isin(["trade_value_yoy_usd", "trade_value_yoy_cny"])]
    dollars = changes["measure"] == "trade_value_yoy_usd"
    twin = changes.assign(pair=changes["pair"].map(OTHER))
    on = ["dataset", "pair", "area", "flow", "product", "last"]
    theirs = lookup(twin, sheet.history[sheet.history["unit"] == "percent"], on, ["value"])["value"]
    mine, their = 1 + changes["value"] / 100, 1 + theirs / 100
    factor = (mine / their).where(dollars, their / mine).where((mine > LEAST_FACTOR) & (their > LEAST_FACTOR))
    half = changes["precision"] / 100
    rounding = half / mine + half / their
    gap = 100 * ((factor / factor.median() - 1).abs() - rounding).clip(lower=0.0)
    sheet.put("change_rate_gap_pct", gap / 2, theirs)
    enough = factor.notna().sum() >= ENOUGH
    sheet.fact("implied_rate_change", factor.median() if enough else float("nan"), "dollars of a yuan, on last year")


def _levels(sheet: Sheet) -> None:
    """How many orders of magnitude a figure for a month is from the median of its own history."""
    rows = sheet.rows[sheet.rows["amount"] & sheet.rows["own"] & sheet.rows["freq"].isin(["M", "YTD"])]
    past = sheet.history[sheet.history["value"].notna()]
    known = past.groupby(["series", "freq"])["level"].agg(["median", "size"]).reset_index()
    found = lookup(rows, known, ["series", "freq"], ["median", "size"])
    usual = found["median"].where(found["median"] > 0)
    orders = np.log10(rows["level"] / usual).clip(lower=NO_LEVEL).where(rows["level"] >= 0)
    sheet.put("orders_from_usual", orders, usual * (rows["last"] - rows["first"] + 1))
    # Where the usual figure is itself a few printed units, a zero is rounding.
    ample = (found["size"] >= ENOUGH_POINTS) & (usual > 20 * rows["precision"])
    risen = (orders > 0) & _held_for(usual, rows, BIG_USD)
    held_for = ample & (risen | _held_for(usual, rows))
    sheet.put("orders_in_big_series", orders.where(held_for), usual * (rows["last"] - rows["first"] + 1))
    enough = orders.notna().sum() >= ENOUGH
    sheet.fact("median_orders_from_usual", orders.median() if enough else float("nan"), "orders of magnitude")


def _growth(sheet: Sheet) -> None:
    """Since January grows from month to month: last month's table under this month's title doesn't."""
    rows = sheet.rows[(sheet.rows["measure"] == "trade_value") & sheet.rows["own"] & (sheet.rows["freq"] == "YTD")]
    known = sheet.history[(sheet.history["freq"] == "YTD") & (sheet.history["measure"] == "trade_value")]
    pairs = rows[["series", "first", "last", "value", "usd", "dataset"]].merge(
        known[["series", "first", "last", "value"]], on=["series", "first"], suffixes=("", "_then")
    )
    pairs = pairs[_held_for(pairs["value"], pairs, BIG_USD)]
    before = pairs[pairs["last_then"] < pairs["last"]]
    after = pairs[pairs["last_then"] > pairs["last"]]
    before = before.sort_values("last_then").groupby("series").tail(1)
    after = after.sort_values("last_then").groupby("series").head(1)
    grown = pd.concat([before["value"] > before["value_then"], after["value"] < after["value_then"]])
    share = 100 * float(grown.mean()) if len(grown) >= ENOUGH else float("nan")
    sheet.fact("grown_pct", share, "of 100 sums since January are larger than a month before")


def _vanished(sheet: Sheet) -> None:
    """Rows that the nearest other page has and this one lacks; names change with the year in the commodities."""
    rows = sheet.rows[(sheet.rows["measure"] == "trade_value") & sheet.rows["own"] & (sheet.rows["freq"] == "YTD")]
    known = sheet.history
    known = known[
        (known["freq"] == "YTD")
        & (known["measure"] == "trade_value")
        & ~known["reconstructed"]
        & known["value"].notna()
        & known["dataset"].isin(rows["dataset"].unique())
        & known["unit"].isin(rows["unit"].unique())
    ]
    share, names, same_year = float("nan"), "", True
    if len(rows) and len(known):
        newest = int(rows["last"].max())
        distance = (known["last"] - newest).abs()
        others = known[distance > 0]
        if len(others):
            then = others.loc[distance[distance > 0].sort_values(kind="stable").index[0], "last"]
            there = others[others["last"] == then]
            gone = there[~there["series"].isin(rows["series"])]
            share = 100 * len(gone) / len(there)
            names = ", ".join(sorted(set(gone["product" if (gone["area"] == "W0").all() else "area"]))[:MOST_NAMES])
            same_year = int(then) // 12 == newest // 12
    nothing = float("nan")
    sheet.fact("vanished_pct", share if same_year else nothing, names)
    sheet.fact("vanished_over_new_year_pct", nothing if same_year else share, names)
    # The bulletin's sums since January outgrow their column in some month: TOTAL, Asia, groups are `####` from then on.
    rows = sheet.rows
    wide = rows["kind"].isin(["group", "world"]) & (rows["freq"] == "YTD") & (rows["dataset"] == BY_COUNTRY)
    lost = rows[rows["amount"] & ~rows["given"] & ~wide]
    before = lost["series"].isin(sheet.history.loc[sheet.history["value"].notna(), "series"]).astype("float64")
    sheet.put("lost_value", before[lost["measure"] == "trade_value"])
    sheet.put("lost_quantity", before[lost["measure"] == "quantity"])


TRADE: Final = (
    between(
        "flows_add_up", "sum_gap", None, 1, "critical",
        "exports + imports = total within rounding: else a figure stands in another's column",
    ),
    between(
        "month_within_cumulative", "month_gap", None, 1, "critical",
        "a month can't exceed the sum since January: else the two are exchanged, or a unit slipped",
    ),
    between(
        "members_within_group", "members_gap", None, 1, "critical",
        "the members listed can't exceed their group: else a row slipped",
    ),
    between(
        "no_negative_amount", "amount_at_most", 0, None, "critical",
        "trade has no sign: a minus is a change read as a figure",
    ),
    between(
        "no_change_below_minus_100", "change_pct", -100.1, None, "critical",
        "trade can't fall by more than all of it: an amount read as a change, or a sign",
    ),
    between(
        "digits_alike", "coarser_elsewhere", None, 2, "critical",
        "all figures of a column have the same decimals: one more is the mark of a footnote",
    ),
    between(
        "one_period", "months_off", 0, 0, "critical",
        "all figures of a page end in one month, but for those it restates",
    ),
    between(
        "period_as_asked", "months_from_asked", 0, 0, "critical",
        "the page is about another month than the index said",
    ),
    between(
        "changes_fit_together", "base_gap_pct", None, 0.5, "warning",
        "last year's exports + imports = total, as the printed changes imply them (percent of last year's total)",
    ),
    between(
        "changes_fit_together_grossly", "base_gap_big_pct", None, 5, "critical",
        "last year's exports + imports = total: else a change stands in another's column or lost its sign",
    ),
    between(
        "changes_of_page_fit_together", "base_gaps_pct", None, 10, "critical",
        "a column of changes is another flow's, or figures are one column to the left",
    ),
    between(
        "restated_year_fits_change", "restated_change_gap", None, 1, "critical",
        "the printed change is that between this year's and last year's column, within rounding and 0.3 points",
    ),
    between(
        "header_names_the_month", "header_says_other_month", 0, 0, "warning",
        "the header's month differs from the title's (copied from the month before): the title counts",
    ),
    between(
        "cumulative_is_sum_of_months", "cumulative_gap_pct", None, 2, "warning",
        "since January = a month ago + the month: the rest is a revision of earlier months",
    ),
    between(
        "cumulative_is_roughly_sum_of_months", "cumulative_break", None, 1, "critical",
        "since January and the month contradict what was published before by more than any revision",
    ),
    between(
        "small_revision", "revision_pct", None, 2, "warning",
        "a figure already known moved by more than 2 percent",
    ),
    between(
        "no_gross_revision", "revision_big_pct", None, 25, "critical",
        "a large figure already known moved by more than a quarter: rather a slip than a revision",
    ),
    between(
        "page_agrees_with_known", "median_revision_pct", None, 10, "critical",
        "most figures differ from what is known of the same cells: another unit, period or column",
    ),
    between(
        "change_fits_history", "change_gap_pp", None, 3, "warning",
        "the printed change on last year against last year's figure as we know it (points)",
    ),
    between(
        "most_changes_fit_history", "changes_far_pct", None, 20, "critical",
        "one printed change in five contradicts last year's figure by more than a revision of it",
    ),
    between(
        "changes_of_page_fit_history", "median_change_gap_pp", None, 3, "critical",
        "the page's changes contradict last year's figures: another currency, period or column",
    ),
    between(
        "rate_is_one", "rate_gap_pct", None, 3, "critical",
        "each row must imply the page's exchange rate to its sibling in the other currency",
    ),
    between(
        "rate_is_plausible", "implied_rate", 5, 9, "critical",
        "yuan for a dollar implied by the two pages: else one has the other's figures, or another unit",
    ),
    between(
        "change_rate_is_one", "change_rate_gap_pct", None, 3, "critical",
        "printed changes in dollars and in yuan must differ by one and the same change of the exchange rate",
    ),
    between(
        "change_rate_is_plausible", "implied_rate_change", 0.8, 1.25, "critical",
        "the yuan's change on last year implied by the printed changes of the two pages",
    ),
    between(
        "level_as_usual", "orders_from_usual", -0.7, 0.7, "warning",
        "five times more or less than usual (orders of magnitude): a true jump is news, so it loads",
    ),
    between(
        "no_thousandfold_in_big_series", "orders_in_big_series", -2.7, 2.7, "critical",
        "a large figure a thousand times larger or smaller than usual, or nothing: a unit slipped",
    ),
    between(
        "level_of_page_as_usual", "median_orders_from_usual", -0.7, 0.7, "critical",
        "half of the page is five times off its usual level: a unit slipped, or columns moved",
    ),
    between(
        "cumulative_grows", "grown_pct", 80, None, "critical",
        "sums since January must grow: else another month's table stands under this title",
    ),
    between(
        "no_value_lost", "lost_value", 0, 0, "critical",
        "a value is blank where there was one before",
    ),
    between(
        "no_quantity_lost", "lost_quantity", 0, 0, "warning",
        "no quantity where there was one before: as a rule a misprinted unit",
    ),
)  # fmt: skip
