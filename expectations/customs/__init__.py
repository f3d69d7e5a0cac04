"""Suites of the customs services."""
