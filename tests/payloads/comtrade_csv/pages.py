"""Files of UN Comtrade's web page, written for Amur's tests in the layout of the source.

Rows are written from the records of the service's answers: one field more than the header has, ISO-8859-1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.payloads.comtrade import pages as service

HEADER = (
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,"
    "partnerCode,partnerISO,partnerDesc,partner2Code,partner2ISO,partner2Desc,classificationCode,"
    "classificationSearchCode,isOriginalClassification,cmdCode,cmdDesc,aggrLevel,isLeaf,customsCode,customsDesc,"
    "mosCode,motCode,motDesc,qtyUnitCode,qtyUnitAbbr,qty,isQtyEstimated,altQtyUnitCode,altQtyUnitAbbr,altQty,"
    "isAltQtyEstimated,netWgt,isNetWgtEstimated,grossWgt,isGrossWgtEstimated,cifvalue,fobvalue,primaryValue,"
    "legacyEstimationFlag,isReported,isAggregate"
)


def field(value: object) -> str:
    """A field as the page writes it: in quotes, but nothing at all where nothing is given."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return '"' + (str(value).lower() if isinstance(value, bool) else str(value).replace('"', '""')) + '"'


def row(record: Mapping[str, Any], *, more: str = ",") -> str:
    """One row; `more` is what stands after its last field."""
    return ",".join(field(record[name]) for name in HEADER.split(",")) + more


def table(
    records: Sequence[Mapping[str, Any]], *, more: str = ",", header: str = HEADER, charset: str = "iso-8859-1"
) -> bytes:
    """A whole file."""
    return "".join(f"{line}\n" for line in (header, *(row(record, more=more) for record in records))).encode(charset)


def samples() -> dict[str, bytes]:
    """Good files by name: as the page writes them, and saved again without the comma too many."""
    return {
        "months": table(service.crude()),
        "years": table(service.cars()),
        "saved again": table(service.crude(), more="", charset="utf-8-sig"),
        "parts alone": table(service.soya(1000, 2000, 2100)),
    }
