"""What a monitor and a log collector read: status as JSON, the log, the seconds of each stage, the end of a run."""

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows import show
from flows.health import SHAPE, next_due
from flows.log import LOGGER, logging_to
from flows.run import Run, running
from flows.settings import Settings
from sources.errors import AmurError
from tests.flows.conftest import Home
from tests.flows.test_alerts import LATER, NOW, night
from tests.payloads.cbr_fx import pages as cbr
from tests.payloads.cbr_fx.pages import Rate

ROOT = Path(__file__).parents[2]
URL = "https://www.cbr.ru/scripts/XML_dynamic.asp"
SECRET = "s3cr3tKEY"  # noqa: S105 (planted, to look for it)
SHIFTED = cbr.dynamic([Rate(date(2025, 3, 11), "1", "885,1020")], last=date(2025, 3, 31))
STAGES = ("fetch_s", "parse_s", "judge_s", "load_s")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that was brought the rates of March 2025, then a page that is held; its log goes to stderr too."""
    folder = tmp_path_factory.mktemp("monitoring")
    home = Home(folder / "home", {"AMUR_NOW": f"{NOW:%Y-%m-%dT%H:%M:%SZ}", "AMUR_LOG": "json"})
    said = []
    for name, body, code in (("march.xml", cbr.dynamic(), 0), ("held.xml", SHIFTED, 3)):
        page = folder / name
        page.write_bytes(body)
        done = home.here(
            "ingest", str(page), "--source", "cbr_fx", "--url", f"{URL}?x={name}&subscription-key={SECRET}"
        )
        assert done.returncode == code, done.stderr
        said += done.stderr.splitlines()
    (home.path.parent / "stderr").write_text("\n".join(said), encoding="utf-8")
    return home.path


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Home:
    """A copy of it."""
    shutil.copytree(filled, tmp_path / "home")
    return Home(tmp_path / "home", {"AMUR_NOW": f"{NOW:%Y-%m-%dT%H:%M:%SZ}"})


def status(home: Home, code: int, **more: str) -> dict[str, Any]:
    """What `amur status --json` says."""
    done = home.here("status", "--json", **more)
    assert done.returncode == code, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def documented() -> dict[str, set[str]]:
    """The names in the table of docs/monitoring.md: of each name those below it."""
    page = (ROOT / "docs" / "monitoring.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_]+)(?:\.([a-z_]+))?` \|", page, re.MULTILINE)
    found: dict[str, set[str]] = {}
    for name, below in rows:
        found.setdefault(name, set()).update({below} - {""})
    return found


def test_the_shape_of_status_is_the_documented_one(own: Home) -> None:
    """A monitor may rely on each name; with an alert open and a batch held none is empty."""
    own.environment["AMUR_ALERT_FILE"] = str(own.path / "told.json")
    night(own, LATER)
    said = status(own, 3, AMUR_NOW=f"{LATER:%Y-%m-%dT%H:%M:%SZ}")

    names = documented()
    assert said["shape"] == SHAPE
    assert set(said) == set(names)
    for name, below in names.items():
        rows = said[name] if isinstance(said[name], list) else [said[name]]
        if below and name != "next_due":  # a source of days has none
            assert rows, name
            assert all(set(row) == below for row in rows), name
    assert {one["kind"] for one in said["alerts"]["open"]} == {"stale", "held"}
    assert said["alerts"]["told_to"] == ["file"]
    (waits,) = said["held"]
    assert (waits["source"], waits["reason_kind"], waits["held_rows"]) == ("cbr_fx", "judge", 1)
    assert said["disk"]["enough"] is True
    assert said["disk"]["needed_bytes"] == 3 * (own.path / "warehouse.duckdb").stat().st_size
    assert (said["last_run"]["kind"], said["last_run"]["exit_code"], said["fault"]) == ("nightly", 3, "")
    assert said["published"]["snapshot_id"]


def test_what_is_due_next_is_the_first_release_that_is_still_to_come() -> None:
    """Not a day's figure, not one that should have come already."""
    row = {"source": "a", "dataset": "x", "freq": "M", "next_period": "2026-07", "overdue_after": date(2026, 9, 1)}
    days = {"a": date(2026, 8, 20), "b": date(2026, 8, 7), "c": date(2026, 7, 20)}
    calendar = [row | {"source": source, "expected_on": day} for source, day in days.items()]
    calendar.append(row | {"source": "d", "freq": "D", "expected_on": date(2026, 7, 26)})
    found = next_due(calendar, NOW)

    assert found is not None
    assert (found["source"], found["expected_on"]) == ("b", "2026-08-07")
    assert set(found) == documented()["next_due"]
    assert next_due([], NOW) is None


def test_status_has_its_shape_before_anything_was_published(tmp_path: Path) -> None:
    """Exit 1; the JSON is there all the same, and `fault` says what is missing."""
    said = status(Home(tmp_path / "home"), 1)

    assert set(said) == set(documented())
    assert "trade.duckdb" in said["fault"]
    assert (said["ok"], said["published"], said["sources"], said["next_due"]) == (False, None, [], None)


