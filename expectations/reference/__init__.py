"""Suites of exchange rates, prices and cited figures."""
