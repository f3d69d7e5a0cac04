"""Exchange rates: what the rouble really did loads, a fault of the nominal is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations.common import COMMON, name
from expectations.judge import Verdict, as_history, judge
from expectations.reference import cbr_fx
from sources.contract import Observation
from tests.expectations.pages import EMPTY, Rows, batch

SOURCE = "cbr_fx"
URL = "https://www.cbr.ru/scripts/XML_dynamic.asp?date_req1={}&date_req2={}&VAL_NM_RQ=R01235"


def rates(currency: str, first: str, *values: str, unit: str = "RUB") -> Rows:
    """One rate a day from a first day on."""
    day = date.fromisoformat(first)
    return tuple(
        Observation(
            dataset="daily", measure="fx_rate", reporter="RU", product=currency, unit=unit, freq="D",
            period_start=day + timedelta(days=n), period_end=day + timedelta(days=n), value=Decimal(value),
            published=day + timedelta(days=n), precision=Decimal("0.00005"), locator=f"/ValCurs/Record[{n + 1}]/Value",
        )
        for n, value in enumerate(values)
    )  # fmt: skip


def known(*rows: Observation) -> pd.DataFrame:
    """A history of these rows."""
    return as_history(batch(SOURCE, rows))


def broken(verdict: Verdict) -> set[str]:
    """The rules that a batch breaks."""
    return {finding.expectation for finding in verdict.findings if not finding.success}


# True: the Bank of Russia's dollar in the first days of March 2025.
DOLLAR = rates("USD", "2025-03-04", "89.2497", "89.2448", "89.7878", "89.5724", "89.1362")
INDIA = rates("INR", "2020-04-25", "0.977259", "0.9781", "0.9772")
CASES = {
    "rate_is_positive": (rates("INR", "2020-04-25", "0"), EMPTY),
    "one_day": (tuple(replace(r, period_end=r.period_end + timedelta(days=1)) for r in DOLLAR), EMPTY),
    "rate_in_band": (rates("USD", "2025-03-04", "8.92497"), EMPTY),
    "small_step": (rates("USD", "1994-10-10", "3081", "3926", unit="RUR"), EMPTY),
    "no_step_of_a_nominal": (rates("INR", "2020-04-26", "97.81"), known(*INDIA[:1])),
    "no_day_lost": (DOLLAR[:2] + DOLLAR[3:], known(*DOLLAR)),
}


@pytest.mark.parametrize("rule", CASES)
def test_rates_that_break_a_rule_are_held_or_noted(rule: str) -> None:
    """Each rule sees the fault it is for."""
    rows, before = CASES[rule]
    verdict = judge(batch(SOURCE, rows, url=""), before)

    assert rule in broken(verdict)
    assert verdict.load == (rule == "small_step")


def test_every_rule_is_tried() -> None:
    """There is no rule in the suite that these tests don't see broken; the common ones are tried elsewhere."""
    assert set(CASES) == set(map(name, cbr_fx.SUITE)) - set(map(name, COMMON))


@pytest.mark.parametrize(
    "rows",
    [
        DOLLAR,
        INDIA,
        rates("GBP", "2022-03-15", "151.5177"),
        rates("CNY", "2022-03-15", "18.2218"),
        rates("USD", "1998-09-08", "18.9", "20.825", "15.7724", "12.8749"),
        rates("USD", "1997-12-30", "5960", unit="RUR") + rates("USD", "1998-01-01", "5.96", "5.9635"),
        rates("GBP", "1998-01-01", "9.8864"),
        rates("KZT", "2021-06-05", "0.171039"),
        (),
    ],
    ids=["2025", "rupee", "GBP 2022", "CNY 2022", "1998 crisis", "redenomination", "GBP 1998", "tenge", "no day"],
)
def test_what_the_rouble_did_loads(rows: Rows) -> None:
    """The highest, the lowest and the most sudden rates there were, and a range without any."""
    for before in (EMPTY, known(*rows)):
        verdict = judge(batch(SOURCE, rows), before)

        assert verdict.load, verdict.reason


def test_a_day_lost_is_seen_in_the_range_that_was_asked_for() -> None:
    """Days at the end of the range, or all of them, can only be missed by what was asked for."""
    url = URL.format("04/03/2025", "08/03/2025")
    short = judge(batch(SOURCE, DOLLAR[:3], url=url), known(*DOLLAR))
    empty = judge(batch(SOURCE, (), url=url), known(*DOLLAR))
    elsewhere = judge(batch(SOURCE, DOLLAR[:3], url=URL.format("04/03/2025", "06/03/2025")), known(*DOLLAR))

    assert "no_day_lost" in broken(short)
    assert "no_day_lost" in broken(empty)
    assert "2025-03-07" in short.reason
    assert elsewhere.load, elsewhere.reason


def test_a_backfill_far_from_what_is_known_loads() -> None:
    """Rates of 2018 aren't a step from those of 2025."""
    verdict = judge(batch(SOURCE, rates("USD", "2018-03-01", "56.3742", "56.4334")), known(*DOLLAR))

    assert verdict.load, verdict.reason


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(n=st.integers(1, 4), nominal=st.sampled_from([10, 100, 1000]), over=st.booleans())
def test_a_nominal_missed_on_any_day_is_held(n: int, nominal: int, *, over: bool) -> None:
    """One rate, or all from one day on, for ten, a hundred or a thousand units, or not divided by them."""
    factor = Decimal(nominal) if over else 1 / Decimal(nominal)

    def slipped(row: Observation) -> Observation:
        return replace(row, product="INR", value=(row.value or 0) * factor)

    rest = tuple(replace(r, product="INR") for r in DOLLAR)
    lone = (*rest[:n], slipped(rest[n]), *rest[n + 1 :])
    onward = (*rest[:n], *map(slipped, rest[n:]))

    assert not judge(batch(SOURCE, lone), EMPTY).load
    assert not judge(batch(SOURCE, onward), EMPTY).load
