"""Association of European Businesses: sales of new cars and light commercial vehicles in Russia, market and brands.

Layout    List: anchors to PDFs, `ENG Sales of cars and light commercial vehicles in March 2025`, pages by `PAGEN_1`.
          PDF: a table below `... BY BRANDS FOR NOVEMBER / JANUARY-NOVEMBER`: name, then for the month and for the
          year to date this year, last year, YoY. Release as a page: `.news-detail` with `.news-date-time`, a heading,
          paragraphs, at times a table `Basis | July 2023 | ... | YoY`.
Calendar  3rd to 6th of the next month; the year at a conference about 12 January. Brands until 2023, totals since.
Traps     Older PDFs print the year to date first: the head decides, not the place. A blank cell is missing, not 0.
          `LADA*` includes light commercial vehicles. Two or three totals of one month stand side by side: what makers
          and importers report (AMC), all registrations (PPC), PPC without light commercial vehicles; before 2023
          there is AMC alone, and nothing says so. ENG and RUS of one release are one. Brands that disclose nothing
          (BMW, Mercedes-Benz, Chery) are missing: TOTAL is not the market. Brands off TOTAL by over 0.5 % are held,
          unless the document itself says that they don't add up.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from types import MappingProxyType
from typing import Final, Literal
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from sources.contract import Doubt, Freq, Observation, Payload, Request, Window
from sources.errors import Contradiction, LayoutChanged, WrongDocument
from sources.parse import html, numbers, pdf, periods, prose, vehicles

__all__ = ["PARSER", "links", "parse", "plan"]

PARSER: Final = 1
LIST: Final = "https://aebrus.ru/en/media/press-releases/sales-of-cars-and-light-commercial-vehicles.php"
PAGE_OF: Final = "https://aebrus.ru/en/news/car-sales-{name}-{year}.php"
RECHECK: Final = timedelta(days=60)
MONTH_LATER: Final = timedelta(days=31)
GROUP: Final = "release"

ENGLISH: Final = "|".join(periods.ENGLISH)
MONTH: Final = rf"(?:{ENGLISH}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
RUSSIAN: Final = MappingProxyType(
    {"январ": 1, "феврал": 2, "март": 3, "апрел": 4, "ма": 5, "июн": 6, "июл": 7, "август": 8, "сентябр": 9,
     "октябр": 10, "ноябр": 11, "декабр": 12}
)  # fmt: skip
NAMED: Final = re.compile(
    rf"\b(?:(?P<en>{ENGLISH})|(?P<ru>{'|'.join(RUSSIAN)})[а-яё]{{0,2}})\s+(?P<year>20[0-9]{{2}})\b"
)
RELEASE: Final = re.compile(r"\bsales\b|продаж")
PAGE: Final = re.compile(r"[?&]PAGEN_1=([0-9]{1,3})\b")
IS_RUSSIAN: Final = re.compile(r"[а-яё]|^rus\b|/rus_|/ru/")
ISSUED: Final = re.compile(r"\.pdf$|/news/.*car")

TITLE: Final = re.compile(r"BY BRANDS FOR ([A-Z]+(?: [0-9]{4})?(?: */ *[A-Z]+ ?- ?[A-Z]+(?: [0-9]{4})?)?)(?![a-z])")
SCOPE: Final = re.compile(r"\bCARS?\b.*\b(?:LCVS?|LIGHT COMMERCIAL)\b")
SPAN: Final = re.compile(rf"\b(?P<first>{MONTH})(?:\s*[-–]\s*(?P<last>{MONTH}))?(?:\s+(?P<year>20[0-9]{{2}}))?")
YEAR: Final = re.compile(r"20[0-9]{2}")
CHANGE_HEAD: Final = re.compile(r"yoy|y-o-y|y/y", re.IGNORECASE)
CELL: Final = re.compile(r"[0-9][0-9,]*|[+-]?[0-9.]+%|-|–|—|n/a|N/A")
BRAND: Final = re.compile(r"([A-ZŠ][A-Za-zŠš .&/-]*?)\s*\**(?:[0-9]\)?)?")
SEVERAL: Final = 2  # figures in a line that make it a row of a brand
ADDRESS: Final = re.compile(r"aebrus|\bstr\.|\btel\b|@", re.IGNORECASE)
NO_SUM: Final = re.compile(r"\brows? (?:do|does) not add up\b", re.IGNORECASE)
LARGEST_GAP_PCT: Final = Decimal("0.5")
TOTAL: Final = "TOTAL"
LADA: Final = "lada"
ALIASES: Final = MappingProxyType({"mercedes-benz": "mercedes", "škoda": "skoda", "vw": "volkswagen"})

AMC, PPC, PPC_CARS = "aeb_pc_lcv_amc", "aeb_pc_lcv_ppc", "aeb_pc_ppc"
AMC_ALONE_UNTIL: Final = 2022
CLASSES: Final = frozenset({"pc", "pc_lcv", "lcv", "with_lcv", "without_lcv"})
BASES: Final = frozenset({"amc", "ppc"})
BASIS_WORDS: Final = (
    ("amc", re.compile(r"\bamc\b|automobile manufacturers committee", re.IGNORECASE)),
    ("ppc", re.compile(r"\bppc\b|vehicle passport", re.IGNORECASE)),
)


def plan(window: Window) -> Iterator[Request]:  # noqa: ARG001 (the protocol's signature; there is one list)
    """The list of releases, newest first."""
    yield Request(LIST, role="index")


def links(payload: Payload, window: Window) -> Iterator[Request]:
    """The English releases of the window's months, newest first; Russian ones only where there is no other.

    A nightly window takes all that the first page lists; others go on to the pages before.

    Raises:
        LayoutChanged: no release with a month is linked.
    """
    soup = html.document(payload)
    found: dict[tuple[int, int], dict[str, str]] = {}  # by month: address -> language
    for anchor in soup.select("a[href]"):
        text = html.squeeze(html.raw(anchor))
        address = urljoin(payload.url if urlsplit(payload.url).scheme == "https" else LIST, str(anchor["href"]))
        said = NAMED.search(text.casefold())
        if said is None or not RELEASE.search(text.casefold()) or not ISSUED.search(address.casefold()):
            continue
        month = periods.month_number(said["en"]) if said["en"] else RUSSIAN[said["ru"]]
        russian = IS_RUSSIAN.search(text.casefold()) or IS_RUSSIAN.search(address.casefold())
        found.setdefault((int(said["year"]), month), {}).setdefault(address, "ru" if russian else "en")
    if not found:
        raise LayoutChanged(payload, at="a[href]", expected="releases, each with its month", found="none")
    for year, month in sorted(found, reverse=True):
        if not window.nightly and not window.touches(year, month):
            continue
        releases = found[year, month]
        english = [address for address, language in releases.items() if language == "en"]
        for address in english or releases:
            yield Request(
                address, role="data" if english else "keep", period=f"{year}-{month:02}", group=GROUP, recheck=RECHECK,
                otherwise=(_as_page(year, month),) if english else (),
            )  # fmt: skip
    if not window.nightly and min(found) > (window.start.year, window.start.month):
        yield from _further(soup)


def _as_page(year: int, month: int) -> Request:
    """The release as a page, which no list links: where its PDF is gone it may still be there."""
    name = periods.ENGLISH[month - 1]
    return Request(PAGE_OF.format(name=name, year=year), period=f"{year}-{month:02}", group=GROUP, recheck=RECHECK)


def _further(soup: BeautifulSoup) -> Iterator[Request]:
    """The other pages of the list."""
    numbered = {
        int(said[1])
        for a in soup.select("a[href]")
        if (said := re.search(r"[?&]PAGEN_1=([0-9]{1,3})\b", str(a["href"])))
    }
    for number in sorted(numbered):
        yield Request(LIST, params={"PAGEN_1": str(number)}, role="index")


def parse(payload: Payload) -> Iterator[Observation | Doubt]:
    """Vehicles sold by month and year to date, in units, with their changes in percent; brands where they are named.

    Raises:
        WrongDocument: neither a release as a page nor a PDF of the association.
        Unreadable: a PDF of pictures.
        Contradiction: a title of another month than the head of its table, or than what was asked for.
        LayoutChanged: no table by brands, no TOTAL, other columns; a page without a date, or without a figure.
    """
    if payload.body.lstrip().startswith(pdf.MAGIC):
        yield from _table(payload, pdf.document(payload))
    else:
        yield from _page(payload)


def _agrees(payload: Payload, at: str, year: int, month: int) -> None:
    if payload.period and payload.period != f"{year}-{month:02}":
        raise Contradiction(payload, at=at, expected=f"figures of {payload.period}", found=f"{year}-{month:02}")


# --- the table of a PDF -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Column:
    """One column by the head: `back` is how many years ago, `change` whether it holds percentages."""

    name: str
    freq: Freq
    first: date
    last: date
    back: int
    change: bool


@dataclass(frozen=True, slots=True)
class _Row:
    line: pdf.Line
    name: str
    cells: Mapping[int, pdf.Word]


def _table(payload: Payload, document: pdf.Document) -> Iterator[Observation | Doubt]:
    lines = document.lines
    title = next((n for n, line in enumerate(lines) if TITLE.search(line.text)), None)
    if title is None:
        ours = any("ASSOCIATION OF EUROPEAN BUSINESSES" in line.text.upper() for line in lines)
        kind = LayoutChanged if ours else WrongDocument
        raise kind(payload, at="title", expected="... BY BRANDS FOR a month, in capitals", found=lines[0].text)
    if not SCOPE.search(lines[title].text):
        expected = "cars and light commercial vehicles"
        raise LayoutChanged(payload, at=lines[title].place, expected=expected, found=lines[title].text)
    at = next((n for n in range(title + 1, len(lines)) if len(_heads(lines[n])) > 1), None)
    if at is None:
        raise LayoutChanged(payload, at=lines[title].place, expected="a head with years below it", found="none")
    heads = _heads(lines[at])
    columns = _columns(payload, lines[title + 1 : at], lines[at], heads)
    _agrees_with_title(payload, lines[title], columns)
    rows = list(_rows(payload, lines[at + 1 :], heads, columns))
    held = {} if any(NO_SUM.search(line.text) for line in lines[at:]) else _off(rows, columns)
    published = _published(document, columns)
    read = [[row] if isinstance(row, Doubt) else _figures(row, columns, held, published) for row in rows]
    yield from vehicles.settle(chain.from_iterable(read))


def _heads(line: pdf.Line) -> list[pdf.Word]:
    """The years and `YoY` of a line, if it is the head of the table."""
    found = [word for word in line.words if YEAR.fullmatch(word.text) or CHANGE_HEAD.fullmatch(word.text)]
    return found if any(CHANGE_HEAD.fullmatch(word.text) for word in found) else []


def _columns(
    payload: Payload, above: Sequence[pdf.Line], line: pdf.Line, heads: Sequence[pdf.Word]
) -> tuple[_Column, ...]:
    """What each column holds: three to a period, whose name stands above them or before their first year."""
    groups = [heads[n : n + 3] for n in range(0, len(heads), 3)]
    spans = _spans(line, heads) or [span for one in above for span in _spans(one, heads)]
    if len(spans) != len(groups) or len(groups[-1]) < 3:  # noqa: PLR2004 (this year, last year, change)
        raise LayoutChanged(payload, at=line.place, expected="a period over each three columns", found=line.text)
    columns: list[_Column] = []
    for group, (span, middle) in zip(groups, spans, strict=True):
        nearest = min(groups, key=lambda one: abs(one[0].left + one[-1].right - 2 * middle))
        years = [int(word.text) for word in group if YEAR.fullmatch(word.text)]
        if nearest is not group or len(years) != 2 or abs(years[0] - years[1]) != 1:  # noqa: PLR2004 (two years)
            raise LayoutChanged(payload, at=line.place, expected="this year and the last under a period", found=span[0])
        for word in group:
            change = not YEAR.fullmatch(word.text)
            year = max(years) if change else int(word.text)
            freq, first, last = _period(payload, span, year)
            name = f"{span[0]} {word.text if not change else f'{year} {word.text}'}"
            columns.append(_Column(name, freq, first, last, max(years) - year, change))
    if len({(column.freq, column.last, column.change) for column in columns}) < len(columns):
        raise LayoutChanged(payload, at=line.place, expected="each period once", found=[span[0] for span, _ in spans])
    return tuple(columns)


def _spans(line: pdf.Line, heads: Sequence[pdf.Word]) -> list[tuple[re.Match[str], float]]:
    """The periods that a line names right of the brands, each with its middle."""
    starts: dict[int, pdf.Word] = {}
    text = ""
    for word in line.words:
        if word.right > heads[0].left - 3 * (heads[0].right - heads[0].left):
            text += " " * bool(text)
            starts |= {len(text) + n: word for n in range(len(word.text))}
            text += word.text.casefold()
    return [(found, (starts[found.start()].left + starts[found.end() - 1].right) / 2) for found in SPAN.finditer(text)]


def _period(payload: Payload, span: re.Match[str], year: int) -> tuple[Freq, date, date]:
    first = periods.month_number(span["first"])
    last = periods.month_number(span["last"]) if span["last"] else first
    if span["last"] and first != 1:
        raise LayoutChanged(payload, at="head", expected="a month, or months since January", found=span[0])
    if first == last:
        return "M", *periods.month(year, first)
    if last == periods.DECEMBER:
        return "A", *periods.full_year(year)
    return "YTD", *periods.year_to_date(year, last)


def _agrees_with_title(payload: Payload, title: pdf.Line, columns: Sequence[_Column]) -> None:
    said = TITLE.search(title.text)
    spans = list(SPAN.finditer(said[1].casefold())) if said else []
    now = [column for column in columns if not column.back and not column.change]
    last = {column.last for column in now}
    named = {periods.month_number(span["last"] or span["first"]) for span in spans}
    years = {int(span["year"]) for span in spans if span["year"]}
    if len(last) != 1 or named != {now[0].last.month} or not years <= {now[0].last.year}:
        found = ", ".join(column.name for column in now)
        raise Contradiction(payload, at=title.place, expected=f"columns as the title says: {title.text}", found=found)
    _agrees(payload, title.place, now[0].last.year, now[0].last.month)


def _rows(
    payload: Payload, lines: Sequence[pdf.Line], heads: Sequence[pdf.Word], columns: Sequence[_Column]
) -> Iterator[_Row | Doubt]:
    """The rows down to TOTAL; one that can't be read is in doubt, a line without figures is no row."""
    for line in lines:
        words = list(line.words)
        first = len(words)
        while first and CELL.fullmatch(words[first - 1].text):
            first -= 1
        name = " ".join(word.text for word in words[:first])
        if len(_heads(line)) > 1 or ADDRESS.search(line.text):
            continue
        if first == len(words):
            if sum(CELL.fullmatch(word.text) is not None for word in words) >= SEVERAL:
                yield Doubt(locator=line.place, reason="its last cell is no figure", found=line.text)
            continue
        cells = words[first:]
        said = BRAND.fullmatch(name)
        try:
            if said is None:
                raise ValueError("no name of a brand before figures")
            placed = pdf.placed(cells, heads)
            if lost := [
                columns[n].name for n in placed if columns[n].change and not _counted(columns, n) & set(placed)
            ]:
                raise ValueError(f"{lost[0]} without the count that it is a change of")
            given = {n: word for n, word in placed.items() if not prose.is_missing(word.text)}
            for n, word in given.items():
                _value(word, columns[n])
        except ValueError as wrong:
            yield Doubt(locator=f"{line.place} {name}".strip(), reason=str(wrong), found=line.text)
            continue
        yield _Row(line, said[1].strip(), given)
        if said[1].strip().upper() == TOTAL:
            return
    raise LayoutChanged(payload, at="the table", expected=f"a row {TOTAL} at its end", found="none")


