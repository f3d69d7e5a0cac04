"""`make site`: docs/ becomes a site on which every link leads somewhere and nothing is asked off the machine."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.browser import chromium
from tests.flows.conftest import ROOT

DOCS: Final = ROOT / "docs"
PAGES: Final = sorted(page.stem for page in (*DOCS.glob("*.md"), *DOCS.glob("*.ipynb")))
LOADING: Final = {
    "script": ("src",), "img": ("src", "srcset"), "source": ("src", "srcset"), "iframe": ("src",), "embed": ("src",),
    "video": ("src", "poster"), "audio": ("src",), "track": ("src",), "object": ("data",), "link": ("href",),
    "form": ("action",), "input": ("src",), "base": ("href",), "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
}  # fmt: skip
MISSING: Final = [name for name in ("sphinx", "myst_parser") if find_spec(name) is None]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"{', '.join(MISSING)} not installed: make setup does it"),
]


def build(project: Path) -> subprocess.CompletedProcess[str]:
    """What `make site` runs, with its options, over a project's docs/ into its build/site."""
    (line,) = re.findall(r"^\t@\$\(BIN\)/sphinx-build (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    return subprocess.run(
        [sys.executable, "-m", "sphinx", *shlex.split(line)],
        cwd=project, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip


def copied(folder: Path) -> Path:
    """A project of its own with what the site is made of."""
    shutil.copytree(DOCS, folder / "docs")
    shutil.copy(ROOT / "README.md", folder)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site."""
    project = copied(tmp_path_factory.mktemp("site"))
    done = build(project)
    assert done.returncode == 0, done.stderr
    return project / "build" / "site"


def read(page: Path) -> BeautifulSoup:
    """A page of the site."""
    return BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")


def test_every_page_is_there_and_once_in_the_menu_of_each(site: Path) -> None:
    """Tutorials, how to, reference and explanation, in this order; no page is left out."""
    assert {"tutorial", "notebook", "cookbook", "runbook", "schema", "backfill"} <= set(PAGES)
    for name in PAGES:
        page = read(site / f"{name}.html")
        menu = page.select_one("div.sphinxsidebar")
        assert menu
        captions = [caption.get_text(strip=True) for caption in menu.select("p.caption")]
        assert captions == ["Tutorials", "How to", "Reference", "Explanation"]
        found = [str(link["href"]) for link in menu.select("li.toctree-l1 > a")]
        found = [address for address in found if address == "#" or "#" not in address]  # a page may have a second part
        here = ["#" if other == name else f"{other}.html" for other in PAGES if other != "index"]
        assert sorted(found) == sorted(here)


def test_a_notebook_is_shown_as_text_and_code(site: Path) -> None:
    """Its headings are headings and its cells are coloured as Python."""
    page = read(site / "notebook.html")
    assert "4. The same as known on an earlier day" in page.select("h2")[3].get_text()
    assert len(page.select("div.highlight-python")) == 12
    assert page.select("div.highlight-python span.kn")


def test_what_the_readme_lists_is_on_the_site(site: Path) -> None:
    """Commands, settings and sources, with links that lead to pages of the site."""
    page = read(site / "commands.html")
    cells = [cell.get_text() for cell in page.select("td code")]
    assert {"AMUR_HOME", "gacc_bulletin"} <= set(cells)
    assert any(cell.startswith("amur nightly") for cell in cells)
    assert page.select_one('td a[href="report.html"]')


def test_no_page_asks_anything_off_the_machine(site: Path) -> None:
    """Nothing that a browser loads by itself has an address elsewhere: scripts, styles, fonts, pictures, forms."""
    pages = sorted(site.rglob("*.html"))
    asked = 0
    for path in pages:
        page = read(path)
        for tag, names in LOADING.items():
            for element in page.find_all(tag):
                for address in (str(element[name]) for name in names if element.has_attr(name)):
                    asked += 1
                    where = urlsplit(address)
                    assert not where.scheme, f"{path.name}: {address}"
                    assert not where.netloc, f"{path.name}: {address}"
                    assert not where.path or (path.parent / where.path).is_file(), f"{path.name}: {address}"
        assert not page.select('meta[http-equiv="refresh" i], [style*="url("]'), path.name
        inline = [script.get_text() for script in page.find_all("script") if not script.has_attr("src")]
        assert not [text for text in inline if "//" in text], path.name
    assert len(pages) == len(PAGES) + 1  # and the search
    assert asked > 5 * len(pages)
    for path in site.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"@import|//", text), path.name
        for address in re.findall(r"url\(([^)]*)\)", text):
            assert (path.parent / address.strip("\"' ")).is_file(), f"{path.name}: {address}"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("news.md", "[a page](nowhere.md)", "nowhere.md"),
        ("news.md", "[a heading](concepts.md#no-such-heading)", "no-such-heading"),
        ("news.md", "[out of docs](../LICENCE)", "../LICENCE"),
        ("news.md", "![a picture](pictures/none.png)", "pictures/none.png"),
        ("left-out.md", "# In no menu", "left-out.md"),
    ],
)
def test_what_leads_nowhere_fails_it(tmp_path: Path, name: str, text: str, said: str) -> None:
    """With the page and the address."""
    project = copied(tmp_path)
    with (project / "docs" / name).open("a", encoding="utf-8") as page:
        page.write(f"\n{text}\n")
    done = build(project)

    assert done.returncode != 0
    assert said in done.stderr
    assert name in done.stderr


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The machine's own Chromium."""
    with chromium("the site") as shown:
        yield shown


def test_it_is_read_and_searched_from_a_disk(browser: Any, site: Path) -> None:  # noqa: ANN401 (of playwright)
    """Without a server, on a telephone's width; a word is found; every request stays in the folder."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    heard: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: heard.append(str(error)))
    for name in PAGES:
        page.goto((site / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
    page.goto((site / "search.html").as_uri() + "?q=quarantine")
    page.wait_for_selector('#search-results a[href^="runbook.html"]')

    assert heard == []
    assert {url for url in asked if not url.startswith(site.as_uri())} == set()
    assert len(asked) > len(PAGES)
