"""What Chinese articles of China Customs, saved by hand, promise: the rows of the English page, out since a minute."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.contract import Doubt, Observation, Payload, Row
from sources.customs import gacc_bulletin, gacc_preliminary
from sources.errors import Contradiction, LayoutChanged, Unreadable, WrongDocument
from sources.parse import gacc
from tests.payloads.gacc_bulletin import pages as bulletin
from tests.payloads.gacc_chinese import pages
from tests.payloads.gacc_preliminary import pages as preliminary
from tests.payloads.gacc_preliminary.pages import Commodity, Country

NOW = datetime(2026, 7, 24, 3, 0, tzinfo=UTC)
URL = "file:article.html"
TEN_THOUSAND = 10**4


def payload(body: bytes, source: str = "gacc_preliminary") -> Payload:
    """A file that a person saved and brought in: nothing is known of it but its bytes."""
    return Payload(source=source, url=URL, body=body, sha256="0" * 64, fetched_at=NOW, content_type="text/html")


def rows_of(body: bytes, source: str = "gacc_preliminary") -> list[Row]:
    """All that a page says."""
    module = gacc_bulletin if source == "gacc_bulletin" else gacc_preliminary
    return list(module.parse(payload(body, source)))


def parsed(body: bytes, source: str = "gacc_preliminary") -> list[Observation]:
    """The rows of a page that holds no doubt."""
    rows = rows_of(body, source)
    assert all(isinstance(row, Observation) for row in rows)
    return [row for row in rows if isinstance(row, Observation)]


def only(rows: Iterable[Observation], **dims: object) -> Observation:
    """The one printed trade value with these dimensions; other measures and derived rows are asked for by name."""
    wanted = {"reconstructed": False, "measure": "trade_value", **dims}
    found = [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]
    assert len(found) == 1, f"{len(found)} rows for {wanted}"
    return found[0]


def bare(rows: Iterable[Row]) -> list[Row]:
    """Rows without what two editions of one table must say differently: the place in the page and the date."""
    return [replace(row, locator="", published=None) if isinstance(row, Observation) else row for row in rows]


# --- (4) and (2), by country ---------------------------------------------------------------------------------------


def test_trade_with_russia_is_read_from_the_chinese_table() -> None:
    """136.67 billion dollars from January to July 2024, 19.69 in July: as the press had it that day."""
    rows = parsed(pages.by_country())
    russia = {"partner": "RU", "unit": "USD"}

    assert only(rows, **russia, flow="T", freq="M").value == 19_690_000_000
    assert only(rows, **russia, flow="X", freq="M").value == 9_990_000_000
    assert only(rows, **russia, flow="T", freq="YTD").value == 136_670_000_000
    assert only(rows, **russia, flow="X", freq="YTD").value == 61_640_000_000
    assert only(rows, **russia, flow="M", freq="YTD").value == 75_030_000_000
    assert only(rows, **russia, flow="T", freq="M").period == "2024-07"


def test_a_row_says_all_that_is_known_of_it() -> None:
    """The partner's name is Amur's, the place is the page's own, the instant is Beijing's."""
    assert only(parsed(pages.by_country()), flow="M", freq="YTD") == Observation(
        dataset="by_country",
        measure="trade_value",
        unit="USD",
        freq="YTD",
        period_start=date(2024, 1, 1),
        period_end=date(2024, 7, 31),
        value=Decimal(75_030_000_000),
        locator='table 1 row 5 column 7 "俄罗斯" 进口 1至7',
        reporter="CN",
        partner="RU",
        partner_name="Russia",
        partner_kind="country",
        flow="M",
        product="TOTAL",
        obs_status="P",
        published=datetime(2024, 8, 7, 2, 30, tzinfo=UTC),
        precision=Decimal(5_000_000),
    )


@pytest.mark.parametrize("style", ["bare", "month", "sum"])
@pytest.mark.parametrize("names", [pages.NAMES, ("/".join(pages.NAMES),), ("国别（地区）",)])
@pytest.mark.parametrize("unit", ["亿元人民币", "亿元"])
def test_both_editions_of_a_table_give_the_same_rows(style: str, names: tuple[str, ...], unit: str) -> None:
    """The figures of March 2026 under English and Chinese names, whatever the spelling of the Chinese headers."""
    body = pages.by_country(
        rows=pages.MARCH_2026, year=2026, month=3, currency="CNY", unit=unit, style=style, names=names
    )

    assert bare(rows_of(body)) == bare(rows_of(preliminary.section4()))


@pytest.mark.parametrize(
    ("unit", "factor"), [("亿美元", 10**8), ("百万美元", 10**6), ("千美元", 10**3), ("万美元", 10**4)]
)
def test_the_scale_of_a_unit_is_read(unit: str, factor: int) -> None:
    """A hundred million, a million, a thousand dollars."""
    assert only(parsed(pages.by_country(unit=unit)), flow="T", freq="YTD").value == Decimal("1366.7") * factor


@pytest.mark.parametrize(("unit", "currency"), [("百万美元", "USD"), ("亿元人民币", "CNY")])
def test_a_title_without_its_currency_takes_that_of_the_unit(unit: str, currency: str) -> None:
    """Titles of 2025 carried none."""
    body = pages.by_country(named_currency=False, currency=currency, unit=unit, title_row=False)

    assert {row.unit for row in parsed(body)} == {currency}


def test_january_and_february_together_are_one_month() -> None:
    """`1至2月` alone: seven columns, one M row over both months, never February."""
    body = pages.by_country(
        rows=pages.FEBRUARY_2025, year=2025, month=2, currency="CNY", unit="亿元", combined=True, style="month"
    )
    english = preliminary.section4(preliminary.FEBRUARY_2025, year=2025, month=2, combined=True)

    assert bare(rows_of(body)) == bare(rows_of(english))
    assert {row.period for row in parsed(body) if row.freq == "M"} == {"2025-01/2025-02"}


@pytest.mark.parametrize(
    ("printed", "code", "kind"),
    [
        ("总值", "W0", "world"), ("总额", "W0", "world"), ("合计", "W0", "world"),
        ("东盟", "ASEAN", "group"), ("东南亚国家联盟", "ASEAN", "group"), ("欧盟", "EU", "group"),
        ("拉丁美洲", "_LATAM", "group"), ("非洲", "_AFRICA", "group"), ("北美洲：", "_NAMERICA", "group"),
        ("区域全面经济伙伴关系协定(RCEP)", "RCEP", "group"),
        ("区域全面经济伙伴关系协定（RCEP）成员国", "RCEP", "group"),
        ("共建“一带一路”国家", "BRI", "group"), ("共建“一带一路”国家和地区", "BRI", "group"),
        ("其中：德国", "DE", "country"), ("其中∶越南", "VN", "country"), ("中国香港", "HK", "country"),
    ],
)  # fmt: skip
def test_totals_groups_and_sub_rows_are_told_apart(printed: str, code: str, kind: str) -> None:
    """So that no sum counts a country twice."""
    rows = parsed(pages.by_country(rows=pages.renamed(pages.JULY_2024, printed)))

    assert {(row.partner, row.partner_kind) for row in rows} == {(code, kind)}


def test_an_unknown_partner_is_held_and_the_rest_loads() -> None:
    """Its row is a doubt with the name."""
    rows = rows_of(pages.by_country(rows=[*pages.JULY_2024, *pages.renamed(pages.JULY_2024, "亚特兰蒂斯")]))

    assert [row for row in rows if isinstance(row, Observation)] == rows_of(pages.by_country())
    assert [row for row in rows if isinstance(row, Doubt)] == [
        Doubt(locator="table 1 row 6 column 1", reason="unknown partner name", found="亚特兰蒂斯")
    ]


def test_the_bulletin_is_read_in_thousand_dollars() -> None:
    """June 2026 under Chinese names, with continents, a lost total and areas without a code."""
    body = pages.by_country(
        "2", pages.JUNE_2026, year=2026, month=6, unit="千美元", names=("国别（地区）",), style="month"
    )

    assert bare(rows_of(body, "gacc_bulletin")) == bare(
        list(gacc_bulletin.parse(payload(bulletin.table2(), "gacc_bulletin")))
    )
    assert only(parsed(body, "gacc_bulletin"), partner="RU", flow="X", freq="M").value == 11_432_537_000


def test_the_bulletin_in_yuan_has_its_own_unit() -> None:
    """`万元` is ten thousand yuan."""
    body = pages.by_country("2", currency="CNY", unit="万元", names=("国别（地区）",))
    row = only(parsed(body, "gacc_bulletin"), flow="X", freq="M")

    assert (row.value, row.unit, row.obs_status) == (Decimal("99.9") * TEN_THOUSAND, "CNY", "A")


def test_neither_publication_takes_the_other_for_its_own() -> None:
    """One word tells a verified table from a preliminary one."""
    with pytest.raises(LayoutChanged, match="a table of 2"):
        rows_of(pages.by_country("4"), "gacc_bulletin")
    with pytest.raises(LayoutChanged, match="a table of 4 or 5 or 6"):
        rows_of(pages.by_country("2"))
    with pytest.raises(LayoutChanged, match="a table of 4 or 5 or 6"):
        rows_of(pages.commodities(title="（13）2025年6月出口主要商品量值表（美元值）"))


# --- (5) and (6), by commodity -------------------------------------------------------------------------------------


def test_quantities_are_tonnes_and_units_and_values_whole_money() -> None:
    """June 2025: 967.8 x 10,000 t of steel for 6,649.5 million dollars; 61.9 x 10,000 vehicles."""
    rows = parsed(pages.commodities())
    steel = only(rows, product="steel products", measure="quantity", freq="M")

    assert (steel.value, steel.unit, steel.period) == (Decimal(9_678_000), "t", "2025-06")
    assert (steel.dataset, steel.partner, steel.flow, steel.obs_status) == ("major_exports", "W0", "X", "P")
    assert only(rows, product="steel products", freq="M").value == 6_649_500_000
    assert only(rows, product="motor vehicles", measure="quantity", freq="M").value == 619_000
    assert only(rows, product="motor vehicles", measure="quantity_yoy").value == Decimal("18.6")
    assert only(rows, product="motor vehicles", measure="trade_value_yoy_usd").value == Decimal("8.2")
    aluminium = only(rows, product="unwrought aluminium and aluminium products", measure="quantity", freq="M")
    assert aluminium.value == 489_000, "the Chinese edition has the unit that the English one misprints"


def test_a_table_without_last_year_restates_nothing() -> None:
    """What it implies of May is of this year."""
    rows = parsed(pages.commodities())

    assert {row.period_end.year for row in rows} == {2025}
    assert {row.period for row in rows if row.reconstructed} == {"2025-05"}


@pytest.mark.parametrize("restated", ["2025年1至6月累计", "去年同期累计", "去年1至6月累计"])
@pytest.mark.parametrize("style", ["month", "sum"])
def test_both_editions_by_commodity_give_the_same_rows(restated: str, style: str) -> None:
    """(6) of June 2026, with last year's figures restated under one of three headers."""
    body = pages.commodities("6", pages.IMPORTS_2026_06, year=2026, restated=restated, style=style)

    assert bare(rows_of(body)) == bare(rows_of(preliminary.section6()))


