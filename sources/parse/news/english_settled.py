"""What a reading of an English sentence still needs once its rule has fired: whom it is aimed at, who stands for whom.

The rules find a trigger and its roles; here the sentence as a whole settles what one trigger can't: a ban on goods is
aimed at the country that they come from, controls of exports are the commerce ministry's, a visit that ends began some
days before, and what is told as "five years ago" has no day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sources.parse.news import gazetteer
from sources.parse.news.english_figures import days_of
from sources.parse.news.model import Mention, Page, Said, Sentence
from sources.parse.news.rules import IN_FORCE, TREATIES, Day

__all__ = ["effective", "prepared", "settled", "together"]

OTHER: Final[Mapping[str, str]] = {"RU": "China", "CN": "Russia"}
HOME: Final[Mapping[str, str]] = {"RU": "Russia", "CN": "China"}
AIMED: Final = frozenset({"import_ban", "import_ban_update", "import_ban_lifted"})
# Measures of the state that are its commerce ministry's where the text names no other body.
MINISTRY: Final = frozenset({"export_control", "countersanction"})
BEGINNING: Final = 30  # characters
# Sanctions told as what something else followed, without their day, are no news of the day.
BACKGROUND: Final = re.compile(
    r"\b(?:after|following|follow(?:s|ed)|since|in the wake of|amid|despite|in response to|because of|due to|under)\b"
    r"[^;]{0,90}\b(?:sanction|blacklist|target)",
    re.IGNORECASE,
)
# Kinds of goods that have the code of the goods at large.
KINDS: Final[Mapping[str, str]] = {
    "thermal coal": "coal", "winter wheat": "wheat", "spring wheat": "wheat", "seaborne crude": "crude oil",
    "seafood": "fish", "commercial vehicles": "trucks",
}  # fmt: skip
SEABORNE: Final = re.compile(r"\bseaborne\b|\bby sea\b", re.IGNORECASE)
SPEAKS: Final = re.compile(
    r"\b(?:China|Beijing|Russia|Moscow|Washington|Brussels|London|Kyiv|the United States|the EU)\s+"
    r"(?:has\s+|have\s+|had\s+|also\s+)?(?:said|says|announced|announces|confirmed|stated|declared|told)\b"
)
BUILT: Final = ("project.building", "project.completed")
# Bodies that forbid and allow in the name of the state: where they tell of the measure it is theirs.
BODIES: Final = frozenset({"Rosstandart", "Rosselkhoznadzor", "GACC"})
MEASURES: Final = frozenset({*AIMED, "market_access", "tariff", "export_control", "antidumping_duty", "visa_waiver"})
SAID: Final = re.compile(
    r"[^,;:]{0,40}?\b(?:said|says|reported|announced|confirmed|told reporters|noted)\s+"
    r"(?:(?:on|last)\s+[\w. ]{3,14}?\s+)?(?:that\s+)?",
    re.IGNORECASE,
)
SPOKESMEN: Final[Mapping[str, str]] = {"Dmitry Peskov": "Kremlin"}
LEAVES: Final = re.compile(
    r"\b(?:left|leaves|wrap(?:s|ped) up|end(?:s|ed)|conclud(?:es|ed)|complet(?:es|ed)|return(?:s|ed) from)\b",
    re.IGNORECASE,
)
BEGAN: Final = re.compile(r"\b(?:began|begun|started|arrived|since|from)\b", re.IGNORECASE)
LONG_AGO: Final = re.compile(
    r"\b[\w-]+\s+(?:years?|decades?)\s+(?:ago|after|since|later)\b|\banniversary\b|\ba year earlier\b", re.IGNORECASE
)
# What a clause tells of an earlier time without its day belongs to no day that could be told.
EARLIER: Final = re.compile(
    r"\b(?:last|the previous|the preceding) (?:year|month|spring|summer|autumn|fall|winter|quarter|decade|century)\b"
    r"|\bearlier (?:this|in the) (?:year|month|decade)\b|\b(?:previously|formerly|in recent (?:months|years)|back then"
    r"|at the time|in the past|for (?:years|decades|months)"
    r"|long[- ](?:standing|running)|in the (?:early |late )?(?:19|20)\d0s)\b",
    re.IGNORECASE,
)
PLUPERFECT: Final = re.compile(
    r"\bhad (?:\w+ly |already |been |since |first |once |also )*\w+(?:ed|en|wn|put|cut|set)\b", re.IGNORECASE
)
SPOKEN: Final = re.compile(
    r"\b(?:said|says|told|announc\w+|stat(?:ed|es)|confirm\w+|report(?:ed|s)|according to|sources?|wrote"
    r"|citing|cited)\b",
    re.IGNORECASE,
)
BYSTANDER: Final = re.compile(
    r"(?:,\s+(?:which is\s+|itself\s+)?(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:part|units?|subsidiar(?:y|ies)|arm|division|affiliate|member|owned|controlled|backed)\s+(?:of|by)"
    r"|\bunlike|\brival of|\bcompetitor of)\s+(?:the\s+)?(?:(?:Russia|China)'s\s+|(?:Russian|Chinese)\s+)?"
    r"(?:\w+\s+group\s+)?$",
    re.IGNORECASE,
)
CAPITALS: Final = frozenset({"Beijing", "Moscow", "Washington", "Brussels", "London", "Kyiv", "Minsk", "New Delhi"})
WITHIN: Final = re.compile(r"\b(?:in|near|outside)\s+$", re.IGNORECASE)
TRAVELS: Final = re.compile(
    r"\b(?:visit\w*|trip|arriv\w+|land(?:s|ed)|touch\w*|fl(?:ew|ies|y)|travel\w*|tour|stay\w*)\b", re.IGNORECASE
)
LONGEST: Final = 2000  # characters: more than that is no sentence, and patterns must not search it
OLD_MONTH: Final = 470  # days back to a month that is named without its day
OLD_YEAR: Final = 180
TAKES_EFFECT: Final = re.compile(
    r"^(?:The|These|Those|This|It|They|Both|New|Its)\b[^.;]{0,70}?\b"
    r"(?:(?:tak(?:e|es|ing)|took|comes?|came|enter(?:s|ed)?|go|goes|went)\s+(?:effect|into (?:force|effect)|in force)"
    r"|(?:is|are|will be|becomes?)\s+(?:effective|in force|valid|applicable)"
    r"|(?:appl(?:y|ies)|starts?|begins?|runs?) (?:from|on))\b"
)
MEASURED: Final = frozenset(
    {
        "import_ban",
        "tariff",
        "antidumping_duty",
        "export_control",
        "visa_waiver",
        "sanction",
        "countersanction",
        "market_access",
        "import_ban_lifted",
    }
)
BANS: Final = frozenset(
    {
        "import_ban",
        "import_ban_lifted",
        "import_ban_update",
        "tariff",
        "antidumping_duty",
        "market_access",
        "purchase_halt",
    }
)
DATED: Final = re.compile(r"\b(?:19|20)\d\d\b")


def prepared(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences with the entities that act in them: no owner in an apposition, no capital that is only a place."""
    return [
        replace(one, mentions=tuple(m for m in one.mentions if not _bystands(m, one.text)))
        for one in sentences
        if len(one.text) <= LONGEST
    ]


