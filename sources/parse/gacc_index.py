"""Indexes of China Customs (GACC): from a year's page, or the Chinese list, to the documents it leads to.

Addresses of documents hold a UUID and can't be guessed: the only way to a month is the index of its year. One
address has many states (`preliminary.html` is the current year's), so an index is asked for every time.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, Literal
from urllib.parse import urljoin, urlsplit

from bs4.element import Tag

from sources.contract import Payload, Request, Window
from sources.errors import LayoutChanged
from sources.parse import gacc, html, periods

__all__ = ["Express", "IndexRow", "Wanted", "YearIndex", "express_list", "links", "plan", "year_index"]

HOST: Final = "english.customs.gov.cn"
REPORTS: Final = f"http://{HOST}/statics/report/"  # https is reset by the site
FIRST_YEAR: Final = 2018
FEBRUARY: Final = 2
DECEMBER: Final = 12
FIRST_RELEASE: Final = 3  # January comes out with February, in March: till then a new year's index may be blank


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A line of a year's index: its title, and the address of each published month."""

    title: str
    months: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class YearIndex:
    """A year's index as the page itself dates it."""

    year: int
    rows: tuple[IndexRow, ...]


def year_index(payload: Payload) -> YearIndex:
    """The table `Title | Month` of `preliminary*.html` or `monthly*.html`.

    The year is that of the `<select>`: its selected option, else its first. Hrefs are unquoted, some have one
    slash (`http:/statics/...`); an unpublished month is a `<span>`; links that lead elsewhere are left out.

    Raises:
        LayoutChanged: no such table or select, a row without the twelve months, an unknown month.
    """
    soup = html.document(payload)
    year = _selected_year(payload, soup.select("select"))
    tables = [t for t in soup.select("table") if _heads(t) == ["title", "month"]]
    if len(tables) != 1:
        raise LayoutChanged(payload, at="table", expected="one table Title | Month", found=len(tables))
    rows = []
    for n, line in enumerate(tables[0].select("tr")[1:], start=2):
        cells = line.find_all("td", recursive=False)
        if len(cells) != 2:  # noqa: PLR2004 (Title, Month)
            raise LayoutChanged(payload, at=f"row {n}", expected="a title and its months", found=len(cells))
        title = html.squeeze(html.raw(cells[0]))
        rows.append(IndexRow(title, MappingProxyType(_months(payload, f"row {n} {title!r}", cells[1]))))
    return YearIndex(year, tuple(rows))


def _heads(table: Tag) -> list[str]:
    first = table.find("tr")
    return [html.squeeze(html.raw(c)).casefold() for c in first.find_all(["td", "th"])] if first else []


def _selected_year(payload: Payload, selects: Sequence[Tag]) -> int:
    for select in selects:
        options = select.select("option")
        years = [str(o.get("value", "")).strip() for o in options]
        if options and all(re.fullmatch(r"20[0-9]{2}", y) for y in years):
            chosen = [y for y, o in zip(years, options, strict=True) if o.has_attr("selected")]
            return int(chosen[0] if chosen else years[0])
    raise LayoutChanged(payload, at="select", expected="the years", found=f"{len(selects)} selects without")


def _months(payload: Payload, at: str, cell: Tag) -> dict[int, str]:
    seen: set[int] = set()
    found: dict[int, str] = {}
    for element in cell.select("a, span"):
        label = html.squeeze(html.raw(element))
        try:
            month = periods.month_number(label)
        except ValueError as error:
            raise LayoutChanged(payload, at=at, expected="months", found=label) from error
        if month in seen:
            raise LayoutChanged(payload, at=at, expected="each month once", found=label)
        seen.add(month)
        address = _address(payload, str(element.get("href", "")))
        if element.name == "a" and address:
            found[month] = address
    if len(seen) != DECEMBER:
        raise LayoutChanged(payload, at=at, expected="twelve months", found=len(seen))
    return found


