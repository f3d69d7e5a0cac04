"""`amur report --serve`: the report's files, and a page on which a reader asks SQL, from one small server.

It only reads. The files are those below AMUR_HOME/reports; a query goes to `warehouse.ask`, one at a time, each in a
process of its own. Another site's page can reach a server on the loopback through the reader's browser: so a request
must name this server as its host, and a query that another site's link brought is shown and not run.
"""

from __future__ import annotations

import ipaddress
import os
import select
import signal
import socket
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote, urlsplit

from flows import show
from flows.published import published
from flows.run import Exit
from sources.errors import AmurError
from warehouse.ask import MOST_CSV_ROWS, Answer, Desk, Taken
from warehouse.publisher import PUBLISHED
from warehouse.report.ask_page import LONGEST_SQL, AskPage

if TYPE_CHECKING:
    from flows.settings import Settings

__all__ = ["ReportServer", "listening", "serve"]

COOKBOOK: Final = Path(__file__).parents[1] / "docs" / "cookbook.md"
SIGNAL_EXIT: Final = 128
MOST_AT_ONCE: Final = 32  # connections; one more is closed
IDLE_S: Final = 30.0  # for a client to send its request, or to take its answer
ENDS_S: Final = 9.5  # for all to end, as `amur serve`
TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".sql": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".atom": "application/atom+xml",
    ".svg": "image/svg+xml",
}
SECTIONS_END: Final = b"</ul></nav>"
LINK_TO_SQL: Final = b'<li><a href="/sql">SQL</a></li>\n'
FRAMELESS: Final = "frame-ancestors 'none'"  # what a page can't say of itself
REFUSED: Final = {
    "query": HTTPStatus.BAD_REQUEST,
    "time": HTTPStatus.BAD_REQUEST,
    "size": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}  # anything else is a fault of ours
TAKEN: Final = "Another question is being answered, and this server answers one at a time. Ask again in a moment."
FOREIGN: Final = "This question came by a link from elsewhere, and has not been asked. Read it; `Ask` asks it."
TOO_LONG: Final = f"The query is longer than {LONGEST_SQL:,} characters. `amur sql` takes longer ones."
MANY: Final = f"More than {MOST_CSV_ROWS:,} rows, or 64 MB: `amur sql QUERY --format csv --out FILE` writes them all."


def serve(settings: Settings, host: str, port: int, limit_s: float, *, as_json: bool) -> int:
    """Serve until SIGTERM or Ctrl-C; gives the exit code.

    Raises:
        AmurError: an address that isn't of this machine, or a port that is taken.
    """
    published(settings)
    with _until_told() as told, listening(settings.home, host, port, limit_s) as server:
        if as_json:
            show.as_json_text({"report": server.url, "sql": f"{server.url}sql", "pid": os.getpid()})
        else:
            print(f"The report       {server.url}")
            print(f"SQL              {server.url}sql")
            print(f"Stop             Ctrl-C, or kill -TERM {os.getpid()}")
        sys.stdout.flush()
        if not server.on_loopback:
            print(
                f"amur: warning: {host} is not this machine's loopback: anybody who reaches {server.url} reads the "
                "report and may ask, without a password and unencrypted",
                file=sys.stderr,
            )
        told.wait()
        print("amur: ending in order", file=sys.stderr)
    return Exit.OK


