"""Batches and histories for the judge's tests: rows as the sources give them, without their pages.

Figures called true are those of the releases named; whatever else a test needs is made from them by a rule stated
here (a sibling page in the other currency at one rate, a year before from the printed changes).
"""

from __future__ import annotations

import itertools
import string
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol

import pandas as pd

from expectations import common
from expectations.customs import trade
from expectations.judge import HISTORY_COLUMNS, as_history
from sources.contract import Batch, Doubt, Observation, Payload

Rows = tuple[Observation, ...]
Trio = tuple[str, str, str]
EMPTY = pd.DataFrame(columns=list(HISTORY_COLUMNS))
FETCHED = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
FLOWS = ("T", "X", "M")


def batch(
    source: str,
    rows: Iterable[Observation],
    *,
    doubts: int = 0,
    url: str = "http://english.customs.gov.cn/statics/x.html",
    period: str = "",
    fetched_at: datetime = FETCHED,
) -> Batch:
    """A batch of these rows, fetched on 1 September 2026 unless said otherwise."""
    held = tuple(Doubt(locator=f"table 1 row {n}", reason="unknown partner", found="Atlantis") for n in range(doubts))
    payload = Payload(source=source, url=url, body=b"", sha256="0" * 64, fetched_at=fetched_at, period=period)
    return Batch(payload, 1, tuple(rows), held)


class Suite(Protocol):
    """What a module of expectations offers."""

    SUITE: Sequence[Any]

    def measure(self, sheet: common.Sheet) -> None:
        """Put columns on the sheet."""


def rules_broken(suite: Suite, rows: Batch, history: pd.DataFrame = EMPTY) -> dict[str, set[str]]:
    """The rules of a suite that a batch breaks, by severity, as the judge would ask them."""
    with common.quiet():
        sheet = common.sheet(rows, history)
        suite.measure(sheet)
    found: dict[str, set[str]] = {"critical": set(), "warning": set()}
    for said in common.validate(sheet, suite.SUITE):
        if not said["success"]:
            found[said["severity"]].add(said["expectation"])
    return found


def history(*rows: Iterable[Observation]) -> pd.DataFrame:
    """The current figures of a source after these rows were loaded."""
    return as_history(batch("gacc_preliminary", itertools.chain(*rows)))


def changed(rows: Iterable[Observation], where: Callable[[Observation], bool], **fields: object) -> Rows:
    """The rows, some of them with other fields; a field may be a function of the row.

    Raises:
        ValueError: no row is meant.
    """
    rows = tuple(rows)
    if not any(where(row) for row in rows):
        raise ValueError("no row is changed")

    def after(row: Observation) -> Observation:
        new: dict[str, Any] = {name: value(row) if callable(value) else value for name, value in fields.items()}
        return replace(row, **new) if where(row) else row

    return tuple(map(after, rows))


def times(factor: str) -> Callable[[Observation], Decimal | None]:
    """A row's value times a factor."""
    return lambda row: None if row.value is None else row.value * Decimal(factor)


def without(rows: Iterable[Observation], where: Callable[[Observation], bool]) -> Rows:
    """The rows but these.

    Raises:
        ValueError: no row is meant.
    """
    rows = tuple(rows)
    kept = tuple(row for row in rows if not where(row))
    if len(kept) == len(rows):
        raise ValueError("no row is left out")
    return kept


def is_of(
    partner: str, *, flow: str = "TXM", freq: str = "", measure: str = "trade_value"
) -> Callable[[Observation], bool]:
    """Is a row the page's own about a partner (or `*`), of these flows, of a frequency (or any) and measure?"""
    return lambda row: (
        row.measure.startswith(measure)
        and (measure != "trade_value" or row.measure == measure)
        and partner in {"*", row.partner}
        and str(row.flow) in flow
        and freq in {"", row.freq}
        and not row.reconstructed
    )


def rounded(value: Decimal, half: Decimal) -> Decimal:
    """A value as it is printed: to twice `half`."""
    return (value / (2 * half)).quantize(Decimal(1), ROUND_HALF_UP) * 2 * half


