"""Rosstat's output of vehicles: counts, quarters of their months, no other unit; a true deep January loads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from expectations.carmakers import rosstat_output
from expectations.common import COMMON, SOME_ROWS, name
from expectations.judge import as_history
from sources.carmakers import rosstat_output as source
from sources.contract import Batch, Observation, Payload
from tests.expectations.pages import EMPTY, FETCHED, Rows, batch, changed, rules_broken
from tests.payloads.rosstat_output import pages

SOURCE = "rosstat_output"
ROOT = Path(__file__).parents[2]
RECORDED = ROOT.parent / "shared" / "recorded" / "carmakers" / "rosstat_output"


def read(body: bytes, title: str = "") -> Rows:
    """The figures of a document."""
    payload = Payload(SOURCE, "file:a", body, "0" * 64, FETCHED, title=title)
    return tuple(row for row in source.parse(payload) if isinstance(row, Observation))


def broken(rows: Batch, history: pd.DataFrame = EMPTY) -> dict[str, set[str]]:
    """The rules that a batch breaks, by severity, as the judge would ask them."""
    return rules_broken(rosstat_output, rows, history)


EDITION = read(pages.text(), "2012-04_tab.csv")  # true: April 2012
CITED = read(pages.cited())  # true: November 2025
FALL = Observation(
    dataset="report_cars", measure="cars_output_units_yoy", reporter="RU", unit="percent", freq="A",
    period_start=date(2025, 1, 1), period_end=date(2025, 12, 31), value=Decimal("-11.8"), precision=Decimal("0.05"),
    obs_status="F", published=date(2026, 2, 4), locator="row 2: info.sibnet.ru/article/692019",
)  # fmt: skip


def cars(freq: str, period: str) -> Callable[[Observation], bool]:
    """Is it this figure of cars?"""
    return lambda row: (row.measure, row.freq, row.period) == ("cars_output_units", freq, period)


CASES: dict[str, tuple[str, Rows, Rows]] = {
    "no_negative_count": ("critical", changed(EDITION, cars("A", "2011"), value=Decimal(-1)), ()),
    "change_is_possible": ("critical", (FALL, *changed(CITED[:1], lambda _: True, measure="x"))[:1], ()),
    "quarter_of_its_months": ("critical", changed(EDITION, cars("Q", "2011-Q2"), value=Decimal(413000)), ()),
    "year_of_its_quarters": ("warning", changed(EDITION, cars("A", "2011"), value=Decimal(1800000)), ()),
    "month_within_year": ("critical", changed(CITED, cars("M", "2025-11"), value=Decimal(600000)), ()),
    "usual_level": ("warning", changed(EDITION, cars("M", "2012-04"), value=Decimal(10000)), ()),
    "no_other_unit": ("critical", changed(EDITION, cars("M", "2012-04"), value=Decimal(172)), ()),
    "small_revision": ("warning", changed(EDITION, cars("M", "2012-04"), value=Decimal(150000)), EDITION),
    "no_gross_revision": ("critical", changed(EDITION, cars("M", "2012-04"), value=Decimal(400000)), EDITION),
}
CASES["change_is_possible"] = ("critical", changed((FALL,), lambda _: True, value=Decimal(-118)), ())


@pytest.mark.parametrize("rule", CASES)
def test_a_figure_that_breaks_a_rule_is_held_or_noted(rule: str) -> None:
    """Each rule sees the fault it is for."""
    severity, rows, known = CASES[rule]
    history = as_history(batch(SOURCE, known)) if known else EMPTY

    assert rule in broken(batch(SOURCE, rows), history)[severity]


def test_every_rule_is_tried() -> None:
    """There is no rule in the suite that these tests don't see broken; the common ones are tried elsewhere."""
    assert set(CASES) == set(map(name, rosstat_output.SUITE)) - set(map(name, (*COMMON, SOME_ROWS)))


@pytest.mark.parametrize("rows", [EDITION, CITED, (FALL,)], ids=["edition", "cited", "change"])
def test_true_figures_load(rows: Rows) -> None:
    """Nothing is held."""
    assert broken(batch(SOURCE, rows))["critical"] == set()


def test_a_true_deep_january_is_noted_and_loads() -> None:
    """Buses in January 2010: 282, a fifteenth of the median of two years; it is what Rosstat printed."""
    before = tuple(
        Observation(
            dataset="booklet_buses", measure="buses_output_units", reporter="RU", unit="units", freq="M",
            period_start=date(2009, n, 1), period_end=date(2009, n, 28), value=Decimal(value), locator=f"line {n}",
        )
        for n, value in enumerate((719, 1703, 2887, 2873, 2172, 2842, 2826, 3039, 3310, 3636, 3990, 5486), start=1)
    )  # fmt: skip
    january = changed(
        before[:1], lambda _: True, period_start=date(2010, 1, 1), period_end=date(2010, 1, 31), value=Decimal(282)
    )

    assert broken(batch(SOURCE, before + january)) == {"critical": set(), "warning": {"usual_level"}}


def test_what_is_shipped_loads() -> None:
    """A fresh machine without a network gets every cited figure."""
    shipped = batch(SOURCE, read((ROOT / "sources" / "reference" / "data" / source.FILE).read_bytes()))

    assert broken(shipped) == {"critical": set(), "warning": set()}


@pytest.mark.recorded
@pytest.mark.parametrize("backwards", [False, True])
def test_true_editions_load_in_any_order(backwards: bool) -> None:
    """Each recorded edition could be the first, and follows any other: revisions are noted, none is held."""
    names = sorted(path.name for path in RECORDED.glob("*_tab.csv") if not path.name.startswith("2017"))
    if not names:
        pytest.skip(f"no recorded editions in {RECORDED}")
    history = EMPTY
    for file in sorted(names, reverse=backwards):
        edition = batch(SOURCE, read((RECORDED / file).read_bytes(), file))

        assert broken(edition, history)["critical"] == set(), file
        fresh = as_history(edition)
        history = pd.concat([history, fresh], ignore_index=True) if len(history) else fresh
