"""Is it plausible: alone knows Great Expectations."""
