"""`amur serve` as its operator meets it: over its page's own API, with shipped data only and a proxy that is dead."""

import fcntl
import json
import os
import signal
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from flows.prefect_api import loopback_server
from flows.run import Summary
from flows.schedule import Schedule
from sources.errors import AmurError
from tests.flows.conftest import AMUR, Home

DEAD = "http://127.0.0.1:9"
NIGHT = {"AMUR_SOURCES": "reference", "AMUR_GAP": "0", "HTTP_PROXY": DEAD, "HTTPS_PROXY": DEAD}
PATIENCE_S = 120
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class Serve:
    """A running `amur serve`."""

    process: subprocess.Popen[str]
    page: str
    said: list[str]

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 (JSON)
        """An answer of the API; a body makes it a POST."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.page}/api{path}", data, {"Content-Type": "application/json"})  # noqa: S310 (a loopback address)
        with OPENER.open(request, timeout=30) as answer:
            return json.loads(answer.read())

    def state(self, run: str) -> tuple[str, str, str]:
        """Type, name and message of a flow run's state."""
        state = self.ask(f"/flow_runs/{run}")["state"]
        return state["type"], state["name"], state["message"] or ""

    def until(self, run: str, *types: str) -> tuple[str, str, str]:
        """The state of a run, as soon as it is of one of these types."""
        deadline = time.monotonic() + PATIENCE_S
        while (state := self.state(run))[0] not in types:
            assert time.monotonic() < deadline, state
            time.sleep(0.2)
        return state

    def trigger(self, flow: str, **parameters: object) -> str:
        """Start a deployment as a person does on the page; gives the run's id."""
        deployment = self.ask(f"/deployments/name/{flow}/{flow}")["id"]
        body = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
        return str(self.ask(f"/deployments/{deployment}/create_flow_run", body)["id"])

    def runs(self) -> list[dict[str, Any]]:
        """Every flow run that isn't for later."""
        rows: list[dict[str, Any]] = self.ask("/flow_runs/filter", {"sort": "EXPECTED_START_TIME_ASC"})
        return [row for row in rows if row["state_type"] != "SCHEDULED" or "catch-up" in row["tags"]]

    def stop(self) -> tuple[int, float]:
        """End it by SIGTERM: the exit code and the seconds that it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30), time.monotonic() - began


def start(home: Home) -> Serve:
    """Start it on a free port and wait for what it prints."""
    kept = {k: v for k, v in os.environ.items() if not k.upper().endswith("_PROXY") and not k.startswith("AMUR_")}
    with (home.path.parent / "stderr").open("a") as stderr:
        process = subprocess.Popen(
            [AMUR, "serve", "--port", "0"], env=kept | NIGHT | {"AMUR_HOME": str(home.path)} | home.environment,
            stdout=subprocess.PIPE, stderr=stderr, text=True, start_new_session=True,
        )  # fmt: skip
    said: list[str] = []

    def listen() -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            said.extend(iter(lines.readline, ""))

    threading.Thread(target=listen, daemon=True).start()
    deadline = time.monotonic() + PATIENCE_S
    while not any(line.startswith("Stop") for line in said):
        assert process.poll() is None, (home.path.parent / "stderr").read_text()
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return Serve(process, said[0].split()[2], said)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Home]:
    """An empty home; whatever is left running there is ended."""
    home = Home(tmp_path / "home")
    yield home
    for line in (tmp_path / "groups").read_text().split() if (tmp_path / "groups").exists() else []:
        try:
            os.killpg(int(line), signal.SIGKILL)
        except ProcessLookupError:
            continue


def served(home: Home) -> Serve:
    """Start it, and note its process group for the fixture's end."""
    serve = start(home)
    with (home.path.parent / "groups").open("a") as groups:
        groups.write(f"{serve.process.pid}\n")
    return serve


