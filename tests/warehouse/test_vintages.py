"""Vintages: what was known when, whatever the order in which documents came."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from random import Random

import pytest

from sources.contract import Batch
from tests.warehouse.builders import bring, day, document, emptied, row, warehouse
from warehouse import database
from warehouse.archive import Record
from warehouse.database import Database, statement


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty warehouse."""
    database = warehouse(tmp_path / "warehouse.duckdb")
    yield database
    database.close()


def timeline(db: Database) -> list[tuple[object, ...]]:
    """Value, since when, until when and basis of each vintage of the one cell that tests use."""
    return db.rows("SELECT value, known_at, known_to, known_at_basis FROM observation_vintages ORDER BY known_at")


def test_a_figure_is_known_from_the_end_of_the_day_that_its_page_names(db: Database) -> None:
    """The page says 22 July: an as-of view may be late by hours, never early."""
    loaded = bring(db, document("june", day(24), row(100, date(2026, 7, 22))))

    assert (loaded.new, loaded.revised, loaded.same) == (1, 0, 0)
    assert timeline(db) == [(100.0, datetime(2026, 7, 22, 23, 59, 59), None, "published")]
    assert db.rows("SELECT value FROM observations_as_of(TIMESTAMP '2026-07-22 23:59:58')") == []
    assert db.rows("SELECT value FROM observations_as_of(TIMESTAMP '2026-07-22 23:59:59')") == [(100.0,)]


def test_a_page_date_that_cannot_be_true_does_not_count(db: Database) -> None:
    """A date before the period's end, or after the fetch, is a slip of the page: the fetch counts."""
    bring(db, document("june", day(24), row(100, date(2026, 6, 8))))
    bring(
        db,
        document(
            "may", day(24), row(90, date(2026, 8, 8), period_start=date(2026, 5, 1), period_end=date(2026, 5, 31))
        ),
    )

    assert {basis for *_, basis in timeline(db)} == {"fetched"}


def test_the_same_values_again_add_nothing(db: Database) -> None:
    """New bytes with the same data make no vintage."""
    bring(db, document("june", day(23), row(100, date(2026, 7, 22))))
    loaded = bring(db, document("june again", day(24), row(100, date(2026, 7, 22))))

    assert (loaded.new, loaded.revised, loaded.same) == (0, 0, 1)
    assert len(timeline(db)) == 1


def test_a_changed_page_is_a_revision_from_its_fetch_on(db: Database) -> None:
    """The page kept its date of 22 July, but until 24 July we saw other figures: the new ones count from the 24th."""
    bring(db, document("june", day(23), row(100, date(2026, 7, 22))))
    loaded = bring(db, document("june v2", day(24), row(103, date(2026, 7, 22)), earlier_at=day(23)))

    assert loaded.revised == 1
    assert db.rows("SELECT old_value, new_value, change_pct, days_between FROM revisions") == [(100.0, 103.0, 3.0, 2)]
    assert db.rows("SELECT value FROM observations") == [(103.0,)]
    assert db.rows("SELECT value FROM observations_as_of(TIMESTAMP '2026-07-24 11:00:00')") == [(100.0,)]
    assert db.rows("SELECT value FROM observations_held_as_of(TIMESTAMP '2026-07-23 12:00:00')") == [(100.0,)]
    assert db.rows("SELECT value FROM observations_first()") == [(100.0,)]
    assert db.rows("SELECT value FROM observations_lag(1)") == [(103.0,)]


def test_two_documents_of_one_day_that_disagree_give_one_row_a_cell(db: Database) -> None:
    """Both claim 22 July: the one fetched later counts from its fetch, and no as-of view has two rows."""
    bring(db, document("a", day(23), row(100, date(2026, 7, 22))))
    bring(db, document("b", day(24), row(101, date(2026, 7, 22))))

    for hour in range(0, 24 * 5, 6):
        at = datetime(2026, 7, 21) + timedelta(hours=hour)
        assert len(db.rows("SELECT * FROM observations_as_of(?)", [at])) <= 1
    assert [value for value, *_ in timeline(db)] == [100.0, 101.0]


def test_a_missing_value_is_a_row_and_not_a_zero(db: Database) -> None:
    """Overflow marks hide a number: the cell is there, without a value, status M."""
    bring(db, document("june", day(24), row(None, date(2026, 7, 22))))

    assert db.rows("SELECT value, obs_status FROM observations") == [(None, "M")]


