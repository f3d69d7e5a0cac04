"""Whatever was published when, and in whatever order it reached us: each instant has one answer, the same."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import permutations, product
from random import Random
from typing import Any

import pytest

from sources.contract import Batch, Observation
from tests.warehouse.builders import bring, day, document, emptied, row, warehouse
from warehouse.archive import Record
from warehouse.database import Database

VALUES = (100, 101, 150)  # 101 lies within 1 % of 100, 150 does not
SAYS = (None, (None, False), *product(VALUES, (False, True)))  # nothing; hidden; a value that is printed or implied
PUBLISHED = (3, 5, 9, 15)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One warehouse for all tests here."""
    opened = warehouse(tmp_path_factory.mktemp("arrival") / "warehouse.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def db(made: Database) -> Database:
    """A warehouse with nothing in it."""
    return emptied(made)


def said(case: int, on: int, value: int | None, *, implied: bool) -> Observation:
    """What a document of a day of July says of the cell of a case; each case is a series of its own."""
    return row(
        value, date(2026, 7, on), partner=f"C{case}", partner_name=f"Case {case}", reconstructed=implied,
        precision=Decimal("0.4"),
    )  # fmt: skip


def documents(days: Sequence[int]) -> list[tuple[Record, Batch]]:
    """One document a day; together they say everything that so many documents can say of a cell."""
    cases = list(product(SAYS, repeat=len(days)))
    coming = []
    for k, on in enumerate(days):
        about = ((n, case[k]) for n, case in enumerate(cases))
        coming.append(document(f"{on}", day(24), *(said(n, on, it[0], implied=it[1]) for n, it in about if it)))
    return coming


def answers(db: Database) -> list[tuple[Any, ...]]:
    """The value of every cell as of each day, and which vintages stand."""
    instants = [datetime(2026, 7, on, 23, 59, 59) for on in (2, *PUBLISHED, 25)]
    found = []
    for at in instants:
        rows = db.rows("SELECT partner, value, known_at FROM observations_as_of(?) ORDER BY ALL", [at])
        assert len({partner for partner, *_ in rows}) == len(rows), "one row a cell"
        found.append(tuple(rows))
    return found


def arrived(db: Database, order: Sequence[tuple[Record, Batch]]) -> list[tuple[Any, ...]]:
    """The answers after the documents have come one a night."""
    emptied(db)
    seen: dict[str, Batch] = {}
    for coming in order:
        bring(db, coming, seen=seen)
    return answers(db)


def test_any_order_of_three_documents_gives_the_same_answers(db: Database) -> None:
    """P-47: All 512 things that three documents can say of a cell, in all six orders, and all in one night."""
    coming = documents(PUBLISHED[:3])
    first = arrived(db, coming)
    assert len(first[-1]) == len(SAYS) ** 3 - 1

    for order in permutations(coming):
        assert arrived(db, order) == first
    emptied(db)
    bring(db, *coming)
    assert answers(db) == first


def test_other_orders_of_four_documents_give_the_same_answers(db: Database) -> None:
    """All 4096 things that four documents can say of a cell: backwards, and in a mixed order."""
    coming = documents(PUBLISHED)
    first = arrived(db, coming)

    for order in ((3, 2, 1, 0), (1, 3, 0, 2)):
        assert arrived(db, [coming[n] for n in order]) == first


def test_coming_twice_is_coming_once(db: Database) -> None:
    """P-46: Every document again, in another run: nothing is new, and no vintage is more."""
    coming = documents(PUBLISHED[:3])
    first = arrived(db, coming)
    vintages = db.rows("SELECT * EXCLUDE (run_id) FROM vintages ORDER BY ALL")
    seen = {record.sidecar: batch for record, batch in coming}
    for again in coming:
        loaded = bring(db, again, seen=seen, run_id="again")
        assert (loaded.new, loaded.revised, loaded.same) == (0, 0, loaded.parsed)

    assert answers(db) == first
    assert db.rows("SELECT * EXCLUDE (run_id) FROM vintages ORDER BY ALL") == vintages


def test_no_row_is_lost_on_the_way(db: Database) -> None:
    """P-43: New, revised and same rows are together all that were parsed, for every document."""
    seen: dict[str, Batch] = {}
    for coming in documents(PUBLISHED[:3]):
        loaded = bring(db, coming, seen=seen)
        assert loaded.parsed == len(coming[1].observations)
        assert loaded.new + loaded.revised + loaded.same == loaded.parsed
        assert min(loaded.new, loaded.revised, loaded.same) >= 0


def test_an_implied_figure_that_was_printed_later_counts_as_printed(db: Database) -> None:
    """Implied 100, printed 100, then restated as 101: within 1 % of what was printed, the printed figure stays."""
    seen: dict[str, Batch] = {}
    for on, value, implied in ((3, 100, True), (5, 100, False), (9, 101, True)):
        bring(db, document(f"{on}", day(24), said(1, on, value, implied=implied)), seen=seen)

    assert db.rows("SELECT value FROM observations") == [(100.0,)]
    assert [value for (value,) in db.rows("SELECT value FROM observation_vintages ORDER BY known_at")] == [100.0, 101.0]


def test_documents_of_one_moment_give_one_value_at_each_instant(db: Database) -> None:
    """Published on one day, fetched at one instant, in one run or in several: no two values at once, and no gap.

    A fixed clock (`AMUR_NOW`) gives every file of an `amur ingest` the same instant. 600 cells, of which each of the
    twelve documents of three nights says something by chance.
    """
    chance = Random(4711)  # noqa: S311 (the same cells at every run)
    seen: dict[str, Batch] = {}
    for night in range(3):
        coming = []
        for number, fetched in enumerate((20, 20, 20, 21)):
            rows = []
            for case in range(600):
                on, value = chance.choice((None, 10, 10, 11)), chance.choice((None, 1, 2, 3, 300, 301))
                figure = said(case, on or 1, value, implied=chance.random() < 0.2)
                if chance.random() < 0.7:
                    rows.append(figure if on else replace(figure, published=None))
            coming.append(document(f"{night} {number}", day(fetched), *rows))
        bring(db, *coming, seen=seen)  # asserts that every invariant holds

    for (at,) in db.rows("SELECT DISTINCT known_at FROM observation_vintages WHERE NOT aside ORDER BY ALL"):
        values = db.rows("SELECT count(*), count(DISTINCT series_key) FROM observations_as_of(?)", [at])
        assert values[0][0] == values[0][1]
    assert db.value("SELECT count(*) FROM observations") == 600


def test_a_third_document_of_one_moment_can_be_published(db: Database) -> None:
    """Three files of one page, all dated 22 July, given at one instant, one after the other: 1, then 2, then 3."""
    seen: dict[str, Batch] = {}
    for value in (1, 2, 3):
        bring(db, document(f"{value}", day(24), row(value, date(2026, 7, 22))), seen=seen)

    assert db.rows("SELECT value FROM observations") == [(3.0,)]
    assert [value for (value,) in db.rows("SELECT value FROM observation_vintages ORDER BY known_at")] == [
        1.0,
        2.0,
        3.0,
    ]
