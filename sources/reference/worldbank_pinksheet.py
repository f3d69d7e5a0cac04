"""World Bank: monthly commodity prices, the "Pink Sheet".

Layout    landing page with one link to CMO-Historical-Data-Monthly.xlsx (its address changes each year);
          sheet `Monthly Prices`: titles, `Updated on October 02, 2025`, a row of names, a row of units, in
          some editions a row of series codes, then one row a month (`2024M12`) from 1960 on.
Calendar  second working day of the next month; the whole history each time.
Traps     Names end in `**` in some editions and not in others. Missing is `…`, `...`, `..` or an empty cell.
          Past values are revised. Some editions round to two digits: below 0.005 is no revision.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from sources.contract import Observation, Payload, Request, Window
from sources.errors import Contradiction, LayoutChanged
from sources.parse import html, periods, sheets

__all__ = ["PARSER", "links", "parse", "plan"]

PARSER: Final = 1
LANDING: Final = "https://www.worldbank.org/en/research/commodity-markets"
FILE_NAME: Final = "cmo-historical-data-monthly.xlsx"
FILE_HOST: Final = "thedocs.worldbank.org"
SHEET: Final = "Monthly Prices"
MONTH: Final = re.compile(r"([0-9]{4})M([0-9]{2})")
UPDATED: Final = re.compile(r"updated on ([a-z]+\.?) ([0-9]{1,2}), ([0-9]{4})", re.IGNORECASE)
MISSING: Final = frozenset({"…", "...", "..", ""})
ROUNDING: Final = Decimal("0.005")
HEAD_ROWS: Final = 30


@dataclass(frozen=True, slots=True)
class Price:
    """A series we keep: our code is the World Bank's own (the row of codes of October 2025)."""

    code: str
    printed_unit: str
    required: bool = False


UNIT: Final = MappingProxyType(
    {
        "($/bbl)": "USD/bbl",
        "($/mt)": "USD/t",
        "($/mmbtu)": "USD/mmbtu",
        "($/dmtu)": "USD/dmtu",
        "($/troy oz)": "USD/troy oz",
    }
)
# What Russia sells to China, and the prices it is measured against.
PRICES: Final = MappingProxyType(
    {
        "crude oil, average": Price("CRUDE_PETRO", "($/bbl)"),
        "crude oil, brent": Price("CRUDE_BRENT", "($/bbl)", required=True),
        "crude oil, dubai": Price("CRUDE_DUBAI", "($/bbl)"),
        "crude oil, wti": Price("CRUDE_WTI", "($/bbl)"),
        "coal, australian": Price("COAL_AUS", "($/mt)", required=True),
        "coal, south african": Price("COAL_SAFRICA", "($/mt)"),
        "natural gas, us": Price("NGAS_US", "($/mmbtu)"),
        "natural gas, europe": Price("NGAS_EUR", "($/mmbtu)"),
        "liquefied natural gas, japan": Price("NGAS_JP", "($/mmbtu)"),
        "soybeans": Price("SOYBEANS", "($/mt)"),
        "soybean oil": Price("SOYBEAN_OIL", "($/mt)"),
        "rapeseed oil": Price("RAPESEED_OIL", "($/mt)"),
        "sunflower oil": Price("SUNFLOWER_OIL", "($/mt)"),
        "barley": Price("BARLEY", "($/mt)"),
        "maize": Price("MAIZE", "($/mt)"),
        "wheat, us srw": Price("WHEAT_US_SRW", "($/mt)"),
        "wheat, us hrw": Price("WHEAT_US_HRW", "($/mt)"),
        "dap": Price("DAP", "($/mt)"),
        "urea": Price("UREA_EE_BULK", "($/mt)"),
        "potassium chloride": Price("POTASH", "($/mt)"),
        "aluminum": Price("ALUMINUM", "($/mt)"),
        "iron ore, cfr spot": Price("IRON_ORE", "($/dmtu)"),
        "copper": Price("COPPER", "($/mt)"),
        "nickel": Price("NICKEL", "($/mt)"),
        "gold": Price("GOLD", "($/troy oz)"),
        "platinum": Price("PLATINUM", "($/troy oz)"),
    }
)


def plan(window: Window) -> Iterator[Request]:  # noqa: ARG001 (the file holds the whole history, whatever the window)
    """The landing page, which alone knows this year's address of the file."""
    yield Request(LANDING, role="index", title="Commodity Markets")


def links(payload: Payload, window: Window) -> Iterator[Request]:  # noqa: ARG001 (as `plan`)
    """The one workbook of monthly prices.

    Raises:
        Blocked: a verification or error page.
        LayoutChanged: no such link, links to several files, or one to another host.
    """
    page = html.document(payload)
    found = {
        urldefrag(urljoin(payload.url or LANDING, str(anchor["href"]).strip())).url
        for anchor in page.select("a[href]")
        if FILE_NAME in str(anchor["href"]).casefold()
    }
    if len(found) != 1:
        raise LayoutChanged(payload, at="a[href]", expected=f"one link to {FILE_NAME}", found=sorted(found) or "none")
    (address,) = found
    where = urlsplit(address)
    if where.scheme != "https" or where.hostname != FILE_HOST:
        raise LayoutChanged(payload, at="a[href]", expected=f"a file on https://{FILE_HOST}", found=address)
    yield Request(address, role="data", group="monthly", title="CMO Historical Data Monthly")


