"""Part k, news: what reading an article costs on one core, and whether a night's cost follows from the new articles alone.

    article pages in three languages, from bytes to rows   against   60 s of one core for 10,000
    loading a night's articles into 10,000 that are known   against   loading the like into 1,000

The pages are made up, each of other sentences, names, days and figures, so that nothing that was read before helps;
all of them are on the topic, which is the dearer case. Both warehouses hold as many articles a day, over more or fewer
days.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Final

from expectations.judge import Verdict
from sources.contract import Article, Batch, Event, Payload
from sources.news import article
from tests.bench import core
from tests.bench.core import Figure, Sizes, Told, say
from tests.payloads.news import pages
from warehouse.archive import Record
from warehouse.database import Database
from warehouse.loader import Work, load

__all__ = ["kept", "made", "measured"]

WARM: Final = 30
WHOLE: Final = 10_000
SECONDS: Final = 60.0  # for as many as that
NIGHTLY: Final = 100  # new articles of a night
A_DAY: Final = 30
RUNS: Final = 7
RATIO: Final = 1.5
NOW: Final = datetime(2026, 7, 25, 2, 30, tzinfo=UTC)

# Sentences with gaps: {maker}, {goods} ... are filled from WORDS, {n} and {day} with figures and days.
SENTENCES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "Rosstandart banned imports of trucks made by {maker} on {day}, citing {fault} found in {n} vehicles.",
        "{maker} moved to a four-day working week from {day}, the company said in a letter to its {n} suppliers.",
        "China's customs reported that imports of {goods} from Russia {move} by {n}.{d} percent in the period.",
        "{bank} stopped accepting payments from Russia for {goods}, three people familiar with the matter said.",
        "A dealer in {city} said that {n} cars were still standing in the yard and that buyers waited for {hope}.",
        "The ministry of a neighbouring country has not said whether {goods} will be covered by the same rules.",
        "Russia raised the recycling fee to {n},{d}00 rubles on {day}, and importers of {goods} paid more than before.",
        "Freight from {city} to Moscow took {n} days, {d} longer than a year earlier, according to forwarders.",
        "China and Russia signed an agreement on {goods} in {city} on {day}, and both delegations praised {hope}.",
        '"We count every wagon with {goods}, and the queue at the border is {n} kilometres long", a driver said.',
        "Analysts of a brokerage see {hope} as the reason why prices of {goods} {move} in {city} this quarter.",
        "China may impose duties on Russian {goods}, but no decision has been taken, an official of {city} said.",
        "{maker} denied reports that it would leave the Russian market and said that {n} dealers keep working.",
        "Orders for {goods} came to {n} million dollars in the spring, a survey of firms in {city} showed.",
        "For the region around {city}, where {n} firms live by trade with China, {hope} matters more than tariffs.",
    ),
    "ru": (
        "Росстандарт запретил ввоз грузовиков {maker} с {day}: у {n} машин нашли {fault}.",
        "{maker} с {day} перешёл на четырёхдневную рабочую неделю, сообщила компания своим {n} поставщикам.",
        "Таможня КНР сообщила, что импорт {goods} из России за этот срок {move} на {n},{d}%.",
        "{bank} перестал принимать платежи из России за поставки {goods}, рассказали три источника на рынке.",
        "Дилер из города {city} говорит, что на площадке стоят ещё {n} машин, а покупатели ждут: {hope}.",
        "Министерство соседней страны пока не ответило, распространятся ли те же правила на поставки {goods}.",
        "Россия повысила утильсбор до {n} {d}00 рублей с {day}, и ввоз {goods} обходится дороже прежнего.",
        "Перевозка из города {city} в Москву занимала {n} дней, на {d} дольше, чем год назад, считают экспедиторы.",
        "Китай и Россия подписали {day} соглашение о поставках {goods}; обе делегации хвалили одно: {hope}.",
        "«Мы считаем каждый вагон, очередь у границы растянулась на {n} километров», — сказал водитель из города {city}.",
        "Аналитики брокера объясняют просто, почему цены {goods} в городе {city} выросли: {hope}.",
        "Китай может ввести пошлины на поставки {goods} из России, но решения нет, сказал чиновник ({city}).",
        "{maker} опроверг сообщения об уходе с российского рынка: работают {n} дилеров, заявила компания.",
        "Заказы на поставки {goods} весной достигли {n} млн долларов, показал опрос фирм из города {city}.",
        "Для округи, где {n} фирм живут торговлей с Китаем, главное не пошлины, а другое: {hope}, пишут из города {city}.",
    ),
    "zh": (
        "俄罗斯联邦技术调节和计量署{day}宣布，禁止进口{maker}卡车，称在{n}辆车上发现{fault}。",
        "{maker}自{day}起实行每周四天工作制，该公司致函{n}家供应商称。",
        "中国海关总署表示，同期自俄罗斯进口{goods}{move}{n}.{d}%。",
        "三名知情人士说，{bank}已停止受理来自俄罗斯的{goods}货款。",
        "{city}一名经销商说，院子里还停着{n}辆车，买家在等{hope}。",
        "邻国主管部门没有说明同样的规定是否适用于{goods}。",
        "俄罗斯{day}将报废税提高到{n}{d}00卢布，{goods}进口商的负担加重。",
        "货代公司称，从{city}到莫斯科的运输用了{n}天，比上年多{d}天。",
        "中国和俄罗斯{day}在{city}签署{goods}协议，双方代表团都提到{hope}。",
        "“每一车{goods}我们都要点数，口岸排队长达{n}公里”，一名司机说。",
        "一家券商的分析师认为，{hope}是本季{city}{goods}价格变化的原因。",
        "中国可能对俄罗斯{goods}加征关税，但尚未作出决定，{city}一名官员说。",
        "{maker}否认将退出俄罗斯市场的报道，称{n}家经销商仍在营业。",
        "对{city}企业的调查显示，今年春季{goods}订单为{n}00万美元。",
        "{city}有{n}家企业靠对华贸易为生，对它们来说{hope}比关税更要紧。",
    ),
}  # fmt: skip
WORDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "en": {
        "maker": ("Dongfeng", "Foton", "FAW", "Sitrak", "KAMAZ", "AvtoVAZ", "GAZ", "Chery", "Geely", "Haval", "Sollers", "UAZ"),
        "goods": ("coal", "crude oil", "LNG", "wheat", "barley", "timber", "beef", "seafood", "trucks", "steel", "peas"),
        "bank": ("Bank of China", "ICBC", "China Construction Bank", "Sberbank", "VTB"),
        "city": ("Harbin", "Heihe", "Chita", "Suifenhe", "Vladivostok", "Manzhouli", "Khabarovsk", "Kazan", "Ningbo"),
        "fault": ("weak brakes", "loud engines", "faulty steering", "cracked axles", "worn seals"),
        "move": ("rose", "fell", "grew", "dropped", "increased"),
        "hope": ("a cheaper ruble", "shorter queues", "new warehouses", "simpler papers", "a second bridge", "calmer seas"),
    },
    "ru": {
        "maker": ("Dongfeng", "Foton", "FAW", "Sitrak", "КАМАЗ", "АвтоВАЗ", "ГАЗ", "Chery", "Geely", "Haval", "Соллерс", "УАЗ"),
        "goods": ("угля", "нефти", "СПГ", "пшеницы", "ячменя", "древесины", "говядины", "рыбы", "грузовиков", "стали", "гороха"),
        "bank": ("Банк Китая", "ICBC", "Сбербанк", "ВТБ", "China Construction Bank"),
        "city": ("Харбин", "Хэйхэ", "Чита", "Суйфэньхэ", "Владивосток", "Маньчжурия", "Хабаровск", "Казань", "Нинбо"),
        "fault": ("слабые тормоза", "шумные двигатели", "неисправное рулевое управление", "трещины в осях", "износ сальников"),
        "move": ("вырос", "упал", "увеличился", "снизился", "сократился"),
        "hope": ("дешёвый рубль", "короткие очереди", "новые склады", "простые бумаги", "второй мост", "спокойное море"),
    },
    "zh": {
        "maker": ("东风", "福田", "一汽", "汕德卡", "卡玛斯", "伏尔加汽车", "奇瑞", "吉利", "哈弗"),
        "goods": ("煤炭", "原油", "液化天然气", "小麦", "大麦", "木材", "牛肉", "水产品", "卡车", "钢材", "豌豆"),
        "bank": ("中国银行", "中国工商银行", "中国建设银行", "俄罗斯联邦储蓄银行"),
        "city": ("哈尔滨", "黑河", "赤塔", "绥芬河", "海参崴", "满洲里", "哈巴罗夫斯克", "喀山", "宁波"),
        "fault": ("制动力不足", "发动机噪声过大", "转向失灵", "车桥开裂", "油封磨损"),
        "move": ("增长", "下降", "上升", "减少"),
        "hope": ("卢布走低", "排队缩短", "新仓库", "手续简化", "第二座大桥", "海况平稳"),
    },
}  # fmt: skip
TITLES: Final = {
    "en": "Trade of China and Russia: {goods}, {maker} and {hope} in {city}, number {n}",
    "ru": "Торговля Китая и России: поставки {goods}, {maker} и {hope}, {city}, номер {n}",
    "zh": "中俄贸易：{goods}、{maker}与{hope}，{city}第{n}号",
}
MONTHS: Final = {
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),  # noqa: SIM905
}


def _day(on: date, language: str) -> str:
    if language == "zh":
        return f"{on.month}月{on.day}日"
    month = MONTHS[language][on.month - 1]
    return f"{month} {on.day}" if language == "en" else f"{on.day} {month}"


def _filled(sentence: str, language: str, on: date, random: Random) -> str:
    said: dict[str, object] = {name: random.choice(words) for name, words in WORDS[language].items()}
    told = on - timedelta(days=random.randrange(20))
    return sentence.format_map(
        said | {"n": random.randrange(12, 990), "d": random.randrange(1, 9), "day": _day(told, language)}
    )


def made(number: int) -> Payload:
    """A page of about 15 sentences with the menus, boxes and scripts of a site around it."""
    random = Random(number)  # noqa: S311 (the same pages each time)
    language = ("en", "ru", "zh")[number % 3]
    on = date(2025, 1, 10) + timedelta(days=random.randrange(500))
    sentences = [_filled(one, language, on, random) for one in random.sample(SENTENCES[language], 13)]
    sentences += [_filled(random.choice(SENTENCES[language]), language, on, random) for _ in range(3)]
    blank = "" if language == "zh" else " "
    paragraphs = [blank.join(sentences[at : at + 2]) for at in range(1, len(sentences), 2)]
    menu = "".join(
        f"<li><a href='/part/{random.randrange(10**6)}'>Part {random.randrange(10**4)}</a></li>" for _ in range(60)
    )
    script = "".join(f"window.v{random.randrange(10**9)}={random.random()};" for _ in range(300))
    body = pages.article(
        _filled(TITLES[language], language, on, random), paragraphs, url=f"https://www.outlet{number % 40}.example/{on:%Y/%m/%d}/{number}",
        published=f"{on}T{random.randrange(1, 23):02d}:10:00+03:00", language=language, lead=sentences[0],
        kind=("linked", "graph")[random.randrange(2)], extra=f"<nav><ul>{menu}</ul></nav><script>{script}</script>",
    )  # fmt: skip
    url = f"https://www.outlet{number % 40}.example/{on:%Y/%m/%d}/{number}"
    return Payload("article", url, body, sha256(body).hexdigest(), NOW)


def reading(count: int) -> tuple[float, int, int]:
    """Seconds of one core for reading `count` pages, the events that they told, and their bytes."""
    payloads = [made(number) for number in range(WARM + count)]
    for payload in payloads[:WARM]:
        list(article.parse(payload))
    began = time.process_time()
    rows = [row for payload in payloads[WARM:] for row in article.parse(payload)]
    taken = time.process_time() - began
    return taken, sum(isinstance(row, Event) for row in rows), sum(len(payload.body) for payload in payloads[WARM:])


# --- a night's cost ---------------------------------------------------------------------------------------------------

# Runs of words are shared as words are: a few by many articles, most by one or two.
RUNS_OF_WORDS: Final = range(1, 400_000)
OFTEN: Final = tuple(accumulate(1 / (n + 400) for n in RUNS_OF_WORDS))


def known(first: int, count: int, last_day: datetime) -> Iterator[tuple[Article, Event]]:
    """Articles of `A_DAY` a day that end with `last_day`, one in eight a copy or a heading, each with an event."""
    runs: Sequence[int] = ()
    for number in range(first, first + count):
        random = Random(number)  # noqa: S311 (as above)
        when = last_day - timedelta(days=(first + count - 1 - number) // A_DAY, minutes=number % 700)
        language = ("en", "ru", "zh")[number % 3]
        if not runs or number % 16:
            runs = sorted(set(random.choices(RUNS_OF_WORDS, cum_weights=OFTEN, k=300)))
        heading = number % 8 == 1
        names = tuple(random.sample(WORDS["en"]["maker"], 2))
        yield (
            Article(
                article_id=f"a-{number}", url=f"https://www.outlet{number % 40}.example/{number}", outlet=f"outlet{number % 40}.example",
                title=_filled(TITLES[language], language, when.date(), random), language=language, locator="article", published=when,
                topics=("trade",), names=names, headline_only=heading, shingles=tuple(runs),
            ),
            Event(
                event_type="import_ban", event_date=when.date(), actor="Rosstandart", locator=f"article body chars {number}-{number + 9}",
                target=names[0], product="trucks", status="in_force", side="RU", published=when, article_id=f"a-{number}", pattern="en.ban",
            ),
        )  # fmt: skip


def brought(db: Database, articles: Sequence[tuple[Article, Event]], run: str) -> float:
    """Seconds of processors for loading articles as a night does, each from a page of its own."""
    verdicts = []
    for one, event in articles:
        assert isinstance(one.published, datetime)
        fetched_at = one.published + timedelta(hours=1)
        name = sha256(one.url.encode()).hexdigest()
        record = Record(
            source="article", url=one.url, sha256=name, fetched_at=fetched_at, checked_at=fetched_at, run_id=run, role="data",
            period="", title="", group="", content_type="", etag="", last_modified="", size=1, sidecar=f"{name}.json",
        )  # fmt: skip
        payload = Payload("article", one.url, b"", name, fetched_at)
        batch = Batch(payload, 1, (), events=(event,), articles=(one,))
        verdicts.append((record, Verdict(batch, load=True, reason="", findings=())))
    work = Work("article", run, NOW, verdicts=verdicts)
    began = time.process_time()
    load(db, work)
    return time.process_time() - began


def nights(folder: Path, sizes: Sequence[int]) -> list[tuple[float, float]]:
    """Seconds of processors of like nights in the smaller and in the larger warehouse, in turn."""
    start = NOW - timedelta(days=30)
    warehouses = []
    for count in sizes:
        db = Database(folder / f"{count}.duckdb", NOW)
        brought(db, list(known(0, count, start)), "known")
        warehouses.append(db)
    pairs = []
    for night in range(RUNS + 1):
        taken = []
        for db in warehouses:
            fresh = list(known(1_000_000 + night * NIGHTLY, NIGHTLY, start + timedelta(days=night + 1)))
            taken.append(brought(db, fresh, f"night-{night}"))
        pairs.append((taken[0], taken[1]))
    for db in warehouses:
        db.close()
    return pairs[1:]


def kept(count: int, many: int, few: int) -> Told:
    """Both measurements in one process: `count` pages read; like nights into a warehouse of `many` and one of `few`."""
    taken, events, size = reading(count)
    with tempfile.TemporaryDirectory() as folder:
        pairs = nights(Path(folder), (few, many))
    return Told(taken, {"events": events, "bytes": size, "pairs": pairs})


def measured(sizes: Sizes) -> list[Figure]:
    """What an article costs, against what it may; a night's cost in a large warehouse against a small one."""
    few, many = sizes.known
    say(f"k: {sizes.articles:,} article pages, nights of {NIGHTLY} articles into {many:,} and {few:,}")
    told = core.child("tests.bench.articles:kept", count=sizes.articles, many=many, few=few)
    whole, pairs = told.seconds * WHOLE / sizes.articles, told.facts["pairs"]
    small, large = (statistics.median(values) for values in zip(*pairs, strict=True))
    ratio = statistics.median(b / a for a, b in pairs)
    size = told.facts["bytes"] / sizes.articles / 1000
    note = f"{1000 * told.seconds / sizes.articles:.2f} ms of one core an article of {size:.0f} kB"
    return [
        Figure("k", "10,000 articles read", whole, SECONDS, whole / SECONDS, 1.0, against="a minute of one core", note=note,
               ours_mib=told.peak_mib),
        Figure("k", f"a night's {NIGHTLY} new articles", large, small, ratio, RATIO, against=f"into {few:,}", size=many,
               pairs=len(pairs)),
    ]  # fmt: skip
