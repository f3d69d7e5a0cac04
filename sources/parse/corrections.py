"""Known errors of publishers, shipped with the program: what was printed, what is right, why, since when it is known.

`reference/data/corrections.csv` is the ledger, one error a row. `series_key` and `period` name the cell as in
`observations`.
`printed` is the text on the page, `wrong_value` what it says in base units; empty where the print can't be taken for
a figure (a quantity whose unit is misprinted loads as missing). `tolerance` is how far from `right_value` a later
print of the publisher may be and still count as the error's end. `printed_on` is the day of the wrong edition,
`found_on` the day on which the error was found: before it, nobody could know the right value from Amur.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from sources.errors import AmurError
from sources.parse import numbers

__all__ = ["CORRECTIONS", "Correction", "ledger"]

FILE: Final = Path(__file__).parents[1] / "reference" / "data" / "corrections.csv"
END: Final = "# end\n"
COLUMNS: Final = (
    "correction_id", "source", "series_key", "period", "printed", "wrong_value", "right_value", "tolerance",
    "printed_on", "found_on", "reported_on", "reason", "evidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Correction:
    """One known error; values in base units of the series. `wrong_value` None: the print loads as missing."""

    correction_id: str
    source: str
    series_key: str
    period: str
    printed: str
    wrong_value: float | None
    right_value: float
    tolerance: float
    printed_on: date
    found_on: date
    reported_on: date | None
    reason: str
    evidence_url: str


def ledger(text: str) -> Mapping[str, Correction]:
    """The corrections of a ledger by their ids.

    Raises:
        AmurError: a row that can't be read in full, an id or cell twice, days out of their order; names the row.
    """
    if not text.endswith(END):
        raise _wrong("the end", "a last line `# end`", repr(text[-20:]))
    found: dict[str, Correction] = {}
    cells: set[tuple[str, str, float | None]] = set()
    reader = csv.DictReader(text.removesuffix(END).splitlines(), strict=True)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise _wrong("header", COLUMNS, reader.fieldnames)
    for number, row in enumerate(reader, start=2):
        if None in row or any(value is None for value in row.values()):
            raise _wrong(f"row {number}", f"{len(COLUMNS)} fields", "more or fewer")
        empty = [name for name, value in row.items() if not value and name not in {"wrong_value", "reported_on"}]
        if empty:
            raise _wrong(f"row {number} {empty[0]}", "a value", "none")
        try:
            one = _correction(row)
        except ValueError as error:
            raise _wrong(f"row {number}", "numbers and days", error) from error
        cell = (one.series_key, one.period, one.wrong_value)
        if one.correction_id in found or cell in cells:
            raise _wrong(f"row {number}", "an id and a cell of its own", one.correction_id)
        days = [one.printed_on, one.found_on, *([one.reported_on] if one.reported_on else [])]
        if days != sorted(days) or one.tolerance < 0 or one.wrong_value == one.right_value:
            raise _wrong(f"row {number}", "printed, found, reported in this order; two values", one.correction_id)
        if not one.series_key.startswith(f"{one.source}:"):
            raise _wrong(f"row {number} series_key", f"a series of {one.source}", one.series_key)
        cells.add(cell)
        found[one.correction_id] = one
    return MappingProxyType(found)


def _correction(row: Mapping[str, str]) -> Correction:
    return Correction(
        correction_id=row["correction_id"],
        source=row["source"],
        series_key=row["series_key"],
        period=row["period"],
        printed=row["printed"],
        wrong_value=float(numbers.exact(row["wrong_value"])) if row["wrong_value"] else None,
        right_value=float(numbers.exact(row["right_value"])),
        tolerance=float(numbers.exact(row["tolerance"])),
        printed_on=date.fromisoformat(row["printed_on"]),
        found_on=date.fromisoformat(row["found_on"]),
        reported_on=date.fromisoformat(row["reported_on"]) if row["reported_on"] else None,
        reason=row["reason"],
        evidence_url=row["evidence"],
    )


def _wrong(at: str, expected: object, found: object) -> AmurError:
    return AmurError(source="corrections", url=f"shipped:{FILE.name}", at=at, expected=expected, found=found)


CORRECTIONS: Final = ledger(FILE.read_text(encoding="utf-8"))
