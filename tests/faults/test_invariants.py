"""The invariants see what breaks them: each violation is planted once, and a sound home has none (I1 to I4)."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.invariants import check, differences, fingerprint
from tests.warehouse.builders import NOW, answer, bring, document, passed, row, warehouse
from warehouse import ledger
from warehouse.archive import Archive
from warehouse.database import Database
from warehouse.loader import Work, load
from warehouse.publisher import PUBLISHED, publish


def filled(home: Path) -> Path:
    """A home with one archived body, its figure, and a publication."""
    db = warehouse(home / "warehouse.duckdb")
    record = Archive(home / "archive").keep(answer(b"June"), "gacc_bulletin", "run-1")
    ledger.begin_run(db, "run-1", "nightly", NOW, "")
    _, batch = document("June", record.fetched_at, row(100, date(2026, 7, 22)))
    load(db, Work("gacc_bulletin", "run-1", NOW, verdicts=[passed(record, batch)]))
    ledger.end_run(db, "run-1", NOW, state="published", exit_code=0)
    publish(db, home, "run-1", NOW)
    return home


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a home; it is copied, never changed."""
    return filled(tmp_path_factory.mktemp("sound") / "home")


def in_warehouse(sql: str) -> Callable[[Path], None]:
    """A change of the writer's database."""

    def change(home: Path) -> None:
        with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
            connection.execute(sql)

    return change


def body(home: Path) -> Path:
    """The one archived body."""
    return next(path for path in (home / "archive").glob("??/*") if "." not in path.name)


def cut(home: Path) -> None:
    """The publication is a half."""
    path = home / PUBLISHED
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def beside(home: Path) -> None:
    """A body came with its sidecar and was forgotten."""
    Archive(home / "archive").keep(answer(b"July", url="http://x/b"), "gacc_bulletin", "run-2")


AGAIN = "INSERT INTO vintages SELECT * REPLACE (known_to + INTERVAL 0 DAY AS known_to) FROM vintages"
PLANTED = [
    ("I1", in_warehouse("UPDATE vintages SET known_to = known_at + INTERVAL 1 DAY")),
    ("I1", beside),
    ("I1", in_warehouse("UPDATE payloads SET state = 'new'")),
    ("I1", lambda home: next((home / "archive").glob("??/*.json")).unlink()),
    ("I2", in_warehouse(AGAIN)),
    ("I2", in_warehouse("INSERT INTO payloads FROM payloads")),
    ("I3", in_warehouse("UPDATE vintages SET value = 'nan'::DOUBLE")),
    ("I3", in_warehouse("UPDATE run_sources SET same_rows = 7")),
    ("I4", cut),
    ("I4", in_warehouse("UPDATE vintages SET value = 101")),
    ("I4", lambda home: (home / f"{PUBLISHED}.wal").write_bytes(b"")),
    ("L", lambda home: body(home).write_bytes(b"July")),
    ("L", lambda home: (body(home).with_name("ab" * 32)).write_bytes(b"")),
    ("L", lambda home: (home / ".trade.duckdb.1.tmp").write_bytes(b"")),
    ("L", in_warehouse("UPDATE runs SET state = 'running'")),
]


def test_a_sound_home_breaks_none(sound: Path, tmp_path: Path) -> None:
    """Neither settled nor not; to look at it changes no byte, and its twin has the same fingerprint."""
    home = tmp_path / "home"
    shutil.copytree(sound, home)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}

    assert check(home) == check(home, settled=False) == []
    assert fingerprint(home, instants=True) == fingerprint(sound, instants=True)
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(("which", "harm"), PLANTED, ids=[f"{name} {n}" for n, (name, _) in enumerate(PLANTED)])
def test_each_planted_violation_is_named(
    sound: Path, tmp_path: Path, which: str, harm: Callable[[Path], object]
) -> None:
    """The first letter of the line is the invariant that was broken."""
    home = tmp_path / "home"
    shutil.copytree(sound, home)
    harm(home)

    assert which in {line.partition(" ")[0] for line in check(home)}, check(home)


def test_another_value_has_another_fingerprint_and_another_run_has_not(sound: Path, tmp_path: Path) -> None:
    """What is known counts, and not which run found it; the table that differs is named."""
    other, home = tmp_path / "other", tmp_path / "home"
    shutil.copytree(sound, other)
    shutil.copytree(sound, home)
    in_warehouse("UPDATE vintages SET value = 101")(other)
    in_warehouse("UPDATE runs SET run_id = 'run-9'")(home)
    in_warehouse("UPDATE vintages SET run_id = 'run-9'")(home)

    assert fingerprint(home) == fingerprint(sound)
    assert fingerprint(other) != fingerprint(sound)
    assert any("warehouse.duckdb: vintages" in line for line in differences(other, sound))


def test_an_open_transaction_is_no_part_of_a_home(sound: Path, tmp_path: Path) -> None:
    """A home that is looked at while its log is being replayed stays as it was: the log isn't folded in."""
    home = tmp_path / "home"
    shutil.copytree(sound, home)
    db = Database(home / "warehouse.duckdb", NOW)
    bring(db, document("more", NOW, row(102, date(2026, 7, 23))))
    log = (home / "warehouse.duckdb.wal").read_bytes()
    copy = tmp_path / "copy"
    shutil.copytree(home, copy)
    db.close()

    assert not [line for line in check(copy, settled=False) if not line.startswith("I1 lost")]
    assert (copy / "warehouse.duckdb.wal").read_bytes() == log
