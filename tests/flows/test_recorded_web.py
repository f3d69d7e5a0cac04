"""The whole walk over the recorded web: what a nightly run, a backfill and a rebuild promise."""

import csv
import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.flows.conftest import AMUR, Home, Web, shared

pytestmark = pytest.mark.recorded

NOW = "2026-07-25T02:30:00Z"
RUSSIA_X = "gacc_preliminary:by_country:trade_value:CN:RU:X:TOTAL:CNY:M"
GACC = ("--only", "gacc_preliminary", "--only", "gacc_bulletin")
VINTAGES = (
    "SELECT series_key, period_start, period_end, value, obs_status, published_at, fetched_at, known_at, known_to, "
    "known_at_basis, parser_version, payload_sha256, locator FROM observation_vintages ORDER BY ALL"
)


def state(home: Home) -> list[dict[str, Any]]:
    """Every vintage, without the ids of runs."""
    return home.sql(VINTAGES)


@pytest.mark.slow
def test_three_nights(home: Home, web: Web) -> None:
    """First night loads; the second asks conditionally and adds nothing; a changed page on the third is a revision."""
    home.environment |= web.environment
    first = home.run("nightly", *GACC, AMUR_NOW=NOW)
    assert first.returncode in {0, 3}, first.stdout + first.stderr
    # Russia's row of the page for March 2026, in 100 million yuan: 649.8
    march = f"SELECT value FROM observations WHERE series_key = '{RUSSIA_X}' AND period = '2026-03'"
    assert home.values(march) == [64_980_000_000]
    before = state(home)
    published = (home.path / "trade.duckdb").stat()

    web.faults()
    second = home.run("nightly", *GACC, AMUR_NOW="2026-07-26T02:30:00Z")
    assert second.returncode in {0, 3}, second.stdout + second.stderr
    asked = [r for r in web.requests() if r["known"]]
    assert asked
    assert all("if_none_match" in r or "if_modified_since" in r for r in asked)
    assert {r["status"] for r in asked} == {304}
    assert state(home) == before
    assert (home.path / "trade.duckdb").stat().st_mtime_ns == published.st_mtime_ns, "nothing new, nothing written"

    # the row of Russia alone holds 649.8; its total has to move with it, or the judge would hold the page
    web.faults(
        {"match": "2e61c8a1", "replace": [[r"649\.8", "650.8"], [r"1,535\.4", "1,536.4"]]},
    )
    third = home.run("nightly", *GACC, AMUR_NOW="2026-07-27T02:30:00Z")
    assert third.returncode in {0, 3}, third.stdout + third.stderr
    assert web.applied() == [1]
    revised = home.sql(
        f"SELECT old_value, new_value FROM revisions WHERE series_key = '{RUSSIA_X}' AND period = '2026-03'"
    )
    assert revised == [{"old_value": 64_980_000_000, "new_value": 65_080_000_000}]
    assert home.values(march) == [65_080_000_000]
    then = march.replace("observations", "observations_as_of(TIMESTAMP '2026-07-26 12:00:00')")
    assert home.values(then) == [64_980_000_000]
    told = home.run("explain", RUSSIA_X, "2026-03", "--verify")
    assert told.returncode == 0, told.stderr
    assert "64,980,000,000 CNY" in told.stdout
    assert "65,080,000,000 CNY" in told.stdout
    assert told.stdout.count("verified   same") == 2

    assert home.here("verify").returncode == 0
    live = state(home)
    rebuilt = home.here("rebuild")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert state(home) == live, "the archive alone gives the same vintages"