def _counted(columns: Sequence[_Column], change: int) -> set[int]:
    """Which columns hold the counts of the period and year of a column of changes."""
    of = columns[change]
    wanted = (of.freq, of.first, of.last, False)
    return {n for n, one in enumerate(columns) if (one.freq, one.first, one.last, one.change) == wanted}


def _value(word: pdf.Word, column: _Column) -> Decimal:
    """The count or the change in percent that a cell gives.

    Raises:
        ValueError: a percentage among counts, a count among percentages, another form of number.
    """
    if column.change != word.text.endswith("%"):
        raise ValueError(f"{word.text} stands under {column.name}")
    return numbers.exact(word.text.rstrip("%").removeprefix("+"), group="" if column.change else ",")


def _off(rows: Sequence[_Row | Doubt], columns: Sequence[_Column]) -> Mapping[int, str]:
    """The columns whose brands don't add up to TOTAL, and why."""
    found: dict[int, str] = {}
    good = [row for row in rows if isinstance(row, _Row)]
    for n, column in enumerate(columns):
        cells = [(row.name, row.cells[n]) for row in good if n in row.cells]
        if column.change or not cells or cells[-1][0].upper() != TOTAL:
            continue
        *brands_of, total = [_value(word, column) for _, word in cells]
        brands = sum(brands_of, Decimal(0))
        if 100 * abs(brands - total) > LARGEST_GAP_PCT * total:
            found[n] = f"the brands make {brands}, over {LARGEST_GAP_PCT} % off {TOTAL} {total}"
    return found


