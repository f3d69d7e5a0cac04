"""The ledger: what each run did, what each address last answered, and which body answers for it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from expectations.judge import Finding, Verdict
from sources.contract import Batch, Doubt
from sources.errors import AmurError, Blocked, Empty, LayoutChanged, LoadFailed, Unreachable, Unreadable
from tests.warehouse.builders import NOW, bring, day, document, emptied, passed, record, row, warehouse
from warehouse import ledger
from warehouse.archive import Record
from warehouse.database import AMUR_VERSION, Database
from warehouse.ledger import FetchNote
from warehouse.loader import Loaded, Problem, Work, load

SOURCE = "gacc_bulletin"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One warehouse for all tests here."""
    opened = warehouse(tmp_path_factory.mktemp("ledger") / "warehouse.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def db(made: Database) -> Database:
    """A warehouse with nothing in it."""
    return emptied(made)


def note(url: str = "http://x/a", outcome: str = "ok", at: datetime = NOW, **more: object) -> FetchNote:
    """One request."""
    return FetchNote(url=url, period="2026-06", at=at, outcome=outcome, **more)  # type: ignore[arg-type]


def run(db: Database, run_id: str = "run-1", **parts: object) -> Loaded:
    """Commit one source's part of a run."""
    return load(db, Work(SOURCE, run_id, NOW, **parts))  # type: ignore[arg-type]


def held(about: Record, batch: Batch) -> tuple[Record, Verdict]:
    """A batch that the judge holds."""
    finding = Finding(
        "rate_in_band", "critical", False, 1, 1, "8.8", "a comma lost", ({"locator": "row 9", "value": "8.8"},)
    )
    return about, Verdict(batch, load=False, reason="rate_in_band: a comma lost; found 8.8", findings=(finding,))


# --- runs ---------------------------------------------------------------------------------------------------------


def test_a_run_is_on_record_from_its_first_moment(db: Database) -> None:
    """Whoever asks during the run sees it `running`, with its process, program and arguments."""
    ledger.begin_run(db, "run-1", "nightly", NOW, "gacc_bulletin")

    assert db.rows("SELECT kind, started_at, ended_at, state, exit_code, amur_version, arguments FROM runs") == [
        ("nightly", NOW.replace(tzinfo=None), None, "running", None, AMUR_VERSION, "gacc_bulletin")
    ]
    assert ledger.mark_interrupted(db, day(26)) == ["run-1"]


def test_a_finished_run_has_the_sums_over_its_sources(db: Database) -> None:
    """New, revised and held: as in the rows of its sources, those of other runs left out."""
    ledger.begin_run(db, "run-0", "nightly", day(23), "")
    bring(db, document("june", day(23), row(100, date(2026, 7, 22))), run_id="run-0")
    ledger.begin_run(db, "run-1", "nightly", NOW, "")
    run(
        db,
        verdicts=[
            passed(*document("v2", day(24), row(103, date(2026, 7, 23)))),
            passed(*document("may", day(24), row(90, date(2026, 7, 23), partner="BY"))),
            held(*document("odd", day(24), row(9e9, date(2026, 7, 23)), row(8e9, date(2026, 7, 23), flow="M"))),
        ],
    )
    ledger.end_run(db, "run-1", day(26), state="degraded", exit_code=3)

    ended = day(26).replace(tzinfo=None)
    assert db.rows(
        "SELECT state, exit_code, ended_at, new_rows, revised_rows, held_batches FROM runs WHERE run_id = 'run-1'"
    ) == [("degraded", 3, ended, 1, 1, 1)]
    assert db.rows(
        "SELECT parsed_rows, new_rows, revised_rows, same_rows, held_rows FROM run_sources WHERE run_id = 'run-1'"
    ) == [(4, 1, 1, 0, 2)]


def test_a_run_that_ends_a_hold_held_nothing(db: Database) -> None:
    """A later body of the address loads: the entry is over, and the run that ended it is not charged with it."""
    run(db, "run-0", verdicts=[held(*document("june", day(23), row(9e9, date(2026, 7, 22))))])
    ledger.begin_run(db, "run-1", "nightly", NOW, "")
    about, batch = document("right", day(24), row(100, date(2026, 7, 22)))
    run(db, verdicts=[passed(replace(about, url="http://x/june"), batch)])
    ledger.end_run(db, "run-1", day(26), state="published", exit_code=0)

    assert db.rows("SELECT state, decided_by, decision_note FROM quarantine") == [
        ("superseded", "amur", "a later body of the same address loaded")
    ]
    assert db.value("SELECT held_batches FROM runs") == 0


def test_a_killed_run_is_closed_as_interrupted_by_the_next(db: Database) -> None:
    """P-57: Only what still says `running` is closed; the ids are given, oldest first."""
    for number in (3, 1, 2):
        ledger.begin_run(db, f"run-{number}", "nightly", day(number), "")
    ledger.end_run(db, "run-2", day(3), state="published", exit_code=0)

    assert ledger.mark_interrupted(db, NOW) == ["run-1", "run-3"]
    assert db.rows("SELECT run_id, state FROM runs ORDER BY run_id") == [
        ("run-1", "interrupted"),
        ("run-2", "published"),
        ("run-3", "interrupted"),
    ]
    assert ledger.mark_interrupted(db, NOW) == []


# --- addresses and bodies -----------------------------------------------------------------------------------------


def test_of_an_address_the_newest_usable_body_counts(db: Database) -> None:
    """A newer body that was a verification page does not hide the good one; another source's bodies don't mix in."""
    first, second = record("a", day(22)), record("b", day(23), etag='"b"')
    blocked = record("c", day(24))
    bodies = [replace(first, state="loaded"), replace(second, state="held"), replace(blocked, state="blocked")]
    same = [replace(body, url="http://x/doc") for body in bodies]
    assert ledger.adopt(db, same) == 3
    ledger.adopt(db, [record("elsewhere", day(24), source="gacc_preliminary")])

    assert ledger.known_records(db, SOURCE) == {"http://x/doc": same[1]}


def test_bodies_that_no_run_has_dealt_with_wait_in_the_order_in_which_they_came(db: Database) -> None:
    """After a kill the archived bodies are taken over and read by the next run, without asking again."""
    late, early = record("late", day(24)), record("early", day(23))
    ledger.adopt(db, [late, early, record("other", day(22), source="cbr_fx")])
    assert ledger.waiting(db, SOURCE) == [early, late]

    about, batch = document("early", day(23), row(100, date(2026, 7, 22)))
    run(db, verdicts=[passed(about, batch)])
    assert ledger.waiting(db, SOURCE) == [late]
    assert db.value("SELECT count(*) FROM payloads WHERE url = 'http://x/early'") == 1


def test_a_page_that_is_not_there_is_counted_until_it_is(db: Database) -> None:
    """404 after 404: how often and when last, so that it is asked for less and less often; its coming ends that."""
    for number in (20, 21, 22):
        run(db, f"run-{number}", notes=[note("http://x/june", "missing", day(number), status=404)])
    absence = ledger.absences(db, SOURCE)["http://x/june"]
    assert (absence.status, absence.times, absence.checked_at) == (404, 3, day(22))
    assert ledger.absences(db, "gacc_preliminary") == {}

    run(db, "run-23", verdicts=[passed(*document("june", day(23), row(100, date(2026, 7, 22))))])
    assert ledger.absences(db, SOURCE) == {}


def test_a_page_that_still_holds_its_bytes_was_checked(db: Database) -> None:
    """304 or the same bytes: no new body, but the time of the last look moves."""
    about = record("june", day(20), state="loaded")
    ledger.adopt(db, [about])
    run(db, checked=[replace(about, checked_at=day(24))])

    assert ledger.known_records(db, SOURCE)["http://x/june"].checked_at == day(24)


def test_indexes_and_kept_documents_are_settled_unread(db: Database) -> None:
    """What is not read for figures has its state too: nobody waits for it."""
    run(db, others=[record("index", day(24), role="index", state="index"), record("t15", day(24), state="kept")])

    assert dict(db.rows("SELECT url, state FROM payloads")) == {"http://x/index": "index", "http://x/t15": "kept"}
    assert ledger.waiting(db, SOURCE) == []


def test_every_request_is_on_record(db: Database) -> None:
    """Address, outcome, attempts, size and cause of a failure, a row each."""
    error = Unreachable(source=SOURCE, url="http://x/b", expected="an answer", found="a reset connection")
    failed = ledger.failure("http://x/b", "2026-06", day(24), error, conditional=True)
    run(db, notes=[note(status=200, attempts=2, size=7, sha256="ab"), failed], errors=[error])

    assert db.rows("SELECT url, outcome, status, attempts, bytes, conditional, error FROM fetches ORDER BY url") == [
        ("http://x/a", "ok", 200, 2, 7, False, ""),
        ("http://x/b", "unreachable", None, 0, None, True, "expected an answer, found a reset connection"),
    ]


# --- what a source's part of a run came to ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcomes", "errors", "state"),
    [
        (["ok", "not_modified"], [], "ok"),
        ([], [], "ok"),
        (["ok"], [Unreachable(source=SOURCE)], "partial"),
        (["unreachable"], [Unreachable(source=SOURCE)], "unreachable"),
        (["blocked"], [Blocked(source=SOURCE)], "blocked"),
    ],
)  # fmt: skip
def test_the_word_for_a_night_is_the_worst_that_happened(
    db: Database, outcomes: Sequence[str], errors: Sequence[AmurError], state: str
) -> None:
    """Reached and read, reached in part, or not reached: one word in the table of the run."""
    loaded = run(db, notes=[note(outcome=outcome) for outcome in outcomes], errors=list(errors))

    assert loaded.state == state
    assert not loaded.changed


