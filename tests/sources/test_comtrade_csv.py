"""Files from UN Comtrade's web page: read by position, though their rows have one field more than their header."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.contract import Doubt, Observation, Payload, Row, Window
from sources.customs import comtrade, comtrade_csv
from sources.errors import Blocked, Contradiction, CutOff, Empty, LayoutChanged, WrongDocument
from tests.payloads.comtrade import pages as service
from tests.payloads.comtrade.pages import record
from tests.payloads.comtrade_csv import pages
from tests.payloads.comtrade_csv.pages import table

RECORDED = Path(__file__).parents[2].parent / "shared" / "recorded" / "customs" / "comtrade"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def payload(body: bytes) -> Payload:
    """A file that somebody brought."""
    return Payload(source="comtrade_csv", url="file:TradeData.csv", body=body, sha256="0" * 64, fetched_at=NOW)


def rows_of(body: bytes) -> list[Row]:
    """All that a file says."""
    return list(comtrade_csv.parse(payload(body)))


def figures(body: bytes) -> list[Observation]:
    """The rows of a file that holds no doubt."""
    rows = rows_of(body)
    assert all(isinstance(row, Observation) for row in rows), rows
    return [row for row in rows if isinstance(row, Observation)]


def said(row: Observation) -> tuple[object, ...]:
    """A figure but for its place."""
    return (row.dataset, row.measure, row.unit, row.period, row.value, row.reporter, row.partner, row.flow, row.product,
            row.obs_status, row.precision)  # fmt: skip


@pytest.mark.parametrize("told", [service.crude(), service.cars(), service.soya(), service.soya(1000, 2000, 2100)])
def test_a_file_says_what_the_service_says(told: list[dict[str, object]]) -> None:
    """The same records give the same figures, whichever way they came."""
    answer = Payload(
        source="comtrade", url="file:a", body=service.answer(told), sha256="0" * 64, fetched_at=NOW
    )  # fmt: skip
    theirs = [row for row in comtrade.parse(answer) if isinstance(row, Observation)]

    assert [said(row) for row in figures(table(told))] == [said(row) for row in theirs]


def test_a_place_is_a_row_as_a_spreadsheet_counts() -> None:
    """The header is row 1."""
    rows = figures(table(service.crude()))

    assert [row.locator for row in rows[:3]] == ["row 2 primaryValue", "row 2 netWgt", "row 3 primaryValue"]
    assert (rows[-1].locator, rows[-1].value) == ("row 7 netWgt", 10_493_989_499)


def test_parts_without_a_total_are_added_and_their_rows_named() -> None:
    """As in the service's answers."""
    assert [row.locator for row in figures(table(service.soya(1000, 2100)))] == [
        "row 2 primaryValue + row 3 primaryValue", "row 2 netWgt + row 3 netWgt",
    ]  # fmt: skip


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("more", [",", ""], ids=["48 fields", "47 fields"])
def test_a_file_may_have_been_saved_again(charset: str, more: str) -> None:
    """Another charset, a byte order mark, no comma too many, Windows line ends: the same figures."""
    told = [record(partnerDesc="Türkiye"), record(partnerCode=398, partnerDesc="Curaçao")]
    body = table(told, more=more, charset=charset)

    assert [row.value for row in figures(body)] == [4_435_069_433, 7_990_369_573] * 2
    assert figures(body.replace(b"\n", b"\r\n")) == figures(body)


@pytest.mark.parametrize(
    ("more", "found"),
    [(',"true"', "48 fields, the last 'true'"), (",,", "49 fields"), (", ", "48 fields, the last ' '")],
)
def test_a_row_of_another_length_refuses_the_file_by_its_number(more: str, found: str) -> None:
    """Something in the field too many means that every column has shifted."""
    with pytest.raises(LayoutChanged, match=f"row 2.*{found}"):
        rows_of(table(service.crude(), more=more))


def test_rows_of_two_lengths_refuse_the_file() -> None:
    """One comma less in the last row is a file that was cut."""
    body = table(service.crude())

    for cut in (2, 3):
        with pytest.raises(LayoutChanged, match="row 7"):
            rows_of(body[:-cut])
    with pytest.raises(LayoutChanged, match=r"row 3.*found 47 fields"):
        rows_of(body.replace(b'"Import",', b"", 2).replace(b'"M","643"', b'"M","Import","643"', 1))


