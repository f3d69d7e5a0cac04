"""The readings of an English article as a whole: what two sentences tell of one matter is told once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from sources.parse.news import gazetteer
from sources.parse.news.english_settled import MEASURED
from sources.parse.news.model import Said

__all__ = ["together"]

# Kinds of goods that have the code of the goods at large.
KINDS: Final[Mapping[str, str]] = {
    "thermal coal": "coal", "winter wheat": "wheat", "spring wheat": "wheat", "seaborne crude": "crude oil",
    "seafood": "fish", "commercial vehicles": "trucks",
}  # fmt: skip
VEHICLES: Final = frozenset({"trucks", "cars", "buses", "commercial vehicles", "tractors"})
TOLD: Final = frozenset({"asserted", "reported", "sources", "planned"})
OLDER: Final = 30  # days before the measure that a text opens with
FIRST: Final = 2  # the paragraph after title and lead
OVER: Final = frozenset({("agreement", "contract"), ("tariff", "antidumping_duty")})
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

RECALLED: Final = BANS | {"sanction", "countersanction", "payment_halt", "export_control", "fee_change"}
MONTHS_AGO: Final = 40  # days back to a month that is over


def together(found: Iterable[Said], today: date | None, *, makers: bool) -> list[Said]:
    """The readings of an article of a day: a ban told once of a country and once of its makers is the makers'.

    `makers`: the article names Chinese makers.
    """
    every = _dated(list(found))
    named = {
        gazetteer.entity(said.actor).side
        for said in every
        if said.event_type == "import_ban" and _is(said.target, "maker") and _is(said.actor, "state")
    }
    return [
        said
        for said in every
        if not _unaimed(said, makers=makers)
        and (said.status != "dumping" or said.product is not None)
        and not _recalled(said, today)
        and (
            said.event_type != "import_ban"
            or _is(said.target, "maker")
            or not (said.actor in gazetteer.ENTITIES and gazetteer.entity(said.actor).side in named)
        )
        and not any(
            _narrower(other, said)
            or _begins_later(other, said)
            or _contracted(other, said)
            or _mirrored(other, said)
            or _readmitted(other, said)
            or _foregone(other, said)
            or _talked_of(other, said)
            for other in every
        )
    ]


def _unaimed(said: Said, *, makers: bool) -> bool:
    """Is a ban told of nobody's goods, or of the vehicles of a whole country?

    Where the article names `makers`, it is theirs that are forbidden: a sentence without them doesn't say which.
    """
    if said.modality not in TOLD or not said.event_type.startswith("import_ban"):
        return False
    return said.target is None or (makers and said.product in VEHICLES and not _is(said.target, "maker"))


def _recalled(said: Said, today: date | None) -> bool:
    """Is it a measure of some months ago, told by its month alone behind the first paragraph?"""
    return (
        said.event_type in RECALLED
        and said.modality in TOLD
        and said.precision != "day"
        and said.event_date is not None
        and today is not None
        and not _opens(said)
        and (today - said.event_date).days > MONTHS_AGO
    )


def _foregone(other: Said, said: Said) -> bool:
    """Is it an older measure, or one on other goods, that the text recalls beside the one it opens with?"""
    if other is said or said.event_type != other.event_type or said.event_type not in BANS:
        return False
    if _opens(said) or not _opens(other) or other.modality not in TOLD:
        return False
    if said.event_date and other.event_date and (other.event_date - said.event_date).days > OLDER:
        return True
    mine, theirs = said.product, other.product
    return bool(mine and theirs) and mine not in _goods(other) and not _akin(mine or "", theirs or "")


def _opens(said: Said) -> bool:
    """Does it stand in the title, the lead or the first paragraph?"""
    return said.sentence.part != "body" or said.sentence.paragraph <= FIRST


def _goods(said: Said) -> set[str]:
    return {mention.entity.name for mention in said.sentence.of("product")}


def _akin(mine: str, theirs: str) -> bool:
    """Are they the same goods, or is one a kind of the other?"""
    one, two = _code(mine), _code(theirs)
    return (
        mine == theirs
        or KINDS.get(mine, mine) == KINDS.get(theirs, theirs)
        or (bool(one and two) and (one.startswith(two) or two.startswith(one)))
    )


def _talked_of(other: Said, said: Said) -> bool:
    """Does who has nothing to say of a matter say in the same sentence that it is negotiated?"""
    return (
        (said.status, other.status) == ("not_confirmed", "negotiating")
        and (said.actor, said.project) == (other.actor, other.project)
        and said.sentence.start == other.sentence.start
    )


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


def _dated(every: list[Said]) -> list[Said]:
    """The readings, those of a kind of goods with the day that only the one of the goods at large has."""
    return [
        replace(said, event_date=broad.event_date, precision=broad.precision)
        if said.event_date is None
        and (broad := next((one for one in every if one.event_date is not None and _narrower(said, one)), None))
        else said
        for said in every
    ]


def _mirrored(other: Said, said: Said) -> bool:
    """Is it a step of a project that another reading tells of its two parties the other way round?"""
    parties = gazetteer.entity(said.project).parties if said.project else ()
    return (
        said.event_type == "project_status"
        and (said.status, said.project) == (other.status, other.project)
        and (said.actor, said.target) == (other.target, other.actor)
        and other.actor in parties[:1]
    )


def _readmitted(other: Said, said: Said) -> bool:
    """Is the market opened to goods whose ban another reading tells to be lifted?"""
    return (
        (said.event_type, other.event_type) == ("market_access", "import_ban_lifted")
        and (said.target, said.product) == (other.target, other.product)
        and (said.event_date is None or said.event_date == other.event_date)
    )


def _contracted(other: Said, said: Said) -> bool:
    """Is an agreement the contract, a duty the anti-dumping duty, of which another reading tells?"""
    return (
        (said.event_type, other.event_type) in OVER
        and said.actor == other.actor
        and (said.event_date is None or said.event_date == other.event_date)
        and all(
            None in {mine, theirs} or mine == theirs
            for mine, theirs in ((said.target, other.target), (said.project, other.project))
        )
    )


def _narrower(other: Said, said: Said) -> bool:
    """Does another reading tell the same of a kind of the goods that this one names at large?"""
    mine, theirs = said.product, other.product
    if (
        said.event_type not in BANS
        or other is said
        or mine is None
        or theirs is None
        or mine in KINDS
        or mine == theirs
    ):
        return False
    if (said.event_type, said.status, said.actor) != (other.event_type, other.status, other.actor):
        return False
    if said.target != other.target and None not in {said.target, other.target}:
        return False
    if said.event_date and other.event_date and said.event_date != other.event_date:
        return False
    return KINDS.get(theirs) == mine or (
        bool(_code(mine)) and _code(theirs) != _code(mine) and _code(theirs).startswith(_code(mine))
    )


def _code(product: str) -> str:
    return gazetteer.entity(product).code if product in gazetteer.ENTITIES else ""


def _is(name: str | None, kind: str) -> bool:
    return name in gazetteer.ENTITIES and gazetteer.entity(name).kind == kind if name else False
