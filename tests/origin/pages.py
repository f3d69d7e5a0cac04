"""The web of the demo: each source's pages, in the layout of the source, as they stand on 25 July 2026.

All of it was written for Amur. Figures that were published are true as far as they are known here; the others are
made up, to fill pages that a judge takes for whole. `MADE_UP` says which, and so does each page in a comment.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import openpyxl

from tests.origin import bulletin
from tests.origin.server import Page
from tests.payloads.cbr_fx import pages as cbr
from tests.payloads.gacc_bulletin import pages as monthly
from tests.payloads.gacc_preliminary import pages as preliminary
from tests.payloads.gacc_preliminary.pages import Commodity, Country
from tests.payloads.worldbank_pinksheet import pages as pinksheet

__all__ = ["MADE_UP", "NIGHTS", "REVISED", "demo_web", "revision"]

# The demo's clock: the night of the first run, and the one after the change of a page.
NIGHTS: Final = ("2026-07-25T02:30:00Z", "2026-07-26T02:30:00Z")
YEAR: Final = 2026
REVISED: Final = (
    f"Russia's row in the bulletin of June 2026 was changed: exports {bulletin.REVISION_PCT} percent higher, and the "
    "sums with it. Nothing of the kind was published"
)
MADE_UP: Final[Mapping[str, str]] = MappingProxyType({
    "gacc_preliminary": (
        "by country, March 2026: Total, the EU, Germany, the United States, Hong Kong, Korea, Taiwan, Russia and "
        "India are true (the changes of Hong Kong and India are not); the other partners are made up. Commodities, "
        "May and June 2026: steel, motor vehicles and refined petroleum in exports, and coal, crude, gas and machinery "
        "in imports are true (of the exports, figures and changes of the year before are not); the others are made up"
    ),
    "gacc_bulletin": bulletin.MADE_UP,
    "cbr_fx": "all rates of exchange are made up",
    "worldbank_pinksheet": (
        "Brent and Australian coal are true for December 2021, March and September 2022, June 2023, June and "
        "December 2024, and July to September 2025; the months between and after are made up"
    ),
})  # fmt: skip


def demo_web() -> dict[str, Page]:
    """Every page that the sources ask for in a night of July 2026, by address."""
    pages = {}
    for part in (_preliminary, _bulletin, _rates, _prices):
        for url, page in part():
            if url in pages:
                raise ValueError(f"two pages for one address: {url}")
            pages[url] = page
    return pages


def revision() -> tuple[str, bytes]:
    """The page that changes between the two nights, and its new body."""
    return _address("bulletin 2", bulletin.MONTHS[-1]), _html(
        bulletin.page(bulletin.MONTHS[-1], revised=True), f"{MADE_UP['gacc_bulletin']}. {REVISED}"
    )


def _html(body: bytes, made_up: str) -> bytes:
    """The page with a comment that says what in it is not so."""
    if body.count(b"<html") != 1:
        raise ValueError("not a page of HTML")
    return body.replace(b"<html", f"<!-- For the demo. {made_up}. -->\r\n<html".encode(), 1)


def _address(document: str, month: int) -> str:
    """Addresses of documents can't be guessed: the index alone leads to them."""
    return f"{preliminary.SITE}/Statics/{uuid.uuid5(uuid.NAMESPACE_URL, f'{document} {YEAR}-{month:02d}')}.html"


# --- China Customs: preliminary release -----------------------------------------------------------------------

