"""One run: the lock, the ledger row, the parts that the walk needs, and the end that every kind of run has."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from flows import alerts, messages, parts, walk
from flows.log import LOGGER, logging_of, logging_to
from flows.reading import Reader
from flows.rebuild import finish
from flows.settings import Settings
from sources import catalogue
from sources.contract import Window
from sources.errors import AmurError, PublishFailed
from warehouse import corrections, ledger, watches
from warehouse.archive import Archive, clear_parts, write_durably
from warehouse.changes import newly_late
from warehouse.database import Database, naive
from warehouse.lake_database import opened
from warehouse.loader import Loaded, Work, load
from warehouse.lock import locked
from warehouse.publisher import PUBLISHED, clear_leftovers, is_current, publish

__all__ = ["Exit", "Run", "Summary", "begun_here", "chosen", "running"]

LAST_RUN: Final = "last_run.json"
NIGHTLY: Final = "nightly"
BEGUN: Final = ".run"  # the id of the run that this home began last, where it shares a lake with others
CLOCKS_DIFFER: Final = timedelta(minutes=5)  # a clock that is set right at times


class Exit:
    """The exit codes of the commands that walk."""

    OK = 0
    FAILED = 1
    DEGRADED = 3
    BUSY = 4


@dataclass(slots=True)
class Summary:
    """What a run came to, for the table, the JSON and the heartbeat. `fetched_by`: the worker, of what one fetched."""

    run_id: str
    kind: str
    started_at: str
    ended_at: str = ""
    exit_code: int = 0
    snapshot_id: str = ""
    published: bool = False
    sources: list[dict[str, Any]] = field(default_factory=list)
    inbox: list[dict[str, str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    interrupted: list[str] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    report: str = ""
    fetched_by: dict[str, str] = field(default_factory=dict)

    def took(self, **seconds: float) -> None:
        """Add to the seconds of the stages, summed over sources: fetch_s, parse_s, judge_s, load_s, publish_s."""
        for name, more in seconds.items():
            self.timings[name] = round(self.timings.get(name, 0.0) + more, 3)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


class Run:
    """What a walk needs, for the time of one run. Made by `running`."""

    def __init__(self, settings: Settings, db: Database, kind: str, summary: Summary) -> None:
        """Take the parts; nothing is opened here."""
        from sources.turns import Turns
        from sources.web import Door

        self.settings, self.db, self.kind, self.summary = settings, db, kind, summary
        self.run_id = summary.run_id
        self.archive = Archive(settings.home / "archive")
        self.reader = Reader()
        self.robots = {
            host: (at.replace(tzinfo=UTC), body)
            for host, at, body in db.rows("SELECT host, fetched_at, body FROM robots")
        }
        self.robots_before = dict(self.robots)
        hosts = settings.home / parts.HOSTS
        shared = bool(settings.fanout) or hosts.is_dir()  # with workers, and those that a killed run may have left
        self.door = Door(settings.network(), settings.now, robots=self.robots, turns=Turns(hosts) if shared else None)
        self.sources: list[str] = []  # those that this run asks
        self.loaded: list[Loaded] = []
        self.failures: list[AmurError] = []
        self.standing: alerts.Standing | None = None

    @property
    def now(self) -> datetime:
        """The run's instant."""
        return self.settings.now()

    def judge_and_load(self, collected: walk.Collected) -> Loaded:
        """Steps 4 to 6 for one source: parse, judge, commit."""
        began = time.monotonic()
        batches, problems = walk.read(self.archive, collected, self.reader)
        read = time.monotonic()
        verdicts = walk.judge_all(self.db, collected.source, batches)
        judge_s = time.monotonic() - read
        work = walk.work_of(collected, self.run_id, self.now, verdicts, problems, judge_s, read - began)
        return self.load(work)

    def load(self, work: Work) -> Loaded:
        """Step 6 alone."""
        work.reread = walk.rereader(self.archive, self.reader)
        began = time.monotonic()
        loaded = load(self.db, work)
        self.loaded.append(loaded)
        load_s = time.monotonic() - began
        taken = {"fetch_s": work.fetch_s, "parse_s": work.parse_s, "judge_s": work.judge_s, "load_s": load_s}
        self.summary.took(**taken)
        facts = {"run_id": self.run_id, "source": loaded.source, "stage": "load", "state": loaded.state}
        LOGGER.info(
            "%d new, %d revised, %d the same, %d held", loaded.new, loaded.revised, loaded.same, loaded.held,
            extra=facts | {name: round(seconds, 3) for name, seconds in taken.items()},
        )  # fmt: skip
        for error in work.errors:
            named = {"source": error.source, "url": error.url, "period": error.period, "state": error.kind}
            LOGGER.warning("%s", error.cause(), extra=named)
        for record, verdict in work.verdicts:
            if not verdict.load:
                named = {"source": record.source, "url": record.url, "period": record.period, "state": "held"}
                LOGGER.warning("%s", verdict.reason, extra=named | {"stage": "judge"})
        return loaded

    def publish(self) -> None:
        """Step 7: publish if there is anything new to say, and close the books of the run."""
        for host, (at, body) in self.robots.items():
            if self.robots_before.get(host) != (at, body):
                self.db.run("load/note_robots", [host, naive(at), body])
        summary = self.summary
        summary.exit_code = self.exit_code()
        self.describe()
        corrections.apply(self.db, self.now)
        for fault in watches.refresh(self.db, self.archive.folder):
            LOGGER.warning("%s", fault, extra={"stage": "watches"})
        current = is_current(self.db, self.settings.home) and not newly_late(self.db, self.now)
        state = "failed" if self.failures else "unchanged" if current else "published"
        if summary.exit_code == Exit.DEGRADED:
            state = "degraded"
        ledger.end_run(self.db, self.run_id, self.now, state=state, exit_code=summary.exit_code)  # type: ignore[arg-type]
        if current:
            self.db.close()
            self.tell(self.settings.home / PUBLISHED)  # a run that was killed may have left them out
            return
        began = time.monotonic()
        try:
            published = publish(self.db, self.settings.home, self.run_id, self.now)
        except PublishFailed as error:
            self.failures.append(error)
            summary.exit_code = Exit.FAILED
            summary.failures.append(str(error))
            return
        summary.snapshot_id, summary.published = published.snapshot_id, True
        seconds = round(time.monotonic() - began, 3)
        summary.took(publish_s=seconds)
        LOGGER.info("published as %s", published.snapshot_id, extra={"stage": "publish", "seconds": seconds})
        self.tell(published.path)

    def tell(self, published: Path) -> None:
        """Write the findings for other programs and, at night, the report.

        The publication stands even where that fails, and the exit says so (P-60).
        """
        from warehouse.feed import feeds_are_current, write_feeds

        reports = self.settings.home / "reports"
        try:
            if not feeds_are_current(published, reports):
                write_feeds(published, reports)
        except (AmurError, OSError) as error:
            self._untold(str(reports), "the findings", error, "`amur changes` reads the findings from it")
        if self.kind == NIGHTLY and self.settings.report:
            try:
                self._report(published, reports)
            except Exception as error:  # noqa: BLE001 (whatever fails in drawing: the publication stands)
                LOGGER.exception("report failed", extra={"stage": "report"})
                self._untold(str(reports), "the report", error, "`amur report` tries again")

    def _report(self, published: Path, reports: Path) -> None:
        """Write the report, unless the one that lies there speaks of this publication."""
        from warehouse.report.build import is_current as report_is_current
        from warehouse.report.build import place

        began = time.monotonic()
        if not report_is_current(published, reports):
            place(published, reports, self.now)
            took = {"stage": "report", "seconds": round(time.monotonic() - began, 3)}
            LOGGER.info("report written", extra=took)
        self.summary.report = str(reports / "index.html")

    def _untold(self, url: str, what: str, error: Exception, advice: str) -> None:
        """Note that something could not be told of what is published."""
        failure = AmurError(
            url=url, expected=f"to write {what} there", found=str(error) or type(error).__name__,
            advice=f"The publication stands; {advice}",
        )  # fmt: skip
        LOGGER.error("%s", failure, extra={"stage": "publish", "url": failure.url})
        self.failures.append(failure)
        self.summary.exit_code = Exit.FAILED
        self.summary.failures.append(str(failure))

    def exit_code(self) -> int:
        """1 if a stage failed, 3 if a source of this run is stale or a batch of one is held, else 0."""
        if self.failures:
            return Exit.FAILED
        ours = [*self.sources, *(loaded.source for loaded in self.loaded)]
        stale = self.db.value(
            "SELECT count(*) FROM freshness_at(?) WHERE stale AND list_contains(?, source)",
            [naive(self.now), self.sources],
        )
        held = self.db.value(
            "SELECT count(*) FROM quarantine WHERE state = 'held' AND kind = 'batch' AND list_contains(?, source)",
            [ours],
        )
        return Exit.DEGRADED if stale or held else Exit.OK

    def describe(self) -> None:
        """Put the sources' part of the run into the summary."""
        fresh = {
            row[0]: row[1:]
            for row in self.db.rows(
                "SELECT source, state, stale, newest_period, next_expected_on, held_batches FROM freshness_at(?)",
                [naive(self.now)],
            )
        }
        for loaded in self.loaded:
            due, stale, newest, expected, waiting = fresh.get(loaded.source, ("", False, "", None, 0))
            self.summary.sources.append(
                asdict(loaded)
                | {
                    "newest_period": newest or "",
                    "freshness": due,
                    "stale": bool(stale),
                    "next_expected_on": str(expected or ""),
                    "waiting_in_quarantine": waiting,
                }
            )
        self.summary.failures.extend(str(error) for error in self.failures)
        late = [
            alerts.stale(source, str(found[2] or ""), str(found[3] or ""))
            for source, found in fresh.items()
            if found[1] and source in self.sources
        ]
        waits = self.db.rows(
            "SELECT quarantine_id, source, period, reason FROM quarantine WHERE state = 'held' AND kind = 'batch' "
            "ORDER BY held_at, quarantine_id"
        )
        self.standing = alerts.Standing((*late, *(alerts.held(*row) for row in waits)))


