"""What KAMAZ's releases promise: its own scope apart from others', forecasts out, a share "today" as an event."""

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from sources.carmakers import kamaz
from sources.contract import Doubt, Event, Observation, Payload, Row, Window
from sources.errors import Empty, LayoutChanged
from tests.payloads.kamaz import pages

NOW = datetime(2026, 7, 24, 3, 0, tzinfo=UTC)
NIGHT = Window(date(2026, 5, 1), NOW.date(), NOW, nightly=True)
SHARED = Path(__file__).parents[2].parent / "shared"
RECORDED = SHARED / "recorded" / "carmakers" / "www.kamaz.ru" / "press" / "releases"
LISTED = (("24.10.2025", "polnaya", "Полная неделя"), ("22.10.2025", "dolya", "Доля"))
Cell = tuple[str, str, str, str]


def document(body: bytes, url: str = kamaz.LISTING, content_type: str = "") -> Payload:
    """A body as it was fetched."""
    return Payload(source="kamaz", url=url, body=body, sha256="0" * 64, fetched_at=NOW, content_type=content_type)


def said(body: bytes, content_type: str = "") -> list[Row]:
    """All that a document says."""
    return list(kamaz.parse(document(body, content_type=content_type)))


def figures(rows: Sequence[Row]) -> dict[Cell, Decimal | None]:
    """Values by dataset, measure, frequency and period."""
    return {(o.dataset, o.measure, o.freq, o.period): o.value for o in rows if isinstance(o, Observation)}


def led(body: bytes, url: str = kamaz.LISTING, window: Window = NIGHT) -> list[str]:
    """Where a listing leads."""
    return [request.address for request in kamaz.links(document(body, url), window)]


# --- where releases are -----------------------------------------------------------------------------------------------


def test_a_listing_leads_to_its_releases_once_each() -> None:
    """In its order; items that stand twice are one release."""
    assert led(pages.listing((*LISTED, LISTED[0]))) == [
        "https://www.kamaz.ru/press/releases/polnaya/",
        "https://www.kamaz.ru/press/releases/dolya/",
    ]


def test_a_feed_leads_to_the_same_addresses() -> None:
    """Whether its links say http or https; links to other hosts are none of KAMAZ's releases."""
    body = pages.feed().replace(
        b"https://www.kamaz.ru/press/releases/ralli/", b"http://www.kamaz.ru/press/releases/ralli/"
    )
    elsewhere = pages.feed().replace(b"https://www.kamaz.ru/press/releases/ralli/", b"https://example.org/ralli/")

    assert led(body)[-1] == "https://www.kamaz.ru/press/releases/ralli/"
    assert len(led(elsewhere)) == 3


def test_a_listing_without_items_is_not_taken_for_no_news() -> None:
    """Nor is a page without a listing, or a feed without entries."""
    with pytest.raises(Empty):
        led(pages.listing(()))
    with pytest.raises(Empty):
        led(pages.feed(()))
    with pytest.raises(LayoutChanged):
        led(pages.release())


def test_a_backfill_goes_back_by_the_pager() -> None:
    """As long as the page is all after the first day wanted, and only where there is another page."""
    window = Window(date(2025, 10, 23), date(2025, 10, 31), NOW)
    first = pages.listing(LISTED[:1], pages=(1, 2, 3))

    assert led(first, window=window)[-1] == "https://www.kamaz.ru/press/releases/?PAGEN_1=2"
    assert led(pages.listing(LISTED, pages=(1, 2)), window=window) == ["https://www.kamaz.ru/press/releases/polnaya/"]
    assert len(led(pages.listing(LISTED[:1], pages=(1, 2)), f"{kamaz.LISTING}?PAGEN_1=2", window)) == 1


# --- releases ---------------------------------------------------------------------------------------------------------


