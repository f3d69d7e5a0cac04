"""Bad payloads made from a good one: what servers, networks, editors and attackers really send, by name.

`generate(format, good)` gives cases for html, json, csv, xml, rss, xlsx, pdf and doc; the same bytes give the same cases.
Each says what is wanted of it: `rejected` (it can't be read), `quarantined` (it can be, and is wrong against itself or
the history) or `loads_same` (unusual but right: exactly the good rows). Nothing here writes a file or asks a network;
what would reach out if it were obeyed names 127.0.0.1, 169.254.169.254, /etc/passwd or a file `amur-escaped.txt`.
"""

from __future__ import annotations

import base64
import copy
import csv
import gzip
import io
import json
import random
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import openpyxl
from lxml import etree
from lxml import html as lxml_html

__all__ = ["FORMATS", "Case", "generate"]

FORMATS: Final = ("html", "json", "csv", "xml", "rss", "xlsx", "pdf", "doc")
REJECTED, QUARANTINED, SAME = "rejected", "quarantined", "loads_same"
SCRIPT: Final = "<script>alert('amur')</script>"
FORMULA: Final = "=cmd|'/c calc'!A1"
XXE: Final = "file:///etc/passwd"
INSIDE: Final = "http://169.254.169.254/latest/meta-data/"


class Case(NamedTuple):
    """One bad payload."""

    name: str
    body: bytes
    wanted: str


def generate(form: str, good: bytes) -> Iterator[Case]:
    """The cases of a format; a payload equal to the good one or to an earlier one is left out.

    Raises:
        KeyError: no such format.
    """
    seen = {good}
    for case in (*_anything(good), *MAKERS[form](good)):
        if case.body not in seen:
            seen.add(case.body)
            yield case


# --- any format -----------------------------------------------------------------------------------------------------


def _page(title: str, body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body>{body}</body></html>".encode()


INSTEAD: Final = {
    "a challenge": _page("One moment, please", "<noscript>Please enable JavaScript</noscript><form id='challenge-form'>"),
    "a captcha": _page("Are you human?", "<form><img src='/captcha.png'><input name='captcha'></form>"),
    "a login": _page("Sign in", "<form method=post><input name=user><input type=password name=p></form>"),
    "a bad gateway": _page("502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr>nginx"),
    "a soft 404": _page("Page not found", "<p>The page that you look for is not here.</p>"),
    "maintenance": _page("Technical works", "<p>Ведутся технические работы. Сайт временно недоступен.</p>"),
    "a Chinese block": _page("访问被拒绝", "<p>您的请求存在异常，已被拦截。</p>"),
    "another table": _page("Prices", "<table><tr><th>Item</th><th>Price</th></tr><tr><td>Tea</td><td>1,234.5</td></tr></table>"),
    "a JSON error": b'{"error": {"code": 429, "message": "Too many requests"}}',
    "an XML error": b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
    "plain words": b"Access denied by policy\n",
    "nothing": b"",
    "blanks": b" \r\n\t\n" * 40,
    "zeros": bytes(4096),
    "noise": random.Random(7).randbytes(4096),  # noqa: S311 (the same noise at every run)
    "a picture": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,",
    "a program": b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200),
    "an empty zip": b"PK\x05\x06" + bytes(18),
    "an empty list": b"[]",
    "null": b"null",
}  # fmt: skip


