"""Helpers that turn bytes into values, strictly."""
