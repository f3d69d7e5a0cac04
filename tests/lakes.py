"""Lakes for tests: a PostgreSQL server of their own on loopback, and a fresh lake for each who asks.

The server is that of the machine's package (Debian: `postgresql`), started in a temporary folder on a free port. Where
there is none, the tests that need it say so and are skipped.
"""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from warehouse.lake import Lake
from warehouse.lake_database import LakeDatabase

NOW: Final = datetime(2026, 7, 25, 2, 30, tzinfo=UTC)
PASSWORD: Final = "pass word's not shown"


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


@contextmanager
def postgres() -> Iterator[Server]:
    """A server for the time of the block. It refuses to run as root: there it runs as `postgres`."""
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


def in_postgres(server: Server, files: Path) -> Lake:
    """A lake that isn't made yet, in a database of its own."""
    name = f"lake_{uuid.uuid4().hex[:12]}"
    server.run(f"CREATE DATABASE {name}")
    return Lake.read(f"ducklake:postgres:{server.words(name)}", str(files), PASSWORD)


def in_sqlite(folder: Path) -> Lake:
    """A lake that isn't made yet, with all of it in a folder."""
    return Lake.read(f"ducklake:sqlite:{folder / 'catalogue.sqlite'}", str(folder / "files"))


@cache
def _made() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="amur-lake-"))
    LakeDatabase(in_sqlite(folder), NOW).close()
    return folder


def made_in_sqlite(folder: Path) -> Lake:
    """The same, and it is made: a copy of one that was, because that takes seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    lake = in_sqlite(folder)
    shutil.copyfile(_made() / "catalogue.sqlite", lake.catalogue)
    shutil.copytree(_made() / "files", lake.files, dirs_exist_ok=True)
    connection = sqlite3.connect(lake.catalogue)
    with connection:
        connection.execute("UPDATE ducklake_metadata SET value = ? WHERE key = 'data_path'", [lake.files])
    connection.close()
    return lake
