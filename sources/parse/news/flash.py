"""Figures of trade and cars that the news print before, or in place of, their official source.

A figure needs partner, indicator, period, value and unit. What its sentence leaves out is carried from the sentence
before it, and only where there is one thing to carry: the period of the figures just told, or both sides that the
heading names. It becomes an observation of status `F` in the terms of the official source, and an event of type
`flash_figure` whose actor is who measured. What is a target, a forecast, a possibility, the base of a comparison, trade
in one sort of goods, of a province or with another country gives nothing; nor does a figure so old that its official
source has long been out. Vehicles are read by `sources.parse.prose`, as those of the carmakers are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal, cast

from sources.contract import Doubt, Event, Flow, Observation
from sources.parse import prose
from sources.parse.news import days, flash_periods, flash_words
from sources.parse.news.flash_periods import Named, Period
from sources.parse.news.model import LONGEST_SENTENCE, Page, Sentence
from sources.parse.news.stems import Quick, fold, quick

__all__ = ["Flash", "figures", "rows"]

DATASET: Final = "flash"
NAMES: Final = MappingProxyType({"T": "trade_total", "X": "cn_exports", "M": "cn_imports"})
PARTS: Final = frozenset(NAMES.values())
TOTAL_TOLERANCE: Final = Decimal("0.005")
# Beyond these the official figure is out, and an article that repeats it looks back.
LONGEST_AGO: Final = MappingProxyType({"A": 120})
LONGEST_AGO_OTHERS: Final = 80
# Days after the end of a period; a figure that is quoted later than that was announced on some day before.
ANNOUNCED_WITHIN: Final = MappingProxyType({"A": 45})
ANNOUNCED_WITHIN_OTHERS: Final = 21
FAR_PARAGRAPHS: Final = 2
NEAR: Final = 3  # characters between the name of a flow and an amount that stands right behind it
LOOK_BACK: Final = 90
ROUNDED: Final = quick(r"0+$")
BREAK: Final = quick(r"[;；，。—–]|,(?!\d)|\s+(?:while|whereas|but|а|но|при этом)\s+|(?:\s-\s)")
AND: Final = quick(r"\s+(?:and|и)\s+|和|及")
WORTH: Final = quick(r"\s*(?:worth\s+)?(?:of|in|from)?\s*(?:goods\s+(?:in|of)\s+)?(?:total\s+)?$", re.IGNORECASE)
DIGIT: Final = re.compile(r"\d")
SHARE_WORDS: Final = quick(r"втрое|вдвое|вчетверо|треть|half|fold|third|quarter|减半|腰斩|分之")
HOME: Final = quick(r"(?:^|\.)(?P<who>autostat|aebrus|avtovaz|lada|kamaz|kamazlive|cpca)\w*\.", re.IGNORECASE)
HOMES: Final = MappingProxyType({
    "autostat": "Autostat", "aebrus": "AEB", "avtovaz": "AvtoVAZ", "lada": "AvtoVAZ", "kamaz": "KAMAZ", "kamazlive": "KAMAZ",
    "cpca": "CPCA",
})  # fmt: skip
WHO: Final = MappingProxyType({
    "autostat": "Autostat", "aeb": "AEB", "rosstat": "Rosstat", "minpromtorg": "Minpromtorg", "avtovaz": "AvtoVAZ",
    "kamaz": "KAMAZ", "cpca": "CPCA", "gacc": "GACC",
})  # fmt: skip
MAKERS: Final = MappingProxyType(
    {"lada_sales_units": "AvtoVAZ", "kamaz_sales_units": "KAMAZ", "heavy_truck_market": "KAMAZ"}
)
HEAVY: Final = frozenset({"gt14t", "ge14t", "gt16t", "hcv"})
PLAIN: Final = frozenset({"pc", "new", "dealers"})
SOLD: Final = MappingProxyType({
    ("market", ""): "ru_car_market_units", ("brand", "lada"): "lada_sales_units", ("group", "avtovaz"): "lada_sales_units",
    ("brand", "kamaz"): "kamaz_sales_units",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Flash:
    """One figure of an article, in the terms of events and of observations.

    `indicator` is what the event calls product, `label` its status. `observation` is None where no official series is
    like it; `told` False where the article tells more in another figure, so that it makes no event of its own.
    `said_on` is the day the text gives for its publication, `quoted` that it is told as a known figure of somebody.
    """

    indicator: str
    actor: str
    value: Decimal
    unit: str
    period: Period
    sentence: Sentence
    change: bool = False
    told: bool = True
    quoted: bool = False
    said_on: date | None = None
    observation: Observation | None = None

    @property
    def label(self) -> str:
        """The period as events name it."""
        return f"{self.period.label} yoy" if self.change else self.period.label


@dataclass(slots=True)
class _Carried:
    """What the sentences before leave to the next: the period of their figures, both sides, and whose trade it is."""

    period: Period | None = None
    paragraph: int = -9
    sides: bool = False
    sides_paragraph: int = -9
    headed: bool = False
    figured: bool = False
    china_owns: bool = False

    def near(self, sentence: Sentence) -> bool:
        """Do the figures told last stand close enough to be spoken on of?"""
        return 0 <= sentence.paragraph - self.paragraph <= FAR_PARAGRAPHS


@dataclass(frozen=True, slots=True)
class _Flow:
    start: int
    end: int
    kind: str
    bare: bool


@dataclass(frozen=True, slots=True)
class _Amount:
    start: int
    end: int
    value: Decimal
    unit: str
    half: Decimal


def rows(page: Page, sentences: Sequence[Sentence], where: str) -> Iterator[Observation | Event | Doubt]:
    """The figures of an article as events and, where an official series is like it, as observations of status `F`.

    Exports and imports that don't add up to the total of the same period on the same page are held as a doubt.
    """
    day = page.day
    if day is None:
        return
    found = list(figures(page, sentences))
    off = _out_of_sum(found)
    for flash in found:
        sentence = flash.sentence
        place = f"{where} {sentence.part} chars {sentence.start}-{sentence.end}"
        if (flash.unit, flash.label) in off and flash.indicator.rsplit("_", 1)[0] in PARTS:
            said = f"{flash.indicator} {flash.label} = {flash.value:f} {flash.unit}"
            yield Doubt(
                locator=f"{place} {flash.indicator}", reason="exports and imports don't add up to the total", found=said
            )
            continue
        if flash.told:
            on, precision = _announced(flash, day)
            yield Event(
                event_type="flash_figure", event_date=on, actor=flash.actor, locator=place, precision=precision,
                target="RU", product=flash.indicator, status=flash.label, value=flash.value, unit=flash.unit,
                asserted_by=flash.actor, published=page.published, sentence=sentence.hash, pattern="flash",
            )  # fmt: skip
        if flash.observation is not None:
            yield replace(flash.observation, locator=place)


def _announced(flash: Flash, day: date) -> tuple[date, Literal["day", "month"]]:
    """When the measurer published it: the day that the text gives, else that of the article.

    What an article quotes weeks later was published earlier: in the month after the period, on a day not known.
    """
    if flash.said_on is not None:
        return flash.said_on, "day"
    within = ANNOUNCED_WITHIN.get(flash.period.freq, ANNOUNCED_WITHIN_OTHERS)
    if flash.quoted and (day - flash.period.end).days > within:
        following = date.fromordinal(flash.period.end.toordinal() + 1)
        return following, "month"
    return day, "day"


def _out_of_sum(found: Sequence[Flash]) -> set[tuple[str, str]]:
    """Currencies and periods for which all three are stated and don't add up."""
    stated: dict[tuple[str, str], dict[str, Decimal]] = {}
    for flash in found:
        name, _, _ = flash.indicator.rpartition("_")
        if name in PARTS and flash.unit != "percent":
            stated.setdefault((flash.unit, flash.label), {})[name] = flash.value
    return {
        key
        for key, values in stated.items()
        if len(values) == len(PARTS)
        and abs(values["cn_exports"] + values["cn_imports"] - values["trade_total"])
        > TOTAL_TOLERANCE * values["trade_total"]
    }


