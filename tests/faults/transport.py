"""Transport faults: what servers and networks do wrong, against a night of the real product over a scripted origin.

A home knows China Customs' pages of a night. The next night a page has come out, and asking for it goes wrong. Then:

    I1 what was known is still there    I2 nothing stands twice
    I3 nothing stands that an undisturbed night didn't give, and no address was asked for that isn't the source's
    I4 the publication opens            I5 the page is named, and why

The night after is undisturbed: the warehouse must then say what that of a twin says whose nights all were. Prefect is
left out: its tasks only wrap these steps. The deadline of a request is 4 s in place of 90.
"""

from __future__ import annotations

import email.utils
import gzip
import http
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self
from unittest import mock

import duckdb

from flows.run import Summary, chosen, nightly_window, running
from flows.settings import Settings
from flows.steps import ahead, walk_sources
from flows.walk import Pace
from sources import web
from tests.faults.tables import Control, Fault, Options, Row, kept
from tests.origin.pages import demo_web
from tests.origin.server import Line, Misbehaviour, Origin

__all__ = ["CASES", "Case", "campaign"]

NIGHTS: Final = ("2026-07-25T02:30:00Z", "2026-07-26T02:30:00Z", "2026-07-27T02:30:00Z")
DEADLINE_S: Final = 4.0
SOURCE: Final = "gacc_preliminary"
INDEX: Final = "http://english.customs.gov.cn/statics/report/preliminary.html"
CAP: Final = 64 << 20
ELSEWHERE: Final = "other.test"


