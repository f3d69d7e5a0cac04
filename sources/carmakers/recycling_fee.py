"""Russia's recycling fee on cars: the level of each class from the day it came into force.

Layout    `recycling_fee.csv`, shipped: every level for which there is evidence, with decree and citation; a class
          without a sum ends. Live: the decree on a legal portal (coefficients, two header rows of merged cells), a
          dealer's table (kW, hp, then coefficient and sum by age and day), a newspaper's (thousand roubles, no day).
Calendar  Changes by decree, announced weeks to months ahead; since 2025 each 1 January.
Rule      Sum = base rate (20,000 roubles for cars) x coefficient. Classes: `fee_2012` by engine size and age,
          `fee_2023` also by importer, `fee_2025` (from 1 December 2025) by engine size, power and age. The rule is
          applied to the cars in `CARS`: dataset `reference_cars`, the class and its numbers in the locator.
Traps     Bands in kW leave gaps (183 to 183.88): only horsepower is read, kW must agree with it. `1 дек.` has no year:
          it is the last one before the next column's. A proposal is never a level. The levels of 2016 to July 2023
          are not known: the classes of 2012 end on 1 January 2016, and nothing is carried over the gap.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, cast

from bs4 import BeautifulSoup
from bs4.element import Tag

from sources.contract import Doubt, Observation, Payload, Request, Window
from sources.contract import no_links as links
from sources.errors import Incomplete, LayoutChanged, Unreadable
from sources.parse import fees, html, numbers, periods, sheets, shipped
from sources.parse.fees import Car, Class, Level

__all__ = ["CARS", "FILE", "PARSER", "links", "parse", "plan"]

PARSER: Final = 1
FILE: Final = "recycling_fee.csv"
BASE: Final = Decimal(20000)
THOUSAND: Final = 1000
# Pages that Amur asks for; the day is that of the levels where the page itself has none.
DECREE: Final = "https://normativ.kontur.ru/document"
DEALER: Final = "https://autopremiumgroup.ru/tablica-rascheta-util-sbora"
NEWSPAPER: Final = "https://www.kommersant.ru/doc/2011198"
DAYS: Final = MappingProxyType({NEWSPAPER: date(2012, 9, 1)})
MONTHLY, YEARLY = timedelta(days=30), timedelta(days=365)

CARS: Final = tuple(
    Car(None if litres is None else Decimal(litres), Decimal(horsepower), age, importer)
    for litres, horsepower, age, importer in cast(
        "tuple[tuple[str | None, int, Literal['new', '3-5 years'], Literal['commercial', 'personal']], ...]",
        (
            ("1.5", 177, "new", "commercial"),
            ("1.5", 177, "new", "personal"),
            ("2", 150, "new", "commercial"),
            ("2", 150, "new", "personal"),
            ("2", 200, "new", "commercial"),
            ("2", 200, "3-5 years", "commercial"),
            ("2", 238, "new", "commercial"),
            (None, 95, "new", "personal"),
        ),
    )
)

COLUMNS: Final = (
    "rule", "engine", "power", "age", "importer", "start", "coefficient", "base", "sum", "announced_on", "decree",
    "basis", "citation",
)  # fmt: skip
WORDS: Final = MappingProxyType(
    {
        "rule": frozenset({"fee_2012", "fee_2023", "fee_2025"}),
        "age": frozenset({"new", "up to 3 years", "3-5 years", "older than 3 years"}),
        "importer": frozenset({"commercial", "personal", ""}),
        "basis": frozenset({"official", "news"}),
    }
)
PROPOSAL: Final = re.compile(
    r"предлож|предлага|законопроект|проект\w* (?:постановлени|закон)|\bpropos|\basks? the government", re.IGNORECASE
)
BASE_SAID: Final = re.compile(r"базов\w+ ставк\w+[^.;:]*? ([0-9]{1,3}(?: [0-9]{3})*) руб", re.IGNORECASE)
DECREED: Final = re.compile(r"\bот ([0-9]{2}\.[0-9]{2}\.[0-9]{4})")
SINCE: Final = re.compile(r"\bс ([0-9]{2}\.[0-9]{2}\.[0-9]{4})$")
SINCE_WORD: Final = re.compile(r"^с ([0-9]{1,2}) ([а-я]+)\.?(?: по .*?)?(?: ([0-9]{4}) ?(?:года|г\.)?)?$")
IN_BRACKETS: Final = re.compile(r"\(([^)]*)\)")
MONTHS: Final = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
AGES: Final = MappingProxyType({"0-3 лет": "up to 3 years", "3-5 лет": "3-5 years"})
HALF_HUNDREDTH: Final = Decimal("0.005")  # coefficients have two decimals: a third is a note mark
HALF_ROUBLE: Final = Decimal("0.5")
HORSE_IN_KW: Final = Decimal("0.73549875")
KW_SLACK: Final = Decimal("0.01")
BLANK: Final = frozenset({"", "-", "–", "—"})

Rows = Iterator[Observation | Doubt]


@dataclass(frozen=True, slots=True)
class _Said:
    """A level as a document says it: what the rows of its class share."""

    kind: Class
    start: date
    place: str
    status: Literal["A", "F"]
    published: date | None = None
    reconstructed: bool = False

    def row(self, measure: str, unit: str, value: Decimal | None, precision: Decimal = Decimal(0)) -> Observation:
        return Observation(
            dataset=self.kind.rule, measure=measure, reporter="RU", product=self.kind.label, unit=unit, freq="D",
            period_start=self.start, period_end=self.start, value=value,
            obs_status="M" if value is None else self.status, published=self.published,
            reconstructed=self.reconstructed, precision=precision, locator=self.place,
        )  # fmt: skip

    def level(self, coefficient: Decimal, total: Decimal) -> Iterator[Observation]:
        # Exact, but a restated level must not stand beside the same one as first decreed: it differs by no rouble.
        half, rouble = (HALF_HUNDREDTH, HALF_ROUBLE) if self.reconstructed else (Decimal(0), Decimal(0))
        yield self.row("recycling_fee_coefficient", "ratio", coefficient, half)
        yield self.row("recycling_fee_rub", "RUB", total, rouble)


def plan(window: Window) -> Iterator[Request]:  # noqa: ARG001 (each document holds all it knows, whatever the window)
    """The shipped table, then the pages that it can be held against."""
    yield Request(f"shipped:{FILE}", title=FILE, group=FILE)
    yield Request(DECREE, params={"documentId": "478586", "moduleId": "1"}, recheck=MONTHLY)
    yield Request(DEALER, recheck=MONTHLY)
    yield Request(NEWSPAPER, period=DAYS[NEWSPAPER].isoformat(), recheck=YEARLY)


def parse(payload: Payload) -> Rows:
    """Roubles a car by class and day, and the coefficient where the document gives it.

    Raises:
        Unreadable: a proposal: it is never a level.
        Incomplete: a newspaper's table without a day.
        LayoutChanged: no table of levels, other columns, a row of the shipped table that can't be read in full.
    """
    if not payload.body.lstrip().startswith(b"<"):
        yield from _shipped(payload)
        return
    page = html.document(payload)
    tables = page.select("table")
    spoken = page.select("title, h1") if tables else [page]
    if said := next(filter(None, (PROPOSAL.search(html.squeeze(html.raw(part))) for part in spoken)), None):
        advice = "Nothing to do: a proposal is an event, not a level in force"
        raise Unreadable(payload, expected="levels in force", found=f"a proposal ({said[0]})", advice=advice)
    if not tables:
        raise LayoutChanged(payload, at="page", expected="a table of the recycling fee", found="no table")
    read = False
    for number, table in enumerate(tables, start=1):
        grid = html.grid(payload, table)
        head = " ".join(cell.text for row in grid[:2] for cell in row if cell).casefold().replace("ё", "е")
        for words, reader in READERS:
            if all(word in head for word in words):
                read = True
                _check_whole(payload, grid, f"table {number}")
                yield from reader(payload, page, table, _Grid(grid, f"table {number}"))
    if not read:
        raise LayoutChanged(
            payload,
            at="tables",
            expected="коэффициент and класс; кВт and ЛС; or тыс. руб.",
            found=f"{len(tables)} others",
        )


def _check_whole(payload: Payload, grid: html.Grid, name: str) -> None:
    """A cell that isn't there must not pass for an empty one: the others would stand under the wrong head."""
    for number, row in enumerate(grid, start=1):
        if None in row:
            raise LayoutChanged(
                payload, at=f"{name} row {number}", expected=f"{len(row)} cells", found=f"{len(row) - row.count(None)}"
            )


