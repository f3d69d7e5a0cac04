"""UN Comtrade: trade of China and of those that report trade with Russia, by product and partner, month and year.

Layout    {"elapsedTime", "count", "data": [...], "error"}: a record for each reporter, period, flow, partner and
          product (`TradeDataItems.json` is the field dictionary). Monthly records have period YYYYMM, annual ones
          YYYY and refMonth 52; primaryValue is cifvalue of imports, fobvalue of exports. `getDA` answers in the same
          envelope what was released when. Code lists: {"results": [{"id", "text", ...}]}.
Calendar  each reporter when it likes, mostly one to three months after the month; years from the next spring on.
          `lastReleased` of getDA says what changed. Russia has reported nothing since January 2022.
Traps     Keyless answers hold 500 rows, longer ones are cut without a word. Without the filters partner2Code=0,
          customsCode=C00 and motCode=0 totals come with their parts. 200 with no records is not published yet,
          never zero. netWgt null or 0 beside a value is not given. 490 is Taiwan, 344 Hong Kong (Russia is 643).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final, TypeVar

from sources.contract import DECEMBER, Payload, Request, Row, Window
from sources.errors import LayoutChanged, WrongDocument
from sources.parse import comtrade, periods

__all__ = ["PARSER", "Block", "fewest", "is_cut", "links", "parse", "parts", "plan", "wanted"]

PARSER: Final = 1  # raise it when the same bytes would give other rows

BASE: Final = "https://comtradeapi.un.org"
LISTS: Final = f"{BASE}/files/v1/app/reference"
FILTERS: Final = {"partner2Code": "0", "customsCode": "C00", "motCode": "0", "includeDesc": "true"}
RECHECK: Final = timedelta(days=30)
KEPT: Final = timedelta(days=365)

FIRST_YEAR: Final = 2017
MOST_PERIODS: Final = 12  # of a request with a key, and of getDA
PREVIEW_ROWS: Final = 499  # the keyless service gives 500 and no word of more
KEYED_ROWS: Final = 99_999 // MOST_PERIODS  # a period; 100,000 by the older notes, 250,000 by newer ones
EVERY_PARTNER: Final = 300  # more than there are numbers of areas: what an answer for all partners can hold
LONGEST_ADDRESS: Final = 4_095
MOST_VALUES: Final = 100  # of one list; the service takes more
LATE_MONTHS: Final = 4  # asked for where nobody says what was released: data come one to three months late

CHINA: Final = 156
RUSSIA: Final = 643
# Kazakhstan, Kyrgyzstan, Belarus, Uzbekistan, Armenia, Türkiye, United Arab Emirates
MIRRORS: Final = (398, 417, 112, 860, 51, 792, 784)
# Ukraine, Kazakhstan, Australia, France, Canada, United States
GRAIN_SELLERS: Final = (804, 398, 36, 251, 124, 842)
GRAIN: Final = ("1001", "1003")
CRUDE: Final = "2709"
CODES: Final = (
    "TOTAL", "27", "2701", "2702", "2704", "2709", "2710", "2711", "271111", "271121",
    "8703", "870321", "870322", "870323", "870324", "870331", "870332", "870333",
    "870340", "870350", "870360", "870370", "870380", "870390",
    "8704", "8701", "8708", "72", "73", "84", "85",
)  # fmt: skip
# Apart from the others, because eight partners, two flows and 31 codes are 496 rows: one code more, and the preview
# would cut. The five left fill another request with the grain of other sellers.
CODES_APART: Final = (*GRAIN, "31", "44")
APART: Final = " apart"
LAST_OF_RUSSIA: Final = {"M": "202201", "A": "2021"}

LISTS_OF: Final = ("codes", "partners", "flows", "reporters")  # of a block, in the order in which they are halved

T = TypeVar("T", int, str)


# --- what is wanted -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """A cross product that one request can ask for: reporters by partners (none: all) by flows by codes."""

    name: str
    reporters: tuple[int, ...]
    partners: tuple[int, ...]
    flows: tuple[str, ...]
    codes: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows the answer for one period can hold at most."""
        return len(self.reporters) * (len(self.partners) or EVERY_PARTNER) * len(self.flows) * len(self.codes)

    @property
    def title(self) -> str:
        """Its name; codes that stand apart are no more said where the others are there."""
        names = self.name.split("+")
        return "+".join(name for name in names if name.removesuffix(APART) == name or name[: -len(APART)] not in names)

    def __or__(self, other: "Block") -> "Block":
        """The smallest block that holds both."""
        return Block(
            name="+".join(sorted({*self.name.split("+"), *other.name.split("+")})),
            reporters=_both(self.reporters, other.reporters),
            partners=_both(self.partners, other.partners) if self.partners and other.partners else (),
            flows=_both(self.flows, other.flows),
            codes=_both(self.codes, other.codes),
        )


