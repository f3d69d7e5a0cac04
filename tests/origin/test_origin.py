"""The bundled origin serves what it was given and no more, and the demo's pages pass for the sources' own."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shlex
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest
import requests

from expectations.judge import HISTORY_COLUMNS, as_history, judge
from sources import catalogue
from sources.contract import Batch, Doubt, Observation, Payload, Request, Window
from sources.web import Door, Network
from tests.origin.pages import MADE_UP, demo_web, revision
from tests.origin.server import Origin, Page

ROOT = Path(__file__).parents[2]
TRUTH = ROOT.parent / "shared" / "facts" / "customs_truth.csv"
NOW = datetime(2026, 7, 25, 2, 30, tzinfo=UTC)
NEXT = datetime(2026, 7, 26, 2, 30, tzinfo=UTC)
PLAIN = "http://a.test/page"
ASKED = "https://b.test/rates?from=01/06/2026&of=R01235"
WEB = {
    PLAIN: Page(b"<html>one</html>", headers={"X-Served-By": "test"}),
    ASKED: Page(b"<rates/>", "application/xml"),
    "https://c.test/": Page(b"c"),
}


@pytest.fixture
def origin() -> Iterator[Origin]:
    """Three hosts, two of them behind tunnels."""
    with Origin(WEB) as running:
        yield running


def get(origin: Origin, url: str, headers: dict[str, str] | None = None, *, trusting: bool = True) -> requests.Response:
    """What a client of the origin gets, with nothing of this machine's own settings."""
    with requests.Session() as session:
        session.trust_env = False
        return session.get(
            url,
            headers=headers,
            proxies={"http": origin.proxy, "https": origin.proxy},
            verify=str(origin.certificate) if trusting else True,
            timeout=20,
            allow_redirects=False,
        )


# --- the origin -----------------------------------------------------------------------------------------------


def test_a_page_is_served_as_it_was_given(origin: Origin) -> None:
    """Body, type and headers are the page's, with what a later question can name."""
    got = get(origin, PLAIN)

    assert (got.status_code, got.content) == (200, b"<html>one</html>")
    assert got.headers["Content-Type"] == "text/html; charset=utf-8"
    assert got.headers["X-Served-By"] == "test"
    assert got.headers["ETag"].startswith('"')
    assert got.headers["Last-Modified"].endswith("GMT")


@pytest.mark.parametrize("url", [f"{PLAIN}?more=1", "http://a.test/robots.txt", "https://c.test/robots.txt"])
def test_everything_else_is_not_there(origin: Origin, url: str) -> None:
    """404 for what isn't in the mapping, robots.txt too, without a validator that could be asked with."""
    got = get(origin, url)

    assert got.status_code == 404
    assert "ETag" not in got.headers


def test_an_unchanged_page_is_304(origin: Origin) -> None:
    """To the ETag, weak or in a list, and to the date; without a body."""
    first = get(origin, PLAIN)
    tag, changed = first.headers["ETag"], first.headers["Last-Modified"]

    for headers in (
        {"If-None-Match": tag},
        {"if-none-match": f'"other", W/{tag}'},
        {"If-Modified-Since": changed},
    ):
        got = get(origin, PLAIN, headers)
        assert (got.status_code, got.content, got.headers["ETag"]) == (304, b"", tag)


def test_an_etag_counts_before_a_date(origin: Origin) -> None:
    """Another ETag means another page, whatever the date; a date that can't be read is none."""
    late = "Fri, 31 Dec 2100 00:00:00 GMT"

    assert get(origin, PLAIN, {"If-None-Match": '"other"', "If-Modified-Since": late}).status_code == 200
    assert get(origin, PLAIN, {"If-Modified-Since": "yesterday"}).status_code == 200


def test_a_changed_page_is_served_anew(origin: Origin) -> None:
    """After `set` neither of the old validators is enough any more."""
    before = get(origin, PLAIN).headers
    origin.set(PLAIN, b"<html>two</html>")

    by_tag = get(origin, PLAIN, {"If-None-Match": before["ETag"]})
    by_date = get(origin, PLAIN, {"If-Modified-Since": before["Last-Modified"]})

    assert by_tag.content == by_date.content == b"<html>two</html>"
    assert by_tag.headers["X-Served-By"] == "test"
    with pytest.raises(KeyError):
        origin.set("http://a.test/other", b"")


def test_https_goes_through_a_tunnel_with_its_certificate(origin: Origin) -> None:
    """Each host shows a certificate of its own; the order and the escapes of a query don't matter."""
    assert get(origin, ASKED).content == b"<rates/>"
    assert get(origin, "https://b.test/rates?of=R01235&from=01%2F06%2F2026").content == b"<rates/>"
    assert get(origin, "https://c.test/").content == b"c"


def test_its_certificate_is_trusted_nowhere_else(origin: Origin) -> None:
    """A client without the authority's certificate refuses the tunnel, and no page goes out."""
    with pytest.raises(requests.exceptions.SSLError):
        get(origin, ASKED, trusting=False)

    assert [one.method for one in origin.asked] == ["CONNECT"]


