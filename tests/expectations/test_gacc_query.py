"""Query files: what was traded loads, a slipped unit, another flow or a part of the whole is held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest

from expectations.common import COMMON, SOME_ROWS, name
from expectations.customs import gacc_query as suite
from expectations.judge import Verdict, as_history, judge
from sources.contract import Batch, Doubt, Observation, Payload
from sources.customs import gacc_query
from tests.expectations.pages import EMPTY
from tests.payloads.gacc_query.pages import (
    BY_MODE,
    CRUDE,
    HEADER,
    JANUARY_2022,
    JUNE_2024,
    MODES,
    SEPTEMBER_2024,
    line,
    samples,
    table,
)

FETCHED = datetime(2026, 7, 24, 3, 0, tzinfo=UTC)
JANUARY = JUNE_2024[0]
CARS = line(CRUDE, "202401", "52,000", "950,000,000", 商品编码="87032343", 第一计量单位="辆")


def batch(body: bytes) -> Batch:
    """A file as a batch, imports."""
    payload = Payload("gacc_query", "file:a", body, "0" * 64, FETCHED, title="import.csv")
    rows = list(gacc_query.parse(payload))
    return Batch(
        payload,
        gacc_query.PARSER,
        tuple(row for row in rows if isinstance(row, Observation)),
        tuple(row for row in rows if isinstance(row, Doubt)),
    )


def of(*rows: Mapping[str, str], modes: bool = False) -> Batch:
    """A file of these rows."""
    return batch(table(rows, (*HEADER[:5], *MODES, *HEADER[5:]) if modes else HEADER))


def known(*rows: Mapping[str, str]) -> pd.DataFrame:
    """A history of these rows."""
    return as_history(of(*rows))


def broken(verdict: Verdict) -> set[str]:
    """The rules that a batch breaks."""
    return {finding.expectation for finding in verdict.findings if not finding.success}


# What breaks each rule: the file, what was known before, and whether it is held.
CASES: dict[str, tuple[Callable[[], Batch], Callable[[], pd.DataFrame], bool]] = {
    "no_negative_amount": (lambda: of(JANUARY | {"美元": "-4,841,954,212"}), lambda: EMPTY, True),
    # 484 billion dollars of crude in a month, a hundred times the truth
    "amount_possible": (lambda: of(JANUARY | {"美元": "484,195,421,200"}), lambda: EMPTY, True),
    # true kilograms printed as tonnes
    "price_in_band": (lambda: of(JANUARY | {"第一计量单位": "吨"}), lambda: EMPTY, True),
    "month_within_cumulative": (
        lambda: of(JANUARY | {"数据年月": "202402", "美元": "9,000,000,000"}, JANUARY | {"数据年月": "202401-202402"}),
        lambda: EMPTY, True,
    ),
    "small_revision": (lambda: of(JANUARY | {"美元": "5,500,000,000"}), lambda: known(JANUARY), False),
    # 33 billion yuan in a file that says dollars
    "no_other_figure": (lambda: of(JANUARY | {"美元": "34,400,000,000"}), lambda: known(JANUARY), True),
    "known_not_withheld": (lambda: of(JANUARY | {"第一数量": "0"}), lambda: known(JANUARY), True),
    "no_row_vanished": (lambda: of(*JUNE_2024[:2], *JUNE_2024[3:]), lambda: known(*JUNE_2024), True),
    "parts_are_all": (
        lambda: of(BY_MODE[0] | {"美元": "3,600,000,000"}, modes=True), lambda: known(*JANUARY_2022), True,
    ),
    "not_added_from_parts": (lambda: of(*BY_MODE, modes=True), lambda: EMPTY, False),
    "usual_level": (lambda: of(line(CRUDE, "202406", "80,000", "40,000")), lambda: known(*JUNE_2024), False),
}  # fmt: skip


@pytest.mark.parametrize("rule", CASES)
def test_a_file_that_breaks_a_rule_is_held_or_noted(rule: str) -> None:
    """Each rule sees the fault it is for."""
    make, before, held = CASES[rule]
    verdict = judge(make(), before())

    assert rule in broken(verdict)
    assert verdict.load != held


def test_every_rule_is_tried() -> None:
    """There is no rule in the suite that these tests don't see broken; the common ones are tried elsewhere."""
    assert set(CASES) == set(map(name, suite.SUITE)) - set(map(name, (*COMMON, SOME_ROWS)))


