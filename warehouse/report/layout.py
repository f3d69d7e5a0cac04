"""What all pages share: the templates, which escape everything, and the policy under which a browser shows a page."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from warehouse.report import words

__all__ = ["environment", "policy", "text"]

TEMPLATES: Final = Path(__file__).parent / "templates"


def environment() -> Environment:
    """The templates; a name that is not given is an error, and everything is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: "" if value is None else value,
    )
    made.filters.update(
        plain=words.plain,
        host=words.host,
        day=words.day,
        moment=words.moment,
        signed=words.signed,
        words=words.words,
        slug=words.slug,
    )
    return made


def text(name: str) -> str:
    """A file of the templates as it is: the style, the script."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def policy(style: str, script: str = "", form: str = "'none'") -> str:
    """The policy of a page: this style, this script if there is one, a form that leads to `form`, and nothing else."""
    allowed = ["default-src 'none'", f"style-src '{_hash(style)}'"]
    if script:
        allowed.append(f"script-src '{_hash(script)}'")
    return "; ".join([*allowed, "base-uri 'none'", f"form-action {form}"])


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
