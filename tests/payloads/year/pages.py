"""Two and a half years of documents for rehearsals, made by rule: no figure of them was ever published.

China Customs' tables (4) in yuan and dollars, (5) and (6) in dollars, for each month from July 2024 to June 2026; the
Bank of Russia's rates of the dollar and the yuan for each month of it. Levels and names are those of tests' pages of
2026; seasons, growth, noise and the exchange rate follow rules without chance. Earlier months are revised a little, as
they are in truth. Figures of some months are a tenth of what is usual, one is threefold: such things happen, so they
must load.
"""

from __future__ import annotations

import zlib
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from tests.expectations.pages import EXPORTS, MARCH
from tests.payloads.cbr_fx import pages as cbr
from tests.payloads.gacc_preliminary import pages as gacc
from tests.payloads.gacc_preliminary.pages import Commodity, Country

__all__ = ["FIRST", "LAST", "Document", "documents"]

FIRST: Final = (2024, 7)
LAST: Final = (2026, 6)
FEBRUARY: Final = 2
SEASON: Final = (97, 78, 101, 99, 101, 102, 103, 102, 104, 97, 104, 112)  # January to December, percent of the mean
RELEASE_DAY: Final = 9
INDENT: Final = "\xa0\xa0\xa0"
UNITS: Final = {
    ("t", "10000"): "10,000 Tons", ("t", "1"): "Ton", ("units", "10000"): "10,000 Autos", ("units", "1"): "Unit",
}  # fmt: skip
IMPORTS: Final = """
coal and lignite|t|10000|4277.9|3862.5
crude petroleum oils|t|10000|2927.2|22406.1
natural gases|t|10000|1093.1|5531.6
iron ores and concentrates|t|10000|10595.0|10420.0
soybeans|t|10000|1226.0|5480.0
grain food|t|10000|310.4|905.1
pulp|t|10000|301.2|1702.3
rubber|t|10000|60.1|1204.9
plastics in primary forms|t|10000|232.8|3702.1
copper ores and concentrates|t|10000|240.7|6805.3
unwrought copper and copper products|t|10000|46.3|4602.7
integrated circuits|-|0|-|38120.4
mechanical and electrical products|-|0|-|126109.7
high-tech products|-|0|-|84210.6
"""
# (dataset, name, flow) -> the month of a true jump and its factor.
JUMPS: Final = {
    ("5", "rare-earth ore, metals, compounds", "X"): {(2025, 5): 0.1, (2025, 6): 0.15},
    ("6", "grain food", "M"): {(2025, 9): 0.1},
    ("6", "coal and lignite", "M"): {(2026, 4): 0.35},
    ("4", "CA", "M"): {(2025, 9): 0.12, (2025, 10): 0.3},
    ("4", "NZ", "X"): {(2026, 1): 3.0},
}


class Document(NamedTuple):
    """One document: where it stands, on what day it came out, its name and its bytes."""

    source: str
    url: str
    published: date
    name: str
    body: bytes


def documents(first: tuple[int, int] = FIRST, last: tuple[int, int] = LAST) -> Iterator[Document]:
    """All documents about the months between two, both included, oldest first."""
    for year, month in _months(first, last):
        yield from _rates(year, month)
        if month == 1:
            continue  # comes with February
        out = _released(year, month)
        for currency in ("CNY", "USD"):
            body = gacc.section4(
                _countries(year, month, currency), year=year, month=month, currency=currency,
                combined=month == FEBRUARY, day=f"{out:%Y/%m/%d}",
            )  # fmt: skip
            yield _document(4, year, month, currency, out, body)
        for number, make in ((5, gacc.section5), (6, gacc.section6)):
            body = make(
                _commodities(number, year, month), year=year, month=month, currency="USD",
                combined=month == FEBRUARY and year < LAST[0], day=f"{out:%Y/%m/%d}",
            )  # fmt: skip
            yield _document(number, year, month, "USD", out, body)


def _document(number: int, year: int, month: int, currency: str, out: date, body: bytes) -> Document:
    name = f"{number}-{currency.lower()}-{year}-{month:02d}.html"
    return Document("gacc_preliminary", f"{gacc.SITE}/Statics/year-{name}", out, name, body)


def _months(first: tuple[int, int], last: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for n in range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1]):
        yield n // 12, n % 12 + 1


def _released(year: int, month: int) -> date:
    return (date(year, month, monthrange(year, month)[1]) + timedelta(days=1)).replace(day=RELEASE_DAY)


def _noise(*names: object) -> float:
    """Between -1 and 1, always the same for the same names."""
    return zlib.crc32(" ".join(map(str, names)).encode()) % 20001 / 10000 - 1


def _yuan(year: int, month: int) -> float:
    """Yuan for a dollar in a month."""
    return 7.25 - 0.012 * ((year - 2024) * 12 + month - 1)