def figures(page: Page, sentences: Sequence[Sentence]) -> Iterator[Flash]:
    """The figures that the text of an article states as facts, each once; a heading gives none."""
    day, language = page.day, page.language
    if day is None or language not in flash_words.FLOWS:
        return
    bodies = list(_read(page, [one for one in sentences if one.part == "body"], day))
    # the lead says in short what the text says exactly
    found = [*bodies, *_read(page, [one for one in sentences if one.part == "lead"], day)]
    levels = {(_stem(one.indicator), one.period) for one in found if one.unit != "percent"}
    seen: set[tuple[str, str]] = set()
    for flash in found:
        if (flash.indicator, flash.label) in seen or not _is_news(flash.period, day):
            continue
        seen.add((flash.indicator, flash.label))
        repeated = flash.indicator.endswith("_yoy") and (_stem(flash.indicator), flash.period) in levels
        yield replace(flash, told=False) if repeated else flash


def _stem(indicator: str) -> str:
    return indicator.rpartition("_")[0]


def _is_news(period: Period, day: date) -> bool:
    return (day - period.end).days <= LONGEST_AGO.get(period.freq, LONGEST_AGO_OTHERS)


def _read(page: Page, sentences: Sequence[Sentence], day: date) -> Iterator[Flash]:
    language = page.language
    carried = _Carried(headed=_both_sides(f"{page.title}\n{page.lead}", language))
    for sentence in sentences:
        text = sentence.text
        if text.endswith(("?", "？")) or len(text) > LONGEST_SENTENCE:
            continue
        both = _both_sides(text, language)
        if both:
            carried.sides, carried.sides_paragraph = True, sentence.paragraph
        trade: list[Flash] = []
        periods: list[Named] = []
        states = bool((DIGIT.search(text) or SHARE_WORDS.search(text)) and flash_words.TOPIC.search(fold(text)))
        if states or carried.period is not None:
            periods = flash_periods.named(text, language, day)
        if states:
            titled = both or _both_sides(f"{page.title}\n{text}", language)
            trade = list(_Trade(sentence, page, periods, carried, both=both, titled=titled, day=day).read())
            yield from trade
            yield from _goods(sentence, page, periods, carried, both=titled, day=day)
            yield from _trucks(sentence, page, periods, carried)
            if flash_words.VEHICLES.search(text):
                yield from _vehicles(sentence, page, day)
        _remember(carried, sentence, page, trade, periods)


