"""What `amur claims` and `amur explain CLAIM` print."""

from __future__ import annotations

import re
import tempfile
import textwrap
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flows.published import published
from flows.show import WIDTH, as_json_text, print_event, print_figure
from sources.errors import AmurError, quoted

if TYPE_CHECKING:
    from flows.settings import Settings
    from warehouse.explain_claim import ClaimExplanation, Evidence
    from warehouse.reader import Connection

__all__ = ["claims", "explained", "shown"]

DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
HEAD: Final = "{:<5} {:<12} {:<12} {:>10} {:>10} {:>10} {}"
BILLION: Final = 1e9
MILLION: Final = 1e6
THOUSAND: Final = 1e3


def claims(settings: Settings, ids: Sequence[str], *, as_of: str, as_json: bool) -> int:
    """The ledger as it was published, or with what was known at another time. Always 0.

    Raises:
        AmurError: no publication, an unknown id, or no such time.
    """
    from warehouse.address import dicts
    from warehouse.explain_claim import has_ledger
    from warehouse.reader import PUBLISHED, connect

    with connect(published(settings)) as connection:
        if not has_ledger(connection):
            raise AmurError(
                url=str(settings.home / PUBLISHED), expected="a publication with claims", found="one of an older Amur",
                advice="Run `amur nightly`: it publishes anew",
            )  # fmt: skip
        rows = _as_of(settings, connection, _instant(as_of), ids) if as_of else dicts(connection, "FROM claims", [])
    if unknown := [one for one in ids if one not in {row["claim_id"] for row in rows}]:
        raise AmurError(
            at="claims", expected="the id of a claim", found=", ".join(unknown), advice="`amur claims` lists them"
        )
    chosen = [row for row in rows if not ids or row["claim_id"] in ids]
    if as_json:
        as_json_text(chosen)
    elif as_of:
        _print_as_of(chosen, _instant(as_of))
    else:
        _print(chosen)
    return 0


def _instant(text: str) -> str:
    """The instant as text in UTC; a day stands for its end.

    Raises:
        AmurError: it is neither a day nor a time.
    """
    from warehouse.claims import end_of

    try:
        if DAY.fullmatch(text):
            return end_of(date.fromisoformat(text))
        when = datetime.fromisoformat(text)
    except ValueError:
        raise AmurError(at="--as-of", expected="a day or an ISO timestamp", found=text) from None
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    return f"{when:%Y-%m-%d %H:%M:%S.%f}"


