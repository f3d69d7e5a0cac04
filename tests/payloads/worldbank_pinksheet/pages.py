"""The Pink Sheet's landing page and workbook, written for Amur's tests in the layout of the source.

Figures named here are the published ones. Nothing of the product is imported: a demo origin serves them too.
"""

import io
from collections.abc import Mapping, Sequence
from html import escape

import openpyxl

Cell = str | float | int | bool | None

NOTE = "Written for Amur's tests in the layout of the source."
FILE = (
    "https://thedocs.worldbank.org/en/doc/0123456789abcdef0123456789abcdef-0050012025/related/"
    "CMO-Historical-Data-Monthly.xlsx"
)
NAMES = (
    "Crude oil, average",
    "Crude oil, Brent",
    "Crude oil, Dubai",
    "Coal, Australian",
    "Coal, South African **",
    "Liquefied natural gas, Japan",
    "Cocoa",
    "Wheat, US HRW",
)
UNITS = ("($/bbl)", "($/bbl)", "($/bbl)", "($/mt)", "($/mt)", "($/mmbtu)", "($/kg)", "($/mt)")
CODES = (
    "CRUDE_PETRO",
    "CRUDE_BRENT",
    "CRUDE_DUBAI",
    "COAL_AUS",
    "COAL_SAFRICA",
    "NGAS_JP",
    "COCOA",
    "WHEAT_US_HRW",
)
# Published in October 2025; the other months of the sheet are left out.
SUMMER_2025: Mapping[str, Sequence[Cell]] = {
    "2025M07": (69.19033333333, 70.951, 69.23, 112.9, 93.6355, 11.91403860395, 7.37346, 234.96),
    "2025M08": (66.71766666667, 68.203, 67.87, 112.15, 93.29, 11.79324719446, 7.60204, 231.14),
    "2025M09": (66.457, 67.951, 67.75, 106.32, 92.27, 11.71527184402, 7.02509, 233.76),
}


def landing(*hrefs: str, body: str = "") -> bytes:
    """The page with links to the files; `hrefs` replace the one to the monthly workbook."""
    links = "".join(f'<li><a href="{escape(href)}">Monthly prices</a></li>' for href in hrefs or (FILE,))
    return (
        f'<!DOCTYPE html>\n<!-- {NOTE} -->\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>Commodity Markets</title></head><body><h1>Commodity Markets</h1>{body}<ul>{links}"
        '<li><a href="https://thedocs.worldbank.org/en/doc/0123-0050012025/related/'
        'CMO-Historical-Data-Annual.xlsx">Annual prices</a></li></ul></body></html>'
    ).encode()


def workbook(
    months: Mapping[str, Sequence[Cell]] = SUMMER_2025,
    *,
    names: Sequence[Cell] = NAMES,
    units: Sequence[Cell] = UNITS,
    codes: Sequence[Cell] | None = CODES,
    updated: str = "Updated on October 02, 2025",
    sheet: str = "Monthly Prices",
) -> bytes:
    """The workbook; with `codes` None row 7 is the first month, as in the editions of 2026."""
    book = openpyxl.Workbook()
    book.properties.description = NOTE
    book.remove(book.worksheets[0])
    book.create_sheet("AFOSHEET")
    page = book.create_sheet(sheet)
    page.append(["World Bank Commodity Price Data (The Pink Sheet)"])
    page.append(["monthly prices in nominal US dollars, 1960 to present"])
    page.append(["(monthly series are available only in nominal US dollars)"])
    page.append([updated])
    page.append([None, *names])
    page.append([None, *units])
    if codes is not None:
        page.append([None, *codes])
    for month, prices in months.items():
        page.append([month, *prices])
    book.create_sheet("Monthly Indices").append(["(2010=100)"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
