"""What UN Comtrade's service promises: each figure once, in its unit, of what was asked for, or a reason."""

import csv
import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.contract import Code, Doubt, Observation, Payload, Row
from sources.customs import comtrade
from sources.errors import Blocked, Contradiction, CutOff, Empty, LayoutChanged, WrongDocument
from sources.parse import comtrade as records
from sources.parse import countries, m49
from tests.payloads.comtrade import pages
from tests.payloads.comtrade.pages import answer, record

SHARED = Path(__file__).parents[2].parent / "shared"
RECORDED = SHARED / "recorded" / "customs"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
PREVIEW = "https://comtradeapi.un.org/public/v1/preview/C/M/HS"
KEYED = "https://comtradeapi.un.org/data/v1/get/C/M/HS"
FILE = "file:answer.json"
Records = Sequence[Mapping[str, Any]]


def payload(body: bytes, url: str = FILE) -> Payload:
    """A payload as a walk or a person would hand it over."""
    return Payload(source="comtrade", url=url, body=body, sha256="0" * 64, fetched_at=NOW)


def rows_of(body: bytes, url: str = FILE) -> list[Row]:
    """All that an answer says."""
    return list(comtrade.parse(payload(body, url)))


def figures(*told: Mapping[str, Any], url: str = FILE) -> list[Observation]:
    """The rows of an answer that holds no doubt."""
    rows = rows_of(answer(told), url)
    assert all(isinstance(row, Observation) for row in rows), rows
    return [row for row in rows if isinstance(row, Observation)]


def doubts(*told: Mapping[str, Any]) -> list[Doubt]:
    """What an answer leaves in doubt."""
    return [row for row in rows_of(answer(told)) if isinstance(row, Doubt)]


# --- figures -------------------------------------------------------------------------------------------------------


def test_a_record_gives_its_value_and_its_weight_with_all_that_is_known() -> None:
    """Crude from Russia, January 2023: 4,435,069,433 dollars and 7,990,369,573 kilograms, each with its JSON path."""
    value, weight = figures(*pages.crude()[:1])

    assert value == Observation(
        dataset="hs_monthly", measure="trade_value", unit="USD", freq="M",
        period_start=date(2023, 1, 1), period_end=date(2023, 1, 31), value=Decimal(4_435_069_433),
        locator="data[0].primaryValue", reporter="CN", partner="RU", partner_name="Russia", partner_kind="country",
        flow="M", product="2709", obs_status="A", precision=Decimal("0.5"),
    )  # fmt: skip
    assert (weight.measure, weight.unit, weight.value, weight.locator) == (
        "quantity", "kg", Decimal(7_990_369_573), "data[0].netWgt",
    )  # fmt: skip


def test_cars_are_counted_in_pieces_and_a_year_is_a_whole_year() -> None:
    """632,341 cars in 2025; their weight isn't given, which is no zero; TOTAL has a value alone."""
    rows = figures(*pages.cars())
    of_2025 = {row.unit: row for row in rows if row.period == "2025"}

    assert (of_2025["units"].value, of_2025["USD"].value) == (632_341, 8_460_000_000)
    assert (of_2025["kg"].value, of_2025["kg"].obs_status) == (None, "M")
    assert (of_2025["units"].dataset, of_2025["units"].freq) == ("hs_annual", "A")
    assert (of_2025["units"].period_start, of_2025["units"].period_end) == (date(2025, 1, 1), date(2025, 12, 31))
    assert [row.unit for row in rows if row.product == "TOTAL"] == ["USD", "USD"]


@pytest.mark.parametrize("weight", [0.0, 0, None])
def test_no_weight_beside_a_value_is_not_given(weight: float | None) -> None:
    """0 kilograms for a million dollars is a gap of the reporter's, not an amount."""
    _, row = figures(record(netWgt=weight, qty=weight))

    assert (row.unit, row.value, row.obs_status, row.locator) == ("kg", None, "M", "data[0].netWgt")


def test_nothing_traded_is_nothing_weighed() -> None:
    """A value of 0 with a weight of 0 is two figures."""
    assert [row.value for row in figures(record(primaryValue=0.0, netWgt=0.0))] == [0, 0]


