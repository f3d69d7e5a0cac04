"""Article pages: bytes to title, date, language and open text, of any outlet.

What a page says of itself is taken from JSON-LD, then OpenGraph and other meta elements, then the plain layout. The
text is what a reader sees: JSON-LD's `articleBody` is not read, since it may hold what a paywall hides, or what nobody
ever saw. Hidden elements, captions and boxes of links are dropped first, then trafilatura looks; where it finds much
less than the fullest block of paragraphs holds, that block is taken. Furniture of known wording goes last.

Traps     A charset in the header that the bytes contradict; GB2312 that is GB18030. A re-published page carries a new
          date in its metadata and the old one in its text: the older counts. A paywalled page says so in JSON-LD.
          Related headlines stand in asides, lists and sentences such as "Read more:"; none may become text.
          "30 июля Росстандарт запретил" is no dateline: the day belongs to the sentence.
"""

from __future__ import annotations

import html as entities
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import etree
from lxml import html as lxml_html

from sources.contract import Payload
from sources.errors import Blocked, Empty, LayoutChanged, WrongDocument
from sources.parse import feeds, html
from sources.parse.news import addresses, stems
from sources.parse.news.model import Page

__all__ = ["language_of", "plain", "read"]

# --- what pages say of themselves
ARTICLES: Final = re.compile(
    r"(?:News|Report|Reportage\w*|Analysis\w*|Opinion\w*|Background\w*|Review\w*|Live|Blog|SocialMedia|Tech|Scholarly)?"
    r"(?:Article|Posting|BlogPosting)|\w+NewsArticle|WebPage|Report"
)
NEWS: Final = re.compile(r"Article|Posting|Report")
LISTS: Final = re.compile(r"CollectionPage|SearchResultsPage|ItemList")
# Names of meta elements that say when: the first tuple of what only articles carry, the second of what templates fill.
META_DATES: Final = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "sailthru.date", "parsely-pub-date", "mediator_published_time", "dc.date.issued", "dcterms.created", "cxenseparse:recs:publishtime",
)  # fmt: skip
META_WEAK_DATES: Final = (
    "publishdate",
    "pubdate",
    "publish-date",
    "publish_date",
    "firstpublishedtime",
    "date",
    "dc.date",
)
META_CHANGED: Final = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "article:updated_time")

# --- what no reader sees, and what is no text of the article
HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    r"|(?:font-size|(?<![-\w])zoom|max-height|max-width)\s*:\s*0*\.?0+(?![.\d]*[1-9])|opacity\s*:\s*0*\.?0+(?![.\d]*[1-9])"
    r"|font\s*:\s*0|color\s*:\s*transparent|transform\s*:\s*scale\(\s*0"
    r"|(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\s*\d{3,}|translate[xy]?\(\s*-\s*\d{3,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01]|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?:^|[;\s])(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
HIDING: Final = frozenset({
    "hidden", "hide", "is-hidden", "u-hidden", "d-none", "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text",
    "screen-reader-only", "a11y-hidden", "invisible",
})  # fmt: skip
RULE: Final = re.compile(r"(?:[a-z]+)?([.#])([\w-]+)", re.IGNORECASE)
MOST_STYLES: Final = 400_000
# Attributes by which an element can be hidden.
MARKS: Final = frozenset({"hidden", "aria-hidden", "type", "style", "class", "id"})
KEPT_TAGS: Final = frozenset({"html", "head", "body", "title"})
DROPPED: Final = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "button",
        "nav",
        "aside",
        "footer",
        "dialog",
        "figcaption",
    }
    | {"select", "textarea", "del", "object", "video", "audio", "canvas"}
)
BOXES: Final = re.compile(
    r"(?:^|[\s_-])(?:related|recirc\w*|read-?more|also-?read|see-?also|newsletters?|subscri(?:be|ption)|promo\w*|advert\w*|ads?"
    r"|tags?|taglist|share|sharing|social|comments?|breadcrumbs?|captions?|credits?|sidebar|teasers?|popular|most-?read|trending"
    r"|more-?(?:news|stories|on)|recommend\w*|cookies?|disclaimer|copyright|zhuanti|xgxw|toolbar|pagination|menu)(?:$|[\s_-])",
    re.IGNORECASE,
)
BLOCKS: Final = frozenset(
    {"p", "div", "section", "article", "main", "td", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"ul", "ol", "table", "tr", "tbody", "dl", "dd", "dt", "figure", "header", "form"}
)
LINES: Final = frozenset({"p", "div", "section", "article", "td", "li", "blockquote", "dd", "pre", "main"})
BREAK: Final = "\u2028"  # stands for <br>
# Lines that begin so are furniture however they go on.
FURNITURE: Final = re.compile(
    r"^(?:[•·▪►>»*\-–—\[(]\s*)?(?:(?:read (?:more|also|next|on)|see also|also read|more on|related(?: articles?| stories| news)?"
    r"|recommended(?: for you| reading)?|most read|our standards|source|photo|image|graphic|updated|published|posted|tags?|topics?"
    r"|editor|author|by)\s*:"
    r"|read (?:more|on|next)(?: on | at | about | here|$)|our standards: |editing by |reporting by |additional reporting by |\(?reporting by "
    r"|writing by |terms of use|all rights reserved|©|\(c\) |sign up (?:for|to) |subscribe (?:to|for|now)|follow us |share this "
    r"|dear readers|latest comments|risk disclosure|get (?:our|the) (?:newsletter|app)|join our |download (?:our|the) app"
    r"|(?:this|the full|the rest of this) (?:article|story) is (?:only )?(?:for|available (?:only )?to) |to (?:continue|keep) reading"
    r"|continue reading|already a subscriber|log in to |click here|have a tip|the views expressed|this article (?:first|originally) appeared"
    r"|(?:this (?:article|story|page) was )?(?:first|originally) published|from our archive"
    r"|читайте (?:также|ещ[её]|по теме|больше)|смотрите также|подробнее\s*(?::|—|–|$|(?:в|на|о) [«\"])|ещ[её] по теме|по теме\s*:"
    r"|материалы по теме|подпис(?:ывайтесь|аться|атся)|реклама\s*[.:]|(?:фото|иллюстрация|изображение|источник|теги|редактор|автор|текст)\s*:"
    r"|все права|самое (?:читаемое|важное|интересное)|за(?:читать|читываем) ещ[её]|следите за |новости по теме|впервые опубликовано"
    r"|при (?:использовании|цитировании|копировании) материалов|наш(?:и)? (?:канал|новости) в "
    r"|\[?\(?(?:责任编辑|责编|编辑|来源|原标题|编审|校对|审核|作者|记者|摄影|图片来源)\s*[:：]|相关(?:新闻|阅读|文章|报道)|版权(?:所有|声明)|更多精彩|扫码(?:关注|下载)"
    r"|延伸阅读|推荐阅读|分享到|打开(?:微信|app)|本文来源|未经授权)",
    re.IGNORECASE,
)
BYLINE: Final = re.compile(
    r"by .{1,60}?\.?\s*(?:additional )?(?:editing|reporting|writing|photography) by ", re.IGNORECASE
)
# Lines that are furniture only where nothing else stands in them.
LABELS: Final = re.compile(
    r"(?:advertisement|recommended|related(?: \w+)?|read (?:more|also|next|on)|see also|more on|sign (?:up|in)|log in|subscribe|follow|share|comments?"
    r"|newsletter|copyright|most (?:read|popular)|print|by staff(?: writers?)?|реклама|комментарии|поделиться|войти|читать (?:далее|полностью)|ещ[её]"
    r"|广告|分享|登录|评论|点击查看|下一页|上一页|返回首页)\W*(?:\d+\W*)?",
    re.IGNORECASE,
)
STAMP: Final = re.compile(r"[\d\s:./,|年月日时分\-–—APMpmaBJTGSK()]+")
SUFFIX: Final = re.compile(r"(?:\s+[-–—|·]+\s*|\s*(?:\||_|--)\s*)([^-–—|·_]{2,60})$")
SUFFIX_OF_HAN: Final = re.compile(r"\s*[-–—|·_]+\s*([^-–—|·_]{2,14})$")

