"""What reading units promises: the right scale under any spelling, or a refusal."""

from decimal import Decimal

import pytest

from sources.parse import units


@pytest.mark.parametrize(
    ("text", "code", "factor"),
    [
        ("Unit: CNY 100 Million", "CNY", 10**8),
        ("Unit: RMB 100 Million", "CNY", 10**8),
        ("Value Unit: CNY 100 Million", "CNY", 10**8),
        ("Unit: USD1 Million", "USD", 10**6),
        ("Unit: USD 1 Million", "USD", 10**6),
        ("Unit: USD 100 Million", "USD", 10**8),
        ("Unit:US$1,000", "USD", 10**3),
        ("Unit：ＵＳ＄1,000", "USD", 10**3),
        ("Unit: 10,000 USD", "USD", 10**4),
        ("单位：亿元人民币", "CNY", 10**8),
        ("单位：人民币万元", "CNY", 10**4),
        ("单位: 亿元", "CNY", 10**8),
        ("千美元", "USD", 10**3),
        ("百万美元", "USD", 10**6),
        ("亿美元", "USD", 10**8),
    ],
)
def test_a_currency_comes_with_its_scale(text: str, code: str, factor: int) -> None:
    """Spellings of one unit are one unit."""
    assert units.money(text) == units.Unit(code, Decimal(factor))


@pytest.mark.parametrize(
    "text",
    [
        "", "Unit:", "Unit: USD", "Unit: CNY", "Unit: 100 Million", "Unit: EUR 1 Million", "Unit: USD 7 Million",
        "Unit: USD 1", "Unit: CNY 100",
        "Unit: USD CNY 1 Million", "亿元美元", "人民币亿美元", "Unit: USD 1 Million 1", "10,000 Tons",
    ],
)  # fmt: skip
def test_a_currency_or_scale_that_is_not_known_is_refused(text: str) -> None:
    """P-36: Without a scale, or with an unknown one, no figure can be right."""
    with pytest.raises(ValueError, match="currency"):
        units.money(text)


@pytest.mark.parametrize(
    ("text", "code", "factor"),
    [
        ("10,000 Tons", "t", 10**4),
        ("10000T", "t", 10**4),
        ("Ton", "t", 1),
        ("10,000 Autos", "units", 10**4),
        ("10,000 Cars", "units", 10**4),
        ("10,000 Sets", "units", 10**4),
        ("100 Million PCS", "units", 10**8),
        ("100 Million pcs", "units", 10**8),
        ("Ship", "units", 1),
        ("Craft", "units", 1),
        ("10,000 Pairs", "pairs", 10**4),
        ("10,000 CBM", "m3", 10**4),
        ("100 Million Meters", "m", 10**8),
        ("万吨", "t", 10**4),
        ("吨", "t", 1),
        ("千克", "kg", 1),
        ("万辆", "units", 10**4),
        ("亿个", "units", 10**8),
    ],
)
def test_a_quantity_comes_with_its_scale(text: str, code: str, factor: int) -> None:
    """English and Chinese; 千克 is kilograms, not a thousand grams printed oddly."""
    assert units.quantity(text) == units.Unit(code, Decimal(factor))


@pytest.mark.parametrize("text", ["", "-", "—", "35.0", "8,472.4", "10,000", "Tonnes per day", "7 Tons", "10,000 USD"])
def test_what_is_no_unit_is_refused(text: str) -> None:
    """A figure in the place of the unit is the sign of a shifted row."""
    with pytest.raises(ValueError, match="unit"):
        units.quantity(text)
