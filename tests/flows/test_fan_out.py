"""`amur backfill` over two workers as its operator runs it: Prefect's server, a process work pool, two real workers."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from functools import cache
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from flows import fan_out
from flows.fan_out import preflight
from flows.settings import Settings
from sources.errors import AmurError
from tests.flows.conftest import ROOT, Home
from tests.invariants import OF_PUBLICATIONS, check, differences
from tests.origin.pages import NIGHTS, demo_web
from tests.origin.server import Misbehaviour, Origin, Page
from tests.pool import Pool, prefect_server, until

POOL = "amur-fetch"
GAP_S = 0.6
LATE_S = 0.2  # Amur's clock starts before it connects, which takes long on a machine under load
TOOK_S = 0.15  # by the origin, for one answer
SOURCES = ("gacc_preliminary", "gacc_bulletin", "cbr_fx", "worldbank_pinksheet")  # the first two share a host
BACKFILL = ("backfill", *SOURCES, "--from", "2026-06", "--to", "2026-07")


@dataclass(frozen=True, slots=True)
class Span:
    """One request, from when it came to when it was answered."""

    host: str
    began: float
    ended: float


@cache
def pages() -> dict[str, Page]:
    """The demo's web, made once: a workbook holds the instant at which it was made."""
    return demo_web()


class Watched(Origin):
    """The demo's web, which takes its time, and notes when each request began and ended."""

    def __init__(self) -> None:
        """Nothing asked yet."""
        super().__init__(pages())
        self.spans: list[Span] = []
        self._here = threading.local()

    def note(self, method: str, url: str, status: HTTPStatus, *, conditional: bool = False) -> None:
        """The first that is called for a tunnel, whose making takes time: a connection has a thread of its own."""
        self._here.began = time.monotonic()
        super().note(method, url, status, conditional=conditional)

    def misbehaviour(self, url: str) -> tuple[Misbehaviour, Page] | None:
        """The first that is called for a request without one."""
        if not url.startswith("https:"):
            self._here.began = time.monotonic()
        time.sleep(TOOK_S)
        return super().misbehaviour(url)

    def answer(self, method: str, url: str, headers: Message):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """The last that is called before the answer goes out."""
        said = super().answer(method, url, headers)
        self.spans.append(Span(urlsplit(url).netloc, self._here.began, time.monotonic()))
        return said

    def impolite(self) -> list[str]:
        """Where two requests to one host overlapped, or came closer than the gap."""
        found = []
        for host in {span.host for span in self.spans}:
            spans = sorted((span for span in self.spans if span.host == host), key=lambda span: span.began)
            for one, other in pairwise(spans):
                if other.began < one.ended:
                    found.append(f"{host}: two at once")
                elif other.began - one.began < GAP_S - LATE_S:
                    found.append(f"{host}: {other.began - one.began:.3f} s apart")
        return found


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    """`prefect server start`, `prefect work-pool create`."""
    with prefect_server(tmp_path_factory.mktemp("prefect"), POOL) as made:
        yield made


def home_at(folder: Path, pool: Pool, origin: Origin) -> Home:
    """A home whose runs have a standing clock."""
    own = {"AMUR_GAP": str(GAP_S), "AMUR_NOW": NIGHTS[0], "PYTHONPATH": str(ROOT)}
    return Home(folder, {**pool.prefects, **origin.environment(), **own})