def _published(document: pdf.Document, columns: Sequence[_Column]) -> date | None:
    """The day on which the PDF was made, where it can be that of the release: within two months after its period."""
    end = max(column.last for column in columns)
    return document.made if document.made and end < document.made <= end + RECHECK else None


def _figures(
    row: _Row, columns: Sequence[_Column], held: Mapping[int, str], published: date | None
) -> Iterator[Observation | Doubt]:
    measure, product = _named(row.name)
    for n, word in row.cells.items():
        column = columns[n]
        locator = f"{row.line.place} {row.name}, {column.name}"
        value = _value(word, column)
        if n in held:
            yield Doubt(locator=locator, reason=held[n], found=word.text)
            continue
        yield Observation(
            dataset=AMC, measure=f"{measure}_yoy" if column.change else measure, reporter="RU", product=product,
            unit="percent" if column.change else "units", freq=column.freq, period_start=column.first,
            period_end=column.last, value=value, precision=numbers.half_digit(value) if column.change else Decimal(0),
            published=published, reconstructed=column.back > 0, locator=locator,
        )  # fmt: skip


def _named(name: str) -> tuple[str, str | None]:
    """Measure and product of a row: `GAZ LCV` is `gaz_lcv`; brands are named as sentences about them are read."""
    if name.upper() == TOTAL:
        return "ru_car_market_units", None
    product = re.sub(r"[ /&.]+", "_", name.casefold()).strip("_")
    product = ALIASES.get(product, product)
    return ("lada_sales_units", None) if product == LADA else ("brand_sales_units", product)


