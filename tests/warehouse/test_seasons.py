"""Growth across the spring festival, three months against three, ratios to 2022, and the trade in roubles: by hand."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from sources.contract import Observation
from tests.warehouse.builders import warehouse
from tests.warehouse.goods import answers, cars, goods, known, nothing, tonnes
from warehouse.database import Database


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One warehouse for all tests here."""
    opened = warehouse(tmp_path_factory.mktemp("seasons") / "warehouse.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def db(made: Database) -> Database:
    """A warehouse with nothing in it."""
    return nothing(made)


def exports(value: float, period: str, **more: Any) -> Observation:  # noqa: ANN401 (any field)
    """China's exports of all goods to Russia, in dollars."""
    return goods(value, period, "TOTAL", **({"flow": "X"} | more))


def dollar(value: float, when: date) -> Observation:
    """Roubles for a dollar on a day."""
    facts: dict[str, Any] = {
        "dataset": "daily", "measure": "fx_rate", "reporter": "RU", "partner": None, "partner_name": None,
        "partner_kind": None, "flow": None, "unit": "RUB", "freq": "D", "period_start": when, "period_end": when,
    }  # fmt: skip
    return goods(value, "2026-06", "USD", **facts)


def dollars(*values: float, month: str) -> list[Observation]:
    """The rates of the first days of a month: each value for eight days."""
    year, number = map(int, month.split("-"))
    days = [value for value in values for _ in range(8)]
    return [dollar(value, date(year, number, n)) for n, value in enumerate(days, start=1)]


# --- January and February ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before",
    [["2025-01/2025-02"], ["..2025-02"], ["2025-01", "2025-02"]],
    ids=["booked together", "the year so far", "two months"],
)
def test_january_and_february_are_compared_together_however_a_year_holds_them(db: Database, before: list[str]) -> None:
    """90 against 120: minus a quarter, wherever the spring festival fell."""
    known(db, exports(90, "2026-01/2026-02"), source="gacc_bulletin")
    known(db, *(exports(120 / len(before), label) for label in before), source="gacc_bulletin")

    assert answers(db, "cn_exports_yoy")["2026-01/2026-02"] == pytest.approx(-25)
    assert answers(db, "cn_exports_yoy", "(basis, grade)")["2026-01/2026-02"] == ("derived", "quotable")


def test_two_years_of_single_months_are_compared_together_too(db: Database) -> None:
    """50 and 70 against 60 and 40: January minus 16.7 %, February plus 75 %, both together plus 20 %."""
    known(db, exports(60, "2025-01"), exports(40, "2025-02"), exports(50, "2026-01"), exports(70, "2026-02"))

    assert answers(db, "cn_exports_yoy") == {
        "2026-01": pytest.approx(-16.6667, abs=1e-3),
        "2026-02": pytest.approx(75),
        "2026-01/2026-02": pytest.approx(20),
    }
    assert answers(db, "cn_exports_usd") == {"2025-01": 60, "2025-02": 40, "2026-01": 50, "2026-02": 70}


def test_one_of_the_two_months_is_not_compared_with_both(db: Database) -> None:
    """January alone against January and February: nothing."""
    known(db, exports(60, "2025-01"), exports(90, "2026-01/2026-02"))

    assert answers(db, "cn_exports_yoy") == {}


def test_goods_and_cars_are_compared_over_both_months_as_well(db: Database) -> None:
    """30 million tonnes in two months against 10 and 15: plus a fifth; 400 cars against 200 and 300: minus a fifth."""
    known(db, tonnes(10e6, "2025-01"), tonnes(15e6, "2025-02"), tonnes(30e6, "2026-01/2026-02"))
    known(db, cars(200, "2025-01"), cars(300, "2025-02"), cars(400, "2026-01/2026-02"))

    assert answers(db, "crude_import_t_yoy", "(value, basis, grade, len(inputs))") == {
        "2026-01/2026-02": (pytest.approx(20), "derived", "quotable", 3)
    }
    assert answers(db, "car_exports_to_ru_units_yoy", "(value, grade)") == {
        "2026-01/2026-02": (pytest.approx(-20), "quotable")
    }


