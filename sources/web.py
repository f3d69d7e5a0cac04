"""The one door to the network: nothing else in Amur opens a connection.

A fetch is at most three attempts inside one deadline. An attempt follows at most five redirects by hand,
each checked before it is made. Each hop is one exchange on a connection of its own: one at a time, with a
gap, per host.

Traps
  - requests' Session reads and unpacks the body of a redirect that it is told not to follow, keeps cookies
    and sends key headers on to other hosts: its adapter is used without it, so `.netrc` and the environment
    aren't read either.
  - A timeout of requests is for one read: a server that drips a byte a second never meets it. Here a timer
    shuts the socket down at the deadline, also while headers, a TLS handshake or a proxy is awaited.
  - urllib3 retries no body that was cut short, and takes a close-framed gzip cut in the middle for a whole
    one: bodies are counted, and unpacked here, where the trailer is checked and the cap holds.
  - Looking a name up and then connecting to it are two look-ups: addresses are checked on the way to the
    socket.
"""

from __future__ import annotations

import contextlib
import email.utils
import http
import http.client
import importlib.metadata
import ipaddress
import logging
import queue
import random
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol, Self
from urllib.parse import (
    SplitResult,
    parse_qsl,
    quote,
    quote_plus,
    unquote_plus,
    urljoin,
    urlsplit,
    urlunsplit,
)

import requests
import requests.adapters
import urllib3.exceptions
from protego import Protego
from urllib3.connection import HTTPConnection, HTTPSConnection

from sources.contract import Fetched, Outcome, Request
from sources.errors import LONGEST_QUOTE, KeyRefused, OutOfQuota, Refused, Unreachable
from sources.redaction import SENSITIVE, redact, redact_headers
from sources.turns import TICK_S, Manners, Seen, Turn, Turns

__all__ = ["Door", "Network", "Publisher"]

ATTEMPTS: Final = 3
REDIRECTS: Final = 5
FAILURES: Final = 3  # requests in a row that open the circuit of a host
RESOLVE_S: Final = 5.0
CONNECT_S: Final = 10.0
READ_S: Final = 30.0
LONGEST_WAIT_S: Final = 3600.0  # a host that asks for more is left alone for this run
LONGEST_DELAY_S: Final = 10.0  # of a Crawl-delay; more would eat the deadline
QUICK_S: Final = 1.0  # upper limit of a pause after refusals: an offline night must end soon
SLOW_S: Final = 2.0  # upper limit of the first pause after other failures; doubles
GIVE_WAY_S: Final = 1.5 * TICK_S  # after a turn, for other processes that wait for theirs
PIECE: Final = 1 << 16
ROBOTS_BYTES: Final = 512 << 10  # RFC 9309, 2.5: at least 500 KiB
ROBOTS_AGE: Final = timedelta(hours=24)  # RFC 9309, 2.4
SHORTEST_SECRET: Final = 6
EXCUSE_BYTES: Final = 2048
# the gateway before UN Comtrade: "Out of call volume quota. Quota will be replenished in 1.03:14:17."
QUOTA: Final = re.compile(r"quota[^0-9]{1,80}(?:([0-9]{1,3})\.)?([0-9]{1,2}):([0-9]{2}):([0-9]{2})", re.IGNORECASE)
PORTS: Final = {"http": 80, "https": 443}
RETRIED: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
MISSING: Final = frozenset({404, 410})
MOVED: Final = frozenset({301, 302, 303, 307, 308})
LAST_INSTANT: Final = datetime(9999, 12, 31, tzinfo=UTC).timestamp()
SHIPPED: Final = "shipped:"
DATA: Final = Path(__file__).parent / "reference" / "data"
VERSION: Final = importlib.metadata.version("amur")
NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")

HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
HEADER_VALUE: Final = re.compile(r"[\x21-\x7e\xa1-\xff](?:[\x20-\x7e\xa1-\xff]*[\x21-\x7e\xa1-\xff])?")


class Publisher(Protocol):
    """What the door must know of a source; the catalogue's entries satisfy it."""

    @property
    def id(self) -> str:
        """The source's id."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Where its requests and redirects may lead."""

    @property
    def cap_bytes(self) -> int:
        """The most bytes, unpacked, that one body may have."""

    @property
    def min_gap_s(self) -> float:
        """Seconds from the start of one request to the start of the next on the same host."""

    @property
    def browser_like(self) -> bool:
        """Does the service refuse what doesn't call itself Mozilla?"""

    @property
    def key_header(self) -> str:
        """The header that carries the operator's key, where a request is `keyed`."""

    @property
    def key_setting(self) -> str:
        """The setting that holds the key, for messages."""


@dataclass(frozen=True, slots=True)
class Network:
    """How this machine reaches the web.

    `proxies` maps `http` and `https` to proxy URLs, `contact` goes into the User-Agent, `min_gap_s` None is
    the gap of the source's catalogue entry. `keys` holds the operator's keys by source; they are never shown.
    """

    proxies: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    no_proxy: str = ""
    ca_bundle: str | None = None
    contact: str = ""
    min_gap_s: float | None = None


