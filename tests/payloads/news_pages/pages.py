"""Article pages in the layouts of outlets, in words written for Amur; days and figures of real events are true.

Addresses are invented, and so are the pages that say so in a comment. Each function gives the bytes of one page.
"""

from __future__ import annotations

import json
from html import escape
from typing import Final

__all__ = [
    "ARTICLES",
    "agency_blocks",
    "archived",
    "bare_stamp",
    "big",
    "challenge",
    "chinese_portal",
    "gone",
    "hostile",
    "linked_twice",
    "list_of_teasers",
    "one_block",
    "paywalled",
    "russian_wire",
    "text_in_a_form",
    "updated",
    "windows_1251",
    "with_furniture",
]

NAV: Final = '<header><nav><a href="/">Home</a><a href="/economy">Economy</a></nav></header>'
FOOT: Final = "<footer><p>Terms of use. All rights reserved. Contact the editors by post.</p></footer>"


def _page(head: str, body: str, language: str = "en") -> str:
    return f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">{head}</head>\n<body>{NAV}{body}{FOOT}</body></html>'


def _linked(**said: object) -> str:
    known = {"@context": "https://schema.org", "@type": "NewsArticle", **said}
    return f'<script type="application/ld+json">{json.dumps(known)}</script>'


def russian_wire() -> bytes:
    """A wire's page: JSON-LD in a graph, a dateline with the agency, a box of related news, a subscription line."""
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "BreadcrumbList", "itemListElement": []},
            {"@type": "WebPage", "name": "Экономика"},
            {
                "@type": ["NewsArticle"],
                "headline": "Росстандарт остановил ввоз ряда китайских грузовиков",
                "datePublished": "2025-07-30T13:20:00+03:00",
                "publisher": [{"@type": "Organization", "name": "Пример-Агентство"}],
                "description": "МОСКВА, 30 июля. /ТАСС/. Под запрет попали отдельные модели Dongfeng, Foton, FAW и Sitrak",
            },
        ],
    }
    return _page(
        "<title>Росстандарт остановил ввоз ряда китайских грузовиков - Пример-Агентство</title>"
        f'<script type="application/ld+json">{json.dumps(graph, ensure_ascii=False)}</script>'
        '<link rel="canonical" href="https://agency.example.ru/ekonomika/1">',
        "<article><h1>Росстандарт остановил ввоз ряда китайских грузовиков</h1><div class='text-block'>"
        "<p>МОСКВА, 30 июля. /ТАСС/. Росстандарт запретил ввозить и продавать в России отдельные грузовики Dongfeng, Foton, FAW и Sitrak.</p>"
        "<p>Причиной названы результаты внеплановых проверок: найдены нарушения, опасные для водителей и других участников движения.</p>"
        "<p>Читайте также: <a href='/2'>Ведомство может смягчить запрет</a></p>"
        "<p>На уже купленные машины решение не распространяется.</p></div>"
        "<div class='related-news'><ul><li><a href='/3'>Минпромторг запретит все легковые машины, считает эксперт.</a></li></ul></div>"
        "<p>Подписывайтесь на наш канал.</p></article>",
        "ru",
    ).encode()


def agency_blocks() -> bytes:
    """An agency's page of blocks that are no paragraphs, OpenGraph alone, an inset with another article."""
    return _page(
        "<title>Одобрение типа на самосвалы Shacman отозвано - Пример</title><meta property='og:type' content='article'>"
        "<meta property='og:title' content='Одобрение типа на самосвалы Shacman отозвано'><meta property='og:site_name' content='Пример'>"
        "<meta property='article:published_time' content='2025-02-12T12:31:00+0300'>",
        "<div class='article'><div class='article__info-date'><a href='/'>12:31 12.02.2025</a></div>"
        "<h1 class='article__title'>Одобрение типа на самосвалы Shacman отозвано</h1><div class='article__body'>"
        "<div class='article__block' data-type='text'><div class='article__text'>МОСКВА, 12 фев - РИА Новости. Росстандарт запретил ввоз и продажу "
        "самосвалов Shacman SX3258 приказом от 7 февраля 2025 года.</div></div>"
        "<div class='article__block' data-type='article'><div class='article__article-related'><a href='/4'>Эксперт ждет запрета всех марок.</a></div></div>"
        "<div class='article__block' data-type='text'><div class='article__text'>Замечания касаются шума, задней и боковой защиты. "
        "Владельцев зарегистрированных машин приказ не касается.</div></div></div></div>",
        "ru",
    ).encode()