# Partners of March 2026 in CNY 100 million. The first two are true but for their changes, the rest is made up.
OTHER_PARTNERS: Final = (
    Country(
        "\xa0\xa0\xa0Hong Kong, China",
        ("3,168.0", "2,730.9", "437.1"), ("7,944.7", "6,922.9", "1,021.8"), ("12.0", "12.5", "8.7"),
    ),
    Country(
        "\xa0\xa0\xa0India",
        ("987.9", "846.1", "141.8"), ("3,022.1", "2,615.7", "406.4"), ("17.2", "18.0", "12.3"),
    ),
    Country(
        "\xa0\xa0ASEAN",
        ("6,901.0", "4,102.0", "2,799.0"), ("19,204.0", "11,702.0", "7,502.0"), ("15.0", "16.0", "13.5"),
    ),
    Country(
        "\xa0\xa0\xa0\xa0\xa0\xa0\xa0of which: Viet Nam",
        ("1,902.0", "1,251.0", "651.0"), ("5,103.0", "3,401.0", "1,702.0"), ("21.0", "22.0", "19.0"),
    ),
    Country(
        "\xa0\xa0\xa0Japan",
        ("2,001.0", "1,001.0", "1,000.0"), ("5,702.0", "2,851.0", "2,851.0"), ("4.5", "4.0", "5.0"),
    ),
    Country(
        "\xa0\xa0\xa0Australia",
        ("1,402.0", "501.0", "901.0"), ("3,903.0", "1,402.0", "2,501.0"), ("12.2", "14.0", "11.2"),
    ),
    Country(
        "\xa0\xa0Latin America",
        ("3,503.0", "1,902.0", "1,601.0"), ("10,204.0", "5,503.0", "4,701.0"), ("13.4", "12.0", "15.1"),
    ),
    Country(
        "\xa0\xa0Africa",
        ("2,402.0", "1,601.0", "801.0"), ("6,904.0", "4,602.0", "2,302.0"), ("18.8", "20.0", "16.5"),
    ),
)  # fmt: skip

# January to June 2026 in USD million: unit, quantity and value of June and since January, made-up changes on last
# year. True but for the changes; of May the month is true too.
TRUE_EXPORTS: Final = (
    ("Refined petroleum products", "10,000 Tons", ("436.1", "4453.8"), ("2359.3", "20333.9"), (-12, -9)),
    ("Products, of steel or iron", "10,000 Tons", ("1032.0", "7335.4"), ("5487.4", "38474.7"), (-6, -5)),
    (
        "\xa0\xa0\xa0\xa0Motor vehicles（including chassis fitted with engines)\xa0", "10,000 Autos",
        ("106.9", "18228.9"), ("530.7", "91802.0"), (53, 54),
    ),
)  # fmt: skip
TRUE_MAY: Final = (
    (("336.8", "3763.5"), ("1923.3", "16027.3")),
    (("1034.1", "7215.0"), ("4455.4", "31142.0")),
    (("98.8", "16706.5"), ("423.8", "73571.6")),
)
OTHER_EXPORTS: Final = (
    ("Agriculture products*", "—", ("-", "9012.0"), ("-", "50023.0"), (0, 4)),
    ("Household appliances", "10,000 Sets", ("40210.0", "8811.0"), ("221040.0", "48512.0"), (3, 1)),
    ("Mobile phones", "10,000 Sets", ("6120.0", "9512.0"), ("34110.0", "51230.0"), (-4, -2)),
    ("Integrated circuits", "100 Million Pieces", ("352.1", "31020.0"), ("1901.4", "160412.0"), (12, 61)),
    ("Furniture and parts thereof", "-", ("-", "5210.0"), ("-", "29814.0"), (0, -3)),
    ("Plastic products", "-", ("-", "9314.0"), ("-", "52011.0"), (0, 2)),
    ("Toys", "-", ("-", "3512.0"), ("-", "17022.0"), (0, -1)),
    ("Fertilizers", "10,000 Tons", ("301.2", "1105.0"), ("1502.7", "5311.0"), (8, 14)),
    ("Mechanical and electrical products*", "-", ("-", "260311.0"), ("-", "1350110.0"), (0, 24)),
    ("High-tech products*", "-", ("-", "118840.0"), ("-", "604120.0"), (0, 38)),
)
OTHER_IMPORTS: Final = (
    ("Grain", "10,000 Tons", ("1402.1", "5611.0"), ("6902.4", "28120.0"), (4, 1)),
    ("Iron ores and concentrates", "10,000 Tons", ("10402.0", "10110.0"), ("61210.0", "60914.0"), (3, 5)),
    ("Copper ores and concentrates", "10,000 Tons", ("251.4", "8412.0"), ("1522.8", "49820.0"), (2, 31)),
    ("Natural and synthetic rubber", "10,000 Tons", ("61.2", "1150.0"), ("391.4", "7114.0"), (-2, 1)),
    ("Pulp", "10,000 Tons", ("302.4", "1811.0"), ("1811.2", "10714.0"), (1, -6)),
    ("Integrated circuits", "100 Million Pieces", ("551.0", "48011.0"), ("2993.0", "250114.0"), (7, 32)),
    ("Medicinal materials and medicaments", "10,000 Tons", ("2.1", "4120.0"), ("12.4", "24013.0"), (-3, 2)),
    ("High-tech products*", "-", ("-", "84210.0"), ("-", "431020.0"), (0, 24)),
)

