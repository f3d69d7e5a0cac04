"""Each shipped claim over a few rows written by hand: what confirms it, what contradicts it, and silence."""

import calendar
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.warehouse.builders import warehouse
from warehouse.claim_files import Claim, shipped
from warehouse.claims import RELATIONS, answers_at, end_of
from warehouse.database import Database

CLAIMS = {claim.claim_id: claim for claim in shipped()}
Row = tuple[str, dict[str, Any]]


def span(label: str, freq: str) -> tuple[date, date]:
    """The first and last day of a period."""
    if freq == "D":
        return date.fromisoformat(label), date.fromisoformat(label)
    first, _, last = label.partition("/")
    if freq == "A":
        return date(int(first), 1, 1), date(int(last or first), 12, 31)
    year = int(first[:4])
    if freq == "H":
        return (date(year, 1, 1), date(year, 6, 30)) if label.endswith("H1") else (date(year, 7, 1), date(year, 12, 31))
    month = int((last or first)[5:])
    start = 1 if freq == "YTD" else int(first[5:])
    return date(year, start, 1), date(year, month, calendar.monthrange(year, month)[1])


def ind(indicator: str, period: str, value: float | None, freq: str = "A", **more: object) -> Row:
    """A row of `indicators`."""
    start, end = span(period, freq)
    facts = {"title": "t", "unit": "u", "coverage": 1.0, "grade": "quotable", "inputs": [], "low_base": False}
    return "indicators", facts | {
        "indicator": indicator, "period": period, "value": value, "freq": freq, "period_start": start,
        "period_end": end,
    } | more  # fmt: skip


def obs(measure: str, period: str, value: float | None, freq: str = "A", **more: object) -> Row:
    """A row of `observations`; its key is the dataset and the measure."""
    start, end = span(period, freq)
    facts: dict[str, object] = {
        "series_key": f"{more.get('dataset', 'd')}:{measure}", "dataset": "d", "measure": measure, "period": period,
        "value": value, "freq": freq, "period_start": start, "period_end": end,
    }  # fmt: skip
    return "observations", facts | more


def event(kind: str, day: str, actor: str, **more: object) -> Row:
    """A row of `events`; its id is the type, actor, target and day."""
    facts: dict[str, object] = {
        "event_id": f"e-{kind}-{actor}-{more.get('target', '')}-{day}".lower().replace(" ", ""), "event_type": kind,
        "event_date": date.fromisoformat(day), "actor": actor, "asserted_by": [], "article_ids": [],
    }  # fmt: skip
    return "events", facts | more


def step(project: str, status: str, day: str, side: str) -> Row:
    """A row of `project_history`."""
    return "project_history", {
        "project": project, "status": status, "status_date": date.fromisoformat(day), "side": side, "asserted_by": side,
    }  # fmt: skip


class Case(NamedTuple):
    """Rows, and what the claim comes to over them; `why` is a part of the sentence."""

    claim: str
    rows: list[Row]
    computed: float | None
    status: str
    why: str = ""


def years(indicator: str, **values: float) -> list[Row]:
    """A row a year: `y2024=...`."""
    return [ind(indicator, year[1:], value) for year, value in values.items()]


TRADE = years("trade_total_usd", y2022=190e9, y2023=240.1e9, y2024=244.8e9)
YOY_PRINTED = {
    "dataset": "gacc_by_country_yoy_usd", "reporter": "CN", "partner": "RU", "flow": "T", "product": "TOTAL",
}  # fmt: skip
SUPPLIER = {"reporter": "RU", "partner": "CN", "flow": "M", "product": "TOTAL"}
BUYER = {"reporter": "RU", "partner": "CN", "flow": "X", "product": "27"}
CARS = {"reporter": "CN", "partner": "RU", "product": "vehicles"}
FEE = "recycling_fee_rub"
GRAINS = [
    ind("wheat_import_t", "2023", 200_000),
    ind("wheat_import_t_ua", "2023", 300_000),
    ind("wheat_import_t_kz", "2023", 600_000),
    ind("barley_import_t", "2024", 500_000),
    ind("barley_import_t_ua", "2024", 900_000),
    ind("barley_import_t_kz", "2024", 400_000),
]
BANS = [
    event("import_ban", "2025-07-30", "Rosstandart", target=maker) for maker in ("Dongfeng", "Foton", "FAW", "Sitrak")
]
DUMPING = {"target": "China", "status": "dumping"}
PS2 = "Power of Siberia 2"
TRAIN = "Moscow-Kazan high-speed rail"

