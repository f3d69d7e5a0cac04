"""Table (2) of the monthly bulletin for the demo: 271 rows whose sums hold, three months that follow one another.

True are the rows of `TRUE` for June 2026 (thousand USD: the month and since January), and with them the sums since
January of May, as far as nothing was revised. All other partners share out, by sizes that are made up, what the true
sums leave: TOTAL, Asia and the EU are true, so their members add up to them. What is made up beside: single months
before June, and the changes on last year of all rows but those of `JUNE_2026`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Final, Literal

from sources.parse.countries import PLACES, Place, place
from tests.payloads.gacc_bulletin.pages import JUNE_2026, LOST, NIL, table2
from tests.payloads.gacc_preliminary.pages import Country

__all__ = ["MADE_UP", "MONTHS", "REVISED_ROW", "page"]

JUNE: Final = 6
MONTHS: Final = (4, 5, JUNE)
DAYS: Final = MappingProxyType({4: "2026/05/20", 5: "2026/06/20", 6: "2026/07/22"})
REVISED_ON: Final = "2026/07/25"
REVISED_ROW: Final = "RU"
REVISION_PCT: Final = 1  # of Russia's exports in June: no such revision was published
MADE_UP: Final = (
    "June 2026: the rows of TOTAL, Asia, the EU, what is unknown and 24 partners, Russia among them, are true; the "
    "other partners, April and May (Russia's too), and most changes on last year are made up"
)

Flow = Literal["X", "M"]
PACE_PCT: Final = MappingProxyType({4: 104, 5: 108})  # of the mean month so far: made up
FLOWS: Final[tuple[Flow, Flow]] = ("X", "M")

# Exports of June and of January to June, imports likewise, thousand USD, as published in July 2026.
TRUE: Final[Mapping[str, tuple[int, int, int, int]]] = MappingProxyType(
    {
        "W0": (412_387_125, 2_125_358_846, 286_764_038, 1_549_382_917),
        "_ASIA": (214_258_012, 1_102_975_100, 153_031_649, 841_102_500),
        "EU": (58_305_969, 312_255_811, 25_432_254, 135_625_404),
        "Countries(Territories) Unknown": (0, 57, 86_517, 464_568),
        "KP": (214_875, 1_182_799, 37_035, 324_076),
        "IR": (178_990, 1_596_268, 27_640, 601_437),
        "IQ": (1_044_219, 5_184_774, 456_455, 6_663_901),
        "KW": (304_597, 1_820_226, 202_789, 2_432_482),
        "MN": (439_833, 2_044_691, 1_856_471, 9_745_994),
        "OM": (1_082_156, 3_898_817, 494_429, 11_982_965),
        "SA": (4_636_699, 24_202_581, 3_485_755, 25_874_463),
        "KR": (17_485_104, 92_740_163, 27_725_557, 138_590_567),
        "TR": (4_104_035, 22_197_603, 468_844, 2_626_839),
        "AE": (4_266_591, 25_414_319, 353_400, 10_220_901),
        "CN": (0, 0, 20_646_421, 96_847_201),
        "TW": (10_014_777, 51_883_721, 24_193_229, 133_153_632),
        "KZ": (3_047_248, 14_977_823, 2_172_177, 12_223_540),
        "KG": (1_797_697, 9_628_186, 13_012, 74_944),
        "UZ": (1_465_622, 7_650_341, 214_434, 1_216_406),
        "CG": (177_620, 907_289, 676_194, 2_787_055),
        "CI": (790_630, 4_122_257, 128_190, 737_127),
        "CD": (704_263, 3_743_119, 2_847_710, 12_737_098),
        "Canary Islands": (349, 1_842, 8, 10),
        "BY": (815_863, 4_190_593, 125_893, 1_082_803),
        "RU": (11_432_537, 60_596_461, 12_918_844, 73_578_282),
        "UA": (641_403, 2_913_780, 243_884, 1_310_549),
        "CZ": (1_478_061, 8_249_490, 487_813, 3_049_011),
        "US": (43_463_832, 215_919_781, 14_602_465, 73_226_289),
    }
)


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


# By how much June's published totals differ from the sum of the two beside them, each having been rounded by itself.
ROUNDED: Final = MappingProxyType({"RU": (-1, 0), "TW": (0, 1), "US": (0, -1), "EU": (1, 1)})
TOO_WIDE: Final = 10**9  # the columns of totals have no room for ten digits: the page prints marks


# Made-up sizes, exports and imports; who is in neither these nor `NOTHING` is small by a rule.
SIZES: Final = """
HK 300 20 JP 160 165 VN 185 100 MY 105 115 TH 105 52 ID 85 75 SG 90 35 IN 125 20 PH 58 20 MM 9 8 KH 17 3 LA 5 5
BD 24 1 PK 24 3 QA 5 20 IL 15 7 LK 6 1 TM 2 9 DE 115 95 NL 95 18 FR 48 37 IT 50 28 ES 44 11 PL 42 5 BE 32 10 SE 12 9
HU 13 5 RO 8 2 IE 6 15 AT 5 8 DK 9 5 FI 4 4 GR 13 1 PT 7 2 SI 8 1 SK 5 5 BG 3 2 GB 85 20 CH 9 40 NO 5 6 RS 4 2
BR 75 120 MX 92 20 CL 18 45 PE 14 27 AR 13 7 CO 16 5 PA 14 1 EC 6 9 CA 47 45 AU 80 150 NZ 9 16 PG 2 6 MH 8 1 ZA 23 33
NG 20 3 EG 18 1 DZ 12 1 AO 4 18 GH 10 2 KE 9 1 TZ 8 1 LR 12 1 GN 3 10 ZM 2 5
"""
NOTHING: Final = frozenset({"AQ", "BV", "HM", "GS", "PN", "UM"})
NO_ROW: Final = frozenset({"Ceuta and Melilla", "Netherlands Antilles"})

CONTINENTS: Final = ("_ASIA", "_AFRICA", "_EUROPE", "_LATAM", "_NAMERICA", "_OCEANIA")
# Partners stand in the order of China's codes: the first of each continent. Antarctica is in none.
FIRST_OF: Final = MappingProxyType({
    "AF": "_ASIA", "DZ": "_AFRICA", "BE": "_EUROPE", "AG": "_LATAM", "CA": "_NAMERICA", "AU": "_OCEANIA", "AQ": "",
})  # fmt: skip
AREAS_OF: Final = MappingProxyType({
    "Canary Islands": "_AFRICA", "Ceuta": "_AFRICA", "Melilla": "_AFRICA",
    "Other Asian Territories": "_ASIA", "Other African Territories": "_AFRICA",
    "Other European Territories": "_EUROPE", "Other Latin American Territories": "_LATAM",
    "Other North American Territories": "_NAMERICA", "Other Oceanian Territories": "_OCEANIA",
})  # fmt: skip
EU: Final = _codes("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")
IN_BOTH: Final = "CY"  # a member of the EU that stands in Asia
ASEAN: Final = _codes("BN MM KH ID LA MY PH SG TH VN")
APEC: Final = _codes("AU BN CA CL CN HK ID JP KR MY MX NZ PG PE PH RU SG TW TH US VN")
RCEP: Final = ASEAN | _codes("AU CN JP KR NZ")
# Who is on the road isn't the point of this page: all but the rich, China itself and the Americas' north.
NO_ROAD: Final = EU | _codes("CN HK MO TW JP GB CH NO US CA MX AU IN BR")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of June: (month, since January) and last year's base of each flow, thousand USD."""

    name: str
    key: str
    continent: str
    figures: Mapping[Flow, tuple[int, int]]
    bases: Mapping[Flow, Decimal]


