"""Suites of the carmakers."""
