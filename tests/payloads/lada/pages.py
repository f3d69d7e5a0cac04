"""Pages of AvtoVAZ's press site, written for Amur's tests in its two layouts; sentences are ours, figures true.

True, as cited by the press of the day: October 2023 (40,912; +113.7 %; since January +98.4 %; Granta 20,928), output of
June and the first half of 2024 (45,238 against 15,702; 235,815, +73 %), June 2022 (7,484; -81.3 % on 40.1 thousand;
+24.5 % on May), November 2021 (26,373; -30.7 %; since January 320,795, +6 %), 2025 (338 thousand, then 338,490; 459
thousand in 2024), January-November 2025 (304,841; -27 %), the short week from 29 September 2025 and its end on
1 January 2026. Days of publication are near those of the releases.
"""

import json
from collections.abc import Sequence
from html import escape

Entry = tuple[int, str, str]

NBSP, NARROW = "\u00a0", "\u202f"
FRESH: tuple[Entry, ...] = (
    (121988, "УТОЧНЕНИЕ ПРОДАЖ ЗА ГОД", "27.02.2026"),
    (121702, "ГОД В ЦИФРАХ", "14.01.2026"),
    (121004, "КОРОТКАЯ НЕДЕЛЯ", "29.09.2025"),
    (116902, "ОКТЯБРЬ LADA", "03.11.2023"),
)
STALE: tuple[Entry, ...] = ((99001, "ЗИМА С LADA", "24.01.2024"), (99002, "ГОНКИ НА ЛЬДУ", "10.01.2024"))

OCTOBER_2023 = (
    f"В октябре дилеры передали клиентам 40{NBSP}912 автомобилей LADA, на 113,7% больше прошлогоднего.",
    "С начала года продажи прибавили 98,4%.",
    f"Автомобилей LADA Granta в октябре продано 20{NBSP}928 (+68,4%).",
)
JUNE_2024 = (
    f"В июне выпущено 45{NARROW}238 автомобилей LADA, годом ранее было 15{NARROW}702.",
    f"За первое полугодие произведено 235{NARROW}815 автомобилей, рост на 73%.",
    "Годовой план выпуска: 500 тыс. машин.",
)
NOVEMBERS_2025 = (
    "За январь–ноябрь 2025 года продажи LADA сократились на 27% до 304 841 автомобиля с учётом LCV.",
    "Прежний план на год был 350 тыс. машин.",
)
YEAR_2025 = ("В 2025 году продано 338 тыс. автомобилей LADA; годом ранее продажи составили 459 тыс.",)
CORRECTED = ("По уточнённым данным, в 2025 году продано 338 490 автомобилей LADA, ранее сообщалось о 338 тыс.",)
FOUR_DAYS = (
    "Предприятия АВТОВАЗа с 29 сентября 2025 г. работают четыре дня в неделю.",
    "Цель: не менее 300 тыс. машин.",
)
FIVE_DAYS = ("С 1 января завод возвращается к пятидневной рабочей неделе.",)
JUNE_2022 = ("В июне продано 7484 автомобиля: на 24,5% больше мая и на 81,3% меньше июня прошлого года (40,1 тыс.).",)
NOVEMBER_2021 = (
    "В ноябре продажи LADA составили 26&nbsp;373 автомобиля, это на 30,7% ниже прошлого года.",
    "За январь&ndash;ноябрь продано 320&nbsp;795 автомобилей, рост на 6%.",
)


def _next(fresh: dict[str, object], *, stale: Sequence[Entry] = STALE, title: str = "", query: object = None) -> bytes:
    data = {
        "props": {
            "pageProps": {"initialState": {"pressReleases": fresh}},
            "initialState": {"news": {"releasesPage": _entries(stale)}},
        },
        "page": "/press-releases",
        "query": query or {},
        "buildId": "written-for-a-test",
    }
    script = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return (
        f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"/><title>{escape(title)}</title></head><body>'
        f'<div id="__next"><main><h1>{escape(title)}</h1></main></div>'
        f'<script id="__NEXT_DATA__" type="application/json">{script}</script></body></html>'
    ).encode()


def _entries(entries: Sequence[Entry]) -> list[dict[str, object]]:
    return [{"id": number, "name": name, "created": created} for number, name, created in entries]


def listing(entries: Sequence[Entry] = FRESH, *, stale: Sequence[Entry] = STALE, total: int | None = None) -> bytes:
    """A page of the list of releases, with the list of the site's build in it."""
    count = len(entries) if total is None else total
    return _next({"news": _entries(entries), "total": count}, stale=stale, title="Пресс-релизы")


def release(
    paragraphs: Sequence[str] = OCTOBER_2023,
    *,
    name: str = "ОКТЯБРЬ LADA",
    created: str = "03.11.2023",
    number: int = 116902,
    query: int | None = None,
) -> bytes:
    """A release as the site has them since 2023: the text as HTML within JSON."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    said = {"id": number, "name": name, "created": created, "previewText": "", "detailText": text}
    return _next({"release": said}, title=name, query={"id": str(query or number)})


def plain_release(
    paragraphs: Sequence[str] = NOVEMBER_2021, *, name: str = "LADA в ноябре", created: str = "03.12.2021"
) -> bytes:
    """A release as the site had them before: a plain page."""
    text = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{escape(name)}</title></head>\n<body>'
        f'<div class="news-detail"><span class="news-date-time">{created}</span>\n<h1>{escape(name)}</h1>\n'
        f'<div class="news-text">\n{text}</div></div></body></html>'
    ).encode()


def in_pieces() -> bytes:
    """A page of the layout after: sent in pieces, without `__NEXT_DATA__`; it does speak of sales."""
    piece = json.dumps([1, '5:["$","p",null,{"children":"За 2023 год продано 352,5 тыс. автомобилей LADA"}]'])
    return (
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Год</title></head><body><div></div>'
        f"<script>self.__next_f=self.__next_f||[];self.__next_f.push({piece})</script></body></html>"
    ).encode()


def challenge() -> bytes:
    """A verification page, as the site's guard sends it with status 200."""
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>lada.ru</title></head><body>'
        "<h1>Проверка браузера</h1><p>Подтвердите, что вы не робот.</p></body></html>"
    ).encode()


def samples() -> dict[str, bytes]:
    """A good document of each layout."""
    return {
        "sales of a month": release(),
        "output": release(JUNE_2024, name="ПРОИЗВОДСТВО В ИЮНЕ", created="18.07.2024", number=117640),
        "plain page": plain_release(),
    }
