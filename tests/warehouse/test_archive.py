"""The archive: every body that ever came can be had again, byte for byte, and a fault in it is named."""

import errno
import hashlib
import json
import os
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from sources.contract import Request
from sources.errors import ArchiveDamaged
from tests.warehouse.builders import NOW, answer, day
from warehouse.archive import Archive, Record, clear_parts, write_durably

BODY = "<html>Россия 1,535.4</html>".encode()
SHA = hashlib.sha256(BODY).hexdigest()
SOURCE = "gacc_bulletin"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An empty archive."""
    return Archive(tmp_path / "archive")


def kept(
    archive: Archive, body: bytes = BODY, previous: Record | None = None, at: datetime = NOW, **facts: str
) -> Record:
    """Keep an answer of `http://x/a`, unless `facts` say otherwise."""
    return archive.keep(answer(body, at=at, **facts), SOURCE, "run-1", previous)


def files(archive: Archive) -> list[str]:
    """All files of the archive, relative to it."""
    return sorted(str(path.relative_to(archive.folder)) for path in archive.folder.rglob("*") if path.is_file())


def test_a_body_lies_under_its_own_hash_beside_what_is_known_of_it(archive: Archive) -> None:
    """Any program finds the bytes by their sha256; the sidecar says where, when and in which run they came."""
    kept(archive, period="2026-06", title="Table (2)", content_type="text/html", etag='"a1"')

    assert files(archive) == [f"{SHA[:2]}/{SHA}", f"{SHA[:2]}/{SHA}.json"]
    assert (archive.folder / SHA[:2] / SHA).read_bytes() == BODY
    sidecar = json.loads((archive.folder / SHA[:2] / f"{SHA}.json").read_text(encoding="utf-8"))
    assert {name: sidecar[name] for name in ("source", "url", "requested", "run_id", "fetched_at", "period")} == {
        "source": SOURCE,
        "url": "http://x/a",
        "requested": "http://x/a",
        "run_id": "run-1",
        "fetched_at": "2026-07-25T02:30:00+00:00",
        "period": "2026-06",
    }
    assert (sidecar["status"], sidecar["bytes"], sidecar["sha256"]) == (200, len(BODY), SHA)
    assert list(archive.damage()) == []


def test_the_archive_alone_tells_all_that_the_ledger_knows(archive: Archive) -> None:
    """Records come back from the sidecars as they were given when the bodies were kept, oldest first."""
    second = kept(archive, b"second", at=day(24), url="http://x/b", last_modified="Mon, 20 Jul 2026 08:00:00 GMT")
    first = kept(archive, at=day(23), period="2026-06", title="Table (2)", content_type="text/html", etag='"a1"')

    assert Archive(archive.folder).records() == [first, second]
    assert archive.records(known=frozenset({first.sidecar})) == [second]
    assert first.validators() == {"etag": '"a1"'}
    assert second.validators() == {"last_modified": "Mon, 20 Jul 2026 08:00:00 GMT"}
    payload = archive.payload(first)
    assert (payload.body, payload.sha256, payload.source, payload.url) == (BODY, SHA, SOURCE, "http://x/a")
    assert (payload.period, payload.title, payload.group, payload.content_type, payload.fetched_at) == (
        "2026-06",
        "Table (2)",
        "2 USD",
        "text/html",
        day(23),
    )


def test_a_body_is_on_the_disk_before_anything_speaks_of_it(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written, fsynced, renamed, its folder fsynced: first the body, then the sidecar. A power cut leaves no lie.

    P-24.
    """
    done: list[tuple[str, str]] = []
    fsync, replace = os.fsync, os.replace
    part = f".{os.getpid()}.tmp"
    called = {SHA: "body", f".{SHA}{part}": "body's part", f"{SHA}.json": "sidecar", SHA[:2]: "folder"}
    called[f".{SHA}.json{part}"] = "sidecar's part"

    def watched_fsync(handle: int) -> None:
        done.append(("fsync", called[Path(f"/proc/self/fd/{handle}").readlink().name]))
        fsync(handle)

    def watched_replace(old: Path, new: Path) -> None:
        done.append((called[old.name], called[new.name]))
        replace(old, new)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "replace", watched_replace)
    kept(archive)

    assert done == [
        ("fsync", "body's part"),
        ("body's part", "body"),
        ("fsync", "folder"),
        ("fsync", "sidecar's part"),
        ("sidecar's part", "sidecar"),
        ("fsync", "folder"),
    ]


