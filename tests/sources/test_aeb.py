"""What the figures of the AEB promise: heads decide, scopes stay apart, blank is missing, odd sums are held."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.carmakers import aeb
from sources.contract import Doubt, Observation, Payload, Request, Row, Window
from sources.errors import Blocked, Contradiction, Empty, LayoutChanged, Unreadable, WrongDocument
from tests.payloads.aeb import pages
from tests.payloads.aeb.pages import Writing

SHARED = Path(__file__).parents[2].parent / "shared"
NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
NIGHT = Window(date(2026, 8, 1), date(2026, 9, 1), NOW, nightly=True)
Key = tuple[str, str, str | None, str, str]


def rows(body: bytes, *, period: str = "") -> list[Row]:
    """All that a document says."""
    payload = Payload("aeb", "file:a", body, "0" * 64, NOW, period=period)
    return list(aeb.parse(payload))


def figures(said: list[Row]) -> dict[Key, Observation]:
    """The figures by dataset, measure, product, frequency and period."""
    return {
        (row.dataset, row.measure, row.product, row.freq, row.period): row
        for row in said
        if isinstance(row, Observation)
    }


def values(said: list[Row]) -> dict[Key, Decimal | None]:
    """The values by the same."""
    return {key: row.value for key, row in figures(said).items()}


AMC, PPC, CARS = "aeb_pc_lcv_amc", "aeb_pc_lcv_ppc", "aeb_pc_ppc"
MARKET, BRAND = "ru_car_market_units", "brand_sales_units"
# Read off the table of November 2022 in the payload builder, which has them from the press.
NOVEMBER: dict[Key, Decimal] = {
    (AMC, MARKET, None, "M", "2022-11"): Decimal(46403),
    (AMC, f"{MARKET}_yoy", None, "M", "2022-11"): Decimal("-61.6"),
    (AMC, MARKET, None, "YTD", "2022-11"): Decimal(548877),
    (AMC, f"{MARKET}_yoy", None, "YTD", "2022-11"): Decimal("-60.9"),
    (AMC, "lada_sales_units", None, "M", "2022-11"): Decimal(21726),
    (AMC, "lada_sales_units_yoy", None, "M", "2022-11"): Decimal(-18),
    (AMC, "lada_sales_units", None, "YTD", "2022-11"): Decimal(164636),
    (AMC, "lada_sales_units_yoy", None, "YTD", "2022-11"): Decimal(-49),
    (AMC, BRAND, "haval", "M", "2022-11"): Decimal(4552),
    (AMC, f"{BRAND}_yoy", "haval", "M", "2022-11"): Decimal(-7),
    (AMC, BRAND, "haval", "YTD", "2022-11"): Decimal(29023),
    (AMC, f"{BRAND}_yoy", "haval", "YTD", "2022-11"): Decimal(-17),
    (AMC, BRAND, "gaz_lcv", "M", "2022-11"): Decimal(4224),
    (AMC, f"{BRAND}_yoy", "gaz_lcv", "M", "2022-11"): Decimal(-22),
    (AMC, BRAND, "gaz_lcv", "YTD", "2022-11"): Decimal(33500),
    (AMC, f"{BRAND}_yoy", "gaz_lcv", "YTD", "2022-11"): Decimal(-33),
    (AMC, BRAND, "faw", "M", "2022-11"): Decimal(199),
    (AMC, f"{BRAND}_yoy", "faw", "M", "2022-11"): Decimal(23),
    (AMC, BRAND, "dfm", "M", "2022-11"): Decimal(156),
    (AMC, f"{BRAND}_yoy", "dfm", "M", "2022-11"): Decimal(123),
    (AMC, BRAND, "mitsubishi", "M", "2022-11"): Decimal(13),
    (AMC, BRAND, "mitsubishi", "M", "2021-11"): Decimal(3023),
    (AMC, BRAND, "lexus", "M", "2022-11"): Decimal(2),
    (AMC, BRAND, "lexus", "M", "2021-11"): Decimal(908),
}


# --- tables by brands ---------------------------------------------------------------------------------------------

WRITINGS = [
    Writing(), Writing(apart=True, packed=True), Writing(torn=True), Writing(moved=True, made="D:20221206100000+03'00'")
]  # fmt: skip


@pytest.mark.parametrize("ytd_first", [False, True])
@pytest.mark.parametrize("to_the_right", [False, True])
@pytest.mark.parametrize("how", WRITINGS, ids=str)
def test_the_head_of_a_table_decides_and_not_the_place(how: Writing, to_the_right: bool, ytd_first: bool) -> None:
    """Month first or year to date first, cells to the left or to the right: each figure is that of its own head."""
    body = pages.brands(how=how, ytd_first=ytd_first, to_the_right=to_the_right)

    assert values(rows(body)) == NOVEMBER


def test_a_blank_cell_is_missing_and_not_zero() -> None:
    """FAW has no figure for the year before, nor since January: there is no row, and no figure moves into the gap."""
    dashed = {name: tuple(cell or "-" for cell in cells) for name, cells in pages.BRANDS.items()}

    for body in (pages.brands(), pages.brands(dashed)):
        faw = {key[1:]: value for key, value in values(rows(body)).items() if key[2] == "faw"}
        assert faw == {
            (BRAND, "faw", "M", "2022-11"): Decimal(199), (f"{BRAND}_yoy", "faw", "M", "2022-11"): Decimal(23),
        }  # fmt: skip


def test_last_years_column_restates_last_year() -> None:
    """Mitsubishi's 3,023 is for November 2021, and marked as what a later document says."""
    then = figures(rows(pages.brands()))[AMC, BRAND, "mitsubishi", "M", "2021-11"]

    assert (then.reconstructed, then.obs_status, then.unit, then.reporter) == (True, "A", "units", "RU")
    assert then.locator == "page 1 line 11 Mitsubishi, november 2021"


