"""UN Comtrade: files that a person downloads from the service's web page, brought by `amur ingest FILE`.

Layout    CSV, ISO-8859-1 (UTF-8, with and without a mark, if it was saved again): a header of 47 names, in rows 48
          fields, the last one empty, all in quotes but for missing numbers. One row a reporter, period, flow, partner
          and product; the fields are those of the service's JSON, in this order.
Calendar  none: nothing is asked for.
Traps     One field more in the rows than in the header: read by names, every column shifts by one in some tools. The
          page lets choose partners, modes of transport and procedures: a file of one mode alone is refused, one with
          totals and parts gives the totals. A file as long as the page allows (500 rows as a guest, 100,000) is cut.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from sources.contract import Figures, Payload, Request, Window
from sources.contract import no_links as links
from sources.errors import Empty, LayoutChanged, WrongDocument
from sources.parse import comtrade, numbers

__all__ = ["PARSER", "links", "parse", "plan"]

PARSER: Final = 1  # raise it when the same bytes would give other rows

HEADER: Final = (
    "typeCode", "freqCode", "refPeriodId", "refYear", "refMonth", "period", "reporterCode", "reporterISO",
    "reporterDesc", "flowCode", "flowDesc", "partnerCode", "partnerISO", "partnerDesc", "partner2Code",
    "partner2ISO", "partner2Desc", "classificationCode", "classificationSearchCode", "isOriginalClassification",
    "cmdCode", "cmdDesc", "aggrLevel", "isLeaf", "customsCode", "customsDesc", "mosCode", "motCode", "motDesc",
    "qtyUnitCode", "qtyUnitAbbr", "qty", "isQtyEstimated", "altQtyUnitCode", "altQtyUnitAbbr", "altQty",
    "isAltQtyEstimated", "netWgt", "isNetWgtEstimated", "grossWgt", "isGrossWgtEstimated", "cifvalue", "fobvalue",
    "primaryValue", "legacyEstimationFlag", "isReported", "isAggregate",
)  # fmt: skip
WIDTHS: Final = (len(HEADER), len(HEADER) + 1)
FIRST_ROW: Final = 2  # as a spreadsheet counts: the header is row 1
CODES: Final = frozenset({"reporterCode", "partnerCode", "partner2Code", "motCode", "qtyUnitCode", "aggrLevel"})
AMOUNTS: Final = frozenset({"primaryValue", "cifvalue", "fobvalue", "netWgt", "qty"})
FLAGS: Final = frozenset({"isQtyEstimated", "isNetWgtEstimated"})
LONGEST_CODE: Final = 9


def plan(window: Window) -> Iterable[Request]:  # noqa: ARG001 (the protocol's signature)
    """Nothing: a person brings these files."""
    return ()


def parse(payload: Payload) -> Figures:
    """Values in USD, net weights in kg and quantities, as in the service's own answers.

    Raises:
        WrongDocument: another header, the file of another source.
        CutOff: exactly as many rows as the page gives at most.
        LayoutChanged: a row of another length, something in the field after the last, a field of another form.
    """
    records = list(_records(payload))
    if not records:
        raise Empty(payload, expected="rows under the header", found="a header alone")
    comtrade.refuse_cut(payload, len(records))
    return comtrade.observations(payload, records, _place)


def _place(n: int) -> str:
    return f"row {n + FIRST_ROW} "


def _text(payload: Payload) -> io.TextIOWrapper:
    try:
        payload.body.decode("utf-8")
    except UnicodeDecodeError:
        return io.TextIOWrapper(io.BytesIO(payload.body), "iso-8859-1", newline="")
    return io.TextIOWrapper(io.BytesIO(payload.body), "utf-8-sig", newline="")


def _records(payload: Payload) -> Iterator[tuple[Any, ...]]:
    comtrade.guard(payload, "a CSV file of UN Comtrade")
    lines = csv.reader(_text(payload), strict=True)
    number, width = 1, 0
    try:
        header = next(lines, [])
        if tuple(header) != HEADER:
            found = header if len(header) > 1 else repr("".join(header)[:60])
            raise WrongDocument(payload, at="header", expected=f"{len(HEADER)} names from typeCode on", found=found)
        for fields in lines:
            if not fields:
                continue
            number += 1
            width = width or len(fields)
            if width not in WIDTHS or len(fields) != width or (width > len(HEADER) and fields[-1]):
                expected = f"{len(HEADER)} fields, or one more that is empty, as many in every row"
                raise LayoutChanged(payload, at=f"row {number}", expected=expected, found=_length(fields))
            yield _record(payload, number, fields)
    except csv.Error as broken:
        if not width:
            raise WrongDocument(payload, expected="a CSV file of UN Comtrade", found=str(broken)) from broken
        raise LayoutChanged(payload, at=f"row {number + 1}", expected="CSV", found=str(broken)) from broken


def _length(fields: list[str]) -> str:
    return f"{len(fields)} fields" + (f", the last {fields[-1]!r}" if len(fields) > len(HEADER) else "")


def _record(payload: Payload, number: int, fields: list[str]) -> tuple[Any, ...]:
    """The fields of a row that figures are made of (`comtrade.FIELDS`), typed as the service's JSON has them."""
    texts = _picked(fields)
    try:
        return tuple([read(text) for read, text in zip(READERS, texts, strict=True)])
    except ValueError:
        for name, read, text in zip(comtrade.FIELDS, READERS, texts, strict=True):
            _check(payload, f"row {number} {name}", _form(name), read, text)
        raise


def _check(payload: Payload, at: str, form: str, read: Callable[[str], object], text: str) -> None:
    try:
        read(text)
    except ValueError as error:
        raise LayoutChanged(payload, at=at, expected=form, found=repr(text.strip())) from error


def _form(name: str) -> str:
    return "a number" if name in AMOUNTS else "a whole number" if name in CODES else "true or false"


def _amount(text: str) -> int | Decimal | None:
    """None where nothing stands; `1.68e9` is refused: a spreadsheet has dropped the digits after."""
    text = text.strip()
    if not text:
        return None
    if text.isdigit() and text.isascii() and text[0] != "0" and len(text) <= numbers.INTEGER_DIGITS:
        return int(text)
    value = numbers.exact(text)
    return int(value) if value == value.to_integral_value() else value


@lru_cache(maxsize=4096)  # a file has some hundred partners and few other codes
def _code(text: str) -> int:
    text = text.strip()
    if not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > LONGEST_CODE:
        raise ValueError(text)
    return int(text)


@lru_cache(maxsize=64)
def _flag(text: str) -> bool:
    folded = text.strip().casefold()
    if folded not in {"true", "false"}:
        raise ValueError(text)
    return folded == "true"


def _reader(name: str) -> Callable[[str], object]:
    """How the text of a column is read."""
    return _amount if name in AMOUNTS else _code if name in CODES else _flag if name in FLAGS else str.strip


READERS: Final = tuple(_reader(name) for name in comtrade.FIELDS)
_picked: Final = itemgetter(*(HEADER.index(name) for name in comtrade.FIELDS))
