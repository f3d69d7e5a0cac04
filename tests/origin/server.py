"""A small web on loopback for tests and the demo: a forward proxy that answers every address from a mapping.

A family of addresses can be answered by a function instead, for services whose answers can't be listed.

It stands in for whole hosts: a client whose proxy it is asks for http://english.customs.gov.cn/... or opens a tunnel
to www.cbr.ru:443, and nothing leaves the machine. Certificates of the hosts behind tunnels are made when they are
asked for, signed by an authority whose key is thrown away with the origin.
"""

from __future__ import annotations

import email.utils
import hashlib
import re
import socket
import ssl
import struct
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Final, NamedTuple, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

__all__ = ["Answer", "Asked", "Line", "Misbehaviour", "Origin", "Page", "Service"]

LOOPBACK: Final = "127.0.0.1"
PORTS: Final = {"http": 80, "https": 443}
PLACE: Final = re.compile(r"([A-Za-z0-9.-]+):[0-9]{1,5}")
ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,4})?(?:[/?]|$)")
PATIENCE_S: Final = 30.0  # a client that says nothing for so long is let go
# The origin has no clock: a page is a minute younger with each change, from an instant that is long past.
FIRST_CHANGE: Final = datetime(2026, 7, 1, tzinfo=UTC)
VALID: Final = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC))


class Page(NamedTuple):
    """What an address answers with; `headers` are sent beside those that the origin makes itself."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = MappingProxyType({})


class Answer(NamedTuple):
    """What a service says to one request; it has no validators but those among `headers`."""

    body: bytes
    status: HTTPStatus = HTTPStatus.OK
    content_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = MappingProxyType({})


class Line(NamedTuple):
    """What a misbehaviour has in its hands: the way to the client, and the page that it asked for."""

    send: Callable[[bytes], object]
    reset: Callable[[], None]
    page: Page


@dataclass(slots=True)
class Misbehaviour:
    """What is done in place of an answer: to addresses with `match` in them, `times` times (None: always).

    `applied` counts how often it was. `act` writes what it likes; afterwards the connection is closed.
    """

    match: str
    act: Callable[[Line], None]
    times: int | None = None
    applied: int = 0


# Takes the address as it was asked for and the request's headers; several requests may come at once.
Service = Callable[[str, Message], Answer]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came; `conditional`: it named a version that the client has."""

    method: str
    url: str
    conditional: bool
    status: int


@dataclass(frozen=True, slots=True)
class _Version:
    """A page with what tells its versions apart."""

    page: Page
    etag: str
    changed_at: datetime

    def is_known(self, headers: Message) -> bool:
        """Does the client have this version already? An ETag counts before a date (RFC 9110, 13.2.2)."""
        if (tags := headers.get("If-None-Match")) is not None:
            return tags.strip() == "*" or self.etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        try:
            since = email.utils.parsedate_to_datetime(headers.get("If-Modified-Since", ""))
        except ValueError:
            return False  # none, or one that can't be read: as good as none
        return self.changed_at <= (since if since.tzinfo else since.replace(tzinfo=UTC))


def _key(url: str) -> str:
    """One text for all spellings of an address: default port, case of the host, order and escapes of the query."""
    parts = urlsplit(url)
    port = parts.port if parts.port != PORTS.get(parts.scheme) else None
    host = f"{parts.hostname}:{port}" if port else parts.hostname
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{parts.scheme}://{host}{parts.path or '/'}{'?' if query else ''}{query}"


