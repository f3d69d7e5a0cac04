"""The door to the network: what it refuses, what it hides, how it waits and how it is stopped."""

from __future__ import annotations

import contextlib
import gzip
import pickle
import re
import signal
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import web
from sources.catalogue import CATALOGUE
from sources.contract import Fetched, Request
from sources.errors import AmurError, KeyRefused, OutOfQuota, Refused, Unreachable
from sources.redaction import redact, redact_headers
from sources.web import Door, Network

NOW = datetime(2026, 7, 20, 2, 30, tzinfo=UTC)
URL = "http://a.test/page"


@dataclass(frozen=True, slots=True)
class Entry:
    """A publisher with a few hosts."""

    id: str = "cbr_fx"
    hosts: tuple[str, ...] = ("a.test", "b.test", "localhost")
    cap_bytes: int = 1 << 20
    min_gap_s: float = 0.0
    browser_like: bool = False
    key_header: str = "X-Service-Key"
    key_setting: str = "AMUR_SERVICE_KEY"


ENTRY = Entry()
Answer = Callable[[BaseHTTPRequestHandler], None]


class Proxy(socketserver.ThreadingTCPServer):
    """A proxy on loopback that answers everything itself, by path, and notes what it was asked."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self, answers: dict[str, Answer]) -> None:
        """Answers by path; a path without one is a 404."""
        self.answers, self.asked, self.headers = answers, list[str](), list[dict[str, str]]()
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has left is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    """One request, one answer."""

    server: Proxy

    def do_GET(self) -> None:
        """Note the request and answer it."""
        self.server.asked.append(self.path)
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.server.answers.get(self.path, say(b"", status=404))(self)

    def log_message(self, *args: object) -> None:
        """Nothing on stderr."""


def say(body: bytes, status: int = 200, **headers: str) -> Answer:
    """An answer with a body; underscores in header names stand for dashes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    """Headers without end, a few bytes at a time."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(200):
        handler.wfile.write(b"X-%d: 1\r\n" % n)
        time.sleep(0.05)


def hang(handler: BaseHTTPRequestHandler) -> None:
    """No answer until the client leaves."""
    handler.connection.settimeout(5)
    with contextlib.suppress(OSError):
        handler.connection.recv(1)


Serve = Callable[[dict[str, Answer]], Proxy]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start proxies, stop them afterwards."""
    running: list[Proxy] = []

    def start(answers: dict[str, Answer]) -> Proxy:
        proxy = Proxy(answers)
        running.append(proxy)
        threading.Thread(target=proxy.serve_forever, args=(0.02,), daemon=True).start()
        return proxy

    yield start
    for proxy in running:
        proxy.shutdown()
        proxy.server_close()


def now() -> datetime:
    """The run's clock, which stands still."""
    return NOW


def hurried(_seconds: float) -> None:
    """No pause."""


def door(proxy: Proxy, *, deadline_s: float = 10, no_proxy: str = "", contact: str = "") -> Door:
    """A door whose way out is the proxy, in no hurry to be polite."""
    network = Network({"http": proxy.url}, no_proxy=no_proxy, contact=contact, min_gap_s=0)
    return Door(network, now, deadline_s=deadline_s, sleep=hurried)


# --- redaction ---


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://a.test/x?subscription-key=1&period=202401", "http://a.test/x?subscription-key=***&period=202401"),
        ("http://a.test/?apiKey=1;Token=2&x=%20+", "http://a.test/?apiKey=***;Token=***&x=%20+"),
        ("http://a.test/?access%5Ftoken=1#part", "http://a.test/?access%5Ftoken=***#part"),
        ("https://me:pass@a.test/x", "https://***@a.test/x"),
        ("https://me:p@ss@a.test/x@y", "https://***@a.test/x@y"),
        ("//me:pass@a.test/x", "//***@a.test/x"),
        ("http://a.test//@x", "http://a.test//@x"),
        ("http://a.test/?X-Amz-Signature=1&Authorization=2", "http://a.test/?X-Amz-Signature=***&Authorization=***"),
        ("http://a.test/?keyword=coal&author=me&authority=x", "http://a.test/?keyword=coal&author=me&authority=x"),
        ("http://a.test/@user?date_req1=01/02/2026&key=", "http://a.test/@user?date_req1=01/02/2026&key="),
        ("shipped:reference_figures.csv", "shipped:reference_figures.csv"),
    ],
)  # fmt: skip
def test_a_url_is_shown_without_its_keys(url: str, shown: str) -> None:
    """Keys are replaced by `***`; everything else stays byte for byte, so that it still names the page."""
    assert redact(url) == shown
    assert redact(shown) == shown