@contextmanager
def running(settings: Settings, kind: str, arguments: str = "") -> Iterator[Run]:
    """Hold the lock and the ledger row of a run; at the end write the heartbeat `last_run.json`.

    Runs that were killed are closed as `interrupted`, and what they left is taken over.

    Raises:
        Busy: another run holds the lock.
        LoadFailed: the warehouse can't be opened.
    """
    now = settings.now()
    clock = time.monotonic()
    with locked(settings.home, now, kind), logging_to(settings.home, echo=settings.log_echo):
        db = _opened(settings, kind, now)
        _forward(settings, db, now)
        summary = Summary(run_id=f"{now:%Y%m%dT%H%M%SZ}-{uuid4().hex[:6]}", kind=kind, started_at=now.isoformat())
        run = Run(settings, db, kind, summary)
        logging_of(run.run_id)
        _take_over(run)
        # last: a kill while taking over must not end that
        summary.interrupted = ledger.mark_interrupted(db, now, begun_here(settings.home) if db.shared else None)
        if db.shared:
            write_durably(settings.home / BEGUN, run.run_id.encode())
        ledger.begin_run(db, run.run_id, kind, now, arguments)
        LOGGER.info("%s begins", kind)
        stopped = broken = False
        try:
            with run.reader:
                yield run
        except Exception as error:
            broken = True
            summary.exit_code = Exit.FAILED  # told by the heartbeat, which would say 0 otherwise
            run.failures.append(error if isinstance(error, AmurError) else _defect(error))
            raise
        except BaseException as error:
            stopped = True  # by a person or the machine: that is no news for anybody
            ended = error.code if isinstance(error, SystemExit) else None
            summary.exit_code = ended if isinstance(ended, int) else Exit.FAILED
            raise
        finally:
            run.door.close()
            db.close()
            if kind == NIGHTLY and not stopped:
                _tell(run, well=not broken and summary.exit_code != Exit.FAILED)
            summary.ended_at = settings.now().isoformat()
            summary.took(total_s=time.monotonic() - clock)
            _log_end(run)
            _note_last(settings.home / LAST_RUN, summary)


