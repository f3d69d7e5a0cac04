"""The database: one schema, brought up to date once; all of a change or none of it; described to the last column."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from sources.catalogue import CATALOGUE
from sources.errors import LoadFailed
from tests.warehouse.builders import NOW, bring, day, document, row, warehouse
from warehouse import database
from warehouse.database import SQL, Database, definitions, migrations

CELL = (
    "series_id, period_start, period_end, value, obs_status, half_unit, published_at, fetched_at, known_at, known_to, "
    "known_at_basis, superfluous, aside, run_id, parser_version, payload_sha256, locator"
)
# What breaks each invariant in a warehouse that holds one sound vintage.
PLANTED = {
    "articles_have_stories": (
        "INSERT INTO article_vintages SELECT 'a-1', source, url, 'o', 't', 'en', NULL, FALSE, NULL, [], [], FALSE, "
        "TRUE, [], fetched_at, fetched_at, run_id, sha256, 'article' FROM payloads"
    ),
    "candidates_have_evidence": (
        "INSERT INTO event_candidates BY NAME SELECT source, 'visit' AS event_type, DATE '2026-07-01' AS event_date, "
        "'day' AS precision, 'Xi Jinping' AS actor, 'done' AS status, fetched_at AS known_at, fetched_at, run_id, "
        "sha256 AS payload_sha256, 'article' AS locator, 'certain' AS modality FROM payloads"
    ),
    "known_not_after_fetch": "UPDATE vintages SET known_at = fetched_at + INTERVAL 6 MINUTE",
    "corrections_follow": (
        "INSERT INTO correction_entries SELECT 'K999', source, series_key, '2026-06', '', NULL, 1, 0, "
        "DATE '2026-07-01', DATE '2026-07-02', NULL, '', '' FROM series_dimensions; "
        "UPDATE vintages SET known_to = known_at + INTERVAL 1 DAY"
    ),
    "one_current_row_a_cell": f"INSERT INTO vintages SELECT {CELL} FROM vintages",
    "one_source_one_row_a_run": "UPDATE run_sources SET same_rows = same_rows + 1",
    "periods_run_forwards": "UPDATE vintages SET period_end = period_start - INTERVAL 1 DAY",
    "values_are_finite": "UPDATE vintages SET value = 'nan'::DOUBLE",
    "vintages_follow_one_another": "UPDATE vintages SET known_to = known_at + INTERVAL 1 DAY",
    "vintages_have_payloads": "DELETE FROM payloads",
}
# And other ways to break them.
MORE = {
    "infinite": ("values_are_finite", "UPDATE vintages SET value = 'inf'::DOUBLE"),
    "missing without its status": ("values_are_finite", "UPDATE vintages SET value = NULL"),
    "a value with the status of a missing one": ("values_are_finite", "UPDATE vintages SET obs_status = 'M'"),
    "no series": ("vintages_have_payloads", "UPDATE vintages SET series_id = 4711"),
    "a gap": (
        "vintages_follow_one_another",  # an earlier one that ended an hour before the next began
        (
            f"INSERT INTO vintages ({CELL}) SELECT * REPLACE "
            "(known_at - INTERVAL 2 HOUR AS known_at, known_at - INTERVAL 1 HOUR AS known_to) FROM vintages"
        ),
    ),
}
NEWEST = len(migrations())
INVARIANTS = sorted(path.stem for path in (SQL / "invariants").glob("*.sql"))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A warehouse that holds one vintage."""
    opened = warehouse(tmp_path / "warehouse.duckdb")
    bring(opened, document("june", day(24), row(100, date(2026, 7, 22))))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An empty warehouse, to look at its schema."""
    opened = warehouse(tmp_path_factory.mktemp("described") / "warehouse.duckdb")
    yield opened
    opened.close()


# --- opening ------------------------------------------------------------------------------------------------------


def test_a_new_database_has_been_through_each_migration_once(tmp_path: Path) -> None:
    """Each has one row, with its number, its name and the instant; opening again adds none."""
    path = tmp_path / "deep" / "folder" / "warehouse.duckdb"
    Database(path, NOW).close()
    again = Database(path, day(30), threads=1)

    assert again.rows("SELECT version, name, applied_at FROM schema_versions ORDER BY version") == [
        (number, file.stem, NOW.replace(tzinfo=None)) for number, file in migrations()
    ]
    assert again.schema_version == len(migrations())
    assert again.value("SELECT current_setting('threads')") == 1
    again.close()


def test_migrations_are_numbered_without_a_gap() -> None:
    """A number that is left out or used twice would leave databases that only look alike."""
    assert [number for number, _ in migrations()] == list(range(1, len(migrations()) + 1))


def test_opening_what_is_up_to_date_writes_nothing(tmp_path: Path) -> None:
    """Definitions are made anew only when one has changed: the file stays the same to the byte."""
    path = tmp_path / "warehouse.duckdb"
    warehouse(path).close()
    before = path.read_bytes()
    Database(path, day(30)).close()

    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["warehouse.duckdb"]


def test_a_changed_definition_or_catalogue_is_made_anew_at_the_next_opening(db: Database) -> None:
    """The fingerprint tells that views, macros, comments or the catalogue are not those of this program."""
    db.execute("DROP VIEW revisions")
    db.execute("UPDATE sources SET stale_days = 4711")
    db.execute("UPDATE definitions SET digest = 'of another version'")
    db.close()
    again = Database(db.path, day(30))

    assert again.rows("SELECT * FROM revisions") == []
    assert again.value("SELECT max(stale_days) FROM sources") == max(e.stale_days for e in CATALOGUE.values())
    assert again.value("SELECT value FROM observations") == 100.0
    again.close()


def test_the_catalogue_can_be_asked_in_sql(described: Database) -> None:
    """Every source of the catalogue is a row of `sources`, with licence and the wording that it asks for."""
    assert dict(described.rows("SELECT source, (family, title, licence, attribution) FROM sources")) == {
        entry.id: (entry.family, entry.title, entry.licence, entry.attribution) for entry in CATALOGUE.values()
    }
    assert described.rows("SELECT due_from_days, due_to_days FROM sources WHERE source = 'reference'") == [(None, None)]


def test_a_database_of_a_newer_amur_is_refused_and_left_alone(db: Database) -> None:
    """P-51: An old program must not write into a schema that it doesn't know; the message says what to do."""
    db.execute("INSERT INTO schema_versions VALUES (4711, 'from the future', TIMESTAMP '2027-01-01 00:00:00')")
    db.close()
    before = db.path.read_bytes()

    with pytest.raises(LoadFailed, match="found version 4711") as caught:
        Database(db.path, NOW)

    assert str(db.path) in str(caught.value)
    assert "written by a newer Amur: upgrade, or use another AMUR_HOME" in str(caught.value)
    assert db.path.read_bytes() == before
    with duckdb.connect(str(db.path)) as after:  # the refusal holds no lock
        assert after.execute("SELECT count(*) FROM vintages").fetchall() == [(1,)]


