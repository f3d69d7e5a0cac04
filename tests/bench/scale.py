"""What the whole of UN Comtrade by month would come to: 200 reporters, 200 partners, 5,000 goods, 20 years.

Measured here, on a made-up reply in the service's own form: bytes of a row as archived, vintages and bytes of the
warehouse, seconds to read, judge and load it in one process, and how fast a file is copied. Asked of the product:
how many rows a request can hold, how its plan cuts such a block, and how many calls a day it makes. The rest is
arithmetic, in `Scale`; docs/scale.md shows it, and a test computes the page from the same inputs.

python -m tests.bench.scale            # from what was measured last; prints the tables
python -m tests.bench.scale --measure  # measures anew; rewrites tests/bench/scale.json and docs/scale.md
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from expectations.judge import Verdict
from flows.reading import Reader
from flows.walk import judge_all
from sources import catalogue
from sources.contract import Payload
from sources.customs import comtrade
from tests.bench.large_reply import NOW, reply
from tests.bench.page import machine
from warehouse.archive import Record
from warehouse.database import Database
from warehouse.loader import Work, load

__all__ = ["DOC", "Inputs", "Scale", "calls_a_day", "filled_in", "known", "main", "measured", "planned_requests"]

FILE: Final = Path(__file__).with_suffix(".json")
DOC: Final = Path(__file__).parents[2] / "docs" / "scale.md"
BEGIN, END = "<!-- scale: begin -->\n", "<!-- scale: end -->"
MOST_ROWS: Final = comtrade.KEYED_ROWS * comtrade.MOST_PERIODS
COPIED: Final = 256 << 20  # bytes, to measure a copy with
REPORTERS, PARTNERS, GOODS, YEARS, FLOWS = 200, 200, 5_000, 20, 2
MONTHS: Final = 12
DAYS: Final = 365.25
SHARES: Final = (1.0, 0.05, 0.01)
GB, TB = 1e9, 1e12
WRITTEN: Final = 2  # a publication is written once and read again to be compared


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was measured, of a reply of `rows`: bytes, vintages, seconds of one core, bytes a second of a copy."""

    on: str
    machine: str
    rows: int
    reply_bytes: int
    vintages: int
    warehouse_bytes: int
    read_s: float
    judge_s: float
    load_s: float
    copied_bytes_a_second: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The arithmetic, for a share of the cells that hold a figure."""

    inputs: Inputs
    share: float

    @property
    def rows(self) -> float:
        """Records of the service: a reporter, partner, good, flow and month each."""
        return REPORTERS * PARTNERS * GOODS * FLOWS * YEARS * MONTHS * self.share

    @property
    def vintages(self) -> float:
        """Values and weights, once each."""
        return self.rows * self.inputs.vintages / self.inputs.rows

    @property
    def archive_bytes(self) -> float:
        """As the replies come."""
        return self.rows * self.inputs.reply_bytes / self.inputs.rows

    @property
    def warehouse_bytes(self) -> float:
        """By bytes a vintage."""
        return self.vintages * self.inputs.warehouse_bytes / self.inputs.vintages

    @property
    def writer_s(self) -> float:
        """Seconds of the one writer to read, judge and load it all."""
        said = self.inputs
        return self.rows * (said.read_s + said.judge_s + said.load_s) / said.rows

    @property
    def fewest_requests(self) -> float:
        """If each held as many rows as a request may."""
        return self.rows / MOST_ROWS

    @property
    def a_night(self) -> float:
        """Records that are new in a night, on average."""
        return self.rows / YEARS / DAYS

    def publish_s(self) -> float:
        """Seconds to copy the whole publication, as each night does that has news."""
        return WRITTEN * self.warehouse_bytes / self.inputs.copied_bytes_a_second


def calls_a_day() -> int:
    """That a backfill makes of the service."""
    allowed = catalogue.entry("comtrade").calls_backfill
    if allowed is None:
        raise ValueError("UN Comtrade counts calls")
    return allowed


def planned_requests() -> int:
    """What the product's own plan makes of the whole: one reporter and year cut as it cuts, times all."""
    codes = tuple(f"{number:06d}" for number in range(GOODS))
    block = comtrade.Block("all", (comtrade.CHINA,), tuple(range(1, PARTNERS + 1)), ("X", "M"), codes)
    months = comtrade._months(2020)
    pieces = comtrade._fitting(block, comtrade.KEYED_ROWS)
    asked = sum(1 for piece in pieces for _ in comtrade._Asking(piece, "M", months, keyed=True).within_limits())
    return asked * REPORTERS * YEARS


def measured(rows: int = MOST_ROWS) -> Inputs:
    """Measure, on a reply that is made up."""
    body = reply(rows)
    with Reader() as reader, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Database(folder / "empty.duckdb", NOW).close()
        read_s, judge_s, load_s, vintages = _loaded(body, folder / "warehouse.duckdb", reader)
        size = (folder / "warehouse.duckdb").stat().st_size - (folder / "empty.duckdb").stat().st_size
        rate = _copy_rate(folder)
    return Inputs(
        time.strftime("%Y-%m-%d"), machine(), rows, len(body), vintages, size,
        round(read_s, 2), round(judge_s, 2), round(load_s, 2), round(rate, -6),
    )  # fmt: skip


