"""What every batch must satisfy, the frame that suites measure, and the way to Great Expectations and back.

A suite is a module with two names. `measure(sheet)` puts columns and facts on the sheet; `SUITE` lists expectations
over them. A column holds one number a row, NaN where the rule can't be asked of the row: Great Expectations passes
over it. A fact is one number about the payload as a whole; it stands in one more row at the end of the frame.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from sources.contract import Batch, Observation, column, period_label
from sources.errors import quoted

with warnings.catch_warnings():
    # Great Expectations 1.24 itself imports sre_constants, deprecated since Python 3.11.
    warnings.simplefilter("ignore", DeprecationWarning)
    import great_expectations as gx
    from great_expectations.compatibility.pydantic import PrivateAttr
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.expectations.core.expect_column_values_to_be_between import ExpectColumnValuesToBeBetween
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
    from great_expectations.expectations.metadata_types import FailureSeverity

__all__ = ["COMMON", "Sheet", "between", "lookup", "measure", "name", "quiet", "sheet", "validate"]

MOST_EVIDENCE: Final = 10
MOST_DOUBTS_PCT: Final = 20
LEAST_PAIRS: Final = 2
MANY_UNITS: Final = 10_000
MOST_AS_SUMS_PCT: Final = 30  # of a page's months: small partners trade in one month of a year
LARGEST_KEY: Final = 2**62  # a whole number of 64 bits holds twice that
LARGEST: Final = 1e16  # fifteen digits before the decimal mark is all that a source may print
MONTH: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
SLACK: Final = 1e-9  # of a value: what binary floating point may add to a sum of decimals

Whole = np.ndarray[Any, np.dtype[np.int64]]
Severity = Literal["critical", "warning"]


class ExpectMeasureToBeBetween(ExpectColumnValuesToBeBetween):
    """Great Expectations' own rule, which tells what it is configured with without putting that together each time.

    It is asked a hundred times a rule and batch. Nothing changes a rule once it is in a suite but the id it gets there.
    """

    _told: tuple[str | None, ExpectationConfiguration] | None = PrivateAttr(default=None)

    @property
    def configuration(self) -> ExpectationConfiguration:
        """Type, arguments and meta of the rule."""
        if self._told is None or self._told[0] != self.id:
            self._told = (self.id, super().configuration)
        return self._told[1]


Rule = ExpectMeasureToBeBetween


@dataclass(slots=True)
class Sheet:
    """A batch as a frame, its history, and what a suite has measured.

    `rows` has one row a distinct observation, in an order of its own; `labels` are the words about the same rows.
    Texts are never null (empty instead). `area` is the partner's code, else its name; `first` and `last` count
    months since year 0; `level` is the value for one month; `series` numbers all that names a figure but time,
    `body` all but time and flow. Words and numbers mean the same in `rows` and in `history`, which holds the months
    around the batch.
    """

    batch: Batch
    rows: pd.DataFrame
    labels: pd.DataFrame
    history: pd.DataFrame
    facts: dict[str, tuple[float, str]] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)

    def put(self, column: str, values: pd.Series, expected: pd.Series | None = None) -> None:
        """Add a column; rows that `values` lacks can't be asked. `expected` is what evidence shows beside the value."""
        self.rows[column] = values.reindex(self.rows.index).astype("float64")
        self.columns.append(column)
        if expected is not None:
            self.labels[f"{column} expected"] = expected.reindex(self.rows.index)

    def fact(self, name: str, value: float, expected: str = "") -> None:
        """Add a number about the payload as a whole; NaN where it can't be known."""
        self.facts[name] = (float(value), expected)


