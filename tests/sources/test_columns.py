"""Rows of a large document as columns: the same rows, whoever asks for them."""

import pickle
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sources.contract import OBSERVED, Columns, Observation, column

values = st.none() | st.decimals(-(10**9), 10**9, places=3)
rows = st.builds(
    Observation,
    dataset=st.sampled_from(["a", "b"]), measure=st.just("trade_value"), unit=st.just("USD"), freq=st.just("M"),
    period_start=st.dates(date(2000, 1, 1), date(2030, 1, 1)), period_end=st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    value=values, locator=st.text(max_size=5), partner=st.none() | st.just("RU"), published=st.none() | st.dates(),
    reconstructed=st.booleans(), precision=st.just(Decimal("0.5")),
)  # fmt: skip
many = st.lists(rows, max_size=6).map(tuple)


def as_columns(told: tuple[Observation, ...]) -> Columns:
    """The same rows as they come out of the child that reads."""
    return Columns({name: column(told, name) for name in OBSERVED}, len(told))


@given(told=many)
def test_columns_are_the_rows_that_they_were_made_of(told: tuple[Observation, ...]) -> None:
    """One after the other, by number from either end, in slices, after a journey to another process, and as equals."""
    kept = as_columns(told)

    assert tuple(kept) == told
    assert len(kept) == len(told)
    assert [kept[n] for n in range(-len(told), len(told))] == [*told, *told]
    assert kept[1:4] == told[1:4]
    assert kept == told == kept
    assert pickle.loads(pickle.dumps(kept)) == kept  # noqa: S301 (just made)
    assert hash(kept) == hash(told)
    assert (*kept, *kept) == (*told, *told)
    assert bool(kept) is bool(told)


@given(told=many.filter(bool), place=st.integers(0, 5))
def test_columns_of_other_rows_are_no_equals(told: tuple[Observation, ...], place: int) -> None:
    """A row less, or one that differs in its place."""
    kept = as_columns(told)
    n = place % len(told)

    assert kept != told[:n] + told[n + 1 :]
    assert kept != as_columns(told[:n] + told[n + 1 :])


@given(told=many)
def test_a_column_is_that_of_the_rows_however_they_are_kept(told: tuple[Observation, ...]) -> None:
    """For each field."""
    for name in OBSERVED:
        assert column(told, name) == column(as_columns(told), name) == [getattr(row, name) for row in told]
