"""What is left of a text to recognise its copies by: hashes of its runs of three words, of characters in Chinese."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Collection, Sequence
from typing import Final

__all__ = ["containment", "jaccard", "shingles"]

RUN: Final = 3
MOST: Final = 4000  # of one text: a list of links as long as that is no article
WORD: Final = re.compile(r"\w+")
SPACELESS: Final = frozenset({"zh", "ja"})


def shingles(text: str, language: str) -> tuple[int, ...]:
    """Distinct 32-bit hashes of the runs of a text, ascending; the same on every machine. A shorter text is one run."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words: Sequence[str] = WORD.findall(plain)
    if language in SPACELESS:
        words = "".join(words)
    if not words:
        return ()
    if len(words) <= RUN:
        return (zlib.crc32("\x1f".join(words).encode()),)
    runs = set(map("\x1f".join, zip(*(words[n:] for n in range(RUN)), strict=False)))
    return tuple(sorted(set(map(zlib.crc32, map(str.encode, runs))))[:MOST])


def jaccard(one: Collection[int], other: Collection[int]) -> float:
    """Share of the runs of both that both have."""
    first, second = set(one), set(other)
    return len(first & second) / (len(first | second) or 1)


def containment(one: Collection[int], other: Collection[int]) -> float:
    """Share of the runs of the shorter one that the longer one has."""
    first, second = set(one), set(other)
    return len(first & second) / (min(len(first), len(second)) or 1)