class _AttemptError(Exception):
    """An attempt that brought no usable answer, in words that hold no secret.

    `again` says whether another attempt is worth making, `pause_s` how long to wait for it at most (None:
    longer with each attempt), `quiet_s` how long the host wants to be left alone, `counted` whether it speaks
    against the host, `quota` whether the calls of the day are used up.
    """

    def __init__(
        self,
        cause: str,
        *,
        again: bool = False,
        status: int = 0,
        pause_s: float | None = None,
        quiet_s: float | None = None,
        counted: bool = True,
        quota: bool = False,
    ) -> None:
        """Keep the words and what follows from them; `host` is set where the exchange is known."""
        super().__init__(cause)
        self.cause, self.again, self.status = cause, again, status
        self.pause_s, self.quiet_s, self.counted, self.quota = pause_s, quiet_s, counted, quota
        self.host = ""


class _ForbiddenError(Exception):
    """A hop that Amur does not make."""

    def __init__(self, found: str, expected: str = "") -> None:
        """Keep the two halves of the message."""
        super().__init__(found)
        self.found, self.expected = found, expected


@dataclass(frozen=True, slots=True)
class _Target:
    """A checked URL as it will be asked for; `authority` is the host, with a port that isn't the default."""

    prepared: requests.PreparedRequest
    url: str
    scheme: str
    host: str
    port: int
    authority: str

    def same_place(self, other: _Target) -> bool:
        """May secrets for `self` go to `other`? Only to the same host and port, or up from http to https."""
        upgraded = (self.port, other.port) == (PORTS["http"], PORTS["https"]) and other.scheme == "https"
        return self.host == other.host and (self.port == other.port or upgraded)


@dataclass(slots=True)
class _Errand:
    """One question with its limits: `until` is a monotonic time, `own` holds headers for the named host."""

    entry: Publisher
    url: str
    own: Mapping[str, str]
    conditions: Mapping[str, str]
    secrets: tuple[str, ...]
    ports: frozenset[int]
    until: float
    obeys_robots: bool = True
    attempts: int = 0
    calls: int = 0

    def scrub(self, text: str) -> str:
        """`***` for each of this errand's secrets, wherever it turns up."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    target: _Target
    headers: Mapping[str, str]
    body: bytes | None = None


@dataclass(slots=True)
class _Host:
    """What this run knows of a host. `turn` is held for each exchange, `manners` while robots.txt is read."""

    name: str
    turn: threading.Lock = field(default_factory=threading.Lock)
    manners: threading.Lock = field(default_factory=threading.Lock)
    started: float = float("-inf")
    quiet_until: float = float("-inf")
    quiet_words: str = ""
    failures: int = 0
    delay_s: float = 0.0
    rules: Protego | None = None
    shared: Turn | None = None
    released: float = float("-inf")


class _Call:
    """The sockets of one exchange: `cut`, from a thread or a signal, ends whatever it is waiting for."""

    def __init__(self) -> None:
        self.peer, self.reached, self.cut_off = "", False, False
        self.dialled = float("-inf")  # getting there, the gap to the next request begins: what precedes it may be slow
        self._sockets: list[socket.socket] = []

    def cut(self) -> None:
        """Shut the connection down under its reader."""
        self.cut_off = True
        for line in tuple(self._sockets):
            with contextlib.suppress(OSError):  # not connected yet, or gone already: nothing to cut
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the handles back."""
        for line in self._sockets:
            line.close()

    def connect(self, host: str, port: int, *, proxied: bool, timeout_s: float) -> socket.socket:
        """A connected socket; without a proxy, only to public addresses.

        Raises:
            _ForbiddenError: the name leads to an address that isn't public.
            OSError: nothing there answers.
        """
        self.peer = f"the proxy {host}:{port}" if proxied else f"{host}:{port}"
        places = self._resolve(host, port)
        for _, address in places:
            if not proxied and not _is_public(str(address[0])):
                raise _ForbiddenError(f"{host}, which leads to {address[0]}", "a public address")
        until = time.monotonic() + timeout_s
        trouble = OSError("no address")
        for family, address in places:
            left = until - time.monotonic()
            if left <= 0 or self.cut_off:
                break
            line = socket.socket(family, socket.SOCK_STREAM)
            try:
                self._dial(line, address, left)
            except OSError as error:
                line.close()
                trouble = error
            else:
                return line
        raise trouble

    def _dial(self, line: socket.socket, address: tuple[Any, ...], timeout_s: float) -> None:
        line.settimeout(timeout_s)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.dialled = time.monotonic()
        self._sockets.append(line.dup())  # a handle of our own: TLS detaches the socket it wraps
        line.connect(address)
        if self.cut_off:
            raise TimeoutError
        self.reached = True

    def _resolve(self, host: str, port: int) -> list[tuple[int, tuple[Any, ...]]]:
        """Family and address of each place, looked up in a thread: the system's look-up has no timeout."""
        answers: queue.SimpleQueue[list[tuple[int, tuple[Any, ...]]] | OSError] = queue.SimpleQueue()

        def look_up() -> None:
            try:
                found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            except OSError as error:
                answers.put(error)
            except UnicodeError:
                answers.put(socket.gaierror(socket.EAI_NONAME, "not a host name"))
            else:
                answers.put([(entry[0], entry[4]) for entry in found])

        threading.Thread(target=look_up, name=f"look-up {host}", daemon=True).start()
        until = time.monotonic() + RESOLVE_S
        while True:
            try:
                answer = answers.get(timeout=TICK_S)
            except queue.Empty:
                if self.cut_off or time.monotonic() > until:
                    raise socket.gaierror(socket.EAI_AGAIN, "the look-up takes too long") from None
            else:
                break
        if isinstance(answer, OSError):
            raise answer
        return answer


