"""The published answers: totals, balances, changes on the year before, freshness, each from few rows made by hand."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sources.catalogue import CATALOGUE
from sources.contract import Batch, Observation
from tests.warehouse.builders import NOW, bring, day, document, emptied, row, warehouse
from warehouse.database import Database, naive
from warehouse.ledger import FetchNote
from warehouse.loader import Work, load

SEEN: dict[str, Batch] = {}  # what was loaded before, for the loader to read again
FETCHED = datetime(2026, 7, 24, 12, tzinfo=NOW.tzinfo)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One warehouse for all tests here."""
    opened = warehouse(tmp_path_factory.mktemp("views") / "warehouse.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def db(made: Database) -> Database:
    """A warehouse with nothing in it."""
    return emptied(made)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def month(value: float | None, period: str, flow: str | None = "X", **more: Any) -> Observation:  # noqa: ANN401 (any field)
    """China's trade with Russia in a month (`2026-06`) or in months booked together (`2026-01/2026-02`)."""
    first, _, last = period.partition("/")
    start, end = (tuple(map(int, text.split("-"))) for text in (first, last or first))
    facts: dict[str, Any] = {"period_start": date(start[0], start[1], 1), "period_end": last_day(end[0], end[1])}
    return row(value, **({"published": None, "flow": flow} | facts | more))


def year_to_date(value: float, period: str, flow: str = "X", **more: Any) -> Observation:  # noqa: ANN401 (any field)
    """China's trade with Russia from January to a month."""
    year, last = map(int, period.split("-"))
    return month(
        value, period, flow, freq="YTD", period_start=date(year, 1, 1), period_end=last_day(year, last), **more
    )


def known(
    db: Database, *rows: Observation, source: str = "gacc_bulletin", at: datetime = FETCHED, name: str = ""
) -> None:
    """Load rows that one page of a source says."""
    bring(db, document(name or f"{source} {at} {rows[0].period} {rows[0].freq}", at, *rows, source=source), seen=SEEN)


def answers(db: Database, indicator: str, freq: str = "M", what: str = "value") -> dict[str, Any]:
    """An indicator by period."""
    rows = db.rows(f"SELECT period, {what} FROM indicators WHERE indicator = ? AND freq = ?", [indicator, freq])
    found = dict(rows)
    assert len(found) == len(rows), "one row an indicator and period"
    return found


# --- trade --------------------------------------------------------------------------------------------------------


def test_printed_figures_are_quotable_answers(db: Database) -> None:
    """Exports, imports and both, in dollars and yuan, a month, since January and a year: as printed."""
    known(
        db,
        month(11_432_537_000, "2026-06", "X"),
        month(12_918_844_000, "2026-06", "M"),
        month(24_351_380_000, "2026-06", "T"),
        month(82_000_000_000, "2026-06", "X", unit="CNY"),
        year_to_date(60_596_461_000, "2026-06", "X"),
        month(244_800_000_000, "2025-12", "T", freq="A", period_start=date(2025, 1, 1)),
    )

    assert answers(db, "cn_exports_usd") == {"2026-06": 11_432_537_000.0}
    assert answers(db, "cn_imports_usd") == {"2026-06": 12_918_844_000.0}
    assert answers(db, "trade_total_usd") == {"2026-06": 24_351_380_000.0}
    assert answers(db, "cn_exports_cny") == {"2026-06": 82_000_000_000.0}
    assert answers(db, "cn_exports_usd", "YTD") == {"2026-06": 60_596_461_000.0}
    assert answers(db, "trade_total_usd", "A") == {"2025": 244_800_000_000.0}
    assert answers(db, "trade_total_usd", what="(unit, basis, grade, obs_status)") == {
        "2026-06": ("USD", "official", "quotable", "A")
    }


def test_other_partners_products_and_reporters_are_no_answer(db: Database) -> None:
    """Trade with Belarus, trade in ships, Russia's own figures: none of them is China's trade with Russia."""
    known(
        db,
        month(1, "2026-06", partner="BY"),
        month(2, "2026-06", product="8901"),
        month(3, "2026-06", reporter="RU", partner="CN"),
        month(4, "2026-06", measure="trade_value_yoy_usd", unit="percent"),
        month(5, "2026-06", partner="W0"),
    )

    assert db.rows("SELECT * FROM indicators") == []


def test_a_missing_value_is_no_answer(db: Database) -> None:
    """`####` hides a number: there is no indicator for it, and no zero."""
    known(db, month(None, "2026-06"))

    assert db.rows("SELECT * FROM indicators") == []


def test_the_balance_is_exports_less_imports(db: Database) -> None:
    """11,432,537 less 12,918,844 thousand dollars; derived, and led back to both cells."""
    known(db, month(11_432_537_000, "2026-06", "X"), month(12_918_844_000, "2026-06", "M"))

    assert answers(db, "trade_balance_usd") == {"2026-06": -1_486_307_000.0}
    assert answers(db, "trade_balance_usd", what="(basis, len(inputs))") == {"2026-06": ("derived", 2)}


def test_a_balance_never_mixes_sources(db: Database) -> None:
    """Exports of one release and imports of another are not subtracted from each other."""
    known(db, month(100, "2026-06", "X"))
    known(db, month(70, "2026-06", "M"), source="gacc_preliminary")

    assert answers(db, "trade_balance_usd") == {}


# --- best of the sources ------------------------------------------------------------------------------------------


def test_the_verified_figure_answers_before_the_preliminary_one(db: Database) -> None:
    """The bulletin counts though the preliminary release came later; both stay side by side in observations."""
    known(db, month(11_432_537_000, "2026-06"))
    known(db, month(11_432_500_000, "2026-06", obs_status="P"), source="gacc_preliminary", at=day(25))
    known(db, month(11_000_000_000, "2026-06"), source="reference", at=day(25))

    assert answers(db, "cn_exports_usd") == {"2026-06": 11_432_537_000.0}
    assert db.rows("SELECT source, rank, datasets_held FROM observations_best") == [("gacc_bulletin", 2, 3)]
    assert db.value("SELECT count(*) FROM observations") == 3


def test_as_of_a_day_before_the_bulletin_the_preliminary_figure_answers(db: Database) -> None:
    """What was best known then, not what is best known now."""
    known(db, month(11_432_500_000, "2026-06", published=date(2026, 7, 14)), source="gacc_preliminary")
    known(db, month(11_432_537_000, "2026-06", published=date(2026, 7, 22)))
    as_of = "SELECT value FROM indicators_as_of(?) WHERE indicator = 'cn_exports_usd'"

    assert db.rows(as_of, [datetime(2026, 7, 13)]) == []
    assert db.rows(as_of, [datetime(2026, 7, 20)]) == [(11_432_500_000.0,)]
    assert db.rows(as_of, [datetime(2026, 7, 23)]) == [(11_432_537_000.0,)]


def test_a_cited_figure_answers_with_care_where_there_is_no_other(db: Database) -> None:
    """What a newspaper quoted is an answer of its own grade."""
    known(db, month(244_819_000_000, "2024-12", "T", freq="A", period_start=date(2024, 1, 1)), source="reference")

    assert answers(db, "trade_total_usd", "A", "(basis, grade)") == {"2024": ("reference", "with care")}


# --- months out of cumulative figures -----------------------------------------------------------------------------


def test_a_month_that_is_not_printed_is_the_difference_of_two_cumulative_figures(db: Database) -> None:
    """1 to 5 less 1 to 4 is May; it is derived, estimated, and led back to both."""
    known(db, year_to_date(40, "2026-04"))
    known(db, year_to_date(52.5, "2026-05"))

    assert answers(db, "cn_exports_usd") == {"2026-05": 12.5}
    assert answers(db, "cn_exports_usd", what="(basis, obs_status, grade, len(inputs))") == {
        "2026-05": ("derived", "E", "with care", 2)
    }


def test_january_and_february_together_are_one_period(db: Database) -> None:
    """The cumulative figure of February is both months; March comes on top; February alone is never invented."""
    known(db, year_to_date(20, "2026-02"))
    known(db, year_to_date(33, "2026-03"))

    assert answers(db, "cn_exports_usd") == {"2026-01/2026-02": 20.0, "2026-03": 13.0}


def test_february_is_told_apart_where_january_is_known(db: Database) -> None:
    """With January's own figure the month of February can be computed."""
    known(db, year_to_date(9, "2026-01"))
    known(db, year_to_date(20, "2026-02"))

    assert answers(db, "cn_exports_usd") == {"2026-01": 9.0, "2026-02": 11.0}


def test_a_gap_in_the_cumulative_figures_gives_no_month(db: Database) -> None:
    """1 to 6 less 1 to 4 is May and June: neither month is known."""
    known(db, year_to_date(40, "2026-04"))
    known(db, year_to_date(66, "2026-06"))

    assert answers(db, "cn_exports_usd") == {}
    known(db, year_to_date(9, "2027-03"), at=day(25), name="alone")
    assert answers(db, "cn_exports_usd") == {}


def test_a_difference_never_mixes_sources(db: Database) -> None:
    """A verified and a preliminary cumulative figure differ by more than a month."""
    known(db, year_to_date(40, "2026-04"))
    known(db, year_to_date(52, "2026-05"), source="gacc_preliminary")

    assert answers(db, "cn_exports_usd") == {}


def test_a_printed_month_stands_before_a_computed_one(db: Database) -> None:
    """Also where the printed one covers two months: no second answer for a part of it."""
    known(
        db,
        year_to_date(9, "2026-01"),
        year_to_date(20, "2026-02"),
        year_to_date(33, "2026-03"),
        month(19.9, "2026-01/2026-02"),
        month(13.1, "2026-03"),
    )

    assert answers(db, "cn_exports_usd") == {"2026-01/2026-02": 19.9, "2026-03": 13.1}


def test_a_computed_month_is_known_when_the_later_of_its_inputs_is(db: Database) -> None:
    """A backfill brings the earlier cumulative figure after the later one: only then can the month be computed."""
    known(db, year_to_date(52, "2026-05"), at=day(10))
    known(db, year_to_date(40, "2026-04"), at=day(20))

    assert answers(db, "cn_exports_usd", what="known_at") == {"2026-05": day(20).replace(tzinfo=None)}
    assert db.rows("SELECT period FROM indicators_as_of(?) WHERE freq = 'M'", [naive(day(15))]) == []


def test_december_since_january_is_the_year(db: Database) -> None:
    """Where no annual figure is printed; a printed one stands before it."""
    known(db, year_to_date(240, "2025-12"))
    assert answers(db, "cn_exports_usd", "A") == {"2025": 240.0}

    known(db, month(241, "2025-12", freq="A", period_start=date(2025, 1, 1)))
    assert answers(db, "cn_exports_usd", "A") == {"2025": 241.0}


# --- against the year before --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "before", "freq", "change"),
    [
        (month(115, "2026-06"), month(100, "2025-06"), "M", 15.0),
        (month(90, "2026-01/2026-02"), month(120, "2025-01/2025-02"), "M", -25.0),
        (month(90, "2024-01/2024-02"), month(120, "2023-01/2023-02"), "M", -25.0),
        (month(110, "2025-02"), month(100, "2024-02"), "M", 10.0),
        (year_to_date(150, "2026-06"), year_to_date(100, "2025-06"), "YTD", 50.0),
    ],
    ids=["a month", "January and February", "the same in a leap year", "after a leap year", "since January"],
)
def test_growth_is_against_the_same_period_of_the_year_before(
    db: Database, now: Observation, before: Observation, freq: str, change: float
) -> None:
    """Computed from both values, never copied from the page; led back to both."""
    known(db, now)
    known(db, before)

    assert answers(db, "cn_exports_yoy", freq) == {now.period: pytest.approx(change)}
    assert answers(db, "cn_exports_yoy", freq, "(unit, basis, len(inputs))") == {now.period: ("percent", "derived", 2)}


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (month(115, "2026-02"), month(100, "2025-01/2025-02")),
        (month(115, "2026-06"), month(100, "2025-05")),
        (month(115, "2026-06"), year_to_date(100, "2025-06")),
        (month(115, "2026-06"), month(100, "2025-06", flow="M")),
        (month(115, "2026-06", unit="CNY"), month(100, "2025-06", unit="CNY")),
    ],
    ids=["one month against two", "another month", "a month against months", "another flow", "yuan: no such indicator"],
)
def test_unlike_periods_are_not_compared(db: Database, now: Observation, before: Observation) -> None:
    """A change on the year before needs the same months, flow and unit."""
    known(db, now)
    known(db, before)

    assert db.rows("SELECT * FROM indicators WHERE indicator LIKE '%yoy'") == []


