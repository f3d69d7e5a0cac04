"""What `amur changes` and `amur diff` print."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flows import show
from flows.published import published
from flows.settings import Settings
from sources.errors import AmurError

if TYPE_CHECKING:
    from warehouse.diff import Snapshot

__all__ = ["changes", "diff"]

SHOWN: Final = 40  # lines, unless --limit or JSON asks for others


def changes(settings: Settings, *, since: str, run_id: str, kind: str, limit: int | None, as_json: bool) -> int:
    """`amur changes`: findings by rank, or that there are none and when the last were."""
    from warehouse.changes import findings, last_change
    from warehouse.reader import connect

    from_then = _instant("--since", since) if since else None
    with connect(published(settings)) as connection:
        rows = findings(connection, since=from_then, run_id=run_id, kind=kind, limit=limit)
        last = last_change(connection)
    if as_json:
        show.as_json_text(rows)
        return 0
    for row in rows[: limit or SHOWN]:
        marks = f"{row['finding_id']}  {row['rank']:6.1f}  {row['severity']:<7}  {row['kind']:<13}"
        print(f"{marks}  {plain(row['title'])}")
    if not limit and len(rows) > SHOWN:
        print(f"{len(rows) - SHOWN} more, of less weight: --limit {len(rows)} shows them all")
    if not rows:
        print("Nothing changed in figures, events, projects, disagreements and sources that are watched")
        if last:
            print(
                f"The last change was published at {last['published_at']:%Y-%m-%d %H:%M} UTC "
                f"({last['snapshot_id']}): {last['findings']:,} findings"
            )
    return 0


def diff(settings: Settings, old: str, new: str, *, limit: int | None, as_json: bool) -> int:
    """`amur diff`: two publications of the published database, or two published files."""
    from warehouse.diff import between, between_files, snapshot
    from warehouse.reader import connect

    if _is_file(old) or _is_file(new):
        found = between_files(Path(old), Path(new))
    else:
        with connect(published(settings)) as connection:
            found = between(connection, snapshot(connection, old), snapshot(connection, new))
    if as_json:
        ends = {name: _facts(end) for name, end in (("old", found.old), ("new", found.new))}
        show.as_json_text(ends | {"another_program": found.another_program, "rows": list(found.rows[:limit])})
        return 0
    for word, end in (("from", found.old), ("to", found.new)):
        print(f"{word:<4} {end.snapshot_id}  {end.published_at:%Y-%m-%d %H:%M} UTC  Amur {end.amur_version}")
    program = "another, or its views are: see `moved`" if found.another_program else "the same"
    print(f"The program is {program}")
    for (about, change), count in found.counts().items():
        print(f"  {about + 's':<12} {change:<9} {count:>8,}")
    most = limit or SHOWN
    for row in found.rows[:most]:
        print(_difference(row))
    if len(found.rows) > most:
        print(f"{len(found.rows) - most:,} more rows: --limit {len(found.rows)} or --json shows them all")
    return 0


def _is_file(name: str) -> bool:
    return name.endswith(".duckdb") or "/" in name


def _facts(end: Snapshot) -> dict[str, Any]:
    return {
        "snapshot_id": end.snapshot_id, "published_at": end.published_at, "run_id": end.run_id,
        "amur_version": end.amur_version, "schema_version": end.schema_version, "definitions": end.definitions,
    }  # fmt: skip


def _difference(row: dict[str, Any]) -> str:
    values = {"added": "{new} {unit}", "withdrawn": "{old} {unit}", "changed": "{old} -> {new} {unit}"}[row["change"]]
    said = values.format(old=_figure(row["old_value"]), new=_figure(row["new_value"]), unit=row["unit"])
    step = f" ({row['change_pct']:+.2f} %)" if row["change"] == "changed" and row["change_pct"] is not None else ""
    moved = f"  moved: {row['moved']}" if row["moved"] else ""
    return plain(f"{row['change']:<9} {row['key']} {row['period']} ({row['freq']}): {said}{step}{moved}")


def _figure(value: float | None) -> str:
    return "no value" if value is None else f"{value:,.12g}"


def plain(text: object) -> str:
    """A sentence for the terminal, whole: what a publisher's words bring along can't steer it."""
    return "".join(c if c.isprintable() else " " for c in str(text))


def _instant(option: str, text: str) -> datetime:
    """A day or an ISO time; one without an offset is UTC.

    Raises:
        AmurError: it is neither.
    """
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise AmurError(at=option, expected="a day or an ISO time, such as 2026-07-25", found=text) from None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
