"""Tables of brands in articles: a name a line, columns of counts, of changes and of shares.

What a column holds is said by its head alone, never by its position: a period or a year and no percent is a count
("2025, шт.", "июль 2025, тыс. шт."), "к 2024", "изм., %" or "г/г" a change, "доля" a share. A change whose base isn't
the year before a column of counts is left open. Tables of anything but brands (models, regions, prices) give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final, Literal, cast

from bs4.element import Tag

from sources.contract import Doubt, Payload
from sources.parse import html
from sources.parse.prose import (
    MARKET,
    Figure,
    Language,
    Period,
    Subject,
    SubjectKind,
    cell_change,
    cell_count,
    is_missing,
)
from sources.parse.prose.periods import resolve, year_before
from sources.parse.prose.tokens import Item, fold, items

__all__ = ["Printed", "read"]

NAMES: Final = re.compile(r"(?:марк[аи]|бренды?|brands?|makes?)\b")
RANK: Final = re.compile(r"(?:№|#|n|место|rank|place|no\.?)\.?")
CHANGE: Final = re.compile(r"изм|динамик|прирост|рост|\+/-|change|growth|\bк\b|\bto\b|\bvs\b|г/г|y/y|yoy|аппг")
YEARLY: Final = re.compile(r"г/г|y/y|yoy|год к году|аппг|за год")
SHARE: Final = re.compile(r"дол[яи]|share")
THOUSANDS: Final = re.compile(r"тыс|thousand|th\.")
TOTAL: Final = re.compile(r"(?:итого|всего|весь рынок|рынок|total|market)(?: рынок| по рынку)?:?")
YEAR: Final = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
TIMES: Final = re.compile(r"раз|fold|times|\dx")
NOWHERE: Final = (0, 0)
DEEPEST_HEAD: Final = 3  # a caption may stand over the heads


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell as a figure, without scope, and its place in the table."""

    figure: Figure
    place: str


@dataclass(frozen=True, slots=True)
class _Column:
    """What the cells of a column are; `open` is why that can't be said."""

    kind: Literal["name", "rank", "count", "change", "share", "open"]
    head: str
    number: int
    period: Period | None = None
    scale: int = 1
    open: str = ""


def read(
    payload: Payload, table: Tag, number: int, *, language: Language, published: date
) -> Iterator[Printed | Doubt]:
    """The cells of a table of brands; nothing where it is a table of something else.

    `number` is the table's own on the page, from 1 on; `published` the page's day.

    Raises:
        LayoutChanged: a table without a cell, or far too large.
    """
    grid = html.grid(payload, table)
    top = next((n for n, line in enumerate(grid[:DEEPEST_HEAD]) if _name_column(line) is not None), None)
    if top is None:
        return
    name = cast("int", _name_column(grid[top]))
    heads = [cell.text.strip() if cell else "" for cell in grid[top]]
    columns = [_column(n, head, language, published) for n, head in enumerate(heads)]
    columns[name] = replace(columns[name], kind="name", open="")
    columns = _based(columns)
    for column in columns:
        if column.kind == "open":
            yield Doubt(locator=f"table {number} column {column.number + 1}", reason=column.open, found=column.head)
    for line in grid[top + 1 :]:
        yield from _line(line, columns, name, f"table {number}", language)


def _name_column(line: Sequence[html.Cell | None]) -> int | None:
    return next((n for n, cell in enumerate(line) if cell and NAMES.match(fold(cell.text).strip())), None)


def _column(n: int, head: str, language: Language, published: date) -> _Column:
    low = fold(head).strip()
    if not low or RANK.fullmatch(low):
        return _Column("rank", head, n)
    try:
        period = _period(head, language, published)
    except ValueError as wrong:
        return _Column("open", head, n, open=f"a column whose period can't be known: {wrong}")
    if SHARE.search(low):
        return _Column("share", head, n, period)
    if CHANGE.search(low) or "%" in low or len(YEAR.findall(low)) > 1:
        return _Column("change", head, n, period, open="yearly" if YEARLY.search(low) else "")
    if period is not None:
        return _Column("count", head, n, period, 1000 if THOUSANDS.search(low) else 1)
    return _Column("open", head, n, open="a column of what?")


