"""China Customs (GACC): preliminary release, trade by country (4), major exports (5) and major imports (6).

Layout    Index: a year's `Title | Month` table, hrefs unquoted, unpublished months as `<span>`. Pages: title,
          `.atcl-date`, one table in `.atcl-cnt` with `Unit:`, two header rows, data, notes. (4): name |
          Export & Import, Export, Import (month `3`, since January `1- to-3`) | change in percent. (5), (6):
          commodity | unit | quantity and value of the month, since January, of last year, change in percent.
          2019: `May`, `Jan-May in Total`, `Value Unit:`, days with the month first.
Calendar  7th to 15th of the next month; January and February together in March (7 columns, 8 in (5) and (6)),
          from 2026 February stands beside `1-2 Total`.
Traps     Title of June 2025 (5) over May's header: the title wins. April 2025 (5) in USD lacks the cells of
          `Quantity Unit`: refused. Title in CNY over figures in USD: refused. 2018 is pictures. Names change
          between 2025 and 2026. Aluminium in `Ton` and footwear in `10,000 Pairs` are misprinted units: the
          quantity is missing. World totals only in (5) and (6).
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from sources.contract import Payload, Request, Row, Window
from sources.parse import gacc, gacc_index, html

__all__ = ["PARSER", "links", "parse", "plan"]
PARSER: Final = 1  # raise it when the same bytes would give other rows
TABLES: Final = ("4", "5", "6")
RECHECK: Final = timedelta(days=30)

# Old names and new are one series where the page of June 2026 restates January-June 2025 with the figure that
# the page of June 2025 gave: at most 0.2 % apart, but 1.2 % in the value of refined petroleum (quantity 0.02 %).
# `Medicinal materials and medicaments of Chinese type` (574.1) is not `Medical and pharmaceutical products`
# (12,734.9). Names of 2019 are joined by their words alone.
ALIASES: Final = MappingProxyType({
    "agricultural products": "agriculture products",
    "automatic data processing equipment and parts thereof":
        "automatic data processing machines and parts thereof",
    "automotive components and parts": "parts and accessories of vehicle",
    "crude petroleum oil": "crude petroleum oils",
    "electronic integrated circuits": "integrated circuits",
    "electric appliances of household type": "household appliances",
    "flat panel display modules of liquid crystals": "lcd panels",
    "general machines": "general machinery",
    "grain food": "grain",
    "lamps and light fittings and parts thereof": "lamps and lighting fittings and parts thereof",
    "motor vehicles (including chassis fitted with engines)": "motor vehicles",
    "motor vehicles and chassis": "motor vehicles",
    "petroleum products": "refined petroleum products",
    "plastic articles": "plastic products",
    "products, of steel or iron": "steel products",
    "rare-earth ore, metals, compounds": "rare earth",
    "suit-cases, hand bags and similar containers": "suitcases, handbags and similar containers",
})  # fmt: skip
COMMODITY: Final = re.compile(r"[a-z][a-z0-9 ,.'()/\-]*")


def plan(window: Window) -> Iterator[Request]:
    """The year's index, in January and February also the last year's."""
    return gacc_index.plan(window, "preliminary")


def links(payload: Payload, window: Window) -> Iterator[Request]:
    """Tables (4), (5) and (6) of each published month, in CNY and in USD.

    Raises:
        LayoutChanged: the index isn't one, lacks a table, or links nothing.
    """
    expected = [f"{table} {currency}" for table in TABLES for currency in ("CNY", "USD")]
    return gacc_index.links(payload, window, _wanted, expected)


def _wanted(title: str) -> gacc_index.Wanted | None:
    says = gacc.read_title(title)
    if says.kind not in TABLES or says.currency is None:
        return None
    return gacc_index.Wanted(f"{says.kind} {says.currency}", "data", RECHECK)


def parse(payload: Payload) -> Iterator[Row]:
    """Rows of whichever of the three tables the page holds.

    Raises:
        LayoutChanged: or one of its kinds, naming row and column.
    """
    page = gacc.page(payload, TABLES)
    if page.kind == "4":
        return gacc.by_country(page, status="P")
    return gacc.commodities(page, canonical)


def canonical(name: str) -> str:
    """The name of a commodity in lower case, one over the years.

    Raises:
        ValueError: not a name in English.
    """
    bare = html.squeeze(name.replace("*", " ")).casefold().replace("&", "and").replace("aluminum", "aluminium")
    spaced = re.sub(r"\s*\(\s*", " (", re.sub(r"\s*\)", ")", bare)).strip()
    if not COMMODITY.fullmatch(spaced):
        raise ValueError(f"not a commodity: {name[:60]!r}")
    return ALIASES.get(spaced, spaced)
