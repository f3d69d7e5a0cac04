"""Goods by partner in common terms: one code, one unit, the best source, sums of months, ranks of suppliers."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.warehouse.builders import day, warehouse
from tests.warehouse.goods import cars, changed, goods, known, nothing, tonnes
from warehouse.database import Database, naive

NOW_AND_EVER = "TIMESTAMP 'infinity'"
CELLS = f"commodity_cells_as_of({NOW_AND_EVER})"
BEST = f"commodity_best_as_of({NOW_AND_EVER})"
PERIODS = f"commodity_periods_as_of({NOW_AND_EVER}, ['2709', '8703', 'vehicles'], ['M', 'H', 'A', 'YTD'])"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One warehouse for all tests here."""
    opened = warehouse(tmp_path_factory.mktemp("goods") / "warehouse.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def db(made: Database) -> Database:
    """A warehouse with nothing in it."""
    return nothing(made)


def periods(db: Database, freq: str, what: str = "value") -> dict[str, Any]:
    """Figures of a frequency by period."""
    rows = db.rows(f"SELECT period_label(freq, period_start, period_end), {what} FROM {PERIODS} WHERE freq = ?", [freq])
    found = dict(rows)
    assert len(found) == len(rows), "one row a period"
    return found


def year_of_months(year: int, but: tuple[int, ...] = (), **more: Any) -> list[Any]:  # noqa: ANN401 (any field)
    """A month's figure is its number: January 1, December 12; the whole year 78, the first half 21."""
    return [goods(month, f"{year}-{month:02d}", **more) for month in range(1, 13) if month not in but]


# --- codes and units ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("27090000", "2709"),
        ("270900", "2709"),
        ("2709", "2709"),
        ("27111100", "271111"),
        ("27112100", "271121"),
        ("271111", "271111"),
        ("27011210", "27011210"),
        ("27110000", "2711"),
        ("10019900", "100199"),
        ("27", "27"),
        ("TOTAL", "TOTAL"),
        ("coal", "coal"),
        ("2709+271111+271121", "2709+271111+271121"),
        ("2700", "2700"),
        ("9900000000", "9900000000"),
        (None, None),
    ],
)
def test_the_shortest_code_that_means_the_same_goods(db: Database, code: str | None, short: str | None) -> None:
    """A national code without a division of its own is its heading; a divided one stays; names stay."""
    assert db.rows("SELECT hs_equivalent(?)", [code]) == [(short,)]


def test_kilograms_of_a_national_code_are_tonnes_of_its_heading(db: Database) -> None:
    """8,000,500 kg of 27090000, give or take 500 g: the query system's figure stands beside Comtrade's."""
    known(db, tonnes(8_000_500, "2023-01", "27090000", unit="kg", precision=500), source="gacc_query")

    assert db.rows(
        f"SELECT product, quantity_kind, unit, value, half_unit, scope, period, inputs FROM {BEST}"
    ) == [
        (
            "2709", "weight", "t", 8000.5, 0.5, "customs", "2023-01",
            ["gacc_query:commodity_partner:quantity:CN:RU:M:27090000:kg:M 2023-01"],
        )
    ]  # fmt: skip


def test_a_withheld_quantity_is_a_cell_without_a_value(db: Database) -> None:
    """Tonnes of pipeline gas: kept as missing, never zero, and no answer."""
    known(db, tonnes(None, "2023-01", "27112100", unit="kg"), goods(396_000_000, "2023-01", "27112100"))

    assert db.rows(f"SELECT quantity_kind, value, obs_status FROM {CELLS} ORDER BY 1") == [
        ("value", 396_000_000.0, "A"),
        ("weight", None, "M"),
    ]
    assert db.rows(f"SELECT quantity_kind FROM {BEST}") == [("value",)]


def test_other_money_measures_and_nameless_partners_are_no_cells(db: Database) -> None:
    """Yuan, pairs, percentages, figures without partner or flow: left out of the common terms."""
    known(
        db,
        goods(1, "2023-01", unit="CNY"),
        tonnes(2, "2023-01", unit="pairs"),
        goods(3, "2023-01", measure="share", unit="percent"),
        goods(4, "2023-01", partner=None, partner_name="Elsewhere", partner_kind="area"),
        goods(5, "2023-01", flow=None),
    )

    assert db.rows(f"SELECT * FROM {CELLS}") == []


# --- the best source ----------------------------------------------------------------------------------------------


