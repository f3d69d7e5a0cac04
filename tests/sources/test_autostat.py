"""What Autostat's articles promise: the right cell for each figure, quotations apart, and nothing that is guessed."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from sources.carmakers import autostat
from sources.contract import Doubt, Observation, Payload, Request, Row, Window
from sources.errors import Blocked, Contradiction, Incomplete, LayoutChanged, WrongDocument
from tests.payloads.autostat import pages

SHARED = Path(__file__).parents[2].parent / "shared"
RECORDED = SHARED / "recorded" / "carmakers"
NOW = datetime(2026, 7, 24, 3, 0, tzinfo=UTC)
SEPTEMBER = datetime(2025, 9, 3, 9, 0, tzinfo=UTC)
NIGHT = Window(date(2024, 1, 1), date(2025, 9, 3), SEPTEMBER, nightly=True)
PAST = Window(date(2025, 7, 1), date(2025, 7, 31), SEPTEMBER)
ADDRESS = "https://www.autostat.ru/news/60815/"
LISTING = "https://www.autostat.ru/news/"
SCOPES = {
    "pc; PPC registrations, Autostat segmentation": "autostat_pc",
    "hcv_gt16t; PPC registrations, Autostat": "autostat_hcv_gt16t",
    "mcv 3.5-16 t; Autostat": "autostat_mcv_3_5_16t",
    "Rosstat, OKPD2, full reports": "report_cars",
}
# Figures that the recorded pages print and the list of facts leaves out; read off the pages by hand.
ALSO_PRINTED = {
    ("60890", "autostat_pc ru_car_market_units_mom M 2025-08", "1"),
    ("60990", "autostat_pc ru_car_market_units_yoy YTD 2025-09", "-22"),
    ("61140", "autostat_pc brand_sales_units:xcite M 2025-10", "1700"),
    ("61230", "autostat_hcv_gt16t ru_hcv_market_units M 2025-11", "4000"),
    ("61402", "autostat_pc brand_sales_units_yoy:solaris A 2025", "130"),
    ("18111", "autostat_pc brand_sales_units_yoy:haval M 2024-04", "110"),
    ("19025", "report_cars cars_output_units_yoy YTD 2020-08", "-30.1"),
    ("19025", "report_cars cars_output_units_yoy M 2020-08", "-30"),
    ("19025", "report_trucks trucks_output_units YTD 2020-08", "76900"),
    ("19025", "report_trucks trucks_output_units_yoy YTD 2020-08", "-19"),
    ("19025", "report_trucks trucks_output_units M 2020-08", "12400"),
    ("19025", "report_trucks trucks_output_units_yoy M 2020-08", "-4.2"),
}


def payload(body: bytes, *, url: str = ADDRESS, at: datetime = NOW) -> Payload:
    """A page as it was fetched."""
    return Payload(source="autostat", url=url, body=body, sha256="0" * 64, fetched_at=at)


def rows(body: bytes, *, url: str = ADDRESS, at: datetime = NOW) -> list[Row]:
    """All that an article says."""
    return list(autostat.parse(payload(body, url=url, at=at)))


def cell(row: Observation) -> str:
    """Scope, measure with its product, frequency and period in words."""
    product = f":{row.product}" if row.product else ""
    return f"{row.dataset} {row.measure}{product} {row.freq} {row.period}"


def said(body: bytes) -> dict[str, str]:
    """The values of an article by cell, trailing zeros dropped; every row must be a figure.

    Raises:
        AssertionError: a row is held.
    """
    found = rows(body)
    assert not [row for row in found if not isinstance(row, Observation)]
    return {cell(row): f"{row.value.normalize():f}" for row in found if isinstance(row, Observation) and row.value}


def held(body: bytes) -> list[str]:
    """Why rows of an article are held; no row may be a figure.

    Raises:
        AssertionError: a figure loads.
    """
    found = rows(body)
    assert not [row for row in found if isinstance(row, Observation)]
    return [row.reason for row in found if isinstance(row, Doubt)]


# --- figures ------------------------------------------------------------------------------------------------------


def test_a_month_its_year_to_date_and_brands_are_cells_of_one_scope() -> None:
    """July 2025: the market, LADA, two more brands, seven months; June in passing belongs to June."""
    assert said(pages.article()) == {
        "autostat_pc ru_car_market_units M 2025-07": "120649",
        "autostat_pc ru_car_market_units_yoy M 2025-07": "-11.4",
        "autostat_pc ru_car_market_units M 2025-06": "90100",
        "autostat_pc lada_sales_units M 2025-07": "28240",
        "autostat_pc brand_sales_units:chery M 2025-07": "13500",
        "autostat_pc brand_sales_units:haval M 2025-07": "13120",
        "autostat_pc ru_car_market_units YTD 2025-07": "651029",
        "autostat_pc ru_car_market_units_yoy YTD 2025-07": "-23.9",
    }


def test_a_count_is_exact_and_thousands_are_rounded() -> None:
    """120 649 is `A`; "13,12 тыс." is 13,120 give or take five; both are known since the article's day."""
    by_cell = {cell(row): row for row in rows(pages.article()) if isinstance(row, Observation)}
    exact = by_cell["autostat_pc ru_car_market_units M 2025-07"]
    rounded = by_cell["autostat_pc brand_sales_units:haval M 2025-07"]

    assert (exact.obs_status, exact.precision) == ("A", Decimal(0))
    assert (rounded.obs_status, rounded.precision) == ("P", Decimal(5))
    assert {row.published for row in by_cell.values()} == {date(2025, 8, 5)}
    assert {row.reporter for row in by_cell.values()} == {"RU"}