@pytest.mark.parametrize("sample", samples())
def test_true_files_load_on_their_own(sample: str) -> None:
    """Each layout, as the first file that ever comes."""
    verdict = judge(batch(samples()[sample]), EMPTY)

    assert verdict.load, verdict.reason


@pytest.mark.parametrize("first", [JUNE_2024, SEPTEMBER_2024])
@pytest.mark.parametrize("second", [JUNE_2024, SEPTEMBER_2024])
def test_true_revisions_are_no_surprise(
    first: Iterable[Mapping[str, str]], second: Iterable[Mapping[str, str]]
) -> None:
    """Crude oil of January to May 2024 as of June and as of September, whichever comes first: not even a warning."""
    verdict = judge(of(*second), known(*first))

    assert verdict.load
    assert broken(verdict) == set()


def test_a_quantity_in_the_column_of_dollars_is_held() -> None:
    """Both columns exchanged give a price that could be: 1.8 dollars a kilogram. What was known tells it."""
    swapped = JANUARY | {"第一数量": JANUARY["美元"], "美元": JANUARY["第一数量"]}

    assert judge(of(swapped), EMPTY).load
    verdict = judge(of(swapped), known(JANUARY))
    assert not verdict.load
    assert "no_other_figure" in broken(verdict)


@pytest.mark.parametrize("months", [slice(0, 2), slice(2, 5), slice(4, 5)])
def test_a_file_of_fewer_months_lacks_nothing(months: slice) -> None:
    """Who asks for January and February of what is known from January to May has asked for that."""
    assert judge(of(*JUNE_2024[months]), known(*JUNE_2024)).load


def test_what_was_never_known_can_be_withheld() -> None:
    """Gas by pipeline has had no kilograms since 2022: no reason to hold a file, the second time neither."""
    withheld = JANUARY_2022[2]

    assert judge(of(withheld), EMPTY).load
    assert judge(of(withheld), known(withheld)).load


@pytest.mark.parametrize(
    "rows",
    [
        [CARS],
        [CARS | {"第一数量": "0"}],  # a quantity withheld has no price
        [JANUARY | {"第一数量": "10", "美元": "5,000"}],  # a sample costs what it likes
        [line(CRUDE, "202204", "25,000,000", "180,000,000", 商品编码="27111100")],  # gas at 7 dollars a kilogram
        [line(CRUDE, "202005", "7,000,000,000", "1,000,000,000")],  # crude in May 2020
    ],
    ids=["cars", "withheld", "sample", "dear gas", "cheap crude"],
)
def test_prices_that_were_paid_load(rows: list[Mapping[str, str]]) -> None:
    """The bands hold a slip of a unit, not a market."""
    verdict = judge(of(*rows), EMPTY)

    assert verdict.load, verdict.reason


def test_parts_that_add_up_to_the_known_whole_load() -> None:
    """Both modes of January 2022 give the total that was known; the warning stays."""
    verdict = judge(of(*BY_MODE, modes=True), known(*JANUARY_2022))

    assert verdict.load
    assert broken(verdict) == {"not_added_from_parts"}


def test_the_order_of_the_rows_changes_no_verdict() -> None:
    """Judged as a set."""
    there = of(*JUNE_2024)
    back = replace(there, observations=there.observations[::-1])

    assert judge(there, EMPTY).findings == judge(back, EMPTY).findings
