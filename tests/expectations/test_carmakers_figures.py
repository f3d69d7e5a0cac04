"""Figures of vehicles: each rule sees the fault it is for, and what is true loads however steep it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import pytest

from expectations import common
from expectations.carmakers import figures
from expectations.common import name
from expectations.judge import as_history
from sources.contract import Freq, Observation
from sources.parse import periods
from tests.expectations.pages import EMPTY, Rows, batch

SOURCE = "lada"
COMMON = {"value_is_a_number", "missing_is_marked", "one_value_a_cell", "no_period_ahead", "month_is_not_the_sum"}


def row(
    measure: str,
    value: str,
    period: tuple[Freq, int, int] = ("M", 2025, 6),
    *,
    product: str | None = None,
    dataset: str = "autostat_pc",
    status: Literal["A", "P", "E"] = "A",
    precision: str = "0",
) -> Observation:
    """A figure of Russia for a month, a year to date or a year."""
    freq, year, month = period
    first, last = {
        "M": lambda: periods.month(year, month),
        "YTD": lambda: periods.year_to_date(year, month),
        "A": lambda: periods.full_year(year),
    }[freq]()
    counted = measure.endswith("_units")
    return Observation(
        dataset=dataset, measure=measure, reporter="RU", product=product, unit="units" if counted else "percent",
        freq=freq, period_start=first, period_end=last, value=Decimal(value), precision=Decimal(precision),
        obs_status=status, published=date(2026, 1, 14), locator=f"sentence of {measure} {product} {period}",
    )  # fmt: skip


def broken(rows: Rows, known: Rows = ()) -> dict[str, set[str]]:
    """The rules that a batch breaks, by severity, as the judge would ask them."""
    history = as_history(batch(SOURCE, known)) if known else EMPTY
    with common.quiet():
        sheet = common.sheet(batch(SOURCE, rows), history)
        common.measure(sheet)
        figures.measure(sheet)
    found: dict[str, set[str]] = {"critical": set(), "warning": set()}
    for said in common.validate(sheet, (*figures.COMMON, *figures.FIGURES)):
        if not said["success"]:
            found[said["severity"]].add(said["expectation"])
    return found


MAY, JUNE, TO_JUNE, TO_MAY = ("M", 2025, 5), ("M", 2025, 6), ("YTD", 2025, 6), ("YTD", 2025, 5)
LADA = row("lada_sales_units", "24200", JUNE)  # true, by Autostat: June 2025
MARKET = row("ru_car_market_units", "90100", JUNE)  # true: June 2025
YEAR_BEFORE = tuple(row("lada_sales_units", "36000", ("M", 2024, n)) for n in range(1, 13))

CASES: dict[str, tuple[str, Rows, Rows]] = {
    "no_negative_count": ("critical", (row("lada_sales_units", "-24200"),), ()),
    "share_is_possible": ("critical", (row("lada_share", "248.8"),), ()),
    "change_is_possible": ("critical", (row("lada_sales_units_yoy", "-287"),), ()),
    "level_is_possible": ("critical", (row("lada_sales_units", "338", ("A", 2025, 12)),), ()),
    "month_within_year": ("critical", (LADA, row("lada_sales_units", "24000", TO_JUNE)), ()),
    "year_to_date_grows": (
        "critical", (row("lada_sales_units", "150000", TO_JUNE),), (row("lada_sales_units", "160000", TO_MAY),),
    ),
    "brand_within_market": ("critical", (LADA, row("ru_car_market_units", "24000")), ()),
    "brands_within_market": (
        "critical", (LADA, MARKET, row("brand_sales_units", "66000", product="haval")), (),
    ),
    "models_within_maker": (
        "critical",
        (
            LADA,
            row("model_sales_units", "13000", product="granta"),
            row("model_sales_units", "12000", product="vesta"),
        ),
        (),
    ),
    "share_agrees": ("warning", (LADA, MARKET, row("lada_share", "30")), ()),
    "change_agrees": ("warning", (LADA, row("lada_sales_units_yoy", "-28")), YEAR_BEFORE),
    "usual_level": ("warning", (row("lada_sales_units", "3000"),), YEAR_BEFORE),
    "usual_level_or_explained": ("critical", (row("lada_sales_units", "3000"),), YEAR_BEFORE),
    "small_revision": ("warning", (LADA,), (row("lada_sales_units", "30000"),)),
    "no_gross_revision": ("critical", (LADA,), (row("lada_sales_units", "90100"),)),
    "no_old_release_anew": ("critical", (LADA,), (row("lada_sales_units", "24200", ("M", 2024, 6)),)),
}  # fmt: skip


@pytest.mark.parametrize("rule", CASES)
def test_a_figure_that_breaks_a_rule_is_held_or_noted(rule: str) -> None:
    """Each rule sees the fault it is for."""
    severity, rows, known = CASES[rule]

    assert rule in broken(rows, known)[severity]


def test_every_rule_is_tried() -> None:
    """There is no rule that these tests don't see broken; the common ones are tried elsewhere."""
    assert set(CASES) == set(map(name, figures.FIGURES))


