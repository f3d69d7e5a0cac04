"""Article pages and feeds as outlets lay them out, written for Amur in own words. Dates and figures of real events are true."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from sources import catalogue

__all__ = ["Item", "article", "atom", "bare", "feed", "listing", "rdf", "samples", "sitemap"]

LICENCE_NOTE: Final = "<!-- a page written for tests, in the layout of an outlet -->"


@dataclass(frozen=True)
class Item:
    """One entry of a feed."""

    title: str
    link: str
    date: str = ""
    summary: str = ""


def article(
    title: str, paragraphs: Sequence[str], *, url: str = "https://www.example.org/news/1", published: str = "2025-09-02T10:00:00+03:00",
    outlet: str = "Example Daily", language: str = "en", lead: str = "", free: bool = True, extra: str = "", kind: str = "linked",
) -> bytes:  # fmt: skip
    """A page: `linked` with JSON-LD, `graph` with OpenGraph alone, `bare` with a heading and a time."""
    said = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "mainEntityOfPage": url, "datePublished": published,
        "inLanguage": language, "description": lead, "publisher": {"@type": "Organization", "name": outlet}, "isAccessibleForFree": free,
    }  # fmt: skip
    graph = "".join(
        f'<meta property="{name}" content="{escape(value)}">'
        for name, value in (
            ("og:type", "article"), ("og:title", title), ("og:url", url), ("og:site_name", outlet), ("og:description", lead),
            ("article:published_time", published),
        )
        if value
    )  # fmt: skip
    linked = f'<script type="application/ld+json">{json.dumps(said)}</script>' if kind == "linked" else ""
    head = f"{linked}{graph}" if kind != "bare" else ""
    stamp = f'<time datetime="{published}">{published[:10]}</time>' if published else ""
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)} - {outlet}</title>{head}</head><body>'
        f"{LICENCE_NOTE}<header><nav><a href='/'>Home</a></nav></header><article><h1>{escape(title)}</h1>{stamp}{body}{extra}</article>"
        f"<aside><ul><li><a href='/2'>Ministry to Ban All Imports, Says Expert</a></li></ul></aside><footer>Terms of use</footer></body></html>"
    ).encode()


def bare(title: str, blocks: str, *, published: str = "2025-02-12") -> bytes:
    """A page whose text stands in blocks that are no paragraphs."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{escape(title)}</title></head><body>{LICENCE_NOTE}"
        f"<h1>{escape(title)}</h1><div class='info-date'>{published}</div>{blocks}</body></html>"
    ).encode()


def feed(items: Sequence[Item], *, language: str = "en", encoding: str = "utf-8") -> bytes:
    """RSS 2.0."""
    rows = "".join(
        f"<item><title>{escape(one.title)}</title><link>{escape(one.link)}</link><guid>{escape(one.link)}</guid>"
        + (f"<pubDate>{one.date}</pubDate>" if one.date else "")
        + (f"<description>{escape(one.summary)}</description>" if one.summary else "")
        + "</item>"
        for one in items
    )
    head = f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>Example</title><language>{language}</language>'
    return f"{head}{rows}</channel></rss>".encode(encoding)


def atom(items: Sequence[Item]) -> bytes:
    """Atom."""
    rows = "".join(
        f'<entry><id>{one.link}</id><title>{escape(one.title)}</title><link rel="alternate" href="{one.link}"/>'
        + (f"<published>{one.date}</published>" if one.date else "")
        + f'<summary type="html">{escape(one.summary)}</summary></entry>'
        for one in items
    )
    return f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title>{rows}</feed>'.encode()


def rdf(items: Sequence[Item]) -> bytes:
    """RSS 1.0."""
    rows = "".join(
        f'<item rdf:about="{one.link}"><title>{escape(one.title)}</title><link>{one.link}</link><dc:date>{one.date}</dc:date></item>'
        for one in items
    )
    spaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<?xml version="1.0"?><rdf:RDF {spaces}><channel rdf:about="x"><title>t</title></channel>{rows}</rdf:RDF>'.encode()


def sitemap(items: Sequence[Item]) -> bytes:
    """A news sitemap."""
    rows = "".join(
        f"<url><loc>{one.link}</loc><news:news><news:publication_date>{one.date}</news:publication_date><news:title>{escape(one.title)}</news:title>"
        "</news:news></url>"
        for one in items
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {spaces}>{rows}</urlset>'.encode()


def listing(items: Sequence[Item]) -> bytes:
    """A list page of an official site: anchors with a day beside each."""
    rows = "".join(f'<li><a href="{one.link}">{escape(one.title)}</a><span>{one.date}</span></li>' for one in items)
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>Press releases</title></head><body><ul>{rows}</ul></body></html>".encode()


TEXTS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "en": (
        "Regulator bars trucks of four Chinese makers",
        (
            "Rosstandart prohibited the import and sale of several trucks by Dongfeng, Foton, FAW and Sitrak on July 30, 2025, citing safety faults.",
            "China's exports to Russia came to $47.16 billion in the first half of 2025, customs said.",
        ),
    ),
    "ru": (
        "КАМАЗ сокращает рабочую неделю",
        (
            "КАМАЗ с 1 августа 2025 года перешёл на четырёхдневную рабочую неделю, сообщила компания; причина названа простая: рынок упал.",
            "Товарооборот России и Китая за восемь месяцев 2025 года снизился на 9,4%, сообщила таможня КНР.",
        ),
    ),
    "zh": (
        "俄罗斯暂停进口部分中国卡车",
        ("俄罗斯联邦技术调节和计量署2025年7月30日宣布，禁止进口和销售东风、福田、一汽和汕德卡的部分卡车。", "检查发现这些车辆存在安全缺陷，中国企业须召回。"),
    ),
}  # fmt: skip


def samples(source: str) -> Mapping[str, bytes]:
    """Documents of a news source: a feed (or none where it has none), and a page."""
    entry = catalogue.entry(source)
    language = entry.language or "en"
    title, paragraphs = TEXTS[language]
    host = entry.hosts[0] if entry.hosts else "www.example.org"
    page = article(
        title,
        paragraphs,
        url=f"https://{host}/2025/07/31/story-1",
        published="2025-07-31T09:00:00+03:00",
        language=language,
    )
    if not entry.module.endswith(".feed"):
        return {"page": page}
    items = [
        Item(title, f"https://{host}/2025/07/31/story-1", "Thu, 31 Jul 2025 09:00:00 +0300"),
        Item("Football", f"https://{host}/2", "Wed, 30 Jul 2025 09:00:00 +0300"),
    ]
    return {"feed": feed(items, language=language), "page": page}
