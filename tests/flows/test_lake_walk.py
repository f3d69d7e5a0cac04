"""The whole walk on a lake: the same nights come to the same publication as in a file, by `amur` and its settings."""

import itertools
import json
import os
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import pytest

from flows import run as runs
from flows import walk
from flows.run import nightly_window, running
from flows.settings import Settings
from flows.steps import ahead, walk_sources
from sources.errors import AmurError
from tests.flows.conftest import Home
from tests.lakes import PASSWORD, in_postgres, postgres
from tests.origin.pages import NIGHTS, demo_web, revision
from tests.origin.server import Origin
from warehouse.lake import Lake

SOURCES = ["gacc_bulletin", "cbr_fx"]
# What two runs of one night never share: durations, and the process that ran it.
OWN = {
    "run_sources": ("fetch_s", "judge_s", "load_s", "parse_s"), "fetches": ("elapsed_s",), "runs": ("publish_s", "pid"),
}  # fmt: skip


def night(settings: dict[str, str], instant: str) -> runs.Summary:
    """A nightly run of two sources, without Prefect around it."""
    said = Settings.read(settings | {"AMUR_NOW": instant, "AMUR_GAP": "0", "AMUR_REPORT": "no"})
    with running(said, "nightly") as run:
        with ahead(run, SOURCES, nightly_window(run.now), walk.Pace("nightly", refetch=False)) as fetching:
            walk_sources(fetching)
        return run.summary


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Home, Home, Lake]:
    """Two nights in a home with a file and in one on a lake; and a home on that lake that only reads."""
    folder = tmp_path_factory.mktemp("homes")
    lake = in_postgres(folder / "files")
    shared = {"AMUR_WAREHOUSE": str(lake), "AMUR_WAREHOUSE_FILES": lake.files, "AMUR_WAREHOUSE_PASSWORD": PASSWORD}
    made = [Home(folder / "file"), Home(folder / "writer", shared), Home(folder / "reader", shared)]
    for home in made[:2]:
        patch = pytest.MonkeyPatch()
        numbers = itertools.count(1)
        patch.setattr(runs, "uuid4", lambda numbers=numbers: UUID(int=next(numbers) << 64))
        with Origin(demo_web()) as origin:
            settings = origin.environment() | {"AMUR_HOME": str(home.path)} | home.environment
            for instant in NIGHTS:
                if instant == NIGHTS[-1]:
                    origin.set(*revision())
                summary = night(settings, instant)
                assert summary.exit_code in {0, 3}, summary.failures
                assert summary.published
        patch.undo()
    return (*made, lake)


def content(file: Path, *, views: bool = True) -> dict[str, list[str]]:
    """Every row of every table and, unless told otherwise, view of a publication, as sorted texts.

    The number of a series, given in the order in which sources happen to arrive, is told as its key.
    """
    found = {}
    with duckdb.connect(str(file), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        names = connection.execute(
            "SELECT table_name FROM duckdb_tables() "
            "UNION SELECT view_name FROM duckdb_views() WHERE NOT internal AND ?",
            [views],
        ).fetchall()
        numbered = {
            name
            for (name,) in connection.execute(
                "SELECT table_name FROM duckdb_columns() WHERE column_name = 'series_id' AND NOT internal"
            ).fetchall()
        }
        key = "(SELECT series_key FROM series_dimensions AS d WHERE d.series_id = t.series_id)"
        for (name,) in names:
            left_out = f"EXCLUDE ({', '.join(OWN[name])})" if name in OWN else ""
            told = f"REPLACE ({key} AS series_id)" if name in numbered else ""
            rows = connection.execute(f"SELECT * {left_out} {told} FROM {name} AS t").fetchall()
            found[name] = sorted(map(str, rows))
    return found


def test_every_table_and_view_says_the_same_as_in_a_file(homes: tuple[Home, Home, Home, Lake]) -> None:
    """In the home that published and in one that only reads: two nights with a revision between them."""
    file, writer, reader, _ = homes
    expected = content(file.path / "trade.duckdb")
    assert len(expected["vintages"]) > 1000
    assert expected["findings"]
    assert reader.here("sql", "SELECT 1").returncode == 0
    told = content(reader.path / "trade.duckdb")
    assert told.keys() == expected.keys()
    assert [name for name in expected if told[name] != expected[name]] == []
    tables = content(writer.path / "trade.duckdb", views=False)
    assert len(tables) > 30
    assert [name for name in tables if tables[name] != expected[name]] == []
    assert not (writer.path / "warehouse.duckdb").exists()


def test_commands_answer_from_the_lake(homes: tuple[Home, Home, Home, Lake]) -> None:
    """`status`, `explain`, `changes`, `claims`, `sql`: the same words as from a file, but for the bytes on the disk."""
    file, _, reader, _ = homes
    asked = [
        ("explain", "cn_exports_usd", "2026-06", "--json"), ("changes", "--json"), ("claims", "--json"),
        ("sql", "FROM indicators ORDER BY ALL", "--format", "csv"), ("sources", "--json"),
    ]  # fmt: skip
    for words in asked:
        one, other = (home.here(*words, AMUR_NOW=NIGHTS[-1]) for home in (file, reader))
        assert (one.returncode, one.stdout, one.stderr) == (other.returncode, other.stdout, other.stderr), words
    one, other = (home.here("status", "--json", AMUR_NOW=NIGHTS[-1]) for home in (file, reader))
    assert one.returncode == other.returncode
    told, expected = json.loads(other.stdout), json.loads(one.stdout)
    assert {name: told[name] for name in ("sources", "calendar", "held", "published")} == {
        name: expected[name] for name in ("sources", "calendar", "held", "published")
    }


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO '{files}x.csv'", "FROM read_parquet('{files}main/vintages/*.parquet')",
        "FROM glob('{files}**')", "ATTACH '{catalogue}' AS p (TYPE postgres)", "ATTACH '{lake}' AS l",
        "FROM postgres_query('warehouse', 'SELECT 1')",
        "FROM postgres_scan('{catalogue}', 'public', 'ducklake_snapshot')",
        "FROM __ducklake_metadata_warehouse.ducklake_snapshot", "LOAD ducklake", "DELETE FROM vintages",
        "CALL ducklake_expire_snapshots('warehouse', older_than => now())", "SET threads = 1", "CREATE TABLE x (a INT)",
    ],
)  # fmt: skip
def test_sql_of_people_reaches_the_publication_alone(homes: tuple[Home, Home, Home, Lake], sql: str) -> None:
    """No file, no server, no setting, no write: what holds for a file holds for a lake."""
    _, _, reader, lake = homes
    done = reader.here("sql", sql.format(files=lake.files, catalogue=lake.catalogue, lake=lake))
    assert done.returncode == 1, done.stdout
    assert not Path(lake.files, "x.csv").exists()


