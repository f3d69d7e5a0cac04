"""UN Comtrade: true extremes load, a unit that slipped is held, and so is a total counted beside its parts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from expectations.common import COMMON, name
from expectations.customs import comtrade, comtrade_csv
from expectations.judge import Verdict, as_history, judge
from sources.contract import Batch, Observation, Payload
from sources.customs import comtrade as source
from sources.parse import periods
from tests.expectations.pages import EMPTY, FETCHED, Rows, batch
from tests.payloads.comtrade import pages

SOURCE = "comtrade"
RECORDED = Path(__file__).parents[2].parent / "shared" / "recorded" / "customs"


def row(product: str, period: str, value: str | None, unit: str = "USD", **fields: object) -> Observation:
    """One figure of China's imports from Russia; a weight or a number of pieces where the unit says so."""
    year, _, month = period.partition("-")
    start, end = periods.month(int(year), int(month)) if month else periods.full_year(int(year))
    made = Observation(
        dataset="hs_monthly" if month else "hs_annual", measure="trade_value" if unit == "USD" else "quantity",
        unit=unit, freq="M" if month else "A", period_start=start, period_end=end,
        value=None if value is None else Decimal(value), obs_status="M" if value is None else "A",
        locator=f"data[0].{product}{period}{unit}", reporter="CN", partner="RU", partner_name="Russia",
        partner_kind="country", flow="M", product=product, precision=Decimal("0.5"),
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def priced(product: str, value: str, quantity: str, unit: str = "kg", **fields: object) -> Rows:
    """A value and what was had for it."""
    return row(product, "2023-06", value), row(product, "2023-06", quantity, unit, **fields)


def known(*rows: Observation) -> pd.DataFrame:
    """A history of these rows."""
    return as_history(batch(SOURCE, rows))


def broken(verdict: Verdict) -> set[str]:
    """The rules that a batch breaks."""
    return {finding.expectation for finding in verdict.findings if not finding.success}


# True: crude oil from Russia, the first half of 2023, as China Customs gave it.
CRUDE = tuple(
    figure
    for period, usd, kg in pages.CRUDE_2023
    for month in [f"{period[:4]}-{period[4:]}"]
    for figure in (row("2709", month, f"{usd}"), row("2709", month, f"{kg}", "kg"))
)
SHARE = (
    row("TOTAL", "2023-06", "11300000000"), row("27", "2023-06", "8000000000"), row("2709", "2023-06", "5443481794"),
    row("2711", "2023-06", "900000000"), row("271111", "2023-06", "450000000"), row("271121", "2023-06", "450000001"),
    row("72", "2023-06", "30000000"),
)  # fmt: skip
MANY = tuple(row(f"{8400 + n}", "2023-06", f"{10_000_000 + n}") for n in range(12))
YEARS = tuple(
    replace(one, period_start=date(year, 6, 1), period_end=date(year, 6, 30))
    for one in MANY
    for year in range(2015, 2022)
)
CASES: dict[str, tuple[Rows, pd.DataFrame]] = {
    "no_negative_amount": ((row("2709", "2023-06", "-1"),), EMPTY),
    # crude for 544 billion dollars in a month, a hundred times the truth; its price is as it was
    "amount_possible": (priced("2709", "544348179400", "1049398900000"), EMPTY),
    "unit_value_plausible": (priced("2709", "5443481794", "10493989"), EMPTY),
    "parts_within_whole": ((*SHARE[1:3], row("2710", "2023-06", "2600000000")), EMPTY),
    "month_within_year": ((row("2709", "2023", "5000000000"), row("2709", "2023-06", "5443481794")), EMPTY),
    "level_of_answer_as_usual": (
        tuple(replace(one, value=one.value * 1000) for one in MANY if one.value is not None), known(*YEARS),
    ),
    "level_as_usual": ((row("8400", "2023-06", "200000000"),), known(*YEARS)),
    "small_revision": ((row("2709", "2023-06", "4443481794"),), known(*CRUDE)),
}  # fmt: skip
NOTED = {"level_as_usual", "small_revision"}


@pytest.mark.parametrize("rule", CASES)
def test_an_answer_that_breaks_a_rule_is_held_or_noted(rule: str) -> None:
    """Each rule sees the fault it is for."""
    rows, before = CASES[rule]
    verdict = judge(batch(SOURCE, rows), before)

    assert rule in broken(verdict)
    assert verdict.load == (rule in NOTED)


def test_every_rule_is_tried_and_both_sources_share_them() -> None:
    """There is no rule in the suite that these tests don't see broken; the common ones are tried elsewhere."""
    assert set(CASES) == set(map(name, comtrade.SUITE)) - set(map(name, COMMON))
    assert comtrade_csv.SUITE is comtrade.SUITE
    assert not judge(batch("comtrade_csv", CASES["unit_value_plausible"][0]), EMPTY).load


@pytest.mark.parametrize("before", [EMPTY, known(*CRUDE), known(*YEARS)], ids=["alone", "known", "others known"])
def test_true_figures_load(before: pd.DataFrame) -> None:
    """Crude of six months, with and without a history; nothing is noted."""
    verdict = judge(batch(SOURCE, CRUDE), before)

    assert verdict.load, verdict.reason
    assert broken(verdict) == set()


@pytest.mark.parametrize("factor", [1000, Decimal("0.001")], ids=["a thousandfold", "a thousandth"])
def test_tonnes_for_kilograms_never_pass(factor: Decimal) -> None:
    """Near the end of its band that a slip points to, a weight a thousand times off is outside, whatever is traded."""
    right: list[Observation] = []
    wrong: list[Observation] = []
    for n, (product, (low, high)) in enumerate(comtrade.A_TONNE.items()):
        price = Decimal(low) * Decimal("1.5") if factor > 1 else Decimal(high) / Decimal("1.5")
        area = {"partner": f"A{n:02d}", "partner_name": f"Area {n}"}  # each for itself: none is part of another
        value = row(product, "2023-06", "1000000000", **area)
        right += [value, row(product, "2023-06", f"{10**12 / price:.0f}", "kg", **area)]
        wrong += [value, row(product, "2023-06", f"{factor * 10**12 / price:.0f}", "kg", **area)]
    found = {one.expectation: one for one in judge(batch(SOURCE, wrong), EMPTY).findings}

    assert judge(batch(SOURCE, right), EMPTY).load
    assert found["unit_value_plausible"].unexpected == len(comtrade.A_TONNE)


@pytest.mark.parametrize(
    "rows",
    [
        priced("2709", "500000000", "4000000000"),  # 125 dollars a tonne: the Urals grade in April 2020, and less
        priced("2709", "1200000000", "1000000000"),  # 1,200: the summer of 2008 and more
        priced("2711", "900000000", "250000000"),  # 3,600: gas in August 2022
        priced("2709", "900000", "1"),  # a sample sent by air
        priced("2711", "900000000", "3000000", obs_status="E"),  # weight of a part of the pipelines, estimated
        priced("8703", "2000000", "10", "units"),  # ten limousines of 200,000
        priced("8703", "30000000", "60000", "units"),  # buggies of 500
        priced("8704", "30000000", "6", "units"),  # mining lorries of 5 million
        priced("8701", "5000000", "20000", "units"),  # two-wheeled tractors of 250
        (row("2709", "2023-06", "0"), row("2709", "2023-06", "0", "kg")),
        (row("2711", "2023-06", "5000000000"), row("2711", "2023-06", None, "kg")),
    ],
    ids=["crude low", "crude high", "gas 2022", "sample", "estimated", "limousines", "buggies", "lorries",
         "tractors", "nothing", "no weight"],
)  # fmt: skip
def test_true_extremes_load(rows: Rows) -> None:
    """What really was, or may well be, is not held."""
    verdict = judge(batch(SOURCE, rows), EMPTY)

    assert verdict.load, verdict.reason


def test_engine_classes_are_judged_as_cars() -> None:
    """870323 at three dollars a piece."""
    verdict = judge(batch(SOURCE, priced("870323", "3000000", "1000000", "units")), EMPTY)

    assert "unit_value_plausible" in broken(verdict)
    assert "100 to 1e+06 USD a piece" in verdict.reason


def test_parts_may_add_up_to_the_whole_and_miss_some_of_it() -> None:
    """Chapters within TOTAL, headings within a chapter, two kinds of gas within a dollar's rounding of gas."""
    verdict = judge(batch(SOURCE, SHARE), EMPTY)

    assert verdict.load, verdict.reason


@pytest.mark.parametrize("double", ["27", "TOTAL"])
def test_a_total_counted_twice_is_held(double: str) -> None:
    """A heading above its chapter, a chapter above TOTAL."""
    rows = tuple(replace(one, value=Decimal(3_000_000_000)) if one.product == double else one for one in SHARE)

    assert "parts_within_whole" in broken(judge(batch(SOURCE, rows), EMPTY))


def test_partners_and_flows_are_wholes_of_their_own() -> None:
    """A chapter of one partner says nothing about the total of another, nor of the other flow or period."""
    total = row("TOTAL", "2023-06", "1000000", partner="KZ", partner_name="Kazakhstan")
    others = (replace(total, flow="X", partner="RU"), row("TOTAL", "2023-05", "1000000"))

    assert judge(batch(SOURCE, (*SHARE[1:], total, *others)), EMPTY).load


def test_a_jump_is_news_and_loads() -> None:
    """Cars to Russia, thirty times what they were: noted with the usual level."""
    before = tuple(row("8703", f"{year}-06", "8000000", flow="X") for year in range(2010, 2022))
    verdict = judge(batch(SOURCE, (row("8703", "2023-06", "240000000", flow="X"),)), known(*before))

    assert verdict.load
    assert "level_as_usual" in broken(verdict)


def test_a_code_list_and_an_answer_without_records_load() -> None:
    """There is no figure to judge, and no error."""
    payload = Payload(source=SOURCE, url="https://a", body=b"", sha256="0" * 64, fetched_at=FETCHED)

    assert judge(Batch(payload, 1, ()), EMPTY).load
    assert judge(Batch(payload, 1, ()), known(*CRUDE)).load


@settings(max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(
    parts=st.lists(st.integers(0, 10**11), min_size=1, max_size=6),
    rest=st.integers(0, 10**11),
)
def test_whatever_the_parts_their_sum_is_a_whole(parts: list[int], rest: int) -> None:
    """A chapter that is the sum of its headings, and maybe of others, is never held for it."""
    heads = [row(f"27{n:02d}", "2023-06", f"{part}") for n, part in enumerate(parts)]
    whole = row("27", "2023-06", f"{sum(parts) + rest}")

    assert "parts_within_whole" not in broken(judge(batch(SOURCE, (*heads, whole)), EMPTY))


@pytest.mark.recorded
def test_recorded_answers_pass() -> None:
    """Every recorded answer that can be read loads; the months of the Gulf, an even split of a half-year, too."""
    if not RECORDED.exists():
        pytest.skip(f"no recorded answers beside the project: {RECORDED}")
    lines = (RECORDED / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    said = {entry["file"]: entry["url"] for entry in map(json.loads, lines)}
    names = [file for file in said if file.startswith(("comtrade/data_", "comtrade/preview_C"))]

    assert len(names) == 7
    for file in names:
        payload = Payload(
            source=SOURCE, url=said[file], body=(RECORDED / file).read_bytes(), sha256="0" * 64, fetched_at=FETCHED
        )
        rows = tuple(found for found in source.parse(payload) if isinstance(found, Observation))
        verdict = judge(Batch(payload, 1, rows), EMPTY)
        assert verdict.load, verdict.reason
