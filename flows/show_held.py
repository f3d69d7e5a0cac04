"""What `amur quarantine show` prints: a held document beside the last good one, in at most 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from flows import show
from flows.published import published
from flows.settings import Settings
from sources.errors import inert

if TYPE_CHECKING:
    from warehouse.beside import Beside, Document, HeldCell

__all__ = ["beside_last_good", "printed"]

WIDTH: Final = show.WIDTH
MOST_CELLS: Final = 30  # on a terminal; --json has all
FACT, SIDE, PERIOD, VALUE, STEP = 16, 30, 17, 20, 13  # widths of columns
CLOSE: Final = 2.0  # a ratio below this is told in percent
LARGE: Final = 1e15  # beyond this a figure is told in powers of ten
PERCENT: Final = "percent"


def beside_last_good(settings: Settings, entry: str, *, as_json: bool) -> int:
    """`amur quarantine show ID`: why it is held, what differs from the last good document, what was decided."""
    from flows.reading import Reader
    from warehouse.archive import Archive
    from warehouse.beside import beside
    from warehouse.reader import connect

    with connect(published(settings)) as connection, Reader() as reader:
        found = beside(connection, Archive(settings.home / "archive"), entry, reader.read, reader.outline)
    if as_json:
        show.as_json_text(found.as_json())
    else:
        print("\n".join(printed(found)))
    return 0


def printed(found: Beside) -> Iterator[str]:
    """The lines, none wider than 80 columns; foreign text is inert: no control and no bidirectional character."""
    entry = found.entry
    yield f"{entry['quarantine_id']}  {entry['state']}  {entry['kind']}"
    yield from _of(f"{entry['source']} {entry['period']}", 2)
    yield from _of(entry["url"], 2)
    yield from _of(f"held at {entry['held_at']:%Y-%m-%d %H:%M} UTC, run {entry['run_id']}", 2)
    yield from _of(f"{entry['reason_kind']}: {entry['reason']}", 2)
    if entry["kind"] == "row":
        yield from _of(f"at {entry['locator']}", 2)
    yield from _decided(found)
    if found.rules:
        yield "Rules that it broke:"
    for rule in found.rules:
        yield from _of(
            f"{rule['expectation']} ({rule['severity']}): {rule['unexpected']:,} of {rule['evaluated']:,} rows, "
            f"found {rule['observed']}. {rule['why']}",
            2,
        )
    yield from _document("Held document", found.held)
    yield from _document(f"Last good document ({found.compared})", found.good)
    if found.good is None:
        yield "No document of this source was loaded before it: there is nothing beside it."
    yield from _layout(found)
    yield from _cells(found)
    if entry["state"] == "held":
        yield "Decide, with a reason; it is kept for good:"
        for action in ("release", "reject"):
            yield f'  amur quarantine {action} {entry["quarantine_id"]} --note "WHY"'


def _decided(found: Beside) -> Iterator[str]:
    """Who decided what, when and why; decisions that a later one took the place of come first."""
    entry = found.entry
    for one in found.decisions[:-1]:
        yield from _of(f"before: {one.words()}: {one.note}", 2)
    if entry["decided_by"]:
        yield from _of(
            f"{entry['state']} by {entry['decided_by']} at {entry['decided_at']:%Y-%m-%d %H:%M} UTC: "
            f"{entry['decision_note']}",
            2,
        )


def _document(name: str, document: Document | None) -> Iterator[str]:
    if document is None:
        return
    yield from _of(f"{name}: {document.rows:,} figures, fetched {document.fetched_at[:19]} UTC", 0)
    yield from _of(document.url, 2)
    yield from _of(document.file, 2)
    if document.fault:
        yield from _of(f"can't be read: {document.fault}", 2)


def _layout(found: Beside) -> Iterator[str]:
    """The facts of the layout that differ, side by side."""
    if not found.layout or found.good is None:
        return
    changed = [fact for fact in found.layout if fact.changed]
    yield f"Layout: {len(changed)} of {len(found.layout)} facts differ{':' if changed else ''}"
    if changed:
        yield f"  {'':<{FACT}} {'last good':<{SIDE}} held"
    for fact in changed:
        columns = (_wrapped(fact.name, FACT), _wrapped(fact.good or "-", SIDE), _wrapped(fact.held or "-", SIDE))
        for n in range(max(map(len, columns))):
            cells = [column[n] if n < len(column) else "" for column in columns]
            yield f"  {_padded(cells[0], FACT)} {_padded(cells[1], SIDE)} {cells[2]}".rstrip()


def _cells(found: Beside) -> Iterator[str]:
    """The cells that differ, the worst first, under the key of their series."""
    if not found.cells:
        return
    counted = ", ".join(f"{count:,} {what}" for what, count in found.counts().items() if count)
    yield f"Cells: {counted}"
    shown = [cell for cell in found.cells if cell.what != "same" or cell.rules]
    if shown:
        yield f"    {'period':<{PERIOD - 2}}{'last good':>{VALUE}}{'held':>{VALUE}}{'change':>{STEP}}"
    before = ""
    for cell in shown[:MOST_CELLS]:
        if cell.series_key != before:
            yield from _of(f"{cell.series_key} ({cell.unit})", 2)
            before = cell.series_key
        good = _value(cell.good) if cell.good_period else "none"
        held = "gone" if cell.what == "vanished" else _value(cell.held)
        yield f"    {cell.period:<{PERIOD - 2}}{good:>{VALUE}}{held:>{VALUE}}{_step(cell):>{STEP}}".rstrip()
        of = f"last good is of {cell.good_period}" if cell.good_period not in {"", cell.period} else ""
        by = f"held by {', '.join(cell.rules)}" if cell.rules else ""
        if of or by:
            yield from _of("; ".join(filter(None, (by, of))), 6)
    if len(shown) > MOST_CELLS:
        yield f"  and {len(shown) - MOST_CELLS:,} more: --json lists them all"


def _value(value: float | None) -> str:
    if value is None:
        return "missing"
    if abs(value) >= LARGE:
        return f"{value:.9e}"
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.10g}"


def _step(cell: HeldCell) -> str:
    """How far the held value is from the good one: points of a percentage, percent, or times."""
    if cell.difference is None:
        return ""
    if cell.unit == PERCENT:
        return f"{cell.difference:+,.4g} pt"
    if cell.ratio is None:
        return f"{cell.difference:+,.4g}"
    if 1 / CLOSE < cell.ratio < CLOSE:
        return f"{100 * (cell.ratio - 1):+.2f} %"
    return f"x {cell.ratio:,.4g}"


def _of(text: object, indent: int) -> Iterator[str]:
    """A sentence, folded at 80 columns, its later lines as far in as the first."""
    return (" " * indent + line for line in _wrapped(text, WIDTH - indent))


def _wrapped(text: object, width: int) -> Sequence[str]:
    """Foreign text in lines of at most `width` columns, however wide its characters are."""
    from rich.text import Text

    return [line.plain.rstrip() for line in Text(inert(text), overflow="fold").wrap(show.console(), width)] or [""]


def _padded(text: str, width: int) -> str:
    from rich.cells import cell_len

    return text + " " * max(0, width - cell_len(text))
