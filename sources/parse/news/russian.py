"""What Russian news tells: the rules of the language, read by `rules`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal

from sources.parse.news import days, rules
from sources.parse.news.model import Page, Said, Sentence
from sources.parse.news.rules import FIRMS, Amount, Day, Rule, Tongue

__all__ = ["said"]

IGNORE: Final = re.IGNORECASE
STEMS: Final = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма[йяе]",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)
SHORT_STEMS: Final = ("янв", "фев", "мар", "апр", "ма[йяе]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
MONTH: Final = rf"(?:{'|'.join(STEMS)})[а-я]*|(?:{'|'.join(SHORT_STEMS)})\."
WEEKDAYS: Final = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
LEAD: Final = r"(?:\b(?P<from>со?|начиная с|вступ\w+ в силу|от)\s+|\b(?P<until>до|по)\s+)?"
DATE: Final = re.compile(
    rf"{LEAD}\b(?P<day>\d{{1,2}})(?:-?го)?(?:\s*(?:[-–—]|и|по)\s*(?P<last>\d{{1,2}}))?\s+(?P<month>{MONTH})(?:\s+(?P<year>(?:19|20)\d\d)(?:\s*г(?:ода|оду|\.)?)?)?",
    IGNORE,
)
DOTTED: Final = re.compile(rf"{LEAD}\b(?P<day>\d{{1,2}})\.(?P<month>\d{{2}})\.(?P<year>(?:19|20)\d\d)\b", IGNORE)
WEEKDAY: Final = re.compile(rf"{LEAD}\b(?:во? |со? )?(?P<weekday>{'|'.join(WEEKDAYS)})[а-я]{{0,3}}\b", IGNORE)
LOOSE: Final = re.compile(
    rf"\b(?:в|с|во|со)\s+(?:(?P<part>начале|середине|конце|начала|конца)\s+)?(?P<month>(?:{'|'.join(STEMS)})[а-я]*)(?:\s+(?P<year>(?:19|20)\d\d)(?:\s*г(?:ода|\.)?)?)?",
    IGNORE,
)
SEASON: Final = re.compile(r"\b(?P<season>весной|летом|осенью|зимой)\s+(?P<year>20\d\d)", IGNORE)
RELATIVE: Final = re.compile(r"\b(?P<word>сегодня|вчера|завтра|накануне)\b", IGNORE)
NUMBER: Final = r"(?P<number>\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
SCALE: Final = r"(?:\s*(?P<scale>тыс\.?|тысяч[аи]?|млн\.?|миллион\w*|млрд\.?|миллиард\w*|трлн\.?|триллион\w*))?"
MONEY: Final = re.compile(
    rf"(?P<sign>\$|€|¥)\s?{NUMBER}{SCALE}|{NUMBER.replace('number', 'number2')}{SCALE.replace('scale', 'scale2')}\s*(?P<unit>руб\w*|₽|доллар\w*|долл\.?|юан\w*|евро)",
    IGNORE,
)
PERCENT: Final = re.compile(rf"{NUMBER}\s*(?:%|процент\w*)", IGNORE)
VOLUME: Final = re.compile(
    rf"{NUMBER}{SCALE}\s*(?:куб\w*\.?\s*м\w*|кубометр\w*)(?:\s+(?:газа\s+)?(?:в|за)\s+год|\s+ежегодно)?", IGNORE
)
TONNES: Final = re.compile(rf"{NUMBER}{SCALE}\s*(?:тонн\w*|т)\s+в\s+год", IGNORE)
WORDS: Final = {"одн": 1, "дв": 2, "тр": 3, "четыр": 4, "пят": 5, "шест": 6, "сем": 7, "десят": 10}
DAYS: Final = re.compile(
    r"\b(?P<count>двух|тр[её]х|четыр[её]х|пяти|шести|семи|\d{1,2}-?(?:ти|х)?)-?\s?дневн\w+\s+(?:\w+\s+)?(?:визит|поездк)|\b(?:до|не более|на срок до)\s+(?P<stay>\d{1,3})\s+дн",
    IGNORE,
)
SCALES: Final = {"тыс": 3, "мил": 6, "млн": 6, "млр": 9, "трл": 12, "три": 12}
SHORT: Final = (
    r"(?:четыр[её]х|тр[её]х|двух|4-?х?|3-?х?|2-?х?)-?\s?дневн\w+(?:\s+рабоч\w+)?(?:\s+(?:недел\w*|режим\w*|график\w*))?|\b(?:четыр[её]х|тр[её]х)дневк\w*"
    r"|(?:четыр[её]|три|4|3)\s+(?:дня|дней)\s+в\s+недел\w+"
)
FULL: Final = r"пяти-?\s?дневн\w+(?:\s+рабоч\w+)?(?:\s+(?:недел\w*|режим\w*|график\w*))?|\bпятидневк\w*|полн\w+\s+рабоч\w+\s+недел\w+|5-?\s?(?:ти)?-?дневн\w+|пять\s+дней\s+в\s+недел\w+"


def _p(text: str) -> re.Pattern[str]:
    return re.compile(text, IGNORE)


BODY: Final = ("state", "country", "bloc")
STATES: Final = ("state", "country", "bloc", "person")
PARTY: Final = ("country", "state", "maker", "company", "bank")
DUTY: Final = r"(?:(?:импортн|ввозн|таможенн|экспортн|вывозн)\w+\s+)?(?:пошлин\w*|тариф\w*)"
TREATY: Final = r"(?:соглашени\w*|меморандум\w*|протокол\w*|договор[её]нност\w*|дорожн\w+ карт\w*|рамочн\w+ договор\w*)"
IMPORTS: Final = r"(?:ввоз\w*|импорт\w*|поставк\w*|продаж\w*|закупк\w*|реализаци\w*|выпуск\w* в обращение)"
FEE: Final = r"(?:утилизационн\w+\s+сбор\w*|утил[ья]сбор\w*)"
OIL: Final = frozenset({"crude oil", "seaborne crude", "oil products", "LNG", "coal", "pipeline gas"})

RULES: Final = (
    Rule(id="ban.kept", event_type="import_ban", status="kept", actors=STATES, actor_at="any", acts=True, product_needed=True, partner=True, modality="asserted",
         trigger=_p(r"\b(?:сохран(?:яет|ил|ила|яют|ило)|оставил\w*|продл(?:ил|ила|евает)|не снял\w*|не снимает|не отменил\w*|пока не снял\w*)\s+(?:\w+\s+){0,2}?(?:запрет\w*|ограничени\w*|эмбарго)\s+(?:на|в отношении)?|\b(?:запрет|эмбарго)\b[^.;]{0,60}\b(?:сохраняется|остается в силе|остаётся в силе|продолжает действовать|по-прежнему действует)"),
         unless=_p(r"пошлин|санкц")),
    Rule(id="ban.lifted", event_type="import_ban_lifted", status="lifted", actors=STATES, actor_at="any", product_needed=True, partner=True,
         trigger=_p(r"\b(?:снял\w*|снимает|сняты?|отменил\w*|отменяет|отмен[её]н\w*|упразднил\w*)\s+(?:\w+\s+){0,3}?(?:запрет\w*|эмбарго|ограничени\w*)\s+(?:на|в отношении|по)?|\b(?:запрет|эмбарго|ограничени\w+)\b[^.;]{0,70}\b(?:снят\w*|отмен[её]н\w*)\b|\bразрешил\w*\s+(?:вновь|снова)\s+(?:ввоз\w*|импорт\w*)"), unless=_p(r"платеж|расчет|валют|санкц")),
    Rule(id="access", event_type="market_access", status="granted", actors=("state", "country"), actor_at="any", side="CN", named="China", acts=True, product_needed=True, partner=True,
         trigger=_p(r"\b(?:разрешил\w*|разрешает|открыл\w*|открывает|допустил\w*|одобрил\w*)\s+(?:\w+\s+){0,3}?(?:ввоз\w*|импорт\w*|поставк\w*|экспорт\w*|рынок\w*|доступ\w*)|\bполучил\w*\s+(?:право|разрешени\w+|доступ)\b[^.;]{0,60}\b(?:поставля|экспорт|поставк|рынок)\w*"), needs=_p(r"\bКита|\bКНР"), unless=_p(r"вновь|снова|снят")),
    Rule(id="ban", event_type="import_ban", status="in_force", actors=BODY, actor_at="any", targets=("maker",), target_at="any", product_needed=True,
         trigger=_p(rf"\b(?:запретил\w*|запрещает|запрещают|запрещ[её]н\w*|приостановил\w*|приостанавливает|остановил\w*|ограничил\w*|закрыл\w*)\s+(?:\w+\s+){{0,3}}?{IMPORTS}|\b{IMPORTS}\b[^.;]{{0,80}}\b(?:запрещ[её]н\w*|приостановлен\w*|под запретом|остановлен\w*)|\b(?:вв[её]л\w*|вводит|наложил\w*|установил\w*)\s+(?:\w+\s+){{0,2}}?(?:запрет\w*|эмбарго)\s+на\b|\bзапрет\w*\s+на\s+(?:ввоз|импорт|продаж)\w*\b[^.;]{{0,80}}\b(?:вступил\w* в силу|начал действовать|введ[её]н\w*|действует с)"),
         unless=_p(r"\bэкспорт\w* из Росси|российск\w+ нефт|платеж|закупк\w+ (?:российск|нефт)")),
    Rule(id="ban.planned", event_type="import_ban", status="in_force", modality="hypothetical", actors=BODY, actor_at="any", targets=("maker",), target_at="any", product_needed=True,
         trigger=_p(r"\b(?:запретить|запретит|ввести запрет|введ[её]т запрет|запрета?)\s+(?:на\s+)?(?:ввоз\w*|импорт\w*)|\bтакой запрет\b|\bввод\w+ запрета\b")),
    Rule(id="recall", event_type="import_ban_update", status="recall_agreed", actors=("state",), actor_at="any", side="RU", targets=("maker",), target_at="any", target_needed=True,
         trigger=_p(r"\b(?:согласовал\w*|утвердил\w*|согласован\w*|одобрил\w*)\b[^.;]{0,60}\b(?:отзыв\w*)")),
    Rule(id="dumping.extended", event_type="antidumping_duty", status="extended", actors=BODY, actor_at="any", named="EEC", targets=("country",), target_at="any", product_needed=True, value=("percent",),
         trigger=_p(r"\b(?:продлил\w*|продлен\w*|продл[её]н\w*|продлевает)\b[^.;]{0,80}\b(?:пошлин\w*|мер\w*)\b|\bантидемпингов\w+\s+(?:пошлин\w*|мер\w*)\b[^.;]{0,110}\bпродл[её]н\w*"), needs=_p(r"\bантидемпинг|\bЕЭК\b|\bЕвразийск")),
    Rule(id="dumping.duty", event_type="antidumping_duty", status="in_force", actors=BODY, actor_at="any", named="EEC", targets=("country",), target_at="any", product_needed=True, value=("percent",), each_product=True,
         trigger=_p(r"\bантидемпингов\w+\s+(?:пошлин\w*|мер\w*)\b[^.;]{0,140}\b(?:вступил\w* в силу|вступят в силу|вступает в силу|начал\w* действовать|начнут действовать|введен\w*|введ[её]н\w*|установлен\w*)|\b(?:вв[её]л\w*|вводит|установил\w*|введ[её]т)\b[^.;]{0,50}\bантидемпингов\w+\s+(?:пошлин\w*|мер\w*)|\bначал\w* действовать пошлин\w*\b"),
         needs=_p(r"\bантидемпинг|\bЕАЭС\b|\bЕЭК\b"), unless=_p(r"\b(?:расследовани\w*|пересмотр\w*)\b(?![^.]*вступил)")),
    Rule(id="tariff.zero", event_type="tariff", status="lifted", actors=STATES, actor_at="any", acts=True, product_needed=True, partner=True, value=("zero",),
         trigger=_p(rf"\b(?:обнулил\w*|обнуляет|обнулит|отменил\w*|отменяет|отменит|снял\w*|упразднил\w*|снизил\w* до нуля)\s+(?:\w+\s+){{0,2}}?{DUTY}|\b{DUTY}\b[^.;]{{0,60}}\b(?:обнулен\w*|отмен[её]н\w*|снижен\w* до нуля)"), unless=_p(r"антидемпинг|сбор")),
    Rule(id="tariff.back", event_type="tariff", status="imposed", actors=STATES, actor_at="any", acts=True, product_needed=True, partner=True, value=("percent",),
         trigger=_p(rf"\b(?:вернул\w*|возвращает|верн[её]т|восстановил\w*|вв[её]л\w*|вводит|введ[её]т|возобновил\w*|установил\w*)\s+(?:\w+\s+){{0,3}}?{DUTY}"), unless=_p(r"антидемпинг|сбор")),
    Rule(id="tariff.raised", event_type="tariff", status="raised", actors=STATES, actor_at="any", acts=True, product_needed=True, partner=True, value=("last percent",),
         trigger=_p(rf"\b(?:повысил\w*|повышает|повысит|увеличил\w*|подняла?|поднял\w*|удвоил\w*)\s+(?:\w+\s+){{0,3}}?{DUTY}|\b{DUTY}\b[^.;]{{0,50}}\b(?:повышен\w*|выросл\w*|увеличен\w*)"), unless=_p(r"антидемпинг|сбор")),
    Rule(id="tariff.lowered", event_type="tariff", status="lowered", actors=STATES, actor_at="any", acts=True, product_needed=True, partner=True, value=("last percent",),
         trigger=_p(rf"\b(?:снизил\w*|снижает|снизит|сократил\w*|уменьшил\w*)\s+(?:\w+\s+){{0,3}}?{DUTY}"), unless=_p(r"до нуля|антидемпинг|сбор")),
    Rule(id="fee.postponed", event_type="fee_change", status="postponed", actor_at="none", named="Russia", product="cars", speaks=True, own_day=True,
         trigger=_p(rf"\b(?:перенес\w*|перен[её]с\w*|отложил\w*|отложен\w*|отсрочил\w*|сдвинул\w*|перенос\w*)\b[^.;]{{0,80}}{FEE}|{FEE}[^.;]{{0,80}}\b(?:перенес\w*|перен[её]с\w*|отложен\w*|отложил\w*|сдвинут\w*)")),
    Rule(id="fee.rate", event_type="fee_change", status="in_force", actor_at="none", named="Russia", product="cars", value=("last RUB",),
         trigger=_p(rf"{FEE}[^.;]{{0,130}}\b(?:вырос\w*|выраст\w*|повыс\w*|повыш\w*|увелич\w*|подорожал\w*|составит|составляет|начал\w* действовать|начн[её]т действовать|вступ\w* в силу|удво\w*|проиндексир\w*|стал\w* завис\w*)|\b(?:повысил\w*|повышает|увеличил\w*|проиндексировал\w*|подняло?|поднял\w*)\s+(?:\w+\s+){{0,3}}?{FEE}|\b(?:нов\w+|начал\w* действовать)\b[^.;]{{0,60}}{FEE}[^.;]{{0,50}}\b(?:действ\w*|вступ\w*)")),
    Rule(id="fee.next", event_type="fee_change", status="in_force", actor_at="none", named="Russia", product="cars", value=("last RUB",), value_needed=True,
         trigger=_p(r"\b(?:ставк\w*|сбор\w*|она|он)\b[^.;]{0,40}\b(?:повышается|повысится|выросл?а?|вырастет|увеличится|составит|поднимется|повышен\w*)"), needs=_p(r"\bруб"), context=_p(FEE)),
    Rule(id="export.control", event_type="export_control", status="in_force", actors=("state", "country"), actor_at="any", named="MOFCOM", product_needed=True,
         trigger=_p(r"\b(?:вв[её]л\w*|вводит|введ[её]т|ужесточил\w*|установил\w*)\b[^.;]{0,40}\b(?:экспортн\w+ (?:контрол\w*|ограничени\w*)|контрол\w* (?:за|над) экспорт\w*|запрет\w* на (?:экспорт|вывоз))|\b(?:запретил\w*|ограничил\w*)\s+(?:\w+\s+){0,2}?(?:экспорт|вывоз)\w*\b")),
    Rule(id="week.off", event_type="work_week_cut", status="in_force", actors=FIRMS, actor_at="any", value=("short week",), modality="denied",
         trigger=_p(rf"\bне\s+(?:перейд\w*|планиру\w*|буд\w*|собира\w*|намерен\w*|перевод\w*|вводи\w*|введ\w*|станет|рассматрива\w*)\b[^.;]{{0,70}}(?:{SHORT})|(?:{SHORT})[^.;]{{0,30}}\bне (?:будет|планируется|введут|вводится)")),
    Rule(id="week.called.off", event_type="work_week_cut", status="cancelled", actors=FIRMS, actor_at="any", value=("short week",), modality="cancelled",
         trigger=_p(rf"\b(?:отменил\w*|отказал\w*|отмен[её]н\w*|передумал\w*)\b[^.;]{{0,50}}(?:{SHORT})")),
    Rule(id="week.back", event_type="work_week_restored", status="in_force", actors=FIRMS, actor_at="any", value=("full week",),
         trigger=_p(rf"\b(?:верн\w+|возвра[тщ]\w+|возобнов\w+|восстан\w+|перейд\w+|перешел|перешёл|перешл\w+|переходит|переходят|работа\w+)\b[^.;]{{0,60}}(?:{FULL})")),
    Rule(id="week.short", event_type="work_week_cut", status="in_force", actors=FIRMS, actor_at="any", value=("short week",),
         trigger=_p(rf"\bна\s+(?:{SHORT})[^.;]{{0,20}}\b(?:переш[её]л\w*|перешл\w*|переходит|переходят|перейд\w+|перев[её]л\w*|переводит)\b|\b(?:переш[её]л\w*|перешл\w*|переходит|переходят|перейд[её]т|перейдут|переход\w*|перев[её]л\w*|переводит|переведут|перевед[её]т|перевест\w*|вв[её]л\w*|вводит|введ[её]т|уходит|уш[её]л|ушл\w*|сократил\w*|сокращает|сократит|работа\w+|действует|введ[её]н\w*)\b[^.;]{{0,90}}(?:{SHORT})"),
         unless=_p(rf"\bс\s+(?:{SHORT})\s+на\s+(?:{FULL})")),
    Rule(id="week.noun", event_type="work_week_cut", status="in_force", actors=FIRMS, actor_at="any", value=("short week",),
         trigger=_p(rf"(?:{SHORT})[^.;]{{0,30}}\b(?:введ[её]н\w*|действует|начн[её]тся|началась|начался|стартует)\b")),
    Rule(id="output.cut", event_type="production_cut", status="announced", actors=("maker", "company"), actor_at="any", value=("percent",), negative=True, speaks=True,
         trigger=_p(r"\b(?:сократил\w*|сокращает|сократит|снизил\w*|снижает|снизит|урезал\w*|уменьшил\w*|понизил\w*)\s+(?:\w+\s+){0,3}?(?:производств\w*|выпуск\w*|сборк\w*|план\w* (?:производств|выпуск)\w*|план\b)"), unless=_p(r"\bпродаж\w* (?:снизил|сократил)")),
    Rule(id="dumping.accuse", event_type="statement", status="dumping", own_product=True, actors=("maker", "company", "person", "association"), actor_at="any", target="China", speaks=True, value=("RUB",), modality="asserted",
         trigger=_p(r"\b(?:обвинил\w*|обвиняет|заявил\w*|пожаловал\w*|жалу\w*|назвал\w*|сообщил\w*|рассказал\w*|возмутил\w*|по (?:их|его) словам)\b[^.]{0,110}\b(?:демпинг\w*|демпингу\w*)|\bдемпинг\w*\b[^.]{0,110}\b(?:заявил\w*|сообщил\w*|назвал\w*|сказал\w*|считает)"), needs=_p(r"\bКита|\bкита|\bКНР")),
    Rule(id="dumping.ask", event_type="statement", status="dumping", own_product=True, actors=("maker", "company", "association"), actor_at="any", target="China", speaks=True, modality="asserted",
         trigger=_p(r"\b(?:попросил\w*|просят|просит|потребовал\w*|призвал\w*|обратил\w*)\b[^.]{0,150}\b(?:пошлин\w*|демпинг\w*|расследовани\w*)"), needs=_p(r"\b(?:кита|КНР)"), unless=_p(r"\bКитаю\b")),
    Rule(id="pressure", event_type="statement", status="dumping", own_product=True, actors=("maker", "company", "person", "association"), actor_at="any", target="China", speaks=True, modality="asserted",
         trigger=_p(r"\b(?:едва|с трудом|не)\s+(?:выдержива\w*|справля\w*)\b[^.]{0,60}\bконкуренц\w*|\bнедобросовестн\w+\s+конкуренц\w*|\bне выдерж\w+ конкуренц\w*"), needs=_p(r"\b(?:кита|КНР)")),
    Rule(id="savings", event_type="statement", status="savings", actors=("company", "person", "state"), actor_at="any", target="China", product="crude oil", speaks=True, value=("USD",), value_needed=True, modality="asserted",
         trigger=_p(r"\b(?:сэкономил\w*|экономи\w*)\b"), needs=_p(r"\bнефт\w*")),
    Rule(id="unconfirmed", event_type="statement", status="not_confirmed", actors=("state", "country", "person"), actor_at="any", side="CN", project_needed=True, speaks=True, opposite=True, modality="asserted",
         trigger=_p(r"\bне\s+(?:подтверди\w*|подтвержда\w*|комментиру\w*|прокомментиров\w*)|\bотказал\w*\s+(?:подтвердить|комментировать|от комментари\w*)|\bне (?:располагает|владеет) информаци\w*|\bне (?:в курсе|знаком\w*|осведомлен\w*|осведомл[её]н\w*)|\bадресовал\w*\b[^.]{0,60}\b(?:ведомств\w*|орган\w*)|\bпосоветовал\w* обратиться")),
    Rule(id="negotiating", event_type="statement", status="negotiating", actors=("person", "state", "country"), actor_at="any", project_needed=True, speaks=True, spoken=True, opposite=True, modality="asserted",
         trigger=_p(r"\b(?:продолжа\w+|продолжат|ведут|вед[её]т\w*|идут|готов\w*|прорабатыва\w+|обсужда\w+|предстоит)\b[^.]{0,60}\b(?:переговор\w*|консультаци\w*|работ\w*|услови\w*|сотрудничеств\w*|согласова\w*)")),
    Rule(id="relief", event_type="statement", status="duty_relief_asked", actors=("country", "state", "person", "company", "association"), actor_at="any", side="RU", acts=True, target="China", product_needed=True, speaks=True, modality="asserted",
         trigger=_p(rf"\b(?:попросил\w*|просит|предложил\w*|предлагает|призвал\w*|обратил\w*)\b[^.]{{0,60}}\b(?:приостанов\w*|отмен\w*|снять|обнул\w*|сниз\w*|убрать|освобод\w*|льгот\w*)\b[^.]{{0,40}}{DUTY}"), needs=_p(r"\bКита|\bПекин|\bКНР")),
    Rule(id="agreed.raise", event_type="agreement", status="expanded", each_project=True, actors=PARTY, actor_at="any", targets=PARTY, target_at="any", project_needed=True, value=("m3/year",), modality="asserted",
         trigger=_p(r"\b(?:договорил\w*|согласовал\w*|подписал\w*|условил\w*)\b[^.;]{0,60}\b(?:увелич\w*|расшир\w*|нарастить|наращивани\w*|рост\w*)\b"), unless=_p(r"\b(?:не|может|могут|если)\b")),
    Rule(id="contract.signed", event_type="contract", status="signed", actors=("company", "maker", "bank", "country", "state"), actor_at="any", targets=PARTY, target_at="any", value=("m3/year", "RUB", "USD", "CNY", "t/year"),
         trigger=_p(r"\b(?:подписал\w*|заключил\w*|подписан\w*|заключ[её]н\w*)\b[^.;]{0,60}\b(?:контракт\w*)|\bконтракт\w*\b[^.;]{0,90}\b(?:подписан\w*|заключ[её]н\w*)")),
    Rule(id="agreement.signed", event_type="agreement", status="signed", actors=PARTY, actor_at="any", targets=PARTY, target_at="any", value=("m3/year", "RUB", "USD", "CNY", "t/year"),
         trigger=_p(rf"\b(?:подписал\w*|заключил\w*|подписан\w*|заключ[её]н\w*|достигл\w*|достигнут\w*|подписывают|парафировал\w*)\b[^.;]{{0,70}}\b{TREATY}|\b{TREATY}\b[^.;]{{0,110}}\b(?:подписан\w*|заключ[её]н\w*|достигнут\w*)|\bсогласовал\w*\s+график\w*"), unless=_p(r"профсоюз|страхов")),
    Rule(id="agreement.approved", event_type="agreement", status="approved", actors=PARTY, actor_at="any", targets=PARTY, target_at="any", project_needed=True,
         trigger=_p(r"\b(?:одобрил\w*|одобрен\w*|утвердил\w*|утвержд[её]н\w*|согласовал\w*)\b[^.;]{0,60}\b(?:график\w*|проект\w*|план\w*|строительств\w*)")),
    Rule(id="project.shelved", event_type="project_status", status="shelved", actors=("country", "state", "company", "maker", "person"), actor_at="any", acts=True, project_needed=True, targets=("company", "maker"),
         trigger=_p(r"\b(?:отложил\w*|отложен\w*|заморозил\w*|заморожен\w*|приостановлен проект|перенес\w* на неопредел\w*|поставлен\w* на паузу|поставил\w* на паузу)")),
    Rule(id="project.cancelled", event_type="project_status", status="cancelled", actors=("country", "state", "company", "maker"), actor_at="any", acts=True, project_needed=True, targets=("company", "maker"),
         trigger=_p(r"\b(?:отказал\w*\s+от|отмен[её]н\w*|закрыл\w*|закрыт\w*)\b[^.;]{0,40}\b(?:проект\w*|строительств\w*)")),
    Rule(id="project.suspended", event_type="project_status", status="suspended", actors=("company", "maker", "country"), actor_at="any", project_needed=True, targets=("company", "maker"),
         trigger=_p(r"\b(?:приостановил\w*|приостанавлива\w*|заморозил\w*|остановил\w*)\b[^.;]{0,40}\b(?:участи\w*|работ\w*|финансировани\w*|инвестици\w*|строительств\w*)")),
    Rule(id="project.withdrawn", event_type="project_status", status="withdrawn", actors=("company", "maker", "country"), actor_at="any", project_needed=True, targets=("company", "maker"),
         trigger=_p(r"\b(?:вышл?[аио]?|выш[её]л|выходит|покинул\w*)\s+из\s+(?:\w+\s+)?(?:проект\w*|программ\w*|консорциум\w*)|\bбольше не (?:партн[её]р|участ\w*)")),
    Rule(id="project.renamed", event_type="project_status", status="renamed", actors=("maker", "company", "country"), actor_at="any", project_needed=True, trigger=_p(r"\bпереименовал\w*|\bпереименован\w*")),
    Rule(id="project.venture", event_type="project_status", status="joint_venture", actors=("maker", "company"), actor_at="any", project_needed=True, targets=("maker", "company"), target_at="any",
         trigger=_p(r"\b(?:создал\w*|учредил\w*|зарегистрировал\w*|основал\w*)\b[^.;]{0,30}\bсовместн\w+\s+предприяти\w*")),
    Rule(id="project.building", event_type="project_status", status="under_construction", actors=("company", "maker", "country", "state"), actor_at="any", project_needed=True,
         trigger=_p(r"\b(?:начал\w*|приступил\w*|стартовал\w*|ведется|вед[её]тся|началось)\b[^.;]{0,30}\b(?:строительств\w*|сооружени\w*)")),
    Rule(id="project.completed", event_type="project_status", status="completed", actors=("company", "maker", "country", "state"), actor_at="any", project_needed=True,
         trigger=_p(r"\b(?:завершил\w*|завершен\w*|завершено|закончил\w*|достроил\w*|достроен\w*)\b[^.;]{0,30}\b(?:строительств\w*|сооружени\w*|работ\w*|мост\w*)")),
    Rule(id="visit.arrived", event_type="visit", status="done", actors=("person",), actor_at="any", targets=("country",), target_at="any", target_needed=True, value=("days",), carried=False,
         trigger=_p(r"\b(?:прибыл\w*|прилетел\w*|прибывает|начал\w*|начинает|завершил\w*|находится|приехал\w*|совершил\w*|совершает)\b[^.;]{0,90}\b(?:визит\w*|поездк\w*)|\b(?:прибыл\w*|прилетел\w*)\s+в\b|\bпосетил\w*")),
    Rule(id="visit.will", event_type="visit", status="done", actors=("person",), actor_at="any", targets=("country",), target_at="any", target_needed=True, value=("days", "span"), carried=False, modality="planned",
         trigger=_p(r"\b(?:посетит|совершит|прибудет|отправится|приедет|нанес[её]т)\b")),
    Rule(id="cargo.first", event_type="delivery", status="first_cargo", actors=("company", "maker"), actor_at="any", named="?", targets=("country",), target_at="any", project_needed=True,
         trigger=_p(r"\bперв\w+\s+(?:парти\w*|груз\w*|танкер\w*|поставк\w*)\b[^.;]{0,100}\b(?:доставлен\w*|прибыл\w*|пришл\w*|разгружен\w*|выгружен\w*|поступил\w*|отгружен\w*)|\b(?:доставил\w*|выгрузил\w*|привез\w*|привёз)\b[^.;]{0,40}\bперв\w+\s+(?:парти\w*|груз\w*)")),
    Rule(id="delivery.started", event_type="delivery", status="started", actors=("company", "maker"), actor_at="any", named="?", target="China", project_needed=True,
         trigger=_p(r"\b(?:поставк\w*|экспорт\w*|подач\w*|прокачк\w*)\b[^.;]{0,40}\b(?:начал\w*|начат\w*|стартовал\w*)|\b(?:начал\w*|стартовал\w*)\s+(?:\w+\s+){0,2}?(?:поставк\w*|экспорт\w*|прокачк\w*)")),
    Rule(id="opened.plant", event_type="opening", status="opened", actors=FIRMS, actor_at="any", targets=("country",), target_at="any", project_needed=True, value=("USD", "CNY", "RUB"),
         trigger=_p(r"\b(?:открыл\w*|запустил\w*|открыт\w*|запущен\w*)\b[^.;]{0,50}\b(?:завод\w*|производств\w*|терминал\w*)")),
    Rule(id="opened.link", event_type="opening", status="opened", actor_at="none", named="Russia", target="China", project_needed=True,
         trigger=_p(r"\b(?:открыл\w*|открыт\w*|открылось|запущен\w*|заработал\w*)\b[^.;]{0,60}\b(?:мост\w*|движени\w*|переход\w*|канатн\w+ дорог\w*)|\b(?:мост\w*|переход\w*)\b[^.;]{0,60}\b(?:открыл\w*|открыт\w*|заработал\w*|введ[её]н в эксплуатацию)")),
    Rule(id="finance.halt", event_type="finance_halt", status="reported", actors=("country",), actor_at="any", named="China", side="CN", target="Russia", product="Belt and Road", value=("zero usd",), speaks=True, modality="asserted",
         trigger=_p(r"\b(?:не\s+(?:подписал\w*|заключил\w*|вложил\w*|инвестировал\w*)|упал\w* до нуля|сократил\w* до нуля|прекратил\w*)\b"), needs=_p(r"Пояс\w* и пут")),
    Rule(id="payment.halt", event_type="payment_halt", status="reported", actors=("bank", "company"), actor_at="any", target="Russia", product="payments",
         trigger=_p(r"\b(?:прекратил\w*|прекращает|прекращал\w*|остановил\w*|останавливает|приостановил\w*|приостанавливает|перестал\w*|отказал\w*|ограничил\w*|заблокировал\w*|закрыл\w*)\b[^.;]{0,50}\b(?:плат[её]ж\w*|расч[её]т\w*|перевод\w*|операци\w*|транзакци\w*|обслуживани\w*|корсч\w*)"), needs=_p(r"\bРосси|\bросси|\bРФ\b")),
    Rule(id="purchase.halt", event_type="purchase_halt", status="reported", actors=FIRMS, actor_at="any", target="Russia", product_needed=True, products=OIL,
         trigger=_p(r"\b(?:прекратил\w*|остановил\w*|приостановил\w*|отказал\w*\s+от|перестал\w*)\b[^.;]{0,40}\b(?:закуп\w*|покуп\w*|импорт\w*|приобрет\w*)"), needs=_p(r"\bроссийск|\bРосси")),
    Rule(id="purchase.resumed", event_type="purchase_halt", status="resumed", actors=FIRMS, actor_at="any", target="Russia", product_needed=True, products=OIL,
         trigger=_p(r"\bвозобновил\w*\b[^.;]{0,30}\b(?:закуп\w*|покуп\w*|импорт\w*)"), needs=_p(r"\bроссийск|\bРосси")),
    Rule(id="guidance", event_type="investment_guidance", status="advised_against", actors=("state", "country"), actor_at="any", side="CN", target="Russia", product="cars",
         trigger=_p(r"\b(?:рекомендовал\w*|посоветовал\w*|призвал\w*|предостер[её]г\w*|порекомендовал\w*|предупредил\w*)\b[^.]{0,80}\b(?:не\s+(?:инвестир\w*|вклад\w*|стро\w*)|от\s+инвестици\w*|воздерж\w*)"), needs=_p(r"\bРосси")),
    Rule(id="countersanction", event_type="countersanction", status="in_force", actors=("state", "country"), actor_at="any", named="MOFCOM", targets=("bank", "company", "maker"), target_at="any", target_needed=True,
         trigger=_p(r"\b(?:внес\w*|вн[её]с\w*|включил\w*|ввел\w*|вв[её]л\w*)\b[^.;]{0,80}\b(?:контрмер\w*|ответн\w+ (?:мер\w*|санкци\w*)|контрсанкци\w*|списк\w+ ненад[её]жн\w*)")),
    Rule(id="sanction", event_type="sanction", status="in_force", actors=("country", "bloc"), actor_at="any", targets=("bank", "company", "maker"), target_at="any", target_needed=True,
         trigger=_p(r"\b(?:вв[её]л\w*|вводит|наложил\w*|объявил\w* о)\s+(?:\w+\s+){0,2}?(?:санкци\w*|ограничени\w*)\s+(?:против|в отношении|на)|\b(?:внес\w*|вн[её]с\w*|включил\w*|добавил\w*)\b[^.;]{0,70}\bсанкционн\w+\s+(?:списо?к\w*|пакет\w*)|\bпопал\w*\s+под\s+санкци\w*|\bподпал\w*\s+под\s+санкци\w*"), unless=_p(r"контрмер|ответн")),
    Rule(id="visa.free", event_type="visa_waiver", status="in_force", actors=("country", "state", "person"), actor_at="any", acts=True, partner=True, value=("days",),
         trigger=_p(r"\bбезвизов\w+\s+(?:режим\w*|въезд\w*|поездк\w*|политик\w*)|\bбез виз\b|\bотмен\w*\s+виз\w*"), needs=_p(r"\bКита|\bКНР|\bПекин"), unless=_p(r"\bтурпоток|\bвырос")),
    Rule(id="forecast.down", event_type="forecast", status="", actors=("analyst", "association", "state", "company"), actor_at="any", value=("percent",), value_needed=True, speaks=True, target="RU", negative=True, modality="asserted",
         trigger=_p(r"\b(?:прогнозиру\w*|ожида\w*|по прогноз\w*|оценива\w*|предсказыва\w*)\b[^.;]{0,110}\b(?:сниз\w*|сниж\w*|упад\w*|паден\w*|сократ\w*|сокращ\w*|уменьш\w*)|\b(?:снизит\w*|упад[её]т|сократит\w*)\b[^.;]{0,90}\b(?:прогноз\w*|ожида\w*|оценк\w*)")),
    Rule(id="forecast.up", event_type="forecast", status="", actors=("analyst", "association", "state", "company"), actor_at="any", value=("percent",), value_needed=True, speaks=True, target="RU", modality="asserted",
         trigger=_p(r"\b(?:прогнозиру\w*|ожида\w*|по прогноз\w*)\b[^.;]{0,110}\b(?:выраст\w*|рост\w*|увелич\w*|прибав\w*|восстанов\w*)")),
)  # fmt: skip

FORECASTS: Final = (
    (_p(r"\bугольн|\bугл"), "coal_revenue", _p(r"\bвыручк|\bдоход")),
    (_p(r"\bугольн|\bугл"), "coal_exports", _p(r"\bэкспорт")),
    (_p(r"\bгрузовик|\bгрузов"), "heavy_truck_market", _p(r"\bрын|\bпродаж")),
    (_p(r"\bLada\b|\bАвтоВАЗ"), "lada_sales_units", _p(r"\bпродаж")),
    (_p(r"\bавтомобил|\bавторын|\bмашин"), "car_market", _p(r"\bрын|\bпродаж|\bавторын")),
    (_p(r"\bтоварооборот|\bторговл"), "trade_total_usd", _p(r"\bКита|\bКНР")),
)
IN_YEAR: Final = re.compile(r"\b(?:в|за|на)\s+(?P<year>20\d\d)\b|\bв этом году\b|\bв следующем году\b", IGNORE)
NARROWED: Final = re.compile(
    r"\b(?:только|распространяется (?:лишь|только) на|касается (?:лишь|только)|ограничен\w*)\s+(?P<product>[^,;.]{3,60})",
    IGNORE,
)


# --- days -------------------------------------------------------------------------------------------------------------


def _month(name: str) -> int:
    return next(number for number, stem in enumerate(SHORT_STEMS, start=1) if re.match(stem, name.lower()))


def _kind(found: re.Match[str]) -> Literal["from", "on", "until", "said"]:
    word = (found["from"] or "").lower()
    if word == "от":
        return "said"
    return "from" if word else "until" if found["until"] else "on"


def _days(text: str, published: date) -> list[Day]:
    """The days that a sentence names, in order."""
    found: list[Day] = []
    taken: list[tuple[int, int]] = []

    def free(match: re.Match[str]) -> bool:
        if any(start < match.end() and match.start() < end for start, end in taken):
            return False
        taken.append(match.span())
        return True

    for one in DATE.finditer(text):
        month, number = _month(one["month"]), int(one["day"])
        when = days.dated(int(one["year"]), month, number) if one["year"] else days.nearest(month, number, published)
        if when and free(one):
            last = days.dated(when.year, month, int(one["last"])) if one["last"] else None
            # "перенесли с 1 ноября на 1 декабря": the first day is the one that no longer holds
            moved = one["from"] and re.match(r"\s+на\s+\d{1,2}\s", text[one.end() :])
            found.append(Day(one.start(), one.end(), when, "until" if moved else _kind(one), last=last))
    for one in DOTTED.finditer(text):
        when = days.dated(int(one["year"]), int(one["month"]), int(one["day"]))
        if when and free(one):
            found.append(Day(one.start(), one.end(), when, _kind(one)))
    for one in WEEKDAY.finditer(text):
        if free(one) and not any(abs(one.end() - day.start) < 4 or abs(day.end - one.start()) < 4 for day in found):  # noqa: PLR2004
            number = next(n for n, stem in enumerate(WEEKDAYS) if one["weekday"].lower().startswith(stem))
            found.append(Day(one.start(), one.end(), days.back_to_weekday(number, published), _kind(one)))
    for one in RELATIVE.finditer(text):
        shift = {"сегодня": 0, "вчера": -1, "накануне": -1, "завтра": 1}[one["word"].lower()]
        found.append(Day(one.start(), one.end(), published + timedelta(days=shift)))
    for one in LOOSE.finditer(text):
        if free(one):
            year = int(one["year"]) if one["year"] else None
            first, last_day = days.month_of(_month(one["month"]), published, year)
            part = (one["part"] or "").lower()
            number = {"начале": 5, "начала": 1, "середине": 15, "конце": 25, "конца": last_day.day}.get(part, 15)
            if one[0].lower().startswith(("с ", "со ")) and not part:
                number = 1
            found.append(Day(one.start(), one.end(), first.replace(day=min(number, last_day.day)), "in", "month"))
    for one in SEASON.finditer(text):
        if free(one):
            name = {"весной": "spring", "летом": "summer", "осенью": "autumn", "зимой": "winter"}[one["season"].lower()]
            found.append(
                Day(one.start(), one.end(), days.season(name, int(one["year"])) + timedelta(days=14), "in", "month")
            )
    return sorted(found, key=lambda day: day.start)


# --- amounts ----------------------------------------------------------------------------------------------------------


def _decimal(number: str, scale: str | None) -> Decimal:
    value = Decimal(re.sub(r"\s", "", number).replace(",", "."))
    return value.scaleb(SCALES[scale[:3].lower()]) if scale else value


def _amounts(text: str) -> list[Amount]:
    """The amounts that a sentence names."""
    found = [
        Amount(one.start(), one.end(), _decimal(one["number"], one["scale"]), "m3/year")
        for one in VOLUME.finditer(text)
    ]
    found += [
        Amount(one.start(), one.end(), _decimal(one["number"], one["scale"]), "t/year") for one in TONNES.finditer(text)
    ]
    for one in MONEY.finditer(text):
        if one["sign"]:
            unit, value = {"$": "USD", "€": "EUR", "¥": "CNY"}[one["sign"]], _decimal(one["number"], one["scale"])
        else:
            word = one["unit"].lower()
            unit = (
                "RUB"
                if word.startswith(("руб", "₽"))
                else "CNY"
                if word.startswith("юан")
                else "EUR"
                if word == "евро"
                else "USD"
            )
            value = _decimal(one["number2"], one["scale2"])
        found.append(Amount(one.start(), one.end(), value, unit))
    found += [
        Amount(one.start(), one.end(), _decimal(one["number"], None), "percent") for one in PERCENT.finditer(text)
    ]
    for one in DAYS.finditer(text):
        word = (one["count"] or one["stay"]).lower()
        digits = re.match(r"\d+", word)
        count = int(digits[0]) if digits else next((n for stem, n in WORDS.items() if word.startswith(stem)), 0)
        found.append(Amount(one.start(), one.end(), Decimal(count), "days"))
    spans = [
        Amount(one.start(), one.end(), Decimal(int(one["last"]) - int(one["day"]) + 1), "days")
        for one in DATE.finditer(text)
        if one["last"]
    ]
    zero = re.compile(r"\bобнул\w*|\bдо нуля\b|\bнулев\w*|\bотмен\w*|\bсня\w*", IGNORE)
    found += rules.marked(found, text, zero=zero, short=_p(SHORT), full=_p(FULL), spans=spans)
    return sorted(found, key=lambda one: one.start)


TONGUE: Final = Tongue(
    name="ru",
    rules=RULES,
    clauses=_p(
        r";\s|,\s+(?:но|а|однако|хотя|если|пока|поскольку|так как|котор\w+|чтобы|потому что|после того как)\s|\s[—–]\s|:\s"
    ),
    denied=_p(
        r"\bне\s+(?!только|менее|более|исключ)\w+|\b(?:опроверг\w*|опроверга\w*|отрица\w*|отверг\w*|слух\w*|нет планов|без|не было|ни)\b"
    ),
    refuted=_p(r"\b(?:слух\w*|опроверг\w*|опроверга\w*|не соответству\w*|отрица\w*|отверг\w*)"),
    hypothetical=_p(
        r"\b(?:может|могут|мог|могла|могли|можно|возможн\w*|вероятн\w*|если|рассматрива\w*|рассмотр\w*|рассматривал\w*|обсужда\w*|предлож\w*|предлага\w*|попросил\w*|просит|просят|призвал\w*|призыва\w*|планиру\w*|намерен\w*|хочет|хотят|хотел\w*|готов\w*|допуст\w*|допуска\w*|угрожа\w*|угроз\w*|проект указа|законопроект\w*|инициатив\w*|предложени\w*|бы|собира\w*|надеется|надеются|рассчитыва\w*|ожида\w*|прогноз\w*|потребовал\w*|требу\w*|иници\w*|не исключ\w*|должн\w*|следует|необходимо|нужно|изуча\w*)\b"
    ),
    conditional=_p(r"\b(?:если|может|могут|при условии|бы)\b"),
    both=_p(r"\b(?:обе стороны|обе компании|стороны|партн[её]ры|компании)\b"),
    goes_on=_p(r"^(?:Мощность|Объ[её]м|Газопровод|Труб|Проект|Он|Она|Этот|По этому|По нему)"),
    other=_p(r"\b(?:также|кроме того|отдельно|между тем|другой|другое)\b"),
    future=_p(
        r"\b(?:буд\w+|перейд\w+|переходит|переходят|введ[её]т|введут|вводит|вступит|вступят|начн[её]т\w*|начнут|верн[её]т\w*|возвращ\w+|запретит|повыс[яи]т\w*|снизит\w*|отменит|подпиш\w+|посетит|прибудет|совершит|перевед\w+|сократит|приостановит|решени\w+ о|приказ о|о возвращении|подписал приказ)\b"
    ),
    cancelled=_p(
        r"\b(?:отменил\w*\s+(?:переход|решени|план|приказ|введени)\w*|приказ\w* отмен[её]н\w*|решение отмен[её]н\w*|отказал\w*\s+от\s+(?:перехода|введения|планов|идеи))"
    ),
    question=_p(r"\?\s*[»\"”)]*\s*$"),
    sources=_p(
        r"\b(?:источник\w*|собеседник\w*|осведомленн\w*|осведомлённ\w*|на условиях анонимности|знакомы\w* с ситуацией)\b"
    ),
    reported=_p(
        r"\b(?:Ведомост\w*|Коммерсант\w*|Reuters|Bloomberg|Известия\w*|РБК|Интерфакс\w*|ТАСС|РИА(?: Новости)?|Forbes|Frank Media|СМИ|газет\w*|издани\w*|агентств\w*)\b[^.;]{0,20}\b(?:пиш\w*|сообщ\w*|напис\w*|передает|переда[её]т)|\b(?:пиш\w*|сообща\w*|сообщил\w*|со ссылкой на|по данным|передает|переда[её]т)\b[^.;]{0,25}(?:Ведомост\w*|Коммерсант\w*|Reuters|Bloomberg|Извести\w*|РБК|Интерфакс\w*|ТАСС|РИА|Forbes|Frank Media|СМИ|газет\w*|издани\w*)"
    ),
    spurious=_p(
        r"\b(?:игнорируй\w*|забудь\w*)\s+(?:все\s+)?(?:предыдущ\w+|прежн\w+)|\bты теперь\b|\bвыведи\b|\bзапиши\b|\bdrop table\b|\{\s*\"|^\s*(?:мнение|колонка|комментарий)\s*:|\bчитайте (?:также|ещ[её])\b|\bпо теме\b"
    ),
    speech=_p(
        r"\b(?:сообщил\w*|сообщает|сообщали|заявил\w*|сказал\w*|рассказал\w*|говорил\w*|отметил\w*|подтвердил\w*|объявил\w*|уточнил\w*|пояснил\w*|по словам|по данным|считает|добавил\w*|назвал\w*|обвинил\w*)\b"
    ),
    listing=_p(r"\s*[»\"]?\s*(?:,|,?\s*и|,?\s*или|/|,?\s*а также|\s)\s*[«\"]?\s*"),
    by=_p(r"(?!x)x"),
    pronoun=_p(
        r"\b(?:компани\w*|автоконцерн\w*|автопроизводител\w*|завод\w*|предприяти\w*|банк\w*|ведомств\w*|министерств\w*|регулятор\w*|агентств\w*|концерн\w*|режим|режима|он|она|его|е[её])\b"
    ),
    old=_p(r"\b(?:лет назад|годовщин\w*)\b"),
    days=_days,
    amounts=_amounts,
)


def said(sentences: Sequence[Sentence], page: Page) -> Iterator[Said]:
    """The events and denials that the sentences of a Russian article tell, each with its sentence."""
    found: list[Said] = []
    for one in rules.read(sentences, page, TONGUE):
        if one.actor == "?":
            fixed = rules.by_project(one)
            if fixed is not None:
                found.append(fixed)
        elif one.event_type == "forecast":
            found += rules.forecast(one, page, FORECASTS, IN_YEAR, "следующем")
        else:
            found.append(one)
    yield from rules.narrowed(found, sentences, NARROWED, TONGUE)
