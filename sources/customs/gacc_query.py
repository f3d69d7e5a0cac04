"""China Customs (GACC): the online query system, commodities by partner; files that a person fetches.

Layout    CSV in GB18030 or UTF-8, a comma after the last column, thousands in quotes (`"4,841,954,212"`). Columns
          follow the person's choices: 数据年月, 商品编码, 商品名称, 贸易伙伴编码 and 名称, 第一 and 第二数量 with
          计量单位, 美元 or 人民币; 贸易方式 and 注册地 where they were asked for. `202401`, or `202401-202405`.
Calendar  From the 18th to 20th of the next month, whole by the 25th, and revised for months after: cells mostly by
          less than 1 %. Known from the moment at which the file was fetched: it has no date of its own.
Traps     The flow isn't in the file: its name says it (import, export, 进口, 出口), or its bringer. At most 10,000
          rows come, the rest is cut off without a word. Partner codes are China's own: 344 is Russia here, and Hong
          Kong at the UN. `0` beside a value is a quantity withheld (pipeline gas from Russia since 2022), not
          nothing. By 贸易方式 there is a row a mode: only their sum is a figure, if no mode was left out.
          The query system binds each filter to a column that it prints: a file without partners is about all of
          them. The site answers programs with a script (`$_ts`), also with status 200: it is never asked.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final, NoReturn, cast
from urllib.parse import unquote, urlsplit

from sources.contract import Doubt, Flow, Freq, Observation, Payload, Request, Window
from sources.contract import no_links as links
from sources.errors import Contradiction, CutOff, Empty, Incomplete, LayoutChanged, WrongDocument
from sources.parse import csvs, numbers, periods, units
from sources.parse.countries import Place, place

__all__ = ["PARSER", "links", "parse", "plan"]

PARSER: Final = 1
LEGACY: Final = "gb18030"
MOST_ROWS: Final = 10_000
PLACES: Final = 3  # of a quantity; values are whole

MONTHS, PRODUCT, PARTNER_CODE, PARTNER = "数据年月", "商品编码", "贸易伙伴编码", "贸易伙伴名称"
CURRENCIES: Final = MappingProxyType({"美元": "USD", "人民币": "CNY"})
QUANTITIES: Final = (("第一数量", "第一计量单位"), ("第二数量", "第二计量单位"))
MODES: Final = tuple(
    f"{what}{said}" for what in ("贸易方式", "注册地", "收发货人注册地") for said in ("编码", "名称")
)  # fmt: skip
KNOWN: Final = frozenset(
    {MONTHS, PRODUCT, "商品名称", PARTNER_CODE, PARTNER, *CURRENCIES, *MODES, *QUANTITIES[0], *QUANTITIES[1]}
)

SPAN: Final = re.compile(r"([0-9]{4})([0-9]{2})(?: *[-~—–至到] *([0-9]{4})([0-9]{2}))?")
HS_CODE: Final = re.compile(r"[0-9]{2}(?:[0-9]{2}){0,3}")
COUNTRY_CODE: Final = re.compile(r"[0-9]{3}")
HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
FLOW_WORDS: Final = MappingProxyType(
    {
        "X": re.compile(r"(?<![a-z])exports?(?![a-z])|出口"),
        "M": re.compile(r"(?<![a-z])imports?(?![a-z])|进口|进出口"),
    }
)
NO_UNIT: Final = frozenset({"", "-", "—"})
WORLD: Final = place("World")

# China's own codes, as far as they are certain. 110 to 138 stand without a gap in the order of the monthly bulletin.
COUNTRIES: Final = MappingProxyType(
    {
        str(code): iso
        for first, isos in {
            110: "HK IN ID IR IQ IL JP JO KW LA LB MO MY MV MN NP OM PK PS PH QA SA SG KR LK SY TH TR AE",
            141: "VN", 145: "KZ KG", 149: "UZ", 340: "BY", 344: "RU", 347: "UA", 501: "CA US", 601: "AU",
        }.items()
        for code, iso in enumerate(isos.split(), start=first)
    }
)  # fmt: skip

Period = tuple[Freq, date, date]
Key = tuple[Period, str, Place]


@dataclass(frozen=True, slots=True)
class _Amount:
    """A figure of one row in base units; `value` None where it is withheld, `unit` empty where it is in doubt."""

    column: str
    unit: str
    value: Decimal | None
    precision: Decimal


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of the file; `part` names what of the whole it is, empty where it is the whole."""

    number: int
    part: tuple[str, ...]
    values: tuple[_Amount, ...]
    quantities: tuple[_Amount, ...]


def plan(window: Window) -> Iterator[Request]:  # noqa: ARG001 (whatever the window: a person fetches these files)
    """Nothing: the site is behind a challenge that programs don't pass, and is never asked."""
    yield from ()


