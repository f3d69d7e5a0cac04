"""The monthly booklet of Rosstat: numbered sections, tables of a title and one row a year.

The booklet is a Word document; conversions of it are tab-separated text. Both come here as the same rows of cells.
A row of a table is `year, annual, I..IV, January..December`, one of its title is the title alone. Note marks are glued
to what they belong to: `1742)` is 174 with note 2, `20152),3)` the year 2015 with notes 2 and 3.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sources.contract import Payload
from sources.errors import Blocked, Empty, LayoutChanged, WrongDocument
from sources.parse import numbers, xml

__all__ = ["COLUMNS", "Line", "Table", "Year", "cell", "figure", "lines", "tables"]

QUARTERS: Final = ("I", "II", "III", "IV")
MONTHS: Final = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
COLUMNS: Final = 17  # annual, four quarters, twelve months
MARKS: Final = r"(?:[1-9]\)[,\s]*)*"
FIGURE: Final = re.compile(rf"([0-9]+?(?:,[0-9]+?)?)\s?{MARKS}")
YEAR: Final = re.compile(rf"((?:19|20)[0-9]{{2}})\s*{MARKS}")
HEADING: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+\.?\s")
NOTE: Final = re.compile(r"_{5,}|[1-9]\)\s")
PAGE: Final = re.compile(rb"\s*<(?:!doctype|html|head|body|script|\?xml)", re.IGNORECASE)
WHAT: Final = "a booklet of Rosstat as tab-separated text"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of cells, and where it is: `line 5378`, `tab4.doc row 77`."""

    place: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The figures of one year as printed: annual, four quarters, twelve months; nothing where there is none."""

    place: str
    year: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A title as printed, with the years under it."""

    place: str
    title: str
    years: tuple[Year, ...]


def lines(payload: Payload) -> list[Line]:
    """The rows of a tab-separated conversion.

    Raises:
        Empty: no text.
        Blocked: a web page in its place.
        WrongDocument: no table of years, quarters and months in it.
        LayoutChanged: another charset; no line end at the end: cut.
    """
    if not payload.body.strip():
        raise Empty(payload, expected=WHAT, found=f"{len(payload.body)} bytes, all blank")
    if PAGE.match(payload.body):
        raise Blocked(payload, expected=WHAT, found=f"a web page: {payload.body[:200].decode('latin-1')}")
    text = xml.decode(payload, expected=WHAT).replace("\r\n", "\n")
    taken = [
        Line(f"line {number}", tuple(map(cell, line.split("\t"))))
        for number, line in enumerate(text.split("\n"), start=1)
    ]
    if not any(map(_is_header, taken)):
        raise WrongDocument(payload, expected=WHAT, found=text[:80])
    if not text.endswith("\n"):
        raise LayoutChanged(payload, at="end of the file", expected="a line end", found=f"{text[-60:]!r}: cut?")
    return taken


def tables(payload: Payload, lines: Sequence[Line], name: re.Pattern[str]) -> list[Table] | None:
    """The tables of the section whose numbered heading holds `name`; None where the booklet has no such section.

    Raises:
        LayoutChanged: the section twice or not followed by another, other columns, years out of turn, a row of another
            length.
    """
    headings = [n for n, line in enumerate(lines) if HEADING.match(line.cells[0])]
    begins = [n for n in headings if name.search(lines[n].cells[0].casefold())]
    if not begins:
        return None
    if len(begins) > 1:
        raise LayoutChanged(payload, at=lines[begins[1]].place, expected="the section once", found="it a second time")
    begin = begins[0]
    ends = [n for n in headings if n > begin]
    if not ends:
        raise LayoutChanged(
            payload,
            at=lines[-1].place,
            expected="another section after this one",
            found="the end of the document: cut?",
        )
    header = next((n for n in range(begin, -1, -1) if _is_header(lines[n])), None)
    if header is None:
        raise LayoutChanged(payload, at=lines[begin].place, expected="a header of columns above it", found="none")
    for n in (header, *(n for n in range(begin, ends[0]) if _is_header(lines[n]))):
        _check_header(payload, lines[n], lines[n + 1])
    return list(_tables(payload, lines[begin + 1 : ends[0]]))


def _is_header(line: Line) -> bool:
    words = [said.casefold() for said in line.cells if said]
    return len(words) > 1 and words[0].startswith("год") and words[1].startswith("квартал")


def _check_header(payload: Payload, above: Line, below: Line) -> None:
    """Columns are what the header says, or nothing is read: an order of columns is never assumed."""
    months = [said.casefold() for said in above.cells if said][2:]
    quarters = tuple(filter(None, below.cells))
    said = len(months) == len(MONTHS) and all(map(str.startswith, months, MONTHS))
    if not said or quarters != QUARTERS:
        raise LayoutChanged(
            payload,
            at=above.place,
            expected="year, quarters I to IV, January to December",
            found=" ".join([*months, *quarters]),
        )


def _tables(payload: Payload, lines: Sequence[Line]) -> Iterator[Table]:
    title: Line | None = None
    years: list[Year] = []
    for line in lines:
        words = list(filter(None, line.cells))
        if not words or _is_header(line) or tuple(words) == QUARTERS or NOTE.match(line.cells[0]):
            continue
        if said := YEAR.fullmatch(line.cells[0]):
            if title is None:
                raise LayoutChanged(payload, at=line.place, expected="a title above the years", found=line.cells[0])
            years.append(_year(payload, line, int(said[1]), years))
            continue
        if len(words) > 1 or not line.cells[0]:
            raise LayoutChanged(payload, at=line.place, expected="a title, or a year and its figures", found=words)
        if title is not None:
            yield Table(title.place, title.cells[0], tuple(years))
        title, years = line, []
    if title is not None:
        yield Table(title.place, title.cells[0], tuple(years))


def _year(payload: Payload, line: Line, year: int, before: Sequence[Year]) -> Year:
    cells = line.cells[1:]
    if len(cells) != COLUMNS:
        raise LayoutChanged(
            payload, at=line.place, expected=f"a year and {COLUMNS} columns", found=f"{len(line.cells)} cells"
        )
    if before and year != before[-1].year + 1:
        raise LayoutChanged(payload, at=line.place, expected=f"{before[-1].year + 1}", found=line.cells[0])
    return Year(line.place, year, cells)


def cell(text: str) -> str:
    """A cell without control characters and with single blanks; `174²` stays as it is, and is no 1742."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in text).split())


def figure(text: str) -> Decimal:
    """The number that a cell prints, without its note marks, digits as printed.

    Raises:
        ValueError: another form: a decimal point, a blank between digits, a dash, a mark of two digits.
    """
    said = FIGURE.fullmatch(text)
    if said is None:
        raise ValueError(f"not a number with a decimal comma: {text[:60]!r}")
    return numbers.exact(said[1], mark=",")
