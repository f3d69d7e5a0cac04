"""Sentences of an article with their offsets and the entities they name; English, Russian and Chinese by sentencex."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

import sentencex

from sources.parse.news import gazetteer, script
from sources.parse.news.model import Page, Part, Sentence

__all__ = ["split"]

# A Russian sentence may end in an abbreviation: a capital letter after one of units and years begins the next.
ENDS: Final = re.compile(r"(?:\b(?:руб|млн|млрд|тыс)|\d г|л\. с)\.(\s+)(?=[«\"]?[А-ЯЁA-Z](?:[а-яёa-z]|\s))")
LONGEST: Final = 1500  # characters: beyond it is no sentence but a list, cut at its semicolons


def split(page: Page) -> tuple[Sentence, ...]:
    """The sentences of title, lead and paragraphs in order; offsets count in `page.text`."""
    return tuple(_sentences(page))


def _sentences(page: Page) -> Iterator[Sentence]:
    start = 0
    for number, part in enumerate((page.title, page.lead, *page.paragraphs)):
        kind: Part = "title" if number == 0 else "lead" if number == 1 else "body"
        plain = script.simplified(part) if page.language == "zh" else part
        for begin, end in _spans(plain, page.language) if plain else ():
            text, written = plain[begin:end], part[begin:end]
            found = gazetteer.find(text, page.language)
            own = "" if written == text else written
            yield Sentence(text, start + begin, start + end, kind, number, found, own)
        start += len(part) + 1


def _spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of one paragraph begin and end, without the blanks around them."""
    at = 0
    for segment in sentencex.segment(language, text):
        found = text.find(segment, at)
        if found < 0:  # the splitter changed the text: the rest is one sentence
            yield from _trimmed(text, at, len(text))
            return
        at = found + len(segment)
        for begin, end in _cut(segment, language):
            yield from _trimmed(text, found + begin, found + end)


def _cut(segment: str, language: str) -> Iterator[tuple[int, int]]:
    cuts = [match.end() for match in ENDS.finditer(segment)] if language == "ru" else []
    if len(segment) > LONGEST:
        cuts += [match.end() for match in re.finditer(r"[;；\n]\s*", segment)]
    edges = [0, *sorted(set(cuts)), len(segment)]
    yield from itertools.pairwise(edges)


def _trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[begin:end]
    left = begin + len(piece) - len(piece.lstrip())
    right = begin + len(piece.rstrip())
    if right > left:
        yield left, right
