"""Quarantine: what was held stays out of every answer until a person decides, once, by name and with a reason."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from flows import walk
from flows.reading import Reader
from flows.rebuild import Rebuilt, decide, finish, rebuild
from flows.show_held import printed
from sources.contract import Doubt, Payload, Request
from sources.errors import AmurError, ArchiveDamaged, Blocked
from tests.payloads.cbr_fx import pages as cbr
from tests.payloads.cbr_fx.pages import Rate
from tests.warehouse.builders import NOW, answer, bring, document, row, warehouse
from warehouse import quarantine
from warehouse.archive import Archive, Record, write_durably
from warehouse.beside import Beside, beside
from warehouse.database import Database
from warehouse.loader import Loaded, load
from warehouse.quarantine import Decision, decisions, held_record, note_decision

RANGE = "https://www.cbr.ru/scripts/XML_dynamic.asp"
GOOD = cbr.dynamic()


def eleventh(value: str) -> bytes:
    """The page with the rate of the dollar for 11 March 2025, which was 88.5102."""
    return cbr.dynamic([Rate(date(2025, 3, 11), "1", value)], last=date(2025, 3, 31))


RIGHT, SHIFTED = eleventh("88,5102"), eleventh("885,1020")
CHALLENGE = b"<html><head><title>Just a moment...</title></head><body>Verify you are human</body></html>"
PUBLIC = (
    "SELECT series_key, period_start, period_end, value, obs_status, known_at, known_to, known_at_basis, "
    "parser_version, payload_sha256, locator, run_id FROM observation_vintages ORDER BY ALL"
)
ENTRIES = (
    "SELECT quarantine_id, kind, source, url, payload_sha256, reason, state, decided_at, decided_by, decision_note "
    "FROM quarantine ORDER BY ALL"
)


@dataclass
class Bench:
    """A home without a network: what is kept in the archive takes the rest of the walk."""

    home: Path
    db: Database
    archive: Archive
    reader: Reader

    def bring(self, source: str, body: bytes, url: str, number: int) -> Loaded:
        """One night, the `number`th, on which an address holds `body`."""
        at = NOW + timedelta(days=number)
        fetched = replace(answer(body, url=url, at=at), request=Request(url))
        record = self.archive.keep(fetched, source, f"night-{number}", self.before(source, url))
        collected = walk.Collected(source, unread=[record])
        batches, problems = walk.read(self.archive, collected, self.reader)
        verdicts = walk.judge_all(self.db, source, batches)
        work = walk.work_of(collected, f"night-{number}", at, verdicts, problems, 0.0)
        work.reread = walk.rereader(self.archive, self.reader)
        loaded = load(self.db, work)
        assert self.db.violations() == {}
        return loaded

    def before(self, source: str, url: str) -> Record | None:
        """The newest body of an address so far."""
        return next((r for r in reversed(self.archive.records()) if (r.source, r.url) == (source, url)), None)

    def held(self) -> str:
        """The id of the one entry that is held."""
        ((entry,),) = self.db.rows("SELECT quarantine_id FROM quarantine WHERE state = 'held'")
        return str(entry)

    def decided(
        self, entry: str, what: str, number: int = 9, by: str = "anna", note: str = "as on the page"
    ) -> Decision:
        """A person's decision, taken as `amur quarantine` does."""
        _, _, record = held_record(self.db, entry)
        at = (NOW + timedelta(days=number)).isoformat()
        decision = Decision(entry, what, by, at, note, record.sha256)  # type: ignore[arg-type]
        decide(self.db, self.archive, self.reader, decision)
        assert self.db.violations() == {}
        return decision

    def rebuilt(self) -> Database:
        """The warehouse made anew from the archive alone."""
        fresh = warehouse(self.home / "rebuilt.duckdb")
        rebuild(fresh, self.archive, self.reader)
        assert fresh.violations() == {}
        return fresh


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """The child that parses, for all tests here."""
    with Reader() as reading:
        yield reading


@pytest.fixture
def bench(tmp_path: Path, reader: Reader) -> Iterator[Bench]:
    """A home in which the rates of March 2025 are loaded."""
    made = Bench(tmp_path, warehouse(tmp_path / "warehouse.duckdb"), Archive(tmp_path / "archive"), reader)
    assert made.bring("cbr_fx", GOOD, f"{RANGE}?march", 0).new == 6
    yield made
    made.db.close()


