"""The bulletin: every partner is there, all add up, and small partners may have nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from expectations.common import COMMON, name
from expectations.customs import gacc_bulletin, trade
from expectations.judge import Verdict, judge
from sources.contract import Observation
from tests.expectations.pages import EMPTY, Rows, batch, bulletin, changed, history, is_of, past, times, without

SOURCE = "gacc_bulletin"
PAGE = bulletin()
KNOWN = history(past(PAGE))
JANUARY = bulletin(month=1)


def every(row: Observation) -> bool:
    """Is it a value?"""
    return row.measure == "trade_value"


def broken(verdict: Verdict) -> set[str]:
    """The rules that a batch breaks."""
    return {finding.expectation for finding in verdict.findings if not finding.success}


def countries(rows: Rows, n: int) -> set[str | None]:
    """The codes of the last n countries with trade."""
    codes = [r.partner for r in rows if r.partner_kind == "country" and r.flow == "T" and r.freq == "M" and r.value]
    return set(codes[-n:])


@dataclass(frozen=True)
class Case:
    """A page that breaks a rule."""

    rule: str
    rows: Callable[[], Rows]
    known: pd.DataFrame = field(default_factory=EMPTY.copy)
    doubts: int = 0


(SMALLEST,) = filter(None, countries(PAGE, 1))  # a small partner, whatever its code
CASES = [
    Case("partners_complete", lambda: bulletin(countries=240)),
    Case("partners_complete", lambda: bulletin(countries=300)),
    Case("total_and_russia_present", lambda: without(PAGE, lambda r: r.partner == "RU")),
    Case("total_and_russia_present", lambda: without(PAGE, lambda r: r.partner == "W0")),
    Case("partners_sum_to_world", lambda: without(PAGE, lambda r: r.partner == "RU")),
    Case("partners_sum_to_world", lambda: changed(PAGE, is_of("RU"), value=times("1000"))),
    Case("continents_sum_to_world", lambda: changed(PAGE, is_of("_ASIA"), value=times("1.001"))),
    Case("no_country_missing", lambda: changed(PAGE, is_of(SMALLEST, flow="T", freq="M"), value=None, obs_status="M")),
    Case(
        "few_values_missing", lambda: changed(PAGE, is_of("*", flow="T", freq="YTD"), value=None, obs_status="M"),
    ),
    Case("zeros_are_few", lambda: changed(PAGE, lambda r: every(r) and r.flow != "T", value=Decimal(0))),
    Case("world_level", lambda: changed(PAGE, every, value=times("1000"))),
    Case("world_level", lambda: changed(PAGE, every, value=times("0.001"))),
    Case("no_row_vanished", lambda: without(PAGE, lambda r: r.partner in countries(PAGE, 16)), KNOWN, doubts=16),
    Case("no_row_vanished_over_new_year", lambda: without(JANUARY, lambda r: r.partner in countries(PAGE, 16)),
         history(past(PAGE)), doubts=16),
    Case("some_rows", lambda: ()),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case.rule}" for n, case in enumerate(CASES)])
def test_a_page_that_breaks_a_rule_is_held(case: Case) -> None:
    """Each rule of the bulletin sees the fault it is for, and names it."""
    verdict = judge(batch(SOURCE, case.rows(), doubts=case.doubts), case.known)

    assert case.rule in broken(verdict)
    assert not verdict.load
    assert verdict.reason


def test_every_rule_of_its_own_is_tried() -> None:
    """What the two customs tables share is tried with the preliminary release; the rest is tried here."""
    shared = {name(rule) for rule in (*trade.TRADE, *COMMON)}

    assert {case.rule for case in CASES} == {name(rule) for rule in gacc_bulletin.SUITE} - shared


@pytest.mark.parametrize("known", [EMPTY, KNOWN], ids=["alone", "with history"])
def test_a_whole_page_loads(known: pd.DataFrame) -> None:
    """A page whose sums hold loads, twenty partners without any trade included: nil is a figure there."""
    verdict = judge(batch(SOURCE, PAGE), known)

    assert verdict.load, verdict.reason
    assert any(row.value == 0 for row in PAGE)


def test_overflow_marks_of_sums_load() -> None:
    """TOTAL, Asia and three groups too wide for their column are missing, and the page loads with what is left."""
    wide = changed(PAGE, is_of("W0", flow="T", freq="YTD"), value=None, obs_status="M")
    wide = changed(wide, is_of("_ASIA", flow="T", freq="YTD"), value=None, obs_status="M")
    for known in (EMPTY, KNOWN):
        verdict = judge(batch(SOURCE, wide), without_world_total(known))

        assert verdict.load, verdict.reason


def without_world_total(known: pd.DataFrame) -> pd.DataFrame:
    """A history in which the world's total since January was never printed: it was too wide in June, not in May."""
    wide = (known["partner"] == "W0") & (known["flow"] == "T") & (known["freq"] == "YTD")
    return known[~wide]