# --- datelines
MONTHS_EN: Final = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
MONTHS_RU: Final = (
    r"(?:янв(?:аря)?|фев(?:р(?:аля)?)?|мар(?:та)?|апр(?:еля)?|мая|июн[ья]?|июл[ья]?|авг(?:уста)?|сен(?:т(?:ября)?)?|окт(?:ября)?"
    r"|ноя(?:б(?:ря)?)?|дек(?:абря)?)"
)
CALENDAR: Final = rf"(?:{MONTHS_EN}\.?\s+\d{{1,2}}|\d{{1,2}}\s+{MONTHS_EN}|\d{{1,2}}\s+{MONTHS_RU})\b(?:,?\s+20\d\d(?:\s+(?:года|г\.))?)?"
AGENCIES: Final = (
    r"(?:(?:ИТАР-)?ТАСС|TASS|Xinhua|Reuters|AP|AFP|Bloomberg|Sputnik|dpa|Kyodo|РИА Новости|RIA Novosti|PRIME|П[Рр][Аа][Йй][Мм]"
    r"|I[Nn][Tt][Ee][Rr][Ff][Aa][Xx](?:\.RU)?|И[Нн][Тт][Ее][Рр][Фф][Аа][Кк][Сс](?:\.RU)?|F[Ii][Nn][Mm][Aa][Rr][Kk][Ee][Tt](?:\.RU)?"
    r"|Финмаркет|БЕЛТА|БелТА|Global Times|China Daily|CGTN|ECNS|АВТОСТАТ|Коммерсантъ|Спутник)"
)
PLACE: Final = r"[A-ZА-ЯЁ][\w’'.\-]*(?:[ /]+[A-ZА-ЯЁ][\w’'.\-]*){0,3}"
DASH: Final = r"(?:--+|[—–-])"
DATELINES: Final = (
    re.compile(
        rf"(?:{PLACE}[.,]?\s+)?{CALENDAR}(?:"
        rf"[.,]?\s*(?:[(/]\s*{AGENCIES}\s*[)/]|{AGENCIES})\s*[.:,]?\s*{DASH}?\s*"
        rf"|\.?\s*{DASH}\s*{AGENCIES}\s*[.:]?\s*{DASH}?\s*)"
    ),
    re.compile(
        rf"{PLACE}[.,]\s+{CALENDAR}(?:[.,]?\s*[(/][^()/]{{2,30}}[)/]\s*[.:]?\s*{DASH}?\s*|\.\s+|\.?\s*{DASH}\s+|\s*:\s+)"
    ),
    re.compile(rf"{PLACE},?\s+[(/]\s*{AGENCIES}\s*[)/]\s*[.:]?\s*{DASH}?\s*"),
    re.compile(
        rf"[(/]\s*{AGENCIES}\s*[)/]\s*[.:]?\s*{DASH}?\s*|{AGENCIES}[.:]?\s+{DASH}\s+|{AGENCIES},\s+{CALENDAR}\.?\s*{DASH}?\s*"
    ),
    re.compile(
        r"[(【\[（]?(?:据)?[\u4e00-\u9fffA-Za-z]{2,14}?(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:电|讯|专电)[)】\]）]?\s*"
        r"(?:[(（]\s*(?:[\u4e00-\u9fff]{0,4}记者|总台)[^)）]{0,30}[)）])?\s*[,，:：]?\s*"
    ),
    re.compile(r"[(（](?:[\u4e00-\u9fff]{0,4}记者)\s?[^)）]{1,20}[)）]\s*"),
)

