"""From figures in prose to series of vehicles: one table of names for the carmakers' sources, and one scope a series.

    found = prose.figures(text, language="ru", published=day, topic=topic)
    yield from vehicles.settle(
        vehicles.rows(found, own="autostat", scope_of=scope_of, published=day, where="article")
    )

`scope_of(figure)` is the source's: it says which cut of which market the figure counts, as a `Scope`; None where it is
a series that the source doesn't load (used cars, leasing, electric cars); `Unclear` where that can't be told. A figure
that the page quotes from somebody else is addressed by `quoted` instead and has status `F`.

The measures, with `_yoy` or `_mom` behind them for a change in percent, and the name as product behind the colon:

    sales         ru_car_market_units (car, truck, hcv, mcv, lcv, bus, vehicle by the scope), lada_sales_units,
                  kamaz_sales_units, brand_sales_units:haval, model_sales_units:granta, group_sales_units:avtovaz,
                  chinese_brand_sales_units
    registrations as sales, with `registrations` in place of `sales`, and `ru_car_registrations_units` for the market
    output        cars_output_units, trucks_output_units, buses_output_units, lada_production_units,
                  brand_production_units:haval, model_production_units:granta, group_production_units:avtovaz
    exports       lada_export_units, brand_export_units:..., model_export_units:..., group_export_units:...;
                  of China cn_vehicle_exports_units, cn_nev_exports_units, cn_car_exports_units
    share         lada_share, kamaz_share, brand_share:haval, group_share:avtovaz, chinese_brand_share
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, TypeVar

from sources.contract import Doubt, Observation, Row
from sources.parse.prose import Extraction, Figure, Subject, SubjectKind, Unresolved

__all__ = [
    "AVTOVAZ_IS_LADA",
    "Scope",
    "ScopeOf",
    "Unclear",
    "Vehicles",
    "name_of",
    "observation",
    "quoted",
    "rows",
    "settle",
]

Vehicles = Literal["car", "truck", "hcv", "mcv", "lcv", "bus", "vehicle", "nev"]


class Unclear(ValueError):
    """A figure whose scope neither the text nor the source's default settles; its message is the reason."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cut of which market a figure counts: the `dataset` of its series, and the vehicles that name a market."""

    dataset: str
    vehicles: Vehicles


ScopeOf = Callable[[Figure], Scope | None]
AnyRow = TypeVar("AnyRow", bound=Row)

AVTOVAZ_IS_LADA: Final[Mapping[Subject, Subject]] = MappingProxyType(
    {Subject("group", "avtovaz"): Subject("brand", "lada")}
)
"""For publishers whose "AVTOVAZ" is the brand LADA, not the group with its other brands."""

OWN_NAMES: Final = frozenset({"lada", "kamaz"})
CHANGES: Final = MappingProxyType({"none": "", "yoy": "_yoy", "mom": "_mom"})
VERBS: Final = MappingProxyType(
    {"sales": "sales_units", "registrations": "registrations_units", "output": "production_units",
     "exports": "export_units", "share": "share"}
)  # fmt: skip
OUTPUT: Final = MappingProxyType(
    {"car": "cars_output_units", "truck": "trucks_output_units", "bus": "buses_output_units",
     "vehicle": "vehicles_output_units"}
)  # fmt: skip
QUOTED: Final = MappingProxyType(
    {
        ("rosstat", "output", "car"): Scope("report_cars", "car"),
        ("rosstat", "output", "truck"): Scope("report_trucks", "truck"),
        ("minpromtorg", "sales", "car"): Scope("minpromtorg_pc", "car"),
        ("minpromtorg", "sales", "truck"): Scope("minpromtorg_trucks_gt3_5t", "truck"),
        ("minpromtorg", "sales", "lcv"): Scope("minpromtorg_lcv", "lcv"),
    }
)
"""What other publishers count, by publisher, measure and vehicles; the two of Rosstat as `rosstat_output` has them."""

