"""What changed last night: every kind of finding from a few figures made by hand, under ids that last."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from sources.contract import Batch, Observation
from tests.warehouse.builders import bring, document, emptied, warehouse
from tests.warehouse.goods import cars, goods
from warehouse import watches
from warehouse.changes import newly_late, note_changes
from warehouse.database import Database, naive

MILLION = 1_000_000
SEEN: dict[str, Batch] = {}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One warehouse for all tests here."""
    opened = warehouse(tmp_path_factory.mktemp("changes") / "warehouse.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def db(made: Database) -> Database:
    """A warehouse with nothing in it."""
    return emptied(made)


def at(month: int, number: int) -> datetime:
    """Noon of a day of 2026."""
    return datetime(2026, month, number, 12, tzinfo=UTC)


def exports(value: float | None, period: str, **more: Any) -> Observation:  # noqa: ANN401 (any field)
    """China's exports to Russia in a month, in dollars."""
    return goods(value, period, "TOTAL", **({"flow": "X"} | more))


def bringing(
    db: Database, run: str, *rows: Observation, on: datetime | None = None, source: str = "gacc_bulletin"
) -> None:
    """A run that loads rows of one document."""
    when = on or at(7, 20)
    bring(db, document(f"{source} {when} {rows!r}", when, *rows, source=source), seen=SEEN, run_id=run)


def published(db: Database, number: int, on: datetime | None = None, run: str = "", seen: str | None = None) -> None:
    """Publication `number` (from 1), as `publish` enters it; by default readers had the one before."""
    when = on or at(7, 20 + number)
    with db.transaction():
        db.execute("DELETE FROM snapshot")
        db.execute(
            "INSERT INTO snapshot VALUES (?, ?, ?, '0', 1)", [f"s-{number}", naive(when), run or f"run-{number}"]
        )
        before = f"s-{number - 1}" if seen is None else seen
        note_changes(db, f"s-{number}", run or f"run-{number}", when, before)


def found(db: Database, kind: str = "", number: int = 2, what: str = "title") -> list[Any]:
    """A column of the findings of a publication, in the order of their rank."""
    rows = db.rows(
        f"SELECT {what} FROM findings WHERE snapshot_id = ? AND (? = '' OR kind = ?) ORDER BY rank DESC, finding_id",
        [f"s-{number}", kind, kind],
    )
    return [value for (value,) in rows]


# --- figures ------------------------------------------------------------------------------------------------------


def test_a_first_publication_tells_the_newest_figure_and_folds_the_older_ones(db: Database) -> None:
    """Three months at once: June by itself, April and May as one finding with their count and span."""
    bringing(db, "run-1", *(exports(value * MILLION, f"2026-0{month}") for value, month in ((8, 4), (9, 5), (10, 6))))
    published(db, 1)

    assert found(db, number=1) == [
        "China's exports to Russia, 2026-06: 10.00 million USD",
        "China's exports to Russia, in USD: 2 earlier figures came in, 2026-04 to 2026-05",
    ]
    assert found(db, number=1, what="(kind, severity, subject, period, new_value, unit, run_id, refs)") == [
        ("new figure", "info", "cn_exports_usd", "2026-06", 10.0 * MILLION, "USD", "run-1", ["gacc_bulletin"]),
        ("backfilled", "info", "cn_exports_usd", "", None, "USD", "run-1", ["gacc_bulletin"]),
    ]


def test_a_publication_of_the_same_finds_nothing_and_adds_no_history(db: Database) -> None:
    """The history grows with what changes: a second night over the same figures adds its own row alone."""
    bringing(db, "run-1", exports(10 * MILLION, "2026-06"))
    published(db, 1)
    before = [db.rows(f"FROM {table} ORDER BY ALL") for table in ("indicator_history", "state_history")]
    published(db, 2)

    assert found(db) == []
    assert [db.rows(f"FROM {table} ORDER BY ALL") for table in ("indicator_history", "state_history")] == before
    assert db.rows("SELECT number, snapshot_id, run_id FROM snapshots ORDER BY number") == [
        (1, "s-1", "run-1"),
        (2, "s-2", "run-2"),
    ]


def test_a_new_month_is_told_beside_the_same_month_of_the_year_before(db: Database) -> None:
    """12 million after 10 million in June 2025: +20.0 %, and the growth by itself with its sign."""
    bringing(db, "run-1", exports(10 * MILLION, "2025-06"))
    published(db, 1)
    bringing(db, "run-2", exports(12 * MILLION, "2026-06"), on=at(7, 21))
    published(db, 2)

    assert sorted(found(db, "new figure")) == [
        "China's exports to Russia, 2026-06: 12.00 million USD (+20.0 % on 2025-06)",
        "China's exports to Russia, against the year before, 2026-06: +20.0 %",
    ]


def test_a_percentage_that_is_not_to_be_quoted_says_so(db: Database) -> None:
    """Growth on 50 cars: the finding warns, and the new figure isn't compared with so few."""
    bringing(db, "run-1", cars(50, "2025-06", dataset="hs_monthly"), source="comtrade")
    published(db, 1)
    bringing(db, "run-2", cars(120, "2026-06", dataset="hs_monthly"), on=at(7, 21), source="comtrade")
    published(db, 2)

    told = [title for title in found(db, "new figure") if "2026-06" in title]
    assert sorted(told) == [
        "Cars that China exports to Russia (HS 8703), 2026-06: 120 units",
        "Cars that China exports to Russia (HS 8703), against the year before, 2026-06: +140.0 % (do not quote)",
    ]


def test_a_revision_says_from_what_to_what_and_by_how_much(db: Database) -> None:
    """10 million become 10.3: +3 %; a notice, with the values beside it."""
    bringing(db, "run-1", exports(10 * MILLION, "2026-06"))
    published(db, 1)
    bringing(db, "run-2", exports(10.3 * MILLION, "2026-06"), on=at(7, 21))
    published(db, 2)

    assert found(db) == [
        "China's exports to Russia, 2026-06: revised from 10.00 million USD to 10.30 million USD (+3.00 %)"
    ]
    assert found(db, what="(kind, severity, subject, period, old_value, new_value, round(change_pct, 9), unit)") == [
        ("revision", "notice", "cn_exports_usd", "2026-06", 10.0 * MILLION, 10.3 * MILLION, 3.0, "USD")
    ]
    assert db.rows(
        "SELECT value, from_snapshot, to_snapshot, published_from, published_to FROM indicator_history ORDER BY value"
    ) == [
        (10.0 * MILLION, 1, 2, naive(at(7, 21)), naive(at(7, 22))),
        (10.3 * MILLION, 2, None, naive(at(7, 22)), None),
    ]


@pytest.mark.parametrize(("to", "severity"), [(10.005, "info"), (10.3, "notice"), (10.6, "warning")])
def test_the_size_of_a_revision_makes_its_severity_and_rank(db: Database, to: float, severity: str) -> None:
    """Of a main indicator: below 0.1 % a note, from 5 % on a warning; a larger one stands before a smaller one."""
    bringing(db, "run-1", exports(10 * MILLION, "2026-06"), exports(10 * MILLION, "2026-05"))
    published(db, 1)
    bringing(db, "run-2", exports(to * MILLION, "2026-06"), exports(9.99 * MILLION, "2026-05"), on=at(7, 21))
    published(db, 2)

    (judged,) = db.rows("SELECT severity, rank FROM findings WHERE kind = 'revision' AND period = '2026-06'")
    ((smaller,),) = db.rows("SELECT rank FROM findings WHERE kind = 'revision' AND period = '2026-05'")
    assert judged[0] == severity
    assert (judged[1] > smaller) is (severity != "info")


def test_many_revisions_of_one_indicator_are_folded(db: Database) -> None:
    """Five months move: the three largest by themselves, the other two together."""
    months = {"2026-01": 1.01, "2026-03": 1.05, "2026-04": 1.04, "2026-05": 1.03, "2026-06": 1.02}
    bringing(db, "run-1", *(exports(10 * MILLION, period) for period in months))
    published(db, 1)
    bringing(db, "run-2", *(exports(10 * MILLION * by, period) for period, by in months.items()), on=at(7, 21))
    published(db, 2)

    assert found(db, "revision", what="period") == ["2026-03", "2026-04", "2026-05", ""]
    assert found(db, "revision")[-1] == (
        "China's exports to Russia, in USD: 2 further values revised, 2026-01 to 2026-06, by up to +2.00 %"
    )


def test_another_method_is_no_revision(db: Database) -> None:
    """The SQL has another number and gives another value from the same figures: computed anew."""
    bringing(db, "run-1", exports(10 * MILLION, "2026-06"))
    published(db, 1)
    db.execute("UPDATE indicator_history SET method = 'trade 0', value = 8000000")
    published(db, 2)

    assert found(db) == [
        "China's exports to Russia, 2026-06: computed anew, from 8.00 million USD to 10.00 million USD (+25.00 %)"
    ]
    assert found(db, what="kind") == ["method"]
    assert "method trade 0 became " in found(db, what="detail")[0]


def test_a_changed_program_with_the_same_figures_is_no_revision_either(db: Database) -> None:
    """Nobody raised the method's number, but views differ, no figure came, and the value moved: computed anew."""
    bringing(db, "run-1", exports(10 * MILLION, "2026-06"))
    published(db, 1)
    db.execute("UPDATE indicator_history SET value = 8000000")
    db.execute("UPDATE snapshots SET definitions = 'of the version before'")
    published(db, 2)

    assert found(db, what="kind") == ["method"]


def test_a_revision_on_the_night_of_an_upgrade_is_one(db: Database) -> None:
    """The program is another, and the figure behind the value moved: its move is what is told."""
    bringing(db, "run-1", exports(10 * MILLION, "2026-06"))
    published(db, 1)
    db.execute("UPDATE snapshots SET definitions = 'of the version before'")
    bringing(db, "run-2", exports(10.3 * MILLION, "2026-06"), on=at(7, 21))
    published(db, 2)

    assert found(db, what="kind") == ["revision"]


def test_a_figure_that_is_put_together_from_more_is_no_revision(db: Database) -> None:
    """Energy with crude oil alone, then with gas: the number grows because its scope does."""
    energy = {"flow": "M", "dataset": "hs_monthly"}
    bringing(db, "run-1", goods(50 * MILLION, "2026-06", "2709", **energy), source="comtrade")
    published(db, 1)
    bringing(db, "run-2", goods(30 * MILLION, "2026-06", "2711", **energy), on=at(7, 21), source="comtrade")
    published(db, 2)

    told = [title for title in found(db, "scope") if title.startswith("Energy that China imports")]
    assert told == [
        (
            "Energy that China imports from Russia (only HS 2709 + 2711), 2026-06: put together from more figures than "
            "before, from 50.00 million USD to 80.00 million USD (+60.00 %) (do not quote)"
        )
    ]
    assert found(db, "revision") == []


def test_a_value_that_is_no_longer_there_is_withdrawn(db: Database) -> None:
    """The publisher blanks the cell: a warning, with what stood there."""
    bringing(db, "run-1", exports(10 * MILLION, "2026-06"))
    published(db, 1)
    bringing(db, "run-2", exports(None, "2026-06"), on=at(7, 21))
    published(db, 2)

    assert found(db, "withdrawn", what="(severity, title, old_value, new_value)") == [
        (
            "warning",
            "China's exports to Russia, 2026-06: 10.00 million USD is no longer published",
            10.0 * MILLION,
            None,
        )
    ]
    assert db.rows("SELECT to_snapshot FROM indicator_history") == [(2,)]


def test_a_record_says_since_when(db: Database) -> None:
    """Highest since January 2025, the last month that was higher: sixteen months are below."""
    months = [f"2025-{n:02}" for n in range(1, 13)] + [f"2026-{n:02}" for n in range(1, 6)]
    bringing(db, "run-1", *(exports((50 if p == "2025-01" else 10) * MILLION, p) for p in months))
    published(db, 1)
    bringing(db, "run-2", exports(30 * MILLION, "2026-06"), on=at(7, 21))
    published(db, 2)

    assert found(db, "record") == ["China's exports to Russia, 2026-06: 30.00 million USD, the highest since 2025-01"]


def test_the_lowest_of_all_says_where_the_record_begins(db: Database) -> None:
    """Nothing lower is held at all."""
    months = [f"2025-{n:02}" for n in range(5, 13)] + [f"2026-{n:02}" for n in range(1, 6)]
    bringing(db, "run-1", *(exports(10 * MILLION, period) for period in months))
    published(db, 1)
    bringing(db, "run-2", exports(3 * MILLION, "2026-06"), on=at(7, 21))
    published(db, 2)

    assert found(db, "record") == [
        "China's exports to Russia, 2026-06: 3.00 million USD, the lowest on record, which begins in 2025-05"
    ]


def test_a_record_over_a_gap_counts_what_is_held(db: Database) -> None:
    """Two months in between are not held: they may have been higher, so the words count the others."""
    months = [f"2025-{n:02}" for n in range(1, 13)] + ["2026-01", "2026-02", "2026-05"]
    bringing(db, "run-1", *(exports((50 if p == "2025-01" else 10) * MILLION, p) for p in months))
    published(db, 1)
    bringing(db, "run-2", exports(30 * MILLION, "2026-06"), on=at(7, 21))
    published(db, 2)

    assert found(db, "record") == [
        "China's exports to Russia, 2026-06: 30.00 million USD, the highest of the 15 periods held since 2025-01"
    ]


@pytest.mark.parametrize("earlier", [11, 12])
def test_a_record_takes_twelve_earlier_periods(db: Database, earlier: int) -> None:
    """The highest of eleven months is nothing that anybody would print."""
    months = [f"2025-{n:02}" for n in range(6, 13)] + [f"2026-{n:02}" for n in range(1, 6)]
    bringing(db, "run-1", *(exports(10 * MILLION, period) for period in months[-earlier:]))
    published(db, 1)
    bringing(db, "run-2", exports(30 * MILLION, "2026-06"), on=at(7, 21))
    published(db, 2)

    assert len(found(db, "record")) == (earlier == 12)


def test_two_months_booked_together_are_no_record(db: Database) -> None:
    """January and February as one row are higher than any month because they are two."""
    months = [f"2024-{n:02}" for n in range(10, 13)] + [f"2025-{n:02}" for n in range(1, 13)]
    bringing(db, "run-1", *(exports(10 * MILLION, period) for period in months))
    published(db, 1)
    bringing(db, "run-2", exports(18 * MILLION, "2026-01/2026-02"), on=at(7, 21))
    published(db, 2)

    assert found(db, "record") == []


def test_growth_that_turns_is_a_change_of_sign(db: Database) -> None:
    """May 2026 is 10 % above May 2025, June 10 % below June 2025."""
    bringing(
        db, "run-1", *(exports(value * MILLION, p) for value, p in ((10, "2025-05"), (10, "2025-06"), (11, "2026-05")))
    )
    published(db, 1)
    bringing(db, "run-2", exports(9 * MILLION, "2026-06"), on=at(7, 21))
    published(db, 2)

    assert found(db, "sign change") == [
        "China's exports to Russia, against the year before, 2026-06: turned negative, -10.0 % after +10.0 % in 2026-05"
    ]
    assert found(db, "sign change", what="(subject, old_value, new_value, unit)") == [
        ("cn_exports_yoy", pytest.approx(10), pytest.approx(-10), "percent")
    ]


# --- events, projects, disagreements ------------------------------------------------------------------------------


def tell(db: Database, event_date: date, status: str, **more: object) -> None:
    """A document of an official publisher says that something happened."""
    facts: dict[str, object] = {
        "source": "kamaz", "event_type": "visit", "event_date": event_date, "precision": "day", "actor": "KAMAZ",
        "target": "Beijing", "product": None, "status": status, "known_at": naive(at(7, 20)), "run_id": "run",
        "payload_sha256": "s", "locator": f"{event_date} {status}", "modality": "asserted",
        "fetched_at": naive(at(7, 20)), "project": None, "side": None,
    }  # fmt: skip
    facts |= more
    names = ", ".join(facts)
    db.execute(f"INSERT INTO event_candidates ({names}) VALUES ({', '.join('?' * len(facts))})", list(facts.values()))


def test_a_new_event_is_told_and_those_of_the_first_publication_are_counted(db: Database) -> None:
    """One event before, one after; its id is what `amur explain` takes."""
    tell(db, date(2026, 7, 1), "done")
    published(db, 1)
    tell(db, date(2026, 7, 19), "done", target="Harbin")
    published(db, 2)

    assert found(db, number=1) == ["1 earlier event came in, 2026-07-01"]
    assert found(db) == ["2026-07-19 KAMAZ: visit to Harbin, done"]
    assert found(db, what="subject") == [
        value for (value,) in db.rows("SELECT event_id FROM events WHERE target = 'Harbin'")
    ]


def test_a_project_that_moves_says_from_where(db: Database) -> None:
    """Signed in June, under construction in July."""
    project = {"event_type": "project_status", "project": "plant", "side": "RU", "target": None}
    tell(db, date(2026, 6, 1), "signed", **project)
    published(db, 1)
    tell(db, date(2026, 7, 19), "under_construction", **project)
    published(db, 2)

    assert found(db, "project moved") == [
        "plant: under construction on 2026-07-19 (KAMAZ); before: signed on 2026-06-01 (KAMAZ)"
    ]


def test_a_disagreement_opens_and_closes(db: Database) -> None:
    """The preliminary release says 11 million, the bulletin 10; later both say 11."""
    bringing(db, "run-1", exports(10 * MILLION, "2026-06"))
    published(db, 1)
    bringing(db, "run-2", exports(11 * MILLION, "2026-06"), source="gacc_preliminary")
    published(db, 2)
    bringing(db, "run-3", exports(11 * MILLION, "2026-06"), on=at(7, 22))
    published(db, 3)

    (opened,) = found(db, "disagreement opened")
    (closed,) = found(db, "disagreement closed", number=3)
    assert opened == (
        "Disagreement: same cell, CN exports to RU TOTAL trade value, 2026-06: 10.0000 million USD (gacc_bulletin) "
        "against 11.0000 million USD (gacc_preliminary)"
    )
    assert closed == opened.replace("Disagreement", "No longer in disagreement")
    assert found(db, "disagreement opened", what="round(change_pct, 9)") == [10.0]


# --- sources, releases, quarantine, claims ------------------------------------------------------------------------


def test_a_late_source_is_told_when_it_becomes_stale_and_when_it_is_back(db: Database) -> None:
    """June was due by 26 July; overdue the day after, stale two weeks later, back with its figure."""
    bringing(db, "run-1", exports(10 * MILLION, "2026-05"), on=at(7, 1))
    published(db, 1, on=at(7, 25))
    assert not newly_late(db, at(7, 26))
    assert newly_late(db, at(7, 27))
    published(db, 2, on=at(7, 27))
    assert not newly_late(db, at(7, 28))
    assert newly_late(db, at(8, 10))
    published(db, 3, on=at(8, 10))
    bringing(db, "run-4", exports(10 * MILLION, "2026-06"), exports(10 * MILLION, "2026-07"), on=at(8, 20))
    published(db, 4, on=at(8, 20))

    title = "China Customs: monthly bulletin, trade by country of origin and destination"
    assert found(db, "overdue") == [f"{title}, by_country, 2026-06: overdue, was expected by 2026-07-26"]
    assert found(db, "source stale", number=3) == [f"{title}: stale, nothing newer than 2026-05"]
    assert found(db, "source back", number=4) == [f"{title}: back, newest period 2026-07"]
    assert db.rows("SELECT DISTINCT subject FROM findings WHERE kind LIKE 'source%'") == [("gacc_bulletin",)]


def test_a_source_that_was_never_fresh_has_not_become_stale(db: Database) -> None:
    """On the first night most of what isn't there yet is overdue: nothing has changed by that."""
    published(db, 1)

    assert found(db, number=1) == []
    assert not newly_late(db, at(7, 22))


def test_a_batch_that_is_held_is_told_once(db: Database) -> None:
    """With the id that `amur quarantine` takes; a row in doubt is no such batch."""
    published(db, 1)
    entry = (
        "INSERT INTO quarantine VALUES (?, ?, 'gacc_bulletin', 'u', '2026-06', 's', 'l', 'judge', 'partners add up to "
        "12 % of the world', '[]', 41, TIMESTAMP '2026-07-22 12:00:00', 'run-2', 'held', NULL, NULL, NULL)"
    )
    db.execute(entry, ["q-1", "batch"])
    db.execute(entry, ["q-2", "row"])
    published(db, 2)
    published(db, 3)

    (title,) = found(db, "held")
    assert "2026-06: a batch is held in quarantine (q-1): partners add up to 12 % of the world" in title
    assert found(db, "held", what="(severity, new_value)") == [("warning", 41.0)]
    assert found(db, number=3) == []


def test_a_claim_that_flips_is_told_before_all_else(db: Database) -> None:
    """Confirmed before, contradicted now; the first answer and one that only moved are no flip."""
    answer = "INSERT INTO claim_history VALUES ('C01', ?, ?, ?, ?, ?)"
    db.execute(answer, [naive(at(7, 21)), "s-1", "confirmed", 2.0, "rose"])
    published(db, 1)
    db.execute(answer, [naive(at(7, 22)), "s-2", "contradicted", -1.5, "fell"])
    published(db, 2)
    db.execute(answer, [naive(at(7, 23)), "s-3", "contradicted", -1.6, "fell"])
    published(db, 3)
    said = db.value("SELECT claim FROM claim_texts WHERE claim_id = 'C01'")

    assert found(db, number=1) == []
    assert found(db, what="(kind, severity, subject, title, old_value, new_value)") == [
        ("claim flipped", "warning", "C01", f'Claim C01 "{said}": contradicted, was confirmed', 2.0, -1.5)
    ]
    assert found(db, number=3) == []


def test_a_quoted_number_that_a_revision_makes_wrong_is_told_with_its_story_and_both_origins(
    db: Database, tmp_path: Path
) -> None:
    """5,000 was quoted on the 21st; the next document says 5,100: told once, and again when it comes back."""
    story = "https://x.test/story"
    bringing(db, "run-1", exports(5000, "2026-06"))
    (key,) = [row[0] for row in db.rows("SELECT series_key FROM series")]
    watch = watches.new_watch(
        db.connection, key, "2026-06", "5000.0", quoted_on=date(2026, 7, 20), quoted_in=story, tolerance_pct=None,
        note="", by="A. Nalyst", now=at(7, 20),
    )  # fmt: skip
    watches.note(tmp_path, watch)
    watches.refresh(db, tmp_path)
    published(db, 1)
    bringing(db, "run-2", exports(5100, "2026-06"), on=at(7, 21))
    published(db, 2)
    published(db, 3)
    bringing(db, "run-4", exports(5000, "2026-06"), on=at(7, 23))
    published(db, 4)

    assert found(db, "quote stale", number=1) == []
    ((severity, title, old, new, refs),) = found(
        db, "quote stale", what="(severity, title, old_value, new_value, refs)"
    )
    assert (severity, old, new) == ("warning", 5000.0, 5100.0)
    assert title.startswith("A quoted number is no longer right: 5000.0 for ")
    assert refs[0] == story
    assert len(refs) == 3
    assert found(db, "quote stale", number=3) == []
    assert len(found(db, "quote holds again", number=4)) == 1


# --- ids, publications that never came out ------------------------------------------------------------------------


def nights(db: Database, named: Callable[[int], str]) -> None:
    """Two nights, with runs and publications under any names."""
    bringing(db, named(1), exports(10 * MILLION, "2026-05"))
    published(db, 1, run=named(1))
    bringing(db, named(2), exports(10.3 * MILLION, "2026-05"), exports(11 * MILLION, "2026-06"), on=at(7, 21))
    published(db, 2, run=named(2))


def test_a_replay_finds_the_same_under_the_same_ids(db: Database) -> None:
    """Another warehouse, other runs: a link to a finding goes on leading to it."""
    nights(db, "run-{}".format)
    first = db.rows("SELECT finding_id, kind, title FROM findings ORDER BY ALL")
    nights(emptied(db), "replayed-{}".format)

    assert db.rows("SELECT finding_id, kind, title FROM findings ORDER BY ALL") == first
    assert {kind for _, kind, _ in first} == {"new figure", "revision"}
    assert all(finding.startswith("f-") and len(finding) == 14 for finding, _, _ in first)


def test_a_publication_that_never_came_out_gives_way_to_the_next(db: Database) -> None:
    """Its copy failed: what it had found belongs to the publication that readers get, which stands for both."""
    bringing(db, "run-1", exports(10 * MILLION, "2026-05"))
    published(db, 1)
    bringing(db, "run-2", exports(11 * MILLION, "2026-06"), on=at(7, 21))
    published(db, 2)
    published(db, 3, seen="s-1")

    assert db.rows("SELECT number, snapshot_id FROM snapshots ORDER BY number") == [(1, "s-1"), (2, "s-3")]
    assert found(db, number=3) == ["China's exports to Russia, 2026-06: 11.00 million USD"]
