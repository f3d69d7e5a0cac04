"""Stopped dead: what a person decided, and what a run archived, comes to the same end whenever the process dies."""

import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows import command, rebuild, run
from flows.run import Run, running
from flows.settings import WAREHOUSE, Settings
from tests.payloads.cbr_fx import pages as cbr
from tests.payloads.cbr_fx.pages import Rate
from tests.warehouse.builders import NOW
from warehouse import archive, quarantine
from warehouse.database import Database

DECIDED = NOW + timedelta(days=1)
LATER = NOW + timedelta(days=2)
# the rate of 11 March 2025 was 88.5102: here its comma stands one digit too far right
SHIFTED = cbr.dynamic([Rate(date(2025, 3, 11), "1", "885,1020")], last=date(2025, 3, 31))
QUERIES = (
    ("SELECT series_key, period_start, value, obs_status, known_at, known_to, parser_version, payload_sha256, locator "
    "FROM observation_vintages ORDER BY ALL"),
    ("SELECT quarantine_id, kind, url, payload_sha256, reason, state, decided_at, decided_by, decision_note "
    "FROM quarantine ORDER BY ALL"),
    "SELECT url, sha256, fetched_at, state FROM payloads ORDER BY ALL",
)  # fmt: skip
pytestmark = pytest.mark.slow
FORKS = multiprocessing.get_context("forkserver")  # the judge is imported once for all children
FORKS.set_forkserver_preload(["tests.faults.test_decisions", "expectations.reference.cbr_fx", "pandas", "pyarrow"])

Known = list[list[tuple[Any, ...]]]


def settings(home: Path, at: datetime = DECIDED) -> Settings:
    """A home whose clock stands still."""
    return Settings(home=home, fixed_now=at, gap_s=0.0)


def take(home: Path, name: str, body: bytes, at: datetime = NOW) -> int:
    """`amur ingest` of a page of the Bank of Russia."""
    path = home.parent / name
    path.write_bytes(body)
    return command.ingested(settings(home, at), "cbr_fx", [path], url="", flow="", as_of="", as_json=True)


def decide(home: Path, action: str = "release", at: datetime = DECIDED) -> int:
    """`amur quarantine release|reject` of the one entry."""
    return command.decided(settings(home, at), action, entry(home), by="anna", note="as on the page")


def opened(home: Path) -> Database:
    """The writer's database of a home."""
    return Database(home / WAREHOUSE, NOW)


def entry(home: Path) -> str:
    """The id of the one entry."""
    db = opened(home)
    ((found,),) = db.rows("SELECT quarantine_id FROM quarantine")
    db.close()
    return str(found)


def known(home: Path) -> Known:
    """All that a warehouse knows: vintages, entries with their decisions, bodies."""
    db = opened(home)
    assert db.violations() == {}
    found = [db.rows(query) for query in QUERIES]
    db.close()
    return found


def state(home: Path) -> tuple[str, bool]:
    """What the ledger says of the entry, and whether its figure is loaded."""
    db = opened(home)
    said = db.value("SELECT state FROM quarantine")
    loaded = db.value("SELECT count(*) FROM observation_vintages WHERE value > 800")
    db.close()
    return str(said), bool(loaded)


def next_run(home: Path, at: datetime = LATER) -> None:
    """Any later run: it takes over before it does its own work, here none."""
    with running(settings(home, at), "nightly") as later:
        later.publish()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which six rates are loaded and one batch is held."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    assert take(home, "march.xml", cbr.dynamic()) == 0
    assert take(home, "april.xml", SHIFTED, NOW + timedelta(hours=1)) == 3
    return home