def _period(head: str, language: Language, published: date) -> Period | None:
    """The period that a head names: months with their year, or a year that is over.

    Raises:
        ValueError: one that can't be known.
    """
    named = [item.mention for item in _items(head, language) if item.mention is not None]
    calendar = [mention for mention in named if mention.form not in {"yearago", "monthago"}]
    if len(calendar) > 1:
        raise ValueError("two periods in one head")
    if calendar:
        return resolve(calendar[0], published=published, current=None)
    years = YEAR.findall(head)
    if len(years) != 1:
        return None
    year = int(years[0])
    if year >= published.year:
        raise ValueError(f"{year} wasn't over")
    return Period("A", date(year, 1, 1), date(year, 12, 31))


def _items(text: str, language: Language) -> list[Item]:
    return items(text, fold(text), 0, len(text), language)


def _based(columns: Sequence[_Column]) -> list[_Column]:
    """Give changes and shares the period of the counts that they belong to, or say that it can't be known."""
    counted = [column.period for column in columns if column.kind == "count" and column.period is not None]
    counted.sort(key=lambda period: period.end)
    out = []
    for column in columns:
        if column.kind == "change":
            out.append(_change(column, counted))
        elif column.kind == "share" and column.period is None:
            only = len(set(counted)) == 1
            out.append(replace(column, period=counted[0]) if only else _opened(column, "a share of which period?"))
        else:
            out.append(column)
    return out


def _change(column: _Column, counted: Sequence[Period]) -> _Column:
    """A change is yearly where it says so or names the year before, or where its own base stands beside it."""
    if not counted:
        return _opened(column, "a change of what?")
    newest = counted[-1]
    base = year_before(newest)
    several = len(counted) > 1
    named = column.period == base or (column.period is None and column.open == "yearly")
    beside = column.period is None and several and list(counted) == [base, newest]
    pair = [int(year) for year in YEAR.findall(column.head)] == [newest.end.year, base.end.year]
    if (named and (not several or base in counted)) or beside or (pair and newest.freq == "A"):
        return replace(column, period=newest, open="")
    return _opened(column, "a change against what?")


def _opened(column: _Column, why: str) -> _Column:
    return replace(column, kind="open", open=why)


def _line(
    line: Sequence[html.Cell | None], columns: Sequence[_Column], name: int, where: str, language: Language
) -> Iterator[Printed | Doubt]:
    labelled = line[name]
    if labelled is None or not labelled.text:
        return
    row = f"{where} row {labelled.row}"
    subject = _subject(labelled.text, language)
    if subject is None:
        yield Doubt(locator=row, reason="a name that isn't known", found=labelled.text[:60])
        return
    for column, cell in zip(columns, line, strict=True):
        if cell is None or column.period is None or column.kind not in {"count", "change", "share"}:
            continue
        if is_missing(cell.raw):
            continue
        place = f"{row} column {column.number + 1}"
        try:
            yield Printed(_figure(cell, column, column.period, subject, language), place)
        except ValueError as wrong:
            yield Doubt(locator=place, reason=str(wrong), found=cell.text[:60])


def _subject(label: str, language: Language) -> Subject | None:
    if TOTAL.fullmatch(fold(label).strip()):
        return MARKET
    found = _items(label, language)
    if len(found) != 1 or found[0].kind != "subject":
        return None
    kind, _, name = found[0].value.partition(":")
    return Subject(cast("SubjectKind", kind), name)


def _figure(cell: html.Cell, column: _Column, period: Period, subject: Subject, language: Language) -> Figure:
    """One cell.

    Raises:
        ValueError: not what its column holds.
    """
    low = fold(cell.raw)
    if column.kind == "count":
        value, precision = cell_count(cell.figure, language=language, scale=column.scale)
        return _sold(subject, period, value, precision)
    value, precision = cell_change(cell.figure, language=language)
    figure = replace(_sold(subject, period, value, precision), unit="percent")
    if column.kind == "share":
        if TIMES.search(low) or value < 0:
            raise ValueError(f"not a share: {cell.text[:60]!r}")
        return replace(figure, measure="share")
    printed: Literal["times", "percent"] = "times" if TIMES.search(low) else "percent"
    return replace(figure, comparison="yoy", base=year_before(period), printed=printed)


def _sold(subject: Subject, period: Period, value: Decimal, precision: Decimal) -> Figure:
    return Figure(
        subject=subject, measure="sales", period=period, value=value, unit="units", precision=precision,
        sentence=NOWHERE, number=NOWHERE,
    )  # fmt: skip
