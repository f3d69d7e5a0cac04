"""Load what was judged: one transaction for a source in a run, all of it or nothing.

Vintages are appended, never overwritten. What a load brings is decided for whole cells at once by SQL
(`load/build_timeline.sql`), so that the order in which documents arrive can't change what was known when.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import duckdb

from expectations.judge import HISTORY_COLUMNS, Verdict, own_series_alone
from sources.contract import Batch, column
from sources.errors import AmurError, LayoutChanged, LoadFailed, Unreadable, quoted
from sources.lean import let_pandas_in
from warehouse import corrections, ledger, quarantine, readings
from warehouse.archive import Record
from warehouse.database import Database, naive

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["Loaded", "Problem", "Work", "history", "load"]


@dataclass(frozen=True, slots=True)
class Problem:
    """An archived body that can't be read, and why."""

    record: Record
    error: LayoutChanged


@dataclass(slots=True)
class Work:
    """All that one source's part of a run has come to, ready to be committed.

    `verdicts` pair each judged batch with the record of its payload, in the order in which the figures became known.
    `reread` parses archived bodies again: needed where an older document comes in after newer ones.
    `rules` are the readings of people that were applied to the batches.
    """

    source: str
    run_id: str
    now: datetime
    verdicts: list[tuple[Record, Verdict]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    others: list[Record] = field(default_factory=list)
    checked: list[Record] = field(default_factory=list)
    notes: list[ledger.FetchNote] = field(default_factory=list)
    errors: list[AmurError] = field(default_factory=list)
    reread: Callable[[list[Record]], list[tuple[Record, Batch]]] | None = None
    rules: readings.Rules = field(default_factory=dict)
    fetch_s: float = 0.0
    parse_s: float = 0.0
    judge_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a source's transaction brought. Rows are readings of cells; `held` counts rows that wait in quarantine."""

    source: str
    state: str
    requests: int
    payloads: int
    parsed: int
    new: int
    revised: int
    same: int
    held: int
    held_batches: int
    error: str
    errors: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Is there anything to publish?"""
        return bool(self.new or self.revised or self.held_batches)

    def followed_by(self, later: Loaded) -> Loaded:
        """Two parts of one run as one: a source that was asked, and files of it that were brought."""
        counts = ("requests", "payloads", "parsed", "new", "revised", "same", "held", "held_batches")
        return replace(
            self,
            state=_together(self.state, later.state),
            error="; ".join(filter(None, (self.error, later.error))),
            errors=(*self.errors, *later.errors),
            **{name: getattr(self, name) + getattr(later, name) for name in counts},
        )


def history(db: Database, source: str, batches: Sequence[Batch]) -> pd.DataFrame:
    """The current values of a source that its new batches are judged against, in the judge's columns.

    Of a source whose suite compares a series with nothing but itself, only the series of the batches: how much else is
    known of it then costs nothing.
    """
    starts = (column(batch.observations, "period_start") for batch in batches)
    first = min((min(days) for days in starts if days), default=date.max)
    let_pandas_in()
    if own_series_alone(source):
        import pyarrow as pa

        of = [
            pa.table({name: pa.array(column(batch.observations, name), pa.string()) for name in _SERIES_NAMES})
            for batch in batches
        ]
        with _lent(db, "wanted", pa.concat_tables(of)):
            frame = db.run("load/history_of_series", [source, first]).df()
    else:
        frame = db.run("load/history", [source, first]).df()
    days = dict.fromkeys(("period_start", "period_end"), "datetime64[us]")
    frame = frame.astype(days)
    return frame[list(HISTORY_COLUMNS)]


_SERIES_NAMES = ("dataset", "measure", "reporter", "partner", "partner_name", "flow", "product", "unit", "freq")


def load(db: Database, work: Work, also: Callable[[], None] = lambda: None) -> Loaded:
    """Commit a source's part of a run; what `also` does is part of the same transaction.

    Raises:
        LoadFailed: the database refused; nothing of this source's run was kept, the archived bytes are.
    """
    began = datetime.now(UTC)  # noqa: TID251 (a duration, not a date of the data)
    try:
        with db.transaction():
            loaded = _load(db, work, began)
            also()
    except LoadFailed as error:
        error.source = error.source or work.source
        raise
    except duckdb.Error as error:
        raise LoadFailed(
            source=work.source,
            expected="to commit the run's rows",
            found=str(error),
            advice="The transaction was rolled back; run `amur nightly` again, the bytes are archived",
        ) from error
    return loaded


def _load(db: Database, work: Work, began: datetime) -> Loaded:
    ledger.insert_notes(db, work.run_id, work.source, work.notes)
    for note in work.notes:
        if note.outcome == "missing":
            ledger.note_absence(db, work.source, note)
    for record in work.checked:
        db.execute(
            "UPDATE payloads SET checked_at = ? WHERE source = ? AND url = ? AND sha256 = ? AND fetched_at = ?",
            [naive(record.checked_at), record.source, record.url, record.sha256, naive(record.fetched_at)],
        )
    ours = [*work.others, *(record for record, _ in work.verdicts), *(one.record for one in work.problems)]
    entered = ledger.entered(db, ours)
    for record in work.others:
        _settle(db, record, entered)
        if record.state == "index":
            _supersede(db, work, record)
    loaded = [(record, verdict) for record, verdict in work.verdicts if verdict.load]
    held_rows = held_batches = 0
    for record, verdict in work.verdicts:
        batch = verdict.batch
        state = "held" if not verdict.load else "loaded" if _says_something(batch) else "empty"
        _settle(db, replace(record, state=state), entered, batch.parser)
        _note_findings(db, work, record, verdict)
        if verdict.load:
            _hold_doubts(db, work, record, batch)
            _supersede(db, work, record)
        else:
            held_rows += len(batch.observations)
            held_batches += _hold(
                db, work, record, "judge", verdict.reason, _evidence(verdict), len(batch.observations)
            )
    for problem in work.problems:
        _settle(db, replace(problem.record, state=_state_of(problem.error)), entered)
        if not isinstance(problem.error, Unreadable):
            held_batches += _hold(
                db, work, problem.record, problem.error.kind, problem.error.cause(), problem.error.facts(), 0
            )
    parsed, new, revised = _add_rows(db, work, loaded)
    renamed = _add_codes(db, work, loaded)
    renamed += _add_articles(db, work, loaded) + _add_events(db, work, loaded)
    outcome = Loaded(
        source=work.source,
        state=_outcome(work, held_batches),
        requests=sum(note.outcome != "reused" for note in work.notes),
        payloads=len(work.verdicts) + len(work.problems),
        parsed=parsed + held_rows,
        new=new,
        revised=revised,
        same=parsed - new - revised,
        held=held_rows,
        held_batches=held_batches,
        error=_errors(work.errors),
        errors=tuple(str(error) for error in work.errors),
    )
    if outcome.changed or renamed or db.value("SELECT count(*) FROM quarantine WHERE run_id = ?", [work.run_id]):
        db.execute("INSERT INTO pending_publication VALUES (?, ?)", [work.run_id, work.source])
    _note_part(db, work, outcome, (datetime.now(UTC) - began).total_seconds())  # noqa: TID251 (a duration)
    return outcome


def _note_part(db: Database, work: Work, part: Loaded, load_s: float) -> None:
    """Enter what a source's part of a run came to, beside what an earlier part of the same run did."""
    before = db.execute(
        "SELECT state, requests, payloads, parsed_rows, new_rows, revised_rows, same_rows, held_rows, error, "
        "fetch_s, judge_s, load_s, coalesce(parse_s, 0) FROM run_sources WHERE run_id = ? AND source = ?",
        [work.run_id, work.source],
    ).fetchone()
    whole, seconds = part, [work.fetch_s, work.judge_s, load_s, work.parse_s]
    if before:
        state, requests, payloads, parsed, new, revised, same, held, error, *earlier = before
        first = Loaded(work.source, state, requests, payloads, parsed, new, revised, same, held, 0, error)
        whole, seconds = first.followed_by(part), [then + now for then, now in zip(earlier, seconds, strict=True)]
    db.run(
        "load/note_part",
        [
            work.run_id, work.source, whole.state, whole.requests, whole.payloads, whole.parsed, whole.new,
            whole.revised, whole.same, whole.held, *seconds[:-1], naive(work.now), whole.error, seconds[-1],
        ],
    )  # fmt: skip


def _together(first: str, second: str) -> str:
    """The word for two parts of one run: held if one is, else what both are, or `partial` where one failed."""
    both = {first, second}
    if "held" in both:
        return "held"
    if len(both) == 1:
        return first
    return "ok" if both == {"ok", "empty"} else "partial"


def _errors(errors: Sequence[AmurError]) -> str:
    """The first failure in full, since the others of a night are mostly its like, and how many more there were."""
    if not errors:
        return ""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{errors[0]}{more}"


def _outcome(work: Work, held_batches: int) -> str:
    """The word for a source's part of a run, worst first."""
    if held_batches:
        return "held"
    reached = any(note.outcome in {"ok", "not_modified", "reused"} for note in work.notes)
    if work.errors and not reached:
        return work.errors[0].kind
    if work.errors:
        return "partial"
    if work.verdicts and not any(_says_something(verdict.batch) for _, verdict in work.verdicts):
        return "empty"
    return "ok"


def _says_something(batch: Batch) -> bool:
    return bool(batch.observations or batch.codes or batch.events or batch.articles)


def _state_of(error: LayoutChanged) -> str:
    return error.kind if error.kind in {"blocked", "empty", "unreadable"} else "refused"


def _settle(db: Database, record: Record, entered: set[str], parser_version: int | None = None) -> None:
    """Enter the record, or bring the row that speaks of the same fetch up to date.

    `entered` are the sidecars that the ledger has: of others no row need be looked for.
    """
    changed = record.sidecar in entered and (
        db.value(
            "UPDATE payloads SET state = ?, parser_version = coalesce(?, parser_version), checked_at = ? "
            "WHERE sidecar = ? AND source = ? AND url = ?",
            [record.state, parser_version, naive(record.checked_at), record.sidecar, record.source, record.url],
        )
    )
    if not changed:
        ledger.insert_record(db, record, parser_version)
        entered.add(record.sidecar)
    db.execute("DELETE FROM absences WHERE source = ? AND url = ?", [record.source, record.url])


def _add_rows(db: Database, work: Work, loaded: Sequence[tuple[Record, Verdict]]) -> tuple[int, int, int]:
    """Append the vintages of the batches that passed; gives rows parsed, new and revised."""
    fresh = [(record, verdict.batch) for record, verdict in loaded if verdict.batch.observations]
    if not fresh:
        return 0, 0, 0
    _build_timeline(db, work, fresh, [])
    late = db.run("load/earliest_late", [work.source]).fetchone()
    if late and late[0] is not None and work.reread is not None:
        ours = {record.sidecar for record, _ in fresh}
        again = [r for r in ledger.loaded_after(db, work.source, late[0]) if r.sidecar not in ours]
        _build_timeline(db, work, fresh, work.reread(again))
    parsed, new, revised = db.run("load/count_loaded").fetchone() or (0, 0, 0)
    for name in ("close_vintages", "add_vintages"):
        db.run(f"load/{name}")
    corrections.derive(db, work.now)
    db.run("load/date_payloads", [work.source])
    for name in ("incoming", "timeline"):
        db.execute(f"DROP TABLE {name}")
    return parsed, new, revised


@contextmanager
def _lent(db: Database, name: str, table: pa.Table) -> Iterator[None]:
    """Let statements read `table` under a name, for the time of the block."""
    db.connection.register(name, table)
    try:
        yield
    finally:
        db.connection.unregister(name)


def _add_events(db: Database, work: Work, loaded: Sequence[tuple[Record, Verdict]]) -> int:
    """Append what the documents say to have happened; gives how many events were new."""
    rows = [
        asdict(event)
        | {
            "source": work.source, "run_id": work.run_id, "payload_sha256": record.sha256,
            "fetched_at": naive(record.fetched_at), "earlier_at": naive(record.earlier_at),
            "published_at": _instant(event.published), "published_is_day": not isinstance(event.published, datetime),
            "value": None if event.value is None else float(event.value),
        }
        for record, verdict in loaded
        for event in verdict.batch.events
    ]  # fmt: skip
    if not rows:
        return 0
    let_pandas_in()
    import pyarrow as pa

    schema = pa.schema({name: _event_kinds(pa).get(name, pa.string()) for name in rows[0] if name != "published"})
    before = db.value("SELECT count(*) FROM event_candidates")
    with _lent(db, "told", pa.Table.from_pylist(rows, schema=schema)):
        db.run("load/add_events")
    return int(db.value("SELECT count(*) FROM event_candidates") - before)


def _add_articles(db: Database, work: Work, loaded: Sequence[tuple[Record, Verdict]]) -> int:
    """Append the articles that the documents show, and find their stories; gives how many bodies were new."""
    rows = [
        {
            "article_id": one.article_id, "source": work.source, "url": one.url, "outlet": one.outlet,
            "title": one.title, "language": one.language, "published_at": _instant(one.published),
            "published_is_day": not isinstance(one.published, datetime), "seen_at": naive(one.seen),
            "topics": list(one.topics), "names": list(one.names), "headline_only": one.headline_only,
            "free": one.free, "shingles": list(one.shingles), "fetched_at": naive(record.fetched_at),
            "earlier_at": naive(record.earlier_at), "run_id": work.run_id, "payload_sha256": record.sha256,
            "locator": one.locator,
        }
        for record, verdict in loaded
        for one in verdict.batch.articles
    ]  # fmt: skip
    if not rows:
        return 0
    let_pandas_in()
    import pyarrow as pa

    instant, words = pa.timestamp("us"), pa.list_(pa.string())
    kinds = {
        "published_at": instant, "seen_at": instant, "fetched_at": instant, "earlier_at": instant, "topics": words,
        "names": words, "shingles": pa.list_(pa.uint32()), "published_is_day": pa.bool_(), "headline_only": pa.bool_(),
        "free": pa.bool_(),
    }  # fmt: skip
    before = db.value("SELECT count(*) FROM article_vintages")
    schema = pa.schema({name: kinds.get(name, pa.string()) for name in rows[0]})
    with _lent(db, "shown", pa.Table.from_pylist(rows, schema=schema)):
        db.run("load/add_articles")
        added = int(db.value("SELECT count(*) FROM article_vintages") - before)
        if added:
            db.run("load/add_stories")
    return added


def _event_kinds(pa: Any) -> dict[str, Any]:  # noqa: ANN401 (the module, imported late)
    day, instant = pa.date32(), pa.timestamp("us")
    return {
        "event_date": day, "effective_on": day, "fetched_at": instant, "earlier_at": instant, "published_at": instant,
        "published_is_day": pa.bool_(), "value": pa.float64(),
    }  # fmt: skip


def _add_codes(db: Database, work: Work, loaded: Sequence[tuple[Record, Verdict]]) -> int:
    """Bring the code lists up to date, the oldest edition first; gives 1 if anything was new."""
    if not any(verdict.batch.codes for _, verdict in loaded):
        return 0
    let_pandas_in()
    import pyarrow as pa

    kinds = {"valid_from": pa.date32(), "valid_to": pa.date32(), "known_at": pa.timestamp("us")}
    schema = pa.schema({name: kinds.get(name, pa.string()) for name in _CODE_COLUMNS})
    count = "SELECT (count(*), count(known_to)) FROM code_vintages"
    before = db.value(count)
    for record, verdict in sorted(loaded, key=lambda pair: pair[0].fetched_at):
        if not verdict.batch.codes:
            continue
        common = {"source": work.source, "known_at": naive(record.fetched_at), "run_id": work.run_id}
        rows = [asdict(code) | common | {"payload_sha256": record.sha256} for code in verdict.batch.codes]
        with _lent(db, "listed", pa.Table.from_pylist(rows, schema=schema)):
            for name in ("close_codes", "add_codes"):
                db.run(f"load/{name}")
    return int(db.value(count) != before)


def _build_timeline(
    db: Database, work: Work, fresh: list[tuple[Record, Batch]], again: list[tuple[Record, Batch]]
) -> None:
    """Make the temporary tables `incoming` and `timeline` out of new batches and ones that are read again."""
    with _lent(db, "readings", _table(work, fresh, again)):
        for name in ("ingest_rows", "add_series", "build_timeline"):
            db.run(f"load/{name}")


def _table(work: Work, fresh: list[tuple[Record, Batch]], again: list[tuple[Record, Batch]]) -> pa.Table:
    """The rows of the batches as Arrow columns."""
    let_pandas_in()
    import numpy as np
    import pyarrow as pa

    stamp, text, real, day = pa.timestamp("us"), pa.string(), pa.float64(), pa.date32()
    parts = []
    for record, batch, old in [*((*one, False) for one in fresh), *((*one, True) for one in again)]:
        rows, size = batch.observations, len(batch.observations)
        on = column(rows, "published")
        said = {one: (_instant(one), not isinstance(one, datetime)) for one in set(on)}
        same = {
            "source": (work.source, text), "fetched_at": (naive(record.fetched_at), stamp),
            "earlier_at": (naive(record.earlier_at), stamp), "run_id": (work.run_id, text),
            "parser_version": (batch.parser, pa.int32()), "payload_sha256": (record.sha256, text),
            "again": (old, pa.bool_()),
        }  # fmt: skip
        columns: dict[str, pa.Array] = {name: pa.array(column(rows, name), text) for name in _TEXTS}
        columns |= {
            "period_start": pa.array(column(rows, "period_start"), day),
            "period_end": pa.array(column(rows, "period_end"), day),
            "value": pa.array(np.array(column(rows, "value"), "float64"), real, from_pandas=True),  # NaN: missing
            "half_unit": pa.array(np.array(column(rows, "precision"), "float64"), real),
            "published_at": pa.array([said[one][0] for one in on], stamp),
            "published_is_day": pa.array([said[one][1] for one in on], pa.bool_()),
            "reconstructed": pa.array(column(rows, "reconstructed"), pa.bool_()),
        }
        columns |= {name: pa.repeat(pa.scalar(value, kind), size) for name, (value, kind) in same.items()}
        parts.append(pa.table(columns))
    return pa.concat_tables(parts)


_CODE_COLUMNS = (
    "source", "codelist", "code", "name", "iso", "valid_from", "valid_to", "known_at", "run_id", "payload_sha256",
    "locator",
)  # fmt: skip
_TEXTS = (
    "dataset", "measure", "reporter", "partner", "partner_name", "partner_kind", "flow", "product", "unit", "freq",
    "obs_status", "locator",
)  # fmt: skip


def _instant(on: date | datetime | None) -> datetime | None:
    """What a document gives as its day or instant, as the warehouse keeps instants."""
    if isinstance(on, datetime):
        return naive(on)
    return None if on is None else datetime(on.year, on.month, on.day)  # noqa: DTZ001 (UTC by convention)


def _note_findings(db: Database, work: Work, record: Record, verdict: Verdict) -> None:
    rows = [
        [
            work.run_id, work.source, record.url, record.period, record.sha256, naive(work.now), finding.expectation,
            finding.severity, finding.success, finding.evaluated, finding.unexpected, finding.observed, finding.why,
            json.dumps(finding.evidence, ensure_ascii=False),
        ]
        for finding in verdict.findings
    ]  # fmt: skip
    db.insert("validations", rows)


def _evidence(verdict: Verdict) -> object:
    return [
        {
            "expectation": finding.expectation,
            "why": finding.why,
            "observed": finding.observed,
            "rows": finding.evidence,
        }
        for finding in verdict.findings
        if not finding.success and finding.severity == "critical"
    ]


def _hold(db: Database, work: Work, record: Record, kind: str, reason: str, evidence: object, rows: int) -> int:
    """Put a whole payload into quarantine; gives 1, or 0 if it is there already."""
    return _quarantine(db, work, record, "batch", "", kind, reason, evidence, rows)


def _hold_doubts(db: Database, work: Work, record: Record, batch: Batch) -> None:
    """An entry for each doubt; one that a person's reading has settled is entered as decided by that person."""
    places = set(column(batch.observations, "locator")) if work.rules else set()
    for doubt in batch.doubts:
        facts = {"found": doubt.found, "locator": doubt.locator}
        reason = f"{doubt.reason}: {quoted(doubt.found)}"
        _quarantine(db, work, record, "row", doubt.locator, "unresolved", reason, facts, 1)
        rule = work.rules.get(readings.place_of(batch, doubt))
        if rule is not None and rule.locator in places:
            key = _entry(work, record, "row", doubt.locator, "unresolved")
            if db.value("SELECT state FROM quarantine WHERE quarantine_id = ?", [key]) == "held":
                quarantine.decide(db, [key], quarantine.by_rule(rule, key, record.sha256))


def _quarantine(
    db: Database,
    work: Work,
    record: Record,
    scope: str,
    locator: str,
    kind: str,
    reason: str,
    evidence: object,
    rows: int,
) -> int:
    key = _entry(work, record, scope, locator, kind)
    added = db.value(
        "INSERT INTO quarantine SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'held', NULL, NULL, NULL "
        "WHERE NOT EXISTS (SELECT 1 FROM quarantine WHERE quarantine_id = ?)",
        [
            key, scope, work.source, record.url, record.period, record.sha256, locator, kind, reason,
            json.dumps(evidence, ensure_ascii=False, default=str), rows, naive(work.now), work.run_id,
            key,
        ],
    )  # fmt: skip
    return int(added)


def _entry(work: Work, record: Record, scope: str, locator: str, kind: str) -> str:
    """The id of an entry: the same for the same bytes and place, in any warehouse."""
    identity = f"{work.source}\0{record.url}\0{record.sha256}\0{scope}\0{locator}\0{kind}"
    return f"q-{hashlib.sha256(identity.encode()).hexdigest()[:10]}"


def _supersede(db: Database, work: Work, record: Record) -> None:
    """What was held of an address is over when a later body of it loads, or can be followed."""
    held = "SELECT count(*) FROM quarantine WHERE source = ? AND url = ? AND kind = 'batch' AND state = 'held'"
    if not db.value(held, [record.source, record.url]):
        return  # as a rule: the ledger, which grows, isn't searched for it
    db.execute(
        "UPDATE quarantine SET state = 'superseded', decided_at = ?, decided_by = 'amur', "
        "decision_note = 'a later body of the same address loaded', run_id = ? "
        "WHERE source = ? AND url = ? AND kind = 'batch' AND state = 'held' AND payload_sha256 NOT IN ("
        "SELECT sha256 FROM payloads WHERE source = ? AND url = ? AND (sha256 = ? OR fetched_at > ?))",
        [
            naive(work.now), work.run_id, record.source, record.url, record.source, record.url, record.sha256,
            naive(record.fetched_at),
        ],
    )  # fmt: skip
