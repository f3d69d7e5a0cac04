"""Pages in the layout of the China Passenger Car Association, with sentences of our own.

Figures are those that the press printed of its articles (tlsnsj.cn/zhihui/1523 and udn.com 9292660 for 2025;
automotivelogistics.media 2128598 for January-September 2025; dzen.ru/a/Z_gDoQE7BF3AINMD for January-February 2025).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

Table = Sequence[Sequence[str]]

YEAR_2025: Final[Table] = (
    ("排名", "国家", "2025年1-12月（万辆）", "增量（万辆）"),
    ("1", "墨西哥", "62.52", "18.05"),
    ("2", "俄罗斯", "58.27", ""),
    ("3", "阿联酋", "57.19", "24.17"),
    ("10", "哈萨克斯坦", "21.15", ""),
)
NINE_MONTHS: Final[Table] = (
    ("国家", "1-9月累计(辆)"),
    ("墨西哥", "410739"),
    ("俄罗斯", "357708"),
    ("英国", "224590"),
)
TWO_MONTHS: Final[Table] = (
    ("国别", "1-2月(万辆)"),
    ("墨西哥", "8.6"),
    ("俄罗斯", "5.75"),
    ("土耳其", "3.32"),
)
DECEMBER: Final = (
    "2025年12月我国汽车出口99万辆，同比增长73%，环比增长23%。",
    "2025年汽车出口832万辆，同比增长30%，其中新能源343万辆。",
    "对俄罗斯出口2024年为115.8万辆，2025年为58.27万辆。",
)
SEPTEMBER: Final = ("1-9月汽车出口571万辆。", "对俄罗斯出口35.7万辆，同比下降58%。")


def article(
    title: str,
    day: str,
    paragraphs: Sequence[str],
    table: Table = (),
    *,
    charset: str = "utf-8",
    declared: str = "utf-8",
    extra: str = "",
) -> bytes:
    """An article in whatever character set, declaring another one if asked to."""
    said = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    cells = "".join(
        "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>\n"
        for tag, row in (("td" if n else "th", row) for n, row in enumerate(table))
    )
    return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"><title>{title}</title></head><body>
<div class="menu"><a href="news.php?types=csjd">全部2000篇</a></div>
<div class="article"><h1>{title}</h1><div class="info">发布时间：{day}&nbsp;&nbsp;来源：乘联分会</div>
<div class="content">
{said}{f"<table>{cells}</table>" if cells else ""}{extra}
</div></div></body></html>
""".encode(charset)


def year() -> bytes:
    """2025: month and year, in sentences and in a table in 万辆."""
    return article("【出口分析】2025年12月汽车出口分析", "2026-01-27", DECEMBER, YEAR_2025)


def nine_months(charset: str = "gb18030", declared: str = "gb2312") -> bytes:
    """January to September 2025: a table in 辆, the same fact in 万辆 in a sentence."""
    title = "【出口分析】2025年9月汽车出口分析"
    return article(title, "2025-11-13", SEPTEMBER, NINE_MONTHS, charset=charset, declared=declared)


def two_months() -> bytes:
    """January and February 2025 in one figure."""
    return article("【出口分析】2025年1-2月汽车出口分析", "2025-04-10", ("前两个月的各国情况见下表。",), TWO_MONTHS)


LISTED: Final = (
    ("4120", "【出口分析】2025年12月汽车出口分析", "2026-01-27"),
    ("4112", "【月度分析】2025年12月份全国乘用车市场分析", "2026-01-09"),
    ("3988", "【出口分析】2025年9月汽车出口分析", "2025-11-13"),
    ("3720", "【出口分析】2025年1-2月汽车出口分析", "2025-04-10"),
)


def listing(rows: Sequence[tuple[str, str, str]] = LISTED) -> bytes:
    """The list of articles."""
    items = "".join(
        f'<li><a href="newslist.php?types=csjd&id={number}">{title}</a><span>{day}</span></li>\n'
        for number, title, day in rows
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>车市解读</title></head><body>
<a href="index.php">首页</a><ul>{items}</ul></body></html>
""".encode()


REFUSAL: Final = b"<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>"


def samples() -> Mapping[str, bytes]:
    """A good document of each layout."""
    return {
        "month and year": year(),
        "since January, GB18030": nine_months(),
        "January and February": two_months(),
    }