@contextmanager
def quiet() -> Iterator[None]:
    """Let 0/0 and the median of nothing be NaN, silently: NaN is how a rule says that it can't be asked."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Mean of empty slice", RuntimeWarning)
        warnings.filterwarnings("ignore", "All-NaN slice", RuntimeWarning)
        yield


# --- the frame ------------------------------------------------------------------------------------------------

TEXTS: Final = ("dataset", "measure", "reporter", "partner", "partner_name", "flow", "product", "unit", "freq")
LABELS: Final = ("locator", "period", "printed", "published")
FIELD_OF: Final = {name: name for name in TEXTS} | {"kind": "partner_kind", "status": "obs_status"}
WORDS: Final = (*FIELD_OF, "area")
KEYS: Final = {
    "body": ("dataset", "measure", "reporter", "area", "product", "unit"),
    "series": ("dataset", "measure", "reporter", "area", "product", "unit", "flow"),
}
MONTHS_BEFORE: Final = 13
MONTHS_AFTER: Final = 12


def sheet(batch: Batch, history: pd.DataFrame) -> Sheet:
    """The frame of a batch and of the history near it, with the columns that all suites share."""
    rows, words = _rows(batch.observations)
    near, near_words = _near(history, rows)
    for name in WORDS:
        rows[name], near[name] = _as_categories(words[name], near_words[name])
    for name, parts in KEYS.items():
        codes, _ = pd.factorize(_keys(rows, near, parts))
        rows[name], near[name] = codes[: len(rows)], codes[len(rows) :]
    rows = _ordered(rows, ["freq", "start", "end", "published", "value", "given", "reconstructed"])
    near = _current(near)
    return Sheet(batch=batch, rows=rows.drop(columns=list(LABELS)), labels=rows[list(LABELS)].copy(), history=near)


@dataclass(frozen=True, slots=True)
class _Coded:
    """A column of texts: each as the place of it in `words`, where a text may stand twice."""

    codes: Whole
    words: list[str]


def _rows(observations: Sequence[Observation]) -> tuple[pd.DataFrame, dict[str, _Coded]]:
    """The rows of a batch, and apart from them the texts that they share with history, empty where there is none."""

    def of(name: str) -> list[Any]:
        return column(observations, name)

    values, when = of("value"), list(zip(of("freq"), of("period_start"), of("period_end"), strict=True))
    label = {one: period_label(*one) for one in set(when)}
    frame = pd.DataFrame({
        "locator": pd.Series(of("locator"), dtype="str"),
        "period": pd.Series([label[one] for one in when], dtype="str"),
        "printed": pd.Series([_printed(value) for value in values], dtype="str"),
        "published": pd.Series([str(on or "") for on in of("published")], dtype="str"),
        "start": _days(pd.Series(of("period_start"), dtype="object")),
        "end": _days(pd.Series(of("period_end"), dtype="object")),
        "value": np.array(values, dtype="float64"),
        "given": np.array([value is not None for value in values], dtype="bool"),
        "precision": np.array(of("precision"), dtype="float64"),
        "reconstructed": np.array(of("reconstructed"), dtype="bool"),
    })  # fmt: skip
    _derive(frame)
    partners = zip(of("partner"), of("partner_name"), strict=True)
    words = {word: _coded(of(name)) for word, name in FIELD_OF.items()}
    words["area"] = _coded([partner or name for partner, name in partners])
    return frame, words


def _coded(cells: Sequence[str | None]) -> _Coded:
    number = {cell: n for n, cell in enumerate(dict.fromkeys(cells))}
    codes = np.fromiter(map(number.__getitem__, cells), dtype="int64", count=len(cells))
    return _Coded(codes, [cell or "" for cell in number])


def _coded_series(cells: pd.Series) -> _Coded:
    codes, words = pd.factorize(cells)
    nothing = [""] if (codes < 0).any() else []  # the place of what is missing is -1: the last
    return _Coded(codes.astype("int64"), [*map(str, words), *nothing])


def _as_categories(*columns: _Coded) -> Iterator[pd.Categorical]:
    """Columns of texts as categories that mean the same in all of them."""
    words = sorted({word for one in columns for word in one.words})
    both, place = pd.CategoricalDtype(words), {word: n for n, word in enumerate(words)}
    for one in columns:
        places = np.array([place[word] for word in one.words], dtype="int64")
        yield pd.Categorical.from_codes(places[one.codes], dtype=both)


def _derive(frame: pd.DataFrame) -> None:
    frame["first"] = frame["start"].dt.year * 12 + frame["start"].dt.month - 1
    frame["last"] = frame["end"].dt.year * 12 + frame["end"].dt.month - 1
    frame["level"] = frame["value"] / (frame["last"] - frame["first"] + 1)


def _ordered(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Rows in an order that doesn't depend on how they came; identical ones once."""
    words = ["dataset", "measure", "area", "flow", "product", "unit"]
    last = ["locator"] if "locator" in frame else []
    ordered = frame.sort_values([*words, *names, *last], kind="stable", na_position="last")
    return ordered[~ordered.duplicated(["series", *names])].reset_index(drop=True)


def _current(near: pd.DataFrame) -> pd.DataFrame:
    """One row a cell: the last one of its own document, else the last that was reconstructed; in a fixed order."""
    cell = ["series", "freq", "start", "end"]
    own_last = near.sort_values("reconstructed", ascending=False, kind="stable").drop_duplicates(cell, keep="last")
    return own_last.sort_values(cell, kind="stable").reset_index(drop=True)


