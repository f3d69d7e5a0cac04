"""A DuckLake that many machines read and write: what the setting says, the extensions, attaching, and whose turn it is.

Its tables lie as Parquet files in a folder or a bucket, its catalogue in PostgreSQL or, for
the processes of one machine, in SQLite. Two things
keep several writers apart. A turn, held for the time of a transaction: an advisory lock of PostgreSQL's or a lock on
the catalogue's file, which both go with the process that holds them. And a row that every transaction changes
(`Database` does that), so that two which overlap all the same can't both be committed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import duckdb

from sources.errors import AmurError, Busy, LoadFailed
from warehouse.lock import try_lock

__all__ = ["LAKE", "PUBLICATION", "WAIT_S", "Lake", "extended", "quoted"]

LAKE: Final = "warehouse"  # the name under which a lake is attached
PUBLICATION: Final = "publication "  # begins the message of the commit that publishes; the publication's id follows
FORM: Final = re.compile(r"ducklake:(postgres|sqlite):(.+)", re.DOTALL)
WAIT_S: Final = 600.0  # for one's turn: a publication of a large warehouse takes a minute
TURNS: Final = "turns"
TAKE: Final = "SELECT 1 FROM pg_advisory_xact_lock(1634563442)"  # "amur" as a number; such locks are a database's own
LOOK_S: Final = 0.05
EXTRA: Final = 'Install Amur with its extra: pip install "amur[ducklake]"'
EXTENSIONS: Final = {"postgres": "postgres_scanner", "sqlite": "sqlite_scanner"}


# What DuckDB's secret for object storage is told, by the names that the tools of S3 go by.
BUCKET: Final = {
    "AWS_ACCESS_KEY_ID": "KEY_ID", "AWS_SECRET_ACCESS_KEY": "SECRET", "AWS_SESSION_TOKEN": "SESSION_TOKEN",
    "AWS_REGION": "REGION",
}  # fmt: skip


def extended(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Load extensions of DuckDB from their wheels: nothing is downloaded.

    Raises:
        AmurError: a wheel isn't installed, or is of another version than DuckDB.
    """
    for name in names:
        package = f"duckdb_extension_{name}"
        spec = find_spec(package)
        folders = spec.submodule_search_locations if spec is not None else None
        if not folders:
            raise AmurError(
                at="AMUR_WAREHOUSE", expected=f"the package {package.replace('_', '-')}", found="none", advice=EXTRA
            )
        file = Path(folders[0]) / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        if not file.is_file():
            raise AmurError(
                at="AMUR_WAREHOUSE", expected=f"{name} for DuckDB {duckdb.__version__}", found="another version",
                advice=EXTRA,
            )  # fmt: skip
        connection.execute(f"LOAD {quoted(str(file))}")


