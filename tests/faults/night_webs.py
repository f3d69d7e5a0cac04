"""Webs that change from night to night, with things that go wrong: one of our own pages, one of the recorded ones.

What a web shows on a night depends on the night alone, and not on who has asked for what before.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import struct
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from http import HTTPStatus
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Protocol, Self

from tests.origin import bulletin
from tests.origin import pages as demo
from tests.origin.server import Answer, Origin, Page, _Handler, _key
from tests.payloads.cbr_fx import pages as cbr
from tests.payloads.gacc_bulletin import pages as monthly
from tests.payloads.gacc_preliminary import pages as preliminary
from tests.payloads.lada import pages as lada
from tests.payloads.news import pages as news
from tests.payloads.worldbank_pinksheet import pages as pinksheet

__all__ = ["FAULTS", "NIGHTS", "SHARED", "Bundled", "Mishap", "Recorded", "Web", "instant"]

FIRST: Final = date(2026, 6, 28)
NIGHTS: Final = 30
SHARED: Final = Path(__file__).parents[2].parent / "shared"
# drop, reset: no answer; status: a server in trouble; cut: fewer bytes than announced; short: fewer bytes, and HTTP
# can't tell; challenge: a page for people with status 200; hang: no answer in time; gone: 404 for one night.
FAULTS: Final = ("drop", "reset", "status", "cut", "short", "challenge", "hang", "gone")
CHALLENGE: Final = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
    "<p>Please complete the CAPTCHA to go on.</p></body></html>"
)
HANG_S: Final = 4.0


def instant(night: int) -> datetime:
    """When the night with this number (from 1) begins."""
    day = FIRST + timedelta(days=night - 1)
    return datetime(day.year, day.month, day.day, 2, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mishap:
    """What goes wrong with one address; `times` answers are spoilt, 0: all of the night. `part` of a cut body comes."""

    address: str
    kind: str
    times: int = 0
    status: int = 503
    part: float = 0.5

    def __str__(self) -> str:
        """In a few words."""
        name = re.sub(r"https?://(www\.|english\.)?", "", self.address)
        short = name if len(name) <= 34 else f"{name[:14]}..{name[-18:]}"
        word = str(self.status) if self.kind == "status" else self.kind
        return f"{word} {short}{f' x{self.times}' if self.times else ''}"


class Web(Protocol):
    """A web that a campaign runs against."""

    name: str
    deadline_s: float
    sources: str

    @contextmanager
    def serving(self) -> Iterator[Mapping[str, str]]:
        """Serve until the block ends; gives the settings that lead a program here."""

    def show(self, night: int) -> None:
        """Show what is out on a night; nothing goes wrong."""

    def addresses(self, night: int) -> list[str]:
        """What is out on a night."""

    def disturb(self, mishaps: Sequence[Mishap]) -> None:
        """From now on things go wrong."""

    def applied(self) -> list[int]:
        """How many answers each mishap has spoilt."""


# --- our own pages ----------------------------------------------------------------------------------------------------


class _Spoilt(_Handler):
    """The origin's handler, with mishaps."""

    server: Any

    def do_GET(self) -> None:  # noqa: N802 (the name of the base class)
        """Answer, or spoil the answer."""
        url = f"{self.inside}{self.path}" if self.inside else self.path
        mishap = self.server.origin.mishap(url)
        if mishap is None:
            super().do_GET()
            return
        self.close_connection = True
        if mishap.kind == "hang":
            self.server.origin.closing.wait(HANG_S)
        elif mishap.kind == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        elif mishap.kind == "status":
            self._say(Answer(b"in trouble\n", HTTPStatus(mishap.status), "text/plain"))
        elif mishap.kind == "gone":
            self._say(Answer(b"not here\n", HTTPStatus.NOT_FOUND, "text/plain"))
        elif mishap.kind == "challenge":
            self._say(Answer(CHALLENGE.encode(), HTTPStatus.OK, "text/html; charset=utf-8"))
        elif mishap.kind in {"cut", "short"}:
            self._cut(url, mishap)

    def _cut(self, url: str, mishap: Mishap) -> None:
        """The first part of the body; `short`: and no word of how long it should be."""
        _, version = self.server.origin.answer(self.command, url, self.headers)
        page = version.page
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", page.content_type)
        if mishap.kind == "cut":
            self.send_header("Content-Length", str(len(page.body)))
        self._end(page.body[: int(len(page.body) * mishap.part)])


