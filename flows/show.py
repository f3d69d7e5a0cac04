"""What the commands print: tables that fit 80 columns, plain lines where there is no terminal, JSON when asked."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flows.published import published
from sources import catalogue
from sources.errors import AmurError, inert, quoted
from sources.redaction import json_text, steerless

if TYPE_CHECKING:
    from rich.console import Console

    from flows.run import Summary
    from flows.settings import Settings
    from warehouse.explain import Cell, Explanation, Vintage
    from warehouse.explain_event import EventExplanation
    from warehouse.loader import Loaded

__all__ = [
    "as_json_text",
    "decision",
    "explanation",
    "facts",
    "held",
    "ingested",
    "plan",
    "progress",
    "sources",
    "status",
    "summary",
]

WIDTH: Final = 80
BARS: Final = "▁▂▃▄▅▆▇█"
GAP: Final = "·"
FAILED_EXIT: Final = 1
STALE_EXIT: Final = 3
OVERDUE_H: Final = 36  # a night and a half
MOST_CELLS: Final = 12  # inputs of one answer that a terminal shows in full; of more, the first ones
FOLDED_TO: Final = 4


def console() -> Console:
    """Standard output; markup of foreign text is never interpreted."""
    from rich.console import Console

    wide = None if sys.stdout.isatty() else WIDTH
    return Console(highlight=False, markup=False, soft_wrap=False, width=wide)


def table(columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under headings; a column's value is `left` or `right`, or `fold` for long text."""
    from rich import box
    from rich.table import Table

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name, side in columns.items():
        shown.add_column(name, justify="right" if side == "right" else "left", overflow="fold", no_wrap=side != "fold")
    for row in rows:
        shown.add_row(*(_text(cell) for cell in row))
    console().print(shown)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell.is_integer() else f"{cell:,.6g}"
    return quoted(f"{cell:,}" if isinstance(cell, int) and not isinstance(cell, bool) else cell)


def as_json_text(value: object) -> None:
    """Print JSON, with what could steer a terminal escaped."""
    print(json_text(value))


@contextmanager
def progress(names: Sequence[str], *, quiet: bool) -> Iterator[Callable[[str, str], None]]:
    """A bar a source on a terminal; elsewhere one plain line as each ends. Everything goes to stderr."""
    if quiet:
        yield lambda _source, _text: None
        return
    if not sys.stderr.isatty():
        yield lambda source, text: None if text else print(f"{source}: done", file=sys.stderr)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    bars = Progress(
        SpinnerColumn(),
        TextColumn("{task.fields[source]:<20}", markup=False),
        TimeElapsedColumn(),
        TextColumn("{task.completed} requests  {task.fields[text]}", markup=False),
        console=Console(stderr=True, markup=False),
        transient=True,
    )
    with bars:
        tasks = {name: bars.add_task(name, total=None, source=name, text="") for name in names}

        def report(source: str, text: str) -> None:
            if text:
                bars.update(tasks[source], advance=1, text=quoted(text)[-60:])
            else:
                bars.update(tasks[source], total=1, completed=1, text="done")

        yield report


# the words of `amur status` where a line has room for one
MORE: Final = re.compile(r" \(and \d+ more\)|, as at \d+ more addresses")
MOST_TOLD: Final = 5  # findings at the end of a run
MANY: Final = 4  # sources with one reason are told together from here on
IN_SHORT: Final = {"none expected": "not due", "published but unreachable": "overdue"}


