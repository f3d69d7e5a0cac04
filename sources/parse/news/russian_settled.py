"""What a reading of a Russian sentence still needs once its rule has fired: who of the named can act, and on whom.

Names are found by their stems, so a name's case and the words around it tell its role: "китайский" and "из Китая" say
where goods come from, "сообщил Россельхознадзор" who tells of a measure. Here the sentence as a whole settles what one
trigger can't: measures of third countries are no matter of this trade, what a year alone dates is background, a rate or
a day that the sentence after gives belongs to the measure before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from sources.parse.news import gazetteer, russian_figures
from sources.parse.news.model import Mention, Page, Said, Sentence
from sources.parse.news.rules import Rule
from sources.parse.news.stems import Quick, quick

__all__ = ["MAYBE", "acting", "settled", "together"]

IGNORE: Final = re.IGNORECASE
OTHER: Final[Mapping[str, str]] = {"RU": "China", "CN": "Russia"}
HOME: Final[Mapping[str, str]] = {"RU": "Russia", "CN": "China"}
BANS: Final = frozenset({"import_ban", "import_ban_update", "import_ban_lifted"})
MEASURES: Final = frozenset({*BANS, "market_access", "tariff", "antidumping_duty", "export_control"})
SPOKEN: Final = frozenset({"statement", "forecast"})
TREATIES: Final = frozenset({"agreement", "contract"})
PROJECTS: Final = frozenset({*TREATIES, "project_status", "opening", "delivery", "visit"})
WEEKS: Final = frozenset({"work_week_cut", "work_week_restored", "production_cut"})
# What holds from a day on: an older day may be the matter where the article has no other.
STANDING: Final = frozenset(
    {*WEEKS, "tariff", "antidumping_duty", "fee_change", "import_ban", "visa_waiver", "export_control"}
)
LETS_IN: Final = frozenset({"import_ban_lifted", "market_access"})
HAPPENING: Final = frozenset({"asserted", "reported", "sources", "planned"})
FRESH: Final = 60  # days: what an article tells of longer ago, beside its own matter, is what went before
LONG_PAST: Final = 400  # days: no news
# Measures of the state that are its commerce ministry's where the text names no other body.
MINISTRY: Final = frozenset({"export_control", "countersanction"})
BUILT: Final = ("project.building", "project.completed")
COAL: Final[Mapping[str, str]] = {
    "кокс": "coking coal",
    "мета": "coking coal",
    "энер": "thermal coal",
    "антр": "anthracite",
}

# --- who can act ------------------------------------------------------------------------------------------------------

# "китайский прокат": where it comes from; "китайские власти": who acts.
ADJECTIVE: Final = quick(r"\w+ск(?:ий|ая|ое|ие|ого|ой|ому|им|ими|их|ую|ом)$", IGNORE)
AUTHORITY: Final = quick(
    r"\s+(?:[\w-]+\s+)?(?:власт|сторон|правительств|регулятор|министерств|минист|ведомств|чиновник|государств|лидер|тамож|диплом|МИД|представит|пошлин|тариф|запрет|эмбарго|контрмер)",
    IGNORE,
)
BESIDE: Final = quick(
    r"\b(?:из|для|от|против|к|через|с|со|между|на|по|об?|у|при|во?|внутри|кроме|со стороны)\s+(?:[\w-]+ск\w+\s+)?[«\"]?$"
    r"|\b(?:импорт|экспорт|рын\w{1,3}|закупк|поставк|товар|партн[её]р|торговл|дол|производител|границ|покупател|"
    r"потребител|ввоз|вывоз|президент|председател|глав|гражданин|гражданам|гражданами|граждан|экономик|посол|отношени|интерес)\w{0,4}\s+$",
    IGNORE,
)
DATIVE: Final = frozenset({"китаю", "пекину", "россиянам", "россиян", "россияне"})
OWN: Final = frozenset({"Rosstandart"})  # it tells of no bans but its own
AT: Final = quick(r"\bво?\s+$", IGNORE)
INTO: Final = quick(r"\b(?:во?|на\s+рынок)\s+$", IGNORE)
WITHIN: Final = quick(r"(?:^|,\s+что\s+|[:;—–]\s+|^\S+ \S+ )[Вв]о?\s+$")
IT: Final = quick(r",\s+(?:ведомство|служба|регулятор|агентство|комиссия|министерство|она|оно|он)\s", IGNORE)
HOSTS: Final = quick(
    r"\b(?:со?|у|к)\s+(?:(?:президент|председател|премьер|глав|лидер|коллег|российск|китайск|РФ|КНР|Росси|Кита|Госсовет)\w*(?:-\w+)?\s+){0,4}$"
    r"|\bприглашени\w+\s+(?:[\w-]+\s+){0,4}$|\b(?:принял|встретил)\w*\s+(?:[\w-]+\s+){0,3}$",
    IGNORE,
)
VISITORS: Final = quick(
    r"\b(?:для|граждан\w*|туристов|туристы|жителей|жители|паспорт\w*|владельц\w+)\s+(?:[\w-]+\s+)?$", IGNORE
)
TRAVELLERS: Final = quick(r"\s+(?:[\w-]+\s+)?(?:турист|граждан|путешеств|бизнесмен|паспорт)", IGNORE)
SAYING: Final = (
    r"(?:сообщ|заявил|заявля|уточн|поясн|отмет|отмеч|подтверд|рассказ|объясн|добав|напомн|подчеркн|счита|ожида|прогноз|"
    r"пиш|переда|говор|сказал|следует|указал)\w*"
)
SPEAKS: Final = quick(rf"[»\"]?\s+(?:[\w«»-]+\s+){{0,3}}?{SAYING}(?!\s+об?\s)", IGNORE)
TOLD_BY: Final = quick(
    rf"(?:\b{SAYING}\s+(?:[\w.-]+\s+){{0,3}}?(?:во?\s+)?|\b(?:по данным|по словам|по информации|со ссылкой на|по оценк\w+|в пресс-службе|"
    rf"глав\w+|замглав\w+|представител\w+|сообщени\w+|из данных|заявлени\w+)\s+(?:[\w-]+\s+){{0,2}}?)[«\"]?$",
    IGNORE,
)


def acting(rule: Rule, match: re.Match[str], sentence: Sentence) -> Sentence:  # noqa: PLR0911 (each kind of event its own way)
    """The sentence with those names alone that can be the ones who act, as far as its words tell."""
    if match.groupdict().get("actor"):  # the pattern says it by itself
        return sentence
    if rule.status == "not_confirmed":
        return replace(sentence, mentions=tuple(m for m in sentence.mentions if not _origin_word(m, sentence.text)))
    if rule.status == "negotiating":  # "Chinese firms talk" is no word of the state
        nouns = tuple(m for m in sentence.mentions if not _adjective(m, sentence.text))
        return replace(sentence, mentions=nouns)
    if rule.event_type in SPOKEN or rule.event_type in WEEKS:
        return sentence
    if rule.event_type == "visit":
        return replace(sentence, mentions=tuple(m for m in sentence.mentions if not _host(m, sentence.text)))
    if rule.event_type == "visa_waiver":
        return replace(sentence, mentions=tuple(m for m in sentence.mentions if not _visitor(m, sentence.text)))
    treaty = rule.event_type in PROJECTS
    able = tuple(m for m in sentence.mentions if not (_origin_word(m, sentence.text) and not treaty))
    own = OWN if rule.event_type in BANS else frozenset()
    quiet = tuple(m for m in able if m.entity.name in own or not _tells(m, sentence.text))
    if IT.search(sentence.text):  # "by the words of the customs, the service has ..."
        quiet = able
    if any(m.entity.kind in rule.actors for m in quiet):
        return replace(sentence, mentions=quiet)
    if rule.event_type in MEASURES:  # where goods are let in or not is who lets them
        into = tuple(m for m in sentence.of("country") if INTO.search(sentence.text[: m.start]))
        if into:
            return replace(sentence, mentions=into)
    return replace(sentence, mentions=quiet if rule.named else able)


def _host(mention: Mention, text: str) -> bool:
    """Is it the person who is met, or who invited?"""
    return mention.entity.kind == "person" and bool(HOSTS.search(text[max(0, mention.start - 50) : mention.start]))


def _visitor(mention: Mention, text: str) -> bool:
    """Is it the country whose people come?"""
    if mention.entity.kind != "country":
        return False
    word = text[mention.start : mention.end]
    travels = ADJECTIVE.search(word) and TRAVELLERS.match(text, mention.end)
    return (
        bool(travels)
        or word.lower() in DATIVE
        or bool(VISITORS.search(text[max(0, mention.start - 30) : mention.start]))
    )


def _adjective(mention: Mention, text: str) -> bool:
    """Does a country's name only say whose something is?"""
    word = text[mention.start : mention.end]
    return mention.entity.kind == "country" and bool(ADJECTIVE.search(word)) and not AUTHORITY.match(text, mention.end)