@pytest.mark.parametrize("body", [pages.article(), pages.english()], ids=["Russian", "English"])
def test_other_articles_beside_the_text_are_never_read(body: bytes) -> None:
    """The side column says 999,999 cars in March."""
    assert "999999" not in said(body).values()


def test_a_later_note_revises_the_month_before() -> None:
    """August first 122,633; the note of October says 122.2 thousand: the same cell, known a month later."""
    first = rows(pages.article(pages.AUGUST, title="Август", day="3 сентября 2025, 10:02"))
    later = rows(pages.article(pages.SEPTEMBER, title="Сентябрь", day="3 октября 2025, 11:20"))
    august = [
        row
        for row in (*first, *later)
        if isinstance(row, Observation) and cell(row) == "autostat_pc ru_car_market_units M 2025-08"
    ]

    assert [(row.value, row.published) for row in august] == [
        (Decimal(122633), date(2025, 9, 3)),
        (Decimal(122200), date(2025, 10, 3)),
    ]


def test_a_group_is_not_its_brand() -> None:
    """AVTOVAZ with its other brand sold 34,983, LADA 33.2 thousand; Chinese brands together have their own series."""
    found = said(pages.article(pages.OCTOBER, title="Рынок в октябре", day="10 ноября 2025, 13:00"))

    assert found["autostat_pc group_sales_units:avtovaz M 2025-10"] == "34983"
    assert found["autostat_pc lada_sales_units M 2025-10"] == "33200"
    assert found["autostat_pc chinese_brand_sales_units M 2025-10"] == "82200"
    assert found["autostat_pc chinese_brand_share M 2025-10"] == "49.6"


def test_heavy_and_medium_trucks_are_two_markets() -> None:
    """Over 16 t with KAMAZ and others, 3.5 to 16 t beside it; "крупнотоннажных" alone is over 16 t again."""
    assert said(pages.samples()["trucks"]) == {
        "autostat_hcv_gt16t ru_hcv_market_units M 2025-08": "3682",
        "autostat_hcv_gt16t ru_hcv_market_units_yoy M 2025-08": "-59.5",
        "autostat_hcv_gt16t kamaz_sales_units M 2025-08": "1165",
        "autostat_hcv_gt16t brand_sales_units:shacman M 2025-08": "584",
        "autostat_hcv_gt16t brand_sales_units:sitrak M 2025-08": "383",
        "autostat_mcv_3_5_16t ru_mcv_market_units M 2025-08": "923",
        "autostat_mcv_3_5_16t ru_mcv_market_units_yoy M 2025-08": "-50.2",
        "autostat_hcv_gt16t ru_hcv_market_units YTD 2025-08": "29300",
        "autostat_hcv_gt16t ru_hcv_market_units_yoy YTD 2025-08": "-57.2",
    }