def _loaded(body: bytes, path: Path, reader: Reader) -> tuple[float, float, float, int]:
    """Seconds to read, judge and load a reply into a new warehouse, and the vintages that came of it."""
    sha256 = hashlib.sha256(body).hexdigest()
    payload = Payload(source="comtrade", url="file:reply.json", body=body, sha256=sha256, fetched_at=NOW)
    record = Record(
        source="comtrade", url=payload.url, sha256=sha256, fetched_at=NOW, checked_at=NOW, run_id="scale", role="data",
        period="2023-12", title="", group="", content_type="", etag="", last_modified="", size=len(body),
        sidecar="scale.json",
    )  # fmt: skip
    reader.read(replace(payload, body=reply(12)))  # its process is there
    db = Database(path, NOW)
    began = time.perf_counter()
    batch = reader.read(payload)
    read = time.perf_counter()
    judge_all(db, "comtrade", [(record, batch)])
    judged = time.perf_counter()
    passed = Verdict(batch, load=True, reason="", findings=())
    loaded = load(db, Work("comtrade", "scale", NOW, verdicts=[(record, passed)]))
    db.execute("CHECKPOINT")
    ended = time.perf_counter()
    db.close()
    return read - began, judged - read, ended - judged, loaded.new


def _copy_rate(folder: Path) -> float:
    """Bytes a second of copying a file and having it on the disk."""
    source, copy = folder / "source", folder / "copy"
    source.write_bytes(os.urandom(COPIED))
    began = time.perf_counter()
    shutil.copyfile(source, copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    return COPIED / (time.perf_counter() - began)


# --- the page -------------------------------------------------------------------------------------------------------


def tables(inputs: Inputs) -> str:
    """What stands between the marks of the page."""
    return "\n".join([*_measured(inputs), "", *_computed(inputs), ""])


def _measured(said: Inputs) -> Iterator[str]:
    by = "`python -m tests.bench.scale --measure`"
    yield f"Measured {said.on} on {said.machine}, by {by}: a made-up reply of {said.rows:,} rows."
    yield ""
    yield "| input | value | from |"
    yield "| --- | --- | --- |"
    steps = " + ".join(f"{seconds / said.rows * 1e6:,.0f}" for seconds in (said.read_s, said.judge_s, said.load_s))
    for name, value, source in (
        ("bytes of a row in the archive", f"{said.reply_bytes / said.rows:,.0f}", "measured: replies lie as they came"),
        ("vintages of a row (value, weight)", f"{said.vintages / said.rows:.2f}", "measured"),
        ("bytes of a vintage", f"{said.warehouse_bytes / said.vintages:,.0f}", "measured, after a checkpoint"),
        ("µs to read, judge and load a row", steps, "measured, into an empty warehouse"),
        ("a copy to the disk", f"{said.copied_bytes_a_second / 1e6:,.0f} MB/s", f"measured with {COPIED >> 20} MiB"),
        ("rows of a request at most", f"{MOST_ROWS:,}", "`KEYED_ROWS` × `MOST_PERIODS`, `sources/customs/comtrade.py`"),
        ("calls a day", f"{calls_a_day()}", "`calls_backfill`, `sources/catalogue.toml`, of the service's 500"),
    ):
        yield f"| {name} | {value} | {source} |"


def _computed(inputs: Inputs) -> Iterator[str]:
    all_of = [Scale(inputs, share) for share in SHARES]
    planned = planned_requests()
    days = planned / calls_a_day()
    yield "| share of cells that hold a figure | " + " | ".join(f"{one.share:.0%}" for one in all_of) + " |"
    yield "| --- |" + " ---: |" * len(all_of)
    for name, cell in (
        ("rows", lambda one: f"{one.rows / 1e9:,.2f} bn"),
        ("vintages, if nothing is ever revised", lambda one: f"{one.vintages / 1e9:,.2f} bn"),
        ("archive", lambda one: f"{one.archive_bytes / TB:,.2f} TB"),
        ("warehouse", lambda one: f"{one.warehouse_bytes / GB:,.0f} GB"),
        ("requests as Amur plans them", lambda _: f"{planned:,}"),
        ("days at the quota", lambda _: f"{days:,.0f}"),
        ("requests, each as full as may be", lambda one: f"{one.fewest_requests:,.0f}"),
        ("days at the quota then", lambda one: f"{one.fewest_requests / calls_a_day():,.0f}"),
        ("days of the one writer", lambda one: f"{one.writer_s / 86_400:,.1f}"),
        ("**a night**: new rows", lambda one: f"{one.a_night / 1e6:,.2f} m"),
        ("requests", lambda one: f"{one.a_night / MOST_ROWS:,.1f}"),
        ("writer, minutes", lambda one: f"{one.writer_s / YEARS / DAYS / 60:,.1f}"),
        ("archive, GB", lambda one: f"{one.archive_bytes / YEARS / DAYS / GB:,.2f}"),
        ("publication copied and compared, minutes", lambda one: f"{one.publish_s() / 60:,.1f}"),
    ):  # fmt: skip
        yield f"| {name} | " + " | ".join(cell(one) for one in all_of) + " |"


def filled_in(page: str, inputs: Inputs) -> str:
    """The page with its tables computed anew."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + tables(inputs) + END + rest.split(END)[1]


def main() -> None:
    """Print the tables, or measure and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true")
    if parser.parse_args().measure:
        FILE.write_text(json.dumps(asdict(measured()), indent=1) + "\n", encoding="utf-8")
        DOC.write_text(filled_in(DOC.read_text(encoding="utf-8"), known()), encoding="utf-8")
    print(tables(known()))


def known() -> Inputs:
    """What was measured last."""
    return Inputs(**json.loads(FILE.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
