"""Figures that contradict each other: what is listed, what is near enough not to be, and where both sides stand."""

import hashlib
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sources.contract import Batch, Observation, Payload
from sources.reference import reference
from tests.warehouse.builders import NOW, bring, day, document, emptied, record, row, warehouse
from warehouse.database import Database

SEEN: dict[str, Batch] = {}  # what was loaded before, for the loader to read again
FETCHED = day(24)
DATA = Path(__file__).parents[2] / "sources" / "reference" / "data"
ANSWER = [
    "indicator", "title", "freq", "period_start", "period_end", "value", "unit", "obs_status", "known_at", "source",
    "inputs", "computed", "coverage", "low_base", "grade", "method",
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One warehouse for all tests here."""
    opened = warehouse(tmp_path_factory.mktemp("reconciliation") / "warehouse.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def db(made: Database) -> Database:
    """A warehouse with nothing in it."""
    return emptied(made)


def days(period: str) -> tuple[date, date, str]:
    """First day, last day and frequency of `2025`, `2025-06`, `2025-01/2025-02` or `..2025-06` (since January)."""
    if len(period) == len("2025"):
        return date(int(period), 1, 1), date(int(period), 12, 31), "A"
    first, _, last = period.removeprefix("..").partition("/")
    year, month = map(int, (last or first).split("-"))
    start = date(year, 1, 1) if period.startswith("..") else date(year, int(first[-2:]), 1)
    return start, date(year, month, monthrange(year, month)[1]), "YTD" if period.startswith("..") else "M"


def figure(value: float, period: str, **more: Any) -> Observation:  # noqa: ANN401 (any field)
    """China's exports to Russia in a period, in whole dollars, unless said otherwise."""
    start, end, freq = days(period)
    facts: dict[str, Any] = {
        "period_start": start, "period_end": end, "freq": freq, "published": None, "precision": Decimal("0.5"),
        "measure": "quantity" if more.get("unit") in {"kg", "t", "units"} else "trade_value",
    }  # fmt: skip
    return row(value, **(facts | more))


def known(db: Database, *rows: Observation, source: str = "gacc_bulletin", at: datetime = FETCHED) -> None:
    """Load rows that one page of a source says."""
    name = f"{source} {at} {len(SEEN)}"
    bring(db, document(name, at, *rows, source=source), seen=SEEN)


def listed(db: Database, what: str, kind: str) -> list[tuple[Any, ...]]:
    """Columns of the disagreements of one kind."""
    return db.rows(f"SELECT {what} FROM disagreements WHERE kind = ? ORDER BY ALL", [kind])


def kinds(db: Database) -> list[str]:
    """The kinds that are listed, one entry a row."""
    return [kind for (kind,) in db.rows("SELECT kind FROM disagreements ORDER BY ALL")]


# --- one cell, two sources ----------------------------------------------------------------------------------------


def test_an_empty_warehouse_disagrees_with_nothing(db: Database) -> None:
    """No rows and no error, now and at any instant."""
    for relation in ("disagreements", "disagreements_as_of(?)", "mirror_gaps", "reconciliation_answers_as_of(?)"):
        assert db.rows(f"FROM {relation}", [NOW.replace(tzinfo=None)] if "?" in relation else []) == []


def test_kilogrammes_and_tonnes_of_equivalent_codes_are_one_cell(db: Database) -> None:
    """Crude of January 2022 agrees as 27090000 in kg and 2709 in t; February doesn't, and is shown in tonnes."""
    crude = {"flow": "M", "dataset": "commodity_partner"}
    known(
        db,
        figure(7_256_424_820, "2022-01", product="27090000", unit="kg", **crude),
        figure(5_400_000_000, "2022-02", product="27090000", unit="kg", **crude),
        source="gacc_query",
    )
    known(
        db,
        figure(7_256_424.82, "2022-01", product="2709", unit="t", **crude),
        figure(6_400_000, "2022-02", product="2709", unit="t", **crude),
        source="comtrade",
    )

    assert kinds(db) == ["same_cell"]
    assert listed(
        db, "period, product, product_b, unit, value_a, value_b, difference, difference_pct, explained", "same_cell"
    ) == [
        ("2022-02", "27090000", "2709", "t", 5_400_000, 6_400_000, 1_000_000, pytest.approx(18.5185, abs=1e-3), False)
    ]


def test_a_divided_code_is_not_its_heading(db: Database) -> None:
    """27011210 is coking coal alone: it is less than 2701, and that is no disagreement."""
    coal = {"flow": "M", "unit": "t"}
    known(db, figure(21_070_896, "2022", product="27011210", **coal), source="gacc_query")
    known(db, figure(64_069_798, "2022", product="2701", **coal), source="comtrade")

    assert kinds(db) == []


@pytest.mark.parametrize(
    ("product", "first", "second", "explained"),
    [
        ("TOTAL", 10_000_000_000, 10_000_099_000, True),  # 0.001 % is 100,000
        ("TOTAL", 10_000_000_000, 10_000_110_000, False),
        ("8703", 1_000_000_000, 1_009_000_000, True),  # 1 %
        ("8703", 1_000_000_000, 1_012_000_000, False),
        ("870323", 1_000_000_000, 1_050_000_000, True),  # 5 %
        ("870323", 1_000_000_000, 1_060_000_000, False),
        ("27090000", 4_841_954_212, 4_856_251_759, True),  # crude of January 2024, as known in June and a year later
    ],
)
def test_vintages_explain_a_small_difference_which_is_listed_all_the_same(
    db: Database, product: str, first: int, second: int, explained: object
) -> None:
    """Customs query against Comtrade: within what a figure of its kind usually moves, the difference is explained."""
    known(db, figure(first, "2024-01", product=product), source="gacc_query")
    known(db, figure(second, "2024-01", product=product), source="comtrade")

    assert listed(db, "value_a, value_b, explained", "same_cell") == [(first, second, explained)]


def test_rounding_is_no_disagreement(db: Database) -> None:
    """Millions against single dollars: half a million apart is the same figure."""
    known(db, figure(11_432_537_000, "2026-06", precision=Decimal(500)))
    known(
        db,
        figure(11_433_000_000, "2026-06", precision=Decimal(500_000)),
        figure(9, "2026-06", partner="BY"),
        source="gacc_preliminary",
    )

    assert kinds(db) == []


def test_two_reports_of_one_day_are_never_explained_by_vintage(db: Database) -> None:
    """42.94 and 42.96 billion of January to May 2023: both stand, neither is their mean."""
    news = {"obs_status": "F", "precision": Decimal(5_000_000)}
    known(
        db,
        figure(42_940_000_000, "..2023-05", dataset="gacc_by_country", **news),
        figure(42_960_000_000, "..2023-05", dataset="gacc_by_country_other_report", **news),
        source="reference",
    )

    assert listed(db, "value_a, value_b, tolerance, explained, explanation", "same_cell") == [
        (42_940_000_000, 42_960_000_000, pytest.approx(10_000_000, rel=1e-6), False,
         "two reports of one figure that exclude each other")
    ]  # fmt: skip


def test_growth_in_yuan_and_in_dollars_are_both_right(db: Database) -> None:
    """2.9 % in yuan and 1.9 % in dollars for 2024: a difference of scope, said in words."""
    growth = {"measure": "trade_value_yoy", "unit": "percent", "precision": Decimal("0.05"), "flow": "T"}
    known(
        db,
        figure(2.9, "2024", dataset="gacc_by_country_yoy_cny", **growth),
        figure(1.9, "2024", dataset="gacc_by_country_yoy_usd", **growth),
        source="reference",
    )

    assert listed(db, "explained, explanation", "scope") == [
        (True, "growth in yuan against growth in dollars: both are right")
    ]
    assert kinds(db) == ["scope"]


def test_the_year_is_held_against_january_to_december(db: Database) -> None:
    """Two frequencies of one span: 2024 by one per cent apart; those of 2025 agree."""
    known(db, figure(100_000_000, "2024"), figure(100_000_000, "2025"))
    known(db, figure(101_000_000, "..2024-12"), figure(100_000_000, "..2025-12"), source="gacc_preliminary")

    assert listed(db, "period, freq, freq_b, value_a, value_b, explained", "same_period") == [
        ("2024", "A", "YTD", 100_000_000, 101_000_000, False)
    ]
    assert kinds(db) == ["same_period"]


def test_both_origins_lead_to_page_and_cell(db: Database) -> None:
    """Source, hash, address and place of each side, enough to open the archived page at the figure."""
    about_a, batch_a = document("bulletin", day(24), figure(100, "2026-06", locator="table 2 row 9"))
    about_b, batch_b = document(
        "release", day(14), figure(999, "2026-06", locator="table 4 row 12"), source="gacc_preliminary"
    )
    bring(db, (about_a, batch_a))
    bring(db, (about_b, batch_b))

    ((origin_a, origin_b, at),) = db.rows("SELECT origin_a, origin_b, known_at FROM disagreements")
    assert origin_a == [
        {
            "source": "gacc_bulletin", "payload_sha256": record("bulletin", day(24)).sha256, "url": "http://x/bulletin",
            "locator": "table 2 row 9", "period": "2026-06",
            "series_key": "gacc_bulletin:by_country:trade_value:CN:RU:X:TOTAL:USD:M",
        }
    ]  # fmt: skip
    assert [(o["url"], o["locator"], o["source"]) for o in origin_b] == [
        ("http://x/release", "table 4 row 12", "gacc_preliminary")
    ]
    assert at == day(24).replace(tzinfo=None)


def test_a_disagreement_is_unknown_before_its_second_figure(db: Database) -> None:
    """As of the 20th only the preliminary figure was known; of the 25th, both; later revisions are later."""
    known(db, figure(100, "2026-06"), source="gacc_preliminary", at=day(14))
    known(db, figure(200, "2026-06"), at=day(22))
    known(db, figure(100, "2026-06"), at=day(24))

    def at(number: int) -> list[Any]:
        return db.rows(
            "SELECT value_a, value_b, origin_a[1].url IS NOT NULL FROM disagreements_as_of(?)",
            [day(number).replace(tzinfo=None)],
        )

    assert (at(20), at(23), at(25)) == ([], [(200.0, 100.0, True)], [])


# --- the parts and the whole --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("TOTAL", ("27", "84")),
        ("87", ("8703", "8704")),
        ("8703", ("870323", "870380")),
        ("2701", ("27011210", "27011290")),
    ],
)
@pytest.mark.parametrize("beyond", [1, 2])
def test_parts_may_not_exceed_what_holds_them(db: Database, whole: str, parts: tuple[str, str], beyond: int) -> None:
    """60 and 40 in 100, each rounded to half a dollar: 1 more is rounding, 2 more is listed with every part."""
    known(
        db,
        figure(100, "2026-06", product=whole),
        figure(60, "2026-06", product=parts[0]),
        figure(40 + beyond, "2026-06", product=parts[1]),
    )

    assert listed(db, "product, value_a, value_b, difference, product_b, len(origin_b)", "parts_exceed_whole") == (
        [(whole, 100, 102, 2, f"sum of 2 codes of {len(parts[0])} digits", 2)] if beyond == 2 else []
    )