@given(st.text(alphabet="abcdefgh0123456789", min_size=8), st.sampled_from(["key", "token", "secret", "auth"]))
def test_no_value_of_a_key_survives(value: str, name: str) -> None:
    """Whatever the key is, the shown URL doesn't hold it."""
    assert value not in redact(f"https://q.test/p?y=1&{name}={value}&z=2")


def test_headers_are_kept_without_secrets() -> None:
    """Names come in lower case; cookies that were set are gone, keys are `***`."""
    headers = {"ETag": '"1"', "Set-Cookie": "s=1", "X-Auth-Token": "t", "Ocp-Apim-Subscription-Key": "k"}

    assert redact_headers(headers) == {
        "etag": '"1"',
        "x-auth-token": "***",
        "ocp-apim-subscription-key": "***",
    }


# --- what ships with the program ---


def test_a_shipped_file_takes_the_same_walk(tmp_path: Path) -> None:
    """`shipped:` reads a file of the package: status 200, UTF-8 CSV, fetched at the run's now."""
    (tmp_path / "figures.csv").write_bytes("год,value\n".encode())
    request = Request("shipped:figures.csv", period="2025")

    got = Door(Network(), now, shipped=tmp_path).fetch(request, Entry(hosts=()))

    assert got.body == "год,value\n".encode()
    assert (got.status, got.outcome, got.attempts, got.fetched_at) == (200, "ok", 1, NOW)
    assert got.headers == {"content-type": "text/csv; charset=utf-8"}
    assert (got.url, got.request) == ("shipped:figures.csv", request)


@pytest.mark.parametrize("name", ["../secret.csv", "/etc/passwd", "a/b.csv", "a\\b.csv", ".hidden", "", "a.csv\n"])
def test_a_shipped_name_is_a_plain_file_name(tmp_path: Path, name: str) -> None:
    """No path leads out of the package's folder."""
    with pytest.raises(Refused, match="plain name"):
        Door(Network(), now, shipped=tmp_path).fetch(Request(f"shipped:{name}"), ENTRY)


def test_a_shipped_file_that_is_gone_is_named(tmp_path: Path) -> None:
    """A broken installation is told as one."""
    with pytest.raises(Unreachable, match=r"shipped:gone\.csv.*No such file.*installation") as caught:
        Door(Network(), now, shipped=tmp_path).fetch(Request("shipped:gone.csv"), ENTRY)
    assert caught.value.source == "cbr_fx"


# --- what is refused before anything is sent ---


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://c.test/page", "a host of cbr_fx"),
        ("http://A.TEST.c.test/", "a host of cbr_fx"),
        ("ftp://a.test/page", "http:// or https://"),
        ("file:///etc/passwd", "http:// or https://"),
        ("a.test/page", "http:// or https://"),
        ("http://me:pass@a.test/", "without a user name"),
        ("http://127.0.0.1/", "127.0.0.1 is not public"),
        ("http://192.168.1.1/", "192.168.1.1 is not public"),
        ("http://[::1]/", "::1 is not public"),
        ("http://", "a web address that can be read"),
        ("http://a.test:0x50/", "a web address that can be read"),
    ],
)
def test_what_amur_will_not_ask_is_refused_unsent(serve: Serve, url: str, words: str) -> None:
    """Hosts that aren't the source's and addresses that aren't public get no request, and no key is shown."""
    proxy = serve({})

    with pytest.raises(Refused) as caught:
        door(proxy).fetch(Request(url, period="2026-06"), Entry(hosts=("a.test", "127.0.0.1", "192.168.1.1", "::1")))

    assert words in str(caught.value)
    assert "pass" not in str(caught.value).replace("passwd", "")
    assert (caught.value.source, caught.value.period) == ("cbr_fx", "2026-06")
    assert proxy.asked == []


