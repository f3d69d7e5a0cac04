"""Files fetched by hand take the same walk: read, archive, judge, load, publish.

What a file is comes from its bytes. A file of another kind (or a challenge page, or nothing) is refused before anything
is kept. One of the right kind that can't be read whole, or that the judge doubts, is archived and held. What only its
bringer can tell (`--flow`, `--url`, the file's name) is handed to the parser and kept beside the bytes.
"""

from __future__ import annotations

import hashlib
import mimetypes
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from flows import walk
from flows.run import Run
from sources import catalogue
from sources.contract import Batch, Fetched, Payload, Request, column, period_label
from sources.errors import (
    AmurError,
    Blocked,
    Contradiction,
    Empty,
    LayoutChanged,
    Unreachable,
    Unreadable,
    WrongDocument,
)
from sources.redaction import redact
from warehouse import ledger, quarantine, readings
from warehouse.archive import Record
from warehouse.loader import Loaded, Problem

__all__ = ["Given", "Refusal", "ingest", "is_address"]

REFUSED: Final = "Nothing of it was kept"
OPTION: Final = "--flow"
NOT_TAKEN: Final = (Blocked, Empty, Unreadable, WrongDocument)
SETTLED: Final = ("loaded", "held", "empty", "refused")


@dataclass(frozen=True, slots=True)
class Given:
    """One file with what its bringer says of it; `flow` is `X`, `M` or nothing, `fetched_at` when it was fetched.

    `path` may be an http(s) address instead: then the document is fetched from there, through the door.
    """

    path: Path | str
    url: str
    flow: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken, and why in one line."""

    path: Path | str
    error: AmurError


def ingest(run: Run, source: str, files: Sequence[Given]) -> tuple[Loaded, list[Path | str], list[Refusal]]:
    """Take the files that can be read; gives what was loaded, the files that were known already, and refusals.

    Files of one instant count as fetched one after the other, in the order given: of two that state a cell the later
    one is the newer.
    """
    taking = _Taking(run, source)
    began = time.monotonic()  # a file is read before it is kept: its parsing is not to be told from its fetching
    for given in _one_by_one(files):
        try:
            taking.take(given)
        except AmurError as error:
            error.advice = REFUSED if error.advice == type(error).advice else f"{error.advice}. {REFUSED}"
            taking.refused.append(Refusal(given.path, error))
    batches = sorted(taking.batches, key=walk.order)
    read = time.monotonic()
    verdicts = walk.judge_all(run.db, source, batches)
    judge_s = time.monotonic() - read
    work = walk.work_of(taking.collected, run.run_id, run.now, verdicts, [], judge_s, read - began)
    return run.load(work), taking.known, taking.refused


def is_address(name: str | Path) -> bool:
    """Is it an http(s) address, and not the name of a file?"""
    return str(name).startswith(("http://", "https://"))


def _one_by_one(files: Sequence[Given]) -> list[Given]:
    """The files, those of one instant a microsecond apart, none later than it was."""
    after: dict[datetime, int] = {}
    spread = []
    for given in reversed(files):
        late = after[given.fetched_at] = after.get(given.fetched_at, -1) + 1
        spread.append(replace(given, fetched_at=given.fetched_at - timedelta(microseconds=late)))
    return spread[::-1]


class _Taking:
    """What becomes of the files of one source."""

    def __init__(self, run: Run, source: str) -> None:
        self.run, self.source = run, source
        self.cap = catalogue.entry(source).cap_bytes
        self.collected = walk.Collected(source, rules=quarantine.rules(run.archive.folder))
        self.batches: list[tuple[Record, Batch]] = []
        self.known: list[Path | str] = []
        self.refused: list[Refusal] = []
        self.records = ledger.known_records(run.db, source)
        self.settled: dict[str, list[tuple[str, str]]] = {}
        for sha256, flow, title in run.db.rows(
            "SELECT sha256, flow, title FROM payloads WHERE source = ? AND list_contains(?, state) ORDER BY fetched_at",
            [source, list(SETTLED)],
        ):
            self.settled.setdefault(sha256, []).append((flow, title))

    def take(self, given: Given) -> None:
        """Read one file, and archive it if it is of the right kind.

        Raises:
            AmurError: it is refused.
        """
        answer = None if isinstance(given.path, Path) else self._fetched(given.path)
        payload = _payload(self.source, given, answer, self.cap)
        if self._is_known(payload):
            self.known.append(given.path)
            return
        try:
            batch = self.run.reader.read(payload)
        except NOT_TAKEN:
            raise
        except LayoutChanged as error:
            if error.at == OPTION:  # the bringer's mistake, not the document's
                raise
            record = self._keep(payload, "", answer)
            self.collected.problems.append(Problem(record, error))
            self.collected.errors.append(error)
        else:
            _agrees(batch, given)
            record = self._keep(payload, _newest(batch), answer)
            kept = self.run.archive.payload(record)
            self.batches.append((record, readings.applied(replace(batch, payload=kept), self.collected.rules)))
        self.settled.setdefault(payload.sha256, []).append((payload.flow, payload.title))

    def _is_known(self, payload: Payload) -> bool:
        """Were these bytes dealt with before? Under another name or option only if they then say the same flow."""
        before = self.settled.get(payload.sha256, [])
        if not before or (payload.flow, payload.title) in before:
            return bool(before)
        now = self._flows(payload)
        return not now or any(
            now == self._flows(replace(payload, flow=flow, title=title)) for flow, title in dict.fromkeys(before)
        )

    def _flows(self, payload: Payload) -> set[str | None]:
        """The flows that a file is read as; none if it can't be read."""
        try:
            return set(column(self.run.reader.read(payload).observations, "flow"))
        except LayoutChanged as error:
            if error.at == OPTION:
                raise
            return set()

    def _fetched(self, address: str) -> Fetched:
        """What lies at an address that a person named: its host, with and without `www.`, and no other is asked."""
        host = (urlsplit(address).hostname or "").removeprefix("www.")
        entry = catalogue.entry(self.source)
        allowed = replace(entry, hosts=(*entry.hosts, host, f"www.{host}"))
        answer = self.run.door.fetch(Request(address), allowed)
        if answer.body is None or answer.outcome != "ok":
            raise Unreachable(
                source=self.source, url=redact(address), expected="the document", found=str(answer.status)
            )
        return answer

    def _keep(self, payload: Payload, period: str, answer: Fetched | None) -> Record:
        """Archive a file as the answer of its address, and note that it came."""
        request = Request(payload.url, period=period, title=payload.title, flow=payload.flow)
        answer = (
            replace(answer, request=request)
            if answer is not None
            else Fetched(
                request=request,
                url=payload.url,
                status=200,
                headers={"content-type": payload.content_type},
                body=payload.body,
                fetched_at=payload.fetched_at,
                elapsed_s=0.0,
                attempts=0,
                outcome="ok",
            )
        )
        before = self.records.get(payload.url)
        if before is not None and before.sha256 == payload.sha256:
            same = (before.flow, before.title) == (payload.flow, payload.title)
            before = before if same else None  # else what is newly said of the bytes would be lost
        record = self.run.archive.keep(answer, self.source, self.run.run_id, before)
        self.records[payload.url] = record
        note = ledger.FetchNote(
            url=record.url,
            period=period,
            at=payload.fetched_at,
            outcome="ok",
            size=len(payload.body),
            sha256=record.sha256,
        )
        self.collected.notes.append(note)
        return record


