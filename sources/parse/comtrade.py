"""Records of UN Comtrade to observations, whichever way they came: JSON of the service, CSV of its web page.

A record is a value, a net weight and a quantity of one product between two areas in one period. Beside it stand, if
they weren't left out by the question, its parts by second partner, customs procedure and mode of transport: the
total is kept, else the parts are added up, never both.

The fields are those of the service's dictionary (`TradeDataItems.json`), which says of `legacyEstimationFlag` no more
than its name: it is not used.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation, localcontext
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final, NamedTuple, NoReturn, cast
from urllib.parse import parse_qs, urlsplit

from sources.contract import Code, Doubt, Figures, Flow, Freq, Payload
from sources.errors import Blocked, Contradiction, CutOff, Empty, LayoutChanged, WrongDocument, quoted
from sources.parse import html, m49, numbers, periods, units
from sources.parse.countries import Place
from sources.parse.units import Unit

__all__ = [
    "FIELDS",
    "codes",
    "document",
    "envelope",
    "guard",
    "is_cut",
    "number",
    "observations",
    "plain",
    "refuse_cut",
]

Record = tuple[Any, ...]  # the values of `FIELDS`, in their order

LARGEST: Final = 10**16  # sixteen digits of dollars or kilograms: a hundred times the world's trade
FINEST: Final = -20
HALF: Final = Decimal("0.5")
NOTHING: Final = Decimal(0)
ROOMY: Final = 60  # digits: a sum of parts is exact

DATASETS: Final[Mapping[str, tuple[str, Freq]]] = MappingProxyType(
    {"M": ("hs_monthly", "M"), "A": ("hs_annual", "A")},
)
MONTH: Final = re.compile(r"([0-9]{4})([0-9]{2})")
YEAR: Final = re.compile(r"[0-9]{4}")
PRODUCT: Final = re.compile(r"TOTAL|[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{4}[A-Z]{2}")
EDITION: Final = re.compile(r"H[0-9S]")

HEAD: Final = ("typeCode", "freqCode", "period", "reporterCode", "flowCode", "classificationCode")
PARTS: Final = ("partner2Code", "customsCode", "motCode")
WHOLE: Final = (0, "C00", 0)
AMOUNTS: Final = ("primaryValue", "cifvalue", "fobvalue", "netWgt", "qty")
FLAGS: Final = ("isNetWgtEstimated", "isQtyEstimated")
FIELDS: Final = (
    *HEAD, "partnerCode", "cmdCode", "aggrLevel", *PARTS, "qtyUnitCode", "qtyUnitAbbr", *AMOUNTS, *FLAGS,
)  # fmt: skip
PARTNER, PRODUCT_CODE, LEVEL, VALUE = map(FIELDS.index, ("partnerCode", "cmdCode", "aggrLevel", "primaryValue"))
ASKED: Final = ("period", "reporterCode", "partnerCode", "cmdCode", "flowCode")
NUMERIC: Final = frozenset({"reporterCode", "partnerCode", "partner2Code", "motCode"})
PREVIEW: Final = 500
MOST: Final = 250_000  # of an answer to a key
ONCE_MOST: Final = 100_000  # what it was by older notes
KEYED: Final = "/data/v1/get/"

# Units by the service's own number and abbreviation; one of them may be left out by `includeDesc=false`.
KILOGRAMS: Final = Unit("kg", Decimal(1))
UNITS: Final = MappingProxyType(
    {
        "u": Unit("units", Decimal(1)),
        "1000u": Unit("units", Decimal(1000)),
        "12u": Unit("units", Decimal(12)),
        "2u": Unit("pairs", Decimal(1)),
        "kg": KILOGRAMS,
    }
)
UNIT_NUMBERS: Final = MappingProxyType({-1: "N/A", 5: "u", 8: "kg"})
NO_UNIT: Final = frozenset({"N/A", "n/a", ""})
FLOWS: Final = frozenset({"X", "M"})


def _of(names: Iterable[str]) -> Callable[[Record], tuple[Any, ...]]:
    """How to take some fields out of a record."""
    return itemgetter(*map(FIELDS.index, names))


_fields: Final[Callable[[Mapping[str, Any]], Record]] = itemgetter(*FIELDS)


# --- the document -------------------------------------------------------------------------------------------------


def guard(payload: Payload, expected: str) -> None:
    """Refuse what is no data at all.

    Raises:
        Empty: nothing, or blanks.
        Blocked: a verification, login or error page.
        WrongDocument: another web page or XML.
    """
    body = payload.body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not body:
        raise Empty(payload, expected=expected, found=f"{len(payload.body)} bytes, all blank")
    if not body.startswith(b"<"):
        return
    try:
        html.document(payload)
    except Blocked:
        raise
    except LayoutChanged as other:
        raise WrongDocument(payload, expected=expected, found=repr(body[:60])) from other
    raise WrongDocument(payload, expected=expected, found=f"a web page: {body[:60]!r}")


def document(payload: Payload) -> dict[str, Any]:
    """The JSON object of an answer: whole numbers as int, others as Decimal, every key once.

    Raises:
        Empty: nothing.
        Blocked: a challenge in place of the answer.
        WrongDocument: no JSON object, or the service's refusal (`{"statusCode": 401, "message": …}`).
        LayoutChanged: cut or damaged JSON, NaN, a key twice in one object.
    """
    guard(payload, "JSON of UN Comtrade")
    try:
        text = payload.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongDocument(payload, expected="JSON in UTF-8", found=repr(payload.body[:40])) from error
    if not text.lstrip().startswith("{"):
        raise WrongDocument(payload, expected="a JSON object", found=text.lstrip()[:60])
    try:
        loaded: dict[str, Any] = json.loads(
            text, parse_float=number, parse_constant=_constant, object_pairs_hook=_unique
        )
    except (ValueError, RecursionError) as error:
        raise LayoutChanged(payload, expected="whole JSON with plain numbers", found=str(error)) from error
    if "statusCode" in loaded and "data" not in loaded:
        said = f"{loaded.get('statusCode')}: {loaded.get('message')}"
        raise WrongDocument(payload, expected="an answer with data", found=said)
    return loaded


def _constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = Counter(name for name, _ in pairs)
        raise ValueError(f"keys twice in one object: {sorted(name for name, times in names.items() if times > 1)}")
    return found


def number(text: str) -> int | Decimal:
    """A number as JSON prints it, exactly: `7256424820.0` is a whole number.

    Raises:
        ValueError: sixteen digits and more before the decimal mark, or over twenty after it.
    """
    if text.endswith(".0") and "e" not in text and "E" not in text:
        return int(text[:-2])
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"no such number: {text[:60]}") from error
    exponent = value.as_tuple().exponent
    if not value.is_finite() or not isinstance(exponent, int) or exponent < FINEST or abs(value) >= LARGEST:
        raise ValueError(f"a number out of all proportion: {text[:60]}")
    return int(value) if value == value.to_integral_value() else value


def envelope(payload: Payload, loaded: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The records under `data`, after the counted total is checked; none is an answer, too: nothing published yet.

    Raises:
        WrongDocument: no `data`.
        CutOff: fewer records than `count` says.
        LayoutChanged: an `error`, a record that is none.
    """
    data = loaded.get("data")
    if not isinstance(data, list):
        found = f"an object with {sorted(loaded)[:10]}"
        raise WrongDocument(payload, at="data", expected="a list of records", found=found)
    if said := loaded.get("error"):
        raise LayoutChanged(payload, at="error", expected="no error", found=said)
    count = loaded.get("count")
    if count is not None and type(count) is not int:
        raise LayoutChanged(payload, at="count", expected="a whole number", found=repr(count))
    if count is not None and count != len(data):
        raise CutOff(payload, at="count", expected=f"{count} records", found=f"{len(data)} records")
    for n, record in enumerate(data):
        if type(record) is not dict:
            raise LayoutChanged(payload, at=f"data[{n}]", expected="a record", found=repr(record))
    return data


