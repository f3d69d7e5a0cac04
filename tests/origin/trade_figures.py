"""Who sold what to whom, 2017 to June 2026: the figures behind the demo's UN Comtrade.

Every trade has one side whose figures come first: what China reports, else what the exporter reports. The other
side's differ by a CIF margin, one for each pair of countries. Headings are made up from the bottom, the engine classes
of 8703 from the top; a year is the sum of its months. Published figures (`KNOWN`, with their sources) are kept to the
dollar and the kilogram: months that were not published share out what the published sums leave. All else is made up
by a rule that has no chance in it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from tests.origin import bulletin

__all__ = [
    "ENGINES",
    "FIRST_YEAR",
    "KNOWN",
    "LAST",
    "MADE_UP",
    "PRODUCTS",
    "REST",
    "TRADES",
    "Cell",
    "Flow",
    "Known",
    "months",
    "partners",
]

Flow = Literal["X", "M"]
FIRST_YEAR: Final = 2017
LAST: Final = (2026, 6)
JUNE: Final = 6
REST: Final = "*"  # every partner that has no name here: part of the world, never a row
MADE_UP: Final = (
    "true are, for China and Russia: crude, LNG and pipeline gas by month for 2022 and 2023; crude, coal and gas by "
    "year, and cars, trucks and totals by the sums and months that were published; the half-year sums of crude from "
    "Saudi Arabia, Iraq and the Emirates in 2023 and a few years of Saudi, Malaysian and all crude. China's totals of "
    "2026 are the bulletin's, with its made-up months, and of most earlier years only exports and imports together "
    "are true. Everything else is made up, the other reporters' side too"
)


class Cell(NamedTuple):
    """One month of one product: dollars; amount in the product's unit; kilograms. None is not given."""

    usd: int
    amount: int | None
    kg: int | None
    estimated: bool  # the kilograms are somebody's estimate


class Product(NamedTuple):
    """A code of the HS: its parent, unit of quantity, price in 2019 (thousandths of a dollar), weight of one in kg."""

    name: str
    parent: str
    unit: str = "kg"
    price: int = 0
    weight: int = 1


PRODUCTS: Final = MappingProxyType({
    "TOTAL": Product("All Commodities", "", ""),
    "27": Product("Mineral fuels and oils", "TOTAL", "", 400),
    "2701": Product("Coal and briquettes of coal", "27", "kg", 85),
    "2702": Product("Lignite", "27", "kg", 40),
    "2704": Product("Coke of coal or lignite", "27", "kg", 250),
    "2709": Product("Petroleum oils, crude", "27", "kg", 470),
    "2710": Product("Petroleum oils, other than crude", "27", "kg", 560),
    "2711": Product("Petroleum gases and other gaseous hydrocarbons", "27", "kg", 450),
    "271111": Product("Natural gas, liquefied", "2711", "kg", 370),
    "271121": Product("Natural gas, in gaseous state", "2711", "kg", 200),
    "8703": Product("Motor cars for the transport of persons", "TOTAL", "u", 11_500_000, 1550),
    "870321": Product("Cars, spark ignition, up to 1000 cc", "8703", "u", weight=1000),
    "870322": Product("Cars, spark ignition, 1000 to 1500 cc", "8703", "u", weight=1250),
    "870323": Product("Cars, spark ignition, 1500 to 3000 cc", "8703", "u", weight=1500),
    "870324": Product("Cars, spark ignition, over 3000 cc", "8703", "u", weight=2100),
    "870331": Product("Cars, diesel, up to 1500 cc", "8703", "u", weight=1300),
    "870332": Product("Cars, diesel, 1500 to 2500 cc", "8703", "u", weight=1600),
    "870333": Product("Cars, diesel, over 2500 cc", "8703", "u", weight=2200),
    "870340": Product("Cars, spark ignition and electric, not plugged in", "8703", "u", weight=1500),
    "870350": Product("Cars, diesel and electric, not plugged in", "8703", "u", weight=1600),
    "870360": Product("Cars, spark ignition and electric, plugged in", "8703", "u", weight=1900),
    "870370": Product("Cars, diesel and electric, plugged in", "8703", "u", weight=2000),
    "870380": Product("Cars, electric only", "8703", "u", weight=1700),
    "870390": Product("Cars, other", "8703", "u", weight=1400),
    "8704": Product("Motor vehicles for the transport of goods", "TOTAL", "u", 22_000_000, 6000),
    "8701": Product("Tractors", "TOTAL", "u", 45_000_000, 8500),
    "8708": Product("Parts of motor vehicles", "TOTAL", "kg", 6_000),
    "72": Product("Iron and steel", "TOTAL", "", 900),
    "73": Product("Articles of iron or steel", "TOTAL", "", 1_800),
    "1001": Product("Wheat and meslin", "TOTAL", "kg", 260),
    "1003": Product("Barley", "TOTAL", "kg", 240),
    "44": Product("Wood and articles of wood", "TOTAL", "", 450),
    "31": Product("Fertilisers", "TOTAL", "", 300),
    "85": Product("Electrical machinery and equipment", "TOTAL", "", 25_000),
    "84": Product("Machinery and mechanical appliances", "TOTAL", "", 12_000),
})  # fmt: skip
# Parts of 8703 in thousandths; they leave some, so that the heading is more than its classes.
ENGINES: Final = MappingProxyType({
    "870321": 30, "870322": 180, "870323": 360, "870324": 20, "870331": 2, "870332": 12, "870333": 6, "870340": 90,
    "870350": 3, "870360": 60, "870370": 2, "870380": 215, "870390": 5,
})  # fmt: skip