def _both(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(sorted(set(one) | set(other)))


@cache
def wanted(*, russia: bool) -> tuple[Block, ...]:
    """All that is asked for of a period, as blocks that overlap nowhere; `russia`: did Russia still report then?"""
    partners = (RUSSIA, *MIRRORS)
    blocks = [
        Block("grain", (CHINA,), GRAIN_SELLERS, ("M",), GRAIN),
        Block("crude", (CHINA,), (), ("M",), (CRUDE,)),
    ]
    for suffix, codes in (("", CODES), (APART, CODES_APART)):
        blocks += [
            Block(f"exports{suffix}", (CHINA,), partners, ("X",), codes),
            Block(f"imports{suffix}", (CHINA,), (RUSSIA,), ("M",), codes),
            Block(f"mirror exports{suffix}", MIRRORS, (RUSSIA,), ("X",), codes),
            Block(f"mirror imports{suffix}", MIRRORS, (CHINA,), ("M",), codes),
        ]
        if russia:
            blocks.append(Block(f"russia{suffix}", (RUSSIA,), (CHINA,), ("X", "M"), codes))
    return tuple(blocks)


@cache
def fewest(blocks: tuple[Block, ...], limit: int) -> tuple[Block, ...]:
    """The fewest blocks that hold all of `blocks`, none of which can give more than `limit` rows a period.

    Blocks that are too large are cut first; then every way of putting whole blocks together is tried, the largest
    first, and left as soon as it can't be better than the best one yet.

    Raises:
        ValueError: a block for all partners and one code is over the limit.
    """
    pieces = sorted(
        (piece for block in blocks for piece in _fitting(block, limit)), key=lambda piece: (-piece.rows, piece.name)
    )
    best = pieces
    bins: list[Block] = []

    def put(n: int) -> None:
        nonlocal best
        if len(bins) >= len(best):
            return
        if n == len(pieces):
            best = list(bins)
            return
        grown = [(merged.rows - one.rows, place, merged) for place, one in enumerate(bins)
                 if (merged := one | pieces[n]).rows <= limit]  # fmt: skip
        for _, place, merged in sorted(grown, key=lambda option: option[:2]):
            before, bins[place] = bins[place], merged
            put(n + 1)
            bins[place] = before
        bins.append(pieces[n])
        put(n + 1)
        bins.pop()

    put(0)
    return tuple(best)


def _fitting(block: Block, limit: int) -> Iterator[Block]:
    """The block in pieces within the limit: by codes as evenly as it goes, else in halves by another list."""
    if block.rows <= limit:
        yield block
        return
    most = limit * len(block.codes) // block.rows
    if most:
        count = -(-len(block.codes) // most)
        for n in range(count):
            yield replace(block, codes=block.codes[n::count])
        return
    halves = _halves(block)
    if not halves:
        raise ValueError(f"{block} gives up to {block.rows} rows, over {limit}")
    for half in halves:
        yield from _fitting(half, limit)


def _halves(block: Block, lists: Sequence[str] = LISTS_OF) -> tuple[Block, ...]:
    """Two blocks that hold the same: by the first of these lists that has more than one value; else nothing."""
    for name in lists:
        values = getattr(block, name)
        if len(values) > 1:
            middle = len(values) // 2
            return tuple(replace(block, **{name: half}) for half in (values[:middle], values[middle:]))
    return ()


# --- requests -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asking:
    """One request to be: a block, and the periods of one frequency in the service's own form, oldest first."""

    block: Block
    freq: str
    periods: tuple[str, ...]
    keyed: bool

    @property
    def newest(self) -> tuple[str, int]:
        """For the order of requests: by the last month that the answer may hold, months before the year."""
        last = self.periods[-1]
        return (last, 1) if self.freq == "M" else (f"{last}{DECEMBER}", 0)

    def request(self, changed_at: datetime | None = None) -> Request:
        """The question, at an address that stays the same."""
        block, last = self.block, self.periods[-1]
        params = {
            "reporterCode": ",".join(map(str, block.reporters)),
            "period": ",".join(self.periods),
            **({"partnerCode": ",".join(map(str, block.partners))} if block.partners else {}),
            "cmdCode": ",".join(block.codes),
            "flowCode": ",".join(block.flows),
            **FILTERS,
        }
        return Request(
            f"{BASE}/{'data/v1/get' if self.keyed else 'public/v1/preview'}/C/{self.freq}/HS",
            params=params,
            period=f"{last[:4]}-{last[4:]}" if self.freq == "M" else last,
            title=block.title,
            group=f"{self.freq} {block.title}",
            recheck=RECHECK,
            changed_at=changed_at,
            keyed=self.keyed,
        )

    def within_limits(self) -> "Iterator[_Asking]":
        """Itself, or halves as long as a list or the address is longer than the service takes."""
        block = self.block
        too_long = [name for name in LISTS_OF if len(getattr(block, name)) > MOST_VALUES]
        halves = _halves(block, too_long or LISTS_OF)
        if halves and (too_long or len(self.request().address) > LONGEST_ADDRESS):
            for half in halves:
                yield from replace(self, block=half).within_limits()
            return
        yield self


def _asking(freq: str, periods: Iterable[str], *, keyed: bool) -> list[_Asking]:
    """What to ask for some periods, the newest first: without a key each period for itself.

    With a key months come by whole calendar years and years by dozens since 2017, so that the address of a request
    stays the same for as long as the period runs.
    """
    spans = sorted({_span(freq, period) if keyed else (period,) for period in periods}, reverse=True)
    found: list[_Asking] = []
    for span in spans:
        russia = span[0] <= LAST_OF_RUSSIA[freq]
        for block in fewest(wanted(russia=russia), KEYED_ROWS if keyed else PREVIEW_ROWS):
            found += _Asking(block, freq, span, keyed).within_limits()
    return found


def _span(freq: str, period: str) -> tuple[str, ...]:
    if freq == "M":
        return _months(int(period[:4]))
    first = FIRST_YEAR + (int(period) - FIRST_YEAR) // MOST_PERIODS * MOST_PERIODS
    return tuple(map(str, range(first, first + MOST_PERIODS)))


def _months(year: int) -> tuple[str, ...]:
    return tuple(f"{year}{month:02d}" for month in range(1, DECEMBER + 1))


def _ended_months(window: Window) -> list[str]:
    """The window's months since 2017 that are over, newest first: before its end no month is published."""
    return [
        f"{year}{month:02d}"
        for year, month in reversed(list(window.months()))
        if year >= FIRST_YEAR and periods.month(year, month)[1] < window.now.date()
    ]


def _ended_years(window: Window) -> list[str]:
    years = window.years()
    return [str(year) for year in reversed(years) if year >= FIRST_YEAR and date(year, 12, 31) < window.now.date()]


def plan(window: Window) -> Iterator[Request]:
    """The code lists, and the fewest requests for the window, the newest periods first.

    A nightly run first asks what was released (`getDA`); its answer leads to the data, and says when they changed.
    """
    keyed = "comtrade" in window.keys
    if window.nightly:
        yield from _indexes(window, keyed=keyed)
    else:
        asking = [
            *_asking("M", _ended_months(window), keyed=keyed),
            *_asking("A", _ended_years(window), keyed=keyed),
        ]
        asking.sort(key=lambda one: one.newest, reverse=True)
        yield from (one.request() for one in asking)
    for name in ("Reporters", "partnerAreas", "HS"):
        yield Request(f"{LISTS}/{name}.json", title=name, group=f"list {name}", recheck=RECHECK)
    for name in ("TradeDataItems", "ModeOfTransportCodes"):
        yield Request(f"{LISTS}/{name}.json", role="keep", title=name, group=f"list {name}", recheck=KEPT)


def _indexes(window: Window, *, keyed: bool) -> Iterator[Request]:
    """What was released of this and last year's months, and of the dozen last years."""
    now = window.now.date()
    newest = [month for month in _ended_months(window) if month[:4] >= str(now.year - 1)][:LATE_MONTHS]
    for year in (now.year, now.year - 1):
        months = _months(year)
        if year >= FIRST_YEAR and months[0] < f"{now:%Y%m}":
            yield _index("M", months, [month for month in newest if month in months], keyed=keyed)
    years = tuple(map(str, range(max(FIRST_YEAR, now.year - MOST_PERIODS), now.year)))
    if years:
        yield _index("A", years, years[-1:], keyed=keyed)


def _index(freq: str, span: tuple[str, ...], newest: Sequence[str], *, keyed: bool) -> Request:
    reporters = sorted({CHINA, *MIRRORS, *([RUSSIA] if span[0] <= LAST_OF_RUSSIA[freq] else [])})
    return Request(
        f"{BASE}/public/v1/getDA/C/{freq}/HS",
        params={"reporterCode": ",".join(map(str, reporters)), "period": ",".join(span)},
        role="index",
        title="what was released",
        group=f"{freq} released",
        otherwise=tuple(one.request() for one in _asking(freq, newest, keyed=keyed)),
    )


def links(payload: Payload, window: Window) -> Iterator[Request]:
    """The data of what was released, each with the last release among its reporters; the newest periods first.

    Raises:
        LayoutChanged: the index lacks an instant or a code, or isn't one.
    """
    loaded = comtrade.document(payload)
    released: dict[str, dict[tuple[int, str], datetime]] = {}
    for n, record in enumerate(comtrade.envelope(payload, loaded)):
        freq, reporter, period, at = _release(payload, n, record)
        known = released.setdefault(freq, {})
        known[reporter, period] = max(known.get((reporter, period), at), at)
    for freq, known in sorted(released.items()):
        of = sorted({period for _, period in known if int(period[:4]) >= FIRST_YEAR})
        for one in _asking(freq, of, keyed="comtrade" in window.keys):
            instants = [
                at for (reporter, period), at in known.items()
                if reporter in one.block.reporters and period in one.periods
            ]  # fmt: skip
            if instants:
                yield one.request(changed_at=max(instants))


FORM: Final = {"M": re.compile(r"[0-9]{4}(?:0[1-9]|1[0-2])"), "A": re.compile(r"[0-9]{4}")}


def _release(payload: Payload, n: int, record: Mapping[str, Any]) -> tuple[str, int, str, datetime]:
    freq, reporter, period = record.get("freqCode"), record.get("reporterCode"), str(record.get("period"))
    if not isinstance(freq, str) or freq not in FORM or type(reporter) is not int or not FORM[freq].fullmatch(period):
        raise LayoutChanged(
            payload, at=f"data[{n}]", expected="freqCode, reporterCode and period", found=[freq, reporter, period]
        )
    released = record.get("lastReleased")
    try:
        at = datetime.fromisoformat(str(released))
    except ValueError as error:
        raise LayoutChanged(payload, at=f"data[{n}].lastReleased", expected="an instant", found=released) from error
    return freq, reporter, period, at if at.tzinfo else at.replace(tzinfo=UTC)


def is_cut(payload: Payload) -> bool:
    """Did the service cut this answer off? Then `parts` says what to ask for in its place."""
    return comtrade.is_cut(payload)


def parts(request: Request) -> tuple[Request, ...]:
    """A request whose answer was cut off, as two that ask for the same.

    They divide its codes, else partners, flows, reporters, periods. Nothing where it can't be divided: all partners
    of one code, or a code list.
    """
    for name in ("cmdCode", "partnerCode", "flowCode", "reporterCode", "period"):
        values = request.params.get(name, "").split(",")
        if len(values) > 1:
            middle = len(values) // 2
            return tuple(_part(request, name, half) for half in (values[:middle], values[middle:]))
    return ()


def _part(request: Request, name: str, values: Sequence[str]) -> Request:
    last = values[-1]
    label = request.period if name != "period" else f"{last[:4]}-{last[4:]}" if last[4:] else last
    return replace(request, params={**request.params, name: ",".join(values)}, period=label)


# --- answers ------------------------------------------------------------------------------------------------------


def parse(payload: Payload) -> Iterable[Row]:
    """Values in USD, net weights in kg and quantities of an answer, or the entries of a code list.

    Raises:
        LayoutChanged: or one of its kinds, naming the record and the field.
    """
    loaded = comtrade.document(payload)
    if "results" in loaded:
        return list(comtrade.codes(payload, loaded))
    records = comtrade.envelope(payload, loaded)
    comtrade.refuse_cut(payload, len(records))
    if records and "lastReleased" in records[0]:
        raise WrongDocument(payload, at="data[0]", expected="records of trade", found="what was released: an index")
    return comtrade.observations(payload, comtrade.plain(payload, records), "data[{}].".format)
