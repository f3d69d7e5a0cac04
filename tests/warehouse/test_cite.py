"""Citations: what is cited can be derived again by anybody who has the bytes, and a changed file is found out."""

import base64
import gzip
import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from expectations.judge import Verdict
from flows.reading import parse
from sources.errors import AmurError
from tests.payloads.cbr_fx import pages as cbr
from tests.payloads.gacc_bulletin import pages as bulletin
from tests.warehouse.builders import NOW, answer, bring, day, document, row, warehouse
from warehouse import cite_verify, wording
from warehouse.archive import Archive
from warehouse.cite import cite, file_name
from warehouse.database import Database
from warehouse.loader import Work, load

EXPORTS = "gacc_bulletin:by_country:trade_value:CN:RU:X:TOTAL:USD:M"
DOLLAR = "cbr_fx:daily:fx_rate:RU:::USD:RUB:D"
PAGE = "http://english.customs.gov.cn/Statics/table2.html"
RATES = "https://www.cbr.ru/scripts/XML_dynamic.asp?march"
TODAY = datetime(2026, 7, 26, 9, 30, tzinfo=UTC)


@dataclass
class Known:
    """A warehouse with its archive."""

    db: Database
    archive: Archive

    def cite(self, name: str, period: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 (any option)
        """As `amur cite` does, through the file."""
        made = cite(self.db.connection, self.archive, name, period, **({"now": TODAY} | more))
        found: dict[str, Any] = json.loads(json.dumps(made))
        return found

    def check(self, citation: dict[str, Any], folder: Path, *, archive: Archive | None = None) -> cite_verify.Checked:
        """As `amur cite --verify` does with the file."""
        path = folder / "citation.json"
        path.write_text(json.dumps(citation), encoding="utf-8")
        return cite_verify.verify(cite_verify.read(path), archive or self.archive, self.db.connection, parse)


def known_at(home: Path) -> Known:
    """The bulletin of June 2026, revised a day later, and the rates of March 2025."""
    made = Known(warehouse(home / "warehouse.duckdb"), Archive(home / "archive"))
    revised = bulletin.table2().replace(b"11,432,537", b"11,432,999")
    before = None
    for source, url, body, fetched in (
        ("gacc_bulletin", PAGE, bulletin.table2(), 23),
        ("gacc_bulletin", PAGE, revised, 24),
        ("cbr_fx", RATES, cbr.dynamic(), 24),
    ):
        previous = before if source == "gacc_bulletin" else None
        record = made.archive.keep(answer(body, url=url, at=day(fetched), title="A page"), source, "run-1", previous)
        verdict = Verdict(parse(made.archive.payload(record)), load=True, reason="", findings=())
        load(made.db, Work(source, "run-1", NOW, verdicts=[(record, verdict)]))
        before = record
    made.db.execute("INSERT INTO snapshot VALUES ('s-1', TIMESTAMP '2026-07-25', 'run-1', '1', 5)")
    return made


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    """See `known_at`."""
    made = known_at(tmp_path_factory.mktemp("home"))
    yield made
    made.db.close()


# --- the line and the file ----------------------------------------------------------------------------------------


def test_the_line_says_all_that_a_reader_needs(known: Known) -> None:
    """Title, month, value with its unit in words, since when, wording and licence of the publisher, hash."""
    made = known.cite(EXPORTS, "2026-06")

    assert made["line"].startswith("China, exports to Russia, all goods: trade value, June 2026: ")
    for part in (
        "11.43 billion (11,432,999,000) US dollars",
        "Known since 24 July 2026, 12:00 UTC (fetched)",
        "Source: General Administration of Customs of China (GACC), monthly bulletin.",
        "Licence: Official statistics; free use with the source named.",
        f"sha256 {made['figures'][0]['payload_sha256'][:12]}",
    ):
        assert part in made["line"]


def test_the_file_leads_to_bytes_cell_and_words_around_it(known: Known) -> None:
    """Address, hash, place, and the row with its headings as it stands in the archived page."""
    made = known.cite(EXPORTS, "2026-06")
    (figure,) = made["figures"]

    assert (figure["url"], figure["title"], made["snapshot_id"]) == (PAGE, "A page", "s-1")
    assert known.archive.body(figure["payload_sha256"]) == bulletin.table2().replace(b"11,432,537", b"11,432,999")
    assert figure["surroundings"].startswith("Column: ")
    assert "Exports" in figure["surroundings"]
    assert "Row: Russia | " in figure["surroundings"]
    assert "| 11,432,999 |" in figure["surroundings"]
    assert len(figure["surroundings"]) <= 600
    assert [body["sha256"] for body in made["bodies"]] == [figure["payload_sha256"]]


def test_the_query_in_the_file_gives_the_value(known: Known) -> None:
    """Whoever has the published database can run it as it stands."""
    for name, period in ((EXPORTS, "2026-06"), ("trade_balance_usd", "2026-06"), (DOLLAR, "2025-03-04")):
        made = known.cite(name, period)
        assert known.db.rows(made["replay_sql"]) == [(made["value"],)]


def test_what_was_known_then_is_cited_as_it_was_known_then(known: Known, tmp_path: Path) -> None:
    """Before the revision of 24 July the page said 11,432,537 thousand; on the 1st nothing was known."""
    made = known.cite(EXPORTS, "2026-06", as_of=day(23))

    assert made["value"] == 11_432_537_000.0
    assert known.db.rows(made["replay_sql"]) == [(11_432_537_000.0,)]
    assert known.check(made, tmp_path).verified
    with pytest.raises(AmurError, match="It is known since 2026-07-2"):
        known.cite(EXPORTS, "2026-06", as_of=day(1))


def test_an_indicator_is_cited_with_its_method_and_every_input(known: Known) -> None:
    """The balance: 11,432,999 less 12,918,844 thousand dollars, each down to its cell."""
    made = known.cite("trade_balance_usd", "2026-06")

    assert made["value"] == -1_485_845_000.0
    assert {figure["value"] for figure in made["figures"]} == {11_432_999_000.0, 12_918_844_000.0}
    assert "trade_answers_as_of" in made["method_text"]
    assert f"Computed by Amur ({made['method']}) from 2 figures." in made["line"]


def test_a_label_that_a_month_and_a_year_to_date_share_means_the_month(known: Known) -> None:
    """A span asks for the months up to it."""
    assert known.cite("cn_exports_usd", "2026-06")["freq"] == "M"
    assert known.cite("cn_exports_usd", "2026-01..2026-06")["freq"] == "YTD"


def test_the_name_of_the_file_is_safe_whatever_the_series_is_called(known: Known) -> None:
    """No colon, slash or blank."""
    assert file_name(known.cite(DOLLAR, "2025-03-04")) == "citation-cbr_fx_daily_fx_rate_RU_USD_RUB_D-2025-03-04.json"
    assert "/" not in file_name({"name": "../../a b", "period": "2025-01/2025-02"})


def test_a_missing_value_is_no_figure_to_cite(known: Known) -> None:
    """`####` on the page."""
    with pytest.raises(AmurError, match="expected a figure with a value"):
        known.cite("gacc_bulletin:by_country:trade_value:CN:W0:T:TOTAL:USD:YTD", "2026-06")


@pytest.mark.parametrize(
    ("name", "period", "said"),
    [
        ("trade_balanc_usd", "2026-06", "Nearest: trade_balance_usd"),
        ("trade_balance_usd", "2026-09", "nearest: 2026-06"),
        (EXPORTS, "2026-09", "nearest: 2026-06"),
    ],
)
def test_a_slip_of_the_pen_is_answered_with_what_comes_near(known: Known, name: str, period: str, said: str) -> None:
    """A letter or a month too far."""
    with pytest.raises(AmurError, match=said):
        known.cite(name, period)


def test_what_is_not_to_be_quoted_is_cited_only_anyway_and_says_so(tmp_path: Path) -> None:
    """A figure out of the news: refused, and with --anyway the line begins with the words."""
    db = warehouse(tmp_path / "w.duckdb")
    bring(db, document("a", day(20), row(5000, date(2026, 7, 19), obs_status="F")))
    made = Known(db, Archive(tmp_path / "archive"))
    with pytest.raises(AmurError, match="do not quote"):
        made.cite(EXPORTS, "2026-06")

    assert made.cite(EXPORTS, "2026-06", anyway=True)["line"].startswith("[DO NOT QUOTE] China, exports")
    db.close()


@pytest.mark.parametrize(
    ("freq", "start", "end", "words"),
    [
        ("M", date(2026, 6, 1), date(2026, 6, 30), "June 2026"),
        ("M", date(2025, 1, 1), date(2025, 2, 28), "January to February 2025"),
        ("YTD", date(2026, 1, 1), date(2026, 6, 30), "January to June 2026"),
        ("Q", date(2009, 7, 1), date(2009, 9, 30), "third quarter of 2009"),
        ("H", date(2025, 1, 1), date(2025, 6, 30), "first half of 2025"),
        ("A", date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("A", date(2011, 1, 1), date(2018, 12, 31), "2011 to 2018"),
        ("D", date(2025, 3, 4), date(2025, 3, 4), "4 March 2025"),
    ],
)
def test_periods_are_named_in_words(freq: str, start: date, end: date, words: str) -> None:
    """As a reader says them."""
    assert wording.period(freq, start, end) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (11_432_537_000.0, "USD", "11.43 billion (11,432,537,000) US dollars"),
        (-21.25, "percent", "-21.25 percent"),
        (2.0, "rank", "place 2"),
        (9767.0, "units", "9,767 units"),
        (12.5, "furlongs", "12.5 furlongs"),
    ],
)
def test_values_are_printed_with_their_units_in_words(value: float, unit: str, words: str) -> None:
    """An unknown unit stands as it is."""
    assert wording.value(value, unit) == words