@pytest.mark.slow
def test_a_killed_backfill_goes_on_where_it_was(tmp_path: Path, home: Home, web: Web) -> None:
    """SIGKILL in the middle, then again: the same warehouse as undisturbed, nothing archived is asked for twice."""
    home.environment |= web.environment | {"AMUR_NOW": NOW}
    command = ["backfill", "gacc_bulletin", "gacc_preliminary", "--from", "2025-01", "--to", "2026-06"]
    undisturbed = Home(tmp_path / "undisturbed", dict(home.environment))
    done = undisturbed.run(*command)
    assert done.returncode in {0, 3}, done.stdout + done.stderr

    web.faults({"match": "bd273400", "hang": 3})
    process = subprocess.Popen(
        [AMUR, *command], env=dict(os.environ) | home.environment | {"AMUR_HOME": str(home.path), "AMUR_GAP": "0"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not any("bd273400" in r["url"] for r in web.requests()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    archived = {p.name for p in (home.path / "archive").glob("??/*") if "." not in p.name}
    assert archived, "the kill came before anything was archived"
    had = {r["url"] for r in web.requests() if r.get("status") == 200 and r["known"] and "bd273400" not in r["url"]}

    web.faults()
    again = home.run(*command)
    assert again.returncode in {0, 3}, again.stdout + again.stderr
    repeated = had & {r["url"] for r in web.requests()}
    assert not repeated
    assert state(home) == state(undisturbed)
    for form in ("csv", "json"):
        files = [tmp_path / f"{name}.{form}" for name in ("killed", "undisturbed")]
        for one, file in zip((home, undisturbed), files, strict=True):
            assert one.run("sql", VINTAGES, "--format", form, "--out", str(file)).returncode == 0
        assert files[0].read_bytes() == files[1].read_bytes()
    assert home.sql("SELECT state FROM runs ORDER BY started_at, state")[0]["state"] in {
        "interrupted",
        "degraded",
        "published",
    }
    assert "interrupted" in home.values("SELECT state FROM runs")


def files_of(source: str) -> list[Path]:
    """The recorded pages of a source that hold figures."""
    folder = shared("recorded", "reference" if source in {"cbr_fx", "worldbank_pinksheet"} else "customs", source)
    unwanted = re.compile(r"index|coverage|cn_express|image_only|shifted|table17|empty")
    return [path for path in sorted(folder.iterdir()) if not unwanted.search(path.name)]


@pytest.mark.slow
def test_every_true_figure_is_answered(home: Home) -> None:
    """All recorded pages by `amur ingest`; each row of the truth table is answered within its tolerance."""
    for source in ("gacc_preliminary", "gacc_bulletin", "cbr_fx", "worldbank_pinksheet"):
        done = home.here("ingest", *map(str, files_of(source)), "--source", source, AMUR_NOW=NOW)
        assert done.returncode == 0, done.stdout + done.stderr
    asked = answered = 0
    wrong = []
    with shared("facts", "customs_truth.csv").open(encoding="utf-8") as file:
        truths = [row for row in csv.DictReader(file) if "no payload here" not in row["where"]]
    held = home.sql(
        "SELECT source, flow, reporter, partner, product, unit, freq, period, value FROM observations "
        "WHERE measure NOT LIKE '%yoy%'"
    )
    key = ("source", "flow", "reporter", "partner", "product", "unit", "freq", "period")
    cells = {tuple(row[k] or "" for k in key): row for row in held}
    for truth in truths:
        if truth["source"] not in {"gacc_preliminary", "gacc_bulletin", "cbr_fx", "worldbank_pinksheet"}:
            continue
        asked += 1
        cell = cells.get(tuple(truth[k] for k in key))
        assert cell is not None, truth
        if truth["value"] == "NULL":
            fits = cell["value"] is None
        else:
            fits = cell["value"] is not None and abs(cell["value"] - float(truth["value"])) <= (
                float(truth["tolerance"]) * 1.000001
            )
        answered += fits
        if not fits:
            wrong.append((truth, cell))
    assert not wrong
    assert answered == asked
    assert asked > 150
    # motor vehicles of January to June 2025: 3.473 million in July 2025, restated as 3.469 million a year later
    restated = home.sql(
        "SELECT old_value, new_value FROM revisions WHERE product = 'motor vehicles' AND unit = 'units' "
        "AND freq = 'YTD' AND period = '2025-06'"
    )
    assert restated == [{"old_value": 3_473_000, "new_value": 3_469_000}]


def test_a_wrong_file_is_refused_in_one_line(home: Home) -> None:
    """Another table, another site's document, a challenge: exit 1, one clear line each, and nothing is kept."""
    customs = shared("recorded", "customs")
    for wrong, source in (
        (customs / "gacc_bulletin" / "table17_2026-06_usd.html", "gacc_bulletin"),
        (customs / "gacc_preliminary" / "index_2025.html", "gacc_preliminary"),
        (customs / "gacc_query" / "challenge_status_200.html", "gacc_bulletin"),
        (customs / "gacc_preliminary" / "section4_2026-03_cny.html", "cbr_fx"),
        (customs / "gacc_preliminary" / "section4_2026-03_cny.html", "worldbank_pinksheet"),
        (shared("recorded", "reference", "cbr_fx", "XML_daily_2020-04-25.xml"), "gacc_preliminary"),
    ):
        done = home.here("ingest", str(wrong), "--source", source, AMUR_NOW=NOW)
        assert done.returncode == 1, done.stdout + done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        assert source in done.stderr
        assert wrong.name in done.stderr
        assert "expected" in done.stderr
        assert "found" in done.stderr
    assert home.values("SELECT count(*) FROM observation_vintages") == [0]
    assert home.values("SELECT count(*) FROM quarantine") == [0]


def test_the_right_document_that_cannot_be_read_whole_is_held(home: Home) -> None:
    """The shifted page of April 2025: exit 3, in quarantine with its row; no figure of it is visible."""
    shifted = shared("recorded", "customs", "gacc_preliminary", "section5_2025-04_exports_usd_shifted.html")
    done = home.here("ingest", str(shifted), "--source", "gacc_preliminary", AMUR_NOW=NOW)

    assert done.returncode == 3, done.stdout + done.stderr
    (entry,) = home.sql("SELECT state, reason_kind, reason FROM quarantine")
    assert (entry["state"], entry["reason_kind"]) == ("held", "layout")
    assert 'row 5 "Agricultural products*" column 2' in entry["reason"]
    assert home.values("SELECT count(*) FROM observation_vintages") == [0]
