"""What reading a printed number promises: the number as printed, or a refusal."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.parse import numbers


@pytest.mark.parametrize(
    ("text", "mark", "group", "value"),
    [
        ("0", ".", "", "0"),
        ("-1.7", ".", ",", "-1.7"),
        ("118,380.0", ".", ",", "118380.0"),
        ("2,125,358,846", ".", ",", "2125358846"),
        ("88,2568", ",", "", "88.2568"),
        ("1 234,5", ",", " ", "1234.5"),
        ("999999999999999", ".", "", "999999999999999"),
        ("0.000", ".", "", "0.000"),
    ],
)
def test_a_printed_number_is_read_with_its_digits(text: str, mark: str, group: str, value: str) -> None:
    """The value is exact, and its places are those that were printed."""
    read = numbers.exact(text, mark=mark, group=group)

    assert read == Decimal(value)
    assert str(read) == value


@pytest.mark.parametrize(
    "text",
    [
        "", " 1", "1 ", "\xa01", "+1", "--1", "- 1", "1-", "01", "00", ".5", "5.", "1..2", "1.2.3", "1e400", "1E3",
        "1_000", "0x1F", "nan", "inf", "-inf", "٣", "１２", "−1", "½", "1,23", "12,34", "1,2345", ",123", "1,,234",
        "0,123", "1.234,5", "1 234", "9999999999999999", "1,000,000,000,000,000", "#####", "-", "—", "12\n", "1\x00",
        "0." + "1" * 21,
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    """P-34: What floats, ints and database casts would take, or guess at, is no number here."""
    with pytest.raises(ValueError, match=r"number|digits"):
        numbers.exact(text, group=",")


@pytest.mark.parametrize(("mark", "group"), [(",", ","), (";", ""), (".", "."), (".", "x"), ("", ",")])
def test_a_number_format_must_be_one(mark: str, group: str) -> None:
    """One character can't be both marks, and only known marks are marks."""
    with pytest.raises(ValueError, match="format"):
        numbers.exact("1", mark=mark, group=group)


@given(
    value=st.decimals(-(10**15) + 1, 10**15 - 1, places=4),
    style=st.sampled_from([(".", ""), (".", ","), (",", ""), (",", "."), (",", " ")]),
)
def test_printing_and_reading_is_there_and_back(value: Decimal, style: tuple[str, str]) -> None:
    """Whatever was printed in a source's format is read back exactly."""
    mark, group = style
    printed = f"{value:,f}".replace(",", "g").replace(".", mark).replace("g", group)

    assert numbers.exact(printed, mark=mark, group=group) == value


@given(text=st.text("0123456789.,-+eE_ x#", max_size=12))
def test_what_is_read_is_what_stands_there(text: str) -> None:
    """No text of digits and marks is read as another number than its digits say."""
    try:
        read = numbers.exact(text, group=",")
    except ValueError:
        return

    assert str(read).lstrip("-") == text.replace(",", "").lstrip("-")


@pytest.mark.parametrize(("printed", "half"), [("12.3", "0.05"), ("7", "0.5"), ("1.50", "0.005"), ("-0.0", "0.05")])
def test_half_a_digit_is_how_far_rounding_can_move_it(printed: str, half: str) -> None:
    """12.3 stands for anything from 12.25 to 12.35."""
    assert numbers.half_digit(numbers.exact(printed)) == Decimal(half)


def test_no_half_digit_without_digits() -> None:
    """NaN has none."""
    with pytest.raises(ValueError, match="digits"):
        numbers.half_digit(Decimal("NaN"))
