"""HTML pages: bytes to text to elements to grids of cells, refusing what isn't the document.

The order of authority for the character set is: byte order mark, declaration in the body, HTTP header, the
source's default. Decoding is strict. A page that a proxy re-encoded, that was cut, or that is a challenge
with status 200 ends here with a typed error, and never as a table with fewer rows.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from sources.contract import Payload
from sources.errors import Blocked, Empty, LayoutChanged, WrongDocument

__all__ = ["Cell", "Grid", "classed", "decode", "document", "grid", "one", "raw", "squeeze"]

BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# GB2312 and GBK are subsets of GB18030, and pages that declare them hold characters of the larger sets.
CHARSETS: Final = MappingProxyType({
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "ascii", "ascii": "ascii",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "big5": "big5", "iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252",
    "windows-1251": "cp1251", "cp1251": "cp1251", "koi8-r": "koi8-r",
    "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
})  # fmt: skip
DECLARED: Final = re.compile(rb"""<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([a-zA-Z0-9_\-]{1,40})""", re.IGNORECASE)
IN_HEADER: Final = re.compile(r"""charset\s*=\s*["']?\s*([a-zA-Z0-9_\-]{1,40})""", re.IGNORECASE)
SNIFFED: Final = 4096
END_SEARCHED: Final = 4096

# Scripts that only challenge pages carry, whatever else is on the page.
CHALLENGE: Final = re.compile(
    r"\$_ts\s*[=.\[]|window\[['\"]\$_ts['\"]\]|__jsl_clearance|acw_sc__v2|cf[-_]chl|cf-browser-verification"
    r"|_incapsula_resource|/_sec/cp_challenge|aliyun_waf",
    re.IGNORECASE,
)
STATUS: Final = r"(?:40[0-9]|41[0-9]|42[0-9]|50[0-9]|52[0-9])"
TITLE: Final = re.compile(
    rf"^(?:http )?(?:error[ :]*)?{STATUS}\W*(?:$|error|unauthori|forbidden|not found|access|too many|internal"
    rf"|bad|service|gateway|precondition|request|page)"
    rf"|^error(?: page)?$|^(?:access denied|forbidden|not found)\b"
    rf"|^bad gateway|^service (?:temporarily )?unavailable|^just a moment|^attention required|^security check"
    rf"|captcha$|^are you (?:a )?(?:human|robot)|^(?:please )?(?:log ?in|sign ?in)$"
    rf"|访问验证|安全验证|人机验证|访问被拒绝|页面不存在|^登录",
    re.IGNORECASE,
)
WORDS: Final = re.compile(
    r"captcha|verify (?:that )?you are|are you (?:a )?(?:human|robot)|unusual traffic|access denied"
    r"|checking your browser|enable javascript and cookies|访问验证|安全验证|人机验证|滑动验证"
    r"|请完成验证|验证码|访问过于频繁|request (?:was )?blocked|please (?:log ?in|sign ?in)"
    r"|вы не робот|проверка (?:вашего )?браузера",
    re.IGNORECASE,
)
LITTLE_TEXT: Final = 1500  # an article may speak of captchas; a challenge page has little else to say

