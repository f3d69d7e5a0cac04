"""`amur`: arguments in, one call, exit code out. A command imports its module when it is called."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sources.errors import AmurError, Busy
from sources.redaction import steerless

if TYPE_CHECKING:
    from flows.settings import Settings

__all__ = ["main"]

OK: Final = 0
FAILED: Final = 1
DEGRADED: Final = 3
BUSY: Final = 4
LOOPBACK: Final = "127.0.0.1"
REPORT_PORT: Final = 4201  # beside that of `amur serve`
SQL_TIMEOUT_S: Final = 300

NIGHTLY: Final = """One nightly run: fetch every source, archive, parse, judge, load, publish.
Exit 0: published (sources that are down but within their limit are warnings). 3: published, but a source is stale
past its limit or a batch is in quarantine. 1: a stage failed, named on stderr. 4: another run holds the lock."""
CLAIMS: Final = """Public claims about the trade, each answered now and as of the day it was made. With --as-of: with
what was known at another time. Your own claims are files in the folder claims of AMUR_HOME (docs/claims.md). Exit 0."""
INGEST: Final = """Take files fetched by hand down the same walk. Exit 0: loaded or already known. 3: held in
quarantine. 1: refused, with the reason in one line."""
REHEARSE: Final = """The archive played again night by night into a warehouse of its own: what would have been held,
alerted and claimed, and what of it was taken back later. With --faults once more, with seeded faults: which of them
the checks catch. Nothing is fetched, nothing of AMUR_HOME is written. Exit 0."""
CHANGES: Final = """What the newest publication shows that the one before did not, by weight, each with its id:
new figures, revisions, records, changes of sign, events, projects, late sources, disagreements, batches held."""
DIFF: Final = """Rows added, changed and withdrawn between two publications, and of each changed indicator whether
figures or the program moved it. Exit 1: no such publication; the nearest are named."""

CITE: Final = """A line to quote, and a file by which anybody can derive the figure again. --verify does that, offline.
Exit 0: cited, or verified. 1: no such figure, one that is not to be quoted, a file that differs, or bytes that
aren't here."""
SERVE: Final = """Prefect's deployments `nightly` (by cron) and `backfill` (on demand), with its web page, on this
machine's loopback alone. A night missed while it was down is caught up at the start, once. SIGTERM or Ctrl-C ends it,
and a run at work in it, within 10 seconds. Exit 0: it was told to end. 1: it could not start, or Prefect's server
died. 4: another `amur serve` works on this AMUR_HOME."""
WATCH: Final = """Numbers that were quoted, held each night against what is known. Actions: list, add, remove.
VALUE is as printed: 228.1e9, '228.1 billion', 11432537000; what rounding can hide is no change."""
QUARANTINE: Final = """What was held, and why; a person decides. list: all entries. show ID: one beside the last good
document of its address or source, cell by cell, with the rules it broke. release ID, reject ID: a decision, with --note
why; it is kept with name and time, a second one of the same kind changes nothing. Exit 0; 1: no such entry, no reason,
or it can't be read."""
REPORT: Final = """The report for editors as static pages, from what is published: nothing is fetched.
Without --out into AMUR_HOME/reports, as each night does, which keeps those of earlier publications. Exit 0; 1: the disk
refused, or DIR holds other things; 4: another run holds the lock.
With --serve nothing is written: a read-only server on this machine's loopback shows AMUR_HOME/reports, and on its page
/sql readers ask SQL of what is published. SIGTERM or Ctrl-C ends it. Exit 0: it was told to end; 1: it could not
start."""
PRUNE: Final = """Remove what nothing needs: old copies from before a change of the schema, old logs and reports, files
that a killed run left half-made. Never a file of the archive. Exit 0; 4: another run holds the lock."""
EXPORT: Final = """What is published, as files in DIR: each public view as Parquet and CSV with a Frictionless data
package (datapackage.json), the observations as SDMX-CSV, the indicators as a workbook; dictionary, licences and
snapshot with them. Exit 0; 1: nothing is published, or DIR holds something other than an export."""
BACKUP: Final = """Copy what is new of AMUR_HOME into DIR: archive, warehouse, publication, decisions, watches, claims,
inbox; each copy is compared by its hash, the manifest is written last. Exit 0; 1: a damaged file, named; 4: another
run holds the lock."""
RESTORE: Final = """Bring a backup back into an empty AMUR_HOME; every file is verified before any is put in its place.
Exit 0; 1: the home isn't empty, or a file of the backup is missing or damaged, named; 4: another run holds the lock."""


