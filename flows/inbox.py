"""The inbox: files that somebody puts into `$AMUR_HOME/inbox/`, taken by the nightly run.

A file's own bytes say of which source it is: every source but the news is tried, in the catalogue's order, and one
alone may know it (in `inbox/<source id>/` that one alone is tried; an article belongs into `inbox/article/`).
What was taken is in the archive and leaves the inbox; what was not
stays, with a `<name>.why.txt` beside it.

Files count as fetched at the run's now, never at their own times: a copy carries the time of its original or of the
copying, as the tool likes, and may lie in the future, while the run is the first moment of which Amur knows that it
had the figures. Within one run they count in the order of their times.
"""

from __future__ import annotations

import os
import stat
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from flows.ingest import Given, ingest
from flows.log import LOGGER
from flows.run import Run
from sources import catalogue
from sources.contract import Payload
from sources.errors import AmurError, Blocked, Empty, Incomplete, LayoutChanged, Unreadable, WrongDocument, quoted
from warehouse.archive import write_durably

__all__ = ["Taken", "take", "waiting"]

FOLDER: Final = "inbox"
WHY: Final = ".why.txt"
UNFINISHED: Final = (".part", ".tmp", WHY)
WIDTH: Final = 100
AGAIN: Final = "The next nightly run looks at it again; delete it if it isn't wanted."


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: `taken` into the archive, `known` already, or `stays`, and why.

    `source` is empty where none was found.
    """

    path: Path
    source: str
    state: Literal["taken", "known", "stays"]
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Stamp:
    """Which bytes a file held: while this is the same, they are the same."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> _Stamp | None:
        """The stamp of a regular file; None if there is none any more."""
        try:
            found = path.lstat()
        except OSError:
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        return cls(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


@dataclass(frozen=True, slots=True)
class _File:
    """A file in the inbox, and the sources that it may be of."""

    path: Path
    stamp: _Stamp
    among: tuple[str, ...]


@dataclass(slots=True)
class _Opinions:
    """What the sources say of one file: which can read it, which know it but can't, and why the others don't."""

    reads: list[str] = field(default_factory=list)
    knows: list[str] = field(default_factory=list)
    lacks: dict[str, AmurError] = field(default_factory=dict)
    others: dict[str, AmurError] = field(default_factory=dict)


def waiting(home: Path) -> bool:
    """Is there anything in the inbox to look at, or a `.why.txt` whose file is gone?"""
    folder = home / FOLDER
    return any(_files(folder)) or any(_left_behind(folder))


def take(run: Run) -> list[Taken]:
    """Take what can be taken, one transaction a source; what can't stays with its reason. Before the run publishes.

    A refused file is a warning, no failure of the run: its bringer is told beside the file.
    """
    folder = run.settings.home / FOLDER
    done: list[Taken] = []
    ready: dict[str, list[_File]] = {}
    for file in sorted(_files(folder), key=lambda file: (file.stamp.mtime_ns, file.path)):
        source, why = _source_of(run, file)
        if _Stamp.of(file.path) != file.stamp:
            continue  # somebody is still writing it, or took it away: the next run sees it whole
        if source:
            ready.setdefault(source, []).append(file)
        else:
            done.append(Taken(file.path, "", "stays", why))
    for source in [known for known in catalogue.CATALOGUE if known in ready]:
        done += _ingested(run, source, ready[source])
    for one in done:
        if one.state == "stays":
            _explain(run, one)
    for left in _left_behind(folder):
        left.unlink(missing_ok=True)
    return done


def _ingested(run: Run, source: str, files: list[_File]) -> list[Taken]:
    """Have the files of one source walk; those that are in the archive now leave the inbox."""
    now = run.now
    try:
        loaded, known, refused = ingest(run, source, [Given(file.path, "", "", now) for file in files])
    except AmurError as error:
        LOGGER.error("%s", error, extra={"run_id": run.run_id, "source": source, "stage": "inbox"})
        run.failures.append(error)
        return []
    earlier = next((part for part in run.loaded if part.source == source and part is not loaded), None)
    if earlier is not None:  # the source was asked in this run as well: one entry for both
        run.loaded[:] = [part for part in run.loaded if part.source != source]
        run.loaded.append(earlier.followed_by(loaded))
    reasons = {refusal.path: refusal.error for refusal in refused}
    done = []
    for file in files:
        if refusal := reasons.get(file.path):
            done.append(Taken(file.path, source, "stays", f"{source} refused it: {refusal.cause()}. {refusal.advice}."))
            continue
        if _Stamp.of(file.path) == file.stamp:
            _removed(run, file.path)
        done.append(Taken(file.path, source, "known" if file.path in known else "taken"))
    return done


def _removed(run: Run, path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        _warn(run, path, f"taken, but it can't be removed from the inbox: {error.strerror}")


# --- what is there ------------------------------------------------------------------------------------------------


def _folders(folder: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The inbox and the folders of sources in it, with the sources that their files may be of."""
    if folder.is_dir():
        # a news source reads any page: an article that nobody calls one could as well be a release gone wrong
        yield folder, tuple(source for source, entry in catalogue.CATALOGUE.items() if entry.family != "news")
    for source in catalogue.CATALOGUE:
        own = folder / source
        if own.is_dir() and not own.is_symlink():
            yield own, (source,)


def _files(folder: Path) -> Iterator[_File]:
    """Regular files; not hidden ones, half-written ones, reasons, or links to elsewhere."""
    for where, among in _folders(folder):
        for path in where.iterdir():
            if path.name.startswith(".") or path.name.casefold().endswith(UNFINISHED):
                continue
            if stamp := _Stamp.of(path):
                yield _File(path, stamp, among)


def _left_behind(folder: Path) -> Iterator[Path]:
    """The reasons whose files are gone."""
    for where, _ in _folders(folder):
        for why in where.glob(f"*{WHY}"):
            if not os.path.lexists(why.with_name(why.name.removesuffix(WHY))) and _Stamp.of(why):
                yield why


# --- whose it is --------------------------------------------------------------------------------------------------


def _source_of(run: Run, file: _File) -> tuple[str, str]:
    """The one source that a file is of, or why there is none."""
    largest = max(catalogue.entry(source).cap_bytes for source in file.among)
    if file.stamp.size > largest:
        return "", f"it is too large: expected at most {largest:,} bytes, found {file.stamp.size:,}. Split it."
    try:
        body = file.path.read_bytes()
    except OSError as error:
        return "", f"it can't be read: {error.strerror}. Give the user that Amur runs as the right to read it."
    said = _Opinions()
    digest = sha256(body).hexdigest()
    for source in file.among:
        if (cap := catalogue.entry(source).cap_bytes) < len(body):
            said.others[source] = AmurError(expected=f"at most {cap:,} bytes", found=f"{len(body):,}")
        else:
            _ask(run, source, file.path.name, body, digest, said)
    found = said.reads or said.knows
    if len(found) == 1 and (said.reads or not said.lacks):
        return found[0], ""
    return "", _why(file, said)


def _ask(run: Run, source: str, name: str, body: bytes, digest: str, said: _Opinions) -> None:
    payload = Payload(
        source=source, url=f"file:{digest[:12]}/{name}", body=body, sha256=digest, fetched_at=run.now, title=name
    )
    try:
        batch = run.reader.read(payload)
    except Incomplete as error:
        said.lacks[source] = error
    except (Blocked, Empty, Unreadable, WrongDocument) as error:
        said.others[source] = error
    except LayoutChanged:
        said.knows.append(source)
    else:
        if batch.observations or batch.doubts or batch.codes or batch.events or batch.articles:
            said.reads.append(source)
        else:
            said.others[source] = AmurError(expected="at least one figure", found="none")


def _why(file: _File, said: _Opinions) -> str:
    found = [*(said.reads or said.knows), *said.lacks]
    if len(found) > 1:
        return f"{' and '.join(found)} know it both. Move it into {FOLDER}/<source id>/ of the one that it is of."
    if said.lacks:
        ((source, error),) = said.lacks.items()
        return f"it is a file of {source} that lacks something: {error.cause()}. {error.advice}."
    tried = _sentence(said.others)
    if file.path.parent.name in file.among and len(file.among) == 1:
        return f"it is no file of {file.among[0]}. {tried} If it is of another source, move it into the inbox itself."
    return (
        f"no source knows it. {tried} "
        "Download it again as the source offers it, unchanged; if it is of a source named above, put it into "
        f"{FOLDER}/<source id>/ or run: amur ingest FILE --source SOURCE."
    )


def _sentence(others: Mapping[str, AmurError]) -> str:
    """What was tried, sources that say the same together."""
    alike: dict[str, list[str]] = {}
    for source, error in others.items():
        alike.setdefault(error.cause(), []).append(source)
    return f"Tried: {'; '.join(f'{_and(names)}: {cause}' for cause, names in alike.items())}."


def _and(names: Iterable[str]) -> str:
    return ", ".join(names)


# --- telling ------------------------------------------------------------------------------------------------------


def _explain(run: Run, one: Taken) -> None:
    """Put the reason beside the file, if it isn't there already, and warn."""
    paragraph = f"{quoted(one.path.name)} stays in the inbox: {one.why} {AGAIN}"
    body = (textwrap.fill(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False) + "\n").encode()
    beside = one.path.with_name(one.path.name + WHY)
    try:
        if _Stamp.of(beside) is None or beside.read_bytes() != body:
            write_durably(beside, body)
    except OSError as error:
        _warn(run, beside, f"can't be written: {error.strerror}")
    _warn(run, one.path, one.why)


def _warn(run: Run, path: Path, why: str) -> None:
    told = f"{path.parent.name}/{quoted(path.name)}: {why}"
    LOGGER.warning("%s", told, extra={"run_id": run.run_id, "stage": "inbox"})
    print(f"amur: warning: {told}", file=sys.stderr)