def _near(history: pd.DataFrame, rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, _Coded]]:
    """History from 13 months before the oldest period of the batch to 12 after its newest; all, if that is nothing."""
    ends = _days(history["period_end"])
    if len(rows) and len(history):
        months = ends.dt.year * 12 + ends.dt.month - 1
        wanted = (months >= rows["last"].min() - MONTHS_BEFORE) & (months <= rows["last"].max() + MONTHS_AFTER)
        if wanted.any():
            history, ends = history[wanted], ends[wanted]
    near = pd.DataFrame({"start": _days(history["period_start"]), "end": ends})
    near["value"] = history["value"].astype("float64")
    near["reconstructed"] = history["reconstructed"].astype("bool")
    _derive(near)
    words = {word: _coded_series(history[name]) for word, name in FIELD_OF.items()}
    code = history["partner"]
    words["area"] = _coded_series(code.where(code.notna() & (code != ""), history["partner_name"]))
    return near, words


def _days(column: pd.Series) -> pd.Series:
    return pd.to_datetime(column).astype("datetime64[us]")


def _printed(value: Decimal | None) -> str:
    if value is None:
        return "missing"
    if not value.is_finite():
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def lookup(left: pd.DataFrame, right: pd.DataFrame, on: Sequence[str], take: Sequence[str]) -> pd.DataFrame:
    """The numbers `take` of the first row of `right` with the same `on`, a row for each of `left`; NaN if none.

    What a merge does, in a tenth of its time: a page asks some twenty such questions.
    """
    keys = _keys(left, right, on)
    ours, theirs = keys[: len(left)], keys[len(left) :]
    order = np.argsort(theirs, kind="stable")
    place = np.searchsorted(theirs[order], ours)
    place[place == len(order)] = 0
    at = order[place] if len(order) else place
    known = theirs[at] == ours if len(order) else np.zeros(len(left), dtype="bool")
    found = {}
    for name in take:
        values = right[name].to_numpy(dtype="float64")
        found[name] = np.where(known, values[at] if len(order) else np.nan, np.nan)
    return pd.DataFrame(found, index=left.index)


def _keys(left: pd.DataFrame, right: pd.DataFrame, on: Sequence[str]) -> Whole:
    """A number for each row of `left`, then of `right`: the same where all key columns `on` are the same."""
    keys, span = np.zeros(len(left) + len(right), dtype="int64"), 1
    for name in on:
        both = np.concatenate([_whole(left[name]), _whole(right[name])])
        low, width = (int(both.min()), int(np.ptp(both)) + 1) if len(both) else (0, 1)
        if span * width > LARGEST_KEY:
            keys, distinct = pd.factorize(keys)
            span = len(distinct)
        keys, span = keys * width + (both - low), span * width
    return keys


