"""Cite a figure: a line to quote, and a file by which anybody can derive it again.

The file quotes what stands around the figure in its document, names the archived bytes by their hash, and carries the
query that gives the value on a published database. All of it is data: `cite_verify` makes line and query anew and
compares them; nothing that a file says is ever run.
"""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import duckdb

from sources import catalogue
from sources.contract import Payload
from sources.errors import AmurError, ArchiveDamaged
from sources.parse import surroundings
from warehouse import address, wording
from warehouse.archive import Archive
from warehouse.corrections import CORRECTED
from warehouse.database import AMUR_VERSION, naive, statement
from warehouse.reparse import payload_of

__all__ = [
    "LARGEST_EMBEDDED",
    "VERSION",
    "cite",
    "file_name",
    "grade_of",
    "line_of",
    "quotation",
    "replay_of",
    "replayed",
]

VERSION: Final = 1
LARGEST_EMBEDDED: Final = 16 << 20  # bytes of compressed bodies in one file
SHORT: Final = 12
NEVER: Final = "do not quote"


def cite(
    connection: duckdb.DuckDBPyConnection,
    archive: Archive,
    name: str,
    period: str,
    *,
    now: datetime,
    as_of: datetime | None = None,
    anyway: bool = False,
    with_bytes: bool = False,
) -> dict[str, Any]:
    """The citation of an indicator or a series for a period, as known at an instant (`now` where none is given).

    Args:
        connection: the published database.
        archive: where the bytes are; a quotation is left out where they aren't.
        name: an indicator, a series key, or a part that one key alone holds.
        period: its label.
        now: the instant of citing.
        as_of: the instant whose knowledge is cited.
        anyway: cite what is graded `do not quote`; the line then says so.
        with_bytes: embed the documents.

    Raises:
        AmurError: no such figure, none then, no value in it; one that is not to be quoted; too many bytes to embed.
    """
    at = as_of or now
    what = address.asked(name, period)
    answer = address.one_answer(address.answers(connection, what, at))
    if answer is not None:
        pairs = [(key, label) for key, _, label in (text.rpartition(" ") for text in answer["inputs"])]
    else:
        pairs = [(address.series_of(connection, what), what.period)]
    rows = address.dicts(
        connection,
        statement("read/cite_inputs"),
        [[key for key, _ in pairs], [label for _, label in pairs], naive(at)],
    )
    rows = rows if answer is not None else rows[:1]
    figures = [_figure(row, archive) for row in rows]
    if answer is None and not rows:
        raise _unknown_then(connection, pairs[0][0], what.period, at)
    said = _indicator(answer) if answer is not None else _series(rows[0], figures[0])
    if said["value"] is None:
        raise AmurError(at="cite", period=period, expected="a figure with a value", found=f"{name}: missing")
    if said["grade"] == NEVER and not anyway:
        raise AmurError(
            at="cite",
            period=period,
            expected="a figure that can be quoted",
            found=f"{name}: {NEVER}",
            advice="`amur explain` says why; --anyway cites it, and the line says that it is not to be quoted",
        )
    snapshot = connection.execute("SELECT snapshot_id FROM snapshot").fetchone()
    citation = {
        "citation_version": VERSION,
        **said,
        "as_of": _iso(at),
        "cited_at": _iso(now),
        "amur_version": AMUR_VERSION,
        "snapshot_id": snapshot[0] if snapshot else None,
        "figures": figures,
        "bodies": _bodies(figures, archive, with_bytes=with_bytes),
    }
    citation["replay_sql"] = replay_of(citation)
    citation["line"] = line_of(citation)
    return citation