def _origin_word(mention: Mention, text: str) -> bool:
    if mention.entity.kind not in {"country", "bloc"}:
        return False
    word = text[mention.start : mention.end]
    if ADJECTIVE.search(word):
        return not AUTHORITY.match(text, mention.end)
    if word.lower() in DATIVE:
        return True
    before = text[max(0, mention.start - 40) : mention.start]
    if word.endswith("тае") and re.search(r"\b[Вв]\s$", before):
        return False
    if WITHIN.search(text[: mention.start]) and not word.endswith(("ай", "ию")):
        return False
    return bool(BESIDE.search(before))


def _tells(mention: Mention, text: str) -> bool:
    """Is it named as the one who tells of the matter?"""
    if mention.entity.kind in {"country", "bloc"} and text[mention.end : mention.end + 1] != ",":
        before = text[max(0, mention.start - 25) : mention.start]
        return bool(re.search(r"(?:сообщил\w*|заявил\w*)\s+(?:в\s+)?$", before, IGNORE))
    if SPEAKS.match(text, mention.end):
        return True
    return bool(TOLD_BY.search(text[max(0, mention.start - 60) : mention.start]))


ARRIVED: Final = quick(r"\b(?:прибыл|прилетел|приехал|находится|начал)\w*\b", IGNORE)
# What only may be, is asked for, feared or waited for.
MAYBE: Final = quick(
    r"\b(?:может|могут|мог|могла|могли|можно|возможн(?!ост)\w*|возможност\w*\s+(?:введени|запрет|переход|перевод)\w*|вероятн\w*|если|рассматрива\w*|рассмотр\w*|обсужда\w*|обсудил\w*|предлож\w*|предлага\w*|попросил\w*|просит|просят|призвал\w*|призыва\w*|планиру\w*|намерен\w*|хочет|хотят|хотел\w*|готов(?:а|о|ы|ит|ят|ится|ятся|ность\w*)?|допуст(?:ил[аи]?|имо|ят)\b(?!\s+на)|угрожа\w*|под\s+угрозой\s+(?:запрет|введени|санкц)\w*|проект\w*\s+(?:указа|постановлени\w*|приказа|закона|решени\w*|соглашени\w*|контракт\w*|договор\w*)|законопроект\w*|инициатив\w*|предложени\w*|бы|собира\w*|надеется|надеются|рассчитыва(?:ет|ют|л\w*)\s+(?:на|что|до)|ожида\w*|прогноз\w*|потребовал\w*|требу(?:ет|ют)|иници\w*|не исключ\w*|долж(?:ен|на|но|ны)|следует|необходимо|нужно|вопрос\w*\s+об?|изуча\w*|после того,? как|с тех пор,? как|будто|якобы|шанс\w*|опаса\w*|боится|боятся|риск\w*|переговор\w*\s+об?о?|просьб\w*|стремится|пыта\w*|способ(?:ен|на|ны)|вряд ли|маловероятн\w*|в случае)\b",
    IGNORE,
)

