"""Numbers that were quoted: a person's list of them, held each night against what is known now.

The list is kept beside the archive (`archive/watches.jsonl`), a line an act, so that `amur rebuild` keeps it. A line is
on the disk before the warehouse knows of it; each publication brings the table `watches` up to date.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import duckdb

from sources.errors import AmurError, ArchiveDamaged
from warehouse import address
from warehouse.archive import write_durably
from warehouse.database import Database, naive, statement

__all__ = ["Quoted", "Watch", "faults", "new_watch", "note", "quoted_number", "refresh", "remove", "watches"]

FILE: Final = "watches.jsonl"
SCALES: Final = MappingProxyType({
    "thousand": 3, "million": 6, "mln": 6, "mn": 6, "billion": 9, "bln": 9, "bn": 9, "trillion": 12, "tn": 12,
})  # fmt: skip
NUMBER: Final = re.compile(
    r"(?P<sign>[-+−]?)(?P<digits>[0-9]{1,18}(?:\.[0-9]{1,9})?|[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,9})?)"
    r"(?P<power>[eE][+]?[0-9]{1,2})?\s*(?P<scale>[a-z]+)?\s*(?:%|percent|per cent)?",
    re.ASCII,
)
LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Quoted:
    """A number as somebody printed it, in base units; `half_unit` is how far rounding alone can have moved it."""

    value: Decimal
    half_unit: Decimal


@dataclass(frozen=True, slots=True)
class Watch:
    """A quoted number and where it was quoted. `tolerance` is in the unit of the figure; `added_at` an ISO instant."""

    watch_id: str
    kind: str
    name: str
    freq: str
    period: str
    period_start: str
    quoted_value: float
    quoted_text: str
    tolerance: float
    quoted_in: str
    quoted_on: str
    note: str
    added_by: str
    added_at: str


def quoted_number(text: str) -> Quoted:
    """The number that `228.1e9`, `228.1 billion`, `11,432,537,000` or `38.4 %` states.

    It was rounded to its last digit; a plain whole number to its last digit that isn't 0.

    Raises:
        AmurError: another form.
    """
    found = NUMBER.fullmatch(" ".join(text.split()))
    scale = SCALES.get(found["scale"], None) if found and found["scale"] and found["scale"] != "percent" else 0
    if found is None or scale is None or (found["power"] and scale):
        raise AmurError(
            at="VALUE", expected="a number such as 228.1e9, 228.1 billion, 11,432,537,000 or -12.5", found=repr(text)
        )
    written = Decimal(found["digits"].replace(",", ""))
    power = int((found["power"] or "e0")[1:]) + scale
    plain = not power and written == written.to_integral_value() and "." not in found["digits"]
    exponent = written.normalize().as_tuple().exponent if plain and written else written.as_tuple().exponent
    half = Decimal(1).scaleb(int(exponent) + power) / 2
    value = written.scaleb(power)
    return Quoted(-value if found["sign"] in {"-", "−"} else value, half)


def new_watch(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    period: str,
    text: str,
    *,
    quoted_in: str,
    quoted_on: date,
    tolerance_pct: float | None,
    note: str,
    by: str,
    now: datetime,
) -> Watch:
    """A watch for a figure that is known; not yet on any list.

    Raises:
        AmurError: no such figure (with the nearest), no number, an address that is none.
    """
    quoted = quoted_number(text)
    if not re.match(r"https?://[^\s/]", quoted_in) or len(quoted_in) > LONGEST or not quoted_in.isprintable():
        raise AmurError(at="--quoted-in", expected="the http(s) address of what quotes it", found=repr(quoted_in))
    if quoted_on > now.date():
        raise AmurError(at="--on", expected="a day that has come", found=str(quoted_on))
    what = address.asked(name, period)
    answer = address.one_answer(address.answers(connection, what))
    if answer is not None:
        kind, found, freq, start = "indicator", answer["indicator"], answer["freq"], answer["period_start"]
    else:
        kind, found = "series", address.series_of(connection, what)
        cell = connection.execute(
            "SELECT freq, min(period_start) FROM observations WHERE series_key = $1 AND period = $2 GROUP BY freq",
            [found, what.period],
        ).fetchone()
        if cell is None:
            raise address.no_period(connection, found, period)
        freq, start = cell
    tolerance = quoted.half_unit if tolerance_pct is None else abs(quoted.value) * Decimal(str(tolerance_pct)) / 100
    identity = "\0".join((kind, found, freq, what.period, str(start), str(quoted.value.normalize()), quoted_in))
    return Watch(
        watch_id=f"w-{hashlib.sha256(identity.encode()).hexdigest()[:10]}",
        kind=kind,
        name=found,
        freq=freq,
        period=what.period,
        period_start=str(start),
        quoted_value=float(quoted.value),
        quoted_text=" ".join(text.split()),
        tolerance=float(tolerance),
        quoted_in=quoted_in,
        quoted_on=str(quoted_on),
        note=" ".join(note.split())[:LONGEST],
        added_by=by,
        added_at=now.isoformat(),
    )


def watches(folder: Path) -> list[Watch]:
    """What is watched, the oldest first.

    Raises:
        ArchiveDamaged: a line can't be read; says which.
    """
    path = folder / FILE
    if not path.exists():
        return []
    found: dict[str, Watch] = {}
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            act: dict[str, Any] = json.loads(line)
            if act.pop("act") == "remove":
                found.pop(act["watch_id"], None)
                continue
            watch = Watch(**act)
            datetime.fromisoformat(watch.added_at), date.fromisoformat(watch.quoted_on)
            date.fromisoformat(watch.period_start), float(watch.quoted_value), float(watch.tolerance)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ArchiveDamaged(
                url=str(path), at=f"line {number}", expected="a watch in JSON", found=f"{type(error).__name__}: {error}"
            ) from error
        found.setdefault(watch.watch_id, watch)
    return list(found.values())


def _named(folder: Path) -> set[str]:
    """The ids of which the list speaks, also of watches that were taken off it. It can be read: `watches` has."""
    path = folder / FILE
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    return {str(json.loads(line)["watch_id"]) for line in lines if line.strip()}


def _entered(db: Database, folder: Path) -> set[str]:
    """The ids of the watches in the warehouse that are this home's: those of others are in those homes' lists."""
    known = {row[0] for row in db.rows("SELECT watch_id FROM watches")}
    return known & _named(folder) if db.shared else known


def note(folder: Path, watch: Watch) -> bool:
    """Put a watch on the list; gives whether it wasn't there."""
    if any(one.watch_id == watch.watch_id for one in watches(folder)):
        return False
    _write(folder, {"act": "add", **asdict(watch)})
    return True


