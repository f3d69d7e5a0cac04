"""The data dictionary: every public view, table and question with an instant, out of the database's own comments.

python -m warehouse.dictionary docs/schema.md
"""

from __future__ import annotations

import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from warehouse.database import Database, definitions

__all__ = ["markdown"]

HEAD: Final = """# The published schema

Made by `make docs` from the comments in the database (`warehouse/sql/comments.sql`) and the heads of the SQL files.
Names follow SDMX and UN Comtrade. All times are UTC.
"""
INSIDE: Final = frozenset({"schema_versions", "definitions", "pending_publication", "robots", "absences"})
NAMED: Final = re.compile(r"^-- (?P<call>\w+\([^)]*\)|\w+): (?P<words>.*)$")


def markdown(db: Database) -> str:
    """The dictionary as a page: questions with an instant first, then views, then tables."""
    parts = [HEAD, _macros()]
    views = dict(db.rows("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"))
    tables = dict(db.rows("SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal"))
    order = [path.stem.split("_", 1)[1] for path in definitions()]
    parts += [_relation(db, name, views[name]) for name in sorted(views, key=order.index)]
    parts += [_relation(db, name, tables[name]) for name in sorted(tables) if name not in INSIDE]
    return "\n".join(parts)


def _macros() -> str:
    """Each macro with its parameters and what it gives, from the head of its file."""
    lines = ["## Questions", "", "Table macros (`SELECT * FROM name(...)`) and the scalar ones that they use.", ""]
    for path in definitions():
        text = path.read_text(encoding="utf-8")
        if "CREATE OR REPLACE MACRO" not in text:
            continue
        head = [line.removeprefix("--").strip() for line in text.splitlines() if line.startswith("--")]
        said = NAMED.match(f"-- {' '.join(head)}")
        name = path.stem.split("_", 1)[1]
        call, words = (said["call"], said["words"]) if said else (name, " ".join(head))
        lines.append(f"- `{call}`: {_first_sentence(words)}")
    return "\n".join([*lines, ""])


def _first_sentence(words: str) -> str:
    found = re.match(r".*?[^A-Z0-9][.](?=\s|$)", words)
    return found[0] if found else words


def _relation(db: Database, name: str, comment: str | None) -> str:
    lines = [f"## {name}", "", comment or "", "", "| column | type | meaning |", "| --- | --- | --- |"]
    columns = db.rows(
        "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
        [name],
    )
    lines += [f"| `{column}` | {_kind(kind)} | {meaning or ''} |" for column, kind, meaning in columns]
    return "\n".join([*lines, ""])


def _kind(kind: str) -> str:
    return kind.replace("|", "\\|")


def main(target: Path) -> None:
    """Write the page to `target`, from an empty warehouse of this version."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(Path(folder) / "empty.duckdb", datetime.now(UTC))  # noqa: TID251 (nothing of it is kept)
        target.write_text(markdown(db), encoding="utf-8")
        db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
