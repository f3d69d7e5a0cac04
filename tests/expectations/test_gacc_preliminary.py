"""The preliminary release: which pages are held, and which load although they surprise."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations.common import name
from expectations.customs import gacc_preliminary, trade
from expectations.judge import Verdict, judge
from sources.contract import Batch, Observation
from tests.expectations.pages import (
    EMPTY,
    MARCH,
    Partner,
    Rows,
    batch,
    by_country,
    changed,
    commodities,
    commodity,
    history,
    in_dollars,
    is_of,
    past,
    times,
    without,
)

SOURCE = "gacc_preliminary"
PAGE = by_country()
KNOWN = history(past(PAGE), in_dollars(PAGE))
EXPORTS = commodities()
EXPORTS_KNOWN = history(past(EXPORTS))


def broken(verdict: Verdict) -> set[str]:
    """The rules that a batch breaks."""
    return {finding.expectation for finding in verdict.findings if not finding.success}


def every(row: Observation) -> bool:
    """Is it a printed amount?"""
    return row.measure == "trade_value"


def partner(code: str, **fields: object) -> list[Partner]:
    """The rows of March with one of them otherwise."""
    return [replace(p, **fields) if p.code == code else p for p in MARCH]  # type: ignore[arg-type]


def flows(code: str, factor: str, freq: str = "") -> Rows:
    """The page with all three figures of a partner, of a frequency or any, times a factor: T = X + M still holds."""
    return changed(PAGE, is_of(code, freq=freq), value=times(factor))


def shifted(rows: Rows) -> Rows:
    """The page with each partner's changes one column to the left: exports' under total, imports' under exports."""
    change = {(r.partner, r.flow): r.value for r in rows if r.unit == "percent"}
    left = {"T": "X", "X": "M", "M": "M"}
    return tuple(
        replace(r, value=change[r.partner, left[str(r.flow)]]) if r.unit == "percent" else r  # type: ignore[index]
        for r in rows
    )


def later(rows: Rows) -> Rows:
    """The rows under the next month's title: last month's table, copied."""
    return tuple(
        replace(r, period_start=date(2026, 4, 1) if r.freq == "M" else r.period_start, period_end=date(2026, 4, 30))
        for r in rows
        if not r.reconstructed
    )


def renamed(rows: Rows, share: int) -> Rows:
    """The rows with another name for all commodities but each `share`-th."""
    names = {name: n for n, name in enumerate(sorted({str(r.product) for r in rows}))}
    return tuple(r if names[str(r.product)] % share == 0 else replace(r, product=f"other {r.product}") for r in rows)


def sums_as_months(rows: Rows) -> Rows:
    """The page with each partner's sum since January in the place of its month."""
    sums = {(r.partner, r.flow): r.value for r in rows if every(r) and r.freq == "YTD" and not r.reconstructed}
    return tuple(replace(r, value=sums[r.partner, r.flow]) if every(r) and r.freq == "M" else r for r in rows)


def commodity_like(*words: str) -> Callable[[Observation], bool]:
    """Is a row about a commodity whose name begins with one of these?"""
    return lambda row: str(row.product).startswith(words)


def last_december(rows: Rows) -> Rows:
    """The page's own rows as if they were of December before: that year's last page."""
    return tuple(
        replace(r, period_start=date(2025, 1, 1), period_end=date(2025, 12, 31)) for r in rows if r.freq == "YTD"
    )


@dataclass(frozen=True)
class Case:
    """A page that breaks a rule."""

    rule: str
    rows: Callable[[], Rows]
    known: pd.DataFrame = field(default_factory=EMPTY.copy)
    doubts: int = 0
    period: str = ""
    fetched_at: datetime = datetime(2026, 9, 1, tzinfo=UTC)

    def batch(self) -> Batch:
        """The batch to judge."""
        return batch(SOURCE, self.rows(), doubts=self.doubts, period=self.period, fetched_at=self.fetched_at)


