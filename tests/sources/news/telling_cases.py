"""What the tests of the three languages share: an article of some sentences, and what is told in it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sources.contract import Event
from sources.parse.news import telling
from sources.parse.news.model import Page

__all__ = ["events", "told"]

HAPPENED = {"asserted", "reported", "sources", "planned"}


def events(text: str, day: str, language: str, title: str = "") -> list[Event]:
    """The tellings of an article, paragraphs one a line; China and Russia stand in its heading unless one is given."""
    titles = {"en": "China and Russia: trade", "ru": "Китай и Россия: торговля", "zh": "中俄贸易"}
    page = Page(
        url="https://www.example.org/1", outlet="Example", title=title or titles[language], language=language,
        paragraphs=tuple(text.split("\n")), published=datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC),
    )  # fmt: skip
    found = telling.rows(page, where="article", fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
    return [row for row in found if isinstance(row, Event) and row.event_type != "flash_figure"]


def told(text: str, day: str, language: str, title: str = "") -> set[str]:
    """What happened or is planned, one line each: type, status, actor > target, product, project, day, value."""
    return {
        " ".join(
            filter(
                None,
                (
                    one.event_type, one.status, f"{one.actor} > {one.target}" if one.target else one.actor,
                    f"[{one.product}]" if one.product else "", f"({one.project})" if one.project else "",
                    one.event_date.isoformat(), f"{one.value:f} {one.unit}" if one.value is not None else "",
                ),
            )
        )
        for one in events(text, day, language, title)
        if one.modality in HAPPENED
    }  # fmt: skip