@pytest.fixture
def suspicious(bench: Bench) -> Bench:
    """The same home after a night whose rate has its comma one digit too far right."""
    loaded = bench.bring("cbr_fx", SHIFTED, f"{RANGE}?april", 1)
    assert (loaded.state, loaded.new, loaded.held, loaded.held_batches) == ("held", 0, 1, 1)
    return bench


# --- held ---------------------------------------------------------------------------------------------------------


def test_what_is_held_is_in_no_answer(suspicious: Bench) -> None:
    """Not in the observations, not in a vintage, not in an as-of view, not in an indicator; what was known stays."""
    for answers in ("observations", "observation_vintages", "observations_as_of(TIMESTAMP '2030-01-01')", "indicators"):
        assert suspicious.db.value(f"SELECT max(value) FROM {answers}") < 100
        assert suspicious.db.value(f"SELECT count(*) FROM {answers} WHERE period = '2025-03-01'") == 1


def test_what_is_held_says_why_and_where_its_bytes_are(suspicious: Bench) -> None:
    """The reason names the rule, what was found and what was expected; the evidence has the row; the bytes are kept."""
    ((kind, state, reason_kind, reason, evidence, rows, sha256),) = suspicious.db.rows(
        "SELECT kind, state, reason_kind, reason, evidence, held_rows, payload_sha256 FROM quarantine"
    )

    assert (kind, state, reason_kind, rows) == ("batch", "held", "judge", 1)
    assert reason.startswith("rate_in_band: outside of three times all that was")
    assert "885.102, expected 30 to 400" in reason
    assert json.loads(evidence)[0]["rows"][0]["period"] == "2025-03-11"
    assert suspicious.archive.body(sha256) == SHIFTED


# --- released -----------------------------------------------------------------------------------------------------


def test_what_a_person_releases_loads_once_with_who_when_and_why(suspicious: Bench) -> None:
    """It takes the walk again without the judge's veto; the entry keeps the decision."""
    entry = suspicious.held()
    suspicious.decided(entry, "released", note="the gazette prints it so")

    assert suspicious.db.rows("SELECT value FROM observations WHERE period = '2025-03-11'") == [(885.102,)]
    assert suspicious.db.rows("SELECT state, decided_at, decided_by, decision_note FROM quarantine") == [
        ("released", (NOW + timedelta(days=9)).replace(tzinfo=None), "anna", "the gazette prints it so")
    ]
    assert suspicious.db.value("SELECT count(*) FROM pending_publication WHERE run_id = 'quarantine'") == 1


def test_a_repeated_decision_changes_nothing(suspicious: Bench) -> None:
    """P-44: Released twice is released once, and the list of decisions has one line."""
    entry = suspicious.held()
    suspicious.decided(entry, "released")
    before = [suspicious.db.rows(query) for query in (PUBLIC, ENTRIES)]
    suspicious.decided(entry, "released", number=10, by="boris")

    assert [suspicious.db.rows(query) for query in (PUBLIC, ENTRIES)] == before
    assert [(d.quarantine_id, d.by) for d in decisions(suspicious.archive.folder)] == [(entry, "anna")]


def test_what_a_person_rejects_stays_out_for_good(suspicious: Bench) -> None:
    """The entry remains, with the decision; no figure of it is ever loaded, and the same bytes are not held again."""
    suspicious.decided(suspicious.held(), "rejected", note="a slip of the service")
    again = suspicious.bring("cbr_fx", SHIFTED, f"{RANGE}?april", 10)

    assert again.held_batches == 0
    assert suspicious.db.rows("SELECT state, decision_note FROM quarantine") == [("rejected", "a slip of the service")]
    assert suspicious.db.value("SELECT max(value) FROM observation_vintages") < 100


def test_a_right_body_of_the_same_address_ends_the_hold(suspicious: Bench) -> None:
    """The service mends its page the night after: nobody has to decide any more."""
    assert suspicious.bring("cbr_fx", RIGHT, f"{RANGE}?april", 2).new == 1

    assert suspicious.db.rows("SELECT state, decided_by FROM quarantine") == [("superseded", "amur")]
    assert suspicious.db.rows("SELECT value FROM observations WHERE period = '2025-03-11'") == [(88.5102,)]