def page(month: int, *, revised: bool = False) -> bytes:
    """The page of a month of 2026; `revised` is June's with Russia's exports 1 % higher, of a later day."""
    lines = [_at(line, month) for line in _lines(revised=revised)]
    return table2(list(_rows(lines, month)), month=month, day=REVISED_ON if revised else DAYS[month])


# --- June, as far as it is true, and what the rest shares -----------------------------------------------------


def _partners() -> Iterator[tuple[Place, str]]:
    """Each partner that is no group, with its continent, in the order of the page."""
    continent = ""
    for known in dict.fromkeys(PLACES.values()):
        if known.kind == "country":
            continent = FIRST_OF.get(known.code or "", continent)
            yield known, continent
        elif known.kind == "area" and known.name not in NO_ROW:
            yield known, AREAS_OF.get(known.name, "")


def _key(known: Place) -> str:
    return known.code or known.name


def _share_of(key: str, continent: str) -> str:
    """Which true sum a partner takes its share of; all that is neither Asia nor the EU shares what they leave."""
    return "_ASIA" if continent == "_ASIA" else "EU" if key in EU else ""


def _lines(*, revised: bool) -> list[Line]:
    partners = [(known, _key(known), continent) for known, continent in _partners()]
    weights = _weights(key for _, key, _ in partners if key not in TRUE)
    june: dict[str, list[int]] = {key: list(TRUE.get(key, ())) for _, key, _ in partners}
    for column in range(4):
        asia, eu = TRUE["_ASIA"][column], TRUE["EU"][column]
        left = {"_ASIA": asia, "EU": eu, "": TRUE["W0"][column] - asia - eu}
        for _, key, continent in partners:
            if key in TRUE:
                left[_share_of(key, continent)] -= TRUE[key][column]
        for name in ("_ASIA", "EU", ""):
            sharing = [k for _, k, continent in partners if k in weights and _share_of(k, continent) == name]
            parts = _shared(left[name], [weights[k][column // 2] for k in sharing])
            for key, part in zip(sharing, parts, strict=True):
                june[key].append(part)
            if name == "_ASIA":
                left["EU"] -= june[IN_BOTH][column]
                left[""] += june[IN_BOTH][column]
    lines = []
    for known, key, continent in partners:
        exports, total_exports, imports, total_imports = june[key]
        figures: dict[Flow, tuple[int, int]] = {"X": (exports, total_exports), "M": (imports, total_imports)}
        line = Line(known.name, key, continent, figures, {f: _base(key, f, figures[f][1]) for f in FLOWS})
        lines.append(_moved(line) if revised and key == REVISED_ROW else line)
    return lines


def _weights(keys: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Sizes in thousandths of those of `SIZES`; a small partner's follows from its name."""
    named = {code: (int(x) * 1000, int(m) * 1000) for code, x, m in zip(*[iter(SIZES.split())] * 3, strict=True)}
    small = {key: 10 + zlib.crc32(key.encode()) % 700 for key in keys}
    return {key: (0, 0) if key in NOTHING else named.get(key, (size, size // 3 + 1)) for key, size in small.items()}


def _shared(whole: int, weights: Sequence[int]) -> list[int]:
    """`whole` in parts as large as their weights, to the last thousand dollars."""
    parts = [whole * weight // sum(weights) for weight in weights]
    parts[max(range(len(weights)), key=weights.__getitem__)] += whole - sum(parts)
    return parts


def _moved(line: Line) -> Line:
    """The same partner with exports of June revised; last year's stay."""
    month, total = line.figures["X"]
    more = round(month * REVISION_PCT / 100)
    return replace(line, figures={**line.figures, "X": (month + more, total + more)})


# --- last year, and the months before June --------------------------------------------------------------------

CHANGES: Final = MappingProxyType(
    {_key(place(row.name.strip().rstrip(":"))): dict(zip(("T", *FLOWS), row.change, strict=True)) for row in JUNE_2026}
)


def _base(key: str, flow: Flow, total: int) -> Decimal:
    """Last year's figure that the printed change implies; where none is known, of a change that is made up."""
    printed = CHANGES.get(key, {}).get(flow, "")
    change = Decimal(printed) if printed not in {"", NIL} else Decimal(5 + zlib.crc32(f"{key}{flow}".encode()) % 25)
    return total / (1 + change / 100)


def _at(line: Line, month: int) -> Line:
    """A partner as it stands at the end of `month`: earlier months take made-up parts of what June leaves."""
    figures, bases = dict(line.figures), dict(line.bases)
    for flow in FLOWS:
        single, total = figures[flow]
        for n in range(JUNE - 1, month - 1, -1):
            total -= single
            single = total * PACE_PCT[n] // (100 * n)
        bases[flow] = bases[flow] * total / (line.figures[flow][1] or 1)
        figures[flow] = (single, total)
    return replace(line, figures=figures, bases=bases)


# --- the rows as printed --------------------------------------------------------------------------------------


def _rows(lines: Sequence[Line], month: int) -> Iterator[Country]:
    whole = [_sum("W0", lines)]
    for continent in (*CONTINENTS, ""):
        inside = [line for line in lines if line.continent == continent]
        whole += [_sum(continent, inside), *inside] if continent else inside
    for group, members in (("ASEAN", ASEAN), ("EU", EU), ("APEC", APEC), ("RCEP", RCEP)):
        whole.append(_sum(group, [line for line in lines if line.key in members]))
    whole.append(_sum("BRI", [line for line in lines if line.key not in NO_ROAD]))
    for line in whole:
        single, total = ROUNDED.get(line.key, (0, 0))
        yield _row(line, (single, total) if month == JUNE else (0, total - single))


def _sum(key: str, lines: Sequence[Line]) -> Line:
    known = next(p for p in PLACES.values() if p.code == key)
    name = "TOTAL" if key == "W0" else f"{known.name}:" if key in CONTINENTS else known.name
    figures: dict[Flow, tuple[int, int]] = {}
    bases: dict[Flow, Decimal] = {}
    for flow in FLOWS:
        month, total = (sum(line.figures[flow][n] for line in lines) for n in range(2))
        figures[flow] = (month, total)
        bases[flow] = _base(key, flow, total) if key in CHANGES else sum((x.bases[flow] for x in lines), Decimal(0))
    return Line(name, key, "", figures, bases)


def _row(line: Line, rounding: tuple[int, int]) -> Country:
    (out, total_out), (into, total_into) = line.figures["X"], line.figures["M"]
    base_out, base_into = line.bases["X"], line.bases["M"]
    both = out + into + rounding[0], total_out + total_into + rounding[1]
    return Country(
        line.name,
        (_printed(both[0]), _printed(out), _printed(into)),
        (LOST if both[1] >= TOO_WIDE else _printed(both[1]), _printed(total_out), _printed(total_into)),
        (
            _change(both[1], base_out + base_into),
            _change(total_out, base_out),
            _change(total_into, base_into),
        ),
    )


def _printed(value: int) -> str:
    return f"{value:,}" if value else NIL


def _change(total: int, base: Decimal) -> str:
    if not base:
        return NIL
    percent = (100 * (total / base - 1)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(percent + 0)
