"""Editions of Rosstat's booklet, written for Amur's tests in the layout of the source, as text, Word 97 and RAR.

The figures of cars, trucks and buses are those that the editions printed; the sections around them and all other words
are ours. Nothing of the product is imported but what tells whether archives can be unpacked here.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence

from sources.parse import archives

Years = Mapping[str, str]  # a year as printed -> its annual, quarters and months, `|` between, empty where none

MONTHS = (
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август",
    "Сен- тябрь", "Октябрь", "Ноябрь", "Декабрь",
)  # fmt: skip
BOTH = (
    "Янв. Jan.", "Фев. Feb.", "Март Mar.", "Апр. Apr.", "Май May", "Июнь June", "Июль July", "Август Aug.",
    "Сент. Sept.", "Окт. Oct.", "Нояб. Nov.", "Дек. Dec.",
)  # fmt: skip

OLD_CARS, OLD_TRUCKS, BUSES = "Легковые автомобили, тыс.штук", "Грузовые автомобили, тыс.штук", "Автобусы, штук"
NEW_CARS = "Автомобили легковые, тыс.штук"
NEW_TRUCKS = "Автомобили грузовые (включая шасси) (кроме автосамосвалов)1), тыс.штук"
NOTE = "____________________ 1) Без самосвалов для бездорожья. 2) Уточнено."

# The edition of October 2009: cars of Q3 printed as 79,6 although the months make 135,4.
OCTOBER_2009: Mapping[str, Years] = {
    OLD_TRUCKS: {
        "2008": "256,0|66,3|77,1|74,0|38,6|17,7|23,8|24,8|27,7|24,4|25,1|26,0|25,0|23,0|18,9|10,8|8,9",
        "2009": "|16,3|23,2|22,4||4,2|4,6|7,5|8,7|6,8|7,6|9,4|6,3|6,7|8,7||",
    },
    OLD_CARS: {
        "2008": "1470|331|392|404|343|90,0|120|122|138|129|125|138|125|141|139|109|95,4",
        "2009": "|123|166|79,6||18,2|46,9|57,8|60,1|47,4|58,8|60,6|19,0|55,8|58,7||",
    },
    BUSES: {
        "2008": "66477|17145|19048|16331|13953|4370|6162|6613|6870|6174|6004|4936|5551|5844|5310|4033|4610",
        "2009": "|5309|7887|9163||719|1703|2887|2873|2172|2842|2826|3039|3310|3636||",
    },
}  # fmt: skip
# The edition of April 2012: note marks glued to figures; trucks by the list of 2010 beside the old ones.
APRIL_2012: Mapping[str, Years] = {
    OLD_TRUCKS: {
        "2008": "256,0|66,3|77,1|74,0|38,6|17,7|23,8|24,8|27,7|24,4|25,1|26,0|25,0|23,0|18,9|10,8|8,9",
        "2009": "91,4|16,3|23,2|22,4|29,5|4,2|4,6|7,5|8,7|6,8|7,6|9,4|6,3|6,7|8,7|10,2|10,6",
    },
    NEW_TRUCKS: {
        "2009": "92,7|16,4|23,4|22,7|30,2|4,1|4,6|7,7|8,9|6,8|7,8|9,4|6,5|6,9|9,0|10,1|11,1",
        "2010": "155,5|22,3|38,7|42,2|52,3|2,9|8,2|11,2|12,9|10,7|15,1|14,9|11,5|15,8|17,8|17,8|16,7",
        "2011": "207|39,2|54,3|55,7|57,3|8,0|13,4|17,8|18,5|16,8|18,9|17,9|16,7|21,2|21,1|17,6|18,6",
        "2012": "|42,8||||8,5|16,6|17,7|18,2||||||||",
    },
    NEW_CARS: {
        "2010": "1210|190|297|337|386|44,0|60,3|85,3|93,6|96,3|107|111|97,3|128|131|126|128",
        "2011": "1737|377|433|447|481|100|128|149|151|135|147|137|143|167|164|159|158",
        "2012": "|4522)||||119|160|1742)|172||||||||",
    },
    BUSES: {
        "2010": "40944|5830|9853|12007|13254|281|2148|3401|3069|2925|3859|3488|3998|4521|4147|4054|5053",
        "2011": "43051|7027|8965|12113|14946|1414|2648|2965|2832|2467|3666|3282|4211|4620|4265|4839|5842",
        "2012": "|108691)||||2323|3586|49601)|4928||||||||",
    },
}  # fmt: skip


def rows(
    tables: Mapping[str, Years] = APRIL_2012,
    *,
    english: bool = False,
    months: Sequence[str] = (),
    section: str = "5.2.12. Производство транспортных средств и оборудования",
) -> list[list[str]]:
    """The rows of a booklet: an index before the section, its tables, and the next section."""
    year, quarters = ("Год Year", "Кварталы / Quarters") if english else ("Год", "Кварталы")
    head = [["", year, quarters, *(months or (BOTH if english else MONTHS))], ["", "", "I", "II", "III", "IV"]]
    found = [
        *head,
        ["1.2. Индексы производства"],
        ["Производство транспортных средств и оборудования"],
        ["2008", *["100,4"] * 17],
        *head,
        [section],
    ]
    for title, years in tables.items():
        found += [[f"{title} / Vehicles, thou pieces" if english else title]]
        found += [[year, *figures.split("|")] for year, figures in years.items()]
        found += [[NOTE]] if title == NEW_CARS else []
    return [*found, *head, ["5.3. Производство и распределение электроэнергии, газа и воды"], ["2008", *["1040"] * 17]]


def text(booklet: Sequence[Sequence[str]] | None = None) -> bytes:
    """The tab-separated conversion: 18 cells a row, so titles have tabs behind them."""
    booklet = rows() if booklet is None else booklet
    return "".join("\t".join([*row, *[""] * (18 - len(row))]) + "\n" for row in booklet).encode()


# --- Word 97 ------------------------------------------------------------------------------------------------------

SECTOR = 512


def word(booklet: Sequence[Sequence[str]] | None = None) -> bytes:
    """A compound file with the rows as table cells: an English piece in cp1252, then one in UTF-16."""
    booklet = rows() if booklet is None else booklet
    narrow = "Short-term indicators\r\f"
    wide = "".join("".join(f"{cell}\x07" for cell in row) + "\x07" for row in booklet) + "\r"
    begin = 1024
    pieces = begin + len(narrow)
    main = bytearray(begin) + narrow.encode("cp1252") + wide.encode("utf-16-le")
    bounds = (0, len(narrow), len(narrow) + len(wide))
    plc = struct.pack("<3I", *bounds)
    plc += struct.pack("<HIH", 0, 0x40000000 | 2 * begin, 0) + struct.pack("<HIH", 0, pieces, 0)
    clx = b"\x01" + struct.pack("<H", 2) + b"\0\0" + b"\x02" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 10, 0x0200)
    struct.pack_into("<I", main, 0x4C, bounds[-1])
    struct.pack_into("<II", main, 0x1A2, 64, len(clx))
    return compound({"WordDocument": bytes(main), "1Table": bytes(64) + clx})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (MS-CFB) of streams of at least 4096 bytes; shorter ones are filled up."""
    follows, sectors, entries = [0xFFFFFFFD, 0xFFFFFFFE], [b"", b""], []
    for name, stream in streams.items():
        whole = stream.ljust(4096, b"\0")
        parts = [whole[n : n + SECTOR].ljust(SECTOR, b"\0") for n in range(0, len(whole), SECTOR)]
        entries.append(_entry(name, 2, len(sectors), len(whole)))
        follows += [*range(len(sectors) + 1, len(sectors) + len(parts)), 0xFFFFFFFE]
        sectors += parts
    sectors[0] = struct.pack("<128I", *follows, *[0xFFFFFFFF] * (128 - len(follows)))
    sectors[1] = b"".join([_entry("Root Entry", 5, 0xFFFFFFFE, 0), *entries]).ljust(SECTOR, b"\0")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    return header + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108) + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    label = (name + "\0").encode("utf-16-le")
    entry = label.ljust(64, b"\0") + struct.pack("<HBB", len(label), kind, 1)
    return (entry + struct.pack("<III", *[0xFFFFFFFF] * 3)).ljust(116, b"\0") + struct.pack("<IQ", start, size)