def known(where: Callable[[Observation], bool], factor: str) -> pd.DataFrame:
    """The history of March with some figures otherwise."""
    return history(changed(past(PAGE), where, value=times(factor)), in_dollars(PAGE))


def same_cells(where: Callable[[Observation], bool], factor: str) -> pd.DataFrame:
    """A history that holds March already, some figures otherwise."""
    return history(changed(PAGE, where, value=times(factor)))


def sibling(rows: Rows) -> pd.DataFrame:
    """A history with the page in dollars alone."""
    return history(rows)


def year_ago(row: Observation) -> bool:
    """Is it last year's sum since January, to March?"""
    return row.freq == "YTD" and row.period_end == date(2025, 3, 31)


def month_ago(row: Observation) -> bool:
    """Is it this year's sum since January, to February?"""
    return row.freq == "YTD" and row.period_end == date(2026, 2, 28)


RU, NZ, ALL = is_of("RU"), is_of("NZ"), is_of("*")
CASES = [
    Case("value_is_a_number", lambda: changed(PAGE, is_of("RU", flow="T", freq="M"), value=Decimal("Infinity"))),
    Case("value_is_a_number", lambda: changed(PAGE, is_of("RU", flow="T", freq="M"), value=Decimal("NaN"))),
    Case("missing_is_marked", lambda: changed(PAGE, is_of("NZ", flow="T", freq="M"), value=None)),
    Case("one_value_a_cell", lambda: (*PAGE, *changed([r for r in PAGE if NZ(r)], NZ, value=times("1.01")))),
    Case("no_period_ahead", lambda: PAGE, fetched_at=datetime(2026, 3, 30, tzinfo=UTC)),
    Case("few_doubts", lambda: PAGE, doubts=80),
    Case("month_is_not_the_sum", lambda: sums_as_months(PAGE)),
    Case("late_rows_there", lambda: without(EXPORTS, commodity_like("mechanical", "hi-tech"))),
    # a page in yuan under the name of dollars, with no history to compare it with
    Case("prices_as_usual", lambda: changed(EXPORTS, every, value=times("7.13"))),
    Case("some_rows", lambda: ()),
    Case("partners_enough", lambda: by_country([p for p in MARCH if p.code in {"W0", "RU", "NZ", "JP", "CA"}])),
    Case("total_and_russia_present", lambda: without(PAGE, lambda r: r.partner == "RU")),
    Case("total_and_russia_present", lambda: without(PAGE, lambda r: r.partner == "W0")),
    Case(
        "commodities_enough",
        lambda: without(EXPORTS, lambda r: str(r.product) > "f"),
    ),
    Case("big_partner_has_trade", lambda: flows("NZ", "0", "M")),
    Case("partners_within_world", lambda: flows("W0", "0.5")),
    Case("partners_cover_the_world", lambda: flows("W0", "3")),
    Case("few_values_missing", lambda: changed(PAGE, is_of("*", flow="X", freq="M"), value=None, obs_status="M")),
    Case("zeros_are_few", lambda: changed(EXPORTS, lambda r: every(r) and r.freq == "M", value=Decimal(0))),
    Case("world_level", lambda: changed(PAGE, every, value=times("10000"))),
    Case("world_level", lambda: changed(PAGE, every, value=times("0.01"))),
    Case("commodity_level", lambda: changed(EXPORTS, every, value=times("100"))),
    Case("price_of_a_tonne", lambda: changed(EXPORTS, lambda r: r.unit == "t", value=times("0.0001"))),
    Case("flows_add_up", lambda: changed(PAGE, is_of("RU", flow="X", freq="M"), value=times("1.001"))),
    Case("month_within_cumulative", lambda: changed(EXPORTS, commodity("toys", freq="M"), value=times("10"))),
    Case("members_within_group", lambda: flows("DE", "20")),
    Case("no_negative_amount", lambda: flows("RU", "-1")),
    Case(
        "no_change_below_minus_100",
        lambda: changed(PAGE, is_of("RU", measure="trade_value_yoy"), value=Decimal(-118)),
    ),
    Case(
        "digits_alike",
        lambda: changed(
            PAGE, is_of("RU", flow="T", freq="M"), value=Decimal(153541 * 10**6), precision=Decimal(500000)
        ),
    ),
    Case("one_period", lambda: changed(PAGE, is_of("NZ", freq="YTD"), period_end=date(2026, 2, 28))),
    Case("period_as_asked", lambda: PAGE, period="2026-02"),
    Case(
        "changes_fit_together",
        lambda: changed(PAGE, is_of("NZ", flow="T", measure="trade_value_yoy"), value=Decimal("0.1")),
    ),
    Case(
        "changes_fit_together_grossly",
        lambda: changed(PAGE, is_of("RU", flow="T", measure="trade_value_yoy"), value=Decimal("-11.8")),
    ),
    Case("changes_of_page_fit_together", lambda: shifted(PAGE)),
    Case(
        "restated_year_fits_change",
        lambda: changed(EXPORTS, commodity("toys", freq="YTD", measure="trade_value_yoy_usd"), value=Decimal("11.3")),
    ),
    Case(
        "restated_year_fits_change",
        lambda: changed(EXPORTS, commodity("ships", freq="YTD", measure="quantity"), value=times("1.01")),
    ),
    Case("header_names_the_month", lambda: changed(EXPORTS, every, locator="row 8 column 4 (header says 5)")),
    Case("cumulative_is_sum_of_months", lambda: PAGE, known(lambda r: month_ago(r) and r.partner == "RU", "1.05")),
    Case("cumulative_is_roughly_sum_of_months", lambda: PAGE, known(lambda r: month_ago(r) and r.partner == "RU", "2")),
    Case(
        "cumulative_is_roughly_sum_of_months",
        lambda: changed(EXPORTS, commodity("steel products", freq="M"), value=times("0.001")),
        EXPORTS_KNOWN,
    ),
    Case("small_revision", lambda: PAGE, same_cells(RU, "1.03")),
    Case("no_gross_revision", lambda: PAGE, same_cells(RU, "1.5")),
    Case("page_agrees_with_known", lambda: PAGE, same_cells(ALL, "1.15")),
    Case("change_fits_history", lambda: PAGE, known(lambda r: year_ago(r) and r.partner == "RU", "1.08")),
    Case("most_changes_fit_history", lambda: PAGE, known(lambda r: year_ago(r) and r.flow == "X", "1.3")),
    Case("changes_of_page_fit_history", lambda: PAGE, known(year_ago, "1.08")),
    Case("rate_is_one", lambda: PAGE, sibling(changed(in_dollars(PAGE), RU, value=times("1.05")))),
    Case("rate_is_plausible", lambda: PAGE, sibling(changed(PAGE, every, unit="USD"))),
    Case("rate_is_plausible", lambda: PAGE, sibling(changed(in_dollars(PAGE), every, value=times("100")))),
    Case(
        "change_rate_is_one",
        lambda: PAGE,
        sibling(changed(in_dollars(PAGE), is_of("RU", measure="trade_value_yoy"), value=Decimal("60.0"))),
    ),
    Case(
        "change_rate_is_plausible",
        lambda: PAGE,
        sibling(in_dollars(PAGE, rate_change="1.4")),
    ),
    Case("level_as_usual", lambda: flows("NZ", "0.1", "M"), KNOWN),
    Case("no_thousandfold_in_big_series", lambda: flows("RU", "0.001", "M"), KNOWN),
    Case("level_of_page_as_usual", lambda: changed(PAGE, every, value=times("10000")), KNOWN),
    Case("cumulative_grows", lambda: later(PAGE), history(PAGE)),
    Case("no_value_lost", lambda: changed(PAGE, is_of("NZ", flow="T", freq="M"), value=None, obs_status="M"), KNOWN),
    Case(
        "no_quantity_lost",
        lambda: changed(EXPORTS, commodity("ships", freq="M", measure="quantity"), value=None, obs_status="M"),
        EXPORTS_KNOWN,
    ),
    Case("no_row_vanished", lambda: without(PAGE, lambda r: r.partner == "NZ"), history(past(PAGE))),
    Case(
        "most_rows_there",
        lambda: without(PAGE, lambda r: r.partner in {"NZ", "CA", "ZA", "BR", "DE", "VN", "GB"}),
        history(past(PAGE)),
    ),
    Case("most_rows_there_over_new_year", lambda: renamed(EXPORTS, 3), history(last_december(EXPORTS))),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case.rule}" for n, case in enumerate(CASES)])