def begun_here(home: Path) -> str:
    """The run that this home began last on a lake: of those that never ended, it alone is this home's to close."""
    try:
        return (home / BEGUN).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def _log_end(run: Run) -> None:
    """The run in one line: its code, what it brought, and the seconds of its stages."""
    summary, loaded = run.summary, run.loaded
    said = {
        "stage": "run", "exit_code": summary.exit_code, "snapshot_id": summary.snapshot_id, "sources": len(loaded),
        "new": sum(one.new for one in loaded), "revised": sum(one.revised for one in loaded),
        "held_batches": sum(one.held_batches for one in loaded), "failures": len(run.failures),
    }  # fmt: skip
    LOGGER.info("%s ends with %d", run.kind, summary.exit_code, extra=said | summary.timings)


def _forward(settings: Settings, db: Database, now: datetime) -> None:
    """See that the machine's clock was not moved back: its instants say since when things are known.

    Raises:
        AmurError: the newest run began after now. AMUR_NOW may name any time.
    """
    newest = db.value("SELECT max(started_at) FROM runs")
    if settings.fixed_now is None and newest is not None and newest - CLOCKS_DIFFER > naive(now):
        db.close()
        raise AmurError(
            at="the clock", expected=f"an instant after the newest run's, {newest:%Y-%m-%d %H:%M:%S} UTC",
            found=f"{now:%Y-%m-%d %H:%M:%S}", advice="Set the machine's clock; for a replay set AMUR_NOW",
        )  # fmt: skip


