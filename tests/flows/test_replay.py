"""A year replayed: what the last publication says of each earlier day is what was published on that day."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tests.flows.replay import Document, Step, documents, replay, rows

pytestmark = [pytest.mark.recorded, pytest.mark.slow]

# What readers saw, and how it is asked for again: the same columns, all of them where there is no reason for less.
# An article's own story can grow by later copies; what the events say of it may not.
VIEWS = {
    "observations": ("SELECT * FROM observations", "SELECT * FROM observations_as_of($ts)"),
    "observations, held": ("SELECT * FROM observations", "SELECT * FROM observations_held_as_of($ts)"),
    "indicators": ("SELECT * FROM indicators", "SELECT * FROM indicators_as_of($ts)"),
    "events": ("SELECT * FROM events", "SELECT * FROM events_as_of($ts)"),
    "projects": ("SELECT * FROM projects", "SELECT * FROM projects_as_of($ts)"),
    "claims": (
        "SELECT claim_id, status_now, computed_now, why_now FROM claims WHERE origin = 'shipped'",
        "SELECT claim_id, status, computed, why FROM claims_as_of($ts)",
    ),
}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> list[Step]:
    """Ten months between June 2025 and July 2026, each published."""
    return replay(tmp_path_factory.mktemp("year") / "home", documents())


def differences(step: Step, last: Step, view: str) -> tuple[list[str], list[str]]:
    """Rows that only the day's file has, and rows that only the last file has of that day."""
    then, again = VIEWS[view]
    mine = Counter(map(repr, rows(step.file, then)))
    asked = Counter(map(repr, rows(last.file, again.replace("$ts", f"TIMESTAMP '{step.at}'"))))
    return sorted((mine - asked).elements()), sorted((asked - mine).elements())


@pytest.mark.parametrize("view", VIEWS)
def test_an_as_of_view_says_what_was_published_that_day(year: list[Step], view: str) -> None:
    """To the last digit: of every publication, from the last one alone. Documents came in the month they appeared."""
    assert len(year) == 10
    for step in year:
        only_then, only_as_of = differences(step, year[-1], view)

        assert (only_then, only_as_of) == ([], []), step.at


def test_the_year_moved(year: list[Step]) -> None:
    """The comparison above isn't one of a file with itself: each step added figures and changed answers."""
    counts = [rows(step.file, "SELECT count(*) FROM observations")[0][0] for step in year]
    changed = rows(year[-1].file, "SELECT count(DISTINCT published_from) FROM indicator_history")

    assert counts == sorted(counts)
    assert len(set(counts)) == len(counts)
    assert changed == [(len(year),)]
    revised = (
        "SELECT old_value, new_value FROM revisions WHERE series_key LIKE 'autostat:autostat_pc:%' "
        "AND period = '2025-08'"
    )
    # August 2025, passenger cars: 122,633 on 3 September, 122.2 thousand in the page a month later
    assert (122633.0, 122200.0) in rows(year[-1].file, revised)


LINES = (
    ("2025-07", "event", "2025-07-14 GACC: flash figure, RU trade_total_usd, 2025-01..2025-06, 106.48 billion USD"),
    ("2025-07", "event", "2025-08-01 KAMAZ: work week cut, trucks, announced, 4 days/week"),
    ("2025-07", "claim flipped", 'Claim C11 "KAMAZ shortened its week in August 2025": confirmed, was no data'),
    ("2025-08", "event", "2025-07-30 Rosstandart: import ban on Dongfeng trucks, in force"),
    ("2025-08", "claim flipped", 'Sitrak": confirmed, was contradicted'),
    ("2025-09", "event", "2025-09-08 GACC: flash figure, RU trade_total_yoy, 2025-01..2025-08, -9.4 %"),
    ("2025-09", "event", "2025-09-29 AvtoVAZ: work week cut, cars, announced, 4 days/week"),
    ("2025-09", "project moved", "Power of Siberia 2: not confirmed on 2025-09-02 (China MFA)"),
    ("2025-10", "event", "2025-09-29 AvtoVAZ: work week cut, cars, in force, 4 days/week (was: announced)"),
    ("2025-10", "event", "2025-10-14 Russia: fee change on cars, postponed"),
    ("2025-10", "revision", "revised from 122,633 units to 122,200 units (-0.35 %)"),
    ("2025-10", "new figure", "China's trade with Russia, exports plus imports, 2025-01..2025-09: 163.62 billion USD"),
    ("2025-12", "event", "2026-01-01 AvtoVAZ: work week restored, cars, announced, 5 days/week"),
    ("2025-12", "claim flipped", "confirmed, was imprecise"),
    ("2026-01", "sign change", "against the year before, 2025: turned negative, -49.7 % after +27.4 % in 2024"),
    ("2026-02", "revision", "counted by AvtoVAZ, 2025: revised from 338,000 units to 338,490 units (+0.14 %)"),
    ("2026-07", "new figure", "China's trade with Russia, exports plus imports, 2026-06: 24.35 billion USD"),
    ("2026-07", "new figure", "China's trade with Russia, exports plus imports, 2026-01..2026-06: 134.17 billion USD"),
)