CLASSES: Final[tuple[tuple[frozenset[str], Vehicles], ...]] = (
    (frozenset({"lcv"}), "lcv"),
    (frozenset({"pc"}), "car"),
    (frozenset({"truck"}), "truck"),
    (frozenset({"mcv_hcv"}), "truck"),
    (frozenset({"bus"}), "bus"),
)
WHOLE: Final = frozenset({"pc", "lcv", "truck", "mcv_hcv", "bus", "ppc", "gt3.5t"})
"""The words of scope with which a quoted figure still is the whole market that the publisher counts."""

ROUND: Final = 100
HEDGED_GAP: Final = Decimal("0.05")


def name_of(figure: Figure, scope: Scope, *, reporter: str = "RU") -> tuple[str, str | None] | None:
    """Measure and product of a figure; None where there is no series for it.

    No series: changes against anything but the year or month before, changes in units or percentage points, changes of
    a share, imports.
    """
    change = CHANGES.get(figure.comparison)
    unit = "units" if figure.comparison == "none" and figure.measure != "share" else "percent"
    if change is None or figure.measure not in VERBS or figure.unit != unit:
        return None
    if figure.measure == "share" and (change or figure.subject.kind == "market"):
        return None
    stem, product = _stem(figure, scope, reporter)
    return (f"{stem}{change}", product) if stem else None


def _stem(figure: Figure, scope: Scope, reporter: str) -> tuple[str, str | None]:
    kind, name = figure.subject.kind, figure.subject.name
    verb = VERBS[figure.measure]
    if kind == "market":
        return _market(figure, scope, reporter), None
    if kind == "origin":
        return f"{name}_brand_{verb}", None
    if kind == "brand" and name in OWN_NAMES:
        return f"{name}_{verb}", None
    named: dict[SubjectKind, str] = {"brand": "brand", "model": "model", "group": "group"}
    return f"{named[kind]}_{verb}", name


def _market(figure: Figure, scope: Scope, reporter: str) -> str:
    if figure.measure == "output":
        return OUTPUT.get(scope.vehicles, "")
    if figure.measure == "exports":
        return f"{reporter.lower()}_{scope.vehicles}_exports_units"
    what = "registrations" if figure.measure == "registrations" else "market"
    return f"{reporter.lower()}_{scope.vehicles}_{what}_units"


def quoted(figure: Figure) -> Scope | None:
    """The scope of a figure that the page quotes from another publisher.

    Raises:
        Unclear: a publisher without a series here, or a cut of the market that isn't the one it is known to count.
    """
    classes = {vehicles for tags, vehicles in CLASSES if figure.scope & tags}
    if figure.scope - WHOLE or len(classes) != 1:
        raise Unclear(f"a figure of {figure.attributed_to}: which of its series?")
    found = QUOTED.get((figure.attributed_to, figure.measure, next(iter(classes))))
    if found is None:
        raise Unclear(f"a figure of {figure.attributed_to}, whose series isn't known here")
    return found


def rows(
    extraction: Extraction,
    *,
    own: str,
    scope_of: ScopeOf,
    published: date | datetime | None,
    where: str,
    quoted_of: ScopeOf = quoted,
    same: Mapping[Subject, Subject] | None = None,
    reporter: str = "RU",
) -> Iterator[Observation | Doubt]:
    """What was read in one text, as rows; asides (plans, forecasts, superseded values) give none.

    Args:
        extraction: of `prose.figures`.
        own: the publisher's name as the extractor knows it (`autostat`): its own figures are no quotations.
        scope_of: the source's rule for its own figures.
        published: the document's own day.
        where: the place of the text in the document, the beginning of each locator.
        quoted_of: the rule for figures that are attributed to somebody else.
        same: subjects that stand for others on this publisher's pages.
        reporter: whose market or trade it is; exports have the figure's geography as partner and flow X.
    """
    for figure in extraction.figures:
        one = replace(figure, subject=same.get(figure.subject, figure.subject)) if same else figure
        foreign = one.attributed_to not in {"", own}
        try:
            scope = (quoted_of if foreign else scope_of)(one)
        except Unclear as reason:
            yield Doubt(locator=_place(where, one), reason=str(reason), found=_said(one))
            continue
        if scope is not None:
            made = observation(
                one, scope, published=published, locator=_place(where, one), reporter=reporter, foreign=foreign
            )
            if made is not None:
                yield made
    for number in extraction.unresolved:
        candidates = f" ({', '.join(number.candidates)})" if number.candidates else ""
        yield Doubt(locator=_place(where, number), reason=number.why, found=f"{number.printed}{candidates}")


