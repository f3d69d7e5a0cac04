"""What Amur is made of is locked by hash; known vulnerabilities fail; nothing that must stay here is shipped."""

import ast
import re
import socket
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.audit import Accepted, accepted, main, verdict
from tests.loopback import left

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^ ;]+)(?: ; (?P<marker>.+?))? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
ENOUGH = {"requests": (2, 32, 4), "urllib3": (2, 6, 3)}
TODAY = date(2026, 7, 25)


def pins(lock: Path) -> dict[str, str]:
    """The packages of a lock file with their versions; its form is asserted on the way."""
    found: dict[str, str] = {}
    for block in re.split(r"\n(?=[^ ])", lock.read_text(encoding="utf-8").rstrip("\n")):
        head, *hashes = block.split("\n")
        pin = PIN.fullmatch(head)
        assert pin, f"{lock.name}: {head}"
        assert hashes, f"{lock.name}: {head} has no hash"
        assert all(HASH.fullmatch(line) for line in hashes), f"{lock.name}: {head}"
        found[pin["name"]] = pin["version"]
    return found


# --- locks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_p72_every_package_is_locked_by_hash_and_no_address_is_named(lock: Path) -> None:
    """A file holds exact versions with their hashes, and nothing else: no host of an index, no path, no option."""
    assert pins(lock)
    assert "://" not in lock.read_text(encoding="utf-8")


def test_p72_the_locks_agree_and_lack_no_mend() -> None:
    """What users get is what is tested; versions that leak .netrc or unpack ahead of any cap are out."""
    users, tests, first = (pins(ROOT / f"requirements{name}.lock") for name in ("", "-dev", "-bootstrap"))
    assert users.items() <= tests.items()
    assert first.items() <= tests.items()
    for name, least in ENOUGH.items():
        assert tuple(int(part) for part in users[name].split(".")) >= least
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split(r"[^A-Za-z0-9_.-]", one)[0].lower().replace("_", "-") for one in project["dependencies"]}
    assert asked <= set(users)


def test_p72_the_makefile_installs_by_hash_alone() -> None:
    """Every line that installs asks for hashes, or installs the checkout itself without anything else."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines()
             if re.search(r"pip (install|sync)", line)]  # fmt: skip
    assert len(lines) == 4
    for line in lines:
        assert "--require-hashes" in line or "--no-deps --no-build-isolation -e ." in line


# --- the audit ----------------------------------------------------------------------------------------------------


def package(name: str, *found: dict[str, Any]) -> dict[str, Any]:
    """A package as pip-audit lists it."""
    return {"name": name, "version": "1.0", "vulns": list(found)}


FOUND = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fix_versions": ["1.1"], "description": "bad"}
UNKNOWN = {"name": "b", "skip_reason": "Dependency not found on PyPI and could not be audited: b (1.0)"}


def test_a_known_vulnerability_fails_with_its_cure() -> None:
    """The line names package, version, number and the version that mends it."""
    well, lines = verdict([package("a", FOUND), package("c")], (), TODAY)

    assert not well
    assert lines[0] == "VULNERABLE: a 1.0: PYSEC-2026-1, mended in 1.1"
    assert lines[-1] == "Dependency audit: 2 locked packages looked up, 1 with a vulnerability that stands"


@pytest.mark.parametrize(("until", "well"), [(date(2026, 7, 25), True), (date(2026, 7, 24), False)])
def test_one_that_is_put_up_with_fails_from_its_day_on(until: date, well: bool) -> None:
    """By any of its numbers, with its reason; of another package it counts for nothing."""
    known = Accepted("CVE-2026-1", "a", "no such call here", until)

    assert verdict([package("a", FOUND)], [known], TODAY)[0] is well
    assert not verdict([package("c", FOUND)], [known], TODAY)[0]


def test_what_was_not_looked_up_is_said_and_never_taken_for_safe() -> None:
    """All asked in vain: skipped. Some: how many. An entry that nothing needs is named."""
    nothing = "Dependency audit SKIPPED: the service knew none of 2 locked packages; nothing was checked"
    assert verdict([UNKNOWN, UNKNOWN], (), TODAY) == (True, [nothing])
    well, lines = verdict([UNKNOWN, package("a")], (), TODAY)
    assert well
    assert lines[0] == "Dependency audit SKIPPED for 1 of 2 locked packages, which the service didn't know"
    well, lines = verdict([package("a")], [Accepted("CVE-1", "a", "was", TODAY)], TODAY)
    assert lines[0] == "no longer found, take it out of audit.toml: a CVE-1"


def test_the_list_of_what_is_put_up_with_has_reasons_and_days(tmp_path: Path) -> None:
    """The one of the project is read; an entry without a reason or a day is refused."""
    assert all(one.reason for one in accepted())
    bad = tmp_path / "audit.toml"
    for text in ('id = "C"\npackage = "a"\nuntil = 2026-01-01', 'id = "C"\npackage = "a"\nreason = "r"\nuntil = "x"'):
        bad.write_text(f"[[accepted]]\n{text}\n", encoding="utf-8")
        with pytest.raises(ValueError, match=r"audit\.toml"):
            accepted(bad)


def test_without_a_service_the_audit_says_so_and_fails_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every connection ends at a closed port of this machine."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert main(ROOT / "requirements-bootstrap.lock") == 0
    assert capsys.readouterr().out.startswith("Dependency audit SKIPPED: the service could not be asked")


# --- code ---------------------------------------------------------------------------------------------------------


def test_p73_the_rules_on_dangerous_calls_are_on_for_all_that_runs() -> None:
    """All rules of ruff's are chosen; none about security is left out, but in tests and by line."""
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert lint["select"] == ["ALL"]
    assert not [rule for rule in lint["ignore"] if re.fullmatch(r"S\d*", rule)]
    left_out = {rule for paths, rules in lint["per-file-ignores"].items() if not paths.startswith("tests/")
                for rule in rules}  # fmt: skip
    assert not [rule for rule in left_out if re.fullmatch(r"S\d*", rule)]


