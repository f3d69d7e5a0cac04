"""Figures of goods for tests: what customs services report by product and partner, loaded as the walk loads them."""

from calendar import monthrange
from datetime import date, datetime
from typing import Any, Final

from sources.contract import Batch, Observation
from tests.warehouse.builders import bring, day, document, emptied, row
from warehouse.database import Database

DATASET: Final = {
    "cbr_fx": "daily",
    "comtrade": "hs_monthly",
    "comtrade_csv": "hs_monthly",
    "gacc_bulletin": "by_country",
    "gacc_preliminary": "by_country",
    "gacc_query": "commodity_partner",
    "reference": "gacc_commodity_partner",
}
SEEN: Final[dict[str, Batch]] = {}  # what was loaded before, for the loader to read again


def days(label: str) -> tuple[date, date, str]:
    """First day, last day and frequency of a label: `2023-01`, `2023-01/2023-02`, `2023-H1`, `2023`, `..2023-06`."""
    year = label[:4]
    if label.startswith(".."):
        first, last, freq = f"{label[2:6]}-01", label[2:], "YTD"
    elif label.endswith("-H1"):
        first, last, freq = f"{year}-01", f"{year}-06", "H"
    elif label.endswith("-H2"):
        first, last, freq = f"{year}-07", f"{year}-12", "H"
    elif label == year:
        first, last, freq = f"{year}-01", f"{year}-12", "A"
    else:
        first, last, freq = label[:7], label[-7:], "M"
    start, end = date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")
    return start, end.replace(day=monthrange(end.year, end.month)[1]), freq


def goods(value: float | None, period: str, product: str = "2709", **more: Any) -> Observation:  # noqa: ANN401 (any field)
    """China's imports of crude oil from Russia in dollars, unless changed."""
    start, end, freq = days(period)
    facts: dict[str, Any] = {
        "published": None, "flow": "M", "product": product, "freq": freq, "period_start": start, "period_end": end,
        "precision": 0,
    }  # fmt: skip
    return row(value, **(facts | more))


def tonnes(value: float | None, period: str, product: str = "2709", **more: Any) -> Observation:  # noqa: ANN401 (any field)
    """The same in tonnes."""
    return goods(value, period, product, **({"measure": "quantity", "unit": "t"} | more))


def cars(value: float, period: str, product: str = "8703", **more: Any) -> Observation:  # noqa: ANN401 (any field)
    """China's exports of cars to Russia in units."""
    return tonnes(value, period, product, **({"flow": "X", "unit": "units"} | more))


def known(db: Database, *rows: Observation, source: str = "comtrade", at: datetime | None = None) -> None:
    """Load rows that one document of a source says; by default fetched at noon of 20 July 2026."""
    when = day(20) if at is None else at
    named = [changed(item, dataset=DATASET[source]) if item.dataset == "by_country" else item for item in rows]
    bring(db, document(f"{source} {when} {named!r}", when, *named, source=source), seen=SEEN)
    db.execute("DROP TABLE IF EXISTS answered")


def nothing(db: Database) -> Database:
    """The warehouse without a figure, and without remembered answers."""
    db.execute("DROP TABLE IF EXISTS answered")
    return emptied(db)


def changed(item: Observation, **changes: Any) -> Observation:  # noqa: ANN401 (any field)
    """A row with some facts changed."""
    return type(item)(**({name: getattr(item, name) for name in item.__dataclass_fields__} | changes))


def answers(db: Database, indicator: str, what: str = "value", freq: str = "M") -> dict[str, Any]:
    """An indicator by period. All indicators are asked for once, until something new is loaded."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS answered AS SELECT * FROM indicators")
    rows = db.rows(f"SELECT period, {what} FROM answered WHERE indicator = ? AND freq = ?", [indicator, freq])
    found = dict(rows)
    assert len(found) == len(rows), "one row an indicator and period"
    return found