@pytest.mark.parametrize(
    ("call", "number"), [("fsync", 1), ("fsync", 2), ("fsync", 3), ("fsync", 4), ("replace", 1), ("replace", 2)]
)
def test_a_full_disk_leaves_nothing_half_written(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    """Whichever step the disk refuses, the archive is sound afterwards and takes the same body when there is room.

    P-24.
    """
    calls: list[None] = []
    true_call: Callable[..., object] = getattr(os, call)

    def refusing(*arguments: object) -> object:
        calls.append(None)
        if len(calls) == number:
            raise OSError(errno.ENOSPC, "No space left on device")
        return true_call(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refusing)
        with pytest.raises(OSError, match="No space left"):
            kept(archive)

    assert files(archive) == []
    assert archive.payload(kept(archive)).body == BODY
    assert list(archive.damage()) == []


def test_a_full_disk_keeps_the_body_that_was_there(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails to be said of a body anew takes nothing away from what was said of it before."""
    first = kept(archive)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _refuse)
        with pytest.raises(OSError, match="Input/output error"):
            kept(archive, url="http://x/elsewhere")

    assert archive.records() == [first]
    assert archive.body(SHA) == BODY


def _refuse(_handle: int) -> None:
    raise OSError(errno.EIO, "Input/output error")


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The heartbeat and the list of decisions are files that readers may look at any time."""
    path = tmp_path / "last_run.json"
    write_durably(path, b"old")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _refuse)
        with pytest.raises(OSError, match="Input/output error"):
            write_durably(path, b"new")

    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["last_run.json"]


def test_the_same_bytes_again_add_nothing(archive: Archive) -> None:
    """P-27: A page that did not change makes neither body nor sidecar, and its record stays the first one."""
    first = kept(archive, at=day(23))
    again = kept(archive, at=day(24), previous=first)

    assert again == first
    assert len(files(archive)) == 2


def test_two_addresses_with_the_same_bytes_share_the_body(archive: Archive) -> None:
    """One body, and for each address a sidecar that says when it was found there."""
    first = kept(archive, url="http://x/a")
    second = kept(archive, url="http://x/b")

    assert [name for name in files(archive) if not name.endswith(".json")] == [f"{SHA[:2]}/{SHA}"]
    assert {record.url for record in archive.records()} == {"http://x/a", "http://x/b"}
    assert first.sidecar != second.sidecar
    assert list(archive.damage()) == []


def test_a_changed_page_remembers_since_when_another_one_was_seen(archive: Archive) -> None:
    """The page's own date can't date figures that were not there when it was first fetched."""
    first = kept(archive, b"A", at=day(22))
    second = kept(archive, b"B", at=day(24), previous=first)

    assert first.earlier_at is None
    assert second.earlier_at == day(22)
    assert archive.payload(archive.records()[1]).earlier_at == day(22)


def test_a_page_that_goes_back_to_what_it_was_is_remembered_as_such(archive: Archive) -> None:
    """A, B, A again: two bodies, but three times at which the page was new."""
    first = kept(archive, b"A", at=day(22))
    second = kept(archive, b"B", at=day(23), previous=first)
    third = kept(archive, b"A", at=day(24), previous=second)

    assert [(r.sha256, r.fetched_at, r.earlier_at) for r in archive.records()] == [
        (first.sha256, day(22), None),
        (second.sha256, day(23), day(22)),
        (first.sha256, day(24), day(23)),
    ]
    assert third.sidecar != first.sidecar
    assert len([name for name in files(archive) if not name.endswith(".json")]) == 2


def test_a_page_that_is_said_to_be_unchanged_after_another_came_is_remembered_without_its_bytes(
    archive: Archive,
) -> None:
    """A, a challenge, then "not modified" for A: one more sidecar of A that says how it may be asked for again."""
    first = kept(archive, b"A", at=day(22), etag='"a"', content_type="text/html", title="The page")
    kept(archive, b"challenge", at=day(23), previous=first)
    said = answer(b"", at=day(24), content_type="text/plain")
    again = archive.keep_again(replace(said, body=None, outcome="not_modified", status=304), first, "run-3")

    assert archive.records()[-1] == again
    assert (again.sha256, again.fetched_at, again.earlier_at, again.run_id) == (first.sha256, day(24), None, "run-3")
    assert (again.etag, again.content_type, again.size, again.state) == ('"a"', "text/html", 1, "new")
    assert len(archive.records()) == 3
    assert list(archive.damage()) == []


def test_two_sources_sent_the_same_page_at_once_both_keep_their_word(archive: Archive) -> None:
    """Both customs sources ask one host; when it answers both with one verification page, each needs its sidecar."""
    start = threading.Barrier(8)

    def keep(number: int) -> None:
        start.wait()
        archive.keep(answer(BODY, url=f"http://x/{number}"), f"source-{number}", "run-1")

    threads = [threading.Thread(target=keep, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {(r.source, r.url) for r in archive.records()} == {(f"source-{n}", f"http://x/{n}") for n in range(8)}
    assert list(archive.damage()) == []


def test_no_name_from_outside_becomes_a_path(archive: Archive) -> None:
    """P-26: Addresses, titles and headers are foreign text: they are kept inside sidecars and name no file."""
    kept(
        archive,
        url="http://x/../../../etc/passwd?file=..%2f..%2fa",
        title="../../../../tmp/evil",
        content_disposition='attachment; filename="../../evil.html"',
    )

    assert all(re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{64}(\.json)?", name) for name in files(archive))
    assert sorted(path.name for path in archive.folder.parent.iterdir()) == ["archive"]


@pytest.mark.parametrize("name", ["", "../" * 16 + "etc/passwd", SHA[:-1], SHA.upper(), f"/{SHA[1:]}", f"{SHA}.json"])
def test_only_a_hash_leads_to_a_body(archive: Archive, name: str) -> None:
    """P-26: A hash from a foreign file that isn't one is refused before a path is made of it."""
    with pytest.raises(ArchiveDamaged, match="expected a sha256 in hexadecimal"):
        archive.path(name)


def _flip(archive: Archive) -> None:
    path = archive.path(SHA)
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])


def _truncate(archive: Archive) -> None:
    archive.path(SHA).write_bytes(BODY[:-1])


def _lose_body(archive: Archive) -> None:
    archive.path(SHA).unlink()


def _wrong_sidecar(archive: Archive) -> None:
    other = kept(archive, b"another")
    path = archive.path(SHA).with_name(f"{SHA}.json")
    path.write_text(path.read_text(encoding="utf-8").replace(SHA, other.sha256), encoding="utf-8")


def _stray(archive: Archive) -> None:
    (archive.folder / SHA[:2] / "notes").write_text("a file of somebody's", encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        (_flip, f"expected sha256 {SHA}"),
        (_truncate, f"expected sha256 {SHA}"),
        (_lose_body, f"{SHA}.json: its body is missing"),
        (_wrong_sidecar, f"{SHA}.json: says it belongs to {hashlib.sha256(b'another').hexdigest()}"),
        (_stray, "expected a sha256 in hexadecimal, found notes"),
    ],
)
def test_every_fault_of_the_archive_is_named(archive: Archive, harm: Callable[[Archive], None], named: str) -> None:
    """P-25: Rot, a cut file, a lost body, a sidecar that isn't its body's: `amur verify` says which file."""
    kept(archive)
    kept(archive, b"sound", url="http://x/sound")
    harm(archive)

    faults = list(archive.damage())

    assert any(named in fault for fault in faults), faults
    assert not any(hashlib.sha256(b"sound").hexdigest() in fault for fault in faults)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '"text"', "{}", "null", '{"headers": null}', '{"fetched_at": 7}', "\udce4\udcff"]
)
def test_a_sidecar_that_cannot_be_read_is_named_and_stops_no_other(archive: Archive, text: str) -> None:
    """The list of faults is whole whatever a file holds; records() refuses to guess."""
    kept(archive)
    sidecar = archive.path(SHA).with_name(f"{SHA}.json")
    facts = json.loads(sidecar.read_text(encoding="utf-8"))
    if text.startswith('{"'):
        text = json.dumps(facts | json.loads(text))
    sidecar.write_bytes(text.encode(errors="surrogateescape"))
    other = kept(archive, b"other", url="http://x/other")
    archive.path(other.sha256).unlink()

    faults = list(archive.damage())

    assert any(str(sidecar) in fault and "expected a sidecar in JSON" in fault for fault in faults)
    assert f"{other.sidecar}: its body is missing" in faults
    with pytest.raises(ArchiveDamaged, match="sidecar in JSON"):
        archive.records()


