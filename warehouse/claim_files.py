"""The claims as files: those that are shipped (a SQL file each, a table of what they state), and the user's own."""

from __future__ import annotations

import csv
import hashlib
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Final, Literal

__all__ = ["STATUSES", "Claim", "every_claim", "fingerprint", "shipped", "users"]

FOLDER: Final = Path(__file__).parent / "sql" / "claims"
TABLE: Final = FOLDER / "claims.csv"
STATUSES: Final = ("confirmed", "contradicted", "imprecise", "unverifiable", "no data")
CLAIM_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
DATE_UNIT: Final = "date"
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST_BYTES: Final = 64 << 10
MOST_FILES: Final = 200
MOST_WORDS: Final = 500
HEAD: Final = re.compile(r"--\s*(?P<name>[a-z_]+)\s*:\s*(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody said, when, in which figure it can be seen, and the query that answers it.

    `expected` and `tolerance` are in `unit`; a day is a number like 20250929, its tolerance counts days. `error` says
    why a user's file is no claim that can be answered.
    """

    claim_id: str
    claim: str
    claimed_on: date | None
    asks: str
    expected: float | None
    tolerance: float | None
    unit: str
    note: str
    origin: Literal["shipped", "user"]
    file: str
    sha256: str
    sql: str
    error: str = ""


@cache
def shipped() -> tuple[Claim, ...]:
    """The claims that come with the program, by id."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(_shipped(row) for row in rows)


def _shipped(row: Mapping[str, str]) -> Claim:
    sql = (FOLDER / f"{row['claim_id']}.sql").read_text(encoding="utf-8")
    return Claim(
        claim_id=row["claim_id"],
        claim=row["claim"],
        claimed_on=date.fromisoformat(row["claimed_on"]),
        asks=row["asks"],
        expected=float(row["expected"]),
        tolerance=float(row["tolerance"]),
        unit=row["unit"],
        note=row["note"],
        origin="shipped",
        file=f"{row['claim_id']}.sql",
        sha256=hashlib.sha256(repr([sql, *row.values()]).encode()).hexdigest(),
        sql=sql,
    )


def every_claim() -> str:
    """All shipped queries as one, each row with its claim's id: the body of `claims_as_of`."""
    parts = [
        f"SELECT '{claim.claim_id}' AS claim_id, * FROM (\n{claim.sql.rstrip().removesuffix(';')}\n)"  # noqa: S608 (shipped files)
        for claim in shipped()
    ]
    return "(\n" + "\nUNION ALL BY NAME\n".join(parts) + "\n)"


def users(folder: Path) -> tuple[Claim, ...]:
    """The user's claims in a folder, by file name. A file that is none carries its error."""
    if not folder.is_dir():
        return ()
    taken = {claim.claim_id.casefold() for claim in shipped()}
    found: list[Claim] = []
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in {".sql", ".yml", ".yaml"})
    except OSError as error:
        return (_broken(folder, "user-claims", f"the folder can't be read: {error.strerror}", ""),)
    for path in paths[:MOST_FILES]:
        claim = _user(path)
        if claim.claim_id.casefold() in taken:
            claim = _broken(
                path, f"user-{path.name}", f"the name {claim.claim_id} is taken by another claim", claim.sha256
            )
        taken.add(claim.claim_id.casefold())
        found.append(claim)
    too_many = f"more than {MOST_FILES} files: this one is left out"
    return (*found, *(_broken(path, f"user-{path.name}", too_many, "") for path in paths[MOST_FILES:]))


def fingerprint(claims: Iterable[Claim]) -> list[tuple[str, str]]:
    """The files behind some claims, with the hashes of their bytes: has any been changed, added or taken away?"""
    return sorted((claim.file, claim.sha256) for claim in claims)


def _broken(path: Path, claim_id: str, error: str, sha256: str) -> Claim:
    name = "".join(c if c.isprintable() else "?" for c in path.name)
    return Claim(claim_id[:80], "", None, "", None, None, "", "", "user", name, sha256, "", error)


