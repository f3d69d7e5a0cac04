"""The claims ledger as a user has it: the command, and the 37 answers over recorded pages against docs/claims.md."""

import json
import re
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.ingest import Given, ingest
from flows.reading import Reader
from flows.run import nightly_window, running
from flows.settings import Settings
from flows.show_claims import shown
from flows.steps import ahead, walk_sources
from flows.walk import Pace
from sources.catalogue import CATALOGUE
from tests.flows.conftest import ROOT, Home, shared
from warehouse.claim_files import STATUSES, shipped

NOW = "2026-07-25T02:30:00Z"
SHIPPED_SOURCES = [source for source, entry in CATALOGUE.items() if entry.shipped]
MARCH = """-- claim: In 2024 the trade was worth 244.8 billion dollars
-- claimed_on: 2026-07-01
-- expected: 244.8e9
-- tolerance: 1e8
-- unit: USD
SELECT value AS computed, ['trade_total_usd 2024', 'my notes'] AS evidence
FROM indicators WHERE indicator = 'trade_total_usd' AND period = '2024'
"""


def brought(home: Home, recorded: bool) -> Home:
    """A night of what comes with the program and, if wanted, every recorded document by hand."""
    settings = Settings.read(
        home.environment | {"AMUR_REPORT": "no", "AMUR_HOME": str(home.path), "AMUR_NOW": NOW, "AMUR_GAP": "0"}
    )
    with Reader() as reader, running(settings, "nightly") as run:
        run.reader = reader
        with ahead(run, SHIPPED_SOURCES, nightly_window(run.now), Pace("nightly")) as fetching:
            if not recorded:
                walk_sources(fetching)
                return home
            for _, future in fetching.in_order_of_arrival():
                run.judge_and_load(future.result())
        for source, given in documents().items():
            ingest(run, source, given)
        run.publish()
    return home


def documents() -> dict[str, list[Given]]:
    """The recorded documents by source; those of another kind are refused, as a user's would be."""
    found: dict[str, list[Given]] = {}
    for family in ("customs", "reference", "carmakers", "news"):
        folder = shared("recorded", family)
        for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            source = {"news": "article"}.get(said["source"], said["source"])
            source = "comtrade_csv" if source == "comtrade" and said["file"].endswith(".csv") else source
            at = datetime.fromisoformat(said.get("as_of") or NOW.removesuffix("Z")).replace(tzinfo=UTC)
            if said.get("status", 200) == 200 and source in CATALOGUE:
                found.setdefault(source, []).append(Given(folder / said["file"], said["url"], "", at))
    return found


