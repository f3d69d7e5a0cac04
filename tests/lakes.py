"""Lakes for tests: a PostgreSQL server of their own on loopback, and a fresh lake for each who asks.

The server is that of the machine's package (Debian: `postgresql`), started in a temporary folder on a free port. Where
there is none, the tests that need it say so and are skipped.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from warehouse.lake import Lake
from warehouse.lake_database import LakeDatabase

NOW: Final = datetime(2026, 7, 25, 2, 30, tzinfo=UTC)
PASSWORD: Final = "pass word's not shown"  # noqa: S105 (of a server that lives for a test)


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL that asks for a password; `run` executes SQL in it as its superuser."""

    programs: Path
    folder: Path
    port: int

    def run(self, sql: str, database: str = "postgres") -> str:
        """What psql prints, unaligned."""
        done = subprocess.run(
            [self.programs / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", sql, self.words(database)],
            env={"PGPASSWORD": PASSWORD, "PATH": os.defpath}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    def words(self, database: str) -> str:
        """What libpq needs to know, but for the password."""
        return f"dbname={database} host=127.0.0.1 port={self.port} user=amur"


def programs() -> Path:
    """Where the server's programs lie; the test is skipped where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found and (there := shutil.which("initdb")):
        found = [Path(there)]
    if not found:
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    return found[-1].parent


@cache
def postgres() -> Server:
    """A server for the time of this process; the test is skipped where none can be had."""
    programs()
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(_running())


@contextmanager
def _running() -> Iterator[Server]:
    """It refuses to run as root: there it runs as `postgres`."""
    where = programs()
    other = {"user": "postgres", "group": "postgres"} if os.getuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="amur-postgres-"))
    try:
        (folder / "password").write_text(PASSWORD, encoding="utf-8")
        if other:
            for path in (folder, folder / "password"):
                shutil.chown(path, **other)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        subprocess.run(
            [where / "initdb", "-D", folder / "data", "-U", "amur", "-A", "scram-sha-256", "-E", "UTF8", "--no-locale",
             "--no-sync", f"--pwfile={folder / 'password'}"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder, **other,
        )  # fmt: skip
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        control = [where / "pg_ctl", "-D", folder / "data", "-s", "-w"]
        subprocess.run([*control, "-o", options, "-l", folder / "log", "start"], check=True, cwd=folder, **other)
        try:
            yield Server(where, folder, port)
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, cwd=folder, **other)
    finally:
        shutil.rmtree(folder)


def in_postgres(files: Path) -> Lake:
    """A lake that isn't made yet, in a database of its own."""
    name = f"lake_{uuid.uuid4().hex[:12]}"
    postgres().run(f"CREATE DATABASE {name}")
    return _lake(name, files)


def _lake(database: str, files: Path) -> Lake:
    return Lake.read(f"ducklake:postgres:{postgres().words(database)}", str(files), PASSWORD)


@cache
def _pattern() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="amur-lake-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    postgres().run("CREATE DATABASE pattern")
    LakeDatabase(_lake("pattern", folder / "files"), NOW).close()
    return folder / "files"


def made(files: Path) -> Lake:
    """A lake that is made, and empty: a copy of one, because to make it takes seconds."""
    pattern, name = _pattern(), f"lake_{uuid.uuid4().hex[:12]}"
    postgres().run(f"CREATE DATABASE {name} TEMPLATE pattern")
    lake = _lake(name, files)
    postgres().run(f"UPDATE ducklake_metadata SET value = '{lake.files}' WHERE key = 'data_path'", name)
    shutil.copytree(pattern, lake.files, dirs_exist_ok=True)
    return lake


def in_sqlite(folder: Path) -> Lake:
    """A lake that isn't made yet, with all of it in a folder."""
    return Lake.read(f"ducklake:sqlite:{folder / 'catalogue.sqlite'}", str(folder / "files"))
