"""What comes back wrong ends with a clear message, in quarantine or as a failed fetch, while everything else loads.

These run the walk without Prefect: the same functions give the same warehouse.
"""

from pathlib import Path
from typing import Any

import pytest

from flows.run import Exit, Summary, chosen, running
from flows.settings import Settings
from flows.steps import ahead, walk_sources
from flows.walk import Pace
from sources.contract import Window
from tests.flows.conftest import Home, Web

pytestmark = pytest.mark.recorded

NOW = "2026-07-25T02:30:00Z"
SECTION_4 = "2e61c8a1"  # preliminary release, table (4), March 2026, CNY
BULLETIN = "2d569f57"  # bulletin, table (2), June 2026
BULLETIN_IS_HELD = ("gacc_bulletin", BULLETIN, "2026-06")
SECTION_4_IS_HELD = ("gacc_preliminary", SECTION_4, "2026-03")


def walked(home: Path, web: Web, sources: list[str]) -> Summary:
    """One run over the recorded months of 2026, in this process, without Prefect."""
    environment = dict(web.environment) | {
        "AMUR_REPORT": "no",
        "AMUR_HOME": str(home),
        "AMUR_NOW": NOW,
        "AMUR_GAP": "0",
    }
    settings = Settings.read(environment)
    with running(settings, "nightly") as run:
        window = Window(run.now.date().replace(month=1, day=1), run.now.date(), run.now, nightly=True)
        with ahead(run, chosen(settings, sources), window, Pace("nightly")) as fetching:
            walk_sources(fetching)
    return run.summary


CASES: list[tuple[str, list[dict[str, Any]], tuple[str, str, str], str]] = [
    (
        "a challenge page with status 200",
        [{"match": BULLETIN, "file": "customs/gacc_query/challenge_status_200.html", "content_type": "text/html"}],
        BULLETIN_IS_HELD, "blocked",
    ),
    (
        "an index without links",
        [{"match": "report/monthly.html", "replace": [["<a href=http:[^>]*>([^<]*)</a>", r"<span>\1</span>"]]}],
        ("gacc_bulletin", "report/monthly.html", ""), "layout",
    ),
    (
        "a renamed column",
        [{"match": SECTION_4, "replace": [["<b>Import</b>", "<b>Transit</b>"]]}],
        SECTION_4_IS_HELD, "layout",
    ),
    (
        "a shifted column",
        [{"match": SECTION_4, "replace": [[r"Federation</span>\s*</td>", "Federation</span></td><td>1.0</td>"]]}],
        SECTION_4_IS_HELD, "layout",
    ),
    (
        "a figure in its neighbour's place",
        [{"match": SECTION_4, "replace": [[r"1,535\.4", "4,280.4"], [r"649\.8", "1,932.8"]]}],
        SECTION_4_IS_HELD, "judge",
    ),
    (
        "a missing unit",
        [{"match": SECTION_4, "replace": [["Unit: CNY 100 Million", "&nbsp;"]]}],
        SECTION_4_IS_HELD, "layout",
    ),
    (
        "a title in CNY over figures in USD",
        [{"match": SECTION_4, "replace": [["Unit: CNY 100 Million", "Unit: USD 1 Million"]]}],
        SECTION_4_IS_HELD, "contradiction",
    ),
    (
        "a body that was cut where HTTP can't tell",
        [{"match": BULLETIN, "truncate": 90_000, "framing": "close"}],
        BULLETIN_IS_HELD, "layout",
    ),
    (
        "a wrong charset",
        [{"match": BULLETIN, "file": "customs/gacc_query/downloadData_import_2709_RU_2024-01_2024-05_asof_2024-06.csv",
          "content_type": "text/html; charset=utf-8"}],
        BULLETIN_IS_HELD, "wrong document",
    ),
    ("an empty file", [{"match": BULLETIN, "body": ""}], BULLETIN_IS_HELD, "empty"),
    (
        "an HTML page where XML should be",
        [{"match": "XML_dynamic", "body": "<!DOCTYPE html><html><body><p>Rates of the day</p></body></html>"}],
        ("cbr_fx", "XML_dynamic", ""), "blocked",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "faults", "held", "kind"), CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_held_with_its_reason(
    name: str,
    faults: list[dict[str, Any]],
    held: tuple[str, str, str],
    kind: str,
    tmp_path: Path,
    tls_web: Web,
) -> None:
    """Exit 3; source, URL, period, expected and found are named; nothing of it is visible; the others have loaded."""
    tls_web.faults(*faults)
    source, address, period = held
    summary = walked(tmp_path, tls_web, [source, "gacc_preliminary", "gacc_bulletin"])
    home = Home(tmp_path)

    assert tls_web.applied()[0] >= 1, name
    assert summary.exit_code == Exit.DEGRADED, summary.failures
    entries = home.sql("SELECT * FROM quarantine WHERE state = 'held' AND kind = 'batch'")
    assert {entry["source"] for entry in entries} == {source}
    assert any(address in entry["url"] for entry in entries)
    entry = next(entry for entry in entries if address in entry["url"])
    assert entry["period"] == period
    assert entry["reason_kind"] == kind
    assert "expected" in entry["reason"]
    assert "found" in entry["reason"]
    body = tmp_path / "archive" / entry["payload_sha256"][:2] / entry["payload_sha256"]
    assert body.is_file(), "the bytes are archived"
    assert home.values(f"SELECT count(*) FROM observation_vintages WHERE payload_sha256 = '{body.name}'") == [0]
    loaded = set(home.values("SELECT DISTINCT source FROM observations"))
    assert {"gacc_preliminary", "gacc_bulletin"} - {source} <= loaded
    listed = home.run("quarantine", "list")
    assert entry["quarantine_id"] in listed.stdout
    assert source in listed.stdout


def test_a_cut_that_http_can_tell_is_a_failed_fetch(tmp_path: Path, tls_web: Web) -> None:
    """Content-Length says more than came, every time: asked again, then noted as unreachable; nothing is archived."""
    tls_web.faults({"match": BULLETIN, "truncate": 5000})
    summary = walked(tmp_path, tls_web, ["gacc_bulletin", "gacc_preliminary"])
    home = Home(tmp_path)

    assert tls_web.applied()[0] >= 2
    assert not summary.failures
    failed = home.sql(f"SELECT outcome, error, period FROM fetches WHERE url LIKE '%{BULLETIN}%'")
    assert [(row["outcome"], row["period"]) for row in failed] == [("unreachable", "2026-06")]
    assert "expected" in failed[0]["error"]
    assert home.values("SELECT DISTINCT source FROM observations") == ["gacc_preliminary"]


def test_a_held_page_is_over_when_a_good_one_comes(tmp_path: Path, tls_web: Web) -> None:
    """A challenge tonight, the page tomorrow: the entry is closed as superseded and the figures load."""
    challenge = {"file": "customs/gacc_query/challenge_status_200.html", "content_type": "text/html"}
    tls_web.faults({"match": BULLETIN, **challenge})
    walked(tmp_path, tls_web, ["gacc_bulletin"])
    tls_web.faults()
    walked(tmp_path, tls_web, ["gacc_bulletin"])
    home = Home(tmp_path)

    assert home.values("SELECT state FROM quarantine") == ["superseded"]
    june = "SELECT value FROM observations WHERE partner = 'RU' AND flow = 'X' AND freq = 'M' AND period = '2026-06'"
    assert home.values(june) == [11_432_537_000]
