"""Publishing: who reads `trade.duckdb` sees a whole publication, the one before or the one after, whatever happens."""

import errno
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from sources.errors import PublishFailed
from tests.warehouse.builders import NOW, bring, day, document, row, warehouse
from warehouse.database import AMUR_VERSION, Database
from warehouse.publisher import PUBLISHED, clear_leftovers, is_current, publish

PUBLICATIONS = 8
READER = """
import json, sys, time
from pathlib import Path
import duckdb

path, stop, seen = sys.argv[1], Path(sys.argv[2]), []
print("reading", flush=True)
while True:
    last = stop.exists()
    with duckdb.connect(path, read_only=True) as connection:
        run, = connection.execute("SELECT run_id FROM snapshot").fetchone()
        count, total = connection.execute("SELECT count(*), sum(value) FROM observations").fetchone()
    seen.append([int(run.split("-")[1]), count, total])
    if last:
        break
print(json.dumps(seen))
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An AMUR_HOME."""
    return tmp_path


@pytest.fixture
def db(home: Path) -> Iterator[Database]:
    """A warehouse that holds one figure."""
    opened = warehouse(home / "warehouse.duckdb")
    bring(opened, document("june", day(24), row(100, date(2026, 7, 22))))
    yield opened
    opened.close()


def reopened(home: Path) -> Database:
    """The writer's database, as the next run opens it."""
    return Database(home / "warehouse.duckdb", NOW)


def revised(home: Path, value: float, name: str) -> Database:
    """The warehouse with a new value for June."""
    opened = reopened(home)
    bring(opened, document(name, day(24), row(value, date(2026, 7, 23))))
    return opened