def test_the_total_may_grow_too_wide_for_its_column() -> None:
    """From May to June the world's total outgrows its column: it was printed before, and the page still loads."""
    wide = changed(PAGE, is_of("W0", flow="T", freq="YTD"), value=None, obs_status="M")
    verdict = judge(batch(SOURCE, wide), KNOWN)

    assert verdict.load, verdict.reason


def test_january_loads_after_december() -> None:
    """January has seven columns: the month is all there is, a twelfth of what stood there a month ago."""
    december = bulletin(year=2025, month=12)
    january = tuple(
        replace(r, value=of.value, period_start=date(2026, 1, 1), period_end=date(2026, 1, 31))
        for r in bulletin(year=2026, month=1)
        for of in [month(r)]
        if r.unit == "USD"
    )
    for known in (EMPTY, history(december)):
        verdict = judge(batch(SOURCE, january), known)

        assert verdict.load, verdict.reason


MONTH = {(r.partner or r.partner_name, r.flow): r for r in PAGE if r.freq == "M" and r.unit == "USD"}


def month(row: Observation) -> Observation:
    """The row's figure of June for a month."""
    return MONTH[row.partner or row.partner_name, row.flow]


def test_a_small_partner_can_lose_all_its_trade() -> None:
    """A real zero after years of trade loads where the partner is small, and is noted."""
    small = countries(PAGE, 1)
    rows: list[Observation] = []
    gone = {
        (r.flow, r.freq): r.value or Decimal(0) for r in PAGE if r.partner in small and every(r) and not r.reconstructed
    }
    for row in PAGE:
        if not every(row) or row.reconstructed or row.freq != "M" or row.value is None:
            rows.append(row)
        elif row.partner in small:
            rows.append(replace(row, value=Decimal(0)))
        elif row.partner in {"W0", continent(small)}:
            rows.append(replace(row, value=row.value - gone[row.flow, "M"]))
        else:
            rows.append(row)
    verdict = judge(batch(SOURCE, rows), KNOWN)

    assert verdict.load, verdict.reason
    assert "level_as_usual" in broken(verdict)


def continent(codes: set[str | None]) -> str:
    """Where the builder put a country: each sixth stands in one continent."""
    order = [r.partner for r in PAGE if r.partner_kind == "country" and r.flow == "T" and r.freq == "M"]
    (code,) = codes
    return ("_ASIA", "_AFRICA", "_EUROPE", "_LATAM", "_NAMERICA", "_OCEANIA")[order.index(code) % 6]


def test_a_page_cut_short_is_held_without_a_history() -> None:
    """Half of the rows must not become the first vintage."""
    rows = PAGE[: len(PAGE) // 2]

    assert not judge(batch(SOURCE, rows), EMPTY).load


def test_a_cargo_of_oil_that_did_not_come_loads() -> None:
    """Imports of 300 million dollars a month from a partner are nothing in one month, and X, M, T and TOTAL agree."""
    code = next(r.partner for r in PAGE if is_of("*", flow="M", freq="M")(r) and 2e8 < (r.value or 0) < 5e8)
    lost = {r.flow: r.value or Decimal(0) for r in PAGE if is_of(str(code), freq="M")(r)}
    gain = {"T": lost["M"], "M": lost["M"], "X": Decimal(0)}
    rows = [
        replace(r, value=r.value - gain[str(r.flow)])
        if r.value is not None and r.partner in {code, "W0", continent({code})} and is_of("*", freq="M")(r)
        else r
        for r in PAGE
    ]
    verdict = judge(batch(SOURCE, rows), KNOWN)

    assert verdict.load, verdict.reason
    assert "level_as_usual" in broken(verdict)


def test_a_big_partner_does_not_stop_trading() -> None:
    """Nothing where there were billions every month is a lost figure, even where all sums agree with it."""
    rows = changed(PAGE, is_of("RU", freq="M"), value=Decimal(0))
    verdict = judge(batch(SOURCE, rows), KNOWN)

    assert "no_thousandfold_in_big_series" in broken(verdict)


def test_a_page_is_never_about_a_month_to_come() -> None:
    """June can't be fetched in June before it ends."""
    assert not judge(batch(SOURCE, PAGE, fetched_at=datetime(2026, 6, 20, tzinfo=UTC)), EMPTY).load
