"""Bank of Russia: the official daily exchange rates of the rouble.

Layout    range  ValCurs[@ID] > Record[@Date] > Nominal, Value, since 2023 also VunitRate;
          day    ValCurs[@Date] > Valute[@ID] > CharCode, Nominal, Value, since 2023 also VunitRate.
          windows-1251, DD.MM.YYYY, decimal comma.
Calendar  set Monday to Friday for the next day: as a rule no Record for Sunday and Monday.
Traps     Value is for Nominal units; Nominal differs by currency and over the years (INR 100 in 2020, 10 in
          2021). A day without rates is answered with the last one set: ValCurs/@Date says which. Small rates
          have VunitRate as `4,81017E-05`. Until the end of 1997 figures are in roubles before the
          redenomination (1 new = 1000 old): their unit is RUR.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sources.contract import Observation, Payload, Request, Window
from sources.contract import no_links as links
from sources.errors import Contradiction, Empty, LayoutChanged
from sources.parse import numbers, periods, xml

__all__ = ["PARSER", "links", "parse", "plan"]

PARSER: Final = 1
RANGE: Final = "https://www.cbr.ru/scripts/XML_dynamic.asp"
CURRENCY: Final = MappingProxyType(
    {
        "R01010": "AUD",
        "R01020A": "AZN",
        "R01035": "GBP",
        "R01060": "AMD",
        "R01090B": "BYN",
        "R01100": "BGN",
        "R01115": "BRL",
        "R01135": "HUF",
        "R01200": "HKD",
        "R01215": "DKK",
        "R01230": "AED",
        "R01235": "USD",
        "R01239": "EUR",
        "R01270": "INR",
        "R01335": "KZT",
        "R01350": "CAD",
        "R01370": "KGS",
        "R01375": "CNY",
        "R01500": "MDL",
        "R01535": "NOK",
        "R01565": "PLN",
        "R01585F": "RON",
        "R01589": "XDR",
        "R01625": "SGD",
        "R01670": "TJS",
        "R01700J": "TRY",
        "R01710A": "TMT",
        "R01717": "UZS",
        "R01720": "UAH",
        "R01760": "CZK",
        "R01770": "SEK",
        "R01775": "CHF",
        "R01810": "ZAR",
        "R01815": "KRW",
        "R01820": "JPY",
    }
)
ASKED: Final = ("R01235", "R01239", "R01375", "R01035", "R01335", "R01230")
NEW_ROUBLE: Final = date(1998, 1, 1)
EURO: Final = date(1999, 1, 1)
SETTLED: Final = timedelta(days=3650)  # a past day's rate is final
STEADY: Final = frozenset({"USD", "EUR", "CNY", "GBP", "KZT"})  # set on every working day since 1999
NO_RATES: Final = timedelta(days=14)  # the New Year holidays leave ten days without
NOMINAL: Final = re.compile(r"10{0,6}")
CODE: Final = re.compile(r"[A-Z]{3}")
SCIENTIFIC: Final = re.compile(r"([0-9](?:,[0-9]+)?)E-(0[1-9]|1[0-9])")
WIDEST: Final = Decimal("0.01")  # VunitRate `90` for 90,4 is a lost digit, no rounding


def plan(window: Window) -> Iterator[Request]:
    """One request a currency: nightly the previous and this month, else one a calendar year of the window.

    Whole months keep a night's address the same for a month, so that the door can ask conditionally.
    """
    spans = [_two_months(window.end)] if window.nightly else list(_years(window))
    for code in ASKED:
        for first, last in spans:
            past = not window.nightly and last < window.now.date()
            yield Request(
                RANGE,
                params={
                    "date_req1": f"{first:%d/%m/%Y}",
                    "date_req2": f"{last:%d/%m/%Y}",
                    "VAL_NM_RQ": code,
                },
                title=f"{CURRENCY[code]} {first} to {last}",
                group=CURRENCY[code],
                recheck=SETTLED if past else None,
            )


def _two_months(day: date) -> tuple[date, date]:
    """First day of the month before, last day of the month of `day`."""
    this, last = periods.month(day.year, day.month)
    return (this - timedelta(days=1)).replace(day=1), last


def _years(window: Window) -> Iterator[tuple[date, date]]:
    for year in window.years():
        yield max(date(year, 1, 1), window.start), min(date(year, 12, 31), window.end)


def parse(payload: Payload) -> Iterator[Observation]:
    """One row a currency and day: roubles for one unit of `product`. A short empty range gives none.

    Raises:
        Empty: no rate in two weeks or more of a currency that has one on every working day.
        LayoutChanged: neither a range nor a day; an unknown currency; no Nominal or Value.
        Contradiction: VunitRate is not Value / Nominal; a day outside the range; one day, two rates.
    """
    rates = xml.root(payload, "ValCurs")
    if rates.get("ID") is not None:
        yield from _range(rates)
    elif rates.get("Date") is not None:
        yield from _day(rates)
    else:
        raise LayoutChanged(
            payload,
            at="/ValCurs",
            expected="an attribute ID or Date",
            found=rates.element.text or sorted(rates.element.keys()),
        )


def _range(rates: xml.Node) -> Iterator[Observation]:
    code = rates.attribute("ID")
    if code not in CURRENCY:
        raise LayoutChanged(rates.payload, at="/ValCurs[@ID]", expected=sorted(CURRENCY), found=code)
    first = _date(rates, "DateRange1") if rates.get("DateRange1") is not None else date.min
    last = _date(rates, "DateRange2") if rates.get("DateRange2") is not None else date.max
    seen: dict[date, Decimal | None] = {}
    others = {str(child.tag) for child in rates.element.iterchildren("*")} - {"Record"}
    if others:  # else a renamed record would pass for a range without rates
        raise LayoutChanged(rates.payload, at="/ValCurs", expected="Record", found=sorted(others))
    for record in rates.children("Record"):
        day = _date(record, "Date")
        if not first <= day <= last:
            raise Contradiction(rates.payload, at=record.place, expected=f"a day from {first} to {last}", found=day)
        if record.get("Id") not in {None, code}:
            raise Contradiction(rates.payload, at=record.place, expected=f"Id {code}", found=record.get("Id"))
        row = _rate(record, CURRENCY[code], day)
        if seen.setdefault(day, row.value) != row.value:
            raise Contradiction(
                rates.payload, at=record.place, expected=f"one rate for {day}: {seen[day]}", found=row.value
            )
        yield row
    begun, ended = max(first, EURO), min(last, rates.payload.fetched_at.date())
    if not seen and CURRENCY[code] in STEADY and ended - begun >= NO_RATES:
        raise Empty(rates.payload, at="/ValCurs", expected=f"rates from {begun} to {ended}", found="no Record")


def _day(rates: xml.Node) -> Iterator[Observation]:
    day = _date(rates, "Date")
    seen: set[str] = set()
    for record in rates.children("Valute"):
        currency = record.text("CharCode")
        if not CODE.fullmatch(currency):
            raise LayoutChanged(rates.payload, at=record.place, expected="an ISO currency code", found=currency)
        known = CURRENCY.get(record.attribute("ID"), currency)
        if known != currency:
            raise Contradiction(rates.payload, at=record.place, expected=f"{known} under its ID", found=currency)
        if currency in seen:
            raise Contradiction(
                rates.payload, at=record.place, expected="each currency once", found=f"{currency} again"
            )
        seen.add(currency)
        yield _rate(record, currency, day)
    if not seen:
        raise LayoutChanged(rates.payload, at="/ValCurs", expected="rates of the day", found="no Valute")


def _rate(record: xml.Node, currency: str, day: date) -> Observation:
    """The row of a Record or Valute; `Value / Nominal` is exact, for Nominal is a power of ten."""
    nominal = record.text("Nominal")
    if not NOMINAL.fullmatch(nominal):
        raise LayoutChanged(record.payload, at=f"{record.place}/Nominal", expected="1, 10, 100, …", found=nominal)
    value = _number(record, "Value")
    rate = value / int(nominal)
    precision = numbers.half_digit(value) / int(nominal)
    if record.has("VunitRate"):
        _check(record, rate, precision)
    return Observation(
        dataset="daily",
        measure="fx_rate",
        reporter="RU",
        product=currency,
        unit="RUB" if day >= NEW_ROUBLE else "RUR",
        freq="D",
        period_start=day,
        period_end=day,
        value=rate,
        precision=precision,
        published=day,
        locator=f"{record.place}/Value",
    )


def _check(record: xml.Node, rate: Decimal, precision: Decimal) -> None:
    """The rate for one unit, where printed, must be the same one as far as both are printed."""
    text = record.text("VunitRate")
    found = SCIENTIFIC.fullmatch(text)
    printed = numbers.exact(found[1], mark=",").scaleb(-int(found[2])) if found else _number(record, "VunitRate")
    allowed = max(precision, min(numbers.half_digit(printed), abs(rate) * WIDEST))
    if abs(printed - rate) > allowed:
        raise Contradiction(
            record.payload,
            at=f"{record.place}/VunitRate",
            expected=f"Value / Nominal = {rate}",
            found=printed,
        )


def _number(record: xml.Node, name: str) -> Decimal:
    text = record.text(name)
    try:
        return numbers.exact(text, mark=",")
    except ValueError as wrong:
        raise LayoutChanged(
            record.payload, at=f"{record.place}/{name}", expected="a number with a decimal comma", found=text
        ) from wrong


def _date(node: xml.Node, name: str) -> date:
    text = node.attribute(name)
    try:
        return periods.day(text)
    except ValueError as wrong:
        raise LayoutChanged(
            node.payload, at=f"{node.place}[@{name}]", expected="a day DD.MM.YYYY", found=text
        ) from wrong