def plain(payload: Payload, objects: Iterable[Mapping[str, Any]]) -> list[Record]:
    """The fields of each record that figures are made of.

    Raises:
        LayoutChanged: one of them is missing.
    """
    try:
        return [_fields(one) for one in objects]
    except KeyError as missing:
        raise LayoutChanged(payload, expected=f"a field {missing} in every record", found="none") from missing


def refuse_cut(payload: Payload, count: int) -> None:
    """Refuse as many records as the service ever gives: it cuts without a word.

    Raises:
        CutOff: 500 where it isn't the endpoint with a key, 100,000 where it is, 250,000 everywhere.
    """
    if _is_limit(payload, count):
        raise CutOff(payload, expected="fewer rows than the service gives at most", found=f"exactly {count} rows")


def is_cut(payload: Payload) -> bool:
    """Does an answer hold as many records as the service ever gives? Counted without reading it as JSON."""
    return _is_limit(payload, payload.body.count(b'"cmdCode"'))


def _is_limit(payload: Payload, count: int) -> bool:
    keyed = KEYED in urlsplit(payload.url).path
    return count in {MOST, ONCE_MOST if keyed else PREVIEW}


# --- records to figures -------------------------------------------------------------------------------------------


class _Head(NamedTuple):
    """What the records of one reporter, flow and period share."""

    dataset: str
    freq: Freq
    start: date
    end: date
    reporter: str
    flow: Flow