def test_parts_of_another_flow_source_period_or_length_are_not_added(db: Database) -> None:
    """60 and 60 don't exceed 100 unless they are lines of one table; headings don't count beside their chapter."""
    known(
        db,
        figure(100, "2026-06"),
        figure(60, "2026-06", product="87"),
        figure(60, "2026-06", product="8703"),
        figure(60, "2026-06", product="84", flow="M"),
        figure(60, "2026-05", product="84"),
        figure(60, "2026-06", product="84", partner="BY"),
        figure(60, "2026-06", product="energy"),
    )
    known(db, figure(60, "2026-06", product="84"), source="comtrade")

    assert kinds(db) == []


# --- months, the year, the year so far ----------------------------------------------------------------------------


def test_twelve_months_are_held_against_the_year(db: Database) -> None:
    """Twelve times 100 is 1,200 and not 1,300; January and February may be booked together."""
    months = [f"2025-{month:02d}" for month in range(3, 13)]
    known(db, figure(200, "2025-01/2025-02"), *(figure(100, month) for month in months), figure(1_300, "2025"))

    assert listed(db, "period, freq_b, value_a, value_b, explained, len(origin_b)", "months_against_year") == [
        ("2025", "M", 1_300, 1_200, False, 11)
    ]
    assert kinds(db) == ["months_against_year"]


