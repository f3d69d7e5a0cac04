"""What the carmakers' table of names promises: one name and one scope for each figure, nothing where there is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sources.contract import Doubt, Observation
from sources.parse import vehicles
from sources.parse.prose import MARKET, Extraction, Figure, Period, Subject, Unresolved
from sources.parse.vehicles import Scope, Unclear

JULY = Period("M", date(2025, 7, 1), date(2025, 7, 31))
CARS = Scope("autostat_pc", "car")
LADA, HAVAL = Subject("brand", "lada"), Subject("brand", "haval")
CHINESE, AVTOVAZ, GRANTA = Subject("origin", "chinese"), Subject("group", "avtovaz"), Subject("model", "granta")
KAMAZ = Subject("brand", "kamaz")


def figure(subject: Subject = MARKET, **fields: object) -> Figure:
    """120,649 vehicles sold in July 2025, unless said otherwise."""
    plain: dict[str, Any] = {
        "measure": "sales", "period": JULY, "value": Decimal(120649), "unit": "units", "precision": Decimal(0),
        "sentence": (0, 70), "number": (34, 41),
    }  # fmt: skip
    return Figure(subject=subject, **plain | fields)


def change(subject: Subject = MARKET, **fields: object) -> Figure:
    """A printed fall by 11.4 percent against the year before."""
    said: dict[str, object] = {
        "value": Decimal("-11.4"),
        "unit": "percent",
        "precision": Decimal("0.05"),
        "comparison": "yoy",
    }
    return figure(subject, **said | fields)


def made(*figures: Figure, scope: Scope = CARS, **options: object) -> list[Observation | Doubt]:
    """The rows of a text with these figures."""
    told: dict[str, Any] = {
        "own": "autostat",
        "scope_of": lambda _: scope,
        "published": date(2025, 8, 5),
        "where": "article",
    }
    return list(vehicles.rows(Extraction(figures), **told | options))


@pytest.mark.parametrize(
    ("said", "scope", "name"),
    [
        (figure(), "car", ("ru_car_market_units", None)),
        (figure(), "truck", ("ru_truck_market_units", None)),
        (figure(), "hcv", ("ru_hcv_market_units", None)),
        (figure(), "mcv", ("ru_mcv_market_units", None)),
        (figure(), "lcv", ("ru_lcv_market_units", None)),
        (figure(measure="registrations"), "car", ("ru_car_registrations_units", None)),
        (change(), "car", ("ru_car_market_units_yoy", None)),
        (change(comparison="mom"), "hcv", ("ru_hcv_market_units_mom", None)),
        (figure(LADA), "car", ("lada_sales_units", None)),
        (figure(KAMAZ), "hcv", ("kamaz_sales_units", None)),
        (figure(HAVAL), "car", ("brand_sales_units", "haval")),
        (change(HAVAL), "car", ("brand_sales_units_yoy", "haval")),
        (figure(GRANTA), "car", ("model_sales_units", "granta")),
        (figure(AVTOVAZ), "car", ("group_sales_units", "avtovaz")),
        (figure(CHINESE), "car", ("chinese_brand_sales_units", None)),
        (figure(LADA, measure="output"), "car", ("lada_production_units", None)),
        (figure(GRANTA, measure="output"), "car", ("model_production_units", "granta")),
        (figure(measure="output"), "car", ("cars_output_units", None)),
        (figure(measure="output"), "truck", ("trucks_output_units", None)),
        (figure(LADA, measure="exports"), "car", ("lada_export_units", None)),
        (figure(LADA, measure="share", unit="percent"), "car", ("lada_share", None)),
        (figure(KAMAZ, measure="share", unit="percent"), "hcv", ("kamaz_share", None)),
        (figure(AVTOVAZ, measure="share", unit="percent"), "car", ("group_share", "avtovaz")),
        (figure(CHINESE, measure="share", unit="percent"), "car", ("chinese_brand_share", None)),
    ],
)  # fmt: skip
def test_a_figure_has_the_name_under_which_its_series_is_known(
    said: Figure, scope: vehicles.Vehicles, name: tuple[str, str | None]
) -> None:
    """LADA and KAMAZ have series of their own; other brands, models and groups are products of one series."""
    assert vehicles.name_of(said, Scope("any", scope)) == name


@pytest.mark.parametrize(("scope", "name"), [("vehicle", "vehicle"), ("nev", "nev"), ("car", "car")])
def test_chinas_exports_are_named_by_what_is_counted(scope: vehicles.Vehicles, name: str) -> None:
    """China to Russia: reporter CN, partner RU, flow X; to all countries the partner is the world."""
    said = [figure(measure="exports", geography=place) for place in ("RU", "W0")]
    to_russia, to_all = made(*said, scope=Scope("cpca", scope), own="cpca", reporter="CN")

    assert isinstance(to_russia, Observation)
    assert isinstance(to_all, Observation)
    assert to_russia.measure == f"cn_{name}_exports_units"
    assert (to_russia.reporter, to_russia.partner, to_russia.partner_kind, to_russia.flow) == (
        "CN",
        "RU",
        "country",
        "X",
    )
    assert (to_all.partner, to_all.partner_kind) == ("W0", "world")


@pytest.mark.parametrize(
    "said",
    [
        change(comparison="other"),
        change(unit="pp"),
        change(unit="units", value=Decimal(-491000)),
        change(CHINESE, measure="share"),
        figure(measure="imports"),
        figure(measure="share", unit="percent", value=Decimal(100)),
        figure(geography="KZ"),
        figure(period=Period("D", date(2025, 10, 22), date(2025, 10, 22))),
    ],
    ids=["other base", "points", "in units", "of a share", "imports", "market's share", "elsewhere", "as of a day"],
)  # fmt: skip
def test_what_has_no_series_gives_no_row(said: Figure) -> None:
    """Changes in units or points, sales in another country, a share "today": understood, and not loaded."""
    assert made(said) == []


def test_a_row_says_period_place_and_how_exact_it_is() -> None:
    """The locator has the offsets of sentence and number in the text; the day is the document's own."""
    (row,) = made(figure(HAVAL, value=Decimal(13120), precision=Decimal(5)))

    assert isinstance(row, Observation)
    assert (row.dataset, row.measure, row.product, row.unit) == ("autostat_pc", "brand_sales_units", "haval", "units")
    assert (row.freq, row.period, row.reporter, row.flow) == ("M", "2025-07", "RU", None)
    assert (row.value, row.precision, row.obs_status) == (Decimal(13120), Decimal(5), "P")
    assert row.locator == "article sentence 0-70 number 34-41"
    assert row.published == date(2025, 8, 5)