# --- derived again ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "period"), [(EXPORTS, "2026-06"), (DOLLAR, "2025-03-04"), ("trade_total_usd", "2026-06")]
)
def test_a_citation_is_derived_again_on_the_machine_that_made_it(
    known: Known, tmp_path: Path, name: str, period: str
) -> None:
    """Bytes, place, value, words, line and query: all as the file says."""
    done = known.check(known.cite(name, period), tmp_path)

    assert done.as_json() | {"figures": 0} == {
        "verified": True, "figures": 0, "differs": [], "missing": [], "notes": [],
    }  # fmt: skip


def test_another_machine_that_was_sent_the_same_bytes_verifies_too(known: Known, tmp_path: Path) -> None:
    """Built from scratch elsewhere: the hash finds the body."""
    other = known_at(tmp_path / "elsewhere")
    made = known.cite("trade_balance_usd", "2026-06")

    assert other.check(made, tmp_path).verified
    other.db.close()


def test_a_machine_without_the_bytes_is_told_how_to_bring_them(known: Known, tmp_path: Path) -> None:
    """The hash, the address and the command."""
    done = known.check(known.cite(EXPORTS, "2026-06"), tmp_path, archive=Archive(tmp_path / "empty"))

    (line,) = done.missing
    assert not done.verified
    assert "bytes not in this archive" in line
    assert f"amur ingest FILE --source gacc_bulletin --url {PAGE}" in line


