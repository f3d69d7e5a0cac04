"""A held document side by side with the last good one: each cell's two values, the rule that held it, the layout.

What is held was never loaded, so its figures are read again from the archived bytes. The last good values are those
of the published database, as they stood when the held document was fetched.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

import duckdb

from sources.contract import Batch, Observation, Payload
from sources.errors import AmurError, ArchiveDamaged
from warehouse import quarantine
from warehouse.address import dicts
from warehouse.archive import Archive, Record
from warehouse.database import naive, statement
from warehouse.reparse import key_of

__all__ = ["Beside", "Document", "Fact", "HeldCell", "beside"]

What = Literal["changed", "same", "new", "vanished"]
Read = Callable[[Payload], Batch]
Outline = Callable[[Payload], dict[str, str]]
HOW: Final = {1: "the same address", 2: "another period of the same table", 3: "another document of the source"}
SAME_ADDRESS: Final = 1
MOST_NAMED: Final = 8  # units, measures and the like in one fact


@dataclass(frozen=True, slots=True)
class HeldCell:
    """One cell of the held document beside its last good value. Values are in the series' base `unit`.

    `what`: `changed` and `same` beside a good value of the same period; `new` where that period had none (then
    `good` is of an earlier period, `good_period`, if there is any); `vanished` where only the good document has it.
    `ratio` is held by good, None from zero or where one is missing; `difference` is held less good. `rules` are those
    that name this cell; of each rule the ten worst cells are on record.
    """

    series_key: str
    period: str
    unit: str
    what: What
    good: float | None
    good_period: str
    held: float | None
    ratio: float | None
    difference: float | None
    rules: tuple[str, ...]
    locator: str

    @property
    def weight(self) -> tuple[bool, int, float]:
        """For sorting: named by a rule first, then what can be compared, by the size of its step."""
        order = {"changed": 0, "vanished": 1, "new": 2, "same": 3}[self.what]
        size = abs(math.log(abs(self.ratio))) if self.ratio else math.inf if self.difference else 0.0
        negative = self.ratio is not None and self.ratio < 0
        return not self.rules, order, -math.inf if negative else -size


@dataclass(frozen=True, slots=True)
class Document:
    """An archived document; `fault` says why it can't be read, empty where it can. `rows` counts its figures."""

    url: str
    sha256: str
    file: str
    fetched_at: str
    run_id: str
    rows: int
    fault: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the layout in both documents, as text; empty where a document doesn't have it."""

    name: str
    good: str
    held: str

    @property
    def changed(self) -> bool:
        """Do they differ?"""
        return self.good != self.held


