"""Every promise has a test that is there and names it, or stands on the short list of those that have none yet."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
PROMISES = range(10, 76)
NOT_YET = {30, 74}
ROW = re.compile(r"\| P-(\d\d) \| (.+?) \|(?: (.+) \|)?")


@cache
def named_in(path: str) -> dict[str, str]:
    """The tests of a file, each with its name, its docstring and that of its module."""
    tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
    about = ast.get_docstring(tree) or ""
    return {
        node.name: f"{node.name} {ast.get_docstring(node)} {about}"
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def rows() -> dict[int, tuple[str, list[str]]]:
    """The promises of the page: words and tests."""
    found = {}
    for line in PAGE.splitlines():
        if row := ROW.fullmatch(line):
            assert int(row[1]) not in found, f"P-{row[1]} stands twice"
            found[int(row[1])] = (row[2], re.findall(r"`(.+?)`", row[3] or ""))
    return found


def test_no_promise_lacks_a_test() -> None:
    """But those that are named as not yet kept, and those say why."""
    found = rows()

    assert set(found) == set(PROMISES)
    assert {number for number, (_, tests) in found.items() if not tests} == NOT_YET
    assert all(len(words) > 15 for number, (words, _) in found.items() if number in NOT_YET)


def test_each_test_of_a_promise_is_there_and_names_it() -> None:
    """A test that is renamed or taken away takes its promise with it: that is seen here."""
    for number, (_, tests) in rows().items():
        for test in tests:
            path, _, name = test.partition("::")
            said = named_in(path).get(name)
            assert said is not None, f"P-{number}: {test} is not there"
            assert re.search(rf"P-{number}\b|_p{number}_", said), f"{test} doesn't name P-{number}"