def test_an_older_body_of_the_same_address_does_not_end_the_hold(suspicious: Bench) -> None:
    """A row of last month's page is let in while this month's page is held: the hold is about the newer page."""
    about, batch = document("march", NOW - timedelta(days=1), row(100, None), source="cbr_fx")
    bring(suspicious.db, (replace(about, url=f"{RANGE}?april"), batch))

    assert suspicious.held()


def test_a_page_that_cannot_be_read_cannot_be_released(bench: Bench) -> None:
    """A verification page is held with its kind; releasing it says what it is, and loads nothing."""
    loaded = bench.bring("cbr_fx", CHALLENGE, f"{RANGE}?april", 1)
    assert loaded.state == "held"
    assert bench.db.rows("SELECT reason_kind FROM quarantine") == [("blocked",)]

    with pytest.raises(Blocked):
        bench.decided(bench.held(), "released")
    assert bench.db.rows("SELECT state FROM quarantine") == [("held",)]
    assert decisions(bench.archive.folder) == []


def test_an_id_that_is_none_is_refused_with_the_way_to_the_ids(bench: Bench) -> None:
    """A mistyped id decides nothing."""
    with pytest.raises(AmurError, match="expected the id of an entry, found q-0000000000") as caught:
        held_record(bench.db, "q-0000000000")
    assert "`amur quarantine list` shows the ids" in str(caught.value)


def test_a_row_in_doubt_waits_alone(bench: Bench) -> None:
    """A country that nobody knows: its row is an entry of its own, the table's others are loaded."""
    about, batch = document("table2", NOW, row(100, date(2026, 7, 22)))
    doubt = Doubt(locator="table 1 row 12", reason="unknown partner", found="Atlantis")
    bring(bench.db, (about, replace(batch, doubts=(doubt,))))
    assert bench.db.rows("SELECT kind, reason, state FROM quarantine") == [("row", "unknown partner: Atlantis", "held")]
    assert bench.db.rows("SELECT value FROM observations WHERE reporter = 'CN'") == [(100.0,)]

    entry = bench.db.value("SELECT min(quarantine_id) FROM quarantine")
    before = bench.db.rows(PUBLIC)
    bench.decided(entry, "released", note="known, and left out")
    assert bench.db.rows("SELECT state FROM quarantine WHERE quarantine_id = ?", [entry]) == [("released",)]
    assert bench.db.rows(PUBLIC) == before


# --- shown --------------------------------------------------------------------------------------------------------


def seen(bench: Bench, entry: str) -> Beside:
    """What `amur quarantine show` looks at, over the writer's own connection."""
    return beside(bench.db.connection, bench.archive, entry, bench.reader.read, bench.reader.outline)


def screen(found: Beside) -> str:
    """What it prints; every line fits into 80 columns."""
    lines = list(printed(found))
    assert max(map(cell_len, lines)) <= 80, max(lines, key=cell_len)
    assert all(line.isprintable() for line in lines)
    json.dumps(found.as_json(), default=str)
    return "\n".join(lines)


def test_what_is_held_is_shown_beside_the_last_good_document_of_its_address(bench: Bench) -> None:
    """P-44: a person decides with both values of a cell, their ratio, the rule and the changed layout in sight."""
    bad = [Rate(date(2025, 3, 1), "1", "882,5680"), *cbr.USD_MARCH_2025[1:-1], Rate(date(2025, 3, 11), "1", "89,5")]
    bench.bring("cbr_fx", cbr.dynamic(bad, last=date(2025, 3, 31)), f"{RANGE}?march", 1)
    found = seen(bench, bench.held())

    assert found.compared == "the same address"
    assert found.counts() == {"changed": 1, "same": 4, "new": 1, "vanished": 1}
    cells = {cell.period: cell for cell in found.cells}
    first = cells["2025-03-01"]
    assert (first.what, first.good, first.held, first.ratio) == ("changed", 88.2568, 882.568, pytest.approx(10))
    assert first.difference == pytest.approx(882.568 - 88.2568)
    assert "rate_in_band" in first.rules
    assert found.cells[0] is first, "what a rule names comes first"
    new = cells["2025-03-11"]
    assert (new.what, new.good, new.good_period, new.held) == ("new", 89.1362, "2025-03-08", 89.5)
    gone = cells["2025-03-08"]
    assert (gone.what, gone.good, gone.held, gone.ratio) == ("vanished", 89.1362, None, None)
    changed = {fact.name: (fact.good, fact.held) for fact in found.layout if fact.changed}
    assert changed["Record header"] == (
        "@Date | @Id | Nominal | Value | VunitRate",
        "@Date | @Id | Nominal | Value",
    )
    assert changed["last period"] == ("2025-03-08", "2025-03-11")

    text = screen(found)
    assert re.search(r"2025-03-01 +88\.2568 +882\.568 +x 10\n +held by .*rate_in_band", text)
    assert re.search(r"2025-03-08 +89\.1362 +gone", text)
    assert "last good is of 2025-03-08" in text
    assert f'amur quarantine release {found.entry["quarantine_id"]} --note "WHY"' in text


