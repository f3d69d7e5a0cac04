"""What a document looks like, whatever it is: its form, title, headers and row counts, as facts to compare.

For people who look at a document that was held, beside the last good one of its address. Nothing here reads a figure,
and nothing is refused: what can't be taken apart is told by its form and size. Explosive documents are possible, so it
runs where parsers run, in a child with limits.
"""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Final

import openpyxl
from bs4 import BeautifulSoup

from sources.contract import Payload
from sources.errors import LayoutChanged, quoted
from sources.parse import html, pdf, xml

__all__ = ["outline"]

MOST_TABLES: Final = 12
MOST_LINES: Final = 200_000
ROOT: Final = re.compile(r"<([A-Za-z_][\w.-]*(?::[\w.-]+)?)")
SNIFFED: Final = 2048
FORMS: Final = ((b"%PDF-", "PDF"), (b"PK\x03\x04", "workbook"), (b"<?xml", "XML"), (b"{", "JSON"), (b"[", "JSON"))


def outline(payload: Payload) -> dict[str, str]:
    """The facts of a document by name, in the order of the document; all are text made safe for one line.

    Always there: `form` (HTML, XML, JSON, CSV, workbook, PDF, text, empty, other) and `bytes`. Where the form has
    them: `title`, and for each table `table N header` and `table N rows`.
    """
    form = _form(payload)
    facts = {"form": form, "bytes": f"{len(payload.body):,}"}
    reader = {"HTML": _page, "XML": _tree, "JSON": _json, "CSV": _lines, "workbook": _sheets, "PDF": _pages}.get(form)
    if reader is not None:
        try:
            facts |= dict(reader(payload))
        except (LayoutChanged, ValueError, KeyError, TypeError, RecursionError, zipfile.BadZipFile, OSError) as error:
            said = error.cause() if isinstance(error, LayoutChanged) else f"{type(error).__name__}: {error}"
            facts["can't be taken apart"] = said
    return {name: quoted(fact) for name, fact in facts.items()}


def _form(payload: Payload) -> str:
    head = payload.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:SNIFFED]
    if not head:
        return "empty"
    lower = head.lower()
    if b"<html" in lower or b"<!doctype html" in lower:
        return "HTML"
    for mark, form in FORMS:
        if head.startswith(mark):
            return form
    if head.startswith(b"<"):
        return "XML"
    if b"\0" in head:
        return "other"
    first = head.partition(b"\n")[0]
    return "CSV" if first.count(b",") + first.count(b";") + first.count(b"\t") else "text"


def _text(payload: Payload) -> str:
    """The text, by the strict rules where they hold, else with marks where a character was lost."""
    try:
        return html.decode(payload)
    except LayoutChanged:
        return payload.body.decode("utf-8", errors="replace")


def _page(payload: Payload) -> Iterator[tuple[str, str]]:
    soup = BeautifulSoup(_text(payload), "lxml")
    yield "title", html.squeeze(html.raw(soup.title)) if soup.title else ""
    tables = [table for table in soup.find_all("table") if not table.find("table")]
    yield "tables", str(len(tables))
    for number, table in enumerate(tables[:MOST_TABLES], start=1):
        rows = table.find_all("tr")
        cells = rows[0].find_all(["td", "th"]) if rows else []
        yield f"table {number} header", " | ".join(html.squeeze(html.raw(cell)) for cell in cells)
        yield f"table {number} rows", str(len(rows))


def _tree(payload: Payload) -> Iterator[tuple[str, str]]:
    text = _text(payload)
    found = ROOT.search(text[:SNIFFED])
    name = found[1] if found else ""
    yield "root", name
    element = xml.root(payload, name).element
    for tag, count in Counter(child.tag for child in element).items():
        below = next(child for child in element if child.tag == tag)
        names = dict.fromkeys(str(one.tag) for one in below)
        yield f"{tag} header", " | ".join([*(f"@{key}" for key in map(str, below.keys())), *names])
        yield f"{tag} rows", str(count)


def _json(payload: Payload) -> Iterator[tuple[str, str]]:
    said = json.loads(payload.body)
    lists = {"list": said} if isinstance(said, list) else {}
    if isinstance(said, dict):
        yield "keys", " | ".join(map(str, said))
        lists = {str(name): value for name, value in said.items() if isinstance(value, list)}
    for name, rows in list(lists.items())[:MOST_TABLES]:
        first = rows[0] if rows else None
        yield f"{name} header", " | ".join(map(str, first)) if isinstance(first, dict) else type(first).__name__
        yield f"{name} rows", str(len(rows))


def _lines(payload: Payload) -> Iterator[tuple[str, str]]:
    text = _text(payload).lstrip("\ufeff")
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    fields = next(csv.reader(io.StringIO(first), delimiter=mark), [])
    yield "header", " | ".join(fields)
    yield "rows", str(min(text.count("\n"), MOST_LINES))


def _sheets(payload: Payload) -> Iterator[tuple[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(payload.body), read_only=True, data_only=True, keep_links=False)
    for name in book.sheetnames[:MOST_TABLES]:
        rows, header = 0, ""
        for cells in book[name].iter_rows(values_only=True):
            rows += 1
            if not header:
                header = " | ".join(str(cell) for cell in cells if cell is not None)
            if rows >= MOST_LINES:
                break
        yield f"sheet {name} header", header
        yield f"sheet {name} rows", str(rows)


def _pages(payload: Payload) -> Iterator[tuple[str, str]]:
    lines = pdf.document(payload).lines
    yield "first line", lines[0].text
    yield "pages", str(lines[-1].page)
    yield "lines", str(len(lines))
