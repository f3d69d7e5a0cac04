"""Run a notebook's cells as Jupyter would, in a process that has nothing else: `python run_notebook.py FILE FOLDER`.

The cells are plain Python, without magics. What a kernel adds is little and is done here: all cells share one
namespace, a last expression is shown, and a picture that is open at a cell's end is drawn and closed. So the tests need
neither Jupyter nor its kernel, which bring some thirty packages along, one of them a debugger and one a web server.
"""

import ast
import json
import sys
from pathlib import Path

import matplotlib.pyplot as plt

OURS = {"flows", "sources", "warehouse", "expectations"}


def run(notebook: Path, folder: Path) -> None:
    """Run each cell of code; pictures go to `folder`, one PNG each, in order."""
    space: dict[str, object] = {"__name__": "__main__"}
    drawn = 0
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        print(f"-- {cell['id']}")
        tree = ast.parse("".join(cell["source"]), cell["id"])
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, cell["id"], "exec"), space)  # noqa: S102 (the notebook of the project)
        if isinstance(last, ast.Expr):
            sys.displayhook(eval(compile(ast.Expression(last.value), cell["id"], "eval"), space))  # noqa: S307 (the same)
        for number in plt.get_fignums():
            drawn += 1
            plt.figure(number).savefig(folder / f"{drawn}.png")
        plt.close("all")


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
    if found := OURS & {name.partition(".")[0] for name in sys.modules}:
        sys.exit(f"the notebook needs {sorted(found)} of Amur's own")