def _head(status: str = "200 OK", **headers: object) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {said}" for name, said in headers.items())]
    return ("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode()


HTML: Final = "text/html; charset=utf-8"


def _whole(line: Line, body: bytes, length: int | None = None, **headers: object) -> None:
    line.send(_head(Content_Type=HTML, Content_Length=len(body) if length is None else length, **headers) + body)


def _drop(line: Line) -> None:
    """Say nothing and close."""
    del line


def _reset(line: Line) -> None:
    line.reset()


def _hang(line: Line) -> None:
    del line
    time.sleep(DEADLINE_S + 1)


def _drip(line: Line) -> None:
    line.send(_head(Content_Type=HTML, Content_Length=len(line.page.body)))
    until = time.monotonic() + DEADLINE_S + 1
    for n in range(0, len(line.page.body), 20):
        if time.monotonic() > until:
            return
        line.send(line.page.body[n : n + 20])
        time.sleep(0.1)


def _half(line: Line) -> bytes:
    return line.page.body[: len(line.page.body) // 2]


def _reset_in_body(line: Line) -> None:
    line.send(_head(Content_Type=HTML, Content_Length=len(line.page.body)) + _half(line))
    line.reset()


def _cut_chunked(line: Line) -> None:
    body = _half(line)
    line.send(_head(Content_Type=HTML, Transfer_Encoding="chunked") + b"%x\r\n" % len(body) + body + b"\r\n")


def _cut_gzip(line: Line, *, length: bool) -> None:
    packed = gzip.compress(line.page.body, mtime=0)
    said = {"Content_Length": len(packed) // 2} if length else {}
    line.send(_head(Content_Type=HTML, Content_Encoding="gzip", **said) + packed[: len(packed) // 2])


def _bomb(line: Line) -> None:
    packed = gzip.compress(bytes(CAP + (8 << 20)), mtime=0)
    _whole(line, packed, Content_Encoding="gzip")


def _pad(line: Line) -> None:
    line.send(_head(Content_Type=HTML))
    for _ in range(80):
        line.send(b" " * (1 << 20))
    line.send(line.page.body)


def _status(status: int, **headers: object) -> Callable[[Line], None]:
    def act(line: Line) -> None:
        words = f"{status} {http.HTTPStatus(status).phrase}"
        line.send(_head(words, Content_Length=0, **{name: _said(text) for name, text in headers.items()}))

    return act


def _said(text: object) -> object:
    return email.utils.formatdate(time.time() + 2, usegmt=True) if text == "in two seconds" else text


def _redirect(to: str) -> Callable[[Line], None]:
    return _status(302, Location=to)


@dataclass(frozen=True, slots=True)
class Case:
    """A fault: what is done, how often, what the message must say (empty: it heals within the night)."""

    id: str
    rule: str
    act: Callable[[Line], None] = _drop
    times: int | None = None
    says: str = ""
    forbidden: str = ""  # an address beginning that must never be asked for
    how: str = ""  # refused, certificate: not an answer but the way there


LOOP: Final = "http://english.customs.gov.cn/loop"
CASES: Final = (
    Case("T01", "connection refused", how="refused", says="refused"),
    Case("T02", "dropped without an answer", _drop, says="closed without an answer"),
    Case("T03", "reset", _reset, says="reset"),
    Case("T04", "says nothing", _hang, says="no whole answer within"),
    Case("T05", "drips", _drip, says="no whole answer within"),
    Case("T06", "reset in mid-body", _reset_in_body, says="reset"),
    Case("T07", "cut, Content-Length", lambda li: _whole(li, _half(li), len(li.page.body)), says="cut short"),
    Case("T08", "cut, chunked", _cut_chunked, says="attempts"),
    Case("T09", "cut, close-framed", lambda li: li.send(_head(Content_Type=HTML) + _half(li)), says="</html>"),
    Case("T10", "cut gzip", lambda li: _cut_gzip(li, length=True), says="gzip cut short"),
    Case("T11", "cut gzip, close-framed", lambda li: _cut_gzip(li, length=False), says="gzip cut short"),
    Case("T12", "Content-Length too long", lambda li: _whole(li, li.page.body, 10**6), says="cut short"),
    Case("T13", "Content-Length too short", lambda li: _whole(li, li.page.body, 9000), says="</html>"),
    Case("T14", "unknown encoding", lambda li: _whole(li, li.page.body, Content_Encoding="br"), says="'br'"),
    Case("T15", "gzip bomb", _bomb, says="limit"),
    Case("T16", "80 MiB of padding", _pad, says="limit"),
    Case("T17", "429 with seconds, once", _status(429, Retry_After=1), 1),
    Case("T18", "429 with a date, once", _status(429, Retry_After="in two seconds"), 1),
    Case("T19", "500, then fine", _status(500), 1),
    Case("T20", "503 for ever", _status(503), says="status 503"),
    Case("T21", "403", _status(403), says="status 403"),
    Case("T22", "404", _status(404), says="404"),
    Case("T23", "410", _status(410), says="410"),
    Case("T24", "304 without a body known", _status(304), says="304"),
    Case("T25", "redirected in a circle", _redirect(LOOP), says="redirects"),
    Case("T26", "redirected to file:", _redirect("file:///etc/passwd"), says="http:// or https://", forbidden="file:"),
    Case("T27", "redirected to 127.0.0.1", _redirect("http://127.0.0.1/x"), says="public", forbidden="http://127."),
    Case("T28", "redirected to 169.254.169.254", _redirect("http://169.254.169.254/latest"), says="public",
         forbidden="http://169.254."),
    Case("T29", "redirected to another host", _redirect(f"http://{ELSEWHERE}/page"), says="a host of",
         forbidden=f"http://{ELSEWHERE}"),
    Case("T30", "wrong charset", lambda li: li.send(
        _head(Content_Type="text/html; charset=utf-8") + li.page.body.decode().encode("utf-16-le")), says="expected"),
    Case("T31", "429, come back in a day", _status(429, Retry_After=86400), says="left alone until"),
    Case("T32", "certificate of another authority", how="certificate", says="certificate"),
)  # fmt: skip


def campaign(options: Options) -> Iterator[Row]:
    """Every case, then the controls: no fault, and builds that are broken on purpose."""
    wanted = [case for case in CASES if options.wants(case.id)]
    if options.sample is not None:
        import random

        wanted = random.Random(options.seed).sample(wanted, min(options.sample, len(wanted)))  # noqa: S311
    with _Stage(options.scratch) as stage:
        for case in sorted(wanted, key=lambda one: one.id):
            row = stage.survived(case)
            options.say(f"transport {case.id} {case.rule}: {', '.join(row.violations) or 'survived'} {row.why}")
            yield row
        if options.only or options.sample is not None:
            return
        yield stage.undisturbed()
        for name, ids, broken in BROKEN:
            with broken():
                rows = [stage.survived(case) for case in CASES if case.id in ids]
            fails = all(row.tried and row.violations for row in rows)
            options.say(f"transport, {name}: {', '.join(f'{row.id} {row.why or None}' for row in rows)}")
            yield Control(of="transport", name=name, wanted="fails", found="fails" if fails else "passes")


@dataclass(slots=True)
class _Stage:
    """The origin, the home that every case begins with, and the twins that went undisturbed."""

    folder: Path
    origin: Origin = field(init=False)
    stranger: Origin = field(init=False)
    page: str = field(init=False)
    said: dict[str, frozenset[Any]] = field(init=False, default_factory=dict)

    def __enter__(self) -> Self:
        pages = demo_web()
        linked = pages[INDEX].body
        links = [url for url in pages if "/Statics/" in url and url.encode() in linked.replace(b"\r", b"")]
        self.page = links[-1]
        pages[f"http://{ELSEWHERE}/page"] = pages[self.page]
        pages["http://127.0.0.1/x"] = pages["http://169.254.169.254/latest"] = pages[self.page]
        self.origin = Origin(pages).__enter__()
        self.stranger = Origin({}).__enter__()
        path = self.page.removeprefix("http://english.customs.gov.cn").encode()
        at = linked.index(path)
        begins, ends = linked.rindex(b"<a", 0, at), linked.index(b"</a>", at)
        month = linked[linked.index(b">", at) + 1 : ends]
        self.origin.set(INDEX, linked[:begins] + b"<span>" + month.strip() + b"</span>" + linked[ends + 4 :])
        self.night(self.folder / "base", NIGHTS[0])
        self.origin.set(INDEX, linked)
        twin = shutil.copytree(self.folder / "base", self.folder / "twin")
        self.said["base"] = _known(twin)
        self.night(twin, NIGHTS[1])
        self.said["twin"] = _known(twin)
        self.night(twin, NIGHTS[2])
        self.said["healed"] = _known(twin)
        if not self.said["base"] or not self.said["base"] < self.said["twin"]:
            raise RuntimeError("the page of the second night brought nothing")
        return self

    def __exit__(self, *exc: object) -> None:
        self.origin.__exit__(None, None, None)
        self.stranger.__exit__(None, None, None)

    def night(self, home: Path, now: str, *, how: str = "") -> Summary:
        """One night without Prefect."""
        sources = ["cbr_fx", SOURCE] if how == "certificate" else [SOURCE]
        environment = self.origin.environment() | {"AMUR_HOME": str(home), "AMUR_NOW": now, "AMUR_GAP": "0"}
        environment["AMUR_REPORT"] = "no"
        environment["NO_PROXY"] = ""  # a request for this machine goes to the origin too, and is seen there
        if how == "certificate":
            environment["REQUESTS_CA_BUNDLE"] = str(self.stranger.certificate)
        if how == "refused":
            with socket.create_server(("127.0.0.1", 0)) as closed:
                environment["HTTP_PROXY"] = f"http://127.0.0.1:{closed.getsockname()[1]}"
        settings = Settings.read(environment)
        with running(settings, "nightly") as run:
            run.door = web.Door(settings.network(), settings.now, deadline_s=DEADLINE_S, robots=run.robots)
            with ahead(run, chosen(settings, sources), nightly_window(run.now), Pace("nightly")) as fetching:
                walk_sources(fetching)
        return run.summary

    def survived(self, case: Case) -> Fault:
        """One case from the fault to the night after it."""
        home = shutil.copytree(self.folder / "base", self.folder / "case")
        wrong = Misbehaviour(self.page, case.act, case.times)
        circle = Misbehaviour(LOOP, case.act)
        self.origin.misbehaviours = [] if case.how else [wrong, circle]
        before = len(self.origin.asked)
        try:
            broken: dict[str, str] = {}
            summary = self.night(home, NIGHTS[1], how=case.how)
            self.origin.misbehaviours = []
            asked = self.origin.asked[before:]
            known, errors = _known(home), _errors(home)
            hit = wrong.applied
            if case.how == "refused":
                hit = sum("refused" in error for error in errors)
            elif case.how == "certificate":
                hit = sum(one.method == "CONNECT" for one in asked)
            broken |= self._broken(case, home, known, [one.url for one in asked])
            told = None
            if case.says:
                named = [error for error in errors if case.says in error and ("http" in error)]
                told = bool(named)
            elif known != self.said["twin"]:
                broken["I1"] = "it was to heal within the night"
            self.night(home, NIGHTS[2])
            heals = _known(home) == self.said["healed"]
            if told is False:
                broken["I5"] = f"no message says {case.says!r}: {errors[:1]}"
            return Fault(
                id=case.id, kind="transport", rule=case.rule, hit=hit, exit=str(summary.exit_code), told=told,
                kept=kept(broken), heals=heals, why="; ".join(broken.values()),
            )  # fmt: skip
        finally:
            self.origin.misbehaviours = []
            shutil.rmtree(home)

    def _broken(self, case: Case, home: Path, known: frozenset[Any], asked: list[str]) -> dict[str, str]:
        broken = {}
        if not self.said["base"] <= known:
            broken["I1"] = f"{len(self.said['base'] - known)} rows lost"
        if twice := _twice(home):
            broken["I2"] = f"{twice} rows twice"
        if not known <= self.said["twin"] | self._of_cbr(known):
            broken["I3"] = f"{len(known - self.said['twin'])} rows that no undisturbed night gave"
        if case.forbidden and any(url.startswith(case.forbidden) for url in asked):
            broken["I3"] = f"asked for {case.forbidden}"
        if any(path.stat().st_size > CAP for path in (home / "archive").rglob("*")):
            broken["I3"] = "a body over the cap was kept"
        try:
            with duckdb.connect(str(home / "trade.duckdb"), read_only=True) as connection:
                count = connection.execute("SELECT count(*) FROM observations").fetchone()
            if not count or not count[0]:
                broken["I4"] = "the publication is empty"
        except duckdb.Error as error:
            broken["I4"] = str(error)
        return broken

    @staticmethod
    def _of_cbr(known: frozenset[Any]) -> frozenset[Any]:
        return frozenset(row for row in known if row[0] == "cbr_fx")

    def undisturbed(self) -> Control:
        """No fault: the same warehouse as the twin's."""
        home = shutil.copytree(self.folder / "base", self.folder / "case")
        self.night(home, NIGHTS[1])
        same = _known(home) == self.said["twin"]
        shutil.rmtree(home)
        return Control(of="transport", name="no fault", wanted="the same", found="the same" if same else "another")


def _rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


VINTAGES: Final = """
SELECT d.source, d.series_key, v.period_start, v.period_end, v.value, v.payload_sha256, v.locator
FROM vintages v JOIN series_dimensions d USING (series_id)
"""


def _known(home: Path) -> frozenset[Any]:
    """Every vintage, with the bytes and the place it came from."""
    return frozenset(_rows(home, VINTAGES))


def _twice(home: Path) -> int:
    rows = _rows(home, VINTAGES)
    return len(rows) - len(set(rows))


def _errors(home: Path) -> list[str]:
    """All that the ledger says of what went wrong: address and cause, of the source asked."""
    failed = _rows(home, "SELECT source || ' ' || url || ': ' || coalesce(nullif(error, ''), outcome || ' ' || status) "
                         "FROM fetches WHERE outcome NOT IN ('ok', 'not_modified')")  # fmt: skip
    held = _rows(home, "SELECT source || ' ' || url || ': ' || reason FROM quarantine")
    return [str(row[0]) for row in (*failed, *held)]


# --- builds that are broken on purpose --------------------------------------------------------------------------------


@contextmanager
def _blind() -> Iterator[None]:
    """Redirects are followed wherever they lead."""

    def aim(_door: web.Door, url: str, _errand: object, _came_from: object) -> web._Target:
        prepared = web.requests.Request("GET", url).prepare()
        parts = web._split(prepared.url or "")
        if parts is None:
            raise web._ForbiddenError(url)
        host = parts.hostname or ""
        return web._Target(prepared, url, parts.scheme, host, web._port(parts) or 80, host)

    with mock.patch.object(web.Door, "_aim", aim):
        yield


@contextmanager
def _boundless() -> Iterator[None]:
    """No limit to a body."""
    with mock.patch.object(web._Body, "_within", return_value=None):
        yield


@contextmanager
def _credulous() -> Iterator[None]:
    """What came is the body, whatever length was said."""

    def body(_door: web.Door, response: Any, _call: object, cap: int) -> bytes:  # noqa: ANN401 (of requests)
        taken = web._Body(cap, gzipped=False)
        try:
            while piece := response.raw.read1(1 << 16, decode_content=False):
                taken.feed(piece)
        except web.urllib3.exceptions.HTTPError:
            return taken.whole()
        return taken.whole()

    with mock.patch.object(web.Door, "_body", body):
        yield


BROKEN: Final = (
    ("redirects followed blindly", {"T27", "T28", "T29"}, _blind),
    ("no limit to a body", {"T16"}, _boundless),
    ("short bodies taken for good", {"T07"}, _credulous),
)
