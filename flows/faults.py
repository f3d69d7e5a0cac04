"""Seeded faults: what publishers, servers and parsers get wrong, put into true bodies to see what is caught.

Where the layout is known (the tables of China Customs) the fault is made in the bytes, else in what was read of them.
The same seed makes the same faults of the same bodies. In its night a faulty body stands in for the true one; the true
one comes the night after, as when a publisher corrects a page.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from flows.nights import AT, Memory, Night, Shelf, remembered
from sources import catalogue
from sources.contract import Batch, Observation, Payload
from sources.errors import LayoutChanged
from warehouse.archive import Record

__all__ = ["KINDS", "Fault", "faulty", "sow"]

SHIFT: Final = "column shift"
HUNDRED: Final = "times 100"
CURRENCY: Final = "swapped currency"
JANUARY: Final = "January-February as February"
PARTIAL: Final = "partial page"
CUMULATED: Final = "year to date as month"
EMPTY: Final = "empty answer"
KINDS: Final = (SHIFT, HUNDRED, CURRENCY, JANUARY, PARTIAL, CUMULATED, EMPTY)

TABLES: Final = ("gacc_preliminary", "gacc_bulletin")  # pages whose cells can be told by their locators
GRIDS: Final = (*TABLES, "gacc_query", "worldbank_pinksheet", "rosstat_output")
WHOLE: Final = (*TABLES, "worldbank_pinksheet", "rosstat_output")  # whose documents always have all their rows
COUNTED: Final = "comtrade"  # says how many records an answer has
RATES: Final = "cbr_fx"
YUAN: Final = Decimal("7.13")  # for a dollar: about what it was
LEAST_ROWS: Final = 20  # of a page of which half can be lost
LEAST_COLUMNS: Final = 4  # of a sheet in which they can be taken for one another
FEBRUARY: Final = 2

Change = Callable[[Batch], Batch]


@dataclass(frozen=True, slots=True)
class Fault:
    """One seeded fault: what was done to which body in which night; `made_in` is `bytes` or `batch`."""

    kind: str
    source: str
    url: str
    period: str
    day: date
    made_in: str
    true_sha256: str
    sha256: str


class Faulty(Memory):
    """A reader that alters what it reads of bodies with certain hashes."""

    def __init__(self) -> None:
        """Alter nothing yet."""
        super().__init__()
        self.changes: dict[str, Change] = {}

    def read(self, payload: Payload) -> Batch:
        """Parse and alter.

        Raises:
            LayoutChanged: as the reader's own.
        """
        batch = super().read(payload)
        change = self.changes.get(payload.sha256)
        return batch if change is None else change(batch)


def sow(
    told: Sequence[Night], shelf: Shelf, reader: Faulty, seed: int, first: date, last: date
) -> tuple[list[Night], list[Fault]]:
    """The nights with a fault in each, between two days, where the layout of anything that came makes sense for one.

    The kinds take turns. A kind for which nothing came waits for the next night that has something.
    """
    waiting = list(KINDS)
    faults: list[Fault] = []
    days: dict[date, list[Record]] = defaultdict(list)
    for n, night in enumerate(told):
        records = list(night.records)
        next_day = told[n + 1] if n + 1 < len(told) and told[n + 1].day == night.day + timedelta(days=1) else None
        again = {(r.source, r.url) for r in next_day.records} if next_day else set()
        if first <= night.day < last:
            chance = random.Random(f"{seed} {night.day}")  # noqa: S311 (to be repeated, not to be secret)
            made = _one(records, shelf, reader, waiting, again, chance)
            if made is not None:
                place, record, fault = made
                true = records.pop(place)
                records.insert(place, record)
                faults.append(replace(fault, day=night.day))
                at = datetime.combine(night.day + timedelta(days=1), AT) + timedelta(milliseconds=1)
                days[at.date()].append(replace(true, fetched_at=at, checked_at=at))
                waiting.remove(fault.kind)
                waiting.append(fault.kind)
        days[night.day][:0] = records
    nights = [Night(day, max(r.fetched_at for r in records), tuple(records)) for day, records in sorted(days.items())]
    return list(remembered(nights)), faults


def _one(
    records: Sequence[Record],
    shelf: Shelf,
    reader: Faulty,
    waiting: Sequence[str],
    again: set[tuple[str, str]],
    chance: random.Random,
) -> tuple[int, Record, Fault] | None:
    """A fault of the kind that has waited longest, in one of a night's bodies; None if there is none for any kind."""
    order = [(n, r) for n, r in enumerate(records) if (r.source, r.url) not in again]
    chance.shuffle(order)
    for kind in waiting:
        for place, record in order:
            entry = catalogue.entry(record.source)
            if entry.family == "news" or entry.shipped:
                continue
            payload = shelf.payload(record)
            try:
                batch = reader.read(payload)
            except LayoutChanged:
                continue
            made = faulty(kind, batch, chance)
            if made is None:
                continue
            body, change = made
            sha256 = hashlib.sha256(kind.encode() + record.sha256.encode() + body).hexdigest()
            shelf.beside[sha256] = body
            if change is not None:
                reader.changes[sha256] = change
            how = "bytes" if change is None else "batch"
            fault = Fault(kind, record.source, record.url, record.period, date.min, how, record.sha256, sha256)
            return place, replace(record, sha256=sha256, sidecar=f"{sha256}.json", size=len(body)), fault
    return None