def test_one_open_number_of_three_does_not_hold_a_release() -> None:
    """Everything that all sources must satisfy holds, but the share of doubts: a release has few numbers."""
    assert set(map(name, figures.COMMON)) == COMMON


def test_a_page_without_figures_breaks_nothing() -> None:
    """Most releases have none."""
    assert broken(()) == {"critical": set(), "warning": set()}


TRUE: dict[str, tuple[Rows, Rows]] = {
    "a month, its year to date and the year before": (
        (
            row("lada_sales_units", "26373", ("M", 2021, 11)),
            row("lada_sales_units_yoy", "-30.7", ("M", 2021, 11), precision="0.05"),
            row("lada_sales_units", "320795", ("YTD", 2021, 11)),
            row("lada_sales_units_yoy", "6", ("YTD", 2021, 11), precision="0.5"),
        ),
        (),
    ),
    "rounded parts of a rounded whole": (
        (
            row("brand_sales_units", "24000", ("M", 2025, 2), product="haval", status="E", precision="500"),
            row("brand_sales_units", "23600", ("YTD", 2025, 2), product="haval", status="P", precision="50"),
        ),
        (),
    ),
    "a family of models and its members": (
        (
            row("lada_production_units", "235815", TO_JUNE),
            row("model_production_units", "110797", TO_JUNE, product="granta"),
            row("model_production_units", "68260", TO_JUNE, product="vesta"),
            row("model_production_units", "52968", TO_JUNE, product="niva"),
            row("model_production_units", "30000", TO_JUNE, product="niva_travel"),
            row("model_production_units", "3790", TO_JUNE, product="largus"),
        ),
        (),
    ),
    "the exact count after the rounded one": (
        (row("lada_sales_units", "338490", ("A", 2025, 12)),),
        (row("lada_sales_units", "338000", ("A", 2025, 12), status="P", precision="500"),),
    ),
    "August revised in September": (
        (
            row("ru_car_market_units", "122200", ("M", 2025, 8), precision="50"),
            row("ru_car_market_units", "119000", ("M", 2025, 9), precision="500"),
        ),
        (row("ru_car_market_units", "122633", ("M", 2025, 8)),),
    ),
}


@pytest.mark.parametrize("what", TRUE)
def test_true_figures_load(what: str) -> None:
    """Nothing is held, nothing is noted."""
    rows, known = TRUE[what]

    assert broken(rows, known) == {"critical": set(), "warning": set()}


def test_a_true_fall_that_the_page_explains_is_noted_and_loads() -> None:
    """A tenth of what was usual, with -92 % printed beside it."""
    fall = (
        row("lada_sales_units", "3000"),
        row("lada_sales_units_yoy", "-92", precision="0.5"),
    )

    assert broken(fall, YEAR_BEFORE) == {"critical": set(), "warning": {"usual_level"}}


def test_a_lost_thousand_is_not_explained_by_its_change() -> None:
    """24.2 for 24.2 thousand: what -33 % of it would be a change from is as odd as itself."""
    known = tuple(row("brand_sales_units", "24000", ("M", 2025, n), product="haval") for n in range(1, 6))
    lost = (
        row("brand_sales_units", "24", product="haval"),
        row("brand_sales_units_yoy", "-33", product="haval", precision="0.5"),
    )

    assert "usual_level_or_explained" in broken(lost, known)["critical"]


@pytest.mark.parametrize("rows", [(LADA,), (MARKET,)], ids=["brand", "market"])
def test_scopes_are_not_compared_with_each_other(rows: Rows) -> None:
    """LADA with vans may exceed a market without them, and trucks over 16 t those of another count."""
    others = (
        row("ru_car_market_units", "20000", dataset="aeb_pc_ppc"),
        row("lada_sales_units", "95000", dataset="avtovaz_dealers_pc_lcv"),
    )

    assert broken(rows, others)["critical"] == set()


def test_a_market_that_comes_later_is_held_against_its_brands() -> None:
    """Whichever page comes first."""
    brand = row("brand_sales_units", "70000", product="haval")

    assert "brand_within_market" in broken((MARKET,), (LADA, brand))["critical"]
