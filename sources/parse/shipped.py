"""Tables that come with Amur: CSV whose last line says that it is the last.

CSV has no end mark of its own: cut at the end of a row it looks whole, and a rule computed from a part of a table is
wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sources.contract import Payload
from sources.errors import LayoutChanged
from sources.parse import sheets

__all__ = ["END", "records"]

END: Final = b"\n# end\n"


def records(payload: Payload, columns: Sequence[str]) -> Iterator[sheets.Record]:
    """The rows of a shipped table, as `sheets.records`.

    Raises:
        LayoutChanged: no `# end` at its end, besides all that `sheets.records` raises.
    """
    if not payload.body.endswith(END):
        yield from sheets.records(payload, columns)  # says better what another document is
        raise LayoutChanged(
            payload, at="end of the file", expected="a last line `# end`", found=repr(payload.body[-40:])
        )
    yield from sheets.records(replace(payload, body=payload.body.removesuffix(END) + b"\n"), columns)
