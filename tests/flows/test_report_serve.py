"""`amur report --serve`: files of the report and SQL over a real socket, for readers and for the hostile."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import duckdb
import pytest
from lxml import html

from flows.serve_report import MOST_AT_ONCE, ReportServer, listening
from tests.browser import chromium
from tests.flows.conftest import AMUR, Home
from tests.warehouse.builders import NOW, bring, document, warehouse
from tests.warehouse.goods import goods
from warehouse.publisher import publish
from warehouse.report import ask_page, build

HOSTILE = "</td></table></textarea><script>document.title='owned'</script><img src=x onerror=alert(1)>"
SLOW = "SELECT sum(sqrt(range)) FROM range(1000000000000)"
TOTALS = "SELECT period, value FROM observations WHERE flow = 'T' ORDER BY period"
PATIENCE_S = 60


class Asked:
    """An answer, read whole."""

    def __init__(self, answer: HTTPResponse) -> None:
        """Take it off the wire."""
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read()

    @property
    def tree(self) -> Any:  # noqa: ANN401 (an element)
        """The page."""
        return html.fromstring(self.body.decode())

    @property
    def cells(self) -> list[list[str]]:
        """The table of the answer, its head first."""
        return [
            [cell.text_content() for cell in row.xpath("./th | ./td")]
            for row in self.tree.xpath("//div[@aria-label='Answer']//tr")
        ]

    @property
    def words(self) -> str:
        """All that is read on the page."""
        return str(self.tree.xpath("string(//main)"))


def ask(server: ReportServer, path: str, method: str = "GET", **headers: str) -> Asked:
    """One request to the server, its path as it stands."""
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE_S)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    try:
        return Asked(connection.getresponse())
    finally:
        connection.close()


def sql(server: ReportServer, query: str, page: str = "/sql", **headers: str) -> Asked:
    """A question as the form asks it."""
    return ask(server, f"{page}?{urlencode({'q': query})}", **headers)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two months of trade, published, with its report."""
    home = tmp_path_factory.mktemp("served") / "home"
    db = warehouse(home / "warehouse.duckdb")
    rows = [goods(value, label, "TOTAL", flow="T") for label, value in (("2026-05", 2.1e10), ("2026-06", 2.2e10))]
    bring(db, document("page", NOW, *rows))
    publish(db, home, "run-1", NOW)
    build.place(home / "trade.duckdb", home / "reports", NOW)
    return home


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[ReportServer]:
    """It is served."""
    with listening(home, "127.0.0.1", 0, 60) as server:
        yield server


