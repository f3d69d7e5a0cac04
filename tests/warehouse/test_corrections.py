"""Known errors of publishers: a correction adds a dated vintage, never edits one, and gives way when its end comes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from sources.catalogue import CATALOGUE
from sources.errors import AmurError
from sources.parse.corrections import CORRECTIONS, FILE, Correction, ledger
from tests.warehouse.builders import bring, day, document, emptied, row, warehouse
from warehouse import corrections
from warehouse.address import dicts
from warehouse.database import Database

EXPORTS = "gacc_bulletin:by_country:trade_value:CN:RU:X:TOTAL:USD:M"
TODAY = datetime(2026, 8, 1, tzinfo=UTC)
WRONG = Correction(
    correction_id="K900",
    source="gacc_bulletin",
    series_key=EXPORTS,
    period="2026-06",
    printed="500",
    wrong_value=500.0,
    right_value=5000.0,
    tolerance=100.0,
    printed_on=date(2026, 7, 20),
    found_on=date(2026, 7, 22),
    reported_on=None,
    reason="a digit is missing",
    evidence_url="https://example.org/erratum",
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One warehouse for all."""
    made = warehouse(tmp_path_factory.mktemp("w") / "w.duckdb")
    yield made
    made.close()


@pytest.fixture
def db(shared: Database) -> Database:
    """An empty one."""
    corrections.apply(shared, TODAY, [])
    return emptied(shared)


def printed(value: float | None, on: int, name: str = "") -> Any:  # noqa: ANN401 (a document)
    """An edition of the bulletin of a day of July that prints a value."""
    return document(name or f"page {on}", day(on), row(value, None, precision=0))


def then(db: Database, on: datetime) -> float | None:
    """The value as known at an instant."""
    found: float | None = db.value("SELECT value FROM observations_as_of($1)", [on.replace(tzinfo=None)])
    return found


def cell(db: Database) -> list[tuple[Any, ...]]:
    """All vintages of the cell."""
    return db.rows("SELECT value, known_at, known_to, known_at_basis, obs_status FROM observation_vintages ORDER BY 2")


def one(db: Database) -> dict[str, Any]:
    """The correction as the view tells it."""
    (found,) = dicts(db.connection, "SELECT * FROM corrections", [])
    return found


def test_before_it_was_found_the_publisher_s_error_is_what_was_known(db: Database) -> None:
    """Wrong on the 21st, right from the end of the 22nd, with status, basis, bytes and reason."""
    bring(db, printed(500, 20))
    stored = db.rows("FROM vintages")
    assert corrections.apply(db, TODAY, [WRONG])

    assert (then(db, day(21)), then(db, day(23))) == (500.0, 5000.0)
    right = db.rows("SELECT value, obs_status, known_at_basis, known_at, locator FROM observations")
    assert right == [
        (5000.0, "E", "reconstructed", datetime(2026, 7, 22, 23, 59, 59),
         "table 1 row 9 corrected by K900: a digit is missing"),
    ]  # fmt: skip
    assert db.rows("FROM vintages") == stored, "no vintage is edited"
    assert db.violations() == {}
    assert (one(db)["state"], one(db)["applied"], one(db)["fixed_at"]) == ("open", True, None)


def test_what_amur_itself_held_begins_with_the_correction_too(db: Database) -> None:
    """`observations_held_as_of` never answers with what came later."""
    bring(db, printed(500, 20))
    corrections.apply(db, TODAY, [WRONG])

    held = "SELECT value FROM observations_held_as_of($1)"
    assert db.value(held, [datetime(2026, 7, 21)]) == 500.0
    assert db.value(held, [datetime(2026, 7, 24)]) == 5000.0


def test_an_error_that_is_not_found_yet_corrects_nothing(db: Database) -> None:
    """By a clock before `found_on`: listed, not applied."""
    bring(db, printed(500, 20))
    corrections.apply(db, datetime(2026, 7, 21, tzinfo=UTC), [WRONG])

    assert [r[0] for r in cell(db)] == [500.0]
    assert not one(db)["applied"]


def test_when_the_publisher_prints_the_right_value_the_correction_is_over(db: Database) -> None:
    """It stood from the 22nd to the 25th; the publisher's own value comes after it; the state says since when."""
    bring(db, printed(500, 20))
    bring(db, printed(5050, 25))
    corrections.apply(db, TODAY, [WRONG])

    assert [r[0] for r in cell(db)] == [500.0, 5000.0, 5050.0]
    assert then(db, day(24)) == 5000.0
    found = one(db)
    assert (found["state"], found["fixed_at"].day, found["fixed_value"]) == ("fixed upstream", 25, 5050.0)
    assert not found["applied"]