def test_a_page_that_cannot_be_read_is_shown_by_its_layout(bench: Bench) -> None:
    """A challenge in place of the document: its form, title and size beside the good one's; no cell is made up."""
    bench.bring("cbr_fx", CHALLENGE, f"{RANGE}?march", 1)
    found = seen(bench, bench.held())

    assert found.cells == ()
    assert found.held is not None
    assert "page" in found.held.fault
    facts = {fact.name: (fact.good, fact.held) for fact in found.layout}
    assert facts["form"] == ("XML", "HTML")
    assert facts["title"] == ("", "Just a moment...")
    assert facts["Record rows"] == ("6", "")
    assert "can't be read" in screen(found)


def test_hostile_words_of_a_page_are_shown_inert(bench: Bench) -> None:
    """P-68: control and bidirectional characters of a title, an address and a reason never reach the terminal."""
    page = "<html><head><title>Just a moment\u202e\u2066\x1b[31m 请完成验证 安全验证</title></head></html>"
    bench.bring("cbr_fx", page.encode(), f"{RANGE}?\u202e\x1b]0;x\x07", 1)
    text = screen(seen(bench, bench.held()))

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "请完成验证" in text


def test_the_first_document_of_a_source_has_nothing_beside_it(bench: Bench) -> None:
    """It is said; the figures are shown alone."""
    for table in ("vintages", "payloads"):
        bench.db.execute(f"DELETE FROM {table}")
    bench.bring("cbr_fx", SHIFTED, f"{RANGE}?april", 1)
    found = seen(bench, bench.held())

    assert (found.good, found.compared) == (None, "")
    assert "nothing beside it" in screen(found)
    assert [(cell.what, cell.good, cell.held) for cell in found.cells] == [("new", None, 885.102)]


def test_a_damaged_body_is_told_and_stops_nothing(suspicious: Bench) -> None:
    """Rot of the held bytes: the entry, its rules and the good document are shown all the same."""
    entry = suspicious.held()
    _, _, record = held_record(suspicious.db, entry)
    path = suspicious.archive.path(record.sha256)
    path.chmod(0o644)
    path.write_bytes(b"rot")
    text = screen(seen(suspicious, entry))

    assert "can't be read:" in text
    assert "rate_in_band (critical): 1 of 1 rows" in text


@pytest.mark.parametrize("what", ["released", "rejected"])
def test_a_decision_is_shown_with_who_when_and_why(suspicious: Bench, what: str) -> None:
    """P-44: also after a rebuild, and the values beside it stay those of the day on which it was held."""
    entry = suspicious.held()
    before = seen(suspicious, entry).cells
    suspicious.decided(entry, what, by="anna", note="as the gazette has it")
    found = seen(suspicious, entry)

    at = NOW + timedelta(days=9)
    assert f"{what} by anna at {at:%Y-%m-%d %H:%M} UTC: as the gazette has it" in screen(found)
    assert "amur quarantine release" not in screen(found)
    assert [(d.decision, d.by, d.note) for d in found.decisions] == [(what, "anna", "as the gazette has it")]
    assert found.cells == before
    fresh = replace(suspicious, db=suspicious.rebuilt())
    again = seen(fresh, entry)
    assert (again.entry["state"], again.entry["decided_by"]) == (what, "anna")
    assert again.cells == before
    fresh.db.close()