def month_days(year: int, month: int) -> tuple[date, date]:
    """First and last day."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


# --- trade by country -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Partner:
    """A row of a table by country: total, exports, imports of the month and since January, printed changes."""

    code: str | None
    name: str
    kind: str
    month: Trio
    total: Trio
    change: Trio | None


def _partner(line: str) -> Partner:
    code, name, kind, *figures = line.split("|")
    a, b, c, d, e, f, *change = figures
    return Partner(code, name, kind, (a, c, e), (b, d, f), (change[0], change[1], change[2]))


# True: the release of March 2026 by country, in CNY 100 million.
MARCH_PRINTED = """
W0|World|world|41046.4|118380.0|22297.0|68466.7|18749.4|49913.3|15.0|11.9|19.6
EU|European Union|group|4873.2|14862.2|3248.9|10344.0|1624.3|4518.2|14.6|18.0|7.6
DE|Germany|country|1243.6|3752.6|711.8|2240.9|531.7|1511.7|12.7|21.2|2.1
US|United States|country|2921.1|9016.7|2045.0|6777.6|876.1|2239.0|-18.7|-18.3|-19.7
ASEAN|ASEAN|group|7240.5|19666.6|4377.0|12300.2|2863.5|7366.4|15.4|17.5|12.1
VN|Viet Nam|country|2003.0|5374.3|1372.5|3569.5|630.4|1804.8|18.3|17.9|19.0
JP|Japan|country|2269.8|5962.7|998.7|2837.0|1271.2|3125.7|14.9|4.2|26.8
HK|Hong Kong, China|country|3168.0|7944.7|2730.9|6922.9|437.1|1021.8|49.5|36.4|323.2
KR|Republic of Korea|country|2700.6|7016.9|1071.5|2901.8|1629.1|4115.0|32.0|21.4|40.6
TW|Taiwan, China|country|2272.5|5968.8|630.5|1648.0|1642.0|4320.8|17.9|27.8|14.5
AU|Australia|country|1574.3|4287.6|439.3|1376.3|1135.0|2911.4|37.1|20.1|46.9
RU|Russia|country|1535.4|4280.4|649.8|1932.8|885.6|2347.6|11.8|18.8|6.5
IN|India|country|987.9|3022.1|846.1|2615.7|141.8|406.4|16.9|14.6|34.1
GB|United Kingdom|country|575.5|1827.3|475.3|1520.0|100.2|307.3|13.1|15.3|3.2
CA|Canada|country|479.5|1504.7|254.9|844.1|224.6|660.6|-6.1|7.5|-19.2
NZ|New Zealand|country|133.5|371.9|41.2|140.0|92.3|231.9|-1.5|11.2|-7.8
_LATAM|Latin America|group|3112.3|9861.3|1565.0|5034.1|1547.3|4827.2|15.4|6.6|26.3
BR|Brazil|country|960.8|3179.4|423.6|1324.3|537.2|1855.1|26.0|16.8|33.6
_AFRICA|Africa|group|2074.9|6465.6|1243.7|4254.5|831.1|2211.1|23.7|29.0|14.6
ZA|South Africa|country|364.3|992.6|138.7|435.3|225.6|557.3|37.9|27.7|47.1
"""
MARCH = tuple(_partner(line) for line in MARCH_PRINTED.split("\n") if line)
SCALE = {"CNY": (Decimal(10**8), Decimal("0.05")), "USD": (Decimal(10**6), Decimal("0.05"))}


def by_country(
    partners: Sequence[Partner] = MARCH,
    *,
    currency: str = "CNY",
    year: int = 2026,
    month: int = 3,
    scale: tuple[Decimal, Decimal] | None = None,
    status: str = "P",
) -> Rows:
    """Rows of a table by country: the month, since January, since January a month before (reconstructed), changes."""
    factor, half = scale or SCALE[currency]
    first, last = month_days(year, month)
    rows: list[Observation] = []
    for n, partner in enumerate(partners, start=5):
        for place, flow in enumerate(FLOWS):
            about: dict[str, Any] = {
                "dataset": "by_country", "reporter": "CN", "partner": partner.code, "partner_name": partner.name,
                "partner_kind": partner.kind, "flow": flow, "product": "TOTAL", "obs_status": status,
                "published": date(2026, 4, 8), "locator": f'table 1 row {n} column {place} "{partner.name}"',
            }  # fmt: skip
            of_month, total = Decimal(partner.month[place]) * factor, Decimal(partner.total[place]) * factor
            value = {"measure": "trade_value", "unit": currency, "precision": half * factor, **about}
            january = date(year, 1, 1)
            rows += [
                Observation(**value, freq="M", period_start=first, period_end=last, value=of_month),
                Observation(**value, freq="YTD", period_start=january, period_end=last, value=total),
            ]
            if month > 1:
                before = month_days(year, month - 1)[1]
                value |= {"precision": 2 * half * factor, "reconstructed": True}
                rows.append(
                    Observation(**value, freq="YTD", period_start=january, period_end=before, value=total - of_month)
                )
            if partner.change is not None:
                measure = f"trade_value_yoy_{currency.lower()}"
                change = {"measure": measure, "unit": "percent", "precision": Decimal("0.05"), **about}
                rows.append(
                    Observation(
                        **change,
                        freq="YTD",
                        period_start=january,
                        period_end=last,
                        value=Decimal(partner.change[place]),
                    )
                )
    return tuple(rows)


def in_dollars(rows: Rows, *, rate: str = "6.9", rate_change: str = "1.03") -> Rows:
    """The sibling page in dollars: values at one rate, changes with one change of the rate, printed to a tenth.

    Its figures are those of a page that was rounded already: their `precision` counts both roundings.
    """
    half = SCALE["USD"][1] * SCALE["USD"][0]
    tenth = Decimal("0.05")
    return tuple(
        replace(
            row, measure="trade_value_yoy_usd",
            value=rounded(((1 + row.value / 100) * Decimal(rate_change) - 1) * 100, tenth),
        )
        if row.unit == "percent" and row.value is not None and row.measure == "trade_value_yoy_cny"
        else replace(
            row, unit="USD", value=rounded(row.value / Decimal(rate), half),
            precision=half + row.precision / Decimal(rate),
        )
        if row.unit == "CNY" and row.value is not None
        else row
        for row in rows
    )  # fmt: skip


def past(rows: Rows) -> Rows:
    """What was known before a page: the months of the year before it, from the base its printed changes imply.

    Last year's sum since January is this year's without its change; each month of last year is an equal part of it.
    This year's sum a month before is the page's own, less the month.
    """
    change = {
        (r.dataset, r.measure.partition("_yoy")[0], r.partner, r.flow, r.product): r
        for r in rows
        if r.unit == "percent"
    }
    known: list[Observation] = []
    for row in rows:
        if row.freq != "YTD" or row.reconstructed or row.unit == "percent" or row.value is None:
            continue
        printed = change.get((row.dataset, row.measure, row.partner, row.flow, row.product))
        if printed is None or printed.value is None:
            continue
        months, year = row.period_end.month, row.period_end.year
        base = row.value / (1 + printed.value / 100)
        for n in range(1, 13):
            first, last = month_days(year - 1, n)
            part = base / months
            known += [
                replace(row, freq="M", period_start=first, period_end=last, value=part),
                replace(row, period_start=first.replace(month=1), period_end=last, value=part * n),
            ]
    known += [
        replace(row, reconstructed=False)
        for row in rows
        if row.reconstructed and row.period_end.year == max(r.period_end for r in rows).year
    ]
    return tuple(known)


# --- major commodities ----------------------------------------------------------------------------------------

# True: major exports of June 2026, in USD million: commodity, unit, its factor; quantity and value of the month, since
# January, of last year, the change in percent.
EXPORTS = """
agriculture products|-|0|-|9730.8|-|52969.4|-|49299.2|-|7.4
aquatic products|t|10000|40.0|1819.0|225.7|9787.8|213.8|9803.3|5.5|-0.2
grain food|t|10000|32.8|155.9|158.9|858.7|136.9|871.9|16.1|-1.5
refined petroleum products|t|10000|436.1|4453.8|2359.3|20333.9|2718.0|17753.4|-13.2|14.5
rare-earth ore, metals, compounds|t|1|5104.8|64.6|30482.8|308.3|32569.3|191.3|-6.4|61.1
ceramic products|t|10000|154.7|1106.2|934.0|8182.2|918.9|11052.1|1.6|-26.0
steel products|t|10000|1032.0|7335.4|5487.4|38474.7|5814.9|40659.5|-5.6|-5.4
unwrought aluminium and aluminium products|t|10000|71.1|2950.2|339.6|13509.9|292.1|10143.5|16.3|33.2
furniture and parts thereof|-|0|-|6056.8|-|33761.4|-|32897.0|-|2.6
toys|-|0|-|3409.5|-|15596.8|-|17587.9|-|-11.3
audio or video devices and parts thereof|-|0|-|3814.6|-|20988.2|-|18550.7|-|13.1
motor vehicles|units|10000|106.9|18228.9|530.7|91802.0|346.9|59660.1|53.0|53.9
parts and accessories of vehicle|-|0|-|9781.5|-|51320.1|-|47708.0|-|7.6
ships|units|1|775.0|6369.3|3412.0|31619.2|3389.0|24439.4|0.7|29.4
mechanical and electrical products|-|0|-|260334.1|-|1350169.7|-|1084089.8|-|24.5
hi-tech products|-|0|-|118836.5|-|604155.4|-|436232.2|-|38.5
"""


def commodities(*, year: int = 2026, month: int = 6, text: str = EXPORTS) -> Rows:
    """Rows of a table of major exports in dollars, with last year restated and a month before reconstructed."""
    first, last = month_days(year, month)
    january, before = date(year, 1, 1), month_days(year, month - 1)[1]
    ago = (date(year - 1, 1, 1), month_days(year - 1, month)[1])
    rows: list[Observation] = []
    for n, line in enumerate(filter(None, text.split("\n")), start=5):
        product, unit, factor, *figures = line.split("|")
        about: dict[str, Any] = {
            "dataset": "major_exports", "reporter": "CN", "partner": "W0", "partner_name": "World",
            "partner_kind": "world", "flow": "X", "product": product, "obs_status": "P",
            "published": date(2026, 7, 15), "locator": f'table 1 row {n} "{product}"',
        }  # fmt: skip
        for place, measure, code, scale in ((0, "quantity", unit, factor), (1, "trade_value", "USD", "1000000")):
            if code == "-":
                continue
            of_month, total, restated = (Decimal(figures[place + k]) * Decimal(scale) for k in (0, 2, 4))
            value = {"measure": measure, "unit": code, "precision": Decimal("0.05") * Decimal(scale), **about}
            later = {**value, "reconstructed": True, "freq": "YTD"}
            twice = {**later, "precision": 2 * value["precision"]}
            change = {**about, "measure": "quantity_yoy" if place == 0 else "trade_value_yoy_usd", "unit": "percent"}
            rows += [
                Observation(**value, freq="M", period_start=first, period_end=last, value=of_month),
                Observation(**value, freq="YTD", period_start=january, period_end=last, value=total),
                Observation(**twice, period_start=january, period_end=before, value=total - of_month),
                Observation(**later, period_start=ago[0], period_end=ago[1], value=restated),
                Observation(
                    **change, precision=Decimal("0.05"), freq="YTD", period_start=january, period_end=last,
                    value=Decimal(figures[place + 6]),
                ),
            ]  # fmt: skip
    return tuple(rows)


def commodity(product: str, *, freq: str, measure: str = "trade_value") -> Callable[[Observation], bool]:
    """Is a row the page's own about a commodity?"""
    return lambda row: row.product == product and row.freq == freq and row.measure == measure and not row.reconstructed


