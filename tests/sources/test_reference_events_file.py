"""The shipped file of cited events: words of the vocabulary, each event once, no word before its day."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pytest

from sources import catalogue
from sources.contract import Event, Payload
from sources.parse.news import gazetteer
from sources.reference import reference_events

FILE = Path(catalogue.FILE).parent / "reference" / "data" / reference_events.FILE
TYPES: Final = frozenset(
    [
        "tariff",
        "fee_change",
        "antidumping_duty",
        "import_ban",
        "import_ban_lifted",
        "import_ban_update",
        "market_access",
        "export_control",
        "work_week_cut",
        "work_week_restored",
        "production_cut",
        "statement",
        "agreement",
        "contract",
        "project_status",
        "visit",
        "delivery",
        "opening",
        "finance_halt",
        "payment_halt",
        "purchase_halt",
        "investment_guidance",
        "sanction",
        "countersanction",
        "visa_waiver",
        "forecast",
        "flash_figure",
    ]
)
# What a step of a project may be told as, beside `project_status`.
STEPS: Final = frozenset({"agreement", "contract", "delivery", "opening", "statement"})


@pytest.fixture(scope="module")
def shipped() -> list[Event]:
    """The events of the shipped file."""
    payload = Payload("reference_events", "shipped:x", FILE.read_bytes(), "0" * 64, datetime(2026, 7, 1, tzinfo=UTC))
    return list(reference_events.parse(payload))


def test_every_type_is_of_the_vocabulary(shipped: list[Event]) -> None:
    """So that a cited event and an outlet's are one."""
    assert {one.event_type for one in shipped} <= TYPES


def test_a_step_that_is_an_event_of_its_own_is_not_told_twice(shipped: list[Event]) -> None:
    """Who signed a contract on a day needs no second row that says the project is signed."""
    told = Counter(
        (one.project, one.status, one.event_date, one.asserted_by, one.target if one.event_type in STEPS else None)
        for one in shipped
        if one.project
    )
    own = {(one.project, one.status, one.event_date, one.asserted_by) for one in shipped if one.event_type in STEPS}
    again = [
        one
        for one in shipped
        if one.event_type == "project_status" and (one.project, one.status, one.event_date, one.asserted_by) in own
    ]

    assert [key for key, number in told.items() if number > 1] == []
    assert again == []


def test_a_measure_in_force_is_not_known_before_its_day(shipped: list[Event]) -> None:
    """Until then it was announced: China's coal duty of April 2023 still is."""
    early = [one for one in shipped if isinstance(one.published, date) and one.published < one.event_date]

    assert [(one.event_type, one.actor, one.product, one.status) for one in early] == [
        ("tariff", "China", "coal", "announced")
    ]


def test_who_asserts_speaks_for_the_side_of_the_row(shipped: list[Event]) -> None:
    """Press, ship tracking and third states speak for neither."""
    for one in shipped:
        found = gazetteer.ENTITIES.get(one.asserted_by or "")
        side = found.side if found and found.side in {"RU", "CN"} else "other"
        assert one.side == side, one.locator


def test_several_names_are_several_rows(shipped: list[Event]) -> None:
    """Three steelmakers complain: three rows."""
    assert {one.actor for one in shipped if one.event_date == date(2024, 9, 10)} == {"Severstal", "NLMK", "MMK"}
    assert not any(";" in f"{one.actor}{one.target}{one.product}{one.project}" for one in shipped)
