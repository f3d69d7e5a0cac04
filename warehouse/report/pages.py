"""The pages: what stands where, as HTML. Words of others are escaped by the templates and cut to a line before."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from markupsafe import Markup

from warehouse.address import FIRST_CHOICE, method_text
from warehouse.database import SQL, statement
from warehouse.report import charts, layout, words
from warehouse.report.charts import NARROW, WIDE, Chart, Drawing, Easel, Mark, Shape
from warehouse.report.families import FAMILIES, OTHER, Family, family_of
from warehouse.report.material import CARS, TRADE, Material, Row, View, cell_of

__all__ = ["FRONT", "pages"]

FRONT: Final = "index.html"
SMALL: Final = (440, 250)
FIGURES_A_PAGE: Final = 60  # of origins
MOST_CELLS: Final = 16  # inputs of one figure that its origin shows one by one
LEAST_POINTS: Final = 2  # one point is told in words
LEAST_SMALL: Final = 4  # fewer are a table
SHOWN_FINDINGS: Final = 10
HERO_FROM: Final = 66  # months
STALE_H: Final = 36
MARKED: Final = frozenset({"visit", "payment_halt", "sanction", "tariff"})  # kinds of events on the chart of all trade
FEE: Final = "recycling_fee_rub"
CHART_ORDER: Final = ("M", "A", "H", "YTD", "Q", "D")
ENOUGH: Final = {"A": 4}  # figures of a frequency that are preferred to more of the next
ENOUGH_ELSE: Final = 6


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with all that stands around it."""

    title: str
    subtitle: str
    svgs: Sequence[Drawing]
    rows: Sequence[Row]
    gaps: str
    earlier: bool
    hollow: bool
    months_together: bool
    mixed: Sequence[str] = ()
    marks: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """One position of a slider: what was known at the end of a day."""

    day: str
    iso: str
    headline: str
    detail: str
    svgs: Sequence[Drawing]
    rows: Sequence[Row] = field(default_factory=tuple)


def pages(material: Material, made_at: datetime, easel: Easel) -> Iterator[tuple[str, bytes]]:
    """Each file of the report by its path below the report's folder; the first page comes last.

    Args:
        material: what is shown.
        made_at: the instant at which the report is made, told where nothing was published.
        easel: draws the charts.
    """
    maker = _Maker(material, made_at, easel)
    for indicator in material.figures:
        maker.chart(indicator)  # begun now, drawn while the pages are written
    material.finish()
    front = maker.front()
    yield from maker.of_indicators()
    yield from maker.of_families()
    yield from maker.of_claims()
    yield from maker.of_events()
    yield from maker.of_sources()
    yield "changes.html", maker.page("changes.html", "changes.html", title="What changed", findings=material.findings)
    yield "reading.html", maker.page("reading.html", "reading.html", title="How to read this report")
    yield FRONT, maker.page(FRONT, "front.html", title="Amur: China's trade with Russia", script=True, **front)