def read(path: Path, sql: str = "SELECT value FROM observations") -> list[tuple[object, ...]]:
    """What an analyst with any DuckDB client reads."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def leftovers(home: Path) -> list[str]:
    """What lies in the home beside the two databases."""
    return sorted(path.name for path in home.iterdir() if path.name not in {"warehouse.duckdb", PUBLISHED})


def test_a_publication_says_which_one_it_is(db: Database, home: Path) -> None:
    """One row `snapshot`: its id, instant, run, program and schema; and all that the warehouse knows."""
    schema = db.schema_version
    published = publish(db, home, "20260725T023000Z-abc123", NOW)

    assert (published.snapshot_id, published.path) == ("20260725T023000Z-abc123", home / "trade.duckdb")
    assert read(published.path) == [(100.0,)]
    assert read(published.path, "FROM snapshot") == [
        ("20260725T023000Z-abc123", datetime(2026, 7, 25, 2, 30), "20260725T023000Z-abc123", AMUR_VERSION, schema)
    ]
    assert leftovers(home) == []


def test_the_published_file_says_what_everything_in_it_means(db: Database, home: Path) -> None:
    """`dictionary` goes with the copy, opened by itself or attached under another name; no line of it is silent."""
    said = db.rows("FROM dictionary")
    publish(db, home, "run-1", NOW)

    assert len(said) > 500
    assert read(home / PUBLISHED, "FROM dictionary") == said
    assert read(home / PUBLISHED, "FROM dictionary WHERE coalesce(comment, '') = ''") == []
    with duckdb.connect() as elsewhere:
        elsewhere.execute(f"ATTACH '{home / PUBLISHED}' AS trade (READ_ONLY)")
        assert elsewhere.execute("FROM trade.dictionary").fetchall() == said


def test_readers_never_see_less_than_a_whole_publication(db: Database, home: Path) -> None:
    """A reader in a loop during eight publications, of one figure more each: never an error, a half, or a step back.

    P-52.
    """
    publish(db, home, "run-1", NOW)
    stop = home / "stop"
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(home / PUBLISHED), str(stop)], stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for number in range(2, PUBLICATIONS + 1):
            fresh = reopened(home)
            month = date(2026, 6 - (number - 1) % 6, 1)
            partner = f"Q{number}"
            bring(
                fresh, document(f"{number}", day(24), row(100, date(2026, 7, 22), partner=partner, period_start=month))
            )
            publish(fresh, home, f"run-{number}", NOW)
        stop.touch()
        answer = reader.stdout.readline()
        assert reader.wait(timeout=30) == 0
    seen = json.loads(answer)

    assert all((count, total) == (number, 100.0 * number) for number, count, total in seen)
    numbers = [number for number, _, _ in seen]
    assert numbers == sorted(numbers)
    assert numbers[-1] == PUBLICATIONS
    assert len(set(numbers)) > 2, "the reader was too slow to see anything in between"


def test_a_reader_that_stays_keeps_its_publication(db: Database, home: Path) -> None:
    """P-52: A long query or an open notebook sees the same figures to its end; who opens anew sees the new ones."""
    publish(db, home, "run-1", NOW)
    with duckdb.connect(str(home / PUBLISHED), read_only=True) as staying:
        assert staying.execute("SELECT value FROM observations").fetchall() == [(100.0,)]
        publish(revised(home, 103, "v2"), home, "run-2", NOW)

        assert staying.execute("SELECT value FROM observations").fetchall() == [(100.0,)]
        assert staying.execute("SELECT run_id FROM snapshot").fetchall() == [("run-1",)]
    assert read(home / PUBLISHED) == [(103.0,)]


def _cut(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes()[:-8192])


def _holes(source: Path, target: Path) -> None:
    whole = source.read_bytes()
    target.write_bytes(whole[:4096] + bytes(len(whole) - 4096))


def _older(source: Path, target: Path) -> None:
    target.write_bytes((source.parent / PUBLISHED).read_bytes())


def _not_checkpointed(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes())
    with duckdb.connect(str(target)) as connection:
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        connection.execute("CREATE TABLE beside (it INTEGER)")


@pytest.mark.parametrize("copy", [_cut, _holes, _older, _not_checkpointed])
def test_a_copy_that_is_not_the_warehouse_is_not_published(
    db: Database, home: Path, monkeypatch: pytest.MonkeyPatch, copy: Callable[[Path, Path], None]
) -> None:
    """Cut short, full of holes, another file, or with a part outside: the publication before stands, and is mended.

    P-53.
    """
    publish(db, home, "run-1", NOW)
    fresh = revised(home, 103, "v2")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", copy)
        with pytest.raises(PublishFailed) as caught:
            publish(fresh, home, "run-2", NOW)

    assert PUBLISHED in str(caught.value)
    assert read(home / PUBLISHED) == [(100.0,)]
    assert leftovers(home) == []
    again = reopened(home)
    assert not is_current(again, home)
    publish(again, home, "run-3", NOW)
    assert read(home / PUBLISHED) == [(103.0,)]


def test_a_full_disk_during_the_copy_leaves_the_publication_before(
    db: Database, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P-59: No half copy stays, and the next run publishes what this one could not."""
    publish(db, home, "run-1", NOW)

    def full(_source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    fresh = revised(home, 103, "v2")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(OSError, match="No space left"):
            publish(fresh, home, "run-2", NOW)

    assert leftovers(home) == []
    assert read(home / PUBLISHED) == [(100.0,)]
    assert not is_current(reopened(home), home)


def test_too_little_space_is_said_before_anything_is_written(
    db: Database, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P-59: Three times the database must be free; the message gives both numbers."""
    publish(db, home, "run-1", NOW)
    fresh = revised(home, 103, "v2")
    size = (home / "warehouse.duckdb").stat().st_size
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=3 * size - 1))
        with pytest.raises(PublishFailed, match=f"expected {3 * size:,} free bytes") as caught:
            publish(fresh, home, "run-2", NOW)
        patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=3 * size))
        assert read(home / PUBLISHED) == [(100.0,)]
        publish(fresh, home, "run-3", NOW)

    assert f"found {3 * size - 1:,}" in str(caught.value)
    assert "Free space" in str(caught.value)
    assert read(home / PUBLISHED) == [(103.0,)]


def test_a_warehouse_that_breaks_an_invariant_is_not_published(db: Database, home: Path) -> None:
    """The message names the invariant, how many rows break it, and what to do."""
    publish(db, home, "run-1", NOW)
    fresh = revised(home, 103, "v2")
    fresh.execute("UPDATE vintages SET value = 'nan'::DOUBLE")

    with pytest.raises(PublishFailed, match="found values_are_finite: 2 rows") as caught:
        publish(fresh, home, "run-2", NOW)
    assert "Run `amur verify`, then `amur rebuild`" in str(caught.value)
    assert read(home / PUBLISHED) == [(100.0,)]
    fresh.close()


# --- is there anything to publish? --------------------------------------------------------------------------------


def test_nothing_new_needs_no_publication(db: Database, home: Path) -> None:
    """After a publication the next run has nothing to add; a new figure, or none published yet, has."""
    assert not is_current(db, home)
    publish(db, home, "run-1", NOW)
    again = reopened(home)

    assert is_current(again, home)
    bring(again, document("v2", day(24), row(103, date(2026, 7, 23))))
    assert not is_current(again, home)
    again.close()


def _damage(path: Path) -> None:
    path.write_bytes(b"a letter\n" * 900)


def _remove(path: Path) -> None:
    path.unlink()


def _other_program(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE definitions SET digest = 'of another version'")


def _other_schema(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE definitions")


@pytest.mark.parametrize("harm", [_damage, _remove, _other_program, _other_schema])
def test_a_publication_that_is_not_what_we_published_is_made_anew(
    db: Database, home: Path, harm: Callable[[Path], None]
) -> None:
    """Damaged, gone, or by another version of the program: the next run cures it though there is no new figure."""
    publish(db, home, "run-1", NOW)
    harm(home / PUBLISHED)
    again = reopened(home)

    assert not is_current(again, home)
    publish(again, home, "run-2", NOW)
    assert read(home / PUBLISHED) == [(100.0,)]
    assert is_current(reopened(home), home)


def test_an_older_publication_put_back_is_not_current(db: Database, home: Path) -> None:
    """A backup of yesterday's file is replaced by what is known today."""
    publish(db, home, "run-1", NOW)
    yesterday = (home / PUBLISHED).read_bytes()
    publish(revised(home, 103, "v2"), home, "run-2", datetime(2026, 7, 26, tzinfo=UTC))
    (home / PUBLISHED).write_bytes(yesterday)

    assert not is_current(reopened(home), home)


def test_an_empty_warehouse_is_published_too(home: Path) -> None:
    """No network on the first night: readers get an empty database that says how fresh it is, not a missing file.

    P-55.
    """
    publish(warehouse(home / "warehouse.duckdb"), home, "run-1", NOW)

    assert read(home / PUBLISHED) == []
    assert read(home / PUBLISHED, "SELECT DISTINCT stale FROM freshness WHERE source = 'gacc_bulletin'") == [(True,)]


def test_part_made_copies_of_a_killed_run_are_cleared_and_nothing_else(db: Database, home: Path) -> None:
    """P-54: Leftovers have names of their own; databases and other files stay."""
    publish(db, home, "run-1", NOW)
    for name in (f".{PUBLISHED}.4711.tmp", f".{PUBLISHED}.4711.tmp.wal"):
        (home / name).write_bytes(b"half")
    (home / "notes.tmp").write_text("a person's", encoding="utf-8")
    clear_leftovers(home)

    assert leftovers(home) == ["notes.tmp"]
    assert read(home / PUBLISHED) == [(100.0,)]
