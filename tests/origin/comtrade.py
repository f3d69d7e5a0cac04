"""UN Comtrade on loopback: its addresses, limits and faults, over the figures of `tests.origin.trade_figures`.

Layout    as its answers are: 47 fields a row, totals beside their breakdowns (partner2, customs procedure, mode of
          transport) unless all three are asked for as totals, names only with `includeDesc=true`.
Limits    12 periods a request; 500 rows (preview) or 100,000 (data), cut without a word; a quota of calls and a rate
          limit when a test sets them. The service has no clock: `today` decides what is published.
Not so    the words of the answer to too many periods, the names of the procedures in the breakdowns, and the field
          `datasetCode` beyond its beginning are ours.
"""

from __future__ import annotations

import calendar
import hashlib
import json
import re
import threading
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import Message
from functools import cache
from http import HTTPStatus
from itertools import islice
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple
from urllib.parse import parse_qs, urlsplit

from tests.origin.server import Answer
from tests.origin.trade_figures import FIRST_YEAR, LAST, MADE_UP, PRODUCTS, REST, TRADES, Cell, Flow, months, partners

__all__ = ["ADDRESS", "FIELDS", "MADE_UP", "Call", "Comtrade", "figure"]

ADDRESS: Final = "https://comtradeapi.un.org/"
KEY_HEADER: Final = "Ocp-Apim-Subscription-Key"
PERIODS: Final = 12
CAPS: Final = MappingProxyType({"public/v1/preview": 500, "data/v1/get": 100_000})
PATH: Final = re.compile(r"/(public/v1/preview|data/v1/get|public/v1/getDA)/C/([AM])/HS")
FILE: Final = re.compile(r"/files/v1/app/reference/(\w+)\.json")

Freq = Literal["A", "M"]
Row = dict[str, Any]
Refusal = tuple[HTTPStatus, str]
NO_KEY: Final = (HTTPStatus.UNAUTHORIZED, "No subscription key came with the request")
WRONG_KEY: Final = (HTTPStatus.UNAUTHORIZED, "No subscription has this key")
NO_CALLS: Final = (
    HTTPStatus.FORBIDDEN,
    "Out of call volume quota. Quota will be replenished in 03:14:17.",
)
TOO_FAST: Final = (HTTPStatus.TOO_MANY_REQUESTS, "Too fast: try again in 1 seconds")
TOO_MANY: Final = (HTTPStatus.BAD_REQUEST, f"period: at most {PERIODS} in one request")
NOWHERE: Final = (HTTPStatus.NOT_FOUND, "Resource not found")


class Place(NamedTuple):
    """A country with Comtrade's own code, which is not always the one of M49."""

    code: int
    iso3: str
    name: str


PLACES: Final = MappingProxyType({
    "W0": Place(0, "W00", "World"), "CN": Place(156, "CHN", "China"), "RU": Place(643, "RUS", "Russian Federation"),
    "KZ": Place(398, "KAZ", "Kazakhstan"), "KG": Place(417, "KGZ", "Kyrgyzstan"), "BY": Place(112, "BLR", "Belarus"),
    "UZ": Place(860, "UZB", "Uzbekistan"), "AM": Place(51, "ARM", "Armenia"), "TR": Place(792, "TUR", "Türkiye"),
    "AE": Place(784, "ARE", "United Arab Emirates"), "SA": Place(682, "SAU", "Saudi Arabia"),
    "IQ": Place(368, "IRQ", "Iraq"), "OM": Place(512, "OMN", "Oman"), "KW": Place(414, "KWT", "Kuwait"),
    "IR": Place(364, "IRN", "Iran"), "MY": Place(458, "MYS", "Malaysia"), "BR": Place(76, "BRA", "Brazil"),
    "AO": Place(24, "AGO", "Angola"), "US": Place(842, "USA", "USA"), "UA": Place(804, "UKR", "Ukraine"),
    "AU": Place(36, "AUS", "Australia"), "FR": Place(251, "FRA", "France"), "CA": Place(124, "CAN", "Canada"),
})  # fmt: skip
FLOWS: Final[Mapping[Flow, str]] = MappingProxyType({"M": "Import", "X": "Export"})
# Days from a month's end to its release; a year's release comes two months after its December's would.
LAGS: Final = MappingProxyType({
    "CN": 45, "RU": 50, "KZ": 56, "KG": 60, "BY": 62, "UZ": 58, "AM": 48, "TR": 40, "AE": 75,
})  # fmt: skip
YEARS_WAIT: Final = 60
DECEMBER: Final = 12
YEARLY: Final = 52  # what stands for the month in an annual row
STOPPED: Final = MappingProxyType({"RU": (2022, 1)})  # the last month that was reported
NEWEST_HS: Final = ("H6", 2022)
MODES: Final = MappingProxyType({
    0: "TOTAL MOT", 1000: "Air", 2100: "Sea", 3100: "Railway", 3200: "Road", 9110: "Pipelines",
})  # fmt: skip
PROCEDURES: Final = MappingProxyType({"C00": "TOTAL CPC", "C01": "Procedure one", "C02": "Procedure two"})
NEIGHBOURS: Final = frozenset({"CN", "RU", "KZ", "KG", "BY", "UZ", "AM"})
PIPED: Final = frozenset({"271121"})
UNITS: Final = MappingProxyType({"kg": (8, "kg"), "u": (5, "u"), "": (-1, "N/A")})