# --- dates
NOT_WITHIN: Final = r"(?<![A-Za-z\d])"
FIRST_OUT: Final = re.compile(
    r"(?:^|[.!|(]\s*)(?:this (?:article|story|page|piece|report|text) (?:was|has been|is) )?(?:first|originally) (?:published|posted|appeared)"
    r"(?: here| by [^,.]{2,30})?(?: on| in)?:?\s+(?P<en>[^.<|)]{6,40})"
    r"|(?:^|[.!|(]\s*)(?:(?:эта )?(?:статья|заметка|новость|материал) )?(?:была? )?(?:впервые|первоначально) (?:был[аио]? )?опубликован[аоы]?:?\s+(?P<ru>[^.<|)]{6,40})"
    r"|(?:^|[。(（])(?:本文)?(?:首次发布|首次发表|首发|最初发布|原载)于?[:：]?\s*(?P<zh>[^。<|)）]{6,30})",
    re.IGNORECASE,
)
AGAIN: Final = ("first ", "originally", "впервые", "первоначально", "首次", "首发", "最初", "原载")
# Days in the folders of an address are those of publication; days at the end of a name may be what the article is about.
IN_FOLDERS: Final = (
    re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?=/|$)"),
    re.compile(r"/((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?=/|$)"),
    re.compile(r"/((?:19|20)\d\d)-(\d\d)/(\d\d)(?=/|$)"),
    re.compile(r"/((?:19|20)\d\d)/?(\d\d)/?(\d\d)(?=/|$)"),
    re.compile(r"/((?:19|20)\d\d)/([a-z]{3})/(\d{1,2})(?=/|$)"),
    re.compile(r"/(\d\d)/(\d\d)/((?:19|20)\d\d)(?=/|$)"),
    re.compile(r"/t((?:19|20)\d\d)(\d\d)(\d\d)_\d+"),
)
IN_NAME: Final = (
    re.compile(r"[-_]((?:19|20)\d\d)-(\d\d)-(\d\d)(?=/?$|\.\w{2,5}$)"),
    re.compile(r"[-_/]((?:19|20)\d\d)(\d\d)(\d\d)(?=[-_/.]|$)"),
    re.compile(r"[-_]((?:19|20)\d\d)-(\d\d)-(\d\d)(?=[-_.])"),
)
NEAR: Final = timedelta(days=3)
MONTHS: Final = MappingProxyType({
    name: number
    for number, names in enumerate(
        (
            "jan янв", "feb фев", "mar мар", "apr апр", "may мая май", "jun июн", "jul июл", "aug авг", "sep сен", "oct окт",
            "nov ноя", "dec дек",
        ),
        start=1,
    )
    for name in names.split()
})  # fmt: skip
MONTH: Final = rf"(?P<name>{MONTHS_EN}|{MONTHS_RU})\.?"
ZONES: Final = MappingProxyType({
    "BJT": "+08:00", "HKT": "+08:00", "MSK": "+03:00", "МСК": "+03:00", "GMT": "+00:00", "UTC": "+00:00", "Z": "+00:00", "BST": "+01:00",
    "CET": "+01:00", "CEST": "+02:00", "EST": "-05:00", "EDT": "-04:00", "ET": "-05:00",
})  # fmt: skip
TIME: Final = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
ZONE: Final = r"(?:\s*\(?(?P<zone>Z\b|[+-]\d\d:?\d\d|(?:BJT|HKT|MSK|МСК|GMT|UTC|BST|CEST|CET|EST|EDT|ET)\b))?"
CLOCK: Final = rf"(?:(?:\s*[-–—|,T]\s*|\s+)?(?:at\s+|в\s+)?{TIME}{ZONE})?"
PRINTED: Final = tuple(
    re.compile(NOT_WITHIN + pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"{TIME}{ZONE}[,\s]*(?:on\s+)?(?:[a-z]{{3,9}},\s+)?(?:(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>(?:19|20)\d\d)"
            rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+{MONTH},?\s+(?P<year2>(?:19|20)\d\d))"
        ),
        rf"{TIME}{ZONE},?\s+(?:on\s+)?{MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>(?:19|20)\d\d)",
        r"(?P<year>(?:19|20)\d\d)\s?[-./年]\s?(?P<month>\d{1,2})\s?[-./月]\s?(?P<day>\d{1,2})(?!\d)\s?日?" + CLOCK,
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{MONTH},?\s+(?P<year>(?:19|20)\d\d)(?!\d)(?:\s*г(?:ода|\.))?{CLOCK}",
        rf"{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)(?!\d){CLOCK}",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d\d)(?!\d)" + CLOCK,
    )
)
ZONE_OF: Final = MappingProxyType(
    {"cn": "+08:00", "ru": "+03:00", "hk": "+08:00", "su": "+03:00", "рф": "+03:00", "xn--p1ai": "+03:00"}
)
ZONE_OF_TEXT: Final = MappingProxyType({"zh": "+08:00", "ru": "+03:00"})
DATED: Final = re.compile(
    r"\b(?:date|datetime|time|pubtime|publish\w*|meta|info|byline|timestamp|posted|artinfo|share|created|issued|source|laiyuan)\b|日期|时间",
    re.IGNORECASE,
)
LABEL_OF_DAY: Final = re.compile(
    r"\W*(?:(?:first )?publish\w*|posted|released|issued|опубликован\w*|дата|发布|发表|时间|日期)\b", re.IGNORECASE
)
FIRST_YEAR: Final = 1995
STAMP_LENGTH: Final = 100
YEAR: Final = re.compile(r"(?:19|20)\d\d")
NOTE: Final = 300

# --- refusals
NO_BROWSER: Final = re.compile(
    r"enable (?:js|javascript)(?: and cookies)? (?:to (?:continue|view)|and disable any ad ?blocker)|please enable javascript|verify you are human"
    r"|включите javascript|请(?:启用|开启) ?javascript",
    re.IGNORECASE,
)
GONE: Final = re.compile(
    r"^(?:(?:oops|sorry|whoops)\W+)?(?:(?:error|ошибка|错误)\s*[-:]?\s*)?(?:404|410|403|500|502|503)(?:\s*$|\s*[-–—:|.!])"
    r"|^(?:(?:oops|sorry|whoops)\W+)?(?:the |this )?(?:page|article|content|story|site|file)(?: you[^.]{0,40})?"
    r" (?:was |is |has been |could |can)?(?:not be |not |n't be |no longer )?(?:found|available|removed|deleted|moved|unavailable|exist)"
    r"|^page (?:not|no longer)|^(?:access|permission) denied|^страница (?:не найдена|удалена|не существует)"
    r"|^(?:материал|новость|статья) (?:не найден|удал[её]н)|^доступ (?:запрещ[её]н|ограничен)|^технические работы"
    r"|页面(?:不存在|没有找到|未找到|找不到|已删除)|(?:找不到|未找到)(?:该|此|您)?(?:页面|网页)|^(?:抱歉|对不起)|文章(?:不存在|已删除)",
    re.IGNORECASE,
)

# --- characters
PUNCTUATION: Final = re.compile("([，；：？！（）])")
# Control characters, soft hyphens, marks of direction, joiners, tags, private characters: nothing that is read.
STRANGE: Final = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ue000-\ue006\U000e0000-\U000e007f]"
)
UNSEEN: Final = MappingProxyType(
    dict.fromkeys(
        (
            *range(0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
            *range(0x2060, 0x2070), 0xFEFF, *range(0xE000, 0xE007), *range(0xE0000, 0xE0080),
        )
    )
)  # fmt: skip
TAG: Final = re.compile(r"<(?:/?[a-zA-Z]|[!?])[^<>]{0,2000}>|<[a-zA-Z][^<>]*=[^<>]*$")
CODE: Final = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
HAN: Final = re.compile(r"[\u3400-\u9fff]")
KANA: Final = re.compile(r"[\u3040-\u30ff]")
CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f]")
LATINS, CYRILLICS, HANS = (re.compile(f"(?:{one.pattern})+") for one in (LATIN, CYRILLIC, HAN))
NOT_RUSSIAN: Final = re.compile(r"[іїєґўІЇЄҐЎәғқңөұүһӘҒҚҢӨҰҮҺјљњћђџЈЉЊЋЂЏ]")
OTHER_SCRIPTS: Final = (
    (re.compile(r"[\uac00-\ud7a3]"), "ko"), (re.compile(r"[\u0600-\u06ff]"), "ar"), (re.compile(r"[\u0590-\u05ff]"), "he"),
    (re.compile(r"[\u0e00-\u0e7f]"), "th"), (re.compile(r"[\u0900-\u097f]"), "hi"), (re.compile(r"[\u0370-\u03ff]"), "el"),
)  # fmt: skip
ENOUGH: Final = 40  # letters from which on a detector says more than the script alone
SURE: Final = 300  # letters from which on it says more than the page's own word
RUSSIAN: Final = frozenset({"", "ru", "en", "zh"})  # what pages in Russian call themselves
LOWER: Final = re.compile(r"(?<=[а-яё])[А-ЯЁ]")
ODD: Final = re.compile(r"[\u0402\u0403\u0409-\u040f\u0452\u0453\u0459-\u045f\u2500-\u259f\u0080-\u009f]")
ACCENTED: Final = re.compile(r"[À-ÿ]{3,}")
USUAL_HAN: Final = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经日月"
)
LOOKED_AT: Final = 1200  # characters that say of what language a text is
THE: Final = re.compile(r"\bthe\b", re.IGNORECASE)
SMALL: Final = re.compile(
    r"\b(?=[abfhiostw])(?:the|of|to|in|and|for|on|its|says?|with|as|from|by|at|is|are|over|after|will|has)\b",
    re.IGNORECASE,
)
IN_PROLOGUE: Final = re.compile(rb"""<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["']([a-zA-Z0-9_\-]{1,40})""")
MOST_LOST: Final = 0.02


