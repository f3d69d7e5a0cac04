"""China Customs (GACC): preliminary release, trade by country (4), major exports (5) and major imports (6).

Layout    Index: a year's `Title | Month` table, hrefs unquoted, unpublished months as `<span>`. Pages: title,
          `.atcl-date`, one table in `.atcl-cnt` with `Unit:`, two header rows, data, notes. (4): name |
          Export & Import, Export, Import (month `3`, since January `1- to-3`) | change in percent. (5), (6):
          commodity | unit | quantity and value of the month, since January, of last year, change in percent.
          2019: `May`, `Jan-May in Total`, `Value Unit:`, days with the month first.
          Chinese articles before 2026, saved by hand: `7月`, `1至7月累计`, `累计比去年同期±%`; the minute is in
          `发布时间`; the title may lack its currency and stand outside the table; last year's sum may be left out.
Calendar  7th to 15th of the next month; January and February together in March (7 columns, 8 in (5) and (6)),
          from 2026 February stands beside `1-2 Total`.
Traps     Title of June 2025 (5) over May's header: the title wins. April 2025 (5) in USD lacks the cells of
          `Quantity Unit`: refused. Title in CNY over figures in USD: refused. 2018 is pictures. Names change
          between 2025 and 2026. Aluminium in `Ton` and footwear in `10,000 Pairs` are misprinted units: the
          quantity is missing. World totals only in (5) and (6). A Chinese article with an office viewer or a link
          to a workbook holds no figures; a Chinese commodity that isn't known is held, not guessed.
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
# Names of the Chinese edition, without blanks and stars; the English is that of the same row, alias or not.
CHINESE: Final = MappingProxyType({
    "农产品": "agriculture products",
    "水产品": "aquatic products",
    "粮食": "grain",
    "肉类(包括杂碎)": "meat (including meat offal)",
    "干鲜瓜果及坚果": "fresh or dried fruit and nuts",
    "大豆": "soya beans",
    "食用植物油": "edible vegetable oil",
    "铁矿砂及其精矿": "iron ores and concentrates",
    "铜矿砂及其精矿": "copper ores and concentrates",
    "煤及褐煤": "coal and lignite",
    "原油": "crude petroleum oils",
    "成品油": "refined petroleum products",
    "天然气": "natural gases",
    "稀土": "rare earth",
    "中药材及中式成药": "medicinal materials and medicaments of chinese type",
    "医药品": "medical and pharmaceutical products",
    "医药材及药品": "medicinal materials and pharmaceutical products",
    "肥料": "fertilizers",
    "美容化妆品及洗护用品": "make-ups or personal care and toiletries",
    "初级形状的塑料": "plastics in primary forms",
    "塑料制品": "plastic products",
    "天然及合成橡胶(包括胶乳)": "natural and synthetic rubber (including latex)",
    "箱包及类似容器": "suitcases, handbags and similar containers",
    "原木及锯材": "wood logs and lumber",
    "纸浆": "paper pulp",
    "纺织纱线、织物及其制品": "textile yarn, fabrics and articles thereof",
    "纺织纱线、织物及制品": "textile yarn, fabrics and articles thereof",
    "服装及衣着附件": "garments and clothing accessories",
    "鞋靴": "footwear",
    "陶瓷产品": "ceramic products",
    "钢材": "steel products",
    "未锻轧铜及铜材": "unwrought copper and copper products",
    "未锻轧铝及铝材": "unwrought aluminium and aluminium products",
    "家具及其零件": "furniture and parts thereof",
    "玩具": "toys",
    "机电产品": "mechanical and electrical products",
    "通用机械设备": "general machinery",
    "机床": "machine tools",
    "自动数据处理设备及其零部件": "automatic data processing machines and parts thereof",
    "手机": "mobile phones",
    "家用电器": "household appliances",
    "音视频设备及其零件": "audio or video devices and parts thereof",
    "二极管及类似半导体器件": "diodes and similar semiconductors",
    "集成电路": "integrated circuits",
    "汽车(包括底盘)": "motor vehicles",
    "汽车零配件": "parts and accessories of vehicle",
    "空载重量超过2吨的飞机": "aircraft of an unladen weight exceeding 2t",
    "船舶": "ships",
    "液晶平板显示模组": "lcd panels",
    "医疗仪器及器械": "medical or surgical instruments and apparatuses",
    "灯具、照明装置及其零件": "lamps and lighting fittings and parts thereof",
    "高新技术产品": "hi-tech products",
})  # fmt: skip
IDEOGRAPH: Final = re.compile(r"[\u4e00-\u9fff]")
WITHIN: Final = re.compile(r"^其中[:∶]")
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
    """The name of a commodity in English and lower case, one over the years and in both editions.

    Raises:
        KeyError: a Chinese name whose English isn't known.
        ValueError: not a name.
    """
    if IDEOGRAPH.search(name):
        return CHINESE[WITHIN.sub("", "".join(html.squeeze(name.replace("*", " ")).split()))]
    bare = html.squeeze(name.replace("*", " ")).casefold().replace("&", "and").replace("aluminum", "aluminium")
    spaced = re.sub(r"\s*\(\s*", " (", re.sub(r"\s*\)", ")", bare)).strip()
    if not COMMODITY.fullmatch(spaced):
        raise ValueError(f"not a commodity: {name[:60]!r}")
    return ALIASES.get(spaced, spaced)