def test_a_row_in_doubt_is_shown_with_its_place(bench: Bench) -> None:
    """No cell: what is printed there and where."""
    about, batch = document("table2", NOW, row(100, date(2026, 7, 22)))
    bring(bench.db, (about, replace(batch, doubts=(Doubt(locator="row 12", reason="unknown", found="Atlantis"),))))
    found = seen(bench, bench.held())

    assert found.cells == ()
    assert found.told["found"] == "Atlantis"
    assert "at row 12" in screen(found)


def test_an_id_that_is_none_cannot_be_shown(bench: Bench) -> None:
    """With the way to the ids."""
    with pytest.raises(AmurError, match="`amur quarantine list` shows the ids"):
        seen(bench, "q-0000000000")


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        (b"", {"form": "empty", "bytes": "0"}),
        (b"\0\1\2", {"form": "other"}),
        (b"a;b;c\n1;2;3\n4;5;6\n", {"form": "CSV", "header": "a | b | c", "rows": "3"}),
        (b'{"data": [{"x": 1, "y": 2}], "n": 1}', {"form": "JSON", "keys": "data | n", "data header": "x | y"}),
        (b"[" * 100_000, {"form": "JSON"}),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", {"form": "XML"}),
        (b"%PDF-1.4 nothing", {"form": "PDF"}),
        (b"PK\x03\x04 nothing", {"form": "workbook"}),
        (
            b"<html><title>T</title><table><tr><th>A<th>B<tr><td>1<td>2</table></html>",
            {"form": "HTML", "title": "T", "tables": "1", "table 1 header": "A | B", "table 1 rows": "2"},
        ),
    ],
)
def test_any_document_has_an_outline(reader: Reader, body: bytes, facts: dict[str, str]) -> None:
    """Whatever it is, also what no parser takes: its form and size are facts, and nothing is raised."""
    payload = Payload("cbr_fx", RANGE, body, hashlib.sha256(body).hexdigest(), NOW)

    assert facts.items() <= reader.outline(payload).items()


# --- the list of decisions ----------------------------------------------------------------------------------------


def test_decisions_are_kept_in_the_order_in_which_they_were_taken(tmp_path: Path) -> None:
    """A text file beside the archive, a line each, readable without Amur."""
    taken = [Decision(f"q-{n}", "released", "Анна", datetime(2026, 7, n).isoformat(), "так", "ab") for n in (3, 1, 2)]
    assert decisions(tmp_path) == []
    for decision in [*taken, taken[0]]:
        note_decision(tmp_path, decision)

    assert decisions(tmp_path) == taken
    lines = (tmp_path / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["by"] for line in lines] == ["Анна"] * 3


def test_a_decision_may_cover_several_entries(bench: Bench) -> None:
    """Entries are found by id; others keep their state."""
    for number, digit in enumerate("123", start=1):
        bench.bring("cbr_fx", eleventh(f"885,102{digit}"), f"{RANGE}?{digit}", number)
    ids = [row[0] for row in bench.db.rows("SELECT quarantine_id FROM quarantine ORDER BY held_at")]
    quarantine.decide(bench.db, ids[:2], Decision(ids[0], "rejected", "anna", NOW.isoformat(), "slips", "ab"))

    assert [row[0] for row in bench.db.rows("SELECT state FROM quarantine ORDER BY held_at")] == [
        "rejected",
        "rejected",
        "held",
    ]