def test_an_answer_without_a_figure_is_empty_and_no_success(db: Database) -> None:
    """200 with nothing in it: state `empty`, never `ok` and never zero."""
    about, batch = document("nothing", day(24))
    assert run(db, notes=[note()], verdicts=[passed(about, batch)]).state == "empty"
    assert db.rows("SELECT state FROM payloads") == [("empty",)]


def test_several_failures_are_one_line(db: Database) -> None:
    """The first in full, and how many more there were."""
    errors = [Unreachable(source=SOURCE, url=f"http://x/{n}", found="a timeout") for n in range(3)]
    loaded = run(db, errors=errors)

    assert loaded.error == f"{errors[0]} (and 2 more)"
    assert db.value("SELECT error FROM run_sources") == loaded.error


@pytest.mark.parametrize(
    ("error", "state", "kind"),
    [
        (LayoutChanged(source=SOURCE, found="another table"), "refused", "layout"),
        (Blocked(source=SOURCE, found="a verification page"), "blocked", "blocked"),
        (Empty(source=SOURCE, found="0 bytes"), "empty", "empty"),
    ],
)
def test_a_body_that_cannot_be_read_is_held_with_its_reason(
    db: Database, error: LayoutChanged, state: str, kind: str
) -> None:
    """The bytes stay, the entry says what was found; meeting the same bytes again makes no second entry."""
    about = record("june", day(24))
    first = run(db, problems=[Problem(about, error)], errors=[error])
    second = run(db, "run-2", problems=[Problem(about, error)], errors=[error])

    assert (first.held_batches, second.held_batches) == (1, 0)
    assert first.state == "held"
    assert db.rows("SELECT kind, reason_kind, reason, state FROM quarantine") == [
        ("batch", kind, error.cause(), "held")
    ]
    assert db.rows("SELECT DISTINCT state FROM payloads") == [(state,)]


