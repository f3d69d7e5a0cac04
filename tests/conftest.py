"""What all tests share: the longest files come first, so that no worker is left alone with them at the end."""

from typing import Final

import pytest

from tests.loopback import only_loopback

__all__ = ["only_loopback"]

# Files that take longest, the dearest first; the order counts, not how long. `pytest --durations=0` tells them anew.
DEAREST: Final = (
    "test_fan_out.py", "test_replay.py", "test_cookbook.py", "test_serve.py", "test_recorded_web.py",
    "test_news_walk.py", "test_publisher.py", "test_gacc_preliminary.py", "test_user_claims.py",
    "test_shipped_claims.py",
)  # fmt: skip
FOLDERS: Final = {"test_gacc_preliminary.py": "expectations"}  # two files have this name


def _place(item: pytest.Item, slow: set[object]) -> tuple[int, bool]:
    name, folder = item.path.name, item.path.parent.name
    dear = name in DEAREST and FOLDERS.get(name, folder) == folder
    return (DEAREST.index(name) if dear else len(DEAREST), item.path not in slow)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the dearest files first, then those that hold a slow test, then the others; their tests stay in order."""
    slow: set[object] = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: _place(item, slow))
