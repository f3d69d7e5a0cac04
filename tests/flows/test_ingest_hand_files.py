"""`amur ingest` of files of the query system: loaded, known, held or refused, each with its exit code."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.flows.conftest import SHARED, Home
from tests.payloads.gacc_query.pages import CRUDE, JANUARY_2022, JUNE_2024, SEPTEMBER_2024, line, table

NOW = "2026-07-25T02:30:00Z"
CELL = "product = '27090000' AND measure = 'trade_value' AND period = '2024-01'"


def put(folder: Path, name: str, body: bytes) -> str:
    """A file; gives its path."""
    path = folder / name
    path.write_bytes(body)
    return str(path)


def asked(home: Home, query: str) -> list[tuple[Any, ...]]:
    """Rows of the published database, by `amur sql` in this process."""
    done = home.here("sql", query, "--format", "json")
    assert done.returncode == 0, done.stderr
    return [tuple(row.values()) for row in json.loads(done.stdout)]


def many() -> bytes:
    """As many rows as the query system gives at most."""
    return table(
        line(CRUDE, f"2024{1 + n // 5000:02d}", "1", "1", 商品编码=f"{27000000 + n % 5000:08d}") for n in range(10_000)
    )


@pytest.fixture
def here(home: Home) -> Home:
    """A home with a clock that stands still."""
    home.environment["AMUR_NOW"] = NOW
    return home


def test_a_file_is_loaded_once_and_then_known(here: Home, tmp_path: Path) -> None:
    """The same file twice, also as a copy: exit 0, and not one figure more."""
    first = put(tmp_path, "downloadData_import.csv", table())
    copy = put(tmp_path, "downloadData_import (1).csv", table())

    done = [here.here("ingest", path, "--source", "gacc_query") for path in (first, first, copy)]

    assert [run.returncode for run in done] == [0, 0, 0], done[0].stderr
    assert asked(here, "SELECT count(*), count(DISTINCT flow) FROM observation_vintages") == [(6, 1)]
    assert len(list((here.path / "archive").glob("*/*.json"))) == 1


def test_two_vintages_of_a_cell_are_a_revision_with_its_times(here: Home, tmp_path: Path) -> None:
    """Crude of January 2024 as of June and as of September: both are kept, each under the time it was fetched at."""
    for name, rows, at in (
        ("import_asof_2024-09.csv", SEPTEMBER_2024, "2024-09-28T00:00:00Z"),
        ("import_asof_2024-06.csv", JUNE_2024, "2024-06-22T00:00:00Z"),
    ):
        done = here.here("ingest", put(tmp_path, name, table(rows)), "--source", "gacc_query", "--as-of", at)
        assert done.returncode == 0, done.stderr

    vintages = f"SELECT value, known_at::DATE::VARCHAR FROM observation_vintages WHERE {CELL} ORDER BY known_at"
    told = asked(here, vintages)
    assert told == [(4_841_954_212, "2024-06-22"), (4_856_251_759, "2024-09-28")]
    assert asked(here, f"SELECT value FROM observations WHERE {CELL}") == [(4_856_251_759,)]
    july = f"SELECT value FROM observations_as_of(TIMESTAMP '2024-07-01') WHERE {CELL}"
    assert asked(here, july) == [(4_841_954_212,)]


def test_files_of_one_command_count_in_the_order_given(here: Home, tmp_path: Path) -> None:
    """Of two that state one cell the later one is the newer, whatever their bytes."""
    june, september = (
        put(tmp_path, f"import_{name}.csv", table(rows)) for name, rows in (("6", JUNE_2024), ("9", SEPTEMBER_2024))
    )
    assert here.here("ingest", september, june, "--source", "gacc_query").returncode == 0
    assert asked(here, f"SELECT value FROM observations WHERE {CELL}") == [(4_841_954_212,)]


def test_the_flow_that_the_bringer_tells_is_kept_and_a_rebuild_knows_it(here: Home, tmp_path: Path) -> None:
    """A name that says nothing, with --flow M; then the same bytes as exports: another series; the archive has both."""
    path = put(tmp_path, "downloadData.csv", table())
    refused = here.here("ingest", path, "--source", "gacc_query")
    assert refused.returncode == 1
    assert "--flow X for exports, --flow M for imports" in refused.stderr
    assert "Nothing of it was kept" in refused.stderr

    for flow in ("M", "X", "M"):
        assert here.here("ingest", path, "--source", "gacc_query", "--flow", flow).returncode == 0
    count = "SELECT flow, count(*) FROM observation_vintages GROUP BY flow ORDER BY flow"
    before = asked(here, count)

    assert before == [("M", 6), ("X", 6)]
    assert here.here("rebuild").returncode == 0
    assert asked(here, count) == before


def test_a_name_against_the_option_is_refused(here: Home, tmp_path: Path) -> None:
    """It is called import, --flow says X: exit 1, nothing is kept."""
    path = put(tmp_path, "import.csv", table())
    done = here.here("ingest", path, "--source", "gacc_query", "--flow", "X")

    assert done.returncode == 1
    assert "--flow" in done.stderr
    assert list((here.path / "archive").glob("*/*")) == []


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (table([*JANUARY_2022, JANUARY_2022[0]]), "contradiction", "one row a month, commodity and partner"),
        (table().replace(b'"0","",', b'"0","","7",', 1), "layout", "11 fields, as in the header"),
        (table() + table(JUNE_2024, charset="utf-8").split(b"\r\n", 1)[1], "contradiction", "one charset"),
        (many(), "cut off", "fewer than 10,000 rows"),
        (table([JANUARY_2022[0] | {"第一计量单位": "吨"}]), "judge", "amount_possible"),
    ],
    ids=["a row twice", "a field too many", "two charsets", "cut off", "kilograms as tonnes"],
)
def test_a_damaged_file_of_the_right_kind_is_held(
    here: Home, tmp_path: Path, body: bytes, kind: str, words: str
) -> None:
    """Exit 3: archived, its reason in quarantine, none of its figures visible."""
    done = here.here("ingest", put(tmp_path, "import.csv", body), "--source", "gacc_query")

    assert done.returncode == 3, done.stderr
    ((reason_kind, reason, sha256),) = asked(
        here, "SELECT reason_kind, reason, payload_sha256 FROM quarantine WHERE state = 'held'"
    )
    assert reason_kind == kind
    assert words in reason
    assert (here.path / "archive" / sha256[:2] / sha256).read_bytes() == body
    assert asked(here, "SELECT count(*) FROM observation_vintages") == [(0,)]


@pytest.mark.parametrize(
    "body",
    [
        b"<html><script>$_ts=window['$_ts'];</script></html>",
        b"",
        b"a,b,c\n1,2,3\n",
        table().replace("数据年月,".encode("gb18030"), b"").replace(b'"202201",', b""),
    ],
    ids=["challenge", "nothing", "another table", "without months"],
)
def test_another_kind_of_file_is_refused(here: Home, tmp_path: Path, body: bytes) -> None:
    """Exit 1 and nothing is kept."""
    done = here.here("ingest", put(tmp_path, "import.csv", body), "--source", "gacc_query")

    assert done.returncode == 1
    assert "Nothing of it was kept" in done.stderr
    assert list((here.path / "archive").glob("*/*")) == []


def test_address_and_name_are_kept_beside_the_bytes(here: Home, tmp_path: Path) -> None:
    """What the bringer says of a file is what the parser is given, now and at a rebuild."""
    path = put(tmp_path, "import.csv", table())
    url = "http://stats.customs.gov.cn/queryData/downloadQueryData"
    assert here.here("ingest", path, "--source", "gacc_query", "--url", url, "--flow", "M").returncode == 0
    (sidecar,) = (here.path / "archive").glob("*/*.json")
    facts = json.loads(sidecar.read_bytes())

    assert (facts["requested"], facts["title"], facts["flow"]) == (url, "import.csv", "M")


@pytest.mark.recorded
def test_recorded_files_load(here: Home) -> None:
    """All three, in one command; the later vintage is the current one."""
    folder = SHARED / "recorded" / "customs" / "gacc_query"
    if not folder.exists():
        pytest.skip(f"no recorded files: {folder}")
    files = sorted(map(str, folder.glob("*.csv")))
    done = here.here("ingest", *files, "--source", "gacc_query")

    assert len(files) == 3
    assert done.returncode == 0, done.stderr
    assert asked(here, f"SELECT value FROM observations WHERE {CELL}") == [(4_856_251_759,)]