def test_growth_from_nothing_has_no_percentage(db: Database) -> None:
    """From zero no percentage can be told: the answer is NULL, not infinite."""
    known(db, month(115, "2026-06"))
    known(db, month(0, "2025-06"))

    assert answers(db, "cn_exports_yoy") == {"2026-06": None}


def test_growth_on_a_cited_figure_is_to_be_quoted_with_care(db: Database) -> None:
    """The weaker of the two inputs gives the grade."""
    known(db, month(115, "2026-06"))
    known(db, month(100, "2025-06"), source="reference")

    assert answers(db, "cn_exports_yoy", what="(basis, grade)") == {"2026-06": ("reference", "with care")}


# --- rates and prices ---------------------------------------------------------------------------------------------


def rate(value: float, on: date, currency: str = "CNY") -> Observation:
    """An official rate."""
    return row(
        value, on, dataset="daily", measure="fx_rate", unit="RUB", freq="D", period_start=on, period_end=on,
        reporter="RU", partner=None, partner_name=None, partner_kind=None, flow=None, product=currency,
        precision=Decimal("0.00005"),
    )  # fmt: skip


def test_rates_are_answers_by_the_day_and_by_the_month(db: Database) -> None:
    """The month is the plain average of the days that have a rate; days without one are not filled in."""
    known(
        db, rate(11.0, date(2026, 6, 2)), rate(11.3, date(2026, 6, 3)), rate(11.6, date(2026, 6, 30)),
        rate(12.0, date(2026, 7, 1)), rate(80.0, date(2026, 6, 2), "USD"), rate(0.15, date(2026, 6, 2), "JPY"),
        source="cbr_fx",
    )  # fmt: skip

    assert answers(db, "fx_rub_per_cny", "D") == {
        "2026-06-02": 11.0,
        "2026-06-03": 11.3,
        "2026-06-30": 11.6,
        "2026-07-01": 12.0,
    }
    assert answers(db, "fx_rub_per_cny") == {"2026-06": pytest.approx(11.3), "2026-07": 12.0}
    assert answers(db, "fx_rub_per_usd") == {"2026-06": 80.0}
    assert answers(db, "fx_rub_per_jpy") == {}
    assert answers(db, "fx_rub_per_cny", what="(unit, basis, len(inputs), period_end)")["2026-06"] == (
        "RUB",
        "derived",
        3,
        date(2026, 6, 30),
    )
    assert answers(db, "fx_rub_per_cny", "D", "basis")["2026-06-02"] == "official"


