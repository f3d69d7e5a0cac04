"""The archive: every body that ever came, under its own hash, never changed.

    archive/aa/<sha256>                 the bytes
    archive/aa/<sha256>.json            where and when they were first fetched (redacted request and headers)
    archive/aa/<sha256>.<instant>.json  the same bytes seen again: at another address, or after other bytes in between

A body is written, fsynced and renamed before its sidecar, the sidecar before anything refers to it. Names come from
hashes and clocks alone. The archive is the truth: the warehouse can be made from it (`amur rebuild`).
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import threading
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

from sources.contract import Fetched, Payload
from sources.errors import ArchiveDamaged
from sources.redaction import redact

__all__ = ["Archive", "Record", "clear_parts", "naming", "sync_folder", "write_durably"]

SIDECAR_VERSION: Final = 1
DIGITS: Final = hashlib.sha256().digest_size * 2


@dataclass(frozen=True, slots=True)
class Record:
    """One archived body as the answer of one address: what a sidecar says, and where its parsing stands.

    `state` is `new` until the walk has dealt with it, then `loaded`, `held`, `index`, `kept`, `empty`, `cut` (cut off
    by the service, its parts stand in for it), `blocked`, `unreadable` or `refused`. `checked_at` is the last time the
    address was seen to hold these bytes still.
    """

    source: str
    url: str
    sha256: str
    fetched_at: datetime
    checked_at: datetime
    run_id: str
    role: str
    period: str
    title: str
    group: str
    content_type: str
    etag: str
    last_modified: str
    size: int
    sidecar: str
    state: str = "new"
    earlier_at: datetime | None = None
    flow: str = ""

    def validators(self) -> dict[str, str]:
        """What a conditional request sends."""
        said = {"etag": self.etag, "last_modified": self.last_modified}
        return {name: value for name, value in said.items() if value}


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let a failure of the disk name its file: that of a write or an fsync knows only a number of the process."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def write_durably(path: Path, body: bytes) -> None:
    """Put `body` at `path` so that no reader ever sees a part of it and a power cut leaves all or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with naming(path), part.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def clear_parts(folder: Path) -> int:
    """Remove what `write_durably` left half-written in `folder` when its process was killed; gives how many files."""
    parts = [part for part in folder.glob(".*.tmp") if part.is_file()]
    for part in parts:
        part.unlink(missing_ok=True)
    return len(parts)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with naming(folder):
            os.fsync(handle)
    finally:
        os.close(handle)