@pytest.mark.parametrize(
    ("made", "published"),
    [
        ("D:20221206100000+03'00'", date(2022, 12, 6)),
        ("", None),
        ("D:20190101000000Z", None),
        ("D:20250101000000Z", None),
    ],
    ids=["with the release", "no day", "a template's", "exported anew years later"],
)
def test_the_day_of_the_release_is_that_of_the_file_where_it_can_be(made: str, published: date | None) -> None:
    """A PDF prints no day: that of its making counts if it lies in the two months after the period."""
    said = figures(rows(pages.brands(how=Writing(made=made))))

    assert {row.published for row in said.values()} == {published}


def whole(total: str = "26,278") -> pages.Table:
    """Two brands and a TOTAL that is their sum (21,726 and 4,552) unless another is given."""
    return {
        "LADA*": ("21,726", "", "", "164,636", "", ""), "Haval": ("4,552", "", "", "29,023", "", ""),
        "TOTAL": (total, "", "-61.6%", "193,659", "", ""),
    }  # fmt: skip


@pytest.mark.parametrize(("total", "held"), [("26,278", 0), ("26,410", 0), ("26,411", 3), ("26,146", 3), ("2,628", 3)])
def test_brands_that_do_not_add_up_are_held_with_their_total(total: str, held: int) -> None:
    """Over half a percent off in one column: its figures wait for a person, the other columns load."""
    said = rows(pages.brands(whole(total), note=""))
    doubts = [row for row in said if isinstance(row, Doubt)]

    assert len(doubts) == held
    assert all(f"TOTAL {total.replace(',', '')}" in row.reason for row in doubts)
    assert values(said)[AMC, MARKET, None, "YTD", "2022-11"] == Decimal(193659)
    assert ((AMC, MARKET, None, "M", "2022-11") in figures(said)) == (not held)


def test_brands_that_are_said_not_to_add_up_load() -> None:
    """The document itself says that brands are left out."""
    assert not [row for row in rows(pages.brands(note=pages.NO_SUM)) if isinstance(row, Doubt)]
    assert [row for row in rows(pages.brands(note="")) if isinstance(row, Doubt)]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (("-7%", "", "4,552", "", "", ""), "stands under"),
        (("4552,", "", "", "", "", ""), "not a number"),
        (("45,52", "", "", "", "", ""), "not a number"),
        (("4,552", "", "-7%", "", "", "-17%"), "without the count that it is a change of"),
        (("4,552", "", "-7%", "29,023", "", "-17 %"), "its last cell is no figure"),
    ],
)
def test_a_row_that_cannot_be_read_is_held_alone(cells: tuple[str, ...], reason: str) -> None:
    """A percentage among counts, a comma in another place: the rest of the table loads."""
    said = rows(pages.brands({**pages.BRANDS, "Haval": cells}))
    (doubt,) = [row for row in said if isinstance(row, Doubt)]

    assert reason in doubt.reason
    assert doubt.locator.startswith("page 1 line 7")
    assert values(said) == {key: value for key, value in NOVEMBER.items() if key[2] != "haval"}


