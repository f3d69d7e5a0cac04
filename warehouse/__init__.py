"""The warehouse: what is known, since when, and from which bytes. It alone knows DuckDB."""
