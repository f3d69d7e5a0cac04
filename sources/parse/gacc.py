"""Pages of China Customs (GACC): what its two publications have in common, in English and in Chinese.

A page has a frame (title, date, one table) and a table with a title row, a `Unit:` row, two header rows, data
rows and notes. The Chinese editions print the same tables: their articles before 2026 hold them as text, may leave
the currency out of the title and the title out of the table, and say the minute of publication. Everything is
found by its text: columns by header, rows by name, the unit by its line. What the title, the heading, the first
row, the unit and the request say must agree. A header whose numbers lag the title by exactly one month is a known
slip (June 2025 (5) kept May's header over June's figures): the title wins, and each locator then
says so.
"""

import enum
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

from bs4 import BeautifulSoup
from bs4.element import Tag

from sources.contract import Doubt, Flow, Freq, Observation, Payload, Row
from sources.errors import Contradiction, LayoutChanged, Unreadable, WrongDocument
from sources.parse import countries, html, numbers, periods, units
from sources.parse.html import Cell, Grid
from sources.parse.periods import Span

__all__ = ["Column", "Page", "Title", "by_country", "cell_at", "commodities", "page", "read_title"]

FEBRUARY: Final = 2
DECEMBER: Final = 12

# --- titles ---------------------------------------------------------------------------------------

# By description, not by number: the 2020 release of January and February calls (4) "(3)".
KINDS: Final = (
    ("15", re.compile(r"\bexports by selected countr.*\bhs divisions?")),
    ("16", re.compile(r"\bimports by selected countr.*\bhs divisions?")),
    ("2", re.compile(r"^imports and exports by countr(?:y|ies)\b")),
    ("4", re.compile(r"\b(?:export and import values?|value of imports and exports) by (?:major )?country")),
    ("5", re.compile(r"\bmajor exports by quantity and value")),
    ("6", re.compile(r"\bmajor imports by quantity and value")),
    # `主要` is the preliminary release's; in tables by commodity it is the bulletin's, which isn't read here.
    ("4", re.compile(r"进出口商品主要国别\(地区\)总值表")),
    ("2", re.compile(r"进出口商品国别\(地区\)总值表")),
    ("5", re.compile(r"出口重点商品量值表")),
    ("6", re.compile(r"进口重点商品量值表")),
)
NUMBER: Final = re.compile(r"^\(\d{1,2}\)\s*")
CURRENCY: Final = re.compile(r"\((?:only [a-z]+\.?,? )?(?:in )?(cny|rmb|usd|人民币值?|美元值?)\)")
CURRENCIES: Final = MappingProxyType({"cny": "CNY", "rmb": "CNY", "usd": "USD", "人": "CNY", "美": "USD"})
NAME: Final = r"(?:[a-z]{3,9}\.?|\d{1,2})"
MONTHS: Final = re.compile(
    rf"(?:\b{NAME}(?: ?(?:[-–—~]|to) ?{NAME})?(?:,? ?| ?[./] ?)\d{{4}}"
    r"|\d{4}年 ?\d{1,2}(?: ?月? ?[至到~—–-] ?\d{1,2})? ?月)"
)


@dataclass(frozen=True, slots=True)
class Title:
    """What a title says: the table's number by its description, the months, the currency; None is unsaid."""

    kind: str | None
    span: Span | None
    currency: str | None


def read_title(text: str) -> Title:
    """Read `(4) ..., Mar 2026 (in CNY)`, `（2）...,6.2026`, `（5）2026年7月...（美元值）`; RMB is CNY."""
    folded = NUMBER.sub("", html.squeeze(text).casefold()).replace("&", "and")
    kind = next((number for number, form in KINDS if form.search(folded)), None)
    money = CURRENCY.search(folded)
    currency = CURRENCIES[money[1] if money[1].isascii() else money[1][0]] if money else None
    span = None
    for found in MONTHS.finditer(folded):
        try:
            span = periods.span(found[0].strip())
        except ValueError:
            continue  # `region 2026` has the form and is no month
    return Title(kind, span, currency)


# --- the frame of a table's page ------------------------------------------------------------------

HEADER_ROWS: Final = 2
UNIT_SOUGHT: Final = 5
UNIT: Final = re.compile(r"^\(?(?:value )?(?:unit|(?:金额)?单位)", re.IGNORECASE)
NOTE: Final = re.compile(r"^(?:notes?|remarks?|source|注|备注|说明)", re.IGNORECASE)
US_DAY: Final = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
BY_HAND: Final = (
    "The figures are in a workbook: save the workbook by hand; the English edition has the same table as text"
)
WORKBOOK: Final = 'a[href*=".xls" i]'


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures, by its header; months as the title dates them, `label` as printed.

    `running`: the header names a range from January. `note` says how the header differs from the title.
    """

    place: int
    what: Literal["value", "quantity"]
    percent: bool
    flow: Flow | None
    year: int
    last: int
    running: bool
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that agrees with itself: its table, what it is about, its unit, and its columns of figures."""

    payload: Payload
    kind: str
    year: int
    month: int
    unit: units.Unit
    published: date | datetime | None
    columns: tuple[Column, ...]
    rows: tuple[Sequence[Cell], ...]


