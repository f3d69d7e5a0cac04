"""Files of cited figures, written for Amur's tests in the layout of the shipped ones."""

import csv
import io
from collections.abc import Mapping

COLUMNS = (
    "dataset", "measure", "flow", "reporter", "partner", "product", "unit", "freq", "period",
    "value", "tolerance", "published_at", "basis", "citation", "note",
)  # fmt: skip
# China's trade with Russia in 2024 as the Chinese customs printed it in January 2025.
TOTAL_2024 = {
    "dataset": "gacc_by_country", "measure": "trade_value", "flow": "T", "reporter": "CN", "partner": "RU",
    "product": "TOTAL", "unit": "USD", "freq": "A", "period": "2024", "value": "244810000000",
    "tolerance": "5000000", "published_at": "2025-01-13", "basis": "news", "citation": "TASS (GACC)",
    "note": "",
}  # fmt: skip


def figures(*rows: Mapping[str, str]) -> bytes:
    """A file with one row a mapping, which changes columns of `TOTAL_2024`; without any, that row alone."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**TOTAL_2024, **row} for row in rows or ({},))
    return out.getvalue().encode()
