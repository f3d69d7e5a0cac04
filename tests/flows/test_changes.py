"""`amur changes`, `amur diff` and the files for feed readers: what a person and a program are told of a night."""

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from sources.contract import Batch, Observation
from tests.flows.conftest import Home
from tests.payloads.cbr_fx import pages
from tests.warehouse.builders import bring, document, warehouse
from tests.warehouse.goods import goods
from warehouse.database import Database
from warehouse.feed import as_atom, feeds_are_current, write_feeds
from warehouse.publisher import publish

FIRST = datetime(2026, 7, 21, 2, 30, tzinfo=UTC)
MILLION = 1_000_000


def exports(value: float | None, period: str) -> Observation:
    """China's exports to Russia in a month, in dollars."""
    return goods(value, period, "TOTAL", flow="X")


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three publications: May; June and a revised May; the same once more."""
    folder = tmp_path_factory.mktemp("three")
    figures = [
        [exports(10 * MILLION, "2026-05")],
        [exports(10.3 * MILLION, "2026-05"), exports(11 * MILLION, "2026-06")],
        [],
    ]
    warehouse(folder / "warehouse.duckdb").close()
    seen: dict[str, Batch] = {}
    for number, rows in enumerate(figures):
        on = FIRST + timedelta(days=number)
        db = Database(folder / "warehouse.duckdb", on)
        if rows:
            bring(db, document(f"page {number}", on, *rows), seen=seen, run_id=f"run-{number + 1}")
        publish(db, folder, f"run-{number + 1}", on)
    return folder


@pytest.fixture
def nights(three: Path, home: Home) -> Home:
    """A copy of that home, to read and to change."""
    shutil.copytree(three, home.path)
    return home


def told(home: Home, *arguments: str) -> list[dict[str, Any]]:
    """The findings as JSON."""
    done = home.here("changes", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


# --- amur changes -------------------------------------------------------------------------------------------------


def test_a_night_without_a_change_says_so_and_when_the_last_was(nights: Home) -> None:
    """The third publication found nothing."""
    done = nights.here("changes")

    assert (done.returncode, told(nights)) == (0, [])
    assert done.stdout == (
        "Nothing changed in figures, events, projects, disagreements and sources that are watched\n"
        "The last change was published at 2026-07-22 02:30 UTC (20260722T023000Z-run-2): 2 findings\n"
    )


def test_findings_are_printed_by_weight_with_their_ids(nights: Home) -> None:
    """A revision by 3 % of a main figure stands before the new month; each line begins with the id."""
    lines = nights.here("changes", "--run", "run-2").stdout.splitlines()
    rows = told(nights, "--run", "run-2")

    assert [row["kind"] for row in rows] == ["revision", "new figure"]
    assert [line.split()[0] for line in lines] == [row["finding_id"] for row in rows]
    assert lines[0].endswith(
        "China's exports to Russia, 2026-05: revised from 10.00 million USD to 10.30 million USD (+3.00 %)"
    )
    assert rows[0]["rank"] > rows[1]["rank"] > 0


@pytest.mark.parametrize(
    ("since", "runs"),
    [
        ("2026-07-21", {"run-1", "run-2"}),
        ("2026-07-21T02:31:00Z", {"run-2"}),
        ("2026-07-22T05:30:00+03:00", {"run-2"}),
        ("2026-07-22T05:30:01+03:00", set()),
    ],
)
def test_findings_since_a_day_or_an_instant(nights: Home, since: str, runs: set[str]) -> None:
    """A day begins at midnight UTC; an offset is heeded."""
    assert {row["run_id"] for row in told(nights, "--since", since)} == runs


def test_findings_of_a_kind_and_not_too_many(nights: Home) -> None:
    """`--kind` and `--limit` narrow what is told."""
    assert [row["kind"] for row in told(nights, "--since", "2026-01-01", "--kind", "new figure")] == ["new figure"] * 2
    assert len(told(nights, "--since", "2026-01-01", "--limit", "1")) == 1


def test_a_time_that_is_none_is_refused(nights: Home) -> None:
    """In one line, with an example."""
    done = nights.here("changes", "--since", "yesterday")

    assert done.returncode == 1
    assert done.stderr == "amur: at --since, expected a day or an ISO time, such as 2026-07-25, found yesterday\n"


# --- amur diff ----------------------------------------------------------------------------------------------------


def rows_of(home: Home, *arguments: str) -> list[tuple[Any, ...]]:
    """What differs, without the numbers."""
    done = home.here("diff", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    names = ("about", "change", "key", "period", "old_value", "new_value", "moved")
    return [tuple(row[name] for name in names) for row in json.loads(done.stdout)["rows"]]


KEY = "gacc_bulletin:by_country:trade_value:CN:RU:X:TOTAL:USD:M"
CHANGED = [
    ("indicator", "changed", "cn_exports_usd", "2026-05", 10.0 * MILLION, 10.3 * MILLION, "data"),
    ("indicator", "added", "cn_exports_usd", "2026-06", None, 11.0 * MILLION, None),
    ("observation", "changed", KEY, "2026-05", 10.0 * MILLION, 10.3 * MILLION, None),
    ("observation", "added", KEY, "2026-06", None, 11.0 * MILLION, None),
]


@pytest.mark.parametrize(
    ("old", "new"),
    [("20260721T023000Z-run-1", "20260722T023000Z-run-2"), ("20260721", "previous"), ("previous", "20260721")],
)
def test_two_publications_are_compared(nights: Home, old: str, new: str) -> None:
    """By id, by a beginning, or by place; always from the older to the newer."""
    assert rows_of(nights, old, new) == CHANGED


def test_the_same_is_no_difference(nights: Home) -> None:
    """Between the second and the third nothing moved: counts of zero and no row."""
    done = nights.here("diff", "previous", "latest")

    assert rows_of(nights, "previous", "latest") == []
    assert done.stdout.splitlines()[2] == "The program is the same"
    assert {line.split()[-1] for line in done.stdout.splitlines()[3:]} == {"0"}


def test_what_is_gone_is_withdrawn(nights: Home) -> None:
    """The publisher blanks June."""
    on = FIRST + timedelta(days=5)
    db = Database(nights.path / "warehouse.duckdb", on)
    bring(db, document("blank", on, exports(None, "2026-06")), run_id="run-4")
    publish(db, nights.path, "run-4", on)

    assert rows_of(nights, "previous", "latest") == [
        ("indicator", "withdrawn", "cn_exports_usd", "2026-06", 11.0 * MILLION, None, None),
        ("observation", "withdrawn", KEY, "2026-06", 11.0 * MILLION, None, None),
    ]


def test_a_changed_program_is_told_from_changed_figures(nights: Home) -> None:
    """The first publication had another method and other views: of May both moved."""
    on = FIRST + timedelta(days=5)
    db = Database(nights.path / "warehouse.duckdb", on)
    db.execute("UPDATE indicator_history SET method = 'trade 0', value = 9000000 WHERE period = '2026-06'")
    db.execute("UPDATE snapshots SET definitions = 'of the version before' WHERE number < 4")
    publish(db, nights.path, "run-4", on)
    done = nights.here("diff", "previous", "latest")

    assert rows_of(nights, "previous", "latest") == [
        ("indicator", "changed", "cn_exports_usd", "2026-06", 9.0 * MILLION, 11.0 * MILLION, "code")
    ]
    assert "The program is another" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("moved: code")
    assert [row[-1] for row in rows_of(nights, "20260721", "latest") if row[1] == "changed"] == ["data", None]


def test_an_unknown_publication_is_named_with_its_neighbours(nights: Home) -> None:
    """Exit 1; so is a beginning that several have."""
    wrong = nights.here("diff", "20260721T023000Z-run-9", "latest")
    both = nights.here("diff", "202607", "latest")

    assert (wrong.returncode, both.returncode) == (1, 1)
    assert "The nearest: 20260721T023000Z-run-1" in wrong.stderr
    assert "found 3 of 3 publications" in both.stderr


def test_two_published_files_are_compared(nights: Home, tmp_path: Path) -> None:
    """A copy of yesterday's file against today's; a path may hold a quote."""
    other = Home(tmp_path / "an analyst's" / "home", nights.environment)
    db = warehouse(other.path / "warehouse.duckdb")
    bring(db, document("page 0", FIRST, exports(10 * MILLION, "2026-05")), run_id="run-1")
    publish(db, other.path, "run-1", FIRST)

    assert rows_of(nights, str(other.path / "trade.duckdb"), str(nights.path / "trade.duckdb")) == CHANGED
    missing = nights.here("diff", str(tmp_path / "none.duckdb"), str(nights.path / "trade.duckdb"))
    assert missing.returncode == 1
    assert "none.duckdb: expected a published database, found no file" in missing.stderr


# --- the files ----------------------------------------------------------------------------------------------------


def finding(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 (any field)
    """A finding as the database gives it."""
    facts: dict[str, Any] = {
        "finding_id": "f-0123456789ab", "found_at": FIRST.replace(tzinfo=None), "kind": "event", "severity": "info",
        "subject": "e-1", "period": "2026-07-19", "title": "A title", "detail": "", "refs": ["a-1"],
    }  # fmt: skip
    return facts | changes


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script> & \"quotes\" 'too'",
        "]]></title><entry>",
        "a null \x00, an escape \x1b[31m, a \x0b and \ufffe",
        "\ud83d alone, half a pair",
        "\u202eright to left\u202c, 海关总署, 🚢",
    ],
)
def test_a_hostile_title_is_only_text(title: str) -> None:
    """The feed stays well-formed, has one entry, and the title comes back as it was, less what XML can't hold."""
    feed = feedparser.parse(as_atom([finding(title=title)], FIRST.replace(tzinfo=None)))

    assert not feed.bozo
    assert len(feed.entries) == 1
    assert feed.entries[0].title_detail.type == "text/plain"
    kept = "".join(c for c in title if c.isprintable() or c in "\u202e\u202c")
    shown = "".join(c for c in feed.entries[0].title if c.isprintable() or c in "\u202e\u202c")
    assert shown.replace(" ", "") == kept.replace(" ", "").replace("\ud83d", "").replace("\ufffe", "")


