"""Feeds, listings and releases of KAMAZ, written for Amur's tests in the source's layout; sentences are ours.

The figures are true, as the press of the day cited them: KAMAZ sold 20.3 thousand trucks of 14 t and more in 2024,
17.3 thousand over 16 t by Autostat's count; the market of 2024 was 110 thousand, it fell by almost 60 % in July 2025;
the share of 22 October 2025 was 34 %; the ministry counted 40,317 trucks in January-September 2025, 56 % fewer; the
short week began on 1 August 2025 and ended on 10 November.
"""

from collections.abc import Sequence
from html import escape

Item = tuple[str, str, str, str]  # title, last part of the address, description, pubDate

ITEMS: tuple[Item, ...] = (
    ("Полная неделя на КАМАЗе", "polnaya", "С 10 ноября предприятия снова работают пять дней.",
     "Fri, 24 Oct 2025 12:15:00 +0300"),
    ("Рынок в июле", "rynok_iyul", "В июле рынок грузовиков свыше 14 т упал почти на 60%.",
     "Mon, 25 Aug 2025 09:30:00 +0300"),
    ("КАМАЗ переходит на четырёхдневную неделю", "korotkaya", "Новый режим вводится с 1 августа.",
     "Mon, 21 Jul 2025 11:00:00 +0300"),
    ("Команда на ралли", "ralli", "", "Fri, 10 Jan 2025 08:00:00 +0300"),
)  # fmt: skip
MARKET_ONLY: tuple[Item, ...] = ITEMS[1:2]

SHARE = (
    "Рынок тяжёлых грузовиков в 2024 году составил 110 тыс. единиц.",
    "В этом году на нём ожидается около 50 тыс. машин.",
    "Доля КАМАЗа на рынке сегодня 34%.",
)
TWO_COUNTS = (
    "Аналитики насчитали 17,3 тыс. проданных в 2024 году грузовиков КАМАЗ свыше 16 т.",
    "В классе от 14 т компания продала в 2024 году 20,3 тыс. машин.",
)
MINISTRY = (
    "С 10 ноября предприятия возвращаются к полной рабочей неделе.",
    (
        "По данным Минпромторга, за январь–сентябрь в стране продано 40 317 грузовых машин среднего и тяжёлого класса, "
        "на 56% меньше, чем год назад."
    ),
)
FORECAST = (
    "Рынок грузовиков от 14 т по итогам 2025 года оценивается в 52–55 тыс. единиц.",
    "Собственные продажи КАМАЗа в 2025 году снизятся примерно на 20%.",
)


def feed(items: Sequence[Item] = ITEMS, *, charset: str = "utf-8") -> bytes:
    """The feed; its declaration alone says in which character set it is."""
    entries = "".join(
        f"<item><title>{escape(title)}</title><link>{_address(name)}</link>"
        f"<description><![CDATA[{text}]]></description><guid>{_address(name)}</guid><pubDate>{day}</pubDate></item>\n"
        for title, name, text, day in items
    )
    return (
        f'<?xml version="1.0" encoding="{charset}"?>\n<rss version="2.0"><channel><title>КАМАЗ</title>'
        f"<link>http://www.kamaz.ru</link><description>Пресс-релизы</description>\n{entries}</channel></rss>\n"
    ).encode(charset)


def _address(name: str) -> str:
    return f"https://www.kamaz.ru/press/releases/{name}/"


def listing(items: Sequence[tuple[str, str, str]], *, pages: Sequence[int] = ()) -> bytes:
    """The listing: day, last part of the address and title of each release; the pager's numbers below."""
    lines = "".join(
        f'<div class="news-list-item"><div class="date">{day}</div><div class="title">'
        f'<a href="/press/releases/{name}/">{escape(title)}</a></div><div class="text">...</div></div>\n'
        for day, name, title in items
    )
    pager = "".join(f'<a href="/press/releases/?PAGEN_1={n}">{n}</a>' for n in pages)
    return _page("Пресс-релизы", f'<div class="news-list">\n{lines}</div>{pager}')


def release(paragraphs: Sequence[str] = TWO_COUNTS, *, title: str = "О продажах", day: str = "24.01.2025") -> bytes:
    """A release: paragraphs parted by two line breaks."""
    text = "<br><br>\n".join(paragraphs)
    return _page(
        title,
        f'<div class="news-detail"><div class="date">{day}</div><h1>{escape(title)}</h1>'
        f'<div class="detail-text">{text}</div></div>',
    )


def _page(title: str, body: str) -> bytes:
    return (
        f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body>{body}</body></html>"
    ).encode()


def samples() -> dict[str, bytes]:
    """A good document of each layout."""
    return {
        "feed": feed(MARKET_ONLY),
        "feed in windows-1251": feed(MARKET_ONLY, charset="windows-1251"),
        "release": release(),
    }
