"""What the preliminary release of China Customs promises: figures in base units, under the right month, or a reason."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.contract import Doubt, Observation, Payload, Request, Row, Window
from sources.customs import gacc_preliminary
from sources.errors import Blocked, Contradiction, Empty, LayoutChanged, Unreadable, WrongDocument
from sources.parse import gacc, gacc_index
from sources.parse.periods import Span
from tests.payloads.gacc_preliminary import pages
from tests.payloads.gacc_preliminary.pages import Commodity, Country

SHARED = Path(__file__).parents[2].parent / "shared"
RECORDED = SHARED / "recorded" / "customs" / "gacc_preliminary"
NOW = datetime(2026, 7, 20, 3, 0, tzinfo=UTC)
URL = "http://english.customs.gov.cn/Statics/2e61c8a1-17b2-4074-b909-c039ccf8c8fb.html"
HUNDRED_MILLION = 10**8


def payload(body: bytes, **more: str) -> Payload:
    """A payload as a walk would hand it over."""
    known = {"source": "gacc_preliminary", "url": URL, "content_type": "text/html", **more}
    return Payload(body=body, sha256="0" * 64, fetched_at=NOW, **known)  # type: ignore[arg-type]


def rows_of(body: bytes, **more: str) -> list[Row]:
    """All that a page says."""
    return list(gacc_preliminary.parse(payload(body, **more)))


def parsed(body: bytes, **more: str) -> list[Observation]:
    """The rows of a page that holds no doubt."""
    rows = rows_of(body, **more)
    assert all(isinstance(row, Observation) for row in rows)
    return [row for row in rows if isinstance(row, Observation)]


def only(rows: Iterable[Observation], **dims: object) -> Observation:
    """The one printed row with these dimensions; `reconstructed=True` asks for a derived one."""
    wanted = {"reconstructed": False, **dims}
    found = [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]
    assert len(found) == 1, f"{len(found)} rows for {wanted}"
    return found[0]


def value(rows: Iterable[Observation], **dims: object) -> Decimal | None:
    """The value of that one row."""
    return only(rows, **dims).value


# --- (4) by country ---------------------------------------------------------------------------------------------


def test_a_figure_is_in_base_units_under_its_month_and_since_january() -> None:
    """1,535.4 hundred million yuan of trade with Russia in March 2026; 4,280.4 since January."""
    rows = parsed(pages.section4())
    russia = {"partner": "RU", "measure": "trade_value"}

    assert value(rows, **russia, flow="T", freq="M") == 153_540_000_000
    assert value(rows, **russia, flow="X", freq="M") == 64_980_000_000
    assert value(rows, **russia, flow="M", freq="M") == 88_560_000_000
    assert value(rows, **russia, flow="T", freq="YTD") == 428_040_000_000


def test_a_row_says_all_that_is_known_of_it() -> None:
    """Names, unit, rounding, day of publication and place of one figure."""
    row = only(parsed(pages.section4()), partner="RU", flow="X", freq="YTD", unit="CNY")

    assert row == Observation(
        dataset="by_country",
        measure="trade_value",
        unit="CNY",
        freq="YTD",
        period_start=date(2026, 1, 1),
        period_end=date(2026, 3, 31),
        value=Decimal(193_280_000_000),
        locator='table 1 row 11 column 5 "Russian Federation" Export 1- to-3',
        reporter="CN",
        partner="RU",
        partner_name="Russia",
        partner_kind="country",
        flow="X",
        product="TOTAL",
        obs_status="P",
        published=date(2026, 4, 8),
        precision=Decimal(5_000_000),
    )


def test_the_change_of_a_year_is_percent_of_the_figure_since_january() -> None:
    """In yuan and in dollars they are different figures, so they are different measures."""
    row = only(parsed(pages.section4()), partner="US", measure="trade_value_yoy_cny", flow="M")

    assert (row.value, row.unit, row.freq, row.period) == (Decimal("-19.7"), "percent", "YTD", "2026-03")
    dollars = parsed(pages.section4(currency="USD"))
    assert value(dollars, partner="US", measure="trade_value_yoy_usd", flow="M") == Decimal("-19.7")
    assert not [r for r in dollars if r.measure == "trade_value_yoy_cny"]


def test_groups_and_the_world_are_told_from_countries() -> None:
    """So that no sum counts a country twice."""
    kinds = {row.partner: row.partner_kind for row in parsed(pages.section4())}

    assert kinds == {
        "W0": "world",
        "EU": "group",
        "DE": "country",
        "US": "country",
        "KR": "country",
        "TW": "country",
        "RU": "country",
    }


def test_march_implies_the_two_months_before_it() -> None:
    """What the cumulative figure adds to the month was known of January and February, and of the year to February."""
    rows = parsed(pages.section4())
    two = {"partner": "RU", "flow": "T", "measure": "trade_value", "reconstructed": True}

    month, running = only(rows, **two, freq="M"), only(rows, **two, freq="YTD")
    assert month.value == running.value == Decimal(428_040_000_000 - 153_540_000_000)
    assert (month.period, running.period) == ("2026-01/2026-02", "2026-02")
    assert month.precision == Decimal(10_000_000)
    assert month.published == date(2026, 4, 8)


def test_january_and_february_together_are_one_month_and_never_february() -> None:
    """The 7-column page: one M row over both months beside the year to date."""
    body = pages.section4(pages.FEBRUARY_2025, year=2025, month=2, combined=True, day="2025/03/11")
    rows = parsed(body, period="2025-02")
    russia = {"partner": "RU", "flow": "X", "measure": "trade_value"}

    assert {row.period for row in rows if row.freq == "M"} == {"2025-01/2025-02"}
    assert value(rows, **russia, freq="M") == value(rows, **russia, freq="YTD") == 107_450_000_000
    assert value(rows, partner="RU", measure="trade_value_yoy_cny", flow="T", freq="YTD") == Decimal("-5.9")
    assert not [row for row in rows if row.reconstructed]


def test_february_alone_beside_its_total_gives_january() -> None:
    """January = cumulative less February, marked as reconstructed."""
    rows = parsed(pages.section4(month=2))
    russia = {"partner": "RU", "flow": "X", "measure": "trade_value"}

    assert value(rows, **russia, freq="M") == 64_980_000_000
    january = only(rows, **russia, freq="M", reconstructed=True)
    assert (january.period, january.value) == ("2026-01", Decimal(193_280_000_000 - 64_980_000_000))
    assert only(rows, **russia, freq="YTD", reconstructed=True).period == "2026-01"


def test_a_december_total_is_also_the_year() -> None:
    """The same figure, under the year."""
    rows = parsed(pages.section4(month=12))
    year = only(rows, partner="RU", flow="M", freq="A")

    assert (year.period, year.period_start, year.period_end) == ("2026", date(2026, 1, 1), date(2026, 12, 31))
    assert year.value == value(rows, partner="RU", flow="M", freq="YTD", measure="trade_value") == 234_760_000_000
    assert only(rows, partner="RU", flow="M", measure="trade_value", reconstructed=True).period == "2026-11"


def test_a_january_page_is_the_month_and_the_year_so_far() -> None:
    """Releases of 2019 had one; there is nothing before it to reconstruct."""
    rows = parsed(pages.section4(month=1))

    assert not [row for row in rows if row.reconstructed]
    assert {(row.freq, row.period) for row in rows} == {("M", "2026-01"), ("YTD", "2026-01")}


@pytest.mark.parametrize("unit", ["USD1 Million", "USD 1 Million", "US$1,000,000", "USD Million"])
def test_spellings_of_one_unit_are_no_conflict(unit: str) -> None:
    """The page of 2026 writes it one way, older ones another."""
    assert value(parsed(pages.section4(currency="USD", unit=unit)), partner="RU", flow="X", freq="M") == 649_800_000


def test_another_scale_is_read_from_the_page() -> None:
    """P-36: 2026 also has `USD 100 Million`."""
    rows = parsed(pages.section4(currency="USD", unit="USD 100 Million"))

    assert value(rows, partner="RU", flow="X", freq="M") == 64_980_000_000


def test_rmb_of_older_pages_is_cny() -> None:
    """2018 pages say RMB."""
    title = f"(4) {pages.BY_COUNTRY}, Mar 2026 (in RMB)"

    assert only(parsed(pages.section4(title=title)), partner="RU", flow="X", freq="M").unit == "CNY"


def test_a_wrong_number_in_the_title_does_not_matter() -> None:
    """The 2020 release of January and February calls (4) "(3)": the description decides."""
    title = f"(3) {pages.BY_COUNTRY}, Mar 2026 (in CNY)"

    assert parsed(pages.section4(title=title)) == parsed(pages.section4())


def test_an_unknown_partner_is_held_and_the_rest_loads() -> None:
    """Its row is a doubt with the name, every other row is there."""
    good = rows_of(pages.section4())
    rows = rows_of(pages.section4([*pages.MARCH_2026, pages.renamed(pages.MARCH_2026[1], "\xa0Atlantis")]))

    assert [row for row in rows if isinstance(row, Observation)] == good
    assert [row for row in rows if isinstance(row, Doubt)] == [
        Doubt(locator="table 1 row 12 column 1", reason="unknown partner name", found="Atlantis")
    ]


def test_a_number_too_wide_for_its_column_is_lost_not_zero() -> None:
    """The row stays, without a value; nothing is derived from it."""
    total = pages.MARCH_2026[0]
    rows = parsed(pages.section4([replace(total, total=("#########", *total.total[1:]))]))

    lost = only(rows, partner="W0", flow="T", freq="YTD", measure="trade_value")
    assert (lost.value, lost.obs_status) == (None, "M")
    assert not [row for row in rows if row.flow == "T" and row.reconstructed]
    assert only(rows, partner="W0", flow="X", freq="YTD", reconstructed=True, measure="trade_value").value is not None


def test_a_dash_is_zero_only_where_the_other_flows_prove_it() -> None:
    """Total equal to exports leaves nothing for imports; otherwise nobody knows."""
    proved = Country("Russian Federation", ("5.0", "5.0", "-"), ("9.0", "9.0", "-"), ("1.0", "1.0", "-"))
    open_ = replace(proved, month=("5.5", "5.0", "-"), total=("9.5", "9.0", "-"))
    rows, unknown = parsed(pages.section4([proved])), parsed(pages.section4([open_]))

    assert value(rows, flow="M", freq="M") == 0
    assert only(unknown, flow="M", freq="M").obs_status == "M"
    assert not [row for row in rows if row.measure == "trade_value_yoy_cny" and row.flow == "M"]


# --- (5) and (6) by commodity ------------------------------------------------------------------------------------


def test_quantities_are_tonnes_and_units_and_values_whole_money() -> None:
    """February 2026: 783.7 x 10,000 t of steel for 5,714.2 million dollars; 73.6 x 10,000 vehicles."""
    rows = parsed(pages.section5(pages.EXPORTS_2026_02, month=2, day="2026/03/06"))
    steel = only(rows, product="steel products", measure="quantity", freq="M")

    assert (steel.value, steel.unit, steel.precision) == (Decimal(7_837_000), "t", Decimal(500))
    assert (steel.dataset, steel.partner, steel.flow, steel.obs_status) == ("major_exports", "W0", "X", "P")
    assert value(rows, product="steel products", measure="trade_value", freq="M") == 5_714_200_000
    assert value(rows, product="motor vehicles", measure="quantity", freq="YTD") == 1_532_000
    assert value(rows, product="motor vehicles", measure="trade_value_yoy_usd") == Decimal("67.1")
    assert value(rows, product="motor vehicles", measure="quantity_yoy") == Decimal("57.9")


def test_imports_have_their_own_dataset_and_flow() -> None:
    """(6), whose header says `QTY Unit`: 2,927.2 x 10,000 t of crude oil in June 2026."""
    rows = parsed(pages.section6())
    crude = only(rows, product="crude petroleum oils", measure="quantity", freq="M")

    assert (crude.dataset, crude.flow, crude.value) == ("major_imports", "M", Decimal(29_272_000))
    assert (
        value(rows, product="mechanical and electrical products", measure="trade_value", freq="YTD") == 635_941 * 10**6
    )


def test_february_apart_gives_january_of_a_commodity() -> None:
    """153.2 - 73.6 = 79.6 x 10,000 vehicles in January 2026."""
    rows = parsed(pages.section5(pages.EXPORTS_2026_02, month=2))
    january = only(rows, product="motor vehicles", measure="quantity", freq="M", reconstructed=True)

    assert (january.period, january.value, january.precision) == ("2026-01", Decimal(796_000), Decimal(1000))


def test_last_years_figure_is_a_later_vintage_of_last_year() -> None:
    """The third pair restates January-March 2025: a row of 2025, known from 2026."""
    rows = parsed(pages.section5())
    restated = only(
        rows,
        product="refined petroleum products",
        measure="quantity",
        freq="YTD",
        period_end=date(2025, 3, 31),
        reconstructed=True,
    )

    assert (restated.period, restated.value) == ("2025-03", Decimal(12_416_000))
    assert restated.published == date(2026, 4, 8)
    assert restated.precision == Decimal(500)


def test_a_commodity_without_quantities_has_only_values() -> None:
    """A dash in the unit and in the quantities is no row, not zero."""
    rows = parsed(pages.section5())

    assert {row.measure for row in rows if row.product == "agriculture products"} == {
        "trade_value",
        "trade_value_yoy_usd",
    }


def test_the_name_of_a_commodity_is_one_over_the_years() -> None:
    """Where 2026 restates 2025 with the same figures; width, blanks, stars and capitals aside."""
    for names, name in (
        (["Steel products", "Steel Products", "Products, of steel or iron"], "steel products"),
        (["Petroleum products\xa0", "Refined petroleum products"], "refined petroleum products"),
        (
            [
                "\xa0\xa0Motor vehicles（including\n\xa0chassis fitted with engines)\xa0",
                "Motor vehicles (including chassis fitted with engines)",
                "Motor Vehicles and Chassis",
            ],
            "motor vehicles",
        ),
        (
            ["Mechanical and electrical products\n*", "*Mechanical and electrical products"],
            "mechanical and electrical products",
        ),
        (["Unwrought Aluminum and Aluminum Products"], "unwrought aluminium and aluminium products"),
        (["Coal & Lignite", "Coal and lignite"], "coal and lignite"),
    ):
        assert {gacc_preliminary.canonical(printed) for printed in names} == {name}
    assert gacc_preliminary.canonical("Medical and pharmaceutical products") != gacc_preliminary.canonical(
        "Medicinal materials and medicaments of Chinese type"
    )


def test_the_title_wins_over_a_header_one_month_behind() -> None:
    """June 2025 kept May's header over June's figures: they are June's, and each row's place says so."""
    rows = parsed(pages.section5(pages.EXPORTS_2025_06, year=2025, month=6, header_month=5), period="2025-06")

    assert (
        value(rows, product="steel products", measure="quantity", freq="M", period_end=date(2025, 6, 30)) == 9_678_000
    )
    assert value(rows, product="motor vehicles", measure="quantity", freq="YTD") == 3_473_000
    assert all("header says 5" in row.locator for row in rows)


@pytest.mark.parametrize("header_month", [4, 7])
def test_any_other_disagreement_of_months_is_refused(header_month: int) -> None:
    """Two months behind, or one ahead, isn't that slip."""
    with pytest.raises(Contradiction, match="month 6"):
        rows_of(pages.section5(pages.EXPORTS_2025_06, year=2025, month=6, header_month=header_month))
    with pytest.raises(Contradiction, match="month 6"):
        rows_of(pages.section4(month=6, header_month=header_month))


