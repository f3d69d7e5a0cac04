"""Pages written for Amur's tests in the layout of China Customs' preliminary release; no page of theirs is in here.

The frame has the classes, the malformed links and `</br>`, the CRLF and the stray 0x03 of the site; figures in the
constants are true (rows of the releases named), everything else is the caller's. Cells are text as printed. Nothing
here knows the product.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

WRITTEN = "<!-- Written for Amur's tests in the layout of english.customs.gov.cn; not a page of that site. -->"
SITE = "http://english.customs.gov.cn"
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNITS = {"CNY": "CNY 100 Million", "USD": "USD1 Million"}
BY_COUNTRY = "China's Total Export & Import Values by Country/Region"
EXPORTS = "China's Major Exports by Quantity and Value"
IMPORTS = "China's Major Imports by Quantity and Value"
DAY = "2026/04/08"

Trio = tuple[str, str, str]
Pair = tuple[str, str]


@dataclass(frozen=True)
class Country:
    """A row by country: total, exports, imports of the month and since January, and the change in percent."""

    name: str
    month: Trio
    total: Trio
    change: Trio


@dataclass(frozen=True)
class Commodity:
    """A row by commodity: (quantity, value) of the month, since January, of last year, and the change in percent."""

    name: str
    unit: str
    month: Pair
    total: Pair
    last: Pair
    change: Pair


# Figures of the release of March 2026 by country, in CNY 100 million.
MARCH_2026 = (
    Country(
        "Total",
        ("41,046.4", "22,297.0", "18,749.4"),
        ("118,380.0", "68,466.7", "49,913.3"),
        ("15.0", "11.9", "19.6"),
    ),
    Country(
        "\xa0\xa0European Union",
        ("4,873.2", "3,248.9", "1,624.3"),
        ("14,862.2", "10,344.0", "4,518.2"),
        ("14.6", "18.0", "7.6"),
    ),
    Country(
        "\xa0\xa0\xa0\xa0\xa0\xa0\xa0of which: Germany",
        ("1,243.6", "711.8", "531.7"),
        ("3,752.6", "2,240.9", "1,511.7"),
        ("12.7", "21.2", "2.1"),
    ),
    Country(
        "\xa0\xa0\xa0United States (US)",
        ("2,921.1", "2,045.0", "876.1"),
        ("9,016.7", "6,777.6", "2,239.0"),
        ("-18.7", "-18.3", "-19.7"),
    ),
    Country(
        "\xa0\xa0\xa0R. O. Korea",
        ("2,700.6", "1,071.5", "1,629.1"),
        ("7,016.9", "2,901.8", "4,115.0"),
        ("32.0", "21.4", "40.6"),
    ),
    Country(
        "\xa0\xa0\xa0Taiwan, China",
        ("2,272.5", "630.5", "1,642.0"),
        ("5,968.8", "1,648.0", "4,320.8"),
        ("17.9", "27.8", "14.5"),
    ),
    Country(
        "\xa0\xa0\xa0Russian Federation",
        ("1,535.4", "649.8", "885.6"),
        ("4,280.4", "1,932.8", "2,347.6"),
        ("11.8", "18.8", "6.5"),
    ),
)
# Figures of the release of January and February 2025 by country, in CNY 100 million; `month` isn't printed.
FEBRUARY_2025 = (
    Country("Total", ("", "", ""), ("65,363.6", "38,812.1", "26,551.5"), ("-1.2", "3.4", "-7.3")),
    Country(
        "\xa0\xa0\xa0Russian Federation",
        ("", "", ""),
        ("2,492.5", "1,074.5", "1,417.9"),
        ("-5.9", "-9.8", "-2.7"),
    ),
)
# Figures of releases of major exports, in USD million.
EXPORTS_2025_06 = (
    Commodity(
        "Petroleum products\xa0", "10,000 Tons",
        ("533.5", "3,402.7"), ("2,718.6", "17,970.5"), ("3,009.9", "22,454.5"), ("-9.7", "-20.0"),
    ),
    Commodity(
        "Steel products", "10,000 Tons",
        ("967.8", "6,649.5"), ("5,814.7", "40,661.3"), ("5,323.9", "41,482.0"), ("9.2", "-2.0"),
    ),
    Commodity(
        "Unwrought aluminium and aluminium products", "Ton",
        ("48.9", "1,666.9"), ("291.8", "10,137.0"), ("317.1", "10,474.8"), ("-8.0", "-3.2"),
    ),
    Commodity(
        "Mechanical and electrical products*", "-",
        ("-", "194,023.9"), ("-", "1,085,031.1"), ("-", "1,002,906.7"), ("-", "8.2"),
    ),
    Commodity(
        "\xa0\xa0\xa0\xa0Motor vehicles（including\n\xa0chassis fitted with engines)\xa0", "10,000 Autos",
        ("61.9", "10,749.9"), ("347.3", "59,665.4"), ("292.8", "55,163.0"), ("18.6", "8.2"),
    ),
)  # fmt: skip
EXPORTS_2026_02 = (
    Commodity(
        "Agriculture products*", "—",
        ("-", "7,466.7"), ("-", "17,062.0"), ("-", "15,214.6"), ("-", "12.1"),
    ),
    Commodity(
        "Refined petroleum products", "10,000 Tons",
        ("381.9", "2,555.1"), ("813.2", "5,357.5"), ("721.6", "4,875.0"), ("12.7", "9.9"),
    ),
    Commodity(
        "Products, of steel or iron", "10,000 Tons",
        ("783.7", "5,714.2"), ("1,559.1", "11,014.5"), ("1,697.3", "12,106.2"), ("-8.1", "-9.0"),
    ),
    Commodity(
        "\xa0\xa0\xa0\xa0Motor vehicles（including chassis fitted with engines)\xa0", "10,000 Autos",
        ("73.6", "12,740.1"), ("153.2", "26,976.9"), ("97.0", "16,140.5"), ("57.9", "67.1"),
    ),
)  # fmt: skip
EXPORTS_2026_03 = (
    Commodity(
        "Agriculture products*", "—",
        ("-", "8,564.2"), ("-", "25,625.1"), ("-", "24,326.8"), ("-", "5.3"),
    ),
    Commodity(
        "Refined petroleum products", "10,000 Tons",
        ("460.1", "3,404.0"), ("1,274.0", "8,708.7"), ("1,241.6", "8,405.2"), ("2.6", "3.6"),
    ),
)  # fmt: skip
IMPORTS_2026_06 = (
    Commodity(
        "Coal and lignite", "10,000 Tons",
        ("4,277.9", "3,862.5"), ("22,540.0", "18,110.8"), ("22,162.9", "17,052.0"), ("1.7", "6.2"),
    ),
    Commodity(
        "Crude petroleum oils", "10,000 Tons",
        ("2,927.2", "22,406.1"), ("24,761.0", "151,040.0"), ("27,933.4", "148,328.8"), ("-11.4", "1.8"),
    ),
    Commodity(
        "Natural gases", "10,000 Tons",
        ("1,093.1", "5,531.6"), ("5,744.9", "25,533.4"), ("5,946.9", "26,966.0"), ("-3.4", "-5.3"),
    ),
    Commodity(
        "Mechanical and electrical products<br />\n*", "-",
        ("-", "126,109.7"), ("-", "635,941.0"), ("-", "479,006.6"), ("-", "32.8"),
    ),
)  # fmt: skip


# --- cells and tables --------------------------------------------------------------------------------------


def cell(text: str, *, columns: int = 1, rows: int = 1, markup: bool = False) -> str:
    """A `<td>` as the site writes it: figures in `<span><b>` with a trailing `&nbsp;`."""
    spans = (f' colspan="{columns}"' if columns > 1 else "") + (f' rowspan="{rows}"' if rows > 1 else "")
    inner = text if markup or "<br" in text else escape(text, quote=False).replace("\xa0", "&nbsp;")
    after = "&nbsp;" if text[-1:].isdigit() and "," in text else ""
    return f'\n\t\t\t<td{spans} align="center" class="style5">\n\t\t\t\t<span><b>{inner}{after}</b></span>\n\t\t\t</td>'


def line(cells: Iterable[str]) -> str:
    """A `<tr>`."""
    return f"\n\t\t<tr>{''.join(cells)}\n\t\t</tr>"


def table(lines: Iterable[str]) -> str:
    """A `<table>` as the site's editor leaves it."""
    return (
        '<table style="border-collapse:collapse;" border="0" cellspacing="0" width="1525" class="ke-zeroborder">'
        f"\n\t<tbody>{''.join(lines)}\n\t</tbody>\n</table>"
    )