@pytest.mark.parametrize(("harm", "found"), [(_flip, "sha256"), (_truncate, "sha256"), (_lose_body, "no file")])
def test_rotten_bytes_are_never_read_as_good_ones(
    archive: Archive, harm: Callable[[Archive], None], found: str
) -> None:
    """A body is verified each time it is read; the message names the file and the way to heal it."""
    record = kept(archive)
    harm(archive)

    with pytest.raises(ArchiveDamaged, match=found) as caught:
        archive.payload(record)
    assert str(archive.path(SHA)) in str(caught.value)
    assert "Restore the file from a backup" in str(caught.value)


@pytest.mark.parametrize("harm", [_flip, _truncate, _lose_body])
def test_the_same_bytes_fetched_again_heal_a_damaged_body(archive: Archive, harm: Callable[[Archive], None]) -> None:
    """The walk asks again for what has rotted; what comes must not be taken for what lies there."""
    kept(archive, at=day(23))
    harm(archive)

    again = kept(archive, at=day(24))

    assert archive.body(again.sha256) == BODY
    assert list(archive.damage()) == []


def test_part_made_files_of_a_killed_run_are_cleared_and_nothing_else(archive: Archive) -> None:
    """Leftovers have names of their own; bodies and sidecars stay."""
    kept(archive)
    before = files(archive)
    for name in (f".{SHA}.4711.tmp", f".{SHA}.json.4711.tmp"):
        (archive.folder / SHA[:2] / name).write_bytes(b"half")
    (archive.folder / ".decisions.jsonl.4711.tmp").write_bytes(b"half")

    assert list(archive.damage()) == []
    assert archive.clear_leftovers() == 3
    assert files(archive) == before