def test_a_citation_with_its_bytes_needs_no_archive_and_no_database(known: Known, tmp_path: Path) -> None:
    """Nothing but the file and the program."""
    path = tmp_path / "c.json"
    path.write_text(json.dumps(known.cite(EXPORTS, "2026-06", with_bytes=True)), encoding="utf-8")
    done = cite_verify.verify(cite_verify.read(path), Archive(tmp_path / "empty"), None, parse)

    assert done.verified
    assert done.notes == ["nothing is published here: the value comes from its bytes alone"]


def forge(body: bytes) -> str:
    """Bytes as a citation embeds them."""
    return base64.b64encode(gzip.compress(body)).decode()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body.update(base64_gz=forge(bulletin.table2().replace(b"11,432,537", b"99,432,537"))),
        lambda body: body.update(base64_gz=forge(bytes(1 << 29))),
        lambda body: body.update(base64_gz="not base64!"),
        lambda body: body.update(base64_gz=base64.b64encode(b"no gzip").decode()),
    ],
    ids=["other bytes", "a bomb", "no base64", "no gzip"],
)
def test_bytes_that_a_file_brings_count_only_if_their_hash_is_right(
    known: Known, tmp_path: Path, spoil: Callable[[dict[str, Any]], None]
) -> None:
    """A forged page, a bomb, noise: named, never parsed."""
    made = known.cite(EXPORTS, "2026-06", with_bytes=True)
    spoil(made["bodies"][0])
    done = known.check(made, tmp_path, archive=Archive(tmp_path / "empty"))

    assert not done.verified
    assert any(text.startswith(f"body {made['bodies'][0]['sha256']}") for text in done.differs)


def relined(citation: dict[str, Any]) -> None:
    """The line and the query made to fit what was tampered with, as a careful forger would."""
    from warehouse.cite import line_of, replay_of

    citation["line"], citation["replay_sql"] = line_of(citation), replay_of(citation)