def test_months_of_another_source_are_held_against_the_year_too(db: Database) -> None:
    """Comtrade's months against the year as the reference quotes it; half a unit of each figure is rounding."""
    known(db, *(figure(100, f"2025-{month:02d}") for month in range(1, 13)), source="comtrade")
    known(db, figure(1_207, "2025"), source="reference")
    known(db, figure(1_206, "2025"))

    assert listed(db, "split_part(series_key_a, ':', 1), value_a, value_b, tolerance", "months_against_year") == [
        ("reference", 1_207, 1_200, pytest.approx(6.5 + 0.01207))
    ]


def test_months_with_a_gap_are_no_year(db: Database) -> None:
    """Eleven months, and January twice over, are not held against twelve."""
    months = [f"2025-{month:02d}" for month in range(3, 13)]
    known(db, figure(100, "2025-01"), *(figure(100, month) for month in months), figure(1_300, "2025"))

    assert kinds(db) == []


def test_months_that_are_there_apart_and_together_count_once(db: Database) -> None:
    """January, February and both: 200, not 400."""
    known(
        db,
        figure(100, "2025-01"),
        figure(100, "2025-02"),
        figure(200, "2025-01/2025-02"),
        figure(200, "..2025-02"),
    )
    assert kinds(db) == []

    known(db, figure(100, "2026-02"), figure(200, "2026-01/2026-02"), figure(300, "2026-03"), figure(500, "..2026-03"))
    assert kinds(db) == []


