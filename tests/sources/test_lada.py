"""What AvtoVAZ's releases promise: sales apart from output, facts apart from plans, corrections as revisions."""

import csv
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from sources.carmakers import lada
from sources.contract import Doubt, Event, Observation, Payload, Row, Window
from sources.errors import Blocked, Contradiction, Empty, LayoutChanged
from tests.payloads.lada import pages

NOW = datetime(2026, 7, 24, 3, 0, tzinfo=UTC)
NIGHT = Window(date(2026, 5, 1), NOW.date(), NOW, nightly=True)
SHARED = Path(__file__).parents[2].parent / "shared"
RECORDED = SHARED / "recorded" / "carmakers"
Cell = tuple[str, str | None, str, str]


def document(body: bytes, url: str = "https://www.lada.ru/press-releases/116902") -> Payload:
    """A body as it was fetched."""
    return Payload(source="lada", url=url, body=body, sha256="0" * 64, fetched_at=NOW)


def said(body: bytes) -> list[Row]:
    """All that a release says."""
    return list(lada.parse(document(body)))


def figures(rows: Sequence[Row]) -> dict[Cell, Decimal | None]:
    """Values by measure, product, frequency and period."""
    return {(o.measure, o.product, o.freq, o.period): o.value for o in rows if isinstance(o, Observation)}


def led(body: bytes, url: str = "https://www.lada.ru/press-releases", window: Window = NIGHT) -> list[str]:
    """Where a list leads."""
    return [request.address for request in lada.links(document(body, url), window)]


# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_newest_list_of_a_page_counts() -> None:
    """The list made when the site was built, of January 2024, leads nowhere."""
    assert led(pages.listing()) == [f"https://www.lada.ru/press-releases/{n}" for n in (121988, 121702, 121004, 116902)]


def test_on_the_first_page_the_newest_entry_tells_which_list_is_fresh() -> None:
    """Even if the site swapped the two."""
    body = pages.listing(pages.STALE, stale=pages.FRESH)

    assert led(body)[0] == "https://www.lada.ru/press-releases/121988"


def test_a_stale_list_alone_is_a_changed_layout() -> None:
    """A page without its own list is no night without news."""
    stale = {"list": [{"id": 99001, "name": "ЗИМА", "created": "24.01.2024"}]}
    data = json.dumps({"props": {"pageProps": {}, "initialState": stale}})
    page = f'<html><script id="__NEXT_DATA__" type="application/json">{data}</script></html>'

    with pytest.raises(LayoutChanged) as caught:
        led(page.encode())
    assert "1 lists elsewhere" in str(caught.value)


def test_past_the_end_of_the_archive_there_is_nothing() -> None:
    """An empty page 99 is an answer; an empty first page is not taken for one."""
    assert led(pages.listing(()), "https://www.lada.ru/press-releases?page=99") == []
    with pytest.raises(Empty):
        led(pages.listing(()))


def test_a_list_that_repeats_itself_leads_to_each_release_once() -> None:
    """Entries that stand twice are one release."""
    assert led(pages.listing((*pages.FRESH, *pages.FRESH))) == led(pages.listing())


@pytest.mark.parametrize(("number", "form"), [(114112, "114112.html"), (115870, "115870.html"), (116902, "116902")])
def test_older_releases_are_plain_pages(number: int, form: str) -> None:
    """Up to 2023 an address ends in .html; a page of the archive isn't beaten by the list of the site's build."""
    body = pages.listing(((number, "LADA", "03.11.2023"),))

    assert led(body, "https://www.lada.ru/press-releases?page=7") == [f"https://www.lada.ru/press-releases/{form}"]


def test_between_the_layouts_both_addresses_are_tried() -> None:
    """When the site changed is known to some months only."""
    body = pages.listing(((116500, "LADA", "01.09.2023"),))
    (request,) = lada.links(document(body, "https://www.lada.ru/press-releases?page=7"), NIGHT)

    assert request.address.endswith("/116500")
    assert [other.address for other in request.otherwise] == ["https://www.lada.ru/press-releases/116500.html"]


def test_a_backfill_takes_the_releases_of_its_days_and_goes_on_to_the_next_page() -> None:
    """What came out up to two months after its last day may be about it; older pages follow while they can matter."""
    window = Window(date(2025, 6, 1), date(2025, 12, 31), NOW)
    newer = pages.FRESH[:3]

    assert led(pages.listing(newer, total=40), window=window) == [
        "https://www.lada.ru/press-releases/121988",
        "https://www.lada.ru/press-releases/121702",
        "https://www.lada.ru/press-releases/121004",
        "https://www.lada.ru/press-releases?page=2",
    ]
    assert led(pages.listing(total=40), window=window)[-1] == "https://www.lada.ru/press-releases/121004"
    assert led(pages.listing(newer, total=3), window=window)[-1] == "https://www.lada.ru/press-releases/121004"