# --- what the sentence makes of it ------------------------------------------------------------------------------------

LONG_AGO: Final = quick(
    r"\b(?:год|лет|года|десятилети\w+|полгода|месяц\w*)\s+(?:тому\s+)?назад|\bгодовщин\w*|\bюбиле\w*|\bгодом\s+ранее|\bв\s+прошлом\s+году\b"
    r"|\bещ[её]\s+(?:во?|со?)\s+(?:(?:прошл|позапрошл)\w+|(?:19|20)\d\d)"
    r"|\bв\s+том\s+же\s+(?:год|месяц)\w*|\bв\s+те\s+(?:годы|времена)|^(?:Летом|Весной|Осенью|Зимой)\s"
    r"|\b(?:лет|год|года)\s+со\s+дня|\bисполн\w+\s+\w+\s+(?:лет|год)",
    IGNORE,
)
EARLIER: Final = quick(
    r"^(?:Напомн|Ранее|Как сообщалось|Раньше|Прежде|До этого|Тогда|В прошлом|До сих пор|Впервые|Исторически|Изначально|Первоначально)"
    r"|\b(?:ранее|раньше|прежде|в своё время|в свое время|уже не раз|когда-то|неоднократно)\b",
    IGNORE,
)
UNDONE: Final = quick(
    r"\b(?:подписан|заключ[её]н|введ[её]н|принят|открыт|достигнут|согласован|запущен)[аоы]?\s+(?:так\s+и\s+)?не\s+бы(?:л|ть)\w*"
    r"|\bтак\s+и\s+не\s+(?:бы(?:л\w*|ть)|подписа\w+|заключ\w+|вв[её]л\w*|начал\w*|откры\w+|состоял\w+|заработал\w*)"
    r"|\bне\s+был[аио]?\s+(?:подписан|заключ[её]н|введ[её]н|принят|открыт|достигнут|согласован|запущен)",
    IGNORE,
)
AFTERWARDS: Final = quick(
    r"\b(?:после|из-за|на фоне|вслед за|ввиду|в связи с|несмотря на|вопреки|опаса\w+|риск\w*|угроз\w*|причин\w+)\b[^;]{0,90}\bсанкц",
    IGNORE,
)
THIRD: Final = quick(
    r"\bСША\b|\b(?:[Аа]мерик|Вашингтон|Канад|[Кк]анадск|Евросоюз|[Ее]вроп|[Яя]пон|[Аа]встрал|Индонез|Турци|[Тт]урецк|Вьетнам|[Вв]ьетнамск|"
    r"[Кк]орей|Коре[яиюе]|Тайван|[Тт]айваньск|Мексик|[Бб]разил|Украин|[Уу]краинск|Казахстан|[Кк]азахстанск|Белорус|Беларус|[Бб]елорусск|"
    r"Киргиз|Узбек|Монгол|[Мм]онгольск|Литв|[Лл]итовск|Норвег|[Нн]орвежск|Чили|Финлянд|Германи|Франци|[Фф]ранцузск|Британ|Аргентин|Иран|Пакистан)"
    r"|\bИнди(?:я|и|ю|ей)\b|\b[Ии]ндийск|\bЕС\b"
)
RUSSIAN: Final = quick(r"\bРосси|\bросси|\bРФ\b|\bМоскв")
CHINESE: Final = quick(r"\bКита|\bкита|\bКНР\b|\bПекин")
TO_CHINA: Final = quick(r"\b(?:в|на\s+рынок)\s+(?:Китай|КНР|Китая)\b|\bэкспорт\w*\s+из\s+Росси")
TO_RUSSIA: Final = quick(r"\b(?:в|на\s+рынок)\s+(?:Россию|РФ)\b|\bэкспорт\w*\s+из\s+Кита")
UNION: Final = quick(r"\bЕЭК\b|\bЕАЭС\b|\bЕвразийск")
TOGETHER: Final = quick(
    r"(?:\bРосси\w*|\bРФ|\bМоскв\w*)\s+(?:и|с|со)\s+(?:правительств\w*\s+)?(?:Кита|КНР|Пекин)|(?:\bКита\w*|\bКНР|\bПекин\w*)\s+(?:и|с|со)\s+(?:Росси|РФ|Москв)"
    r"|\bмежду\b[^.;]{0,60}(?:Росси|РФ)[^.;]{0,60}(?:Кита|КНР)|\bроссийско-китайск|\bкитайско-российск"
)
RUSSIAN_GOODS: Final = quick(
    r"\bроссийск\w+\s+(?!постав|экспорт|компан|произв|рыба|власт|сторон)|\b(?:из|для|против|в отношении)\s+(?:Росси|РФ)"
)
CHINESE_GOODS: Final = quick(
    r"\bкитайск\w+\s+(?!постав|экспорт|компан|власт|сторон)|\b(?:из|для|против|в отношении)\s+(?:Кита|КНР)"
)
SEABORNE: Final = quick(r"\bпо\s+морю\b|\bморем\b|\bморск\w+|\bтанкер\w*", IGNORE)
PERIOD: Final = quick(r"\b(?:полугоди|квартал|за\s+год\b|\d+\s+месяц)", IGNORE)
RATES: Final = quick(
    r"(?P<rate>\d+(?:,\d+)?)\s?%\s+\(?(?:[\w-]+\s+){0,2}?(?:(?:на|для|по)\s+|(?<=\())(?:[\w-]+\s+)?(?P<kind>коксующ|металлург|энергетич|антрацит)"
    r"|(?:на|для|по)\s+(?P<kind2>коксующ|металлург|энергетич|антрацит)\w*(?:\s+(?:уг|марок|сорт|вид)\w*)?(?:\s+и\s+антрацит\w*)?(?:\s+(?:ставка|она|пошлина))?(?:\s+(?:составляет|составит|составила|равна))?(?:\s*[—–-]\s*|\s+(?:до|в размере|на уровне)\s+|\s+)(?P<rate2>\d+(?:,\d+)?)\s?%",
    IGNORE,
)
GOES_ON: Final = quick(
    r"^(?:Е[её]|Его|Их|Ставк|Тариф|Размер|Пошлин|Она|Он|Они|Новая ставка|Величина|Мера|Меры|Решение|Ограничени|Запрет|Документ|Изменени|Приказ|Такой|Новые|Новый|Для|На|Теперь|Льгот|Действ|По новым|Режим|Соответствующ|Постановлени)"
)
STRANGER: Final = quick(
    r"\b(?:китайск\w+|Китая|КНР)\s+(?:(?:компани|корпораци|концерн|групп|холдинг|банк|фирм|инвестор|партн[её]р|импорт[её]р|перевозчик|верф|производител)\w*\s+)?[«\"]?(?P<who>(?-i:[A-Z])[\w.&-]+)"
    r"|(?:\bи|\bс|\bсо)\s+(?:компани\w*\s+|корпораци\w*\s+)?[«\"]?(?P<who2>(?-i:[A-Z])[\w.&-]+)",
    IGNORE,
)
OF_CARS: Final = quick(
    r"(?:\bот\s+(?:1|одного)(?:\s*л\w*\.?)?\s+до\s+(?:2|двух)|\b1\s*[-–—]\s*2|\bдо\s+(?:2|двух)(?:,0)?)\s*(?:л\b|литр)\w*",
    IGNORE,
)
OF_OTHERS: Final = quick(
    r"\b(?:грузов|массой|прицеп|экскават|бульдоз|спецтехник|трактор|автобус|тягач|свыше|физлиц|физическ|для\s+личн|для\s+себя|л\.\s?с|электромоб|гибрид)"
    r"|\bдо\s+(?:3|тр[её]х|3,5)\s*(?:л\b|литр)|\bот\s+(?:2|двух|3|тр[её]х)\s+до\b",
    IGNORE,
)
HITS_RUSSIA: Final = quick(r"\b(?:затрон|косн[её]т|каса|удар)\w*\s+[^.;]{0,30}(?:Росси|РФ\b|российск)", IGNORE)
OF_RUSSIA: Final = quick(r"^Для\s+(?:Росси[ия]|РФ|российск)", IGNORE)
FOR_RUSSIA: Final = quick(r"\b(?:для|из|на)\s+(?:Росси[ия]|РФ|российск)", IGNORE)
TERMS: Final = quick(
    r"^(?:Срок|Объ[её]м|Стоимость|Сумма|Цена\s+(?:контракт|сделк|договор)|Общ\w+\s+(?:стоимост|сумм|объ[её]м)|Годов\w+\s+объ[её]м|Мощность|"
    r"(?:По|Согласно)\s+(?:контракт|документ|договор|услови|соглашени)|Он[ао]?\s|(?:Контракт|Договор|Документ|Соглашение)\s+(?:рассчитан|предусматрива|предполага)|Сделка\s+оцен)"
)
ANOTHER: Final = quick(r"\b(?:перв\w+\s+(?:контракт|договор|соглашени)|ранее|раньше|прежн\w+)", IGNORE)
MEETING: Final = quick(
    r"^(?:(?:Такая|Эта|Соответствующая)\s+)?(?:Встреч|Совещани|Рекомендаци|Совет\s|Указани|Соответствующ\w+\s+(?:рекомендаци|встреч|совещани))",
    IGNORE,
)
STAYS: Final[Mapping[str, Quick]] = {
    "visit": quick(r"\bвизит|\bпоездк", IGNORE),
    "visa_waiver": quick(r"\bбез\s+виз|\bбезвиз|\bнаходиться|\bпребыва|\bоставаться|\bпроводить", IGNORE),
}
BEGINS: Final = quick(
    r"\b(?:датирован\w*|вступ\w+\s+в\s+силу|действу\w+|действовать|начн\w+\s+действовать|начал\w*\s+действовать|заработа\w+|применя\w+|введен\w*|введён\w*)",
    IGNORE,
)


