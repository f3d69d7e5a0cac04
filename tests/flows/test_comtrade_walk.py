"""UN Comtrade down the whole walk: quotas, the key, answers that are cut off, and nights that ask for what changed."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from email.message import Message
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest

from flows.backfill import period_window
from flows.reading import Reader
from flows.run import Run, nightly_window, running
from flows.settings import Settings
from flows.steps import ahead, walk_sources
from flows.walk import Pace
from sources import catalogue
from sources.contract import Window
from tests.flows.conftest import Home
from tests.origin.comtrade import ADDRESS, Call, Comtrade
from tests.origin.server import Answer, Origin

pytestmark = pytest.mark.slow
KEY = "a-key-for-nobody-0123456789"
NOW = "2026-07-25T02:30:00Z"
READERS: list[Reader] = []


@pytest.fixture(scope="module", autouse=True)
def reading() -> Iterator[None]:
    """One parsing child for all runs: to start one takes longer than a run's work."""
    with Reader() as reader:
        READERS.append(reader)
        yield
        READERS.clear()


class Web:
    """A home whose only web is the service; `answer` stands before it where a test wants another answer."""

    def __init__(self, home: Home, service: Comtrade) -> None:
        """Take the parts."""
        self.home, self.service = home, service
        self.answer: Callable[[str, Message], Answer] = service

    def __call__(self, url: str, headers: Message) -> Answer:
        """Answer one request."""
        return self.answer(url, headers)

    @property
    def data(self) -> list[Call]:
        """The calls for data that were answered with 200."""
        asked = [call for call in self.service.calls if "/get/" in call.path or "/preview/" in call.path]
        return [call for call in asked if call.status == 200]

    def backfill(self, first: str, last: str, **more: str) -> Run:
        """`amur backfill comtrade --from … --to …`, without Prefect."""
        return self._run("backfill", lambda s, run: period_window(first, last, run.now, s.keys), **more)

    def night(self, **more: str) -> Run:
        """`amur nightly --only comtrade`, without Prefect."""
        return self._run("nightly", lambda s, run: nightly_window(run.now, s.keys), **more)

    def _run(self, kind: Literal["nightly", "backfill"], window: Callable[[Settings, Run], Window], **more: str) -> Run:
        settings = Settings.read(self.home.environment | {"AMUR_REPORT": "no", "AMUR_HOME": str(self.home.path)} | more)
        with running(settings, kind) as run:
            run.reader = READERS[0]
            with ahead(run, ["comtrade"], window(settings, run), Pace(kind)) as fetching:
                walk_sources(fetching)
        return run


@pytest.fixture
def web(home: Home) -> Iterator[Web]:
    """The service behind the loopback origin, and a home that sees nothing else."""
    service = Comtrade(date(2026, 7, 25), key=KEY)
    found = Web(home, service)
    with Origin({}, {ADDRESS: found}) as origin:
        home.environment |= origin.environment() | {"AMUR_NOW": NOW, "AMUR_GAP": "0"}
        yield found


def asked(web: Web, query: str) -> list[tuple[Any, ...]]:
    """Rows of the published database, by `amur sql` in this process."""
    done = web.home.here("sql", query, "--format", "json")
    assert done.returncode == 0, done.stderr
    return [tuple(row.values()) for row in json.loads(done.stdout)]


def addresses(calls: Sequence[Call]) -> list[str]:
    """Path and query of each call."""
    return [f"{call.path}?{sorted(call.query.items())}" for call in calls]


CRUDE = (
    "SELECT value FROM observations WHERE source = 'comtrade' AND reporter = 'CN' AND partner = 'RU' AND flow = 'M' "
    "AND product = '2709' AND unit = 'USD' AND period = '{}'"
)


def test_a_quota_that_ends_in_the_middle_costs_nothing_that_was_answered(web: Web) -> None:
    """The run stops asking, loads what it has, says how much is left and when it goes on; the next one finishes."""
    web.service.calls_left = 4

    first = web.backfill("2023-05", "2023-06")

    assert [call.status for call in web.service.calls].count(403) == 1
    assert len(web.data) == 4
    assert first.failures == []
    (loaded,) = first.loaded
    assert loaded.state == "partial"
    assert loaded.new > 0
    assert "requests are left. The same command goes on with them, after 2026-07-26 00:00 UTC" in loaded.error
    assert asked(web, "SELECT count(*) FROM observations WHERE source = 'comtrade'")[0][0] > 0

    web.service.calls_left = None
    second = web.backfill("2023-05", "2023-06", AMUR_NOW="2026-07-26T02:30:00Z")

    assert second.loaded[0].state == "ok"
    assert len(addresses(web.data)) == len(set(addresses(web.data)))
    assert asked(web, CRUDE.format("2023-05")) == [(5238533428,)]
    assert asked(web, CRUDE.format("2023-06")) == [(5443481794,)]
    left = int(loaded.error.split(" requests are left")[0].split()[-1])
    assert second.loaded[0].requests == left


