"""What all tests share: the longest files come first, so that no worker is left alone with them at the end."""

import pytest

from tests.loopback import only_loopback  # noqa: F401 (P-75: a fixture for every test)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that hold a slow test before the others; their tests stay in order."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
