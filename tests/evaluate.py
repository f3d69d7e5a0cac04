"""`make evaluate`: how much of what recorded pages of the carmakers say is read, and whether any of it is wrong.

Every recorded document is parsed as a night would, and each figure is held against a list of true figures, by the
published address (scope, measure, product or place, frequency, period) and within both roundings. Beside it stand the
bundled samples, written for Amur in other words, and ten thousand generated texts whose figures are known.

    python -m tests.evaluate [--docs docs/evaluation.md]
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from flows import reading
from sources.contract import Batch, Observation, Payload
from sources.errors import LayoutChanged
from tests import evaluate_news
from tests.contract.samples import FETCHED, document, samples
from tests.sources import test_aeb, test_autostat, test_cpca, test_kamaz, test_lada, test_rosstat_output
from tests.sources.prose import test_generated
from tests.sources.prose.generated import made

__all__ = ["Result", "bundled", "evaluate", "generated", "judge", "main", "report"]

SHARED: Final = Path(__file__).parents[1].parent / "shared"
RECORDED: Final = SHARED / "recorded" / "carmakers"
TRUTH: Final = SHARED / "facts" / "carmakers_truth.csv"
SOURCES: Final = ("lada", "autostat", "aeb", "kamaz", "cpca", "rosstat_output", "recycling_fee")
BEGIN: Final = "<!-- figures of `make evaluate`: begin -->"
END: Final = "<!-- figures of `make evaluate`: end -->"
MONTH_LABEL: Final = len("2012-09")

FEE: Final = "recycling_fee_rub"
LADA_SALES: Final = "pc_lcv; dealers, AvtoVAZ"
LADA_OUTPUT: Final = "pc_lcv; AvtoVAZ output incl. vehicle kits"
TRUCKS_OF_REPORTS: Final = "report_trucks"
# A page whose layout has changed: it must be held whole, with all that it says.
HELD_WHOLE: Final = frozenset({"www.lada.ru/press-releases/117010-layout-changed.html"})
# Its editions revise each other: another edition's value can confirm a figure and can't refute it.
REVISES: Final = "rosstat_output"

# The dataset that each scope of the list of true figures is; a recycling fee has its class as product instead.
DATASETS: Final[Mapping[str, str]] = {
    **test_autostat.SCOPES,
    **test_aeb.DATASETS,
    **test_rosstat_output.SCOPES,
    LADA_SALES: "avtovaz_dealers_pc_lcv",
    LADA_OUTPUT: "avtovaz_output_pc_lcv",
    "hcv_ge14t; KAMAZ": "kamaz_hcv_ge14t",
    'hcv over 14 t; KAMAZ, "almost" (status E)': "kamaz_hcv_ge14t",
    "trucks over 3.5 t, up to 3 years old; PPC, ministry": "minpromtorg_trucks_gt3_5t",
    "all vehicles; CPCA from customs data": test_cpca.ALL,
}


class Cell(NamedTuple):
    """The address of a figure. `part` is the product, or the place where a source counts by place."""

    dataset: str
    measure: str
    part: str
    freq: str
    period: str


@dataclass(frozen=True)
class Fact:
    """A true figure, the page that it stands on (or nothing), and by how much rounding can move it."""

    page: str
    cell: Cell
    value: Decimal
    tolerance: Decimal
    held: bool  # the source's own error: it must not load
    as_of: str  # the day of a figure that is no series

    def __str__(self) -> str:
        """Where it stands and what it says."""
        return f"{self.page}: {' '.join(filter(None, self.cell))} = {self.value}"


@dataclass
class Result:
    """What became of one source's recorded documents."""

    source: str
    read: int = 0
    refused: list[str] = field(default_factory=list)
    held: int = 0
    given: int = 0
    right: int = 0
    by_hand: int = 0
    unchecked: int = 0
    wrong: list[str] = field(default_factory=list)
    found: int = 0
    missed: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)  # true figures of pages that must be held whole

    @property
    def beside(self) -> int:
        """Figures given that the list of true figures doesn't have."""
        return self.by_hand + self.unchecked

    @property
    def true(self) -> int:
        """True figures on its pages."""
        return self.found + len(self.missed) + len(self.behind)

    @property
    def recall(self) -> Decimal:
        """Percent of the true figures, those of pages that must be held whole left out; cut off to hundredths."""
        return percent(self.found, self.found + len(self.missed))

    @property
    def precision(self) -> Decimal:
        """Percent of the figures that could be checked, cut off to hundredths."""
        return percent(self.right + self.by_hand, self.right + self.by_hand + len(self.wrong))