def test_a_page_that_breaks_a_rule_is_held_or_noted(case: Case) -> None:
    """Each rule sees the fault it is for; a critical one holds the page and says where, a warning lets it load.

    P-42.
    """
    verdict = judge(case.batch(), case.known)
    (finding,) = (f for f in verdict.findings if f.expectation == case.rule)

    assert not finding.success
    assert finding.unexpected >= 1
    assert 1 <= len(finding.evidence) <= 10
    assert finding.why
    if finding.severity == "critical":
        assert not verdict.load
        assert verdict.reason
        assert "\n" not in verdict.reason


def test_every_rule_is_tried() -> None:
    """There is no rule in the suite that these tests don't see broken."""
    assert {case.rule for case in CASES} == set(map(name, gacc_preliminary.SUITE))


@pytest.mark.parametrize(
    ("rows", "known"),
    [
        (PAGE, EMPTY),
        (PAGE, KNOWN),
        (EXPORTS, EMPTY),
        (EXPORTS, EXPORTS_KNOWN),
        (in_dollars(PAGE), history(past(in_dollars(PAGE)), PAGE)),
    ],
    ids=["by country alone", "by country", "exports alone", "exports", "by country in dollars"],
)
def test_a_true_page_loads(rows: Rows, known: pd.DataFrame) -> None:
    """March 2026 by country and June 2026 by commodity pass, with and without a history."""
    verdict = judge(batch(SOURCE, rows), known)

    assert verdict.load
    assert verdict.reason == ""
    assert [f for f in verdict.findings if f.severity == "critical" and not f.success] == []


