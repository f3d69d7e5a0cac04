"""A lake: many writers lose and double nothing, readers see whole publications, and nothing secret is shown."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from sources.errors import AmurError, Busy, LoadFailed, PublishFailed
from tests.lakes import PASSWORD, in_sqlite, made, postgres
from tests.warehouse.builders import NOW, bring, day, document, passed, row
from tests.warehouse.lake_writer import write
from warehouse import lake as lakes
from warehouse.database import Database, migrations
from warehouse.lake import Lake
from warehouse.lake_database import LakeDatabase, copy, newest
from warehouse.loader import Work, _load, load
from warehouse.publisher import PUBLISHED, is_current, publish
from warehouse.publisher import bring as brought
from warehouse.reader import connect, query, snapshot_of

ROOT = Path(__file__).parents[2]
LOADS = int(os.environ.get("AMUR_TEST_LOADS", "3"))  # of each writer
# What is left of the readings does not depend on the order in which they came; the superfluous ones do.
TOLD = (
    "SELECT series_key, period_start, value, known_at, known_to, obs_status, superfluous, aside, payload_sha256 "
    "FROM vintages JOIN series_dimensions USING (series_id) WHERE NOT superfluous ORDER BY ALL"
)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """An empty lake in PostgreSQL."""
    return made(tmp_path / "files")


@pytest.fixture
def db(lake: Lake) -> Iterator[LakeDatabase]:
    """Its writer."""
    opened = LakeDatabase(lake, NOW)
    yield opened
    opened.close()


def environment(lake: Lake) -> Mapping[str, str]:
    """What a process needs to write to the lake."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            "PGPASSWORD": lake.password}  # fmt: skip


def writers(lake: Lake, barrier: Path, names: str, loads: int) -> list[str]:
    """Let a process for each name write at once; gives what each printed last."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.warehouse.lake_writer", str(lake), lake.files, name, str(loads), barrier],
            env=environment(lake), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in names.split()
    ]  # fmt: skip
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n", one.communicate()[1]
    barrier.touch()
    told = []
    for one in started:
        out, err = one.communicate(timeout=300)
        assert one.returncode == 0, err
        told.append(out.strip())
    return told


def alone(path: Path, names: str, loads: int) -> list[tuple[object, ...]]:
    """The vintages of one writer that loads all of it into a file."""
    db = Database(path, NOW)
    for name in names.split():
        write(db, name, loads)
    found = db.rows(TOLD)
    db.close()
    return found


# --- writers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", ["a bb", "a a"], ids=["other documents", "the same documents"])
def test_two_processes_that_write_at_once_lose_and_double_nothing(lake: Lake, tmp_path: Path, names: str) -> None:
    """What they load together is what one of them alone would have loaded, and every series has one number."""
    assert writers(lake, tmp_path / "go", names, LOADS) == [str(LOADS)] * 2
    db = LakeDatabase(lake, NOW)
    assert db.violations() == {}
    assert db.rows(TOLD) == alone(tmp_path / "alone.duckdb", names, LOADS)
    assert db.value("SELECT count(*) FROM series_dimensions") == 1 + LOADS * 3
    assert db.value("SELECT count(DISTINCT series_id) FROM series_dimensions") == 1 + LOADS * 3
    assert db.value("SELECT turn FROM writers") >= 2 * LOADS
    db.close()


def test_two_processes_take_turns_on_a_catalogue_in_sqlite(tmp_path: Path) -> None:
    """A lock on a file beside the catalogue does what PostgreSQL's does."""
    lake = in_sqlite(tmp_path)
    LakeDatabase(lake, NOW).close()
    assert writers(lake, tmp_path / "go", "a bb", 2) == ["2", "2"]
    db = LakeDatabase(lake, NOW)
    assert db.violations() == {}
    assert db.rows(TOLD) == alone(tmp_path / "alone.duckdb", "a bb", 2)
    db.close()


def first_figure(db: Database) -> None:
    """Load one new series inside a transaction that the caller holds."""
    about, batch = document("june", day(24), row(100, date(2026, 7, 22)))
    _load(db, Work("gacc_bulletin", "run", NOW, verdicts=[passed(about, batch)]), NOW)


