"""Where bad inputs are tried: a source for each format, a good document of it, and what was loaded before."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Final

from tests.origin import bulletin
from tests.origin.pages import demo_web
from tests.payloads.aeb import pages as aeb
from tests.payloads.cbr_fx import pages as cbr
from tests.payloads.comtrade import pages as comtrade
from tests.payloads.gacc_query import pages as query
from tests.payloads.news import pages as news
from tests.payloads.rosstat_output import pages as rosstat
from tests.payloads.worldbank_pinksheet import pages as pinksheet
from tests.payloads.year.pages import documents

__all__ = ["FETCHED", "GROUNDS", "Document", "Ground"]

FETCHED: Final = datetime(2026, 7, 24, 3, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes as they would be archived."""

    url: str
    body: bytes
    role: str = "data"
    period: str = ""
    title: str = ""
    flow: str = ""
    content_type: str = ""
    fetched_at: datetime = FETCHED


def _nothing() -> tuple[Document, ...]:
    return ()


def _no_surprises() -> Mapping[str, bytes]:
    return {}


@dataclass(frozen=True, slots=True)
class Ground:
    """One source and format.

    `before` is loaded first, oldest first, then `good`. `target` is a positive value of the good document as it is
    printed, empty where the outside generator finds one. `surprising` are documents that must load. `undetectable`
    says of payloads by name why nobody could tell them from a good one.
    """

    name: str
    source: str
    format: str
    good: Callable[[], Document]
    before: Callable[[], tuple[Document, ...]] = _nothing
    target: str = ""
    surprising: Callable[[], Mapping[str, bytes]] = _no_surprises
    undetectable: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@cache
def _year(source: str, part: str) -> tuple[Document, ...]:
    """The made-up documents of a source whose name begins so, oldest first."""
    return tuple(
        Document(one.url, one.body, fetched_at=datetime.combine(one.published, datetime.min.time(), UTC))
        for one in documents()
        if one.source == source and one.name.startswith(part)
    )


@cache
def _rates() -> tuple[Document, ...]:
    """The rates of the dollar month by month, at the addresses by which Amur asks for them."""
    found = []
    for one in _year("cbr_fx", "rates-usd"):
        last = one.fetched_at.date()
        asked = f"date_req1={last.replace(day=1):%d/%m/%Y}&date_req2={last:%d/%m/%Y}&VAL_NM_RQ={cbr.IDS['USD']}"
        found.append(replace(one, url=f"https://www.cbr.ru/scripts/XML_dynamic.asp?{asked}"))
    return tuple(found)


@cache
def _bulletins() -> tuple[Document, ...]:
    months = sorted(bulletin.MONTHS)
    return tuple(
        Document(
            f"http://english.customs.gov.cn/Statics/bulletin-2-2026-{month:02d}.html", bulletin.page(month),
            period=f"2026-{month:02d}", fetched_at=FETCHED - timedelta(days=len(months) - n),
        )
        for n, month in enumerate(months, start=1)
    )  # fmt: skip


ITEMS: Final = (
    news.Item(
        "China's exports to Russia fall 12% in July",
        "https://tass.com/economy/2000001", "Thu, 07 Aug 2025 09:00:00 +0300"
    ),
    news.Item(
        "Regulator bars trucks of four Chinese makers", "https://tass.com/economy/2000002",
        "Thu, 31 Jul 2025 09:00:00 +0300",
    ),
    news.Item(
        "Gazprom and CNPC speak of Power of Siberia 2", "https://tass.com/economy/2000003",
        "Wed, 30 Jul 2025 12:30:00 +0300",
    ),
    news.Item(
        "KAMAZ goes over to four days a week", "https://tass.com/economy/2000004", "Tue, 29 Jul 2025 08:00:00 +0300"
    ),
)  # fmt: skip


def _comtrade(records: object) -> Document:
    url = (
        "https://comtradeapi.un.org/public/v1/preview/C/M/HS?reporterCode=156&partnerCode=643&cmdCode=2709&flowCode=M"
        "&period=202301,202302,202303,202304,202305,202306"
    )
    return Document(url, comtrade.answer(records), content_type="application/json")  # type: ignore[arg-type]


def _feed() -> Document:
    return Document("https://tass.com/rss/v2.xml", news.feed(ITEMS, language="en"), role="feed", title="TASS")


def _query(rows: object, day: datetime) -> Document:
    return Document(
        f"file:{day:%Y%m%d}/{query.FILE_NAME}", query.table(rows), title=query.FILE_NAME, fetched_at=day,  # type: ignore[arg-type]
    )  # fmt: skip


def _more(rows: Sequence[Mapping[str, str]], by: str) -> bytes:
    """A query file whose values in dollars are all that much larger."""
    changed = [row | {"美元": f"{int(row['美元'].replace(',', '')) * Decimal(by):,.0f}"} for row in rows]
    return query.table(changed)


