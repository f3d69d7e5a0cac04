"""What files of China Customs' query system promise: every figure in its cell, and no half file taken for a whole."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.contract import Doubt, Observation, Payload, Row, Window
from sources.customs import gacc_query
from sources.errors import Blocked, Contradiction, CutOff, Empty, Incomplete, LayoutChanged, WrongDocument
from sources.parse.countries import place
from tests.payloads.gacc_query import pages
from tests.payloads.gacc_query.pages import BY_MODE, CRUDE, HEADER, JANUARY_2022, JUNE_2024, MODES, line, table

SHARED = Path(__file__).parents[2].parent / "shared"
NOW = datetime(2026, 1, 15, 3, 0, tzinfo=UTC)
BROUGHT = Payload(
    source="gacc_query", url="file:a", body=b"", sha256="0" * 64, fetched_at=NOW, title="downloadData_import.csv"
)
WITH_MODES = (*HEADER[:5], *MODES, *HEADER[5:])
ONE = line(CRUDE, "202401", "8,619,189,328", "4,841,954,212")
CARS = line(CRUDE, "202401", "1,234", "23,456,789", 商品编码="87032343", 第一计量单位="辆", 第二计量单位="千克")


def rows(body: bytes, *, title: str = "downloadData_import.csv", flow: str = "") -> list[Row]:
    """All that the parser says of a file."""
    return list(gacc_query.parse(replace(BROUGHT, body=body, title=title, flow=flow)))


def figures(*given_rows: Mapping[str, str], header: Sequence[str] = HEADER) -> list[Observation]:
    """The figures of a file of these rows; a doubt fails the test."""
    found = rows(table(given_rows, header))
    assert [row for row in found if not isinstance(row, Observation)] == []
    return [row for row in found if isinstance(row, Observation)]


def said(found: Iterable[Observation]) -> list[tuple[str, str, str | None, Decimal | None]]:
    """Measure, unit, product, value."""
    return [(row.measure, row.unit, row.product, row.value) for row in found]


def test_a_row_gives_its_value_and_its_quantity() -> None:
    """Crude oil, gas and piped gas of January 2022; the quantity of piped gas is withheld, not zero."""
    found = figures(*JANUARY_2022)

    assert said(found) == [
        ("trade_value", "USD", "27090000", Decimal(4238207674)),
        ("quantity", "kg", "27090000", Decimal(7256424820)),
        ("trade_value", "USD", "27111100", Decimal(193831852)),
        ("quantity", "kg", "27111100", Decimal(263898441)),
        ("trade_value", "USD", "27112100", Decimal(240413361)),
        ("quantity", "kg", "27112100", None),
    ]
    assert [row.obs_status for row in found] == ["A", "A", "A", "A", "A", "M"]


def test_a_row_says_all_that_is_known_of_it() -> None:
    """Names, days, flow from the file's name, rounding, and the place where the figure stands."""
    value, quantity = figures(ONE)

    assert (value.dataset, value.reporter, value.partner, value.partner_name) == (
        "commodity_partner", "CN", "RU", "Russia",
    )  # fmt: skip
    assert (value.flow, value.freq, value.period_start, value.period_end) == (
        "M", "M", date(2024, 1, 1), date(2024, 1, 31),
    )  # fmt: skip
    assert (value.precision, value.published, value.locator) == (Decimal("0.5"), None, "row 2 美元")
    assert quantity.locator == "row 2 第一数量"


