"""Answers of the Bank of Russia's XML services, written for Amur's tests in the layout of the source.

Figures named here are the published ones. Nothing of the product is imported: a demo origin serves them too.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

NOTE = "<!-- Written for Amur's tests in the layout of the source. -->"


class Rate(NamedTuple):
    """What stands under one `Record` (`key` a day) or `Valute` (`key` an ISO code), as printed."""

    key: date | str
    nominal: str
    value: str
    unit_rate: str | None = None


# Official rates of the dollar, set for these days; none for 2, 3, 9 and 10 March 2025.
USD_MARCH_2025 = (
    Rate(date(2025, 3, 1), "1", "88,2568", "88,2568"),
    Rate(date(2025, 3, 4), "1", "89,2497", "89,2497"),
    Rate(date(2025, 3, 5), "1", "89,2448", "89,2448"),
    Rate(date(2025, 3, 6), "1", "89,7878", "89,7878"),
    Rate(date(2025, 3, 7), "1", "89,5724", "89,5724"),
    Rate(date(2025, 3, 8), "1", "89,1362", "89,1362"),
)
# Saturday, 25 April 2020: before VunitRate, rupees by the hundred.
APRIL_2020 = (
    Rate("GBP", "1", "91,9309"),
    Rate("USD", "1", "74,7163"),
    Rate("EUR", "1", "80,2528"),
    Rate("INR", "100", "97,7259"),
    Rate("KZT", "100", "17,2705"),
    Rate("CNY", "1", "10,5493"),
    Rate("JPY", "100", "69,4035"),
)
# Saturday, 5 June 2021: rupees by the ten.
JUNE_2021 = (Rate("USD", "1", "73,2721"), Rate("INR", "10", "10,0242"), Rate("CNY", "1", "11,4318"))

IDS = {
    "AED": "R01230",
    "CNY": "R01375",
    "EUR": "R01239",
    "GBP": "R01035",
    "INR": "R01270",
    "IRR": "R01300",
    "JPY": "R01820",
    "KZT": "R01335",
    "USD": "R01235",
}
NAMES = {
    "AED": "Дирхам ОАЭ",
    "CNY": "Китайский юань",
    "EUR": "Евро",
    "GBP": "Фунт стерлингов",
    "INR": "Индийских рупий",
    "IRR": "Иранских риалов",
    "JPY": "Японских иен",
    "KZT": "Казахстанских тенге",
    "USD": "Доллар США",
}


def _numbers(rate: Rate) -> str:
    unit_rate = "" if rate.unit_rate is None else f"<VunitRate>{rate.unit_rate}</VunitRate>"
    return f"<Value>{rate.value}</Value>{unit_rate}"


def dynamic(
    rates: Iterable[Rate] = USD_MARCH_2025,
    *,
    identifier: str = "R01235",
    first: date = date(2025, 3, 1),
    last: date = date(2025, 3, 10),
) -> bytes:
    """XML_dynamic: one currency over a range of days, windows-1251."""
    records = "".join(
        f'<Record Date="{rate.key:%d.%m.%Y}" Id={quoteattr(identifier)}>'
        f"<Nominal>{rate.nominal}</Nominal>{_numbers(rate)}</Record>"
        for rate in rates
    )
    return (
        f'<?xml version="1.0" encoding="windows-1251"?><ValCurs ID={quoteattr(identifier)} '
        f'DateRange1="{first:%d.%m.%Y}" DateRange2="{last:%d.%m.%Y}" name="Foreign Currency Market Dynamic">'
        f"{records}</ValCurs>{NOTE}"
    ).encode("cp1251")


def daily(rates: Sequence[Rate] = APRIL_2020, *, day: date = date(2020, 4, 25)) -> bytes:
    """XML_daily: the currencies of one day, windows-1251."""
    valutes = "".join(
        f'<Valute ID="{IDS.get(str(rate.key), "R09999")}"><NumCode>000</NumCode>'
        f"<CharCode>{rate.key}</CharCode>"
        f"<Nominal>{rate.nominal}</Nominal><Name>{escape(NAMES.get(str(rate.key), 'Валюта'))}</Name>"
        f"{_numbers(rate)}</Valute>"
        for rate in rates
    )
    return (
        f'<?xml version="1.0" encoding="windows-1251"?><ValCurs Date="{day:%d.%m.%Y}" '
        f'name="Foreign Currency Market">{valutes}</ValCurs>{NOTE}'
    ).encode("cp1251")


def error() -> bytes:
    """What the service says to parameters it can't read."""
    return f'<?xml version="1.0" encoding="windows-1251"?><ValCurs>Error in parameters</ValCurs>{NOTE}'.encode("cp1251")
