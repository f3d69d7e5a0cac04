"""The replay of a year: recorded documents of customs, carmakers and news, each taken when it had come out.

Each step stands at the 28th of a month, half past two, UTC. A document comes in the first step after its own day, as
`ingest` takes it; then the step publishes once, and its file is kept. Nothing here knows what is in the documents.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.ingest import Given, ingest
from flows.reading import Reader
from flows.run import running
from flows.settings import Settings
from tests.flows.conftest import shared

# Months in which much came; a step each costs some seconds.
STEPS = ("2025-06", "2025-07", "2025-08", "2025-09", "2025-10", "2025-12", "2026-01", "2026-02", "2026-04", "2026-07")


@dataclass(frozen=True)
class Document:
    """A recorded file: its source, address, and the day it came out."""

    source: str
    path: Path
    url: str
    day: str


# What came out on what day, and where the manifest has no day of it: dated by what the page says of itself.
CUSTOMS = {
    "gacc_preliminary/section5_2025-06_exports_usd.html": "2025-07-14",
    "gacc_preliminary/section5_2026-02_exports_usd.html": "2026-03-06",
    "gacc_preliminary/section5_2026-03_exports_usd.html": "2026-04-08",
    "gacc_preliminary/section4_2026-03_cny.html": "2026-04-08",
    "gacc_preliminary/section5_2026-05_exports_usd.html": "2026-06-10",
    "gacc_preliminary/section5_2026-06_exports_cny.html": "2026-07-15",
    "gacc_preliminary/section5_2026-06_exports_usd.html": "2026-07-15",
    "gacc_bulletin/table2_2026-06_usd.html": "2026-07-22",
    "comtrade/data_C_M_HS_156_643_2709_M_2022.json": "2025-06-02",
    "comtrade/data_C_M_HS_156_643_2709_M_2023.json": "2025-06-02",
    "comtrade/data_C_M_HS_156_gulf_2709_M_2023H1.json": "2025-08-04",
    "comtrade/preview_C_A_HS_156_643_facts.json": "2026-02-10",
    "gacc_query/downloadData_import_2709_RU_2024-01_2024-05_asof_2024-06.csv": "2025-06-20",
    "gacc_query/downloadData_import_2709_RU_2024-01_2024-08_asof_2024-09.csv": "2025-09-20",
    "gacc_query/downloadData_import_energy_RU_2022-01_2023-12_usd.csv": "2025-07-02",
}
REFERENCE = {
    "cbr_fx/XML_dynamic_USD_2025-03-01_2025-03-10.xml": "2025-06-03",
    "worldbank_pinksheet/CMO-Historical-Data-Monthly_2025-10.xlsx": "2025-10-02",
}
CARMAKERS = {
    "www.lada.ru/press-releases/121004-4day.html": "2025-09-29",
    "www.lada.ru/press-releases/121560-11m2025.html": "2025-12-10",
    "www.lada.ru/press-releases/121555-5day.html": "2025-12-10",
    "www.lada.ru/press-releases/121702-year2025.html": "2026-01-14",
    "www.lada.ru/press-releases/121988-correction.html": "2026-02-27",
    "www.autostat.ru/news/60720.html": "2025-08-31",
    "www.autostat.ru/news/60815.html": "2025-08-05",
    "www.autostat.ru/news/60872.html": "2025-09-04",
    "www.autostat.ru/news/60890.html": "2025-09-03",
    "www.autostat.ru/news/60990.html": "2025-10-03",
    "www.autostat.ru/news/61140.html": "2025-11-10",
    "www.autostat.ru/news/61230.html": "2025-12-04",
    "www.autostat.ru/news/61402.html": "2026-01-13",
    "www.autostat.ru/news/61455.html": "2026-02-04",
    "aebrus.ru/car-sales-march-2025.html": "2025-06-04",
    "www.kamaz.ru/press/releases/kamaz_utochnil_prognoz.html": "2025-09-10",
    "www.kamaz.ru/press/releases/kamaz_polnaya_nedelya.html": "2025-10-24",
    "www.kamaz.ru/press/releases/dolya_rynka_oktyabr.html": "2025-10-22",
    "www.cpcaauto.com/newslist-3720.html": "2025-06-05",
    "www.cpcaauto.com/newslist-3988.gb18030.html": "2025-11-13",
    "www.cpcaauto.com/newslist-4120.html": "2026-01-27",
    "normativ.kontur.ru/pp1255-2024.html": "2025-06-06",
    "autopremiumgroup.ru/util-2025-12.html": "2025-12-02",
}
NOT_READ = ("Nikkei", "nikkei", "robots", "/rss", "feed", "sitemaps", ".v1.html")


def documents() -> list[Document]:
    """The documents of the replay, oldest first."""
    found = []
    for family, days in (("customs", CUSTOMS), ("reference", REFERENCE), ("carmakers", CARMAKERS)):
        entries = {entry["file"]: entry for entry in _manifest(family)}
        for name, day in days.items():
            found.append(
                Document(entries[name]["source"], shared("recorded", family) / name, entries[name]["url"], day)
            )
    for entry in _manifest("news"):
        name, day = entry["file"], entry["period"]
        unwanted = entry["status"] != 200 or not name.endswith(".html") or "/layout/" in name
        if unwanted or len(day) != 10 or day < "2025" or any(word in name for word in NOT_READ):
            continue
        found.append(Document("article", shared("recorded", "news") / name, entry["url"], day))
    return sorted(found, key=lambda document: (document.day, document.url))


def _manifest(family: str) -> Iterator[dict[str, Any]]:
    text = (shared("recorded", family) / "manifest.jsonl").read_text(encoding="utf-8")
    return (json.loads(line) for line in text.splitlines() if line.strip())


@dataclass(frozen=True)
class Step:
    """One publication: its instant as the warehouse keeps it, and the file that readers got."""

    at: datetime
    file: Path


def instant(step: str) -> datetime:
    """When the step of a month stands."""
    return datetime.fromisoformat(f"{step}-28T02:30:00+00:00")


def replay(home: Path, told: Sequence[Document], steps: Sequence[str] = STEPS) -> list[Step]:
    """Take each document in at the first step after its day, and publish at each; gives the publications."""
    waiting = sorted(told, key=lambda document: (document.day, document.url))
    published = []
    with Reader() as reader:
        for at in map(instant, steps):
            due = [document for document in waiting if document.day < f"{at:%Y-%m-%d}"]
            waiting = waiting[len(due) :]
            settings = Settings.read({"AMUR_REPORT": "no", "AMUR_HOME": str(home), "AMUR_NOW": at.isoformat()})
            with running(settings, "ingest") as run:
                run.reader = reader
                for source in dict.fromkeys(document.source for document in due):
                    files = [Given(d.path, d.url, "", at) for d in due if d.source == source]
                    _, _, refused = ingest(run, source, files)
                    assert not refused, [str(one.error) for one in refused]
                run.publish()
            assert not run.failures, [str(failure) for failure in run.failures]
            file = home.parent / f"published-{at:%Y-%m}.duckdb"
            shutil.copyfile(home / "trade.duckdb", file)
            published.append(Step(at.replace(tzinfo=None), file))
    assert not waiting, waiting
    return published


def rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    """Rows of a published file."""
    with duckdb.connect(str(file), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return connection.execute(query).fetchall()
