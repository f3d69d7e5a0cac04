"""China Passenger Car Association: China's exports of vehicles by country, from customs data.

Layout    List `news.php?types=csjd`: anchors `newslist.php?types=csjd&id=N` with the title
          (`【出口分析】2025年12月汽车出口分析`) and the day. Article: `.article` with `h1`, `.info`
          (`发布时间：2026-01-27 来源：乘联分会`), `.content` with paragraphs and a table `国家 | 2025年1-12月(万辆)`.
Calendar  By the secretary-general, four to seven weeks after the month; January and February together in April.
Traps     Refuses who isn't like a browser (403): then save the page and `amur ingest` it. UTF-8 or GB18030, whatever
          it declares: by trial, strict. 万辆 (ten thousand) in sentences, 辆 or 万辆 in tables, by the head's cell;
          the same fact in both units: the finer one stays, a coarser may be cut off (35.7万 for 357,708). 1-2月 is one
          row. "All vehicles" (汽车) and "passenger cars" (乘用车) look alike: the title decides. A year to date below
          that of an earlier month: the scope changed. Sales reports (市场分析) stand in the same list.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, Literal
from urllib.parse import parse_qs, urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from sources.contract import Doubt, Freq, Observation, Payload, Request, Window
from sources.errors import Blocked, LayoutChanged, Unreadable, WrongDocument
from sources.parse import countries, html, periods, prose, vehicles

__all__ = ["PARSER", "links", "parse", "plan"]

PARSER: Final = 1
HOME: Final = "https://www.cpcaauto.com/"
LIST: Final = f"{HOME}news.php?types=csjd&anid=129&nid=24"
# An honest name in the form that the site asks for: the words of a browser, and whose program it is.
HEADERS: Final = MappingProxyType({"Referer": HOME})
BY_HAND: Final = "Save the page in a browser, then: amur ingest FILE --source cpca"
RECHECK: Final = timedelta(days=60)
LATEST: Final = timedelta(days=75)  # an article is about a month that ended at most so long before it

EXPORTS: Final = re.compile(r"出口")
TITLE: Final = re.compile(
    r"(?P<year>20[0-9]{2})年(?:(?P<first>[0-9]{1,2})(?:[-~至到](?P<last>[0-9]{1,2}))?月)?(?:份)?"
    r"(?:我国|中国|全国)?(?P<what>[^0-9]*)出口"
)
WHAT: Final = MappingProxyType(
    {
        "汽车": vehicles.Scope("cpca_vehicle_exports", "vehicle"),
        "整车": vehicles.Scope("cpca_vehicle_exports", "vehicle"),
        "乘用车": vehicles.Scope("cpca_passenger_car_exports", "car"),
    }
)
CARS: Final = WHAT["乘用车"]
ELECTRIC: Final = re.compile(r"新能源|纯电|电动|插混")
DATED: Final = re.compile(r"[0-9]月|[0-9]年|[当本单]月")
HEAD: Final = re.compile(
    r"(?:(?P<year>20[0-9]{2})年)?(?:(?P<first>[0-9]{1,2})(?:[-~至到](?P<last>[0-9]{1,2}))?月(?:份)?)?"
    r"(?:累计)?(?:出口)?(?:数量|量)?\((?P<unit>万辆|辆|万台|台)\)"
)
DAY: Final = re.compile(r"20[0-9]{2}(?:[-/.][0-9]{1,2}[-/.][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)")
COUNTRY_HEADS: Final = frozenset({"国家", "国别", "国家/地区", "国家(地区)", "国家和地区", "地区"})
CHANGE_HEADS: Final = frozenset({"同比", "同比(%)", "同比增速", "同比增长", "同比增幅"})
LEFT_OUT: Final = re.compile(
    r"排名|序号|名次|(?:增量|增减|增减量|净增)(?:\((?:万?[辆台])\))?|份额(?:\(%\))?|占比(?:\(%\))?"
)
REST: Final = frozenset({"其他", "其它", "其余", "其他国家"})
Kind = Literal["count", "change", "other", "unknown"]


def plan(window: Window) -> Iterator[Request]:  # noqa: ARG001 (the protocol's signature; there is one list)
    """The list of the secretary-general's articles, newest first."""
    yield Request(LIST, role="index", headers=HEADERS)


