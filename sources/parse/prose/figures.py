"""From a text to its figures: the heading first, then sentence by sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import cast

from sources.parse.prose.clauses import clauses, counted, everything
from sources.parse.prose.lexicon import lexicon
from sources.parse.prose.model import MARKET, Extraction, Figure, Language, Measure, Topic, Unresolved
from sources.parse.prose.periods import resolve
from sources.parse.prose.reading import Reader
from sources.parse.prose.state import Heading, subjects
from sources.parse.prose.tokens import fold, items, sentences

__all__ = ["figures", "may_count"]


def figures(text: str, *, language: Language, published: date, topic: Topic) -> Extraction:
    """All figures of a text, and the numbers that can't be settled.

    Args:
        text: paragraphs without markup, one a line.
        language: of the text; numbers, months and words are read by it alone.
        published: the day of publication, against which months without a year are dated.
        topic: the heading, and what the source's texts speak of if they don't say.
    """
    low = fold(text)
    reader = Reader(language, published, topic, _heading(topic, language, published))
    for start, end, opens in sentences(text, low):
        pieces = items(text, low, start, end, language)
        if counted(pieces):
            reader.sentence(clauses(pieces), (start, end), pieces, opens=opens)
        else:
            reader.bare_sentence(pieces, opens=opens)
    return _settled(reader, text)


def may_count(text: str, language: Language, measures: tuple[Measure, ...]) -> bool:
    """Does a text, its heading included, have a word without which none of its figures is of one of some measures?

    That holds for figures of a topic that names no measure.
    """
    low = fold(text)
    known = lexicon(language)
    forms = (*known.stems("measure", measures), *known.stems("market"))  # of a market sales are counted
    return any(words[0] in low and all(word in low for word in words) for words in forms)


@lru_cache(maxsize=256)
def _heading(topic: Topic, language: Language, published: date) -> Heading:
    if not topic.title:
        return Heading()
    flat = list(everything(items(topic.title, fold(topic.title), 0, len(topic.title), language)))
    named = {subject for _, subject in subjects(flat)}
    if not named and any(item.kind == "market" for item in flat):
        named = {MARKET}
    measures = {cast("Measure", item.value) for item in flat if item.kind == "measure" and item.value != "share"}
    periods = set()
    for item in flat:
        if item.mention is not None:
            try:
                periods.add(resolve(item.mention, published=published, current=topic.period))
            except ValueError:
                continue  # the heading names no calendar period: the text must
    return Heading(
        next(iter(named)) if len(named) == 1 else None,
        frozenset(measures),
        next(iter(periods)) if len(periods) == 1 else None,
        frozenset(item.value for item in flat if item.kind == "scope"),
    )


def _settled(reader: Reader, text: str) -> Extraction:
    """The figures, without those that contradict each other: two values for one key stay open, both."""
    by_key: dict[object, list[Figure]] = defaultdict(list)
    for figure in reader.found:
        by_key[_key(figure)].append(figure)
    clashing = [figure for same in by_key.values() if _clash(same) for figure in same]
    unresolved = [
        Unresolved(
            sentence=sentence, number=number, printed=text[number[0] : number[1]], why=str(doubt),
            candidates=doubt.candidates,
        )
        for sentence, number, doubt in reader.open
    ]  # fmt: skip
    unresolved += [
        Unresolved(
            sentence=figure.sentence, number=figure.number, printed=text[figure.number[0] : figure.number[1]],
            why="two values for one figure", candidates=tuple(str(one.value) for one in by_key[_key(figure)]),
        )
        for figure in clashing
    ]  # fmt: skip
    return Extraction(
        tuple(figure for figure in reader.found if figure not in clashing),
        tuple(reader.asides),
        tuple(sorted(unresolved, key=lambda one: one.number)),
    )


def _key(figure: Figure) -> object:
    return (
        figure.subject, figure.measure, figure.period, figure.unit, figure.comparison, figure.base, figure.scope,
        figure.geography, figure.attributed_to,
    )  # fmt: skip


def _clash(same: Sequence[Figure]) -> bool:
    """Do two of them differ by more than their rounding?"""
    return any(
        abs(one.value - other.value) > one.precision + other.precision
        for n, one in enumerate(same)
        for other in same[n + 1 :]
    )