@pytest.fixture(scope="module")
def plain(pool: Pool, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The home after the same backfill by one process, and the requests that it made."""
    with Watched() as origin:
        home = home_at(tmp_path_factory.mktemp("plain") / "home", pool, origin)
        assert (done := home.run(*BACKFILL)).returncode in {0, 3}, done.stderr
        assert origin.impolite() == []
        return home.path, len(origin.spans)


def last_run(home: Home) -> dict[str, object]:
    """How the newest run ended."""
    said: dict[str, object] = json.loads((home.path / "last_run.json").read_bytes())
    return said


@pytest.mark.slow
def test_two_workers_fetch_what_one_process_would(pool: Pool, plain: tuple[Path, int], tmp_path: Path) -> None:
    """The same warehouse and publication, from one writer; one request at a time per host across the workers."""
    with Watched() as origin:
        fanned = home_at(tmp_path / "fanned", pool, origin)
        with pool.manned("one", "two", **origin.environment(), AMUR_HOME=str(fanned.path)):
            done = fanned.run(*BACKFILL, AMUR_FANOUT=f"prefect:{POOL}")
            assert done.returncode in {0, 3}, done.stderr
        assert origin.impolite() == []
        assert len(origin.spans) == plain[1], "no address was asked for twice, robots.txt neither"
        by = last_run(fanned)["fetched_by"]
        assert isinstance(by, dict)
        assert set(by) == set(SOURCES)
        assert set(by.values()) == {"one", "two"}
        assert differences(fanned.path, plain[0], instants=True) == []
        assert list((fanned.path / "parts").iterdir()) == []
        states = pool.ask("/flow_runs/filter", {"flow_runs": {"tags": {"all_": [last_run(fanned)["run_id"]]}}})
        assert sorted(str(run["state_type"]) for run in states) == ["COMPLETED"] * len(SOURCES)
        assert fanned.values("SELECT kind FROM runs") == ["backfill"], "one run wrote"


@pytest.mark.slow
def test_a_killed_worker_costs_its_part_and_the_same_command_goes_on(
    pool: Pool, plain: tuple[Path, int], tmp_path: Path
) -> None:
    """Kill -9 in the middle: what it archived is loaded, what is missing is named, and only that is asked for again."""
    with Watched() as origin:
        cut = home_at(tmp_path / "cut", pool, origin)
        with pool.manned("three", "four", **origin.environment(), AMUR_HOME=str(cut.path)):
            killing = threading.Thread(target=kill_the_bulletin, args=(cut,))
            killing.start()
            done = cut.run(*BACKFILL, AMUR_FANOUT=f"prefect:{POOL}")
            killing.join()
            assert done.returncode == 1
            assert "gacc_bulletin: at its worker, expected to fetch the part to its end" in done.stderr
            assert "requests are left, the first for http://english.customs.gov.cn/" in done.stderr
            assert len(done.stderr.split("The same command goes on with them")) == 2, "one part is lost"
            assert set(last_run(cut)["fetched_by"]) == {*SOURCES} - {"gacc_bulletin"}  # type: ignore[call-overload]
            assert check(cut.path) == []
            before = len(origin.spans)
            done = cut.run(*BACKFILL, AMUR_FANOUT=f"prefect:{POOL}")
            assert done.returncode in {0, 3}, done.stderr
        assert origin.impolite() == []
        assert len(origin.spans) - before < plain[1] / 2, "only what was missing"
        left = differences(cut.path, plain[0], instants=True)
        assert [line for line in left if line.split(": ")[1] not in OF_PUBLICATIONS] == []
        assert check(cut.path) == []


def kill_the_bulletin(home: Home) -> None:
    """Kill the process that has the bulletin's part, as soon as it has archived a document of it."""

    def archived() -> bool:
        return any(b'"gacc_bulletin"' in path.read_bytes() for path in (home.path / "archive").glob("??/*.json"))

    until(archived, "a document of the bulletin")
    (lock,) = (home.path / "parts").glob("*/gacc_bulletin.lock")
    os.kill(int(lock.read_text().split()[-1]), signal.SIGKILL)


@pytest.mark.slow
def test_sigterm_ends_the_parts_too(pool: Pool, tmp_path: Path) -> None:
    """The run exits with 143 within its grace, its workers stop asking, and the next run goes on."""
    with Watched() as origin:
        home = home_at(tmp_path / "home", pool, origin)
        with pool.manned("five", "six", **origin.environment(), AMUR_HOME=str(home.path)):
            run = subprocess.Popen(
                [sys.executable, "-m", "flows.cli", *BACKFILL],
                env={**pool.environment, **home.own, **home.environment, "AMUR_FANOUT": f"prefect:{POOL}"},
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )  # fmt: skip
            until(lambda: len(origin.spans) > 3, "workers at work")
            run.send_signal(signal.SIGTERM)
            began = time.monotonic()
            _, said = run.communicate(timeout=60)
            assert run.returncode == 143, said
            assert time.monotonic() - began < 15
            run_id = last_run(home)["run_id"]
            time.sleep(1)
            asked = len(origin.spans)
            time.sleep(2)
            assert len(origin.spans) == asked
            runs = pool.ask("/flow_runs/filter", {"flow_runs": {"tags": {"all_": [run_id]}}})
            assert len(runs) == len(SOURCES)
            assert {run["state_type"] for run in runs} <= {"CANCELLED", "COMPLETED"}
            done = home.run(*BACKFILL)
            assert done.returncode in {0, 3}, done.stderr
        assert check(home.path) == []
        assert origin.impolite() == []


@pytest.mark.slow
def test_what_is_missing_is_named_before_a_run_begins(
    pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No server, no pool of that name, no worker: what was expected, within a stated time, and how to start it."""
    monkeypatch.setattr(fan_out, "NOBODY_S", 1.0)
    for name, value in pool.prefects.items():
        monkeypatch.setenv(name, value)
    pool.create("empty")
    with pytest.raises(AmurError, match=r"a worker at the work pool empty within 1 s, found none.*worker start"):
        preflight(Settings(tmp_path, fanout="empty"))
    with pytest.raises(AmurError, match=r"a work pool none, found none of that name.*prefect work-pool create none"):
        preflight(Settings(tmp_path, fanout="none"))
    monkeypatch.delenv("PREFECT_API_URL")
    with pytest.raises(AmurError, match="PREFECT_API_URL"):
        preflight(Settings(tmp_path, fanout="empty"))
    assert not (tmp_path / "warehouse.duckdb").exists()


def test_a_server_that_is_not_there_is_named(home: Home) -> None:
    """In a line, exit 1, and no run has begun."""
    done = home.run(
        *BACKFILL, AMUR_FANOUT="prefect:x", PREFECT_API_URL="http://127.0.0.1:9/api",
        PREFECT_CLIENT_MAX_RETRIES="0", PYTHONPATH=str(ROOT),
    )  # fmt: skip

    assert done.returncode == 1
    assert "PREFECT_API_URL" in done.stderr
    assert "prefect server start" in done.stderr
    assert not (home.path / "warehouse.duckdb").exists()