def test_one_wrong_month_is_listed_once(db: Database) -> None:
    """April is 150 where the year so far grew by 100: not again in May and June, whose steps agree."""
    known(db, *(figure(100 * month, f"..2026-{month:02d}") for month in range(1, 7)))
    known(
        db,
        *(figure(150 if month == 4 else 100, f"2026-{month:02d}") for month in range(1, 7)),
        source="gacc_preliminary",
    )

    assert listed(db, "period, freq, value_a, value_b, len(origin_a), len(origin_b)", "months_against_cumulative") == [
        ("2026-04", "M", 100, 150, 2, 1)
    ]
    assert kinds(db) == ["months_against_cumulative"]


def test_corrections_of_earlier_months_explain_a_small_step(db: Database) -> None:
    """0.001 % of a cumulative total of 60 billion is 600,000: half a million is explained, two millions are not."""
    known(
        db,
        figure(10_000_000_000, "2026-05"),
        figure(10_000_000_000, "2026-06"),
        figure(40_000_000_000, "..2026-04"),
        figure(50_000_450_000, "..2026-05"),
        figure(60_002_450_000, "..2026-06"),
    )

    assert listed(db, "period, difference, explained", "months_against_cumulative") == [
        ("2026-05", -450_000, True),
        ("2026-06", -2_000_000, False),
    ]


# --- exports, imports and both ------------------------------------------------------------------------------------


def test_a_report_with_exports_and_imports_swapped_is_named_as_such(db: Database) -> None:
    """January to September 2025: customs has 73.566 out and 90.054 in; a newspaper printed them the other way round."""
    known(db, figure(73_566_000_000, "..2025-09"), figure(90_054_000_000, "..2025-09", flow="M"))
    news = {"dataset": "gacc_by_country_other_report", "obs_status": "F", "precision": Decimal(500_000)}
    known(
        db,
        figure(90_054_000_000, "..2025-09", **news),
        figure(73_566_000_000, "..2025-09", flow="M", **news),
        source="reference",
    )

    assert listed(
        db, "flow, value_a, value_b, split_part(series_key_b, ':', 1), len(origin_b), explained", "flows_swapped"
    ) == [
        ("M", 73_566_000_000, 90_054_000_000, "gacc_bulletin", 2, False),
        ("X", 90_054_000_000, 73_566_000_000, "gacc_bulletin", 2, False),
    ]
    assert listed(db, "explanation", "flows_swapped")[0] == (
        (
            "cited as exports, and equal to the imports of gacc_bulletin (90,054,000,000): "
            "the report has the two flows the wrong way round"
        ),
    )