def test_a_picture_of_a_table_is_no_case_for_a_person(db: Database) -> None:
    """A known form without figures is noted once and held by nobody."""
    error = Unreadable(source=SOURCE, found="a picture")
    loaded = run(db, problems=[Problem(record("2018", day(24)), error)])

    assert loaded.held_batches == 0
    assert db.rows("SELECT * FROM quarantine") == []
    assert db.rows("SELECT state FROM payloads") == [("unreadable",)]


def test_a_row_in_doubt_is_held_while_the_rest_of_the_page_loads(db: Database) -> None:
    """An unknown country: its row waits under its name, the others are loaded."""
    about, batch = document("june", day(24), row(100, date(2026, 7, 22)))
    doubt = Doubt(locator="table 1 row 12", reason="unknown partner", found="Atlantis")
    loaded = run(db, verdicts=[passed(about, replace(batch, doubts=(doubt,)))])

    assert (loaded.new, loaded.held_batches) == (1, 0)
    assert db.rows("SELECT kind, locator, reason, state FROM quarantine") == [
        ("row", "table 1 row 12", "unknown partner: Atlantis", "held")
    ]
    assert db.value("SELECT count(*) FROM observations") == 1


def test_what_the_judge_found_is_on_record(db: Database) -> None:
    """A row an expectation and batch, with the rows in question as JSON; the hold carries them as evidence."""
    run(db, verdicts=[held(*document("june", day(24), row(8.8, date(2026, 7, 22))))])

    assert db.rows("SELECT expectation, severity, success, unexpected, why, evidence FROM validations") == [
        ("rate_in_band", "critical", False, 1, "a comma lost", '[{"locator": "row 9", "value": "8.8"}]')
    ]
    assert db.rows("SELECT reason_kind, held_rows, evidence::JSON ->> '$[0].rows[0].value' FROM quarantine") == [
        ("judge", 1, "8.8")
    ]
    assert db.rows("SELECT * FROM observations") == []


