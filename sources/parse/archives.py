"""RAR archives, unpacked in memory by libarchive: the library that comes with most systems, asked through ctypes.

There is no reader of RAR in Python alone. Nothing is written to disk, so no name in an archive can lead anywhere; how
many members there are and how much comes out is capped, and what libarchive does to a damaged archive happens in the
child process that parses.
"""

import ctypes
import ctypes.util
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final

from sources.contract import Payload
from sources.errors import LayoutChanged, Unreadable

__all__ = ["RAR", "available", "members"]

RAR: Final = b"Rar!\x1a\x07"
MEBIBYTE: Final = 1 << 20
MOST_MEMBERS: Final = 100
MOST_BYTES: Final = 64 * MEBIBYTE
CHUNK: Final = 1 << 16
NAMES: Final = ("libarchive.so.13", "libarchive.dylib")
OK, EOF = 0, 1
FILE_BLOCK, HAS_BODY = 0x74, 0x8000
FOLDER: Final = 0xE0


@cache
def _library() -> ctypes.CDLL | None:
    for name in (*NAMES, ctypes.util.find_library("archive")):
        try:
            library = ctypes.CDLL(name) if name else None
        except OSError:
            continue
        if library is not None:
            return _typed(library)
    return None


def _typed(library: ctypes.CDLL) -> ctypes.CDLL:
    whole, pointer, text, size = ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
    for name, result, *arguments in (
        ("archive_read_new", pointer),
        ("archive_read_support_format_rar", whole, pointer),
        ("archive_read_open_memory", whole, pointer, text, size),
        ("archive_read_next_header", whole, pointer, ctypes.POINTER(pointer)),
        ("archive_entry_pathname_utf8", text, pointer),
        ("archive_read_data", ctypes.c_ssize_t, pointer, pointer, size),
        ("archive_error_string", text, pointer),
        ("archive_read_free", whole, pointer),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


def available() -> bool:
    """Can archives be unpacked on this machine?"""
    return _library() is not None


def members(payload: Payload) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file in a RAR archive, in its order; the name is for messages alone.

    Raises:
        Unreadable: libarchive is not installed.
        LayoutChanged: the archive is damaged, cut or encrypted, holds over 100 members or unpacks to over 64 MiB.
    """
    library = _library()
    if library is None:
        raise Unreadable(
            payload,
            expected="libarchive, which unpacks RAR archives",
            found="none on this machine",
            advice="Install it (Debian: apt install libarchive13), then run `amur rebuild`",
        )
    left, checksums = MOST_BYTES, _checksums(payload)
    with _opened(payload, library) as archive:
        entry = ctypes.c_void_p()
        for _ in range(MOST_MEMBERS + 1):
            said = library.archive_read_next_header(archive, ctypes.byref(entry))
            if said == EOF:
                return
            if said != OK:
                raise _fault(payload, library, archive)
            name = (library.archive_entry_pathname_utf8(entry) or b"?").decode("utf-8", "replace")
            content = _content(payload, library, archive, left)
            left -= len(content)
            if next(checksums, None) not in {None, zlib.crc32(content)}:
                raise LayoutChanged(payload, at=name, expected="the checksum of the archive", found="another one")
            yield name, content
    raise LayoutChanged(payload, expected=f"at most {MOST_MEMBERS} files in an archive", found="more")


def _checksums(payload: Payload) -> Iterator[int]:
    """The CRC-32 of each file as the headers of a RAR 4 archive state it: of stored files libarchive checks none."""
    body, at = payload.body, len(RAR) + 1
    while at + 7 <= len(body):
        kind, flags, size = struct.unpack_from("<BHH", body, at + 2)
        further = struct.unpack_from("<I", body, at + 7)[0] if flags & HAS_BODY and at + 11 <= len(body) else 0
        if kind == FILE_BLOCK and at + 20 <= len(body):
            yield 0 if flags & FOLDER == FOLDER else struct.unpack_from("<I", body, at + 16)[0]
        if size + further <= 0:
            return
        at += size + further


@contextmanager
def _opened(payload: Payload, library: ctypes.CDLL) -> Iterator[ctypes.c_void_p]:
    archive = ctypes.c_void_p(library.archive_read_new())
    try:
        library.archive_read_support_format_rar(archive)
        if library.archive_read_open_memory(archive, payload.body, len(payload.body)) != OK:
            raise _fault(payload, library, archive)
        yield archive
    finally:
        library.archive_read_free(archive)


def _content(payload: Payload, library: ctypes.CDLL, archive: ctypes.c_void_p, most: int) -> bytes:
    buffer = ctypes.create_string_buffer(CHUNK)
    taken = bytearray()
    while (size := library.archive_read_data(archive, buffer, CHUNK)) > 0:
        taken += buffer.raw[:size]
        if len(taken) > most:
            raise LayoutChanged(payload, expected=f"at most {MOST_BYTES // MEBIBYTE} MiB unpacked", found="more")
    if size < 0:
        raise _fault(payload, library, archive)
    return bytes(taken)


def _fault(payload: Payload, library: ctypes.CDLL, archive: ctypes.c_void_p) -> LayoutChanged:
    said = (library.archive_error_string(archive) or b"no reason given").decode("utf-8", "replace")
    return LayoutChanged(payload, at="the archive", expected="a whole RAR archive", found=said)
