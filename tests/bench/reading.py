"""Part e: reading each format to observations, against the bare parser on the same bytes.

The bare parser does no more than to build what it builds and to touch each text in it: no layout, units, periods or
numbers are known to it. Each pair runs in a process of its own, in turn, after a warm-up of both.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from tests.bench import core
from tests.bench.core import Figure, Sizes, Told, say

__all__ = ["FORMATS", "measured"]

FETCHED: Final = datetime(2026, 12, 1, 2, 30, tzinfo=UTC)
RECORDS: Final = 5_000
PROMISED: Final = 1.5


def _html() -> tuple[str, bytes]:
    from tests.origin import bulletin

    return "gacc_bulletin", bulletin.page(bulletin.MONTHS[-1])


def _bare_html(body: bytes) -> int:
    from lxml import html

    return sum(len(cell.text_content()) for cell in html.document_fromstring(body).iter("td", "th"))


def _xlsx() -> tuple[str, bytes]:
    from tests.payloads.worldbank_pinksheet import pages

    months = {
        f"{year}M{month:02d}": tuple(10.0 + year % 7 + month + n for n in range(8))
        for year in range(1960, 2026)
        for month in range(1, 13)
    }
    return "worldbank_pinksheet", pages.workbook(months, updated="Updated on January 05, 2026")


def _bare_xlsx(body: bytes) -> int:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    return sum(
        cell is not None for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row
    )


def _records() -> list[dict[str, Any]]:
    from tests.bench.made import partners
    from tests.payloads.comtrade.pages import record

    areas = partners()
    return [
        record(
            period="202401",
            refYear=2024,
            refMonth=1,
            partnerCode=areas[n % len(areas)][0],
            cmdCode=str(840001 + n // len(areas)),
            primaryValue=float(10_000 + 7_919 * n),
            netWgt=float(9_000 + 104_729 * n),
            flowCode="M",
        )
        for n in range(RECORDS)
    ]


def _json() -> tuple[str, bytes]:
    from tests.payloads.comtrade.pages import answer

    return "comtrade", answer(_records())


def _bare_json(body: bytes) -> int:
    return len(json.loads(body)["data"])


def _csv() -> tuple[str, bytes]:
    from tests.payloads.comtrade_csv.pages import table

    return "comtrade_csv", table(_records())


def _bare_csv(body: bytes) -> int:
    return sum(len(fields) for fields in csv.reader(io.StringIO(body.decode())))


def _xml() -> tuple[str, bytes]:
    from tests.payloads.cbr_fx import pages

    days = [date(2016, 1, 1) + timedelta(days=n) for n in range(3_000)]
    rates = [pages.Rate(day, "1", f"{60 + n % 40},{n % 10_000:04d}") for n, day in enumerate(days)]
    return "cbr_fx", pages.dynamic(rates, first=days[0], last=days[-1])


def _bare_xml(body: bytes) -> int:
    from lxml import etree

    return sum(len(element.text or "") for element in etree.fromstring(body).iter())


def _items() -> list[Any]:
    from tests.payloads.news.pages import Item

    return [
        Item(
            title=f"Trade of China and Russia grew again, number {n}",
            link=f"https://outlet.example/2026/11/{n}",
            date=f"{1 + n % 28:02d} Nov 2026 10:00:00 +0300",
            summary=f"Customs said that exports rose by {n % 90} percent.",
        )
        for n in range(200)
    ]


def _rss() -> tuple[str, bytes]:
    from tests.payloads.news.pages import feed

    return "feed", feed(_items())


def _atom() -> tuple[str, bytes]:
    from tests.payloads.news.pages import atom

    return "feed", atom(
        [replace(one, date=f"2026-11-{1 + n % 28:02d}T10:00:00+03:00") for n, one in enumerate(_items())]
    )


def _bare_feed(body: bytes) -> int:
    import feedparser

    return len(feedparser.parse(body).entries)


def _pdf() -> tuple[str, bytes]:
    from tests.payloads.aeb import pages

    return "aeb", pages.brands()


def _bare_pdf(body: bytes) -> int:
    import pypdf

    return sum(len(page.extract_text(extraction_mode="layout")) for page in pypdf.PdfReader(io.BytesIO(body)).pages)


def _article() -> tuple[str, bytes]:
    from tests.bench.articles import made

    return "article", made(3).body


def _bare_article(body: bytes) -> int:
    import trafilatura

    return len(trafilatura.extract(body, include_comments=False) or "")


# name: the document, the bare parser, its name
FORMATS: Final[dict[str, tuple[Callable[[], tuple[str, bytes]], Callable[[bytes], int], str]]] = {
    "HTML table (gacc_bulletin)": (_html, _bare_html, "lxml.html"),
    "XLSX (worldbank_pinksheet)": (_xlsx, _bare_xlsx, "openpyxl"),
    "JSON (comtrade)": (_json, _bare_json, "json.loads"),
    "CSV (comtrade_csv)": (_csv, _bare_csv, "csv.reader"),
    "XML (cbr_fx)": (_xml, _bare_xml, "lxml.etree"),
    "RSS feed": (_rss, _bare_feed, "feedparser"),
    "Atom feed": (_atom, _bare_feed, "feedparser"),
    "PDF (aeb)": (_pdf, _bare_pdf, "pypdf, layout"),
    "article page": (_article, _bare_article, "trafilatura"),
}


def read(name: str, runs: int) -> Told:
    """One format: the seconds of both in turn."""
    from sources import catalogue
    from sources.contract import Payload

    document, bare, _ = FORMATS[name]
    source, body = document()
    if source == "feed":
        source = next(entry.id for entry in catalogue.CATALOGUE.values() if entry.module == "sources.news.feed")
    payload = Payload(
        source, "file:bench", body, hashlib.sha256(body).hexdigest(), FETCHED, role="feed" if "feed" in name else "data"
    )
    parse, rows = catalogue.module(source).parse, 0
    pairs = []
    for _ in range(runs + 2):
        began = time.perf_counter()
        rows = len(list(parse(payload)))
        between = time.perf_counter()
        found = bare(body)
        pairs.append((between - began, time.perf_counter() - between))
        if not rows or not found:
            raise RuntimeError(f"{name}: {rows} rows, {found} by the bare parser")
    return Told(statistics.median(a for a, _ in pairs[2:]), {"pairs": pairs[2:], "rows": rows, "bytes": len(body)})


def measured(sizes: Sizes) -> list[Figure]:
    """All formats."""
    figures = []
    for name, (_, _, parser) in FORMATS.items():
        say(f"e: {name}, against {parser}")
        told = core.child("tests.bench.reading:read", name=name, runs=2 * sizes.runs + 1)
        pairs = told.facts["pairs"]
        figures.append(
            Figure(
                "e",
                f"reading: {name}",
                told.seconds,
                statistics.median(b for _, b in pairs),
                statistics.median(a / b for a, b in pairs),
                PROMISED,
                against=parser,
                pairs=len(pairs),
                ours_mib=told.peak_mib,
                note=f"{told.facts['rows']:,} rows of {told.facts['bytes'] / 1000:,.0f} kB",
            )
        )
        a, b, ratio = (getattr(figures[-1], field) for field in ("ours", "peer", "ratio"))
        say(f"   {1000 * a:.1f} ms against {1000 * b:.1f} ms, ratio {ratio:.2f}")
    return figures