def page(payload: Payload, kinds: Sequence[str]) -> Page:
    """Read the frame and the headers of a page that must be one of `kinds`.

    Raises:
        Unreadable: a picture or an office viewer in place of the table.
        Contradiction: title, heading, first row, unit, header and request don't agree.
        LayoutChanged: anything else that isn't known, with its row and column.
    """
    soup = html.document(payload)
    if _is_chinese(soup):
        title, grid, published = _chinese_frame(payload, soup, kinds)
    else:
        title, grid, published = _english_frame(payload, soup, kinds)
    top, unit = _unit(payload, grid, title.currency)
    read = Page(
        payload=payload,
        kind=title.kind or "",
        year=title.span.year if title.span else 0,
        month=title.span.last if title.span else 0,
        unit=unit,
        published=published,
        columns=(),
        rows=_data(payload, grid, top + HEADER_ROWS),
    )
    _as_asked(read)
    return replace(read, columns=_columns(read, grid, top))


def _english_frame(
    payload: Payload, soup: BeautifulSoup, kinds: Sequence[str]
) -> tuple[Title, Grid, date | datetime | None]:
    if next(html.classed(soup, "atcl-ttl"), None) is None:
        named = html.squeeze(html.raw(soup.title)) if soup.title else "a page without a title"
        raise WrongDocument(payload, at=".atcl-ttl", expected=f"a table of {' or '.join(kinds)}", found=named)
    heading = html.one(payload, soup, ".atcl-ttl")
    content = html.one(payload, soup, ".atcl-cnt")
    tables = content.find_all("table")
    if not tables and content.select_one("img"):
        raise Unreadable(payload, at=".atcl-cnt", expected="a table", found="a picture of one")
    if len(tables) != 1:
        raise LayoutChanged(payload, at=".atcl-cnt", expected="exactly one table", found=len(tables))
    grid = html.grid(payload, tables[0])
    others = [html.raw(soup.title) if soup.title else "", grid[0][0].raw if grid[0][0] else ""]
    title = _agreed(payload, ".atcl-ttl", html.raw(heading), others, kinds)
    return title, grid, _published(payload, list(html.classed(soup, "atcl-date")))


CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
TABLE_TITLE: Final = re.compile(r"(?:总值|量值)表")
OUT_SINCE: Final = re.compile(r"发布(?:时间|日期) ?: ?([0-9][0-9年月日:/. -]*)")
MINUTE: Final = re.compile(r"(.*?)日?[ T]([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?")
BEIJING: Final = timezone(timedelta(hours=8), "Asia/Shanghai")  # without summer time since 1992


def _is_chinese(soup: BeautifulSoup) -> bool:
    """Is this an article of the Chinese site? Its frames differ, so what tells it is that it isn't the English one."""
    english = next(html.classed(soup, "atcl-ttl", "atcl-cnt"), None)
    return english is None and any(CHINESE.search(t) for t in _named(soup).values())


def _named(soup: BeautifulSoup) -> dict[str, str]:
    """What names an article: its first heading that names a table, `ArticleTitle`, `<title>`, best first."""
    headings = [html.squeeze(html.raw(h)) for h in soup.select("h1, h2, h3")]
    meta = soup.select_one('meta[name="ArticleTitle" i]')
    return {
        "heading": next((text for text in headings if TABLE_TITLE.search(text)), ""),
        "ArticleTitle": html.squeeze(str(meta.get("content", ""))) if meta else "",
        "<title>": html.squeeze(html.raw(soup.title)) if soup.title else "",
    }


def _chinese_frame(
    payload: Payload, soup: BeautifulSoup, kinds: Sequence[str]
) -> tuple[Title, Grid, date | datetime | None]:
    named = _named(soup)
    at, text = next(((at, t) for at, t in named.items() if TABLE_TITLE.search(t)), ("<title>", named["<title>"]))
    if read_title(text).kind not in kinds:
        raise WrongDocument(payload, at=at, expected=f"a table of {' or '.join(kinds)}", found=text)
    grid = _chinese_table(payload, soup)
    above = [cell.text for row in grid[:UNIT_SOUGHT] for cell in row if cell is not None]
    others = [t for t in (*named.values(), *dict.fromkeys(above)) if TABLE_TITLE.search(t)]
    return _agreed(payload, at, text, others, kinds), grid, _out_since(payload, soup)


def _chinese_table(payload: Payload, soup: BeautifulSoup) -> Grid:
    """The one table with the column of names among its first rows; tables around it only place it on the page.

    Raises:
        Unreadable: an office viewer or a link to a workbook in its place.
        LayoutChanged: none, or several.
    """
    found = []
    for table in soup.select("table"):
        if not table.select("tr td, tr th"):
            continue
        grid = html.grid(payload, table)
        first = [row[0] for row in grid[: UNIT_SOUGHT + HEADER_ROWS] if row[0] is not None]
        if any(NAMES.fullmatch(_compact(cell.raw)) for cell in first):
            found.append(grid)
    if len(found) == 1:
        return found[0]
    if not found:
        for selector, instead in (('iframe[src*="office" i]', "an office viewer"), (WORKBOOK, "a link to a workbook")):
            if soup.select_one(selector):
                raise Unreadable(payload, at="article", expected="a table", found=instead, advice=BY_HAND)
    raise LayoutChanged(payload, at="article", expected="exactly one table by 国别(地区) or 商品名称", found=len(found))


