"""What GDELT's answers promise: a failed call is never zero, a sighting is no publication, a cut list is asked in parts."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sources.contract import Article, Observation, Payload, Window
from sources.errors import Blocked, Contradiction, Empty, LayoutChanged, Unreadable
from sources.news import gdelt
from tests.payloads.gdelt import pages

SHARED = Path(__file__).parents[3].parent / "shared"
RECORDED = SHARED / "recorded" / "news"
NOW = datetime(2025, 10, 15, 3, 0, tzinfo=UTC)
NIGHT = Window(date(2025, 10, 1), date(2025, 10, 15), NOW, nightly=True)
LIMIT = "Please limit requests to one every 5 seconds or contact the project for larger queries."


def payload(body: bytes, *, title: str = "", at: datetime = NOW) -> Payload:
    """An answer as it was fetched."""
    return Payload(source="gdelt", url=gdelt.API, body=body, sha256="0" * 64, fetched_at=at, title=title)


def listed(*articles: dict[str, str]) -> list[Article]:
    """The articles that a list comes to."""
    body = json.dumps({"articles": articles}).encode()
    return [row for row in gdelt.parse(payload(body)) if isinstance(row, Article)]


def article(**more: str) -> dict[str, str]:
    """One article of a list; an invented one."""
    return {
        "url": "https://www.outlet.test/1", "url_mobile": "", "title": "Russia and China sign a gas deal",
        "seendate": "20251013T051500Z", "domain": "outlet.test", "language": "English", "sourcecountry": "",
    } | more  # fmt: skip


def volumes(*points: tuple[str, object], series: str = "Volume Intensity") -> bytes:
    """A timeline."""
    data = [{"date": day, "value": value} for day, value in points]
    return json.dumps({"timeline": [{"series": series, "data": data}]}).encode()


def test_a_night_asks_for_each_topic_once_and_for_the_newest_articles() -> None:
    """One list and a timeline a topic, over days enough for daily values; the event files only in their place."""
    requests = list(gdelt.plan(NIGHT))

    lists = [one for one in requests if one.params["mode"] == "artlist"]
    timelines = [one for one in requests if one.params["mode"] == "timelinevol"]
    assert len(lists) == 1
    assert lists[0].params["maxrecords"] == "250"
    assert lists[0].params["sort"] == "datedesc"
    assert [one.title for one in timelines] == [
        "tariffs", "bans", "dumping", "payments", "energy", "cars", "projects", "investment", "visits",
    ]  # fmt: skip
    assert {one.params["startdatetime"] for one in timelines} == {"20251001030000"}
    assert {one.params["enddatetime"] for one in requests} == {"20251015030000"}
    assert {one.role for request in timelines for one in request.otherwise} == {"index"}
    assert all("china" in one.params["query"] and "russia" in one.params["query"] for one in requests)


def test_the_past_is_asked_for_by_quarter_since_2017() -> None:
    """Every day lies in a window; none is so short that the service would give hours; no articles of the past."""
    window = Window(date(2016, 6, 1), date(2018, 1, 5), NOW)
    requests = [one for one in gdelt.plan(window) if one.title == "dumping"]

    spans = [
        tuple(datetime.strptime(one.params[name], "%Y%m%d%H%M%S").replace(tzinfo=UTC) for name in ("startdatetime", "enddatetime"))
        for one in requests
    ]  # fmt: skip
    assert spans[0][0] == datetime(2017, 1, 1, tzinfo=UTC)
    assert spans[-1][1] == datetime(2018, 1, 5, 23, 59, 59, tzinfo=UTC)
    assert all(later[0] <= earlier[1] + timedelta(seconds=1) for earlier, later in itertools.pairwise(spans))
    assert all(timedelta(days=13) <= stop - start <= timedelta(days=93) for start, stop in spans)
    assert not [one for one in gdelt.plan(window) if one.params["mode"] == "artlist"]


@pytest.mark.parametrize("days", [1, 3, 7])
def test_a_short_past_is_widened(days: int) -> None:
    """Of less than a week the service gives hours."""
    window = Window(date(2020, 5, 1), date(2020, 5, days), NOW)

    for one in gdelt.plan(window):
        assert one.params["startdatetime"] <= "20200424"
        assert one.params["enddatetime"] == f"202005{days:02}235959"


@pytest.mark.parametrize(
    "words", [LIMIT, "The specified phrase is too short.", "<!doctype html><title>502</title>", "[1]"]
)
def test_what_does_not_begin_with_a_brace_is_an_error(words: str) -> None:
    """The limit comes as plain text with 200: not measured, and never zero."""
    with pytest.raises(Blocked) as raised:
        list(gdelt.parse(payload(words.encode(), title="energy")))

    assert words[:20] in str(raised.value)
    assert not gdelt.is_cut(payload(words.encode()))


def test_nothing_is_an_error_and_no_match_is_none() -> None:
    """An empty body is refused; `{}` gives no row: no article, and no zero for any day."""
    with pytest.raises(Empty):
        list(gdelt.parse(payload(b"\n")))

    assert list(gdelt.parse(payload(b"{}", title="energy"))) == []


def test_zero_is_a_value_and_a_missing_day_is_none() -> None:
    """Percent of all coverage, by day; the day of the fetch isn't over."""
    body = volumes(("20251012T000000Z", 0), ("20251014T000000Z", 0.1187), ("20251015T000000Z", 0.05))
    rows = [row for row in gdelt.parse(payload(body, title="energy")) if isinstance(row, Observation)]

    assert [(row.period_start.day, row.value) for row in rows] == [(12, Decimal(0)), (14, Decimal("0.1187"))]
    assert {(row.dataset, row.measure, row.unit, row.freq, row.product, row.reporter) for row in rows} == {
        ("gdelt", "news_volume", "percent", "D", "energy", None)
    }


