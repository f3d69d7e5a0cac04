"""What the CPCA's exports promise: units by the head's cell, one row for two months, no fact twice."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.carmakers import cpca
from sources.contract import Doubt, Observation, Payload, Request, Row, Window
from sources.errors import Blocked, Empty, LayoutChanged, Unreadable, WrongDocument
from tests.payloads.cpca import pages

SHARED = Path(__file__).parents[2].parent / "shared"
NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
NIGHT = Window(date(2026, 8, 1), date(2026, 9, 1), NOW, nightly=True)
Key = tuple[str, str, str | None, str, str]

ALL, CARS = "cpca_vehicle_exports", "cpca_passenger_car_exports"
VEHICLES, NEV = "cn_vehicle_exports_units", "cn_nev_exports_units"
TITLE, DAY = "【出口分析】2025年9月汽车出口分析", "2025-11-13"


def rows(body: bytes, *, period: str = "") -> list[Row]:
    """All that an article says."""
    return list(cpca.parse(Payload("cpca", "file:a", body, "0" * 64, NOW, period=period)))


def figures(said: list[Row]) -> dict[Key, Observation]:
    """The figures by dataset, measure, destination, frequency and period."""
    return {
        (row.dataset, row.measure, row.partner, row.freq, row.period): row
        for row in said
        if isinstance(row, Observation)
    }


def values(said: list[Row]) -> dict[Key, Decimal | None]:
    """The values by the same."""
    return {key: row.value for key, row in figures(said).items()}


def doubts(said: list[Row]) -> list[Doubt]:
    """What is held."""
    return [row for row in said if isinstance(row, Doubt)]


# --- figures ------------------------------------------------------------------------------------------------------


def test_month_and_year_in_one_article_are_told_apart() -> None:
    """2025: of sentences in 万 and of a table in 万辆; the change in vehicles (增量) is no series."""
    assert values(rows(pages.year())) == {
        (ALL, VEHICLES, "W0", "M", "2025-12"): Decimal(990000),
        (ALL, f"{VEHICLES}_yoy", "W0", "M", "2025-12"): Decimal(73),
        (ALL, f"{VEHICLES}_mom", "W0", "M", "2025-12"): Decimal(23),
        (ALL, VEHICLES, "W0", "A", "2025"): Decimal(8320000),
        (ALL, f"{VEHICLES}_yoy", "W0", "A", "2025"): Decimal(30),
        (ALL, NEV, "W0", "A", "2025"): Decimal(3430000),
        (ALL, VEHICLES, "RU", "A", "2024"): Decimal(1158000),
        (ALL, VEHICLES, "RU", "A", "2025"): Decimal(582700),
        (ALL, VEHICLES, "MX", "A", "2025"): Decimal(625200),
        (ALL, VEHICLES, "AE", "A", "2025"): Decimal(571900),
        (ALL, VEHICLES, "KZ", "A", "2025"): Decimal(211500),
    }
    russia = figures(rows(pages.year()))[ALL, VEHICLES, "RU", "A", "2025"]
    assert (russia.reporter, russia.flow, russia.partner_kind, russia.unit) == ("CN", "X", "country", "units")
    assert (russia.precision, russia.obs_status, russia.published) == (Decimal(50), "P", date(2026, 1, 27))


def test_one_fact_in_two_units_is_one_figure_the_finer() -> None:
    """357,708 in the table and 35.7万 in the text (cut off, not rounded): the table's stays, exact."""
    said = rows(pages.nine_months())
    russia = figures(said)[ALL, VEHICLES, "RU", "YTD", "2025-09"]

    assert (russia.value, russia.precision, russia.obs_status) == (Decimal(357708), Decimal(0), "A")
    assert russia.locator == "table 1 row 3 column 2"
    assert values(said) == {
        (ALL, VEHICLES, "MX", "YTD", "2025-09"): Decimal(410739),
        (ALL, VEHICLES, "RU", "YTD", "2025-09"): Decimal(357708),
        (ALL, VEHICLES, "GB", "YTD", "2025-09"): Decimal(224590),
        (ALL, VEHICLES, "W0", "YTD", "2025-09"): Decimal(5710000),
        (ALL, f"{VEHICLES}_yoy", "RU", "YTD", "2025-09"): Decimal(-58),
    }