def test_a_later_decision_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    """What was to be released and couldn't be may be rejected; both lines stay, the second is in force."""
    released = Decision("q-1", "released", "anna", "2026-07-01T00:00:00+00:00", "seen", "ab")
    other = replace(released, quarantine_id="q-2", at="2026-07-02T00:00:00+00:00")
    rejected = replace(released, decision="rejected", by="boris", at="2026-07-03T00:00:00+00:00")
    for decision in (released, other, rejected):
        note_decision(tmp_path, decision)

    assert decisions(tmp_path) == [other, rejected]
    assert len((tmp_path / "decisions.jsonl").read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize("line", ["{", "[]", "null", '{"quarantine_id": "q-1"}', "\udcff"])
def test_a_line_that_is_no_decision_is_named_with_its_place(bench: Bench, line: str) -> None:
    """Nothing is guessed, and nothing added, while a line can't be read; `amur verify` names it."""
    path = bench.archive.folder / "decisions.jsonl"
    good = Decision("q-1", "rejected", "anna", NOW.isoformat(), "a slip", "ab")
    note_decision(bench.archive.folder, good)
    before = path.read_bytes() + line.encode(errors="surrogateescape") + b"\n"
    path.write_bytes(before)

    with pytest.raises(ArchiveDamaged, match=r"decisions\.jsonl: at line 2, expected a decision in JSON"):
        note_decision(bench.archive.folder, replace(good, quarantine_id="q-2"))
    assert path.read_bytes() == before
    assert "line 2" in quarantine.faults(bench.db, bench.archive.folder)[0]
    assert quarantine.obsolete(bench.db, bench.archive.folder) == []
    assert "line 2" in finish(bench.db, bench.archive, bench.reader)[0], "a night is not stopped by it"


def test_a_decision_that_only_the_ledger_knows_is_named_and_written_down(suspicious: Bench) -> None:
    """An older list of decisions came back from a backup: a rebuild must not forget the newer ones."""
    taken = suspicious.decided(suspicious.held(), "released")
    (suspicious.archive.folder / "decisions.jsonl").unlink()

    assert [f.split(",")[0] for f in quarantine.faults(suspicious.db, suspicious.archive.folder)] == [taken.words()]
    assert finish(suspicious.db, suspicious.archive, suspicious.reader) == []
    assert decisions(suspicious.archive.folder) == [taken]
    assert quarantine.faults(suspicious.db, suspicious.archive.folder) == []


def test_a_decision_and_its_opposite_are_named_and_left_alone(suspicious: Bench) -> None:
    """Somebody edited the list by hand: a person has to say which is meant."""
    taken = suspicious.decided(suspicious.held(), "rejected")
    note_decision(suspicious.archive.folder, replace(taken, decision="released"))
    before = suspicious.db.rows(ENTRIES)

    (fault,) = quarantine.faults(suspicious.db, suspicious.archive.folder)
    assert "but the ledger says the opposite" in fault
    assert finish(suspicious.db, suspicious.archive, suspicious.reader) == []
    assert suspicious.db.rows(ENTRIES) == before


# --- rebuild ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["released", "rejected"])
def test_a_decision_about_an_entry_that_is_none_any_more_stops_no_rebuild(suspicious: Bench, what: str) -> None:
    """A later parser reads what an earlier one had held: the rebuild says so, goes on, and forgets no decision."""
    suspicious.decided(suspicious.held(), "released")
    former = Decision("q-0123456789", what, "boris", NOW.isoformat(), "as printed", "ab")  # type: ignore[arg-type]
    note_decision(suspicious.archive.folder, former)
    before = decisions(suspicious.archive.folder)
    fresh = warehouse(suspicious.home / "rebuilt.duckdb")
    done = rebuild(fresh, suspicious.archive, suspicious.reader)

    note = f"{former.words()}, but no such entry is held any more; the decision stays on record"
    assert done == Rebuilt(2, [note])
    assert fresh.rows(PUBLIC) == suspicious.db.rows(PUBLIC)
    assert fresh.rows(ENTRIES) == suspicious.db.rows(ENTRIES)
    assert decisions(suspicious.archive.folder) == before
    assert quarantine.faults(fresh, suspicious.archive.folder) == []
    assert len(quarantine.obsolete(fresh, suspicious.archive.folder)) == 1
    fresh.close()


def test_a_release_that_can_no_longer_be_read_stops_no_rebuild(bench: Bench) -> None:
    """The entry is still held, the decision on record can't be carried out: said, with the cause; `verify` as well."""
    bench.bring("cbr_fx", CHALLENGE, f"{RANGE}?april", 1)
    entry = bench.held()
    _, _, record = held_record(bench.db, entry)
    at = (NOW + timedelta(days=9)).isoformat()
    note_decision(bench.archive.folder, Decision(entry, "released", "anna", at, "seen", record.sha256))

    for notes in (finish(bench.db, bench.archive, bench.reader), _notes_of_a_rebuild(bench)):
        (note,) = notes
        assert note.startswith(f"{entry}: released by anna")
        assert "but it can't be carried out: cbr_fx https://www.cbr.ru" in note
    assert bench.held() == entry
    assert "the ledger has not carried it out" in quarantine.faults(bench.db, bench.archive.folder)[0]


def _notes_of_a_rebuild(bench: Bench) -> list[str]:
    fresh = warehouse(bench.home / "rebuilt.duckdb")
    try:
        return rebuild(fresh, bench.archive, bench.reader).notes
    finally:
        fresh.close()


def test_a_rebuild_leaves_out_a_body_that_a_killed_run_had_not_described(bench: Bench) -> None:
    """Nothing refers to it: it is told and left out, and the warehouse is as it was."""
    orphan = bench.archive.path(hashlib.sha256(RIGHT).hexdigest())
    write_durably(orphan, RIGHT)
    fresh = warehouse(bench.home / "rebuilt.duckdb")
    done = rebuild(fresh, bench.archive, bench.reader)

    assert done.bodies == 1
    (note,) = done.notes
    assert note.startswith(f"{orphan.name}: left out, a run was killed")
    assert fresh.rows(PUBLIC) == bench.db.rows(PUBLIC)
    assert orphan.read_bytes() == RIGHT
    fresh.close()


def test_a_rebuild_refuses_a_body_whose_sidecar_was_lost(bench: Bench) -> None:
    """The ledger in use speaks of it: its figures would be gone from the new warehouse."""
    (record,) = bench.archive.records()
    bench.archive.path(record.sha256).with_name(record.sidecar).unlink()
    fresh = warehouse(bench.home / "rebuilt.duckdb")

    with pytest.raises(ArchiveDamaged, match=f"{record.sha256}: its sidecar is missing"):
        rebuild(fresh, bench.archive, bench.reader, told=frozenset({record.sha256}))
    fresh.close()


@pytest.mark.parametrize("what", ["released", "rejected"])
def test_a_decision_survives_a_rebuild(suspicious: Bench, what: str) -> None:
    """The warehouse made anew from the archive alone has the same figures, entries and decisions."""
    suspicious.decided(suspicious.held(), what, note="as the gazette has it")
    fresh = suspicious.rebuilt()

    assert fresh.rows(PUBLIC) == suspicious.db.rows(PUBLIC)
    assert fresh.rows(ENTRIES) == suspicious.db.rows(ENTRIES)
    assert fresh.rows("SELECT state, decided_by FROM quarantine") == [(what, "anna")]


def test_a_rebuild_repeats_what_became_of_every_body(suspicious: Bench) -> None:
    """P-50: Held, mended, blocked, revised: the archive alone leads to the same vintages, entries and states."""
    suspicious.bring("cbr_fx", RIGHT, f"{RANGE}?april", 2)
    suspicious.bring("cbr_fx", CHALLENGE, f"{RANGE}?may", 3)
    revised = cbr.dynamic([*cbr.USD_MARCH_2025[:-1], Rate(date(2025, 3, 8), "1", "89,1400")])
    assert suspicious.bring("cbr_fx", revised, f"{RANGE}?march", 4).revised == 1
    suspicious.bring("cbr_fx", GOOD, f"{RANGE}?march", 5)
    fresh = suspicious.rebuilt()

    states = "SELECT url, sha256, fetched_at, earlier_at, state, parser_version FROM payloads ORDER BY ALL"
    for query in (PUBLIC, ENTRIES, states):
        assert fresh.rows(query) == suspicious.db.rows(query)


def _rot(archive: Archive, record: Record) -> None:
    archive.path(record.sha256).write_bytes(b"rot")


def _lose(archive: Archive, record: Record) -> None:
    archive.path(record.sha256).unlink()


@pytest.mark.parametrize("harm", [_rot, _lose])
def test_a_rebuild_from_a_damaged_archive_is_refused(bench: Bench, harm: Callable[[Archive, Record], None]) -> None:
    """Nothing is guessed: the message says how many faults there are and names the first."""
    (record,) = bench.archive.records()
    harm(bench.archive, record)
    fresh = warehouse(bench.home / "rebuilt.duckdb")

    with pytest.raises(ArchiveDamaged, match="found 1 faults") as caught:
        rebuild(fresh, bench.archive, bench.reader)
    assert record.sha256 in str(caught.value)
    assert fresh.rows("SELECT * FROM vintages") == []
    fresh.close()