def test_two_months_together_by_commodity() -> None:
    """`1至2月` alone: one M row over both months."""
    rows = parsed(pages.commodities(month=2, combined=True, style="month"))

    assert {row.period for row in rows if row.freq == "M"} == {"2025-01/2025-02"}
    assert only(rows, product="steel products", measure="quantity", freq="M").value == 58_147_000
    assert not [row for row in rows if row.reconstructed]


def test_every_known_chinese_name_is_an_english_one() -> None:
    """The name is one of the English edition's rows, whatever blanks, stars and widths surround the Chinese."""
    for chinese, english in gacc_preliminary.CHINESE.items():
        assert gacc_preliminary.canonical(english) == english
        assert gacc_preliminary.canonical(f"\u3000其中：{chinese.replace('(', '（')} *") == english


def test_an_unknown_commodity_is_held_and_the_rest_loads() -> None:
    """Its row is a doubt with the name; no name is guessed from a part of it."""
    unknown = replace(pages.EXPORTS_2025_06[1], name="合金钢材")
    rows = rows_of(pages.commodities(rows=[*pages.EXPORTS_2025_06, unknown]))

    assert [row for row in rows if isinstance(row, Observation)] == rows_of(pages.commodities())
    assert [row for row in rows if isinstance(row, Doubt)] == [
        Doubt(locator="table 1 row 9 column 1", reason="unknown commodity name", found="合金钢材")
    ]


