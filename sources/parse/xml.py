"""XML: bytes to a tree of named places, without any DTD.

A document type is refused outright: no source of ours has one, and everything that makes XML dangerous
(entity bombs, files and URLs read by the parser) begins with it. The charset is that of the byte order mark,
else of the declaration, else of the header, else UTF-8, and is decoded strictly.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from sources.contract import Payload
from sources.errors import Blocked, Empty, LayoutChanged, WrongDocument

__all__ = ["Node", "decode", "root"]

MOST_CHARACTERS: Final = 32 << 20
MOST_ELEMENTS: Final = 500_000
MARKS: Final = (
    (codecs.BOM_UTF32_LE, ""),  # begins with the mark of UTF-16: must be looked at first
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Other codecs of Python (utf-7, unicode_escape, punycode) would turn bytes into text that nobody wrote.
CHARSETS: Final = frozenset(
    {"utf-8", "ascii", "cp1251", "cp1252", "koi8-r", "iso8859-1", "iso8859-5", "gb18030", "gbk", "gb2312"}
)
DECLARED: Final = re.compile(rb"<\?xml[^<>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
HEADER: Final = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._-]{1,40})", re.IGNORECASE)
DECLARATION: Final = re.compile(r"<\?xml\s[^<>]*?\?>")
PROLOG: Final = r"(?:\s|<\?.*?\?>|<!--.*?-->)*+"
DOCTYPE: Final = re.compile(rf"{PROLOG}<!DOCTYPE", re.IGNORECASE | re.DOTALL)
PAGE: Final = re.compile(
    rf"{PROLOG}<(?:!DOCTYPE\s+html|html|head|body|script|noscript|br|b)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Node:
    """One element with the document it stands in and its place there (`/ValCurs/Record[3]`)."""

    payload: Payload
    element: "etree._Element"
    place: str

    def children(self, name: str) -> "Iterator[Node]":
        """The children of that name, in order; may be none."""
        for n, child in enumerate(self.element.iterchildren(name), start=1):
            yield Node(self.payload, child, f"{self.place}/{name}[{n}]")

    def only(self, name: str) -> "Node":
        """The one child of that name.

        Raises:
            LayoutChanged: none, or several.
        """
        found = list(self.element.iterchildren(name))
        if len(found) != 1:
            raise LayoutChanged(self.payload, at=f"{self.place}/{name}", expected="exactly one", found=f"{len(found)}")
        return Node(self.payload, found[0], f"{self.place}/{name}")

    def has(self, name: str) -> bool:
        """Is there a child of that name?"""
        return next(self.element.iterchildren(name), None) is not None

    def text(self, name: str) -> str:
        """The text of the one child of that name, without blanks around it.

        Raises:
            LayoutChanged: no such child, several, an empty one, or one with elements inside.
        """
        child = self.only(name)
        words = (child.element.text or "").strip()
        if len(child.element) or not words:
            found = "elements in it" if len(child.element) else "nothing in it"
            raise LayoutChanged(self.payload, at=child.place, expected="text", found=found)
        return words

    def get(self, name: str) -> str | None:
        """An attribute, without blanks around it, or None."""
        value = self.element.get(name)
        return None if value is None else str(value).strip()

    def attribute(self, name: str) -> str:
        """An attribute that must be there.

        Raises:
            LayoutChanged: it isn't.
        """
        value = self.get(name)
        if value is None:
            raise LayoutChanged(
                self.payload,
                at=f"{self.place}[@{name}]",
                expected="an attribute",
                found=sorted(self.element.keys()),
            )
        return value


def root(payload: Payload, name: str) -> Node:
    """The document's root, which must be called `name` and have no namespace.

    Raises:
        Empty: nothing but blanks.
        Blocked: a web page in place of XML.
        LayoutChanged: another root, a document type, an unknown charset, broken or cut XML.
    """
    if not payload.body.strip():
        raise Empty(payload, expected=f"XML with root {name}", found=f"{len(payload.body)} bytes, all blank")
    text = decode(payload, expected=f"XML with root {name}")
    if not text.strip():
        raise Empty(payload, expected=f"XML with root {name}", found="a byte order mark and no text")
    if PAGE.match(text):
        raise Blocked(payload, expected=f"XML with root {name}", found=f"a web page: {text.strip()}")
    if DOCTYPE.match(text):
        raise LayoutChanged(payload, expected="XML without a document type", found="a DOCTYPE")
    if len(text) > MOST_CHARACTERS:
        raise LayoutChanged(payload, expected=f"up to {MOST_CHARACTERS} characters", found=f"{len(text)}")
    tree = _tree(payload, text, name)
    if tree.tag != name:
        raise WrongDocument(payload, at="/", expected=f"root {name}", found=f"root {tree.tag}")
    return Node(payload, tree, f"/{name}")


def _tree(payload: Payload, text: str, name: str) -> "etree._Element":
    """Parse text; libxml2's own limits on depth, text and attribute length stay on (`huge_tree=False`)."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    # The declaration names the charset that was just undone.
    bare = DECLARATION.sub("", text, count=1) if DECLARATION.match(text) else text
    try:
        tree = etree.fromstring(bare.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError, ValueError) as broken:
        kind = LayoutChanged if bare.lstrip().startswith("<") else WrongDocument
        raise kind(payload, expected=f"well-formed XML with root {name}", found=str(broken)) from broken
    if tree.getroottree().docinfo.internalDTD is not None:
        raise LayoutChanged(payload, expected="XML without a document type", found="a DOCTYPE")
    for n, node in enumerate(tree.iter()):
        if n >= MOST_ELEMENTS:
            raise LayoutChanged(payload, expected=f"up to {MOST_ELEMENTS} elements", found="more")
        if node.tag is etree.Entity:
            raise LayoutChanged(payload, expected="text", found=f"an entity that nothing declares: {node.text}")
    return tree


