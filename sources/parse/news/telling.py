"""From a page to rows: the article itself, the events its sentences tell, the figures they state.

What a text makes of a matter as a whole is settled here: an article off the topic tells nothing, a heading never
outranks its text, two sentences about one matter are one telling.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final, Literal

from sources.contract import Article, Event, Modality, Row
from sources.parse.news import addresses, chinese, english, flash, gazetteer, russian, sentences, shingles, topics
from sources.parse.news.model import LONGEST_SENTENCE, Page, Said, Sentence
from sources.parse.news.stems import Quick

__all__ = ["rows"]

Rules = Callable[[Sequence[Sentence], Page], Iterator[Said]]
RULES: Final = MappingProxyType({"en": english.said, "ru": russian.said, "zh": chinese.said})
HAPPENED: Final = frozenset({"asserted", "reported", "sources", "planned"})
# Of two tellings of one matter in one article the first of these counts.
WEIGHT: Final = {
    "asserted": 0,
    "reported": 1,
    "sources": 2,
    "planned": 3,
    "cancelled": 4,
    "denied": 5,
    "hypothetical": 6,
}
# A sanction is named by the trade of whom it hits: a bank's or an oil company's, whatever else the sentence names.
HIT: Final = frozenset({"sanction", "countersanction"})
TRADES: Final = MappingProxyType({"payments": "finance", "crude oil": "oil"})
PUBLIC: Final = frozenset({"country", "bloc", "state"})
SAME_DAYS: Final = 3
ANOTHER_YEAR: Final = timedelta(days=366)  # no day of a year nor of a week stays what it was
LATEST_DAYS: Final = 730  # a plan for a day further off than this is a misreading


def rows(
    page: Page, *, where: str, fetched_at: datetime, seen: datetime | None = None, home: str = ""
) -> Iterator[Row]:
    """The rows of one article: itself first, then its events and its figures; off the topic itself alone.

    Of an article that nobody dates no figures are told, and of its events those whose day a sentence names in full.

    Args:
        page: the article.
        where: its place in the document, the beginning of each locator.
        fetched_at: when the document was fetched: what was published later than that wasn't.
        seen: when a service that watches outlets saw it.
        home: the side that the headlines of an outlet need not name.
    """
    body = "\n".join(page.paragraphs)
    on = topics.relevant(page.title, page.lead, body, page.language, home=home)
    split = sentences.split(page) if on else ()
    for sentence in split:
        if len(sentence.text) <= LONGEST_SENTENCE:
            Quick.look(sentence.text)
    key = addresses.article_id(page.url)
    yield Article(
        article_id=key,
        url=page.url,
        outlet=page.outlet,
        title=page.title,
        language=page.language,
        locator=where,
        published=page.published,
        seen=seen,
        topics=topics.topics(page.title, page.lead, body, page.language) if on else (),
        names=_names(split),
        headline_only=page.headline_only,
        free=page.free,
        shingles=shingles.shingles(_words(page), page.language),
    )
    if not on:
        return
    if page.day is None and seen is None:
        yield from _dated_in_full(page, split, fetched_at.date(), key, where)
        return
    day = page.day or (seen or fetched_at).date()
    dated = page if page.published is not None else replace(page, published=day)
    yield from _events(dated, split, day, key, where, page.published)
    for row in flash.rows(dated, split, where):
        yield replace(row, article_id=key) if isinstance(row, Event) else row


def _events(
    dated: Page, split: Sequence[Sentence], day: date, key: str, where: str, published: date | datetime | None
) -> Iterator[Event]:
    for said in _settled(_said(split, dated), day):
        if not _is_elsewhere(said):
            yield _event(said, published, day, key, where)


def _is_elsewhere(said: Said) -> bool:
    """Is it between one of the two countries and a third one, or a third one's own affair?"""
    return _is_third(said.target) or (_is_third(said.actor) and said.target is None and said.project is None)


def _is_third(name: str | None) -> bool:
    found = gazetteer.ENTITIES.get(name or "")
    return found is not None and found.kind in PUBLIC and found.side == "other"


def _dated_in_full(page: Page, split: Sequence[Sentence], late: date, key: str, where: str) -> Iterator[Event]:
    """What an article without a day tells of days that its sentences name with their year.

    Everything else would be dated by the day of the fetch: what is the same whichever of two years the article is
    taken to be of isn't.
    """
    one, other = (
        list(_events(replace(page, published=day), split, day, key, where, None)) for day in (late, late + ANOTHER_YEAR)
    )
    again = {(said.event_type, said.event_date, said.actor, said.target, said.sentence) for said in other}
    for said in one:
        whole = (said.event_type, said.event_date, said.actor, said.target, said.sentence)
        if said.precision == "day" and whole in again:
            yield said


def _words(page: Page) -> str:
    return "\n".join(page.paragraphs) if page.paragraphs else f"{page.title}\n{page.lead}"


