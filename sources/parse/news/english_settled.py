"""What a reading of an English sentence still needs once its rule has fired: whom it is aimed at, who stands for whom.

The rules find a trigger and its roles; here the sentence as a whole settles what one trigger can't: a ban on goods is
aimed at the country that they come from, controls of exports are the commerce ministry's, a visit that ends began some
days before, and what is told as "five years ago" has no day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sources.parse.news import gazetteer
from sources.parse.news.english_figures import days_of
from sources.parse.news.model import Mention, Page, Said, Sentence
from sources.parse.news.rules import FOR_STATE, IN_FORCE, TREATIES, Day
from sources.parse.news.stems import quick

__all__ = [
    "BODIES",
    "DISCOUNT",
    "HIT",
    "MEASURED",
    "RATE",
    "SEABORNE",
    "UP_FROM",
    "authorised",
    "effective",
    "prepared",
    "settled",
]

OTHER: Final[Mapping[str, str]] = {"RU": "China", "CN": "Russia"}
HOME: Final[Mapping[str, str]] = {"RU": "Russia", "CN": "China"}
AIMED: Final = frozenset({"import_ban", "import_ban_update", "import_ban_lifted"})
# Measures of the state that are its commerce ministry's where the text names no other body.
MINISTRY: Final = frozenset({"export_control", "countersanction"})
BEGINNING: Final = 30  # characters
# Sanctions told as what something else followed, without their day, are no news of the day.
BACKGROUND: Final = quick(
    r"\b(?:after|following|follow(?:s|ed)|since|in the wake of|amid|despite|in response to|because of|due to|under)\b"
    r"[^;]{0,90}\b(?:sanction|blacklist|target)",
    re.IGNORECASE,
)
RANGE: Final = quick(r"\d\s?(?:%|per\s?cent)?\s*(?:to|and|-|–)\s*\d[\d.]*\s?(?:%|per\s?cent)", re.IGNORECASE)
ORIGIN: Final = quick(r"\b(?:from|made in|originating in)\s+$", re.IGNORECASE)
NOUNS: Final = frozenset({"China", "Russia", "Beijing", "Moscow"})
OF_GOODS: Final = quick(r"\s+(?:[a-z-]+\s+){0,2}")
CITIZENS: Final = quick(
    r"\b(?:(?P<who>Russian|Chinese)\s+(?:ordinary\s+)?"
    r"(?:citizens|nationals|tourists|travell?ers|passports?|visitors|holders|people)"
    r"|(?:citizens|nationals|tourists|travell?ers|visitors) (?:of|from) (?:the )?(?P<of>Russia|China)"
    r"|(?P<for>Russians)\b)"
)
# What a clause says after such a word had happened before.
AFTER: Final = quick(
    r"\b(?:after|since|once|when|following|before|until|ever since|because|as)\s+(?:[\w'’-]+\s+){0,5}$"
    r"|,\s+(?:which|who|whose)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
PLACE: Final = quick(r"\b(?:in|to|visit(?:s|ed|ing)?|at)\s+(?:the\s+)?$", re.IGNORECASE)
MANY: Final = "Teapot refiners"  # no one firm
ROUTE: Final = "Northern Sea Route"
RATE: Final = quick(
    r"^(?:(?:The|Its|A)\s+(?:\w+\s+){0,2}?(?:rate|dut(?:y|ies)|tariff|levy)|It (?:amounts|is set|stands|comes))\b",
    re.IGNORECASE,
)
DISCOUNT: Final = quick(r"\bdiscounts?\b", re.IGNORECASE)
HIT: Final = quick(
    r"\b(?:(?:cargoes|coal|supplies|shipments|deliveries|exporters|material|tonnes) from Russia"
    r"|Russian (?:coal|cargoes|suppliers|exporters|miners|producers|supplies|shipments))\b",
    re.IGNORECASE,
)
HITS: Final = quick(r"\b(?:hits?|hitting|hurts?|hurting|affect(?:s|ing)|a blow to|squeez(?:es|ing))\b", re.IGNORECASE)
UP_FROM: Final = quick(
    r"\broubles?\b[^.;]{0,20}\b(?:against|up from|instead of|from|compared)\b|\bfrom [\d,]+ to\b", re.IGNORECASE
)
# The year in which what is lifted now had been imposed.
IMPOSED_ONCE: Final = quick(
    r"\b(?:that|which)\s+(?:was|were|had been|has been|have been)\s+(?:\w+\s+){0,3}?in\s+(?:\w+\s+)?(?:19|20)\d\d\b"
    r"|\b(?:imposed|introduced|in place|in force)\s+(?:in|since)\s+(?:\w+\s+)?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
METALS: Final = frozenset({"aluminium", "steel", "copper", "titanium", "nickel", "galvanised steel"})
# What is made of a metal is other goods than the metal.
MADE_OF: Final = quick(
    r"\s+(?!(?:products?|imports?|exports?|dut(?:y|ies)|tariffs?|shipments?|suppl(?:y|ies)|deliver(?:y|ies)|prices?|sales"
    r"|is|was|has|does|as|its|this|producers|makers|mills|exporters|mainly|dumping)\b)[a-z]{3,}s\b"
)
DUMPED: Final = quick(r"\bdumping\s+(?:of\s+|(?:their|its|heavy|cheap|Chinese)\s+)*$", re.IGNORECASE)
BOUND: Final = quick(
    r"\b(?:ban(?:s|ned)?|prohibit(?:s|ed)|halt(?:s|ed))\s+(?:the\s+|all\s+)?exports?\b[^.;]{0,80}\bto\s+(?:the\s+)?$",
    re.IGNORECASE,
)
SEABORNE: Final = quick(r"\bseaborne\b|\bby sea\b", re.IGNORECASE)
SPEAKS: Final = quick(
    r"\b(?:China|Beijing|Russia|Moscow|Washington|Brussels|London|Kyiv|the United States|the EU)\s+"
    r"(?:has\s+|have\s+|had\s+|also\s+)?(?:said|says|announced|announces|confirmed|stated|declared|told)\b"
)
BUILT: Final = ("project.building", "project.completed")
# Bodies that forbid and allow in the name of the state: where they tell of the measure it is theirs.
BODIES: Final = frozenset({"Rosstandart", "Rosselkhoznadzor", "GACC"})
MEASURES: Final = frozenset({*AIMED, "market_access", "tariff", "export_control", "antidumping_duty", "visa_waiver"})
DUTIES: Final = frozenset({"tariff", "antidumping_duty"})
SAID: Final = quick(
    r"[^,;:]{0,40}?\b(?:said|says|reported|announced|confirmed|told reporters|noted)\s+"
    r"(?:(?:on|last)\s+[\w. ]{3,14}?\s+)?(?:that\s+)?",
    re.IGNORECASE,
)
SPOKESMEN: Final[Mapping[str, str]] = {"Dmitry Peskov": "Kremlin"}
LEAVES: Final = quick(
    r"\b(?:left|leaves|wrap(?:s|ped) up|end(?:s|ed)|conclud(?:es|ed)|complet(?:es|ed)|return(?:s|ed) from)\b",
    re.IGNORECASE,
)
BEGAN: Final = quick(r"\b(?:began|begun|started|arrived|since|from)\b", re.IGNORECASE)
LONG_AGO: Final = quick(
    r"\b[\w-]+\s+(?:years?|decades?)\s+(?:ago|after|since|later)\b|\banniversary\b|\ba year earlier\b", re.IGNORECASE
)
# What a clause tells of an earlier time without its day belongs to no day that could be told.
EARLIER: Final = quick(
    r"\b(?:last|the previous|the preceding) (?:year|month|spring|summer|autumn|fall|winter|quarter|decade|century)\b"
    r"|\b(?:in the|this) (?:spring|summer|autumn|fall|winter)\b"
    r"|\bearlier (?:this|in the) (?:year|month|decade)\b|\b(?:previously|formerly|in recent (?:months|years)|back then"
    r"|at the time|last (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|in the past|for (?:years|decades|months)"
    r"|long[- ](?:standing|running)|in the (?:early |late )?(?:19|20)\d0s)\b",
    re.IGNORECASE,
)
PLUPERFECT: Final = quick(
    r"\bhad (?:\w+ly |already |been |since |first |once |also )*\w+(?:ed|en|wn|put|cut|set)\b", re.IGNORECASE
)
SPOKEN: Final = quick(
    r"\b(?:said|says|told|announc\w+|stated|confirm\w+|report(?:ed|s)|according to|sources?|wrote"
    r"|citing|cited)\b",
    re.IGNORECASE,
)
BYSTANDER: Final = quick(
    r"(?:[,(]\s*(?:which is\s+|itself\s+)?(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:part|units?|subsidiar(?:y|ies)|arm|division|affiliate|member|owned|controlled|backed)\s+(?:of|by)"
    r"|\bunlike|\brival of|\bcompetitor of)\s+(?:the\s+)?(?:(?:Russia|China)'s\s+|(?:Russian|Chinese)\s+)?"
    r"(?:\w+\s+group\s+)?$",
    re.IGNORECASE,
)
CAPITALS: Final = frozenset({"Beijing", "Moscow", "Washington", "Brussels", "London", "Kyiv", "Minsk", "New Delhi"})
WITHIN: Final = quick(r"\b(?:in|near|outside)\s+$", re.IGNORECASE)
TRAVELS: Final = quick(
    r"\b(?:visit\w*|trip|arriv\w+|land(?:s|ed)|touch\w*|fl(?:ew|ies|y)|travel\w*|tour|stay\w*)\b", re.IGNORECASE
)
LONGEST: Final = 2000  # characters: more than that is no sentence, and patterns must not search it
OLD_MONTH: Final = 470  # days back to a month that is named without its day
OLD_YEAR: Final = 180
TAKES_EFFECT: Final = quick(
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
FOLLOWED: Final = MEASURED | {
    "payment_halt", "purchase_halt", "fee_change", "work_week_cut", "work_week_restored", "opening", "contract",
    "agreement", "project_status",
}  # fmt: skip
YEAR: Final = quick(r"\bin (?:\w+ )?(20[0-4]\d)\b")
DATED: Final = quick(r"\b(?:19|20)\d\d\b")


def prepared(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences with the entities that act in them: no owner in an apposition, no capital that is only a place."""
    those = [(one, _acting(one)) for one in sentences if len(one.text) <= LONGEST]
    return [one if acting == one.mentions else replace(one, mentions=acting) for one, acting in those]