@pytest.fixture(scope="module")
def holding(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the shipped reference alone, and one claim of the user's."""
    dead = "http://127.0.0.1:9"
    home = Home(tmp_path_factory.mktemp("claims") / "home", {"HTTP_PROXY": dead, "HTTPS_PROXY": dead, "AMUR_NOW": NOW})
    folder = home.path / "claims"
    folder.mkdir(parents=True)
    (folder / "mine.sql").write_text(MARCH, encoding="utf-8")
    (folder / "loops.sql").write_text(MARCH.replace("['trade", "[(SELECT 1 FROM nowhere), 'trade"), encoding="utf-8")
    return brought(home, recorded=False)


def test_the_readme_shows_the_ledger_as_it_is(holding: Home) -> None:
    """The table of the README: words, what was computed and both statuses, by the shipped reference alone."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = text.partition("<!-- claims: begin -->")[2].partition("<!-- claims: end -->")[0].strip().splitlines()[2:]
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rows = [row for row in table(holding) if row["origin"] == "shipped"]

    assert [line[0] for line in told] == [row["claim_id"] for row in rows]
    for (_, claim, says, computed, now, then), row in zip(told, rows, strict=True):
        assert (claim, now, then) == (row["claim"], row["status_now"], row["status_then"])
        assert says.startswith(shown(row["expected"], row["unit"]))
        assert computed.startswith(shown(row["computed_now"], row["unit"]))
        assert bool(computed) == (row["computed_now"] is not None)


def table(home: Home, *arguments: str) -> list[dict[str, Any]]:
    """`amur claims --json`."""
    done = home.here("claims", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def test_without_a_network_most_claims_are_answered(holding: Home) -> None:
    """The cited figures and events that come with the program are enough for more than 30 of them."""
    rows = {row["claim_id"]: row for row in table(holding)}

    assert {claim.claim_id for claim in shipped()} | {"mine", "loops"} == set(rows)
    assert {row["status_now"] for row in rows.values()} <= {*STATUSES, "error"}
    assert [claim_id for claim_id, row in rows.items() if row["error"]] == ["loops"]
    answered = [row for row in rows.values() if row["origin"] == "shipped" and row["status_now"] != "no data"]
    assert len(answered) > 30
    assert rows["C01"]["computed_now"] == pytest.approx(244.8e9, rel=0.001)
    assert (rows["C31"]["status_now"], rows["C31"]["status_then"]) == ("imprecise", "imprecise")


def test_the_terminal_shows_expected_now_and_then(holding: Home) -> None:
    """Two lines a claim within 80 columns, the reason of one that failed, and the counts; in a second."""
    began = time.process_time()
    done = holding.here("claims")
    took = time.process_time() - began

    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert re.search(r"^C01 +confirmed +the same +245 bn +244\.8 bn +244\.8 bn USD$", done.stdout, re.MULTILINE)
    assert re.search(r"^C10 +confirmed +the same +2025-09-29 2025-09-29 2025-09-29 date$", done.stdout, re.MULTILINE)
    assert "nowhere" in done.stdout
    assert lines[-2].startswith("39 claims: ")
    assert took < 1


def test_some_claims_can_be_asked_for(holding: Home) -> None:
    """By id, in the ledger's order; an unknown one is named."""
    assert [row["claim_id"] for row in table(holding, "C20", "mine", "C03")] == ["C03", "C20", "mine"]
    done = holding.here("claims", "C01", "C99")
    assert done.returncode == 1
    assert "C99" in done.stderr


def test_as_of_a_day_is_what_was_known_at_its_end(holding: Home) -> None:
    """On 1 September 2025 Gazprom had said nothing and AvtoVAZ had cut nothing; a day later Gazprom had."""
    before = {row["claim_id"]: row for row in table(holding, "--as-of", "2025-09-01")}
    after = {row["claim_id"]: row for row in table(holding, "--as-of", "2025-09-03")}
    noon = table(holding, "C35", "--as-of", "2025-09-02T00:00:00Z")

    assert before["C35"]["status"] == noon[0]["status"] == "no data"
    assert after["C35"]["computed"] == 20250902
    assert before["C09"]["status"] == after["C09"]["status"] == "no data"
    assert before["mine"]["status"] == "confirmed"


def test_before_the_first_figure_every_claim_has_no_data(holding: Home) -> None:
    """And the command says so."""
    done = holding.here("claims", "--as-of", "1999-12-31", *(claim.claim_id for claim in shipped()))

    assert done.returncode == 0
    assert "37 no data" in done.stdout
    assert "Nothing that these claims need was known by then" in done.stdout


def test_a_time_that_is_none_is_refused(holding: Home) -> None:
    """In one line, with exit 1."""
    done = holding.here("claims", "--as-of", "soon")

    assert (done.returncode, done.stdout) == (1, "")
    assert "soon" in done.stderr


def test_a_claim_is_explained_down_to_bytes(holding: Home) -> None:
    """Both answers, then each line of evidence: the figure's inputs with cell and hash, found again there."""
    done = holding.here("explain", "C01", "--verify")

    assert done.returncode == 0, done.stderr
    assert "now      confirmed, 244.8 bn" in done.stdout
    assert "then     confirmed, 244.8 bn" in done.stdout
    assert "evidence (now and then): trade_total_usd 2024" in done.stdout
    assert "reference:gacc_by_country:trade_value" in done.stdout
    assert re.search(r"bytes +archive/../[0-9a-f]{64}", done.stdout)
    assert "verified   same" in done.stdout


def test_events_and_projects_are_evidence_too(holding: Home) -> None:
    """An event with its stories, a project with its steps; a user's free text leads nowhere and says so."""
    event = json.loads(holding.here("explain", "C17", "--json", "--verify").stdout)
    project = holding.here("explain", "C36").stdout
    own = holding.here("explain", "mine")

    assert {line["event"]["event"]["target"] for line in event["evidence"]} == {"Dongfeng", "Foton", "FAW", "Sitrak"}
    assert {word["verified"] for line in event["evidence"] for word in line["event"]["words"]} == {"same"}
    assert re.search(r"2025-09-02 signed +Gazprom \(RU\)", project)
    assert re.search(r"2025-09-02 not_confirmed +China MFA \(CN\)", project)
    assert own.returncode == 0
    assert "leads nowhere" in own.stdout


def test_a_rebuild_gives_the_same_answers(home: Home, tmp_path: Path) -> None:
    """From the archive alone, in place and beside."""
    brought(home, recorded=False)
    before = table(home)

    beside = home.here("rebuild", "--to", str(tmp_path / "beside.duckdb"), AMUR_NOW=NOW)
    assert beside.returncode == 0, beside.stderr
    with duckdb.connect(str(tmp_path / "beside.duckdb"), read_only=True) as connection:
        statuses = connection.execute("SELECT claim_id, status_now, status_then FROM claims").fetchall()
    assert statuses == [(row["claim_id"], row["status_now"], row["status_then"]) for row in before]
    again = home.here("rebuild", AMUR_NOW=NOW)
    assert again.returncode == 0, again.stderr
    assert table(home) == before


def test_a_publication_of_an_older_amur_has_no_ledger(home: Home) -> None:
    """`amur claims` says what to do."""
    home.path.mkdir()
    with duckdb.connect(str(home.path / "trade.duckdb")) as old:
        old.execute("CREATE TABLE snapshot (snapshot_id VARCHAR)")

    done = home.here("claims")

    assert done.returncode == 1
    assert "amur nightly" in done.stderr


def test_damage_below_a_claim_is_told(home: Home) -> None:
    """With --verify a body that is not what its name says ends it: no evidence is passed over."""
    brought(home, recorded=False)
    (sha,) = home.values(
        "SELECT DISTINCT payload_sha256 FROM observations WHERE dataset = 'gacc_by_country' AND period = '2024' LIMIT 1"
    )
    body = home.path / "archive" / sha[:2] / sha
    body.chmod(0o644)
    body.write_bytes(b"other bytes")

    done = home.here("explain", "C01", "--verify")

    assert done.returncode == 1
    assert sha in done.stderr


# --- over the recorded pages --------------------------------------------------------------------------------------


def worked_out() -> dict[str, tuple[float | None, str, float | None, str]]:
    """The table in docs/claims.md."""
    page = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    found = {}
    for line in page.splitlines():
        if re.match(r"\| C\d\d \|", line):
            claim_id, now, status_now, then, status_then, _ = (cell.strip() for cell in line.strip("| ").split("|", 5))
            found[claim_id] = (figure(now), status_now, figure(then), status_then)
    return found


def figure(text: str) -> float | None:
    """A cell of that table as a number; a day as claims count it."""
    if not text:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return float(date.fromisoformat(text).strftime("%Y%m%d"))
    return float(text.removesuffix(" bn").replace(",", "")) * (1e9 if text.endswith("bn") else 1)


@pytest.mark.recorded
@pytest.mark.slow
def test_the_answers_are_those_worked_out_by_hand(home: Home) -> None:
    """All 37, now and then, over everything recorded: value to the digits printed, and status."""
    truth = worked_out()
    assert set(truth) == {claim.claim_id for claim in shipped()}
    shared("recorded", "customs")
    brought(home, recorded=True)

    rows = table(home)

    assert [row["claim_id"] for row in rows] == sorted(truth)
    for row in rows:
        now, status_now, then, status_then = truth[row["claim_id"]]
        assert (row["status_now"], row["status_then"]) == (status_now, status_then), row
        assert row["computed_now"] == (None if now is None else pytest.approx(now, rel=0.001)), row
        assert row["computed_then"] == (None if then is None else pytest.approx(then, rel=0.001)), row
    assert sum(row["status_now"] != "no data" for row in rows) >= 33