class Archive:
    """The folder `archive/` of one AMUR_HOME."""

    def __init__(self, folder: Path, among: Path | None = None) -> None:
        """Use `folder`; it is made when the first body comes.

        Args:
            folder: where bodies and sidecars lie.
            among: a file whose lock is taken for each body, where other processes archive at the same time.
        """
        self.folder, self._among = folder, among
        self._mutex = threading.Lock()

    def path(self, sha256: str) -> Path:
        """Where the body with this hash is or would be."""
        if not _is_hash(sha256):
            raise ArchiveDamaged(expected="a sha256 in hexadecimal", found=sha256)
        return self.folder / sha256[:2] / sha256

    def keep(self, fetched: Fetched, source: str, run_id: str, previous: Record | None = None) -> Record:
        """Archive an answer; gives its record. The same bytes as `previous` make neither body nor sidecar.

        Addresses are kept without secrets. A body that had rotted is written anew. One thread at a time: two sources
        that are sent the same verification page at one moment need a sidecar each.

        Raises:
            OSError: the disk refused; nothing half-written stays.
        """
        with self._alone():
            return self._keep(fetched, source, run_id, previous)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other thread, and no other of the processes that share the archive, is archiving."""
        with self._mutex:
            if self._among is None:
                yield
                return
            with self._among.open("r+b") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield

    def _keep(self, fetched: Fetched, source: str, run_id: str, previous: Record | None) -> Record:
        body = fetched.body if fetched.body is not None else b""
        sha256 = hashlib.sha256(body).hexdigest()
        if previous is not None and previous.sha256 == sha256:
            return previous
        path = self.path(sha256)
        facts = {
            **_told(fetched, run_id),
            "source": source,
            "earlier_at": _instant(previous.fetched_at) if previous is not None else "",
            "bytes": len(body),
            "sha256": sha256,
        }
        sidecar = self._sidecar(facts["requested"], sha256, fetched.fetched_at)
        fresh = not path.exists()
        try:
            if fresh or path.read_bytes() != body:
                write_durably(path, body)
            write_durably(sidecar, _as_json(facts))
        except BaseException:
            sidecar.unlink(missing_ok=True)
            if fresh:  # a body that nothing speaks of would be an orphan
                path.unlink(missing_ok=True)
            raise
        return _record(facts, sidecar)

    def keep_again(self, fetched: Fetched, record: Record, run_id: str) -> Record:
        """Note that an address holds `record`'s bytes again after it had answered with others; gives the new record.

        The answer may be without a body: "not modified". What such an answer leaves out is taken from the record.

        Raises:
            OSError: the disk refused; nothing half-written stays.
        """
        facts = {
            **_told(fetched, run_id),
            "source": record.source,
            "earlier_at": _instant(record.earlier_at) if record.earlier_at is not None else "",
            "bytes": record.size,
            "sha256": record.sha256,
        }
        headers = {k.replace("_", "-"): v for k, v in record.validators().items()} | facts["headers"]
        if fetched.body is None:
            headers["content-type"] = record.content_type
        facts["headers"] = dict(sorted(headers.items()))
        with self._alone():
            sidecar = self._sidecar(record.url, record.sha256, fetched.fetched_at)
            write_durably(sidecar, _as_json(facts))
        return _record(facts, sidecar)

    def _sidecar(self, address: str, sha256: str, at: datetime) -> Path:
        """Where to say that an address held a body: beside it, by the instant too from the second time on."""
        path = self.path(sha256)
        first = path.with_name(f"{sha256}.json")
        if not first.exists():
            return first
        stamp = hashlib.sha256(address.encode()).hexdigest()[:8]
        return path.with_name(f"{sha256}.{at:%Y%m%dT%H%M%S%fZ}.{stamp}.json")

    def body(self, sha256: str) -> bytes:
        """The bytes, verified against their name.

        Raises:
            ArchiveDamaged: they are gone or are not what their name says.
        """
        path = self.path(sha256)
        try:
            body = path.read_bytes()
        except FileNotFoundError:
            raise ArchiveDamaged(url=str(path), expected="the archived body", found="no file") from None
        if (found := hashlib.sha256(body).hexdigest()) != sha256:
            raise ArchiveDamaged(url=str(path), expected=f"sha256 {sha256}", found=found)
        return body

    def payload(self, record: Record) -> Payload:
        """A record with its bytes, as the parsers take it."""
        return Payload(
            source=record.source,
            url=record.url,
            body=self.body(record.sha256),
            sha256=record.sha256,
            fetched_at=record.fetched_at,
            content_type=record.content_type,
            role=cast("Any", record.role),
            period=record.period,
            title=record.title,
            group=record.group,
            earlier_at=record.earlier_at,
            flow=record.flow,
        )

    def records(self, known: frozenset[str] = frozenset()) -> list[Record]:
        """All sidecars that are not in `known` (file names), in the order in which the bodies came.

        Raises:
            ArchiveDamaged: a sidecar can't be read.
        """
        found = [_read(path) for path in self._sidecars() if path.name not in known]
        return sorted(found, key=lambda record: (record.fetched_at, record.source, record.period, record.sidecar))

    def damage(self) -> Iterator[str]:
        """Every fault of the archive in words: rot, a lost body, a sidecar that isn't its body's, a stray file.

        Orphans are told by `orphans`: a killed run leaves them, and the next one clears them.
        """
        bodies = {p.name for p in self._files() if "." not in p.name}
        orphans = set(self.orphans())
        for path in self._sidecars():
            try:
                record = _read(path)
            except ArchiveDamaged as error:
                yield str(error)
                continue
            if not path.name.startswith(record.sha256):
                yield f"{path.name}: says it belongs to {record.sha256}"
            if record.sha256 not in bodies:
                yield f"{path.name}: its body is missing"
        for name in sorted(bodies - orphans):
            try:
                self.body(name)
            except ArchiveDamaged as error:
                yield str(error)

    def orphans(self) -> list[str]:
        """The hashes of bodies that no sidecar speaks of: a run was killed between the two.

        A sidecar speaks by its name (`<sha256>.*`), so a rotten one protects its body still, and by what it says.
        """
        names = [path.name for path in self._files()]
        described = {name.partition(".")[0] for name in names if "." in name}
        found = [name for name in names if _is_hash(name) and name not in described]
        if not found:
            return []
        spoken = self._spoken_of()
        return [name for name in found if name not in spoken]

    def clear_leftovers(self, told: Container[str] = ()) -> int:
        """Remove what a killed run left: half-written files, and orphans; gives how many. Only under the lock.

        Args:
            told: the hashes that the ledger speaks of. Such a body had a sidecar once: it is damage, not a leftover.
        """
        left = [name for name in self.orphans() if name not in told]
        for name in left:
            self.path(name).unlink(missing_ok=True)
        folders = [self.folder, *(path for path in self.folder.glob("[0-9a-f][0-9a-f]") if path.is_dir())]
        return len(left) + sum(clear_parts(folder) for folder in folders)

    def _spoken_of(self) -> set[str]:
        """The hashes in the sidecars that can be read."""
        spoken = set()
        for path in self._sidecars():
            with contextlib.suppress(ArchiveDamaged):
                spoken.add(_read(path).sha256)
        return spoken

    def _files(self) -> Iterator[Path]:
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(p for p in folder.iterdir() if not p.name.startswith("."))

    def _sidecars(self) -> Iterator[Path]:
        return (path for path in self._files() if path.suffix == ".json")


def _told(fetched: Fetched, run_id: str) -> dict[str, Any]:
    """What a sidecar says of a request and its answer, without secrets and without the body."""
    request = fetched.request
    return {
        "sidecar_version": SIDECAR_VERSION,
        "url": redact(fetched.url),
        "requested": redact(request.address),
        "role": request.role,
        "period": request.period,
        "title": request.title,
        "group": request.group,
        "flow": request.flow,
        "status": fetched.status,
        "headers": dict(sorted(fetched.headers.items())),
        "fetched_at": _instant(fetched.fetched_at),
        "run_id": run_id,
        "attempts": fetched.attempts,
    }


def _as_json(facts: Mapping[str, Any]) -> bytes:
    return json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _is_hash(name: str) -> bool:
    return len(name) == DIGITS and not set(name) - set("0123456789abcdef")


def _instant(when: datetime) -> str:
    return when.astimezone(UTC).isoformat()


def _read(path: Path) -> Record:
    try:
        facts = json.loads(path.read_bytes())
        return _record(facts, path)
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise ArchiveDamaged(
            url=str(path), expected="a sidecar in JSON", found=f"{type(error).__name__}: {error}"
        ) from error


def _record(facts: Mapping[str, Any], sidecar: Path) -> Record:
    fetched_at = datetime.fromisoformat(facts["fetched_at"])
    headers = facts["headers"]
    return Record(
        source=facts["source"],
        url=facts["requested"],
        sha256=facts["sha256"],
        fetched_at=fetched_at,
        checked_at=fetched_at,
        run_id=facts["run_id"],
        role=facts["role"],
        period=facts["period"],
        title=facts["title"],
        group=facts["group"],
        content_type=headers.get("content-type", ""),
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
        size=facts["bytes"],
        sidecar=sidecar.name,
        earlier_at=datetime.fromisoformat(facts["earlier_at"]) if facts["earlier_at"] else None,
        flow=facts.get("flow", ""),
    )
