"""The news part of `make evaluate`: events, stories and what must not be read, measured through the product itself.

Each recorded article and feed is taken as `amur ingest` would, into a warehouse of its own; then the views are
held against the lists of true events and stories. What articles say is measured, not what the shipped reference adds.
A hit is the same type, actor, target, product and project where the list names one, a day within the row's tolerance
and a value within 1 %. A figure of trade that the list of
events leaves out counts as right where the lists of figures have it. `python -m tests.evaluate_news` measures the pages
for which no rule was made.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any, Final, NamedTuple

from flows.ingest import Given, ingest
from flows.run import running
from flows.settings import Settings
from sources import catalogue
from tests.payloads.news_heldout import pages as news_heldout

__all__ = ["BEGIN", "END", "Document", "Measured", "Truth", "held_out", "measure", "recorded", "report", "text"]

SHARED: Final = Path(__file__).parents[1].parent / "shared"
RECORDED: Final = SHARED / "recorded" / "news"
TRUTH: Final = SHARED / "facts" / "events_truth.csv"
FIGURES: Final = (SHARED / "facts" / "customs_truth.csv", SHARED / "facts" / "reference_figures.csv")
BEGIN: Final = "<!-- events of `make evaluate`: begin -->"
END: Final = "<!-- events of `make evaluate`: end -->"
STORIES: Final = "stories_truth.csv"
NOW: Final = "2026-11-01T03:00:00Z"
FETCHED: Final = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
SLACK_DAYS: Final = 3  # a reading that must not arise counts as arisen that many days off as well
# The bodies that act for a state under another name than the list's.
ALIKE: Final = {
    "Russian government": "Russia",
    "Kremlin": "Russia",
    "China Ministry of Finance": "China",
    "State Council Tariff Commission": "China",
}
COPIES: Final = frozenset({"original", "copy", "amp", "update_v1", "update_v2", "republished"})
SAME_VALUE: Final = 0.01


class Document(NamedTuple):
    """A document to take in: its name in the lists, its bytes, where it stood."""

    name: str
    body: bytes
    url: str
    source: str


@dataclass(frozen=True, slots=True)
class Truth:
    """One row of a list of events; `files` are the documents that tell it."""

    event_id: str
    event_type: str
    day: date
    actors: frozenset[str]
    targets: frozenset[str]
    product: str
    project: str
    status: str
    value: float | None
    tolerance: int
    expected: bool
    files: tuple[str, ...]

    def __str__(self) -> str:
        """The row in one line."""
        names = (", ".join(sorted(self.actors)), ", ".join(sorted(self.targets)), self.product, self.project)
        return f"{self.event_id} {self.day} {self.event_type}: {'; '.join(filter(None, names))}"


@dataclass
class Measured:
    """What became of one set of documents."""

    title: str
    documents: int
    refused: list[str] = field(default_factory=list)
    found: dict[str, list[Truth]] = field(default_factory=lambda: defaultdict(list))
    missed: dict[str, list[Truth]] = field(default_factory=lambda: defaultdict(list))
    right: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    forbidden: list[str] = field(default_factory=list)
    negatives: int = 0
    pairs: tuple[int, int, int] | None = None  # of one story: joined rightly, wrongly, not joined

    def total(self, of: Mapping[str, Sequence[object]]) -> int:
        """Rows of all types together."""
        return sum(map(len, of.values()))

    @property
    def recall(self) -> float:
        """Share of the true events that was found."""
        found = self.total(self.found)
        return found / (found + self.total(self.missed) or 1)

    @property
    def precision(self) -> float:
        """Share of the published events that is true."""
        right = self.total(self.right)
        return right / (right + self.total(self.wrong) or 1)

    @property
    def story_f1(self) -> float | None:
        """Pairwise F1 of the stories; None where there is no list of them."""
        if self.pairs is None:
            return None
        right, wrong, lost = self.pairs
        return 2 * right / (2 * right + wrong + lost or 1)


def _names(text: str) -> frozenset[str]:
    return frozenset(filter(None, (name.strip() for name in text.split(";"))))


def truths(path: Path) -> list[Truth]:
    """The rows of a list of events."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Truth(
                event_id=row["event_id"],
                event_type=row["event_type"],
                day=date.fromisoformat(row["event_date"]),
                actors=_names(row["actor"]),
                targets=_names(row["target"]),
                product=row["product"],
                project=row["project"],
                status=row["status"],
                value=float(row["value"]) if row["value"] else None,
                tolerance=int(row["date_tolerance_days"]),
                expected=row["expect"] == "yes",
                files=tuple(row["file"].split("|")),
            )
            for row in csv.DictReader(file)
        ]