def _reasons(sources: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Why sources brought nothing, a line each; a line for all that ended for the same reason, as without a network."""
    alike: dict[str, list[Mapping[str, Any]]] = {}
    for source in sources:
        if source["error"]:
            alike.setdefault(MORE.sub("", source["error"]).partition(": expected ")[2], []).append(source)
    for reason, of in alike.items():
        if reason.startswith("a whole answer") and len(of) >= MANY:  # of an answer that came, the address counts
            yield f"{len(of)} sources: expected {reason} ({', '.join(str(source['source']) for source in of)})"
        else:
            yield from (f"{source['source']}: {source['error']}" for source in of)


def summary(settings: Settings, run: Summary) -> None:
    """The end of a run: what each source came to, what is held, what to try and to do next."""
    out = console()
    out.print(f"{run.kind} {run.run_id}")
    table(
        {"source": "left", "state": "left", "new": "right", "rev.": "right", "held": "right", "newest": "left",
         "freshness": "left"},
        [
            [s["source"], s["state"], s["new"], s["revised"], s["held"], s["newest_period"],
             "stale" if s["stale"] else IN_SHORT.get(s["freshness"], s["freshness"])]
            for s in run.sources
        ],
    )  # fmt: skip
    for line in _reasons(run.sources):
        out.print(f"  {line}", soft_wrap=True)
    for taken in run.inbox:
        said = f"{taken['state']} ({taken['source']})" if taken["source"] else "stays, see its .why.txt"
        out.print(f"inbox: {taken['file']}: {said}", soft_wrap=True)
    unreached = [s["source"] for s in run.sources if s["state"] in {"unreachable", "refused"}]
    if unreached:
        out.print(f"Could not be reached: {', '.join(unreached)}. What was known of them stays.", soft_wrap=True)
    waiting = sum(s["waiting_in_quarantine"] for s in run.sources)
    if waiting:
        out.print(f"In quarantine: {waiting}. `amur quarantine list` says why.")
    if run.published:
        _newest_findings(settings)
    for line in run.alerts:
        out.print(line, soft_wrap=True)
    _holdings(settings)
    stages = ", ".join(f"{name.removesuffix('_s')} {took:.1f}" for name, took in run.timings.items())
    if stages:
        out.print(f"Seconds, over all sources: {stages}", soft_wrap=True)
    published = f"published as {run.snapshot_id}" if run.published else "nothing new: the publication stands"
    if run.report:
        out.print(f"{run.report}: the report, for any browser", soft_wrap=True)
    out.print(f"{settings.home / 'trade.duckdb'}: {published}", soft_wrap=True)


def _newest_findings(settings: Settings) -> None:
    """What this publication shows that the one before did not: how much, and what weighs most."""
    from warehouse.changes import findings
    from warehouse.reader import connect

    with connect(published(settings)) as connection:
        found = findings(connection)
    if found:
        console().print(f"What changed: {len(found):,}. `{_called()} changes` tells all; first of all:", soft_wrap=True)
    for one in found[:MOST_TOLD]:
        console().print(f"  {one['severity']:<8} {quoted(one['title'])}", soft_wrap=True)


QUERY: Final = (
    "SELECT period, value / 1e9 AS bn_usd, basis FROM indicators "
    "WHERE indicator = 'cn_exports_usd' AND freq = 'M' ORDER BY period DESC LIMIT 12"
)


def _holdings(settings: Settings) -> None:
    """What the published database holds, and a query to try."""
    from warehouse.reader import connect

    try:
        with connect(published(settings)) as connection:
            row = connection.execute(
                "SELECT (SELECT count(*) FROM observations), (SELECT count(*) FROM observation_vintages), "
                "(SELECT count(*) FROM series)"
            ).fetchone()
    except AmurError as error:
        console().print(str(error), soft_wrap=True)
        return
    observations, vintages, series = row or (0, 0, 0)
    out = console()
    out.print(f"It holds {observations:,} observations of {series:,} series, {vintages:,} vintages. Try:")
    amur = _called()
    out.print(f'  {amur} sql "{QUERY}"', soft_wrap=True)
    further = (
        "status",
        "claims",
        "explain cn_exports_usd 2026-06",
        "backfill gacc_bulletin --from 2025-01 --to 2026-06",
    )
    out.print(f"Then: {', '.join(f'{amur} {what}' for what in further)}", soft_wrap=True)


def _called() -> str:
    """The command as a person can type it: by its name where that is on the path, else by where it lies."""
    import shutil

    if shutil.which("amur"):
        return "amur"
    here = Path(sys.argv[0])
    try:
        return str(here.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(here)


def plan(rows: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    """The requests of a dry run."""
    if as_json:
        as_json_text(rows)
        return
    for row in rows:
        print(f"{row['source']:<20} {row['period']:<10} {row['url']}")
    print(f"{len(rows)} requests; pages that unarchived indexes lead to are not counted")
    for source in dict.fromkeys(row["source"] for row in rows):
        if limit := catalogue.entry(source).calls_backfill:
            days = [row["day"] for row in rows if row["source"] == source]
            last = max(days)
            print(f"{source}: {len(days)} requests take {last} day{'s' * (last != 1)} at {limit} calls a day")


def ingested(
    loaded: Loaded, known: Sequence[Path | str], refused: Sequence[tuple[Path | str, AmurError]], *, as_json: bool
) -> None:
    """What became of files that were brought by hand."""
    if as_json:
        as_json_text(
            {
                "source": loaded.source, "state": loaded.state, "parsed": loaded.parsed, "new": loaded.new,
                "revised": loaded.revised, "same": loaded.same, "held": loaded.held,
                "known": [str(path) for path in known],
                "refused": [{"file": str(path), "why": str(error)} for path, error in refused],
            }
        )  # fmt: skip
        return
    for path in known:
        print(f"{path}: already known")
    if loaded.payloads:
        print(
            f"{loaded.source}: {loaded.payloads} file{'s' * (loaded.payloads != 1)}, {loaded.new:,} new, "
            f"{loaded.revised:,} revised, {loaded.same:,} the same, {loaded.held:,} held"
        )
    if loaded.held_batches:
        print("Held in quarantine: `amur quarantine list` says why")


def facts(values: Mapping[str, Any], *, as_json: bool) -> None:
    """A few facts, one a line; a list item by item."""
    if as_json:
        as_json_text(values)
        return
    for name, value in values.items():
        if isinstance(value, list):
            print(f"{name}: {len(value)}")
            for item in value:
                print(f"  {quoted(item)}")
        else:
            print(f"{name}: {value}")


def _rows(file: Path, sql: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
    from warehouse.reader import connect

    with connect(file) as connection:
        result = connection.execute(sql, values)
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def status(settings: Settings, *, as_json: bool) -> int:
    """Each source's freshness by the clock; 3 if one is stale.

    As JSON also where nothing was ever published or the publication can't be read: then `fault` says so, and it
    exits with 1.
    """
    from flows import health
    from warehouse.database import naive

    now, fault, waits = settings.now(), "", []
    rows, calendar, snapshot = [], [], None
    try:
        file = published(settings)
        rows = _rows(file, "SELECT * FROM freshness_at(?)", [naive(now)])
        calendar = _rows(file, "SELECT * FROM release_calendar_at(?) WHERE how IS NOT NULL", [naive(now)])
        waits = _rows(file, _sql("held_batches"))
        snapshot = next(iter(_rows(file, "SELECT snapshot_id, published_at FROM snapshot")), None)
    except AmurError as error:
        if not as_json:
            raise
        fault = str(error)
        print(f"amur: {error}", file=sys.stderr)
    if settings.sources:
        rows, calendar = ([row for row in some if row["source"] in settings.sources] for some in (rows, calendar))
    last = _last_run(settings)
    age_hours, well = _age(last, now)
    disk, due = health.disk(settings.home), health.next_due(calendar, now)
    alerts = health.open_alerts(settings)
    if as_json:
        as_json_text(
            {"shape": health.SHAPE, "now": now.isoformat(), "ok": well, "fault": fault, "age_hours": age_hours,
             "last_run": last, "published": snapshot, "sources": rows, "calendar": calendar, "next_due": due,
             "held": waits, "alerts": alerts, "disk": disk}
        )  # fmt: skip
        if fault:
            return FAILED_EXIT
    else:
        _key_figures(file)
        _status_text(rows, calendar, last)
        _health_text(waits, alerts, disk)
        if age_hours is not None and age_hours > OVERDUE_H:
            print(
                f"Warning: the last night ended {age_hours:.0f} hours ago, more than {OVERDUE_H}. Is it still started?"
            )
    return STALE_EXIT if any(row["stale"] for row in rows) else 0


def _sql(name: str) -> str:
    from warehouse.database import statement

    return statement(f"read/{name}")


def spark(values: Sequence[float | None]) -> str:
    """One sign a value, from the lowest to the highest of them; a dot where there is none."""
    there = [value for value in values if value is not None]
    if not there:
        return GAP * len(values)
    low, span = min(there), max(there) - min(there)
    steps = len(BARS) - 1
    return "".join(
        GAP if value is None else BARS[round((value - low) / span * steps) if span else steps // 2] for value in values
    )


def _key_figures(file: Path) -> None:
    """The figures that people look at first, each with its 24 months up to the newest."""
    rows = _rows(file, _sql("key_figures"))
    if rows:
        table(
            {"figure": "left", "newest": "left", "value": "right", "24 months": "left"},
            [[row["indicator"], row["period"], _short(row), spark(row["line"])] for row in rows],
        )


def _short(row: Mapping[str, Any]) -> str:
    """A value in three or four digits with its unit, marked where it is not to be quoted."""
    value, of = row["value"], ""
    for size, word in ((1e9, " bn"), (1e6, " m")):
        if abs(value) >= size:
            value, of = value / size, word
            break
    digits = f"{value:,.2f}" if abs(value) < 1000 else f"{value:,.0f}"  # noqa: PLR2004 (three digits before the mark)
    return f"{digits}{of} {row['unit']}{' (!)' if row['do_not_quote'] else ''}"


def _status_text(
    rows: Sequence[Mapping[str, Any]], calendar: Sequence[Mapping[str, Any]], last: Mapping[str, Any]
) -> None:
    table(
        {"source": "left", "state": "fold", "newest": "left", "next": "left", "last success": "left", "held": "right"},
        [
            [r["source"], r["state"] + (" (stale)" if r["stale"] else ""), r["newest_period"],
             r["next_expected_on"], f"{r['last_success_at']:%Y-%m-%d}" if r["last_success_at"] else "never",
             r["held_batches"]]
            for r in rows
        ],
    )  # fmt: skip
    print("Next figures of each dataset:")
    _calendar([row for row in calendar if row["freq"] != "D"])  # a day's dataset is its source, above
    for row in rows:
        if row["last_error"]:
            print(f"  {row['source']}: {quoted(row['last_error'])}")
    if last:
        print(f"Last run: {last['kind']} {last['run_id']}, ended {last['ended_at']}, exit {last['exit_code']}")


def _health_text(waits: Sequence[Mapping[str, Any]], alerts: Mapping[str, Any], disk: Mapping[str, Any]) -> None:
    if waits:
        print(f"Held: {len(waits)}, since {waits[0]['held_at']:%Y-%m-%d}. `amur quarantine show ID` says more")
    if alerts["told_to"]:
        print(f"Alerts open: {len(alerts['open'])}, told to {', '.join(alerts['told_to'])}")
    for one in alerts["open"]:
        print(f"  {one['opened_at'][:10]} {quoted(one['title'])}")
    if alerts["fault"]:
        print(f"Warning: {alerts['fault']}")
    if not disk["enough"]:
        print(
            f"Warning: {disk['free_bytes']:,} bytes are free, the next publication needs {disk['needed_bytes']:,}. "
            "`amur prune --dry-run` says what can go"
        )


def _calendar(rows: Sequence[Mapping[str, Any]]) -> None:
    """What comes next of each dataset, the first expected first."""
    for row in sorted(rows, key=lambda row: (row["expected_on"], row["source"], row["dataset"])):
        learned = " as learned" if row["how"] == "learned" else ""
        state = "not due" if row["state"] == "none expected" else row["state"]
        print(
            f"  {row['source']} {row['dataset']} {row['next_period']}: {state}, expected{learned} "
            f"{row['expected_on']} to {row['overdue_after']}"
        )


def _last_run(settings: Settings) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((settings.home / "last_run.json").read_bytes())
    except (OSError, ValueError):
        return {}
    names = ("run_id", "kind", "started_at", "ended_at", "exit_code", "failures", "timings", "nightly")
    return {name: found.get(name) for name in names}


def _age(last: Mapping[str, Any], now: datetime) -> tuple[float | None, bool]:
    """How many hours ago the last night ended, and whether it ended well and not too long ago."""
    night = last.get("nightly") or (last if last.get("kind") == "nightly" else {})
    try:
        age = (now - datetime.fromisoformat(night["ended_at"])).total_seconds() / 3600
    except (LookupError, TypeError, ValueError):
        return None, False
    return round(age, 2), age <= OVERDUE_H and night.get("exit_code") in {0, STALE_EXIT}


def sources(settings: Settings, *, as_json: bool) -> int:
    """The catalogue, with each source's state where something has been published."""
    from warehouse.database import naive

    try:
        states = {
            row["source"]: row["state"]
            for row in _rows(published(settings), "SELECT source, state FROM freshness_at(?)", [naive(settings.now())])
        }
    except AmurError:
        states = {}
    rows = [
        {
            "source": entry.id, "family": entry.family, "title": entry.title, "publisher": entry.publisher,
            "url": entry.url, "cadence": entry.cadence, "calendar": entry.calendar, "licence": entry.licence,
            "attribution": entry.attribution, "state": states.get(entry.id, "never run"),
        }
        for entry in catalogue.CATALOGUE.values()
    ]  # fmt: skip
    if as_json:
        as_json_text(rows)
        return 0
    for row in rows:
        print(f"{row['source']} ({row['family']}, {row['cadence']}): {row['state']}")
        for name in ("title", "url", "calendar", "licence"):
            print(f"  {name:<9} {row[name]}")
    return 0


def held(settings: Settings, *, as_json: bool) -> int:
    """The quarantine: what waits for a person, then what was decided."""
    rows = _rows(published(settings), "SELECT * FROM quarantine ORDER BY state <> 'held', held_at DESC, quarantine_id")
    if as_json:
        as_json_text(rows)
        return 0
    if not rows:
        print("Nothing is held in quarantine")
    for row in rows:
        print(
            f"{row['quarantine_id']}  {row['state']}  {row['kind']}  {row['source']} {quoted(row['period'])}  "
            f"{row['held_rows']} rows"
        )
        print(f"  {steerless(row['url'])}")
        print(f"  {row['reason_kind']}: {quoted(row['reason'])}")
        if row["decided_by"]:
            at = f"{row['decided_at']:%Y-%m-%d %H:%M} UTC"
            print(f"  {row['state']} by {quoted(row['decided_by'])} at {at}: {quoted(row['decision_note'])}")
    return 0


def decision(entry: str, state: str, stands: Sequence[Any], *, again: bool, as_json: bool) -> None:
    """A person's decision as it stands: `stands` is who took it, when and why; `again`: it was taken before."""
    by, at, note = stands
    if as_json:
        said = {"quarantine_id": entry, "state": state, "decided_by": by, "decided_at": at, "decision_note": note}
        as_json_text(said | {"again": again})
        return
    before = "already " if again else ""
    print(f"{entry}: {before}{state} by {quoted(by)} at {at:%Y-%m-%d %H:%M} UTC: {inert(note)}")


def explanation(settings: Settings, series: str, period: str, *, verify: bool, as_json: bool) -> int:
    """`amur explain`: exit 1 if a value can't be found again in its bytes."""
    from warehouse.archive import Archive
    from warehouse.explain import explain
    from warehouse.reader import connect

    with connect(published(settings)) as connection:
        found = explain(connection, Archive(settings.home / "archive"), series, period, verify=verify)
    if as_json:
        as_json_text(found.as_json())
    else:
        print_figure(found, verify=verify)
    return 0 if found.sound else 1


def print_figure(found: Explanation, *, verify: bool = False) -> None:
    """An answer with its cells, folded where there are many, and those beside it."""
    _print_answers(found)
    folded = len(found.cells) > MOST_CELLS
    for cell in found.cells[: FOLDED_TO if folded else None]:
        _print_cell(cell)
    if folded:
        left = found.cells[FOLDED_TO:]
        bodies = len({v.payload_sha256 for cell in left for v in cell.vintages})
        print(f"... and {len(left):,} more inputs out of {bodies:,} archived bodies; --json lists them all")
    for text in found.unknown:
        print(f"{quoted(text)}: counted from `articles`, no cell of a document")
    faults = [(cell, v) for cell in found.cells[FOLDED_TO:] if folded for v in cell.vintages if _faulty(v)]
    for cell, vintage in faults:
        print(f"{cell.series_key} {cell.period}\n    verified   {vintage.verified}")
    if verify:
        told = [v.verified for cell in (*found.cells, *found.beside) for v in cell.vintages]
        print(f"verified: {sum(not _faulty_word(word) for word in told):,} of {len(told):,} vintages found again")
    if found.beside:
        print("Beside it, of another source or scope:")
    for cell in found.beside:
        _print_cell(cell)


def event_explanation(settings: Settings, event_id: str, *, verify: bool, as_json: bool) -> int:
    """`amur explain e-...`: exit 1 if a word can't be found again in its bytes."""
    from warehouse.archive import Archive
    from warehouse.explain_event import explain_event
    from warehouse.reader import connect

    with connect(published(settings)) as connection:
        found = explain_event(connection, Archive(settings.home / "archive"), event_id, verify=verify)
    if as_json:
        as_json_text(found.as_json())
    else:
        print_event(found, asked=event_id)
    return 0 if found.sound else 1


def print_event(found: EventExplanation, asked: str = "") -> None:
    """An event with the words for and against it; says so where what was `asked` for has become part of another."""
    event = found.event
    value = "" if event["value"] is None else f", {_figure(event['value'])} {event['unit']}"
    print(f"{event['event_id']} {event['event_date']:%Y-%m-%d} {quoted(event['title'])}{value}")
    print(f"  {event['basis']}, confidence {event['confidence']:.2f}, {event['standing']}; stories: {event['stories']}")
    if asked and event["event_id"] != asked:
        print(f"  {asked} has become part of it")
    if found.withheld:
        print(f"  not published: {found.withheld}")
    for word in found.words:
        print(f"  {word['word']}: {quoted(word['outlet'])} ({word['modality']})")
        print(f"    address    {quoted(word['canonical_url'])}")
        published = "no date" if word["published_at"] is None else f"{word['published_at']:%Y-%m-%d %H:%M} UTC"
        print(f"    published  {published}; known {word['known_at']:%Y-%m-%d %H:%M} UTC")
        said = "" if word["value"] is None else f", {_figure(word['value'])} {word['unit']}"
        by = f", said by {quoted(word['asserted_by'])}" if word["asserted_by"] else ""
        print(f"    says       {word['event_date']:%Y-%m-%d} {word['status']}{said}{by}")
        print(f"    at         {quoted(word['locator'])}")
        print(f"    bytes      {word['file']}, rule {word['pattern'] or 'none'}")
        if word["verified"] is not None:
            print(f"    verified   {word['verified']}")


def _figure(value: float) -> str:
    """All digits that count, with thousands marked."""
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.6f}".rstrip("0")


