"""Tables in files: worksheets of xlsx workbooks, and CSV with a header row.

An xlsx file is a zip of XML. Before openpyxl sees it, its directory is checked and every member is
inflated once against what the directory says, so that neither a bomb nor a second member of the same name
gets through. Only text and finite decimal numbers come out as such: a boolean, a date, an error or the text
of a formula stays text, which no figure is read from.
"""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import openpyxl
from openpyxl.utils import get_column_letter

from sources.contract import Payload
from sources.errors import Blocked, Empty, LayoutChanged, WrongDocument
from sources.parse import numbers, xml

__all__ = ["Cell", "Record", "Row", "records", "rows"]

Cell = str | Decimal | None

MEBIBYTE: Final = 1 << 20
MOST_MEMBERS: Final = 500
LARGEST_MEMBER: Final = 64 * MEBIBYTE
LARGEST_BOOK: Final = 128 * MEBIBYTE
HIGHEST_RATIO: Final = 100  # the sheets of the Pink Sheet: 14; spaces alone: 1000
RATIO_FROM: Final = MEBIBYTE  # below it no ratio does harm
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 1_000
CHUNK: Final = 1 << 16
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED: Final = 0x1
BAD_NAME: Final = re.compile(r"^/|^[A-Za-z]:|\\|(?:^|/)\.\.(?:/|$)|[\x00-\x1f]")
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"  # xls, and xlsx under a password
PAGE: Final = re.compile(rb"\s*<(?:!doctype|html|head|body|script|br|b)\b", re.IGNORECASE)
DECLARATIONS: Final = tuple(
    word.encode(charset)  # Excel itself writes customXml parts in UTF-16
    for word in ("<!DOCTYPE", "<!ENTITY")
    for charset in ("utf-8", "utf-16-le", "utf-16-be")
)
LONGEST_WORD: Final = max(map(len, DECLARATIONS))
LONGEST_FIELD: Final = 20_000
FIRST_DATA_ROW: Final = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a worksheet: its number as Excel shows it, and its cells from column A on."""

    sheet: str
    number: int
    cells: tuple[Cell, ...]

    def __getitem__(self, column: int) -> Cell:
        """The cell of a column (A is 0); None beyond the last one that is filled."""
        return self.cells[column] if column < len(self.cells) else None

    def place(self, column: int) -> str:
        """Where the cell is: `Monthly Prices!C785`."""
        return f"{self.sheet}!{get_column_letter(column + 1)}{self.number}"


def rows(payload: Payload, sheet: str) -> list[Row]:
    """The rows of the worksheet of that name, the empty ones between them included.

    Raises:
        Empty: no bytes.
        Blocked: a web page in place of a workbook.
        LayoutChanged: no readable xlsx, no such sheet, or more than a workbook of ours ever holds.
    """
    _guard(payload)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on styles and validations: no figure depends on them
        try:
            book = openpyxl.load_workbook(io.BytesIO(payload.body), read_only=True, data_only=True, keep_links=False)
            with closing(book):
                return _sheet(payload, book, sheet)
        except LayoutChanged:
            raise
        except Exception as broken:
            # On a damaged workbook openpyxl raises whatever comes: KeyError, TypeError, IndexError, …
            raise LayoutChanged(
                payload,
                at=sheet,
                expected="a readable xlsx workbook",
                found=f"{type(broken).__name__}: {broken}",
            ) from broken


def _sheet(payload: Payload, book: openpyxl.Workbook, sheet: str) -> list[Row]:
    if sheet not in book.sheetnames:
        raise WrongDocument(payload, expected=f"a sheet {sheet!r}", found=book.sheetnames)
    page: Any = book[sheet]
    page.reset_dimensions()  # the stated range can be wrong (`A1`), and rows beyond it would be left out
    taken: list[Row] = []
    for number, cells in enumerate(page.iter_rows(values_only=True), start=1):
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise LayoutChanged(
                payload,
                at=f"{sheet} row {number}",
                expected=f"up to {MOST_ROWS} rows of {MOST_COLUMNS} cells",
                found=f"{len(cells)} cells",
            )
        taken.append(Row(sheet, number, tuple(map(_cell, cells))))
    if not taken:
        raise Empty(payload, at=sheet, expected="rows", found="a sheet without any")
    return taken


def _cell(value: object) -> Cell:
    """Text as it is; a finite number to the 15 digits of Excel, which stores 75.662 as 75.662000000000006."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        printed = f"{value:.15g}" if isinstance(value, float) else f"{value:d}"
        try:
            return numbers.exact(format(Decimal(printed), "f"))
        except ValueError:
            return printed[:80]
    return str(value)