class _PlainLine(HTTPConnection):
    call: _Call

    def _new_conn(self) -> socket.socket:
        return self.call.connect(
            self._dns_host, self.port, proxied=self.proxy is not None, timeout_s=self.timeout or CONNECT_S
        )


class _SecureLine(HTTPSConnection):
    call: _Call

    def _new_conn(self) -> socket.socket:
        return self.call.connect(
            self._dns_host, self.port, proxied=self.proxy is not None, timeout_s=self.timeout or CONNECT_S
        )


class _Adapter(requests.adapters.HTTPAdapter):
    """One exchange's own adapter: its connections report to `call` and are closed with it."""

    def __init__(self, call: _Call) -> None:
        self._call = call
        super().__init__(pool_connections=1, pool_maxsize=1)

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (as its base)
        """The pool for a URL, its connections made by `call`."""
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        kind = _SecureLine if pool.scheme == "https" else _PlainLine

        def line(*args: Any, **kwargs: Any) -> _PlainLine | _SecureLine:  # noqa: ANN401 (handed through)
            made = kind(*args, **kwargs)
            made.call = self._call
            return made

        pool.ConnectionCls = line
        return pool


class _Body:
    """A body as it comes in: unpacked where it is gzip, and never more than `cap` bytes."""

    def __init__(self, cap: int, *, gzipped: bool) -> None:
        self._cap, self._raw, self._size = cap, 0, 0
        self._pieces: list[bytes] = []
        self._gzipped = gzipped
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16) if gzipped else None

    def feed(self, data: bytes) -> None:
        """Take the next bytes off the wire.

        Raises:
            _AttemptError: more than the cap; broken gzip.
        """
        self._raw += len(data)
        self._within(self._raw)
        if not self._gzipped:
            self._keep(data)
            return
        try:
            self._unpack(data)
        except zlib.error as error:
            raise _AttemptError(f"broken gzip ({error})", again=True) from None

    def whole(self) -> bytes:
        """All of it.

        Raises:
            _AttemptError: the gzip stream has no end.
        """
        if self._member is not None:
            raise _AttemptError(f"gzip cut short after {self._raw} bytes", again=True)
        return b"".join(self._pieces)

    def _unpack(self, data: bytes) -> None:
        while data:
            if self._member is None:  # after a member: padding, or another member
                if not data.strip(b"\0"):
                    return
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            member = self._member
            self._keep(member.decompress(data, self._cap - self._size + 1))
            data = member.unconsumed_tail
            if member.eof:
                data, self._member = member.unused_data, None

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        self._within(self._size)
        self._pieces.append(piece)

    def _within(self, size: int) -> None:
        if size > self._cap:
            raise _AttemptError(f"a body of more than {self._cap} bytes, the source's limit")


