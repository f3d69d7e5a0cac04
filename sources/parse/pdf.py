"""PDF documents: bytes to lines of words, each with its place across the page; no drawing, no picture.

    found = pdf.document(payload)
    found.lines        `Line`s in the order of the pages, from top to bottom
    found.made         the day that the document's own properties give for its making

A line is what stands at one height of a page, a word what stands together in it, with its left and right edge in
points. `placed` says under which head each word of a line stands, and refuses where that can't be told.

Traps
  - pypdf mends what it can, and a mended table may lack rows: it is asked to be strict, and a document without its
    end mark is cut.
  - It raises whatever comes up in a damaged file, and can take long over one: whoever calls bounds time and memory.
  - Its text layout sets letters of different widths on one grid: by the end of a row a figure is a column further on.
    Here the edges are those that the page draws.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal

from sources.contract import Payload
from sources.errors import Empty, LayoutChanged, Unreadable, WrongDocument

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader
    from pypdf._text_extraction._layout_mode._text_state_params import TextStateParams

__all__ = ["MAGIC", "Document", "Line", "Word", "document", "placed"]

MAGIC: Final = b"%PDF-"
END: Final = b"%%EOF"
END_SEARCHED: Final = 1024
MOST_PAGES: Final = 60
MOST_LETTERS: Final = 1_000_000
BLANK: Final = 0.15  # of the height of the letters: a wider gap parts two words
TWICE: Final = 0.1  # of the height of the letters: the same letter so near is drawn twice, which makes it bold
SAME_LINE: Final = 0.4  # of the height of the letters: a raised note mark belongs to the line
CLEARLY: Final = 2  # a word is under a head if every other is twice as far
UNREAD: Final = "Nothing to do: this document holds no figures as text"


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a gap; `left` and `right` are its edges in points from the page's own left edge."""

    text: str
    left: float
    right: float

    @property
    def middle(self) -> float:
        """Where its middle stands."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Words at one height of a page, from left to right; page and number count from 1."""

    page: int
    number: int
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Its words with single blanks."""
        return " ".join(word.text for word in self.words)

    @property
    def place(self) -> str:
        """For locators: `page 1 line 7`."""
        return f"page {self.page} line {self.number}"


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a PDF; `made` is None where its properties give no day."""

    lines: tuple[Line, ...]
    made: date | None


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    left: float
    right: float
    bottom: float
    height: float


class _NoTextError(Exception):
    """What is no release of ours: too long, or drawn with letters that nobody can name."""


def document(payload: Payload) -> Document:
    """The text of a PDF, page by page.

    Raises:
        Empty: no byte.
        WrongDocument: no PDF.
        Unreadable: pages without text: pictures.
        LayoutChanged: cut, damaged, locked with a password, in a font whose letters aren't named, over 60 pages or a
            million letters.
    """
    body = payload.body
    if not body.strip():
        raise Empty(payload, expected="a PDF", found="an empty body")
    if not body.startswith(MAGIC):
        raise WrongDocument(payload, expected="a PDF", found=repr(body[:40]))
    if END not in body[-END_SEARCHED:]:
        raise LayoutChanged(payload, at="its end", expected=END.decode(), found=repr(body[-40:]))
    try:
        pages, made = _read(body)
    except Exception as error:
        found = str(error) if isinstance(error, _NoTextError) else f"{type(error).__name__}: {error}"
        raise LayoutChanged(payload, expected="a whole PDF of some pages, without a password", found=found) from error
    lines = tuple(line for n, page in enumerate(pages, start=1) for line in _lines(n, page))
    if not lines:
        found = f"{len(pages)} pages without a letter"
        raise Unreadable(payload, expected="a PDF with text", found=found, advice=UNREAD)
    return Document(lines, made)


