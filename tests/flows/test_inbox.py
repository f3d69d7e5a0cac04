"""The inbox: what is dropped there is taken by its own bytes, and what isn't says why beside it."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.inbox import Taken, take, waiting
from flows.reading import Reader
from flows.run import Exit, Run, running
from flows.settings import Settings
from tests.flows.conftest import Home
from tests.payloads.cbr_fx import pages as cbr
from tests.payloads.gacc_query.pages import JANUARY_2022, JUNE_2024, SEPTEMBER_2024, table
from tests.payloads.worldbank_pinksheet import pages as pinksheet

NOW = "2026-07-25T02:30:00Z"
CELL = "product = '27090000' AND measure = 'trade_value' AND period = '2024-01'"
READERS: list[Reader] = []


@pytest.fixture(scope="module", autouse=True)
def reading() -> Iterator[None]:
    """One parsing child for all nights."""
    with Reader() as reader:
        READERS.append(reader)
        yield
        READERS.clear()


@pytest.fixture
def box(home: Home) -> Path:
    """An empty inbox of a home whose clock stands still."""
    home.environment["AMUR_NOW"] = NOW
    (home.path / "inbox").mkdir(parents=True)
    return home.path / "inbox"


def night(home: Home, before: Callable[[Run], object] = lambda _: None) -> tuple[list[Taken], Run]:
    """The inbox's part of a nightly run, published; `before` comes first in the run.

    All nights of these tests share one parsing child: to start one takes longer than a night's work.
    """
    with running(
        Settings.read(home.environment | {"AMUR_REPORT": "no", "AMUR_HOME": str(home.path)}), "nightly"
    ) as run:
        run.reader = READERS[0]
        before(run)
        done = take(run)
        run.publish()
    return done, run


def asked(home: Home, query: str) -> list[tuple[Any, ...]]:
    """Rows of the published database, by `amur sql` in this process."""
    done = home.here("sql", query, "--format", "json")
    assert done.returncode == 0, done.stderr
    return [tuple(row.values()) for row in json.loads(done.stdout)]


def names(box: Path) -> list[str]:
    """What is in the inbox."""
    return sorted(path.relative_to(box).as_posix() for path in box.rglob("*"))


def why_of(file: Path) -> str:
    """The reason beside a file, as one line."""
    return " ".join(file.with_name(f"{file.name}.why.txt").read_text(encoding="utf-8").split())


def archived(home: Home) -> int:
    """How many bodies there are."""
    return len([path for path in (home.path / "archive").glob("*/*") if path.suffix == ""])


def test_files_are_taken_by_their_own_bytes_whatever_they_are_called(home: Home, box: Path) -> None:
    """A query file, rates and a workbook under odd names: each goes to its source, and the inbox is empty."""
    (box / "进口 2022-01").write_bytes(table())
    (box / "notes.txt").write_bytes(cbr.dynamic())
    (box / "download").write_bytes(pinksheet.workbook())

    assert waiting(home.path)
    done, run = night(home)

    assert sorted((one.source, one.state) for one in done) == [
        ("cbr_fx", "taken"), ("gacc_query", "taken"), ("worldbank_pinksheet", "taken"),
    ]  # fmt: skip
    assert names(box) == []
    assert not waiting(home.path)
    assert asked(home, "SELECT count(*) FROM observations WHERE source = 'gacc_query'") == [(6,)]
    assert {part["source"] for part in run.summary.sources} == {"cbr_fx", "gacc_query", "worldbank_pinksheet"}
    assert archived(home) == 3


def test_a_file_that_is_known_leaves_the_inbox_and_changes_nothing(home: Home, box: Path) -> None:
    """Dropped again, under another name, twice."""
    (box / "import.csv").write_bytes(table())
    night(home)
    for copy in ("import (1).csv", "import (2).csv"):
        (box / copy).write_bytes(table())
    done, _ = night(home)

    assert [one.state for one in done] == ["known", "known"]
    assert names(box) == []
    assert archived(home) == 1
    assert asked(home, "SELECT count(*) FROM observation_vintages") == [(6,)]


def test_two_vintages_of_one_night_count_in_the_order_of_their_times(home: Home, box: Path) -> None:
    """The file that was fetched later is the newer one; none is known before the run, and none after it."""
    for name, rows, at in (("a_import.csv", SEPTEMBER_2024, 1_727_500_000), ("b_import.csv", JUNE_2024, 1_719_000_000)):
        (box / name).write_bytes(table(rows))
        os.utime(box / name, (at, at))
    night(home)

    vintages = f"SELECT value, known_at::VARCHAR FROM observation_vintages WHERE {CELL} ORDER BY known_at"
    assert asked(home, vintages) == [
        (4_841_954_212, "2026-07-25 02:29:59.999999"), (4_856_251_759, "2026-07-25 02:30:00"),
    ]  # fmt: skip
    assert asked(home, f"SELECT value FROM observations WHERE {CELL}") == [(4_856_251_759,)]


def test_a_file_from_the_future_is_known_from_the_run_on(home: Home, box: Path) -> None:
    """A clock that runs ahead, or an archive unpacked with odd times, moves no figure out of the run's sight."""
    (box / "import.csv").write_bytes(table())
    os.utime(box / "import.csv", (4_000_000_000, 4_000_000_000))
    night(home)

    known = "SELECT DISTINCT known_at::VARCHAR FROM observation_vintages"
    assert asked(home, known) == [("2026-07-25 02:30:00",)]
    assert names(box) == []


