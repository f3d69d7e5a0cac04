"""The nouns between a page and its events."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from sources.contract import Modality

__all__ = ["LONGEST_SENTENCE", "Entity", "Kind", "Mention", "Page", "Part", "Said", "Sentence"]

Kind = Literal[
    "country", "bloc", "state", "maker", "company", "bank", "analyst", "association", "person", "project", "product"
]
# Statuses that say the same of a measure at different stages, or with different words.
STATUS_KINDS: Final = MappingProxyType(
    dict.fromkeys(("in_force", "announced", "imposed", "raised", "reported", "done", "kept"), "on")
)
Part = Literal["title", "lead", "body"]
LONGEST_SENTENCE: Final = 2000  # characters: what is longer is no sentence, and costs patterns more than it can tell
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a document says openly of one article, as plain text.

    `url` is the canonical address, `language` ISO 639-1, `published` the earliest plausible day or instant (aware) of
    its first appearance, `modified` the latest stated change. `headline_only`: no body was open to reading (a feed's
    entry, a page behind a paywall). `free` False: the page says that it isn't free to read.
    """

    url: str
    outlet: str
    title: str
    language: str
    lead: str = ""
    paragraphs: tuple[str, ...] = ()
    published: date | datetime | None = None
    modified: date | datetime | None = None
    headline_only: bool = False
    free: bool = True

    @property
    def text(self) -> str:
        """Title, lead and paragraphs, one a line: what offsets count in."""
        return "\n".join((self.title, self.lead, *self.paragraphs))

    @property
    def day(self) -> date | None:
        """The day of publication on the outlet's own calendar."""
        return self.published.date() if isinstance(self.published, datetime) else self.published


@dataclass(frozen=True, slots=True)
class Entity:
    """One line of entities.txt. `parties` are those of a project, Russian first; `code` the HS code of a product."""

    name: str
    kind: Kind
    side: Literal["RU", "CN", "other", ""] = ""
    product: str = ""
    belongs_to: str = ""
    parties: tuple[str, ...] = ()
    code: str = ""


class Mention(NamedTuple):
    """An entity named in a text, between two offsets."""

    entity: Entity
    start: int
    end: int


@lru_cache(maxsize=64)
def _hash(text: str) -> str:
    plain = SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()
    return hashlib.blake2b(plain.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its offsets in `Page.text`; `mentions` have offsets within the sentence.

    `written` is the sentence as the page has it, where `text` is the same in another script.
    """

    text: str
    start: int
    end: int
    part: Part
    paragraph: int
    mentions: tuple[Mention, ...] = field(default=())
    written: str = ""

    @property
    def hash(self) -> str:
        """BLAKE2 of the normalised sentence, 16 hex digits."""
        return _hash(self.written or self.text)

    def of(self, *kinds: Kind) -> tuple[Mention, ...]:
        """The mentions of some kinds, in order."""
        return tuple([m for m in self.mentions if m.entity.kind in kinds])


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a rule reads in one sentence: an event or a word against one; names are those of entities.txt.

    `event_date` None: the day of publication. `asserted_by` is who says it in the text, None for the outlet itself.
    """

    event_type: str
    status: str
    modality: Modality
    actor: str
    pattern: str
    sentence: Sentence
    target: str | None = None
    product: str | None = None
    project: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    event_date: date | None = None
    precision: Literal["day", "month", "year"] = "day"
    effective_on: date | None = None
    asserted_by: str | None = None

    @property
    def status_kind(self) -> str:
        """The direction of a status: readings of one matter agree in it, `lifted` and `imposed` are two matters."""
        return STATUS_KINDS.get(self.status, self.status)
