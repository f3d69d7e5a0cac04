"""What reading workbooks and CSV promises: cells and fields as they stand, or one typed error."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from sources.contract import Payload
from sources.errors import Blocked, Empty, LayoutChanged
from sources.parse import sheets

PAGE = b"<!DOCTYPE html><html><head><title>Access denied</title></head><body></body></html>"


def payload(body: bytes) -> Payload:
    """A payload as a walk would hand it over."""
    return Payload(
        source="worldbank_pinksheet",
        url="https://thedocs.worldbank.org/x.xlsx",
        body=body,
        sha256="0" * 64,
        fetched_at=datetime(2026, 1, 15, tzinfo=UTC),
    )


def book(*rows: list[object]) -> bytes:
    """A workbook with one sheet `Data`."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.title = "Data"
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


GOOD = book(["2024M12", 73.833, "…"], ["2025M01", 80, None])


def members(body: bytes) -> dict[str, bytes]:
    """The members of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed(old: bytes, new: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """`GOOD` with bytes of one member replaced."""
    parts = members(GOOD)
    assert old in parts[name]
    return zipped(parts | {name: parts[name].replace(old, new, 1)})


def test_numbers_are_exact_decimals_and_text_stays_text() -> None:
    """73.833 is 73.833 and not the binary fraction next to it; a text that looks like a number stays text."""
    first, second = sheets.rows(payload(GOOD), "Data")

    assert first.cells == ("2024M12", Decimal("73.833"), "…")
    assert second.cells[:2] == ("2025M01", Decimal(80))
    assert second[2] is None
    assert second[99] is None


def test_a_long_binary_fraction_is_read_as_excel_shows_it() -> None:
    """Excel keeps 15 significant digits: 75.662000000000006 in the file is 75.662 on the screen."""
    body = changed(b"<v>73.833</v>", b"<v>75.662000000000006</v>")

    assert sheets.rows(payload(body), "Data")[0][1] == Decimal("75.662")


def test_a_place_is_what_excel_calls_it() -> None:
    """Sheet, column letter and row number as in Excel, also after rows that aren't there."""
    rows = sheets.rows(payload(changed(b'<row r="2"', b'<row r="7"')), "Data")

    assert rows[6].place(1) == "Data!B7"
    assert rows[6].place(27) == "Data!AB7"


@pytest.mark.parametrize("odd", [True, date(2025, 1, 1), "=1/0", "73.8"])
def test_what_is_no_plain_number_does_not_become_one(odd: object) -> None:
    """Booleans, dates, formulas and digits typed as text never come out as a figure."""
    (row,) = sheets.rows(payload(book(["2024M12", odd])), "Data")

    assert not isinstance(row[1], Decimal)


@pytest.mark.parametrize("number", [b"1e400", b"9" * 500, b"-1e400", b"1e16"])
def test_numbers_without_end_do_not_become_figures(number: bytes) -> None:
    """Infinity and numbers of over 15 digits before the point stay text, which no figure is read from."""
    rows = sheets.rows(payload(changed(b"<v>73.833</v>", b"<v>" + number + b"</v>")), "Data")

    assert isinstance(rows[0][1], str)


def test_a_wrong_dimension_hides_nothing() -> None:
    """The stated range of a sheet may be wrong: all its cells are read."""
    rows = sheets.rows(payload(changed(b'<dimension ref="A1:C2"', b'<dimension ref="A1"')), "Data")

    assert [row[1] for row in rows] == [Decimal("73.833"), Decimal(80)]


@pytest.mark.parametrize("body", [b"", b"\n", b" " * 4096])
def test_an_empty_answer_is_no_success(body: bytes) -> None:
    """Nothing in place of a workbook, or of a CSV file, is Empty."""
    with pytest.raises(Empty):
        sheets.rows(payload(body), "Data")
    with pytest.raises(Empty):
        list(sheets.records(payload(body), ["a"]))


def test_a_web_page_is_blocked() -> None:
    """An error page in place of a workbook, or of a CSV file, is told from a file that changed."""
    with pytest.raises(Blocked):
        sheets.rows(payload(PAGE), "Data")
    with pytest.raises(Blocked):
        list(sheets.records(payload(PAGE), ["a"]))


def bomb() -> bytes:
    """A sheet of 40 MiB of blanks, 40 KiB zipped."""
    parts = members(GOOD)
    name = "xl/worksheets/sheet1.xml"
    return zipped(parts | {name: parts[name].replace(b"</sheetData>", b" " * (40 << 20) + b"</sheetData>")})


def understated() -> bytes:
    """A directory that states one byte for a member of many."""
    body = bytearray(zipped(members(GOOD), zipfile.ZIP_DEFLATED))
    at = body.find(b"PK\x01\x02")
    body[at + 24 : at + 28] = (1).to_bytes(4, "little")
    return bytes(body)