def main(arguments: Sequence[str] | None = None) -> int:  # noqa: PLR0911 (an exit for each kind of end)
    """Run one command; gives its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return OK
    command: Callable[[argparse.Namespace, Settings], int] = options.run
    try:
        from flows.settings import Settings

        return command(options, Settings.read())
    except Busy as error:
        print(f"amur: {error}", file=sys.stderr)
        return BUSY
    except AmurError as error:
        print(f"amur: {error}", file=sys.stderr)
        return FAILED
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            return OK
        print(f"amur: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return FAILED
    except Exception as error:  # noqa: BLE001 (the last resort: one line for a person, the rest in the log)
        from flows.log import LOGGER

        LOGGER.exception("amur %s failed", options.command)
        print(f"amur: {options.command}: {type(error).__name__}: {error}. This is a defect of Amur", file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="amur", description="Measures the China-Russia trade relationship, every night."
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace, Settings], int], text: str, *, as_json: bool = True
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(
            name,
            help=text.split("\n", maxsplit=1)[0].split(". ", maxsplit=1)[0],
            description=text,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        sub.set_defaults(run=run)
        if as_json:
            sub.add_argument("--json", action="store_true", help="print JSON")
        return sub

    nightly = command("nightly", _nightly, NIGHTLY)
    nightly.add_argument("--only", action="append", metavar="SRC", default=[], help="only this source (repeatable)")

    backfill = command(
        "backfill", _backfill, "Past periods down the same walk; skips what is archived. Exit as nightly."
    )
    backfill.add_argument("sources", nargs="+", metavar="SRC")
    backfill.add_argument("--from", dest="first", required=True, metavar="PERIOD", help="first month, such as 2025-01")
    backfill.add_argument("--to", dest="last", required=True, metavar="PERIOD", help="last month, included")
    backfill.add_argument("--refetch", action="store_true", help="ask again for what is archived")
    backfill.add_argument("--jobs", type=_positive, default=8, metavar="N", help="sources fetched side by side")
    backfill.add_argument("--dry-run", action="store_true", help="print the requests that it would make")

    ingest = command("ingest", _ingest, INGEST)
    ingest.add_argument("files", nargs="+", metavar="FILE-or-URL", help="a file, or an address to fetch it from")
    ingest.add_argument("--source", required=True, metavar="SRC")
    ingest.add_argument("--url", default="", help="where the file was fetched from")
    ingest.add_argument("--flow", choices=["X", "M"], default="", help="export or import, where the file can't say")
    ingest.add_argument("--as-of", default="", metavar="TIME", help="when it was fetched (ISO; default: now)")

    rebuild = command("rebuild", _rebuild, "Make the warehouse anew from the archive alone, without a network.")
    rebuild.add_argument("--to", type=Path, metavar="FILE", help="write it here and leave the one in use alone")

    command("verify", _verify, "Check archive hashes, ledger and invariants. Exit 1 if anything is wrong.")

    sql = command("sql", _sql, "Read-only SQL on the published database; without a query, a prompt.", as_json=False)
    sql.add_argument("query", nargs="?", default="")
    sql.add_argument("--format", choices=["table", "csv", "json", "parquet"], default="table")
    sql.add_argument("--json", dest="format", action="store_const", const="json", help="the same as --format json")
    sql.add_argument("--out", type=Path, metavar="FILE")
    sql.add_argument("--timeout", type=_positive, default=SQL_TIMEOUT_S, metavar="SECONDS")

    command(
        "status",
        _status,
        "Each source: last success, newest period, next expected release. Exit 3 if one is stale.",
    )
    command("sources", _sources, "The catalogue: id, family, URL, cadence, licence, state.")

    _claiming(command)
    _between_publications(command)
    _rehearsals(command)

    explain = command(
        "explain", _explain,
        "One value: all its vintages, down to archived bytes and cell. One event: every story for and against it. "
        "One claim: both answers and what each rests on.",
    )  # fmt: skip
    explain.add_argument(
        "series", metavar="SERIES", help="an indicator, a series key, a part of one, the id of an event or of a claim"
    )
    explain.add_argument("period", metavar="PERIOD", nargs="?", default="", help="its label: 2025-06, 2025")
    explain.add_argument("--verify", action="store_true", help="parse the archived bytes again and compare")

    _quoting(command)
    _caring(command)

    _serving(command)

    quarantine = command("quarantine", _quarantine, QUARANTINE)
    quarantine.add_argument("action", nargs="?", choices=["list", "show", "release", "reject"], default="list")
    quarantine.add_argument("id", nargs="?", default="", metavar="ID")
    quarantine.add_argument("--by", default="", metavar="NAME", help="who decides (default: the user's login name)")
    quarantine.add_argument("--note", default="", metavar="TEXT", help="why; required for a decision")
    quarantine.add_argument(
        "--as", dest="reads", default="", metavar="READING",
        help="release a row as a figure: 'measure=… product=… dataset=… unit=… freq=A period=2025 value=144000 "
        "[reporter=RU] [partner=…] [flow=…] [status=E] [half=…]'",
    )  # fmt: skip
    return parser


def _claiming(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The command about public claims."""
    claims = command("claims", _claims, CLAIMS)
    claims.add_argument("ids", nargs="*", metavar="ID", help="only these claims")
    claims.add_argument("--as-of", default="", metavar="TIME", help="a day (its end) or an ISO time (UTC)")


