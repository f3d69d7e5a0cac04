"""The catalogue: one entry a source, and the way from an id to its module."""

from __future__ import annotations

import importlib
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, cast

from sources.contract import Source
from sources.errors import AmurError

__all__ = ["CATALOGUE", "Entry", "entry", "module"]

FILE: Final = Path(__file__).with_suffix(".toml")
MEBIBYTE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue says of one source. Days are calendar days after the end of a period.

    `by_hand`: never asked by Amur itself, its files come by `amur ingest` or the inbox. A service with a quota says how
    many calls a day each kind of run may make. `key_header` is where a key belongs, `key_setting` who holds it.

    Of a news outlet: `outlet` is its name, `language` that of its texts where they don't say, `zone` the offset of
    times that name none (`+08:00`), `feeds` are addresses beside `url`, `pages` how many article pages a night may
    ask for (0: headline and link only), `official` that it publishes for a state or a company. `consent`: asked only
    where the operator names the source (`--only`, `AMUR_SOURCES`), because its terms want to be agreed to first.
    """

    id: str
    module: str
    family: str
    title: str
    publisher: str
    url: str
    hosts: tuple[str, ...]
    licence: str
    attribution: str
    cadence: str
    calendar: str
    due_days: tuple[int, ...]
    stale_days: int
    january_apart: bool
    history_from: date
    cap_bytes: int = 64 * MEBIBYTE
    min_gap_s: float = 1.0
    by_hand: bool = False
    calls_nightly: int | None = None
    calls_backfill: int | None = None
    browser_like: bool = False
    key_header: str = ""
    key_setting: str = ""
    outlet: str = ""
    language: str = ""
    zone: str = "+00:00"
    feeds: tuple[str, ...] = ()
    pages: int = 0
    official: bool = False
    consent: bool = False

    @property
    def shipped(self) -> bool:
        """Does it come with the program, without a network?"""
        return self.url.startswith("shipped:")


def _read() -> dict[str, Entry]:
    table: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found = {}
    for source, said in table.items():
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
        }
        found[source] = Entry(id=source, **fields)
    return found


CATALOGUE: Final = MappingProxyType(_read())


def entry(source: str) -> Entry:
    """The entry of a source.

    Raises:
        AmurError: there is no such source; the message lists those there are.
    """
    if source not in CATALOGUE:
        raise AmurError(source=source, expected=f"a source: one of {', '.join(CATALOGUE)}", found=repr(source))
    return CATALOGUE[source]


@cache
def module(source: str) -> Source:
    """The module of a source, imported at the first call; one that serves several is asked for the source's own."""
    said = entry(source)
    found = importlib.import_module(said.module)
    return cast("Source", found.of(said) if hasattr(found, "of") else found)
