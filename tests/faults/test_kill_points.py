"""A few kill points, the order of the calls, and builds that must fail; all points are tried by `make faults`."""

from collections.abc import Iterator

import pytest

from tests.faults.kill_homes import CASES
from tests.faults.kill_points import Campaign, missing, unordered

SAMPLE = 6


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campaign]:
    """`amur ingest` on a small home, ready to be stopped."""
    if why := missing():
        pytest.skip(f"kill points: {why}")
    with Campaign(tmp_path_factory.mktemp("kill"), seed=7, sample=SAMPLE, cases=CASES[:1], jobs=2) as made:
        yield made


@pytest.mark.slow
def test_a_command_stopped_at_any_write_is_healed_by_the_next(stopped: Campaign) -> None:
    """P-24, P-45, P-54, P-57, P-59: no row lost, doubled or wrong, and the next run as if nothing."""
    outcomes = list(stopped.outcomes())

    assert {str(one.point): one.violations for one in outcomes if one.violations} == {}
    assert sum(one.hit for one in outcomes) == SAMPLE


def test_what_a_commit_refers_to_is_on_the_disk_before_it(stopped: Campaign) -> None:
    """P-24: from the trace, fsync(body) < rename < fsync(folder) < COMMIT; the same for the copy that is published."""
    (prepared,) = stopped.prepared
    names = [point.name.rpartition(".")[0] for point in prepared.points]

    assert unordered(prepared.trace, prepared.twin) == []
    assert {f"K{n:02d}" for n in range(1, 25)} <= set(names)


def test_an_order_that_a_power_cut_could_harm_is_seen(stopped: Campaign) -> None:
    """Without its fsyncs the same trace is refused: for each file that got its name by a rename, and for its folder."""
    (prepared,) = stopped.prepared
    bare = [line for line in prepared.trace if not line.startswith("fsync") or ".wal>" in line]
    wrong = unordered(bare, prepared.twin)

    assert sum("renamed before it was fsynced" in line for line in wrong) >= 5
    assert any("committed before its folder was fsynced" in line for line in wrong)