def _acting(sentence: Sentence) -> tuple[Mention, ...]:
    """Its mentions without bystanders, and without the route by which a cargo goes where its plant is named."""
    kept = tuple(m for m in sentence.mentions if not _bystands(m, sentence.text))
    projects = {m.entity.name for m in kept if m.entity.kind == "project"}
    return tuple(m for m in kept if m.entity.name != ROUTE) if len(projects) > 1 else kept


def _bystands(mention: Mention, text: str) -> bool:
    before = text[max(0, mention.start - 80) : mention.start]
    if mention.entity.kind in {"country", "bloc"}:
        place = text[mention.start : mention.end] in CAPITALS and WITHIN.search(before)
        return bool(place) and not TRAVELS.search(text)
    return mention.entity.kind in {"maker", "company", "bank"} and bool(BYSTANDER.search(before))


def settled(said: Said, page: Page, clause: str, before: str) -> Said | None:
    """The reading as the whole sentence bears it out; None where that gives it no day or no place between the two.

    `clause` is the part of the sentence in which the rule fired, `before` what of it stands before that.
    """
    if _undated(said, page, clause, before) or (said.event_type == "sanction" and _own_sanction(said)):
        return None
    told = _aimed(_told_of(_voiced(said)))
    if told is None:
        return None
    if told.event_type in MINISTRY and told.actor == "China":
        told = replace(told, actor="MOFCOM")
    if told.event_type in {*TREATIES, "project_status"}:
        told = replace(told, actor=FOR_STATE.get(told.actor, told.actor))
    if (told.event_type in DUTIES and _made_of(told)) or (told.event_type == "export_control" and _sent_away(told)):
        return None
    own = OWN.get(told.event_type)
    told = own(told, page) if own else told
    return None if _elsewhere(told) or _third(told, clause) else told