def test_p48_a_value_that_vanished_is_a_vintage_without_one_and_the_old_one_stays(db: Database) -> None:
    """P-48: nothing is deleted. From then on the cell has no value, status M; as of the day before it has one."""
    seen: dict[str, Batch] = {}
    bring(db, document("june", day(24), row(100, date(2026, 7, 22))), seen=seen)
    bring(db, document("june again", day(28), row(None, date(2026, 7, 22)), earlier_at=day(24)), seen=seen)

    assert db.rows("SELECT value, obs_status FROM observations") == [(None, "M")]
    assert db.rows("SELECT value FROM observations_as_of(TIMESTAMP '2026-07-27')") == [(100.0,)]
    assert db.rows("SELECT value, obs_status FROM observation_vintages ORDER BY known_at") == [
        (100.0, "A"), (None, "M"),
    ]  # fmt: skip


def test_p64_words_of_a_publisher_are_values_and_never_sql(db: Database) -> None:
    """P-64: quotes, comments and statements in names, places and addresses are stored as they are and do nothing."""
    words = "Robert'); DROP TABLE vintages; --\\' $1 ? {x} %s"
    bring(db, document(words, day(24), row(100, date(2026, 7, 22), partner="", partner_name=words, locator=words)))

    assert db.rows("SELECT value, locator FROM observation_vintages") == [(100.0, words)]
    assert db.rows("SELECT partner_name FROM series_dimensions") == [(words,)]
    assert db.rows("SELECT url FROM payloads") == [(f"http://x/{words}",)]


def test_an_implied_figure_fills_a_gap_and_is_marked(db: Database) -> None:
    """June's page implies May's cumulative: with nothing printed for May, that is what is known."""
    implied = row(77, date(2026, 7, 22), reconstructed=True, precision=Decimal(1000))
    bring(db, document("june", day(24), implied))

    assert [(value, basis) for value, _, _, basis in timeline(db)] == [(77.0, "reconstructed")]


@pytest.mark.parametrize("first", ["printed", "implied"])
def test_an_implied_figure_within_rounding_is_no_revision(db: Database, first: str) -> None:
    """412.1 less 49.9 can't tell 362.2 from 362.3, whichever document came first."""
    printed = document("may", day(10), row(1_000_000, date(2026, 7, 9)))
    implied = document("june", day(24), row(1_000_900, date(2026, 7, 22), reconstructed=True, precision=Decimal(1000)))
    seen: dict[str, Batch] = {}
    for doc in (printed, implied) if first == "printed" else (implied, printed):
        bring(db, doc, seen=seen)

    assert [(value, basis) for value, _, _, basis in timeline(db)] == [(1_000_000.0, "published")]


def test_one_document_may_hold_the_history_of_a_cell(db: Database) -> None:
    """The shipped figures: 146.9 billion in January 2022, 146.88 in April, 146.887 in October, all in one file."""
    told = [(146_900, date(2026, 7, 3)), (146_880, date(2026, 7, 13)), (146_887, date(2026, 7, 24))]
    bring(db, document("figures", day(25), *(row(value, published) for value, published in told)))
    again = bring(db, document("figures 2", day(26), *(row(value, published) for value, published in told)))

    assert [value for value, *_ in timeline(db)] == [146_900.0, 146_880.0, 146_887.0]
    assert db.rows("SELECT value FROM observations") == [(146_887.0,)]
    assert (again.new, again.revised, again.same) == (0, 0, 3)


@pytest.mark.parametrize(("restated", "current"), [(3_469_000, 3_473_000), (3_400_000, 3_400_000)])
def test_a_restated_figure_is_a_revision(db: Database, restated: int, current: int) -> None:
    """Vehicles of January to June 2025: 3.473 million in July 2025, 3.469 million a year later.

    Both are vintages and the revision shows; within 1 % the printed figure stays current, beyond it the later one.
    """
    first = row(
        3_473_000,
        date(2025, 7, 14),
        unit="units",
        period_start=date(2025, 1, 1),
        period_end=date(2025, 6, 30),
        freq="YTD",
    )
    later = replace(first, value=Decimal(restated), published=date(2026, 7, 15), reconstructed=True)
    bring(db, document("2025", day(23), first), document("2026", day(24), later))

    assert [(value, basis) for value, _, _, basis in timeline(db)] == [
        (3_473_000.0, "published"),
        (float(restated), "reconstructed"),
    ]
    assert db.rows("SELECT old_value, new_value, known_at_basis FROM revisions") == [
        (3_473_000.0, float(restated), "reconstructed")
    ]
    assert db.rows("SELECT value FROM observations") == [(float(current),)]


