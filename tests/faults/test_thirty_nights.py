"""What the thirty nights found, each as a night of its own over real sockets (P-57, P-21)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.reading import Reader, parse
from flows.rebuild import rebuild
from flows.walk import order
from tests.faults.night_webs import Bundled, Mishap, bundled, instant
from tests.faults.one_night import Ending, Fate, night
from tests.flows.replay import rows
from tests.payloads.cbr_fx import pages as cbr
from tests.warehouse.builders import answer, day
from warehouse.archive import Archive
from warehouse.database import Database

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


@pytest.mark.slow
def test_p21_what_came_in_place_of_a_known_page_is_over_when_the_page_is_there_unchanged(tmp_path: Path) -> None:
    """A challenge is held; the next answer is 304, which is news here: the entry closes, in a rebuild as well, once."""
    web, home = Bundled(), tmp_path / "home"
    states = "SELECT DISTINCT source, state FROM quarantine WHERE reason_kind = 'blocked' ORDER BY ALL"
    sources = ("cbr_fx", "gacc_bulletin", "interfax_en", "lada")  # data, an index of documents, a feed, a list
    with web.serving() as served:
        environment = dict(served) | {"AMUR_SOURCES": ",".join(sources), "AMUR_GAP": "0"}
        web.show(1)
        walked(environment, home, 1)
        web.disturb([Mishap(address, "challenge") for address in web.addresses(1)])
        walked(environment, home, 2)
        assert rows(home / "warehouse.duckdb", states) == [(source, "held") for source in sources]

        web.show(1)
        walked(environment, home, 3)
        assert rows(home / "warehouse.duckdb", states) == [(source, "superseded") for source in sources]
        assert rows(home / "trade.duckdb", states) == [(source, "superseded") for source in sources]

        archived = len(Archive(home / "archive").records())
        walked(environment, home, 4)
    assert len(Archive(home / "archive").records()) == archived

    again = Database(tmp_path / "again.duckdb", datetime(2026, 7, 4, tzinfo=UTC))
    with Reader() as reader:
        rebuild(again, Archive(home / "archive"), reader)
    assert again.rows(states) == [(source, "superseded") for source in sources]
    again.close()


def test_of_two_bodies_of_one_page_the_older_one_is_read_first(tmp_path: Path) -> None:
    """A killed night had archived the rates of Friday; on Sunday both bodies load, whatever their hashes are."""
    archive = Archive(tmp_path)
    url = "https://www.cbr.ru/scripts/XML_dynamic.asp?date_req1=01/03/2025&date_req2=31/03/2025&VAL_NM_RQ=R01235"
    pairs = []
    for known in range(2, 7):
        body = cbr.dynamic(cbr.USD_MARCH_2025[:known])
        record = archive.keep(answer(body, url=url, at=day(known)), "cbr_fx", f"run-{known}")
        pairs.append((record, parse(archive.payload(record))))
    assert [record.sha256 for record, _ in pairs] != sorted(record.sha256 for record, _ in pairs)
    assert sorted(pairs, key=order) == pairs
