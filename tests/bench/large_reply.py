"""Part j, a large reply: 100,000 rows of UN Comtrade from bytes to committed vintages, against DuckDB on the same file.

    parse in the child process, build the vintages, commit   against   read_json and insert into a table of a file

Both write to a database of their own on disk. The reply is made up; its layout is the service's. What the judge takes
beside it is printed too, without a promise: DuckDB judges nothing.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import duckdb

from expectations.judge import Verdict
from flows.reading import Reader
from flows.walk import judge_all
from sources.contract import Batch, Payload
from tests.bench import core
from tests.bench.core import Figure, Sizes, Told, say
from tests.payloads.comtrade.pages import record
from warehouse.archive import Record
from warehouse.database import Database
from warehouse.loader import Work, load

__all__ = ["measured", "ours", "pairs", "reply", "theirs"]

PROMISED: Final = 3.0
NOW: Final = datetime(2026, 7, 25, 2, 30, tzinfo=UTC)


def reply(count: int) -> bytes:
    """A made-up reply of `count` rows: twelve months, 42 partners, some two hundred headings."""
    partners = [643, 398, 417, 112, 860, 51, 792, 784, 682, 368, 512, 414, 364, 458, 804, 36, 251, 124, 842, 276]
    months = [f"2023{month:02d}" for month in range(1, 13)]
    codes = [f"{chapter}{heading:02d}" for chapter in range(25, 90) for heading in range(1, 11)]
    rows = []
    for number in range(count):
        rest, month = divmod(number, len(months))
        rest, partner = divmod(rest, len(partners))
        value = 1_000_000 + 7919 * number
        keys = {"period": months[month], "partnerCode": partners[partner], "cmdCode": codes[rest]}
        rows.append(record(**keys, primaryValue=float(value), netWgt=float(value // 3 + 1)))
    whole = {"elapsedTime": "9.1 secs", "count": len(rows), "data": rows, "error": ""}
    return json.dumps(whole, separators=(",", ":")).encode()


def ours(body: bytes, folder: Path, reader: Reader) -> tuple[float, float, int]:
    """Seconds for parsing and loading, seconds for judging, and the vintages that came of it."""
    payload = Payload(
        source="comtrade",
        url="file:reply.json",
        body=body,
        sha256=sha256(body).hexdigest(),
        fetched_at=NOW,
    )
    record_ = Record(
        source="comtrade", url=payload.url, sha256=payload.sha256, fetched_at=NOW, checked_at=NOW, run_id="bench",
        role="data", period="2023-12", title="", group="", content_type="", etag="", last_modified="", size=len(body),
        sidecar="bench.json",
    )  # fmt: skip
    db = Database(folder / "warehouse.duckdb", NOW)
    began = time.perf_counter()
    batch: Batch = reader.read(payload)
    parsed = time.perf_counter()
    judge_all(db, "comtrade", [(record_, batch)])
    judged = time.perf_counter()
    loaded = load(
        db, Work("comtrade", "bench", NOW, verdicts=[(record_, Verdict(batch, load=True, reason="", findings=()))])
    )
    ended = time.perf_counter()
    db.close()
    return parsed - began + ended - judged, judged - parsed, loaded.new


def theirs(file: Path, folder: Path) -> float:
    """Seconds for DuckDB's own reading and inserting of the same file."""
    began = time.perf_counter()
    with duckdb.connect(str(folder / "peer.duckdb")) as peer:
        reading = "read_json(?, maximum_object_size = 400000000)"
        peer.execute(f"CREATE TABLE reply AS SELECT unnest(data, max_depth := 2) FROM {reading}", [str(file)])
    return time.perf_counter() - began


def pairs(rows: int, runs: int) -> Told:
    """The pair in turn, after one that doesn't count; tells both and the judge's part."""
    body = reply(rows)
    taken = []
    with Reader() as reader, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reply.json"
        file.write_bytes(body)
        for number in range(runs + 1):
            place = Path(folder) / str(number)
            place.mkdir()
            taking, judging, vintages = ours(body, place, reader)
            taken.append((taking, theirs(file, place), judging))
    told = {"pairs": taken[1:], "vintages": vintages, "megabytes": len(body) / 1e6}
    return Told(statistics.median(a for a, *_ in taken[1:]), told)


def measured(sizes: Sizes) -> list[Figure]:
    """The pair, in a process of its own."""
    say(f"j: a reply of {sizes.large_reply:,} rows")
    told = core.child("tests.bench.large_reply:pairs", rows=sizes.large_reply, runs=sizes.runs)
    taken = told.facts["pairs"]
    a, b, judging = (statistics.median(values) for values in zip(*taken, strict=True))
    ratio = statistics.median(one / other for one, other, _ in taken)
    note = f"{told.facts['megabytes']:.0f} MB, {told.facts['vintages']:,} vintages; judging beside it {judging:.2f} s"
    name = "a reply of UN Comtrade parsed and loaded"
    against = "DuckDB: read_json and insert"
    say(f"   {a:.2f} s against {b:.2f} s, ratio {ratio:.2f}; {note}")
    return [
        Figure(
            "j",
            name,
            a,
            b,
            ratio,
            PROMISED,
            against=against,
            pairs=len(taken),
            ours_mib=told.peak_mib,
            size=sizes.large_reply,
            note=note,
        )
    ]