def test_a_quantity_in_kilograms_stands_for_a_weight_that_is_not_given() -> None:
    """One row in kg, never two: netWgt where it is given, else qty."""
    _, row = figures(record(netWgt=None, qty=5.0, isQtyEstimated=True))
    _, both = figures(record(netWgt=7.0, qty=5.0, isQtyEstimated=True))

    assert (row.value, row.obs_status, row.locator) == (5, "E", "data[0].qty")
    assert (both.value, both.obs_status, both.locator) == (7, "A", "data[0].netWgt")


def test_estimates_are_marked_each_for_itself() -> None:
    """The weight is estimated, the pieces are counted, the value is a value."""
    rows = figures(record(qtyUnitCode=5, qty=3.0, isNetWgtEstimated=True))

    assert {row.unit: row.obs_status for row in rows} == {"USD": "A", "kg": "E", "units": "A"}


def test_the_legacy_flag_means_nothing_that_is_written_down() -> None:
    """The dictionary gives it a name and no meaning: no status is made of it."""
    assert {row.obs_status for row in figures(record(legacyEstimationFlag=4))} == {"A"}


@pytest.mark.parametrize(
    ("code", "abbreviation", "unit", "value"),
    [
        (5, "u", "units", 3),
        (12, "m³", "m3", 3),
        (7, "l", "l", 3),
        (3, "1000 kWh", "kWh", 3000),
        (9, "1000u", "units", 3000),
        (6, "2u", "pairs", 3),
        (2, "m²", "m2", 3),
        (13, "carat", "carats", 3),
        (5, None, "units", 3),
    ],
)
def test_units_are_those_of_the_customs_organisation(
    code: int, abbreviation: str | None, unit: str, value: int
) -> None:
    """Pairs, thousands and cubic metres, by abbreviation, or by number where descriptions were not asked for."""
    _, _, row = figures(record(qtyUnitCode=code, qtyUnitAbbr=abbreviation, qty=3.0))

    assert (row.measure, row.unit, row.value, row.locator) == ("quantity", unit, value, "data[0].qty")


@pytest.mark.parametrize(("code", "abbreviation"), [(77, "bundles"), (5, "kg"), (8, "u"), (4711, None)])
def test_a_unit_that_is_not_known_leaves_its_figure_in_doubt(code: int, abbreviation: str | None) -> None:
    """Value and weight load; the quantity does not, and the doubt names the unit."""
    rows = rows_of(answer([record(qtyUnitCode=code, qtyUnitAbbr=abbreviation, qty=3.0)]))

    assert [row.unit for row in rows if isinstance(row, Observation)] == ["USD", "kg"]
    (doubt,) = (row for row in rows if isinstance(row, Doubt))
    assert (doubt.locator, doubt.found) == ("data[0].qtyUnitAbbr", f"{code} {abbreviation}")


@pytest.mark.parametrize(
    ("written", "value", "precision"),
    [
        ("7256424820.0", "7256424820", "0.5"),
        ("7256424820", "7256424820", "0.5"),
        ("150571139.424", "150571139.424", "0.0005"),
        ("106986.23", "106986.23", "0.005"),
        ("1.5e3", "1500", "0.5"),
        ("0.1", "0.1", "0.05"),
        ("999999999999999.9", "999999999999999.9", "0.05"),
    ],
)
def test_numbers_are_exactly_those_that_are_written(written: str, value: str, precision: str) -> None:
    """No figure passes through binary floating point."""
    body = answer([record(netWgt=111)]).replace(b'"netWgt": 111', f'"netWgt": {written}'.encode())
    row = rows_of(body)[1]

    assert isinstance(row, Observation)
    assert (str(row.value), row.precision) == (value, Decimal(precision))


@pytest.mark.parametrize("name", ["primaryValue", "netWgt", "qty", "cifvalue"])
@pytest.mark.parametrize(
    "written",
    ["-1.0", "1e16", "10000000000000000", "NaN", "Infinity", "-Infinity", '"7"', "true", "[1]", "1e400", "1e-30",
     "1e999999999999999999999", "9" * 5000],
)  # fmt: skip
def test_what_is_no_plain_amount_is_refused(name: str, written: str) -> None:
    """Negative, absurd, a text, a truth value: the answer is refused, never guessed at."""
    fields = {"qtyUnitCode": 5, "cifvalue": 1, name: 4711}
    body = answer([record(**{"primaryValue": 1, **fields})]).replace(b": 4711", f": {written}".encode())

    with pytest.raises(LayoutChanged):
        rows_of(body)


