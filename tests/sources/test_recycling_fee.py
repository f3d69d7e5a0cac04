"""What the recycling fee promises: levels to the rouble by class and day, none of a proposal, the rule for any car."""

import csv
import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.carmakers import recycling_fee
from sources.contract import Doubt, Observation, Payload, Row, Window
from sources.errors import Empty, Incomplete, LayoutChanged, Unreadable, WrongDocument
from sources.parse import fees
from sources.parse.fees import Band, Car, Class, Level
from tests.payloads.recycling_fee import pages

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SHIPPED = ROOT / "sources" / "reference" / "data" / recycling_fee.FILE
NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
NEWSPAPER = "https://www.kommersant.ru/doc/2011198"
NEW, OLDER = "new car 1-2 l, commercial importer", "car older than 3 years 1-2 l, commercial importer"


def rows(body: bytes, *, url: str = "file:a", period: str = "") -> list[Row]:
    """All that a document says."""
    payload = Payload(source="recycling_fee", url=url, body=body, sha256="0" * 64, fetched_at=NOW, period=period)
    return list(recycling_fee.parse(payload))


def levels(said: Sequence[Row], measure: str = "recycling_fee_rub") -> dict[tuple[str, str], Observation]:
    """The rows of a measure by class and day, those of the reference cars left out."""
    return {
        (row.product or "", row.period): row
        for row in said
        if isinstance(row, Observation) and row.measure == measure and row.dataset != "reference_cars"
    }


def doubts(said: Sequence[Row]) -> list[str]:
    """What is held, as found."""
    return [row.found for row in said if isinstance(row, Doubt)]


# --- the decree ---------------------------------------------------------------------------------------------------


def test_the_decree_gives_coefficients_and_their_product_with_its_base_rate() -> None:
    """33.37 of 20,000 roubles are 667,400, for a new car of 1 to 2 litres from 1 January 2025."""
    said = rows(pages.decree())
    row = levels(said)[NEW, "2025-01-01"]

    assert (row.value, row.unit, row.freq, row.obs_status, row.dataset) == (667400, "RUB", "D", "A", "fee_2023")
    assert (row.reporter, row.flow, row.precision) == ("RU", None, 0)
    assert levels(said, "recycling_fee_coefficient")[NEW, "2025-01-01"].value == Decimal("33.37")
    assert levels(said)[OLDER, "2024-10-01"].value == 963800
    assert levels(said)["up to 3 l, new, personal use", "2024-10-01"].value == 3400
    assert row.locator == "table 1 row 3 column 4"
    assert doubts(said) == []


def test_a_level_from_before_the_decree_is_what_it_restates() -> None:
    """The decree of September 2024 prints that of August 2023 as well: it was known before, so it is no news."""
    said = levels(rows(pages.decree()))

    assert {day: said[NEW, day].reconstructed for day in ("2023-08-01", "2024-10-01", "2025-01-01")} == {
        "2023-08-01": True, "2024-10-01": False, "2025-01-01": False,
    }  # fmt: skip
    assert {row.published for row in said.values()} == {date(2024, 9, 13)}
    assert said[NEW, "2023-08-01"].precision == Decimal("0.5")  # so that the same rouble is no second vintage


@pytest.mark.parametrize("printed", ["33,375", "33.37", "33,37¹", "н/д", "3 337"])
def test_a_coefficient_in_doubt_is_held_alone(printed: str) -> None:
    """A third decimal is a note mark, a point is no comma: the other levels load."""
    name, (first, second, _, *older) = next(iter(pages.DECREED.items()))
    said = rows(pages.decree({name: (first, second, printed, *older)}))

    assert doubts(said) == [f"{printed} and no sum" if printed == "33,375" else printed]
    assert (NEW, "2025-01-01") not in levels(said)
    assert levels(said)[NEW, "2024-10-01"].value == 556200


def test_a_class_that_is_not_known_is_held() -> None:
    """Electric cars in the decree of 2024 have a row of their own, which isn't guessed at."""
    said = rows(pages.decree({**pages.DECREED, "с электродвигателями": ("1", "2", "3", "4", "5")}))

    assert doubts(said) == ["с электродвигателями"]
    assert len(levels(said)) == 10


# --- the dealer's table -------------------------------------------------------------------------------------------


def test_the_rule_by_power_has_a_level_for_each_band_age_and_day() -> None:
    """From 1 December 2025, and a month later: 1 to 2 litres, 160 to 190 hp, new and of 3 to 5 years."""
    said = levels(rows(pages.dealer()))

    assert [
        said[f"1-2 l, 160-190 hp, {age}", day].value
        for day in ("2025-12-01", "2026-01-01")
        for age in ("up to 3 years", "3-5 years")
    ] == [750000, 1244000, 900000, 1492800]
    assert said["electric or series hybrid, 80-100 hp, up to 3 years", "2026-01-01"].value == 991200
    assert said["1-2 l, up to 160 hp, up to 3 years, personal use", "2026-01-01"].value == 3400
    assert {row.obs_status for row in said.values()} == {"F"}
    assert {row.dataset for row in said.values()} == {"fee_2025"}
    assert len(said) == 6 * 4


