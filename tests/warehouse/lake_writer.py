"""A writer of its own in a process of its own: loads revisions and new series into a lake that others write to.

    python -m tests.warehouse.lake_writer SETTING FILES NAME LOADS BARRIER

Writers of one NAME load the same documents, those of another name others of the same source; of every load one series
is common to all. BARRIER is a file whose coming starts the loads. Prints the number of loads that were committed.
"""

import os
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from sources.contract import Batch
from tests.warehouse.builders import NOW, bring, day, document, row
from warehouse.archive import Record
from warehouse.database import Database
from warehouse.lake import Lake
from warehouse.lake_database import LakeDatabase

PRODUCTS = 3


def documents(name: str, loads: int) -> list[tuple[Record, Batch]]:
    """The documents of a writer, one a load: a figure that all writers revise, and series of its own number."""
    found = []
    for number in range(loads):
        printed = date(2026, 7, 2) + timedelta(days=number % 20)
        at = day(2 + number % 20) + timedelta(minutes=number, seconds=len(name))
        common = row(1_000 + number * 10 + len(name), printed, precision=1)
        own = [row(number, printed, product=f"87{number:02}{n:02}", precision=1) for n in range(PRODUCTS)]
        found.append(document(f"{name}-{number}", at, common, *own))
    return found


def write(db: Database, name: str, loads: int) -> int:
    """Load them one by one; documents that are older than what another writer loaded are read again by all."""
    memory = {about.sidecar: batch for other in ("a", "bb") for about, batch in documents(other, loads)}
    for about, batch in documents(name, loads):
        bring(db, (about, batch), seen=memory, run_id=f"run-{name}-{os.getpid()}", checked=False)
    return loads


def main() -> None:
    """Wait for the barrier, then write."""
    setting, files, name, loads, barrier = sys.argv[1:]
    db = LakeDatabase(Lake.read(setting, files, os.environ.get("PGPASSWORD", "")), NOW)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not Path(barrier).exists():
        time.sleep(0.01)
    sys.stdout.write(f"{write(db, name, int(loads))}\n")
    db.close()


if __name__ == "__main__":
    main()