def test_a_brand_that_stands_twice_with_two_values_is_held() -> None:
    """Neither of them is guessed to be the right one."""
    twice = {**pages.BRANDS, "Haval*": ("4,553", *[""] * 5)}
    said = rows(pages.brands({name: twice[name] for name in ("LADA*", "Haval", "Haval*", "TOTAL")}))

    assert (AMC, BRAND, "haval", "M", "2022-11") not in values(said)
    assert [row.found for row in said if isinstance(row, Doubt)] == ["4552 / 4553"] * 2
    assert values(said)[AMC, BRAND, "haval", "YTD", "2022-11"] == Decimal(29023)


def test_names_of_brands_are_those_that_sentences_use() -> None:
    """Without note marks, in lower case; `Mercedes-Benz` is the brand that sentences call Mercedes."""
    named = {"Mercedes-Benz 2)": ("1", *[""] * 5), "Li Auto**": ("2", *[""] * 5), "TOTAL": pages.BRANDS["TOTAL"]}

    assert {key[2] for key in figures(rows(pages.brands(named)))} == {"mercedes", "li_auto", None}


@pytest.mark.parametrize(
    ("layout", "kind"),
    [
        ({"title": pages.TITLE.replace("BRANDS", "GROUPS")}, LayoutChanged),
        ({"title": "TOP 25 MODELS FOR NOVEMBER"}, LayoutChanged),
        ({"title": pages.TITLE.replace(" AND LCV", "")}, LayoutChanged),
        ({"title": pages.TITLE.replace("NOVEMBER", "OCTOBER")}, Contradiction),
        ({"title": "SALES OF NEW CARS AND LCV BY BRANDS FOR NOVEMBER 2023"}, Contradiction),
        ({"heads": ("2022", "2021", "2022", "2021", "YoY", "YoY")}, LayoutChanged),
        ({"heads": ("2022", "2020", "YoY", "2022", "2020", "YoY")}, LayoutChanged),
        ({"heads": ("now", "then", "change", "now", "then", "change")}, LayoutChanged),
        ({"spans": ("November", "March-November")}, LayoutChanged),
        ({"spans": ("November", "")}, LayoutChanged),
        ({"spans": ("November", "November")}, LayoutChanged),
        ({"rows": {"LADA*": pages.BRANDS["LADA*"]}}, LayoutChanged),
    ],
    ids=[
        "by groups", "models", "without LCV", "another month", "another year", "columns moved", "two years apart",
        "no years", "from March", "a period missing", "a period twice", "no TOTAL",
    ],
)  # fmt: skip
def test_a_table_of_another_kind_gives_no_row(layout: dict[str, object], kind: type[LayoutChanged]) -> None:
    """Read in full or not at all."""
    with pytest.raises(LayoutChanged) as caught:
        rows(pages.brands(**layout))  # type: ignore[arg-type]

    assert type(caught.value) is kind


def test_one_period_alone_is_read() -> None:
    """January's table has no year to date beside it."""
    body = pages.brands(
        {"LADA*": ("21,726", "", ""), "TOTAL": ("21,726", "", "")}, spans=("January",), heads=("2022", "2021", "YoY"),
        title="SALES OF NEW CARS AND LCV IN RUSSIA BY BRANDS FOR JANUARY",
    )  # fmt: skip

    assert set(values(rows(body))) == {
        (AMC, "lada_sales_units", None, "M", "2022-01"), (AMC, MARKET, None, "M", "2022-01")
    }  # fmt: skip


def test_december_is_the_year() -> None:
    """`January-December` is the year's figure."""
    body = pages.brands(
        whole(), spans=("December", "January-December"), title=pages.TITLE.replace("NOVEMBER", "DECEMBER")
    )

    assert values(rows(body))[AMC, MARKET, None, "A", "2022"] == Decimal(193659)