def test_a_header_that_is_behind_in_one_column_alone_is_refused() -> None:
    """Then nobody can say which of the two is right."""
    body = pages.section5(pages.EXPORTS_2025_06, year=2025, month=6).replace(b"1-6&nbsp;Total", b"1-5&nbsp;Total")

    with pytest.raises(Contradiction, match="rows 3-4 column 5"):
        rows_of(body)


def test_a_misprinted_unit_of_quantity_makes_the_quantity_missing() -> None:
    """48.9 `Ton` of aluminium for 1.7 billion dollars: the value stands, the quantity is not known."""
    rows = parsed(pages.section5(pages.EXPORTS_2025_06, year=2025, month=6))
    aluminium = [row for row in rows if row.product == "unwrought aluminium and aluminium products"]

    quantities = [row for row in aluminium if row.measure == "quantity"]
    assert {(row.value, row.obs_status) for row in quantities} == {(None, "M")}
    assert not [row for row in quantities if row.reconstructed], "a lost figure must not hide last year's good one"
    assert all("unit contradicted by the value" in row.locator for row in quantities)
    assert value(aluminium, measure="trade_value", freq="M") == 1_666_900_000


def test_gold_may_be_dear() -> None:
    """Precious metals in tonnes are no misprint."""
    gold = Commodity(
        "Precious Metals or Jewelry with Precious Metals",
        "Ton",
        ("52.5", "76.7"),
        ("244.3", "329.8"),
        ("244.2", "264.4"),
        ("0.0", "24.8"),
    )

    assert value(parsed(pages.section5([gold], currency="CNY")), measure="quantity", freq="M") == Decimal("52.5")