def test_a_failed_load_says_what_to_do(db: Database) -> None:
    """The transaction is rolled back, the bytes are archived: the next run takes them again."""
    about, batch = document("june", day(24), row(100, date(2026, 7, 22), unit=None))
    with pytest.raises(LoadFailed, match="run `amur nightly` again, the bytes are archived") as caught:
        run(db, notes=[note()], verdicts=[passed(about, batch)])

    assert caught.value.source == SOURCE
    for table in ("fetches", "payloads", "vintages", "run_sources", "pending_publication"):
        assert db.value(f"SELECT count(*) FROM {table}") == 0


def test_history_reaches_back_three_years_before_the_oldest_new_figure(db: Database) -> None:
    """What the judge compares with: current values of the source, none of another, none that is far older."""
    from warehouse.loader import history

    for months in (0, 12, 37, 40):
        start = date(2026 - months // 12, 6 - months % 12, 1)
        end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        bring(
            db,
            document(f"{months}", day(24), row(months, date(2026, 7, 22), period_start=start, period_end=end)),
        )
    bring(db, document("other", day(24), row(7, date(2026, 7, 22)), source="gacc_preliminary"))
    _, batch = document("new", day(25), row(1, date(2026, 7, 22)))

    frame = history(db, SOURCE, [batch])
    assert list(frame["value"]) == [37.0, 12.0, 0.0]
    assert [day.date() for day in frame["period_start"]] == [date(2023, 5, 1), date(2025, 6, 1), date(2026, 6, 1)]


def test_history_of_comtrade_is_that_of_the_series_which_a_batch_is_about(db: Database) -> None:
    """Its suite compares a series with nothing but itself, so how much else is known costs nothing."""
    from warehouse.loader import history

    known = [row(value, None, product=product, flow=flow) for value, product, flow in
             ((1, "2709", "M"), (2, "2709", "X"), (3, "2701", "M"))]  # fmt: skip
    bring(db, document("known", day(24), *known, source="comtrade"))
    _, asked = document("new", day(25), row(9, None, product="2709", flow="M"), source="comtrade")
    _, unknown = document("new too", day(25), row(9, None, product="1001", flow="M"), source="comtrade")

    assert list(history(db, "comtrade", [asked])["value"]) == [1.0]
    assert list(history(db, "comtrade", [asked, unknown])["value"]) == [1.0]
    assert history(db, "comtrade", [unknown]).empty
    assert history(db, "comtrade", [document("none", day(25), source="comtrade")[1]]).empty