@pytest.mark.parametrize("charset", ["gb18030", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("trailing", [True, False])
def test_charset_and_trailing_comma_change_no_figure(charset: str, trailing: bool) -> None:
    """As downloaded, or saved again by another program: the same rows."""
    assert rows(table(JUNE_2024, charset=charset, trailing=trailing)) == rows(table(JUNE_2024))


def test_a_comma_after_the_last_field_but_not_in_the_header_is_no_field() -> None:
    """Some tools write it in the rows alone."""
    body = table([ONE]).replace("美元,\r\n".encode("gb18030"), "美元\r\n".encode("gb18030"))

    assert rows(body) == rows(table([ONE]))


@given(st.permutations(HEADER))
def test_columns_are_found_by_name_in_any_order(header: list[str]) -> None:
    """The person's choices set the order; names say what is what."""
    assert sorted(said(figures(ONE, header=header))) == sorted(said(figures(ONE)))


def test_columns_that_were_not_chosen_are_not_missed() -> None:
    """Month, commodity and a currency are enough: a file without partners is about all of them together."""
    (row,) = figures(line(CRUDE, "202401", "", "", 人民币="34,000,000,000"), header=("数据年月", "商品编码", "人民币"))

    assert (row.unit, row.value, row.partner, row.partner_kind) == ("CNY", Decimal(34000000000), "W0", "world")


@pytest.mark.parametrize(
    ("printed", "freq", "period"),
    [
        ("202401", "M", "2024-01"),
        ("202403-202403", "M", "2024-03"),
        ("202401-202405", "YTD", "2024-05"),
        ("202401至202405", "YTD", "2024-05"),
        ("202401～202405", "YTD", "2024-05"),
        ("202401－202412", "A", "2024"),
    ],
)
def test_a_period_is_a_month_or_the_months_since_january(printed: str, freq: str, period: str) -> None:
    """In each way in which spans are written."""
    row = figures(ONE | {"数据年月": printed})[0]

    assert (row.freq, row.period) == (freq, period)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"数据年月": "202402-202405"}, "a span from January on"),
        ({"数据年月": "202312-202401"}, "a span from January on"),
        ({"贸易伙伴名称": "亚特兰蒂斯", "贸易伙伴编码": "999"}, "unknown partner"),
        ({"第一计量单位": "桶"}, "unknown unit"),
    ],
)
def test_what_cannot_be_resolved_is_doubted_while_the_rest_loads(changed: dict[str, str], reason: str) -> None:
    """Another span, an unknown name or unit: named with its place; the other rows are figures."""
    found = rows(table([JUNE_2024[1], ONE | changed]))
    (doubt,) = (row for row in found if isinstance(row, Doubt))

    assert doubt.reason == reason
    assert doubt.locator.startswith("row 3 ")
    assert doubt.found in changed.values()
    assert said(row for row in found if isinstance(row, Observation))[:2] == [
        ("trade_value", "USD", "27090000", Decimal(5251723736)),
        ("quantity", "kg", "27090000", Decimal(9096630213)),
    ]


def test_both_quantities_count_where_their_units_differ() -> None:
    """Cars by piece and by weight; 千克 is kilograms."""
    found = figures(CARS | {"第二数量": "2,100,000"})

    assert said(found)[1:] == [
        ("quantity", "units", "87032343", Decimal(1234)),
        ("quantity", "kg", "87032343", Decimal(2100000)),
    ]
    assert [row.locator for row in found] == ["row 2 美元", "row 2 第一数量", "row 2 第二数量"]


def test_one_unit_twice_is_one_quantity() -> None:
    """Where both are in kilograms they are the same figure; if they differ, one of them is wrong."""
    twice = ONE | {"第二计量单位": "千克", "第二数量": ONE["第一数量"]}

    assert said(figures(twice)) == said(figures(ONE))
    with pytest.raises(Contradiction, match="第二数量"):
        figures(twice | {"第二数量": "8,619,189,329"})


@pytest.mark.parametrize(
    ("changed", "quantity"),
    [
        ({"第一数量": "0"}, [None]),
        ({"第一数量": "0", "美元": "0"}, [Decimal(0)]),
        ({"美元": "0"}, [Decimal(8619189328)]),
        ({"第一数量": "0", "第一计量单位": ""}, []),
        ({"第一数量": "12", "第一计量单位": "吨"}, [Decimal(12)]),
    ],
)
def test_a_zero_quantity_beside_a_value_is_missing(changed: dict[str, str], quantity: list[Decimal | None]) -> None:
    """Withheld, nothing traded, a value of nothing, and no quantity at all are four things."""
    found = figures(ONE | changed)

    assert [row.value for row in found if row.measure == "quantity"] == quantity
    assert found[0].value == Decimal(changed.get("美元", "4841954212").replace(",", ""))