def asking(pid: int) -> int:
    """The child of a server's process in which a query runs, as soon as there is one."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                if b"ask_child" in Path(f"/proc/{child}/cmdline").read_bytes():
                    return int(child)
        time.sleep(0.05)
    raise AssertionError("no query runs")


def slowly(port: int) -> socket.socket:
    """Somebody who has asked a query that takes for ever, and waits."""
    client = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
    client.sendall(f"GET /sql?{urlencode({'q': SLOW})} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return client


def snapshot(home: Path) -> str:
    """The id of what is published."""
    with duckdb.connect(str(home / "trade.duckdb"), read_only=True) as reader:
        return str(reader.execute("SELECT snapshot_id FROM snapshot").fetchall()[0][0])


def test_a_question_gets_its_table(server: ReportServer, home: Path) -> None:
    """Rows as `amur sql` shows them, the snapshot, the seconds; the query stays in its form; nothing is cached."""
    answer = sql(server, TOTALS)

    assert answer.status == 200
    assert answer.cells == [["period", "value"], ["2026-05", "21,000,000,000"], ["2026-06", "22,000,000,000"]]
    assert f"snapshot {snapshot(home)}" in answer.words
    assert re.search(r"\d\.\d\d seconds", answer.words)
    assert answer.tree.xpath("string(//textarea)").strip() == TOTALS
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert "script" not in answer.headers["Content-Security-Policy"]


def test_the_same_as_csv(server: ReportServer) -> None:
    """Behind the link of the page: all rows, to be saved; a text that a spreadsheet would run gets an apostrophe."""
    (link,) = sql(server, TOTALS).tree.xpath("//a[contains(@href, '/sql.csv')]/@href")
    answer = ask(server, link)
    formula = sql(server, "SELECT '=1+1' AS a", "/sql.csv")

    assert list(csv.reader(answer.body.decode().splitlines())) == [
        ["period", "value"], ["2026-05", "21000000000.0"], ["2026-06", "22000000000.0"],
    ]  # fmt: skip
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert formula.body == b"a\n'=1+1\n"


def test_a_long_answer_is_cut_and_says_so(server: ReportServer) -> None:
    """A page has 1,000 rows; CSV has all, or is refused as a whole."""
    cut = sql(server, "SELECT range AS n FROM range(1001) ORDER BY n")
    whole = sql(server, "SELECT range AS n FROM range(1000) ORDER BY n")

    assert len(cut.cells) == 1001
    assert cut.cells[-1] == ["999"]
    assert "The first 1,000 rows" in cut.words
    assert "There are more" in cut.words
    assert len(whole.cells) == 1001
    assert "There are more" not in whole.words
    assert len(sql(server, "FROM range(1500)", "/sql.csv").body.splitlines()) == 1501
    refused = sql(server, "FROM range(1000000000)", "/sql.csv")
    assert refused.status == 413
    assert "--format csv --out" in refused.words


def test_a_wide_answer_is_cut_too(server: ReportServer) -> None:
    """Long cells are cut; a page of many takes no more than it may."""
    answer = sql(server, "SELECT repeat('x', 1000000) AS a FROM range(3)")
    assert [len(row[0]) for row in answer.cells] == [1, 2000, 2000, 2000]
    columns = ", ".join(f"repeat('y', 2000) AS c{n}" for n in range(10))
    many = sql(server, f"SELECT {columns} FROM range(900)")
    assert len(many.body) < 6_000_000
    assert "There are more" in many.words


def test_words_of_others_are_inert(server: ReportServer) -> None:
    """P-66: hostile text in cells, in names of columns, in the query itself and in errors is text."""
    quoted = HOSTILE.replace("'", "''")
    shown = sql(server, f"SELECT '{quoted}' AS \"<script>alert(1)</script>\"")
    refused = sql(server, HOSTILE)

    assert shown.status == 200
    assert shown.cells == [["<script>alert(1)</script>"], [HOSTILE]]
    assert refused.status == 400
    for page in (shown, refused):
        assert not page.tree.xpath("//script | //img | //@onerror | //@style")
        assert HOSTILE in page.words.replace("''", "'")
    nothing = sql(server, "SELECT NULL AS a, 'NULL' AS b")
    assert len(nothing.tree.xpath("//span[@class='none']")) == 1


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM vintages",
        "CREATE TABLE mine (a INTEGER)",
        "ATTACH '{home}/warehouse.duckdb' AS other",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('{home}/reports/index.html')",
        "COPY (SELECT 1) TO '{home}/stolen.csv'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELECT * FROM 'http://127.0.0.1:9/a.csv'",
        "SELECT 1; DELETE FROM vintages",
        "no query",
    ],
)
def test_a_query_reads_the_publication_and_nothing_else(server: ReportServer, home: Path, query: str) -> None:
    """P-63: refused in DuckDB's words with 400, and nothing of the home has changed."""
    before, names = (home / "trade.duckdb").read_bytes(), sorted(path.name for path in home.iterdir())
    answer = sql(server, query.format(home=home))

    assert answer.status == 400
    assert "DuckDB refuses this" in answer.words
    assert answer.tree.xpath("string(//section[@role='alert']/pre)")
    assert "root:" not in answer.words
    assert (home / "trade.duckdb").read_bytes() == before
    assert sorted(path.name for path in home.iterdir()) == names


def test_a_query_that_takes_too_long_is_stopped(home: Path) -> None:
    """P-63: with the reason; the next one is answered."""
    with listening(home, "127.0.0.1", 0, 1) as server:
        began = time.monotonic()
        answer = sql(server, SLOW)
        took = time.monotonic() - began

        assert answer.status == 400
        assert "No answer within the time limit" in answer.words
        assert took < 8
        assert sql(server, "SELECT 1 AS a").cells == [["a"], ["1"]]