@dataclass(frozen=True, slots=True)
class Beside:
    """A quarantine entry (`entry`: the row of the table) beside the last good document.

    `compared` says how the good one is related, empty where the source never had any. `rules` are those that the
    held document broke: expectation, severity, evaluated, unexpected, observed, why. `told` are the facts of a
    document that could not be read (place, expected, found) or of a row in doubt. `decisions` are those of people.
    """

    entry: dict[str, Any]
    decisions: tuple[quarantine.Decision, ...]
    rules: tuple[dict[str, Any], ...]
    told: dict[str, str]
    held: Document | None
    good: Document | None
    compared: str
    layout: tuple[Fact, ...] = ()
    cells: tuple[HeldCell, ...] = field(default_factory=tuple)

    def counts(self) -> dict[str, int]:
        """How many cells there are of each `what`."""
        words: Sequence[What] = ("changed", "same", "new", "vanished")
        return {word: sum(cell.what == word for cell in self.cells) for word in words}

    def as_json(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        said = asdict(self)
        for fact, plain in zip(self.layout, said["layout"], strict=True):
            plain["changed"] = fact.changed
        return said | {"counts": self.counts()}


def beside(
    connection: duckdb.DuckDBPyConnection, archive: Archive, quarantine_id: str, read: Read, outline: Outline
) -> Beside:
    """An entry of the published database's quarantine beside the last good document of its address or source.

    Args:
        connection: the published database.
        archive: where the bodies are.
        quarantine_id: of the entry.
        read: parses a payload; may raise LayoutChanged.
        outline: takes a payload's layout apart; may raise LayoutChanged.

    Raises:
        AmurError: there is no such entry; says how to list those there are.
        ArchiveDamaged: the list of decisions can't be read. A damaged body is told as its document's `fault`.
    """
    found = dicts(connection, statement("read/held_entry"), [quarantine_id])
    if not found:
        raise quarantine.no_entry(quarantine_id)
    (entry,) = found
    evidence = json.loads(entry.pop("evidence"))
    place = [entry["source"], entry["url"], entry["payload_sha256"]]
    rules = tuple(dicts(connection, statement("read/broken_rules"), place)) if entry["kind"] == "batch" else ()
    told = {name: str(fact) for name, fact in evidence.items() if fact} if isinstance(evidence, dict) else {}
    rows = connection.execute(statement("load/held_record"), [quarantine_id]).fetchall()
    held = _Read(archive, quarantine.record_of(rows[0][2:]), read, outline) if rows else None
    near = connection.execute(statement("read/last_good_record"), [quarantine_id]).fetchall()
    good = _Read(archive, quarantine.record_of(near[0][1:]), read, outline) if near else None
    cells: list[HeldCell] = []
    if held is not None and entry["kind"] == "batch":
        cells = _cells(connection, held, _named(evidence))
        if good is not None and near[0][0] == SAME_ADDRESS and not held.fault:
            cells += _vanished(held, good)
    return Beside(
        entry=entry,
        decisions=tuple(quarantine.history(archive.folder, quarantine_id)),
        rules=rules,
        told=told,
        held=held.document if held else None,
        good=good.document if good else None,
        compared=HOW[near[0][0]] if near else "",
        layout=_layout(held, good),
        cells=tuple(sorted(cells, key=lambda cell: cell.weight)),
    )


class _Read:
    """An archived document, parsed and taken apart, or why it can't be."""

    def __init__(self, archive: Archive, record: Record, read: Read, outline: Outline) -> None:
        self.record, self.fault = record, ""
        self.figures: Sequence[Observation] = ()
        self.outline: dict[str, str] = {}
        self.facts: dict[str, str] = {}
        try:
            payload = archive.payload(record)
            self.outline = self.facts = outline(payload)
            batch = read(payload)
        except ArchiveDamaged as error:
            self.fault = str(error)
        except AmurError as error:
            self.fault = error.cause()
        else:
            self.figures = batch.observations
            self.facts = self.outline | _contents(batch)
        file = "/".join(archive.path(record.sha256).parts[-3:])
        at = record.fetched_at.isoformat()
        self.document = Document(record.url, record.sha256, file, at, record.run_id, len(self.figures), self.fault)


def _contents(batch: Batch) -> dict[str, str]:
    """What a parsed document holds: rows of each kind, its periods, units and other dimensions."""
    rows = batch.observations
    counted = {
        "figures": len(rows), "doubts": len(batch.doubts), "events": len(batch.events),
        "articles": len(batch.articles), "codes": len(batch.codes),
    }  # fmt: skip
    facts = {name: f"{count:,}" for name, count in counted.items() if count or name == "figures"}
    if rows:
        first, last = min(rows, key=lambda row: row.period_start), max(rows, key=lambda row: row.period_end)
        facts |= {"first period": first.period, "last period": last.period}
    for name, attribute in (
        ("units", "unit"), ("measures", "measure"), ("datasets", "dataset"), ("frequencies", "freq"),
        ("flows", "flow"), ("products", "product"), ("partners", "partner"),
    ):  # fmt: skip
        if said := sorted({str(getattr(row, attribute)) for row in rows if getattr(row, attribute)}):
            more = f" and {len(said) - MOST_NAMED} more" if len(said) > MOST_NAMED else ""
            facts[name] = f"{', '.join(said[:MOST_NAMED])}{more}"
    return facts


def _layout(held: _Read | None, good: _Read | None) -> tuple[Fact, ...]:
    theirs, ours = good.facts if good else {}, held.facts if held else {}
    if (held is None or held.fault) and good is not None:
        theirs = good.outline  # what a document holds can't be told of one that can't be read
    return tuple(Fact(name, theirs.get(name, ""), ours.get(name, "")) for name in {**ours, **theirs})


def _named(evidence: object) -> dict[tuple[str, str], tuple[str, ...]]:
    """The rules that name a cell, by its place and period."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for finding in evidence if isinstance(evidence, list) else ():
        for row in finding["rows"]:
            key = (str(row.get("locator", "")), str(row.get("period", "")))
            found[key] = (*found.get(key, ()), str(finding["expectation"]))
    return found


def _cells(
    connection: duckdb.DuckDBPyConnection, held: _Read, named: Mapping[tuple[str, str], tuple[str, ...]]
) -> list[HeldCell]:
    """The figures of the held document, each beside its last good value."""
    rows, record = held.figures, held.record
    keys = [key_of(record.source, row) for row in rows]
    days = [[row.period_start for row in rows], [row.period_end for row in rows]]
    asked = [keys, *days, record.sha256, naive(record.fetched_at)]
    known = {row["number"]: row for row in dicts(connection, statement("read/last_good_values"), asked)} if rows else {}
    cells = []
    for number, (key, row) in enumerate(zip(keys, rows, strict=True)):
        good = known.get(number)
        value = None if row.value is None else float(row.value)
        before = good["value"] if good else None
        what: What = "new"
        if good and good["same_period"]:
            what = "same" if value == before else "changed"
        cells.append(
            _cell(
                key, row, what, before, good["period"] if good else "", value, named.get((row.locator, row.period), ())
            )
        )
    return cells


def _vanished(held: _Read, good: _Read) -> list[HeldCell]:
    """The cells of the good document of the same address that the held one lacks."""
    there = {(key_of(held.record.source, row), row.period) for row in held.figures}
    gone = [(key_of(good.record.source, row), row) for row in good.figures]
    return [
        _cell(key, row, "vanished", None if row.value is None else float(row.value), row.period, None, ())
        for key, row in gone
        if (key, row.period) not in there
    ]


def _cell(
    key: str, row: Observation, what: What, good: float | None, of: str, held: float | None, rules: tuple[str, ...]
) -> HeldCell:
    both = good is not None and held is not None
    return HeldCell(
        series_key=key,
        period=row.period,
        unit=row.unit,
        what=what,
        good=good,
        good_period=of,
        held=held,
        ratio=held / good if both and good else None,  # type: ignore[operator] # both are there
        difference=held - good if both else None,  # type: ignore[operator]
        rules=rules,
        locator=row.locator,
    )