@pytest.mark.parametrize(
    ("official_x", "official_m", "cited_x", "status"),
    [
        (73, 90, 80, "F"),  # misses both
        (73, 90, 73, "F"),  # right
        (90, 90, 90, "F"),  # both flows alike
        (73, 90, 90, "A"),  # not from the news
    ],
)
def test_what_is_not_the_other_flow_is_not_swapped(
    db: Database, official_x: int, official_m: int, cited_x: int, status: str
) -> None:
    """Only a figure from the news that misses its own flow and is the other one."""
    known(db, figure(official_x, "..2025-09"), figure(official_m, "..2025-09", flow="M"))
    known(db, figure(cited_x, "..2025-09", obs_status=status), source="reference")

    assert "flows_swapped" not in kinds(db)


@pytest.mark.parametrize(("x", "m", "rows"), [(112, 96, 2), (96, 112, 0), (104, 104, 0)])
def test_a_cited_month_is_swapped_if_the_year_so_far_grew_the_other_way_round(
    db: Database, x: int, m: int, rows: int
) -> None:
    """Exports grew by 95 and imports by 114: 112 and 96 are swapped; 96 and 112, corrected later, or 104 each not."""
    news = {"obs_status": "F", "dataset": "gacc_by_country"}
    known(
        db,
        figure(400, "..2023-05", **news),
        figure(495, "..2023-06", **news),
        figure(500, "..2023-05", flow="M", **news),
        figure(614, "..2023-06", flow="M", **news),
        figure(x, "2023-06", **news),
        figure(m, "2023-06", flow="M", **news),
        source="reference",
    )

    assert listed(db, "flow, value_a, value_b, freq_b, len(origin_b)", "flows_swapped") == (
        [("M", 96, 114, "YTD", 4), ("X", 112, 95, "YTD", 4)] if rows else []
    )


def test_exports_and_imports_are_held_against_their_total(db: Database) -> None:
    """7,990 and 10,656 million are not 18,656 in September 2022; with rounding to ten millions they were."""
    known(
        db,
        figure(7_990, "2022-09"),
        figure(10_656, "2022-09", flow="M"),
        figure(18_656, "2022-09", flow="T"),
        figure(7_990, "2022-10", precision=Decimal(10)),
        figure(10_656, "2022-10", flow="M"),
        figure(18_656, "2022-10", flow="T"),
    )
    known(db, figure(99_999, "2022-10", flow="T", partner="BY"))

    assert listed(db, "period, value_a, value_b, difference, flow_b, len(origin_b)", "flows_against_total") == [
        ("2022-09", 18_656, 18_646, -10, "X+M", 2)
    ]


# --- plausible unit values ----------------------------------------------------------------------------------------


def crude(db: Database, months: int, odd: float, **more: Any) -> None:  # noqa: ANN401 (any field)
    """Crude at 500 USD/t for some months of 2025, with one month (the fourth) at another price."""
    pairs = [(500 * 1_000 if month != 4 else odd * 1_000, f"2025-{month:02d}") for month in range(1, months + 1)]
    goods = {"flow": "M", "product": "2709"} | more
    known(
        db,
        *(figure(value, period, **goods) for value, period in pairs),
        *(figure(1_000_000, period, unit="kg", **goods) for _, period in pairs),
        source="comtrade",
    )


@pytest.mark.parametrize("odd", [1_510, 160])
def test_a_unit_value_three_times_off_its_median_is_listed(db: Database, odd: int) -> None:
    """The months around it cost 500 USD/t; the value of that quantity at 500 stands beside the one reported."""
    crude(db, 12, odd)

    assert listed(db, "period, value_a, value_b, series_key_b LIKE '%:quantity:%', explained", "unit_value") == [
        ("2025-04", odd * 1_000, 500_000, True, False)
    ]
    ((said,),) = listed(db, "explanation", "unit_value")
    assert said.startswith(f"at {odd} USD/t against a median of 500 in 10 months")