def _undated(said: Said, page: Page, clause: str, before: str) -> bool:
    """Has the sentence no day for it that can be told?"""
    text = said.sentence.text
    vague = said.event_date is None or said.precision != "day"
    if vague and said.event_type in FOLLOWED and AFTER.search(before):
        return True
    if said.event_type == "sanction" and BACKGROUND.search(text) and not _own_date(said, page):
        return True
    long_ago = LONG_AGO.search(text)
    if long_ago and not DATED.search(text) and (said.event_date is None or long_ago.start() < BEGINNING):
        return True
    return _stale(said, page, clause)


def _aimed(said: Said) -> Said | None:
    """A measure against goods with the country that they come from; None where that can't be told."""
    if said.event_type not in AIMED:
        return _turned(said) if said.event_type in {"tariff", "market_access"} else said
    turned = _turned(said)
    return replace(turned, target=_origin(turned)) if turned and not turned.target else turned


def authorised(said: Said, bodies: set[str]) -> Said:
    """Vehicles of a maker are forbidden by the body that the article names for it, where a sentence says "Russia"."""
    if said.event_type not in AIMED or said.actor != "Russia" or not _is(said.target, "maker"):
        return said
    return replace(said, actor="Rosstandart") if "Rosstandart" in bodies else said


def effective(said: Said, following: Sentence | None, found: Sequence[Day], today: date) -> Said:
    """The reading with the day on which its measure begins, where the sentence after it says that."""
    if said.event_type not in MEASURED or following is None or not TAKES_EFFECT.search(following.text):
        return said
    starts = [day.day for day in found if day.precision == "day" and day.kind in {"from", "on"}]
    if len(starts) != 1 or (said.event_date and starts[0] <= said.event_date):
        return said
    if starts[0] <= today:
        return replace(said, event_date=starts[0])
    status = "announced" if said.status in IN_FORCE else said.status
    return replace(said, event_date=starts[0], modality="planned", status=status)


