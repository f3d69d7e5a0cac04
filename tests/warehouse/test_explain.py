"""Explaining a number: from any published value down to the archived bytes and the cell it stands in."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from expectations.judge import Finding, Verdict
from flows.reading import parse
from sources.errors import AmurError, ArchiveDamaged
from tests.payloads.cbr_fx import pages as cbr
from tests.payloads.gacc_bulletin import pages as bulletin
from tests.warehouse.builders import NOW, answer, day, warehouse
from warehouse.archive import Archive
from warehouse.database import Database
from warehouse.explain import Explanation, explain
from warehouse.loader import Work, load

EXPORTS = "gacc_bulletin:by_country:trade_value:CN:RU:X:TOTAL:USD:M"
IMPORTS = "gacc_bulletin:by_country:trade_value:CN:RU:M:TOTAL:USD:M"
DOLLAR = "cbr_fx:daily:fx_rate:RU:::USD:RUB:D"
PAGE = "http://english.customs.gov.cn/Statics/table2.html"
RATES = "https://www.cbr.ru/scripts/XML_dynamic.asp?march"


@dataclass
class Known:
    """A warehouse with its archive."""

    db: Database
    archive: Archive

    def explain(self, asked: str, period: str, *, verify: bool = False) -> Explanation:
        """As `amur explain` asks."""
        return explain(self.db.connection, self.archive, asked, period, verify=verify)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    """The bulletin of June 2026 and the rates of March 2025, loaded from archived bytes."""
    home = tmp_path_factory.mktemp("home")
    made = Known(warehouse(home / "warehouse.duckdb"), Archive(home / "archive"))
    checked = Finding("value_is_finite", "critical", True, 0, 132, "0 of 132 not finite", "a figure is a number", ())
    for source, url, body in (("gacc_bulletin", PAGE, bulletin.table2()), ("cbr_fx", RATES, cbr.dynamic())):
        record = made.archive.keep(answer(body, url=url, at=day(24), title=f"Page of {source}"), source, "run-1")
        verdict = Verdict(parse(made.archive.payload(record)), load=True, reason="", findings=(checked,))
        load(made.db, Work(source, "run-1", NOW, verdicts=[(record, verdict)]))
    yield made
    made.db.close()


@pytest.fixture
def changing(known: Known) -> Iterator[Known]:
    """The same, to be spoilt by a test: its changes are taken back."""
    known.db.connection.begin()
    yield known
    known.db.connection.rollback()


# --- what can be asked --------------------------------------------------------------------------------------------


def test_a_series_key_leads_to_its_bytes_and_cell(known: Known) -> None:
    """Value, unit, clocks, run, parser, hash, file, address, title and place of the printed figure."""
    found = known.explain(EXPORTS, "2026-06")
    ((vintage,),) = (cell.vintages for cell in found.cells)
    record = next(r for r in known.archive.records() if r.source == "gacc_bulletin")

    assert (found.indicator, found.cells[0].series_key, found.cells[0].source) == ((), EXPORTS, "gacc_bulletin")
    assert "GACC" in found.cells[0].attribution
    assert (vintage.value, vintage.unit, vintage.obs_status) == (11_432_537_000.0, "USD", "A")
    assert (vintage.known_at_basis, vintage.known_to, vintage.run_id) == ("published", None, "run-1")
    assert (vintage.payload_sha256, vintage.url, vintage.title) == (record.sha256, PAGE, "Page of gacc_bulletin")
    assert (known.archive.folder.parent / vintage.file).read_bytes() == bulletin.table2()
    assert vintage.locator
    assert vintage.verified is None
    assert found.sound


def test_what_was_checked_about_a_payload_is_told(known: Known) -> None:
    """The judge's findings about the bytes stand beside the value."""
    ((vintage,),) = (cell.vintages for cell in known.explain(DOLLAR, "2025-03-04").cells)

    assert [(v["expectation"], v["success"], v["evaluated"]) for v in vintage.validations] == [
        ("value_is_finite", True, 132)
    ]


@pytest.mark.parametrize("part", ["cbr_fx", "FX_RATE", "ru:::usd:rub", DOLLAR])
def test_a_part_of_a_key_is_enough_where_one_series_has_it(known: Known, part: str) -> None:
    """Nobody types a whole key; upper and lower case are the same."""
    assert [cell.series_key for cell in known.explain(part, "2025-03-04").cells] == [DOLLAR]


def test_a_whole_key_counts_before_longer_ones_that_hold_it(known: Known) -> None:
    """The exact key is meant even where it begins another one."""
    known.db.connection.begin()
    known.db.execute("UPDATE series_dimensions SET series_key = ? || ':more' WHERE series_key = ?", [EXPORTS, IMPORTS])
    assert [cell.series_key for cell in known.explain(EXPORTS, "2026-06").cells] == [EXPORTS]
    known.db.connection.rollback()


@pytest.mark.parametrize(("asked", "said"), [("CN:RU", "series keys hold: "), ("CN:XX", "which no series keys hold")])
def test_a_part_that_means_none_or_several_is_refused_with_what_comes_near(known: Known, asked: str, said: str) -> None:
    """The message quotes the question, lists candidates, and says how to list all."""
    with pytest.raises(AmurError, match=said) as caught:
        known.explain(asked, "2026-06")

    assert repr(asked) in str(caught.value)
    assert "SELECT series_key, newest_period FROM series" in str(caught.value)
    assert ("gacc_bulletin:by_country" in str(caught.value)) == (asked == "CN:RU")


