"""What every source promises, whatever it reads; a source that is added to the catalogue is covered unwritten."""

import importlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from random import Random
from typing import get_args
from urllib.parse import urlsplit

import pytest

from sources import catalogue
from sources.catalogue import CATALOGUE
from sources.contract import Article, Event, Freq, Observation, Row, Window
from sources.errors import LayoutChanged
from tests.contract.samples import EVERY, FETCHED, document, fingerprint, rows_of, samples, shared

NIGHT = Window(date(2025, 1, 1), FETCHED.date(), FETCHED, nightly=True)
PAST = Window(date(2024, 11, 1), date(2025, 3, 31), FETCHED)
CODE = re.compile(r"[A-Z][A-Z0-9]|_[A-Z]+|[A-Z][A-Z0-9_]{2,}")  # a country, a continent, a group
CHILD = (
    "import sys; from tests.contract.samples import EVERY, fingerprint; print([fingerprint(*pair) for pair in EVERY])"
)
CHALLENGE = b"""<!DOCTYPE html><html><head><title>Just a moment...</title><meta http-equiv="refresh" content="5"></head>
<body><noscript>Enable JavaScript and cookies to continue</noscript><form id="challenge-form"></form></body></html>"""
FOREIGN = {
    "a verification page": CHALLENGE,
    "a login page": b"<html><head><title>Sign in</title></head><body><form><input type=password></form></body></html>",
    "an error page": b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
    "an empty page": b"<!DOCTYPE html><html><head></head><body></body></html>",
    "a page without a table": b"<html><head><title>News</title></head><body><p>Russia 1,535.4</p></body></html>",
    "nothing": b"",
    "blanks": b" \r\n\t\r\n",
    "an empty object": b"{}",
    "a list": b'[{"value": 1}]',
    "an XML of something else": b'<?xml version="1.0"?><rss version="2.0"><channel><title>a</title></channel></rss>',
    "an XML bomb": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><ValCurs>&c;</ValCurs>',
    "a PDF": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
    "an empty zip": b"PK\x05\x06" + bytes(18),
    "half a zip": b"PK\x03\x04" + bytes(26),
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00",
    "zeros": bytes(5000),
    "noise": Random(1).randbytes(5000),  # noqa: S311 (the same noise at every run)
    "UTF-16": "<html><body><table><tr><td>Russia</td></tr></table></body></html>".encode("utf-16"),
    "another table": b"a,b,c\n1,2,3\n",
}

every_source = pytest.mark.parametrize("source", CATALOGUE)
every_document = pytest.mark.parametrize(("source", "name"), EVERY, ids=lambda text: text.replace(" ", "_"))


@cache
def good(source: str, name: str) -> tuple[Row, ...]:
    """The rows of a good document."""
    return tuple(rows_of(source, samples(source)[name]))


# --- the protocol -------------------------------------------------------------------------------------------------


@every_source
def test_a_source_is_a_module_with_four_names(source: str) -> None:
    """`PARSER` is a number of its own, `plan`, `links` and `parse` are functions; `__all__` offers exactly these."""
    module = catalogue.module(source)

    assert isinstance(module.PARSER, int)
    assert module.PARSER >= 1
    assert all(callable(getattr(module, name)) for name in ("plan", "links", "parse"))
    assert shared(source) or {"PARSER", "plan", "links", "parse"} <= set(getattr(module, "__all__", ()))


@every_source
def test_a_source_says_how_its_documents_look_and_where_they_trap(source: str) -> None:
    """Whoever repairs it reads first: Layout, Calendar, Traps."""
    text = importlib.import_module(CATALOGUE[source].module).__doc__ or ""

    assert [word for word in ("Layout", "Calendar", "Traps") if f"\n{word} " in text] == ["Layout", "Calendar", "Traps"]


@every_source
@pytest.mark.parametrize("window", [NIGHT, PAST], ids=["night", "backfill"])
def test_a_plan_asks_only_where_the_catalogue_allows(source: str, window: Window) -> None:
    """Each address once, on a host of the catalogue, the same every time it is planned."""
    entry = CATALOGUE[source]
    planned = list(catalogue.module(source).plan(window))

    assert bool(planned) != entry.by_hand
    assert len({request.address for request in planned}) == len(planned)
    assert list(catalogue.module(source).plan(window)) == planned
    for request in planned:
        if request.url.startswith("shipped:"):
            assert entry.shipped
        else:
            assert urlsplit(request.url).scheme in {"http", "https"}
            assert urlsplit(request.url).hostname in entry.hosts


# --- rows ---------------------------------------------------------------------------------------------------------


@every_document
def test_every_figure_says_all_that_is_needed_to_use_it(source: str, name: str) -> None:
    """Exact finite values in a unit, a period that runs forwards, ISO-like codes, a place, a day of publication."""
    rows = good(source, name)
    assert rows
    for row in rows:
        if isinstance(row, Article | Event):
            continue
        assert isinstance(row, Observation), row
        assert row.dataset
        assert row.measure
        assert row.unit
        assert row.locator
        assert row.freq in get_args(Freq)
        assert row.period_start <= row.period_end
        assert row.period
        assert (row.value is None) == (row.obs_status == "M")
        assert row.value is None or (type(row.value) is Decimal and row.value.is_finite())
        assert type(row.precision) is Decimal
        assert row.precision >= 0
        assert row.flow in {"X", "M", "T", None}
        assert all(CODE.fullmatch(code) for code in (row.reporter, row.partner) if code is not None)
        assert row.partner is not None or row.partner_name is None or row.partner_kind == "area"
        assert not isinstance(row.published, datetime) or row.published.tzinfo is not None


