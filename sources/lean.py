"""Keep pandas out of a process that has no use for it.

DuckDB's client looks at the first value that a query is given, to see whether it is one of pandas, and imports pandas
for that: 0.8 s of every command, of which most hold no frame. A module that is None in `sys.modules` can't be imported
(the import statement's own rule); the judge's package takes that back, and from then on pandas is as it always is.
Arrow looks for pandas, too, and takes that None for a module: whoever imports Arrow lets pandas in before.
"""

from __future__ import annotations

import sys

__all__ = ["keep_pandas_out", "let_pandas_in"]


def keep_pandas_out() -> None:
    """Until it is let in; nothing where it is imported already."""
    sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]  # None is what the import system asks for


def let_pandas_in() -> None:
    """Before it is wanted."""
    if sys.modules.get("pandas", sys) is None:
        del sys.modules["pandas"]