def _names(split: Sequence[Sentence]) -> tuple[str, ...]:
    """The entities that the article names, the most named first."""
    counts: dict[str, int] = {}
    for sentence in split:
        for mention in sentence.mentions:
            if mention.entity.kind != "product":
                counts[mention.entity.name] = counts.get(mention.entity.name, 0) + 1
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def _said(split: Sequence[Sentence], page: Page) -> Iterator[Said]:
    rules: Rules | None = RULES.get(page.language)
    if rules is not None:
        yield from rules(split, page)


def _settled(told: Iterable[Said], day: date) -> list[Said]:
    """What the article as a whole says: each matter once, and no heading against its text."""
    kept: list[Said] = []
    for said in sorted(told, key=_order):
        on = said.event_date or day
        if (on - day).days > LATEST_DAYS:
            continue
        same = next((n for n, other in enumerate(kept) if _same(said, other, day)), None)
        if same is None:
            kept.append(said)
        else:
            kept[same] = _fuller(kept[same], said)
    told = [said for said in kept if said.sentence.part == "body" and said.modality in HAPPENED]
    kept = [said for said in kept if said.sentence.part == "body" or not any(_retold(said, other) for other in told)]
    against = [said for said in kept if said.modality in {"denied", "cancelled"} and said.sentence.part == "body"]
    return [
        said
        for said in kept
        if not (
            said.sentence.part != "body"
            and said.modality in HAPPENED
            and any(_about_the_same(said, other) for other in against)
        )
    ]


def _retold(said: Said, other: Said) -> bool:
    """Does the text tell what a heading tells, of another body of the same side? The text knows better which."""
    sides = {_side(said.actor), _side(other.actor)}
    return (
        (said.event_type, said.status_kind) == (other.event_type, other.status_kind)
        and (said.actor != other.actor or said.product != other.product)
        and len(sides) == 1
        and said.project in {None, other.project}
        and _akin(said.product, other.product)
        and (said.actor == other.actor or gazetteer.ENTITIES[said.actor].kind == "country")
    )


def _akin(one: str | None, other: str | None) -> bool:
    """Are two products one kind of goods, one perhaps narrower?"""
    if one is None or other is None or one == other:
        return True
    codes = sorted((gazetteer.ENTITIES[name].code if name in gazetteer.ENTITIES else name) for name in (one, other))
    return bool(codes[0]) and codes[1].startswith(codes[0])


def _order(said: Said) -> tuple[bool, int, int]:
    return said.sentence.part != "body", WEIGHT[said.modality], said.sentence.start


def _same(said: Said, other: Said, day: date) -> bool:
    """Is it the same matter, told with the same intent? What one leaves out the other may name."""
    if (said.modality in HAPPENED) != (other.modality in HAPPENED):
        return False
    if said.modality not in HAPPENED and said.modality != other.modality:
        return False
    days = abs(((said.event_date or day) - (other.event_date or day)).days)
    vague = {said.precision, other.precision} != {"day"}
    near = days <= SAME_DAYS or said.event_date is None or other.event_date is None or (vague and days <= 31)  # noqa: PLR2004 (a month)
    return near and said.status_kind == other.status_kind and _about_the_same(said, other)


def _about_the_same(said: Said, other: Said) -> bool:
    if (said.event_type, said.actor) != (other.event_type, other.actor):
        return False
    return all(
        getattr(said, name) is None or getattr(other, name) is None or getattr(said, name) == getattr(other, name)
        for name in ("target", "product", "project")
    )


def _fuller(said: Said, other: Said) -> Said:
    """The first telling, with what only the other one names."""
    filled = {
        name: getattr(other, name)
        for name in ("target", "product", "project", "event_date", "asserted_by", "effective_on")
        if getattr(said, name) is None
    }
    if said.value is None:
        filled |= {"value": other.value, "unit": other.unit}
    return replace(said, **filled)


def _event(said: Said, published: date | datetime | None, day: date, key: str, where: str) -> Event:
    sentence = said.sentence
    modality: Modality = said.modality
    by = said.asserted_by
    return Event(
        event_type=said.event_type,
        event_date=said.event_date or day,
        actor=said.actor,
        locator=f"{where} {sentence.part} chars {sentence.start}-{sentence.end}",
        precision=said.precision,
        effective_on=said.effective_on,
        target=said.target,
        product=_trade(said),
        project=said.project,
        status=said.status,
        value=said.value,
        unit=said.unit,
        asserted_by=by,
        side=_side(said.actor if said.event_type == "statement" else by or said.actor),
        published=published,
        modality=modality,
        article_id=key,
        sentence=sentence.hash,
        pattern=said.pattern,
    )


def _trade(said: Said) -> str | None:
    found = gazetteer.ENTITIES.get(said.target or "") if said.event_type in HIT else None
    if found is None or not found.product:
        return said.product
    return TRADES.get(found.product, found.product)


def _side(name: str) -> Literal["RU", "CN", "company", "other"] | None:
    found = gazetteer.ENTITIES.get(name)
    if found is None:
        return None
    if found.side in {"RU", "CN"}:
        return "RU" if found.side == "RU" else "CN"
    return "company" if found.kind in {"maker", "company", "bank"} else "other"