def read(payload: Payload, *, outlet: str = "", language: str = "", zone: str = "") -> Page:
    """The article on a page.

    Args:
        payload: the page.
        outlet: the name of the outlet; else the host, and what the page calls its site only where nobody says an address.
        language: what is meant where the page is too short to tell.
        zone: the offset of times that name none; else that of the country of the host, else of the language.

    Raises:
        LayoutChanged: or one of its kinds: no HTML, a challenge, an error page, a cut page, a page without an article.
    """
    text = _decoded(payload)
    folded, beyond = stems.fold_page(text)
    _guard(payload, text, folded)
    root = _root(payload, text)
    about = _Claims(root, outlet)
    _drop_unseen(root)
    heading = _heading(root, about.names)
    title = about.title_beside(heading)
    _refuse(payload, root, about, title, heading)
    url = addresses.canonical(payload.url, about.addresses)
    again = any(word in (folded if word.isascii() else beyond) for word in AGAIN)
    first_out = list(_first_out(root)) if again else []
    stamps = [] if about.has_time else list(_stamps(root, heading))
    _drop_furniture(root)
    lead = _without_dateline(about.lead)
    paragraphs = _paragraphs(root, title, lead)
    if not paragraphs and not about.is_article:
        raise WrongDocument(payload, expected="an article", found=f"a page {title[:60]!r} without paragraphs")
    if lead and paragraphs and _alike(lead, paragraphs[0]):
        lead = ""
    spoken = language_of("\n".join((title, lead, *paragraphs)), about.language or language)
    country = (urlsplit(url).hostname or "").rpartition(".")[2]
    zone = zone or ZONE_OF.get(country, "") or ZONE_OF_TEXT.get(spoken, "+00:00")
    changed = _plausible(_times(about.changed, zone), payload.fetched_at)
    return Page(
        url=url,
        outlet=outlet or addresses.outlet_of(url) or about.site,
        title=title,
        language=spoken,
        lead=lead,
        paragraphs=paragraphs,
        published=_published(payload, about, url, zone, stamps, first_out),
        modified=max(changed, key=_rank) if changed else None,
        headline_only=not paragraphs,
        free=about.free,
    )


def plain(text: str) -> str:
    """Foreign text without markup, unseen characters and runs of blanks."""
    for _ in range(3):  # feeds escape what is escaped already
        bare = entities.unescape(text)
        if bare == text:
            break
        text = bare
    if "<" in text:
        text = TAG.sub(" ", CODE.sub(" ", text))
    return _line(text)


def _line(text: str) -> str:
    """One line of plain text: NFKC, but Chinese punctuation as it stands, since it parts clauses."""
    if STRANGE.search(text):
        text = text.translate(UNSEEN)
    if text.isascii():
        return " ".join(text.split())
    pieces = PUNCTUATION.split(text)
    pieces[::2] = [unicodedata.normalize("NFKC", piece) for piece in pieces[::2]]
    return " ".join("".join(pieces).split())


def language_of(text: str, hint: str = "") -> str:  # noqa: PLR0911 (a language each)
    """ISO 639-1 of a text: by its script where that says it, by a detector where it is long enough, else by the hint."""
    scripts = (LATINS,) if text.isascii() else (LATINS, CYRILLICS, HANS)
    latin, cyrillic, han = (*(len(text) - len(runs.sub("", text)) for runs in scripts), 0, 0)[:3]
    short = re.split(r"[-_]", hint.strip().lower(), maxsplit=1)[0]
    if not text.isascii() and KANA.search(text) and han < 20 * len(KANA.findall(text)):
        return "ja"
    if han and han * 3 >= latin + cyrillic:  # a character is a word's worth of letters
        return "zh"
    if cyrillic * 3 >= latin and cyrillic:  # names of makers are Latin in Russian headlines too
        foreign = len(NOT_RUSSIAN.findall(text))
        if foreign * 100 > cyrillic:
            return _detected(text, short if short not in RUSSIAN else "uk")
        return "ru" if short in RUSSIAN else _detected(text, "ru")
    if not text.isascii():
        for script, name in OTHER_SCRIPTS:
            if len(script.findall(text)) > latin:
                return name
    if latin < ENOUGH and short:
        return short
    if short == "en" and _is_plainly_english(text[:LOOKED_AT]):
        return short
    detected = _detected(text, "en")
    return short if short in {"en", "ru"} and latin < SURE and detected != short and _sounds(text, short) else detected


def _is_plainly_english(text: str) -> bool:
    """Is one word in forty `the`, and one in eight a small word of English? Then no detector needs to be asked."""
    words = len(text.split())
    return len(THE.findall(text)) * 40 >= words > 0 and len(SMALL.findall(text)) * 8 >= words


def _sounds(text: str, language: str) -> bool:
    """Headlines full of names lead detectors astray: do small words of the language stand in it?"""
    return language == "en" and len(SMALL.findall(text)) * 12 >= len(text.split())


@cache
def _detector() -> Any:  # noqa: ANN401 (a library without types)
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE)
    detector.set_languages(
        ["en", "ru", "uk", "be", "bg", "sr", "kk", "de", "fr", "es", "it", "pl", "tr", "pt", "nl", "cs", "sv", "fi"]
    )
    return detector


def _detected(text: str, otherwise: str) -> str:
    return str(_detector().classify(text[:600])[0]) if len(text) >= ENOUGH else otherwise


# --- bytes to elements ------------------------------------------------------------------------------------------------


def _decoded(payload: Payload) -> str:
    """The text: by the header, else a byte order mark, else the declaration; another codec where that one garbles.

    Long runs of bytes that are UTF-8 by accident don't occur, so what is valid UTF-8 is UTF-8, whatever is declared.
    """
    body = payload.body
    if not body.strip():
        raise Empty(payload, expected="an article", found="an empty body")
    for mark, codec in html.BOMS:
        if body.startswith(mark) and codec != "utf-8":
            return body[len(mark) :].decode(codec, "replace")
    text = body.decode("utf-8", "replace").lstrip("\ufeff")
    lost = text.count("\ufffd")
    if lost and lost * 10 > len(text) - len(text.encode("ascii", "ignore")):
        text = _in_older_codec(payload)
        lost = text.count("\ufffd")
    if lost > MOST_LOST * len(text) or text.count("\0") > MOST_LOST * len(text):
        raise WrongDocument(payload, expected="text in a known character set", found=f"{lost} characters lost")
    return text.replace("\0", "")


