"""A sentence cut into clauses, each with (as a rule) one number and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sources.parse.prose.tokens import Item

__all__ = ["Clause", "clauses", "counted", "everything"]

OPENERS: Final = frozenset({"conj", "or", "incl", "against", "rel"})
CUTS: Final = frozenset({",", ";", ":", "-"})


@dataclass(slots=True)
class Clause:
    """A part of a sentence: the mark before it, the word that opens it, its pieces."""

    mark: str = ""
    opener: str = ""
    pieces: list[Item] = field(default_factory=list)
    kinds: frozenset[str] = frozenset()

    @property
    def numbers(self) -> bool:
        """Has it a number of its own, outside brackets?"""
        return any(item.kind == "q" for item in self.pieces)

    @property
    def counts(self) -> bool:
        """Has it a number, in brackets or not?"""
        return any(item.kind in {"q", "bracket"} for item in self.pieces)


def counted(pieces: Iterable[Item]) -> bool:
    """Is there a number, at any depth?"""
    return any(item.kind == "q" or (item.kind == "bracket" and counted(item.inside)) for item in pieces)


def everything(pieces: Iterable[Item]) -> Iterator[Item]:
    """All pieces, those in brackets too."""
    for item in pieces:
        if item.kind == "bracket":
            yield from everything(item.inside)
        else:
            yield item


def _inlined(pieces: Iterable[Item]) -> Iterator[Item]:
    """Brackets without a number say something of the words before them: their words, without their marks."""
    for item in pieces:
        if item.kind == "bracket" and not counted(item.inside):
            yield from (inner for inner in everything(item.inside) if inner.kind not in {"mark", "conj"})
        else:
            yield item


def clauses(pieces: Iterable[Item]) -> list[Clause]:
    """The clauses of a sentence or of a bracket, in their order."""
    atoms: list[Clause] = []
    for atom in _atoms(list(_inlined(pieces))):
        if atoms and atom.mark in {":", "-"} and not atom.opener and not atoms[-1].counts:
            atoms[-1].pieces += atom.pieces
        elif atoms and atom.mark == "-" and _names(atom) and not _named(atoms[-1]):
            atoms[-1].pieces += atom.pieces  # `5 thousand - Granta`: the name stands behind its number
        else:
            atoms.append(atom)
    out: list[Clause] = []
    for atom in atoms:
        if out and _joins(out[-1], atom):
            if atom.opener == "against":
                out[-1].pieces.append(Item("cmp", "to", atom.pieces[0].start, atom.pieces[0].start))
            out[-1].pieces += atom.pieces
        else:
            out.append(atom)
    for clause in out:
        clause.kinds = frozenset([item.kind for item in clause.pieces])
    return out


def _atoms(pieces: Sequence[Item]) -> Iterator[Clause]:
    atom = Clause()
    for item in pieces:
        if item.kind == "mark":
            if item.value in CUTS:
                if atom.pieces:
                    yield atom
                atom = Clause(item.value if atom.pieces or not atom.mark else atom.mark)
            continue
        if item.kind in OPENERS:
            if atom.pieces:
                yield atom
                atom = Clause()
            if not atom.opener or atom.opener == "conj":
                atom.opener = item.kind
            continue
        atom.pieces.append(item)
    if atom.pieces:
        yield atom


def _names(atom: Clause) -> bool:
    """Is there nothing in it but a name?"""
    kinds = {item.kind for item in atom.pieces}
    return "subject" in kinds and kinds <= {"subject", "filler"}


def _named(atom: Clause) -> bool:
    return any(item.kind == "subject" for item in atom.pieces)


def _joins(before: Clause, atom: Clause) -> bool:
    """Does the atom go on with the clause before it?"""
    if atom.mark == ";":
        return False
    if atom.pieces[0].kind == "cmp" and not atom.numbers:
        return atom.pieces[0].value == "than" or not any(item.kind == "cmp" for item in before.pieces)
    if atom.opener == "against":
        return not atom.numbers
    if atom.mark in {":", "-"} and atom.opener != "rel":
        return not before.counts
    if atom.mark:
        return False
    tells = atom.numbers or (atom.counts and _named(atom))
    return not (before.counts and tells)