@pytest.mark.parametrize(
    ("printed", "unit", "factor"),
    [
        ("万吨", "t", 10**4), ("吨", "t", 1), ("万辆", "units", 10**4), ("辆", "units", 1), ("艘", "units", 1),
        ("万台", "units", 10**4), ("亿个", "units", 10**8), ("万双", "pairs", 10**4), ("万立方米", "m3", 10**4),
    ],
)  # fmt: skip
def test_the_unit_of_a_quantity_is_read_with_its_scale(printed: str, unit: str, factor: int) -> None:
    """A hundred million, ten thousand, or one."""
    row = Commodity("玩具", printed, ("61.9", "0.1"), ("347.3", "0.5"), ("", ""), ("18.6", "8.2"))
    read = only(parsed(pages.commodities(rows=[row])), measure="quantity", freq="M")

    assert (read.value, read.unit) == (Decimal("61.9") * factor, unit)


# --- when it was out -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "pub", "published"),
    [
        ("2024-08-07 10:30", "2024-08-07", datetime(2024, 8, 7, 2, 30, tzinfo=UTC)),
        ("2024-08-07 10:30:15", "", datetime(2024, 8, 7, 2, 30, tzinfo=UTC)),
        ("2024年8月7日 10:30", "2024-08-07", datetime(2024, 8, 7, 2, 30, tzinfo=UTC)),
        ("2024/08/07", "2024-08-07 10:30:00", datetime(2024, 8, 7, 2, 30, tzinfo=UTC)),
        ("2024-08-07", "2024-08-07", date(2024, 8, 7)),
        ("", "2024-08-07", date(2024, 8, 7)),
        ("", "", None),
    ],
)
def test_a_minute_is_an_instant_and_a_day_is_a_day(since: str, pub: str, published: date | datetime | None) -> None:
    """10:30 in Beijing is 02:30 UTC; without a minute only the day is known."""
    (known,) = {row.published for row in parsed(pages.by_country(since=since, pub=pub))}

    assert known == published
    assert isinstance(known, datetime) is isinstance(published, datetime)
    if isinstance(known, datetime):
        assert known.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    ("since", "error"),
    [
        ("2024-08-32 10:30", LayoutChanged),
        ("2024-08-07 25:30", LayoutChanged),
        ("08-07 10:30", LayoutChanged),
        ("2024-08-08 10:30", Contradiction),
    ],
)
def test_a_date_that_is_none_or_two_is_refused(since: str, error: type[LayoutChanged]) -> None:
    """When a figure became known is never guessed."""
    with pytest.raises(error, match="发布时间") as raised:
        rows_of(pages.by_country(since=since))
    assert type(raised.value) is error