def test_a_name_that_leads_to_this_machine_is_refused(serve: Serve) -> None:
    """P-16: Without a proxy the resolved address counts: a listed name that leads to loopback is not asked."""
    proxy = serve({"/": say(b"inside")})
    url = proxy.url.replace("127.0.0.1", "localhost") + "/"

    with pytest.raises(Refused, match=r"a public address, found localhost, which leads to (127\.0\.0\.1|::1)"):
        Door(Network(min_gap_s=0), now).fetch(Request(url), ENTRY)
    assert proxy.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 (an address to refuse)
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("239.1.1.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    """Private, local and multicast ones aren't, wrapped into IPv6 or not."""
    assert web._is_public(address) is public


@pytest.mark.parametrize("value", ["canary\n", " canary", "canary\r\nX: 1", "canary\0", "канарейка", ""])
def test_a_spoilt_key_is_refused_without_being_shown(serve: Serve, value: str) -> None:
    """A key with a line break from a file is the user's mistake: named, not sent, not printed."""
    proxy = serve({URL: say(b"ok")})

    with pytest.raises(Refused, match="header 'X-Api-Key'") as caught:
        door(proxy).fetch(Request(URL, headers={"X-Api-Key": value}), ENTRY)
    assert "canary" not in str(caught.value)
    assert proxy.asked == []


# --- ways out ---


@pytest.mark.parametrize("no_proxy", ["localhost", " x.test , localhost:80", "*", ".localhost", "*.localhost"])
def test_no_proxy_goes_direct(serve: Serve, no_proxy: str) -> None:
    """A host in NO_PROXY is connected to directly: here that is loopback, hence refused."""
    proxy = serve({"http://localhost/": say(b"by proxy")})

    with pytest.raises(Refused, match="a public address"):
        door(proxy, no_proxy=no_proxy).fetch(Request("http://localhost/"), ENTRY)
    assert proxy.asked == []


def test_a_proxy_may_be_given_without_its_scheme(serve: Serve) -> None:
    """`host:port` is read as `http://host:port`, as everywhere."""
    proxy = serve({URL: say(b"ok")})
    network = Network({"http": proxy.url.removeprefix("http://")}, min_gap_s=0)

    assert Door(network, now).fetch(Request(URL), ENTRY).body == b"ok"


@pytest.mark.parametrize("no_proxy", ["", "host", "localhost:81", "x.localhost", "ocalhost", ","])
def test_others_go_by_the_proxy(serve: Serve, no_proxy: str) -> None:
    """NO_PROXY matches whole names and domains, nothing else."""
    proxy = serve({"http://localhost/": say(b"by proxy")})

    assert door(proxy, no_proxy=no_proxy).fetch(Request("http://localhost/"), ENTRY).body == b"by proxy"


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "http://", "gopher://127.0.0.1:1", "h:x"])
def test_a_proxy_setting_that_cant_be_used_is_told_at_once(proxy: str) -> None:
    """The user's setting is the cause that is named, after one attempt."""
    with pytest.raises(Unreachable, match=r"proxy setting.*1 attempt"):
        Door(Network({"http": proxy}, min_gap_s=0), now, sleep=hurried).fetch(Request(URL), ENTRY)


