"""What `amur status` shows first: the newest figures, each with its 24 months."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows import show
from tests.flows.conftest import Home
from tests.warehouse.builders import bring, document, warehouse
from tests.warehouse.goods import goods
from warehouse.publisher import publish

NOW = datetime(2026, 7, 25, 2, 30, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Half a year of trade, in which April is missing; June is the highest, January and February came as one."""
    home = Home(tmp_path / "home", {"AMUR_NOW": f"{NOW:%Y-%m-%dT%H:%M:%SZ}"})
    db = warehouse(home.path / "warehouse.duckdb")
    months = {
        "2025-11": 19.0,
        "2025-12": 20.0,
        "2026-01/2026-02": 30.0,
        "2026-03": 18.0,
        "2026-05": 21.0,
        "2026-06": 22.0,
    }
    for label, billions in months.items():
        out = date(int(label[-7:-3]), int(label[-2:]), 28)
        at = datetime(out.year, out.month, out.day, 3, tzinfo=UTC)
        rows = [goods(value * 1e9, label, "TOTAL", flow=flow, published=out)
                for flow, value in (("T", billions), ("X", billions / 2), ("M", billions / 2))]  # fmt: skip
        bring(db, document(label, at, *rows))
    publish(db, home.path, "run-1", NOW)
    return home


def test_the_newest_figures_come_first_each_with_its_months(home: Home) -> None:
    """In 80 columns; a month that isn't there is a dot, two months printed together are none."""
    lines = home.here("status").stdout.splitlines()
    (line,) = (line for line in lines if line.split()[:1] == ["trade_total_usd"])

    assert lines.index(line) < next(n for n, line in enumerate(lines) if line.split()[:1] == ["source"])
    assert max(map(len, lines)) <= 80
    assert line.split()[1:5] == ["2026-06", "22.00", "bn", "USD"]
    assert line.split()[5] == "················▃▅··▁·▆█"


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], "▁▂▃▄▅▆▇█"),
        ([-5.0, None, 5.0], "▁·█"),
        ([7.0, 7.0], "▄▄"),
        ([None, None], "··"),
        ([], ""),
    ],
)
def test_a_line_has_one_sign_a_value(values: list[float | None], line: str) -> None:
    """From the lowest to the highest; of what doesn't move the middle."""
    assert show.spark(values) == line