def test_two_values_that_are_not_one_figure_are_both_held() -> None:
    """35.9万 in the text is not 357,708."""
    said = rows(pages.article(TITLE, DAY, ("1-9月对俄罗斯出口35.9万辆。",), pages.NINE_MONTHS))

    assert (ALL, VEHICLES, "RU", "YTD", "2025-09") not in values(said)
    assert [(row.locator.split()[0], row.found) for row in doubts(said)] == [
        ("table", "357708 / 359000"), ("text", "357708 / 359000"),
    ]  # fmt: skip


def test_january_and_february_are_one_row() -> None:
    """57,500 since January to the end of February; never February alone."""
    said = figures(rows(pages.two_months()))

    assert {key[3:] for key in said} == {("YTD", "2025-02")}
    russia = said[ALL, VEHICLES, "RU", "YTD", "2025-02"]
    assert (russia.value, russia.period_start, russia.period_end) == (
        Decimal(57500), date(2025, 1, 1), date(2025, 2, 28)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("charset", "declared"),
    [("gb18030", "gb2312"), ("utf-8", "gb2312"), ("gb18030", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "big5")],
)
def test_bytes_are_read_by_trial_whatever_they_declare(charset: str, declared: str) -> None:
    """UTF-8 if they are, else GB18030: the same figures from each."""
    assert values(rows(pages.nine_months(charset, declared))) == values(rows(pages.nine_months()))


def test_bytes_in_no_such_character_set_are_refused() -> None:
    """Nothing is replaced or left out."""
    with pytest.raises(LayoutChanged, match="UTF-8 or GB18030"):
        rows(pages.nine_months().replace("俄罗斯".encode("gb18030"), b"\xff\xff\xff"))


def test_the_title_decides_what_is_counted() -> None:
    """Reports on all vehicles and on passenger cars look alike and are two series."""
    said = rows(pages.article("【出口分析】2025年9月乘用车出口分析", DAY, (), pages.NINE_MONTHS))

    assert values(said) == {
        (CARS, "cn_car_exports_units", "MX", "YTD", "2025-09"): Decimal(410739),
        (CARS, "cn_car_exports_units", "RU", "YTD", "2025-09"): Decimal(357708),
        (CARS, "cn_car_exports_units", "GB", "YTD", "2025-09"): Decimal(224590),
    }


def test_passenger_cars_in_a_report_on_all_vehicles_are_their_own_series() -> None:
    """And trucks are none of ours."""
    said = rows(pages.article(TITLE, DAY, ("9月乘用车出口50万辆。", "9月卡车出口8万辆。")))

    assert values(said) == {(CARS, "cn_car_exports_units", "W0", "M", "2025-09"): Decimal(500000)}


def test_a_sentence_after_one_on_electric_cars_is_held_unless_it_says_more() -> None:
    """`To Belgium 3万` behind `electric cars 30万` may be either; in a paragraph of its own it is all vehicles."""
    together = rows(pages.article(TITLE, DAY, ("9月新能源汽车出口30万辆。对比利时出口3万辆。",)))
    apart = rows(pages.article(TITLE, DAY, ("9月新能源汽车出口30万辆。", "9月对比利时出口3万辆。")))

    belgium = (ALL, VEHICLES, "BE", "M", "2025-09")
    assert belgium not in values(together)
    assert [row.reason.partition(":")[0] for row in doubts(together)] == ["scope unclear"]
    assert values(apart)[belgium] == Decimal(30000)
    assert values(apart)[ALL, NEV, "W0", "M", "2025-09"] == Decimal(300000)


@pytest.mark.parametrize("sentence", ["俄罗斯35.8万辆，墨西哥41.1万辆。", "对俄罗斯出口35.8万辆。"])
def test_a_sentence_without_a_period_is_held(sentence: str) -> None:
    """The title's month is that of the year to date as well: 35.8万 is for nine months here."""
    said = rows(pages.article(TITLE, DAY, (sentence,), pages.NINE_MONTHS[:2]))

    assert set(values(said)) == {(ALL, VEHICLES, "MX", "YTD", "2025-09")}
    assert {row.reason.partition(":")[0] for row in doubts(said)} == {"period unclear"}