def test_english_numbers_have_points_and_commas() -> None:
    """137,000 is a hundred and thirty-seven thousand; 2.1-fold is a rise by 110 percent."""
    found = said(pages.english())

    assert found["autostat_pc ru_car_market_units M 2024-04"] == "137000"
    assert found["autostat_pc ru_car_market_units_yoy M 2024-04"] == "81.2"
    assert found["autostat_pc lada_sales_units M 2024-04"] == "42300"
    assert found["autostat_pc brand_sales_units_yoy:haval M 2024-04"] == "110"


def test_rosstat_quoted_is_output_of_rosstat() -> None:
    """Not sales, not Autostat's: the dataset under which Rosstat's reports stand, with status `F`."""
    found = [row for row in rows(pages.samples()["output by Rosstat"]) if isinstance(row, Observation)]

    assert {row.obs_status for row in found} == {"F"}
    assert {cell(row): row.value for row in found} == {
        "report_cars cars_output_units YTD 2020-08": Decimal(706000),
        "report_cars cars_output_units_yoy YTD 2020-08": Decimal("-30.1"),
        "report_cars cars_output_units M 2020-08": Decimal(83000),
        "report_cars cars_output_units_yoy M 2020-08": Decimal(-30),
    }


def test_an_estimate_is_marked_and_a_forecast_is_no_figure() -> None:
    """A count of "почти 4000" is `E`; what the year will bring isn't loaded."""
    text = (
        "В ноябре в России продано почти 4000 новых крупнотоннажных грузовиков.",
        "По прогнозу, в 2026 году будет продано 60 тыс. крупнотоннажных грузовиков.",
    )
    found = rows(pages.article(text, title="Ноябрь", day="4 декабря 2025", rubric=pages.RUBRIC_TRUCKS))
    (row,) = [row for row in found if isinstance(row, Observation)]

    assert (cell(row), row.obs_status) == ("autostat_hcv_gt16t ru_hcv_market_units M 2025-11", "E")


# --- tables -------------------------------------------------------------------------------------------------------


def test_a_table_gives_counts_and_changes_by_its_heads() -> None:
    """A cell "в 2,3 раза" is +130 percent, a dash and "н/д" are no figure."""
    assert said(pages.year()) == {
        "autostat_pc ru_car_market_units A 2025": "1326000",
        "autostat_pc ru_car_market_units_yoy A 2025": "-15.6",
        "autostat_pc lada_share A 2025": "24.88",
        "autostat_pc lada_sales_units A 2025": "329890",
        "autostat_pc lada_sales_units_yoy A 2025": "-24.4",
        "autostat_pc brand_sales_units:haval A 2025": "173302",
        "autostat_pc brand_sales_units:belgee A 2025": "68064",
        "autostat_pc brand_sales_units_yoy:belgee A 2025": "96.5",
        "autostat_pc brand_sales_units:solaris A 2025": "34519",
        "autostat_pc brand_sales_units_yoy:solaris A 2025": "130",
        "autostat_pc brand_sales_units:tenet A 2025": "33484",
    }


def tabled(*lines: Sequence[str], text: Sequence[str] = ("Рынок новых легковых автомобилей по маркам.",)) -> bytes:
    """An article of 5 August 2025 whose figures stand in a table alone."""
    return pages.article(text, inside=pages.table(lines))


