"""Pages written for Amur's tests in the layout of China Customs' monthly bulletin; no page of theirs is in here.

The frame is that of the preliminary release, the titles have full-width parentheses. Figures in the constants are
true (table (2) of June and January 2026, thousand USD); cells are text as printed.
"""

from collections.abc import Iterable, Sequence

from tests.payloads.gacc_preliminary.pages import SITE, Country, cell, frame, line, table
from tests.payloads.gacc_preliminary.pages import index as preliminary_index

LOST = "############"
NIL = "-"
TITLE = "（2）Imports and Exports by Country （Region） of Origin/Destination"
KEPT = (
    "（15）Exports by Selected Countries (Regions) and by HS Divisions",
    "（16）Imports by Selected Countries (Regions) and by HS Divisions",
)

# Rows of June 2026: the month, since January, change in percent; TOTAL's sum was too wide for its column.
JUNE_2026 = (
    Country(
        "TOTAL",
        ("699,151,163", "412,387,125", "286,764,038"),
        (LOST, "2,125,358,846", "1,549,382,917"),
        ("21.2", "17.6", "26.6"),
    ),
    Country(
        "Asia:",
        ("367,289,661", "214,258,012", "153,031,649"),
        (LOST, "1,102,975,100", "841,102,500"),
        ("23.5", "21.1", "26.9"),
    ),
    Country(
        "Kuwait\xa0",
        ("507,386", "304,597", "202,789"),
        ("4,252,708", "1,820,226", "2,432,482"),
        ("-52.5", "-41.5", "-58.4"),
    ),
    Country(
        "Türkiye",
        ("4,572,879", "4,104,035", "468,844"),
        ("24,824,442", "22,197,603", "2,626,839"),
        ("10.4", "9.4", "19.6"),
    ),
    Country(
        "China",
        ("20,646,421", NIL, "20,646,421"),
        ("96,847,201", NIL, "96,847,201"),
        ("62.8", NIL, "62.8"),
    ),
    Country(
        "Taiwan, China",
        ("34,208,006", "10,014,777", "24,193,229"),
        ("185,037,354", "51,883,721", "133,153,632"),
        ("25.3", "32.9", "22.5"),
    ),
    Country(
        "Kazakhstan",
        ("5,219,425", "3,047,248", "2,172,177"),
        ("27,201,363", "14,977,823", "12,223,540"),
        ("24.8", "7.1", "56.3"),
    ),
    Country("Canary Islands", ("357", "349", "8"), ("1,852", "1,842", "10"), ("-5.9", "-6.3", "323.9")),
    Country(
        "Russia",
        ("24,351,380", "11,432,537", "12,918,844"),
        ("134,174,743", "60,596,461", "73,578,282"),
        ("25.6", "28.4", "23.3"),
    ),
    Country("Other Oceanian Territories", ("1", NIL, "1"), ("10", "1", "10"), ("64.2", "-90.0", "810.7")),
    Country(
        "Countries（Territories）Unknown",
        ("86,517", NIL, "86,517"),
        ("464,625", "57", "464,568"),
        ("-28.5", "-99.6", "-26.9"),
    ),
    Country(
        "EU\xa0",
        ("83,738,224", "58,305,969", "25,432,254"),
        ("447,881,216", "312,255,811", "135,625,404"),
        ("14.2", "16.8", "8.7"),
    ),
)
# Rows of January 2026: the month is all there is, `month` isn't printed.
JANUARY_2026 = (
    Country("TOTAL", ("", "", ""), ("590,758,685", "356,699,626", "234,059,059"), ("15.7", "10.0", "25.6")),
    Country("Asia:", ("", "", ""), ("311,565,767", "183,067,530", "128,498,237"), ("24.0", "20.8", "28.8")),
    Country("Iran", ("", "", ""), ("859,204", "692,216", "166,987"), ("-36.3", "-26.2", "-59.3")),
)


def table2(
    rows: Sequence[Country] = JUNE_2026,
    *,
    year: int = 2026,
    month: int = 6,
    narrow: str = "",
    unit: str = "US$1,000",
    title: str | None = None,
    header_month: int | None = None,
    day: str = "2026/07/22",
) -> bytes:
    """(2) by country: 10 columns, or 7 under the one label `narrow` (`1` for January, `1to2` for two months).

    The 7-column page has its unit in the last cells of a row of blanks. `unit`, `title` and `header_month` replace
    what the page would say of itself, to make pages that are wrong.
    """
    said = title or f"{TITLE},{month}.{year}"
    shown = header_month or month
    wide = 7 if narrow else 10
    flows = ("Total", "Exports", "Imports")
    if narrow:
        units = [*(cell("") for _ in range(5)), cell(f"Unit:{unit}", columns=2)]
        labels = [narrow] * 3
        top = [cell(flow) for flow in flows]
    else:
        units = [cell(f"Unit:{unit}", columns=wide)]
        labels = [f"{shown}", f"1to{shown}"] * 3
        top = [cell(flow, columns=2) for flow in flows]
    head = [
        line([cell(said, columns=wide)]),
        line(units),
        line([cell("Country （Region）", rows=2), *top, cell("Percentage Change", columns=3)]),
        line(map(cell, [*labels, *flows])),
    ]
    body = []
    for row in rows:
        figures: list[str] = []
        for single, total in zip(row.month, row.total, strict=True):
            figures += [total] if narrow else [single, total]
        body.append(line(map(cell, [row.name, *figures, *row.change])))
    notes = line([cell("Notes：<br />\n1、Written for tests.", columns=wide)])
    content = f'<div style="text-align:left;">{table([*head, *body, notes])}</div>'
    return frame(said, content, day=day)


def address(table_number: str, month: int, year: int = 2026) -> str:
    """The made-up address of a document: the index gives it, a test's origin can serve it."""
    return f"{SITE}/Statics/bulletin-{table_number}-{year}-{month:02d}.html"


def index(months: Iterable[int], *, year: int = 2026, newest: int = 2026) -> bytes:
    """A year's index: table (2), the two that are kept, and two that nobody reads."""
    out = list(months)
    links: dict[str, dict[int, str]] = {
        "（1）Summary of Imports and Exports  (In USD) B：Monthly": {m: address("1", m, year) for m in out},
        TITLE: {m: address("2", m, year) for m in out},
        "（4）Imports and Exports by HS Section and Division": {m: address("4", m, year) for m in out},
        KEPT[0]: {m: address("15", m, year) for m in out},
        KEPT[1]: {m: address("16", m, year) for m in out},
    }
    return preliminary_index(links, year=year, newest=newest, select="monthlysel", kind="Monthly Bulletin")