def test_one_question_at_a_time_and_none_for_somebody_who_left(server: ReportServer) -> None:
    """While one runs, a second is told to wait; the page itself and the report are there. Who leaves ends the query."""
    first = slowly(server.server_port)
    deadline = time.monotonic() + PATIENCE_S
    while (second := sql(server, "SELECT 1 AS a")).status == 200:
        assert time.monotonic() < deadline
    assert second.status == 503
    assert "one at a time" in second.words
    assert second.headers["Retry-After"]
    assert ask(server, "/sql").status == 200
    assert ask(server, "/").status == 200

    first.close()
    while sql(server, "SELECT 1 AS a").status != 200:
        assert time.monotonic() < deadline, "the query of somebody who left goes on"
        time.sleep(0.1)


def test_a_query_that_breaks_takes_its_own_process_with_it_alone(server: ReportServer) -> None:
    """As when the machine's memory ends: the asker is told, and the next one is answered."""
    with slowly(server.server_port) as client:
        os.kill(asking(os.getpid()), signal.SIGKILL)
        said = b"".join(iter(lambda: client.recv(1 << 16), b""))

    assert said.startswith(b"HTTP/1.0 500 ")
    assert b"took its process down" in said
    assert sql(server, "SELECT 1 AS a").cells == [["a"], ["1"]]


def test_a_process_that_ends_before_it_has_read_its_question_is_told_of(
    server: ReportServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question comes to a pipe whose other end is gone."""
    written = json.dumps

    def late(request: object) -> str:
        time.sleep(1)
        return written(request)

    monkeypatch.setattr("warehouse.ask.CHILD", "pass")
    monkeypatch.setattr("warehouse.ask.json.dumps", late)
    answer = sql(server, "SELECT 1 AS a")

    assert answer.status == 500
    assert "took its process down" in answer.words


def test_a_query_that_is_too_long_to_read_is_refused(server: ReportServer) -> None:
    """10,000 characters are answered, more are not, however they come."""
    just = "SELECT 1 AS a -- "
    assert sql(server, just + "ж" * (10_000 - len(just))).status == 200
    assert sql(server, just + "x" * 10_000).status == 414
    assert ask(server, "/sql?q=" + "x" * 70_000).status == 414


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example:1", "", "10.0.0.1", "["]
)
def test_another_host_is_refused(server: ReportServer, host: str) -> None:
    """A name that leads here by a trick of its owner's name server (DNS rebinding) gets nothing."""
    for path in ("/", "/sql", f"/sql?{urlencode({'q': TOTALS})}"):
        answer = ask(server, path, Host=host)
        assert answer.status == 421
        assert b"21,000,000,000" not in answer.body


def test_the_loopback_is_its_host(server: ReportServer) -> None:
    """By every name of it, and with another port, as behind a tunnel; two names at once are none."""
    for host in ("localhost:9000", "127.0.0.1", f"127.0.0.1:{server.server_port}", "[::1]:80", "LOCALHOST"):
        assert ask(server, "/sql", Host=host).status == 200, host
    with socket.create_connection(("127.0.0.1", server.server_port)) as client:
        client.sendall(b"GET /sql HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.0 421 ")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_question_of_another_site_is_shown_and_not_asked(server: ReportServer, site: str) -> None:
    """A page elsewhere can send a reader's browser here: the reader sees the query first."""
    for page in ("/sql", "/sql.csv"):
        answer = sql(server, TOTALS, page, Sec_Fetch_Site=site)
        assert "has not been asked" in answer.words
        assert answer.cells == []
        assert answer.tree.xpath("string(//textarea)").strip() == TOTALS
    assert sql(server, TOTALS, Sec_Fetch_Site="same-origin").cells


@pytest.mark.parametrize(
    "path",
    [
        "/../trade.duckdb", "/%2e%2e/trade.duckdb", "/%2e%2e%2ftrade.duckdb", "/history/../../trade.duckdb",
        "/..%5ctrade.duckdb", "/history/%2e%2e/%2e%2e/trade.duckdb", "//../trade.duckdb", "/link.duckdb", "/folder/",
        "/folder/trade.duckdb", "/history", "/history/", "/index.html%00.txt", "/.hidden", "/%252e%252e/trade.duckdb",
        "/etc/passwd", "//etc/passwd", "/pipe",
    ],
)  # fmt: skip
def test_nothing_beside_the_reports_is_served(home: Path, tmp_path: Path, path: str) -> None:
    """No way up, no link that leaves, no list of a folder, nothing hidden, no pipe that would never end."""
    own = tmp_path / "home"
    shutil.copytree(home, own)
    (own / "reports" / "link.duckdb").symlink_to(own / "trade.duckdb")
    (own / "reports" / "folder").symlink_to(own)
    (own / "reports" / ".hidden").write_text("hidden")
    os.mkfifo(own / "reports" / "pipe")
    with listening(own, "127.0.0.1", 0, 60) as server:
        answer = ask(server, path)
        assert answer.status == 404
        assert b"no such page" in answer.body
        assert ask(server, "/index.html").status == 200


def test_the_report_is_served(server: ReportServer, home: Path) -> None:
    """Its first page with a way to SQL, every page that it links to, data as what they are."""
    front = ask(server, "/")
    assert front.status == 200
    assert front.headers["Content-Type"] == "text/html; charset=utf-8"
    assert front.tree.xpath("//nav//a[@href='/sql']")
    links = [link for link in front.tree.xpath("//a/@href") if not link.startswith(("http", "#", "/"))]
    assert len(links) > 5
    for link in links:
        assert ask(server, "/" + link.partition("#")[0]).status == 200, link
    data = f"/history/{snapshot(home)}/data/trade_total_usd.csv"
    assert ask(server, data).headers["Content-Type"] == "text/csv; charset=utf-8"
    assert ask(server, data).headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "nonsense"])
