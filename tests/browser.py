"""The machine's own Chromium, for tests that look at pages; a test says so where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest

__all__ = ["chromium"]

ARGUMENTS: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def chromium(what: str) -> Iterator[Any]:
    """A browser for the time of the block; without one the test is skipped: it can't show `what`."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip(f"no chromium to show {what} in: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        shown = started.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield shown
        shown.close()