def test_a_first_load_has_nothing_to_compare_with() -> None:
    """With an empty history each rule about history passes and says that it could be asked of no row."""
    verdict = judge(batch(SOURCE, PAGE), EMPTY)
    asked = {f.expectation: f.evaluated for f in verdict.findings}

    assert verdict.load
    for rule in (
        "cumulative_is_sum_of_months", "small_revision", "page_agrees_with_known", "change_fits_history", "rate_is_one",
        "rate_is_plausible", "change_rate_is_one", "level_as_usual", "level_of_page_as_usual", "cumulative_grows",
        "no_row_vanished", "no_value_lost",
    ):  # fmt: skip
        assert asked[rule] == 0, rule
    assert all(f.success for f in verdict.findings if f.evaluated == 0)


# --- what surprises and is true -------------------------------------------------------------------------------


def moved(code: str, factor: str) -> Rows:
    """The page with a partner's month times a factor, everything else following from it.

    Since January is a month ago plus the month, the printed change is against the same last year, and what the
    partner gains or loses, the world does.
    """
    of = {(r.partner, r.measure, r.freq, r.reconstructed, r.flow): r.value or Decimal(0) for r in PAGE}
    rows: list[Observation] = []
    for row in PAGE:
        if row.partner not in {code, "W0"} or row.value is None or row.reconstructed:
            rows.append(row)
            continue
        total = of[row.partner, "trade_value", "YTD", False, row.flow]
        gain = of[code, "trade_value", "M", False, row.flow] * (Decimal(factor) - 1)
        if row.unit == "percent":
            change = ((1 + row.value / 100) * (total + gain) / total - 1) * 100
            rows.append(replace(row, value=change.quantize(Decimal("0.1"))))
        else:
            rows.append(replace(row, value=row.value + gain))
    return tuple(rows)


