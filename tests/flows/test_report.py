"""The report for editors: what its pages hold, what of others' words comes through, and how a browser shows it."""

from __future__ import annotations

import csv
import json
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pytest
from lxml import html

from flows.run import Summary, running
from flows.settings import Settings
from tests.browser import chromium
from tests.flows.conftest import Home
from tests.warehouse.builders import bring, document, warehouse
from tests.warehouse.goods import cars, goods
from warehouse.prune import useless
from warehouse.report import build
from warehouse.report.charts import NARROW, Chart, Mark, Point, Shape, draw, points_of
from warehouse.report.material import days
from warehouse.report.words import host, plain, short

PAGES = ("index.html", "families/trade.html", "origins/trade_total_usd.html", "claims/C01.html", "changes.html")
NOW = "2026-07-29T02:30:00Z"
HOSTILE = "</svg></style><script>document.title='owned'</script><img src=x onerror=alert(1)>"
LONG = "Ж" * 4000
HEBREW, CHINESE = "\u202eשלום Moscow", "中国对俄罗斯出口汽车"


def months() -> Iterator[tuple[str, float, datetime]]:
    """Months, billions traded in each, and when that is known. September is missing; January and February are one."""
    labels = [*(f"2025-{n:02d}" for n in (*range(3, 9), *range(10, 13))), "2026-01/2026-02", "2026-03", "2026-06"]
    for number, label in enumerate(labels):
        year, month = divmod(int(label[-7:-3]) * 12 + int(label[-2:]), 12)
        yield label, 18 + number / 2, datetime(year, month + 1, 20, 2, 30, tzinfo=UTC)


def night(home: Home) -> Summary:
    """The end of a night in this process: it publishes what was loaded, and writes the report."""
    with running(Settings.read(home.environment | {"AMUR_HOME": str(home.path)}), "nightly") as run:
        run.publish()
    return run.summary


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a year of trade and three years of cars, after one night."""
    home = Home(tmp_path_factory.mktemp("told") / "home", {"AMUR_NOW": NOW})
    db = warehouse(home.path / "warehouse.duckdb")
    documents = []
    for label, billions, at in months():
        flows = (("T", billions), ("X", billions / 2), ("M", billions / 2))
        rows = [goods(value * 1e9, label, "TOTAL", flow=flow, published=at.date()) for flow, value in flows]
        documents.append(document(f"page {label}", at, *rows))
    bring(db, *documents)
    made = [cars(1000 * n, str(2021 + n), dataset="hs_monthly") for n in (1, 2, 3, 4)]
    bring(db, document("cars", datetime(2026, 7, 1, tzinfo=UTC), *made, source="comtrade"))
    db.close()
    summary = night(home)
    assert summary.exit_code in {0, 3}, summary.failures
    assert summary.report
    return home


@pytest.fixture(scope="module")
def hostile(told: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on a publication in which words of others are hostile, long, Hebrew and Chinese, or none."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copyfile(told.path / "trade.duckdb", folder / "trade.duckdb")
    with duckdb.connect(str(folder / "trade.duckdb")) as db:
        ids = [row[0] for row in db.execute("SELECT finding_id FROM findings ORDER BY rank DESC").fetchall()][:4]
        for finding, title in zip(ids, (HOSTILE, LONG, HEBREW, CHINESE), strict=True):
            db.execute("UPDATE findings SET title = ?, detail = ? WHERE finding_id = ?", [title, HOSTILE, finding])
        db.execute("UPDATE payloads SET url = 'javascript:alert(1)', title = ?", [HOSTILE])
        db.execute("UPDATE sources SET url = 'https://example.org/a?b=\"><script>', title = ? || source", [HOSTILE])
        db.execute("UPDATE claim_texts SET claim = ?, note = ? WHERE claim_id = 'C01'", [HOSTILE, CHINESE])
    build.write_to(folder / "trade.duckdb", folder / "report", datetime(2026, 7, 29, 3, tzinfo=UTC))
    return folder / "report"


def parsed(path: Path) -> Any:  # noqa: ANN401 (an element)
    """A page as a tree."""
    return html.fromstring(path.read_bytes())


def test_a_night_leaves_a_report_and_its_history(told: Home) -> None:
    """`reports/index.html` leads into the history, where the pages of the publication lie; no link is dead."""
    reports = told.path / "reports"
    (snapshot,) = told.values("SELECT snapshot_id FROM snapshot")
    pages = reports / "history" / snapshot
    front = (reports / "index.html").read_text(encoding="utf-8")

    assert snapshot in front
    assert "23.5 billion dollars" in front
    assert (pages / "index.html").stat().st_size <= 500_000
    for page in [reports / "index.html", *pages.rglob("*.html")]:
        assert page.stat().st_size < 1_000_000
        text = page.read_text(encoding="utf-8")
        assert "None" not in re.sub(r"(?s)<(style|pre|script)\b.*?</\1>", "", text), page
        for link in parsed(page).xpath("//a/@href"):
            if not link.startswith(("http:", "https:")):
                file, _, part = link.partition("#")
                target = (page.parent / file) if file else page
                assert target.is_file(), (page, link)
                assert not part or f'id="{part}"' in target.read_text(encoding="utf-8"), (page, link)


def test_each_number_leads_to_its_origin(told: Home) -> None:
    """What `amur explain` says of June 2026: the cell, the address of the document, the hash of its bytes."""
    (snapshot,) = told.values("SELECT snapshot_id FROM snapshot")
    pages = told.path / "reports" / "history" / snapshot
    (link,) = parsed(pages / "index.html").xpath("//h2[@id='trade']/a[@class='fig']/@href")
    file, _, part = link.partition("#")
    (origin,) = parsed(pages / file).xpath(f"//section[@id='{part}']")
    said = origin.text_content()
    explained = json.loads(told.here("explain", "trade_total_usd", "2026-06", "--json").stdout)

    assert "23,500,000,000" in said
    for cell in explained["cells"]:
        if any(
            cell["series_key"] in text for row in explained["indicator"] if row["freq"] == "M" for text in row["inputs"]
        ):
            assert cell["series_key"] in said
            assert all(one["payload_sha256"] in said and one["locator"][:200] in said for one in cell["vintages"])


def test_the_sql_behind_a_chart_gives_its_csv(told: Home) -> None:
    """The query that stands under a chart runs as it stands and gives the figures of the CSV file."""
    (snapshot,) = told.values("SELECT snapshot_id FROM snapshot")
    data = told.path / "reports" / "history" / snapshot / "data"
    given = told.here("sql", (data / "car_exports_to_ru_units.sql").read_text(encoding="utf-8"), "--format", "json")
    shown = list(csv.DictReader((data / "car_exports_to_ru_units.csv").read_text(encoding="utf-8").splitlines()))

    assert [(row["freq"], row["period"], float(row["value"])) for row in shown] == [
        (row["freq"], row["period"], row["value"]) for row in json.loads(given.stdout)
    ]
    assert shown


def test_a_report_that_fails_leaves_the_publication(told: Home, tmp_path: Path) -> None:
    """P-60: the night has published; the report can't be written; exit 1 names it, and the published file stands."""
    home = Home(tmp_path / "home", dict(told.environment))
    shutil.copytree(told.path, home.path)
    shutil.rmtree(home.path / "reports" / "history")
    (home.path / "reports" / "history").write_text("in the way")
    (home.path / "reports" / "index.html").unlink()
    before = (home.path / "trade.duckdb").read_bytes()
    summary = night(home)

    assert summary.exit_code == 1
    assert "to write the report there" in summary.failures[-1]
    assert (home.path / "trade.duckdb").read_bytes() == before