def parse(payload: Payload) -> Iterator[Observation | Doubt]:
    """Values and quantities by month, commodity and partner, in base units; one row a cell.

    Raises:
        WrongDocument: no file of the query system.
        Incomplete: it doesn't say its months, its commodities, its partners' names or its flow.
        CutOff: as many rows as come at most.
        Contradiction: two rows for one cell, a code with another country's name, a name against the option.
        LayoutChanged: an unknown column, a row or a number in another form.
    """
    names = csvs.first_line(payload, LEGACY)
    if not (set(names) & set(CURRENCIES) and set(names) & {PRODUCT, PARTNER_CODE, PARTNER}):
        raise WrongDocument(payload, at="header", expected=f"{PRODUCT} and 美元 or 人民币", found=list(names))
    wanted = (MONTHS, PRODUCT, PARTNER) if PARTNER_CODE in names else (MONTHS, PRODUCT)
    if missing := [name for name in wanted if name not in names]:
        raise Incomplete(
            payload,
            at="header",
            expected=f"the column {missing[0]}",
            found=list(names),
            advice=f"Tick {missing[0]} in the query system and download the file again",
        )
    flow = _flow(payload)
    header, found = csvs.table(payload, LEGACY)
    if odd := [name for name in header if name not in KNOWN]:
        raise LayoutChanged(payload, at="header", expected=f"columns out of {sorted(KNOWN)}", found=odd)
    if alone := [unit for amount, unit in QUANTITIES if unit in header and amount not in header]:
        raise LayoutChanged(payload, at="header", expected=f"the quantities of {alone[0]}", found=list(header))
    rows = list(found)
    if not rows:
        raise Empty(payload, expected="rows under the header", found="a header alone")
    if len(rows) >= MOST_ROWS:
        raise CutOff(
            payload,
            expected=f"fewer than {MOST_ROWS:,} rows, the most that the query system gives",
            found=f"{len(rows):,}",
            advice="Ask the query system for fewer months or commodities at a time",
        )
    reading = _Reading(payload, header)
    for line in rows:
        reading.take(line)
    yield from reading.doubts
    for key, entries in reading.entries.items():
        yield from _cells(payload, flow, key, entries)


def _flow(payload: Payload) -> Flow:
    """What the file's name says, or its bringer; where both speak, they must agree."""
    name = payload.title or unquote(urlsplit(payload.url).path).rpartition("/")[2]
    text = HUMP.sub(" ", unicodedata.normalize("NFKC", name)).casefold()
    said = [flow for flow, words in FLOW_WORDS.items() if words.search(text)]
    if payload.flow:
        if len(said) == 1 and payload.flow not in said:
            raise Contradiction(
                payload,
                at="--flow",
                expected=f"what the file's name {name!r} says, {said[0]}",
                found=payload.flow,
                advice="Rename the file, or give the flow that it holds",
            )
        return cast("Flow", payload.flow)
    if len(said) != 1:
        raise Incomplete(
            payload,
            at="file name",
            expected="import or export in it (进口 or 出口): the file itself doesn't say its flow",
            found=f"{name!r}, which says {'both' if said else 'neither'}",
            advice="Rename the file, or give --flow X for exports, --flow M for imports",
        )
    return cast("Flow", said[0])


