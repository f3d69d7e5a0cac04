"""A home, a recorded web and the command, as a user has them."""

import contextlib
import fcntl
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
AMUR = Path(sys.executable).parent / "amur"


STARTS_PREFECT = {"nightly", "backfill", "serve"}
_templates: list[Path] = []  # the folder of this test run in which the template stands


@pytest.fixture(scope="session", autouse=True)
def prefect_template(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Say where the processes of one test run keep the empty Prefect database that they share."""
    base = tmp_path_factory.getbasetemp()
    _templates[:] = [base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base]


def empty_prefect(home: Path) -> None:
    """Give a new home a migrated Prefect database, made once in a test run: migrating takes ten seconds of a processor.

    That a command makes its own where there is none is seen in the demo and the first night of `test_commands`.
    """
    if not _templates or (home / "prefect").exists():
        return
    template = _templates[0] / "prefect-template"
    with template.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (template / "prefect.db").exists():
            unfinished = template.with_suffix(".unfinished")
            kept = {k: v for k, v in os.environ.items() if not k.startswith(("AMUR_", "PREFECT_"))}
            subprocess.run(
                [AMUR.with_name("prefect"), "server", "database", "upgrade", "-y"],
                env=kept | {"PREFECT_HOME": str(unfinished), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"},
                capture_output=True, timeout=300, check=True,
            )  # fmt: skip
            unfinished.rename(template)
    (home / "prefect").mkdir(parents=True)
    for file in template.glob("prefect.db*"):
        shutil.copy(file, home / "prefect" / file.name)


@dataclass
class Home:
    """One AMUR_HOME and the environment that its commands run in."""

    path: Path
    environment: dict[str, str] = field(default_factory=dict)
    fresh: bool = False  # nothing at all is there: Prefect's database is made by the command

    @property
    def own(self) -> dict[str, str]:
        """The settings of its own; the report has tests of its own, and would take seconds of every night."""
        return {"AMUR_HOME": str(self.path), "AMUR_GAP": "0", "AMUR_REPORT": "no"}

    def run(self, *arguments: str, timeout: float = 300, **more: str) -> subprocess.CompletedProcess[str]:
        """Run `amur` as a user would; give what it printed."""
        self._begin(arguments)
        kept = {k: v for k, v in os.environ.items() if not k.upper().endswith("_PROXY") and not k.startswith("AMUR_")}
        return subprocess.run(
            [AMUR, *arguments], env=kept | self.own | self.environment | more,
            capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip

    def here(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """The same in this process: Great Expectations is then imported once for all tests of a worker."""
        from flows.cli import main

        self._begin(arguments)
        out, err = io.StringIO(), io.StringIO()
        wanted = self.own | self.environment | more
        before = dict(os.environ)
        os.environ.update(wanted)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = main(arguments)
        finally:
            os.environ.clear()
            os.environ.update(before)
        return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())

    def _begin(self, arguments: tuple[str, ...]) -> None:
        if not self.fresh and STARTS_PREFECT.intersection(arguments[:1]) and "PREFECT_API_URL" not in self.environment:
            empty_prefect(self.path)

    def sql(self, query: str) -> list[dict[str, Any]]:
        """Rows of a query on the published database, by `amur sql`."""
        done = self.run("sql", query, "--format", "json")
        assert done.returncode == 0, done.stderr
        rows: list[dict[str, Any]] = json.loads(done.stdout)
        return rows

    def values(self, query: str) -> list[Any]:
        """The first column of a query."""
        return [next(iter(row.values())) for row in self.sql(query)]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home, without a network."""
    dead = "http://127.0.0.1:9"
    return Home(tmp_path / "home", {"HTTP_PROXY": dead, "HTTPS_PROXY": dead, "NO_PROXY": "127.0.0.1,localhost"})


def shared(*parts: str) -> Path:
    """A path below ../shared; the test is skipped where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no recorded payloads at ../shared/{'/'.join(parts)}")
    return path


def tool(name: str) -> ModuleType:
    """One of the tools beside the recordings, as a module."""
    spec = importlib.util.spec_from_file_location(name, shared("tools", f"{name}.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@dataclass
class Web:
    """The recorded web, running as a proxy."""

    origin: Any
    environment: Mapping[str, str]

    def faults(self, *rules: dict[str, Any]) -> None:
        """Replace the scripted faults and forget the requests so far."""
        self.origin.reset()
        self.origin.set_faults(list(rules))

    def applied(self) -> list[int]:
        """How often each fault was applied."""
        return [fault["applied"] for fault in self.origin.stats()["faults"]]

    def requests(self, host: str = "") -> list[dict[str, Any]]:
        """The requests so far, without those for robots.txt."""
        return [r for r in self.origin.snapshot() if host in r["host"] and not r["url"].endswith("robots.txt")]


@pytest.fixture(scope="session")
def recorded_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All recorded pages as one root for the recorded web."""
    root = tmp_path_factory.mktemp("recorded")
    lines = []
    for family in ("customs", "reference", "carmakers", "news"):
        shutil.copytree(shared("recorded", family), root / family)
        for line in (root / family / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
            if line.strip():
                entry = json.loads(line)
                lines.append(json.dumps(entry | {"file": f"{family}/{entry['file']}"}, ensure_ascii=False))
    (root / "manifest.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root


@pytest.fixture
def web(recorded_root: Path) -> Iterator[Web]:
    """The recorded web in front: HTTP_PROXY, no special setting."""
    origin_class = tool("faulty_origin").Origin
    with origin_class(recorded_root) as origin:
        proxies = {"HTTP_PROXY": origin.proxy, "HTTPS_PROXY": origin.proxy, "NO_PROXY": "127.0.0.1,localhost"}
        yield Web(origin, proxies)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A throw-away certificate for the https hosts of the recorded web, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    names = (
        "www.cbr.ru", "www.worldbank.org", "thedocs.worldbank.org", "www.lada.ru", "www.autostat.ru", "m.autostat.ru",
        "aebrus.ru", "www.kamaz.ru", "www.cpcaauto.com", "normativ.kontur.ru", "autopremiumgroup.ru",
        "www.kommersant.ru", "tass.com", "ria.ru", "www.themoscowtimes.com", "www.scmp.com", "www.globaltimes.cn",
        "rss.dw.com", "www.theguardian.com",
    )  # fmt: skip
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=recorded", "-addext", "subjectAltName=" + ",".join(f"DNS:{name}" for name in names)],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key


@pytest.fixture
def tls_web(recorded_root: Path, certificate: tuple[Path, Path]) -> Iterator[Web]:
    """The recorded web with https."""
    origin_class = tool("faulty_origin").Origin
    with origin_class(recorded_root, tls=tuple(map(str, certificate))) as origin:
        environment = {
            "HTTP_PROXY": origin.proxy,
            "HTTPS_PROXY": origin.proxy,
            "NO_PROXY": "127.0.0.1,localhost",
            "REQUESTS_CA_BUNDLE": str(certificate[0]),
        }
        yield Web(origin, environment)