WRITES: str = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from sources.errors import LoadFailed
from warehouse import ledger
from warehouse.database import Database
now = datetime(2026, 7, 24, tzinfo=UTC)
db = Database(Path(sys.argv[1]), now)
resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))
try:
    ledger.begin_run(db, "run-1", "nightly", now, "")
except LoadFailed as error:
    print(error)
"""


def test_p59_a_disk_that_takes_no_more_is_named(tmp_path: Path) -> None:
    """P-59: the very first write of a run fails (a limit to the size of files stands for a full disk)."""
    path = tmp_path / "warehouse.duckdb"
    Database(path, NOW).close()
    done = subprocess.run([sys.executable, "-c", WRITES, str(path)], capture_output=True, text=True, check=False)

    assert f"{path}: expected a disk that takes what is written" in done.stdout, done.stderr
    assert 'Could not write file "warehouse.duckdb.wal"' in done.stdout
    assert "what was committed before stands" in done.stdout
    again = Database(path, NOW)
    assert again.value("SELECT count(*) FROM runs") == 0
    again.close()


@pytest.mark.parametrize("harm", ["text", "cut", "header"])
def test_a_file_that_is_no_database_is_refused_with_advice(tmp_path: Path, harm: str) -> None:
    """A file of something else, or one that lost its end or its head, is named and not overwritten."""
    path = tmp_path / "warehouse.duckdb"
    warehouse(path).close()
    whole = path.read_bytes()
    path.write_bytes(
        {"text": b"a letter\n" * 900, "cut": whole[: 3 * 4096], "header": b"\0" * 8192 + whole[8192:]}[harm]
    )
    before = path.read_bytes()

    with pytest.raises(LoadFailed, match="expected a DuckDB database that can be written") as caught:
        Database(path, NOW)
    assert str(path) in str(caught.value)
    assert "run `amur rebuild`" in str(caught.value)
    assert path.read_bytes() == before


# --- migrations to come -------------------------------------------------------------------------------------------


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The SQL of a next version, whose newest migration the test writes."""
    sql = tmp_path / "sql"
    shutil.copytree(SQL, sql)
    monkeypatch.setattr(database, "SQL", sql)
    return sql / "migrations" / f"{NEWEST + 1:04d}_next.sql"