def faulty(kind: str, batch: Batch, chance: random.Random) -> tuple[bytes, Change | None] | None:
    """Bytes with a fault, or the true ones and a change to what is read; None where the kind makes no sense."""
    if not batch.observations:
        return None
    body = batch.payload.body
    if kind == EMPTY:
        return b"", None
    make = _MAKERS[kind]
    if batch.payload.source in TABLES and kind != JANUARY:
        page = _Page.of(batch)
        changed = None if page is None else _IN_BYTES[kind](page, batch, chance)
        if changed is not None and changed != body:
            return changed, None
    if batch.payload.source == COUNTED and kind == PARTIAL:
        cut = _half_of_records(body)
        return None if cut is None else (cut, None)
    change = make(batch, chance)
    if change is None or change(batch).observations == batch.observations:
        return None
    return body, change


# --- in what was read ---------------------------------------------------------------------------------------------


def _rows(batch: Batch, rows: Sequence[Observation]) -> Batch:
    return replace(batch, observations=tuple(rows))


def _times(row: Observation, factor: Decimal) -> Observation:
    return row if row.value is None else replace(row, value=row.value * factor, precision=row.precision * factor)


def _is_amount(row: Observation) -> bool:
    return row.unit != "percent" and not row.measure.startswith("trade_value_yoy")


def _shift(batch: Batch, _: random.Random) -> Change | None:
    """Each figure of a row of the sheet stands one column to the left of its own."""
    lengths = Counter((row.freq, row.period_start, row.period_end) for row in batch.observations)
    if batch.payload.source not in GRIDS or max(lengths.values()) < LEAST_COLUMNS:
        return None

    def change(true: Batch) -> Batch:
        lines: dict[object, list[Observation]] = defaultdict(list)
        for row in true.observations:
            lines[row.freq, row.period_start, row.period_end].append(row)
        moved = {id(a): b for line in lines.values() for a, b in pairwise(line)}
        return _rows(true, [
            replace(row, value=moved[id(row)].value, obs_status=moved[id(row)].obs_status)
            for row in true.observations
            if id(row) in moved
        ])  # fmt: skip

    return change


def _hundred(batch: Batch, chance: random.Random) -> Change | None:
    """The whole page, or all amounts of one partner and product, are a hundred times too large."""
    about = _subject(batch, chance)
    if about is None:
        return None
    return lambda true: _rows(true, [
        _times(row, Decimal(100)) if _is_amount(row) and about in {"", _name(row)} else row
        for row in true.observations
    ])  # fmt: skip


def _subject(batch: Batch, chance: random.Random) -> str | None:
    """Whom a fault is about: Russia if it is there, else anybody; nothing for the whole page; None: no amounts."""
    names = list(dict.fromkeys(_name(row) for row in batch.observations if _is_amount(row) and row.value))
    if not names:
        return None
    russia = [name for name in names if name.split("|")[0] == "RU"]
    return chance.choice(["", (russia or names)[chance.randrange(len(russia or names))]])


def _name(row: Observation) -> str:
    return f"{row.partner or row.partner_name or ''}|{row.product or ''}"


def _swap(batch: Batch, _: random.Random) -> Change | None:
    """Amounts in yuan under the name of dollars, or the other way; of exchange rates the currency's own name."""
    if batch.payload.source == RATES:
        other = {"CNY": "USD"}
        return lambda true: _rows(true, [
            replace(row, product=other.get(row.product or "", "CNY")) for row in true.observations
        ])  # fmt: skip
    both = batch.payload.source.startswith("gacc_")  # others state dollars alone
    if not both or not any(row.unit in {"USD", "CNY"} for row in batch.observations):
        return None
    factor = {"USD": YUAN, "CNY": 1 / YUAN}
    return lambda true: _rows(true, [
        _times(row, factor[row.unit]) if row.unit in factor else row for row in true.observations
    ])  # fmt: skip