def test_the_headers_of_2019_are_read() -> None:
    """`May`, `Jan-May in Total`, `Value Unit:`, and a date with the month first."""
    body = pages.section5(pages.EXPORTS_2026_03, year=2019, month=5, currency="CNY", old_style=True, day="06/10/2019")
    rows = parsed(body)

    row = only(rows, product="refined petroleum products", measure="quantity", freq="M")
    assert (row.period, row.value, row.published) == ("2019-05", Decimal(4_601_000), date(2019, 6, 10))
    assert {r.period for r in rows if r.reconstructed} == {"2019-04", "2018-05"}


def test_two_months_together_by_commodity_have_eight_columns() -> None:
    """January and February 2025: one M row over both, and the restated sum of 2024."""
    rows = parsed(pages.section5(pages.EXPORTS_2026_02, year=2025, month=2, combined=True))
    steel = {"product": "steel products", "measure": "quantity"}

    assert only(rows, **steel, freq="M").period == "2025-01/2025-02"
    assert value(rows, **steel, freq="M") == value(rows, **steel, freq="YTD") == 15_591_000
    assert only(rows, **steel, reconstructed=True).period == "2024-02"


def test_a_restated_year_that_is_misprinted_is_decided_by_the_printed_changes() -> None:
    """(6) of May 2026 says 2024 over figures of 2025: where the changes fit, they are 2025's; else they wait."""
    good = parsed(pages.section6())
    misprinted = parsed(pages.section6(restated_year=2024))

    assert [(r.product, r.measure, r.period, r.value) for r in misprinted] == [
        (r.product, r.measure, r.period, r.value) for r in good
    ]
    assert all("header says 2024" in r.locator for r in misprinted if r.period == "2025-06")

    crude = pages.IMPORTS_2026_06[1]
    unlike = rows_of(pages.section6([replace(crude, last=("27,933.4", "99.0"))], restated_year=2024))
    doubts = [row for row in unlike if isinstance(row, Doubt)]
    assert [(d.reason, "2024" in d.found) for d in doubts] == [("restated year is not last year", True)]
    assert {r.period_end.year for r in unlike if isinstance(r, Observation)} == {2026}


