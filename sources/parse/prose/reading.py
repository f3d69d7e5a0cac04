"""Reading clauses: whose number, of what, for when, against what; and what earlier sentences leave to later ones."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple, cast

from sources.parse.numbers import half_digit
from sources.parse.prose.carrying import Carrying
from sources.parse.prose.clauses import Clause, clauses, everything
from sources.parse.prose.mentions import Mention
from sources.parse.prose.model import (
    MARKET,
    Comparison,
    Figure,
    Hedge,
    Kind,
    Measure,
    Period,
    Printed,
    Subject,
    Unit,
)
from sources.parse.prose.periods import base_of, is_over, resolve, year_before
from sources.parse.prose.state import Doubtful, State, add_scope, subjects
from sources.parse.prose.tokens import NOT_WHOLE, Item, Quantity

__all__ = ["Reader"]

HUNDRED: Final = Decimal(100)
HELD: Final = {
    "name": "an unknown name beside it",
    "rest": "of all the others",
    "respectively": "a list that isn't paired with its numbers",
}
SMALL: Final = 100
SKIPPED: Final = frozenset({"hedge", "by", "prep", "filler"})
PLAIN: Final = frozenset({"percent", "pp"})
ALL: Final = frozenset({"subject", "measure", "period"})
NOTHING: Final[frozenset[str]] = frozenset()


class _Told(NamedTuple):
    """What the words around a number say of it."""

    subject: Subject
    measure: Measure
    period: Period
    kind: Kind
    hedge: Hedge


class Reader(Carrying):
    """Reads the sentences of one text in their order."""

    # ------------------------------------------------------------ sentences
    def sentence(self, parts: list[Clause], span: tuple[int, int], pieces: Sequence[Item], *, opens: bool) -> None:
        """Read one sentence that has numbers."""
        if opens:
            self.paragraph()
        self.survey(span, pieces)
        state = self.inherited(opens=opens)
        for part in parts:
            self._clause(part, state)
        self.remember(state)

    def bare_sentence(self, pieces: Sequence[Item], *, opens: bool) -> None:
        """A sentence without numbers can still change what is spoken of."""
        if opens:
            self.paragraph()
        self.survey((0, 0), pieces)
        state = self.inherited(opens=opens)
        self._context(Clause(pieces=list(pieces), kinds=frozenset([item.kind for item in pieces])), state)
        self.remember(state)

    # ------------------------------------------------------------ clauses
    def _clause(self, part: Clause, state: State, *, bracket: bool = False) -> None:
        if not part.counts:
            self._context(part, state)
            return
        own = state
        if part.opener in {"against", "rel"} or bracket:
            own = state.copy()
        try:
            self._prepare(part, own, bracket=bracket)
        except Doubtful as doubt:
            if not state.other and "other" not in part.kinds:
                self._leave_open([item for item in everything(part.pieces) if item.kind == "q"], doubt)
            self._context(part, own)
            state.subject, state.subject_why = None, "the clause before is unclear"
            return
        numbers = [n for n, item in enumerate(part.pieces) if item.kind == "q"]
        for n in numbers:
            self._number(n, part, own, bracket=bracket, alone=len(numbers) == 1)
        for n, item in enumerate(part.pieces):
            if item.kind == "bracket":
                self._bracket(n, part, own)
        own.pending = ()

    def _leave_open(self, numbers: Sequence[Item], doubt: Doubtful) -> None:
        self.open.extend((self.span, (item.start, item.end), doubt) for item in numbers)

    def _context(self, part: Clause, state: State) -> None:
        """A clause without numbers: what it names holds for the clauses after it."""
        named = subjects(part.pieces)
        if "name" in part.kinds:
            state.subject, state.subject_why = None, "of a name that isn't known"
        elif named:
            state.pending += tuple(subject for _, subject in named)
            state.subject, state.subject_why = named[-1][1], ""
            state.said.add("subject")
            self.stated_subjects.update(subject for _, subject in named)
        elif "market" in part.kinds:
            state.subject, state.subject_why = MARKET, ""
            state.said.add("subject")
        self._take_measure(part, state)
        self._take_scope(part, state)
        self._take_place(part, state)
        main, base = self._periods(part, state)
        if main:
            self._set_period(main, state)
        if base is not None:
            state.base = base
        if bool(part.kinds & {"yoy", "mom"}):
            state.base_tag = "yoy" if "yoy" in part.kinds else "mom"

    def _prepare(self, part: Clause, state: State, *, bracket: bool) -> None:
        """Take in what the clause says besides its numbers.

        Raises:
            Doubtful: something in it can't be placed.
        """
        for item in part.pieces:
            if item.kind == "unknown":
                raise Doubtful(f"an unknown word beside it: {item.value}")
            if item.kind in HELD:
                raise Doubtful(HELD[item.kind])
        if any(item.kind == "respectively" for item in self.flat):
            raise Doubtful(HELD["respectively"])
        self._take_measure(part, state)
        self._take_scope(part, state)
        self._take_place(part, state)
        self._take_attribution(part, state)
        main, base = self._periods(part, state)
        if part.opener == "rel":
            self._relative(state)
        if main:
            self._set_period(main, state, lasting=part.opener not in {"against", "rel"}, quiet=bracket)
        if base is not None:
            state.base = base

    def _relative(self, state: State) -> None:
        """`to June 2024, when 40.1 thousand were sold`: the number is for the period named last."""
        if state.base is not None and state.period is not None:
            try:
                state.period = base_of(state.base, published=self.published, current=state.period)[1]
            except ValueError as wrong:
                raise Doubtful(str(wrong)) from None
            state.said.add("period")
        state.base = None

    def _take_measure(self, part: Clause, state: State) -> None:
        kinds = {item.value for item in part.pieces if item.kind == "measure"}
        share = "share" in kinds or "marketshare" in part.kinds
        counting = {cast("Measure", kind) for kind in kinds if kind != "share"}
        if "other" in part.kinds:
            state.other = True
        elif counting or share or "market" in part.kinds:
            state.other = False
        if counting == {"sales", "exports"}:
            counting = {"exports"}
        if len(counting) == 1:
            state.measure, state.measure_why = next(iter(counting)), ""
            state.said.add("measure")
            state.share = share
            self.stated_measures |= counting
        elif len(counting) > 1:
            state.measure, state.measure_why = None, "two things are counted in one clause"
            self.stated_measures |= counting
        elif share:
            state.share = True
        elif "market" in part.kinds and not self._of_market(part):
            state.share = False

    def _of_market(self, part: Clause) -> bool:
        """Is the market there only as what a share is of (`21.1% of the market`)?"""
        return any(
            item.kind == "market" and n and part.pieces[n - 1].kind == "q" and part.pieces[n - 1].value[-1:] in "%тt"
            for n, item in enumerate(part.pieces)
        )

    def _take_scope(self, part: Clause, state: State) -> None:
        tags = [item.value for item in part.pieces if item.kind == "scope"]
        tags += ["pc" for item in part.pieces if item.kind == "unit" and item.value == "pc"]
        if tags:
            add_scope(state.scope, tags)

    def _take_place(self, part: Clause, state: State) -> None:
        places = {item.value for item in part.pieces if item.kind == "place"}
        if not places:
            if "measure" in part.kinds and state.place_stated and state.place != "RU":
                state.place = "?"
            return
        if len(places) > 1 and "RU" in places:
            places -= {"RU"} if self.language != "zh" else set()
        state.place = places.pop() if len(places) == 1 else "?"
        state.place_stated = True

    def _take_attribution(self, part: Clause, state: State) -> None:
        if len(self.attributions) <= 1:
            return
        own = {item.value for item in part.pieces if item.kind == "attr"}
        own = own - {"analysts"} or own
        state.attributed = own.pop() if len(own) == 1 else "?"

    # ------------------------------------------------------------ periods
    def _periods(self, part: Clause, state: State) -> tuple[list[Mention], Mention | None]:
        """The period that the clause is about, and the one it is set against."""
        main: list[Mention] = []
        base: Mention | None = None
        changes = any(
            item.kind == "dir"
            or (item.kind == "q" and item.quantity and (item.quantity.sign or item.quantity.form == "times"))
            for item in part.pieces
        )
        for n, item in enumerate(part.pieces):
            if item.mention is None:
                continue
            if self._is_base(n, part, item.mention, changes=changes):
                base = item.mention
            else:
                main.append(item.mention)
        del state
        return main, base

    def _is_base(self, n: int, part: Clause, mention: Mention, *, changes: bool) -> bool:
        at = n - 1
        while at >= 0 and part.pieces[at].kind in {"prep", "filler", "hedge"}:
            at -= 1
        if at < 0:
            return mention.form in {"yearago", "monthago", "overmonth"} and changes
        last = part.pieces[at]
        if last.kind == "cmp":
            return True
        if last.kind == "dir" and (mention.adjective or self._follows_comparative(part, at, n)):
            return True
        if last.kind == "from" and changes and mention.form != "since":
            return True
        if last.kind in {"q", "unit"} and self._after_from(part, at):
            return True
        return mention.form in {"yearago", "monthago", "overmonth"} and changes

    def _follows_comparative(self, part: Clause, at: int, n: int) -> bool:
        """`13 percent less than April` in Russian: a month right after `меньше`, without `в`."""
        if self.language != "ru" or (at and part.pieces[at - 1].kind != "q"):
            return False
        return all(item.kind == "filler" for item in part.pieces[at + 1 : n])

    def _after_from(self, part: Clause, at: int) -> bool:
        """`to 24.88% from 27.76% in 2024`: the year is that of the second share."""
        while at and part.pieces[at].kind != "q":
            at -= 1
        return part.pieces[at].kind == "q" and self._pair(at, part) == "from"

    def _set_period(self, main: Sequence[Mention], state: State, *, lasting: bool = True, quiet: bool = False) -> None:
        try:
            period = self._main_period(main, state, against=not lasting)
        except ValueError as wrong:
            state.period, state.period_why = None, str(wrong)
            state.said.add("period")
            return
        state.period, state.period_why = period, ""
        state.said.add("period")
        passing = all(mention.form in {"yearago", "monthago"} for mention in main)
        if lasting and not quiet and not passing:
            self.stated_periods.append(period)

    def _main_period(self, main: Sequence[Mention], state: State, *, against: bool) -> Period:
        current = state.period
        found: list[Period] = []
        for mention in sorted(main, key=lambda m: m.form == "since"):
            if mention.form == "since" and found:
                current = found[-1]
            period = resolve(
                mention, published=self.published, current=current or self.memory.headline, against=against
            )
            self._check_year(mention, period)
            found.append(period)
        if len(set(found)) > 1:
            raise ValueError("two periods in one clause")
        return found[0]

    def _check_year(self, mention: Mention, period: Period) -> None:
        """A month without a year after another year in the same sentence could be of that year."""
        if mention.year or mention.form not in {"month", "first", "quarter", "half", "span"}:
            return
        if any(said.end.year != period.end.year for said in self.stated_periods):
            raise ValueError("of which year?")

    # ------------------------------------------------------------ numbers
    def _bracket(self, n: int, part: Clause, state: State) -> None:
        item = part.pieces[n]
        own = state.copy()
        before = part.pieces[n - 1] if n else None
        inner = clauses(item.inside)
        if before is not None and before.kind == "subject":
            named = [subject for at, subject in subjects(part.pieces) if at < n]
            own.subject, own.subject_why = named[-1], ""
            own.said.add("subject")
            self.stated_subjects.add(named[-1])
        elif (
            before is not None
            and before.mention is not None
            and self._is_base(n - 1, part, before.mention, changes=True)
        ):
            own.base = before.mention
            self._at_base(own)
        elif (
            before is not None
            and before.kind == "q"
            and before.quantity is not None
            and before.quantity.form == "percent"
        ):
            own.share = state.change == "share"
        for clause in inner:
            self._clause(clause, own, bracket=True)

    def _at_base(self, state: State) -> None:
        """`than in 2024 (1.57 million)`: the number in brackets is for the period before them."""
        if state.base is None or state.period is None:
            state.period, state.period_why = None, "for which period?"
            return
        try:
            state.period = base_of(state.base, published=self.published, current=state.period)[1]
        except ValueError as wrong:
            state.period, state.period_why = None, str(wrong)
        state.base = None

    def _number(self, n: int, part: Clause, state: State, *, bracket: bool, alone: bool) -> None:
        item = part.pieces[n]
        try:
            figure = self._figure(n, part, state, bracket=bracket, alone=alone)
        except (Doubtful, ValueError) as wrong:
            state.subject, state.subject_why = None, "the number before is unclear"
            if not part.kinds & {"plan", "superseded"}:
                self._leave_open([item], wrong if isinstance(wrong, Doubtful) else Doubtful(str(wrong)))
            return
        if figure is None:
            return
        (self.found if figure.kind == "fact" else self.asides).append(figure)

    def _figure(self, n: int, part: Clause, state: State, *, bracket: bool, alone: bool) -> Figure | None:
        quantity = self._paired(n, part)
        unit, after = self._unit(n, part)
        if state.other or unit == "other":
            return None
        if quantity.bad:
            raise Doubtful(quantity.bad)
        if unit == "unknown":
            raise Doubtful("what is counted here?")
        if quantity.sign in {"±", "~"} and quantity.form in PLAIN:
            return None
        if quantity.form in {"percent", "pp", "times"}:
            return self._percent(n, part, state, bracket=bracket, alone=alone, after=after)
        return self._count(n, part, state, unit=unit, after=after, bracket=bracket)

    def _paired(self, n: int, part: Clause) -> Quantity:
        """`from 70 to 53%`: the first number has the percent sign of the second."""
        quantity = cast("Quantity", part.pieces[n].quantity)
        tail = part.pieces[n + 1 : n + 3]
        if quantity.form != "bare" or self._pair(n, part) != "from" or [item.kind for item in tail] != ["to", "q"]:
            return quantity
        other = cast("Quantity", tail[1].quantity)
        if other.form != "percent" or quantity.bad not in {"", NOT_WHOLE}:
            return quantity
        paired = quantity._replace(form="percent", bad="", precision=half_digit(quantity.value))
        part.pieces[n] = part.pieces[n]._replace(quantity=paired)
        return paired

    # -- what the words behind a number make of it
    def _unit(self, n: int, part: Clause) -> tuple[str, Subject | None]:
        """`units`, `none`, `other` or `unknown`; and a subject named in the same noun phrase."""
        quantity = cast("Quantity", part.pieces[n].quantity)
        unit = "units" if quantity.form == "units" else "none"
        at = n + 1
        tail = part.pieces[at:]
        for offset, item in enumerate(tail):
            if item.kind == "unit":
                unit = "units"
            elif item.kind in {"otherunit", "us"}:
                return ("other" if unit == "none" else unit), None
            elif item.kind in {"unknown", "name"}:
                return ("unknown" if unit == "none" else unit), None
            elif item.kind == "subject":
                named = [subject for place, subject in subjects(part.pieces) if place == at + offset]
                return (unit, named[0]) if unit == "units" and named else (unit, None)
            elif item.kind == "originadj":
                raise Doubtful("of which origin?")
            elif item.kind not in {"scope", "filler", "measure"}:
                break
        return unit, None

    def _subject_of(self, n: int, part: Clause, state: State, after: Subject | None) -> Subject:
        named = subjects(part.pieces)
        opened = [at for at, item in enumerate(part.pieces[:n]) if item.kind in {"q", "bracket"}]
        since = opened[-1] if opened else -1
        before = [subject for at, subject in named if since < at < n]
        if len(set(before)) > 1:
            raise Doubtful("two are named before it", *(f"{s.kind} {s.name}" for s in before))
        if before:
            return self._checked(before[0], after, state)
        if after is not None:
            return self._checked(after, None, state)
        rest = [subject for at, subject in named if at > n]
        if opened and any(at < n for at, _ in named):
            earlier = [subject for at, subject in named if at < n]
            return earlier[-1]
        return self._unnamed(rest, part, state, n)

    def _checked(self, subject: Subject, after: Subject | None, state: State) -> Subject:
        if after is not None and after != subject:
            raise Doubtful("two are named", f"{subject.kind} {subject.name}", f"{after.kind} {after.name}")
        if any(other != subject and other.kind == subject.kind for other in state.pending):
            raise Doubtful("several are named before it")
        state.subject, state.subject_why = subject, ""
        state.said.add("subject")
        self.stated_subjects.add(subject)
        return subject

    def _unnamed(self, rest: Sequence[Subject], part: Clause, state: State, n: int) -> Subject:
        if "market" in part.kinds and not self._of_market(part) and not state.share:
            return self._checked(MARKET, None, state)
        if len(set(rest)) == 1 and not any(item.kind in {"q", "bracket"} for item in part.pieces[n + 1 :]):
            return self._checked(rest[0], None, state)
        if rest:
            raise Doubtful("of which of them?")
        if "us" in part.kinds:
            if self.topic.subject is None or self.topic.subject == MARKET:
                if state.was == "alone" and state.subject not in {None, MARKET}:
                    return state.subject
                raise Doubtful("of which company?")
            return self._checked(self.topic.subject, None, state)
        if "originadj" in part.kinds:
            raise Doubtful("of which origin?")
        if len(state.pending) > 1:
            raise Doubtful("several are named before it")
        return self._inherited_subject(part, state)

    def _inherited_subject(self, part: Clause, state: State) -> Subject:
        if state.subject is None:
            raise Doubtful(state.subject_why or "nobody is named")
        kinds = part.kinds
        if "total" in kinds and state.subject != MARKET:
            raise Doubtful("of the market or of the one named before?")
        if "subject" in state.said:
            return state.subject
        counted = "unit" in kinds and "measure" in kinds
        if state.was == "alone" and counted:
            raise Doubtful("of the market or of the one named before?")
        dated = state.was == "long list" and "period" in kinds
        if state.was in {"list", "long list"} and not (counted or dated or "scope" in kinds or "unit" in kinds):
            raise Doubtful("of the market or of one of those named before?")
        subject = self._impersonal(state.subject, state)
        state.was = ""
        return subject

    def _impersonal(self, subject: Subject, state: State) -> Subject:
        """`Sold in the country` in a maker's release: of the maker, or of the market?"""
        maker = self.topic.subject is not None and self.topic.subject != MARKET
        if not maker or any(item.kind == "us" for item in self.flat) or self.stated_subjects:
            return subject
        country = any(item.kind == "place" and item.value == "RU" for item in self.flat)
        if state.attributed and country:
            return MARKET
        if state.attributed or (country and self.heading.subject is None):
            raise Doubtful("of the maker or of the market?", "market", f"{subject.kind} {subject.name}")
        return subject

    def _measure_of(self, part: Clause, state: State, subject: Subject) -> Measure:
        if state.measure is None and not state.measure_why:
            raise Doubtful("what is counted?")
        if "measure" in state.said:
            return cast("Measure", state.measure)
        if "market" in part.kinds and subject == MARKET:
            return "sales"
        if state.measure is None:
            raise Doubtful(state.measure_why)
        return state.measure

    def _period_of(self, state: State) -> Period:
        if state.period is None:
            raise Doubtful(state.period_why or "for which period?")
        return state.period

    # -- certainty
    def _hedge(self, n: int, part: Clause) -> Hedge:
        quantity = cast("Quantity", part.pieces[n].quantity)
        for item in reversed(part.pieces[:n]):
            if item.kind == "hedge":
                return cast("Hedge", item.value)
            if item.kind not in {"by", "prep", "cmp"}:
                break
        if self.language == "zh" and n + 1 < len(part.pieces) and part.pieces[n + 1].kind == "hedge":
            return cast("Hedge", part.pieces[n + 1].value)
        return "about" if quantity.more else ""

    def _kind(self, part: Clause, state: State, quantity: Quantity, hedge: Hedge) -> tuple[Kind, Hedge]:
        own = {item.value for item in part.pieces if item.kind == "plan"}
        if "superseded" in part.kinds:
            return "superseded", hedge
        over = state.period is not None and is_over(state.period, self.published)
        shown = part.opener in {"against", "rel"} or self._past(part)
        if self.plan and not (over and shown and not own and "period" in state.said):
            if self.plan != "future" or not over:
                return ("plan" if self.plan == "plan" else "forecast"), hedge
            hedge = hedge or "expected"
        return ("range" if quantity.upper is not None else "fact"), hedge

    def _past(self, part: Clause) -> bool:
        """Does the clause itself say that something was counted, with its period?"""
        kinds = part.kinds
        return "period" in kinds and "measure" in kinds and not any(item.future for item in part.pieces)

    # -- counts
    def _count(
        self, n: int, part: Clause, state: State, *, unit: str, after: Subject | None, bracket: bool
    ) -> Figure | None:
        item = part.pieces[n]
        quantity = cast("Quantity", item.quantity)
        previous = self._previous(n, part)
        sign = self._change_in_units(n, part, state, previous)
        if sign == 0 and quantity.sign:
            raise Doubtful("a sign before a count")
        if previous is not None and previous.kind == "dir" and sign == 0:
            raise Doubtful("a threshold, or a change?")
        if previous is not None and previous.kind == "by" and sign == 0:
            raise Doubtful("by how many, and which way?")
        self._check_ends(n, part, state, previous)
        if sign == 0:
            self._check_single(n, part, bracket=bracket)
        subject = self._subject_of(n, part, state, after)
        measure = self._measure_of(part, state, subject)
        period = self._period_of(state)
        if sign == 0:
            self._check_explicit(
                part, state, unit, quantity, bracket=bracket, to=previous is not None and previous.kind == "to"
            )
        if sign == 0 and self._pair(n, part) == "from" and self._sign_in(part):
            period = self._earlier(n, part, state, period)
        hedge = self._hedge(n, part)
        kind, hedge = self._kind(part, state, quantity, hedge)
        if sign == 0:
            period = self._beside_base(n, part, period)
        told = _Told(subject, measure, period, kind, hedge)
        if sign == 0:
            figure = self._made(
                item, state, told, value=quantity.value, upper=quantity.upper, precision=quantity.precision
            )
            state.change, state.sign, state.share = "level", self._sign_in(part), False
            return figure
        against = self._against(n, part, state, period)
        return self._made(item, state, told, value=sign * quantity.value, precision=quantity.precision, against=against)

    def _beside_base(self, n: int, part: Clause, period: Period) -> Period:
        """A count right behind the period that another is set against is of that period: `较2024年的115.8万辆`."""
        at = n - 1
        while at >= 0 and part.pieces[at].kind in {"filler", "hedge"}:
            at -= 1
        mention = part.pieces[at].mention if at >= 0 else None
        if mention is None or not self._is_base(at, part, mention, changes=False):
            return period
        if self.language != "zh":
            raise Doubtful("of which of the two periods?")
        return base_of(mention, published=self.published, current=period)[1]

    def _previous(self, n: int, part: Clause) -> Item | None:
        """The last word before a number that isn't a hedge."""
        filled = False
        for item in reversed(part.pieces[:n]):
            if item.kind == "filler":
                filled = True
            elif item.kind != "hedge" and not (item.kind == "cmp" and item.value == "than"):
                return None if filled and item.kind == "from" else item
        return None

    def _sign_in(self, part: Clause) -> int:
        signs = {item.value for item in part.pieces if item.kind == "dir"}
        return {frozenset("+"): 1, frozenset("-"): -1}.get(frozenset(signs), 0)

    def _change_in_units(self, n: int, part: Clause, state: State, previous: Item | None) -> int:
        """The sign, if the number says by how many vehicles something changed; 0 for a level."""
        quantity = cast("Quantity", part.pieces[n].quantity)
        if part.opener == "or" and state.change == "percent" and state.sign and not self._sign_in(part):
            return state.sign
        if previous is None:
            return 0
        signed = self._sign_in(part)
        if previous.kind == "by" and signed and self.language != "zh":
            return signed
        if previous.kind == "dir" and quantity.form != "bare" and not self._comparative(previous):
            return 1 if previous.value == "+" else -1
        if previous.kind == "by" and self.language == "zh" and signed:
            return signed
        return 0

    def _comparative(self, item: Item) -> bool:
        """Russian `больше`, `меньше`, `выше`, `ниже`: before a number they make a threshold, not a change."""
        return self.language == "ru" and item.end - item.start in {len("выше"), len("больше")}

    def _check_ends(self, n: int, part: Clause, state: State, previous: Item | None) -> None:
        if previous is None or previous.kind not in {"to", "from"}:
            return
        if self._sign_in(part) == 0 and previous.kind == "from" and self._with(n, part):
            return
        if self._sign_in(part) == 0 and not (previous.kind == "to" and state.sign and state.change == "percent"):
            raise Doubtful("up to, or from: a bound?")
        following = [item.kind for item in part.pieces[n + 1 :] if item.kind not in {"unit", "scope", "filler"}]
        if previous.kind == "from" and following[:2] != ["to", "q"]:
            raise Doubtful("from which level, of when?")

    def _with(self, n: int, part: Clause) -> bool:
        """Russian `с` before a count is also `with`: `Haval came second with 26.1 thousand`."""
        named = any(item.kind == "subject" for item in part.pieces[:n])
        return self.language == "ru" and named and "to" not in part.kinds

    def _check_single(self, n: int, part: Clause, *, bracket: bool) -> None:
        """One level a clause; a second number in it must be a change."""
        del bracket
        others = [
            item for at, item in enumerate(part.pieces)
            if at != n and item.quantity is not None and item.quantity.form in {"bare", "scaled", "units"}
        ]  # fmt: skip
        if others and not self._pair(n, part):
            raise Doubtful("several numbers in one clause")

    def _check_explicit(
        self, part: Clause, state: State, unit: str, quantity: Quantity, *, bracket: bool, to: bool
    ) -> None:
        """The less a clause says, the more must be certain."""
        kinds = part.kinds
        tells = bool(kinds & {"subject", "scope", "us", "market", "attr", "place"}) or (
            bracket and "subject" in state.said
        )
        dated = "period" in part.kinds or part.opener in {"against", "rel"}
        if quantity.form == "bare" and unit != "units" and quantity.value < SMALL:
            raise Doubtful("a small number without a unit")
        if to or (unit == "units" and state.change and part.opener != "incl"):
            return
        if part.opener == "incl" and not (tells or dated):
            raise Doubtful("a part of what?")
        if unit == "units" and ("measure" in kinds or tells or dated or "level" in kinds or "place" in kinds):
            return
        if not (tells or dated or bracket or "measure" in kinds or "place" in kinds or "level" in kinds):
            raise Doubtful("nothing says what it counts")
        if quantity.form == "bare" and not (tells or dated or bracket):
            raise Doubtful("nothing says what it counts")

    # -- changes and shares
    def _percent(
        self, n: int, part: Clause, state: State, *, bracket: bool, alone: bool, after: Subject | None
    ) -> Figure | None:
        item = part.pieces[n]
        quantity = cast("Quantity", item.quantity)
        if self._is_share(n, part, state, bracket=bracket):
            return self._share(n, part, state, quantity)
        sign = self._sign_of(n, part, state, quantity)
        del alone
        subject = self._subject_of(n, part, state, after)
        period = self._period_of(state)
        if state.share and quantity.form != "pp":
            raise Doubtful("a change of a share: percent or percentage points?")
        measure: Measure = "share" if state.share else self._measure_of(part, state, subject)
        if quantity.form == "pp" and measure != "share":
            raise Doubtful("percentage points of what?")
        hedge = self._hedge(n, part)
        kind, hedge = self._kind(part, state, quantity, hedge)
        against = self._against(n, part, state, period)
        state.change, state.sign = "percent", sign
        if self.language == "zh" and quantity.form == "times" and quantity.value > 1:
            quantity = self._chinese_times(n, part, quantity)
        value, precision, upper = _change(sign, quantity)
        return self._made(
            item, state, _Told(subject, measure, period, kind, hedge), value=value, upper=upper, precision=precision,
            unit="pp" if quantity.form == "pp" else "percent", against=against, printed=_printed(quantity),
        )  # fmt: skip

    def _sign_of(self, n: int, part: Clause, state: State, quantity: Quantity) -> int:
        near = self._near_sign(n, part)
        if quantity.sign in {"+", "-"}:
            sign = 1 if quantity.sign == "+" else -1
            if near and near != sign:
                raise Doubtful("a sign that the words deny")
            return sign
        if near:
            return near
        if (
            quantity.form == "times"
            and not quantity.whole
            and any(
                stem in part.pieces[n].value for stem in ("удвоил", "утроил", "doubled", "tripled", "quadrupled", "翻")
            )
        ):
            return 1
        if quantity.form == "times" and part.pieces[n].value == "halved":
            return 1
        if self.language == "zh" and quantity.form == "times" and "level" in part.kinds and "period" in part.kinds:
            return 1
        previous = self._previous(n, part)
        base = any(
            self._is_base(at, part, piece.mention, changes=True)
            for at, piece in enumerate(part.pieces)
            if piece.mention
        )
        base = base or any(piece.kind in {"yoy", "mom"} for piece in part.pieces)
        moved_by = previous is not None and previous.kind == "by"
        if state.sign and (moved_by or (base and not self._fresh_subject(part))):
            return state.sign
        raise Doubtful("no sign: up or down, or a share?")

    def _chinese_times(self, n: int, part: Clause, quantity: Quantity) -> Quantity:
        """`增长2.3倍` is 2.3 times on top; `增至2.3倍` and `是去年的2.3倍` are 2.3 times all in all."""
        previous = self._previous(n, part)
        if quantity.whole and previous is not None and previous.kind == "dir":
            return quantity._replace(value=quantity.value + 1)
        return quantity

    def _fresh_subject(self, part: Clause) -> bool:
        return bool(part.kinds & {"subject", "market", "us"})

    def _near_sign(self, n: int, part: Clause) -> int:
        one = self._sign_in(part)
        if one:
            return one
        if "dir" not in part.kinds:
            return 0
        sides = []
        for step in (-1, 1):
            at = n + step
            while 0 <= at < len(part.pieces) and part.pieces[at].kind in SKIPPED:
                at += step
            if 0 <= at < len(part.pieces) and part.pieces[at].kind == "dir":
                sides.append(1 if part.pieces[at].value == "+" else -1)
        if len(set(sides)) == 1:
            return sides[0]
        raise Doubtful("up or down?")

    def _is_share(self, n: int, part: Clause, state: State, *, bracket: bool) -> bool:
        quantity = cast("Quantity", part.pieces[n].quantity)
        if quantity.form != "percent" or quantity.sign:
            return False
        following = part.pieces[n + 1] if n + 1 < len(part.pieces) else None
        if following is not None and following.kind in {"market", "sharemarket"}:
            return True
        moves = "dir" in part.kinds
        previous = self._previous(n, part)
        if state.share and moves:
            return previous is not None and previous.kind in {"to", "from"}
        if moves or part.kinds & {"yoy", "mom"} or (previous is not None and previous.kind == "by"):
            return False
        named = state.subject is not None and state.subject != MARKET and "subject" in state.said
        return state.share or (
            named
            and state.change == "level"
            and (bracket or part.opener == "or")
            and all(piece.kind in {"q", "bracket"} for piece in part.pieces)
        )

    def _share(self, n: int, part: Clause, state: State, quantity: Quantity) -> Figure:
        item = part.pieces[n]
        subject = self._subject_of(n, part, state, None)
        if subject == MARKET or subject.kind == "model":
            raise Doubtful("a share of what?")
        if not 0 <= quantity.value <= HUNDRED:
            raise Doubtful("a share outside 0 to 100")
        self._check_units(n, part)
        period = self._period_of(state)
        hedge = self._hedge(n, part)
        kind, hedge = self._kind(part, state, quantity, hedge)
        state.share, state.change = True, "share"
        pair = self._pair(n, part)
        if pair:
            period = self._earlier(n, part, state, period) if pair == "from" else period
        return self._made(
            item, state, _Told(subject, "share", period, kind, hedge), value=quantity.value, upper=quantity.upper,
            precision=quantity.precision, unit="percent", printed="percent",
        )  # fmt: skip

    def _check_units(self, n: int, part: Clause) -> None:
        """`30% of sales`, `45% of cars` aren't shares of the market."""
        tail = part.pieces[n + 1] if n + 1 < len(part.pieces) else None
        if tail is not None and tail.kind in {"unit", "measure", "scope"}:
            raise Doubtful("a share of what?")

    def _pair(self, n: int, part: Clause) -> str:
        previous = self._previous(n, part)
        return previous.kind if previous is not None and previous.kind in {"from", "to"} else ""

    def _earlier(self, n: int, part: Clause, state: State, period: Period) -> Period:
        """`from 70 to 53%`: the first is for the period that the change is measured against."""
        return cast("Period", self._against(n, part, state, period)[1])

    def _against(self, n: int, part: Clause, state: State, period: Period) -> tuple[Comparison, Period | None, bool]:
        """What a change is measured against: the kind, the period, and whether the text says so."""
        tags = {item.kind for item in part.pieces if item.kind in {"yoy", "mom"}}
        mention = self._base_near(n, part) or (state.base if not tags else None)
        if len(tags) > 1:
            raise Doubtful("against the year or the month before?")
        if tags or (mention is None and state.base_tag != "none"):
            kind = cast("Comparison", tags.pop()) if tags else state.base_tag
            form = Mention("yearago" if kind == "yoy" else "monthago")
            if mention is not None and base_of(mention, published=self.published, current=period)[0] != kind:
                raise Doubtful("two bases in one clause")
            state.base_tag = "none"
            return self._base(form, period, state)
        if mention is not None:
            return self._base(mention, period, state)
        if state.change == "percent" and state.was == "mom":
            raise Doubtful("against the year or the month before?")
        if period.freq not in {"M", "YTD", "A"}:
            raise Doubtful("against what?")
        return "yoy", year_before(period), False

    def _base(self, mention: Mention, period: Period, state: State) -> tuple[Comparison, Period, bool]:
        comparison, base = base_of(mention, published=self.published, current=period)
        state.was = comparison if comparison == "mom" else state.was
        state.base = None
        return comparison, base, True

    def _base_near(self, n: int, part: Clause) -> Mention | None:
        bases = [
            (at, item.mention)
            for at, item in enumerate(part.pieces)
            if item.mention is not None and self._is_base(at, part, item.mention, changes=True)
        ]
        after = [mention for at, mention in bases if at > n]
        before = [mention for at, mention in bases if at < n]
        return after[0] if after else before[-1] if before else None

    # -- the figure
    def _made(
        self, item: Item, state: State, told: _Told, *,
        value: Decimal, precision: Decimal, upper: Decimal | None = None,
        unit: Unit = "units", against: tuple[Comparison, Period | None, bool] = ("none", None, True),
        printed: Printed = "number",
    ) -> Figure:  # fmt: skip
        if state.attributed == "?":
            raise Doubtful("whose count is it?")
        geography, stated = self._geography(state, told.measure)
        inherited = ALL - state.said
        attributed = state.attributed
        if not attributed and "measure" in inherited and told.measure != "share":
            attributed = self.memory.attributed
            if attributed == "several":
                raise Doubtful("whose count is it?")
        return Figure(
            subject=told.subject, measure=told.measure, period=told.period, value=value, unit=unit, precision=precision,
            sentence=self.span, number=(item.start, item.end), comparison=against[0], base=against[1],
            base_stated=against[2], printed=printed, hedge=told.hedge, kind=told.kind, upper=upper,
            scope=frozenset().union(*state.scope.values()) if state.scope else NOTHING,
            carried_scope=self.carried, geography=geography, geography_stated=stated, attributed_to=attributed,
            inherited=inherited,
        )  # fmt: skip

    def _geography(self, state: State, measure: Measure) -> tuple[str, bool]:
        if state.place == "?":
            raise Doubtful("in which of the places?")
        if state.place == "part":
            raise Doubtful("in a part of a country, or of the world")
        if state.place:
            if measure == "exports" and state.place == "RU" and self.language != "zh":
                raise Doubtful("to Russia, or from it?")
            return state.place, True
        if self.memory.place not in {"", "RU"} and "measure" not in state.said:
            return self._carried_place()
        if measure == "exports" and self.topic.measure != "exports":
            return "W0", False
        return self.topic.geography, False

    def _carried_place(self) -> tuple[str, bool]:
        raise Doubtful("still in the place named before?", self.memory.place)


def _printed(quantity: Quantity) -> Printed:
    if quantity.form != "times":
        return "percent"
    return "times" if quantity.whole else "word"


def _change(sign: int, quantity: Quantity) -> tuple[Decimal, Decimal, Decimal | None]:
    """The signed change in percent, its precision, the far end of a range.

    Raises:
        Doubtful: a fall by more than everything.
    """
    if quantity.form != "times":
        if sign < 0 and quantity.value > HUNDRED and quantity.form == "percent":
            raise Doubtful("a fall by more than everything")
        return sign * quantity.value, quantity.precision, None if quantity.upper is None else sign * quantity.upper
    factor = quantity.value
    if factor < 1:
        return (factor - 1) * HUNDRED, quantity.precision * HUNDRED, None
    if factor == 1:
        raise Doubtful("once is no change")
    if sign > 0:
        return (factor - 1) * HUNDRED, quantity.precision * HUNDRED, None
    value = ((1 / factor - 1) * HUNDRED).quantize(Decimal("0.1"))
    spread = (1 / (factor - quantity.precision) - 1 / (factor + quantity.precision)) * HUNDRED / 2
    return value, spread.quantize(Decimal("0.1")) + Decimal("0.1"), None
