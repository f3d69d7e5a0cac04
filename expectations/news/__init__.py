"""Suites of the news outlets."""
