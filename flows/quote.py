"""Quoting: `amur cite` makes and checks citations, `amur watch` keeps a list of what was quoted."""

from __future__ import annotations

import getpass
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flows import show
from flows.published import published
from flows.run import Exit
from sources.errors import AmurError, quoted

if TYPE_CHECKING:
    from flows.settings import Settings

__all__ = ["checked", "cited", "watch_added", "watch_list", "watch_removed"]

SAID: Final = {"stale": "STALE", "gone": "GONE", "never matched": "NEVER MATCHED", "holds": "holds"}


def cited(
    settings: Settings,
    series: str,
    period: str,
    *,
    as_of: str,
    out: Path | None,
    anyway: bool,
    with_bytes: bool,
    as_json: bool,
) -> int:
    """`amur cite SERIES PERIOD`: the line on standard output, the file beside; the file's name on standard error."""
    from warehouse.archive import Archive, write_durably
    from warehouse.cite import cite, file_name
    from warehouse.reader import connect

    with connect(published(settings)) as connection:
        citation = cite(
            connection, Archive(settings.home / "archive"), series, period, now=settings.now(),
            as_of=_instant(as_of) if as_of else None, anyway=anyway, with_bytes=with_bytes,
        )  # fmt: skip
    text = json.dumps(citation, ensure_ascii=False, indent=1, default=str) + "\n"
    target = out or Path(file_name(citation))
    write_durably(target, text.encode())
    sys.stdout.write(text if as_json else f"{_printable(citation['line'])}\n")
    print(f"written to {target}; check it with: amur cite --verify {target}", file=sys.stderr)
    return Exit.OK


def _printable(text: str) -> str:
    """Foreign words of a line without control characters; unlike in messages, nothing is cut."""
    return "".join(c if c.isprintable() else " " for c in text)


def _instant(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise AmurError(at="--as-of", expected="an ISO timestamp", found=text) from None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def checked(settings: Settings, file: Path, *, as_json: bool) -> int:
    """`amur cite --verify FILE`: exit 0 if all of it was found again, else 1 with each difference in a line."""
    from contextlib import nullcontext

    from flows.reading import Reader
    from warehouse.archive import Archive
    from warehouse.cite_verify import read, verify
    from warehouse.reader import connect

    citation = read(file)
    publication = published(settings)
    with (
        Reader() as reader,
        connect(publication) if publication.exists() else nullcontext() as connection,
    ):
        done = verify(citation, Archive(settings.home / "archive"), connection, reader.read)
    if as_json:
        show.as_json_text(done.as_json())
        return Exit.OK if done.verified else Exit.FAILED
    for word, lines in (("differs", done.differs), ("missing", done.missing), ("note", done.notes)):
        for line in lines:
            print(f"{word}: {_printable(line)}")
    figures = f"{done.figures:,} figure{'s' * (done.figures != 1)}"
    print(
        f"verified: {figures}, {quoted(citation['name'])} {quoted(citation['period'])}"
        if done.verified
        else "not verified"
    )
    return Exit.OK if done.verified else Exit.FAILED


def watch_added(
    settings: Settings,
    series: str,
    period: str,
    value: str,
    *,
    quoted_in: str,
    on: str,
    tolerance: float | None,
    note: str,
    by: str,
    as_json: bool,
) -> int:
    """`amur watch add`: on the list first, then in the warehouse; says how the quote stands now."""
    from flows.command import stoppable
    from warehouse import watches

    now = settings.now()
    try:
        day = date.fromisoformat(on) if on else now.date()
    except ValueError:
        raise AmurError(at="--on", expected="a day such as 2026-06-30", found=on) from None
    if tolerance is not None and not 0 <= tolerance <= 100:  # noqa: PLR2004 (percent)
        raise AmurError(at="--tolerance", expected="0 to 100 percent", found=f"{tolerance}")
    with stoppable(settings, "watch add", f"{series} {period}") as run:
        watch = watches.new_watch(
            run.db.connection, series, period, value, quoted_in=quoted_in, quoted_on=day, tolerance_pct=tolerance,
            note=note, by=by or getpass.getuser(), now=now,
        )  # fmt: skip
        fresh = watches.note(run.archive.folder, watch)
        run.publish()
    for failure in run.summary.failures:
        print(f"amur: {failure}", file=sys.stderr)
    if run.failures:
        return Exit.FAILED
    (row,) = _state(settings, watch.watch_id)
    if as_json:
        show.as_json_text(row)
    else:
        print(f"{watch.watch_id}: {'watched' if fresh else 'watched already'}")
        _print_watch(row)
    return Exit.OK


def watch_removed(settings: Settings, watch_id: str, *, by: str) -> int:
    """`amur watch remove ID`."""
    from flows.command import stoppable
    from warehouse import watches

    with stoppable(settings, "watch remove", watch_id) as run:
        watches.remove(run.archive.folder, watch_id, by=by or getpass.getuser(), now=settings.now())
        run.publish()
    for failure in run.summary.failures:
        print(f"amur: {failure}", file=sys.stderr)
    print(f"{watch_id}: no longer watched")
    return Exit.FAILED if run.failures else Exit.OK


def watch_list(settings: Settings, *, as_json: bool) -> int:
    """`amur watch list`: what is wrong now comes first."""
    rows = _state(settings)
    if as_json:
        show.as_json_text(rows)
        return Exit.OK
    if not rows:
        print("Nothing is watched: amur watch add SERIES PERIOD VALUE --quoted-in URL")
    for row in rows:
        print(f"{row['watch_id']}  {SAID[row['state']]}")
        _print_watch(row)
    wrong = sum(row["stale"] for row in rows)
    if wrong:
        print(f"{wrong} of {len(rows)} quotes are no longer right")
    return Exit.OK


def _state(settings: Settings, watch_id: str = "") -> list[dict[str, Any]]:
    from warehouse.address import dicts
    from warehouse.database import statement
    from warehouse.reader import connect

    with connect(published(settings)) as connection:
        rows = dicts(connection, statement("read/watch_state"), [])
    return [row for row in rows if watch_id in {"", row["watch_id"]}]


def _print_watch(row: dict[str, Any]) -> None:
    from warehouse.wording import number, unit

    def words(value: float | None) -> str:
        return "not known" if value is None else f"{number(value)} {unit(row['unit'] or '')}".strip()

    moved = "" if row["moved_pct"] is None else f" ({row['moved_pct']:+.2g} %)"
    print(f"  {quoted(row['name'])} {row['period']} ({row['freq']}), {SAID[row['state']]}")
    print(f"    quoted  {quoted(row['quoted_text'])} on {row['quoted_on']} in {quoted(row['quoted_in'])}")
    print(f"    then    {words(row['value_then'])}")
    print(f"    now     {words(row['value_now'])}{moved}, tolerance {number(row['tolerance'])}")
    if row["note"]:
        print(f"    note    {quoted(row['note'])}")
    if row["state"] == "holds":
        return
    for origin in row["origins"][:3]:
        if origin["payload_then"] != origin["payload_now"] or origin["locator_then"] != origin["locator_now"]:
            print(f"    {quoted(origin['cell'])}")
            for word in ("then", "now"):
                if origin[f"payload_{word}"]:
                    place = f"{origin[f'payload_{word}'][:12]} {quoted(origin[f'locator_{word}'])}"
                    print(
                        f"      {word:<5} {words(origin[f'value_{word}'])} at {place}, {quoted(origin[f'url_{word}'])}"
                    )
