"""What a release announces: only what it says plainly and of a stated day becomes an event."""

from datetime import date
from decimal import Decimal

import pytest

from sources.contract import Event
from sources.parse.announcements import announcements

PUBLISHED = date(2025, 12, 10)


def read(text: str, title: str = "") -> list[Event]:
    """The events of a release of 10 December 2025."""
    return list(announcements(text, title=title, published=PUBLISHED, actor="AvtoVAZ", product="cars", where="text"))


@pytest.mark.parametrize(
    ("text", "kind", "day", "value", "status"),
    [
        ("С 29 сентября 2025 г. завод работает четыре дня в неделю.", "work_week_cut", (2025, 9, 29), 4, "in_force"),
        ("Завод с 2 февраля переходит на трёхдневную рабочую неделю.", "work_week_cut", (2026, 2, 2), 3, "announced"),
        ("Компания вводит четырехдневку с 15.12.2025.", "work_week_cut", (2025, 12, 15), 4, "announced"),
        ("С 1 декабря введена неполная рабочая неделя.", "work_week_cut", (2025, 12, 1), None, "in_force"),
        ("С 1 января завод вернётся к 5-дневной неделе.", "work_week_restored", (2026, 1, 1), 5, "announced"),
        ("С 10 ноября завод работает полную рабочую неделю.", "work_week_restored", (2025, 11, 10), 5, "in_force"),
        ("С 22 декабря конвейер будет остановлен.", "stoppage", (2025, 12, 22), None, "announced"),
        ("Завод приостановил производство с 1 декабря.", "stoppage", (2025, 12, 1), None, "in_force"),
    ],
)
def test_a_plain_sentence_with_a_day_is_an_event(
    text: str, kind: str, day: tuple[int, int, int], value: int | None, status: str
) -> None:
    """A day without a year is the one nearest to the release."""
    (event,) = read(text)

    assert (event.event_type, event.event_date, event.status) == (kind, date(*day), status)
    assert (event.actor, event.product, event.published) == ("AvtoVAZ", "cars", PUBLISHED)
    assert event.value == (None if value is None else Decimal(value))
    assert (event.unit == "days/week") == (value is not None)
    assert event.locator == f"text sentence 0-{len(text)}"


@pytest.mark.parametrize(
    "text",
    [
        "Трёхдневной недели не будет с 1 декабря.",
        "Завод может с 1 декабря перейти на четырёхдневную неделю.",
        "Обсуждается переход на четырёхдневную неделю с 1 декабря.",
        "Завод планирует с 1 января вернуться к пятидневной неделе.",
        "Переход на четырёхдневную неделю с 1 декабря отменён.",
        "Перейдёт ли завод с 1 декабря на четырёхдневную неделю?",
        "Завод работает четыре дня в неделю.",
        "С 1 декабря по четырёхдневной неделе, с 1 января по пятидневной рабочей неделе работает завод.",
        "Завод не останавливал производство с 1 декабря.",
        "С 1 декабря открыт новый дилерский центр.",
        "С 31 ноября завод работает четыре дня в неделю.",
        "С 10 июня завод работает четыре дня в неделю.",
    ],
)
def test_what_is_denied_weighed_or_undated_is_none(text: str) -> None:
    """Not said plainly, or of no one day: 10 June, read in December, could be of two years."""
    assert read(text) == []


def test_a_heading_takes_its_day_from_the_sentence_that_goes_on() -> None:
    """The regime begins on 1 December, says the next sentence; one about something else lends no day."""
    title = "Завод переходит на четырёхдневную неделю"

    (event,) = read("Новый режим вводится с 1 декабря.", title)
    assert (event.event_date, event.locator) == (date(2025, 12, 1), "text title")
    assert read("С 1 декабря открыта новая линия.", title) == []


def test_one_thing_said_twice_is_one_event() -> None:
    """In the heading and in the text."""
    text = "С 1 декабря завод работает четыре дня в неделю. С 1 декабря введена четырёхдневная неделя."

    assert len(read(text, "Четырёхдневная неделя с 1 декабря")) == 1


def test_statements_about_dumping_and_proposals_of_a_fee_are_of_the_day_of_the_release() -> None:
    """Who is meant, as far as the sentence says; never its words."""
    (dumping,) = read("Китайские марки демпингуют на российском рынке.")
    (fee,) = read("Компания предложила повысить утилизационный сбор.")

    assert (dumping.event_type, dumping.status, dumping.target) == ("statement", "dumping", "China")
    assert (fee.event_type, fee.status, fee.target) == ("fee_change", "proposed", None)
    assert dumping.event_date == fee.event_date == PUBLISHED
    assert read("Утилизационный сбор вырос.") == []
    assert read("О демпинге не может быть и речи.") == []