def frame(title: str, content: str, *, day: str = DAY, heading: str | None = None) -> bytes:
    """A whole page around `content`; `heading` is the title inside the page where it differs from `<title>`."""
    inside = title if heading is None else heading
    page = f"""<!DOCTYPE html>
{WRITTEN}
<html>
<head>
    <meta charset="UTF-8">
    <title>{title}</title>
    <script type="text/javascript" src="/Scripts/jquery.js"></script>
    <script>
  function setFocusNav(index) {{ return index; }}
</script>
</head>
<body>
    <div class="g-top"><a href="/">Home</a><span>|</span><a href="#">中文站</a></div>
    <div class="g-m">
        <form id="formFTS" method="post" action="/search/search"><input id="iptFTS" type="text" name="keyword" /></form>
        <div class="g-nav">
            <ul>
                <li><a href="/statics/report/preliminary.html">• Preliminary Release</a></li>
                <li><a href="http:/statics/report/trade.html">• Trade Indices</a></li>
                <li class="sub-end"></li>
            </ul>
        </div>
        <div class="atcl">
            <div class="atcl-main">
                <div class="atcl-ttl">{inside}</div>
            </div>
            <div class="atcl-layout">
                <div class="atcl-main">
                    <div class="atcl-date">{day}</div>
                    <div class="atcl-cnt" style="overflow-x:auto">@CONTENT@</div>
                    <div class="atcl-rct"><a href = '{SITE}\\Excel\\1_7-en-人民币.xls'>{inside}</a></div>
                </div>
            </div>
        </div>
        <div class="g-ftr">
            <p><a href="/Legislation/Laws">Legislation\x03</a></p>
        </div>
    </div>
    <div class="g-btm">
        <p>Written for tests
        <p>Address: nowhere &nbsp;&nbsp; Postcode: 000000
    </div>
</body>
</html>"""
    return page.replace("\n", "\r\n").replace("@CONTENT@", content).encode()