LISTED: Final = """
    typeCode freqCode refPeriodId refYear refMonth period reporterCode reporterISO reporterDesc flowCode flowDesc
    partnerCode partnerISO partnerDesc partner2Code partner2ISO partner2Desc classificationCode
    classificationSearchCode isOriginalClassification cmdCode cmdDesc aggrLevel isLeaf customsCode customsDesc mosCode
    motCode motDesc qtyUnitCode qtyUnitAbbr qty isQtyEstimated altQtyUnitCode altQtyUnitAbbr altQty isAltQtyEstimated
    netWgt isNetWgtEstimated grossWgt isGrossWgtEstimated cifvalue fobvalue primaryValue legacyEstimationFlag isReported
    isAggregate
"""
FIELDS: Final = tuple(LISTED.split())
NAMES: Final = frozenset(name for name in FIELDS if name.endswith(("ISO", "Desc")))
FILTERS: Final = (
    "reporterCode", "period", "partnerCode", "cmdCode", "flowCode", "partner2Code", "customsCode", "motCode",
)  # fmt: skip
Filters = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it came; of a key only that there was one."""

    path: str
    query: Mapping[str, str]
    keyed: bool
    status: int


def figure(reporter: str, flow: Flow, partner: str, product: str, period: str) -> Cell | None:
    """What a country reports for a month (`202306`) or a year (`2023`), released or not; None if there is no row."""
    year, month = int(period[:4]), int(period[4:] or 0)
    cells = months(reporter, flow, partner, year).get(product)
    if cells is None:
        return None
    cell = cells[month - 1] if month else _total(tuple(cells))
    return cell if cell.usd else None


@cache
def _total(cells: tuple[Cell, ...]) -> Cell:
    amounts = [cell.amount for cell in cells if cell.amount is not None]
    weights = [cell.kg for cell in cells if cell.kg is not None]
    return Cell(
        sum(cell.usd for cell in cells),
        sum(amounts) if amounts else None,
        sum(weights) if weights else None,
        estimated=any(cell.estimated for cell in cells),
    )


# --- what is published when -----------------------------------------------------------------------------------


def released(reporter: str, period: str) -> date | None:
    """The day on which a reporter's month or year came out first; None if it never did."""
    year, month = int(period[:4]), int(period[4:] or DECEMBER)
    last = min(STOPPED.get(reporter, LAST), LAST)
    if not FIRST_YEAR <= year <= last[0] or not 1 <= month <= DECEMBER or (year, month) > last:
        return None
    end = date(year, month, calendar.monthrange(year, month)[1])
    return end + timedelta(days=LAGS[reporter] + (0 if period[4:] else YEARS_WAIT))


def _periods(freq: Freq) -> Iterator[str]:
    for year in range(FIRST_YEAR, LAST[0] + 1):
        if freq == "A":
            yield str(year)
        else:
            yield from (f"{year}{month:02d}" for month in range(1, DECEMBER + 1))


def _cells(reporter: str, period: str) -> Iterator[tuple[Flow, str, str, Cell]]:
    """All cells of a reporter's period: flow, partner, product, figures."""
    year, month = int(period[:4]), int(period[4:] or 0)
    for flow in FLOWS:
        for partner in ("W0", *partners(reporter, flow)):
            if partner == REST:
                continue
            for product, cells in months(reporter, flow, partner, year).items():
                cell = cells[month - 1] if month else _total(tuple(cells))
                if cell.usd:
                    yield flow, partner, product, cell