def test_two_true_counts_of_one_year_stand_side_by_side() -> None:
    """2024: 20.3 thousand of 14 t and more by KAMAZ, 17.3 thousand over 16 t by others, quoted."""
    rows = said(pages.release())

    assert figures(rows) == {
        ("autostat_hcv_gt16t", "kamaz_sales_units", "A", "2024"): Decimal(17300),
        ("kamaz_hcv_ge14t", "kamaz_sales_units", "A", "2024"): Decimal(20300),
    }
    status = {row.dataset: row.obs_status for row in rows if isinstance(row, Observation)}
    assert status == {"autostat_hcv_gt16t": "F", "kamaz_hcv_ge14t": "P"}


def test_the_ministrys_trucks_are_not_kamazs() -> None:
    """40,317 trucks over 3.5 t and -56 % are the market's by the ministry; the full week is an event."""
    rows = said(pages.release(pages.MINISTRY, title="Полная неделя", day="24.10.2025"))

    assert figures(rows) == {
        ("minpromtorg_trucks_gt3_5t", "ru_truck_market_units", "YTD", "2025-09"): Decimal(40317),
        ("minpromtorg_trucks_gt3_5t", "ru_truck_market_units_yoy", "YTD", "2025-09"): Decimal(-56),
    }
    (event,) = (row for row in rows if isinstance(row, Event))
    assert (event.event_type, event.event_date, event.actor, event.value) == (
        "work_week_restored", date(2025, 11, 10), "KAMAZ", 5,
    )  # fmt: skip
    assert event.status == "announced"


def test_a_share_of_today_is_an_event_and_a_forecast_nothing() -> None:
    """34 % on 22 October 2025 is of no month; the market of 2024 is a figure, that of this year is hoped for."""
    rows = said(pages.release(pages.SHARE, title="О доле рынка", day="22.10.2025"))

    assert figures(rows) == {("kamaz_hcv_ge14t", "ru_hcv_market_units", "A", "2024"): Decimal(110000)}
    (event,) = (row for row in rows if isinstance(row, Event))
    assert (event.event_type, event.event_date, event.target, event.product) == (
        "flash_figure", date(2025, 10, 22), "RU", "kamaz_share",
    )  # fmt: skip
    assert (event.value, event.unit) == (34, "percent")


def test_forecasts_and_ranges_are_no_figures() -> None:
    """52 to 55 thousand, and "will fall by about 20 %", are of a year that isn't over."""
    assert figures(said(pages.release(pages.FORECAST, title="Прогноз", day="22.12.2025"))) == {}


def test_trucks_of_unsaid_weight_are_held() -> None:
    """Three thresholds of one market are three series: which one a figure counts must be said."""
    text = ("Рынок грузовиков в сентябре составил 4 321 единицу.",)
    rows = said(pages.release(text, title="Рынок", day="10.10.2025"))

    assert figures(rows) == {}
    assert [row.reason for row in rows if isinstance(row, Doubt)] == ["trucks from which weight on?"]


# --- the feed ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251"])
def test_the_declaration_says_the_character_set(charset: str) -> None:
    """Nothing in the header: the same rows either way."""
    rows = said(pages.feed(charset=charset), "application/rss+xml")

    assert figures(rows) == {("kamaz_hcv_ge14t", "ru_hcv_market_units_yoy", "M", "2025-07"): Decimal(-60)}
    (row,) = (row for row in rows if isinstance(row, Observation))
    assert (row.obs_status, row.published) == ("E", datetime(2025, 8, 25, 6, 30, tzinfo=UTC))
    assert row.locator.startswith("/rss/channel/item[2]/description sentence ")


def test_descriptions_announce_short_and_full_weeks() -> None:
    """Where a heading names the week, the day may stand in the sentence after it; an empty description says nothing."""
    events = [row for row in said(pages.feed()) if isinstance(row, Event)]

    assert [(e.event_type, e.event_date, e.value, e.status) for e in events] == [
        ("work_week_restored", date(2025, 11, 10), 5, "announced"),
        ("work_week_cut", date(2025, 8, 1), 4, "announced"),
    ]