def test_status_warns_of_a_disk_that_is_too_full(own: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the next night fails by it; with the command that makes room."""
    usage = shutil.disk_usage(own.path)
    monkeypatch.setattr("flows.health.shutil.disk_usage", lambda _: usage._replace(free=1000))

    assert status(own, 3)["disk"]["enough"] is False
    text = own.here("status").stdout
    assert "1,000 bytes are free, the next publication needs" in text
    assert "amur prune" in text
    assert "Held: 1, since 2026-07-25" in text


def test_a_list_of_alerts_that_cannot_be_read_is_a_fault_of_its_own(own: Home) -> None:
    """Status goes on; text and JSON say so."""
    (own.path / "alerts.json").write_text("{")

    assert "can't be read" in status(own, 3)["alerts"]["fault"]
    assert "alerts.json can't be read" in own.here("status").stdout


def lines(home: Path) -> list[dict[str, Any]]:
    """The log."""
    return [json.loads(line) for line in (home / "logs" / "amur.log").read_text(encoding="utf-8").splitlines()]


def test_every_line_of_the_log_has_its_run_and_what_it_is_about(filled: Path) -> None:
    """P-70: run, source, address without its key, period; a held page is a line of its own."""
    said = lines(filled)
    (held,) = (line for line in said if line.get("state") == "held" and line.get("stage") == "judge")

    assert all(re.fullmatch(r"\d{8}T\d{6}Z-[0-9a-f]{6}", line["run_id"]) for line in said)
    assert len({line["run_id"] for line in said}) == 2
    assert (held["source"], held["period"], held["level"]) == ("cbr_fx", "2025-03-11", "warning")
    assert held["url"].startswith(URL)
    assert "rate_in_band" in held["message"]
    assert SECRET not in (filled / "logs" / "amur.log").read_text(encoding="utf-8")


def test_the_log_goes_to_standard_error_as_the_same_lines(filled: Path) -> None:
    """AMUR_LOG=json: what a container's collector gets is what the file has."""
    said = (filled.parent / "stderr").read_text(encoding="utf-8").splitlines()

    assert [json.loads(line) for line in said if line.startswith("{")] == lines(filled)


def test_another_form_of_log_is_refused() -> None:
    """With what may stand there."""
    with pytest.raises(AmurError, match="AMUR_LOG, expected json, or nothing, found xml"):
        Settings.read({"AMUR_LOG": "xml"})


def test_the_seconds_of_each_stage_are_kept(own: Home) -> None:
    """In `run_sources` and `runs`, in the last line of the run, in last_run.json."""
    rows = own.sql(f"SELECT {', '.join(STAGES)} FROM run_sources WHERE state = 'ok'")
    assert len(rows) == 1
    assert all(rows[0][name] > 0 for name in STAGES[1:]), rows
    (published,) = own.values("SELECT publish_s FROM runs WHERE exit_code = 0")
    assert published > 0
    end = [line for line in lines(own.path) if line.get("stage") == "run"]
    assert [(line["exit_code"], line["new"], line["held_batches"]) for line in end] == [(0, 6, 0), (3, 0, 1)]
    assert all(line["total_s"] > line["publish_s"] > 0 for line in end)
    last = json.loads((own.path / "last_run.json").read_bytes())
    assert set(last["timings"]) == {*STAGES, "publish_s", "total_s"}
    assert last["timings"]["total_s"] == end[-1]["total_s"]


def test_a_run_ends_with_what_it_came_to(own: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A table of its sources, what is held, what was published, and how long each stage took."""
    settings = Settings.read({"AMUR_REPORT": "no", "AMUR_HOME": str(own.path), "AMUR_NOW": NOW.isoformat()})
    with running(settings, "nightly") as run:
        run.sources = ["cbr_fx"]
        _load_nothing(run)
        run.publish()
    show.summary(settings, run.summary)
    text = " ".join(capsys.readouterr().out.split())

    assert text.startswith(f"nightly {run.run_id}")
    assert "In quarantine: 1." in text
    assert re.search(r"Seconds, over all sources: fetch 0\.0, parse 0\.0, judge 0\.0, load \d+\.\d,", text)


def test_p59_a_log_that_cannot_be_written_is_told_once_and_the_run_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """P-59: A folder lies where the file should be, as if the disk were full: one line, no traceback."""
    (tmp_path / "logs" / "amur.log").mkdir(parents=True)
    with logging_to(tmp_path):
        LOGGER.info("first")
        LOGGER.info("second")

    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "amur.log: expected a log that can be written, found [Errno 21] Is a directory" in said


def _load_nothing(run: Run) -> None:
    from warehouse.loader import Work

    run.load(Work("cbr_fx", run.run_id, run.now))


def test_a_person_sees_decides_and_is_told_what_stands(own: Home) -> None:
    """P-44: by the command alone: show, a release without a reason, one with it, the same again by somebody else."""
    (entry,) = own.values("SELECT quarantine_id FROM quarantine WHERE state = 'held'")
    text = own.here("quarantine", "show", entry)
    assert text.returncode == 0, text.stderr
    assert max(map(len, text.stdout.splitlines())) <= 80
    assert re.search(r"2025-03-11 +89\.1362 +885\.102 +x 9\.93\n +held by rate_in_band", text.stdout)
    assert SECRET not in text.stdout
    (cell,) = (c for c in json.loads(own.here("quarantine", "show", entry, "--json").stdout)["cells"] if c["rules"])
    assert (cell["good"], cell["held"], cell["good_period"]) == (89.1362, 885.102, "2025-03-08")

    blank = own.here("quarantine", "release", entry, "--note", "  ")
    assert (blank.returncode, "--note with the reason" in blank.stderr) == (1, True)
    first = own.here("quarantine", "release", entry, "--note", "the gazette has it so", "--by", "Anna")
    assert first.stdout == f"{entry}: released by Anna at 2026-07-25 02:30 UTC: the gazette has it so\n"
    again = json.loads(own.here("quarantine", "release", entry, "--note", "yes", "--by", "Boris", "--json").stdout)
    assert (again["decided_by"], again["decision_note"], again["again"]) == ("Anna", "the gazette has it so", True)
    assert own.values("SELECT decided_by FROM quarantine") == ["Anna"]
    assert "released by Anna at 2026-07-25 02:30 UTC" in own.here("quarantine", "show", entry).stdout
    assert own.values("SELECT max(value) FROM observations") == [885.102]