def _stale(said: Said, page: Page, clause: str) -> bool:
    """Is it told of an earlier time that has no day?"""
    today: date | None = page.day
    if said.event_type in {"forecast", "statement"}:
        return False
    if said.event_type == "project_status" and said.modality == "planned" and said.precision == "month":
        return True  # "broke ground in July": the July before, or the one to come
    if said.event_date is not None and today is not None:
        back = (today - said.event_date).days
        return (said.precision == "month" and back > OLD_MONTH) or (said.precision == "year" and back > OLD_YEAR)
    clause = IMPOSED_ONCE.tried.sub("", clause)
    if EARLIER.search(clause) or any(today and int(year) < today.year for year in YEAR.tried.findall(clause)):
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
        # A duty of Russia's or the union's on goods of whatever country is none on China's.
        open_to_all = said.event_type == "visa_waiver" or (said.event_type == "tariff" and actor == "RU")
        return target == "other" or (open_to_all and not target)
    if said.event_type in TREATIES and said.project is None:
        return {actor, target} != {"RU", "CN"}
    if said.event_type == "visit":
        return {actor, target} != {"RU", "CN"}
    if said.event_type == "sanction":
        return said.target == MANY or (target not in OTHER and not _is(said.target, "project"))
    return False


def _third(said: Said, clause: str) -> bool:
    """Does the sentence speak of the goods, the visit or the paper of a third country, and of this one by the way?"""
    text = said.sentence.text
    near = {m.entity.name for m in said.sentence.mentions if text[m.start : m.end] in clause}
    if said.event_type in TREATIES and ";" in text and said.target not in near:
        rest = text.find(clause) + len(clause)  # a later half of the sentence
        return any(m.entity.name == said.target and m.start >= rest for m in said.sentence.mentions)
    others = {m.entity.name for m in said.sentence.of("country", "bloc") if m.entity.side == "other"}
    if not others:
        return False
    if said.event_type in MEASURES:
        made = _makers_lands(said)
        return bool(made & others) and said.target not in made
    if said.event_type == "visit":
        gone = {
            m.entity.name for m in said.sentence.of("country") if PLACE.search(text[max(0, m.start - 12) : m.start])
        }
        return bool(gone & others) and said.target not in gone
    if said.event_type in TREATIES and said.project is None:
        return not {said.actor, said.target} <= near
    return False


def _side(name: str | None) -> str:
    return gazetteer.entity(name).side if name and name in gazetteer.ENTITIES else ""


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
    """What a maker makes, where the sentence speaks of vehicles at large or names no goods."""
    if said.product in {None, "cars"} and said.target and _is(said.target, "maker"):
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


def _turned(said: Said) -> Said | None:
    """A country whose own goods are kept out does not keep them out: the other one does, where it is named."""
    body = _is(said.actor, "country") or _is(said.actor, "state")
    if not body or gazetteer.entity(said.actor).side not in OTHER or _is(said.target, "maker"):
        return said
    made = _makers_lands(said)
    home, other = HOME[gazetteer.entity(said.actor).side], OTHER[gazetteer.entity(said.actor).side]
    if home not in made or other in made:
        return said
    if any(one.entity.side == gazetteer.entity(other).side for one in said.sentence.mentions):
        return replace(said, actor=other, target=home)
    return None


def _makers_lands(said: Said) -> set[str]:
    """The countries that the sentence says goods to come from: `from Russia`, `Russian winter wheat`."""
    text = said.sentence.text
    goods = said.sentence.of("product")
    return {
        country.entity.name
        for country in said.sentence.of("country")
        if ORIGIN.search(text[max(0, country.start - 20) : country.start])
        or any(
            country.end < one.start
            and OF_GOODS.fullmatch(text[country.end : one.start])
            and text[country.start : country.end] not in NOUNS
            for one in goods
        )
    }