def test_without_a_proxy_the_host_itself_is_asked(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """A direct connection brings the page (loopback passes for public here: there is nothing else to ask)."""
    monkeypatch.setattr(web, "_is_public", lambda _address: True)
    origin = serve({"/page": say(b"direct")})
    url = origin.url.replace("127.0.0.1", "localhost") + "/page"

    assert Door(Network(min_gap_s=0), now).fetch(Request(url), ENTRY).body == b"direct"
    assert origin.asked == ["/robots.txt", "/page"]
    assert {sent["host"] for sent in origin.headers} == {url.split("/")[2]}


def test_a_name_that_does_not_resolve_is_named() -> None:
    """Without a network, or with a misspelt host, the message says that the name leads nowhere."""
    pauses: list[float] = []
    out = Door(Network(min_gap_s=0), now, sleep=pauses.append)
    begun = time.monotonic()

    with pytest.raises(Unreachable, match=r"a\.invalid:80 does not resolve") as caught:
        out.fetch(Request("http://a.invalid/"), Entry(hosts=("a.invalid",)))

    assert "3 attempts" in str(caught.value)
    assert all(pause <= 1 for pause in pauses)
    assert time.monotonic() - begun < 3 * web.RESOLVE_S + 1


@pytest.mark.parametrize(
    ("contact", "end"),
    [
        ("https://amur.test/", " (+https://amur.test/)"),
        ("", ""),
        ("me@amur.test\r\nX-Evil: 1", " (+me@amur.test X-Evil: 1)"),
        ("(Анна)", " (+????)"),
    ],
)
def test_amur_says_who_it_is(serve: Serve, contact: str, end: str) -> None:
    """The User-Agent is Amur's name, version and contact, on one line whatever the contact is."""
    proxy = serve({URL: say(b"ok")})
    door(proxy, contact=contact).fetch(Request(URL), ENTRY)

    assert {sent["user-agent"] for sent in proxy.headers} == {f"Amur/{web.VERSION}{end}"}
    assert all(sent["accept-encoding"] == "gzip, identity" for sent in proxy.headers)


def test_a_service_that_wants_a_browser_is_told_of_a_compatible_one(serve: Serve) -> None:
    """Honestly: the name, the version and whom to write to are still there."""
    proxy = serve({URL: say(b"x")})

    door(proxy, contact="me@a.test").fetch(Request(URL), replace(ENTRY, browser_like=True))

    assert re.fullmatch(r"Mozilla/5\.0 \(compatible; Amur/[0-9.]+; \+me@a\.test\)", proxy.headers[-1]["user-agent"])


def test_a_page_that_refuses_programs_says_what_a_person_can_do(serve: Serve) -> None:
    """403: a browser and `amur ingest` are the way."""
    proxy = serve({URL: say(b"no", status=403)})

    with pytest.raises(Unreachable) as caught:
        door(proxy).fetch(Request(URL), ENTRY)
    assert "amur ingest FILE --source cbr_fx" in str(caught.value)


def test_a_key_goes_into_its_header_where_a_request_asks_for_it(serve: Serve) -> None:
    """To this host alone, and only for a keyed request; what comes back holds no trace of it."""
    other = "http://b.test/page"
    proxy = serve({URL: say(b"", status=302, Location=other), other: say(b"x")})
    network = Network({"http": proxy.url}, min_gap_s=0, keys={"cbr_fx": "0123456789abcdef"})
    out = Door(network, now, sleep=hurried)

    got = out.fetch(Request(URL, keyed=True), ENTRY)
    out.fetch(Request(other), ENTRY)

    keys = {(asked, headers.get("x-service-key")) for asked, headers in zip(proxy.asked, proxy.headers, strict=True)}
    assert {pair for pair in keys if pair[1]} == {(URL, "0123456789abcdef")}
    assert "0123456789abcdef" not in repr(got)
    assert "0123456789abcdef" not in repr(network)


def test_p70_an_answer_that_repeats_the_key_is_not_kept(serve: Serve) -> None:
    """Bodies are archived as they come: one with the key in it is refused, and the message doesn't hold it."""
    key = "0123456789/bcdef"
    bodies = {key: Refused, "0123456789%2Fbcdef": Refused, "0123456789": None}
    for said, error in bodies.items():
        proxy = serve({URL: say(f"you sent {said}".encode())})
        out = Door(Network({"http": proxy.url}, min_gap_s=0, keys={"cbr_fx": key}), now, sleep=hurried)
        if error is None:
            assert out.fetch(Request(URL, keyed=True), ENTRY).outcome == "ok"
            continue
        with pytest.raises(error, match="expected an answer that may be archived, found one that repeats") as caught:
            out.fetch(Request(URL, keyed=True), ENTRY)
        assert said not in repr(caught.value.facts())


def test_a_key_that_is_not_taken_names_its_setting(serve: Serve) -> None:
    """401 to a keyed request is a fault of the settings; without a key it is one of the service."""
    proxy = serve({URL: say(b"", status=401)})
    out = Door(Network({"http": proxy.url}, min_gap_s=0, keys={"cbr_fx": "0123456789abcdef"}), now, sleep=hurried)

    with pytest.raises(KeyRefused, match="AMUR_SERVICE_KEY"):
        out.fetch(Request(URL, keyed=True), ENTRY)
    with pytest.raises(Unreachable, match="401"):
        out.fetch(Request(URL), ENTRY)


@pytest.mark.parametrize(
    ("said", "hours"),
    [("Out of call volume quota. Quota will be replenished in 03:14:17.", 3), ("quota spent: back in 1.02:00:00", 26)],
)
def test_a_quota_that_is_used_up_is_told_with_its_end(serve: Serve, said: str, hours: int) -> None:
    """403 with the gateway's words: another kind of failure than a closed door, and the host is left alone."""
    proxy = serve({URL: say(said.encode(), status=403)})
    out = door(proxy)

    with pytest.raises(OutOfQuota) as caught:
        out.fetch(Request(URL), ENTRY)
    until = re.search(r"until ([0-9-]+ [0-9:]+) UTC", str(caught.value))
    assert until
    left = datetime.fromisoformat(until[1]).replace(tzinfo=UTC) - datetime.now(UTC)
    assert timedelta(hours=hours - 1) < left < timedelta(hours=hours + 1)
    with pytest.raises(Unreachable, match="used up until"):
        out.fetch(Request(URL), ENTRY)
    assert proxy.asked.count(URL) == 1


def test_the_catalogues_entries_are_publishers() -> None:
    """What the catalogue says of a source is all that the door asks for."""
    for entry in CATALOGUE.values():
        publisher: web.Publisher = entry
        assert publisher.cap_bytes > 0
        assert publisher.min_gap_s > 0
        assert all(host == host.lower() for host in publisher.hosts)


def test_parameters_are_part_of_the_address(serve: Serve) -> None:
    """The query is sent as `Request.address` writes it, and the answer's URL is the same."""
    address = "http://a.test/daily?date_req=01/02/2026&code=R01235"
    proxy = serve({address: say(b"ok")})

    got = door(proxy).fetch(Request("http://a.test/daily", params={"date_req": "01/02/2026", "code": "R01235"}), ENTRY)

    assert (got.body, got.url) == (b"ok", address)


def test_a_path_with_backslashes_and_chinese_letters_arrives(serve: Serve) -> None:
    """China Customs links to files that way: the path is quoted, the host stays the host."""
    quoted = "http://a.test/%E6%96%87%5C%E4%BB%B6.xls"
    proxy = serve({quoted: say(b"sheet"), URL: say(b"", status=302, Location="/文\\件.xls".encode().decode("latin-1"))})

    for url in ("http://a.test/文\\件.xls", URL):
        assert door(proxy).fetch(Request(url), ENTRY).body == b"sheet"


# --- bodies ---

PACKED = gzip.compress(b"one", mtime=0)


@pytest.mark.parametrize(
    ("sent", "body"),
    [
        (PACKED, b"one"),
        (PACKED + gzip.compress(b"two", mtime=0), b"onetwo"),
        (PACKED + bytes(20), b"one"),
        (gzip.compress(b"", mtime=0), b""),
    ],
    ids=["one member", "two members", "padded", "empty"],
)
def test_gzip_in_its_forms(serve: Serve, sent: bytes, body: bytes) -> None:
    """Several members and padding are gzip too."""
    proxy = serve({URL: say(sent, Content_Encoding="x-gzip")})

    assert door(proxy).fetch(Request(URL), ENTRY).body == body


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (PACKED + b"rest", "broken gzip"),
        (PACKED[:-1], "gzip cut short"),
        (b"", "gzip cut short"),
        (PACKED[:-8] + bytes(8), "broken gzip"),
    ],
    ids=["something after it", "cut", "nothing", "wrong sum"],
)
def test_gzip_that_is_not_whole_is_no_body(serve: Serve, sent: bytes, words: str) -> None:
    """The trailer is checked: its length and sum."""
    proxy = serve({URL: say(sent, Content_Encoding="gzip")})

    with pytest.raises(Unreachable, match=f"{words}.*3 attempts"):
        door(proxy).fetch(Request(URL), ENTRY)