def settled(said: Said, page: Page, sentences: Sequence[Sentence]) -> Iterator[Said]:
    """The reading as the sentence and the one after bear it out, or nothing; coal of two rates as two."""
    text = said.sentence.text
    if said.precision == "year" and said.event_type not in SPOKEN:
        return
    if said.precision == "year":  # since that year it has been so: it is said today
        said = replace(said, event_date=None, precision="day")
    if _background(said, text):
        return
    if said.event_type in MINISTRY and said.actor == "China":
        said = replace(said, actor="MOFCOM")
    fixed = _roles(said, page)
    if fixed is None:
        return
    if fixed.event_type in TREATIES and _stranger(fixed):
        return
    if fixed.event_type in MEASURES:
        fixed = _begun(fixed, page)
    fixed = _followed(_voiced(fixed), page, sentences)
    if fixed.event_type == "fee_change":
        fixed = _fee(fixed, sentences)
    if fixed.status == "extended":
        fixed = _prolonged(fixed, page)
    if fixed.event_type == "tariff" and fixed.product in {"coal", "coking coal", "thermal coal"}:
        rates = list(_rates(fixed, sentences))
        if rates:
            yield from rates
            return
    yield from _of_makers(fixed)


def _stranger(said: Said) -> bool:
    """Did somebody sign whom no list knows, so that the party that a project has must not stand for him?"""
    named = {mention.entity.name for mention in said.sentence.mentions}
    if said.target in named:
        return False
    known = [(mention.start, mention.end) for mention in said.sentence.mentions]
    for one in STRANGER.finditer(said.sentence.text):
        at = one.start("who") if one["who"] else one.start("who2")
        if not any(start <= at < end for start, end in known):
            return True
    return False