def _remember(
    carried: _Carried, sentence: Sentence, page: Page, trade: Sequence[Flash], periods: Sequence[Named]
) -> None:
    stated = {one.period for one in trade}
    if trade:
        carried.period = stated.pop() if len(stated) == 1 else None
        carried.figured, carried.paragraph = True, sentence.paragraph
        carried.china_owns = carried.china_owns or bool(
            flash_words.CHINA_OWNS[page.language].search(sentence.text) or flash_words.CUSTOMS.search(sentence.text)
        )
    elif (carried.figured or carried.period is not None) and (periods or flash_words.THIRD.search(sentence.text)):
        carried.period, carried.figured = None, False  # it speaks of something else: nothing more to carry


def _blanked(words: Quick, text: str) -> str:
    """A text without some words, as long as it was."""
    return words.sub(lambda found: " " * len(found[0]), text)


def _both_sides(text: str, language: str) -> bool:
    china, russia = flash_words.SIDES[language]
    return bool(china.search(text) and russia.search(text))


# --- trade ------------------------------------------------------------------------------------------------------------


class _Trade:
    """The trade figures of one sentence."""

    def __init__(
        self,
        sentence: Sentence,
        page: Page,
        periods: Sequence[Named],
        carried: _Carried,
        *,
        both: bool,
        titled: bool,
        day: date,
    ) -> None:
        self.sentence, self.page, self.periods, self.carried, self.day = sentence, page, periods, carried, day
        self.both, self.titled, self.text, self.language = both, titled, sentence.text, page.language

    @cached_property
    def calm(self) -> str:
        """The sentence without what was expected."""
        return _blanked(flash_words.EXPECTED, self.text)

    @cached_property
    def plain(self) -> str:
        """The sentence without sums of money: U.S. dollars are no third country."""
        return _blanked(flash_words.MONEY[self.language], self.text)

    def read(self) -> Iterator[Flash]:
        """Amounts first; a change of a flow that has an amount is the change of that."""
        if self._is_others():
            return
        flows = self._flows()
        if not flows:
            return
        amounts = self._amounts()
        levels: dict[tuple[str, Period], str] = {}
        taken: set[tuple[str, str, Period]] = set()
        for amount in amounts:
            flow = self._governing(amount.start, amount.end, flows)
            if flow is None or not self._is_level(amount, flow) or not self._is_fact(amount.end):
                continue
            if not self._is_of_both(flow, amount.start):
                continue
            period = self._period_of(amount.start, amount.end, amounts)
            if period is None or (flow.kind, amount.unit, period) in taken:
                continue
            taken.add((flow.kind, amount.unit, period))
            levels.setdefault((flow.kind, period), amount.unit)
            yield self._flash(f"{NAMES[flow.kind]}_{amount.unit.lower()}", flow.kind, "trade_value", amount, period)
        yield from self._changes(flows, amounts, levels)

    def _is_others(self) -> bool:
        return bool(flash_words.OTHERS.search(self.text)) and not flash_words.CUSTOMS.search(self.text)

    def _flows(self) -> list[_Flow]:
        """Where it begins to speak of a flow of all goods; a narrower wording hides the wider one that lies in it."""
        found: list[_Flow] = []
        before = flash_words.BEFORE_FLOW[self.language]
        for kind, pattern in flash_words.FLOWS[self.language]:
            for one in pattern.finditer(self.text):
                if any(other.start < one.end() and one.start() < other.end for other in found):
                    continue
                bare = kind.islower()
                if before.search(self._clause_before(one.start())) is None:
                    if not bare:  # its words are taken: of somebody else, or of one sort of goods
                        found.append(_Flow(one.start(), one.end(), "", bare=False))
                    continue
                found.append(_Flow(one.start(), one.end(), kind.upper(), bare=bare))
        usable = [one for one in found if not one.bare or self._may_be_bare(one, found)]
        return sorted(usable, key=lambda one: one.start)

    def _clause_before(self, at: int) -> str:
        breaks = [one.end() for one in BREAK.finditer(self.text, 0, at)]
        return self.text[(breaks[-1] if breaks else 0) : at]

    def _may_be_bare(self, flow: _Flow, found: Sequence[_Flow]) -> bool:
        """May `exports` alone be those of the two: after their trade, and told from the side of one?"""
        if flash_words.THIRD.search(self.plain):
            return False
        owned = (flash_words.CHINA_OWNS[self.language], flash_words.CUSTOMS, *flash_words.SIDES[self.language])
        owns = self.carried.china_owns or any(one.search(self.text) for one in owned[:2])
        owns = owns or any(one.search(self.text, flow.start, flow.end) for one in owned[2:])
        here = self.both and any(one.kind == "T" for one in found)
        return owns and (here or (self.carried.figured and self.carried.near(self.sentence)))

    def _amounts(self) -> list[_Amount]:
        return [_money(one, self.text, self.language) for one in flash_words.MONEY[self.language].finditer(self.text)]

    def _governing(self, start: int, end: int, flows: Sequence[_Flow]) -> _Flow | None:
        """The flow whose amount it is: that before it, or that which it is the worth of."""
        ahead = next((one for one in flows if one.start >= end), None)
        if ahead is not None and WORTH.fullmatch(self.text[end : ahead.start]) and self.text[end : ahead.start].strip():
            return ahead if ahead.kind else None
        before = [one for one in flows if one.start < start]
        if before:
            return before[-1] if before[-1].kind else None
        return None

    def _is_level(self, amount: _Amount, flow: _Flow) -> bool:
        lead = self.text[max(0, amount.start - LOOK_BACK) : amount.start]
        if flash_words.AGAINST[self.language].search(lead):
            return False
        if flash_words.BALANCE.search(self._clause_before(amount.start)):
            return False
        if flow.start >= amount.end or 0 <= amount.start - flow.end <= NEAR:
            return True
        return bool(flash_words.LEVEL[self.language].search(lead))

    def _is_fact(self, end: int) -> bool:
        """Nothing before an amount, and nothing in its own part of the sentence, makes it less than a fact."""
        following = BREAK.search(self.calm, end)
        return not flash_words.NOT_FACT.search(self.calm[: following.start() if following else len(self.calm)])

    def _is_of_both(self, flow: _Flow, at: int) -> bool:
        """Is the flow that of the two, and nobody else's?"""
        clause = self._clause_around(min(flow.start, at), max(flow.end, at))
        if flash_words.THIRD.search(clause):
            return False
        said = self.text[flow.start : flow.end]
        if flow.bare or self.both or _both_sides(said, self.language):
            return not (flow.kind == "T" and flash_words.THIRD.search(self.plain) and not self._names_a_side(flow))
        near = 0 <= self.sentence.paragraph - self.carried.sides_paragraph <= FAR_PARAGRAPHS
        if not (self.titled or self.carried.headed or (self.carried.sides and near)) or flash_words.THIRD.search(
            self.plain
        ):
            return False
        china, russia = flash_words.SIDES[self.language]
        one_named = bool(china.search(said) or russia.search(said))
        if flow.kind != "T":
            return one_named
        return (
            one_named
            or (self.carried.figured and self.carried.near(self.sentence))
            or bool(
                re.search(
                    r"bilateral|mutual|two-way|\b(?:two|both) (?:countr|nation|side|neighbo)\w+|двусторонн|взаимн|двух стран|双边|两国",
                    self.text,
                    re.IGNORECASE,
                )
            )
        )

    def _names_a_side(self, flow: _Flow) -> bool:
        tail = self._clause_around(flow.start, flow.end)
        china, russia = flash_words.SIDES[self.language]
        return bool(china.search(tail) or russia.search(tail))

    def _clause_around(self, start: int, end: int) -> str:
        following = BREAK.search(self.text, end)
        stop = following.start() if following else len(self.text)
        return self.plain[start - len(self._clause_before(start)) : stop]

    def _period_of(self, start: int, end: int, amounts: Sequence[_Amount]) -> Period | None:
        """The period in the amount's own part of the sentence, else the last before it, the next after it, the carried."""
        usable = [one for one in self.periods if not self._is_of_a_base(one, amounts)]
        if not usable:
            return self.carried.period if self.carried.near(self.sentence) and not self.periods else None
        if len(usable) == 1:
            return usable[0].period
        left, right = self._part(start, end, amounts)
        inside = [one for one in usable if left <= one.at and one.stop <= right]
        for within in (inside, usable):
            before = [one for one in within if one.stop <= start]
            after = [one for one in within if one.at >= end]
            if within is inside and len(after) == 1 and before and amounts_between(before[-1].stop, start, amounts):
                return after[0].period
            if before or after:
                return (before[-1] if before else after[0]).period
        return None

    def _part(self, start: int, end: int, amounts: Sequence[_Amount]) -> tuple[int, int]:
        edges = [one.span() for one in BREAK.finditer(self.text)]
        edges += [
            one.span()
            for one in AND.finditer(self.text)
            if any(a.end <= one.start() for a in amounts)
            and any(a.start >= one.end() for a in amounts)
            and not any(p.at < one.end() and one.start() < p.stop for p in self.periods)
        ]
        left = max((stop for _, stop in edges if stop <= start), default=0)
        right = min((begin for begin, _ in edges if begin >= end), default=len(self.text))
        return left, right

    def _is_of_a_base(self, one: Named, amounts: Sequence[_Amount]) -> bool:
        """Does the period belong to an amount that is only compared with: `up from $240bn in 2023`?"""
        for amount in amounts:
            lead = self.text[max(0, amount.start - LOOK_BACK) : amount.start]
            if 0 <= one.at - amount.end <= NEAR + 1 and flash_words.AGAINST[self.language].search(lead):
                return True
        return False

    def _changes(
        self, flows: Sequence[_Flow], amounts: Sequence[_Amount], levels: dict[tuple[str, Period], str]
    ) -> Iterator[Flash]:
        taken: set[tuple[str, Period]] = set()
        for change in flash_words.PERCENT[self.language].finditer(self.calm):
            flow = self._governing(change.start(), change.end(), flows)
            if flow is None or not self._is_fact(change.end()):
                continue
            clause = self._clause_around(change.start(), change.end())
            if flash_words.NOT_YEARLY.search(clause) or not self._is_of_both(flow, change.start()):
                continue
            period = self._period_of(change.start(), change.end(), amounts)
            if period is None or (flow.kind, period) in taken:
                continue
            taken.add((flow.kind, period))
            value, half = _percent(change)
            currency = next((name for name, words in flash_words.CURRENCY if words.search(self.text)), "")
            currency = currency or levels.get((flow.kind, period), "").lower()
            amount = _Amount(change.start(), change.end(), value, "percent", half)
            measure = f"trade_value_yoy_{currency}" if currency else ""
            yield self._flash(f"{NAMES[flow.kind]}_yoy", flow.kind, measure, amount, period)

    def _flash(self, indicator: str, flow: str, measure: str, amount: _Amount, period: Period) -> Flash:
        observation = None
        if measure:
            observation = _observation(self.page, period, measure, amount, flow=cast("Flow", flow), product="TOTAL")
        return Flash(
            indicator=indicator, actor="GACC", value=amount.value, unit=amount.unit, period=period,
            sentence=self.sentence, quoted=True, said_on=_said_on(self.text, self.language, self.day), observation=observation,
        )  # fmt: skip


