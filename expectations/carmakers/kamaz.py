"""What KAMAZ's figures must satisfy: those of all carmakers, and 16 t and more is part of 14 t and more."""

from __future__ import annotations

from typing import Final

import pandas as pd

from expectations import common
from expectations.carmakers import figures
from expectations.common import Sheet, between

__all__ = ["SUITE", "measure"]

NARROW, WIDE = "autostat_hcv_gt16t", "kamaz_hcv_ge14t"
CELL: Final = ["measure", "freq", "first", "last"]


def measure(sheet: Sheet) -> None:
    """The columns of `SUITE`."""
    common.measure(sheet)
    figures.measure(sheet)
    counts = sheet.rows[sheet.rows["unit"] == "units"]
    known = pd.concat([counts, sheet.history[sheet.history["unit"] == "units"]], ignore_index=True)
    wide = _keyed(known[known["dataset"] == WIDE]).drop_duplicates(CELL)[[*CELL, "value"]]
    narrow = _keyed(counts[counts["dataset"] == NARROW]).reset_index(names="row")
    beside = narrow.merge(wide, on=CELL, suffixes=("", "_from_14t")).set_index("row")
    from_14t = beside["value_from_14t"]
    sheet.put("above_14t", beside["value"] - from_14t - 2 * beside["precision"], from_14t)


def _keyed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(measure=rows["measure"].astype("str"), freq=rows["freq"].astype("str"))


SUITE: Final = (
    *figures.COMMON,
    *figures.FIGURES,
    between(
        "over_16t_within_14t", "above_14t", None, 0, "warning",
        "two counters' figures of one company: over 16 t is part of 14 t and more",
    ),
)  # fmt: skip