@dataclass(frozen=True, slots=True)
class _Grid:
    """The cells of a table, and its name in places."""

    rows: html.Grid
    name: str

    def place(self, row: int, column: int) -> str:
        return f"{self.name} row {row + 1} column {column + 1}"

    def text(self, row: int, column: int) -> str:
        cell = self.rows[row][column]
        return cell.text if cell else ""

    def figure(self, row: int, column: int) -> str:
        """A number as printed, one blank between its groups; a raised note mark stays one."""
        cell = self.rows[row][column]
        return " ".join(cell.raw.split()) if cell else ""


# --- the shipped table --------------------------------------------------------------------------------------------


def _shipped(payload: Payload) -> Rows:
    levels: list[tuple[Level, _Said]] = []
    for record in shipped.records(payload, COLUMNS):
        level, said = _level(payload, record)
        if any(level.kind == other.kind and level.start == other.start for other, _ in levels):
            raise LayoutChanged(payload, at=f"row {record.number}", expected="one row a class and day", found="two")
        levels.append((level, said))
    for level, said in levels:
        if level.coefficient is None or level.total is None:
            yield said.row("recycling_fee_rub", "RUB", None)
        else:
            yield from said.level(level.coefficient, level.total)
    yield from _reference_cars(payload, levels)


def _level(payload: Payload, record: sheets.Record) -> tuple[Level, _Said]:
    at = f"row {record.number}"
    for name, allowed in WORDS.items():
        if record[name] not in allowed:
            raise LayoutChanged(payload, at=f"{at} {name}", expected=sorted(allowed), found=record[name] or "nothing")
    if not record["citation"] or not record["decree"]:
        raise LayoutChanged(payload, at=at, expected="a decree and a citation", found="nothing")
    try:
        kind = Class(
            cast("fees.Rule", record["rule"]),
            fees.engine(record["engine"]) if record["engine"] else None,
            fees.power(record["power"]) if record["power"] else None,
            record["age"],
            cast("Literal['commercial', 'personal', '']", record["importer"]),
        )
        start, announced = periods.day(record["start"]), periods.day(record["announced_on"])
        base = numbers.exact(record["base"])
        ends = not record["coefficient"] and not record["sum"]
        coefficient, total = (None if ends else numbers.exact(record[name]) for name in ("coefficient", "sum"))
    except ValueError as wrong:
        raise LayoutChanged(payload, at=at, expected="a class, days and numbers", found=wrong) from wrong
    place = f"{at}: {record['decree']}; {record['citation']}"
    said = _Said(kind, start, place, "A" if record["basis"] == "official" else "F", announced)
    return Level(kind, start, coefficient, base, total, record.number), said