@dataclass(slots=True)
class _Reading:
    """The rows of a file, read one by one and gathered by cell."""

    payload: Payload
    header: Sequence[str]
    entries: dict[Key, list[_Entry]] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    codes: dict[str, Place] = field(default_factory=dict)
    partners: dict[Place, str] = field(default_factory=dict)

    def take(self, line: csvs.Line) -> None:
        """Read one row into its cell, or into a doubt."""
        cells = dict(zip(self.header, line.fields, strict=True))
        product = cells[PRODUCT]
        if not HS_CODE.fullmatch(product):
            self._fault(line, PRODUCT, "2, 4, 6 or 8 digits (a leading zero may be lost)", product)
        period = self._period(line, cells[MONTHS])
        partner = self._partner(line, cells)
        values = tuple(
            _Amount(name, code, *self._number(line, name, cells[name]))
            for name, code in CURRENCIES.items()
            if name in cells
        )
        quantities = tuple(self._quantities(line, cells, traded=any(amount.value for amount in values)))
        if period is None or partner is None:
            return
        part = tuple(cells[name] for name in MODES if name in cells)
        there = self.entries.setdefault((period, product, partner), [])
        if twin := next((entry for entry in there if entry.part == part), None):
            raise Contradiction(
                self.payload,
                at=f"row {line.number}",
                expected="one row a month, commodity and partner",
                found=f"row {twin.number} is for the same: {cells[MONTHS]} {product} {partner.name}",
            )
        there.append(_Entry(line.number, part, values, quantities))

    def _fault(self, line: csvs.Line, column: str, expected: object, found: str) -> NoReturn:
        raise LayoutChanged(self.payload, at=f"row {line.number} {column}", expected=expected, found=found or "nothing")

    def _number(self, line: csvs.Line, column: str, text: str) -> tuple[Decimal, Decimal]:
        try:
            value = numbers.exact(text, group=",", places=PLACES)
        except ValueError as wrong:
            self._fault(line, column, wrong, text)
        return value, numbers.half_digit(value)

    def _period(self, line: csvs.Line, text: str) -> Period | None:
        said = SPAN.fullmatch(unicodedata.normalize("NFKC", text))
        if said is None:
            self._fault(line, MONTHS, "a month as 202401, or 202401-202405", text)
        try:
            first = periods.month(int(said[1]), int(said[2]))
            last = periods.month(int(said[3]), int(said[4])) if said[3] else first
        except ValueError as wrong:
            self._fault(line, MONTHS, wrong, text)
        if last < first:
            self._fault(line, MONTHS, "a span that ends after it begins", text)
        if first == last:
            return "M", *first
        if first[0].month == 1 and first[0].year == last[0].year:
            return "A" if last[0].month == periods.DECEMBER else "YTD", first[0], last[1]
        self.doubts.append(Doubt(locator=f"row {line.number} {MONTHS}", reason="a span from January on", found=text))
        return None

    def _partner(self, line: csvs.Line, cells: Mapping[str, str]) -> Place | None:
        if PARTNER not in cells:
            return WORLD
        name, code = cells[PARTNER], cells.get(PARTNER_CODE)
        if code is not None and not COUNTRY_CODE.fullmatch(code):
            self._fault(line, PARTNER_CODE, "a code of three digits", code)
        try:
            found = place(name)
        except KeyError:
            self.doubts.append(Doubt(locator=f"row {line.number} {PARTNER}", reason="unknown partner", found=name))
            return None
        if code is not None:
            self._check(line, code, found)
        return found

    def _check(self, line: csvs.Line, code: str, found: Place) -> None:
        """One code, one partner: in China's own list as far as it is known here, and within the file."""
        known = COUNTRIES.get(code, found.code)
        before, code_before = self.codes.setdefault(code, found), self.partners.setdefault(found, code)
        if known == found.code and before == found and code_before == code:
            return
        raise Contradiction(
            self.payload,
            at=f"row {line.number} {PARTNER}",
            expected=f"{code_before} for {found.name}" if code_before != code else f"{known or before.name} for {code}",
            found=f"{code} {found.name}",
        )

    def _quantities(self, line: csvs.Line, cells: Mapping[str, str], *, traded: bool) -> Iterator[_Amount]:
        """The first and the second quantity; where both are in one unit they must agree, and count once."""
        before: _Amount | None = None
        for column, unit_column in QUANTITIES:
            if column not in cells:
                continue
            text, said = cells[column] or "0", cells.get(unit_column, "")
            number, half = self._number(line, column, text)
            if said in NO_UNIT:
                if number:
                    self._fault(line, unit_column, f"the unit of {text}", said)
                continue
            try:
                unit = units.quantity(said)
            except ValueError:
                self.doubts.append(Doubt(locator=f"row {line.number} {unit_column}", reason="unknown unit", found=said))
                yield _Amount(column, "", None, Decimal(0))
                continue
            withheld = not number and traded
            value = None if withheld else number * unit.factor
            amount = _Amount(column, unit.code, value, Decimal(0) if withheld else half * unit.factor)
            if before is None or before.unit != amount.unit:
                yield amount
            elif before.value != amount.value:
                raise Contradiction(
                    self.payload,
                    at=f"row {line.number} {column}",
                    expected=f"{before.value} {before.unit}, as the first quantity",
                    found=f"{amount.value}",
                )
            before = amount


def _cells(payload: Payload, flow: Flow, key: Key, entries: Sequence[_Entry]) -> Iterator[Observation]:
    """The figures of one month, commodity and partner: of its one row, or the sums of its parts."""
    (freq, first, last), product, partner = key
    parted = bool(entries[0].part)
    rows = _ranges([entry.number for entry in entries])
    for measure, amounts in (
        ("trade_value", [amount for entry in entries for amount in entry.values]),
        ("quantity", [amount for entry in entries for amount in entry.quantities]),
    ):
        for column in dict.fromkeys(amount.column for amount in amounts):
            parts = [amount for amount in amounts if amount.column == column]
            found = {amount.unit for amount in parts}
            if "" in found:
                continue
            if len(found) > 1 or len(parts) != len(entries):
                raise Contradiction(
                    payload, at=f"{rows} {column}", expected="one unit for a commodity", found=sorted(found)
                )
            given = [amount.value for amount in parts if amount.value is not None]
            whole = len(given) == len(parts)
            yield Observation(
                dataset="commodity_partner", measure=measure, reporter="CN", flow=flow, product=product,
                partner=partner.code, partner_name=partner.name, partner_kind=partner.kind,
                unit=parts[0].unit, freq=freq, period_start=first, period_end=last,
                value=sum(given, Decimal(0)) if whole else None,
                obs_status="M" if not whole else "E" if parted else "A",
                precision=sum((amount.precision for amount in parts), Decimal(0)) if whole else Decimal(0),
                locator=f"{rows} {column}{', added over its parts' if parted else ''}",
            )  # fmt: skip


def _ranges(rows: Sequence[int]) -> str:
    """`row 2`, `rows 2-4, 9`."""
    spans: list[list[int]] = []
    for number in rows:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    said = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)
    return f"{'rows' if len(rows) > 1 else 'row'} {said}"