def test_kilowatts_that_leave_a_gap_change_nothing() -> None:
    """The table prints 161,81-183 and then 183,88-205,94 kW: in horsepower 220-250 meets 250-280."""
    said = levels(rows(pages.dealer()))

    assert said["1-2 l, 220-250 hp, up to 3 years", "2025-12-01"].value == 842000
    assert said["1-2 l, 250-280 hp, up to 3 years", "2025-12-01"].value == 952000


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("750 000", "75 000", "37,50 and 75 000"),
        ("750 000", "750 100", "37,50 and 750 100"),
        ("37,50", "35,70", "35,70 and 750 000"),
        ("37,50", "", "750 000"),
        ("160-190", "160-199", "117,68-139,75 160-199"),
        ("160-190", "190-160", "117,68-139,75 190-160"),
        ("Объём 1.0 - 2.0", "Мотоциклы", "Мотоциклы"),
    ],
)
def test_a_row_that_contradicts_itself_is_held(old: str, new: str, found: str) -> None:
    """Coefficient x 20,000 is the printed sum to the rouble, kW and hp are the same power, a class is known."""
    said = rows(pages.dealer().decode().replace(old, new, 1).encode())

    assert doubts(said) == [found]
    assert ("1-2 l, 160-190 hp, up to 3 years", "2025-12-01") not in levels(said)
    assert ("electric or series hybrid, 80-100 hp, up to 3 years", "2025-12-01") in levels(said)


@pytest.mark.parametrize(
    "days",
    [
        ("С 1 дек.", "С 1 янв."),
        ("С 1 января 2026 года", "С 1 дек. 2025 года"),
        ("С 31 фев.", "С 1 января 2026 года"),
        ("Сейчас", "С 1 января 2026 года"),
    ],
)
def test_days_are_read_from_the_head_or_nothing_is(days: Sequence[str]) -> None:
    """A day without a year is the last one before the next column's; without any year there is none."""
    with pytest.raises(LayoutChanged, match="header"):
        rows(pages.dealer(days=days))


def test_a_month_of_the_same_year_stays_in_it() -> None:
    """1 October before 1 December 2025 is October 2025, not 2024."""
    said = levels(rows(pages.dealer(days=("С 1 окт.", "С 1 декабря 2025 года"))))

    assert {day for _, day in said} == {"2025-10-01", "2025-12-01"}


# --- the newspaper's table ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("url", "period"), [(NEWSPAPER, ""), ("file:a", "2012-09-01")])
def test_thousand_roubles_become_roubles(url: str, period: str) -> None:
    """17,2 and 106 thousand roubles up to a litre, from 1 September 2012, give or take what is rounded away."""
    said = levels(rows(pages.newspaper(), url=url, period=period))

    assert said["up to 1 l, new", "2012-09-01"].value == 17200
    assert said["up to 1 l, older than 3 years", "2012-09-01"].value == 106000
    assert said["1-2 l, new", "2012-09-01"].precision == 50
    assert said["over 3.5 l, new", "2012-09-01"].value == 110000
    assert said["any engine, older than 3 years, personal use", "2012-09-01"].value == 3000
    assert {(row.dataset, row.obs_status) for row in said.values()} == {("fee_2012", "F")}


def test_a_table_without_a_day_is_asked_for_its_address() -> None:
    """The page doesn't say from when its sums hold: whoever brings it is told how to say it."""
    with pytest.raises(Incomplete, match=r"--url https://www\.kommersant\.ru/doc/2011198"):
        rows(pages.newspaper())


