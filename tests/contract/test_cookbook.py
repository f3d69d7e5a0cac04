"""docs/cookbook.md: each question's SQL runs, and gives the answer that the page prints."""

import re
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb
import pytest

from tests.flows.conftest import Home, shared

PAGE: Final = (Path(__file__).parents[2] / "docs" / "cookbook.md").read_text(encoding="utf-8")
NOW: Final = "2026-07-25T02:30:00Z"
SHIPPED: Final = ("reference", "reference_events", "recycling_fee", "rosstat_output")
DEAD: Final = {
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "NO_PROXY": "127.0.0.1,localhost",
}
BLOCK: Final = re.compile(
    r"^```sql(?P<recorded> recorded)?\n(?P<sql>.*?)^```\n+(?P<after>.*?)(?=^```|^#|\Z)", re.DOTALL | re.MULTILINE
)
FILES: Final = (
    ("cbr_fx", "reference/cbr_fx/XML_daily_*.xml", "reference/cbr_fx/XML_dynamic_USD_2025-03-01_2025-03-10.xml"),
    ("comtrade", "customs/comtrade/data_C_M_HS_156_*.json", "customs/comtrade/preview_C_?_HS_156_*.json"),
    ("gacc_query", "customs/gacc_query/downloadData_import_*.csv"),
    ("moscow_times", "news/www.themoscowtimes.com/rss/news.xml"),
)
ARTICLE: Final = "www.themoscowtimes.com/2025/07/30/regulator-halts-imports-of-four-chinese-truck-brands-a90990"


@dataclass(frozen=True)
class Question:
    """One block of SQL: its heading, whether it needs recorded pages, and the rows that the page prints after it."""

    heading: str
    recorded: bool
    sql: str
    printed: list[list[str]] | None


def questions() -> list[Question]:
    """Every block of the page; `None` printed: it shows no answer, but there must be one; `[]`: it says `No row`."""
    found = []
    for block in BLOCK.finditer(PAGE):
        after = block["after"]
        table = [line for line in after.splitlines() if line.startswith("|")]
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
        printed = [rows[0], *rows[2:]] if rows else [] if after.startswith("No row") else None
        heading = re.findall(r"^### (\d+)", PAGE[: block.start()], re.MULTILINE)[-1]
        found.append(Question(heading, block["recorded"] is not None, block["sql"], printed))
    return found


def cell(value: object) -> str:
    """A value as the page prints it: nothing for NULL, no `.0`, an instant to the second."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)


def ask(path: Path, question: Question) -> None:
    """Run a block as an analyst would, and hold its answer against the page."""
    with duckdb.connect(str(path / "trade.duckdb"), read_only=True) as reader:
        answer = reader.execute(question.sql)
        names = [column[0] for column in answer.description]
        rows = [[cell(value) for value in row] for row in answer.fetchall()]
    if question.printed is None:
        assert rows
    elif question.printed:
        assert [names, *rows] == question.printed
    else:
        assert rows == []


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """What a night without a network publishes: the figures and events that come with the program."""
    home = Home(tmp_path_factory.mktemp("cookbook") / "home", DEAD | {"AMUR_NOW": NOW})
    done = home.run("nightly", *(word for source in SHIPPED for word in ("--only", source)))
    assert done.returncode in {0, 3}, done.stdout + done.stderr
    return home


@pytest.fixture(scope="module")
def fetched(shipped: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The same with recorded pages taken in by hand."""
    path = tmp_path_factory.mktemp("cookbook") / "recorded"
    subprocess.run(["cp", "-r", shipped.path, path], check=True)
    home = Home(path, dict(shipped.environment))
    pages = shared("recorded")
    for source, *patterns in FILES:
        files = sorted(file for pattern in patterns for file in pages.glob(pattern))
        assert files, source
        done = home.here("ingest", *map(str, files), "--source", source)
        assert done.returncode == 0, done.stdout + done.stderr
    address = f"https://{ARTICLE}"
    done = home.here("ingest", str(pages / "news" / f"{ARTICLE}.html"), "--source", "article", "--url", address)
    assert done.returncode == 0, done.stdout + done.stderr
    return home


def of(*, recorded: bool) -> list[object]:
    """The blocks of one kind, each a case of its own."""
    return [
        pytest.param(question, id=f"{number}-question-{question.heading}")
        for number, question in enumerate(questions(), start=1)
        if question.recorded == recorded
    ]


@pytest.mark.slow
@pytest.mark.parametrize("question", of(recorded=False))
def test_a_question_has_the_answer_that_the_page_prints(shipped: Home, question: Question) -> None:
    """Over the figures that come with the program."""
    ask(shipped.path, question)


@pytest.mark.slow
@pytest.mark.recorded
@pytest.mark.parametrize("question", of(recorded=True))
def test_a_question_of_fetched_figures_has_the_answer_that_the_page_prints(fetched: Home, question: Question) -> None:
    """Over recorded pages."""
    ask(fetched.path, question)


@pytest.mark.slow
@pytest.mark.recorded
@pytest.mark.parametrize("question", of(recorded=False))
def test_every_question_runs_over_fetched_figures_too(fetched: Home, question: Question) -> None:
    """The answers may differ; the SQL doesn't fail."""
    with duckdb.connect(str(fetched.path / "trade.duckdb"), read_only=True) as reader:
        reader.execute(question.sql).fetchall()


def test_the_page_has_its_questions_and_most_have_an_answer() -> None:
    """Each numbered heading has a block, in order; the reader of the page has lost none of them."""
    found = questions()
    headings = re.findall(r"^### (\d+)\. .+\?$", PAGE, re.MULTILINE)

    assert headings == [str(number) for number in range(1, len(headings) + 1)]
    assert len(headings) >= 30
    assert sorted({question.heading for question in found}, key=int) == headings
    assert len(found) == len(re.findall(r"^```sql", PAGE, re.MULTILINE))
    assert sum(bool(question.printed) for question in found) >= 25
