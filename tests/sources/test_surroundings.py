"""What stands around a figure: cut out by its place, in every kind of document, never more than 600 characters."""

import json
from datetime import UTC, datetime

import pytest

from sources import catalogue
from sources.contract import Observation, Payload
from sources.parse.surroundings import LONGEST, around
from tests.contract.samples import EVERY, document, samples
from tests.payloads.cbr_fx import pages as cbr
from tests.payloads.worldbank_pinksheet import pages as pinksheet

FETCHED = datetime(2026, 7, 24, 3, tzinfo=UTC)


def page(body: bytes | str, source: str = "aeb") -> Payload:
    """A document."""
    return Payload(source, "file:a", body.encode() if isinstance(body, str) else body, "0" * 64, FETCHED)


TABLE = (
    "<html><body><table><tr><td>Menu</td></tr></table><table>"
    "<tr><td rowspan=2>Country</td><td colspan=2>Exports</td></tr><tr><td>6</td><td>1to6</td></tr>"
    "<tr><td>Russia</td><td>11,432</td><td>60,001</td></tr><tr><td>Japan</td><td>14,358</td><td>1</td></tr>"
    "</table></body></html>"
)


def test_of_a_table_the_headings_over_the_cell_and_its_row() -> None:
    """Spanning headings included, figures of other rows not."""
    cut = around(page(TABLE), 'table 2 row 3 column 3 "Russia" Exports 1to6')

    assert cut == "Column: Exports / 1to6. Row: Russia | 11,432 | 60,001"


def test_the_row_that_is_named_is_found_in_whatever_table_it_stands() -> None:
    """Pages count their tables in their own ways; the name in the place decides."""
    assert (
        around(page(TABLE), 'table 1 row 4 column 2 "Japan" Exports 6')
        == "Column: Exports / 6. Row: Japan | 14,358 | 1"
    )
    assert around(page(TABLE), 'table 1 row 4 column 2 "Peru" Exports 6') == ""


def test_of_a_record_the_field_comes_first() -> None:
    """JSON: the record, without its empty fields."""
    body = json.dumps({"data": [{"a": 1}, {"period": "202306", "note": None, "netWgt": 12.5}]})

    assert around(page(body), "data[1].netWgt") == '{"netWgt": 12.5, "period": "202306"}'


def test_of_xml_the_element_with_its_attributes() -> None:
    """The day, the nominal and the value."""
    cut = around(page(cbr.dynamic(), "cbr_fx"), "/ValCurs/Record[3]/Value")

    assert "Date: " in cut
    assert "Nominal: 1; Value: " in cut


def test_of_a_worksheet_the_heading_the_month_and_the_cells_beside() -> None:
    """Wide sheets are not quoted whole."""
    rows = catalogue.module("worldbank_pinksheet").parse(page(pinksheet.workbook(), "worldbank_pinksheet"))
    one = next(row for row in rows if isinstance(row, Observation) and row.product == "CRUDE_BRENT")
    cut = around(page(pinksheet.workbook(), "worldbank_pinksheet"), one.locator)

    assert cut.startswith("Column ")
    assert f"{one.value}" in cut


def test_of_a_csv_the_fields_under_their_names() -> None:
    """Blank lines count for no row; an empty field is left out."""
    body = "flow,partner,value\n\nX,RU,5\nM,,7\n"

    assert around(page(body), "row 2: a newspaper") == "flow: X; partner: RU; value: 5"
    assert around(page(body), "row 3 value") == "flow: M; value: 7"


def test_of_a_text_the_sentence() -> None:
    """At the offsets of the place, in the part of the page that has a number there."""
    first, second = "Sales rose to 12,345 cars.", "In May it was 9."
    body = f"<html><body><p>{first} {second}</p></body></html>"
    start = len(first) + 1

    assert around(page(body), f"text sentence 0-{len(first)} number 14-20") == first
    assert around(page(body), f"text sentence {start}-{start + len(second)} number {start + 14}-{start + 15}") == second


def test_it_is_short_plain_and_on_one_line() -> None:
    """A cell of a novel's length, with control characters."""
    body = f"a,b\n1,{'x' * 2000}\n2,bell\x07and\x1b[31mcolour\n"

    assert len(around(page(body), "row 2")) == LONGEST
    assert around(page(body), "row 3") == "a: 2; b: bell and [31mcolour"


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (TABLE, "somewhere near the end"), (TABLE, "table 2 row 99"), (TABLE, ""), ("", "table 1 row 1"),
        ("{", "data[0].x"), ('{"data": 1}', "data[0].x"), ("a,b\n", "row 9"), ("%PDF-1.7", "line 1"),
        ("<a><b/></a>", "/a/c[1]/d"), (TABLE, "text sentence 0-10 number 2-4"), ("PK\x03\x04", "Prices!C7"),
    ],
)  # fmt: skip
def test_a_place_that_leads_nowhere_gives_nothing(body: str, place: str) -> None:
    """No error: a citation without a quotation is one still."""
    assert around(page(body), place) == ""


@pytest.mark.parametrize(("source", "name"), EVERY, ids=lambda text: text.replace(" ", "_"))
def test_no_place_of_any_source_is_too_much(source: str, name: str) -> None:
    """The same bytes give the same words; what is given is short and printable."""
    payload = document(source, samples(source)[name])
    rows = [row for row in catalogue.module(source).parse(payload) if isinstance(row, Observation)]
    for row in rows[:: max(1, len(rows) // 4)]:
        cut = around(payload, row.locator)
        assert cut == around(payload, row.locator)
        assert len(cut) <= LONGEST
        assert cut.isprintable()
