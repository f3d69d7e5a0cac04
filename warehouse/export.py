"""What is published, as files for other programs: Parquet, CSV, a data package, SDMX-CSV, a workbook.

Parquet holds every value as it is; each CSV is written from the Parquet beside it, so the two can't differ. All files
carry the snapshot they are of, and none is put in place before all of them are written.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

from sources.errors import AmurError
from warehouse.address import dicts
from warehouse.database import statement
from warehouse.reader import Connection, connect, for_sheet

__all__ = ["Exported", "export"]

NAME: Final = "amur-trade"
DESCRIPTOR: Final = "datapackage.json"
WORKBOOK: Final = "indicators.xlsx"
SDMX: Final = "observations.sdmx.csv"
FORMS: Final = (
    "In CSV a text that begins with = + - @, a tab or a carriage return stands behind an apostrophe, and lists and "
    "structures are JSON. Parquet is verbatim."
)
SHEET_ROWS: Final = 1_000_000  # a sheet of a workbook ends a little above
SHEET_TEXT: Final = 32_767  # characters a cell can hold
CSV: Final = "FORMAT csv, HEADER, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%fZ', DATEFORMAT '%Y-%m-%d'"
# DuckDB's types by the names of the Table Schema; lists and structures are JSON text in CSV.
TYPES: Final = {
    "BIGINT": "integer", "BOOLEAN": "boolean", "DATE": "date", "DOUBLE": "number", "INTEGER": "integer",
    "TIMESTAMP": "datetime", "VARCHAR": "string",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """The folder, the snapshot it holds, how many files and rows it has, and their bytes."""

    folder: Path
    snapshot_id: str
    files: int
    rows: int
    size: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column of what is exported: its DuckDB type, its meaning, and the expression of its CSV form."""

    name: str
    type: str
    meaning: str
    as_text: str


def export(published: Path, out: Path) -> Exported:
    """Write everything public in `published` to the folder `out`; an earlier export there is replaced as a whole.

    Raises:
        AmurError: nothing is published, or `out` holds something other than an export.
    """
    out = out.absolute()
    _may_write(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(prefix=f".{out.name}-", suffix=".tmp", dir=out.parent))
    try:
        with connect(published, writes_to=made) as db:
            snapshot = dicts(db, "FROM snapshot", [])[0]
            rows = _write(db, made, snapshot)
        made.chmod(0o755)  # what is made for others to read; a folder of mkdtemp is its owner's alone
        before = made.with_suffix(".before")
        if out.exists():
            out.rename(before)
        made.rename(out)
        shutil.rmtree(before, ignore_errors=True)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    files = list(out.iterdir())
    return Exported(out, str(snapshot["snapshot_id"]), len(files), rows, sum(path.stat().st_size for path in files))


def _may_write(out: Path) -> None:
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    try:
        ours = json.loads((out / DESCRIPTOR).read_text(encoding="utf-8"))["name"] == NAME
    except (OSError, ValueError, KeyError, TypeError):
        ours = False
    if not ours:
        raise AmurError(
            at="export --out",
            url=str(out),
            expected="a new or empty folder, or an earlier export",
            found="something else: nothing in it was touched",
            advice="name another folder",
        )


def _write(db: Connection, folder: Path, snapshot: Mapping[str, Any]) -> int:
    """All files into `folder`; gives the rows of all tables together."""
    sources = dicts(db, "SELECT source, title, publisher, url, licence, attribution FROM sources ORDER BY source", [])
    relations = _relations(db)
    resources = []
    for name, columns in relations.items():
        rows = _relation(db, folder, name, columns, str(snapshot["snapshot_id"]))
        resources.append(_resource(folder, name, columns, rows))
    _copy(db, statement("read/export_sdmx"), folder / SDMX, CSV)
    _workbook(db, folder / WORKBOOK, relations, snapshot, sources)
    descriptor = {
        "name": NAME,
        "id": snapshot["snapshot_id"],
        "title": "The trade of China and Russia, as measured by Amur",
        "description": f"Snapshot {snapshot['snapshot_id']}. All times are UTC. {FORMS}",
        "profile": "tabular-data-package",
        "created": f"{snapshot['published_at'].isoformat()}Z",
        "version": snapshot["amur_version"],
        "sources": [
            {"title": f"{one['publisher']}: {one['title']}", "path": one["url"], "name": one["source"]}
            | {"licence": one["licence"], "attribution": one["attribution"]}
            for one in sources
        ],
        "resources": resources,
    }
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return sum(resource["rows"] for resource in resources)


