"""What the monthly bulletin of China Customs promises: trade with every partner, and nothing where a figure is lost."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.contract import Doubt, Observation, Payload, Request, Row, Window
from sources.customs import gacc_bulletin
from sources.errors import Blocked, Contradiction, Empty, LayoutChanged, WrongDocument
from sources.parse import gacc
from tests.payloads.gacc_bulletin import pages
from tests.payloads.gacc_preliminary.pages import Country, cell, challenge

SHARED = Path(__file__).parents[2].parent / "shared"
RECORDED = SHARED / "recorded" / "customs" / "gacc_bulletin"
NOW = datetime(2026, 7, 24, 3, 0, tzinfo=UTC)
URL = "http://english.customs.gov.cn/Statics/2d569f57-a86e-4d63-94fb-d3000b039aa7.html"
TONIGHT = Window(date(2026, 6, 24), date(2026, 7, 24), NOW, nightly=True)


def payload(body: bytes, **more: str) -> Payload:
    """A payload as a walk would hand it over."""
    known = {"source": "gacc_bulletin", "url": URL, "content_type": "text/html", **more}
    return Payload(body=body, sha256="0" * 64, fetched_at=NOW, **known)  # type: ignore[arg-type]


def rows_of(body: bytes, **more: str) -> list[Row]:
    """All that a page says."""
    return list(gacc_bulletin.parse(payload(body, **more)))


def parsed(body: bytes, **more: str) -> list[Observation]:
    """The rows of a page that holds no doubt."""
    rows = rows_of(body, **more)
    assert all(isinstance(row, Observation) for row in rows)
    return [row for row in rows if isinstance(row, Observation)]


def only(rows: Iterable[Observation], **dims: object) -> Observation:
    """The one printed trade value with these dimensions; other measures and derived rows are asked for by name."""
    wanted = {"reconstructed": False, "measure": "trade_value", **dims}
    found = [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]
    assert len(found) == 1, f"{len(found)} rows for {wanted}"
    return found[0]


# --- figures -------------------------------------------------------------------------------------------------------


def test_a_figure_is_in_dollars_under_its_month_and_since_january() -> None:
    """June 2026: 11,432,537 thousand dollars of exports to Russia; January-June 134,174,743 of trade."""
    rows = parsed(pages.table2(), period="2026-06", group="2 USD")

    assert only(rows, partner="RU", flow="X", freq="M").value == 11_432_537_000
    assert only(rows, partner="RU", flow="M", freq="M").value == 12_918_844_000
    assert only(rows, partner="RU", flow="T", freq="YTD").value == 134_174_743_000


def test_a_row_says_all_that_is_known_of_it() -> None:
    """Verified figures have status A; the date is the page's own."""
    assert only(parsed(pages.table2()), partner="KZ", flow="M", freq="M") == Observation(
        dataset="by_country",
        measure="trade_value",
        unit="USD",
        freq="M",
        period_start=date(2026, 6, 1),
        period_end=date(2026, 6, 30),
        value=Decimal(2_172_177_000),
        locator='table 1 row 11 column 6 "Kazakhstan" Imports 6',
        reporter="CN",
        partner="KZ",
        partner_name="Kazakhstan",
        partner_kind="country",
        flow="M",
        product="TOTAL",
        obs_status="A",
        published=date(2026, 7, 22),
        precision=Decimal(500),
    )


def test_the_month_before_follows_from_the_two_columns() -> None:
    """January-May = January-June less June, marked as reconstructed."""
    may = only(parsed(pages.table2()), partner="RU", flow="X", freq="YTD", reconstructed=True)

    assert (may.period, may.value, may.precision) == (
        "2026-05",
        Decimal(60_596_461_000 - 11_432_537_000),
        Decimal(1000),
    )


def test_a_number_too_wide_for_its_column_is_lost_not_zero() -> None:
    """TOTAL since January is `####`: the row stays without a value, and no May is derived from it."""
    rows = parsed(pages.table2())
    lost = only(rows, partner="W0", flow="T", freq="YTD")

    assert (lost.value, lost.obs_status, lost.precision) == (None, "M", Decimal(0))
    assert only(rows, partner="W0", flow="T", freq="M").value == 699_151_163_000
    assert not [row for row in rows if row.partner == "W0" and row.flow == "T" and row.reconstructed]


