"""One writer at a time: a second run ends at once and says who is at work; a dead run holds nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sources.errors import Busy
from tests.warehouse.builders import NOW
from warehouse.lock import locked

HOLDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from warehouse.lock import locked

with locked(Path(sys.argv[1]), datetime(2026, 7, 25, 2, 30, tzinfo=UTC), "backfill"):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(home: Path) -> "subprocess.Popen[str]":
    """Another process that holds the lock until its standard input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_ends_at_once_and_names_the_first(tmp_path: Path) -> None:
    """Kind, pid and start of the run at work, the folder, and what to do."""
    with holder(tmp_path) as process, pytest.raises(Busy) as caught, locked(tmp_path, NOW, "nightly"):
        pass

    said = str(caught.value)
    assert f"found backfill (pid {process.pid}, started 2026-07-25 02:30:00 UTC) at work" in said
    assert str(tmp_path) in said
    assert "Wait for it to end, or stop that process" in said


def test_a_killed_run_leaves_no_stuck_lock(tmp_path: Path) -> None:
    """P-56: The kernel gives the lock back: after kill -9 the next run begins."""
    with holder(tmp_path) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=10)

        with locked(tmp_path, NOW, "nightly"):
            pass


def test_the_lock_is_free_after_a_run_however_it_ended(tmp_path: Path) -> None:
    """An error inside a run frees the lock as an orderly end does; the folder is made where it lacks."""
    home = tmp_path / "new"
    for _ in range(2):
        with pytest.raises(ValueError, match="inside"), locked(home, NOW, "nightly"):
            raise ValueError("inside")


def test_one_process_cannot_hold_it_twice(tmp_path: Path) -> None:
    """Two runs of one process would share the writer's file as two processes would."""
    with locked(tmp_path, NOW, "nightly"):
        with pytest.raises(Busy, match=f"nightly \\(pid {os.getpid()}"), locked(tmp_path, NOW, "verify"):
            pass
        assert f"nightly (pid {os.getpid()}" in (tmp_path / ".lock").read_text(encoding="utf-8")


def test_homes_are_locked_apart(tmp_path: Path) -> None:
    """Another AMUR_HOME is another warehouse."""
    with locked(tmp_path / "a", NOW, "nightly"), locked(tmp_path / "b", NOW, "nightly"):
        pass


def test_a_holder_that_left_no_word_is_still_a_holder(tmp_path: Path) -> None:
    """Between taking the lock and writing its name a run has no name yet."""
    with locked(tmp_path, NOW, "nightly"):
        (tmp_path / ".lock").write_text("", encoding="utf-8")
        with pytest.raises(Busy, match="an unnamed process at work"), locked(tmp_path, NOW, "verify"):
            pass