@given(
    brands=st.lists(
        st.tuples(*[st.none() | st.integers(0, 999_999)] * 4, *[st.none() | st.integers(-999, 9999)] * 2),
        min_size=1, max_size=12,
    ),
    ytd_first=st.booleans(),
    how=st.sampled_from(WRITINGS),
)  # fmt: skip
def test_a_table_is_read_as_it_was_written(brands: list[tuple[int | None, ...]], ytd_first: bool, how: Writing) -> None:
    """There and back, whatever cells are blank: nothing moves, nothing is made up.

    A change never stands alone: beside it is the count that it is a change of.
    """
    brands = [
        (now, then, ytd, ytd_then, None if now is None else yoy, None if ytd is None else ytd_yoy)
        for now, then, ytd, ytd_then, yoy, ytd_yoy in brands
    ]
    names = [f"Brand {chr(65 + n)}" for n in range(len(brands))]
    table: dict[str, tuple[str, ...]] = {}
    wanted: dict[Key, Decimal] = {}
    for name, (now, then, ytd, ytd_then, yoy, ytd_yoy) in zip(names, brands, strict=True):
        product = name.lower().replace(" ", "_")
        for measure, freq, year, value in (
            (BRAND, "M", 2022, now), (BRAND, "M", 2021, then),
            (BRAND, "YTD", 2022, ytd), (BRAND, "YTD", 2021, ytd_then),
            (f"{BRAND}_yoy", "M", 2022, yoy), (f"{BRAND}_yoy", "YTD", 2022, ytd_yoy),
        ):  # fmt: skip
            if value is not None:
                wanted[AMC, measure, product, freq, f"{year}-11"] = Decimal(value)
        counts = ["" if value is None else f"{value:,}" for value in (now, then, ytd, ytd_then)]
        changes = ["" if value is None else f"{value}%" for value in (yoy, ytd_yoy)]
        table[name] = (*counts[:2], changes[0], *counts[2:], changes[1])
    table["TOTAL"] = pages.BRANDS["TOTAL"]

    said = values(rows(pages.brands(table, how=how, ytd_first=ytd_first)))

    assert {key: value for key, value in said.items() if key[2] is not None} == wanted


# --- releases as pages --------------------------------------------------------------------------------------------


def test_two_totals_of_one_month_are_two_series() -> None:
    """March 2025: 82,656 by makers and importers, 83,095 by vehicle passports; each with its own dataset."""
    assert values(rows(pages.march())) == {
        (AMC, MARKET, None, "M", "2025-03"): Decimal(82656),
        (PPC, MARKET, None, "M", "2025-03"): Decimal(83095),
        (PPC, f"{MARKET}_yoy", None, "M", "2025-03"): Decimal(-45),
        (PPC, MARKET, None, "YTD", "2025-03"): Decimal(254069),
        (PPC, f"{MARKET}_yoy", None, "YTD", "2025-03"): Decimal(-26),
    }
    assert {row.published for row in figures(rows(pages.march())).values()} == {date(2025, 4, 3)}


def test_a_table_of_two_counts_keeps_their_scopes_apart() -> None:
    """July 2023: 52,832 with light commercial vehicles, 100,343 without; the change in units is no series."""
    assert values(rows(pages.july_2023())) == {
        (AMC, MARKET, None, "M", "2023-07"): Decimal(52832),
        (AMC, f"{MARKET}_yoy", None, "M", "2023-07"): Decimal(63),
        (CARS, MARKET, None, "M", "2023-07"): Decimal(100343),
        (CARS, f"{MARKET}_yoy", None, "M", "2023-07"): Decimal("144.7"),
    }