def test_a_key_written_twice_is_refused() -> None:
    """JSON would silently let the second one count."""
    body = answer(pages.crude()).replace(b'"motCode": 0', b'"motCode": 0, "netWgt": 1.0', 1)

    with pytest.raises(LayoutChanged, match="netWgt"):
        rows_of(body)


@pytest.mark.parametrize("name", records.FIELDS)
def test_a_field_that_is_missing_is_refused(name: str) -> None:
    """Nothing has a default."""
    told = record()
    del told[name]

    with pytest.raises(LayoutChanged, match=name):
        rows_of(answer([told]))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("period", "202313"), ("period", "2023"), ("period", "20230"), ("period", "٢٠٢٣٠١"), ("period", 202301),
        ("period", "180001"), ("freqCode", "Q"), ("freqCode", None), ("reporterCode", "156"), ("reporterCode", True),
        ("partnerCode", "643"), ("partnerCode", True), ("partnerCode", 643.5), ("flowCode", 1), ("cmdCode", 2709),
        ("motCode", "0"), ("partner2Code", None), ("customsCode", 0), ("isNetWgtEstimated", 0),
        ("isQtyEstimated", None), ("period", ["202301"]), ("cmdCode", {}),
    ],
)  # fmt: skip
def test_a_code_of_another_form_is_refused(name: str, value: object) -> None:
    """A month 13, a number as text, a list: the answer changed its layout."""
    with pytest.raises(LayoutChanged):
        rows_of(answer([{**record(), name: value}]))


@pytest.mark.parametrize(
    ("name", "value"), [("typeCode", "S"), ("classificationCode", "S4"), ("classificationCode", "EB02")]
)
def test_services_and_other_classifications_are_other_documents(name: str, value: str) -> None:
    """SITC has codes that look like HS codes and mean something else."""
    with pytest.raises(WrongDocument, match=value):
        rows_of(answer([record(**{name: value})]))


# --- areas, flows, products that are not known ---------------------------------------------------------------------


def test_areas_have_the_codes_and_names_of_every_other_source() -> None:
    """490 is Taiwan, 842 the United States, 0 the world; `Areas, nes` has a name and no code."""
    rows = figures(*(record(partnerCode=number) for number in (490, 842, 0, 899)))
    found = [(row.partner, row.partner_name, row.partner_kind) for row in rows if row.unit == "USD"]

    assert found == [
        ("TW", "Taiwan, China", "country"),
        ("US", "United States", "country"),
        ("W0", "World", "world"),
        (None, "Areas, not elsewhere specified", "area"),
    ]


def test_an_unknown_partner_is_held_and_the_rest_loads() -> None:
    """The doubt names the number and its place."""
    rows = rows_of(answer([record(partnerCode=13), record()]))

    assert [row.locator for row in rows if isinstance(row, Observation)] == ["data[1].primaryValue", "data[1].netWgt"]
    assert doubts(record(partnerCode=13)) == [
        Doubt(locator="data[0].partnerCode", reason="a partner that isn't known", found="13")
    ]


@pytest.mark.parametrize("reporter", [13, 899, 280])
def test_an_unknown_reporter_is_held_record_by_record(reporter: int) -> None:
    """An area without a code can be a partner, no reporter."""
    held = doubts(record(reporterCode=reporter), record(reporterCode=reporter, partnerCode=398), record())

    assert [(doubt.locator, doubt.found) for doubt in held] == [
        ("data[0].reporterCode", str(reporter)),
        ("data[1].reporterCode", str(reporter)),
    ]


def test_re_exports_are_left_out_once_and_said_to_be() -> None:
    """They are part of the exports: one doubt says how many there were, so that an answer full of them still loads."""
    told = [record(flowCode="RX", partnerCode=number) for number in (643, 398, 842)]
    rows = rows_of(answer([*told, record()]))

    (doubt,) = (row for row in rows if isinstance(row, Doubt))
    assert (doubt.locator, doubt.found) == ("data[0].flowCode", "3 records of flow RX")
    assert {row.flow for row in rows if isinstance(row, Observation)} == {"M"}


@pytest.mark.parametrize("code", ["AG2", "270", "27-9", "", "2709000", "八"])
def test_a_product_that_is_no_hs_code_is_held(code: str) -> None:
    """Chapters, headings, subheadings and TOTAL are products; `9999AA`, not specified, is one, too."""
    assert [doubt.locator for doubt in doubts(record(cmdCode=code, aggrLevel=4))] == ["data[0].cmdCode"]
    assert {row.product for row in figures(record(cmdCode="9999AA"))} == {"9999AA"}


