"""P-75: no socket but on loopback, in the tests and in every Python that they start.

Imported by `conftest.py`. The hook refuses; since a program may go on after that as if a network were down, what was
tried is also written down, and the test that let it happen fails.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["left", "only_loopback"]

GUARD = Path(__file__).parent / "guard"
FILE = Path(tempfile.mkdtemp(prefix="loopback-")) / "tried"  # one of each worker; its children inherit it
FILE.touch()
os.environ["ONLY_LOOPBACK_LOG"] = str(FILE)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(GUARD), os.environ.get("PYTHONPATH", "")]))
sys.path.append(str(GUARD))
import only_loopback as _hook  # noqa: E402, F401 (it wants the environment; importing it sets the hook)


@pytest.fixture(autouse=True)
def only_loopback() -> Iterator[None]:
    """Fail the test in whose time something tried to leave this machine."""
    before = FILE.stat().st_size
    yield
    if FILE.stat().st_size > before:
        tried = FILE.read_bytes()[before:].decode()
        pytest.fail(f"tried to leave this machine: {tried}")


@contextmanager
def left() -> Iterator[list[str]]:
    """What is tried in this block, which is then forgotten: for the test of the guard itself."""
    before, found = FILE.stat().st_size, list[str]()
    yield found
    found += FILE.read_bytes()[before:].decode().splitlines()
    with FILE.open("r+b") as file:
        file.truncate(before)
