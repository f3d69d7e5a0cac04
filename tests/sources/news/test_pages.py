"""What article pages promise: the right title, day, language and open text of any outlet, and nothing that nobody saw."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from sources.contract import Payload
from sources.errors import Blocked, Empty, LayoutChanged, WrongDocument
from sources.parse.news import addresses, pages
from sources.parse.news.model import Page
from tests.payloads.news_pages import pages as samples

RECORDED = Path(__file__).parents[3].parent / "shared" / "recorded" / "news"
NOW = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
ADDRESS = "https://www.example.org/news/1"
FURNITURE = (
    "Terms of use", "Read more", "Read on", "Editing by", "Reporting by", "Читайте также", "Подписывайтесь", "责编", "来源", "Published:", "SYSTEM",
    "Ignore all previous", "alert(", "Home", "javascript", "LIKE THIS", "All rights reserved",
)  # fmt: skip


def payload(body: bytes, *, url: str = ADDRESS, kind: str = "text/html; charset=utf-8", at: datetime = NOW) -> Payload:
    """A page as it was fetched."""
    return Payload(source="article", url=url, body=body, sha256="0" * 64, fetched_at=at, content_type=kind)


def read(body: bytes, *, url: str = ADDRESS, at: datetime = NOW, zone: str = "") -> Page:
    """The article on a page."""
    return pages.read(payload(body, url=url, at=at), zone=zone)


@pytest.mark.parametrize(("page", "title", "day", "language", "begin", "count"), samples.ARTICLES)
def test_layouts_give_title_day_language_and_text(
    page: Callable[[], bytes], title: str, day: str, language: str, begin: str, count: int
) -> None:
    """Whatever the outlet's layout; datelines are cut off the first sentence, furniture stays out."""
    found = read(page())

    assert found.title == title
    assert found.day == date.fromisoformat(day)
    assert found.language == language
    assert found.paragraphs[0].startswith(begin)
    assert len(found.paragraphs) == count
    assert not [line for line in found.paragraphs for word in FURNITURE if word in line]


def test_hidden_text_is_no_text() -> None:
    """Elements that no reader sees are dropped, markup is text nowhere, and the page keeps its own address."""
    found = read(samples.hostile())

    assert "lifted every tariff" not in found.text
    assert "A light grey line is still read." in found.paragraphs
    assert found.title == '=HYPERLINK("http://evil.example","x") Trade needs trust'
    assert found.url == ADDRESS
    assert "<" not in found.text
    assert "alert" not in found.text


def test_a_paywall_is_not_passed() -> None:
    """What JSON-LD holds and the page doesn't show is not read; what is open in the markup is."""
    found = read(samples.paywalled())

    assert not found.free
    assert not found.headline_only
    assert "only subscribers see" not in found.text
    assert "Subscribe" not in found.text


def test_a_page_without_open_text_is_a_headline() -> None:
    """A page that says it is an article and shows no paragraph gives its headline alone."""
    body = samples.paywalled().replace(
        b"<p>Officials hope that a contract for Power of Siberia 2 can follow once a price is found.</p>", b""
    )
    found = read(body)

    assert found.headline_only
    assert found.title == "Price talks over gas line"


def test_an_updated_page_keeps_its_first_day() -> None:
    """`published` is the first, `modified` the latest that is stated; corrections are text."""
    found = read(samples.updated())

    assert found.published == datetime(2025, 9, 17, 10, 0, tzinfo=timezone(timedelta(hours=3)))
    assert found.modified == datetime(2025, 9, 18, 15, 0, tzinfo=timezone(timedelta(hours=3)))
    assert found.paragraphs[-1].startswith("CORRECTION:")


