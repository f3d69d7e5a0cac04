"""What goes between a run and the workers that fetch for it: JSON that says the same on both sides, and locks."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows import parts
from flows.fetching import fetched
from flows.parts import Found, Ground, Over, Part
from flows.settings import Settings
from flows.walk import Collected, Known, Pace
from sources.contract import Window
from sources.errors import AmurError, Busy, CutOff, LayoutChanged, OutOfQuota, Unreachable
from warehouse.archive import Archive, Record
from warehouse.ledger import Absence, FetchNote
from warehouse.loader import Problem

RUN_ID = "20260725T023000Z-0df424"
NOW = datetime(2026, 7, 25, 2, 30, tzinfo=UTC)
RECORD = Record(
    source="cbr_fx", url="https://www.cbr.ru/a?b=1&c=%D1%8F", sha256="ab" * 32, fetched_at=NOW, checked_at=NOW,
    run_id=RUN_ID, role="data", period="2026-06", title="Курс — 汇率", group="USD", content_type="text/xml",
    etag='"x"', last_modified="Sat, 25 Jul 2026 02:30:00 GMT", size=17, sidecar=f"{'ab' * 32}.json",
    earlier_at=datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=UTC), flow="X",
)  # fmt: skip
NOTE = FetchNote(RECORD.url, "2026-06", NOW, "ok", 200, True, 2, 17, 0.25, "ab" * 32, "")
PART = Part(
    RUN_ID, "cbr_fx", Window(date(2026, 5, 1), date(2026, 6, 30), NOW, keys=frozenset({"comtrade"})),
    Pace("backfill", refetch=True),
    Known(
        {RECORD.url: RECORD}, {"https://www.cbr.ru/x": Absence("https://www.cbr.ru/x", 404, NOW, 3)},
        (replace(RECORD, earlier_at=None, state="cut"),), {"nightly": 3, "backfill": 7}, frozenset({RECORD.url}),
    ),
    {"www.cbr.ru": (NOW, "User-agent: *\nDisallow: /я")}, 0.5, fixed=True,
)  # fmt: skip


def there_and_back(value: object) -> object:
    """A value as the other side reads it."""
    return json.loads(json.dumps(value, ensure_ascii=False))


def test_a_part_says_the_same_on_both_sides() -> None:
    """Window, pace, all that the ledger knows, robots.txt, clock and gap."""
    assert Part.read(there_and_back(PART.as_json())) == PART  # type: ignore[arg-type]
    assert Part.read(there_and_back(replace(PART, gap_s=None).as_json())).gap_s is None  # type: ignore[arg-type]


def test_what_was_found_says_the_same_on_both_sides() -> None:
    """Records, notes, problems and errors with class, words and advice; a failure in place of them."""
    problem = Problem(RECORD, CutOff(source="cbr_fx", url=RECORD.url, at="data", expected="more", found=500))
    errors = [
        Unreachable(source="cbr_fx", url=RECORD.url, period="2026-06", expected="an answer", found="nothing\nat all"),
        OutOfQuota(source="cbr_fx", expected="calls", found="none", advice="7 requests are left"),
    ]
    collected = Collected("cbr_fx", [RECORD], [replace(RECORD, state="index")], [RECORD], [problem], [NOTE], errors)
    collected.seconds = 1.5
    found = Found.read(there_and_back(Found(collected, PART.robots).as_json()))  # type: ignore[arg-type]
    read = found.collected

    assert isinstance(read, Collected)
    assert (read.unread, read.settled, read.checked, read.notes, read.seconds) == (
        collected.unread, collected.settled, collected.checked, collected.notes, 1.5,
    )  # fmt: skip
    assert found.robots == PART.robots
    assert [(type(one), str(one), one.advice) for one in read.errors] == [
        (type(one), str(one), one.advice) for one in errors
    ]
    ((record, error),) = [(one.record, one.error) for one in read.problems]
    assert (record, type(error), str(error)) == (RECORD, CutOff, str(problem.error))
    failed = Found.read(there_and_back(Found(errors[0]).as_json()))  # type: ignore[arg-type]
    assert (type(failed.collected), str(failed.collected)) == (Unreachable, str(errors[0]))


class TooNewError(LayoutChanged):
    """A class of a source's own."""


