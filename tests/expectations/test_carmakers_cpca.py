"""The CPCA's exports: destinations within the world, no lost 万, a year to date that grows; true ones load."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from expectations.carmakers import cpca, figures
from expectations.common import name
from expectations.judge import as_history
from sources.carmakers import cpca as source
from sources.contract import Batch, Observation, Payload
from tests.expectations.pages import EMPTY, FETCHED, Rows, batch, changed, rules_broken
from tests.payloads.cpca import pages

SOURCE = "cpca"
RECORDED = Path(__file__).parents[2].parent / "shared" / "recorded" / "carmakers" / "www.cpcaauto.com"


def read(body: bytes) -> Rows:
    """The figures of an article."""
    payload = Payload(SOURCE, "file:a", body, "0" * 64, FETCHED)
    return tuple(row for row in source.parse(payload) if isinstance(row, Observation))


def broken(rows: Batch, history: pd.DataFrame = EMPTY) -> dict[str, set[str]]:
    """The rules that a batch breaks, by severity, as the judge would ask them."""
    return rules_broken(cpca, rows, history)


YEAR, NINE_MONTHS, TWO_MONTHS = read(pages.year()), read(pages.nine_months()), read(pages.two_months())  # true
TRUE = {"2025": YEAR, "nine months": NINE_MONTHS, "two months": TWO_MONTHS}


def exported(rows: Rows, partner: str, freq: str, value: int) -> Rows:
    """The rows with another count of one destination."""
    return changed(
        rows,
        lambda row: (row.measure, row.partner, row.freq) == ("cn_vehicle_exports_units", partner, freq),
        value=Decimal(value),
    )


@pytest.mark.parametrize("rows", TRUE.values(), ids=TRUE)
def test_true_figures_load(rows: Rows) -> None:
    """Nothing is held, nothing is noted."""
    assert broken(batch(SOURCE, rows)) == {"critical": set(), "warning": set()}


def test_true_figures_load_one_after_the_other() -> None:
    """In either order."""
    for order in (list(TRUE.values()), list(reversed(TRUE.values()))):
        history = EMPTY
        for rows in order:
            assert broken(batch(SOURCE, rows), history)["critical"] == set()
            fresh = as_history(batch(SOURCE, rows))
            history = pd.concat([history, fresh], ignore_index=True) if len(history) else fresh


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        (exported(YEAR, "W0", "M", 99), "world_is_possible"),
        (exported(YEAR, "W0", "A", 83_200_000), "world_is_possible"),
        (exported(NINE_MONTHS, "RU", "YTD", 3_577_080_000), "country_is_possible"),
        (exported(NINE_MONTHS, "RU", "YTD", -1), "country_is_possible"),
        (exported(NINE_MONTHS, "RU", "YTD", 5_720_000), "country_within_world"),
        (exported(NINE_MONTHS, "RU", "YTD", 5_200_000), "countries_within_world"),
        (exported(YEAR, "W0", "M", 1_999_999), "month_within_year"),
    ],
    ids=["万 lost", "a digit more", "万 twice", "negative", "Russia above all", "all together", "month"],
)
def test_a_figure_that_cannot_be_is_held(rows: Rows, rule: str) -> None:
    """Each rule sees the fault it is for."""
    lowered = changed(rows, lambda _: True) if rule != "month_within_year" else exported(rows, "W0", "A", 1_900_000)

    assert rule in broken(batch(SOURCE, lowered))["critical"]


def test_a_year_to_date_below_an_earlier_months_is_held() -> None:
    """After 357,708 in nine months, 300,000 in the year: the scope changed, the past did not shrink."""
    history = as_history(batch(SOURCE, NINE_MONTHS))
    less = exported(YEAR, "RU", "A", 300_000)

    assert broken(batch(SOURCE, YEAR), history)["critical"] == set()
    assert broken(batch(SOURCE, less), history)["critical"] & {"month_within_year", "year_to_date_grows"}


def test_a_destination_is_held_against_the_world_that_is_known() -> None:
    """Where the total came with another page."""
    history = as_history(batch(SOURCE, tuple(row for row in NINE_MONTHS if row.partner == "W0")))
    alone = tuple(row for row in NINE_MONTHS if row.partner == "RU")

    assert broken(batch(SOURCE, alone), history)["critical"] == set()
    over = exported(alone, "RU", "YTD", 5_720_000)
    assert "country_within_world" in broken(batch(SOURCE, over), history)["critical"]


def test_every_rule_of_its_own_is_tried() -> None:
    """Those that all carmakers share are tried with them."""
    own = set(map(name, cpca.SUITE)) - set(map(name, (*figures.COMMON, *figures.FIGURES)))

    assert own == {"world_is_possible", "country_is_possible", "country_within_world", "countries_within_world"}


@pytest.mark.recorded
@pytest.mark.parametrize("backwards", [False, True])
def test_recorded_articles_load_in_any_order(backwards: bool) -> None:
    """Each could be the first, and follows any other."""
    files = sorted(RECORDED.glob("newslist-*"), reverse=backwards)
    if not files:
        pytest.skip(f"no recorded articles in {RECORDED}")
    history = EMPTY
    for path in files:
        rows = batch(SOURCE, read(path.read_bytes()))

        assert broken(rows, history)["critical"] == set(), path.name
        fresh = as_history(rows)
        history = pd.concat([history, fresh], ignore_index=True) if len(history) else fresh