@pytest.mark.parametrize(
    ("heads", "line", "cells"),
    [
        (("Марка", "Июль 2025, шт.", "к июлю 2024"), ("Haval", "13 120", "-20,1%"), {"M 2025-07": "13120"}),
        (("№", "Бренд", "июль 2025, тыс. шт."), ("1", "Haval", "13,12"), {"M 2025-07": "13120"}),
        (
            ("Марка", "Июль 2024, шт.", "Июль 2025, шт.", "Изм., %"),
            ("Haval", "16 420", "13 120", "-20,1"),
            {"M 2024-07": "16420", "M 2025-07": "13120"},
        ),
        (("Марка", "Январь-июль 2025, шт.", "г/г, %"), ("Haval", "77 000", "-20,1"), {"YTD 2025-07": "77000"}),
    ],
    ids=["a month", "thousands", "two years", "since January"],
)  # fmt: skip
def test_heads_say_what_a_column_is(heads: Sequence[str], line: Sequence[str], cells: dict[str, str]) -> None:
    """Period, scale, and the change of the newest period against the year before."""
    found = said(tabled(heads, line))
    newest = list(cells)[-1]
    changes = (
        {f"autostat_pc brand_sales_units_yoy:haval {newest}": "-20.1"} if len(heads) > 2 and heads[0] != "№" else {}
    )

    assert found == {f"autostat_pc brand_sales_units:haval {when}": value for when, value in cells.items()} | changes


@pytest.mark.parametrize(
    ("heads", "line", "reason"),
    [
        (("Марка", "Июль 2025, шт.", "Изм., %"), ("Haval", "13 120", "-20,1"), "a change against what?"),
        (("Марка", "Июль 2025, шт.", "к июню 2025"), ("Haval", "13 120", "+40%"), "a change against what?"),
        (("Марка", "Июль 2025, шт.", "Средний срок"), ("Haval", "13 120", "12"), "a column of what?"),
        (("Марка", "Июль 2025, шт."), ("Havall", "13 120"), "a name that isn't known"),
        (("Марка", "Июль 2025, шт."), ("Haval", "13.120"), "a point in a Russian number: '13.120'"),
        (("Марка", "2025, шт."), ("Haval", "173 302"), "a column whose period can't be known: 2025 wasn't over"),
    ],
    ids=["no base", "another base", "another thing", "a name", "a point", "a year that goes on"],
)  # fmt: skip
def test_what_a_table_leaves_open_is_held(heads: Sequence[str], line: Sequence[str], reason: str) -> None:
    """The column, line or cell alone; what is clear beside it loads."""
    found = rows(tabled(heads, line))

    assert [row.reason for row in found if isinstance(row, Doubt)] == [reason]
    assert all(row.value == Decimal(13120) for row in found if isinstance(row, Observation))


def test_a_table_of_something_else_gives_nothing() -> None:
    """Models, regions and prices are no brands of the market."""
    assert said(tabled(("Регион", "Июль 2025, шт."), ("Москва", "9 120"))) == {}
    assert said(tabled(("Модель", "Июль 2025, шт."), ("LADA Granta", "9 120"))) == {}


def test_a_table_in_an_article_of_several_markets_is_held_whole() -> None:
    """Brands of cars or of trucks? Nothing beside the table says it."""
    text = ("Рынок легковых автомобилей и грузовиков по маркам.",)
    (row,) = rows(tabled(("Марка", "Июль 2025, шт."), ("Haval", "13 120"), text=text))

    assert isinstance(row, Doubt)
    assert row.reason == "scope unclear: pc, truck"


# --- what is not loaded, and what is held --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "Рынок новых автомобилей за неделю", "Рынок автомобилей с пробегом в июле", "Электромобили: продажи в июле",
        "Лизинг: итоги июля", "Кроссоверы в июле",
    ],
)  # fmt: skip
def test_articles_of_other_series_give_no_row(title: str) -> None:
    """Weeks, used cars, electric ones, leasing, one body: not the market of new vehicles by month."""
    assert rows(pages.article(title=title)) == []


