"""The file that a command reads what is published from."""

from __future__ import annotations

import sys
from pathlib import Path

from flows.settings import Settings
from sources.errors import AmurError

__all__ = ["published"]


def published(settings: Settings) -> Path:
    """`trade.duckdb` of this home; where the warehouse is a lake, brought up to its newest publication first.

    Where the lake can't be read, what it published before is read, with a warning on standard error.

    Raises:
        AmurError: the lake can't be read, and this home has no copy of a publication.
    """
    from warehouse.reader import PUBLISHED

    path = settings.home / PUBLISHED
    if settings.lake is not None:
        from warehouse.publisher import bring

        try:
            bring(settings.lake, settings.home)
        except AmurError as error:
            if not path.exists():
                raise
            print(f"amur: warning: {error}. Answered from the publication that was copied last", file=sys.stderr)
    return path
