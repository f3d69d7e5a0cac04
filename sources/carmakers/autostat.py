"""Autostat: the Russian market of new vehicles, brands and groups, Chinese brands, heavy trucks, from its news.

Layout    Listing and rubrics: `a.Block-link > p.Block-title`, then `p.Block-date`; where these are gone, any link to
          `/news/{n}/`. An article: `h1`, paragraphs, a day ("5 августа 2025, 09:55", in English "06.05.24"), the
          rubric, sometimes a table of brands. The side column and navigation hold other articles: never read.
Calendar  Market days 3 to 10 of the next month, trucks days 4 to 12, the year in mid-January; weekly notes between.
Traps     Days without a year, "Сегодня", "Вчера", December read in January: by the fetch, in Moscow. RSS answers 403.
          A verification page comes as 200. One article stands in several lists, on two hosts: one address is asked.
          English translations are read if brought, not asked for: they say the same once more. A group with its brands
          isn't the brand. "Почти 4000" is an estimate. Cars without light commercial ones (PPC data); "heavy" is over
          16 t. Output isn't Autostat's count: Rosstat's goes under its own dataset with status F, another is held.
          Used cars, leasing, electric cars, weeks, forecasts: other series, not loaded. A later article may revise a
          month, in passing: the same cell, known since.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from sources.contract import Doubt, Observation, Payload, Request, Window
from sources.errors import Contradiction, Incomplete, LayoutChanged, WrongDocument
from sources.parse import brand_tables, html, prose, vehicles
from sources.parse.prose.tokens import Item, fold, items
from sources.parse.vehicles import Scope, Unclear

__all__ = ["PARSER", "links", "parse", "plan"]

PARSER: Final = 1
LISTING: Final = "https://www.autostat.ru/news/"
RUBRICS: Final = tuple(f"https://m.autostat.ru/news/themes-{n}/" for n in (21, 8, 13, 70, 71))
MOSCOW: Final = ZoneInfo("Europe/Moscow")
RECHECK: Final = timedelta(days=30)
DEEPEST: Final = 400  # pages of the listing that a backfill follows at most

ARTICLE: Final = re.compile(r"/news/(\d{1,7})/?")
NEXT: Final = re.compile(r"/news/(?:themes-\d+/)?\?page=(\d{1,4})")
ITS_OWN: Final = re.compile(r"autostat|автостат")
BESIDE: Final = "aside, nav, header, footer, form, script, style, noscript, iframe, .side, .Block, .Blocks"
NO_PARAGRAPH: Final = re.compile(r"date|rubric|src|source|author|tags|share|caption", re.IGNORECASE)
LINE: Final = "\u2028"

MONTHS: Final = (
    "янв(?:ар[ья])?|jan(?:uary)?", "фев(?:рал[ья])?|feb(?:ruary)?", "мар(?:та?)?|mar(?:ch)?",
    "апр(?:ел[ья])?|apr(?:il)?", "ма[йя]|may", "июн[ья]?|june?", "июл[ья]?|july?", "авг(?:уста?)?|aug(?:ust)?",
    "сент?(?:ябр[ья])?|sept?(?:ember)?", "окт(?:ябр[ья])?|oct(?:ober)?", "ноя(?:б|бр[ья])?|nov(?:ember)?",
    "дек(?:абр[ья])?|dec(?:ember)?",
)  # fmt: skip
WORDED: Final = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s+([а-яa-z]{3,9})\.?(?:,?\s+(\d{4})(?!\d))?")
AMERICAN: Final = re.compile(r"\b([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})(?!\d)")
DIGITS: Final = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{2})\.(\d{4}|\d{2})(?![\d.])")
ISO: Final = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
TODAY: Final = re.compile(r"сегодня|today|назад|\bago\b")
YESTERDAY: Final = re.compile(r"вчера|yesterday")
CENTURY: Final = 2000
LATEST: Final = timedelta(days=45)  # after a period an article may still be about it

WEEKLY: Final = re.compile(r"недел|\bweek")
NEW: Final = re.compile(r"\bнов(?:ых|ые|ого|ый|ая|ой|ыми|ым)\b|\bnew\b")
PLAIN_LCV: Final = re.compile(r"\blcvs?\b|легк\w+ коммерч|\bлкт\b|light commercial|\bvans?\b")
AGENCY: Final = re.compile(r"(?:эксперт|аналитик|специалист)\w*\s(?:\w+\s)?агентств|\bagency'?s?\b|autostat experts")
OTHERS: Final = re.compile(
    r"сторонн|источник(?!:? автостат)|\bсми\b|ассоциаци|оператор|исследовател|рейтингов|информ\w* ?агентств"
    r"|друг\w+ агентств|\bmedia\b|reuters|\btass\b|\bsources\b|rating agency"
)
CARS: Final = frozenset({"pc", "without_lcv"})
CARS_AND_LCV: Final = frozenset({"pc", "lcv", "pc_lcv", "with_lcv"})
HEAVY: Final = frozenset({"hcv", "gt16t"})
MEDIUM: Final = frozenset({"mcv", "3.5-16t"})
OVER_3_5T: Final = frozenset({"mcv_hcv", "gt3.5t"})
TRUCK: Final = frozenset({"truck"})
KNOWN: Final = CARS | CARS_AND_LCV | HEAVY | MEDIUM | OVER_3_5T | TRUCK | {"bus"}
BASIS: Final = frozenset({"ppc", "dealers"})  # how Autostat always counts, and who sells


@dataclass(frozen=True, slots=True)
class _Item:
    """A line of a list: the article's number, its heading, its day where it can be read."""

    number: int
    title: str
    day: date | None


