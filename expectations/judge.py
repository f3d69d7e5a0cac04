"""Is a batch plausible? Rows and history in, a verdict out: no clock, files, network or environment.

Each source has one suite, a module with the same name as the source's own. The suite puts what it knows about a page
into columns (`sum_gap`, `cumulative_gap`, ...) and says in `SUITE` between which bounds a column must lie. Great
Expectations evaluates the suite; it is imported at the first batch, because that alone takes five seconds.

A critical rule that is broken holds the whole batch; a warning is noted and the batch loads. What is merely
surprising is a warning: trade with a partner can fall by 90 % in a month, and the figure is then the news.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from sources import catalogue
from sources.contract import Batch, column
from sources.errors import quoted

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["HISTORY_COLUMNS", "Finding", "Verdict", "as_history", "judge", "own_series_alone"]

HISTORY_COLUMNS: Final = (
    "dataset",
    "measure",
    "reporter",
    "partner",
    "partner_name",
    "partner_kind",
    "flow",
    "product",
    "unit",
    "freq",
    "period_start",
    "period_end",
    "value",
    "obs_status",
    "reconstructed",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one expectation said of a batch.

    `evaluated` is how many rows it could be asked of (0: there was nothing to compare with), `unexpected` how many of
    these broke it. `evidence` holds at most ten of them, the worst first: locator, period, partner, flow, product,
    unit, value, expected, all as text.
    """

    expectation: str
    severity: Literal["critical", "warning"]
    success: bool
    unexpected: int
    evaluated: int
    observed: str
    why: str
    evidence: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Load or hold a batch; `reason` is one line, empty when it loads."""

    batch: Batch
    load: bool
    reason: str
    findings: tuple[Finding, ...]


def judge(batch: Batch, history: pd.DataFrame) -> Verdict:
    """Judge a batch against itself and against the current figures of the same source.

    Args:
        batch: all that one payload says.
        history: `HISTORY_COLUMNS` (days as date or datetime64), earlier and later periods, of two rows for a
            cell the later one counts; may be empty: then rules that need it pass and say `evaluated` 0.

    Raises:
        AmurError: there is no such source.
        KeyError: `history` lacks a column.
    """
    from expectations import common

    suite = _suite(batch.payload.source)
    if missing := [name for name in HISTORY_COLUMNS if name not in history.columns]:
        raise KeyError(f"history lacks {', '.join(missing)}")
    with common.quiet():
        sheet = common.sheet(batch, history)
        suite.measure(sheet)
    findings = tuple(Finding(**said) for said in common.validate(sheet, suite.SUITE))
    broken = [finding for finding in findings if not finding.success and finding.severity == "critical"]
    return Verdict(batch=batch, load=not broken, reason=_reason(broken), findings=findings)


def own_series_alone(source: str) -> bool:
    """Does the suite of a source ask history for nothing but the series of the batch themselves?

    A suite says so by `OWN_SERIES_ALONE`. Imports the suite, and with it Great Expectations.
    """
    return bool(getattr(_suite(source), "OWN_SERIES_ALONE", False))


def _suite(source: str) -> Any:  # noqa: ANN401 (a module)
    module = catalogue.entry(source).module
    return importlib.import_module(module.replace("sources.", "expectations.", 1))


def _reason(broken: list[Finding]) -> str:
    if not broken:
        return ""
    first = broken[0]
    said = f"{first.expectation}: {first.why}; found {first.observed}"
    if first.evidence:
        row = first.evidence[0]
        subject = " ".join(row[name] for name in ("partner", "flow", "product", "unit", "period") if row[name])
        said += f"; first: {quoted(subject) or 'the page'}, {quoted(row['locator'])}: {quoted(row['value'])}, expected "
        said += quoted(row["expected"])
    return f"{said} (and {len(broken) - 1} more)" if len(broken) > 1 else said


def as_history(batch: Batch) -> pd.DataFrame:
    """The rows of an accepted batch in history's columns: appended to it, the next batch is judged against both.

    Of two rows for one cell the later one counts. Days are `datetime64`, as the warehouse gives them.
    """
    import pandas as pd

    cells = {name: column(batch.observations, name) for name in HISTORY_COLUMNS}
    cells["value"] = [None if value is None else float(value) for value in cells["value"]]
    frame = pd.DataFrame({name: pd.Series(of, dtype=object) for name, of in cells.items()})
    days = dict.fromkeys(("period_start", "period_end"), "datetime64[us]")
    return frame.astype({**days, "value": "float64", "reconstructed": "bool"})
