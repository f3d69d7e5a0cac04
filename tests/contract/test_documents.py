"""What is written about Amur is true of it, and asking for help costs no wait."""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.cli import _parser
from tests.warehouse.builders import NOW, warehouse
from warehouse.database import Database
from warehouse.dictionary import markdown
from warehouse.publisher import publish

ROOT = Path(__file__).parents[2]
ENOUGH = 40  # lines: before that, a README is a placeholder
HEAVY = ("prefect", "pandas", "great_expectations", "numpy", "requests", "bs4", "lxml", "openpyxl")
CHILD = (
    "import sys\n"
    "from flows.cli import main\n"
    "try:\n"
    "    code = main(sys.argv[1:])\n"
    "except SystemExit as end:\n"
    "    code = end.code\n"
    f"found = [name for name in {HEAVY!r} if sys.modules.get(name)]\n"
    "print('imported:', *found)\n"
    "sys.exit(code)\n"
)


@pytest.fixture(scope="module")
def readme() -> str:
    """The README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    if len(text.splitlines()) <= ENOUGH:
        pytest.skip("the README has not been written yet")
    return text


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An empty warehouse, to look at its schema."""
    opened = warehouse(tmp_path_factory.mktemp("described") / "warehouse.duckdb")
    yield opened
    opened.close()


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command with its parser."""
    (choices,) = (action.choices for action in _parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(choices)


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(readme: str, command: str) -> None:
    """With what it does and its exit codes, as a row of the table."""
    assert re.search(rf"^\| `amur {command}\b.*\|.*\w.*\|.*\w.*\|$", readme, re.MULTILINE)


def test_the_readme_names_no_command_that_is_not_there(readme: str) -> None:
    """Nobody is sent to a command that a later version will have."""
    assert set(re.findall(r"`amur ([a-z]+)", readme)) <= set(commands())


@pytest.mark.parametrize("command", commands())
def test_every_option_in_the_readme_is_one_of_its_command(readme: str, command: str) -> None:
    """The synopsis can be typed."""
    (row,) = re.findall(rf"^\| (`amur {command}\b.*?`) \|", readme, re.MULTILINE)
    options = {option for action in commands()[command]._actions for option in action.option_strings}

    assert set(re.findall(r"--[a-z-]+", row)) <= options


@pytest.mark.parametrize("command", commands())
def test_every_command_says_what_it_does_and_takes(command: str) -> None:
    """`--help` has a sentence, and a word on every option."""
    text = commands()[command].format_help()

    assert commands()[command].description
    assert f"usage: amur {command}" in text


def settings() -> list[str]:
    """Every variable of the environment that the program reads."""
    text = (ROOT / "flows" / "settings.py").read_text(encoding="utf-8")
    return sorted({name for name in re.findall(r'"([A-Z]+_[A-Z_]+)"', text) if name != "SSL_CERT_FILE"})


@pytest.mark.parametrize("setting", settings())
def test_every_setting_is_in_the_readme(readme: str, setting: str) -> None:
    """With its meaning and its default."""
    assert re.search(rf"^\| .*`{setting}`.* \| .+ \| .+ \|$", readme, re.MULTILINE)


def test_the_settings_that_are_looked_for_are_found() -> None:
    """The test above looks at something."""
    assert {"AMUR_HOME", "AMUR_SOURCES", "AMUR_NOW", "AMUR_CONTACT"} <= set(settings())


def test_the_schema_page_is_what_the_database_says(described: Database) -> None:
    """`make docs` wrote it after the last change of a view, a column or a question with an instant."""
    page = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")

    assert page == markdown(described), "run `make docs`"


def test_the_schema_page_names_every_view_and_macro(described: Database) -> None:
    """It can't agree with a dictionary that has left something out."""
    words = set(re.findall(r"[a-z][a-z0-9_]*", markdown(described)))
    views = described.rows("SELECT view_name FROM duckdb_views() WHERE NOT internal")
    macros = described.rows(
        "SELECT DISTINCT function_name FROM duckdb_functions() WHERE NOT internal AND function_type = 'table_macro'"
    )

    assert len(views) > 10
    assert {name for (name,) in [*views, *macros]} <= words


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["nightly", "--help"],
        ["sql", "SELECT 1 AS one"],
        ["sql", "SELECT 1 AS one", "--format", "csv"],
        ["sql", "SELECT 1 AS one", "--json"],
    ],
    ids=" ".join,
)
def test_help_and_sql_wait_for_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    """Prefect takes two seconds to import and Great Expectations five: a question or a word of help needs neither."""
    publish(warehouse(tmp_path / "warehouse.duckdb"), tmp_path, "run-1", NOW)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *arguments],
        env=os.environ | {"AMUR_HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "one" in done.stdout or "usage: amur" in done.stdout
    assert done.stdout.splitlines()[-1] == "imported:"
