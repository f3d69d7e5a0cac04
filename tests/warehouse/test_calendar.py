"""The calendar of releases: what is expected of each dataset, by the catalogue or by how late it came before."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sources.contract import Batch
from tests.warehouse.builders import bring, document, emptied, warehouse
from tests.warehouse.goods import goods
from warehouse.database import Database, naive

MAY_31 = datetime(2025, 5, 31, 12, tzinfo=UTC)
SEEN: dict[str, Batch] = {}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One warehouse for all tests here."""
    opened = warehouse(tmp_path_factory.mktemp("calendar") / "warehouse.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def db(made: Database) -> Database:
    """A warehouse with nothing in it."""
    return emptied(made)


def expected(db: Database, on: datetime, source: str = "comtrade") -> tuple[Any, ...]:
    """Next period, first and last day, state and where they come from, of a source's only dataset."""
    (found,) = db.rows(
        "SELECT next_period, expected_on, overdue_after, state, how FROM release_calendar_at(?) WHERE source = ?",
        [naive(on), source],
    )
    return found


def year(db: Database, label: str, published: date | None, at: datetime = MAY_31, name: str = "") -> None:
    """A document with a figure of a year."""
    row = goods(1000, label, dataset="hs_annual", published=published)
    bring(db, document(name or f"year {label}", at, row, source="comtrade"), seen=SEEN)


def test_a_delay_is_learned_where_the_catalogue_says_nothing(db: Database) -> None:
    """Four years came on 11 or 10 May, 131 days after their end: the fifth is expected then, overdue two days later."""
    for label, on in {
        "2021": date(2022, 5, 11), "2022": date(2023, 5, 11), "2023": date(2024, 5, 10), "2024": date(2025, 5, 11),
    }.items():  # fmt: skip
        year(db, label, on)

    known = ("2025", date(2026, 5, 11), date(2026, 5, 13))
    assert expected(db, datetime(2026, 5, 10, tzinfo=UTC)) == (*known, "none expected", "learned")
    assert expected(db, datetime(2026, 5, 13, tzinfo=UTC)) == (*known, "due", "learned")
    assert expected(db, datetime(2026, 5, 14, tzinfo=UTC)) == (*known, "overdue", "learned")


def test_three_periods_teach_nothing_nor_do_those_that_were_fetched_long_after(db: Database) -> None:
    """A backfill of old years says when somebody asked for them, not when they came out."""
    for label in ("2018", "2019", "2020", "2021", "2022"):
        year(db, label, None)
    assert expected(db, datetime(2026, 5, 14, tzinfo=UTC)) == ("2023", None, None, "none expected", None)
    for label, on in {"2022": date(2023, 5, 11), "2023": date(2024, 5, 10), "2024": date(2025, 5, 11)}.items():
        year(db, label, on, name=f"dated {label}")
    assert expected(db, datetime(2026, 5, 14, tzinfo=UTC)) == ("2025", None, None, "none expected", None)


def test_a_dataset_that_ended_is_not_overdue_for_ever(db: Database) -> None:
    """The bulletin's May 2025 was due by 26 June; more than 400 days later nobody waits for it."""
    bring(db, document("may", MAY_31, goods(1, "2025-04", dataset="by_country")))

    last = date(2025, 6, 26)
    assert expected(db, datetime(2025, 6, 27, tzinfo=UTC), "gacc_bulletin")[2:] == (last, "overdue", "cadence")
    assert expected(db, datetime(2026, 7, 31, tzinfo=UTC), "gacc_bulletin")[2:] == (last, "overdue", "cadence")
    assert expected(db, datetime(2026, 8, 1, tzinfo=UTC), "gacc_bulletin")[1:] == (None, None, "none expected", None)


def test_an_answer_that_holds_nothing_is_no_success(db: Database) -> None:
    """Status 200, no row: `empty` once the figures are overdue, for the dataset and for its source."""
    bring(db, document("april", MAY_31, goods(1, "2025-04", dataset="by_country")))
    bring(db, document("nothing", datetime(2025, 6, 20, tzinfo=UTC)))
    db.execute(
        "INSERT INTO fetches VALUES ('r', 'gacc_bulletin', 'u', '', TIMESTAMP '2025-06-20 00:00:00', 'ok', 200, FALSE, "
        "1, 1, 0.1, NULL, '')"
    )
    late, due = datetime(2025, 6, 27, tzinfo=UTC), datetime(2025, 6, 26, tzinfo=UTC)

    assert [expected(db, on, "gacc_bulletin")[3] for on in (due, late)] == ["due", "empty"]
    assert db.value("SELECT state FROM freshness_at(?) WHERE source = 'gacc_bulletin'", [naive(late)]) == "empty"
