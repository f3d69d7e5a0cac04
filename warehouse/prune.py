"""What may be removed from an AMUR_HOME: copies, logs and leftovers that nothing reads. Never a file of the archive."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

__all__ = ["Useless", "remove", "useless"]

LARGEST_LOG: Final = 8 << 20
HISTORY: Final = "history"  # below reports/: the reports of earlier nights
LEADS: Final = re.compile(rf'href="{HISTORY}/([^/"]+)/')
PARTS: Final = (
    ".*.tmp",
    ".*.tmp.wal",
    ".*.tmp.duckdb",
    ".*.tmp.duckdb.wal",
    ".warehouse.duckdb.rebuild",
    ".warehouse.duckdb.rebuild.wal",
)


@dataclass(frozen=True, slots=True)
class Useless:
    """A file or a folder that may go, why, and how many bytes that frees."""

    path: Path
    why: str
    size: int


def useless(home: Path, now: datetime, keep: timedelta) -> list[Useless]:
    """What may go, the largest first. Only under the lock: then no part-made file is still being made.

    Args:
        home: the AMUR_HOME.
        now: the instant.
        keep: copies of the schema, logs and earlier reports that were written more lately stay.
    """
    before = (now - keep).timestamp()
    found: dict[Path, Useless] = {}
    for path, why in _candidates(home, before):
        if not path.is_symlink():
            found.setdefault(path, Useless(path, why, _size(path)))
    return sorted(found.values(), key=lambda one: (-one.size, str(one.path)))


def _candidates(home: Path, before: float) -> Iterator[tuple[Path, str]]:
    for folder in (home, home / "reports", home / "inbox", home / "claims"):
        for form in PARTS:
            yield from ((path, "left half-made by a run that was killed") for path in folder.glob(form))
    for path in home.glob("warehouse.schema-*.duckdb"):
        if path.is_file() and path.stat().st_mtime < before:
            yield path, "a copy from before a change of the schema"
    for path in (home / "logs").glob("*"):
        if path.is_file() and path.stat().st_mtime < before:
            yield path, "an old log"
        elif path.is_file() and not path.name.startswith("amur.log") and path.stat().st_size > LARGEST_LOG:
            yield path, "a log that has grown too long"
    shown = _shown(home / "reports" / "index.html")
    for path in (home / "reports" / HISTORY).glob("*"):
        if path.stat().st_mtime < before and path.name != shown:
            yield path, "an old report"


def _shown(front: Path) -> str:
    """The name of the report to which the first page leads; empty where there is none."""
    try:
        found = LEADS.search(front.read_text(encoding="utf-8"))
    except OSError:
        return ""
    return found[1] if found else ""


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(file.lstat().st_size for file in path.rglob("*") if file.is_file())
    return path.lstat().st_size


def remove(found: list[Useless]) -> None:
    """Remove it.

    Raises:
        OSError: the disk refused; what came before it is gone.
    """
    for one in found:
        if one.path.is_dir():
            shutil.rmtree(one.path)
        else:
            one.path.unlink(missing_ok=True)