@dataclass(frozen=True, slots=True)
class _Page:
    """An article: heading, plain text (one paragraph a line), day, language, words of scope of heading and rubric."""

    title: str
    text: str
    day: date
    language: prose.Language
    heading: frozenset[str]
    rubric: frozenset[str]
    tables: tuple[Tag, ...]


# --- discovery ----------------------------------------------------------------------------------------------------


def plan(window: Window) -> Iterator[Request]:
    """The listing and the rubrics; a backfill goes on from the listing's next page to next page."""
    del window
    yield Request(LISTING, role="index")
    for address in RUBRICS:
        yield Request(address, role="index")


def links(payload: Payload, window: Window) -> Iterator[Request]:
    """Articles of the window whose heading can hold figures, each by one address; in a backfill the next page.

    A rubric without items, or a page past the end, leads nowhere; the listing's first page never is empty.

    Raises:
        LayoutChanged: no list.
    """
    soup = html.document(payload)
    found = _listed(payload, soup)
    if not found:
        heading = fold(html.raw(soup.title)) if soup.title else ""
        if payload.url.rstrip("/") == LISTING.rstrip("/") or not ITS_OWN.search(heading):
            raise LayoutChanged(payload, at="a.Block-link p.Block-title", expected="links to articles", found="none")
        return
    last = window.end + LATEST
    for item in found:
        if (item.day is None or window.start <= item.day <= last) and _worth(item.title):
            yield Request(f"{LISTING}{item.number}/", title=item.title, recheck=RECHECK)
    days = [item.day for item in found if item.day is not None]
    if not window.nightly and days and min(days) >= window.start:
        yield from _next(payload, soup)


def _listed(payload: Payload, soup: BeautifulSoup) -> list[_Item]:
    """Items in their order, each article once."""
    for tag in soup.select("aside, nav"):
        tag.decompose()
    marked = [anchor for anchor in soup.select("a.Block-link") if anchor.select_one("p.Block-title")]
    found: dict[int, _Item] = {}
    for anchor in marked or soup.select("a[href]"):
        parts = urlsplit(urljoin(LISTING, str(anchor.get("href", ""))))
        number = ARTICLE.fullmatch(parts.path)
        title = html.squeeze(html.raw(anchor.select_one("p.Block-title") or anchor))
        if number and title and (parts.hostname or "").endswith("autostat.ru"):
            item = _Item(int(number[1]), title, _item_day(payload, anchor))
            found.setdefault(item.number, item)
    return list(found.values())


def _item_day(payload: Payload, anchor: Tag) -> date | None:
    """The day under a link, None where there is none that can be read: then the article itself will say it."""
    beside = anchor.select_one("p.Block-date") or anchor.find_next_sibling(class_="Block-date")
    return _day(html.raw(beside), _fetch_day(payload)) if isinstance(beside, Tag) else None


def _next(payload: Payload, soup: BeautifulSoup) -> Iterator[Request]:
    here = NEXT.search(payload.url)
    number = int(here[1]) if here else 1
    if urlsplit(payload.url).hostname != urlsplit(LISTING).hostname or number >= DEEPEST:
        return
    for anchor in soup.select("a[href]"):
        leads = NEXT.fullmatch(str(anchor["href"]).removeprefix("https://www.autostat.ru"))
        if leads and int(leads[1]) == number + 1:
            yield Request(f"{LISTING}?page={number + 1}", role="index")
            return


def _worth(title: str) -> bool:
    """Can an article with this heading hold figures of the market of new vehicles by month?"""
    said = _words(title, "ru")
    kinds = {item.kind for item in said}
    tags = {item.value for item in said if item.kind == "scope"}
    if WEEKLY.search(fold(title)) or tags - KNOWN - BASIS:
        return False
    if kinds & {"market", "measure"}:
        return True
    return not kinds & {"other", "plan"} and bool(kinds & {"subject", "period"} or tags & KNOWN)


