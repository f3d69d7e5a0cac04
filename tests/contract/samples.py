"""Good documents of every source, for the tests that hold for all sources.

A new source needs no line here: its `tests/payloads/<id>/pages.py` offers `samples()`, documents by name.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from sources import catalogue
from sources.contract import Payload, Row
from sources.reference.reference import FILES
from tests.payloads.cbr_fx import pages as cbr
from tests.payloads.gacc_bulletin import pages as bulletin
from tests.payloads.gacc_preliminary import pages as preliminary
from tests.payloads.news import pages as news
from tests.payloads.reference import pages as reference
from tests.payloads.worldbank_pinksheet import pages as pinksheet

FETCHED: Final = datetime(2026, 7, 24, 3, 0, tzinfo=UTC)
SHIPPED: Final = Path(catalogue.FILE).parent / "reference" / "data"
KNOWN: Final = {
    "gacc_preliminary": lambda: {
        "by country": preliminary.section4(),
        "by country, January and February": preliminary.section4(
            preliminary.FEBRUARY_2025, year=2025, month=2, combined=True
        ),
        "exports": preliminary.section5(),
        "exports, January and February": preliminary.section5(
            preliminary.EXPORTS_2026_02, year=2026, month=2, combined=True
        ),
        "imports": preliminary.section6(),
    },
    "gacc_bulletin": lambda: {
        "month": bulletin.table2(),
        "January": bulletin.table2(bulletin.JANUARY_2026, month=1, narrow="1", day="2026/03/18"),
    },
    "cbr_fx": lambda: {"range": cbr.dynamic(), "day": cbr.daily()},
    "worldbank_pinksheet": lambda: {
        "with codes": pinksheet.workbook(),
        "without codes": pinksheet.workbook(codes=None),
    },
    "reference": lambda: {
        "one figure": reference.figures(),
        **{name.removesuffix(".csv"): (SHIPPED / name).read_bytes() for name in FILES},
    },
}


def shared(source: str) -> bool:
    """Is the source one of several that a module serves?"""
    return hasattr(importlib.import_module(catalogue.entry(source).module), "of")


def samples(source: str) -> Mapping[str, bytes]:
    """Documents of a source by name, at least one of each layout it has.

    Raises:
        LookupError: it offers none; says where they belong.
    """
    if source in KNOWN:
        return KNOWN[source]()
    if shared(source):
        return news.samples(source)
    pages = importlib.import_module(f"tests.payloads.{source}.pages")
    if not hasattr(pages, "samples"):
        raise LookupError(f"tests/payloads/{source}/pages.py offers no samples(): good documents by name")
    found: Mapping[str, bytes] = pages.samples()
    return found


def _tested() -> list[str]:
    """Every source; of those that share a module one of each language stands for all."""
    first: dict[tuple[str, str], str] = {}
    for source, entry in catalogue.CATALOGUE.items():
        first.setdefault((entry.module, entry.language) if shared(source) else (source, ""), source)
    return list(first.values())


EVERY: Final = [(source, name) for source in _tested() for name in samples(source)]


def document(source: str, body: bytes) -> Payload:
    """A body as a file that somebody brought: nothing is known of it but its bytes, and its name where that matters."""
    pages = importlib.import_module(f"tests.payloads.{'news' if shared(source) else source}.pages")
    return Payload(
        source=source, url="file:a", body=body, sha256=sha256(body).hexdigest(), fetched_at=FETCHED,
        title=getattr(pages, "FILE_NAME", ""),
    )  # fmt: skip


def rows_of(source: str, body: bytes) -> list[Row]:
    """All that a source reads in a body."""
    return list(catalogue.module(source).parse(document(source, body)))


def fingerprint(source: str, name: str) -> str:
    """A hash of all that a source reads in one of its documents, to the last digit."""
    return sha256(repr(rows_of(source, samples(source)[name])).encode()).hexdigest()
