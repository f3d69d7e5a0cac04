"""CSV files as export tools write them: one charset, quotes that close, rows that end.

A file is UTF-8 (with or without a mark at its beginning) or in the legacy charset of its publisher (`gb18030`,
`latin-1`). Bytes of both in one file mean that two files were joined or one was saved half: legacy charsets decode
almost anything, and `千克` in UTF-8 becomes other characters without an error. So each field is looked at.
A file must end with a line end: without one, `4841954212` cut to `48419542` is a figure like any other, and of a sum
over rows some may be gone.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sources.contract import Payload
from sources.errors import Blocked, Contradiction, Empty, LayoutChanged, WrongDocument

__all__ = ["Line", "first_line", "lines", "table"]

UTF8: Final = "utf-8"
MARK: Final = b"\xef\xbb\xbf"
FIELD: Final = re.compile(rb"[^,;\"\t\r\n]+")  # its ends are never inside a character of gb18030
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LINE_END: Final = re.compile(r"[\r\n]")
TWO_BYTES: Final = 0x07FF  # common characters of gb18030 are by chance UTF-8 of two bytes, hardly ever of three
CHALLENGE: Final = b"$_ts"
LONGEST_FIELD: Final = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: `number` as a spreadsheet shows it (the header is row 1), fields without blanks around."""

    number: int
    fields: tuple[str, ...]


def first_line(payload: Payload, legacy: str) -> tuple[str, ...]:
    """The fields of the first line alone, by which a file is known to be of a kind.

    Args:
        payload: the file.
        legacy: its charset where it isn't UTF-8.

    Raises:
        Empty: nothing but blanks.
        Blocked: a web page in place of the file.
        WrongDocument: no text, or no CSV.
    """
    body = payload.body.removeprefix(MARK)
    if not body.strip():
        raise Empty(payload, expected="a CSV file", found=f"{len(payload.body)} bytes, all blank")
    start = body.lstrip()
    if start.startswith(b"<") or CHALLENGE in body:
        kind = WrongDocument if start.startswith(b"<?xml") else Blocked
        raise kind(payload, expected="a CSV file", found=f"a page: {start[:200].decode('latin-1')}")
    line = body.splitlines()[0] if b"\n" not in body else body[: body.index(b"\n") + 1]
    for charset in (UTF8, legacy):
        try:
            text = line.decode(charset)
            fields = next(csv.reader([text], strict=True), [])
        except (UnicodeDecodeError, csv.Error):
            continue
        if CONTROL.search(text) is None:
            return tuple(field.strip() for field in fields)
    raise WrongDocument(payload, at="row 1", expected="a CSV file", found=repr(line[:60]))


def lines(payload: Payload, legacy: str) -> Iterator[Line]:
    """Every row that isn't blank, the header first, however many fields it has.

    Raises:
        Empty, Blocked, WrongDocument: as `first_line`.
        Contradiction: fields in two charsets.
        LayoutChanged: another charset, an open quote, a line break in a field, no line end at the end.
    """
    first_line(payload, legacy)
    text = _decoded(payload, legacy)
    if not text.endswith(("\r", "\n")):
        raise LayoutChanged(
            payload, at="end of the file", expected="a line end after the last row", found=f"{text[-60:]!r}: cut?"
        )
    number = 0
    try:
        for number, fields in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            if not any(fields):
                continue
            if max(map(len, fields)) > LONGEST_FIELD or any(map(LINE_END.search, fields)):
                raise LayoutChanged(payload, at=f"row {number}", expected="short fields of one line", found="others")
            yield Line(number, tuple(field.strip() for field in fields))
    except csv.Error as broken:
        raise LayoutChanged(payload, at=f"row {number + 1}", expected="CSV", found=str(broken)) from broken


def table(payload: Payload, legacy: str) -> tuple[tuple[str, ...], Iterator[Line]]:
    """The header, and rows with exactly as many fields; columns without a name and without a word are left out.

    Raises:
        LayoutChanged: at once or while the rows are taken, a name twice in the header, a row of another length, a
            word in a column without a name; also all that `lines` raises.
    """
    found = lines(payload, legacy)
    header = next(found).fields
    named = [at for at, name in enumerate(header) if name]
    names = tuple(header[at] for at in named)
    if len(set(names)) != len(names) or len(header) - len(names) > 1:
        raise LayoutChanged(payload, at="header", expected="each column once, with a name", found=list(header))
    return names, _even(payload, found, header, named)


def _even(payload: Payload, found: Iterator[Line], header: Sequence[str], named: Sequence[int]) -> Iterator[Line]:
    for line in found:
        spare = [field for at, field in enumerate(line.fields) if at >= len(header) or not header[at]]
        if len(line.fields) < len(header) or len(spare) > 1 or any(spare):
            raise LayoutChanged(
                payload,
                at=f"row {line.number}",
                expected=f"{len(header)} fields, as in the header",
                found=f"{len(line.fields)}, the last {line.fields[-1]!r}",
            )
        yield Line(line.number, tuple(line.fields[at] for at in named))


def _decoded(payload: Payload, legacy: str) -> str:
    body = payload.body.removeprefix(MARK)
    try:
        text = body.decode(UTF8)
    except UnicodeDecodeError:
        fields = {field for field in FIELD.findall(body) if not field.isascii()}
        modern = sorted(field for field in fields if _is_utf8(field, legacy))
        if modern or body is not payload.body:
            found = f"both it and {legacy}: {modern[0].decode(UTF8) if modern else 'a UTF-8 mark'}"
            raise Contradiction(
                payload, at="charset", expected=f"one charset, UTF-8 or {legacy}", found=f"UTF-8, {found}"
            ) from None
        try:
            text = body.decode(legacy)
        except UnicodeDecodeError as broken:
            place = f"byte {broken.start}: {body[broken.start : broken.start + 8]!r}"
            raise LayoutChanged(payload, at="charset", expected=f"UTF-8 or {legacy}", found=place) from broken
    if control := CONTROL.search(text):
        raise LayoutChanged(payload, expected="text", found=f"a control character {control[0]!r}")
    return text


def _is_utf8(field: bytes, legacy: str) -> bool:
    """Was this field written as UTF-8, beyond doubt?"""
    try:
        text = field.decode(UTF8)
    except UnicodeDecodeError:
        return False
    return legacy != "gb18030" or max(map(ord, text)) > TWO_BYTES