@pytest.mark.parametrize(("code", "factor"), [("RU", "0.1"), ("NZ", "0.1"), ("RU", "5"), ("CA", "5"), ("IN", "0.25")])
def test_a_true_jump_loads(code: str, factor: str) -> None:
    """Trade with a partner falls by 90 % or rises by 400 % in a month, and all its figures say so: that is the news.

    P-40.
    """
    verdict = judge(batch(SOURCE, moved(code, factor)), history(past(PAGE)))

    assert verdict.load, verdict.reason
    if factor != "0.25":
        assert "level_as_usual" in broken(verdict)


def test_a_first_ever_value_loads() -> None:
    """P-40: A partner that was never listed before has no history to break."""
    new = Partner("KZ", "Kazakhstan", "country", ("340.1", "200.1", "140.0"), ("1000.1", "600.1", "400.0"), None)
    verdict = judge(batch(SOURCE, by_country([*MARCH, new])), KNOWN)

    assert verdict.load, verdict.reason


def test_a_revision_of_three_percent_loads() -> None:
    """P-40: China Customs revises without notice: 3 % on each of a partner's figures is noted, not held."""
    verdict = judge(batch(SOURCE, PAGE), same_cells(RU, "0.97"))

    assert verdict.load, verdict.reason
    assert "small_revision" in broken(verdict)


def test_a_restated_base_of_one_partner_loads() -> None:
    """Last year's trade with a partner was revised by half without notice: its change alone looks wrong."""
    verdict = judge(batch(SOURCE, PAGE), known(lambda r: year_ago(r) and r.partner == "RU", "1.5"))

    assert verdict.load, verdict.reason
    assert "change_fits_history" in broken(verdict)


def test_a_doubtful_row_does_not_hold_its_page() -> None:
    """A row with an unknown name waits alone: the page loads without it, and says that a row is gone."""
    rows = without(PAGE, lambda r: r.partner == "NZ")
    verdict = judge(batch(SOURCE, rows, doubts=1), history(past(PAGE)))

    assert verdict.load, verdict.reason
    assert "no_row_vanished" in broken(verdict)


def test_identical_doubles_count_once() -> None:
    """P-41: A page that prints a row twice with the same figures says no more and no less."""
    verdict = judge(batch(SOURCE, (*PAGE, *PAGE)), KNOWN)

    assert verdict.load, verdict.reason


def test_january_and_february_together_load() -> None:
    """The combined page has one month of two and the same since January: it passes before and after March."""
    both = tuple(
        replace(
            r,
            period_start=date(2026, 1, 1),
            period_end=date(2026, 2, 28),
            freq=freq,
            reconstructed=False,
            precision=Decimal(5000000),
        )
        for r in PAGE
        for freq in ("M", "YTD")
        if r.reconstructed
    )
    for known in (EMPTY, history(past(PAGE)), history(PAGE), history(past(PAGE), PAGE)):
        verdict = judge(batch(SOURCE, both), known)

        assert verdict.load, verdict.reason


def test_december_loads_with_its_year() -> None:
    """The sum of December is the year's as well: the same figures under two frequencies are no contradiction."""
    december = grown(9, year=2025)
    year = [replace(r, freq="A", period_start=date(2025, 1, 1)) for r in december if is_of("*", freq="YTD")(r)]
    for known in (EMPTY, history(grown(8, year=2025))):
        verdict = judge(batch(SOURCE, (*december, *year), period="2025-12"), known)

        assert verdict.load, verdict.reason


def test_a_copied_header_is_noted_and_the_sums_decide() -> None:
    """Under a header of the month before, sums since January that grew load; those that didn't are held."""
    copied = changed(PAGE, every, locator="row 9 column 3 (header says 2)")
    grown = judge(batch(SOURCE, copied), history(past(PAGE)))
    stale = judge(batch(SOURCE, later(copied)), history(PAGE))

    assert grown.load, grown.reason
    assert "header_names_the_month" in broken(grown)
    assert not stale.load
    assert "cumulative_grows" in broken(stale)