def test_any_order_of_arrival_gives_the_same_history(db: Database) -> None:
    """Four documents of one cell, the value going to and fro: all 24 orders give one timeline."""
    documents = [
        document("1", day(24), row(100, date(2026, 7, 3))),
        document("2", day(24), row(105, date(2026, 7, 5))),
        document("3", day(24), row(100, date(2026, 7, 9))),
        document("4", day(24), row(100, date(2026, 7, 15))),
    ]
    seen_timelines = set()
    for order in permutations(documents):
        seen: dict[str, Batch] = {}
        emptied(db)
        for doc in order:
            bring(db, doc, seen=seen)
        seen_timelines.add(tuple(timeline(db)))

    assert seen_timelines == {
        (
            (100.0, datetime(2026, 7, 3, 23, 59, 59), datetime(2026, 7, 5, 23, 59, 59), "published"),
            (105.0, datetime(2026, 7, 5, 23, 59, 59), datetime(2026, 7, 9, 23, 59, 59), "published"),
            (100.0, datetime(2026, 7, 9, 23, 59, 59), None, "published"),
        )
    }


SHORT_WAY = "HAVING ("  # of the cells whose readings are weighed without sorting them


def test_the_short_way_through_a_timeline_says_what_the_long_one_says(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Documents of few values, days and kinds, made up: the same vintages, whether few readings are sorted or not."""
    whole = database.statement("load/build_timeline")
    assert whole.count(SHORT_WAY) == 1
    long = whole.replace(SHORT_WAY, f"{SHORT_WAY[:-1]}FALSE AND (")
    short_ways = 0
    for seed in range(12):
        told = []
        for way in (whole, long):
            monkeypatch.setattr(
                database, "statement", lambda name, way=way: way if name == "load/build_timeline" else statement(name)
            )
            emptied(db)
            seen: dict[str, Batch] = {}
            for doc in made_up(Random(seed)):  # noqa: S311 (no secret)
                bring(db, doc, seen=seen, checked=False)
            told.append(db.rows("SELECT * EXCLUDE (series_id), series_id FROM vintages ORDER BY ALL"))
        assert told[0] == told[1], seed
        short_ways += len(told[0])

    assert short_ways > 200, "cells with one reading or two are rare here"


def made_up(random: Random) -> list[tuple[Record, Batch]]:
    """One to three documents of forty months each: values repeated, revised, missing or implied."""
    documents = []
    for number in range(random.randint(1, 3)):
        fetched, said = (
            day(random.choice([22, 24, 24, 26])),
            random.choice([None, date(2026, 7, 21), date(2026, 7, 22)]),
        )
        rows = []
        for n, month in enumerate(date(2020 + n // 12, n % 12 + 1, 1) for n in range(40)):
            value = random.choice([None, 100, 100, 100, 100.4, 103])
            one = row(
                value, said, period_start=month, period_end=month + timedelta(days=27), locator=f"row {n}",
                precision=Decimal(random.choice(["0.05", "0.5"])), reconstructed=random.random() < 0.15,
                obs_status="M" if value is None else random.choice("AAAP"),
            )  # fmt: skip
            rows += [one] * (random.random() < 0.8)
        documents.append(document(f"{number}", fetched, *rows))
    return documents


def test_a_failed_load_leaves_nothing(db: Database) -> None:
    """P-45: One transaction for a source in a run: a defect in the last batch takes back the first."""
    good = document("june", day(24), row(100, date(2026, 7, 22)))
    bad = document("july", day(24), row(100, date(2026, 7, 22), unit=None))
    with pytest.raises(Exception, match=r"(?i)null"):
        bring(db, good, bad)

    assert db.rows("SELECT count(*) FROM vintages") == [(0,)]
    assert db.rows("SELECT count(*) FROM payloads") == [(0,)]