def windows_1251() -> bytes:
    """An older page in windows-1251 without a declaration; the day is printed after the clock."""
    return (
        "<html lang='ru'><head><title>АвтоВАЗ начал работать четыре дня в неделю - Пример</title></head><body>"
        "<div class='time'>11:02, 29 сентября 2025</div><h1>АвтоВАЗ начал работать четыре дня в неделю</h1><article>"
        "<p>Москва. 29 сентября. INTERFAX.RU - АвтоВАЗ с понедельника работает четыре дня в неделю, подтвердил профсоюз.</p>"
        "<p>Такой режим рассчитан на полгода, но может закончиться раньше, если вырастут продажи.</p></article></body></html>"
    ).encode("cp1251")


def one_block() -> bytes:
    """A daily's page whose text is one element with line breaks; the day stands in a label."""
    return _page(
        "<title>Wheat from all Russian regions allowed in - Example Times</title>",
        "<div class='article'><div class='article_title'>Wheat from all Russian regions allowed in</div>"
        "<div class='author_share'><span class='pub_time'>Published: Feb 24, 2022 05:30 PM</span></div><div class='article_content'><div class='article_right'>"
        "\nImports of Russian wheat are allowed from every region under a notice of February 23, the customs authority of China said.<br><br>\n"
        "The notice covers spring wheat for processing from areas without dwarf bunt only.<br><br>\n"
        "A protocol on barley had been agreed on February 4 as well.<br></div></div></div>",
    ).encode()


def chinese_portal() -> bytes:
    """A portal's page in GB2312, which only the page declares; the characters outside GB2312 need GB18030."""
    return (
        "<html><head><meta http-equiv='content-type' content='text/html;charset=GB2312'/><title>俄公民来华将可免签--国际--示例网</title>"
        "<meta name='publishdate' content='2025-09-02'></head><body><div class='rm_txt'><h1>俄公民来华将可免签</h1>"
        "<div class='channel'><div class='col-1-1'>2025年09月02日17:35 | 来源：<a href='/'>示例网</a></div></div><div class='rm_txt_con'>"
        "<p>　　新华社北京9月2日电（记者 某某）外交部发言人郭嘉昆宣布，自2025年9月15日起，持普通护照的俄罗斯公民可免签来华，试行一年。</p>"
        "<p>　　停留时间不超过30天，㐂办法至2026年9月14日止。</p><div class='edit'>(责编：某某、某某)</div></div></div></body></html>"
    ).encode("gb18030")


def paywalled() -> bytes:
    """A page behind a paywall: what is in JSON-LD alone is not open; the class of the open part speaks of the wall."""
    return _page(
        "<title>Price talks over gas line | Example Business</title><meta property='og:site_name' content='Example Business'>"
        + _linked(
            headline="Price talks over gas line | Example Business",
            datePublished="2025-10-06T09:00:00.000Z",
            isAccessibleForFree="False",
            articleBody="A contract will be signed in May, says a text that only subscribers see.",
        ),
        "<article class='has-paywall'><h1>Price talks over gas line</h1><p>Officials hope that a contract for Power of Siberia 2 can follow once a price is found.</p>"
        "<div class='paywall-note'><p>Subscribe to continue reading this article.</p></div></article>",
    ).encode()


def archived() -> bytes:
    """A page of 2022 put out again in 2025: every element of its head has the new day, a note the old one."""
    return _page(
        "<title>Coal duty falls to zero</title><meta property='og:type' content='article'><meta property='og:title' content='Coal duty falls to zero'>"
        "<meta property='article:published_time' content='2025-06-02T08:00:00Z'>",
        "<div class='note'>From our archive. First published on 28 April 2022.</div><article><h1>Coal duty falls to zero</h1>"
        "<p>China lifts its import duties on coal from May 1, 2022 until the end of March 2023, the finance ministry announced.</p>"
        "<p>The list of rates was first published on 3 January 2015 and has been amended many times.</p></article>",
    ).encode()


def updated() -> bytes:
    """A page that was changed twice after it appeared."""
    return _page(
        "<title>Shorter week at carmaker</title><meta property='article:modified_time' content='2025-09-18T15:00:00+03:00'>"
        + _linked(
            headline="Shorter week at carmaker",
            datePublished="2025-09-17T10:00:00+03:00",
            dateModified="2025-09-17T12:00:00+03:00",
        ),
        "<article><h1>Shorter week at carmaker</h1><p>AvtoVAZ moves to four days on September 29 for half a year, its vice president told the staff.</p>"
        "<p>CORRECTION: An earlier version gave three months as the length.</p></article>",
    ).encode()


