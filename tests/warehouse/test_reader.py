"""Reading the published database: any question may be asked, nothing can be changed, taken or left behind."""

import csv
import io
import json
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sources.errors import AmurError
from tests.warehouse.builders import NOW, bring, day, document, row, warehouse
from warehouse.publisher import publish
from warehouse.reader import LOCKED, Connection, Format, connect, first_rows, query, write_result


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication of two figures: one is missing."""
    home = tmp_path_factory.mktemp("home")
    db = warehouse(home / "warehouse.duckdb")
    (home / "secret.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    bring(
        db,
        document(
            "june",
            day(24),
            row(1234567.5, date(2026, 7, 22)),
            row(None, date(2026, 7, 22), flow="M", partner_name="=HYPERLINK(1)"),
        ),
    )
    return publish(db, home, "run-1", NOW).path


@pytest.fixture
def reader(published: Path) -> Iterator[Connection]:
    """A connection as `amur sql` has it."""
    with connect(published) as connection:
        yield connection


def answer(reader: Connection, sql: str, form: Format = "csv") -> str:
    """What `amur sql` prints."""
    text = write_result(query(reader, sql), form, None)
    assert text is not None
    return text


# --- what is refused ----------------------------------------------------------------------------------------------

REFUSED = [
    "SELECT * FROM read_csv('{home}/secret.csv')",
    "SELECT * FROM read_text('{home}/secret.csv')",
    "SELECT * FROM read_blob('{home}/secret.csv')",
    "SELECT * FROM glob('{home}/*')",
    "SELECT * FROM '{home}/secret.csv'",
    'SELECT * FROM "{home}/secret.csv"',
    "SELECT * FROM read_parquet('{home}/x.parquet')",
    "SELECT * FROM sniff_csv('{home}/secret.csv')",
    "COPY observations TO '{home}/out.csv'",
    "COPY observations FROM '{home}/secret.csv'",
    "EXPORT DATABASE '{home}/out'",
    "IMPORT DATABASE '{home}/out'",
    "ATTACH '{home}/warehouse.duckdb' AS w",
    "ATTACH '{home}/new.duckdb' AS n",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SELECT * FROM 'http://127.0.0.1:9/x.csv'",
    "CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET memory_limit = '64GB'",
    "SET TimeZone = 'Europe/London'",
    "RESET enable_external_access",
    "PRAGMA enable_external_access",
    "CREATE TABLE t AS SELECT 1",
    "CREATE VIEW v AS SELECT 1",
    "CREATE OR REPLACE VIEW observations AS SELECT 1",
    "INSERT INTO snapshot SELECT * FROM snapshot",
    "UPDATE vintages SET value = 0",
    "DELETE FROM vintages",
    "DROP TABLE vintages",
    "ALTER TABLE vintages ADD COLUMN x INTEGER",
    "COMMENT ON TABLE vintages IS 'x'",
    "TRUNCATE vintages",
    "SELECT 1; DELETE FROM vintages",
    "no query at all",
    "SELECT nothing_like_it FROM observations",
]


@pytest.mark.parametrize("sql", REFUSED)
def test_a_query_can_read_the_publication_and_nothing_else(published: Path, sql: str) -> None:
    """No file, network, extension, setting or change: each is refused in DuckDB's own words, and nothing changes.

    P-63.
    """
    home = published.parent
    before, names = published.read_bytes(), sorted(path.name for path in home.iterdir())
    with connect(published) as connection:
        with pytest.raises(AmurError, match="at sql, expected a query on the published database, found") as caught:
            answer(connection, sql.format(home=home))
        assert "1,2" not in str(caught.value)
        assert answer(connection, "SELECT count(*) AS n FROM observations") == "n\n2\n"

    assert published.read_bytes() == before
    assert sorted(path.name for path in home.iterdir()) == names


def test_a_variable_of_the_program_is_no_table(reader: Connection) -> None:
    """DuckDB would read data frames of the calling Python program: a query can't reach them."""
    secret = pa.table({"key": ["canary"]})
    with pytest.raises(duckdb.Error, match="secret"):
        reader.execute("SELECT * FROM secret")
    with duckdb.connect() as unlocked:
        assert unlocked.execute("SELECT * FROM secret").fetchall() == [("canary",)]
    assert secret.num_rows == 1