def _out_since(payload: Payload, soup: BeautifulSoup) -> date | datetime | None:
    """The minute of `发布时间` (Beijing time), else the day of `PubDate`; None where the article gives neither."""
    said = [found.strip() for found in OUT_SINCE.findall(html.squeeze(html.raw(soup)))]
    said += [html.squeeze(str(meta.get("content", ""))) for meta in soup.select('meta[name="PubDate" i]')]
    instants = [_instant(payload, text) for text in said if text]
    days = {when.date() if isinstance(when, datetime) else when for when in instants}
    if len(days) > 1:
        raise Contradiction(payload, at="发布时间", expected=said[0], found=said[-1])
    return next((when for when in instants if isinstance(when, datetime)), instants[0] if instants else None)


def _instant(payload: Payload, text: str) -> date | datetime:
    try:
        if (found := MINUTE.fullmatch(text)) is None:
            return periods.day(text)
        day = periods.day(f"{found[1]}日" if "年" in found[1] else found[1])
        return datetime(day.year, day.month, day.day, int(found[2]), int(found[3]), tzinfo=BEIJING)
    except ValueError as error:
        raise LayoutChanged(payload, at="发布时间", expected="a day or a minute", found=text) from error


def _agreed(payload: Payload, at: str, heading: str, others: Sequence[str], kinds: Sequence[str]) -> Title:
    """What the titles of a page say together; one may leave something out, none may differ."""
    said = html.squeeze(heading)
    whole = read_title(said)
    if whole.kind not in kinds:
        raise WrongDocument(payload, at=at, expected=f"a table of {' or '.join(kinds)}", found=said)
    for text in map(html.squeeze, others):
        if not text or UNIT.search(text):
            continue
        title = read_title(text)
        for mine, other in (
            (whole.kind, title.kind or ""),
            (whole.span, title.span),
            (whole.currency, title.currency),
        ):
            if mine is not None and other is not None and mine != other:
                raise Contradiction(payload, at="titles", expected=said, found=text)
        whole = Title(whole.kind, whole.span or title.span, whole.currency or title.currency)
    if whole.span is None or whole.span.first not in {1, whole.span.last}:
        raise LayoutChanged(payload, at="title", expected="a month and a year", found=said)
    return whole


def _unit(payload: Payload, grid: Grid, currency: str | None) -> tuple[int, units.Unit]:
    """The index of the first header row, and the unit of value above it."""
    for r, row in enumerate(grid[:UNIT_SOUGHT]):
        for cell in row:
            if cell is None or not UNIT.search(cell.text):
                continue
            at = f"row {cell.row} column {cell.column}"
            try:
                unit = units.money(cell.text)
            except ValueError as error:
                raise LayoutChanged(
                    payload, at=at, expected="Unit: a currency with its scale", found=cell.text
                ) from error
            if currency not in {None, unit.code}:
                raise Contradiction(payload, at=at, expected=f"{currency}, as in the title", found=cell.text)
            return r + 1, unit
    first = " / ".join(cell.text for row in grid[:3] for cell in row[:1] if cell)
    raise LayoutChanged(payload, at=f"rows 1-{UNIT_SOUGHT}", expected="a row Unit:", found=first)


def _as_asked(page: Page) -> None:
    month = f"{page.year}-{page.month:02d}"
    if page.payload.period not in {"", month, f"{page.year}-01/{month}"}:
        raise Contradiction(page.payload, at="title", expected=f"{page.payload.period}, as asked", found=month)
    group = f"{page.kind} {page.unit.code}"
    if page.payload.group not in {"", group}:
        raise Contradiction(page.payload, at="title", expected=f"{page.payload.group}, as asked", found=group)


def _published(payload: Payload, dates: Sequence[Tag]) -> date | None:
    """The day the page gives for itself; None where it gives none.

    Pages of 2018 and 2019 write the month first: `06/10/2019` is on the page of May 2019, out on 10 June.
    """
    text = html.squeeze(html.raw(dates[0])) if dates else ""
    if not text:
        return None
    try:
        if found := US_DAY.fullmatch(text):
            return periods.day(f"{found[3]}-{found[1]}-{found[2]}")
        return periods.day(text)
    except ValueError as error:
        raise LayoutChanged(payload, at=".atcl-date", expected="a day", found=text) from error


