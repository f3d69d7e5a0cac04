# ruff: noqa: E501 (patterns read better whole)
"""Words by which articles state trade between China and Russia: flows, amounts, changes, and what is no fact of it.

Flows are those of China: `X` exports to Russia, `M` imports from Russia, `T` both; Russia's exports to China are `M`.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from sources.parse.news.stems import quick

ANY_CASE: Final = re.IGNORECASE

CN_EN: Final = r"(?:China(?:'s|’s)?|Chinese|Beijing(?:'s|’s)?|the country(?:'s|’s))"
RU_EN: Final = r"(?:Russia(?:'s|’s)?|Russian|Moscow(?:'s|’s)?)"
GOODS_EN: Final = r"(?:goods(?: and services)?|products|merchandise|commodities)"
SHIPPED_EN: Final = r"(?:exports?|shipments|deliveries|supplies|sales)"
CN_RU: Final = r"(?:Кита[а-я]*|КНР|Поднебесн[а-я]+)"
RU_RU: Final = r"(?:Росси[а-я]*|РФ)"
GOODS_RU: Final = r"(?:(?:китайск|российск)[а-я]+\s+)?(?:товар|продукци)[а-я]*"
BROUGHT_RU: Final = r"(?:(?:импорт|ввоз)(?:а|у|ом|е)?|(?:поставк|закупк)(?:а|и|у|е|ой|ам|ами|ах)|поставок|закупок)"
EXPORT_RU: Final = r"экспорт(?:а|у|ом|е)?"
SENT_RU: Final = r"(?:экспорт(?:а|у|ом|е)?|(?:поставк|отгрузк)(?:а|и|у|е|ой|ам|ами|ах)|поставок|отгрузок)"

FLOWS: Final = MappingProxyType({
    "en": (
        ("X", quick(
            rf"\b(?:{CN_EN}\s+)?(?:(?:total|overall|goods|merchandise)\s+)?{SHIPPED_EN}\s+(?:of\s+{GOODS_EN}\s+)?(?:from China\s+)?to\s+(?:{RU_EN}|its northern neighbou?r)\b"
            rf"|\b{RU_EN}\s+(?:total\s+|overall\s+)?(?:imports|purchases)\s+(?:of\s+{GOODS_EN}\s+)?(?:from\s+China\b|of\s+Chinese\s+{GOODS_EN})"
            rf"|\bimports\s+(?:of\s+{GOODS_EN}\s+)?(?:to Russia\s+)?from\s+China\b|\b(?:imports|deliveries|supplies|shipments)\s+of\s+Chinese\s+{GOODS_EN}\b"
            rf"|\b(?:deliveries|supplies|shipments)\s+(?:of\s+{GOODS_EN}\s+)?from\s+China\b(?:\s+to\s+Russia)?"
            rf"|\bChina\b[^.;,]{{0,20}}\b(?:exported|shipped|sold)\b(?=(?:[^;.]|\.(?=\d)){{0,70}}\b{GOODS_EN}\b(?:[^;.]|\.(?=\d)){{0,25}}\bto\s+Russia\b)"
            rf"|\bRussia\b[^.;,]{{0,20}}\b(?:imported|bought|purchased)\b(?=(?:[^;.]|\.(?=\d)){{0,70}}\b{GOODS_EN}\b(?:[^;.]|\.(?=\d)){{0,15}}\bfrom\s+China\b)", ANY_CASE)),
        ("M", quick(
            rf"\b(?:{CN_EN}\s+)?(?:(?:total|overall|goods|merchandise)\s+)?(?:imports|purchases)\s+(?:of\s+{GOODS_EN}\s+)?from\s+{RU_EN}\b|\b(?:{CN_EN}\s+)?(?:imports|purchases)\s+of\s+Russian\s+{GOODS_EN}\b"
            rf"|\b{RU_EN}\s+(?:total\s+|overall\s+)?(?:exports|shipments|deliveries|supplies)\s+(?:of\s+{GOODS_EN}\s+)?to\s+China\b|\b(?:exports|deliveries|supplies|shipments)\s+(?:of\s+{GOODS_EN}\s+)?(?:from\s+Russia\s+)?to\s+China\b"
            rf"|\b(?:deliveries|supplies|shipments|exports)\s+(?:of\s+{GOODS_EN}\s+)?from\s+Russia\b"
            rf"|\bRussia\b[^.;,]{{0,20}}\b(?:exported|shipped|sold|supplied)\b(?=(?:[^;.]|\.(?=\d)){{0,70}}\b{GOODS_EN}\b(?:[^;.]|\.(?=\d)){{0,25}}\bto\s+China\b)"
            rf"|\bChina\b[^.;,]{{0,20}}\b(?:imported|bought|purchased)\b(?=(?:[^;.]|\.(?=\d)){{0,70}}\b{GOODS_EN}\b(?:[^;.]|\.(?=\d)){{0,15}}\bfrom\s+Russia\b)", ANY_CASE)),
        ("T", quick(
            r"\b(?:(?:bilateral|mutual|two-way|total|overall|goods|foreign|merchandise|annual|combined)\s+)*(?:(?:China|Russia|Sino|Russian|Chinese|Russo)(?:'s|’s|n)?\s*[-–—]\s*(?:China|Russia|Russian|Chinese)\s+)?(?:(?:bilateral|mutual|two-way|total|goods)\s+)*"
            r"\b(?:trade(?:\s+(?:turnover|volumes?))?|turnover)\b"
            r"(?!\s+(?:wars?|union|deals?|talks|surplus|deficit|balance|representative|ministry|minister|partners?|fair|ties|relations|restrictions|routes?|policy|settlements?|growth|barriers|data|in\s+(?!goods|20|the|January|February|March|April|May|June|July|August|September|October|November|December|first)))"
            r"|\ba total of\b", ANY_CASE)),
        ("m", quick(r"\bRuss(?:ia(?:'s|’s)|ian)\s+exports\b(?!\s+(?:of|to|in|from)\b)", ANY_CASE)),
        ("x", quick(r"\bRuss(?:ia(?:'s|’s)|ian)\s+imports\b(?!\s+(?:of|to|in|from)\b)", ANY_CASE)),
        ("x", quick(r"\b(?:(?:China(?:'s|’s)|Chinese)\s+)?exports\b(?!\s+(?:of|to|in|from)\b)", ANY_CASE)),
        ("m", quick(r"\b(?:(?:China(?:'s|’s)|Chinese)\s+)?imports\b(?!\s+(?:of|to|in|from)\b)", ANY_CASE)),
    ),
    "ru": (
        ("X", quick(
            rf"\b{EXPORT_RU}\s+(?:{GOODS_RU}\s+)?(?:из\s+)?{CN_RU}\s+в\s+{RU_RU}\b|\bкитайск[а-я]+\s+{EXPORT_RU}\s+в\s+{RU_RU}\b"
            rf"|\b{SENT_RU}\s+(?:{GOODS_RU}\s+)?(?:из\s+{CN_RU}\s+)?в\s+{RU_RU}\b"
            rf"|\b{BROUGHT_RU}\s+(?:{GOODS_RU}\s+)?(?:{RU_RU}\s+)?(?:в\s+{RU_RU}\s+)?из\s+{CN_RU}(?:\s+в\s+{RU_RU})?\b|\b(?:{BROUGHT_RU}|{EXPORT_RU})\s+китайск[а-я]+\s+товар[а-я]*(?:\s+в\s+{RU_RU})?"
            rf"|\bроссийск[а-я]+\s+импорт(?:а|у|ом|е)?\s+из\s+{CN_RU}"
            rf"|\b(?:Китай|КНР|Пекин)\s+[^.;,]{{0,60}}?\b(?:экспортировал|поставил|отправил|продал)[а-я]*\b(?=(?:[^;.]|\.(?=\d)){{0,60}}\b(?:товар|продукци)[а-я]*)"
            rf"|\b(?:Россия|РФ)\s+[^.;,]{{0,60}}?\b(?:импортировал|ввезл|закупил)[а-я]*\b(?=(?:[^;.]|\.(?=\d)){{0,60}}\b(?:товар|продукци)[а-я]*)", ANY_CASE)),
        ("M", quick(
            rf"\b{EXPORT_RU}\s+(?:{GOODS_RU}\s+)?(?:из\s+)?{RU_RU}\s+в\s+{CN_RU}\b|\bроссийск[а-я]+\s+{EXPORT_RU}\s+в\s+{CN_RU}\b"
            rf"|\b{SENT_RU}\s+(?:{GOODS_RU}\s+)?(?:из\s+{RU_RU}\s+)?в\s+{CN_RU}\b"
            rf"|\b{BROUGHT_RU}\s+(?:{GOODS_RU}\s+)?(?:{CN_RU}\s+)?(?:в\s+{CN_RU}\s+)?из\s+{RU_RU}(?:\s+в\s+{CN_RU})?\b|\b(?:{BROUGHT_RU}|{EXPORT_RU})\s+российск[а-я]+\s+товар[а-я]*(?:\s+в\s+{CN_RU})?"
            rf"|\bкитайск[а-я]+\s+импорт(?:а|у|ом|е)?\s+из\s+{RU_RU}"
            rf"|\b(?:Россия|РФ)\s+[^.;,]{{0,60}}?\b(?:экспортировал|поставил|отправил|продал)[а-я]*\b(?=(?:[^;.]|\.(?=\d)){{0,60}}\b(?:товар|продукци)[а-я]*)"
            rf"|\b(?:Китай|КНР|Пекин)\s+[^.;,]{{0,60}}?\b(?:импортировал|ввез|ввёз|закупил)[а-я]*\b(?=(?:[^;.]|\.(?=\d)){{0,60}}\b(?:товар|продукци)[а-я]*)", ANY_CASE)),
        ("T", quick(
            rf"\b(?:товарооборот[а-я]*|торгов[а-я]+\s+оборот[а-я]*|(?:взаимн|двусторонн|российско-китайск|китайско-российск)[а-я]+\s+торговл[а-я]*|объ[её]м[а-я]*\s+(?:[а-я]+\s+)?торговл[а-я]*|торговл[а-я]*\s+(?:между|с\s+{CN_RU}|с\s+{RU_RU}|{CN_RU}\s+(?:с|и)|{RU_RU}\s+(?:с|и)))", ANY_CASE)),
        ("x", quick(rf"\b(?:{EXPORT_RU}\s+(?:из\s+)?{CN_RU}|китайск[а-я]+\s+{EXPORT_RU})\b", ANY_CASE)),
        ("m", quick(rf"\b(?:{EXPORT_RU}\s+(?:из\s+)?{RU_RU}|российск[а-я]+\s+{EXPORT_RU})\b", ANY_CASE)),
        ("x", quick(rf"\b{EXPORT_RU}\b", ANY_CASE)),
        ("m", quick(r"\bимпорт(?:а|у|ом|е)?\b", ANY_CASE)),
    ),
    "zh": (
        ("X", quick(r"(?:中国|中方|我国)?(?:对|向)俄(?:罗斯)?(?:的)?出口(?=总?额|总?值|商品|货物|达|为|约|同|下|增|减|，|,|\d|了|近|超|则|也|方面|（|\(|是|降|：)|俄(?:罗斯)?(?:自|从)(?:华|中国)(?:的)?进口(?!汽|煤|石|天|农|卡)")),
        ("M", quick(r"(?:中国|中方|我国)?(?:自|从)俄(?:罗斯)?(?:的)?进口(?=总?额|总?值|商品|货物|达|为|约|同|下|增|减|，|,|\d|了|近|超|则|也|方面|（|\(|是|降|：)|俄(?:罗斯)?对(?:华|中国)(?:的)?出口(?!汽|煤|石|天|农|卡)|(?<!俄)(?<!斯)对华出口(?!汽|煤|石|天|农|卡)")),
        ("T", quick(r"(?:中俄|俄中)(?:两国)?(?:之?间)?(?:的)?(?:双边)?(?:货物|进出口)?贸易(?:总)?(?:额|值)?(?!战|合作|伙伴|关系|往来|结构|摩擦|协定)|(?:两国|双边)(?:双边|货物)?贸易(?:总)?[额值]|(?:中国|我国)?(?:与|同|和)俄(?:罗斯)?(?:之?间)?(?:的)?(?:双边)?(?:贸易(?:总)?[额值]?|进出口(?:总[额值])?)(?!战|合作|伙伴|关系)|(?:中国|我国)?对俄(?:罗斯)?进出口(?:总[额值])?|俄罗斯(?:与|和|同)中国(?:之?间)?(?:的)?(?:双边)?贸易(?:总)?[额值]?|贸易总[额值]|中俄进出口(?:总[额值])?")),
        ("x", quick(r"(?<!进)出口")),
        ("m", quick(r"进口")),
    ),
})  # fmt: skip
# Before the word of a flow only these stand where all goods are meant, and not those of a sector or of somebody else.
BEFORE_FLOW: Final = MappingProxyType({
    "en": quick(r"(?:^|[,;:(—–-]|\b(?:and|while|whereas|but|as|in|of|with|meanwhile|where|that|said|the|its|their|total|overall|goods|merchandise|bilateral|when|by|for|because|after|both|on|since|though|although|however|show(?:ed|s)?|how|value|volume|worth|also|is|direct|bringing|taking|pushing|combined|annual|monthly|two-way|mutual|between|China(?:'s|’s)|Chinese|Russia(?:'s|’s)|Russian|20\d\d|(?:January|February|March|April|May|June|July|August|September|October|November|December)))\s*[\"“«]?\s*$", ANY_CASE),
    "ru": quick(r"^(?!.*\b(?:нефт|угольн|газов|автомобильн|зернов|сельхоз|сельскохоз|аграрн|продовольств|пищев|несырьев|ненефтегаз|энергетическ|приграничн|внешнеторгов|машин|машиностроительн|параллельн)[а-я]*\s*$)", ANY_CASE | re.DOTALL),
    "zh": quick(r"^(?!.*(?:汽车|卡车|煤炭|石油|原油|天然气|农产品|粮食|机电|服务|跨境电商|边境|能源|牛肉|木材)(?:产品)?(?:的)?$)", re.DOTALL),
})  # fmt: skip
# No sentence without one of these states a figure that is read here.
# For a folded text: with case, and a letter at the beginning of each way, it is looked for far sooner than without.
TOPIC: Final = re.compile(
    r"t(?:rade|urnover|otal)|export|import|s(?:hipment|hipped|uppl|old|ales)|deliver|b(?:ought|rand)|purchas|market|gas\b"
    r"|c(?:oal|rude)|o(?<!\wo)il\b|lng|то(?:варооб|ргов)|оборот|экспорт|импорт|п(?:остав|рода)|вв(?:оз|[её]з)|закуп|уг[ол]|нефт|спг"
    r"|г(?<!\wг)аз|рын(?:к|ок)|мар(?:ок|к)|бренд|贸易|出口|进口|原油|煤|液化|天然气|销|市场|品牌|份额"
)
MONEY: Final = MappingProxyType({
    "en": quick(
        r"(?P<sign>US\$|\$|USD\s?|¥|RMB\s?|CNY\s?)\s?(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)[\s-]*(?P<s>millions?|mln|billions?|bln|bn|trillions?|trln|tn|m|b)\b"
        r"|(?P<n2>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)[\s-]*(?P<s2>million|mln|billion|bln|bn|trillion|trln|tn)[\s-]*(?P<u>U\.?S\.? dollars|dollars|USD|Chinese yuan|yuan|CNY|RMB|renminbi)\b", ANY_CASE),
    "ru": quick(
        r"(?P<sign>\$|¥)\s?(?P<n>\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?)\s*(?P<s>млн|млрд|трлн|миллион[а-я]*|миллиард[а-я]*|триллион[а-я]*)\b"
        r"|(?P<n2>\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?)\s*(?P<s2>млн|млрд|трлн|миллион[а-я]*|миллиард[а-я]*|триллион[а-я]*)\.?\s*(?P<u>долл[а-я]*|американских долларов|юан[а-я]*|\$|USD)", ANY_CASE),
    "zh": quick(r"(?P<n2>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?P<s2>万亿|亿|千万|百万|万)(?P<u>美元|元人民币|人民币|元)(?P<n>)(?P<s>)(?P<sign>)"),
})  # fmt: skip
SCALES: Final = (
    ("万亿", 12), ("亿", 8), ("千万", 7), ("百万", 6), ("万", 4), ("трлн", 12), ("трил", 12), ("млрд", 9), ("миллиа", 9),
    ("млн", 6), ("миллио", 6), ("tr", 12), ("tn", 12), ("b", 9), ("m", 6), ("тыс", 3), ("thousand", 3), ("k", 3),
)  # fmt: skip
HEDGED: Final = MappingProxyType({
    "en": quick(r"\b(?:about|around|roughly|approximately|nearly|almost|over|more than|less than|under|some|exceed(?:ed|ing|s)|(?:sur)?pass(?:ed|ing)|topped|topping|crossed|near(?:ed|ing)|close to|just)\s+(?:a\s+|the\s+|record\s+)*$", ANY_CASE),
    "ru": quick(r"\b(?:почти|около|более(?:\s+чем)?|свыше|порядка|примерно|превысил[а-я]*|перевалил[а-я]*\s+за|чуть\s+[а-я]+|больше|меньше|менее)\s*(?:отметк[а-я]+\s+в\s+)?$", ANY_CASE),
    "zh": quick(r"(?:约|近|超过?|突破|逾|将近|大约)(?:了)?$"),
})  # fmt: skip
HEDGE_EN: Final = r"(?:(?:a|an|the|about|around|roughly|approximately|nearly|almost|just|over|more|less|than|under|some|only|new|record|record-high|all-time|high|historic|historical|unprecedented|level|mark|of|at|equivalent|close|to|below|above|short|value|milestone|whopping|as|much)\s+)*"
HEDGE_RU: Final = r"(?:(?:рекордн[а-я]+|почти|около|более|больше|менее|меньше|чем|свыше|порядка|примерно|чуть|отметк[а-я]+|уровн[а-я]+|нов[а-я]+|исторического|абсолютного|максимум[а-я]*|в|до|сумму|объ[её]м[а-я]*|значени[а-я]+|рубеж[а-я]*)\s+)*"
LEVEL: Final = MappingProxyType({
    "en": quick(
        r"(?:\b(?:to|at|was|were|is|been|reach(?:ed|ing|es)?|total+(?:ed|ing|s)?|total(?: of)?|amount(?:ed|ing)?(?: to)?|hit(?:ting)?|came|worth|of|surpass(?:ed|ing)|passed|exceed(?:ed|ing|s)|topped|topping|crossed|neared|nearing|stood|standing|equall?ed|comprised|valued at|posted|record(?:ed)?|exported|imported|shipped|sold|bought|purchased|supplied|or|at about)\s+|[(:]\s*|[-–—]\s+)"
        + HEDGE_EN + r"$", ANY_CASE),
    "ru": quick(
        r"(?:\b(?:до|составил[а-я]*|составля[а-я]+|составив[а-я]*|достиг[а-я]*|достигл[а-я]*|достигнув|превысил[а-я]*|превысив|превышает|в\s+размере|на\s+сумму|на\s+уровне|на|оценива[а-я]+\s+в|перевалил[а-я]*\s+за|вышел\s+на|равн[а-я]+|было|зафиксирован[а-я]*\s+на\s+уровне|или)\s+|[(:]\s*|[-–—]\s+)"
        + HEDGE_RU + r"$", ANY_CASE),
    "zh": quick(r"(?:达到?|为|至|总值|总?额|总?值|计|是|高?于|突破|超过?|近|约|逾|出口|进口|进出口|贸易|商品|货物|：|:|了|录得|（|\(|新高|纪录)(?:了)?(?:约|近|超过?|逾)?$"),
})  # fmt: skip
# An amount after these is the base of a comparison, a difference, or something that wasn't reached.
AGAINST: Final = MappingProxyType({
    "en": quick(r"\b(?:from|against|compared (?:with|to)|versus|vs\.?|above|below|short of|(?<!more )(?<!less )than(?: the)?|by|after|(?:gap|surplus|deficit|drop|fall|rise|increase|decline|decrease|growth|difference|loss|jump|balance|imbalance)\s+(?:of|at|to|was|reached|stood at|widened to|narrowed to|shrank to)|(?:deficit|surplus)[^,;]{0,25}|(?:target|goal|mark) (?:of|was|is))\s+" + HEDGE_EN + r"$", ANY_CASE),
    "ru": quick(r"(?:\b(?:с|со|против|по\s+сравнению\s+с|чем|(?:профицит|дефицит|сальдо|разниц)[а-я]*[^,;]{0,30}|(?:не\s+достиг[а-я]*)|(?:ниже|выше)|(?:вырос|увелич|сниз|сократ|упал|уменьш|прибав|подн|рост|снижени|падени|прирост|просел)[а-я]*\s+(?:(?:более|почти|чем|всего|лишь|сразу|примерно)\s+)*на)\s+)" + HEDGE_RU + r"$", ANY_CASE),
    "zh": quick(r"(?:从(?!俄|中国)|由|较|比|顺差|逆差|增加了?|减少了?|差额)[^，,；;]{0,8}$"),
})  # fmt: skip
BALANCE: Final = quick(
    r"\b(?:surplus|deficit|imbalance|trade balance)\b|профицит|дефицит|сальдо|дисбаланс|顺差|逆差", ANY_CASE
)
NUM: Final = r"(?P<n>\d+(?:[.,]\d+)?)"
DOWN_EN: Final = r"f[ae]ll(?:en|ing|s)?|drop\w*|declin\w*|decreas\w*|shr[aiu]nk\w*|slump\w*|slid\w*|contract\w*|down|los[et]\w*|plung\w*|dipp?\w*|tumbl\w*|plummet\w*|reduc\w*|lower|less|fewer|eased?|sank|shed|diminish\w*|retreat\w*"
UP_EN: Final = r"r[io]s(?:e|es|en|ing)|grew|grow(?:n|s|ing|th)?|increas\w*|up|expand\w*|climb\w*|gain\w*|surg\w*|jump\w*|soar\w*|advanc\w*|more|higher|add(?:ed|ing)|edged up|rebound\w*"
DOWN_RU: Final = r"сниз[а-я]*|снижени[а-я]*|снижал[а-я]*|упал[а-я]*|падени[а-я]*|сокра[тщ][а-я]*|уменьш[а-я]*|просел[а-я]*|меньше|ниже|обвалил[а-я]*|потерял[а-я]*|рухнул[а-я]*|спад[а-я]*"
UP_RU: Final = r"вырос[а-я]*|рост[а-я]*|увелич[а-я]*|прибав[а-я]*|подн[а-я]*|подскочил[а-я]*|больше|выше|прирост[а-я]*"
PERCENT: Final = MappingProxyType({
    "en": quick(
        rf"\b(?P<verb>{DOWN_EN}|{UP_EN})\b(?:\s+(?:by|of|a|an|another|about|almost|nearly|around|roughly|more than|over|some|just|year[- ]on[- ]year|yoy|further|sharply|slightly|steadily|,))*\s+{NUM}\s?(?:%|percent|per cent)"
        rf"|(?P<n2>\d+(?:\.\d+)?)\s?(?:%|percent|per cent)(?:\s+(?:year[- ]on[- ]year|yoy|annual|y/y))?\s+(?P<verb2>{DOWN_EN}|{UP_EN})\b|(?P<sign>[-−–+])(?P<n3>\d+(?:\.\d+)?)\s?%", ANY_CASE),
    "ru": quick(
        rf"\b(?P<verb>{DOWN_RU}|{UP_RU})\b(?:\s+(?:почти|примерно|более|чем|год к году|в годовом выражении|сразу|лишь|всего|объ[её]ма|товарооборота|торговли|составил[оа]?|экспорта|импорта))*\s*(?:на\s+)?(?:(?:почти|более|чем|около|примерно)\s+)*{NUM}\s?(?:%|процент[а-я]*|проц)"
        rf"|\bна\s+(?:(?:почти|более|чем|около)\s+)*(?P<n2>\d+(?:[.,]\d+)?)\s?(?:%|процент[а-я]*)\s+(?P<verb2>{DOWN_RU}|{UP_RU})|(?P<sign>[-−–+]|минус\s+|плюс\s+)(?P<n3>\d+(?:[.,]\d+)?)\s?%", ANY_CASE),
    "zh": quick(r"(?P<verb>下降|减少|下滑|下跌|降低|萎缩|收窄|增长|上升|增加|上涨|提高|增|降)(?:了)?(?:约|近|超过?)?(?P<n>\d+(?:\.\d+)?)\s?(?:%|％|个百分点)(?P<n2>)(?P<verb2>)(?P<sign>)(?P<n3>)"),
})  # fmt: skip
DOWN: Final = quick(rf"^(?:{DOWN_EN}|{DOWN_RU}|下|减|降|萎|收)", ANY_CASE)
NOT_YEARLY: Final = quick(
    r"month[- ]on[- ]month|from (?:the )?(?:previous|prior|preceding) month|(?:from|than in|on) (?:January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s+(?:to|through|until|20|last)|\s*[-–—]|\s+\d)|m/m|compared (?:with|to) (?:20[01]\d|January|February|March|April|May|June|July|August|September|October|November|December)\b(?! 20)|\bshare\b"
    r"|месяц к месяцу|\bк (?:январю|февралю|марту|апрелю|маю|июню|июлю|августу|сентябрю|октябрю|ноябрю|декабрю)(?!\s*[-–—]|\s+(?:20|прошл))|к предыдущему месяцу|по сравнению с (?:предыдущим месяцем|январ[её]м|феврал[её]м|мартом|апрел[её]м|маем|июнем|июл[её]м|августом|сентябр[её]м|октябр[её]м|ноябр[её]м|декабр[её]м)(?! 20| прошл)|м/м|\bдол[яюие]\b|环比|占比|比重", ANY_CASE
)  # fmt: skip
EXPECTED: Final = quick(
    r"\b(?:than|as|above|below|beat(?:ing)?|miss(?:ed|ing)?|against)\s+(?:was\s+|had been\s+|analysts(?:'|’)?\s+|economists(?:'|’)?\s+|market\s+)?(?:expected|forecast\w*|expectations|predicted)\b|\bunexpectedly\b|\bexpectations\b|\bкак и ожидал[а-я]*|好于预期|低于预期", ANY_CASE
)  # fmt: skip
NOT_FACT: Final = quick(
    r"\b(?:could|might|would|will|expect\w*|forecast\w*|target\w*|aim(?:s|ed|ing)?|plan(?:s|ned|ning)?\s+to|should|hope[sd]?|hoping|potential(?:ly)?|goals?|predict\w*|project(?:s|ed)\b|likely|set to|pledged?|vow(?:s|ed)?|agreed to|ambition\w*|wants? to|seek\w*|estimates? that|no longer|not|never|didn't|if|whether|on (?:track|course) to|double|(?-i:may)|by\s+20[2-9]\d)\b"
    r"|\b(?:может|могут|мог|могл[аио]|прогноз[а-я]*|ожида[а-я]*|планиру[а-я]*|достигнет|достигнут|составит|составят|вырастет|вырастут|превысит|превысят|снизится|увеличится|будет|будут|к\s+20[2-9]\d|если|цел[ьи]|намерен[а-я]*|рассчитыва[а-я]*|должен|должн[аоы]|удвоить|довести|нарастить|хотят|хочет|стремится|предполага[а-я]*|вероятно|не|бы)\b"
    r"|预计|预期|有望|可能|目标|将达|将突破|将超|力争|如果|或将|计划|希望|争取|未达|未能", ANY_CASE
)  # fmt: skip
THIRD: Final = quick(
    r"\b(?:U\.?S\.?A?\b|United States|America|EU|Europe|European Union|eurozone|India(?:n|'s)?|German\w*|Japan\w*|Turk(?:ey|ish)\w*|Türkiye|ASEAN|Brazil\w*|Kazakh\w*|Belarus\w*|Ukrain\w*|North Korea\w*|South Korea\w*|Korea|Iran\w*|Mongolia\w*|Vietnam\w*|Uzbek\w*|Kyrgyz\w*|Tajik\w*|Armenia\w*|Africa\w*|Australia\w*|Indonesia\w*|Taiwan\w*|Hong Kong|Central Asia|UK|Britain|British|France|French|Italy|Saudi Arabia|UAE|BRICS|SCO|G7|all countries|rest of the world|the world|global(?:ly)?|worldwide|foreign trade of|total foreign trade|Heilongjiang|Primor\w+|Amur|Manzhouli|Suifenhe|Harbin|Xinjiang|Guangdong|Far East\w*|Siberian|province|provinces|provincial|region(?:'s|al)?|border trade|(?<!goods and )services|e-commerce|agricultural|agrifood|agri-food)\b"
    r"|\b(?:США|ЕС|Евросоюз[а-я]*|Европ[а-я]+|Инди[а-я]+|Герман[а-я]+|Япони[а-я]+|Турци[а-я]+|АСЕАН|Бразили[а-я]+|Казахстан[а-я]*|Белорусси[а-я]+|Беларус[а-я]+|Украин[а-я]+|КНДР|Коре[а-я]+|Иран[а-я]*|Монголи[а-я]+|Вьетнам[а-я]*|Узбекистан[а-я]*|Киргиз[а-я]+|Африк[а-я]+|Австрали[а-я]+|Тайван[а-я]*|Гонконг[а-я]*|БРИКС|ШОС|ЕАЭС|Франци[а-я]+|Итали[а-я]+|Хэйлунцзян[а-я]*|Примор[а-я]+|Приамур[а-я]*|Амурск[а-я]+|Забайкал[а-я]+|Дальн[а-я]+ Восток[а-я]*|Сибир[а-я]+|провинци[а-я]+|регион[а-я]*|област[а-я]+|приграничн[а-я]+|услуг[а-я]*|сельхоз[а-я]*|сельскохозяйственн[а-я]+|внешн[а-я]+\s+торговл[а-я]+|внешнеторгов[а-я]+|всеми странами|мир[аеу]|Татарстан[а-я]*|Башк[а-я]+|Москв[а-яё]+)\b"
    r"|美国|欧盟|东盟|印度|德国|日本|土耳其|哈萨克|白俄|乌克兰|朝鲜|韩国|伊朗|蒙古|越南|巴西|非洲|澳大利亚|中亚|金砖|上合|黑龙江|内蒙古|满洲里|绥芬河|吉林|新疆|广东|浙江|山东|哈尔滨|全省|口岸|远东|边境|服务贸易|跨境电商|农产品|外贸|全国|全球|世界|货物贸易进出口总值", ANY_CASE
)  # fmt: skip
SIDES: Final = MappingProxyType({
    "en": (quick(r"\b(?:China|Chinese|Beijing|Sino)\b"), quick(r"\b(?:Russia\w*|Moscow|Russo)\b")),
    "ru": (quick(r"\b(?:Кита[а-я]+|китайск[а-я]+|китайско|КНР|Пекин[а-я]*|Поднебесн[а-я]+)\b"), quick(r"\b(?:Росси[а-я]+|российск[а-я]+|российско|РФ|Москв[а-я]+)\b")),
    "zh": (quick(r"中国|中俄|俄中|我国|对华|自华|中方|海关总署"), quick(r"俄")),
})  # fmt: skip
CUSTOMS: Final = quick(
    r"(?:Chin\w+|China(?:'s|’s))[^.]{0,30}\bcustoms\b|\bGACC\b|General Administration of Customs|customs (?:data|figures|authorit\w+) (?:from|in|of) (?:China|Beijing)|таможн[а-я]+[^.]{0,30}(?:Кита|КНР)|(?:Кита|КНР|китайск)[а-я]*[^.]{0,20}таможн|ГТУ|海关",
    ANY_CASE,
)
CHINA_OWNS: Final = MappingProxyType({
    "en": quick(r"\b(?:China(?:'s|’s)|Chinese)\s+(?:\w+\s+)?(?:trade\s+with\s+Russia|exports|imports)", ANY_CASE),
    "ru": quick(r"(?:товарооборот|торговл)[а-я]*\s+(?:Китая|КНР)\s+с\s+(?:Росси|РФ)", ANY_CASE),
    "zh": quick(r"中国(?:与|同|和|对)俄|中俄"),
})  # fmt: skip
# Somebody else's count than that of China's customs.
OTHERS: Final = quick(
    r"\b(?:Federal Customs Service|FCS|Russian customs|Russia(?:'s|’s) customs|Bank of Russia|central bank|Putin|Mishustin|Novak|Overchuk|Peskov|Lavrov|Reshetnikov|Economic Development Ministry|Rosstat)\b"
    r"|\b(?:ФТС|Федеральн[а-я]+ таможенн[а-я]+|российск[а-я]+ таможн[а-я]+|Банк[а-я]* России|ЦБ|Путин[а-я]*|Мишустин[а-я]*|Новак[а-я]*|Оверчук[а-я]*|Песков[а-я]*|Решетников[а-я]*|Минэкономразвити[а-я]+|Росстат[а-я]*)\b|俄(?:罗斯)?(?:联邦)?海关|普京", ANY_CASE
)  # fmt: skip
CURRENCY: Final = (
    ("usd", quick(r"\bin (?:US )?dollar terms\b|в долларов[а-я]+ (?:выражени|исчислени)[а-я]+|в долларах|以美元计", ANY_CASE)),
    ("cny", quick(r"\bin (?:yuan|renminbi) terms\b|в юан[а-я]+(?: выражени[а-я]+)?|以人民币计", ANY_CASE)),
)  # fmt: skip

GOODS: Final = (
    ("lng_import_t", "271111", MappingProxyType({"en": quick(r"\b(?:LNG|liquefied natural gas)\b", ANY_CASE), "ru": quick(r"\b(?:СПГ|сжиженн[а-я]+\s+(?:природн[а-я]+\s+)?газ[а-я]*)\b", ANY_CASE), "zh": quick(r"液化天然气", ANY_CASE)})),
    ("coal_import_t", "2701", MappingProxyType({"en": quick(r"\bcoal\b", ANY_CASE), "ru": quick(r"\bуг(?:оль|л[яьюейи][а-я]*)\b", ANY_CASE), "zh": quick(r"煤", ANY_CASE)})),
    ("crude_import_t", "2709", MappingProxyType({"en": quick(r"\b(?:crude|oil)\b", ANY_CASE), "ru": quick(r"\bнефт[иьюе][а-я]*\b", ANY_CASE), "zh": quick(r"原油|石油", ANY_CASE)})),
)  # fmt: skip
# A part of the goods is another series.
NARROW: Final = quick(
    r"\b(?:coking|thermal|metallurgical|steam coal|lignite|anthracite|fuel oil|palm oil|soybean oil|rapeseed oil|sunflower oil|oil products|petroleum products|seaborne|by sea|by rail|oil equivalent)\b"
    r"|\b(?:коксующ|энергетическ|металлургическ|антрацит|нефтепродукт|подсолнечн|рапсов|соев|по железной дороге|морем|морских)[а-я]*|炼焦|焦煤|动力煤|成品油|燃料油|食用油|无烟煤", ANY_CASE
)  # fmt: skip
TONNES: Final = MappingProxyType({
    "en": quick(r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)[\s-]*(?P<s>million|mln|mn|m|thousand)?\s*(?:metric\s+)?(?:tons?|tonnes?|mt)\b(?!\s+(?:a|per|of oil equivalent)\b|/)", ANY_CASE),
    "ru": quick(r"(?P<n>\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?)\s*(?P<s>млн|тыс|миллион[а-я]*|тысяч[а-я]*)?\.?\s*(?:тонн[а-я]*|т)\b(?!\s+(?:в\s+(?:сутки|день|год)))", ANY_CASE),
    "zh": quick(r"(?P<n>\d+(?:,\d{3})*(?:\.\d+)?)\s?(?P<s>万|亿|百万|千万)?吨"),
})  # fmt: skip
CUBIC: Final = MappingProxyType({
    "en": quick(r"(?P<n>\d+(?:\.\d+)?)\s*(?P<s>billion|bln|bn|b)?\s*(?:cubic met(?:er|re)s|cu m|bcm|cubic meters of gas)\b(?!\s+(?:a|per)\b|/)", ANY_CASE),
    "ru": quick(r"(?P<n>\d+(?:[.,]\d+)?)\s*(?P<s>млрд|миллиард[а-я]*)\.?\s*(?:куб[а-я.]*\s*м[а-я.]*|кубометр[а-я]*)\b(?!\s+в\s+год)", ANY_CASE),
    "zh": quick(r"(?P<n>\d+(?:\.\d+)?)\s?(?P<s>亿)立方米"),
})  # fmt: skip
PIPED: Final = quick(
    r"Power of Siberia(?![- ]?2)|pipeline gas|natural gas via pipeline|Сил[аеуы] Сибири(?![- –—]?2)|трубопроводн[а-я]+\s+газ|西伯利亚力量(?!.?2)|管道(?:天然)?气",
    ANY_CASE,
)
TO_CHINA: Final = MappingProxyType({
    "en": quick(
        r"\bChina\b(?:[^;.]|\.(?=\d)){0,50}\b(?:import(?:ed|s)|bought|took|purchased|received)\b|\bChina(?:'s|’s)\s+(?:\w+\s+){0,3}(?:imports|purchases)\b|\bChinese\s+(?:\w+\s+){0,3}(?:imports|purchases)\b"
        r"|\bimports\s+of\s+(?:\w+\s+)?Russian\b|\b(?:imports|purchases|arrivals)\s+(?:of\s+(?:\w+\s+){1,3})?from\s+Russia\b"
        r"|\bRussia(?:n|'s|’s)?\s+(?:[^;.]|\.(?=\d)){0,40}\b(?:exports|supplies|supply|shipments|deliveries|flows|sales)\b(?:[^;.]|\.(?=\d)){0,40}\bto\s+China\b"
        r"|\b(?:Russia|Gazprom)\b(?:[^;.]|\.(?=\d)){0,25}\b(?:supplied|shipped|delivered|exported|sold|pumped|sent)\b(?:[^;.]|\.(?=\d)){0,60}\bto\s+China\b|\b(?:supplies|exports|shipments|deliveries)\b(?:[^;.]|\.(?=\d)){0,40}\bto\s+China\b", ANY_CASE),
    "ru": quick(
        r"\b(?:Китай|КНР|Пекин)\b(?:[^;.]|\.(?=\d)){0,50}\b(?:импортир|закуп|ввез|ввёз|купил|получил|приобр)[а-я]*|\b(?:импорт|закупк|ввоз|поставк|экспорт)[а-я]*(?:[^;.]|\.(?=\d)){0,60}\b(?:в\s+(?:Китай|КНР)|Китаем|КНР|Китая)\b"
        r"|\b(?:Россия|РФ|«?Газпром»?)\b(?:[^;.]|\.(?=\d)){0,40}\b(?:поставил|экспортировал|отправил|отгрузил|продал|прокачал)[а-я]*(?:[^;.]|\.(?=\d)){0,60}\b(?:в\s+(?:Китай|КНР)|Китаю|КНР)\b|\b(?:импорт|закупк|ввоз)[а-я]*\s+(?:российск[а-я]+|[а-я]+\s+из\s+(?:России|РФ))", ANY_CASE),
    "zh": quick(r"(?:自|从)俄(?:罗斯)?(?:的)?进口|进口俄(?:罗斯)?|俄(?:罗斯)?(?:对|向)(?:华|中国)(?:的)?(?:\S{0,6})?(?:出口|供应|供气|输送)"),
})  # fmt: skip
TRUCKS: Final = MappingProxyType({
    "en": quick(r"\b(?:imports?|deliveries|shipments|supplies|exports)\s+of\s+(?:Chinese(?:-made)?\s+|heavy\s+|new\s+)*(?:trucks|lorries)\b(?=(?:[^;.]|\.(?=\d))*\b(?:Russia|China|Chinese))|\b(?:Chinese\s+)?truck\s+(?:imports|deliveries|shipments|exports)\b", ANY_CASE),
    "ru": quick(r"\b(?:импорт|ввоз|поставк|экспорт)[а-я]*\s+(?:[а-я]+\s+)?(?:китайск[а-я]+\s+)?(?:грузовик|грузов[а-я]+\s+(?:автомобил|машин))[а-я]*(?:\s+из\s+(?:Китая|КНР))?", ANY_CASE),
    "zh": quick(r"(?:进口|出口)(?:的)?(?:中国)?(?:产)?(?:重型)?卡车|(?:中国)?卡车(?:进口|出口)"),
})  # fmt: skip
FOLD: Final = MappingProxyType({
    "en": quick(r"\b(?P<w>threefold|three-fold|three times|twofold|two-fold|fourfold|four-fold|by half|halved|in half|by two[\s-]thirds|by a third|to a third|by a quarter|by three[\s-]quarters|tripled|doubled)\b", ANY_CASE),
    "ru": quick(r"\b(?P<w>втрое|вдвое|вчетверо|наполовину|на треть|на четверть|на две трети|в три раза|в два раза|в четыре раза|в 2 раза|в 3 раза|в 4 раза)(?![а-я])", ANY_CASE),
    "zh": quick(r"(?P<w>减半|腰斩|三分之二|三分之一(?=$|[^之]))"),
})  # fmt: skip
# What is left of the base after a fall; of a rise the other way round.
LEFT: Final = MappingProxyType({
    word: (top, bottom)
    for (top, bottom), words in {
        (1, 2): ("twofold", "two-fold", "by half", "halved", "in half", "вдвое", "наполовину", "в два раза", "в 2 раза", "减半", "腰斩", "doubled"),
        (1, 3): ("threefold", "three-fold", "three times", "by two thirds", "by two-thirds", "to a third", "втрое", "на две трети", "в три раза", "в 3 раза", "三分之二", "tripled"),
        (1, 4): ("fourfold", "four-fold", "by three quarters", "by three-quarters", "вчетверо", "в четыре раза", "в 4 раза"),
        (2, 3): ("by a third", "на треть", "三分之一"),
        (3, 4): ("by a quarter", "на четверть"),
    }.items()
    for word in words
})  # fmt: skip
FELL: Final = quick(rf"\b(?:{DOWN_EN}|halved|cut)\b|\b(?:{DOWN_RU})\b|下降|减|腰斩|下滑", ANY_CASE)
VEHICLES: Final = quick(
    r"\bLada\b|АвтоВАЗ|AvtoVAZ|\bЛада\b|КАМАЗ|КамАЗ|KAMAZ|автомобил|машин|грузовик|автомарк|\bcars?\b|\btrucks?\b|\bvehicles?\b|汽车|卡车|拉达|轿车|乘用车|新车|车市",
    ANY_CASE,
)
SHARE: Final = MappingProxyType({
    "en": quick(r"\b(?:Chinese (?:car\s+|auto\s+|automobile\s+|automotive\s+)?(?:brands|carmakers|automakers|marques|makes|manufacturers)|brands from China)\b(?:[^;.]|\.(?=\d)){0,60}?\b(?:accounted for|made up|held|had|with|took|captured|comprised|represented|commanded|share of|stood at|to|was|at)\s+(?:(?:a|an|about|around|nearly|almost|roughly|just|over|more than|market|share|of|some)\s+)*(?P<n>\d+(?:\.\d+)?)\s?(?:%|percent|per cent)|\bshare of Chinese (?:car\s+)?(?:brands|cars|carmakers)\b(?:[^;.]|\.(?=\d)){0,80}?\b(?:to|was|at|reached|of|stood at|amounted to|hit)\s+(?:(?:about|around|nearly|almost|just|over|a|record)\s+)*(?P<n2>\d+(?:\.\d+)?)\s?(?:%|percent|per cent)", ANY_CASE),
    "ru": quick(r"\bдол[а-я]+\s+(?:автомобилей\s+|машин\s+|продаж\s+)?китайск[а-я]+\s+(?:автомобильных\s+)?(?:марок|брендов|автомобилей|автопроизводителей|машин|автомарок|компаний)(?:[^;.]|\.(?=\d)){0,80}?\b(?:до|составил[а-я]*|достигл[а-я]*|составляет|превысил[а-я]*|на уровне)\s+(?:(?:почти|около|более|рекордных|чуть)\s+)*(?P<n>\d+(?:[.,]\d+)?)\s?(?:%|процент[а-я]*)|\bна\s+(?:долю\s+)?китайск[а-я]+\s+(?:марк|бренд|автомобил|автомарк)[а-я]*(?:[^;.]|\.(?=\d)){0,40}?\bприш[её]?л[а-я]*\s+(?:(?:почти|около|более)\s+)*(?P<n2>\d+(?:[.,]\d+)?)\s?(?:%|процент[а-я]*)", ANY_CASE),
    "zh": quick(r"中国(?:汽车)?品牌[^；。]{0,20}?(?:份额|占比|占|占有率)[^；。\d]{0,8}(?P<n>\d+(?:\.\d+)?)\s?[%％](?P<n2>)"),
})  # fmt: skip
# All new cars that are sold in Russia, and all that China sent there: words behind which no brand stands.
NEW_CARS: Final = quick(
    r"\bnew\s+(?:passenger\s+)?(?:cars|vehicles)\b|\bcar market\b|новых\s+(?:легковых\s+)?(?:автомобил|машин|авто)|новые\s+(?:легковые\s+)?(?:автомобили|машины)|新车|乘用车|轿车|\btrucks\b|грузовик",
    ANY_CASE,
)
CAR_EXPORTS: Final = quick(
    r"\b(?:China|Chinese)\b.*\b(?:exported|shipped|exports)\b.*\bto Russia\b|(?:экспорт|поставк|поставил|экспортировал)[а-я]*.*\b(?:в\s+(?:Росси|РФ)|Китай)|对俄(?:罗斯)?(?:的)?(?:汽车|乘用车|整车)?出口|(?:汽车|乘用车|整车)对俄(?:罗斯)?(?:的)?出口|向俄(?:罗斯)?出口", ANY_CASE
)  # fmt: skip
A_BRAND: Final = quick(
    r"\b(?:brands?|marques?|model|models|maker|makers|manufacturer\w*|plant|dealer group|company's|its)\b|марк[а-я]+|бренд[а-я]*|модел[а-я]+|завод[а-я]*|концерн[а-я]*|китайских (?:автомобил|машин|авто)|китайские (?:автомобил|машин)|品牌|车型|旗下|公司",
    ANY_CASE,
)
RUSSIAN_MARKET: Final = quick(r"\bRussia|российск|в России|в РФ|рынк|\bmarket\b|俄", ANY_CASE)
SEGMENT: Final = quick(
    r"\b(?:used|second-hand|premium|electric|truck|heavy|LCV|crossover|SUV|import\w*)\b|\b(?:подержанн|б/у|электр|грузов|премиал|кроссовер|импорт|LCV|легк[а-я]+ коммерч)[а-я]*|二手|卡车|电动|进口",
    ANY_CASE,
)
MEASURERS: Final = (
    ("Autostat", quick(r"\bAutostat\b|Автостат", ANY_CASE)), ("AEB", quick(r"\bAEB\b|Association of European Businesses|\bАЕБ\b|Ассоциаци[а-я]+ европейского бизнеса", ANY_CASE)),
    ("Rosstat", quick(r"\bRosstat\b|Росстат", ANY_CASE)), ("CPCA", quick(r"\bCPCA\b|Passenger Car Association|乘联会|乘联分会|\bCPCA\b|ассоциаци[а-я]+ (?:легковых автомобилей|автопроизводителей)", ANY_CASE)),
    ("Minpromtorg", quick(r"\bMinpromtorg\b|Минпромторг", ANY_CASE)), ("PPC", quick(r"\bППК\b|Паспортны[а-я]+ консорци", ANY_CASE)), ("GACC", CUSTOMS),
)  # fmt: skip
WEEKDAYS: Final = MappingProxyType({
    "en": quick(r"\b(?:on|released|published|late|early)\s+(?P<d>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"),
    "ru": quick(r"\b(?:в|во)\s+(?P<d>понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)\b", ANY_CASE),
    "zh": quick(r"(?:星期|周)(?P<d>[一二三四五六日])"),
})  # fmt: skip
WEEKDAY: Final = MappingProxyType({
    word: n for n, words in enumerate((
        "mon понедельник 一", "tues вторник 二", "wednes среду 三", "thurs четверг 四", "fri пятницу 五", "satur субботу 六", "sun воскресенье 日"))
    for word in words.split()
})  # fmt: skip
SAID: Final = MappingProxyType({
    "en": quick(r"\b(?:said|reported|released|published|showed|announced|data|figures)\b[^.;,]{0,30}?\bon\s+(?:(?P<d>\d{1,2})\s+)?(?P<m>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\.?(?:\s+(?P<d2>\d{1,2}))?(?!\s*\d)"),
    "ru": quick(r"\b(?:сообщ|опубликова|объяви|обнародова|данны|привел|говорил|отчит)[а-яё]*(?:[^;.]|\.(?=\d)){0,40}?\b(?P<d>\d{1,2})\s+(?P<m>янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*(?P<d2>)", ANY_CASE),
    "zh": quick(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日[^。；]{0,16}?(?:公布|发布|数据|消息|表示|统计)(?P<d2>)"),
})  # fmt: skip
