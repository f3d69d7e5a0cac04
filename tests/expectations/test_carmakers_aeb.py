"""The AEB's figures: three counts of one market beside another, months within years, no lost digit; true ones load."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from expectations.carmakers import aeb, figures
from expectations.common import name
from expectations.judge import as_history
from sources.carmakers import aeb as source
from sources.contract import Batch, Observation, Payload
from tests.expectations.pages import EMPTY, FETCHED, Rows, batch, changed, rules_broken
from tests.payloads.aeb import pages

SOURCE = "aeb"
RECORDED = Path(__file__).parents[2].parent / "shared" / "recorded" / "carmakers" / "aebrus.ru"
AMC, PPC, CARS = "aeb_pc_lcv_amc", "aeb_pc_lcv_ppc", "aeb_pc_ppc"


def read(body: bytes) -> Rows:
    """The figures of a document."""
    payload = Payload(SOURCE, "file:a", body, "0" * 64, FETCHED)
    return tuple(row for row in source.parse(payload) if isinstance(row, Observation))


def broken(rows: Batch, history: pd.DataFrame = EMPTY) -> dict[str, set[str]]:
    """The rules that a batch breaks, by severity, as the judge would ask them."""
    return rules_broken(aeb, rows, history)


NOVEMBER = read(pages.brands())  # true: November 2022
MARCH = read(pages.march())  # true: March 2025
JULY_2022 = read(pages.july_2022())  # true
JULY_2023 = read(pages.july_2023())  # true
TRUE = {"brands": NOVEMBER, "March 2025": MARCH, "July 2022": JULY_2022, "July 2023": JULY_2023}


def of(rows: Rows, market: str, freq: str = "M", **fields: object) -> Rows:
    """The rows with the market's count of a dataset changed."""
    return changed(
        rows, lambda row: (row.dataset, row.measure, row.freq) == (market, "ru_car_market_units", freq), **fields
    )


@pytest.mark.parametrize("rows", TRUE.values(), ids=TRUE)
def test_true_figures_load(rows: Rows) -> None:
    """Nothing is held; a brand that sold 13 instead of 3,023 is noted."""
    noted = {"usual_level"} if rows is NOVEMBER else set()

    assert broken(batch(SOURCE, rows)) == {"critical": set(), "warning": noted}


def test_a_market_at_a_tenth_of_its_level_is_held_unless_a_change_explains_it() -> None:
    """Not so a brand: brands come and go."""
    before = as_history(batch(SOURCE, of(JULY_2022, AMC, value=Decimal(400_000))))
    market = tuple(row for row in NOVEMBER if (row.measure, row.freq) == ("ru_car_market_units", "M"))
    brands = tuple(row for row in NOVEMBER if (row.measure, row.freq) == ("brand_sales_units", "M"))

    assert broken(batch(SOURCE, of(market, AMC, value=Decimal(30_000))), before)["critical"] == {
        "usual_level_or_explained"
    }
    assert broken(batch(SOURCE, brands), before) == {"critical": set(), "warning": {"usual_level"}}


def test_true_figures_load_one_after_the_other() -> None:
    """Months and years far apart, a market that halved and doubled: nothing is held in either order."""
    for order in (list(TRUE.values()), list(reversed(TRUE.values()))):
        history = EMPTY
        for rows in order:
            assert broken(batch(SOURCE, rows), history)["critical"] == set()
            fresh = as_history(batch(SOURCE, rows))
            history = pd.concat([history, fresh], ignore_index=True) if len(history) else fresh


def test_makers_above_registrations_by_more_than_2_percent_are_noted() -> None:
    """83,095 registered: 84,700 reported by makers can be, 85,000 is shown with both values; in one page or in two."""
    near = of(MARCH, AMC, value=Decimal(84700))
    far = of(MARCH, AMC, value=Decimal(85000))
    makers = tuple(row for row in far if row.dataset == AMC)
    registered = tuple(row for row in far if row.dataset == PPC)

    assert broken(batch(SOURCE, near)) == {"critical": set(), "warning": set()}
    assert broken(batch(SOURCE, far)) == {"critical": set(), "warning": {"members_within_registrations"}}
    for first, then in ((makers, registered), (registered, makers)):
        history = as_history(batch(SOURCE, first))
        assert "members_within_registrations" in broken(batch(SOURCE, then), history)["warning"]


def test_passenger_cars_above_cars_with_light_commercial_vehicles_are_held() -> None:
    """Two scopes were mixed up."""
    all_vehicles = of(JULY_2023, CARS, dataset=PPC, value=Decimal(90000))
    cars = tuple(row for row in JULY_2023 if row.dataset == CARS)
    history = as_history(batch(SOURCE, tuple(row for row in all_vehicles if row.dataset == PPC)))

    assert "cars_within_all" in broken(batch(SOURCE, cars), history)["critical"]
    right = of(JULY_2023, CARS, dataset=PPC, value=Decimal(110000))
    history = as_history(batch(SOURCE, tuple(row for row in right if row.dataset == PPC)))
    assert broken(batch(SOURCE, cars), history)["critical"] == set()


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        (of(MARCH, PPC, value=Decimal(83)), "level_is_possible"),
        (of(MARCH, PPC, value=Decimal(830950)), "level_is_possible"),
        (of(NOVEMBER, AMC, freq="YTD", value=Decimal(45000)), "month_within_year"),
        (of(NOVEMBER, AMC, value=Decimal(20000)), "brand_within_market"),
        (of(NOVEMBER, AMC, value=Decimal(26000)), "brands_within_market"),
    ],
    ids=["thousand lost", "a digit more", "month above its year", "brand above market", "brands above market"],
)
def test_a_figure_that_cannot_be_is_held(rows: Rows, rule: str) -> None:
    """What all figures of vehicles must satisfy is asked of these as well."""
    assert rule in broken(batch(SOURCE, rows))["critical"]


def test_every_rule_of_its_own_is_tried() -> None:
    """Those that all carmakers share are tried with them."""
    own = set(map(name, aeb.SUITE)) - set(map(name, (*figures.COMMON, *figures.FIGURES)))

    assert own == {"members_within_registrations", "cars_within_all"}


@pytest.mark.recorded
@pytest.mark.parametrize("backwards", [False, True])
def test_recorded_documents_load_in_any_order(backwards: bool) -> None:
    """Each could be the first, and follows any other."""
    if not RECORDED.is_dir():
        pytest.skip(f"no recorded documents in {RECORDED}")
    history = EMPTY
    files = [path for path in RECORDED.iterdir() if path.suffix in {".html", ".pdf"} and "list" not in path.name]
    for path in sorted(files, reverse=backwards):
        rows = batch(SOURCE, read(path.read_bytes()))

        assert broken(rows, history)["critical"] == set(), path.name
        fresh = as_history(rows)
        history = pd.concat([history, fresh], ignore_index=True) if len(history) else fresh