def _quoting(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The commands about figures that are quoted."""
    cite = command("cite", _cite, CITE)
    cite.add_argument(
        "series", metavar="SERIES", nargs="?", default="", help="an indicator, a series key, a part of one"
    )
    cite.add_argument("period", metavar="PERIOD", nargs="?", default="", help="its label: 2025-06, 2025")
    cite.add_argument("--as-of", default="", metavar="TIME", help="what was known then (ISO; default: now)")
    cite.add_argument("--out", type=Path, metavar="FILE", help="default: citation-SERIES-PERIOD.json")
    cite.add_argument("--anyway", action="store_true", help="cite what is graded `do not quote`; the line says so")
    cite.add_argument(
        "--with-bytes", action="store_true", help="embed the documents, for machines without this archive"
    )
    cite.add_argument("--verify", type=Path, metavar="FILE", help="derive a citation again, offline")

    watch = command("watch", _watch, WATCH)
    watch.add_argument("action", nargs="?", choices=["list", "add", "remove"], default="list")
    watch.add_argument("what", nargs="*", metavar="SERIES PERIOD VALUE | ID")
    watch.add_argument("--quoted-in", default="", metavar="URL", help="the address of what quotes it")
    watch.add_argument("--on", default="", metavar="DAY", help="the day of the quote (default: today)")
    watch.add_argument("--tolerance", type=float, metavar="PCT", help="percent (default: rounding of VALUE)")
    watch.add_argument("--note", default="", metavar="TEXT")
    watch.add_argument("--by", default="", metavar="NAME", help="who watches (default: the user's login name)")


def _caring(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The commands that take care of the files."""
    prune = command("prune", _prune, PRUNE)
    prune.add_argument("--dry-run", action="store_true", help="say what would be removed, and remove nothing")
    prune.add_argument(
        "--keep", type=_positive, default=90, metavar="DAYS", help="copies, logs and reports of these days stay (90)"
    )
    command("backup", _backup, BACKUP).add_argument("folder", type=Path, metavar="DIR")
    command("export", _export, EXPORT).add_argument("--out", type=Path, required=True, metavar="DIR")
    command("restore", _restore, RESTORE).add_argument("folder", type=Path, metavar="DIR")


def _between_publications(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The commands that show and compare publications."""
    changes = command("changes", _changes, CHANGES)
    changes.add_argument("--since", default="", metavar="TIME", help="found since this day or ISO time (UTC)")
    changes.add_argument("--run", dest="run_id", default="", metavar="ID", help="found by this run")
    changes.add_argument("--kind", default="", metavar="K", help="only this kind, such as revision")
    changes.add_argument("--limit", type=_positive, default=None, metavar="N", help="at most so many")

    report = command("report", _report, REPORT)
    report.add_argument("--out", type=Path, metavar="DIR", help="write it here: a folder that is new or empty")
    report.add_argument(
        "--serve", action="store_true", help="show it in browsers, with a page for SQL, until told to end"
    )
    report.add_argument("--port", type=_port, metavar="N", help="of --serve (4201; 0: a free one)")
    report.add_argument("--host", metavar="ADDRESS", help="of --serve (127.0.0.1); another one opens it to others")
    report.add_argument("--timeout", type=_positive, metavar="SECONDS", help="of a query with --serve (300)")

    diff = command("diff", _diff, DIFF)
    diff.add_argument("old", metavar="SNAPSHOT", help="an id, its beginning, previous, latest, or a published file")
    diff.add_argument("new", metavar="SNAPSHOT", help="the same; both files, or neither")
    diff.add_argument("--limit", type=_positive, default=None, metavar="N", help="at most so many rows")


def _serving(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The command that stays."""
    serve = command("serve", _serve, SERVE, as_json=False)
    serve.add_argument("--cron", default="30 2 * * *", metavar="CRON", help="minute hour day month weekday")
    serve.add_argument("--timezone", default="Europe/London", metavar="ZONE", help="of the cron; an IANA name")
    serve.add_argument("--port", type=_port, default=4200, metavar="N", help="of the web page (0: a free one)")


def _rehearsals(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The command that plays the archive again."""
    rehearsal = command("rehearse", _rehearse, REHEARSE)
    rehearsal.add_argument("--from", dest="first", required=True, metavar="PERIOD", help="first month, or day")
    rehearsal.add_argument("--to", dest="last", required=True, metavar="PERIOD", help="last month, or day, included")
    rehearsal.add_argument("--source", action="append", metavar="SRC", default=[], help="only this one (repeatable)")
    rehearsal.add_argument(
        "--faults", nargs="?", const=1, default=None, type=int, metavar="SEED", help="with seeded faults (seed 1)"
    )
    rehearsal.add_argument("--keep", type=Path, metavar="DIR", help="keep the warehouse in this new folder")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text}: not a number above 0")
    return number


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:  # noqa: PLR2004 (the ports there are)
        raise argparse.ArgumentTypeError(f"{text}: not a port")
    return number


def _nightly(options: argparse.Namespace, settings: Settings) -> int:
    from flows import walk
    from flows.command import walked
    from flows.run import chosen, nightly_window

    sources = chosen(settings, options.only)
    return walked(
        settings, "nightly", sources, lambda now: nightly_window(now, settings.keys), walk.Pace("nightly"),
        as_json=options.json, arguments=" ".join(options.only),
    )  # fmt: skip


def _backfill(options: argparse.Namespace, settings: Settings) -> int:
    from flows import walk
    from flows.backfill import period_window
    from flows.command import show_plan, walked
    from flows.run import chosen

    sources = chosen(settings, options.sources)
    window = period_window(options.first, options.last, settings.now(), settings.keys)
    if options.dry_run:
        return show_plan(settings, sources, window, refetch=options.refetch, as_json=options.json)
    return walked(
        settings, "backfill", sources, lambda _: window, walk.Pace("backfill", options.refetch), as_json=options.json,
        jobs=options.jobs, arguments=f"{' '.join(sources)} --from {options.first} --to {options.last}",
    )  # fmt: skip


def _ingest(options: argparse.Namespace, settings: Settings) -> int:
    from flows.command import ingested

    return ingested(
        settings, options.source, options.files, url=options.url, flow=options.flow, as_of=options.as_of,
        as_json=options.json,
    )  # fmt: skip


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from flows.serve import serve

    return serve(settings, options.cron, options.timezone, options.port)


def _rebuild(options: argparse.Namespace, settings: Settings) -> int:
    from flows.command import rebuilt

    return rebuilt(settings, options.to, as_json=options.json)


def _verify(options: argparse.Namespace, settings: Settings) -> int:
    from flows.command import verified

    return verified(settings, as_json=options.json)


def _report(options: argparse.Namespace, settings: Settings) -> int:
    if options.serve:
        if options.out:
            raise AmurError(at="report --serve", expected="no --out: it shows AMUR_HOME/reports", found="--out")
        from flows.serve_report import serve

        port = REPORT_PORT if options.port is None else options.port
        return serve(
            settings, options.host or LOOPBACK, port, options.timeout or SQL_TIMEOUT_S, as_json=options.json
        )  # fmt: skip
    for name in ("port", "host", "timeout"):
        if getattr(options, name) is not None:
            raise AmurError(at="report", expected=f"--serve beside --{name}", found=f"--{name} alone")
    from flows.care import reported

    return reported(settings, options.out.absolute() if options.out else None, as_json=options.json)


def _prune(options: argparse.Namespace, settings: Settings) -> int:
    from flows.care import pruned

    return pruned(settings, dry_run=options.dry_run, keep=options.keep, as_json=options.json)


def _backup(options: argparse.Namespace, settings: Settings) -> int:
    from flows.care import backed_up

    return backed_up(settings, options.folder.absolute(), as_json=options.json)


def _export(options: argparse.Namespace, settings: Settings) -> int:
    from flows.care import exported

    return exported(settings, options.out, as_json=options.json)


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    from flows.care import restored

    return restored(settings, options.folder.absolute(), as_json=options.json)


def _sql(options: argparse.Namespace, settings: Settings) -> int:
    from flows.published import published
    from warehouse.reader import connect, query, write_result

    with connect(published(settings), limit_s=options.timeout if options.query else None) as connection:
        if not options.query:
            from flows.prompt import converse

            return converse(connection)
        text = write_result(query(connection, options.query), options.format, options.out)
    if text is not None:
        sys.stdout.write(steerless(text) if sys.stdout.isatty() else text)
    return OK


def _status(options: argparse.Namespace, settings: Settings) -> int:
    from flows.show import status

    return status(settings, as_json=options.json)


def _sources(options: argparse.Namespace, settings: Settings) -> int:
    from flows.show import sources

    return sources(settings, as_json=options.json)


def _changes(options: argparse.Namespace, settings: Settings) -> int:
    from flows.told import changes

    return changes(
        settings, since=options.since, run_id=options.run_id, kind=options.kind, limit=options.limit,
        as_json=options.json,
    )  # fmt: skip


def _diff(options: argparse.Namespace, settings: Settings) -> int:
    from flows.told import diff

    return diff(settings, options.old, options.new, limit=options.limit, as_json=options.json)


def _rehearse(options: argparse.Namespace, settings: Settings) -> int:
    from flows.show_rehearsal import rehearsed

    return rehearsed(
        settings, options.first, options.last, options.source, seed=options.faults, keep=options.keep,
        as_json=options.json,
    )  # fmt: skip


def _explain(options: argparse.Namespace, settings: Settings) -> int:
    from flows.show import event_explanation, explanation
    from warehouse.explain_event import is_event

    if is_event(options.series) and not options.period:
        return event_explanation(settings, options.series, verify=options.verify, as_json=options.json)
    if not options.period:
        from flows.show_claims import explained

        code = explained(settings, options.series, verify=options.verify, as_json=options.json)
        if code is not None:
            return code
    return explanation(settings, options.series, options.period, verify=options.verify, as_json=options.json)


def _claims(options: argparse.Namespace, settings: Settings) -> int:
    from flows.show_claims import claims

    return claims(settings, options.ids, as_of=options.as_of, as_json=options.json)


def _cite(options: argparse.Namespace, settings: Settings) -> int:
    from flows.quote import checked, cited

    if options.verify:
        return checked(settings, options.verify, as_json=options.json)
    if not options.series or not options.period:
        raise AmurError(at="cite", expected="SERIES and PERIOD, or --verify FILE", found="neither")
    return cited(
        settings, options.series, options.period, as_of=options.as_of, out=options.out, anyway=options.anyway,
        with_bytes=options.with_bytes, as_json=options.json,
    )  # fmt: skip


def _watch(options: argparse.Namespace, settings: Settings) -> int:
    from flows.quote import watch_added, watch_list, watch_removed

    given, wanted = options.what, {"list": 0, "add": 3, "remove": 1}[options.action]
    if len(given) != wanted:
        forms = {"list": "nothing more", "add": "SERIES PERIOD VALUE", "remove": "the ID of a watch"}
        raise AmurError(
            at=f"watch {options.action}", expected=forms[options.action], found=" ".join(given) or "nothing"
        )
    if options.action == "list":
        return watch_list(settings, as_json=options.json)
    if options.action == "remove":
        return watch_removed(settings, given[0], by=options.by)
    return watch_added(
        settings, *given, quoted_in=options.quoted_in, on=options.on, tolerance=options.tolerance, note=options.note,
        by=options.by, as_json=options.json,
    )  # fmt: skip


def _quarantine(options: argparse.Namespace, settings: Settings) -> int:
    if options.action == "list":
        from flows.show import held

        return held(settings, as_json=options.json)
    if options.action == "show":
        from flows.show_held import beside_last_good

        return beside_last_good(settings, options.id, as_json=options.json)
    from flows.command import decided

    return decided(
        settings, options.action, options.id, by=options.by, note=options.note, reads=options.reads,
        as_json=options.json,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