@pytest.mark.parametrize(
    ("months", "odd", "more"),
    [(12, 1_490, {}), (12, 170, {}), (6, 5_000, {}), (12, 5_000, {"product": "TOTAL"})],
    ids=["dear", "cheap", "too few months", "all goods"],
)
def test_a_unit_value_within_three_times_its_median_is_plausible(
    db: Database, months: int, odd: float, more: dict[str, str]
) -> None:
    """A true jump of the price loads without a word; without seven months there is no median to go by."""
    crude(db, months, odd, **more)

    assert "unit_value" not in kinds(db)


# --- exporter against importer ------------------------------------------------------------------------------------


def kazakhstan(db: Database, exported: float, imported: float, **more: Any) -> None:  # noqa: ANN401 (any field)
    """What China reports as exports to Kazakhstan and Kazakhstan as imports from China."""
    known(db, figure(exported, "2025-06", partner="KZ", **more), source="comtrade", at=day(10))
    known(db, figure(imported, "2025-06", reporter="KZ", partner="CN", flow="M", **more), source="comtrade", at=day(20))


def test_the_mirror_gap_takes_freight_out(db: Database) -> None:
    """Kazakhstan's 2,120 with freight are 2,000 without; China says 2,500: 500 are missing, 20 %."""
    kazakhstan(db, 2_500, 2_120)

    assert db.rows(
        "SELECT exporter, importer, product, quantity_kind, unit, period, exporter_value, importer_value, "
        "cif_fob_factor, gap, gap_pct, len(inputs), obs_status FROM mirror_gaps"
    ) == [
        ("CN", "KZ", "TOTAL", "value", "USD", "2025-06", 2_500, 2_120, 1.06, pytest.approx(-500), pytest.approx(-20), 2,
         "A")
    ]  # fmt: skip
    assert listed(
        db, "reporter, reporter_b, partner_b, flow_b, value_a, value_b, difference, explanation", "mirror_gap"
    ) == [
        ("CN", "KZ", "CN", "M", 2_500, 2_120, pytest.approx(-500),
         "KZ reports less from CN than CN reports to KZ, freight taken out (CIF / 1.06)")
    ]  # fmt: skip


def test_quantities_have_no_freight(db: Database) -> None:
    """1,060 cars that arrive of 1,000 that left are 60 too many."""
    kazakhstan(db, 1_000, 1_060, product="8703", unit="units")

    assert db.rows("SELECT cif_fob_factor, gap, unit FROM mirror_gaps") == [(1.0, 60, "units")]


def test_freight_and_timing_within_a_tenth_are_no_disagreement(db: Database) -> None:
    """2,500 out and 2,862 in: 2,700 without freight, 8 % more; the gap is a row, no disagreement."""
    kazakhstan(db, 2_500, 2_862)

    assert db.rows("SELECT gap FROM mirror_gaps") == [(pytest.approx(200),)]
    assert kinds(db) == []


def test_without_the_other_side_there_is_no_gap(db: Database) -> None:
    """One report, the world as partner, China's re-imports, another period or product: no mirror."""
    known(db, figure(5, "2025-06", partner="KZ"), figure(5, "2025-06", partner="W0"))
    known(db, figure(5, "2025-06", partner="CN"), figure(9, "2025-06", partner="CN", flow="M"))
    known(db, figure(9, "2025-07", reporter="KZ", partner="CN", flow="M"))
    known(db, figure(9, "2025-06", reporter="KZ", partner="CN", flow="M", product="8703"), source="comtrade")

    assert db.rows("FROM mirror_gaps") == []


def test_a_gap_is_unknown_before_the_second_report(db: Database) -> None:
    """China reported on the 10th, Kazakhstan on the 20th; the answer dates from the later one."""
    kazakhstan(db, 2_500, 2_120)
    gaps = "SELECT gap FROM mirror_gaps_as_of(?)"

    assert db.rows(gaps, [datetime(2026, 7, 19)]) == []
    assert db.rows(gaps, [datetime(2026, 7, 21)]) == [(pytest.approx(-500),)]
    assert db.rows("SELECT known_at FROM mirror_gaps") == [(day(20).replace(tzinfo=None),)]
    assert db.rows("FROM reconciliation_answers_as_of(?)", [datetime(2026, 7, 19)]) == []