@pytest.mark.parametrize("months", [[2, 3, 4], [4, 3, 2], [3, 2, 4]])
def test_pages_load_in_any_order(months: list[int]) -> None:
    """A backfill may read a year forwards, backwards or mixed: true pages load all the same."""
    pages = {3: PAGE, 2: grown(-1), 4: grown(1)}
    loaded: list[Rows] = []
    for month in months:
        verdict = judge(batch(SOURCE, pages[month]), history(*loaded))

        assert verdict.load, verdict.reason
        loaded.append(pages[month])


def grown(months: int, year: int = 2026) -> Rows:
    """The page of so many months later, or before (-1): the same month's figures, added or taken off; no changes."""

    def total(p: Partner) -> tuple[str, str, str]:
        out, into = (Decimal(p.total[n]) + months * Decimal(p.month[n]) for n in (1, 2))
        return f"{out + into}", f"{out}", f"{into}"

    partners = [replace(p, total=total(p), change=None) for p in MARCH]
    return by_country(partners, year=year, month=3 + months)


# --- whatever the page ----------------------------------------------------------------------------------------

FEW = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@FEW
@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    """The same rows in any order give the same findings, to the last word of evidence."""
    rows = list(changed(PAGE, is_of("RU", flow="X"), value=times("1.2")))
    shuffled = random.Random(seed).sample(rows, len(rows))  # noqa: S311 (a test's own order)
    first, again = judge(batch(SOURCE, rows), KNOWN), judge(batch(SOURCE, shuffled), KNOWN)

    assert not first.load
    assert again.findings == first.findings
    assert again.reason == first.reason


@pytest.mark.parametrize("power", [-6, -4, -2, 2, 3, 4])
def test_a_page_in_another_unit_is_held(power: int) -> None:
    """P-39: Whatever the slip of the unit, with or without a history, by country or by commodity."""
    factor = str(Decimal(10) ** power)
    for rows, past_rows in ((PAGE, KNOWN), (EXPORTS, EXPORTS_KNOWN)):
        slipped = batch(SOURCE, changed(rows, every, value=times(factor)))

        assert not judge(slipped, past_rows).load
        assert not judge(slipped, EMPTY).load


@FEW
@given(
    code=st.sampled_from([str(p.code) for p in MARCH]),
    flow=st.sampled_from("TXM"),
    freq=st.sampled_from(["M", "YTD"]),
    factor=st.sampled_from(["10000", "1000", "10", "0.1", "0.001", "0", "-1"]),
)
def test_one_slipped_figure_by_country_is_held_without_history(code: str, flow: str, freq: str, factor: str) -> None:
    """A single figure by country can't slip alone: exports + imports = total."""
    rows = changed(PAGE, is_of(code, flow=flow, freq=freq), value=times(factor))

    assert not judge(batch(SOURCE, rows), EMPTY).load


@FEW
@given(
    product=st.sampled_from(sorted({str(r.product) for r in EXPORTS})),
    freq=st.sampled_from(["M", "YTD"]),
    factor=st.sampled_from(["10000", "1000", "100", "0.01", "0.001", "0", "-1"]),
)
def test_one_slipped_figure_by_commodity_is_held(product: str, freq: str, factor: str) -> None:
    """A month is held against the sums since January, a sum against last year's and the printed change."""
    rows = changed(EXPORTS, commodity(product, freq=freq), value=times(factor))

    assert not judge(batch(SOURCE, rows), EXPORTS_KNOWN).load


def test_members_are_those_of_their_groups() -> None:
    """No country is a member of two of the groups that are added up."""
    members = [code for group in trade.MEMBERS.values() for code in group]

    assert len(trade.MEMBERS["EU"]) == 27
    assert len(members) == len(set(members))
