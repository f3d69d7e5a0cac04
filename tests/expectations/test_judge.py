"""The judge itself: pure, quiet, quick to start, and clear about what it found."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from expectations.common import between, validate
from expectations.common import sheet as sheet_of
from expectations.judge import HISTORY_COLUMNS, as_history, judge
from sources.contract import Batch, Payload
from sources.errors import AmurError
from tests.expectations.pages import EMPTY, FETCHED, batch, by_country, changed, history, is_of, past, times

PAGE = by_country()
WRONG = changed(PAGE, is_of("RU", flow="X", freq="M"), value=times("1000"))
SOURCE = "gacc_preliminary"


def test_a_process_without_a_batch_never_imports_the_judges_tools() -> None:
    """Great Expectations takes five seconds to import, pandas half a second: `amur sql` waits for neither."""
    code = "import sys, expectations.judge; sys.exit(bool({'great_expectations', 'pandas'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_same_batch_gives_the_same_verdict() -> None:
    """Nothing but rows and history decides."""
    known = history(past(PAGE))

    assert judge(batch(SOURCE, WRONG), known).findings == judge(batch(SOURCE, WRONG), known).findings


def test_neither_batch_nor_history_is_changed() -> None:
    """A history is judged against, never written to."""
    known = history(past(PAGE))
    before = known.copy(deep=True)
    judge(batch(SOURCE, PAGE), known)

    pd.testing.assert_frame_equal(known, before)


def test_the_reason_is_one_line_that_names_rule_row_and_figures() -> None:
    """Who reads why a batch was held sees the rule, what was expected, what was found, and where."""
    verdict = judge(batch(SOURCE, WRONG), EMPTY)

    assert not verdict.load
    assert verdict.reason.splitlines() == [verdict.reason]
    for word in ("flows_add_up", "Russia", "2026-03", 'row 16 column 0 "Russia"', "153540000000", "65068560000000"):
        assert word in verdict.reason


def test_foreign_text_can_not_break_the_line() -> None:
    """A locator with line breaks and escape codes is quoted without them."""
    rows = changed(WRONG, is_of("RU", flow="T", freq="M"), locator="row 16\n\x1b[31mRussia\u202e")
    reason = judge(batch(SOURCE, rows), EMPTY).reason

    assert "Russia" in reason
    assert reason.isprintable()


def test_evidence_is_text_and_at_most_ten_rows_the_worst_first() -> None:
    """A page of two hundred wrong figures is told by the ten that are worst."""
    rows = changed(PAGE, is_of("*", flow="X"), value=times("1.5"))
    rows = changed(rows, is_of("NZ", flow="X"), value=times("100"))
    (finding,) = (f for f in judge(batch(SOURCE, rows), EMPTY).findings if f.expectation == "flows_add_up")

    assert finding.unexpected > len(finding.evidence) == 10
    assert set(finding.evidence[0]) == {
        "locator", "period", "partner", "flow", "product", "unit", "value", "expected",
    }  # fmt: skip
    assert all(isinstance(value, str) for row in finding.evidence for value in row.values())
    assert finding.evidence[0]["partner"] == "New Zealand" or finding.evidence[0]["partner"] == "World"


def test_verdicts_say_how_many_rows_were_asked() -> None:
    """`evaluated` and `unexpected` count rows: 60 totals by country, one of them wrong."""
    (finding,) = (f for f in judge(batch(SOURCE, WRONG), EMPTY).findings if f.expectation == "flows_add_up")

    assert (finding.evaluated, finding.unexpected) == (60, 1)
    assert finding.observed.startswith("1 of 60")


def test_an_accepted_batch_is_history_for_the_next() -> None:
    """What `as_history` gives has history's columns, and a page judged against itself has nothing to say."""
    known = as_history(batch(SOURCE, PAGE))

    assert tuple(known.columns) == HISTORY_COLUMNS
    assert len(known) == len(PAGE)
    verdict = judge(batch(SOURCE, PAGE), pd.concat([known, known], ignore_index=True))
    (finding,) = (f for f in verdict.findings if f.expectation == "small_revision")
    assert verdict.load
    assert finding.evaluated > 0
    assert finding.success