# --- what is made up ------------------------------------------------------------------------------------------

# Exporter, importer, kind of trade, size in 2019 (million dollars).
SIZES: Final = """
    CN RU goods 49700   CN KZ goods 12700  CN KG goods 6300   CN BY goods 1800   CN UZ goods 5000
    CN AM goods 220     CN TR goods 17300  CN AE goods 33400  CN SA goods 23900  CN IQ goods 9460
    CN OM goods 3000    CN KW goods 3800   CN IR goods 9600   CN MY goods 52000  CN BR goods 35500
    CN AO goods 2000    CN US goods 418000 CN UA goods 7400   CN AU goods 48000  CN FR goods 33000
    CN CA goods 37000   CN * goods 1700000
    RU CN russia 61050  KZ CN steppe 9260  KG CN few 66       BY CN few 900      UZ CN few 2180
    AM CN few 530       TR CN few 3500     AE CN oil 20000    SA CN oil 52000    IQ CN oil 25900
    OM CN oil 19900     KW CN oil 13400    IR CN oil 9400     MY CN straits 71600 BR CN soil 79900
    AO CN oil 23500     US CN soil 123000  UA CN grain 4500   AU CN mines 121000 FR CN grain 32600
    CA CN grain 28100   * CN world 1150000
    RU KZ north 14300   RU KG north 1560   RU BY north 21900  RU UZ north 3900   RU AM north 1500
    RU TR north 22500   RU AE north 1300   RU * north 250000
    KZ RU south 5600    KG RU south 280    BY RU south 13600  UZ RU south 2500   AM RU south 730
    TR RU south 3850    AE RU south 450    * RU south 140000
    KZ * steppe 36000   KG * few 1600      BY * south 18000   UZ * few 9000      AM * few 1500
    TR * goods 160000   AE * goods 300000
    * KZ south 14000    * KG south 1600    * BY south 14000   * UZ south 11000   * AM south 2900
    * TR south 150000   * AE south 210000
"""
TRADES: Final = MappingProxyType({
    (exporter, importer): (kind, int(size))
    for exporter, importer, kind, size in zip(*[iter(SIZES.split())] * 4, strict=True)
})  # fmt: skip

