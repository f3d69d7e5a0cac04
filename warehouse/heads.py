"""What the head of a file under warehouse/sql says of the view or macro that it makes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Head", "read"]

NAMED: Final = re.compile(r"^(?P<call>\w+\([^)]*\)|\w+): (?P<words>.*)$")
MADE: Final = re.compile(
    r"^CREATE OR REPLACE (?P<kind>VIEW|MACRO) (?P<name>\w+)(?:\([^)]*\) AS(?P<table> TABLE)?)?", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Head:
    """A definition: what it is (VIEW, MACRO or MACRO TABLE), its name, how it is called, its first sentence."""

    kind: str
    name: str
    call: str
    meaning: str


def read(path: Path) -> Head:
    """The head of the file at `path`.

    Raises:
        ValueError: the file doesn't open with `-- name: what it gives`, or makes neither view nor macro.
    """
    text = path.read_text(encoding="utf-8")
    made = MADE.search(text)
    opening = text[: made.start()] if made else ""
    comments = [line.removeprefix("--").strip() for line in opening.splitlines() if line.startswith("--")]
    said = NAMED.match(" ".join(comments))
    if made is None or said is None:
        message = f"{path.name}: expected a head `-- name: what it gives` before CREATE OR REPLACE VIEW or MACRO"
        raise ValueError(message)
    kind = f"{made['kind']}{made['table'] or ''}"
    return Head(kind, made["name"], said["call"], _first_sentence(said["words"]))


def _first_sentence(words: str) -> str:
    """Up to the first full stop that doesn't follow a capital or a digit, as in `S.A.` or `2.`."""
    found = re.match(r".*?[^A-Z0-9][.](?=\s|$)", words)
    return found[0] if found else words