def links(payload: Payload, window: Window) -> Iterator[Request]:
    """The articles on exports that the list leads to, newest first; outside nights those of the window's months.

    Raises:
        Blocked: a refusal in place of the list.
        LayoutChanged: no article with its id and day.
    """
    soup = _document(payload)
    seen: set[str] = set()
    for anchor in soup.select("a[href]"):
        query = parse_qs(urlsplit(str(anchor["href"])).query)
        number = query.get("id", [""])[0]
        if "newslist.php" not in str(anchor["href"]) or query.get("types") != ["csjd"] or not number.isdecimal():
            continue
        title = html.squeeze(html.raw(anchor))
        if number in seen:
            continue
        seen.add(number)
        if not EXPORTS.search(title):
            continue
        said = TITLE.search(title)  # without a period its reading will say what is wrong with it
        of = (int(said["year"]), int(said["last"] or said["first"] or periods.DECEMBER)) if said else None
        if window.nightly or of is None or window.touches(*of):
            yield Request(
                urljoin(HOME, f"newslist.php?types=csjd&id={number}"), period=f"{of[0]}-{of[1]:02}" if of else "",
                title=title, group="exports", recheck=RECHECK, headers=HEADERS,
            )  # fmt: skip
    if not seen:
        raise LayoutChanged(payload, at="a[href]", expected="articles newslist.php?types=csjd&id=N", found="none")


def parse(payload: Payload) -> Iterator[Observation | Doubt]:
    """Vehicles exported by China, in units, to countries and the world, by month and year to date; changes in percent.

    Raises:
        Blocked: a refusal in place of the article.
        WrongDocument: no article of the association on exports.
        Unreadable: an article whose figures are pictures.
        LayoutChanged: no title with a period, no day; a title of other vehicles.
    """
    article = _article(payload)
    tables = [
        row for n, table in enumerate(article.content.select("table"), 1) for row in _table(payload, article, n, table)
    ]
    rows = list(vehicles.settle([*tables, *_sentences(article)]))
    if not rows and article.content.find("img"):
        raise Unreadable(payload, at=".content", expected="figures as text", found="pictures")
    if not rows:
        raise LayoutChanged(payload, at=".content", expected="figures of exports", found=article.text)
    yield from rows


# --- the document -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Article:
    """An article as its title and day describe it; `text` is its sentences, one paragraph a line."""

    title: str
    scope: vehicles.Scope
    year: int
    last: int
    published: date
    content: Tag
    text: str


def _document(payload: Payload) -> BeautifulSoup:
    """The page, decoded as UTF-8 or else as GB18030: what it declares is wrong as often as not."""
    decoded = None
    for charset in ("utf-8-sig", "gb18030"):
        try:
            decoded = payload.body.decode(charset)
        except UnicodeDecodeError:
            continue
        break
    if decoded is None:
        kind = LayoutChanged if payload.body.lstrip().startswith(b"<") else WrongDocument
        raise kind(payload, at="charset", expected="UTF-8 or GB18030", found=repr(payload.body[:40]))
    body = codecs.BOM_UTF8 + decoded.encode("utf-8") if decoded.strip() else b""
    try:
        return html.document(replace(payload, body=body))
    except Blocked as refused:
        raise Blocked(payload, expected=refused.expected, found=refused.found, advice=BY_HAND) from refused