def test_an_entry_keeps_its_id_and_leads_to_the_finding(nights: Home) -> None:
    """Ids are tags with the finding's own id, dates are those of finding; newest publication first."""
    write_feeds(nights.path / "trade.duckdb", nights.path / "reports")
    feed = feedparser.parse((nights.path / "reports" / "findings.atom").read_bytes())
    rows = json.loads((nights.path / "reports" / "findings.json").read_text(encoding="utf-8"))["findings"]

    assert not feed.bozo
    assert feed.version == "atom10"
    assert (feed.feed.id, feed.feed.updated) == ("tag:amur,2026:findings", "2026-07-23T02:30:00Z")
    assert [entry.id for entry in feed.entries] == [f"tag:amur,2026:findings:{row['finding_id']}" for row in rows]
    assert [entry.link for entry in feed.entries] == [f"index.html#{row['finding_id']}" for row in rows]
    assert [entry.updated for entry in feed.entries] == ["2026-07-22T02:30:00Z"] * 2 + ["2026-07-21T02:30:00Z"]
    assert [row["kind"] for row in rows] == ["revision", "new figure", "new figure"]


def rates(folder: Path) -> Path:
    """A page of the Bank of Russia, saved by a person."""
    page = folder / "day.xml"
    page.write_bytes(pages.daily([pages.Rate("USD", "1", "81,5000")], day=date(2026, 7, 18)))
    return page