def _january(batch: Batch, _: random.Random) -> Change | None:
    """What the two months came to together is booked as February."""

    def both(row: Observation) -> bool:
        ends = (row.period_start.month, row.period_end.month)
        return row.freq == "M" and ends == (1, FEBRUARY) and row.period_start.year == row.period_end.year

    if not any(map(both, batch.observations)):
        return None
    return lambda true: _rows(true, [
        replace(row, period_start=row.period_start.replace(month=FEBRUARY)) if both(row) else row
        for row in true.observations
    ])  # fmt: skip


def _partial(batch: Batch, _: random.Random) -> Change | None:
    """The second half of the page is gone."""
    if batch.payload.source not in WHOLE or len(batch.observations) < LEAST_ROWS:
        return None
    return lambda true: _rows(true, true.observations[: len(true.observations) // 2])


def _cumulated(batch: Batch, _: random.Random) -> Change | None:
    """Sums since January stand where the months belong."""

    def since(row: Observation) -> bool:
        sums = row.freq == "YTD" and _is_amount(row) and not row.reconstructed
        return sums and row.value is not None and row.period_end.month > 1

    if not any(map(since, batch.observations)):
        return None

    def change(true: Batch) -> Batch:
        sums = {_of_month(row): row for row in true.observations if since(row)}
        rows, done = [], set()
        for row in true.observations:
            one = sums.get(_of_month(row)) if row.freq == "M" and not row.reconstructed else None
            alone = one is not None and row.period_start.month == row.period_end.month
            if one is not None and alone:
                done.add(_of_month(row))
                rows.append(replace(row, value=one.value))
            else:
                rows.append(row)
        for row in true.observations:
            if since(row) and _of_month(row) not in done and row.period_end.month > FEBRUARY:
                rows.remove(row)
                rows.append(replace(row, freq="M", period_start=row.period_end.replace(day=1)))
        return _rows(true, rows)

    return change


def _of_month(row: Observation) -> tuple[object, ...]:
    return row.dataset, row.measure, row.partner, row.partner_name, row.flow, row.product, row.unit, row.period_end


_MAKERS: Final = {
    SHIFT: _shift, HUNDRED: _hundred, CURRENCY: _swap, JANUARY: _january, PARTIAL: _partial, CUMULATED: _cumulated,
}  # fmt: skip


def _half_of_records(body: bytes) -> bytes | None:
    """An answer of UN Comtrade without the second half of its records; what it counts stays."""
    answer = json.loads(body)
    records = answer.get("data") or []
    return json.dumps(answer | {"data": records[: len(records) // 2]}).encode() if len(records) > 1 else None


# --- in the bytes of a table -----------------------------------------------------------------------------------------

PLACE: Final = re.compile(r"table 1 row (\d+) column (\d+)")
LINE: Final = re.compile(r"<tr\b.*?</tr\s*>", re.IGNORECASE | re.DOTALL)
CELL: Final = re.compile(r"<td\b.*?</td\s*>", re.IGNORECASE | re.DOTALL)
TABLE: Final = re.compile(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)
NUMBER: Final = re.compile(r"(>[^<>]*?)(-?\d[\d,]*(?:\.\d+)?)(?=[^<>]*<)")

Place = tuple[int, int]


class _Page:
    """The one table of a page as text, cells found by row and column as its locators name them."""

    def __init__(self, text: str, start: int, lines: list[tuple[int, int]]) -> None:
        self.text, self.start, self.lines = text, start, lines

    @classmethod
    def of(cls, batch: Batch) -> _Page | None:
        """The page of a batch; None where its cells aren't found as they were read."""
        text = batch.payload.body.decode("utf-8", "surrogateescape")
        tables = list(TABLE.finditer(text))
        if not tables:
            return None
        largest = max(tables, key=lambda found: len(LINE.findall(found[0])))
        lines = [(largest.start() + m.start(), largest.start() + m.end()) for m in LINE.finditer(largest[0])]
        page = cls(text, largest.start(), lines)
        seen = [page.number(place) for place, _ in placed(batch)]
        return page if seen and all(seen) else None

    def cells(self, row: int) -> list[tuple[int, int]]:
        """Where the cells of a row (from 1) are in the text."""
        start, end = self.lines[row - 1]
        return [(start + m.start(), start + m.end()) for m in CELL.finditer(self.text[start:end])]

    def number(self, place: Place) -> str:
        """The number printed in a cell, empty if there is none."""
        row, column = place
        if row > len(self.lines) or column > len(self.cells(row)):
            return ""
        start, end = self.cells(row)[column - 1]
        found = NUMBER.search(self.text[start:end])
        return found[2] if found else ""

    def with_numbers(self, new: dict[Place, str]) -> bytes:
        """The bytes with other numbers in some cells."""
        edits = []
        for (row, column), number in new.items():
            start, end = self.cells(row)[column - 1]
            cell = self.text[start:end]
            found = NUMBER.search(cell)
            if found:
                edits.append((start + found.start(2), start + found.end(2), number))
        return self.edited(edits)

    def edited(self, edits: Sequence[tuple[int, int, str]]) -> bytes:
        """The bytes with parts of the text replaced."""
        text = self.text
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text.encode("utf-8", "surrogateescape")


def placed(batch: Batch) -> Iterator[tuple[Place, Observation]]:
    """The figures that stand in a cell of their own."""
    for row in batch.observations:
        found = PLACE.match(row.locator)
        if found and row.value is not None and " less " not in row.locator and row.value != 0:
            yield (int(found[1]), int(found[2])), row


def _printed(text: str, factor: Decimal) -> str:
    """A printed number times a factor, with as many decimals."""
    value = Decimal(text.replace(",", ""))
    return f"{value * factor:,.{max(0, -int(value.as_tuple().exponent))}f}"


def _shift_cells(page: _Page, batch: Batch, chance: random.Random) -> bytes | None:
    """In each row the first cell of figures is lost, the rest moves to the left; the end is blank or stands twice."""
    again = chance.random() < 0.5  # noqa: PLR2004 (a coin)
    rows = sorted({row for (row, _), _ in placed(batch)})
    first = {row: min(c for (r, c), _ in placed(batch) if r == row) for row in rows}
    least = min(first.values())
    edits = []
    for row in rows:
        cells = page.cells(row)
        (start, end), last = cells[least - 1], cells[-1][1]
        edits += [(start, end, ""), (last, last, page.text[slice(*cells[-1])] if again else "<td></td>")]
    return page.edited(edits)


def _hundred_cells(page: _Page, batch: Batch, chance: random.Random) -> bytes | None:
    about = _subject(batch, chance)
    cells = {p: row for p, row in placed(batch) if _is_amount(row) and about in {"", _name(row)}}
    return page.with_numbers({p: _printed(page.number(p), Decimal(100)) for p in cells}) if cells else None


UNITS: Final = (("CNY 100 Million", "USD1 Million", "in CNY", "in USD"),)


def _swap_cells(page: _Page, batch: Batch, _: random.Random) -> bytes | None:
    """A page in yuan says that it is in dollars: the words change, and the figures to the scale of these words.

    A page in dollars holds what the page in yuan would: its figures at the rate.
    """
    money = {p: row for p, row in placed(batch) if row.unit in {"USD", "CNY"}}
    if not money:
        return None
    if all(row.unit == "USD" for row in money.values()):
        return page.with_numbers({p: _printed(page.number(p), YUAN) for p in money})
    body = page.with_numbers({p: _printed(page.number(p), Decimal(100)) for p in money}).decode(
        "utf-8", "surrogateescape"
    )
    for yuan, dollars, title, other in UNITS:
        if yuan not in body or title not in body:
            return None
        body = body.replace(yuan, dollars).replace(title, other)
    return body.encode("utf-8", "surrogateescape")


def _half_of_rows(page: _Page, batch: Batch, _: random.Random) -> bytes | None:
    rows = sorted({row for (row, _), _ in placed(batch)})
    return page.edited([(*page.lines[row - 1], "") for row in rows[len(rows) // 2 :]])


def _sums_as_months(page: _Page, batch: Batch, _: random.Random) -> bytes | None:
    own = [(p, row) for p, row in placed(batch) if not row.reconstructed and _is_amount(row)]
    sums = {_of_month(row): p for p, row in own if row.freq == "YTD"}
    months = {
        p: page.number(sums[_of_month(row)])
        for p, row in own
        if row.freq == "M" and row.period_start.month == row.period_end.month > 1 and _of_month(row) in sums
    }
    return page.with_numbers(months) if months else None


_IN_BYTES: Final = {
    SHIFT: _shift_cells, HUNDRED: _hundred_cells, CURRENCY: _swap_cells, PARTIAL: _half_of_rows,
    CUMULATED: _sums_as_months,
}  # fmt: skip