# --- pages that can't be read ------------------------------------------------------------------------------------


def test_a_row_without_its_unit_cell_is_refused() -> None:
    """April 2025 in USD: all cells one to the left; no quantity can be scaled."""
    with pytest.raises(LayoutChanged, match=r'row 5 "Agriculture products\*" column 2.*unit'):
        rows_of(pages.section5(shifted=True))
    with pytest.raises(LayoutChanged, match=r'row 5 "Refined petroleum products" column 2.*found 460.1'):
        rows_of(pages.section5(pages.EXPORTS_2026_03[1:], shifted=True))


def test_pictures_and_viewers_hold_no_figures() -> None:
    """2018 is pictures, the Chinese edition an office viewer: noted as unreadable, with what to do."""
    with pytest.raises(Unreadable, match="picture"):
        rows_of(pages.picture())
    with pytest.raises(Unreadable, match="save the workbook by hand"):
        rows_of(pages.office_viewer())


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
        (lambda _: pages.challenge(), Blocked, "verification"),
        (lambda body: body[: len(body) // 2], LayoutChanged, "its end"),
        (lambda body: body.decode().encode("gb18030"), LayoutChanged, "utf-8"),
        (changed("Unit: CNY 100 Million", "&nbsp;"), LayoutChanged, "row Unit:"),
        (changed("Unit: CNY 100 Million", "Unit: CNY 100"), LayoutChanged, "currency with its scale"),
        (changed("Unit: CNY 100 Million", "Unit: CNY 100 Heaps"), LayoutChanged, "currency with its scale"),
        (changed("Unit: CNY 100 Million", "Unit: USD1 Million"), Contradiction, "as in the title"),
        (changed("<span><b>Export</b>", "<span><b>Shipments</b>"), LayoutChanged, "rows 3-4 column 4.*Shipments"),
        (changed("<span><b>Import</b>", "<span><b>Export</b>"), LayoutChanged, "same months"),
        (changed("Import Source", "Unit"), LayoutChanged, "rows 3-4 column 1"),
        (changed("Year-on-Year", "Month-on-Month"), LayoutChanged, "rows 3-4 column 8"),
        (changed("885.6", ""), LayoutChanged, 'row 11 "Russian Federation" column 6 Import 3, .*blank'),
        (changed("885.6", "8856e2"), LayoutChanged, 'row 11 "Russian Federation" column 6'),
        (changed("885.6", "８８５.6"), LayoutChanged, 'row 11 "Russian Federation" column 6'),
        (changed("885.6", "n.a."), LayoutChanged, "found n.a."),
        (changed("Note:", "See also"), LayoutChanged, "expected a note"),
        (changed("atcl-cnt", "other"), LayoutChanged, "atcl-cnt"),
        (changed("atcl-ttl", "other"), WrongDocument, "atcl-ttl"),
        (changed('<div class="atcl-ttl">(4) ', '<div class="atcl-ttl">(1) Sum of '), None, ""),
        (changed("2026/04/08", "2026/04/31"), LayoutChanged, "a day"),
        (changed("Country/Region, Mar 2026", "Trade Mode, Mar 2026"), WrongDocument, "a table of 4 or 5 or 6"),
        (changed(", Mar 2026", ""), LayoutChanged, "a month and a year"),
        (changed("<tbody>", "<tbody></tbody></table><table><tbody>"), LayoutChanged, "exactly one table"),
    ],
)  # fmt: skip
def test_a_damaged_page_is_refused_with_its_place(
    fault: Callable[[bytes], bytes], error: type[LayoutChanged] | None, says: str
) -> None:
    """P-35: One typed error that names what was expected and found, and never some of the rows."""
    body = fault(pages.section4())
    if error is None:  # not a damage: another scale of the unit, another number in the heading
        assert parsed(body)
        return

    with pytest.raises(error, match=says) as raised:
        rows_of(body)
    assert type(raised.value) is error
    assert URL in str(raised.value)


