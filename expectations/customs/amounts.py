"""What one partner can trade with another in one product and month at most: far above all that ever was.

It is what can be said of the first document of its kind, whose unit slipped for values and weights alike.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from expectations.common import Sheet, between

__all__ = ["POSSIBLE", "measure"]

# US dollars and kilograms a month. China's exports to the United States were at most 60 billion dollars a month, parts
# of 85 from Taiwan 20; iron ore from Australia 70 million tonnes; gas from one country a few million tonnes.
TOTAL: Final = 1e11
ANY: Final = {"USD": 6e10, "CNY": 4.2e11, "kg": 4e11, "t": 4e8}
GAS: Final = {"USD": 2e10, "CNY": 1.4e11, "kg": 1e11, "t": 1e8}
GAS_CODES: Final = "2711"


def measure(sheet: Sheet) -> None:
    """Put `of_possible`: a cell's level a month in parts of the most that is possible; the world is no cell."""
    rows = sheet.rows[(sheet.rows["area"] != "W0") & sheet.rows["given"]]
    codes, units = rows["product"].astype("str"), rows["unit"].astype("str")
    most = units.map(ANY).astype("float64")
    most = most.mask(codes.str.startswith(GAS_CODES), units.map(GAS).astype("float64"))
    most = most.mask(codes == "TOTAL", pd.Series(TOTAL, index=rows.index).where(units == "USD"))
    sheet.put("of_possible", rows["level"] / most, most)


POSSIBLE: Final = between(
    "amount_possible", "of_possible", None, 1, "critical",
    "more in a month than one partner ever traded: the unit slipped, for values and weights alike",
)  # fmt: skip