ALLOWED = {"S310", "S311", "S506", "S603", "S608", "S704"}
NEVER = {"eval", "exec", "compile", "pickle.loads", "pickle.load", "os.system", "tempfile.mktemp", "marshal.loads"}


def test_p73_no_dangerous_call_is_in_the_product() -> None:
    """No pickle, eval, shell or `assert` as a guard; where a rule is lifted, the line says why."""
    for path in sorted(
        p for name in ("flows", "sources", "warehouse", "expectations") for p in (ROOT / name).rglob("*.py")
    ):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            assert not isinstance(node, ast.Assert), path
            if isinstance(node, ast.Call):
                assert ast.unparse(node.func) not in NEVER, f"{path}:{node.lineno}"
                for keyword in node.keywords:
                    off = isinstance(keyword.value, ast.Constant) and keyword.value.value
                    assert not (keyword.arg == "shell" and off), f"{path}:{node.lineno}"
        for line in text.splitlines():
            for rule in re.findall(r"# noqa:.*?\b(S\d{3})\b", line):
                assert rule in ALLOWED, line
                assert re.search(r"# noqa: [A-Z0-9, ]+ \(.{8,}\)", line), f"no reason: {path.name}: {line.strip()}"


# --- what is shipped ----------------------------------------------------------------------------------------------

SECRET = re.compile(
    rb"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    rb"|\bxox[abpr]-[0-9A-Za-z-]{10,}"
    rb"|(?i:set-cookie: *[\w.-]+=\S+)|(?i:ocp-apim-subscription-key: *[0-9a-f]{32})|(?i:subscription-key=[0-9a-f]{32})"
)
PRIVATE = re.compile(rb"(?<![\d.])(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?![\d.])")


def test_p71_no_key_cookie_or_private_address_is_shipped() -> None:
    """Every file under version control that is no test of the rules themselves."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.split(b"\0")
    paths = [ROOT / name.decode() for name in listed if name and b"news_heldout" not in name]
    if not paths:
        pytest.skip("no version control here: the files that are shipped can't be told from others")
    payloads = [path for path in paths if path.is_file()]
    assert len(payloads) > 300
    for path in payloads:
        body = path.read_bytes()
        assert not SECRET.findall(body), path
        if {"payloads", "data"} & set(path.relative_to(ROOT).parts):
            assert not PRIVATE.findall(body), path


# --- the socket guard ---------------------------------------------------------------------------------------------


def test_p75_tests_have_no_socket_but_on_loopback() -> None:
    """In this process and in every Python that a test starts, whatever it does with the failure: the test is told."""
    ask = "import socket; s = socket.socket(); s.settimeout(2); print(s.connect_ex(('{}', 9)))"
    hidden = f"import contextlib\nwith contextlib.suppress(BaseException):\n    {ask.format('192.0.2.1')}"
    assert subprocess.run([sys.executable, "-c", ask.format("127.0.0.1")], check=False).returncode == 0
    with left() as tried:
        told = subprocess.run(
            [sys.executable, "-c", ask.format("192.0.2.1")], capture_output=True, text=True, check=False
        )
        assert "only loopback" in told.stderr
        assert subprocess.run([sys.executable, "-c", hidden], check=False).returncode == 0
        with pytest.raises(PermissionError):
            socket.create_connection(("192.0.2.1", 9), 1)
        with pytest.raises(PermissionError):
            socket.getaddrinfo("example.org", 80)
    assert len(tried) == 4