def test_it_only_reads(server: ReportServer, method: str) -> None:
    """405 for every other method; HEAD asks nothing of the database."""
    refused = ask(server, "/sql", method)
    assert refused.status == 405
    assert refused.headers["Allow"] == "GET, HEAD"
    head = ask(server, f"/sql?{urlencode({'q': SLOW})}", "HEAD")
    assert (head.status, head.body) == (200, b"")


def test_more_connections_than_it_takes_are_closed(home: Path) -> None:
    """Idle ones can't use up its threads: the next is closed at once, and when one leaves there is room."""
    with listening(home, "127.0.0.1", 0, 60) as server:
        idle = [socket.create_connection(("127.0.0.1", server.server_port)) for _ in range(MOST_AT_ONCE)]
        with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as more:
            assert more.recv(1) == b""
        for one in idle:
            one.close()
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                assert ask(server, "/sql").status == 200
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.05)


def test_before_and_after_the_first_publication(home: Path, tmp_path: Path) -> None:
    """A page says what to do; what is published later, or replaced, is picked up by the next question."""
    own = tmp_path / "home"
    own.mkdir()
    with listening(own, "127.0.0.1", 0, 60) as server:
        assert ask(server, "/sql").status == 200
        assert "Nothing is published yet" in ask(server, "/sql").words
        assert sql(server, "SELECT 1").status == 503
        assert "No report is written yet" in ask(server, "/").words

        shutil.copyfile(home / "trade.duckdb", own / "trade.duckdb")
        assert sql(server, TOTALS).cells[1:] == [["2026-05", "21,000,000,000"], ["2026-06", "22,000,000,000"]]

        shutil.copyfile(home / "trade.duckdb", own / "next")
        with duckdb.connect(str(own / "next")) as db:
            db.execute("UPDATE snapshot SET snapshot_id = 'the-next-one'")
        (own / "next").replace(own / "trade.duckdb")
        assert "snapshot the-next-one" in sql(server, TOTALS).words
        assert "the-next-one" in ask(server, "/sql").words

        (own / "trade.duckdb").write_bytes(b"no database" * 1000)
        assert ask(server, "/sql").status == 500
        assert "can’t be opened" in sql(server, TOTALS).words


