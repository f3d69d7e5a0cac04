"""Markup to plain text: one paragraph a line, so that offsets into it lead back to a sentence.

The text is a pure function of the markup: what was read at `sentence 12-80` of a document is found there again by
whoever has the same bytes. Non-breaking blanks stay (they group digits), other blanks are single.
"""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

__all__ = ["text", "text_of"]

BESIDE: Final = frozenset({
    "aside", "button", "figure", "footer", "form", "header", "iframe", "nav", "noscript", "script", "select", "style",
    "svg", "table", "template",
})  # fmt: skip
BLOCKS: Final = frozenset({
    "address", "article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "li", "main", "ol", "p", "pre", "section", "tr", "ul",
})  # fmt: skip
HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
BLANKS: Final = re.compile(r"[ \t\r\f\v]+")
MARKS: Final = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])  # soft hyphens and zero-width characters


def text(markup: str) -> str:
    """The paragraphs of a piece of HTML; text without markup is its own paragraph."""
    return text_of(BeautifulSoup(markup, "lxml"))


def text_of(element: Tag) -> str:
    """The paragraphs of an element: without tables, side columns, scripts and what is hidden from readers."""
    words = "".join(_strings(element)).translate(MARKS)
    lines = (BLANKS.sub(" ", line).strip(" ") for line in words.split("\n"))
    return "\n".join(line for line in lines if line.strip())


def _strings(element: Tag) -> Iterator[str]:
    """The pieces of text in order, with a line break around each block. No recursion: pages may be nested deeply."""
    waiting: list[PageElement | str] = list(reversed(element.contents))
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if node.name in BESIDE or _hidden(node):
                continue
            waiting.extend(["\n", *reversed(node.contents), "\n"] if node.name in BLOCKS else reversed(node.contents))
        elif type(node) is NavigableString:  # not a comment, which is a subclass
            yield re.sub(r"[\n\x85\u2028\u2029]", " ", node)
        elif type(node) is str:
            yield node


def _hidden(node: Tag) -> bool:
    return node.has_attr("hidden") or HIDDEN.search(str(node.get("style", ""))) is not None