def test_sql_does_not_show_where_the_lake_lies(homes: tuple[Home, Home, Home, Lake]) -> None:
    """Neither its databases nor its secrets are there to be listed."""
    _, _, reader, _ = homes
    done = reader.here("sql", "SELECT database_name FROM duckdb_databases() WHERE NOT internal", "--format", "csv")
    assert done.stdout.split() == ["database_name", "trade"]


def test_verify_finds_nothing_and_other_care_is_refused(homes: tuple[Home, Home, Home, Lake]) -> None:
    """`backup`, `restore` and `rebuild` are about files of a home: on a lake they say so and do nothing."""
    _, writer, _, _ = homes
    done = writer.here("verify", "--json")
    assert done.returncode == 0, done.stdout
    for words in (("backup", "x"), ("restore", "x"), ("rebuild",)):
        done = writer.here(*words)
        assert done.returncode == 1
        assert "found a lake" in done.stderr
        assert PASSWORD not in done.stderr


def test_a_run_that_another_home_has_at_work_stays_open(homes: tuple[Home, Home, Home, Lake]) -> None:
    """A home closes the runs that itself began and never ended; those of others may be alive."""
    _, writer, _, _ = homes
    settings = {"AMUR_HOME": str(writer.path), "AMUR_NOW": NIGHTS[-1]} | writer.environment
    with running(Settings.read(settings), "backfill") as run:
        ours = run.run_id
        run.db.execute(
            "INSERT INTO runs SELECT * REPLACE ('of another home' AS run_id) FROM runs WHERE run_id = ?", [ours]
        )
    with running(Settings.read(settings), "backfill") as run:
        assert run.summary.interrupted == [ours]
        assert run.db.rows("SELECT run_id FROM runs WHERE state = 'running' AND run_id <> ?", [run.run_id]) == [
            ("of another home",)
        ]
        run.db.execute("DELETE FROM runs WHERE kind = 'backfill'")


def test_what_was_published_is_read_while_the_server_is_away(homes: tuple[Home, Home, Home, Lake]) -> None:
    """With a warning; a home that has no copy yet is told what is missing. The password is in neither, nor in a log."""
    _, writer, reader, lake = homes
    away = {"AMUR_WAREHOUSE": str(lake).replace(f"port={postgres().port}", "port=9")}
    done = reader.here("sql", "SELECT count(*) FROM snapshot", "--format", "csv", **away)
    assert done.returncode == 0
    assert "Answered from the publication that was copied last" in done.stderr
    new = Home(reader.path.parent / "new", reader.environment | away)
    refused = new.here("sql", "SELECT 1")
    assert refused.returncode == 1
    assert "Unable to connect" in refused.stderr
    texts = [done.stderr, refused.stderr]
    texts += [path.read_text(encoding="utf-8") for path in writer.path.rglob("*") if path.suffix in {".log", ".json"}]
    assert not [text for text in texts if PASSWORD in text]


def test_settings_are_refused_by_name() -> None:
    """Files without a lake, and a lake that can't be understood."""
    with pytest.raises(AmurError, match="AMUR_WAREHOUSE_FILES"):
        Settings.read({"AMUR_WAREHOUSE_FILES": "files"})
    with pytest.raises(AmurError, match="AMUR_WAREHOUSE"):
        Settings.read({"AMUR_WAREHOUSE": "mysql:x", "AMUR_WAREHOUSE_FILES": "files"})
    lake: Any = Settings.read(
        {"AMUR_WAREHOUSE": "ducklake:postgres:dbname=amur", "AMUR_WAREHOUSE_FILES": "s3://bucket/amur",
         "PGPASSWORD": "hush", "AWS_SECRET_ACCESS_KEY": "quiet", "AWS_ENDPOINT_URL": "http://127.0.0.1:9000"}
    ).warehouse  # fmt: skip
    assert (lake.password, lake.bucket["SECRET"], lake.bucket["ENDPOINT"]) == ("hush", "quiet", "127.0.0.1:9000")
    assert "hush" not in repr(lake)
    assert "quiet" not in repr(lake)
    assert os.environ.get("AMUR_WAREHOUSE") is None
