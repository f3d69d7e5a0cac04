"""Numbers of countries and areas as UN Comtrade uses them, to the places that Amur knows.

They are those of M49 but for a few of its own (251 France, 490 "Other Asia, nes", which is Taiwan): see `m49.txt`.
China Customs numbers differently (344 is Russia there and Hong Kong here): never use this table for its codes.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from sources.parse import countries
from sources.parse.countries import Place

__all__ = ["NUMBERS", "place"]

FILE: Final = Path(__file__).with_suffix(".txt")


def _places() -> Iterator[tuple[int, Place]]:
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        number, code, name = line.split("|")
        known = countries.place(name) if code else Place(None, name, "area")
        if known.code != (code or None):
            raise ValueError(f"{number}: {name} is {known.code} in countries.txt, {code} in m49.txt")
        yield int(number), known


def _table() -> Mapping[int, Place]:
    table: dict[int, Place] = {}
    for number, known in _places():
        if table.setdefault(number, known) is not known:
            raise ValueError(f"one number for two places: {number}")
    return MappingProxyType(table)


NUMBERS: Final = _table()


def place(number: int) -> Place:
    """The country, group or area that a number means; areas and countries that are no more have no code.

    Raises:
        KeyError: the number isn't known.
    """
    return NUMBERS[number]