def _reference_cars(payload: Payload, levels: Sequence[tuple[Level, _Said]]) -> Iterator[Observation]:
    """The rule applied to each car in `CARS`, on each day on which something changes for it."""
    table = [level for level, _ in levels]
    said = dict(levels)
    for car in CARS:
        for day in fees.starts(car, table):
            try:
                found = fees.level(car, day, table)
            except ValueError as overlap:
                raise LayoutChanged(
                    payload, at=f"{car.label} on {day}", expected=overlap, found="an overlap"
                ) from overlap
            changes = [level for level in table if level.start == day and car.belongs(level.kind)]
            place = f"{car.label}: no class from row {changes[0].row} on"
            if found:
                place = f"{car.label}: row {found.row}, {found.kind.label}, {found.coefficient} x {found.base} roubles"
            yield Observation(
                dataset="reference_cars", measure="recycling_fee_rub", reporter="RU", product=car.label, unit="RUB",
                freq="D", period_start=day, period_end=day, value=found.total if found else None,
                obs_status=said[found].status if found else "M", locator=place,
                published=max(said[level].published or day for level in changes),
            )  # fmt: skip


# --- pages --------------------------------------------------------------------------------------------------------


def _decree(payload: Payload, page: BeautifulSoup, table: Tag, grid: _Grid) -> Rows:  # noqa: ARG001 (as its like)
    """Coefficients by class, age and day; the sum is their product with the base rate that the page states."""
    text = html.squeeze(html.raw(page))
    title = html.squeeze(html.raw(html.one(payload, page, "h1")))
    bases, decreed = set(BASE_SAID.findall(text)), DECREED.findall(title)
    if len(bases) != 1 or len(decreed) != 1:
        raise LayoutChanged(
            payload,
            at="text",
            expected="a base rate, and the day of the decree in its title",
            found=f"{bases} {decreed}",
        )
    try:
        base, published = numbers.exact(bases.pop(), group=" "), periods.day(decreed[0])
    except ValueError as wrong:
        raise LayoutChanged(payload, at="text", expected="a base rate and a day", found=wrong) from wrong
    columns = [(column, *_age_and_day(payload, grid, column)) for column in range(1, len(grid.rows[0]))]
    for row in range(2, len(grid.rows)):
        name = grid.text(row, 0)
        personal = "личного пользования" in name.casefold()
        bracket = IN_BRACKETS.search(name)
        try:
            size = fees.engine(bracket[1] if personal and bracket else name)
        except ValueError as wrong:
            yield Doubt(locator=grid.place(row, 0), reason=f"unknown class: {wrong}", found=name)
            continue
        for column, age, start in columns:
            if (printed := grid.figure(row, column)) in BLANK:
                continue
            kind = Class("fee_2023", size, None, age, "personal" if personal else "commercial")
            said = _Said(kind, start, grid.place(row, column), "A", published, reconstructed=start < published)
            yield from _product(said, printed, base)