def name_of(number: int, description: str, year: int, month: int, currency: str, *, combined: bool) -> str:
    """A title as the site writes it: `(4) ..., Mar 2026 (in CNY)`."""
    months = "January-February" if combined else ENGLISH[month - 1]
    return f"({number}) {description}, {months} {year} (in {currency})"


# --- the three tables ----------------------------------------------------------------------------------------


def section4(
    rows: Sequence[Country] = MARCH_2026,
    *,
    year: int = 2026,
    month: int = 3,
    currency: str = "CNY",
    combined: bool = False,
    unit: str | None = None,
    title: str | None = None,
    header_month: int | None = None,
    day: str = DAY,
) -> bytes:
    """(4) by country: 10 columns, or 7 where January and February are one (`combined`).

    `unit`, `title` and `header_month` replace what the page would say of itself, to make pages that are wrong.
    """
    said = title or name_of(4, BY_COUNTRY, year, month, currency, combined=combined)
    shown = header_month or month
    wide = 7 if combined else 10
    flows = ["Export & Import", "Export", "Import"]
    top, below = ["Import Source"], ["Export Destination"]
    for flow in flows:
        top += [flow] if combined else [flow, flow]
        below += ["1- to-2"] if combined else [f"{shown}", f"1- to-{shown}"]
    head = [
        line([cell(escape(said, quote=False), columns=wide, markup=True)]),
        line([cell(f"Unit: {unit or UNITS[currency]}", columns=wide)]),
        line([*map(cell, top), cell(f"1-to-{shown} Total Year-on-Year (±%)", columns=3)]),
        line([*map(cell, below), *map(cell, flows)]),
    ]
    body = []
    for row in rows:
        figures: list[str] = []
        for single, total in zip(row.month, row.total, strict=True):
            figures += [total] if combined else [single, total]
        body.append(line(map(cell, [row.name, *figures, *row.change])))
    notes = line([cell("Note:<br />\n1. Written for tests.", columns=wide)])
    return frame(escape(said, quote=False), table([*head, *body, notes]), day=day)


