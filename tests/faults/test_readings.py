"""A person reads what the parser had to doubt: the figure loads, says who read it, and is read so ever after."""

import json
import re
import shutil
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from flows import command
from flows.run import running
from flows.settings import WAREHOUSE, Settings
from sources.errors import AmurError
from tests.payloads.lada import pages
from tests.warehouse.builders import NOW
from warehouse import quarantine, readings
from warehouse.archive import Archive
from warehouse.database import Database
from warehouse.explain import Explanation, explain

pytestmark = pytest.mark.slow
URL = "https://www.lada.ru/press-releases/121702"
ASIDE = "Granta выбрали 144 тысячи покупателей."  # our sentence; who buys a car isn't what the parser knows as a sale
PLACE = "detailText sentence 86-124 number 101-111"
GRANTA = (
    "measure=model_sales_units product=granta dataset=avtovaz_dealers_pc_lcv unit=units freq=A period=2025 "
    "value=144000 reporter=RU"
)
SERIES = "lada:avtovaz_dealers_pc_lcv:model_sales_units:RU:::granta:units:A"
DECIDED = NOW + timedelta(days=1)
MARKED = f"{PLACE} read by anna 2026-07-26"
FIGURES = (
    "SELECT series_key, period_start, value, obs_status, known_at, known_to, known_at_basis, payload_sha256, locator, "
    "run_id FROM observation_vintages ORDER BY ALL"
)
ENTRIES = (
    "SELECT quarantine_id, kind, url, payload_sha256, reason, state, decided_at, decided_by, decision_note "
    "FROM quarantine ORDER BY ALL"
)


def page(*more: str, name: str = "ГОД В ЦИФРАХ") -> bytes:
    """The release about 2025 with the sentence that can't be resolved, and perhaps more after it."""
    return pages.release((*pages.YEAR_2025, ASIDE, *more), name=name, created="14.01.2026", number=121702)


def settings(home: Path, at: datetime = DECIDED) -> Settings:
    """A home whose clock stands still."""
    return Settings(home=home, fixed_now=at, gap_s=0.0)


def take(home: Path, body: bytes, at: datetime, url: str = URL) -> int:
    """`amur ingest` of a release."""
    path = home.parent / f"{at:%Y%m%d}.html"
    path.write_bytes(body)
    return command.ingested(settings(home, at), "lada", [path], url=url, flow="", as_of="", as_json=True)


def release(home: Path, reads: str = GRANTA, at: datetime = DECIDED, entry: str = "") -> int:
    """`amur quarantine release ID --as READING` of the one entry, or of a given one."""
    key = entry or rows(home, "SELECT min(quarantine_id) FROM quarantine")[0][0]
    return command.decided(settings(home, at), "release", key, by="anna", note="buyers are sales", reads=reads)


def rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    """Rows of the writer's database, whose invariants hold."""
    db = Database(home / WAREHOUSE, NOW)
    try:
        assert db.violations() == {}
        return db.rows(query)
    finally:
        db.close()


def explained(home: Path) -> Explanation:
    """`amur explain --verify` of the figure."""
    db = Database(home / WAREHOUSE, NOW)
    try:
        return explain(db.connection, Archive(home / "archive"), SERIES, "2025", verify=True)
    finally:
        db.close()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the release is loaded but for one sentence."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    assert take(home, page(), NOW) == 0
    held = rows(home, "SELECT kind, locator, state FROM quarantine")
    assert held == [("row", PLACE, "held")]
    return home


