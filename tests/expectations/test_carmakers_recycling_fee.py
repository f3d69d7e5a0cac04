"""The recycling fee: the decree's arithmetic, no fall, no new car above an older one, no level before its decree."""

from __future__ import annotations

import importlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from expectations import common
from expectations.carmakers import recycling_fee
from expectations.common import COMMON, SOME_ROWS, name
from expectations.judge import as_history
from sources.carmakers import recycling_fee as source
from sources.contract import Batch, Observation
from tests.expectations.pages import EMPTY, Rows, batch, changed
from tests.payloads.recycling_fee import pages

SOURCE = "recycling_fee"
DATA = Path(__file__).parents[2] / "sources" / "reference" / "data"
NEWSPAPER = "https://www.kommersant.ru/doc/2011198"
NEW, OLD = "1-2 l, 160-190 hp, up to 3 years", "1-2 l, 160-190 hp, 3-5 years"


def broken(rows: Batch, history: pd.DataFrame = EMPTY) -> dict[str, str]:
    """The rules that a batch breaks, with their severity, as the judge would ask them."""
    with common.quiet():
        sheet = common.sheet(rows, history)
        recycling_fee.measure(sheet)
    found = common.validate(sheet, recycling_fee.SUITE)
    return {said["expectation"]: said["severity"] for said in found if not said["success"]}


def level(product: str, day: date, coefficient: str, total: int) -> Rows:
    """A level of the rule by power, as a dealer printed it."""
    shared = {
        "dataset": "fee_2025", "reporter": "RU", "product": product, "freq": "D", "period_start": day,
        "period_end": day, "obs_status": "F", "published": date(2025, 11, 1),
    }  # fmt: skip
    return (
        Observation(
            **shared, measure="recycling_fee_coefficient", unit="ratio", value=Decimal(coefficient), locator="c"
        ),
        Observation(
            **shared, measure="recycling_fee_rub", unit="RUB", value=Decimal(total), locator=f"{product} {day}"
        ),
    )


# True: 1 to 2 litres, 160 to 190 hp, from December 2025 and from January 2026.
LEVELS: Rows = (
    *level(NEW, date(2025, 12, 1), "37.50", 750000),
    *level(OLD, date(2025, 12, 1), "62.20", 1244000),
    *level(NEW, date(2026, 1, 1), "45.00", 900000),
    *level(OLD, date(2026, 1, 1), "74.64", 1492800),
)


def fee(row: Observation) -> bool:
    """Is it the sum of a new car in January 2026?"""
    return row.product == NEW and row.measure == "recycling_fee_rub" and row.period == "2026-01-01"


CASES: dict[str, Rows] = {
    "one_day": changed(LEVELS, fee, period_end=date(2026, 12, 31)),
    "fee_in_band": changed(LEVELS, fee, value=Decimal(900)),
    "fee_is_a_product": changed(LEVELS, fee, value=Decimal(900100)),
    "coefficient_times_base": changed(LEVELS, fee, value=Decimal(900200)),
    "no_fall": changed(LEVELS, fee, value=Decimal(700000)),
    "new_not_above_old": changed(LEVELS, fee, value=Decimal(1500000)),
    "starts_after_decree": changed(LEVELS, fee, published=date(2026, 2, 1)),
}


@pytest.mark.parametrize("rule", CASES)
def test_a_level_that_breaks_a_rule_is_held(rule: str) -> None:
    """Each rule sees the fault it is for."""
    assert broken(batch(SOURCE, CASES[rule]))[rule] == "critical"


def test_every_rule_is_tried() -> None:
    """There is no rule in the suite that these tests don't see broken; the common ones are tried elsewhere."""
    assert set(CASES) == set(map(name, recycling_fee.SUITE)) - set(map(name, (*COMMON, SOME_ROWS)))


def test_true_levels_load() -> None:
    """Decreed for years ahead, at the rouble."""
    assert broken(batch(SOURCE, LEVELS)) == {}


def test_a_fall_is_seen_against_what_was_known() -> None:
    """A page with one day alone is held against the levels before it and after it."""
    known = as_history(batch(SOURCE, LEVELS))
    low = level(NEW, date(2026, 7, 1), "40.00", 800000)
    high = level(NEW, date(2025, 12, 15), "46.00", 920000)

    assert broken(batch(SOURCE, low), known) == {"no_fall": "critical"}
    assert broken(batch(SOURCE, high), known) == {"no_fall": "critical"}
    assert broken(batch(SOURCE, level(NEW, date(2026, 7, 1), "50.00", 1000000)), known) == {}


def test_what_an_older_decree_had_set_may_be_restated() -> None:
    """A decree prints the levels that were in force before it: these are no levels ahead of their decree."""
    early = changed(LEVELS, fee, published=date(2026, 2, 1), reconstructed=True)

    assert broken(batch(SOURCE, early)) == {}


def test_what_is_shipped_and_each_layout_load_in_any_order() -> None:
    """A fresh machine gets every level; the live pages agree with it, whichever comes first."""
    shipped = batch(SOURCE, _rows((DATA / source.FILE).read_bytes()))
    others = [batch(SOURCE, _rows(body)) for body in (pages.decree(), pages.dealer(), pages.newspaper())]
    for order in ([shipped, *others], [*others, shipped]):
        history = EMPTY
        for one in order:
            assert broken(one, history) == {}
            fresh = as_history(one)
            history = pd.concat([history, fresh], ignore_index=True) if len(history) else fresh


def _rows(body: bytes) -> Rows:
    module = importlib.import_module("sources.carmakers.recycling_fee")
    payload = batch(SOURCE, (), url=NEWSPAPER).payload
    said = tuple(module.parse(type(payload)(payload.source, payload.url, body, payload.sha256, payload.fetched_at)))
    return tuple(row for row in said if isinstance(row, Observation))