def test_a_day_in_another_form_is_not_guessed() -> None:
    """`11/03/2023` could be March or November."""
    with pytest.raises(LayoutChanged) as caught:
        led(pages.listing(((1, "LADA", "11/03/2023"),)))

    assert caught.value.expected == "DD.MM.YYYY"


# --- releases ---------------------------------------------------------------------------------------------------------


def test_a_month_its_change_the_year_to_date_and_a_model_in_one_release() -> None:
    """October 2023, with no-break blanks in the numbers and both changes upwards."""
    rows = said(pages.release())

    assert figures(rows) == {
        ("lada_sales_units", None, "M", "2023-10"): Decimal(40912),
        ("lada_sales_units_yoy", None, "M", "2023-10"): Decimal("113.7"),
        ("lada_sales_units_yoy", None, "YTD", "2023-10"): Decimal("98.4"),
        ("model_sales_units", "granta", "M", "2023-10"): Decimal(20928),
        ("model_sales_units_yoy", "granta", "M", "2023-10"): Decimal("68.4"),
    }
    one = next(row for row in rows if isinstance(row, Observation))
    assert (one.dataset, one.reporter, one.unit) == ("avtovaz_dealers_pc_lcv", "RU", "units")
    assert (one.obs_status, one.precision, one.published) == ("A", 0, date(2023, 11, 3))


def test_a_place_leads_back_to_the_number() -> None:
    """The offsets of a locator are those of the release's text without markup."""
    row = next(row for row in said(pages.release()) if isinstance(row, Observation))
    text = "\n".join(pages.OCTOBER_2023)
    start, end = map(int, row.locator.rsplit(" ", 1)[1].split("-"))

    assert row.locator.startswith("detailText sentence ")
    assert text[start:end] == f"40{pages.NBSP}912"


def test_output_is_not_sales_and_a_plan_is_no_figure() -> None:
    """June 2024: what was made, in a scope of its own; 500 thousand is a plan."""
    rows = said(pages.release(pages.JUNE_2024, name="ПРОИЗВОДСТВО В ИЮНЕ", created="18.07.2024"))

    assert figures(rows) == {
        ("lada_production_units", None, "M", "2024-06"): Decimal(45238),
        ("lada_production_units", None, "M", "2023-06"): Decimal(15702),
        ("lada_production_units", None, "YTD", "2024-06"): Decimal(235815),
        ("lada_production_units_yoy", None, "YTD", "2024-06"): Decimal(73),
    }
    assert {row.dataset for row in rows if isinstance(row, Observation)} == {"avtovaz_output_pc_lcv"}


def test_a_month_may_fall_while_the_year_grows() -> None:
    """November 2021 in the plain layout: -30.7 % and +6 %; entities in the numbers."""
    assert figures(said(pages.plain_release())) == {
        ("lada_sales_units", None, "M", "2021-11"): Decimal(26373),
        ("lada_sales_units_yoy", None, "M", "2021-11"): Decimal("-30.7"),
        ("lada_sales_units", None, "YTD", "2021-11"): Decimal(320795),
        ("lada_sales_units_yoy", None, "YTD", "2021-11"): Decimal(6),
    }


def test_two_changes_with_two_bases_and_what_a_year_ago_was() -> None:
    """June 2022: +24.5 % on May, -81.3 % on a June of 40.1 thousand, which this page only repeats."""
    rows = said(pages.plain_release(pages.JUNE_2022, name="Продажи LADA в июне", created="05.07.2022"))

    assert figures(rows) == {
        ("lada_sales_units", None, "M", "2022-06"): Decimal(7484),
        ("lada_sales_units_mom", None, "M", "2022-06"): Decimal("24.5"),
        ("lada_sales_units_yoy", None, "M", "2022-06"): Decimal("-81.3"),
        ("lada_sales_units", None, "M", "2021-06"): Decimal(40100),
    }
    restated = [row for row in rows if isinstance(row, Observation) and row.reconstructed]
    assert [(row.period, row.obs_status, row.precision) for row in restated] == [("2021-06", "P", 50)]


