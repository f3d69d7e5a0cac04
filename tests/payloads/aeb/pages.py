"""Pages and PDFs in the layout of the Association of European Businesses, with sentences of our own.

Figures are those that the press printed of its releases (tass.com/economy/1546433 and vedomosti.ru 953956 for November
2022; tass.com/economy/1938461 for March 2025; avtovzglyad.ru of 4 August 2023; rosbalt.ru 4955588 for July 2022). Only
brands with such evidence are in the table, so it says that its rows do not add up; where a test needs rows that do, it
makes a TOTAL of its own. The PDFs are written here, by hand, as a word processor would: text with places, no more.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

Table = Mapping[str, Sequence[str]]
Run = tuple[float, float, float, str]  # left, bottom, size, text

BRANDS: Final[Table] = {
    "LADA*": ("21,726", "", "-18%", "164,636", "", "-49%"),
    "Haval": ("4,552", "", "-7%", "29,023", "", "-17%"),
    "GAZ LCV": ("4,224", "", "-22%", "33,500", "", "-33%"),
    "FAW": ("199", "", "23%", "", "", ""),
    "DFM": ("156", "", "123%", "", "", ""),
    "Mitsubishi": ("13", "3,023", "", "", "", ""),
    "Lexus": ("2", "908", "", "", "", ""),
    "TOTAL": ("46,403", "", "-61.6%", "548,877", "", "-60.9%"),
}
NO_SUM: Final = "Brands that disclose nothing are left out: these rows do not add up to TOTAL."
TITLE: Final = "SALES OF NEW CARS AND LCV IN RUSSIA BY BRANDS FOR NOVEMBER / JANUARY-NOVEMBER"
MONTH, SINCE_JANUARY = "November", "January-November"
COLUMNS: Final = (220.0, 270.0, 315.0, 375.0, 430.0, 480.0)


# --- PDF ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Writing:
    """How the text of a PDF is put on its page: in one block or cell by cell, whole words or torn runs, packed."""

    apart: bool = False
    torn: bool = False
    moved: bool = False
    packed: bool = False
    made: str = ""


def drawn(runs: Sequence[Run], how: Writing) -> bytes:
    """A content stream that shows the runs at their places."""
    shown: list[str] = []
    pieces = [piece for run in runs for piece in (_torn(run) if how.torn else [run])]
    x = y = 0.0
    for left, bottom, size, text in pieces:
        said = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        place = f"{left - x:.2f} {bottom - y:.2f} Td" if how.moved else f"1 0 0 1 {left:.2f} {bottom:.2f} Tm"
        x, y = (left, bottom) if how.moved else (0.0, 0.0)
        line = f"/F1 {size:g} Tf {place} ({said}) Tj"
        shown.append(f"q BT {line} ET Q" if how.apart else line)
    block = "\n".join(shown)
    return (block if how.apart else f"BT\n{block}\nET").encode("latin-1")


def _torn(run: Run) -> list[Run]:
    """A run in two, as word processors leave it behind after a correction."""
    left, bottom, size, text = run
    half = len(text) // 2
    return (
        [run]
        if half == 0
        else [(left, bottom, size, text[:half]), (left + width(text[:half], size), *run[1:3], text[half:])]
    )


# Of Helvetica, in thousandths of its size: what a reader of the PDF goes by as well.
WIDTHS: Final = {**dict.fromkeys("0123456789", 556), ",": 278, ".": 278, "%": 889, "-": 333, " ": 278, "*": 389}


def width(text: str, size: float) -> float:
    """How wide a text is in points; letters beside digits count 0.6 of the size."""
    return sum(WIDTHS.get(letter, 600) for letter in text) * size / 1000


def document(streams: Sequence[bytes], how: Writing | None = None, *, pictures: bool = False) -> bytes:
    """A PDF with a page for each content stream."""
    how = how or Writing()
    pages = range(len(streams))
    widths = " ".join(str(WIDTHS.get(chr(n), 600)) for n in range(32, 127))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in pages)}] /Count {len(streams)} >>".encode(),
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 126 "
        f"/Widths [{widths}] >>".encode(),
        f"<< /Title (Sales) {f'/CreationDate ({how.made})' if how.made else ''} >>".encode(),
    ]
    for n, stream in enumerate(streams):
        font = "" if pictures else "/Font << /F1 3 0 R >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {font} >> "
            f"/Contents {6 + 2 * n} 0 R >>".encode()
        )
        body = zlib.compress(stream) if how.packed else stream
        packing = "/Filter /FlateDecode " if how.packed else ""
        objects.append(f"<< {packing}/Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream")
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for n, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{n} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def table_runs(
    rows: Table = BRANDS,
    *,
    title: str = TITLE,
    heads: Sequence[str] = ("2022", "2021", "YoY", "2022", "2021", "YoY"),
    spans: Sequence[str] = (MONTH, SINCE_JANUARY),
    note: str = NO_SUM,
    ytd_first: bool = False,
    to_the_right: bool = True,
) -> list[Run]:
    """Where everything of a page stands: cover lines, title, head, rows to TOTAL, notes, address."""
    if ytd_first:
        rows = {name: (*cells[3:], *cells[:3]) for name, cells in rows.items()}
        spans = tuple(reversed(spans))
    runs: list[Run] = [
        (60, 800, 8, "ASSOCIATION OF EUROPEAN BUSINESSES"), (60, 786, 8, "PRESS RELEASE"), (60, 752, 10, title)
    ]  # fmt: skip
    for n, span in enumerate(spans):
        middle = (COLUMNS[3 * n] + COLUMNS[min(3 * n + 2, len(heads) - 1)]) / 2
        runs.append((middle - width(span, 9) / 2, 736, 9, span))
    lines = [("BRAND", heads), *rows.items()]
    for n, (name, cells) in enumerate(lines):
        bottom = 722.0 - 14 * n
        runs.append((60, bottom, 9, name))
        for middle, cell in zip(COLUMNS, cells, strict=False):
            left = middle + 14 - width(cell, 9) if to_the_right else middle - 14
            if cell:
                runs.append((left, bottom, 9, cell))
    below = 722.0 - 14 * len(lines) - 12
    runs.append((60, below, 7, "* with light commercial vehicles"))
    runs.append((60, below - 10, 7, note or "All makers are shown."))
    runs.append((60, 40, 7, "Krasnoproletarskaya str., Moscow www.aebrus.ru 2022"))
    return runs


def brands(rows: Table = BRANDS, how: Writing | None = None, **layout: object) -> bytes:
    """The PDF of a month, by brands; `layout` as in `table_runs`."""
    return document([drawn(table_runs(rows, **layout), how or Writing())], how)  # type: ignore[arg-type]


def pictures() -> bytes:
    """A PDF whose pages hold no text."""
    return document([b"q 500 0 0 700 40 40 cm Q"], pictures=True)


# --- pages --------------------------------------------------------------------------------------------------------


def page(title: str, day: str, *paragraphs: str, table: Sequence[Sequence[str]] = ()) -> bytes:
    """A release as a page."""
    rows = "".join(
        "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>"
        for tag, row in (("td" if n else "th", row) for n, row in enumerate(table))
    )
    said = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title></head><body>
<nav><a href="/en/">Home</a><a href="/en/members/">850 members</a></nav>
<div class="news-detail"><span class="news-date-time">{day}</span><h1>{escape(title)}</h1>
{said}{f"<table>{rows}</table>" if rows else ""}</div>
<aside><p>Conference of 2024: 1,000 guests.</p></aside></body></html>
""".encode()


