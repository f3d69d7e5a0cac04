"""What stands around a figure in its document: the row and its headings, the record, or the sentence.

A quotation of at most 600 characters, plain text without control characters, cut out by the figure's locator. Pure:
the same bytes and place give the same words, so that whoever has the bytes can hold a quotation against them.
A place that is told in words alone gives nothing.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from bs4 import BeautifulSoup
from bs4.element import Tag
from openpyxl.utils import column_index_from_string

from sources.contract import Payload
from sources.errors import LayoutChanged
from sources.parse import html, plain, sheets, xml

__all__ = ["LONGEST", "around"]

LONGEST: Final = 600
DEEPEST_HEAD: Final = 6  # rows of a table that can be headings
BESIDE: Final = 3  # cells of a wide worksheet to either side
MOST_ELEMENTS: Final = 2_000
TABLE: Final = re.compile(r"\btable (?P<table>\d{1,4}) row (?P<row>\d{1,6})(?: columns? (?P<column>\d{1,4}))?")
FIGURE: Final = re.compile(r"[-+]?[\d.,' ]{3,}%?|-+")
LABEL: Final = re.compile(r'"(?P<label>[^"]+)"')
SHEET: Final = re.compile(r"^(?P<sheet>[^!]+)!(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})")
RECORD: Final = re.compile(r"^(?P<path>[A-Za-z_]\w*(?:\[\d+\])(?:\.\w+\[\d+\])*)(?:\.(?P<field>\w+))?")
STEP: Final = re.compile(r"\.?(\w+)\[(\d+)\]")
ELEMENT: Final = re.compile(r"^(?P<path>(?:/[A-Za-z_][\w.-]*(?:\[\d+\])?){2,})")
PART: Final = re.compile(r"([A-Za-z_][\w.-]*)(?:\[(\d+)\])?")
SENTENCE: Final = re.compile(r"^(?P<where>.*?)\s*sentence (?P<a>\d+)-(?P<b>\d+)(?: number (?P<c>\d+)-(?P<d>\d+))?")
LINE: Final = re.compile(r"^line (?P<line>\d{1,7})\b")
ROW: Final = re.compile(r"^rows? (?P<row>\d{1,7})\b")
BINARY: Final = (b"%PDF", b"Rar!", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def around(payload: Payload, locator: str) -> str:
    """The surroundings of the figure at a place; empty where the place can't be cut out of the document."""
    for form, cut in FORMS:
        if found := form.search(locator):
            try:
                words = cut(payload, found, locator)
            except (LayoutChanged, LookupError, ValueError, TypeError):
                return ""
            return _bounded(words)
    return ""


def _bounded(words: str) -> str:
    flat = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1]}…"


def _table(payload: Payload, found: re.Match[str], locator: str) -> str:
    """`Column: Exports / 6. Row: Russia | ...`: the headings over the figure and the cells of its row."""
    tables = html.document(payload).find_all("table")
    number, row = int(found["table"]) - 1, int(found["row"])
    column = int(found["column"]) if found["column"] else None
    label = LABEL.search(locator)
    for table in [*tables[number : number + 1], *tables]:
        grid = html.grid(payload, table)
        if row > len(grid):
            continue
        cells = [cell.text for n, cell in enumerate(grid[row - 1]) if cell and cell not in grid[row - 1][:n]]
        if label and not any(_alike(label["label"], text) for text in cells):
            continue
        words = f"Row: {' | '.join(cells)}"
        if column is None:
            return words
        over = [line[column - 1] for line in grid[: min(row - 1, DEEPEST_HEAD)] if column <= len(line)]
        heads = dict.fromkeys(cell.text for cell in over if cell and cell.text and not FIGURE.fullmatch(cell.text))
        return f"Column: {' / '.join(heads)}. {words}" if heads else words
    return ""


def _alike(label: str, text: str) -> bool:
    return re.sub(r"\W", "", label).casefold() == re.sub(r"\W", "", text).casefold()


def _sheet(payload: Payload, found: re.Match[str], _: str) -> str:
    """The headings over the cell, the first cell of its row, and the cells beside it."""
    rows, number = sheets.rows(payload, found["sheet"]), int(found["row"])
    column = column_index_from_string(found["column"]) - 1
    for row in rows:
        if row.number == number:
            above = [line[column] for line in rows if line.number < number]
            heads = [text for text in above if isinstance(text, str)]
            near = [row[n] for n in range(max(1, column - BESIDE), column + BESIDE + 1)]
            cells = " | ".join("" if cell is None else str(cell) for cell in (row[0], *near))
            return f"Column {found['column']}: {' / '.join(map(str, heads[:DEEPEST_HEAD]))}. Row {number}: {cells}"
    return ""