@pytest.mark.parametrize("what", ["подержанных", "электромобилей", "кроссоверов"])
def test_sentences_of_other_series_give_no_figure(what: str) -> None:
    """Used cars, electric ones and crossovers beside the market; the market itself loads."""
    text = (
        "В июле в России продано 120 649 новых легковых автомобилей.",
        f"Продажи {what} составили 12 345 единиц.",
    )

    assert said(pages.article(text)) == {"autostat_pc ru_car_market_units M 2025-07": "120649"}


def test_a_market_that_nothing_names_is_held() -> None:
    """Neither the sentence nor the heading nor the rubric says of which vehicles."""
    assert held(pages.article(("В июле в России продано 120 649 новых машин.",), rubric="")) == [
        "scope unclear: no word of it"
    ]


def test_trucks_after_heavy_trucks_are_held() -> None:
    """All trucks, or those of the sentence before?"""
    text = (
        "В августе рынок новых крупнотоннажных грузовиков сократился.",
        "В августе продано 4 605 новых грузовиков.",
    )

    assert held(pages.article(text, title="Август", day="4 сентября 2025", rubric=pages.RUBRIC_TRUCKS)) == [
        "all trucks, or those of an earlier sentence?"
    ]


def test_brands_after_all_trucks_are_of_all_trucks() -> None:
    """The sentence before names the market; the rubric alone would not do."""
    text = (
        "В сентябре рынок новых грузовых автомобилей составил 4711 единиц.",
        "Лидирует KAMAZ – 1372 единицы.",
    )
    day, rubric = "4 октября 2025", pages.RUBRIC_TRUCKS

    assert said(pages.article(text, title="Сентябрь", day=day, rubric=rubric)) == {
        "autostat_trucks ru_truck_market_units M 2025-09": "4711",
        "autostat_trucks kamaz_sales_units M 2025-09": "1372",
    }
    assert held(pages.article(text[1:], title="Сентябрь", day=day, rubric=rubric)) == ["scope unclear: truck"]


def test_the_agencys_experts_are_autostat_and_other_analysts_are_not() -> None:
    """Whose count: its own experts' is its own; with other observers in the article a person decides."""
    own = "Как отмечают эксперты агентства, в июле в России продано 120 649 новых легковых автомобилей."
    other = "Сторонние аналитики насчитали 125 тыс. проданных новых легковых автомобилей в июле."

    assert said(pages.article((own,))) == {"autostat_pc ru_car_market_units M 2025-07": "120649"}
    assert held(pages.article((other,))) == ["a figure of analysts, whose series isn't known here"]


def test_output_that_nobody_is_named_for_is_held() -> None:
    """Autostat counts sales: whose count is it?"""
    text = ("В июле в России произведено 50 тыс. легковых автомобилей.",)

    assert held(pages.article(text, title="Июль")) == ["whose count of output? Autostat counts sales"]


def test_two_totals_on_one_page_are_both_held() -> None:
    """Two numbers for one market and month: neither loads."""
    text = (
        "В июле в России продано 120 649 новых легковых автомобилей.",
        "В июле в России продано 125 700 новых легковых автомобилей.",
    )

    assert len(held(pages.article(text))) == 2


def test_an_article_without_a_figure_is_no_error() -> None:
    """News of another kind: nothing to load, nothing to hold."""
    assert rows(pages.article(("Завод откроет новую линию.",), title="Новая линия")) == []


def test_an_old_article_published_again_says_what_it_said() -> None:
    """Its own day and figures, whenever it is fetched."""
    assert rows(pages.article()) == rows(pages.article(), at=datetime(2030, 1, 1, tzinfo=UTC))


