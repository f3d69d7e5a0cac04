"""What is being spoken of, within a sentence and from one to the next; and who is named in a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, cast

from sources.parse.prose.mentions import Mention
from sources.parse.prose.model import Comparison, Measure, Period, Subject, SubjectKind
from sources.parse.prose.tokens import Item

__all__ = ["Doubtful", "Heading", "Memory", "State", "add_scope", "subjects"]

SCOPE_GROUPS: Final = {
    "ppc": "basis", "amc": "basis", "dealers": "basis", "with_lcv": "lcv", "without_lcv": "lcv",
    "used": "age", "leasing": "channel", "credit": "channel", "fleet": "channel", "retail": "channel",
    "premium": "segment", "suv": "segment", "body": "segment", "nev": "power", "ice": "power", "imported": "origin",
    "local": "origin", "kits": "kits",
}  # fmt: skip
CLASSES: Final = frozenset(
    {
        "pc", "lcv", "pc_lcv", "truck", "hcv", "mcv", "mcv_hcv", "tractor", "dump", "bus", "trailer", "motorcycle",
        "commercial",
    }
)  # fmt: skip


JOINING: Final = frozenset({"from", "jointly"})
MAKERS: Final = frozenset({"brand", "group"})


class Doubtful(Exception):
    """A number can't be settled; the message says why."""

    def __init__(self, why: str, *candidates: str) -> None:
        """`candidates` are what it could be."""
        super().__init__(why)
        self.candidates = candidates


@dataclass(frozen=True, slots=True)
class Heading:
    """What the page's heading gives to sentences that leave something out."""

    subject: Subject | None = None
    measures: frozenset[Measure] = frozenset()
    period: Period | None = None
    scope: frozenset[str] = frozenset()


@dataclass(slots=True)
class State:
    """What is being spoken of, at one place of a sentence."""

    subject: Subject | None = None
    subject_why: str = ""
    pending: tuple[Subject, ...] = ()
    measure: Measure | None = None
    measure_why: str = ""
    share: bool = False
    period: Period | None = None
    period_why: str = ""
    scope: dict[str, frozenset[str]] = field(default_factory=dict)
    place: str = ""
    place_stated: bool = False
    attributed: str = ""
    other: bool = False
    base: Mention | None = None
    base_tag: Comparison = "none"
    sign: int = 0
    change: str = ""
    was: str = ""
    said: set[str] = field(default_factory=set)

    def copy(self) -> State:
        """For a bracket or a side clause, which leaves no trace."""
        return replace(self, scope=dict(self.scope), said=set(self.said))


@dataclass(slots=True)
class Memory:
    """What earlier sentences leave: of the last sentence, of the paragraph, of the text."""

    subjects: set[Subject] = field(default_factory=set)
    of_paragraph: set[Subject] = field(default_factory=set)
    of_last_paragraph: set[Subject] = field(default_factory=set)
    periods: list[Period] = field(default_factory=list)
    paragraphs: int = 0
    headed: bool = False
    sentences: int = 0
    sentences_before: int = 0
    opened_with: Period | None = None
    last_opened_with: Period | None = None
    headline: Period | None = None
    measures: set[Measure] = field(default_factory=set)
    all_measures: set[Measure] = field(default_factory=set)
    share: bool = False
    scope: frozenset[str] = frozenset()
    place: str = ""
    attributed: str = ""
    other: bool = False
    unclear: bool = False
    undated: bool = False


def scope_group(tag: str) -> str:
    """Tags of one group exclude each other: a later one takes the place of an earlier."""
    return SCOPE_GROUPS.get(tag, "class" if tag in CLASSES else "mass")


def add_scope(scope: dict[str, frozenset[str]], tags: Sequence[str]) -> None:
    """Let the tags of a clause replace those of their groups; a new class drops an earlier mass."""
    fresh: dict[str, frozenset[str]] = {}
    for tag in tags:
        group = scope_group(tag)
        fresh[group] = fresh.get(group, frozenset()) | {tag}
    if "class" in fresh and "mass" not in fresh:
        scope.pop("mass", None)
    scope.update(fresh)


def _subject(value: str) -> Subject:
    kind, _, name = value.partition(":")
    return Subject(cast("SubjectKind", kind), name)


def subjects(pieces: Sequence[Item]) -> list[tuple[int, Subject]]:
    """The subjects named, each with its place: `LADA Granta` is one, so is `Chery with its brands`."""
    out: list[tuple[int, Subject]] = []
    previous = -2
    grouped = False
    for at, item in enumerate(pieces):
        if item.kind == "groupword":
            grouped = True
        elif item.kind == "subject":
            named = _subject(item.value)
            if grouped and named.kind == "brand":
                named = Subject("group", f"{named.name}_group")
            grouped = False
            if out and previous == at - 1 and named.kind == "model" and out[-1][1].kind == "brand":
                out[-1] = (out[-1][0], named)
            elif out and previous == at - 2 and pieces[at - 1].kind in JOINING and out[-1][1].kind in MAKERS:
                out[-1] = (out[-1][0], Subject("group", f"{out[-1][1].name}_{named.name}"))
            else:
                out.append((at, named))
            previous = at
        elif item.kind == "withbrands" and out and previous == at - 1:
            out[-1] = (out[-1][0], Subject("group", f"{out[-1][1].name.removesuffix('_group')}_group"))
        elif item.kind != "filler":
            grouped = False
    return out