def _whole(column: pd.Series) -> Whole:
    """A key column as whole numbers: codes of words (of one and the same list in all frames), days, months."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return np.asarray(column.cat.codes, dtype="int64")
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return np.asarray(column.to_numpy().astype("datetime64[D]").astype("int64"))
    return np.asarray(column, dtype="int64")


# --- what every batch must satisfy ----------------------------------------------------------------------------


def measure(sheet: Sheet, *, ahead_days: int = 0) -> None:
    """The columns and facts of `COMMON`.

    Args:
        sheet: gets the columns.
        ahead_days: how far after the fetch a period may end (rates are set for days to come).
    """
    rows, batch = sheet.rows, sheet.batch
    ordinary = np.isfinite(rows["value"]) & (rows["value"].abs() < LARGEST)
    sheet.put("ordinary", ordinary.where(rows["given"]).astype("float64"))
    sheet.put("status_agrees", (rows["given"] != (rows["status"] == "M")).astype("float64"))
    values, firsts = pd.Series(1, index=rows.index), sheet.labels["printed"].copy()
    cell = ["series", "freq", "start", "end", "published"]
    told = rows.assign(**sheet.labels[["published", "printed"]])
    again = told[told.duplicated(cell, keep=False)]
    if len(again):  # rare: nearly every row is the only one of its cell
        cells = again.groupby(cell, observed=True)["printed"]
        values[again.index], firsts[again.index] = cells.transform("nunique"), cells.transform("first")
    sheet.put("values_in_cell", values, firsts)
    fetched = pd.Timestamp(batch.payload.fetched_at.date())
    sheet.put("days_ahead", (rows["end"] - fetched).dt.days - ahead_days)
    sheet.fact("rows", len(rows), "rows of figures")
    _months_as_sums(sheet)
    said = len(batch.observations) + len(batch.doubts)
    first = f"; first {batch.doubts[0].locator}: {batch.doubts[0].reason}" if batch.doubts else ""
    sheet.fact(
        "doubts_pct",
        100 * len(batch.doubts) / said if said else float("nan"),
        f"at most {MOST_DOUBTS_PCT} of 100 rows in doubt{quoted(first) if first else ''}",
    )


def _months_as_sums(sheet: Sheet) -> None:
    """Of the months after January, the share that equals its sum since January: trade of one month alone is rare."""
    rows = sheet.rows[sheet.rows["given"] & (sheet.rows["value"] != 0) & (sheet.rows["unit"] != "percent")]
    month = rows[(rows["freq"] == "M") & (rows["first"] == rows["last"]) & (rows["last"] % 12 > 0)]
    total = lookup(month, rows[rows["freq"] == "YTD"], ["series", "last"], ["value"])["value"]
    pairs = month[total.notna()]
    same = (pairs["value"] - total[total.notna()]).abs() <= SLACK * pairs["value"].abs()
    large = bool(((pairs["unit"] == "units") & (pairs["value"] >= MANY_UNITS)).any())  # no model in its first month
    share = 100 * float(same.mean()) if len(pairs) >= LEAST_PAIRS or large else float("nan")
    sheet.fact("months_as_sums_pct", share, "of 100 months equal their sum since January")


def between(
    rule: str,
    column: str,
    low: float | None,
    high: float | None,
    severity: Severity,
    why: str,
    *,
    above: bool = False,
) -> Rule:
    """An expectation that `column` lies between `low` and `high`, named `rule`; `above` leaves `low` itself out."""
    return Rule(
        column=column,
        min_value=low,
        max_value=high,
        strict_min=above,
        severity=FailureSeverity(severity),
        meta={"rule": rule, "why": why},
    )


COMMON: Final = (
    between("value_is_a_number", "ordinary", 1, 1, "critical", "a value is finite and under 16 digits"),
    between("missing_is_marked", "status_agrees", 1, 1, "critical", "status M and no value go together"),
    between(
        "one_value_a_cell", "values_in_cell", 1, 1, "critical",
        "two values for one cell: a row stands twice, or two tables were read as one",
    ),
    between("no_period_ahead", "days_ahead", None, 0, "critical", "a period can't end after it was fetched"),
    between(
        "month_is_not_the_sum", "months_as_sums_pct", None, MOST_AS_SUMS_PCT, "critical",
        "months equal their sums since January: the sum, or January and February together, stands as one month",
    ),
    between(
        "few_doubts", "doubts_pct", 0, MOST_DOUBTS_PCT, "critical",
        "so many rows that can't be resolved mean that the layout changed",
    ),
)  # fmt: skip
SOME_ROWS: Final = between("some_rows", "rows", 1, None, "critical", "a page without a figure is never a success")


# --- Great Expectations ---------------------------------------------------------------------------------------


@cache
def _whole_frame() -> BatchDefinition[pd.DataFrame]:
    """The batch definition that takes a pandas frame; one context in memory for the life of the process."""
    # Its context says at INFO where it would put its documentation; the parent's level doesn't help.
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("batches").add_dataframe_asset("batch")
    return asset.add_batch_definition_whole_dataframe("whole")


def validate(sheet: Sheet, suite: Iterable[Rule]) -> Iterator[dict[str, Any]]:
    """The fields of a Finding for each expectation of a suite, in its order.

    Great Expectations takes some milliseconds for each question, whatever the rows: so it isn't asked where there is
    nothing to ask (`evaluated` 0), and which rows broke a rule it is asked only of the rules that were broken.

    Raises:
        RuntimeError: an expectation couldn't be evaluated: a fault of the suite, never of the batch.
    """
    rules = list(suite)
    frame = _frame(sheet)
    evaluated = frame.notna().sum()
    asked = [rule for rule in rules if evaluated[rule.column]]
    said = _ask(sheet, frame, asked, "BOOLEAN_ONLY")
    broken = [rule for rule in asked if not said[name(rule)].success]
    answers = _ask(sheet, frame, broken, "COMPLETE")
    for rule in rules:
        outside: Sequence[int] = ()
        if answer := answers.get(name(rule)):
            if not answer.result.get("unexpected_index_list"):
                raise RuntimeError(f"{name(rule)} can't be evaluated: {quoted(answer.exception_info)}")
            outside = answer.result["unexpected_index_list"]
        yield _finding(sheet, frame, rule, int(evaluated[rule.column]), outside)


def name(rule: Rule) -> str:
    """The name of an expectation, one in its suite: what findings and the table of validations call it."""
    return str((rule.meta or {})["rule"])


def _ask(sheet: Sheet, frame: pd.DataFrame, rules: Sequence[Rule], detail: str) -> dict[str, Any]:
    if not rules:
        return {}
    # A suite gives each expectation an id as it takes it in: the source's own list stays as it is.
    suite = gx.ExpectationSuite(name=sheet.batch.payload.source, expectations=[rule.copy(deep=True) for rule in rules])
    batch = _whole_frame().get_batch({"dataframe": frame})
    answer = batch.validate(suite, result_format={"result_format": detail})
    return {result["expectation_config"]["meta"]["rule"]: result for result in answer.results}


def _frame(sheet: Sheet) -> pd.DataFrame:
    """The columns, then one more row with the facts; all numbers."""
    frame = sheet.rows[sheet.columns].astype("float64")
    page = pd.DataFrame({name: [value] for name, (value, _) in sheet.facts.items()}, index=[len(frame)])
    return pd.concat([frame, page]) if len(frame) else page.reindex(columns=[*sheet.columns, *sheet.facts])


def _finding(sheet: Sheet, frame: pd.DataFrame, rule: Rule, evaluated: int, found: Sequence[int]) -> dict[str, Any]:
    values = frame[rule.column]
    bounds = _bounds(rule)
    outside = _worst_first(values.loc[list(found)], rule)
    if not evaluated:
        observed = "nothing to compare"
    elif rule.column in sheet.facts:
        observed = f"{values.iloc[-1]:.6g}, expected {bounds}"
    else:
        worst = f", worst {outside.iloc[0]:.6g}" if len(outside) else ""
        observed = f"{len(outside)} of {evaluated} not {bounds}{worst}"
    return {
        "expectation": name(rule),
        "severity": str(getattr(rule.severity, "value", rule.severity)),
        "success": not len(outside),
        "unexpected": len(outside),
        "evaluated": evaluated,
        "observed": observed,
        "why": (rule.meta or {})["why"],
        "evidence": tuple(_evidence(sheet, rule.column, n, bounds) for n in outside.index[:MOST_EVIDENCE]),
    }


def _worst_first(outside: pd.Series, rule: Rule) -> pd.Series:
    low = -np.inf if rule.min_value is None else rule.min_value
    high = np.inf if rule.max_value is None else rule.max_value
    distance = np.maximum(low - outside, outside - high).sort_values(ascending=False, kind="stable")
    return outside.loc[distance.index]


def _bounds(rule: Rule) -> str:
    low, high = rule.min_value, rule.max_value
    if low is not None and low == high:
        return f"{low:g}"
    said = [f"{'over' if rule.strict_min else 'at least'} {low:g}"] if low is not None else []
    return " and ".join([*said, *([f"at most {high:g}"] if high is not None else [])])


def _evidence(sheet: Sheet, column: str, n: int, bounds: str) -> dict[str, str]:
    if column in sheet.facts:
        value, expected = sheet.facts[column]
        place = dict.fromkeys(("period", "partner", "flow", "product", "unit"), "")
        return {"locator": "page", **place, "value": f"{value:.6g}", "expected": _and(bounds, expected)}
    row, label = sheet.rows.loc[n], sheet.labels.loc[n]
    expected = label.get(f"{column} expected")
    if expected is None or (isinstance(expected, float) and np.isnan(expected)):
        expected = f"{column} {bounds}"
    return {
        "locator": str(label["locator"]),
        "period": str(label["period"]),
        "partner": str(row["partner_name"] or row["partner"]),
        "flow": str(row["flow"]),
        "product": str(row["product"]),
        "unit": str(row["unit"]),
        "value": str(label["printed"]),
        "expected": _plain(expected) if isinstance(expected, float) else str(expected),
    }


def _plain(number: float) -> str:
    """Without an exponent, to twelve digits."""
    return np.format_float_positional(float(f"{number:.12g}"), trim="-")


def _and(*said: str) -> str:
    return ", ".join(filter(None, said))
