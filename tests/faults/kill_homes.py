"""The homes and commands that are stopped at every write: small, real, and quick.

What a publication costs is planning its large views, which write nothing. So the homes' own `indicators`, `events` and
`projects` are cut short here, with the same columns; whatever is written by a run is written by the product.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import duckdb

from sources.contract import Fetched, Request
from tests.payloads.cbr_fx.pages import Rate, dynamic
from warehouse.archive import Archive
from warehouse.database import Database, migrations

__all__ = ["CASES", "NOW", "Case", "Run", "light"]

NOW: Final = "2025-03-11T02:30:00+00:00"
BEFORE: Final = datetime(2025, 3, 6, 2, 30, tzinfo=UTC)
URL: Final = "https://www.cbr.ru/scripts/XML_dynamic.asp?VAL_NM_RQ=R01235"
FIRST: Final = (Rate(date(2025, 3, 1), "1", "88,2568"), Rate(date(2025, 3, 4), "1", "89,2497"))
SECOND: Final = (
    Rate(date(2025, 3, 1), "1", "88,2568"), Rate(date(2025, 3, 4), "1", "89,2999"),  # revised
    Rate(date(2025, 3, 5), "1", "89,2448"), Rate(date(2025, 3, 6), "1", "89,7878"),
)  # fmt: skip
DOUBTFUL: Final = (Rate(date(2025, 3, 7), "1", "89572,4"),)
LIGHT: Final = ("indicators", "events", "projects", "project_history")
RATE_AS_INDICATOR: Final = {
    "indicator": "'cn_exports_usd'", "freq": "o.freq", "period_start": "o.period_start", "period_end": "o.period_end",
    "period": "o.period", "title": "'A rate'", "value": "o.value", "unit": "o.unit", "known_at": "o.known_at",
    "basis": "'published'",
}  # fmt: skip

Run = Callable[..., int]  # run(home, command...) -> exit code


@dataclass(frozen=True, slots=True)
class Case:
    """A command on a home: `make(folder, run)` leaves the home at `folder/home` as it is before the command.

    `command` holds `{folder}` where the path of the case's own folder goes. `until` ends the points that are tried: the
    rest of the command is what another case has tried.
    """

    name: str
    make: Callable[[Path, Run], None]
    command: tuple[str, ...]
    until: str = ""
    also: tuple[str, ...] = field(default=())


def _page(folder: Path, name: str, rates: tuple[Rate, ...]) -> Path:
    path = folder / name
    path.write_bytes(dynamic(rates))
    return path


def light(home: Path) -> None:
    """Cut the large views short. The digest of the definitions stays, so no run makes them anew."""
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        for view in LIGHT:
            said = RATE_AS_INDICATOR if view == "indicators" else {}
            columns = db.execute(f"DESCRIBE {view}").fetchall()
            listed = ", ".join(f"{said.get(name, 'NULL')}::{kind} AS {name}" for name, kind, *_ in columns)
            none = "" if said else " WHERE false"
            db.execute(
                f"CREATE OR REPLACE MACRO {view}_as_of(instant) AS TABLE "
                f"SELECT {listed} FROM observations_as_of(instant) AS o{none}"
            )
            db.execute(f"CREATE OR REPLACE VIEW {view} AS SELECT {listed} FROM observations AS o{none}")


def _published(folder: Path, run: Run) -> None:
    """A home with one page of rates, published; and the next page beside it."""
    home = folder / "home"
    home.mkdir()
    Database(home / "warehouse.duckdb", BEFORE).close()
    light(home)
    first = _page(folder, "first.xml", FIRST)
    _page(folder, "second.xml", SECOND)
    _well(run(home, "ingest", str(first), "--source", "cbr_fx", "--url", URL, "--as-of", BEFORE.isoformat()))


def _held(folder: Path, run: Run) -> None:
    """The same with a page that waits in quarantine."""
    _published(folder, run)
    page = _page(folder, "doubtful.xml", DOUBTFUL)
    code = run(folder / "home", "ingest", str(page), "--source", "cbr_fx", "--as-of", NOW)
    if code != 3:  # held
        raise RuntimeError(f"the doubtful page was not held: {code}")


def _backed_up(folder: Path, run: Run) -> None:
    """The same with a backup of how it was a page ago."""
    _published(folder, run)
    _well(run(folder / "home", "backup", str(folder / "backup")))
    _well(run(folder / "home", *_INGEST(folder)))


def _littered(folder: Path, run: Run) -> None:
    """A home in which killed runs have left things."""
    _published(folder, run)
    home = folder / "home"
    (home / ".trade.duckdb.1.tmp").write_bytes(b"half")
    (home / "reports" / ".findings.json.1.tmp").write_bytes(b"half")


def _earlier(folder: Path, _: Run) -> None:
    """A warehouse of the schema before today's, with one body and its figure; nothing published."""
    home = folder / "home"
    answer = Fetched(Request(URL), URL, 200, {}, dynamic(FIRST[:1]), BEFORE, elapsed_s=0.1, attempts=1, outcome="ok")
    record = Archive(home / "archive").keep(answer, "cbr_fx", "run-0")
    at = BEFORE.replace(tzinfo=None)
    with duckdb.connect(str(home / "warehouse.duckdb")) as old:
        for number, file in migrations()[:-1]:
            old.execute(file.read_text(encoding="utf-8"))
            old.execute("INSERT INTO schema_versions VALUES (?, ?, ?)", [number, file.stem, at])
        old.execute(
            "INSERT INTO series_dimensions VALUES (1, 'cbr_fx:k', 'cbr_fx', 'cbr_fx', 'fx_rate', 'RU', NULL, NULL, "
            "NULL, NULL, 'USD', 'RUB', 'D')"
        )
        old.execute(
            "INSERT INTO vintages VALUES (1, DATE '2025-03-01', DATE '2025-03-01', 88.2568, 'A', 0.00005, NULL, ?, ?, "
            "NULL, 'fetched', false, false, 'run-0', 1, ?, '/here')",
            [at, at, record.sha256],
        )
        old.execute(
            "INSERT INTO payloads VALUES ('cbr_fx', ?, ?, ?, ?, NULL, 'run-0', 'data', '2025-03', '', '', 'text/xml', "
            "'', '', ?, ?, 'loaded', 1, ?, '')",
            [URL, record.sha256, at, at, record.size, record.sidecar, at],
        )
        old.execute("INSERT INTO definitions VALUES ('of an earlier version')")


def _well(code: int) -> None:
    if code:
        raise RuntimeError(f"a home could not be made: exit {code}")


def held_entry(home: Path) -> str:
    """The id of the entry that waits."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as db:
        ((found,),) = db.execute("SELECT quarantine_id FROM quarantine WHERE state = 'held'").fetchall()
    return str(found)


def _INGEST(folder: Path) -> tuple[str, ...]:  # noqa: N802 (a template)
    return tuple(part.replace("{folder}", str(folder)) for part in INGEST)


INGEST: Final = ("ingest", "{folder}/second.xml", "--source", "cbr_fx", "--url", URL, "--as-of", NOW)
CASES: Final = (
    Case("ingest", _published, INGEST),
    Case("migrate", _earlier, ("open",)),
    Case("release", _held, ("quarantine", "release", "{entry}", "--note", "it is so", "--by", "a")),
    Case("backup", _backed_up, ("backup", "{folder}/backup")),
    Case("prune", _littered, ("prune",)),
)


def as_json(case: Case) -> str:
    """For messages."""
    return json.dumps([case.name, *case.command])
