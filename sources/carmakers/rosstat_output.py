"""Rosstat: output of cars, trucks and buses, from the monthly booklet of short-term indicators.

Layout    Section "5.2.12" of the booklet: a title, then one line a year with annual, quarters and months; decimal
          comma, thousand units for cars and trucks, units for buses. Either the archive as published (RAR with Word
          97 files) or its conversion to tab-separated text. `rosstat_output.csv`, shipped, cites what the press
          printed of Rosstat's reports since.
Calendar  Monthly, about four weeks after the month, from 1999; no output by product since 2017. The old addresses are
          gone: backfills ask for them, nights don't.
Traps     Titles change in 2010 (new product list) and 2013 (English beside): matched by word stems. Trucks before
          and after 2010 are two series, which overlap in 2009. A quarter may be wrong (Q3 of 2009: 79,6 where its
          months make 135,4): it alone is held. Each edition prints all years anew, so one cell has a vintage for
          each edition that changed it. The edition isn't in the file: its name says it, and the figures count as
          known from the end of the month after it, or from the fetch where that came first.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, cast

from sources.contract import Doubt, Freq, Observation, Payload, Request, Window
from sources.contract import no_links as links
from sources.errors import Contradiction, LayoutChanged, Unreadable
from sources.parse import archives, booklets, numbers, periods, shipped, word97

__all__ = ["FILE", "PARSER", "links", "parse", "plan"]

PARSER: Final = 1
FILE: Final = "rosstat_output.csv"
ADDRESS: Final = "http://www.gks.ru/free_doc/doc_{year}/Ind/ind{month:02}.rar"
FIRST_EDITION: Final = (2009, 4)
LAST_EDITION: Final = (2017, 6)
LAST_WITH_PRODUCTS: Final = 2016

SECTION: Final = re.compile(r"производство транспортных средств")
UNITS: Final = (
    (re.compile(r"тыс\.\s?штук"), Decimal(1000)),
    (re.compile(r"(?<!тыс\.)(?<!тыс\. )\bштук"), Decimal(1)),
)  # fmt: skip
NEW_LIST: Final = 2009  # the first year of the list of products of 2010
EDITION: Final = (
    re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[-_/](0[1-9]|1[0-2])(?![0-9])"),
    re.compile(r"doc_((?:19|20)[0-9]{2})/ind/ind(0[1-9]|1[0-2])(?![0-9])"),
)
INGESTED: Final = re.compile(r"^file:[0-9a-f]{12}/")
LARGEST_GAP_PCT: Final = 3
ANNUAL, FIRST_QUARTER, FIRST_MONTH = 0, 1, 5
COLUMN_NAMES: Final = ("year", "Q1", "Q2", "Q3", "Q4", *(f"month {n}" for n in range(1, 13)))

CITED: Final = ("dataset", "measure", "unit", "freq", "first", "last", "value", "tolerance", "published_at", "citation")
WORDS: Final = MappingProxyType(
    {
        "dataset": frozenset({"report_cars", "report_trucks"}),
        "measure": frozenset(
            {f"{what}_output_units{change}" for what in ("cars", "trucks") for change in ("", "_yoy")}
        ),
        "unit": frozenset({"units", "percent"}),
        "freq": frozenset({"A", "M", "YTD"}),
    }
)

Edition = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a title speaks of: its dataset, which is its scope, and its measure."""

    dataset: str
    measure: str
    title: re.Pattern[str]


KINDS: Final = (
    _Kind("booklet_cars", "cars_output_units", re.compile(r"(?=.*автомобил)(?=.*легков)")),
    _Kind("booklet_trucks_to_2009", "trucks_output_units", re.compile(r"(?=.*автомобил)грузов")),
    _Kind("booklet_trucks", "trucks_output_units", re.compile(r"автомобил.*грузов")),
    _Kind("booklet_buses", "buses_output_units", re.compile(r"автобус")),
)


def plan(window: Window) -> Iterator[Request]:
    """What is shipped; in a backfill the editions of its months, as far as there were any."""
    yield Request(f"shipped:{FILE}", title=FILE, group=FILE)
    if window.nightly:
        return
    for year, month in window.months():
        if FIRST_EDITION <= (year, month) <= LAST_EDITION:
            yield Request(ADDRESS.format(year=year, month=month), period=f"{year}-{month:02}", group="booklet")


