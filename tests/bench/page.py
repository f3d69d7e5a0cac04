"""What the benchmark leaves: `recorded.json`, the table of `docs/performance.md` between two marks, a picture."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from tests.bench.core import ROOT, Figure

__all__ = ["guarded", "key", "machine", "record_guard", "table", "write"]

RECORDED: Final = Path(__file__).with_name("recorded.json")
PAGE: Final = ROOT / "docs" / "performance.md"
PICTURE: Final = ROOT / "docs" / "pictures" / "performance.svg"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
GIB: Final = 2**30
TITLES: Final[Mapping[str, str]] = {
    "a": "A night without news",
    "b": "Loading two vintages",
    "c": "A hundred changed rows by what is stored",
    "d": "Questions",
    "e": "Reading documents",
    "f": "The start of `amur sql`",
    "g": "Publication",
    "i": "Backfill",
    "j": "A large reply",
    "k": "News",
}
GOOD, BAD = "#1b7a6e", "#b5482f"


def key(figure: Figure) -> str:
    """What names a figure from run to run."""
    size = f", {figure.size:,}" if figure.size else ""
    return f"{figure.part}: {figure.name}{size} / {figure.against or 'alone'}"


def machine() -> str:
    """The machine in words that name no place."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    cores = os.cpu_count()
    software = f"Python {platform.python_version()}, DuckDB {version('duckdb')}, Prefect {version('prefect')}"
    return f"{cores} cores, {memory:.0f} GiB, {platform.system()}; {software}"


def recorded() -> dict[str, Any]:
    """What was recorded, `parts` by letter and `guard` by key; empty where nothing was."""
    if not RECORDED.exists():
        return {"parts": {}, "guard": {}}
    known: dict[str, Any] = json.loads(RECORDED.read_text(encoding="utf-8"))
    return known


def guarded() -> dict[str, float]:
    """The recorded ratios of the guard's figures, by key."""
    ratios: dict[str, float] = recorded()["guard"]
    return ratios


def record_guard(figures: Iterable[Figure]) -> None:
    """Keep the ratios of the guard's figures."""
    known = recorded()
    known["guard"] = {key(one): float(f"{one.ratio:.3g}") for one in figures if one.ratio is not None}
    _keep(known)


def write(found: Mapping[str, Sequence[Figure]]) -> None:
    """Record the parts that were measured; make page and picture anew of all that is recorded."""
    known = recorded()
    measured_on = f"{datetime.now(UTC):%Y-%m-%d}"
    for part, figures in found.items():
        known["parts"][part] = {"on": measured_on, "machine": machine(), "figures": [one.as_json() for one in figures]}
    known["parts"] = dict(sorted(known["parts"].items()))
    _keep(known)
    figures = [Figure(**one) for part in known["parts"].values() for one in part["figures"]]
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(_picture(figures), encoding="utf-8")
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{_measurements(known['parts'])}\n{END}{after}", encoding="utf-8")


def _keep(known: Mapping[str, Any]) -> None:
    RECORDED.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _measurements(parts: Mapping[str, Any]) -> str:
    """A line that sums up, then a section a part."""
    figures = [Figure(**one) for part in parts.values() for one in part["figures"]]
    promised = [one for one in figures if one.kept is not None]
    missed = [one for one in promised if not one.kept]
    said = [
        f"{len(promised) - len(missed)} of {len(promised)} bounds are kept; those that are missed are marked **no**."
    ]
    for letter, part in parts.items():
        ours = [Figure(**one) for one in part["figures"]]
        said += [
            "",
            f"### {letter}. {TITLES[letter]}",
            "",
            f"Measured {part['on']} on {part['machine']}.",
            "",
            table(ours),
        ]
    return "\n".join(said)


def table(figures: Sequence[Figure]) -> str:
    """The figures as a table of Markdown."""
    head = ["what", "size", "Amur", "against", "it takes", "ratio", "bound", "kept", "pairs", "memory", "its memory"]
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(_cells(one))} |" for one in figures]
    return "\n".join(lines)


def _cells(one: Figure) -> list[str]:
    bound = f"{one.sense} {one.promised:g}" if one.promised is not None else ""
    kept = {True: "yes", False: "**no**", None: ""}[one.kept]
    name = f"{one.name} ({one.note})" if one.note else one.name
    return [
        name,
        f"{one.size:,}" if one.size else "",
        _amount(one.ours, one.unit),
        one.against,
        _amount(one.peer, one.unit),
        f"{one.ratio:.2f}" if one.ratio is not None else "",
        bound,
        kept,
        str(one.pairs),
        _memory(one.ours_mib),
        _memory(one.peer_mib),
    ]


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if unit != "s":
        return f"{value:.3g} {unit}"
    return f"{1000 * value:.3g} ms" if value < 1 else f"{value:.3g} s"


def _memory(mib: float | None) -> str:
    return f"{mib:,.0f} MiB" if mib else ""


def _picture(figures: Sequence[Figure]) -> str:
    """Each bound with how much of it is used: 1 is the bound itself, on a scale of powers."""
    import vl_convert

    rows: list[dict[str, Any]] = []
    for one in figures:
        if one.promised is None or one.ratio is None:
            continue
        used = one.ratio / one.promised if one.sense == "at most" else one.promised / one.ratio
        against = f" / {one.against}" if one.part == "b" else ""
        size = f", {one.size:,}" if one.size and one.part in "bc" else ""
        rows.append(
            {
                "what": f"{one.part}  {one.name}{size}{against}",
                "used": used,
                "kept": bool(one.kept),
                "said": f"{one.ratio:.2f}",
            }
        )
    base = {"y": {"field": "what", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 420}}}
    widest = max([2.0, *(1.5 * float(row["used"]) for row in rows)])
    scale = {"type": "log", "nice": False, "domain": [0.05, widest]}
    x = {
        "field": "used",
        "type": "quantitative",
        "scale": scale,
        "title": "share of the bound that is used (1 = the bound)",
    }
    colour = {
        "field": "kept",
        "type": "nominal",
        "scale": {"domain": [True, False], "range": [GOOD, BAD]},
        "legend": None,
    }
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": rows},
        "width": 420,
        "height": {"step": 17},
        "padding": {
            "left": 80,
            "right": 20,
            "top": 5,
            "bottom": 5,
        },  # a browser's letters are wider than those measured here
        "config": {"font": "sans-serif", "view": {"stroke": None}},
        "layer": [
            {"mark": {"type": "point", "filled": True, "size": 60}, "encoding": base | {"x": x, "color": colour}},
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": 10},
                "encoding": base | {"x": x, "text": {"field": "said"}},
            },
            {"mark": {"type": "rule", "color": "#555", "strokeDash": [4, 3]}, "encoding": {"x": {"datum": 1}}},
        ],
    }
    return str(vl_convert.vegalite_to_svg(spec, vl_version="6.4", show_warnings=False)) + "\n"