def _bystands(mention: Mention, text: str) -> bool:
    before = text[max(0, mention.start - 80) : mention.start]
    if mention.entity.kind in {"country", "bloc"}:
        place = text[mention.start : mention.end] in CAPITALS and WITHIN.search(before)
        return bool(place) and not TRAVELS.search(text)
    return mention.entity.kind in {"maker", "company", "bank"} and bool(BYSTANDER.search(before))


def settled(said: Said, page: Page, clause: str) -> Said | None:
    """The reading as the whole sentence bears it out; None where that gives it no day or no place between the two.

    `clause` is the part of the sentence in which the rule fired.
    """
    text = said.sentence.text
    if _stale(said, page, clause) or _elsewhere(said):
        return None
    long_ago = LONG_AGO.search(text)
    if long_ago and not DATED.search(text) and (said.event_date is None or long_ago.start() < BEGINNING):
        return None
    if said.event_type == "sanction" and (
        _own_sanction(said) or (BACKGROUND.search(text) and not _own_date(said, page))
    ):
        return None
    said = _voiced(said)
    said = _told_of(said)
    if said.actor in SPOKESMEN and said.event_type == "statement":
        said = replace(said, actor=SPOKESMEN[said.actor])
    if said.event_type in MINISTRY and said.actor == "China":
        said = replace(said, actor="MOFCOM")
    if said.event_type in AIMED and said.target is None:
        said = replace(said, target=_origin(said))
    if said.event_type == "import_ban":
        said = _makers(said)
    if said.event_type == "purchase_halt" and said.product == "crude oil" and SEABORNE.search(text):
        said = replace(said, product="seaborne crude")
    if said.event_type == "opening":
        said = _opened(said)
    if said.event_type == "project_status" and said.target in {None, said.actor} and said.pattern.endswith(BUILT):
        said = replace(said, target=_partner(said))
    if said.event_type == "visit":
        said = _begun(said, page)
    return said


