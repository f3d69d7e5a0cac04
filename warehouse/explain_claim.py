"""Explain one claim: both answers, and below each line of evidence what it rests on, down to archived bytes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

import duckdb

from sources.errors import AmurError
from warehouse.address import dicts
from warehouse.archive import Archive
from warehouse.explain import Explanation, explain
from warehouse.explain_event import EventExplanation, explain_event, is_event

__all__ = ["ClaimExplanation", "Evidence", "explain_claim", "has_ledger", "is_claim"]

# where it is said that what was asked for isn't there: a user's reference is free text
NOWHERE: Final = ("explain", "SERIES", "PERIOD")
CELL: Final = " "  # between a series or indicator and its period


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of evidence: a figure, an event, or a project's steps; `missing` says why it leads nowhere.

    `when` names the answers that rest on it: now, then, or both.
    """

    reference: str
    when: tuple[str, ...]
    figure: Explanation | None = None
    event: EventExplanation | None = None
    steps: tuple[dict[str, Any], ...] = ()
    missing: str = ""

    @property
    def sound(self) -> bool:
        """Was everything that was looked up again found?"""
        return (self.figure is None or self.figure.sound) and (self.event is None or self.event.sound)


@dataclass(frozen=True, slots=True)
class ClaimExplanation:
    """A claim as the view `claims` has it, the history of its answers, and its evidence."""

    claim: dict[str, Any]
    history: tuple[dict[str, Any], ...]
    evidence: tuple[Evidence, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        return asdict(self)

    @property
    def sound(self) -> bool:
        """Was everything that was looked up again found?"""
        return all(line.sound for line in self.evidence)


def is_claim(connection: duckdb.DuckDBPyConnection, asked: str) -> bool:
    """Is it the id of a claim?"""
    return has_ledger(connection) and bool(dicts(connection, "SELECT 1 FROM claim_texts WHERE claim_id = $1", [asked]))


def has_ledger(connection: duckdb.DuckDBPyConnection) -> bool:
    """Was this published by an Amur that answers claims?"""
    return bool(dicts(connection, "SELECT 1 FROM duckdb_views() WHERE view_name = $1", ["claims"]))


def explain_claim(
    connection: duckdb.DuckDBPyConnection, archive: Archive, claim_id: str, *, verify: bool = False
) -> ClaimExplanation:
    """The claim with its evidence.

    Raises:
        AmurError: there is no such claim; says how to list them.
    """
    found = dicts(connection, "SELECT * FROM claims WHERE claim_id = $1", [claim_id])
    if not found:
        raise AmurError(
            at="explain", expected="the id of a claim", found=repr(claim_id), advice="`amur claims` lists them"
        )
    claim = found[0]
    history = dicts(connection, "SELECT * FROM claim_history WHERE claim_id = $1 ORDER BY since", [claim_id])
    lines = []
    for reference in dict.fromkeys([*claim["evidence"], *claim["evidence_then"]]):
        rests = (("now", claim["evidence"]), ("then", claim["evidence_then"]))
        when = tuple(name for name, references in rests if reference in references)
        lines.append(_line(connection, archive, reference, when, verify=verify))
    return ClaimExplanation(claim, tuple(history), tuple(lines))


def _line(
    connection: duckdb.DuckDBPyConnection, archive: Archive, reference: str, when: tuple[str, ...], *, verify: bool
) -> Evidence:
    try:
        if is_event(reference):
            return Evidence(reference, when, event=explain_event(connection, archive, reference, verify=verify))
        sql = "SELECT * EXCLUDE (told_by) FROM project_history WHERE project = $1 ORDER BY status_date, asserted_by"
        if steps := dicts(connection, sql, [reference]):
            return Evidence(reference, when, steps=tuple(steps))
        name, _, period = reference.rpartition(CELL)
        return Evidence(reference, when, figure=explain(connection, archive, name, period, verify=verify))
    except AmurError as error:
        if error.at not in NOWHERE:  # not a reference that leads nowhere, but damage below it
            raise
        return Evidence(reference, when, missing=f"expected {error.expected}, found {error.found}")