def _address(payload: Payload, href: str) -> str:
    """The absolute address where it is on the site over plain http, else an empty string."""
    one_slash = re.sub(r"^http:/(?!/)", "/", href.strip())
    whole = urljoin(payload.url or REPORTS, one_slash)
    parts = urlsplit(whole)
    return whole if (parts.scheme, parts.hostname) == ("http", HOST) and parts.path not in {"", "/"} else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to ask for of one index row: the run of documents it belongs to, and how."""

    group: str
    role: Literal["data", "keep"]
    recheck: timedelta


def plan(window: Window, report: str) -> Iterator[Request]:
    """The indexes of a window: tonight's year (in January and February also the last); else each year's.

    The page without a year in its name is the current year's.
    """
    now = window.now
    if window.nightly:
        years = [now.year, now.year - 1] if now.month <= FEBRUARY else [now.year]
    else:
        years = [y for y in window.years() if FIRST_YEAR <= y <= now.year]
    for year in years:
        name = f"{report}.html" if year == now.year else f"{report}{year}.html"
        yield Request(f"{REPORTS}{name}", role="index")


def links(
    payload: Payload, window: Window, wanted: Callable[[str], Wanted | None], expected: Sequence[str]
) -> Iterator[Request]:
    """The documents that an index leads to, newest month first.

    A nightly window takes all that is linked, others the months they touch; February's page speaks of January
    too where January has none of its own. An index without a single link is a fault, but for the first months
    of the current year, before anything is published.

    Raises:
        LayoutChanged: a row of `expected` groups is missing, or nothing is linked.
    """
    index = year_index(payload)
    rows = [(row, want) for row in index.rows if (want := wanted(row.title)) is not None]
    missing = sorted(set(expected) - {want.group for _, want in rows})
    if missing:
        raise LayoutChanged(payload, at="titles", expected=f"rows {', '.join(missing)}", found="none")
    if not any(row.months for row in index.rows):
        if index.year == window.now.year and window.now.month <= FIRST_RELEASE:
            return
        raise LayoutChanged(payload, at="months", expected="links to published months", found="none")
    for month in range(DECEMBER, 0, -1):
        for row, want in rows:
            if month not in row.months:
                continue
            touched = window.touches(index.year, month) or (
                month == FEBRUARY and 1 not in row.months and window.touches(index.year, 1)
            )
            if window.nightly or touched:
                yield Request(
                    row.months[month],
                    role=want.role,
                    period=f"{index.year}-{month:02d}",
                    title=row.title,
                    group=want.group,
                    recheck=want.recheck,
                )


@dataclass(frozen=True, slots=True)
class Express:
    """A line of the Chinese list of releases."""

    title: str
    url: str
    published: date
    says: gacc.Title


def express_list(payload: Payload) -> tuple[Express, ...]:
    """The list of the Chinese edition (`tjs.customs.gov.cn`), newest first.

    Since 2026 the articles hold no table; the list says on which day a release came out.

    Raises:
        LayoutChanged: no line, or one without title, address and day.
    """
    found = []
    for n, line in enumerate(html.document(payload).select("ul.news_list > li"), start=1):
        anchor, day = line.find("a"), line.find("span")
        href = str(anchor.get("href", "")) if isinstance(anchor, Tag) else ""
        if not isinstance(anchor, Tag) or not isinstance(day, Tag) or not href:
            raise LayoutChanged(payload, at=f"line {n}", expected="a link and a day", found=html.raw(line))
        title = html.squeeze(str(anchor.get("title", "")) or html.raw(anchor))
        try:
            published = periods.day(html.squeeze(html.raw(day)))
        except ValueError as error:
            raise LayoutChanged(payload, at=f"line {n}", expected="a day", found=html.raw(day)) from error
        found.append(Express(title, urljoin(payload.url, href), published, gacc.read_title(title)))
    if not found:
        raise LayoutChanged(payload, at="ul.news_list", expected="releases", found="none")
    return tuple(found)
