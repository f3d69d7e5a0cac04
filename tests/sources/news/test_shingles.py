"""What shingles promise: copies are recognised on every machine, other texts are not taken for copies."""

from __future__ import annotations

import csv
import zlib
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from sources.contract import Payload
from sources.parse.news import addresses, pages, shingles

RECORDED = Path(__file__).parents[3].parent / "shared" / "recorded" / "news"
COPIES = frozenset({"original", "copy", "republished"})  # articles of one story at addresses of their own
WEEK = timedelta(days=7)


def test_runs_are_the_same_on_every_machine() -> None:
    """Hashes of 32 bits, distinct and ascending, of three words each: none of them depends on a run's own secrets."""
    found = shingles.shingles("One two, three FOUR. One two three!", "en")

    runs = (b"one\x1ftwo\x1fthree", b"two\x1fthree\x1ffour", b"three\x1ffour\x1fone", b"four\x1fone\x1ftwo")

    assert found == tuple(sorted(zlib.crc32(run) for run in runs))
    assert all(0 <= one < 2**32 for one in found)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Trade fell by 9% — customs said.", "trade FELL by 9 % customs, said", "en"),
        ("Товарооборот снизился на 9,4%.", "товарооборот  снизился, на 9,4%", "ru"),
        ("俄罗斯暂停进口，部分卡车。", "俄罗斯暂停进口部分卡车", "zh"),
    ],
)
def test_case_and_punctuation_make_no_other_text(one: str, other: str, language: str) -> None:
    """Copies are set anew by every outlet."""
    assert shingles.shingles(one, language) == shingles.shingles(other, language) != ()


def test_a_text_shorter_than_a_run_is_one_run() -> None:
    """A text of two words can be a copy too; no text has no runs and is like nothing."""
    assert len(shingles.shingles("Trade fell", "en")) == 1
    assert shingles.shingles(" -- ", "en") == ()
    assert shingles.jaccard((), ()) == shingles.containment((), (1,)) == 0


def test_a_shortened_copy_is_contained() -> None:
    """Half of a text is wholly in the text though the two differ."""
    whole = " ".join(f"word{n}" for n in range(40))
    half = " ".join(f"word{n}" for n in range(20))
    one, other = shingles.shingles(whole, "en"), shingles.shingles(half, "en")

    assert shingles.jaccard(one, other) == pytest.approx(18 / 38)
    assert shingles.containment(one, other) == 1


@pytest.mark.recorded
@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recorded news pages are not on this machine")
def test_recorded_copies_meet_and_nothing_else_does() -> None:
    """Within a week Jaccard 0.5 or containment 0.8 joins the copies of each story, and no two stories."""
    with (RECORDED / "stories_truth.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    articles = {}
    for row in rows:
        payload = Payload(
            source="article",
            url=row["url"],
            body=(RECORDED / row["file"]).read_bytes(),
            sha256="",
            fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
        )
        page = pages.read(payload)
        articles.setdefault(
            addresses.article_id(page.url), (row, page, shingles.shingles("\n".join(page.paragraphs), page.language))
        )
    joined, apart = set(), []
    for (row, page, one), (row2, page2, other) in combinations(articles.values(), 2):
        near = page.day and page2.day and abs(page.day - page2.day) <= WEEK and page.language == page2.language
        if near and (shingles.jaccard(one, other) >= 0.5 or shingles.containment(one, other) >= 0.8):
            joined.add(frozenset({row["file"], row2["file"]}))
            if row["story"] != row2["story"]:
                apart.append((row["file"], row2["file"]))
    expected = {
        frozenset({row["file"], row2["file"]})
        for (row, *_), (row2, *_) in combinations(articles.values(), 2)
        if row["story"] == row2["story"] and {row["relation"], row2["relation"]} <= COPIES
    }

    assert expected
    assert apart == []
    assert expected <= joined