@pytest.mark.parametrize(("step", "kind", "words"), LINES)
def test_the_changes_tell_the_year(year: list[Step], step: str, kind: str, words: str) -> None:
    """What a reader of `amur changes` would have been told, in the month in which it came out."""
    query = "SELECT strftime(found_at, '%Y-%m'), title FROM findings WHERE kind = '" + kind + "'"
    told = [(at, title) for at, title in rows(year[-1].file, query) if words in title]

    assert [at for at, _ in told] == [step]


def test_the_fee_of_2025_is_known_from_the_first_step(year: list[Step]) -> None:
    """667,400 roubles for a new car of 1 to 2 litres from 1 January 2025, after 556,200 and 300,600: two steps."""
    steps = (
        "SELECT strftime(period_start, '%Y-%m-%d'), value FROM indicators WHERE indicator = 'recycling_fee_rub' "
        "ORDER BY period_start"
    )

    assert rows(year[0].file, steps) == [("2023-08-01", 300600.0), ("2024-10-01", 556200.0), ("2025-01-01", 667400.0)]


def test_every_flip_is_told_once(year: list[Step]) -> None:
    """As many findings of claims as turns in their history."""
    turns = (
        "SELECT count(*) FROM (SELECT status, lag(status) OVER (PARTITION BY claim_id ORDER BY since) AS was "
        "FROM claim_history) WHERE status <> was"
    )
    told = "SELECT count(*) FROM findings WHERE kind = 'claim flipped'"

    assert rows(year[-1].file, turns) == rows(year[-1].file, told)


# --- documents that come later than they appeared ----------------------------------------------------------------

LATE = ("section5_2025-06", "60890.html", "33539990.html", "newslist-3720")


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> list[Step]:
    """Two publications of October 2025 and July 2026; four documents of before October come with the second."""
    told = [
        replace(document, day="2026-07-01") if any(name in document.path.name for name in LATE) else document
        for document in documents()
        if document.source in {"gacc_preliminary", "autostat", "cpca", "article"}
    ]
    return replay(tmp_path_factory.mktemp("late") / "home", told, ("2025-10", "2026-07"))


def test_what_was_held_is_what_was_published(late: list[Step]) -> None:
    """observations_held_as_of gives the day's publication even where older documents have come in since."""
    assert differences(late[0], late[-1], "observations, held") == ([], [])


def test_what_was_known_holds_more_than_was_published(late: list[Step]) -> None:
    """observations_as_of adds what others could have read by then: each row that differs was fetched later.

    No row that was published is lost: its cell is there, with the newer or the same figure.
    """
    at = f"TIMESTAMP '{late[0].at}'"
    only_then, only_as_of = differences(late[0], late[-1], "observations")
    beyond = rows(late[-1].file, f"SELECT * FROM observations_as_of({at}) WHERE fetched_at > {at}")
    cells = "SELECT series_key, period_start, period_end FROM "

    assert only_as_of == sorted(map(repr, beyond))
    assert len(beyond) > 100
    assert len(only_then) < len(only_as_of)
    assert set(rows(late[0].file, f"{cells} observations")) <= set(
        rows(late[-1].file, f"{cells} observations_as_of({at})")
    )
    assert rows(late[-1].file, f"SELECT count(*) FROM observations_as_of({at}) WHERE known_at > {at}") == [(0,)]


def test_a_figure_brought_late_counts_from_the_day_it_appeared(late: list[Step]) -> None:
    """Autostat's 122,633 cars of August 2025 appeared on 3 September: known then, and held from July 2026 on only."""
    query = (
        "SELECT value FROM {view} WHERE series_key LIKE 'autostat:autostat_pc:%market%' AND period = '2025-08' "
        "AND freq = 'M' AND unit = 'units'"
    )
    then = "(TIMESTAMP '2025-09-20')"

    assert rows(late[-1].file, query.format(view=f"observations_as_of{then}")) == [(122633.0,)]
    assert rows(late[-1].file, query.format(view=f"observations_held_as_of{then}")) == []


def test_dates_come_from_the_pages() -> None:
    """The days by which this replay orders its documents are those that the pages give, where they give any."""
    from hashlib import sha256

    from flows.reading import parse
    from sources.contract import Payload
    from tests.flows.replay import instant

    wrong: list[tuple[Document, list[str]]] = []
    for document in documents():
        if document.source in {"comtrade", "gacc_query", "cbr_fx", "worldbank_pinksheet"}:
            continue
        body = document.path.read_bytes()
        payload = Payload(document.source, document.url, body, sha256(body).hexdigest(), instant("2026-09"))
        batch = parse(payload)
        said = sorted({str(row.published)[:10] for row in (*batch.observations, *batch.events) if row.published})
        if said and said[-1] > document.day:
            wrong.append((document, said))
    assert wrong == []