def test_a_dash_is_nil_in_values_and_no_row_in_changes() -> None:
    """China's re-imports: no exports to itself, 20.6 billion of imports."""
    china = [row for row in parsed(pages.table2()) if row.partner == "CN"]

    assert only(china, flow="X", freq="M").value == 0
    assert only(china, flow="M", freq="M").value == 20_646_421_000
    assert {row.flow for row in china if row.measure == "trade_value_yoy_usd"} == {"T", "M"}


def test_areas_without_a_code_keep_their_names() -> None:
    """They are neither dropped nor given to a country."""
    areas = {row.partner_name for row in parsed(pages.table2()) if row.partner_kind == "area"}

    assert areas == {"Canary Islands", "Other Oceanian Territories", "Countries(Territories) Unknown"}
    assert all(row.partner is None for row in parsed(pages.table2()) if row.partner_kind == "area")


def test_a_change_on_a_tiny_base_is_what_the_page_says() -> None:
    """`23949633.3` percent is real."""
    row = replace(pages.JUNE_2026[6], change=("23949633.3", "7.1", "56.3"))

    assert only(parsed(pages.table2([row])), flow="T", measure="trade_value_yoy_usd").value == Decimal("23949633.3")


def test_januarys_page_has_the_month_alone() -> None:
    """7 columns, the unit in the last cells of a row: the month, which is also the year so far."""
    rows = parsed(pages.table2(pages.JANUARY_2026, month=1, narrow="1", day="2026/04/08"), period="2026-01")
    iran = {"partner": "IR", "flow": "M"}

    assert only(rows, **iran, freq="M").value == only(rows, **iran, freq="YTD").value == 166_987_000
    assert {row.period for row in rows} == {"2026-01"}
    assert not [row for row in rows if row.reconstructed]


@pytest.mark.parametrize("title", [None, f"{pages.TITLE},1-2.2025"])
def test_two_months_together_are_one_month(title: str | None) -> None:
    """The shape is read from the header, not from the month."""
    rows = parsed(pages.table2(pages.JANUARY_2026, year=2025, month=2, narrow="1to2", title=title))

    assert only(rows, partner="IR", flow="M", freq="M").period == "2025-01/2025-02"
    assert only(rows, partner="IR", flow="M", freq="YTD").period == "2025-02"


def test_a_december_total_is_also_the_year() -> None:
    """The same figure, under the year."""
    assert only(parsed(pages.table2(month=12)), partner="RU", flow="T", freq="A").value == 134_174_743_000


def test_the_title_wins_over_a_header_one_month_behind() -> None:
    """Each row's place says so, also where its own header names no month."""
    rows = parsed(pages.table2(header_month=5))

    assert only(rows, partner="RU", flow="X", freq="M").period == "2026-06"
    assert all("header says 5" in row.locator for row in rows)
    with pytest.raises(Contradiction, match="month 6"):
        rows_of(pages.table2(header_month=4))


def test_an_unknown_partner_is_held_and_the_rest_loads() -> None:
    """Its row is a doubt with the name."""
    rows = rows_of(pages.table2([*pages.JUNE_2026, replace(pages.JUNE_2026[2], name="Kuwaite")]))

    assert [row for row in rows if isinstance(row, Observation)] == rows_of(pages.table2())
    assert [row for row in rows if isinstance(row, Doubt)] == [
        Doubt(locator="table 1 row 17 column 1", reason="unknown partner name", found="Kuwaite")
    ]


@settings(max_examples=20, deadline=None)
@given(
    figures=st.lists(st.one_of(st.just("-"), st.integers(0, 10**11).map("{:,}".format)), min_size=6, max_size=6),
    month=st.integers(2, 12),
)
def test_what_is_printed_is_what_is_read(figures: list[str], month: int) -> None:
    """Whatever the figures: each comes back in dollars, and its place leads back to it."""
    row = Country(
        "Russia", (figures[0], figures[1], figures[2]), (figures[3], figures[4], figures[5]), ("-", "0.0", "1.5")
    )
    body = pages.table2([row], month=month)
    rows = parsed(body)

    for n, flow in enumerate(("T", "X", "M")):
        for freq, printed in (("M", figures[n]), ("YTD", figures[3 + n])):
            read = only(rows, flow=flow, freq=freq)
            assert read.value == (0 if printed == "-" else int(printed.replace(",", "")) * 1000)
            assert gacc.cell_at(payload(body), read.locator) == printed


