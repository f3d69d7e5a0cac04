"""What the report shows, read once from the published database, read-only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from warehouse.address import dicts
from warehouse.changes import newest_findings
from warehouse.database import statement
from warehouse.reader import Connection, connect

__all__ = ["NEWEST_FINDINGS", "Material", "Row", "View", "days", "reading"]

Row = dict[str, Any]
NEWEST_FINDINGS: Final = 200  # as many as the feed has: each of its entries leads to one here
NEWEST_DOCUMENTS: Final = 8
TRADE: Final = "trade_total_usd"
CARS: Final = "car_exports_to_ru_units"
DAYS_OF_TRADE: Final = 6
DAYS_OF_CARS: Final = 4
LOOK_BACK: Final = timedelta(days=900)
LAST_SECOND: Final = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class View:
    """The figures of one indicator as known at the end of a day; `day` is None for what is known now."""

    day: date | None
    rows: Sequence[Row]


@dataclass(slots=True)
class Material:
    """All rows of the report; lists are empty where nothing is held."""

    publication: Row | None = None
    figures: dict[str, list[Row]] = field(default_factory=dict)
    vintages: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    findings: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    documents: dict[str, list[Row]] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    events: list[Row] = field(default_factory=list)
    articles: dict[str, Row] = field(default_factory=dict)
    projects: list[Row] = field(default_factory=list)
    trade_views: list[View] = field(default_factory=list)
    car_views: list[View] = field(default_factory=list)
    car_freq: str = "A"
    finish: Callable[[], None] = lambda: None


@contextmanager
def reading(published: Path) -> Iterator[Material]:
    """What the pages show; `finish` brings what takes longest. Empty where nothing is published.

    What takes long is asked in the background, one after the other on one thread: the other core
    draws meanwhile.

    Raises:
        AmurError: the file is no published database.
    """
    found = Material()
    if not published.exists():
        yield found
        return
    with connect(published, threads=1) as connection, ThreadPoolExecutor(1) as pool:

        def ask(name: str, *values: object) -> Future[list[Row]]:
            return pool.submit(_rows, connection, f"report/{name}", values)

        try:
            found.publication = next(iter(_rows(connection, "report/publication", ())), None)
            found.findings = newest_findings(connection.cursor(), NEWEST_FINDINGS)
            found.claims = _rows(connection, "report/claims", ())
            found.sources = _rows(connection, "report/freshness", ())
            found.held = {row["source"]: row["entries"] for row in _rows(connection, "report/held", ())}
            for row in _rows(connection, "report/documents", (NEWEST_DOCUMENTS,)):
                found.documents.setdefault(row["source"], []).append(row)
            for row in _rows(connection, "report/figures", ()):
                found.figures.setdefault(row["indicator"], []).append(row)
            _trace(connection, found)
            views = _ask_views(connection, pool, found)
            projects, events = ask("projects"), ask("events")

            def finish() -> None:
                views()
                found.events, found.projects = events.result(), projects.result()
                named = sorted({one for event in found.events for one in event["article_ids"] or ()})
                if named:
                    told = _rows(connection, "report/articles", (named,))
                    found.articles = {row["article_id"]: row for row in told}

            found.finish = finish
            yield found
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _rows(connection: Connection, name: str, values: Sequence[object]) -> list[Row]:
    return dicts(connection.cursor(), statement(name), list(values))


def _ask_views(connection: Connection, pool: ThreadPoolExecutor, found: Material) -> Callable[[], None]:
    """Ask for the two charts with a slider as known on some days; calling what comes back waits for the answers."""
    totals = [row for row in found.figures.get(TRADE, ()) if row["freq"] == "M"]
    cars = found.figures.get(CARS, [])
    freqs = [row["freq"] for row in cars]
    found.car_freq = "M" if freqs.count("M") >= freqs.count("A") * 3 else "A"
    cars = [row for row in cars if row["freq"] == found.car_freq]
    asked = [
        (found.trade_views, totals, "trade_as_of", (), ("T", "USD", ["M", "YTD"]), DAYS_OF_TRADE),
        (found.car_views, cars, "cars_as_of", (found.car_freq,), ("X", "units", [found.car_freq]), DAYS_OF_CARS),
    ]
    waiting: list[tuple[list[View], date, Future[list[Row]]]] = []
    for views, now, name, more, about, most in asked:
        known = [row["day"] for row in _rows(connection, "report/days_known", about)]
        for day in days(known, most) if now else ():
            at = datetime.combine(day, LAST_SECOND)
            waiting.append((views, day, pool.submit(_rows, connection, f"report/{name}", (at, *more))))

    def wait() -> None:
        for views, day, answer in waiting:
            views.append(View(day, answer.result()))
        for views, now, *_ in asked:
            views.append(View(None, now))

    return wait


def days(known: Sequence[date], most: int) -> list[date]:
    """Up to `most` of the days before the newest on which something came to be known, evenly, oldest first."""
    lately = [day for day in known[:-1] if day >= known[-1] - LOOK_BACK]
    if len(lately) <= most:
        return lately
    return sorted({lately[round(n * (len(lately) - 1) / (most - 1))] for n in range(most)})


def _trace(connection: Connection, found: Material) -> None:
    """The archived cells behind every figure, with all their vintages."""
    pairs: set[tuple[str, str]] = set()
    for rows in found.figures.values():
        for row in rows:
            pairs.update(cell_of(text) for text in row["inputs"] or ())
    ordered = sorted(pairs)
    wanted = [[key for key, _ in ordered], [period for _, period in ordered]]
    vintages: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in dicts(connection.cursor(), statement("read/explain_vintages"), wanted):
        vintages[row["series_key"], row["period"]].append(row)
    found.vintages = dict(vintages)


def cell_of(text: str) -> tuple[str, str]:
    """The series key and the period of one input."""
    key, _, period = text.rpartition(" ")
    return key, period
