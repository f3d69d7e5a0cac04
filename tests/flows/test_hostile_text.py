"""P-68: what a publisher writes can't steer a terminal, on whatever surface of Amur it is printed.

Every text that comes from outside (titles, addresses, places in a document, names, reasons) is given escape codes, C1
controls, right-to-left overrides and a lone carriage return; then every command that reads is asked, as text and JSON.
"""

import csv
import io
import json
import os
import pty
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from lxml import etree

from sources.contract import Article, Batch, Event
from tests.flows.conftest import AMUR, Home
from tests.warehouse.builders import NOW, bring, day, document, row, warehouse
from warehouse.feed import write_feeds
from warehouse.publisher import publish

HOSTILE = "<script>\x1b[2J\x1b]0;owned\x07\u202emoc\u2066\x9b31m\r\x00\u2028&\"'"
FOREIGN = {
    "payloads": ("url", "title", "content_type", "etag", "last_modified"),
    "series_dimensions": ("partner_name",),
    "vintages": ("locator",),
    "article_vintages": ("canonical_url", "outlet", "title", "locator", "names"),
    "event_candidates": ("actor", "target", "asserted_by", "locator", "project"),
    "quarantine": ("url", "period", "locator", "reason", "evidence", "decided_by", "decision_note"),
    "run_sources": ("error",),
    "fetches": ("url", "error"),
    "findings": ("subject", "period", "title", "unit", "detail", "refs"),
    "watches": ("name", "quoted_text", "quoted_in", "note", "added_by"),
    "claim_texts": ("claim", "asks", "unit", "note"),
    "claim_history": ("why",),
    "claim_answers": ("why_now", "why_then", "error"),
    "indicator_history": ("title", "unit"),
    "state_history": ("title", "subject", "period", "unit"),
    "validations": ("url", "expectation", "observed", "why", "evidence"),
    "absences": ("url",),
}
EXPORTS = "gacc_bulletin:by_country:trade_value:CN:RU:X:TOTAL:USD:M"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home whose publication is hostile wherever a publisher's or a user's words stand."""
    folder = tmp_path_factory.mktemp("hostile") / "home"
    when = datetime(2025, 7, 30, 12, tzinfo=UTC)
    db = warehouse(folder / "warehouse.duckdb")
    bring(db, document("june", day(24), row(1234567.5, date(2026, 7, 22)), row(5, date(2026, 7, 22), flow="M")))
    about, batch = document("story", when, source="article")
    told = Article(
        article_id="a-1", url="https://x.example/1", outlet="x.example", title="Title", language="en",
        locator="article", published=when, topics=("bans",), shingles=tuple(range(40)),
    )  # fmt: skip
    ban = Event(
        event_type="import_ban", event_date=date(2025, 7, 30), actor="Rosstandart", target="Dongfeng",
        locator="article body chars 1-9",
        product="trucks", status="in_force", side="RU", published=when, article_id="a-1", pattern="en.ban.imports",
    )  # fmt: skip
    bring(db, (about, Batch(batch.payload, 1, (), events=(ban,), articles=(told,))), run_id="run-2")
    db.execute(
        "INSERT INTO quarantine VALUES ('q-1', 'batch', 'gacc_bulletin', 'http://x/', '2026-06', repeat('0', 64), "
        "'table 1', 'layout', 'a reason', 'evidence', 3, ?, 'run', 'released', ?, 'somebody', 'a note')",
        [NOW.replace(tzinfo=None)] * 2,
    )
    path = publish(db, folder, "run", NOW).path
    with duckdb.connect(str(path)) as published:
        for table, columns in FOREIGN.items():
            types = dict(
                published.execute(
                    "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ?", [table]
                ).fetchall()
            )
            for column in columns:
                worse = f"{column} || ?" if types[column] == "VARCHAR" else f"list_append({column}, ?)"
                published.execute(f"UPDATE {table} SET {column} = {worse} WHERE {column} IS NOT NULL", [HOSTILE])
    write_feeds(path, folder / "reports")
    return Home(folder, {"AMUR_NOW": f"{NOW:%Y-%m-%dT%H:%M:%SZ}"})


def commands(home: Home) -> list[tuple[str, ...]]:
    """Every command that prints what publishers wrote."""
    (event,) = home.here("sql", "SELECT event_id FROM events LIMIT 1", "--format", "csv").stdout.split()[1:]
    steering = HOSTILE.replace("\0", "")
    asked: list[tuple[str, ...]] = [
        ("changes",), ("claims",), ("quarantine",), ("status",), ("explain", "C36"), ("diff", steering, "latest"),
    ]  # fmt: skip
    return [
        *asked, *((*one, "--json") for one in asked), ("sources",), ("watch",), ("explain", EXPORTS, "2026-06"),
        ("explain", event), ("changes", "--since", steering),
    ]  # fmt: skip


def unprintable(text: str) -> set[str]:
    """The characters of a text that a terminal doesn't simply show."""
    return {repr(c) for c in text if not c.isprintable() and c != "\n"}


