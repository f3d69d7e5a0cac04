"""Recorded pages of the five publishers: each figure that comes out is one that the page says, and few are missed."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from bs4 import BeautifulSoup

from sources.parse.prose import MARKET, Figure, Language, Subject, Topic, figures

pytestmark = pytest.mark.recorded
SHARED: Final = Path(__file__).parents[3].parent / "shared"
PAGES: Final = SHARED / "recorded" / "carmakers"
TRUTH: Final = SHARED / "facts" / "carmakers_truth.csv"
SOURCES: Final = ("lada", "autostat", "aeb", "kamaz", "cpca")
NO_PROSE: Final = re.compile(r"antibot|index|themes|list\.html|empty|rss\.html|rss-|403|layout|csjd|\.pdf|\.txt")
BESIDE: Final = (
    "aside, table, nav, script, h1, .side, p.src, .Article-date, .Article-rubric, .info, .date, .news-date-time"
)
RECALL: Final = 0.98

# Rows whose value stands in a table of its page, not in a sentence: by page, what begins the measure, and where.
IN_TABLES: Final = (
    ("www.autostat.ru/news/61402.html", ("brand_", "lada_sales"), ()),
    ("www.cpcaauto.com/newslist-3720.html", ("cn_",), ()),
    ("aebrus.ru/car-sales-july-2023.html", ("ru_",), ()),
    ("www.cpcaauto.com/newslist-4120.html", ("cn_",), ("MX", "BR", "SA", "BE", "AU", "PH", "KZ")),
    ("www.cpcaauto.com/newslist-4120.html", ("cn_",), ("AE:A", "GB:A")),
    ("www.cpcaauto.com/newslist-3988.gb18030.html", ("cn_vehicle_exports_units ",), ()),
    ("www.cpcaauto.com/newslist-3988.gb18030.html", ("cn_",), ("MX", "AE", "BE", "GB", "KZ")),
)
# Figures that the pages print in sentences and the list of facts leaves out; read off the pages by hand.
ALSO_PRINTED: Final = frozenset(
    {
        ("117640-jun2024-production", "model granta output yoy YTD 2024-06", "37.4"),
        ("117640-jun2024-production", "model vesta output yoy YTD 2024-06", "250.0"),
        ("117640-jun2024-production", "model niva output yoy YTD 2024-06", "49"),
        ("115870", "brand lada sales yoy M 2023-05", "300"),
        ("60890", "market sales mom M 2025-08", "1"),
        ("60990", "market sales yoy YTD 2025-09", "-22"),
        ("61140", "brand xcite sales none M 2025-10", "1700"),
        ("61230", "market sales none M 2025-11", "4000"),
        ("18111", "brand haval sales yoy M 2024-04", "110.0"),
        ("19025", "market output yoy YTD 2020-08", "-30.1"),
        ("19025", "market output yoy M 2020-08", "-30"),
        ("19025", "market output none YTD 2020-08", "76900"),
        ("19025", "market output yoy YTD 2020-08", "-19"),
        ("19025", "market output yoy M 2020-08", "-4.2"),
        ("car-sales-july-2022", "market sales none YTD 2022-07", "368900"),
        ("car-sales-july-2022", "market sales yoy YTD 2022-07", "-60.5"),
        ("car-sales-july-2022", "group avtovaz sales yoy M 2022-07", "-68"),
        ("car-sales-july-2022", "group avtovaz sales yoy YTD 2022-07", "-63"),
        ("car-sales-september-2023", "market sales yoy M 2023-09", "63568"),
        ("car-sales-september-2023", "market sales yoy YTD 2023-09", "42.8"),
        ("car-sales-september-2023", "market sales yoy YTD 2023-09", "26.1"),
        ("kamaz_polnaya_nedelya", "market sales yoy YTD 2025-09", "-56"),
        ("newslist-3720", "market exports yoy YTD 2025-02", "-50"),
        ("newslist-3988.gb18030", "market exports none YTD 2025-09", "357000"),  # cut off, not rounded, from 357,708
        ("newslist-3988.gb18030", "market exports yoy YTD 2025-09", "-491000"),
        ("newslist-3988.gb18030", "market exports yoy YTD 2025-09", "21"),
        ("newslist-4120", "market exports yoy M 2025-12", "73"),
        ("newslist-4120", "market exports mom M 2025-12", "23"),
        ("newslist-4120", "market exports yoy A 2025", "70"),
    }
)


@dataclass(frozen=True)
class Page:
    """A recorded page: where it stands, its sentences, and what its source says of all of them."""

    file: str
    text: str
    language: Language
    published: date
    topic: Topic


def _topic(source: str, title: str) -> Topic:
    if source == "cpca":
        return Topic(subject=MARKET, measure="exports", geography="W0", title=title)
    makers = {"lada": Subject("brand", "lada"), "kamaz": Subject("brand", "kamaz")}
    return Topic(subject=makers.get(source, MARKET), measure="sales", title=title)


def _day(printed: str) -> date:
    """The day in whatever form the page has it."""
    if found := re.search(r"(\d{2})\.(\d{2})\.(\d{4}|\d{2})", printed):
        return date(int(found[3]) % 100 + 2000, int(found[2]), int(found[1]))
    if found := re.search(r"(\d{4})-(\d{2})-(\d{2})", printed):
        return date(int(found[1]), int(found[2]), int(found[3]))
    months = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
    found = re.search(r"(\d{1,2}) ([а-я]{3})\w* (\d{4})", printed)
    assert found, printed
    return date(int(found[3]), months.index(found[2]) + 1, int(found[1]))


def _html(source: str, file: str) -> Page:
    raw = (PAGES / file).read_bytes().decode("gb18030" if "gb18030" in file else "utf-8")
    language: Language = "zh" if source == "cpca" else "en" if source == "aeb" or file.startswith("eng.") else "ru"
    if found := re.search(r'__NEXT_DATA__" type="application/json">(.*?)</script>', raw):
        release = json.loads(found[1])["props"]["pageProps"]["initialState"]["pressReleases"]["release"]
        soup, title, day = BeautifulSoup(release["detailText"], "html.parser"), release["name"], release["created"]
    else:
        soup = BeautifulSoup(raw, "html.parser")
        heading = soup.h1
        assert heading is not None
        title = heading.get_text()
        day = " ".join(tag.get_text() for tag in soup.select(".Article-date, .info, .date, .news-date-time, p.src"))
    for tag in soup.select(BESIDE):
        tag.extract()
    for tag in soup.find_all("br"):
        tag.replace_with("\n")
    body = soup.select_one(".detail-text")
    text = body.get_text() if body else "\n".join(tag.get_text() for tag in soup.find_all("p"))
    return Page(file, text, language, _day(day), _topic(source, title))


def _feed(file: str) -> Iterator[Page]:
    for item in BeautifulSoup((PAGES / file).read_bytes(), "xml").find_all("item"):
        parts = {name: item.find(name).get_text() for name in ("title", "description", "pubDate")}
        published = parsedate_to_datetime(parts["pubDate"]).date()
        yield Page(file, parts["description"], "ru", published, _topic("kamaz", parts["title"]))


@cache
def pages(source: str) -> tuple[Page, ...]:
    """The recorded pages of a source that have sentences.

    Raises:
        Skipped: nothing is recorded.
    """
    if not PAGES.is_dir():
        pytest.skip(f"no recorded pages in {PAGES}")
    out: list[Page] = []
    for line in (PAGES / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["source"] != source or NO_PROSE.search(entry["file"]):
            continue
        out += _feed(entry["file"]) if entry["file"].endswith(".xml") else [_html(source, entry["file"])]
    return tuple(out)


@cache
def facts() -> tuple[dict[str, str], ...]:
    """The list of true figures."""
    with TRUTH.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _names(figure: Figure) -> set[str]:
    """The measures of the list of facts that a figure can be, without the name behind the colon."""
    change = {"none": "", "yoy": "_yoy", "mom": "_mom", "other": "_other"}[figure.comparison]
    kind, name = figure.subject.kind, figure.subject.name
    if figure.measure == "share":
        return {f"{name}_share", f"{kind}_share:{name}", f"{name}_brand_share"}
    word = {"sales": "sales", "output": "production", "exports": "export"}.get(figure.measure, figure.measure)
    if kind == "market":
        named = {
            "sales": ["ru_car_market", "ru_hcv_market", "ru_mcv_market", "ru_truck_market"],
            "output": ["cars_output", "trucks_output"],
            "exports": ["cn_vehicle_exports", "cn_nev_exports"],
        }
        return {f"{one}_units{change}" for one in named.get(figure.measure, [])}
    maker = {"avtovaz": "lada"}.get(name, name)
    return {
        f"{name}_{word}_units{change}", f"{maker}_{word}_units{change}", f"{kind}_{word}_units{change}:{name}",
        f"{name}_brand_{word}_units{change}",
    }  # fmt: skip


def _period(figure: Figure) -> str:
    start, end = figure.period.start, figure.period.end
    if figure.period.freq == "D":
        return f"{end} (as of)"
    return f"{start:%Y-%m}..{end:%Y-%m}" if figure.period.freq == "YTD" else figure.period.label


def agrees(figure: Figure, fact: dict[str, str]) -> bool:
    """Is the figure that fact: its measure, its period, its place, its value within both roundings?"""
    if fact["measure"] not in _names(figure) or fact["period"] != _period(figure):
        return False
    if figure.measure == "exports" and fact["geo"] != figure.geography:
        return False
    if ("nev" in fact["measure"]) != ("nev" in figure.scope):
        return False
    return abs(Decimal(fact["value"]) - figure.value) <= Decimal(fact["tolerance"]) + figure.precision


def _printed(page: Page, figure: Figure) -> bool:
    subject = f"{figure.subject.kind} {figure.subject.name}".strip()
    what = f"{subject} {figure.measure} {figure.comparison} {figure.period.freq} {figure.period.label}"
    return (page.file.rsplit("/", 1)[1].removesuffix(".html"), what, str(figure.value)) in ALSO_PRINTED


def _found(page: Page) -> tuple[Figure, ...]:
    return figures(page.text, language=page.language, published=page.published, topic=page.topic).figures


def _in_table(fact: dict[str, str]) -> bool:
    return any(
        fact["where"] == page
        and f"{fact['measure']} ".startswith(measures)
        and (not places or fact["geo"] in places or f"{fact['geo']}:{fact['freq']}" in places)
        for page, measures, places in IN_TABLES
    )


@pytest.mark.parametrize("source", SOURCES)
def test_no_figure_is_wrong(source: str) -> None:
    """Whatever comes out of a recorded page is a published fact, or was read off that page by hand."""
    wrong = [
        f"{page.file}: {figure}"
        for page in pages(source)
        for figure in _found(page)
        if not any(agrees(figure, fact) for fact in facts()) and not _printed(page, figure)
    ]

    assert not wrong


def _wanted(source: str) -> list[dict[str, str]]:
    files = {page.file for page in pages(source)}
    return [fact for fact in facts() if fact["where"] in files and not _in_table(fact)]


def test_nearly_all_figures_are_found() -> None:
    """Of the true figures that stand in sentences at least 98 in 100 are found, over all five publishers."""
    wanted = {source: _wanted(source) for source in SOURCES}
    found: dict[str, list[Figure]] = {page.file: [] for source in SOURCES for page in pages(source)}
    for source in SOURCES:
        for page in pages(source):
            found[page.file] += _found(page)
    missed = [
        f"{fact['where']}: {fact['measure']} {fact['period']} {fact['value']}"
        for facts_of in wanted.values()
        for fact in facts_of
        if not any(agrees(figure, fact) for figure in found[fact["where"]])
    ]
    asked = sum(map(len, wanted.values()))

    assert asked >= 100
    assert len(missed) <= (1 - RECALL) * asked, missed