def test_prices_are_answers_under_their_own_names(db: Database) -> None:
    """Brent and Australian coal; other prices stay in the observations."""
    facts: dict[str, Any] = {"dataset": "monthly_prices", "measure": "price", "reporter": None, "partner": "W0"}
    known(
        db,
        month(67.951, "2025-09", product="CRUDE_BRENT", unit="USD/bbl", flow=None, **facts),
        month(106.32, "2025-09", product="COAL_AUS", unit="USD/t", flow=None, **facts),
        month(233.76, "2025-09", product="WHEAT_US_HRW", unit="USD/t", flow=None, **facts),
        source="worldbank_pinksheet",
    )

    assert db.rows("SELECT indicator, period, value, unit, basis FROM indicators ORDER BY indicator") == [
        ("brent_usd_bbl", "2025-09", 67.951, "USD/bbl", "official"),
        ("coal_au_usd_t", "2025-09", 106.32, "USD/t", "official"),
    ]


# --- freshness ----------------------------------------------------------------------------------------------------

# The bulletin: figures of a month are expected from the 18th to the 26th day after it, stale 14 days later.
FRESHNESS = "SELECT state, stale, next_expected_on, overdue_after FROM freshness_at(?) WHERE source = ?"


def fresh(db: Database, on: datetime, source: str = "gacc_bulletin") -> tuple[Any, ...]:
    """State, stale, first and last expected day of a source at an instant."""
    (found,) = db.rows(FRESHNESS, [naive(on), source])
    return found