def _newest(batch: Batch) -> str:
    """The label of the newest period that a document states; empty where it states none."""
    told = (column(batch.observations, name) for name in ("freq", "period_start", "period_end", "reconstructed"))
    return max((period_label(*when) for *when, derived in set(zip(*told, strict=True)) if not derived), default="")


def _body(path: Path, cap: int) -> bytes:
    try:
        if path.stat().st_size > cap:
            raise AmurError(url=str(path), expected=f"at most {cap:,} bytes", found=f"{path.stat().st_size:,}")
        return path.read_bytes()
    except OSError as error:
        raise AmurError(
            url=str(path), expected="a file that can be read", found=error.strerror or str(error)
        ) from error


def _payload(source: str, given: Given, answer: Fetched | None, cap: int) -> Payload:
    """A document as the parser gets it; a file without an address is named by its bytes, its name and its flow."""
    if answer is not None:
        body = answer.body or b""
        return Payload(
            source=source,
            url=redact(given.url) or answer.url,
            body=body,
            sha256=hashlib.sha256(body).hexdigest(),
            fetched_at=answer.fetched_at,
            content_type=answer.headers.get("content-type", ""),
            flow=given.flow,
        )
    path = Path(given.path)
    body = _body(path, cap)
    sha256 = hashlib.sha256(body).hexdigest()
    flow = f"#{given.flow}" if given.flow else ""
    return Payload(
        source=source,
        url=redact(given.url) or f"file:{sha256[:12]}/{path.name}{flow}",
        body=body,
        sha256=sha256,
        fetched_at=given.fetched_at,
        content_type=_kind(path),
        title=path.name,
        flow=given.flow,
    )


def _kind(path: Path) -> str:
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _agrees(batch: Batch, given: Given) -> None:
    """What the bytes say wins over the options; where both speak and differ, the file is refused."""
    flows = set(filter(None, column(batch.observations, "flow")))
    if given.flow and flows and given.flow not in flows:
        raise Contradiction(
            batch.payload,
            at=OPTION,
            expected=f"the file's own flow, {' or '.join(sorted(flows))}",
            found=given.flow,
            advice="Leave --flow out: the file says it",
        )
    if not (batch.observations or batch.doubts or batch.codes or batch.events or batch.articles):
        raise LayoutChanged(batch.payload, expected="at least one figure", found="none", advice="Nothing was kept")
