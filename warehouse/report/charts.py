"""Charts: figures to SVG, drawn by Vega-Lite when the report is made; pages hold no drawing script.

A figure covers its period: a bar stands from its first day to its last, so a month that is missing is a hole, and
January and February booked together are one bar of two months at their monthly mean. Rates are lines that break where a
period is missing.
Colours are variables of the page's style, so one drawing serves light, dark and paper.
"""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from lxml import etree

from warehouse.report.words import Scale, figure

__all__ = [
    "NARROW",
    "WIDE",
    "Chart",
    "Drawing",
    "Easel",
    "Mark",
    "Point",
    "Shape",
    "draw",
    "easel",
    "last_day",
    "points_of",
]

WIDE: Final = (720, 330)
NARROW: Final = (360, 280)
RATES: Final = frozenset({"percent", "rank", "USD/t", "USD/bbl"})
GRACE: Final = timedelta(days=4)  # two periods that lie closer than this follow one another
WORKERS: Final = 2  # processes that draw
ROW: Final = 15  # pixels of a row of labels
MOST_YEARS: Final = {True: 9, False: 5}
ELEMENTS: Final = frozenset({"svg", "g", "path", "line", "rect", "text", "tspan", "circle", "title"})
ATTRIBUTES: Final = frozenset(
    {
        "d",
        "transform",
        "fill",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "opacity",
        "fill-opacity",
        "stroke-opacity",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "width",
        "height",
        "viewBox",
        "text-anchor",
        "font-size",
        "font-weight",
        "r",
        "cx",
        "cy",
        "rx",
        "ry",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "dx",
        "dy",
    }
)
IN_FORCE: Final = re.compile(r"in force from \d{4}-\d{2}-\d{2} to (\d{4}-\d{2}-\d{2})")
NUMBER: Final = re.compile(r"-?\d+\.\d{2,}")
NAMESPACE: Final = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class Point:
    """One figure on a chart, already divided by the chart's scale. `until` is the day after its period."""

    start: date
    until: date
    value: float
    quotable: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day, told by a short label above the time axis."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What is common to all drawings of one chart.

    `kind` is bars, line, steps or dots (sums since January, which neither a bar nor a line compares fairly).
    """

    kind: str
    scale: Scale
    first: date
    until: date
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing to be made."""

    shape: Shape
    points: Sequence[Point]
    size: tuple[int, int]
    marks: Sequence[Mark] = ()
    label: str = ""


def points_of(rows: Sequence[Mapping[str, Any]], factor: float) -> list[Point]:
    """The points of the rows of one frequency. A sum over two months (January with February) is given per month."""
    found = []
    for row in rows:
        start, end = row["period_start"], row["period_end"]
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        share = months if row["freq"] == "M" and row["unit"] not in RATES else 1
        last = last_day(row) or end
        found.append(
            Point(start, last + timedelta(days=1), row["value"] / factor / share, row.get("grade") != "do not quote")
        )
    return found


def last_day(row: Mapping[str, Any]) -> date | None:
    """The last day on which a fee is in force, which its title tells; None where none is told."""
    told = IN_FORCE.search(str(row.get("title", ""))) if row["freq"] == "D" else None
    return date.fromisoformat(told[1]) if told else None