def _in_older_codec(payload: Payload) -> str:
    """The text of bytes that aren't UTF-8: in the first codec named for them that fits, else in the best of all."""
    start = payload.body[: html.SNIFFED]
    header, declared, prologue = (
        html.IN_HEADER.search(payload.content_type),
        html.DECLARED.search(start),
        IN_PROLOGUE.search(start),
    )
    named = [header[1]] if header else []
    named += [found[1].decode("ascii") for found in (prologue, declared) if found]
    codecs = [html.CHARSETS.get(name.casefold(), "") for name in named]
    best: tuple[float, str] = (-1.0, "")
    for codec in dict.fromkeys([*codecs, "cp1251", "gb18030", "koi8-r", "big5", "cp1252"]):
        if codec in {"", "utf-8", "ascii"}:
            continue
        text = payload.body.decode(codec, "replace")
        sense = _sense(text)
        if codec in codecs and sense > 0.6:  # noqa: PLR2004 (most of it reads well)
            return text
        best = max(best, (sense, text), key=lambda one: one[0])
    return best[1]


def _sense(text: str) -> float:
    """How much like writing the characters beyond ASCII are: 1 as it should be, 0 or less garbled."""
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    cyrillic, han = len(CYRILLIC.findall(text)), HAN.findall(text)
    wrong = text.count("\ufffd") * 10 + len(ODD.findall(text)) * 2
    if len(han) > cyrillic:
        score = min(1.0, 5 * sum(1 for one in han if one in USUAL_HAN) / len(han))
    elif cyrillic:
        score = 1 - 4 * len(LOWER.findall(text)) / cyrillic
    else:
        score = 0.9 - 3 * sum(map(len, ACCENTED.findall(text))) / (beyond or 1)
    return score - wrong / (beyond or 1)


def _guard(payload: Payload, text: str, folded: str) -> None:
    """Refuse what is no HTML page, what asks for a browser, and what was cut."""
    begin = text.lstrip()[:200].lower()
    if begin.startswith(("{", "[{", '["', "%pdf", "pk\x03")) or feeds.is_feed(payload):
        raise WrongDocument(payload, expected="an article page", found=begin[:40])
    challenged = stems.possible(html.CHALLENGE, folded)
    if challenged and (found := html.CHALLENGE.search(text)):
        raise Blocked(payload, expected="an article", found=f"a verification page ({found[0]})")
    title = re.search(r"<title[^>]*>(.{0,2000}?)</title>", text, re.IGNORECASE | re.DOTALL)
    if title and html.TITLE.search(plain(title[1])):
        raise Blocked(payload, expected="an article", found=f"a page with the title {plain(title[1])[:60]!r}")
    if not re.search(r"<(?:html|body|article|head)\b", text, re.IGNORECASE):
        bare = plain(text)
        kind = Blocked if len(bare) <= html.LITTLE_TEXT and html.WORDS.search(bare) else WrongDocument
        raise kind(payload, expected="an HTML document", found=bare[:60])
    begun = re.search(r"<(?:html|body)\b", text, re.IGNORECASE)
    if begun and not re.search(r"</(?:html|body)\s*>", text[-html.END_SEARCHED :], re.IGNORECASE):
        raise LayoutChanged(payload, at="its end", expected="</html>", found=text[-60:])


def _refuse(
    payload: Payload, root: lxml_html.HtmlElement, about: _Claims, title: str, heading: lxml_html.HtmlElement | None
) -> None:
    """Refuse pages of an outlet that are no article: errors with status 200, checks, lists."""
    headed = plain(heading.text_content()) if heading is not None else ""
    for said in (title, headed):
        if GONE.search(said):
            raise WrongDocument(payload, expected="an article", found=f"a page with the heading {said[:60]!r}")
    if not about.is_article:
        seen = _line(root.text_content())
        if len(seen) <= html.LITTLE_TEXT:
            if found := NO_BROWSER.search(seen) or html.WORDS.search(seen):
                raise Blocked(payload, expected="an article", found=f"a page that asks for a browser ({found[0]})")
            if root.xpath(".//input[@type='password']"):
                raise Blocked(payload, expected="an article", found="a login page")
        if about.is_list or _is_list(root, len(seen)):
            raise WrongDocument(payload, expected="an article", found=f"a list of articles {title[:60]!r}")
    if not title:
        raise WrongDocument(payload, expected="an article with a title", found="a page without one")


def _is_list(root: lxml_html.HtmlElement, seen: int) -> bool:
    """Several articles of like size, or a page whose text is mostly links."""
    sizes = sorted(
        (len(one.text_content()) for one in root.iter("article") if one.find(".//article") is None), reverse=True
    )
    if len(sizes) > 2 and sizes[0] * 2 < sum(sizes):  # noqa: PLR2004 (none holds half of the text of several)
        return True
    linked = [len(_line(one.text_content())) for one in root.iter("a")]
    return len(linked) > 5 and sum(linked) * 10 > seen * 6 and not _prose(root)  # noqa: PLR2004 (more than a menu)


def _prose(root: lxml_html.HtmlElement) -> bool:
    """Is there a paragraph that isn't a link?"""
    return any(len(one.text_content()) - _linked_length(one) > 2 * ENOUGH for one in root.iter("p"))


def _linked_length(element: lxml_html.HtmlElement) -> int:
    return sum(len(link.text_content()) for link in element.iter("a"))


def _parser() -> lxml_html.HTMLParser:
    """A parser whose elements are all of one class: choosing one for each tag costs more than parsing does."""
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True)
    parser.set_element_class_lookup(
        etree.ElementDefaultClassLookup(
            element=lxml_html.HtmlElement, comment=lxml_html.HtmlComment, pi=lxml_html.HtmlProcessingInstruction,
            entity=lxml_html.HtmlEntity,
        )
    )  # fmt: skip
    return parser


