"""`make audit`: has a locked package a known vulnerability? Asked of a vulnerability service by pip-audit.

A vulnerability fails, unless `.ci/audit.toml` names it with a reason and a day until which it is put up with. A service
that can't be reached fails nothing: then this says that it asked in vain, in capitals, since silence would look like
safety.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

__all__ = ["Accepted", "accepted", "main", "verdict"]

ROOT: Final = Path(__file__).parents[1]
LOCK: Final = ROOT / "requirements-dev.lock"  # holds all that requirements.lock holds
ACCEPTED: Final = ROOT / ".ci" / "audit.toml"
LIMIT_S: Final = 180
SKIPPED: Final = "Dependency audit SKIPPED"


@dataclass(frozen=True)
class Accepted:
    """A vulnerability that is put up with until a day, and why."""

    id: str
    package: str
    reason: str
    until: date


def accepted(path: Path = ACCEPTED) -> tuple[Accepted, ...]:
    """What is put up with.

    Raises:
        ValueError: an entry lacks its id, package, reason or day.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("accepted", [])
    found = []
    for entry in entries:
        words = [entry.get(name) for name in ("id", "package", "reason")]
        if set(entry) != {"id", "package", "reason", "until"} or not all(isinstance(w, str) and w for w in words):
            raise ValueError(f"{path.name}: expected id, package, reason and until, found {entry}")
        if type(entry["until"]) is not date:
            raise ValueError(f"{path.name}: expected until = a day such as 2026-12-31, found {entry['until']}")
        found.append(Accepted(**entry))
    return tuple(found)


def verdict(
    packages: Iterable[Mapping[str, Any]], put_up_with: Sequence[Accepted], today: date
) -> tuple[bool, list[str]]:
    """Is all well, and what to say, from pip-audit's list of packages; one with `skip_reason` was asked in vain."""
    lines, fails, asked, vain = [], 0, 0, 0
    allowed = {(one.package, one.id): one for one in put_up_with}
    used = set()
    for package in packages:
        if "skip_reason" in package:
            vain += 1
            continue
        asked += 1
        for found in package["vulns"]:
            names = [(package["name"], name) for name in (found["id"], *found.get("aliases", []))]
            known = next((allowed[name] for name in names if name in allowed), None)
            about = f"{package['name']} {package['version']}: {found['id']}"
            mended = f", mended in {', '.join(found['fix_versions'])}" if found.get("fix_versions") else ""
            if known is not None:
                used.add(known)
            if known is not None and today <= known.until:
                lines.append(f"put up with until {known.until}: {about} ({known.reason})")
            else:
                fails += 1
                over = f"; was put up with until {known.until}" if known is not None else ""
                lines.append(f"VULNERABLE: {about}{mended}{over}")
    if not asked:
        return True, [f"{SKIPPED}: the service knew none of {vain} locked packages; nothing was checked"]
    lines += [f"no longer found, take it out of {ACCEPTED.name}: {one.package} {one.id}"
              for one in put_up_with if one not in used and not vain]  # fmt: skip
    if vain:
        lines.append(f"{SKIPPED} for {vain} of {asked + vain} locked packages, which the service didn't know")
    lines.append(f"Dependency audit: {asked} locked packages looked up, {fails} with a vulnerability that stands")
    return not fails, lines


def main(lock: Path = LOCK) -> int:
    """Ask and tell; 1 if a vulnerability stands."""
    command = ["-m", "pip_audit", "--requirement", str(lock), "--require-hashes", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "15"]
    try:
        done = subprocess.run([sys.executable, *command], capture_output=True, text=True, timeout=LIMIT_S, check=False)
        packages = json.loads(done.stdout)["dependencies"]
    except subprocess.TimeoutExpired:
        print(f"{SKIPPED}: no answer within {LIMIT_S} s; nothing was checked")
        return 0
    except (ValueError, LookupError):
        why = re.findall(r"No module named \w+|\b\w+Error\b", done.stderr) or ["no word"]
        print(f"{SKIPPED}: the service could not be asked; nothing was checked ({why[-1]})")
        return 0
    well, lines = verdict(packages, accepted(), datetime.now(UTC).date())
    print(*lines, sep="\n")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
