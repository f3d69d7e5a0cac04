"""The data dictionary: every public view, table and question with an instant, out of the database's own comments.

python -m warehouse.dictionary docs/schema.md
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from warehouse import heads as heads_of
from warehouse.database import Database, definitions

__all__ = ["markdown"]

HEAD: Final = """# The published schema

Made by `make docs` from the comments in the database (`warehouse/sql/comments.sql`) and the heads of the SQL files.
Names follow SDMX and UN Comtrade. All times are UTC.
"""


def markdown(db: Database) -> str:
    """The dictionary as a page: questions with an instant first, then views, then tables."""
    parts = [HEAD, _macros()]
    told: dict[tuple[str, str], list[tuple[str | None, str | None, str | None]]] = {}
    for kind, name, *line in db.rows(
        "SELECT kind, name, column_name, type, comment FROM dictionary WHERE kind <> 'macro' ORDER BY name, position"
    ):
        told.setdefault((kind, name), []).append((line[0], line[1], line[2]))
    order = [path.stem.split("_", 1)[1] for path in definitions()]
    views = sorted((key for key in told if key[0] == "view"), key=lambda key: order.index(key[1]))
    tables = sorted(key for key in told if key[0] == "table")
    parts += [_relation(key[1], told[key]) for key in [*views, *tables]]
    return "\n".join(parts)


def _macros() -> str:
    """Each macro with its parameters and what it gives, from the head of its file."""
    lines = ["## Questions", "", "Table macros (`SELECT * FROM name(...)`) and the scalar ones that they use.", ""]
    heads = [heads_of.read(path) for path in definitions()]
    lines += [f"- `{head.call}`: {head.meaning}" for head in heads if head.kind != "VIEW"]
    return "\n".join([*lines, ""])


def _relation(name: str, told: list[tuple[str | None, str | None, str | None]]) -> str:
    """A table or view: its own line, without a column, comes first."""
    (_, _, comment), *columns = told
    lines = [f"## {name}", "", comment or "", "", "| column | type | meaning |", "| --- | --- | --- |"]
    lines += [f"| `{column}` | {_kind(kind or '')} | {meaning or ''} |" for column, kind, meaning in columns]
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
