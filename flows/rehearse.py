"""The rehearsal: the nights of an archive one after the other into a warehouse of their own, and what came of it.

Each night takes the walk that a nightly run takes after its fetching: read, judge, load, answer the claims, find what
changed. Nothing is fetched and nothing of the home is written.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Final

from flows import walk
from flows.nights import Memory, Night, Shelf
from sources import catalogue
from warehouse import claims, ledger, quarantine
from warehouse.archive import Record
from warehouse.changes import newly_late, note_changes
from warehouse.claim_files import shipped
from warehouse.database import AMUR_VERSION, Database, naive
from warehouse.loader import load
from warehouse.publisher import publish

__all__ = ["Alarm", "Cells", "Hold", "Outcome", "Stage", "outcome"]

ALARMING: Final = ("warning", "error")
MONTH_DAYS: Final = 30.4375
SAME: Final = 1e-9

Cell = tuple[str, date, date]
Cells = dict[Cell, tuple[float | None, str]]


@dataclass(frozen=True, slots=True)
class Hold:
    """A batch that was held or refused, and what became of it.

    `outcome`: `false alarm` (the same figures were read from another body, or a person released it), `right` (another
    body of the address had other figures, or a person rejected it), `open` (nothing came that could tell).
    """

    quarantine_id: str
    source: str
    url: str
    period: str
    kind: str
    reason: str
    held_at: datetime
    sha256: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A finding of severity warning or error; `reversed_at` is when what it told was taken back, and `how`."""

    finding_id: str
    found_at: datetime
    kind: str
    severity: str
    subject: str
    period: str
    title: str
    reversed_at: datetime | None = None
    how: str = ""


@dataclass(slots=True)
class Outcome:
    """What the nights between two days came to."""

    first: date
    last: date
    nights: int = 0
    quiet: int = 0
    before: int = 0
    bodies: int = 0
    loaded: int = 0
    empty: int = 0
    new: int = 0
    revised: int = 0
    same: int = 0
    findings: dict[str, dict[str, int]] = field(default_factory=dict)
    alarms: list[Alarm] = field(default_factory=list)
    reversed: list[Alarm] = field(default_factory=list)
    flips: int = 0
    flipped: list[dict[str, Any]] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)

    @property
    def months(self) -> float:
        """The length of the rehearsal."""
        return ((self.last - self.first).days + 1) / MONTH_DAYS

    def a_month(self, count: int) -> float:
        """So many in the whole time are how many a month?"""
        return count / self.months

    @property
    def false_alarms(self) -> list[Hold]:
        """The holds that were wrong."""
        return [hold for hold in self.holds if hold.outcome == "false alarm"]


class Stage:
    """A warehouse on which nights are played."""

    def __init__(self, folder: Path, shelf: Shelf, reader: Memory, now: datetime) -> None:
        """Make it in `folder`; `now` is before the first night."""
        self.db = Database(folder / "warehouse.duckdb", now)
        self.shelf, self.reader = shelf, reader
        self.published = 0
        self.snapshot_id = ""
        self.counted = Outcome(now.date(), now.date())
        self.now = now

    def play(self, night: Night, *, publish: bool = True) -> str:
        """One night; gives the id of its publication, empty where it had nothing to say."""
        self.published += 1
        self.now = night.now
        run_id = f"{night.now:%Y%m%dT%H%M%SZ}-{self.published:06d}"
        ledger.begin_run(self.db, run_id, "nightly", night.now, "")
        in_order = list(catalogue.CATALOGUE)
        by_source = sorted(night.records, key=lambda r: (in_order.index(r.source), r.fetched_at, r.sidecar))
        for source, records in groupby(by_source, key=lambda record: record.source):
            self._take(source, run_id, night.now, list(records))
        ledger.end_run(self.db, run_id, night.now, state="published", exit_code=0)
        return self._publish(run_id, night.now) if publish else ""

    def _take(self, source: str, run_id: str, now: datetime, records: list[Record]) -> None:
        """Steps 4 to 6 for one source."""
        began = time.monotonic()
        waiting = ledger.waiting(self.db, source)
        collected = walk.Collected(source, unread=[*records, *waiting])
        collected.notes = [
            ledger.FetchNote(url=r.url, period=r.period, at=r.fetched_at, outcome="ok", status=200, sha256=r.sha256)
            for r in records
        ]
        batches, problems = walk.read(self.shelf, collected, self.reader, now)
        verdicts = walk.judge_all(self.db, source, batches)
        work = walk.work_of(collected, run_id, now, verdicts, problems, time.monotonic() - began)
        work.reread = walk.rereader(self.shelf, self.reader, now)
        done = load(self.db, work)
        count = self.counted
        count.bodies += len(records)
        count.new, count.revised = count.new + done.new, count.revised + done.revised
        count.same += done.same
        says = [v for _, v in verdicts if v.load]
        full = sum(bool(v.batch.observations or v.batch.codes or v.batch.events or v.batch.articles) for v in says)
        count.loaded, count.empty = count.loaded + full, count.empty + len(says) - full

    def _publish(self, run_id: str, now: datetime) -> str:
        """What `publish` does inside its transaction, without the copy that readers get."""
        db = self.db
        if not db.value("SELECT count(*) FROM pending_publication") and not newly_late(db, now):
            return ""
        snapshot_id = f"{now:%Y%m%dT%H%M%SZ}-{run_id[-6:]}"
        told = claims.answers_at(db, shipped(), claims.NOW)
        answered = [claims.Answered(claim, told[claim.claim_id], told[claim.claim_id]) for claim in shipped()]
        with db.transaction():
            db.execute("DELETE FROM pending_publication")
            db.execute("DELETE FROM snapshot")
            db.execute(
                "INSERT INTO snapshot VALUES (?, ?, ?, ?, ?)",
                [snapshot_id, naive(now), run_id, AMUR_VERSION, db.schema_version],
            )
            claims.note(db, answered, snapshot_id, now)
            note_changes(db, snapshot_id, run_id, now, self.snapshot_id)
        self.snapshot_id = snapshot_id
        return snapshot_id

    def cells(self) -> Cells:
        """What readers see: value and status of every cell."""
        rows = self.db.rows("SELECT series_key, period_start, period_end, value, obs_status FROM observations")
        return {(key, start, end): (value, status) for key, start, end, value, status in rows}

    def publish_in(self, home: Path) -> None:
        """Publish what the nights came to in a folder of its own, for `amur sql`; closes the warehouse."""
        home.mkdir(parents=True, exist_ok=True)
        now = self.now
        self.db.execute("CHECKPOINT")
        self.db.close()
        shutil.copyfile(self.db.path, home / self.db.path.name)
        publish(Database(home / self.db.path.name, now), home, "rehearsal", now)

    def close(self) -> None:
        """Close the warehouse."""
        self.db.close()