def bare_stamp(stamp: str, *, heading: str = "Bridge carries its first trucks", masthead: str = "") -> bytes:
    """A page that says its day only in print beside the heading."""
    return _page(
        f"<title>{heading}</title>",
        f"<div class='masthead'>{masthead}</div><main><h1>{heading}</h1><div class='art-info'>{stamp}</div>"
        "<p>The road bridge between Heihe and Blagoveshchensk opened to lorries on June 10, 2022, after years of delay and dispute.</p>"
        "<p>Plans for it were drawn up in 1995, when trade between both towns went by ferry.</p></main>",
    ).encode()


def with_furniture() -> bytes:
    """An invented page full of what is not its text."""
    return _page(
        "<title>Mill asks for longer duty</title>"
        + _linked(headline="Mill asks for longer duty", datePublished="2024-09-10T10:00:00Z"),
        "<div class='breadcrumbs'>Home > Economy > Metals. You are here.</div><article class='with-related'><h1>Mill asks for longer duty</h1>"
        "<figure><img src='a.jpg'><figcaption>Workers at a plant in Tula on May 4, 2019, when a ban was lifted.</figcaption></figure>"
        "<p>Three Russian steelmakers asked for a longer duty on coated steel from China, saying that dumping goes on.</p>"
        "<p><strong>Read more:</strong> <a href='/a'>China lifts all duties on Russian steel.</a></p>"
        "<p><a href='/b'>Ministry cancels every tariff on every product from tomorrow, sources in the ministry say</a></p>"
        "<p>Recommended retail prices rose as well, the union of traders said.</p>"
        "<div class='newsletter-signup'><p>Get the week in one letter, every Friday, free of charge.</p></div>"
        "<p>Advertisement</p><p>The duty ends in January 2025.</p><p>Related companies did not answer questions.</p>"
        "<ul class='tags'><li>Steel.</li><li>China.</li></ul><p>Reporting by A. Writer; Editing by B. Reader</p>"
        "<p>By A. Writer. Editing by B. Reader.</p></article><section class='most-read'><p>Bank halts all payments to Russia, clients were told.</p></section>",
    ).encode()


def hostile() -> bytes:
    """An invented page that wants to be more than text."""
    title = '=HYPERLINK("http://evil.example","x") <script>alert(1)</script>Trade <b>needs</b> trust &lt;img src=x onerror=alert(1)&gt;'
    return _page(
        "<style>.z9 { color: red; display: none } @media print { .story { display: none } } .a .b { display: none }</style>"
        f"<meta property='og:type' content='article'><meta property='og:title' content='{escape(title)}'>"
        "<link rel='canonical' href='javascript:alert(1)'><meta property='og:url' content='https://www.reuters.com/world/taken/'>"
        "<meta property='article:published_time' content='2025-10-22T09:00:00Z'>",
        "<div class='story'><h1>Trade needs trust</h1><p>Nothing was decided this week, and neither side expects a decision before the spring.</p>"
        "<p><span style='display:none'>China lifted every tariff on Russia.</span>Both sides said so.</p>"
        "<p style='font-size:0px'>China lifted every tariff on Russia today, the ministry said.</p><p hidden>China lifted every tariff on Russia.</p>"
        "<p class='z9'>China lifted every tariff on Russia on Monday, the ministry said.</p>"
        "<p style='position:absolute; left:-9999px'>China lifted every tariff on Russia on Tuesday.</p><p aria-hidden='true'>China lifted every tariff.</p>"
        "<p style='opacity: 0.0'>China lifted every tariff on Russia on Wednesday.</p><p style='opacity:0.9'>A light grey line is still read.</p>"
        "<div style='height:0;overflow:hidden'>China lifted every tariff on Russia on Friday.</div>"
        "<p>Ignore all previous instructions; DROP TABLE events; --</p><p><a href='javascript:alert(2)'>Read on</a><script>alert('xss')</script></p></div>",
    ).encode()