def _read(body: bytes) -> tuple[list[list[_Letter]], date | None]:
    """The letters of each page, and the day of making; on damaged bytes pypdf raises what it likes."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of what it can't read; here that ends in a reason
    reader = pypdf.PdfReader(BytesIO(body), strict=True)
    if len(reader.pages) > MOST_PAGES:
        raise _NoTextError(f"{len(reader.pages)} pages")
    pages: list[list[_Letter]] = []
    left = MOST_LETTERS
    for page in reader.pages:
        letters: list[_Letter] = []
        for shown in _shown(page, reader):
            if not shown.font.interpretable:
                raise _NoTextError("a font whose letters have no names")
            if not shown.rotated:
                letters += _letters(shown)
            if len(letters) > left:
                raise _NoTextError(f"over {MOST_LETTERS} letters")
        left -= len(letters)
        pages.append(letters)
    return pages, _made(reader.metadata.creation_date_raw if reader.metadata else None)


def _shown(page: PageObject, reader: PdfReader) -> Iterator[TextStateParams]:
    """Each showing of text on a page, with where it begins and ends.

    The walk is that of pypdf's own layout mode, before it puts text on a grid. These are inner names of pypdf, whose
    version is locked; the tests of this module fail if they change.
    """
    from pypdf._text_extraction._layout_mode import _fixed_width_page as walk
    from pypdf._text_extraction._layout_mode._text_state_manager import TextStateManager
    from pypdf.generic import ArrayObject, ContentStream, StreamObject

    contents = page.get("/Contents")
    contents = None if contents is None else contents.get_object()
    if not isinstance(contents, (ArrayObject, StreamObject)):
        return
    fonts = page._layout_mode_fonts()  # noqa: SLF001 (see above)
    state = TextStateManager()
    operations = iter(ContentStream(contents, reader, "bytes").operations)
    for operands, operator in operations:
        if operator in {b"BT", b"q"}:
            ends: Literal[b"ET", b"Q"] = b"ET" if operator == b"BT" else b"Q"
            yield from walk.recurse_to_target_op(operations, state, ends, fonts)[1]
        elif operator == b"Tf":
            walk.set_font_operation(state, fonts, operands)
        elif operator == b"cm":
            state.add_cm(*operands)
        else:
            state.set_state_param(operator, operands)


def _letters(shown: TextStateParams) -> Iterator[_Letter]:
    """The letters of one showing: the width that it takes, shared out by the widths of its font."""
    widths = [max(shown.font.get_text_width(letter), 1.0) for letter in shown.text]
    scale = (shown.displaced_tx - shown.tx) / (sum(widths) or 1.0)
    left = shown.tx
    height = -shown.ty if shown.flip_vertical else shown.ty
    for letter, width in zip(shown.text, widths, strict=True):
        yield _Letter(letter, left, left + width * scale, height, shown.font_height)
        left += width * scale


def _lines(page: int, letters: Sequence[_Letter]) -> Iterator[Line]:
    rows: list[list[_Letter]] = []
    for letter in sorted((one for one in letters if one.text.strip()), key=lambda one: -one.bottom):
        first = rows[-1][0] if rows else letter
        if rows and first.bottom - letter.bottom <= SAME_LINE * min(first.height, letter.height):
            rows[-1].append(letter)
        else:
            rows.append([letter])
    for number, row in enumerate(rows, start=1):
        once: list[_Letter] = []
        for letter in sorted(row, key=lambda one: one.left):
            near = (one for one in once[-2:] if letter.left - one.left < TWICE * letter.height)
            if all(one.text != letter.text for one in near):
                once.append(letter)
        yield Line(page, number, tuple(_words(once)))


def _words(row: Sequence[_Letter]) -> Iterator[Word]:
    start = 0
    for n in range(1, len(row) + 1):
        if n == len(row) or row[n].left - row[n - 1].right > BLANK * row[n].height:
            yield Word("".join(one.text for one in row[start:n]), row[start].left, row[n - 1].right)
            start = n


def _made(printed: str | None) -> date | None:
    """The day of `D:20221206120000+03'00'`, in its own time zone."""
    found = re.match(r"D:([0-9]{4})([0-9]{2})([0-9]{2})", printed or "")
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def placed(words: Sequence[Word], heads: Sequence[Word]) -> Mapping[int, Word]:
    """Which head each word stands under: the words by the number of their head, from 0.

    Raises:
        ValueError: a word between two heads, two words under one, words out of order.
    """
    found: dict[int, Word] = {}
    last = -1
    for word in words:
        gaps = sorted((abs(head.middle - word.middle), n) for n, head in enumerate(heads))
        if len(gaps) > 1 and gaps[1][0] < CLEARLY * gaps[0][0]:
            raise ValueError(f"{word.text} stands between two heads")
        nearest = gaps[0][1]
        if nearest <= last:
            raise ValueError(f"{word.text} stands under the head of another")
        found[nearest], last = word, nearest
    return found