def test_before_2023_there_is_one_count_and_avtovaz_is_lada() -> None:
    """July 2022 names no basis: makers and importers; AVTOVAZ is LADA with its light commercial vehicles."""
    assert values(rows(pages.july_2022())) == {
        (AMC, MARKET, None, "M", "2022-07"): Decimal(32412),
        (AMC, f"{MARKET}_yoy", None, "M", "2022-07"): Decimal("-74.9"),
        (AMC, "lada_sales_units", None, "M", "2022-07"): Decimal(10323),
        (AMC, "lada_sales_units", None, "YTD", "2022-07"): Decimal(85037),
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "New cars and LCVs sold in March 2025: 82,656.",
        "AMC members and PPC: 82,656 new cars and LCVs in March 2025.",
    ],
    ids=["no basis", "both"],
)
def test_a_total_without_a_scope_is_held(sentence: str) -> None:
    """Since there are several counts, one that isn't named is nobody's."""
    said = rows(pages.page(*pages.MARCH_2025[:2], sentence, pages.MARCH_2025[3]))
    held = [row for row in said if isinstance(row, Doubt)]

    assert len(held) == 1
    assert Decimal(82656) not in values(said).values()
    assert values(said)[PPC, MARKET, None, "YTD", "2025-03"] == Decimal(254069)


def test_after_a_sentence_on_passenger_cars_alone_a_total_of_vehicles_is_held() -> None:
    """`Vehicles` may then be passenger cars, or all: neither is guessed. Of makers there is no such series at all."""
    said = rows(pages.page(*pages.MARCH_2025[:2], "AMC members sold 82,656 passenger cars.", pages.MARCH_2025[3]))

    assert values(said) == {}
    assert {row.reason.partition(":")[0] for row in said if isinstance(row, Doubt)} == {"scope unclear"}


def test_registrations_by_vehicle_passport_are_the_market() -> None:
    """`Registered` and `sold` are one series where the association counts vehicle passports."""
    said = rows(pages.page(*pages.MARCH_2025[:2], "PPC: 83,095 new cars and LCVs were registered in March 2025."))

    assert values(said) == {(PPC, MARKET, None, "M", "2025-03"): Decimal(83095)}


def test_a_change_is_never_booked_to_the_year_that_it_is_against() -> None:
    """`45% below March 2024` is March 2025's change: as such, or not at all."""
    sentence = (
        "In March the market of cars and LCVs reached 83,095 units according to PPC, which is 45% below March 2024."
    )
    said = values(rows(pages.page(*pages.MARCH_2025[:2], sentence)))

    assert said[PPC, MARKET, None, "M", "2025-03"] == Decimal(83095)
    assert set(said) <= {(PPC, measure, None, "M", "2025-03") for measure in (MARKET, f"{MARKET}_yoy")}


def test_a_row_of_a_table_without_a_scope_is_held() -> None:
    """`All makers` says neither whose count it is nor of what."""
    said = rows(pages.july_2023((*pages.JULY_2023, ("All makers", "1,000", "", "+1%"))))

    assert [row.reason for row in said if isinstance(row, Doubt)] == ["scope unclear", "scope unclear"]
    assert len(figures(said)) == 4


def test_two_values_for_one_total_are_both_held() -> None:
    """A page that contradicts itself decides nothing."""
    said = rows(pages.page(*pages.MARCH_2025, "PPC counts 93,095 vehicles in March 2025."))

    assert (PPC, MARKET, None, "M", "2025-03") not in values(said)
    assert len([row for row in said if isinstance(row, Doubt)]) == 2


def test_electric_cars_and_other_vehicles_are_no_part_of_these_series() -> None:
    """A figure of another class makes no row."""
    said = rows(pages.page(*pages.MARCH_2025, "By PPC 1,000 electric cars were sold in March 2025."))

    assert values(said) == values(rows(pages.march()))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", Empty),
        (b"<html><head><title>403 Forbidden</title></head><body>403 Forbidden</body></html>", Blocked),
        (b"<!DOCTYPE html><html><body><h1>News</h1><p>82,656 cars.</p></body></html>", WrongDocument),
        (pages.pictures(), Unreadable),
        (pages.document([pages.drawn([(60, 700, 9, "Annual report")], Writing())]), WrongDocument),
        (pages.page(pages.MARCH_2025[0], "3 April 25", *pages.MARCH_2025[2:]), LayoutChanged),
        (pages.page(pages.MARCH_2025[0], "04/03/2025", *pages.MARCH_2025[2:]), LayoutChanged),
        (pages.page("Sales of cars in March", *pages.MARCH_2025[1:]), LayoutChanged),
        (pages.page(pages.MARCH_2025[0], "03.03.2025", *pages.MARCH_2025[2:]), Contradiction),
        (pages.page(*pages.MARCH_2025[:2], "The press conference is at noon."), LayoutChanged),
        (pages.july_2023((("Basis", "July", "YoY"), ("AMC members, cars and LCV", "52,832", "+63%"))), LayoutChanged),
        (pages.july_2023((("Makers", "July 2023"), ("AMC members, cars and LCV", "52,832"))), LayoutChanged),
        (pages.march().replace(b"</html>", b""), LayoutChanged),
    ],
    ids=[
        "nothing", "refused", "another page", "a PDF of pictures", "another PDF", "two-digit year", "month first",
        "no year", "before its month ended", "no figure", "a month without a year", "another table", "cut",
    ],
)  # fmt: skip
def test_what_is_no_release_ends_in_a_reason(body: bytes, kind: type[LayoutChanged]) -> None:
    """And never in a figure."""
    with pytest.raises(LayoutChanged) as caught:
        rows(body)

    assert type(caught.value) is kind


