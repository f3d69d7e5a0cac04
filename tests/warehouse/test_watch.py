"""Watching what was quoted: a revision that makes a quote wrong is seen, and a rebuild forgets nothing."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sources.errors import AmurError, ArchiveDamaged
from tests.warehouse.builders import NOW, bring, day, document, row, warehouse
from warehouse import watches
from warehouse.address import dicts
from warehouse.database import Database

EXPORTS = "gacc_bulletin:by_country:trade_value:CN:RU:X:TOTAL:USD:M"
STORY = "https://example.org/story"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """China's exports to Russia in June 2026: 5,000 known on 20 July, 5,100 from the 24th."""
    made = warehouse(tmp_path / "w.duckdb")
    first, second = document("a", day(20), row(5000, None)), document("b", day(24), row(5100, None), earlier_at=day(20))
    bring(made, first)
    bring(made, second)
    yield made
    made.close()


def watch(
    db: Database,
    folder: Path,
    value: str,
    *,
    name: str = EXPORTS,
    on: date = date(2026, 7, 21),
    **more: Any,  # noqa: ANN401 (any option)
) -> dict[str, Any]:
    """Put a quote on the list, as `amur watch add` does, and give how it stands."""
    said = {"quoted_in": STORY, "tolerance_pct": None, "note": "", "by": "A. Nalyst", "now": NOW} | more
    made = watches.new_watch(db.connection, name, "2026-06", value, quoted_on=on, **said)
    watches.note(folder, made)
    assert watches.refresh(db, folder) == []
    return state(db, made.watch_id)


def state(db: Database, watch_id: str) -> dict[str, Any]:
    """How a quote stands."""
    (found,) = dicts(db.connection, "SELECT * FROM watch_state WHERE watch_id = $1", [watch_id])
    return found


# --- what a quoted number says ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "half"),
    [
        ("228.1e9", "228100000000", "50000000"),
        ("228.1 billion", "228100000000", "50000000"),
        ("228.1bn", "228100000000", "50000000"),
        ("230 billion", "230000000000", "500000000"),
        ("11,432,537,000", "11432537000", "500"),
        ("228000000000", "228000000000", "500000000"),
        ("4321.50", "4321.50", "0.005"),
        ("-12.5", "-12.5", "0.05"),
        ("−12.5", "-12.5", "0.05"),
        ("38.4 %", "38.4", "0.05"),
        ("38 percent", "38", "0.5"),
        ("1.6 trillion", "1600000000000", "50000000000"),
        ("0", "0", "0.5"),
    ],
)
def test_a_number_is_taken_as_printed_with_half_of_its_last_digit(text: str, value: str, half: str) -> None:
    """What rounding can hide is not a difference."""
    assert watches.quoted_number(text) == watches.Quoted(Decimal(value), Decimal(half))


