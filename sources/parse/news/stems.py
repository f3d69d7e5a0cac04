"""Which patterns can match a text at all: told by the letters that each of them can't do without.

Hundreds of patterns are asked of each sentence, and of nearly all of them one look at its letters shows that they can't
match. The letters are taken from the pattern itself, so that nobody has to state them beside it: of every way through
it one run of letters of a small set must occur. A pattern of which that can't be said may match anything.

Where a pattern is tried all the same, the letters that a match can begin with spare it most places of the text.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from operator import itemgetter
from typing import Any, ClassVar, Final, Protocol, cast

import ahocorasick

__all__ = ["REMEMBERED", "Quick", "Sieve", "fold", "needed", "possible", "quick"]

WAYS: Final = 6  # of spelling one run of letters, as `ма[йяе]` has three
MOST: Final = 80  # runs of one pattern: beyond it the look costs more than it spares
MOST_AT_ONCE: Final = 400  # runs of one pattern, where all patterns are looked for together
CLAUSES: Final = 3
TOO_OFTEN: Final = 0.03  # of the places in a text: a further set as common as that spares nothing
MOST_WAYS: Final = 24  # through one pattern
BEGINS: Final = "\x01"  # stands before each word of a text that is looked through
ENDS: Final = "\x02"
MARKS: Final = BEGINS + ENDS
UNMARKED: Final = dict.fromkeys(map(ord, MARKS))
SCRIPTS: Final = {"Cyrillic": re.compile(r"[\u0400-\u052f]"), "Han": re.compile(r"[\u2e80-\U0010ffff]")}
WORDS: Final = re.compile(r"(\w+)")
WRITING: Final = re.compile(r"([^\x00-\x7f][^<]*)")  # what a tag ends
REMEMBERED: Final = 1024  # sentences: those of some articles
NUMBER: Final = itemgetter(1)
REPEATS: Final = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
# Kinds of letters by which a pattern may begin, as a set of letters spells them; `\w` spares nothing.
KINDS: Final = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s"}
HAN: Final = "\u2e80"  # from here on a letter is a word's worth
# Two letters that patterns without case take for `i`, and folding does not.
TURKISH: Final = "İı"
_parser: Final[Any] = import_module("re._parser")  # the library's own parser: it has no public name


class Written(Protocol):
    """A pattern as it is written; a compiled one is that, too."""

    @property
    def pattern(self) -> str:
        """Its text."""

    @property
    def flags(self) -> int:
        """Its flags."""


def fold(text: str) -> str:
    """A text as it is looked through: without case, at least as much so as patterns without case are."""
    if text.isascii():
        return text.lower()
    for letter in TURKISH:
        text = text.replace(letter, "i")
    return text.casefold()


def fold_page(text: str) -> tuple[str, str]:
    """A page's source folded, and of that what isn't ASCII, with what follows it up to a tag.

    Most of a source is ASCII, of which folding costs far less.
    """
    if text.isascii():
        return text.lower(), ""
    pieces = WRITING.split(text)
    beyond = pieces[1::2] = [fold(piece) for piece in pieces[1::2]]
    pieces[::2] = [piece.lower() for piece in pieces[::2]]
    return "".join(pieces), "<".join(beyond)


def needed(pattern: Written) -> frozenset[str]:
    """Runs of folded letters of which any text that the pattern matches has at least one; empty: none can be named."""
    return frozenset(run.translate(UNMARKED) for run in _of(_parsed(pattern)) or ())


def _parsed(pattern: Written) -> Sequence[tuple[Any, Any]]:
    return cast("Sequence[tuple[Any, Any]]", _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


def glancing(pattern: Written) -> re.Pattern[str]:
    """The same pattern, which looks at one letter before it tries its ways; as it is where any letter may come first.

    Patterns without case get no such glance from the library, and nearly all of ours are without case.
    """
    parsed = _parsed(pattern)
    begins = _begins(parsed)
    if begins is None or begins[1]:
        return re.compile(pattern.pattern, pattern.flags)
    kind, value = parsed[0]
    edge = r"\b" if (str(kind), str(value)) == ("AT", "AT_BOUNDARY") else ""  # is the cheaper look
    return re.compile(f"{edge}(?=[{''.join(sorted(begins[0]))}])(?:{pattern.pattern})", pattern.flags)


def _begins(sequence: Iterable[tuple[Any, Any]]) -> tuple[frozenset[str], bool] | None:
    """What a match of a sequence begins with, as parts of a set of letters, and whether it may be empty.

    None: with anything.
    """
    found = frozenset[str]()
    for kind, value in sequence:
        name = str(kind)
        if name in {"ASSERT", "ASSERT_NOT", "AT"}:
            continue
        if name in {"LITERAL", "IN"}:
            letters = [_spelled(*one) for one in ([(kind, value)] if name == "LITERAL" else value)]
            return (found.union(letters), False) if all(letters) else None
        if name == "SUBPATTERN" and value[1]:
            return None  # with flags of its own
        inner = value[1] if name == "BRANCH" else [value[2]] if name in REPEATS else _inner(name, value)
        ways = [_begins(one) for one in inner]
        if not ways or None in ways:
            return None
        found = found.union(*(way[0] for way in ways if way))
        if not any(way and way[1] for way in ways) and (name not in REPEATS or value[0]):
            return found, False
    return found, True


def _spelled(kind: Any, value: Any) -> str:  # noqa: ANN401 (an element's own)
    """A part of a set of letters as patterns spell it; empty where it spares nothing."""
    name = str(kind)
    if name == "LITERAL":
        return re.escape(chr(value))
    if name == "RANGE":
        return "-".join(re.escape(chr(letter)) for letter in value)
    return KINDS.get(str(value), "")


@cache
def _runs(pattern: re.Pattern[str]) -> tuple[str, ...]:
    runs = sorted(needed(pattern), key=len)
    return tuple(run for number, run in enumerate(runs) if not any(part in run for part in runs[:number]))


def possible(pattern: re.Pattern[str], folded: str) -> bool:
    """Can a pattern match the text that was folded to this?"""
    runs = _runs(pattern)
    return not runs or any(run in folded for run in runs)


def _of(sequence: Iterable[tuple[Any, Any]], *, edge: bool = False) -> frozenset[str] | None:
    """What the elements of a sequence need: the rarest of what each of them does."""
    usable = [runs for runs in _all(sequence, edge=edge) if len(runs) <= MOST and all(runs)]
    return min(usable, key=_often, default=None)


def _all(sequence: Iterable[tuple[Any, Any]], *, edge: bool = False) -> list[frozenset[str]]:
    """What each of the elements of a sequence needs: any match has a run of every set.

    `edge`: the sequence begins at the edge of a word.
    """
    found: list[frozenset[str]] = []
    runs = frozenset[str]()  # of letters that follow one another, as each way through them spells them
    for kind, value in sequence:
        name = str(kind)
        if name in {"ASSERT", "ASSERT_NOT", "AT"}:  # takes no letters: the run goes on behind it
            found += _all(value[1]) if name == "ASSERT" else []
            if str(value) == "AT_BOUNDARY":
                edge = edge or not runs
                runs = frozenset(run + ENDS if _is_in_word(run[-1]) else run for run in runs)
            continue
        letters = _letters(name, value)
        if letters and (name == "LITERAL" or (runs and len(runs) * len(letters) <= WAYS)):
            runs = frozenset(_joined(run, letter, edge=edge) for run in runs or {""} for letter in letters)
            edge = False
            continue
        if runs:
            found.append(runs)
            runs = frozenset()
        if name in {"SUBPATTERN", "ATOMIC_GROUP"}:
            found += _all(value[-1] if name == "SUBPATTERN" else value, edge=edge)
        elif name in REPEATS:
            found += _all(value[2], edge=edge) if value[0] else []
        elif own := letters or _part(name, value, edge=edge):
            found.append(own)
        edge = False
    return [*found, runs] if runs else found


def _ways(sequence: Iterable[tuple[Any, Any]], *, edge: bool = False) -> list[list[frozenset[str]]]:
    """The ways through a sequence that need different things, each with the sets that it needs."""
    ways: list[list[frozenset[str]]] = [[]]
    plain: list[tuple[Any, Any]] = []
    at_edge = edge

    def flush() -> None:
        for runs in _all(plain, edge=at_edge):
            for way in ways:
                way.append(runs)
        plain.clear()

    for kind, value in sequence:
        inner = _inner(str(kind), value)
        if not inner:
            plain.append((kind, value))
            continue
        begins = _is_edge(plain, edge=at_edge)
        parts = [part for one in inner for part in _ways(one, edge=begins)]
        if len(parts) == 1 or all(len(part) == 1 for part in parts) or len(parts) * len(ways) > MOST_WAYS:
            plain.append((kind, value))
            continue
        flush()
        ways = [[*way, *part] for way in ways for part in parts]
        at_edge = False
    flush()
    return ways


def _inner(name: str, value: Any) -> list[Any]:  # noqa: ANN401 (an element's own)
    """The sequences one of which an element is; empty for what is none."""
    if name in {"SUBPATTERN", "ATOMIC_GROUP"}:
        return [value[-1] if name == "SUBPATTERN" else value]
    return list(value[1]) if name == "BRANCH" else []


def _is_edge(before: Sequence[tuple[Any, Any]], *, edge: bool) -> bool:
    """Is the place behind some elements the edge of a word, as far as their marks say?"""
    for kind, value in before:
        if str(kind) == "AT":
            edge = edge or str(value) == "AT_BOUNDARY"
        elif str(kind) not in {"ASSERT", "ASSERT_NOT"}:
            edge = False
    return edge


def _joined(run: str, letter: str, *, edge: bool) -> str:
    """A run with one more letter, and where words begin and end within it."""
    if not run:
        return (BEGINS if _is_in_word(letter) else ENDS) + letter if edge else letter
    before, after = _is_in_word(run[-1]), _is_in_word(letter[0])
    mark = "" if before == after or run[-1] == ENDS else BEGINS if after else ENDS
    return run + mark + letter


def _is_in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _script(letter: str) -> str:
    return next((name for name, letters in SCRIPTS.items() if letters.match(letter)), "")


def marked(text: str) -> str:
    """A text as it is looked through for runs that know where words begin and end."""
    pieces = WORDS.split(text)
    pieces[1::2] = [f"{BEGINS}{word}{ENDS}" for word in pieces[1::2]]
    return fold("".join(pieces))


def _letters(name: str, value: Any) -> frozenset[str]:  # noqa: ANN401 (an element's own)
    """The letters of which an element is one."""
    if name == "LITERAL":
        return frozenset({fold(chr(value))})
    if name == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
        return frozenset(fold(chr(letter)) for _, letter in value)
    return frozenset()


def _part(name: str, value: Any, *, edge: bool) -> frozenset[str] | None:  # noqa: ANN401 (an element's own)
    """What a choice needs; None where one of its ways can do without any run."""
    if name != "BRANCH":
        return None
    ways = [_of(way, edge=edge) for way in value[1]]
    return None if any(way is None for way in ways) else frozenset().union(*(way for way in ways if way))


def _often(runs: frozenset[str]) -> float:
    """About how many of a thousand places in a text begin one of the runs."""
    return sum((0.02 if run.lstrip(MARKS)[:1] >= HAN else 0.15) ** min(len(run), 8) for run in runs)


class Sieve:
    """Some patterns, and at one go through a text which of them can match it.

    A pattern is some ways, of which one must be possible; a way is up to `CLAUSES` sets of runs, the rarest ones, of
    each of which one run must occur. In a number a way is a bit: its first set stands among the lowest bits, its second
    one among those above them, and so on.
    """

    def __init__(self, patterns: Sequence[Written]) -> None:
        """Learn what each pattern needs."""
        self.patterns: Final = len(patterns)
        ways = [(number, way) for number, pattern in enumerate(patterns) for way in _ways(_parsed(pattern))]
        self._size = len(ways)
        self._every = (1 << self._size) - 1
        self._free = 0  # sets that a way doesn't have
        self.own: Final = [0] * len(patterns)  # of each pattern the bits of its ways
        by_run: dict[str, int] = {}
        for place, (number, way) in enumerate(ways):
            self.own[number] |= 1 << place
            sets = _sets(way)
            for level in range(CLAUSES):
                bit = 1 << (place + level * self._size)
                if level >= len(sets):
                    self._free |= bit
                    continue
                for run in sets[level]:
                    by_run[run] = by_run.get(run, 0) | bit
        # Runs of the same sets are as one.
        numbers = {bits: number for number, bits in enumerate(dict.fromkeys(by_run.values()))}
        self._bits = list(numbers)
        # One for each script: the machine looks for a letter among all those that follow another, one by one.
        self._machines: dict[str, Any] = {}
        for run, bits in by_run.items():
            script = _script(run.lstrip(MARKS)[:1])
            self._machines.setdefault(script, ahocorasick.Automaton()).add_word(run, numbers[bits])
        for machine in self._machines.values():
            machine.make_automaton()

    def bits(self, text: str) -> int:
        """The ways that are possible in a text, a bit each."""
        found, through = self._free, marked(text)
        for script, machine in self._machines.items():
            if not script or (not text.isascii() and SCRIPTS[script].search(through)):
                for number in set(map(NUMBER, machine.iter(through))):
                    found |= self._bits[number]
        passing = self._every
        for _ in range(CLAUSES):
            passing &= found
            found >>= self._size
        return passing

    def passing(self, text: str) -> list[int]:
        """The numbers of the patterns that can match a text, ascending."""
        found = self.bits(text)
        return [number for number, own in enumerate(self.own) if own & found]


def _ones(number: int) -> Iterator[int]:
    """The places of the bits of a number that are set."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