def test_a_row_too_many_cells_or_too_few_is_refused() -> None:
    """A row is read whole or not at all."""
    body = pages.section4()
    cell = pages.cell("5,968.8").encode()
    assert body.count(cell) == 1

    for damaged in (body.replace(cell, b""), body.replace(cell, cell + cell)):
        with pytest.raises(LayoutChanged, match="row"):
            rows_of(damaged)


def test_a_page_that_differs_from_the_request_is_refused() -> None:
    """Another month or another currency than the index promised."""
    body = pages.section4()

    assert rows_of(body, period="2026-03", group="4 CNY")
    for more in ({"period": "2026-02"}, {"group": "4 USD"}, {"group": "5 CNY"}):
        with pytest.raises(Contradiction, match="as asked"):
            rows_of(body, **more)


def test_titles_that_differ_are_refused() -> None:
    """`<title>`, heading and first row of the table speak of one month and one currency."""
    body = pages.section4()
    for old, new in ((b"<title>(4)", b"<title>(4) Apr 2025"), (b"Mar 2026 (in CNY)</b>", b"Mar 2026 (in USD)</b>")):
        damaged = (
            body.replace(b", Mar 2026 (in CNY)</title>", b", Apr 2026 (in CNY)</title>")
            if b"title" in old
            else body.replace(old, new)
        )
        assert damaged != body
        with pytest.raises(Contradiction, match="titles"):
            rows_of(damaged)