Figures = tuple[str, str]
Goods = tuple[str, str, Figures, Figures, tuple[int, int]]


def _preliminary() -> Iterator[tuple[str, Page]]:
    months: dict[str, dict[int, str]] = {title: {} for title in preliminary.TITLES}
    for number, currency, month, body in (
        (4, "CNY", 3, preliminary.section4((*preliminary.MARCH_2026, *OTHER_PARTNERS))),
        (5, "USD", 5, preliminary.section5(list(_exports_of_may()), month=5, day="2026/06/09")),
        (5, "USD", 6, preliminary.section5(list(_exports_of_june()), month=6, day="2026/07/14")),
        (6, "USD", 6, preliminary.section6(list(_imports_of_june()), month=6, day="2026/07/14")),
    ):
        (title,) = (t for t in preliminary.TITLES if t.startswith(f"({number})") and t.endswith(f"{currency})"))
        months[title][month] = _address(f"preliminary {number} {currency}", month)
        yield months[title][month], Page(_html(body, MADE_UP["gacc_preliminary"]))
    yield f"{preliminary.SITE}/statics/report/preliminary.html", Page(preliminary.index(months, year=YEAR))


def _exports_of_june() -> Iterator[Commodity]:
    yield from (_commodity(goods) for goods in (*TRUE_EXPORTS, *OTHER_EXPORTS))


def _exports_of_may() -> Iterator[Commodity]:
    for (name, unit, _, _, changes), (month, total) in zip(TRUE_EXPORTS, TRUE_MAY, strict=True):
        yield _commodity((name, unit, month, total, changes))
    yield from (_commodity(_a_month_before(goods)) for goods in OTHER_EXPORTS)


def _imports_of_june() -> Iterator[Commodity]:
    yield from preliminary.IMPORTS_2026_06
    yield from (_commodity(goods) for goods in OTHER_IMPORTS)


def _each(work: Callable[[Decimal], Decimal], figures: Figures) -> Figures:
    """The figures with `work` done to each that there is."""
    quantity, value = (
        text if text == "-" else str(work(Decimal(text)).quantize(Decimal("0.1"), ROUND_HALF_UP)) for text in figures
    )
    return quantity, value


def _a_month_before(goods: Goods) -> Goods:
    """May as it must have been for June's sums to hold, itself a fifth of the five months."""
    name, unit, month, total, changes = goods
    quantity, value = (
        "-" if whole == "-" else str(Decimal(whole) - Decimal(part)) for whole, part in zip(total, month, strict=True)
    )
    return name, unit, _each(lambda figure: figure / 5, (quantity, value)), (quantity, value), changes