class Origin:
    """The pages and services of some hosts, served on a free port of loopback from `with` to its end.

    A service answers every address that begins with its own and is no page.
    Everything else, `robots.txt` too, is 404. `environment` is what a program needs to see this web and no other.
    """

    def __init__(self, pages: Mapping[str, Page], services: Mapping[str, Service] = MappingProxyType({})) -> None:
        """Take the pages by their full addresses, services by how theirs begin; nothing is opened yet."""
        self._guard = threading.Lock()
        self._pages: dict[str, _Version] = {}
        self._asked: list[Asked] = []
        self._changes = 0
        self.misbehaviours: list[Misbehaviour] = []
        self._services = {_key(start): service for start, service in services.items()}
        for url, page in pages.items():
            self._keep(url, page)

    def __enter__(self) -> Self:
        """Make the authority and listen."""
        self._folder = tempfile.TemporaryDirectory(prefix="amur-origin-")
        self._authority = _Authority(Path(self._folder.name))
        self._server = _Server(self, self._authority)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="origin", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening, wait for open answers, throw the authority away."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._folder.cleanup()

    @property
    def proxy(self) -> str:
        """Where it listens, as a proxy's URL."""
        return f"http://{LOOPBACK}:{self._server.server_address[1]}"

    @property
    def certificate(self) -> Path:
        """The authority's certificate: who trusts it trusts every host behind a tunnel."""
        return self._authority.path

    @property
    def asked(self) -> tuple[Asked, ...]:
        """All requests so far, in the order in which they were answered; a tunnel is one of its own."""
        with self._guard:
            return tuple(self._asked)

    def environment(self) -> dict[str, str]:
        """The variables that lead a program here for all but loopback itself."""
        return {
            "HTTP_PROXY": self.proxy,
            "HTTPS_PROXY": self.proxy,
            "NO_PROXY": f"{LOOPBACK},localhost",
            "REQUESTS_CA_BUNDLE": str(self.certificate),
        }

    def set(self, url: str, body: bytes) -> None:
        """Replace the body of a page that is there; it gets another ETag and a later date.

        Raises:
            KeyError: no such page.
        """
        with self._guard:
            before = self._pages[_key(url)]
        self._keep(url, before.page._replace(body=body))

    def misbehaviour(self, url: str) -> tuple[Misbehaviour, Page] | None:
        """What is to be done in place of an answer, with the page that stands at the address; it counts as applied."""
        with self._guard:
            for one in self.misbehaviours:
                if one.match in url and (one.times is None or one.applied < one.times):
                    one.applied += 1
                    version = self._pages.get(_key(url))
                    return one, version.page if version else Page(b"")
        return None

    def answer(self, method: str, url: str, headers: Message) -> tuple[HTTPStatus, _Version | None]:
        """The status for a request and the page that it is about; notes the request."""
        conditional = "If-None-Match" in headers or "If-Modified-Since" in headers
        with self._guard:
            version = self._pages.get(_key(url))
            status = HTTPStatus.NOT_FOUND
            if version is not None:
                status = HTTPStatus.NOT_MODIFIED if version.is_known(headers) else HTTPStatus.OK
            self._asked.append(Asked(method, url, conditional, status))
        return status, version

    def served(self, method: str, url: str, headers: Message) -> Answer | None:
        """What a service says to the request, which is noted; None if it is about a page or nothing."""
        key = _key(url)
        service = next((one for start, one in self._services.items() if key.startswith(start)), None)
        with self._guard:
            if service is None or key in self._pages:
                return None
        answer = service(url, headers)
        conditional = "If-None-Match" in headers or "If-Modified-Since" in headers
        self.note(method, url, answer.status, conditional=conditional)
        return answer

    def note(self, method: str, url: str, status: HTTPStatus, *, conditional: bool = False) -> None:
        """Note a request that is about no page."""
        with self._guard:
            self._asked.append(Asked(method, url, conditional, status))

    def _keep(self, url: str, page: Page) -> None:
        with self._guard:
            self._changes += 1
            changed_at = FIRST_CHANGE + self._changes * timedelta(minutes=1)
            etag = f'"{hashlib.sha256(page.body).hexdigest()[:32]}"'
            self._pages[_key(url)] = _Version(page, etag, changed_at)


@dataclass(slots=True)
class _Authority:
    """Signs a certificate for each host that is asked for; the files lie in `folder`."""

    folder: Path
    path: Path = field(init=False)
    _key: ec.EllipticCurvePrivateKey = field(init=False)
    _own: x509.Certificate = field(init=False)
    _contexts: dict[str, ssl.SSLContext] = field(init=False, default_factory=dict)
    _guard: threading.Lock = field(init=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Make the authority's own key and certificate."""
        self._key = ec.generate_private_key(ec.SECP256R1())
        name = _name("Amur's test origin: trust it nowhere else")
        identifier = x509.SubjectKeyIdentifier.from_public_key(self._key.public_key())
        usage = x509.KeyUsage(
            digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
            key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        self._own = (
            _builder(name, name, self._key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(identifier, critical=False)
            .sign(self._key, hashes.SHA256())
        )
        self.path = self.folder / "authority.pem"
        self.path.write_bytes(self._own.public_bytes(serialization.Encoding.PEM))

    def context(self, host: str) -> ssl.SSLContext:
        """What a server that calls itself `host` needs for TLS."""
        with self._guard:
            if host not in self._contexts:
                self._contexts[host] = self._certified(host)
            return self._contexts[host]

    def _certified(self, host: str) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = x509.SubjectKeyIdentifier.from_public_key(self._key.public_key())
        made = (
            _builder(_name(host), self._own.subject, key)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer),
                critical=False,
            )
            .sign(self._key, hashes.SHA256())
        )
        pair = self.folder / f"host-{len(self._contexts)}.pem"
        pair.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + made.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair)
        return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])  # X.520 allows no more


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID[0])
        .not_valid_after(VALID[1])
    )