def _fee(said: Said, sentences: Sequence[Sentence]) -> Said:
    """The fee with the rate of a new car of up to two litres, where it or the sentence after names one; else with none.

    A sum of another class, of lorries, of a citizen's own car, is not the car's rate.
    """
    after = _next(said, sentences)
    for text in (said.sentence.text, after.text if after else ""):
        of = OF_CARS.search(text)
        sums = [one for one in russian_figures.amounts(text) if one.unit == "RUB"] if of else []
        later = [one for one in sums if of and one.start >= of.end()]
        if later:
            return replace(said, value=later[0].value, unit="RUB")
    if said.value is not None and OF_OTHERS.search(said.sentence.text):
        return replace(said, value=None, unit=None)
    return said


def _begun(said: Said, page: Page) -> Said:
    """The measure with the day from which its sentence says that it holds; a document's day is not that day."""
    begins = BEGINS.search(said.sentence.text)
    if begins is None or page.day is None or said.event_date is None:
        return said
    named = russian_figures.named_days(said.sentence.text, page.day)
    later = [one for one in named if one.kind == "from" and one.precision == "day" and one.start >= begins.start()]
    if (
        later
        and said.event_date != later[0].day
        and said.event_date not in {one.day for one in named if one.kind == "from"}
    ):
        return _dated(said, later[0].day, page.day)
    if begins[0].lower().startswith("вступил") and said.event_date in {one.day for one in named if one.kind == "said"}:
        return replace(said, event_date=None)
    return said


def _prolonged(said: Said, page: Page) -> Said:
    """What is prolonged is so from the day of the decision: a day to come is its end."""
    if page.day is None or said.event_date is None or said.event_date <= page.day:
        return said
    return replace(said, event_date=None, modality="asserted" if said.modality == "planned" else said.modality)


def _of_makers(said: Said) -> Iterator[Said]:
    """A ban by the standards agency on the makers that its sentence names, however far from the verb they stand."""
    makers = [m.entity for m in said.sentence.of("maker") if m.entity.side == "CN"]
    if said.event_type != "import_ban" or said.actor not in OWN or _kind(said.target) != "country" or not makers:
        yield said
        return
    for maker in dict.fromkeys(makers):
        yield replace(said, target=maker.name, product=maker.product if said.product in VEHICLES else said.product)


