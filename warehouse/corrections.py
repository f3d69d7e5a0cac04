"""Apply the ledger of publishers' known errors: a correction adds a vintage, and never edits one.

What corrections add is derived anew from all vintages whenever some are loaded (`load/apply_corrections.sql`), so that
it is the same whatever came first: the wrong document, a later one that repeats or mends it, or the correction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from datetime import datetime
from typing import Any, Final

from sources.parse.corrections import CORRECTIONS, Correction
from warehouse.database import Database

__all__ = ["CORRECTED", "apply", "correction_in", "derive"]

CORRECTED: Final = " corrected by "  # behind the place of the wrong print in the locator of a correction's vintage


def apply(db: Database, now: datetime, entries: Iterable[Correction] = tuple(CORRECTIONS.values())) -> bool:
    """Bring the ledger and what it adds up to date, of errors found by `now`; gives whether anything is different."""
    before = _rows(db)
    with db.transaction():
        db.execute("DELETE FROM correction_entries")
        db.insert("correction_entries", [astuple(entry) for entry in entries])
        derive(db, now)
        changed = _rows(db) != before
        if changed:
            db.execute("INSERT INTO pending_publication VALUES ('corrections', 'corrections')")
    return changed


def derive(db: Database, now: datetime) -> None:
    """Make anew what the corrections add to the vintages as they are now; part of each transaction that loads some."""
    db.execute("DELETE FROM corrected_vintages")
    db.run("load/apply_corrections", [now.date()])


def _rows(db: Database) -> list[list[tuple[Any, ...]]]:
    return [db.rows("FROM correction_entries ORDER BY ALL"), db.rows("FROM corrected_vintages ORDER BY ALL")]


def correction_in(locator: str) -> Correction | None:
    """The correction that a vintage's place names; None where it names none that is known."""
    _, _, words = locator.partition(CORRECTED)
    return CORRECTIONS.get(words.partition(":")[0])