CASES = [
    # trade
    Case("C01", TRADE, 244.8e9, "confirmed", "2023 with 240.1"),
    Case("C01", years("trade_total_usd", y2023=240e9, y2024=250e9), 250e9, "imprecise"),
    Case("C01", years("trade_total_usd", y2023=246e9, y2024=244.8e9), 244.8e9, "contradicted"),
    Case("C01", years("trade_total_usd", y2024=244.8e9), 244.8e9, "unverifiable", "no year before"),
    Case("C01", years("trade_total_usd", y2025=245e9), None, "no data"),
    Case("C02", TRADE + years("trade_total_usd", y2025=300e9), 2024, "confirmed", "of 3 years held since 2022"),
    Case("C02", years("trade_total_usd", y2023=246e9, y2024=244.8e9), 2023, "contradicted"),
    Case("C02", years("trade_total_usd", y2022=190e9, y2024=244.8e9), None, "no data", "not both held"),
    Case(
        "C03",
        [ind("trade_total_yoy", "2025-11", -8.6, "YTD"), ind("trade_total_yoy", "2025-06", -9, "YTD")],
        -8.6,
        "confirmed",
        "November 2025",
    ),
    Case(
        "C03",
        [ind("trade_total_yoy", "2025-07", -8, "YTD"), obs("trade_value_yoy", "2025-11", -8.7, "YTD", **YOY_PRINTED)],
        -8.7,
        "confirmed",
    ),
    Case("C03", [ind("trade_total_yoy", "2025-10", -5, "YTD")], -5, "imprecise"),
    Case("C03", [ind("trade_total_yoy", "2025-11", 1.5, "YTD")], 1.5, "contradicted"),
    Case(
        "C03",
        [ind("trade_total_yoy", "2025-12", -6.8, "YTD"), ind("trade_total_yoy", "2025-11", -9, "M")],
        None,
        "no data",
    ),
    Case("C04", [obs("rank", "2024", 1, **BUYER)], 1, "confirmed"),
    Case("C04", [obs("share", "2024", 52, **BUYER)], 1, "confirmed"),
    Case("C04", [obs("rank", "2024", 2, **BUYER)], 2, "contradicted"),
    Case(
        "C04",
        [obs("share", "2024", 47, **BUYER), ind("crude_import_t", "2024", 108.5e6)],
        None,
        "unverifiable",
        "108.5 million t",
    ),
    Case("C05", [obs("rank", "2024", 1, **SUPPLIER)], 1, "confirmed"),
    Case("C05", [obs("rank", "2024", 3, **SUPPLIER)], 3, "contradicted"),
    Case("C05", [obs("share", "2021-08", 23.3, "YTD", **SUPPLIER)], None, "unverifiable", "23.3 % up to 2021-08"),
    # cars and trucks
    Case(
        "C06",
        [ind("car_exports_to_ru_units_ratio_2022", "2024", 7.5, grade="do not quote")],
        7.5,
        "confirmed",
        "different scope",
    ),
    Case("C06", [ind("car_exports_to_ru_units_ratio_2022", "2024", 3.0)], 3.0, "imprecise"),
    Case("C06", [ind("car_exports_to_ru_units_ratio_2022", "2024", 0.9)], 0.9, "contradicted"),
    Case("C06", [ind("car_exports_to_ru_units_ratio_2022", "2025", 7.0)], None, "no data"),
    Case(
        "C07",
        [
            event("statement", "2025-04-21", "AvtoVAZ", **DUMPING),
            event("statement", "2025-12-10", "AvtoVAZ", **DUMPING),
        ],
        1,
        "confirmed",
        "2025-04-21, 2025-12-10",
    ),
    Case("C07", [event("statement", "2025-12-10", "AvtoVAZ", **DUMPING)], 0, "imprecise"),
    Case("C07", [event("statement", "2024-12-10", "AvtoVAZ", **DUMPING)], 0, "contradicted"),
    Case("C07", [event("statement", "2025-12-10", "KAMAZ", **DUMPING)], None, "no data"),
    Case(
        "C08",
        [ind("lada_sales_units_yoy", "2025-12", -26.3, "YTD"), obs("lada_sales_units_yoy", "2025-11", -27, "YTD")],
        -26.3,
        "confirmed",
        "December 2025",
    ),
    Case(
        "C08",
        [obs("lada_sales_units_yoy", "2025-11", -1.5, "YTD", dataset="avtovaz_dealers_pc_lcv")],
        -1.5,
        "confirmed",
    ),
    Case(
        "C08",
        [obs("lada_sales_units_yoy", "2025-11", 2, "YTD"), ind("lada_sales_units_yoy", "2024-12", -9, "YTD")],
        2,
        "contradicted",
    ),
    Case(
        "C09",
        [event("production_cut", "2025-09-18", "AvtoVAZ", value=-40.0, unit="percent")],
        -40,
        "confirmed",
        "-40 % announced",
    ),
    Case(
        "C09",
        [
            event("production_cut", "2025-09-18", "AvtoVAZ", value=-40.0, unit="percent"),
            ind("lada_production_units_yoy", "2025", -15.0),
        ],
        -15,
        "imprecise",
        "-15.0 % measured for 2025, -40 % announced",
    ),
    Case("C09", [ind("lada_production_units_yoy", "2025", 3.0)], 3, "contradicted"),
    Case("C09", [ind("lada_production_units_yoy", "2024", -40.0)], None, "no data"),
    Case(
        "C10",
        [event("work_week_cut", "2025-09-29", "AvtoVAZ"), event("work_week_cut", "2022-06-06", "AvtoVAZ")],
        20250929,
        "confirmed",
        "2025-09-29",
    ),
    Case("C10", [event("work_week_cut", "2025-10-07", "AvtoVAZ")], 20251007, "imprecise"),  # 8 days
    Case("C10", [event("work_week_cut", "2022-06-06", "AvtoVAZ")], 20220606, "contradicted"),
    Case("C10", [event("work_week_cut", "2025-09-29", "KAMAZ")], None, "no data"),
    Case("C11", [event("work_week_cut", "2025-09-01", "KAMAZ")], 20250901, "confirmed"),  # 31 days
    Case("C11", [event("work_week_cut", "2025-09-02", "KAMAZ")], 20250902, "imprecise"),
    Case("C11", [event("work_week_cut", "2020-04-01", "KAMAZ")], 20200401, "contradicted"),
    Case(
        "C12",
        [obs("ru_hcv_market_units_yoy", "2025-11", -56, "YTD"), obs("ru_hcv_market_units_yoy", "2025-12", -30, "M")],
        -56,
        "confirmed",
        "for January to November 2025",
    ),
    Case(
        "C12",
        [event("flash_figure", "2025-08-25", "KAMAZ", product="heavy_truck_market", value=-60.0, unit="percent")],
        -60,
        "confirmed",
        "in August 2025",
    ),
    Case("C12", [ind("ru_hcv_market_units_yoy", "2025-11", -20, "YTD")], -20, "imprecise"),
    Case("C12", [ind("ru_hcv_market_units_yoy", "2025-11", 20, "YTD")], 20, "contradicted"),
    Case("C12", [ind("ru_hcv_market_units_yoy", "2024-12", -60, "YTD")], None, "no data"),
    # the fee
    Case(
        "C13",
        [
            ind(FEE, "2012-09-01", 26_800, "D"),
            ind(FEE, "2023-08-01", 300_000, "D"),
            ind(FEE, "2024-10-01", 555_000, "D"),
            ind(FEE, "2025-01-01", 660_000, "D"),
        ],
        1.85,
        "confirmed",
        "660,000 from 2025-01-01: 2.20 times",
    ),
    Case("C13", [ind(FEE, "2023-08-01", 300_000, "D"), ind(FEE, "2024-10-01", 330_000, "D")], 1.1, "imprecise"),
    Case("C13", [ind(FEE, "2023-08-01", 300_000, "D"), ind(FEE, "2024-10-01", 270_000, "D")], 0.9, "contradicted"),
    Case("C13", [ind(FEE, "2012-09-01", 26_800, "D"), ind(FEE, "2024-10-01", 556_200, "D")], None, "no data"),
    Case("C14", [ind(FEE, "2024-10-01", 556_200, "D"), ind(FEE, "2025-01-01", 667_400, "D")], 667_400, "confirmed"),
    Case("C14", [ind(FEE, "2024-10-01", 556_200, "D")], 556_200, "imprecise"),
    Case("C14", [ind(FEE, "2025-01-01", 300_600, "D")], 300_600, "contradicted"),
    Case("C14", [ind(FEE, "2023-08-01", 300_600, "D"), ind(FEE, "2025-12-01", 667_400, "D")], None, "no data"),
    # 667,000 / 106.72 = 6,250; / 125 = 5,336; / 50 = 13,340
    Case(
        "C15",
        [ind("fx_rub_per_gbp", "2025-12-19", 106.72, "D"), ind("fx_rub_per_gbp", "2025-12", 125, "M")],
        6250,
        "confirmed",
        "106.72",
    ),
    Case(
        "C15",
        [ind("fx_rub_per_gbp", "2025-12-05", 106.72, "D"), ind("fx_rub_per_gbp", "2025-12", 125, "M")],
        5336,
        "imprecise",
    ),
    Case("C15", [ind("fx_rub_per_gbp", "2025-12", 50, "M")], 13_340, "contradicted"),
    Case("C15", [ind("fx_rub_per_gbp", "2025-11", 106.72, "M")], None, "no data"),
    Case(
        "C16",
        [
            ind("car_exports_to_ru_units_yoy", "2025-H1", -62, "H"),
            ind("car_exports_to_ru_units_yoy", "2025-09", -58, "YTD"),
        ],
        -62,
        "confirmed",
        "June 2025",
    ),
    Case("C16", [ind("car_exports_to_ru_units_yoy", "2025-06", -20, "YTD")], -20, "imprecise"),
    Case("C16", [obs("quantity_yoy", "2025-09", -50, "YTD", **CARS)], -50, "imprecise", "the half alone is not held"),
    Case("C16", [ind("car_exports_to_ru_units_yoy", "2025-H1", 5, "H")], 5, "contradicted"),
    Case("C16", [ind("car_exports_to_ru_units_yoy", "2025-09", 5, "YTD")], 5, "unverifiable"),
    Case("C16", [ind("car_exports_to_ru_units_yoy", "2025-05", -50, "YTD")], None, "no data"),
    # bans and statements
    Case("C17", BANS, 4, "confirmed", "Dongfeng, FAW, Foton, Sitrak"),
    Case("C17", BANS[:3], 3, "imprecise"),
    Case("C17", [event("import_ban", "2025-02-07", "Rosstandart", target="Shacman")], 0, "contradicted"),
    Case(
        "C18",
        [*BANS, event("statement", "2025-07-30", "Rosstandart", status="safety_threat", product="trucks")],
        1,
        "confirmed",
    ),
    Case(
        "C18",
        [*BANS, event("statement", "2025-07-30", "Rosstandart", status="papers", product="trucks")],
        0,
        "contradicted",
    ),
    Case("C18", BANS, None, "unverifiable", "the reason for them is not"),
    Case(
        "C19",
        [
            event("statement", "2024-09-10", "MMK", product="steel", **DUMPING),
            *years("steel_exports_to_ru_usd", y2021=1e9, y2024=1.5e9),
        ],
        1,
        "confirmed",
        "1.00 billion dollars in 2021, 1.50",
    ),
    Case(
        "C19",
        [event("statement", "2024-07-01", "Forge", product="forgings", **DUMPING)],
        1,
        "confirmed",
        "not both held",
    ),
    Case(
        "C19",
        [
            event("statement", "2024-09-10", "MMK", product="steel", **DUMPING),
            *years("steel_exports_to_ru_usd", y2021=1.5e9, y2024=1e9),
        ],
        0,
        "imprecise",
    ),
    Case("C19", [event("statement", "2025-04-21", "AvtoVAZ", product="cars", **DUMPING)], None, "no data"),
    # coal
    Case(
        "C20",
        [
            ind("coal_tariff_rate", "2022-04-30", 6, "D"),
            ind("coal_tariff_rate", "2022-05-01", 0, "D"),
            ind("coal_tariff_rate", "2024-01-01", 6, "D"),
        ],
        20240101,
        "confirmed",
        "6 % on thermal coal",
    ),
    Case(
        "C20",
        [ind("coal_tariff_rate", "2022-05-01", 0, "D"), ind("coal_tariff_rate", "2023-04-01", 6, "D")],
        20230401,
        "imprecise",
    ),
    Case(
        "C20",
        [ind("coal_tariff_rate", "2022-05-01", 0, "D"), ind("coal_tariff_rate", "2022-08-01", 6, "D")],
        20220801,
        "contradicted",
    ),
    Case(
        "C20",
        [ind("coal_tariff_rate", "2022-04-30", 6, "D"), ind("coal_tariff_rate", "2022-05-01", 0, "D")],
        None,
        "no data",
    ),
    Case(
        "C21",
        [ind("coal_tariff_rate", "2022-05-01", 0, "D"), ind("coal_tariff_rate", "2025-05-01", 0, "D")],
        20220501,
        "confirmed",
    ),
    Case("C21", [ind("coal_tariff_rate", "2022-07-01", 0, "D")], 20220701, "imprecise"),
    Case("C21", [ind("coal_tariff_rate", "2019-05-01", 0, "D")], 20190501, "contradicted"),
    Case("C22", years("coal_import_t", y2023=100e6, y2024=93e6), -7, "confirmed", "100.0 million t in 2023"),
    Case(
        "C22",
        [
            ind("coal_import_t", "2023", 100e6, title="hard coal"),
            ind("coal_import_t", "2024", 99e6, title="all coal"),
            *(
                obs("quantity", year, t, reporter="CN", partner="RU", flow="M", product="2701", unit="t")
                for year, t in (("2023", 100e6), ("2024", 87e6))
            ),
        ],
        -1,
        "confirmed",
        "hard coal alone -13.0 %",
    ),
    Case("C22", years("coal_import_t", y2023=100e6, y2024=110e6), 10, "contradicted"),
    Case("C22", years("coal_import_t", y2023=100e6, y2025=90e6), None, "no data"),
    Case(
        "C23",
        [event("forecast", "2025-09-29", "N", product="coal_revenue", status="2025 A yoy", value=-12.0)],
        -12,
        "confirmed",
    ),
    Case(
        "C23",
        [event("forecast", "2025-09-29", "N", product="coal_revenue", status="2025 A yoy", value=-30.0)],
        -30,
        "imprecise",
    ),
    Case(
        "C23",
        [event("forecast", "2025-09-29", "N", product="coal_revenue", status="2025 A yoy", value=4.0)],
        4,
        "contradicted",
    ),
    Case(
        "C23",
        [event("forecast", "2025-09-29", "N", product="coal_revenue", status="2026 A yoy", value=-12.0)],
        None,
        "no data",
    ),
    # grain
    Case(
        "C24",
        [
            event("import_ban", "2025-09-02", "China", target="Russia", product="winter wheat", status="kept"),
            event("market_access", "2022-02-23", "China", target="Russia", product="spring wheat", status="granted"),
            *GRAINS,
        ],
        1,
        "confirmed",
        "not lifted",
    ),
    Case(
        "C24",
        [
            event("import_ban", "2025-09-02", "China", target="Russia", product="winter wheat", status="kept"),
            event("market_access", "2025-11-02", "China", target="Russia", product="winter wheat", status="granted"),
        ],
        0,
        "contradicted",
        "lifted on 2025-11-02",
    ),
    Case(
        "C24",
        [
            event("import_ban", "2025-09-02", "China", target="Russia", product="winter wheat", status="kept"),
            ind("wheat_import_t", "2024", 9e5),
            ind("wheat_import_t_kz", "2024", 2e5),
        ],
        0,
        "imprecise",
    ),
    Case(
        "C24",
        [event("market_access", "2022-02-23", "China", target="Russia", product="spring wheat", status="granted")],
        None,
        "no data",
    ),
    Case("C25", GRAINS, 1, "confirmed", "1,300,000 t from Ukraine and Kazakhstan, 500,000 t from Russia in 2024"),
    Case("C25", GRAINS[:3], 1, "confirmed", "in 2023"),
    Case(
        "C25",
        [ind("wheat_import_t", "2024", 9e5), *(ind(f"wheat_import_t_{c}", "2024", 1e5) for c in ("ua", "kz"))],
        0,
        "contradicted",
    ),
    Case("C25", [GRAINS[0], GRAINS[1], GRAINS[4], GRAINS[5]], None, "no data"),
    # energy and money
    Case(
        "C26",
        [
            ind("energy_share_of_imports", "2024", 66.5),
            obs(
                "share",
                "2024",
                58.4,
                dataset="energy_share_derived",
                reporter="CN",
                partner="RU",
                product="2709+271111+271121",
            ),
        ],
        66.5,
        "confirmed",
        "58.4 % crude oil and gas alone",
    ),
    Case("C26", [ind("energy_share_of_imports", "2024", 55)], 55, "imprecise"),
    Case("C26", [ind("energy_share_of_imports", "2024", 45)], 45, "contradicted"),
    Case("C26", [ind("energy_share_of_imports", "2023", 66)], None, "no data"),
    Case(
        "C27",
        [ind("crude_savings_usd_cum", "2024-06", 17e9, "M", coverage=0.9)],
        17e9,
        "confirmed",
        "over 27 of 30 months",
    ),
    Case(
        "C27",
        [ind("crude_savings_usd_cum", "2024-06", 5e9, "M"), ind("crude_savings_usd_cum", "2024-07", 18e9, "M")],
        5e9,
        "imprecise",
    ),
    Case("C27", [ind("crude_savings_usd_cum", "2024-06", -1e9, "M")], -1e9, "contradicted"),
    # 18 months gone by in June 2023, a third of them held
    Case(
        "C27",
        [ind("crude_savings_usd_cum", "2023-06", 3.4e9, "M", coverage=1 / 3)],
        None,
        "unverifiable",
        "6 of 30 months",
    ),
    Case("C27", [ind("crude_savings_published_usd", "2024-06", 18e9, "M")], None, "unverifiable", "only the statement"),
    Case(
        "C28",
        [ind("cn_fdi_to_ru_usd", "2011/2018", 1.2e9), ind("cn_fdi_to_ru_usd", "2011/2012", 3e9)],
        1.2e9,
        "confirmed",
    ),
    Case("C28", [ind("cn_fdi_to_ru_usd", "2011/2018", 2e9)], 2e9, "imprecise"),
    Case("C28", [ind("cn_fdi_to_ru_usd", "2011/2018", 0.1e9)], 0.1e9, "contradicted"),
    Case("C28", [ind("cn_fdi_to_ru_usd", "2022/2023", 1.2e9)], None, "no data"),
    Case("C29", [ind("cn_fdi_to_ru_usd", "2022/2023", 0.5e9)], 0.5e9, "confirmed"),
    Case("C29", [ind("cn_fdi_to_ru_usd", "2022/2023", 0.9e9)], 0.9e9, "imprecise"),
    Case("C29", [ind("cn_fdi_to_ru_usd", "2022/2023", 2e9)], 2e9, "contradicted"),
    Case("C29", [ind("cn_fdi_to_ru_usd", "2011/2018", 0.4e9)], None, "no data"),
    Case(
        "C30",
        [event("finance_halt", "2022-07-24", "China", target="Russia", product="Belt and Road")],
        2022,
        "confirmed",
    ),
    Case(
        "C30",
        [event("finance_halt", "2023-07-24", "China", target="Russia", product="Belt and Road")],
        2023,
        "imprecise",
    ),
    Case(
        "C30",
        [event("finance_halt", "2019-07-24", "China", target="Russia", product="Belt and Road")],
        2019,
        "contradicted",
    ),
    Case(
        "C31",
        [event("investment_guidance", "2025-07-08", "MOFCOM", target="Russia", status="advised_against")],
        1,
        "confirmed",
    ),
    Case(
        "C31",
        [event("investment_guidance", "2024-07-05", "MOFCOM", target="Russia", status="advised_against")],
        0,
        "imprecise",
        "July 2024",
    ),
    Case(
        "C31",
        [event("investment_guidance", "2025-07-08", "MOFCOM", target="Russia", status="encouraged")],
        0,
        "contradicted",
    ),
    Case(
        "C31",
        [event("investment_guidance", "2025-07-08", "MOFCOM", target="India", status="advised_against")],
        None,
        "no data",
    ),
    # projects
    Case(
        "C32",
        [
            step("CR929", "named", "2017-09-29", "RU"),
            step("CR929", "withdrawn", "2023-08-21", "RU"),
            step("CR929", "renamed", "2023-11-13", "CN"),
        ],
        1,
        "confirmed",
        "renamed on 2023-11-13",
    ),
    Case(
        "C32",
        [step("CR929", "withdrawn", "2023-08-21", "RU"), step("CR929", "signed", "2024-05-16", "RU")],
        0,
        "contradicted",
    ),
    Case("C32", [step("CR929", "named", "2017-09-29", "RU")], 0, "contradicted", "neither withdrawn nor renamed"),
    Case(
        "C33", [("projects", {"project": TRAIN, "status": "shelved", "status_date": date(2020, 3, 8)})], 1, "confirmed"
    ),
    Case(
        "C33",
        [("projects", {"project": TRAIN, "status": "under_construction", "status_date": date(2026, 3, 8)})],
        0,
        "contradicted",
        "under construction as of 2026-03-08",
    ),
    Case(
        "C34",
        [
            step("Tianjin refinery", "approved", "2014-10-13", "RU"),
            step("Tianjin refinery", "no_progress", "2025-10-19", "other"),
        ],
        1,
        "confirmed",
        "no progress on 2025-10-19",
    ),
    Case(
        "C34",
        [
            step("Tianjin refinery", "approved", "2014-10-13", "RU"),
            step("Tianjin refinery", "opened", "2024-10-19", "CN"),
        ],
        0,
        "contradicted",
    ),
    Case("C34", [step("Tianjin refinery", "founded", "2010-09-21", "CN")], None, "unverifiable"),
    Case("C35", [event("agreement", "2025-09-02", "Gazprom", project=PS2)], 20250902, "confirmed"),
    Case(
        "C35", [event("agreement", "2025-09-12", "Russia", project=PS2, asserted_by=["Gazprom"])], 20250912, "imprecise"
    ),
    Case("C35", [event("agreement", "2015-05-08", "Gazprom", project=PS2)], 20150508, "contradicted"),
    Case("C35", [event("agreement", "2025-09-02", "Gazprom", project="Far Eastern route")], None, "no data"),
    Case(
        "C36",
        [step(PS2, "signed", "2025-09-02", "RU"), step(PS2, "not_confirmed", "2025-09-02", "CN")],
        1,
        "confirmed",
        "not: not confirmed",
    ),
    Case("C36", [step(PS2, "signed", "2025-09-02", "RU"), step(PS2, "signed", "2026-05-02", "CN")], 0, "contradicted"),
    Case("C36", [step(PS2, "negotiating", "2024-07-03", "RU")], None, "unverifiable"),
    Case("C37", [event("visit", "2025-08-31", "Vladimir Putin", target="China", value=4.0)], 4, "confirmed"),
    Case("C37", [event("visit", "2025-09-01", "Vladimir Putin", target="China", value=3.0)], 3, "imprecise"),
    Case("C37", [event("visit", "2025-09-01", "Vladimir Putin", target="China", value=1.0)], 1, "contradicted"),
    Case("C37", [event("visit", "2025-09-01", "Vladimir Putin", target="China")], None, "unverifiable"),
    Case("C37", [event("visit", "2024-05-16", "Vladimir Putin", target="China", value=4.0)], None, "no data"),
]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An empty warehouse in which the names that claims ask stand for empty tables of the same columns."""
    opened = warehouse(tmp_path_factory.mktemp("claims") / "warehouse.duckdb")
    for name in RELATIONS:
        opened.execute(f"CREATE TEMP TABLE of_{name} AS FROM {name} LIMIT 0")
        opened.execute(f"CREATE TEMP TABLE {name} AS FROM of_{name}")
    yield opened
    opened.close()


def told(db: Database, claim: Claim, rows: list[Row]) -> dict[str, Any]:
    """What a claim's file gives over these rows."""
    for name in RELATIONS:
        db.execute(f"DELETE FROM temp.{name}")
    for name, facts in rows:
        columns = ", ".join(facts)
        db.execute(f"INSERT INTO temp.{name} ({columns}) VALUES ({', '.join('?' * len(facts))})", list(facts.values()))
    result = db.execute(claim.sql)
    names = [column[0] for column in result.description or ()]
    ((*cells,),) = result.fetchall()
    return dict(zip(names, cells, strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.claim} {case.status} {case.computed}")
def test_a_claim_says_what_the_figures_say(db: Database, case: Case) -> None:
    """Value and status as worked out by hand, and figures in the sentence beside them."""
    found = told(db, CLAIMS[case.claim], case.rows)

    assert found["computed"] == (None if case.computed is None else pytest.approx(case.computed, rel=1e-9))
    assert found["status"] == case.status
    assert case.why in found["why"]
    if case.status != "no data":
        assert found["evidence"], "an answer names what it rests on"


@pytest.mark.parametrize("claim", shipped(), ids=lambda claim: claim.claim_id)
def test_silence_is_no_data(db: Database, claim: Claim) -> None:
    """Over nothing a claim says `no data`, with a reason and without evidence, and never guesses."""
    found = told(db, claim, [])

    assert list(found) == ["computed", "status", "evidence", "why"]
    assert (found["computed"], found["status"], found["evidence"]) == (None, "no data", [])
    assert found["why"]


def test_every_claim_has_been_tried_both_ways() -> None:
    """Each of the 37 has a case that confirms it, and one that does not."""
    confirmed = {case.claim for case in CASES if case.status == "confirmed"}
    doubted = {case.claim for case in CASES if case.status in {"contradicted", "imprecise"}}

    assert confirmed == doubted == set(CLAIMS)
    assert len(CLAIMS) == 37


def test_a_claim_asks_its_names_and_no_table_behind_them() -> None:
    """A file that read a base table would answer with today's knowledge about any day."""
    behind = ("_as_of", "vintages", "tellings", "event_candidates", "recycling_fees", "supplier_ranks")

    for claim in shipped():
        code = "\n".join(line.partition("--")[0] for line in claim.sql.splitlines())
        assert not [name for name in behind if name in code], claim.claim_id


def test_the_macro_and_the_files_give_the_same(tmp_path: Path) -> None:
    """`claims_as_of` in SQL is what a publication writes down; before the first figure each claim says `no data`."""
    opened = warehouse(tmp_path / "warehouse.duckdb")
    try:
        instant = end_of(date(1999, 12, 31))
        answers = answers_at(opened, list(shipped()), instant)
        rows = opened.rows("SELECT claim_id, status, computed FROM claims_as_of(?)", [instant])
    finally:
        opened.close()

    assert rows == [(claim.claim_id, "no data", None) for claim in shipped()]
    assert {(a.status, a.computed, a.error) for a in answers.values()} == {("no data", None, "")}


def test_a_defect_in_one_claim_leaves_the_others(tmp_path: Path) -> None:
    """A query that fails is an `error` with its reason; the claim beside it is answered."""
    opened = warehouse(tmp_path / "warehouse.duckdb")
    broken = CLAIMS["C01"].__class__(
        **{name: getattr(CLAIMS["C01"], name) for name in CLAIMS["C01"].__slots__} | {"sql": "SELECT 1 / x"}
    )
    try:
        answers = answers_at(opened, [broken, CLAIMS["C02"]], "infinity")
        left = opened.rows("SELECT table_name FROM duckdb_tables() WHERE temporary")
    finally:
        opened.close()

    assert answers["C01"].status == "error"
    assert "x" in answers["C01"].error
    assert answers["C02"].status == "no data"
    assert left == [], "nothing hides the views afterwards"
