"""Answers of the UN Comtrade service, written for Amur's tests in the layout of the source.

Figures named here are true: China's imports of crude oil from Russia as China Customs gave them, passenger cars as
published, Brazil's soya by mode of transport. Nothing of the product is imported: a demo origin serves them too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

BASE = "https://comtradeapi.un.org"
NOTE = "Written for Amur's tests in the layout of the source."
AREAS = {
    0: ("W00", "World"), 36: ("AUS", "Australia"), 76: ("BRA", "Brazil"), 156: ("CHN", "China"),
    276: ("DEU", "Germany"), 398: ("KAZ", "Kazakhstan"), 490: ("S19", "Other Asia, nes"),
    643: ("RUS", "Russian Federation"), 682: ("SAU", "Saudi Arabia"), 842: ("USA", "USA"), 899: ("_X ", "Areas, nes"),
}  # fmt: skip
FLOWS = {"X": "Export", "M": "Import", "RX": "Re-export", "RM": "Re-import"}
PRODUCTS = {"TOTAL": "All Commodities", "2709": "Crude oil", "8703": "Motor cars", "1201": "Soya beans"}
UNITS = {-1: "N/A", 5: "u", 8: "kg", 12: "m³"}

# China's imports of crude oil from Russia (China Customs): period, dollars, kilograms.
CRUDE_2023 = (
    ("202301", 4_435_069_433, 7_990_369_573),
    ("202302", 4_237_784_928, 7_682_555_619),
    ("202303", 5_185_216_488, 9_606_059_137),
    ("202304", 3_808_631_377, 7_113_527_034),
    ("202305", 5_238_533_428, 9_704_129_565),
    ("202306", 5_443_481_794, 10_493_989_499),
)
# Brazil's soya beans to China in 2024: mode of transport, dollars, kilograms; 0 is the total.
SOYA_2024 = (
    (0, 31_499_887_711, 72_557_710_367),
    (1000, 102, 5),
    (2000, 8_134_554, 15_999_996),
    (2100, 31_491_753_055, 72_541_710_366),
)


def record(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 (a field is text, a number, a flag or nothing)
    """One record, of crude oil from Russia in January 2023 where `fields` don't say otherwise.

    What follows from other fields (descriptions, refYear, cifvalue or fobvalue, qty of a weight) follows them.
    """
    said: dict[str, Any] = {
        "period": "202301", "reporterCode": 156, "flowCode": "M", "partnerCode": 643, "partner2Code": 0,
        "cmdCode": "2709", "customsCode": "C00", "motCode": 0, "qtyUnitCode": 8,
        "netWgt": 7_990_369_573.0, "primaryValue": 4_435_069_433.0, **fields,
    }  # fmt: skip
    period, flow, code = said["period"], said["flowCode"], said["cmdCode"]
    monthly = len(str(period)) == 6
    basis = said["primaryValue"]
    of = {
        "typeCode": "C", "freqCode": "M" if monthly else "A", "refPeriodId": int(f"{period}0101"[:8]),
        "refYear": int(str(period)[:4]), "refMonth": int(str(period)[4:]) if monthly else 52, "period": period,
        "reporterCode": said["reporterCode"], **_area("reporter", said["reporterCode"]),
        "flowCode": flow, "flowDesc": FLOWS.get(flow, flow),
        "partnerCode": said["partnerCode"], **_area("partner", said["partnerCode"]),
        "partner2Code": said["partner2Code"], **_area("partner2", said["partner2Code"]),
        "classificationCode": "H6", "classificationSearchCode": "HS", "isOriginalClassification": True,
        "cmdCode": code, "cmdDesc": PRODUCTS.get(code, "Some goods"),
        "aggrLevel": 0 if code == "TOTAL" else len(str(code)), "isLeaf": len(str(code)) == 6,
        "customsCode": said["customsCode"], "customsDesc": "TOTAL CPC", "mosCode": "0",
        "motCode": said["motCode"], "motDesc": "TOTAL MOT",
        "qtyUnitCode": said["qtyUnitCode"], "qtyUnitAbbr": UNITS.get(said["qtyUnitCode"], "N/A"),
        "qty": said["netWgt"] if said["qtyUnitCode"] == 8 else 0.0, "isQtyEstimated": False,
        "altQtyUnitCode": -1, "altQtyUnitAbbr": "N/A", "altQty": 0.0, "isAltQtyEstimated": False,
        "netWgt": said["netWgt"], "isNetWgtEstimated": False, "grossWgt": 0.0, "isGrossWgtEstimated": False,
        "cifvalue": basis if flow == "M" else None, "fobvalue": basis if flow == "X" else None,
        "primaryValue": basis, "legacyEstimationFlag": 0, "isReported": False, "isAggregate": True,
    }  # fmt: skip
    return {**of, **said}


def _area(prefix: str, number: object) -> dict[str, str]:
    iso, name = AREAS.get(number, ("XXX", "Some area")) if isinstance(number, int) else ("XXX", "Some area")
    return {f"{prefix}ISO": iso, f"{prefix}Desc": name}


def total(period: str, flow: str, value: float, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """All products together: no weight, no quantity."""
    none = {"qtyUnitCode": -1, "qty": None, "netWgt": None, "isAggregate": False}
    return record(**{"period": period, "flowCode": flow, "cmdCode": "TOTAL", "primaryValue": value, **none, **fields})


def crude() -> list[dict[str, Any]]:
    """Crude oil from Russia in the first half of 2023."""
    return [
        record(period=period, primaryValue=float(usd), netWgt=float(kg), refPeriodId=int(f"{period}01"))
        for period, usd, kg in CRUDE_2023
    ]


def soya(*modes: int) -> list[dict[str, Any]]:
    """Brazil's soya beans to China in 2024, by these modes of transport (all: with their total)."""
    return [
        record(
            period="2024", reporterCode=76, partnerCode=156, flowCode="X", cmdCode="1201", motCode=mode,
            primaryValue=float(usd), netWgt=float(kg),
        )
        for mode, usd, kg in SOYA_2024
        if not modes or mode in modes
    ]  # fmt: skip


