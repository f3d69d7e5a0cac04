"""docs/scale.md: its tables follow from what was measured and from the code's own limits, and say so by themselves."""

import pytest

from sources.customs import comtrade
from tests.bench import scale

INPUTS = scale.Inputs("2026-01-01", "a machine", 1_000, 950_000, 2_000, 60_000, 0.1, 0.2, 0.1, 5e8)


def test_the_page_shows_what_its_inputs_come_to() -> None:
    """A limit, quota or formula that changes asks for `python -m tests.bench.scale --measure`."""
    page = scale.DOC.read_text(encoding="utf-8")

    assert scale.filled_in(page, scale.known()) == page


def test_the_arithmetic() -> None:
    """By hand: 96 bn cells; at a share of 1 %, 0.96 bn rows of 950 bytes, two vintages of 30 bytes, 0.4 ms each."""
    one = scale.Scale(INPUTS, 0.01)

    assert one.rows == pytest.approx(0.96e9)
    assert one.vintages == pytest.approx(1.92e9)
    assert one.archive_bytes == pytest.approx(0.912e12)
    assert one.warehouse_bytes == pytest.approx(57.6e9)
    assert one.writer_s == pytest.approx(384_000)
    assert one.a_night == pytest.approx(0.96e9 / 7305)
    assert one.fewest_requests == pytest.approx(9_600.4, abs=0.1)
    assert one.publish_s() == pytest.approx(230.4)


def test_the_plan_is_counted_by_the_product() -> None:
    """A reporter's year: goods by twenties, so that no month can pass the cap, and partners by hundreds."""
    assert scale.planned_requests() == 250 * 2 * scale.REPORTERS * scale.YEARS
    assert 20 * scale.PARTNERS * scale.FLOWS <= comtrade.KEYED_ROWS < 21 * scale.PARTNERS * scale.FLOWS


def test_a_list_that_is_too_long_is_the_one_that_is_halved() -> None:
    """Twenty goods for two hundred partners are two requests, not forty."""
    block = comtrade.Block("all", (156,), tuple(range(1, 201)), ("X", "M"), tuple(f"{n:06d}" for n in range(20)))
    asked = list(comtrade._Asking(block, "M", comtrade._months(2020), keyed=True).within_limits())

    assert [(len(one.block.partners), len(one.block.codes)) for one in asked] == [(100, 20), (100, 20)]
