"""Names of partners, English and Chinese, to ISO 3166-1 alpha-2; groups and areas without a code apart.

China Customs writes one country in several ways (`Russia` in the bulletin, `Russian Federation` in the
preliminary release, `俄罗斯` and `俄罗斯联邦` in Chinese files), with accents that come and go and commas and
parentheses in two widths. Names are matched whole, never by a part: `Congo` is CG and `Democratic Republic of
Congo` CD, `Guinea` is none of the three others, `Niger` not `Nigeria`, `Dominica` not `Dominican Republic`.
A name that isn't here is unknown: it raises, and its row is held while the rest of the table loads.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, cast

__all__ = ["Place", "place"]

Kind = Literal["country", "group", "area", "world"]


@dataclass(frozen=True, slots=True)
class Place:
    """A partner: its code (None for an area without one), its name in Amur, and what it is.

    Groups (the EU, continents) overlap with countries and are never added to them. Areas are parts or
    remainders without a code of ISO 3166.
    """

    code: str | None
    name: str
    kind: Kind


FILE: Final = Path(__file__).with_suffix(".txt")
PREFIX: Final = re.compile(r"^(?:of\s*which|among\s*which|其中)\s*[:∶]\s*")


def fold(name: str) -> str:
    """The form in which names are compared: letters and digits, without case, accents and `of which:`."""
    narrow = unicodedata.normalize("NFKC", name).strip().casefold()
    narrow = PREFIX.sub("", narrow).replace("&", " and ")
    bare = "".join(c for c in unicodedata.normalize("NFD", narrow) if unicodedata.category(c) != "Mn")
    folded = "".join(c for c in bare if c.isalnum())
    return folded.removeprefix("the") if re.match(r"the\b", bare) else folded


def _places() -> Iterator[tuple[str, Place]]:
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, code, english, chinese = line.split("|")
        names = [name for name in (*english.split(";"), *chinese.split(";")) if name]
        known = Place(code or None, unicodedata.normalize("NFKC", names[0]), cast("Kind", kind))
        yield from ((fold(name), known) for name in names)


def _table() -> Mapping[str, Place]:
    table: dict[str, Place] = {}
    for name, known in _places():
        if table.setdefault(name, known) != known:
            raise ValueError(f"one name for two places: {name}")
    return MappingProxyType(table)


PLACES: Final = _table()


def place(name: str) -> Place:
    """The partner that a source's name means, in either language.

    Raises:
        KeyError: the name isn't known; it is never guessed from a part of it.
    """
    return PLACES[fold(name)]