def attempt(db: Database, outcome: str, at: datetime, error: str = "") -> None:
    """A night on which the bulletin was asked for."""
    note = FetchNote("http://x/index", "", at, outcome, error=error)
    load(db, Work("gacc_bulletin", f"run {at}", at, notes=[note]))


@pytest.mark.parametrize(
    ("on", "state", "stale"),
    [
        (date(2026, 7, 1), "none expected", False),
        (date(2026, 7, 17), "none expected", False),
        (date(2026, 7, 18), "due", False),
        (date(2026, 7, 26), "due", False),
        (date(2026, 7, 27), "overdue", False),
        (date(2026, 8, 9), "overdue", False),
        (date(2026, 8, 10), "overdue", True),
    ],
)
def test_figures_are_expected_by_the_calendar_of_the_source(db: Database, on: date, state: str, stale: bool) -> None:
    """With May known, June is due from 18 to 26 July; two weeks of silence after that make the source stale."""
    known(db, month(100, "2026-05"))
    attempt(db, "ok", day(1))

    at = datetime(on.year, on.month, on.day, 23, 59, tzinfo=NOW.tzinfo)
    assert fresh(db, at) == (state, stale, date(2026, 7, 18), date(2026, 7, 26))


def test_an_overdue_source_that_cannot_be_reached_is_told_from_one_that_is_late(db: Database) -> None:
    """The last attempt decides; the last failure is quoted, also after a night that went well."""
    known(db, month(100, "2026-05"))
    attempt(db, "ok", day(27))
    assert fresh(db, day(28))[0] == "overdue"
    attempt(db, "unreachable", day(28), "found a reset connection")
    assert fresh(db, day(29))[0] == "published but unreachable"
    attempt(db, "not_modified", day(30))
    assert fresh(db, day(31))[0] == "overdue"

    assert db.rows(
        "SELECT last_success_at, last_attempt_at, last_error FROM freshness_at(?) WHERE source = 'gacc_bulletin'",
        [naive(day(31))],
    ) == [(naive(day(30)), naive(day(30)), "found a reset connection")]


