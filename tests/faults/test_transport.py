"""The transport promises P-10 to P-22, P-69 and P-70, each against a scripted fault over real sockets.

Every test looks at what the origin says it applied: a fault that was never applied proves nothing.
"""

from __future__ import annotations

import base64
import gzip
import importlib.util
import json
import re
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sources.contract import Request
from sources.errors import Refused, Unreachable
from sources.web import Door, Network

TOOL = Path(__file__).parents[2].parent / "shared" / "tools" / "faulty_origin.py"
NOW = datetime(2026, 7, 20, 2, 30, tzinfo=UTC)
PAGE = b"<html><body>" + b"<p>Russia 12,918,844</p>" * 400 + b"</body></html>"
CANARY = "canary-7d41+/=x"
URL = "http://a.test/page"

pytestmark = pytest.mark.recorded


@dataclass(frozen=True, slots=True)
class Entry:
    """A publisher with two hosts."""

    id: str = "gacc_bulletin"
    hosts: tuple[str, ...] = ("a.test", "b.test")
    cap_bytes: int = 1 << 20
    min_gap_s: float = 0.0
    browser_like: bool = False
    key_header: str = "X-Service-Key"
    key_setting: str = "AMUR_SERVICE_KEY"


ENTRY = Entry()


class Origin(Protocol):
    """What the tests use of the scripted origin."""

    proxy: str

    def set_faults(self, rules: list[dict[str, Any]]) -> None:
        """Replace all faults."""

    def snapshot(self) -> list[dict[str, Any]]:
        """One record a request."""

    def stats(self) -> dict[str, Any]:
        """Counts by host, and how often each fault was applied."""