def _spec(chart: Chart) -> dict[str, Any]:
    shape, (width, height) = chart.shape, chart.size
    wide = width > NARROW[0] + 100
    x = {
        "field": "s",
        "type": "temporal",
        "scale": {"type": "utc", "domain": [f"{shape.first}", f"{shape.until}"], "nice": False},
        "axis": _time_axis(shape, wide=wide),
    }
    y = {
        "field": "v",
        "type": "quantitative",
        "scale": {"domain": [shape.low, shape.high + _headroom(chart)], "nice": True, "zero": shape.kind != "line"},
        "axis": {"tickCount": 5, "format": ",.6~f", "title": None},
    }
    layers = [*_marks(chart, x, wide=wide), *_series(chart, x, y)]
    if shape.low < 0 < shape.high or shape.kind == "bars":
        layers.append(
            {
                "data": {"values": [{}]},
                "mark": {"type": "rule", "color": "var(--ink)", "strokeWidth": 1},
                "encoding": {"y": {"datum": 0}},
            }
        )
    layers.extend(_last(chart, x, y))
    return {
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 2, "right": 6, "top": 4, "bottom": 2},
        "background": None,
        "layer": layers,
        "config": {
            "view": {"stroke": None},
            "font": "Helvetica",
            "axis": {
                "labelColor": "var(--soft)",
                "labelFontSize": 12,
                "titleFontSize": 12,
                "domain": False,
                "ticks": False,
            },
            "axisX": {
                "grid": False,
                "ticks": True,
                "tickColor": "var(--rule)",
                "tickSize": 6,
                "labelPadding": 3,
                "domain": True,
                "domainColor": "var(--rule)",
            },
            "axisY": {"gridColor": "var(--rule)", "labelPadding": 6},
        },
    }