def _print_answers(found: Explanation) -> None:
    """The rows of an indicator; what must not be quoted says so before anything else."""
    if found.unquotable:
        why = "; ".join(f"{row['freq']}: {_why_not(row)}" for row in found.indicator if row["grade"] == "do not quote")
        print(f"DO NOT QUOTE ({why})")
    for answer in found.indicator:
        value = "missing" if answer["value"] is None else f"{_figure(answer['value'])} {answer['unit']}"
        about = f"{answer['indicator']} {answer['period']} ({answer['freq']})"
        print(f"{about}: {value}, {answer['basis']}, {answer['grade']}")
        print(f"  {answer['title']}; known at {answer['known_at']} UTC")
        print(
            f"  method: {answer['method']}; coverage {_share(answer['coverage'])}; "
            f"{'low base; ' if answer['low_base'] else ''}{len(answer['inputs']):,} inputs"
        )
    for method, text in {row["method"]: row["method_text"] for row in found.indicator}.items():
        if text:
            print(f"  what {method} does:")
            for line in text.splitlines():
                print(f"    {line}")


def _why_not(row: Mapping[str, Any]) -> str:
    """Why an answer is not to be quoted."""
    if row["low_base"]:
        return "a percentage on a base too small"
    if row["basis"] == "news":
        return "unconfirmed news"
    return (
        f"coverage {_share(row['coverage'])}; its method says why"
        if (row["coverage"] or 0) < 1
        else "its method says so"
    )