def amounts_between(start: int, stop: int, amounts: Sequence[_Amount]) -> bool:
    """Does an amount stand between a period and a place?"""
    return any(start <= one.start and one.end <= stop for one in amounts)


def _money(found: re.Match[str], text: str, language: str) -> _Amount:
    number = _number(found["n"] or found["n2"], language)
    power = _power(found["s"] or found["s2"])
    sign = (found["sign"] or found["u"] or "").strip().lower()
    is_yuan = sign.endswith("yuan") or sign.startswith(("cny", "rmb", "renminbi", "юан", "¥", "元", "人民币"))
    half = _half(number, power, text[max(0, found.start() - LOOK_BACK) : found.start()], language)
    return _Amount(found.start(), found.end(), number.scaleb(power), "CNY" if is_yuan else "USD", half)


def _number(text: str, language: str) -> Decimal:
    """A comma is a decimal mark in Russian, and stands between thousands elsewhere: `90,054`."""
    plain = re.sub(r"[ \u00a0\u202f]", "", text)
    return Decimal(plain.replace(",", "." if language == "ru" else ""))


def _power(scale: str | None) -> int:
    plain = (scale or "").lower()
    return next((power for start, power in flash_words.SCALES if plain.startswith(start)), 0)


def _half(number: Decimal, power: int, lead: str, language: str) -> Decimal:
    """Half a printed unit; of `more than 200` half of the last digit that isn't zero."""
    exponent = number.as_tuple().exponent
    places = exponent if isinstance(exponent, int) else 0
    if flash_words.HEDGED[language].search(lead):
        zeros = ROUNDED.search(f"{number:f}") if places == 0 else None
        places += len(zeros[0]) if zeros else 0
    return Decimal("0.5").scaleb(places + power)