PLAIN_CLASS: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9_-]*", re.ASCII)
MOST_CELLS: Final = 100_000
MOST_TAGS: Final = 400_000  # no page of a publisher has a tenth of it; a million empty ones take a minute
WIDEST_SPAN: Final = 1000
INVISIBLE: Final = dict.fromkeys([*range(0x20), 0x7F, *range(0x80, 0xA0), 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
for _blank in (0x09, 0x0A, 0x0C, 0x0D):
    del INVISIBLE[_blank]


def decode(payload: Payload, *, default: str = "utf-8") -> str:
    """The text of the body, decoded strictly.

    Raises:
        Empty: no byte, or blanks alone.
        LayoutChanged: an unknown character set, bytes that aren't in it, U+FFFD or NUL. A stray 0x03 is let
            through: the frame of China Customs has one in its footer.
    """
    body = payload.body
    if not body.strip():
        raise Empty(payload, expected="an HTML document", found="an empty body")
    charset = ""
    for mark, name in BOMS:
        if body.startswith(mark):
            charset, body = name, body[len(mark) :]
            break
    if not charset:
        declared = DECLARED.search(body[:SNIFFED])
        header = IN_HEADER.search(payload.content_type)
        named = declared[1].decode("ascii") if declared else header[1] if header else default
        if named.casefold() not in CHARSETS:
            raise LayoutChanged(payload, at="charset", expected=sorted(CHARSETS), found=named)
        charset = CHARSETS[named.casefold()]
    try:
        decoded = body.decode(charset)
    except UnicodeDecodeError as error:
        raise _fault(body)(
            payload, at=f"byte {error.start}", expected=f"text in {charset}", found=error.reason
        ) from error
    for character, name in (("\ufffd", "U+FFFD, a character lost on the way"), ("\0", "a NUL")):
        if character in decoded:
            raise _fault(body)(payload, at=f"character {decoded.index(character)}", expected="whole text", found=name)
    return decoded


def _fault(body: bytes) -> type[LayoutChanged]:
    """What bytes that are no text are: a damaged page if they begin as one, else another kind of document."""
    return LayoutChanged if body.lstrip().startswith(b"<") else WrongDocument


def document(payload: Payload, *, default: str = "utf-8") -> BeautifulSoup:
    """The page as elements (lxml), after `decode` and the guard against what isn't the document.

    Raises:
        Empty: as `decode`.
        Blocked: a challenge, CAPTCHA, login or error page.
        LayoutChanged: not HTML, or cut: no `</html>` at its end.
    """
    if payload.body.lstrip()[:5] in {b"<?xml", b"%PDF-", b"PK\x03\x04"} and b"<html" not in payload.body.lower():
        raise WrongDocument(payload, expected="an HTML document", found=repr(payload.body.lstrip()[:40]))
    source = decode(payload, default=default)
    if (tags := source.count("<")) > MOST_TAGS:
        raise LayoutChanged(payload, expected=f"a page of at most {MOST_TAGS:,} tags", found=f"{tags:,}")
    if found := CHALLENGE.search(source):
        raise Blocked(payload, expected="the document", found=f"a verification page ({found[0]})")
    if not re.search(r"<html\b", source, re.IGNORECASE):
        bare = squeeze(re.sub(r"<[^>]{0,2000}>", " ", source))
        if len(bare) <= LITTLE_TEXT and (WORDS.search(bare) or TITLE.search(bare)):
            raise Blocked(payload, expected="the document", found=bare[:80])
        raise WrongDocument(payload, expected="an HTML document", found=bare[:80])
    soup = BeautifulSoup(source, "lxml")
    _guard(payload, source, soup)
    if not re.search(r"</html\s*>", source[-END_SEARCHED:], re.IGNORECASE):
        raise LayoutChanged(payload, at="its end", expected="</html>", found=source[-80:])
    return soup


def _guard(payload: Payload, source: str, soup: BeautifulSoup) -> None:
    title = squeeze(raw(soup.title)) if soup.title else ""
    if TITLE.search(title):
        raise Blocked(payload, expected="the document", found=f"a page with the title {title!r}")
    visible = squeeze(raw(soup))
    if len(visible) > LITTLE_TEXT:
        return
    if found := WORDS.search(visible) or WORDS.search(source):
        raise Blocked(payload, expected="the document", found=f"a verification page ({found[0]})")
    if soup.select_one('input[type="password" i]'):
        raise Blocked(payload, expected="the document", found="a login page")


def classed(root: BeautifulSoup | Tag, *names: str) -> Iterator[Tag]:
    """The elements below `root` that have one of the classes, in the order of the page.

    What `select` finds for `.name`, in a fifth of its time: a page of 270 partners has 8,500 elements.
    """
    wanted = frozenset(names)
    for node in root.descendants:
        if isinstance(node, Tag) and node.attrs and not wanted.isdisjoint(node.get_attribute_list("class")):
            yield node


def one(payload: Payload, root: BeautifulSoup | Tag, selector: str) -> Tag:
    """The one element that the CSS selector finds.

    Raises:
        LayoutChanged: none, or several.
    """
    found = list(classed(root, selector[1:])) if PLAIN_CLASS.fullmatch(selector) else root.select(selector)
    if len(found) != 1:
        raise LayoutChanged(payload, at=selector, expected="exactly one", found=str(len(found)))
    return found[0]


def _strings(element: Tag) -> Iterator[str]:
    for node in element.descendants:
        if type(node) is NavigableString:  # not a comment, script or style, which are subclasses
            yield node
        elif isinstance(node, Tag) and node.name == "br":
            yield "\n"


def raw(element: Tag) -> str:
    """The text of an element as it stands, `<br>` as a line break; without comments, scripts and styles."""
    return "".join(_strings(element))


def squeeze(string: str) -> str:
    """Foreign text for comparing: NFKC (full-width becomes narrow), no control characters, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", string.translate(INVISIBLE)).split())


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. `row` and `column` count from 1 and are where it begins in the expanded grid."""

    raw: str
    row: int
    column: int
    width: int
    height: int

    @property
    def text(self) -> str:
        """For comparing words: see `squeeze`."""
        return squeeze(self.raw)

    @property
    def figure(self) -> str:
        """For reading numbers: without the blanks around it, digits and signs as they stand."""
        return self.raw.strip(" \t\r\n\f\xa0")


Grid = Sequence[Sequence[Cell | None]]


def _span(element: Tag, name: str) -> int:
    value = str(element.get(name, "1")).strip()
    return min(max(int(value), 1), WIDEST_SPAN) if re.fullmatch(r"[0-9]{1,6}", value, re.ASCII) else 1


def grid(payload: Payload, table: Tag) -> Grid:
    """The cells of a table as rows of equal width; a spanning cell stands in every place it covers.

    Places without a cell are None. Rows of tables inside the table don't belong to it.

    Raises:
        LayoutChanged: no row with a cell, or more than 100,000 places.
    """
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    placed: list[dict[int, Cell]] = [{} for _ in rows]
    total = 0
    for r, row in enumerate(rows):
        c = 0
        for element in row.find_all(["td", "th"], recursive=False):
            while c in placed[r]:
                c += 1
            width, height = _span(element, "colspan"), min(_span(element, "rowspan"), len(rows) - r)
            total += width * height
            if total > MOST_CELLS:
                raise LayoutChanged(payload, at="table", expected=f"at most {MOST_CELLS} cells", found="more")
            cell = Cell(raw(element), r + 1, c + 1, width, height)
            for below in placed[r : r + height]:
                for place in range(c, c + width):
                    below.setdefault(place, cell)
            c += width
    widest = max((max(cells) + 1 for cells in placed if cells), default=0)
    if not widest:
        raise LayoutChanged(payload, at="table", expected="rows of cells", found="none")
    if widest * len(rows) > MOST_CELLS:
        raise LayoutChanged(payload, at="table", expected=f"at most {MOST_CELLS} cells", found="more")
    return tuple(tuple(cells.get(c) for c in range(widest)) for cells in placed)
