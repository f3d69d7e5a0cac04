"""Commodity prices: crashes that happened load, another unit or a lost month is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from expectations.common import COMMON, SOME_ROWS, name
from expectations.judge import Verdict, as_history, judge
from expectations.reference import worldbank_pinksheet
from sources.contract import Observation
from tests.expectations.pages import EMPTY, Rows, batch, changed, month_days, times, without

SOURCE = "worldbank_pinksheet"
# True: Brent and Australian coal, January to June 2020; 40 % down in March.
BRENT = ("63.60", "55.00", "32.98", "23.34", "31.02", "39.93")
COAL = ("69.66", "67.64", "66.11", "58.55", "52.47", "52.26")


def prices(*, edition: date = date(2020, 7, 2), brent: tuple[str, ...] = BRENT, coal: tuple[str, ...] = COAL) -> Rows:
    """An edition of the two prices, a month a row from January 2020 on."""
    rows: list[Observation] = []
    for code, unit, values in (("CRUDE_BRENT", "USD/bbl", brent), ("COAL_AUS", "USD/t", coal)):
        for n, value in enumerate(values):
            first, last = month_days(2020, n + 1)
            rows.append(
                Observation(
                    dataset="monthly_prices", measure="price", partner="W0", partner_kind="world", product=code,
                    unit=unit, freq="M", period_start=first, period_end=last, value=Decimal(value) if value else None,
                    obs_status="A" if value else "M", precision=Decimal("0.005"), published=edition,
                    locator=f"Monthly Prices!C{n + 8}",
                )
            )  # fmt: skip
    return tuple(rows)


EDITION = prices()


def known(rows: Rows) -> pd.DataFrame:
    """A history of these rows."""
    return as_history(batch(SOURCE, rows))


def broken(verdict: Verdict) -> set[str]:
    """The rules that a batch breaks."""
    return {finding.expectation for finding in verdict.findings if not finding.success}


def brent(row: Observation) -> bool:
    """Is it a price of Brent?"""
    return row.product == "CRUDE_BRENT"


def april(row: Observation) -> bool:
    """Is it Brent's price of April?"""
    return brent(row) and row.period_start == date(2020, 4, 1)


KNOWN = known(EDITION)
CASES: dict[str, tuple[Rows, pd.DataFrame]] = {
    "price_is_positive": (changed(EDITION, april, value=Decimal(0)), EMPTY),
    "one_month": (changed(EDITION, april, period_start=date(2020, 3, 1)), EMPTY),
    "months_follow": (without(EDITION, april), EMPTY),
    "price_in_band": (changed(EDITION, brent, value=times("0.001")), EMPTY),
    "brent_and_coal_there": (without(EDITION, brent), EMPTY),
    "edition_after_newest_month": (prices(edition=date(2020, 12, 2)), EMPTY),
    "small_step": (EDITION, EMPTY),
    "no_tenfold_step": (prices(brent=(*BRENT[:3], "400", "401", "402")), EMPTY),
    "no_lone_price": (changed(EDITION, april, value=times("7.33")), EMPTY),
    "small_revision": (changed(EDITION, april, value=times("1.12")), KNOWN),
    "no_gross_revision": (changed(EDITION, april, value=times("1.7")), KNOWN),
    "past_stays": (changed(EDITION, brent, value=times("1.15")), KNOWN),
    "few_changes": (changed(EDITION, lambda _: True, value=times("1.01")), KNOWN),
    "no_price_lost": (changed(EDITION, april, value=None, obs_status="M"), KNOWN),
    "newest_month_there": (without(EDITION, lambda r: r.period_start == date(2020, 6, 1)), KNOWN),
}
WARNINGS = {"small_step", "small_revision", "few_changes"}


@pytest.mark.parametrize("rule", CASES)
def test_an_edition_that_breaks_a_rule_is_held_or_noted(rule: str) -> None:
    """Each rule sees the fault it is for."""
    rows, before = CASES[rule]
    verdict = judge(batch(SOURCE, rows), before)

    assert rule in broken(verdict)
    assert verdict.load == (rule in WARNINGS), verdict.reason


def test_every_rule_is_tried() -> None:
    """There is no rule in the suite that these tests don't see broken; the common ones are tried elsewhere."""
    assert set(CASES) == set(map(name, worldbank_pinksheet.SUITE)) - set(map(name, (*COMMON, SOME_ROWS)))


@pytest.mark.parametrize("before", [EMPTY, KNOWN], ids=["first edition", "same again"])
def test_the_crash_of_march_2020_loads(before: pd.DataFrame) -> None:
    """Brent fell by 40 % in a month: noted, loaded."""
    verdict = judge(batch(SOURCE, EDITION), before)

    assert verdict.load, verdict.reason
    assert "small_step" in broken(verdict)


def test_a_missing_month_of_old_and_a_new_one_load() -> None:
    """Coal has no price in its first months, and each edition adds a month to what is known."""
    coal = ("", "", *COAL[2:])
    before = known(without(prices(coal=coal), lambda r: r.period_start == date(2020, 6, 1)))
    verdict = judge(batch(SOURCE, prices(coal=coal)), before)

    assert verdict.load, verdict.reason


def test_an_old_edition_read_late_loads() -> None:
    """An edition of June ends in May, whatever later editions have told since."""
    old = tuple(replace(r, published=date(2020, 6, 2)) for r in EDITION if r.period_start < date(2020, 6, 1))

    assert judge(batch(SOURCE, old), KNOWN).load


def test_rounding_to_two_digits_is_no_revision() -> None:
    """Some editions print 32.98 for 32.984: nothing has changed."""
    finer = changed(EDITION, brent, value=lambda row: row.value + Decimal("0.004"))
    verdict = judge(batch(SOURCE, EDITION), known(finer))
    (finding,) = (f for f in verdict.findings if f.expectation == "few_changes")

    assert finding.success
    assert finding.observed.startswith("0,")
