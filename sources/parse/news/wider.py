"""Which goods and which names lie within wider ones: seaborne crude within crude oil, a Chinese maker within China.

Goods stand in wider.txt. A body, company, bank or maker lies within the country for which it speaks and within its
parent.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from sources.parse.news.gazetteer import ENTITIES

__all__ = ["Wider", "wider"]

FILE: Final = Path(__file__).with_name("wider.txt")
COUNTRIES: Final = MappingProxyType({"CN": "China", "RU": "Russia"})
WITHIN: Final = frozenset({"state", "maker", "company", "bank", "association", "analyst"})


class Wider(NamedTuple):
    """`name` lies within `wider`, both goods or both names of somebody."""

    relation: Literal["goods", "name"]
    name: str
    wider: str


def _goods() -> set[tuple[str, str]]:
    lines = (line.strip() for line in FILE.read_text(encoding="utf-8").splitlines())
    pairs = (line.split("|") for line in lines if line and not line.startswith("#"))
    return {(name.strip(), broad.strip()) for name, broad in pairs}


def _names() -> set[tuple[str, str]]:
    bodies = [entity for entity in ENTITIES.values() if entity.kind in WITHIN]
    countries = {(one.name, COUNTRIES[one.side]) for one in bodies if one.side in COUNTRIES}
    return countries | {(one.name, one.belongs_to) for one in bodies if one.belongs_to}


def _closed(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """With all that follows: what lies within a part lies within the whole."""
    while further := {(low, top) for low, mid in pairs for same, top in pairs if mid == same} - pairs:
        pairs = pairs | further
    return pairs


@cache
def wider() -> tuple[Wider, ...]:
    """Every pair, also those that follow from two others, in order."""
    goods = (Wider("goods", *pair) for pair in _closed(_goods()))
    names = (Wider("name", *pair) for pair in _closed(_names()))
    return tuple(sorted((*goods, *names)))
