"""A user's claims are somebody's SQL: answered on a locked copy, one by one; what goes wrong costs that claim alone."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.builders import NOW, bring, day, document, row, warehouse
from warehouse import claims
from warehouse.claim_files import Claim, fingerprint, users
from warehouse.claims import Answer, answer_all, asked_of_users
from warehouse.database import Database
from warehouse.publisher import PUBLISHED, clear_leftovers, is_current, publish

HEAD = """-- claim: China's exports to Russia in June 2026 were 100 dollars
-- claimed_on: 2026-07-23
-- expected: 100
-- tolerance: 1
-- unit: USD
"""
JUNE = "SELECT value AS computed FROM indicators WHERE indicator = 'cn_exports_usd' AND period = '2026-06'"
LOOP = "SELECT count(*) AS computed FROM range(100000) AS a, range(100000) AS b, range(100000) AS c"
ENDLESS = "SELECT 1 AS n UNION ALL SELECT n + 1 FROM t"
LIMIT_S = 1.0


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An AMUR_HOME with a folder for claims."""
    (tmp_path / "claims").mkdir()
    return tmp_path


@pytest.fixture
def db(home: Path) -> Iterator[Database]:
    """A warehouse with one figure, known on 22 July and revised on 24 July 2026."""
    opened = warehouse(home / "warehouse.duckdb")
    seen: dict[str, object] = {}
    bring(opened, document("first", day(22), row(100, date(2026, 7, 22))), seen=seen)  # type: ignore[arg-type]
    bring(opened, document("second", day(24), row(150, date(2026, 7, 24))), seen=seen)  # type: ignore[arg-type]
    yield opened
    opened.close()


def write(home: Path, name: str, text: str) -> None:
    """A file in the user's folder."""
    (home / "claims" / name).write_text(text, encoding="utf-8")


def asked(db: Database, home: Path, **queries: str) -> dict[str, tuple[Answer, Answer]]:
    """The answers now and then to claims with these queries."""
    for name, sql in queries.items():
        write(home, f"{name}.sql", HEAD + sql)
    db.execute("CHECKPOINT")
    told = asked_of_users(db.path, home, users(home / "claims"), limit_s=LIMIT_S)
    return {one.claim.claim_id: (one.now, one.then) for one in told}


def only(home: Path) -> Claim:
    """The one claim of the folder."""
    (claim,) = users(home / "claims")
    return claim


# --- files --------------------------------------------------------------------------------------------------------


def test_a_claim_in_sql_says_who_it_is_in_its_head(home: Path) -> None:
    """Names and values in the comments at the head; the name of the file is the id."""
    write(home, "june.sql", HEAD + "-- any other comment\n" + JUNE)

    claim = only(home)

    assert (claim.claim_id, claim.origin, claim.error) == ("june", "user", "")
    assert claim.claim == "China's exports to Russia in June 2026 were 100 dollars"
    assert (claim.claimed_on, claim.expected, claim.tolerance, claim.unit) == (date(2026, 7, 23), 100, 1, "USD")


def test_a_claim_in_yaml_names_an_indicator_or_a_query(home: Path) -> None:
    """Both ways give a query; a quote in a name does not end it."""
    write(home, "a.yml", "claim: x\nclaimed_on: 2025-12-20\nindicator: it's\nperiod: 2024\nfreq: A\nexpected: 245e9\n")
    write(
        home,
        "b.yaml",
        "claim: x\nclaimed_on: 2025-12-20\nunit: date\nexpected: 2025-09-29\nsql: SELECT 1 AS computed\n",
    )

    first, second = users(home / "claims")

    assert "indicator = 'it''s' AND period = '2024' AND freq = 'A'" in first.sql
    assert (first.expected, first.asks) == (245e9, "it's 2024")
    assert (second.sql, second.expected) == ("SELECT 1 AS computed", 20250929)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.sql", "SELECT 1 AS computed", "expected claim"),
        ("a.sql", "-- claim: x\nSELECT 1 AS computed", "expected claimed_on"),
        ("a.sql", "-- claim: x\n-- claimed_on: 2025-02-30\nSELECT 1", "day"),
        ("a.sql", "-- claim: x\n-- claimed_on: 2025-12-20\n-- expected: many\nSELECT 1", "expected expected: a figure"),
        (
            "a.sql",
            "-- claim: x\n-- claimed_on: 2025-12-20\n-- tolerance: nan\nSELECT 1",
            "expected tolerance: a figure",
        ),
        ("a.sql", f"-- claim: {'x' * 501}\n-- claimed_on: 2025-12-20\nSELECT 1", "at most 500 characters"),
        ("a.sql", " " * 70_000, "at most 65,536 bytes"),
        ("a b.sql", HEAD + JUNE, "expected a file name of letters"),
        ("c01.sql", HEAD + JUNE, "the name c01 is taken"),
        ("a.yml", "claim: x\nclaimed_on: 2025-12-20", "expected sql, or indicator and period"),
        ("a.yml", "claim: x\nclaimed_on: 2025-12-20\nsql: SELECT 1\nexpect: 5", "unknown: expect"),
        ("a.yml", "claim: [x]\n", "one value each"),
        ("a.yml", "claim: 'x", "no YAML"),
        ("a.yml", "!!python/object/apply:os.system ['touch /tmp/amur-escaped']", "one value each"),
        ("a.yml", "[" * 5000, "no YAML"),
    ],
)
def test_a_file_that_is_no_claim_says_why(home: Path, name: str, text: str, why: str) -> None:
    """It is listed with its reason, and never asked."""
    write(home, name, text)

    claim = only(home)

    assert why in claim.error
    assert claim.sql == ""