def test_a_cut_feed_is_held_whole() -> None:
    """Half of the items would look like all of them."""
    body = pages.feed()
    for end in range(0, len(body.rstrip()), 97):
        with pytest.raises(LayoutChanged):
            said(body[:end])


# --- recorded ---------------------------------------------------------------------------------------------------------

# Printed on the pages and left out of the list of facts; read off the page by hand.
ALSO_PRINTED = {
    ("kamaz_polnaya_nedelya.html", "minpromtorg_trucks_gt3_5t", "ru_truck_market_units_yoy", "YTD", "2025-09", -56)
}
EVENTS = {
    ("dolya_rynka_oktyabr.html", "flash_figure", date(2025, 10, 22), 34),
    ("kamaz_polnaya_nedelya.html", "work_week_restored", date(2025, 11, 10), 5),
    ("rss.xml", "work_week_cut", date(2025, 8, 1), 4),
    ("rss.xml", "work_week_restored", date(2025, 11, 10), 5),
    ("rss-cp1251.xml", "work_week_cut", date(2025, 8, 1), 4),
}
FACTS = {  # row of the list of facts: the page that states it, and the dataset of its scope
    ("kamaz_sales_units", "A", "2024", "20300"): ("o_metodike.html", "kamaz_hcv_ge14t"),
    ("kamaz_sales_units", "A", "2024", "17300"): ("o_metodike.html", "autostat_hcv_gt16t"),
    ("ru_hcv_market_units", "A", "2024", "110000"): ("dolya_rynka_oktyabr.html", "kamaz_hcv_ge14t"),
    ("ru_hcv_market_units_yoy", "M", "2025-07", "-60"): ("rss.xml", "kamaz_hcv_ge14t"),
    ("ru_truck_market_units", "YTD", "2025-09", "40317"): ("kamaz_polnaya_nedelya.html", "minpromtorg_trucks_gt3_5t"),
}


def _recorded() -> dict[str, list[Row]]:
    if not RECORDED.is_dir():
        pytest.skip(f"no recorded pages in {RECORDED}")
    unread = {"index.html", "rss-truncated.xml"}
    return {path.name: said(path.read_bytes()) for path in sorted(RECORDED.iterdir()) if path.name not in unread}


@pytest.mark.recorded
def test_every_true_figure_of_the_recorded_pages_is_read_and_no_other() -> None:
    """Recall and precision are 100 %; the share "as of" a day is an event."""
    rows = _recorded()
    with (SHARED / "facts" / "carmakers_truth.csv").open(encoding="utf-8", newline="") as file:
        facts = [f for f in csv.DictReader(file) if "www.kamaz.ru" in f["where"] and "as of" not in f["period"]]
    read = {
        (name, *cell): value
        for name, here in rows.items()
        for cell, value in figures(here).items()
        if name != "rss-cp1251.xml"  # says what rss.xml says
    }
    true = set()
    for fact in facts:
        cell = (fact["measure"], fact["freq"], fact["period"].rpartition("..")[2])
        name, dataset = FACTS[*cell, fact["value"]]
        value = read[name, dataset, *cell]
        assert value is not None
        assert abs(value - Decimal(fact["value"])) <= Decimal(fact["tolerance"])
        true.add((name, dataset, *cell))
    assert len(facts) == len(true) == len(FACTS)
    assert {(*key, value) for key, value in read.items() if key not in true} == ALSO_PRINTED


@pytest.mark.recorded
def test_the_recorded_pages_announce_what_happened() -> None:
    """The four-day week and its end, and the share of a day; a week of three days that didn't come is none."""
    found = {
        (name, e.event_type, e.event_date, e.value)
        for name, rows in _recorded().items()
        for e in rows
        if isinstance(e, Event)
    }

    assert found == EVENTS


@pytest.mark.recorded
def test_the_recorded_cut_feed_is_held() -> None:
    """Its last item ends within a link."""
    path = RECORDED / "rss-truncated.xml"
    if not path.is_file():
        pytest.skip(f"no recorded feed {path}")
    with pytest.raises(LayoutChanged):
        said(path.read_bytes())
