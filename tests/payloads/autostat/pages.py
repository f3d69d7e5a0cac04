"""Lists and articles of Autostat, written for Amur's tests in the layout of the source.

The figures are those that Autostat published (as the press repeated them: auto.rambler.ru, kommersant.ru, gazeta.ru,
zr.ru, tass.com, eng.autostat.ru); every sentence, heading and other word is ours. Nothing of the product is imported.
"""

from collections.abc import Mapping, Sequence
from html import escape

RUBRIC_CARS, RUBRIC_TRUCKS = "Легковые автомобили", "Грузовые автомобили"
NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"

# Sales of July 2025: 120,649 (-11.4 %), since January 651,029 (-23.9 %); June 90.1 thousand.
JULY: Sequence[str] = (
    f"В июле 2025 года россияне купили 120{NBSP}649 новых легковых автомобилей, на 11,4% меньше, чем годом ранее.",
    "В июне объём составил 90,1 тыс. единиц.",
    "Больше всего продано LADA – 28,24 тыс. штук. Далее идут Chery (13,5 тыс.) и Haval (13,12 тыс.).",
    f"За семь месяцев продано 651{NBSP}029 новых машин ({MINUS}23,9% к прошлому году).",
)
# Sales of August 2025 as first published, and the note of October that revises them: 122,633, then 122.2 thousand.
AUGUST: Sequence[str] = (
    f"В августе в России продано 122{NBSP}633 новых легковых автомобиля, на 17% меньше, чем годом ранее.",
)
SEPTEMBER: Sequence[str] = (
    "В сентябре в России продано 122,7 тыс. новых легковых автомобилей, на 18,7% меньше, чем годом ранее.",
    f"По уточнённым данным, в августе продано 122,2 тыс. машин, ранее сообщалось о 122{NBSP}633.",
)
# October 2025: groups with all their brands, and the brands.
OCTOBER: Sequence[str] = (
    f"В октябре в России продано 165{NBSP}702 новых легковых автомобиля, на 3,2% меньше, чем годом ранее.",
    f"Группа АВТОВАЗ реализовала 34{NBSP}983 машины, из них LADA – 33,2 тыс. единиц.",
    "Китайских марок за октябрь продано 82,2 тыс. штук, их доля составила 49,6%.",
)
# Heavy trucks in August 2025: 3,682 of over 16 t (-59.5 %), KAMAZ 1,165; medium ones 923 (-50.2 %).
TRUCKS: Sequence[str] = (
    "В августе реализовано 3682 новых крупнотоннажных грузовика (свыше 16 тонн), на 59,5% меньше, чем годом ранее.",
    "Продажи KAMAZ составили 1165 единиц, Shacman – 584, Sitrak – 383.",
    "Среднетоннажных грузовиков (3,5–16 т) реализовано 923, на 50,2% меньше, чем годом ранее.",
    "За январь–август продано 29,3 тыс. крупнотоннажных грузовиков, на 57,2% меньше, чем годом ранее.",
)
# The year 2025: 1.326 million (-15.6 %); brands in a table.
YEAR: Sequence[str] = (
    "За 2025 год в России продано 1,326 млн новых легковых автомобилей, на 15,6% меньше, чем в 2024 году.",
    "Доля LADA составила 24,88%.",
)
YEAR_TABLE: Sequence[Sequence[str]] = (
    ("Марка", "2025, шт.", "к 2024"),
    ("LADA", "329 890", "-24,4%"),
    ("Haval", f"173{NBSP}302", "–"),
    ("Belgee", "68 064", "+96,5%"),
    ("Solaris", "34 519", "в 2,3 раза"),
    ("Tenet", "33 484", "н/д"),
)
# April 2024: 137,000 (+81.2 %), LADA 42,300 (+67.2 %), Haval 14,600 (2.1-fold).
APRIL: Sequence[str] = (
    "In April 2024 Russians bought 137,000 new passenger cars, up 81.2% year on year.",
    "LADA sold 42,300 units (+67.2%), Haval 14,600 (a 2.1-fold rise), Chery 12,900 (+38.9%).",
)
# Rosstat in Autostat's words: 706 thousand cars made in January-August 2020 (-30.1 %), 83 thousand in August (-30 %).
OUTPUT: Sequence[str] = (
    "Rosstat: 706 thousand passenger cars made in eight months of 2020, down 30.1%; 83 thousand in August, down 30%.",
)

