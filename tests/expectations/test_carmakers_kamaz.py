"""KAMAZ's figures: those of all carmakers, and a look at two counts of one company; every true page loads."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from expectations.carmakers import figures, kamaz
from expectations.common import COMMON, name
from expectations.judge import as_history
from sources.carmakers import kamaz as source
from sources.contract import Batch, Observation, Payload
from tests.expectations.pages import EMPTY, FETCHED, Rows, batch, changed, rules_broken
from tests.payloads.kamaz import pages

SHARED = Path(__file__).parents[2].parent / "shared"
RECORDED = SHARED / "recorded" / "carmakers" / "www.kamaz.ru" / "press" / "releases"


def read(body: bytes) -> Rows:
    """The figures of a release or feed."""
    payload = Payload("kamaz", "file:a", body, "0" * 64, FETCHED)
    return tuple(row for row in source.parse(payload) if isinstance(row, Observation))


def broken(rows: Batch, history: pd.DataFrame = EMPTY) -> dict[str, set[str]]:
    """The rules that a batch breaks, by severity, as the judge would ask them."""
    return rules_broken(kamaz, rows, history)


COUNTS = read(pages.release())  # true: 2024, over 16 t by others, from 14 t on by KAMAZ


def test_the_suite_is_that_of_all_carmakers_and_one_rule_more() -> None:
    """A rule that is added for all holds here too."""
    own = set(map(name, kamaz.SUITE)) - set(map(name, (*COMMON, *figures.FIGURES)))

    assert own == {"over_16t_within_14t"}


def test_more_trucks_over_16_t_than_from_14_t_on_are_noted() -> None:
    """Two counters may differ: both figures load, and the report shows them."""
    odd = changed(COUNTS, lambda row: row.dataset == "autostat_hcv_gt16t", value=Decimal(21000))

    assert broken(batch("kamaz", odd)) == {"critical": set(), "warning": {"over_16t_within_14t"}}


def test_the_ministrys_trucks_taken_for_kamazs_are_held() -> None:
    """40,317 in nine months is twice what KAMAZ sells in a year."""
    wrong = changed(
        read(pages.release(pages.MINISTRY, day="24.10.2025")),
        lambda row: row.measure == "ru_truck_market_units",
        measure="kamaz_sales_units",
        dataset="kamaz_hcv_ge14t",
        value=Decimal(403170),
    )

    assert "level_is_possible" in broken(batch("kamaz", wrong))["critical"]


@pytest.mark.parametrize("body", pages.samples().values(), ids=pages.samples())
def test_true_documents_load(body: bytes) -> None:
    """Nothing is held, nothing is noted."""
    assert broken(batch("kamaz", read(body))) == {"critical": set(), "warning": set()}


@pytest.mark.recorded
@pytest.mark.parametrize("backwards", [False, True])
def test_the_recorded_documents_load_in_any_order(backwards: bool) -> None:
    """The market of 110 thousand in 2024, and its fall by 60 %: none is held."""
    names = sorted(path.name for path in RECORDED.glob("*") if path.name not in {"index.html", "rss-truncated.xml"})
    if not names:
        pytest.skip(f"no recorded pages in {RECORDED}")
    history = EMPTY
    for file in sorted(names, reverse=backwards):
        document = batch("kamaz", read((RECORDED / file).read_bytes()))

        assert broken(document, history)["critical"] == set(), file
        fresh = as_history(document)
        history = pd.concat([history, fresh], ignore_index=True) if len(history) and len(fresh) else fresh