def test_p68_no_command_prints_a_character_that_steers(home: Home) -> None:
    """As text, as JSON and in every message of an error: control, format and separator characters stay off the screen.

    In JSON they are escaped, so that a program reads what was written.
    """
    seen, leaks = "", []
    for arguments in commands(home):
        done = home.here(*arguments)
        leaks += [(*arguments, c) for c in unprintable(done.stdout + done.stderr)]
        assert "defect of Amur" not in done.stderr, arguments
        if arguments[-1] == "--json" and done.stdout:
            seen += json.dumps(json.loads(done.stdout), ensure_ascii=False)
    assert leaks == []
    assert json.dumps(HOSTILE, ensure_ascii=False)[1:-1] in seen


QUERY = "SELECT url AS u FROM payloads ORDER BY 1"


def test_p68_sql_shows_them_on_no_terminal(home: Home) -> None:
    """In tables, in JSON, and where a text became the name of a column."""
    pivoted = "PIVOT (SELECT url, 1 AS n FROM payloads) ON url USING sum(n)"
    for query in (QUERY, pivoted, "SELECT list(url) AS them, {'a': any_value(url)} AS it FROM payloads"):
        for form in ("table", "json"):
            done = home.here("sql", query, "--format", form)
            assert done.returncode == 0, done.stderr
            assert "script" in done.stdout
            assert unprintable(done.stdout) == set(), (query, form)
    done = home.here("sql", QUERY, "--format", "json")
    assert all(found["u"].endswith(HOSTILE) for found in json.loads(done.stdout))


def test_p65_the_names_of_columns_are_no_formulas_either(home: Home, tmp_path: Path) -> None:
    """PIVOT makes names of what publishers wrote: in a CSV they stay texts and in their cells."""
    out = tmp_path / "out.csv"
    query = "PIVOT (SELECT '=cmd|x' || chr(13) || chr(10) || 'y' AS t, 1 AS n) ON t USING sum(n)"
    assert home.here("sql", query, "--format", "csv", "--out", str(out)).returncode == 0

    with out.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["'=cmd|x\r\ny"], ["1"]]


def test_p65_a_csv_in_a_file_is_verbatim(home: Home, tmp_path: Path) -> None:
    """No terminal reads it: every character is there again."""
    out = tmp_path / "out.csv"
    assert home.here("sql", QUERY, "--format", "csv", "--out", str(out)).returncode == 0

    with io.StringIO(out.read_bytes().decode(), newline="") as file:
        assert all(text.endswith(HOSTILE) for (text,) in list(csv.reader(file))[1:])


def test_p68_a_csv_on_a_terminal_has_blanks_for_them(home: Home) -> None:
    """The same query, its standard output a terminal."""
    controller, terminal = pty.openpty()
    done = subprocess.run(
        [AMUR, "sql", QUERY, "--format", "csv"], stdout=terminal, stderr=subprocess.PIPE, check=False,
        env=dict(os.environ) | {"AMUR_HOME": str(home.path)},
    )  # fmt: skip
    os.close(terminal)
    shown = os.read(controller, 1 << 16).decode()
    os.close(controller)

    assert done.returncode == 0, done.stderr
    assert "<script>" in shown
    assert unprintable(shown.replace("\r\n", "\n")) == set()


def test_p66_feeds_hold_texts_and_no_markup(home: Home) -> None:
    """Atom and JSON parse; a title's markup is its text, and characters that XML forbids are blanks."""
    feed = etree.fromstring((home.path / "reports" / "findings.atom").read_bytes())
    titles = [element.text or "" for element in feed.iter("{*}title")][1:]
    assert titles
    for title in titles:
        assert "<script>" in title
        assert not set(title) & set("\x00\x07\x1b")
    assert {element.tag.partition("}")[2] for element in feed.iter()} <= {
        "feed", "id", "title", "updated", "link", "author", "name", "entry", "category", "content",
    }  # fmt: skip
    assert {element.get("type", "text") for element in feed.iter("{*}title", "{*}content")} == {"text"}
    said = json.loads((home.path / "reports" / "findings.json").read_bytes())
    assert all(one["title"].endswith(HOSTILE) for one in said["findings"])