@pytest.mark.parametrize(
    ("stamp", "when"),
    [
        ("2025-08-31 12:40:00", "2025-08-31T12:40:00+08:00"),
        ("2025年07月31日 10:12", "2025-07-31T10:12:00+08:00"),
        ("12:31 12.02.2025", "2025-02-12T12:31:00+08:00"),
        ("Published: Feb 24, 2022 05:30 PM", "2022-02-24T17:30:00+08:00"),
        ("May 15, 2024, 10:00", "2024-05-15T10:00:00+08:00"),
        ("6 октября 2025", "2025-10-06"),
        ("30 июля 2025 в 13:20", "2025-07-30T13:20:00+08:00"),
        ("11:02, 29 сентября 2025", "2025-09-29T11:02:00+08:00"),
        ("August 13, 2025 - 09:00 BJT (0100 GMT)", "2025-08-13T09:00:00+08:00"),
        ("Wednesday, 30 July 2025, 17:05 MSK", "2025-07-30T17:05:00+03:00"),
        ("10:00am, 20 Jan, 2020", "2020-01-20T10:00:00+08:00"),
        ("Wed, 30 Jul 2025 17:05:00 +0300", "2025-07-30T17:05:00+03:00"),
        ("12:15 AM, 1st March 2024", "2024-03-01T00:15:00+08:00"),
        ("31 февраля 2025", None),
        ("Phase 2, 2025", None),
        ("November 2, 2027", None),
    ],
)
def test_printed_days_are_read(stamp: str, when: str | None) -> None:
    """Beside the heading, in the forms of the outlets, on the outlet's clock; days to come and no days are none."""
    found = read(samples.bare_stamp(stamp), zone="+08:00").published

    stated: date | datetime | None = None
    if when is not None:
        stated = datetime.fromisoformat(when) if "T" in when else date.fromisoformat(when)

    assert found == stated


def test_the_day_nearest_to_the_heading_counts() -> None:
    """A masthead prints the day of the visit."""
    found = read(
        samples.bare_stamp("June 10, 2022", masthead="<span class='date'>October 31, 2026</span>" + "<i></i>" * 8)
    )

    assert found.published == date(2022, 6, 10)


def test_a_day_in_the_address_counts_where_it_is_the_first() -> None:
    """A folder is a day of publication; a day at the end of a name may be what the article is about."""
    dated = samples.bare_stamp("June 12, 2022")

    assert read(dated, url="https://www.example.org/2022/06/10/bridge").day == date(2022, 6, 10)
    assert read(dated, url="https://www.example.org/a/202206/10/WS62a3.html").day == date(2022, 6, 10)
    assert read(dated, url="https://www.example.org/2022-06/10/c_1.htm").day == date(2022, 6, 10)
    assert read(dated, url="https://www.example.org/world/bridge-2022-06-11/").day == date(2022, 6, 11)
    assert read(dated, url="https://www.example.org/world/since-2014-03-18/").day == date(2022, 6, 12)


def test_nothing_appears_after_it_was_fetched() -> None:
    """A stamp later than the fetch is none: a missing day stays missing."""
    early = datetime(2020, 1, 1, tzinfo=UTC)

    assert read(samples.updated(), at=early).published is None
    assert read(samples.updated(), at=early).modified is None


