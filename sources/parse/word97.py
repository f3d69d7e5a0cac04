"""Word 97 documents: the cells of their tables as text, by the published structure of the format.

A .doc is a compound file (MS-CFB): sectors in chains, named streams. The text stands in pieces in the stream
`WordDocument`; where, says the piece table in `0Table` or `1Table` (MS-DOC: FibBase, FibRgFcLcb97.fcClx, Clx, Pcd).
A cell ends with U+0007, a row with one more. Every offset is checked before it is followed.
"""

import struct
from collections.abc import Iterator
from typing import Final

from sources.contract import Payload
from sources.errors import LayoutChanged
from sources.parse.booklets import COLUMNS, YEAR, Line, cell

__all__ = ["lines", "text"]

MAGIC: Final = bytes.fromhex("d0cf11e0a1b11ae1")
SECTOR: Final = 512
ENTRY: Final = 128
LAST: Final = 0xFFFFFFFA  # from here on a number marks the end of a chain, or no sector
STREAM: Final = 2
WORD: Final = 0xA5EC
WORD_97: Final = range(0xC1, 0x113)
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200
TEXT_LENGTH, CLX = 0x4C, 0x1A2
GRPPRL, PIECES = 1, 2
NARROW: Final = 0x40000000
CELL_END: Final = "\x07"


def text(payload: Payload, name: str, body: bytes) -> str:
    """The main text of a document, with its control characters.

    Raises:
        LayoutChanged: no Word 97 document, encrypted, or damaged.
    """
    try:
        return _text(body)
    except (struct.error, IndexError, UnicodeDecodeError, ValueError) as broken:
        raise LayoutChanged(
            payload, at=name, expected="a readable Word 97 document", found=f"{type(broken).__name__}: {broken}"
        ) from broken


def lines(payload: Payload, name: str, body: bytes) -> list[Line]:
    """The rows of a booklet's tables: a title alone, or a year and its columns.

    Where rows end isn't marked otherwise than cells are: a row is known by its year and its number of columns.

    Raises:
        LayoutChanged: as `text`.
    """
    cells = [cell(part.rpartition("\f")[2]) for part in text(payload, name, body).split(CELL_END)]
    return [Line(f"{name} row {number}", tuple(row)) for number, row in enumerate(_rows(cells), start=1) if any(row)]


def _rows(cells: list[str]) -> Iterator[list[str]]:
    n = 0
    while n < len(cells):
        end = n + COLUMNS + 1
        if not (YEAR.fullmatch(cells[n]) and end < len(cells) and not cells[end]):
            end = n
            while end < len(cells) and cells[end]:
                end += 1
        yield cells[n:end]
        n = end + 1


def _text(body: bytes) -> str:
    streams = _streams(body)
    main = streams.get("WordDocument", b"")
    kind, version = struct.unpack_from("<HH", main, 0)
    (flags,) = struct.unpack_from("<H", main, 10)
    if kind != WORD or version not in WORD_97 or flags & ENCRYPTED:
        raise ValueError(f"kind {kind:#x}, version {version:#x}, flags {flags:#x}")
    table = streams.get("1Table" if flags & SECOND_TABLE else "0Table", b"")
    start, size = struct.unpack_from("<II", main, CLX)
    clx = table[start : start + size]
    place = 0
    while clx[place] == GRPPRL:
        place += 3 + struct.unpack_from("<H", clx, place + 1)[0]
    if clx[place] != PIECES:
        raise ValueError("no piece table")
    (size,) = struct.unpack_from("<I", clx, place + 1)
    count = (size - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", clx, place + 5)
    pieces = place + 5 + 4 * (count + 1)
    taken = []
    for n in range(count):
        (at,) = struct.unpack_from("<I", clx, pieces + 8 * n + 2)
        taken.append(_piece(main, at, bounds[n + 1] - bounds[n]))
    (length,) = struct.unpack_from("<I", main, TEXT_LENGTH)
    whole = "".join(taken)
    if len(whole) < length:
        raise ValueError(f"{len(whole)} of {length} characters")
    return whole[:length]


def _piece(main: bytes, at: int, length: int) -> str:
    """One piece: a byte a character in cp1252, or two in UTF-16."""
    begin, width, charset = (at & ~NARROW) // 2, 1, "cp1252"
    if not at & NARROW:
        begin, width, charset = at, 2, "utf-16-le"
    raw = main[begin : begin + width * length]
    if length < 0 or len(raw) != width * length:
        raise ValueError("a piece beyond the end of the text")
    return raw.decode(charset)


def _streams(body: bytes) -> dict[str, bytes]:
    """The large streams of a compound file by name; small ones, which hold no text, are left out."""
    (shift,) = struct.unpack_from("<H", body, 30)
    if not body.startswith(MAGIC) or 1 << shift != SECTOR:
        raise ValueError("no compound file of 512-byte sectors")
    tables, directory = struct.unpack_from("<II", body, 44)
    (cutoff,) = struct.unpack_from("<I", body, 56)
    follows = _allocation(body, tables)
    whole = _chain(body, follows, directory)
    found = {}
    for at in range(0, len(whole), ENTRY):
        entry = whole[at : at + ENTRY]
        (length,) = struct.unpack_from("<H", entry, 64)
        (start,) = struct.unpack_from("<I", entry, 116)
        (size,) = struct.unpack_from("<I", entry, 120)
        if length and entry[66] == STREAM and size >= cutoff:
            name = entry[: length - 2].decode("utf-16-le")
            found[name] = _chain(body, follows, start)[:size]
    return found


def _allocation(body: bytes, tables: int) -> list[int]:
    """Which sector follows which. The 109 places of the header are enough for 6.8 MiB; larger files have more."""
    places = list(struct.unpack_from("<109I", body, 76))
    more, count = struct.unpack_from("<II", body, 68)
    for _ in range(min(count, len(body) // SECTOR)):
        if more >= LAST:
            break
        *further, more = struct.unpack_from("<128I", body, (more + 1) * SECTOR)
        places += further
    if tables > len(places):
        raise ValueError("sectors of the allocation table are missing")
    follows: list[int] = []
    for place in places[:tables]:
        follows += struct.unpack_from("<128I", body, (place + 1) * SECTOR)
    return follows


def _chain(body: bytes, follows: list[int], sector: int) -> bytes:
    taken = []
    while sector < LAST:
        taken.append(body[(sector + 1) * SECTOR : (sector + 2) * SECTOR])
        if len(taken) > len(follows):
            raise ValueError("a chain of sectors that runs in a circle")
        sector = follows[sector]
    return b"".join(taken)