ANTI_BOT = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>www.autostat.ru</title></head><body>'
    "<h1>Проверка браузера</h1><p>Подтвердите, что вы не робот. Код: 20250805-120649</p></body></html>"
).encode()

Entry = tuple[int, str, str]  # number, heading, day as the list prints it
ENTRIES: Sequence[Entry] = (
    (60890, "Август: продажи новых автомобилей", "Сегодня, 10:02"),
    (60872, "Рынок тяжёлых грузовиков в августе", "Вчера, 15:48"),
    (60866, "Какие колёса выбирают для кроссоверов", "Вчера, 12:10"),
    (60850, "Продажи новых автомобилей за неделю", "1 сентября, 09:00"),
    (60815, "Рынок новых легковых автомобилей в июле", "5 августа, 09:55"),
    (60700, "Рынок подержанных автомобилей в июле", "4 августа, 11:30"),
    (59120, "Российский рынок: итоги года", "14 января, 11:00"),
    (58990, "Продажи LADA в ноябре", "30 декабря, 14:20"),
)
SIDE = (
    '<aside><a class="Block-link" href="/news/58650/"><p class="Block-title">Рынок в марте: продано 999 999 новых '
    'легковых автомобилей</p></a><p class="Block-date">1 апреля, 09:00</p>'
    "<p>В марте 2025 года в России продано 999 999 новых легковых автомобилей.</p></aside>"
)


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table as the articles have it: heads, then a brand a line."""
    lines = [
        "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>"
        for tag, row in zip(["th", *["td"] * len(rows)], rows, strict=False)
    ]
    return f"<table>{''.join(lines)}</table>"


def article(
    paragraphs: Sequence[str] = JULY,
    *,
    title: str = "Рынок новых автомобилей в июле",
    day: str = "5 августа 2025, 09:55",
    rubric: str = RUBRIC_CARS,
    inside: str = "",
) -> bytes:
    """A Russian article with navigation and a side column that speak of something else."""
    text = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{escape(title)} - АВТОСТАТ</title></head>'
        '<body><nav><a href="/news/">Новости</a> <a href="/infographics/">Инфографика</a></nav>'
        f'<article class="Article"><h1>{escape(title)}</h1><p class="Article-date">{day}</p>'
        f'<p class="Article-rubric">{rubric}</p>\n{text}{inside}</article>{SIDE}</body></html>'
    ).encode()


def english(paragraphs: Sequence[str] = APRIL, *, title: str = "New cars in April", day: str = "06.05.24") -> bytes:
    """An English article: its day stands in the note at its end."""
    text = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title></head><body>'
        '<div class="side"><p>In March 2024 Russians bought 999,999 new passenger cars.</p></div>'
        f'<div id="content"><h1>{escape(title)}</h1>\n{text}'
        f'<p class="src">{day} | AUTOSTAT |<br>Source: <a href="https://www.autostat.ru/">www.autostat.ru</a> |</p>'
        "</div></body></html>"
    ).encode()


def listing(entries: Sequence[Entry] = ENTRIES, *, following: int | None = 2, marked: bool = True) -> bytes:
    """A page of the listing or of a rubric; without its marks only the addresses tell what an article is."""
    link, heading, day = ('class="Block-link" ', "Block-title", "Block-date") if marked else ("", "", "when")
    lines = "".join(
        f'<div><a {link}href="/news/{number}/"><p class="{heading}">{title}</p></a><p class="{day}">{printed}</p></div>'
        for number, title, printed in entries
    )
    pager = f'<a class="Pager-next" href="/news/?page={following}">Дальше</a>' if following else ""
    return (
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Новости - АВТОСТАТ</title></head><body>'
        f'<h1>Новости</h1><a href="/news/rss/">RSS</a><div class="List">{lines}</div>{pager}</body></html>'
    ).encode()


def year() -> bytes:
    """The article of a year, with its table of brands."""
    return article(YEAR, title="Итоги года", day="13 января 2026, 12:00", inside=table(YEAR_TABLE))


def samples() -> Mapping[str, bytes]:
    """Good documents by name."""
    return {
        "month": article(),
        "revision": article(SEPTEMBER, title="Рынок в сентябре", day="3 октября 2025, 11:20"),
        "groups": article(OCTOBER, title="Рынок в октябре", day="10 ноября 2025, 13:00"),
        "trucks": article(TRUCKS, title="Грузовики в августе", day="4 сентября 2025", rubric=RUBRIC_TRUCKS),
        "year": year(),
        "English": english(),
        "output by Rosstat": english(OUTPUT, title="Output of cars in August", day="18.09.20"),
    }