@pytest.fixture(scope="session")
def tool() -> ModuleType:
    """The scripted origin, from outside the project."""
    if not TOOL.is_file():
        pytest.skip(f"no {TOOL.name} beside the project: these faults need its scripted origin")
    spec = importlib.util.spec_from_file_location("faulty_origin", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """One page on each host, plain and packed."""
    folder = tmp_path / "web"
    folder.mkdir()
    (folder / "page").write_bytes(PAGE)
    (folder / "packed").write_bytes(gzip.compress(PAGE, mtime=0))
    page = {"file": "page", "content_type": "text/html; charset=utf-8"}
    packed = {"file": "packed", "content_type": "text/html", "headers": {"Content-Encoding": "gzip"}}
    urls: dict[str, dict[str, Any]] = {
        URL: page,
        "http://a.test/query?*": page,
        "http://b.test/page": page,
        "http://a.test/packed": packed,
    }
    lines = [json.dumps({"url": url, **what}) for url, what in urls.items()]
    (folder / "manifest.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def origin(tool: ModuleType, recordings: Path) -> Iterator[Origin]:
    """The scripted origin, running as a proxy on loopback."""
    with tool.Origin(recordings) as running:
        yield running


def now() -> datetime:
    """The run's clock, which stands still."""
    return NOW


def hurried(_seconds: float) -> None:
    """No pause between attempts."""


def door(origin: Origin, *, sleep: Callable[[float], None] | None = hurried, **more: Any) -> Door:  # noqa: ANN401 (fields of Network)
    """A door whose way out is the origin."""
    settings: dict[str, Any] = {"proxies": {"http": origin.proxy, "https": origin.proxy}, "min_gap_s": 0.0}
    deadline_s = more.pop("deadline_s", 20)
    return Door(Network(**(settings | more)), now, deadline_s=deadline_s, sleep=sleep)


def applied(origin: Origin) -> int:
    """How often the first fault was applied."""
    return int(origin.stats()["faults"][0]["applied"])


def asked(origin: Origin, url: str = "a.test/page") -> int:
    """How many requests for a URL got as far as the origin."""
    return sum(record["url"] == url for record in origin.snapshot())


def settled(origin: Origin, number: int) -> list[tuple[str, str]]:
    """Way and host of each request, once there are so many: broken handshakes are noted late."""
    until = time.monotonic() + 2
    while len(origin.snapshot()) < number and time.monotonic() < until:
        time.sleep(0.01)
    return [(record["via"], record["host"]) for record in origin.snapshot()]


def unreachable(out: Door, url: str = URL, **more: Any) -> str:  # noqa: ANN401 (fields of a request)
    """The message of a fetch that must fail, with what every such message must say."""
    with pytest.raises(Unreachable) as caught:
        out.fetch(Request(url, period="2026-06", **more), ENTRY)
    message = str(caught.value)
    assert message.startswith(f"gacc_bulletin 2026-06 {url}")
    assert "attempt" in message
    return message


def refused(out: Door, url: str = URL, **more: Any) -> str:  # noqa: ANN401 (fields of a request)
    """The message of a fetch that Amur must not make."""
    with pytest.raises(Refused) as caught:
        out.fetch(Request(url, period="2026-06", **more), ENTRY)
    assert str(caught.value).startswith("gacc_bulletin 2026-06 ")
    return str(caught.value)


def test_no_fault_gives_the_page_as_it_is(origin: Origin) -> None:
    """Without a fault the body is the recorded one, byte for byte, fetched at the run's now."""
    got = door(origin).fetch(Request(URL), ENTRY)

    assert (got.body, got.status, got.outcome, got.attempts) == (PAGE, 200, "ok", 1)
    assert got.fetched_at == NOW
    assert got.headers["content-type"] == "text/html; charset=utf-8"


def test_no_fault_gives_a_packed_page_unpacked(origin: Origin) -> None:
    """A gzipped body arrives unpacked."""
    assert door(origin).fetch(Request("http://a.test/packed"), ENTRY).body == PAGE


# --- P-10: a total deadline ---


@pytest.mark.parametrize("fault", [{"hang": 30}, {"drip": {"bytes": 40, "interval": 0.1}}], ids=["hang", "drip"])
def test_p10_the_deadline_is_for_the_whole_request(origin: Origin, fault: dict[str, Any]) -> None:
    """A server that says nothing, or a little all the time, is left when the deadline comes."""
    origin.set_faults([{"match": "a.test/page", **fault}])
    begun = time.monotonic()

    message = unreachable(door(origin, deadline_s=0.7))

    assert time.monotonic() - begun < 1.2
    assert "no whole answer within 0.7 s" in message
    assert applied(origin) == 1


def test_p10_the_deadline_covers_all_attempts(origin: Origin) -> None:
    """Pauses between attempts are inside the deadline: no attempt begins after it."""
    origin.set_faults([{"match": "a.test/page", "status": 503, "headers": {"Retry-After": "5"}}])
    begun = time.monotonic()

    message = unreachable(door(origin, sleep=None, deadline_s=1))

    assert time.monotonic() - begun < 1
    assert "status 503 Service Unavailable" in message
    assert applied(origin) == 1


# --- P-11: a cap on decoded bytes ---


@pytest.mark.parametrize(
    "fault",
    [
        {"gzip_bomb": 64 << 20},
        {"gzip_bomb": 64 << 20, "framing": "close"},
        {"pad": 80 << 20},
        {"pad": 80 << 20, "framing": "chunked"},
        {"pad": 80 << 20, "framing": "close"},
    ],
    ids=["bomb", "bomb, close-framed", "pad", "pad, chunked", "pad, close-framed"],
)
def test_p11_no_more_than_the_cap_is_taken(origin: Origin, fault: dict[str, Any]) -> None:
    """A body over the source's limit is left at the limit, and not asked for again."""
    origin.set_faults([{"match": "a.test/page", **fault}])

    message = unreachable(door(origin))

    assert "1048576" in message
    assert applied(origin) == 1


# --- P-12: cut bodies ---

CUTS: dict[str, tuple[str, dict[str, Any]]] = {
    "cut length": ("page", {"truncate": 500}),
    "cut chunked": ("page", {"truncate": 500, "framing": "chunked"}),
    "cut before the first byte": ("page", {"truncate": 0}),
    "cut gzip": ("packed", {"truncate": 60, "framing": "length"}),
    "cut close-framed gzip": ("packed", {"truncate": 60, "framing": "close"}),
    "cut gzip trailer": ("packed", {"truncate": len(gzip.compress(PAGE, mtime=0)) - 3, "framing": "close"}),
    "reset in mid-body": ("page", {"truncate": 500, "drop": "reset"}),
    "Content-Length too long": ("page", {"content_length_delta": 100}),
    "unknown encoding": ("page", {"headers": {"Content-Encoding": "br"}}),
    "encoding that isn't": ("page", {"headers": {"Content-Encoding": "gzip"}}),
}


@pytest.mark.parametrize(("path", "fault"), CUTS.values(), ids=CUTS)
def test_p12_a_cut_body_is_asked_for_again(origin: Origin, path: str, fault: dict[str, Any]) -> None:
    """One cut body, then a whole one: the whole one is what comes back."""
    origin.set_faults([{"match": f"a.test/{path}", "times": 1, **fault}])

    got = door(origin).fetch(Request(f"http://a.test/{path}"), ENTRY)

    assert (got.body, got.attempts) == (PAGE, 2)
    assert applied(origin) == 1


@pytest.mark.parametrize(("path", "fault"), CUTS.values(), ids=CUTS)
def test_p12_a_body_that_stays_cut_is_no_success(origin: Origin, path: str, fault: dict[str, Any]) -> None:
    """Three cut bodies are a failure that says so, never a shorter page."""
    origin.set_faults([{"match": f"a.test/{path}", **fault}])

    message = unreachable(door(origin), f"http://a.test/{path}")

    assert "3 attempts" in message
    assert applied(origin) == 3


# --- P-13: where HTTP can't tell ---


@pytest.mark.parametrize(
    "fault",
    [{"truncate": 500, "framing": "close"}, {"content_length_delta": -100}],
    ids=["close-delimited", "Content-Length too short"],
)
def test_p13_what_http_cant_tell_is_handed_on_as_it_came(origin: Origin, fault: dict[str, Any]) -> None:
    """Bytes are never made up: the page's missing end is there for the parser to notice."""
    origin.set_faults([{"match": "a.test/page", **fault}])

    got = door(origin).fetch(Request(URL), ENTRY)

    assert got.body is not None
    assert PAGE.startswith(got.body)
    assert not got.body.endswith(b"</html>")
    assert applied(origin) == 1


# --- P-14: what is worth another attempt ---


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_p14_passing_troubles_are_tried_three_times(origin: Origin, status: int) -> None:
    """Two failures and a success is a success; three failures are named with their status."""
    origin.set_faults([{"match": "a.test/page", "status": status, "times": 2}])
    assert door(origin).fetch(Request(URL), ENTRY).attempts == 3
    assert applied(origin) == 2

    origin.set_faults([{"match": "a.test/page", "status": status}])
    message = unreachable(door(origin))

    assert f"status {status}" in message
    assert "3 attempts" in message
    assert applied(origin) == 3


@pytest.mark.parametrize("status", [204, 206, 300, 400, 401, 403, 405, 418, 451, 501, 599])
def test_p14_other_answers_are_asked_once(origin: Origin, status: int) -> None:
    """What another attempt won't change is not asked again, and is no success."""
    origin.set_faults([{"match": "a.test/page", "status": status}])

    message = unreachable(door(origin))

    assert f"status {status}" in message
    assert "1 attempt)" in message
    assert applied(origin) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_p14_a_page_that_is_gone_is_an_answer(origin: Origin, status: int) -> None:
    """404 and 410 say that there is no such page: outcome `missing`, once, without a body."""
    origin.set_faults([{"match": "a.test/page", "status": status}])

    got = door(origin).fetch(Request(URL), ENTRY)

    assert (got.outcome, got.status, got.body, got.attempts) == ("missing", status, None, 1)
    assert applied(origin) == 1


@pytest.mark.parametrize(
    ("drop", "words"), [(True, "closed without an answer"), ("reset", "reset")], ids=["drop", "reset"]
)
def test_p14_dropped_connections_are_tried_again(origin: Origin, drop: object, words: str) -> None:
    """A connection dropped once costs an attempt; dropped three times it is named."""
    origin.set_faults([{"match": "a.test/page", "drop": drop, "times": 1}])
    assert door(origin).fetch(Request(URL), ENTRY).attempts == 2
    assert applied(origin) == 1

    origin.set_faults([{"match": "a.test/page", "drop": drop}])
    assert words in unreachable(door(origin))
    assert applied(origin) == 3


def test_p14_a_refused_connection_ends_soon(origin: Origin) -> None:
    """Without a network three attempts take a few seconds at most, not the whole deadline."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    pauses: list[float] = []

    message = unreachable(door(origin, proxies={"http": f"http://127.0.0.1:{port}"}, sleep=pauses.append), URL)

    assert f"connection refused by the proxy 127.0.0.1:{port}" in message
    assert "3 attempts" in message
    assert len(pauses) == 2
    assert max(pauses) <= 1


def test_p14_pauses_are_drawn_by_chance_and_grow(origin: Origin) -> None:
    """Full jitter: up to 2 s before the second attempt, up to 4 s before the third."""
    origin.set_faults([{"match": "a.test/page", "status": 500}])
    pauses: list[float] = []
    for _ in range(3):
        unreachable(door(origin, sleep=pauses.append))

    assert len(set(pauses)) == 6
    assert all(0 <= pause <= limit for pause, limit in zip(pauses, [2, 4] * 3, strict=True))


# --- P-15: Retry-After ---


@pytest.mark.parametrize(("wait", "least"), [("1", 1.0), ("{now+2}", 1.0)], ids=["seconds", "date"])
def test_p15_a_host_is_left_alone_as_long_as_it_asks(origin: Origin, wait: str, least: float) -> None:
    """Retry-After is kept to in both of its forms (a date has whole seconds)."""
    origin.set_faults([{"match": "a.test/page", "status": 429, "times": 1, "headers": {"Retry-After": wait}}])
    begun = time.monotonic()

    got = door(origin, sleep=None).fetch(Request(URL), ENTRY)

    assert (got.outcome, got.attempts) == ("ok", 2)
    assert time.monotonic() - begun >= least
    assert applied(origin) == 1
    assert origin.stats()["hosts"]["a.test"]["retry_after_violations"] == 0


@pytest.mark.parametrize(
    "wait", ["0", "{now-600}", "Thu, 01 Jan 1970 00:00:00 GMT", "soon", "-5", "1e9", "Mon, 99 Foo 2026"]
)
def test_p15_a_past_or_spoilt_retry_after_costs_nothing(origin: Origin, wait: str) -> None:
    """A time that is past is now; what can't be read is as if it weren't there."""
    origin.set_faults([{"match": "a.test/page", "status": 503, "times": 1, "headers": {"Retry-After": wait}}])

    assert door(origin).fetch(Request(URL), ENTRY).attempts == 2
    assert applied(origin) == 1


@pytest.mark.parametrize(
    ("wait", "seconds"),
    [
        ("7200", 7200),
        ("{now+86400}", 86400),
        ("9" * 400, (datetime(9999, 12, 31, tzinfo=UTC) - datetime.fromtimestamp(0, UTC)).total_seconds()),
        ("30", 30),
    ],
    ids=["two hours", "a date tomorrow", "absurd", "beyond the deadline"],
)
def test_p15_too_long_a_wait_ends_it_now_and_says_when(origin: Origin, wait: str, seconds: float) -> None:
    """Over an hour, or over the deadline: no attempt follows, the message says until when.

    Nor is the host asked anything else before that.
    """
    origin.set_faults([{"match": "a.test/page", "status": 429, "headers": {"Retry-After": wait}}])
    out = door(origin, sleep=None)
    begun = time.time()

    message = unreachable(out)
    other = unreachable(out, "http://a.test/packed")

    said = re.search(r"left alone until (\S+ \S+) UTC", message)
    assert said is not None
    until = datetime.strptime(f"{said[1]}+0000", "%Y-%m-%d %H:%M:%S%z").timestamp()
    assert until - begun == pytest.approx(seconds, abs=3) or until == seconds
    assert said[0] in other
    assert applied(origin) == 1
    assert asked(origin, "a.test/packed") == 0


# --- P-16: redirects ---


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("file:///etc/passwd", "http:// or https://"),
        ("ftp://a.test/page", "http:// or https://"),
        ("http://127.0.0.1:80/", "127.0.0.1 is not public"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is not public"),
        ("http://[::1]/", "::1 is not public"),
        ("http://[::ffff:10.0.0.1]/", "is not public"),
        ("http://10.1.2.3/", "is not public"),
        ("http://c.test/page", "a host of gacc_bulletin"),
        ("http://2130706433/", "a host of gacc_bulletin"),
        ("http://a.test.c.test/", "a host of gacc_bulletin"),
        ("http://a.test@c.test/", "without a user name"),
        ("http://c.test\\@a.test/", "a host of gacc_bulletin"),
        ("//c.test/page", "a host of gacc_bulletin"),
        ("http://a.test:8080/page", "port 8080"),
        ("http://a.test:99999/page", "a web address that can be read"),
        ("http://[/", "can't be read"),
    ],
)
def test_p16_a_redirect_may_not_leave_the_public_web(origin: Origin, target: str, words: str) -> None:
    """Each hop is checked before anything is sent there."""
    origin.set_faults([{"match": "a.test/page", "redirect": target}])

    message = refused(door(origin))

    assert words in message
    assert applied(origin) == 1
    assert {record["host"] for record in origin.snapshot()} == {"a.test"}


def test_p16_a_loop_ends_after_five_redirects(origin: Origin) -> None:
    """Five redirects are followed, the sixth is not, and there is no second attempt."""
    origin.set_faults([{"match": "a.test/page", "redirect": "loop"}])

    assert "at most 5 redirects" in refused(door(origin))
    assert applied(origin) == 6


def test_p16_a_chain_of_five_arrives(origin: Origin) -> None:
    """Five hops to another host of the source end at its page, which is named as the place."""
    chain = [
        {"match": f"/{n}$", "redirect": f"/{n + 1}" if n < 5 else "http://b.test/page", "status": status}
        for n, status in enumerate([301, 302, 303, 307, 308], start=1)
    ]
    origin.set_faults(chain)

    got = door(origin).fetch(Request("http://a.test/1"), ENTRY)

    assert (got.url, got.body) == ("http://b.test/page", PAGE)
    assert [fault["applied"] for fault in origin.stats()["faults"]] == [1] * 5


def test_p16_a_redirect_without_a_place_is_a_failure(origin: Origin) -> None:
    """A 302 that leads nowhere is named as such."""
    origin.set_faults([{"match": "a.test/page", "status": 302}])

    assert "status 302 without a Location" in unreachable(door(origin))
    assert applied(origin) == 1


def test_p16_the_body_of_a_redirect_is_not_read(origin: Origin) -> None:
    """A bomb behind a redirect stays unopened."""
    origin.set_faults(
        [
            {
                "match": "a.test/page",
                "status": 302,
                "headers": {"Location": "http://b.test/page"},
                "pad": 80 << 20,
            }
        ]
    )

    assert door(origin).fetch(Request(URL), ENTRY).body == PAGE
    assert applied(origin) == 1
    (record,) = [r for r in origin.snapshot() if r["url"] == "a.test/page"]
    assert record["outcome"] != "ok"


# --- P-17: secrets stay with their host ---


def test_p17_a_key_goes_to_its_own_host_alone(origin: Origin) -> None:
    """Key headers, cookies and the Referer stop at a change of host, also on the way back."""
    origin.set_faults(
        [
            {
                "match": "a.test/page",
                "times": 1,
                "redirect": "http://b.test/go",
                "headers": {"Set-Cookie": "s=1"},
            },
            {"match": "b.test/go", "redirect": URL},
        ]
    )
    keys = {
        "Ocp-Apim-Subscription-Key": CANARY,
        "Cookie": f"k={CANARY}",
        "Referer": f"http://a.test/?{CANARY}",
    }

    got = door(origin).fetch(Request(URL, headers=keys), ENTRY)

    assert got.body == PAGE
    assert [fault["applied"] for fault in origin.stats()["faults"]] == [1, 1]
    first, second, third = [r for r in origin.snapshot() if "robots" not in r["url"]]
    names = {"ocp-apim-subscription-key", "cookie", "referer"}
    assert names <= set(first["header_names"])
    assert not names & set(second["header_names"])
    assert not names & set(third["header_names"])


def test_p17_robots_txt_is_asked_for_without_the_key(origin: Origin) -> None:
    """Only the request itself carries its headers."""
    door(origin).fetch(Request(URL, headers={"X-Api-Key": CANARY}), ENTRY)

    sent = {r["url"]: "x-api-key" in r["header_names"] for r in origin.snapshot()}
    assert sent == {"a.test/robots.txt": False, "a.test/page": True}


@pytest.mark.parametrize("form", [str, lambda key: quote(key, safe="")], ids=["plain", "quoted"])
def test_p17_a_redirect_that_carries_the_key_to_another_host_is_refused(
    origin: Origin, form: Callable[[str], str]
) -> None:
    """A server that hands the query on to another host does not get it there."""
    origin.set_faults([{"match": "a.test/query", "redirect": f"http://b.test/page?u={form(CANARY)}"}])

    message = refused(door(origin), "http://a.test/query", params={"subscription-key": CANARY})

    assert "carries a key to b.test" in message
    assert applied(origin) == 1
    assert {record["host"] for record in origin.snapshot()} == {"a.test"}


def test_p17_netrc_and_environment_are_not_read(
    origin: Origin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a .netrc nor proxies in the environment change what is sent, and where."""
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine a.test login me password {CANARY}\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "*")

    assert door(origin).fetch(Request(URL), ENTRY).body == PAGE
    assert not any("authorization" in record["header_names"] for record in origin.snapshot())


# --- P-18: TLS ---


def certificate(folder: Path, name: str, *, days: int = 2, issued_for: str = "a.test") -> tuple[str, str]:
    """A self-signed certificate and its key, as paths; with negative days it has run out."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issued_for)])
    today = datetime.fromtimestamp(time.time(), UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=9))
        .not_valid_after(today + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(issued_for)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(paths[0]), str(paths[1])


def test_p18_a_trusted_certificate_lets_the_page_through(tool: ModuleType, recordings: Path, tmp_path: Path) -> None:
    """The control: with the right bundle https works, through a proxy's tunnel."""
    pair = certificate(tmp_path, "good")
    with tool.Origin(recordings, tls=pair) as origin:
        got = door(origin, ca_bundle=pair[0]).fetch(Request("https://a.test/page"), ENTRY)

        assert got.body == PAGE
        assert {record["via"] for record in origin.snapshot()} == {"tunnel"}


@pytest.mark.parametrize(
    ("trusted", "shown", "words"),
    [
        ({}, {}, "self-signed certificate"),
        (None, {"issued_for": "c.test"}, "not valid for 'a.test'"),
        (None, {"days": -2}, "certificate has expired"),
    ],
    ids=["foreign", "wrong name", "expired"],
)
def test_p18_a_certificate_that_cant_be_trusted_ends_it(
    tool: ModuleType,
    recordings: Path,
    trusted: dict[str, Any] | None,
    shown: dict[str, Any],
    words: str,
) -> None:
    """No body, no second attempt, no way round over http."""
    pair = certificate(recordings.parent, "shown", **shown)
    bundle = pair[0] if trusted is None else certificate(recordings.parent, "trusted", **trusted)[0]
    with tool.Origin(recordings, tls=pair) as origin:
        message = unreachable(door(origin, ca_bundle=bundle), "https://a.test/page")

        assert words in message
        assert "1 attempt)" in message
        assert settled(origin, 1) == [("tunnel", "a.test")]


def test_p18_without_a_bundle_the_public_authorities_decide(tool: ModuleType, recordings: Path, tmp_path: Path) -> None:
    """By default a certificate of one's own is not believed; nor is a bundle that isn't there passed over."""
    with tool.Origin(recordings, tls=certificate(tmp_path, "own")) as origin:
        assert "can't be trusted" in unreachable(door(origin), "https://a.test/page")
        gone = str(tmp_path / "gone.pem")
        assert "no file with certificates" in unreachable(door(origin, ca_bundle=gone), "https://a.test/page")


def test_p18_https_never_goes_back_to_http(tool: ModuleType, recordings: Path, tmp_path: Path) -> None:
    """A redirect from https to http is refused, though the host is the same."""
    pair = certificate(tmp_path, "good")
    with tool.Origin(recordings, tls=pair, faults=[{"match": "a.test/page", "redirect": URL}]) as origin:
        message = refused(door(origin, ca_bundle=pair[0]), "https://a.test/page")

        assert "https back to http" in message
        assert applied(origin) == 1
        assert {record["via"] for record in origin.snapshot()} == {"tunnel"}


def test_p18_a_proxy_without_tunnels_is_named(origin: Origin) -> None:
    """A proxy that refuses CONNECT is the cause that the message gives."""
    assert "opens no tunnel (501" in unreachable(door(origin), "https://a.test/page")
    assert {record["via"] for record in origin.snapshot()} == {"connect"}


# --- P-19: manners ---


def test_p19_one_request_at_a_time_with_a_gap_per_host(origin: Origin) -> None:
    """Three sources in three threads on one host still ask one after the other, a gap apart."""
    origin.set_faults([{"match": "a.test", "drip": {"bytes": 4000, "interval": 0.05}}])
    out = door(origin, sleep=None, min_gap_s=0.2)
    begun = time.monotonic()
    threads = [threading.Thread(target=out.fetch, args=(Request(URL), ENTRY)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    stats = origin.stats()["hosts"]["a.test"]
    assert stats["requests"] == 4  # with robots.txt, once for all three
    assert stats["max_inflight"] == 1
    assert stats["min_gap_s"] >= 0.18  # start to start, less what the sockets need
    assert time.monotonic() - begun < 3
    assert applied(origin) == 4


def test_p19_the_gap_is_the_catalogues_where_the_network_sets_none(origin: Origin) -> None:
    """Without a setting, each source's own gap holds."""
    out = door(origin, sleep=None, min_gap_s=None)
    out.fetch(Request(URL), Entry(min_gap_s=0.3))

    assert origin.stats()["hosts"]["a.test"]["min_gap_s"] >= 0.28


def test_p19_robots_txt_is_kept_to(origin: Origin) -> None:
    """A path that robots.txt closes is not asked for; the others are, and robots.txt only once."""
    rules = "User-agent: *\nDisallow: /page\n"
    origin.set_faults([{"match": "robots.txt", "body": rules}])
    out = door(origin)

    assert "robots.txt of a.test" in refused(out)
    assert out.fetch(Request("http://a.test/packed"), ENTRY).outcome == "ok"
    assert asked(origin) == 0
    assert applied(origin) == 1


def test_p19_robots_txt_counts_on_the_other_host_too(origin: Origin) -> None:
    """A redirect is kept to the rules of the host it leads to."""
    origin.set_faults(
        [
            {"match": "b.test/robots.txt", "body": "User-agent: amur\nDisallow: /\n"},
            {"match": "a.test/page", "redirect": "http://b.test/page"},
        ]
    )

    assert "robots.txt of b.test" in refused(door(origin))
    assert asked(origin, "b.test/page") == 0
    assert [fault["applied"] for fault in origin.stats()["faults"]] == [1, 1]


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 404},
        {"status": 403},
        {"status": 410},
        {"redirect": "http://c.test/"},
        {"redirect": "loop"},
        {"body": "<html>not found</html>"},
    ],
)
def test_p19_a_host_without_rules_may_be_asked(origin: Origin, fault: dict[str, Any]) -> None:
    """No robots.txt, one that leads elsewhere, or a page in its place: nothing is closed."""
    origin.set_faults([{"match": "robots.txt", **fault}])

    assert door(origin).fetch(Request(URL), ENTRY).body == PAGE
    assert applied(origin) >= 1


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"drop": True},
        {"status": 429},
        {"body": "User-agent: *\nDisallow: /", "truncate": 20},
    ],
)
def test_p19_rules_that_cant_be_read_are_no_permission(origin: Origin, fault: dict[str, Any]) -> None:
    """A robots.txt that fails has its three attempts, and then the page isn't asked for at all."""
    origin.set_faults([{"match": "robots.txt", **fault}])

    message = unreachable(door(origin))

    assert "robots.txt" in message
    assert "3 attempts" in message
    assert applied(origin) == 3
    assert asked(origin) == 0