# --- what is never a level ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        pages.proposal(),
        pages.decree(title="Проект постановления Правительства РФ от 13.09.2024"),
        pages.page("Депутаты предложили повысить утильсбор", pages.dealer().decode().partition("</h1>")[2]),
    ],
    ids=["news", "draft decree", "table under a proposal"],
)
def test_a_proposal_is_never_a_level(body: bytes) -> None:
    """Figures that somebody asks for are events of the news, whatever table they stand in."""
    with pytest.raises(Unreadable, match="a proposal"):
        rows(body)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", Empty),
        (b"rule;engine\n1;2\n", WrongDocument),
        (pages.page("Таблица", "<p>1-2 л: 667 400 руб.</p>"), LayoutChanged),
        (pages.page("Таблица", "<table><tr><td>1</td><td>2</td></tr></table>"), LayoutChanged),
        (pages.decree(base="20 000 000").replace(b"20 000 000", b"many"), LayoutChanged),
        (pages.decree(title="Постановление N 1255"), LayoutChanged),
        (pages.decree().replace("с 01.10.2024".encode(), "потом".encode()), LayoutChanged),
        (pages.decree().replace("с 01.10.2024".encode(), "с 31.02.2024".encode()), LayoutChanged),
        (pages.decree().replace("новые".encode(), "все".encode()), LayoutChanged),
        (pages.decree().replace(b"<td>15,03</td>", b""), LayoutChanged),
        (pages.dealer(heading="Таблица"), LayoutChanged),
        (pages.dealer().replace("Ставка".encode(), "Сумма".encode(), 1), LayoutChanged),
        (pages.dealer()[:-20], LayoutChanged),
        (pages.shipped(end=""), LayoutChanged),
    ],
    ids=[
        "empty", "another CSV", "no table", "another table", "no base rate", "no day of the decree", "no day above",
        "no such day", "no age", "a cell less", "nobody's cars", "another head", "cut", "no end mark",
    ],
)  # fmt: skip
def test_what_is_no_table_of_levels_gives_no_row(body: bytes, kind: type[LayoutChanged]) -> None:
    """A reason for each; never a level under the wrong head."""
    with pytest.raises(kind):
        rows(body)


# --- the shipped table and the rule -------------------------------------------------------------------------------


def test_a_class_ends_with_a_row_that_has_no_value() -> None:
    """The class of 1 to 2 litres gave way to bands of power on 1 December 2025: its level isn't carried on."""
    said = levels(rows(pages.shipped()))

    assert (said[NEW, "2025-01-01"].value, said[NEW, "2025-01-01"].published) == (667400, date(2024, 9, 13))
    assert (said[NEW, "2025-12-01"].value, said[NEW, "2025-12-01"].obs_status) == (None, "M")
    assert "decree 1255; normativ.kontur.ru" in said[NEW, "2025-01-01"].locator


def test_the_rule_is_applied_to_the_reference_cars_with_its_inputs_named() -> None:
    """2 litres, 200 hp, new: by size alone until November 2025, then in the band of 190 to 220 hp."""
    said = [row for row in rows(pages.shipped()) if isinstance(row, Observation) and row.dataset == "reference_cars"]
    car = {row.period: row for row in said if row.product == "2 l, 200 hp, new, commercial importer"}

    assert {day: row.value for day, row in car.items()} == {
        "2024-10-01": 556200, "2025-01-01": 667400, "2025-12-01": 794000, "2026-01-01": 952800,
    }  # fmt: skip
    assert car["2026-01-01"].locator == (
        "2 l, 200 hp, new, commercial importer: row 6, 1-2 l, 190-220 hp, up to 3 years, 47.64 x 20000 roubles"
    )
    other = {row.period: row.value for row in said if row.product == "2 l, 150 hp, new, commercial importer"}
    assert other["2025-12-01"] is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fee_2023", "fee_2024"), ("1-2 l", "2-1 l"), ("1-2 l", "small"), (",new,", ",used,"), ("commercial", "anyone"),
        ("2024-10-01", "10/01/2024"), ("27.81", "27,81"), ("27.81", ""), ("556200", "556 200"), ("20000", ""),
        ("2024-09-13", ""), ("decree 1255", ""), ("official", "rumour"), ("normativ.kontur.ru", ""),
        ("2024-10-01", "2025-01-01"),
    ],
)  # fmt: skip
def test_a_row_of_the_shipped_table_is_read_in_full_or_refused(old: str, new: str) -> None:
    """There is no default for anything, and one row a class and day."""
    body = pages.shipped().decode().replace(old, new, 1).encode()

    with pytest.raises(LayoutChanged, match=r"row [23]"):
        rows(body)


def test_two_classes_that_claim_one_car_are_a_fault_of_the_table() -> None:
    """Bands that overlap would give a car two fees."""
    line = pages.LEVELS[3].replace("190-220 hp", "180-210 hp").replace("39.70", "40.00").replace("794000", "800000")

    with pytest.raises(LayoutChanged, match="an overlap"):
        rows(pages.shipped([*pages.LEVELS, line]))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1-2 l", "1", "2"), ("up to 1 l", None, "1"), ("over 3.5 l", "3.5", None), ("3-3.5 l", "3", "3.5"),
        ("Объём 1.0 - 2.0", "1", "2"), ("свыше 1 000, но не более 2 000 куб. см", "1", "2"),
        ("от 1000 до 2000 куб. см", "1", "2"), ("до 1000 куб. см", None, "1"), ("свыше 3500 куб. см", "3.5", None),
        ("до 3 000 куб. см", None, "3"),
    ],
)  # fmt: skip
def test_engine_sizes_are_litres_however_they_are_worded(text: str, low: str | None, high: str | None) -> None:
    """Cubic centimetres, litres, Russian and English name the same band."""
    band = Band(*(None if edge is None else Decimal(edge) for edge in (low, high)))

    assert fees.engine(text) == band