def test_our_own_budget_stops_a_run_before_the_service_does(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a nightly run may ask is not what a backfill may: neither burns the other's calls of the day."""
    allowed = replace(catalogue.entry("comtrade"), calls_nightly=100, calls_backfill=3)
    monkeypatch.setattr(catalogue, "entry", lambda source: allowed if source == "comtrade" else None)

    first = web.backfill("2023-06", "2023-06")
    again = web.backfill("2023-06", "2023-06")

    assert len(web.data) == 3
    assert "3 made today" in first.loaded[0].error
    assert again.loaded[0].requests == 1, "the request that was not made is the only note"
    assert "3 made today" in again.loaded[0].error

    night = web.night()
    assert night.loaded[0].new > 0
    assert len(web.data) > 3

    before = len(web.data)
    web.backfill("2023-06", "2023-06", AMUR_NOW="2026-07-26T00:00:10Z")
    assert len(web.data) - before == 3, "the next day has its own calls"


def test_a_key_goes_to_the_service_and_nowhere_else(web: Web) -> None:
    """It is in a header of the calls for data alone; no file of the home and no message holds it."""
    run = web.backfill("2023-01", "2023-03", AMUR_COMTRADE_KEY=KEY)

    assert run.loaded[0].state == "ok"
    assert {call.keyed for call in web.data} == {True}
    assert {call.keyed for call in web.service.calls if "/files/" in call.path} == {False}
    assert not [path for path in web.home.path.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert KEY not in repr(run.settings)
    assert asked(web, CRUDE.format("2023-01")) == [(4435069433,)]


def test_a_key_that_is_not_taken_is_a_fault_of_the_settings(web: Web) -> None:
    """One call shows it; the message names the setting, not the key."""
    run = web.backfill("2023-01", "2023-12", AMUR_COMTRADE_KEY="another-key-0123456789")

    assert [call.status for call in web.service.calls].count(401) == 1
    assert "AMUR_COMTRADE_KEY" in run.loaded[0].error
    assert "another-key" not in run.loaded[0].error


def test_a_rate_limit_is_waited_for(web: Web) -> None:
    """429 with Retry-After: 1 delays the run by a second and costs no figure."""
    web.service.limit_next(1)

    run = web.backfill("2023-06", "2023-06")

    assert run.loaded[0].state == "ok"
    assert asked(web, "SELECT max(attempts) FROM fetches") == [(2,)]


def cutting(whole: Comtrade) -> Callable[[str, Message], Answer]:
    """The service, but that it gives 500 rows to whoever asks for ten goods or more."""

    def answer(url: str, headers: Message) -> Answer:
        said = whole(url, headers)
        codes = parse_qs(urlsplit(url).query).get("cmdCode", [""])[0].split(",")
        if "/preview/" not in url or len(codes) < 10:
            return said
        reply = json.loads(said.body)
        rows = (reply["data"] * 500)[:500]
        return said._replace(body=json.dumps(reply | {"count": 500, "data": rows}).encode())

    return answer


def test_an_answer_that_is_cut_off_is_asked_for_in_parts(web: Web) -> None:
    """500 rows from the preview: kept as evidence, never loaded, and every figure comes by smaller requests."""
    web.answer = cutting(web.service)
    run = web.backfill("2023-06", "2023-06")

    assert run.loaded[0].state == "ok"
    assert run.loaded[0].held_batches == 0
    assert asked(web, "SELECT count(*) FROM payloads WHERE state = 'cut'")[0][0] >= 2
    assert asked(web, CRUDE.format("2023-06")) == [(5443481794,)]

    before = len(web.service.calls)
    again = web.backfill("2023-06", "2023-06")
    assert len(web.service.calls) == before, "the parts are archived too"
    assert again.loaded[0].new == 0
    assert web.home.here("rebuild", "--to", str(web.home.path / "again.duckdb")).returncode == 0


def test_a_cut_answer_that_a_killed_run_archived_is_no_batch(web: Web) -> None:
    """The next run knows what it is: nothing is held, and nothing of it is asked for again."""
    web.answer = cutting(web.service)
    settings = Settings.read(web.home.environment | {"AMUR_REPORT": "no", "AMUR_HOME": str(web.home.path)})
    with running(settings, "backfill") as run:
        window = period_window("2023-06", "2023-06", run.now, settings.keys)
        with ahead(run, ["comtrade"], window, Pace("backfill")) as fetching:
            dict(fetching.in_order_of_arrival())["comtrade"].result()  # archived, and nobody loads it
    before = len(web.service.calls)
    taken = web.backfill("2023-06", "2023-06")

    assert len(web.service.calls) == before
    assert (taken.loaded[0].state, taken.loaded[0].held_batches) == ("ok", 0)
    assert asked(web, "SELECT count(*) FROM payloads WHERE state = 'cut'")[0][0] >= 2
    assert asked(web, CRUDE.format("2023-06")) == [(5443481794,)]


def test_a_night_asks_for_what_was_released_since(web: Web) -> None:
    """The second night asks what was released and nothing else; a new release is asked for, and revises."""
    web.night(AMUR_COMTRADE_KEY=KEY)
    calls = len(web.service.calls)

    web.service.today = date(2026, 7, 26)
    second = web.night(AMUR_COMTRADE_KEY=KEY, AMUR_NOW="2026-07-26T02:30:00Z")
    fresh = web.service.calls[calls:]
    released = [call for call in fresh if "/get/" in call.path]

    web.service.today = date(2026, 7, 27)
    web.service.revise("CN", "202604", date(2026, 7, 26), percent=2)
    calls = len(web.service.calls)
    third = web.night(AMUR_COMTRADE_KEY=KEY, AMUR_NOW="2026-07-27T02:30:00Z")
    again = [call for call in web.service.calls[calls:] if "/get/" in call.path]

    assert [call for call in fresh if "/getDA/" in call.path]
    assert len(released) <= 1, "only what another reporter released in between"
    assert second.loaded[0].revised == 0
    assert {call.query["period"][:6] for call in again} == {"202601"}
    assert third.loaded[0].revised > 0
    old, new = asked(web, "SELECT old_value, new_value FROM revisions WHERE product = '2709' AND period = '2026-04' "
                          "AND partner = 'RU' AND unit = 'USD' AND reporter = 'CN'")[0]  # fmt: skip
    assert new / old == pytest.approx(1.02, abs=0.001)


def test_without_the_calendar_of_releases_a_night_asks_for_the_newest_months(web: Web) -> None:
    """GetDA answers 404: the four newest months and the newest year are asked for all the same."""
    whole = web.service

    def lacking(url: str, headers: Message) -> Answer:
        answer = whole(url, headers)
        return answer._replace(status=404, body=b"") if "/getDA/" in url else answer

    web.answer = lacking
    web.night()

    periods = {call.query["period"] for call in web.data}
    assert periods == {"202603", "202604", "202605", "202606", "2025"}
    assert asked(web, CRUDE.format("2026-05"))[0][0] > 0


def test_a_code_that_the_newest_list_does_not_know_is_caught(web: Web) -> None:
    """The code lists are kept by edition; a heading that is missing in the newest one is named."""
    whole = web.service

    def shortened(url: str, headers: Message) -> Answer:
        answer = whole(url, headers)
        if not url.endswith("/HS.json"):
            return answer
        listed = json.loads(answer.body)
        listed["results"] = [entry for entry in listed["results"] if entry["id"] != "2709"]
        return answer._replace(body=json.dumps(listed).encode())

    web.answer = shortened
    web.backfill("2023-06", "2023-06")

    assert asked(web, "SELECT product FROM codes_without_name") == [("2709",)]
    assert asked(web, "SELECT iso FROM codes WHERE codelist = 'comtrade:reporters' AND code = '156'") == [("CN",)]


def test_a_dry_run_says_how_many_requests_and_days(web: Web) -> None:
    """The plan since 2017: with a key a few dozen requests, without one days at the quota."""
    without = web.home.here("backfill", "comtrade", "--from", "2017-01", "--to", "2026-06", "--dry-run")
    keyed = web.home.here(
        "backfill", "comtrade", "--from", "2017-01", "--to", "2026-06", "--dry-run", AMUR_COMTRADE_KEY=KEY
    )

    assert "comtrade: 686 requests take 2 days at 390 calls a day" in without.stdout
    assert "comtrade: 27 requests take 1 day at 390 calls a day" in keyed.stdout
    assert KEY not in keyed.stdout
    assert web.service.calls == ()