def commodities(
    number: int,
    rows: Sequence[Commodity],
    *,
    year: int,
    month: int,
    currency: str = "USD",
    combined: bool = False,
    unit: str | None = None,
    title: str | None = None,
    header_month: int | None = None,
    restated_year: int | None = None,
    unit_header: str = "Quantity Unit",
    shifted: bool = False,
    old_style: bool = False,
    day: str = DAY,
) -> bytes:
    """(5) and (6): 10 columns, or 8 where January and February are one (`combined`).

    `shifted` leaves the cells of the unit out and pads the end, as the USD page of April 2025; `old_style` writes
    the headers of 2019; the others replace what the page would say of itself.
    """
    description = EXPORTS if number == 5 else IMPORTS
    said = title or name_of(number, description, year, month, currency, combined=combined)
    shown = header_month or month
    before = restated_year or year - 1
    if old_style:
        last = ENGLISH[shown - 1]
        labels = [last, f"Jan-{last} in Total", f"Jan-{last} {before} in Total", f"Jan-{last} Total Year-on-Year ±%"]
    else:
        labels = [
            f"{shown}", f"1-{shown}\xa0Total", f"1-{shown} Total, {before}", f"1-{shown} Total, Year-On-Year(%)\xa0",
        ]  # fmt: skip
    labels = labels[1:] if combined else labels
    wide = 2 + 2 * len(labels)
    said_unit = f"{'Value ' if old_style else ''}Unit: {unit or UNITS[currency]}"
    head = [
        line([cell(said, columns=wide)]),
        line([cell(said_unit, columns=wide)]),
        line([
            cell("Commodity", rows=2), cell(unit_header, rows=2), *(cell(label, columns=2) for label in labels),
        ]),
        line(cell(word) for _ in labels for word in ("Quantity", "Value")),
    ]  # fmt: skip
    body = []
    for row in rows:
        pairs = [row.total, row.last, row.change] if combined else [row.month, row.total, row.last, row.change]
        figures = [text for pair in pairs for text in pair]
        body.append(line(map(cell, [row.name, *figures, ""] if shifted else [row.name, row.unit, *figures])))
    notes = [
        line([cell('Note: 1. "Written*" for tests.', columns=wide)]),
        line([cell("\xa0\xa0\xa02. Second line of the note.", columns=wide)]),
    ]
    return frame(escape(said, quote=False), table([*head, *body, *notes]), day=day)


def section5(rows: Sequence[Commodity] = EXPORTS_2026_03, *, year: int = 2026, month: int = 3, **more: object) -> bytes:
    """(5) major exports; see `commodities`."""
    return commodities(5, rows, year=year, month=month, **more)  # type: ignore[arg-type]


def section6(rows: Sequence[Commodity] = IMPORTS_2026_06, *, year: int = 2026, month: int = 6, **more: object) -> bytes:
    """(6) major imports, whose header says `QTY Unit`; see `commodities`."""
    return commodities(6, rows, year=year, month=month, **{"unit_header": "QTY Unit", **more})  # type: ignore[arg-type]


# --- indexes and other pages ---------------------------------------------------------------------------------

TITLES = tuple(
    f"({number}) {description} (in {currency})"
    for number, description in ((4, BY_COUNTRY), (5, EXPORTS), (6, IMPORTS))
    for currency in ("CNY", "USD")
)


def address(title: str, month: int, year: int = 2026) -> str:
    """The made-up address of a document: the index gives it, a test's origin can serve it."""
    slug = f"{title[1]}{title[-4:-1].lower()}" if title[-1:] == ")" else "table"
    return f"{SITE}/Statics/{slug}-{year}-{month:02d}.html"