# --- the bulletin ---------------------------------------------------------------------------------------------

CONTINENTS = ("_ASIA", "_AFRICA", "_EUROPE", "_LATAM", "_NAMERICA", "_OCEANIA")
THOUSAND = (Decimal(1000), Decimal("0.5"))
# True: the bulletin of June 2026, in thousand dollars.
RUSSIA = Partner(
    "RU", "Russia", "country",
    ("24351380", "11432537", "12918844"), ("134174743", "60596461", "73578282"), ("25.6", "28.4", "23.3"),
)  # fmt: skip
MEANT = {"EU", "AQ", "RU"}.union(*trade.MEMBERS.values())  # codes that the rules know
SOME_CODES = [c for c in map("".join, itertools.product(string.ascii_uppercase, repeat=2)) if c not in MEANT]


def bulletin(*, year: int = 2026, month: int = 6, countries: int = 259) -> Rows:
    """Table (2) of the bulletin: Russia's true row of June 2026, others made up, sums made of them.

    Each country's exports and imports are a share of Russia's that falls with its place; the last twenty have none.
    Every continent is the sum of each sixth country; areas unknown stand in none of them; all add up to TOTAL.
    """
    codes = SOME_CODES[: countries - 1]
    listed = [RUSSIA, *(_small(n, code, len(codes)) for n, code in enumerate(codes, start=1))]
    unknown = _of(None, "Countries(Territories) Unknown", "area", (0, 86517), (57, 464568))
    sums = [_sum(code, "group", listed[n::6]) for n, code in enumerate(CONTINENTS)]
    return by_country(
        [_sum("W0", "world", [*listed, unknown]), *sums, *listed, unknown],
        currency="USD", year=year, month=month, scale=THOUSAND, status="A",
    )  # fmt: skip


def _small(n: int, code: str, of: int) -> Partner:
    share = 0 if n > of - 20 else of + 1 - n
    return _of(code, f"Country {n}", "country", (11 * share**2, 9 * share**2), (60 * share**2, 50 * share**2))


def _of(code: str | None, name: str, kind: str, month: tuple[int, int], total: tuple[int, int]) -> Partner:
    figures = [(f"{out + into}", f"{out}", f"{into}") for out, into in (month, total)]
    change = ("20.0", "20.0", "20.0") if sum(total) else None
    return Partner(code, name, kind, figures[0], figures[1], change)


def _sum(code: str, kind: str, parts: Sequence[Partner]) -> Partner:
    month, total = ([sum(int(getattr(p, name)[n]) for p in parts) for n in (1, 2)] for name in ("month", "total"))
    made = _of(code, code, kind, (month[0], month[1]), (total[0], total[1]))
    return replace(made, change=None)