def _commodity(goods: Goods) -> Commodity:
    """The row as printed: last year's figures follow from the changes, then the printed changes from both."""
    name, unit, month, total, changes = goods
    last, printed = [], []
    for text, change in zip(total, changes, strict=True):
        if text == "-":
            last.append("-")
            printed.append("-")
            continue
        base = (Decimal(text) / (1 + Decimal(change) / 100)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        percent = (100 * (Decimal(text) / base - 1)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        last.append(str(base))
        printed.append(str(percent + 0))
    return Commodity(
        name, unit, _grouped(month), _grouped(total), _grouped((last[0], last[1])), (printed[0], printed[1])
    )


def _grouped(figures: Figures) -> Figures:
    quantity, value = (text if text == "-" else f"{Decimal(text):,}" for text in figures)
    return quantity, value


# --- China Customs: monthly bulletin --------------------------------------------------------------------------


def _bulletin() -> Iterator[tuple[str, Page]]:
    links: dict[str, dict[int, str]] = {monthly.TITLE: {}, **{title: {} for title in monthly.KEPT}}
    for month in bulletin.MONTHS:
        url = links[monthly.TITLE][month] = _address("bulletin 2", month)
        yield url, Page(_html(bulletin.page(month), MADE_UP["gacc_bulletin"]))
    index = preliminary.index(links, year=YEAR, newest=YEAR, select="monthlysel", kind="Monthly Bulletin")
    yield f"{preliminary.SITE}/statics/report/monthly.html", Page(index)


# --- Bank of Russia -------------------------------------------------------------------------------------------

# Roubles on the first day, for the nominal beside them: made up.
RATES: Final = MappingProxyType({
    "USD": ("79.2000", 1), "EUR": ("91.1000", 1), "CNY": ("11.0200", 1), "GBP": ("106.4000", 1),
    "KZT": ("15.1300", 100), "AED": ("21.5700", 1),
})  # fmt: skip
ASKED: Final = (date(YEAR, 6, 1), date(YEAR, 7, 31))
LAST_SET: Final = date(YEAR, 7, 25)
SUNDAY_AND_MONDAY: Final = (6, 0)


def _rates() -> Iterator[tuple[str, Page]]:
    first, last = ASKED
    for currency, (start, nominal) in RATES.items():
        rates = []
        day, n = first, 0
        while day <= LAST_SET:
            if day.weekday() not in SUNDAY_AND_MONDAY:
                value = (Decimal(start) * (1000 + (n * 7) % 13 - 6) / 1000).quantize(Decimal("0.0001"))
                rates.append(cbr.Rate(day, str(nominal), _comma(value), _comma((value / nominal).normalize())))
                n += 1
            day += timedelta(days=1)
        identifier = cbr.IDS[currency]
        body = cbr.dynamic(rates, identifier=identifier, first=first, last=last)
        url = (
            f"https://www.cbr.ru/scripts/XML_dynamic.asp?date_req1={first:%d/%m/%Y}&date_req2={last:%d/%m/%Y}"
            f"&VAL_NM_RQ={identifier}"
        )
        said = f"<!-- For the demo: {MADE_UP['cbr_fx']}. -->".encode("cp1251")
        yield url, Page(body + said, "application/xml; charset=windows-1251")


def _comma(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")


# --- World Bank -----------------------------------------------------------------------------------------------

LANDING: Final = "https://www.worldbank.org/en/research/commodity-markets"
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES: Final = ("Crude oil, Brent", "Coal, Australian")
UNITS: Final = ("($/bbl)", "($/mt)")
# Brent and Australian coal: published, but for the last, which gives the months after September 2025 a way to go.
TRUE_PRICES: Final = (
    ((2021, 12), 74.31, 169.65), ((2022, 3), 115.59, 314.04), ((2022, 9), 90.16, 430.81), ((2023, 6), 74.89, 139.42),
    ((2024, 6), 82.555, 135.1), ((2024, 12), 73.833, 129.81), ((2025, 7), 70.951, 112.9), ((2025, 8), 68.203, 112.15),
    ((2025, 9), 67.951, 106.32),
)  # fmt: skip
INVENTED_END: Final = ((2026, 6), 71.0, 110.0)
EDITION: Final = "Updated on July 02, 2026"


def _prices() -> Iterator[tuple[str, Page]]:
    body = pinksheet.workbook(_months(), names=NAMES, units=UNITS, codes=None, updated=EDITION)
    book = openpyxl.load_workbook(io.BytesIO(body))
    book.properties.description = f"{pinksheet.NOTE} For the demo: {MADE_UP['worldbank_pinksheet']}."
    out = io.BytesIO()
    book.save(out)
    yield pinksheet.FILE, Page(out.getvalue(), WORKBOOK)
    yield LANDING, Page(pinksheet.landing())


def _months() -> dict[str, Sequence[pinksheet.Cell]]:
    """Every month from the first to the last price, those between two in equal steps."""
    known = (*TRUE_PRICES, INVENTED_END)
    months: dict[str, Sequence[pinksheet.Cell]] = {}
    for (start, *old), (end, *new) in pairwise(known):
        first, last = start[0] * 12 + start[1] - 1, end[0] * 12 + end[1] - 1
        for n in range(first, last + 1):
            part = (n - first) / (last - first)
            months[f"{n // 12}M{n % 12 + 1:02d}"] = [
                round(then + part * (now - then), 3) for then, now in zip(old, new, strict=True)
            ]
    return months