def test_a_page_without_a_date_has_none() -> None:
    """Then the day of the fetch is all that is known."""
    assert {row.published for row in parsed(pages.section4(day=""))} == {None}


# --- there and back ------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(
    figures=st.lists(st.decimals(0, 10**7, places=1), min_size=4, max_size=4),
    month=st.integers(1, 12),
    currency=st.sampled_from(["CNY", "USD"]),
)
def test_what_is_printed_is_what_is_read(figures: list[Decimal], month: int, currency: str) -> None:
    """Whatever the figures, month and currency: each comes back in base units, and each place leads back to it."""
    exports, imports, rest_x, rest_m = figures
    single = (exports + imports, exports, imports)
    total = (sum(figures, Decimal(0)), exports + rest_x, imports + rest_m)
    printed = tuple(f"{v:,}" for v in single), tuple(f"{v:,}" for v in total)
    row = Country("Russian Federation", printed[0], printed[1], ("1.0", "-2.5", "0.0"))  # type: ignore[arg-type]
    body = pages.section4([row], month=month, currency=currency)
    rows = parsed(body)
    scale = 10**8 if currency == "CNY" else 10**6

    for n, flow in enumerate(("T", "X", "M")):
        of = {"flow": flow, "measure": "trade_value"}
        assert value(rows, **of, freq="M") == single[n] * scale
        assert value(rows, **of, freq="YTD") == total[n] * scale
    for read in rows:
        at = gacc.cell_at(payload(body), read.locator)
        parts = [Decimal(part.replace(",", "")) for part in at.split(" - ")]
        times = 1 if read.unit == "percent" else scale
        assert read.value == (parts[0] - sum(parts[1:], Decimal(0))) * times


@given(year=st.integers(2018, 2026), split=st.booleans())
@settings(max_examples=20, deadline=None)
def test_no_row_ever_books_two_months_as_february(year: int, *, split: bool) -> None:
    """P-37: A row of February alone comes only from a page that has February alone."""
    rows = parsed(pages.section4(year=year, month=2, combined=not split))
    february = [row for row in rows if row.freq == "M" and row.period == f"{year}-02"]

    assert bool(february) is split


def test_the_same_bytes_give_the_same_rows() -> None:
    """Parsing knows no clock and keeps nothing."""
    assert rows_of(pages.section5()) == rows_of(pages.section5())


def test_a_locator_that_is_none_is_refused() -> None:
    """Neither another form nor a place outside the table."""
    for locator in ("/ValCurs/Record[1]", "table 1 row 99 column 2", "table 1 row 5 column 40"):
        with pytest.raises(LayoutChanged):
            gacc.cell_at(payload(pages.section4()), locator)


# --- what to ask for -----------------------------------------------------------------------------------------------


def window(start: date, end: date, *, nightly: bool = False, now: datetime = NOW) -> Window:
    """A window of days."""
    return Window(start, end, now, nightly=nightly)


TONIGHT = window(date(2026, 6, 20), date(2026, 7, 20), nightly=True)


def index_payload(body: bytes, url: str = "http://english.customs.gov.cn/statics/report/preliminary.html") -> Payload:
    """An index as a walk would hand it over."""
    return payload(body, url=url, role="index")


def linked(body: bytes, over: Window = TONIGHT) -> list[Request]:
    """What an index leads to."""
    return list(gacc_preliminary.links(index_payload(body), over))


def test_a_night_asks_for_the_years_index_and_in_winter_for_last_years() -> None:
    """December's release comes in January, and revisions of last year's pages are still likely then."""
    january = datetime(2026, 1, 14, 3, tzinfo=UTC)
    reports = "http://english.customs.gov.cn/statics/report/"

    assert list(gacc_preliminary.plan(TONIGHT)) == [Request(f"{reports}preliminary.html", role="index")]
    winter = window(date(2025, 12, 14), date(2026, 1, 14), nightly=True, now=january)
    assert [r.url for r in gacc_preliminary.plan(winter)] == [
        f"{reports}preliminary.html",
        f"{reports}preliminary2025.html",
    ]


