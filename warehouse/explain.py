"""Explain one number: its vintages, what each was read from, down to archived bytes and cell, and what was checked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import duckdb

from sources import catalogue
from sources.contract import Batch, Doubt, Observation, Payload
from sources.errors import AmurError
from warehouse import quarantine, readings
from warehouse.archive import Archive
from warehouse.database import statement

__all__ = ["Cell", "Explanation", "Vintage", "explain"]

MOST_BESIDE: Final = 12  # a measure with more series for a period, such as trade_value, is no question by itself


@dataclass(frozen=True, slots=True)
class Vintage:
    """One value of a cell and the bytes it came from; `verified` is None unless the bytes were parsed again."""

    value: float | None
    unit: str
    obs_status: str
    known_at: datetime
    known_to: datetime | None
    known_at_basis: str
    published_at: datetime | None
    fetched_at: datetime
    run_id: str
    parser_version: int
    payload_sha256: str
    locator: str
    url: str
    title: str
    file: str
    verified: str | None
    validations: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A series and a period with all vintages, newest last."""

    series_key: str
    period: str
    source: str
    attribution: str
    vintages: tuple[Vintage, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer (`indicator` rows, empty for a plain series) and the cells below it.

    `beside` are figures of the same measure and period that the answer does not use: other sources, other scopes.
    """

    asked: str
    period: str
    indicator: tuple[dict[str, Any], ...]
    cells: tuple[Cell, ...]
    beside: tuple[Cell, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        return asdict(self)

    @property
    def sound(self) -> bool:
        """Did every vintage that was parsed again give its value, by the parser or as a person read it?"""
        return all(
            v.verified in {None, "same"} or v.verified == readings.reader_of(v.locator)
            for cell in (*self.cells, *self.beside)
            for v in cell.vintages
        )


def explain(
    connection: duckdb.DuckDBPyConnection, archive: Archive, asked: str, period: str, *, verify: bool = False
) -> Explanation:
    """Explain an indicator, a measure or a series (its key, or a part that only one series has) for a period label.

    Raises:
        AmurError: no such series or period; the message lists what comes near.
    """
    answers = _dicts(connection, "read/explain_indicator", [asked, period])
    told = connection.execute(statement("read/of_measure"), [asked, period]).fetchall()
    of_measure = [(str(key), period) for (key,) in told] if len(told) <= MOST_BESIDE else []
    if answers:
        texts = dict.fromkeys(text for answer in answers for text in answer["inputs"])
        inputs = [(key, label) for key, _, label in (text.rpartition(" ") for text in texts)]
    elif of_measure:
        inputs = of_measure
    else:
        inputs = [(_series(connection, asked, period), period)]
    cells = [_cell(connection, archive, *pair, verify=verify) for pair in inputs]
    beside = [_cell(connection, archive, *pair, verify=verify) for pair in of_measure if pair not in inputs]
    return Explanation(asked, period, tuple(answers), tuple(cells), tuple(beside))


def _series(connection: duckdb.DuckDBPyConnection, asked: str, period: str) -> str:
    found = [row[0] for row in connection.execute(statement("read/find_series"), [asked]).fetchall()]
    if len(found) == 1 or (found and found[0] == asked):
        return str(found[0])
    raise AmurError(
        at="explain",
        period=period,
        expected="an indicator with this period, or one series",
        found=f"{asked!r}, which {len(found) or 'no'} series keys hold{': ' if found else ''}{', '.join(found[:5])}",
        advice='`amur sql "SELECT series_key, newest_period FROM series"` lists them',
    )


def _cell(connection: duckdb.DuckDBPyConnection, archive: Archive, key: str, period: str, *, verify: bool) -> Cell:
    rows = _dicts(connection, "read/explain_vintages", [key, period])
    if not rows:
        newest = connection.execute("SELECT newest_period FROM series WHERE series_key = ?", [key]).fetchone()
        raise AmurError(
            at="explain",
            expected=f"a period of {key}",
            found=period,
            advice=f"Its newest period is {newest[0]}" if newest else "",
        )
    entry = catalogue.entry(rows[0]["source"])
    vintages = []
    for row in rows:
        sha = row["payload_sha256"]
        file = archive.path(sha)
        vintages.append(
            Vintage(
                **{name: row[name] for name in _VINTAGE},
                url=row["url"] or "",
                title=row["title"] or "",
                file=str(Path(*file.parts[-3:])),
                verified=_verified(archive, row, period) if verify else None,
                validations=tuple(_dicts(connection, "read/explain_validations", [sha])),
            )
        )
    return Cell(key, period, entry.id, entry.attribution, tuple(vintages))


_VINTAGE = (
    "value", "unit", "obs_status", "known_at", "known_to", "known_at_basis", "published_at", "fetched_at", "run_id",
    "parser_version", "payload_sha256", "locator",
)  # fmt: skip


def _verified(archive: Archive, row: dict[str, Any], period: str) -> str:
    """Parse the archived bytes again, there and then: `same`, or what is different now.

    A figure that a person read is found where the bytes still raise the doubt and the decision on record reads it so.
    """
    payload = Payload(
        source=row["source"],
        url=row["url"] or "",
        body=archive.body(row["payload_sha256"]),
        sha256=row["payload_sha256"],
        fetched_at=row["fetched_at"].replace(tzinfo=UTC),
        title=row["title"] or "",
        flow=row["flow"] or "",
    )
    source = catalogue.module(row["source"])
    rows = list(source.parse(payload))
    figures = tuple(r for r in rows if isinstance(r, Observation))
    doubts = tuple(r for r in rows if isinstance(r, Doubt))
    batch = readings.applied(Batch(payload, source.PARSER, figures, doubts), quarantine.rules(archive.folder))
    found = [
        observation
        for observation in batch.observations
        if observation.locator == row["locator"]
        and (observation.freq, observation.period, observation.measure) == (row["freq"], period, row["measure"])
        and observation.unit == row["unit"]
    ]
    if not found:
        return f"no row at {row['locator']}"
    value = found[0].value
    same = (value is None) if row["value"] is None else value is not None and float(value) == row["value"]
    if same:
        return readings.reader_of(row["locator"]) or "same"
    return f"{Decimal(value) if value is not None else 'missing'} at {row['locator']}"


def _dicts(connection: duckdb.DuckDBPyConnection, name: str, values: list[object]) -> list[dict[str, Any]]:
    result = connection.execute(statement(name), values)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