def test_history_may_hold_days_or_timestamps() -> None:
    """The warehouse gives timestamps, a caller may give days: both mean the same."""
    known = history(past(PAGE))
    days = known.assign(
        period_start=[d.date() for d in known["period_start"]], period_end=[d.date() for d in known["period_end"]]
    )

    assert judge(batch(SOURCE, PAGE), days).findings == judge(batch(SOURCE, PAGE), known).findings


def test_of_two_rows_for_a_cell_the_later_one_counts() -> None:
    """A revision that was just loaded is what the next batch is judged against."""
    old = history(changed(PAGE, is_of("RU"), value=times("3")))
    verdict = judge(batch(SOURCE, PAGE), pd.concat([old, history(PAGE)], ignore_index=True))

    assert verdict.load, verdict.reason


def test_a_batch_without_rows_or_history_is_judged() -> None:
    """Nothing at all is a finding, not a crash."""
    for source in ("gacc_preliminary", "gacc_bulletin", "worldbank_pinksheet", "reference"):
        verdict = judge(batch(source, ()), EMPTY)

        assert not verdict.load
        assert "some_rows" in verdict.reason
    assert judge(batch("cbr_fx", ()), EMPTY).load


def test_an_unknown_source_is_named() -> None:
    """There is no suite for what isn't in the catalogue."""
    with pytest.raises(AmurError, match="nowhere"):
        judge(Batch(Payload("nowhere", "", b"", "0" * 64, FETCHED), 1, ()), EMPTY)


def test_a_history_of_other_columns_is_refused() -> None:
    """A column that is missing would let every rule about history pass."""
    with pytest.raises(KeyError, match="period_end"):
        judge(batch(SOURCE, PAGE), EMPTY.drop(columns="period_end"))


def test_the_judge_leaves_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No temporary folder is left behind, however often it judges."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for rows in (PAGE, WRONG):
        judge(batch(SOURCE, rows), EMPTY)

    assert list(tmp_path.iterdir()) == []


def test_the_judge_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """No progress bars, no log lines: a nightly run's output is its own."""
    judge(batch(SOURCE, WRONG), EMPTY)
    said = capfd.readouterr()

    assert (said.out, said.err) == ("", "")


def test_a_rule_that_cannot_be_evaluated_stops_the_run() -> None:
    """A column that no measure has put is a fault of the suite: it never passes for a clean batch."""
    sheet = sheet_of(batch(SOURCE, PAGE), EMPTY)
    sheet.put("known", sheet.rows["value"])
    with pytest.raises(KeyError, match="unheard"):
        list(validate(sheet, [between("typo", "unheard", 0, 1, "critical", "no such column")]))


def test_findings_cannot_be_edited() -> None:
    """What was judged stays as it was judged."""
    verdict = judge(batch(SOURCE, PAGE), EMPTY)
    with pytest.raises(FrozenInstanceError):
        verdict.load = False  # type: ignore[misc]


def test_infinite_and_huge_figures_are_held() -> None:
    """A figure of more than fifteen digits is two figures run together."""
    huge = changed(PAGE, is_of("RU", flow="T", freq="M"), value=Decimal(10) ** 17)
    (finding,) = (f for f in judge(batch(SOURCE, huge), EMPTY).findings if f.expectation == "value_is_a_number")

    assert not finding.success
    assert finding.evidence[0]["value"] == "1" + "0" * 17


def test_periods_are_named_in_evidence() -> None:
    """January and February together are named as both."""
    rows = changed(PAGE, is_of("RU", flow="X", freq="M"), period_start=date(2026, 1, 1), period_end=date(2026, 2, 28))
    verdict = judge(batch(SOURCE, rows), EMPTY)

    assert not verdict.load
    assert "2026-01/2026-02" in {row["period"] for f in verdict.findings for row in f.evidence}
