"""The commands that write: each opens a run, walks, and says how it went."""

from __future__ import annotations

import getpass
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Final, Literal

from flows import show, walk
from flows.reading import Reader
from flows.run import Exit, Run, begun_here, running
from flows.settings import WAREHOUSE, Settings
from flows.steps import Fetching, ahead, walk_sources
from sources.contract import Window
from sources.errors import AmurError, ArchiveDamaged
from warehouse import claims, corrections, quarantine, readings, watches
from warehouse.archive import Archive
from warehouse.claim_files import users
from warehouse.database import Database
from warehouse.feed import write_feeds
from warehouse.lake_database import opened
from warehouse.lock import locked
from warehouse.publisher import publication_faults, publish

__all__ = ["decided", "ingested", "rebuilt", "show_plan", "stoppable", "verified", "walked"]

SIGNAL_EXIT: Final = 128
GRACE_S: Final = 15.0  # for an end in order
ECHO_S: Final = 0.5  # Prefect sends a signal that it has caught once more, from each task and flow that it leaves


class _Ending:
    """What SIGTERM and Ctrl-C do to a command: while its run is open, they end it.

    Before, they are noted, and the run ends as soon as it is open: DuckDB would take what is raised while it opens
    for a failure of its own. Afterwards there is nothing to end: the run closes its books and gives its own code.
    An end that takes longer than its grace is a hard one: DuckDB can wait for ever to close on a query that it was
    told to leave. What is committed is safe either way, and the next run takes over as after a kill.
    """

    def __init__(self) -> None:
        self.code = 0
        self.since = 0.0
        self.run: Run | None = None
        self.guard: threading.Timer | None = None

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        """The handler."""
        if self.code:
            if time.monotonic() - self.since > ECHO_S:
                os._exit(SIGNAL_EXIT + number)  # a second one ends it at once
            return
        self.code, self.since = SIGNAL_EXIT + number, time.monotonic()
        self.guard = threading.Timer(GRACE_S, os._exit, [self.code])
        self.guard.daemon = True
        self.guard.start()
        if self.run is not None:
            self.run.door.stop()
            raise SystemExit(self.code)

    def exit_if_asked(self) -> None:
        """Catch up on a signal that was only noted, or whose exception something below took for a failure."""
        if self.code:
            raise SystemExit(self.code)