def _guard(payload: Payload) -> None:
    """Refuse everything that is no sane zip of XML, from the directory and while inflating every member."""
    body = payload.body
    if not body.strip():
        raise Empty(payload, expected="an xlsx workbook", found=f"{len(body)} bytes, all blank")
    if PAGE.match(body):
        raise Blocked(payload, expected="an xlsx workbook", found=f"a web page: {body[:200].decode('latin-1')}")
    if body.startswith(OLD_OFFICE):
        raise WrongDocument(payload, expected="an xlsx workbook", found="an old or password-protected Office file")
    if not body.startswith(b"PK\x03\x04"):
        raise WrongDocument(payload, expected="an xlsx workbook", found=repr(body[:40]))
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = archive.infolist()
            _directory(payload, members)
            for member in members:
                _inflate(payload, archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as broken:
        raise LayoutChanged(payload, expected="a whole zip archive", found=str(broken)) from broken


def _directory(payload: Payload, members: Sequence[zipfile.ZipInfo]) -> None:
    if not 0 < len(members) <= MOST_MEMBERS:
        raise LayoutChanged(payload, expected=f"1 to {MOST_MEMBERS} members", found=f"{len(members)}")
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename
        fault = (
            "a name that leads elsewhere" if BAD_NAME.search(name)
            else "a second member of that name" if name.casefold() in seen
            else "encryption" if member.flag_bits & ENCRYPTED
            else "an unusual compression" if member.compress_type not in METHODS
            else f"{member.file_size} bytes" if member.file_size > LARGEST_MEMBER
            else "a compression ratio of a bomb"
            if member.file_size > RATIO_FROM and member.file_size > HIGHEST_RATIO * member.compress_size
            else ""
        )  # fmt: skip
        if fault:
            raise LayoutChanged(payload, at=name, expected="a plain member of a workbook", found=fault)
        seen.add(name.casefold())
    total = sum(member.file_size for member in members)
    if total > LARGEST_BOOK:
        raise LayoutChanged(payload, expected=f"up to {LARGEST_BOOK} bytes of members", found=f"{total}")


def _inflate(payload: Payload, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read a member to its end: size and checksum as stated, and no DTD in it."""
    is_xml = member.filename.casefold().endswith((".xml", ".rels", ".vml"))
    count, tail = 0, b""
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            count += len(chunk)
            if count > member.file_size:
                raise LayoutChanged(payload, at=member.filename, expected=f"{member.file_size} bytes", found="more")
            window = tail + chunk
            if is_xml and any(mark in window for mark in DECLARATIONS):
                raise LayoutChanged(
                    payload, at=member.filename, expected="XML without a document type", found="a DOCTYPE"
                )
            tail = window[-LONGEST_WORD:]
    if count != member.file_size:
        raise LayoutChanged(payload, at=member.filename, expected=f"{member.file_size} bytes", found=f"{count}")


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a CSV file, by column name; `number` as a spreadsheet shows it: the header is row 1."""

    number: int
    fields: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The field of a column, without blanks around it."""
        return self.fields[column]


def records(payload: Payload, columns: Sequence[str]) -> Iterator[Record]:
    """The rows of a comma-separated UTF-8 file whose header holds `columns`, in any order, and maybe others.

    Raises:
        Empty: nothing but blanks, or a header alone.
        Blocked: a web page in place of the file.
        LayoutChanged: another charset or header, a row of another length, a stray quote.
    """
    if not payload.body.strip():
        raise Empty(payload, expected="a CSV file", found=f"{len(payload.body)} bytes, all blank")
    if PAGE.match(payload.body):
        raise Blocked(payload, expected="a CSV file", found=f"a web page: {payload.body[:200].decode('latin-1')}")
    text = xml.decode(payload, expected="a CSV file")
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    number = 0
    try:
        for fields in lines:
            if not fields:
                continue
            number += 1
            if not header:
                header = _header(payload, fields, columns)
                continue
            if len(fields) != len(header):
                raise LayoutChanged(
                    payload, at=f"row {number}", expected=f"{len(header)} fields", found=f"{len(fields)}"
                )
            if max(map(len, fields)) > LONGEST_FIELD:
                raise LayoutChanged(payload, at=f"row {number}", expected="short fields", found="a very long one")
            yield Record(number, {k: v.strip() for k, v in zip(header, fields, strict=True)})
    except csv.Error as broken:
        raise LayoutChanged(payload, at=f"row {number + 1}", expected="CSV", found=str(broken)) from broken
    if number < FIRST_DATA_ROW:
        raise Empty(payload, expected="rows under the header", found="a header alone")


def _header(payload: Payload, fields: Sequence[str], columns: Sequence[str]) -> list[str]:
    names = [name.strip() for name in fields]
    odd = [name for name in columns if names.count(name) != 1]
    if odd or len(set(names)) != len(names):
        raise WrongDocument(payload, at="header", expected=f"each of {list(columns)} once", found=names)
    return names
