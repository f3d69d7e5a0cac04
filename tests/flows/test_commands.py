"""The commands as a user meets them: exit codes, messages, JSON; over the bundled web, or without a network."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sources.catalogue import CATALOGUE
from tests.flows.conftest import AMUR, Home
from tests.origin.pages import demo_web
from tests.origin.server import Origin

NOW = "2026-07-25T02:30:00Z"
SOURCES = ["gacc_preliminary", "gacc_bulletin", "cbr_fx", "worldbank_pinksheet", "reference"]


@pytest.fixture(scope="module")
def bundled() -> Iterator[Origin]:
    """The bundled web, for the whole module."""
    with Origin(demo_web()) as origin:
        yield origin


@pytest.fixture(scope="module")
def night(bundled: Origin, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home after one good night."""
    said = {"AMUR_NOW": NOW, "AMUR_SOURCES": ",".join(SOURCES)}
    home = Home(tmp_path_factory.mktemp("night") / "home", dict(bundled.environment()) | said, fresh=True)
    done = home.run("nightly", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    summary = json.loads(done.stdout)
    assert {source["source"] for source in summary["sources"]} == set(SOURCES)
    assert summary["published"]
    return home


@pytest.fixture
def own(night: Home, tmp_path: Path) -> Home:
    """A copy of that home, to change."""
    shutil.copytree(night.path, tmp_path / "home")
    return Home(tmp_path / "home", dict(night.environment))


@pytest.mark.slow
def test_without_a_network_the_night_ends_in_order(home: Home) -> None:
    """P-55: Every live source is named as unreachable, the cited figures are published and answer; exit 3, make's 0."""
    done = home.run("nightly", timeout=200)

    assert done.returncode == 3, done.stdout + done.stderr
    live = "aeb, autostat, cbr_fx, comtrade, cpca, gacc_bulletin, gacc_preliminary, kamaz, lada, worldbank_pinksheet"
    unreachable = done.stdout.partition("Could not be reached: ")[2]
    for source in (*live.split(", "), "gdelt", "kommersant", "mofcom_zh"):
        assert source in unreachable
    assert "tass_en" not in done.stdout  # asked only where it is named
    assert "Traceback" not in done.stdout + done.stderr
    first_half = (
        "SELECT value FROM indicators WHERE indicator = 'cn_exports_usd' AND freq = 'YTD' AND period = '2026-06'"
    )
    assert home.values(first_half) == [60_596_461_000]
    status = home.run("status", "--json")
    assert status.returncode == 3
    states = {row["source"]: row["state"] for row in json.loads(status.stdout)["sources"]}
    assert states["cbr_fx"] == "published but unreachable"
    assert states["reference"] == "none expected"


@pytest.mark.slow
def test_prefect_shows_the_run_with_a_task_a_step(night: Home) -> None:
    """In Prefect's own database the flow run is named after the run and every source has its two tasks."""
    import sqlite3

    assert not (night.path / "prefect" / "prefect.db-wal").exists(), "a log that grows by megabytes"
    with sqlite3.connect(night.path / "prefect" / "prefect.db") as database:
        runs = database.execute("SELECT name, state_type FROM flow_run").fetchall()
        tasks = {name for (name,) in database.execute("SELECT name FROM task_run WHERE state_type = 'COMPLETED'")}
    database.close()

    assert len(runs) == 1
    assert runs[0][0].startswith("nightly 2026")
    assert runs[0][1] == "COMPLETED"
    assert {f"fetch {s}" for s in SOURCES} | {f"judge and load {s}" for s in SOURCES} | {"publish"} <= tasks


def test_status_sources_and_quarantine_answer_as_text_and_json(night: Home) -> None:
    """Each table comes as text and as JSON that parses; nothing is stale on the night itself."""
    for command in ("status", "sources", "quarantine"):
        text, as_json = night.run(command), night.run(command, "--json")
        assert text.returncode == as_json.returncode == 0, text.stderr + as_json.stderr
        assert text.stdout.strip()
        json.loads(as_json.stdout)
    listed = {entry["source"] for entry in json.loads(night.run("sources", "--json").stdout)}
    assert listed == set(CATALOGUE)


def test_a_source_that_falls_silent_is_stale(night: Home) -> None:
    """P-61: Half a year later every live source is stale by the clock, without any run in between."""
    later = night.run("status", "--json", AMUR_NOW="2027-01-25T02:30:00Z")

    assert later.returncode == 3
    stale = {row["source"] for row in json.loads(later.stdout)["sources"] if row["stale"]}
    assert stale == set(SOURCES) - {"reference"}


def test_a_second_run_at_once_is_turned_away(own: Home) -> None:
    """P-56: Exit 4, naming the process that holds the lock; nothing is changed."""
    with (own.path / ".lock").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        done = own.run("nightly")

    assert done.returncode == 4
    assert "no other run" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.slow
def test_sigterm_ends_a_run_in_order(own: Home) -> None:
    """P-58: Exit 143 within ten seconds; the ledger closes the run at the next start; the publication stands."""
    before = (own.path / "trade.duckdb").read_bytes()
    environment = dict(os.environ) | own.environment | {"AMUR_HOME": str(own.path), "AMUR_GAP": "30"}
    process = subprocess.Popen([AMUR, "nightly"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    log, deadline = own.path / "logs" / "amur.log", time.monotonic() + 60
    while log.read_text().count("nightly begins") < 2:  # once by the night before
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(4)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=30)

    assert process.returncode == 143, (out, err)
    assert time.monotonic() - began < 10
    assert (own.path / "trade.duckdb").read_bytes() == before
    after = own.run("nightly", "--only", "reference", "--json")
    assert after.returncode == 0
    assert len(json.loads(after.stdout)["interrupted"]) == 1


def test_ingest_takes_a_file_once(own: Home, tmp_path: Path) -> None:
    """P-27: A page brought by hand loads; the same again is already known; both exit 0."""
    from tests.payloads.cbr_fx import pages

    day = tmp_path / "day.xml"
    rates = [pages.Rate("USD", "1", "81,5000"), pages.Rate("CNY", "1", "11,3000")]
    day.write_bytes(pages.daily(rates, day=date(2024, 7, 18)))
    first = own.here("ingest", str(day), "--source", "cbr_fx")
    again = own.here("ingest", str(day), "--source", "cbr_fx")

    assert first.returncode == 0, first.stdout + first.stderr
    assert "2 new" in first.stdout
    assert again.returncode == 0
    assert "already known" in again.stdout
    rate = "SELECT value FROM observations WHERE source = 'cbr_fx' AND product = 'USD' AND period = '2024-07-18'"
    assert own.values(rate) == [81.5]


def test_what_a_person_releases_loads_and_survives_a_rebuild(own: Home, tmp_path: Path) -> None:
    """A rate ten times its neighbour is held (exit 3); released with a reason it loads; a rebuild repeats that.

    P-44.
    """
    from tests.payloads.cbr_fx import pages

    wild = tmp_path / "wild.xml"
    wild.write_bytes(pages.daily([pages.Rate("USD", "1", "812,3456")], day=date(2026, 7, 24)))
    held = own.here("ingest", str(wild), "--source", "cbr_fx")
    assert held.returncode == 3, held.stdout + held.stderr
    rate = "SELECT value FROM observations WHERE source = 'cbr_fx' AND product = 'USD' AND period = '2026-07-24'"
    before = own.values(rate)
    assert before != [812.3456]
    (entry,) = own.values("SELECT quarantine_id FROM quarantine WHERE state = 'held'")
    assert own.here("quarantine", "release", entry).returncode == 1, "a decision wants a reason"
    for _ in range(2):
        done = own.here("quarantine", "release", entry, "--note", "seen in the official gazette", "--by", "A. Nalyst")
        assert done.returncode == 0, done.stderr
    assert own.values(rate) == [812.3456]
    decided = "SELECT state, decided_by, decision_note FROM quarantine"
    assert own.sql(decided) == [
        {"state": "released", "decided_by": "A. Nalyst", "decision_note": "seen in the official gazette"}
    ]
    vintages = "SELECT * EXCLUDE (run_id) FROM observation_vintages ORDER BY ALL"
    live = own.sql(vintages)
    rebuilt = own.here("rebuild")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert own.sql(vintages) == live
    assert own.sql(decided)[0]["state"] == "released"
    assert own.here("verify").returncode == 0


def test_verify_names_rot(own: Home) -> None:
    """P-25: One flipped byte in the archive: exit 1, and the file is named; rebuild refuses it."""
    body = next(p for p in sorted((own.path / "archive").glob("??/*")) if "." not in p.name)
    spoiled = bytearray(body.read_bytes())
    spoiled[len(spoiled) // 2] ^= 1
    body.chmod(0o644)
    body.write_bytes(spoiled)

    verified, rebuilt = own.here("verify"), own.here("rebuild")
    assert verified.returncode == 1
    assert body.name in verified.stdout
    assert rebuilt.returncode == 1
    assert "Traceback" not in rebuilt.stderr


def test_a_dry_run_sends_nothing(own: Home, bundled: Origin) -> None:
    """It prints the requests that it would make and makes none."""
    asked = len(bundled.asked)
    done = own.run("backfill", "cbr_fx", "--from", "2024-01", "--to", "2025-12", "--dry-run", "--json")

    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert rows
    assert all(row["url"].startswith("https://www.cbr.ru/scripts/XML_dynamic.asp?") for row in rows)
    assert len(bundled.asked) == asked


@pytest.mark.parametrize(
    ("arguments", "environment", "says"),
    [
        (["nightly", "--only", "atlantis"], {}, "one of gacc_preliminary"),
        (["status"], {"AMUR_NOW": "yesterday"}, "AMUR_NOW"),
        (["status"], {"AMUR_GAP": "-1"}, "AMUR_GAP"),
        (["backfill", "cbr_fx", "--from", "2025-13", "--to", "2026-01"], {}, "--from"),
        (["backfill", "cbr_fx", "--from", "2026-02", "--to", "2026-01"], {}, "an end after the start"),
        (["explain", "no_such_series", "2026-06"], {}, "no_such_series"),
        (["sql", "SELECT * FROM read_csv('/etc/passwd')"], {}, "sql"),
        (["sql", "COPY observations TO 'here.csv'"], {}, "sql"),
        (["sql", "SELECT nonsense"], {}, "nonsense"),
        (["quarantine", "reject", "q-none", "--note", "x"], {}, "q-none"),
        (["ingest", "nowhere.html", "--source", "cbr_fx"], {}, "nowhere.html"),
    ],
)
def test_a_mistake_is_answered_in_one_line(
    own: Home, arguments: list[str], environment: dict[str, str], says: str
) -> None:
    """P-60: Exit 1 and one line that names what was expected and found; never a traceback."""
    done = own.run(*arguments, **environment)

    assert done.returncode == 1, done.stdout
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_sql_before_anything_was_published_says_what_to_do(home: Home) -> None:
    """The message names the file that isn't there and the command that makes it."""
    done = home.run("sql", "SELECT 1")

    assert done.returncode == 1
    assert "trade.duckdb" in done.stderr
    assert "make nightly" in done.stderr


def test_the_prompt_answers_and_goes_on_after_an_error(night: Home) -> None:
    """Queries on standard input, one of them wrong: the others are answered."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("AMUR_")}
    done = subprocess.run(
        [AMUR, "sql"], input="SELECT 41 + 1 AS answer;\nSELEC;\nSELECT 7 AS seven;\n.quit\n", text=True,
        env=kept | {"AMUR_HOME": str(night.path)}, capture_output=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 0
    assert "42" in done.stdout
    assert "seven" in done.stdout
    assert "SELEC" in done.stderr
