"""`make demo`: two nights against a small web on loopback, with a revision between them. Offline.

The product runs as it is: the `amur` command beside this interpreter, over HTTP and HTTPS, with the settings that
anybody would use for a proxy. What it fetches was written for Amur (`tests.origin.pages`).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from tests.origin import comtrade
from tests.origin.pages import MADE_UP, NIGHTS, REVISED, demo_web, revision
from tests.origin.server import Origin

__all__ = ["main"]

PUBLISHED: Final = frozenset({0, 3})
ANY_KEY: Final = "any-key-is-right-here"  # with one, a year of UN Comtrade is one request in place of twelve
# Settings of the user's own that would lead the demo astray.
NOT_OURS: Final = ("AMUR_", "PREFECT_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE")


class Example(NamedTuple):
    """A question to the published database, and what its answer must say, with or without its commas."""

    title: str
    arguments: tuple[str, ...]
    expected: tuple[str, ...]


EXAMPLES: Final = (
    Example(
        "China's exports to Russia by month, billion dollars",
        (
            "sql",
            (
                "SELECT period, round(value / 1e9, 3) AS bn_usd, basis, obs_status, known_at FROM indicators "
                "WHERE indicator = 'cn_exports_usd' AND freq = 'M' ORDER BY period_start DESC LIMIT 12"
            ),
        ),
        ("2026-06", "11.547", "2026-05", "2026-04"),
    ),
    Example(
        "What was revised between the two nights",
        (
            "sql",
            (
                "SELECT partner, flow, freq, period, old_value, new_value, round(change_pct, 2) AS pct, known_at "
                "FROM revisions WHERE source = 'gacc_bulletin' AND measure = 'trade_value' AND partner IN ('RU', 'W0') "
                "AND known_at > TIMESTAMP '2026-07-24' ORDER BY abs(change_pct) DESC"
            ),
        ),
        ("RU", "11,432,537,000", "11,546,862,000"),
    ),
    Example(
        "Where one figure comes from: all its vintages, down to the archived page and its cell",
        ("explain", "cn_exports_usd", "2026-06"),
        ("11,432,537,000", "11,546,862,000", "Russia"),
    ),
    Example(
        "China's cars for Russia in 2025: the twelve months of UN Comtrade added up",
        (
            "sql",
            (
                "SELECT measure, unit, count(*) AS months, sum(value) AS total FROM observations "
                "WHERE source = 'comtrade' AND freq = 'M' AND year(period_start) = 2025 AND reporter = 'CN' "
                "AND partner = 'RU' AND flow = 'X' AND product = '8703' GROUP BY measure, unit ORDER BY measure, unit"
            ),
        ),
        ("632,341", "8,460,000,000"),
    ),
    Example(
        "Who sold China the most crude in May 2026, million tonnes and dollars a tonne",
        (
            "sql",
            (
                "SELECT partner, round(sum(value) FILTER (WHERE unit = 'kg') / 1e9, 2) AS mt, "
                "round(sum(value) FILTER (WHERE unit = 'USD') / (1e6 * mt), 1) AS usd_a_tonne "
                "FROM observations WHERE source = 'comtrade' AND freq = 'M' AND period_start = DATE '2026-05-01' "
                "AND reporter = 'CN' AND flow = 'M' AND product = '2709' AND partner <> 'W0' "
                "GROUP BY partner ORDER BY mt DESC LIMIT 5"
            ),
        ),
        ("RU", "SA"),
    ),
)


def main() -> int:
    """Run the demo; 0 if both nights published and every question was answered."""
    home = Path(tempfile.mkdtemp(prefix="amur-demo-"))
    service = comtrade.Comtrade(_day(NIGHTS[0]))
    with Origin(demo_web(), {comtrade.ADDRESS: service}) as origin:
        settings = origin.environment() | {"AMUR_HOME": str(home), "AMUR_GAP": "0", "AMUR_COMTRADE_KEY": ANY_KEY}
        failed = []
        for night in NIGHTS:
            service.today = _day(night)  # so the second night finds what has come out in between
            if not _night(origin, settings, night):
                failed.append(f"the night of {night}")
    settings["AMUR_NOW"] = NIGHTS[-1]
    del settings["AMUR_COMTRADE_KEY"]
    for example in EXAMPLES:
        failed += [f"the question {example.title!r}: {trouble}" for trouble in _ask(example, settings)]
    _heading("Which of these figures are not so")
    for source, text in (*MADE_UP.items(), ("comtrade", comtrade.MADE_UP)):
        _say(f"{source}: {text}.")
    _say(f"{REVISED}.")
    _say(f"\nEverything is in {home}; to go on: AMUR_HOME={home} AMUR_NOW={NIGHTS[-1]} {_command()} status")
    for what in failed:
        sys.stderr.write(f"demo: failed: {what}\n")
    return 1 if failed else 0


def _day(night: str) -> date:
    return date.fromisoformat(night[:10])


def _night(origin: Origin, settings: Mapping[str, str], night: str) -> bool:
    """One nightly run; before the last, a page changes."""
    if night == NIGHTS[-1]:
        origin.set(*revision())
        _heading("A page changes")
        _say(f"{REVISED}.")
    _heading(f"amur nightly, the night of {night}")
    before = len(origin.asked)
    done = _amur(["nightly"], {**settings, "AMUR_NOW": night})
    asked = [one for one in origin.asked[before:] if one.method == "GET"]
    unchanged = sum(one.status == 304 for one in asked)
    _say(f"{len(asked)} requests over loopback, {unchanged} of them answered 304. Exit code {done.returncode}.")
    return done.returncode in PUBLISHED


def _ask(example: Example, settings: Mapping[str, str]) -> Iterator[str]:
    """Show question and answer; gives what is wrong with the answer."""
    _heading(example.title)
    _say(" ".join(["$ amur", *(f'"{word}"' if " " in word else word for word in example.arguments)]))
    done = _amur(example.arguments, settings)
    if done.returncode:
        yield f"exit code {done.returncode}"
    said = done.stdout.replace(",", "")
    yield from (f"no {words} in the answer" for words in example.expected if words.replace(",", "") not in said)


def _amur(arguments: Sequence[str], settings: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the command and show what it prints; in the data folder, so that no `.env` of the user's is read."""
    inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith(NOT_OURS)}
    done = subprocess.run(
        [_command(), *arguments],
        env=inherited | dict(settings),
        cwd=settings["AMUR_HOME"],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )
    _say(done.stdout.rstrip())
    return done


def _command() -> str:
    return str(Path(sys.executable).with_name("amur"))


def _heading(text: str) -> None:
    _say(f"\n== {text}\n")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