class Part(NamedTuple):
    """Which part of a cell a row is: second partner, procedure, mode; its share in thousandths, None for the last."""

    partner2: str
    procedure: str
    mode: int
    share: int | None


WHOLE: Final = Part("W0", "C00", 0, 1000)


@cache
def _parts(reporter: str, partner: str, product: str) -> tuple[Part, ...]:
    """The whole, then each way to break it down; every way adds up to the whole."""
    land = reporter in NEIGHBOURS and partner in NEIGHBOURS
    first, second = (9110, 2100) if product in PIPED else (3100, 3200) if land else (2100, 1000)
    found = (
        WHOLE,
        Part("W0", "C00", first, 640),
        Part("W0", "C00", second, None),
        Part("W0", "C01", 0, 880),
        Part("W0", "C02", 0, None),
    )
    if partner == "W0":
        return found
    return (*found, Part(partner, "C00", 0, 970), Part("AE" if partner != "AE" else "TR", "C00", 0, None))


def _share(cell: Cell, part: Part, before: int) -> Cell:
    """The cell's part; the last of a way is what the one before it, with the share `before`, has left."""
    if part is WHOLE:
        return cell

    def of(value: int | None) -> int | None:
        if value is None:
            return None
        return value * part.share // 1000 if part.share is not None else value - value * before // 1000

    return Cell(of(cell.usd) or 0, of(cell.amount), of(cell.kg), cell.estimated)


# --- the service ----------------------------------------------------------------------------------------------