def test_a_cited_month_makes_both_months_cited(db: Database) -> None:
    """The weaker input gives basis and grade."""
    known(db, tonnes(10e6, "2025-01"), tonnes(30e6, "2026-01/2026-02"))
    known(db, tonnes(15e6, "2025-02"), source="reference")

    assert answers(db, "crude_import_t_yoy", "(basis, grade)") == {"2026-01/2026-02": ("reference", "with care")}


# --- three months --------------------------------------------------------------------------------------------------


def test_three_months_are_compared_with_the_same_three(db: Database) -> None:
    """100 + 110 + 120 against 100 + 100 + 100: plus 10 %, named by the last month; two months give nothing."""
    known(db, *(exports(100, f"2025-{month}") for month in ("04", "05", "06")))
    known(db, exports(100, "2026-04"), exports(110, "2026-05"), exports(120, "2026-06"))

    assert answers(db, "cn_exports_yoy_3m") == {"2026-06": pytest.approx(10)}
    assert answers(db, "cn_exports_yoy_3m", "(unit, basis, grade, len(inputs), period_start)") == {
        "2026-06": ("percent", "derived", "quotable", 6, date(2026, 6, 1))
    }


def test_three_months_never_cut_january_and_february(db: Database) -> None:
    """December with both, and both with March: 330 against 300 twice; February to April would cut the pair."""
    for year, one in ((2024, 100), (2025, 110)):
        pair = f"{year + 1}-01/{year + 1}-02"
        known(db, exports(one, f"{year}-12"), exports(2 * one, pair))
        known(db, exports(one, f"{year + 1}-03"), exports(one, f"{year + 1}-04"))

    assert answers(db, "cn_exports_yoy_3m") == {"2026-02": pytest.approx(10), "2026-03": pytest.approx(10)}


def test_three_months_with_a_cited_one_are_for_quoting_with_care(db: Database) -> None:
    """One figure of six is cited."""
    known(db, exports(100, "2025-04"), exports(100, "2025-05"), *(exports(100, f"2026-0{n}") for n in (4, 5, 6)))
    known(db, exports(100, "2025-06"), source="reference")

    assert answers(db, "cn_exports_yoy_3m", "(value, basis, grade)") == {"2026-06": (0, "reference", "with care")}


# --- against 2022 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("base", "now", "freq"), [("2022-05", "2024-05", "M"), ("2022-H1", "2024-H1", "H")])
def test_cars_of_a_month_and_a_half_against_the_same_of_2022(db: Database, base: str, now: str, freq: str) -> None:
    """80,000 against 10,000: eight times; the title says the same period."""
    known(db, cars(10_000, base), cars(80_000, now))

    found = answers(db, "car_exports_to_ru_units_ratio_2022", "(value, unit, title)", freq=freq)
    assert found == {now: (8, "ratio", found[now][2])}
    assert found[now][2].endswith("times the figure of the same period of 2022")


# --- roubles -------------------------------------------------------------------------------------------------------


def test_the_trade_in_roubles_is_dollars_at_the_average_rate_of_the_month(db: Database) -> None:
    """Eight days at 80 and eight at 82 make 81: exports 1,000 and imports 1,500 dollars are 81,000 and 121,500."""
    known(db, exports(1000, "2026-03"), exports(1500, "2026-03", flow="M"), exports(2500, "2026-03", flow="T"))
    known(db, *dollars(80, 82, month="2026-03"), dollar(99, date(2026, 4, 1)), source="cbr_fx")

    found = {
        name: answers(db, f"{name}_rub")["2026-03"]
        for name in ("cn_exports", "cn_imports", "trade_total", "trade_balance")
    }
    assert found == {"cn_exports": 81_000, "cn_imports": 121_500, "trade_total": 202_500, "trade_balance": -40_500}
    assert answers(db, "cn_exports_rub", "(unit, basis, grade, coverage, method, len(inputs))") == {
        "2026-03": ("RUB", "derived", "quotable", 1.0, "roubles 1", 17)
    }