def _sets(way: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    usable = [runs for runs in dict.fromkeys(way) if len(runs) <= MOST_AT_ONCE and all(runs)]
    rarest = sorted(usable, key=_often)[:CLAUSES]
    return rarest[:1] + [runs for runs in rarest[1:] if _often(runs) <= TOO_OFTEN]


class Quick:
    """A pattern that is tried only where the letters of the text allow it.

    All of them are looked for at one go: `look` notes which can match a text, and with it every part of that text.
    A text that nobody looked at is simply searched.
    """

    __slots__ = ("_own", "_tried", "flags", "pattern")
    _every: ClassVar[list[Quick]] = []
    _sieve: ClassVar[list[Sieve]] = []
    _seen: ClassVar[dict[str, int]] = {}

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Take it up among those that are looked for."""
        self.pattern: Final = pattern
        self.flags: Final = flags
        self._tried: re.Pattern[str] | None = None
        self._own = 0
        self._every.append(self)

    @property
    def tried(self) -> re.Pattern[str]:
        """The pattern compiled: when it is first tried, since most of them never are."""
        if self._tried is None:
            self._tried = glancing(self)
        return self._tried

    @classmethod
    def look(cls, text: str) -> None:
        """Note which patterns can match a text."""
        if text in cls._seen:
            return
        if not cls._sieve or cls._sieve[0].patterns != len(cls._every):
            cls._seen.clear()
            cls._sieve[:] = [Sieve(cls._every)]
            for one, own in zip(cls._every, cls._sieve[0].own, strict=True):
                one._own = own  # noqa: SLF001 (of its own kind)
        if len(cls._seen) >= REMEMBERED:
            cls._seen.clear()
        cls._seen[text] = cls._sieve[0].bits(text)

    @classmethod
    def possible(cls, text: str, patterns: Sequence[Quick], known: dict[int, int]) -> list[int]:
        """The numbers of those of some patterns that can match a text, ascending.

        `known` is the caller's to keep: the number of the pattern of each way; all ways under -1, and under -2 for how
            many patterns that holds.
        """
        cls.look(text)
        if known.get(-2) != len(cls._every):
            known.clear()
            known |= {place: number for number, one in enumerate(patterns) for place in _ones(one._own)}  # noqa: SLF001
            known[-1] = sum(1 << place for place in known)
            known[-2] = len(cls._every)
        return sorted({known[place] for place in _ones(cls._seen[text] & known[-1])})

    def can(self, text: str) -> bool:
        """Can it match a text, or a part of it? True where nobody looked."""
        seen = self._seen.get(text)
        return seen is None or seen & self._own != 0

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As that of the pattern."""
        seen = self._seen.get(text)
        return (self._tried or self.tried).search(text, start, end) if seen is None or seen & self._own else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As that of the pattern."""
        return self.tried.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As that of the pattern."""
        return self.tried.fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterable[re.Match[str]]:
        """As that of the pattern."""
        seen = self._seen.get(text)
        return (self._tried or self.tried).finditer(text, start, end) if seen is None or seen & self._own else ()

    def sub(self, put: Callable[[re.Match[str]], str], text: str) -> str:
        """As that of the pattern."""
        return self.tried.sub(put, text) if self.can(text) else text


def quick(text: str, flags: int = 0) -> Quick:
    """A pattern by its text."""
    return Quick(text, flags)
