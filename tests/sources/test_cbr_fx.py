"""What the rates of the Bank of Russia promise: roubles for one unit, filed under the day they are set for."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.contract import Observation, Payload, Window
from sources.errors import Blocked, Contradiction, Empty, LayoutChanged
from sources.reference import cbr_fx
from tests.payloads.cbr_fx import pages
from tests.payloads.cbr_fx.pages import Rate

SHARED = Path(__file__).parents[2].parent / "shared"
NOW = datetime(2026, 1, 15, 3, 0, tzinfo=UTC)


def payload(body: bytes) -> Payload:
    """A payload as a walk would hand it over."""
    return Payload(
        source="cbr_fx",
        url="https://www.cbr.ru/scripts/XML_dynamic.asp",
        body=body,
        sha256="0" * 64,
        fetched_at=NOW,
    )


def parsed(body: bytes) -> list[Observation]:
    """The rows of a page."""
    return list(cbr_fx.parse(payload(body)))


def by_product(body: bytes) -> dict[str, Observation]:
    """The rows of one day by currency."""
    return {row.product or "": row for row in parsed(body)}


def test_a_range_gives_one_row_a_day_and_none_for_days_without_a_rate() -> None:
    """No rate is set for 2, 3, 9 and 10 March 2025: there is no row, and nothing is filled in."""
    rows = parsed(pages.dynamic())

    assert [(row.period, row.value) for row in rows] == [
        ("2025-03-01", Decimal("88.2568")),
        ("2025-03-04", Decimal("89.2497")),
        ("2025-03-05", Decimal("89.2448")),
        ("2025-03-06", Decimal("89.7878")),
        ("2025-03-07", Decimal("89.5724")),
        ("2025-03-08", Decimal("89.1362")),
    ]


def test_a_row_says_all_that_is_known_of_it() -> None:
    """Names, unit, rounding, day of publication and place of one figure."""
    row = parsed(pages.dynamic())[1]

    assert (row.dataset, row.measure, row.reporter, row.product) == ("daily", "fx_rate", "RU", "USD")
    assert (row.unit, row.freq, row.flow, row.partner) == ("RUB", "D", None, None)
    assert (row.period_start, row.period_end, row.published) == (date(2025, 3, 4),) * 3
    assert row.precision == Decimal("0.00005")
    assert row.locator == "/ValCurs/Record[2]/Value"


def test_an_empty_range_is_no_error() -> None:
    """A Sunday and a Monday have no rates: no row, and no complaint."""
    assert parsed(pages.dynamic((), first=date(2018, 9, 2), last=date(2018, 9, 3))) == []


def test_a_month_without_a_rate_is_no_answer() -> None:
    """The dollar has a rate on every working day: an answer without any is held, not taken for a quiet month."""
    with pytest.raises(Empty, match=r"expected rates from 2025-03-01 to 2025-03-31, found no Record"):
        parsed(pages.dynamic((), last=date(2025, 3, 31)))

    # ten days of holidays, what lies ahead, before the euro, and a currency that Amur knows no calendar of
    assert parsed(pages.dynamic((), first=date(2026, 1, 1), last=date(2026, 1, 10))) == []
    assert parsed(pages.dynamic((), first=date(2026, 1, 10), last=date(2026, 2, 28))) == []
    assert parsed(pages.dynamic((), identifier="R01239", first=date(1996, 1, 1), last=date(1996, 12, 31))) == []
    assert parsed(pages.dynamic((), identifier="R01230", first=date(2016, 1, 1), last=date(2016, 12, 31))) == []


def test_the_nominal_of_the_day_counts_not_that_of_another_day() -> None:
    """The rupee was printed by the hundred in 2020 and by the ten in 2021; both rows are for one rupee."""
    april = by_product(pages.daily())
    june = by_product(pages.daily(pages.JUNE_2021, day=date(2021, 6, 5)))

    assert (april["INR"].value, april["INR"].precision) == (Decimal("0.977259"), Decimal("0.0000005"))
    assert (june["INR"].value, june["INR"].precision) == (Decimal("1.00242"), Decimal("0.000005"))
    assert april["JPY"].value == Decimal("0.694035")


def test_a_day_holds_every_currency_printed() -> None:
    """All Valute elements become rows, also currencies that Amur never asks for by themselves."""
    rows = by_product(pages.daily([*pages.APRIL_2020, Rate("IRR", "1000000", "48,1017", "4,81017E-05")]))

    assert set(rows) == {"GBP", "USD", "EUR", "INR", "KZT", "CNY", "JPY", "IRR"}
    assert rows["IRR"].value == Decimal("0.0000481017")


def test_the_answer_for_a_sunday_is_filed_under_the_day_it_names() -> None:
    """Asked for 26 April 2020, a Sunday, the bank answers with the rates of 25 April: that is their day."""
    rows = parsed(pages.daily(day=date(2020, 4, 25)))

    assert {row.period for row in rows} == {"2020-04-25"}


def test_roubles_before_the_redenomination_are_another_unit() -> None:
    """5,960 old roubles of 31 December 1997 are no step of a series in new ones: 5.96 on the next day."""
    old, new = (
        parsed(pages.dynamic([Rate(day, "1", value)], first=day, last=day))[0]
        for day, value in ((date(1997, 12, 31), "5960,0000"), (date(1998, 1, 1), "5,9600"))
    )

    assert (old.unit, old.value) == ("RUR", Decimal(5960))
    assert (new.unit, new.value) == ("RUB", Decimal("5.96"))


@given(
    day=st.dates(date(1992, 7, 1), date(2099, 12, 31)),
    power=st.integers(0, 6),
    value=st.decimals("0.0001", "99999", places=4),
)
def test_value_is_for_one_unit(day: date, power: int, value: Decimal) -> None:
    """Whatever the nominal, the row is roubles for one unit of the currency, exactly."""
    nominal = 10**power
    printed = f"{value:f}".replace(".", ",")

    (row,) = parsed(pages.dynamic([Rate(day, str(nominal), printed)], first=day, last=day))

    assert row.value is not None
    assert row.value * nominal == value
    assert row.precision * nominal == Decimal("0.00005")


@given(value=st.decimals("0.01", "999", places=4), power=st.integers(1, 4))
def test_a_nominal_fault_never_passes_the_rate_for_one(value: Decimal, power: int) -> None:
    """Where the rate for one unit is printed beside it, a Nominal off by tens is a contradiction."""
    rate = Rate(date(2025, 3, 1), str(10**power), f"{value:f}".replace(".", ","), f"{value:f}".replace(".", ","))

    with pytest.raises(Contradiction):
        parsed(pages.dynamic([rate]))


@pytest.mark.parametrize("unit_rate", ["89,2497", "89,24970", "89,25"])
def test_a_rate_for_one_that_is_printed_shorter_agrees(unit_rate: str) -> None:
    """VunitRate may have fewer digits: rounding alone is no contradiction."""
    (row,) = parsed(pages.dynamic([Rate(date(2025, 3, 4), "1", "89,2497", unit_rate)]))

    assert row.value == Decimal("89.2497")


@pytest.mark.parametrize("unit_rate", ["89,2597", "892,497", "892497", "90", "8,92497E-05"])
def test_a_rate_for_one_that_says_otherwise_is_a_contradiction(unit_rate: str) -> None:
    """A lost comma, another nominal or another figure is caught where both are printed."""
    with pytest.raises(Contradiction, match="VunitRate"):
        parsed(pages.dynamic([Rate(date(2025, 3, 4), "1", "89,2497", unit_rate)]))


def replaced(old: str, new: str) -> Callable[[], bytes]:
    """A range with some text replaced wherever it stands."""
    return lambda: pages.dynamic().replace(old.encode(), new.encode())


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (replaced("R01235", "R09999"), "R09999"),
        (replaced("<Nominal>1</Nominal>", ""), "Nominal"),
        (replaced("<Nominal>1</Nominal>", "<Nominal>1</Nominal><Nominal>10</Nominal>"), "Nominal"),
        (replaced("<Nominal>1<", "<Nominal>0<"), "Nominal"),
        (replaced("<Nominal>1<", "<Nominal>-10<"), "Nominal"),
        (replaced("<Nominal>1<", "<Nominal>3<"), "Nominal"),
        (replaced("<Value>89,2497</Value>", ""), "Value"),
        (replaced("<Value>89,2497", "<Value>"), "Value"),
        (replaced("<Value>89,2497", "<Value>89.2497"), "decimal comma"),
        (replaced("<Value>89,2497", "<Value>8 9,2497"), "decimal comma"),
        (replaced("<Value>89,2497", "<Value>NaN"), "decimal comma"),
        (replaced("<Value>89,2497", "<Value>1e400"), "decimal comma"),
        (replaced("04.03.2025", "31.02.2025"), "31.02.2025"),
        (replaced("04.03.2025", "04/03/2025"), "04/03/2025"),
        (replaced("ID=", "Id="), "attribute ID or Date"),
        (pages.error, "Error in parameters"),
        (lambda: pages.daily(()), "no Valute"),
        (lambda: pages.daily().replace(b"CNY", b"yuan"), "ISO currency code"),
        (lambda: pages.dynamic()[:400], "well-formed"),
        (lambda: b"<!DOCTYPE ValCurs [<!ENTITY x '1'>]>" + pages.dynamic()[45:], "DOCTYPE"),
        (lambda: b'{"error": "timeout"}', "well-formed"),
        (lambda: pages.dynamic().replace(b"Record", b"Line"), "expected Record"),
    ],
)
def test_what_is_not_these_rates_is_refused_with_the_place(make: Callable[[], bytes], said: str) -> None:
    """Unknown currency, lost element, other number or date, cut page: one typed error that names it, no row."""
    with pytest.raises(LayoutChanged, match=said):
        parsed(make())


@pytest.mark.parametrize(
    "make",
    [
        lambda: pages.dynamic(last=date(2025, 3, 7)),
        lambda: pages.dynamic([*pages.USD_MARCH_2025, Rate(date(2025, 3, 8), "1", "98,1362")]),
        replaced('Date="04.03.2025" Id="R01235"', 'Date="04.03.2025" Id="R01239"'),
        lambda: pages.daily([*pages.APRIL_2020, Rate("CNY", "1", "10,5493")]),
        lambda: pages.daily().replace(b"<CharCode>CNY", b"<CharCode>EUR"),
    ],
    ids=["outside the range", "one day two rates", "another currency's record", "currency twice", "other ID"],
)
def test_a_page_that_disagrees_with_itself_is_a_contradiction(make: Callable[[], bytes]) -> None:
    """A day outside the stated range, two rates for a day, a record of another currency: nothing is loaded."""
    with pytest.raises(Contradiction):
        parsed(make())


def test_nothing_and_a_web_page_are_told_apart() -> None:
    """An empty answer is Empty, a page in place of XML is Blocked."""
    with pytest.raises(Empty):
        parsed(b"")
    with pytest.raises(Blocked):
        parsed(b"<!DOCTYPE html><html><head><title>DDoS-Guard</title></head><body></body></html>")


def test_every_night_of_a_month_asks_the_same_addresses() -> None:
    """Two whole months for each currency: the address is stable, so that 304 can answer it."""
    plans = [
        [request.address for request in cbr_fx.plan(Window(day - timedelta(days=9), day, NOW, nightly=True))]
        for day in (date(2026, 1, 2), date(2026, 1, 31))
    ]

    assert plans[0] == plans[1]
    assert plans[0] == [
        f"https://www.cbr.ru/scripts/XML_dynamic.asp?date_req1=01/12/2025&date_req2=31/01/2026&VAL_NM_RQ={identifier}"
        for identifier in ("R01235", "R01239", "R01375", "R01035", "R01335", "R01230")
    ]


def test_nightly_ranges_are_asked_for_every_night() -> None:
    """The months that are being filled have no date from which they would be left alone."""
    window = Window(date(2026, 1, 6), date(2026, 1, 15), NOW, nightly=True)

    assert {request.recheck for request in cbr_fx.plan(window)} == {None}


def test_a_backfill_asks_by_calendar_year_within_its_window() -> None:
    """Five months of 2024, all of 2025 and half a January: past years are final, the running one is not."""
    window = Window(date(2024, 8, 1), date(2026, 1, 15), NOW)

    asked = [request for request in cbr_fx.plan(window) if request.group == "CNY"]

    assert [(r.params["date_req1"], r.params["date_req2"], r.params["VAL_NM_RQ"], r.recheck) for r in asked] == [
        ("01/08/2024", "31/12/2024", "R01375", timedelta(days=3650)),
        ("01/01/2025", "31/12/2025", "R01375", timedelta(days=3650)),
        ("01/01/2026", "15/01/2026", "R01375", None),
    ]


@pytest.mark.recorded
def test_recorded_answers_give_the_true_rates() -> None:
    """Every rate of the truth table is found, within half a printed unit, in the bytes that the bank sent."""
    table, folder = SHARED / "facts" / "customs_truth.csv", SHARED / "recorded" / "reference"
    if not table.exists() or not folder.exists():
        pytest.skip(f"no recorded answers beside the project: {SHARED}")
    with table.open(encoding="utf-8", newline="") as lines:
        truths = [row for row in csv.DictReader(lines) if row["source"] == "cbr_fx"]

    assert truths
    for truth in truths:
        rows = parsed((folder / truth["where"].split()[0]).read_bytes())
        (row,) = (r for r in rows if (r.product, r.period) == (truth["product"], truth["period"]))
        assert row.value is not None
        assert abs(row.value - Decimal(truth["value"])) <= Decimal(truth["tolerance"]), truth
        assert (row.dataset, row.reporter, row.unit, row.freq) == (
            truth["dataset"],
            truth["reporter"],
            truth["unit"],
            truth["freq"],
        )


@pytest.mark.recorded
def test_a_recorded_empty_range_gives_no_rows() -> None:
    """2 and 3 September 2018, a Sunday and a Monday, as the bank answered."""
    page = SHARED / "recorded" / "reference" / "cbr_fx" / "XML_dynamic_USD_2018-09-02_empty.xml"
    if not page.exists():
        pytest.skip(f"no recorded answer: {page}")

    assert parsed(page.read_bytes()) == []