def observation(
    figure: Figure,
    scope: Scope,
    *,
    published: date | datetime | None,
    locator: str,
    reporter: str = "RU",
    foreign: bool = False,
) -> Observation | None:
    """One figure as a row; None where there is no series for it: no name, a day, sales outside the own market."""
    name = name_of(figure, scope, reporter=reporter)
    exports = figure.measure == "exports"
    if name is None or figure.period.freq == "D" or (not exports and figure.geography != reporter):
        return None
    world = figure.geography == "W0"
    precision, status = _exactness(figure)
    return Observation(
        dataset=scope.dataset,
        measure=name[0],
        product=name[1],
        unit=figure.unit,
        freq=figure.period.freq,
        period_start=figure.period.start,
        period_end=figure.period.end,
        value=figure.value,
        precision=precision,
        reporter=reporter,
        partner=figure.geography if exports else None,
        partner_kind=("world" if world else "country") if exports else None,
        flow="X" if exports else None,
        obs_status="F" if foreign else status,
        published=published,
        locator=locator,
    )


def _exactness(figure: Figure) -> tuple[Decimal, Literal["A", "P", "E", "F"]]:
    """Half the printed unit, and the status: a whole count that ends in 00 ("137,000 units") was rounded.

    Its zeros tell to what, but two digits are always meant: 200,000 is taken as known to ten thousand.
    """
    status = figure.obs_status
    if figure.unit != "units" or figure.precision or figure.value % ROUND or not figure.value:
        return figure.precision, status
    step = ROUND
    while figure.value % (10 * step) == 0 and abs(figure.value) >= 100 * step:
        step *= 10
    return Decimal(step) / 2, "P" if status == "A" else status


def settle(found: Iterable[AnyRow]) -> Iterator[AnyRow | Doubt]:
    """One row a key: of two values that are one figure the finer stays, of others all are held as doubts.

    Two values are one figure where one is the other rounded, or cut off (357,708 as 35.7万), or where a hedged one
    ("almost 4000") lies within 5 % of an exact one.
    """
    kept = list(found)
    by_key: dict[object, list[Observation]] = defaultdict(list)
    for row in kept:
        if isinstance(row, Observation):
            by_key[_key(row)].append(row)
    for row in kept:
        if not isinstance(row, Observation):
            yield row
            continue
        rivals = by_key[_key(row)]
        best = min(rivals, key=lambda one: (one.obs_status == "E", one.precision))
        if all(_one_figure(best, other) for other in rivals):
            if row is best:
                yield row
        else:
            others = sorted({str(other.value) for other in rivals})
            yield Doubt(locator=row.locator, reason=f"two values for one {row.measure}", found=" / ".join(others))


def _key(row: Observation) -> object:
    return (
        row.dataset, row.measure, row.product, row.unit, row.freq, row.period_start, row.period_end, row.reporter,
        row.partner, row.partner_name, row.flow,
    )  # fmt: skip


def _one_figure(best: Observation, other: Observation) -> bool:
    if best.value is None or other.value is None:
        return best.value is other.value
    gap = abs(best.value - other.value)
    if best.obs_status != "E" and other.obs_status == "E":
        return gap <= max(other.precision, HEDGED_GAP * abs(best.value))
    cut_off = 0 <= abs(best.value) - abs(other.value) < 2 * other.precision and best.value * other.value > 0
    return gap <= best.precision + other.precision or cut_off


def _place(where: str, one: Figure | Unresolved) -> str:
    sentence, number = one.sentence, one.number
    return f"{where} sentence {sentence[0]}-{sentence[1]} number {number[0]}-{number[1]}"


def _said(figure: Figure) -> str:
    subject = f"{figure.subject.kind} {figure.subject.name}".strip()
    return f"{subject} {figure.measure} {figure.period.label}: {figure.value} {figure.unit}"