def test_an_upgrade_keeps_the_rows_and_a_copy_from_before(db: Database, next_version: Path) -> None:
    """The new migration runs once; beside the database lies a copy with the old schema."""
    db.close()
    next_version.write_text("CREATE TABLE novelties (novelty VARCHAR);", encoding="utf-8")
    for _ in range(2):
        upgraded = Database(db.path, day(30))
        assert upgraded.rows("SELECT * FROM novelties") == []
        assert upgraded.rows("SELECT max(version), count(*) FROM schema_versions") == [(NEWEST + 1, NEWEST + 1)]
        assert upgraded.value("SELECT value FROM observations") == 100.0
        upgraded.close()

    with duckdb.connect(str(db.path.with_suffix(f".schema-{NEWEST}.duckdb")), read_only=True) as copy:
        assert copy.execute("SELECT value FROM observations").fetchall() == [(100.0,)]
        assert copy.execute("SELECT max(version) FROM schema_versions").fetchall() == [(NEWEST,)]


def test_a_migration_that_fails_leaves_the_old_schema_and_data(db: Database, next_version: Path) -> None:
    """P-51: Each is one transaction with its version row: half a migration is none."""
    db.close()
    next_version.write_text(
        "CREATE TABLE novelties (novelty VARCHAR); INSERT INTO nowhere VALUES (1);", encoding="utf-8"
    )
    with pytest.raises(duckdb.Error, match="nowhere"):
        Database(db.path, day(30))
    next_version.unlink()

    old = Database(db.path, day(30))
    assert old.schema_version == NEWEST
    assert old.rows("SELECT table_name FROM duckdb_tables() WHERE table_name = 'novelties'") == []
    assert old.value("SELECT value FROM observations") == 100.0
    old.close()


# --- transactions and invariants ----------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_transaction_that_is_broken_off_leaves_nothing(db: Database, end: type[BaseException]) -> None:
    """Whatever ends the block early, none of its statements counts; the next transaction works."""

    def broken_off() -> None:
        with db.transaction():
            db.execute("DELETE FROM vintages")
            raise end

    with pytest.raises(end):
        broken_off()

    assert db.value("SELECT count(*) FROM vintages") == 1
    with db.transaction():
        db.execute("DELETE FROM vintages")
    assert db.value("SELECT count(*) FROM vintages") == 0


def test_what_was_committed_is_there_after_a_reopening(db: Database) -> None:
    """Closing loses nothing that was committed."""
    db.close()
    again = Database(db.path, NOW)
    assert again.rows("SELECT value, period FROM observations") == [(100.0, "2026-06")]
    again.close()


def test_a_sound_warehouse_breaks_no_invariant(db: Database) -> None:
    """The invariants hold for what a load leaves."""
    assert db.violations() == {}