@pytest.mark.parametrize(
    "fields",
    [{"cifvalue": 1.0}, {"flowCode": "X", "fobvalue": 4_435_069_434.0}, {"primaryValue": None}],
    ids=["cif", "fob", "none"],
)
def test_a_value_that_contradicts_its_basis_is_held(fields: dict[str, Any]) -> None:
    """The value is cifvalue of imports and fobvalue of exports, where these are given."""
    (doubt,) = doubts(record(**fields))

    assert doubt.locator == "data[0].primaryValue"


def test_a_basis_that_is_not_given_says_nothing() -> None:
    """Some reporters' imports are FOB."""
    assert len(figures(record(cifvalue=None, fobvalue=4_435_069_433.0))) == 2


# --- totals and parts ----------------------------------------------------------------------------------------------


def test_a_total_beside_its_parts_counts_once() -> None:
    """Brazil's soya to China in 2024, by mode of transport: 31,499,887,711 dollars, not 62,999,775,422."""
    rows = figures(*pages.soya())

    assert [(row.unit, row.value, row.locator) for row in rows] == [
        ("USD", 31_499_887_711, "data[0].primaryValue"),
        ("kg", 72_557_710_367, "data[0].netWgt"),
    ]


def test_parts_without_a_total_are_added_and_all_named() -> None:
    """Air, water and sea give the same 31,499,887,711 dollars and 72,557,710,367 kilograms."""
    rows = figures(*pages.soya(1000, 2000, 2100))

    assert [(row.unit, row.value, row.locator, row.precision) for row in rows] == [
        ("USD", 31_499_887_711, "data[0].primaryValue + data[1].primaryValue + data[2].primaryValue", Decimal("0.5")),
        ("kg", 72_557_710_367, "data[0].netWgt + data[1].netWgt + data[2].netWgt", Decimal("0.5")),
    ]


def test_a_sum_lacks_the_weight_that_one_part_lacks() -> None:
    """The value is whole, the weight would be too small: it is missing. An estimate makes the sum one."""
    lacking = figures(record(motCode=1000, netWgt=None, qty=None), record(motCode=2100))
    estimated = figures(record(motCode=1000, isNetWgtEstimated=True), record(motCode=2100))

    assert [(row.unit, row.value, row.obs_status) for row in lacking] == [
        ("USD", 2 * 4_435_069_433, "A"), ("kg", None, "M"),
    ]  # fmt: skip
    assert [row.obs_status for row in estimated] == ["A", "E"]


def test_parts_in_different_units_have_no_sum_in_either() -> None:
    """Value and weight are added, pieces and litres aren't."""
    rows = rows_of(answer([record(motCode=1000, qtyUnitCode=5, qty=3.0), record(motCode=2100, qtyUnitCode=8)]))

    assert [row.unit for row in rows if isinstance(row, Observation)] == ["USD", "kg"]
    assert [row.reason for row in rows if isinstance(row, Doubt)] == ["a unit of quantity that isn't known"]


def test_each_dimension_is_taken_as_its_total_or_as_its_parts() -> None:
    """Totals over modes for two second partners are added; their parts by mode beside them are not."""
    told = [
        record(partner2Code=second, motCode=mode, primaryValue=float(value), cifvalue=None)
        for second in (156, 398)
        for mode, value in ((0, 100), (1000, 60), (2100, 40))
    ]

    assert [row.value for row in figures(*told) if row.unit == "USD"] == [200]


def test_two_ways_to_different_sums_are_in_doubt() -> None:
    """Without an overall total, parts by mode and parts by second partner must add up to the same."""
    told = [
        record(partner2Code=second, motCode=mode, primaryValue=float(value))
        for second, mode, value in ((0, 1000, 60), (0, 2100, 40), (156, 0, 70), (398, 0, 29))
    ]
    (doubt,) = doubts(*told)

    assert doubt.found == "parts that add up to different values: 99, 100"


def test_a_mode_that_may_hold_another_is_in_doubt() -> None:
    """Water of 100 beside sea of 60: with or without it? Nobody can tell, so nothing is added up."""
    (doubt,) = doubts(record(motCode=2000, primaryValue=100.0), record(motCode=2100, primaryValue=60.0))

    assert doubt.found == "mode of transport 2000 may hold 2100"