def _data(payload: Payload, grid: Grid, start: int) -> tuple[Sequence[Cell], ...]:
    """The data rows: every cell there, none spanning. Notes are rows that span the table, after the data."""
    rows: list[Sequence[Cell]] = []
    ended = False
    for r, row in enumerate(grid[start:], start=start + 1):
        cells = [cell for cell in row if cell is not None]
        note = bool(cells) and NOTE.search(cells[0].text) and not any(c.text for c in cells if c is not cells[0])
        if cells and rows and (note or cells[0].width == len(row)):
            if not ended and not NOTE.search(cells[0].text):
                raise LayoutChanged(payload, at=f"row {r}", expected="a note", found=cells[0].text)
            ended = True
            continue
        if ended or not any(cell.text for cell in cells):
            if any(cell.text for cell in cells):
                raise LayoutChanged(payload, at=f"row {r}", expected="nothing after the notes", found=cells[0].text)
            ended = True
            continue
        for c, cell in enumerate(row, start=1):
            if cell is None or (cell.row, cell.column, cell.width, cell.height) != (r, c, 1, 1):
                name = cells[0].text
                raise LayoutChanged(
                    payload,
                    at=f'row {r} "{name}" column {c}',
                    expected="one cell",
                    found="none or a spanning one",
                )
        if not cells[0].text:
            raise LayoutChanged(payload, at=f"row {r} column 1", expected="a name", found="a blank cell")
        rows.append(cells)
    if not rows:
        raise LayoutChanged(payload, at=f"row {start + 1}", expected="rows of figures", found="none")
    return tuple(rows)


# --- headers --------------------------------------------------------------------------------------

FLOWS: Final[Mapping[str, Flow]] = MappingProxyType({
    "total": "T", "exportandimport": "T", "importandexport": "T", "exportsandimports": "T",
    "importsandexports": "T",
    "export": "X", "exports": "X", "import": "M", "imports": "M",
    "进出口": "T", "进出口总值": "T", "进出口总额": "T", "出口": "X", "进口": "M",
})  # fmt: skip
NAMES: Final = re.compile(
    r"importsource(?:exportdestination)?|exportdestination|countr(?:y|ies)(?:/region|\(regions?\))?|commodit(?:y|ies)"
    r"|进口原产国(?:\(地区?\))?(?:[/、]?出口最终目的国(?:\(地区?\))?)?|出口最终目的国(?:\(地区?\))?"
    r"|国别(?:\(地区\))?|国家\(地区\)|商品名称|商品"
)
UNIT_HEADERS: Final = frozenset({
    "quantityunit", "qtyunit", "unitofquantity", "unit", "计量单位", "数量单位", "单位",
})  # fmt: skip
WHATS: Final[Mapping[str, Literal["value", "quantity"]]] = MappingProxyType({
    "quantity": "quantity", "value": "value", "数量": "quantity", "金额": "value",
})  # fmt: skip
MONTH: Final = "|".join([
    *(rf"{name}\.?" for name in periods.ENGLISH),
    *(rf"{name[:3]}\.?" for name in periods.ENGLISH),
    r"sept\.?", "1[0-2]", "0?[1-9]",
])  # fmt: skip
RANGE: Final = (
    rf"(?P<first>{MONTH})(?P<range>(?:-to-|-to|to-|to|-|–|—|~|至)(?P<last>{MONTH}))?月?,?(?:in)?(?:total)?,?"
    r"(?P<year>(?:19|20)[0-9]{2})?,?(?:in)?(?:total)?"
)
LABEL: Final = re.compile(RANGE)
CHANGE: Final = re.compile(
    rf"(?:{RANGE},?)?(?:year-?on-?year|percentagechange|growthrate)(?:change)?\(?(?:±|\+-|\+/-)?%?\)?"
)
# `7`, `7月`, `1至7`, `1至7月累计`, `2023年1至7月累计`, `去年同期累计`.
CHINESE_RANGE: Final = (
    r"(?:(?P<year>(?:19|20)[0-9]{2})年|(?P<before>[去上]年))?"
    r"(?P<first>1[0-2]|0?[1-9])月?(?P<range>[至到~—–-](?P<last>1[0-2]|0?[1-9])月?)?"
)
CHINESE_LABEL: Final = re.compile(rf"{CHINESE_RANGE}(?(range)(?:累计)?)|(?P<same>[去上]年同期累计)")
# Without `累计` it is the change of the month alone, which is the figure since January only in January.
CHINESE_CHANGE: Final = re.compile(
    rf"(?:{CHINESE_RANGE})?(?P<sum>累计)?(?:比[去上]年同期(?:增减|增长)?|同比(?:增减|增长)?)\(?(?:±|\+-|\+/-)?%?\)?"
)
LAST_YEAR: Final = -1


def _compact(text: str) -> str:
    return "".join(html.squeeze(text).casefold().split()).replace("&", "and")


@dataclass(frozen=True, slots=True)
class _Header:
    """A header before it is dated: `last` is the month its label names, None where it names none."""

    place: int
    what: Literal["value", "quantity"]
    percent: bool
    flow: Flow | None
    last: int | None
    running: bool
    year: int | None
    at: str
    label: str


def _label(found: re.Match[str]) -> tuple[int | None, bool, int | None]:
    """(last month, is it a range from January, year) of a matched label."""
    if not found["first"]:
        return None, True, None
    first = _month(found["first"])
    last = _month(found["last"]) if found["range"] else first
    if found["range"] and first != 1:
        return 0, True, None  # a range from another month agrees with no title
    return last, bool(found["range"]), int(found["year"]) if found["year"] else None