@given(st.lists(st.integers(1, 999), min_size=2, max_size=6, unique=True), st.integers(1, 1200))
def test_bands_that_meet_hold_every_car_once(edges: list[int], horsepower: int) -> None:
    """A band leaves its lower edge out and takes its upper edge in: no car falls between two, none into both."""
    cuts = [None, *map(Decimal, sorted(edges)), None]
    bands = [Band(low, high) for low, high in itertools.pairwise(cuts)]

    assert sum(Decimal(horsepower) in band for band in bands) == 1


@given(
    starts=st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), min_size=1, max_size=6, unique=True),
    day=st.dates(date(2019, 1, 1), date(2031, 1, 1)),
)
def test_a_level_holds_until_the_next_one(starts: list[date], day: date) -> None:
    """On any day the newest level that has begun is in force; before the first there is none."""
    kind = Class("fee_2025", Band(Decimal(1), Decimal(2)), None, "up to 3 years", "")
    table = [Level(kind, start, Decimal(n), Decimal(1), Decimal(n), n) for n, start in enumerate(starts)]
    car = Car(Decimal("1.5"), Decimal(150), "new", "commercial")
    begun = [level for level in table if level.start <= day]

    assert fees.level(car, day, table) == max(begun, key=lambda level: level.start, default=None)


def test_the_shipped_table_knows_the_way_to_the_fee_of_today() -> None:
    """A new car of 2 litres and 200 hp, to be sold: 26,800 roubles in 2012, 952,800 in 2026, no guess between."""
    said = [row for row in rows(SHIPPED.read_bytes()) if isinstance(row, Observation)]
    car = {row.period: row.value for row in said if row.product == "2 l, 200 hp, new, commercial importer"}

    assert car == {
        "2012-09-01": 26800, "2016-01-01": None, "2023-08-01": 300600, "2024-10-01": 556200, "2025-01-01": 667400,
        "2025-12-01": 794000, "2026-01-01": 952800,
    }  # fmt: skip
    assert {row.product for row in said if row.dataset == "reference_cars"} == {car.label for car in recycling_fee.CARS}


def test_the_shipped_table_is_asked_for_first() -> None:
    """The figures don't hang on a network; the pages are asked for once a month, the newspaper's with its day."""
    planned = list(recycling_fee.plan(Window(date(2026, 8, 1), date(2026, 9, 1), NOW, nightly=True)))

    assert planned[0].url == "shipped:recycling_fee.csv"
    assert [request.url.split("/")[2] for request in planned[1:]] == [
        "normativ.kontur.ru", "autopremiumgroup.ru", "www.kommersant.ru",
    ]  # fmt: skip
    assert planned[-1].period == "2012-09-01"
    assert all(request.recheck for request in planned[1:])


# --- recorded -----------------------------------------------------------------------------------------------------


@pytest.mark.recorded
def test_every_known_level_is_read_off_its_page_and_is_shipped() -> None:
    """Each row of facts comes out of the recorded document it names, and of the shipped table, to the rouble."""
    table = SHARED / "facts" / "carmakers_truth.csv"
    if not table.exists():
        pytest.skip(f"no table of facts beside the project: {table}")
    with table.open(encoding="utf-8", newline="") as lines:
        facts = [row for row in csv.DictReader(lines) if row["source"] == "recycling_fee"]
    urls = {"www.kommersant.ru/doc-2011198.html": NEWSPAPER}
    read = {
        where: levels(rows((SHARED / "recorded" / "carmakers" / where).read_bytes(), url=urls.get(where, "file:a")))
        for where in {fact["where"] for fact in facts}
    }
    shipped = levels(rows(SHIPPED.read_bytes()))

    assert len(facts) == 39
    for fact in facts:
        day = f"{fact['period']}-01" if len(fact["period"]) == 7 else fact["period"]  # September 2012: from the 1st
        for said in (read[fact["where"]], shipped):
            row = said[fact["scope"], day]
            assert (row.measure, row.value, row.unit) == (fact["measure"], Decimal(fact["value"]), fact["unit"])


@pytest.mark.recorded
def test_the_recorded_proposal_is_no_level() -> None:
    """The news page about 556,100 and 667,300 roubles gives no row: 556,200 and 667,400 were decreed."""
    page = SHARED / "recorded" / "carmakers" / "www1.ru" / "fee-proposal-2024-05.html"
    if not page.exists():
        pytest.skip(f"not recorded beside the project: {page}")
    with pytest.raises(Unreadable, match="a proposal"):
        rows(page.read_bytes())