@every_document
def test_a_place_leads_back_to_one_figure(source: str, name: str) -> None:
    """`amur explain --verify` finds the row again by locator, period and what is measured."""
    places = Counter(
        (row.locator, row.freq, row.period, row.measure, row.unit)
        for row in good(source, name)
        if isinstance(row, Observation)
    )
    assert [place for place, times in places.items() if times > 1] == []


@every_document
def test_a_document_does_not_contradict_itself(source: str, name: str) -> None:
    """A cell has one printed value, and at most one more that is implied."""
    cells = Counter(
        (row.dataset, row.measure, row.reporter, row.partner, row.partner_name, row.flow, row.product, row.unit,
         row.freq, row.period_start, row.period_end, row.published, row.reconstructed)
        for row in good(source, name)
        if isinstance(row, Observation)
    )  # fmt: skip
    assert [cell for cell, times in cells.items() if times > 1] == []


# --- the same bytes, the same rows --------------------------------------------------------------------------------


@every_document
def test_the_same_bytes_give_the_same_rows(source: str, name: str) -> None:
    """P-38: Read twice, to the last digit and in the same order."""
    assert repr(good(source, name)) == repr(tuple(rows_of(source, samples(source)[name])))


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/St_Johns", "LANG": "de_DE.UTF-8", "LC_ALL": "", "PYTHONHASHSEED": "4711", "PYTHONUTF8": "0"},
    ],
    ids=lambda environment: environment["TZ"],
)
def test_time_zone_language_and_hash_seed_change_no_row(environment: dict[str, str]) -> None:
    """P-38: Another machine reads the same figures out of the same bytes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-c", CHILD], env=kept | environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str([fingerprint(*pair) for pair in EVERY])


# --- what is no document ------------------------------------------------------------------------------------------


@every_document
def test_a_document_cut_anywhere_is_refused(source: str, name: str) -> None:
    """A cut answer never gives fewer or other figures; a CSV has no end mark: cut at a row's end it may lack rows.

    P-13. Of a feed of news the entries that came are taken: each is whole by itself, the next night brings the others.
    """
    if CATALOGUE[source].family == "news" and name == "feed":
        return
    body, rows = samples(source)[name], good(source, name)
    for end in sorted({*range(0, len(body), max(1, len(body) // 40)), *range(max(0, len(body) - 12), len(body))}):
        try:
            found = tuple(rows_of(source, body[:end]))
        except LayoutChanged:
            continue
        lines = CATALOGUE[source].shipped or CATALOGUE[source].by_hand
        assert found == (rows[: len(found)] if lines else rows), f"cut after {end} bytes"


@every_source
@pytest.mark.parametrize("what", FOREIGN)
def test_what_is_no_document_is_refused_with_its_source_and_address(source: str, what: str) -> None:
    """A verification page, an error page, nothing, noise, another format: each ends in a reason, never in a row.

    P-21.
    """
    if (source, what) == ("gdelt", "an empty object"):
        assert rows_of(source, FOREIGN[what]) == []  # how it says that nothing matches
        return
    with pytest.raises(LayoutChanged) as caught:
        rows_of(source, FOREIGN[what])

    assert (caught.value.source, caught.value.url) == (source, "file:a")
    assert str(caught.value).startswith(f"{source} file:a: ")
    assert caught.value.found or caught.value.kind == "empty"


@every_source
@pytest.mark.parametrize("what", FOREIGN)
def test_what_is_no_index_is_refused_too(source: str, what: str) -> None:
    """An index that can't be read is a failure of the night, not a night without news."""
    module = catalogue.module(source)
    planned = [one for request in module.plan(NIGHT) for one in (request, *request.otherwise)]
    if not any(request.role == "index" for request in planned):
        assert list(module.links(document(source, FOREIGN[what]), NIGHT)) == []
        return
    with pytest.raises(LayoutChanged):
        list(module.links(document(source, FOREIGN[what]), NIGHT))


def _drop(body: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(body))
    return body[:at] + body[at + chance.randrange(1, 60) :]


def _double(body: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(body))
    return body[:at] + body[at : at + chance.randrange(1, 200)] + body[at:]


def _overwrite(body: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(body))
    return body[:at] + chance.randbytes(chance.randrange(1, 4)) + body[at + 3 :]


def _digit(body: bytes, chance: Random) -> bytes:
    at = chance.choice([n for n, byte in enumerate(body) if 0x30 <= byte <= 0x39])
    return body[:at] + chance.choice([b"", b"x", b"-", b",", b".", b"e", b" ", "９".encode(), b"00"]) + body[at + 1 :]


@every_document
@pytest.mark.parametrize("harm", [_drop, _double, _overwrite, _digit], ids=lambda harm: harm.__name__[1:])
def test_a_damaged_document_gives_rows_or_a_reason(
    source: str, name: str, harm: Callable[[bytes, Random], bytes]
) -> None:
    """Bytes lost, doubled or overwritten, digits replaced: whatever comes of it, no other error leaves the parser.

    P-28.
    """
    body = samples(source)[name]
    chance = Random(f"{source} {name} {harm.__name__}")  # noqa: S311 (the same damage at every run)
    for _ in range(8 if len(body) < 50_000 else 2):
        try:
            rows = rows_of(source, harm(body, chance))
        except LayoutChanged:
            continue
        values = [row.value for row in rows if isinstance(row, Observation) and row.value is not None]
        assert all(value.is_finite() for value in values)