# Thousandths of the total of 2019, and the way of the amounts (not the prices) from 2017 to 2026.
SHARES: Final = MappingProxyType({
    kind: {code: int(part) for code, part in zip(*[iter(text.split())] * 2, strict=True)}
    for kind, text in {
        "goods": "2701 1 2704 1 2710 6 8703 12 8704 8 8701 4 8708 18 72 20 73 28 31 3 44 6 85 250 84 190",
        "russia": "2701 42 2702 3 2704 1 2709 613 2710 35 271111 20 271121 2 8703 1 8708 1 72 8 73 1 1001 1 1003 1 "
        "44 70 31 12 85 5 84 12",
        "steppe": "2701 1 2709 120 2710 6 271121 110 8703 1 72 70 73 3 1001 10 1003 6 85 4 84 6",
        "few": "2701 2 2710 4 8703 2 8708 2 72 12 73 4 1001 2 44 3 31 14 85 8 84 12",
        "oil": "2709 800 2710 15 271111 15 72 1 84 1",
        "straits": "2709 80 2710 30 271111 35 72 4 44 8 85 420 84 90",
        "soil": "2709 90 2710 2 271111 8 8703 30 8708 8 1001 1 44 20 31 1 85 60 84 60",
        "grain": "2701 10 1001 15 1003 30 44 20 8703 6 85 60 84 80",
        "mines": "2701 80 2709 10 271111 100 1001 6 1003 7 44 10 84 3",
        "world": "2701 8 2702 2 2704 1 2709 25 2710 8 271111 15 271121 8 8703 35 8704 1 8701 1 8708 22 72 14 73 8 "
        "1001 1 1003 1 44 8 31 2 85 260 84 110",
        "north": "2701 15 2702 1 2704 2 2709 60 2710 90 271111 4 271121 70 8703 15 8704 8 8701 4 8708 10 72 55 73 25 "
        "1001 25 1003 4 44 25 31 12 85 35 84 50",
        "south": "2701 3 2710 6 8703 6 8704 6 8701 3 8708 12 72 25 73 15 1001 4 1003 3 44 10 31 6 85 45 84 70",
    }.items()
})  # fmt: skip
GROWTH: Final = MappingProxyType({
    "goods": (860, 950, 1000, 1040, 1300, 1400, 1400, 1500, 1550, 1650),
    "russia": (800, 920, 1000, 1030, 1060, 1120, 1200, 1230, 1220, 1250),
    "oil": (950, 980, 1000, 1040, 1030, 1020, 1060, 1050, 1060, 1070),
    "grain": (800, 800, 1000, 1300, 1600, 1500, 1700, 1400, 1000, 1100),
    "": (850, 950, 1000, 980, 1150, 1300, 1350, 1400, 1450, 1500),
})  # fmt: skip
OIL: Final = (815, 1095, 1000, 680, 1060, 1490, 1235, 1245, 1060, 1010)  # prices of fuels, thousandths of 2019's
# Percent of that way from 2022 to 2026 where war and sanctions changed it; "" is every product without its own line.
DETOURS: Final = MappingProxyType({
    ("CN", "RU", ""): (100, 135, 135, 125, 125), ("CN", "RU", "8703"): (150, 1250, 1600, 850, 850),
    ("CN", "RU", "8704"): (150, 600, 430, 300, 250), ("CN", "RU", "8701"): (150, 500, 400, 150, 150),
    ("MY", "CN", "2709"): (200, 330, 400, 380, 380),
    ("CN", "KZ", "8703"): (220, 780, 690, 600, 560), ("CN", "KZ", "8704"): (150, 260, 240, 220, 210),
    ("CN", "KZ", "84"): (130, 170, 160, 150, 150), ("CN", "KZ", "85"): (140, 175, 165, 150, 150),
    ("CN", "KG", "8703"): (300, 1500, 1900, 1700, 1500), ("CN", "KG", "8704"): (160, 310, 290, 270, 250),
    ("CN", "KG", "84"): (125, 160, 155, 150, 150), ("CN", "BY", "8703"): (180, 500, 650, 600, 550),
    ("CN", "UZ", "8703"): (140, 300, 320, 300, 290), ("CN", "AM", "8703"): (200, 420, 380, 330, 300),
    ("KZ", "RU", "8703"): (300, 1200, 1000, 800, 700), ("KZ", "RU", "84"): (180, 230, 200, 170, 160),
    ("KZ", "RU", "85"): (200, 260, 220, 180, 170), ("KG", "RU", "8703"): (500, 2600, 3300, 2900, 2500),
    ("AM", "RU", "8703"): (400, 900, 700, 500, 400), ("BY", "RU", "8703"): (120, 200, 260, 240, 230),
})  # fmt: skip
CHEAP: Final = ("RU", "2709", True)  # since 2022, in thousandths of the price
DISCOUNT: Final = 70
GONE: Final = MappingProxyType({("IR", "CN", "2709"): 2022})  # reported as other countries' ever since
MARGIN: Final = (1030, 60)  # CIF over FOB: thousandths, and by how much pairs differ