def test_roubles_since_january_are_months_added_up_not_one_rate(db: Database) -> None:
    """Jan-Feb 300 at (70 + 90) / 2 = 80 and March 100 at 100: 24,000 + 10,000; April is missing, so is May's sum."""
    known(db, exports(300, "2026-01/2026-02"), exports(100, "2026-03"), exports(100, "2026-05"))
    rates = {"01": 70, "02": 90, "03": 100, "05": 100, "06": 1}
    known(db, *(d for month, n in rates.items() for d in dollars(n, n, month=f"2026-{month}")), source="cbr_fx")

    assert answers(db, "cn_exports_rub") == {"2026-01/2026-02": 24_000, "2026-03": 10_000, "2026-05": 10_000}
    assert answers(db, "cn_exports_rub", freq="YTD") == {"2026-02": 24_000, "2026-03": 34_000}
    assert answers(db, "cn_exports_rub", "(basis, grade, len(inputs))", freq="YTD")["2026-03"] == (
        "derived", "quotable", 50,
    )  # fmt: skip
    assert answers(db, "cn_exports_rub", freq="A") == {}


def test_twelve_months_of_roubles_are_the_year(db: Database) -> None:
    """Ten dollars a month at 1 to 12 roubles: 780."""
    known(db, *(exports(10, f"2025-{month:02d}") for month in range(1, 13)))
    known(
        db,
        *(d for n in range(1, 13) for d in dollars(n, n, month=f"2025-{n:02d}")), dollar(1, date(2026, 1, 9)),
        source="cbr_fx",
    )  # fmt: skip

    assert answers(db, "cn_exports_rub", "(value, grade)", freq="A") == {"2025": (780, "quotable")}
    assert len(answers(db, "cn_exports_rub")) == 12


def test_two_months_with_the_rates_of_one_have_no_roubles(db: Database) -> None:
    """February's rate is missing."""
    known(db, exports(300, "2026-01/2026-02"))
    known(db, *dollars(70, 70, month="2026-01"), dollar(70, date(2026, 3, 2)), source="cbr_fx")

    assert answers(db, "cn_exports_rub") == {}


def test_roubles_of_a_month_that_is_not_over_are_for_care(db: Database) -> None:
    """Rates for the first 16 of 30 days, the newest there are: coverage 16/30, at the average of 70 and 90."""
    known(db, exports(100, "2026-06"))
    known(db, *dollars(70, 90, month="2026-06"), source="cbr_fx")

    assert answers(db, "cn_exports_rub", "(value, coverage, grade)") == {
        "2026-06": (8000, pytest.approx(16 / 30), "with care")
    }


def test_roubles_at_the_rates_of_a_few_days_are_for_care(db: Database) -> None:
    """Three of the fifteen days that any month has."""
    known(db, exports(100, "2026-03"))
    some = [dollar(80, date(2026, 3, n)) for n in (3, 10, 31)]
    known(db, *some, dollar(1, date(2026, 4, 1)), source="cbr_fx")

    assert answers(db, "cn_exports_rub", "(value, coverage, grade)") == {"2026-03": (8000, 0.2, "with care")}


def test_roubles_of_a_cited_total_are_cited(db: Database) -> None:
    """Basis and grade are those of the dollars."""
    known(db, exports(100, "2026-06", flow="T"), source="reference")
    known(db, *dollars(70, 70, month="2026-06"), dollar(70, date(2026, 7, 1)), source="cbr_fx")

    assert answers(db, "trade_total_rub", "(value, basis, grade)") == {"2026-06": (7000, "reference", "with care")}