@pytest.mark.parametrize("body", [pages.march(), pages.brands()], ids=["page", "PDF"])
def test_a_release_of_another_month_than_asked_for_is_refused(body: bytes) -> None:
    """An old release under a new address doesn't become the new month's."""
    with pytest.raises(Contradiction):
        rows(body, period="2025-04")


# --- the list -----------------------------------------------------------------------------------------------------


def linked(body: bytes, window: Window = NIGHT) -> list[Request]:
    """What a list leads to."""
    return list(aeb.links(Payload("aeb", aeb.LIST, body, "0" * 64, NOW, role="index"), window))


def test_two_languages_of_a_release_are_one_release() -> None:
    """The English one is asked for, once, with the month that its anchor names."""
    asked = linked(pages.listing([*pages.LISTED, *pages.LISTED]))

    assert [(request.period, request.role, request.url.rsplit("/", 1)[1]) for request in asked] == [
        ("2025-03", "data", "eng_sales-march-2025.pdf"),
        ("2024-05", "data", "eng_sales-may-2024.pdf"),
        ("2022-11", "data", "eng_sales-november-2022.pdf"),
    ]
    assert asked[0].url == "https://aebrus.ru/upload/iblock/a11/eng_sales-march-2025.pdf"


def test_where_a_pdf_is_gone_the_release_is_asked_for_as_a_page() -> None:
    """No list links the pages; they bear the month in their address."""
    (otherwise,) = linked(pages.listing())[0].otherwise

    assert (otherwise.url, otherwise.period, otherwise.role) == (
        "https://aebrus.ru/en/news/car-sales-march-2025.php", "2025-03", "data",
    )  # fmt: skip


def test_a_release_in_russian_alone_is_kept_and_not_read() -> None:
    """Its bytes are archived; nobody guesses at its table."""
    (asked,) = linked(pages.listing(pages.LISTED[1:2]))

    assert (asked.period, asked.role) == ("2025-03", "keep")


def test_a_backfill_takes_its_months_and_goes_on_to_older_pages() -> None:
    """Only as far as the window reaches back."""
    may = Window(date(2024, 5, 1), date(2024, 5, 31), NOW)
    older = Window(date(2019, 1, 1), date(2022, 11, 30), NOW)

    assert [request.period for request in linked(pages.listing(), may)] == ["2024-05"]
    month, further = linked(pages.listing(), older)
    assert month.period == "2022-11"
    assert (further.role, further.address) == ("index", f"{aeb.LIST}?PAGEN_1=2")


@pytest.mark.parametrize(
    "body",
    [
        pages.listing([]),
        pages.listing([("/a.pdf", "Annual report 2024")]),
        pages.listing([("/a/", "Sales in May 2024")]),
    ],
    ids=["empty", "no month", "no document"],
)
def test_a_list_without_releases_is_a_failure(body: bytes) -> None:
    """Not a night without news."""
    with pytest.raises(LayoutChanged):
        linked(body)


def test_the_list_is_asked_for_every_time() -> None:
    """One address, whatever the window."""
    assert [(request.url, request.role) for request in aeb.plan(NIGHT)] == [(aeb.LIST, "index")]


# --- recorded -----------------------------------------------------------------------------------------------------