def parse(payload: Payload) -> Iterator[Observation | Doubt]:
    """Vehicles made by year, quarter and month, in units; a cell without a figure gives no row.

    Raises:
        WrongDocument: no booklet, nor the shipped table.
        Unreadable: a booklet since 2017, which has no such section; an archive where libarchive is missing.
        Contradiction: figures after the edition that the file's name says.
        LayoutChanged: the section, one of its tables or a year is missing where it should be; other columns.
    """
    if payload.body.startswith(b"dataset,"):
        yield from _cited(payload)
        return
    edition = _edition(payload)
    tables = _tables(payload, edition)
    newest = _newest(payload, tables)
    if edition and newest > edition:
        raise Contradiction(
            payload,
            at="file name",
            expected=f"an edition of {newest[0]}-{newest[1]:02} or later: so far its figures go",
            found=f"{edition[0]}-{edition[1]:02}",
        )
    published = periods.month(*_after(edition))[1] if edition else None
    for kind, table in tables:
        yield from _rows(payload, kind, table, published)


def _edition(payload: Payload) -> Edition | None:
    """Year and month of the edition by the file's name or address; None where neither says it."""
    for name in (payload.title, INGESTED.sub("", payload.url)):
        for form in EDITION:
            if said := list(form.finditer(name.casefold())):
                return int(said[-1][1]), int(said[-1][2])
    return None


def _after(edition: Edition) -> Edition:
    year, month = edition
    return (year, month + 1) if month < periods.DECEMBER else (year + 1, 1)


def _tables(payload: Payload, edition: Edition | None) -> list[tuple[_Kind, booklets.Table]]:
    """The tables of vehicles, each kind at most once; cars, some trucks and buses are always there."""
    tables = _section(payload, edition)
    found: list[tuple[_Kind, booklets.Table]] = []
    for table in tables:
        kind = next((kind for kind in KINDS if kind.title.match(table.title.casefold())), None)
        if kind is None:
            continue
        if any(kind is other for other, _ in found):
            raise LayoutChanged(payload, at=table.place, expected=f"one table {kind.dataset}", found=table.title)
        found.append((kind, table))
    missing = {kind.measure for kind in KINDS} - {kind.measure for kind, _ in found}
    if missing:
        titles = [table.title for table in tables]
        raise LayoutChanged(payload, at="section", expected=f"a table for {sorted(missing)}", found=titles)
    return found


def _section(payload: Payload, edition: Edition | None) -> list[booklets.Table]:
    said = None
    if payload.body.startswith(archives.RAR):
        for name, body in archives.members(payload):
            if said is None and name.casefold().endswith(".doc") and body.startswith(word97.MAGIC):
                said = booklets.tables(payload, word97.lines(payload, name, body), SECTION)
    elif payload.body.startswith(word97.MAGIC):
        said = booklets.tables(payload, word97.lines(payload, "document", payload.body), SECTION)
    else:
        said = booklets.tables(payload, booklets.lines(payload), SECTION)
    if said is not None:
        return said
    facts = {"at": "section 5.2.12", "expected": "output of vehicles", "found": "section missing"}
    if edition is None or edition[0] <= LAST_WITH_PRODUCTS:
        raise LayoutChanged(payload, **facts)
    advice = "Nothing to do: the booklet has had no output by product since 2017"
    raise Unreadable(payload, **facts, advice=advice)


def _newest(payload: Payload, tables: Sequence[tuple[_Kind, booklets.Table]]) -> Edition:
    """The newest month with a figure. All tables but that of the old list go on to the same year, or one was cut."""
    newest: Edition = (0, 0)
    last = max(year.year for _, table in tables for year in table.years) if any(t.years for _, t in tables) else 0
    for kind, table in tables:
        old, end = kind.dataset == "booklet_trucks_to_2009", table.years[-1].year if table.years else 0
        ends = min(last, NEW_LIST) if old else last
        begins_late = kind.dataset == "booklet_trucks" and table.years and table.years[0].year < NEW_LIST
        if end != ends or begins_late:
            raise LayoutChanged(payload, at=table.place, expected=f"years up to {ends} under {table.title}", found=end)
        for year in table.years:
            months = [n for n, cell in enumerate(year.cells[FIRST_MONTH:], start=1) if cell]
            newest = max(newest, (year.year, max(months, default=0)))
    return newest