def test_a_measure_is_a_question_where_few_series_have_the_period(known: Known) -> None:
    """The rates of a day are told side by side; trade by partner, of hundreds of series, is refused as before."""
    assert [cell.series_key for cell in known.explain("fx_rate", "2025-03-04").cells] == [DOLLAR]
    with pytest.raises(AmurError, match="which 12 series keys hold"):
        known.explain("trade_value", "2026-06")


@pytest.mark.parametrize("period", ["2026-07", "2026", "June"])
def test_a_period_that_a_series_lacks_is_refused_with_its_newest(known: Known, period: str) -> None:
    """Typed a month too far: the message says how far the series reaches."""
    with pytest.raises(
        AmurError, match=f"expected a period of {EXPORTS}, found {period}. Its newest period is 2026-06"
    ):
        known.explain(EXPORTS, period)


def test_an_indicator_is_explained_by_the_cells_it_was_made_from(known: Known) -> None:
    """The balance of June 2026: 11,432,537 less 12,918,844 thousand dollars, each down to its cell."""
    found = known.explain("trade_balance_usd", "2026-06")

    ((answer_,),) = ([row for row in found.indicator if row["freq"] == "M"],)
    assert (answer_["value"], answer_["unit"], answer_["basis"]) == (-1_486_307_000.0, "USD", "derived")
    monthly = {cell.series_key: cell.vintages[0].value for cell in found.cells if cell.series_key.endswith(":M")}
    assert monthly == {EXPORTS: 11_432_537_000.0, IMPORTS: 12_918_844_000.0}
    assert {cell.period for cell in found.cells} == {"2026-06"}
    json.dumps(found.as_json(), default=str)
    assert found.as_json()["cells"][0]["vintages"][0]["payload_sha256"] == found.cells[0].vintages[0].payload_sha256


# --- parsed again -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "period"), [(EXPORTS, "2026-06"), (DOLLAR, "2025-03-04"), ("trade_total_usd", "2026-06")]
)
def test_the_archived_bytes_give_the_same_value_again(known: Known, asked: str, period: str) -> None:
    """`--verify` reads the bytes there and then with today's parser."""
    found = known.explain(asked, period, verify=True)

    assert {vintage.verified for cell in found.cells for vintage in cell.vintages} == {"same"}
    assert found.sound


def test_a_hidden_value_is_verified_as_missing(known: Known) -> None:
    """`####` in the cell: that the value is missing can be read again too."""
    found = known.explain("gacc_bulletin:by_country:trade_value:CN:W0:T:TOTAL:USD:YTD", "2026-06", verify=True)
    ((vintage,),) = (cell.vintages for cell in found.cells)

    assert (vintage.value, vintage.obs_status, vintage.verified) == (None, "M", "same")


def test_what_another_parser_had_read_is_told_apart(changing: Known) -> None:
    """The stored value differs from what the bytes say now: not sound, and the value read now is given."""
    changing.db.execute("UPDATE vintages SET value = value * 10 WHERE value = 89.2497")
    found = changing.explain(DOLLAR, "2025-03-04", verify=True)
    ((vintage,),) = (cell.vintages for cell in found.cells)

    assert vintage.verified == f"89.2497 at {vintage.locator}"
    assert not found.sound


def test_a_place_that_holds_no_figure_any_more_is_told(changing: Known) -> None:
    """The locator leads to nothing: not sound."""
    changing.db.execute("UPDATE vintages SET locator = 'table 9 row 9' WHERE value = 89.2497")
    found = changing.explain(DOLLAR, "2025-03-04", verify=True)

    assert found.cells[0].vintages[0].verified == "no row at table 9 row 9"
    assert not found.sound


def test_rotten_bytes_are_named_and_not_parsed(known: Known) -> None:
    """Verification ends at the file that isn't what its name says; without it the explanation still works."""
    path = known.archive.path(known.explain(DOLLAR, "2025-03-04").cells[0].vintages[0].payload_sha256)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"89,2497", b"89,2498"))

    with pytest.raises(ArchiveDamaged, match=str(path)):
        known.explain(DOLLAR, "2025-03-04", verify=True)
    assert known.explain(DOLLAR, "2025-03-04").cells[0].vintages[0].value == 89.2497
    path.write_bytes(whole)


def test_all_vintages_are_told_newest_last(changing: Known, tmp_path: Path) -> None:
    """A revised page: what was known before, until when, and from which bytes, stands above what is known now."""
    db = warehouse(tmp_path / "w.duckdb")
    known = Known(db, changing.archive)
    first = changing.archive.keep(answer(bulletin.table2(), url=PAGE, at=day(23)), "gacc_bulletin", "run-1")
    later = bulletin.table2().replace(b"11,432,537", b"11,432,999")
    second = changing.archive.keep(answer(later, url=PAGE, at=day(24)), "gacc_bulletin", "run-2", first)
    for record in (first, second):
        verdict = Verdict(parse(known.archive.payload(record)), load=True, reason="", findings=())
        load(db, Work("gacc_bulletin", record.run_id, NOW, verdicts=[(record, verdict)]))
    found = known.explain(EXPORTS, "2026-06", verify=True)
    ((before, now),) = (cell.vintages for cell in found.cells)

    assert (before.value, now.value) == (11_432_537_000.0, 11_432_999_000.0)
    assert before.known_to == now.known_at
    assert (before.payload_sha256, now.payload_sha256) == (first.sha256, second.sha256)
    assert (before.verified, now.verified) == ("same", "same")
    db.close()
