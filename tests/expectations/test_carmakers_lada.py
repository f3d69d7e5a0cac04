"""AvtoVAZ's figures: parts within their whole, no lost thousand; every true release loads in any order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from expectations.carmakers import figures, lada
from expectations.common import COMMON, name
from expectations.judge import as_history
from sources.carmakers import lada as source
from sources.contract import Batch, Observation, Payload
from tests.expectations.pages import EMPTY, FETCHED, Rows, batch, changed, rules_broken
from tests.payloads.lada import pages

RECORDED = Path(__file__).parents[2].parent / "shared" / "recorded" / "carmakers" / "www.lada.ru" / "press-releases"
HELD = frozenset({"index.html", "page99-empty.html", "117010-layout-changed.html", "121310-antibot.html"})


def read(body: bytes) -> Rows:
    """The figures of a release."""
    payload = Payload("lada", "file:a", body, "0" * 64, FETCHED)
    return tuple(row for row in source.parse(payload) if isinstance(row, Observation))


def broken(rows: Batch, history: pd.DataFrame = EMPTY) -> dict[str, set[str]]:
    """The rules that a batch breaks, by severity, as the judge would ask them."""
    return rules_broken(lada, rows, history)


OCTOBER = read(pages.release())  # true: October 2023


def test_the_suite_is_that_of_all_carmakers_and_one_rule_more() -> None:
    """A rule that is added for all holds here too."""
    own = set(map(name, lada.SUITE)) - set(map(name, (*COMMON, *figures.FIGURES)))

    assert own == {"cars_within_all"}


def test_cars_alone_above_cars_and_vans_are_held() -> None:
    """38 thousand cars against 37 with vans: the scopes were mixed up. 40,912 with vans are no contradiction."""
    sold = tuple(row for row in OCTOBER if row.measure == "lada_sales_units")
    cars = tuple(replace(row, dataset="avtovaz_dealers_pc", value=Decimal(38000)) for row in sold)
    fewer = as_history(batch("lada", changed(sold, lambda _: True, value=Decimal(37000))))

    assert "cars_within_all" in broken(batch("lada", cars), fewer)["critical"]
    assert broken(batch("lada", cars), as_history(batch("lada", sold)))["critical"] == set()


@pytest.mark.parametrize("factor", ["0.001", "1000"])
def test_a_count_off_by_a_thousand_is_held_without_any_history(factor: str) -> None:
    """`тыс.` lost, or read twice, in the first release that is ever loaded."""
    rows = changed(
        OCTOBER, lambda row: row.measure == "lada_sales_units", value=lambda row: row.value * Decimal(factor)
    )

    assert "level_is_possible" in broken(batch("lada", rows))["critical"]


def test_an_old_release_under_a_new_date_is_held() -> None:
    """October 2023 published again in November 2024 would be October 2024."""
    again = read(pages.release(created="05.11.2024"))

    assert {row.period for row in again} == {"2024-10"}
    assert "no_old_release_anew" in broken(batch("lada", again), as_history(batch("lada", OCTOBER)))["critical"]


@pytest.mark.parametrize("body", pages.samples().values(), ids=pages.samples())
def test_true_releases_load(body: bytes) -> None:
    """Nothing is held, with nothing known before."""
    assert broken(batch("lada", read(body)))["critical"] == set()


@pytest.mark.recorded
@pytest.mark.parametrize("backwards", [False, True])
def test_the_recorded_releases_load_in_any_order(backwards: bool) -> None:
    """True falls and rises of a market that was upside down in 2022, a correction, months of silence: none is held."""
    names = sorted(path.name for path in RECORDED.glob("*.html") if path.name not in HELD)
    if not names:
        pytest.skip(f"no recorded releases in {RECORDED}")
    history = EMPTY
    for file in sorted(names, reverse=backwards):
        release = batch("lada", read((RECORDED / file).read_bytes()))

        assert broken(release, history)["critical"] == set(), file
        fresh = as_history(release)
        history = pd.concat([history, fresh], ignore_index=True) if len(history) and len(fresh) else fresh
