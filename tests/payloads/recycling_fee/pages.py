"""Tables of the recycling fee, written for Amur's tests in the layouts of the sources, with true levels.

The words around the tables are ours. Nothing of the product is imported.
"""

from collections.abc import Mapping, Sequence

# Decree 1255 of 2024: coefficients of new cars on three days, of older ones on two.
DECREED: Mapping[str, Sequence[str]] = {
    "свыше 1 000, но не более 2 000 куб. см": ("15,03", "27,81", "33,37", "26,44", "48,19"),
    "ввозимые физическими лицами для личного пользования (до 3 000 куб. см)": ("0,17", "0,17", "0,17", "0,26", "0,26"),
}
NEW_DAYS, OLD_DAYS = ("01.08.2023", "01.10.2024", "01.01.2025"), ("01.08.2023", "01.10.2024")
# A dealer's table: kW, hp, then coefficient and sum up to 3 and of 3 to 5 years, from December 2025 and from 2026.
ELECTRIC, SMALL = "EV и последовательные гибриды", "Объём 1.0 - 2.0"
POWERS: Mapping[str, Sequence[str]] = {
    ELECTRIC: (
        "0-58,85|до 80|0,17|3 400|0,26|5 200|0,17|3 400|0,26|5 200",
        "58,85-73,55|80-100|41,30|826 000|68,40|1 368 000|49,56|991 200|82,08|1 641 600",
    ),
    SMALL: (
        "до 117,68|до 160|0,17|3 400|0,26|5 200|0,17|3 400|0,26|5 200",
        "117,68-139,75|160-190|37,50|750 000|62,20|1 244 000|45,00|900 000|74,64|1 492 800",
        "161,81-183|220-250|42,10|842 000|69,90|1 398 000|50,52|1 010 400|83,88|1 677 600",
        "183,88-205,94|250-280|47,60|952 000|76,60|1 532 000|57,12|1 142 400|91,92|1 838 400",
    ),
}
# A newspaper of August 2012: thousand roubles for new cars and for older ones.
THOUSANDS: Mapping[str, Sequence[str]] = {
    "до 1000 куб. см": ("17,2", "106"),
    "от 1000 до 2000 куб. см": ("26,8", "165,2"),
    "свыше 3500 куб. см": ("110", "700,2"),
    "Ввозимые физлицами": ("2", "3"),
}


def page(title: str, body: str) -> bytes:
    """A page around a body."""
    return (
        f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<!-- Written for Amur's tests in the layout of the source. --><h1>{title}</h1>{body}</body></html>"
    ).encode()


def _row(cells: Sequence[str], tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def decree(
    classes: Mapping[str, Sequence[str]] = DECREED,
    *,
    title: str = "Постановление Правительства РФ от 13.09.2024 N 1255",
    base: str = "20 000",
) -> bytes:
    """The decree on a legal portal: ages above, days below, the name of the class over both rows."""
    days = _row([f"с {day}" for day in (*NEW_DAYS, *OLD_DAYS)], "th")
    head = (
        '<tr><th rowspan="2">Категория M1, рабочий объём двигателя</th><th colspan="3">Коэффициент, новые</th>'
        f'<th colspan="2">Коэффициент, старше 3 лет</th></tr>{days}'
    )
    rows = "".join(_row([name, *coefficients]) for name, coefficients in classes.items())
    return page(title, f"<p>Базовая ставка для легковых автомобилей {base} руб.</p><table>{head}{rows}</table>")


def dealer(
    classes: Mapping[str, Sequence[str]] = POWERS,
    *,
    heading: str = "Для личного пользования",
    days: Sequence[str] = ("С 1 дек. по 1 янв.", "С 1 января 2026 года"),
) -> bytes:
    """A dealer's table: classes in rows of one cell, two header rows without `th`."""
    head = "<tr><td>кВт</td><td>ЛС</td>" + "".join(f'<td colspan="4">{day}</td>' for day in days) + "</tr>"
    head += _row(["", "", *["Ставка", "0-3 лет", "Ставка", "3-5 лет"] * len(days)])
    rows = "".join(
        f'<tr><td colspan="{2 + 4 * len(days)}">{name}</td></tr>' + "".join(_row(line.split("|")) for line in lines)
        for name, lines in classes.items()
    )
    return page("Таблица расчёта утильсбора", f"<h2>{heading}</h2><table>{head}{rows}</table>")


def newspaper(classes: Mapping[str, Sequence[str]] = THOUSANDS) -> bytes:
    """A newspaper's table: no day on the page, thousand roubles in the first head."""
    head = _row(["Размеры утилизационного сбора, тыс. руб.", "Новые", "Старше трёх лет"], "th")
    rows = "".join(_row([name, *sums]) for name, sums in classes.items())
    return page("Размеры утилизационного сбора", f"<table>{head}{rows}</table>")


def proposal() -> bytes:
    """A news page about what a committee asks for: figures in prose, 100 roubles off what was decreed later."""
    return page(
        "A proposal on the recycling fee",
        "<p>A committee would like 556,100 roubles for engines of 1 to 2 litres this year and 667,300 in 2025.</p>",
    )


COLUMNS = "rule,engine,power,age,importer,start,coefficient,base,sum,announced_on,decree,basis,citation,note"
# A new car of 1 to 2 litres: two levels of 2024 and 2025, the end of its class, and what came after it for 190-220 hp.
LEVELS = (
    "fee_2023,1-2 l,,new,commercial,2024-10-01,27.81,20000,556200,2024-09-13,decree 1255,official,normativ.kontur.ru,",
    "fee_2023,1-2 l,,new,commercial,2025-01-01,33.37,20000,667400,2024-09-13,decree 1255,official,normativ.kontur.ru,",
    "fee_2023,1-2 l,,new,commercial,2025-12-01,,20000,,2025-11-01,decree 1291,news,vedomosti.ru,by power",
    "fee_2025,1-2 l,190-220 hp,up to 3 years,,2025-12-01,39.70,20000,794000,2025-11-01,decree 1291,news,a dealer,",
    "fee_2025,1-2 l,190-220 hp,up to 3 years,,2026-01-01,47.64,20000,952800,2025-11-01,decree 1291,news,a dealer,",
)


def shipped(lines: Sequence[str] = LEVELS, *, end: str = "# end\n") -> bytes:
    """A table of levels in the layout of the shipped one, with its end mark."""
    return ("\n".join([COLUMNS, *lines]) + "\n" + end).encode()


def samples() -> dict[str, bytes]:
    """A good document of each layout; the newspaper's says no day, so it is none without its address."""
    return {"shipped": shipped(), "decree": decree(), "dealer": dealer()}