def test_a_damaged_file_of_a_known_kind_is_archived_and_held(
    home: Home, box: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """P-23: A row twice: it is in quarantine with its reason, no longer in the inbox; the run is degraded."""
    body = table([*JANUARY_2022, JANUARY_2022[0]])
    (box / "import.csv").write_bytes(body)
    done, run = night(home)

    assert [(one.source, one.state) for one in done] == [("gacc_query", "taken")]
    assert names(box) == []
    assert run.summary.exit_code == Exit.DEGRADED
    assert run.loaded[0].held_batches == 1
    assert asked(home, "SELECT reason_kind, source FROM quarantine") == [("contradiction", "gacc_query")]
    assert "stays" not in capsys.readouterr().err


def test_what_no_source_knows_stays_with_its_reason(home: Home, box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A picture, a table of something else, a challenge page: a paragraph says what was tried and what to do."""
    bodies = {
        "chart.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        "other.csv": b"a,b,c\n1,2,3\n",
        "challenge.html": b"<html><head><script>$_ts=window['$_ts'];</script></head><body></body></html>",
        "empty": b"",
    }
    for name, body in bodies.items():
        (box / name).write_bytes(body)
    done, run = night(home)
    warned = capsys.readouterr().err

    assert {one.path.name for one in done if one.state == "stays"} == set(bodies)
    assert names(box) == sorted([*bodies, *(f"{name}.why.txt" for name in bodies)])
    for name in bodies:
        why = why_of(box / name)
        assert why.startswith(f"{name} stays in the inbox: no source knows it. Tried: ")
        for word in ("gacc_query", "cbr_fx", "expected", "amur ingest FILE --source SOURCE"):
            assert word in why
        assert f"amur: warning: inbox/{name}: no source knows it" in warned
    assert run.failures == []
    assert run.loaded == []
    assert archived(home) == 0


def test_a_query_file_without_a_flow_stays_and_is_taken_once_it_is_renamed(home: Home, box: Path) -> None:
    """The reason names the source and what to do; it goes when the file goes."""
    (box / "downloadData.csv").write_bytes(table())
    night(home)
    why = why_of(box / "downloadData.csv")
    assert "it is a file of gacc_query that lacks something: at file name, expected import or export" in why
    assert "Rename the file" in why

    (box / "downloadData.csv").rename(box / "downloadData_export.csv")
    night(home)

    assert names(box) == []
    assert asked(home, "SELECT DISTINCT flow FROM observations") == [("X",)]


def test_a_reason_is_written_again_only_if_it_changed_and_goes_with_its_file(home: Home, box: Path) -> None:
    """The same reason leaves the file alone; a file that is gone takes its reason along."""
    file, why = box / "other.csv", box / "other.csv.why.txt"
    file.write_bytes(b"a,b,c\n1,2,3\n")
    night(home)
    os.utime(why, (1_700_000_000, 1_700_000_000))
    night(home)
    assert why.stat().st_mtime == 1_700_000_000

    why.write_text("something else\n", encoding="utf-8")
    night(home)
    assert "no source knows it" in why_of(file)

    file.unlink()
    assert waiting(home.path)
    night(home)
    assert names(box) == []


def test_in_the_folder_of_a_source_only_that_one_is_tried(home: Home, box: Path) -> None:
    """A query file among the rates stays and is told where it belongs; in its own folder it is taken."""
    for source in ("cbr_fx", "gacc_query"):
        (box / source).mkdir()
        (box / source / "import.csv").write_bytes(table())
    done, _ = night(home)

    assert sorted((one.path.parent.name, one.state) for one in done) == [("cbr_fx", "stays"), ("gacc_query", "taken")]
    assert names(box) == ["cbr_fx", "cbr_fx/import.csv", "cbr_fx/import.csv.why.txt", "gacc_query"]
    why = why_of(box / "cbr_fx" / "import.csv")
    assert "it is no file of cbr_fx" in why
    assert "gacc_bulletin" not in why


def test_what_is_not_for_amur_is_left_alone(home: Home, box: Path) -> None:
    """Hidden and half-written files, links, folders that are no source's: not read, not explained, not removed."""
    outside = home.path / "import.csv"
    outside.write_bytes(table())
    for name in (".import.csv", "import.csv.part", "import.TMP"):
        (box / name).write_bytes(table())
    (box / "link_import.csv").symlink_to(outside)
    (box / "old").mkdir()
    (box / "old" / "import.csv").write_bytes(table())
    (box / "gacc_query").symlink_to(box / "old")
    before = names(box)

    assert not waiting(home.path)
    assert night(home)[0] == []
    assert names(box) == before
    assert archived(home) == 0


def test_a_file_that_changes_while_it_is_taken_is_not_removed(
    home: Home, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody is still copying: what was read is loaded, the rest comes the next night."""
    file = box / "import.csv"
    file.write_bytes(table(JUNE_2024[:2]))
    commit = Run.load

    def grown(run: Run, work: Any) -> Any:  # noqa: ANN401 (passes on what it gets)
        loaded = commit(run, work)
        file.write_bytes(table(JUNE_2024))
        return loaded

    monkeypatch.setattr(Run, "load", grown)
    night(home)
    assert names(box) == ["import.csv"]
    monkeypatch.undo()
    night(home)

    assert names(box) == []
    assert asked(home, "SELECT count(*) FROM observations WHERE measure = 'trade_value'") == [(5,)]


def test_a_file_too_large_or_unreadable_stays_with_its_reason(
    home: Home, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk image by mistake, a file of another user: named with the limit, or with what the system said."""
    (box / "gacc_query").mkdir()
    image = box / "gacc_query" / "image.iso"
    with image.open("wb") as file:
        file.truncate(65 << 20)
    (box / "import.csv").write_bytes(table())
    read = Path.read_bytes

    def denied(path: Path) -> bytes:
        if path.name == "import.csv":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", denied)
    done, _ = night(home)

    assert {one.state for one in done} == {"stays"}
    assert "at most 67,108,864 bytes, found 68,157,440" in why_of(image)
    assert "it can't be read: Permission denied" in why_of(box / "import.csv")


def test_a_source_that_was_asked_in_the_same_run_has_one_row_with_both_parts(home: Home, box: Path) -> None:
    """Asked and brought: the ledger's row and the summary's entry add up, nothing of the first is lost."""
    from flows import walk

    def asked_first(run: Run) -> None:
        found = walk.Collected("cbr_fx", seconds=2.0)
        found.notes.append(walk.ledger.FetchNote("http://a", "", run.now, "unreachable", error="no answer"))
        run.judge_and_load(found)

    (box / "rates.xml").write_bytes(cbr.dynamic())
    _, run = night(home, asked_first)

    ((requests, payloads, new, seconds),) = asked(
        home, "SELECT requests, payloads, new_rows, fetch_s FROM run_sources WHERE source = 'cbr_fx'"
    )
    assert (requests, payloads, new, seconds) == (2, 1, 6, 2.0)
    (entry,) = run.summary.sources
    assert (entry["requests"], entry["payloads"], entry["new"]) == (2, 1, 6)


def test_without_an_inbox_there_is_nothing_to_do(home: Home) -> None:
    """It is made by whoever wants one."""
    assert not waiting(home.path)
    home.environment["AMUR_NOW"] = NOW
    assert night(home)[0] == []
