"""What AvtoVAZ's figures must satisfy: those of all carmakers, and cars alone within cars and vans."""

from __future__ import annotations

from typing import Final

import pandas as pd

from expectations import common
from expectations.carmakers import figures
from expectations.common import Sheet, between

__all__ = ["SUITE", "measure"]

WHOLE: Final = {
    f"avtovaz_{what}_{cut}": f"avtovaz_{what}_pc_lcv"
    for what in ("dealers", "output", "exports")
    for cut in ("pc", "lcv")
}
CELL: Final = ["whole", "measure", "product", "freq", "first", "last"]


def measure(sheet: Sheet) -> None:
    """The columns of `SUITE`."""
    common.measure(sheet)
    figures.measure(sheet)
    counts = sheet.rows[sheet.rows["unit"] == "units"]
    known = pd.concat([counts, sheet.history[sheet.history["unit"] == "units"]], ignore_index=True)
    known = known.assign(**{name: known[name].astype("str") for name in ("dataset", "measure", "product", "freq")})
    known = known.assign(whole=known["dataset"]).drop_duplicates(CELL)[[*CELL, "value"]]
    named = {name: counts[name].astype("str") for name in ("dataset", "measure", "product", "freq")}
    parts = counts.assign(**named)
    parts = parts[parts["dataset"].isin(WHOLE)]
    parts = parts.assign(whole=parts["dataset"].map(WHOLE)).reset_index(names="row")
    beside = parts.merge(known, on=CELL, suffixes=("", "_of_all")).set_index("row")
    gap = beside["value"] - beside["value_of_all"] - 2 * beside["precision"]
    sheet.put("above_with_lcv", gap, beside["value_of_all"])


SUITE: Final = (
    *figures.COMMON,
    *figures.FIGURES,
    between(
        "cars_within_all", "above_with_lcv", None, 0, "critical",
        "cars alone, or light commercial vehicles alone, are part of both together",
    ),
)  # fmt: skip