def percent(part: int, whole: int) -> Decimal:
    """Cut off to hundredths, so that 100 is all; 100 of nothing."""
    return Decimal(10_000 * part // whole) / 100 if whole else Decimal(100)


# --- what is true -----------------------------------------------------------------------------------------------------


def _dataset(row: Mapping[str, str]) -> str:
    dataset = DATASETS.get(row["scope"], row["scope"])
    cars_alone = dataset == "report_cars" and row["measure"].startswith("trucks")
    return TRUCKS_OF_REPORTS if cars_alone else dataset


def _fact(row: Mapping[str, str]) -> Fact:
    measure, _, product = row["measure"].partition(":")
    period = row["period"].rpartition("..")[2]
    as_of = period.removesuffix(" (as of)") if period.endswith("(as of)") else ""
    dataset, part = _dataset(row), product
    if measure == FEE:
        dataset, part = "", row["scope"]
        period = f"{period}-01" if len(period) == MONTH_LABEL else period
    elif dataset == test_cpca.ALL:
        part = row["geo"]
    return Fact(
        page=row["where"],
        cell=Cell(dataset, measure, part, row["freq"], period),
        value=Decimal(row["value"]),
        tolerance=Decimal(row["tolerance"]),
        held="must be held" in row["citation"],
        as_of=as_of,
    )


@cache
def facts() -> tuple[Fact, ...]:
    """The list of true figures."""
    with TRUTH.open(encoding="utf-8", newline="") as file:
        return tuple(map(_fact, csv.DictReader(file)))


@cache
def read_by_hand() -> dict[tuple[str, Cell], Decimal]:
    """Figures that pages print and the list leaves out, by file name (no suffix) and cell; from the sources' tests."""
    out: dict[tuple[str, Cell], Decimal] = {}
    for name, measure, freq, period, value in test_lada.ALSO_PRINTED:
        base, _, product = measure.partition(":")
        dataset = DATASETS[LADA_OUTPUT if "production" in base else LADA_SALES]
        out[_stem(name), Cell(dataset, base, product, freq, period)] = value
    for name, words, printed in test_autostat.ALSO_PRINTED:
        dataset, measure, freq, period = words.split()
        base, _, product = measure.partition(":")
        out[_stem(name), Cell(dataset, base, product, freq, period)] = Decimal(printed)
    for name, dataset, measure, freq, period, number in test_kamaz.ALSO_PRINTED:
        out[_stem(name), Cell(dataset, measure, "", freq, period)] = Decimal(number)
    for (name, key), value in (*test_aeb.ALSO_PRINTED.items(), *test_cpca.ALSO_PRINTED.items()):
        dataset, measure, part, freq, period = key
        out[_stem(name), Cell(dataset, measure, part or "", freq, period)] = value
    return out


def _stem(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".html").removesuffix(".pdf")


# --- what is read -----------------------------------------------------------------------------------------------------


def cell(row: Observation) -> Cell:
    """The address of a figure that was read."""
    if row.measure == FEE:
        return Cell("", row.measure, row.product or "", row.freq, row.period)
    return Cell(row.dataset, row.measure, row.product or row.partner or "", row.freq, row.period)


def agrees(row: Observation, fact: Fact) -> bool:
    """Is it the value of that cell, within both roundings?"""
    return row.value is not None and abs(row.value - fact.value) <= fact.tolerance + row.precision


def documents() -> Iterator[tuple[str, Payload]]:
    """Every recorded document of the carmakers with the name of its file.

    Raises:
        FileNotFoundError: nothing is recorded beside the project.
    """
    for line in filter(None, (RECORDED / "manifest.jsonl").read_text(encoding="utf-8").splitlines()):
        entry = json.loads(line)
        body = (RECORDED / entry["file"]).read_bytes()
        yield (
            entry["file"],
            Payload(
                source=entry["source"],
                url=entry["url"],
                body=body,
                sha256=sha256(body).hexdigest(),
                fetched_at=FETCHED,
                content_type=entry["content_type"],
                title=entry["file"].rpartition("/")[2],
            ),
        )


def evaluate() -> list[Result]:
    """What became of every recorded document, by source.

    Raises:
        FileNotFoundError: nothing is recorded beside the project.
    """
    results = {source: Result(source) for source in SOURCES}
    for file, payload in documents():
        result = results[payload.source]
        wanted = [fact for fact in facts() if fact.page == file and not fact.held]
        try:
            batch = reading.parse(payload)
        except LayoutChanged as error:
            result.refused.append(f"{file}: {type(error).__name__}")
            (result.behind if file in HELD_WHOLE else result.missed).extend(map(str, wanted))
            continue
        result.read += 1
        result.held += len(batch.doubts)
        _recall(result, wanted, batch)
        _precision(result, file, batch.observations)
    return list(results.values())


def _recall(result: Result, wanted: Iterable[Fact], batch: Batch) -> None:
    for fact in wanted:
        if fact.as_of:  # a figure "as of today" belongs to no period: it is an event
            read = any(
                (event.event_date.isoformat(), event.value) == (fact.as_of, fact.value) for event in batch.events
            )
        else:
            read = any(cell(row) == fact.cell and agrees(row, fact) for row in batch.observations)
        if read:
            result.found += 1
        else:
            result.missed.append(str(fact))


def _precision(result: Result, file: str, rows: Iterable[Observation]) -> None:
    for row in rows:
        if row.value is None:
            continue
        result.given += 1
        verdict = judge(result.source, file, row)
        if verdict is None:
            result.unchecked += 1
        elif not verdict.right:
            result.wrong.append(f"{file}: {' '.join(filter(None, cell(row)))} = {row.value} ({row.locator})")
        elif verdict.by_hand:
            result.by_hand += 1
        else:
            result.right += 1


class Verdict(NamedTuple):
    """Of a figure that can be checked: is it right, and by which list."""

    right: bool
    by_hand: bool = False


@cache
def _by_cell() -> Mapping[Cell, Sequence[Fact]]:
    out: dict[Cell, list[Fact]] = defaultdict(list)
    for fact in facts():
        out[fact.cell].append(fact)
    return out


def judge(source: str, file: str, row: Observation) -> Verdict | None:
    """Is a figure right: by its own page, by what was read off it by hand, or by the same cell elsewhere?

    None where no list knows the cell, or only other editions of Rosstat's booklet do, with other values.
    """
    known = _by_cell().get(cell(row), ())
    here = [fact for fact in known if fact.page == file]
    if here:
        return Verdict(any(agrees(row, fact) and not fact.held for fact in here))
    if (by_hand := read_by_hand().get((_stem(file), cell(row)))) is not None:
        return Verdict(row.value is not None and abs(row.value - by_hand) <= row.precision, by_hand=True)
    if any(agrees(row, fact) for fact in known):
        return Verdict(right=True)
    return Verdict(right=False) if known and source != REVISES else None


# --- other wordings ---------------------------------------------------------------------------------------------------


def bundled() -> list[Result]:
    """What the samples bundled with the project give; against the list of true figures where that is at hand."""
    known = TRUTH.is_file()
    results = []
    for source in SOURCES:
        result = Result(source)
        for name, body in samples(source).items():
            try:
                batch = reading.parse(document(source, body))
            except LayoutChanged as error:
                result.refused.append(f"{name}: {type(error).__name__}")
                continue
            result.read += 1
            result.held += len(batch.doubts)
            if known:
                _precision(result, name, batch.observations)
            else:
                rows = sum(row.value is not None for row in batch.observations)
                result.given, result.unchecked = result.given + rows, result.unchecked + rows
        results.append(result)
    return results


class Generated(NamedTuple):
    """What came of texts made by rule: how many figures were put in, came out right, and were never put in."""

    texts: int
    put_in: int
    found: int
    wrong: int


def generated() -> Generated:
    """Ten thousand texts in three languages, the ones that the tests read."""
    random = Random(test_generated.SEED)  # noqa: S311 (sentences, no secrets)
    put_in = found = wrong = 0
    for _ in range(test_generated.SENTENCES):
        one = made(random)
        read = test_generated._read(one)
        put_in += len(one.keys)
        found += len(read & one.keys)
        wrong += len(read - one.keys)
    return Generated(test_generated.SENTENCES, put_in, found, wrong)


# --- the report -------------------------------------------------------------------------------------------------------


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, *([str(one) for one in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    texts = [
        f"| {line[0]:<{widths[0]}} | {' | '.join(f'{c:>{w}}' for c, w in zip(line[1:], widths[1:], strict=True))} |"
        for line in lines
    ]
    rule = f"| {'-' * widths[0]} | {' | '.join('-' * (width - 1) + ':' for width in widths[1:])} |"
    return "\n".join([texts[0], rule, *texts[1:]])


def _recorded(results: Sequence[Result]) -> Iterator[str]:
    yield "Recorded documents:"
    yield _table(
        (
            "source", "pages", "refused", "true figures", "found", "recall %", "given", "wrong", "beside", "by hand",
            "precision %", "held",
        ),
        (
            (
                r.source, r.read, len(r.refused), r.true, r.found, r.recall, r.given, len(r.wrong), r.beside, r.by_hand,
                r.precision, r.held,
            )
            for r in results
        ),
    )  # fmt: skip
    for title, lines in (
        ("Wrong", [line for r in results for line in r.wrong]),
        ("Missed", [line for r in results for line in r.missed]),
        ("Held with their whole page, left out of the recall", [line for r in results for line in r.behind]),
    ):
        yield "\n".join([f"{title}: {len(lines) or 'none'}.", *(f"- `{line}`" for line in lines)])


def _bundled(results: Sequence[Result]) -> Iterator[str]:
    yield "Bundled samples:"
    yield _table(
        ("source", "pages", "given", "in the list", "wrong", "beside", "held"),
        ((r.source, r.read, r.given, r.right, len(r.wrong), r.beside, r.held) for r in results),
    )
    if lines := [line for r in results for line in r.wrong]:
        yield "\n".join(["Wrong:", *(f"- `{line}`" for line in lines)])


def _generated(result: Generated) -> Iterator[str]:
    yield "Generated texts:"
    yield _table(
        ("texts", "figures put in", "found", "recall %", "wrong"),
        [(result.texts, result.put_in, result.found, percent(result.found, result.put_in), result.wrong)],
    )


def report(recorded: Sequence[Result], samples_read: Sequence[Result], texts: Generated) -> str:
    """The three tables as markdown; without the first where nothing is recorded."""
    parts = [*(_recorded(recorded) if recorded else ()), *_bundled(samples_read), *_generated(texts)]
    return "\n\n".join(parts)


def block(page: str, begin: str = BEGIN, end: str = END) -> str:
    """What stands between the two marker lines of a page.

    Raises:
        ValueError: it doesn't have each of them once, in order.
    """
    if (page.count(begin), page.count(end)) != (1, 1) or page.index(begin) > page.index(end):
        raise ValueError(f"expected the lines {begin} and {end}, each once")
    return page.partition(begin)[2].partition(end)[0].strip()


def write(page: Path, text: str, begin: str = BEGIN, end: str = END) -> None:
    """Put the tables between the marker lines of a page; the rest of it stays.

    Raises:
        ValueError: it doesn't have each of them once, in order.
    """
    old = page.read_text(encoding="utf-8")
    block(old, begin, end)
    before, after = old.partition(begin)[0], old.partition(end)[2]
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 1 where a figure is wrong, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluate", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--docs", type=Path, metavar="FILE", help="write the tables into this page as well")
    asked = parser.parse_args(arguments)
    at_hand = (RECORDED / "manifest.jsonl").is_file() and TRUTH.is_file()
    recorded = evaluate() if at_hand else []
    samples_read, texts = bundled(), generated()
    text = report(recorded, samples_read, texts)
    news = evaluate_news.text()
    sys.stdout.write(f"{text}\n\n{news}\n" if news else f"{text}\n")
    if not at_hand:
        sys.stdout.write(
            f"\nNo recorded documents in {RECORDED}: neither recall nor precision over them is measured.\n"
        )
    elif asked.docs is not None:
        write(asked.docs, text)
        write(asked.docs, news, evaluate_news.BEGIN, evaluate_news.END)
    return 1 if texts.wrong or any(result.wrong for result in (*recorded, *samples_read)) else 0


if __name__ == "__main__":
    sys.exit(main())
