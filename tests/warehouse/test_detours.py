"""The detour finder: bounds worked out by hand, what a missing report does to them, and what was known when."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from sources.contract import Batch, Observation
from tests.warehouse.builders import NOW, bring, day, document, emptied, row, warehouse
from warehouse.database import Database

SEEN: dict[str, Batch] = {}  # what was loaded before, for the loader to read again
ANSWER = [
    "indicator", "title", "freq", "period_start", "period_end", "value", "unit", "obs_status", "known_at", "source",
    "inputs", "computed", "coverage", "low_base", "grade", "method",
]  # fmt: skip
FETCHED = day(24)
BOUNDS = "lower, upper, reported, coverage"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One warehouse for all tests here."""
    opened = warehouse(tmp_path_factory.mktemp("detours") / "warehouse.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def db(made: Database) -> Database:
    """A warehouse with nothing in it."""
    return emptied(made)


def cell(value: float, reporter: str, flow: str, partner: str, period: str, **more: Any) -> Observation:  # noqa: ANN401 (any field)
    """Trade in cars in a month (`2025-06`), in two (`2025-01/2025-02`) or a year (`2025`), in USD unless said."""
    year, _, months = period.partition("-")
    first, last = (int(months[:2]), int(months[-2:])) if months else (1, 12)
    facts: dict[str, Any] = {
        "dataset": "hs", "product": "8703", "reporter": reporter, "flow": flow, "partner": partner,
        "partner_name": None, "freq": "M" if months else "A", "published": None, "precision": Decimal("0.5"),
        "period_start": date(int(year), first, 1),
        "period_end": date(int(year), last, monthrange(int(year), last)[1]),
    }  # fmt: skip
    return row(value, **(facts | more))


def leg(reporter: str, partner: str, values: dict[str, float], **more: Any) -> list[Observation]:  # noqa: ANN401 (any field)
    """Exports from one country to another, by period."""
    return [cell(value, reporter, "X", partner, period, **more) for period, value in values.items()]


def known(db: Database, rows: list[Observation], *, source: str = "comtrade", at: datetime = FETCHED) -> None:
    """Load rows that one reply of a source says."""
    bring(db, document(f"{source} {at} {len(SEEN)}", at, *rows, source=source), seen=SEEN)


PATH = {"2019": 100.0, "2020": 110.0, "2021": 120.0}  # a mean of 110
TO_RUSSIA = {"2019": 10.0, "2020": 20.0, "2021": 30.0}  # a mean of 20


def kazakhstan(db: Database, sent: float, passed_on: float | None, **more: Any) -> None:  # noqa: ANN401 (any field)
    """Cars of 2025 that China sends to Kazakhstan, and those that Kazakhstan sends to Russia."""
    known(db, leg("CN", "KZ", PATH | {"2025": sent}, **more))
    known(db, leg("KZ", "RU", TO_RUSSIA | ({} if passed_on is None else {"2025": passed_on}), **more))


# --- the bounds ---------------------------------------------------------------------------------------------------


def test_an_empty_warehouse_has_no_detours(db: Database) -> None:
    """No rows and no error."""
    assert db.rows("FROM detours") == []
    assert db.rows("FROM detour_answers_as_of(?)", [NOW.replace(tzinfo=None)]) == []


def test_the_bounds_are_the_two_excesses_over_2019_to_2021(db: Database) -> None:
    """510 sent where 110 were usual, 270 passed on where 20 were: at least 250, at most 400."""
    kazakhstan(db, 510, 270)

    assert db.rows(
        "SELECT product, way_country, quantity_kind, unit, freq, period, cn_exports, cn_exports_path, cn_path_years, "
        "cn_exports_excess, way_exports_to_ru, way_exports_path, way_path_years, way_exports_excess FROM detours"
    ) == [("8703", "KZ", "value", "USD", "A", "2025", 510, 110, 3, 400, 270, 20, 3, 250)]
    assert db.rows(f"SELECT {BOUNDS} FROM detours") == [(250, 400, True, 1.0)]


@pytest.mark.parametrize(
    ("sent", "passed_on", "lower", "upper"),
    [
        (510, 720, 400, 400),  # more passed on than came: no more than came
        (510, 5, 0, 400),  # less passed on than before
        (90, 270, 0, 0),  # less came than before
        (90, 5, 0, 0),
    ],
)
def test_no_bound_is_below_zero_and_the_lower_never_above_the_upper(
    db: Database, sent: float, passed_on: float, lower: float, upper: float
) -> None:
    """The smaller of both excesses counts, and a fall of trade is no negative detour."""
    kazakhstan(db, sent, passed_on)

    assert db.rows("SELECT lower, upper, reported FROM detours") == [(lower, upper, True)]


def test_a_country_that_does_not_report_has_a_lower_bound_of_zero_and_no_coverage(db: Database) -> None:
    """Nothing is known of what went on: at least 0, and the coverage says why."""
    kazakhstan(db, 510, None)

    assert db.rows(f"SELECT {BOUNDS}, way_exports_to_ru FROM detours") == [(0, 400, False, 0.0, None)]


def test_the_path_of_a_month_is_that_of_the_same_months(db: Database) -> None:
    """June is held against the Junes, January and February together against the same; July is not its like."""
    usual = {"2019-06": 10.0, "2020-06": 20.0, "2021-06": 30.0, "2019-07": 900.0, "2020-07": 900.0}
    together = {"2019-01/2019-02": 5.0, "2020-01/2020-02": 7.0}
    known(db, leg("CN", "KZ", usual | together | {"2025-06": 100, "2025-01/2025-02": 16}))

    assert db.rows("SELECT period, cn_exports_path, cn_path_years, upper FROM detours ORDER BY period") == [
        ("2025-01/2025-02", 6, 2, 10),
        ("2025-06", 20, 3, 80),
    ]


def test_one_year_is_no_path(db: Database) -> None:
    """With 2019 alone, or with 2018 and 2022, there is nothing to hold 2025 against: no bounds, no answer."""
    known(db, leg("CN", "KZ", {"2018": 1, "2019": 1, "2022": 1, "2025": 100}))

    assert db.rows("SELECT period, cn_exports_path, lower, upper, coverage FROM detours ORDER BY period") == [
        ("2022", None, None, None, 0.0),
        ("2025", None, None, None, 0.0),
    ]
    assert db.rows("FROM detour_answers_as_of(?)", [NOW.replace(tzinfo=None)]) == []


def test_a_country_without_a_path_to_russia_does_not_count_as_reporting(db: Database) -> None:
    """What Kazakhstan sends on in 2025 says nothing about more than before if before is unknown."""
    known(db, leg("CN", "KZ", PATH | {"2025": 510}))
    known(db, leg("KZ", "RU", {"2021": 30, "2025": 270}))

    assert db.rows(f"SELECT {BOUNDS}, way_exports_to_ru, way_exports_path FROM detours") == [
        (0, 400, False, 0.0, 270, None)
    ]


def test_other_countries_years_and_directions_are_no_detour(db: Database) -> None:
    """Trade with Mongolia, with Russia itself, before 2022, or of China's imports."""
    for partner in ("MN", "RU", "W0"):
        known(db, leg("CN", partner, PATH | {"2025": 510}))
    known(db, leg("CN", "KZ", PATH))
    known(db, [cell(510, "CN", "M", "KZ", period) for period in (*PATH, "2025")])

    assert db.rows("FROM detours") == []


def test_pieces_and_tonnes_have_bounds_of_their_own(db: Database) -> None:
    """Cars in pieces beside cars in dollars; kilogrammes of a source are tonnes here."""
    kazakhstan(db, 510, 270)
    kazakhstan(db, 410, 120, measure="quantity", unit="units")
    kazakhstan(db, 2_110, 70, measure="quantity", unit="kg")

    assert db.rows("SELECT quantity_kind, unit, lower, upper FROM detours ORDER BY quantity_kind") == [
        ("units", "units", 100, 300),
        ("value", "USD", 250, 400),
        ("weight", "t", pytest.approx(0.05), pytest.approx(2)),
    ]


def test_the_countrys_own_import_report_stands_beside_it(db: Database) -> None:
    """Kazakhstan reports 424 from China with freight: 400 without, where China reports 510."""
    kazakhstan(db, 510, 270)
    known(db, [cell(424, "KZ", "M", "CN", "2025")])

    assert db.rows("SELECT way_imports, mirror_gap FROM detours") == [(424, pytest.approx(-110))]
    assert db.rows("SELECT gap FROM mirror_gaps WHERE exporter = 'CN'") == [(pytest.approx(-110),)]
    assert db.rows("SELECT len(inputs), len(list_distinct(inputs)) FROM detours") == [(9, 9)]


# --- coverage -----------------------------------------------------------------------------------------------------


def test_coverage_is_the_share_of_chinas_exports_to_countries_that_report(db: Database) -> None:
    """Kazakhstan takes 510 and reports, the Emirates take 1,530 and don't: a quarter."""
    kazakhstan(db, 510, 270)
    known(db, leg("CN", "AE", {"2019": 1_000, "2021": 1_000, "2025": 1_530}))

    assert db.rows(f"SELECT way_country, {BOUNDS} FROM detours ORDER BY 1") == [
        ("AE", 0, 530, False, 0.25),
        ("KZ", 250, 400, True, 0.25),
    ]


def test_a_country_for_which_chinas_figure_is_still_missing_weighs_with_its_path(db: Database) -> None:
    """A run that broke off after Kazakhstan: Belarus, 170 as a rule, has no bounds and takes its share of coverage."""
    kazakhstan(db, 510, 270)
    known(db, leg("CN", "BY", {"2019": 160, "2020": 180}))

    assert db.rows(f"SELECT way_country, cn_exports, {BOUNDS} FROM detours ORDER BY 1") == [
        ("BY", None, None, None, False, 0.75),
        ("KZ", 510, 250, 400, True, 0.75),
    ]
    assert answers(db, "coverage") == {"detour_8703_lower_usd": 0.75, "detour_8703_upper_usd": 0.75}


# --- what is known when -------------------------------------------------------------------------------------------


def test_bounds_never_see_the_future(db: Database) -> None:
    """China's report of the 10th, Kazakhstan's of the 20th, China's revision of the 24th: each counts from its day."""
    known(db, leg("CN", "KZ", PATH), at=day(1))
    known(db, leg("KZ", "RU", TO_RUSSIA), at=day(1))
    known(db, leg("CN", "KZ", {"2025": 510}), at=day(10))
    known(db, leg("KZ", "RU", {"2025": 270}), at=day(20))
    known(db, leg("CN", "KZ", {"2025": 210}), at=day(24))

    def at(number: int) -> list[Any]:
        return db.rows(
            "SELECT lower, upper, coverage, known_at FROM detours_as_of(?)", [day(number).replace(tzinfo=None)]
        )

    assert at(9) == []
    assert at(11) == [(0, 400, 0.0, datetime(2026, 7, 10, 12))]
    assert at(21) == [(250, 400, 1.0, datetime(2026, 7, 20, 12))]
    assert at(25) == [(100, 100, 1.0, datetime(2026, 7, 24, 12))]


# --- answers ------------------------------------------------------------------------------------------------------


def answers(db: Database, what: str = "value", freq: str = "A") -> dict[str, Any]:
    """The detour answers of 2025 by name."""
    rows = db.rows(
        f"SELECT indicator, {what} FROM detour_answers_as_of(TIMESTAMP 'infinity') "
        "WHERE year(period_start) = 2025 AND freq = ?",
        [freq],
    )
    assert len(dict(rows)) == len(rows), "one row an indicator and period"
    return dict(rows)


def test_the_answers_add_up_the_countries_for_each_kind_of_goods(db: Database) -> None:
    """250 and 30 at least, 400 and 40 at most; so for chapters, trucks and all goods; other headings are no answer."""
    for product in ("TOTAL", "8703", "8704", "84", "85", "2709"):
        kazakhstan(db, 510, 270, product=product)
        known(db, leg("CN", "KG", {"2019": 10, "2021": 10, "2025": 50}, product=product))
        known(db, leg("KG", "RU", {"2019": 10, "2021": 10, "2025": 40}, product=product))

    stems = ("total", "8703", "8704", "84", "85")
    assert answers(db) == {f"detour_{stem}_lower_usd": 280 for stem in stems} | {
        f"detour_{stem}_upper_usd": 440 for stem in stems
    }
    assert set(answers(db, "(unit, obs_status, grade, coverage, source, computed, low_base)").values()) == {
        ("USD", "E", "with care", 1.0, "comtrade", True, False)
    }


def test_an_answer_leads_back_to_every_figure(db: Database) -> None:
    """Its columns are those of the other answers; its inputs are both legs of 2025 and their paths."""
    kazakhstan(db, 510, 270)
    found = db.execute("FROM detour_answers_as_of(TIMESTAMP 'infinity')")

    assert [column[0] for column in found.description or ()] == ANSWER
    (inputs,) = {tuple(sorted(inputs)) for inputs in answers(db, "inputs").values()}
    assert list(inputs) == sorted(
        f"comtrade:hs:trade_value:{way}:X:8703:USD:A {year}"
        for way in ("CN:KZ", "KZ:RU")
        for year in (2019, 2020, 2021, 2025)
    )
    held = db.rows("SELECT series_key || ' ' || period FROM observations")
    assert sorted(text for (text,) in held) == list(inputs)


def test_below_half_of_the_coverage_an_answer_is_not_to_be_quoted(db: Database) -> None:
    """Only a quarter reports: the lower bound is not to be quoted; the upper one needs no report but China's."""
    kazakhstan(db, 510, 270)
    known(db, leg("CN", "AE", {"2019": 1_000, "2021": 1_000, "2025": 1_530}))

    assert answers(db, "(value, grade)") == {
        "detour_8703_lower_usd": (250, "do not quote"),
        "detour_8703_upper_usd": (930, "with care"),
    }


def test_a_cited_figure_makes_the_answer_one_of_reference(db: Database) -> None:
    """One leg as quoted by a newspaper: the source of the answer is the lesser one."""
    known(db, leg("CN", "KZ", PATH | {"2025": 510}))
    known(db, leg("KZ", "RU", TO_RUSSIA | {"2025": 270}, dataset="ru_fcs_by_country"), source="reference")

    assert set(answers(db, "source").values()) == {"reference"}


def test_january_and_february_are_answered_apart_or_together_not_both(db: Database) -> None:
    """Kazakhstan apart, and both together of another source: two months, not four."""
    usual = {f"{year}-{month}": 10.0 for year in (2019, 2020) for month in ("01", "02")}
    known(db, leg("CN", "KZ", usual | {"2025-01": 20, "2025-02": 30}))
    known(
        db,
        leg("CN", "KZ", {"2019-01/2019-02": 20, "2020-01/2020-02": 20, "2025-01/2025-02": 50}),
        source="gacc_query",
    )

    rows = db.rows(
        "SELECT period_label(freq, period_start, period_end), value FROM detour_answers_as_of(TIMESTAMP 'infinity') "
        "WHERE indicator = 'detour_8703_upper_usd' ORDER BY ALL"
    )
    assert rows == [("2025-01", 10), ("2025-02", 20)]