# --- days ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "at", "day"),
    [
        ("5 августа 2025, 09:55", NOW, date(2025, 8, 5)),
        ("05.08.2025", NOW, date(2025, 8, 5)),
        ("2025-08-05T09:55:00+03:00", NOW, date(2025, 8, 5)),
        ("Сегодня, 10:02", datetime(2025, 8, 5, 9, tzinfo=UTC), date(2025, 8, 5)),
        ("Сегодня, 00:40", datetime(2025, 8, 4, 22, tzinfo=UTC), date(2025, 8, 5)),
        ("Вчера, 15:48", datetime(2025, 8, 5, 9, tzinfo=UTC), date(2025, 8, 4)),
        ("5 августа, 09:55", datetime(2025, 8, 5, 9, tzinfo=UTC), date(2025, 8, 5)),
        ("5 августа, 09:55", datetime(2026, 1, 5, 9, tzinfo=UTC), date(2025, 8, 5)),
        ("30 декабря, 14:20", datetime(2026, 1, 5, 9, tzinfo=UTC), date(2025, 12, 30)),
        ("29 февраля", datetime(2025, 1, 9, tzinfo=UTC), date(2024, 2, 29)),
    ],
)
def test_a_day_is_read_in_every_form_and_completed_by_the_fetch_in_moscow(
    printed: str, at: datetime, day: date
) -> None:
    """Without a year it is the last such day up to the fetch; after midnight in Moscow the night before is UTC."""
    found = rows(pages.article(("Доля LADA на рынке легковых автомобилей в 2023 году – 30,1%.",), day=printed), at=at)

    assert {row.published for row in found if isinstance(row, Observation)} == {day}


@pytest.mark.parametrize("printed", ["", "вечером", "31 июня 2025", "5 мартобря 2025", "05.13.2025"])
def test_an_article_without_a_day_is_held(printed: str) -> None:
    """Months without a year could not be dated."""
    with pytest.raises(LayoutChanged, match="date"):
        rows(pages.article(day=printed))


def test_a_day_after_the_fetch_contradicts_it() -> None:
    """A year misprinted, or a clock that is wrong."""
    with pytest.raises(Contradiction, match="2062-08-05"):
        rows(pages.article(day="5 августа 2062, 09:55"))


def test_a_file_brought_with_half_a_day_is_refused_with_what_to_do() -> None:
    """Nobody knows when the page was saved: "yesterday" of which day?"""
    with pytest.raises(Incomplete, match="full date"):
        rows(pages.article(day="Вчера, 15:48"), url="file:a")


# --- bad input ----------------------------------------------------------------------------------------------------


def test_a_verification_page_is_no_article_and_no_list() -> None:
    """It came with 200; its number isn't a figure."""
    for read in (autostat.parse, lambda page: autostat.links(page, NIGHT)):
        with pytest.raises(Blocked):
            list(read(payload(pages.ANTI_BOT)))


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        (b"<h1>", b"<h2>", "h1"),
        (b'class="Article-date"', b'class="when"', "date"),
        (b"</body></html>", b"", "its end"),
    ],
)
def test_a_changed_layout_is_named(old: bytes, new: bytes, at: str) -> None:
    """Heading, day, end: what is missing is said."""
    with pytest.raises(LayoutChanged) as caught:
        rows(pages.article().replace(old, new))

    assert caught.value.at == at


def test_an_article_without_paragraphs_is_held() -> None:
    """Text in other elements isn't read: the layout changed."""
    with pytest.raises(LayoutChanged) as caught:
        rows(pages.article(()))

    assert caught.value.at == "p"


def test_a_page_of_somebody_else_is_refused() -> None:
    """Even with a heading, a day and paragraphs."""
    strange = pages.article().replace("АВТОСТАТ".encode(), b"x").replace(b"autostat", b"x")
    with pytest.raises(WrongDocument):
        rows(strange)


# --- lists --------------------------------------------------------------------------------------------------------


def led(body: bytes, window: Window = NIGHT, *, url: str = LISTING, at: datetime = SEPTEMBER) -> list[Request]:
    """What a list leads to."""
    return list(autostat.links(payload(body, url=url, at=at), window))