def _made_in(said: Said) -> str | None:
    """The one of the two countries whose goods a duty is on, where the sentence says so."""
    side = gazetteer.entity(said.actor).side if said.actor in gazetteer.ENTITIES else ""
    other = OTHER.get(side, "")
    return other if other in _makers_lands(said) else None


def _hit(said: Said) -> str | None:
    """The other of the two, where it is the only one that the sentence names beside the one that sets a duty."""
    side = gazetteer.entity(said.actor).side if said.actor in gazetteer.ENTITIES else ""
    named = {one.entity.name for one in said.sentence.of("country", "bloc")} - {said.actor, HOME.get(side)}
    return (
        OTHER.get(side)
        if said.value is not None and named == {OTHER.get(side)} and HITS.search(said.sentence.text)
        else None
    )


def _granted(said: Said) -> Said:
    """The side whose citizens need no visa is the one that it is granted to."""
    sides = {
        "RU" if (one["who"] or one["of"] or one["for"]).startswith("Russia") else "CN"
        for one in CITIZENS.finditer(said.sentence.text)
    }
    if len(sides) != 1:
        return said
    (side,) = sides
    return replace(said, actor=OTHER[side], target=HOME[side])


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
    if said.target is None and said.project and side in OTHER:
        return replace(said, target=OTHER[side])
    return said


def _built(said: Said) -> Said:
    """What is built between the two is built by the parties of the project, the Russian one first."""
    parties = gazetteer.entity(said.project).parties if said.project else ()
    if _is(said.actor, "country") and len(parties) > 1 and said.actor in HOME.values():
        return replace(said, actor=parties[0], target=parties[1])
    return replace(said, target=_partner(said)) if said.target in {None, said.actor} else said


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


def _spoken(said: Said, _: Page) -> Said:
    """A spokesman's word is his office's; what is dumped is what the sentence names as such."""
    text = said.sentence.text
    goods = [one for one in said.sentence.of("product") if DUMPED.search(text[: one.start])]
    if said.status == "dumping" and goods and not _kind_of(goods[0].entity.code, said.product):
        said = replace(said, product=goods[0].entity.name)
    return replace(said, actor=SPOKESMEN[said.actor]) if said.actor in SPOKESMEN else said


def _sent_away(said: Said) -> bool:
    """Are exports to one third country forbidden, and those to the others as they were?"""
    text = said.sentence.text
    return any(
        one.entity.side == "other" and BOUND.search(text[: one.start]) for one in said.sentence.of("country", "bloc")
    )


def _made_of(said: Said) -> bool:
    """Is a duty read as one on a metal where the sentence names something made of it?"""
    text = said.sentence.text
    named = [one for one in said.sentence.of("product") if one.entity.name == said.product]
    return said.product in METALS and bool(named) and all(MADE_OF.match(text, one.end) for one in named)


def _kind_of(code: str, product: str | None) -> bool:
    """Are the goods of a code a kind of a maker's own, for which the maker speaks?"""
    own = gazetteer.entity(product).code if product and product in gazetteer.ENTITIES else ""
    return bool(own) and code.startswith(own)


def _shipped(said: Said, page: Page) -> Said:
    """Crude by sea, where the sentence says so; the month of the cargoes is no day of the halt."""
    if said.event_date and page.day and said.event_date > page.day:
        said = replace(said, event_date=None, precision="day", modality="reported")
    seaborne = said.product == "crude oil" and SEABORNE.search(said.sentence.text)
    return replace(said, product="seaborne crude") if seaborne else said


def _staged(said: Said, _: Page) -> Said:
    """A step with its two parties."""
    return _built(said) if said.pattern.endswith(BUILT) or said.target == said.actor else said


def _ranged(said: Said, _: Page) -> Said:
    """A duty whose rate depends on the maker has no one rate."""
    return replace(said, value=None, unit=None) if RANGE.search(said.sentence.text) else said


# What the readings of a type still need.
OWN: Final[Mapping[str, Callable[[Said, Page], Said]]] = {
    "statement": _spoken,
    "import_ban": lambda said, _: _makers(said),
    "import_ban_lifted": lambda said, _: _makers(said),
    "import_ban_update": lambda said, _: _makers(said),
    "purchase_halt": _shipped,
    "opening": lambda said, _: _opened(said),
    "project_status": _staged,
    "visit": _begun,
    "visa_waiver": lambda said, _: _granted(said),
    "tariff": lambda said, _: said if said.target else replace(said, target=_made_in(said) or _hit(said)),
    "antidumping_duty": _ranged,
}
