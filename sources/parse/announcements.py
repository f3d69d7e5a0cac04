"""What a maker's release announces, as candidate events: shorter and full working weeks, stoppages, statements, fees.

Only what a sentence says plainly, in the indicative, of a stated day: "С 29 сентября 2025 года предприятия работают
четыре дня в неделю". A sentence that denies, weighs or quotes a possibility ("не будет", "может", "обсуждается") gives
nothing, nor does one without a day. An event holds fields and offsets, never the words.

    work_week_cut, work_week_restored   from the day on; `value` days a week if the text says it; a full week has five
    stoppage                            from the day on
    statement                           status `dumping`: who sells below cost, by country
    fee_change                          status `proposed`: the maker asks for another recycling fee

`status` of what has a day: `in_force` on the day of publication, `announced` before it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from sources.contract import Event

__all__ = ["announcements"]

MONTHS: Final = ("янв", "фев", "мар", "апр", "ма[йя]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
SINCE: Final = re.compile(
    rf"\b[сС]о?\s+(?P<day>[0-9]{{1,2}})(?:-го)?\s+(?P<month>{'|'.join(MONTHS)})[а-я]*(?:\s+(?P<year>20[0-9]{{2}})\b)?"
    rf"|\b[сС]\s+(?P<d>[0-9]{{1,2}})\.(?P<m>[0-9]{{2}})\.(?P<y>20[0-9]{{2}})\b"
)
SENTENCE: Final = re.compile(r"[^.!?\n]+(?:\.(?:(?=\S)|(?<=\bг\.)|(?<=\bтыс\.)|(?<=\bмлн\.))[^.!?\n]*)*[.!?]?")
DAYS: Final = (("четыр", 4), ("4", 4), ("тр[её]", 3), ("три", 3), ("3", 3), ("дву", 2), ("два", 2))
SHORT: Final = re.compile(
    r"\b(?P<days>четыр[её]х|4-?х?|тр[её]х|3-?х?|двух)-?\s?дневн\w+(?:\s+рабоч\w+)?\s+(?:недел|график|режим)"
    r"|\b(?P<alone>четыр[её]х|тр[её]х)дневк"
    r"|\bработа\w+\s+(?:по\s+)?(?P<worked>четыр[её]|три|два|4|3)\s+(?:дня|дней)\s+в\s+недел"
    r"|\b(?:неполн|сокращ[её]нн)\w+\s+рабоч\w+\s+недел",
    re.IGNORECASE,
)
FULL: Final = re.compile(
    r"\b(?:полн\w+\s+)?(?P<five>пяти-?\s?дневн\w+|5-?(?:ти)?-?\s?дневн\w+)(?:\s+рабоч\w+)?\s+(?:недел|график|режим)"
    r"|\bполн\w+\s+рабоч\w+\s+недел"
    r"|\bработа\w+\s+(?P<worked>пять|5)\s+дней(?:\s+в\s+недел)?",
    re.IGNORECASE,
)
BACK: Final = re.compile(r"\b(?:возвра[тщ]|верн|возобновл|восстан|работа)", re.IGNORECASE)
STOPPED: Final = re.compile(
    r"\b(?:останавлива|остановл|остановит|остановил|приостан[ао]в)\w*\b[^.!?]{0,60}"
    r"\b(?:конвейер|производств|выпуск|сборк|завод|предприяти|сборочн)"
    r"|\b(?:конвейер|производств|выпуск|сборк|завод|предприяти)\w*\s+(?:будет\s+|будут\s+|был\w?\s+)?"
    r"(?:останавлива|остановл|остановит|приостан[ао]в)",
    re.IGNORECASE,
)
DUMPING: Final = re.compile(r"\bдемпинг|\bдемпингу", re.IGNORECASE)
CHINESE: Final = re.compile(r"\bкита[йею]|\bКНР\b", re.IGNORECASE)
FEE: Final = re.compile(r"\bутилизационн\w+\s+сбор|\bутильсбор", re.IGNORECASE)
PROPOSED: Final = re.compile(
    r"\b(?:предлож|предлага|выступ\w+\s+(?:за|с\s+предложени)|проси\w*\s|попроси)", re.IGNORECASE
)
# Denied, weighed, hoped for, over, or somebody's rumour: no event.
UNCERTAIN: Final = re.compile(
    r"\bне\s+(?:буд|план|перех|перев|перей|ввод|введ|вве|рассм|собира|останав|остано|приост|верн|возвра|работа|счита"
    r"|видит|видим|допуст|предл|проси|выступ)"
    r"|\b(?:может|могут|можно|мог|могла|могли)\b"
    r"|\b(?:если|возможн|вероятн|рассматрива|обсужда|ожида|прогноз|планиру|намерен|хотел|слух|опроверг|отрица|отказ"
    r"|отмен|отложил|перен[её]с|перенос|продл|завершил)"
    r"|\?",
    re.IGNORECASE,
)
REGIME: Final = re.compile(
    r"^\s*(?:(?:Нов|Так)\w+\s+|Этот\s+)?(?:режим|график|порядок|решение|переход|изменени)|^\s*Он[ао]?\b", re.IGNORECASE
)
NEAR: Final = 170  # days: beyond, a day without a year could be of two years


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: str
    start: int
    end: int
    in_title: bool = False


def announcements(text: str, *, title: str, published: date, actor: str, product: str, where: str) -> Iterator[Event]:
    """The candidate events of one release, each once.

    Args:
        text: paragraphs without markup, one a line.
        title: the heading; an event that it names must get its day from the text.
        published: the day of publication.
        actor: who publishes, as events name it.
        product: what it makes.
        where: the place of the text in the document, the beginning of each locator.
    """
    body = [_Sentence(m[0], m.start(), m.end()) for m in SENTENCE.finditer(text) if m[0].strip()]
    said = [_Sentence(title, 0, len(title), in_title=True), *body]
    seen: set[tuple[str, date, str | None]] = set()
    for n, sentence in enumerate(said):
        for event in _events(said, n, published):
            key = (event.event_type, event.event_date, event.target)
            if key not in seen:
                seen.add(key)
                place = f"{where} title" if sentence.in_title else f"{where} sentence {sentence.start}-{sentence.end}"
                yield replace(event, actor=actor, product=product, locator=place, published=published)


def _events(said: Sequence[_Sentence], n: int, published: date) -> Iterator[Event]:
    words = said[n].words
    if UNCERTAIN.search(words):
        return
    short, full = SHORT.search(words), FULL.search(words)
    if short and full:  # "from four days to five": which way, BACK alone can't say
        return
    if short and (since := _since(said, n, published)):
        yield _dated("work_week_cut", since, published, _days(short))
    if full and BACK.search(words) and (since := _since(said, n, published)):
        yield _dated("work_week_restored", since, published, Decimal(5))
    if STOPPED.search(words) and (since := _since(said, n, published)):
        yield _dated("stoppage", since, published, None)
    if DUMPING.search(words):
        target = "China" if CHINESE.search(words) else None
        yield _event("statement", published, status="dumping", target=target)
    if FEE.search(words) and PROPOSED.search(words):
        yield _event("fee_change", published, status="proposed")


def _event(kind: str, day: date, *, status: str, target: str | None = None, value: Decimal | None = None) -> Event:
    unit = None if value is None else "days/week"
    return Event(
        event_type=kind, event_date=day, actor="", locator="", target=target, status=status, value=value, unit=unit
    )


def _dated(kind: str, since: date, published: date, value: Decimal | None) -> Event:
    return _event(kind, since, status="in_force" if since <= published else "announced", value=value)


def _days(found: re.Match[str]) -> Decimal | None:
    printed = next((group for group in found.groupdict().values() if group), "").casefold()
    return next((Decimal(days) for stem, days in DAYS if re.match(stem, printed)), None)


def _since(said: Sequence[_Sentence], n: int, published: date) -> date | None:
    """From which day: that of the sentence itself, else of the next one if that goes on about it; None if unclear."""
    own = _day(said[n].words, published)
    if own is not None or SINCE.search(said[n].words):
        return own
    following = said[n + 1] if n + 1 < len(said) else None
    if following is None or UNCERTAIN.search(following.words) or not REGIME.search(following.words):
        return None
    return _day(following.words, published)


def _day(words: str, published: date) -> date | None:
    """The one day that the words name as a beginning; without a year the one nearest to publication."""
    found = list(SINCE.finditer(words))
    if len(found) != 1:
        return None
    one = found[0]
    try:
        if one["y"]:
            return date(int(one["y"]), int(one["m"]), int(one["d"]))
        month = next(k for k, stem in enumerate(MONTHS, start=1) if re.match(stem, one["month"]))
        years = [int(one["year"])] if one["year"] else [published.year - 1, published.year, published.year + 1]
        days = [date(year, month, int(one["day"])) for year in years]
    except ValueError:
        return None
    nearest = min(days, key=lambda day: abs((day - published).days))
    return nearest if one["year"] or abs((nearest - published).days) < NEAR else None