@pytest.mark.parametrize(
    ("said", "status", "precision"),
    [
        (figure(), "A", Decimal(0)),
        (figure(value=Decimal(137000)), "P", Decimal(500)),
        (figure(value=Decimal(42300)), "P", Decimal(50)),
        (figure(value=Decimal(4000), hedge="almost"), "E", Decimal(50)),
        (figure(value=Decimal(200000)), "P", Decimal(5000)),
        (figure(value=Decimal(42310)), "A", Decimal(0)),
        (change(), "A", Decimal("0.05")),
        (figure(value=Decimal(0)), "A", Decimal(0)),
    ],
)
def test_a_rounded_count_is_no_exact_one(said: Figure, status: str, precision: Decimal) -> None:
    """What is printed as "137,000 units" was rounded; "almost 4000" is an estimate; 42,310 counts as exact."""
    (row,) = made(said)

    assert isinstance(row, Observation)
    assert (row.obs_status, row.precision) == (status, precision)


def test_a_quoted_figure_goes_under_its_own_publisher_with_status_f() -> None:
    """Rosstat's output and the ministry's market keep the datasets that they have elsewhere."""
    rosstat = figure(measure="output", scope=frozenset({"pc"}), attributed_to="rosstat")
    ministry = figure(scope=frozenset({"truck", "gt3.5t"}), attributed_to="minpromtorg")
    own = figure(attributed_to="autostat")
    rows = made(rosstat, ministry, own)

    assert [(row.dataset, row.measure, row.obs_status) for row in rows if isinstance(row, Observation)] == [
        ("report_cars", "cars_output_units", "F"),
        ("minpromtorg_trucks_gt3_5t", "ru_truck_market_units", "F"),
        ("autostat_pc", "ru_car_market_units", "A"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        figure(scope=frozenset({"pc"}), attributed_to="analysts"),
        figure(attributed_to="rosstat", measure="output"),
        figure(scope=frozenset({"pc", "nev"}), attributed_to="minpromtorg"),
        figure(scope=frozenset({"pc", "truck"}), attributed_to="minpromtorg"),
    ],
    ids=["nobody known", "no scope", "a part of it", "two scopes"],
)
def test_a_quotation_that_cannot_be_addressed_is_held(said: Figure) -> None:
    """Whose, or of which vehicles: a person decides."""
    (row,) = made(said)

    assert isinstance(row, Doubt)
    assert str(said.attributed_to) in row.reason