def test_a_backfill_asks_for_each_years_index() -> None:
    """From 2018, the first there is, to this year, whose page has no year in its name."""
    asked = gacc_preliminary.plan(window(date(2016, 1, 1), date(2026, 3, 31)))

    assert [r.url.rpartition("/")[2] for r in asked] == [
        *(f"preliminary{year}.html" for year in range(2018, 2026)),
        "preliminary.html",
    ]
    assert all(r.role == "index" and r.recheck is None for r in gacc_preliminary.plan(TONIGHT))


def test_an_index_leads_to_three_tables_in_two_currencies_newest_first() -> None:
    """Other tables and unpublished months are left alone."""
    asked = linked(pages.full_index([2, 3]))

    assert [r.period for r in asked] == ["2026-03"] * 6 + ["2026-02"] * 6
    assert {r.group for r in asked} == {"4 CNY", "4 USD", "5 CNY", "5 USD", "6 CNY", "6 USD"}
    assert asked[0] == Request(
        pages.address(pages.TITLES[0], 3),
        role="data",
        period="2026-03",
        title=pages.TITLES[0],
        group="4 CNY",
        recheck=timedelta(days=30),
    )


def test_a_backfill_takes_its_months_alone() -> None:
    """But February's page also speaks of January, which has none of its own."""
    body = pages.full_index([2, 3, 4], year=2025)

    assert {r.period for r in linked(body, window(date(2025, 3, 1), date(2025, 3, 31)))} == {"2025-03"}
    assert {r.period for r in linked(body, window(date(2025, 1, 1), date(2025, 1, 31)))} == {"2025-02"}


def test_the_year_of_an_index_is_what_the_page_says() -> None:
    """The selected option, else the first; not the address."""
    for year, newest in ((2025, 2026), (2026, 2026), (2018, 2026)):
        body = pages.full_index([3], year=year, newest=newest)
        assert gacc_index.year_index(index_payload(body)).year == year


def test_links_that_lead_elsewhere_are_ignored() -> None:
    """Only the site's own pages over plain http; relative and one-slash forms are the site's."""
    months = {
        2: "http://evil.example/Statics/a.html",
        3: "/Statics/relative.html",
        4: "http:/Statics/one-slash.html",
        5: "https://english.customs.gov.cn/Statics/tls.html",
        6: "javascript:alert(1)",
    }
    body = pages.index(dict.fromkeys(pages.TITLES, months))

    assert sorted({r.url for r in linked(body)}) == [
        "http://english.customs.gov.cn/Statics/one-slash.html",
        "http://english.customs.gov.cn/Statics/relative.html",
    ]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (pages.full_index([]), "links to published months"),
        (pages.index({title: {3: "/Statics/a.html"} for title in pages.TITLES[:5]}), "6 USD"),
        (pages.full_index([3]).replace(b"<th>Month</th>", b"<th>Week</th>"), "Title"),
        (pages.full_index([3]).replace(b"<span>Apr.</span>", b"<span>Avr.</span>"), "months"),
        (pages.full_index([3]).replace(b"<span>Apr.</span>", b"<span>May.</span>"), "each month once"),
        (pages.full_index([3]).replace(b"<span>Apr.</span>", b""), "twelve months"),
        (pages.full_index([3]).replace(b"<select", b"<div").replace(b"</select", b"</div"), "the years"),
        (pages.section4(), "the years"),
    ],
)
def test_an_index_that_is_none_is_refused(body: bytes, says: str) -> None:
    """Without links, rows, months or years there is a reason, not an empty night."""
    with pytest.raises(LayoutChanged, match=says):
        linked(body)
    with pytest.raises(Blocked):
        linked(pages.challenge())


def test_a_new_years_index_may_be_blank_until_march() -> None:
    """January comes out with February: till then nothing is linked, and that is no fault."""
    january = window(date(2026, 1, 1), date(2026, 1, 20), nightly=True, now=datetime(2026, 1, 20, tzinfo=UTC))

    assert linked(pages.full_index([]), january) == []
    with pytest.raises(LayoutChanged):
        linked(pages.full_index([], year=2025), january)


def test_the_chinese_list_says_what_is_out_and_since_when() -> None:
    """Titles with full-width parentheses, addresses made whole, days."""
    title = "（5）2026年7月全国出口重点商品量值表（美元值）"
    body = pages.chinese_list([(title, "/tjs/2026-08/07/article_1.html", "2026-08-07")])
    tjs = payload(body, url="http://tjs.customs.gov.cn/tjs/sjgb/tjkx/index.html")
    (line,) = gacc_index.express_list(tjs)

    assert (line.url, line.published) == ("http://tjs.customs.gov.cn/tjs/2026-08/07/article_1.html", date(2026, 8, 7))
    assert line.says == gacc.Title("5", Span(2026, 7, 7), "USD")
    for broken in (pages.chinese_list([]), body.replace(b"2026-08-07<", b"soon<"), body.replace(b' href="', b' x="')):
        with pytest.raises(LayoutChanged):
            gacc_index.express_list(payload(broken))


