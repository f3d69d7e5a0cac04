"""What a reading of an English sentence still needs once its rule has fired: whom it is aimed at, who stands for whom.

The rules find a trigger and its roles; here the sentence as a whole settles what one trigger can't: a ban on goods is
aimed at the country that they come from, controls of exports are the commerce ministry's, a visit that ends began some
days before, and what is told as "five years ago" has no day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sources.parse.news import gazetteer
from sources.parse.news.model import Page, Said

__all__ = ["settled", "together"]

OTHER: Final[Mapping[str, str]] = {"RU": "China", "CN": "Russia"}
HOME: Final[Mapping[str, str]] = {"RU": "Russia", "CN": "China"}
AIMED: Final = frozenset({"import_ban", "import_ban_update", "import_ban_lifted"})
# Measures of the state that are its commerce ministry's where the text names no other body.
MINISTRY: Final = frozenset({"export_control", "countersanction"})
BEGINNING: Final = 30  # characters
# Sanctions told as what something else followed, without their day, are no news of the day.
BACKGROUND: Final = re.compile(
    r"\b(?:after|following|follow(?:s|ed)|since|in the wake of|amid|despite|in response to|because of|due to|under)\b"
    r"[^;]{0,90}\bsanction",
    re.IGNORECASE,
)
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
    r"\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|few|some)\s+(?:years?|decades?)\s+"
    r"(?:ago|after|since|later)\b|\banniversary\b|\ba year earlier\b",
    re.IGNORECASE,
)
DATED: Final = re.compile(r"\b(?:19|20)\d\d\b")


def settled(said: Said, page: Page) -> Said | None:
    """The reading as the whole sentence bears it out; None where the sentence gives it no day that can be told."""
    text = said.sentence.text
    long_ago = LONG_AGO.search(text)
    if long_ago and not DATED.search(text) and (said.event_date is None or long_ago.start() < BEGINNING):
        return None
    if said.event_type == "sanction" and (_own_sanction(said) or (said.event_date is None and BACKGROUND.search(text))):
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
        if said.event_type != "import_ban"
        or _is(said.target, "maker")
        or not (said.actor in gazetteer.ENTITIES and gazetteer.entity(said.actor).side in named)
    ]


def _is(name: str | None, kind: str) -> bool:
    return name in gazetteer.ENTITIES and gazetteer.entity(name).kind == kind if name else False


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
