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


_Named = tuple[str, re.Pattern[str], Entity]


class _Names(NamedTuple):
    """The names of a language by their first words, folded."""

    begun: dict[str, tuple[_Named, ...]]  # the names that may stand where a first word, and no longer one, stands
    places: re.Pattern[str]  # where a name may begin; its group is the longest first word that stands there


@cache
def _names(language: str) -> _Names:
    begins: dict[str, list[_Named]] = {}
    for line in _lines(f"names_{language}.txt"):
        name, _, names = line.partition("=")
        found = ENTITIES[name.strip()]
        for each in filter(None, (one.strip() for one in names.split(","))):
            begin = re.split(r"[\s\-–—*]", each, maxsplit=1)[0].casefold()
            begins.setdefault(begin, []).append((_word(each), _pattern(each), found))
    # What stands where a word stands stands where one stands that it begins, too: `china` where `chinaware` is.
    begun = {
        begin: tuple(one for end in range(1, len(begin) + 1) for one in begins.get(begin[:end], ())) for begin in begins
    }
    # Chinese has no edges of words: there a glance at a letter spares most attempts.
    letters = re.escape("".join(sorted({begin[0] for begin in begun})))
    edge = f"(?=[{letters}])" if language == "zh" else r"(?<![^\W_])"
    return _Names(begun, re.compile(f"{edge}(?=({_longest_of(sorted(begins))}))"))


def _longest_of(words: Sequence[str]) -> str:
    """A pattern for the longest of some words that stands at a place; what they begin with alike is looked at once."""
    by_letter: dict[str, list[str]] = {}
    for word in filter(None, words):
        by_letter.setdefault(word[0], []).append(word[1:])
    ways = [re.escape(letter) + _longest_of(rests) for letter, rests in by_letter.items()]
    if not ways:
        return ""
    return f"(?:{'|'.join(ways)})?" if "" in words else ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _longest(those: Iterable[_Named], text: str, start: int, *, spaced: bool) -> Mention | None:
    """The longest of some names that stands at a place, of two as long the first."""
    longest, most = None, start
    for word, pattern, found in those:
        if word:
            end = start + len(word) if text.startswith(word, start) else 0
        else:
            said = pattern.match(text, start)
            end = said.end() if said else 0
        if end > most and not (spaced and end < len(text) and text[end].isalnum()):
            longest, most = found, end
    return Mention(longest, start, most) if longest else None


def find(text: str, language: str) -> tuple[Mention, ...]:
    """The entities that a text names, in order, none within another; nothing in a language without names.

    Of names that begin or lie within one another the longest counts.
    """
    if language not in LANGUAGES:
        return ()
    begun, places = _names(language)
    spaced = language != "zh"
    plain = text
    for other in APOSTROPHES:
        plain = plain.replace(other, "'")
    folded = plain.casefold()
    if len(folded) != len(plain):
        folded = plain.lower()
    if len(folded) != len(plain):
        folded = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in plain)
    kept: list[Mention] = []
    last = 0
    for place in places.finditer(folded):
        start = place.start()
        if start < last:
            continue
        mention = _longest(begun[place[1]], plain, start, spaced=spaced)
        if mention is not None:
            kept.append(mention)
            last = mention.end
    return tuple(kept)
