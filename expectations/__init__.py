"""Is it plausible: alone knows Great Expectations."""

import sys

if sys.modules.get("pandas", sys) is None:  # kept out of what only asks the database (`warehouse.lean`)
    del sys.modules["pandas"]