def test_what_is_no_plain_text_is_not_read(home: Path) -> None:
    """A device, a named pipe, bytes that are no text: named, and nobody waits for them."""
    (home / "claims" / "device.sql").symlink_to("/dev/zero")
    os.mkfifo(home / "claims" / "pipe.sql")
    (home / "claims" / "bytes.sql").write_bytes(b"-- claim: \xff\xfe")
    (home / "claims" / "gone.sql").symlink_to(home / "nowhere")

    found = {claim.claim_id: claim.error for claim in users(home / "claims")}

    assert found["device"] == found["pipe"] == "expected a plain file"
    assert "utf-8" in found["bytes"]
    assert "No such file" in found["gone"]


def test_a_folder_that_cannot_be_listed_is_one_error(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The night goes on, and the ledger says why the user's claims are not in it."""

    def refused(_: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)

    assert only(home).error == "the folder can't be read: Permission denied"


def test_other_files_are_left_alone(home: Path) -> None:
    """A note beside the claims is none, and neither is a folder that is not there."""
    write(home, "README.txt", "notes")

    assert users(home / "claims") == ()
    assert users(home / "nowhere") == ()


# --- answers ------------------------------------------------------------------------------------------------------


def test_a_claim_is_answered_now_and_as_of_its_day(db: Database, home: Path) -> None:
    """On 23 July the figure was 100, as claimed; the revision of the day after speaks against it."""
    now, then = asked(db, home, june=JUNE)["june"]

    assert (then.computed, then.status, then.why) == (100, "confirmed", "computed 100, expected 100")
    assert (now.computed, now.status) == (150, "contradicted")


def test_every_name_that_claims_ask_is_as_of_its_day(db: Database, home: Path) -> None:
    """Observations as well, which are looked through and not copied."""
    now, then = asked(db, home, sum="SELECT sum(value) AS computed FROM observations")["sum"]

    assert (now.computed, then.computed) == (150, 100)


def test_a_query_may_judge_by_itself(db: Database, home: Path) -> None:
    """Its status, evidence and sentence are taken as they are."""
    sql = "SELECT 3 AS computed, 'imprecise' AS status, ['cn_exports_usd 2026-06'] AS evidence, 'about half' AS why"

    assert asked(db, home, own=sql)["own"][0] == Answer(3, "imprecise", "about half", ("cn_exports_usd 2026-06",))


@pytest.mark.parametrize(
    ("head", "sql", "status"),
    [
        ("-- expected: -50\n-- tolerance: 5\n-- unit: percent", "-53", "confirmed"),
        ("-- expected: -50\n-- tolerance: 5\n-- unit: percent", "-20", "imprecise"),
        ("-- expected: -50\n-- tolerance: 5\n-- unit: percent", "4", "contradicted"),
        ("-- expected: 50\n-- unit: USD", "50", "confirmed"),
        ("-- expected: 50\n-- unit: USD", "49", "contradicted"),
        ("-- expected: 2025-09-29\n-- tolerance: 7\n-- unit: date", "DATE '2025-10-06'", "confirmed"),
        ("-- expected: 2025-09-29\n-- tolerance: 7\n-- unit: date", "DATE '2025-10-07'", "contradicted"),
        ("-- expected: 1", "TRUE", "confirmed"),
        ("-- expected: 1", "NULL", "no data"),
        ("-- unit: USD", "NULL", "no data"),
    ],
)
def test_without_a_status_it_follows_from_what_is_expected(
    db: Database, home: Path, head: str, sql: str, status: str
) -> None:
    """Within the tolerance confirmed; a change of the right sign imprecise; a level off is contradicted."""
    write(home, "one.sql", f"-- claim: x\n-- claimed_on: 2026-07-23\n{head}\nSELECT {sql} AS computed")

    ((now, _),) = asked(db, home).values()

    assert now.status == status


def test_hostile_and_broken_claims_are_errors_and_others_are_answered(db: Database, home: Path) -> None:
    """P-63: A loop, writing, reading files, attaching, nonsense: each has its reason, and the good one its answer."""
    secret = home / "secret.txt"
    secret.write_text("hidden", encoding="utf-8")
    out = home / "out.csv"
    bad = {
        "loop": (LOOP, "no answer within 1 s"),
        "endless": (f"WITH RECURSIVE t AS ({ENDLESS}) SELECT max(n) AS computed FROM t", "no answer"),
        "reads": (f"SELECT count(*) AS computed FROM read_text('{secret}')", "disabled by configuration"),
        "scans": (f"SELECT count(*) AS computed FROM '{secret}'", "does not exist"),
        "copies": (f"COPY (SELECT 1 AS computed) TO '{out}'", "expected one SELECT"),
        "makes": ("CREATE TABLE t AS SELECT 1 AS computed", "expected one SELECT"),
        "two": ("SELECT 1 AS computed; DROP TABLE vintages", "expected one SELECT"),
        "attaches": (f"ATTACH '{db.path}' AS w", "expected one SELECT"),
        "sets": ("SET enable_external_access = true", "expected one SELECT"),
        "nothing": ("-- no query", "expected one SELECT"),
        "syntax": ("SELEC 1", "Parser Error"),
        "many": ("SELECT unnest([1, 2]) AS computed", "expected one row"),
        "columns": ("SELECT 1 AS computed, 2 AS other", "expected the columns"),
        "words": ("SELECT 'x' AS computed", "expected a finite number"),
        "nan": ("SELECT 'nan'::DOUBLE AS computed", "expected a finite number"),
        "status": ("SELECT 1 AS computed, 'true' AS status", "expected status to be one of"),
        "evidence": ("SELECT 1 AS computed, [1] AS evidence", "expected evidence to be a list of texts"),
    }  # fmt: skip
    before = db.rows("SELECT table_name, estimated_size FROM duckdb_tables() ORDER BY ALL")

    told = asked(db, home, good=JUNE, **{name: sql for name, (sql, _) in bad.items()})

    assert told.pop("good")[1].status == "confirmed"
    for name, (_, why) in bad.items():
        now, then = told.pop(name)
        assert (now.status, then.status) == ("error", "error"), name
        assert why in now.error, (name, now.error)
    assert told == {}
    assert not out.exists()
    assert db.rows("SELECT table_name, estimated_size FROM duckdb_tables() ORDER BY ALL") == before
    assert sorted(path.name for path in home.iterdir() if path.name.startswith(".")) == []


def test_a_query_that_takes_its_process_down_costs_itself_alone(db: Database, home: Path) -> None:
    """What can't be interrupted is killed with its process; the claims after it are asked in another."""
    huge = "SELECT length(repeat('x', 3000000000)) AS computed"

    told = asked(db, home, a=huge, b=JUNE)

    assert told["a"][0].status == "error"
    assert told["b"][1].status == "confirmed"


def test_all_claims_together_have_a_limit(db: Database, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder full of loops does not take the night: what is not asked by then says so."""
    monkeypatch.setattr(claims, "TOTAL_S", 0.0)

    assert "not asked" in asked(db, home, june=JUNE)["june"][0].error


def test_a_copy_that_cannot_be_made_is_every_claims_error(db: Database, home: Path) -> None:
    """No room, no right to write: the claims say so, and nothing is raised."""
    write(home, "june.sql", HEAD + JUNE)

    (told,) = asked_of_users(db.path, home / "nowhere", users(home / "claims"))

    assert "the copy could not be made" in told.now.error


# --- publication --------------------------------------------------------------------------------------------------


def read(home: Path, sql: str) -> list[tuple[object, ...]]:
    """What an analyst reads in the published file."""
    with duckdb.connect(str(home / PUBLISHED), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_publication_holds_all_answers(db: Database, home: Path) -> None:
    """The 37 shipped claims and the user's, each with both answers; a broken one has its error beside it."""
    write(home, "june.sql", HEAD + JUNE)
    write(home, "broken.sql", HEAD + "SELEC 1")
    publish(db, home, "run-1", NOW)

    assert read(home, "SELECT origin, count(*) FROM claims GROUP BY origin ORDER BY origin") == [
        ("shipped", 37),
        ("user", 2),
    ]
    assert read(
        home, "SELECT computed_now, computed_then, status_now, status_then, error FROM claims WHERE claim_id = 'june'"
    ) == [(150, 100, "contradicted", "confirmed", None)]
    ((status, error),) = read(home, "SELECT status_now, error FROM claims WHERE claim_id = 'broken'")
    assert status == "error"
    assert "Parser Error" in str(error)
    assert not list(home.glob(".claims*"))


def test_history_has_a_row_only_where_an_answer_changed(db: Database, home: Path) -> None:
    """First answers; then one more, for the one claim that a revision moved."""
    write(home, "june.sql", HEAD + JUNE)
    publish(db, home, "run-1", NOW)
    again = Database(home / "warehouse.duckdb", NOW)
    bring(again, document("third", day(25), row(100.5, date(2026, 7, 25))))
    publish(again, home, "run-2", NOW.replace(day=26))

    history = read(
        home, "SELECT status, computed, snapshot_id FROM claim_history WHERE claim_id = 'june' ORDER BY since"
    )
    assert [(status, computed) for status, computed, _ in history] == [("contradicted", 150), ("confirmed", 100.5)]
    assert read(home, "SELECT count(*) FROM claim_history WHERE claim_id = 'C01'") == [(1,)]
    assert read(home, "SELECT snapshot_id FROM snapshot") == [(history[-1][2],)]


def test_a_new_or_changed_claim_is_something_to_publish(db: Database, home: Path) -> None:
    """The publication is current until a claim's file is written, changed or removed."""
    publish(db, home, "run-1", NOW)

    def current() -> bool:
        opened = Database(home / "warehouse.duckdb", NOW)
        try:
            return is_current(opened, home)
        finally:
            opened.close()

    assert current()
    write(home, "june.sql", HEAD + JUNE)
    assert not current()
    publish(Database(home / "warehouse.duckdb", NOW), home, "run-2", NOW)
    assert current()
    write(home, "june.sql", HEAD + JUNE + " ")
    assert not current()
    (home / "claims" / "june.sql").unlink()
    assert not current()
    publish(Database(home / "warehouse.duckdb", NOW), home, "run-3", NOW)
    assert read(home, "SELECT count(*) FROM claims WHERE origin = 'user'") == [(0,)]


def test_what_a_killed_run_left_is_cleared(home: Path) -> None:
    """A copy on which claims were asked is gone after the next start."""
    (home / ".claims.4711.tmp.duckdb").write_bytes(b"x")
    (home / ".claims.4711.tmp.duckdb.wal").write_bytes(b"x")

    clear_leftovers(home)

    assert not list(home.glob(".claims*"))


def test_users_claims_are_asked_while_the_writer_is_open(db: Database, home: Path) -> None:
    """Another process reads the file's bytes; the writer keeps its lock on it and writes on."""
    write(home, "june.sql", HEAD + JUNE)
    answer_all(db, home)
    db.execute("CREATE TABLE still_mine (n INTEGER)")

    with pytest.raises(duckdb.Error):
        _locked_out(db.path)


def _locked_out(path: Path) -> None:
    """Open the file for writing in another process, and raise what it says."""
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", f"import duckdb; duckdb.connect({str(path)!r})"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise duckdb.Error(done.stderr)


def test_a_fingerprint_is_of_names_and_bytes(home: Path) -> None:
    """Order does not matter; a change of one byte does."""
    write(home, "a.sql", HEAD + JUNE)
    write(home, "b.sql", HEAD + JUNE)
    first = users(home / "claims")
    write(home, "b.sql", HEAD + JUNE + "\n")

    assert fingerprint(reversed(first)) == fingerprint(first)
    assert fingerprint(users(home / "claims")) != fingerprint(first)