def test_every_request_is_noted(origin: Origin) -> None:
    """Method, address, whether it was conditional, and the answer, in order."""
    tag = get(origin, PLAIN).headers["ETag"]
    get(origin, PLAIN, {"If-None-Match": tag})
    get(origin, "https://c.test/no")

    assert [(one.method, one.url, one.conditional, one.status) for one in origin.asked] == [
        ("GET", PLAIN, False, 200),
        ("GET", PLAIN, True, 304),
        ("CONNECT", "c.test:443", False, 200),
        ("GET", "https://c.test/no", False, 404),
    ]


def test_it_is_a_proxy_and_no_site(origin: Origin) -> None:
    """A question to the origin itself is refused: nothing must seem to work without the proxy's settings."""
    with requests.Session() as session:
        session.trust_env = False
        assert session.get(f"{origin.proxy}/page", timeout=20).status_code == 400


def test_a_client_that_hangs_up_does_no_harm(origin: Origin) -> None:
    """A tunnel that is left before TLS begins ends that connection alone, without a word."""
    address = urlsplit(origin.proxy)
    with socket.create_connection((str(address.hostname), address.port or 0), timeout=20) as line:
        line.sendall(b"CONNECT c.test:443 HTTP/1.1\r\nHost: c.test:443\r\n\r\n")
        assert line.recv(1 << 16).startswith(b"HTTP/1.1 200 ")

    assert get(origin, "https://c.test/").content == b"c"


def test_environment_leads_a_program_here(origin: Origin) -> None:
    """The four variables that clients know; loopback itself needs no proxy."""
    said = origin.environment()

    assert said["HTTP_PROXY"] == said["HTTPS_PROXY"] == origin.proxy
    assert "127.0.0.1" in said["NO_PROXY"]
    assert Path(said["REQUESTS_CA_BUNDLE"]).read_text("ascii").startswith("-----BEGIN CERTIFICATE-----")


# --- the demo's pages -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Night:
    """What the sources' own code made of the demo's web."""

    payloads: dict[str, list[Payload]]
    not_found: list[str]

    def batches(self, source: str) -> list[Batch]:
        """The source's documents, parsed, oldest first."""
        return sorted(
            (batch_of(payload) for payload in self.payloads[source]), key=lambda b: str(b.observations[0].published)
        )


SOURCES = sorted(MADE_UP)


def batch_of(payload: Payload) -> Batch:
    """All that a page says."""
    rows = list(catalogue.module(payload.source).parse(payload))
    return Batch(
        payload=payload,
        parser=catalogue.module(payload.source).PARSER,
        observations=tuple(row for row in rows if isinstance(row, Observation)),
        doubts=tuple(row for row in rows if isinstance(row, Doubt)),
    )


def fetched(door: Door, source: str, request: Request) -> Payload | None:
    """What the door brings, as the archive would give it; None where the page isn't there."""
    answer = door.fetch(request, catalogue.entry(source))
    if answer.body is None:
        return None
    return Payload(
        source=source,
        url=request.address,
        body=answer.body,
        sha256=hashlib.sha256(answer.body).hexdigest(),
        fetched_at=answer.fetched_at,
        content_type=answer.headers.get("content-type", ""),
        role=request.role,
        period=request.period,
        title=request.title,
        group=request.group,
    )


@pytest.fixture(scope="module")
def night() -> Night:
    """Every page that a night of July 2026 asks for, through the one door to the network."""
    window = Window(date(2025, 1, 1), NOW.date(), NOW, nightly=True)
    found = Night({source: [] for source in SOURCES}, [])
    with Origin(demo_web()) as origin:
        network = Network(
            proxies={"http": origin.proxy, "https": origin.proxy}, ca_bundle=str(origin.certificate), min_gap_s=0
        )
        door = Door(network, lambda: NOW)
        for source in SOURCES:
            todo = list(catalogue.module(source).plan(window))
            while todo:
                request = todo.pop(0)
                payload = fetched(door, source, request)
                if payload is None:
                    found.not_found.append(request.address)
                elif payload.role == "index":
                    todo += catalogue.module(source).links(payload, window)
                elif payload.role == "data":
                    found.payloads[source].append(payload)
        door.close()
    return found


def test_the_demo_has_every_page_that_is_asked_for(night: Night) -> None:
    """No index leads nowhere, and no page is there for nothing."""
    read = {payload.url for payloads in night.payloads.values() for payload in payloads}

    assert night.not_found == []
    assert {source: len(payloads) for source, payloads in night.payloads.items()} == {
        "cbr_fx": 6,
        "gacc_bulletin": 3,
        "gacc_preliminary": 4,
        "worldbank_pinksheet": 1,
    }
    assert len(read) == len(demo_web()) - 3  # two indexes of a year, one landing page


