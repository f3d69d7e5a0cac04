"""How Sphinx makes a site of the pages of docs/: `make site`. Nothing in it asks anything off the machine.

The theme is alabaster, Sphinx's own: no fonts from elsewhere, no scripts but those of the search, which works from a
disk as well as from a server. Code is coloured while the site is built.
"""

import json
from typing import ClassVar

from myst_parser.parsers.sphinx_ import MystParser
from sphinx.application import Sphinx

project = "Amur"
author = "the maintainers of Amur"
language = "en"
extensions = ["myst_parser"]
exclude_patterns = ["site", "deploy"]
root_doc = "index"

nitpicky = True  # a link that leads nowhere is a warning, and `make site` fails on any warning
myst_heading_anchors = 4  # headings can be linked to
smartquotes = False  # quotes are typed in commands
highlight_language = "none"
pygments_style = "default"

html_theme = "alabaster"
html_theme_options = {
    "description": "The China-Russia trade relationship, measured every night",
    "page_width": "1240px",
    "sidebar_width": "270px",
    "show_powered_by": False,
    "fixed_sidebar": True,
}
html_sidebars = {"**": ["about.html", "searchfield.html", "navigation.html"]}
html_static_path = ["pages.css"]
html_css_files = ["pages.css"]
html_copy_source = False
html_show_search_summary = False  # it would be fetched, which a browser refuses on a disk
html_use_index = False
html_show_sphinx = False
html_show_copyright = False
html_title = "Amur"


class NotebookParser(MystParser):
    """A notebook as a page: its text as it stands, its cells as code. It holds no outputs that could be shown."""

    supported: ClassVar[tuple[str, ...]] = ("ipynb",)

    def parse(self, inputstring: str, document: object) -> None:
        """Read the cells one after the other."""
        cells = ((cell["cell_type"], "".join(cell["source"])) for cell in json.loads(inputstring)["cells"])
        text = (source if kind == "markdown" else f"```python\n{source}\n```" for kind, source in cells)
        super().parse("\n\n".join(text), document)


def setup(app: Sphinx) -> None:
    """Have notebooks read."""
    app.add_source_suffix(".ipynb", "ipynb")
    app.add_source_parser(NotebookParser)