def _relations(db: Connection) -> dict[str, list[Column]]:
    """What is exported, by name."""
    found: dict[str, list[Column]] = {}
    for name, *column in db.execute(statement("read/export_columns")).fetchall():
        found.setdefault(name, []).append(Column(*column))
    return found


def _relation(db: Connection, folder: Path, name: str, columns: Iterable[Column], snapshot_id: str) -> int:
    """One table as Parquet, and as CSV out of that; gives its rows, in an order that is the same each time."""
    parquet = folder / f"{name}.parquet"
    about = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{snapshot: '{snapshot_id}', made_by: 'Amur'}}"
    rows = _copy(db, f'SELECT * FROM "{name}" ORDER BY ALL', parquet, about)  # noqa: S608 (a name of the dictionary)
    texts = ", ".join(column.as_text for column in columns)  # expressions of ours around names of the dictionary
    as_csv = f"SELECT {texts} FROM read_parquet({_quoted(parquet)})"  # noqa: S608 (names of the dictionary alone)
    _copy(db, as_csv, folder / f"{name}.csv", CSV)
    return rows


def _copy(db: Connection, query: str, target: Path, options: str) -> int:
    """The rows of a query into a file; gives how many there are."""
    (count,) = db.execute(f"COPY ({query.rstrip().rstrip(';')}) TO {_quoted(target)} ({options})").fetchone() or (0,)
    return int(count)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _resource(folder: Path, name: str, columns: Iterable[Column], rows: int) -> dict[str, Any]:
    """The description of one CSV in the data package."""
    path = folder / f"{name}.csv"
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return {
        "name": name.replace("_", "-"),
        "path": path.name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "rows": rows,
        "schema": {
            "fields": [
                {"name": one.name, "type": TYPES.get(one.type, "any"), "description": one.meaning} for one in columns
            ],
            "missingValues": [""],
        },
    }


def _workbook(
    db: Connection,
    path: Path,
    relations: Mapping[str, list[Column]],
    snapshot: Mapping[str, Any],
    sources: Iterable[Mapping[str, Any]],
) -> None:
    """The indicators as a workbook: what it is, the figures, what each column means, under which licence."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    about = book.create_sheet("about")
    for line in (
        ("Amur: indicators of the trade of China and Russia",),
        ("snapshot", snapshot["snapshot_id"]),
        ("published at (UTC)", snapshot["published_at"]),
        ("program", snapshot["amur_version"]),
        ("how to read it", "grade says whether a figure may be quoted; every column is told on the sheet dictionary"),
    ):
        about.append([_cell(value) for value in line])
    figures = db.execute("FROM indicators ORDER BY ALL")
    names = [column[0] for column in figures.description or ()]
    number = 0
    while (rows := figures.fetchmany(SHEET_ROWS)) or not number:
        number += 1
        sheet = book.create_sheet("indicators" if number == 1 else f"indicators {number}")
        sheet.freeze_panes = "A2"
        sheet.append(names)
        for row in rows:
            sheet.append([_cell(value) for value in row])
    dictionary = book.create_sheet("dictionary")
    dictionary.append(["column", "type", "meaning"])
    for column in relations["indicators"]:
        dictionary.append([_cell(value) for value in (column.name, column.type, column.meaning)])
    licences = book.create_sheet("sources")
    licences.append(["source", "title", "publisher", "url", "licence", "attribution"])
    for one in sources:
        licences.append([_cell(value) for value in one.values()])
    book.save(path)


def _cell(value: object) -> object:
    """A value as a workbook holds it: a list as JSON, a text never as a formula, no longer than a cell is."""
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=str)
    if not isinstance(value, str):
        return value
    text = str(for_sheet("".join(c for c in value if c.isprintable() or c in "\t\n")))
    return text if len(text) <= SHEET_TEXT else f"{text[: SHEET_TEXT - 1]}…"
