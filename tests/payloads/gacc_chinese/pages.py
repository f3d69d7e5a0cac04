"""Articles written for Amur's tests in the layout of China Customs' Chinese site; no page of theirs is in here.

Before 2026 the articles held their table as text. Figures in the constants are true where a comment says of what;
cells are text as printed. Nothing here knows the product.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from typing import TypeVar

from tests.payloads.gacc_bulletin import pages as bulletin
from tests.payloads.gacc_preliminary import pages as preliminary
from tests.payloads.gacc_preliminary.pages import Commodity, Country

WRITTEN = "<!-- Written for Amur's tests in the layout of www.customs.gov.cn; not a page of that site. -->"
UNITS = {"CNY": "亿元人民币", "USD": "百万美元"}
CURRENCIES = {"CNY": "（人民币值）", "USD": "（美元值）", "": ""}
FLOWS = ("进出口", "出口", "进口")
NAMES = ("进口原产国（地）", "出口最终目的国（地）")
TITLES = {
    "2": "（2）{months}进出口商品国别（地区）总值表",
    "4": "（4）{months}进出口商品主要国别（地区）总值表",
    "5": "（5）{months}全国出口重点商品量值表",
    "6": "（6）{months}全国进口重点商品量值表",
}
SINCE = "2024-08-07 10:30"
Row = TypeVar("Row", Country, Commodity)

# True: trade with Russia in July and January to July 2024, in USD 100 million, as the press gave it on 7 August 2024.
JULY_2024 = (
    Country("\u3000俄罗斯", ("196.9", "99.9", "97.0"), ("1,366.7", "616.4", "750.3"), ("-", "-", "-")),
)  # fmt: skip


def renamed(rows: Sequence[Row], names: str) -> tuple[Row, ...]:
    """The same figures under Chinese names, which stand in `names` between bars."""
    return tuple(replace(row, name=name) for row, name in zip(rows, names.split("|"), strict=True))


# The figures of the English pages under their Chinese names.
MARCH_2026 = renamed(
    preliminary.MARCH_2026,
    "总值|\xa0\xa0欧洲联盟|\xa0\xa0\xa0\xa0其中：德国|\u3000美国|\u3000韩国|\u3000中国台湾|\u3000俄罗斯联邦",
)
FEBRUARY_2025 = renamed(preliminary.FEBRUARY_2025, "总 值|\u3000俄罗斯")
EXPORTS_2026_03 = tuple(
    replace(row, unit=unit)
    for row, unit in zip(renamed(preliminary.EXPORTS_2026_03, "农产品*|成品油"), ("-", "万吨"), strict=True)
)
EXPORTS_2025_06 = tuple(
    replace(row, unit=unit)
    for row, unit in zip(
        renamed(preliminary.EXPORTS_2025_06, "成品油|钢材|未锻轧铝及铝材|机电产品*|\u3000\u3000其中：汽车(包括底盘）"),
        ("万吨", "万吨", "万吨", "-", "万辆"),
        strict=True,
    )
)
IMPORTS_2026_06 = tuple(
    replace(row, unit=unit)
    for row, unit in zip(
        renamed(preliminary.IMPORTS_2026_06, "煤及褐煤|原油|天然气|机电产品*"),
        ("万吨", "万吨", "万吨", "-"),
        strict=True,
    )
)
JUNE_2026 = renamed(
    bulletin.JUNE_2026,
    "总值|亚洲：|\u3000科威特|\u3000土耳其|\u3000中国|\u3000中国台湾|\u3000哈萨克斯坦|\u3000加那利群岛|\u3000俄罗斯"
    "|\u3000大洋洲其他国家(地区)|国（地）别不详|欧洲联盟",
)


def cell(text: str, *, columns: int = 1, rows: int = 1) -> str:
    """A `<td>` as a spreadsheet leaves it."""
    spans = (f" colspan={columns}" if columns > 1 else "") + (f" rowspan={rows}" if rows > 1 else "")
    return f'\n<td{spans} class="xl68" style="height:14.25pt">{escape(text, quote=False)}</td>'


def line(cells: Iterable[str]) -> str:
    """A `<tr>`."""
    return f"\n<tr>{''.join(cells)}</tr>"


def unit_line(unit: str, wide: int) -> str:
    """The unit in the last cell of a row of blanks, behind the sign of ratio that the site prints for a colon."""
    return line([*(cell("\xa0") for _ in range(wide - 2)), cell(f"单位∶{unit}" if unit else "\xa0", columns=2)])


def frame(
    title: str, lines: Iterable[str], *, since: str = SINCE, pub: str = "2024-08-07", heading: str = "h1"
) -> bytes:
    """An article around a table; the page around it is made of tables too.

    `since` is the minute of publication, `pub` the day in the head, `heading` the element that holds the title.
    """
    when = f"<span>发布时间：{since}</span>" if since else ""
    meta = f'\n<meta name="PubDate" content="{pub}">' if pub else ""
    return f"""<!DOCTYPE html>
{WRITTEN}
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{title} </title>
<meta name="SiteName" content="海关总署">
<meta name="ArticleTitle" content="{title}">{meta}
</head>
<body>
<h1><a href="/">中华人民共和国海关总署</a></h1>
<table class="nav"><tr><td><a href="/">首页</a></td><td>政务公开</td></tr></table>
<table class="layout"><tr><td>
 <div class="news_detail">
  <{heading}>{title}</{heading}>
  <div class="func">{when}<span>文章来源：统计分析司</span></div>
  <div class="news_detail_con">