# --- P-20: 304 ---


def test_p20_an_unchanged_page_comes_back_without_a_body(origin: Origin) -> None:
    """The validators of the archived page are sent, and 304 means it is still the same."""
    out = door(origin)
    first = out.fetch(Request(URL), ENTRY)

    by_tag = out.fetch(Request(URL), ENTRY, {"etag": first.headers["etag"]})
    by_date = out.fetch(Request(URL), ENTRY, {"last_modified": first.headers["last-modified"]})

    for again in (by_tag, by_date):
        assert (again.status, again.outcome, again.body) == (304, "not_modified", None)
    assert origin.stats()["hosts"]["a.test"]["not_modified"] == 2


def test_p20_a_304_to_an_unconditional_request_is_asked_again(origin: Origin) -> None:
    """Without validators 304 is a failed attempt, not an unchanged page."""
    origin.set_faults([{"match": "a.test/page", "status": 304, "times": 1}])
    got = door(origin).fetch(Request(URL), ENTRY, {"etag": "", "last_modified": "spo\nilt"})
    assert (got.body, got.attempts) == (PAGE, 2)
    assert applied(origin) == 1

    origin.set_faults([{"match": "a.test/page", "status": 304}])
    assert "304" in unreachable(door(origin))
    assert applied(origin) == 3