def test_modes_of_trade_are_added_up_and_marked() -> None:
    """4,000,000,000 and 238,207,674 dollars by two modes: one row of 4,238,207,674, status E, its parts named."""
    value, quantity = figures(*BY_MODE, header=WITH_MODES)

    assert (value.value, value.obs_status, value.precision) == (Decimal(4238207674), "E", Decimal(1))
    assert (quantity.value, quantity.obs_status) == (Decimal(7256424820), "E")
    assert value.locator == "rows 2-3 美元, added over its parts"


def test_a_sum_is_missing_where_a_part_is() -> None:
    """A quantity withheld in one mode makes the sum unknown, not smaller; a doubtful unit gives none."""
    withheld = (BY_MODE[0], BY_MODE[1] | {"第一数量": "0"})
    doubtful = (BY_MODE[0], BY_MODE[1] | {"第一计量单位": "桶"})

    assert [(row.value, row.obs_status) for row in figures(*withheld, header=WITH_MODES)][1] == (None, "M")
    found = [row for row in rows(table(doubtful, WITH_MODES)) if isinstance(row, Observation)]
    assert [row.measure for row in found] == ["trade_value"]
    with pytest.raises(Contradiction, match="one unit"):
        figures(BY_MODE[0], BY_MODE[1] | {"第一计量单位": "吨"}, header=WITH_MODES)


def test_two_rows_for_one_cell_are_a_contradiction() -> None:
    """P-41: The same row twice, or another figure of the same month, commodity, partner and mode."""
    for twin in (ONE, ONE | {"美元": "1"}):
        with pytest.raises(Contradiction, match="row 2 is for the same: 202401 27090000 Russia"):
            figures(ONE, twin)
    with pytest.raises(Contradiction, match="row 2 is for the same"):
        figures(BY_MODE[0], BY_MODE[0], header=WITH_MODES)


# --- the flow -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "option", "flow"),
    [
        ("downloadData_import_2709_RU.csv", "", "M"),
        ("downloadData-exports 2024.CSV", "", "X"),
        ("downloadDataExport8703.csv", "", "X"),
        ("2024年1月进口.csv", "", "M"),
        ("俄罗斯_出口.csv", "", "X"),
        ("import.csv", "M", "M"),
        ("downloadData.csv", "X", "X"),
        ("import_and_export.csv", "X", "X"),
        ("进出口.csv", "M", "M"),
    ],
)
def test_the_flow_comes_from_the_name_or_from_its_bringer(title: str, option: str, flow: str) -> None:
    """English and Chinese words; where the name says both, the bringer decides."""
    assert {row.flow for row in rows(table(), title=title, flow=option) if isinstance(row, Observation)} == {flow}


def test_without_a_name_the_address_speaks() -> None:
    """The last part of it alone."""
    payload = replace(BROUGHT, title="", body=table(), url="http://stats.customs.gov.cn/export/%E8%BF%9B%E5%8F%A3.csv")

    assert {row.flow for row in gacc_query.parse(payload) if isinstance(row, Observation)} == {"M"}


@pytest.mark.parametrize("title", ["downloadData.csv", "important.csv", "import_export.csv", "进出口.csv", ""])
def test_a_name_that_does_not_say_one_flow_is_refused_with_what_to_do(title: str) -> None:
    """Neither word, both of them, or one that only looks like it."""
    with pytest.raises(Incomplete, match="--flow X for exports, --flow M for imports"):
        rows(table(), title=title)


def test_a_name_and_an_option_that_differ_are_a_contradiction() -> None:
    """The file is called import, its bringer says exports."""
    with pytest.raises(Contradiction, match=r"at --flow, expected .*'downloadData_import.csv' says, M, found X"):
        rows(table(), flow="X")


# --- what is refused ----------------------------------------------------------------------------------------------


def of(*changes: dict[str, str], header: Sequence[str] = HEADER) -> Callable[[], bytes]:
    """A file of true rows, the first one changed."""
    return lambda: table([ONE | change for change in changes] or [ONE], header)


