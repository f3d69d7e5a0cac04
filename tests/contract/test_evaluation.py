"""What the evaluation promises: no wrong figure, next to none missed, and a page in the docs that isn't stale."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from flows import reading
from sources.contract import Observation
from sources.parse import archives
from tests import evaluate, evaluate_news
from tests.evaluate import Generated, Result, cell

DOCS = Path(__file__).parents[2] / "docs" / "evaluation.md"
RECALL = 98
needs_libarchive = pytest.mark.skipif(
    not archives.available(), reason="libarchive, which unpacks RAR archives, is not installed (Debian: libarchive13)"
)


@cache
def recorded() -> tuple[Result, ...]:
    """What became of the recorded documents.

    Raises:
        Skipped: nothing is recorded.
    """
    if not evaluate.RECORDED.is_dir():
        pytest.skip(f"no recorded documents in {evaluate.RECORDED}")
    return tuple(evaluate.evaluate())


def of(source: str) -> Result:
    """What became of one source's documents."""
    return next(result for result in recorded() if result.source == source)


@cache
def texts() -> Generated:
    """What came of the generated texts."""
    return evaluate.generated()


@cache
def bundled() -> tuple[Result, ...]:
    """What became of the bundled samples."""
    return tuple(evaluate.bundled())


@pytest.mark.recorded
@pytest.mark.parametrize("source", evaluate.SOURCES)
def test_no_recorded_document_gives_a_wrong_figure(source: str) -> None:
    """Precision is 100 % of what can be checked; only of Rosstat and the fee can't all be checked."""
    result = of(source)

    assert result.wrong == []
    assert result.right > 0
    assert result.unchecked == 0 or source in {"rosstat_output", "recycling_fee"}


@pytest.mark.recorded
@pytest.mark.parametrize("source", evaluate.SOURCES)
def test_nearly_every_true_figure_is_found(source: str) -> None:
    """At least 98 in 100 of each source; a page that is refused counts as missed, unless it must be."""
    result = of(source)

    assert result.found > 0
    assert result.recall >= RECALL, result.missed


@pytest.mark.recorded
def test_all_true_figures_of_recorded_pages_are_asked_for() -> None:
    """293 of the list stand on a recorded page and are true; two of them on the page that is held whole."""
    assert sum(result.true for result in recorded()) == 293
    assert sum(len(result.behind) for result in recorded()) == 2


@pytest.mark.recorded
def test_bundled_samples_contradict_no_true_figure() -> None:
    """Pages in our own words, with true figures."""
    recorded()

    assert [line for result in bundled() for line in result.wrong] == []
    assert all(result.right for result in bundled())


def figure(value: Decimal, file: str) -> Observation:
    """The figure of a recorded page that has this value, as it is read."""
    (payload,) = (payload for name, payload in evaluate.documents() if name == file)
    (row,) = (row for row in reading.parse(payload).observations if row.value == value)
    return row


@pytest.mark.recorded
@pytest.mark.parametrize(
    ("source", "file", "value"),
    [
        ("autostat", "www.autostat.ru/news/60815.html", Decimal(120649)),  # in the list, on this page
        ("autostat", "www.autostat.ru/news/60990.html", Decimal(-22)),  # read off the page by hand
        ("rosstat_output", "rosstat_output/2009-09_tab.csv", Decimal(135400)),
    ],
)
def test_a_wrong_value_would_be_seen(source: str, file: str, value: Decimal) -> None:
    """Off by a thousand, or with the sign turned, or just beyond the roundings: it counts as wrong."""
    recorded()
    row = figure(value, file)
    verdict = evaluate.judge(source, file, row)

    assert verdict is not None
    assert verdict.right
    for other in (value / 1000, -value, value + 2 * row.precision + 51):
        seen = evaluate.judge(source, file, replace(row, value=other))
        assert seen is not None
        assert not seen.right, (cell(row), other)


@needs_libarchive
@pytest.mark.recorded
def test_the_docs_say_what_the_program_says() -> None:
    """The tables in the docs are those of this version, to the last digit."""
    written = evaluate.block(DOCS.read_text(encoding="utf-8"))

    assert written == evaluate.report(recorded(), bundled(), texts())


def test_generated_texts_give_no_wrong_figure() -> None:
    """Ten thousand texts, and nearly all that was put in comes out."""
    assert texts().wrong == 0
    assert texts().found >= RECALL * texts().put_in / 100


def test_without_recorded_documents_the_bundled_ones_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says that they are missing, ends well, and leaves the page in the docs as it is."""
    page = tmp_path / "page.md"
    page.write_text("as it was", encoding="utf-8")
    monkeypatch.setattr(evaluate, "RECORDED", tmp_path / "nowhere")
    monkeypatch.setattr(evaluate, "TRUTH", tmp_path / "nowhere.csv")
    monkeypatch.setattr(evaluate, "generated", texts)

    assert evaluate.main(["--docs", str(page)]) == 0

    said = capsys.readouterr().out
    assert "No recorded documents in" in said
    assert "Bundled samples:" in said
    assert "Recorded documents:" not in said
    assert page.read_text(encoding="utf-8") == "as it was"


def test_the_tables_go_between_the_markers_and_nothing_else_changes(tmp_path: Path) -> None:
    """What a person wrote around them stays; a page without markers is refused."""
    page = tmp_path / "page.md"
    page.write_text(f"before\n{evaluate.BEGIN}\nold\n{evaluate.END}\nafter\n", encoding="utf-8")

    evaluate.write(page, "new")
    evaluate.write(page, "new")

    assert page.read_text(encoding="utf-8") == f"before\n{evaluate.BEGIN}\n\nnew\n\n{evaluate.END}\nafter\n"
    with pytest.raises(ValueError, match="each once"):
        evaluate.block("no markers")


@cache
def news() -> evaluate_news.Measured:
    """What became of the recorded articles and feeds.

    Raises:
        Skipped: nothing is recorded.
    """
    found = evaluate_news.recorded()
    if found is None:
        pytest.skip(f"no recorded articles in {evaluate_news.RECORDED}")
    return found


@pytest.mark.recorded
def test_events_of_recorded_articles_are_read_nearly_all_and_nearly_all_right() -> None:
    """Precision of at least 97 %, recall of at least 90 %."""
    measured = news()

    assert measured.precision >= 0.97, measured.wrong
    assert measured.recall >= 0.90, measured.missed


@pytest.mark.recorded
def test_no_recorded_article_tells_what_must_not_be_told() -> None:
    """Denied, possible, called off, old, swapped, off the topic, or meant as an order to a machine."""
    assert news().forbidden == []
    assert news().negatives > 20


@pytest.mark.recorded
def test_recorded_copies_are_joined_and_nothing_else() -> None:
    """Pairwise F1 of at least 0.95."""
    assert (news().story_f1 or 0) >= 0.95


@pytest.mark.recorded
def test_the_page_of_events_is_what_the_program_gives() -> None:
    """`python -m tests.evaluate --docs docs/evaluation.md` writes it anew."""
    page = DOCS.read_text(encoding="utf-8")

    assert evaluate.block(page, evaluate_news.BEGIN, evaluate_news.END) == "\n\n".join(evaluate_news.report(news()))