def _percent(found: re.Match[str]) -> tuple[Decimal, Decimal]:
    number = Decimal((found["n"] or found["n2"] or found["n3"]).replace(",", "."))
    exponent = number.as_tuple().exponent
    half = Decimal("0.5").scaleb(exponent if isinstance(exponent, int) else 0)
    verb, sign = found["verb"] or found["verb2"], (found["sign"] or "").strip()
    down = bool(flash_words.DOWN.search(verb)) if verb else sign in {"-", "−", "–", "минус"}
    return (-number if down else number), half


def _said_on(text: str, language: str, day: date) -> date | None:
    """The day on which the text says that the figure was published; it is none to come."""
    found = flash_words.SAID[language].search(text)
    if found is not None and (found["d"] or found["d2"]):
        month = int(found["m"]) if language == "zh" else flash_periods.month(found["m"], language)
        on = days.nearest(month, int(found["d"] or found["d2"]), day, tense="past")
        if on is not None and on <= day:
            return on
    weekday = flash_words.WEEKDAYS[language].search(text)
    return days.back_to_weekday(flash_words.WEEKDAY[weekday["d"].lower()], day) if weekday else None


def _observation(
    page: Page, period: Period, measure: str, amount: _Amount, *, flow: Flow | None = None, product: str | None = None
) -> Observation:
    return Observation(
        dataset=DATASET, measure=measure, unit=amount.unit, freq=period.freq, period_start=period.start,
        period_end=period.end, value=amount.value, locator="", reporter="CN", partner="RU", partner_kind="country",
        flow=flow, product=product, obs_status="F", published=page.published, precision=amount.half,
    )  # fmt: skip


