"""The shipped file of cited events is its own sample."""

from collections.abc import Mapping
from pathlib import Path

from sources import catalogue

__all__ = ["samples"]


def samples() -> Mapping[str, bytes]:
    """The file."""
    return {"shipped": (Path(catalogue.FILE).parent / "reference" / "data" / "reference_events.csv").read_bytes()}