@pytest.mark.parametrize("part", [{"motCode": 1000}, {"partner2Code": 398}, {"customsCode": "C04"}])
def test_an_answer_with_one_part_alone_is_refused(part: dict[str, Any]) -> None:
    """What was downloaded for air alone is no trade of two countries."""
    with pytest.raises(WrongDocument, match=str(next(iter(part.values())))):
        rows_of(answer([record(**part), record(partnerCode=398, **part)]))


def test_parts_that_were_asked_for_alone_are_refused() -> None:
    """The address says it: motCode=1000,2100 without the total."""
    with pytest.raises(WrongDocument, match="motCode"):
        rows_of(answer(pages.soya(1000, 2100)), f"{KEYED}?motCode=1000,2100")


@pytest.mark.parametrize("edition", ["H6", "H5"])
def test_two_records_with_the_same_dimensions_are_a_contradiction(edition: str) -> None:
    """Which of them is true? Another edition of the HS makes no difference to the figure."""
    with pytest.raises(Contradiction, match=r"data\[0\] has the same"):
        rows_of(answer([record(), record(primaryValue=1.0, cifvalue=1.0, classificationCode=edition)]))
    with pytest.raises(Contradiction, match=r"data\[0\] has the same"):
        rows_of(answer([record(motCode=1000), record(motCode=1000, classificationCode=edition)]))


def test_two_numbers_of_one_country_are_a_contradiction() -> None:
    """250 and 251 are both France."""
    with pytest.raises(Contradiction):
        rows_of(answer([record(partnerCode=250), record(partnerCode=251)]))


LEAVES = st.sampled_from([1000, 2100, 2200, 3100, 3200, 9200, 9300, 9900])
KINDS = st.tuples(st.sampled_from([156, 398, 643, 842]), st.sampled_from(["C01", "C04", "C06"]), LEAVES)


@settings(max_examples=60, deadline=None)
@given(
    parts=st.dictionaries(KINDS, st.tuples(st.integers(1, 10**11), st.integers(1, 10**11)), min_size=2, max_size=12),
    totals=st.sets(st.sampled_from([0, 1, 2])),
    order=st.randoms(use_true_random=False),
)
def test_however_trade_is_divided_the_figure_is_the_same(
    parts: dict[tuple[int, str, int], tuple[int, int]],
    totals: set[int],
    order: Any,  # noqa: ANN401
) -> None:
    """By second partner, procedure and mode, with totals over any of them beside the parts, in any order."""
    whole = (0, "C00", 0)
    found: Counter[tuple[tuple[int, str, int], str]] = Counter()
    for kind, (value, weight) in parts.items():
        for step in range(2 ** len(totals)):
            chosen = {place for n, place in enumerate(sorted(totals)) if step >> n & 1}
            at = tuple(whole[place] if place in chosen else kind[place] for place in range(3))
            found[at, "value"] += value  # type: ignore[index]
            found[at, "weight"] += weight  # type: ignore[index]
    kinds = {kind for kind, _ in found}
    told = [
        record(partner2Code=kind[0], customsCode=kind[1], motCode=kind[2],
               primaryValue=found[kind, "value"], netWgt=found[kind, "weight"])
        for kind in kinds
    ]  # fmt: skip
    order.shuffle(told)
    if any(whole[place] not in {k[place] for k in kinds} and len({k[place] for k in kinds}) == 1 for place in range(3)):
        with pytest.raises(WrongDocument):
            rows_of(answer(told))
        return
    rows = figures(*told)

    assert [row.value for row in rows] == [
        sum(value for value, _ in parts.values()),
        sum(weight for _, weight in parts.values()),
    ]


# --- the answer as a whole -----------------------------------------------------------------------------------------


def test_no_records_is_not_published_yet_and_no_row() -> None:
    """200 with `data: []` is never a zero."""
    assert rows_of(answer([])) == []


@pytest.mark.parametrize("count", [5, 7, 0])
def test_a_count_that_differs_means_an_answer_cut_off(count: int) -> None:
    """Six records came."""
    with pytest.raises(CutOff, match=f"expected {count} records, found 6 records"):
        rows_of(answer(pages.crude(), count=count))


def test_an_answer_without_a_count_is_read() -> None:
    """Answers that were cut to their data by other tools lack it."""
    assert len(rows_of(json.dumps({"data": pages.crude()}).encode())) == 12