def parse(payload: Payload) -> Iterator[Observation]:
    """One row a price and month, in US dollars for its unit; a month without a price is a missing value.

    Raises:
        LayoutChanged: no readable workbook, sheet, date of edition or required column; another unit; an
            unknown mark in a price's cell.
        Contradiction: a name over another code; months that don't follow each other; prices newer than the
            edition.
    """
    table = sheets.rows(payload, SHEET)
    start = next((n for n, row in enumerate(table) if _month(row)), None)
    if start is None or start > HEAD_ROWS:
        raise LayoutChanged(payload, at=f"{SHEET}!A", expected="a month such as 1960M01", found="none")
    head, body = table[:start], _months(payload, table[start:])
    edition = _edition(payload, head)
    columns = _columns(payload, head)
    newest = body[-1][1][1]
    if newest >= edition:
        raise Contradiction(payload, at=f"{SHEET}!A", expected=f"months before the edition of {edition}", found=newest)
    for row, (first, last) in body:
        for column, price in columns.items():
            value = _price(payload, row, column)
            yield Observation(
                dataset="monthly_prices",
                measure="price",
                partner="W0",
                partner_kind="world",
                product=price.code,
                unit=UNIT[price.printed_unit],
                freq="M",
                period_start=first,
                period_end=last,
                value=value,
                obs_status="A" if value is not None else "M",
                precision=ROUNDING,
                published=edition,
                locator=row.place(column),
            )


def _month(row: sheets.Row) -> re.Match[str] | None:
    return MONTH.fullmatch(row[0].strip()) if isinstance(row[0], str) else None


def _months(payload: Payload, rows: Sequence[sheets.Row]) -> list[tuple[sheets.Row, tuple[date, date]]]:
    """The rows of months with their days: without a gap, and after the last one nothing but notes."""
    taken: list[tuple[sheets.Row, tuple[date, date]]] = []
    ended = False
    for row in rows:
        found = _month(row)
        if not found:
            if any(isinstance(cell, Decimal) for cell in row.cells):
                raise LayoutChanged(payload, at=row.place(0), expected="a month", found=row[0])
            ended = True
            continue
        try:
            days = periods.month(int(found[1]), int(found[2]))
        except ValueError as wrong:
            raise LayoutChanged(payload, at=row.place(0), expected="a month", found=found[0]) from wrong
        if ended or (taken and (days[0] - taken[-1][1][1]).days != 1):
            raise Contradiction(
                payload, at=row.place(0), expected=f"the month after {taken[-1][1][1]:%YM%m}", found=found[0]
            )
        taken.append((row, days))
    return taken


def _edition(payload: Payload, head: Sequence[sheets.Row]) -> date:
    """The day of `Updated on October 02, 2025`."""
    said = [
        found
        for row in head
        for cell in row.cells
        if isinstance(cell, str) and (found := UPDATED.fullmatch(_squeezed(cell)))
    ]
    if len(said) != 1:
        raise LayoutChanged(
            payload, at=f"{SHEET} above the months", expected="one `Updated on …`", found=f"{len(said)}"
        )
    (found,) = said
    try:
        return date(int(found[3]), periods.month_number(found[1]), int(found[2]))
    except ValueError as wrong:
        raise LayoutChanged(payload, at=SHEET, expected="a day", found=found[0]) from wrong


def _columns(payload: Payload, head: Sequence[sheets.Row]) -> Mapping[int, Price]:
    """Our prices by column, after the rows of names, of units and, where there is one, of codes."""
    required = {name for name, price in PRICES.items() if price.required}
    # By the required names alone: some codes (`BARLEY`, `COPPER`) read like names.
    names = [n for n, row in enumerate(head) if any(_name(cell) in required for cell in row.cells)]
    if len(names) != 1:
        raise LayoutChanged(
            payload,
            at=f"{SHEET} above the months",
            expected=f"one row of names with {sorted(required)}",
            found=f"{len(names)}",
        )
    above, below = head[names[0]], head[names[0] + 1 :]
    taken: dict[int, Price] = {}
    for column, cell in enumerate(above.cells):
        price = PRICES.get(_name(cell))
        if price is None:
            continue
        if price in taken.values():
            raise LayoutChanged(payload, at=above.place(column), expected="each name once", found=cell)
        _check(payload, below, column, price)
        taken[column] = price
    lost = required - {_name(cell) for cell in above.cells}
    if lost:
        raise LayoutChanged(
            payload,
            at=f"{SHEET} row {above.number}",
            expected=f"columns {sorted(lost)}",
            found=[_name(cell) for cell in above.cells if cell],
        )
    return taken


def _check(payload: Payload, below: Sequence[sheets.Row], column: int, price: Price) -> None:
    """Under a name stand its unit and at most its code, nothing else."""
    said = [(row.place(column), _squeezed(cell)) for row in below if isinstance(cell := row[column], str) and cell]
    if not said or said[0][1] != price.printed_unit:
        raise LayoutChanged(
            payload, at=said[0][0] if said else f"{SHEET} column {column + 1}",
            expected=f"unit {price.printed_unit} of {price.code}", found=said[0][1] if said else "none",
        )  # fmt: skip
    for place, code in said[1:]:
        if code.casefold() != price.code.casefold():
            raise Contradiction(payload, at=place, expected=f"code {price.code}", found=code)


def _price(payload: Payload, row: sheets.Row, column: int) -> Decimal | None:
    cell = row[column]
    if isinstance(cell, Decimal):
        return cell
    if cell is None or cell.strip() in MISSING:
        return None
    raise LayoutChanged(payload, at=row.place(column), expected="a number or a missing mark", found=cell)


def _name(cell: sheets.Cell) -> str:
    """A column's name without footnote stars, blanks at its ends and case."""
    return _squeezed(cell.replace("*", " ")).casefold() if isinstance(cell, str) else ""


def _squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