class _Maker:
    def __init__(self, material: Material, made_at: datetime, easel: Easel) -> None:
        self.material, self.easel = material, easel
        published = material.publication
        self.at: datetime = published["published_at"] if published else made_at
        self.style = layout.text("style.css")
        self.script = layout.text("script.js")
        self.families = [one for one in (*FAMILIES, OTHER) if any(family_of(name) is one for name in material.figures)]
        self.known = {
            (name, row["freq"], row["period"]): row for name, rows in material.figures.items() for row in rows
        }
        self.publishers = {one["source"]: one["publisher"] or one["title"] for one in material.sources}
        self.charts: dict[str, Drawn | None] = {}
        self.templates = layout.environment()
        self.templates.filters.update(number=_number)
        self.templates.globals.update(
            short=words.short,
            period=words.period,
            anchor=words.anchor,
            origin=self.origin,
            ref=self.ref,
            sources_of=self.sources_of,
            claim_value=_claim_value,
            in_force=_in_force_words,
        )

    # --- what all pages share

    def page(self, path: str, template: str, *, title: str, script: bool = False, **context: object) -> bytes:
        up = "../" * path.count("/")
        text = self.templates.get_template(template).render(
            title=title,
            up=up,
            here=path,
            style=Markup(self.style),  # noqa: S704 (a file of ours)
            script=Markup(self.script) if script else "",  # noqa: S704 (a file of ours)
            policy=self.policy(script=script),
            families=self.families,
            publication=self.material.publication,
            at=self.at,
            stale_h=STALE_H,
            **context,
        )
        return text.encode()

    def policy(self, *, script: bool) -> str:
        return layout.policy(self.style, self.script if script else "")

    def origin(self, row: Mapping[str, Any]) -> str:
        """Where the origin of a figure stands, below the report's folder."""
        indicator = str(row["indicator"])
        number = self.page_of.get((indicator, row["freq"], row["period"]), 1)
        return f"origins/{_origins(indicator, number)}#{words.anchor(row['freq'], row['period'])}"

    @property
    def page_of(self) -> dict[tuple[str, str, str], int]:
        """The page of origins on which a figure stands."""
        if not hasattr(self, "_page_of"):
            self._page_of = {
                (name, row["freq"], row["period"]): number // FIGURES_A_PAGE + 1
                for name, rows in self.material.figures.items()
                for number, row in enumerate(_newest_first(rows))
            }
        return self._page_of

    def sources_of(self, rows: Sequence[Row]) -> str:
        """The publishers behind some figures, for the line below a chart."""
        ids = dict.fromkeys(text.split(":", maxsplit=1)[0] for row in rows for text in row.get("inputs") or ())
        named = dict.fromkeys(self.publishers.get(one, one) for one in ids)
        return words.plain(", ".join(list(named)[:4]) + (" and others" if len(named) > 4 else "") or "Amur")  # noqa: PLR2004 (a line)

    def ref(self, text: str) -> str:
        """Where what a piece of evidence names stands below the report's folder; empty where that isn't known."""
        event = (
            next((one for one in self.material.events if one["event_id"] == text), None)
            if text.startswith("e-")
            else None
        )
        if event:
            return f"events/{event['event_date'].year}.html#{words.slug(text)}"
        name, label = cell_of(text)
        row = next((self.known[name, freq, label] for freq in FIRST_CHOICE if (name, freq, label) in self.known), None)
        return self.origin(row) if row else ""

    # --- charts

    def chart(self, indicator: str) -> Drawn | None:
        """The small chart of an indicator; None where there are too few figures."""
        if indicator not in self.charts:
            self.charts[indicator] = self._chart(indicator)
        return self.charts[indicator]

    def _chart(self, indicator: str) -> Drawn | None:
        rows = _charted(self.material.figures.get(indicator, ()))
        if len(rows) < LEAST_SMALL:
            return None
        marks = self.fee_marks() if indicator.startswith(("car_exports_to_ru_units", "car_exports_to_ru_usd")) else []
        first = _window(rows)
        shown = [row for row in rows if first is None or row["period_end"] >= first]
        return self.drawn(rows, [(SMALL, "small")], marks, self.shape(shown, first=first))

    def shape(self, rows: Sequence[Row], *, first: date | None = None, until: date | None = None) -> Shape:
        """What all drawings of these rows have in common."""
        newest = rows[-1]
        kind = (
            "steps"
            if _in_force(newest)
            else "dots"
            if newest["freq"] == "YTD" and newest["unit"] not in charts.RATES
            else "line"
            if newest["unit"] in charts.RATES or newest["freq"] == "D"
            else "bars"
        )
        scale = words.scale_of(max((abs(row["value"]) for row in rows), default=0), newest["unit"])
        points = charts.points_of(rows, scale[0])
        low, high = min(p.value for p in points), max(p.value for p in points)
        low = min(0.0, low) if kind != "line" or newest["unit"] == "percent" else low
        room = (high - low or abs(high) or 1) * 0.1
        start = first or points[0].start
        end = until or (max(self.at.date(), points[-1].start) if kind == "steps" else points[-1].until)
        return Shape(kind, scale, start, max(end, start + timedelta(days=2)), low, high + room)

    def drawn(
        self,
        rows: Sequence[Row],
        sizes: Sequence[tuple[tuple[int, int], str]],
        marks: Sequence[Mark] = (),
        shape: Shape | None = None,
    ) -> Drawn:
        shape = shape or self.shape(rows)
        shown = [row for row in rows if row["period_end"] >= shape.first]
        newest = shown[-1]
        inside = [mark for mark in marks if shape.first <= mark.day <= shape.until]
        return Drawn(
            title=words.plain(_name(newest)),
            subtitle=_subtitle(newest, shape),
            svgs=self.svgs(shape, shown, sizes, inside),
            rows=list(reversed(rows)),
            gaps=_gaps(shown),
            earlier=len(shown) < len(rows),
            hollow=any(row.get("grade") == "do not quote" for row in shown),
            months_together=shape.kind == "bars" and any(_together(row) for row in shown),
            mixed=_titles(shown),
            marks=[{"day": mark.day, "label": mark.label} for mark in inside],
        )

    def svgs(
        self, shape: Shape, rows: Sequence[Row], sizes: Sequence[tuple[tuple[int, int], str]], marks: Sequence[Mark]
    ) -> list[Drawing]:
        points = charts.points_of(rows, shape.scale[0])
        return [self.easel.draw(Chart(shape, points, size, marks), name) for size, name in sizes]

    def fee_marks(self) -> list[Mark]:
        """The steps of the recycling fee, as marks."""
        return [
            Mark(
                row["period_start"],
                f"fee {row['value'] / 1e3:,.0f},000" if row["value"] % 1000 == 0 else f"fee {row['value']:,.0f}",
            )
            for row in self.material.figures.get(FEE, ())
        ]

    # --- the first page

    def front(self) -> dict[str, Any]:
        """What the first page shows; its drawings are begun."""
        findings = self.material.findings
        newest = findings[0]["snapshot_id"] if findings else ""
        return {
            "findings": findings[:SHOWN_FINDINGS],
            "current": bool(self.material.publication and newest == self.material.publication["snapshot_id"]),
            "trade": self.trade(),
            "cars": self.cars(),
            "discount": self.discount(),
            "claims": self.material.claims,
            "states": _counted(self.material.claims, "status_now"),
            "sources": self.material.sources,
            "late": [s for s in self.material.sources if s["stale"] or s["held_batches"]],
            "freshness": _counted(self.material.sources, "state"),
            "held": sum(self.material.held.values()),
        }

    def quotable(self, indicator: str, like: Row) -> Row | None:
        """The figure of an indicator for the period of another, for a headline; None where it is not to be quoted."""
        row = self.known.get((indicator, like["freq"], like["period"]))
        return None if row is None or row["grade"] == "do not quote" or row["low_base"] else row

    def newest(self, indicator: str, freq: str) -> Row | None:
        rows = [row for row in self.material.figures.get(indicator, ()) if row["freq"] == freq]
        return rows[-1] if rows else None

    def trade(self) -> Row | None:
        rows = [row for row in self.material.figures.get(TRADE, ()) if row["freq"] == "M"]
        if not rows:
            return None
        newest = rows[-1]
        first = _months_before(newest["period_end"], HERO_FROM)
        shown = [row for row in rows if row["period_end"] >= first]
        shape = self.shape(shown, first=first) if len(shown) >= LEAST_POINTS else None
        events = self.marked_events(first, newest["period_end"])
        marks = [Mark(event["event_date"], str(number)) for number, event in enumerate(events, start=1)]
        both = [(WIDE, "wide"), (NARROW, "narrow")]
        grown = self.quotable("trade_total_yoy", newest)
        singles = [row for row in rows if not _together(row)]
        record = max(singles, key=lambda row: row["value"], default=newest)
        panel = [
            (label, row)
            for label, indicator, freq in (
                ("Exports to Russia, month", "cn_exports_usd", "M"),
                ("Imports from Russia, month", "cn_imports_usd", "M"),
                ("Balance, month", "trade_balance_usd", "M"),
                ("Trade since January", TRADE, "YTD"),
                ("against the year before", "trade_total_yoy", "YTD"),
                ("Trade, last full year", TRADE, "A"),
            )
            if (row := self.newest(indicator, freq))
        ]
        return {
            "newest": newest,
            "grown": grown,
            "record": record,
            "count": len(singles),
            "oldest": singles[0] if singles else newest,
            "panel": panel,
            "events": events,
            "chart": self.drawn(rows, both, marks, shape) if shape else None,
            "seen": self.seen(self.material.trade_views, shape, both, marks, "USD") if shape else [],
        }

    def marked_events(self, first: date, until: date) -> list[Row]:
        """The few events that are marked on the chart of all trade: the newest of each weighty kind."""
        found: dict[str, Row] = {}
        for event in self.material.events:
            if event["event_type"] in MARKED and first <= event["event_date"] <= until and event["precision"] == "day":
                found.setdefault(event["event_type"], event)
        return sorted(found.values(), key=lambda event: (event["event_date"], event["event_id"]))

    def cars(self) -> Row | None:
        rows = [row for row in self.material.figures.get(CARS, ()) if row["freq"] == self.material.car_freq]
        if not rows:
            return None
        newest, marks = rows[-1], self.fee_marks()
        both = [(WIDE, "wide"), (NARROW, "narrow")]
        shape = (
            self.shape(
                rows,
                until=max(newest["period_end"] + timedelta(days=1), *(m.day + timedelta(days=60) for m in marks))
                if marks
                else None,
            )
            if len(rows) >= LEAST_POINTS
            else None
        )
        fees = list(reversed(self.material.figures.get(FEE, ())))
        return {
            "newest": newest,
            "fees": fees,
            "grown": self.quotable(f"{CARS}_yoy", newest),
            "chart": self.drawn(rows, both, marks, shape) if shape else None,
            "seen": self.seen(self.material.car_views, shape, both, marks, "units") if shape else [],
        }

    def discount(self) -> Row:
        """The discount on Russian crude; without it, its price, which the shipped figures hold."""
        for indicator in ("crude_discount_usd_t", "crude_unit_value"):
            rows = _charted(self.material.figures.get(indicator, ()))
            if rows:
                chart = self.drawn(rows, [(WIDE, "wide"), (NARROW, "narrow")]) if len(rows) >= LEAST_POINTS else None
                return {"indicator": indicator, "newest": rows[-1], "chart": chart}
        return {"indicator": "", "newest": None, "chart": None}

    def seen(
        self,
        views: Sequence[View],
        shape: Shape,
        sizes: Sequence[tuple[tuple[int, int], str]],
        marks: Sequence[Mark],
        unit: str,
    ) -> list[Seen]:
        """The positions of a slider, oldest first; days that show the same as the one before are left out."""
        found: list[Seen] = []
        before: list[tuple[object, ...]] = []
        for view in views:
            rows = [dict(row) | {"freq": row.get("freq", ""), "unit": unit} for row in view.rows]
            now: list[tuple[object, ...]] = [(row["period"], row["value"]) for row in rows]
            if not rows or (now == before and view.day is not None):
                continue
            if now == before:
                found.pop()
            before = now
            freq = "M" if unit == "USD" else self.material.car_freq
            for row in rows:
                row["freq"] = freq
            shown = [row for row in rows if row["period_end"] >= shape.first]
            newest = rows[-1]
            found.append(
                Seen(
                    day="now" if view.day is None else words.day(view.day),
                    iso=str(view.day or self.at.date()),
                    headline=words.short(newest["value"], unit),
                    detail=words.period(newest),
                    svgs=self.svgs(shape, shown, sizes, marks) if shown else [],
                    rows=list(reversed(shown)),
                )
            )
        return found

    # --- the other pages

    def of_families(self) -> Iterator[tuple[str, bytes]]:
        for family in self.families:
            names = [name for name in self.material.figures if family_of(name) is family]
            ranks = {name: number for number, name in enumerate(family.first)}
            names.sort(key=lambda name: (ranks.get(name, len(ranks)), name))
            cards = [
                {"name": name, "chart": self.chart(name), "newest": _charted(self.material.figures[name])[-1]}
                for name in names
            ]
            path = f"families/{family.name}.html"
            events = self.family_events(family)
            yield path, self.page(path, "family.html", title=family.title, family=family, cards=cards, events=events)

    def family_events(self, family: Family) -> list[Row]:
        words_of = {
            "energy": ("crude", "oil", "gas", "coal", "LNG"),
            "cars": ("cars", "trucks"),
            "policy": ("coal", "cars", "trucks"),
        }
        wanted = words_of.get(family.name, ())
        return [e for e in self.material.events if any(word in (e["product"] or "") for word in wanted)][:12]

    def of_indicators(self) -> Iterator[tuple[str, bytes]]:
        for name, rows in self.material.figures.items():
            path = f"indicators/{words.slug(name)}.html"
            ordered = _newest_first(rows)
            sql = _with_name(name)
            yield (
                path,
                self.page(
                    path,
                    "indicator.html",
                    title=words.plain(_name(ordered[0])),
                    name=name,
                    rows=ordered,
                    chart=self.chart(name),
                    newest=_charted(rows)[-1],
                    family=family_of(name),
                    method=method_text(rows[-1]["method"]),
                    sql=sql,
                ),
            )
            yield f"data/{words.slug(name)}.csv", _csv(rows)
            yield f"data/{words.slug(name)}.sql", sql.encode()
            parts = [ordered[n : n + FIGURES_A_PAGE] for n in range(0, len(ordered), FIGURES_A_PAGE)]
            for number, part in enumerate(parts, start=1):
                path = f"origins/{_origins(name, number)}"
                yield (
                    path,
                    self.page(
                        path,
                        "origins.html",
                        title=f"Where it comes from: {words.plain(_name(ordered[0]))}",
                        name=name,
                        rows=[(row, *self.cells(row)) for row in part],
                        number=number,
                        parts=len(parts),
                        files=[_origins(name, n + 1) for n in range(len(parts))],
                    ),
                )

    def cells(self, row: Row) -> tuple[list[tuple[str, str, list[Row]]], int]:
        """The cells behind a figure with their vintages, newest vintage first, and how many more there are."""
        inputs = list(dict.fromkeys(row["inputs"] or ()))
        found = [
            (*cell_of(text), list(reversed(self.material.vintages.get(cell_of(text), ()))))
            for text in inputs[:MOST_CELLS]
        ]
        return found, max(0, len(inputs) - MOST_CELLS)

    def of_claims(self) -> Iterator[tuple[str, bytes]]:
        for claim in self.material.claims:
            path = f"claims/{words.slug(claim['claim_id'])}.html"
            file = SQL / "claims" / f"{claim['claim_id']}.sql"
            sql = file.read_text(encoding="utf-8") if claim["origin"] == "shipped" and file.is_file() else ""
            title = f"Claim {words.plain(claim['claim_id'])}"
            yield path, self.page(path, "claim.html", title=title, claim=claim, sql=sql)

    def of_events(self) -> Iterator[tuple[str, bytes]]:
        years: dict[int, list[Row]] = {}
        for event in self.material.events:
            years.setdefault(event["event_date"].year, []).append(event)
        told = self.material.articles
        for year, events in years.items():
            path = f"events/{year}.html"
            shown = [(event, [told[one] for one in event["article_ids"] or () if one in told]) for event in events]
            yield (
                path,
                self.page(path, "events.html", title=f"Events of {year}", year=year, years=list(years), events=shown),
            )
        yield (
            "events.html",
            self.page(
                "events.html",
                "events_front.html",
                title="Events and projects",
                years={year: len(e) for year, e in years.items()},
                events=self.material.events[:25],
                projects=self.material.projects,
            ),
        )

    def of_sources(self) -> Iterator[tuple[str, bytes]]:
        yield "sources.html", self.page("sources.html", "sources.html", title="Sources", sources=self.material.sources)
        for source in self.material.sources:
            path = f"sources/{words.slug(source['source'])}.html"
            yield (
                path,
                self.page(
                    path,
                    "source.html",
                    title=words.plain(source["title"]),
                    source=source,
                    documents=self.material.documents.get(source["source"], []),
                    held=self.material.held.get(source["source"], 0),
                ),
            )


