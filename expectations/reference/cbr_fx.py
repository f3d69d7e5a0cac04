"""What the Bank of Russia's rates must satisfy: no rate for another nominal, no day twice, no comma lost.

The rouble moves: +27 % on 11 October 1994, threefold in September 1998, GBP 151.5177 on 15 March 2022. A fault of the
nominal is a factor of 10, 100 or 1000 between two days that follow each other. Rates before 1998 are in old roubles,
another unit, so another series: no step leads from one to the other.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pandas as pd

from expectations import common
from expectations.common import Sheet, between
from sources.reference.cbr_fx import CURRENCY

__all__ = ["SUITE", "measure"]

DAYS_AHEAD: Final = 14  # before the New Year holidays a rate holds, and is dated, for days to come
MOST_DAYS: Final = 5
NEIGHBOUR_DAYS: Final = 31

# Roubles for one unit, with room of a factor of three around all that was: since 1998, and since 2015, when the
# rouble's fall of 2014 was over and a lost or gained digit no longer fits the narrower band.
BANDS: Final[dict[pd.Timestamp, dict[str, tuple[float, float]]]] = {
    pd.Timestamp(1998, 1, 1): {
        "USD": (2, 400), "EUR": (8, 400), "GBP": (3, 500), "CNY": (0.24, 60), "AED": (0.5, 110), "KZT": (0.02, 3),
    },
    pd.Timestamp(2015, 1, 1): {
        "USD": (30, 400), "EUR": (30, 400), "GBP": (40, 500), "CNY": (4, 60), "AED": (8, 110), "KZT": (0.06, 0.7),
    },
}  # fmt: skip


def measure(sheet: Sheet) -> None:
    """The columns and facts of `SUITE`."""
    common.measure(sheet, ahead_days=DAYS_AHEAD)
    rows = sheet.rows
    sheet.put("rate", rows["value"])
    sheet.put("days", (rows["end"] - rows["start"]).dt.days)
    place, edge = _band(rows)
    sheet.put("place_in_band", place, edge)
    before, after = _neighbours(sheet, "backward"), _neighbours(sheet, "forward")
    step = (rows["value"] / before).where(before > 0)
    sheet.put("step_pct", 100 * (step - 1), before)
    orders = np.log10(step.where(rows["value"] > 0))
    onward = np.log10((rows["value"] / after).where((after > 0) & (rows["value"] > 0)))
    larger = orders.where(orders.abs() >= onward.abs().fillna(0.0), onward)
    sheet.put("orders_from_neighbour", larger, before.fillna(after))
    _days_lost(sheet)


def _days_lost(sheet: Sheet) -> None:
    """Known days of a currency asked for, within the range asked for (else from first to last), that are gone."""
    asked = dict(parse_qsl(urlsplit(sheet.batch.payload.url).query))
    rows, known = sheet.rows, sheet.history
    currencies = set(rows["product"]) | {CURRENCY.get(asked.get("VAL_NM_RQ", ""), "")}
    known = known[known["product"].isin(currencies) & known["value"].notna()]
    try:
        first, last = (pd.to_datetime(asked[name], format="%d/%m/%Y") for name in ("date_req1", "date_req2"))
    except (KeyError, ValueError):
        first, last = rows["start"].min(), rows["start"].max()  # a file, or a single day
    known = known[(known["start"] >= first) & (known["start"] <= last)]
    here = set(zip(rows["product"], rows["start"], strict=True))
    gone = sorted(
        {day for currency, day in zip(known["product"], known["start"], strict=True) if (currency, day) not in here}
    )
    sheet.fact(
        "days_lost", len(gone) if len(known) else float("nan"), ", ".join(f"{day:%Y-%m-%d}" for day in gone[:MOST_DAYS])
    )


def _band(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Where a rate lies in its band: 0 at the lower edge, 1 at the upper, on a scale of orders of magnitude."""
    low = pd.Series(np.nan, index=rows.index)
    high = low.copy()
    for since, bands in BANDS.items():
        later = rows["start"] >= since
        for currency, (bottom, top) in bands.items():
            mine = later & (rows["product"] == currency)
            low, high = low.mask(mine, bottom), high.mask(mine, top)
    place = np.log(rows["value"].where(rows["value"] > 0) / low) / np.log(high / low)
    edges = [f"{bottom:g} to {top:g}" for bottom, top in zip(low, high, strict=True)]
    return place, pd.Series(edges, index=rows.index, dtype="object").where(low.notna())


def _neighbours(sheet: Sheet, direction: str) -> pd.Series:
    """For each row the rate of the same currency and rouble on the day before or after, of the batch or of history."""
    names = ["series", "start", "value"]
    known = pd.concat([sheet.rows[names], sheet.history[names]]).dropna(subset=["value"])
    known = known.drop_duplicates(["series", "start"]).sort_values("start", kind="stable")
    rows = sheet.rows[["series", "start"]].sort_values("start", kind="stable")
    found = pd.merge_asof(
        rows.reset_index(names="row"),
        known,
        on="start",
        by="series",
        direction=direction,
        allow_exact_matches=False,
        tolerance=pd.Timedelta(days=NEIGHBOUR_DAYS),
    )
    value: pd.Series = found.set_index("row")["value"].reindex(sheet.rows.index)
    return value


SUITE: Final = (
    *common.COMMON,
    between("rate_is_positive", "rate", 0, None, "critical", "a rate of exchange is over zero", above=True),
    between("no_day_lost", "days_lost", 0, 0, "critical", "days that had a rate are missing within the range"),
    between("one_day", "days", 0, 0, "critical", "a rate is for one day"),
    between(
        "rate_in_band", "place_in_band", 0, 1, "critical",
        "outside of three times all that was: not divided by its Nominal, or a comma lost",
    ),
    between("small_step", "step_pct", -20, 20, "warning", "percent on the day before; big steps can be true"),
    between(
        "no_step_of_a_nominal", "orders_from_neighbour", -0.69897, 0.69897, "critical",
        "five times more or less than on the next day with a rate: a fault of Nominal (orders of magnitude)",
    ),
)  # fmt: skip