@pytest.mark.parametrize("count", [True, "6", 6.5])
def test_a_count_that_is_none_is_refused(count: object) -> None:
    """It is a whole number or it isn't there."""
    with pytest.raises(LayoutChanged, match="count"):
        rows_of(answer(pages.crude(), count=count))


def many(number: int) -> list[dict[str, Any]]:
    """As many records, each of another product."""
    return [record(cmdCode=f"{100_000 + n}") for n in range(number)]


@pytest.mark.parametrize("url", [FILE, f"{PREVIEW}?period=202301"])
def test_exactly_the_cap_of_the_preview_is_cut_off(url: str) -> None:
    """Nothing in the answer says so: 500 rows are refused, 499 and 501 are not."""
    with pytest.raises(CutOff, match="exactly 500 rows"):
        rows_of(answer(many(500)), url)
    assert len(rows_of(answer(many(499)), url)) == 998
    assert len(rows_of(answer(many(501)), url)) == 1002


def test_five_hundred_rows_with_a_key_are_whole() -> None:
    """That endpoint gives 100,000."""
    assert len(rows_of(answer(many(500)), f"{KEYED}?period=202301")) == 1000


@pytest.mark.parametrize("count", [100_000, 250_000])
def test_the_cap_of_the_endpoint_with_a_key_is_cut_off_too(count: int) -> None:
    """By the older notes and by the newer."""
    with pytest.raises(CutOff):
        records.refuse_cut(payload(b"", f"{KEYED}?period=202301"), count)


def test_a_file_may_hold_what_the_endpoint_once_gave_at_most() -> None:
    """Today it gives 250,000: only an answer to Amur's own request, which is planned for fewer, is then a cut one."""
    records.refuse_cut(payload(b"", FILE), 100_000)


def test_a_cut_answer_is_seen_before_it_is_read() -> None:
    """The walk asks for it in parts, so it must not wait for the parser."""
    assert comtrade.is_cut(payload(answer(many(500)), f"{PREVIEW}?period=202301"))
    assert not comtrade.is_cut(payload(answer(many(499)), f"{PREVIEW}?period=202301"))
    assert not comtrade.is_cut(payload(answer(many(500)), f"{KEYED}?period=202301"))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", Empty),
        (b" \n", Empty),
        (pages.refused(401, "No key came with the request"), WrongDocument),
        (pages.refused(429, "Too fast: again in 1 second"), WrongDocument),
        (b"<html><head><title>Just a moment...</title></head><body></body></html>", Blocked),
        (b"<html><head><title>China Customs</title></head><body><table></table></body></html>", WrongDocument),
        (b"<?xml version='1.0'?><ValCurs/>", WrongDocument),
        (b"PK\x03\x04", WrongDocument),
        ("数据年月,商品编码,\n".encode("gb18030"), WrongDocument),
        (b"typeCode,freqCode\nC,M\n", WrongDocument),
        (b"[]", WrongDocument),
        (b"{}", WrongDocument),
        (b'{"data": {}}', WrongDocument),
        (b'{"data": [', LayoutChanged),
        (b'{"data": [1]}', LayoutChanged),
        (b'{"data": ' + b"[" * 100_000, LayoutChanged),
        (answer([], error="Internal error"), LayoutChanged),
        (answer([pages.release(156, 202301, "2023-03-20T10:00:00")]), WrongDocument),
    ],
)
def test_what_is_no_answer_is_refused_as_what_it_is(body: bytes, kind: type[LayoutChanged]) -> None:
    """Nothing, a refusal, a challenge, documents of other sources, the index."""
    with pytest.raises(LayoutChanged) as caught:
        rows_of(body)

    assert type(caught.value) is kind


def test_a_refusal_is_named() -> None:
    """Who reads the reason sees what the service said."""
    with pytest.raises(WrongDocument, match="429: Too fast"):
        rows_of(pages.refused(429, "Too fast: again in 1 second"))


# --- what was asked for --------------------------------------------------------------------------------------------

ASKED = "reporterCode=156&partnerCode=643%2C398&flowCode=M,X&cmdCode=2709,TOTAL&period=202301,202302"


