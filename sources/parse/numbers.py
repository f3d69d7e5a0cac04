"""Numbers as sources print them: one strict ASCII grammar, Decimal, no guessing.

`float`, `int` and database casts take `1e400`, `1_000`, `0x1F`, `٣` or `nan` for numbers; a figure that was
cut, shifted or doubled often looks like one of these. Here they are refused, and so is anything with a blank
around it: the caller says which blanks its source prints beside a figure.
"""

import re
from decimal import Decimal
from functools import cache
from typing import Final

__all__ = ["exact", "half_digit"]

MARKS: Final = frozenset(".,")
GROUPS: Final = frozenset({"", ",", ".", " ", "'", "\xa0", "\u2009", "\u202f"})
INTEGER_DIGITS: Final = 15
FRACTION_DIGITS: Final = 20


@cache
def _grammar(mark: str, group: str, places: int) -> re.Pattern[str]:
    plain = "(?:0|[1-9][0-9]*)"
    grouped = f"[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+" if group else "(?!)"
    return re.compile(f"(-?)({grouped}|{plain})(?:{re.escape(mark)}([0-9]{{1,{places}}}))?")


def exact(text: str, *, mark: str = ".", group: str = "", places: int = FRACTION_DIGITS) -> Decimal:
    """The number that `text` is, digits as printed (`1.50` keeps its two places); zero has no sign.

    Args:
        text: a whole cell, without blanks around it.
        mark: the decimal mark, `.` or `,`.
        group: the separator of thousands; with it `1,234` and `1234` are read, `12,34` is not.
        places: how many digits may follow the mark.

    Raises:
        ValueError: anything else: an exponent, a leading zero or plus, other digits, over 15 integer digits.
    """
    if mark not in MARKS or group not in GROUPS or mark == group:
        raise ValueError(f"no such number format: mark {mark!r}, group {group!r}")
    if text.isdigit() and text.isascii() and len(text) <= INTEGER_DIGITS and (text[0] != "0" or text == "0"):
        return Decimal(text)  # most of what is printed, and most of the time of large files
    found = _grammar(mark, group, places).fullmatch(text)
    if found is None:
        raise ValueError(f"not a number with mark {mark!r}, group {group!r}, {places} places: {text[:60]!r}")
    sign, whole, fraction = found[1], found[2].replace(group, "") if group else found[2], found[3]
    if len(whole) > INTEGER_DIGITS:
        raise ValueError(f"over {INTEGER_DIGITS} digits before the decimal mark: {text[:60]!r}")
    value = Decimal(f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}")
    return value or abs(value)


def half_digit(value: Decimal) -> Decimal:
    """Half a unit of the last printed digit: how far rounding alone can move it (12.3 -> 0.05, 7 -> 0.5).

    Raises:
        ValueError: not finite.
    """
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"no digits: {value}")  # noqa: TRY004 (NaN is a Decimal: wrong value, right type)
    return Decimal(5).scaleb(exponent - 1)
