"""The page on which a reader asks SQL: a form, an answer, questions to begin with, and what can be asked. No script."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from markupsafe import Markup

from warehouse.address import dicts
from warehouse.ask import Answer
from warehouse.database import statement
from warehouse.reader import connect
from warehouse.report import layout

__all__ = ["LONGEST_SQL", "AskPage", "Example", "examples"]

LONGEST_SQL: Final = 10_000  # characters; as many fit into an address, also where each takes six of it
BLOCK: Final = re.compile(r"^### \d+\. (?P<question>[^\n]+)\n+```sql\n(?P<sql>.*?)^```$", re.DOTALL | re.MULTILINE)
REFUSALS: Final = {
    "query": "DuckDB refuses this",
    "time": "No answer within the time limit",
    "size": "Too much for one file: `amur sql --format csv --out FILE` writes it",
    "database": "The published database can’t be opened: `amur nightly` publishes it anew",
}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its SQL."""

    question: str
    sql: str

    @property
    def link(self) -> str:
        """What stands in the address that asks it."""
        return urlencode({"q": self.sql})


OWN: Final = (
    Example(
        "The total of trade, year by year",
        "SELECT period, value, unit, basis, grade\nFROM indicators\n"
        "WHERE indicator = 'trade_total_usd' AND freq = 'A'\nORDER BY period DESC\n",
    ),
    Example(
        "Which public claims do the figures not bear out?",
        "SELECT claim_id, claim, expected, computed_now\nFROM claims\n"
        "WHERE status_now = 'contradicted'\nORDER BY claim_id\n",
    ),
    Example(
        "What weighed most of what the newest publication changed?",
        "SELECT rank, kind, title\nFROM findings\nORDER BY run_id DESC, rank DESC\nLIMIT 20\n",
    ),
)


def examples(cookbook: Path) -> list[Example]:
    """The first question of each part of the cookbook that needs no recorded page; our own where it isn't at hand."""
    try:
        page = cookbook.read_text(encoding="utf-8")
    except OSError:
        return list(OWN)
    firsts = map(BLOCK.search, re.split(r"^## ", page, flags=re.MULTILINE))
    return [Example(block["question"], block["sql"]) for block in firsts if block] or list(OWN)


class AskPage:
    """Makes the page; what a publication holds is read once for each publication."""

    def __init__(self, published: Path, limit_s: float, cookbook: Path) -> None:
        """`cookbook` is the page of questions; it need not be there."""
        self.published, self.limit_s = published, limit_s
        self.examples = examples(cookbook)
        self.style = layout.text("style.css") + layout.text("sql.css")
        self.policy = layout.policy(self.style, form="'self'")
        self._one = threading.Lock()  # DuckDB lets one process open a locked database once at a time
        self._closed = False
        self._seen: tuple[tuple[int, ...], Row | None, list[Row]] | None = None

    @cached_property
    def _template(self) -> Any:  # noqa: ANN401 (of Jinja2)
        return layout.environment().get_template("sql.html")

    def page(self, sql: str = "", answer: Answer | None = None, note: str = "") -> bytes:
        """The page with this query in its form, and its answer below."""
        publication, relations = self._facts()
        if publication is None:
            note = note or "Nothing is published yet: `amur nightly` fetches, loads and publishes. Then ask here."
        text: str = self._template.render(
            title="SQL on what is published",
            up="/",
            here="sql",
            style=Markup(self.style),  # noqa: S704 (files of ours)
            script="",
            policy=self.policy,
            publication=publication,
            relations=relations,
            examples=self.examples,
            longest=LONGEST_SQL,
            limit_s=f"{self.limit_s:g}",
            sql=sql,
            csv=urlencode({"q": sql}),
            answer=answer,
            refusal=REFUSALS.get(answer.kind, "There is no answer") if answer else "",
            note=note,
        )
        return text.encode()

    def plain(self, title: str, note: str) -> bytes:
        """A page with a few words and nothing of the publication."""
        text: str = self._template.render(
            title=title, up="/", here="sql", script="", policy=self.policy, publication=None, answer=None, note=note,
            style=Markup(self.style),  # noqa: S704 (files of ours)
        )  # fmt: skip
        return text.encode()

    def close(self) -> None:
        """Open no database any more, and wait until none is open: a process that ends then would break."""
        with self._one:
            self._closed = True

    def _facts(self) -> tuple[Row | None, list[Row]]:
        """The publication and what it holds; none where there is none.

        Raises:
            AmurError: the file is no published database.
        """
        with self._one:
            if self._closed:
                return None, []
            try:
                seen = self.published.stat()
            except FileNotFoundError:
                return None, []
            mark = (seen.st_ino, seen.st_size, seen.st_mtime_ns)
            if self._seen is None or self._seen[0] != mark:
                with connect(self.published) as connection:
                    publication = next(iter(dicts(connection, statement("report/publication"), ())), None)
                    relations = dicts(connection, statement("report/relations"), ())
                self._seen = (mark, publication, relations)
            return self._seen[1], self._seen[2]
