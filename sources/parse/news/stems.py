"""Which patterns can match a text at all: told by the letters that each of them can't do without.

Hundreds of patterns are asked of each sentence, and of nearly all of them one look at its letters shows that they can't
match. The letters are taken from the pattern itself, so that nobody has to state them beside it: of every way through
it one run of letters of a small set must occur. A pattern of which that can't be said may match anything.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any, ClassVar, Final, cast

import ahocorasick

__all__ = ["Quick", "Sieve", "fold", "needed", "ones", "possible", "quick"]

WAYS: Final = 6  # of spelling one run of letters, as `ма[йяе]` has three
MOST: Final = 80  # runs of one pattern: beyond it the look costs more than it spares
MOST_AT_ONCE: Final = 400  # runs of one pattern, where all patterns are looked for together
CLAUSES: Final = 3
REMEMBERED: Final = 4096  # texts
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
    return _of(_parsed(pattern)) or frozenset()


def _parsed(pattern: re.Pattern[str]) -> Iterable[tuple[Any, Any]]:
    return cast("Iterable[tuple[Any, Any]]", _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


@cache
def _runs(pattern: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(needed(pattern))


def possible(pattern: re.Pattern[str], folded: str) -> bool:
    """Can a pattern match the text that was folded to this?"""
    runs = _runs(pattern)
    return not runs or any(run in folded for run in runs)


def _of(sequence: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """What the elements of a sequence need: the rarest of what each of them does."""
    usable = [runs for runs in _all(sequence) if len(runs) <= MOST and all(runs)]
    return min(usable, key=_often, default=None)


def _all(sequence: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """What each of the elements of a sequence needs: any match has a run of every set."""
    found: list[frozenset[str]] = []
    runs = frozenset[str]()  # of letters that follow one another, as each way through them spells them
    for kind, value in sequence:
        name = str(kind)
        if name in {"ASSERT", "ASSERT_NOT", "AT"}:
            continue  # takes no letters: the run goes on behind it
        letters = _letters(name, value)
        if letters and (name == "LITERAL" or (runs and len(runs) * len(letters) <= WAYS)):
            runs = frozenset(run + letter for run in runs or {""} for letter in letters)
            continue
        if runs:
            found.append(runs)
            runs = frozenset()
        if name in {"SUBPATTERN", "ATOMIC_GROUP"}:
            found += _all(value[-1] if name == "SUBPATTERN" else value)
        elif name in REPEATS:
            found += _all(value[2]) if value[0] else []
        elif own := letters or _part(name, value):
            found.append(own)
    return [*found, runs] if runs else found


def _letters(name: str, value: Any) -> frozenset[str]:  # noqa: ANN401 (an element's own)
    """The letters of which an element is one."""
    if name == "LITERAL":
        return frozenset({fold(chr(value))})
    if name == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
        return frozenset(fold(chr(letter)) for _, letter in value)
    return frozenset()


def _part(name: str, value: Any) -> frozenset[str] | None:  # noqa: ANN401 (an element's own)
    """What a choice needs; None where one of its ways can do without any run."""
    if name != "BRANCH":
        return None
    ways = [_of(way) for way in value[1]]
    return None if any(way is None for way in ways) else frozenset().union(*(way for way in ways if way))


def _often(runs: frozenset[str]) -> float:
    """About how many of a thousand places in a text begin one of the runs."""
    return sum((0.02 if run[0] >= HAN else 0.15) ** min(len(run), 8) for run in runs)


class Sieve:
    """Some patterns, and at one go through a text which of them can match it.

    Of each pattern up to `CLAUSES` sets of runs are asked for, the rarest ones: the first sets are the lowest bits of a
    number, a bit a pattern, the second sets those above them, and so on.
    """

    def __init__(self, patterns: Sequence[re.Pattern[str] | Quick]) -> None:
        """Learn what each pattern needs."""
        self.size: Final = len(patterns)
        self._every = (1 << self.size) - 1
        self._machine = ahocorasick.Automaton()
        self._free = 0  # sets that a pattern doesn't have
        by_run: dict[str, int] = {}
        for number, pattern in enumerate(patterns):
            sets = _sets(pattern if isinstance(pattern, re.Pattern) else pattern.tried)
            for level in range(CLAUSES):
                bit = 1 << (number + level * self.size)
                if level >= len(sets):
                    self._free |= bit
                    continue
                for run in sets[level]:
                    by_run[run] = by_run.get(run, 0) | bit
        self._bits = list(by_run.values())
        for number, run in enumerate(by_run):
            self._machine.add_word(run, number)
        self._machine.make_automaton()

    def bits(self, text: str) -> int:
        """The patterns that can match a text, a bit each."""
        found = self._free
        if self._bits:
            bits = self._bits
            for number in {number for _, number in self._machine.iter(fold(text))}:
                found |= bits[number]
        passing = self._every
        for _ in range(CLAUSES):
            passing &= found
            found >>= self.size
        return passing

    def passing(self, text: str) -> list[int]:
        """The numbers of the patterns that can match a text, ascending."""
        return list(ones(self.bits(text)))


def ones(number: int) -> Iterator[int]:
    """The places of the bits of a number that are set, ascending."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


def _sets(pattern: re.Pattern[str]) -> list[frozenset[str]]:
    usable = [runs for runs in dict.fromkeys(_all(_parsed(pattern))) if len(runs) <= MOST_AT_ONCE and all(runs)]
    return sorted(usable, key=_often)[:CLAUSES]


class Quick:
    """A pattern that is tried only where the letters of the text allow it.

    All of them are looked for at one go: `look` notes which can match a text, and with it every part of that text.
    A text that nobody looked at is simply searched.
    """

    __slots__ = ("_bit", "tried")
    _every: ClassVar[list[Quick]] = []
    _sieve: ClassVar[list[Sieve]] = []
    _seen: ClassVar[dict[str, int]] = {}

    def __init__(self, pattern: re.Pattern[str]) -> None:
        """Take it up among those that are looked for."""
        self.tried: Final = pattern
        self._bit: Final = 1 << len(self._every)
        self._every.append(self)

    @classmethod
    def look(cls, text: str) -> int:
        """Note which patterns can match a text: a bit each, by `bit`."""
        found = cls._seen.get(text)
        if found is None:
            if not cls._sieve or cls._sieve[0].size != len(cls._every):
                cls._seen.clear()
                cls._sieve[:] = [Sieve(cls._every)]
            if len(cls._seen) >= REMEMBERED:
                cls._seen.clear()
            found = cls._seen[text] = cls._sieve[0].bits(text)
        return found

    @property
    def pattern(self) -> str:
        """The text of the pattern."""
        return self.tried.pattern

    @property
    def bit(self) -> int:
        """Its own among the bits of `look`."""
        return self._bit

    def can(self, text: str) -> bool:
        """Can it match a text, or a part of it? True where nobody looked."""
        seen = self._seen.get(text)
        return seen is None or seen & self._bit != 0

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As that of the pattern."""
        seen = self._seen.get(text)
        return self.tried.search(text, start, end) if seen is None or seen & self._bit else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As that of the pattern."""
        return self.tried.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As that of the pattern."""
        return self.tried.fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As that of the pattern."""
        seen = self._seen.get(text)
        return self.tried.finditer(text, start, end) if seen is None or seen & self._bit else iter(())

    def sub(self, put: Callable[[re.Match[str]], str], text: str) -> str:
        """As that of the pattern."""
        return self.tried.sub(put, text) if self.can(text) else text


def quick(text: str, flags: int = 0) -> Quick:
    """A pattern by its text."""
    return Quick(re.compile(text, flags))