def test_every_source_of_customs_figures_has_a_rank_of_its_own(db: Database) -> None:
    """China's own before Comtrade's copy, a cited figure last; no two share a place."""
    of_news = "SELECT source FROM sources WHERE family = 'news'"
    ranked = db.rows(f"SELECT source FROM source_ranking WHERE source NOT IN ({of_news}) ORDER BY rank")
    assert [source for (source,) in ranked] == [
        "gacc_query", "gacc_bulletin", "gacc_preliminary", "comtrade", "comtrade_csv", "recycling_fee",
        "rosstat_output", "lada", "kamaz", "autostat", "aeb", "cpca", "reference_events", "reference",
    ]  # fmt: skip
    last_official = "SELECT max(rank) FROM source_ranking WHERE source = 'cpca'"
    assert db.value(f"SELECT min(rank) > ({last_official}) FROM source_ranking WHERE source IN ({of_news})")
    assert db.value("SELECT count(DISTINCT rank) = count(*) FROM source_ranking")


def test_of_all_sources_the_best_one_answers(db: Database) -> None:
    """As each better source comes in, its figure takes over, also if older and less precise; all stay side by side."""
    for n, source in enumerate(("reference", "comtrade_csv", "comtrade", "gacc_query")):
        known(db, goods(100 + n, "2023-01", precision=n), source=source, at=day(20 - n))
        assert db.rows(f"SELECT source, value, sources_held FROM {BEST}") == [(source, 100.0 + n, n + 1)]
    assert db.value(f"SELECT count(*) FROM {CELLS}") == 4


@pytest.mark.parametrize("period", ["2023-01", "2023"])
def test_a_cited_figure_goes_behind_once_an_official_one_is_there(db: Database, period: str) -> None:
    """Months and years: as of the day before it still answers."""
    known(db, goods(60_600_000_000, period, precision=50_000_000), source="reference", at=day(10))
    known(db, goods(60_644_807_015, period), at=day(20))
    as_of = "SELECT source, value FROM commodity_best_as_of(?)"

    assert db.rows(as_of, [naive(day(9))]) == []
    assert db.rows(as_of, [naive(day(19))]) == [("reference", 60_600_000_000.0)]
    assert db.rows(as_of, [naive(day(21))]) == [("comtrade", 60_644_807_015.0)]


def test_a_better_source_without_the_value_hides_no_other(db: Database) -> None:
    """The query system withholds it: Comtrade's figure answers."""
    known(db, tonnes(None, "2023-01", "27112100", unit="kg"), source="gacc_query")
    known(db, tonnes(7_000, "2023-01", "271121", unit="kg"))

    assert db.rows(f"SELECT source, value FROM {BEST}") == [("comtrade", 7.0)]


def test_within_a_source_the_more_precise_figure_answers(db: Database) -> None:
    """Two datasets of cited figures: that to the dollar before that to ten million."""
    known(
        db,
        goods(62_430_000_000, "2024", dataset="gacc_commodity_partner", precision=5_000_000),
        goods(62_425_837_940, "2024", dataset="gacc_query_copy", precision=10),
        source="reference",
    )

    assert db.rows(f"SELECT value, sources_held FROM {BEST}") == [(62_425_837_940.0, 1)]


def test_what_cpca_prints_itself_stands_where_citations_of_it_do(db: Database) -> None:
    """Its own rows have a measure and no product: the same scope, and before the figure that others cite."""
    own = cars(
        582_712, "2025", "", dataset="cpca_vehicle_exports", measure="cn_vehicle_exports_units", partner_kind="country"
    )
    known(db, changed(own, product=None), source="cpca")
    known(db, cars(582_700, "2025", "vehicles", dataset="cpca_vehicle_exports", obs_status="F"), source="reference")

    assert db.rows(f"SELECT scope, product, value FROM commodity_best_as_of({NOW_AND_EVER}) WHERE flow = 'X'") == [
        ("cpca_vehicle_exports", "vehicles", 582_712.0)
    ]


def test_counts_of_another_scope_stay_apart(db: Database) -> None:
    """All vehicles as CPCA counts them are not the cars of the customs statistics, nor what CAAM counts."""
    known(
        db,
        cars(103_800, "2024-05", dataset="gacc_passenger_cars"),
        cars(120_000, "2024-05", "vehicles", dataset="cpca_vehicle_exports"),
        cars(119_000, "2024-05", "vehicles", dataset="caam_vehicle_exports"),
        source="reference",
    )

    assert db.rows(f"SELECT scope, product, value FROM {BEST} ORDER BY value") == [
        ("customs", "8703", 103_800.0),
        ("caam_vehicle_exports", "vehicles", 119_000.0),
        ("cpca_vehicle_exports", "vehicles", 120_000.0),
    ]