def test_figures_from_customs_data_are_its_own() -> None:
    """It counts from customs data: to say so makes no quotation of them."""
    (row,) = figures(rows(pages.article(TITLE, DAY, ("据海关数据，9月汽车出口70万辆。",)))).values()

    assert (row.dataset, row.obs_status, row.value) == (ALL, "P", Decimal(700000))


# --- tables -------------------------------------------------------------------------------------------------------


def table(*lines: tuple[str, ...], title: str = TITLE, day: str = DAY) -> list[Row]:
    """What an article with this table alone says."""
    return rows(pages.article(title, day, (), lines))


def test_each_column_has_the_unit_and_period_of_its_own_head() -> None:
    """A month in 万辆 beside a year to date in 辆, with the change behind each; last year's is a restatement.

    Russia's months and the total are made up for this table.
    """
    said = table(
        ("国家", "9月（万辆）", "同比", "2025年1-9月（辆）", "同比(%)", "2024年1-9月（辆）"),
        ("俄罗斯", "4.52", "-39%", "357708", "-58", "849000"),
        ("合计", "70.3", "+21%", "", "", ""),
    )

    assert values(said) == {
        (ALL, VEHICLES, "RU", "M", "2025-09"): Decimal(45200),
        (ALL, f"{VEHICLES}_yoy", "RU", "M", "2025-09"): Decimal(-39),
        (ALL, VEHICLES, "RU", "YTD", "2025-09"): Decimal(357708),
        (ALL, f"{VEHICLES}_yoy", "RU", "YTD", "2025-09"): Decimal(-58),
        (ALL, VEHICLES, "RU", "YTD", "2024-09"): Decimal(849000),
        (ALL, VEHICLES, "W0", "M", "2025-09"): Decimal(703000),
        (ALL, f"{VEHICLES}_yoy", "W0", "M", "2025-09"): Decimal(21),
    }
    assert [key[4] for key, row in figures(said).items() if row.reconstructed] == ["2024-09"]
    assert doubts(said) == []


@pytest.mark.parametrize(
    "head",
    ["1-9月", "1-9月（亿元）", "10月（辆）", "3-9月（辆）", "2026年1-9月（辆）", "2024年（辆）", "13月（辆）", "均价"],
)
def test_a_column_without_a_unit_or_with_a_period_that_cannot_be_is_held(head: str) -> None:
    """Its head is shown to a person; the column beside it loads."""
    said = table(("国家", head, "9月（辆）"), ("俄罗斯", "357708", "45200"))

    assert values(said) == {(ALL, VEHICLES, "RU", "M", "2025-09"): Decimal(45200)}
    (doubt,) = doubts(said)
    assert (doubt.locator, doubt.found) == ("table 1 row 1 column 2", head.replace("（", "(").replace("）", ")"))


def test_an_unknown_country_or_an_odd_cell_is_held_alone() -> None:
    """A part of a vehicle in a column of vehicles: 万 was forgotten. A rest is no country."""
    said = table(
        ("国家", "1-9月（辆）"), ("俄罗斯", "35.77"), ("亚特兰蒂斯", "5"), ("英国", "224590"), ("比利时", "-"),
        ("其他", "9"),
    )  # fmt: skip

    assert values(said) == {(ALL, VEHICLES, "GB", "YTD", "2025-09"): Decimal(224590)}
    assert [(row.locator, row.found) for row in doubts(said)] == [
        ("table 1 row 2 column 2", "Russia: 35.77"), ("table 1 row 3", "亚特兰蒂斯"),
    ]  # fmt: skip


def test_a_table_that_is_not_by_country_is_held() -> None:
    """Makers and models are other series."""
    said = rows(pages.article(TITLE, DAY, pages.SEPTEMBER, (("企业", "9月（辆）"), ("奇瑞", "120000"))))

    assert [row.found for row in doubts(said)] == ["企业 | 9月(辆)"]
    assert Decimal(120000) not in values(said).values()