class Door:
    """Fetches for every source of one run; may be used from several threads.

    Args:
        network: proxies, certificates, contact.
        now: the run's clock, for `fetched_at` and the age of kept robots.txt.
        deadline_s: seconds for one fetch with all its attempts and pauses; waiting for other fetches on the
            same host does not count.
        sleep: takes seconds; for tests. The door's own ends early on `stop`.
        robots: robots.txt by host with the time of its fetch, used for 24 hours; new ones are put in.
        shipped: the folder of `shipped:` files.
        turns: what it shares with the doors of other processes; None: it is the only one.
    """

    def __init__(
        self,
        network: Network,
        now: Callable[[], datetime],
        *,
        deadline_s: float = 90,
        sleep: Callable[[float], None] | None = None,
        robots: MutableMapping[str, tuple[datetime, str]] | None = None,
        shipped: Path = DATA,
        turns: Turns | None = None,
    ) -> None:
        """Open nothing yet."""
        self._turns = turns
        self._network, self._now, self._deadline_s, self._shipped_in = network, now, deadline_s, shipped
        self._sleep = sleep or self._wait
        self._robots: MutableMapping[str, tuple[datetime, str]] = {} if robots is None else robots
        self._hosts: dict[str, _Host] = {}
        self._guard = threading.Lock()
        self._calls: set[_Call] = set()
        self._stopped = False
        self._common = {
            "User-Agent": _user_agent(network.contact),
            "Accept": "*/*",
            "Accept-Encoding": "gzip, identity",
            "Connection": "close",
        }
        logging.getLogger("urllib3").setLevel(logging.WARNING)  # its debug lines hold whole URLs, with keys

    def fetch(self, request: Request, entry: Publisher, validators: Mapping[str, str] | None = None) -> Fetched:
        """Ask the web one question.

        Args:
            request: what to ask; its headers go to the host it names and to no other.
            entry: the source on whose behalf.
            validators: `etag` and `last_modified` of the archived body. Give them only where that body is
                there and whole: an unchanged page then comes back as `not_modified`, without a body.

        Returns:
            Outcome `ok`, `not_modified` or `missing` (404, 410), with secrets taken out of URL and headers.

        Raises:
            Unreachable: no usable answer within the attempts and the deadline.
            Refused: a host that isn't the source's, an address that isn't public, robots.txt.
        """
        begun = time.monotonic()
        if request.url.startswith(SHIPPED):
            return self._from_folder(request, entry, begun)
        errand = self._errand(request, entry, validators or {}, begun)
        problem: Refused | Unreachable
        try:
            answer = self._ask(errand)
            if request.keyed and any(secret.encode() in (answer.body or b"") for secret in errand.secrets):
                raise _ForbiddenError("one that repeats the key", expected="an answer that may be archived")
        except _ForbiddenError as forbidden:
            problem = Refused(
                **self._subject(request, entry, errand),
                expected=forbidden.expected,
                found=errand.scrub(forbidden.found),
            )
        except _AttemptError as failed:
            self._count(failed)
            problem = self._problem(failed, request, entry, errand)
        else:
            self._host(answer.target.authority).failures = 0
            return Fetched(
                request=request,
                url=errand.scrub(redact(answer.target.url)),
                status=answer.status,
                headers={n: errand.scrub(v) for n, v in redact_headers(answer.headers).items()},
                body=answer.body,
                fetched_at=self._now(),
                elapsed_s=time.monotonic() - begun,
                attempts=errand.attempts,
                outcome=_outcome(answer.status),
            )
        # out here: in a handler it would carry, as its context, an error of requests that holds the URL
        raise problem

    def stop(self) -> None:
        """End what is going on, and refuse what comes. Takes no lock: a signal handler may call it."""
        self._stopped = True
        for call in tuple(self._calls):
            call.cut()

    def close(self) -> None:
        """No fetch may follow."""
        self.stop()

    def __enter__(self) -> Self:
        """The door, to be closed at the end of the block."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close it."""
        self.close()

    # --- one fetch ---

    def _problem(
        self, failed: _AttemptError, request: Request, entry: Publisher, errand: _Errand
    ) -> Unreachable | Refused:
        """The failure in the words of Amur's errors."""
        subject, found = self._subject(request, entry, errand), errand.scrub(failed.cause)
        if request.keyed and failed.status == http.HTTPStatus.UNAUTHORIZED:
            return KeyRefused(
                **subject,
                expected=f"a service that takes the key in {entry.key_setting}",
                found=found,
                advice=f"Check {entry.key_setting}; without it the public part of the service is asked",
            )
        if failed.quota:
            return OutOfQuota(**subject, expected="calls that are left of the day's quota", found=found)
        expected = f"a whole answer within {self._deadline_s:g} s"
        problem = Unreachable(**subject, expected=expected, found=_told(found, errand.attempts))
        if failed.status == http.HTTPStatus.FORBIDDEN:
            problem.advice = f"Save the page in a browser, then: amur ingest FILE --source {entry.id}"
        problem.calls = errand.calls
        return problem

    def _from_folder(self, request: Request, entry: Publisher, begun: float) -> Fetched:
        name = request.url.removeprefix(SHIPPED)
        subject = {"source": entry.id, "url": request.url, "period": request.period}
        if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", name):
            raise Refused(**subject, expected="the plain name of a file that comes with Amur", found=repr(name))
        try:
            body = (self._shipped_in / name).read_bytes()
        except OSError as error:
            raise Unreachable(
                **subject,
                expected="a file that comes with Amur",
                found=error.strerror or type(error).__name__,
                advice="The installation is incomplete: check it out again",
            ) from error
        return Fetched(
            request=request,
            url=request.url,
            status=http.HTTPStatus.OK,
            headers={"content-type": "text/csv; charset=utf-8"},
            body=body,
            fetched_at=self._now(),
            elapsed_s=time.monotonic() - begun,
            attempts=1,
            outcome="ok",
        )

    def _errand(self, request: Request, entry: Publisher, validators: Mapping[str, str], begun: float) -> _Errand:
        names = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}
        conditions = {
            header: validators[name]
            for name, header in names.items()
            if HEADER_VALUE.fullmatch(validators.get(name, ""))  # a spoilt one must not sink the fetch
        }
        parts = _split(request.address)
        query = parse_qsl(parts.query, keep_blank_values=True) if parts else []
        own = dict(request.headers)
        if entry.browser_like:
            own["User-Agent"] = _user_agent(self._network.contact, browser_like=True)
        if request.keyed and (key := self._network.keys.get(entry.id)):
            own[entry.key_header] = key
        pairs = (*query, *own.items())
        held = [value for name, value in pairs if SENSITIVE.search(name) and len(value) >= SHORTEST_SECRET]
        port = _port(parts) if parts else None
        return _Errand(
            entry=entry,
            url=request.address,
            own=own,
            conditions=conditions,
            secrets=tuple(form for value in held for form in {value, quote(value, safe=""), quote_plus(value)}),
            ports=frozenset({port}) if port else frozenset(),
            until=begun + self._deadline_s,
        )

    def _subject(self, request: Request, entry: Publisher, errand: _Errand) -> dict[str, str]:
        return {
            "source": entry.id,
            "url": errand.scrub(redact(request.address)),
            "period": request.period,
        }

    def _ask(self, errand: _Errand) -> _Answer:
        """Attempts until there is an answer, or a failure that no other attempt would mend.

        Raises:
            _AttemptError: the last failure.
            _ForbiddenError: a hop that Amur does not make.
        """
        before = ""
        while True:
            errand.attempts += 1
            try:
                return self._follow(errand)
            except _AttemptError as failed:
                failure = failed
            if before and failure.cause == self._too_late():
                failure.cause = f"{failure.cause}; before that {before}"
            before = failure.cause
            longest = SLOW_S * 2 ** (errand.attempts - 1) if failure.pause_s is None else failure.pause_s
            pause = random.uniform(0, longest)  # noqa: S311 (full jitter; nothing secret in it)
            wait = pause if failure.quiet_s is None else failure.quiet_s
            late = time.monotonic() + wait >= errand.until
            if not failure.again or errand.attempts == ATTEMPTS or late:
                raise failure
            if failure.quiet_s is None:  # else the host's turn waits, for every source alike
                self._sleep(wait)

    def _follow(self, errand: _Errand) -> _Answer:
        """One attempt: the exchange and its redirects."""
        own = _checked(errand.own)
        url, came_from = errand.url, None
        for _ in range(REDIRECTS + 1):
            target = self._aim(url, errand, came_from)
            if came_from is not None and not came_from.same_place(target):
                own = {}  # for good: a way back to the first host would be the other host's doing
                if any(secret in text for secret in errand.secrets for text in (url, unquote_plus(url))):
                    raise _ForbiddenError(f"a redirect that carries a key to {target.host}")
            if errand.obeys_robots:
                self._obey(target, errand)
            answer = self._exchange(target, {**self._common, **errand.conditions, **own}, errand)
            if answer.status not in MOVED:
                return answer
            came_from, url = target, _location(answer)
        raise _ForbiddenError(f"the last of them to {redact(url)}", f"at most {REDIRECTS} redirects")

    def _aim(self, url: str, errand: _Errand, came_from: _Target | None) -> _Target:
        """Check where a URL leads before anything is sent there.

        Raises:
            _ForbiddenError: it isn't a web address, the host isn't the source's, or it leaves the public web.
        """
        shown = redact(url) if came_from is None else f"a redirect to {redact(url)}"
        parts = _split(url)
        if parts is None or parts.scheme not in PORTS:
            raise _ForbiddenError(shown, "an address that begins with http:// or https://")
        try:
            prepared = requests.Request("GET", url).prepare()
        except (ValueError, requests.RequestException):
            prepared = None
        # what requests made of it is checked: two readings of `http://a\@b/` would be a way round
        parts = _split(prepared.url or "") if prepared else None
        port = _port(parts) if parts else None
        if prepared is None or parts is None or port is None or not parts.hostname:
            raise _ForbiddenError(shown, "a web address that can be read")
        host = parts.hostname
        if parts.username is not None or parts.password is not None:
            raise _ForbiddenError(shown, "an address without a user name")
        if _is_literal(host) and not _is_public(host):
            raise _ForbiddenError(f"{shown}: {host} is not public", "a public address")
        if host not in errand.entry.hosts:
            raise _ForbiddenError(shown, f"a host of {errand.entry.id} ({', '.join(errand.entry.hosts) or 'none'})")
        if port not in errand.ports | {PORTS[parts.scheme]}:
            raise _ForbiddenError(f"{shown}: port {port}", f"port {PORTS[parts.scheme]}")
        if came_from is not None and came_from.scheme == "https" and parts.scheme == "http":
            raise _ForbiddenError(shown, "no way from https back to http")
        authority = host if port == PORTS[parts.scheme] else f"{host}:{port}"
        clean = urlunsplit(parts._replace(fragment=""))
        return _Target(prepared, clean, parts.scheme, host, port, authority)

    # --- manners ---

    def _obey(self, target: _Target, errand: _Errand) -> None:
        """Ask robots.txt of the host, once.

        Raises:
            _ForbiddenError: it asks Amur to stay away.
            _AttemptError: it can't be read after its attempts, which is no permission (RFC 9309, 2.3.1.4).
        """
        host = self._host(target.authority)
        self._take(host.manners, errand)
        try:
            if host.rules is None:
                with self._shared_manners(host, errand) as shared:
                    host.rules = _rules(self._robots_text(target, errand, shared))
                delay = host.rules.crawl_delay("Amur")
                host.delay_s = min(float(delay or 0), LONGEST_DELAY_S)
        finally:
            host.manners.release()
        if not host.rules.can_fetch(target.url, "Amur"):
            raise _ForbiddenError(f"robots.txt of {host.name} asks to stay away from it", "an address open to robots")

    def _robots_text(self, target: _Target, errand: _Errand, shared: Manners | None) -> str:
        for kept in (self._robots.get(target.authority), shared.known() if shared is not None else None):
            if kept is not None and timedelta(0) <= self._now() - kept[0] < ROBOTS_AGE:
                self._robots[target.authority] = kept
                return kept[1]
        asked = replace(
            errand,
            url=f"{target.scheme}://{target.authority}/robots.txt",
            own={},
            conditions={},
            secrets=(),
            obeys_robots=False,
            attempts=0,
        )
        try:
            answer = self._ask(asked)
            text = (answer.body or b"")[:ROBOTS_BYTES].decode("utf-8-sig", "replace")
        except _ForbiddenError:
            return ""  # a robots.txt that leads elsewhere is none; not kept, for it was no answer
        except _AttemptError as failed:
            client_error = range(http.HTTPStatus.BAD_REQUEST, http.HTTPStatus.INTERNAL_SERVER_ERROR)
            if failed.status not in client_error or failed.status in RETRIED:
                failed.again = False
                failed.cause = f"{failed.cause}, when asked for robots.txt"
                errand.attempts = asked.attempts
                raise
            text = ""
        finally:
            errand.until = asked.until  # it may have waited for its turn
        self._robots[target.authority] = (self._now(), text)
        if shared is not None:
            shared.keep(*self._robots[target.authority])
        return text

    @contextlib.contextmanager
    def _turn(self, host: _Host, errand: _Errand) -> Iterator[None]:
        """The host for ourselves, after its gap and after what its Retry-After asked for.

        Raises:
            _AttemptError: its circuit is open, or its turn comes too late.
        """
        self._take(host.turn, errand)
        try:
            with self._shared_turn(host, errand):
                self._be_polite(host, errand)
                host.started = time.monotonic()
                self._leave(host)
                known_to_all = True
                try:
                    yield
                except _AttemptError as failed:
                    known_to_all = not failed.quota
                    if failed.quiet_s is not None and time.monotonic() + failed.quiet_s > host.quiet_until:
                        host.quiet_until, host.quiet_words = time.monotonic() + failed.quiet_s, failed.cause
                    raise
                finally:
                    self._leave(host, known_to_all=known_to_all)
        except _AttemptError as failed:
            failed.host = host.name
            raise
        finally:
            host.turn.release()

    @contextlib.contextmanager
    def _shared_turn(self, host: _Host, errand: _Errand) -> Iterator[None]:
        """The turn among the processes that share it; the host is then known as the last of them left it."""
        if self._turns is None:
            yield
            return
        begun = time.monotonic()
        if self._gap(host, errand) > GIVE_WAY_S:
            self._wait(host.released + GIVE_WAY_S - begun)  # who waits for the turn gets it now, inside of the gap
        with self._turns.turn(host.name, self._go_on) as turn:
            errand.until += time.monotonic() - begun
            seen, now, clock = turn.seen(), time.monotonic(), time.time()
            host.started = max(host.started, now - (clock - seen.started))
            if seen.quiet_until > clock and now + (seen.quiet_until - clock) > host.quiet_until:
                host.quiet_until, host.quiet_words = now + (seen.quiet_until - clock), seen.quiet_words
            host.shared = turn
            try:
                yield
            finally:
                host.shared, host.released = None, time.monotonic()

    def _leave(self, host: _Host, *, known_to_all: bool = True) -> None:
        """Tell the processes that share the turn when it was used, and how long the host wants to be left alone.

        A quota that is used up is not told: it is that of a key, and a source's own walk deals with it.
        """
        if host.shared is None:
            return
        now, clock = time.monotonic(), time.time()
        quiet = clock + (host.quiet_until - now) if known_to_all and host.quiet_until > now else 0.0
        host.shared.leave(Seen(clock - (now - host.started), quiet, host.quiet_words if quiet else ""))

    @contextlib.contextmanager
    def _shared_manners(self, host: _Host, errand: _Errand) -> Iterator[Manners | None]:
        if self._turns is None:
            yield None
            return
        begun = time.monotonic()
        with self._turns.manners(host.name, self._go_on) as manners:
            errand.until += time.monotonic() - begun
            yield manners

    def _be_polite(self, host: _Host, errand: _Errand) -> None:
        if host.failures >= FAILURES:
            raise _AttemptError(f"circuit open: {FAILURES} requests in a row to {host.name} failed", counted=False)
        gap = self._gap(host, errand)
        wait = max(host.started + gap, host.quiet_until) - time.monotonic()
        if wait > 0:
            if time.monotonic() + wait > errand.until:
                asked = host.quiet_until > host.started + gap
                raise _AttemptError(host.quiet_words if asked else "no turn before the deadline")
            self._sleep(wait)
        self._go_on()

    def _gap(self, host: _Host, errand: _Errand) -> float:
        gap = self._network.min_gap_s
        return max(errand.entry.min_gap_s, host.delay_s) if gap is None else gap

    def _take(self, lock: threading.Lock, errand: _Errand) -> None:
        """Wait for a lock; what others do with it meanwhile doesn't count against this errand."""
        begun = time.monotonic()
        while not lock.acquire(timeout=TICK_S):
            self._go_on()
        errand.until += time.monotonic() - begun

    def _host(self, authority: str) -> _Host:
        with self._guard:
            return self._hosts.setdefault(authority, _Host(authority))

    def _count(self, failed: _AttemptError) -> None:
        if failed.counted and failed.host:
            self._host(failed.host).failures += 1

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._stopped and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, TICK_S))

    def _go_on(self) -> None:
        if self._stopped:
            raise _AttemptError("the run is being stopped", counted=False)

    # --- one exchange ---

    def _exchange(self, target: _Target, headers: Mapping[str, str], errand: _Errand) -> _Answer:
        """One question, one answer, on a connection of its own.

        Raises:
            _AttemptError: no answer that can be used.
        """
        host = self._host(target.authority)
        with self._turn(host, errand):
            left = errand.until - time.monotonic()
            if left <= 0:
                raise _AttemptError(self._too_late())
            call = _Call()
            timer = threading.Timer(left, call.cut)
            timer.daemon = True
            self._calls.add(call)
            timer.start()
            try:
                self._go_on()  # `stop` may have gone through the calls before this one was among them
                return self._converse(call, target, headers, errand)
            except (
                requests.RequestException,
                urllib3.exceptions.HTTPError,
                http.client.HTTPException,
                OSError,
            ) as error:
                self._judge_cut(call)
                raise _explain(error, call) from None
            finally:
                host.started = max(host.started, call.dialled)
                timer.cancel()
                self._calls.discard(call)
                call.close()

    def _converse(self, call: _Call, target: _Target, headers: Mapping[str, str], errand: _Errand) -> _Answer:
        bundle = self._network.ca_bundle
        if bundle and target.scheme == "https" and not Path(bundle).exists():
            raise _AttemptError(f"no file with certificates to trust at {bundle}", counted=False)
        prepared = target.prepared.copy()
        prepared.headers.update(headers)
        with contextlib.ExitStack() as stack:
            adapter = stack.enter_context(contextlib.closing(_Adapter(call)))
            errand.calls += 1
            response = adapter.send(
                prepared,
                stream=True,
                timeout=(CONNECT_S, READ_S),  # the deadline is the timer's: both at once would race
                verify=bundle or True,
                proxies=self._proxies(target),
            )
            stack.callback(response.close)
            status, answered = response.status_code, response.headers
            if status == http.HTTPStatus.OK:
                return _Answer(status, target, answered, self._body(response, call, errand.entry.cap_bytes))
            if status in MOVED and not answered.get("Location", "").strip():
                raise _AttemptError(f"status {status} without a Location", status=status)
            asked = status == http.HTTPStatus.NOT_MODIFIED and bool(errand.conditions)
            if asked or status in MISSING or status in MOVED:
                return _Answer(status, target, answered)
            said = self._excuse(response, call) if status == http.HTTPStatus.FORBIDDEN else ""
            raise _unusable(status, answered.get("Retry-After"), said)

    def _body(self, response: requests.Response, call: _Call, cap: int) -> bytes:
        """The body, whole and unpacked.

        Raises:
            _AttemptError: cut short, over the cap, or packed in a way that wasn't offered.
        """
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in {"", "identity", "gzip", "x-gzip"}:
            raise _AttemptError(f"Content-Encoding {encoding[:40]!r}, which was not offered", again=True)
        transfer = response.headers.get("Transfer-Encoding", "").strip().lower()
        if transfer not in {"", "identity", "chunked"}:  # http.client would hand on its packing as the body
            raise _AttemptError(f"Transfer-Encoding {transfer[:40]!r}, which was not offered", again=True)
        said = response.headers.get("Content-Length", "").strip()
        length = int(said) if transfer != "chunked" and re.fullmatch(r"[0-9]{1,18}", said) else None
        if length is not None and length > cap:
            raise _AttemptError(f"a body of {length} bytes, over the source's limit of {cap}")
        body, count = _Body(cap, gzipped="gzip" in encoding), 0
        while piece := response.raw.read1(PIECE, decode_content=False):
            count += len(piece)
            body.feed(piece)
            self._judge_cut(call)
        self._judge_cut(call)  # a connection that was cut looks like one that has ended
        if length is not None and count != length:
            raise _AttemptError(f"{count} of {length} bytes", again=True)
        return body.whole()

    def _excuse(self, response: requests.Response, call: _Call) -> str:
        """The first words of a refusal: a gateway says there that the quota of the day is used up."""
        said = response.raw.read1(EXCUSE_BYTES, decode_content=False)
        self._judge_cut(call)
        return bytes(said).decode("utf-8", "replace")

    def _judge_cut(self, call: _Call) -> None:
        if call.cut_off:
            self._go_on()
            raise _AttemptError(self._too_late())

    def _too_late(self) -> str:
        return f"no whole answer within {self._deadline_s:g} s"

    def _proxies(self, target: _Target) -> dict[str, str]:
        proxy = self._network.proxies.get(target.scheme)
        if not proxy or _bypassed(target, self._network.no_proxy):
            return {}
        proxy = proxy if "://" in proxy else f"http://{proxy}"
        parts = _split(proxy)
        if parts is None or parts.scheme not in PORTS or not parts.hostname or _port(parts) is None:
            raise _AttemptError("a proxy setting that isn't of the form http://host:port", counted=False)
        return {target.scheme: proxy}