def effective(said: Said, following: Sentence | None, found: Sequence[Day]) -> Said:
    """The reading with the day on which its measure begins, where the sentence after it says that."""
    if said.event_type not in MEASURED or following is None or not TAKES_EFFECT.search(following.text):
        return said
    starts = [day.day for day in found if day.precision == "day" and day.kind in {"from", "on"}]
    if len(starts) != 1 or (said.event_date and starts[0] <= said.event_date):
        return said
    status = "announced" if said.status in IN_FORCE else said.status
    return replace(said, event_date=starts[0], modality="planned", status=status)


def _stale(said: Said, page: Page, clause: str) -> bool:
    """Is it told of an earlier time that has no day?"""
    today: date | None = page.day
    if said.event_type in {"forecast", "statement"}:
        return False
    if said.event_date is not None and today is not None:
        back = (today - said.event_date).days
        return (said.precision == "month" and back > OLD_MONTH) or (said.precision == "year" and back > OLD_YEAR)
    if EARLIER.search(clause):
        return True
    past = PLUPERFECT.search(clause)
    return bool(past) and not SPOKEN.search(said.sentence.text)


def _elsewhere(said: Said) -> bool:
    """Is it a matter of others than China and Russia, or of one of them with a third country?"""
    actor = _side(said.actor)
    target = _side(said.target)
    if said.event_type in MEASURES:
        if actor not in OTHER or (target == actor and said.event_type != "export_control"):
            return True
        return target == "other"
    if said.event_type in TREATIES and said.project is None:
        return {actor, target} != {"RU", "CN"}
    if said.event_type == "visit":
        return {actor, target} != {"RU", "CN"}
    if said.event_type == "sanction":
        return target not in OTHER
    return False


def _side(name: str | None) -> str:
    return gazetteer.entity(name).side if name in gazetteer.ENTITIES else ""


def together(found: Iterable[Said]) -> list[Said]:
    """The readings of an article: a ban told once of a country and once of its makers is the makers'."""
    every = list(found)
    named = {
        gazetteer.entity(said.actor).side
        for said in every
        if said.event_type == "import_ban" and _is(said.target, "maker") and _is(said.actor, "state")
    }
    return [
        said
        for said in every
        if (
            said.event_type != "import_ban"
            or _is(said.target, "maker")
            or not (said.actor in gazetteer.ENTITIES and gazetteer.entity(said.actor).side in named)
        )
        and not any(_narrower(other, said) or _begins_later(other, said) for other in every)
    ]


def _begins_later(other: Said, said: Said) -> bool:
    """Does another reading name the day to come of a measure that this one tells without a day?"""
    return (
        said.event_type in MEASURED
        and said.event_date is None
        and other.modality == "planned"
        and other.event_date is not None
        and (said.event_type, said.actor) == (other.event_type, other.actor)
        and all(
            None in {mine, theirs} or mine == theirs
            for mine, theirs in ((said.target, other.target), (said.product, other.product))
        )
    )