<table border="0" cellpadding="0" style="border-collapse:collapse"><tbody>{"".join(lines)}
</tbody></table>
  </div>
 </div>
</td></tr></table>
</body>
</html>
""".encode()


def title_of(kind: str, year: int, month: int, currency: str, *, combined: bool) -> str:
    """A title as the site writes it; `currency` may be empty, as it was in 2025."""
    months = f"{year}年1至2月" if combined else f"{year}年{month}月"
    return TITLES[kind].format(months=months) + CURRENCIES[currency]


def labels_of(style: str, month: int) -> tuple[str, str]:
    """The headers of the month and of the sum since January: `7`, `7月`, or with `累计`."""
    return {
        "bare": (f"{month}", f"1至{month}"),
        "month": (f"{month}月", f"1至{month}月"),
        "sum": (f"{month}月", f"1至{month}月累计"),
    }[style]


def by_country(
    kind: str = "4",
    rows: Sequence[Country] = JULY_2024,
    *,
    year: int = 2024,
    month: int = 7,
    currency: str = "USD",
    named_currency: bool = True,
    combined: bool = False,
    unit: str = "亿美元",
    style: str = "bare",
    names: tuple[str, ...] = NAMES,
    title_row: bool = True,
    title: str | None = None,
    header_month: int | None = None,
    change: str = "累计比去年同期±％",
    **more: str,
) -> bytes:
    """(4) of the preliminary release and (2) of the bulletin: 10 columns, or 7 where two months are one (`combined`).

    `names` are the two lines above the column of names, or the one cell over both. `title`, `unit` and
    `header_month` replace what the page would say of itself, to make pages that are wrong.
    """
    said = title or title_of(kind, year, month, currency if named_currency else "", combined=combined)
    wide = 7 if combined else 10
    single, total = labels_of(style, header_month or month)
    labels = (total,) if combined else (single, total)
    top = [cell(flow, columns=len(labels)) for flow in FLOWS]
    head = [line([cell(said, columns=wide)])] if title_row else []
    head += [
        unit_line(unit, wide),
        line([cell(names[0], rows=3 - len(names)), *top, cell(change, columns=3)]),
        line([*map(cell, names[1:]), *(cell(label) for _ in FLOWS for label in labels), *map(cell, FLOWS)]),
    ]
    body = []
    for row in rows:
        figures: list[str] = []
        for of_month, running in zip(row.month, row.total, strict=True):
            figures += [running] if combined else [of_month, running]
        body.append(line(map(cell, [row.name, *figures, *row.change])))
    notes = [
        line([cell("注：1.为测试而写。"), *(cell("") for _ in range(wide - 1))]),
        line([cell("2.同上。", columns=wide)]),
    ]
    return frame(said, [*head, *body, *notes], **more)


def commodities(
    kind: str = "5",
    rows: Sequence[Commodity] = EXPORTS_2025_06,
    *,
    year: int = 2025,
    month: int = 6,
    currency: str = "USD",
    named_currency: bool = True,
    combined: bool = False,
    unit: str | None = None,
    restated: str = "",
    style: str = "sum",
    title: str | None = None,
    header_month: int | None = None,
    shifted: bool = False,
    change: str | None = None,
    **more: str,
) -> bytes:
    """(5) and (6): 8 columns, two fewer where January and February are one, two more with last year's (`restated`).

    The title stands outside the table. `shifted` leaves out the cells of the unit and pads the end.
    """
    said = title or title_of(kind, year, month, currency if named_currency else "", combined=combined)
    single, total = labels_of(style, header_month or month)
    months = "1至2月" if combined else f"1至{header_month or month}月"
    labels = [
        *([] if combined else [single]), total, *([restated] if restated else []),
        change or f"{months}累计比去年同期±％",
    ]  # fmt: skip
    wide = 2 + 2 * len(labels)
    head = [
        unit_line(UNITS[currency] if unit is None else unit, wide),
        line([cell("商品名称", rows=2), cell("计量单位", rows=2), *(cell(label, columns=2) for label in labels)]),
        line(cell(word) for _ in labels for word in ("数量", "金额")),
    ]
    body = []
    for row in rows:
        pairs = [*([] if combined else [row.month]), row.total, *([row.last] if restated else []), row.change]
        figures = [text for pair in pairs for text in pair]
        body.append(line(map(cell, [row.name, *figures, ""] if shifted else [row.name, row.unit, *figures])))
    notes = line([cell("注：“*”为测试而写。", columns=wide)])
    return frame(said, [*head, *body, notes], **more)


def workbook() -> bytes:
    """An article whose table is a workbook to download."""
    title = title_of("4", 2024, 7, "USD", combined=False)
    return frame(title, [line([cell("x")])]).replace(b"x</td>", '<a href="/files/（4）.xls">附件</a></td>'.encode())