def played(
    stage: Stage,
    told: Iterable[Night],
    first: date,
    last: date,
    report: Callable[[str], None],
    after: Callable[[Night], None],
) -> Outcome:
    """Play all nights to the last day; those before the first make the ground on which the others are told."""
    told = [night for night in told if night.day <= last]
    earlier = [night for night in told if night.day < first]
    for night in earlier:
        report(f"{night.day} before the first day")
        stage.play(night, publish=night is earlier[-1])
    before, stage.counted = stage.counted.bodies, Outcome(first, last)
    found = stage.counted
    found.before = before
    later = [night for night in told if night.day >= first]
    for night in later:
        report(f"{night.day} {len(night.records)} bodies")
        stage.play(night)
        after(night)
    found.nights = len(later)
    found.quiet = (last - first).days + 1 - len(later)
    return found


def outcome(
    stage: Stage,
    told: Sequence[Night],
    first: date,
    last: date,
    *,
    sources: Container[str],
    report: Callable[[str], None] = lambda _: None,
    after: Callable[[Night], None] = lambda _: None,
) -> Outcome:
    """Play the nights of `told` and count what they came to between two days, both included.

    Args:
        stage: where they are played.
        told: the nights, oldest first.
        first: the first day that is counted.
        last: the last day.
        sources: whose lateness is told: those that the archive holds anything of.
        report: is told of the progress.
        after: is called after each night that counts.
    """
    found = played(stage, told, first, last, report, after)
    since = datetime(first.year, first.month, first.day)  # noqa: DTZ001 (UTC, as the warehouse keeps it)
    _findings(stage.db, since, found, sources)
    _claims(stage.db, since, found)
    found.holds = _holds(stage, since)
    return found


FINDINGS: Final = (
    "SELECT finding_id, found_at, kind, severity, subject, period, title, old_value, new_value, refs "
    "FROM findings WHERE found_at >= ? ORDER BY found_at, rank DESC, finding_id"
)


LATENESS: Final = ("source stale", "source back", "overdue")


def _findings(db: Database, since: datetime, found: Outcome, sources: Container[str]) -> None:
    """Count the findings, and tell what of them was taken back later."""
    counted: dict[str, Counter[str]] = {}
    rows = [row for row in db.rows(FINDINGS, [since]) if row[2] not in LATENESS or row[4].split()[0] in sources]
    for n, row in enumerate(rows):
        key, at, kind, severity, subject, period, title, *_ = row
        counted.setdefault(kind, Counter())[severity] += 1
        back = _taken_back(row, rows[n + 1 :])
        alarm = Alarm(key, at, kind, severity, subject, period, title, *(back or (None, "")))
        if severity in ALARMING:
            found.alarms.append(alarm)
        if back is not None:
            found.reversed.append(alarm)
    found.findings = {kind: dict(sorted(each.items())) for kind, each in sorted(counted.items())}


