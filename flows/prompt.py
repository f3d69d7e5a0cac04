"""The interactive prompt of `amur sql`: a query ends with a semicolon, `.quit` ends the prompt."""

from __future__ import annotations

import sys

from sources.errors import AmurError
from warehouse.reader import Connection, query, write_result

__all__ = ["converse"]


def converse(connection: Connection) -> int:
    """Read queries from standard input until its end; errors are shown and the prompt goes on."""
    if sys.stdin.isatty():
        import readline  # noqa: F401 (importing it gives the prompt its history)

        print("Read-only SQL; end a query with ; and the prompt with .quit. Tables: SHOW TABLES;")
    lines: list[str] = []
    while True:
        try:
            line = input(("amur> " if not lines else "  ... ") if sys.stdin.isatty() else "")
        except EOFError:
            return 0
        if not lines and line.strip() in {".quit", ".exit", "exit", "quit"}:
            return 0
        lines.append(line)
        if not line.rstrip().endswith(";"):
            continue
        text, lines = "\n".join(lines), []
        try:
            sys.stdout.write(write_result(query(connection, text), "table", None) or "")
        except AmurError as error:
            print(f"amur: {error}", file=sys.stderr)
