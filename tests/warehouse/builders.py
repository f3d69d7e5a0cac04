"""Rows, documents and warehouses for tests: what the walk hands to the loader, without a walk."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from expectations.judge import Verdict
from sources.contract import Batch, Fetched, Observation, Payload, Request
from tests.lakes import made
from warehouse.archive import Record
from warehouse.database import Database
from warehouse.lake_database import LakeDatabase
from warehouse.loader import Loaded, Work, load

ON_A_LAKE = os.environ.get("AMUR_TEST_WAREHOUSE") == "ducklake"
NOW = datetime(2026, 7, 25, 2, 30, tzinfo=UTC)
JUNE = (date(2026, 6, 1), date(2026, 6, 30))
FILLED = (
    "vintages", "payloads", "series_dimensions", "run_sources", "runs", "fetches", "absences", "quarantine",
    "validations", "pending_publication", "snapshot", "article_vintages", "article_stories", "event_candidates",
    "snapshots", "snapshot_runs", "indicator_history", "state_history", "findings",
    "claim_answers", "claim_history", "watches",
)  # fmt: skip


@cache
def _new() -> bytes:
    """A database as the product makes it; made once, because that takes more than a second."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        Database(path, NOW).close()
        return path.read_bytes()


def warehouse(path: Path) -> Database:
    """An empty warehouse at `path`; with AMUR_TEST_WAREHOUSE=ducklake a lake of its own in that folder."""
    if ON_A_LAKE:
        return LakeDatabase(made(path.parent / f"{path.stem}.lake"), NOW)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_new())
    return Database(path, NOW)


def emptied(db: Database) -> Database:
    """The same warehouse with nothing in it but the catalogue."""
    for table in FILLED:
        db.execute(f"DELETE FROM {table}")
    return db


def day(number: int) -> datetime:
    """Noon of a day of July 2026."""
    return datetime(2026, 7, number, 12, tzinfo=UTC)


def row(value: float | None, published: date | None, **changes: object) -> Observation:
    """China's exports to Russia in June 2026, in USD, unless changed."""
    facts: dict[str, object] = {
        "dataset": "by_country",
        "measure": "trade_value",
        "unit": "USD",
        "freq": "M",
        "period_start": JUNE[0],
        "period_end": JUNE[1],
        "value": None if value is None else Decimal(str(value)),
        "obs_status": "M" if value is None else "A",
        "locator": "table 1 row 9",
        "reporter": "CN",
        "partner": "RU",
        "partner_name": "Russia",
        "partner_kind": "country",
        "flow": "X",
        "product": "TOTAL",
        "published": published,
        "precision": Decimal(500),
    }
    return Observation(**(facts | changes))  # type: ignore[arg-type]


def record(name: str, fetched_at: datetime, *, source: str = "gacc_bulletin", **changes: Any) -> Record:  # noqa: ANN401 (any field)
    """The ledger's word of a body called `name`, which is its address and its bytes."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    facts: dict[str, Any] = {
        "source": source, "url": f"http://x/{name}", "sha256": sha256, "fetched_at": fetched_at,
        "checked_at": fetched_at, "run_id": "r", "role": "data", "period": "2026-06", "title": "", "group": "2 USD",
        "content_type": "", "etag": "", "last_modified": "", "size": 1, "sidecar": f"{sha256}.json",
    }  # fmt: skip
    return Record(**(facts | changes))


def document(
    name: str,
    fetched_at: datetime,
    *rows: Observation,
    earlier_at: datetime | None = None,
    source: str = "gacc_bulletin",
) -> tuple[Record, Batch]:
    """A payload with rows, as the walk hands it to the loader."""
    about = record(name, fetched_at, source=source, earlier_at=earlier_at)
    payload = Payload(source, about.url, name.encode(), about.sha256, fetched_at, earlier_at=earlier_at)
    return about, Batch(payload, 1, rows)


def passed(about: Record, batch: Batch) -> tuple[Record, Verdict]:
    """A batch that the judge found nothing to say against."""
    return about, Verdict(batch, load=True, reason="", findings=())


def bring(
    db: Database,
    *documents: tuple[Record, Batch],
    seen: dict[str, Batch] | None = None,
    run_id: str = "run",
    checked: bool = True,
) -> Loaded:
    """Load documents of one source in one run; `seen` remembers all, for reading them again."""
    memory = {} if seen is None else seen
    again: Callable[[list[Record]], list[tuple[Record, Batch]]] = lambda records: [  # noqa: E731
        (record, memory[record.sidecar]) for record in records
    ]
    work = Work(documents[0][0].source, run_id, NOW, verdicts=[passed(*pair) for pair in documents], reread=again)
    loaded = load(db, work)
    memory.update({record.sidecar: batch for record, batch in documents})
    assert not checked or db.violations() == {}
    return loaded


def answer(
    body: bytes, *, url: str = "http://x/a", at: datetime = NOW, period: str = "", title: str = "", **headers: str
) -> Fetched:
    """What the door brings back from `url`."""
    return Fetched(
        request=Request(url, period=period, title=title, group="2 USD"), url=url, status=200,
        headers={name.replace("_", "-"): value for name, value in headers.items()}, body=body, fetched_at=at,
        elapsed_s=0.1, attempts=1, outcome="ok",
    )  # fmt: skip