# --- goods ------------------------------------------------------------------------------------------------------------


def _goods(
    sentence: Sentence, page: Page, periods: Sequence[Named], carried: _Carried, *, both: bool, day: date
) -> Iterator[Flash]:
    """Tons of coal, crude and LNG that China took from Russia, and gas by pipeline."""
    text, language = sentence.text, page.language
    if not flash_words.TO_CHINA[language].search(text) or flash_words.NARROW.search(text):
        return
    piped = bool(flash_words.PIPED.search(text))
    if not (both or carried.headed or piped):
        return
    calm = _blanked(flash_words.EXPECTED, text)
    period = _only(periods, carried, sentence)
    if period is None:
        return
    amounts = list(flash_words.TONNES[language].finditer(text))
    taken: set[str] = set()
    for one in amounts:
        lead = text[max(0, one.start() - LOOK_BACK) : one.start()]
        left, right = _around(text, one.start(), one.end())
        clause = text[left:right]
        if flash_words.AGAINST[language].search(lead) or flash_words.NOT_FACT.search(calm[:right]):
            continue
        russia = flash_words.SIDES[language][1]
        if flash_words.THIRD.search(clause) or (len(amounts) > 1 and not russia.search(clause)):
            continue
        named = _good(text, one.span(), (left, right), language) or _good(text, one.span(), (0, len(text)), language)
        if named is None or named[0] in taken:
            continue
        indicator, code = named
        taken.add(indicator)
        amount = _quantity(one, text, language, "t")
        kilograms = replace(amount, value=amount.value * 1000, unit="kg", half=amount.half * 1000)
        yield Flash(
            indicator=indicator, actor="GACC", value=amount.value, unit="t", period=period, sentence=sentence,
            said_on=_said_on(text, language, day),
            observation=_observation(page, period, "quantity", kilograms, flow="M", product=code),
        )  # fmt: skip
    gas = list(flash_words.CUBIC[language].finditer(text)) if piped else []
    if len(gas) == 1 and not flash_words.NOT_FACT.search(calm):
        amount = _quantity(gas[0], text, language, "m3")
        actor = "Gazprom" if re.search(r"Gazprom|Газпром|俄气", f"{text}\n{page.title}") else "GACC"
        yield Flash(
            indicator="pipeline_gas_import_m3", actor=actor, value=amount.value, unit="m3", period=period,
            sentence=sentence, said_on=_said_on(text, language, day),
        )  # fmt: skip