@contextmanager
def _until_told() -> Iterator[threading.Event]:
    """An event that the first SIGTERM or Ctrl-C sets; a second one, or an end that takes too long, is a hard one."""
    told = threading.Event()

    def hear(number: int, _frame: FrameType | None) -> None:
        if told.is_set():
            os._exit(SIGNAL_EXIT + number)
        guard = threading.Timer(ENDS_S, os._exit, [SIGNAL_EXIT + number])
        guard.daemon = True
        guard.start()
        told.set()

    before = {number: signal.signal(number, hear) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def listening(home: Path, host: str, port: int, limit_s: float) -> Iterator[ReportServer]:
    """A server at work for the time of the block; see `ReportServer`."""
    server = ReportServer(home, host, port, limit_s)
    thread = threading.Thread(target=server.serve_forever, name="report", daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.end()
        thread.join()


class ReportServer(ThreadingHTTPServer):
    """The server; `serve_forever` serves, `end` ends it and the query at work."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, home: Path, host: str, port: int, limit_s: float) -> None:
        """Listen; port 0 is a free one.

        Raises:
            AmurError: an address that isn't of this machine, or a port that is taken.
        """
        self.given = host
        self.reports = home / "reports"
        self.desk = Desk(home / PUBLISHED, limit_s)
        self.ask_page = AskPage(home / PUBLISHED, limit_s, COOKBOOK)
        self.places = threading.BoundedSemaphore(MOST_AT_ONCE)
        try:
            self.address_family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            super().__init__((str(address[0]), port), Handler)
        except OSError as error:
            raise AmurError(
                at=f"--host {host} --port {port}",
                expected="an address of this machine, and a port that is free",
                found=error.strerror or str(error),
                advice="--port 0 takes a free one",
            ) from error

    def server_bind(self) -> None:
        """Bind, without a question to a name server for this machine's name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    @property
    def url(self) -> str:
        """Where it listens."""
        name = f"[{self.server_name}]" if ":" in self.server_name else self.server_name
        return f"http://{name}:{self.server_port}/"

    @property
    def on_loopback(self) -> bool:
        """Is it this machine alone that can reach it?"""
        return ipaddress.ip_address(self.server_name.partition("%")[0]).is_loopback

    def end(self) -> None:
        """Take no more, stop the query at work, and close."""
        self.shutdown()
        self.desk.close()
        self.ask_page.close()
        self.server_close()

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """A thread for the connection, as long as there are not too many."""
        if self.places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """The connection's thread."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.places.release()

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """A client that has left is no failure; anything else is told on stderr, and the server goes on."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One request. It is HTTP/1.0: a connection is closed after its answer."""

    server: ReportServer
    server_version = "Amur"
    sys_version = ""
    timeout = IDLE_S

    def do_GET(self) -> None:
        """The page of SQL, its CSV, or a file of the report."""
        try:
            self._answer()
        except AmurError as error:  # the published database can't be opened
            print(f"amur: {error}", file=sys.stderr)
            self._words(HTTPStatus.INTERNAL_SERVER_ERROR, "The published database can’t be opened.")

    do_HEAD = do_GET  # noqa: N815 (the name that the server looks for)

    def log_message(self, *_: object) -> None:
        """Keep no list of who reads what."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """What the server itself refuses, in plain words; a method that isn't served is 405."""
        status = HTTPStatus(code)
        if status is HTTPStatus.NOT_IMPLEMENTED and getattr(self, "command", None):
            status = HTTPStatus.METHOD_NOT_ALLOWED
        self._words(status, status.description or status.phrase)

    def _answer(self) -> None:
        if not self._is_for_us():
            self._words(HTTPStatus.MISDIRECTED_REQUEST, "This server answers to its own address alone.")
            return
        if not self.path.startswith("/"):
            self._words(HTTPStatus.BAD_REQUEST, "The address is none of this server.")
            return
        address = urlsplit(f"http://here{self.path}")
        if address.path in {"/sql", "/sql.csv"}:
            self._asked(address.query, as_csv=address.path.endswith(".csv"))
        elif address.path == "/favicon.ico":
            self._send(HTTPStatus.NO_CONTENT, b"", "image/x-icon")
        else:
            self._file(address.path)

    def _is_for_us(self) -> bool:
        """Does the request name this server as its host: the address that it came to, the loopback, or --host?

        Any port: a tunnel has one of its own.
        """
        named = self.headers.get_all("Host") or []
        if len(named) != 1:
            return False
        try:
            name = urlsplit(f"//{named[0]}").hostname or ""
        except ValueError:
            return False
        here = str(self.connection.getsockname()[0]).partition("%")[0]
        if name in {"localhost", self.server.given.lower(), here}:
            return True
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False

    def _asked(self, query: str, *, as_csv: bool) -> None:
        try:
            sql = parse_qs(query, keep_blank_values=True, max_num_fields=8).get("q", [""])[0].replace("\r\n", "\n")
        except ValueError:
            sql = ""
        page = self.server.ask_page
        if self.command == "HEAD" or not sql.strip():
            self._page(HTTPStatus.OK, page.page(sql))
        elif not self.server.desk.published.exists():
            self._page(HTTPStatus.SERVICE_UNAVAILABLE, page.page(sql))
        elif len(sql) > LONGEST_SQL:
            self._page(HTTPStatus.REQUEST_URI_TOO_LONG, page.page("", note=TOO_LONG))
        elif self.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
            self._page(HTTPStatus.OK, page.page(sql, note=FOREIGN))
        else:
            self._ask(sql, as_csv=as_csv)

    def _ask(self, sql: str, *, as_csv: bool) -> None:
        page = self.server.ask_page
        try:
            answer = self.server.desk.ask(sql, as_csv=as_csv, gone=self._has_left)
        except Taken:
            self._page(HTTPStatus.SERVICE_UNAVAILABLE, page.page(sql, note=TAKEN), {"Retry-After": "5"})
            return
        if answer.kind == "gone":  # or this server ends
            self._words(HTTPStatus.SERVICE_UNAVAILABLE, "The question was stopped: nobody waited for it any more.")
        elif answer.error:
            note = MANY if answer.kind == "size" else ""
            status = REFUSED.get(answer.kind, HTTPStatus.INTERNAL_SERVER_ERROR)
            self._page(status, page.page(sql, answer, note))
        elif as_csv:
            self._csv(answer)
        else:
            self._page(HTTPStatus.OK, page.page(sql, answer))

    def _has_left(self) -> bool:
        """Has the client closed its end?"""
        ready, _, _ = select.select([self.connection], [], [], 0)
        try:
            return bool(ready) and self.connection.recv(1, socket.MSG_PEEK) == b""
        except OSError:
            return True

    def _file(self, path: str) -> None:
        """A file below the folder of reports, wherever the address and links of the disk lead: never one beside it."""
        root = self.server.reports.resolve()
        name = unquote(path).lstrip("/")
        parts = name.split("/")
        if "\0" in name or "\\" in name or any(part.startswith(".") for part in parts):
            self._words(HTTPStatus.NOT_FOUND, "There is no such page.")
            return
        try:
            target = (root / name / "index.html" if name == "" or name.endswith("/") else root / name).resolve()
            if not target.is_relative_to(root) or not target.is_file():
                raise FileNotFoundError(name)
            body = target.read_bytes()
        except OSError:
            if name in {"", "index.html"}:
                self._words(
                    HTTPStatus.NOT_FOUND, "No report is written yet: `amur report` writes it, and so does each night."
                )
            else:
                self._words(HTTPStatus.NOT_FOUND, "There is no such page.")
            return
        if target.suffix == ".html":
            body = body.replace(SECTIONS_END, LINK_TO_SQL + SECTIONS_END, 1)
        kind = TYPES.get(target.suffix, "application/octet-stream")
        self._send(HTTPStatus.OK, body, kind, {"Cache-Control": "no-cache", "Content-Security-Policy": FRAMELESS})

    def _csv(self, answer: Answer) -> None:
        name = "".join(c for c in answer.snapshot_id or "" if c.isascii() and (c.isalnum() or c in "-_"))
        self._send(
            HTTPStatus.OK, answer.csv.encode(errors="replace"), TYPES[".csv"],
            {
                "Cache-Control": "no-store",
                "Content-Disposition": f'attachment; filename="answer-{name}.csv"',
                "Content-Security-Policy": f"default-src 'none'; {FRAMELESS}",
            },
        )  # fmt: skip

    def _words(self, status: HTTPStatus, words: str) -> None:
        """A page with a few words."""
        more = {"Allow": "GET, HEAD"} if status is HTTPStatus.METHOD_NOT_ALLOWED else {}
        self._page(status, self.server.ask_page.plain(status.phrase, words), more)

    def _page(self, status: HTTPStatus, body: bytes, more: dict[str, str] | None = None) -> None:
        policy = f"{self.server.ask_page.policy}; {FRAMELESS}"
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": policy, **(more or {})}
        self._send(status, body, TYPES[".html"], headers)

    def _send(self, status: HTTPStatus, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