@pytest.mark.parametrize("source", SOURCES)
def test_the_judge_takes_the_demos_pages_for_whole(night: Night, source: str) -> None:
    """Each page loads, after those before it; the last of the bulletin is the revision of the second night."""
    batches = night.batches(source)
    if source == "gacc_bulletin":
        url, body = revision()
        (before,) = (batch.payload for batch in batches if batch.payload.url == url)
        batches.append(batch_of(replace(before, body=body, fetched_at=NEXT, earlier_at=NOW)))
    past = pd.DataFrame({name: [] for name in HISTORY_COLUMNS})
    for batch in batches:
        verdict = judge(batch, past)
        assert verdict.load, f"{batch.payload.url}: {verdict.reason}"
        assert batch.doubts == ()
        fresh = as_history(batch)
        past = pd.concat([past, fresh], ignore_index=True) if len(past) else fresh


def test_the_revision_is_one_percent_of_russias_june(night: Night) -> None:
    """Exports of June alone move, by 1 %; every sum that holds them moves by the same amount."""
    url, body = revision()
    (old,) = (payload for payload in night.payloads["gacc_bulletin"] if payload.url == url)
    new = replace(old, body=body)

    def values(payload: Payload) -> dict[tuple[str | None, ...], Decimal]:
        return {
            (row.partner_name, row.flow, row.freq, row.period): row.value
            for row in batch_of(payload).observations
            if row.value is not None and row.measure == "trade_value"
        }

    before, after = values(old), values(new)
    moved = {key: after[key] - value for key, value in before.items() if after[key] != value}

    assert after["Russia", "X", "M", "2026-06"] == Decimal(11_546_862_000)
    assert before["Russia", "X", "M", "2026-06"] == Decimal(11_432_537_000)
    assert {name for name, *_ in moved} == {"Russia", "Europe", "World", "APEC", "Belt and Road"}
    assert {period for *_, period in moved} == {"2026-06"}
    assert set(moved.values()) == {Decimal(114_325_000)}


def test_every_page_says_that_it_is_the_demos(night: Night) -> None:
    """Nobody who finds one of the documents can take it for the source's own."""
    for source in ("gacc_bulletin", "gacc_preliminary", "cbr_fx"):
        for payload in night.payloads[source]:
            assert b"Written for Amur's tests" in payload.body
            assert b"made up" in payload.body


@pytest.mark.recorded
def test_figures_that_were_published_are_true(night: Night) -> None:
    """Each figure of the demo that is known from the real pages is the one printed there."""
    if not TRUTH.is_file():
        pytest.skip(f"no {TRUTH.name} beside the project: nothing to compare the demo's figures with")
    ours: dict[tuple[str | None, ...], Decimal | None] = {
        (source, row.dataset, row.flow or "", row.partner, row.product, row.unit, row.freq, row.period): row.value
        for source in SOURCES
        for batch in night.batches(source)
        for row in batch.observations
        if not row.reconstructed
    }
    compared: Counter[str] = Counter()
    with TRUTH.open(encoding="utf-8", newline="") as file:
        for true in csv.DictReader(file):
            names = ("source", "dataset", "flow", "partner", "product", "unit", "freq", "period")
            key = tuple(true[name] for name in names)
            if key not in ours:
                continue
            compared[true["source"]] += 1
            value = ours[key]
            if true["value"] == "NULL":
                assert value is None, key
            else:
                assert value is not None, key
                assert abs(value - Decimal(true["value"])) <= Decimal(true["tolerance"]), key

    # 24 partners with 6 figures; 9 with 6, and 3 commodities of two months; two prices of 7 months.
    assert compared == {"gacc_bulletin": 144, "gacc_preliminary": 84, "worldbank_pinksheet": 14}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo, run to its end: its home and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [sys.executable, "-m", "tests.origin.demo"],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(folder), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (home,) = folder.glob("amur-demo-*")
    return home, done.stdout


@pytest.mark.slow
def test_the_demo_runs_to_its_end(demo: tuple[Path, str]) -> None:
    """Two nights, five questions and their answers, and a word about what is made up."""
    home, said = demo
    assert "made up" in said
    assert (home / "trade.duckdb").is_file()
    assert str(home) in said


@pytest.mark.slow
def test_the_tutorial_shows_what_its_commands_print(demo: tuple[Path, str]) -> None:
    """Over the home that the demo leaves, at the instant that the page sets; three dots stand for any lines."""
    page = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    (now,) = re.findall(r"^export AMUR_NOW=(\S+)$", page, re.MULTILINE)
    home, said = demo
    assert f"AMUR_NOW={now} " in said.splitlines()[-1]
    blocks = re.findall(r"^```console\n\$ \.venv/bin/amur (.+?)\n((?! ).*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == page.count("$ .venv/bin/amur") == 4
    for command, shown in blocks:
        done = subprocess.run(
            [Path(sys.executable).with_name("amur"), *shlex.split(command)],
            env=os.environ | {"AMUR_HOME": str(home), "AMUR_NOW": now},
            capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        expected = ".*".join(re.escape(part) for part in re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE))
        assert re.fullmatch(expected, done.stdout, re.DOTALL), done.stdout
