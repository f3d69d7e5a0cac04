"""A few walks beside the model; two thousand steps are taken by `make faults`."""

from tests.faults.state_machine import walk


def test_any_walk_ends_as_the_model_says() -> None:
    """P-45, P-46, P-47, P-50: fetch, load, publish, kill, reopen and rebuild in any order."""
    assert walk(examples=3, steps=12) >= 12