def test_an_unclear_scope_is_held_and_an_unexpected_one_left_out() -> None:
    """The source's rule raises `Unclear` for the one and gives None for the other."""

    def scope_of(one: Figure) -> Scope | None:
        if one.subject == MARKET:
            raise Unclear("cars or trucks?")
        return None

    (held,) = made(figure(), figure(HAVAL), scope_of=scope_of)

    assert isinstance(held, Doubt)
    assert (held.reason, held.locator) == ("cars or trucks?", "article sentence 0-70 number 34-41")
    assert "120649" in held.found


def test_open_numbers_are_held_with_their_candidates() -> None:
    """A readable place, the printed number and what it could be; no sentence is kept."""
    number = Unresolved(
        sentence=(0, 40), number=(10, 15), printed="34 %", why="no period is named", candidates=("2025-09", "2025-10")
    )
    (row,) = vehicles.rows(
        Extraction((), (), (number,)), own="kamaz", scope_of=lambda _: CARS, published=None, where="release"
    )

    assert row == Doubt(
        locator="release sentence 0-40 number 10-15", reason="no period is named", found="34 % (2025-09, 2025-10)"
    )


def test_plans_and_superseded_values_are_no_rows() -> None:
    """An aside is what the text itself doesn't state as a fact."""
    asides = Extraction((), (figure(kind="plan"), figure(kind="superseded")))

    assert list(vehicles.rows(asides, own="lada", scope_of=lambda _: CARS, published=None, where="release")) == []


def test_a_makers_group_may_stand_for_its_brand() -> None:
    """Where AVTOVAZ had no other brand, its sales are LADA's; elsewhere the group stays a group."""
    (joined,) = made(figure(AVTOVAZ), same=vehicles.AVTOVAZ_IS_LADA)
    (apart,) = made(figure(AVTOVAZ))

    assert isinstance(joined, Observation)
    assert isinstance(apart, Observation)
    assert (joined.measure, apart.measure) == ("lada_sales_units", "group_sales_units")


@pytest.mark.parametrize(
    ("first", "second", "stays"),
    [
        (figure(value=Decimal(120600), precision=Decimal(50)), figure(), "120649"),
        (figure(value=Decimal(357000), precision=Decimal(500)), figure(value=Decimal(357708)), "357708"),
        (figure(value=Decimal(4000), hedge="almost"), figure(value=Decimal(3982)), "3982"),
        (figure(), figure(), "120649"),
    ],
    ids=["rounded", "cut off", "almost", "twice"],
)
def test_of_two_values_that_are_one_figure_the_finer_stays(first: Figure, second: Figure, stays: str) -> None:
    """In whatever order the page has them."""
    for pair in ((first, second), (second, first)):
        (row,) = vehicles.settle(made(*pair))
        assert isinstance(row, Observation)
        assert str(row.value) == stays


@pytest.mark.parametrize(
    "other",
    [
        figure(value=Decimal(122633)),
        figure(value=Decimal(121), precision=Decimal("0.5")),
        figure(value=Decimal(120700), precision=Decimal(50)),
        figure(value=Decimal(200000), hedge="about"),
    ],
    ids=["another", "thousand lost", "rounded otherwise", "far off"],
)
def test_two_values_for_one_cell_are_both_held(other: Figure) -> None:
    """Nobody can say which is right: neither loads, the rest of the page does."""
    rows = list(vehicles.settle(made(figure(), other, figure(LADA, value=Decimal(28243)))))

    assert [row.measure for row in rows if isinstance(row, Observation)] == ["lada_sales_units"]
    assert [row.reason for row in rows if isinstance(row, Doubt)] == ["two values for one ru_car_market_units"] * 2
