"""What may be shown and kept: `***` in place of what looks like a key; no character that steers a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final
from urllib.parse import unquote_plus

__all__ = ["SENSITIVE", "json_text", "redact", "redact_headers", "scrub", "steerless"]

SHORTEST: Final = 4  # a shorter text stands in too many words to be taken out of them

SENSITIVE: Final = re.compile(
    r"key(?!word)|token|secret|auth(?!or(?!i[sz]))|cookie|subscription|passw|pwd|credential|signature|session",
    re.IGNORECASE,
)  # `keyword` and `author` are no secrets: hiding them would make two addresses one


def redact(url: str) -> str:
    """The URL with `***` for credentials, and for the values of parameters that look like keys."""
    head, mark, rest = url.partition("?")
    query, hash_, fragment = rest.partition("#")
    head = re.sub(r"^([^/]*/{2,})[^/]*@", r"\1***@", head)
    fields = [_redacted_field(part) for part in re.split(r"([&;])", query)]
    return f"{head}{mark}{''.join(fields)}{hash_}{fragment}"


def _redacted_field(part: str) -> str:
    name, equals, value = part.partition("=")
    return f"{name}=***" if equals and value and SENSITIVE.search(unquote_plus(name)) else part


def redact_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers with lower-case names, `***` for what looks like a key, and no Set-Cookie."""
    return {
        name.lower(): "***" if SENSITIVE.search(name) else value
        for name, value in headers.items()
        if not name.lower().startswith("set-cookie")
    }


def scrub(text: str, secrets: Iterable[str]) -> str:
    """The text with `***` for each of the secrets in it; the longest goes first."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST:
            text = text.replace(secret, "***")
    return text


def steerless(text: str) -> str:
    """The text with a blank for each character that a terminal doesn't simply show; lines stay lines."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def json_text(value: object, default: Callable[[object], object] = str) -> str:
    """JSON for a terminal or a program: letters as they are; what steers a terminal, or is no letter, escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=default)
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)
