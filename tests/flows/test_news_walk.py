"""The news down the whole walk over the recorded web: nights, events, projects, figures, and what speaks against them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.reading import Reader
from flows.run import Run, chosen, nightly_window, running
from flows.settings import Settings
from flows.steps import ahead, walk_sources
from flows.walk import Pace
from sources.catalogue import CATALOGUE
from tests.flows.conftest import Home, Web, shared, tool

NOW = "2026-03-05T02:30:00Z"
SOURCES = [
    "kommersant",
    "moscow_times",
    "ria",
    "global_times",
    "scmp",
    "kremlin",
    "dw",
    "guardian",
    "tass_en",
    "xinhua",
    "reference_events",
]
pytestmark = [pytest.mark.recorded, pytest.mark.slow]


def night(home: Home, web: Web, now: str, reader: Reader) -> Run:
    """A nightly run of some outlets, without Prefect."""
    settings = Settings.read(
        dict(web.environment) | {"AMUR_REPORT": "no", "AMUR_HOME": str(home.path), "AMUR_NOW": now, "AMUR_GAP": "0"}
    )
    with running(settings, "nightly") as run:
        run.reader = reader
        with ahead(run, SOURCES, nightly_window(run.now), Pace("nightly")) as fetching:
            walk_sources(fetching)
    return run


class Nights:
    """A home after two nights over the recorded web, and both runs."""

    def __init__(self, home: Home, runs: tuple[Run, Run], asked: list[dict[str, Any]]) -> None:
        """Take the parts."""
        self.home, self.runs, self.asked = home, runs, asked

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the published database."""
        done = self.home.here("sql", query, "--format", "json")
        assert done.returncode == 0, done.stderr
        return [tuple(row.values()) for row in json.loads(done.stdout)]


@pytest.fixture(scope="module")
def nights(
    recorded_root: Path, certificate: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Nights]:
    """Two nights, for all tests of this module."""
    shared("recorded", "news")
    home = Home(tmp_path_factory.mktemp("news") / "home", {"AMUR_NOW": NOW})
    with tool("faulty_origin").Origin(recorded_root, tls=tuple(map(str, certificate))) as origin, Reader() as reader:
        environment = {
            "HTTP_PROXY": origin.proxy, "HTTPS_PROXY": origin.proxy, "NO_PROXY": "127.0.0.1,localhost", "REQUESTS_CA_BUNDLE": str(certificate[0]),
        }  # fmt: skip
        web = Web(origin, environment)
        first = night(home, web, NOW, reader)
        asked = web.requests()
        second = night(home, web, "2026-03-06T02:30:00Z", reader)
        yield Nights(home, (first, second), asked)


def test_the_first_night_loads_articles_of_every_outlet(nights: Nights) -> None:
    """What an outlet lacks is named and stops no other."""
    assert nights.runs[0].failures == []
    outlets = {source for (source,) in nights.sql("SELECT DISTINCT source FROM articles")}

    assert outlets >= {"kommersant", "moscow_times", "ria", "global_times", "kremlin", "guardian", "tass_en"}


def test_a_second_night_adds_nothing(nights: Nights) -> None:
    """No article, event or figure is new; the publication stands."""
    for part in nights.runs[1].loaded:
        assert (part.source, part.new, part.revised, part.held_batches) == (part.source, 0, 0, 0)
    assert not nights.runs[1].summary.published


def test_an_outlet_that_wants_no_copies_is_asked_for_its_feed_alone(nights: Nights) -> None:
    """SCMP: headline and link."""
    pages = [request["url"] for request in nights.asked if "www.scmp.com" in request["host"]]

    assert pages
    assert all("/rss/" in url for url in pages)


def test_an_outlet_that_wants_consent_is_asked_only_where_it_is_named(nights: Nights) -> None:
    """TASS is not among the sources of an ordinary night."""
    settings = Settings.read({"AMUR_REPORT": "no", "AMUR_HOME": str(nights.home.path)})

    assert "tass_en" not in chosen(settings)
    assert "tass_en" in chosen(settings, ["tass_en"])
    assert CATALOGUE["tass_en"].consent


def test_events_of_2025_are_answered_by_type(nights: Nights) -> None:
    """What outlets tell and what is cited, joined."""
    found = nights.sql("SELECT event_type, count(*) FROM events WHERE year(event_date) = 2025 GROUP BY ALL")
    counts = dict(found)

    assert counts["import_ban"] == 6
    assert counts["work_week_cut"] == 4
    assert nights.sql(
        "SELECT actor, CAST(event_date AS VARCHAR) FROM events WHERE event_type = 'visit' AND actor = 'Vladimir Putin' AND year(event_date) = 2025"
    ) == [("Vladimir Putin", "2025-08-31")]


def test_the_history_of_power_of_siberia_2_keeps_the_sides_apart(nights: Nights) -> None:
    """Gazprom says signed, the ministry in Beijing confirms nothing."""
    (row,) = nights.sql(
        "SELECT ru_status, cn_status, confirmed_by_both FROM projects WHERE project = 'Power of Siberia 2'"
    )

    assert row == ("signed", "not_confirmed", False)


def test_a_page_that_swaps_two_flows_shows_as_a_conflict(nights: Nights) -> None:
    """It never replaces a figure in silence: two values for a cell, none of which an official source settles here."""
    figures = dict(
        nights.sql(
            "SELECT indicator, value FROM flash_figures WHERE outlet = 'Global Times' AND label = '2025-01..2025-09'"
        )
    )

    assert figures["trade_total_usd"] == 163_621_000_000
    assert figures["cn_exports_usd"] == 90_054_000_000


def test_an_event_is_explained_with_its_stories_and_found_again(nights: Nights) -> None:
    """Each with the address, the sentence's place and the bytes; `--verify` reads them again."""
    ((event_id,),) = nights.sql("SELECT event_id FROM events WHERE event_type = 'import_ban' AND target = 'Dongfeng'")
    told = nights.home.here("explain", event_id, "--verify")

    assert told.returncode == 0, told.stdout + told.stderr
    assert "supports: The Moscow Times" in told.stdout
    assert "verified   same" in told.stdout


def test_an_event_that_is_not_known_is_said_so(nights: Nights) -> None:
    """With a way to find one."""
    told = nights.home.here("explain", "e-0123456789ab")

    assert told.returncode == 1
    assert "SELECT event_id" in told.stderr


def test_an_article_is_taken_from_its_address(
    nights: Nights, recorded_root: Path, certificate: tuple[Path, Path]
) -> None:
    """`amur ingest --source article URL`: through the door, from the host that was named."""
    url = "https://www.autostat.ru/news/60999/"
    with tool("faulty_origin").Origin(recorded_root, tls=tuple(map(str, certificate))) as origin:
        web = {"HTTP_PROXY": origin.proxy, "HTTPS_PROXY": origin.proxy, "REQUESTS_CA_BUNDLE": str(certificate[0])}
        taken = nights.home.here("ingest", url, "--source", "article", **web)
        again = nights.home.here("ingest", url, "--source", "article", **web)

    assert taken.returncode == 0, taken.stderr
    assert "already known" in again.stdout
    assert nights.sql(f"SELECT source FROM articles WHERE canonical_url = '{url}'") == [("article",)]


def test_the_archive_alone_gives_the_same_events(nights: Nights) -> None:
    """`amur rebuild` reads every body again."""
    before = nights.sql("SELECT * FROM events ORDER BY event_id")
    built = nights.home.here("rebuild")

    assert built.returncode == 0, built.stderr
    assert nights.sql("SELECT * FROM events ORDER BY event_id") == before