# --- RAR ----------------------------------------------------------------------------------------------------------


def archive(files: Mapping[str, bytes] | None = None) -> bytes:
    """A RAR 4 archive that stores its files without packing them."""
    files = {"Titul.doc": word([["Титул"]]), "tab4.doc": word()} if files is None else files
    out = b"Rar!\x1a\x07\0" + _block(0x73, 0, bytes(6))
    for name, body in files.items():
        label = name.encode()
        head = struct.pack("<IIBIIBBHI", len(body), len(body), 2, zlib.crc32(body), 0, 29, 0x30, len(label), 0x20)
        out += _block(0x74, 0x8000, head + label) + body
    return out + _block(0x7B, 0x4000, b"")


def _block(kind: int, flags: int, rest: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


# --- the shipped table --------------------------------------------------------------------------------------------

CITED = "dataset,measure,unit,freq,first,last,value,tolerance,published_at,citation"
# Output of cars in November 2025 and since January, as the press quoted Rosstat.
NOVEMBER_2025 = (
    "report_cars,cars_output_units,units,M,2025-11-01,2025-11-30,54100,50,2025-12-24,1prime.ru/20251224",
    "report_cars,cars_output_units,units,YTD,2025-01-01,2025-11-30,591000,500,2025-12-24,1prime.ru/20251224",
)


def cited(lines: Sequence[str] = NOVEMBER_2025, *, end: str = "# end\n") -> bytes:
    """A table of cited figures with its end mark."""
    return ("\n".join([CITED, *lines]) + "\n" + end).encode()


def samples() -> dict[str, bytes]:
    """A good document of each layout; that of 2009 with the quarter as the edition before had printed it."""
    right = {
        title: {year: line.replace("79,6", "135,4") for year, line in years.items()}
        for title, years in OCTOBER_2009.items()
    }
    found = {
        "text": text(),
        "text with English": text(rows(english=True)),
        "text of 2009": text(rows(right)),
        "word": word(),
        "cited": cited(),
    }
    return {**found, "archive": archive()} if archives.available() else found