def test_words_of_others_are_inert(hostile: Path) -> None:
    """P-66, P-67: no tag, script or address of others comes through; links are http(s), their host is shown."""
    seen = ""
    for page in hostile.rglob("*.html"):
        tree = parsed(page)
        policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        assert policy.startswith("default-src 'none'; style-src 'sha256-"), page
        assert "unsafe" not in policy
        assert not tree.xpath("//img | //iframe | //object | //link | //@style | //@*[starts-with(name(), 'on')]"), page
        assert len(tree.xpath("//script")) == (page.name == "index.html"), page
        for link in tree.xpath("//a[not(starts-with(@href, '#'))]"):
            assert not link.get("href").startswith(("javascript:", "data:", "//")), page
            if link.get("href").startswith("http"):
                assert link.get("rel") == "noopener noreferrer"
                assert f"({host(link.get('href'))})" in link.getparent().text_content()
        seen += tree.text_content()
    assert "<script>document.title='owned'</script>" in seen, "it is there, as text"
    assert LONG not in seen
    assert CHINESE in seen
    assert "\u202e" not in seen


def test_a_report_on_nothing(tmp_path: Path) -> None:
    """Before the first night there is a page that says so; a folder with other files is left alone."""
    home = Home(tmp_path / "home")
    done = home.here("report", "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert "No data yet" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    refused = home.here("report", "--out", str(tmp_path / "mine"))
    assert refused.returncode == 1
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_missing_months_are_gaps_and_two_together_a_mean() -> None:
    """January and February as one sum are half of it a month; a line breaks where a month is missing."""
    row = {"freq": "M", "unit": "USD", "grade": "quotable", "value": 30.0}
    (two,) = points_of([row | {"period_start": date(2026, 1, 1), "period_end": date(2026, 2, 28)}], 1)
    assert (two.value, two.until) == (15.0, date(2026, 3, 1))

    months = [Point(date(2025, n, 1), date(2025, n + 1, 1), n) for n in (1, 2, 5, 6)]
    shape = Shape("line", (1.0, ""), date(2025, 1, 1), date(2025, 7, 1), 0, 7)
    drawn = draw(Chart(shape, months, NARROW, [Mark(date(2025, 3, 1), HOSTILE)]), "small")
    assert len(re.findall(r'<path[^>]* stroke="var\(--accent\)" stroke-width="2"', drawn)) == 2
    assert "<script" not in drawn
    assert html.fragment_fromstring(drawn).xpath("//text()[contains(., '<script>')]"), "as text"


def test_a_fee_ends_on_the_day_that_is_told() -> None:
    """The line doesn't go on to today: a new rule came on 1 December, and none is held between 2016 and 2023."""
    told = (("2012-09-01", "2015-12-31"), ("2023-08-01", "2024-09-30"), ("2024-10-01", "2025-11-30"))
    rows = [
        {
            "freq": "D", "unit": "RUB", "value": 1e5 * (n + 1), "period_start": date.fromisoformat(first),
            "period_end": date.fromisoformat(first), "title": f"Recycling fee, in force from {first} to {last}",
        }
        for n, (first, last) in enumerate(told)
    ]  # fmt: skip
    points = points_of(rows, 1e3)
    assert [point.until for point in points] == [date(2016, 1, 1), date(2024, 10, 1), date(2025, 12, 1)]

    drawn = draw(Chart(Shape("steps", (1.0, ""), date(2012, 9, 1), date(2026, 7, 1), 0, 400), points, NARROW), "small")
    assert len(re.findall(r'<path[^>]* stroke="var\(--accent\)" stroke-width="2"', drawn)) == 2


def test_words() -> None:
    """Figures as a newspaper prints them, hosts of links, days of a slider."""
    assert short(24_351_381_000, "USD") == "24.35 billion dollars"
    assert short(632_341, "units") == "632,341 units"
    assert short(-8.7, "percent") == "−8.7\u00a0%"
    assert plain("a\u202eb\n c") == "a b c"
    assert host("https://www.example.org:8080/x") == "example.org"
    assert [host(url) for url in ("javascript:alert(1)", "https://a@b.org/", "ftp://x.org", None)] == [""] * 4
    assert days([date(2020, 1, 1), date(2026, 1, 1), date(2026, 1, 2)], 5) == [date(2026, 1, 1)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The machine's own Chromium."""
    with chromium("the report") as shown:
        yield shown


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(hostile: Path) -> Iterator[str]:
    """The hostile report on the loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(hostile)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_browser(browser: Any, served: str, scheme: str) -> None:  # noqa: ANN401 (of playwright)
    """Charts are drawn, the slider works by keyboard, nothing leaves the machine, axe-core finds nothing."""
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    heard: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if "favicon" not in str(message.location) else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES if scheme == "light" else PAGES[:2]:
        page.goto(f"{served}/{path}")
        assert "owned" not in page.title()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()

    page.goto(f"{served}/index.html")
    figure = page.locator(".vintage:not([hidden]) .chart:visible").first
    box = figure.bounding_box()
    assert box
    assert box["width"] > 300
    assert box["height"] > 150
    inks = figure.evaluate(
        "e => [...e.querySelectorAll('path[fill^=var]')].filter(p => p.getBBox().height > 20).length"
    )
    assert inks > 5, "bars stand on the page"
    now = page.locator(".vintage:not([hidden]) .then").first.inner_text()
    page.locator("#known-trade").focus()
    page.keyboard.press("Home")
    then = page.locator(".vintage:not([hidden]) .then").first.inner_text()
    assert "Known now: 23.5 billion dollars in June 2026" in now
    assert then.startswith("As known on")
    assert "23.5" not in then
    assert heard == []
    assert all(url.startswith(served) for url in asked)
    page.close()


def test_prune_keeps_the_report_that_is_shown(told: Home, tmp_path: Path) -> None:
    """However old it is: without it the links of the first page would lead nowhere."""
    reports = tmp_path / "reports"
    shutil.copytree(told.path / "reports", reports)
    (reports / "history" / "20200101T000000Z-abcdef").mkdir()
    found = useless(tmp_path, datetime(2036, 1, 1, tzinfo=UTC), timedelta(days=90))

    assert [one.path.name for one in found] == ["20200101T000000Z-abcdef"]
