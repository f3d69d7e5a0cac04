"""What comes out of a sentence: figures, and numbers that stay open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from sources.contract import Freq, period_label

__all__ = [
    "MARKET",
    "Comparison",
    "Extraction",
    "Figure",
    "Hedge",
    "Kind",
    "Language",
    "Measure",
    "Period",
    "Printed",
    "Subject",
    "SubjectKind",
    "Topic",
    "Unit",
    "Unresolved",
]

Language = Literal["ru", "en", "zh"]
Measure = Literal["sales", "registrations", "output", "exports", "imports", "share"]
Unit = Literal["units", "percent", "pp"]
Comparison = Literal["none", "yoy", "mom", "other"]
Printed = Literal["number", "percent", "times", "word"]
Hedge = Literal["", "about", "almost", "over", "under", "expected"]
Kind = Literal["fact", "plan", "forecast", "range", "superseded"]
SubjectKind = Literal["market", "brand", "model", "group", "origin"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose figure it is: the market, or a brand, model, group or origin by its name in lower-case ASCII.

    `brand lada`, `model granta`, `group avtovaz` (the maker with all its brands), `group chery_group` (a brand "with
    its other brands"), `origin chinese` (all Chinese brands together).
    """

    kind: SubjectKind
    name: str = ""


MARKET: Final = Subject("market")


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a figure is for. `M`, `Q`, `H`, `A`; `YTD` from 1 January on; `D` as of a day.

    The first half-year and "nine months" are `YTD`; all twelve months of a year are `A`.
    """

    freq: Freq
    start: date
    end: date

    @property
    def label(self) -> str:
        """Its published name: `2025-06`, `2025-Q3`, `2025`."""
        return period_label(self.freq, self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What the text is about before its first word: the page's heading and the source's defaults.

    `subject` is whom a sentence without a name speaks of, `measure` what one without a noun or verb of counting counts
    (None: then nothing is taken for granted). `period` is the period that the page is known to be about, if it is.
    `geography` is an ISO code or `W0`; for exports the destination that is meant if none is named.
    """

    subject: Subject | None = None
    measure: Measure | None = None
    geography: str = "RU"
    period: Period | None = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a text with all that says what it is.

    Level or change: with `comparison` `none` the value is a count in `units` or a share in `percent`; otherwise it is
    a signed change of that measure against `base`, in `percent`, percentage points (`pp`) or `units`. "2.3-fold" is
    +130 percent (`printed` `times`). `base_stated` is False where the text gives a change without saying against what
    and the year before is meant.

    `precision` is half a unit of the last printed digit, in the unit of `value`. `upper` is the far end of a range.
    `scope` are the words of scope of the number's own sentence part (and of the list it stands in): `pc`, `lcv`,
    `with_lcv`, `without_lcv`, `truck`, `hcv`, `mcv`, `gt16t`, `ge14t`, `3.5-16t`, `bus`, `nev`, `used`, `ppc`, `amc`,
    `dealers`, ...; `carried_scope` those of the heading and of earlier sentences, which need not hold here. A source
    must refuse tags that it doesn't expect: `used`, `leasing`, `suv` and the like are other series.
    `geography`: an ISO code or `W0`; `geography_stated` says whether the text names it.
    `attributed_to` is a third party whose count it is: `rosstat`, `minpromtorg`, `autostat`, `aeb`, `analysts`, ...
    `inherited` names what was taken from elsewhere: `subject`, `measure`, `period`.
    `sentence` and `number` are offsets (start, end) into the text that was given.
    """

    subject: Subject
    measure: Measure
    period: Period
    value: Decimal
    unit: Unit
    precision: Decimal
    sentence: tuple[int, int]
    number: tuple[int, int]
    comparison: Comparison = "none"
    base: Period | None = None
    base_stated: bool = True
    printed: Printed = "number"
    hedge: Hedge = ""
    kind: Kind = "fact"
    upper: Decimal | None = None
    scope: frozenset[str] = frozenset()
    carried_scope: frozenset[str] = frozenset()
    geography: str = "RU"
    geography_stated: bool = False
    attributed_to: str = ""
    inherited: frozenset[str] = frozenset()

    @property
    def obs_status(self) -> Literal["A", "P", "E", "F"]:
        """`F` no fact, `E` hedged, `P` rounded, `A` a count to the last vehicle (or a percentage as printed)."""
        if self.kind != "fact":
            return "F"
        if self.hedge:
            return "E"
        if self.unit == "units":
            return "A" if self.precision == 0 else "P"
        return "P" if self.printed in {"times", "word"} else "A"

    @property
    def locator(self) -> str:
        """Where it stands in the text: `chars 12-80, number 30-36`."""
        return f"chars {self.sentence[0]}-{self.sentence[1]}, number {self.number[0]}-{self.number[1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A number that may be a figure and can't be settled with certainty: for a person to decide.

    `printed` is the number as it stands; `why` says what is open, `candidates` what it could be, as far as known.
    """

    sentence: tuple[int, int]
    number: tuple[int, int]
    printed: str
    why: str
    candidates: tuple[str, ...] = ()

    @property
    def locator(self) -> str:
        """Where it stands in the text: `chars 12-80, number 30-36`."""
        return f"chars {self.sentence[0]}-{self.sentence[1]}, number {self.number[0]}-{self.number[1]}"


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read in one text, each in the order of the text."""

    figures: tuple[Figure, ...] = ()
    asides: tuple[Figure, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