def _root(payload: Payload, text: str) -> lxml_html.HtmlElement:
    try:
        return lxml_html.fromstring(text.encode("utf-8", "replace"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise WrongDocument(payload, expected="an HTML document", found=str(error)) from error


def _drop_unseen(root: lxml_html.HtmlElement) -> None:
    """Take out what no reader sees, since it could say anything, and what is never text."""
    classes, ids = _hiding_rules(root)
    marked = [one for one in root.iter(etree.Element) if not MARKS.isdisjoint(one.keys())]
    hidden = [one for one in marked if one.tag not in KEPT_TAGS and _is_hidden(one, classes, ids)]
    for element in [*hidden, *root.iter(*DROPPED, etree.Comment, etree.PI, etree.Entity)]:
        if element.getparent() is not None:
            _drop(element)


def _drop(element: Any) -> None:  # noqa: ANN401 (comments are no HtmlElement)
    parent, tail = element.getparent(), element.tail
    if tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    parent.remove(element)


def _is_hidden(element: lxml_html.HtmlElement, classes: frozenset[str], ids: frozenset[str]) -> bool:
    said = element.attrib
    if (
        "hidden" in said
        or said.get("aria-hidden") == "true"
        or (element.tag == "input" and said.get("type") == "hidden")
    ):
        return True
    style = said.get("style")
    if style and HIDDEN.search(style):
        return True
    names = said.get("class")
    return bool((names and not classes.isdisjoint(names.split())) or (ids and said.get("id") in ids))


def _hiding_rules(root: lxml_html.HtmlElement) -> tuple[frozenset[str], frozenset[str]]:
    """Classes and ids that the page's own plain style rules hide; rules for print or some screens are left out."""
    classes, ids = set(HIDING), set[str]()
    for style in root.iter("style"):
        rules = (style.text or "")[:MOST_STYLES]
        if not HIDDEN.search(rules):
            continue
        opened: list[str] = []
        last = 0
        for brace in re.finditer(r"[{}]", rules):
            piece, last = rules[last : brace.start()], brace.end()
            if brace[0] == "{":
                opened.append(piece.rpartition(";")[2].strip())
                continue
            if len(opened) == 1 and not opened[0].startswith("@") and HIDDEN.search(piece):
                for selector in opened[0].split(","):
                    if found := RULE.fullmatch(selector.strip()):
                        (classes if found[1] == "." else ids).add(found[2])
            if opened:
                opened.pop()
    return frozenset(classes), frozenset(ids)


def _drop_furniture(root: lxml_html.HtmlElement) -> None:
    """Take out boxes that their class names as furniture, and paragraphs that are a link and nothing else.

    What holds the heading or half of the text is no box, whatever its class: bodies are called `has-sidebar` too.
    """
    whole = sum(len(one.text_content()) for one in root.iter("p")) or len(root.text_content())
    for element in list(
        root.iter("div", "section", "ul", "ol", "p", "li", "span", "figure", "h2", "h3", "h4", "form", "header")
    ):
        if element.getparent() is None:
            continue
        if element.tag == "form":
            if len(element.text_content()) * 2 < whole:
                _drop(element)
            continue
        if element.tag in {"p", "li"}:
            text = element.text_content().strip()
            link = element.find(".//a") if text else None
            if link is not None and link.get("href") and _linked_length(element) * 10 >= len(text) * 9:
                _drop(element)
                continue
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(named) > 1 and BOXES.search(named):
            if element.tag == "span" and not BOXES.fullmatch(named.strip()):
                continue
            if len(element.text_content()) * 2 < whole and element.find(".//h1") is None:
                _drop(element)


# --- what the page says of itself -------------------------------------------------------------------------------------


class _Claims:
    """JSON-LD and meta elements, the first of each kind that says something."""

    def __init__(self, root: lxml_html.HtmlElement, outlet: str) -> None:
        self.meta: dict[str, str] = {}
        for element in root.iter("meta"):
            name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
            content = (element.get("content") or "").strip()
            if name and content:
                self.meta.setdefault(name, content)
        objects = list(_linked(root))
        self.linked = [one for one in objects if _is_kind(one, ARTICLES)]
        news = [one for one in self.linked if _is_kind(one, NEWS)]
        self.article = _main(news, self.meta) or (self.linked or [{}])[0]
        kind = self.meta.get("og:type", "").lower()
        several = len({str(one.get("headline")) for one in news}) > 2  # noqa: PLR2004 (a page and its parts are two)
        self.is_article = kind in {"article", "news", "newsarticle"} or (bool(news) and not several)
        self.is_list = several or any(_is_kind(one, LISTS) for one in objects)
        self.language = str(self.article.get("inLanguage") or root.get("lang") or self.meta.get("og:locale", ""))
        self.site = plain(self.meta.get("og:site_name", "") or _name(self.article.get("publisher")))[:80]
        self.names = {_folded(name) for name in (self.site, outlet, self.meta.get("application-name", "")) if name}
        self.headline = (
            plain(str(self.article.get("headline") or ""))
            or plain(self.meta.get("og:title", ""))
            or plain(self.meta.get("twitter:title", ""))
        )
        title = root.find(".//title")
        self.page_title = plain(title.text_content()) if title is not None else ""
        self.lead = plain(
            _words(self.article.get("description"))
            or self.meta.get("og:description", "")
            or self.meta.get("description", "")
        )
        if _folded(self.lead) in {*self.names, _folded(self.headline)}:
            self.lead = ""
        self.published = [_words(self.article.get("datePublished")), *(self.meta.get(name, "") for name in META_DATES)]
        if not any(self.published):
            self.published = [
                _words(self.article.get("dateCreated")),
                *(self.meta.get(name, "") for name in META_WEAK_DATES),
            ]
        self.has_time = any(isinstance(when, datetime) for when in _times(self.published, "+00:00"))
        self.changed = [_words(self.article.get("dateModified")), *(self.meta.get(name, "") for name in META_CHANGED)]
        parts = [part for one in self.linked for part in _several(one.get("hasPart"))]
        self.free = self.meta.get("article:content_tier", "").lower() not in {"locked", "paid", "premium"} and not any(
            str(one.get("isAccessibleForFree", "")).lower().rpartition("/")[2] in {"false", "no"}
            for one in (*self.linked, *parts)
            if isinstance(one, Mapping)
        )
        self.addresses = list(self._addresses(root))

    def _addresses(self, root: lxml_html.HtmlElement) -> Iterator[str]:
        for link in root.iter("link"):
            if "canonical" in (link.get("rel") or "").lower().split():
                yield link.get("href") or ""
        yield self.meta.get("og:url", "")
        page = self.article.get("mainEntityOfPage")
        yield str(page.get("@id", "")) if isinstance(page, Mapping) else str(page or "")
        yield str(self.article.get("url", "") or "")

    def title_beside(self, heading: lxml_html.HtmlElement | None) -> str:
        """The headline, or the visible heading, or the title of the window; without the outlet's name at its end."""
        seen = plain(heading.text_content()) if heading is not None else ""
        if not self.headline:
            return seen or self._bare(self.page_title)
        if (
            seen
            and self.headline != seen
            and self.headline.startswith(seen)
            and re.match(r"\W*[-–—|·_]", self.headline[len(seen) :])
        ):
            return seen
        cut = re.sub(r"\s*(?:\.\.\.|…)$", "", self.headline)
        if cut != self.headline and seen.startswith(cut):
            return seen
        tail = SUFFIX.search(self.headline)
        return self.headline[: tail.start()].rstrip() if tail and _folded(tail[1]) in self.names else self.headline

    @staticmethod
    def _bare(title: str) -> str:
        pattern = SUFFIX_OF_HAN if HAN.search(title) else SUFFIX
        for _ in range(3):
            tail = pattern.search(title)
            if not tail or tail.start() < 6 or (pattern is SUFFIX and len(tail[1].split()) > 4):  # noqa: PLR2004 (a name, no clause)
                break
            title = title[: tail.start()].rstrip()
        return title


def _folded(name: str) -> str:
    return re.sub(r"\W+", "", name.casefold().removeprefix("the "))


def _words(value: object) -> str:
    """A text of JSON-LD, which may stand in a list or an object."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, Mapping):
        value = value.get("@value") or value.get("text") or ""
    return str(value) if isinstance(value, (str, int)) else ""


def _several(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _is_kind(one: Mapping[str, Any], pattern: re.Pattern[str]) -> bool:
    kinds = (str(kind).rpartition("/")[2] for kind in _several(one.get("@type")))
    if pattern is NEWS:
        return any(NEWS.search(kind) for kind in kinds)
    return any(pattern.fullmatch(kind) for kind in kinds)


def _main(news: list[Mapping[str, Any]], meta: Mapping[str, str]) -> Mapping[str, Any] | None:
    """Of several articles the one with the page's own title, else the first."""
    titled = _folded(plain(meta.get("og:title", "")))
    for one in news:
        if (
            titled
            and (headline := _folded(plain(_words(one.get("headline")))))
            and (titled.startswith(headline) or headline.startswith(titled))
        ):
            return one
    return news[0] if news else None


def _linked(root: lxml_html.HtmlElement) -> Iterator[Mapping[str, Any]]:
    """The JSON-LD objects that could describe the page; broken ones say nothing."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        said = _json(script.text or "")
        waiting = [said]
        for _ in range(200):
            if not waiting:
                break
            one = waiting.pop(0)
            if isinstance(one, list):
                waiting += one
            elif isinstance(one, Mapping):
                if "@type" in one:
                    yield one
                waiting += [one[key] for key in ("@graph", "mainEntity") if isinstance(one.get(key), (list, Mapping))]


def _json(text: str) -> object:
    """JSON as pages write it: within a comment or CDATA, with a comma before a bracket, with raw line breaks."""
    bare = re.sub(r"[\x00-\x1f]", " ", text).strip()
    if not (bare.startswith(("{", "[")) and bare.endswith(("}", "]"))):
        bare = re.sub(r"^(?:<!--|/?/?\s*<!\[CDATA\[|\s)*|(?:-->|/?/?\s*\]\]>|;|\s)*$", "", bare)
    for attempt in (bare, re.sub(r",\s*([}\]])", r"\1", bare)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _name(publisher: object) -> str:
    if isinstance(publisher, list):
        publisher = publisher[0] if publisher else ""
    return _words(publisher.get("name")) if isinstance(publisher, Mapping) else _words(publisher)


def _heading(root: lxml_html.HtmlElement, names: set[str]) -> lxml_html.HtmlElement | None:
    """The visible heading of the article; a logo that is a heading is none."""
    for path in (
        ".//h1", ".//*[contains(@class,'article_title') or contains(@class,'art-title') or contains(@class,'headline') or @id='title']",
    ):  # fmt: skip
        for element in root.xpath(path):
            said = plain(element.text_content())
            if said and _folded(said) not in names:
                return element
    return None


# --- the text ---------------------------------------------------------------------------------------------------------


def _paragraphs(root: lxml_html.HtmlElement, title: str, lead: str) -> tuple[str, ...]:
    found = _extracted(root)
    length = sum(map(len, found))
    if length * 2 < len(" ".join(root.text_content().split())):  # else no block can hold twice as much
        fullest = _fullest(root)
        found = fullest if length * 2 < sum(map(len, fullest)) else found
    kept: dict[str, None] = {}
    for number, line in enumerate(found):
        text = _line(line)
        if not text or _is_furniture(text):
            continue
        if number < 3 and (_alike(text, title) or (_alike(text, lead) and len(found) > number + 1)):  # noqa: PLR2004 (the head of a page)
            continue
        if not kept:
            text = _without_dateline(text)
        if text and _is_prose(text):
            kept.setdefault(text)
    return tuple(kept)


def _is_furniture(text: str) -> bool:
    return bool(
        FURNITURE.match(text)
        or BYLINE.match(text)
        or LABELS.fullmatch(text)
        or STAMP.fullmatch(text)
        or _is_stamp(text)
    )


def _is_stamp(text: str) -> bool:
    """A date with a source or an editor beside it; "It ends on May 1, 2022." is a sentence."""
    if len(text) > STAMP_LENGTH or not YEAR.search(text):
        return False
    for pattern in PRINTED:
        if found := pattern.search(text):
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            spoken = re.search(r"[.!?。！？]\s*$", text) and not re.search(r"\bг\.\s*$", text)
            return len(HAN.findall(rest)) < 9 and len(re.findall(r"\w+", rest)) <= (1 if spoken else 4)  # noqa: PLR2004 (words)
    return False


def _is_prose(text: str) -> bool:
    """Tags and menus are few words without an end; a sentence has one, or is long."""
    long = 20 if HAN.search(text) else 60
    return len(text) > long or bool(re.search(r"[.!?。！？…»\"”:：;；)）]\s*$", text))


def _without_dateline(text: str) -> str:
    for pattern in DATELINES:
        found = pattern.match(text)
        if found and len(text) > found.end():
            rest = text[found.end() :]
            return _without_dateline(rest) if pattern is not DATELINES[-1] else rest
    return text


def _extracted(root: lxml_html.HtmlElement) -> list[str]:
    """The text by trafilatura: quickly, and with all its means where that finds nothing."""
    from trafilatura import bare_extraction

    for quick in (True, False):
        said = bare_extraction(root, options=_options(quick=quick))
        text = str(getattr(said, "text", None) or "")
        if text.strip():
            return [line for line in text.split("\n") if line.strip()]
        if not _prose(root):
            break  # too little for any means
    return []


@cache
def _options(*, quick: bool) -> Any:  # noqa: ANN401 (a library without types)
    from trafilatura.settings import Extractor

    return Extractor(fast=quick, precision=True, comments=False, tables=False, output_format="python")


def _fullest(root: lxml_html.HtmlElement) -> list[str]:
    """The lines of the element that holds most of the open text, whatever its blocks are called."""
    body = root.find(".//body")
    body = root if body is None else body
    for line_break in body.iter("br"):
        line_break.tail = BREAK + (line_break.tail or "")
    weights: dict[Any, float] = {}
    blocks: dict[Any, list[str]] = {}
    for block in body.iter(*LINES):
        if any(child.tag in BLOCKS for child in block):
            continue
        whole = block.text_content()
        if not whole.strip() or _linked_length(block) * 2 > len(whole.strip()):
            continue
        lines = [
            line
            for line in (_line(piece) for piece in whole.split(BREAK))
            if line and not _is_furniture(line) and _is_prose(line)
        ]
        if not lines:
            continue
        blocks[block] = lines
        size = sum(map(len, lines))
        parent = block.getparent()
        if parent is not None and block is not body:
            weights[parent] = weights.get(parent, 0) + size
            if (above := parent.getparent()) is not None and parent is not body:
                weights[above] = weights.get(above, 0) + size * 0.6
        else:
            weights[block] = size
    if not weights:
        return []
    best = max(weights, key=lambda one: weights[one])
    return [line for block in best.iter(*LINES) for line in blocks.get(block, ())]


@lru_cache(maxsize=8)
def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _alike(one: str, other: str) -> bool:
    first, second = _letters(one), _letters(other)
    return bool(first and second) and (first == second or (len(first) >= ENOUGH and second.startswith(first)))


# --- when it appeared -------------------------------------------------------------------------------------------------


def _published(
    payload: Payload, about: _Claims, url: str, zone: str, stamps: list[str], first_out: list[str]
) -> date | datetime | None:
    """The earliest plausible of what metadata, address and layout say."""
    said = _plausible(_times(about.published, zone), payload.fetched_at)
    if not any(isinstance(when, datetime) for when in said):
        printed = _plausible(_times(stamps, zone), payload.fetched_at)
        said += next(([when] for when in printed if not said or _day(when) in said), [])
    said += _plausible(_in_address(url, IN_FOLDERS), payload.fetched_at)
    for day in _plausible(_in_address(url, IN_NAME), payload.fetched_at):
        if not said or any(abs(_day(when) - _day(day)) <= NEAR for when in said):
            said.append(day)
    said += _plausible(_times(first_out, zone), payload.fetched_at)
    return min(said, key=_rank) if said else None


def _day(when: date | datetime) -> date:
    return when.date() if isinstance(when, datetime) else when


def _rank(when: date | datetime) -> tuple[date, bool, str]:
    """By day; of one day a time comes before none."""
    return _day(when), not isinstance(when, datetime), str(when)


def _plausible(said: Iterable[date | datetime], fetched_at: datetime) -> list[date | datetime]:
    """What isn't later than the fetch nor from before there were pages."""
    late = fetched_at + timedelta(minutes=10)
    return [
        when
        for when in said
        if _day(when).year >= FIRST_YEAR
        and (when <= late if isinstance(when, datetime) else when <= (late + timedelta(hours=14)).date())
    ]


def _times(texts: Iterable[str], zone: str) -> Iterator[date | datetime]:
    """Dates and instants, on the calendar of `zone` where they name none or UTC."""
    for text in texts:
        stamp = text.strip()
        if not stamp:
            continue
        when: date | datetime | None
        try:
            when = datetime.fromisoformat(stamp)
            if len(stamp) <= len("2025-01-01"):
                when = when.date()
        except ValueError:
            when = _since_1970(stamp) or _date_in(stamp)
        if isinstance(when, datetime):
            offset = _offset(zone)
            when = when.replace(tzinfo=offset) if when.tzinfo is None else when
            if not when.utcoffset():
                when = when.astimezone(offset)
        if when is not None:
            yield when


def _since_1970(stamp: str) -> datetime | None:
    """Seconds or milliseconds since 1970, as some templates print them."""
    if not re.fullmatch(r"1\d{9}(?:\d{3})?", stamp, re.ASCII):
        return None
    return datetime.fromtimestamp(int(stamp[:10]), tz=UTC)


def _stamps(root: lxml_html.HtmlElement, heading: lxml_html.HtmlElement | None) -> Iterator[str]:
    """The dates that stand about the heading, the likeliest first: marked as times, then named so, then any short line.

    Of each kind the nearest to the heading comes first: a masthead may print today's date, a related box another's.
    """
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    at = elements.index(heading) if heading is not None else 0
    kinds: tuple[list[tuple[int, str]], ...] = ([], [], [])
    for number, element in enumerate(elements):
        if element.tag == "time":
            if stamp := element.get("datetime") or _line(element.text_content()):
                kinds[0].append((abs(number - at), stamp))
            continue
        if element.tag not in {"p", "div", "span", "em", "i", "li", "td", "small", "h6", "a"} or len(element) > 6:  # noqa: PLR2004 (no container)
            continue
        named = f"{element.get('class') or ''} {element.get('id') or ''}".replace("_", " ").replace("-", " ")
        text = element.text_content()
        if (
            len(text) > 4 * STAMP_LENGTH
            or not (line := _line(text))
            or len(line) > STAMP_LENGTH
            or not re.search(r"(?:19|20)\d\d", line)
        ):
            continue
        if DATED.search(named) or LABEL_OF_DAY.match(line):
            kinds[1].append((abs(number - at), line))
        elif len(line) < ENOUGH and _is_stamp(line):
            kinds[2].append((abs(number - at), line))
    for kind in kinds:
        yield from (stamp for _, stamp in sorted(kind))


def _first_out(root: lxml_html.HtmlElement) -> Iterator[str]:
    """What a re-published page says of its first publication."""
    for element in root.iter("p", "div", "span", "em", "i", "small", "li", "time"):
        if len(element) > 3:  # noqa: PLR2004 (a note, no container)
            continue
        text = element.text_content()
        if len(text) < 2 * NOTE and (found := FIRST_OUT.search(_line(text)[:NOTE])):
            yield next(said for said in found.groups() if said)


def _in_address(url: str, patterns: Iterable[re.Pattern[str]]) -> Iterator[date]:
    path = urlsplit(url).path.lower()
    for pattern in patterns:
        for found in pattern.finditer(path):
            one, two, three = found.groups()
            year, month, day = (three, two, one) if len(three) == 4 else (one, two, three)  # noqa: PLR2004 (digits of a year)
            try:
                yield date(int(year), MONTHS[month[:3]] if month.isalpha() else int(month), int(day))
            except (ValueError, KeyError):
                continue
            return


def _offset(zone: str) -> timezone:
    text = ZONES.get(zone.upper(), zone).replace(":", "")
    sign = -1 if text.startswith("-") else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))) if text[1:] else UTC


def _date_in(text: str) -> date | datetime | None:
    """The first date printed in a short text; without a zone where it names none."""
    for pattern in PRINTED:
        for found in pattern.finditer(text[: 2 * STAMP_LENGTH]):
            if (when := _moment({key: value for key, value in found.groupdict().items() if value})) is not None:
                return when
    return None


def _moment(parts: Mapping[str, str]) -> date | datetime | None:
    year, day = parts.get("year") or parts.get("year2", "0"), parts.get("day") or parts.get("day2", "0")
    name = next((value for key, value in parts.items() if key.startswith("name")), "")
    try:
        month = MONTHS[name[:3].lower()] if name else int(parts["month"])
        when = date(int(year), month, int(day))
        if "hour" not in parts:
            return when
        hour = int(parts["hour"])
        if "half" in parts:
            hour = hour % 12 + 12 * parts["half"].lower().startswith("p")
        zone = _offset(parts["zone"]) if "zone" in parts else None
        return datetime(when.year, when.month, when.day, hour, int(parts["minute"]), tzinfo=zone)
    except (KeyError, ValueError):
        return None