def _only(periods: Sequence[Named], carried: _Carried, sentence: Sentence) -> Period | None:
    """The one period that a sentence names, or the carried one where it names none."""
    if not periods:
        return carried.period if carried.near(sentence) else None
    stated = {one.period for one in periods}
    return stated.pop() if len(stated) == 1 else None


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    left = max((one.end() for one in BREAK.finditer(text, 0, start)), default=0)
    following = BREAK.search(text, end)
    return left, following.start() if following else len(text)


def _good(text: str, amount: tuple[int, int], within: tuple[int, int], language: str) -> tuple[str, str] | None:
    """The goods whose name stands nearest to an amount within a part of the text."""
    start, end = amount
    found = [
        (min(abs(one.start() - end), abs(start - one.end())), indicator, code)
        for indicator, code, words in flash_words.GOODS
        for one in words[language].finditer(text, *within)
    ]
    return min(found)[1:] if found else None


def _quantity(found: re.Match[str], text: str, language: str, unit: str) -> _Amount:
    number = _number(found["n"], language)
    power = _power(found["s"])
    half = _half(number, power, text[max(0, found.start() - LOOK_BACK) : found.start()], language)
    return _Amount(found.start(), found.end(), number.scaleb(power), unit, half)


def _trucks(sentence: Sentence, page: Page, periods: Sequence[Named], carried: _Carried) -> Iterator[Flash]:
    """The change of Russia's imports of Chinese trucks against the year before; `втрое` is computed."""
    text, language = sentence.text, page.language
    found = flash_words.TRUCKS[language].search(text)
    if found is None or flash_words.NOT_FACT.search(text) or flash_words.NOT_YEARLY.search(text):
        return
    china = flash_words.SIDES[language][0].search(text)
    period = _only(periods, carried, sentence)
    if period is None or not china or not (_both_sides(text, language) or carried.headed):
        return
    change = flash_words.PERCENT[language].search(text, found.end())
    fold = flash_words.FOLD[language].search(text, found.end())
    if change is not None:
        value = _percent(change)[0]
    elif fold is not None:
        top, bottom = flash_words.LEFT[fold["w"].lower().replace("two thirds", "two-thirds")]
        left = Decimal(top) / bottom if flash_words.FELL.search(text) else Decimal(bottom) / top
        value = (100 * left - 100).quantize(Decimal(1))
    else:
        return
    yield Flash(
        indicator="truck_imports_yoy", actor="GACC", value=value, unit="percent", period=period, sentence=sentence,
        said_on=_said_on(text, language, page.day or period.end),
    )  # fmt: skip


# --- vehicles ---------------------------------------------------------------------------------------------------------


def _vehicles(sentence: Sentence, page: Page, day: date) -> Iterator[Flash]:
    """Sales of Lada, KAMAZ and the market, the change of the heavy truck market, China's exports to Russia, shares."""
    text, language = sentence.text, page.language
    for figure in _vehicle_figures(sentence, page, day):
        name = _vehicle_indicator(figure)
        if not name or figure.kind != "fact":
            continue
        period = Period(figure.period.freq, figure.period.start, figure.period.end)
        if period.end >= day:
            continue
        actor, quoted = _measurer(name, WHO.get(figure.attributed_to, ""), sentence, page)
        amount = _Amount(0, 0, figure.value, figure.unit, figure.precision)
        change = figure.comparison != "none"
        yield Flash(
            indicator=name, actor=actor, value=figure.value, unit=figure.unit, period=period, sentence=sentence,
            change=change, quoted=quoted, said_on=_said_on(text, language, day),
            observation=None if change else _vehicle(page, period, name, amount),
        )  # fmt: skip
    yield from _share(sentence, page, day)


