"""Autostat's figures: a lost "тыс.", a brand above its group or market are held; true falls and revisions load."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from expectations import common
from expectations.carmakers import autostat, figures
from expectations.common import name
from expectations.judge import as_history
from sources.carmakers import autostat as source
from sources.contract import Observation, Payload
from tests.expectations.pages import EMPTY, FETCHED, Rows, batch, changed, rules_broken
from tests.payloads.autostat import pages

SOURCE = "autostat"
RECORDED = Path(__file__).parents[2].parent / "shared" / "recorded" / "carmakers"


def read(body: bytes) -> Rows:
    """The figures of an article."""
    payload = Payload(SOURCE, "https://www.autostat.ru/news/1/", body, "0" * 64, FETCHED)
    return tuple(row for row in source.parse(payload) if isinstance(row, Observation))


def broken(rows: Rows, history: Rows = ()) -> dict[str, set[str]]:
    """The rules that an article breaks, by severity, as the judge would ask them."""
    past = as_history(batch(SOURCE, history)) if history else EMPTY
    return rules_broken(autostat, batch(SOURCE, rows), past)


def article(*sentences: str, day: str = "5 августа 2025") -> Rows:
    """The figures of an article of the cars' rubric with these sentences."""
    return read(pages.article(sentences, title="Рынок легковых автомобилей", day=day))


GOOD = {what: read(body) for what, body in pages.samples().items()}
JULY = GOOD["month"]
AUGUST = article(pages.AUGUST[0], day="3 сентября 2025")


def test_true_articles_load() -> None:
    """Markets, groups, trucks, a year with its table: nothing is held, alone or one after another."""
    known: Rows = ()
    for what, rows in GOOD.items():
        assert broken(rows)["critical"] == set(), what
        assert broken(rows, known)["critical"] == set(), what
        known += rows


def test_a_lost_thousand_is_held() -> None:
    """122.7 thousand printed as 122.7: a month of the whole market can't be 123 cars."""
    rows = changed(JULY, lambda row: row.value == 120649, value=Decimal(121))

    assert "level_is_possible" in broken(rows)["critical"]


def test_thousand_read_twice_is_held() -> None:
    """120 million cars in a month."""
    rows = changed(JULY, lambda row: row.value == 120649, value=Decimal(120649000))

    assert {"level_is_possible", "month_within_year"} <= broken(rows)["critical"]


def test_a_brand_above_its_market_is_held() -> None:
    """LADA with 282,400 of 120,649: a digit too many."""
    rows = changed(JULY, lambda row: row.measure == "lada_sales_units", value=Decimal(282400))

    assert "brand_within_market" in broken(rows)["critical"]


def test_a_month_above_the_year_to_date_is_held() -> None:
    """The two were exchanged."""
    rows = changed(JULY, lambda row: row.value == 651029, value=Decimal(65103))

    assert "month_within_year" in broken(rows)["critical"]


@pytest.mark.parametrize("known", [False, True], ids=["on one page", "known before"])
def test_a_brand_above_its_group_is_held(*, known: bool) -> None:
    """AVTOVAZ counts LADA and its other brand: 34,983 can't be LADA's beside a group of 33.2 thousand."""
    lada = tuple(row for row in GOOD["groups"] if row.measure == "lada_sales_units")
    group = tuple(row for row in GOOD["groups"] if row.measure == "group_sales_units")
    high = changed(lada, lambda _: True, value=Decimal(36983))

    assert "brand_within_group" not in broken(lada + group)["critical"]
    assert "brand_within_group" in (broken(high, group) if known else broken(high + group))["critical"]
    assert "brand_within_group" in broken(group, high)["critical"]


def wider(rows: Rows) -> Rows:
    """The same market with light commercial vehicles, 5,000 more."""
    market = tuple(row for row in rows if row.measure == "ru_car_market_units" and row.freq == "M")
    return changed(
        market, lambda _: True, dataset="autostat_pc_lcv", value=lambda row: row.value + 5000
    )  # fmt: skip


def test_cars_alone_above_cars_with_light_commercial_ones_are_held() -> None:
    """The narrow scope is part of the wide one, whichever comes first."""
    whole = wider(AUGUST)
    cars = changed(AUGUST, lambda row: row.unit == "units", value=Decimal(132633))

    assert "narrow_scope_within_wide" not in broken(AUGUST + whole)["critical"]
    assert "narrow_scope_within_wide" in broken(cars + whole)["critical"]
    assert "narrow_scope_within_wide" in broken(whole, cars)["critical"]
    assert "narrow_scope_within_wide" in broken(cars, whole)["critical"]


def test_a_small_revision_loads_in_silence() -> None:
    """August: 122,633, a month later 122.2 thousand."""
    assert broken(GOOD["revision"], AUGUST) == {"critical": set(), "warning": set()}


def test_a_true_deep_fall_loads_with_its_printed_change() -> None:
    """Heavy trucks fell by 59.5 percent in a year: the level is what the printed change says."""
    before = tuple(
        Observation(
            dataset="autostat_hcv_gt16t", measure="ru_hcv_market_units", reporter="RU", unit="units", freq="M",
            period_start=date(2024, n, 1), period_end=date(2024, n, 28), value=Decimal(9100), locator=f"line {n}",
        )
        for n in range(1, 13)
    )  # fmt: skip

    assert broken(GOOD["trucks"], before)["critical"] == set()


def test_a_printed_change_that_contradicts_the_counts_is_noted_and_loads() -> None:
    """Both stay: the printed one as a figure, the computed one in the view."""
    year_before = changed(
        tuple(row for row in JULY if row.value == 120649), lambda _: True,
        period_start=date(2024, 7, 1), period_end=date(2024, 7, 31), value=Decimal(150000),
    )  # fmt: skip

    assert broken(JULY, year_before) == {"critical": set(), "warning": {"change_agrees"}}


def test_every_carmakers_rule_is_asked() -> None:
    """None of the shared rules is left out, and two are Autostat's own."""
    own = {name(rule) for rule in autostat.SUITE} - {name(rule) for rule in (*figures.COMMON, *figures.FIGURES)}

    assert own == {"brand_within_group", "narrow_scope_within_wide"}
    assert set(figures.FIGURES) <= set(autostat.SUITE)


@pytest.mark.recorded
@pytest.mark.parametrize("backwards", [False, True])
def test_recorded_articles_load_in_any_order(*, backwards: bool) -> None:
    """Each could be the first, and follows any other: none is held."""
    files = sorted(file for file in RECORDED.glob("*autostat.ru/news/[0-9]*.html") if "bot" not in file.name)
    if not files:
        pytest.skip(f"no recorded articles in {RECORDED}")
    history = EMPTY
    for file in sorted(files, reverse=backwards):
        rows = batch(SOURCE, read(file.read_bytes()))
        with common.quiet():
            sheet = common.sheet(rows, history)
            autostat.measure(sheet)
        failed = [said for said in common.validate(sheet, autostat.SUITE) if not said["success"]]

        assert [said["expectation"] for said in failed if said["severity"] == "critical"] == [], file.name
        fresh = as_history(rows)
        history = pd.concat([history, fresh], ignore_index=True) if len(history) else fresh
