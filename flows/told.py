"""What `amur changes` and `amur diff` print."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from flows import show
from flows.settings import Settings
from sources.errors import AmurError

__all__ = ["changes"]

SHOWN: Final = 40  # lines, unless --limit or JSON asks for others


def changes(settings: Settings, *, since: str, run_id: str, kind: str, limit: int | None, as_json: bool) -> int:
    """`amur changes`: findings by rank, or that there are none and when the last were."""
    from warehouse.changes import findings, last_change
    from warehouse.reader import connect

    from_then = _instant("--since", since) if since else None
    with connect(settings.home / "trade.duckdb") as connection:
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
        print("Nothing changed")
        if last:
            print(
                f"The last change was published at {last['published_at']:%Y-%m-%d %H:%M} UTC "
                f"({last['snapshot_id']}): {last['findings']:,} findings"
            )
    return 0


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
