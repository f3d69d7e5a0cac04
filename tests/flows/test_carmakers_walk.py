"""The carmakers' sources down the whole walk, over the recorded web: nights, answers, and figures side by side."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.reading import Reader
from flows.run import Run, nightly_window, running
from flows.settings import Settings
from flows.steps import ahead, walk_sources
from flows.walk import Pace
from tests.flows.conftest import Home, Web, shared, tool

NOW = "2026-02-05T02:30:00Z"
SOURCES = ["lada", "autostat", "aeb", "kamaz", "cpca", "rosstat_output", "recycling_fee"]
pytestmark = [pytest.mark.recorded, pytest.mark.slow]


def night(home: Home, web: Web, now: str, reader: Reader) -> Run:
    """A nightly run of the carmakers' sources, without Prefect."""
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
    shared("recorded", "carmakers")
    home = Home(tmp_path_factory.mktemp("carmakers") / "home", {"AMUR_NOW": NOW})
    with tool("faulty_origin").Origin(recorded_root, tls=tuple(map(str, certificate))) as origin, Reader() as reader:
        environment = {
            "HTTP_PROXY": origin.proxy,
            "HTTPS_PROXY": origin.proxy,
            "NO_PROXY": "127.0.0.1,localhost",
            "REQUESTS_CA_BUNDLE": str(certificate[0]),
        }
        web = Web(origin, environment)
        first = night(home, web, NOW, reader)
        asked = web.requests()
        second = night(home, web, "2026-02-06T02:30:00Z", reader)
        yield Nights(home, (first, second), asked)


def test_the_first_night_loads_all_seven(nights: Nights) -> None:
    """Each has figures; what the recorded web lacks or blocks is named and stops no other."""
    loaded = {part.source: part for part in nights.runs[0].loaded}

    assert set(loaded) == set(SOURCES)
    assert {source for source, part in loaded.items() if not part.new} == set()
    assert nights.runs[0].failures == []
    assert "verification page" in loaded["lada"].error
    assert loaded["lada"].held_batches == 1


def test_a_second_night_adds_nothing(nights: Nights) -> None:
    """No new figure, no vintage, nothing new in quarantine; the publication stands."""
    for part in nights.runs[1].loaded:
        assert (part.source, part.new, part.revised, part.held_batches) == (part.source, 0, 0, 0)
    assert not nights.runs[1].summary.published


def test_no_article_is_asked_for_twice_in_a_night(nights: Nights) -> None:
    """Lists overlap; a page has one address all the same."""
    urls = [request["url"] for request in nights.asked]

    assert len(urls) == len(set(urls))


def test_sales_of_lada_are_answered_with_their_scope(nights: Nights) -> None:
    """The year as AvtoVAZ counts it, with vans; the months that it published."""
    (answer,) = nights.sql(
        "SELECT value, basis, title FROM indicators "
        "WHERE indicator = 'lada_sales_units' AND period = '2025' AND freq = 'A'"
    )

    assert answer[:2] == (338_490, "official")
    assert "light commercial" in answer[2]


def test_figures_of_two_sources_stand_side_by_side(nights: Nights) -> None:
    """AvtoVAZ with vans, Autostat without (an article that somebody saved): neither corrects the other."""
    article = shared("recorded", "carmakers", "www.autostat.ru", "news", "61402.html")
    taken = nights.home.here(
        "ingest", str(article), "--source", "autostat", "--url", "https://www.autostat.ru/news/61402/"
    )
    assert taken.returncode == 0, taken.stderr

    told = nights.home.here("explain", "lada_sales_units", "2025", "--verify")

    assert told.returncode == 0, told.stderr
    assert "lada:avtovaz_dealers_pc_lcv:lada_sales_units" in told.stdout
    assert "338,490 units" in told.stdout
    assert "Beside it" in told.stdout
    assert "autostat_pc:lada_sales_units" in told.stdout
    assert "verified   same" in told.stdout


def test_the_fee_of_a_day_is_the_level_in_force(nights: Nights) -> None:
    """On the last day of November 2025 the level of January still counts, the day after the new one."""
    query = (
        "SELECT fee_rub FROM recycling_fee_on(DATE '{}', TIMESTAMP '2026-02-06') "
        "WHERE car = '2 l, 200 hp, new, commercial importer'"
    )
    before, after = nights.sql(query.format("2025-11-30")), nights.sql(query.format("2025-12-01"))

    assert (before, after) == ([(667_400,)], [(794_000,)])


def test_what_was_announced_is_kept_for_the_news(nights: Nights) -> None:
    """The short week of KAMAZ from August and of AvtoVAZ from the end of September 2025."""
    rows = nights.sql(
        "SELECT DISTINCT actor, event_date FROM event_candidates WHERE event_type = 'work_week_cut' ORDER BY ALL"
    )

    assert [(actor, str(day)[:10]) for actor, day in rows] == [("AvtoVAZ", "2025-09-29"), ("KAMAZ", "2025-08-01")]