def _as_of(settings: Settings, connection: Connection, instant: str, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Every claim with what was known then; the user's only where they are among those asked for."""
    from warehouse.address import dicts
    from warehouse.claim_files import users
    from warehouse.claims import FOLDER, asked_of_users

    rows = [row | {"origin": "shipped", "error": None} for row in dicts(connection, "FROM claims_as_of($1)", [instant])]
    own = [claim for claim in users(settings.home / FOLDER) if not ids or claim.claim_id in ids]
    if own:
        with tempfile.TemporaryDirectory() as folder:
            told = asked_of_users(published(settings), Path(folder), own, instant=instant)
        rows += [
            {
                "claim_id": one.claim.claim_id, "claim": one.claim.claim, "claimed_on": one.claim.claimed_on,
                "expected": one.claim.expected, "tolerance": one.claim.tolerance, "unit": one.claim.unit,
                "computed": one.now.computed, "status": one.now.status, "evidence": list(one.now.evidence),
                "why": one.now.why, "origin": "user", "error": one.now.error or None,
            }
            for one in told
        ]  # fmt: skip
    return rows


def _print(rows: Sequence[dict[str, Any]]) -> None:
    """Two lines a claim: its figures, and its words."""
    print(HEAD.format("claim", "status now", "status then", "expected", "now", "then", "unit").rstrip())
    for row in rows:
        figures = [shown(row[name], row["unit"]) for name in ("expected", "computed_now", "computed_then")]
        then = "the same" if row["status_then"] == row["status_now"] else row["status_then"]
        print(HEAD.format(quoted(row["claim_id"]), row["status_now"], then, *figures, quoted(row["unit"])).rstrip())
        _print_words(row)
    counted = _counted([row["status_now"] for row in rows])
    first = rows[0]["claim_id"] if rows else "C01"
    print(f"{len(rows)} claims: {counted}")
    print(f"`amur explain {first}` shows what it rests on")


def _print_as_of(rows: Sequence[dict[str, Any]], instant: str) -> None:
    print(HEAD.format("claim", "status", "", "expected", "computed", "", "unit").rstrip())
    for row in rows:
        figures = [shown(row[name], row["unit"]) for name in ("expected", "computed")]
        print(HEAD.format(quoted(row["claim_id"]), row["status"], "", *figures, "", quoted(row["unit"])).rstrip())
        _print_words(row)
    print(f"As known at {instant[:19]} UTC: {_counted([row['status'] for row in rows])}")
    if rows and all(row["status"] == "no data" for row in rows):
        print("Nothing that these claims need was known by then")


def _print_words(row: dict[str, Any]) -> None:
    for line in textwrap.wrap(quoted(row["error"] or row["claim"]), WIDTH - 6):
        print(f"      {line}")


def _counted(statuses: Sequence[str]) -> str:
    return ", ".join(f"{statuses.count(status)} {status}" for status in dict.fromkeys(statuses)) or "none"


def shown(value: float | None, unit: str) -> str:
    """A claim's figure for a narrow column: days as days, money in billions."""
    if value is None:
        return ""
    if unit == "date":
        digits = f"{value:.0f}"
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    if unit == "year":
        return f"{value:.0f}"
    if unit == "percent":
        return f"{value:+.1f} %"
    for size, word in ((BILLION, " bn"), (MILLION, " m")):
        if abs(value) >= size:
            return f"{value / size:.4g}{word}"
    return f"{value:,.0f}" if abs(value) >= THOUSAND else f"{value:.4g}"


def explained(settings: Settings, claim_id: str, *, verify: bool, as_json: bool) -> int | None:
    """`amur explain C01`: 1 if something below it can't be found again; None where there is no such claim."""
    from warehouse.archive import Archive
    from warehouse.explain_claim import explain_claim, is_claim
    from warehouse.reader import connect

    with connect(published(settings)) as connection:
        if not is_claim(connection, claim_id):
            return None
        found = explain_claim(connection, Archive(settings.home / "archive"), claim_id, verify=verify)
    if as_json:
        as_json_text(found.as_json())
    else:
        _print_claim(found)
    return 0 if found.sound else 1


def _print_claim(found: ClaimExplanation) -> None:
    claim = found.claim
    unit = quoted(claim["unit"])
    print(f"{claim['claim_id']} {quoted(claim['claim'])}")
    print(f"  claimed on {claim['claimed_on']}; seen in {quoted(claim['asks'])}")
    tolerance = "" if claim["tolerance"] is None else f", tolerance {claim['tolerance']:,.15g}"
    print(f"  expected {shown(claim['expected'], unit)} {unit}{tolerance}")
    if claim["note"]:
        print(f"  note     {quoted(claim['note'])}")
    for name in ("now", "then"):
        value = shown(claim[f"computed_{name}"], unit)
        print(f"  {name:<8} {claim[f'status_{name}']}{f', {value}' if value else ''}: {quoted(claim[f'why_{name}'])}")
    for step in found.history:
        print(f"  since    {step['since']:%Y-%m-%d %H:%M} UTC {step['status']}: {quoted(step['why'])}")
    for line in found.evidence:
        print()
        print(f"evidence ({' and '.join(line.when)}): {quoted(line.reference)}")
        _print_line(line)


def _print_line(line: Evidence) -> None:
    if line.figure is not None:
        print_figure(line.figure)
    elif line.event is not None:
        print_event(line.event)
    elif line.steps:
        for step in line.steps:
            print(f"  {step['status_date']} {step['status']:<18} {quoted(step['asserted_by'])} ({step['side']})")
    else:
        print(f"  leads nowhere: {line.missing}")
