"""What the thirty nights found, each as a night of its own over real sockets (P-57, P-21)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.night_webs import Bundled, Mishap, bundled, instant
from tests.faults.one_night import Ending, Fate, night
from tests.flows.replay import rows

LADA = "https://www.lada.ru/press-releases"


def walked(environment: dict[str, str], home: Path, number: int) -> Ending:
    """A night that closes its books and publishes."""
    told = home.with_suffix(".json")
    return night(environment | {"AMUR_HOME": str(home), "AMUR_NOW": instant(number).isoformat()}, told, 1.5, Fate())


@pytest.mark.slow
def test_p21_a_list_that_was_spoilt_for_a_night_is_no_matter_for_a_person(tmp_path: Path) -> None:
    """A challenge in place of a list is held; once the list is there again the entry closes, and the exit is 0."""
    web = Bundled()
    with web.serving() as served:
        environment = dict(served) | {"AMUR_SOURCES": "lada", "AMUR_GAP": "0"}
        web.show(1)
        web.disturb([Mishap(LADA, "challenge")])
        walked(environment, tmp_path / "home", 1)
        assert web.applied() == [1]
        held = "SELECT state FROM quarantine WHERE url = '" + LADA + "'"
        assert rows(tmp_path / "home" / "trade.duckdb", held) == [("held",)]

        web.show(2)
        assert walked(environment, tmp_path / "home", 2).exit_code in {0, 3}
        assert rows(tmp_path / "home" / "warehouse.duckdb", held) == [("superseded",)]
        assert LADA in bundled(instant(2).date())
