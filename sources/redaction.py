"""What may be shown and kept of addresses and headers: `***` in place of what looks like a key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import unquote_plus

__all__ = ["SENSITIVE", "redact", "redact_headers", "scrub"]

SHORTEST: Final = 4  # a shorter text stands in too many words to be taken out of them

SENSITIVE: Final = re.compile(
    r"key(?!word)|token|secret|auth(?!or(?!i[sz]))|cookie|subscription|passw|pwd|credential|signature|session",
    re.IGNORECASE,
)  # `keyword` and `author` are no secrets: hiding them would make two addresses one


def redact(url: str) -> str:
    """The URL with `***` for credentials, and for the values of parameters that look like keys."""
    head, mark, rest = url.partition("?")
    query, hash_, fragment = rest.partition("#")
    head = re.sub(r"(?<=//)[^/]*@", "***@", head)
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