# --- P-22: the circuit ---


def test_p22_three_failures_in_a_row_open_the_circuit_of_their_host_alone(origin: Origin) -> None:
    """A host that failed three requests is not asked again in this run; the others are."""
    origin.set_faults([{"match": "b.test", "drop": True}])
    out = door(origin)
    for _ in range(3):
        unreachable(out, "http://b.test/page")
    before = applied(origin)

    message = unreachable(out, "http://b.test/page")

    assert "circuit open" in message
    assert applied(origin) == before == 9
    assert out.fetch(Request(URL), ENTRY).outcome == "ok"


def test_p22_an_answer_in_between_closes_the_count(origin: Origin) -> None:
    """Failures spread over a long backfill don't cut a host off: only three in a row do."""
    origin.set_faults([{"match": "a.test/packed", "status": 403}])
    out = door(origin)
    for _ in range(3):
        unreachable(out, "http://a.test/packed")
        if applied(origin) == 2:
            out.fetch(Request(URL), ENTRY)

    assert out.fetch(Request(URL), ENTRY).outcome == "ok"
    assert applied(origin) == 3


# --- P-69, P-70: secrets show nowhere ---

FAULTS: dict[str, dict[str, Any]] = {
    "drop": {"drop": True},
    "reset": {"drop": "reset"},
    "cut": {"truncate": 9},
    "status": {"status": 500},
    "forbidden": {"status": 403},
    "quiet": {"status": 429, "headers": {"Retry-After": "9999"}},
    "encoding": {"headers": {"Content-Encoding": "br"}},
    "loop": {"redirect": "loop"},
    "unlisted": {"redirect": f"http://c.test/?api_key={quote(CANARY)}&x={quote(CANARY, safe='')}"},
    "echo in the path": {"redirect": f"http://b.test/{CANARY}"},
    "no address": {"redirect": f"gopher://{CANARY}"},
}