# --- days ---------------------------------------------------------------------------------------------------------


def _fetch_day(payload: Payload) -> date | None:
    """The day in Moscow on which the page was fetched; None for a file that was brought: nobody knows when it was."""
    return None if payload.url.startswith("file:") else payload.fetched_at.astimezone(MOSCOW).date()


def _day(text: str, fetched: date | None) -> date | None:
    """The day that a text names; without a year the last such day up to the fetch; None if none can be known."""
    low = fold(text).strip()
    if found := ISO.search(low):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := DIGITS.search(low):
        year = int(found[3])
        return _made(year if year > CENTURY else CENTURY + year, int(found[2]), int(found[1]))
    if (found := AMERICAN.search(low)) and _month(found[1]):
        return _made(int(found[3]), _month(found[1]), int(found[2]))
    if (found := WORDED.search(low)) and _month(found[2]):
        return _worded(int(found[1]), _month(found[2]), found[3], fetched)
    if fetched is not None and YESTERDAY.search(low):
        return fetched - timedelta(days=1)
    return fetched if TODAY.search(low) else None


def _worded(number: int, month: int, year: str | None, fetched: date | None) -> date | None:
    if year:
        return _made(int(year), month, number)
    if fetched is None:
        return None
    latest = (_made(fetched.year, month, number), _made(fetched.year - 1, month, number))
    return next((day for day in latest if day is not None and day <= fetched), None)


def _month(word: str) -> int:
    """1 to 12; 0 for another word."""
    return next((n for n, names in enumerate(MONTHS, start=1) if re.fullmatch(names, word)), 0)


def _made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


# --- articles -----------------------------------------------------------------------------------------------------


def parse(payload: Payload) -> Iterator[Observation | Doubt]:
    """Sales and shares in Russia by month and since January, with their printed changes; an article may hold none.

    Raises:
        Blocked: a verification page.
        WrongDocument: not a page of Autostat.
        Incomplete: a file brought by hand that prints its day without the year.
        LayoutChanged: no heading, no paragraph or no day.
        Contradiction: a day after the fetch.
    """
    page = _page(payload)
    if WEEKLY.search(fold(page.title)) or page.heading - KNOWN - BASIS:
        return  # a weekly note, used cars, leasing: other series
    topic = prose.Topic(subject=prose.MARKET, measure="sales", title=page.title)
    found = _signed(page, prose.figures(page.text, language=page.language, published=page.day, topic=topic))
    said = list(
        vehicles.rows(
            found, own="autostat", scope_of=_scope_of(page), published=page.day, where="article"
        )
    )  # fmt: skip
    for number, table in enumerate(page.tables, start=1):
        said += _tabled(payload, page, table, number)
    yield from vehicles.settle(said)


def _signed(page: _Page, found: prose.Extraction) -> prose.Extraction:
    """What "the agency's experts" count is Autostat's own, unless the article speaks of other observers too."""
    text = fold(page.text)
    if not AGENCY.search(text) or OTHERS.search(text):
        return found
    own = (replace(one, attributed_to="autostat") if one.attributed_to == "analysts" else one for one in found.figures)
    return replace(found, figures=tuple(own))


def _page(payload: Payload) -> _Page:
    soup = html.document(payload)
    if not ITS_OWN.search(fold(html.decode(payload))):
        raise WrongDocument(payload, expected="a page of Autostat", found="a page that doesn't name it")
    for tag in soup.select(BESIDE):
        tag.decompose()
    rubric = " ".join(html.raw(tag) for tag in soup.select('[class*="rubric" i]'))
    heading = html.one(payload, soup, "h1")
    title = html.squeeze(html.raw(heading))
    body = heading.find_parent("article") or heading.find_parent(id="content") or heading.parent
    if not isinstance(body, Tag) or not title:
        raise LayoutChanged(payload, at="h1", expected="a heading with an article around it", found=title)
    day = _published(payload, soup, body)
    language: prose.Language = "ru" if re.search("[а-яё]", title.casefold()) else "en"
    text = _text(body)
    if not text:
        raise LayoutChanged(payload, at="p", expected="paragraphs", found="none")
    tables = tuple(table for table in body.select("table") if table.find_parent("table") is None)
    return _Page(title, text, day, language, _scope_words(title, language), _scope_words(rubric, language), tables)


