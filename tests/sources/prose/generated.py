"""Sentences made by rule, with the figures that were put into them: own wordings, made-up numbers."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Final, NamedTuple

from sources.parse.prose import MARKET, Language, Period, Subject, Topic

NBSP, NARROW = "\xa0", "\u202f"
PUBLISHED: Final = date(2025, 11, 10)


class Key(NamedTuple):
    """What makes a figure the one that was put in."""

    subject: Subject
    measure: str
    period: Period
    value: Decimal
    unit: str
    comparison: str
    base: Period | None


@dataclass(slots=True)
class Made:
    """A text and what it says."""

    language: Language
    text: str
    topic: Topic
    keys: set[Key] = field(default_factory=set)


def month(year: int, number: int) -> Period:
    """A month."""
    return Period("M", date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))


def months(year: int, last: int) -> Period:
    """January to a month."""
    end = date(year, last, calendar.monthrange(year, last)[1])
    return Period("A" if last == 12 else "M" if last == 1 else "YTD", date(year, 1, 1), end)


def year(number: int) -> Period:
    """A year."""
    return Period("A", date(number, 1, 1), date(number, 12, 31))


def back(period: Period) -> Period:
    """The same a year earlier."""
    end = date(period.end.year - 1, period.end.month, calendar.monthrange(period.end.year - 1, period.end.month)[1])
    return Period(period.freq, period.start.replace(year=period.start.year - 1), end)


def month_back(period: Period) -> Period:
    """The month before."""
    y, m = (period.end.year, period.end.month - 1) if period.end.month > 1 else (period.end.year - 1, 12)
    return month(y, m)


# ---------------------------------------------------------------- numbers
def grouped(value: int, mark: str) -> str:
    """Thousands parted by a mark."""
    return f"{value:,}".replace(",", mark)


def count(random: Random, language: Language) -> tuple[str, Decimal]:
    """A count with its unit word, in any of the forms of the language."""
    value = random.randint(1_100, 189_999)
    rounded = Decimal(random.randint(11, 1899)) / 10
    if language == "zh":
        wan = Decimal(random.randint(10, 9999)) / random.choice([10, 100])
        return random.choice(
            [(f"{wan}万辆", wan * 10_000), (f"{value}辆", Decimal(value)), (f"{wan}万台", wan * 10_000)]
        )
    if language == "en":
        million = Decimal(random.randint(1001, 1999)) / 1000
        return random.choice(
            [
                (f"{grouped(value, ',')} {random.choice(['units', 'vehicles', 'cars'])}", Decimal(value)),
                (f"{rounded} thousand units", rounded * 1000),
                (f"{million} million cars", million * 1_000_000),
            ]
        )
    words = random.choice(["автомобилей", "машин", "шт.", "единиц", "штук", "новых автомобилей", "новых машин"])
    million = Decimal(random.randint(1001, 1999)) / 1000
    comma, points = f"{rounded}".replace(".", ","), f"{million}".replace(".", ",")
    return random.choice(
        [
            (f"{grouped(value, random.choice([' ', NBSP, NARROW, '']))} {words}", Decimal(value)),
            (f"{comma} {random.choice(['тыс.', 'тысяч', 'тыс'])} {words}", rounded * 1000),
            (f"{comma}{NBSP}тыс. {words}", rounded * 1000),
            (f"{points} млн {words}", million * 1_000_000),
        ]
    )


def percent(random: Random, language: Language) -> tuple[str, Decimal]:
    """A percentage, without a sign."""
    value = Decimal(random.randint(1, 990)) / 10
    printed = f"{value}" if language != "ru" else f"{value}".replace(".", ",")
    signs = {"ru": ["%", " %", f"{NBSP}%", " процентов"], "en": ["%", " percent", " per cent"], "zh": ["%", "％"]}
    return printed + random.choice(signs[language]), value


# ---------------------------------------------------------------- subjects
BRANDS: Final = ("Haval", "Chery", "Geely", "Changan", "Jetour", "Belgee", "Solaris", "Toyota", "Tenet", "Omoda")
RU_MONTHS: Final = (
    ("январь", "январе", "января", "январю"), ("февраль", "феврале", "февраля", "февралю"),
    ("март", "марте", "марта", "марту"), ("апрель", "апреле", "апреля", "апрелю"), ("май", "мае", "мая", "маю"),
    ("июнь", "июне", "июня", "июню"), ("июль", "июле", "июля", "июлю"), ("август", "августе", "августа", "августу"),
    ("сентябрь", "сентябре", "сентября", "сентябрю"), ("октябрь", "октябре", "октября", "октябрю"),
    ("ноябрь", "ноябре", "ноября", "ноябрю"), ("декабрь", "декабре", "декабря", "декабрю"),
)  # fmt: skip
RU_COUNTS: Final = ("", "", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять")
RU_OF: Final = ("", "", "двух", "трех", "четырёх", "пяти", "шести", "семи", "восьми", "девяти", "десяти")
EN_COUNTS: Final = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FEW: Final = 5
DASHES: Final = ("–", "—", "-")


def ru_period(random: Random) -> tuple[str, Period]:
    """A period in Russian, and its days."""
    number, dash = random.randint(1, 10), random.choice(DASHES)
    nominative, prepositional, _, _ = RU_MONTHS[number - 1]
    span = max(number, 2)
    y, last = random.choice([2021, 2022, 2023, 2024]), RU_MONTHS[span - 1]
    half = random.choice([2024, 2025])
    return random.choice(
        [
            (f"в {prepositional}", month(2025, number)),
            (f"за {nominative}", month(2025, number)),
            (f"в {prepositional} {y} {random.choice(['года', 'г.'])}", month(y, number)),
            (f"за {RU_COUNTS[span]} {'месяца' if span < FEW else 'месяцев'}", months(2025, span)),
            (f"по итогам {RU_OF[span]} месяцев 2024 года", months(2024, span)),
            (f"в январе{dash}{last[1]}", months(2025, span)),
            (f"с января по {last[0]}", months(2025, span)),
            (f"в {y} году", year(y)),
            (f"за {y} год", year(y)),
            (f"за первое полугодие{' 2024 года' if half != PUBLISHED.year else ''}", months(half, 6)),
        ]
    )


def ru_base(random: Random, period: Period) -> tuple[str, str, Period]:
    """What a change is set against, behind a comparative: the words, the kind, the days."""
    than = "чем"
    yoy = [f"{than} годом ранее", f"{than} год назад", f"{than} в аналогичном периоде прошлого года"]
    if period.freq == "M":
        name = RU_MONTHS[period.start.month - 1]
        yoy.append(f"{than} в {name[1]} {period.start.year - 1} года")
        if random.random() < 0.4:
            before = month_back(period)
            words = RU_MONTHS[before.start.month - 1]
            mom = (
                [f"{than} в {words[1]}", f"{than} месяцем ранее"]
                if before.start.year == period.start.year
                else [f"{than} месяцем ранее"]
            )
            return random.choice(mom), "mom", before
    return random.choice(yoy), "yoy", back(period)


RU_SALES: Final = ("продано", "реализовано", "куплено")
RU_OUTPUT: Final = ("выпущено", "произведено", "собрано")


def ru_level(random: Random) -> Made:
    """One count, with or without a change behind it."""
    phrase, period = ru_period(random)
    measure, verbs = random.choice([("sales", RU_SALES), ("output", RU_OUTPUT)])
    printed, value = count(random, "ru")
    brand = random.choice([None, random.choice(BRANDS), "LADA"])
    subject = MARKET if brand is None else Subject("brand", brand.lower())
    whole = f"{printed} {brand}" if brand and not printed.endswith("шт.") else printed
    if brand and whole == printed:
        brand, subject = None, MARKET
    made = Made("ru", "", Topic(subject=MARKET, measure="sales"))
    made.keys.add(Key(subject, measure, period, value, "units", "none", None))
    head = random.choice([f"{phrase} {random.choice(verbs)} {whole}", f"{random.choice(verbs)} {whole} {phrase}"])
    tail = ""
    if random.random() < 0.7:
        much, pct = percent(random, "ru")
        sign, words = random.choice([(1, "больше"), (1, "выше"), (-1, "меньше"), (-1, "ниже")])
        base, kind, days = ru_base(random, period)
        link = random.choice([", что на", ", на", " – на", ". Это на"])
        tail = f"{link} {much} {words}, {base}"
        made.keys.add(Key(subject, measure, period, sign * pct, "percent", kind, days))
    made.text = f"{head[0].upper()}{head[1:]}{tail}."
    return made


def ru_moves(random: Random) -> Made:
    """The sign in the verb, the level behind it."""
    phrase, period = ru_period(random)
    noun, measure, plural = random.choice([("продажи", "sales", True), ("выпуск", "output", False)])
    brand = random.choice([*BRANDS, "LADA"])
    subject = Subject("brand", brand.lower())
    sign, verb = random.choice(
        [(1, ("выросли", "вырос")), (1, ("увеличились", "увеличился")), (-1, ("снизились", "снизился")),
         (-1, ("упали", "упал")), (-1, ("сократились", "сократился"))]
    )  # fmt: skip
    much, pct = percent(random, "ru")
    printed, value = count(random, "ru")
    level = random.choice([f"и составил{'и' if plural else ''} {printed}", f"до {printed}", f", до {printed}"])
    made = Made("ru", "", Topic(subject=MARKET, measure="sales"))
    change = f"на {much}"
    if random.random() < 0.25 and sign > 0:
        times = Decimal(random.randint(15, 59)) / 10
        change, pct = f"в {times} раза".replace(".", ","), (times - 1) * 100
    made.keys.add(Key(subject, measure, period, sign * pct, "percent", "yoy", back(period)))
    made.keys.add(Key(subject, measure, period, value, "units", "none", None))
    text = f"{phrase} {noun} {brand} {verb[0] if plural else verb[1]} {change} {level}".replace(" ,", ",")
    made.text = f"{text[0].upper()}{text[1:]}."
    return made


def ru_list(random: Random) -> Made:
    """Brands with their counts and changes in brackets, the period in the sentence before."""
    phrase, period = ru_period(random)
    printed, value = count(random, "ru")
    made = Made("ru", "", Topic(subject=MARKET, measure="sales"))
    made.keys.add(Key(MARKET, "sales", period, value, "units", "none", None))
    parts = []
    for brand in random.sample(BRANDS, 3):
        own = random.randint(100, 9999)
        sign, mark = random.choice([(1, "+"), (-1, "−"), (-1, "-"), (-1, "–")])
        much, pct = percent(random, "ru")
        subject = Subject("brand", brand.lower())
        bracket = random.choice(["", f" ({mark}{much})"])
        parts.append(f"{brand} – {grouped(own, ' ')}{bracket}")
        made.keys.add(Key(subject, "sales", period, Decimal(own), "units", "none", None))
        if bracket:
            made.keys.add(Key(subject, "sales", period, sign * pct, "percent", "yoy", back(period)))
    made.text = f"{phrase[0].upper()}{phrase[1:]} {random.choice(RU_SALES)} {printed}. Далее: {', '.join(parts)}."
    return made


def ru_two(random: Random) -> Made:
    """A month beside the months so far, and a share with that of the year before."""
    number = random.randint(2, 10)
    (now, then), (first, second) = (
        (month(2025, number), months(2025, number)),
        (count(random, "ru"), count(random, "ru")),
    )
    (much, pct), (share, part), (old, before) = (percent(random, "ru") for _ in range(3))
    brand = random.choice([*BRANDS, "LADA"])
    subject = Subject("brand", brand.lower())
    made = Made("ru", "", Topic(subject=MARKET, measure="sales"))
    made.keys |= {
        Key(MARKET, "sales", now, first[1], "units", "none", None),
        Key(MARKET, "sales", then, second[1], "units", "none", None),
        Key(MARKET, "sales", then, -pct, "percent", "yoy", back(then)),
        Key(subject, "share", now, part, "percent", "none", None),
        Key(subject, "share", back(now), before, "percent", "none", None),
    }
    name = RU_MONTHS[number - 1]
    made.text = (
        f"В {name[1]} продано {first[0]}, с начала года – {second[0]} (минус {much}).\n"
        f"Доля {brand} в {name[1]} – {share} против {old} годом ранее."
    )
    return made


def ru_traps(random: Random) -> Made:
    """Numbers that are no figures of ours."""
    printed, _ = count(random, "ru")
    much, _ = percent(random, "ru")
    name = random.choice(RU_MONTHS[:10])
    brand = random.choice(BRANDS)
    texts = [
        f"Средняя цена в {name[1]} выросла на {much}.",
        f"План на 2026 год – {printed}.",
        f"В {name[1]} на складах оставалось {printed}.",
        f"Ожидается, что за 2025 год будет продано {printed}.",
        f"В Самарской области в {name[1]} продано {printed}.",
        f"Продажи Zorvex в {name[1]} составили {printed}.",
        f"{brand} и LADA в {name[1]} продали {printed}.",
        f"За неделю в {name[1]} продано {printed}.",
        f"Ранее сообщалось о {printed} за {name[0]}.",
        f"Выручка {brand} в {name[1]} упала на {much}.",
        f"Завод в {name[1]} отправил дилерам {random.randint(10, 99)} эшелонов.",
        f"Таксопарки купили в {name[1]} {printed}.",
        f"В {name[1]} продажи {brand} изменились на {much}.",
        f"Доля {brand} в {name[1]} выросла на {much}.",
        f"Продажи {brand} могут вырасти на {much}.",
        f"Треть из {printed} ушла в такси.",
        f"Рынок потерял до {printed}.",
        f"12 {name[2]} завод остановился, без работы {random.randint(1000, 9000)} человек.",
    ]
    return Made("ru", random.choice(texts), Topic(subject=MARKET, measure="sales"))


EN_MONTHS: Final = tuple(calendar.month_name)


def en_period(random: Random) -> tuple[str, Period]:
    """A period in English, and its days."""
    number = random.randint(1, 10)
    span = max(number, 2)
    y = random.choice([2021, 2022, 2023, 2024])
    return random.choice(
        [
            (f"in {EN_MONTHS[number]}", month(2025, number)),
            (f"in {EN_MONTHS[number]} {y}", month(y, number)),
            (f"in {EN_COUNTS[span]} months of {y}", months(y, span)),
            (f"in the first {EN_COUNTS[span]} months of 2025", months(2025, span)),
            (f"in January-{EN_MONTHS[span]}", months(2025, span)),
            (f"from January to {EN_MONTHS[span]} {y}", months(y, span)),
            (f"in {y}", year(y)),
        ]
    )


def en_sentence(random: Random) -> Made:
    """A count and a change."""
    phrase, period = en_period(random)
    printed, value = count(random, "en")
    much, pct = percent(random, "en")
    brand = random.choice([*BRANDS, "LADA"])
    subject = Subject("brand", brand.lower())
    made = Made("en", "", Topic(subject=MARKET, measure="sales"))
    sign, verb, side = random.choice(
        [(1, "rose", "more"), (-1, "fell", "less"), (1, "grew", "more"), (-1, "dropped", "less")]
    )
    form = random.randrange(5)
    kind, base = "yoy", back(period)
    if form == 0:
        made.text = f"Sales of {brand} {verb} by {much} to {printed} {phrase}."
    elif form == 1:
        if period.freq == "M" and random.random() < 0.5:
            kind, base = "mom", month_back(period)
        words = "a year earlier" if kind == "yoy" else "the previous month"
        made.text = f"{brand} sold {printed} {phrase}, {much} {side} than {words}."
    elif form == 2:
        made.text = f"{brand} sales amounted to {printed} {phrase} ({'+' if sign > 0 else '-'}{much})."
    elif form == 3:
        subject = MARKET
        made.text = f"The market {verb} {much} year on year to {printed} {phrase}."
    else:
        times = Decimal(random.randint(15, 49)) / 10
        sign, pct = 1, (times - 1) * 100
        made.text = f"{brand} sold {printed} {phrase} (a {times}-fold growth)."
    made.keys.add(Key(subject, "sales", period, value, "units", "none", None))
    made.keys.add(Key(subject, "sales", period, sign * pct, "percent", kind, base))
    return made


def en_traps(random: Random) -> Made:
    """Numbers that are no figures of ours."""
    printed, _ = count(random, "en")
    much, _ = percent(random, "en")
    name = random.choice(EN_MONTHS[1:11])
    texts = [
        f"The average price rose {much} in {name}.",
        f"The maker plans to sell {printed} in 2026.",
        f"Stocks stood at {printed} in {name}.",
        f"Zorvex sold {printed} in {name}.",
        f"Haval and Chery sold {printed} in {name}.",
        f"It may lose {much} in 2026.",
        f"Sales of Haval changed by {much} in {name}.",
        f"In Moscow {printed} were sold in {name}.",
        f"Last week {printed} were sold.",
    ]
    return Made("en", random.choice(texts), Topic(subject=MARKET, measure="sales"))


def zh_sentence(random: Random) -> Made:
    """Exports of a month and of the months so far, with both comparisons."""
    number = random.randint(2, 10)
    now, so_far = month(2025, number), months(2025, number)
    (first, one), (second, two) = count(random, "zh"), count(random, "zh")
    (a, up), (b, down), (c, other) = (percent(random, "zh") for _ in range(3))
    topic = Topic(subject=MARKET, measure="exports", geography="W0")
    made = Made("zh", "", topic)
    place = random.choice(["", "对俄罗斯", "对墨西哥"])
    span = random.choice([f"1-{number}月", f"前{number}个月", f"2025年1-{number}月"])
    made.text = (
        f"{random.choice(['2025年', ''])}{number}月{place}出口{first}，同比增长{a}，环比下降{b}；"
        f"{span}{place}累计出口{second}，同比{random.choice(['下滑', '下降', '减少'])}{c}。"
    )
    made.keys |= {
        Key(MARKET, "exports", now, one, "units", "none", None),
        Key(MARKET, "exports", now, up, "percent", "yoy", back(now)),
        Key(MARKET, "exports", now, -down, "percent", "mom", month_back(now)),
        Key(MARKET, "exports", so_far, two, "units", "none", None),
        Key(MARKET, "exports", so_far, -other, "percent", "yoy", back(so_far)),
    }
    return made


MAKERS: Final[tuple[Callable[[Random], Made], ...]] = (
    ru_level, ru_level, ru_moves, ru_moves, ru_list, ru_two, ru_traps, en_sentence, en_sentence, en_traps, zh_sentence,
)  # fmt: skip


def made(random: Random) -> Made:
    """Any of them."""
    return random.choice(MAKERS)(random)