def _vehicle_figures(sentence: Sentence, page: Page, day: date) -> tuple[prose.Figure, ...]:
    """What the carmakers' reader finds; where nobody is named and all cars are meant, it reads of the market."""
    text, language = sentence.text, cast("prose.Language", page.language)
    china, russia = flash_words.SIDES[language]
    sent = bool(china.search(text) and russia.search(text) and flash_words.CAR_EXPORTS.search(text))
    if sent and (flash_words.MONEY[language].search(text) or flash_words.THIRD.search(text)):
        return ()  # the worth of cars is no count, and of several destinations one would have to be told
    counted = prose.may_count(f"{page.title}\n{text}", language, ("sales", "exports"))
    russian = bool(russia.search(text)) and not flash_words.A_BRAND.search(text)
    if not counted and not (russian and (sent or (flash_words.NEW_CARS.search(text) and not china.search(text)))):
        return ()  # of whatever is counted here no event tells
    found = prose.figures(text, language=language, published=day, topic=prose.Topic(title=page.title))
    if not found.figures and found.unresolved and russian:
        whole = prose.Topic(title=page.title, subject=prose.MARKET, measure="exports" if sent else "sales")
        if sent or (flash_words.NEW_CARS.search(text) and not china.search(text)):
            found = prose.figures(text, language=language, published=day, topic=whole)
    return tuple(replace(one, geography="RU") if sent and one.measure == "exports" else one for one in found.figures)


def _vehicle_indicator(figure: prose.Figure) -> str:
    """What an event calls it; empty for what it tells nothing of."""
    subject, scope = figure.subject, figure.scope
    level = figure.comparison == "none" and figure.unit == "units"
    if figure.geography != "RU":
        return ""
    if figure.measure == "exports":
        is_whole = subject.kind in {"market", "origin"} and not scope - {"pc", "new"}
        return "car_exports_to_ru_units" if is_whole and level else ""
    if figure.measure != "sales":
        return ""
    if subject.kind == "market" and HEAVY & scope:
        return "heavy_truck_market" if figure.comparison == "yoy" and figure.unit == "percent" else ""
    name = SOLD.get((subject.kind, subject.name), "")
    # KAMAZ sells trucks: for it the word is no narrower series
    return name if level and scope <= PLAIN | ({"truck"} if name == "kamaz_sales_units" else set()) else ""


def _measurer(name: str, attributed: str, sentence: Sentence, page: Page) -> tuple[str, bool]:
    """Who measured, and whether the article quotes them: who is named, whose page it is, who is named nearby."""
    named = attributed or next((who for who, words in flash_words.MEASURERS if words.search(sentence.text)), "")
    if named:
        return named, _home(page) != named
    home = _home(page)
    if home:
        return home, False
    if name == "car_exports_to_ru_units":
        return "CPCA", False
    nearby = {who for who, words in flash_words.MEASURERS if who != "GACC" and words.search(page.text)}
    if len(nearby) == 1 and name not in {"heavy_truck_market", "kamaz_sales_units"}:
        return nearby.pop(), True
    return MAKERS.get(name, "Autostat"), False


def _home(page: Page) -> str:
    found = HOME.search(page.url.partition("://")[2].partition("/")[0] + ".")
    return HOMES[found["who"].lower()] if found else ""


def _share(sentence: Sentence, page: Page, day: date) -> Iterator[Flash]:
    """The share of Chinese brands in sales of new cars in Russia."""
    text, language = sentence.text, page.language
    found = flash_words.SHARE[language].search(text)
    if found is None or flash_words.NOT_FACT.search(text) or flash_words.SEGMENT.search(text):
        return
    if not flash_words.RUSSIAN_MARKET.search(f"{page.title}\n{text}"):
        return
    period = _only(flash_periods.named(text, language, day), _Carried(), sentence)
    if period is None:
        return
    value = Decimal((found["n"] or found["n2"]).replace(",", "."))
    exponent = value.as_tuple().exponent
    half = Decimal("0.5").scaleb(exponent if isinstance(exponent, int) else 0)
    actor, quoted = _measurer("chinese_brand_share", "", sentence, page)
    yield Flash(
        indicator="chinese_brand_share", actor=actor, value=value, unit="percent", period=period, sentence=sentence,
        quoted=quoted, said_on=_said_on(text, language, day),
        observation=_vehicle(page, period, "chinese_brand_share", _Amount(0, 0, value, "percent", half)),
    )  # fmt: skip


def _vehicle(page: Page, period: Period, name: str, amount: _Amount) -> Observation:
    found = _observation(page, period, name, amount)
    if name == "car_exports_to_ru_units":
        return replace(found, measure="cn_car_exports_units", flow="X")
    return replace(found, reporter="RU", partner=None, partner_kind=None)