@pytest.mark.slow
def test_every_run_that_publishes_leaves_the_files_and_a_later_one_mends_them(home: Home, tmp_path: Path) -> None:
    """`amur ingest` and `amur rebuild` write both; where a killed run left them out, the next writes them."""
    page = rates(tmp_path)
    taken = home.here("ingest", str(page), "--source", "cbr_fx", AMUR_NOW="2026-07-25T02:30:00Z")
    assert taken.returncode == 0, taken.stderr
    reports, published = home.path / "reports", home.path / "trade.duckdb"
    assert feeds_are_current(published, reports)
    assert {path.name for path in reports.iterdir()} == {"findings.atom", "findings.json"}

    (reports / "findings.atom").unlink()
    again = home.here("ingest", str(page), "--source", "cbr_fx", AMUR_NOW="2026-07-26T02:30:00Z")
    assert again.returncode == 0, again.stderr
    assert feeds_are_current(published, reports)

    rebuilt = home.here("rebuild", AMUR_NOW="2026-07-27T02:30:00Z")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert feeds_are_current(published, reports)
    assert home.values("SELECT count(*) FROM snapshots") == [1]


def test_files_that_cannot_be_written_fail_the_run_and_leave_the_publication(home: Home, tmp_path: Path) -> None:
    """P-60: A file lies where the folder should be: exit 1, and the message says that the publication stands."""
    page = rates(tmp_path)
    home.path.mkdir(parents=True)
    (home.path / "reports").write_text("no folder", encoding="utf-8")
    taken = home.here("ingest", str(page), "--source", "cbr_fx", AMUR_NOW="2026-07-25T02:30:00Z")

    assert taken.returncode == 1
    assert "The publication stands" in taken.stderr
    assert home.values("SELECT count(*) > 0 FROM observations") == [True]


def test_status_says_what_comes_next_of_each_dataset(nights: Home) -> None:
    """July of the bulletin is expected from 18 to 26 August."""
    done = nights.here("status", AMUR_NOW="2026-07-29T02:30:00Z", AMUR_SOURCES="gacc_bulletin")
    as_json = json.loads(nights.here("status", "--json", AMUR_NOW="2026-08-27T02:30:00Z").stdout)["calendar"]

    assert "gacc_bulletin by_country 2026-07: not due, expected 2026-08-18 to 2026-08-26" in done.stdout
    assert [(row["source"], row["next_period"], row["state"], row["how"]) for row in as_json] == [
        ("gacc_bulletin", "2026-07", "overdue", "cadence")
    ]