@dataclass(frozen=True, slots=True)
class Lake:
    """Where a lake's catalogue and its files lie. Neither `str` nor `repr` nor any error shows password or key.

    Attributes:
        kind: of the catalogue: `postgres` or `sqlite`.
        catalogue: libpq's words (`dbname=… host=…`), or the path of the file.
        files: the folder, or the address of a bucket (`s3://…`).
        password: of the catalogue's user; empty where libpq finds it itself or none is needed.
        bucket: what a secret of DuckDB's for object storage holds: KEY_ID, SECRET, REGION, ENDPOINT, ...
    """

    kind: str
    catalogue: str
    files: str
    password: str = field(default="", repr=False)
    bucket: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    @classmethod
    def read(cls, setting: str, files: str, password: str = "", said: Mapping[str, str] | None = None) -> Lake:
        """The settings as a lake.

        Args:
            setting: AMUR_WAREHOUSE.
            files: AMUR_WAREHOUSE_FILES.
            password: of the catalogue's user.
            said: where the names of `BUCKET`, and AWS_ENDPOINT_URL for a server of one's own, are looked for.

        Raises:
            AmurError: it can't be understood; the message names the setting and holds no secret.
        """
        found = FORM.fullmatch(setting.strip())
        form = "ducklake:postgres:dbname=amur host=… user=… or ducklake:sqlite:FILE"
        if found is None:
            raise AmurError(at="AMUR_WAREHOUSE", expected=form, found="another form")
        kind, catalogue = found[1], found[2].strip()
        if re.search(r"password\s*=|://", catalogue, re.IGNORECASE):
            raise AmurError(
                at="AMUR_WAREHOUSE", expected=f"{form}, without a password", found="another form, or a password",
                advice="Give the password as AMUR_WAREHOUSE_PASSWORD or PGPASSWORD: this setting is shown in errors",
            )  # fmt: skip
        if not files.strip():
            raise AmurError(
                at="AMUR_WAREHOUSE_FILES", expected="the folder or bucket of the lake's files", found="nothing"
            )
        place = files.strip()
        if "://" in place and urlsplit(place).scheme not in {"s3", "gs", "r2"}:
            raise AmurError(at="AMUR_WAREHOUSE_FILES", expected="a folder, or s3://bucket/folder", found=place)
        if "://" not in place:
            place = str(Path(place).absolute())
        if kind == "sqlite":
            catalogue = str(Path(catalogue).absolute())
        return cls(kind, catalogue, place.rstrip("/") + "/", password, _bucket(said or {}))

    def __str__(self) -> str:
        """As the setting says it; the password is no part of it."""
        return f"ducklake:{self.kind}:{self.catalogue}"

    def load(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Load what DuckDB needs for this lake.

        Raises:
            AmurError: an extension isn't installed.
        """
        remote = ["httpfs"] if "://" in self.files else []
        extended(connection, "ducklake", EXTENSIONS[self.kind], *remote)

    def attach(
        self, connection: duckdb.DuckDBPyConnection, *, read_only: bool = False, version: int | None = None
    ) -> None:
        """Attach the lake as `warehouse`: what it holds now, or held as of one of its versions.

        Raises:
            LoadFailed: no such lake, no way to it, or the user may not.
            AmurError: an extension isn't installed.
        """
        self.load(connection)
        remote = "://" in self.files
        options = [f"DATA_PATH {quoted(self.files)}"]
        if not remote and not read_only:
            Path(self.files).mkdir(parents=True, exist_ok=True)
        if self.kind == "sqlite" and not read_only:
            Path(self.catalogue).parent.mkdir(parents=True, exist_ok=True)
        if read_only:
            options.append("READ_ONLY")
        if version is not None:
            options.append(f"SNAPSHOT_VERSION {version:d}")
        if self.kind == "sqlite":  # who reads then holds up nobody who commits
            options += ["META_JOURNAL_MODE 'WAL'", f"META_BUSY_TIMEOUT {int(WAIT_S * 1000)}"]
        if self._secret(connection):
            options.append("META_SECRET 'catalogue'")
        if self.bucket and remote:
            said = ", ".join(f"{name} {quoted(text)}" for name, text in self.bucket.items())
            connection.execute(f"CREATE OR REPLACE SECRET bucket (TYPE s3, {said})")
        try:
            connection.execute(f"ATTACH {quoted(str(self))} AS {LAKE} ({', '.join(options)})")
        except duckdb.Error as error:
            raise self.refused(error, "a lake that can be attached") from None

    def _secret(self, connection: duckdb.DuckDBPyConnection) -> bool:
        """Tell the connection the password, in the one place of DuckDB's that never shows it. Is there one?"""
        if self.kind == "postgres" and self.password:
            connection.execute(f"CREATE OR REPLACE SECRET catalogue (TYPE postgres, PASSWORD {quoted(self.password)})")
            return True
        return False

    def refused(self, error: Exception, expected: str) -> LoadFailed:
        """What the lake answered, as an error of ours, without anything secret."""
        said = " ".join(str(error).split())
        said = re.sub(r"(?s)^.*?(Unable to connect to Postgres) at \"[^\"]*\"", r"\1", said)  # `url` says where
        for secret in filter(None, (self.password, *(self.bucket.get(name) for name in ("SECRET", "SESSION_TOKEN")))):
            said = said.replace(secret, "***")
        return LoadFailed(
            url=str(self), expected=expected, found=said,
            advice="See AMUR_WAREHOUSE, AMUR_WAREHOUSE_FILES and docs/ducklake.md; what was committed before stands",
        )  # fmt: skip

    @contextmanager
    def turn(self, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Keep every other writer out for the block; what others committed before it began is seen in it.

        Raises:
            Busy: another writer had its turn for ten minutes.
        """
        if self.kind == "postgres":
            with self._advisory(connection):
                yield
        else:
            with self._file_lock():
                yield

    @contextmanager
    def _advisory(self, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """The lock belongs to a transaction of its own, on a connection of its own to the server.

        Taken by the lake's own transaction it would come too late: that sees what there was when it began to wait.
        """
        secret = ", SECRET catalogue" if self._secret(connection) else ""
        options = f"{self.catalogue} options='-c lock_timeout={int(WAIT_S * 1000)}'"
        with connection.cursor() as own:
            try:
                own.execute(f"ATTACH IF NOT EXISTS {quoted(options)} AS {TURNS} (TYPE postgres, READ_ONLY{secret})")
                own.begin()
                own.execute("SELECT * FROM postgres_query(?, ?)", [TURNS, TAKE]).fetchall()
            except duckdb.Error as error:
                if "lock timeout" in str(error):
                    raise self._busy() from None
                raise self.refused(error, "a turn to write") from None
            try:
                yield
            finally:
                with suppress(duckdb.Error):  # a connection that broke has given the lock back by itself
                    own.rollback()

    @contextmanager
    def _file_lock(self) -> Iterator[None]:
        path = Path(f"{self.catalogue}.lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + WAIT_S
        with path.open("a") as file:
            while not try_lock(file):
                if time.monotonic() > until:
                    raise self._busy()
                time.sleep(LOOK_S)
            yield

    def _busy(self) -> Busy:
        return Busy(
            url=str(self), expected=f"a turn to write within {WAIT_S:g} s", found="another writer at work",
            advice="Wait for it to end, or stop that process",
        )  # fmt: skip


def _bucket(said: Mapping[str, str]) -> dict[str, str]:
    bucket = {word: said[name] for name, word in BUCKET.items() if said.get(name)}
    if endpoint := said.get("AWS_ENDPOINT_URL"):
        address = urlsplit(endpoint)
        bucket |= {"ENDPOINT": address.netloc, "USE_SSL": str(address.scheme == "https").lower(), "URL_STYLE": "path"}
    return bucket


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"
