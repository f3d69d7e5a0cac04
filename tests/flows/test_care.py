"""`amur backup`, `restore`, `prune`, `verify`: nothing is lost, nothing half-made taken, the archive is never cut."""

import fcntl
import hashlib
import json
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.flows.conftest import Home
from tests.origin import bulletin

PAGE = "http://english.customs.gov.cn/Statics/table2.html"
CLAIM = "-- claim: Trade grew\n-- expected: 1\n-- unit: USD\nSELECT 1 AS computed, ['x'] AS evidence\n"
DAY_S = 86_400


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a bulletin, a quoted number and a claim of the user's."""
    folder = tmp_path_factory.mktemp("care")
    page = folder / "table2.html"
    page.write_bytes(bulletin.page(bulletin.JUNE))
    home = Home(folder / "home", {"AMUR_NOW": "2026-07-25T02:30:00Z"})
    (home.path / "claims").mkdir(parents=True)
    (home.path / "claims" / "mine.sql").write_text(CLAIM, encoding="utf-8")
    done = home.here("ingest", str(page), "--source", "gacc_bulletin", "--url", PAGE)
    assert done.returncode == 0, done.stdout + done.stderr
    done = home.here(
        "watch", "add", "cn_exports_usd", "2026-06", "11432537000", "--quoted-in", "https://example.org/s", "--by", "a"
    )
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def own(filled: Home, tmp_path: Path) -> Home:
    """A copy of it, to change."""
    shutil.copytree(filled.path, tmp_path / "home")
    return Home(tmp_path / "home", dict(filled.environment))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes; the lock is none that anybody keeps."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def told(home: Home, *arguments: str) -> dict[str, object]:
    """What a command says as JSON; it went well."""
    done = home.here(*arguments, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    said: dict[str, object] = json.loads(done.stdout)
    return said


# --- backup and restore -------------------------------------------------------------------------------------------


def test_a_restored_home_is_the_one_that_was_backed_up(own: Home, tmp_path: Path) -> None:
    """P-62: Archive, warehouse, publication, watches and claims byte for byte; `amur verify` finds nothing wrong."""
    told(own, "backup", str(tmp_path / "backup"))
    new = Home(tmp_path / "new", dict(own.environment))
    said = told(new, "restore", str(tmp_path / "backup"))

    kept = {
        name: body
        for name, body in tree(own.path).items()
        if name.split("/")[0] in {"archive", "claims", "warehouse.duckdb", "trade.duckdb", "last_run.json"}
    }
    assert {"claims/mine.sql", "archive/watches.jsonl", "trade.duckdb"} < set(kept)
    assert tree(new.path) == kept
    assert said["files"] == len(kept)
    assert new.here("verify").returncode == 0
    assert "11432537000" in new.here("sql", "SELECT value::BIGINT AS v FROM indicators", "--format", "csv").stdout


def test_a_second_backup_copies_only_what_is_new(own: Home, tmp_path: Path) -> None:
    """The same again copies nothing; one more quoted number copies the list and the databases, and no body."""
    folder = str(tmp_path / "backup")
    first, second = told(own, "backup", folder), told(own, "backup", folder)
    added = own.here(
        "watch", "add", "cn_imports_usd", "2026-06", "1", "--quoted-in", "https://example.org/s", "--by", "a"
    )
    assert added.returncode == 0, added.stderr
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "backup" / "archive").rglob("*")}
    third = told(own, "backup", folder)

    assert int(str(first["copied"])) >= 5  # a body, its sidecar, the watches, the claim, a database
    assert second["copied"] == 0
    assert 1 <= int(str(third["copied"])) <= 4
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "backup" / "archive").rglob("*")} == before
    new = Home(tmp_path / "new", dict(own.environment))
    assert told(new, "restore", folder)["files"] == third["files"]
    assert tree(new.path)["archive/watches.jsonl"] == tree(own.path)["archive/watches.jsonl"]


def test_a_body_that_the_home_has_lost_stays_in_the_backup(own: Home, tmp_path: Path) -> None:
    """A later backup of a damaged home doesn't take the good copy away."""
    told(own, "backup", str(tmp_path / "backup"))
    body = next(path for path in (own.path / "archive").glob("??/*") if "." not in path.name)
    good = body.read_bytes()
    body.unlink()
    told(own, "backup", str(tmp_path / "backup"))
    new = Home(tmp_path / "new", dict(own.environment))
    told(new, "restore", str(tmp_path / "backup"))

    assert (new.path / body.relative_to(own.path)).read_bytes() == good