@pytest.mark.parametrize(
    "text", ["", "many", "1.2.3", "12,34", "5 parsecs", "1e9 billion", "1e999", "٣٤", "nan", "1e-3"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(AmurError, match="VALUE"):
        watches.quoted_number(text)


# --- how a quote stands -------------------------------------------------------------------------------------------


def test_a_quote_that_a_revision_moves_is_stale_with_both_origins(db: Database, tmp_path: Path) -> None:
    """5,000 was right on the 21st; now it is 5,100: 2 % more, out of other bytes."""
    found = watch(db, tmp_path, "5000.0")

    assert (found["state"], found["stale"]) == ("stale", True)
    assert (found["value_then"], found["value_now"], found["unit"]) == (5000.0, 5100.0, "USD")
    assert found["moved_pct"] == pytest.approx(2.0)
    assert (found["old_url"], found["new_url"]) == ("http://x/a", "http://x/b")
    assert found["old_payload_sha256"] != found["new_payload_sha256"]
    assert db.rows("SELECT watch_id FROM stale_quotes") == [(found["watch_id"],)]


@pytest.mark.parametrize(
    ("value", "more", "expected"),
    [
        ("5100", {"on": date(2026, 7, 25)}, "holds"),
        ("5.1 thousand", {"on": date(2026, 7, 25)}, "holds"),
        ("5.1 thousand", {"on": date(2026, 7, 21)}, "holds"),
        ("5000", {"tolerance_pct": 2.0}, "holds"),
        ("5000", {"tolerance_pct": 1.9}, "stale"),
        ("4000", {}, "never matched"),
        ("5000.0", {"on": date(2026, 7, 1)}, "stale"),
        ("5000", {}, "holds"),
    ],
)
def test_a_quote_holds_as_long_as_it_lies_within_its_tolerance(
    db: Database, tmp_path: Path, value: str, more: dict[str, Any], expected: str
) -> None:
    """What rounding can hide; one that was wrong at once isn't called stale; what nobody knew then counts as right."""
    assert watch(db, tmp_path, value, **more)["state"] == expected


def test_a_value_that_is_withdrawn_leaves_its_quote_gone(db: Database, tmp_path: Path) -> None:
    """The publisher now prints nothing there."""
    found = watch(db, tmp_path, "5100", on=date(2026, 7, 25))
    bring(db, document("c", datetime(2026, 7, 26, 12, tzinfo=UTC), row(None, None), earlier_at=day(24)))

    found = state(db, found["watch_id"])
    assert (found["state"], found["stale"], found["value_now"]) == ("gone", True, None)


def test_an_indicator_is_watched_too_and_tells_which_input_moved(db: Database, tmp_path: Path) -> None:
    """China's exports by the best source, month of June."""
    found = watch(db, tmp_path, "5000.0", name="cn_exports_usd")

    assert (found["kind"], found["freq"], found["state"]) == ("indicator", "M", "stale")
    assert [origin["cell"] for origin in found["origins"]] == [f"{EXPORTS} 2026-06"]
    assert (found["origins"][0]["value_then"], found["origins"][0]["value_now"]) == (5000.0, 5100.0)


def test_a_quote_turns_stale_by_the_night_that_brings_the_revision(db: Database, tmp_path: Path) -> None:
    """Nothing has to be asked anew: the view compares."""
    before = watch(db, tmp_path, "5100", on=date(2026, 7, 25))
    bring(db, document("c", datetime(2026, 7, 26, 12, tzinfo=UTC), row(6000, None), earlier_at=day(24)))

    assert before["state"] == "holds"
    assert state(db, before["watch_id"])["state"] == "stale"


@pytest.mark.parametrize("value", ["5000.0", "5100.0"])
def test_on_the_day_of_a_revision_the_quote_may_be_of_either_value(tmp_path: Path, value: str) -> None:
    """A document of the 23rd that tells no hour: both values were right that day, and both are wrong after the 26th."""
    db = warehouse(tmp_path / "w.duckdb")
    bring(
        db,
        document("d", day(22), row(5000, date(2026, 7, 21))),
        document("e", day(24), row(5100, date(2026, 7, 23)), earlier_at=day(22)),
        document("f", datetime(2026, 7, 26, 12, tzinfo=UTC), row(6000, None), earlier_at=day(24)),
    )

    assert watch(db, tmp_path, value, on=date(2026, 7, 23))["state"] == "stale"
    db.close()


# --- the list -----------------------------------------------------------------------------------------------------


def test_the_same_quote_is_on_the_list_once(db: Database, tmp_path: Path) -> None:
    """However often it is added, and however the number is written."""
    ids = {watch(db, tmp_path, text)["watch_id"] for text in ("5100", "5,100", "5.1e3")}

    assert len(ids) == 1
    assert len(watches.watches(tmp_path)) == 1


def test_what_is_taken_off_stays_off_and_can_be_put_on_again(db: Database, tmp_path: Path) -> None:
    """The file keeps every act."""
    found = watch(db, tmp_path, "5100")
    watches.remove(tmp_path, found["watch_id"], by="A. Nalyst", now=NOW)
    watches.refresh(db, tmp_path)

    assert db.rows("SELECT * FROM watches") == []
    with pytest.raises(AmurError, match="amur watch list"):
        watches.remove(tmp_path, found["watch_id"], by="A. Nalyst", now=NOW)
    assert watch(db, tmp_path, "5100")["watch_id"] == found["watch_id"]
    assert [json.loads(line)["act"] for line in (tmp_path / "watches.jsonl").read_text().splitlines()] == [
        "add", "remove", "add",
    ]  # fmt: skip


def test_an_empty_warehouse_gets_the_list_back_from_the_disk(db: Database, tmp_path: Path) -> None:
    """As after a rebuild: the same rows, and what was known on the day of the quote worked out again."""
    watch(db, tmp_path, "5000")
    before = db.rows("SELECT * FROM watches")
    db.execute("DELETE FROM watches")
    watches.refresh(db, tmp_path)

    assert db.rows("SELECT * FROM watches") == before
    assert watches.faults(db, tmp_path) == []


def test_where_disk_and_warehouse_differ_verify_says_so(db: Database, tmp_path: Path) -> None:
    """A kill between the two: the next run enters it."""
    found = watch(db, tmp_path, "5000")
    db.execute("DELETE FROM watches")

    (fault,) = watches.faults(db, tmp_path)
    assert found["watch_id"] in fault
    assert "the next run enters it" in fault


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"act": "add"}', b'{"act": "add", "watch_id": 1}', b"\xff"])
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_lost(db: Database, tmp_path: Path, line: bytes) -> None:
    """The table stays as it was; the run goes on with a note."""
    watch(db, tmp_path, "5000")
    with (tmp_path / "watches.jsonl").open("ab") as file:
        file.write(line + b"\n")
    with pytest.raises(ArchiveDamaged, match="line 2"):
        watches.watches(tmp_path)

    assert "line 2" in watches.refresh(db, tmp_path)[0]
    assert "line 2" in watches.faults(db, tmp_path)[0]
    assert db.value("SELECT count(*) FROM watches") == 1


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("cn_export_usd", {}, "Nearest: cn_exports_usd"),
        (EXPORTS, {"quoted_in": "a newspaper"}, "--quoted-in"),
        (EXPORTS, {"quoted_in": "javascript:alert(1)"}, "--quoted-in"),
        (EXPORTS, {"on": date(2027, 1, 1)}, "--on"),
    ],
)
def test_what_cannot_be_watched_is_refused(
    db: Database, tmp_path: Path, name: str, more: dict[str, Any], said: str
) -> None:
    """Unknown figures with the nearest; addresses that are none; days to come."""
    with pytest.raises(AmurError, match=said):
        watch(db, tmp_path, "1", name=name, **more)
    assert not (tmp_path / "watches.jsonl").exists()
