"""Carmakers and car markets."""