@pytest.mark.parametrize(
    "fields",
    [{"period": "202303"}, {"reporterCode": 398}, {"partnerCode": 682}, {"flowCode": "RX"}, {"cmdCode": "2710"},
     {"period": "2023"}],
)  # fmt: skip
def test_a_record_that_was_not_asked_for_refuses_the_whole_answer(fields: dict[str, Any]) -> None:
    """A reply for another period is somebody else's reply."""
    with pytest.raises(Contradiction, match="one of those asked for"):
        rows_of(answer([record(), record(**fields)]), f"{KEYED}?{ASKED}")


def test_what_was_asked_for_may_stay_out() -> None:
    """A month that isn't published yet is no contradiction."""
    assert len(rows_of(answer([record()]), f"{KEYED}?{ASKED}")) == 2


@pytest.mark.parametrize("query", ["", "cmdCode=AG2", "cmdCode=ALL", "period=recent", "partnerCode=all"])
def test_what_the_address_leaves_open_is_not_checked(query: str) -> None:
    """A file brought by hand, or a question in words."""
    assert len(rows_of(answer([record()]), f"{KEYED}?{query}")) == 2


def test_a_year_in_place_of_months_is_a_contradiction() -> None:
    """The path asks for C/M."""
    with pytest.raises(Contradiction):
        rows_of(answer(pages.cars()), KEYED)


# --- code lists ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            pages.reporters(),
            Code(codelist="comtrade:reporters", code="736", name="Sudan (...2011)", iso="SD",
                 valid_from=date(1900, 1, 1), valid_to=date(2011, 6, 30), locator="results[2].reporterCode"),
        ),
        (
            pages.partners(),
            Code(codelist="comtrade:partners", code="643", name="Russian Federation", iso="RU",
                 locator="results[1].PartnerCode"),
        ),
        (pages.hs(), Code(codelist="comtrade:hs", code="2709", name="Petroleum oils, crude", locator="results[2].id")),
        (pages.modes(), Code(codelist="comtrade:modes", code="2100", name="Sea", locator="results[2].id")),
    ],
    ids=["reporters", "partners", "HS", "modes"],
)  # fmt: skip
def test_a_code_list_says_what_codes_stand_for(body: bytes, expected: Code) -> None:
    """The list is known by its fields; a code of the world's has no country's ISO code."""
    assert rows_of(body)[-1] == expected
    assert all(isinstance(row, Code) for row in rows_of(body))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (pages.code_list([]), Empty),
        (pages.code_list([{"dataItem": "qty", "description": "Value of primary quantity"}]), WrongDocument),
        (pages.code_list([{"id": "M", "text": "Import"}]), WrongDocument),
        (b'{"results": {"id": 1}}', WrongDocument),
        (pages.hs().replace(b'"more": false', b'"more": true'), CutOff),
        (pages.hs().replace(b'"id": "27"', b'"id": "TOTAL"'), Contradiction),
        (pages.hs().replace(b'"id": "27"', b'"id": null'), LayoutChanged),
        (pages.reporters().replace(b"2011-06-30", b"2011-06-31"), LayoutChanged),
    ],
)
def test_a_code_list_that_is_none_is_refused(body: bytes, kind: type[LayoutChanged]) -> None:
    """The field dictionary is kept unread; half a list, a code twice, a day there isn't."""
    with pytest.raises(LayoutChanged) as caught:
        rows_of(body)

    assert type(caught.value) is kind


# --- numbers of areas ----------------------------------------------------------------------------------------------


def test_every_country_has_a_number_and_its_own_name() -> None:
    """No country of the other sources is missing here, and no name differs."""
    coded = {known.code: known for known in m49.NUMBERS.values() if known.code}

    assert {known for known in countries.PLACES.values() if known.kind == "country"} <= set(coded.values())
    assert all(countries.place(known.name) is known for known in coded.values())
    assert {known.kind for known in m49.NUMBERS.values() if not known.code} == {"area"}


def test_numbers_of_china_customs_mean_something_else() -> None:
    """344 is Russia there and Hong Kong here."""
    assert m49.place(344).code == "HK"
    with pytest.raises(KeyError):
        m49.place(13)


@pytest.mark.recorded
def test_numbers_agree_with_the_services_own_list() -> None:
    """Every reporter that is a country today has the ISO code that the list gives it."""
    entries = [row for row in rows_of(recorded("comtrade/Reporters.json")) if isinstance(row, Code)]
    present = {row.code: row.iso for row in entries if row.valid_to is None and row.iso}
    ours = {number: m49.NUMBERS[int(number)].code for number in present}

    assert len(present) > 200
    assert ours == present
    assert m49.place(490).code == "TW"