def flipped() -> bytes:
    """One digit of a stored figure changed under an unchanged checksum."""
    return zipped(members(GOOD), zipfile.ZIP_STORED).replace(b"<v>73.833</v>", b"<v>78.833</v>")


def encrypted() -> bytes:
    """The flag of encryption on every member."""
    body = bytearray(zipped(members(GOOD)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = body.find(mark)
        while at >= 0:
            body[at + offset] |= 1
            at = body.find(mark, at + 1)
    return bytes(body)


def twice() -> bytes:
    """Two members of one name: readers differ in which they take."""
    name = "xl/worksheets/sheet1.xml"
    other = "y" * len(name)
    return zipped({other: b"<worksheet/>", **members(GOOD)}).replace(other.encode(), name.encode())


ENTITY = b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet'


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "ratio"),
        (understated, "zip"),
        (flipped, "CRC"),
        (encrypted, "encryption"),
        (twice, "second member"),
        (lambda: zipped(members(GOOD) | {"../../escaped.txt": b"x"}), "leads elsewhere"),
        (lambda: zipped(members(GOOD) | {"/escaped.txt": b"x"}), "leads elsewhere"),
        (lambda: zipped(members(GOOD) | {"..\\escaped.txt": b"x"}), "leads elsewhere"),
        (lambda: zipped(members(GOOD) | {f"xl/media/{n}": b"" for n in range(2000)}), "members"),
        (lambda: zipped(members(GOOD), zipfile.ZIP_LZMA), "compression"),
        (lambda: changed(b"<worksheet", ENTITY), "DOCTYPE"),
        (lambda: zipped({"data.xlsx": GOOD}), "readable"),
        (lambda: zipped({n: d for n, d in members(GOOD).items() if n != "xl/workbook.xml"}), "readable"),
        (lambda: changed(b"</sheetData>", b""), "readable"),
        (lambda: changed(b"<v>73.833</v>", b"<v>abc</v>"), "readable"),
        (lambda: changed(b"</sheetData>", b'<row r="1048576"><c r="A1048576"/></row></sheetData>'), "rows"),
        (lambda: GOOD[: len(GOOD) // 2], "zip"),
        (lambda: GOOD[:-1], "zip"),
        (lambda: b"PK\x03\x04" + bytes(400), "zip"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "password"),
        (lambda: b"a,b\n1,2\n", "xlsx"),
    ],
)
def test_bombs_and_damaged_archives_are_refused(make: Callable[[], bytes], said: str) -> None:
    """P-33: What could explode, escape, hide a second content or was damaged is refused, and the reason is said."""
    with pytest.raises(LayoutChanged, match=said):
        sheets.rows(payload(make()), "Data")


def test_a_renamed_sheet_is_named_with_those_there_are() -> None:
    """A sheet is found by its name; the error lists what there is instead."""
    with pytest.raises(LayoutChanged, match=r"Monthly Prices.*Data"):
        sheets.rows(payload(GOOD), "Monthly Prices")


def test_csv_is_read_by_its_header() -> None:
    """Columns in any order, quoted or not, with other columns among them; row 1 is the header."""
    text = b'\xef\xbb\xbfextra,b,a\r\nx,"1, 2",3\r\n\r\ny, 5 ,6\r\n'

    read = list(sheets.records(payload(text), ["a", "b"]))

    assert [(r.number, r["a"], r["b"]) for r in read] == [(2, "3", "1, 2"), (3, "6", "5")]


@pytest.mark.parametrize(
    "text",
    [
        b"b,c\n1,2\n",
        b"a,a,b\n1,1,2\n",
        b"a;b\n1;2\n",
        b"title\na,b\n1,2\n",
        b"a,b\n1\n",
        b"a,b\n1,2,3\n",
        b"a,b\n1,2\nERROR: timeout\n",
        b'a,b\n1,"2\n',
        b'a,b\n1,"2"x\n',
        b"a,b\n1,2\x00\n",
        "a,b\n1,é\n".encode("latin-1"),
        b"a,b\n1," + b"x" * 30_000 + b"\n",
    ],
)
def test_csv_that_is_not_whole_is_refused(text: bytes) -> None:
    """Another header, a short or long row, a stray quote, another charset: one typed error, never fewer rows."""
    with pytest.raises(LayoutChanged):
        list(sheets.records(payload(text), ["a", "b"]))


def test_a_header_alone_is_empty() -> None:
    """A file that lost its rows is not a file without news."""
    with pytest.raises(Empty):
        list(sheets.records(payload(b"a,b\n"), ["a", "b"]))