@pytest.fixture(scope="module")
def told(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after a person's reading; not to be changed."""
    home = tmp_path_factory.mktemp("told") / "home"
    shutil.copytree(prepared, home)
    assert release(home) == 0
    return home


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the home without a reading."""
    shutil.copytree(prepared, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def read(told: Path, tmp_path: Path) -> Path:
    """A copy of the home with the reading."""
    shutil.copytree(told, tmp_path / "home")
    return tmp_path / "home"


# --- the figure ---------------------------------------------------------------------------------------------------


def test_what_a_person_reads_is_an_observation_with_place_and_reader(told: Path) -> None:
    """144 thousand Granta in 2025, rounded to thousands, dated as the release is; nothing else changes."""
    found = rows(
        told,
        "SELECT series_key, period, value, unit, obs_status, locator, half_unit, CAST(published_at AS DATE) "
        "FROM observations WHERE product = 'granta'",
    )
    ((*facts, day),) = found
    assert facts == [SERIES, "2025", 144000.0, "units", "E", MARKED, 500.0]
    assert day.isoformat() == "2026-01-14"
    assert rows(told, "SELECT count(*) FROM observation_vintages") == [(3,)]
    assert rows(told, "SELECT state, decided_by, decision_note FROM quarantine") == [
        ("released", "anna", f"buyers are sales; read as {GRANTA}")
    ]


def test_the_reading_is_kept_with_author_date_and_reason(told: Path) -> None:
    """In the list of decisions beside the archive, readable without Amur."""
    (line,) = (told / "archive" / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    said = json.loads(line)

    assert (said["by"], said["at"], said["note"]) == ("anna", DECIDED.isoformat(), "buyers are sales")
    assert said["reads"] == {"source": "lada", "url": URL, "locator": PLACE, "found": "144 тысячи", "as": GRANTA}


def test_the_figure_can_be_read_again_by_the_same_person(told: Path) -> None:
    """The bytes still raise the doubt and the decision still reads it so: sound, and it says who read it."""
    found = explained(told)

    assert [v.verified for v in found.cells[0].vintages] == ["read by anna on 2026-07-26"]
    assert found.sound
    assert command.verified(settings(told, DECIDED + timedelta(days=9)), as_json=True) == 0


def test_a_figure_that_no_decision_reads_so_is_not_sound(read: Path) -> None:
    """Somebody changed the number in the list of decisions: the published value has nothing to stand on."""
    path = read / "archive" / "decisions.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("value=144000", "value=145000"), encoding="utf-8")

    found = explained(read)
    assert [v.verified for v in found.cells[0].vintages] == [f"145000 at {MARKED}"]
    assert not found.sound


def test_without_a_reading_a_row_is_only_marked(home: Path) -> None:
    """Seen and left out: no figure, as before."""
    assert release(home, "") == 0
    assert rows(home, "SELECT count(*) FROM observation_vintages") == [(2,)]
    assert rows(home, "SELECT state, decision_note FROM quarantine") == [("released", "buyers are sales")]
    with pytest.raises(AmurError, match=r"expected an entry that is held, found .*released by anna"):
        release(home, GRANTA)


# --- rebuild and kill ---------------------------------------------------------------------------------------------


def test_a_rebuild_reads_it_so_again(read: Path) -> None:
    """The same vintages, the same entries, from the archive alone."""
    before = [rows(read, query) for query in (FIGURES, ENTRIES)]
    assert command.rebuilt(settings(read), None, as_json=True) == 0
    assert [rows(read, query) for query in (FIGURES, ENTRIES)] == before


def test_a_reading_that_was_only_written_down_is_carried_out_by_the_next_run(home: Path, told: Path) -> None:
    """As after a kill between the list of decisions and the database."""
    (decision,) = quarantine.decisions(told / "archive")
    quarantine.note_decision(home / "archive", decision)
    with running(settings(home), "nightly") as night:
        night.publish()

    assert [rows(home, query) for query in (FIGURES, ENTRIES)] == [rows(told, query) for query in (FIGURES, ENTRIES)]


def test_a_reading_comes_back_out_of_the_ledger(read: Path, told: Path) -> None:
    """The list of decisions was lost: the next run writes it anew, with the reading."""
    (read / "archive" / "decisions.jsonl").unlink()
    with running(settings(read, DECIDED + timedelta(days=1)), "nightly") as night:
        night.publish()

    assert quarantine.decisions(read / "archive") == quarantine.decisions(told / "archive")


def test_the_same_reading_twice_is_one_and_another_is_refused(read: Path) -> None:
    """The first one stands."""
    before = [rows(read, query) for query in (FIGURES, ENTRIES)]
    assert release(read, at=DECIDED + timedelta(days=1)) == 0
    with pytest.raises(AmurError, match="expected an entry that is held"):
        release(read, GRANTA.replace("144000", "145000"))
    assert [rows(read, query) for query in (FIGURES, ENTRIES)] == before


# --- the rule -----------------------------------------------------------------------------------------------------


def test_a_later_body_with_the_same_doubt_is_read_without_asking(read: Path) -> None:
    """The release gets a new heading: its entry is released by the earlier decision, and a rebuild agrees."""
    assert take(read, page(name="ГОД LADA"), DECIDED + timedelta(days=1)) == 0

    decided = {(state, by, at) for *_, state, at, by, _ in rows(read, ENTRIES)}
    assert len(rows(read, ENTRIES)) == 2
    assert rows(read, "SELECT parsed_rows, same_rows, held_rows FROM run_sources ORDER BY ended_at DESC LIMIT 1") == [
        (3, 3, 0)
    ]
    assert decided == {("released", "anna", DECIDED.replace(tzinfo=None))}
    assert rows(read, "SELECT value FROM observations WHERE product = 'granta'") == [(144000.0,)]
    before = [rows(read, query) for query in (FIGURES, ENTRIES)]
    assert command.verified(settings(read, DECIDED + timedelta(days=2)), as_json=True) == 0
    assert len(quarantine.decisions(read / "archive")) == 1
    assert command.rebuilt(settings(read), None, as_json=True) == 0
    assert [rows(read, query) for query in (FIGURES, ENTRIES)] == before


def test_bodies_that_wait_with_the_same_doubt_are_let_in_together(home: Path) -> None:
    """Two bodies of one address wait: one decision settles both."""
    assert take(home, page(name="ГОД LADA"), NOW + timedelta(hours=1)) == 0
    assert rows(home, "SELECT state, count(*) FROM quarantine GROUP BY ALL") == [("held", 2)]
    assert release(home) == 0
    assert rows(home, "SELECT state, count(*) FROM quarantine GROUP BY ALL") == [("released", 2)]


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (page().replace("144 тысячи".encode(), "145 тысяч".encode()), URL),
        (page(name="ГОД LADA"), f"{URL}0"),
    ],
    ids=["other words", "other address"],
)
def test_another_doubt_is_asked_about(read: Path, body: bytes, url: str) -> None:
    """Other words at the same place, or the same words elsewhere, are a new question."""
    assert take(read, body, DECIDED + timedelta(days=1), url) == 0
    assert rows(read, "SELECT state, count(*) FROM quarantine GROUP BY ALL ORDER BY ALL") == [
        ("held", 1),
        ("released", 1),
    ]
    assert rows(read, "SELECT count(*) FROM observation_vintages WHERE product = 'granta'") == [(1,)]


def test_a_figure_that_the_page_states_itself_is_not_read_off_a_doubt(home: Path) -> None:
    """LADA's 338 thousand stand in the first sentence: a reading can't give them a second value."""
    lada = GRANTA.replace("model_sales_units product=granta", "lada_sales_units")
    with pytest.raises(AmurError, match="found the page states this figure"):
        release(home, lada)
    assert quarantine.decisions(home / "archive") == []
    assert rows(home, "SELECT state FROM quarantine") == [("held",)]


# --- what can't be a reading --------------------------------------------------------------------------------------

WRONG = [
    (GRANTA + " colour=red", "expected the keys measure, dataset, .*, found colour"),
    (GRANTA.replace("unit=units ", ""), "found no unit"),
    (GRANTA.replace("product=granta ", ""), "found no product"),
    (GRANTA + " value=1", "at --as value, expected one value, found two"),
    (GRANTA.replace("144000", "144,000"), "at --as value, expected a number such as .*, found 144,000"),
    (GRANTA.replace("144000", "NaN"), "at --as value, expected a number"),
    (GRANTA.replace("unit=units", "unit=tausend"), "at --as unit, expected one of .*USD.*, found tausend"),
    (GRANTA.replace("freq=A", "freq=W"), "at --as freq, expected one of A, D, H, M, Q, YTD, found W"),
    (GRANTA.replace("period=2025", "period=2025-13"), "at --as period, expected the label of a A period"),
    (GRANTA.replace("A period=2025", "M period=2025-13"), "at --as period, expected .*such as 2025-06, found 2025-13"),
    (GRANTA.replace("reporter=RU", "reporter=Russia"), "at --as reporter, expected two letters"),
    (GRANTA + " status=M", "at --as status, expected one of A, E, F, P, found M"),
    (GRANTA + " flow=up", "at --as flow, expected one of M, T, X, found up"),
    (GRANTA + " half=-1", "at --as half, expected a number that isn't below 0"),
    (GRANTA + ' partner="', "expected key=value pairs"),
]


@pytest.mark.parametrize(("text", "words"), WRONG, ids=[words[-30:] for _, words in WRONG])
def test_what_is_no_reading_is_refused_in_one_line(text: str, words: str) -> None:
    """It says at which key, what was expected and what was found."""
    with pytest.raises(AmurError) as caught:
        readings.reading(text)
    assert re.search(words, str(caught.value))
    assert "\n" not in str(caught.value)


def test_a_refused_reading_decides_nothing(home: Path) -> None:
    """Neither the entry nor the list of decisions, nor the list of runs."""
    before = rows(home, "SELECT count(*) FROM runs")
    with pytest.raises(AmurError, match="found W"):
        release(home, GRANTA.replace("freq=A", "freq=W"))
    assert quarantine.decisions(home / "archive") == []
    assert rows(home, "SELECT state FROM quarantine") == [("held",)]
    assert rows(home, "SELECT count(*) FROM runs") == before


@pytest.mark.parametrize(
    ("freq", "label", "days", "value", "half"),
    [
        ("M", "2025-06", ("2025-06-01", "2025-06-30"), "45238", "0.5"),
        ("YTD", "2025-06", ("2025-01-01", "2025-06-30"), "235800", "50"),
        ("Q", "2025-Q2", ("2025-04-01", "2025-06-30"), "12.50", "0.05"),
        ("H", "2025-H2", ("2025-07-01", "2025-12-31"), "0", "0.5"),
        ("D", "2025-06-30", ("2025-06-30", "2025-06-30"), "100", "50"),
    ],
)
def test_a_period_is_named_as_amur_names_it(
    freq: str, label: str, days: tuple[str, str], value: str, half: str
) -> None:
    """And a figure counts as rounded at its last digit that isn't 0."""
    said = readings.reading(f"measure=fx_rate dataset=daily unit=RUB freq={freq} period={label} value={value}")

    assert (said.period_start.isoformat(), said.period_end.isoformat()) == days
    assert (said.value, said.precision) == (Decimal(value), Decimal(half))