class _Moving(Origin):
    """The small web on loopback, whose pages come, change and go."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__({})
        self.closing = threading.Event()
        self.mishaps: tuple[Mishap, ...] = ()
        self.spoilt: list[int] = []

    def __enter__(self) -> Self:
        """Listen."""
        super().__enter__()
        self._server.RequestHandlerClass = _Spoilt
        return self

    def show(self, pages: Mapping[str, Page]) -> None:
        """These pages and no others; one that hasn't changed keeps its version."""
        keys = {_key(url): page for url, page in pages.items()}
        with self._guard:
            for gone in [key for key in self._pages if key not in keys]:
                del self._pages[gone]
            kept = {key: version.page.body for key, version in self._pages.items()}
        for key, page in keys.items():
            if kept.get(key) != page.body:
                self._keep(key, page)

    def disturb(self, mishaps: Sequence[Mishap]) -> None:
        """Replace what goes wrong."""
        with self._guard:
            self.mishaps, self.spoilt = tuple(mishaps), [0] * len(mishaps)

    def mishap(self, url: str) -> Mishap | None:
        """What is to go wrong with this answer; counts it."""
        key = _key(url)
        with self._guard:
            for n, one in enumerate(self.mishaps):
                if _key(one.address) == key and key in self._pages and (not one.times or self.spoilt[n] < one.times):
                    self.spoilt[n] += 1
                    return one
        return None


class Bundled:
    """Pages of customs, the Bank of Russia, the World Bank, AvtoVAZ and two outlets, by the day on which they came out.

    Rates come every working day, articles every few days and leave their feed again, customs' pages on their days; a
    bulletin, a release, an article and the prices are revised; a release is withdrawn.
    """

    name = "bundled pages"
    deadline_s = 1.5
    sources = (
        "gacc_preliminary,gacc_bulletin,cbr_fx,worldbank_pinksheet,lada,moscow_times,interfax_en,reference,"
        "reference_events"
    )

    def __init__(self) -> None:
        """Serve nothing yet."""
        self.origin = _Moving()

    @contextmanager
    def serving(self) -> Iterator[Mapping[str, str]]:
        """Serve until the block ends."""
        self.origin = _Moving()
        with self.origin:
            yield self.origin.environment() | {"AMUR_SOURCES": self.sources}
            self.origin.closing.set()

    def show(self, night: int) -> None:
        """Show what is out on a night."""
        self.origin.disturb(())
        self.origin.show(bundled(instant(night).date()))

    def addresses(self, night: int) -> list[str]:
        """What is out on a night."""
        return sorted(bundled(instant(night).date()))

    def disturb(self, mishaps: Sequence[Mishap]) -> None:
        """From now on things go wrong."""
        self.origin.disturb(mishaps)

    def applied(self) -> list[int]:
        """How many answers each mishap has spoilt."""
        return list(self.origin.spoilt)


@cache
def bundled(today: date) -> dict[str, Page]:
    """Every page that is out before the night of a day."""
    pages: dict[str, Page] = {}
    for part in (_customs, _rates, _prices, _releases, _articles):
        pages |= part(today)
    return pages


@cache
def _demo() -> dict[str, Page]:
    return demo.demo_web()


def _customs(today: date) -> dict[str, Page]:
    """The preliminary tables of March, May and June, the bulletins of April to June, June's revised on 25 July."""
    whole, out = _demo(), {}
    months: dict[str, dict[int, str]] = {title: {} for title in preliminary.TITLES}
    for number, currency, month, day in (
        (4, "CNY", 3, date(2026, 4, 14)), (5, "USD", 5, date(2026, 6, 9)),
        (5, "USD", 6, date(2026, 7, 14)), (6, "USD", 6, date(2026, 7, 14)),
    ):  # fmt: skip
        if day < today:
            (title,) = (t for t in preliminary.TITLES if t.startswith(f"({number})") and t.endswith(f"{currency})"))
            url = demo._address(f"preliminary {number} {currency}", month)
            months[title][month] = url
            out[url] = whole[url]
    out[f"{preliminary.SITE}/statics/report/preliminary.html"] = Page(preliminary.index(months, year=2026))
    links: dict[str, dict[int, str]] = {monthly.TITLE: {}, **{title: {} for title in monthly.KEPT}}
    for month in bulletin.MONTHS:
        if date.fromisoformat(bulletin.DAYS[month].replace("/", "-")) < today:
            url = links[monthly.TITLE][month] = demo._address("bulletin 2", month)
            out[url] = whole[url]
    if today > date(2026, 7, 25):
        url, body = _revised_bulletin()
        out[url] = Page(body)
    index = preliminary.index(links, year=2026, newest=2026, select="monthlysel", kind="Monthly Bulletin")
    out[f"{preliminary.SITE}/statics/report/monthly.html"] = Page(index)
    return out