def test_raw_timelines_are_counts() -> None:
    """`timelinevolraw` counts articles."""
    (row,) = gdelt.parse(payload(volumes(("20251012T000000Z", 62), series="Article Count"), title="cars"))

    assert isinstance(row, Observation)
    assert (row.measure, row.unit, row.value, row.product) == ("news_count", "articles", 62, "cars")


def test_the_query_that_an_answer_repeats_names_its_topic() -> None:
    """So that a file brought by hand is known too."""
    rows = list(gdelt.parse(payload(pages.timeline(), title="brought.json")))

    assert {row.product for row in rows if isinstance(row, Observation)} == {"dumping"}


@pytest.mark.parametrize(
    "point",
    [("20251012T000000Z", -1), ("20251012T000000Z", 101), ("20251012T000000Z", float("nan")),
     ("20251012T000000Z", None), ("yesterday", 0.1)],
)  # fmt: skip
def test_a_value_that_can_be_none_is_refused(point: tuple[str, object]) -> None:
    """Negative, above all coverage, no number, no day."""
    with pytest.raises(LayoutChanged):
        list(gdelt.parse(payload(volumes(point), title="energy")))


def test_hours_are_no_days() -> None:
    """Two values of one day can't be one percentage."""
    body = volumes(("20251012T000000Z", 0.1), ("20251012T010000Z", 0.2))

    with pytest.raises(LayoutChanged, match="one value a day"):
        list(gdelt.parse(payload(body, title="energy")))


def test_an_article_is_a_sighting() -> None:
    """`seendate` is when GDELT saw it; the day of publication stays unknown, and the address loses its trackers."""
    (found,) = listed(article(url="https://m.outlet.test/1?utm_source=x#top", title='Russia , China sign " gas " deal'))

    assert found.seen == datetime(2025, 10, 13, 5, 15, tzinfo=UTC)
    assert found.published is None
    assert found.headline_only
    assert (found.url, found.title[:13]) == ("https://www.outlet.test/1", "Russia, China")


def test_a_sighting_that_cannot_be_is_none() -> None:
    """Neither a broken stamp nor one later than the fetch becomes a time."""
    broken, late = listed(
        article(seendate="now"), article(url="https://www.outlet.test/2", seendate="20301013T051500Z")
    )

    assert (broken.seen, late.seen) == (None, None)


def test_twins_are_one_article_and_hostile_ones_are_none() -> None:
    """Mobile and tracked addresses join; scripts and other schemes give no row; off the topic gives none."""
    found = listed(
        article(),
        article(url="https://m.outlet.test/1"),
        article(url="https://www.outlet.test/1?utm_campaign=y"),
        article(url="javascript:alert(1)"),
        article(url="https://www.outlet.test/3", title=""),
        article(url="https://www.outlet.test/4", title="Rally team wins in Turkey"),
        article(url="https://www.outlet.test/5", title="<img src=x onerror=alert(1)>Russia and China sign a gas deal"),
    )

    assert [one.url for one in found] == ["https://www.outlet.test/1", "https://www.outlet.test/5"]
    assert not any("<" in one.title for one in found)


def test_invalid_escapes_are_mended_and_noted() -> None:
    r"""`\'` and a lone `\q` occur; valid escapes beside them stay what they are."""
    title = r"China\'s trade with Russia down 9.4% \q \"nine months\" \\ \u2014 tariff"
    body = f'{{"articles": [{{"url": "https://www.outlet.test/1", "title": "{title}"}}]}}'
    found = [row for row in gdelt.parse(payload(body.encode())) if isinstance(row, Article)]

    (one,) = found
    assert "China's trade" in one.title
    assert "\u2014" in one.title
    assert one.locator == "articles[0] (2 escapes mended)"


def test_half_a_surrogate_pair_does_not_stop_a_list() -> None:
    """It is JSON, but no text that could be written down."""
    body = b'{"articles": [{"url": "https://www.outlet.test/1", "title": "Russia, China sign gas deal \\ud83d"}]}'
    (found,) = [row for row in gdelt.parse(payload(body)) if isinstance(row, Article)]

    assert found.title.encode()