def _share(coverage: float | None) -> str:
    return "unknown" if coverage is None else f"{100 * coverage:.0f} %"


def _faulty(vintage: Vintage) -> bool:
    return _faulty_word(vintage.verified)


def _faulty_word(word: str | None) -> bool:
    return word is not None and not word.startswith(("same", "read by ", "corrected by "))


def _print_cell(cell: Cell) -> None:
    print(f"{cell.series_key} {cell.period}")
    print(f"  {cell.attribution}")
    for vintage in cell.vintages:
        until = "now" if vintage.known_to is None else f"{vintage.known_to:%Y-%m-%d %H:%M:%S}"
        value = "missing" if vintage.value is None else f"{_figure(vintage.value)} {vintage.unit}"
        print(f"  {value}  status {vintage.obs_status}")
        print(f"    known      {vintage.known_at:%Y-%m-%d %H:%M:%S} to {until} UTC ({vintage.known_at_basis})")
        print(f"    fetched    {vintage.fetched_at:%Y-%m-%d %H:%M:%S} UTC, run {vintage.run_id}")
        print(f"    from       {quoted(vintage.url)}")
        print(f"    at         {quoted(vintage.locator)}")
        print(f"    bytes      {vintage.file}, parser {vintage.parser_version}")
        passed = sum(v["success"] for v in vintage.validations)
        print(f"    checked    {passed} of {len(vintage.validations)} expectations met")
        if vintage.verified is not None:
            print(f"    verified   {vintage.verified}")