def test_an_error_of_a_class_of_its_own_becomes_the_nearest(tmp_path: Path) -> None:
    """Only Amur's own tree of errors is made again from a file; its words stay."""
    problem = Problem(RECORD, TooNewError(at="page 2", found="words"))
    read = Found.read(there_and_back(Found(Collected("cbr_fx", problems=[problem])).as_json())).collected  # type: ignore[arg-type]
    assert isinstance(read, Collected)
    assert [(type(one.error), str(one.error)) for one in read.problems] == [(LayoutChanged, str(problem.error))]

    ground = Ground(tmp_path, RUN_ID)
    ground.open()
    for text in ("{}", "[1]", '{"collected": {"source": "lada"}, "robots": {}}', "\x00"):
        (ground.folder / "cbr_fx.found.json").write_text(text)
        with pytest.raises(AmurError, match=r"cbr_fx .*cbr_fx.found.json: expected what a worker has found"):
            ground.found("cbr_fx")
    ground.close(0)


def test_another_amur_is_turned_away(tmp_path: Path) -> None:
    """A worker of another version would plan otherwise: the run gets the reason in place of documents."""
    said = PART.as_json() | {"amur": "0.0.1"}
    with pytest.raises(AmurError, match=r"expected Amur 0\.0\.1, as where the run is"):
        Part.read(said)
    ground = told(tmp_path)
    (ground.folder / "cbr_fx.ask.json").write_text(json.dumps(said))
    assert "Amur 0.0.1" in str(fetched(Settings(tmp_path), RUN_ID, "cbr_fx"))
    assert "Amur 0.0.1" in str(ground.found("cbr_fx").collected)  # type: ignore[union-attr]
    ground.close(0)


def told(home: Path, part: Part = PART) -> Ground:
    """A run that has told a part."""
    ground = Ground(home, RUN_ID)
    ground.open()
    ground.tell(part)
    return ground


def test_a_worker_without_the_key_says_so(tmp_path: Path) -> None:
    """The addresses with and without a key differ, so that a part without it would archive other documents."""
    ground = told(tmp_path, replace(PART, source="comtrade"))
    failure = fetched(Settings(tmp_path), RUN_ID, "comtrade")
    ground.close(0)

    assert "AMUR_COMTRADE_KEY" in str(failure)
    assert not (tmp_path / "parts" / RUN_ID).exists()


def test_no_secret_goes_to_the_folder(tmp_path: Path) -> None:
    """The names of sources with a key, never a key, a proxy or an address of alerts."""
    settings = Settings.read({
        "AMUR_HOME": str(tmp_path), "AMUR_COMTRADE_KEY": "geheim-1", "HTTP_PROXY": "http://u:geheim-2@p:1",
        "AMUR_ALERT_WEBHOOK": "https://h/geheim-3",
    })  # fmt: skip
    ground = told(tmp_path, replace(PART, window=replace(PART.window, keys=settings.keys)))
    assert "comtrade" in (ground.folder / "cbr_fx.ask.json").read_text()
    assert not [path for path in ground.folder.iterdir() if b"geheim" in path.read_bytes()]
    ground.close(0)


def test_a_part_is_done_by_one_worker_while_its_run_lives(tmp_path: Path) -> None:
    """A second worker, one that comes late, a withdrawn part and another home's run have nothing to do."""
    ground = told(tmp_path)
    with ground.taken("cbr_fx", "here pid 17") as said:
        assert Part.read(said) == PART
        assert (ground.begun("cbr_fx"), ground.alive("cbr_fx")) == ("here pid 17", True)
        with pytest.raises(Over, match="another worker has cbr_fx"), Ground(tmp_path, RUN_ID).taken("cbr_fx", "two"):
            raise AssertionError
    assert not ground.alive("cbr_fx")
    ground.withdraw("cbr_fx")
    for home, match in ((tmp_path, "was withdrawn"), (tmp_path / "else", "no run")):
        with pytest.raises(Over, match=match):
            fetched(Settings(home), RUN_ID, "cbr_fx")
    assert ground.close(0)
    with pytest.raises(Over, match="no run"):
        fetched(Settings(tmp_path), RUN_ID, "cbr_fx")
    for name in ("../../x", "20260725T023000Z-0df424/..", ""):
        with pytest.raises(Over, match="is no run"):
            fetched(Settings(tmp_path), name, "cbr_fx")
    with pytest.raises(AmurError, match="expected a source"):
        fetched(Settings(tmp_path), RUN_ID, "../x")