@pytest.fixture(scope="module")
def undisturbed(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Known]:
    """What each decision comes to when nothing stops it."""
    found = {}
    for action in ("release", "reject"):
        home = tmp_path_factory.mktemp(action) / "home"
        shutil.copytree(prepared, home)
        assert decide(home, action) == 0
        found[action] = known(home)
    assert found["release"] != found["reject"]
    return found


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the prepared home."""
    shutil.copytree(prepared, tmp_path / "home")
    return tmp_path / "home"


def test_the_parsing_child_of_a_killed_run_goes_with_it(home: Path) -> None:
    """It has nobody left to read for, and would keep its memory until the machine restarts."""
    told = home.with_name("child")
    assert dead(_read_and_die, home, told) == -signal.SIGKILL

    child, deadline = int(told.read_text()), time.monotonic() + 20
    while Path(f"/proc/{child}").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _read_and_die(home: Path, told: Path) -> None:
    with running(settings(home), "nightly") as night:
        (record, *_) = night.archive.records()
        night.reader.read(night.archive.payload(record))
        (child,) = multiprocessing.active_children()
        told.write_text(str(child.pid))
        die()


def dead(target: Callable[..., object], *arguments: object) -> int | None:
    """Run `target` in a process of its own; gives its exit code, negative for a signal."""
    child = FORKS.Process(target=target, args=arguments)
    child.start()
    child.join(60)
    late = child.is_alive()
    child.kill()
    assert not late
    return child.exitcode


def die(*_arguments: object, **_named: object) -> None:
    """Stop dead, as kill -9 or a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)


def _decide_until(home: Path, action: str, step: str) -> None:
    """Decide, and die at a step."""
    enter = quarantine.decide

    def enter_and_die(*arguments: Any) -> None:  # noqa: ANN401 (handed through)
        enter(*arguments)
        die()

    places: dict[str, tuple[Any, str, Callable[..., object]]] = {
        "before it is written down": (quarantine, "note_decision", die),
        "before the transaction": (rebuild, "_carry_out", die),
        "inside the transaction, after the load": (quarantine, "decide", die),
        "before the commit": (quarantine, "decide", enter_and_die),
        "after the commit": (Run, "publish", die),
    }
    owner, name, replacement = places[step]
    setattr(owner, name, replacement)
    decide(home, action)


# step, is the decision on the disk, what the ledger says, is the figure loaded
STEPS = [
    ("release", "before it is written down", 0, "held", False),
    ("release", "before the transaction", 1, "held", False),
    ("release", "inside the transaction, after the load", 1, "held", False),
    ("release", "after the commit", 1, "released", True),
    ("reject", "before the commit", 1, "held", False),
]


@pytest.mark.parametrize(("action", "step", "written", "said", "loaded"), STEPS)
def test_a_decision_is_taken_whole_or_not_at_all(
    home: Path,
    undisturbed: dict[str, Known],
    capsys: pytest.CaptureFixture[str],
    action: str,
    step: str,
    written: int,
    said: str,
    *,
    loaded: bool,
) -> None:
    """Killed anywhere, the ledger is whole, `verify` says what is missing, and the next run ends as if nothing had."""
    held = known(home)
    assert dead(_decide_until, home, action, step) == -signal.SIGKILL

    assert len(quarantine.decisions(home / "archive")) == written
    assert state(home) == (said, loaded)
    assert command.verified(settings(home), as_json=False) == 1
    told = capsys.readouterr().out
    assert ("the ledger has not carried it out" in told) == (written == 1 and said == "held")
    assert "never closed" in told

    next_run(home)
    assert known(home) == (undisturbed[action] if written else held)
    assert len(quarantine.decisions(home / "archive")) == written
    assert command.verified(settings(home, LATER), as_json=True) == 0


@pytest.mark.parametrize("action", ["release", "reject"])
def test_a_rebuild_finishes_what_was_decided(home: Path, undisturbed: dict[str, Known], action: str) -> None:
    """Without a run between: the decision is on the disk, and a rebuild reads the disk."""
    assert dead(_decide_until, home, action, "before the transaction") == -signal.SIGKILL

    assert command.rebuilt(settings(home), None, as_json=True) == 0
    assert known(home) == undisturbed[action]
    assert command.verified(settings(home, LATER), as_json=True) == 0


def test_the_same_command_again_finishes_what_was_decided(home: Path, undisturbed: dict[str, Known]) -> None:
    """It exits 0 and adds no second decision: who, when and why are those of the first."""
    assert dead(_decide_until, home, "release", "before the transaction") == -signal.SIGKILL

    assert decide(home, "release", LATER) == 0
    assert known(home) == undisturbed["release"]
    assert [d.at for d in quarantine.decisions(home / "archive")] == [DECIDED.isoformat()]
    assert command.verified(settings(home, LATER), as_json=True) == 0