def test_the_cap_is_exact(serve: Serve) -> None:
    """P-11: A body as big as the limit is taken, plain or packed; one byte more is not."""
    for size, fits in ((100, True), (101, False)):
        for packed in (False, True):
            sent = gzip.compress(bytes(size)) if packed else bytes(size)
            proxy = serve({URL: say(sent, Content_Encoding="gzip" if packed else "identity")})
            if fits:
                assert door(proxy).fetch(Request(URL), Entry(cap_bytes=100)).body == bytes(size)
            else:
                told = "a body of more than 100 bytes" if packed else "a body of 101 bytes"
                with pytest.raises(Unreachable, match=rf"{told}.*1 attempt"):
                    door(proxy).fetch(Request(URL), Entry(cap_bytes=100))


def test_a_packing_in_transfer_is_no_body(serve: Serve) -> None:
    """`Transfer-Encoding: gzip` wasn't offered; its bytes would pass for the page's."""
    proxy = serve({URL: say(PACKED, Transfer_Encoding="gzip")})

    with pytest.raises(Unreachable, match="Transfer-Encoding 'gzip'"):
        door(proxy).fetch(Request(URL), ENTRY)


def test_an_answer_that_is_not_http_is_named(serve: Serve) -> None:
    """Something else listens on the port: the message says so."""

    def greet(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"SSH-2.0-OpenSSH\r\n")

    proxy = serve({URL: greet})

    with pytest.raises(Unreachable, match="not HTTP"):
        door(proxy).fetch(Request(URL), ENTRY)


