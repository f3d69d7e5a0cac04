"""What `amur export` writes, read back with other people's programs: the same figures in each form (P-65)."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from math import isnan
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from pysdmx.io import read_sdmx

from sources.errors import AmurError
from tests.flows.conftest import Home
from tests.warehouse.builders import NOW, bring, day, document, row, warehouse
from warehouse.export import export
from warehouse.publisher import publish

FORMULA = '=HYPERLINK("http://evil.example","Russia")'
FEBRUARY = {"period_start": date(2026, 1, 1), "period_end": date(2026, 2, 28)}
HALF = {"period_start": date(2026, 1, 1), "freq": "YTD"}
YEAR = {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31), "freq": "A"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A publication with months, a cumulative figure, a year, a missing value, a loss, and a hostile name."""
    folder = tmp_path_factory.mktemp("export") / "home"
    db = warehouse(folder / "warehouse.duckdb")
    rows = [
        row(11_432_537_000, date(2026, 7, 22)),
        row(18_294_000_000.5, date(2026, 7, 22), **FEBRUARY),
        row(60_596_461_000, date(2026, 7, 22), **HALF),
        row(103_000_000_000, date(2026, 7, 22), **YEAR),
        row(None, date(2026, 7, 22), flow="M"),
        row(-1.5, date(2026, 7, 22), measure="balance", flow="T", partner_name=FORMULA),
    ]
    bring(db, document("june", day(23), *rows))
    publish(db, folder, "run", NOW)
    return Home(folder)


@pytest.fixture(scope="module")
def folder(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its export."""
    out = tmp_path_factory.mktemp("out") / "trade"
    done = home.here("export", "--out", str(out), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["files"] == len(list(out.iterdir()))
    assert told["bytes"] == sum(path.stat().st_size for path in out.iterdir())
    return out


def lines(path: Path) -> list[dict[str, str]]:
    """A CSV as any program reads it."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_form_has_the_same_figures(home: Home, folder: Path) -> None:
    """Of observations in the database, Parquet, CSV, SDMX; of indicators in the database, Parquet, CSV, workbook."""
    with duckdb.connect(str(home.path / "trade.duckdb"), read_only=True) as db:
        cells = db.execute("SELECT series_key, period, value FROM observations").fetchall()
        answers = db.execute("SELECT indicator, freq, period, value FROM indicators").fetchall()

    def told(frame: pd.DataFrame, *names: str) -> set[tuple[object, ...]]:
        return {tuple(None if pd.isna(cell) else cell for cell in line) for line in frame[[*names]].to_numpy()}

    cell, answer = ("series_key", "period", "value"), ("indicator", "freq", "period", "value")
    assert len(cells) == 6
    assert told(pd.read_parquet(folder / "observations.parquet"), *cell) == set(cells)
    assert told(pd.read_csv(folder / "observations.csv"), *cell) == set(cells)
    assert answers
    assert told(pd.read_parquet(folder / "indicators.parquet"), *answer) == set(answers)
    assert told(pd.read_csv(folder / "indicators.csv"), *answer) == set(answers)
    assert told(pd.read_excel(folder / "indicators.xlsx", sheet_name="indicators"), *answer) == set(answers)
    (dataset,) = read_sdmx(folder / "observations.sdmx.csv", validate=False).data
    values = [float(value) for value in dataset.data["OBS_VALUE"]]
    assert sorted(value for value in values if not isnan(value)) == sorted(
        value for *_, value in cells if value is not None
    )
    assert sum(map(isnan, values)) == 1


def test_the_package_describes_what_lies_there(folder: Path) -> None:
    """Valid for frictionless; snapshot, meanings, licences, sizes and hashes are true."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    (snapshot,) = lines(folder / "snapshot.csv")

    assert report.valid, report.flatten(["name", "note"])
    assert (
        package["id"]
        == snapshot["snapshot_id"]
        == pq.read_metadata(folder / "claims.parquet").metadata[b"snapshot"].decode()
    )
    assert all(source["licence"] for source in package["sources"])
    for resource in package["resources"]:
        body = (folder / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(body), f"sha256:{sha256(body).hexdigest()}")
        assert all(field["description"] for field in resource["schema"]["fields"]), resource["name"]
    assert {"observations", "indicators", "claims", "events", "quarantine", "runs"} <= {
        resource["name"] for resource in package["resources"]
    }


def test_periods_and_status_in_sdmx_are_those_of_its_code_lists(folder: Path) -> None:
    """January and February in one are a start with a duration; no dimension is empty; one row a key."""
    told = lines(folder / "observations.sdmx.csv")
    dimensions = tuple(
        name for name in told[0] if name not in {"OBS_VALUE", "OBS_STATUS", "NEWS_ONLY", "KNOWN_AT", "PAYLOAD_SHA256"}
    )
    periods = {(one["FREQ"], one["ACCUMULATION"], one["TIME_PERIOD"]) for one in told}

    assert periods == {
        ("M", "PERIOD", "2026-06"), ("M", "PERIOD", "2026-01-01/P2M"), ("M", "YTD", "2026-01-01/P6M"),
        ("A", "PERIOD", "2025"),
    }  # fmt: skip
    assert all(one[name] for one in told for name in dimensions)
    assert len({tuple(one[name] for name in dimensions) for one in told}) == len(told)
    assert {one["OBS_STATUS"] for one in told} == {"A", "M"}


def test_a_spreadsheet_runs_nothing_of_a_source(folder: Path) -> None:
    """An apostrophe before what it would run; numbers stay numbers, also negative ones; Parquet is verbatim."""
    (loss,) = [one for one in lines(folder / "observations.csv") if one["measure"] == "balance"]
    verbatim = pd.read_parquet(folder / "observations.parquet")["partner_name"].tolist()
    book = openpyxl.load_workbook(folder / "indicators.xlsx")

    assert loss["partner_name"] == f"'{FORMULA}"
    assert float(loss["value"]) == -1.5
    assert FORMULA in verbatim
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)


def test_the_same_publication_gives_the_same_bytes(home: Home, folder: Path, tmp_path: Path) -> None:
    """All but the workbook, which holds the time of its making; an earlier export is replaced as a whole."""
    out = tmp_path / "again"
    home.here("export", "--out", str(out))
    (out / "of_an_older_version.csv").write_text("x")
    assert home.here("export", "--out", str(out)).returncode == 0

    def bodies(of: Path) -> Mapping[str, bytes]:
        return {path.name: path.read_bytes() for path in of.iterdir() if path.suffix != ".xlsx"}

    assert bodies(out) == bodies(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["again"]


@pytest.mark.parametrize("found", ["notes.txt", "datapackage.json"])
def test_a_folder_with_other_things_is_left_alone(home: Home, tmp_path: Path, found: str) -> None:
    """Exit 1 and what to do; nothing in it is touched."""
    (tmp_path / found).write_text('{"name": "another"}')
    done = home.here("export", "--out", str(tmp_path))

    assert done.returncode == 1
    assert "nothing in it was touched" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [found]


def test_nothing_published_is_said(tmp_path: Path) -> None:
    """And no folder is left behind."""
    with pytest.raises(AmurError, match="a published database"):
        export(tmp_path / "trade.duckdb", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
