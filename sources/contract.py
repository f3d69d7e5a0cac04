"""The nouns of the walk, and what a source is.

A source is a module with `PARSER`, `plan`, `links` and `parse`. It knows how to read bytes and what to ask for; it
knows no network, database, clock or environment. What a document is comes from its bytes: that is why
`amur ingest FILE` works with files that nobody fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, Literal, Protocol, overload
from urllib.parse import urlencode

__all__ = [
    "OBSERVED",
    "Article",
    "Batch",
    "Code",
    "Columns",
    "Doubt",
    "Event",
    "Fetched",
    "Figures",
    "Flow",
    "Freq",
    "Observation",
    "Payload",
    "Request",
    "Row",
    "Source",
    "Window",
    "column",
    "no_links",
    "period_label",
]

DECEMBER: Final = 12
Freq = Literal["D", "M", "Q", "H", "A", "YTD"]
Flow = Literal["X", "M", "T"]
Role = Literal["index", "data", "feed", "keep"]
Modality = Literal["asserted", "reported", "sources", "planned", "hypothetical", "denied", "cancelled"]
Outcome = Literal["ok", "not_modified", "reused", "missing"]


@dataclass(frozen=True, slots=True)
class Window:
    """The days a run is about, both ends included, and the run's `now` (aware, UTC).

    `nightly` windows look for what is new; others (backfills) want all that was published for the days.
    `keys` names the sources for which the operator holds a key; the keys themselves stay with the door.
    """

    start: date
    end: date
    now: datetime
    nightly: bool = False
    keys: frozenset[str] = frozenset()

    def months(self) -> Iterator[tuple[int, int]]:
        """Each (year, month) that the window touches, oldest first."""
        year, month = self.start.year, self.start.month
        while (year, month) <= (self.end.year, self.end.month):
            yield year, month
            year, month = (year, month + 1) if month < DECEMBER else (year + 1, 1)

    def years(self) -> range:
        """The years that the window touches, oldest first."""
        return range(self.start.year, self.end.year + 1)

    def touches(self, year: int, month: int) -> bool:
        """Does any day of the month lie in the window?"""
        return (self.start.year, self.start.month) <= (year, month) <= (self.end.year, self.end.month)


@dataclass(frozen=True, slots=True)
class Request:
    """One question to the public web.

    `role` `index` leads to others, `data` holds figures, `feed` does both, `keep` is archived without being read.
    `period` is the label of the period the answer must be about, where it is known beforehand.
    `group` names the run of like documents it belongs to (`4 CNY`): of each group the newest is asked for again
    every night, the others once in `recheck`. With `recheck` None every run asks again, conditionally.
    `changed_at` is when the publisher says that the answer last changed: one that was fetched later is current.
    `otherwise` is what to ask where this index can't be had. `keyed`: the door adds the key of the source.
    `flow` is what the bringer of a file said of it.
    """

    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    role: Role = "data"
    period: str = ""
    title: str = ""
    group: str = ""
    recheck: timedelta | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    changed_at: datetime | None = None
    otherwise: tuple[Request, ...] = ()
    keyed: bool = False
    flow: str = ""

    @property
    def address(self) -> str:
        """The URL with its query."""
        if not self.params:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{urlencode(self.params, safe='/,:')}"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the door brought back.

    `body` is None for `not_modified`. Times are aware and UTC. `headers` have lower-case names and no secrets;
    `url` is where the answer came from after redirects, without secrets.
    """

    request: Request
    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes | None
    fetched_at: datetime
    elapsed_s: float
    attempts: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Payload:
    """Archived bytes with what is known of them: the only thing that `parse` and `links` are given.

    `earlier_at` is when an earlier, different body of the same address was first fetched: from then on the page's
    own date can no longer say when the newer figures became known. `flow` (`X`, `M` or nothing) is what the bringer
    of a file said of it, `title` then the file's name.
    """

    source: str
    url: str
    body: bytes
    sha256: str
    fetched_at: datetime
    content_type: str = ""
    role: Role = "data"
    period: str = ""
    title: str = ""
    group: str = ""
    earlier_at: datetime | None = None
    flow: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One figure as a source states it, in base units, with the place it stands in the payload.

    `value` None is a missing value and has `obs_status` `M`. `precision` is half a printed unit, in the unit of
    `value`: how far rounding alone can move it. `published` is the day or instant (aware) that the document gives for
    itself. `reconstructed` marks a figure that a later document implies or restates for an earlier period.
    `partner` is None where the source's own area has no ISO code: then `partner_name` alone names it.
    """

    dataset: str
    measure: str
    unit: str
    freq: Freq
    period_start: date
    period_end: date
    value: Decimal | None
    locator: str
    reporter: str | None = None
    partner: str | None = None
    partner_name: str | None = None
    partner_kind: Literal["country", "group", "area", "world"] | None = None
    flow: Flow | None = None
    product: str | None = None
    obs_status: Literal["A", "P", "E", "F", "M"] = "A"
    published: date | datetime | None = None
    reconstructed: bool = False
    precision: Decimal = Decimal(0)

    @property
    def period(self) -> str:
        """The label of its period: `2025-06`, `2025-01/2025-02`, `2025-Q3`, `2025`, a day."""
        return period_label(self.freq, self.period_start, self.period_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A row that can't be resolved with certainty: it is held with its reason while the rest of the page loads."""

    locator: str
    reason: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One entry of a publisher's code list: what a code of its figures stands for.

    `codelist` names the list (`comtrade:hs`), `iso` the ISO 3166 alpha-2 code where the list gives one; the days are
    those between which the code is or was used, None where the list says nothing.
    """

    codelist: str
    code: str
    name: str
    locator: str
    iso: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened or was announced, as one document says it; facts only, never its words.

    `event_date` is the day it is about, as exact as `precision` says: for a measure the day it takes effect, for what
    was said or signed the day of that. `effective_on` is when it takes effect, where that is another day. `value` is
    in `unit`. `asserted_by` says it, where that isn't the publisher, and speaks for `side`. `published` is the day or
    instant (aware) that the document gives for itself. `article_id` names the article, `sentence` is a hash of the
    normalised sentence and `pattern` the rule that read it.

    `modality` is what the document makes of it: `asserted`, `reported` (after somebody else), `sources` (unnamed
    ones), `planned` (of a day to come when it was said). What is `denied`, `hypothetical` or `cancelled` is no event
    but is kept as a word against one.
    """

    event_type: str
    event_date: date
    actor: str
    locator: str
    precision: Literal["day", "month", "year"] = "day"
    effective_on: date | None = None
    target: str | None = None
    product: str | None = None
    project: str | None = None
    status: str = "announced"
    value: Decimal | None = None
    unit: str | None = None
    asserted_by: str | None = None
    side: Literal["RU", "CN", "company", "other"] | None = None
    published: date | datetime | None = None
    modality: Modality = "asserted"
    article_id: str | None = None
    sentence: str | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as one document shows it: where it stands, when it appeared, what it is about; never its text.

    `url` is the canonical address and `article_id` its hash. `title` is plain text. `language` is ISO 639-1.
    `published` is the day or instant (aware) it first appeared; `seen` when a service that watches outlets saw it.
    `headline_only`: nothing but title and perhaps a summary was read. `free` False: the page says it is behind a
    paywall. `names` are the entities it names. `shingles` are 32-bit hashes of its runs of three words (of characters
    in Chinese), distinct and ascending: enough to recognise a copy, too little to read.
    """

    article_id: str
    url: str
    outlet: str
    title: str
    language: str
    locator: str
    published: date | datetime | None = None
    seen: datetime | None = None
    topics: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    headline_only: bool = False
    free: bool = True
    shingles: tuple[int, ...] = ()


Row = Observation | Doubt | Code | Event | Article


OBSERVED: Final = tuple(one.name for one in fields(Observation))


class Columns(Sequence[Observation]):
    """Observations that are kept as columns, a list for each field; a row is made when it is asked for.

    A large document goes from its reading to the warehouse by columns alone: a hundred thousand rows are made once, by
    the parser, and not again where only their columns are wanted (`column`).
    """

    __slots__ = ("_columns", "_size")

    def __init__(self, columns: Mapping[str, list[Any]], size: int) -> None:
        """Take a column of `size` cells for each field of an observation."""
        self._columns, self._size = columns, size

    def column(self, name: str) -> list[Any]:
        """The cells of one field, in the order of the rows; not to be changed."""
        return self._columns[name]

    def __len__(self) -> int:
        """How many rows."""
        return self._size

    @overload
    def __getitem__(self, place: int) -> Observation: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Observation, ...]: ...
    def __getitem__(self, place: int | slice) -> Observation | tuple[Observation, ...]:
        """One row, or some as a tuple."""
        if isinstance(place, slice):
            return tuple(self._row(n) for n in range(*place.indices(self._size)))
        return self._row(range(self._size)[place])

    def _row(self, n: int) -> Observation:
        return Observation(**{name: self._columns[name][n] for name in OBSERVED})

    def __iter__(self) -> Iterator[Observation]:
        """Row after row."""
        for cells in zip(*(self._columns[name] for name in OBSERVED), strict=True):
            yield Observation(**dict(zip(OBSERVED, cells, strict=True)))

    def __eq__(self, other: object) -> bool:
        """Are they the same rows, however they are kept?"""
        if isinstance(other, Columns):
            return self._columns == other._columns
        return tuple(self) == other

    def __hash__(self) -> int:
        """As its rows together have it."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """As a tuple of its rows."""
        return repr(tuple(self))


class Figures(Iterable[Row]):
    """What a large document says: its observations as columns, and the rows in doubt beside them.

    Row by row it is what any parser gives. Making a row as an object takes forty times as long as making its cells.
    """

    __slots__ = ("doubts", "observations")

    def __init__(self, cells: Sequence[tuple[Any, ...]], doubts: Iterable[Doubt]) -> None:
        """Take the cells of each observation, in the order of its fields (`OBSERVED`)."""
        turned = zip(*cells, strict=True) if cells else ((),) * len(OBSERVED)
        columns = dict(zip(OBSERVED, map(list, turned), strict=True))
        self.observations, self.doubts = Columns(columns, len(cells)), tuple(doubts)

    def __iter__(self) -> Iterator[Row]:
        """The doubts, then row after row."""
        yield from self.doubts
        yield from self.observations


def column(rows: Sequence[Observation], name: str) -> list[Any]:
    """The cells of one field of all rows, in their order; not to be changed."""
    return rows.column(name) if isinstance(rows, Columns) else [getattr(row, name) for row in rows]


@dataclass(frozen=True, slots=True)
class Batch:
    """All that one payload says: the unit that is judged, loaded or held whole."""

    payload: Payload
    parser: int
    observations: Sequence[Observation]
    doubts: tuple[Doubt, ...] = ()
    codes: tuple[Code, ...] = ()
    events: tuple[Event, ...] = ()
    articles: tuple[Article, ...] = ()


class Source(Protocol):
    """What a source module offers. Satisfied by modules, never subclassed."""

    @property
    def PARSER(self) -> int:  # noqa: N802 (a module constant)
        """Raised when the same bytes would give other rows."""

    def plan(self, window: Window) -> Iterable[Request]:
        """The requests that begin a walk over the window; pure."""

    def links(self, payload: Payload, window: Window) -> Iterable[Request]:
        """The requests that an `index` or `feed` payload leads to, within the window; pure.

        Raises:
            LayoutChanged: the index holds no list of documents.
        """

    def parse(self, payload: Payload) -> Iterable[Row]:
        """Rows out of a `data` or `feed` payload; pure: the same bytes give the same rows.

        Raises:
            LayoutChanged: or one of its kinds, naming row and column.
        """


def no_links(payload: Payload, window: Window) -> Iterable[Request]:  # noqa: ARG001 (the protocol's signature)
    """For sources whose documents lead nowhere."""
    return ()


HALF_YEAR: Final = 6


def period_label(freq: Freq, start: date, end: date) -> str:
    """The published name of a period.

    A cumulative figure is named by its last month (`2025-06`), a month `2025-06`, two months booked together
    `2025-01/2025-02`, a quarter `2025-Q3`, a half `2025-H1`, a year `2025`, a day `2025-06-30`.
    """
    if freq == "D":
        return start.isoformat()
    if freq == "A":
        return f"{start:%Y}" if start.year == end.year else f"{start:%Y}/{end:%Y}"
    if freq == "Q":
        return f"{start:%Y}-Q{(end.month + 2) // 3}"
    if freq == "H":
        return f"{start:%Y}-H{1 if end.month <= HALF_YEAR else 2}"
    if freq == "YTD":
        return f"{end:%Y-%m}"
    return f"{start:%Y-%m}" if (start.year, start.month) == (end.year, end.month) else f"{start:%Y-%m}/{end:%Y-%m}"