def test_an_overdue_source_whose_page_we_hold_is_our_fault(db: Database) -> None:
    """It is published and waits for a person here; a single row in doubt does not count as that."""
    known(db, month(100, "2026-05"))
    entry = (
        "INSERT INTO quarantine VALUES ('q-1', ?, 'gacc_bulletin', 'u', 'p', 's', 'l', 'judge', 'r', '[]', 1, "
        "TIMESTAMP '2026-07-24 00:00:00', 'run', 'held', NULL, NULL, NULL)"
    )
    db.execute(entry, ["row"])
    assert fresh(db, day(28))[0] == "overdue"
    db.execute("DELETE FROM quarantine")
    db.execute(entry, ["batch"])
    assert fresh(db, day(28))[0] == "our fault"
    assert fresh(db, day(20))[0] == "due"
    db.execute("UPDATE quarantine SET state = 'rejected'")
    assert fresh(db, day(28))[0] == "overdue"


@pytest.mark.parametrize(
    ("source", "expected"),
    [("gacc_preliminary", date(2026, 3, 7)), ("gacc_bulletin", date(2026, 2, 18))],
)
def test_after_december_a_source_that_books_two_months_together_is_silent_until_march(
    db: Database, source: str, expected: date
) -> None:
    """The preliminary release has no January: nobody is alarmed in February. The bulletin has one."""
    known(db, month(100, "2025-12"), source=source)

    assert fresh(db, datetime(2026, 2, 15, tzinfo=NOW.tzinfo), source)[:3] == ("none expected", False, expected)


def test_a_daily_source_is_due_the_day_after(db: Database) -> None:
    """Rates: over the New Year holidays ten days of silence are nothing unusual, more are."""
    known(db, rate(11.0, date(2026, 6, 30)), source="cbr_fx")

    on = [datetime(2026, 7, 1, tzinfo=NOW.tzinfo) + timedelta(days=n) for n in (-1, 0, 3, 4, 13, 14)]
    assert [fresh(db, at, "cbr_fx")[:2] for at in on] == [
        ("none expected", False),
        ("due", False),
        ("due", False),
        ("overdue", False),
        ("overdue", False),
        ("overdue", True),
    ]


def test_what_is_shipped_is_never_expected(db: Database) -> None:
    """The reference figures change with the program alone."""
    assert fresh(db, day(28), "reference") == ("none expected", False, None, None)


def test_a_source_without_a_figure_is_overdue_from_its_first_period_on(db: Database) -> None:
    """Never reached since the installation: stale, and every source of the catalogue has its row."""
    assert fresh(db, day(28))[:2] == ("overdue", True)
    assert {source for (source,) in db.rows("SELECT source FROM freshness_at(?)", [naive(day(28))])} == set(CATALOGUE)


def test_the_published_freshness_is_that_of_its_publication(db: Database) -> None:
    """A copy of the database read a month later says what was due then, not what is due now."""
    known(db, month(100, "2026-05"))
    db.execute("INSERT INTO snapshot VALUES ('s', TIMESTAMP '2026-07-20 02:30:00', 'run', '0', 1)")

    assert db.rows("SELECT state FROM freshness WHERE source = 'gacc_bulletin'") == [("due",)]


# --- series, revisions, disagreements -----------------------------------------------------------------------------