def _level(table: str, name: str, flow: str, year: int, month: int) -> float:
    """A month's share of its figure of June 2026."""
    age = (LAST[0] - year) * 12 + LAST[1] - month
    steady = name == "W0"
    russia = 1 - 0.10 * (year == 2025) if name == "RU" else 1.0
    wobble = 1 + (0.0 if steady else 0.05) * _noise(table, name, flow, year, month)
    jump = JUMPS.get((table, name, flow), {}).get((year, month), 1.0)
    return SEASON[month - 1] / 100 * 0.996**age * wobble * russia * jump


def _known_in(value: float, of: tuple[int, int], at: tuple[int, int], *names: object) -> float:
    """A month's figure as known when a later month came out: revised once by a few thousandths."""
    return value if of == at else value * (1 + 0.002 * _noise("revised", *names, *of))


def _sum(
    table: str, name: str, flow: str, base: float, year: int, month: int, at: tuple[int, int], rate: bool
) -> float:
    """Since January, as known in a month; in yuan if `rate`."""
    return sum(
        _known_in(base * _level(table, name, flow, year, m), (year, m), at, table, name, flow)
        * (_yuan(year, m) if rate else 1.0)
        for m in range(1, month + 1)
    )


def _printed(value: float) -> str:
    return f"{value:,.1f}"


def _change(now: float, then: float) -> str:
    return f"{100 * (now / then - 1):.1f}"


def _countries(year: int, month: int, currency: str) -> list[Country]:
    rows = []
    for partner in MARCH:
        code = str(partner.code)
        months, sums, ago = [], [], []
        for flow, printed in (("X", partner.month[1]), ("M", partner.month[2])):
            base = float(printed) * 100 / 6.9  # USD million
            yuan = currency == "CNY"
            scale = 0.01 if yuan else 1.0
            value = base * _level("4", code, flow, year, month) * (_yuan(year, month) if yuan else 1.0)
            months.append(round(value * scale, 1))
            at = (year, month)
            sums.append(_sum("4", code, flow, base, year, month, at, yuan) * scale)
            ago.append(_sum("4", code, flow, base, year - 1, month, at, yuan) * scale)
        totals = [round(s, 1) for s in sums]
        rows.append(
            Country(
                f"{INDENT}{partner.name}" if code != "W0" else "Total",
                tuple(_printed(v) for v in (sum(months), *months)),  # type: ignore[arg-type]
                tuple(_printed(v) for v in (sum(totals), *totals)),  # type: ignore[arg-type]
                (_change(sum(sums), sum(ago)), _change(sums[0], ago[0]), _change(sums[1], ago[1])),
            )
        )
    return rows


def _commodities(number: int, year: int, month: int) -> list[Commodity]:
    flow = "X" if number == 5 else "M"
    rows = []
    for line in filter(None, (EXPORTS if flow == "X" else IMPORTS).split("\n")):
        name, unit, factor, quantity, value = line.split("|")[:5]
        pairs: list[tuple[float, float, float, float]] = []
        for base in (float(value), None if quantity == "-" else float(quantity)):
            if base is None:
                continue
            at = (year, month)
            now = _sum(str(number), name, flow, base, year, month, at, False)
            ago = _sum(str(number), name, flow, base, year - 1, month, at, False)
            pairs.append((base * _level(str(number), name, flow, year, month), now, ago, 100 * (now / ago - 1)))
        worth, amount = pairs[0], pairs[1] if len(pairs) > 1 else None
        texts = [("-" if amount is None else _printed(amount[n]), _printed(worth[n])) for n in range(4)]
        rows.append(Commodity(f"{name}", UNITS.get((unit, factor), "-"), *texts))
    return rows


def _rates(year: int, month: int) -> Iterator[Document]:
    """The month's rates of the dollar and the yuan, every working day."""
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    days = [first + timedelta(days=n) for n in range(last.day)]
    for code, level in (("USD", 84.0), ("CNY", 84.0 / _yuan(year, month))):
        rates = [
            cbr.Rate(day, "1", f"{Decimal(str(level * (1 + 0.01 * _noise('rub', day)))):.4f}".replace(".", ","))
            for day in days
            if day.weekday() not in {0, 6}
        ]
        body = cbr.dynamic(rates, identifier=cbr.IDS[code], first=first, last=last)
        name = f"rates-{code.lower()}-{year}-{month:02d}.xml"
        yield Document("cbr_fx", f"https://www.cbr.ru/scripts/year/{name}", last, name, body)


def by_source() -> Mapping[str, list[Document]]:
    """The documents of each source."""
    found: dict[str, list[Document]] = {}
    for document in documents():
        found.setdefault(document.source, []).append(document)
    return found