def test_the_gap_is_an_answer_by_country_and_direction(db: Database) -> None:
    """Russia without a suffix, others with theirs; trade to China with `_from_`; single goods are no answer."""
    for reporter in ("RU", "KZ"):
        known(
            db,
            figure(1_000, "2021", partner=reporter),
            figure(700, "2021", partner=reporter, product="8703"),
            figure(1_060, "2021", partner=reporter, flow="M"),
            figure(1_272, "2021", reporter=reporter, partner="CN", flow="M"),
            figure(800, "2021", reporter=reporter, partner="CN", flow="X"),
            figure(742, "2021", reporter=reporter, partner="CN", flow="M", product="8703"),
            source="comtrade",
        )
    answers = db.execute("FROM reconciliation_answers_as_of(TIMESTAMP 'infinity') ORDER BY indicator")

    assert [column[0] for column in answers.description or ()] == ANSWER
    found = [dict(zip(ANSWER, answer, strict=True)) for answer in answers.fetchall()]
    assert {answer["indicator"]: answer["value"] for answer in found} == {
        "mirror_gap_usd": pytest.approx(200),  # 1,272 / 1.06 - 1,000
        "mirror_gap_usd_from_ru": pytest.approx(200),  # 1,060 / 1.06 - 800
        "mirror_gap_usd_kz": pytest.approx(200),
        "mirror_gap_usd_from_kz": pytest.approx(200),
    }
    assert {(answer["freq"], answer["unit"], answer["grade"], answer["source"]) for answer in found} == {
        ("A", "USD", "with care", "comtrade")
    }
    assert found[0]["inputs"] == [
        "comtrade:by_country:trade_value:CN:RU:X:TOTAL:USD:A 2021",
        "comtrade:by_country:trade_value:RU:CN:M:TOTAL:USD:A 2021",
    ]


# --- scope, and the figures that are shipped ----------------------------------------------------------------------


@pytest.mark.parametrize(("vehicles", "listed_rows"), [(582_700, 1), (632_300, 0)])
def test_a_trade_bodys_vehicles_are_another_scope_than_customs_cars(
    db: Database, vehicles: int, listed_rows: int
) -> None:
    """Both right, explained, and never taken for one cell; within their rounding there is nothing to list."""
    units = {"unit": "units", "precision": Decimal(50)}
    known(db, figure(632_341, "2025", product="8703", **units), source="comtrade")
    known(db, figure(vehicles, "2025", product="vehicles", dataset="cpca_vehicle_exports", **units), source="reference")
    known(db, figure(9, "2025", product="vehicles", partner="KZ", **units), source="reference")

    assert (
        listed(db, "product, product_b, value_a, value_b, explained", "scope")
        == [("8703", "vehicles", 632_341, vehicles, True)] * listed_rows
    )
    assert len(kinds(db)) == listed_rows


def test_the_shipped_figures_hold_real_disagreements(db: Database) -> None:
    """Cars of 2025 by CPCA and by customs; May 2023 in two reports; exports and imports of June 2023 swapped.

    Customs gave exports of 42.94 to May 2023 and of 52.284 to June, imports of 50.86 and 62.263 billion: 9.344 and
    11.403 in June. The report of the month says 11.28 and 9.551.
    """
    body = (DATA / "reference_figures.csv").read_bytes()
    payload = Payload("reference", "shipped:reference_figures.csv", body, hashlib.sha256(body).hexdigest(), day(24))
    known(db, *reference.parse(payload), source="reference")

    assert ("2025", 632_341, 582_700, True) in listed(db, "period, value_a, value_b, explained", "scope")
    assert ("2023-05", 42_940_000_000, 42_960_000_000, False) in listed(
        db, "period, value_a, value_b, explained", "same_cell"
    )
    assert listed(db, "period, flow, value_a, value_b", "flows_swapped") == [
        ("2023-06", "M", 9_551_000_000, 11_403_000_000),
        ("2023-06", "X", 11_280_000_000, 9_344_000_000),
    ]
    assert ("2022-09", 18_656_000_000, 18_646_000_000) in listed(db, "period, value_a, value_b", "flows_against_total")
    assert db.rows(
        "SELECT DISTINCT len(list_filter(origin_a || origin_b, lambda o: o.url IS NULL OR o.locator NOT LIKE 'row %')) "
        "FROM disagreements"
    ) == [(0,)]