def forms(secret: str) -> tuple[str, ...]:
    """The shapes in which a secret could be written down."""
    return secret, quote(secret), quote(secret, safe=""), base64.b64encode(secret.encode()).decode()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_p70_no_failure_shows_a_key(
    origin: Origin, fault: dict[str, Any], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither message, traceback, fields, nor logs at their most talkative hold a key."""
    caplog.set_level("DEBUG")
    origin.set_faults([{"match": "a.test/query", **fault}])
    request = Request(
        "http://a.test/query",
        params={"subscription-key": CANARY, "period": "202401"},
        headers={"Ocp-Apim-Subscription-Key": CANARY},
    )

    with pytest.raises((Unreachable, Refused)) as caught:
        door(origin, deadline_s=5).fetch(request, ENTRY)

    error = caught.value
    assert error.__context__ is None
    lines = (*traceback.format_exception(error), repr(error.args), repr(error.facts()))
    shown = "".join((*lines, caplog.text, *capfd.readouterr()))
    assert "period=202401" in shown
    assert not [form for form in forms(CANARY) if form in shown]
    assert applied(origin) >= 1


def test_p70_what_comes_back_holds_no_secret(origin: Origin) -> None:
    """URL and headers of an answer can be archived: keys, cookies and echoes are gone, the rest is there."""
    echo = {"Set-Cookie": f"s={CANARY}", "X-Auth-Token": "t", "X-Echo": f"you sent {CANARY}", "X-Row": "5"}
    origin.set_faults([{"match": "a.test/query", "headers": echo, "file": "page"}])

    got = door(origin).fetch(Request("http://a.test/query", params={"key": CANARY, "cmdCode": "8703"}), ENTRY)

    assert got.url == "http://a.test/query?key=***&cmdCode=8703"
    assert "set-cookie" not in got.headers
    assert got.headers["x-auth-token"] == "***"
    assert got.headers["x-echo"] == "you sent ***"
    assert got.headers["x-row"] == "5"
    assert applied(origin) == 1


def test_p70_a_proxys_password_shows_nowhere(origin: Origin) -> None:
    """Proxy credentials reach the proxy, and no message."""
    host = origin.proxy.removeprefix("http://")
    proxy = f"http://me:{quote(CANARY, safe='')}@{host}"
    door(origin, proxies={"http": proxy}).fetch(Request(URL), ENTRY)
    assert all("proxy-authorization" in record["header_names"] for record in origin.snapshot())

    origin.set_faults([{"match": "a.test", "drop": True}])
    message = unreachable(door(origin, proxies={"http": proxy}))
    assert not [form for form in forms(CANARY) if form in message]
    assert applied(origin) == 3
