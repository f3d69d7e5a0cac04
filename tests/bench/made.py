"""Made-up observations for the load benchmark: the same rows as flat JSON lines and as files of UN Comtrade's web page.

DuckDB makes them, by arithmetic alone: the same bytes each time. An observation is a value in dollars or a weight in
kilograms of one product, flow, partner and month; a record of the service's file holds both. A month is all subheadings
of two chapters and fifty partners; a file is ten partners of it in one direction, because the page gives no more at once. The second vintage is all of it published anew
with one value in a hundred revised.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from sources.customs.comtrade_csv import HEADER
from sources.parse import m49
from tests.bench.core import Told

__all__ = ["partners", "write"]

PRODUCTS: Final = 4_500
PARTNERS: Final = 50
A_MONTH: Final = PRODUCTS * PARTNERS * 2  # records, of the two flows: 900,000 observations
A_FILE: Final = 45_000  # records: ten partners in one direction, 90,000 observations
CHANGED: Final = 100  # one value in so many is revised
FIRST_YEAR: Final = 2000


def partners(count: int = PARTNERS) -> list[tuple[int, str, str]]:
    """Number, code and name of countries as the service numbers them."""
    known = sorted(
        (number, place.code, place.name)
        for number, place in m49.NUMBERS.items()
        if place.kind == "country" and place.code
    )
    once = {code: (number, code, name) for number, code, name in known}
    return [one for one in once.values() if one[1] != "CN"][:count]


CELLS: Final = """
CREATE TEMP TABLE cells AS
SELECT
    n, i AS record, p.number AS partner_number, p.code AS partner, p.name AS partner_name,
    if(i // ($products * $partners) % 2 = 0, 'X', 'M') AS flow,
    CAST(840000 + i % $products * 4 + 1 AS VARCHAR) AS product,
    if(n % 2 = 0, 'trade_value', 'quantity') AS measure, if(n % 2 = 0, 'USD', 'kg') AS unit,
    make_date($year + i // $month // 12, i // $month % 12 + 1, 1) AS period_start,
    last_day(period_start) AS period_end,
    10_000 + (i * 7_919 + n * 104_729) % 900_001 + ($vintage - 1) * CAST(n % $changed = 0 AS INTEGER) * (1 + n % 97) AS value
FROM (SELECT n, n // 2 AS i FROM range($rows) AS r(n))
INNER JOIN (SELECT unnest($numbers) AS number, unnest($codes) AS code, unnest($names) AS name, generate_subscripts($codes, 1) - 1 AS k) AS p
    ON i // $products % $partners = p.k
ORDER BY n
"""
FLAT: Final = """
COPY (
    SELECT
        'comtrade_csv' AS source, 'hs_monthly' AS dataset, measure, 'CN' AS reporter, partner, partner_name, flow, product, unit,
        'M' AS freq, period_start, period_end, CAST(value AS DOUBLE) AS value, 'A' AS obs_status, 'row ' || record % $file + 2 AS locator
    FROM cells ORDER BY n
) TO '{path}' (FORMAT json)
"""
# What a record of the file says of a cell; the other columns of its header are empty.
SAID: Final = {
    "typeCode": "'C'", "freqCode": "'M'", "refPeriodId": "strftime(period_start, '%Y%m01')", "refYear": "year(period_start)",
    "refMonth": "month(period_start)", "period": "strftime(period_start, '%Y%m')", "reporterCode": "156", "reporterISO": "'CHN'",
    "reporterDesc": "'China'", "flowCode": "flow", "flowDesc": "if(flow = 'X', 'Export', 'Import')", "partnerCode": "partner_number",
    "partnerISO": "partner", "partnerDesc": "partner_name", "partner2Code": "0", "partner2ISO": "'W00'", "partner2Desc": "'World'",
    "classificationCode": "'H6'", "classificationSearchCode": "'HS'", "isOriginalClassification": "'True'", "cmdCode": "product",
    "cmdDesc": "'Machinery; of heading ' || left(product, 4)", "aggrLevel": "6", "isLeaf": "'True'", "customsCode": "'C00'",
    "customsDesc": "'TOTAL CPC'", "mosCode": "0", "motCode": "0", "motDesc": "'TOTAL MOT'", "qtyUnitCode": "8", "qtyUnitAbbr": "'kg'",
    "qty": "max(value) FILTER (WHERE unit = 'kg')", "isQtyEstimated": "'False'", "altQtyUnitCode": "-1", "altQtyUnitAbbr": "'N/A'",
    "isAltQtyEstimated": "'False'", "netWgt": "max(value) FILTER (WHERE unit = 'kg')", "isNetWgtEstimated": "'False'",
    "isGrossWgtEstimated": "'False'", "primaryValue": "max(value) FILTER (WHERE unit = 'USD')", "legacyEstimationFlag": "0",
    "isReported": "'True'", "isAggregate": "'False'",
}  # fmt: skip
FILES: Final = """
COPY (
    SELECT {columns} FROM cells
    WHERE record // {size} = {number} GROUP BY record, partner_number, partner, partner_name, flow, product, period_start ORDER BY record
) TO '{path}' (FORMAT csv, HEADER, FORCE_QUOTE *)
"""


def write(folder: str, rows: int) -> Told:
    """Write `v1.jsonl`, `v2.jsonl` and the folders `v1` and `v2` with a file a month; tells how many are revised."""
    place = Path(folder)
    columns = ", ".join(f'{SAID.get(name, "NULL")} AS "{name}"' for name in HEADER)
    numbers, codes, names = (list(column) for column in zip(*partners(), strict=True))
    for vintage in (1, 2):
        with duckdb.connect() as maker:
            given = {
                "rows": rows, "products": PRODUCTS, "partners": PARTNERS, "month": A_MONTH, "changed": CHANGED, "vintage": vintage,
                "year": FIRST_YEAR, "numbers": numbers, "codes": codes, "names": names,
            }  # fmt: skip
            maker.execute(CELLS, given)
            maker.execute(FLAT.format(path=place / f"v{vintage}.jsonl"), {"file": A_FILE})
            (place / f"v{vintage}").mkdir()
            for number in range((rows // 2 + A_FILE - 1) // A_FILE):
                path = place / f"v{vintage}" / f"{number:04d}.csv"
                maker.execute(FILES.format(columns=columns, size=A_FILE, number=number, path=path))
    return Told(0.0, {"changed": (rows + CHANGED - 1) // CHANGED})