def together(found: Iterable[Said], page: Page, sentences: Sequence[Sentence]) -> list[Said]:
    """The readings of an article: a ban told once of a country and once of its makers is the makers'."""
    every = _matter(list(found), page, sentences)
    named = {_side(said.actor) for said in every if said.event_type == "import_ban" and _kind(said.target) == "maker"}
    told = {
        (said.event_type, said.status, said.project)
        for said in every
        if said.project and said.sentence.part == "body" and said.modality == "asserted"
    }
    every = [
        said
        for said in every
        if said.sentence.part == "body" or (said.event_type, said.status, said.project) not in told
    ]
    return [
        said
        for said in every
        if said.event_type != "import_ban" or _kind(said.target) == "maker" or _side(said.actor) not in named
    ]


def _matter(found: Sequence[Said], page: Page, sentences: Sequence[Sentence]) -> list[Said]:
    """The readings without those that the article tells as what went before its own matter."""
    day = page.day
    if day is None:
        return list(found)
    opening = {one.start for one in [*(s for s in sentences if s.part != "body"), *_body(sentences)[:1]]}
    fresh = [said for said in found if said.modality in HAPPENING and _age(said, day) <= FRESH]

    def before(said: Said) -> bool:
        if said.event_type in {*SPOKEN, "investment_guidance"} or said.modality not in HAPPENING:
            return False
        age = _age(said, day)
        if age > LONG_PAST:
            return True
        if said.event_type in STANDING and said.precision == "day" and _in_full(said):
            return False
        old = age > (FRESH if said.precision == "day" else FRESH // 3)
        others = [other for other in fresh if other is not said and other.sentence.start != said.sentence.start]
        apart = said.event_type not in STANDING or bool(others)
        return old and apart and said.sentence.start not in opening

    kept = [said for said in found if not before(said) and (said.sentence.start in opening or not _undated_fee(said))]
    return [said for said in kept if not _named_otherwise(said, kept)]


def _body(sentences: Sequence[Sentence]) -> list[Sentence]:
    return [one for one in sentences if one.part == "body"]


def _in_full(said: Said) -> bool:
    """Does the sentence name the day with its year?"""
    on, text = said.event_date, said.sentence.text
    if on is None or str(on.year) not in text:  # a pattern of its own for each day: seldom worth making
        return False
    return bool(re.search(rf"\b{on.day}\s+[а-я]+\s+{on.year}\b|\b{on:%d.%m.%Y}\b", text))


def _undated_fee(said: Said) -> bool:
    """Does a sentence further down say of a fee that it has risen, and neither when nor to what?"""
    return (
        said.event_type == "fee_change"
        and said.status != "postponed"
        and said.event_date is None
        and said.value is None
    )


def _age(said: Said, day: date) -> int:
    return (day - said.event_date).days if said.event_date else 0


def _named_otherwise(said: Said, found: Sequence[Said]) -> bool:
    """Is it a heading's word for the opening of a market that the text tells in its own terms?"""
    if said.sentence.part == "body" or said.event_type not in LETS_IN:
        return False
    return any(
        other.sentence.part == "body"
        and other.event_type in LETS_IN
        and other.modality in HAPPENING
        and (said.event_type != other.event_type or said.product != other.product)
        and _side(said.actor) == _side(other.actor)
        for other in found
    )


def _kind(name: str | None) -> str:
    return gazetteer.entity(name).kind if name in gazetteer.ENTITIES and name else ""


def _side(name: str | None) -> str:
    return gazetteer.entity(name).side if name in gazetteer.ENTITIES and name else ""


def _background(said: Said, text: str) -> bool:
    """Is it told as what was before, with no day of its own, or as what did not come about?"""
    if (
        UNDONE.search(text)
        and said.event_type not in SPOKEN
        and said.status not in {"kept", "postponed", "not_confirmed"}
    ):
        return True
    if said.event_date is not None or said.event_type in SPOKEN:
        return bool(LONG_AGO.search(text)) and said.event_date is None
    if LONG_AGO.search(text) or EARLIER.search(text):
        return True
    return said.event_type == "sanction" and bool(AFTERWARDS.search(text))


def _roles(said: Said, page: Page) -> Said | None:  # noqa: PLR0911, PLR0912 (each condition ends the reading)
    """Who and whom, by what the type allows; None where one of them can't be told."""
    text = said.sentence.text
    side, kind = _side(said.actor), said.event_type
    if kind in MEASURES:
        return _measure(said, page)
    if kind == "sanction":
        return None if side in OTHER else said
    if kind in WEEKS:
        return None if side != "RU" else said
    if kind == "visit":
        if said.pattern.endswith("visit.arrived") and said.modality == "planned" and ARRIVED.search(text):
            said = replace(said, event_date=None, modality="asserted", status="done")  # the day is another visit's
        return said if side in OTHER and said.target == OTHER[side] else None
    if kind == "visa_waiver":
        return said if side in OTHER and said.target in {None, OTHER[side]} and said.target else None
    if kind == "statement" and said.actor in SPOKESMEN:
        said = replace(said, actor=SPOKESMEN[said.actor])
    if kind == "statement" and said.status == "negotiating" and side in OTHER:
        return replace(said, target=OTHER[side])
    if kind in TREATIES:
        said = _of_states(said)
        if said.target and _kind(said.target) == "country" and _only_place(said.target, said.sentence):
            parties = gazetteer.entity(said.project).parties if said.project else ()
            said = replace(said, target=next((party for party in parties if _side(party) != side), None))
        if said.project is None and _kind(said.actor) == _kind(said.target) == "country" and not TOGETHER.search(text):
            return None
        if said.target is None or _side(said.target) == side or "other" in {side, _side(said.target)}:
            return None
        return said
    if kind == "delivery" and side != "RU" and said.project:
        owner = next((one for one in gazetteer.entity(said.project).parties if _side(one) == "RU"), None)
        return replace(said, actor=owner) if owner else None
    if kind == "opening":
        if said.target in {None, HOME.get(side, "")}:
            return replace(said, target=OTHER.get(side))
        return said
    if kind == "project_status":
        return _step(said)
    if kind == "purchase_halt" and said.product == "crude oil" and SEABORNE.search(text):
        return replace(said, product="seaborne crude")
    if kind == "fee_change" and PERIOD.search(text) and said.value is None:
        return None
    return said


def _of_states(said: Said) -> Said:
    """What governments sign is their states'; a firm that the sentence doesn't name has not signed with them."""
    named = {mention.entity.name for mention in said.sentence.mentions}
    if said.actor in GOVERNMENTS:
        said = replace(said, actor=HOME["RU"])
    if _kind(said.actor) == "country" and said.target not in named and "China" in named:
        return replace(said, target="China")
    return said


def _only_place(name: str, sentence: Sentence) -> bool:
    """Is a country named as nothing but the place, or as where a firm comes from?"""
    mentions = [m for m in sentence.of("country") if m.entity.name == name]
    return bool(mentions) and all(
        AT.search(sentence.text[: m.start]) or ADJECTIVE.search(sentence.text[m.start : m.end]) for m in mentions
    )


def _measure(said: Said, page: Page) -> Said | None:  # noqa: PLR0911 (each condition ends the reading)
    """A measure of one side on the goods of the other."""
    text = said.sentence.text
    side, kind = _side(said.actor), said.event_type
    if side not in OTHER:
        return None
    third = THIRD.search(text)
    if kind == "export_control":
        return None if third or side != "CN" else said
    if kind in BANS:
        if third and not (RUSSIAN_GOODS if side == "CN" else CHINESE_GOODS).search(text):
            return None
        if (TO_CHINA if side == "RU" else TO_RUSSIA).search(text):
            return None
        said = replace(said, target=said.target or _from(said, page))
        if said.product in VEHICLES and _kind(said.target) == "maker":
            said = replace(said, product=gazetteer.entity(said.target or "").product or said.product)
        own = _side(said.target) == OTHER_SIDE[side]
        return said if own and (_kind(said.target) in {"country", "maker"}) else None
    if kind == "market_access":
        return replace(said, target="Russia") if not third else None
    if kind == "antidumping_duty":
        abroad = third and not UNION.search(text)
        return said if side == "RU" and said.target == "China" and not abroad else None
    if side == "RU":
        return said if said.target == "China" and said.actor == "Russia" else None
    if said.target not in {None, "Russia"} or (third and said.target is None):
        return None
    return said


VEHICLES: Final = frozenset({"cars", "commercial vehicles", "machinery"})  # of a maker: what it makes
SPOKESMEN: Final[Mapping[str, str]] = {"Dmitry Peskov": "Kremlin"}
GOVERNMENTS: Final = frozenset({"Russian government", "Kremlin"})
OTHER_SIDE: Final[Mapping[str, str]] = {"RU": "CN", "CN": "RU"}


def _from(said: Said, page: Page) -> str | None:
    """The country that the goods come from: the other side, where the sentence or at least the heading names it."""
    side = _side(said.actor)
    named = RUSSIAN if side == "CN" else CHINESE
    if named.search(said.sentence.text):
        return OTHER[side]
    return OTHER[side] if named.search(page.title) and not THIRD.search(said.sentence.text) else None


def _step(said: Said) -> Said | None:
    """A step of a project: of the state where a minister tells it, with the other party where it has two."""
    if _side(said.actor) == "other":
        return None
    parties = gazetteer.entity(said.project).parties if said.project else ()
    named = {mention.entity.name for mention in said.sentence.mentions}
    by = said.asserted_by
    if said.actor not in named and by in gazetteer.ENTITIES and by:
        speaker = gazetteer.entity(by)
        if speaker.belongs_to == "Russian government" or speaker.kind == "state":
            said = replace(said, actor=HOME.get(speaker.side, said.actor))
    if _kind(said.actor) == "person":
        said = replace(said, actor=HOME.get(_side(said.actor), said.actor))
    if said.status == "renamed":
        maker = next((one for one in parties if _side(one) == "CN"), None)
        actor = said.actor if _kind(said.actor) in {"maker", "company"} else maker
        return replace(said, actor=actor, target=None) if actor else None
    if parties and {_kind(party) for party in parties} == {"country"}:
        return replace(said, actor=parties[0], target=parties[1])
    if said.pattern.endswith(BUILT) and said.target is None and said.actor in parties:
        return replace(said, target=next((party for party in parties if party != said.actor), None))
    if said.target is not None and _side(said.target) == _side(said.actor):
        other = next((party for party in parties if _side(party) != _side(said.actor)), None)
        return replace(said, target=other)
    return said


def _voiced(said: Said) -> Said:
    """Unnamed sources are nobody's word."""
    by = said.asserted_by
    authorities = any(AUTHORITY.match(said.sentence.text, m.end) for m in said.sentence.of("country"))
    if by and (said.modality == "sources" or (_kind(by) == "country" and not authorities)):
        return replace(said, asserted_by=None)
    return said


def _after(said: Said, sentences: Sequence[Sentence]) -> Sentence | None:
    """The sentence after, where it goes on about the same."""
    for number, one in enumerate(sentences[:-1]):
        if one.start == said.sentence.start:
            after = sentences[number + 1]
            return after if after.part == said.sentence.part and GOES_ON.search(after.text) else None
    return None


def _followed(said: Said, page: Page, sentences: Sequence[Sentence]) -> Said:
    """The rate, and the day from which it holds, that the sentence after gives."""
    if said.value is None and said.event_type in STAYS:
        said = _lasting(said, sentences)
    if said.event_type in TREATIES and said.value is None:
        return _worth(said, sentences)
    if said.event_type == "investment_guidance" and said.event_date is None and page.day is not None:
        return _advised(said, page.day, sentences)
    if said.event_type == "tariff" and said.actor == "China" and said.target is None and said.status == "imposed":
        follows = _after(said, sentences)
        if follows and OF_RUSSIA.search(follows.text):
            said = replace(said, target="Russia")
    after = _after(said, sentences) if said.event_type in {*MEASURES, "fee_change", "visa_waiver"} else None
    if after is None or page.day is None:
        return said
    if said.value is None and said.event_type in {"tariff", "antidumping_duty"}:
        rates = [one for one in russian_figures.amounts(after.text) if one.unit == "percent"]
        if len(rates) == 1:
            said = replace(said, value=rates[0].value, unit="percent")
    plain = said.modality != "hypothetical" or not MAYBE.search(said.sentence.text)
    begins = BEGINS.search(after.text)
    if said.event_date is None and plain and begins and said.status != "postponed":
        days = [one for one in russian_figures.named_days(after.text, page.day) if one.precision == "day"]
        first = [one for one in days if one.kind == "from"] or [
            one for one in days if one.kind == "on" and (one.start >= begins.start() or len(days) == 1)
        ]
        if first and not MAYBE.search(after.text):
            return _dated(said, first[0].day, page.day)
    return said


def _next(said: Said, sentences: Sequence[Sentence]) -> Sentence | None:
    """The sentence after, of the same part."""
    for one, other in pairwise(sentences):
        if one.start == said.sentence.start:
            return other if other.part == said.sentence.part else None
    return None


def _worth(said: Said, sentences: Sequence[Sentence]) -> Said:
    """What was signed with the volume or the sum that the sentence after gives of it."""
    after = _next(said, sentences)
    if after is None or not TERMS.search(after.text) or ANOTHER.search(after.text):
        return said
    found = russian_figures.amounts(after.text)
    yearly = [one for one in found if one.unit == "m3/year"] or [
        one for one in found if one.unit in {"RUB", "USD", "CNY"}
    ]
    return replace(said, value=yearly[0].value, unit=yearly[0].unit) if len(yearly) == 1 else said


def _advised(said: Said, published: date, sentences: Sequence[Sentence]) -> Said:
    """The advice with the day of the meeting where the sentence after says that it was given there."""
    after = _next(said, sentences)
    if after is None or not MEETING.search(after.text) or MAYBE.search(after.text):
        return said
    days = [one for one in russian_figures.named_days(after.text, published) if one.day <= published]
    return replace(said, event_date=days[0].day, precision=days[0].precision) if len(days) == 1 else said


def _lasting(said: Said, sentences: Sequence[Sentence]) -> Said:
    """How many days a visit takes, or one may stay: where one sentence of the article says it."""
    words = STAYS[said.event_type]
    found = {
        one.value
        for sentence in sentences
        if words.search(sentence.text)
        for one in russian_figures.amounts(sentence.text)
        if one.unit == "days"
    }
    return replace(said, value=found.pop(), unit="days") if len(found) == 1 else said


def _dated(said: Said, day: date, published: date) -> Said:
    """The reading with a day; a day to come makes a plan of it."""
    if day > published:
        status = "announced" if said.status in {"in_force", "imposed", "granted"} else said.status
        return replace(said, event_date=day, modality="planned", status=status)
    return replace(said, event_date=day, modality="asserted" if said.modality == "hypothetical" else said.modality)


def _rates(said: Said, sentences: Sequence[Sentence]) -> Iterator[Said]:
    """A duty on coal with a rate for each kind, in its sentence or in the one after."""
    after = _after(said, sentences)
    for text in (said.sentence.text, after.text if after else ""):
        found = [(one["kind"] or one["kind2"], one["rate"] or one["rate2"]) for one in RATES.finditer(text)]
        if found:
            for kind, rate in found:
                value = Decimal(rate.replace(",", "."))
                russian = (
                    RUSSIAN.search(text)
                    or (after and FOR_RUSSIA.search(after.text))
                    or any(HITS_RUSSIA.search(one.text) for one in _body(sentences))
                )
                target = said.target or ("Russia" if russian else None)
                yield replace(said, product=COAL[kind[:4].lower()], value=value, unit="percent", target=target)
            return