# --- pages that can't be read ------------------------------------------------------------------------------------


def changed(old: str, new: str) -> Callable[[bytes], bytes]:
    """A fault: one text in place of another, everywhere."""

    def fault(body: bytes) -> bytes:
        assert old.encode() in body
        return body.replace(old.encode(), new.encode())

    return fault


@pytest.mark.parametrize(
    ("fault", "error", "says"),
    [
        (lambda _: b"", Empty, "empty"),
        (lambda _: challenge(), Blocked, "verification"),
        (lambda body: body[:-200], LayoutChanged, "its end"),
        (lambda body: body.decode().encode("gb18030"), LayoutChanged, "utf-8"),
        (changed("Unit:US$1,000", "&nbsp;"), LayoutChanged, "row Unit:"),
        (changed("Unit:US$1,000", "Unit:US$"), LayoutChanged, "currency with its scale"),
        (changed("<b>Exports<", "<b>Outports<"), LayoutChanged, "rows 3-4 column 4.*Outports"),
        (changed("<b>1to6<", "<b>1to7<"), Contradiction, "rows 3-4 column 3"),
        (changed("<b>1to6<", "<b>2to6<"), Contradiction, "rows 3-4 column 3"),
        (changed("<b>1to6<", "<b>so far<"), LayoutChanged, "rows 3-4 column 3"),
        (changed("12,918,844", ""), LayoutChanged, 'row 13 "Russia" column 6 Imports 6, .*blank'),
        (changed("12,918,844", "12,918,84"), LayoutChanged, 'row 13 "Russia" column 6'),
        (changed("12,918,844", "1.2918844e7"), LayoutChanged, 'row 13 "Russia" column 6'),
        (changed("<b>Russia<", "<b><"), LayoutChanged, "row 13 column 1"),
        (changed("（2）Imports and Exports by Country", "（17）Exports by Regime"), WrongDocument, "a table of 2"),
        (changed(",6.2026", ",13.2026"), LayoutChanged, "a month and a year"),
        (changed("<title>（2）Imports and", "<title>（2）The imports and"), Contradiction, "titles"),
    ],
)  # fmt: skip
def test_a_damaged_page_is_refused_with_its_place(
    fault: Callable[[bytes], bytes], error: type[LayoutChanged], says: str
) -> None:
    """One typed error that names what was expected and found, and never some of the rows."""
    with pytest.raises(error, match=says) as raised:
        rows_of(fault(pages.table2()))
    assert type(raised.value) is error
    assert URL in str(raised.value)


def test_a_shifted_row_is_refused() -> None:
    """A cell too few, or one too many."""
    body = pages.table2()
    one = cell("5,219,425").encode()
    assert body.count(one) == 1

    for damaged in (body.replace(one, b""), body.replace(one, one + one)):
        with pytest.raises(LayoutChanged, match="row"):
            rows_of(damaged)


def test_a_page_that_differs_from_the_request_is_refused() -> None:
    """Another month, another table or currency than the index promised."""
    for more in ({"period": "2026-05"}, {"group": "2 CNY"}):
        with pytest.raises(Contradiction, match="as asked"):
            rows_of(pages.table2(), **more)


# --- what to ask for -----------------------------------------------------------------------------------------------


def linked(body: bytes, over: Window = TONIGHT) -> list[Request]:
    """What an index leads to."""
    index = payload(body, url="http://english.customs.gov.cn/statics/report/monthly.html", role="index")
    return list(gacc_bulletin.links(index, over))


def test_a_walk_begins_at_the_years_index() -> None:
    """In January and February last year's too; in a backfill each year's."""
    winter = Window(date(2025, 12, 1), date(2026, 2, 1), datetime(2026, 2, 1, tzinfo=UTC), nightly=True)
    past = Window(date(2024, 5, 1), date(2025, 5, 31), NOW)

    names = [[r.url.rpartition("/")[2] for r in gacc_bulletin.plan(over)] for over in (TONIGHT, winter, past)]
    assert names == [["monthly.html"], ["monthly.html", "monthly2025.html"], ["monthly2024.html", "monthly2025.html"]]