def both_at_once(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> LakeDatabase:
    """Two writers whose turn nobody keeps, both in a transaction that enters the same series; gives the second."""
    one, other = LakeDatabase(lake, NOW), LakeDatabase(lake, NOW)
    monkeypatch.setattr(LakeDatabase, "alone", lambda _: nullcontext())
    try:
        with one.transaction():
            first_figure(one)
            with other.transaction():
                first_figure(other)
    finally:
        one.close()
    return other


def test_overlapping_transactions_can_not_both_be_committed(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a turn was lost, as with the connection that held it, the later of two is refused as a whole."""
    with pytest.raises(duckdb.TransactionException, match="conflict"):
        both_at_once(lake, monkeypatch)
    monkeypatch.undo()
    db = LakeDatabase(lake, NOW)
    assert db.violations() == {}
    assert db.rows("SELECT series_id FROM series_dimensions") == [(1,)]
    db.close()


def test_without_either_they_would_double_a_series(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckLake alone lets both in; the invariant that stands for the key says so."""
    monkeypatch.setattr(LakeDatabase, "transaction", Database.transaction)
    monkeypatch.setattr(LakeDatabase, "execute", Database.execute)
    db = both_at_once(lake, monkeypatch)
    broken = db.violations()
    assert broken["series_dimensions_by_series_id"] == broken["series_dimensions_by_series_key"] == 1
    db.close()


HOLDER = """
import os, sys, time
from tests.warehouse.builders import NOW
from warehouse.lake import Lake
from warehouse.lake_database import LakeDatabase

db = LakeDatabase(Lake.read(sys.argv[1], sys.argv[2], os.environ["PGPASSWORD"]), NOW)
with db.transaction():
    db.execute("INSERT INTO pending_publication VALUES ('killed', 'killed')")
    print("within", flush=True)
    time.sleep(600)
"""


def test_a_turn_goes_with_the_process_that_held_it(lake: Lake) -> None:
    """Kill -9 in the middle of a transaction: nothing of it is there, and the next writer needs not wait."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lake), lake.files],
        env=environment(lake), cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == "within\n"
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    began = time.monotonic()
    db = LakeDatabase(lake, NOW)
    bring(db, document("june", day(24), row(100, date(2026, 7, 22))))
    assert time.monotonic() - began < 60
    assert db.rows("SELECT run_id FROM pending_publication") == [("run",)]
    db.close()


def test_who_waits_too_long_is_told(db: LakeDatabase, lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both kinds of turn end the wait with `Busy`, which names the lake."""
    monkeypatch.setattr(lakes, "WAIT_S", 0.2)
    with db.alone(), pytest.raises(Busy, match="another writer"):
        LakeDatabase(lake, NOW)


def test_a_writer_whose_turn_was_lost_is_refused(db: LakeDatabase, lake: Lake) -> None:
    """The server drops the connection that holds the turn; another writer commits; the first can't any more."""
    other = LakeDatabase(lake, NOW)
    database = lake.catalogue.split()[0].removeprefix("dbname=")
    with pytest.raises(LoadFailed, match="conflict") as failure:
        load(db, Work("gacc_bulletin", "run", NOW), lambda: _lose_turn(database, other))
    assert PASSWORD not in str(failure.value)
    assert other.rows("SELECT run_id FROM pending_publication") == [("other",)]
    other.close()


def _lose_turn(database: str, other: LakeDatabase) -> None:
    ended = postgres().run(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_locks JOIN pg_database d ON d.oid = database "
        f"WHERE locktype = 'advisory' AND granted AND datname = '{database}'"
    )
    assert ended == "1"
    other.execute("INSERT INTO pending_publication VALUES ('other', 'other')")


# --- publications -------------------------------------------------------------------------------------------------


def test_readers_of_all_homes_get_the_newest_publication_whole(db: LakeDatabase, lake: Lake, tmp_path: Path) -> None:
    """A home that never wrote reads what was published, and no more than that, whatever was loaded since."""
    bring(db, document("june", day(24), row(100, date(2026, 7, 22))))
    assert newest(lake) is None
    assert brought(lake, tmp_path / "reader") is None
    assert not is_current(db, tmp_path / "writer")
    (tmp_path / "writer").mkdir()
    first = publish(db, tmp_path / "writer", "run-1", NOW)
    again = LakeDatabase(lake, NOW)
    assert is_current(again, tmp_path / "writer")
    bring(again, document("june again", day(25), row(200, date(2026, 7, 23))))
    brought(lake, tmp_path / "reader")
    for home in (tmp_path / "writer", tmp_path / "reader"):
        assert snapshot_of(home / PUBLISHED) == first.snapshot_id
        with connect(home / PUBLISHED) as reader:
            assert reader.execute("SELECT value FROM observations").fetchall() == [(100.0,)]
    second = publish(again, tmp_path / "writer", "run-2", NOW)
    assert snapshot_of(tmp_path / "reader" / PUBLISHED) == first.snapshot_id
    found = brought(lake, tmp_path / "reader")
    assert found is not None
    assert found.snapshot_id == second.snapshot_id
    with connect(tmp_path / "reader" / PUBLISHED) as reader:
        assert reader.execute("SELECT value FROM observations").fetchall() == [(200.0,)]
        with pytest.raises(AmurError):
            query(reader, f"COPY (SELECT 1) TO '{lake.files}x.csv'")
        with pytest.raises(AmurError):
            query(reader, f"FROM read_parquet('{lake.files}main/vintages/*.parquet')")
        with pytest.raises(AmurError):
            query(reader, "FROM postgres_query('warehouse', 'SELECT 1')")
        assert reader.execute("SELECT count(*) FROM duckdb_databases() WHERE path LIKE '%dbname%'").fetchall() == [(0,)]


def test_a_reader_copies_a_publication_while_writers_are_at_work(db: LakeDatabase, lake: Lake, tmp_path: Path) -> None:
    """A load that isn't committed, and one that is but isn't published, are no part of it; nobody waits."""
    bring(db, document("june", day(24), row(100, date(2026, 7, 22))))
    (tmp_path / "writer").mkdir()
    publish(db, tmp_path / "writer", "run-1", NOW)
    writer = LakeDatabase(lake, NOW)
    bring(writer, document("june again", day(25), row(200, date(2026, 7, 23))), checked=False)
    with writer.transaction():
        writer.execute("DELETE FROM vintages")
        brought(lake, tmp_path / "reader")
    writer.close()
    with connect(tmp_path / "reader" / PUBLISHED) as reader:
        assert reader.execute("SELECT value FROM observations").fetchall() == [(100.0,)]


def test_a_copy_has_the_keys_that_the_lake_lacks(db: LakeDatabase, lake: Lake, tmp_path: Path) -> None:
    """A row that is there twice is named by the invariants, isn't published, and can't be copied."""
    bring(db, document("june", day(24), row(100, date(2026, 7, 22))))
    db.execute("INSERT INTO series_dimensions FROM series_dimensions")
    assert db.violations()["series_dimensions_by_series_id"] == 1
    with pytest.raises(PublishFailed, match="every key once"):
        publish(db, tmp_path, "run-1", NOW)
    with pytest.raises(PublishFailed, match="every key once"):
        copy(lake, tmp_path / "copy.duckdb", None)


# --- settings and schema ------------------------------------------------------------------------------------------


def test_nothing_secret_is_shown(lake: Lake) -> None:
    """Neither by the lake's words nor by an error of a server that refuses the password."""
    assert PASSWORD not in f"{lake} {lake!r}"
    with pytest.raises(LoadFailed, match="Unable to connect") as failure:
        LakeDatabase(replace(lake, password="not the right one"), NOW)  # noqa: S106 (that is the point)
    assert "not the right one" not in str(failure.value)
    with pytest.raises(LoadFailed, match="Unable to connect"):
        newest(replace(lake, catalogue="dbname=amur host=127.0.0.1 port=9 user=amur"))


@pytest.mark.parametrize(
    ("setting", "files", "named"),
    [
        ("ducklake:postgres:dbname=amur password=hush", "files", "AMUR_WAREHOUSE_PASSWORD"),
        ("ducklake:postgres:postgresql://amur:hush@host/amur", "files", "AMUR_WAREHOUSE_PASSWORD"),
        ("postgres:dbname=amur", "files", "ducklake:postgres:"),
        ("ducklake:/a/file.ducklake", "files", "ducklake:sqlite:"),
        ("ducklake:sqlite:catalogue", "", "AMUR_WAREHOUSE_FILES"),
        ("ducklake:sqlite:catalogue", "http://bucket", "s3://bucket"),
    ],
)
def test_settings_that_can_not_be_are_refused(setting: str, files: str, named: str) -> None:
    """The message says what is expected, and holds no password."""
    with pytest.raises(AmurError) as failure:
        Lake.read(setting, files)
    assert named in str(failure.value)
    assert "hush" not in str(failure.value)


def test_a_lake_of_an_earlier_schema_gets_what_was_added_since(db: LakeDatabase, lake: Lake) -> None:
    """Columns and tables come from the same migrations; a reader of the newer program waits until a writer has run."""
    db.execute("ALTER TABLE warehouse.runs DROP COLUMN publish_s")
    db.execute("DROP TABLE warehouse.findings")
    db.execute("DELETE FROM schema_versions WHERE version >= 8")
    db.close()
    with pytest.raises(LoadFailed, match="schema 7"):
        copy(lake, Path(lake.files).parent / "copy.duckdb", None)
    again = LakeDatabase(lake, NOW)
    newest_version = migrations()[-1][0]
    assert again.schema_version == newest_version
    assert again.rows("SELECT count(*) FROM findings") == [(0,)]
    assert again.rows("SELECT publish_s FROM runs") == []
    again.execute("INSERT INTO schema_versions VALUES (?, 'later', TIMESTAMP '2030-01-01')", [newest_version + 1])
    again.close()
    with pytest.raises(LoadFailed, match=f"a schema of version {newest_version} or older"):
        LakeDatabase(lake, NOW)