# --- a release as a page ------------------------------------------------------------------------------------------


def _page(payload: Payload) -> Iterator[Observation | Doubt]:
    soup = html.document(payload)
    if not soup.select(".news-detail") or not soup.select(".news-date-time"):
        raise WrongDocument(payload, expected="a release of the AEB: .news-detail with .news-date-time", found="none")
    body = html.one(payload, soup, ".news-detail")
    title = html.squeeze(html.raw(html.one(payload, body, "h1")))
    day = html.squeeze(html.raw(html.one(payload, body, ".news-date-time")))
    try:
        published = periods.day(day)
    except ValueError as wrong:
        raise LayoutChanged(payload, at=".news-date-time", expected="a day as DD.MM.YYYY", found=day) from wrong
    said = NAMED.search(title.casefold())
    if said is None or not said["en"] or not re.search(r"\bsales\b", title.casefold()):
        raise LayoutChanged(payload, at="h1", expected="sales of a month, with its year", found=title)
    year, month = int(said["year"]), periods.month_number(said["en"])
    _agrees(payload, "h1", year, month)
    if periods.month(year, month)[1] >= published:
        raise Contradiction(payload, at="h1", expected=f"a month before {published}", found=title)
    tables = [
        row for n, table in enumerate(body.select("table"), start=1) for row in _cells(payload, n, table, published)
    ]
    text = _text(body)
    bases = {basis for basis, words in BASIS_WORDS if words.search(f"{title}\n{text}")}
    topic = prose.Topic(
        subject=prose.MARKET, measure="sales", title=title, period=prose.Period("M", *periods.month(year, month))
    )
    read = prose.figures(text, language="en", published=published, topic=topic)
    # Registrations by vehicle passport are its count of the market.
    counted = [replace(one, measure="sales") if one.measure == "registrations" else one for one in read.figures]
    sentences = vehicles.rows(
        replace(read, figures=tuple(counted)), own="aeb", published=published, where="text",
        scope_of=lambda figure: _scope(figure, bases, published),
        same=vehicles.AVTOVAZ_IS_LADA if published.year <= AMC_ALONE_UNTIL else None,
    )  # fmt: skip
    rows = list(vehicles.settle([*tables, *sentences]))
    if not rows:
        raise LayoutChanged(payload, at=".news-detail", expected="figures of sales", found=text)
    yield from rows


