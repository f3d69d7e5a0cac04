"""Write the report: the pages of one publication into a folder of its own, the first page last, each in one rename."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from sources.errors import AmurError
from warehouse.archive import sync_folder, write_durably
from warehouse.prune import HISTORY
from warehouse.reader import snapshot_of
from warehouse.report.charts import easel
from warehouse.report.material import reading
from warehouse.report.pages import FRONT, pages

__all__ = ["is_current", "place", "write_to"]

NOTHING: Final = "nothing"  # the folder of a report on no publication
LINK: Final = re.compile(rb'((?:href|src)=")(?!#|[a-z]+:|//)([^"]*)')
HEAD: Final = 4096  # bytes of a page that hold its mark
MARK: Final = b'<meta name="amur-snapshot" content="'


def write_to(published: Path, folder: Path, made_at: datetime) -> Path:
    """The report on what is published, into a folder that is new, empty, or a report's; gives its first page.

    Raises:
        AmurError: the folder holds other things.
        OSError: it can't be written.
    """
    if folder.exists() and any(folder.iterdir()) and not _is_report(folder / FRONT):
        raise AmurError(
            at="--out",
            url=str(folder),
            expected="a folder that is new, empty, or holds an earlier report",
            found="other files",
        )
    with easel() as drawing, reading(published) as material:
        _write(folder, pages(material, made_at, drawing), None)
    return folder / FRONT


def place(published: Path, reports: Path, made_at: datetime) -> Path:
    """The report on what is published, as `reports/history/<snapshot>/`, and `reports/index.html`, which leads there.

    A page that is the same as in the report before is that report's file once more (a hard link). Readers see the
    first page of before until all others lie there.

    Raises:
        AmurError: the file is no published database.
        OSError: the disk refused; the report before stands.
    """
    with easel() as drawing, reading(published) as material:
        name = str(material.publication["snapshot_id"]) if material.publication else NOTHING
        history = reports / HISTORY
        history.mkdir(parents=True, exist_ok=True)
        for left in reports.glob(".report-*.tmp"):
            shutil.rmtree(left, ignore_errors=True)
        part = reports / f".report-{os.getpid()}.tmp"
        before = max(
            (one for one in history.iterdir() if one.is_dir() and one.name != name),
            key=lambda one: one.name,
            default=None,
        )
        try:
            _write(part, pages(material, made_at, drawing), before)
            target = history / name
            if target.exists():
                shutil.rmtree(target)
            part.rename(target)
            sync_folder(history)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    front = (target / FRONT).read_bytes()
    write_durably(reports / FRONT, LINK.sub(rb"\g<1>" + f"{HISTORY}/{name}/".encode() + rb"\g<2>", front))
    return reports / FRONT


def is_current(published: Path, reports: Path) -> bool:
    """Does the first page speak of the publication that lies there?

    Raises:
        AmurError: nothing is published there.
    """
    snapshot_id = snapshot_of(published)
    try:
        with (reports / FRONT).open("rb") as file:
            return MARK + str(snapshot_id).encode() + b'"' in file.read(HEAD)
    except OSError:
        return False


def _is_report(front: Path) -> bool:
    try:
        with front.open("rb") as file:
            return MARK in file.read(HEAD)
    except OSError:
        return False


def _write(folder: Path, files: Iterable[tuple[str, bytes]], before: Path | None) -> None:
    made: set[Path] = set()
    for name, body in files:
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        same = before / name if before else None
        if same and _same(same, body):
            try:
                os.link(same, path)
                continue
            except OSError:
                pass  # a disk without hard links: written once more below
        if name == FRONT:
            write_durably(path, body)
        else:
            path.unlink(missing_ok=True)  # never through a hard link into the report before
            path.write_bytes(body)


def _same(path: Path, body: bytes) -> bool:
    try:
        return path.stat().st_size == len(body) and path.read_bytes() == body
    except OSError:
        return False