def _anything(good: bytes) -> Iterator[Case]:
    for name, body in INSTEAD.items():
        yield Case(f"{name} in its place", body, REJECTED)
    for percent in (1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95):
        yield Case(f"cut at {percent} percent", good[: len(good) * percent // 100], REJECTED)
    half = len(good) // 2
    yield Case("second half only", good[half:], REJECTED)
    yield Case("middle kilobyte lost", good[: half - 512] + good[half + 512 :], REJECTED)
    yield Case("middle zeroed", good[: half - 200] + bytes(400) + good[half + 200 :], REJECTED)
    yield Case("halves changed places", good[half:] + good[:half], REJECTED)
    yield Case("base64 of it", base64.b64encode(good), REJECTED)
    yield Case("packed twice", gzip.compress(gzip.compress(good, mtime=0), mtime=0), REJECTED)
    yield Case("packed by zlib", zlib.compress(good), REJECTED)
    yield Case("a proxy's words before it", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + good, REJECTED)
    yield Case("a bomb of gzip", gzip.compress(bytes(256 << 20), compresslevel=9, mtime=0), REJECTED)


# --- text -------------------------------------------------------------------------------------------------------------


def _decoded(good: bytes) -> tuple[str, str]:
    """The text of a good payload and its charset."""
    if good.startswith(b"\xef\xbb\xbf"):
        return good.decode("utf-8-sig"), "utf-8"
    declared = re.search(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z0-9_-]+)""", good[:2000])
    for charset in (declared[1].decode() if declared else "utf-8", "utf-8", "gb18030"):
        try:
            return good.decode(charset), charset
        except UnicodeDecodeError:
            continue
    raise ValueError("the good payload is in no known charset")


NUMBER: Final = re.compile(r"(?<![\w.,/:-])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+[.,]\d+|\d{5,})(?![\w/:-]|[.,]\d)")


def _target(text: str) -> str:
    """The number with the most digits that stands in the text once."""
    found = Counter(NUMBER.findall(text))
    return max(found, key=lambda said: (found[said] == 1, sum(c.isdigit() for c in said), said))


def _scaled(said: str, power: int) -> str:
    """A printed number times a power of ten, printed in the same way."""
    decimal_comma = re.fullmatch(r"\d+,\d+", said) is not None and not re.fullmatch(r"\d{1,3}(,\d{3})+", said)
    plain = said.replace(",", ".") if decimal_comma else said.replace(",", "")
    whole, _, rest = plain.partition(".")
    digits = whole + rest
    point = len(whole) + power
    digits = digits.ljust(point, "0") if point > 0 else "0" * (1 - point) + digits
    point = max(point, 1)
    new, tail = digits[:point].lstrip("0") or "0", digits[point:] if rest or power < 0 else ""
    if "," in said and not decimal_comma:
        new = f"{int(new):,}"
    return new + (("," if decimal_comma else ".") + tail if tail else "")


def _values(said: str) -> Iterator[tuple[str, str, str]]:
    """Wrong values for a printed one: name, text, what is wanted."""
    for power in (3, 4, 6, 9, -4, -6):
        yield f"value times 1e{power}", _scaled(said, power), QUARANTINED
    yield "value with its sign changed", f"-{said}", QUARANTINED
    yield "value zero", "0", QUARANTINED
    yield "value blank", "", QUARANTINED
    for name, text in {
        "in words": "n/a", "not a number": "NaN", "infinite": "Infinity", "hexadecimal": "0x1F2E3D", "with exponent": "1e400",
        "with underscores": "1_234_567", "in Arabic digits": "١٢٣٤٥٦٧", "in wide digits": "１２３４５６７", "twice": f"{said} {said}",
        "in parentheses": f"({said})", "with two points": "1.234.567.8.9", "as a formula": FORMULA, "as a date": "2026-06-30",
        "as a script": SCRIPT.replace("<", "&lt;"), "with a percent sign": f"{said}%", "of 400 digits": "9" * 400, "as an error": "#REF!",
        "with a footnote": f"{said}[1]", "with a letter O": said.replace("0", "O") if "0" in said else f"{said}O",
    }.items():  # fmt: skip
        yield f"value {name}", text, QUARANTINED


def _encodings(text: str, charset: str) -> Iterator[Case]:
    def put(words: str) -> bytes:
        return words.encode(charset, "xmlcharrefreplace")

    half = len(text) // 2
    raw = text.encode(charset, "xmlcharrefreplace")
    yield Case(
        "encoding replacement character",
        text.replace(_target(text), f"{_target(text)}\ufffd", 1).encode("utf-8"),
        REJECTED,
    )
    yield Case(
        "encoding NUL in a value",
        put(text.replace(_target(text), f"{_target(text)[0]}\0{_target(text)[1:]}", 1)),
        REJECTED,
    )
    yield Case(
        "encoding bytes that are none", raw[: len(raw) // 2] + b"\xc3\x28\xff\xfe\x81" + raw[len(raw) // 2 :], REJECTED
    )
    yield Case("encoding UTF-16 undeclared", text.encode("utf-16-le"), REJECTED)
    yield Case("encoding UTF-32", text.encode("utf-32"), REJECTED)
    yield Case("encoding UTF-7", text.encode("utf-7"), REJECTED)
    yield Case("encoding EBCDIC", text.encode("cp037", "replace"), REJECTED)
    yield Case("encoding control characters", put(text[:half] + "\x01\x02\x1b[31m" + text[half:]), REJECTED)


def _with_value(text: str, charset: str) -> Iterator[Case]:
    said = _target(text)
    for name, new, wanted in _values(said):
        yield Case(name, text.replace(said, new, 1).encode(charset, "xmlcharrefreplace"), wanted)


def _html(good: bytes) -> Iterator[Case]:
    text, charset = _decoded(good)
    yield from _encodings(text, charset)
    yield from _with_value(text, charset)

    def edited(change: Callable[[Any, list[Any]], None]) -> bytes:
        root = lxml_html.document_fromstring(text)
        rows = [row for row in root.iter("tr") if row.find("td") is not None and row.find(".//table") is None]
        change(root, rows)
        return bytes(lxml_html.tostring(root, encoding=charset, doctype="<!DOCTYPE html>"))

    def data(rows: list[Any]) -> list[Any]:
        widest = Counter(len(row) for row in rows).most_common(1)[0][0]
        return [row for row in rows if len(row) == widest and NUMBER.search("".join(row.itertext()))]

    def remove(nodes: Sequence[Any]) -> None:
        for node in nodes:
            node.getparent().remove(node)

    def swap(row: Any, one: int, other: int) -> None:  # noqa: ANN401 (an element)
        cells = list(row)
        cells[one].text, cells[other].text = cells[other].text_content(), cells[one].text_content()
        for cell in (cells[one], cells[other]):
            for child in list(cell):
                cell.remove(child)

    changes: dict[str, tuple[Callable[[Any, list[Any]], Any], str]] = {
        "written anew": (lambda _root, _rows: None, SAME),
        "a comment in it": (lambda root, _rows: root.insert(0, etree.Comment("cached")), SAME),
        "no rows": (lambda _root, rows: remove(data(rows)), REJECTED),
        "every second row": (lambda _root, rows: remove(data(rows)[1::2]), QUARANTINED),
        "the first row twice, other values": (
            lambda _root, rows: (rows.append(copy.deepcopy(data(rows)[0])), swap(rows[-1], 1, 2), data(rows)[0].addnext(rows[-1])), QUARANTINED,
        ),
        "two columns changed places": (lambda _root, rows: [swap(row, 1, 3) for row in data(rows)], QUARANTINED),
        "values moved a column to the right": (
            lambda _root, rows: [(row.insert(1, etree.Element("td")), row.remove(row[-1])) for row in data(rows)], QUARANTINED,
        ),
        "a column lost": (lambda _root, rows: [row.remove(row[2]) for row in data(rows)], QUARANTINED),
        "values of two rows changed places": (lambda _root, rows: _exchange(data(rows)[0], data(rows)[1]), QUARANTINED),
        "first label renamed": (lambda _root, rows: _label(data(rows)[1], "Atlantis"), QUARANTINED),
        "a label blank": (lambda _root, rows: _label(data(rows)[1], ""), QUARANTINED),
        "no table": (lambda root, _rows: remove([t for t in root.iter("table") if t.getparent() is not None]), REJECTED),
        "a script in a cell": (
            lambda _root, rows: data(rows)[1][0].append(lxml_html.fragment_fromstring(SCRIPT)), REJECTED,
        ),
        "a table in a cell": (
            lambda _root, rows: data(rows)[1][1].append(lxml_html.fragment_fromstring("<table><tr><td>9</td></tr></table>")), QUARANTINED,
        ),
        "a span of 5000 columns": (lambda _root, rows: data(rows)[0][0].set("colspan", "5000"), REJECTED),
        "a span of 1e12 rows": (lambda _root, rows: data(rows)[0][0].set("rowspan", "1000000000000"), REJECTED),
        "a span that is no number": (lambda _root, rows: data(rows)[0][0].set("colspan", "two"), REJECTED),
    }  # fmt: skip
    for name, (change, wanted) in changes.items():
        yield Case(name, edited(change), wanted)
    heads = re.findall(r">\s*(Export|Import|Exports|Imports|Total)\s*<", text)
    if heads:
        yield Case("headers changed places", _swapped(text, "Export", "Import").encode(charset), QUARANTINED)
        yield Case(
            "a header renamed",
            re.sub(r">(\s*)Exports?(\s*)<", r">\1Transit\2<", text, count=1).encode(charset),
            REJECTED,
        )
    end = "</body>" if "</body>" in text else "</html>"
    yield Case("nested deeply", text.replace(end, "<div>" * 60_000 + end).encode(charset), REJECTED)
    yield Case(
        "an attribute of 5 MB", text.replace("<td", f"<td title='{'x' * (5 << 20)}'", 1).encode(charset), REJECTED
    )
    yield Case(
        "100000 empty cells", text.replace("</tr>", "<td></td>" * 100_000 + "</tr>", 1).encode(charset), REJECTED
    )
    yield Case("a million empty tags", text.replace(end, "<p>" * 1_000_000 + end).encode(charset), REJECTED)
    yield Case("two documents", (text + text).encode(charset), REJECTED)
    yield Case("a base elsewhere", text.replace("<head>", f"<head><base href='{INSIDE}'>", 1).encode(charset), SAME)


def _swapped(text: str, one: str, other: str) -> str:
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


def _exchange(one: Any, other: Any) -> None:  # noqa: ANN401 (elements)
    """Two rows keep their labels and change their values."""
    a, b = one[0], other[0]
    parent, at = one.getparent(), one.getparent().index(one)
    one.remove(a)
    other.remove(b)
    one.insert(0, b)
    other.insert(0, a)
    parent.insert(at, one)


def _label(row: Any, new: str) -> None:  # noqa: ANN401 (an element)
    cell = row[0]
    for child in list(cell):
        cell.remove(child)
    cell.text = new


def _json(good: bytes) -> Iterator[Case]:
    text = good.decode()
    said = json.loads(text)
    key = next(name for name, value in said.items() if isinstance(value, list) and value and isinstance(value[0], dict))
    fields = said[key][0]
    value = max((n for n, v in fields.items() if type(v) in {int, float} and v), key=lambda n: fields[n])

    def edited(change: Callable[[dict[str, Any], list[dict[str, Any]]], Any], **how: Any) -> bytes:  # noqa: ANN401
        whole = copy.deepcopy(said)
        change(whole, whole[key])
        return json.dumps(whole, ensure_ascii=False, **how).encode()

    def first(new: Any) -> bytes:  # noqa: ANN401 (any JSON)
        return edited(lambda _whole, rows: rows[0].update({value: new}))

    number = fields[value]
    for power in (3, 4, 6, 9, -4, -6):
        yield Case(f"value times 1e{power}", first(number * 10.0**power), QUARANTINED)
    for name, new in {
        "with its sign changed": -number, "zero": 0, "null": None, "as text": str(number), "empty text": "", "true": True, "a list": [number],
        "an object": {"value": number}, "in words": "n/a", "of 400 digits": int("9" * 400), "a script": SCRIPT,
        "in Arabic digits": "١٢٣٤٥", "hexadecimal": "0x1F", "with underscores": "1_000", "with commas": f"{int(number):,}",
    }.items():  # fmt: skip
        yield Case(f"value {name}", first(new), QUARANTINED)
    for word in ("NaN", "Infinity", "-Infinity", "1e400", "0123", "+5", ".5", "1.", "0x1F", "'5'"):
        yield Case(f"value bare {word}", first("@@").replace(b'"@@"', word.encode()), REJECTED)
    yield Case("value missing", edited(lambda _w, rows: rows[0].pop(value)), QUARANTINED)
    changes: dict[str, tuple[Callable[[dict[str, Any], list[dict[str, Any]]], Any], str]] = {
        "no records": (lambda _w, rows: rows.clear(), QUARANTINED),
        "a record less": (lambda _w, rows: rows.pop(), QUARANTINED),
        "a record twice, other value": (lambda _w, rows: rows.append(rows[0] | {value: number * 3}), QUARANTINED),
        "a record twice": (lambda _w, rows: rows.append(dict(rows[0])), REJECTED),
        "records an object": (lambda w, _r: w.update({key: {"0": fields}}), REJECTED),
        "records text": (lambda w, _r: w.update({key: "see attachment"}), REJECTED),
        "records null": (lambda w, _r: w.update({key: None}), REJECTED),
        "records missing": (lambda w, _r: w.pop(key), REJECTED),
        "a record null": (lambda _w, rows: rows.insert(0, None), REJECTED),  # type: ignore[arg-type]
        "a record a list": (lambda _w, rows: rows.insert(0, [1, 2]), REJECTED),  # type: ignore[arg-type]
        "a record empty": (lambda _w, rows: rows.insert(0, {}), REJECTED),
        "value renamed": (lambda _w, rows: [row.update({"worth": row.pop(value)}) for row in rows], REJECTED),
        "records reversed": (lambda _w, rows: rows.reverse(), SAME),
        "keys reversed": (lambda _w, rows: rows.__setitem__(slice(None), [dict(reversed(row.items())) for row in rows]), SAME),
        "a field more": (lambda _w, rows: [row.update({"checkSum": "ab"}) for row in rows], SAME),
        "a key __proto__": (lambda _w, rows: rows[0].update({"__proto__": {"admin": True}}), SAME),
    }  # fmt: skip
    for name, (change, wanted) in changes.items():
        yield Case(name, edited(change), wanted)
    yield Case("indented", edited(lambda _w, _r: None, indent=4), SAME)
    yield Case("escaped", json.dumps(said).encode(), SAME)
    yield Case("with blanks around", b"\r\n " + good + b"\n\n", SAME)
    yield Case("a key twice", text.replace("{", f'{{"{key}": [], ', 1).encode(), REJECTED)
    yield Case("a list about it", b"[" + good + b"]", REJECTED)
    yield Case("two documents", good + good, REJECTED)
    yield Case("a comma too many", text.replace("}]", "},]", 1).encode(), REJECTED)
    yield Case("a comment in it", text.replace("{", "{/* cached */", 1).encode(), REJECTED)
    yield Case("in single quotes", text.replace('"', "'").encode(), REJECTED)
    yield Case("a callback about it", b"cb(" + good + b");", REJECTED)
    yield Case("a guard before it", b")]}',\n" + good, REJECTED)
    yield Case(
        "nested deeply", text.replace("{", '{"x": ' + "[" * 100_000 + "]" * 100_000 + ", ", 1).encode(), REJECTED
    )
    yield Case("UTF-16", text.encode("utf-16"), REJECTED)
    yield Case("a lone surrogate", text.replace("{", '{"note": "\\ud800", ', 1).encode(), REJECTED)
    yield Case("a NUL in a key", text.replace("{", '{"a\\u0000b": 1, ', 1).encode(), REJECTED)
    yield Case("text of 20 MB", text.replace("{", '{"note": "%s", ' % ("x" * (20 << 20)), 1).encode(), REJECTED)


def _csv(good: bytes) -> Iterator[Case]:
    text, charset = _decoded(good)
    yield from _encodings(text, charset)
    yield from _with_value(text, charset)
    lines = text.splitlines()
    head, rows = lines[0], lines[1:]

    def of(new: Sequence[str], end: str = "\r\n") -> bytes:
        return (end.join(new) + end).encode(charset)

    table = list(csv.reader(rows))
    names = head.split(",")

    def cells(new: Sequence[Sequence[str]], header: Sequence[str] = names) -> bytes:
        out = io.StringIO()
        out.write(",".join(header) + "\r\n")
        csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(new)
        return out.getvalue().encode(charset)

    numbers = [n for n, cell in enumerate(table[0]) if re.fullmatch(r"[\d,]{6,}", cell) and "," in cell]
    one, other = numbers[0], numbers[-1]

    def moved(row: Sequence[str]) -> list[str]:
        new = list(row)
        new[one], new[other] = new[other], new[one]
        return new

    yield Case("lines end in LF", of(lines, "\n"), SAME)
    yield Case("empty lines at the end", text.encode(charset) + b"\r\n\r\n", SAME)
    yield Case("quoted throughout", cells(table), SAME)
    yield Case("UTF-8 with a mark", b"\xef\xbb\xbf" + text.encode(), SAME)
    yield Case("no rows", of([head]), REJECTED)
    yield Case("no header", of(rows), REJECTED)
    yield Case("header twice", of([head, head, *rows]), REJECTED)
    yield Case("a row less", of(lines[:-1]), QUARANTINED)
    yield Case("a row twice", of([*lines, lines[-1]]), REJECTED)
    yield Case(
        "a row twice, other value",
        cells([*table, [c if n != other else "9,999,999,999" for n, c in enumerate(table[0])]]),
        QUARANTINED,
    )
    yield Case("two columns changed places", cells([moved(row) for row in table]), QUARANTINED)
    yield Case("two headers changed places", cells(table, moved(names)), QUARANTINED)
    yield Case("a header renamed", of([head.replace(names[other], "欧元", 1), *rows]), REJECTED)
    yield Case("a header twice", of([head.replace(names[other], names[one], 1), *rows]), REJECTED)
    yield Case("a header blank", of([head.replace(names[other], "", 1), *rows]), REJECTED)
    yield Case("a column lost", cells([row[:other] + row[other + 1 :] for row in table]), REJECTED)
    yield Case("a column more", cells([[*row[:one], "7", *row[one:]] for row in table]), REJECTED)
    yield Case("a row too short", cells([*table[:-1], table[-1][:3]]), REJECTED)
    yield Case("a row too long", cells([*table[:-1], [*table[-1], "1", "2", "3"]]), REJECTED)
    yield Case("a quote never closed", of([*lines[:-1], '"' + lines[-1]]), REJECTED)
    yield Case("semicolons", of([";".join(names), *(";".join(row) for row in table)]), REJECTED)
    yield Case("tabs", of(["\t".join(names), *("\t".join(row) for row in table)]), REJECTED)
    yield Case(
        "months of another year", of([head, *(re.sub(r"\b202[0-9](\d\d)\b", r"2099\1", row) for row in rows)]), REJECTED
    )
    yield Case("a month 13", of([head, *(re.sub(r"\b(20\d\d)\d\d\b", r"\g<1>13", row) for row in rows)]), REJECTED)
    yield Case("a month blank", of([head, re.sub(r"\b20\d{4}\b", "", rows[0]), *rows[1:]]), REJECTED)
    yield Case("a field of 5 MB", of([head, rows[0].replace('"', '"' + "x" * (5 << 20), 1), *rows[1:]]), REJECTED)
    yield Case("100000 rows", of([head, *(rows[0] for _ in range(100_000))]), REJECTED)
    yield Case("100000 columns", of([head + ",x" * 100_000, *rows]), REJECTED)
    yield Case("a NUL between rows", of([head, "\0", *rows]), REJECTED)
    yield Case("a formula before it", of([FORMULA, *lines]), REJECTED)
    yield Case("a sum below", of([*lines, "合计," * len(names)]), REJECTED)


def _tree(good: bytes) -> Any:  # noqa: ANN401 (an element)
    return etree.fromstring(good)


def _markup(good: bytes, *, feed: bool) -> Iterator[Case]:
    """XML tricks that hold for feeds too."""
    text, charset = _decoded(good)
    bare = re.sub(r"^<\?xml[^>]*\?>", "", text)
    declared = f'<?xml version="1.0" encoding="{charset}"?>'
    name = re.search(r"<([A-Za-z][\w:]*)", bare)
    root = name[1] if name else "r"

    def typed(declarations: str, use: str = "") -> bytes:
        new = bare.replace("</", f"{use}</", 1) if use else bare
        return f"{declared}<!DOCTYPE {root} [{declarations}]>{new}".encode(charset)

    laughs = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {c} "{f"&{p};" * 10}">' for p, c in zip("abcdefghi", "bcdefghij", strict=True)
    )
    yield Case("entity bomb", typed(laughs, "&j;"), REJECTED)
    yield Case("entity bomb of one long word", typed(f'<!ENTITY a "{"A" * 50_000}">', "&a;" * 50_000), REJECTED)
    yield Case("entity of a file", typed(f'<!ENTITY a SYSTEM "{XXE}">', "&a;"), REJECTED)
    yield Case("entity of an address", typed(f'<!ENTITY a SYSTEM "{INSIDE}">', "&a;"), REJECTED)
    yield Case("entity in a parameter", typed(f'<!ENTITY % a SYSTEM "{INSIDE}"> %a;'), REJECTED)
    yield Case("entity without a declaration", text.replace("</", "&nosuch;</", 1).encode(charset), REJECTED)
    yield Case(
        "a document type elsewhere",
        f'{declared}<!DOCTYPE {root} SYSTEM "{INSIDE}x.dtd">{bare}'.encode(charset),
        REJECTED,
    )
    yield Case("a stylesheet elsewhere", f'{declared}<?xml-stylesheet href="{INSIDE}"?>{bare}'.encode(charset), SAME)
    yield Case("an unknown encoding", text.replace(charset, "x-nosuch", 1).encode(charset), REJECTED)
    yield Case("a wrong encoding", text.replace(charset, "utf-16", 1).encode(charset), REJECTED)
    yield Case("blanks before the declaration", b"\r\n  " + good, REJECTED)
    yield Case("blanks after the end", good + b"\r\n\r\n  ", SAME)
    yield Case("a comment after the end", good + b"<!-- served in 12 ms -->", SAME)
    yield Case("two documents", good + good, REJECTED)
    yield Case("words after the end", good + b"Warning: mysql_connect()", REJECTED)
    deep = "<d>" * 50_000 + "</d>" * 50_000
    yield Case("nested deeply", _before_end(text, deep).encode(charset), REJECTED)
    yield Case(
        "an attribute of 12 MB",
        text.replace(f"<{root}", f'<{root} x="{"y" * (12 << 20)}"', 1).encode(charset),
        REJECTED,
    )
    yield Case(
        "100000 attributes",
        text.replace(f"<{root}", f"<{root} " + " ".join(f'a{n}="1"' for n in range(100_000)), 1).encode(charset),
        REJECTED,
    )
    yield Case("an attribute twice", text.replace(f"<{root}", f'<{root} zz="1" zz="2"', 1).encode(charset), REJECTED)
    yield Case("an end tag that doesn't match", re.sub(r"</(\w+)>", r"</\1x>", text, count=1).encode(charset), REJECTED)
    yield Case("an end tag less", re.sub(r"</\w+>", "", text, count=1).encode(charset), REJECTED)
    yield Case("an ampersand alone", text.replace("</", " & </", 1).encode(charset), REJECTED)
    yield Case("version 9.9", text.replace('version="1.0"', 'version="9.9"', 1).encode(charset), REJECTED)
    if not feed:
        yield Case(
            "root renamed",
            text.replace(f"<{root}", "<Other", 1).replace(f"</{root}>", "</Other>").encode(charset),
            REJECTED,
        )
        yield Case(
            "in a namespace", text.replace(f"<{root}", f'<{root} xmlns="urn:other"', 1).encode(charset), REJECTED
        )


def _before_end(text: str, what: str) -> str:
    at = text.rindex("</")
    return text[:at] + what + text[at:]


def _xml(good: bytes) -> Iterator[Case]:
    text, charset = _decoded(good)
    yield from _encodings(text, charset)
    yield from _with_value(text, charset)
    yield from _markup(good, feed=False)
    tag = Counter(child.tag for child in _tree(good) if isinstance(child.tag, str)).most_common(1)[0][0]

    def edited(change: Callable[[Any, list[Any]], Any]) -> bytes:
        root = _tree(good)
        change(root, root.findall(tag))
        return bytes(etree.tostring(root, encoding=charset, xml_declaration=True))

    leaf = max(_tree(good).find(tag), key=lambda e: len(NUMBER.findall(e.text or ""))).tag
    key = min(_tree(good).find(tag).attrib)

    def set_to(row: Any, new: str) -> None:  # noqa: ANN401 (an element)
        row.find(leaf).text = new

    def again(row: Any, new: str | None = None) -> None:  # noqa: ANN401 (an element)
        twin = copy.deepcopy(row)
        if new is not None:
            for child in twin:
                child.text = new if child.text and NUMBER.search(child.text) else child.text
        row.addnext(twin)

    changes: dict[str, tuple[Callable[[Any, list[Any]], Any], str]] = {
        "written anew": (lambda _r, _rows: None, SAME),
        "indented": (lambda root, _rows: etree.indent(root), SAME),
        "no records": (lambda root, rows: [root.remove(row) for row in rows], QUARANTINED),
        "every second record": (lambda root, rows: [root.remove(row) for row in rows[1::2]], QUARANTINED),
        "a record twice": (lambda _r, rows: again(rows[0]), REJECTED),
        "a record twice, other value": (lambda _r, rows: again(rows[0], "12,3456"), QUARANTINED),
        "records renamed": (lambda _r, rows: [setattr(row, "tag", "Line") for row in rows], REJECTED),
        "a leaf renamed": (lambda _r, rows: [setattr(row.find(leaf), "tag", "Worth") for row in rows], REJECTED),
        "a leaf lost": (lambda _r, rows: rows[0].remove(rows[0].find(leaf)), REJECTED),
        "a leaf twice": (lambda _r, rows: rows[0].append(copy.deepcopy(rows[0].find(leaf))), REJECTED),
        "a key lost": (lambda _r, rows: rows[0].attrib.pop(key), REJECTED),
        "a key blank": (lambda _r, rows: rows[0].set(key, ""), REJECTED),
        "a key of the year 2099": (lambda _r, rows: rows[0].set(key, "01.01.2099"), REJECTED),
        "a key of month 13": (lambda _r, rows: rows[0].set(key, "01.13.2026"), REJECTED),
        "a key 29 February of no leap year": (lambda _r, rows: rows[0].set(key, "29.02.2026"), REJECTED),
        "values in an element": (lambda _r, rows: (set_to(rows[0], ""), etree.SubElement(rows[0].find(leaf), "b")), REJECTED),
    }  # fmt: skip
    for name, (change, wanted) in changes.items():
        yield Case(name, edited(change), wanted)
    said = _target(text)
    yield Case("value in CDATA", text.replace(said, f"<![CDATA[{said}]]>", 1).encode(charset), SAME)
    yield Case(
        "value in references", text.replace(said, "".join(f"&#{ord(c)};" for c in said), 1).encode(charset), SAME
    )


DAY: Final = re.compile(r"<pubDate>[^<]*</pubDate>")


def _rss(good: bytes) -> Iterator[Case]:
    text, charset = _decoded(good)
    yield from _markup(good, feed=True)
    title, link = (re.compile(f"(<item>.*?<{name}>)[^<]*(</{name}>)", re.DOTALL) for name in ("title", "link"))

    def put(pattern: re.Pattern[str], new: str) -> bytes:
        return pattern.sub(lambda m: m[1] + new + m[2], text, count=1).encode(charset)

    for name, new in {
        "a script": SCRIPT.replace("<", "&lt;"), "a script in CDATA": f"<![CDATA[{SCRIPT}]]>", "a picture": "&lt;img src=x onerror=alert(1)&gt;",
        "a formula": FORMULA, "SQL": "'); DROP TABLE vintages; --", "right to left": "\u202egnp.exe", "a template": "{{7*7}} ${7*7}",
        "a path": "../../amur-escaped.txt", "blank": "", "in many lines": "a\n\n\tb", "escape codes": "&#x9b;31m red", "double escaped": "&amp;lt;b&amp;gt;",
    }.items():  # fmt: skip
        yield Case(f"title {name}", put(title, new), SAME)
    for name, new in {
        "script": "javascript:alert(1)", "data": "data:text/html,x", "file": XXE, "loopback": "http://127.0.0.1:9/x", "metadata": INSIDE,
        "private": "http://10.0.0.1/x", "loopback of IPv6": "http://[::1]/x", "loopback as a number": "http://2130706433/x", "localhost": "http://localhost/x",
        "blank": "", "with a bad port": "http://tass.com:99999/x", "with brackets": "http://[tass.com/x",
    }.items():  # fmt: skip
        yield Case(f"link {name}", put(link, new), QUARANTINED)
    for name, new in {
        "in 2099": "Thu, 01 Jan 2099 00:00:00 GMT",
        "of the epoch": "Thu, 01 Jan 1970 00:00:00 GMT",
    }.items():
        yield Case(f"date {name}", DAY.sub(f"<pubDate>{new}</pubDate>", text, count=1).encode(charset), QUARANTINED)
    for name, new in {
        "of month 13": "01.13.2026 10:00", "in words": "yesterday", "blank": "", "30 February": "30 Feb 2026 10:00:00 GMT", "of 400 digits": "9" * 400,
    }.items():  # fmt: skip
        yield Case(f"date {name}", DAY.sub(f"<pubDate>{new}</pubDate>", text, count=1).encode(charset), QUARANTINED)
    item = re.search(r"<item>.*?</item>", text, re.DOTALL)
    one = item[0] if item else ""
    yield Case("no entries", re.sub(r"<item>.*</item>", "", text, flags=re.DOTALL).encode(charset), REJECTED)
    yield Case("an entry twice", text.replace(one, one + one, 1).encode(charset), SAME)
    yield Case("100000 entries", text.replace(one, one * 100_000, 1).encode(charset), REJECTED)
    yield Case("links lost", re.sub(r"<link>[^<]*</link>", "", text).replace("<guid", "<x").encode(charset), REJECTED)
    yield Case("entries renamed", text.replace("item>", "story>").encode(charset), REJECTED)
    yield Case("a title of 8 MB", put(title, "x" * (8 << 20)), SAME)


MAIN: Final = "xl/worksheets/sheet2.xml"


def _xlsx(good: bytes) -> Iterator[Case]:
    members = {
        info.filename: zipfile.ZipFile(io.BytesIO(good)).read(info)
        for info in zipfile.ZipFile(io.BytesIO(good)).infolist()
    }

    def packed(new: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as file:
            for name, body in new.items():
                file.writestr(zipfile.ZipInfo(name), body, method)
        return out.getvalue()

    def edited(change: Callable[[Any, Any], Any]) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(good))
        sheet = max(book.worksheets, key=lambda one: one.max_row * one.max_column)
        change(book, sheet)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    book = openpyxl.load_workbook(io.BytesIO(good))
    sheet = max(book.worksheets, key=lambda one: one.max_row * one.max_column)
    last, top = (
        sheet.max_row,
        next(row for row in range(1, sheet.max_row) if isinstance(sheet.cell(row, 2).value, (int, float))),
    )
    number = sheet.cell(last, 2).value
    main = f"xl/worksheets/sheet{book.worksheets.index(sheet) + 1}.xml"

    def at(new: object) -> bytes:
        return edited(lambda _b, page: setattr(page.cell(last, 2), "value", new))

    for power in (3, 4, 6, 9, -4, -6):
        yield Case(f"value times 1e{power}", at(number * 10.0**power), QUARANTINED)
    for name, new in {
        "with its sign changed": -number, "zero": 0, "blank": None, "text": str(number), "in words": "n/a", "true": True, "an error": "#REF!",
        "a formula": "=1+1", "a formula of the web": f'=WEBSERVICE("{INSIDE}")', "a date": "2026-06-30", "a script": SCRIPT, "with a comma": "70,5",
        "in Arabic digits": "٧٠", "hexadecimal": "0x46", "of 300 digits": 10.0**300,
    }.items():  # fmt: skip
        yield Case(f"value {name}", at(new), QUARANTINED)
    changes: dict[str, tuple[Callable[[Any, Any], Any], str]] = {
        "written anew": (lambda _b, _p: None, SAME),
        "a sheet more": (lambda b, _p: b.create_sheet("Notes"), SAME),
        "sheets in another order": (lambda b, p: b.move_sheet(p, -1), SAME),
        "the sheet renamed": (lambda _b, p: setattr(p, "title", "Prices 2"), REJECTED),
        "the sheet twice": (lambda b, p: b.copy_worksheet(p), SAME),
        "the last month lost": (lambda _b, p: p.delete_rows(last), QUARANTINED),
        "a month lost": (lambda _b, p: p.delete_rows(last - 3), QUARANTINED),
        "no months": (lambda _b, p: p.delete_rows(top, last), REJECTED),
        "a month twice": (lambda _b, p: p.append([p.cell(last, c).value for c in range(1, p.max_column + 1)]), REJECTED),
        "a month twice, other value": (lambda _b, p: p.append([p.cell(last, 1).value, 9999.0, 9999.0]), QUARANTINED),
        "a column more": (lambda _b, p: p.insert_cols(2), REJECTED),
        "a column lost": (lambda _b, p: p.delete_cols(2), QUARANTINED),
        "two headers changed places": (lambda _b, p: _trade(p, top), QUARANTINED),
        "a header renamed": (lambda _b, p: setattr(p.cell(5, 2), "value", "Crude oil, Atlantis"), QUARANTINED),
        "units changed": (lambda _b, p: setattr(p.cell(6, 2), "value", "(EUR/l)"), REJECTED),
        "units blank": (lambda _b, p: setattr(p.cell(6, 2), "value", None), REJECTED),
        "a month 13": (lambda _b, p: setattr(p.cell(last, 1), "value", "2026M13"), REJECTED),
        "a month of 2099": (lambda _b, p: setattr(p.cell(last, 1), "value", "2099M01"), REJECTED),
        "a month blank": (lambda _b, p: setattr(p.cell(last - 1, 1), "value", None), REJECTED),
        "months as dates": (lambda _b, p: setattr(p.cell(last, 1), "value", 46173), REJECTED),
        "the day of the edition lost": (lambda _b, p: setattr(p.cell(4, 1), "value", None), REJECTED),
        "cells merged": (lambda _b, p: p.merge_cells(start_row=last - 1, start_column=2, end_row=last, end_column=3), QUARANTINED),
        "rows hidden": (lambda _b, p: setattr(p.row_dimensions[last], "hidden", True), SAME),
        "a far cell": (lambda _b, p: setattr(p.cell(1_048_576, 1), "value", "x"), REJECTED),
        "a wide cell": (lambda _b, p: setattr(p.cell(1, 16_384), "value", "x"), REJECTED),
    }  # fmt: skip
    for name, (change, wanted) in changes.items():
        yield Case(name, edited(change), wanted)
    yield Case("stored, not packed", packed(members, zipfile.ZIP_STORED), SAME)
    yield Case("another member", packed(members | {"docProps/note.xml": b"<n/>"}), SAME)
    yield Case("a name that climbs", packed(members | {"../../amur-escaped.txt": b"x"}), REJECTED)
    yield Case("an absolute name", packed(members | {"/tmp/amur-escaped.txt": b"x"}), REJECTED)  # noqa: S108 (a name in an archive)
    yield Case("a program in it", packed(members | {"xl/vbaProject.bin": b"MZ" + bytes(99)}), REJECTED)
    yield Case("a member lost", packed({n: b for n, b in members.items() if n != main}), REJECTED)
    yield Case("no content types", packed({n: b for n, b in members.items() if "Content_Types" not in n}), REJECTED)
    yield Case("a member empty", packed(members | {main: b""}), REJECTED)
    yield Case(
        "a bomb in a member", packed(members | {main: b"<worksheet>" + b" " * (600 << 20) + b"</worksheet>"}), REJECTED
    )
    yield Case("10000 members", packed(members | {f"x/{n}": b"" for n in range(10_000)}), REJECTED)
    dtd = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "{XXE}">]>'.encode()
    yield Case("an entity in a member", packed(members | {main: dtd + members[main].split(b"?>", 1)[-1]}), REJECTED)
    yield Case(
        "encrypted",
        good.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),
        REJECTED,
    )
    yield Case("a flipped byte in a member", _flipped(good), REJECTED)


def _flipped(good: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(good)) as file:
        info = max(file.infolist(), key=lambda one: one.compress_size)
    at = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    return good[:at] + bytes([good[at] ^ 0x55]) + good[at + 1 :]


def _trade(page: Any, top: int) -> None:  # noqa: ANN401 (a sheet)
    for row in range(5, top):
        page.cell(row, 2).value, page.cell(row, 3).value = page.cell(row, 3).value, page.cell(row, 2).value


def _pdf(good: bytes) -> Iterator[Case]:
    words = re.findall(rb"\((\d{1,3}(?:,\d{3})+)\) Tj", good)
    said = max(words, key=len)
    for name, new, wanted in _values(said.decode()):
        if "(" in new:
            continue
        yield Case(name, _rewritten(good, said, new.encode("latin-1", "replace")), wanted)
    yield Case("words after the end", good + b"\r\n\r\n", SAME)
    yield Case("a comment after the head", _rewritten(good, b"%PDF-1", b"%PDF-1"), SAME)
    yield Case("no end mark", good.replace(b"%%EOF", b""), REJECTED)
    yield Case("no table of places", good.replace(b"startxref", b"startxxxx"), REJECTED)
    yield Case("places all wrong", re.sub(rb"\n(\d{10}) 00000 n", b"\n0000000001 00000 n", good), REJECTED)
    yield Case("a page less than counted", re.sub(rb"/Count \d+", b"/Count 9", good), REJECTED)
    yield Case("no pages", re.sub(rb"/Kids ?\[[^]]*\]", b"/Kids []", good), REJECTED)
    yield Case("its own parent", re.sub(rb"/Kids ?\[[^]]*\]", b"/Kids [1 0 R 2 0 R 3 0 R]", good), REJECTED)
    yield Case(
        "a page 100000 times",
        re.sub(rb"/Kids ?\[([^]]*)\]", lambda m: b"/Kids [" + m[1] * 100_000 + b"]", good),
        REJECTED,
    )
    yield Case(
        "encrypted",
        good.replace(b"trailer\n<<", b"trailer\n<< /Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -4 >>", 1),
        REJECTED,
    )
    yield Case(
        "a script",
        _acting(good, b"/S /JavaScript /JS (app.alert(1))"),
        SAME,
    )
    yield Case(
        "a program to start",
        _acting(good, b"/S /Launch /F (/bin/sh)"),
        SAME,
    )
    for word in (b"November", b"January-November", b"TOTAL", b"LADA", b"BRANDS", b"%"):
        yield Case(f"{word.decode()} renamed", good.replace(word, b"X" * len(word)), QUARANTINED)
    yield Case("lengths all zero", re.sub(rb"/Length \d+", b"/Length 0", good), REJECTED)
    yield Case("lengths too long", re.sub(rb"/Length \d+", b"/Length 99999999", good), REJECTED)
    yield Case("nested deeply", good.replace(b"/Catalog", b"/Catalog /X " + b"[" * 50_000 + b"]" * 50_000, 1), REJECTED)
    bomb = zlib.compress(zlib.compress(bytes(300 << 20), 9), 9)
    yield Case("a bomb in a stream", _streamed(good, b"/Filter [/FlateDecode /FlateDecode]", bomb), REJECTED)
    yield Case("a stream of no filter known", _streamed(good, b"/Filter /NoSuch", b"x"), REJECTED)
    yield Case("a stream that isn't packed", _streamed(good, b"/Filter /FlateDecode", b"not packed at all"), REJECTED)
    yield Case("a picture in place of text", _streamed(good, b"", b"q 100 0 0 100 0 0 cm /Im1 Do Q"), REJECTED)


def _acting(good: bytes, what: bytes) -> bytes:
    """A PDF that would do something when it is opened."""
    return _in_order(re.sub(rb"/Type ?/Catalog", b"/Type /Catalog /OpenAction << " + what + b" >>", good))


def _rewritten(good: bytes, old: bytes, new: bytes) -> bytes:
    """A PDF with another text."""
    return _in_order(
        good.replace(b"(" + old + b")", b"(" + new + b")", 1)
        if old != new
        else good.replace(b"\n", b"\n%\xe2\xe3\xcf\xd3 a comment\n", 1)
    )


def _in_order(good: bytes) -> bytes:
    """A PDF that was changed: the lengths and places are put right again."""
    body = re.sub(
        rb"/Length \d+(.*?>>\s*stream\r?\n)(.*?)(\r?\nendstream)",
        lambda m: b"/Length %d" % len(m[2]) + m[1] + m[2] + m[3], good, flags=re.DOTALL,
    )  # fmt: skip
    places = {int(m[1]): m.start() for m in re.finditer(rb"(?m)^(\d+) 0 obj", body)}
    table = iter(sorted(places))
    body = re.sub(rb"\d{10} 00000 n", lambda _: b"%010d 00000 n" % places[next(table)], body)
    return re.sub(rb"startxref\s+\d+", b"startxref\n%d" % body.rindex(b"\nxref"), body).replace(
        b"startxref\n%d" % body.rindex(b"\nxref"), b"startxref\n%d" % (body.rindex(b"\nxref") + 1)
    )


def _streamed(good: bytes, filters: bytes, data: bytes) -> bytes:
    """A PDF whose last stream is another."""
    found = list(re.finditer(rb"<<[^<>]*/Length \d+[^<>]*>>\s*stream\r?\n.*?endstream", good, re.DOTALL))
    text = max(found, key=lambda m: len(m[0]))
    new = b"<< /Length %d %s >>\nstream\n" % (len(data), filters) + data + b"\nendstream"
    return good[: text.start()] + new + good[text.end() :]


def _doc(good: bytes) -> Iterator[Case]:
    """Word 97: the header of the compound file, field by field, and its tables."""
    for at in range(24, 76, 4):
        for name, new in (("zero", 0), ("huge", 0xFFFFFFFE)):
            yield Case(f"header at {at} {name}", good[:at] + struct.pack("<I", new) + good[at + 4 :], REJECTED)
    for sector in range(1, min(len(good) // 512, 13)):
        yield Case(f"sector {sector} zeroed", good[: sector * 512] + bytes(512) + good[sector * 512 + 512 :], REJECTED)
    yield Case("a loop of sectors", good[:512] + struct.pack("<I", 0) * 128 + good[1024:], REJECTED)
    yield Case("signature alone", good[:8], REJECTED)
    yield Case("zeros after it", good + bytes(512), SAME)


MAKERS: Final[dict[str, Callable[[bytes], Iterator[Case]]]] = {
    "html": _html, "json": _json, "csv": _csv, "xml": _xml, "rss": _rss, "xlsx": _xlsx, "pdf": _pdf, "doc": _doc,
}  # fmt: skip