def test_what_can_be_asked_is_told(server: ReportServer, home: Path, tmp_path: Path) -> None:
    """Relations with comments and columns; questions of the cookbook, else of our own: each is answered."""
    page = ask(server, "/sql")
    assert "observation_vintages" in page.words
    assert "observations_as_of(ts)" in page.words
    with duckdb.connect(str(home / "trade.duckdb"), read_only=True) as reader:
        told = reader.execute("SELECT name, comment FROM dictionary WHERE kind = 'view' AND column_name IS NULL")
        for name, comment in told.fetchall():
            assert f"{name} {' '.join(comment.split())}"[:200] in " ".join(page.words.split())
    links = page.tree.xpath("//main//a[starts-with(@href, '/sql?')]/@href")
    assert len(links) >= 6
    assert {ask(server, link).status for link in links} == {200}
    own = ask_page.examples(tmp_path / "nothing.md")
    assert len(own) == 3
    assert {sql(server, one.sql).status for one in own} == {200}


def start(home: Path, *arguments: str) -> tuple[subprocess.Popen[str], list[str]]:
    """The command as a user starts it, and its first lines."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("AMUR_")}
    process = subprocess.Popen(
        [AMUR, "report", "--serve", "--port", "0", *arguments], env=kept | {"AMUR_HOME": str(home)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    return process, [process.stdout.readline() for _ in range(3)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_ends_in_order(home: Path, number: signal.Signals) -> None:
    """It prints where it listens; told to end while a query runs, it ends with 0 and leaves nothing behind."""
    names = sorted(path.name for path in home.iterdir())
    process, said = start(home)
    (port,) = re.findall(r"http://127\.0\.0\.1:(\d+)/sql$", said[1].strip())
    with slowly(int(port)):
        asking(process.pid)
        began = time.monotonic()
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)

    assert process.returncode == 0, errors
    assert time.monotonic() - began < 9
    assert errors == "amur: ending in order\n"
    assert sorted(path.name for path in home.iterdir()) == names


def test_another_host_is_allowed_with_a_warning(home: Path) -> None:
    """Whoever reaches it may ask: that is said at the start."""
    process, said = start(home, "--host", "0.0.0.0", "--json")  # noqa: S104 (that it is told is what is tested)
    process.terminate()
    _, errors = process.communicate(timeout=30)

    assert "http://0.0.0.0:" in "".join(said)
    assert "anybody who reaches" in errors
    assert process.returncode == 0


def test_options_that_contradict_are_refused(home: Path, server: ReportServer) -> None:
    """In one line, with what was expected; a port that is taken, too."""
    own = Home(home)
    for arguments, words in (
        (("--port", "0"), "expected --serve"),
        (("--serve", "--out", "x"), "expected no --out"),
        (("--serve", "--port", str(server.server_port)), "a port that is free"),
        (("--serve", "--host", "192.0.2.1"), "an address of this machine"),
    ):
        done = own.here("report", *arguments)
        assert done.returncode == 1
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_browser(server: ReportServer, scheme: str) -> None:
    """A reader types, asks and reads; nothing runs, nothing is loaded from elsewhere, axe-core finds nothing."""
    heard: list[str] = []
    requests: list[str] = []
    with chromium("the page") as browser:
        from axe_playwright_python.sync_playwright import Axe

        page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(server.url)
        page.get_by_role("link", name="SQL", exact=True).first.click()
        page.get_by_label("SQL (DuckDB").fill(f"SELECT '{HOSTILE.replace(chr(39), chr(39) * 2)}' AS a, 1 AS b")
        page.get_by_role("button", name="Ask").click()
        assert page.locator("[aria-label=Answer] td").first.inner_text() == HOSTILE
        assert page.title() == "SQL on what is published – Amur"
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        for query in (TOTALS, ""):
            page.goto(f"{server.url}sql?{urlencode({'q': query})}")
            results = Axe().run(page)
            assert results.violations_count == 0, results.generate_report()
        assert heard == []
        page.goto(f"{server.url}sql?{urlencode({'q': 'nonsense'})}")
        assert "DuckDB refuses this" in page.locator("[role=alert]").inner_text()
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    assert all("400 (Bad Request)" in text for text in heard), "a browser tells the status of a page"
    assert all(url.startswith(server.url) for url in requests)
