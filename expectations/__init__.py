"""Is it plausible: alone knows Great Expectations."""

from sources.lean import let_pandas_in

let_pandas_in()  # it was kept out of what only asks the database