def test_a_kill_while_the_next_run_takes_over_loses_nothing(home: Path, undisturbed: dict[str, Known]) -> None:
    """P-57: The run after a kill is killed in its turn, before it has finished: the third one does."""
    assert dead(_decide_until, home, "release", "before the transaction") == -signal.SIGKILL
    assert dead(_take_over_until_the_decision, home) == -signal.SIGKILL
    assert state(home) == ("held", False)

    next_run(home)
    assert known(home) == undisturbed["release"]


def _take_over_until_the_decision(home: Path) -> None:
    rebuild._carry_out = die
    next_run(home)


# --- between body and sidecar -------------------------------------------------------------------------------------


def _take_until_the_sidecar(home: Path, body: bytes) -> None:
    write = archive.write_durably

    def stop_at_the_sidecar(path: Path, body: bytes) -> None:
        if path.suffix == ".json" and path.parent.parent.name == "archive":
            die()
        write(path, body)

    archive.write_durably = stop_at_the_sidecar
    (home / ".last_run.json.4711.tmp").write_bytes(b"half")
    take(home, "may.xml", body)


def test_a_run_killed_between_body_and_sidecar_stands_in_nobodys_way(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`verify` names the body, `rebuild` leaves it out with a note, the next run clears it and takes the page anew."""
    before = known(home)
    page = cbr.dynamic([Rate(date(2025, 3, 11), "1", "88,5102")], last=date(2025, 3, 31))
    assert dead(_take_until_the_sidecar, home, page) == -signal.SIGKILL
    (orphan,) = archive.Archive(home / "archive").orphans()

    assert command.verified(settings(home), as_json=False) == 1
    assert f"{orphan}: no sidecar says where it came from: a killed run left it" in capsys.readouterr().out
    assert command.rebuilt(settings(home), home.with_name("new.duckdb"), as_json=False) == 0
    assert f"{orphan}: left out" in capsys.readouterr().out

    next_run(home)
    assert known(home) == before
    assert list(home.glob(".*.tmp")) == []
    assert archive.Archive(home / "archive").orphans() == []
    assert command.verified(settings(home), as_json=True) == 0
    assert take(home, "may.xml", page) == 0
    assert len(known(home)[2]) == len(before[2]) + 1


# --- SIGTERM ------------------------------------------------------------------------------------------------------


def _asked_to_end(home: Path, number: int, place: str) -> None:
    """Take a page; at a place, ask this very process to end, as an init system would."""
    places: dict[str, tuple[Any, str]] = {
        "the lock is taken": (run, "logging_to"),
        "the schema is read": (Database, "_migrate"),
    }
    if place == "a query is under way":
        _long_query(number)
    else:
        owner, name = places[place]
        true = getattr(owner, name)

        def asked(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 (handed through)
            os.kill(os.getpid(), number)
            return true(*arguments, **named)

        setattr(owner, name, asked)
    take(home, "may.xml", cbr.dynamic([Rate(date(2025, 3, 12), "1", "88,0000")], last=date(2025, 3, 31)))


def _long_query(number: int) -> None:
    """Have DuckDB meet the signal in the middle of a query: its own answer to that is a RuntimeError."""
    begin = run.Run.load

    def slowly(self: Run, work: Any) -> Any:  # noqa: ANN401 (handed through)
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        self.db.rows("SELECT count(*) FROM range(100000000000) AS t (a) WHERE a % 7 = 3")
        return begin(self, work)

    signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), number))
    run.Run.load = slowly  # type: ignore[method-assign]


@pytest.mark.parametrize(
    ("number", "place"),
    [
        (signal.SIGTERM, "the lock is taken"),
        (signal.SIGTERM, "the schema is read"),
        (signal.SIGINT, "the schema is read"),
        (signal.SIGTERM, "a query is under way"),
    ],
)
def test_a_signal_at_any_moment_ends_a_run_in_order(home: Path, number: int, place: str) -> None:
    """P-58: Exit 143 or 130 from the first moment on; nothing half-loaded, and the next run goes on from there."""
    before = known(home)
    assert dead(_asked_to_end, home, number, place) == 128 + number

    assert known(home)[0] == before[0]
    next_run(home)
    assert command.verified(settings(home, LATER), as_json=True) == 0