def test_a_time_in_utc_is_put_on_the_outlets_calendar() -> None:
    """23:30 UTC is the next morning in Beijing: weekdays count back from there."""
    found = read(samples.linked_twice(), zone="+08:00")

    assert found.published == datetime(2025, 3, 1, 23, 30, tzinfo=UTC)
    assert found.day == date(2025, 3, 2)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("МОСКВА, 30 июля. Росстандарт запретил ввоз грузовиков, сообщили там.", "Росстандарт"),
        ("МОСКВА, 12 фев - РИА Новости. Росстандарт запретил ввоз грузовиков.", "Росстандарт"),
        ("Москва. 29 сентября. Интерфакс - АвтоВАЗ перешел на новый режим работы.", "АвтоВАЗ"),
        ("ПЕКИН, 2 сентября. /ТАСС/. Китай вводит безвизовый режим для россиян.", "Китай"),
        ("BEIJING, September 2. China waives visas for Russians, a spokesman said.", "China waives"),
        ("TIANJIN, Aug. 31 (Xinhua) -- The president arrived in Tianjin on Sunday.", "The president"),
        ("TIANJIN, Aug. 31 -- The president arrived in Tianjin on Sunday.", "The president"),
        ("BEIJING (Reuters) - China waives visas for Russians, a spokesman said.", "China waives"),
        ("新华社北京9月2日电（记者 某某）中国对俄罗斯公民试行免签政策。", "中国对"),
        ("中新网7月31日电 俄罗斯暂停进口四个中国品牌的部分卡车。", "俄罗斯"),
        ("30 июля Росстандарт запретил ввоз грузовиков четырех марок.", "30 июля"),
        ("1 октября 2024 года утильсбор вырос почти вдвое, до 556 200 руб.", "1 октября"),
        ("September 2 was the day on which the ministry waived visas.", "September 2"),
        ("КАМАЗ — крупнейший производитель грузовиков в России, пишет газета.", "КАМАЗ —"),
        ("Article 15 The parties shall meet once a year in one of the cities.", "Article 15"),
        ("9月2日，中国宣布对俄罗斯公民试行免签政策，为期一年。", "9月2日"),
    ],
)
def test_datelines_are_cut_and_days_of_sentences_are_not(line: str, kept: str) -> None:
    """Place, day and agency before the first sentence are no part of it; a day that is part of it stays."""
    body = (
        samples.bare_stamp("2025-07-30")
        .decode()
        .replace("The road bridge between Heihe", f"{line}</p><p>The road bridge between Heihe")
    )

    assert read(body.encode()).paragraphs[0].startswith(kept)


def test_a_short_sentence_with_a_day_is_a_sentence() -> None:
    """A stamp is a day and a label; what says something of the day is text."""
    body = (
        samples.bare_stamp("2025-07-30")
        .decode()
        .replace("<p>Plans", "<p>The ban took effect on May 1, 2022.</p><p>Updated 3 June 2025</p><p>Plans")
    )
    found = read(body.encode())

    assert "The ban took effect on May 1, 2022." in found.paragraphs
    assert not any("Updated" in line for line in found.paragraphs)


@pytest.mark.parametrize(
    ("kind", "codec"),
    [
        ("text/html; charset=utf-8", "cp1251"),
        ("text/html; charset=iso-8859-1", "utf-8"),
        ("text/html; charset=windows-1251", "utf-8"),
        ("text/html", "koi8-r"),
    ],
)
def test_bytes_outweigh_what_is_declared(kind: str, codec: str) -> None:
    """A header names one character set and the bytes are of another: the text comes out right."""
    whole = samples.agency_blocks().decode().replace('<meta charset="utf-8">', "")
    found = pages.read(payload(whole.encode(codec), kind=kind))

    assert found.title == "Одобрение типа на самосвалы Shacman отозвано"
    assert found.language == "ru"


def test_chinese_in_gb18030_under_a_wrong_header() -> None:
    """Neither the header's UTF-8 nor the page's GB2312 is what the bytes are; commas stay as they are written."""
    found = pages.read(
        payload(samples.chinese_portal(), kind="text/html; charset=utf-8", url="http://news.example.cn/n1/1.html")
    )

    assert "㐂" in found.paragraphs[1]
    assert "，" in found.paragraphs[0]
    assert found.published == datetime(2025, 9, 2, 17, 35, tzinfo=timezone(timedelta(hours=8)))