FOLDER = SHARED / "recorded" / "carmakers"
DATASETS = {"pc_lcv; AMC members": AMC, "pc_lcv; PPC": PPC, "pc; PPC": CARS}
# Printed on the recorded pages and not in the list of facts; read off the pages by hand.
ALSO_PRINTED: dict[tuple[str, Key], Decimal] = {
    ("car-sales-july-2022.html", (AMC, MARKET, None, "YTD", "2022-07")): Decimal(368900),
    ("car-sales-july-2022.html", (AMC, f"{MARKET}_yoy", None, "YTD", "2022-07")): Decimal("-60.5"),
    ("car-sales-july-2022.html", (AMC, "lada_sales_units_yoy", None, "M", "2022-07")): Decimal(-68),
    ("car-sales-july-2022.html", (AMC, "lada_sales_units_yoy", None, "YTD", "2022-07")): Decimal(-63),
    ("car-sales-september-2023.html", (PPC, f"{MARKET}_yoy", None, "YTD", "2023-09")): Decimal("42.8"),
    ("car-sales-september-2023.html", (AMC, f"{MARKET}_yoy", None, "YTD", "2023-09")): Decimal("26.1"),
    **{
        ("eng_car-sales-in-november-2022.pdf", key): value
        for key, value in NOVEMBER.items()
        if key[1] in {"lada_sales_units_yoy", f"{BRAND}_yoy"}
    },
}


def truths() -> list[tuple[str, Key, Decimal, Decimal]]:
    """File, key, value and tolerance of each true figure that stands on a recorded page."""
    if not FOLDER.is_dir():
        pytest.skip(f"no recorded pages in {FOLDER}")
    with (SHARED / "facts" / "carmakers_truth.csv").open(encoding="utf-8", newline="") as file:
        facts = [row for row in csv.DictReader(file) if row["source"] == "aeb" and row["where"]]
    found = []
    for row in facts:
        measure, _, product = row["measure"].partition(":")
        key = (DATASETS[row["scope"]], measure, product or None, row["freq"], row["period"].rpartition("..")[2])
        found.append((row["where"].rpartition("/")[2], key, Decimal(row["value"]), Decimal(row["tolerance"])))
    return found


def recorded() -> dict[tuple[str, Key], Decimal | None]:
    """All that the recorded documents give."""
    return {
        (path.name, key): value
        for path in sorted((FOLDER / "aebrus.ru").iterdir())
        if path.suffix in {".html", ".pdf"} and "list" not in path.name
        for key, value in values(rows(path.read_bytes())).items()
    }


@pytest.mark.recorded
def test_every_true_figure_of_the_recorded_documents_is_found() -> None:
    """33 of 33, each in its own scope and within its tolerance."""
    wanted, found = truths(), recorded()
    missed = [one for one in wanted if not abs((found.get(one[:2]) or Decimal("Infinity")) - one[2]) <= one[3]]

    assert missed == []
    assert len(wanted) == 33


@pytest.mark.recorded
def test_no_recorded_document_gives_a_wrong_figure() -> None:
    """Whatever is not in the list of facts was read off the document by hand."""
    known = {(file, key): value for file, key, value, _ in truths()} | ALSO_PRINTED
    tolerance = {(file, key): gap for file, key, _, gap in truths()}
    wrong = [
        (key, value)
        for key, value in recorded().items()
        if key not in known or value is None or abs(known[key] - value) > tolerance.get(key, Decimal(0))
    ]

    assert wrong == []


@pytest.mark.recorded
def test_no_recorded_document_leaves_a_doubt() -> None:
    """All that they print can be told."""
    truths()
    held = [
        row
        for path in (FOLDER / "aebrus.ru").iterdir()
        if path.suffix in {".html", ".pdf"} and "list" not in path.name
        for row in rows(path.read_bytes())
        if not isinstance(row, Observation)
    ]

    assert held == []


@pytest.mark.recorded
def test_the_recorded_list_leads_to_each_release_once() -> None:
    """March 2025 and November 2022, in English."""
    truths()

    asked = linked((FOLDER / "aebrus.ru" / "sales-list.html").read_bytes())

    assert [request.url for request in asked] == [
        "https://aebrus.ru/upload/iblock/a11/eng_car-sales-in-march-2025.pdf",
        "https://aebrus.ru/upload/iblock/7c4/eng_car-sales-in-november-2022.pdf",
    ]