@contextmanager
def stoppable(settings: Settings, kind: str, arguments: str = "") -> Iterator[Run]:
    """A run that SIGTERM and Ctrl-C end in order: waits stop at once, the open transaction is rolled back.

    Raises:
        SystemExit: with 128 and the signal's number.
        Busy: another run holds the lock.
        LoadFailed: the warehouse can't be opened.
    """
    ending = _Ending()
    before = {number: signal.signal(number, ending) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        with running(settings, kind, arguments) as run:
            try:
                ending.run = run
                ending.exit_if_asked()
                yield run
                ending.exit_if_asked()
            except Exception:
                ending.exit_if_asked()
                raise
            finally:
                ending.run = None
    finally:
        if ending.guard is not None:
            ending.guard.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


def walked(
    settings: Settings,
    kind: str,
    sources: Sequence[str],
    window_of: Callable[[datetime], Window],
    pace: walk.Pace,
    *,
    jobs: int = 8,
    arguments: str = "",
    as_json: bool = False,
) -> int:
    """A nightly run or a backfill: fetch ahead while Prefect starts, walk in a flow run, tell how it went."""
    if pace.mode == "backfill" and settings.fanout:
        from flows.fan_out import preflight

        preflight(settings)
    with stoppable(settings, kind, arguments) as run:
        window = window_of(run.now)
        with (
            show.progress(sources, quiet=as_json or settings.log_echo) as report,
            ahead(run, sources, window, pace, jobs=jobs, report=report) as fetching,
        ):
            _in_prefect(settings, kind, fetching)
    if as_json:
        show.as_json_text(run.summary.as_json())
    else:
        show.summary(settings, run.summary)
    for failure in run.summary.failures:
        print(f"amur: {failure}", file=sys.stderr)
    return run.summary.exit_code


def _in_prefect(settings: Settings, kind: str, fetching: Fetching) -> None:
    """Walk inside a Prefect flow run; where Prefect can't start, walk all the same and say so."""
    from flows.prefect_api import loopback_server

    with loopback_server(settings.home) as server:
        try:
            from flows.nightly import observed

            server.ready()
        except AmurError as error:
            print(f"amur: warning: {error}. The run goes on without Prefect", file=sys.stderr)
        else:
            flow_run, tasks = observed(fetching, kind)
            server.drain(flow_run, tasks)
            return
    walk_sources(fetching)


def show_plan(settings: Settings, sources: list[str], window: Window, *, refetch: bool, as_json: bool) -> int:
    """`backfill --dry-run`: the requests that would be made, as far as archived indexes show."""
    from flows.backfill import planned

    now = settings.now()
    with locked(settings.home, now, "dry run"):
        db = opened(settings.warehouse, now)
        try:
            rows = planned(settings, db, sources, window, refetch=refetch)
        finally:
            db.close()
    show.plan(rows, as_json=as_json)
    return Exit.OK


def ingested(
    settings: Settings,
    source: str,
    files: Sequence[str],
    *,
    url: str,
    flow: str,
    as_of: str,
    as_json: bool,
) -> int:
    """`amur ingest`: 0 loaded or known, 3 held, 1 refused."""
    from flows.ingest import Given, ingest, is_address
    from flows.run import chosen

    chosen(settings, [source])
    fetched_at = _instant(as_of) if as_of else settings.now()
    given = [Given(str(name) if is_address(name) else Path(name), url, flow, fetched_at) for name in files]
    with stoppable(settings, "ingest", f"{source} {len(files)} files") as run:
        loaded, known, refused = ingest(run, source, given)
        run.publish()
    show.ingested(loaded, known, [(r.path, r.error) for r in refused], as_json=as_json)
    for error in loaded.errors:
        print(f"amur: held in quarantine: {error}", file=sys.stderr)
    for refusal in refused:
        print(f"amur: {refusal.path}: refused: {refusal.error}", file=sys.stderr)
    for failure in run.summary.failures:
        print(f"amur: {failure}", file=sys.stderr)
    if refused or run.failures:
        return Exit.FAILED
    return Exit.DEGRADED if loaded.held_batches else Exit.OK


def _instant(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise AmurError(at="--as-of", expected="an ISO timestamp", found=text) from None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def rebuilt(settings: Settings, to: Path | None, *, as_json: bool) -> int:
    """`amur rebuild`: into a new file first; what is in use is replaced only when all went well.

    Raises:
        AmurError: the warehouse is a lake, which holds what other homes' archives brought, too.
    """
    from flows.rebuild import rebuild

    if to is None:
        advice = "--to FILE makes a warehouse file of this home's archive; a new lake is filled by its own runs"
        settings.see_it_is_a_file("rebuild", advice)
    now = settings.now()
    with locked(settings.home, now, "rebuild"):
        target = to or settings.home / f".{WAREHOUSE}.rebuild"
        for leftover in (target, target.with_name(target.name + ".wal")):
            leftover.unlink(missing_ok=True)
        archive = Archive(settings.home / "archive")
        db = Database(target, now)
        told = _told(settings.home / WAREHOUSE, now)
        with Reader() as reader, show.progress(["rebuild"], quiet=as_json) as report:
            done = rebuild(db, archive, reader, lambda text: report("rebuild", text), told)
        corrections.apply(db, now)
        done.notes += watches.refresh(db, archive.folder, anyway=True)
        values = db.value("SELECT count(*) FROM observation_vintages")
        if to is None:
            db.execute("CHECKPOINT")
            db.close()
            target.replace(settings.home / WAREHOUSE)
            (settings.home / f"{WAREHOUSE}.wal").unlink(missing_ok=True)
            target = publish(Database(settings.home / WAREHOUSE, now), settings.home, "rebuild", now).path
            write_feeds(target, settings.home / "reports")
        else:
            answered = claims.answer_all(db, settings.home)
            with db.transaction():
                claims.note(db, answered, "rebuild", now)
            db.execute("CHECKPOINT")
            db.close()
    facts = {"rebuilt": str(target), "bodies": done.bodies, "vintages": values, "notes": done.notes}
    show.facts(facts, as_json=as_json)
    return Exit.OK


def _told(warehouse: Path, now: datetime) -> frozenset[str]:
    """The hashes of which the ledger in use speaks; none where there is no ledger that can be read."""
    if not warehouse.exists():
        return frozenset()
    try:
        db = Database(warehouse, now)
    except AmurError:
        return frozenset()
    try:
        return frozenset(row[0] for row in db.rows("SELECT sha256 FROM payloads"))
    finally:
        db.close()


def verified(settings: Settings, *, as_json: bool) -> int:
    """`amur verify`: each fault in a line, exit 1 if there is one.

    Hashes, ledger, orphans, invariants, decisions, watches, the publication; claims' files that are none are noted.
    """
    now = settings.now()
    with locked(settings.home, now, "verify"):
        archive = Archive(settings.home / "archive")
        faults = list(archive.damage())
        orphans = archive.orphans()
        db = opened(settings.warehouse, now)
        try:
            faults += [f"invariant {name}: {count} rows break it" for name, count in db.violations().items()]
            told = dict(db.rows("SELECT sidecar, sha256 FROM payloads"))
            ours = begun_here(settings.home) if db.shared else None
            running_ids = [row[0] for row in db.rows("SELECT run_id FROM runs WHERE state = 'running'")]
            running_ids = [run_id for run_id in running_ids if ours in {None, run_id}]
            undecided = quarantine.faults(db, archive.folder) + watches.faults(db, archive.folder)
            notes = quarantine.obsolete(db, archive.folder)
            snapshot = db.value("SELECT max(snapshot_id) FROM snapshot")
        finally:
            db.close()
        faults += publication_faults(settings.home, snapshot)
        notes += [f"claims/{one.file}: {one.error}" for one in users(settings.home / "claims") if one.error]
        try:
            there = {record.sidecar: record.sha256 for record in archive.records()}
        except ArchiveDamaged:
            there = told  # named above already
        lacking = [name for name in told if name not in there]
        if settings.lake is None:
            faults += [f"{name}: the ledger speaks of it, the archive lacks it" for name in lacking]
        elif lacking:
            notes.append(
                f"{len(lacking)} bodies of which the ledger speaks aren't in this home's archive but another's"
            )
        faults += [f"{name}: archived, but the ledger doesn't speak of it" for name in there if name not in told]
        described = set(told.values())
        faults += [f"{name}: no sidecar says where it came from{_fate(name in described)}" for name in orphans]
        faults += [f"run {run_id}: never closed" for run_id in running_ids]
        faults += undecided
    show.facts({"bodies": len(there), "faults": faults, "notes": notes}, as_json=as_json)
    return Exit.FAILED if faults else Exit.OK


def _fate(described: bool) -> str:
    return ", though the ledger speaks of it" if described else ": a killed run left it, the next one clears it"


def decided(
    settings: Settings, action: str, entry: str, *, by: str, note: str, reads: str = "", as_json: bool = False
) -> int:
    """`amur quarantine release|reject ID`: recorded with name, time and reason; released batches load.

    `reads` is the figure that a person reads where a row is in doubt. A decision that stands already is told as it was
    taken: who, when and why stay those of the first time.
    """
    from flows.rebuild import decide

    note, by = " ".join(note.split()), " ".join(by.split())
    if not entry or not note:
        raise AmurError(
            at=f"quarantine {action}",
            expected="the id of an entry and --note with the reason",
            found=f"id {entry!r}, note {note!r}",
            advice="`amur quarantine list` shows the ids",
        )
    reads = " ".join(reads.split())
    if reads:
        readings.reading(reads)
    with stoppable(settings, f"quarantine {action}", entry) as run:
        scope, state, record = quarantine.held_record(run.db, entry)
        wanted: Literal["released", "rejected"] = "released" if action == "release" else "rejected"
        if state not in {"held", wanted}:
            raise AmurError(at=f"quarantine {action}", expected="an entry that is held", found=f"{entry}: {state}")
        decision = quarantine.Decision(entry, wanted, by or getpass.getuser(), run.now.isoformat(), note, record.sha256)
        if reads:
            decision = _reading(run, action, scope, decision, reads)
        decide(run.db, run.archive, run.reader, decision)
        (stands,) = run.db.run("read/decision", [entry]).fetchall()
        run.publish()
    show.decision(entry, wanted, stands, again=state == wanted, as_json=as_json)
    for failure in run.summary.failures:
        print(f"amur: {failure}", file=sys.stderr)
    return Exit.FAILED if run.failures else Exit.OK


def _reading(run: Run, action: str, scope: str, decision: quarantine.Decision, text: str) -> quarantine.Decision:
    """The decision with what the person reads.

    Raises:
        AmurError: the entry can't have one, or it was decided before in another way.
    """
    entry = decision.quarantine_id
    if (action, scope) != ("release", "row"):
        raise AmurError(
            at=f"quarantine {action} --as", expected="the release of an entry of kind row", found=f"{entry}: {scope}"
        )
    reads = {**quarantine.held_doubt(run.db, entry)._asdict(), "as": text}
    for before in quarantine.recorded(run.db):
        if before.quarantine_id == entry and before.reads != reads:
            raise AmurError(at=f"quarantine {action} --as", expected="an entry that is held", found=before.words())
    return replace(decision, reads=reads)