def index(
    links: Mapping[str, Mapping[int, str]],
    *,
    year: int = 2026,
    newest: int = 2026,
    select: str = "preliminarysel",
    kind: str = "Preliminary Release",
) -> bytes:
    """A year's index: `links` gives for each title the addresses of its published months.

    `newest` is the first option of the select; another year is marked as selected.
    """
    selected = ' selected="selected"'
    options = "".join(
        f'<option{selected if y == year != newest else ""} value="{y}">{y}</option>' for y in range(newest, 2017, -1)
    )
    lines = []
    for title, months in links.items():
        marks = []
        for n, name in enumerate(ENGLISH, start=1):
            marks.append(f"<a href={months[n]}> {name}.</a>" if n in months else f"<span>{name}.</span>")
            if n == 6:  # the site breaks the line after June, with a closing tag that opens nothing
                marks.append("</br>")
        lines.append(f"<tr><td>{escape(title, quote=False)}</td><td>{''.join(marks)}</td></tr>")
    page = f"""<!DOCTYPE html>
{WRITTEN}
<html>
<head>
    <meta charset="UTF-8">
    <title>News - Newsroom - GACC</title>
</head>
<body>
    <div class="g-nav"><a href="http:/statics/report/trade.html">• Trade Indices</a></div>
    <div class="g-pth"><a href="/">Home</a> &gt; <a class="g-pth-cur">{kind}</a></div>
    <div class="m-report-title"><span>Year</span><select id="{select}">{options}</select></div>
    <table><thead><tr><th>Title</th><th>Month</th></tr></thead><tbody>{"".join(lines)}</tbody></table>
    <div class="g-ftr"><p><a href="/newsroom/news">News\x03</a></p></div>
</body>
</html>
"""
    return page.replace("\n", "\r\n").encode()


def full_index(months: Iterable[int], *, year: int = 2026, newest: int = 2026) -> bytes:
    """An index in which each of the six tables is out for the given months, and tables (1) and (7) have rows."""
    out = list(months)
    links: dict[str, dict[int, str]] = {"(1) China's Total Export & Import Values (in CNY)": {}}
    links |= {title: {m: address(title, m, year) for m in out} for title in TITLES}
    links["(7) Statistics Bulletin on Freight Supervision"] = {}
    return index(links, year=year, newest=newest)


def picture() -> bytes:
    """A page of 2018: the table is a picture, the title has no number and no currency."""
    title = "China's Total Value of Imports and Exports by Major Country (Region), Jan. 2018"
    return frame(title, "<img src ='\\Excel\\4-RMB.png'/>", day="03/08/2018")


def office_viewer() -> bytes:
    """An article of the Chinese edition: the workbook is inside a viewer."""
    title = "（4）2026年7月进出口商品主要国别（地区）总值表（人民币值）"
    return f"""<!DOCTYPE html>
{WRITTEN}
<html>
 <head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{title} </title></head>
 <body>
  <div class="news_detail">
   <div class="news_detail_tit"><h1>{title}</h1><div class="func"><span>发布时间：2026-08-07 10:30</span></div></div>
   <div class="news_detail_con">
    <p><iframe width="100%" src="/wps/weboffice/office/s/0000?simple&amp;readonly"></iframe></p>
   </div>
  </div>
 </body>
</html>
""".encode()


def chinese_list(lines: Sequence[tuple[str, str, str]]) -> bytes:
    """The list of the Chinese edition: (title, address, day) a line."""
    items = "\n".join(
        f'  <li><a href="{href}" target="_blank" title="{title}" istitle="true">{title}</a><span>{day}</span></li>'
        for title, href, day in lines
    )
    return f"""<!DOCTYPE html>
{WRITTEN}
<html>
 <head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>统计快讯 </title></head>
 <body><div class="news_con"><ul class="news_list">
{items}
 </ul></div></body>
</html>
""".encode()


def challenge() -> bytes:
    """What stands in for a document behind a bot challenge, with status 200."""
    return (
        f"<!DOCTYPE html>{WRITTEN}<html><head><meta charset=\"UTF-8\"><script>$_ts=window['$_ts'];if(!$_ts)$_ts={{}};"
        "</script></head><body></body></html>"
    ).encode()


def renamed(row: Country, name: str) -> Country:
    """The same figures under another name."""
    return replace(row, name=name)
