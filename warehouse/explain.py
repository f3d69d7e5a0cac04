"""Explain one number: its vintages, what each was read from, down to archived bytes and cell, and what was checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb

from sources import catalogue
from warehouse import address, readings
from warehouse.archive import Archive
from warehouse.database import statement
from warehouse.reparse import Parse, Reparser, in_process

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

    A row of an indicator has, beside the columns of the view, `method_text`: what its SQL says of itself. `unknown`
    are inputs that are no cells (the articles of a day). `beside` are figures of the same measure and period that the
    answer does not use: other sources, other scopes.
    """

    asked: str
    period: str
    indicator: tuple[dict[str, Any], ...]
    cells: tuple[Cell, ...]
    beside: tuple[Cell, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def unquotable(self) -> bool:
        """Is an answer graded `do not quote`?"""
        return any(row["grade"] == "do not quote" for row in self.indicator)

    def as_json(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        return asdict(self)

    @property
    def sound(self) -> bool:
        """Did every vintage that was parsed again give its value, by the parser or as a person read it?"""
        return all(
            v.verified in {None, "same"}
            or v.verified == readings.reader_of(v.locator)
            or v.verified.startswith("corrected by ")
            for cell in (*self.cells, *self.beside)
            for v in cell.vintages
        )


def explain(
    connection: duckdb.DuckDBPyConnection,
    archive: Archive,
    name: str,
    period: str,
    *,
    verify: bool = False,
    parse: Parse = in_process,
) -> Explanation:
    """Explain an indicator, a measure or a series (its key, or a part that only one series has) for a period label.

    Raises:
        AmurError: no such series or period; the message lists what comes near.
    """
    what = address.asked(name, period)
    answers = address.answers(connection, what)
    told = connection.execute(statement("read/of_measure"), [what.name, what.period]).fetchall()
    of_measure = [(str(key), what.period) for (key,) in told] if len(told) <= MOST_BESIDE else []
    if answers:
        for answer in answers:
            answer["method_text"] = address.method_text(answer["method"])
        texts = dict.fromkeys(text for answer in answers for text in answer["inputs"])
        inputs = [(key, label) for key, _, label in (text.rpartition(" ") for text in texts)]
    elif of_measure:
        inputs = of_measure
    else:
        inputs = [(address.series_of(connection, what), what.period)]
    reparser = Reparser(archive, parse) if verify else None
    beside = [pair for pair in of_measure if pair not in inputs]
    cells = _cells(connection, archive, [*inputs, *beside], reparser)
    if not answers and inputs[0] not in cells:
        raise address.no_period(connection, inputs[0][0], period)
    return Explanation(
        name,
        what.period,
        tuple(answers),
        tuple(cells[pair] for pair in inputs if pair in cells),
        tuple(cells[pair] for pair in beside if pair in cells),
        tuple(" ".join(pair) for pair in inputs if pair not in cells),
    )


def _cells(
    connection: duckdb.DuckDBPyConnection,
    archive: Archive,
    pairs: Sequence[tuple[str, str]],
    reparser: Reparser | None,
) -> dict[tuple[str, str], Cell]:
    """The cells with all their vintages, in one query for all; those that there are none of are left out."""
    rows = address.dicts(
        connection, statement("read/explain_vintages"), [[key for key, _ in pairs], [label for _, label in pairs]]
    )
    hashes = list({row["payload_sha256"] for row in rows})
    checked: dict[str, list[dict[str, Any]]] = {}
    for found in address.dicts(connection, statement("read/explain_validations"), [hashes]):
        checked.setdefault(found.pop("payload_sha256"), []).append(found)
    vintages: dict[tuple[str, str], list[Vintage]] = {}
    sources: dict[tuple[str, str], str] = {}
    for row in rows:
        pair = (row["series_key"], row["period"])
        sources[pair] = row["source"]
        vintages.setdefault(pair, []).append(
            Vintage(
                **{name: row[name] for name in _VINTAGE},
                url=row["url"] or "",
                title=row["title"] or "",
                file=str(Path(*archive.path(row["payload_sha256"]).parts[-3:])),
                verified=reparser.verdict(row, row["period"]) if reparser else None,
                validations=tuple(checked.get(row["payload_sha256"], ())),
            )
        )
    entries = {source: catalogue.entry(source) for source in set(sources.values())}
    return {
        pair: Cell(*pair, sources[pair], entries[sources[pair]].attribution, tuple(told))
        for pair, told in vintages.items()
    }


_VINTAGE = (
    "value", "unit", "obs_status", "known_at", "known_to", "known_at_basis", "published_at", "fetched_at", "run_id",
    "parser_version", "payload_sha256", "locator",
)  # fmt: skip
