"""A home, a recorded web and the command, as a user has them."""

import contextlib
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
QUIET = {"AMUR_GAP": "0", "AMUR_REPORT": "no"}  # no waiting; a report takes seconds, and only its own tests look at it
AMUR = Path(sys.executable).parent / "amur"


@dataclass
class Home:
    """One AMUR_HOME and the environment that its commands run in."""

    path: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, timeout: float = 300, **more: str) -> subprocess.CompletedProcess[str]:
        """Run `amur` as a user would; give what it printed."""
        kept = {k: v for k, v in os.environ.items() if not k.upper().endswith("_PROXY") and not k.startswith("AMUR_")}
        return subprocess.run(
            [AMUR, *arguments], env=kept | QUIET | {"AMUR_HOME": str(self.path)} | self.environment | more,
            capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip

    def here(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """The same in this process: Great Expectations is then imported once for all tests of a worker."""
        from flows.cli import main

        out, err = io.StringIO(), io.StringIO()
        wanted = QUIET | {"AMUR_HOME": str(self.path)} | self.environment | more
        before = dict(os.environ)
        os.environ.update(wanted)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = main(arguments)
        finally:
            os.environ.clear()
            os.environ.update(before)
        return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())

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