def _narrower(other: Said, said: Said) -> bool:
    """Does another reading tell the same of a kind of the goods that this one names at large?"""
    if said.event_type not in BANS or other is said or None in {said.product, other.product} or said.product in KINDS:
        return False
    if (said.event_type, said.status, said.actor) != (other.event_type, other.status, other.actor):
        return False
    if said.target != other.target and None not in {said.target, other.target}:
        return False
    if said.event_date and other.event_date and said.event_date != other.event_date:
        return False
    return said.product != other.product and (
        KINDS.get(other.product) == said.product
        or (
            _code(other.product) != _code(said.product)
            and bool(_code(said.product))
            and _code(other.product).startswith(_code(said.product))
        )
    )


def _code(product: str) -> str:
    return gazetteer.entity(product).code if product in gazetteer.ENTITIES else ""


def _is(name: str | None, kind: str) -> bool:
    return name in gazetteer.ENTITIES and gazetteer.entity(name).kind == kind if name else False


def _own_date(said: Said, page: Page) -> bool:
    """Is the day its own, and not the one on which somebody spoke?"""
    if said.event_date is None or page.day is None:
        return False
    return any(day.day == said.event_date and day.kind != "said" for day in days_of(said.sentence.text, page.day))


def _own_sanction(said: Said) -> bool:
    """China and Russia answer sanctions by countermeasures: where one of them is read as the actor it was misread."""
    return said.actor in gazetteer.ENTITIES and gazetteer.entity(said.actor).side in OTHER


def _voiced(said: Said) -> Said:
    """Unnamed sources are nobody's word; a country speaks only where it is the one that speaks."""
    by = said.asserted_by
    if by and (said.modality == "sources" or (_is(by, "country") and not SPEAKS.search(said.sentence.text))):
        return replace(said, asserted_by=None)
    return said


def _makers(said: Said) -> Said:
    """What a maker makes, where the sentence speaks of vehicles at large."""
    if said.product == "cars" and said.target and _is(said.target, "maker"):
        return replace(said, product=gazetteer.entity(said.target).product or said.product)
    return said


def _told_of(said: Said) -> Said:
    """A body that tells what the other side did acts for nobody; one that tells what its own state did acted itself."""
    if said.event_type not in MEASURES or said.actor not in gazetteer.ENTITIES:
        return said
    actor = gazetteer.entity(said.actor)
    if actor.kind == "country" and said.event_type in AIMED and said.asserted_by in BODIES:
        body = gazetteer.entity(said.asserted_by)
        return replace(said, actor=body.name) if body.side == actor.side else said
    if actor.kind != "state":
        return said
    mentions = said.sentence.mentions
    for number, mention in enumerate(mentions[:-1]):
        following = mentions[number + 1]
        between = said.sentence.text[mention.end : following.start]
        other = following.entity
        if mention.entity == actor and other.kind == "country" and other.side != actor.side and SAID.fullmatch(between):
            aimed = HOME.get(actor.side) if said.target == other.name else said.target
            return replace(said, actor=other.name, target=aimed)
    return said


def _origin(said: Said) -> str | None:
    """The country that the goods come from: the one the sentence names beside the actor's own."""
    side = gazetteer.entity(said.actor).side if said.actor in gazetteer.ENTITIES else ""
    named = [mention.entity for mention in said.sentence.of("country")]
    others = list(dict.fromkeys(one.name for one in named if one.side != side and one.name != said.actor))
    both = [name for name in others if name in HOME.values()]
    return next(iter(both or others), None)


def _opened(said: Said) -> Said:
    """A maker opens abroad: its own country is its origin there, not the place."""
    side = gazetteer.entity(said.actor).side if said.actor in gazetteer.ENTITIES else ""
    if said.target == HOME.get(side, ""):
        return replace(said, target=OTHER[side] if said.project else None)
    return said


def _partner(said: Said) -> str | None:
    """The other party of a project that is built or finished."""
    parties = gazetteer.entity(said.project).parties if said.project else ()
    return next((party for party in parties if party != said.actor), None) if said.actor in parties else None


def _begun(said: Said, page: Page) -> Said:
    """The first day of a visit of which the sentence tells the last."""
    text = said.sentence.text
    if said.value is None or said.unit != "days" or not LEAVES.search(text) or BEGAN.search(text):
        return said
    last = said.event_date or page.day
    return replace(said, event_date=last - timedelta(days=int(said.value) - 1)) if last else said