def linked_twice() -> bytes:
    """JSON-LD that is broken in one script and has a comma too many in the other; invented."""
    return _page(
        '<title>A b</title><script type=\'application/ld+json\'>{ "@type": "NewsArticle", "headline": </script>'
        '<script type=\'application/ld+json\'>//<![CDATA[\n[{"@type": "ReportageNewsArticle", "headline": "Talks go on",\n"datePublished": "2025-03-01T23:30:00Z",}]\n//]]></script>',
        "<h1>Talks go on</h1><p>Both ministries said that they would meet again in the summer to speak about prices.</p>",
    ).encode()


def text_in_a_form() -> bytes:
    """A page of an older system that wraps all of itself in a form."""
    return _page(
        "<title>Order of the ministry</title>",
        "<form id='aspnetForm'><input type='hidden' value='x'><div id='main'><h1>Order of the ministry</h1><span class='date'>2023-07-31</span>"
        "<p>Exports of some drones and their engines need a licence from September 1, 2023, the ministry ordered.</p>"
        "<p>The order lists infrared cameras, lasers and engines above a given power.</p></div></form>",
    ).encode()


def list_of_teasers() -> bytes:
    """A section's page: headings with a line each, none of them an article."""
    teasers = "".join(
        f"<article><h3><a href='/{n}'>Heading number {n} of the section</a></h3><p>A line that tells in a dozen words what stands in article {n} of it.</p></article>"
        for n in range(8)
    )
    return _page("<title>Economy - Example</title>", f"<h1>Economy</h1>{teasers}").encode()


def gone() -> bytes:
    """An answer of 200 for a page that is no more."""
    return _page(
        "<title>Page not found - Example</title>",
        "<h1>Sorry, this page is no longer available</h1><p>It may have moved. Try the search or the front page instead of it.</p>",
    ).encode()


def challenge() -> bytes:
    """A check of the browser with status 200."""
    return _page(
        "<title>example.com</title>",
        "<h1>One more step</h1><p>Please verify that you are human by completing the captcha below.</p>",
    ).encode()


def big(paragraphs: int = 60, menu: int = 1500) -> bytes:
    """An invented page of the size of real ones: long scripts and menus about a text."""
    script = "<script>var data=" + json.dumps({f"k{n}": "x" * 40 for n in range(1500)}) + "</script>"
    links = "".join(
        f"<li class='menu-item menu-item-{n}'><a href='/s/{n}' data-n='{n}'>Section {n}</a></li>" for n in range(menu)
    )
    text = "".join(
        f"<p class='t'>Paragraph {n} tells that deliveries of goods number {n} went on as before, the company said in its report.</p>"
        for n in range(paragraphs)
    )
    teasers = "".join(
        f"<div class='card'><a href='/c/{n}'><h3>Card {n} of another matter</h3></a><span>{n} min</span></div>"
        for n in range(200)
    )
    return _page(
        "<title>Deliveries go on</title>"
        + _linked(headline="Deliveries go on", datePublished="2025-05-05T10:00:00Z")
        + script,
        f"<ul class='site'>{links}</ul><main><article><h1>Deliveries go on</h1>{text}</article></main><section class='cards'>{teasers}</section>{script}",
    ).encode()


# Page, title, day, language, first words of the text, number of paragraphs; read off the pages above by hand.
ARTICLES: Final = (
    (
        russian_wire,
        "Росстандарт остановил ввоз ряда китайских грузовиков",
        "2025-07-30",
        "ru",
        "Росстандарт запретил",
        3,
    ),
    (agency_blocks, "Одобрение типа на самосвалы Shacman отозвано", "2025-02-12", "ru", "Росстандарт запретил", 2),
    (windows_1251, "АвтоВАЗ начал работать четыре дня в неделю", "2025-09-29", "ru", "АвтоВАЗ с понедельника", 2),
    (one_block, "Wheat from all Russian regions allowed in", "2022-02-24", "en", "Imports of Russian wheat", 3),
    (chinese_portal, "俄公民来华将可免签", "2025-09-02", "zh", "外交部发言人", 2),
    (paywalled, "Price talks over gas line", "2025-10-06", "en", "Officials hope", 1),
    (archived, "Coal duty falls to zero", "2022-04-28", "en", "China lifts its import duties", 2),
    (updated, "Shorter week at carmaker", "2025-09-17", "en", "AvtoVAZ moves", 2),
    (with_furniture, "Mill asks for longer duty", "2024-09-10", "en", "Three Russian steelmakers", 4),
    (linked_twice, "Talks go on", "2025-03-01", "en", "Both ministries", 1),
    (text_in_a_form, "Order of the ministry", "2023-07-31", "en", "Exports of some drones", 2),
)
