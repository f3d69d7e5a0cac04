"""What the rows of `sources.news.article` must satisfy: those of all news."""

from expectations.news.telling import SUITE, measure

__all__ = ["SUITE", "measure"]
