"""The word lists as tables: what a word, or a run of words, does in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from sources.parse.prose.model import Language

__all__ = ["Lexicon", "Tag", "lexicon"]

HERE: Final = Path(__file__).parent
NAME_KINDS: Final = frozenset({"brand", "model", "group"})
REMEMBERED: Final = 20_000


class Tag(NamedTuple):
    """What a form does: its kind, its value, and whether it speaks of the future."""

    kind: str
    value: str
    future: bool = False


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A form of several words; each pattern is a whole word, or a stem with a `*`."""

    words: tuple[str, ...]
    tag: Tag

    def begins(self, words: Sequence[str], at: int) -> bool:
        """Do the words from `at` on make the phrase?"""
        if at + len(self.words) > len(words):
            return False
        return all(_fits(pattern, words[at + n]) for n, pattern in enumerate(self.words))


def _fits(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def _lines(file: Path) -> Iterator[tuple[Tag, list[str]]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        head, _, forms = line.partition(" = ")
        kind, value, *flags = head.split()
        tag = Tag("subject", f"{kind}:{value}") if kind in NAME_KINDS else Tag(kind, value, "+future" in flags)
        yield tag, [form.strip() for form in forms.split(",")]


class Lexicon:
    """The words of one language, with the names of every language."""

    def __init__(self, language: Language) -> None:
        """Read `<language>.txt` and `names.txt`; a word given twice keeps its first meaning."""
        self.language: Final = language
        self._whole: dict[str, Tag] = {}
        self._stems: dict[str, Tag] = {}
        self._phrases: dict[str, list[_Phrase]] = {}
        for name in ("names", language):
            for tag, forms in _lines(HERE / f"{name}.txt"):
                for form in forms:
                    self._add(form, tag)
        self._known = lru_cache(maxsize=REMEMBERED)(self._look_up)

    def _add(self, form: str, tag: Tag) -> None:
        words = tuple(form.split())
        if len(words) > 1:
            self._phrases.setdefault(words[0].rstrip("*"), []).append(_Phrase(words, tag))
        elif form.endswith("*"):
            self._stems.setdefault(form[:-1], tag)
        else:
            self._whole.setdefault(form, tag)

    def _look_up(self, word: str) -> tuple[Tag | None, tuple[_Phrase, ...]]:
        tag = self._whole.get(word)
        phrases: list[_Phrase] = []
        for length in range(len(word), 0, -1):
            part = word[:length]
            if tag is None:
                tag = self._stems.get(part)
            phrases += [p for p in self._phrases.get(part, ()) if _fits(p.words[0], word)]
        return tag, tuple(sorted(phrases, key=lambda p: len(p.words), reverse=True))

    def match(self, words: Sequence[str], at: int) -> tuple[Tag | None, int]:
        """The tag of the longest form that begins at `at`, and how many words it takes (1 if unknown)."""
        tag, phrases = self._known(words[at])
        for phrase in phrases:
            if phrase.begins(words, at):
                return phrase.tag, len(phrase.words)
        return tag, 1

    @lru_cache(maxsize=8)  # noqa: B019 (a lexicon of a language lives as long as the program)
    def stems(self, kind: str, values: tuple[str, ...] = ()) -> tuple[tuple[str, ...], ...]:
        """Of all forms of a kind, or of some of its values, how each of their words begins."""
        forms: list[tuple[tuple[str, ...], Tag]] = [
            ((form,), tag) for form, tag in (*self._whole.items(), *self._stems.items())
        ]
        forms += [(p.words, p.tag) for phrases in self._phrases.values() for p in phrases]
        found = {words for words, tag in forms if tag.kind == kind and (not values or tag.value in values)}
        return tuple(tuple(word.rstrip("*") for word in words) for words in sorted(found))

    def forms(self) -> list[str]:
        """Every whole form, longest first: for text without blanks between words."""
        return sorted(self._whole, key=lambda form: (-len(form), form))


@cache
def lexicon(language: Language) -> Lexicon:
    """The word lists of one language, read once."""
    return Lexicon(language)