TAMPERED: dict[str, Callable[[dict[str, Any]], object]] = {
    "value": lambda c: (c.update(value=12.0e9), c["figures"][0].update(value=12.0e9)),
    "unit": lambda c: (c.update(unit="CNY"), c["figures"][0].update(unit="CNY")),
    "hash": lambda c: c["figures"][0].update(payload_sha256="0" * 64),
    "place": lambda c: c["figures"][0].update(locator='table 1 row 10 column 2 "Japan" Total 6'),
    "words around": lambda c: c["figures"][0].update(surroundings="Row: Russia | 12,000,000"),
    "series": lambda c: (
        c.update(name=c["name"].replace(":RU:", ":US:")),
        c["figures"][0].update(series_key=c["name"].replace(":RU:", ":US:")),
    ),
    "title": lambda c: c.update(title="China, exports to the United States, all goods: trade value"),
    "period": lambda c: c.update(period_start="2025-06-01", period_end="2025-06-30"),
    "licence": lambda c: c["figures"][0].update(licence="Public domain"),
    "attribution": lambda c: c["figures"][0].update(attribution="Source: somebody else"),
    "since when": lambda c: (
        c.update(known_at="2020-01-01T00:00:00Z"),
        c["figures"][0].update(known_at="2020-01-01T00:00:00Z"),
    ),
    "status": lambda c: c.update(obs_status="E"),
    "grade": lambda c: c.update(grade="with care"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_file_that_was_tampered_with_is_found_out(known: Known, tmp_path: Path, what: str) -> None:
    """Even where line and query were made to fit."""
    made = known.cite(EXPORTS, "2026-06")
    spoilt = deepcopy(made)
    TAMPERED[what](spoilt)
    relined(spoilt)

    assert known.check(made, tmp_path).verified
    assert not known.check(spoilt, tmp_path).verified


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("value", 1.0), ("title", "Trade"), ("unit", "CNY"), ("grade", "with care"), ("method", "trade 99"),
        ("coverage", 0.5), ("basis", "official"), ("method_text", "as told"),
        ("inputs", ["gacc_bulletin:by_country:trade_value:CN:RU:X:TOTAL:USD:M 2026-06"]),
    ],
)  # fmt: skip
def test_an_indicator_that_was_tampered_with_is_found_out(
    known: Known, tmp_path: Path, field: str, value: object
) -> None:
    """It is computed again by the published database."""
    made = known.cite("trade_balance_usd", "2026-06")
    made[field] = value
    relined(made)

    assert any(field in text for text in known.check(made, tmp_path).differs)


def test_an_input_that_was_left_out_or_changed_is_found_out(known: Known, tmp_path: Path) -> None:
    """The bytes say otherwise; a cell that is no input is named."""
    made = known.cite("trade_balance_usd", "2026-06")
    made["figures"][0]["value"] += 1000
    stranger = known.cite("trade_balance_usd", "2026-06")
    stranger["figures"].append(known.cite(DOLLAR, "2025-03-04")["figures"][0])
    relined(stranger)

    assert any("its bytes say" in text for text in known.check(made, tmp_path).differs)
    assert any("is no input" in text for text in known.check(stranger, tmp_path).differs)


@pytest.mark.parametrize("sql", ["DROP TABLE vintages", "SELECT 11432999000.0 AS value", ""])
def test_the_query_of_a_file_is_compared_and_never_run(known: Known, tmp_path: Path, sql: str) -> None:
    """Another text differs, whatever it would give; the table is there still."""
    made = known.cite(EXPORTS, "2026-06")
    made["replay_sql"] = sql
    done = known.check(made, tmp_path)

    assert [text.partition(":")[0] for text in done.differs] == ["replay_sql"]
    assert known.db.value("SELECT count(*) > 0 FROM vintages")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda c: c.clear(), "citation_version"),
        (lambda c: c.update(citation_version=2), "citation_version"),
        (lambda c: c.pop("line"), "line"),
        (lambda c: c.update(value="12"), "value"),
        (lambda c: c.update(value=float("nan")), "value"),
        (lambda c: c.update(value=True), "value"),
        (lambda c: c.update(kind="rumour"), "kind"),
        (lambda c: c.update(as_of="yesterday"), "as_of"),
        (lambda c: c.update(period_start="June"), "period_start"),
        (lambda c: c.update(inputs=[1]), "inputs"),
        (lambda c: c.update(figures=["x"]), "figures"),
        (lambda c: c["figures"][0].update(source="atlantis"), "atlantis"),
        (lambda c: c["figures"][0].update(payload_sha256="../../etc/passwd"), "payload_sha256"),
        (lambda c: c["figures"][0].pop("locator"), "locator"),
    ],
)
def test_a_file_of_another_form_is_refused_with_the_field(
    known: Known, tmp_path: Path, spoil: Callable[[dict[str, Any]], object], said: str
) -> None:
    """It comes from anywhere."""
    made = known.cite(EXPORTS, "2026-06")
    spoil(made)

    with pytest.raises(AmurError, match=said):
        known.check(made, tmp_path)


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"null", b"\xff\xfe", b'{"a":' * 5000])
def test_a_file_that_is_no_json_object_is_refused(tmp_path: Path, body: bytes) -> None:
    """In one line."""
    (tmp_path / "c.json").write_bytes(body)

    with pytest.raises(AmurError, match="cite --verify"):
        cite_verify.read(tmp_path / "c.json")