@pytest.mark.parametrize("body", [b'{"articles": [', b'{"articles": {}}', b'{"articles": ["x"]}'])
def test_a_broken_list_is_refused(body: bytes) -> None:
    """Cut short, or of another shape."""
    with pytest.raises(LayoutChanged):
        list(gdelt.parse(payload(body)))


def test_a_full_list_is_asked_for_again_in_halves() -> None:
    """At 250 there were more; the halves cover the window without a second in common, down to an hour."""
    assert gdelt.is_cut(payload(pages.articles(250)))
    assert not gdelt.is_cut(payload(pages.articles(249)))
    assert not gdelt.is_cut(payload(pages.timeline()))

    (whole,) = [one for one in gdelt.plan(NIGHT) if one.params["mode"] == "artlist"]
    first, second = gdelt.parts(whole)
    assert first.params["startdatetime"] == whole.params["startdatetime"]
    assert second.params["enddatetime"] == whole.params["enddatetime"]
    assert (first.params["enddatetime"], second.params["startdatetime"]) == ("20251014030000", "20251014030001")
    parts = [whole]
    for _ in range(7):
        parts = [half for one in parts for half in gdelt.parts(one)]
    assert parts == []


def test_the_list_of_files_leads_to_the_newest_events_with_their_hash() -> None:
    """Size, MD5, address: the export file alone."""
    body = (
        b"433 3ca503bda0a825f9afb2e95b4fbc3132 http://data.gdeltproject.org/gdeltv2/20250902074500.export.CSV.zip\n"
        b"9 aa http://data.gdeltproject.org/gdeltv2/20250902074500.mentions.CSV.zip\n"
    )
    (found,) = gdelt.links(payload(body), NIGHT)

    assert found.url.endswith("/20250902074500.export.CSV.zip")
    assert found.title == "md5:3ca503bda0a825f9afb2e95b4fbc3132 size:433"
    with pytest.raises(LayoutChanged):
        list(gdelt.links(payload(b"<html>"), NIGHT))


def test_events_that_name_both_are_counted_on_the_day_of_the_file() -> None:
    """In either order; an event of a year ago that was added today counts today; the hash and the size must agree."""
    body = pages.events()
    title = f"md5:{hashlib.md5(body, usedforsecurity=False).hexdigest()} size:{len(body)}"
    (row,) = gdelt.parse(payload(body, title=title))

    assert isinstance(row, Observation)
    assert (row.dataset, row.measure, row.value) == ("gdelt_files", "news_events", 2)
    assert row.period_start == date(2025, 9, 2)
    for wrong in ("md5:00", f"size:{len(body) + 1}"):
        with pytest.raises(Contradiction):
            list(gdelt.parse(payload(body, title=wrong)))


def test_an_event_file_that_is_none_is_refused() -> None:
    """Other columns, cut short, two files, or more than may be unpacked."""
    short, two, large = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(short, "w") as file:
        file.writestr("a", "1\t2\n")
    with zipfile.ZipFile(two, "w") as file:
        file.writestr("a", "")
        file.writestr("b", "")
    with zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as file, file.open("a", "w") as inside:
        for _ in range(257):
            inside.write(bytes(1 << 20))

    for body in (short.getvalue(), two.getvalue(), pages.events()[:200]):
        with pytest.raises(LayoutChanged):
            list(gdelt.parse(payload(body)))
    with pytest.raises(Unreadable):
        list(gdelt.parse(payload(large.getvalue())))


@pytest.mark.recorded
def test_the_recorded_answers_are_read() -> None:
    """Lists, timelines and files as recorded; what the service says in words is refused."""
    if not (RECORDED / "manifest.jsonl").is_file():
        pytest.skip("no recorded news beside the project")
    found: dict[str, object] = {}
    seen: dict[str, datetime | None] = {}
    for line in (RECORDED / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        if "gdeltproject" not in said["url"] or said["file"].endswith("lastupdate.txt"):
            continue
        body = (RECORDED / said["file"]).read_bytes()
        name = said["file"].rpartition("/")[2]
        try:
            rows = list(gdelt.parse(payload(body, at=datetime(2025, 11, 1, tzinfo=UTC))))
        except LayoutChanged as error:
            found[name] = type(error).__name__
        else:
            found[name] = sum(isinstance(row, Observation) for row in rows)
            seen |= {row.url: row.seen for row in rows if isinstance(row, Article)}

    assert found == {
        "artlist.json": 0,
        "timelinevol.json": 7,
        "timelinevolraw.json": 7,
        "limit.txt": "Blocked",
        "limit429.txt": "Blocked",
        "short.txt": "Blocked",
        "badescape.json": 0,
        "empty.json": 0,
        "20250902074500.export.CSV.zip": 1,
    }
    assert seen["https://tass.com/economy/2010990"] == datetime(2025, 9, 2, 7, 30, tzinfo=UTC)
    assert seen["https://www.caixin.com/2025-07-31/102346990.html"] == datetime(2025, 7, 31, 2, 30, tzinfo=UTC)
    assert "https://www.portherald.test/2025/10/13/trade-nine-months" in seen
