"""Into which family an indicator goes: by how its name begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["FAMILIES", "Family", "family_of"]


@dataclass(frozen=True, slots=True)
class Family:
    """A page of indicators. `first` stand at its top, in this order."""

    name: str
    title: str
    lead: str
    begins: tuple[str, ...]
    first: tuple[str, ...] = ()


FAMILIES: Final = (
    Family(
        "trade",
        "Trade",
        "What China and Russia sell each other, as China Customs counts it.",
        ("trade_", "cn_exports_", "cn_imports_", "ru_share_of", "ru_rank"),
        ("trade_total_usd", "cn_exports_usd", "cn_imports_usd", "trade_balance_usd", "trade_total_yoy"),
    ),
    Family(
        "energy",
        "Oil, gas and coal",
        "What China buys from Russia's wells and mines, and what it pays for it.",
        ("crude_", "energy_", "coal_import", "lng_", "pipeline_gas"),
        ("crude_discount_usd_t", "crude_savings_usd_cum", "crude_import_t", "crude_unit_value", "energy_imports_usd"),
    ),
    Family(
        "cars",
        "Cars and trucks",
        "Vehicles that China sends to Russia, and what Russia makes and buys.",
        ("car_", "truck_", "lada_", "kamaz_", "ru_car", "ru_hcv", "ru_truck", "ru_bus", "chinese_brand"),
        ("car_exports_to_ru_units", "car_exports_to_ru_usd", "chinese_brand_share", "ru_car_market_units"),
    ),
    Family(
        "goods",
        "Steel and grain",
        "Other goods that are followed one by one.",
        ("steel_", "wheat_", "barley_"),
    ),
    Family(
        "policy",
        "Fees and duties",
        "What governments charge, in force from the day that is told.",
        ("recycling_fee", "coal_tariff"),
        ("recycling_fee_rub",),
    ),
    Family("prices", "Prices and rates", "Exchange rates and world prices.", ("fx_", "brent_", "coal_au")),
    Family(
        "detour",
        "Mirrors and detours",
        "What one side reports against the other, and what may go through neighbours.",
        ("mirror_", "detour_"),
    ),
    Family("investment", "Investment", "Direct investment.", ("cn_fdi",)),
    Family("news", "News volume", "How many articles the feeds that are read hold on each topic.", ("news_",)),
)
OTHER: Final = Family("other", "Other", "Indicators of no other family.", ())


def family_of(indicator: str) -> Family:
    """The family of an indicator."""
    return next((one for one in FAMILIES if indicator.startswith(one.begins)), OTHER)