@given(
    counts=st.lists(st.integers(1, 2_000_000), min_size=1, max_size=5),
    ten_thousands=st.booleans(),
    charset=st.sampled_from(["utf-8", "gb18030"]),
)
def test_a_table_is_read_as_it_was_written(counts: list[int], ten_thousands: bool, charset: str) -> None:
    """There and back: 辆 as they are, 万辆 as ten thousands of them with four places."""
    places = dict(zip(["俄罗斯", "墨西哥", "英国", "巴西", "白俄罗斯"], ["RU", "MX", "GB", "BR", "BY"], strict=True))
    head = ("国家", "9月（万辆）" if ten_thousands else "9月（辆）")
    cells = [f"{Decimal(count) / 10_000:.4f}" if ten_thousands else str(count) for count in counts]
    body = pages.article(TITLE, DAY, (), (head, *zip(places, cells, strict=False)), charset=charset)

    assert list(values(rows(body)).values()) == [Decimal(count) for count in counts]
    assert [row.partner for row in figures(rows(body)).values()] == list(places.values())[: len(counts)]


# --- what is no article -------------------------------------------------------------------------------------------


def test_a_refusal_says_that_a_person_can_bring_the_page() -> None:
    """In place of an article and in place of the list."""
    for read in (lambda: rows(pages.REFUSAL), lambda: linked(pages.REFUSAL)):
        with pytest.raises(Blocked, match="amur ingest FILE --source cpca"):
            read()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", Empty),
        (b"<!DOCTYPE html><html><body><h1>x</h1></body></html>", WrongDocument),
        (pages.article("【月度分析】2025年9月全国乘用车市场分析", DAY, pages.SEPTEMBER), WrongDocument),
        (pages.article("【出口分析】汽车出口分析", DAY, pages.SEPTEMBER), LayoutChanged),
        (pages.article("【出口分析】2025年9月新能源汽车出口分析", DAY, pages.SEPTEMBER), LayoutChanged),
        (pages.article("【出口分析】2025年13月汽车出口分析", DAY, pages.SEPTEMBER), LayoutChanged),
        (pages.article(TITLE, "25-11-13", pages.SEPTEMBER), LayoutChanged),
        (pages.article(TITLE, "2025-09-13", pages.SEPTEMBER), LayoutChanged),
        (pages.article(TITLE, "2026-11-13", pages.SEPTEMBER), LayoutChanged),
        (pages.article(TITLE, DAY, ("见下图。",), extra='<img src="a.png">'), Unreadable),
        (pages.article(TITLE, DAY, ("本月无数据。",)), LayoutChanged),
        (pages.year().replace(b"</html>", b""), LayoutChanged),
    ],
    ids=[
        "nothing", "another page", "a report on sales", "no period", "another scope", "month 13", "two-digit year",
        "before its month ended", "republished a year later", "pictures", "no figure", "cut",
    ],
)  # fmt: skip
def test_what_is_no_article_on_exports_ends_in_a_reason(body: bytes, kind: type[LayoutChanged]) -> None:
    """And never in a figure."""
    with pytest.raises(LayoutChanged) as caught:
        rows(body)

    assert type(caught.value) is kind


def test_an_article_on_another_month_than_asked_for_is_refused() -> None:
    """An old article under a new id doesn't become the new month's."""
    with pytest.raises(LayoutChanged, match="2026-01"):
        rows(pages.year(), period="2026-01")


@pytest.mark.parametrize("day", ["2025/11/13", "2025.11.13", "2025年11月13日"])
def test_the_day_may_be_written_otherwise(day: str) -> None:
    """As long as its year has four digits and stands first."""
    assert {row.published for row in figures(rows(pages.article(TITLE, day, pages.SEPTEMBER))).values()} == {
        date(2025, 11, 13)
    }


# --- the list -----------------------------------------------------------------------------------------------------


def linked(body: bytes, window: Window = NIGHT) -> list[Request]:
    """What a list leads to."""
    return list(cpca.links(Payload("cpca", cpca.LIST, body, "0" * 64, NOW, role="index"), window))


def test_the_list_leads_to_articles_on_exports_alone_each_once() -> None:
    """Reports on sales stand in the same list; an item that it repeats is asked for once."""
    asked = linked(pages.listing([*pages.LISTED, *pages.LISTED]))

    assert [(request.period, request.url) for request in asked] == [
        ("2025-12", "https://www.cpcaauto.com/newslist.php?types=csjd&id=4120"),
        ("2025-09", "https://www.cpcaauto.com/newslist.php?types=csjd&id=3988"),
        ("2025-02", "https://www.cpcaauto.com/newslist.php?types=csjd&id=3720"),
    ]