def remove(folder: Path, watch_id: str, *, by: str, now: datetime) -> None:
    """Take a watch off the list; that it was there stays written.

    Raises:
        AmurError: it isn't there.
    """
    if all(one.watch_id != watch_id for one in watches(folder)):
        raise AmurError(
            at="watch remove", expected="the id of a watch", found=repr(watch_id),
            advice="`amur watch list` shows the ids",
        )  # fmt: skip
    _write(folder, {"act": "remove", "watch_id": watch_id, "by": by, "at": now.isoformat()})


def _write(folder: Path, act: dict[str, Any]) -> None:
    path = folder / FILE
    before = path.read_bytes() if path.exists() else b""
    write_durably(path, before + json.dumps(act, ensure_ascii=False).encode() + b"\n")


def refresh(db: Database, folder: Path, *, anyway: bool = False) -> list[str]:
    """Bring the table `watches` up to date with the list, and with what is known now of the days of the quotes.

    Without a change of either nothing is done, unless `anyway`. Gives in words what can't be used.
    """
    try:
        listed = watches(folder)
    except ArchiveDamaged as error:
        return [str(error)]
    known = _entered(db, folder)
    same = known == {watch.watch_id for watch in listed}
    if same and not (listed and (anyway or db.value("SELECT count(*) FROM pending_publication"))):
        return []
    then = _then(db.connection, listed)
    with db.transaction():
        db.execute("DELETE FROM watches WHERE list_contains(?, watch_id)", [sorted(known)])
        for watch in listed:
            at, value, inputs = then[watch.watch_id]
            db.execute(
                "INSERT INTO watches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    watch.watch_id, watch.kind, watch.name, watch.freq, watch.period, watch.period_start,
                    watch.quoted_value, watch.quoted_text, watch.tolerance, watch.quoted_in, watch.quoted_on,
                    watch.note, watch.added_by, naive(datetime.fromisoformat(watch.added_at)), naive(at), value, inputs,
                ],
            )  # fmt: skip
        if not same:
            db.execute("INSERT INTO pending_publication VALUES ('watches', 'watches')")
    return []


Then = tuple[datetime, float | None, list[str]]


def _then(connection: duckdb.DuckDBPyConnection, listed: list[Watch]) -> dict[str, Then]:
    """When and what each watched figure was, on the day of its quote.

    A document that gives its day alone counts from the day's last second, and nobody knows whether a quote of that day
    came before it or after. So the end of the day counts, or that of the day before where only this fits the quote.
    """
    found: dict[str, Then] = {}
    for day in sorted({watch.quoted_on for watch in listed}):
        ours = [watch for watch in listed if watch.quoted_on == day]
        end = datetime.combine(date.fromisoformat(day), time(23, 59, 59), UTC)
        for at in (end, end - timedelta(days=1)):
            for watch, value, inputs in _known(connection, ours, at):
                if at == end or (not _fits(watch, found[watch.watch_id][1]) and _fits(watch, value)):
                    found[watch.watch_id] = (at, value, inputs)
    return found


def _fits(watch: Watch, value: float | None) -> bool:
    return value is not None and abs(value - watch.quoted_value) <= watch.tolerance


def _known(
    connection: duckdb.DuckDBPyConnection, ours: list[Watch], at: datetime
) -> Iterator[tuple[Watch, float | None, list[str]]]:
    """The watched figures as known at an instant, one question for all of a kind."""
    for kind in ("indicator", "series"):
        names = [watch.name for watch in ours if watch.kind == kind]
        if not names:
            continue
        rows = connection.execute(statement(f"read/watched_{kind}"), [naive(at), names]).fetchall()
        cells = {tuple(map(str, row[:4])): (row[4], row[5]) for row in rows}
        for watch in ours:
            if watch.kind == kind:
                cell = (watch.name, watch.freq, watch.period, watch.period_start)
                yield watch, *cells.get(cell, (None, []))


def faults(db: Database, folder: Path) -> list[str]:
    """Where the list and the warehouse disagree, in words."""
    try:
        listed = {watch.watch_id for watch in watches(folder)}
    except ArchiveDamaged as error:
        return [str(error)]
    known = _entered(db, folder)
    return [
        f"{one}: listed in {FILE}, not in the warehouse; the next run enters it" for one in sorted(listed - known)
    ] + [f"{one}: in the warehouse, not in {FILE}; the next run takes it out" for one in sorted(known - listed)]
