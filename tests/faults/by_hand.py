"""The campaigns that are written as tests but take minutes: each file is one run of pytest."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.faults.tables import Control, Options

__all__ = ["campaign"]

FILES: Final = {
    "rebuild_elsewhere": "a home rebuilt from a copy of its archive, and one with rot in it (P-25, P-50, P-62)",
    "secrets_night": "no planted secret in any byte after a night and after each failure (P-70)",
}


def campaign(options: Options) -> Iterator[Control]:
    """One row a file; what failed is printed."""
    for stem, what in FILES.items():
        if not options.wants(stem):
            continue
        path = Path(__file__).with_name(f"{stem}.py")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        found = "passes" if done.returncode == 0 else f"fails: {done.stdout[-600:]}"
        options.say(f"{stem}: {done.stdout.strip().rpartition(chr(10))[2]}")
        yield Control(of="by hand", name=f"{stem}: {what}", wanted="passes", found=found)
