"""A home rebuilt from a copy of its archive, and one with rot in it: `pytest tests/faults/rebuild_elsewhere.py`.

A campaign that is started by hand: it publishes a dozen times.
"""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.flows.conftest import Home
from tests.origin import bulletin
from tests.payloads.cbr_fx import pages
from warehouse.database import Database

PAGE = "http://english.customs.gov.cn/Statics/table2.html"
# ids, instants and names of runs; what is written anew at each publication
OF_RUNS = {
    "runs", "run_sources", "fetches", "snapshot", "snapshots", "snapshot_runs", "pending_publication", "findings",
    "indicator_history", "state_history", "claim_history", "definitions", "schema_versions", "robots",
}  # fmt: skip
THEIRS = {"run_id", "held_at", "decided_at", "checked_at", "checked", "snapshot_id"}


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table of what is known, without what only names a run."""
    db = Database(path, datetime(2026, 7, 28, tzinfo=UTC))
    try:
        found = {}
        columns = "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'main' AND table_name = ? ORDER BY 1"
        for (name,) in db.rows("SELECT table_name FROM duckdb_tables() WHERE NOT temporary AND schema_name = 'main'"):
            kept = [column for (column,) in db.rows(columns, [name]) if column not in THEIRS]
            if name not in OF_RUNS and kept:
                found[name] = db.rows(f"SELECT {', '.join(kept)} FROM {name} ORDER BY ALL")
        return found
    finally:
        db.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a page, its revision, and a batch that was held and released."""
    folder = tmp_path_factory.mktemp("recovery")
    home = Home(folder / "home", {"AMUR_NOW": "2026-07-25T02:30:00Z"})
    page = folder / "table2.html"
    revised = bulletin.page(bulletin.JUNE).replace(b"11,432,537", b"11,546,862")
    for body, now in ((bulletin.page(bulletin.JUNE), "2026-07-25"), (revised, "2026-07-26")):
        page.write_bytes(body)
        home.here("ingest", str(page), "--source", "gacc_bulletin", "--url", PAGE, AMUR_NOW=f"{now}T02:30:00Z")
    day = folder / "day.xml"
    day.write_bytes(pages.daily([pages.Rate("CNY", "1", "812,3456")], day=date(2026, 7, 24)))
    home.here("ingest", str(day), "--source", "cbr_fx")
    waiting = "SELECT quarantine_id FROM quarantine WHERE state = 'held' AND source = 'cbr_fx'"
    (held,) = home.here("sql", waiting, "--format", "csv").stdout.split()[1:]
    assert home.here("quarantine", "release", held, "--note", "seen", "--by", "a").returncode == 0
    return home


def test_p62_a_copy_of_the_archive_is_a_backup(filled: Home, tmp_path: Path) -> None:
    """P-62, P-50: `archive/` alone, copied elsewhere and rebuilt, is the same warehouse, table by table."""
    other = Home(tmp_path / "elsewhere", dict(filled.environment))
    shutil.copytree(filled.path / "archive", other.path / "archive")
    done = other.here("rebuild")
    assert done.returncode == 0, done.stdout + done.stderr

    old, new = tables(filled.path / "warehouse.duckdb"), tables(other.path / "warehouse.duckdb")
    assert {"vintages", "payloads", "series_dimensions", "quarantine", "validations"} <= set(old)
    assert {name for name in old if old[name] != new[name]} == set()
    assert other.here("verify").returncode == 0


@pytest.mark.parametrize("harm", ["flip", "sidecar"])
def test_p25_rot_is_named_and_never_built_upon(filled: Home, tmp_path: Path, harm: str) -> None:
    """P-25: `verify` exits 1 and names the file; `rebuild` refuses rot, and leaves out what nothing speaks of."""
    home = Home(tmp_path / "home", dict(filled.environment))
    shutil.copytree(filled.path, home.path)
    bodies = [path for path in sorted((home.path / "archive").glob("??/*")) if "." not in path.name]
    body = bodies[0]
    sidecar = body.with_name(f"{body.name}.json")
    if harm == "flip":
        body.write_bytes(bytes([body.read_bytes()[0] ^ 1]) + body.read_bytes()[1:])
    else:
        sidecar.write_text(sidecar.read_text(encoding="utf-8")[:-2], encoding="utf-8")
    before = (home.path / "warehouse.duckdb").read_bytes()
    checked = home.here("verify")
    rebuilt = home.here("rebuild")

    assert checked.returncode == 1
    assert body.name[:12] in checked.stdout
    assert rebuilt.returncode == 1
    assert body.name[:12] in rebuilt.stderr
    assert (home.path / "warehouse.duckdb").read_bytes() == before