def _article(payload: Payload) -> _Article:
    soup = _document(payload)
    info = html.squeeze(" ".join(html.raw(tag) for tag in soup.select(".article .info")))
    if "乘联" not in info:
        raise WrongDocument(
            payload, expected="an article of the CPCA: .article .info naming 乘联分会", found=info or "none"
        )
    title = html.squeeze(html.raw(html.one(payload, soup, ".article h1")))
    said = TITLE.search(title)
    if said is None:
        kind = LayoutChanged if EXPORTS.search(title) else WrongDocument
        raise kind(payload, at="h1", expected="exports of a month, with its year", found=title)
    scope = WHAT.get(said["what"].strip())
    if scope is None:
        raise LayoutChanged(payload, at="h1", expected=f"exports of {', '.join(WHAT)}: the scope", found=title)
    content = html.one(payload, soup, ".article .content")
    year, last = int(said["year"]), int(said["last"] or said["first"] or periods.DECEMBER)
    return _Article(title, scope, year, last, _published(payload, info, title, year, last), content, _text(content))


def _published(payload: Payload, info: str, title: str, year: int, month: int) -> date:
    day = DAY.search(info)
    try:
        end = periods.month(year, month)[1]
        published = periods.day(day[0] if day else "")
    except ValueError as wrong:
        raise LayoutChanged(payload, at=".info", expected="a day as YYYY-MM-DD", found=info) from wrong
    if not end < published <= end + LATEST:
        expected = f"a month that ended in the {LATEST.days} days before {published}"
        raise LayoutChanged(payload, at="h1", expected=expected, found=title)
    if payload.period and payload.period != f"{year}-{month:02}":
        raise LayoutChanged(payload, at="h1", expected=f"figures of {payload.period}", found=title)
    return published


def _text(content: Tag) -> str:
    """The paragraphs, one a line: the offsets in locators count in this."""
    paragraphs = [p for p in content.find_all("p") if p.find_parent("table") is None]
    return "\n".join(re.sub(r"\s+", " ", html.raw(p)).strip() for p in paragraphs)


# --- sentences ----------------------------------------------------------------------------------------------------


def _sentences(article: _Article) -> Iterator[Observation | Doubt]:
    topic = prose.Topic(subject=prose.MARKET, measure="exports", geography="W0", title=article.title)
    read = prose.figures(article.text, language="zh", published=article.published, topic=topic)
    # It counts from customs data: to name the customs is no quotation.
    own = [replace(one, attributed_to="") if one.attributed_to == "gacc" else one for one in read.figures]
    yield from vehicles.rows(
        replace(read, figures=tuple(own)), own="cpca", published=article.published, where="text", reporter="CN",
        scope_of=lambda figure: _scope(article, figure),
    )  # fmt: skip


def _scope(article: _Article, figure: prose.Figure) -> vehicles.Scope | None:
    """Which exports a sentence counts; None for those of other vehicles (trucks, buses, used cars).

    Raises:
        Unclear: a sentence after one on electric cars that doesn't say whether it is on them as well; one without a
            period, as the title's month is that of the year to date as well.
    """
    if figure.measure != "exports" or figure.subject.kind != "market":
        return None
    if figure.scope - {"nev"} and figure.scope != {"pc"}:
        return None
    start = article.text.rfind("\n", 0, figure.sentence[0]) + 1
    if figure.period.freq == "M" and not DATED.search(article.text[start : figure.number[0]]):
        raise vehicles.Unclear("period unclear: of the month, or since January?")
    if figure.comparison != "none" and figure.period.end.year < article.year:
        raise vehicles.Unclear("period unclear: a change of an earlier year, or against it?")
    if figure.scope:
        return CARS if figure.scope == {"pc"} else vehicles.Scope(article.scope.dataset, "nev")
    if ELECTRIC.search(article.text[start : figure.sentence[0]]):
        raise vehicles.Unclear("scope unclear: all vehicles, or the electric ones of the sentence before?")
    return article.scope


# --- tables -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Column:
    kind: Kind
    scale: int = 1
    freq: Freq = "M"
    first: date = date.min
    last: date = date.min