def test_an_error_that_was_mended_before_it_was_found_needs_no_vintage(db: Database) -> None:
    """Mended on the 21st, found on the 22nd: nothing is added, and the newer value is not covered up."""
    bring(db, printed(500, 20))
    bring(db, printed(5050, 21))
    corrections.apply(db, TODAY, [WRONG])

    assert [r[0] for r in cell(db)] == [500.0, 5050.0]
    assert one(db)["state"] == "fixed upstream"


def test_another_wrong_value_does_not_end_an_error(db: Database) -> None:
    """Beyond the tolerance: the publisher's newest stands, the error stays open."""
    bring(db, printed(500, 20))
    bring(db, printed(700, 25))
    corrections.apply(db, TODAY, [WRONG])

    assert [r[0] for r in cell(db)] == [500.0, 5000.0, 700.0]
    assert (one(db)["state"], one(db)["applied"]) == ("open", False)


def test_an_error_that_is_printed_again_is_corrected_again_at_once(db: Database) -> None:
    """Right on the 25th, wrong again on the 27th: a microsecond later the correction stands."""
    bring(db, printed(500, 20))
    bring(db, printed(5050, 25))
    bring(db, printed(500, 27))
    corrections.apply(db, TODAY, [WRONG])

    assert [r[0] for r in cell(db)] == [500.0, 5000.0, 5050.0, 500.0, 5000.0]
    assert db.rows("SELECT value FROM observations") == [(5000.0,)]
    assert db.violations() == {}


def test_a_print_that_loads_as_missing_is_corrected_too(db: Database) -> None:
    """A quantity whose unit is misprinted."""
    bring(db, printed(None, 20))
    corrections.apply(db, TODAY, [replace(WRONG, wrong_value=None)])

    assert [(r[0], r[4]) for r in cell(db)] == [(None, "M"), (5000.0, "E")]


def test_whatever_comes_first_the_end_is_the_same(db: Database) -> None:
    """Wrong edition, mended edition, repeated error, correction: in any order of loading."""
    ends = set()
    for order in permutations([printed(500, 20), printed(5050, 25), printed(500, 27)]):
        emptied(db)
        corrections.apply(db, TODAY, [])
        seen: dict[str, Any] = {}
        for number, edition in enumerate(order):
            bring(db, edition, seen=seen)
            if number == 0:
                corrections.apply(db, TODAY, [WRONG])
        corrections.apply(db, TODAY, [WRONG])
        ends.add(tuple(cell(db)))
    assert len(ends) == 1


def test_applying_twice_changes_nothing_and_publishes_nothing(db: Database) -> None:
    """The second time there is nothing new to say."""
    bring(db, printed(500, 20))

    assert corrections.apply(db, TODAY, [WRONG])
    assert not corrections.apply(db, TODAY, [WRONG])


def test_a_reported_error_says_so(db: Database) -> None:
    """Until the publisher mends it."""
    bring(db, printed(500, 20))
    corrections.apply(db, TODAY, [replace(WRONG, reported_on=date(2026, 7, 23))])

    assert (one(db)["state"], one(db)["reported_on"]) == ("reported", date(2026, 7, 23))


# --- the ledger ---------------------------------------------------------------------------------------------------


def test_the_shipped_ledger_names_series_of_known_sources_with_evidence() -> None:
    """Each with a reason in words and an address."""
    assert len(CORRECTIONS) >= 4
    for entry in CORRECTIONS.values():
        assert entry.source in CATALOGUE
        assert len(entry.series_key.split(":")) == 9
        assert entry.evidence_url.startswith(("http://", "https://"))
        assert len(entry.reason) > 20


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text.removesuffix("# end\n"), "# end"),
        (lambda text: text.replace("found_on", "seen_on", 1), "header"),
        (lambda text: text.replace("K002", "K001"), "row 3"),
        (lambda text: text.replace("489000", "many"), "row 2"),
        (lambda text: text.replace("2025-07-14", "2027-07-14", 1), "row 2"),
        (lambda text: text.replace("gacc_preliminary,gacc_preliminary:", "lada,gacc_preliminary:", 1), "series_key"),
        (lambda text: text.replace('"79,6",79600,135400', '"79,6",135400,135400'), "row 4"),
        (lambda text: text.replace(",http://www.gks.ru/free_doc/doc_2009/Ind/ind10.rar", ""), "row 4"),
    ],
)
def test_a_ledger_that_cannot_be_read_in_full_is_refused(spoil: Callable[[str], str], said: str) -> None:
    """With its row."""
    text = FILE.read_text(encoding="utf-8")
    assert spoil(text) != text

    with pytest.raises(AmurError, match=said):
        ledger(spoil(text))