# --- pages that can't be read --------------------------------------------------------------------------------------


def changed(old: str, new: str) -> Callable[[bytes], bytes]:
    """A fault: one text in place of another, everywhere."""

    def fault(body: bytes) -> bytes:
        assert old.encode() in body
        return body.replace(old.encode(), new.encode())

    return fault


TITLE = pages.title_of("4", 2024, 7, "USD", combined=False)


@pytest.mark.parametrize(
    ("fault", "error", "says"),
    [
        (changed("单位∶亿美元", "\xa0"), LayoutChanged, "row Unit:"),
        (changed("单位∶亿美元", "单位∶美元"), LayoutChanged, "currency with its scale"),
        (changed("单位∶亿美元", "单位∶亿卢布"), LayoutChanged, "currency with its scale"),
        (changed("单位∶亿美元", "单位∶亿元人民币"), Contradiction, "USD, as in the title"),
        (changed("（美元值）", "（人民币值）"), Contradiction, "CNY, as in the title"),
        (changed(f"<title>{TITLE}", f"<title>{TITLE.replace('7月', '6月')}"), Contradiction, "titles"),
        (changed(f"<h1>{TITLE}", f"<h1>{TITLE.replace('美元', '人民币')}"), Contradiction, "titles"),
        (changed(f'content="{TITLE}', f'content="{TITLE.replace("主要", "")}'), Contradiction, "titles"),
        (changed(f'pt">{TITLE}', f'pt">{TITLE.replace("2024", "2023")}'), Contradiction, "titles"),
        (changed("主要国别（地区）", "贸易方式"), WrongDocument, "a table of 4 or 5 or 6"),
        (changed("2024年7月", "2024年13月"), LayoutChanged, "a month and a year"),
        (changed(">1至7<", ">1至8<"), Contradiction, "rows 3-4 column 3"),
        (changed(">1至7<", ">2至7<"), Contradiction, "rows 3-4 column 3"),
        (changed(">1至7<", ">累计<"), LayoutChanged, "rows 3-4 column 3"),
        (changed(">出口<", ">转口<"), LayoutChanged, "rows 3-4 column 4.*转口"),
        (changed("累计比去年同期", "比去年同期"), Contradiction, "rows 3-4 column 8"),
        (changed("累计比去年同期", "比上月"), LayoutChanged, "rows 3-4 column 8"),
        (changed("进口原产国（地）", "企业"), LayoutChanged, "rows 3-4 column 1"),
        (changed("750.3", ""), LayoutChanged, 'row 5 "俄罗斯" column 7 进口 1至7, .*blank'),
        (changed("750.3", "七百五十"), LayoutChanged, 'row 5 "俄罗斯" column 7'),
        (changed("750.3", "７５０.3"), LayoutChanged, 'row 5 "俄罗斯" column 7'),
        (changed("俄罗斯", ""), LayoutChanged, "row 5 column 1"),
        (changed("注：1", "另见：1"), LayoutChanged, "expected a note"),
        (lambda body: body[: len(body) * 3 // 4], LayoutChanged, "its end"),
        (lambda body: body.replace(b"</tbody></table>", b"</tbody></table>" + body[body.index(b"<table border"):], 1),
         LayoutChanged, "exactly one table"),
    ],
)  # fmt: skip
def test_a_damaged_article_is_refused_with_its_place(
    fault: Callable[[bytes], bytes], error: type[LayoutChanged], says: str
) -> None:
    """One typed error that names what was expected and found, and never some of the rows."""
    with pytest.raises(error, match=says) as raised:
        rows_of(fault(pages.by_country()))
    assert type(raised.value) is error
    assert URL in str(raised.value)


def test_shifted_rows_are_refused() -> None:
    """A cell too few, one too many, or all of them one to the left for want of a unit."""
    body = pages.by_country()
    one = pages.cell("616.4").encode()
    assert body.count(one) == 1

    for damaged in (body.replace(one, b""), body.replace(one, one + one)):
        with pytest.raises(LayoutChanged, match="row"):
            rows_of(damaged)
    with pytest.raises(LayoutChanged, match=r'row 4 "成品油" column 2.*found 533.5'):
        rows_of(pages.commodities(shifted=True))


def test_a_header_two_months_behind_is_refused_and_one_is_noted() -> None:
    """The title wins over last month's header, as in English; last year's header without a month doesn't hide it."""
    for restated in ("", "去年同期累计"):
        rows = parsed(pages.commodities(header_month=5, restated=restated))
        assert only(rows, product="steel products", freq="M").period == "2025-06"
        assert all("header says 5" in row.locator for row in rows)
        with pytest.raises(Contradiction, match="month 6"):
            rows_of(pages.commodities(header_month=4, restated=restated))


def test_the_change_of_a_month_is_not_taken_for_the_years() -> None:
    """`比去年同期` without `累计` is the year's change in January alone."""
    with pytest.raises(Contradiction, match="month 6"):
        rows_of(pages.commodities(change="6月比去年同期±％"))
    row = replace(pages.JULY_2024[0], change=("1.6", "1.5", "1.7"))
    body = pages.by_country(rows=[row], month=1, change="比去年同期±％")

    assert only(parsed(body), flow="X", measure="trade_value_yoy_usd").period == "2024-01"


def test_viewers_and_workbooks_hold_no_figures() -> None:
    """Noted as unreadable, with what to do; a page of something else is not one of them."""
    with pytest.raises(Unreadable, match=r"an office viewer.*save the workbook by hand"):
        rows_of(preliminary.office_viewer())
    with pytest.raises(Unreadable, match=r"a link to a workbook.*save the workbook by hand"):
        rows_of(pages.workbook())
    with pytest.raises(LayoutChanged, match="a table of 4 or 5 or 6"):
        rows_of(preliminary.chinese_list([("统计", "/a.html", "2024-08-07")]))


# --- there and back ------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(
    figures=st.lists(st.decimals(0, 10**7, places=1), min_size=4, max_size=4),
    month=st.integers(1, 12),
    unit=st.sampled_from([("CNY", "亿元人民币", 10**8), ("CNY", "亿元", 10**8), ("USD", "百万美元", 10**6)]),
    style=st.sampled_from(["bare", "month", "sum"]),
)
def test_what_is_printed_is_what_is_read(
    figures: list[Decimal], month: int, unit: tuple[str, str, int], style: str
) -> None:
    """Whatever the figures, month, unit and headers: each comes back in base units, and each place leads back to it."""
    exports, imports, rest_x, rest_m = figures
    single = (exports + imports, exports, imports)
    total = (sum(figures, Decimal(0)), exports + rest_x, imports + rest_m)
    printed = [(f"{t:,}", f"{x:,}", f"{m:,}") for t, x, m in (single, total)]
    row = Country("\u3000俄罗斯联邦", printed[0], printed[1], ("1.0", "-2.5", "0.0"))
    body = pages.by_country(rows=[row], month=month, currency=unit[0], unit=unit[1], style=style)
    rows = parsed(body)

    for n, flow in enumerate(("T", "X", "M")):
        assert only(rows, flow=flow, freq="M").value == single[n] * unit[2]
        assert only(rows, flow=flow, freq="YTD").value == total[n] * unit[2]
    for read in rows:
        parts = [Decimal(part.replace(",", "")) for part in gacc.cell_at(payload(body), read.locator).split(" - ")]
        times = 1 if read.unit == "percent" else unit[2]
        assert read.value == (parts[0] - sum(parts[1:], Decimal(0))) * times