def _age_and_day(payload: Payload, grid: _Grid, column: int) -> tuple[str, date]:
    above, below = grid.text(0, column), grid.text(1, column)
    age = "new" if "новы" in above.casefold() else "older than 3 years" if "старше 3" in above.casefold() else ""
    day = SINCE.search(below)
    if not age or not day or "коэффициент" not in above.casefold():
        raise LayoutChanged(
            payload, at=grid.place(1, column), expected="коэффициент, an age and a day", found=f"{above} {below}"
        )
    try:
        return age, periods.day(day[1])
    except ValueError as wrong:
        raise LayoutChanged(payload, at=grid.place(1, column), expected="a day", found=wrong) from wrong


def _product(said: _Said, printed: str, base: Decimal, total: str | None = None) -> Rows:
    """The level of one coefficient; in doubt where the sum isn't whole roubles, or isn't the printed one."""
    try:
        coefficient = numbers.exact(printed, mark=",")
        stated = None if total is None else numbers.exact(total, mark=",", group=" ")
    except ValueError as wrong:
        yield Doubt(locator=said.place, reason=f"{wrong}", found=f"{printed} {total or ''}".strip())
        return
    product = coefficient * base
    whole = product == product.to_integral_value() and numbers.half_digit(coefficient) >= HALF_HUNDREDTH
    if not whole or (stated is not None and stated != product):
        reason = f"coefficient x {base} is {product.normalize():f} roubles"
        yield Doubt(locator=said.place, reason=reason, found=f"{printed} and {total or 'no sum'}")
        return
    yield from said.level(coefficient, product.to_integral_value())


def _powers(payload: Payload, page: BeautifulSoup, table: Tag, grid: _Grid) -> Rows:  # noqa: ARG001 (as its like)
    """Coefficient and sum by band of power, age and day; the engine size stands in rows of one cell."""
    heading = table.find_previous(["h1", "h2", "h3"])
    words = html.squeeze(html.raw(heading)).casefold() if isinstance(heading, Tag) else ""
    importer = "personal" if "личн" in words else "commercial" if "коммерч" in words or "юр" in words else ""
    if not importer:
        raise LayoutChanged(payload, at=f"above {grid.name}", expected="whose cars the table is for", found=words)
    columns = _pairs(payload, grid)
    size: fees.Band | Literal["electric"] | None = None
    for row in range(2, len(grid.rows)):
        texts = [grid.text(row, column) for column in range(len(grid.rows[row]))]
        if len(set(texts)) == 1:
            try:
                size = fees.engine(texts[0])
            except ValueError as wrong:
                size = None
                yield Doubt(
                    locator=grid.place(row, 0), reason=f"unknown class, its rows are left out: {wrong}", found=texts[0]
                )
            continue
        if size is None:
            continue
        try:
            band = _agreed(texts[0], texts[1])
        except ValueError as wrong:
            yield Doubt(locator=grid.place(row, 1), reason=f"{wrong}", found=f"{texts[0]} {texts[1]}")
            continue
        # Only the lowest band depends on who brings the car in: above it the preferential rate is gone.
        who = cast("Literal['commercial', 'personal', '']", importer if band.low is None else "")
        for column, age, start in columns:
            printed, total = grid.figure(row, column), grid.figure(row, column + 1)
            if printed in BLANK and total in BLANK:
                continue
            said = _Said(Class("fee_2025", size, band, age, who), start, grid.place(row, column + 1), "F")
            yield from _product(said, printed, BASE, total)