def decode(payload: Payload, *, expected: str) -> str:
    """The text of the bytes, without byte order mark.

    Raises:
        LayoutChanged: an unknown charset, bytes that are not of it, NUL or U+FFFD in the text.
    """
    body = payload.body
    for mark, charset in MARKS:
        if body.startswith(mark):
            codec, body = charset, body[len(mark) :]
            break
    else:
        codec = _charset(payload)
    if not codec:
        raise LayoutChanged(payload, at="charset", expected="UTF-8, UTF-16 or a known 8-bit charset", found="UTF-32")
    try:
        text = body.decode(codec)
    except UnicodeDecodeError as wrong:
        raise _fault(body, wrong.start)(
            payload,
            at=f"byte {wrong.start}",
            expected=f"{expected} in {codec}",
            found=repr(body[wrong.start :][:20]),
        ) from wrong
    if (at := max(text.find("\x00"), text.find("\ufffd"))) >= 0:
        raise _fault(body, at)(payload, expected=expected, found="text with NUL or replacement characters")
    return text


def _fault(body: bytes, at: int) -> type[LayoutChanged]:
    """What bytes that are no text from `at` on are: another kind of document where not even the first line is text."""
    if body.lstrip().startswith(b"<") or at > len(body.partition(b"\n")[0]):
        return LayoutChanged
    return WrongDocument


def _charset(payload: Payload) -> str:
    """Python's name of the charset that the document or its header states."""
    stated = DECLARED.match(payload.body[:1024])
    header = HEADER.search(payload.content_type)
    name = stated[1].decode("ascii") if stated else header[1] if header else "utf-8"
    try:
        known = codecs.lookup(name).name
    except LookupError:
        known = ""
    if known not in CHARSETS:
        raise LayoutChanged(payload, at="charset", expected=sorted(CHARSETS), found=name)
    return "gb18030" if known in {"gbk", "gb2312"} else known