def test_a_damaged_byte_costs_a_character_and_no_page() -> None:
    """One broken byte in UTF-8 is no reason to read all of it as something else."""
    found = read(samples.russian_wire().replace("Причиной".encode(), "Причин".encode() + b"\xd0", 1))

    assert found.paragraphs[0].startswith("Росстандарт запретил")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", Empty),
        (b" \n", Empty),
        (b'{"articles": []}', WrongDocument),
        (b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>', WrongDocument),
        (b"%PDF-1.7 x", WrongDocument),
        (b"plain words", WrongDocument),
        (samples.challenge(), Blocked),
        (samples.gone(), WrongDocument),
        (samples.list_of_teasers(), WrongDocument),
        (b"<html><head><title>404</title></head><body>x</body></html>", Blocked),
        (b"<html><head><title>Just a moment...</title></head><body>x</body></html>", Blocked),
        (samples.updated()[:-600], LayoutChanged),
    ],
)
def test_what_is_no_article_is_refused(body: bytes, error: type[LayoutChanged]) -> None:
    """Other documents, checks, errors with status 200, lists and cut pages never become an article."""
    with pytest.raises(error):
        read(body)


def test_plain_text_has_no_markup_and_no_tricks() -> None:
    """Escaped twice or once, markup goes; comparisons, formulas and Chinese punctuation stay."""
    assert pages.plain("A &amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt; move") == "A bold move"
    assert pages.plain("<script>alert(1)</script>Trade up <img src=x onerror=alert(1)") == "Trade up"
    assert pages.plain("Growth <3% and >2% &amp; more") == "Growth <3% and >2% & more"
    assert pages.plain("=1+1") == "=1+1"
    assert pages.plain("a\u202eb\u200b\U000e0041 c\xadd") == "ab cd"
    assert pages.plain("俄罗斯，暂停：进口") == "俄罗斯，暂停：进口"


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("КАМАЗ сокращает неделю", "", "ru"),
        ("Росстандарт запретил ввоз Dongfeng, Foton, FAW, Sitrak и Shacman", "en", "ru"),
        ("俄罗斯暂停进口 Dongfeng, Foton, FAW, Sitrak 部分卡车", "", "zh"),
        ("Міністерство заявило, що заборона вантажівок діятиме ще рік, а її наслідки оцінять восени.", "ru", "uk"),
        ("Regulator bars Dongfeng, Foton, FAW, Sitrak", "en", "en"),
        (
            "Das Ministerium hat am Mittwoch die Einfuhr von Lastwagen aus China verboten und nennt Mängel als Grund.",
            "en",
            "de",
        ),
        ("", "ru", "ru"),
    ],
)
def test_the_language_is_that_of_the_text(text: str, hint: str, language: str) -> None:
    """By script, then by a detector; the page's own word helps where the text is short."""
    assert pages.language_of(text, hint) == language


def test_a_large_page_is_read_in_time() -> None:
    """A page of 300 kB with thousands of menu entries gives its text alone, well within a second."""
    begun = time.perf_counter()
    found = read(samples.big())

    assert len(found.paragraphs) == 60
    assert time.perf_counter() - begun < 5  # generous: the first call loads the extractor


def _truth() -> list[dict[str, str]]:
    if not RECORDED.is_dir():
        return []
    with (RECORDED / "stories_truth.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.recorded
@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recorded news pages are not on this machine")
@pytest.mark.parametrize("row", _truth(), ids=lambda row: row["file"][-40:])
def test_recorded_pages_are_read_right(row: dict[str, str]) -> None:
    """Each recorded article gives its title, day, language, address and text, and no furniture."""
    url = row["url"]
    if row["relation"] == "copy":
        url = f"https://{row['file'].removesuffix('.html')}"
    found = pages.read(payload((RECORDED / row["file"]).read_bytes(), url=url, kind="text/html; charset=utf-8"))

    assert found.title
    assert found.day == datetime.fromisoformat(row["published_at"]).date()
    assert found.language == row["language"]
    original = url.replace("/amp/", "/") if row["relation"] == "amp" else url
    assert addresses.article_id(found.url) == addresses.article_id(
        original.removesuffix(".html")
    ) or found.url == addresses.normal(original)
    assert found.paragraphs
    assert not [line for line in found.paragraphs for word in FURNITURE if word in line]