def test_the_sign_is_in_the_verb_and_the_scope_in_the_words() -> None:
    """Eleven months of 2025: "сократились на 27%", with light commercial vehicles."""
    rows = said(pages.release(pages.NOVEMBERS_2025, name="ПРОДАЖИ LADA", created="10.12.2025"))

    assert figures(rows) == {
        ("lada_sales_units_yoy", None, "YTD", "2025-11"): Decimal(-27),
        ("lada_sales_units", None, "YTD", "2025-11"): Decimal(304841),
    }


def test_cars_without_vans_are_another_series() -> None:
    """Never mixed with the count that has light commercial vehicles in it."""
    rows = said(pages.release(("В октябре продано 38 000 автомобилей LADA без учёта LCV.",)))

    assert [row.dataset for row in rows if isinstance(row, Observation)] == ["avtovaz_dealers_pc"]


def test_a_correction_is_the_same_cell_with_another_value() -> None:
    """338 thousand in January 2026, 338,490 in February: one cell of one series, and the old value isn't said again."""
    first = said(pages.release(pages.YEAR_2025, name="ГОД", created="14.01.2026"))
    second = said(pages.release(pages.CORRECTED, name="УТОЧНЕНИЕ ПРОДАЖ ЗА 2025 ГОД", created="27.02.2026"))
    cell = ("lada_sales_units", None, "A", "2025")

    assert (figures(first)[cell], figures(second)) == (Decimal(338000), {cell: Decimal(338490)})
    one, other = (
        next(r for r in rows if isinstance(r, Observation) and r.period == "2025") for rows in (first, second)
    )
    assert (one.dataset, one.obs_status, other.obs_status) == (other.dataset, "P", "A")
    assert not one.reconstructed
    assert not other.reconstructed


def test_what_the_market_did_is_not_what_lada_sold() -> None:
    """A figure whose scope AvtoVAZ doesn't count is held with its place, the rest loads."""
    rows = said(pages.release((*pages.OCTOBER_2023, "Рынок новых автомобилей в октябре составил 120 123 единицы.")))

    assert ("lada_sales_units", None, "M", "2023-10") in figures(rows)
    assert not any(row.value == Decimal(120123) for row in rows if isinstance(row, Observation))
    assert any("the market" in row.reason for row in rows if isinstance(row, Doubt))


def test_avtovaz_with_another_brand_is_not_lada() -> None:
    """In November 2025 the group with Xcite sold 34,983 cars, LADA 33.2 thousand."""
    rows = said(
        pages.release(("В октябре 2025 года АВТОВАЗ вместе с Xcite продал 34 983 автомобиля.",), created="17.11.2025")
    )

    assert not any(measure.startswith("lada") for measure, *_ in figures(rows))


def test_the_maker_and_its_brand_in_one_sentence_are_one() -> None:
    """Whoever says that AvtoVAZ sold so many LADA one subject, on AvtoVAZ's own pages; its group is another one."""
    maker = said(pages.release(("В октябре АВТОВАЗ реализовал 40 912 автомобилей LADA.",)))
    group = said(pages.release(("В октябре группа АВТОВАЗ продала 42 100 машин.",)))

    assert figures(maker) == {("lada_sales_units", None, "M", "2023-10"): Decimal(40912)}
    assert {cell[0] for cell in figures(group)} == {"group_sales_units"}


def test_a_release_without_a_figure_says_nothing() -> None:
    """No error: most releases are about something else."""
    assert said(pages.release(("Открыт новый дилерский центр.",), name="НОВЫЙ ЦЕНТР")) == []


# --- events -----------------------------------------------------------------------------------------------------------


def test_a_short_week_is_an_event_and_its_plan_no_figure() -> None:
    """Four days from 29 September 2025, in force on the day of the release."""
    (event,) = said(pages.release(pages.FOUR_DAYS, name="КОРОТКАЯ НЕДЕЛЯ", created="29.09.2025"))

    assert isinstance(event, Event)
    assert (event.event_type, event.event_date, event.actor) == ("work_week_cut", date(2025, 9, 29), "AvtoVAZ")
    assert (event.product, event.status, event.value, event.unit) == ("cars", "in_force", 4, "days/week")
    assert event.published == date(2025, 9, 29)


def test_its_end_is_announced_for_a_day_of_the_next_year() -> None:
    """Said on 10 December of "1 January"."""
    (event,) = said(pages.release(pages.FIVE_DAYS, name="ПЯТЬ ДНЕЙ", created="10.12.2025"))

    assert isinstance(event, Event)
    assert (event.event_type, event.event_date, event.status) == (
        "work_week_restored", date(2026, 1, 1), "announced",
    )  # fmt: skip