def _taken_back(row: tuple[Any, ...], later: Sequence[tuple[Any, ...]]) -> tuple[datetime, str] | None:
    """When and how what a finding tells was reversed; None if it never was."""
    _, at, kind, _, subject, period, _, old, *_ = row
    for _, then, what, _, about, of, _, _, new, _ in later:
        if about != subject or of != period or then <= at:
            continue
        if kind == what == "revision" and old is not None and new is not None and abs(new - old) <= SAME * abs(old):
            return then, "revised back"
        if (kind, what) == ("withdrawn", "new figure") or (kind == "withdrawn" and what == "backfilled"):
            return then, "came again"
        if (kind, what) == ("disagreement opened", "disagreement closed"):
            return then, "closed"
        if (kind, what) == ("source stale", "source back"):
            return then, "source back"
    return None


def _claims(db: Database, since: datetime, found: Outcome) -> None:
    """The claims whose status changed, and those that changed back."""
    rows = db.rows("SELECT claim_id, since, status FROM claim_history ORDER BY claim_id, since, snapshot_id")
    for claim_id, steps in groupby(rows, key=lambda row: row[0]):
        states = [(at, status) for _, at, status in steps]
        turns = [(at, was, now) for (_, was), (at, now) in pairwise(states) if was != now]
        for n, (at, was, now) in enumerate(turns):
            if at < since:
                continue
            found.flips += 1
            back = next((then for then, _, again in turns[n + 1 :] if again == was), None)
            found.flipped.append({"claim_id": claim_id, "at": at, "was": was, "now": now, "flipped_back_at": back})


HELD: Final = (
    "SELECT quarantine_id, source, url, period, reason_kind, reason, held_at, payload_sha256, state "
    "FROM quarantine WHERE kind = 'batch' AND held_at >= ? ORDER BY held_at, quarantine_id"
)


def _holds(stage: Stage, since: datetime) -> list[Hold]:
    decided = {d.quarantine_id: d.decision for d in quarantine.decisions(stage.shelf.folder)}
    return [
        Hold(key, source, url, period, kind, reason, at, sha256,
             _fate(stage, key, source, sha256, state, decided.get(key, "")))
        for key, source, url, period, kind, reason, at, sha256, state in stage.db.rows(HELD, [since])
    ]  # fmt: skip


ALIKE: Final = 0.95  # of the figures that were held and then read from another body
WHOLE: Final = 0.9


def _fate(stage: Stage, key: str, source: str, sha256: str, state: str, decision: str) -> str:
    """Was it right to hold this?"""
    if decision:
        return "false alarm" if decision == "released" else "right"
    _, _, record = quarantine.held_record(stage.db, key)
    mine = figures(stage, record)
    if not mine:
        return "right" if state == "superseded" else "open"
    known: dict[Cell, set[float]] = {}
    query = (
        "SELECT series_key, period_start, period_end, value FROM observation_vintages "
        "WHERE source = ? AND payload_sha256 <> ? AND value IS NOT NULL"
    )
    for name, start, end, value in stage.db.rows(query, [source, sha256]):
        known.setdefault((name, start, end), set()).add(value)
    if state == "superseded" and len(mine) < WHOLE * _most_figures(stage, record):
        return "right"  # the later body of the address has more: this one was cut short
    met = [(value, known[cell]) for cell, value in mine.items() if cell in known]
    if len(met) < ALIKE * len(mine):
        return "right" if state == "superseded" else "open"
    same = sum(any(abs(value - other) <= SAME * abs(other) for other in others) for value, others in met)
    return "false alarm" if same >= ALIKE * len(mine) else "right"


def _most_figures(stage: Stage, record: Record) -> int:
    """How many figures the fullest other body of an address has that was loaded."""
    query = "SELECT sha256 FROM payloads WHERE source = ? AND url = ? AND state = 'loaded' AND sha256 <> ?"
    others = stage.db.rows(query, [record.source, record.url, record.sha256])
    return max((len(figures(stage, replace(record, sha256=sha256))) for (sha256,) in others), default=0)


def figures(stage: Stage, record: Record) -> dict[Cell, float]:
    """The printed figures of a body by cell, as the warehouse would name them; none if it can't be read."""
    from sources.errors import LayoutChanged

    try:
        batch = stage.reader.read(stage.shelf.payload(record))
    except LayoutChanged:
        return {}
    return {
        (key_of(record.source, row), row.period_start, row.period_end): float(row.value)
        for row in batch.observations
        if row.value is not None and not row.reconstructed
    }


def key_of(source: str, row: Any) -> str:  # noqa: ANN401 (a figure, or anything with its names)
    """The series_key of a figure, as `load/ingest_rows.sql` makes it."""
    parts = (
        source, row.dataset, row.measure, row.reporter,
        row.partner or (f"~{row.partner_name}" if row.partner_name else None), row.flow, row.product, row.unit,
        row.freq,
    )  # fmt: skip
    return ":".join(part or "" for part in parts)


def as_json(found: Outcome) -> Mapping[str, Any]:
    """Plain values for `--json`."""
    return asdict(found) | {
        "months": round(found.months, 2),
        "alarms_a_month": round(found.a_month(len(found.alarms)), 3),
        "false_alarms": len(found.false_alarms),
        "false_alarms_a_month": round(found.a_month(len(found.false_alarms)), 3),
    }