def _agreed(kilowatts: str, horses: str) -> fees.Band:
    """The band in horsepower, if the one in kilowatts is the same to 1 %."""
    band, other = fees.power(horses), fees.power(kilowatts)
    for mine, theirs in ((band.low, other.low), (band.high, other.high)):
        if (mine is None) != (theirs is None):
            raise ValueError("power in kW and in hp don't agree")
        if mine is not None and theirs is not None and abs(mine * HORSE_IN_KW - theirs) > KW_SLACK * theirs:
            raise ValueError(f"power in kW and in hp don't agree: {mine} hp are {mine * HORSE_IN_KW:.2f} kW")
    return band


def _pairs(payload: Payload, grid: _Grid) -> list[tuple[int, str, date]]:
    """The column of each coefficient, with the age of the sum beside it and the day above both."""
    width = len(grid.rows[0])
    heads = [grid.text(0, column) for column in range(width)]
    below = [grid.text(1, column) for column in range(width)]
    days = _days(payload, list(dict.fromkeys(heads[2:])))
    found = []
    for column in range(2, width, 2):
        age = AGES.get(below[column + 1]) if column + 1 < width else None
        if age is None or below[column] != "Ставка" or heads[column] != heads[column + 1]:
            raise LayoutChanged(payload, at=grid.place(1, column), expected="Ставка, then 0-3 or 3-5 лет", found=below)
        found.append((column, age, days[heads[column]]))
    return found


def _days(payload: Payload, heads: Sequence[str]) -> dict[str, date]:
    """The day of each column, oldest first; one without a year is the last such day before the next one."""
    found: dict[str, date] = {}
    after: date | None = None
    for head in reversed(heads):
        said = SINCE_WORD.fullmatch(head.casefold())
        month = next((n for n, stem in enumerate(MONTHS, start=1) if said and said[2].startswith(stem)), None)
        if said is None or month is None or (not said[3] and after is None):
            raise LayoutChanged(payload, at="header", expected="a day, the last one with its year", found=head)
        try:
            day = date(int(said[3]) if said[3] else after.year if after else 0, month, int(said[1]))
            if not said[3] and after and day >= after:
                day = day.replace(year=day.year - 1)
        except ValueError as wrong:
            raise LayoutChanged(payload, at="header", expected="a day", found=head) from wrong
        if after and day >= after:
            raise LayoutChanged(payload, at="header", expected="days in their order", found=list(heads))
        found[head] = after = day
    return found


def _amounts(payload: Payload, page: BeautifulSoup, table: Tag, grid: _Grid) -> Rows:  # noqa: ARG001 (as its like)
    """A newspaper's table of 2012: thousand roubles by engine size and age, and no day."""
    start = DAYS.get(payload.url)
    if start is None and payload.period == DAYS[NEWSPAPER].isoformat():  # what the plan said, or an earlier reading
        start = DAYS[NEWSPAPER]
    if start is None:
        raise Incomplete(
            payload,
            at="table",
            expected="the day from which these sums hold: the page doesn't say it",
            found="no known page",
            advice=f"Give its address: amur ingest FILE --source recycling_fee --url {NEWSPAPER}",
        )
    heads = [grid.text(0, column).casefold() for column in range(1, len(grid.rows[0]))]
    ages = [
        "new" if head == "новые" else "older than 3 years" if head.startswith("старше тр") else "" for head in heads
    ]
    if "" in ages:
        raise LayoutChanged(payload, at=grid.place(0, 1), expected="новые, старше трёх лет", found=heads)
    for row in range(1, len(grid.rows)):
        name = grid.text(row, 0)
        personal = "физлиц" in name.casefold()
        try:
            size = None if personal else fees.engine(name)
        except ValueError as wrong:
            yield Doubt(locator=grid.place(row, 0), reason=f"unknown class: {wrong}", found=name)
            continue
        for column, age in enumerate(ages, start=1):
            printed, place = grid.figure(row, column), grid.place(row, column)
            try:
                value = numbers.exact(printed, mark=",")
            except ValueError as wrong:
                yield Doubt(locator=place, reason=f"{wrong}", found=printed)
                continue
            kind = Class("fee_2012", size, None, age, "personal" if personal else "commercial")
            half = numbers.half_digit(value) * THOUSAND
            yield _Said(kind, start, place, "F").row("recycling_fee_rub", "RUB", value * THOUSAND, half)


READERS: Final = (
    (("коэффициент", "рабочий объем"), _decree),
    (("квт", "лс"), _powers),
    (("утилизационного сбора", "тыс. руб"), _amounts),
)