class Comtrade:
    """The service, for `Origin(pages, {ADDRESS: service})`.

    Attributes:
        today: the day of the service; a test may move it.
        calls_left: how many more calls of preview and data it answers, each costing one; None is no quota.
    """

    def __init__(self, today: date, *, key: str = "") -> None:
        """Start on a day; with `key`, no other key is right, else any is."""
        self.today = today
        self.calls_left: int | None = None
        self._key = key
        self._limited = 0
        self._calls: list[Call] = []
        self._again: dict[tuple[str, str], tuple[date, int]] = {}
        self._guard = threading.Lock()

    @property
    def calls(self) -> tuple[Call, ...]:
        """All requests so far, refused ones too."""
        with self._guard:
            return tuple(self._calls)

    def limit_next(self, calls: int) -> None:
        """Answer the next calls, but those for files, with 429 and `Retry-After: 1`."""
        with self._guard:
            self._limited = calls

    def revise(self, reporter: str, period: str, on: date, *, percent: int) -> None:
        """Release a period again on a day, with all its values changed by so many percent."""
        with self._guard:
            self._again[reporter, period] = (on, percent)

    def __call__(self, url: str, headers: Message) -> Answer:
        """Answer one request and note it."""
        parts = urlsplit(url)
        query = {name: ",".join(values) for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        asked = {name: _codes(query[name]) for name in FILTERS if query.get(name)}
        place, file = PATH.fullmatch(parts.path), FILE.fullmatch(parts.path)
        with self._guard:
            refusal = self._refusal(place, asked, headers) if place else None if file else NOWHERE
            number = len(self._calls) + 1
            self._calls.append(Call(parts.path, query, bool(headers.get(KEY_HEADER)), HTTPStatus.OK))
        answer = self._refused(refusal) if refusal else self._file(file[1], headers) if file else None
        if answer is None and place is not None:
            answer = self._data(place, asked, number, named=query.get("includeDesc", "").lower() == "true")
        if answer is None:
            raise AssertionError(url)  # neither refused nor answered
        with self._guard:
            self._calls[number - 1] = Call(parts.path, query, self._calls[number - 1].keyed, answer.status)
        return answer

    def _refusal(self, place: re.Match[str], asked: Filters, headers: Message) -> Refusal | None:
        """Why a call isn't answered; one that passes the gate costs a call, also if it asks for too much."""
        if self._limited:
            self._limited -= 1
            return TOO_FAST
        if place[1] not in CAPS:
            return None
        key = headers.get(KEY_HEADER, "")
        if place[1] == "data/v1/get" and (not key or (self._key and key != self._key)):
            return WRONG_KEY if key else NO_KEY
        if self.calls_left is not None:
            if self.calls_left <= 0:
                return NO_CALLS
            self.calls_left -= 1
        return TOO_MANY if len(asked.get("period", ())) > PERIODS else None

    @staticmethod
    def _refused(refusal: Refusal) -> Answer:
        status, message = refusal
        wait = {"Retry-After": "1"} if status == HTTPStatus.TOO_MANY_REQUESTS else {}
        return Answer(_json({"statusCode": status.value, "message": message}), status, headers=wait)

    def _file(self, name: str, headers: Message) -> Answer:
        body = _reference(name)
        if body is None:
            return self._refused(NOWHERE)
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        known = headers.get("If-None-Match", "") == etag
        return Answer(body, HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK, headers={"ETag": etag})

    def _data(self, place: re.Match[str], asked: Filters, number: int, *, named: bool) -> Answer:
        freq: Freq = "A" if place[2] == "A" else "M"
        if place[1] in CAPS:
            rows = list(islice(self._rows(freq, asked, named=named), CAPS[place[1]]))
        else:
            rows = list(self._releases(freq, asked))
        # No two calls in a row take the same time.
        took = f"{0.05 + number % 7 / 100:.2f} secs"
        return Answer(_json({"elapsedTime": took, "count": len(rows), "data": rows, "error": ""}))

    def _published(self, freq: Freq, asked: Filters) -> Iterator[tuple[str, str]]:
        for reporter in LAGS:
            if _wanted(asked, "reporterCode", PLACES[reporter].code):
                for period in _periods(freq):
                    day = released(reporter, period) if _wanted(asked, "period", period) else None
                    if day is not None and day <= self.today:
                        yield reporter, period

    def _last(self, reporter: str, period: str) -> tuple[date, int]:
        """When a period came out last, and by how many percent its values have changed since the first time."""
        first = released(reporter, period)
        again, percent = self._again.get((reporter, period), (date.max, 0))
        return (again, percent) if first is None or again <= self.today else (first, 0)

    def _rows(self, freq: Freq, asked: Filters, *, named: bool) -> Iterator[Row]:
        for reporter, period in self._published(freq, asked):
            _, percent = self._last(reporter, period)
            for flow, partner, product, cell in _cells(reporter, period):
                if not (
                    _wanted(asked, "flowCode", flow)
                    and _wanted(asked, "partnerCode", PLACES[partner].code)
                    and _wanted(asked, "cmdCode", product)
                ):
                    continue
                figures = cell._replace(usd=cell.usd * (100 + percent) // 100)
                before = 0
                for part in _parts(reporter, partner, product):
                    if _wants_part(asked, part):
                        row = _row(reporter, period, flow, partner, product, part, _share(figures, part, before))
                        yield row if named else {name: None if name in NAMES else row[name] for name in FIELDS}
                    before = part.share or 0

    def _releases(self, freq: Freq, asked: Filters) -> Iterator[Row]:
        for reporter, period in self._published(freq, asked):
            place, (day, percent) = PLACES[reporter], self._last(reporter, period)
            edition = _edition(period)
            yield {
                "datasetCode": int(f"20{place.code:03d}{period:0<6}{edition[1]}"),
                "typeCode": "C", "freqCode": freq, "period": int(period), "reporterCode": place.code,
                "reporterISO": place.iso3, "reporterDesc": place.name, "classificationCode": edition,
                "classificationSearchCode": "HS", "isOriginalClassification": True, "isExtendedFlowCode": False,
                "isExtendedPartnerCode": False, "isExtendedPartner2Code": True, "isExtendedCmdCode": False,
                "isExtendedCustomsCode": True, "isExtendedMotCode": True,
                "totalRecords": _records(reporter, period),
                "datasetChecksum": zlib.crc32(f"{reporter} {period} {percent}".encode()),
                "firstReleased": f"{released(reporter, period)}T00:00:00", "lastReleased": f"{day}T00:00:00",
            }  # fmt: skip


def _codes(text: str) -> frozenset[str]:
    return frozenset(code.strip() for code in text.split(",") if code.strip())


def _wanted(asked: Filters, name: str, code: str | int) -> bool:
    """Is it asked for? A filter that is absent leaves nothing out."""
    return name not in asked or str(code) in asked[name]


def _wants_part(asked: Filters, part: Part) -> bool:
    return (
        _wanted(asked, "partner2Code", PLACES[part.partner2].code)
        and _wanted(asked, "customsCode", part.procedure)
        and _wanted(asked, "motCode", part.mode)
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _edition(period: str) -> str:
    return NEWEST_HS[0] if int(period[:4]) >= NEWEST_HS[1] else "H5"


@cache
def _records(reporter: str, period: str) -> int:
    return sum(len(_parts(reporter, partner, code)) for _, partner, code, _ in _cells(reporter, period))


def _level(product: str) -> int:
    return 0 if product == "TOTAL" else len(product)


def _row(reporter: str, period: str, flow: Flow, partner: str, product: str, part: Part, cell: Cell) -> Row:
    """One row, its fields in the order of `FIELDS`."""
    year, month = int(period[:4]), int(period[4:] or 0)
    mine, other, second = PLACES[reporter], PLACES[partner], PLACES[part.partner2]
    level, about = _level(product), PRODUCTS[product]
    unit_code, unit = UNITS[about.unit]
    value = float(cell.usd)
    amount, kg = (None if n is None else float(n) for n in (cell.amount, cell.kg))
    none = 0.0 if level else None  # what nobody gives is 0, and null where the whole trade is meant
    return {
        "typeCode": "C", "freqCode": "M" if month else "A", "refPeriodId": year * 10_000 + (month or 1) * 100 + 1,
        "refYear": year, "refMonth": month or YEARLY, "period": period,
        "reporterCode": mine.code, "reporterISO": mine.iso3, "reporterDesc": mine.name,
        "flowCode": flow, "flowDesc": FLOWS[flow],
        "partnerCode": other.code, "partnerISO": other.iso3, "partnerDesc": other.name,
        "partner2Code": second.code, "partner2ISO": second.iso3, "partner2Desc": second.name,
        "classificationCode": _edition(period), "classificationSearchCode": "HS", "isOriginalClassification": True,
        "cmdCode": product, "cmdDesc": about.name, "aggrLevel": level, "isLeaf": level == 6,
        "customsCode": part.procedure, "customsDesc": PROCEDURES[part.procedure], "mosCode": "0",
        "motCode": part.mode, "motDesc": MODES[part.mode],
        "qtyUnitCode": unit_code, "qtyUnitAbbr": unit, "qty": amount if unit_code > 0 else None,
        "isQtyEstimated": unit == "kg" and cell.estimated,
        "altQtyUnitCode": -1, "altQtyUnitAbbr": "N/A", "altQty": none, "isAltQtyEstimated": False,
        "netWgt": kg, "isNetWgtEstimated": cell.estimated, "grossWgt": none, "isGrossWgtEstimated": False,
        "cifvalue": value if flow == "M" else None, "fobvalue": value if flow == "X" else None, "primaryValue": value,
        "legacyEstimationFlag": 4 if cell.estimated else 0, "isReported": level == 6, "isAggregate": level != 6,
    }  # fmt: skip


# --- reference files ------------------------------------------------------------------------------------------


@cache
def _reference(name: str) -> bytes | None:
    """The body of a reference file; None if there is no such file."""
    rows: dict[str, list[Row]] = {
        "Reporters": [_area("reporter", iso, place) for iso, place in PLACES.items() if iso != "W0"],
        "partnerAreas": [_area("Partner", iso, place) for iso, place in PLACES.items()],
        "HS": [
            {
                "id": code, "text": f"{code} - {about.name}", "parent": about.parent or "#",
                "isLeaf": str(int(_level(code) == 6)), "aggrLevel": _level(code),
                "standardUnitAbbr": UNITS[about.unit][1],
            }
            for code, about in PRODUCTS.items()
        ],
        "ModeOfTransportCodes": [{"id": str(code), "text": name} for code, name in MODES.items()],
        "TradeDataItems": [
            {"dataItem": name, "description": f"{name} of a row", "isInDataAPICommodity": "True"} for name in FIELDS
        ],
    }  # fmt: skip
    return _json({"more": False, "results": rows[name]}) if name in rows else None


def _area(word: str, iso: str, place: Place) -> Row:
    """A country of a reference file; `word` begins the names of the fields, a capital one for partners."""
    row: Row = {
        "id": place.code, "text": place.name, f"{word}Code": place.code, f"{word}Desc": place.name,
        f"{word.lower()}Note": place.name, f"{word}CodeIsoAlpha2": iso, f"{word}CodeIsoAlpha3": place.iso3,
        "entryEffectiveDate": "1900-01-01T00:00:00", "isGroup": iso == "W0",
    }  # fmt: skip
    if iso == "W0":
        del row[f"{word}CodeIsoAlpha2"]  # the world has none
    return row


# Whoever trades here has a place, and whoever reports a day of release.
if missing := {side for pair in TRADES for side in pair} - set(PLACES) - {REST}:
    raise ValueError(f"no place for {sorted(missing)}")