def _text(body: Tag) -> str:
    """The paragraphs, one a line: the offsets in locators count in this."""
    paragraphs = [p for p in body.find_all("p") if p.find_parent("table") is None]
    return "\n".join(re.sub(r"\s+", " ", html.raw(p)).strip() for p in paragraphs)


def _scope(figure: prose.Figure, bases: Iterable[str], published: date) -> vehicles.Scope | None:
    """Which of the three series a sentence speaks of; None for other vehicles.

    Raises:
        Unclear: it doesn't say whose count it is, and the document knows of several.
    """
    if figure.scope - CLASSES - BASES:
        return None
    if figure.comparison != "none" and figure.period.end.year < (published - MONTH_LATER).year:
        raise vehicles.Unclear("period unclear: a change of an earlier year, or against it?")
    basis = _basis(figure.scope & BASES, frozenset(bases), published)
    own = figure.scope & CLASSES
    if own <= {"pc_lcv", "with_lcv"} and not (own == set() and figure.carried_scope & {"pc", "without_lcv", "lcv"}):
        return vehicles.Scope(AMC if basis == "amc" else PPC, "car")
    if own == {"lcv"}:
        return None
    if own and own <= {"pc", "without_lcv"} and basis == "ppc":
        return vehicles.Scope(PPC_CARS, "car")
    raise vehicles.Unclear(f"scope unclear: {', '.join(sorted(own | figure.carried_scope)) or 'nothing said'}")