def _unusable(status: int, retry_after: str | None, said: str = "") -> _AttemptError:
    """What a status means that is no answer; 304 gets here where nothing was asked conditionally."""
    if spent := QUOTA.search(said):
        days, hours, minutes, odd = (int(part or 0) for part in spent.groups())
        wait = timedelta(days=days, hours=hours, minutes=minutes, seconds=odd)
        free_at = datetime.fromtimestamp(min(time.time() + wait.total_seconds(), LAST_INSTANT), UTC)
        words = f"status {status}: the calls of the day are used up until {free_at:%Y-%m-%d %H:%M} UTC"
        return _AttemptError(words, status=status, quiet_s=wait.total_seconds(), counted=False, quota=True)
    words = f"status {status}"
    with contextlib.suppress(ValueError):  # a number that HTTP doesn't name
        words = f"{words} {http.HTTPStatus(status).phrase}"
    if status == http.HTTPStatus.NOT_MODIFIED:
        return _AttemptError(f"{words}, though nothing was asked conditionally", again=True, status=status)
    seconds = _retry_after(retry_after) if status in RETRIED else None
    if seconds is None:
        return _AttemptError(words, again=status in RETRIED, status=status)
    until = datetime.fromtimestamp(min(time.time() + seconds, LAST_INSTANT), UTC)
    return _AttemptError(
        f"{words}, with the wish to be left alone until {until:%Y-%m-%d %H:%M:%S} UTC",
        again=seconds <= LONGEST_WAIT_S,
        status=status,
        quiet_s=seconds,
    )


