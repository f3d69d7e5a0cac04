"""How a person names a figure: an indicator, a measure, a series key or a part of one; and a period's label.

A name or period that isn't there is answered with those that come nearest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import duckdb

from sources.errors import AmurError
from warehouse.database import SQL, naive, statement

__all__ = [
    "FOREVER", "Asked", "answers", "asked", "dicts", "method_text", "no_period", "no_series", "one_answer", "series_of",
]  # fmt: skip

FOREVER: Final = datetime.max.replace(year=9999)  # noqa: DTZ901 (an instant after all others)
SPAN: Final = re.compile(r"[0-9]{4}-[0-9]{2}\.\.([0-9]{4}-[0-9]{2})")
FIRST_CHOICE: Final = ("M", "Q", "H", "A", "D", "YTD")
LIST_ALL: Final = '`amur sql "SELECT series_key, newest_period FROM series"` lists them'


@dataclass(frozen=True, slots=True)
class Asked:
    """A name and the label of a period; `freq` is `YTD` where the label was a span (`2025-01..2025-06`), else empty."""

    name: str
    period: str
    freq: str = ""


def asked(name: str, period: str) -> Asked:
    """What a person asks for."""
    span = SPAN.fullmatch(period.strip())
    return Asked(name.strip(), span[1], "YTD") if span else Asked(name.strip(), period.strip())


def answers(connection: duckdb.DuckDBPyConnection, what: Asked, as_of: datetime | None = None) -> list[dict[str, Any]]:
    """The rows of an indicator for a period, one a frequency, as known at an instant; none for another name."""
    found = dicts(
        connection, statement("read/explain_indicator"), [what.name, what.period, naive(as_of) if as_of else FOREVER]
    )
    return [row for row in found if what.freq in {"", row["freq"]}]


def one_answer(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The row that a label means: `2025-06` is the month where there is one, else the months up to it."""
    return min(rows, key=lambda row: FIRST_CHOICE.index(row["freq"]), default=None)


def series_of(connection: duckdb.DuckDBPyConnection, what: Asked) -> str:
    """The key of the one series that a name means.

    Raises:
        AmurError: none, or several; says what comes near.
    """
    found = [str(row[0]) for row in connection.execute(statement("read/find_series"), [what.name]).fetchall()]
    if len(found) == 1 or (found and found[0] == what.name):
        return found[0]
    raise no_series(connection, what, found)


def no_series(connection: duckdb.DuckDBPyConnection, what: Asked, found: list[str]) -> AmurError:
    """The answer to a name that means no figure or several, or to an indicator that lacks the period."""
    if connection.execute("SELECT count(*) FROM indicators WHERE indicator = $1", [what.name]).fetchone() != (0,):
        return no_period(connection, what.name, what.period)
    near = (
        [] if found else [row[0] for row in connection.execute(statement("read/nearest_names"), [what.name]).fetchall()]
    )
    keys = f"{': ' if found else ''}{', '.join(found[:5])}"
    return AmurError(
        at="SERIES",
        period=what.period,
        expected="an indicator with this period, or one series",
        found=f"{what.name!r}, which {len(found) or 'no'} series keys hold{keys}",
        advice=(f"Nearest: {', '.join(near)}. " if near else "") + LIST_ALL,
    )


def no_period(connection: duckdb.DuckDBPyConnection, name: str, period: str) -> AmurError:
    """The answer to a period that a series or an indicator lacks."""
    newest = connection.execute(statement("read/newest_period"), [name]).fetchone()
    near = [row[0] for row in connection.execute(statement("read/nearest_periods"), [name, period]).fetchall()]
    return AmurError(
        at="PERIOD",
        expected=f"a period of {name}",
        found=period,
        advice=f"Its newest period is {newest[0]}; nearest: {', '.join(near)}" if newest and newest[0] else "",
    )


def method_text(method: str) -> str:
    """What the SQL of a method says of itself: the head of its file, in one paragraph a line; empty where unknown."""
    for path in sorted((SQL / "indicators").glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        if f"'{method}' AS method" in text:
            head = []
            for line in text.splitlines():
                if not line.startswith("--"):
                    break
                head.append(line.removeprefix("--").removeprefix(" "))
            return "\n".join(head)
    return ""


def dicts(connection: duckdb.DuckDBPyConnection, sql: str, values: object) -> list[dict[str, Any]]:
    """The rows of a query by column."""
    result = connection.execute(sql, values)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
