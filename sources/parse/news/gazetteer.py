"""Entities by their names in English, Russian and Chinese: found by how they begin, the longest name first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, cast

from sources.parse.news.model import Entity, Kind, Mention

__all__ = ["ENTITIES", "LANGUAGES", "entity", "find"]

FOLDER: Final = Path(__file__).parent
LANGUAGES: Final = ("en", "ru", "zh")
LETTER: Final = r"[^\W\d_]"
APOSTROPHES: Final = "’‘`"


def _lines(name: str) -> Iterator[str]:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def _entities() -> Iterator[tuple[str, Entity]]:
    for line in _lines("entities.txt"):
        name, kind, side, product, owner = (part.strip() for part in line.split("|"))
        parties = tuple(party.strip() for party in side.split(";")) if kind == "project" else ()
        code = side if kind == "product" else ""
        own = "" if kind in {"project", "product"} else side
        yield name, Entity(name, cast("Kind", kind), own, product, owner, parties, code)  # type: ignore[arg-type]


ENTITIES: Final = MappingProxyType(dict(_entities()))


def entity(name: str) -> Entity:
    """The entity of a name as entities.txt spells it.

    Raises:
        KeyError: there is none.
    """
    return ENTITIES[name]


def _pattern(name: str) -> re.Pattern[str]:
    """A name as a pattern: blanks and hyphens may vary, `*` stands for an ending of letters."""
    parts = []
    for word in filter(None, re.split(r"([\s\-–—*]+)", name)):
        if "*" in word:
            parts.append(LETTER + r"{0,8}" + (r"[\s\-–—]+" if word.strip("*") else ""))
        elif not word.strip(" -–—"):
            parts.append(r"[\s\-–—]+")
        else:
            parts.append(re.escape(word))
    if not any(letter.isupper() for letter in name):
        return re.compile("".join(parts), re.IGNORECASE)
    if name[0].islower():  # a common noun before a name may begin a sentence
        parts[0] = f"[{name[0]}{name[0].upper()}]{parts[0][1:]}"
    return re.compile("".join(parts))


def _word(name: str) -> str:
    """A name that is one word and stands as it is written; else nothing."""
    return name if name[0].isupper() and not re.search(r"[\s\-–—*]", name) else ""


_Begun = list[tuple[str, list[tuple[str, re.Pattern[str], Entity]]]]


class _Names(NamedTuple):
    """The names of a language by their first two letters, folded: the first words, and whose names they begin."""

    pairs: dict[str, tuple[tuple[str, ...], _Begun]]
    places: re.Pattern[str]  # where a name may begin


@cache
def _names(language: str) -> _Names:
    begins: dict[str, list[tuple[str, re.Pattern[str], Entity]]] = {}
    for line in _lines(f"names_{language}.txt"):
        name, _, names = line.partition("=")
        found = ENTITIES[name.strip()]
        for each in filter(None, (one.strip() for one in names.split(","))):
            begin = re.split(r"[\s\-–—*]", each, maxsplit=1)[0].casefold()
            begins.setdefault(begin, []).append((_word(each), _pattern(each), found))
    lists: dict[str, _Begun] = {}
    for begin in sorted(begins, key=len):
        lists.setdefault(begin[:2], []).append((begin, begins[begin]))
    pairs = {pair: (tuple(begin for begin, _ in begun), begun) for pair, begun in lists.items()}
    edge = "" if language == "zh" else r"(?<![^\W_])"
    return _Names(pairs, re.compile(f"{edge}(?={_any_of(sorted(begins))})"))


def _any_of(words: Sequence[str]) -> str:
    """A pattern for where any of some words stands; what they begin with alike is looked at once."""
    if "" in words:
        return ""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[0], []).append(word[1:])
    ways = [re.escape(letter) + _any_of(rests) for letter, rests in by_letter.items()]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _take(
    hits: list[Mention], those: Iterable[tuple[str, re.Pattern[str], Entity]], text: str, start: int, *, spaced: bool
) -> None:
    """Add those of some names that stand at a place. No generator: it is asked two hundred times a page."""
    for word, pattern, found in those:
        if word:
            end = start + len(word) if text.startswith(word, start) else 0
        else:
            said = pattern.match(text, start)
            end = said.end() if said else 0
        if end and not (spaced and end < len(text) and text[end].isalnum()):
            hits.append(Mention(found, start, end))


def find(text: str, language: str) -> tuple[Mention, ...]:
    """The entities that a text names, in order, none within another; nothing in a language without names.

    Of names that begin or lie within one another the longest counts.
    """
    if language not in LANGUAGES:
        return ()
    pairs, places = _names(language)
    spaced = language != "zh"
    plain = text
    for other in APOSTROPHES:
        plain = plain.replace(other, "'")
    folded = plain.casefold() if len(plain.casefold()) == len(plain) else plain.lower()
    if len(folded) != len(plain):
        folded = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in plain)
    hits: list[Mention] = []
    for place in places.finditer(folded):
        start = place.start()
        for pair in (folded[start], folded[start : start + 2]):
            known = pairs.get(pair)
            if known is None or not folded.startswith(known[0], start):
                continue
            for begin, those in known[1]:
                if folded.startswith(begin, start):
                    _take(hits, those, plain, start, spaced=spaced)
    hits.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in hits:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)