@pytest.mark.slow
def test_missed_nights_killed_run_and_orderly_end(own: Home) -> None:
    """A start catches up; a run whose server was killed is crashed and interrupted; SIGTERM ends a run at work.

    One story rather than five tests: every start of Prefect costs seconds.
    """
    first = served(own)
    caught_up = "was missed (there was none yet): one run catches up now"
    until(lambda: any(caught_up in line for line in first.said), "caught up")
    (killed,) = [run["id"] for run in first.runs()]
    first.until(killed, "RUNNING")
    begun(own, 1)
    planned(own, first)
    first.process.kill()
    first.process.wait(30)
    late = two_nights_pass(own)

    second = served(own)
    until(lambda: any(caught_up in line for line in second.said), "caught up, as soon as the lock is free")
    assert second.state(killed) == ("CRASHED", "Crashed", "the process that ran it is gone")
    assert {second.state(run)[:2] for run in late} == {("CANCELLED", "missed")}
    (clean,) = [run["id"] for run in second.runs() if run["id"] not in {killed, *late}]
    assert second.until(clean, "COMPLETED", "FAILED", "CRASHED")[0] == "COMPLETED"
    last = json.loads((own.path / "last_run.json").read_bytes())
    assert len(last["interrupted"]) == 1
    assert (last["exit_code"], last["published"]) == (0, True)

    cut = second.trigger("nightly", only=["reference"])
    second.until(cut, "RUNNING")
    begun(own, 3)
    code, seconds = second.stop()
    assert code == 0
    assert seconds < 10
    assert json.loads((own.path / "last_run.json").read_bytes())["exit_code"] == 143
    states = dict(rows(own, "SELECT id, state_type FROM flow_run"))
    assert states[cut] == "CRASHED"
    assert not set(states.values()) & {"RUNNING", "PENDING"}
    with (own.path / ".lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert (own.path.parent / "stderr").read_text().endswith("amur: ending in order\n")


def until(holds: Callable[[], object], what: str) -> None:
    """Wait for something that must come."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def begun(home: Home, times: int) -> None:
    """Wait until so many nightly runs have begun."""
    log = home.path / "logs" / "amur.log"
    until(lambda: log.exists() and log.read_text().count("nightly begins") >= times, f"{times} runs")


def rows(home: Home, query: str) -> list[tuple[str, str]]:
    """Rows of Prefect's own database."""
    with closing(sqlite3.connect(home.path / "prefect" / "prefect.db")) as database, database:
        found: list[tuple[str, str]] = database.execute(query).fetchall()
        return found


def planned(home: Home, serve: Serve) -> None:
    """Wait until Prefect has planned the nights to come."""
    query = "SELECT id, state_type FROM flow_run WHERE auto_scheduled AND state_type = 'SCHEDULED' LIMIT 2"
    until(lambda: len(rows(home, query)) == 2, f"two nights planned by {serve.page}")


def two_nights_pass(home: Home) -> list[str]:
    """Move the next two nights that Prefect had planned into the past, while it is down; gives their ids."""
    gone = (
        "SELECT id FROM flow_run WHERE auto_scheduled AND state_type = 'SCHEDULED' ORDER BY expected_start_time LIMIT 2"
    )
    with closing(sqlite3.connect(home.path / "prefect" / "prefect.db")) as database, database:
        ids = [row[0] for row in database.execute(gone).fetchall()]
        for back, run in enumerate(ids, start=1):
            past = f"{datetime.now(UTC) - timedelta(days=back):%Y-%m-%d %H:%M:%S.000000}"
            moved = "UPDATE flow_run SET expected_start_time = ?, next_scheduled_start_time = ? WHERE id = ?"
            database.execute(moved, [past, past, run])
    assert len(ids) == 2
    return [str(UUID(run)) for run in ids]


def test_a_port_that_is_taken_is_named(own: Home) -> None:
    """Exit 1, and the way out in the same line."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = own.run("serve", "--port", str(taken.getsockname()[1]))

    assert done.returncode == 1
    assert "Choose another with --port" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_second_serve_on_the_same_home_is_turned_away(own: Home) -> None:
    """Exit 4, naming the first."""
    (own.path / "prefect").mkdir(parents=True)
    with (own.path / "prefect" / ".lock").open("a+") as file:
        file.write("amur serve (pid 17, started 2026-07-25 02:30:00 UTC)")
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        done = own.run("serve", "--port", "0")

    assert done.returncode == 4
    assert "amur serve (pid 17" in done.stderr


def test_the_state_says_what_the_exit_code_says() -> None:
    """0 and 3 are Completed, 3 by the name `degraded` and with what is late or held; 1 is Failed, with the message."""
    from flows.nightly import told

    rows = [
        {"source": "lada", "stale": True, "waiting_in_quarantine": 0},
        {"source": "aeb", "stale": False, "waiting_in_quarantine": 2},
    ]
    states = [
        told(Summary("r1", "nightly", "", exit_code=code, sources=rows, failures=failures))
        for code, failures in ((0, []), (3, []), (1, ["lada: no page"]))
    ]

    assert [(state.type.value, state.name, state.message) for state in states] == [
        ("COMPLETED", "Completed", "run r1"),
        ("COMPLETED", "degraded", "run r1; stale: lada; held: aeb"),
        ("FAILED", "Failed", "run r1; lada: no page"),
    ]


def test_a_run_that_is_turned_away_is_named_busy(own: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a failure without a word: the state is called `busy` and its message names who holds the lock."""
    from flows.nightly import backfill, nightly

    monkeypatch.setenv("AMUR_HOME", str(own.path))
    own.path.mkdir()
    with (own.path / ".lock").open("a+") as file:
        file.write("ingest (pid 17, started 2026-07-25 02:30:00 UTC)")
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        states = [nightly.fn(), backfill.fn(["reference"], "2025-01", "2025-02")]

    for state in states:
        assert (state.type.value, state.name) == ("FAILED", "busy")
        assert "ingest (pid 17" in str(state.message)


def test_a_wrong_parameter_of_a_backfill_is_its_message(own: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page shows the sentence that the command would print."""
    from flows.nightly import backfill

    monkeypatch.setenv("AMUR_HOME", str(own.path))
    state = backfill.fn(["reference"], "spring", "2025-02")

    assert state.type.value == "FAILED"
    assert "at --from, expected a month such as 2025-01, or a day, found spring" in str(state.message)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({}, ("127.0.0.1,localhost", "127.0.0.1,localhost")),
        ({"NO_PROXY": "a.example"}, ("a.example,127.0.0.1,localhost", "a.example,127.0.0.1,localhost")),
        ({"no_proxy": "a.example"}, ("a.example,127.0.0.1,localhost", "a.example,127.0.0.1,localhost")),
        (
            {"NO_PROXY": "a.example", "no_proxy": "b.example"},
            ("a.example,127.0.0.1,localhost", "b.example,127.0.0.1,localhost"),
        ),
    ],
)  # fmt: skip
def test_a_proxy_is_not_asked_for_the_loopback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], wanted: tuple[str, str]
) -> None:
    """What the user excepted from the proxy stays excepted, the proxies stay, and afterwards all is as before."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HTTP_PROXY", DEAD)
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")  # a server of one's own: nothing is started
    before = dict(os.environ)
    with loopback_server(tmp_path):
        assert (os.environ["NO_PROXY"], os.environ["no_proxy"]) == wanted
        assert os.environ["HTTP_PROXY"] == DEAD

    assert dict(os.environ) == before


@pytest.mark.parametrize("cron", ["30 2 * *", "61 2 * * *", "nightly", "0 0 30 2 *"])
def test_a_cron_that_never_comes_is_refused(cron: str) -> None:
    """Before anything is started, with the form that is expected."""
    with pytest.raises(AmurError, match="--cron, expected five fields"):
        Schedule.read(cron, "Europe/London")


@pytest.mark.parametrize("zone", ["Europe/Londn", "", "../UTC", "/etc/localtime"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    """The name stands in the message."""
    with pytest.raises(AmurError, match="--timezone, expected an IANA name"):
        Schedule.read("30 2 * * *", zone)


def at(text: str) -> datetime:
    """An instant, UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_half_past_two_in_london_keeps_its_wall_clock() -> None:
    """02:30 is 01:30 UTC in summer and 02:30 UTC in winter."""
    nightly = Schedule.read("30 2 * * *", "Europe/London")

    assert nightly.after(at("2026-07-25T12:00")) == at("2026-07-26T01:30")
    assert nightly.after(at("2026-11-26T12:00")) == at("2026-11-27T02:30")
    assert nightly.before(at("2026-07-25T12:00")) == at("2026-07-25T01:30")


@pytest.mark.parametrize(
    ("last", "missed"),
    [
        (None, "2026-07-25T01:30"),
        ("2026-07-22T01:30", "2026-07-25T01:30"),  # three nights, one run
        ("2026-07-25T01:29:50", None),  # Prefect starts the process some seconds before the instant
        ("2026-07-25T01:20", "2026-07-25T01:30"),
        ("2026-07-25T09:00", None),  # run by hand in the morning
    ],
)
def test_one_run_stands_for_all_missed_nights(last: str | None, missed: str | None) -> None:
    """What counts is the newest instant of the schedule, and whether a good night began since."""
    nightly = Schedule.read("30 2 * * *", "Europe/London")
    found = nightly.missed(at(last) if last else None, at("2026-07-25T12:00"))

    assert found == (at(missed) if missed else None)