def _user(path: Path) -> Claim:
    if not CLAIM_ID.fullmatch(path.stem):
        name = re.sub(r"[^A-Za-z0-9_.-]", "?", path.name)
        return _broken(path, f"user-{name}", "expected a file name of letters, digits, _ . -", "")
    sha256 = ""
    try:
        body = _bytes(path)
        sha256 = hashlib.sha256(body).hexdigest()
        text = body.decode("utf-8-sig")
        said = _from_sql(text) if path.suffix.lower() == ".sql" else _from_yaml(text)
        return _claim(path, said, sha256)
    except (OSError, ValueError) as error:
        return _broken(path, path.stem, " ".join(str(error).split())[:MOST_WORDS], sha256)


def _bytes(path: Path) -> bytes:
    """The file's bytes, if it is a plain file of a size that a query has.

    Raises:
        ValueError: it is not.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise ValueError("expected a plain file")
    with path.open("rb") as file:
        body = file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise ValueError(f"expected at most {MOST_BYTES:,} bytes")
    return body


def _from_sql(text: str) -> dict[str, str]:
    """The comments at the head as names and values, and the whole text as the query."""
    said: dict[str, str] = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("--"):
            break
        if matched := HEAD.fullmatch(line.strip()):
            said.setdefault(matched["name"], matched["value"].strip())
    return said | {"sql": text}


def _from_yaml(text: str) -> dict[str, str]:
    """The mapping of a YAML file, its values as text.

    Raises:
        ValueError: it is no mapping of names to single values.
    """
    import yaml  # type: ignore[import-untyped]

    try:
        loaded = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (it makes nothing but texts, lists and mappings)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(f"no YAML: {error}") from error
    if not isinstance(loaded, dict) or not all(isinstance(v, str) for pair in loaded.items() for v in pair):
        raise ValueError("expected names with one value each")
    return {str(name): value for name, value in loaded.items()}


def _claim(path: Path, said: Mapping[str, str], sha256: str) -> Claim:
    unknown = set(said) - {
        "claim", "claimed_on", "expected", "tolerance", "unit", "note", "sql", "indicator", "period", "freq",
    }  # fmt: skip
    if unknown and path.suffix.lower() != ".sql":  # a comment in SQL may have any other line
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    words = " ".join(said.get("claim", "").split())
    if not words or len(words) > MOST_WORDS:
        raise ValueError(f"expected claim: one sentence of at most {MOST_WORDS} characters")
    if not DAY.fullmatch(said.get("claimed_on", "")):
        raise ValueError("expected claimed_on: a day such as 2025-12-20")
    unit = said.get("unit", "")[:40]
    sql = said.get("sql", "")
    if not sql:
        if not said.get("indicator") or not said.get("period"):
            raise ValueError("expected sql, or indicator and period")
        sql = _of_indicator(said["indicator"], said["period"], said.get("freq", ""))
    asks = f"{said['indicator']} {said['period']}" if said.get("indicator") and said.get("period") else "own SQL"
    return Claim(
        claim_id=path.stem,
        claim=words,
        claimed_on=date.fromisoformat(said["claimed_on"]),
        asks=asks[:200],
        expected=_figure("expected", said.get("expected", ""), unit),
        tolerance=_figure("tolerance", said.get("tolerance", ""), ""),
        unit=unit,
        note=said.get("note", "")[:MOST_WORDS],
        origin="user",
        file=path.name,
        sha256=sha256,
        sql=sql,
    )


def _figure(name: str, text: str, unit: str) -> float | None:
    """A figure, or a day as claims count it; None where nothing is given.

    Raises:
        ValueError: it is neither.
    """
    if not text:
        return None
    if unit == DATE_UNIT and DAY.fullmatch(text):
        return float(date.fromisoformat(text).strftime("%Y%m%d"))
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise ValueError(f"expected {name}: a figure such as 245e9, found {text[:40]!r}")
    return value


def _of_indicator(indicator: str, period: str, freq: str) -> str:
    """The query for one value of an indicator."""
    asked = [("indicator", indicator), ("period", period), *([("freq", freq)] if freq else [])]
    where = " AND ".join(f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in asked)
    return f"SELECT value AS computed, [indicator || ' ' || period] AS evidence FROM indicators WHERE {where}"  # noqa: S608 (run locked)
