"""Files of China Customs' query system, written for Amur's tests in the layout of its downloads.

The figures are true: imports of crude oil, liquefied and piped gas from Russia as China Customs gave them (by way of
Wind and the Centre for Research on Energy and Clean Air), January 2022 and January to May 2024 in two vintages.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

FILE_NAME = "downloadData_import.csv"
HEADER = (
    "数据年月", "商品编码", "商品名称", "贸易伙伴编码", "贸易伙伴名称",
    "第一数量", "第一计量单位", "第二数量", "第二计量单位", "美元",
)  # fmt: skip
CRUDE = {
    "商品编码": "27090000", "商品名称": "石油原油及从沥青矿物提取的原油",
    "贸易伙伴编码": "344", "贸易伙伴名称": "俄罗斯",
    "第一计量单位": "千克", "第二数量": "0", "第二计量单位": "",
}  # fmt: skip
LNG = CRUDE | {"商品编码": "27111100", "商品名称": "液化天然气"}
PIPED = CRUDE | {"商品编码": "27112100", "商品名称": "气态天然气"}


def line(of: Mapping[str, str], month: str, quantity: str, value: str, **more: str) -> dict[str, str]:
    """One row of the file by column."""
    return {**of, "数据年月": month, "第一数量": quantity, "美元": value, **more}


JANUARY_2022 = (
    line(CRUDE, "202201", "7,256,424,820", "4,238,207,674"),
    line(LNG, "202201", "263,898,441", "193,831,852"),
    line(PIPED, "202201", "0", "240,413,361"),
)
# Crude oil from Russia as it stood on 22 June 2024, and on 28 September 2024.
JUNE_2024 = (
    line(CRUDE, "202401", "8,619,189,328", "4,841,954,212"),
    line(CRUDE, "202402", "9,096,630,213", "5,251,723,736"),
    line(CRUDE, "202403", "10,808,028,514", "6,459,859,185"),
    line(CRUDE, "202404", "9,260,138,483", "5,738,833,832"),
    line(CRUDE, "202405", "8,910,255,841", "5,502,740,845"),
)
SEPTEMBER_2024 = (
    line(CRUDE, "202401", "8,618,398,217", "4,856,251,759"),
    line(CRUDE, "202402", "9,095,464,032", "5,299,044,682"),
    line(CRUDE, "202403", "10,804,951,037", "6,516,391,605"),
    line(CRUDE, "202404", "9,258,592,043", "5,787,799,413"),
    line(CRUDE, "202405", "8,908,590,223", "5,533,024,853"),
)
# Crude of January 2022, parted by mode of trade for these tests: ordinary trade and the rest of the true figure.
BY_MODE = (
    line(CRUDE, "202201", "7,000,000,000", "4,000,000,000", 贸易方式编码="10", 贸易方式名称="一般贸易"),
    line(CRUDE, "202201", "256,424,820", "238,207,674", 贸易方式编码="34", 贸易方式名称="海关特殊监管区域物流货物"),
)
MODES = ("贸易方式编码", "贸易方式名称")


def table(
    rows: Iterable[Mapping[str, str]] = JANUARY_2022,
    header: Sequence[str] = HEADER,
    *,
    charset: str = "gb18030",
    trailing: bool = True,
) -> bytes:
    """A file of these rows: the header bare, fields in quotes, `trailing` a comma after the last column."""
    out = io.StringIO()
    end = ",\r\n" if trailing else "\r\n"
    out.write(",".join(header) + end)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return out.getvalue().encode(charset)


def samples() -> dict[str, bytes]:
    """Good documents by name, one of each layout."""
    return {
        "a month": table(),
        "several months, UTF-8 with a mark": table(JUNE_2024, charset="utf-8-sig"),
        "by mode of trade": table(BY_MODE, (*HEADER[:5], *MODES, *HEADER[5:])),
        "without trailing comma": table(JUNE_2024, trailing=False),
    }
