"""Databases as each earlier Amur left them open in today's, with every row, and a copy of how they were beside them."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.builders import NOW
from warehouse.database import Database, migrations

EARLIER = [number for number, _ in migrations()][:-1]
AT = datetime(2026, 7, 1, 12)
ROWS = {
    "series_dimensions": [1, "old:k", "cbr_fx", "cbr_fx", "fx_rate", "RU", None, None, None, None, "CNY", "RUB", "D"],
    "vintages": [
        1, date(2026, 6, 1), date(2026, 6, 1), 11.5, "A", 0.005, AT, AT, AT, None, "published", False, False, "run-0",
        1, "aa", "/here",
    ],
    "payloads": [
        "cbr_fx", "https://old.example/", "aa", AT, AT, None, "run-0", "data", "2026-06", "", "", "text/xml", "", "", 5,
        "aa.json", "loaded", 1, AT,
    ],
    "runs": ["run-0", "nightly", AT, AT, "published", 0, 1, "0.0.1", "", 1, 0, 1],
    "quarantine": [
        "q-0", "batch", "cbr_fx", "https://old.example/", "2026-06", "bb", "", "value", "too large", "{}", 3, AT,
        "run-0", "held", None, None, None,
    ],
    "definitions": ["of an earlier version"],
}  # fmt: skip


def left_by(path: Path, version: int) -> None:
    """A database as the Amur of schema `version` left it: filled under the first schema, brought up to that one."""
    with duckdb.connect(str(path)) as old:
        for number, file in migrations()[:version]:
            old.execute(file.read_text(encoding="utf-8"))
            old.execute("INSERT INTO schema_versions VALUES (?, ?, ?)", [number, file.stem, AT])
            if number == 1:
                for table, row in ROWS.items():
                    old.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def contents(connection: duckdb.DuckDBPyConnection, columns: dict[str, list[str]]) -> dict[str, object]:
    """The rows of each table in the columns that it had."""
    return {name: connection.execute(f"SELECT {', '.join(of)} FROM {name}").fetchall() for name, of in columns.items()}


@pytest.mark.parametrize("version", EARLIER)
def test_a_database_of_an_earlier_schema_opens_with_its_rows_and_a_copy(tmp_path: Path, version: int) -> None:
    """Nothing that was known is lost; the copy is what it was, by schema and by row; views answer over the old rows."""
    path = tmp_path / "warehouse.duckdb"
    left_by(path, version)
    with duckdb.connect(str(path)) as old:
        columns = {
            table: [name for (name,) in old.execute(f"SELECT column_name FROM (DESCRIBE {table})").fetchall()]
            for table in ROWS
            if table != "definitions"
        }
        before = contents(old, columns)
    db = Database(path, NOW)
    try:
        assert db.schema_version == len(migrations())
        assert contents(db.connection, columns) == before
        assert [len(rows) for rows in before.values()] == [1] * len(columns)
        assert db.rows("SELECT value, period FROM observations") == [(11.5, "2026-06-01")]
        assert db.rows("SELECT version FROM schema_versions WHERE applied_at = ? ORDER BY version", [AT]) == [
            (number,) for number in range(1, version + 1)
        ]
        assert db.violations() == {}
    finally:
        db.close()
    copies = sorted(file.name for file in tmp_path.glob("*.schema-*.duckdb"))
    assert copies == [f"warehouse.schema-{version}.duckdb"]
    with duckdb.connect(str(tmp_path / copies[0]), read_only=True) as copy:
        assert contents(copy, columns) == before
        assert copy.execute("SELECT max(version) FROM schema_versions").fetchall() == [(version,)]


def test_every_earlier_schema_is_tried() -> None:
    """A migration to come adds its predecessor to the list by itself."""
    assert len(EARLIER) == len(migrations()) - 1 >= 7