MARCH_2025: Final = (
    "Sales of cars and light commercial vehicles in March 2025",
    "03.04.2025",
    "AMC members sold 82,656 new cars and LCVs in March 2025. By PPC there were 83,095, down 45% year on year.",
    "In three months of 2025 PPC counts 254,069 vehicles, down 26% year on year.",
)
JULY_2022: Final = (
    "Sales of cars and light commercial vehicles in July 2022",
    "04.08.2022",
    "Sales of new cars and LCVs fell by 74.9% to 32,412 units in July 2022.",
    "AVTOVAZ sold 10,323 in July and 85,037 since January.",
)
JULY_2023: Final = (
    ("Basis", "July 2023", "Change, units", "YoY"),
    ("AMC members, cars and LCV", "52,832", "20,419", "+63%"),
    ("PPC, passenger cars", "100,343", "59,340", "+144.7%"),
)


def march() -> bytes:
    """March 2025: two counts of one month in sentences."""
    return page(*MARCH_2025)


def july_2022() -> bytes:
    """July 2022: the one count there was then, and AVTOVAZ for LADA."""
    return page(*JULY_2022)


def july_2023(table: Sequence[Sequence[str]] = JULY_2023) -> bytes:
    """July 2023: two counts of two scopes in a table."""
    return page("Sales of cars in July 2023", "04.08.2023", "Both ways of counting are given.", table=table)


LISTED: Final = (
    ("/upload/iblock/a11/eng_sales-march-2025.pdf", "ENG Sales of cars and light commercial vehicles in March 2025"),
    ("/upload/iblock/a12/rus_sales-march-2025.pdf", "RUS Продажи легковых и LCV в марте 2025"),
    ("/upload/iblock/b11/eng_sales-may-2024.pdf", "ENG Sales of cars and light commercial vehicles in May 2024"),
    ("/upload/iblock/b12/rus_sales-may-2024.pdf", "RUS Продажи легковых и LCV в мае 2024"),
    (
        "/upload/iblock/7c4/eng_sales-november-2022.pdf",
        "ENG Sales of cars and light commercial vehicles in November 2022",
    ),
)


def listing(anchors: Sequence[tuple[str, str]] = LISTED, further: Sequence[int] = (2,)) -> bytes:
    """The list of releases, with the numbers of its further pages."""
    items = "".join(f'<li><a href="{href}">{escape(text)}</a></li>\n' for href, text in anchors)
    pages = "".join(f'<a href="?PAGEN_1={n}">{n}</a>' for n in further)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Sales of cars</title></head><body>
<a href="/en/">Home</a><ul class="pdf-list">{items}</ul>{pages}</body></html>
""".encode()


def samples() -> Mapping[str, bytes]:
    """A good document of each layout."""
    return {
        "brands": brands(),
        "brands, year to date first": brands(ytd_first=True, how=Writing(apart=True, packed=True)),
        "two counts in sentences": march(),
        "two counts in a table": july_2023(),
        "one count": july_2022(),
    }