def replayed(connection: duckdb.DuckDBPyConnection, citation: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a published database says of a cited figure, as known at the cited instant; None where it has none.

    The instant and the names go in as values: what the file gives as a query is not used.
    """
    when = datetime.fromisoformat(citation["as_of"])
    what = address.Asked(citation["name"], citation["period"], citation["freq"])
    if citation["kind"] == "indicator":
        answers = address.answers(connection, what, when)
        rows = [_indicator(row) for row in answers]
    else:
        cells = address.dicts(connection, statement("read/cite_inputs"), [[what.name], [what.period], naive(when)])
        rows = [_series(row, {"known_at": _iso(row["known_at"])}) for row in cells]
    return next((row for row in rows if row["period_start"] == citation["period_start"]), None)


def _unknown_then(connection: duckdb.DuckDBPyConnection, key: str, period: str, at: datetime) -> AmurError:
    first = connection.execute(
        "SELECT min(known_at) FROM observation_vintages WHERE series_key = $1 AND period = $2", [key, period]
    ).fetchone()
    if first is None or first[0] is None:
        return address.no_period(connection, key, period)
    return AmurError(
        at="--as-of", period=period, expected=f"an instant at which {key} was known", found=_iso(at),
        advice=f"It is known since {first[0]:%Y-%m-%dT%H:%M:%S}Z",
    )  # fmt: skip


def _indicator(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": "indicator",
        "name": answer["indicator"],
        "title": answer["title"],
        "freq": answer["freq"],
        "period": answer["period"],
        "period_start": str(answer["period_start"]),
        "period_end": str(answer["period_end"]),
        "value": answer["value"],
        "unit": answer["unit"],
        "obs_status": answer["obs_status"],
        "known_at": _iso(answer["known_at"]),
        "known_at_basis": None,
        "grade": answer["grade"],
        "basis": answer["basis"],
        "method": answer["method"],
        "method_text": address.method_text(answer["method"]),
        "coverage": answer["coverage"],
        "low_base": answer["low_base"],
        "inputs": list(answer["inputs"]),
    }


def _series(row: Mapping[str, Any], figure: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": "series",
        "name": row["series_key"],
        "title": wording.title(row),
        "freq": row["freq"],
        "period": row["period"],
        "period_start": str(row["period_start"]),
        "period_end": str(row["period_end"]),
        "value": row["value"],
        "unit": row["unit"],
        "obs_status": row["obs_status"],
        "known_at": figure["known_at"],
        "known_at_basis": row["known_at_basis"],
        "grade": grade_of(row["source"], row["obs_status"]),
        "inputs": [f"{row['series_key']} {row['period']}"],
    }


def grade_of(source: str, obs_status: str) -> str:
    """How a figure of a source can be quoted, by the rule of `indicators`."""
    if obs_status == "F" and source != "reference":
        return NEVER
    return "with care" if source == "reference" or obs_status == "E" else "quotable"


def _figure(row: Mapping[str, Any], archive: Archive) -> dict[str, Any]:
    """One cell with all that leads to it."""
    entry = catalogue.entry(row["source"])
    revised = None
    if row["revised"]:
        revised = {
            "revised": row["revised"],
            "cells": row["cells"],
            "nine_in_ten_change_pct": row["nine_in_ten_change_pct"],
            "nine_in_ten_days": row["nine_in_ten_days"],
        }
    return {
        **{name: row[name] for name in _AS_THEY_ARE},
        **{name: row[name] or "" for name in ("url", "title", "flow", "content_type")},
        "known_at": _iso(row["known_at"]),
        "published_at": _iso(row["published_at"]),
        "fetched_at": _iso(row["fetched_at"]),
        "publisher": entry.publisher,
        "licence": entry.licence,
        "attribution": entry.attribution,
        "surroundings": quotation(row, archive),
        "revision_profile": revised,
    }


_AS_THEY_ARE: Final = (
    "series_key", "source", "measure", "freq", "period", "value", "unit", "obs_status", "known_at_basis",
    "parser_version", "payload_sha256", "locator", "bytes",
)  # fmt: skip


def quotation(row: Mapping[str, Any], archive: Archive) -> str | None:
    """What stands around a figure in its document; None where the bytes aren't in the archive."""
    try:
        payload = payload_of(row, archive.body(row["payload_sha256"]))
    except ArchiveDamaged:
        return None
    return around(payload, row["locator"])


def around(payload: Payload, locator: str) -> str:
    """The surroundings of a place, a correction's being those of the wrong print."""
    return surroundings.around(payload, locator.partition(CORRECTED)[0])


def _bodies(figures: Sequence[Mapping[str, Any]], archive: Archive, *, with_bytes: bool) -> list[dict[str, Any]]:
    found = {one["payload_sha256"]: one for one in figures}
    bodies: list[dict[str, Any]] = [
        {"sha256": sha256, "source": one["source"], "url": one["url"], "bytes": one["bytes"]}
        for sha256, one in found.items()
    ]
    if not with_bytes:
        return bodies
    size = 0
    for body in bodies:
        packed = gzip.compress(archive.body(body["sha256"]), mtime=0)
        size += len(packed)
        if size > LARGEST_EMBEDDED:
            raise AmurError(
                at="--with-bytes", expected=f"documents of at most {LARGEST_EMBEDDED >> 20} MiB, compressed",
                found="more", advice="Cite it without them: the hashes are in the file all the same",
            )  # fmt: skip
        body["base64_gz"] = base64.b64encode(packed).decode("ascii")
    return bodies


def replay_of(citation: Mapping[str, Any]) -> str:
    """The query that gives the cited value on a published database."""
    at = f"TIMESTAMP '{_plain(citation['as_of'])}'"
    name, period, freq, start = (_text(citation[part]) for part in ("name", "period", "freq", "period_start"))
    cell = f"period = {period} AND period_start = DATE {start}"
    if citation["kind"] == "indicator":
        return (
            f"SELECT value FROM indicators_as_of({at}) "  # noqa: S608 (printed for a person, never run as it stands)
            f"WHERE indicator = {name} AND freq = {freq} AND {cell}"
        )
    return f"SELECT value FROM observations_as_of({at}) WHERE series_key = {name} AND {cell}"  # noqa: S608 (the same)


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _plain(instant: str) -> str:
    return f"{datetime.fromisoformat(instant):%Y-%m-%d %H:%M:%S.%f}"


def line_of(citation: Mapping[str, Any]) -> str:
    """The line to quote: grade, title, period, value, since when known, source, licence, bytes, likely revision."""
    figures = citation["figures"]
    start, end = (date.fromisoformat(citation[name]) for name in ("period_start", "period_end"))
    words = wording.period(citation["freq"], start, end)
    value = wording.value(citation["value"], citation["unit"])
    known = wording.instant(datetime.fromisoformat(citation["known_at"]))
    basis = f" ({citation['known_at_basis']})" if citation["known_at_basis"] else ""
    status = {"P": ", preliminary", "E": ", estimated", "F": ", cited from the news"}.get(citation["obs_status"], "")
    parts = [f"{citation['title']}, {words}: {value}{status}."]
    if citation["grade"] != "quotable":
        parts.insert(0, f"[{NEVER.upper() if citation['grade'] == NEVER else citation['grade']}]")
    parts.append(f"Known since {known}{basis}.")
    attributions = list(dict.fromkeys(one["attribution"] for one in figures))
    licences = list(dict.fromkeys(one["licence"] for one in figures))
    parts += [f"{text.rstrip('.')}." for text in attributions]
    parts += [f"Licence: {'; '.join(licences)}."] if licences else []
    if citation["kind"] == "indicator" and citation["basis"] != "official":
        many = f"{len(figures)} figure{'s' * (len(figures) != 1)}"
        parts.append(f"Computed by Amur ({citation['method']}) from {many}.")
    hashes = list(dict.fromkeys(one["payload_sha256"] for one in figures))
    if hashes:
        more = f" and {len(hashes) - 1} more" if len(hashes) > 1 else ""
        parts.append(f"Archived as sha256 {hashes[0][:SHORT]}{more}.")
    profile = figures[0]["revision_profile"] if len(figures) == 1 else None
    if profile and profile["nine_in_ten_change_pct"] is not None:
        parts.append(
            f"Likely revision: nine in ten moved by at most {profile['nine_in_ten_change_pct']:.2g} % "
            f"within {profile['nine_in_ten_days'] or 0:.0f} days."
        )
    return " ".join(parts)


def file_name(citation: Mapping[str, Any]) -> str:
    """`citation-<series>-<period>.json`, safe as a name of a file."""
    parts = (re.sub(r"[^A-Za-z0-9._-]+", "_", str(citation[name])).strip("_") for name in ("name", "period"))
    return f"citation-{'-'.join(parts)[:150]}.json"


def _iso(when: datetime | None) -> str | None:
    """An instant as ISO text in UTC; the warehouse's have no mark of their zone."""
    return (
        None
        if when is None
        else f"{naive(when) if when.tzinfo else when:%Y-%m-%dT%H:%M:%S.%f}".rstrip("0").rstrip(".") + "Z"
    )
