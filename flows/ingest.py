"""Files fetched by hand take the same walk: read, archive, judge, load, publish.

What a file is comes from its bytes. A file of another kind (or a challenge page, or nothing) is refused before anything
is kept. One of the right kind that can't be read whole, or that the judge doubts, is archived and held.
"""

from __future__ import annotations

import hashlib
import mimetypes
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows import walk
from flows.run import Run
from sources import catalogue
from sources.contract import Batch, Fetched, Payload, Request
from sources.errors import AmurError, Blocked, Contradiction, Empty, LayoutChanged, Unreadable, WrongDocument
from warehouse import ledger
from warehouse.archive import Record
from warehouse.loader import Loaded, Problem

__all__ = ["Given", "Refusal", "ingest"]


REFUSED = "Nothing of it was kept"


@dataclass(frozen=True, slots=True)
class Given:
    """One file with what its bringer says of it; `fetched_at` is when it was fetched."""

    path: Path
    url: str
    flow: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken, and why in one line."""

    path: Path
    error: AmurError


def ingest(run: Run, source: str, files: Sequence[Given]) -> tuple[Loaded, list[Path], list[Refusal]]:
    """Take the files that can be read; gives what was loaded, the files that were known already, and refusals."""
    entry = catalogue.entry(source)
    collected = walk.Collected(source)
    batches: list[tuple[Record, Batch]] = []
    known: list[Path] = []
    refused: list[Refusal] = []
    began = time.monotonic()
    records = ledger.known_records(run.db, source)
    settled = {record.sha256: record for record in records.values() if record.state in {"loaded", "held", "empty"}}
    for given in files:
        try:
            body = _body(given.path, entry.cap_bytes)
            sha256 = hashlib.sha256(body).hexdigest()
            if sha256 in settled:
                known.append(given.path)
                continue
            request = Request(given.url or f"file:{sha256[:12]}/{given.path.name}")
            try:
                batch = run.reader.read(_payload(source, request.url, body, sha256, given))
            except (Blocked, Empty, Unreadable, WrongDocument):
                raise
            except LayoutChanged as error:
                _hold(run, collected, records, request, body, given, error)
                continue
            _agrees(batch, given)
        except AmurError as error:
            error.advice = REFUSED
            refused.append(Refusal(given.path, error))
            continue
        periods = [row.period for row in batch.observations if not row.reconstructed]
        record = _keep(run, collected, records, request, body, given, max(periods, default=""))
        batches.append((record, Batch(run.archive.payload(record), batch.parser, batch.observations, batch.doubts)))
    batches.sort(key=walk.order)
    verdicts = walk.judge_all(run.db, source, batches)
    work = walk.work_of(collected, run.run_id, run.now, verdicts, [], time.monotonic() - began)
    return run.load(work), known, refused


def _body(path: Path, cap: int) -> bytes:
    try:
        if path.stat().st_size > cap:
            raise AmurError(url=str(path), expected=f"at most {cap:,} bytes", found=f"{path.stat().st_size:,}")
        return path.read_bytes()
    except OSError as error:
        raise AmurError(
            url=str(path), expected="a file that can be read", found=error.strerror or str(error)
        ) from error


def _payload(source: str, url: str, body: bytes, sha256: str, given: Given) -> Payload:
    return Payload(
        source=source,
        url=url,
        body=body,
        sha256=sha256,
        fetched_at=given.fetched_at,
        content_type=_kind(given.path),
    )


def _keep(
    run: Run,
    collected: walk.Collected,
    records: Mapping[str, Record],
    request: Request,
    body: bytes,
    given: Given,
    period: str,
) -> Record:
    """Archive a file as the answer of its address, and note that it came."""
    answer = Fetched(
        request=Request(request.url, period=period, title=given.path.name),
        url=request.url,
        status=200,
        headers={"content-type": _kind(given.path)},
        body=body,
        fetched_at=given.fetched_at,
        elapsed_s=0.0,
        attempts=0,
        outcome="ok",
    )
    record = run.archive.keep(answer, collected.source, run.run_id, records.get(request.url))
    note = ledger.FetchNote(
        url=request.url, period=period, at=given.fetched_at, outcome="ok", size=len(body), sha256=record.sha256
    )
    collected.notes.append(note)
    return record


def _hold(
    run: Run,
    collected: walk.Collected,
    records: Mapping[str, Record],
    request: Request,
    body: bytes,
    given: Given,
    error: LayoutChanged,
) -> None:
    """The right kind of document, but it can't be read whole: archived and held, for a person to look at."""
    record = _keep(run, collected, records, request, body, given, "")
    collected.problems.append(Problem(record, error))
    collected.errors.append(error)


def _kind(path: Path) -> str:
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _agrees(batch: Batch, given: Given) -> None:
    """What the bytes say wins over the options; where both speak and differ, the file is refused."""
    flows = {row.flow for row in batch.observations if row.flow}
    if given.flow and flows and given.flow not in flows:
        raise Contradiction(
            batch.payload,
            at="--flow",
            expected=f"the file's own flow, {' or '.join(sorted(flows))}",
            found=given.flow,
            advice="Leave --flow out: the file says it",
        )
    if not batch.observations and not batch.doubts:
        raise LayoutChanged(batch.payload, expected="at least one figure", found="none", advice="Nothing was kept")