def test_working_tables_of_the_session_are_allowed(reader: Connection) -> None:
    """A temporary table is the reader's own and ends with the connection; it prints nothing."""
    assert answer(reader, "CREATE TEMP TABLE mine AS SELECT value FROM observations") == ""
    assert answer(reader, "SELECT count(*) AS n FROM mine") == "n\n2\n"


def test_values_are_parameters(reader: Connection) -> None:
    """P-64: What a caller looks for is never part of the query's text."""
    result = query(reader, "SELECT count(*) AS n FROM observations WHERE flow = ?", ["X'; DROP TABLE vintages; --"])
    assert write_result(result, "csv", None) == "n\n0\n"


def test_an_error_in_a_late_row_names_its_cause(reader: Connection) -> None:
    """The first rows are fine, a late one can't be computed: no half answer, and DuckDB's own words."""
    with pytest.raises(AmurError, match="Could not convert string 'a' to INT32"):
        query(reader, "SELECT CAST(CASE WHEN range = 900000 THEN 'a' ELSE '1' END AS INT) FROM range(1000000)")


def test_first_rows_come_as_they_are_computed(reader: Connection) -> None:
    """No more than is wanted, of however many; a statement without rows has none; a late failure has its words."""
    names, rows = first_rows(reader, "SELECT range AS n FROM range(100000000000)", 150)
    assert (names, [row[0] for row in rows]) == (["n"], list(range(150)))
    names, rows = first_rows(reader, "CREATE TEMP TABLE mine AS SELECT 1", 5)
    assert (names, list(rows)) == ([], [])
    late = "SELECT CAST(CASE WHEN range = 900000 THEN 'a' ELSE '1' END AS INT) AS n FROM range(1000000)"
    with pytest.raises(AmurError, match="Could not convert string 'a' to INT32"):
        list(first_rows(reader, late, 1_000_000)[1])


@pytest.mark.parametrize(
    "sql", ["SELECT sum(sqrt(range)) FROM range(1000000000000)", "SELECT * FROM range(100000000000)"]
)
def test_a_query_that_runs_too_long_is_stopped(published: Path, sql: str) -> None:
    """P-63: The message says that it was the time limit, and how to lengthen it."""
    began = time.monotonic()
    with (
        connect(published, limit_s=0.2) as connection,
        pytest.raises(AmurError, match="expected an answer within the time limit") as caught,
    ):
        query(connection, sql)

    assert time.monotonic() - began < 5
    assert "--timeout" in str(caught.value)


