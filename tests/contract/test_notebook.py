"""docs/notebook.ipynb: its cells run over a published file, and print and draw what the text beside them says."""

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from tests.flows.conftest import ROOT, Home

FILE: Final = ROOT / "docs" / "notebook.ipynb"
TEXT: Final = FILE.read_text(encoding="utf-8")
CELLS: Final = json.loads(TEXT)["cells"]
FIGURES: Final = ROOT / "sources" / "reference" / "data" / "reference_figures.csv"
BLUE: Final = (47, 102, 144)
PALE: Final = (169, 195, 217)
RED: Final = (181, 68, 46)
DEAD: Final = {
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "NO_PROXY": "127.0.0.1,localhost",
    "AMUR_NOW": "2026-07-25T02:30:00Z",
}


@dataclass(frozen=True)
class Ran:
    """What the notebook printed, cell by cell, and the pictures that it drew."""

    printed: dict[str, str]
    pictures: list[Path]

    def rows(self, cell: str) -> list[list[str]]:
        """The rows of the tables that a cell shows, headings among them."""
        lines = [line for line in self.printed[cell].splitlines() if line.startswith("│")]
        return [[value.strip() for value in line.strip("│").split("│")] for line in lines]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The notebook, run in a home that a night without a network published, where its own path finds the file."""
    folder = tmp_path_factory.mktemp("notebook")
    home = Home(folder / "home", DEAD)
    done = home.run("nightly", "--only", "reference", "--only", "recycling_fee")
    assert done.returncode in {0, 3}, done.stdout + done.stderr
    pictures = folder / "pictures"
    pictures.mkdir()
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "run_notebook.py", FILE, pictures],
        cwd=home.path,
        env=os.environ | {"MPLBACKEND": "agg", "MPLCONFIGDIR": str(folder / "matplotlib"), "PYTHONUTF8": "1"},
        capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    parts = re.split(r"^-- (.+)\n", done.stdout, flags=re.MULTILINE)
    return Ran(dict(zip(parts[1::2], parts[2::2], strict=True)), sorted(pictures.iterdir()))


@pytest.mark.slow
def test_it_says_what_is_in_there(ran: Ran) -> None:
    """The publication, each view with its comment, and what the columns on trust mean."""
    assert re.search(r"20260725T023000Z-[0-9a-f]{6} │ 2026-07-25 02:30:00", ran.printed["views"])
    assert re.search(r"^observations_best +Of all sources that hold a value", ran.printed["views"], re.MULTILINE)
    assert re.search(r"^indicators +The answers people ask for", ran.printed["views"], re.MULTILINE)
    assert ["grade", "quotable, with care, do not quote"] in ran.rows("columns")


@pytest.mark.slow
def test_the_trade_has_its_total_and_its_growth(ran: Ran) -> None:
    """Of the cited figures: 244.819 billion after 240.11, 228.105 after that; no growth without a year before."""
    rows = ran.rows("growth")
    assert ["2024", "244.8", "2.0", "reference", "1.0", "with care"] in rows
    assert ["2025", "228.1", "-6.8", "reference", "1.0", "with care"] in rows
    assert ["2016", "69.5", "NULL", "reference", "1.0", "with care"] in rows
    assert "do not quote" not in ran.printed["growth"]
    assert ["2026-06", "24.35", "reference", "with care"] in ran.rows("by-month")


@pytest.mark.slow
def test_cars_are_told_by_what_is_counted_and_the_fee_by_its_steps(ran: Ran) -> None:
    """A ratio of one scope to another is shown as what must not be quoted."""
    lines = ran.printed["cars-by-year"].splitlines()
    assert "2025    632,341  with care  Cars that China exports to Russia (HS 8703)" in lines
    assert any(line.startswith("2024  1,158,000  with care  Vehicles that China exports to Russia") for line in lines)
    ratios = ran.rows("cars-by-year")
    assert ["car_exports_to_ru_units_ratio_2022", "2024", "7.56", "do not quote"] in ratios
    assert ["car_exports_to_ru_units_ratio_2022", "2025", "4.13", "with care"] in ratios
    assert [row[2] for row in ran.rows("fee")[2:]] == ["300600", "556200", "667400", "794000", "952800"]
    assert ["2026-01-01", "NULL", "952800"] in ran.rows("fee")


@pytest.mark.slow
def test_an_earlier_day_knows_less_and_other_figures(ran: Ran) -> None:
    """On 1 March 2024 the trade of 2023 was 240.10 billion; the cars of 2023 had no figure."""
    known = {(row[0], row[1]): row[2:] for row in ran.rows("then")[2:]}
    assert known["trade_total_usd", "2023"][::2] == ["240100000000.0", "240110000000.0"]
    assert known["trade_total_usd", "2022"][0] == known["trade_total_usd", "2022"][2] == "190271000000.0"
    assert known["car_exports_to_ru_units", "2023"][:3] == ["NULL", "NULL", "909000.0"]


@pytest.mark.slow
def test_a_number_leads_to_the_bytes_that_it_was_read_from(ran: Ran) -> None:
    """The hash is that of the shipped file, and the named row holds the value."""
    digest = hashlib.sha256(FIGURES.read_bytes()).hexdigest()
    (row,) = re.findall(r"^locator +row (\d+): ", ran.printed["where-from"], re.MULTILINE)
    assert re.search(rf"^payload_sha256 +{digest}$", ran.printed["where-from"], re.MULTILINE)
    assert ",244819000000," in FIGURES.read_text(encoding="utf-8").splitlines()[int(row) - 1]
    assert ran.printed["hash"] == f"archive/{digest[:2]}/{digest}: the bytes are those that were read\n"


@pytest.mark.slow
def test_two_pictures_are_drawn(ran: Ran) -> None:
    """Bars in their colours; in the second also what is counted otherwise, and the line of the fee."""
    drawn = []
    for path in ran.pictures:
        with Image.open(path) as picture:
            assert picture.format == "PNG"
            found = picture.convert("RGB").getcolors(maxcolors=1 << 24)
        assert found
        drawn.append({colour: count for count, colour in found})
    total, cars = drawn
    assert total[BLUE] > 50_000
    assert RED not in total
    assert cars[BLUE] > 20_000
    assert cars[PALE] > 50_000
    assert cars[RED] > 300


def test_it_lies_stripped_and_one_line_of_source_is_one_of_the_file() -> None:
    """So that a change shows as the lines that changed: no outputs, no counts, the layout that Jupyter writes."""
    assert json.dumps(json.loads(TEXT), indent=1, ensure_ascii=False) + "\n" == TEXT
    for cell in CELLS:
        assert all(line.endswith("\n") for line in cell["source"][:-1])
        assert cell["cell_type"] == "markdown" or (cell["outputs"] == [] and cell["execution_count"] is None)
    assert len({cell["id"] for cell in CELLS}) == len(CELLS)


def test_it_asks_for_duckdb_and_matplotlib_alone() -> None:
    """An analyst needs nothing of Amur's; each cell is plain Python, without magics."""
    asked = set()
    for cell in (cell for cell in CELLS if cell["cell_type"] == "code"):
        for node in ast.walk(ast.parse("".join(cell["source"]))):
            if isinstance(node, ast.ImportFrom):
                asked.add(str(node.module).partition(".")[0])
            elif isinstance(node, ast.Import):
                asked |= {name.name.partition(".")[0] for name in node.names}
    assert asked - sys.stdlib_module_names == {"duckdb", "matplotlib"}