def test_a_part_made_heartbeat_is_cleared_too(tmp_path: Path) -> None:
    """`last_run.json` is written like a body: what a kill leaves of it goes, what others keep there stays."""
    for name in (".last_run.json.4711.tmp", ".trade.duckdb.4711.tmp", ".lock", "last_run.json", "notes.tmp"):
        (tmp_path / name).write_bytes(b"x")

    assert clear_parts(tmp_path) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "last_run.json", "notes.tmp"]


# --- a run killed between body and sidecar ------------------------------------------------------------------------


@pytest.fixture
def orphaned(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive with a sound body, and one whose run stopped dead before it wrote the sidecar."""
    kept(archive, b"sound", url="http://x/sound")

    class Killed(BaseException):
        pass

    def stop_at_the_sidecar(path: Path, body: bytes) -> None:
        if path.suffix == ".json":
            raise Killed
        write_durably(path, body)

    with monkeypatch.context() as patch:
        patch.setattr("warehouse.archive.write_durably", stop_at_the_sidecar)
        patch.setattr(Path, "unlink", lambda *_arguments, **_options: None)  # a dead process tidies nothing up
        with pytest.raises(Killed):
            kept(archive)
    assert archive.body(SHA) == BODY
    return archive


def test_a_body_without_a_sidecar_is_told_apart_from_damage(orphaned: Archive) -> None:
    """Nothing refers to it, so nothing is lost with it: it stands in no way of a rebuild."""
    assert orphaned.orphans() == [SHA]
    assert list(orphaned.damage()) == []
    assert [record.url for record in orphaned.records()] == ["http://x/sound"]


def test_a_body_without_a_sidecar_is_cleared_with_the_other_leftovers(orphaned: Archive) -> None:
    """The page is asked for again, and kept as if nothing had happened."""
    assert orphaned.clear_leftovers() == 1
    assert orphaned.orphans() == []
    assert not orphaned.path(SHA).exists()
    assert orphaned.payload(kept(orphaned)).body == BODY
    assert len(orphaned.records()) == 2


def test_a_body_that_the_ledger_speaks_of_is_never_cleared(orphaned: Archive) -> None:
    """Then its sidecar was there once: that is damage, for a person to mend from a backup."""
    assert orphaned.clear_leftovers(told=frozenset({SHA})) == 0
    assert orphaned.body(SHA) == BODY


def test_a_body_with_the_sidecar_of_a_second_address_alone_is_never_cleared(archive: Archive) -> None:
    """`<sha256>.<instant>.<stamp>.json` speaks for the body as well as `<sha256>.json` does."""
    first = kept(archive)
    second = kept(archive, url="http://x/second")
    archive.path(SHA).with_name(first.sidecar).unlink()

    assert archive.orphans() == []
    assert archive.clear_leftovers() == 0
    assert archive.payload(second).body == BODY


@pytest.mark.parametrize("text", ["", "{", "{}"])
def test_a_body_whose_sidecar_rotted_is_never_cleared(archive: Archive, text: str) -> None:
    """A file that can't be read any more still says that the body belongs to something."""
    kept(archive)
    archive.path(SHA).with_name(f"{SHA}.json").write_text(text, encoding="utf-8")

    assert archive.orphans() == []
    assert archive.clear_leftovers() == 0
    assert archive.body(SHA) == BODY
    assert len(list(archive.damage())) == 1


def test_a_body_that_a_misplaced_sidecar_speaks_of_is_never_cleared(archive: Archive) -> None:
    """What a sidecar says counts as much as its name."""
    other = kept(archive, b"another")
    kept(archive)
    mine, its = archive.path(SHA).with_name(f"{SHA}.json"), archive.path(other.sha256).with_name(other.sidecar)
    its.write_bytes(mine.read_bytes())
    mine.unlink()

    assert archive.clear_leftovers() == 0
    assert archive.body(SHA) == BODY
    assert any("says it belongs to" in fault for fault in archive.damage())


def test_a_sidecar_without_its_body_is_never_cleared(archive: Archive) -> None:
    """No kill leaves one, since the body is written first: it stays, as a fault."""
    kept(archive)
    archive.path(SHA).unlink()

    assert archive.clear_leftovers() == 0
    assert list(archive.damage()) == [f"{SHA}.json: its body is missing"]


# --- secrets ------------------------------------------------------------------------------------------------------

KEY = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize("as_params", [True, False])
def test_a_key_in_an_address_is_never_archived(archive: Archive, *, as_params: bool) -> None:
    """An address with `subscription-key=` keeps its other parameters and loses the key, in every file and name."""
    url, params = "http://x/get", {"period": "202506", "subscription-key": KEY}
    request = Request(url, params=params) if as_params else Request(f"{url}?period=202506&subscription-key={KEY}")
    for number, body in enumerate((BODY, BODY, b"other")):  # the second gives a sidecar with a stamp
        fetched = replace(answer(body, at=day(20 + number)), request=request, url=request.address)
        record = archive.keep(fetched, SOURCE, "run-1")
        assert record.url == "http://x/get?period=202506&subscription-key=***"

    assert len(files(archive)) == 5
    assert [KEY for name in files(archive) if KEY in name or KEY.encode() in (archive.folder / name).read_bytes()] == []
    assert {record.url for record in archive.records()} == {"http://x/get?period=202506&subscription-key=***"}


@pytest.mark.parametrize(
    "url",
    [
        "http://x/a",
        "http://x/a?year=2025&keyword=%E5%87%BA%E5%8F%A3;author=x#part",
        "file:0123456789ab/查询 (1).csv",
        "shipped:events.csv",
        "http://x/../../../etc/passwd?file=..%2f..%2fa",
    ],
)
def test_an_address_without_a_secret_is_kept_as_it_was_asked(archive: Archive, url: str) -> None:
    """The walk finds what is archived by comparing addresses."""
    record = kept(archive, url=url)

    assert record.url == Request(url).address == url
    assert archive.records() == [record]


def test_an_archive_that_was_never_written_to_is_empty_and_sound(archive: Archive) -> None:
    """A fresh AMUR_HOME has no folder yet."""
    assert archive.records() == []
    assert archive.orphans() == []
    assert list(archive.damage()) == []
    assert archive.clear_leftovers() == 0
