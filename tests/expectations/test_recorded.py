"""Recorded pages: what really was published passes the judge, alone and among the others, in any order."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from expectations.judge import as_history, judge
from sources import catalogue
from sources.contract import Batch, Doubt, Observation, Payload
from sources.errors import LayoutChanged
from tests.expectations.pages import EMPTY

pytestmark = pytest.mark.recorded
RECORDED = Path(__file__).parents[2].parent / "shared" / "recorded"
SOURCES = ("gacc_preliminary", "gacc_bulletin", "cbr_fx", "worldbank_pinksheet")


@cache
def batches(source: str) -> tuple[Batch, ...]:
    """Every recorded document of a source that its parser reads, as a batch.

    Raises:
        Skipped: nothing is recorded.
    """
    found = tuple(_read(source))
    if not found:
        pytest.skip(f"no recorded documents of {source} in {RECORDED}")
    return found


def _read(source: str) -> Iterator[Batch]:
    module = catalogue.module(source)
    for manifest in sorted(RECORDED.glob("*/manifest.jsonl")):
        for line in filter(None, manifest.read_text(encoding="utf-8").splitlines()):
            entry = json.loads(line)
            path = manifest.parent / entry["file"]
            if entry["source"] != source or entry["status"] != 200 or path.suffix not in {".html", ".xml", ".xlsx"}:
                continue
            body = path.read_bytes()
            fetched = datetime(2026, 9, 1, tzinfo=UTC)
            payload = Payload(source, entry["url"], body, sha256(body).hexdigest(), fetched)
            try:
                rows = tuple(module.parse(payload))
            except LayoutChanged:
                continue  # indexes, pictures of tables, and pages that must be refused: the parsers' tests say which
            yield Batch(
                payload,
                module.PARSER,
                tuple(row for row in rows if isinstance(row, Observation)),
                tuple(row for row in rows if isinstance(row, Doubt)),
            )


@pytest.mark.parametrize("source", SOURCES)
def test_true_documents_load_on_their_own(source: str) -> None:
    """Each recorded document could be the first that is ever loaded."""
    for batch in batches(source):
        verdict = judge(batch, EMPTY)

        assert verdict.load, f"{batch.payload.url}: {verdict.reason}"


@pytest.mark.parametrize("source", SOURCES)
def test_true_documents_load_in_any_order(source: str) -> None:
    """Whichever came before, each recorded document loads: forwards, backwards, and mixed."""
    known = batches(source)
    orders = [known, known[::-1], tuple(random.Random(7).sample(known, len(known)))]  # noqa: S311 (a test's own order)
    for order in orders if len(known) > 1 else orders[:1]:
        history = EMPTY
        for batch in order:
            verdict = judge(batch, history)

            assert verdict.load, f"{batch.payload.url}: {verdict.reason}"
            fresh = as_history(batch)
            history = pd.concat([history, fresh], ignore_index=True) if len(history) else fresh
