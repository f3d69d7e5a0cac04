"""Shipped figures: each cited, none twice, shares within a whole."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from expectations.common import COMMON, SOME_ROWS, name
from expectations.judge import Verdict, as_history, judge
from expectations.reference import reference
from sources.contract import Batch, Flow, Observation, Payload
from sources.reference import reference as source
from tests.expectations.pages import EMPTY, Rows, batch, changed

SOURCE = "reference"
DATA = Path(__file__).parents[2] / "sources" / "reference" / "data"


def figure(
    flow: Flow | None, value: str, *, measure: str = "trade_value", unit: str = "USD", half: str = "5e6"
) -> Observation:
    """A figure of China's trade with Russia in 2024, as TASS gave it."""
    return Observation(
        dataset="gacc_by_country", measure=measure, reporter="CN", partner="RU", partner_kind="country", flow=flow,
        product="TOTAL", unit=unit, freq="A", period_start=date(2024, 1, 1), period_end=date(2024, 12, 31),
        value=Decimal(value), precision=Decimal(half), obs_status="F", published=date(2025, 1, 13),
        locator="row 4: TASS via bne.eu/russo-china-trade-turnover",
    )  # fmt: skip


# True: 2024, in dollars, to ten million.
FIGURES: Rows = (
    figure("T", "244810000000"),
    figure("X", "115490000000"),
    figure("M", "129320000000"),
    figure("M", "59.5", measure="share", unit="percent", half="0.05"),
    figure(None, "-3.4", measure="trade_value_yoy", unit="percent", half="0.05"),
)


def of(flow: str) -> object:
    """Chooser of the figures of a flow."""
    return lambda row: row.flow == flow and row.measure == "trade_value"


def broken(verdict: Verdict) -> set[str]:
    """The rules that a batch breaks."""
    return {finding.expectation for finding in verdict.findings if not finding.success}


CASES: dict[str, Rows] = {
    "every_figure_is_cited": changed(FIGURES, lambda r: r.flow == "X", locator="row 4: "),
    "share_of_a_whole": changed(FIGURES, lambda r: r.measure == "share", value=Decimal(595)),
    "no_negative_amount": changed(FIGURES, lambda r: r.flow == "X", value=Decimal(-115490000000)),
    "flows_add_up": changed(FIGURES, lambda r: r.flow == "X", value=Decimal(115590000000)),
}


@pytest.mark.parametrize("rule", CASES)
def test_figures_that_break_a_rule_are_held_or_noted(rule: str) -> None:
    """Each rule sees the fault it is for; the press may round as it likes, so sums are only noted."""
    verdict = judge(batch(SOURCE, CASES[rule]), EMPTY)

    assert rule in broken(verdict)
    assert verdict.load == (rule == "flows_add_up")


def test_every_rule_is_tried() -> None:
    """There is no rule in the suite that these tests don't see broken; the common ones are tried elsewhere."""
    assert set(CASES) == set(map(name, reference.SUITE)) - set(map(name, (*COMMON, SOME_ROWS)))


def test_cited_figures_load() -> None:
    """Figures whose sums hold as far as they are rounded, with a change below zero."""
    verdict = judge(batch(SOURCE, FIGURES), EMPTY)

    assert verdict.load, verdict.reason
    assert broken(verdict) == set()


def test_two_reports_of_one_day_contradict_each_other() -> None:
    """A figure twice on one day of publication must be the same; a later report is another vintage."""
    other = changed(FIGURES[:1], lambda _: True, value=Decimal(244800000000))
    later = changed(other, lambda _: True, published=date(2025, 1, 18))

    assert "one_value_a_cell" in broken(judge(batch(SOURCE, FIGURES + other), EMPTY))
    assert judge(batch(SOURCE, FIGURES + later), EMPTY).load


@pytest.mark.parametrize("file", source.FILES)
def test_what_is_shipped_loads(file: str) -> None:
    """A fresh machine without a network gets every shipped figure."""
    body = (DATA / file).read_bytes()
    payload = Payload(SOURCE, f"shipped:{file}", body, "0" * 64, datetime(2026, 9, 1, tzinfo=UTC))
    shipped = Batch(payload, source.PARSER, tuple(source.parse(payload)))
    for before in (EMPTY, as_history(shipped)):
        verdict = judge(shipped, pd.DataFrame(before))

        assert verdict.load, verdict.reason