class _Part(NamedTuple):
    """One record that is not a total: where it stands, and by what it is told apart."""

    n: int
    kind: tuple[int, str, int]


@dataclass(slots=True)
class _Reading:
    """What codes mean, asked once each, what was asked for, and what the records say.

    `cells` are those of each figure in the order of `OBSERVED`.
    """

    payload: Payload
    where: Callable[[int], str]
    asked: Mapping[str, frozenset[object]]
    heads: dict[tuple[Any, ...], _Head | Doubt | None] = field(default_factory=dict)
    partners: dict[object, Place | str] = field(default_factory=dict)
    products: dict[object, str | None] = field(default_factory=dict)
    units: dict[tuple[object, object], Unit | str | None] = field(default_factory=dict)
    others: dict[str, list[int]] = field(default_factory=dict)
    cells: list[tuple[object, ...]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def fault(self, n: int, name: str, expected: object, found: object) -> LayoutChanged:
        return LayoutChanged(self.payload, at=f"{self.where(n)}{name}", expected=expected, found=repr(found))

    def check(self, n: int, name: str, value: object) -> None:
        """Was this value asked for?"""
        allowed = self.asked.get(name)
        if allowed is not None and value not in allowed:
            raise Contradiction(
                self.payload,
                at=f"{self.where(n)}{name}",
                expected=f"one of those asked for: {', '.join(sorted(map(str, allowed)))}",
                found=repr(value),
            )


def observations(payload: Payload, records: Sequence[Record], where: Callable[[int], str]) -> Figures:
    """A value in USD, a net weight in kg and, in another unit, a quantity for each record or sum of its parts.

    Args:
        payload: names the document, and in its URL what was asked for.
        records: the values of `FIELDS`, numbers as int or Decimal, missing ones as None.
        where: the place of the nth record, as it begins a locator (`data[17].`).

    Re-exports, re-imports and goods for processing are parts of X and M: they give no rows, and one Doubt a flow
    says so with their number. An area, product or unit that isn't known is in doubt, the rest loads.

    Raises:
        LayoutChanged: a field that is missing or of another type, a negative or absurd number.
        Contradiction: a record that wasn't asked for, or two with the same dimensions.
        WrongDocument: services, another classification than HS, or only one part of trade.
    """
    reading = _Reading(payload, where, _asked(payload))
    totals: dict[tuple[_Head, Place, str], int] = {}
    parts: dict[tuple[_Head, Place, str], list[_Part]] = {}
    kinds: set[tuple[int, str, int]] = set()
    _sort(reading, records, totals, parts, kinds)
    _refuse_one_part(payload, kinds)
    for (head, partner, product), n in totals.items():
        _figures(reading, records[n], where(n), head, partner, product)
    for key, several in parts.items():
        if key not in totals:
            _sum(reading, records, several, *key)
    return Figures(reading.cells, reading.doubts)


def _sort(
    reading: _Reading,
    records: Sequence[Record],
    totals: dict[tuple[_Head, Place, str], int],
    parts: dict[tuple[_Head, Place, str], list[_Part]],
    kinds: set[tuple[int, str, int]],
) -> None:
    """Put each record under what it is about; totals apart from parts."""
    head_of, kind_of = _of(HEAD), _of(PARTS)
    for n, record in enumerate(records):
        codes = head_of(record)
        try:
            head = reading.heads[codes]
        except (KeyError, TypeError):  # a list or an object in place of a code can't be a key
            head = _head(reading, n, codes)
            reading.heads[codes] = head
        partner, product = _place(reading, n, record[PARTNER]), _product(reading, n, record[PRODUCT_CODE])
        if head is None:
            reading.others.setdefault(codes[4], []).append(n)
            continue
        if isinstance(head, Doubt):
            reading.doubts.append(
                Doubt(locator=f"{reading.where(n)}reporterCode", reason=head.reason, found=head.found)
            )
            continue
        if isinstance(partner, str) or product is None:
            reading.doubts.append(_unknown(reading, n, record, partner))
            continue
        kind = kind_of(record)
        if type(kind[0]) is not int or type(kind[1]) is not str or type(kind[2]) is not int:
            raise reading.fault(n, "partner2Code, customsCode, motCode", "a number, a code, a number", kind)
        kinds.add(kind)
        key = (head, partner, product)
        if kind != WHOLE:
            parts.setdefault(key, []).append(_Part(n, kind))
        elif totals.setdefault(key, n) != n:
            raise _twice(reading, totals[key], n)
    for several in parts.values():
        seen: dict[tuple[int, str, int], int] = {}
        for n, kind in several:
            if seen.setdefault(kind, n) != n:
                raise _twice(reading, seen[kind], n)
    for flow, found in reading.others.items():
        reading.doubts.append(
            Doubt(
                locator=f"{reading.where(found[0])}flowCode",
                reason="a flow that is part of exports or imports (re-exports, re-imports, processing): left out",
                found=f"{len(found)} records of flow {quoted(flow)}",
            )
        )


def _twice(reading: _Reading, first: int, second: int) -> Contradiction:
    return Contradiction(
        reading.payload,
        at=reading.where(second).rstrip(". "),
        expected="one record for each set of dimensions",
        found=f"{reading.where(first).rstrip('. ')} has the same",
    )


def _unknown(reading: _Reading, n: int, record: Record, partner: Place | str) -> Doubt:
    if isinstance(partner, str):
        return Doubt(
            locator=f"{reading.where(n)}partnerCode", reason="a partner that isn't known", found=quoted(partner)
        )
    return Doubt(
        locator=f"{reading.where(n)}cmdCode",
        reason="not a code of the Harmonized System",
        found=quoted(record[PRODUCT_CODE]),
    )


def _asked(payload: Payload) -> Mapping[str, frozenset[object]]:
    """The values that the address of an answer asks for, by field; what it doesn't name, or names by a word, is open.

    Raises:
        WrongDocument: it asked for parts without their total.
    """
    try:
        address = urlsplit(payload.url)
    except ValueError:
        return {}
    asked = {name: ",".join(values).split(",") for name, values in parse_qs(address.query).items()}
    found: dict[str, frozenset[object]] = {}
    for name in ASKED:
        values = asked.get(name, [])
        plain = [value for value in values if value.isascii() and (value.isdigit() or name in {"cmdCode", "flowCode"})]
        if values and len(plain) == len(values) and not any(v == "ALL" or v.startswith("AG") for v in values):
            found[name] = frozenset(int(value) if name in NUMERIC else value for value in plain)
    if freq := re.search(r"/C/([AM])/", address.path):
        found["freqCode"] = frozenset({freq[1]})
    for name, whole in zip(PARTS, WHOLE, strict=True):
        if name in asked and str(whole) not in asked[name]:
            raise WrongDocument(payload, expected=f"an answer with {name} {whole}, the total", found=asked[name])
    return found


def _head(reading: _Reading, n: int, codes: tuple[Any, ...]) -> _Head | Doubt | None:
    """What six codes mean: None for a flow that is only a part, a Doubt for a reporter that isn't known."""
    kind, freq, period, reporter, flow, edition = codes
    for name, code in zip(HEAD, codes, strict=True):
        if type(code) is not (int if name == "reporterCode" else str):
            raise reading.fault(n, name, "a number" if name == "reporterCode" else "a code", code)
        reading.check(n, name, code)
    if kind != "C":
        raise WrongDocument(reading.payload, at=f"{reading.where(n)}typeCode", expected="C, goods", found=repr(kind))
    if not EDITION.fullmatch(edition):
        at = f"{reading.where(n)}classificationCode"
        raise WrongDocument(reading.payload, at=at, expected="an edition of the HS", found=repr(edition))
    if freq not in DATASETS:
        raise reading.fault(n, "freqCode", "A or M", freq)
    dataset, of = DATASETS[freq]
    start, end = _period(reading, n, freq, period)
    if flow not in FLOWS:
        return None
    known = m49.NUMBERS.get(reporter)
    if known is None or known.code is None:
        return Doubt(locator="", reason="a reporter that isn't known", found=f"{reporter}")
    return _Head(dataset, of, start, end, known.code, cast("Flow", flow))


def _period(reading: _Reading, n: int, freq: str, period: str) -> tuple[date, date]:
    try:
        if freq == "A" and YEAR.fullmatch(period):
            return periods.full_year(int(period))
        if freq == "M" and (month := MONTH.fullmatch(period)):
            return periods.month(int(month[1]), int(month[2]))
    except ValueError as error:
        raise reading.fault(n, "period", "a year or month there is", period) from error
    raise reading.fault(n, "period", "YYYY" if freq == "A" else "YYYYMM", period)


def _place(reading: _Reading, n: int, number: object) -> Place | str:
    """The partner, or the text of a number that isn't known."""
    if type(number) is not int:
        raise reading.fault(n, "partnerCode", "a number", number)
    found = reading.partners.get(number)
    if found is None:
        reading.check(n, "partnerCode", number)
        found = reading.partners[number] = m49.NUMBERS.get(number) or str(number)
    return found


def _product(reading: _Reading, n: int, code: object) -> str | None:
    if type(code) is not str:
        raise reading.fault(n, "cmdCode", "a code", code)
    if code not in reading.products:
        reading.check(n, "cmdCode", code)
        reading.products[code] = code if PRODUCT.fullmatch(code) else None
    return reading.products[code]


class _Measured(NamedTuple):
    """What a record or a sum of parts measures; None is what isn't given, `unit` a text where it isn't known."""

    value: int | Decimal
    weight: int | Decimal | None
    weight_estimated: bool
    amount: int | Decimal | None
    amount_estimated: bool
    unit: Unit | str | None
    weighed: str  # the field that the weight is from


_details = _of((*AMOUNTS, *FLAGS, "qtyUnitCode", "qtyUnitAbbr"))


def _measured(reading: _Reading, record: Record, at: str, flow: Flow) -> _Measured | Doubt:
    """The numbers of a record, checked; a Doubt where its value is missing or contradicts its basis."""
    value, cif, fob, weight, amount, weight_estimated, amount_estimated, code, abbreviation = _details(record)
    for number in (value, cif, fob, weight, amount):
        if number is not None and not (type(number) is int and 0 <= number < LARGEST):
            _check_amounts(reading, record, at)
    if type(weight_estimated) is not bool or type(amount_estimated) is not bool:
        raise LayoutChanged(
            reading.payload,
            at=f"{at}{' '.join(FLAGS)}",
            expected="true or false",
            found=repr((weight_estimated, amount_estimated)),
        )
    basis = cif if flow == "M" else fob
    if value is None or (basis is not None and basis != value):
        name = "cifvalue" if flow == "M" else "fobvalue"
        reason = "no value" if value is None else f"another value than its {name}"
        return Doubt(locator=f"{at}primaryValue", reason=reason, found=f"{value} and {basis}")
    unit = _unit(reading, code, abbreviation)
    if value:  # nothing weighed is no weight where something was paid for
        weight, amount = weight or None, amount or None
    if weight is None and amount is not None and unit is KILOGRAMS:
        return _Measured(value, amount, amount_estimated, amount, amount_estimated, unit, "qty")
    return _Measured(value, weight, weight_estimated, amount, amount_estimated, unit, "netWgt")


def _check_amounts(reading: _Reading, record: Record, at: str) -> None:
    for name in AMOUNTS:
        value = record[FIELDS.index(name)]
        if value is not None and not ((type(value) is int or type(value) is Decimal) and 0 <= value < LARGEST):
            raise LayoutChanged(
                reading.payload, at=f"{at}{name}", expected="a number of 0 or more, under 16 digits", found=repr(value)
            )


def _unit(reading: _Reading, code: object, abbreviation: object) -> Unit | str | None:
    pair = (code, abbreviation)
    try:
        return reading.units[pair]
    except (KeyError, TypeError):
        found = reading.units[str(code), str(abbreviation)] = _meant(code, abbreviation)
        if type(code) is int and isinstance(abbreviation, str):
            reading.units[pair] = found
        return found


def _meant(code: object, abbreviation: object) -> Unit | str | None:
    """The unit that a number and an abbreviation mean, None for none, their text where it isn't known."""
    said = f"{code} {abbreviation}"
    known = UNIT_NUMBERS.get(code) if type(code) is int else None
    name = known if abbreviation is None else abbreviation
    if not isinstance(name, str) or (known is not None and name != known and not {name, known} <= NO_UNIT):
        return said
    if name in NO_UNIT:
        return None
    if name in UNITS:
        return UNITS[name]
    try:
        return units.quantity(name)
    except ValueError:
        return said


def _figures(reading: _Reading, record: Record, at: str, head: _Head, partner: Place, product: str) -> None:
    """The rows of one record that stands for itself."""
    measured = _measured(reading, record, at, head.flow)
    if isinstance(measured, Doubt):
        reading.doubts.append(measured)
        return
    bare = product == "TOTAL" or record[LEVEL] == 0
    places = (f"{at}primaryValue", f"{at}{measured.weighed}", f"{at}qty", f"{at}qtyUnitAbbr")
    _tell(reading, measured, places, head, partner, product, bare=bare)


def _tell(
    reading: _Reading,
    measured: _Measured,
    places: tuple[str, str, str, str],
    head: _Head,
    partner: Place,
    product: str,
    *,
    bare: bool,
) -> None:
    """The value; unless `bare`, the weight and the quantity in a unit other than kilograms."""
    value, weight, weight_estimated, amount, amount_estimated, unit, _ = measured
    reading.cells.append(_cells(head, partner, product, value, "trade_value", "USD", places[0], estimated=False))
    if bare:
        return
    reading.cells.append(
        _cells(head, partner, product, weight, "quantity", "kg", places[1], estimated=weight_estimated)
    )
    if isinstance(unit, str):
        reading.doubts.append(
            Doubt(locator=places[3], reason="a unit of quantity that isn't known", found=quoted(unit))
        )
    elif unit is not None and unit is not KILOGRAMS and unit.code != "kg":
        reading.cells.append(
            _cells(head, partner, product, amount, "quantity", unit.code, places[2], amount_estimated, unit.factor)
        )


def _cells(
    head: _Head,
    partner: Place,
    product: str,
    value: int | Decimal | None,
    measure: str,
    unit: str,
    locator: str,
    estimated: bool,
    factor: Decimal | None = None,
) -> tuple[object, ...]:
    """One figure as `OBSERVED` has it: whole numbers are given to a unit, others with the digits that they have."""
    dataset, freq, start, end, reporter, flow = head
    exact: Decimal | None
    if value is None:
        exact, half = None, NOTHING
    elif type(value) is int:
        exact, half = Decimal(value), HALF
    else:
        exact = Decimal(value)
        half = numbers.half_digit(exact)
    if exact is not None and factor is not None and factor != 1:
        exact, half = exact * factor, half * factor
    status = "M" if exact is None else "E" if estimated else "A"
    return (
        dataset, measure, unit, freq, start, end, exact, locator, reporter, partner.code, partner.name, partner.kind,
        flow, product, status, None, False, half,
    )  # fmt: skip


# --- totals and parts ---------------------------------------------------------------------------------------------


def _refuse_one_part(payload: Payload, kinds: set[tuple[int, str, int]]) -> None:
    """A document with one and the same part everywhere was filtered by it: no total can be made of that.

    Raises:
        WrongDocument: naming the part.
    """
    for place, (name, whole) in enumerate(zip(PARTS, WHOLE, strict=True)):
        found = {kind[place] for kind in kinds}
        if len(found) == 1 and whole not in found:
            raise WrongDocument(
                payload, expected=f"totals, or all parts: {name} {whole}", found=f"{name} {found.pop()} alone"
            )


def _chosen(records: Sequence[Record], several: list[_Part]) -> list[_Part] | str:
    """The parts that add up to the whole, each dimension as its total or as its parts; a reason where it is unclear.

    Where totals of one dimension stand beside parts of another, there are two ways to the same figure: they must lead
    to the same value.
    """
    ways: list[list[_Part]] = []
    for first in range(len(PARTS)):
        left = several
        for step in range(len(PARTS)):
            place = (first + step) % len(PARTS)
            left = [part for part in left if part.kind[place] == WHOLE[place]] or left
        ways.append(left)
    values = {_total(records[part.n][VALUE] for part in way) for way in ways}
    if len(values) > 1:
        return f"parts that add up to different values: {', '.join(map(str, sorted(values)))}"
    chosen = ways[0]
    modes = {part.kind[2] for part in chosen}
    for mode in sorted(modes):
        inner = {other for other in modes if other != mode and _within(other, mode)}
        if inner and _weighs(records, chosen, {mode}) >= _weighs(records, chosen, inner):
            return f"mode of transport {mode} may hold {', '.join(map(str, sorted(inner)))}"
    return chosen


def _within(inner: int, outer: int) -> bool:
    """Is a mode of transport one of another's kinds, by its number: 2100, sea, of 2000, water?"""
    stem = str(outer).rstrip("0")
    return bool(stem) and len(str(inner)) == len(str(outer)) and str(inner).startswith(stem)


def _weighs(records: Sequence[Record], parts: Iterable[_Part], modes: set[int]) -> int | Decimal:
    return _total(records[part.n][VALUE] for part in parts if part.kind[2] in modes)


def _total(values: Iterable[int | Decimal]) -> int | Decimal:
    """A sum without rounding."""
    with localcontext() as exactly:
        exactly.prec = ROOMY
        return sum(values, start=0)


def _sum(
    reading: _Reading,
    records: Sequence[Record],
    several: list[_Part],
    head: _Head,
    partner: Place,
    product: str,
) -> None:
    """The rows of a figure that stands only in parts: their sum, with all of them in the locator.

    If one part lacks its weight or quantity, the sum lacks it.
    """
    read: dict[int, _Measured] = {}
    first = reading.where(several[0].n)
    for n, _ in several:  # also of those that are left out: their numbers decide which way is taken
        measured = _measured(reading, records[n], reading.where(n), head.flow)
        if isinstance(measured, Doubt):
            reading.doubts.append(measured)
            return
        read[n] = measured
    chosen = _chosen(records, several)
    if isinstance(chosen, str):
        reason = "no total, and its parts are unclear"
        reading.doubts.append(Doubt(locator=f"{first}primaryValue", reason=reason, found=chosen))
        return
    here = {part.n: read[part.n] for part in chosen}
    bare = product == "TOTAL" or any(records[n][LEVEL] == 0 for n in here)
    places = (
        " + ".join(f"{reading.where(n)}primaryValue" for n in here),
        " + ".join(f"{reading.where(n)}{part.weighed}" for n, part in here.items()),
        " + ".join(f"{reading.where(n)}qty" for n in here),
        f"{first}qtyUnitAbbr",
    )
    _tell(reading, _added(list(here.values())), places, head, partner, product, bare=bare)


def _added(parts: Sequence[_Measured]) -> _Measured:
    """The sum of parts; what one of them lacks, it lacks."""
    found = {part.unit for part in parts}
    weights, amounts = [part.weight for part in parts], [part.amount for part in parts]
    return _Measured(
        value=_total(part.value for part in parts),
        weight=None if None in weights else _total(weight for weight in weights if weight is not None),
        weight_estimated=any(part.weight_estimated for part in parts),
        amount=None if None in amounts else _total(amount for amount in amounts if amount is not None),
        amount_estimated=any(part.amount_estimated for part in parts),
        unit=found.pop() if len(found) == 1 else "parts in different units",
        weighed="",
    )


# --- code lists ---------------------------------------------------------------------------------------------------

# The fields of code, name and ISO code; the case of their first letters differs from list to list.
ENTRIES: Final = MappingProxyType({
    "reporters": ("reporterCode", "reporterDesc", "reporterCodeIsoAlpha2"),
    "partners": ("PartnerCode", "PartnerDesc", "PartnerCodeIsoAlpha2"),
    "hs": ("id", "text", ""),
    "modes": ("id", "text", ""),
})  # fmt: skip
ISO: Final = re.compile(r"[A-Z]{2}")
MODES: Final = re.compile(r"\bmodes of transport\b|\btotal mot\b", re.IGNORECASE)


def codes(payload: Payload, loaded: Mapping[str, Any]) -> Iterator[Code]:
    """The entries of a code list: `comtrade:reporters`, `comtrade:partners`, `comtrade:hs` or `comtrade:modes`.

    Raises:
        WrongDocument: another list, such as the field dictionary.
        CutOff: the list says that there is more.
        Empty: it has no entry.
        LayoutChanged: an entry without code or name, a code twice.
    """
    results = loaded.get("results")
    if not isinstance(results, list) or not all(isinstance(entry, dict) for entry in results):
        raise WrongDocument(payload, at="results", expected="a list of entries", found=quoted(results))
    if not results:
        raise Empty(payload, at="results", expected="entries", found="an empty list")
    if loaded.get("more"):
        raise CutOff(payload, at="more", expected="the whole list", found=f"{len(results)} entries and more")
    kind = _kind(payload, results)
    seen: dict[str, int] = {}
    for n, entry in enumerate(results):
        code = _entry(payload, kind, n, {str(name).lower(): value for name, value in entry.items()})
        if seen.setdefault(code.code, n) != n:
            raise Contradiction(payload, at=f"results[{n}]", expected="each code once", found=code.code)
        yield code


def _kind(payload: Payload, results: Sequence[Mapping[str, Any]]) -> str:
    names = {str(name).lower() for name in results[0]}
    if "reportercode" in names:
        return "reporters"
    if "partnercode" in names:
        return "partners"
    if {"id", "text", "parent"} <= names:
        return "hs"
    if {"id", "text"} <= names and MODES.search(str(results[0].get("text"))):
        return "modes"
    raise WrongDocument(payload, at="results[0]", expected="reporters, partners, HS or modes", found=sorted(names))


def _entry(payload: Payload, kind: str, n: int, entry: Mapping[str, Any]) -> Code:
    code_in, name_in, _ = ENTRIES[kind]
    code, name, iso = (entry.get(field_name.lower()) for field_name in ENTRIES[kind])
    if type(code) is int:
        code = str(code)
    if not isinstance(code, str) or not code or not isinstance(name, str) or not name.strip():
        raise LayoutChanged(payload, at=f"results[{n}]", expected=f"{code_in} and {name_in}", found=quoted(entry))
    name = html.squeeze(name.removeprefix(f"{code} - ") if kind == "hs" else name)
    return Code(
        codelist=f"comtrade:{kind}",
        code=quoted(code),
        name=" ".join("".join(c if c.isprintable() else " " for c in name).split()),
        iso=iso if isinstance(iso, str) and ISO.fullmatch(iso) else None,
        valid_from=_day(payload, n, entry.get("entryeffectivedate")),
        valid_to=_day(payload, n, entry.get("entryexpireddate")),
        locator=f"results[{n}].{code_in}",
    )


def _day(payload: Payload, n: int, text: object) -> date | None:
    if text is None:
        return None
    try:
        return periods.day(str(text).partition("T")[0])
    except ValueError as error:
        raise LayoutChanged(payload, at=f"results[{n}]", expected="a day", found=repr(text)) from error
