"""The findings as files for other programs: `findings.json`, and `findings.atom` for a feed reader (RFC 4287).

Titles hold words of publishers: in the feed they are plain text, escaped, without the control characters that XML
forbids.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from warehouse.archive import write_durably
from warehouse.changes import newest_findings
from warehouse.reader import connect, snapshot_of

__all__ = ["ATOM", "JSON", "as_atom", "feeds_are_current", "write_feeds"]

JSON: Final = "findings.json"
ATOM: Final = "findings.atom"
NEWEST: Final = 200
NAMESPACE: Final = "http://www.w3.org/2005/Atom"
TAG: Final = "tag:amur,2026:findings"  # the ids of entries outlast the address of the file
PAGE: Final = "index.html"
FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_feeds(published: Path, reports: Path) -> None:
    """Write both files anew from a published database, each in one rename.

    Raises:
        AmurError: nothing is published there.
        OSError: the folder can't be written.
    """
    with connect(published) as connection:
        rows = newest_findings(connection, NEWEST)
        row = connection.execute("SELECT max(published_at), max(snapshot_id) FROM snapshot").fetchone()
    published_at, snapshot_id = row or (None, "")
    body = {"snapshot_id": snapshot_id, "published_at": published_at, "findings": rows}
    text = json.dumps(body, ensure_ascii=False, indent=1, default=_instant)
    write_durably(reports / JSON, text.encode())
    write_durably(reports / ATOM, as_atom(rows, published_at))


def feeds_are_current(published: Path, reports: Path) -> bool:
    """Do both files speak of the publication that lies there?

    Raises:
        AmurError: nothing is published there.
    """
    snapshot_id = snapshot_of(published)
    try:
        told = json.loads((reports / JSON).read_bytes())["snapshot_id"]
    except (OSError, ValueError, LookupError, TypeError):
        return False
    return bool(told == snapshot_id and (reports / ATOM).exists())


def as_atom(rows: Sequence[Mapping[str, Any]], published_at: datetime) -> bytes:
    """An Atom feed of findings, in the order given; `updated` of an entry is the instant at which it was found."""
    from lxml import etree

    feed = etree.Element(f"{{{NAMESPACE}}}feed", nsmap={None: NAMESPACE})  # type: ignore[dict-item] # the default namespace has no name

    def add(parent: Any, name: str, text: str = "", **attributes: str) -> None:  # noqa: ANN401 (an element)
        element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
        element.text = FORBIDDEN.sub(" ", text) or None

    add(feed, "id", TAG)
    add(feed, "title", "Amur: what changed in the trade between China and Russia")
    add(feed, "updated", _instant(published_at))
    add(feed, "link", rel="self", type="application/atom+xml", href=ATOM)
    author = etree.SubElement(feed, f"{{{NAMESPACE}}}author")
    add(author, "name", "Amur")
    for row in rows:
        entry = etree.SubElement(feed, f"{{{NAMESPACE}}}entry")
        add(entry, "id", f"{TAG}:{row['finding_id']}")
        add(entry, "title", row["title"], type="text")
        add(entry, "updated", _instant(row["found_at"]))
        add(entry, "link", rel="alternate", type="text/html", href=f"{PAGE}#{row['finding_id']}")
        add(entry, "category", term=row["kind"])
        add(entry, "category", term=row["severity"])
        add(entry, "content", _content(row), type="text")
    found: bytes = etree.tostring(feed, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return found


def _content(row: Mapping[str, Any]) -> str:
    about = " ".join(part for part in (row["subject"], row["period"]) if part)
    return "\n".join(
        part for part in (row["title"], row["detail"], f"About: {about}", f"From: {', '.join(row['refs'])}") if part
    )


def _instant(when: object) -> str:
    """RFC 3339, UTC."""
    return f"{when:%Y-%m-%dT%H:%M:%SZ}" if isinstance(when, datetime) else str(when)