def replaced(old: str, new: str) -> Callable[[], bytes]:
    """A file with some text replaced, once."""
    return lambda: table([ONE]).replace(old.encode("gb18030"), new.encode("gb18030"), 1)


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda: b"", Empty, "all blank"),
        (lambda: table([]), Empty, "a header alone"),
        (lambda: b"typeCode,freqCode,refPeriodId\n1,2,3\n", WrongDocument, "typeCode"),
        (lambda: b"PK\x03\x04\x14\x00\x06\x00\x00\x00!\x00", WrongDocument, "a CSV file"),
        (of(header=HEADER[1:]), Incomplete, "Tick 数据年月"),
        (of(header=(HEADER[0], *HEADER[2:])), Incomplete, "Tick 商品编码"),
        (of(header=(*HEADER[:4], *HEADER[5:])), Incomplete, "Tick 贸易伙伴名称"),
        (of(header=(*HEADER, "运输方式")), LayoutChanged, "运输方式"),
        (of(header=(*HEADER, "美元")), LayoutChanged, "each column once"),
        (replaced('"8,619', '"5","8,619'), LayoutChanged, "at row 2, expected 11 fields, as in the header, found 12"),
        (replaced('"",', ""), LayoutChanged, "at row 2, expected 11 fields, as in the header, found 10"),
        (replaced('954,212",\r\n', '954,212","1"\r\n'), LayoutChanged, "the last '1'"),
        (lambda: table([ONE], trailing=False)[:-12], LayoutChanged, "a line end after the last row"),
        (lambda: table([ONE])[:-4], LayoutChanged, "a line end after the last row"),
        (of(header=(*HEADER[:5], *HEADER[6:])), LayoutChanged, "the quantities of 第一计量单位"),
        (of({"第一数量": "8,619,189,328.8619189328"}), LayoutChanged, "3 places"),
        (replaced("俄罗斯", "俄\n罗斯"), LayoutChanged, "fields of one line"),
        (of({"数据年月": "202413"}), LayoutChanged, "at row 2 数据年月, expected not a month: 13"),
        (of({"数据年月": "2024年1月"}), LayoutChanged, "at row 2 数据年月"),
        (of({"数据年月": "202405-202401"}), LayoutChanged, "ends after it begins"),
        (of({"商品编码": "1012100"}), LayoutChanged, "a leading zero may be lost"),
        (of({"商品编码": "原油"}), LayoutChanged, "at row 2 商品编码"),
        (of({"贸易伙伴编码": "RU"}), LayoutChanged, "at row 2 贸易伙伴编码"),
        (of({"美元": ""}), LayoutChanged, "at row 2 美元"),
        (of({"美元": "4.84195E+09"}), LayoutChanged, "at row 2 美元"),
        (of({"美元": "4,841,954,21"}), LayoutChanged, "at row 2 美元"),
        (of({"第一数量": "8,619 189"}), LayoutChanged, "at row 2 第一数量"),
        (of({"第一计量单位": ""}), LayoutChanged, "the unit of 8,619,189,328"),
        (of({"贸易伙伴名称": "中国香港"}), Contradiction, "expected RU for 344, found 344 Hong Kong"),
        (
            of({"贸易伙伴编码": "643"}, {"数据年月": "202402"}),
            Contradiction, "expected 643 for Russia, found 344 Russia",
        ),
        (
            of({"贸易伙伴编码": "399", "贸易伙伴名称": "塞尔维亚"}, {"贸易伙伴编码": "399", "贸易伙伴名称": "黑山"}),
            Contradiction, "found 399 Montenegro",
        ),
    ],
)  # fmt: skip
def test_what_is_no_whole_file_of_this_kind_is_refused_with_the_place(
    make: Callable[[], bytes], kind: type[LayoutChanged], words: str
) -> None:
    """One typed error that names row and column, and no figure."""
    with pytest.raises(LayoutChanged, match=re.escape(words)) as caught:
        rows(make())

    assert type(caught.value) is kind


@pytest.mark.parametrize(
    "body",
    [
        table([ONE]) + table([JUNE_2024[1]], charset="utf-8").split(b"\r\n", 1)[1],
        table([ONE], charset="utf-8") + table([JUNE_2024[1]]).split(b"\r\n", 1)[1],
        table([ONE], charset="utf-8-sig") + table([JUNE_2024[1]]).split(b"\r\n", 1)[1],
        table([ONE]).replace("千克".encode("gb18030"), "千克".encode()),
        b"\xef\xbb\xbf" + table([ONE]),
    ],
    ids=["UTF-8 after GB18030", "GB18030 after UTF-8", "the same with a mark", "one field", "a wrong mark"],
)
def test_two_charsets_in_one_file_are_a_contradiction(body: bytes) -> None:
    """Two files joined, or one saved half: `千克` read in the wrong one would be another word, without an error."""
    with pytest.raises(Contradiction, match="at charset, expected one charset, UTF-8 or gb18030"):
        rows(body)