def recorded() -> Measured | None:
    """The recorded articles and feeds; None where nothing is recorded."""
    if not (RECORDED / "manifest.jsonl").is_file() or not TRUTH.is_file():
        return None
    with (RECORDED / STORIES).open(encoding="utf-8", newline="") as file:
        stories = {row["file"]: row for row in csv.DictReader(file)}
    return measure("Recorded articles and feeds", list(_recorded(stories)), truths(TRUTH), stories)


def held_out() -> Measured:
    """The pages of `tests/payloads/news_heldout`, for which no rule was made."""
    documents = [
        Document(name, page.body, page.url, "article") for name, page in sorted(news_heldout.documents().items())
    ]
    rows = truths(Path(news_heldout.__file__).with_name("truth.csv"))
    return measure("Pages for which no rule was made", documents, rows, {})


def _recorded(stories: Mapping[str, Mapping[str, str]]) -> Iterator[Document]:
    feeds = {address: source for source, entry in catalogue.CATALOGUE.items() for address in (entry.url, *entry.feeds)}
    for line in (RECORDED / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        source = "article" if said["file"] in stories else feeds.get(said["url"], "")
        if source and catalogue.entry(source).family == "news" and source != "gdelt":
            yield Document(said["file"], (RECORDED / said["file"]).read_bytes(), said["url"], source)


def measure(
    title: str, documents: Sequence[Document], rows: Sequence[Truth], stories: Mapping[str, Mapping[str, str]]
) -> Measured:
    """Take the documents into a warehouse of their own and hold its views against the lists."""
    measured = Measured(title, len(documents))
    with tempfile.TemporaryDirectory(prefix="amur-evaluate-") as folder:
        events, articles = _published(Path(folder), documents, measured)
    taken = {document.name for document in documents}
    _compare(measured, events, [row for row in rows if taken.intersection(row.files)])
    if stories:
        _pair(measured, articles, stories, {d.url: d.name for d in documents})
    return measured


def _published(
    home: Path, documents: Sequence[Document], measured: Measured
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    settings = Settings.read({"AMUR_HOME": str(home / "home"), "AMUR_NOW": NOW})
    by_source: dict[str, list[Given]] = defaultdict(list)
    for n, document in enumerate(documents):
        path = home / f"{n}{Path(document.name).suffix}"
        path.write_bytes(document.body)
        by_source[document.source].append(Given(path, document.url, "", FETCHED))
    with running(settings, "ingest") as run:
        for source, given in by_source.items():
            _, _, refused = ingest(run, source, given)
            measured.refused += [f"{documents[int(Path(r.path).stem)].name}: {r.error}" for r in refused]
        events = run.db.execute("SELECT * FROM events WHERE basis <> 'reference' ORDER BY event_date, event_id").df()
        articles = run.db.execute(
            "SELECT article_id, canonical_url, story_id, p.url FROM articles AS a "
            "JOIN payloads AS p ON p.sha256 = a.payload_sha256"
        ).df()
    return events.to_dict("records"), articles.to_dict("records")


def _compare(measured: Measured, events: Iterable[Mapping[str, Any]], rows: Sequence[Truth]) -> None:
    hits = set()
    figures = _figures()
    for event in events:
        line = _line(event)
        right = [row for row in rows if row.expected and _is(row, event, row.tolerance)]
        beside = event["event_type"] == "flash_figure" and _is_confirmed(event, figures)
        (measured.right if right or beside else measured.wrong)[event["event_type"]].append(line)
        hits.update(row.event_id for row in right)
        # a plan told for its day is no claim that the day brought it
        measured.forbidden += [
            f"{row.event_id}: {line}"
            for row in rows
            if not row.expected
            and not right
            and not beside
            and _is(row, event, max(row.tolerance, SLACK_DAYS))
            and not (event["status"] == "announced" and row.status in {"in_force", "imposed"})
        ]
    measured.negatives = sum(not row.expected for row in rows)
    for row in rows:
        if row.expected:
            (measured.found if row.event_id in hits else measured.missed)[row.event_type].append(row)


def _figures() -> dict[tuple[str, str], list[float]]:
    """China's trade with Russia by flow and period, as the lists of true figures have it."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for path in FIGURES:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if (row["partner"], row["product"], row["unit"]) == ("RU", "TOTAL", "USD") and row["value"]:
                    found[row["flow"], f"{row['freq']} {row['period']}"].append(float(row["value"]))
    return found


def _is_confirmed(event: Mapping[str, Any], figures: Mapping[tuple[str, str], Sequence[float]]) -> bool:
    """Do the lists of figures have it, within 1 %?"""
    flow = {"trade_total_usd": "T", "cn_exports_usd": "X", "cn_imports_usd": "M"}.get(event["product"])
    first, _, last = str(event["status"]).partition("..")
    labels = (
        {f"A {first.removesuffix(' A')}"}
        if first.endswith(" A")
        else {f"YTD {last}", f"YTD {first}..{last}"}
        if last
        else {f"M {first}"}
    )
    known = [value for label in labels for value in figures.get((flow or "", label), ())]
    return any(abs(event["value"] - value) <= SAME_VALUE * value for value in known)


def _line(event: Mapping[str, Any]) -> str:
    names = [event[name] for name in ("actor", "target", "product", "project") if isinstance(event[name], str)]
    return f"{event['event_date']:%Y-%m-%d} {event['event_type']} {event['status']}: {'; '.join(names)}"


def _is(row: Truth, event: Mapping[str, Any], tolerance: int) -> bool:
    """Is the event the row's?"""
    day: date = event["event_date"].date() if isinstance(event["event_date"], datetime) else event["event_date"]
    near = abs((day - row.day).days) <= tolerance
    if event["precision"] == "month":  # the document names no day: any day of the month is what it says
        near = near or (day.year, day.month) == (row.day.year, row.day.month)
    same = row.event_type == event["event_type"] and near
    if not same or not _is_named(row.actors, event["actor"]):
        return False
    if row.targets and not _is_named(row.targets, event["target"]):
        return False
    if any(wanted and wanted != event[name] for name, wanted in (("product", row.product), ("project", row.project))):
        return False
    if row.event_type in {"flash_figure", "statement", "forecast"} and row.status and row.status != event["status"]:
        return False
    value = event["value"]
    return row.value is None or (
        value is not None and value == value and abs(value - row.value) <= SAME_VALUE * abs(row.value) + 1e-9  # noqa: PLR0124 (NaN)
    )


def _is_named(wanted: frozenset[str], name: object) -> bool:
    return isinstance(name, str) and bool(wanted & {name, ALIKE.get(name, name)})


def _pair(
    measured: Measured,
    articles: Sequence[Mapping[str, Any]],
    stories: Mapping[str, Mapping[str, str]],
    names: Mapping[str, str],
) -> None:
    """Pairs of articles in one language: those that the list joins, and those that were joined."""
    told = {name: row["story_id"] for row in articles if (name := names.get(row["url"])) in stories}
    right = wrong = lost = 0
    for one, other in combinations(sorted(told), 2):
        first, second = stories[one], stories[other]
        if first["language"] != second["language"]:
            continue
        copies = first["story"] == second["story"] and {first["relation"], second["relation"]} <= COPIES
        joined = told[one] == told[other]
        right += joined and copies and first["url"] != second["url"]
        lost += copies and not joined and first["url"] != second["url"]
        wrong += joined and first["story"] != second["story"]
    measured.pairs = (right, wrong, lost)


def _percent(share: float) -> str:
    return f"{int(share * 10_000) / 100:g}"


def text() -> str:
    """The tables as one text; empty where nothing is recorded."""
    measured = recorded()
    return "\n\n".join(report(measured)) if measured else ""


def report(measured: Measured) -> Iterator[str]:
    """The tables of one set as markdown."""
    types = sorted({*measured.found, *measured.missed, *measured.right, *measured.wrong})
    yield f"{measured.title}: {measured.documents} documents."
    lines = [
        "| event type | true | found | recall % | published | wrong | precision % |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for kind in types:
        found, missed = len(measured.found[kind]), len(measured.missed[kind])
        right, wrong = len(measured.right[kind]), len(measured.wrong[kind])
        recall = _percent(found / (found + missed)) if found + missed else "-"
        precision = _percent(right / (right + wrong)) if right + wrong else "-"
        lines.append(f"| {kind} | {found + missed} | {found} | {recall} | {right + wrong} | {wrong} | {precision} |")
    found, missed = measured.total(measured.found), measured.total(measured.missed)
    right, wrong = measured.total(measured.right), measured.total(measured.wrong)
    lines.append(
        f"| all | {found + missed} | {found} | {_percent(measured.recall)} | {right + wrong} | {wrong} "
        f"| {_percent(measured.precision)} |"
    )
    yield "\n".join(lines)
    yield f"Readings that must not arise: {measured.negatives}, arisen: {len(measured.forbidden) or 'none'}."
    if measured.pairs is not None and measured.story_f1 is not None:
        right, wrong, lost = measured.pairs
        yield (
            f"Stories: {right} pairs of copies joined, {lost} not joined, {wrong} joined that are none; "
            f"pairwise F1 {measured.story_f1:.2f}."
        )
    for title, said in (
        ("Missed", [str(row) for rows in measured.missed.values() for row in rows]),
        ("Wrong", [line for lines_ in measured.wrong.values() for line in lines_]),
        ("Arisen against the list", measured.forbidden),
        ("Refused", measured.refused),
    ):
        yield "\n".join([f"{title}: {len(said) or 'none'}.", *(f"- `{line}`" for line in sorted(said))])


if __name__ == "__main__":
    sys.stdout.write("\n\n".join(report(held_out())) + "\n")