@cache
def _revised_bulletin() -> tuple[str, bytes]:
    return demo.revision()


def _rates(today: date) -> dict[str, Page]:
    """The rates of six currencies that are set by today, in the one file of two months that a night asks for."""
    first = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    last = (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    out = {}
    for currency, (start, nominal) in demo.RATES.items():
        rates = []
        for n in range((min(today - timedelta(days=1), last) - first).days + 1):
            day = first + timedelta(days=n)
            if day.weekday() not in demo.SUNDAY_AND_MONDAY:
                swing = 1000 + (day.toordinal() * 7) % 13 - 6
                value = (Decimal(start) * swing / 1000).quantize(Decimal("0.0001"))
                rates.append(
                    cbr.Rate(day, str(nominal), demo._comma(value), demo._comma((value / nominal).normalize()))
                )
        identifier = cbr.IDS[currency]
        url = (
            f"https://www.cbr.ru/scripts/XML_dynamic.asp?date_req1={first:%d/%m/%Y}&date_req2={last:%d/%m/%Y}"
            f"&VAL_NM_RQ={identifier}"
        )
        body = cbr.dynamic(rates, identifier=identifier, first=first, last=last)
        out[url] = Page(body, "application/xml; charset=windows-1251")
    return out


def _prices(today: date) -> dict[str, Page]:
    """The workbook of prices: June's edition, July's with one month more, and a correction of that on 16 July."""
    edition = "june" if today <= date(2026, 7, 2) else "july" if today <= date(2026, 7, 16) else "corrected"
    return {pinksheet.FILE: Page(_workbook(edition), demo.WORKBOOK), demo.LANDING: Page(pinksheet.landing())}


@cache
def _workbook(edition: str) -> bytes:
    months = dict(demo._months())
    if edition == "june":
        months.popitem()
    if edition == "corrected":
        newest = list(months)[-1]
        brent, coal = months[newest]
        months[newest] = [brent + 0.5, coal]  # type: ignore[operator]
    day = {"june": "June 02, 2026", "july": "July 02, 2026", "corrected": "July 16, 2026"}[edition]
    return pinksheet.workbook(months, names=demo.NAMES, units=demo.UNITS, codes=None, updated=f"Updated on {day}")


SALES: Final = (
    "В июне дилеры передали клиентам {month} автомобилей LADA, на 11,7% больше прошлогоднего.",
    "С начала года продажи прибавили 3,4%.",
)
OUTPUT: Final = ("В июне выпущено 31 238 автомобилей LADA, годом ранее было 25 702.",)


def _releases(today: date) -> dict[str, Page]:
    """AvtoVAZ's releases of 6, 10 and 20 July 2026 (made up); the first is revised on the 18th, the last withdrawn."""
    told = [
        (121702, "ГОД В ЦИФРАХ", "14.01.2026", lada.YEAR_2025),
        (121004, "КОРОТКАЯ НЕДЕЛЯ", "29.09.2025", lada.FOUR_DAYS),
    ]
    if today > date(2026, 7, 6):
        month = "27 912" if today <= date(2026, 7, 18) else "27 998"
        told.append((122506, "ИЮНЬ LADA", "06.07.2026", tuple(line.format(month=month) for line in SALES)))
    if today > date(2026, 7, 10):
        told.append((122510, "ПРОИЗВОДСТВО В ИЮНЕ", "10.07.2026", OUTPUT))
    if date(2026, 7, 12) < today <= date(2026, 7, 13):  # there for one night
        told.append((122512, "ИЮНЬ LADA GRANTA", "12.07.2026", ("Автомобилей LADA Granta в июне продано 11 028.",)))
    listed = [(number, name, created) for number, name, created, _ in reversed(told)]
    out = {"https://www.lada.ru/press-releases": Page(lada.listing(listed))}
    for number, name, created, text in told:
        url = f"https://www.lada.ru/press-releases/{number}"
        out[url] = Page(lada.release(text, name=name, created=created, number=number))
    return out


OUTLETS: Final = {
    "moscow_times": ("https://www.themoscowtimes.com/rss/news", "www.themoscowtimes.com", "The Moscow Times"),
    "interfax_en": ("https://interfax.com/rss", "interfax.com", "Interfax"),
}
STORIES: Final = (
    (
        "Regulator bars trucks of Chinese makers",
        "Rosstandart prohibited the import and sale of trucks by Dongfeng, Foton, FAW and Sitrak on {day}.",
    ),
    (
        "China's trade with Russia grows",
        "China's exports to Russia came to ${figure} billion in the first half of 2026, Chinese customs said on {day}.",
    ),
    (
        "KAMAZ cuts its working week",
        "KAMAZ switched to a four-day working week from {day}, the truck maker said, as demand for trucks fell.",
    ),
    (
        "Gazprom and CNPC talk about Power of Siberia 2",
        "Gazprom said on {day} that it had signed a memorandum with CNPC on building the Power of Siberia 2 pipeline.",
    ),
)  # fmt: skip
EVERY: Final = 3  # days between two articles of an outlet
LISTED: Final = 3  # a feed holds the newest so many


def _articles(today: date) -> dict[str, Page]:
    """Articles of two outlets (made up); a feed holds the newest three, and the page of one is changed later."""
    out: dict[str, Page] = {}
    for which, (feed, host, outlet) in enumerate(OUTLETS.values()):
        items = []
        day = date(2026, 6, 20) + timedelta(days=which)
        for n in range(100):
            written = day + timedelta(days=n * EVERY)
            if written >= today:
                break
            title, sentence = STORIES[(n + which) % len(STORIES)]
            said = sentence.format(day=f"{written:%B} {written.day}, {written.year}", figure=f"{60 + n / 10:.1f}")
            paragraphs = [said, f"It is the {n + 1}th report of its kind by {outlet} on China and Russia this summer."]
            if n == 4 and today > written + timedelta(days=4):
                paragraphs.append("The ministry of commerce of China declined to comment on trucks.")
            url = f"https://{host}/{written:%Y/%m/%d}/story-{n}"
            page = news.article(title, paragraphs, url=url, published=f"{written}T10:00:00+03:00", outlet=outlet)
            out[url] = Page(page)
            items.append(news.Item(title, url, f"{written:%a, %d %b %Y} 10:00:00 +0300"))
        out[feed] = Page(news.feed(items[::-1][:LISTED]), "application/rss+xml; charset=utf-8")
    return out


# --- recorded pages ---------------------------------------------------------------------------------------------------

# The nights on which recorded pages come out: their own days span years, so they come in the order of these days.
LAST_OUT: Final = 15


@dataclass(frozen=True, slots=True)
class _Shot:
    """A recorded answer and the night from which it is there."""

    night: int
    entry: Mapping[str, Any]


class Recorded:
    """The recorded pages of customs, reference, carmakers and news, by the order of their days; all sources ask.

    An address that was recorded more than once shows the earlier recording first.
    """

    name = "recorded pages"
    deadline_s = 2.5

    def __init__(self) -> None:
        """Serve nothing yet."""
        self.origin: Any = None
        self.shots: dict[str, list[_Shot]] = {}
        self.planned: list[Mishap] = []

    @contextmanager
    def serving(self) -> Iterator[Mapping[str, str]]:
        """Serve until the block ends."""
        import tempfile

        with tempfile.TemporaryDirectory(prefix="amur-recorded-") as folder:
            root = Path(folder)
            self.shots = _shots(root)
            certificate = _certificate(root, {url.split("/")[2].split(":")[0] for url in self.shots})
            with _tool().Origin(root, tls=tuple(map(str, certificate))) as self.origin:
                yield {
                    "HTTP_PROXY": self.origin.proxy, "HTTPS_PROXY": self.origin.proxy,
                    "NO_PROXY": "127.0.0.1,localhost", "REQUESTS_CA_BUNDLE": str(certificate[0]),
                }  # fmt: skip

    def show(self, night: int) -> None:
        """Show what is out on a night."""
        canonical = _tool().canonical
        recorded = {}
        for url, shots in self.shots.items():
            out = [shot.entry for shot in shots if shot.night <= night]
            if out:
                recorded[out[-1].get("method", "GET"), canonical(url)] = dict(out[-1])
        self.origin.reset()
        self.origin.recorded = recorded
        self.planned = []

    def addresses(self, night: int) -> list[str]:
        """What is out on a night."""
        if not self.shots:
            with self.serving():
                pass
        return sorted(url for url, shots in self.shots.items() if shots[0].night <= night and "robots" not in url)

    def disturb(self, mishaps: Sequence[Mishap]) -> None:
        """From now on things go wrong."""
        self.planned = list(mishaps)
        self.origin.set_faults([_rule(one) for one in mishaps])

    def applied(self) -> list[int]:
        """How many answers each mishap has spoilt."""
        return [int(fault["applied"]) for fault in self.origin.stats()["faults"]]


def _rule(one: Mishap) -> dict[str, Any]:
    """The mishap as a rule of the scripted origin."""
    rule: dict[str, Any] = {"match": f"^{re.escape(_tool().canonical(one.address))}$"}
    if one.times:
        rule["times"] = one.times
    size = int(one.part * 4000)
    how: dict[str, dict[str, Any]] = {
        "drop": {"drop": True}, "reset": {"drop": "reset"}, "status": {"status": one.status}, "gone": {"status": 404},
        "cut": {"truncate": size, "always_200": True},
        "short": {"truncate": size, "framing": "close", "always_200": True},
        "challenge": {"body": CHALLENGE}, "hang": {"hang": HANG_S},
    }  # fmt: skip
    return rule | how[one.kind]


@cache
def _tool() -> ModuleType:
    import importlib.util
    import sys

    spec = importlib.util.spec_from_file_location("faulty_origin", SHARED / "tools" / "faulty_origin.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError("../shared/tools/faulty_origin.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _shots(root: Path) -> dict[str, list[_Shot]]:
    """The recordings as one root; each address with its recordings, and the night from which each is there."""
    entries = []
    for family in ("customs", "reference", "carmakers", "news"):
        shutil.copytree(SHARED / "recorded" / family, root / family)
        for line in (root / family / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
            if line.strip():
                entry = json.loads(line)
                entries.append(entry | {"file": f"{family}/{entry['file']}"})
    text = "\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    (root / "manifest.jsonl").write_text(text + "\n", encoding="utf-8")
    days = sorted({_day(entry) for entry in entries} - {""})
    found: dict[str, list[_Shot]] = {}
    for entry in entries:
        day = _day(entry)
        night = 1 + (LAST_OUT - 1) * days.index(day) // max(1, len(days) - 1) if day else 1
        shots = found.setdefault(entry["url"], [])
        if entry.get("status", 200) == 200 or not shots:
            shots.append(_Shot(max(night, shots[-1].night + 1) if shots else night, entry))
    return found


def _day(entry: Mapping[str, Any]) -> str:
    """The day of a recording as far as its manifest tells; lists and feeds are there from the first night."""
    lists = re.search(
        r"index|rss|feed|listing|sitemap|news-csjd|sales-list|themes|robots|Codes|Reporters", entry["file"]
    )
    found = re.findall(r"\d{4}-\d{2}(?:-\d{2})?", entry.get("period") or "")
    return "" if lists or not found or entry.get("status", 200) != 200 else found[-1]


def _certificate(folder: Path, recorded: Iterable[str]) -> tuple[Path, Path]:
    """A throw-away certificate for every host that a source may ask, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    from sources.catalogue import CATALOGUE

    hosts = sorted({*recorded, *(host for entry in CATALOGUE.values() for host in entry.hosts)})
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "recorded pages: trust this nowhere else")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 12, 31, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "cert.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )  # fmt: skip
    return certificate, private