def _charted(rows: Sequence[Row]) -> list[Row]:
    """The rows of the frequency that is drawn: months where there are enough, else what there is most of."""
    counts = {freq: sum(row["freq"] == freq for row in rows) for freq in CHART_ORDER}
    freq = next(
        (freq for freq in CHART_ORDER if counts[freq] >= ENOUGH.get(freq, ENOUGH_ELSE)),
        max(CHART_ORDER, key=lambda one: counts[one]),
    )
    return [row for row in rows if row["freq"] == freq]


def _window(rows: Sequence[Row]) -> date | None:
    """Where a chart of months begins: late enough that most of it isn't empty; None: at its first figure."""
    if rows[-1]["freq"] != "M" or _in_force(rows[-1]):
        return None
    first = _months_before(rows[-1]["period_end"], HERO_FROM)
    span = len(_first_days(rows[0]["period_start"], rows[-1]["period_end"]))
    lately = sum(row["period_end"] >= first for row in rows)
    return first if len(rows) * 2 < span and lately >= LEAST_SMALL else None


def _newest_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["period_end"], row["period_start"], row["freq"]), reverse=True)


def _name(row: Mapping[str, Any]) -> str:
    return str(row["title"]).split(";", maxsplit=1)[0].split(", in force from", maxsplit=1)[0]