# --- waiting ---


def test_headers_that_drip_meet_the_deadline(serve: Serve) -> None:
    """Also a server that never gets to the end of its headers is left in time."""
    proxy = serve({URL: drip_headers})
    begun = time.monotonic()

    with pytest.raises(Unreachable, match=r"no whole answer within 0\.5 s"):
        door(proxy, deadline_s=0.5).fetch(Request(URL), ENTRY)
    assert time.monotonic() - begun < 1


def test_waiting_for_others_is_not_the_sources_fault(serve: Serve) -> None:
    """A slow neighbour on the same host doesn't use up the deadline of those that wait for their turn."""

    def slow(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.5)
        say(b"slow")(handler)

    proxy = serve({URL: slow})
    out = door(proxy, deadline_s=0.8)
    out.fetch(Request("http://a.test/robots.txt"), ENTRY)
    got: list[Fetched] = []
    threads = [threading.Thread(target=lambda: got.append(out.fetch(Request(URL), ENTRY))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [one.body for one in got] == [b"slow"] * 3


def test_no_pause_reaches_over_the_deadline(serve: Serve) -> None:
    """Where the next attempt would come too late it is not waited for."""
    proxy = serve({URL: say(b"", status=500)})
    pauses: list[float] = []
    for _ in range(10):
        out = Door(Network({"http": proxy.url}, min_gap_s=0), now, deadline_s=0.5, sleep=pauses.append)
        with pytest.raises(Unreachable, match="500"):
            out.fetch(Request(URL), ENTRY)

    assert all(pause < 0.5 for pause in pauses)


def test_a_wait_of_more_than_an_hour_is_not_waited_for(serve: Serve) -> None:
    """Even where the deadline would allow it."""
    proxy = serve({URL: say(b"", status=503, Retry_After="3601")})
    out = Door(Network({"http": proxy.url}, min_gap_s=0), now, deadline_s=9999, sleep=hurried)

    with pytest.raises(Unreachable, match=r"left alone until.*1 attempt"):
        out.fetch(Request(URL), ENTRY)


def test_stop_ends_what_is_going_on_and_what_comes(serve: Serve) -> None:
    """A stopped door leaves a silent server at once and asks nobody any more."""
    proxy = serve({URL: hang})
    out = door(proxy, deadline_s=60)
    threading.Timer(0.3, out.stop).start()
    begun = time.monotonic()

    with pytest.raises(Unreachable, match="being stopped"):
        out.fetch(Request(URL), ENTRY)
    assert 0.2 < time.monotonic() - begun < 1

    asked = len(proxy.asked)
    with pytest.raises(Unreachable, match="being stopped"):
        out.fetch(Request("http://b.test/"), ENTRY)
    assert len(proxy.asked) == asked


def test_stop_may_come_from_a_signal(serve: Serve) -> None:
    """A handler that calls `stop` in the middle of a pause ends the pause."""
    proxy = serve({URL: say(b"", status=503, Retry_After="30")})
    network = Network({"http": proxy.url}, min_gap_s=0)
    out = Door(network, now, deadline_s=60)
    before = signal.signal(signal.SIGALRM, lambda *_: out.stop())
    begun = time.monotonic()
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(Unreachable, match="being stopped"):
            out.fetch(Request(URL), ENTRY)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - begun < 1


def test_a_closed_door_stays_closed(serve: Serve) -> None:
    """After its block a door asks nobody."""
    proxy = serve({URL: say(b"ok")})
    with door(proxy) as out:
        assert out.fetch(Request(URL), ENTRY).outcome == "ok"
    asked = len(proxy.asked)

    with pytest.raises(Unreachable):
        out.fetch(Request(URL), ENTRY)
    assert len(proxy.asked) == asked


def test_connections_are_closed_after_each_answer(serve: Serve) -> None:
    """No connection is kept: the server is told so, and no socket is left behind."""
    proxy = serve({URL: say(b"ok")})
    door(proxy).fetch(Request(URL), ENTRY)

    assert all(sent["connection"] == "close" for sent in proxy.headers)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 5 ", 5.0),
        ("0", 0.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Thursday, 01-Jan-70 00:00:00 GMT", 0.0),
        (None, None),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("٣", None),
        ("tomorrow", None),
    ],
)
def test_retry_after_in_its_forms(value: str | None, seconds: float | None) -> None:
    """Whole seconds or a date, as RFC 9110 has it; anything else is as if it weren't there."""
    assert web._retry_after(value) == seconds


# --- robots.txt ---

ROBOTS = "http://a.test/robots.txt"


def test_kept_rules_are_used_for_a_day(serve: Serve) -> None:
    """A run that is given yesterday evening's robots.txt doesn't ask for it, and keeps to it."""
    proxy = serve({URL: say(b"ok"), "http://a.test/x": say(b"ok")})
    kept = {"a.test": (NOW - timedelta(hours=23), "User-agent: *\nDisallow: /x")}
    out = Door(Network({"http": proxy.url}, min_gap_s=0), now, robots=kept)

    assert out.fetch(Request(URL), ENTRY).outcome == "ok"
    with pytest.raises(Refused, match="robots"):
        out.fetch(Request("http://a.test/x"), ENTRY)
    assert proxy.asked == [URL]


@pytest.mark.parametrize("age", [timedelta(hours=24), timedelta(hours=-1)], ids=["a day old", "from the future"])
def test_old_rules_are_asked_for_again_and_kept(serve: Serve, age: timedelta) -> None:
    """What is older than a day is replaced, in the mapping that was given."""
    proxy = serve({URL: say(b"ok"), ROBOTS: say(b"\xef\xbb\xbfUser-agent: *\nDisallow: /y\n")})
    kept = {"a.test": (NOW - age, "User-agent: *\nDisallow: /")}
    out = Door(Network({"http": proxy.url}, min_gap_s=0), now, robots=kept)

    assert out.fetch(Request(URL), ENTRY).outcome == "ok"
    assert proxy.asked == [ROBOTS, URL]
    assert kept["a.test"] == (NOW, "User-agent: *\nDisallow: /y\n")


def test_rules_that_could_not_be_read_are_not_kept(serve: Serve) -> None:
    """A bad night must not become tomorrow's permission."""
    proxy = serve({ROBOTS: say(b"", status=503)})
    kept: dict[str, tuple[datetime, str]] = {}
    out = Door(Network({"http": proxy.url}, min_gap_s=0), now, sleep=hurried, robots=kept)

    with pytest.raises(Unreachable, match=r"503.*robots\.txt"):
        out.fetch(Request(URL), ENTRY)
    assert kept == {}


@pytest.mark.parametrize(
    ("rules", "path", "may"),
    [
        ("User-agent: *\nDisallow: /*/?*\nDisallow: /*/*?*\nAllow: /*?page=*", "/a/b", True),
        ("User-agent: *\nDisallow: /*/?*\nDisallow: /*/*?*\nAllow: /*?page=*", "/a/b?in=t", False),
        ("User-agent: *\nDisallow: /*/?*\nDisallow: /*/*?*\nAllow: /*?page=*", "/a/b?page=2", True),
        ("User-agent: *\nDisallow: *-print.html$", "/1-print.html", False),
        ("User-agent: *\nDisallow: *-print.html$", "/1-print.html5", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/open", "/a/open/1", True),
        ("User-agent: *\nAllow: /a/open\nDisallow: /a", "/a/shut", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Amur\nDisallow: /x", "/a", True),
        ("User-agent: *\nDisallow: /a\n\nUser-agent: Amur\nDisallow: /x", "/x/1", False),
        ("User-agent: Amurette\nDisallow: /", "/a", True),
        ("<html>no rules at all</html>", "/a", True),
    ],
    ids=[
        "no query", "a query", "a page of a list", "an ending", "not that ending", "the longest match counts",
        "in any order", "its own group alone", "its own group forbids", "a namesake", "a page",
    ],
)  # fmt: skip
def test_rules_are_read_as_their_standard_says(serve: Serve, rules: str, path: str, may: bool) -> None:
    """RFC 9309: wildcards, ends, the longest match, a group of one's own before the one for all."""
    url = f"http://a.test{path}"
    proxy = serve({url: say(b"ok")})
    out = Door(Network({"http": proxy.url}, min_gap_s=0), now, robots={"a.test": (NOW, rules)})

    if may:
        assert out.fetch(Request(url), ENTRY).outcome == "ok"
    else:
        with pytest.raises(Refused, match="robots"):
            out.fetch(Request(url), ENTRY)
        assert proxy.asked == []


@pytest.mark.parametrize(("status", "may"), [(403, True), (404, True), (429, False)])
def test_a_host_that_shows_no_rules_has_none_but_one_that_wants_peace_gets_it(
    serve: Serve, status: int, may: bool
) -> None:
    """RFC 9309, 2.3.1.3; too many questions is no absence of rules."""
    proxy = serve({URL: say(b"ok"), ROBOTS: say(b"", status=status)})
    out = Door(Network({"http": proxy.url}, min_gap_s=0), now, sleep=hurried)

    if may:
        assert out.fetch(Request(URL), ENTRY).outcome == "ok"
    else:
        with pytest.raises(Unreachable, match=r"robots\.txt"):
            out.fetch(Request(URL), ENTRY)
        assert URL not in proxy.asked


def test_a_host_may_ask_for_a_longer_gap(serve: Serve) -> None:
    """Crawl-delay lengthens the catalogue's gap, within reason."""
    for said, gap in (("1", 1), ("600", web.LONGEST_DELAY_S)):
        proxy = serve({URL: say(b"ok"), ROBOTS: say(f"User-agent: Amur\nCrawl-delay: {said}\n".encode())})
        pauses: list[float] = []
        out = Door(Network({"http": proxy.url}), now, deadline_s=60, sleep=pauses.append)
        out.fetch(Request(URL), ENTRY)

        assert pauses == [pytest.approx(gap, abs=0.3)]


# --- errors ---


def test_an_error_crosses_processes_whole(serve: Serve) -> None:
    """What failed is told the same after pickling, and drags nothing along that could hold a key."""
    proxy = serve({f"{URL}?key=canary-1": say(b"", status=403)})

    with pytest.raises(Unreachable, match="status 403 Forbidden") as caught:
        door(proxy).fetch(Request(URL, params={"key": "canary-1"}), ENTRY)

    error: AmurError = caught.value
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 (our own bytes)
    assert error.__cause__ is None
    assert error.__context__ is None
    assert error.facts()["url"] == "http://a.test/page?key=***"


def test_a_long_cause_leaves_room_for_the_attempts(tmp_path: Path) -> None:
    """However long the cause is, the message still says how often it was tried."""
    bundle = str(tmp_path / ("x" * 200))
    network = Network({"https": "http://127.0.0.1:1"}, ca_bundle=bundle, min_gap_s=0)

    with pytest.raises(Unreachable, match=r"no file with certificates .*x… \(1 attempt\)"):
        Door(network, now).fetch(Request("https://a.test/"), ENTRY)


def test_a_dead_name_server_does_not_hold_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's look-up has no timeout; the door's has, and it ends on `stop`."""
    released = threading.Event()

    def silent(*_args: object, **_more: object) -> list[object]:
        released.wait(10)
        raise socket.gaierror(socket.EAI_AGAIN, "silence")

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    out = Door(Network(min_gap_s=0), now, deadline_s=0.4)
    begun = time.monotonic()
    try:
        with pytest.raises(Unreachable, match=r"no whole answer within 0\.4 s"):
            out.fetch(Request(URL), ENTRY)
        assert time.monotonic() - begun < 1
    finally:
        released.set()
