"""Backups of an AMUR_HOME: every file by its hash, and a manifest that is written last.

    manifest.json             what the backup holds: each file of the home with its sha256 and its size
    archive/aa/<sha256>...    the archive as it is; bodies and sidecars never change, so each is copied once
    kept/<sha256>             what does change: the warehouse, the publication, decisions, watches, claims, the inbox

A backup that is cut short leaves the manifest before it, and all that this one names. A body that the home has lost
stays in the backup.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final

import duckdb

from sources.errors import AmurError, BackupDamaged
from warehouse.archive import Archive, clear_parts, naming, sync_folder, write_durably
from warehouse.database import AMUR_VERSION

__all__ = ["MANIFEST", "BackedUp", "Kept", "Restored", "back_up", "is_empty", "manifest", "restore"]

MANIFEST: Final = "manifest.json"
KEPT: Final = "kept"
ARCHIVE: Final = "archive"
FORM: Final = 1
DATABASES: Final = ("warehouse.duckdb", "trade.duckdb")
SINGLE: Final = (*DATABASES, "last_run.json", "alerts.json")
FOLDERS: Final = (ARCHIVE, "claims", "inbox")
PART: Final = ".restore.tmp"
SPARED: Final = frozenset({".lock", PART})  # what the lock and a killed restore leave in an empty home
IN_ARCHIVE: Final = re.compile(r"archive/[0-9a-f]{2}/[0-9a-f]{64}(\.[0-9A-Za-z.]+)?")
HASH: Final = re.compile(r"[0-9a-f]{64}")
BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a home, as a manifest tells it: its hash and its bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup came to: files it holds, and how many of them (with how many bytes) were new."""

    files: int
    size: int
    copied: int
    copied_size: int
    removed: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought back, and when the backup had been made (an ISO instant)."""

    files: int
    size: int
    made_at: str


def back_up(home: Path, folder: Path, now: datetime) -> BackedUp:
    """Copy what is new of `home` into `folder`, each copy read again and compared by its hash. Only under the lock.

    Raises:
        AmurError: nothing to back up, a folder inside the home, one that holds another home, too little space.
        BackupDamaged: a file of the archive isn't what its name or the earlier backup says; nothing was replaced.
    """
    if not (home / DATABASES[0]).exists() and not (home / ARCHIVE).is_dir():
        raise AmurError(
            url=str(home), expected="a warehouse or an archive to back up", found="neither", advice="Set AMUR_HOME"
        )
    inside, outside = folder.resolve(), home.resolve()
    if inside == outside or outside in inside.parents or inside in outside.parents:
        raise AmurError(at="backup", expected=f"a folder apart from {home}", found=str(folder))
    earlier = manifest(folder) if (folder / MANIFEST).exists() else {}
    _same_home(home, folder, earlier)
    folder.mkdir(parents=True, exist_ok=True)
    _settle(home)
    orphans = set(Archive(home / ARCHIVE).orphans())  # of a killed run; the next one clears them
    there = [(name, path) for name, path in _files(home) if path.name not in orphans]
    _room(folder, sum(path.stat().st_size for name, path in there if not _lies(folder, name, earlier)))
    held: dict[str, Kept] = {name: kept for name, kept in earlier.items() if IN_ARCHIVE.fullmatch(name)}
    copied = copied_size = 0
    for name, path in there:
        if _lies(folder, name, earlier) and path.stat().st_size == earlier[name].size:
            continue
        kept = _hashed(path)
        _check(name, path, kept, earlier.get(name))
        target = _place(folder, name, kept)
        if not target.exists() or _hashed(target) != kept:
            _copy(path, target, kept)
            copied, copied_size = copied + 1, copied_size + kept.size
        held[name] = kept
    _write_manifest(folder, held, now)
    needed = {kept.sha256 for name, kept in held.items() if not IN_ARCHIVE.fullmatch(name)}
    superseded = [p for p in (folder / KEPT).glob("*") if HASH.fullmatch(p.name) and p.name not in needed]
    for path in superseded:
        path.unlink()
    for place in (folder, folder / KEPT, *(folder / ARCHIVE).glob("??")):
        clear_parts(place)
    return BackedUp(len(held), sum(kept.size for kept in held.values()), copied, copied_size, len(superseded))


def _same_home(home: Path, folder: Path, earlier: Mapping[str, Kept]) -> None:
    """A backup is of one home: at least one sidecar, which tells when a body was fetched, is the same in both.

    Two homes mixed in one folder would restore as one that never was: what is shipped with Amur has the same name in
    both, and of files with the same name only one is kept.

    Raises:
        AmurError: there is none.
    """
    sidecars = [(home / name, kept) for name, kept in earlier.items() if IN_ARCHIVE.fullmatch(name) and ".json" in name]
    same = any(path.is_file() and _hashed(path) == kept for path, kept in sidecars)
    if sidecars and not same and any((home / ARCHIVE).glob("??/*.json")):
        raise AmurError(
            url=str(folder), expected=f"a backup of {home}", found="a backup of another home",
            advice="Give each home a folder of its own",
        )  # fmt: skip


def restore(folder: Path, home: Path) -> Restored:
    """Bring a backup back into an empty `home`. All of it is verified before anything is put in its place.

    Raises:
        AmurError: the home isn't empty, or there is too little space.
        BackupDamaged: a file is missing or isn't what the manifest says; the home stays empty.
    """
    if not is_empty(home):
        raise AmurError(
            url=str(home), expected="an empty AMUR_HOME to restore into", found="files",
            advice="Set AMUR_HOME to a new folder",
        )  # fmt: skip
    made_at, files = _manifest(folder)
    for name, kept in files.items():
        _sound(_place(folder, name, kept), kept)
    _room(home, sum(kept.size for kept in files.values()))
    part = home / PART
    shutil.rmtree(part, ignore_errors=True)
    try:
        for name, kept in files.items():
            _copy(_place(folder, name, kept), part / name, kept)
        for name in sorted({PurePosixPath(name).parts[0] for name in files}, key=lambda name: name in DATABASES):
            (part / name).replace(home / name)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    sync_folder(home)
    return Restored(len(files), sum(kept.size for kept in files.values()), made_at)


def is_empty(home: Path) -> bool:
    """Is there nothing in this home but its lock?"""
    return not home.exists() or all(path.name in SPARED for path in home.iterdir())


def manifest(folder: Path) -> dict[str, Kept]:
    """What a backup says that it holds, by the file's path below the home.

    Raises:
        BackupDamaged: there is no manifest, or it was cut or changed.
    """
    return _manifest(folder)[1]


def _manifest(folder: Path) -> tuple[str, dict[str, Kept]]:
    path = folder / MANIFEST
    try:
        said = json.loads(path.read_bytes())
        files = {str(name): Kept(str(sha256), int(size)) for name, (sha256, size) in said["files"].items()}
        form, digest, made_at = said["form"], said["digest"], str(said["made_at"])
    except FileNotFoundError:
        raise BackupDamaged(url=str(path), expected="the manifest of a finished backup", found="no file") from None
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise BackupDamaged(url=str(path), expected="a manifest in JSON", found=type(error).__name__) from error
    if form != FORM:
        raise BackupDamaged(url=str(path), expected=f"a backup of form {FORM}", found=f"form {form}")
    if digest != _digest(files):
        raise BackupDamaged(url=str(path), expected="the list of files as it was written", found="another list")
    for name, kept in files.items():
        if not _may_hold(name) or not HASH.fullmatch(kept.sha256):
            raise BackupDamaged(url=str(path), expected="files of an AMUR_HOME", found=name)
    return made_at, files


def _may_hold(name: str) -> bool:
    """No entry of a manifest leads out of the home or to a file that isn't the home's."""
    parts = name.split("/")
    if any(part in {"", ".", ".."} or "\\" in part or "\0" in part for part in parts):
        return False
    return name in SINGLE if len(parts) == 1 else parts[0] in FOLDERS


def _write_manifest(folder: Path, files: Mapping[str, Kept], now: datetime) -> None:
    said: dict[str, Any] = {
        "form": FORM,
        "made_at": now.astimezone(UTC).isoformat(),
        "amur_version": AMUR_VERSION,
        "digest": _digest(files),
        "files": {name: [kept.sha256, kept.size] for name, kept in sorted(files.items())},
    }
    write_durably(folder / MANIFEST, json.dumps(said, ensure_ascii=False, indent=1).encode())


def _digest(files: Mapping[str, Kept]) -> str:
    lines = [f"{kept.sha256} {kept.size} {name}\n" for name, kept in sorted(files.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _settle(home: Path) -> None:
    """Fold the write-ahead log into the warehouse, so that its file alone is all of it; no migration is made.

    Raises:
        AmurError: the warehouse can't be opened.
    """
    path = home / DATABASES[0]
    if not path.exists():
        return
    try:
        with duckdb.connect(str(path)) as connection:
            connection.execute("CHECKPOINT")
    except duckdb.Error as error:
        raise AmurError(
            url=str(path), expected="a warehouse that opens", found=str(error),
            advice="Move it away and run `amur rebuild`, then back up",
        ) from error  # fmt: skip


def _files(home: Path) -> Iterator[tuple[str, Path]]:
    """The regular files of a home that a backup holds, with their names below it; links are not followed."""
    for name in SINGLE:
        if (home / name).is_file():
            yield name, home / name
    for top in FOLDERS:
        for folder, folders, names in os.walk(home / top):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                path = Path(folder) / name
                if not name.startswith(".") and path.is_file() and not path.is_symlink():
                    yield path.relative_to(home).as_posix(), path


def _lies(folder: Path, name: str, earlier: Mapping[str, Kept]) -> bool:
    """Is this body or sidecar in the backup already? Such files never change, so they are not read again."""
    kept = earlier.get(name)
    if kept is None or not IN_ARCHIVE.fullmatch(name):
        return False
    path = folder / name
    return path.is_file() and path.stat().st_size == kept.size


def _place(folder: Path, name: str, kept: Kept) -> Path:
    return folder / name if IN_ARCHIVE.fullmatch(name) else folder / KEPT / kept.sha256


def _check(name: str, path: Path, kept: Kept, earlier: Kept | None) -> None:
    """A body is what its name says, and a file of the archive is what it was at the backup before.

    Raises:
        BackupDamaged: it isn't.
    """
    if not IN_ARCHIVE.fullmatch(name):
        return
    wanted = earlier.sha256 if earlier else path.name if "." not in path.name else kept.sha256
    if kept.sha256 != wanted:
        raise BackupDamaged(
            url=str(path), expected=f"sha256 {wanted}", found=kept.sha256,
            advice="The backup before stands; `amur verify` names what is damaged in this home",
        )  # fmt: skip


def _sound(path: Path, kept: Kept) -> None:
    try:
        found = _hashed(path)
    except FileNotFoundError:
        raise BackupDamaged(url=str(path), expected="the file that the manifest names", found="no file") from None
    if found != kept:
        raise BackupDamaged(
            url=str(path),
            expected=f"{kept.size:,} bytes with sha256 {kept.sha256}",
            found=f"{found.size:,} bytes with sha256 {found.sha256}",
        )


def _hashed(path: Path) -> Kept:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            size += len(block)
    return Kept(digest.hexdigest(), size)


def _copy(source: Path, target: Path, kept: Kept) -> None:
    """Copy a file, and read the copy again before it gets its name.

    Raises:
        BackupDamaged: the copy differs.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        shutil.copyfile(source, part)
        with naming(target), part.open("rb+") as file:
            os.fsync(file.fileno())
        _sound(part, kept)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def _room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder if folder.exists() else folder.absolute().parent).free
    if free < size:
        raise AmurError(url=str(folder), expected=f"{size:,} free bytes", found=f"{free:,}", advice="Free some space")