def test_an_index_leads_to_table_2_and_keeps_the_two_by_division() -> None:
    """(15) and (16) are archived unread and hardly ever asked for again."""
    asked = linked(pages.index([5, 6]))

    assert [(r.period, r.group, r.role) for r in asked] == [
        (f"2026-{month}", group, role)
        for month in ("06", "05")
        for group, role in (("2 USD", "data"), ("15", "keep"), ("16", "keep"))
    ]
    assert [r.recheck for r in asked[:2]] == [timedelta(days=30), timedelta(days=3650)]
    assert asked[0].url == pages.address("2", 6)


def test_a_backfill_takes_its_months_alone() -> None:
    """January has a page of its own here, so February's isn't asked for in its place."""
    over = Window(date(2025, 1, 1), date(2025, 1, 31), NOW)

    assert {r.period for r in linked(pages.index(range(1, 13), year=2025), over)} == {"2025-01"}


def test_an_index_without_table_2_or_without_links_is_refused() -> None:
    """There is a reason, not an empty night."""
    with pytest.raises(LayoutChanged, match="2 USD"):
        linked(pages.index([6]).replace("（2）Imports and Exports by Country".encode(), "（2）Trade".encode()))
    with pytest.raises(LayoutChanged, match="links"):
        linked(pages.index([]))
    with pytest.raises(Blocked):
        linked(challenge())


# --- recorded pages ------------------------------------------------------------------------------------------------


def recorded(name: str) -> bytes:
    """The bytes of a recorded page; its absence skips the test."""
    path = RECORDED / name
    if not path.exists():
        pytest.skip(f"no recorded page {name} in {RECORDED}")
    return path.read_bytes()


@pytest.mark.recorded
def test_the_recorded_page_answers_every_true_figure() -> None:
    """Each hand-read figure of June 2026 is a row, within half a printed unit, and no row contradicts one."""
    body = recorded("table2_2026-06_usd.html")
    path = SHARED / "facts" / "customs_truth.csv"
    if not path.exists():
        pytest.skip(f"no {path}")
    rows = parsed(body, period="2026-06")
    with path.open(encoding="utf-8", newline="") as lines:
        truth = [row for row in csv.DictReader(lines) if row["source"] == "gacc_bulletin"]

    assert len(truth) == 144
    for figure in truth:
        assert "table2_2026-06_usd.html" in figure["where"]
        keys = {k: figure[k] for k in ("dataset", "flow", "reporter", "partner", "product", "unit", "freq", "period")}
        read = only(rows, **keys).value
        if figure["value"] == "NULL":
            assert read is None, figure
        else:
            assert read is not None, figure
            assert abs(read - Decimal(figure["value"])) <= Decimal(figure["tolerance"]), figure


@pytest.mark.recorded
def test_the_recorded_page_is_read_whole() -> None:
    """271 partners, none in doubt, none twice; continents and the unknown add up to the total."""
    rows = parsed(recorded("table2_2026-06_usd.html"))
    june = [row for row in rows if row.freq == "M" and row.measure == "trade_value" and row.flow == "X"]

    assert len(june) == 271
    assert max(Counter((row.partner, row.partner_name) for row in june).values()) == 1
    parts = [
        r.value or Decimal(0) for r in june if (r.partner or "").startswith("_") or "Unknown" in (r.partner_name or "")
    ]
    assert len(parts) == 7
    assert abs(sum(parts) - (only(june, partner="W0").value or Decimal(0))) <= 10_000


@pytest.mark.recorded
def test_another_recorded_table_is_not_taken_for_this_one() -> None:
    """(17) has units and figures too."""
    with pytest.raises(LayoutChanged, match="a table of 2"):
        rows_of(recorded("table17_2026-06_usd.html"))


@pytest.mark.recorded
def test_the_recorded_index_leads_to_its_months() -> None:
    """January to June 2026: table (2), (15) and (16) each."""
    asked = linked(recorded("index_2026_trimmed.html"))

    assert len(asked) == 18
    assert (asked[0].period, asked[0].url) == ("2026-06", URL)