@pytest.mark.parametrize(("count", "whole"), [(9_999, True), (10_000, False), (10_001, False)])
def test_exactly_as_many_rows_as_ever_come_are_cut_off(count: int, whole: bool) -> None:
    """The query system gives 10,000 rows and not a word about the rest."""
    many = [
        ONE | {"商品编码": f"{27000000 + n % 5000:08d}", "数据年月": f"2024{1 + n // 5000:02d}"} for n in range(count)
    ]
    body = table(many)
    if whole:
        assert len(rows(body)) == 2 * 9_999
        return
    with pytest.raises(CutOff, match="fewer months or commodities at a time"):
        rows(body)


def test_the_challenge_page_is_blocked_whatever_its_status() -> None:
    """A script in place of a file, `$_ts` in it."""
    page = b"<!DOCTYPE html><html><head><script>$_ts=window['$_ts'];$_ts.cd='';</script></head><body></body></html>"

    for body in (page, b"$_ts=window['$_ts']\n"):
        with pytest.raises(Blocked):
            rows(body)


def test_the_site_is_never_asked() -> None:
    """No plan, whatever the window, and nothing to follow."""
    for window in (Window(date(2024, 1, 1), NOW.date(), NOW, nightly=True), Window(date(2017, 1, 1), NOW.date(), NOW)):
        assert list(gacc_query.plan(window)) == []
        assert list(gacc_query.links(BROUGHT, window)) == []


def test_every_code_that_is_known_is_a_country() -> None:
    """The anchors that are documented, and a code of ISO for each."""
    known = gacc_query.COUNTRIES

    assert [known[code] for code in ("112", "122", "136", "141", "344")] == ["ID", "MY", "TH", "VN", "RU"]
    assert len(set(known.values())) == len(known)
    assert place("俄罗斯").code == known["344"]


@pytest.mark.recorded
def test_recorded_files_give_the_true_figures() -> None:
    """Every figure of the truth table is found in its file; withheld quantities are missing."""
    table_file, folder = SHARED / "facts" / "customs_truth.csv", SHARED / "recorded" / "customs"
    if not table_file.exists() or not folder.exists():
        pytest.skip(f"no recorded files beside the project: {SHARED}")
    with table_file.open(encoding="utf-8", newline="") as lines:
        truths = [row for row in csv.DictReader(lines) if row["source"] == "gacc_query"]
    files: dict[str, list[Row]] = {}

    assert len(truths) > 100
    for truth in truths:
        name = truth["where"].split()[0]
        found = files.setdefault(name, rows((folder / name).read_bytes(), title=Path(name).name))
        (row,) = (
            row for row in found
            if isinstance(row, Observation)
            and (row.product, row.unit) == (truth["product"], truth["unit"])
            and (row.freq, row.period) == (truth["freq"], truth["period"])
        )  # fmt: skip
        assert (row.dataset, row.flow, row.reporter, row.partner) == tuple(
            truth[name] for name in ("dataset", "flow", "reporter", "partner")
        )
        if truth["value"] == "NULL":
            assert (row.value, row.obs_status) == (None, "M"), truth
        else:
            assert row.value is not None
            assert abs(row.value - Decimal(truth["value"])) <= Decimal(truth["tolerance"]), truth


@pytest.mark.recorded
def test_the_recorded_challenge_page_is_blocked() -> None:
    """As it was answered with status 200."""
    page = SHARED / "recorded" / "customs" / "gacc_query" / "challenge_status_200.html"
    if not page.exists():
        pytest.skip(f"no recorded page: {page}")

    with pytest.raises(Blocked):
        rows(page.read_bytes(), title="downloadData_import.csv")


def test_the_samples_are_good_documents() -> None:
    """What other tests take for good files are read whole, without a doubt."""
    assert {len(rows(body)) for body in pages.samples().values()} == {6, 10, 2}