def _chinese_label(found: re.Match[str]) -> tuple[int | None, bool, int | None]:
    """As `_label`; the year is `LAST_YEAR` where the header says `去年`."""
    groups = found.groupdict()
    if groups.get("same"):
        return None, True, LAST_YEAR
    if not groups["first"]:
        return (None, True, None) if groups["sum"] else (1, False, None)
    last, running = int(groups["last"] or groups["first"]), bool(groups["range"])
    if running and int(groups["first"]) != 1:
        return 0, True, None
    year = LAST_YEAR if groups["before"] else int(groups["year"]) if groups["year"] else None
    if "sum" in groups and not running:
        return (last if last == 1 else 0), False, year
    return last, running, year


def _month(text: str) -> int:
    return int(text) if text[0].isdigit() else periods.month_number(text)


Forms = tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int | None, bool, int | None]]], ...]
LABELS: Final[Forms] = ((LABEL, _label), (CHINESE_LABEL, _chinese_label))
CHANGES: Final[Forms] = ((CHANGE, _label), (CHINESE_CHANGE, _chinese_label))


def _dated(text: str, forms: Forms) -> tuple[int | None, bool, int | None] | None:
    """(last month, is it a range from January, year) of a header in either language; None where it is no such one."""
    return next((read(found) for form, read in forms if (found := form.fullmatch(text))), None)


def _headers(payload: Payload, grid: Grid, top: int, *, commodities: bool) -> list[_Header]:
    if len(grid) < top + HEADER_ROWS:
        raise LayoutChanged(payload, at=f"row {top + 1}", expected="two header rows", found="the end")
    headers = []
    for c, (upper, lower) in enumerate(zip(grid[top], grid[top + 1], strict=True)):
        at = f"rows {top + 1}-{top + HEADER_ROWS} column {c + 1}"
        if upper is None or lower is None:
            raise LayoutChanged(payload, at=at, expected="a header", found="no cell")
        above, below = _compact(upper.raw), _compact(lower.raw)
        label = upper.text if upper is lower else f"{upper.text} {lower.text}"
        if c == 0:
            if not (NAMES.fullmatch(above) and NAMES.fullmatch(below)):
                raise LayoutChanged(payload, at=at, expected="the column of names", found=label)
        elif commodities and c == 1:
            if above not in UNIT_HEADERS or below not in UNIT_HEADERS:
                raise LayoutChanged(payload, at=at, expected="Quantity Unit", found=label)
        else:
            header = (_commodity_header if commodities else _country_header)(c, above, below, at, label)
            if header is None:
                raise LayoutChanged(payload, at=at, expected="a known header", found=label)
            headers.append(header)
    return headers


def _country_header(c: int, above: str, below: str, at: str, label: str) -> _Header | None:
    for flow, text, forms, percent in (
        (FLOWS.get(above), below, LABELS, False),
        (FLOWS.get(below), above, CHANGES, True),
    ):
        if flow and (dated := _dated(text, forms)):
            last, running, year = dated
            return _Header(
                c, "value", percent=percent, flow=flow, last=last, running=running, year=year, at=at, label=label
            )
    return None


def _commodity_header(c: int, above: str, below: str, at: str, label: str) -> _Header | None:
    if (what := WHATS.get(below)) is None:
        return None
    for forms, percent in ((LABELS, False), (CHANGES, True)):
        if dated := _dated(above, forms):
            last, running, year = dated
            return _Header(
                c, what, percent=percent, flow=None, last=last, running=running, year=year, at=at, label=label
            )
    return None


def _columns(page: Page, grid: Grid, top: int) -> tuple[Column, ...]:
    """The columns of figures, dated by the title.

    Raises:
        Contradiction: a header with another month; all of them one month behind is the known slip.
    """
    headers = [
        replace(h, year=page.year - 1) if h.year == LAST_YEAR else h
        for h in _headers(page.payload, grid, top, commodities=page.kind in {"5", "6"})
    ]
    before = page.month - 1 if page.month > FEBRUARY else None
    lags = {h.last for h in headers if not h.percent and h.last is not None} == {before}
    columns = []
    for h in headers:
        if h.year not in {None, page.year} and not h.percent and not h.running and page.month > 1:
            raise LayoutChanged(page.payload, at=h.at, expected="last year's figures since January", found=h.label)
        slip = h.last is not None and h.last == before
        if h.last not in {None, page.month} and not (slip and (lags or h.percent)):
            expected = f"month {page.month} in every header, as in the title"
            raise Contradiction(page.payload, at=h.at, expected=expected, found=h.label)
        year = page.year if h.percent or h.year is None else h.year
        note = f"(header says {h.last or before})" if slip or lags else ""
        columns.append(Column(h.place, h.what, h.percent, h.flow, year, page.month, h.running, h.label, note))
    _whole(page, columns, f"rows {top + 1}-{top + HEADER_ROWS}")
    return tuple(columns)