# --- what was published ---------------------------------------------------------------------------------------


class Known(NamedTuple):
    """Published sums of one product and year, `spans` as (first month, last month, sum), of dollars or of amounts."""

    exporter: str
    importer: str
    product: str
    measure: Literal["usd", "amount"]
    year: int
    spans: tuple[tuple[int, int, int], ...]
    source: str


QUERY: Final = "China Customs, online query system, as of January 2025"
CARS: Final = "China Customs as quoted by TASS, RIA, Vedomosti and Motor, 2023 to 2026"
CRUDE: Final = "China Customs as quoted by TASS, AsianOil, Reuters"


def _months(text: str) -> tuple[tuple[int, int, int], ...]:
    return tuple((n, n, int(value)) for n, value in enumerate(text.split(), start=1))


def _year(value: int) -> tuple[tuple[int, int, int], ...]:
    return ((1, 12, value),)


def _even(half: int) -> tuple[tuple[int, int, int], ...]:
    """January to June in six parts that add up."""
    return tuple((n, n, half * n // JUNE - half * (n - 1) // JUNE) for n in range(1, JUNE + 1))


def _known() -> Iterator[Known]:
    yield from (Known("RU", "CN", product, measure, year, spans, QUERY) for product, measure, year, spans in _FUELS)
    yield from (Known("CN", "RU", product, measure, year, spans, CARS) for product, measure, year, spans in _VEHICLES)
    yield from (Known(x, "CN", "2709", measure, year, spans, CRUDE) for x, measure, year, spans in _SUPPLIERS)
    for year, source, exports, imports in _TOTALS:
        yield Known("CN", "RU", "TOTAL", "usd", year, _year(exports), source)
        yield Known("RU", "CN", "TOTAL", "usd", year, _year(imports), source)
    for partner in ("RU", "KZ", "KG", "BY", "UZ", "TR", "AE"):
        out, total_out, into, total_into = bulletin.TRUE[partner]
        source = "China Customs, monthly bulletin of June 2026; January to May split as the demo's bulletin does"
        yield Known("CN", partner, "TOTAL", "usd", 2026, _bulletin(out, total_out), source)
        if partner != "AE":  # its June was too small for the crude that is made up here
            yield Known(partner, "CN", "TOTAL", "usd", 2026, _bulletin(into, total_into), source)


def _bulletin(june: int, total: int) -> tuple[tuple[int, int, int], ...]:
    """Thousand dollars of June and of January to June, as dollars by month where the bulletin has months."""
    spans, left = [(JUNE, JUNE, june * 1000)], total - june
    for month in (5, 4):
        single = left * bulletin.PACE_PCT[month] // (100 * month)
        spans.append((month, month, single * 1000))
        left -= single
    return (*spans, (1, 3, left * 1000))


_FUELS: Final[tuple[tuple[str, Literal["usd", "amount"], int, tuple[tuple[int, int, int], ...]], ...]] = (
    ("2709", "usd", 2022, _months(
        "4238207674 3504129183 4899369791 5053702467 6096898488 5215518066 5001597866 5654468424 4847796870 "
        "4958793658 5109192601 3869233270")),
    ("2709", "amount", 2022, _months(
        "7256424820 5410455799 6387025782 6549882429 8417714336 7284163573 7143283709 8340079848 7461681371 "
        "7711360662 7812372273 6471032455")),
    ("2709", "usd", 2023, _months(
        "4435069433 4237784928 5185216488 3808631377 5238533428 5443481794 4261482288 6004367341 5426633373 "
        "5533272637 5545020618 5525313310")),
    ("2709", "amount", 2023, _months(
        "7990369573 7682555619 9606059137 7113527034 9704129565 10493989499 8060767087 10541721938 8736032161 "
        "8534782775 8999568903 9561014006")),
    ("271111", "usd", 2022, _months(
        "193831852 300593984 235718729 577022716 439731923 394995319 304297752 746628211 1016805594 1083230540 "
        "812106320 629150778")),
    ("271111", "amount", 2022, _months(
        "263898441 393704509 314323100 456766095 392418549 520528633 401148055 668679896 808307643 749479598 "
        "849077682 667960011")),
    ("271111", "usd", 2023, _months(
        "436474686 476515753 401211904 331776509 539742791 508034850 308818209 564183525 436549807 417788404 "
        "377252800 390073267")),
    ("271111", "amount", 2023, _months(
        "444912219 582345389 586399134 520486246 889073429 849815572 579942483 992845331 739527432 739594629 "
        "609571153 519221118")),
    ("271121", "usd", 2022, _months(
        "240413361 286651606 259570831 258453232 280456980 334366099 323791115 409494062 411380491 292612002 "
        "449279583 434387296")),
    ("271121", "usd", 2023, _months(
        "526055531 648165872 588785264 569366499 480749492 573460106 555570230 519326596 519747239 386008355 "
        "518947875 549402142")),
    ("2709", "usd", 2019, _year(37_424_058_343)), ("2709", "amount", 2019, _year(77_642_408_274)),
    ("2709", "usd", 2020, _year(27_687_961_155)), ("2709", "amount", 2020, _year(83_444_445_772)),
    ("2709", "usd", 2021, _year(40_544_444_787)), ("2709", "amount", 2021, _year(79_641_020_596)),
    ("2709", "usd", 2024, _year(62_425_837_940)), ("2709", "amount", 2024, _year(108_471_331_436)),
    ("2701", "usd", 2019, _year(2_543_441_456)), ("2701", "amount", 2019, _year(29_103_169_220)),
    ("2701", "usd", 2020, _year(2_463_105_150)), ("2701", "amount", 2020, _year(33_987_694_780)),
    ("2701", "usd", 2021, _year(7_091_650_593)), ("2701", "amount", 2021, _year(54_621_638_130)),
    ("2701", "usd", 2022, _year(11_762_066_994)), ("2701", "amount", 2022, _year(64_069_798_470)),
    ("2701", "usd", 2023, _year(14_346_043_690)), ("2701", "amount", 2023, _year(101_684_726_450)),
    ("2701", "usd", 2024, _year(10_485_659_319)), ("2701", "amount", 2024, _year(88_426_569_420)),
    ("271111", "usd", 2020, _year(1_718_703_134)), ("271111", "amount", 2020, _year(5_047_062_688)),
    ("271111", "usd", 2021, _year(2_763_024_030)), ("271111", "amount", 2021, _year(4_518_114_529)),
    ("271111", "usd", 2024, _year(4_997_840_851)), ("271111", "amount", 2024, _year(8_309_199_439)),
    ("271111", "usd", 2025, _year(4_980_000_000)), ("271111", "amount", 2025, _year(9_790_000_000)),
    ("271121", "usd", 2021, _year(1_510_642_469)), ("271121", "amount", 2021, _year(7_536_636_452)),
    ("271121", "usd", 2024, _year(8_039_940_789)),
    ("271121", "usd", 2025, ((9, 9, 802_200_000), (1, 9, 7_290_000_000))),
)  # fmt: skip
_VEHICLES: Final[tuple[tuple[str, Literal["usd", "amount"], int, tuple[tuple[int, int, int], ...]], ...]] = (
    ("8703", "usd", 2022, _year(1_680_000_000)), ("8703", "amount", 2022, _year(153_200)),
    ("8703", "usd", 2023, ((11, 11, 1_380_000_000), (1, 6, 4_600_000_000), (1, 7, 5_650_000_000),
                           (1, 8, 6_760_000_000))),
    ("8703", "amount", 2023, ((8, 8, 77_100), (1, 7, 405_000))),
    ("8703", "usd", 2024, ((5, 5, 1_300_000_000), (6, 6, 1_360_000_000), (1, 6, 6_200_000_000),
                           (1, 8, 9_150_000_000), (1, 12, 15_200_000_000))),
    ("8703", "amount", 2024, ((5, 5, 103_800),)),
    ("8703", "usd", 2025, ((1, 8, 4_100_000_000), (1, 12, 8_460_000_000))),
    ("8703", "amount", 2025, _year(632_341)),
    ("8704", "usd", 2023, ((7, 7, 376_000_000),)),
    ("8704", "usd", 2024, ((6, 6, 298_000_000), (1, 6, 1_300_000_000))),
)  # fmt: skip
_SUPPLIERS: Final[tuple[tuple[str, Literal["usd", "amount"], int, tuple[tuple[int, int, int], ...]], ...]] = (
    ("SA", "usd", 2023, _even(28_300_000_000)),
    ("SA", "amount", 2023, (*_even(46_500_000_000), *_year(85_960_000_000))),
    ("IQ", "usd", 2023, _even(17_000_000_000)), ("IQ", "amount", 2023, _even(29_500_000_000)),
    ("AE", "usd", 2023, _even(13_500_000_000)), ("AE", "amount", 2023, _even(21_500_000_000)),
    ("SA", "amount", 2021, ((5, 5, 7_200_000_000), (9, 9, 7_960_000_000), (12, 12, 6_620_000_000),
                            (1, 12, 87_560_000_000))),
    ("SA", "amount", 2022, ((12, 12, 7_120_000_000), (1, 2, 14_610_000_000), (1, 12, 87_490_000_000))),
    ("MY", "amount", 2021, _year(18_530_000_000)), ("MY", "amount", 2022, _year(35_680_000_000)),
    ("MY", "amount", 2024, _year(70_380_000_000)),
)  # fmt: skip
# All crude that China imported, kilograms.
ALL_CRUDE: Final = MappingProxyType({2021: 512_920_000_000, 2022: 508_280_000_000, 2023: 563_990_000_000})
BOTH: Final = "China Customs as quoted by TASS, Segodnia and Vestnik Kavkaza"
SPLIT: Final = "exports and imports together: China Customs as quoted by Oreanda, RT, Sputnik and TASS; split by us"
_TOTALS: Final = (
    (2017, SPLIT, 42_900_000_000, 41_170_000_000), (2018, SPLIT, 47_980_000_000, 59_080_000_000),
    (2019, BOTH, 49_700_000_000, 61_050_000_000), (2020, SPLIT, 50_580_000_000, 57_180_000_000),
    (2021, SPLIT, 67_565_000_000, 79_322_000_000), (2022, BOTH, 76_120_000_000, 114_150_000_000),
    (2023, SPLIT, 110_970_000_000, 129_140_000_000), (2024, BOTH, 115_490_000_000, 129_320_000_000),
    (2025, SPLIT, 103_300_000_000, 124_805_000_000),
)  # fmt: skip
KNOWN: Final = tuple(_known())
_SPANS: Final = MappingProxyType({(k.exporter, k.importer, k.product, k.measure, k.year): k.spans for k in KNOWN})

# --- one trade, from the side that comes first ----------------------------------------------------------------


def _wiggle(*about: object) -> int:
    """A percentage about a hundred that only depends on what it is about."""
    return 90 + zlib.crc32(" ".join(map(str, about)).encode()) % 21


def _fit(made_up: Sequence[int], spans: Iterable[tuple[int, int, int]]) -> list[int]:
    """Twelve months whose published sums hold, the short ones first; the others keep their proportions.

    Raises:
        ValueError: the published sums leave less than nothing.
    """
    months_, fixed = list(made_up), set[int]()
    for first, last, total in sorted(spans, key=lambda span: span[1] - span[0]):
        inside = set(range(first - 1, last))
        free = sorted(inside - fixed)
        left = total - sum(months_[n] for n in inside & fixed)
        if left < 0 or not free:
            raise ValueError(f"months {first} to {last}: {left} left of {total} for {len(free)} months")
        weights = [months_[n] for n in free]
        for n, weight in zip(free, weights, strict=True):
            months_[n] = left * weight // sum(weights)
        months_[free[-1]] += left - sum(months_[n] for n in free)
        fixed |= inside
    return months_


def _size(exporter: str, importer: str, product: str, year: int) -> list[int]:
    """Made-up dollars of twelve months at the prices of 2019; `+` ends the name of what a code has beside its own."""
    kind, size = TRADES[exporter, importer]
    # Of fuels and gases that are no code of ours a little; what is in no chapter of ours is all the rest.
    share = {"2711+": 1, "27+": 2, "TOTAL+": 996 - sum(SHARES[kind].values())}.get(product)
    share = SHARES[kind].get(product, 0) if share is None else share
    way = GROWTH.get(kind, GROWTH[""])[year - FIRST_YEAR]
    detour = DETOURS.get((exporter, importer, product)) or DETOURS.get((exporter, importer, ""), (100,) * 5)
    percent = detour[year - 2022] if year >= 2022 else 100
    yearly = size * share * way * percent // 100  # million dollars times thousandths of thousandths
    return [yearly // 12 * _wiggle(exporter, importer, product, year, n) // 100 for n in range(1, 13)]


def _amounts(exporter: str, importer: str, product: str, year: int) -> list[int]:
    made_up = [max(1, usd * 1000 // PRODUCTS[product].price) for usd in _size(exporter, importer, product, year)]
    spans = _SPANS.get((exporter, importer, product, "amount", year), ())
    if (exporter, importer, product) == (REST, "CN", "2709") and year in ALL_CRUDE:
        named = [x for x, m in TRADES if m == "CN" and x != REST]
        spans = _year(ALL_CRUDE[year] - sum(sum(c.amount or 0 for c in _trade(x, "CN", year)["2709"])
                                            for x in named if "2709" in _trade(x, "CN", year)))  # fmt: skip
    return _fit(made_up, spans)


def _leaf(exporter: str, importer: str, product: str, year: int) -> list[Cell]:
    about = PRODUCTS[product]
    amounts = _amounts(exporter, importer, product, year)
    quality = 400 + 2 * _wiggle(product, exporter) - (DISCOUNT if (exporter, product, year >= 2022) == CHEAP else 0)
    price = about.price * OIL[year - FIRST_YEAR] // 1000 if product.startswith("27") else about.price
    made_up = [
        max(1, amount * price * (quality + 4 * _wiggle(product, year, n)) // 1_000_000)
        for n, amount in enumerate(amounts)
    ]
    values = _fit(made_up, _SPANS.get((exporter, importer, product, "usd", year), ()))
    counted = about.unit == "u"
    if (exporter, importer, product) == ("RU", "CN", "271121") and year >= 2022:
        return [Cell(usd, None, None, estimated=False) for usd in values]  # withheld ever since
    return [
        Cell(usd, amount, amount * about.weight if counted else amount, estimated=counted)
        for usd, amount in zip(values, amounts, strict=True)
    ]


def _engines(cars: Sequence[Cell]) -> Iterator[tuple[str, list[Cell]]]:
    for product, part in ENGINES.items():
        cells = []
        for cell in cars:
            amount = (cell.amount or 0) * part // 1000
            usd = cell.usd * part // 1000 if amount else 0
            cells.append(Cell(usd, amount, amount * PRODUCTS[product].weight, estimated=True))
        yield product, cells


def _heading(exporter: str, importer: str, product: str, year: int, parts: Sequence[Sequence[Cell]]) -> list[Cell]:
    """The sum of its parts and of what has no code here; the published sum, where there is one."""
    below = [_sum(cells) for cells in zip(*parts, strict=True)]
    rest = _size(exporter, importer, f"{product}+", year)
    spans = _SPANS.get((exporter, importer, product, "usd", year), ())
    rest = _fit(rest, [(a, z, total - sum(c.usd for c in below[a - 1 : z])) for a, z, total in spans])
    price, gas = PRODUCTS[product].price, PRODUCTS["271121"].price * OIL[year - FIRST_YEAR] // 1000
    cells = []
    for part, usd, *each in zip(below, rest, *parts, strict=True):
        kg = part.kg + usd * 1000 // price if part.kg is not None and price else None
        if product == "2711" and kg is not None:  # what was withheld is estimated by its value
            kg += sum(cell.usd * 1000 // gas for cell in each if cell.kg is None)
        cells.append(Cell(part.usd + usd, kg if PRODUCTS[product].unit else None, kg, estimated=part.estimated))
    return cells


def _sum(cells: Iterable[Cell]) -> Cell:
    """Together; what isn't given counts as nothing and makes the weight an estimate."""
    each = [cell for cell in cells if cell.usd]
    amounts = [cell.amount for cell in each if cell.amount is not None]
    weights = [cell.kg for cell in each if cell.kg is not None]
    return Cell(
        sum(cell.usd for cell in each),
        sum(amounts) if amounts else None,
        sum(weights) if weights else None,
        estimated=bool(weights) and (len(weights) < len(each) or any(cell.estimated for cell in each)),
    )


@cache
def _trade(exporter: str, importer: str, year: int) -> dict[str, list[Cell]]:
    """Every product of one direction, twelve months each."""
    kind, _ = TRADES[exporter, importer]
    found: dict[str, list[Cell]] = {}
    for product in SHARES[kind]:
        if year < GONE.get((exporter, importer, product), year + 1):
            found[product] = _leaf(exporter, importer, product, year)
    if "8703" in found:
        found |= dict(_engines(found["8703"]))
    for product in ("2711", "27", "TOTAL"):
        parts = [found[child] for child, about in PRODUCTS.items() if about.parent == product and child in found]
        if parts:
            found[product] = _heading(exporter, importer, product, year, parts)
    return found


# --- as it is reported ----------------------------------------------------------------------------------------


@cache
def months(reporter: str, flow: Flow, partner: str, year: int) -> dict[str, list[Cell]]:
    """What a country reports of its trade with a partner, or with `W0`: twelve cells a product, in the HS's order.

    Dollars are FOB for exports, CIF for imports. A cell of zero dollars is no row.
    """
    if partner != "W0":
        found = _side(reporter, flow, partner, year)
    else:
        sides = [_side(reporter, flow, other, year) for other in partners(reporter, flow)]
        found = {
            product: [_sum(cells) for cells in zip(*(side[product] for side in sides if product in side), strict=True)]
            for product in PRODUCTS
            if any(product in side for side in sides)
        }
    return {product: found[product] for product in PRODUCTS if product in found}


def partners(reporter: str, flow: Flow) -> list[str]:
    """Whom a country trades with, `REST` among them."""
    side = {"X": 0, "M": 1}[flow]
    return [pair[1 - side] for pair in TRADES if pair[side] == reporter]


def _side(reporter: str, flow: Flow, partner: str, year: int) -> dict[str, list[Cell]]:
    exporter, importer = (reporter, partner) if flow == "X" else (partner, reporter)
    cells = _trade(exporter, importer, year)
    if (flow == "M") == (importer == "CN"):
        return cells
    margin = MARGIN[0] + zlib.crc32(f"{exporter}{importer}".encode()) % MARGIN[1]
    up, down = (margin, 1000) if flow == "M" else (1000, margin)
    return {product: [cell._replace(usd=cell.usd * up // down) for cell in row] for product, row in cells.items()}