def _time_axis(shape: Shape, *, wide: bool) -> dict[str, Any]:
    days = (shape.until - shape.first).days
    if days > 365 * 2.2:
        years = list(range(shape.first.year, shape.until.year + 1))
        step = -(-len(years) // MOST_YEARS[wide])
        values = [
            {"year": year, "month": 1, "date": 1, "utc": True} for year in years if (year - years[-1]) % step == 0
        ]
        return {"values": values, "format": "%Y", "title": None, "labelAlign": "left" if step == 1 else "center"}
    return {"tickCount": 6 if wide else 4, "format": "%b %Y", "title": None, "labelOverlap": True}


def _series(chart: Chart, x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    kind, points = chart.shape.kind, [one for one in chart.points if one.until > chart.shape.first]
    if kind == "bars":
        gap = 0.12
        values = []
        for one in points:
            length = (one.until - one.start).days * 24
            pad = timedelta(hours=min(length * gap, 24 * 20) / 2)
            values.append(
                {
                    "s": _stamp(one.start, pad),
                    "e": _stamp(one.until, -pad),
                    "v": one.value,
                    "q": one.quotable,
                    "l": one is points[-1],
                }
            )
        return [
            {
                "data": {"values": values},
                "mark": {"type": "bar", "strokeWidth": 1},
                "encoding": {
                    "x": x,
                    "x2": {"field": "e"},
                    "y": y,
                    "y2": {"datum": 0},
                    "fill": {
                        "condition": [
                            {"test": "!datum.q", "value": "var(--paper)"},
                            {"test": "datum.l", "value": "var(--accent)"},
                        ],
                        "value": "var(--bar)",
                    },
                    "stroke": {"condition": {"test": "!datum.q", "value": "var(--bar)"}, "value": None},
                },
            }
        ]
    rows: list[dict[str, Any]] = []
    run = 0
    for number, one in enumerate(points):
        if number and (kind == "dots" or (kind == "line" and one.start - points[number - 1].until > GRACE)):
            run += 1
        middle = (
            one.start if kind == "steps" else one.until if kind == "dots" else one.start + (one.until - one.start) / 2
        )
        rows.append({"s": f"{middle}", "v": one.value, "q": one.quotable, "r": run})
    if kind == "steps":
        rows = _steps(chart)
    lone = {run for run in {row["r"] for row in rows} if sum(row["r"] == run for row in rows) == 1}
    dots = [row for row in rows if row["r"] in lone or not row["q"]] if kind != "steps" else []
    line = {
        "data": {"values": rows},
        "mark": {
            "type": "line",
            "color": "var(--accent)",
            "strokeWidth": 2,
            "interpolate": "step-after" if kind == "steps" else "linear",
        },
        "encoding": {"x": x, "y": y, "detail": {"field": "r", "type": "nominal"}},
    }
    dot = {
        "data": {"values": dots},
        "mark": {"type": "point", "filled": True, "size": 26, "opacity": 1},
        "encoding": {
            "x": x,
            "y": y,
            "fill": {"condition": {"test": "!datum.q", "value": "var(--paper)"}, "value": "var(--accent)"},
            "stroke": {"value": "var(--accent)"},
        },
    }
    return [line, dot] if dots else [line]


def _steps(chart: Chart) -> list[dict[str, Any]]:
    """Level lines from the day on which each is in force to the last, joined where one follows another."""
    rows: list[dict[str, Any]] = []
    run = 0
    for number, one in enumerate(chart.points):
        if number and one.start > _until(chart, number - 1):
            run += 1
        level = {"v": one.value, "q": one.quotable, "r": run}
        rows.extend({"s": f"{day}"} | level for day in (one.start, _until(chart, number)))
    return rows


def _until(chart: Chart, number: int) -> date:
    """The day after a step: where its end isn't told (a point of one day), the next begins there, or the chart ends."""
    one = chart.points[number]
    following = chart.points[number + 1].start if number + 1 < len(chart.points) else chart.shape.until
    told = (one.until - one.start).days > 1
    return min(one.until, following) if told else following


def _last(chart: Chart, x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """The newest figure, written at its place."""
    if not chart.points:
        return []
    one, kind = chart.points[-1], chart.shape.kind
    at = {"steps": _until(chart, len(chart.points) - 1), "dots": one.until}.get(
        kind, one.start + (one.until - one.start) / 2
    )
    falling = len(chart.points) > 1 and kind == "line" and chart.points[-2].value > one.value
    below = falling or (one.value < 0 and kind == "bars")
    late = (at - chart.shape.first).days > (chart.shape.until - chart.shape.first).days * 0.85
    encoding = {"x": x, "y": y, "text": {"field": "t"}}
    values = [{"s": f"{at}", "v": one.value, "t": chart.label or figure(one.value, 3)}]
    mark = {
        "type": "text",
        "align": "right" if late else "center",
        "dy": 16 if below else -9,
        "fontSize": 13,
        "fontWeight": "bold",
        "color": "var(--accent)",
    }
    if late:
        mark["dx"] = 4
    layers: list[dict[str, Any]] = [{"data": {"values": values}, "mark": mark, "encoding": encoding}]
    if kind in {"line", "dots"}:
        layers.append(
            {
                "data": {"values": values},
                "mark": {"type": "point", "filled": True, "size": 42, "opacity": 1, "color": "var(--accent)"},
                "encoding": {"x": x, "y": y},
            }
        )
    return layers


def _placed(chart: Chart) -> list[dict[str, Any]]:
    """The labels of events inside a chart, in as many rows as it takes for none to cover another."""
    shape = chart.shape
    inside = sorted((m for m in chart.marks if shape.first <= m.day <= shape.until), key=lambda m: m.day)
    width = chart.size[0] - 50
    span = max(1, (shape.until - shape.first).days)
    places = [(mark.day - shape.first).days / span * width for mark in inside]
    taken: list[float] = []  # how far to the right each row is filled
    values = []
    for number, (mark, left) in enumerate(zip(inside, places, strict=True)):
        length = 7 * len(mark.label) + 10
        room = (places[number + 1] if number + 1 < len(places) else width + 20) - left
        before = left - (places[number - 1] if number else 0)
        right = room < length <= before  # on the side where no other rule runs through it
        begins = left - length if right else left
        row = next((n for n, filled in enumerate(taken) if filled <= begins), len(taken))
        if row == len(taken):
            taken.append(0)
        taken[row] = begins + length
        values.append({"s": f"{mark.day}", "t": mark.label, "row": row, "right": right})
    return values


def _marks(chart: Chart, x: dict[str, Any], *, wide: bool) -> list[dict[str, Any]]:
    """Thin rules on the days of events, their labels above the figures."""
    values = _placed(chart)
    if not values:
        return []
    rule = {"type": "rule", "color": "var(--event)", "strokeWidth": 1, "strokeDash": [3, 3]}
    layers: list[dict[str, Any]] = [{"data": {"values": values}, "mark": rule, "encoding": {"x": x}}]
    for row, right in sorted({(one["row"], one["right"]) for one in values}):
        labels = [one for one in values if (one["row"], one["right"]) == (row, right)]
        mark = {
            "type": "text",
            "align": "right" if right else "left",
            "dx": -4 if right else 4,
            "baseline": "top",
            "fontSize": 12 if wide else 11,
            "color": "var(--event)",
        }
        encoding = {"x": x, "y": {"value": 2 + ROW * row}, "text": {"field": "t"}}
        layers.append({"data": {"values": labels}, "mark": mark, "encoding": encoding})
    return layers


def _headroom(chart: Chart) -> float:
    """Room above the figures, in their unit, for the labels of events."""
    rows = max((one["row"] + 1 for one in _placed(chart)), default=0)
    return (chart.shape.high - chart.shape.low) * rows * ROW / (chart.size[1] - 60)


def _stamp(day: date, shift: timedelta) -> str:
    hours = shift.total_seconds() / 3600
    whole = day + timedelta(days=hours // 24)
    return f"{whole}T{int(hours % 24):02d}:00:00Z"


def draw(chart: Chart, name: str) -> str:
    """The chart as an SVG element that says nothing to a screen reader: its caption and table do.

    Args:
        chart: what to draw.
        name: class of the element, such as `wide`.
    """
    import vl_convert

    return _inert(vl_convert.vegalite_to_svg(_spec(chart), vl_version="6.4", show_warnings=False), name)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart that is being drawn; a template that writes it waits for it."""

    drawn: Future[str]

    def __html__(self) -> str:
        """The SVG element."""
        return self.drawn.result()


class Easel:
    """Draws charts in processes of its own: all cores are at work, and what crashes there crashes alone."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        """Draw in `pool`."""
        self._pool = pool

    def draw(self, chart: Chart, name: str) -> Drawing:
        """Begin a drawing."""
        return Drawing(self._pool.submit(draw, chart, name))


@contextmanager
def easel() -> Iterator[Easel]:
    """An easel, which warms up while figures are read. On leaving, drawings that nobody waits for are given up."""
    pool = ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context("spawn"))
    try:
        made = Easel(pool)
        day = date(2000, 1, 1)
        for _ in range(WORKERS):
            made.draw(
                Chart(Shape("bars", (1.0, ""), day, date(2001, 1, 1), 0, 1), [Point(day, date(2000, 2, 1), 1)], NARROW),
                "",
            )
        yield made
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _inert(svg: str, name: str) -> str:
    """What Vega gave, with known elements and attributes alone, and places to a tenth of a pixel."""
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    _clean(root)
    for given in ("width", "height"):
        if given in root.attrib:
            del root.attrib[given]
    text = etree.tostring(root, encoding="unicode").replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
    return text.replace("<svg", f'<svg class="chart {name}" aria-hidden="true" focusable="false"', 1)


def _clean(element: Any) -> None:  # noqa: ANN401 (an element)
    for child in list(element):
        tag = child.tag.removeprefix(NAMESPACE) if isinstance(child.tag, str) else ""
        hidden = (
            child.get("display") == "none"
            or child.get("class") == "background"
            or (tag == "path" and not child.get("d"))
        )
        if tag not in ELEMENTS or hidden:
            element.remove(child)
        else:
            _clean(child)
            if tag == "g" and len(child) == 0:
                element.remove(child)
    for key in list(element.attrib):
        if key not in ATTRIBUTES or (key == "opacity" and element.get(key) == "1"):
            del element.attrib[key]
        else:
            element.set(
                key, NUMBER.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), str(element.get(key)))
            )
    etree.cleanup_namespaces(element)