def test_a_worker_is_stopped_when_its_run_ends(tmp_path: Path) -> None:
    """Within a second, whoever ended the run and however."""
    ground = told(tmp_path)
    stopped: list[float] = []
    with ground.taken("cbr_fx", "here"), ground.watched(lambda: stopped.append(time.monotonic())):
        time.sleep(2 * parts.LOOK_S)
        assert not stopped
        began = time.monotonic()
        assert ground.close(0) is False, "the worker is at work still"
        while not stopped:
            assert time.monotonic() - began < 5
            time.sleep(0.01)
    assert Ground(tmp_path, RUN_ID).over()


HOLDING = """
import sys, time
from pathlib import Path
from flows.parts import Ground
ground = Ground(Path(sys.argv[1]), sys.argv[2])
if sys.argv[3] == "run":
    ground.open()
    (ground.folder / "cbr_fx.lock").touch()
    (ground.folder / "cbr_fx.ask.json").write_text("{}")
    print("ready", flush=True)
    time.sleep(60)
else:
    import fcntl
    with (ground.folder / "cbr_fx.lock").open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(b"there pid 17")
        lock.flush()
        print("ready", flush=True)
        time.sleep(60)
"""


def test_the_next_run_waits_for_the_workers_of_a_killed_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body without its sidecar looks like a leftover: nothing is cleared while a worker may be writing one."""
    monkeypatch.setattr(parts, "PATIENCE_S", 0.5)
    held = []
    for what in ("run", "worker"):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDING, str(tmp_path), RUN_ID, what], stdout=subprocess.PIPE, text=True,
            env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        held.append(process)
    ground = Ground(tmp_path, RUN_ID)
    assert not ground.over()
    held[0].send_signal(signal.SIGKILL)
    held[0].communicate()
    assert ground.over()
    with pytest.raises(Busy, match="at work: there pid 17"):
        parts.take_over(tmp_path)
    held[1].send_signal(signal.SIGKILL)
    held[1].communicate()
    parts.take_over(tmp_path)
    assert list((tmp_path / "parts").iterdir()) == []


ARCHIVING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from sources.contract import Fetched, Request
from warehouse.archive import Archive
home, name = Path(sys.argv[1]), sys.argv[2]
archive = Archive(home / "archive", home / "lock")
sys.stdin.readline()
for n in range(40):
    archive.keep(
        Fetched(
            request=Request(f"https://a.test/{name}/{n}"), url=f"https://a.test/{name}/{n}", status=200, headers={},
            body=b"page %d" % (n % 4), fetched_at=datetime(2026, 7, 25, tzinfo=UTC), elapsed_s=0, attempts=1,
            outcome="ok",
        ),
        "lada", "r",
    )
"""


def test_two_processes_that_archive_the_same_bytes_get_a_sidecar_each(tmp_path: Path) -> None:
    """The same error page comes from two hosts at one moment: both addresses are told of, and no body is half."""
    (tmp_path / "lock").touch()
    pair = [
        subprocess.Popen(
            [sys.executable, "-c", ARCHIVING, str(tmp_path), name], stdin=subprocess.PIPE, text=True,
            env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        )
        for name in ("one", "two")
    ]  # fmt: skip
    time.sleep(0.5)
    for process in pair:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in pair:
        process.communicate(timeout=60)
    archive = Archive(tmp_path / "archive")

    assert {record.url for record in archive.records()} == {
        f"https://a.test/{name}/{n}" for name in ("one", "two") for n in range(40)
    }
    assert list(archive.damage()) == []
    assert archive.orphans() == []


@pytest.mark.parametrize("text", ["dask", "prefect", "prefect:", "prefect:a b", "prefect:../x", "celery:a"])
def test_a_fan_out_that_is_none_is_refused(text: str) -> None:
    """Before anything begins, with the form."""
    with pytest.raises(AmurError, match="AMUR_FANOUT, expected prefect:<work pool>, or nothing"):
        Settings.read({"AMUR_FANOUT": text})


def test_by_default_nothing_fans_out() -> None:
    """Without the setting, no pool."""
    assert Settings.read({}).fanout == ""
    assert Settings.read({"AMUR_FANOUT": "prefect:amur-fetch"}).fanout == "amur-fetch"