def _published(payload: Payload, soup: BeautifulSoup, body: Tag) -> date:
    """The article's own day: of the element for it, else of the note at its end, else of the page's head."""
    fetched = _fetch_day(payload)
    places = [
        *(html.raw(tag) for tag in body.select('[class*="date" i], time, .src')),
        *(str(tag.get("datetime", "")) for tag in body.select("time")),
        *(str(tag.get("content", "")) for tag in soup.select('meta[property="article:published_time"]')),
    ]
    day = next((found for place in places if (found := _day(place, fetched)) is not None), None)
    if day is None:
        relative = any(re.search(r"\d\s+[а-я]{3}|сегодня|вчера", fold(place)) for place in places)
        if fetched is None and relative:
            raise Incomplete(
                payload, at="date", expected="a day with its year", found=places[0],
                advice="Save the article with its full date, or let `amur backfill` fetch it",
            )  # fmt: skip
        raise LayoutChanged(payload, at="date", expected="the article's day", found=places or "none")
    if day > payload.fetched_at.astimezone(MOSCOW).date():
        raise Contradiction(payload, at="date", expected="a day up to the fetch", found=day.isoformat())
    return day


def _text(body: Tag) -> str:
    """The paragraphs, one a line; a line break inside of one ends its line too."""
    lines: list[str] = []
    for tag in body.select("p"):
        if tag.find_parent("table") or NO_PARAGRAPH.search(" ".join(_classes(tag))):
            continue
        for mark in tag.select("br"):
            mark.replace_with(NavigableString(LINE))
        lines += html.raw(tag).split(LINE)
    flat = (re.sub(r"[ \t\r\n\f]+", " ", line).strip() for line in lines)
    return "\n".join(line for line in flat if line)


def _classes(tag: Tag) -> list[str]:
    return [str(name) for name in tag.get_attribute_list("class") if name]


def _words(text: str, language: prose.Language) -> list[Item]:
    return items(text, fold(text), 0, len(text), language)


def _scope_words(text: str, language: prose.Language) -> frozenset[str]:
    return frozenset(item.value for item in _words(text, language) if item.kind == "scope")


# --- scope --------------------------------------------------------------------------------------------------------


def _scope_of(page: _Page) -> Callable[[prose.Figure], Scope | None]:
    """The rule for Autostat's own figures in one article."""

    def scope_of(figure: prose.Figure) -> Scope | None:
        if figure.measure not in {"sales", "share"}:
            raise Unclear(f"whose count of {figure.measure}? Autostat counts sales")
        said = figure.scope - BASIS
        if said - KNOWN:
            return None
        sentence = fold(page.text[slice(*figure.sentence)])
        if figure.carried_scope - KNOWN - BASIS and not (said and NEW.search(sentence)):
            raise Unclear("new vehicles, or those of an earlier sentence?")
        before = (figure.carried_scope & KNOWN) | page.rubric
        if said == TRUCK and before & (HEAVY | MEDIUM | OVER_3_5T):
            raise Unclear("all trucks, or those of an earlier sentence?")
        if "lcv" in said and not PLAIN_LCV.search(sentence):
            raise Unclear("light commercial vehicles, or all commercial ones?")
        return _cut(said or before, stated=bool(said or figure.carried_scope))

    return scope_of


def _cut(tags: frozenset[str], *, stated: bool) -> Scope:
    """The series that words of scope name together.

    Raises:
        Unclear: none, or several.
    """
    if tags and tags <= CARS:
        return Scope("autostat_pc", "car")
    if tags & {"pc_lcv", "with_lcv"} and tags <= CARS_AND_LCV:
        return Scope("autostat_pc_lcv", "car")
    for marks, scope in (
        (HEAVY, Scope("autostat_hcv_gt16t", "hcv")),
        (MEDIUM, Scope("autostat_mcv_3_5_16t", "mcv")),
        (OVER_3_5T, Scope("autostat_trucks_gt3_5t", "truck")),
    ):
        if tags & marks and tags <= marks | TRUCK:
            return scope
    if stated and tags == TRUCK:
        return Scope("autostat_trucks", "truck")
    if tags == {"lcv"}:
        return Scope("autostat_lcv", "lcv")
    if tags == {"bus"}:
        return Scope("autostat_buses", "bus")
    raise Unclear(f"scope unclear: {', '.join(sorted(tags)) or 'no word of it'}")


def _tabled(payload: Payload, page: _Page, table: Tag, number: int) -> Iterator[Observation | Doubt]:
    """The rows of a table of brands: of the scope that all words of the article together name."""
    printed = list(brand_tables.read(payload, table, number, language=page.language, published=page.day))
    if not printed:
        return
    tags = (_scope_words(page.text, page.language) | page.heading | page.rubric) - BASIS
    try:
        if tags - KNOWN:
            raise Unclear(f"scope unclear: {', '.join(sorted(tags - KNOWN))}")
        scope = _cut(tags, stated=True)
    except Unclear as reason:
        yield Doubt(locator=f"table {number}", reason=str(reason), found=f"{len(printed)} cells")
        return
    for one in printed:
        if isinstance(one, Doubt):
            yield one
        elif made := vehicles.observation(one.figure, scope, published=page.day, locator=one.place):
            yield made