def _basis(own: frozenset[str], bases: frozenset[str], published: date) -> str:
    if len(own) == 1:
        return next(iter(own))
    if not own and "ppc" not in bases and (bases or published.year <= AMC_ALONE_UNTIL):
        return "amc"
    raise vehicles.Unclear("scope unclear: as reported by makers (AMC) or by vehicle passports (PPC)?")


ROW_SCOPES: Final = (
    (re.compile(r"^AMC\b.*\bcars? and LCVs?\b", re.IGNORECASE), AMC),
    (re.compile(r"^PPC\b.*\bcars? and LCVs?\b", re.IGNORECASE), PPC),
    (re.compile(r"^PPC\b(?!.*\bLCV).*\bpassenger cars\b", re.IGNORECASE), PPC_CARS),
)
Kind = Literal["count", "change", "other"]


def _cells(payload: Payload, n: int, table: Tag, published: date) -> Iterator[Observation | Doubt]:
    """A table `Basis | July 2023 | Change, units | YoY`; the change in units is left out, the YoY is of its month."""
    grid = html.grid(payload, table)
    head = [cell.text if cell else "" for cell in grid[0]]
    kinds = [_head(payload, n, text) for text in head[1:]]
    if not re.fullmatch(r"basis", head[0], re.IGNORECASE) or not kinds or kinds[0][0] != "count":
        raise LayoutChanged(payload, at=f"table {n}", expected="Basis, then a month with its year", found=head)
    for line in grid[1:]:
        label = line[0].text if line[0] else ""
        dataset = next((dataset for said, dataset in ROW_SCOPES if said.search(label)), None)
        days: tuple[date, date] | None = None
        for (kind, of), cell in zip(kinds, line[1:], strict=True):
            days = of or days
            place = f"table {n} row {line[0].row if line[0] else 0} column {cell.column if cell else 0}"
            if kind == "other" or cell is None or prose.is_missing(cell.raw) or days is None:
                continue
            try:
                if dataset is None:
                    raise ValueError("scope unclear")
                read = prose.cell_count if kind == "count" else prose.cell_change
                value, precision = read(cell.figure, language="en")
            except ValueError as wrong:
                yield Doubt(locator=place, reason=str(wrong), found=f"{label}: {cell.text}")
                continue
            yield Observation(
                dataset=dataset, measure=f"ru_car_market_units{'_yoy' if kind == 'change' else ''}", reporter="RU",
                unit="units" if kind == "count" else "percent", freq="M", period_start=days[0], period_end=days[1],
                value=value, precision=precision, obs_status="A" if kind == "change" or not precision else "P",
                published=published, locator=place,
            )  # fmt: skip


def _head(payload: Payload, n: int, text: str) -> tuple[Kind, tuple[date, date] | None]:
    if said := re.fullmatch(rf"({ENGLISH}) (20[0-9]{{2}})", text.casefold()):
        return "count", periods.month(int(said[2]), periods.month_number(said[1]))
    if CHANGE_HEAD.fullmatch(text):
        return "change", None
    if re.fullmatch(r"change, units", text, re.IGNORECASE):
        return "other", None
    raise LayoutChanged(payload, at=f"table {n}", expected="a month with its year, YoY or Change, units", found=text)
