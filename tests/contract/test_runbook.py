"""The runbook has an entry for everything that Amur can raise, and the commands that it gives can be run."""

import argparse
import ast
import inspect
import re
import shlex
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows import alerts, command, messages
from flows.cli import _parser
from flows.run import Exit
from sources import errors
from tests.warehouse.builders import warehouse
from warehouse import ledger, publisher, quarantine, watches
from warehouse.archive import Archive
from warehouse.database import SQL, Database

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
SAID_BY_VERIFY: tuple[Callable[..., Any], ...] = (
    command.verified, command._fate, Archive.damage, quarantine.faults, quarantine.obsolete, watches.faults,
    publisher.publication_faults,
)  # fmt: skip
STANDS_FOR = {
    "ID": "q-0123456789", "SRC": "cbr_fx", "PERIOD": "2026-01", "FILE": "page.html", "DIR": "backup", "RUN": "run-1",
    "URL": "https://example.org/page", "DAY": "2026-07-25",
}  # fmt: skip


def squeezed(text: str) -> str:
    """Without what a page may do to a sentence: line ends and marks of code."""
    return " ".join(text.replace("`", "").replace("\\|", "|").split())


def section(title: str) -> str:
    """The text below a heading, up to the next one."""
    (found,) = re.findall(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def entries(title: str) -> dict[str, list[str]]:
    """The rows of a section's table by the words in code of their first column."""
    found = {}
    for line in section(title).splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for name in re.findall(r"`([^`]+)`", cells[0]) if cells else ():
            found[name] = cells[1:]
    return found


def alert_kinds() -> set[str]:
    """The kinds of condition that alerts.py can make."""
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(alerts))) if isinstance(node, ast.Call)]
    kinds = [call.args[1] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Condition"]
    return {kind.value if isinstance(kind, ast.Constant) else getattr(alerts, ast.unparse(kind)) for kind in kinds}


def failure_kinds() -> set[str]:
    """The kind of every error of the tree."""
    return {one.kind for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.AmurError)}


def finding_kinds() -> set[str]:
    """The kinds of findings that have a weight."""
    return set(re.findall(r"\('kind', '([^']+)'", (SQL / "macros" / "87_finding_rules.sql").read_text("utf-8")))


def freshness_states() -> set[str]:
    """The states of a source and of a release."""
    texts = [(SQL / "macros" / f"60_{name}_at.sql").read_text("utf-8") for name in ("freshness", "release_calendar")]
    cases = [re.findall(r"(?:THEN|ELSE) '([^']+)'\n", text) for text in texts]
    return {state for case in cases for state in case} - {"cadence", "learned"}


def run_states() -> set[str]:
    """What the ledger says of a run."""
    source = inspect.getsource(ledger)
    (ends,) = re.findall(r"state: Literal\[(.+?)\]", source)
    return {*re.findall(r'"(\w+)"', ends), *re.findall(r"SET state = '(\w+)'", source), "running"}


def invariants() -> set[str]:
    """The names of the invariants."""
    return {path.stem for path in (SQL / "invariants").glob("*.sql")}


def exits() -> set[str]:
    """The exit codes."""
    return {str(code) for name, code in vars(Exit).items() if name.isupper()} | {"130", "143"}


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("Alerts", alert_kinds), ("Failures", failure_kinds), ("Findings", finding_kinds),
        ("Freshness", freshness_states), ("Runs", run_states), ("Exit codes", exits), ("Invariants", invariants),
    ],
)  # fmt: skip
def test_everything_that_can_be_raised_has_an_entry(title: str, kinds: Callable[[], set[str]]) -> None:
    """And nothing that can't be: each with its meaning and what to do."""
    found = entries(title)

    assert kinds() == set(found)
    assert all(len(cell) > 3 for cells in found.values() for cell in cells), "an empty cell"


def complaints() -> Iterator[str]:
    """The words of each complaint of `verify`, out of the code that makes it: the longest fixed part."""
    for function in SAID_BY_VERIFY:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
        body = tree.body[0].body  # type: ignore[attr-defined] # a function
        if ast.get_docstring(tree.body[0]) is not None:  # type: ignore[arg-type]
            body.pop(0)
        inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [str(p.value) for p in node.values if isinstance(p, ast.Constant)]
                said = max(parts, key=len, default="")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
                said = node.value
            else:
                continue
            said = said.strip(" :,;()")
            if " " in said and not said.startswith("SELECT"):
                yield said


def test_the_complaints_that_are_looked_for_are_found() -> None:
    """The test below looks at something."""
    found = set(complaints())

    assert len(found) >= 15
    assert {"its body is missing", "never closed", "but the ledger says the opposite"} <= found


@pytest.mark.parametrize("said", sorted(set(complaints())))
def test_every_complaint_of_verify_has_an_entry(said: str) -> None:
    """By the words that it is printed with."""
    assert squeezed(said) in squeezed(section("Complaints of verify"))


@pytest.mark.parametrize("said", ["heartbeat", "could not be told", "can't be read", "no other run", "free bytes"])
def test_other_messages_have_an_entry(said: str) -> None:
    """What is neither a kind nor a complaint: the heartbeat's silence, the lock, the disk."""
    sources = "".join(map(inspect.getsource, (alerts, messages, publisher))) + (ROOT / "warehouse/lock.py").read_text()

    assert said in sources
    assert said in section("Other messages")


def quoted() -> list[str]:
    """Every command of Amur that the page gives, in a line of a block or in code."""
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return sorted({line for line in [*lines, *re.findall(r"`(amur [^`]+)`", PAGE)] if line.startswith("amur ")})


def parsed(line: str) -> argparse.Namespace:
    """The command line as the program takes it, with examples in place of words in capitals."""
    words = shlex.split(line.partition("  #")[0].replace("\\|", "|"))[1:]
    return _parser().parse_args([STANDS_FOR.get(word, word) for word in words])


@pytest.mark.parametrize("line", quoted())
def test_a_command_of_the_runbook_can_be_typed(line: str) -> None:
    """It parses: the command, its action and its options are there."""
    assert parsed(line).command == line.split()[1]


def test_the_queries_of_the_runbook_run(tmp_path: Path) -> None:
    """Each `amur sql` against a warehouse, and those of docs/monitoring.md."""
    db: Database = warehouse(tmp_path / "warehouse.duckdb")
    page = (ROOT / "docs" / "monitoring.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```sql\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    queries = [str(parsed(line).query) for line in quoted() if line.startswith("amur sql")]
    assert len(queries) >= 3
    for query in [*queries, *filter(str.strip, block.split(";"))]:
        db.rows(query)
    db.close()


def test_the_runbook_is_found_where_an_operator_looks() -> None:
    """From the page on running Amur."""
    assert "(runbook.md)" in (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