# --- what is no release -----------------------------------------------------------------------------------------------


def test_a_page_in_pieces_is_a_changed_layout() -> None:
    """It speaks of 352.5 thousand cars, and none is loaded: the reader of this layout isn't written."""
    with pytest.raises(LayoutChanged) as caught:
        said(pages.in_pieces())

    assert "layout changed" in str(caught.value)
    assert "__NEXT_DATA__" in str(caught.value)


def test_a_verification_page_with_status_200_is_no_release() -> None:
    """Neither as a release nor as a list."""
    with pytest.raises(Blocked):
        said(pages.challenge())
    with pytest.raises(Blocked):
        led(pages.challenge())


def test_another_release_than_asked_for_is_refused() -> None:
    """The page's own number and the release's must agree."""
    with pytest.raises(Contradiction):
        said(pages.release(number=116902, query=117640))


# --- recorded ---------------------------------------------------------------------------------------------------------

# Printed on the pages and left out of the list of facts; read off the pages by hand.
ALSO_PRINTED = {
    ("117640-jun2024-production.html", "model_production_units_yoy:granta", "YTD", "2024-06", Decimal("37.4")),
    ("117640-jun2024-production.html", "model_production_units_yoy:vesta", "YTD", "2024-06", Decimal("250.0")),
    ("117640-jun2024-production.html", "model_production_units_yoy:niva", "YTD", "2024-06", Decimal(49)),
    ("115870.html", "lada_sales_units_yoy", "M", "2023-05", Decimal(300)),
}
HELD = frozenset({"index.html", "page99-empty.html", "117010-layout-changed.html", "121310-antibot.html"})
EVENTS = {
    ("121004-4day.html", "work_week_cut", date(2025, 9, 29), "AvtoVAZ", Decimal(4)),
    ("121555-5day.html", "work_week_restored", date(2026, 1, 1), "AvtoVAZ", Decimal(5)),
}


def _recorded() -> dict[str, list[Row]]:
    folder = RECORDED / "www.lada.ru" / "press-releases"
    if not folder.is_dir():
        pytest.skip(f"no recorded pages in {folder}")
    return {path.name: said(path.read_bytes()) for path in sorted(folder.iterdir()) if path.name not in HELD}


@pytest.mark.recorded
def test_every_true_figure_of_the_recorded_releases_is_read_and_no_other() -> None:
    """Recall and precision over the recorded releases are 100 %."""
    rows = _recorded()
    with (SHARED / "facts" / "carmakers_truth.csv").open(encoding="utf-8", newline="") as file:
        facts = [f for f in csv.DictReader(file) if f["where"].rpartition("/")[2] in rows and "lada.ru" in f["where"]]
    read = {
        (name, o.measure + (f":{o.product}" if o.product else ""), o.freq, o.period): o
        for name, said_here in rows.items()
        for o in said_here
        if isinstance(o, Observation)
    }
    true = set()
    for fact in facts:
        key = (fact["where"].rpartition("/")[2], fact["measure"], fact["freq"], fact["period"].rpartition("..")[2])
        assert key in read, key
        value = read[key].value
        assert value is not None
        assert abs(value - Decimal(fact["value"])) <= Decimal(fact["tolerance"]) + read[key].precision, key
        true.add(key)
    others = {(*key, o.value) for key, o in read.items() if key not in true}
    assert len(true) == 31
    assert others == ALSO_PRINTED


@pytest.mark.recorded
def test_the_recorded_releases_announce_two_events() -> None:
    """Four days a week from 29 September 2025, five again from 1 January 2026; nothing else."""
    found = {
        (name, e.event_type, e.event_date, e.actor, e.value)
        for name, rows in _recorded().items()
        for e in rows
        if isinstance(e, Event)
    }

    assert found == EVENTS


@pytest.mark.recorded
@pytest.mark.parametrize(
    ("name", "error"), [("117010-layout-changed.html", LayoutChanged), ("121310-antibot.html", Blocked)]
)
def test_recorded_pages_that_are_no_releases_are_held(name: str, error: type[LayoutChanged]) -> None:
    """With the reason that the page gives."""
    path = RECORDED / "www.lada.ru" / "press-releases" / name
    if not path.is_file():
        pytest.skip(f"no recorded page {path}")
    with pytest.raises(error):
        said(path.read_bytes())