def _record(payload: Payload, found: re.Match[str], _: str) -> str:
    """The record in JSON, the field of the figure first."""
    node: Any = json.loads(payload.body)
    for name, number in STEP.findall(found["path"]):
        node = node[name][int(number)]
    if not isinstance(node, dict):
        return json.dumps(node, ensure_ascii=False)
    field = found["field"]
    first = {field: node[field]} if field in node else {}
    return json.dumps(first | {name: value for name, value in node.items() if value is not None}, ensure_ascii=False)


def _element(payload: Payload, found: re.Match[str], _: str) -> str:
    """The element that holds the figure, with its attributes."""
    parts = PART.findall(found["path"])
    node = xml.root(payload, parts[0][0])
    for name, number in parts[1:-1]:
        node = list(node.children(name))[int(number or 1) - 1]
    inner = "; ".join(f"{child.tag!s}: {(child.text or '').strip()}" for child in node.element.iterchildren("*"))
    facts = "; ".join(f"{name!s}: {value!s}" for name, value in node.element.items())
    return "; ".join(filter(None, (facts, inner)))


def _text(payload: Payload) -> str:
    if payload.body.startswith(BINARY):
        return ""
    for charset in ("utf-8-sig", "gb18030", "cp1251"):
        try:
            return payload.body.decode(charset)
        except UnicodeDecodeError:
            continue
    return ""


def _row(payload: Payload, found: re.Match[str], _: str) -> str:
    """The row of a CSV under its header: `flow: X; value: 1`."""
    lines = [fields for fields in csv.reader(io.StringIO(_text(payload), newline="")) if fields]
    header, fields = lines[0], lines[int(found["row"]) - 1]
    if len(fields) != len(header):
        return " | ".join(fields)
    return "; ".join(f"{name.strip()}: {field.strip()}" for name, field in zip(header, fields, strict=True) if field)


def _line(payload: Payload, found: re.Match[str], _: str) -> str:
    return re.sub(r"\t", " | ", _text(payload).splitlines()[int(found["line"]) - 1])


def _sentence(payload: Payload, found: re.Match[str], _: str) -> str:
    """The sentence at these offsets of the text of that part of a page which has a number there."""
    start, end = int(found["a"]), int(found["b"])
    first, last = (int(found["c"]), int(found["d"])) if found["c"] else (start, end)
    for text in _texts(payload, found["where"]):
        sentence, number = text[start:end], text[first:last]
        before, after = text[first - 1 : first], text[last : last + 1]
        whole = not (before.isdigit() or after.isdigit())
        if len(sentence) == end - start and re.search(r"\d", number) and whole and sentence == sentence.strip():
            return sentence
    return ""


def _texts(payload: Payload, where: str) -> Iterator[str]:
    """The texts of a page that a place can speak of: fields of embedded data by that name, then its elements."""
    markup = html.decode(payload)
    soup = BeautifulSoup(markup, "lxml")
    for script in soup.find_all("script", id="__NEXT_DATA__"):
        waiting: list[Any] = [json.loads(script.get_text())]
        while waiting:
            node = waiting.pop()
            if isinstance(node, dict):
                named = where.rsplit(" ", maxsplit=1)[-1] if where else ""
                if isinstance(node.get(named), str):
                    yield plain.text(node[named])
                waiting.extend(reversed(node.values()))
            elif isinstance(node, list):
                waiting.extend(reversed(node))
    yield plain.text(markup)
    for element in soup.find_all(True, limit=MOST_ELEMENTS):
        marked = isinstance(element, Tag) and (element.has_attr("class") or element.has_attr("id"))
        if marked and element.name not in plain.BESIDE:
            yield plain.text_of(element)


FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[Payload, re.Match[str], str], str]], ...]] = (
    (TABLE, _table),
    (SHEET, _sheet),
    (RECORD, _record),
    (ELEMENT, _element),
    (SENTENCE, _sentence),
    (LINE, _line),
    (ROW, _row),
)
