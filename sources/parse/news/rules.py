"""How a rule reads a sentence, in any language: a trigger, the roles around it, its modality, its day and its value.

A language is a table of rules and a few patterns (`Tongue`). A rule's trigger is a pattern; who does it to whom is
found among the entities that the clause names, by kind, side and place; what the clause makes of it (asserted, planned,
denied ...) by the tongue's patterns, the narrowest first. What can't be told gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import islice, pairwise
from typing import Final, Literal

from sources.contract import Modality
from sources.parse.news import gazetteer
from sources.parse.news.model import LONGEST_SENTENCE, Kind, Mention, Page, Said, Sentence
from sources.parse.news.stems import REMEMBERED, Quick, quick

__all__ = [
    "FIRMS",
    "FOR_STATE",
    "IN_FORCE",
    "TREATIES",
    "Amount",
    "Day",
    "Rule",
    "Tongue",
    "by_project",
    "forecast",
    "marked",
    "narrowed",
    "read",
]

Place = Literal["left", "right", "any", "by", "first", "none"]
ACTING: Final[tuple[Kind, ...]] = (
    "state",
    "country",
    "bloc",
    "maker",
    "company",
    "bank",
    "analyst",
    "association",
    "person",
)
FIRMS: Final[tuple[Kind, ...]] = ("maker", "company", "bank")
# What a sentence speaks of, as the next ones may go on about it.
SPOKEN_OF: Final[Mapping[str, str]] = {
    "maker": "firm", "company": "firm", "bank": "firm", "state": "state", "person": "person", "project": "project",
    "product": "product", "country": "country", "bloc": "country",
}  # fmt: skip
IN_FORCE: Final = frozenset({"in_force", "imposed", "done", "granted", "opened", "started"})
# Acts of a body that are those of its state.
FOR_STATE: Final[Mapping[str, str]] = {
    "Russian government": "Russia", "State Duma": "Russia", "China Ministry of Finance": "China",
    "State Council Tariff Commission": "China", "Russian Ministry of Finance": "Russia", "Vladimir Putin": "Russia",
    "Mikhail Mishustin": "Russia", "Kremlin": "Russia", "Russian Ministry of Economic Development": "Russia",
    "Federal Customs Service": "Russia", "GACC": "China", "China MFA": "China",
}  # fmt: skip
TREATIES: Final = frozenset({"agreement", "contract"})
OF_PROJECTS: Final = frozenset({"agreement", "contract", "delivery", "project_status", "opening", "statement"})
SIDES: Final[Mapping[str, str]] = {"RU": "China", "CN": "Russia"}
UNITS: Final[Mapping[str, str]] = {
    "last percent": "percent", "last RUB": "RUB", "zero": "percent", "zero usd": "USD", "short week": "days/week",
    "full week": "days/week", "span": "days",
}  # fmt: skip
# A nationality before another word (`Russian producers`, `китайские банки`) speaks for nobody, unless that
# word is the state. By language: how a country's name looks where it is one, and what may follow it all the same.
NATIONAL: Final[Mapping[str, tuple[Quick, Quick]]] = {
    "en": (
        quick(r".*(?:ese|ian|ican|ish)|Kazakh|Kyrgyz|Thai|Uzbek|Saudi|Sino|Russo"),
        quick(r"(?:['’]s)? (?:authorit|government|officials?\b|side\b|delegation|leader|parliament)"),
    ),
    "ru": (
        quick(r".*(?:ск|цк)(?:ий|ая|ое|ие|ого|ой|ому|ую|им|ими|их|ом|ою|ием)", re.IGNORECASE),
        quick(r"\s+(?:власт|правительств|сторон|чиновник|делегаци|руководств|парламент)"),
    ),
    "zh": (
        quick(r".+"),
        quick(
            r"(?!(?:的|各|多家|部分|一些|主要|国内|大型|民营)*(?:企业|公司|厂商|厂家|媒体|专家|学者|分析师|买家|卖家|商人|出口商|进口商|供应商|经销商"
            r"|制造商|生产商|贸易商|投资者|消费者|银行|车企|汽车|市场|网民))"
        ),
    ),
}
LATEST: Final = 900  # days ahead: a plan for later than that is no measure
MOST: Final = 8  # of one thing said in one sentence: more is a hostile page
FAR: Final = 90  # characters between a trigger and what belongs to it


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a sentence names. `kind`: `from` begins a measure, `until` ends one, `said` dates a document."""

    start: int
    end: int
    day: date
    kind: Literal["from", "on", "until", "said", "in"] = "on"
    precision: Literal["day", "month", "year"] = "day"
    last: date | None = None  # of a span of days


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: percent, USD, RUB, CNY, days, m3/year, t/year, days/week."""

    start: int
    end: int
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way to say one thing.

    `trigger` may have groups: `actor`, `target` and `product` hold the mentions to take for a role; `off` makes the
    sentence a word against it. `actors`, `targets` are kinds; `actor_at`, `target_at` where they stand. `side` is
    that of the actor, `needs` what must stand in the sentence, `unless` what must not. `acts` names the state for its
    bodies. `named` is the actor where none need be named.
    """

    id: str
    event_type: str
    status: str
    trigger: Quick
    actors: tuple[Kind, ...] = ACTING
    actor_at: Place = "left"
    side: Literal["RU", "CN", "other", ""] = ""
    named: str = ""
    acts: bool = False
    targets: tuple[Kind, ...] = ()
    target_at: Place = "right"
    target_needed: bool = False
    target: str = ""
    product_needed: bool = False
    product: str = ""
    project_needed: bool = False
    value: tuple[str, ...] = ()
    value_needed: bool = False
    negative: bool = False
    needs: Quick | None = None
    unless: Quick | None = None
    modality: Modality | None = None
    own_product: bool = False  # what the actor makes, whatever the sentence names
    each_product: bool = False  # one for each product that the sentence names
    own_day: bool = False  # counts on the day of the article, whatever day the sentence names
    context: Quick | None = None  # what an earlier sentence must have said
    each_project: bool = False  # one for each project that the sentence names
    opposite: bool = False  # aimed at the other side where nobody is named
    spoken: bool = False  # the one who says it in the sentence is the actor
    speaks: bool = False  # what was said counts on the day it was said; a person speaks for the employer
    products: frozenset[str] = frozenset()
    partner: bool = False  # the other country is the target where the goods are said to come from it
    carried: bool = True  # "the company" may be the actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """What the reading wants to know of a language."""

    name: str
    rules: Sequence[Rule]
    clauses: Quick
    denied: Quick
    refuted: Quick
    hypothetical: Quick
    conditional: Quick
    other: Quick
    both: Quick
    goes_on: Quick
    future: Quick
    cancelled: Quick
    question: Quick
    sources: Quick
    reported: Quick
    spurious: Quick
    speech: Quick
    listing: Quick
    by: Quick
    pronoun: Quick
    old: Quick
    days: Callable[[str, date], list[Day]]
    amounts: Callable[[str], list[Amount]]
    # Where the order of words says who can't act, and who is named after the deed: who acts, of what the rules found.
    acting: Callable[[Rule, re.Match[str], Sentence], Sentence] | None = None
    settled: Callable[[Rule, re.Match[str], Sentence, list[str]], list[str]] | None = None
    # Is it told in passing: of long ago, asked about, a mark of something else?
    passing: Callable[[Rule, re.Match[str], Sentence, Sequence[Day]], bool] | None = None
    _places: dict[int, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _triggers: list[Quick] = field(default_factory=list, init=False, repr=False, compare=False)
    _counted: dict[str, tuple[Amount, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def likely(self, text: str) -> Iterator[Rule]:
        """The rules whose trigger can match a text, in their order."""
        if not self._triggers:
            self._triggers.extend(rule.trigger for rule in self.rules)
        return (self.rules[number] for number in Quick.possible(text, self._triggers, self._places))

    def amounts_in(self, text: str) -> tuple[Amount, ...]:
        """The amounts of a sentence; several rules ask for those of the same one."""
        if text not in self._counted:
            if len(self._counted) >= REMEMBERED:
                self._counted.clear()
            self._counted[text] = tuple(self.amounts(text))
        return self._counted[text]


@dataclass(slots=True)
class _Context:
    """What earlier sentences leave for later ones."""

    firms: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    text: str = ""
    states: list[str] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)
    products: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)


def read(sentences: Sequence[Sentence], page: Page, tongue: Tongue) -> Iterator[Said]:
    """What the rules of a language find in an article, sentence by sentence; nothing in too long a one."""
    published = page.day
    if published is None:
        return
    context = _Context()
    for sentence in sentences:
        if len(sentence.text) > LONGEST_SENTENCE:
            continue
        if not tongue.spurious.search(sentence.text):
            yield from _sentence(sentence, published, tongue, context)
        _remember(sentence, context)


def _remember(sentence: Sentence, context: _Context) -> None:
    names: dict[str, dict[str, None]] = {}
    for mention in sentence.mentions:
        names.setdefault(SPOKEN_OF.get(mention.entity.kind, ""), {}).setdefault(mention.entity.name)
        if mention.entity.kind in FIRMS:
            context.told.append(mention.entity.name)
    context.text = sentence.text if sentence.part == "body" else f"{context.text} {sentence.text}"
    context.firms = list(names.get("firm", ())) or context.firms
    context.states = list(names.get("state", ())) or context.states
    context.persons = list(names.get("person", ())) or context.persons
    context.projects = list(names.get("project", ())) or context.projects
    context.products = list(names.get("product", ())) or context.products
    context.countries = list(names.get("country", ())) or context.countries


def _sentence(sentence: Sentence, published: date, tongue: Tongue, context: _Context) -> Iterator[Said]:
    text = sentence.text
    named: list[Day] | None = None
    done: list[tuple[str, int, int]] = []
    for rule in tongue.likely(text):
        if rule.needs and not rule.needs.search(text):
            continue
        if rule.context and not rule.context.search(context.text):
            continue
        for match in islice(rule.trigger.finditer(text), MOST):
            if rule.unless and rule.unless.search(text):
                break
            if any(
                kind == rule.event_type and start < match.end() and match.start() < end for kind, start, end in done
            ):
                continue
            if named is None:
                named = tongue.days(text, published)
            found = list(_read_one(rule, match, sentence, published, tongue, context, named))
            if found:
                done.append((rule.event_type, match.start(), match.end()))
                yield from found


def _clause(text: str, at: int, tongue: Tongue) -> tuple[int, int]:
    """Where the clause around a place begins and ends."""
    edges = [0, *(m.end() for m in tongue.clauses.finditer(text)), len(text)]
    begin = max((edge for edge in edges if edge <= at), default=0)
    end = min((edge for edge in edges if edge > at), default=len(text))
    return begin, end


def _read_one(  # noqa: PLR0911, PLR0912 (each condition ends the reading)
    rule: Rule, match: re.Match[str], sentence: Sentence, published: date, tongue: Tongue, context: _Context,
    named: Sequence[Day],
) -> Iterator[Said]:  # fmt: skip
    text = sentence.text
    if tongue.passing and tongue.passing(rule, match, sentence, named):
        return
    begin, end = _clause(text, match.start(), tongue)
    end = max(end, min(len(text), match.end()))
    modality = rule.modality or _modality(text, (begin, end), match, tongue)
    if modality is None:
        return
    actors = _actors(rule, match, sentence, (begin, end), tongue, context)
    if not actors:
        return
    targets = _targets(rule, match, sentence, (begin, end), tongue, actors)
    project = _project(rule, sentence, match, context, tongue)
    if rule.project_needed and project is None:
        return
    actors, targets = _parties(rule, sentence, actors, targets, project, tongue)
    if rule.target_needed and not targets:
        return
    product = _product(rule, match, sentence, (begin, end), context)
    if rule.product_needed and product is None and targets and gazetteer.entity(targets[0]).kind == "maker":
        product = gazetteer.entity(targets[0]).product or None
    if (rule.product_needed and product is None) or (rule.products and product not in rule.products):
        return
    if project and (product is None or not rule.product_needed):
        product = rule.product or gazetteer.entity(project).product or product
    if rule.each_project and len(sentence.of("project")) > 1:
        yield from _each_project(rule, match, sentence, actors, targets, modality, named, published, tongue)
        return
    amount = _amount(rule, match, sentence, (begin, end), tongue)
    if rule.value_needed and amount is None:
        return
    when = None if rule.own_day else _when(rule, match, (begin, end), named)
    day = when.day if when else None
    modality = _timed(modality, day, published, rule)
    by = _speaker(sentence, match, tongue)
    if rule.spoken and by:
        actors = [name for name in (by,) if gazetteer.entity(name).kind in rule.actors] or actors
    status = rule.status if modality != "planned" or rule.status not in IN_FORCE else "announced"
    value, unit = (amount.value, UNITS.get(amount.unit, amount.unit)) if amount else (None, None)
    if value is not None and rule.negative and value > 0:
        value = -value
    for actor in actors:
        aimed = targets or _other_side(rule, actor, project, sentence, context)
        for target, one_product in _pairs(rule, sentence, aimed, product):
            if target == actor:
                continue
            own = _own_product(actor, rule)
            yield Said(
                event_type=rule.event_type, status=status, modality=modality, actor=actor,
                pattern=f"{tongue.name}.{rule.id}", sentence=sentence, target=target,
                product=own if rule.own_product else one_product or own, project=project, value=value, unit=unit,
                event_date=day, precision=when.precision if when else "day", asserted_by=by,
            )  # fmt: skip


def _pairs(
    rule: Rule, sentence: Sentence, targets: Sequence[str], product: str | None
) -> Iterator[tuple[str | None, str | None]]:
    """Each target with each product that the rule speaks of."""
    products: list[str | None] = [product]
    if rule.each_product:
        products = list(dict.fromkeys(m.entity.name for m in sentence.of("product"))) or products
    for target in targets or (None,):
        for one in products:
            yield target, one


def _each_project(
    rule: Rule, match: re.Match[str], sentence: Sentence, actors: Sequence[str], targets: Sequence[str],
    modality: Modality, named: Sequence[Day], published: date, tongue: Tongue,
) -> Iterator[Said]:  # fmt: skip
    """One telling a project, each with the last amount before the next project is named."""
    mentions = [m for m in sentence.of("project") if m.start > match.start()] or list(sentence.of("project"))
    amounts = [one for one in tongue.amounts_in(sentence.text) if one.unit in {"m3/year", "bare"}]
    when = _when(rule, match, (0, len(sentence.text)), named)
    day = when.day if when else None
    for number, mention in enumerate(mentions):
        end = mentions[number + 1].start if number + 1 < len(mentions) else len(sentence.text)
        own = [one for one in amounts if mention.end <= one.start < end]
        found = mention.entity
        for actor in actors[:1]:
            for target in targets or (None,):
                yield Said(
                    event_type=rule.event_type, status=rule.status, modality=_timed(modality, day, published, rule),
                    actor=actor, pattern=f"{tongue.name}.{rule.id}", sentence=sentence, target=target,
                    product=found.product or None, project=found.name, value=own[-1].value if own else None,
                    unit="m3/year" if own else None, event_date=day,
                )  # fmt: skip


def _timed(modality: Modality, day: date | None, published: date, rule: Rule) -> Modality:
    """A day to come makes a plan of it; a plan without a day is a possibility, one whose day is over a fact."""
    if modality in {"asserted", "reported", "sources"} and day and day > published:
        modality = "planned"
    if modality != "planned":
        return modality
    if day is None or (day - published).days > LATEST:
        return "hypothetical"
    return "asserted" if day < published and not rule.speaks else "planned"


def _parties(
    rule: Rule, sentence: Sentence, actors: list[str], targets: list[str], project: str | None, tongue: Tongue
) -> tuple[list[str], list[str]]:
    """Who signed with whom: the Russian side first, all others as the other side."""
    if rule.status == "joint_venture":
        together = list(dict.fromkeys([*actors, *targets]))
        return together[:1], together[1:]
    if rule.event_type not in TREATIES or rule.actor_at == "none" or "?" in actors:
        return actors, targets
    everyone = list(dict.fromkeys([*actors, *targets]))
    if len(everyone) == 1:
        mark = next((m for m in sentence.mentions if m.entity.name == everyone[0]), None)
        pool = sentence.of("country", "state", *FIRMS)
        if mark in pool:
            number = pool.index(mark)
            group = [
                *_group(pool, number, sentence.text, tongue, step=-1),
                *_group(pool, number, sentence.text, tongue, step=1),
            ]
            everyone = list(dict.fromkeys([everyone[0], *(m.entity.name for m in group)]))
    sides = {gazetteer.entity(name).side for name in everyone}
    if len(everyone) == 1 and project:
        everyone += [p for p in gazetteer.entity(project).parties if gazetteer.entity(p).side not in sides]
    firms = [name for name in everyone if name in gazetteer.ENTITIES and gazetteer.entity(name).kind in FIRMS]
    if len({gazetteer.entity(name).side for name in firms}) > 1:
        everyone = firms  # "Chinese" beside a Chinese firm is no party of its own
    everyone.sort(key=lambda name: gazetteer.entity(name).side != "RU")
    return everyone[:1], everyone[1:]


def _other_side(rule: Rule, actor: str, project: str | None, sentence: Sentence, context: _Context) -> list[str]:
    """Whom a word or a step about a project is aimed at, where the sentence names nobody: the other party.

    Of a step that nobody is named for the actor will be the project's owner, its first party.
    """
    if actor not in gazetteer.ENTITIES and project:
        actor = next(iter(gazetteer.entity(project).parties), actor)
    side = gazetteer.entity(actor).side if actor in gazetteer.ENTITIES else ""
    if rule.opposite and side in SIDES:
        parties = gazetteer.entity(project).parties if project else ()
        told = [*context.told, *(m.entity.name for m in sentence.of(*FIRMS))]
        named = [p for p in parties if gazetteer.entity(p).side != side and p in told]
        return named[:1] or [SIDES[side]]
    if rule.event_type == "project_status" and project:
        return [p for p in gazetteer.entity(project).parties if gazetteer.entity(p).side != side][:1]
    return []


# --- what a clause makes of it ----------------------------------------------------------------------------------------


def _modality(  # noqa: PLR0911 (one end a modality)
    text: str, clause: tuple[int, int], match: re.Match[str], tongue: Tongue
) -> Modality | None:
    """None: it is a question, or nothing that could be weighed."""
    begin, end = clause
    near = text[begin:end]
    before = text[begin : match.end()]
    if tongue.question.search(text[match.start() :]) or tongue.question.search(near):
        return None
    if "off" in match.re.groupindex and match["off"]:
        return "denied"
    if tongue.cancelled.can(text) and tongue.cancelled.search(near):
        return "cancelled"
    if (tongue.denied.can(text) and tongue.denied.search(before)) or tongue.refuted.search(text):
        return "denied"
    if tongue.hypothetical.can(text) and tongue.hypothetical.search(before):
        return "hypothetical"
    if tongue.conditional.can(text) and tongue.conditional.search(text[match.start() : end]):
        return "hypothetical"
    if tongue.future.can(text) and tongue.future.search(before):
        return "planned"
    if tongue.sources.search(text):
        return "sources"
    if tongue.reported.search(text):
        return "reported"
    return "asserted"


# --- who, to whom, of what --------------------------------------------------------------------------------------------


def _group(mentions: Sequence[Mention], first: int, text: str, tongue: Tongue, *, step: int) -> list[Mention]:
    """The list that a mention stands in: neighbours with nothing but commas and conjunctions between them."""
    found = [mentions[first]]
    at = first + step
    while 0 <= at < len(mentions):
        one, other = (mentions[at], found[-1]) if step < 0 else (found[-1], mentions[at])
        if not tongue.listing.fullmatch(text[one.end : other.start]):
            break
        found.append(mentions[at])
        at += step
    return found[::step]


def _pick(
    kinds: Sequence[Kind], at: int, end: int, place: Place, sentence: Sentence, clause: tuple[int, int], tongue: Tongue,
    side: str = "",
) -> list[str]:  # fmt: skip
    """The names of the entities of some kinds nearest to a trigger on one side, with their list."""
    fits = [m for m in sentence.of(*kinds) if not side or m.entity.side in {side, ""}]
    firm = [m for m in fits if m.entity.kind not in {"country", "bloc"}]
    places = {"left": ("left",), "right": ("right",), "any": ("left", "right"), "by": ("right",)}.get(place, ())
    for where in places:
        for pool in (firm, fits) if firm != fits else (fits,):
            inside = [m for m in pool if clause[0] <= m.start < clause[1] or abs(m.start - at) < FAR]
            near = [m for m in inside if (m.end <= at if where == "left" else m.start >= end)]
            if not near:
                continue
            mark = near[-1] if where == "left" else near[0]
            if pool is firm and _closer_state(mark, fits, at, end, where):
                continue
            number = pool.index(mark)
            group = _group(pool, number, sentence.text, tongue, step=-1 if where == "left" else 1)
            return list(dict.fromkeys(m.entity.name for m in group))
    return []


def _closer_state(mark: Mention, fits: Sequence[Mention], at: int, end: int, where: str) -> bool:
    """Does a country stand between a firm and the trigger, so that the firm belongs to something else?"""
    between = [
        m
        for m in fits
        if m.entity.kind in {"country", "bloc"}
        and (mark.end < m.start and m.end <= at if where == "left" else end <= m.start and m.end < mark.start)
    ]
    gap = at - mark.end if where == "left" else mark.start - end
    return bool(between) and gap > FAR


def _role(match: re.Match[str], name: str) -> tuple[int, int] | None:
    if name not in match.re.groupindex or match[name] is None:
        return None
    return match.span(name)


def _within(sentence: Sentence, span: tuple[int, int], kinds: Sequence[Kind]) -> list[str]:
    return list(dict.fromkeys(m.entity.name for m in sentence.of(*kinds) if span[0] <= m.start and m.end <= span[1]))


def _actors(  # noqa: PLR0912 (one way after the other)
    rule: Rule, match: re.Match[str], sentence: Sentence, clause: tuple[int, int], tongue: Tongue, context: _Context
) -> list[str]:
    if rule.actor_at == "none":
        return [rule.named]
    sentence = tongue.acting(rule, match, sentence) if tongue.acting else sentence
    span = _role(match, "actor")
    if span:
        found = _within(sentence, span, rule.actors)
    else:
        at, end = match.span()
        found = []
        for by in tongue.by.finditer(sentence.text, match.end(), max(clause[1], match.end())):
            found = _pick(
                rule.actors, by.end(), by.end(), "right", sentence, (by.end(), by.end() + FAR), tongue, rule.side
            )
            beside = [m for m in sentence.of(*rule.actors) if m.start >= by.end()]
            if found and beside[0].start - by.end() < 25:  # noqa: PLR2004 (characters: "by the regulator ")
                close = {m.entity.name for m in beside if "," not in sentence.text[beside[0].end : m.start]}
                found = found if close & set(found) else [beside[0].entity.name]
                break
            found = []
        if not found and rule.actor_at == "first":
            found = [m.entity.name for m in sentence.of(*rule.actors)][:1]
        elif not found:
            found = _pick(rule.actors, at, end, rule.actor_at, sentence, clause, tongue, rule.side)
    if not found and rule.actor_at == "any" and not span:
        inside = _within(sentence, match.span(), rule.actors)
        bodies = [name for name in inside if gazetteer.entity(name).kind not in {"country", "bloc"}]
        found = (bodies or inside)[:1]
    if not found and tongue.both.search(sentence.text) and not rule.side:
        found = [name for name in dict.fromkeys(context.told) if gazetteer.entity(name).kind in rule.actors][:2]
        found = found if len(found) > 1 else []
    if tongue.settled:
        found = tongue.settled(rule, match, sentence, found)
    if not found and rule.carried and tongue.pronoun.search(sentence.text):
        found = _carried(rule, context)
    if rule.speaks:
        found = [_employer(name) for name in found]
    else:
        found = [name if rule.event_type == "visit" else _employer(name) for name in found]
    if rule.event_type == "statement":
        found = ["China MFA" if name == "China" else name for name in found]  # it speaks for the state
    if rule.acts:
        found = [FOR_STATE.get(name, FOR_STATE.get(gazetteer.entity(name).belongs_to, name)) for name in found]
    found = [name for name in dict.fromkeys(found) if not rule.side or gazetteer.entity(name).side == rule.side]
    return found or ([rule.named] if rule.named else [])


def _carried(rule: Rule, context: _Context) -> list[str]:
    """The one firm or body that the sentences before speak of."""
    for kinds, names in ((FIRMS, context.firms), (("state",), context.states), (("person",), context.persons)):
        fits = [
            name
            for name in names
            if gazetteer.entity(name).kind in rule.actors
            and gazetteer.entity(name).kind in kinds
            and (not rule.side or gazetteer.entity(name).side == rule.side)
        ]
        if len(fits) == 1:
            return fits
    return []


def _employer(name: str) -> str:
    """The body that a person speaks for; a head of state or government stays a person."""
    found = gazetteer.entity(name)
    if found.kind != "person" or not found.belongs_to or found.belongs_to in {"Kremlin", "China", "Russian government"}:
        return name
    return found.belongs_to


def _targets(
    rule: Rule, match: re.Match[str], sentence: Sentence, clause: tuple[int, int], tongue: Tongue, actors: Sequence[str]
) -> list[str]:
    if rule.target:
        return [rule.target]
    if rule.partner:
        return _partner(sentence, actors, match, clause)
    if not rule.targets:
        return []
    span = _role(match, "target")
    if span:
        return [name for name in _within(sentence, span, rule.targets) if name not in actors]
    at, end = match.span()
    found: list[str] = []
    for place in ("right", "left") if rule.target_at == "any" else (rule.target_at,):
        found = found or [
            name
            for name in _pick(rule.targets, at, end, place, sentence, clause, tongue)
            if name not in actors and not _own(rule, name, actors)
        ]
    if not found:
        found = [name for name in _within(sentence, match.span(), rule.targets) if not _own(rule, name, actors)]
    return [name for name in found if name not in actors]


def _own(rule: Rule, name: str, actors: Sequence[str]) -> bool:
    """A person visits no country of the own side; a party signs with none."""
    found = gazetteer.entity(name)
    return (
        rule.event_type in {"visit", *TREATIES}
        and found.kind == "country"
        and any(found.side == gazetteer.entity(actor).side for actor in actors)
    )


def _partner(sentence: Sentence, actors: Sequence[str], match: re.Match[str], clause: tuple[int, int]) -> list[str]:
    """The one other country that the sentence names beside the actor's own."""
    sides = {gazetteer.entity(actor).side for actor in actors}
    own = {"China"} if "CN" in sides else {"Russia"} if "RU" in sides else set()
    begin, end = match.start() - FAR, max(clause[1], match.end())
    others = [
        m.entity.name
        for m in sentence.of("country")
        if m.entity.name not in own and m.entity.name not in actors and begin <= m.start < end
    ]
    return [name for name in dict.fromkeys(others) if name in {"China", "Russia"}][:1] or list(dict.fromkeys(others))[
        :1
    ]


def _product(
    rule: Rule, match: re.Match[str], sentence: Sentence, clause: tuple[int, int], context: _Context
) -> str | None:
    if rule.product:
        return rule.product
    span = _role(match, "product")
    mentions = sentence.of("product")
    if rule.products:
        mentions = tuple(m for m in mentions if m.entity.name in rule.products)
    if span:
        inside = [m for m in mentions if span[0] <= m.start and m.end <= span[1]]
        if inside:
            return inside[0].entity.name
        if rule.value_needed:
            return None  # the amount is that of other goods
    at, end = match.span()
    after = [m for m in mentions if m.start >= at and m.start < clause[1]]
    before = [m for m in mentions if m.end <= at and m.start >= clause[0]]
    anywhere = [*after, *before[::-1], *(m for m in mentions if m.start >= end), *mentions]
    if anywhere:
        return anywhere[0].entity.name
    if rule.product_needed and context.products:
        codes = sorted(context.products, key=lambda name: (len(gazetteer.entity(name).code), name))
        if all(gazetteer.entity(name).code.startswith(gazetteer.entity(codes[0]).code) for name in codes):
            return codes[0]  # the broadest of one kind
    return None


def _own_product(actor: str, rule: Rule) -> str | None:
    if rule.event_type in {"visit", "visa_waiver", "agreement", "contract"}:
        return None
    return gazetteer.entity(actor).product or None if actor in gazetteer.ENTITIES else None


def _project(rule: Rule, sentence: Sentence, match: re.Match[str], context: _Context, tongue: Tongue) -> str | None:
    """The project nearest to the trigger; one that the sentences before speak of, unless this is another matter."""
    mentions = sentence.of("project")
    if mentions:
        at, end = match.span()
        return min(
            mentions, key=lambda m: (min(abs(m.start - end), abs(at - m.end), abs(m.start - at)), m.start)
        ).entity.name
    goes_on = rule.event_type in OF_PROJECTS and len(context.projects) == 1 and not tongue.other.search(sentence.text)
    wanted = rule.project_needed or rule.event_type in TREATIES or rule.event_type == "delivery"
    return context.projects[0] if goes_on and wanted else None


def _amount(
    rule: Rule, match: re.Match[str], sentence: Sentence, clause: tuple[int, int], tongue: Tongue
) -> Amount | None:
    """The amount of a unit that the rule wants: the first after the trigger, else the last before it."""
    if not rule.value:
        return None
    found = [one for one in tongue.amounts_in(sentence.text) if one.unit in rule.value]
    after = [one for one in found if one.start >= match.start()]
    before = [one for one in found if one.end <= match.start() and one.start >= clause[0]]
    alone = found if rule.event_type in TREATIES and len(found) == 1 else []
    return after[0] if after else before[-1] if before else alone[0] if alone else None


def _when(rule: Rule, match: re.Match[str], clause: tuple[int, int], named: Sequence[Day]) -> Day | None:
    """The day that belongs to a trigger: of a measure the one from which on, else the nearest in its clause."""
    fits = [one for one in named if one.kind != "until" and (one.kind != "said" or rule.speaks)]
    fits = fits or [one for one in named if one.kind == "said"]
    if rule.event_type == "visit" and (exact := [one for one in fits if one.precision == "day"]):
        return min(exact, key=lambda one: one.day)  # a visit is dated by its first day
    inside = [one for one in fits if clause[0] <= one.start < clause[1]]
    at, end = match.span()

    def distance(one: Day) -> int:
        return one.start - end if one.start >= end else at - one.end

    for pool in (inside, fits):
        if not rule.speaks and (begins := [one for one in pool if one.kind == "from"]):
            return min(begins, key=distance)
        exact = [one for one in pool if one.precision == "day"]
        if exact or pool:
            return min(exact or pool, key=distance)
    return None


def _speaker(sentence: Sentence, match: re.Match[str], tongue: Tongue) -> str | None:
    """Who says it in the sentence: the body, or the employer of the person, beside a verb of saying."""
    voice = _voice(sentence, match, tongue)
    return _employer(voice) if voice else None


def _voice(sentence: Sentence, match: re.Match[str], tongue: Tongue) -> str | None:
    said = [one for one in tongue.speech.finditer(sentence.text) if not match.start() <= one.start() < match.end()]
    if not said:
        return None
    kinds: tuple[Kind, ...] = ("person", "state", "company", "maker", "bank", "analyst", "association", "country")
    who = [m for m in sentence.of(*kinds) if not _is_attribute(m, sentence.text, tongue)]
    near = [(min(abs(one.start() - m.end), abs(m.start - one.end())), m) for one in said for m in who]
    close = [(gap, m) for gap, m in near if gap < 45]  # noqa: PLR2004 (characters: "Deputy Prime Minister ... said")
    if not close:
        return None
    mention = min(close, key=lambda pair: (pair[1].entity.kind == "country", pair[0], pair[1].start))[1]
    return mention.entity.name


def _is_attribute(mention: Mention, text: str, tongue: Tongue) -> bool:
    """Does a country's name only say of which country another word is?"""
    if mention.entity.kind != "country" or tongue.name not in NATIONAL:
        return False
    looks, state = NATIONAL[tongue.name]
    owns = text[mention.end :].startswith(("'s ", "’s "))
    own = owns or looks.fullmatch(text, mention.start, mention.end) is not None
    return own and state.match(text, mention.end) is None


def by_project(said: Said) -> Said | None:
    """A telling that names the project alone: its owner is the actor, the first of its parties."""
    parties = gazetteer.entity(said.project).parties if said.project else ()
    if not parties:
        return None
    other = parties[1] if said.event_type in TREATIES and len(parties) > 1 else None
    product = gazetteer.entity(said.project or "").product or said.product
    target = said.target if said.target != parties[0] else None
    return replace(said, actor=parties[0], target=target or other, product=product)


def forecast(
    said: Said, page: Page, subjects: Sequence[tuple[Quick, str, Quick]], year: Quick,
    following: str,
) -> list[Said]:  # fmt: skip
    """A forecast with what it is of and the year that it is for; nothing where either can't be told."""
    text = said.sentence.text
    for subject, name, needed in subjects:
        if subject.search(text) and needed.search(text):
            found = year.search(text)
            if not found:
                return []
            number = found["year"] or str((page.day.year if page.day else 0) + (following in found[0].lower()))
            return [replace(said, product=name, status=f"{number} A yoy")]
    return []


def narrowed(found: Sequence[Said], sentences: Sequence[Sentence], pattern: Quick, tongue: Tongue) -> Iterator[Said]:
    """The same tellings with what the sentence after adds: a narrower product, the yearly volume of what was signed."""
    following = {one.start: other for one, other in pairwise(sentences) if len(other.text) <= LONGEST_SENTENCE}
    telling = {said.sentence.start for said in found}
    for said in found:
        after = following.get(said.sentence.start)
        if after is None or after.part != said.sentence.part:
            yield said
            continue
        narrower = pattern.search(after.text) if said.product else None
        names = [
            mention.entity.name
            for mention in (after.of("product") if narrower else ())
            if narrower and narrower.start() <= mention.start < narrower.end()
        ]
        narrow = replace(said, product=names[0]) if names and (said.product or "") in names[0] else said
        asks = said.value is None and (said.event_type in TREATIES or said.event_type == "visa_waiver")
        amounts = tongue.amounts_in(after.text) if asks else ()
        yearly = [one for one in amounts if one.unit == "m3/year"]
        same = all(mention.entity.name == said.project for mention in after.of("project"))
        goes_on = tongue.goes_on.search(after.text) and after.start not in telling and same
        if said.value is None and said.event_type in TREATIES and len(yearly) == 1 and goes_on:
            narrow = replace(narrow, value=yearly[0].value, unit="m3/year")
        stay = [one for one in amounts if one.unit == "days"]
        if said.value is None and said.event_type == "visa_waiver" and len(stay) == 1:
            narrow = replace(narrow, value=stay[0].value, unit="days")
        yield narrow


def marked(
    found: Sequence[Amount], text: str, *, zero: Quick, short: Quick, full: Quick,
    spans: Sequence[Amount] = (),
) -> list[Amount]:  # fmt: skip
    """What amounts mean beyond their unit: the last of a unit (`from A to B`), nothing at all, days of a week."""
    more = [Amount(one.start, one.end, one.value, one.unit) for one in spans]
    for unit in ("percent", "RUB"):
        same = sorted((one for one in found if one.unit == unit), key=lambda one: one.start)
        if same:
            more.append(replace(same[-1], unit=f"last {unit}"))
    for one in zero.finditer(text):
        more.append(Amount(one.start(), one.end(), Decimal(0), "zero"))
        more.append(Amount(one.start(), one.end(), Decimal(0), "zero usd"))
    for one in short.finditer(text):
        digits = re.search(r"[234]", one[0])
        words = {"two": 2, "three": 3, "four": 4, "дву": 2, "тр": 3, "четыр": 4, "二": 2, "两": 2, "三": 3, "四": 4}
        value = int(digits[0]) if digits else next((n for word, n in words.items() if word in one[0].lower()), 0)
        if value:
            more.append(Amount(one.start(), one.end(), Decimal(value), "short week"))
    more += [Amount(one.start(), one.end(), Decimal(5), "full week") for one in full.finditer(text)]
    return more