def _outcome(status: int) -> Outcome:
    if status == http.HTTPStatus.NOT_MODIFIED:
        return "not_modified"
    return "missing" if status in MISSING else "ok"


def _told(cause: str, attempts: int) -> str:
    """The cause with the number of attempts, which a long cause must not push out of the message."""
    tail = f" ({attempts} attempt{'s' if attempts > 1 else ''})"
    room = LONGEST_QUOTE - len(tail)
    return f"{cause if len(cause) <= room else f'{cause[: room - 1]}…'}{tail}"


def _user_agent(contact: str, *, browser_like: bool = False) -> str:
    """`Amur/0.1.0 (+contact)` in ASCII on one line whatever the contact is, or as `Mozilla/5.0 (compatible; …)`."""
    clean = re.sub(r"[^\x20-\x7e]", "?", " ".join(contact.split())).translate({ord("("): None, ord(")"): None})
    if browser_like:
        return f"Mozilla/5.0 (compatible; Amur/{VERSION}{f'; +{clean}' if clean else ''})"
    return f"Amur/{VERSION} (+{clean})" if clean else f"Amur/{VERSION}"


def _checked(headers: Mapping[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if not HEADER_NAME.fullmatch(name) or not HEADER_VALUE.fullmatch(value):
            raise _ForbiddenError(
                f"header {name!r} with characters or blanks that HTTP does not allow",
                "headers that HTTP allows",
            )
    return dict(headers)


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _port(parts: SplitResult) -> int | None:
    try:
        return PORTS.get(parts.scheme) if parts.port is None else parts.port
    except ValueError:
        return None


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_public(address: str) -> bool:
    """Is it an address of the public internet? One wrapped into IPv6 counts as what it wraps."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            return _is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _bypassed(target: _Target, no_proxy: str) -> bool:
    """Does NO_PROXY name the host: as `*`, a host or a domain, with or without a leading dot and a port?"""
    for item in re.split(r"[,\s]+", no_proxy.lower()):
        name, _, port = item.partition(":")
        name = name.removeprefix("*").removeprefix(".")
        if item == "*" or (
            name
            and (target.host == name or target.host.endswith(f".{name}"))
            and (not port or port == str(target.port))
        ):
            return True
    return False


def _location(answer: _Answer) -> str:
    """Where a redirect leads.

    Raises:
        _ForbiddenError: it can't be read.
    """
    said = answer.headers["Location"].strip()
    with contextlib.suppress(UnicodeError):  # http.client reads headers as latin-1, servers write UTF-8
        said = said.encode("latin-1").decode("utf-8")
    try:
        return urljoin(answer.target.url, said)
    except ValueError:
        raise _ForbiddenError("a redirect that can't be read", "a web address") from None


def _rules(text: str) -> Protego:
    """The rules of a robots.txt, with wildcards and the longest match before others (RFC 9309)."""
    return Protego.parse(text)


def _retry_after(value: str | None) -> float | None:
    """Seconds from now on the machine's own clock; 0 for a time that is past; None where it can't be read."""
    if value is None:
        return None
    value = value.strip()
    if re.fullmatch(r"[0-9]+", value):
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        return max(0.0, when.timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error with all that it wraps: requests and urllib3 put causes in `reason`, `args` or behind it."""
    todo, seen = [error], set[int]()
    while todo:
        one = todo.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        inside = (getattr(one, "reason", None), one.__cause__, one.__context__, *one.args)
        todo.extend(other for other in inside if isinstance(other, BaseException))


def _explain(error: BaseException, call: _Call) -> _AttemptError:
    """The cause in our own words: those of requests hold whole URLs."""
    chain = tuple(_chain(error))

    def among(*kinds: type[BaseException]) -> BaseException | None:
        return next((one for one in chain if isinstance(one, kinds)), None)

    distrust = among(ssl.SSLCertVerificationError)
    if isinstance(distrust, ssl.SSLCertVerificationError):
        return _AttemptError(f"a TLS certificate that can't be trusted ({distrust.verify_message.rstrip('.')})")
    tunnel = next((str(one) for one in chain if str(one).startswith("Tunnel connection failed")), "")
    words: str
    if tunnel:
        words = f"{call.peer} opens no tunnel ({tunnel.removeprefix('Tunnel connection failed: ')[:60]})"
    elif among(socket.gaierror):
        words = f"{call.peer} does not resolve"
    elif among(ConnectionRefusedError):
        words = f"connection refused by {call.peer}"
    elif among(TimeoutError, urllib3.exceptions.TimeoutError):
        words = f"no more data from {call.peer} in time" if call.reached else f"no connection to {call.peer} in time"
    elif among(ssl.SSLError):
        words = f"a broken TLS connection to {call.peer}"
    elif among(http.client.RemoteDisconnected):
        words = "a connection closed without an answer"
    elif among(http.client.IncompleteRead, urllib3.exceptions.IncompleteRead):
        words = "a body cut short"
    elif among(ConnectionError):
        words = "a connection reset"
    else:
        system = next((one.strerror for one in chain if isinstance(one, OSError) and one.strerror), None)
        words = system or f"an answer that is not HTTP ({type(chain[-1]).__name__})"
    slow = call.reached or among(TimeoutError) is not None
    return _AttemptError(words, again=True, pause_s=None if slow else QUICK_S)
