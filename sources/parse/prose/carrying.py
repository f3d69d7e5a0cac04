"""What one sentence leaves to the next, and what it doesn't."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sources.parse.prose.clauses import everything
from sources.parse.prose.model import Figure, Language, Measure, Period, Subject, Topic
from sources.parse.prose.state import Doubtful, Heading, Memory, State
from sources.parse.prose.tokens import Item

__all__ = ["Carrying"]

MANY: Final = 3
UNKNOWN: Final = Subject("brand", "?")
NEVER: Final = Period("D", date.min, date.min)


class Carrying:
    """The side of reading that looks back: what a sentence leaves out, and may take from those before."""

    def __init__(self, language: Language, published: date, topic: Topic, heading: Heading) -> None:
        """Begin a text."""
        self.language: Final = language
        self.published: Final = published
        self.topic: Final = topic
        self.heading: Final = heading
        self.found: Final[list[Figure]] = []
        self.asides: Final[list[Figure]] = []
        self.open: Final[list[tuple[tuple[int, int], tuple[int, int], Doubtful]]] = []
        self.memory = Memory(headline=topic.period or heading.period, all_measures=set(heading.measures))
        self.default = heading.subject or topic.subject
        self.span = (0, 0)
        self.flat: list[Item] = []
        self.carried = heading.scope
        self.plan = ""
        self.attributions: set[str] = set()
        self.stated_measures: set[Measure] = set()
        self.stated_subjects: set[Subject] = set()
        self.stated_periods: list[Period] = []

    def paragraph(self) -> None:
        """A new paragraph begins."""
        memory = self.memory
        memory.of_last_paragraph, memory.of_paragraph = memory.of_paragraph or memory.of_last_paragraph, set()
        memory.last_opened_with = memory.opened_with or memory.last_opened_with
        memory.opened_with = None
        memory.paragraphs += 1
        memory.unclear = memory.undated = False
        memory.periods = []
        memory.sentences_before, memory.sentences = memory.sentences, 0

    def survey(self, span: tuple[int, int], pieces: Sequence[Item]) -> None:
        """Take in what holds for a whole sentence: plans, and whose counts they are."""
        self.span = span
        self.carried = self.heading.scope | self.memory.scope
        self.memory.sentences += 1
        self.flat = list(everything(pieces))
        plans = {item.value for item in self.flat if item.kind == "plan"}
        if any(item.future for item in self.flat):
            plans.add("future")
        self.plan = next((kind for kind in ("plan", "forecast", "future") if kind in plans), "")
        found = {item.value for item in self.flat if item.kind == "attr"}
        self.attributions = found - {"analysts"} or found
        self.stated_measures, self.stated_subjects, self.stated_periods = set(), set(), []

    def inherited(self, *, opens: bool) -> State:
        """What a sentence speaks of before its first word."""
        memory, state = self.memory, State()
        self._inherit_subject(state, opens=opens)
        self._inherit_period(state, opens=opens)
        self._inherit_measure(state, opens=opens)
        state.share = memory.share and not opens
        state.other = memory.other and not opens
        state.attributed = next(iter(self.attributions)) if len(self.attributions) == 1 else ""
        return state

    def _inherit_subject(self, state: State, *, opens: bool) -> None:
        before = self.memory.of_last_paragraph if opens else self.memory.subjects
        if UNKNOWN in before or (self.memory.unclear and not opens):
            state.subject_why = "the sentence before speaks of something unclear"
            return
        others = before - {self.default} if self.default else before
        if not others:
            state.subject = self.default
            state.subject_why = "" if self.default else "nobody is named"
        elif len(others) == 1 and not opens and len(before) == 1:
            state.subject = next(iter(others))
            state.was = "alone"
        elif len(others) == 1 or self.default is None:
            state.subject_why = "is it still of the one named before?"
        else:
            state.subject = self.default
            state.was = "list" if len(others) < MANY else "long list"

    def _inherit_period(self, state: State, *, opens: bool) -> None:
        memory = self.memory
        if opens:
            state.period = memory.headline
            last = memory.last_opened_with
            if state.period is None and last is not None:
                state.period = last
            elif last is not None and last != state.period and not self._returns():
                state.period, state.period_why = None, "is it still for the period named before?"
            if state.period is None and not state.period_why:
                state.period_why = "no period is named"
            return
        if memory.undated:
            state.period_why = "the sentence before has a period that isn't clear"
        elif len(set(memory.periods)) == 1:
            state.period = memory.periods[-1]
        elif memory.periods:
            state.period_why = "two periods stand in the sentence before"
        else:
            state.period = memory.headline
            state.period_why = "" if memory.headline else "no period is named"

    def _returns(self) -> bool:
        """After one sentence about another period a new paragraph goes back to the period of the heading."""
        return (
            self.heading.period is not None
            and self.memory.headline == self.heading.period
            and self.memory.sentences_before == 1
        )

    def _inherit_measure(self, state: State, *, opens: bool) -> None:
        memory = self.memory
        known = memory.all_measures
        if not opens and len(memory.measures) == 1:
            state.measure = next(iter(memory.measures))
        elif len(known) == 1:
            state.measure = next(iter(known))
        elif not known:
            state.measure = self.topic.measure
            state.measure_why = "" if self.topic.measure else "what is counted?"
        else:
            state.measure_why = "sales, output or what else?"

    def remember(self, state: State) -> None:
        """Keep what a sentence leaves to the next."""
        memory = self.memory
        if any(item.kind == "name" for item in self.flat):
            self.stated_subjects.add(UNKNOWN)
        memory.unclear = state.subject is None
        if self.stated_subjects:
            memory.subjects = set(self.stated_subjects)
            memory.of_paragraph |= self.stated_subjects
        undated = (
            not self.stated_periods and any(item.mention is not None for item in self.flat) and state.period is None
        )
        memory.undated = undated or (memory.undated and not self.stated_periods)
        if undated:
            memory.opened_with = memory.opened_with or NEVER
        if self.stated_periods:
            memory.periods = list(self.stated_periods)
            if memory.opened_with is None:
                memory.opened_with = self.stated_periods[0]
            if memory.headline is None or (memory.paragraphs == 1 and not memory.headed):
                memory.headline = self.stated_periods[0]
            memory.headed = True
        elif not memory.periods and state.period is not None:
            memory.periods = [state.period]
        if memory.opened_with is None:
            memory.opened_with = state.period
        if self.stated_measures:
            memory.measures = set(self.stated_measures)
            memory.all_measures |= self.stated_measures
        memory.share = state.share
        memory.other = state.other
        memory.place = state.place if state.place_stated else memory.place
        memory.scope = memory.scope | frozenset().union(*state.scope.values())
        if self.attributions:
            memory.attributed = next(iter(self.attributions)) if len(self.attributions) == 1 else "several"