def _table(payload: Payload, article: _Article, n: int, table: Tag) -> Iterator[Observation | Doubt]:
    """A table by country: one row each, the units in the head's cells."""
    grid = html.grid(payload, table)
    head = [cell.text.replace(" ", "") if cell else "" for cell in grid[0]]
    names = [at for at, text in enumerate(head) if text in COUNTRY_HEADS]
    if len(names) != 1:
        yield Doubt(locator=f"table {n} row 1", reason="a table that isn't by country", found=" | ".join(head))
        return
    columns = _columns(article, head, names[0])
    for at, column in enumerate(columns):
        if column.kind == "unknown":
            place = f"table {n} row 1 column {at + 1}"
            yield Doubt(locator=place, reason="a column of another kind, or without its unit", found=head[at])
    for number, line in enumerate(grid[1:], start=2):
        cell = line[names[0]]
        label = cell.text if cell else ""
        if label in REST:
            continue
        try:
            partner = countries.place(label)
        except KeyError:
            yield Doubt(locator=f"table {n} row {number}", reason="a country that isn't known", found=label)
            continue
        for at, column in enumerate(columns):
            figure = line[at]
            if column.kind in {"count", "change"} and figure is not None and not prose.is_missing(figure.raw):
                yield _cell(article, f"table {n} row {number} column {at + 1}", column, partner, figure)


def _columns(article: _Article, head: list[str], names: int) -> list[_Column]:
    """What each column holds; a change is that of the count before it."""
    columns: list[_Column] = []
    for at, text in enumerate(head):
        said = HEAD.fullmatch(text)
        count = next((one for one in reversed(columns) if one.kind == "count"), None)
        if at == names or LEFT_OUT.fullmatch(text):
            columns.append(_Column("other"))
        elif text in CHANGE_HEADS and count is not None:
            columns.append(replace(count, kind="change"))
        elif said and (span := _span(article, said)):
            columns.append(_Column("count", 10_000 if said["unit"].startswith("万") else 1, *span))
        else:
            columns.append(_Column("unknown"))
    return columns


def _span(article: _Article, said: re.Match[str]) -> tuple[Freq, date, date] | None:
    """The period of a head, in the title's year if it names none; None where it is no period that can be."""
    year = int(said["year"] or article.year)
    if not said["first"]:
        # In other months `2024年` may be the whole year or as many months of it as of this one.
        whole = said["year"] and article.last == periods.DECEMBER and year <= article.year
        return ("A", *periods.full_year(year)) if whole else None
    first = int(said["first"])
    last = int(said["last"] or first)
    if not 1 <= first <= last <= periods.DECEMBER or (year, last) > (article.year, article.last):
        return None
    if first == last:
        return "M", *periods.month(year, first)
    if first != 1:
        return None
    return ("A", *periods.full_year(year)) if last == periods.DECEMBER else ("YTD", *periods.year_to_date(year, last))


def _cell(
    article: _Article, place: str, column: _Column, partner: countries.Place, cell: html.Cell
) -> Observation | Doubt:
    try:
        if column.kind == "count":
            value, precision = prose.cell_count(cell.figure, language="zh", scale=column.scale)
        else:
            value, precision = prose.cell_change(cell.figure, language="zh")
    except ValueError as wrong:
        return Doubt(locator=place, reason=str(wrong), found=f"{partner.name}: {cell.text}")
    measure = f"cn_{article.scope.vehicles}_exports_units"
    return Observation(
        dataset=article.scope.dataset, measure=measure if column.kind == "count" else f"{measure}_yoy", reporter="CN",
        partner=partner.code, partner_name=None if partner.code else partner.name, partner_kind=partner.kind,
        flow="X", unit="units" if column.kind == "count" else "percent", freq=column.freq,
        period_start=column.first, period_end=column.last, value=value, precision=precision,
        obs_status="P" if column.kind == "count" and precision else "A", published=article.published,
        reconstructed=column.last.year < article.year, locator=place,
    )  # fmt: skip