def _opened(settings: Settings, kind: str, now: datetime) -> Database:
    """The warehouse; a night that can't open it tells so before it gives up."""
    try:
        return opened(settings.warehouse, now)
    except AmurError as error:
        if kind == NIGHTLY:
            try:
                alerts.could_not_begin(settings, error)
            except OSError as fault:
                LOGGER.error("alerts: %s", fault.strerror, extra={"stage": "alerts"})
            messages.beat(settings, well=False)
        raise


def _defect(error: Exception) -> AmurError:
    return AmurError(at="the run", expected="to go through", found=type(error).__name__, advice="See logs/amur.log")


def _tell(run: Run, *, well: bool) -> None:
    """Alerts and the heartbeat, as lines of the summary. Whatever becomes of them, the run ends as it did."""
    lines = run.summary.alerts
    try:
        lines += alerts.tell(run)
    except Exception as error:  # noqa: BLE001 (a publication stands whatever becomes of an alert)
        line = f"alerts: failed ({type(error).__name__}); what is owed is told by the next night"
        LOGGER.error("%s", line, extra={"stage": "alerts"})
        lines.append(line)
    if fault := messages.beat(run.settings, well=well):
        lines.append(fault)


def _note_last(path: Path, summary: Summary) -> None:
    """Write `last_run.json`: this run, and how the newest nightly one ended."""
    said = summary.as_json()
    night = {name: said[name] for name in ("run_id", "ended_at", "exit_code")}
    if summary.kind != NIGHTLY:
        try:
            night = json.loads(path.read_bytes()).get("nightly") or {}
        except (OSError, ValueError, AttributeError):
            night = {}
    write_durably(path, json.dumps(said | {"nightly": night}, ensure_ascii=False, indent=1).encode())


def _take_over(run: Run) -> None:
    """After a killed run: clear its part-made files, adopt what it archived, carry out what a person had decided."""
    parts.take_over(run.settings.home)  # first: a worker that archives still would lose what looks like a leftover
    told = dict(run.db.rows("SELECT sidecar, sha256 FROM payloads"))
    run.archive.clear_leftovers(frozenset(told.values()))
    clear_leftovers(run.settings.home)
    clear_parts(run.settings.home)
    clear_parts(run.settings.home / "reports")
    with run.db.transaction():
        ledger.adopt(run.db, run.archive.records(frozenset(told)))
    with Reader() as reader:
        for note in finish(run.db, run.archive, reader):
            LOGGER.warning("%s", note, extra={"stage": "take over"})


def chosen(settings: Settings, named: Sequence[str] = ()) -> list[str]:
    """The sources of a run: those named, else AMUR_SOURCES, else all; in the catalogue's order.

    A source whose terms want to be agreed to first is among them only where it is named.

    Raises:
        AmurError: an unknown source.
    """
    everyone = [source for source, entry in catalogue.CATALOGUE.items() if not entry.consent]
    wanted = list(named) or list(settings.sources) or everyone
    for source in wanted:
        catalogue.entry(source)
    return [source for source in catalogue.CATALOGUE if source in wanted]


def nightly_window(now: datetime, keys: frozenset[str] = frozenset()) -> Window:
    """The days that a nightly run looks at: from the first day of the year before to today."""
    start = datetime(now.year - 1, 1, 1, tzinfo=UTC).date()
    return Window(start=start, end=now.date(), now=now, nightly=True, keys=keys)
