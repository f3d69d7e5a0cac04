"""Which patterns can match a text at all: told by the letters that each of them can't do without.

Hundreds of patterns are asked of each sentence, and of nearly all of them one look at its letters shows that they can't
match. The letters are taken from the pattern itself, so that nobody has to state them beside it: of every way through
it one run of letters of a small set must occur. A pattern of which that can't be said may match anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Final

import ahocorasick

__all__ = ["Sieve", "fold", "needed", "possible"]

MOST: Final = 80  # runs of one pattern: beyond it the look costs more than it spares
REPEATS: Final = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
HAN: Final = "\u2e80"  # from here on a letter is a word's worth
# Two letters that patterns without case take for `i`, and folding does not.
TURKISH: Final = "İı"
_parser: Final[Any] = import_module("re._parser")  # the library's own parser: it has no public name


def fold(text: str) -> str:
    """A text as it is looked through: without case, at least as much so as patterns without case are."""
    for letter in TURKISH:
        text = text.replace(letter, "i")
    return text.casefold()


def needed(pattern: re.Pattern[str]) -> frozenset[str]:
    """Runs of folded letters of which any text that the pattern matches has at least one; empty: none can be named."""
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, str) else pattern.flags
    return _of(_parser.parse(pattern.pattern, flags)) or frozenset()


@cache
def _runs(pattern: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(needed(pattern))


def possible(pattern: re.Pattern[str], folded: str) -> bool:
    """Can a pattern match the text that was folded to this?"""
    runs = _runs(pattern)
    return not runs or any(run in folded for run in runs)


def _of(sequence: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """What the elements of a sequence need: the rarest of what each of them does."""
    found: list[frozenset[str]] = []
    run = ""
    for kind, value in sequence:
        name = str(kind)
        if name == "LITERAL":
            run += fold(chr(value))
            continue
        if name in {"ASSERT", "ASSERT_NOT", "AT"}:
            continue  # takes no letters: the run goes on behind it
        if run:
            found.append(frozenset({run}))
            run = ""
        own = _part(name, value)
        if own:
            found.append(own)
    if run:
        found.append(frozenset({run}))
    usable = [runs for runs in found if len(runs) <= MOST and all(runs)]
    return min(usable, key=_often, default=None)


def _part(name: str, value: Any) -> frozenset[str] | None:  # noqa: ANN401 (an element's own)
    """What one element that is no letter needs; None where it can do without any run."""
    if name == "SUBPATTERN":
        return _of(value[-1])
    if name == "ATOMIC_GROUP":
        return _of(value)
    if name in REPEATS:
        least, _, body = value
        return _of(body) if least else None
    if name == "BRANCH":
        ways = [_of(way) for way in value[1]]
        return None if any(way is None for way in ways) else frozenset().union(*(way for way in ways if way))
    if name == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
        return frozenset(fold(chr(letter)) for _, letter in value)
    return None


def _often(runs: frozenset[str]) -> float:
    """About how many of a thousand places in a text begin one of the runs."""
    return sum((0.02 if run[0] >= HAN else 0.15) ** min(len(run), 8) for run in runs)


class Sieve:
    """Some patterns, and which of them can match a text."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        """Learn what each pattern needs."""
        self._always: list[int] = []
        self._machine = ahocorasick.Automaton()
        by_run: dict[str, set[int]] = {}
        for number, pattern in enumerate(patterns):
            runs = needed(pattern)
            if not runs:
                self._always.append(number)
            for run in runs:
                by_run.setdefault(run, set()).add(number)
        for run, numbers in by_run.items():
            self._machine.add_word(run, tuple(numbers))
        self._some = bool(by_run)
        self._machine.make_automaton()

    def passing(self, text: str) -> list[int]:
        """The numbers of the patterns that can match a text, ascending."""
        found = set(self._always)
        if self._some:
            for _, numbers in self._machine.iter(fold(text)):
                found.update(numbers)
        return sorted(found)