def numbers(requests: Sequence[Request]) -> list[str]:
    """The articles by number; other addresses as they are."""
    return [request.url.removeprefix(LISTING).strip("/") for request in requests]


def test_a_plan_asks_for_the_listing_and_five_rubrics() -> None:
    """Every run: the lists are small, the articles behind them are asked for once."""
    planned = list(autostat.plan(NIGHT))

    assert [request.url for request in planned] == [
        LISTING, *(f"https://m.autostat.ru/news/themes-{n}/" for n in (21, 8, 13, 70, 71))
    ]  # fmt: skip
    assert {request.role for request in planned} == {"index"}


def test_a_list_leads_to_articles_that_can_hold_figures() -> None:
    """Not to tyres, used cars or weeks; each is asked for again after a month at the earliest."""
    found = led(pages.listing())

    assert numbers(found) == ["60890", "60872", "60815", "59120", "58990"]
    assert {request.role for request in found} == {"data"}
    assert all(request.recheck is not None and request.recheck.days >= 30 for request in found)


def test_listing_and_rubrics_lead_to_one_address() -> None:
    """An article that stands in several lists, on two hosts, is fetched and loaded once."""
    rubric = led(pages.listing(), url="https://m.autostat.ru/news/themes-21/")

    assert rubric == led(pages.listing())


def test_an_item_that_is_repeated_is_asked_for_once() -> None:
    """Lists repeat items when one is pinned."""
    assert len(led(pages.listing([*pages.ENTRIES, *pages.ENTRIES]))) == 5


def test_a_list_without_its_marks_is_read_by_its_addresses() -> None:
    """Any link to /news/{n}/: days can't be told, so the article itself will say it."""
    assert numbers(led(pages.listing(marked=False))) == ["60890", "60872", "60815", "59120", "58990"]


def test_december_read_in_january_is_last_years() -> None:
    """The day "30 декабря" in a list of 2 January 2026 lies in the window of December 2025."""
    january = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
    december = Window(date(2025, 12, 1), date(2025, 12, 31), january)
    entries = [(61390, "Рынок новых автомобилей в ноябре", "30 декабря, 14:20")]

    assert numbers(led(pages.listing(entries, following=None), december, at=january)) == ["61390"]


def test_a_backfill_takes_what_was_published_for_its_days_and_turns_the_page() -> None:
    """July: articles from 1 July to six weeks after its end, and the next page until a list goes further back."""
    recent = [entry for entry in pages.ENTRIES if entry[0] >= 60800]
    found = led(pages.listing(recent), PAST)

    assert numbers(found) == ["60890", "60872", "60815", "?page=2"]
    assert found[-1].role == "index"
    assert numbers(led(pages.listing(), PAST)) == ["60890", "60872", "60815"]  # goes back to December
    assert numbers(led(pages.listing(recent))) == ["60890", "60872", "60815"]  # a night reads the first page alone


def test_pages_follow_one_another() -> None:
    """Page 2 leads to page 3, never back or in a circle."""
    recent = [entry for entry in pages.ENTRIES if entry[0] >= 60800]
    second = f"{LISTING}?page=2"

    assert numbers(led(pages.listing(recent, following=3), PAST, url=second))[-1] == "?page=3"
    assert "?page=2" not in numbers(led(pages.listing(recent, following=2), PAST, url=second))


def test_a_rubric_without_items_and_a_page_past_the_end_lead_nowhere() -> None:
    """200 with nothing in it is an answer there."""
    empty = pages.listing([])

    assert led(empty, url="https://m.autostat.ru/news/themes-71/") == []
    assert led(empty, PAST, url=f"{LISTING}?page=99") == []


def test_the_first_page_of_the_listing_is_never_empty() -> None:
    """A night without a single article is a layout that changed, and says which mark is missing."""
    with pytest.raises(LayoutChanged, match="Block-title"):
        led(pages.listing([]))


# --- recorded pages ------------------------------------------------------------------------------------------------