def cars() -> list[dict[str, Any]]:
    """Passenger cars from China to Russia, in pieces: 153.2 thousand in 2022, 632,341 in 2025; trade of 2024."""
    pieces = {"flowCode": "X", "cmdCode": "8703", "qtyUnitCode": 5, "netWgt": None}
    return [
        record(period="2022", primaryValue=1.68e9, qty=153_200.0, **pieces),
        record(period="2025", primaryValue=8.46e9, qty=632_341.0, **pieces),
        total("2024", "X", 115.49e9),
        total("2024", "M", 129.32e9),
    ]


def answer(records: Sequence[Mapping[str, Any]], **fields: Any) -> bytes:  # noqa: ANN401
    """An answer of the service; `fields` replace or add to what its envelope says."""
    envelope = {"elapsedTime": "0.08 secs", "count": len(records), "data": list(records), "error": "", **fields}
    return json.dumps(envelope, ensure_ascii=False).encode()


def release(reporter: int, period: int, released: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """One entry of what was released."""
    freq = "M" if period > 9999 else "A"
    return {
        "datasetCode": int(f"20{reporter:03d}{period}"), "typeCode": "C", "freqCode": freq, "period": period,
        "reporterCode": reporter, **_area("reporter", reporter), "classificationCode": "H6",
        "classificationSearchCode": "HS", "isOriginalClassification": True, "totalRecords": 123_456,
        "datasetChecksum": -1_234_567, "firstReleased": "2023-03-20T10:00:00", "lastReleased": released, **fields,
    }  # fmt: skip


def refused(status: int, message: str) -> bytes:
    """What the service says in place of an answer."""
    return json.dumps({"statusCode": status, "message": message}).encode()


def code_list(entries: Iterable[Mapping[str, Any]], **fields: Any) -> bytes:  # noqa: ANN401
    """A code list."""
    return json.dumps({"results": list(entries), **fields}, ensure_ascii=False).encode()


def reporters() -> bytes:
    """Three reporters: one with a number of Comtrade's own, one that is no more."""
    return code_list(
        {"id": number, "text": name, "reporterCode": number, "reporterDesc": name, "reporterNote": name,
         "reporterCodeIsoAlpha2": iso, "reporterCodeIsoAlpha3": f"{iso}X", "isGroup": False, **days}
        for number, name, iso, days in (
            (156, "China", "CN", {"entryEffectiveDate": "1900-01-01T00:00:00"}),
            (251, "France", "FR", {"entryEffectiveDate": "1900-01-01T00:00:00"}),
            (736, "Sudan (...2011)", "SD",
             {"entryEffectiveDate": "1900-01-01T00:00:00", "entryExpiredDate": "2011-06-30T00:00:00"}),
        )
    )  # fmt: skip


def partners() -> bytes:
    """Two partners; this list writes its names with a capital."""
    return code_list(
        {"id": number, "text": name, "PartnerCode": number, "PartnerDesc": name, "partnerNote": name,
         "PartnerCodeIsoAlpha2": iso, "PartnerCodeIsoAlpha3": "", "isGroup": number == 0}
        for number, name, iso in ((0, "World", "W00"), (643, "Russian Federation", "RU"))
    )  # fmt: skip


def hs() -> bytes:
    """Three entries of the Harmonized System."""
    return code_list(
        (
            {"id": "TOTAL", "text": "Total - All Commodities", "parent": "#", "isLeaf": "0", "aggrLevel": 0},
            {"id": "27", "text": "27 - Mineral fuels, oils", "parent": "TOTAL", "isLeaf": "0", "aggrLevel": 2},
            {"id": "2709", "text": "2709 - Petroleum oils, crude", "parent": "27", "isLeaf": "0", "aggrLevel": 4},
        ),
        more=False,
    )


def modes() -> bytes:
    """Three modes of transport."""
    names = {"0": "TOTAL modes of transport", "1000": "Air", "2100": "Sea"}
    return code_list({"id": code, "text": name} for code, name in names.items())


def samples() -> dict[str, bytes]:
    """Good answers by name: months, years, totals beside their parts, and parts without a total."""
    return {
        "months": answer(crude()),
        "years": answer(cars()),
        "a total and its parts": answer(soya()),
        "parts alone": answer(soya(1000, 2000, 2100)),
    }