def test_p63_memory_and_disk_have_limits(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A set larger than both is refused in DuckDB's words, and nothing stays on the disk; the limits are these."""
    with connect(published) as connection:
        names = ("memory_limit", "max_temp_directory_size", "threads")
        asked = ", ".join(f"current_setting('{name}')" for name in names)
        memory, disk, threads = connection.execute(f"SELECT {asked}").fetchall()[0]
        assert (memory, disk) == ("3.7 GiB", "7.4 GiB")
        assert 1 <= threads <= 4
    monkeypatch.setitem(LOCKED, "memory_limit", "60MB")
    monkeypatch.setitem(LOCKED, "max_temp_directory_size", "5MB")
    before = sorted(path.name for path in published.parent.iterdir())
    # sums don't compress below half, and a set of them can't be counted without keeping them all
    sql = "SELECT count(DISTINCT md5(range::VARCHAR) || md5((range + 1)::VARCHAR)) FROM range(8000000)"
    with connect(published) as connection, pytest.raises(AmurError, match=r"Out of Memory|max_temp_directory_size"):
        answer(connection, sql)

    assert sorted(path.name for path in published.parent.iterdir()) == before


def test_a_query_within_the_limit_is_answered(published: Path) -> None:
    """The limit does nothing to those who keep it."""
    with connect(published, limit_s=60) as connection:
        assert answer(connection, "SELECT count(*) AS n FROM observations") == "n\n2\n"


# --- what a publication may be ------------------------------------------------------------------------------------


def test_before_the_first_publication_the_message_says_how_to_make_one(tmp_path: Path) -> None:
    """No file is made by asking."""
    with (
        pytest.raises(AmurError, match="expected a published database, found no file") as caught,
        connect(tmp_path / "trade.duckdb"),
    ):
        pass

    assert str(tmp_path / "trade.duckdb") in str(caught.value)
    assert "`make nightly` makes it" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("keep", [0, 4096, 3 * 4096])
def test_a_damaged_publication_is_named_with_its_cure(published: Path, tmp_path: Path, keep: int) -> None:
    """Empty or cut short: the message names the file, and that publishing anew from the warehouse is the cure."""
    broken = tmp_path / "trade.duckdb"
    broken.write_bytes(published.read_bytes()[:keep] or b"a letter\n" * 900)

    with pytest.raises(AmurError, match="expected a DuckDB database") as caught, connect(broken):
        pass
    assert str(broken) in str(caught.value)
    assert "Run `amur nightly`" in str(caught.value)


# --- formats ------------------------------------------------------------------------------------------------------

FIGURES = "SELECT flow, period, value, period_end, partner_name FROM observations ORDER BY flow DESC"


def test_csv_is_read_back_by_other_programs(reader: Connection) -> None:
    """Names in the first line, one record a line, missing values empty."""
    rows = list(csv.reader(io.StringIO(answer(reader, FIGURES))))

    assert rows == [
        ["flow", "period", "value", "period_end", "partner_name"],
        ["X", "2026-06", "1234567.5", "2026-06-30", "Russia"],
        ["M", "2026-06", "", "2026-06-30", "'=HYPERLINK(1)"],
    ]


def test_json_is_read_back_by_other_programs(reader: Connection) -> None:
    """A list of records; numbers are numbers, missing values null, days ISO texts, other texts verbatim."""
    assert json.loads(answer(reader, FIGURES, "json")) == [
        {"flow": "X", "period": "2026-06", "value": 1234567.5, "period_end": "2026-06-30", "partner_name": "Russia"},
        {"flow": "M", "period": "2026-06", "value": None, "period_end": "2026-06-30", "partner_name": "=HYPERLINK(1)"},
    ]


def test_exact_decimals_are_numbers_in_json(reader: Connection) -> None:
    """DuckDB computes `1.5` as DECIMAL: a program that reads the JSON wants a number, not a text."""
    assert json.loads(
        answer(reader, "SELECT 1.5 AS share, coverage FROM range(1), (SELECT 0.25 AS coverage)", "json")
    ) == [{"share": 1.5, "coverage": 0.25}]


def test_parquet_is_read_back_by_other_programs(reader: Connection, tmp_path: Path) -> None:
    """Types and texts are kept verbatim; nothing is printed."""
    out = tmp_path / "figures.parquet"
    assert write_result(query(reader, FIGURES), "parquet", out) is None

    table = pq.read_table(out)
    assert table.to_pylist() == [
        {
            "flow": "X",
            "period": "2026-06",
            "value": 1234567.5,
            "period_end": date(2026, 6, 30),
            "partner_name": "Russia",
        },
        {
            "flow": "M",
            "period": "2026-06",
            "value": None,
            "period_end": date(2026, 6, 30),
            "partner_name": "=HYPERLINK(1)",
        },
    ]
    assert table.schema.field("value").type == pa.float64()


def test_parquet_needs_a_file(reader: Connection) -> None:
    """Binary does not go to the terminal; the message names the option."""
    with pytest.raises(AmurError, match="--format parquet, expected --out FILE"):
        write_result(query(reader, "SELECT 1"), "parquet", None)


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_a_text_format_goes_to_a_file_as_it_would_be_printed(reader: Connection, tmp_path: Path, form: Format) -> None:
    """`--out` holds the same text, in UTF-8, and nothing is printed."""
    sql = "SELECT 'Россия' AS partner, value FROM observations ORDER BY ALL"
    out = tmp_path / "out"

    assert write_result(query(reader, sql), form, out) is None
    assert out.read_text(encoding="utf-8") == answer(reader, sql, form)


def test_a_table_is_for_reading(reader: Connection) -> None:
    """Thousands are grouped, numbers stand right, missing values say so, and the rows are counted."""
    sql = "SELECT flow, value, 2.5 AS share FROM observations ORDER BY flow DESC"

    assert answer(reader, sql, "table").splitlines() == [
        "flow         value  share",
        "----  ------------  -----",
        "X     1,234,567.50    2.5",
        "M             NULL    2.5",
        "(2 rows)",
    ]


@pytest.mark.parametrize(
    ("sql", "shown"),
    [
        ("1234567.0::DOUBLE", "1,234,567"),
        ("1234567.891::DOUBLE", "1,234,567.89"),
        ("88.2568::DOUBLE", "88.2568"),
        ("0.000001234::DOUBLE", "1.234e-06"),
        ("-1000.0::DOUBLE", "-1,000"),
        ("1e16::DOUBLE", "10,000,000,000,000,000.00"),
        ("2026", "2026"),
        ("true", "True"),
        ("NULL", "NULL"),
        ("chr(27) || '[31mred' || chr(10) || 'next'", " [31mred next"),
    ],
)
def test_a_cell_of_a_table_is_for_reading(reader: Connection, sql: str, shown: str) -> None:
    """Amounts are grouped, rates keep their digits, years are no amounts, control characters stay off the screen."""
    lines = answer(reader, f"SELECT {sql} AS it", "table").splitlines()

    assert shown in lines[2]
    assert lines[-1] == "(1 row)"


# --- spreadsheets -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(reader: Connection, start: str) -> None:
    """P-65: Titles come from outside: opened in a spreadsheet, none is a formula."""
    result = query(reader, "SELECT ? AS title", [f"{start}cmd|' /C calc'!A0"])
    text = write_result(result, "csv", None)

    assert list(csv.reader(io.StringIO(text or "", newline="")))[1] == [f"'{start}cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", ["a\r=cmd()", "a\n=cmd()", "a\r\n=cmd()", 'a"\r,=cmd()', "a,=cmd()"])
def test_a_text_stays_in_its_cell(reader: Connection, text: str) -> None:
    """A line break, comma or quote inside a title begins no cell and no line of its own, in whatever program."""
    printed = write_result(query(reader, "SELECT ? AS title, 1 AS n", [text]), "csv", None) or ""

    assert list(csv.reader(io.StringIO(printed, newline=""))) == [["title", "n"], [text, "1"]]
    assert printed.endswith('",1\n')


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("-1.5::DOUBLE", Decimal("-1.5")),
        ("-7", Decimal(-7)),
        ("-0.25", Decimal("-0.25")),
        ("-1e-7::DOUBLE", Decimal("-1E-7")),
    ],
)
def test_a_negative_number_stays_a_number(reader: Connection, sql: str, number: Decimal) -> None:
    """A fall of 1.5 % is -1.5 in every program that reads the file."""
    assert Decimal(list(csv.reader(io.StringIO(answer(reader, f"SELECT {sql} AS change"))))[1][0]) == number


def test_a_large_result_can_wait_whole(reader: Connection, tmp_path: Path) -> None:
    """With DuckDB's own limit of 1 MB some large results never come: readers and the writer have a higher one."""
    asked = "SELECT current_setting('streaming_buffer_size')"
    writer = warehouse(tmp_path / "warehouse.duckdb")

    assert reader.execute(asked).fetchone() == ("1.0 GiB",)
    assert writer.value(asked) == "1.0 GiB"
    writer.close()