def _titles(rows: Sequence[Row]) -> list[str]:
    """What the figures of one chart count, where that isn't the same of all; empty where it is."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if not _in_force(row):
            found.setdefault(_name(row), []).append(row["period"])
    if len(found) < 2:  # noqa: PLR2004 (one name is no mixture)
        return []
    return [
        words.plain(f"{', '.join(labels[:6])}{' and others' if labels[6:] else ''}: {name}", 200)
        for name, labels in found.items()
    ]


def _in_force(row: Mapping[str, Any]) -> bool:
    return row["freq"] == "D" and str(row["indicator"]).startswith(("recycling_fee", "coal_tariff"))


def _in_force_words(row: Mapping[str, Any]) -> str:
    """When a fee is in force: `since 1 January 2025`, or from a day to a day where its last is told."""
    last = charts.last_day(row)
    first = words.day(row["period_start"])
    return f"from {first} to {words.day(last)}" if last else f"since {first}"


def _together(row: Mapping[str, Any]) -> bool:
    return bool(row["freq"] == "M" and row["period_start"].month != row["period_end"].month)


def _subtitle(row: Mapping[str, Any], shape: Shape) -> str:
    unit = " ".join(part for part in (shape.scale[1], words.UNITS.get(row["unit"], row["unit"])) if part)
    how = "in force from the day" if shape.kind == "steps" else words.FREQS.get(row["freq"], "")
    return f"{unit[:1].upper()}{unit[1:]}, {how}"


def _gaps(rows: Sequence[Row]) -> str:
    """How many periods between the first and the last are missing, in words; empty for none."""
    if rows[0]["freq"] not in {"M", "A"}:
        return ""
    months = {(day.year, day.month) for row in rows for day in _first_days(row["period_start"], row["period_end"])}
    whole = len(_first_days(rows[0]["period_start"], rows[-1]["period_end"]))
    missing = whole - len(months)
    if rows[0]["freq"] == "A":
        missing //= 12
        return (
            f"{missing} {'year' if missing == 1 else 'years'} between the first and the last are not held."
            if missing
            else ""
        )
    return (
        f"{missing} {'month' if missing == 1 else 'months'} between the first and the last are not held."
        if missing
        else ""
    )


def _first_days(start: date, end: date) -> list[date]:
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    return [date(start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1, 1) for n in range(count)]


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - months
    return date(number // 12, number % 12 + 1, 1)


def _origins(indicator: str, number: int) -> str:
    return f"{words.slug(indicator)}{'' if number == 1 else f'.{number}'}.html"


def _counted(rows: Sequence[Row], column: str) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for row in rows:
        state = str(row[column] or "unknown")
        counts[state] = counts.get(state, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _number(value: float | None) -> str:
    """All digits of a figure, as a table shows it."""
    if value is None:
        return ""
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def _claim_value(value: float | None, unit: str) -> str:
    """What a claim says or an answer gives, in the claim's unit: a date is the number 20250902, a yes is 1."""
    if value is None:
        return ""
    if unit == "date":
        number = round(value)
        return f"{number // 10000}-{number // 100 % 100:02d}-{number % 100:02d}"
    if unit in {"yes", "event", "step"}:
        return "yes" if value == 1 else "no" if value == 0 else f"{value:.4g}"
    if unit == "year":
        return f"{value:.0f}"
    return words.short(value, "" if unit == "ratio" else unit)


def _with_name(indicator: str) -> str:
    """The query behind a chart with the indicator's name in it, to be run as it stands."""
    quoted = "'" + indicator.replace("'", "''") + "'"
    return statement("report/of_indicator").replace("$1 indicator. ", "").replace("$1", quoted)


COLUMNS: Final = (
    "indicator",
    "freq",
    "period",
    "period_start",
    "period_end",
    "value",
    "unit",
    "basis",
    "obs_status",
    "grade",
    "low_base",
    "coverage",
    "known_at",
    "method",
)


def _csv(rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in sorted(rows, key=lambda one: (one["freq"], one["period_end"], one["period_start"])):
        writer.writerow(["" if row[name] is None else row[name] for name in COLUMNS])
    return text.getvalue().encode()
