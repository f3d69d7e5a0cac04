"""What an article is about, and whether it is of the China-Russia trade relationship at all.

Terms by language stand in topics.txt. A term counts three times in the heading, twice in the lead, once in the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from sources.parse.news import gazetteer
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
BEGINNING: Final = 3000  # characters of the body: what an article is about it says early
# Makers whose weeks, output and prices are watched even where no article names China.
WATCHED: Final = frozenset(
    {"AvtoVAZ", "KAMAZ", "GAZ", "Avtodizel", "UAZ", "Sollers", "Ural", "PAZ", "LiAZ", "Moskvich"}
)
GOODS: Final = frozenset({"coal", "coking coal", "thermal coal", "anthracite", "crude oil", "LNG", "wheat", "barley"})
CONTROLS: Final = re.compile(r"export controls?|export curbs?|экспортн\w+ контрол|出口管制", re.IGNORECASE)
MARKET: Final = re.compile(
    r"(?:продаж\w*|продан\w*|выпуск\w*|автомобил\w*|машин\w*)\s+(?:\w+\s+)?Lada\b|\bLada\s+(?:cars|sales|output)"
    r"|\bsales of Lada\b"
    r"|\bрын\w+ грузов\w*|\bheavy[- ]truck market|\bавторын\w+\s+Росси|Russian car market",
    re.IGNORECASE,
)
FEE: Final = re.compile(
    r"recycling fee|scrappage fee|scrap fee|utili[sz]ation fee|утил[ья]сбор\w*|утилизационн\w+ сбор\w*|报废税|回收费",
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
        alternatives = "|".join(_term(term.strip(), edge) for term in said.split(",") if term.strip())
        found.setdefault(language, {})[topic] = re.compile(alternatives, re.IGNORECASE)
    return MappingProxyType(found)


def _term(term: str, edge: str) -> str:
    words = [re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in term.split()]
    return edge + r"[\s\-]+".join(words) + ("" if term.endswith("*") else edge)


def topics(title: str, lead: str, body: str, language: str) -> tuple[str, ...]:
    """The topics of an article, the weightiest first; none in a language without terms."""
    terms = _terms().get(language, {})
    weights = {
        topic: sum(
            weight * min(len(terms[topic].findall(text)), 4)
            for weight, text in zip(WEIGHTS, _parts(title, lead, body), strict=True)
        )
        for topic in TOPICS
        if topic in terms
    }
    if any(m.entity.kind == "project" for m in gazetteer.find("\n".join(_parts(title, lead, body)), language)):
        weights["projects"] = weights.get("projects", 0) + LEAST
    on = [topic for topic in TOPICS if weights.get(topic, 0) >= LEAST]
    return tuple(sorted(on, key=lambda topic: (-weights[topic], TOPICS.index(topic))))


def _parts(title: str, lead: str, body: str) -> tuple[str, str, str]:
    return title, lead, body[:BEGINNING]


def relevant(title: str, lead: str, body: str, language: str, *, home: str = "") -> bool:
    """Is the article about the trade relationship: a topic, and both its sides, or a project or maker that is watched?

    `home` is the side (`RU`, `CN`) that an outlet need not name: for its headlines alone, whose texts come later.
    """
    if language not in gazetteer.LANGUAGES:
        return False
    whole = "\n".join(_parts(title, lead, body))
    mentions = gazetteer.find(whole, language)
    sides = {side for mention in mentions if (side := mention.entity.side) in {"RU", "CN"}} | ({home} & {"RU", "CN"})
    watched = (
        bool(MARKET.search(whole))
        or any(m.entity.kind == "project" for m in mentions)
        or bool(FEE.search(whole))
        or _makers(mentions)
    )
    if not (sides >= {"RU", "CN"} or watched or _measures(mentions, sides, title, whole, language)):
        return False
    off = _terms()[language]["off"]
    if off.search(title) or len(off.findall(whole)) > 1:
        return False
    return bool(topics(title, lead, body, language)) or _mild(whole, language)


def _makers(mentions: Iterable[Mention]) -> bool:
    return any(mention.entity.name in WATCHED for mention in mentions)


def _measures(mentions: Sequence[Mention], sides: set[str], title: str, whole: str, language: str) -> bool:
    """China's duties on what Russia sells it, and its export controls: they hit Russia where no text says so."""
    if "CN" not in sides:
        return False
    terms = _terms()[language]
    goods = {mention.entity.name for mention in mentions if mention.entity.kind == "product"} & GOODS
    return bool(goods and terms["tariffs"].search(title)) or bool(CONTROLS.search(whole))


def _mild(text: str, language: str) -> bool:
    """A short text has no room for three terms."""
    terms = _terms()[language]
    return len(text) < 400 and any(terms[topic].search(text) for topic in TOPICS)  # noqa: PLR2004 (characters: a headline and a lead)
