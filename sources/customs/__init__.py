"""Customs services: who trades what with whom."""
