"""Single article pages; see tests/payloads/news/pages.py."""

from collections.abc import Mapping

from tests.payloads.news import pages

__all__ = ["samples"]


def samples() -> Mapping[str, bytes]:
    """A page of each language."""
    return {
        language: pages.article(title, paragraphs, language=language, published="2025-07-31T09:00:00+03:00")
        for language, (title, paragraphs) in pages.TEXTS.items()
    }