def _rows(
    payload: Payload, kind: _Kind, table: booklets.Table, published: date | None
) -> Iterator[Observation | Doubt]:
    factor = next((factor for unit, factor in UNITS if unit.search(table.title.casefold())), None)
    if factor is None:
        raise LayoutChanged(payload, at=table.place, expected="тыс.штук or штук in the title", found=table.title)
    for year in table.years:
        figures: dict[int, Decimal] = {}
        for column, cell in enumerate(year.cells):
            try:
                if cell:
                    figures[column] = booklets.figure(cell)
            except ValueError as wrong:
                yield Doubt(locator=_place(year, column, table.title), reason=f"{wrong}", found=cell)
        for column, value in figures.items():
            place = _place(year, column, table.title)
            if reason := _off(figures, column):
                yield Doubt(locator=place, reason=reason, found=year.cells[column])
                continue
            freq, first, last = _period(year.year, column)
            yield Observation(
                dataset=kind.dataset, measure=kind.measure, reporter="RU", unit="units", freq=freq, period_start=first,
                period_end=last, value=value * factor, precision=numbers.half_digit(value) * factor,
                published=published, locator=place,
            )  # fmt: skip


def _place(year: booklets.Year, column: int, title: str) -> str:
    return f'{year.place} "{title.partition(" / ")[0][:60]}" {year.year} {COLUMN_NAMES[column]}'


def _period(year: int, column: int) -> tuple[Freq, date, date]:
    if column == ANNUAL:
        return "A", *periods.full_year(year)
    if column < FIRST_MONTH:
        return "Q", periods.month(year, 3 * column - 2)[0], periods.month(year, 3 * column)[1]
    return "M", *periods.month(year, column - FIRST_MONTH + 1)


def _off(figures: dict[int, Decimal], column: int) -> str:
    """Why a quarter can't be true beside its months; nothing where it can, or where it is none."""
    if not FIRST_QUARTER <= column < FIRST_MONTH:
        return ""
    first = FIRST_MONTH + 3 * (column - FIRST_QUARTER)
    months = [figures[n] for n in range(first, first + 3) if n in figures]
    total, quarter = sum(months, Decimal(0)), figures[column]
    if len(months) == 3 and 100 * abs(quarter - total) > LARGEST_GAP_PCT * total:  # noqa: PLR2004 (of a quarter)
        return f"a quarter over {LARGEST_GAP_PCT} % off the sum of its months, {total}"
    if months and quarter < max(months):
        return f"a quarter below one of its months, {max(months)}"
    return ""


def _cited(payload: Payload) -> Iterator[Observation]:
    """What the press printed of Rosstat's monthly reports (all makers, the classification of 2017)."""
    for record in shipped.records(payload, CITED):
        at = f"row {record.number}"
        for name, allowed in WORDS.items():
            if record[name] not in allowed:
                raise LayoutChanged(payload, at=f"{at} {name}", expected=sorted(allowed), found=record[name])
        if not record["citation"]:
            raise LayoutChanged(payload, at=f"{at} citation", expected="a source", found="nothing")
        try:
            first, last, published = (periods.day(record[name]) for name in ("first", "last", "published_at"))
            value, tolerance = numbers.exact(record["value"]), numbers.exact(record["tolerance"])
        except ValueError as wrong:
            raise LayoutChanged(payload, at=at, expected="days and numbers", found=wrong) from wrong
        if first > last or tolerance < 0:
            raise LayoutChanged(payload, at=at, expected="days in their order, a tolerance of 0 or more", found=record)
        yield Observation(
            dataset=record["dataset"], measure=record["measure"], reporter="RU", unit=record["unit"],
            freq=cast("Literal['A', 'M', 'YTD']", record["freq"]), period_start=first, period_end=last, value=value,
            precision=tolerance, obs_status="F", published=published, locator=f"{at}: {record['citation']}",
        )  # fmt: skip