# --- recorded pages ------------------------------------------------------------------------------------------------

KEY = ("dataset", "flow", "reporter", "partner", "product", "unit", "freq", "period")


def recorded(name: str) -> bytes:
    """The bytes of a recorded page; its absence skips the test."""
    path = RECORDED / name
    if not path.exists():
        pytest.skip(f"no recorded page {name} in {RECORDED}")
    return path.read_bytes()


def truth() -> dict[str, list[dict[str, str]]]:
    """The figures read off the pages by hand, by the file that the row names."""
    path = SHARED / "facts" / "customs_truth.csv"
    if not path.exists():
        pytest.skip(f"no {path}")
    with path.open(encoding="utf-8", newline="") as lines:
        mine = [row for row in csv.DictReader(lines) if row["source"] == "gacc_preliminary"]
    files: dict[str, list[dict[str, str]]] = {}
    for row in mine:
        name = row["where"].split()[0].rpartition("/")[2]
        if name.endswith(".html"):  # the others are known from elsewhere, without a page
            files.setdefault(name, []).append(row)
    return files


@pytest.mark.recorded
def test_recorded_pages_answer_every_true_figure() -> None:
    """Each hand-read figure of a page is a row of that page, within half a printed unit, and no row contradicts one."""
    checked = 0
    for name, figures in truth().items():
        rows = parsed(recorded(name))
        for figure in figures:
            found = [
                row
                for row in rows
                if all(str(getattr(row, key)) == figure[key] for key in KEY)
                and row.measure in {"trade_value", "quantity"}
                and not row.reconstructed
            ]
            assert len(found) == 1, (name, figure)
            wanted = None if figure["value"] == "NULL" else Decimal(figure["value"])
            if wanted is None:
                assert found[0].value is None
            else:
                assert found[0].value is not None
                assert abs(found[0].value - wanted) <= Decimal(figure["tolerance"]), (name, figure)
            checked += 1
    assert checked == 122


@pytest.mark.recorded
def test_recorded_pages_lead_back_to_their_cells() -> None:
    """Every row's place holds the figure it was read from."""
    for name in ("section4_2026-03_cny.html", "section5_2026-06_exports_usd.html"):
        page = payload(recorded(name))
        for row in list(gacc_preliminary.parse(page))[::3]:
            assert isinstance(row, Observation)
            parts = [p.replace(",", "") for p in gacc.cell_at(page, row.locator).split(" - ")]
            figure = Decimal(parts[0]) - sum(map(Decimal, parts[1:]), Decimal(0))
            if row.value is not None:
                assert row.value == 0 or (row.value / figure) in {1, 10**4, 10**6, 10**8}, row


@pytest.mark.recorded
def test_recorded_traps_are_refused_or_read_as_promised() -> None:
    """The shifted page, the picture, the office viewer; May's header over June's figures."""
    with pytest.raises(LayoutChanged, match=r"row 5 .* column 2"):
        rows_of(recorded("section5_2025-04_exports_usd_shifted.html"))
    with pytest.raises(Unreadable):
        rows_of(recorded("section4_2018-01_cny_image_only.html"))
    with pytest.raises(Unreadable):
        rows_of(recorded("cn_express_article_section4_2026-07_cny.html"))
    june = parsed(recorded("section5_2025-06_exports_usd.html"), period="2025-06")
    assert all("header says 5" in row.locator for row in june)
    assert value(june, product="ships", measure="quantity", freq="YTD", period_end=date(2025, 6, 30)) == 3610


@pytest.mark.recorded
def test_recorded_indexes_lead_to_their_months() -> None:
    """April and July 2026 at one address, and a past year."""
    april, july = linked(recorded("index_2026_april.html")), linked(recorded("index_2026_july.html"))
    past = linked(recorded("index_2025.html"), window(date(2025, 1, 1), date(2025, 12, 31)))

    assert sorted({r.period for r in april}) == ["2026-02", "2026-03"]
    assert sorted({r.period for r in july}) == [f"2026-{m:02d}" for m in range(2, 7)]
    assert sorted({r.period for r in past}) == [f"2025-{m:02d}" for m in range(2, 13)]
    assert (len(april), len(july), len(past)) == (12, 30, 66)
    assert april[6].url == "http://english.customs.gov.cn/Statics/47e53257-a14f-4a19-a17c-b5beea64f822.html"
    listed = gacc_index.express_list(
        payload(recorded("cn_express_index_2026-08.html"), url="http://tjs.customs.gov.cn/")
    )
    assert [(line.says.kind, line.says.currency) for line in listed[:2]] == [("4", "USD"), ("4", "CNY")]