@cache
def facts() -> tuple[dict[str, str], ...]:
    """The true figures that stand on Autostat's pages.

    Raises:
        Skipped: nothing is recorded beside the project.
    """
    if not RECORDED.is_dir():
        pytest.skip(f"nothing recorded beside the project: {RECORDED}")
    with (SHARED / "facts" / "carmakers_truth.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row for row in csv.DictReader(file) if "autostat.ru/" in row["where"])


@cache
def recorded() -> dict[str, list[Row]]:
    """The rows of every recorded article, by file."""
    out = {}
    for line in (RECORDED / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if (
            entry["source"] == "autostat"
            and entry["file"].rpartition("/")[2][:5].isdigit()
            and "bot" not in entry["file"]
        ):
            out[entry["file"]] = rows((RECORDED / entry["file"]).read_bytes(), url=entry["url"])
    return out


def fact_cell(fact: dict[str, str]) -> str:
    """A true figure as `cell` says it."""
    return f"{SCOPES[fact['scope']]} {fact['measure']} {fact['freq']} {fact['period'].rpartition('..')[2]}"


@pytest.mark.recorded
def test_every_true_figure_of_the_recorded_articles_is_loaded() -> None:
    """Value, scope, period; Rosstat's two with status `F`."""
    wanted = facts()
    missed = []
    for fact in wanted:
        found = {cell(row): row for row in recorded()[fact["where"]] if isinstance(row, Observation)}
        row = found.get(fact_cell(fact))
        if row is None or row.value != Decimal(fact["value"]):
            missed.append(fact)
        elif fact["source"] != "autostat":
            assert row.obs_status == "F"

    assert len(wanted) == 103
    assert missed == []


@pytest.mark.recorded
def test_no_recorded_article_gives_a_wrong_figure() -> None:
    """Each loaded figure is a published fact of that page, or was read off it by hand."""
    known = {
        (
            fact["where"].rpartition("/")[2].removesuffix(".html"),
            fact_cell(fact),
            str(Decimal(fact["value"]).normalize()),
        )
        for fact in facts()
    }
    extra = {
        (file.rpartition("/")[2].removesuffix(".html"), cell(row), f"{row.value.normalize():f}")
        for file, found in recorded().items()
        for row in found
        if isinstance(row, Observation) and row.value is not None
    } - {(page, what, f"{Decimal(value):f}") for page, what, value in known}

    assert extra == ALSO_PRINTED


@pytest.mark.recorded
def test_only_what_the_recorded_articles_leave_open_is_held() -> None:
    """Two shares of heavy trucks, "российских": the word stands without a noun."""
    facts()
    doubts = {file: [row.found for row in found if isinstance(row, Doubt)] for file, found in recorded().items()}

    assert {file: found for file, found in doubts.items() if found} == {
        "www.autostat.ru/news/61230.html": ["20", "36%"]
    }


@pytest.mark.recorded
def test_the_recorded_lists_lead_to_the_articles_with_figures() -> None:
    """The listing of 3 September 2025: market, trucks, July, the year; not tyres, electric cars or a forecast."""
    facts()
    listing = (RECORDED / "www.autostat.ru" / "news" / "index.html").read_bytes()
    rubric = (RECORDED / "m.autostat.ru" / "news" / "themes-21.html").read_bytes()
    empty = (RECORDED / "m.autostat.ru" / "news" / "themes-71-empty.html").read_bytes()

    assert numbers(led(listing)) == ["60890", "60872", "60815", "59120"]
    assert numbers(led(rubric, url="https://m.autostat.ru/news/themes-21/")) == ["60890", "60872", "60815"]
    assert led(empty, url="https://m.autostat.ru/news/themes-71/") == []


@pytest.mark.recorded
def test_the_recorded_verification_page_is_refused() -> None:
    """The address of an article, the body of a guard."""
    facts()
    with pytest.raises(Blocked):
        rows((RECORDED / "www.autostat.ru" / "news" / "60866-antibot.html").read_bytes())