def test_a_backfill_takes_the_months_of_its_window() -> None:
    """January and February stand under February."""
    assert [r.period for r in linked(pages.listing(), Window(date(2025, 2, 1), date(2025, 9, 30), NOW))] == [
        "2025-09", "2025-02",
    ]  # fmt: skip


@pytest.mark.parametrize("body", [pages.listing([]), pages.year()], ids=["empty", "an article"])
def test_a_list_without_articles_is_a_failure(body: bytes) -> None:
    """Not a night without news."""
    with pytest.raises(LayoutChanged):
        linked(body)


def test_every_question_is_asked_in_the_form_that_the_site_wants() -> None:
    """A compatible name that says whose program it is, and where it comes from."""
    for request in (*cpca.plan(NIGHT), *linked(pages.listing())):
        assert request.headers["Referer"] == "https://www.cpcaauto.com/"


# --- recorded -----------------------------------------------------------------------------------------------------

FOLDER = SHARED / "recorded" / "carmakers"
# Printed on the recorded pages and not in the list of facts; read off the pages by hand.
ALSO_PRINTED: dict[tuple[str, Key], Decimal] = {
    ("newslist-3720.html", (ALL, f"{VEHICLES}_yoy", "RU", "YTD", "2025-02")): Decimal(-50),
    ("newslist-3988.gb18030.html", (ALL, f"{VEHICLES}_yoy", "W0", "YTD", "2025-09")): Decimal(21),
    ("newslist-4120.html", (ALL, f"{VEHICLES}_yoy", "W0", "M", "2025-12")): Decimal(73),
    ("newslist-4120.html", (ALL, f"{VEHICLES}_mom", "W0", "M", "2025-12")): Decimal(23),
    ("newslist-4120.html", (ALL, f"{NEV}_yoy", "W0", "A", "2025")): Decimal(70),
}


def truths() -> dict[tuple[str, Key], tuple[Decimal, Decimal]]:
    """Value and tolerance of each true figure that stands on a recorded page."""
    if not FOLDER.is_dir():
        pytest.skip(f"no recorded pages in {FOLDER}")
    with (SHARED / "facts" / "carmakers_truth.csv").open(encoding="utf-8", newline="") as file:
        facts = [row for row in csv.DictReader(file) if row["source"] == "cpca" and row["where"]]
    return {
        (
            row["where"].rpartition("/")[2],
            (ALL, row["measure"], row["geo"], row["freq"], row["period"].rpartition("..")[2]),
        ): (Decimal(row["value"]), Decimal(row["tolerance"]))
        for row in facts
    }


def recorded() -> dict[str, list[Row]]:
    """All that the recorded articles give."""
    return {path.name: rows(path.read_bytes()) for path in sorted((FOLDER / "www.cpcaauto.com").glob("newslist-*"))}


@pytest.mark.recorded
def test_every_true_figure_of_the_recorded_articles_is_found() -> None:
    """36 of 36, each within its tolerance."""
    wanted = truths()
    found = {(file, key): value for file, said in recorded().items() for key, value in values(said).items()}
    missed = [
        key for key, (value, gap) in wanted.items() if not abs((found.get(key) or Decimal("Infinity")) - value) <= gap
    ]

    assert missed == []
    assert len(wanted) == 36


@pytest.mark.recorded
def test_no_recorded_article_gives_a_wrong_figure() -> None:
    """Whatever is not in the list of facts was read off the article by hand; nothing is left in doubt."""
    known = truths() | {key: (value, Decimal(0)) for key, value in ALSO_PRINTED.items()}
    wrong = [
        (file, key, value)
        for file, said in recorded().items()
        for key, value in values(said).items()
        if (file, key) not in known or value is None or abs(value - known[file, key][0]) > known[file, key][1]
    ]

    assert wrong == []
    assert [row for said in recorded().values() for row in doubts(said)] == []


@pytest.mark.recorded
def test_the_recorded_list_and_refusal_are_what_they_are() -> None:
    """Three articles on exports; and a refusal."""
    truths()
    folder = FOLDER / "www.cpcaauto.com"

    asked = linked((folder / "news-csjd.html").read_bytes())

    assert [request.period for request in asked] == ["2025-12", "2025-09", "2025-02"]
    with pytest.raises(Blocked, match="amur ingest"):
        rows((folder / "403.html").read_bytes())