def test_a_backup_is_of_one_home(own: Home, tmp_path: Path) -> None:
    """Another home with the same page fetched at another time is turned away, and the backup is as it was."""
    folder = tmp_path / "backup"
    told(own, "backup", str(folder))
    before = tree(folder)
    other = Home(tmp_path / "other", dict(own.environment) | {"AMUR_NOW": "2026-07-26T02:30:00Z"})
    page = tmp_path / "table2.html"
    page.write_bytes(bulletin.page(bulletin.JUNE))
    assert other.here("ingest", str(page), "--source", "gacc_bulletin", "--url", PAGE).returncode == 0
    done = other.here("backup", str(folder))

    assert done.returncode == 1
    assert "a backup of another home" in done.stderr
    assert tree(folder) == before


def test_a_rotten_body_is_not_backed_up(own: Home, tmp_path: Path) -> None:
    """Exit 1, the file is named, and no manifest says that there is a backup."""
    body = next(path for path in (own.path / "archive").glob("??/*") if "." not in path.name)
    body.write_bytes(body.read_bytes()[:-1])
    done = own.here("backup", str(tmp_path / "backup"))

    assert done.returncode == 1
    assert body.name in done.stderr
    assert not (tmp_path / "backup" / "manifest.json").exists()


@pytest.mark.parametrize("harm", ["flipped", "cut", "gone"])
@pytest.mark.parametrize("which", ["archive", "kept", "manifest.json"])
def test_a_damaged_backup_is_refused_by_the_name_of_its_file(own: Home, tmp_path: Path, which: str, harm: str) -> None:
    """Exit 1, and the home stays empty: a part of a backup is never taken for the whole."""
    folder = tmp_path / "backup"
    told(own, "backup", str(folder))
    place = folder / which
    path = place if place.is_file() else next(path for path in sorted(place.rglob("*")) if path.is_file())
    body = path.read_bytes()
    if harm == "flipped":
        at = body.index(b'"archive/') + 12 if which == "manifest.json" else len(body) // 2
        path.write_bytes(body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :])
    elif harm == "cut":
        path.write_bytes(body[: len(body) // 2])
    else:
        path.unlink()
    new = Home(tmp_path / "new", dict(own.environment))
    done = new.here("restore", str(folder))

    assert done.returncode == 1
    assert path.name in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert tree(new.path) == {}


def test_a_manifest_that_leads_out_of_the_home_is_refused(own: Home, tmp_path: Path) -> None:
    """A backup from a stranger writes nowhere else, even where its list is whole."""
    folder = tmp_path / "backup"
    told(own, "backup", str(folder))
    said = json.loads((folder / "manifest.json").read_bytes())
    said["files"]["claims/../../stolen.sql"] = said["files"].pop("claims/mine.sql")
    lines = [f"{sha256} {size} {name}\n" for name, (sha256, size) in sorted(said["files"].items())]
    said["digest"] = hashlib.sha256("".join(lines).encode()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    new = Home(tmp_path / "new", dict(own.environment))
    done = new.here("restore", str(folder))

    assert done.returncode == 1
    assert "manifest.json" in done.stderr
    assert not (tmp_path / "stolen.sql").exists()


def test_a_home_with_anything_in_it_is_not_restored_into(own: Home, tmp_path: Path) -> None:
    """Exit 1, and what is there stays as it is."""
    told(own, "backup", str(tmp_path / "backup"))
    before = tree(own.path)
    done = own.here("restore", str(tmp_path / "backup"))

    assert done.returncode == 1
    assert "empty" in done.stderr
    assert tree(own.path) == before


def test_a_backup_that_is_cut_leaves_the_one_before(own: Home, tmp_path: Path) -> None:
    """What a later backup had copied before it was killed changes nothing of what the manifest names."""
    folder = tmp_path / "backup"
    told(own, "backup", str(folder))
    manifest, watched = (folder / "manifest.json").read_bytes(), tree(own.path)["archive/watches.jsonl"]
    added = own.here(
        "watch", "add", "cn_imports_usd", "2026-06", "1", "--quoted-in", "https://example.org/s", "--by", "a"
    )
    assert added.returncode == 0
    objects = tree(folder / "kept")
    told(own, "backup", str(folder))
    for name, body in objects.items():  # the end of a backup clears what nothing names: before it, both are there
        (folder / "kept" / name).write_bytes(body)
    (folder / "manifest.json").write_bytes(manifest)
    new = Home(tmp_path / "new", dict(own.environment))
    told(new, "restore", str(folder))

    assert tree(new.path)["archive/watches.jsonl"] == watched
    assert new.here("verify").returncode == 0


@pytest.mark.parametrize("command", ["backup", "restore", "prune"])
def test_no_two_at_once(own: Home, tmp_path: Path, command: str) -> None:
    """While a run holds the lock, exit 4."""
    with (own.path / ".lock").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        done = own.here(*([command] if command == "prune" else [command, str(tmp_path / "backup")]))

    assert done.returncode == 4
    assert not (tmp_path / "backup").exists()


def test_there_is_no_backup_of_nothing_and_none_inside_the_home(own: Home, tmp_path: Path) -> None:
    """Both are mistakes of a setting: exit 1, with what was expected."""
    nothing, inside = (
        Home(tmp_path / "none").here("backup", str(tmp_path / "backup")),
        own.here("backup", str(own.path / "backup")),
    )

    assert (nothing.returncode, inside.returncode) == (1, 1)
    assert "AMUR_HOME" in nothing.stderr
    assert "apart from" in inside.stderr


# --- prune --------------------------------------------------------------------------------------------------------


def clutter(home: Path, now: float) -> set[str]:
    """Old and new copies, logs and leftovers; gives the names of those that may go with a limit of 90 days."""
    old = {
        "warehouse.schema-3.duckdb": 100, "logs/amur.log.3": 91, "reports/history/2026-01-01.html": 150,
        ".trade.duckdb.4711.tmp": 0, ".last_run.json.4711.tmp": 0, ".warehouse.duckdb.rebuild": 0,
    }  # fmt: skip
    new = {"warehouse.schema-7.duckdb": 10, "logs/amur.log.1": 89, "reports/history/2026-07-01.html": 20}
    for name, age in {**old, **new, "archive/.decisions.jsonl.9.tmp": 400, "notes.txt": 400}.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 1000)
        os.utime(path, (now - age * DAY_S,) * 2)
    return set(old)


def test_prune_removes_what_nothing_needs_and_never_the_archive(own: Home) -> None:
    """A dry run names it and removes nothing; then just that goes, and `amur verify` is clean."""
    own.environment["AMUR_NOW"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    wanted = clutter(own.path, time.time())
    before = tree(own.path)
    dry = told(own, "prune", "--dry-run")
    assert tree(own.path) == before
    done = told(own, "prune")
    gone = set(before) - set(tree(own.path))

    assert gone == wanted
    assert dry["bytes"] == done["bytes"] == 1000 * len(wanted)
    assert dry["files"] == done["files"]
    assert own.here("verify").returncode == 0
    assert told(own, "prune")["files"] == []


def test_prune_keeps_as_long_as_it_is_told(own: Home) -> None:
    """With --keep 365 the copies, logs and reports stay; what a killed run left half-made goes all the same."""
    own.environment["AMUR_NOW"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    clutter(own.path, time.time())
    done = own.here("prune", "--keep", "365")

    assert done.returncode == 0
    assert "3 removed, 3,000 bytes" in done.stdout
    assert (own.path / "warehouse.schema-3.duckdb").exists()


# --- verify -------------------------------------------------------------------------------------------------------


def test_verify_names_a_publication_that_is_not_the_warehouse_s(own: Home) -> None:
    """One that is gone, one that can't be read, one that is older: exit 1, each in a line."""
    published = own.path / "trade.duckdb"
    older = published.read_bytes()
    page = own.path.parent / "may.html"
    page.write_bytes(bulletin.page(5))
    later = {"AMUR_NOW": "2026-07-26T02:30:00Z"}
    assert own.here("ingest", str(page), "--source", "gacc_bulletin", "--url", f"{PAGE}?may", **later).returncode == 0
    assert own.here("verify", **later).returncode == 0
    published.write_bytes(older)
    behind = own.here("verify", **later)
    published.write_bytes(b"nothing")
    broken = own.here("verify", **later)
    published.unlink()
    missing = own.here("verify", **later)

    assert [done.returncode for done in (behind, broken, missing)] == [1, 1, 1]
    assert "the warehouse speaks of 20260726T023000Z" in behind.stdout
    assert "can't be read" in broken.stdout
    assert "missing" in missing.stdout


def test_verify_notes_a_claim_s_file_that_is_none(own: Home) -> None:
    """It is no damage: exit 0, with the file and what is wrong with it."""
    (own.path / "claims" / "half.sql").write_text("SELECT 1", encoding="utf-8")
    done = own.here("verify")

    assert done.returncode == 0, done.stdout
    assert "claims/half.sql" in done.stdout


# --- the log ------------------------------------------------------------------------------------------------------


def test_the_log_tells_how_long_each_stage_of_a_run_took(own: Home) -> None:
    """A line of JSON each, with the run, the source and seconds: a program can read it without a pattern."""
    lines = [json.loads(line) for line in (own.path / "logs" / "amur.log").read_text(encoding="utf-8").splitlines()]
    (load,) = (line for line in lines if line.get("stage") == "load")
    published = [line for line in lines if line.get("stage") == "publish"]

    assert (load["source"], load["state"]) == ("gacc_bulletin", "ok")
    assert load["load_s"] > 0
    assert load["run_id"] == published[0]["run_id"]
    assert all(line["seconds"] > 0 for line in published)
