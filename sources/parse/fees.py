"""Classes of cars in fee tables, and the rule that finds the class of a car.

A class is a band of engine sizes, since December 2025 also a band of power, an age, and for some who brings the car
in. A band leaves its lower edge out and takes its upper edge in, as the decree words it: "over 1,000 but not over
2,000 cc".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from sources.parse import numbers

__all__ = ["ELECTRIC", "Band", "Car", "Class", "Level", "engine", "level", "power", "starts"]

Rule = Literal["fee_2012", "fee_2023", "fee_2025"]
ELECTRIC: Final = "electric or series hybrid"
CUBIC_CM: Final = 1000  # in a litre
NEW: Final = frozenset({"new", "up to 3 years"})
OLDER: Final = frozenset({"older than 3 years", "3-5 years"})
NUMBER: Final = r"([0-9]+(?:[.,][0-9]+)?|[0-9]{1,3}(?: [0-9]{3})+)"
RANGE: Final = (
    (re.compile(rf"(?:свыше|от|более) {NUMBER}(?:,? но)? (?:не более|до) {NUMBER}"), True, True),
    (re.compile(rf"{NUMBER} ?[-–—] ?{NUMBER}"), True, True),
    (re.compile(rf"(?:до|не более|up to) {NUMBER}"), False, True),
    (re.compile(rf"(?:свыше|от|более|from|over) {NUMBER}|{NUMBER} и (?:более|выше)"), True, False),
)
CC: Final = re.compile(r" ?(?:куб\. ?см|см3|см³)\.?$")
LITRES: Final = re.compile(r"^(?:объ[её]м )?(?P<range>.+?)(?: ?(?:л|l)\.?)?$")
HORSES: Final = re.compile(r"^(?P<range>.+?)(?: ?(?:л\. ?с\.?|лс|hp))?$")
CARS_ON_ELECTRICITY: Final = re.compile(r"^(?:ev|электр\w+|electric)\b.*гибрид|^" + ELECTRIC + "$")


@dataclass(frozen=True, slots=True)
class Band:
    """Over `low` up to and with `high`; None where it is open."""

    low: Decimal | None
    high: Decimal | None

    def __contains__(self, size: Decimal) -> bool:
        """Does a car of this size belong to it?"""
        return (self.low is None or size > self.low) and (self.high is None or size <= self.high)

    def label(self, unit: str, above: str) -> str:
        """`1-2 l`, `up to 1 l`, `over 3.5 l`."""
        low, high = (None if edge is None else f"{edge.normalize():f}" for edge in (self.low, self.high))
        if low is None:
            return f"up to {high} {unit}"
        return f"{above} {low} {unit}" if high is None else f"{low}-{high} {unit}"


@dataclass(frozen=True, slots=True)
class Class:
    """A class of cars under one of the three rules there were; `size` None is any engine, `importer` "" anyone."""

    rule: Rule
    size: Band | Literal["electric"] | None
    power: Band | None
    age: str
    importer: Literal["commercial", "personal", ""]

    @property
    def label(self) -> str:
        """Its name in the series: `1-2 l, 160-190 hp, up to 3 years`."""
        size = ELECTRIC if self.size == "electric" else self.size.label("l", "over") if self.size else "any engine"
        if self.rule == "fee_2023" and self.importer == "commercial":
            named = f"new car {size}" if self.age in NEW else f"car {self.age} {size}"
            return f"{named}, commercial importer"
        parts = [size, self.power.label("hp", "from") if self.power else "", self.age]
        return ", ".join([*filter(None, parts), *(["personal use"] if self.importer == "personal" else [])])


@dataclass(frozen=True, slots=True)
class Level:
    """What a class pays from a day on: `total` is `coefficient` times `base`, in roubles.

    Both are None where the table says no more of the class from that day on. `row` is where it stands.
    """

    kind: Class
    start: date
    coefficient: Decimal | None
    base: Decimal
    total: Decimal | None
    row: int


@dataclass(frozen=True, slots=True)
class Car:
    """A car to which the rule is applied: litres (None: electric), horsepower, age and who brings it in."""

    litres: Decimal | None
    horsepower: Decimal
    age: Literal["new", "3-5 years"]
    importer: Literal["commercial", "personal"]

    @property
    def label(self) -> str:
        """Its name in the series: `2 l, 200 hp, new, commercial importer`."""
        size = "electric" if self.litres is None else f"{self.litres.normalize():f} l"
        who = "personal use" if self.importer == "personal" else "commercial importer"
        return f"{size}, {self.horsepower.normalize():f} hp, {self.age}, {who}"

    def belongs(self, kind: Class) -> bool:
        """Is it a car of this class?"""
        if kind.importer not in {"", self.importer} or kind.age not in (NEW if self.age == "new" else OLDER):
            return False
        if kind.power is not None and self.horsepower not in kind.power:
            return False
        if kind.size is None or self.litres is None or kind.size == "electric":
            return kind.size is None or (self.litres is None and kind.size == "electric")
        return self.litres in kind.size


def starts(car: Car, levels: Iterable[Level]) -> list[date]:
    """The days on which something changes for a car, oldest first."""
    return sorted({level.start for level in levels if car.belongs(level.kind)})


def level(car: Car, day: date, levels: Iterable[Level]) -> Level | None:
    """The level in force for a car on a day; None where the table has none.

    Raises:
        ValueError: two classes with other sums claim the car: the table has an overlap.
    """
    newest: dict[Class, Level] = {}
    for said in sorted(levels, key=lambda level: level.start):
        if said.start <= day and car.belongs(said.kind):
            newest[said.kind] = said
    found = [said for said in newest.values() if said.total is not None]
    if len({said.total for said in found}) > 1:
        raise ValueError(f"one class for {car.label}: {sorted(said.kind.label for said in found)}")
    return found[0] if found else None


def engine(text: str) -> Band | Literal["electric"]:
    """The engine sizes that a table names, in litres: `1-2 l`, `Объём 1.0 - 2.0`, `от 1000 до 2000 куб. см`.

    Raises:
        ValueError: another form.
    """
    bare = text.casefold()
    if CARS_ON_ELECTRICITY.search(bare):
        return "electric"
    if unit := CC.search(bare):
        band = _band(bare[: unit.start()])
        return Band(*(None if edge is None else edge / CUBIC_CM for edge in (band.low, band.high)))
    said = LITRES.fullmatch(bare)
    return _band(said["range"] if said else bare)


def power(text: str) -> Band:
    """The horsepower that a table names: `160-190`, `до 160`, `from 280 hp`; also kilowatts, which look alike.

    Raises:
        ValueError: another form.
    """
    said = HORSES.fullmatch(text.casefold())
    return _band(said["range"] if said else text)


def _band(text: str) -> Band:
    for form, has_low, has_high in RANGE:
        if said := form.fullmatch(text):
            edges = [_number(edge) for edge in said.groups() if edge is not None]
            low, high = edges[0] if has_low else None, edges[-1] if has_high else None
            if low is not None and high is not None and low >= high:
                raise ValueError(f"a band that ends before it begins: {text[:60]!r}")
            return Band(low or None, high)
    raise ValueError(f"not a band: {text[:60]!r}")


def _number(text: str) -> Decimal:
    return numbers.exact(text.replace(" ", "").replace(",", "."))