@pytest.mark.parametrize("invariant", INVARIANTS)
def test_every_invariant_catches_what_it_forbids(db: Database, invariant: str) -> None:
    """A rule that nothing can break would be no rule: each has a planted violation here."""
    db.execute(PLANTED[invariant])

    assert db.violations()[invariant] >= 1


@pytest.mark.parametrize("way", MORE)
def test_other_ways_to_break_an_invariant_are_caught_too(db: Database, way: str) -> None:
    """NaN, infinity, a missing value that doesn't say so, a vintage without a series, an instant without a value."""
    invariant, planted = MORE[way]
    db.execute(planted)

    assert invariant in db.violations()


# --- what SHOW and the data dictionary tell -----------------------------------------------------------------------


def test_every_table_and_view_says_what_it_is(described: Database) -> None:
    """The comment is what `SHOW` and the data dictionary have to offer."""
    silent = described.rows(
        "SELECT table_name FROM duckdb_tables() WHERE coalesce(comment, '') = '' "
        "UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND coalesce(comment, '') = ''"
    )
    assert silent == []
    assert described.value("SELECT count(*) FROM duckdb_views() WHERE NOT internal") >= len([*SQL.glob("views/*.sql")])


def test_every_column_says_what_it_holds(described: Database) -> None:
    """No public column without a word about its meaning and unit."""
    silent = described.rows(
        "SELECT table_name || '.' || column_name FROM duckdb_columns() "
        "WHERE NOT internal AND coalesce(comment, '') = '' ORDER BY ALL"
    )
    assert silent == []


def test_every_macro_says_what_it_gives(described: Database) -> None:
    """By the head of its file, or more words of macro_comments.sql."""
    told = dict(described.rows("SELECT name, comment FROM dictionary WHERE kind = 'macro'"))

    assert [name for name, words in told.items() if not words] == []
    assert told["observations_as_of"] == "the observations as they stood at the instant ts (UTC)."
    assert told["indicators_as_of"] == "The indicators as known at an instant (UTC)."


def test_the_dictionary_leaves_out_the_tables_of_the_writer_alone(described: Database) -> None:
    """All other tables and views, and each of their columns, are in it once."""
    inside = "('schema_versions', 'definitions', 'pending_publication', 'robots', 'absences')"
    named = "SELECT DISTINCT name FROM dictionary WHERE kind <> 'macro' ORDER BY name"
    there = (
        "SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views() WHERE NOT internal "
        "ORDER BY ALL"
    )
    hidden = f"SELECT count(*) FROM ({there}) AS t(name) WHERE name IN {inside}"

    assert described.value(hidden) == 5
    assert described.rows(named) == described.rows(f"SELECT * FROM ({there}) AS t(name) WHERE name NOT IN {inside}")
    assert described.rows("SELECT name, column_name FROM dictionary GROUP BY ALL HAVING count(*) > 1") == []
    assert described.rows(
        "SELECT type, comment FROM dictionary WHERE name = 'series' AND column_name = 'coverage'"
    ) == [
        (
            "DOUBLE",
            described.value(
                "SELECT comment FROM duckdb_columns() WHERE table_name = 'series' AND column_name = 'coverage'"
            ),
        )
    ]


@pytest.mark.parametrize("path", definitions(), ids=lambda path: path.stem)
def test_every_definition_lies_in_a_file_named_as_what_it_makes(path: Path) -> None:
    """Who looks for `indicators` finds it by name; its head says what it gives and what one row is."""
    name = path.stem.split("_", maxsplit=1)[1]
    head, _, made = path.read_text(encoding="utf-8").partition("CREATE OR REPLACE ")

    assert re.match(r"(?:VIEW|MACRO) (\w+)", made)[1] == name  # type: ignore[index]
    assert head.startswith(f"-- {name}")


def test_the_database_thinks_in_utc(described: Database) -> None:
    """Instants mean the same on every machine, whatever its own time zone."""
    assert described.value("SELECT current_setting('TimeZone')") == "UTC"
    assert described.value("SELECT CAST(TIMESTAMPTZ '2026-07-01 03:00:00+03' AS TIMESTAMP)") == datetime(2026, 7, 1)