# --- speed ---------------------------------------------------------------------------------------------------------


def test_reading_takes_a_few_times_what_json_takes() -> None:
    """Rows are made of 5,000 records in less than six times the time that the JSON alone takes (two is usual)."""
    body = answer(many(5000))
    read = payload(body, f"{KEYED}?period=202301")

    def seconds(call: Callable[[], object]) -> float:
        def once() -> float:
            began = time.process_time()
            call()
            return time.process_time() - began

        return min(once() for _ in range(3))

    assert seconds(lambda: comtrade.parse(read)) < 6 * seconds(lambda: json.loads(body))


# --- recorded answers ----------------------------------------------------------------------------------------------


def recorded(name: str) -> bytes:
    """A recorded answer, or the test is skipped."""
    if not (RECORDED / name).exists():
        pytest.skip(f"no recorded answers beside the project: {RECORDED}")
    return (RECORDED / name).read_bytes()


def addresses() -> dict[str, str]:
    """The address of each recorded file."""
    lines = recorded("manifest.jsonl").decode().splitlines()
    return {said["file"]: said["url"] for said in map(json.loads, lines)}


@pytest.mark.recorded
def test_recorded_answers_give_the_true_figures() -> None:
    """Every row of the truth table is found once, within its tolerance, in the answer asked as it was recorded."""
    table = SHARED / "facts" / "customs_truth.csv"
    known = addresses()
    with table.open(encoding="utf-8", newline="") as lines:
        truths = [row for row in csv.DictReader(lines) if row["source"] == "comtrade"]
    read = {name: rows_of(recorded(name), known[name]) for name in {row["where"].split()[0] for row in truths}}

    assert len(truths) == 54
    for truth in truths:
        rows = [row for row in read[truth["where"].split()[0]] if isinstance(row, Observation)]
        dims = ("dataset", "flow", "reporter", "partner", "product", "unit", "freq", "period")
        (row,) = (r for r in rows if all(getattr(r, name) == truth[name] for name in dims))
        assert row.value is not None
        assert abs(row.value - Decimal(truth["value"])) <= Decimal(truth["tolerance"]), truth


@pytest.mark.recorded
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("data_v1_get_C_A_HS_156_2010_TOTAL.json", 4),
        ("data_v1_get_C_A_HS_76_156_soya_2024_by_mot.json", 6),
        ("data_C_M_HS_156_gulf_2709_M_2023H1.json", 36),
        ("preview_C_M_HS_156_2709_M_202306.json", 8),
        ("empty.json", 0),
    ],
)
def test_no_recorded_answer_counts_anything_twice(name: str, expected: int) -> None:
    """One row a cell: two for each product by partner and period, one for TOTAL."""
    rows = rows_of(recorded(f"comtrade/{name}"), addresses()[f"comtrade/{name}"])
    cells = Counter(
        (row.partner or row.partner_name, row.flow, row.product, row.unit, row.period)
        for row in rows
        if isinstance(row, Observation)
    )

    assert len(rows) == expected
    assert set(cells.values()) <= {1}


@pytest.mark.recorded
def test_the_recorded_half_year_of_the_gulf_adds_up() -> None:
    """Saudi Arabia 28.3 billion dollars, Iraq 17, the Emirates 13.5 in the first half of 2023."""
    name = "comtrade/data_C_M_HS_156_gulf_2709_M_2023H1.json"
    sums: Counter[str | None] = Counter()
    for row in rows_of(recorded(name), addresses()[name]):
        if isinstance(row, Observation) and row.unit == "USD" and row.value is not None:
            sums[row.partner] += int(row.value)

    assert {partner: round(value / 1e8) for partner, value in sums.items()} == {"SA": 283, "IQ": 170, "AE": 135}


@pytest.mark.recorded
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("preview_capped_500_rows.json", CutOff),
        ("error_401_no_key.json", WrongDocument),
        ("error_429.json", WrongDocument),
        ("TradeDataItems.json", WrongDocument),
        ("TradeData_web_export_trimmed.csv", WrongDocument),
    ],
)
def test_recorded_answers_that_hold_no_figures_are_refused(name: str, kind: type[LayoutChanged]) -> None:
    """Cut at 500 rows, refused by the service, or of another kind."""
    with pytest.raises(kind):
        rows_of(recorded(f"comtrade/{name}"))