def test_another_header_is_another_document() -> None:
    """The header decides what a file is: one name moved, missing or more."""
    for header in (
        pages.HEADER.replace("typeCode,freqCode", "freqCode,typeCode"),
        pages.HEADER.removesuffix(",isAggregate"),
        f"{pages.HEADER},more",
        pages.HEADER.lower(),
    ):
        with pytest.raises(WrongDocument, match="header"):
            rows_of(table(service.crude(), header=header))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", Empty),
        (table([]), Empty),
        (service.answer(service.crude()), WrongDocument),
        ("数据年月,商品编码,商品名称,\n202301,27090000,原油,\n".encode("gb18030"), WrongDocument),
        (b'"\n"typeCode', WrongDocument),
        (b"<html><head><title>Access denied</title></head><body></body></html>", Blocked),
        (b"<html><head><title>China Customs</title></head><body></body></html>", WrongDocument),
        (b"<?xml version='1.0'?><ValCurs/>", WrongDocument),
        (b"PK\x03\x04" + bytes(30), WrongDocument),
        (bytes(200), WrongDocument),
    ],
)
def test_documents_of_others_are_refused(body: bytes, kind: type[LayoutChanged]) -> None:
    """JSON, the query system's CSV, a web page, a workbook, a header alone."""
    with pytest.raises(LayoutChanged) as caught:
        rows_of(body)

    assert type(caught.value) is kind


def test_a_file_as_long_as_the_page_allows_is_cut_off() -> None:
    """500 rows are what a guest gets, whatever there is; a file of 499 is whole."""
    told = [record(cmdCode=f"{100_000 + n}") for n in range(500)]

    with pytest.raises(CutOff, match="exactly 500 rows"):
        rows_of(table(told))
    assert len(figures(table(told[1:]))) == 998


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"4435069433"', '"4,435,069,433"', "row 2 cifvalue|row 2 primaryValue"),
        ('"4435069433"', '"4.44E+09"', "row 2"),
        ('"4435069433"', '"-4435069433"', "row 2"),
        ('"4435069433"', '"4435069433.0.0"', "row 2"),
        ('"4435069433"', '"NaN"', "row 2"),
        ('"643"', '"六"', "row 2 partnerCode"),
        ('"643"', '""', "row 2 partnerCode"),
        ('"643"', '"643.0"', "row 2 partnerCode"),
        ('"202301"', '"202313"', "row 2 period"),
        ('"202301"', '"Jan-23"', "row 2 period"),
        ('"kg","7990369573","false"', '"kg","7990369573","no"', "row 2 isQtyEstimated"),
    ],
)
def test_a_field_of_another_form_is_refused_with_its_place(old: str, new: str, said: str) -> None:
    """A spreadsheet's separators and exponents have lost digits: they are no numbers here."""
    body = table([record()]).decode()

    assert old in body
    with pytest.raises(LayoutChanged, match=said):
        rows_of(body.replace(old, new).encode())


def test_a_row_twice_is_a_contradiction() -> None:
    """Two downloads pasted together: the place of the second is named."""
    with pytest.raises(Contradiction, match="row 3"):
        rows_of(table([record(), record()]))


def test_what_is_not_known_is_held_with_its_row() -> None:
    """As in the service's answers."""
    (doubt,) = (row for row in rows_of(table([record(partnerCode=13), record()])) if isinstance(row, Doubt))

    assert (doubt.locator, doubt.found) == ("row 2 partnerCode", "13")


def test_nothing_is_asked_for() -> None:
    """A person brings these files; none leads to another."""
    window = Window(NOW.date(), NOW.date(), NOW, nightly=True)

    assert list(comtrade_csv.plan(window)) == []
    assert list(comtrade_csv.links(payload(b""), window)) == []


@pytest.mark.recorded
def test_a_recorded_file_is_read_by_position() -> None:
    """Thailand's imports of integrated circuits: 9,680,795,326 dollars in 2014, weights where they are given."""
    path = RECORDED / "TradeData_web_export_trimmed.csv"
    if not path.exists():
        pytest.skip(f"no recorded file: {path}")
    rows = figures(path.read_bytes())
    world = [row for row in rows if row.partner == "W0" and row.unit == "USD"]

    assert (world[0].value, world[0].period) == (9_680_795_326, "2014")
    assert {(row.product, row.reporter, row.flow) for row in rows} == {("8542", "TH", "M")}
    (andorra,) = (row for row in rows if row.partner == "AD" and row.unit == "kg" and row.period == "2014")
    assert (andorra.value, andorra.obs_status, andorra.locator) == (74, "E", "row 3 netWgt")
    assert len([row for row in rows if row.unit == "USD"]) == 219