def test_a_series_says_how_far_it_reaches_and_how_full_it_is(db: Database) -> None:
    """Three cells of which one is missing: coverage two thirds, named in words, newest period by its label."""
    known(db, month(100, "2026-04"), month(None, "2026-05"), month(110, "2026-06"))

    assert db.rows(
        "SELECT title, first_period_start, newest_period, newest_period_end, cells, coverage FROM series"
    ) == [
        (
            "CN exports to Russia TOTAL trade_value (USD, M, gacc_bulletin)",
            date(2026, 4, 1),
            "2026-06",
            date(2026, 6, 30),
            3,
            pytest.approx(2 / 3),
        )
    ]
    assert db.value("SELECT history_from FROM series") == naive(FETCHED)


def test_how_often_how_far_and_how_late_a_series_moves(db: Database) -> None:
    """Of four cells two were revised, by 10 % after 2 days and by -20 % after 4: half a revision a cell."""
    periods = ("2026-03", "2026-04", "2026-05", "2026-06")
    known(db, *(month(100, period) for period in periods), at=day(10))
    known(db, month(110, "2026-03"), at=day(12), name="second")
    known(db, month(80, "2026-04"), at=day(14), name="third")

    assert db.rows("SELECT period, old_value, new_value, change_pct, days_between FROM revisions ORDER BY period") == [
        ("2026-03", 100.0, 110.0, pytest.approx(10), 2),
        ("2026-04", 100.0, 80.0, pytest.approx(-20), 4),
    ]
    assert db.rows(
        "SELECT cells, revised, revisions_per_cell, median_change_pct, nine_in_ten_change_pct, median_days, "
        "nine_in_ten_days FROM revision_profile"
    ) == [(4, 2, 0.5, pytest.approx(15), pytest.approx(19), 3.0, pytest.approx(3.8))]


def test_a_series_that_never_moved_has_a_profile_too(db: Database) -> None:
    """No revision is an answer: 0, without sizes."""
    known(db, month(100, "2026-06"))

    assert db.rows("SELECT revised, revisions_per_cell, median_change_pct FROM revision_profile") == [(0, 0.0, None)]


def test_two_sources_that_differ_by_more_than_rounding_disagree(db: Database) -> None:
    """Half a printed unit of both is no difference; what goes beyond it is shown with both series, in percent."""
    known(db, month(10_000, "2026-05"), month(10_000, "2026-06"), month(10_000, "2026-06", partner="BY"))
    known(
        db,
        month(11_000, "2026-05"),  # as far as 500 and 500 of rounding reach
        month(11_001, "2026-06"),
        month(None, "2026-06", partner="BY"),
        source="gacc_preliminary",
    )

    assert db.rows("SELECT period, value_a, value_b, difference_pct FROM disagreements") == [
        ("2026-06", 10_000.0, 11_001.0, pytest.approx(10.01))
    ]
    assert db.rows(
        "SELECT series_key_a LIKE 'gacc_bulletin:%', series_key_b LIKE 'gacc_preliminary:%' FROM disagreements"
    ) == [(True, True)]


def test_first_and_later_vintages_can_be_asked_for(db: Database) -> None:
    """The first print, the one after it, and nothing where there was no further one."""
    for value, number in ((100, 10), (101, 12), (102, 14)):
        known(db, month(value, "2026-06"), at=day(number), name=f"{number}")
    known(db, month(7, "2026-05"), at=day(10))

    def values(macro: str) -> list[Any]:
        return [value for (value,) in db.rows(f"SELECT value FROM {macro} ORDER BY value")]

    assert values("observations_first()") == [7.0, 100.0]
    assert values("observations_lag(0)") == [7.0, 100.0]
    assert values("observations_lag(1)") == [101.0]
    assert values("observations_lag(2)") == [102.0]
    assert values("observations_lag(3)") == []
    assert values("observations") == [7.0, 102.0]


def test_an_area_without_a_code_keeps_its_name(db: Database) -> None:
    """Two nameless codes are two series; neither is taken for a country's figure by the best-of view."""
    known(
        db,
        month(1, "2026-06", partner=None, partner_name="Canary Islands", partner_kind="area"),
        month(2, "2026-06", partner=None, partner_name="Ceuta", partner_kind="area"),
    )

    assert db.rows("SELECT partner, partner_name, value FROM observations ORDER BY value") == [
        (None, "Canary Islands", 1.0),
        (None, "Ceuta", 2.0),
    ]
    assert db.rows("SELECT * FROM observations_best") == []
