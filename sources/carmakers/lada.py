"""AvtoVAZ: sales and output of LADA, and the working week, from its press releases.

Layout    Next.js: `script#__NEXT_DATA__` holds the list (`{id, name, created: DD.MM.YYYY}`) or the release (`name`,
          `created`, `detailText` as HTML) below `props.pageProps`; the body shows nothing. Releases up to 2023 are
          plain pages, `/press-releases/{id}.html`: `.news-detail` with `.news-date-time`, `h1`, `.news-text`.
Calendar  Sales on days 3 to 15 of the next month until spring 2025, since then by occasion: months of silence are
          normal.
Traps     A second list below `props.initialState` was made when the site was built, in January 2024: on the first page
          the list with the newest entry counts, later the page's own, and an empty one is an answer. `self.__next_f`
          without `__NEXT_DATA__` is another layout, not a page without news. Verification pages come with status 200.
          Plans stand beside facts. One text has sales and output; output includes vehicle kits. A figure of last year
          beside this year's is rounded and read off a later document; a release that corrects itself is none of
          these, but a new vintage.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bs4 import BeautifulSoup

from sources.contract import Doubt, Event, Observation, Payload, Request, Window
from sources.errors import Contradiction, Empty, LayoutChanged
from sources.parse import announcements, html, nextjs, periods, plain, prose, vehicles
from sources.parse.prose import Figure
from sources.parse.vehicles import Scope, Unclear

__all__ = ["PARSER", "links", "parse", "plan"]

PARSER: Final = 1
ADDRESS: Final = "https://www.lada.ru/press-releases"
LAST_PLAIN, FIRST_NEXTJS = 115_870, 116_902  # ids seen: of June and of November 2023; in between it may be either
RECHECK: Final = timedelta(days=30)
AFTER: Final = timedelta(days=62)  # December's figures come out in January, a year's corrections in February
FRESH: Final = "props.pageProps."
PAGE: Final = re.compile(r"[?&]page=([0-9]{1,4})(?:&|$)")
TOPIC: Final = prose.Topic(subject=prose.Subject("brand", "lada"), measure="sales")
CORRECTS: Final = re.compile(r"уточн|исправ|скорректир|пересмотр|пересч[её]т|пересчита", re.IGNORECASE)
MAKER: Final = re.compile(r"(?P<group>\bгрупп\w+\s+(?:компаний\s+)?[«\"]?)?\bавтоваз(?:ом|[аеу])?\b", re.IGNORECASE)
COMPANY: Final = "компанией"  # as long as "АВТОВАЗом"; cut to the length of the other cases it is still understood
OTHER_BRANDS: Final = re.compile(r"xcite|иксайт|renault|рено\b|nissan|datsun", re.IGNORECASE)

WITH_LCV: Final = frozenset({"pc_lcv", "with_lcv"})
USUAL: Final = frozenset({"pc", "lcv", "pc_lcv", "with_lcv", "without_lcv", "dealers", "kits"})
DATASETS: Final[Mapping[str, str]] = {
    "sales": "avtovaz_dealers",
    "share": "avtovaz_dealers",
    "output": "avtovaz_output",
    "exports": "avtovaz_exports",
}


@dataclass(frozen=True, slots=True)
class _Listed:
    """A line of a list of releases."""

    number: int
    name: str
    created: date


@dataclass(frozen=True, slots=True)
class _Release:
    title: str
    created: date
    text: str
    where: str


# --- the list ------------------------------------------------------------------------------------------------------


def plan(window: Window) -> Iterator[Request]:  # noqa: ARG001 (the list is one, whatever the window)
    """The newest page of the list of releases; in a backfill it leads to the older ones."""
    yield Request(ADDRESS, role="index")


def links(payload: Payload, window: Window) -> Iterator[Request]:
    """The releases of a list, newest first; in a backfill those that can be about its months, then the next page.

    Raises:
        Empty: the first page lists nothing (past the end of the archive that is an answer).
        LayoutChanged: no list of releases.
    """
    number = int(found[1]) if (found := PAGE.search(payload.url)) else 1
    listed, total = _list(payload, first=number == 1)
    if not listed:
        if number == 1:
            raise Empty(payload, at="the list", expected="press releases", found="none on the first page")
        return
    last = window.end + AFTER
    for one in sorted({one.number: one for one in reversed(listed)}.values(), key=lambda one: one.created)[::-1]:
        if window.nightly or window.start <= one.created <= last:
            yield _request(one)
    older = min(one.created for one in listed) >= window.start
    if not window.nightly and older and number * len(listed) < total:
        yield Request(ADDRESS, params={"page": str(number + 1)}, role="index")


def _request(one: _Listed) -> Request:
    """A release by its number: older ones have `.html` behind it."""
    bare = Request(
        f"{ADDRESS}/{one.number}", title=one.name, group="release", period=one.created.isoformat(), recheck=RECHECK
    )
    plainly = replace(bare, url=f"{bare.url}.html")
    if one.number <= LAST_PLAIN:
        return plainly
    return replace(bare, otherwise=(plainly,)) if one.number < FIRST_NEXTJS else bare


def _list(payload: Payload, *, first: bool) -> tuple[list[_Listed], int]:
    """The fresh list, and how many releases there are in all, as far as the page says.

    Of several lists on the first page the one with the newest entry counts; on a later page, which may well be older
    than the site's build, the page's own. Only where that is there and empty is the answer "none".
    """
    data = nextjs.data(payload, html.document(payload))
    lists: list[tuple[bool, list[_Listed]]] = []
    total = 0
    for place, node in nextjs.mappings(data):
        for name, value in node.items():
            at = f"{place}.{name}" if place else name
            if not isinstance(value, list) or not all(_is_entry(one) for one in value):
                continue
            own = at.startswith(FRESH)
            if value:
                lists.append((own, [_listed(payload, one, f"{at}[{n}]") for n, one in enumerate(value)]))
            elif own and "total" in node:
                return [], 0
            if own:
                total = max(total, said if isinstance(said := node.get("total"), int) else 0)
    if not any(own for own, _ in lists):
        raise LayoutChanged(
            payload, at=f"{FRESH}*", expected="a list of {id, name, created}", found=f"{len(lists)} lists elsewhere"
        )
    may_count = [entries for own, entries in lists if own or first]
    return max(may_count, key=lambda entries: max(entry.created for entry in entries)), total


def _is_entry(one: object) -> bool:
    return isinstance(one, dict) and {"id", "name", "created"} <= one.keys()


def _listed(payload: Payload, entry: Mapping[str, object], at: str) -> _Listed:
    number = str(entry["id"])
    if not re.fullmatch(r"[0-9]{1,9}", number, re.ASCII):
        raise LayoutChanged(payload, at=f"{at}.id", expected="a number", found=number)
    return _Listed(int(number), html.squeeze(str(entry["name"])), _created(payload, entry["created"], at))


def _created(payload: Payload, said: object, at: str) -> date:
    try:
        return periods.day(html.squeeze(str(said)))
    except ValueError as wrong:
        raise LayoutChanged(payload, at=f"{at}.created", expected="DD.MM.YYYY", found=said) from wrong


# --- a release -----------------------------------------------------------------------------------------------------


def parse(payload: Payload) -> Iterator[Observation | Doubt | Event]:
    """Sales, output, exports and share of LADA in units and percent, and what the release announces.

    A release without a figure gives none. What can't be settled is a doubt, the rest loads.

    Raises:
        Blocked: a verification page.
        Contradiction: another release than the page says it is.
        LayoutChanged: neither a Next.js page with one release nor a plain one.
    """
    release = _release(payload)
    whole = f"{release.title} {release.text}"
    title, text = (_read_as_lada(words, whole) for words in (release.title, release.text))
    found = prose.figures(text, language="ru", published=release.created, topic=replace(TOPIC, title=title))
    said = list(
        vehicles.settle(
            vehicles.rows(found, own="avtovaz", scope_of=_scope, published=release.created, where=release.where)
        )
    )
    yield from _restated(said, corrects=CORRECTS.search(whole) is not None)
    yield from announcements.announcements(
        release.text, title=release.title, published=release.created, actor="AvtoVAZ", product="cars",
        where=release.where,
    )  # fmt: skip


def _read_as_lada(words: str, whole: str) -> str:
    """The words with "the company" in place of AVTOVAZ, which on its own pages is the maker of LADA; offsets stay.

    Not where another of its brands is named beside it, and not for its group: they sell more than LADA.
    """
    if OTHER_BRANDS.search(whole):
        return words
    return MAKER.sub(lambda found: found[0] if found["group"] else COMPANY[: len(found[0])], words)


def _scope(figure: Figure) -> Scope | None:
    """With light commercial vehicles unless the text says otherwise; AvtoVAZ counts what dealers hand over.

    Raises:
        Unclear: the market's or another brand's figure, or words of scope that AvtoVAZ's own series don't have.
    """
    kind, name = figure.subject.kind, figure.subject.name
    if (kind, name) not in {("brand", "lada"), ("group", "avtovaz")} and kind != "model":
        raise Unclear(f"a figure of {name or 'the market'}, which AvtoVAZ doesn't count itself")
    if strange := figure.scope - USUAL:
        raise Unclear(f"another cut than AvtoVAZ's series: {', '.join(sorted(strange))}")
    stem = DATASETS.get(figure.measure)
    if stem is None:
        raise Unclear(f"{figure.measure}: AvtoVAZ counts what dealers sell")
    if figure.measure == "output":
        return Scope("avtovaz_output_pc_lcv", "vehicle") if not _narrow(figure) else Scope(f"{stem}_pc", "car")
    narrow = _narrow(figure)
    if narrow == "lcv":
        return Scope(f"{stem}_lcv", "lcv")
    return Scope(f"{stem}_pc", "car") if narrow else Scope(f"{stem}_pc_lcv", "vehicle")


def _narrow(figure: Figure) -> str:
    """`pc` or `lcv` where the figure counts these alone, else nothing."""
    scope = figure.scope
    if scope & WITH_LCV or {"pc", "lcv"} <= scope:
        return ""
    if "without_lcv" in scope or "pc" in scope:
        return "pc"
    return "lcv" if "lcv" in scope else ""


def _restated(said: list[Observation | Doubt], *, corrects: bool) -> Iterator[Observation | Doubt]:
    """Mark what a release repeats of periods before its own: rounded, it must not replace what was printed then."""
    newest = max((row.period_end for row in said if isinstance(row, Observation)), default=None)
    for row in said:
        old = isinstance(row, Observation) and newest is not None and row.period_end < newest
        yield replace(row, reconstructed=True) if isinstance(row, Observation) and old and not corrects else row


def _release(payload: Payload) -> _Release:
    page = html.document(payload)
    if page.select_one(".news-detail") is not None and page.select_one("script#__NEXT_DATA__") is None:
        return _plain(payload, page)
    data = nextjs.data(payload, page)
    releases = [found for found in nextjs.mappings(data) if {"detailText", "created", "name"} <= found[1].keys()]
    if len(releases) != 1:
        raise LayoutChanged(payload, at="detailText", expected="one release", found=str(len(releases)))
    place, node = releases[0]
    query = data.get("query")
    asked = str(query.get("id", "")) if isinstance(query, dict) else ""
    if asked and asked != str(node.get("id", asked)):
        raise Contradiction(payload, at=f"{place}.id", expected=f"release {asked}", found=node.get("id"))
    text = plain.text(str(node["detailText"] or ""))
    return _Release(html.squeeze(str(node["name"])), _created(payload, node["created"], place), text, "detailText")


def _plain(payload: Payload, page: BeautifulSoup) -> _Release:
    parts = {name: html.one(payload, page, f".news-detail {name}") for name in (".news-date-time", "h1", ".news-text")}
    created = _created(payload, html.raw(parts[".news-date-time"]), ".news-date-time")
    return _Release(html.squeeze(html.raw(parts["h1"])), created, plain.text_of(parts[".news-text"]), "news-text")
