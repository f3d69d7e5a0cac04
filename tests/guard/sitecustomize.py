"""Loaded by every Python that a test starts, since `tests.loopback` puts this folder on PYTHONPATH."""

import only_loopback  # noqa: F401 (importing it sets the hook)
