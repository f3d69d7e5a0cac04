"""The answers about vehicles in Russia, the recycling fee, coal duties and investment: few rows made by hand."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from sources.contract import Observation
from tests.warehouse.builders import day, warehouse
from tests.warehouse.goods import answers, goods, known, nothing
from warehouse.database import Database

GRADED = "(value, basis, grade)"
CLASS = "new car 1-2 l, commercial importer"
CAR = "2 l, 200 hp, new, commercial importer"
ON = "SELECT car, fee_rub, fee_gbp, fee_usd, fee_cny FROM recycling_fee_on(?, TIMESTAMP 'infinity') ORDER BY car"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One warehouse for all tests here."""
    opened = warehouse(tmp_path_factory.mktemp("carmakers") / "warehouse.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def db(made: Database) -> Database:
    """A warehouse with nothing in it."""
    return nothing(made)


def vehicles(value: float | None, period: str, dataset: str, measure: str, **more: Any) -> Observation:  # noqa: ANN401 (any field)
    """What a source counts of vehicles in Russia."""
    facts: dict[str, Any] = {
        "dataset": dataset, "measure": measure, "unit": "units", "reporter": "RU", "partner": None,
        "partner_name": None, "partner_kind": None, "flow": None,
    }  # fmt: skip
    return goods(value, period, more.pop("product", None), **(facts | more))


def lada(value: float, period: str, dataset: str = "avtovaz_dealers_pc_lcv", **more: Any) -> Observation:  # noqa: ANN401 (any field)
    """LADA sold, as AvtoVAZ counts it unless changed."""
    return vehicles(value, period, dataset, "lada_sales_units", **more)


def market(value: float, period: str, dataset: str = "autostat_pc", **more: Any) -> Observation:  # noqa: ANN401 (any field)
    """Cars sold in Russia, as Autostat counts them unless changed."""
    return vehicles(value, period, dataset, "ru_car_market_units", **more)


def fee(value: float | None, start: str, car: str = CAR, dataset: str = "reference_cars", **more: Any) -> Observation:  # noqa: ANN401 (any field)
    """The recycling fee on a car from a day on."""
    on = date.fromisoformat(start)
    facts: dict[str, Any] = {
        "product": car, "unit": "RUB", "freq": "D", "period_start": on, "period_end": on,
    }  # fmt: skip
    return vehicles(value, start[:7], dataset, more.pop("measure", "recycling_fee_rub"), **(facts | more))


def rate(value: float, on: str, currency: str) -> Observation:
    """The Bank of Russia's rate of a day."""
    return fee(value, on, currency, "daily", measure="fx_rate", published=date.fromisoformat(on))


# --- scopes -------------------------------------------------------------------------------------------------------


def test_lada_is_what_avtovaz_counts_and_autostats_count_stands_beside_it(db: Database) -> None:
    """2025: 338,490 with light commercial vehicles, 329,890 without: two answers, each tells its scope."""
    known(db, lada(338_490, "2025"), source="lada")
    known(db, lada(329_890, "2025", "autostat_pc"), source="autostat")

    assert answers(db, "lada_sales_units", GRADED, "A") == {"2025": (338_490.0, "official", "quotable")}
    assert answers(db, "lada_sales_units_autostat", GRADED, "A") == {"2025": (329_890.0, "official", "quotable")}
    assert "light commercial vehicles sold by dealers" in answers(db, "lada_sales_units", "title", "A")["2025"]
    assert "without light commercial" in answers(db, "lada_sales_units_autostat", "title", "A")["2025"]


def test_autostat_never_stands_in_for_avtovaz(db: Database) -> None:
    """A month that AvtoVAZ did not publish has no answer under its name."""
    known(db, lada(26_000, "2025-06", "autostat_pc"), source="autostat")

    assert answers(db, "lada_sales_units") == {}
    assert answers(db, "lada_sales_units_autostat") == {"2025-06": 26_000.0}


@pytest.mark.parametrize(
    ("indicator", "source", "dataset", "measure", "words"),
    [
        ("lada_production_units", "lada", "avtovaz_output_pc_lcv", "lada_production_units", "made by AvtoVAZ"),
        ("kamaz_sales_units", "autostat", "autostat_hcv_gt16t", "kamaz_sales_units", "over 16 t"),
        ("kamaz_sales_units_ge14t", "kamaz", "kamaz_hcv_ge14t", "kamaz_sales_units", "14 t and more"),
        ("ru_car_market_units", "autostat", "autostat_pc", "ru_car_market_units", "Autostat"),
        ("ru_car_market_units_aeb_amc", "aeb", "aeb_pc_lcv_amc", "ru_car_market_units", "members of AEB"),
        ("ru_car_market_units_aeb_ppc", "aeb", "aeb_pc_lcv_ppc", "ru_car_market_units", "cars and light commercial"),
        ("ru_car_market_units_aeb_ppc_pc", "aeb", "aeb_pc_ppc", "ru_car_market_units", "without light commercial"),
        ("ru_truck_market_units", "autostat", "autostat_trucks", "ru_truck_market_units", "New trucks sold"),
        ("ru_truck_market_units_gt3_5t", "autostat", "autostat_trucks_gt3_5t", "ru_truck_market_units", "over 3.5 t"),
        ("ru_hcv_market_units", "autostat", "autostat_hcv_gt16t", "ru_hcv_market_units", "over 16 t"),
        ("ru_hcv_market_units_ge14t", "kamaz", "kamaz_hcv_ge14t", "ru_hcv_market_units", "14 t and more"),
        ("ru_car_output_units", "rosstat_output", "booklet_cars", "cars_output_units", "Passenger cars made"),
        ("ru_truck_output_units", "rosstat_output", "booklet_trucks", "trucks_output_units", "of 2010"),
        ("ru_bus_output_units", "rosstat_output", "booklet_buses", "buses_output_units", "Buses made"),
    ],
)
def test_each_answer_takes_one_scope_and_names_it(
    db: Database, indicator: str, source: str, dataset: str, measure: str, words: str
) -> None:
    """A figure answers under one name only, as official, and its title says what is counted."""
    known(db, vehicles(12_345, "2024-05", dataset, measure), source=source)

    found = db.rows("SELECT indicator, value, basis, grade, method FROM indicators WHERE freq = 'M'")
    assert found == [(indicator, 12_345.0, "official", "quotable", "carmakers 1")]
    assert words in answers(db, indicator, "title")["2024-05"]


def test_the_share_of_chinese_brands_is_printed_never_computed(db: Database) -> None:
    """Percent by month and year; months are not added up, and no percent of a percent is made."""
    said = {"dataset": "autostat_pc", "measure": "chinese_brand_share", "unit": "percent"}
    known(
        db, *(vehicles(50 + n % 12, f"202{3 + n // 12}-{n % 12 + 1:02}", **said) for n in range(24)), source="autostat"
    )
    known(db, vehicles(58.5, "2024", **said), source="autostat", at=day(21))

    assert answers(db, "chinese_brand_share", "(value, unit)")["2024-07"] == (56.0, "percent")
    assert answers(db, "chinese_brand_share", freq="A") == {"2024": 58.5}
    assert answers(db, "chinese_brand_share", freq="YTD") == {"2024-12": 58.5}
    assert answers(db, "chinese_brand_share_yoy") == {}


def test_models_and_other_brands_are_no_answer(db: Database) -> None:
    """A model's sales have a product: they do not answer for the brand."""
    known(db, vehicles(9_000, "2024-05", "avtovaz_dealers_pc", "model_sales_units", product="granta"), source="lada")

    assert db.value("SELECT count(*) FROM indicators") == 0


# --- years and the year so far ------------------------------------------------------------------------------------


def test_the_year_so_far_is_printed_else_the_sum_of_all_its_months(db: Database) -> None:
    """January 20,000, February 25,000: 45,000; March prints 80,000 itself; April without its month has none."""
    known(db, lada(20_000, "2024-01"), lada(25_000, "2024-02"), lada(30_000, "2024-03"), lada(80_000, "..2024-03"),
          lada(31_000, "2024-05"), source="lada")  # fmt: skip

    assert answers(db, "lada_sales_units", "(value, basis, len(inputs))", "YTD") == {
        "2024-01": (20_000.0, "derived", 1),
        "2024-02": (45_000.0, "derived", 2),
        "2024-03": (80_000.0, "official", 1),
    }
    assert answers(db, "lada_sales_units", freq="A") == {}


def test_a_year_is_printed_else_january_to_december_else_its_months(db: Database) -> None:
    """Twelve months of 1000 are 12,000; a printed January to December of 12,500 is the year; a printed year is it."""
    months = [lada(1000, f"2024-{month:02}") for month in range(1, 13)]
    known(db, *months, source="lada")
    assert answers(db, "lada_sales_units", GRADED, "A") == {"2024": (12_000.0, "derived", "quotable")}

    known(db, lada(12_500, "..2024-12"), source="lada", at=day(21))
    assert answers(db, "lada_sales_units", freq="A") == {"2024": 12_500.0}

    known(db, lada(12_600, "2024"), source="lada", at=day(22))
    assert answers(db, "lada_sales_units", freq="A") == {"2024": 12_600.0}
    assert answers(db, "lada_sales_units", freq="YTD")["2024-12"] == 12_500.0


def test_a_sum_has_the_weakest_status_of_its_months(db: Database) -> None:
    """One estimated month makes the sum an estimate, with care."""
    known(db, lada(20_000, "2024-01"), lada(25_000, "2024-02", obs_status="E"), source="lada")

    assert answers(db, "lada_sales_units", "(obs_status, grade)", "YTD")["2024-02"] == ("E", "with care")


def test_periods_that_do_not_begin_in_january_are_no_year_so_far(db: Database) -> None:
    """April to September is neither a month nor the year so far."""
    known(db, lada(1, "..2024-09", period_start=date(2024, 4, 1)), source="lada")

    assert db.value("SELECT count(*) FROM indicators") == 0


# --- changes ------------------------------------------------------------------------------------------------------


def test_change_against_the_year_before_by_month_year_so_far_and_year(db: Database) -> None:
    """40,912 after 19,144: +113.7 percent."""
    known(db, lada(19_144, "2022-10"), lada(40_912, "2023-10"), lada(150, "..2022-02"), lada(120, "..2023-02"),
          lada(200, "2022"), lada(300, "2023"), source="lada")  # fmt: skip

    assert answers(db, "lada_sales_units_yoy", "(value, unit, basis, grade, len(inputs))") == {
        "2023-10": (pytest.approx(113.7066, abs=1e-3), "percent", "derived", "quotable", 2)
    }
    assert answers(db, "lada_sales_units_yoy", freq="YTD")["2023-02"] == pytest.approx(-20)
    assert answers(db, "lada_sales_units_yoy", freq="A") == {"2023": pytest.approx(50)}


def test_a_change_on_a_small_base_is_not_to_be_quoted(db: Database) -> None:
    """From 99 vehicles to 198; from 100 it could be quoted; from 0 there is none."""
    known(db, lada(99, "2022-10"), lada(198, "2023-10"), lada(100, "2022-11"), lada(198, "2023-11"),
          lada(0, "2022-12"), lada(198, "2023-12"), source="lada")  # fmt: skip

    assert answers(db, "lada_sales_units_yoy", "(low_base, grade)") == {
        "2023-10": (True, "do not quote"),
        "2023-11": (False, "quotable"),
    }


def test_changes_never_cross_a_scope(db: Database) -> None:
    """Autostat's month after AvtoVAZ's, and a new list of trucks after the old one: no change."""
    known(db, lada(100_000, "2023-10"), source="lada")
    known(db, lada(50_000, "2024-10", "autostat_pc"), source="autostat")
    known(
        db,
        vehicles(9_000, "2009-10", "booklet_trucks_to_2009", "trucks_output_units"),
        vehicles(8_000, "2010-10", "booklet_trucks", "trucks_output_units"),
        source="rosstat_output",
    )

    assert db.rows("SELECT indicator FROM indicators WHERE indicator LIKE '%\\_yoy' ESCAPE '\\'") == []


# --- output -------------------------------------------------------------------------------------------------------


def test_trucks_of_two_lists_are_neither_added_up_nor_bridged(db: Database) -> None:
    """2009 by both: the list of 2010 answers; half a year of each makes no year; 2008 comes from the old list."""
    old, new = "booklet_trucks_to_2009", "booklet_trucks"
    known(
        db,
        *(vehicles(1000, f"2009-{month:02}", old, "trucks_output_units") for month in range(1, 7)),
        *(vehicles(800, f"2009-{month:02}", new, "trucks_output_units") for month in range(6, 13)),
        vehicles(256_000, "2008", old, "trucks_output_units"),
        vehicles(91_000, "2007", old, "trucks_output_units"),
        source="rosstat_output",
    )

    assert answers(db, "ru_truck_output_units")["2009-06"] == 800.0
    assert answers(db, "ru_truck_output_units")["2009-05"] == 1000.0
    assert answers(db, "ru_truck_output_units", freq="A") == {"2008": 256_000.0, "2007": 91_000.0}
    assert "list of products up to 2009" in answers(db, "ru_truck_output_units", "title", "A")["2008"]
    assert answers(db, "ru_truck_output_units_yoy", freq="A") == {"2008": pytest.approx(181.3187, abs=1e-3)}


def test_what_the_press_printed_of_rosstat_is_a_cited_figure(db: Database) -> None:
    """756,000 cars in 2024, off a newspaper: basis reference, with care, never official."""
    known(db, vehicles(756_000, "2024", "report_cars", "cars_output_units", obs_status="F"), source="rosstat_output")

    assert answers(db, "ru_car_output_units", GRADED, "A") == {"2024": (756_000.0, "reference", "with care")}


# --- cited and quoted figures -------------------------------------------------------------------------------------


def test_a_cited_figure_stands_in_until_the_publishers_own_is_there(db: Database) -> None:
    """120,649 as cited, with care; Autostat's own 120,600, even if rounded, takes over."""
    cited = market(120_649, "2025-07", product="passenger cars", obs_status="F")
    known(db, cited, source="reference")
    assert answers(db, "ru_car_market_units", GRADED) == {"2025-07": (120_649.0, "reference", "with care")}

    known(db, market(120_600, "2025-07", obs_status="P", precision=50), source="autostat")
    assert answers(db, "ru_car_market_units", GRADED) == {"2025-07": (120_600.0, "official", "quotable")}


def test_the_publishers_months_come_before_a_cited_year_so_far(db: Database) -> None:
    """A rounded 80,000 of a paper gives way to 40,100 + 40,200."""
    known(db, market(80_000, "..2025-02", obs_status="F"), source="reference")
    known(db, market(40_100, "2025-01"), market(40_200, "2025-02"), source="autostat")

    assert answers(db, "ru_car_market_units", GRADED, "YTD")["2025-02"] == (80_300.0, "derived", "quotable")


def test_a_sum_or_change_with_a_cited_figure_in_it_is_one_itself(db: Database) -> None:
    """One month of a paper among the publisher's own."""
    known(db, market(40_100, "2025-01"), market(45_000, "2025-02"), source="autostat")
    known(db, market(50_000, "2024-01", obs_status="F"), source="reference")
    known(db, market(60_000, "2024-02"), source="autostat", at=day(21))

    assert answers(db, "ru_car_market_units_yoy", "(basis, grade)") == {
        "2025-01": ("reference", "with care"),
        "2025-02": ("derived", "quotable"),
    }
    assert answers(db, "ru_car_market_units", "(basis, grade)", "YTD")["2024-02"] == ("reference", "with care")


def test_what_one_publisher_quotes_of_another_is_news(db: Database) -> None:
    """KAMAZ quotes Autostat: not to be quoted, also in a sum that is estimated besides; a cited figure comes first."""
    quoted = vehicles(900, "2025-01", "autostat_hcv_gt16t", "kamaz_sales_units", obs_status="F")
    own = vehicles(950, "2025-02", "autostat_hcv_gt16t", "kamaz_sales_units", obs_status="E")
    known(db, quoted, source="kamaz")
    known(db, own, source="autostat")
    assert answers(db, "kamaz_sales_units", GRADED)["2025-01"] == (900.0, "news", "do not quote")
    assert answers(db, "kamaz_sales_units", "grade", "YTD")["2025-02"] == "do not quote"

    cited = vehicles(901, "2025-01", "autostat_hcv_gt16t", "kamaz_sales_units", obs_status="F")
    known(db, cited, source="reference")
    assert answers(db, "kamaz_sales_units", GRADED)["2025-01"] == (901.0, "reference", "with care")


def test_the_ministrys_figure_is_cited_or_quoted_for_it_publishes_to_nobody_here(db: Database) -> None:
    """1,316,789 cars in 2025, 40,317 trucks up to September: from citations, with care."""
    known(
        db,
        market(1_316_789, "2025", "minpromtorg_pc", obs_status="F"),
        vehicles(40_317, "..2025-09", "minpromtorg_trucks_gt3_5t", "ru_truck_market_units", obs_status="F"),
        source="reference",
    )

    assert answers(db, "ru_car_market_units_ministry", GRADED, "A") == {"2025": (1_316_789.0, "reference", "with care")}
    assert answers(db, "ru_truck_market_units_ministry", GRADED, "YTD") == {
        "2025-09": (40_317.0, "reference", "with care")
    }


# --- what was known when ------------------------------------------------------------------------------------------


def test_a_correction_changes_the_answer_only_from_its_own_day_on(db: Database) -> None:
    """29,500 on the 5th, 29,810 on the 10th; before the 5th nothing, also in sums and changes."""
    known(db, lada(25_000, "2023-01"), source="lada", at=day(1))
    known(db, lada(29_500, "2024-01"), source="lada", at=day(5))
    known(db, lada(29_810, "2024-01"), source="lada", at=day(10))
    asked = "SELECT indicator, value FROM indicators_as_of(?) WHERE period = '2024-01' AND freq = 'YTD' ORDER BY 1"

    assert db.rows(asked, [day(4)]) == []
    assert db.rows(asked, [day(6)]) == [("lada_sales_units", 29_500.0), ("lada_sales_units_yoy", pytest.approx(18))]
    assert db.rows(asked, [day(11)])[0] == ("lada_sales_units", 29_810.0)


def test_no_answer_uses_what_was_not_known_yet(db: Database) -> None:
    """Whatever the instant, nothing in an answer is younger than it."""
    known(db, lada(25_000, "2023-01"), lada(26_000, "2024-01"), source="lada", at=day(1))
    known(db, lada(329_890, "2024", "autostat_pc"), source="autostat", at=day(3))
    known(db, fee(556_200, "2024-10-01", published=date(2024, 9, 13)), source="recycling_fee", at=day(7))

    for on in (day(1), day(2), day(3), day(8)):
        newest = db.value("SELECT max(known_at) FROM indicators_as_of(?)", [on])
        assert newest <= on.replace(tzinfo=None)
    assert db.value("SELECT count(*) FROM indicators_as_of(?)", [day(8)]) > db.value(
        "SELECT count(*) FROM indicators_as_of(?)", [day(2)]
    )


def test_a_fee_is_known_from_the_day_of_its_decree(db: Database) -> None:
    """556,200 from October, 667,400 from January: decreed on 13 September 2024, unknown on the 12th."""
    known(
        db,
        fee(300_600, "2023-08-01", published=date(2023, 7, 7)),
        fee(556_200, "2024-10-01", published=date(2024, 9, 13)),
        fee(667_400, "2025-01-01", published=date(2024, 9, 13)),
        source="recycling_fee",
    )
    asked = "SELECT fee_rub, in_force_until FROM recycling_fee_on(DATE '2025-03-01', ?)"

    assert db.rows(asked, ["2024-09-12"]) == [(300_600.0, None)]
    assert db.rows(asked, ["2024-09-15"]) == [(667_400.0, None)]
    assert db.rows(asked, ["2023-01-01"]) == []


# --- the recycling fee --------------------------------------------------------------------------------------------


def test_the_fee_of_the_class_that_is_cited_most(db: Database) -> None:
    """300,600, 556,200, 667,400 until the class ended on 30 November 2025; no row for the end."""
    levels = {"2023-08-01": 300_600, "2024-10-01": 556_200, "2025-01-01": 667_400, "2025-12-01": None}
    known(db, *(fee(value, start, CLASS, "fee_2023") for start, value in levels.items()), source="recycling_fee")

    assert answers(db, "recycling_fee_rub", "(value, unit, basis, grade)", "D") == {
        start: (float(value), "RUB", "official", "quotable") for start, value in levels.items() if value
    }
    assert answers(db, "recycling_fee_rub", "title", "D")["2025-01-01"].endswith("from 2025-01-01 to 2025-11-30")
    assert db.rows(ON, ["2025-11-30"]) == [(CLASS, 667_400.0, None, None, None)]
    assert db.rows(ON, ["2025-12-01"]) == []
    assert db.rows(ON, ["2023-07-31"]) == []


def test_each_reference_car_has_an_answer_of_its_own(db: Database) -> None:
    """A level that a paper printed is a cited figure; other classes are no answers."""
    known(
        db,
        fee(667_400, "2025-01-01"), fee(794_000, "2025-12-01", obs_status="F"),
        fee(3400, "2024-10-01", "1.5 l, 177 hp, new, personal use"),
        fee(963_800, "2024-10-01", "car older than 3 years 1-2 l, commercial importer", "fee_2023"),
        source="recycling_fee",
    )  # fmt: skip

    assert answers(db, "recycling_fee_rub_2_l_200_hp_new_commercial", GRADED, "D") == {
        "2025-01-01": (667_400.0, "official", "quotable"),
        "2025-12-01": (794_000.0, "reference", "with care"),
    }
    assert answers(db, "recycling_fee_rub_1_5_l_177_hp_new_personal", freq="D") == {"2024-10-01": 3400.0}
    assert db.value("SELECT count(DISTINCT indicator) FROM indicators") == 2


def test_the_fee_on_any_day_in_pounds_dollars_and_yuan(db: Database) -> None:
    """667,400 roubles at 125 for a pound, 100 for a dollar, 13.348 for a yuan; Saturday has Friday's rate."""
    known(db, fee(667_400, "2025-01-01"), source="recycling_fee")
    known(
        db,
        rate(125, "2025-01-10", "GBP"), rate(130, "2025-01-14", "GBP"), rate(100, "2025-01-10", "USD"),
        rate(13.348, "2025-01-10", "CNY"), rate(99, "2025-01-10", "EUR"),
        source="cbr_fx",
    )  # fmt: skip

    assert db.rows(ON, ["2025-01-11"]) == [
        (CAR, 667_400.0, 5339.2, 6674.0, pytest.approx(50_000)),
    ]
    assert db.rows(ON, ["2025-01-14"])[0][2] == pytest.approx(667_400 / 130)
    inputs = db.value("SELECT inputs FROM recycling_fee_on(DATE '2025-01-11', TIMESTAMP 'infinity')")
    assert [text.rpartition(" ")[2] for text in inputs] == ["2025-01-01", *["2025-01-10"] * 3]
    assert inputs[0].startswith("recycling_fee:reference_cars")
    assert all(text.startswith("cbr_fx:daily:fx_rate") for text in inputs[1:])


def test_no_rate_of_weeks_ago_passes_for_the_days_rate(db: Database) -> None:
    """14 days after the last rate it still counts, on the 15th the money is unknown and the roubles stand."""
    known(db, fee(667_400, "2025-01-01"), source="recycling_fee")
    known(db, rate(125, "2025-03-01", "GBP"), source="cbr_fx")

    assert db.rows(ON, ["2025-03-15"]) == [(CAR, 667_400.0, 5339.2, None, None)]
    assert db.rows(ON, ["2025-03-16"]) == [(CAR, 667_400.0, None, None, None)]
    assert db.rows(ON, ["2025-02-28"]) == [(CAR, 667_400.0, None, None, None)], "never a later rate"


def test_the_rate_of_a_day_is_not_known_before_it_was_set(db: Database) -> None:
    """What a car paid on 11 January, asked as of the 9th: roubles, no pounds."""
    known(db, fee(667_400, "2025-01-01", published=date(2024, 9, 13)), source="recycling_fee")
    known(db, rate(125, "2025-01-10", "GBP"), source="cbr_fx")
    asked = "SELECT fee_gbp FROM recycling_fee_on(DATE '2025-01-11', ?)"

    assert db.rows(asked, ["2025-01-09"]) == [(None,)]
    assert db.rows(asked, ["2025-01-12"]) == [(5339.2,)]


def test_the_first_day_of_a_level_has_an_answer_in_other_money(db: Database) -> None:
    """667,400 from 1 January 2025 at the rate of 28 December; a level without a rate near it has none."""
    known(
        db, fee(556_200, "2024-10-01", CLASS, "fee_2023"), fee(667_400, "2025-01-01", CLASS, "fee_2023"),
        fee(5, "2025-01-01"),
        source="recycling_fee",
    )  # fmt: skip
    known(
        db,
        rate(120, "2024-12-27", "GBP"), rate(125, "2024-12-28", "GBP"), rate(130, "2025-01-02", "GBP"),
        rate(100, "2024-12-28", "USD"), rate(13.348, "2024-12-28", "CNY"),
        source="cbr_fx",
    )  # fmt: skip

    assert answers(db, "recycling_fee_gbp", "(value, unit, basis, grade, len(inputs))", "D") == {
        "2025-01-01": (5339.2, "GBP", "derived", "quotable", 2)
    }
    assert answers(db, "recycling_fee_usd", freq="D") == {"2025-01-01": 6674.0}
    assert answers(db, "recycling_fee_cny", freq="D") == {"2025-01-01": pytest.approx(50_000)}
    assert answers(db, "recycling_fee_gbp", "title", "D")["2025-01-01"].endswith("rate of 2024-12-28")


# --- coal duties and investment -----------------------------------------------------------------------------------


def test_coal_duties_by_the_day_from_which_they_hold(db: Database) -> None:
    """Thermal coal free from May 2022, 6 percent again from 2024: cited, with care; other kinds beside it."""
    duty = {"dataset": "coal_import_tariff", "measure": "tariff_rate", "unit": "percent", "obs_status": "F"}
    china: dict[str, Any] = duty | {"reporter": "CN", "partner": "RU", "partner_name": "Russia", "flow": "M"}
    china["partner_kind"] = "country"
    known(
        db,
        fee(0, "2022-05-01", "thermal coal", **china), fee(6, "2024-01-01", "thermal coal", **china),
        fee(3, "2024-01-01", "coking coal", **china),
        source="reference",
    )  # fmt: skip

    assert answers(db, "coal_tariff_rate", GRADED, "D") == {
        "2022-05-01": (0.0, "reference", "with care"),
        "2024-01-01": (6.0, "reference", "with care"),
    }
    assert answers(db, "coal_tariff_rate_coking_coal", freq="D") == {"2024-01-01": 3.0}


def test_chinese_investment_by_year_from_two_counts_side_by_side(db: Database) -> None:
    """BOFIT's average of 2022 and 2023, and the Bank of Russia's flow of 2018, which was money withdrawn."""
    flow: dict[str, Any] = {
        "unit": "USD", "obs_status": "F", "reporter": "CN", "partner": "RU", "partner_name": "Russia",
        "partner_kind": "country",
    }  # fmt: skip
    known(
        db,
        vehicles(4e8, "2022", "cn_fdi_bofit_average", "fdi_flow", **(flow | {"period_end": date(2023, 12, 31)})),
        vehicles(-969e6, "2018", "cbr_fdi_stock", "fdi_flow", **flow),
        vehicles(2e9, "2021", "greenfdc_bri_engagement", "fdi_flow", **(flow | {"product": "belt_and_road"})),
        source="reference",
    )

    assert answers(db, "cn_fdi_to_ru_usd", GRADED, "A") == {"2022/2023": (4e8, "reference", "with care")}
    assert answers(db, "cn_fdi_to_ru_usd_cbr", freq="A") == {"2018": -969e6}
    assert db.value("SELECT count(*) FROM indicators") == 2
