"""A seeded sample of `make faults` in every run of the tests: bad inputs of two formats, and what a broken judge costs.

The campaigns themselves take minutes (docs/faults.md).
"""

from pathlib import Path

import pytest

from sources.contract import Payload
from tests.faults import bad_inputs, inputs
from tests.faults.grounds import FETCHED, GROUNDS, Ground
from tests.faults.tables import LEAST_PAYLOADS, Options, Tried

SAMPLE = 6
PERMITTED = {"rejected", "quarantined", "loads_same"}


@pytest.mark.parametrize("ground", GROUNDS, ids=lambda ground: ground.name)
def test_the_generator_offers_enough_cases_of_every_format(ground: Ground) -> None:
    """At least 60 a format, each with a name of its own, bytes of its own and an outcome that may be asked for."""
    good = ground.good().body
    cases = list(bad_inputs.generate(ground.format, good))

    assert len(cases) >= LEAST_PAYLOADS
    assert len({case.name for case in cases}) == len(cases)
    assert len({case.body for case in cases} | {good}) == len(cases) + 1
    assert {case.wanted for case in cases} <= PERMITTED


def test_a_sample_of_bad_rates_ends_as_it_may(tmp_path: Path) -> None:
    """P-28, P-29, P-39: the seeded sample is rejected, held, or read as the good rows."""
    options = Options(tmp_path, seed=20, sample=SAMPLE, only=("rates/own",))
    rows = list(inputs.campaign(options))
    tried = [row for row in rows if isinstance(row, Tried)]

    assert [row.payloads for row in tried] == [SAMPLE]
    assert [row.wrong for row in tried] == [[]]
    assert all(row.holds for row in rows if not isinstance(row, Tried))


def test_a_wrong_figure_that_nobody_held_would_be_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the campaign: where a parser gives other figures, it says loads_different."""
    from decimal import Decimal

    from sources.reference import cbr_fx

    ground = next(one for one in GROUNDS if one.name == "rates")
    with inputs.Warehouse(tmp_path / "home", ground) as warehouse:
        true = cbr_fx._number

        def careless(record: object, name: str) -> Decimal:
            return true(record, name) * Decimal("1.01")  # type: ignore[arg-type]

        monkeypatch.setattr(cbr_fx, "_number", careless)
        assert warehouse.try_one(ground.good().body + b"<!-- again -->").outcome == "loads_different"


def test_what_no_parser_had_thought_of_counts_as_a_crash() -> None:
    """P-28: a bare KeyError of a parser is told apart from a reason of its own."""
    from sources.errors import LayoutChanged

    payload = Payload(source="cbr_fx", url="file:a", body=b"", sha256="0" * 64, fetched_at=FETCHED)
    unforeseen = LayoutChanged(payload, expected=inputs.UNFORESEEN, found="KeyError: 'x'")
    said = LayoutChanged(payload, at="/ValCurs", expected="Record", found="Line")

    assert inputs._refused(unforeseen, payload).outcome == "crashed"
    assert inputs._refused(said, payload).outcome == "rejected"