def _whole(page: Page, columns: Sequence[Column], at: str) -> None:
    """Every flow (or quantity and value) has the same columns, once each, one of them of this year."""
    shapes: dict[tuple[str, str | None], list[tuple[bool, int, bool]]] = {}
    for c in columns:
        shapes.setdefault((c.what, c.flow), []).append((c.percent, c.year, c.running))
    kinds = {flow for _, flow in shapes}
    complete = kinds == {"T", "X", "M"} or (kinds == {None} and len(shapes) == HEADER_ROWS)
    first = next(iter(shapes.values()), [])
    if (
        not complete
        or any(shape != first for shape in shapes.values())
        or len(set(first)) != len(first)
        or not any(percent for percent, _, _ in first)
        or not any(not percent and of == page.year for percent, of, _ in first)
    ):
        found = ", ".join(c.label for c in columns)
        expected = "the same months for each kind of figure"
        raise LayoutChanged(page.payload, at=at, expected=expected, found=found)


# --- figures --------------------------------------------------------------------------------------


class Mark(enum.Enum):
    """A cell without a number: `-` (none), and `####` (a number too wide for its column)."""

    NIL = "-"
    LOST = "####"


DASHES: Final = frozenset({"-", "—", "–", "－"})
LOST: Final = re.compile(r"#{2,}")
PERCENT: Final = units.Unit("percent", Decimal(1))
# A price beyond this (USD for one base unit) says that the printed unit of quantity is wrong by orders:
# aluminium in `Ton` (2025; the pages of 2026 restate it in `10,000 Tons`), footwear in `10,000 Pairs` at 50,000.
DEAREST: Final = MappingProxyType({"t": 1_000_000, "pairs": 10_000})
YUAN_PER_DOLLAR: Final = 10  # roughly, upwards: the limit is one of orders
PRECIOUS: Final = re.compile(r"precious|gold|silver|platinum|diamond|jewel")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in base units; None where it is missing."""

    value: Decimal | None
    precision: Decimal
    locator: str


def _at(row: Sequence[Cell], column: Column) -> str:
    return f'row {row[0].row} "{row[0].text}" column {column.place + 1} {column.label}'


def _locator(row: Sequence[Cell], column: Column, *, less: Column | None = None) -> str:
    places = f"columns {column.place + 1},{less.place + 1}" if less else f"column {column.place + 1}"
    label = f"{column.label} minus {less.label}" if less else column.label
    name = row[0].text.replace('"', "'")
    return f'table 1 row {row[0].row} {places} "{name}" {label} {column.note}'.rstrip()


LOCATOR: Final = re.compile(r"table 1 row ([0-9]+) columns? ([0-9]+)(?:,([0-9]+))?\b.*", re.DOTALL)


@lru_cache(maxsize=2)  # a page is asked for many of its cells in a row
def _grid(payload: Payload) -> Grid:
    soup = html.document(payload)
    if _is_chinese(soup):
        return _chinese_table(payload, soup)
    return html.grid(payload, html.one(payload, html.one(payload, soup, ".atcl-cnt"), "table"))


def cell_at(payload: Payload, locator: str) -> str:
    """What stands in the page where a locator points: `4,280.4`, or for a difference `4,280.4 - 1,535.4`.

    Raises:
        LayoutChanged: not a locator of this page.
    """
    found = LOCATOR.fullmatch(locator)
    if found is None:
        raise LayoutChanged(payload, at=locator, expected="table 1 row R column C", found=locator)
    grid = _grid(payload)
    cells = []
    for column in filter(None, found.groups()[1:]):
        r, c = int(found[1]), int(column)
        cell = grid[r - 1][c - 1] if 0 < r <= len(grid) and 0 < c <= len(grid[0]) else None
        if cell is None:
            raise LayoutChanged(payload, at=locator, expected="a cell", found="none")
        cells.append(cell.figure)
    return " - ".join(cells)


def _read(page: Page, row: Sequence[Cell], column: Column) -> Decimal | Mark:
    """The number of a cell as printed, or its mark.

    Raises:
        LayoutChanged: blank, or anything else.
    """
    printed = row[column.place].figure
    if printed in DASHES:
        return Mark.NIL
    if LOST.fullmatch(printed):
        return Mark.LOST
    try:
        return numbers.exact(printed, group=",")
    except ValueError as error:
        found = printed or "a blank cell"
        raise LayoutChanged(page.payload, at=_at(row, column), expected="a figure", found=found) from error


def _figure(read: Decimal | Mark, unit: units.Unit, locator: str, *, nil: Decimal | None = None) -> Figure:
    if isinstance(read, Decimal):
        return Figure(read * unit.factor, numbers.half_digit(read) * unit.factor, locator)
    return Figure(nil if read is Mark.NIL else None, Decimal(0), locator)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Series:
    """What all observations of one kind of figure in one row have in common."""

    page: Page
    dataset: str
    status: Literal["A", "P"]
    flow: Flow
    product: str
    partner: countries.Place

    def observe(
        self, figure: Figure, measure: str, unit: str, period: tuple[Freq, date, date], *, later: bool = False
    ) -> Observation:
        freq, start, end = period
        return Observation(
            dataset=self.dataset,
            measure=measure,
            unit=unit,
            freq=freq,
            period_start=start,
            period_end=end,
            value=figure.value,
            locator=figure.locator,
            reporter="CN",
            partner=self.partner.code,
            partner_name=self.partner.name,
            partner_kind=self.partner.kind,
            flow=self.flow,
            product=self.product,
            obs_status=self.status if figure.value is not None else "M",
            published=self.page.published,
            reconstructed=later,
            precision=figure.precision,
        )


def _since_january(year: int, month: int, *, apart: bool) -> Iterator[tuple[Freq, date, date]]:
    """The periods that a cumulative figure answers for.

    January and February count as one month where the page doesn't tell them apart; December is the year's.
    """
    if month == FEBRUARY and not apart:
        yield "M", *periods.year_to_date(year, month)
    yield "YTD", *periods.year_to_date(year, month)
    if month == DECEMBER:
        yield "A", *periods.full_year(year)


def _values(
    series: _Series, figures: Mapping[Column, Figure], row: Sequence[Cell], measure: str, unit: str
) -> Iterator[Observation]:
    """Rows for one kind of figure: its month, its sum since January, and what the two imply together."""
    page = series.page
    year, month = page.year, page.month
    mine = [c for c in figures if c.year == year]
    single = next((c for c in mine if not c.running), None)
    running = next((c for c in mine if c.running), None)
    if single is not None:
        yield series.observe(figures[single], measure, unit, ("M", *periods.month(year, month)))
        if month == 1 and running is None:
            yield series.observe(figures[single], measure, unit, ("YTD", *periods.month(year, 1)))
    if running is not None:
        for period in _since_january(year, month, apart=single is not None):
            yield series.observe(figures[running], measure, unit, period)
    if single is not None and running is not None and month > 1:
        whole, part = figures[running], figures[single]
        if whole.value is not None and part.value is not None:
            rest = Figure(
                whole.value - part.value,
                whole.precision + part.precision,
                _locator(row, running, less=single),
            )
            if month == FEBRUARY:
                yield series.observe(rest, measure, unit, ("M", *periods.month(year, 1)), later=True)
            for period in _since_january(year, month - 1, apart=False):
                yield series.observe(rest, measure, unit, period, later=True)
    for column in (c for c in figures if c.year == year - 1 and figures[c].value is not None):
        for period in _since_january(year - 1, month, apart=True):
            yield series.observe(figures[column], measure, unit, period, later=True)


def _changes(series: _Series, row: Sequence[Cell], columns: Sequence[Column], measure: str) -> Iterator[Observation]:
    """Year on year, percent, of the figure since January; a dash is no row."""
    page = series.page
    for column in columns:
        read = _read(page, row, column)
        if read is not Mark.NIL:
            figure = _figure(read, PERCENT, _locator(row, column))
            yield series.observe(figure, measure, "percent", ("YTD", *periods.year_to_date(page.year, page.month)))


def by_country(page: Page, status: Literal["A", "P"]) -> Iterator[Row]:
    """Table (4), and (2) of the bulletin: trade with each partner, in USD or CNY.

    A dash is nil in the bulletin; in (4) it is nil where the two other flows prove it, else missing. An
    unknown name is a doubt, and its row waits.
    """
    currency = page.unit.code
    for row in page.rows:
        try:
            partner = countries.place(row[0].text)
        except KeyError:
            yield Doubt(
                locator=f"table 1 row {row[0].row} column 1",
                reason="unknown partner name",
                found=row[0].text,
            )
            continue
        read = {c: _read(page, row, c) for c in page.columns if not c.percent}
        nil = {c: status == "A" or _proved_nil(c, read) for c in read}
        for flow in ("T", "X", "M"):
            series = _Series(
                page=page, dataset="by_country", status=status, flow=flow, product="TOTAL", partner=partner
            )
            figures = {
                c: _figure(found, page.unit, _locator(row, c), nil=Decimal(0) if nil[c] else None)
                for c, found in read.items()
                if c.flow == flow
            }
            yield from _values(series, figures, row, "trade_value", currency)
            changes = [c for c in page.columns if c.percent and c.flow == flow]
            yield from _changes(series, row, changes, f"trade_value_yoy_{currency.lower()}")


def _proved_nil(column: Column, read: Mapping[Column, Decimal | Mark]) -> bool:
    """Is a dash in one direction nothing? Then the total is the other direction."""
    others = [found for c, found in read.items() if c.running == column.running and c.flow != column.flow]
    total_or_one, rest = others
    return column.flow != "T" and isinstance(total_or_one, Decimal) and total_or_one == rest


def commodities(page: Page, canonical: Callable[[str], str]) -> Iterator[Row]:
    """Tables (5) exports and (6) imports: quantity and value by commodity, of all partners together.

    Args:
        page: the page.
        canonical: the name of a commodity over the years; raises ValueError for what is no name, KeyError for
            one in Chinese whose English isn't known: its row waits as a doubt.

    Raises:
        LayoutChanged: a unit of quantity that isn't known, a quantity without a unit.
    """
    flow: Flow = "X" if page.kind == "5" else "M"
    currency = page.unit.code
    page, doubts = _restated(page)
    yield from doubts
    for row in page.rows:
        try:
            product = canonical(row[0].text)
        except KeyError:
            yield Doubt(
                locator=f"table 1 row {row[0].row} column 1",
                reason="unknown commodity name",
                found=row[0].text,
            )
            continue
        except ValueError as error:
            at = f"row {row[0].row} column 1"
            raise LayoutChanged(page.payload, at=at, expected="a commodity", found=row[0].text) from error
        series = _Series(
            page=page,
            dataset="major_exports" if flow == "X" else "major_imports",
            status="P",
            flow=flow,
            product=product,
            partner=countries.place("World"),
        )
        unit = _quantity_unit(page, row)
        read = {c: _read(page, row, c) for c in page.columns if not c.percent}
        values = {c: _figure(f, page.unit, _locator(row, c)) for c, f in read.items() if c.what == "value"}
        printed = {c: f for c, f in read.items() if c.what == "quantity"}
        changes = {what: [c for c in page.columns if c.percent and c.what == what] for what in ("quantity", "value")}
        if unit is not None:
            quantities = {c: _figure(f, unit, _locator(row, c)) for c, f in printed.items()}
            if _impossible(product, unit, quantities, values, currency):
                note = "(unit contradicted by the value)"
                quantities = {c: Figure(None, Decimal(0), f"{f.locator} {note}") for c, f in quantities.items()}
            yield from _values(series, quantities, row, "quantity", unit.code)
            yield from _changes(series, row, changes["quantity"], "quantity_yoy")
        else:
            for column in [*printed, *changes["quantity"]]:
                if _read(page, row, column) is not Mark.NIL:
                    raise LayoutChanged(
                        page.payload,
                        at=f'row {row[0].row} "{row[0].text}" column 2',
                        expected="a unit for the quantities beside it",
                        found=row[1].text,
                    )
        yield from _values(series, values, row, "trade_value", currency)
        yield from _changes(series, row, changes["value"], f"trade_value_yoy_{currency.lower()}")


def _quantity_unit(page: Page, row: Sequence[Cell]) -> units.Unit | None:
    if row[1].figure in DASHES:
        return None
    try:
        return units.quantity(row[1].text)
    except ValueError as error:
        at = f'row {row[0].row} "{row[0].text}" column 2'
        found = row[1].text or "a blank cell"
        raise LayoutChanged(page.payload, at=at, expected="a unit of quantity", found=found) from error


def _impossible(
    product: str,
    unit: units.Unit,
    quantities: Mapping[Column, Figure],
    values: Mapping[Column, Figure],
    currency: str,
) -> bool:
    """Does a price in the row show that the unit of quantity is misprinted?"""
    dearest = DEAREST.get(unit.code)
    if dearest is None or PRECIOUS.search(product):
        return False
    limit = dearest * (YUAN_PER_DOLLAR if currency == "CNY" else 1)
    worth = {(c.year, c.running): f.value for c, f in values.items()}
    for c, quantity in quantities.items():
        value = worth.get((c.year, c.running))
        if value and quantity.value and value / quantity.value > limit:
            return True
    return False


def _restated(page: Page) -> tuple[Page, list[Doubt]]:
    """Date the columns that restate last year's figures, where their header names another year.

    (6) of May 2026 restates January to May 2025 under `1-5 Total, 2024`. The printed changes decide: where
    each is the change from the restated value, the column is last year's; else its figures wait as one doubt.
    """
    odd = [c for c in page.columns if c.year not in {page.year, page.year - 1}]
    if not odd:
        return page, []
    columns = [c for c in page.columns if c not in odd]
    values = [c for c in columns if c.what == "value"]
    now = [c for c in values if not c.percent and (c.running or page.month == 1)]
    change = [c for c in values if c.percent]
    then = [c for c in odd if c.what == "value"]
    alone = len(now) == len(change) == len(then) == 1 and all(c.year == page.year for c in columns)
    checks = (
        [
            _is_change(new, old, percent)
            for new, old, percent in ([_read(page, row, c) for c in (*now, *then, *change)] for row in page.rows)
            if isinstance(new, Decimal) and isinstance(old, Decimal) and isinstance(percent, Decimal)
        ]
        if alone
        else []
    )
    if not checks or not all(checks):
        doubt = Doubt(
            locator=f"table 1 column {odd[0].place + 1}",
            reason="restated year is not last year",
            found=", ".join(c.label for c in odd),
        )
        return replace(page, columns=tuple(columns)), [doubt]
    columns += [replace(c, year=page.year - 1, note=f"{c.note} (header says {c.year})".strip()) for c in odd]
    return replace(page, columns=tuple(sorted(columns, key=lambda c: c.place))), []


def _is_change(new: Decimal, old: Decimal, percent: Decimal) -> bool:
    """Can `percent` be the change from `old` to `new`, all three rounded as printed?"""
    low, high = old - numbers.half_digit(old), old + numbers.half_digit(old)
    if low <= 0:
        return True
    half = numbers.half_digit(new)
    least, most = 100 * ((new - half) / high - 1), 100 * ((new + half) / low - 1)
    slack = numbers.half_digit(percent)
    return least - slack <= percent <= most + slack