# --- sums of months -----------------------------------------------------------------------------------------------


def test_twelve_months_are_the_halves_the_year_and_the_year_so_far(db: Database) -> None:
    """1 to 12: the halves are 21 and 57, the year 78, January to March 6; led back to all their months."""
    known(db, *year_of_months(2023))

    assert periods(db, "H") == {"2023-H1": 21.0, "2023-H2": 57.0}
    assert periods(db, "A") == {"2023": 78.0}
    assert periods(db, "YTD") == {f"2023-{m:02d}": m * (m + 1) / 2 for m in range(1, 13)}
    assert periods(db, "A", "(computed, len(inputs), inputs[12])") == {
        "2023": (True, 12, "comtrade:hs_monthly:trade_value:CN:RU:M:2709:USD:M 2023-12")
    }


def test_a_missing_month_leaves_the_sum_unknown(db: Database) -> None:
    """Without March no first half and no year; the second half and January to February are there."""
    known(db, *year_of_months(2023, but=(3,)))

    assert periods(db, "H") == {"2023-H2": 57.0}
    assert periods(db, "A") == {}
    assert periods(db, "YTD") == {"2023-01": 1.0, "2023-02": 3.0}


def test_january_and_february_together_count_as_two_months(db: Database) -> None:
    """Booked together they complete the year; the year so far begins with both."""
    known(db, goods(3, "2023-01/2023-02"), *year_of_months(2023, but=(1, 2)))

    assert periods(db, "A") == {"2023": 78.0}
    assert periods(db, "H")["2023-H1"] == 21.0
    assert "2023-01" not in periods(db, "YTD")
    assert periods(db, "YTD")["2023-02"] == 3.0


@pytest.mark.parametrize(
    ("alone", "year"),
    [((1, 2), 78.0), ((1,), 79.0), ((2,), 79.0)],
    ids=["both alone", "January alone", "February alone"],
)
def test_no_month_is_counted_twice(db: Database, alone: tuple[int, ...], year: float) -> None:
    """1 and 2 alone, 4 together: the two alone count where both are held, else the figure for both."""
    known(db, goods(4, "2023-01/2023-02"), *year_of_months(2023, but=tuple({1, 2} - set(alone))))

    assert periods(db, "A") == {"2023": year}
    assert periods(db, "YTD")["2023-03"] == year - 72


def test_a_printed_year_stands_before_a_sum_and_an_official_sum_before_a_cited_year(db: Database) -> None:
    """80 is cited, 78 the sum of the months, 79 what Comtrade's annual dataset prints."""
    known(db, goods(80, "2023"), source="reference")
    assert periods(db, "A", "(value, source)") == {"2023": (80.0, "reference")}
    known(db, *year_of_months(2023))
    assert periods(db, "A", "(value, source)") == {"2023": (78.0, "comtrade")}
    known(db, goods(79, "2023", dataset="hs_annual"))
    assert periods(db, "A", "(value, source)") == {"2023": (79.0, "comtrade")}


def test_a_cited_year_stands_before_a_sum_with_a_cited_month(db: Database) -> None:
    """Twelve months of which one is only cited are weaker than the year as cited."""
    known(db, *year_of_months(2023, but=(5,)))
    known(db, goods(5, "2023-05"), source="reference")
    assert periods(db, "A", "(value, source)") == {"2023": (78.0, "reference")}

    known(db, goods(80, "2023"), source="reference", at=day(21))
    assert periods(db, "A", "(value, source, computed)") == {"2023": (80.0, "reference", False)}


def test_january_to_june_as_printed_is_the_first_half_and_to_december_the_year(db: Database) -> None:
    """A cumulative figure that closes a half or a year is that half or year."""
    known(db, goods(30, "..2023-06"), goods(70, "..2023-12"), goods(50, "..2023-09"))

    assert periods(db, "H") == {"2023-H1": 30.0}
    assert periods(db, "A") == {"2023": 70.0}


