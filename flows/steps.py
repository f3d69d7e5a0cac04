"""What every walking run does, in steps that Prefect may wrap: fetch ahead in threads, judge and load, publish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Final, Protocol

from flows import inbox, walk
from flows.log import LOGGER
from flows.run import Exit, Run
from sources.contract import Window
from sources.errors import AmurError

__all__ = ["Ahead", "Fetching", "Report", "Step", "ahead", "defect", "plainly", "walk_sources"]

Report = Callable[[str, str], None]
Step = Callable[[str, Callable[[], object]], object]
MOST_HOSTS: Final = 8


def quietly(_source: str, _text: str) -> None:
    """A report that says nothing."""


class Fetching(Protocol):
    """Sources whose requests are under way."""

    run: Run
    pace: walk.Pace
    report: Report

    def in_order_of_arrival(self) -> Iterator[tuple[str, Future[walk.Collected]]]:
        """Each source as soon as its requests are done."""

    def close(self) -> None:
        """Stop what is still asking."""


class Ahead:
    """Sources whose requests are under way: the web answers while Prefect is still starting."""

    def __init__(
        self,
        run: Run,
        sources: Sequence[str],
        window: Window,
        pace: walk.Pace,
        *,
        jobs: int = MOST_HOSTS,
        report: Report = quietly,
    ) -> None:
        """Ask the ledger, then begin to fetch in threads, one a source."""
        self.run, self.window, self.pace, self.report = run, window, pace, report
        run.sources = list(sources)
        before = {source: walk.known(run.db, run.archive, source, run.now) for source in sources}
        self._pool = ThreadPoolExecutor(max(1, min(jobs, len(sources))), thread_name_prefix="fetch")
        self.futures: dict[str, Future[walk.Collected]] = {
            source: self._pool.submit(self._collect, source, before[source]) for source in sources
        }

    def _collect(self, source: str, before: walk.Known) -> walk.Collected:
        return walk.collect(
            source,
            self.window,
            self.run.door,
            self.run.archive,
            before,
            self.run.run_id,
            self.pace,
            lambda text: self.report(source, text),
        )

    def in_order_of_arrival(self) -> Iterator[tuple[str, Future[walk.Collected]]]:
        """Each source as soon as its requests are done."""
        waiting = {future: source for source, future in self.futures.items()}
        while waiting:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=lambda future: waiting[future]):
                yield waiting.pop(future), future

    def close(self) -> None:
        """Stop what is still asking."""
        self.run.door.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def ahead(
    run: Run,
    sources: Sequence[str],
    window: Window,
    pace: walk.Pace,
    *,
    jobs: int = MOST_HOSTS,
    report: Report = quietly,
) -> Iterator[Fetching]:
    """Fetch ahead for the time of the block: in threads, or a backfill by workers where AMUR_FANOUT names some."""
    fetching: Fetching
    if pace.mode == "backfill" and run.settings.fanout:
        from flows.fan_out import FanOut

        fetching = FanOut(run, sources, window, pace, report=report)
    else:
        fetching = Ahead(run, sources, window, pace, jobs=jobs, report=report)
    try:
        yield fetching
    finally:
        fetching.close()


def plainly(_name: str, work: Callable[[], object]) -> object:
    """A step without Prefect."""
    return work()


def walk_sources(fetching: Fetching, step: Step = plainly) -> None:
    """Every source down the line, then publish. A source that fails is named in the summary and stops no other."""
    run = fetching.run
    for source, future in fetching.in_order_of_arrival():
        stage = "fetch"
        try:
            step(f"fetch {source}", future.result)
            stage = "judge and load"
            step(f"judge and load {source}", lambda done=future: run.judge_and_load(done.result()))  # type: ignore[misc]
        except AmurError as error:
            named = {"source": source, "stage": stage, "url": error.url, "period": error.period}
            LOGGER.error("%s", error, extra=named)
            run.failures.append(error)
        except Exception as error:  # noqa: BLE001 (one source's defect must not cost the others their night)
            LOGGER.exception("%s failed", stage, extra={"source": source, "stage": stage})
            run.failures.append(defect(source, stage, error))
        fetching.report(source, "")
    if fetching.pace.mode == "nightly" and inbox.waiting(run.settings.home):
        try:
            step("inbox", lambda: _empty_inbox(run))
        except Exception as error:  # noqa: BLE001 (what was fetched tonight must still be published)
            LOGGER.exception("inbox failed", extra={"stage": "inbox"})
            run.failures.append(error if isinstance(error, AmurError) else defect("", "inbox", error))
    try:
        step("publish", run.publish)
    except Exception as error:  # noqa: BLE001 (the run must still say how it ended)
        LOGGER.exception("publish failed", extra={"stage": "publish"})
        failure = error if isinstance(error, AmurError) else defect("", "publish", error)
        run.failures.append(failure)
        run.summary.failures.append(str(failure))
        run.summary.exit_code = Exit.FAILED


def _empty_inbox(run: Run) -> None:
    """Take what was dropped into the inbox, and say in the summary what became of it."""
    for taken in inbox.take(run):
        run.summary.inbox.append(
            {"file": taken.path.name, "source": taken.source, "state": taken.state, "why": taken.why}
        )


def defect(source: str, stage: str, error: Exception) -> AmurError:
    """What no failure of Amur's own tree describes, as one of it."""
    return AmurError(
        source=source,
        at=f"stage {stage!r}",
        expected="to go through",
        found=f"{type(error).__name__}: {error}",
        advice="This is a defect of Amur: please report it with logs/amur.log",
    )
