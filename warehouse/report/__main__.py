"""The report in a process of its own: what fails in drawing can't take the run with it that has just published.

`python -m warehouse.report PUBLISHED REPORTS MADE_AT` gives 0; 1 with one line on standard error.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from sources.errors import AmurError
from warehouse.report.build import place


def main() -> int:
    """Write the report."""
    published, reports, made_at = sys.argv[1:]
    try:
        place(Path(published), Path(reports), datetime.fromisoformat(made_at))
    except (AmurError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
