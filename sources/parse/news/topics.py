"""What an article is about, and whether it is of the China-Russia trade relationship at all.

Terms by language stand in topics.txt. A term counts three times in the heading, twice in the lead, once in the body.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice, takewhile, zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Final

from sources.parse.news import gazetteer, script, stems
from sources.parse.news.model import Mention

__all__ = ["TOPICS", "relevant", "topics"]

FILE: Final = Path(__file__).with_suffix(".txt")
TOPICS: Final = (
    "tariffs",
    "bans",
    "dumping",
    "payments",
    "energy",
    "cars",
    "projects",
    "investment",
    "visits",
    "trade",
)
WEIGHTS: Final = (3, 2, 1)
LEAST: Final = 3  # a term in the heading, or three in the body
GLANCE: Final = 3  # letters: of most terms that is their first syllable
SHORT: Final = 400  # characters: a headline and a lead
BEGINNING: Final = 3000  # characters of the body: what an article is about it says early
# Makers whose weeks, output and prices are watched even where no article names China.
WATCHED: Final = frozenset(
    {"AvtoVAZ", "KAMAZ", "GAZ", "Avtodizel", "UAZ", "Sollers", "Ural", "PAZ", "LiAZ", "Moskvich"}
)
GOODS: Final = frozenset({"coal", "coking coal", "thermal coal", "anthracite", "crude oil", "LNG", "wheat", "barley"})
CONTROLS: Final = re.compile(r"export controls?|export curbs?|экспортн\w+ контрол|出口管制", re.IGNORECASE)
BOTH: Final = re.compile(
    r"中俄|俄中|\bSino-Russian\b|\bRusso-Chinese\b|\b(?:российско-китайск|китайско-российск)\w*", re.IGNORECASE
)
MARKET: Final = re.compile(
    r"(?:продаж\w*|продан\w*|выпуск\w*|производств\w*|автомобил\w*|машин\w*)\s+(?:\w+\s+)?Lada\b|\bLada\s+(?:cars|sales|output)"
    r"|\bsales of Lada\b"
    r"|\bрын\w+ грузов\w*|\bheavy[- ]truck market|\bавторын\w+\s+Росси|Russian car market",
    re.IGNORECASE,
)
FEE: Final = re.compile(
    r"recycling fee|scrappage fee|scrap fee|utili[sz]ation fee|утил[ья]сбор\w*|утилизационн\w+ сбор\w*|报废税|回收费",
    re.IGNORECASE,
)


BOTH_SIDES: Final = {"RU", "CN"}
MARKS: Final = MappingProxyType({"both": BOTH, "market": MARKET, "fee": FEE})
# Third parties that are written in capitals, which common words are not (`us`).
ABROAD: Final = re.compile(r"\b(?:US|USA|UK|EU|UAE|NATO|G7)\b|\bU\.S\.|\bU\.K\.|\bЕС\b|\bВСУ\b|\bСША\b")
# A bank that no longer serves Russia is most often a Chinese one, which its headline need not say.
CUT_OFF: Final = re.compile(
    r"\b(?:stop|halt|suspend|reject|refus|block|return|clos)\w*\b.{0,40}\b(?:settlement|payment|transfer)s?\b"
    r"|\b(?:прекра[тщ]|приостан[ао]в|останов|останавлив|отказал|отклоня|блокир)\w*.{0,60}\b(?:расч[её]т|плат[её]ж|перевод)"
    r"|(?:停止|暂停|拒绝|退回).{0,12}(?:结算|付款|支付)",
    re.IGNORECASE,
)
# What lies between two countries by its nature, beside tariffs, dumping and trade: payments and visas.
BETWEEN: Final = re.compile(
    r"\b(?:payment|settlement|visa)s?\b|\bvisa-free\b|\b(?:расч[её]т|плат[её]ж|безвиз)\w*|\bвиз\w?\b"
    r"|付款|结算|支付|免签|签证",
    re.IGNORECASE,
)


@cache
def _terms() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    found: dict[str, dict[str, re.Pattern[str]]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head, _, said = line.partition("=")
        topic, language = head.split()
        edge = "" if language == "zh" else r"\b"
        words = [term.strip() for term in said.split(",") if term.strip()]
        pattern = f"{edge}(?={_glance(words)})(?:{'|'.join(_term(word, edge) for word in words)})"
        found.setdefault(language, {})[topic] = re.compile(pattern, re.IGNORECASE)
    return MappingProxyType(found)


def _glance(terms: Sequence[str]) -> str:
    """The letters of which each of the first ones of any term is one: a look at them spares most attempts."""
    letters = list(islice(zip_longest(*terms, fillvalue=""), GLANCE))
    plain = takewhile(lambda those: not {"", " ", "*"}.intersection(those), letters)
    return "".join(f"[{re.escape(''.join(sorted(set(those))))}]" for those in plain)


def _term(term: str, edge: str) -> str:
    words = [re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in term.split()]
    return r"[\s\-]+".join(words) + ("" if term.endswith("*") else edge)


@lru_cache(maxsize=2)
def topics(title: str, lead: str, body: str, language: str) -> tuple[str, ...]:
    """The topics of an article, the weightiest first; none in a language without terms.

    A short text has no room for three terms: there one is enough.
    """
    if language == "zh":
        title, lead, body = (script.simplified(part) for part in (title, lead, body))
    whole = "\n".join(_parts(title, lead, body))
    least = 1 if len(whole) < SHORT else LEAST
    terms = _terms().get(language, {})
    possible = _possible(whole, language)
    weights: dict[str, int] = {
        topic: sum(
            weight * sum(1 for _ in islice(terms[topic].finditer(text), 4))
            for weight, text in zip(WEIGHTS, _parts(title, lead, body), strict=True)
        )
        for topic in TOPICS
        if topic in terms and topic in possible
    }
    if any(m.entity.kind == "project" for m in _mentions(whole, language)):
        weights["projects"] = weights.get("projects", 0) + LEAST
    on = [topic for topic in TOPICS if weights.get(topic, 0) >= least]
    return tuple(sorted(on, key=lambda topic: (-weights[topic], TOPICS.index(topic))))


@cache
def _sieve(language: str) -> tuple[tuple[str, ...], stems.Sieve]:
    terms = {**_terms()[language], **MARKS}
    return tuple(terms), stems.Sieve(list(terms.values()))


@lru_cache(maxsize=2)
def _possible(text: str, language: str) -> frozenset[str]:
    """The names of the terms that a text can have."""
    if language not in _terms():
        return frozenset()
    names, sieve = _sieve(language)
    return frozenset(names[number] for number in sieve.passing(text))


@lru_cache(maxsize=2)
def _mentions(text: str, language: str) -> tuple[Mention, ...]:
    """The entities of a text; asked for its relevance and its topics, it is searched once."""
    return gazetteer.find(text, language)


def _parts(title: str, lead: str, body: str) -> tuple[str, str, str]:
    return title, lead, body[:BEGINNING]


def relevant(title: str, lead: str, body: str, language: str, *, home: str = "") -> bool:
    """Is the article about the trade relationship: a topic, and both its sides, or a project or maker that is watched?

    `home` is the side (`RU`, `CN`) that an outlet need not name: for its headlines alone, whose texts come later. It is
    taken for granted only where the headline names no third party and is about what crosses a border: what an outlet
    writes of the other country is mostly that country's own affair.
    """
    if language not in gazetteer.LANGUAGES:
        return False
    if language == "zh":
        title, lead, body = (script.simplified(part) for part in (title, lead, body))
    whole = "\n".join(_parts(title, lead, body))
    mentions = _mentions(whole, language)
    sides = {side for mention in mentions if (side := mention.entity.side) in {"RU", "CN"}}
    if len(sides) < len(BOTH_SIDES) and not _related(title, lead, whole, mentions, sides, language, home=home):
        return False
    off = _terms()[language]["off"]
    if "off" in _possible(whole, language) and (off.search(title) or len(off.findall(whole)) > 1):
        return False
    return bool(topics(title, lead, body, language)) or _goods(whole, mentions)


def _related(
    title: str, lead: str, whole: str, mentions: Sequence[Mention], named: Collection[str], language: str, *, home: str
) -> bool:
    """Is a text that names one of the sides, or none, about both, or about what is watched?"""
    sides = set(named)
    marks = _marks(whole, language)
    if "both" in marks:
        sides |= BOTH_SIDES
    if any(m.entity.kind == "product" and "俄" in whole[m.start : m.end] for m in mentions):
        sides.add("RU")  # goods named with their country: 俄油
    head = f"{title}\n{lead}"
    crosses = _crosses(head, whole, mentions, language)
    assumed: set[str] = BOTH_SIDES & {home} if crosses else set()
    if sides or crosses:  # two cities alone are where people travel
        sides |= _near(head, whole, language) | assumed
    watched = (
        "market" in marks
        or any(m.entity.kind == "project" for m in mentions)
        or "fee" in marks
        or _makers(mentions)
        or (bool(assumed) and "RU" in sides and bool(CUT_OFF.search(head)))
    )
    return sides >= BOTH_SIDES or watched or _measures(mentions, sides, title, whole, language)


def _marks(text: str, language: str) -> frozenset[str]:
    """Which of the patterns that tell by themselves what a text is about match it."""
    possible = _possible(text, language)
    return frozenset(name for name, mark in MARKS.items() if name in possible and mark.search(text))


def _has(name: str, head: str, whole: str, language: str) -> bool:
    """Does the beginning of a text have some terms?"""
    return name in _possible(whole, language) and _terms()[language][name].search(head) is not None


def _near(head: str, whole: str, language: str) -> set[str]:
    """The sides whose cities, borders or currency a heading or lead names."""
    return {side for side, name in (("RU", "near_ru"), ("CN", "near_cn")) if _has(name, head, whole, language)}


def _crosses(head: str, whole: str, mentions: Iterable[Mention], language: str) -> bool:
    """Is a headline about what crosses a border, with no third party: duties, deliveries, payments, bans of goods?"""
    if _has("others", head, whole, language) or ABROAD.search(head):
        return False
    if any(_has(topic, head, whole, language) for topic in ("tariffs", "dumping", "trade")) or BETWEEN.search(head):
        return True
    kinds = {mention.entity.kind for mention in mentions}
    return bool(kinds & {"maker", "project"} or ("product" in kinds and _has("bans", head, whole, language)))


def _makers(mentions: Iterable[Mention]) -> bool:
    return any(mention.entity.name in WATCHED for mention in mentions)


def _measures(mentions: Sequence[Mention], sides: set[str], title: str, whole: str, language: str) -> bool:
    """China's duties on what Russia sells it, and its export controls: they hit Russia where no text says so."""
    if "CN" not in sides:
        return False
    terms = _terms()[language]
    goods = {mention.entity.name for mention in mentions if mention.entity.kind == "product"} & GOODS
    return bool(goods and terms["tariffs"].search(title)) or bool(CONTROLS.search(whole))


def _goods(text: str, mentions: Iterable[Mention]) -> bool:
    """A short text of the two sides that names goods or a maker is of their trade, whatever words it uses."""
    return len(text) < SHORT and any(mention.entity.kind in {"product", "maker"} for mention in mentions)
