"""The answers about goods, ranks and shares: each from few rows made by hand, with its grade and where it came from."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sources.contract import Observation
from tests.warehouse.builders import day, row, warehouse
from tests.warehouse.goods import answers, cars, days, goods, known, nothing, tonnes
from warehouse.database import Database, naive, statement

GULF = ("SA", "IQ", "AE", "OM", "KW")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One warehouse for all tests here."""
    opened = warehouse(tmp_path_factory.mktemp("indicators") / "warehouse.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def db(made: Database) -> Database:
    """A warehouse with nothing in it."""
    return nothing(made)


def crude(period: str, dollars: float, weight: float, partner: str = "RU", **more: Any) -> list[Observation]:  # noqa: ANN401 (any field)
    """Crude oil that China imports from a country: value and tonnes."""
    who = {"partner": partner, "partner_name": partner}
    return [goods(dollars, period, **(who | more)), tonnes(weight, period, **(who | more))]


def total(value: float, period: str, flow: str = "M", **more: Any) -> Observation:  # noqa: ANN401 (any field)
    """China's trade with Russia in all goods."""
    return goods(value, period, "TOTAL", flow=flow, **more)


def by_partner(period: str, **values: float) -> list[Observation]:
    """China's trade, both flows, with countries and the world (W0)."""
    return [
        total(value, period, "T", partner=code, partner_name=code, partner_kind="world" if code == "W0" else "country")
        for code, value in values.items()
    ]


# --- crude oil ----------------------------------------------------------------------------------------------------


def test_crude_oil_from_russia_in_tonnes_dollars_and_dollars_a_tonne(db: Database) -> None:
    """January 2024: 4,841,954,212 dollars for 8,000,000 tonnes: 605.24 dollars a tonne, derived."""
    known(db, *crude("2024-01", 4_841_954_212, 8_000_000))

    assert answers(db, "crude_import_usd") == {"2024-01": 4_841_954_212.0}
    assert answers(db, "crude_import_t") == {"2024-01": 8_000_000.0}
    assert answers(db, "crude_unit_value") == {"2024-01": pytest.approx(605.2442765)}
    assert answers(db, "crude_import_t", "(unit, basis, grade, method)") == {
        "2024-01": ("t", "official", "quotable", "commodities 1")
    }
    assert answers(db, "crude_unit_value", "(unit, basis, grade, len(inputs))") == {
        "2024-01": ("USD/t", "derived", "quotable", 2)
    }


def test_other_suppliers_have_answers_of_their_own(db: Database) -> None:
    """Saudi Arabia, Iraq, the Emirates, Oman, Kuwait, Iran, Malaysia; nobody else, and none under Russia's name."""
    for partner in (*GULF, "IR", "MY", "US"):
        known(db, *crude("2024-01", 1200, 2, partner))

    assert db.rows("SELECT indicator, value FROM indicators WHERE indicator LIKE 'crude_unit_value%' ORDER BY 1") == [
        (f"crude_unit_value_{suffix}", 600.0) for suffix in sorted(("sa", "iq", "ae", "om", "kw", "ir", "my", "gulf"))
    ]
    assert answers(db, "crude_import_t") == {}
    assert answers(db, "crude_import_t_us") == {}


def test_a_unit_value_never_mixes_sources(db: Database) -> None:
    """Dollars of the query system over tonnes that a newspaper rounded are no unit value."""
    known(db, goods(600, "2024-01"), source="gacc_query")
    known(db, tonnes(1, "2024-01"), source="reference")

    assert answers(db, "crude_unit_value") == {}


def test_the_gulf_is_weighted_by_tonnes_over_those_that_have_both(db: Database) -> None:
    """600 dollars for 3 tonnes and 640 for 1: 2440 over 4 are 610; two of the five, with care."""
    known(db, *crude("2024-01", 1800, 3, "SA"), *crude("2024-01", 640, 1, "KW"))
    known(db, goods(999, "2024-01", partner="IQ", partner_name="Iraq"))

    assert answers(db, "crude_unit_value_gulf", "(value, coverage, grade, len(inputs))") == {
        "2024-01": (610.0, 0.4, "with care", 4)
    }
    assert "(KW SA)" in answers(db, "crude_unit_value_gulf", "title")["2024-01"]


def test_all_five_of_the_gulf_make_a_quotable_figure(db: Database) -> None:
    """Whole coverage."""
    for partner in GULF:
        known(db, *crude("2024-01", 600, 1, partner))

    assert answers(db, "crude_unit_value_gulf", "(value, coverage, grade)") == {"2024-01": (600.0, 1.0, "quotable")}


def test_the_discount_is_the_gulf_less_the_russian_unit_value(db: Database) -> None:
    """650 less 560 dollars a tonne; nothing where one of them is missing."""
    known(db, *crude("2024-01", 6500, 10, "SA"), *crude("2024-01", 11_200, 20), *crude("2024-02", 1, 1))

    assert answers(db, "crude_discount_usd_t", "(value, coverage)") == {"2024-01": (90.0, 0.2)}


def test_savings_add_up_discount_times_tonnes_since_january_2022(db: Database) -> None:
    """Jan-Feb 2022: 100 x 10; March: -20 x 5; April has no Gulf figure; May: 50 x 4. 1000, 900, 1100; 4 months of 5."""
    known(
        db,
        *crude("2021-12", 1, 100), *crude("2021-12", 900, 1, "SA"),
        *crude("2022-01/2022-02", 5000, 10), *crude("2022-01/2022-02", 1200, 2, "SA"),
        *crude("2022-03", 3100, 5), *crude("2022-03", 600, 1, "SA"),
        *crude("2022-04", 3100, 5),
        *crude("2022-05", 2200, 4), *crude("2022-05", 600, 1, "SA"),
    )  # fmt: skip

    assert answers(db, "crude_savings_usd_cum") == {"2022-02": 1000.0, "2022-03": 900.0, "2022-05": 1100.0}
    assert answers(db, "crude_savings_usd_cum", "coverage") == {"2022-02": 1.0, "2022-03": 1.0, "2022-05": 0.8}
    assert answers(db, "crude_savings_usd_cum", "(unit, basis, grade, len(inputs))")["2022-05"] == (
        "USD", "derived", "with care", 12,
    )  # fmt: skip


def test_savings_count_january_and_february_once(db: Database) -> None:
    """Held together and alone: 100 and 200 of the two months, not 300 more of the pair."""
    known(
        db,
        *crude("2022-01/2022-02", 15_000, 30), *crude("2022-01/2022-02", 1200, 2, "SA"),
        *crude("2022-01", 5000, 10), *crude("2022-01", 510, 1, "SA"),
        *crude("2022-02", 10_000, 20), *crude("2022-02", 510, 1, "SA"),
    )  # fmt: skip

    assert answers(db, "crude_savings_usd_cum") == {"2022-01": 100.0, "2022-02": 300.0}


def test_what_was_stated_stands_beside_the_computed_savings_with_the_gap(db: Database) -> None:
    """Two months instead of the thirty of the statement: 200 computed, 18 stated, the gap 182; each led back."""
    known(db, *crude("2022-01", 5000, 10), *crude("2022-01", 510, 1, "SA"))
    known(db, *crude("2022-02", 5000, 10), *crude("2022-02", 510, 1, "SA"))
    known(
        db,
        goods(18, "2022-01/2022-02", dataset="statement", measure="savings", flow=None, obs_status="F"),
        source="reference",
    )

    assert answers(db, "crude_savings_published_usd", "(value, basis, grade)") == {
        "2022-02": (18.0, "reference", "with care")
    }
    assert "2022-01 to 2022-02" in answers(db, "crude_savings_published_usd", "title")["2022-02"]
    assert answers(db, "crude_savings_gap_usd", "(value, basis, grade, len(inputs))") == {
        "2022-02": (182.0, "reference", "with care", 9)
    }


def test_the_method_of_the_savings_is_told_where_the_schema_is_read(db: Database) -> None:
    """What is compared, over which months, and that the stated figure has no method."""
    told = db.value("SELECT comment FROM duckdb_functions() WHERE function_name = 'commodity_answers_as_of'")

    for words in ("SA, IQ, AE, OM and KW", "times Russian tonnes", "since January 2022", "without a method"):
        assert words in told


# --- energy, coal, gas --------------------------------------------------------------------------------------------


def test_energy_is_chapter_27_where_it_is_held(db: Database) -> None:
    """The chapter stands before the sum of its headings, and is as printed."""
    known(db, goods(100, "2024-01", "27"), goods(50, "2024-01", "2709"), total(125, "2024-01"))

    assert answers(db, "energy_imports_usd", "(value, coverage, basis, grade)") == {
        "2024-01": (100.0, 1.0, "official", "quotable")
    }
    assert answers(db, "energy_share_of_imports", "(value, unit, grade, len(inputs))") == {
        "2024-01": (80.0, "percent", "quotable", 2)
    }


def test_without_the_chapter_its_headings_are_added_up(db: Database) -> None:
    """Six headings 1 + 2 + 3 + 50 + 10 + 14: all there, yet with care; gas by its two parts is the heading too."""
    headings = {"2701": 1, "2702": 2, "2704": 3, "2709": 50, "2710": 10}
    known(db, *(goods(value, "2024-01", code) for code, value in headings.items()), total(160, "2024-01"))
    assert answers(db, "energy_imports_usd", "(value, coverage)") == {"2024-01": (66.0, pytest.approx(5 / 6))}

    known(db, goods(6, "2024-01", "27111100"), goods(8, "2024-01", "27112100"), source="gacc_query")
    assert answers(db, "energy_imports_usd", "(value, coverage, basis, grade)") == {
        "2024-01": (80.0, 1.0, "derived", "with care")
    }
    assert answers(db, "energy_share_of_imports", "(value, grade)") == {"2024-01": (50.0, "with care")}

    known(db, goods(20, "2024-01", "2711"), at=day(21))
    assert answers(db, "energy_imports_usd") == {"2024-01": 86.0}


def test_one_of_two_gases_is_no_heading(db: Database) -> None:
    """LNG alone is not all gas."""
    known(db, goods(6, "2024-01", "271111"), goods(50, "2024-01"), goods(4, "2024-01", "2701"))

    assert answers(db, "energy_imports_usd") == {"2024-01": 54.0}


def test_energy_of_few_headings_is_not_to_be_quoted(db: Database) -> None:
    """Crude oil alone is not what Russia sells in energy; the title says what is in it."""
    known(db, goods(50, "2024-01"), total(100, "2024-01"))

    assert answers(db, "energy_share_of_imports", "(value, grade)") == {"2024-01": (50.0, "do not quote")}
    assert answers(db, "energy_share_of_imports", "title")["2024-01"].endswith("(only HS 2709)")


def test_the_energy_share_of_a_year_is_of_the_best_total(db: Database) -> None:
    """Twelve months of chapter 27 over December's cumulative total of the bulletin: 78 of 156."""
    known(db, *(goods(m, f"2024-{m:02d}", "27") for m in range(1, 13)))
    known(db, total(156, "..2024-12"), source="gacc_bulletin")

    assert answers(db, "energy_share_of_imports", "(value, basis, len(inputs))", freq="A") == {
        "2024": (50.0, "derived", 13)
    }


def test_coal_is_coal_and_lignite(db: Database) -> None:
    """8 and 1 million tonnes; a cited total goes behind the official parts, and before coal without lignite."""
    known(db, tonnes(8_800_000, "2023-03", "coal"), source="reference")
    assert answers(db, "coal_import_t", "(value, basis)") == {"2023-03": (8_800_000.0, "reference")}
    known(db, tonnes(8_000_000, "2023-03", "2701"))
    assert answers(db, "coal_import_t", "(value, basis)") == {"2023-03": (8_800_000.0, "reference")}
    known(db, tonnes(1_000_000, "2023-03", "2702"), at=day(21))
    assert answers(db, "coal_import_t", "(value, basis, grade)") == {"2023-03": (9_000_000.0, "derived", "quotable")}


def test_coal_without_lignite_says_so(db: Database) -> None:
    """Half of the codes: with care, and the title names the one that is there."""
    known(db, goods(900, "2023-03", "2701"))

    assert answers(db, "coal_import_usd", "(value, coverage, grade)") == {"2023-03": (900.0, 0.5, "with care")}
    assert answers(db, "coal_import_usd", "title")["2023-03"].endswith("(only HS 2701)")


def test_liquefied_gas_in_tonnes_and_pipeline_gas_in_dollars(db: Database) -> None:
    """The tonnes of pipeline gas are withheld: no answer, and no zero."""
    known(
        db,
        tonnes(660_000_000, "2023-01", "27111100", unit="kg"),
        goods(396_000_000, "2023-01", "27112100"),
        tonnes(None, "2023-01", "27112100", unit="kg"),
        source="gacc_query",
    )

    assert answers(db, "lng_import_t") == {"2023-01": 660_000.0}
    assert answers(db, "pipeline_gas_import_usd") == {"2023-01": 396_000_000.0}
    assert db.value("SELECT count(*) FROM indicators WHERE value IS NULL OR value = 0") == 0


# --- steel, grain, growth -----------------------------------------------------------------------------------------


def test_steel_is_both_chapters_of_what_china_exports(db: Database) -> None:
    """72 and 73: 400 + 250 tonnes, 300 + 500 dollars; imports of steel are something else."""
    known(
        db,
        tonnes(400, "2024", "72", flow="X"), tonnes(250, "2024", "73", flow="X"),
        goods(300, "2024", "72", flow="X"), goods(500, "2024", "73", flow="X"),
        goods(7, "2024", "72"),
    )  # fmt: skip

    assert answers(db, "steel_exports_to_ru_t", freq="A") == {"2024": 650.0}
    assert answers(db, "steel_exports_to_ru_usd", "(value, basis, grade)", freq="A") == {
        "2024": (800.0, "derived", "quotable")
    }


def test_grain_by_the_country_it_comes_from(db: Database) -> None:
    """Wheat from Russia under the plain name, from six others with their code; barley likewise; no rice."""
    for n, partner in enumerate(("RU", "UA", "KZ", "AU", "FR", "CA", "US")):
        who = {"partner": partner, "partner_name": partner}
        known(db, tonnes(100 + n, "2024", "1001", **who), tonnes(10 + n, "2024", "1003", **who))
    known(db, tonnes(5, "2024", "1006"))

    found = dict(db.rows("SELECT indicator, value FROM indicators WHERE freq = 'A' AND unit = 't'"))
    assert found == {
        "wheat_import_t": 100.0, "wheat_import_t_ua": 101.0, "wheat_import_t_kz": 102.0, "wheat_import_t_au": 103.0,
        "wheat_import_t_fr": 104.0, "wheat_import_t_ca": 105.0, "wheat_import_t_us": 106.0,
        "barley_import_t": 10.0, "barley_import_t_ua": 11.0, "barley_import_t_kz": 12.0, "barley_import_t_au": 13.0,
        "barley_import_t_fr": 14.0, "barley_import_t_ca": 15.0, "barley_import_t_us": 16.0,
    }  # fmt: skip


def test_growth_of_goods_is_against_the_same_period_of_the_year_before(db: Database) -> None:
    """8 against 10 million tonnes: -20 %; a twelfth month is no year; a base of 90 tonnes is too small to quote."""
    known(db, tonnes(10_000_000, "2023-03"), tonnes(8_000_000, "2024-03"))
    known(db, tonnes(90, "2023-03", "1001"), tonnes(900, "2024-03", "1001"))

    assert answers(db, "crude_import_t_yoy", "(value, unit, basis, low_base, grade)") == {
        "2024-03": (pytest.approx(-20), "percent", "derived", False, "quotable")
    }
    assert answers(db, "wheat_import_t_yoy", "(value, low_base, grade)") == {
        "2024-03": (pytest.approx(900), True, "do not quote")
    }
    assert answers(db, "crude_import_t_yoy", freq="A") == {}


def test_growth_never_compares_different_codes(db: Database) -> None:
    """Coal without lignite is not held against coal with it."""
    known(db, goods(100, "2023-03", "2701"), goods(110, "2024-03", "2701"), goods(30, "2024-03", "2702"))

    assert answers(db, "coal_import_usd") == {"2023-03": 100.0, "2024-03": 140.0}
    assert answers(db, "coal_import_usd_yoy") == {}


# --- cars and trucks ----------------------------------------------------------------------------------------------


def test_cars_by_the_month_the_half_the_year_and_the_year_so_far(db: Database) -> None:
    """A thousand a month: 6,000 the first half, 12,000 the year, derived; trucks under their own name."""
    known(db, *(cars(1000, f"2023-{m:02d}") for m in range(1, 13)), cars(70, "2023-01", "8704"))

    assert len(answers(db, "car_exports_to_ru_units")) == 12
    assert answers(db, "car_exports_to_ru_units", freq="H") == {"2023-H1": 6000.0, "2023-H2": 6000.0}
    assert answers(db, "car_exports_to_ru_units", "(value, basis, grade)", freq="A") == {
        "2023": (12_000.0, "derived", "quotable")
    }
    assert answers(db, "car_exports_to_ru_units", freq="YTD")["2023-03"] == 3000.0
    assert answers(db, "truck_exports_to_ru_units") == {"2023-01": 70.0}


def test_a_year_of_cars_against_2022(db: Database) -> None:
    """632,341 cars in 2025 against 153,200 in 2022: 4.13 times as many; 8.46 against 1.68 billion dollars: 5.04."""
    facts: dict[str, Any] = {"flow": "X", "product": "8703"}
    known(db, cars(153_200, "2022"), cars(632_341, "2025"))
    known(db, goods(1_680_000_000, "2022", **facts), goods(8_460_000_000, "2025", **facts), at=day(21))

    assert answers(db, "car_exports_to_ru_units_ratio_2022", "(value, unit, grade)", freq="A") == {
        "2025": (pytest.approx(4.12755), "ratio", "quotable")
    }
    assert answers(db, "car_exports_to_ru_usd_ratio_2022", freq="A") == {"2025": pytest.approx(5.0357, abs=1e-4)}


@pytest.mark.parametrize(("now", "before"), [("2024-03", "2023-03"), ("2024-H1", "2023-H1"), ("2024", "2023")])
def test_cars_against_the_year_before(db: Database, now: str, before: str) -> None:
    """150 against 120 thousand: plus a quarter, by the month, the half and the year."""
    known(db, cars(120_000, before), cars(150_000, now))

    assert answers(db, "car_exports_to_ru_units_yoy", "(value, grade)", freq=days(now)[2]) == {
        now: (pytest.approx(25), "quotable")
    }


def test_cars_so_far_this_year_against_last_year(db: Database) -> None:
    """January and February together one year, apart the other: 400 against 500 so far."""
    known(db, cars(500, "2023-01/2023-02"), cars(150, "2024-01"), cars(250, "2024-02"))

    assert answers(db, "car_exports_to_ru_units_yoy", freq="YTD") == {"2024-02": pytest.approx(-20)}


@pytest.mark.parametrize(("base", "low"), [(99, True), (100, False)])
def test_a_percentage_on_few_cars_is_not_to_be_quoted(db: Database, base: int, low: bool) -> None:
    """From 99 cars to 5,000 is no percentage to quote; from 100 it is one."""
    known(db, cars(base, "2023-03"), cars(5000, "2024-03"))

    assert answers(db, "car_exports_to_ru_units_yoy", "(low_base, grade)") == {
        "2024-03": (low, "do not quote" if low else "quotable")
    }


def cpca(value: float, period: str, dataset: str = "cpca_vehicle_exports") -> Observation:
    """Vehicles of all kinds that China exports to Russia, as a trade body counts them."""
    return cars(value, period, "vehicles", dataset=dataset, obs_status="F")


def test_where_customs_say_nothing_the_count_of_a_trade_body_stands_in(db: Database) -> None:
    """909,000 vehicles in 2023: cited, with care, and called what they are; CAAM's only where CPCA has none."""
    known(
        db,
        cpca(909_000, "2023"), cpca(900_000, "2023", "caam_vehicle_exports"),
        cpca(287_000, "..2023-05", "caam_vehicle_exports"),
        source="reference",
    )  # fmt: skip

    assert answers(db, "car_exports_to_ru_units", "(value, basis, grade)", freq="A") == {
        "2023": (909_000.0, "reference", "with care")
    }
    assert answers(db, "car_exports_to_ru_units", freq="YTD") == {"2023-05": 287_000.0}
    assert (
        "trucks and buses in it, as counted by CPCA"
        in answers(db, "car_exports_to_ru_units", "title", freq="A")["2023"]
    )


@pytest.mark.parametrize("months", ["2025-01/2025-02", "2025-01"], ids=["the same months", "a month of them"])
def test_a_customs_figure_pushes_the_count_aside(db: Database, months: str) -> None:
    """Also where it covers a part of the period only: the two scopes never stand beside each other."""
    known(db, cpca(57_500, "2025-01/2025-02"), source="reference")
    known(db, cars(40_000, months))

    assert answers(db, "car_exports_to_ru_units") == {months: 40_000.0}


def test_two_scopes_are_not_to_be_compared(db: Database) -> None:
    """582,700 vehicles over 153,200 cars: the answer is there, not to be quoted, and says why; like to like is."""
    known(db, cars(153_200, "2022"))
    known(db, cpca(909_000, "2023"), cpca(1_158_000, "2024"), source="reference")

    assert answers(db, "car_exports_to_ru_units_ratio_2022", "grade", freq="A") == {
        "2023": "do not quote",
        "2024": "do not quote",
    }
    assert answers(db, "car_exports_to_ru_units_yoy", "grade", freq="A") == {
        "2023": "do not quote",
        "2024": "with care",
    }
    titles = answers(db, "car_exports_to_ru_units_yoy", "title", freq="A")
    assert "not to be quoted: two counts of different scope, cpca vehicle exports and customs" in titles["2023"]
    assert "not to be quoted" not in titles["2024"]


# --- places and shares --------------------------------------------------------------------------------------------


def weights(period: str, **values: float) -> list[Observation]:
    """Tonnes of crude oil by country, W0 for the world."""
    return [
        tonnes(value, period, partner=code, partner_name=code, partner_kind="world" if code == "W0" else "country")
        for code, value in values.items()
    ]


@pytest.mark.parametrize(
    ("held", "place", "coverage", "grade"),
    [
        ({"RU": 40, "SA": 45, "W0": 100}, 2, 0.85, "quotable"),
        ({"RU": 20, "SA": 45, "W0": 100}, 2, 0.65, "with care"),
        ({"RU": 20, "SA": 15, "W0": 100}, 1, 0.35, "do not quote"),
        ({"RU": 20, "SA": 15}, 1, 0.0, "do not quote"),
    ],
    ids=["nobody else could come between", "somebody could", "most is missing", "how much is missing is unknown"],
)
def test_russias_place_among_the_suppliers_of_crude_oil(
    db: Database, held: dict[str, float], place: int, coverage: float, grade: str
) -> None:
    """Computed by tonnes, as good as what is covered of the world's."""
    known(db, *weights("2024-01", **held))

    assert answers(db, "crude_supplier_rank_ru", "(value, unit, coverage, grade, len(inputs))") == {
        "2024-01": (float(place), "rank", pytest.approx(coverage), grade, len(held))
    }


def test_one_country_alone_has_no_place(db: Database) -> None:
    """First of one says nothing."""
    known(db, *weights("2024-01", RU=40), cars(5, "2024-01"))

    assert db.rows("SELECT * FROM indicators WHERE indicator LIKE '%rank%'") == []


def test_russias_place_in_a_year_and_among_the_buyers_of_cars(db: Database) -> None:
    """Twelve months each: 24 against 12 tonnes; 300 cars of 900 against Mexico's 500."""
    for m in range(1, 13):
        known(db, *weights(f"2024-{m:02d}", RU=2, SA=1, W0=4))
    known(
        db,
        cars(300, "2024"),
        cars(500, "2024", partner="MX", partner_name="Mexico"),
        cars(900, "2024", partner="W0", partner_name="World", partner_kind="world"),
    )

    assert answers(db, "crude_supplier_rank_ru", "(value, coverage)", freq="A") == {"2024": (1.0, 0.75)}
    assert answers(db, "car_exports_rank_ru", "(value, grade)", freq="A") == {"2024": (2.0, "quotable")}


def test_russias_share_and_place_in_chinas_trade(db: Database) -> None:
    """20 of 500: 4 %, third of four countries; ASEAN is none; 30 that are missing could be a country before it."""
    known(db, *by_partner("2024-01", US=300, JP=140, RU=20, KZ=10, W0=500), source="gacc_bulletin")
    known(
        db, total(400, "2024-01", "T", partner="ASEAN", partner_name="ASEAN", partner_kind="group"),
        source="gacc_bulletin", at=day(21),
    )  # fmt: skip

    assert answers(db, "ru_share_of_cn_trade", "(value, unit, grade, len(inputs))") == {
        "2024-01": (4.0, "percent", "quotable", 2)
    }
    assert answers(db, "ru_rank_partner", "(value, coverage, grade)") == {
        "2024-01": (3.0, pytest.approx(0.94), "with care")
    }


def test_a_place_that_nobody_missing_could_take_is_quotable(db: Database) -> None:
    """The countries make up 495 of 500: less is missing than Russia's 20."""
    known(db, *by_partner("..2024-12", US=300, JP=140, RU=20, KZ=35, W0=500), source="gacc_bulletin")

    assert answers(db, "ru_rank_partner", "(value, grade)", freq="A") == {"2024": (4.0, "quotable")}
    assert answers(db, "ru_share_of_cn_trade", freq="A") == {"2024": 4.0}


def test_a_hidden_world_total_is_exports_plus_imports(db: Database) -> None:
    """`####` hides the total of both: 300 + 200 stands for it, led back to both."""
    known(db, *by_partner("2024-01", RU=20), source="gacc_bulletin")
    world: dict[str, Any] = {"partner": "W0", "partner_name": "TOTAL", "partner_kind": "world"}
    known(
        db,
        total(None, "2024-01", "T", **world), total(300, "2024-01", "X", **world), total(200, "2024-01", "M", **world),
        source="gacc_bulletin", at=day(21),
    )  # fmt: skip

    assert answers(db, "ru_share_of_cn_trade", "(value, len(inputs))") == {"2024-01": (4.0, 3)}


def test_a_share_never_mixes_releases(db: Database) -> None:
    """Russia in the bulletin, the world in the preliminary release: no share."""
    known(db, *by_partner("2024-01", RU=20), source="gacc_bulletin")
    known(db, *by_partner("2024-01", W0=500), source="gacc_preliminary")

    assert answers(db, "ru_share_of_cn_trade") == {}


# --- months by subtraction, months that are not over ----------------------------------------------------------------


@pytest.mark.parametrize(("precision", "grade"), [(50_000_000, "quotable"), (100_000_000, "with care")])
def test_a_month_by_subtraction_is_quotable_while_rounding_moves_it_little(
    db: Database, precision: int, grade: str
) -> None:
    """40 to 52 billion is 12; within 50 million each it is within 0.83 %, as the title says; 100 million: 1.67 %."""
    known(
        db,
        total(40_000_000_000, "..2026-04", "X", precision=precision),
        total(52_000_000_000, "..2026-05", "X", precision=precision),
        source="gacc_preliminary",
    )

    assert answers(db, "cn_exports_usd", "(value, basis, obs_status, grade)") == {
        "2026-05": (12_000_000_000.0, "derived", "E", grade)
    }
    assert f"difference of two cumulative figures, within {2 * precision:,} USD" in answers(
        db, "cn_exports_usd", "title"
    )["2026-05"]  # fmt: skip


def rates(start: date, end: date, value: float = 11, currency: str = "CNY") -> list[Observation]:
    """Roubles for one yuan, set for Tuesdays to Saturdays."""
    every = (start + timedelta(n) for n in range((end - start).days + 1))
    return [
        row(
            value, on, dataset="daily", measure="fx_rate", unit="RUB", freq="D", period_start=on, period_end=on,
            reporter="RU", partner=None, partner_name=None, partner_kind=None, flow=None, product=currency,
            precision=Decimal(0),
        )
        for on in every
        if on.weekday() in {1, 2, 3, 4, 5}
    ]  # fmt: skip


def by_day(db: Database, *rows: Observation) -> None:
    """Load rates as of when all of them are out."""
    known(db, *rows, source="cbr_fx")


def test_the_average_of_a_month_that_is_not_over_is_marked(db: Database) -> None:
    """May is whole; of June 12 days of 30 have gone by: with care, and the title names the day."""
    by_day(db, *rates(date(2026, 5, 1), date(2026, 6, 12)))

    assert answers(db, "fx_rub_per_cny", "(coverage, grade)") == {
        "2026-05": (1.0, "quotable"),
        "2026-06": (pytest.approx(0.4), "with care"),
    }
    assert answers(db, "fx_rub_per_cny", "title")["2026-06"].endswith("average of the published days up to day 12")


def test_an_average_that_lacks_days_which_others_have_is_marked(db: Database) -> None:
    """Of the 22 days of May on which rates were set the dollar has 5."""
    by_day(db, *rates(date(2026, 5, 1), date(2026, 6, 3)), *rates(date(2026, 5, 12), date(2026, 5, 16), currency="USD"))

    assert answers(db, "fx_rub_per_cny", "coverage")["2026-05"] == 1.0
    assert answers(db, "fx_rub_per_usd", "(coverage, grade)") == {"2026-05": (pytest.approx(5 / 22), "with care")}


# --- for all of them ----------------------------------------------------------------------------------------------


@pytest.fixture
def full(db: Database) -> Database:
    """A bit of everything, coming in on six days."""
    for n, period in enumerate(("2022-01", "2023-01", "2024-01")):
        known(
            db,
            *crude(period, 6000, 10), *crude(period, 700, 1, "SA"), *weights(period, W0=12),
            goods(80, period, "2701"), goods(6, period, "2702"), goods(9000, period, "27"),
            goods(70, period, "72", flow="X"), tonnes(8, period, "1001"),
            cars(500, period), cars(900, period, partner="MX", partner_name="Mexico"),
            at=day(10 + n),
        )  # fmt: skip
        known(db, total(11_000, period), total(12_000, period, "X"), source="gacc_bulletin", at=day(13 + n))
        known(db, *by_partner(period, RU=23_000, US=90_000, W0=200_000), source="gacc_bulletin", at=day(13 + n))
    known(db, cpca(5, "2024"), cars(7, "2022"), source="reference", at=day(17))
    return db


def test_every_answer_leads_back_to_cells_that_are_there(full: Database) -> None:
    """Each input is a series and a period with a vintage and a payload: what `amur explain` goes down to."""
    inputs = [text for (text,) in full.rows("SELECT DISTINCT unnest(inputs) FROM indicators")]

    assert len(inputs) > 40
    for text in inputs:
        key, period = text.rsplit(" ", 1)
        found = full.rows(statement("read/explain_vintages"), [[key], [period]])
        assert len(found) == 1, text
    assert full.value("SELECT count(*) FROM indicators WHERE len(inputs) = 0") == 0


def test_no_answer_uses_what_was_not_known_yet(full: Database) -> None:
    """As of a day: every input was known, and the answer is known with the last of them."""
    for number, some in ((9, False), (11, True), (14, True), (18, True)):
        full.execute("CREATE OR REPLACE TEMP TABLE asked AS SELECT * FROM indicators_as_of(?)", [naive(day(number))])
        assert bool(full.value("SELECT count(*) FROM asked")) == some
        wrong = full.rows(
            "SELECT a.indicator, a.freq, a.period FROM (SELECT *, unnest(inputs) AS input FROM asked) AS a "
            "LEFT JOIN observations_as_of($1) AS o ON a.input = o.series_key || ' ' || o.period "
            "GROUP BY a.indicator, a.freq, a.period, a.known_at "
            "HAVING bool_or(o.value IS NULL) OR max(o.known_at) <> a.known_at OR a.known_at > $1",
            [naive(day(number))],
        )
        assert wrong == [], number


def test_every_answer_has_one_row_a_period_and_all_its_columns(full: Database) -> None:
    """One answer an indicator, frequency and period; basis, grade, method, coverage and title always told."""
    assert answers(full, "crude_import_t")
    assert full.rows("SELECT indicator, freq, period FROM answered GROUP BY ALL HAVING count(*) > 1") == []
    assert full.rows(
        "SELECT indicator FROM answered WHERE title IS NULL OR unit IS NULL OR method IS NULL OR known_at IS NULL "
        "OR coverage IS NULL OR coverage NOT BETWEEN 0 AND 1 OR low_base IS NULL "
        "OR basis NOT IN ('official', 'derived', 'news', 'reference') "
        "OR grade NOT IN ('quotable', 'with care', 'do not quote') OR obs_status NOT IN ('A', 'P', 'E', 'F')"
    ) == []  # fmt: skip
    assert full.value("SELECT count(DISTINCT indicator) FROM answered") > 30
