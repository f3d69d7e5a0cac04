"""Cited events, shipped with the program."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sources import catalogue
from sources.contract import Event, Payload
from sources.errors import Contradiction, LayoutChanged
from sources.parse.news import gazetteer
from sources.reference import reference_events

FILE = Path(catalogue.FILE).parent / "reference" / "data" / reference_events.FILE
HEAD = ",".join(reference_events.COLUMNS)
ROW = '2025-09-02,day,agreement,Gazprom,CNPC,pipeline gas,Power of Siberia 2,signed,50000000000,m3/year,Gazprom,RU,2025-09-03,https://example.org/1,"Example, 2025-09-03",'
OTHERS = {"press", "ship tracking", "Autostat", "GACC", "RU"}


def parsed(text: str) -> list[Event]:
    """The events of a file."""
    return list(
        reference_events.parse(
            Payload("reference_events", "shipped:x", text.encode(), "0" * 64, datetime(2026, 7, 1, tzinfo=UTC))
        )
    )


def test_a_row_says_all_that_is_known_of_an_event() -> None:
    """With its citation in the locator."""
    (one,) = parsed(f"{HEAD}\n{ROW}\n")

    assert (one.event_type, one.actor, one.target, one.project, one.status) == (
        "agreement",
        "Gazprom",
        "CNPC",
        "Power of Siberia 2",
        "signed",
    )
    assert (one.event_date, one.published, one.side) == (date(2025, 9, 2), date(2025, 9, 3), "RU")
    assert one.locator == "row 2: Example, 2025-09-03 (https://example.org/1)"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2025-09-02,day", "2025-9-2,day"),
        (",day,", ",week,"),
        (",RU,", ",Ru,"),
        ("m3/year", ""),
        ("50000000000", "many"),
        ("https://", "ftp://"),
        ('"Example, 2025-09-03"', "x"),
        ("https://example.org/1", "http://example.org/"),
        (",RU,2025-09-03", ",RU,2025-09-01"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(old: str, new: str) -> None:
    """There is no default for anything."""
    with pytest.raises(LayoutChanged, match="row 2"):
        parsed(f"{HEAD}\n{ROW.replace(old, new, 1)}\n")


def test_only_what_is_announced_is_published_before_its_own_day() -> None:
    """What was signed or came into force can't have been reported the day before."""
    (one,) = parsed(f"{HEAD}\n{ROW.replace(',RU,2025-09-03', ',RU,2025-09-01').replace(',signed,', ',announced,')}\n")

    assert (one.published, one.event_date) == (date(2025, 9, 1), date(2025, 9, 2))


def test_one_event_stands_once() -> None:
    """Twice is a mistake of whoever keeps the file."""
    with pytest.raises(Contradiction, match="row 3"):
        parsed(f"{HEAD}\n{ROW}\n{ROW}\n")


def test_the_shipped_events_use_the_names_of_the_gazetteer() -> None:
    """So that an outlet's telling of the same event is joined with them."""
    shipped = parsed(FILE.read_text(encoding="utf-8"))
    assert len(shipped) > 100
    made = {entity.product for entity in gazetteer.ENTITIES.values()}
    unknown = {
        name
        for one in shipped
        for name in (one.actor, one.target, one.product, one.project)
        if name and name not in gazetteer.ENTITIES and name not in made
    }

    assert unknown <= OTHERS | {"coal_revenue", "heavy_truck_market"}


def test_no_shipped_event_is_known_before_it_was_told() -> None:
    """Published after 2010 and not in the future of the file."""
    shipped = parsed(FILE.read_text(encoding="utf-8"))

    assert all(
        isinstance(one.published, date) and date(2010, 1, 1) < one.published < date(2026, 7, 1) for one in shipped
    )