class _Server(ThreadingHTTPServer):
    """The listener; it ends only when its answers have ended."""

    daemon_threads = False

    def __init__(self, origin: Origin, authority: _Authority) -> None:
        """Take a free port."""
        super().__init__((LOOPBACK, 0), _Handler)
        self.origin, self.authority = origin, authority


class _Handler(BaseHTTPRequestHandler):
    """One connection: a request for a whole address, or CONNECT and then one request inside of the tunnel."""

    protocol_version = "HTTP/1.1"
    timeout = PATIENCE_S
    server: _Server
    inside = ""  # of which host's tunnel, as `https://www.cbr.ru`

    def do_CONNECT(self) -> None:
        """Open the tunnel; at its other end is this same origin."""
        place = PLACE.fullmatch(self.path)
        if self.inside or place is None:
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        self.server.origin.note("CONNECT", self.path, HTTPStatus.OK)
        self.send_response(HTTPStatus.OK, "Connection established")
        self.end_headers()
        self.wfile.flush()
        plain = self.rfile, self.wfile
        self.connection = self.server.authority.context(place[1]).wrap_socket(self.connection, server_side=True)
        for stream in plain:
            stream.close()
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb")
        self.inside = f"https://{place[0]}".removesuffix(":443")
        self.close_connection = False  # clients ask for a tunnel in HTTP/1.0

    def do_GET(self) -> None:
        """Answer with a page, what a service says, 304 or 404."""
        url = f"{self.inside}{self.path}" if self.inside else self.path
        if not ADDRESS.match(url) or url.startswith("https:") != bool(self.inside):
            self._refuse(HTTPStatus.BAD_REQUEST)  # not asked as a proxy
            return
        if (wrong := self.server.origin.misbehaviour(url)) is not None:
            self._misbehave(url, *wrong)
            return
        said = self.server.origin.served(self.command, url, self.headers)
        if said is not None:
            self._say(said)
            return
        status, version = self.server.origin.answer(self.command, url, self.headers)
        body = b"not here\n" if version is None else version.page.body
        self.send_response(status)
        if version is not None:
            self.send_header("ETag", version.etag)
            self.send_header("Last-Modified", email.utils.format_datetime(version.changed_at, usegmt=True))
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", "text/plain" if version is None else version.page.content_type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in ({} if version is None else version.page.headers).items():
                self.send_header(name, value)
        self._end(b"" if status == HTTPStatus.NOT_MODIFIED else body)

    def handle(self) -> None:
        """Serve the connection; a client that goes away, or doesn't trust the certificate, ends it."""
        try:
            super().handle()
        except (ConnectionError, ssl.SSLError):
            self.close_connection = True

    def finish(self) -> None:
        """Give all handles back: TLS has taken over the socket that the server would close."""
        try:
            super().finish()
        except (ConnectionError, ssl.SSLError):
            self.close_connection = True  # what was still to be written has nobody to read it
        finally:
            self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name of the base class)
        """Say nothing: `Origin.asked` has it all."""

    def _misbehave(self, url: str, wrong: Misbehaviour, page: Page) -> None:
        self.server.origin.note(self.command, url, HTTPStatus.OK)
        self.close_connection = True
        line = self.connection

        def reset() -> None:
            self.wfile.flush()
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.close()

        def send(data: bytes) -> None:
            self.wfile.write(data)
            self.wfile.flush()

        wrong.act(Line(send, reset, page))

    def _say(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self._end(b"" if answer.status == HTTPStatus.NOT_MODIFIED else answer.body)

    def _refuse(self, status: HTTPStatus) -> None:
        self.server.origin.note(self.command, self.path, status)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self._end(b"")

    def _end(self, body: bytes) -> None:
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        self.close_connection = True