def _jumped(document: Document, by: Decimal) -> bytes:
    """An answer of the Bank of Russia whose last rate is another."""
    text = document.body.decode("cp1251")
    last = re.findall(r"<Value>([0-9]+,[0-9]+)</Value>", text)[-1]
    new = f"{Decimal(last.replace(',', '.')) * by:.4f}".replace(".", ",")
    begins, _, ends = text.rpartition(f"<Value>{last}</Value>")
    return f"{begins}<Value>{new}</Value>{ends.replace(f'>{last}<', f'>{new}<')}".encode("cp1251")


A_FILE_IS_WHAT_WAS_ASKED = "a file of fewer months is a file too; what is known of the others stays"
UNKNOWN_ELEMENT = "an element that nobody knows, in place of a record, stops the source (P-35)"
ANOTHER_DAY = "a whole day and time, if another; without a zone it is the outlet's own"
RELATIVE = "an address without a host is one of the feed's own host"
BROKEN_PLACES = "its table of places leads astray, as that of a damaged file: refused, not mended"
TWO_TABLES = "two tables where there was one: which of them is meant nobody can know, so the page is refused"
NO_END = "what lacks its end may be cut (P-13): refused"
UNKNOWN_HEADER = "a column that nobody knows stops the source (P-35)"

GROUNDS: Final = (
    Ground(
        "preliminary", "gacc_preliminary", "html",
        good=lambda: _year("gacc_preliminary", "4-cny")[-1],
        before=lambda: _year("gacc_preliminary", "4-cny")[-14:-1],
        surprising=lambda: {
            f"the page of {month}, in which {what}": next(
                one.body for one in _year("gacc_preliminary", "4-cny") if f"-{month}." in one.url)
            for month, what in (("2025-09", "a partner's imports fall to an eighth"),
                                ("2026-02", "a partner's exports are threefold"))
        },
        undetectable={"html_menu_table_before": TWO_TABLES, "html_page_end_lost": NO_END},
    ),
    Ground(
        "bulletin", "gacc_bulletin", "html",
        good=lambda: _bulletins()[-1], before=lambda: _bulletins()[:-1],
        surprising=lambda: {"Russia's exports revised by 1 percent": bulletin.page(bulletin.JUNE, revised=True)},
        undetectable={"html_menu_table_before": TWO_TABLES, "html_page_end_lost": NO_END},
    ),
    Ground("comtrade", "comtrade", "json", good=lambda: _comtrade(comtrade.crude())),
    Ground(
        "query", "gacc_query", "csv",
        good=lambda: _query(query.SEPTEMBER_2024, FETCHED),
        before=lambda: (_query(query.JANUARY_2022, FETCHED - timedelta(days=60)),
                        _query(query.JUNE_2024, FETCHED - timedelta(days=30))),
        surprising=lambda: {
            "all values revised by 3 percent": _more(query.SEPTEMBER_2024, "1.03"),
            "a commodity never seen before": query.table([query.line(
                query.CRUDE, "202401", "52,000", "950,000,000", 商品编码="87032343", 第一计量单位="辆")]),
            "a quantity withheld that never was known": query.table([query.JANUARY_2022[2]]),
            "a month of a tenth": query.table([query.line(query.CRUDE, "202406", "891,025,584", "550,274,084")]),
        },
        undetectable={
            "a row less": A_FILE_IS_WHAT_WAS_ASKED, "csv_half_of_the_rows": A_FILE_IS_WHAT_WAS_ASKED,
            "csv_column_added_at_end": UNKNOWN_HEADER, "csv_last_line_end_lost": NO_END,
        },
    ),
    Ground(
        "rates", "cbr_fx", "xml",
        good=lambda: _rates()[-1], before=lambda: _rates()[-14:-1],
        surprising=lambda: {"a day of 12 percent more, as on 2 March 2022": _jumped(_rates()[-1], Decimal("1.12"))},
        undetectable={"xml_include_of_file": UNKNOWN_ELEMENT, "xml_unknown_element": UNKNOWN_ELEMENT},
    ),
    Ground(
        "feed", "tass_en", "rss", good=_feed,
        undetectable={
            "rss_date_no_zone": ANOTHER_DAY, "rss_date_unknown_zone": ANOTHER_DAY, "rss_link_relative": RELATIVE,
        },
    ),
    Ground(
        "prices", "worldbank_pinksheet", "xlsx",
        good=lambda: Document(pinksheet.FILE, demo_web()[pinksheet.FILE].body),
    ),
    Ground(
        "brands", "aeb", "pdf",
        good=lambda: Document("https://aebrus.ru/upload/iblock/7c4/eng_sales-november-2022.pdf", aeb.brands()),
        undetectable={
            "value in words": "`n/a` is how the publisher says that he has none", **dict.fromkeys(
                ("pdf_script_at_opening", "pdf_launch_at_opening", "pdf_address_at_opening", "pdf_attached_file",
                 "pdf_unknown_catalogue_entry"), BROKEN_PLACES),
        },
    ),
    Ground(
        "industry", "rosstat_output", "doc",
        good=lambda: Document("https://rosstat.gov.ru/storage/mediabank/osn-10-2025.doc", rosstat.word()),
    ),
)  # fmt: skip