def test_a_sum_is_as_weak_and_as_late_as_its_weakest_and_latest_month(db: Database) -> None:
    """One preliminary month makes it preliminary, one estimated month estimated; it is known with the last of them."""
    known(db, *year_of_months(2023, but=(6, 12)), at=day(10))
    known(db, goods(6, "2023-06", obs_status="P"), at=day(12))
    known(db, goods(12, "2023-12", obs_status="E"), at=day(14))

    assert periods(db, "H", "(obs_status, known_at)") == {
        "2023-H1": ("P", naive(day(12))),
        "2023-H2": ("E", naive(day(14))),
    }
    assert periods(db, "A", "obs_status") == {"2023": "E"}


def test_months_of_other_partners_or_kinds_complete_no_year(db: Database) -> None:
    """December from Saudi Arabia, or in tonnes, is not the twelfth month of Russian dollars."""
    known(
        db,
        *year_of_months(2023, but=(12,)),
        goods(12, "2023-12", partner="SA", partner_name="Saudi Arabia"),
        tonnes(12, "2023-12"),
    )

    assert periods(db, "A") == {}


# --- ranks --------------------------------------------------------------------------------------------------------


def supplied(db: Database, *values: tuple[str, float], world: float | None = None) -> None:
    """Tonnes of crude oil that China had from some countries, and from the world, in January 2023."""
    rows = [tonnes(value, "2023-01", partner=code, partner_name=code) for code, value in values]
    if world is not None:
        rows.append(tonnes(world, "2023-01", partner="W0", partner_name="World", partner_kind="world"))
    known(db, *rows)


def ranks(db: Database, what: str) -> list[Any]:
    """The suppliers by rank."""
    return db.rows(f"SELECT {what} FROM supplier_ranks WHERE product = '2709' ORDER BY rank, partner")


def test_suppliers_are_ranked_by_what_they_deliver(db: Database) -> None:
    """50, 30 and 15 of 100: shares a half, 30 and 15 %, covered 95 %; nobody who is missing reaches 15."""
    supplied(db, ("SA", 30), ("RU", 50), ("IQ", 15), world=100)

    assert ranks(db, "partner, rank, share, coverage, countries, certain") == [
        ("RU", 1, 0.5, 0.95, 3, True),
        ("SA", 2, 0.3, 0.95, 3, True),
        ("IQ", 3, 0.15, 0.95, 3, True),
    ]


def test_a_rank_is_uncertain_where_a_missing_country_could_stand_before_it(db: Database) -> None:
    """Of 100 tonnes 30 come from elsewhere: one other country could have sent more than 20."""
    supplied(db, ("RU", 50), ("SA", 20), world=100)

    assert ranks(db, "partner, certain") == [("RU", True), ("SA", False)]


def test_without_the_world_no_share_and_no_certainty(db: Database) -> None:
    """How much is missing can't be told."""
    supplied(db, ("RU", 50), ("SA", 20))

    assert ranks(db, "partner, rank, share, coverage, certain") == [
        ("RU", 1, None, None, False),
        ("SA", 2, None, None, False),
    ]


def test_groups_are_no_suppliers_and_equals_share_a_rank(db: Database) -> None:
    """ASEAN is left out; two countries with the same figure are both first; re-imports are nobody's supply."""
    supplied(db, ("RU", 50), ("SA", 50), ("IQ", 10))
    known(
        db,
        tonnes(500, "2023-01", partner="ASEAN", partner_name="ASEAN", partner_kind="group"),
        tonnes(70, "2023-01", partner="CN", partner_name="China"),
    )

    assert ranks(db, "partner, rank") == [("RU", 1), ("SA", 1), ("IQ", 3)]


def test_ranks_are_asked_as_of_a_day_too(db: Database) -> None:
    """Before the larger figure was known, the smaller supplier stood first."""
    known(db, tonnes(20, "2023-01", partner="SA", partner_name="Saudi Arabia"), at=day(10))
    known(db, tonnes(50, "2023-01"), at=day(15))
    as_of = "SELECT partner, rank, known_at FROM supplier_ranks_as_of(?, ['2709']) ORDER BY rank"

    assert db.rows(as_of, [naive(day(12))]) == [("SA", 1, naive(day(10)))]
    assert db.rows(as_of, [naive(day(16))]) == [("RU", 1, naive(day(15))), ("SA", 2, naive(day(15)))]
    assert db.rows("SELECT DISTINCT period_start FROM supplier_ranks") == [(date(2023, 1, 1),)]
