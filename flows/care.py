"""The commands that take care of files: prune, backup, restore, export, report."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flows import show
from flows.published import published
from flows.run import Exit
from warehouse import backup, export, prune
from warehouse.lock import locked

if TYPE_CHECKING:
    from flows.settings import Settings

__all__ = ["backed_up", "exported", "pruned", "reported", "restored"]

OF_A_LAKE: Final = (
    "Save its catalogue and its files with their own tools, and the archive as any folder: docs/ducklake.md says how"
)


def pruned(settings: Settings, *, dry_run: bool, keep: int, as_json: bool) -> int:
    """`amur prune`: what may go, and how much that frees; with `dry_run` it stays."""
    now = settings.now()
    with locked(settings.home, now, "prune"):
        found = prune.useless(settings.home, now, timedelta(days=keep))
        if not dry_run:
            prune.remove(found)
    freed = sum(one.size for one in found)
    if as_json:
        rows = [{"path": str(one.path), "why": one.why, "bytes": one.size} for one in found]
        show.as_json_text({"removed": not dry_run, "bytes": freed, "files": rows})
        return Exit.OK
    for one in found:
        print(f"{one.path}: {one.why}, {one.size:,} bytes")
    print(f"{len(found)} {'would be removed' if dry_run else 'removed'}, {freed:,} bytes; the archive is untouched")
    return Exit.OK


def backed_up(settings: Settings, folder: Path, *, as_json: bool) -> int:
    """`amur backup DIR`: copy what is new."""
    settings.see_it_is_a_file("backup", OF_A_LAKE)
    now = settings.now()
    with locked(settings.home, now, "backup"):
        done = backup.back_up(settings.home, folder, now)
    facts = {
        "backup": str(folder), "files": done.files, "bytes": done.size, "copied": done.copied,
        "copied_bytes": done.copied_size, "superseded": done.removed,
    }  # fmt: skip
    show.facts(facts, as_json=as_json)
    return Exit.OK


def restored(settings: Settings, folder: Path, *, as_json: bool) -> int:
    """`amur restore DIR`: bring a backup back into an empty home."""
    settings.see_it_is_a_file("restore", OF_A_LAKE)
    with locked(settings.home, settings.now(), "restore"):
        done = backup.restore(folder, settings.home)
    facts = {"restored": str(settings.home), "files": done.files, "bytes": done.size, "made_at": done.made_at}
    show.facts(facts, as_json=as_json)
    return Exit.OK


def exported(settings: Settings, out: Path, *, as_json: bool) -> int:
    """`amur export --out DIR`: what is published, as files for other programs. It needs no lock: readers have none."""
    done = export.export(published(settings), out)
    facts = {
        "exported": str(done.folder), "snapshot": done.snapshot_id, "files": done.files, "rows": done.rows,
        "bytes": done.size,
    }  # fmt: skip
    show.facts(facts, as_json=as_json)
    return Exit.OK


def reported(settings: Settings, out: Path | None, *, as_json: bool) -> int:
    """`amur report`: the pages on what is published, under AMUR_HOME/reports or in a folder of the user's."""
    from warehouse.report.build import place, write_to

    now, file = settings.now(), published(settings)
    if out is not None:
        front = write_to(file, out, now)  # reads the publication alone, as any reader may
    else:
        with locked(settings.home, now, "report"):
            front = place(file, settings.home / "reports", now)
    show.facts({"report": str(front)}, as_json=as_json)
    return Exit.OK
