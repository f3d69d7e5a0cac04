"""GDELT: which outlets write about the trade relationship, and how much of all coverage that is.

Layout    DOC 2.0 API: `mode=artlist` {articles: [{url, url_mobile, title, seendate, domain, language, sourcecountry}]};
          `mode=timelinevol` {timeline: [{series, data: [{date, value}]}]}, value in percent of all coverage of a day;
          `timelinevolraw` the same with counts. `{}` is no match. Event files every 15 minutes: `lastupdate.txt`, a
          line `size md5 url` a file; a zip with one TSV of 61 columns without a header.
Calendar  within 15 minutes; three months of full text; volumes since 2017.
Traps     One request in five seconds: the limit comes as 429 or as plain text with 200, so does every error: what does
          not begin with `{` is none. At most 250 articles. Invalid escapes. `seendate` is a sighting, no publication.
          A day that is not in a timeline is not measured, which is not zero.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from sources.contract import Observation, Payload, Request, Row, Window
from sources.errors import Empty, LayoutChanged, Unreadable
from sources.parse.news import addresses, outlets, pages, telling, topics
from sources.parse.news.model import Page

__all__ = ["PARSER", "TOPICS", "is_cut", "links", "parse", "parts", "plan"]
PARSER: Final = outlets.PARSER
API: Final = "https://api.gdeltproject.org/api/v2/doc/doc"
FILES: Final = "http://data.gdeltproject.org/gdeltv2/lastupdate.txt"
BOTH: Final = "(china OR chinese) (russia OR russian)"
# What a topic is asked for by: words of the service's own language of queries, which reads English translations.
TOPICS: Final[Mapping[str, str]] = MappingProxyType({
    "tariffs": f"{BOTH} (tariff OR duty OR duties)",
    "bans": f'{BOTH} ("import ban" OR embargo OR sanctions)',
    "dumping": f"{BOTH} dumping",
    "payments": f"{BOTH} (payments OR settlements OR bank)",
    "energy": f'{BOTH} (oil OR gas OR coal OR "power of siberia")',
    "cars": f"{BOTH} (cars OR trucks OR avtovaz OR kamaz)",
    "projects": f"{BOTH} (pipeline OR railway OR bridge OR project)",
    "investment": f"{BOTH} (investment OR investors)",
    "visits": f"{BOTH} (visit OR summit)",
})  # fmt: skip
MOST: Final = 250
AGAIN: Final = "The service says so in words: what was asked is not measured; the next run asks again"
DAYS: Final = 14
STAMP: Final = "%Y%m%d%H%M%S"
ESCAPE: Final = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
SPACED: Final = re.compile(r"\s+([,.;:!?%)\]])|([(\[$])\s+|(?<=\w)\s+(['’])\s*(?=s\b|t\b|re\b)|(?<=\w) - (?=\w)")
COLUMNS: Final = 61
ACTORS: Final = (5, 15)  # CAMEO codes of the two actors
DAY_COLUMN: Final = 1
LARGEST_FILE: Final = 256 << 20
QUARTER: Final = 92


def plan(window: Window) -> Iterator[Request]:
    """A timeline for each topic and the newest articles; for past windows the timelines alone, a quarter each."""
    end = min(datetime(window.end.year, window.end.month, window.end.day, 23, 59, 59, tzinfo=UTC), window.now)
    if window.nightly:
        spans = [(end - timedelta(days=DAYS), end)]
        yield _articles(end - timedelta(days=2), end)
    else:
        spans = list(_quarters(window.start, window.end, end))
    for start, stop in spans:
        for topic, query in TOPICS.items():
            said = {"query": query, "mode": "timelinevol", "format": "json"}
            yield Request(
                API, params=said | _between(start, stop), period=f"{stop:%Y-%m-%d}", title=topic,
                otherwise=(Request(FILES, role="index"),) if window.nightly else (),
            )  # fmt: skip


def _quarters(first: date, last: date, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    while start.date() <= last:
        stop = min(start + timedelta(days=QUARTER) - timedelta(seconds=1), end)
        yield start, stop
        start += timedelta(days=QUARTER)


def _between(start: datetime, stop: datetime) -> dict[str, str]:
    return {"startdatetime": start.strftime(STAMP), "enddatetime": stop.strftime(STAMP)}


def _articles(start: datetime, stop: datetime) -> Request:
    said = {"query": BOTH, "mode": "artlist", "maxrecords": str(MOST), "format": "json", "sort": "datedesc"}
    return Request(API, params=said | _between(start, stop), period=f"{stop:%Y-%m-%d}", title="articles")


def links(payload: Payload, window: Window) -> Iterator[Request]:  # noqa: ARG001 (the protocol's signature)
    """The newest event file that the list names, with the hash that it must have.

    Raises:
        LayoutChanged: no line of size, hash and address.
    """
    for line in payload.body.decode("ascii", "replace").splitlines():
        parts_of_line = line.split()
        if len(parts_of_line) == 3 and parts_of_line[2].endswith(".export.CSV.zip"):  # noqa: PLR2004 (size, hash, address)
            yield Request(parts_of_line[2], title=f"md5:{parts_of_line[1]}")
            return
    raise LayoutChanged(
        payload, expected="a line `size md5 url` of an export file", found=payload.body[:80].decode("ascii", "replace")
    )


def is_cut(payload: Payload) -> bool:
    """Does a list hold as many articles as the service gives at most? Then there were more."""
    try:
        said = _json(payload)
    except LayoutChanged:
        return False
    found = said.get("articles")
    return isinstance(found, list) and len(found) >= MOST


def parts(request: Request) -> tuple[Request, ...]:
    """The window of a list in two halves; nothing for one of an hour or less."""
    said = request.params
    try:
        start, stop = (
            datetime.strptime(said[name], STAMP).replace(tzinfo=UTC) for name in ("startdatetime", "enddatetime")
        )
    except (KeyError, ValueError):
        return ()
    middle = start + (stop - start) / 2
    if stop - start <= timedelta(hours=1):
        return ()
    halves = ((start, middle), (middle + timedelta(seconds=1), stop))
    return tuple(replace(request, params={**said, **_between(*half)}) for half in halves)


def parse(payload: Payload) -> Iterable[Row]:
    """Articles of a list, percentages of a timeline, or the count of an event file.

    Raises:
        LayoutChanged: or one of its kinds: an error in words, invalid JSON, a file that its hash denies.
    """
    if payload.body.startswith(b"PK\x03\x04"):
        return _events(payload)
    said = _json(payload)
    if "timeline" in said:
        return _timeline(payload, said)
    return _listed(payload, said.get("articles") or ())


def _json(payload: Payload) -> Mapping[str, Any]:
    text = payload.body.decode("utf-8", "replace").strip()
    if not text:
        raise Empty(payload, expected="JSON", found="an empty body")
    if not text.startswith("{"):
        raise Unreadable(payload, expected="JSON that begins with {", found=text[:100], advice=AGAIN)
    try:
        said = json.loads(ESCAPE.sub(r"\\\\", text.replace("\\'", "'")), strict=False)
    except (ValueError, RecursionError) as error:
        raise LayoutChanged(payload, expected="valid JSON", found=str(error)) from error
    if not isinstance(said, dict):
        raise LayoutChanged(payload, expected="a JSON object", found=type(said).__name__)
    return said


def _listed(payload: Payload, articles: Iterable[Any]) -> Iterator[Row]:
    for number, one in enumerate(articles):
        if not isinstance(one, dict):
            raise LayoutChanged(payload, at=f"articles[{number}]", expected="an object", found=type(one).__name__)
        url = addresses.normal(str(one.get("url") or ""))
        title = pages.plain(_tight(str(one.get("title") or "")))
        if url is None or not title:
            continue
        try:
            seen = datetime.strptime(str(one.get("seendate")), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            seen = payload.fetched_at
        page = Page(
            url=url,
            outlet=addresses.outlet_of(url),
            title=title,
            language=pages.language_of(title, _language(one)),
            headline_only=True,
        )
        if topics.relevant(page.title, "", "", page.language):
            yield from telling.rows(
                page, where=f"articles[{number}]", fetched_at=payload.fetched_at, seen=min(seen, payload.fetched_at)
            )


def _language(one: Mapping[str, Any]) -> str:
    return {"english": "en", "russian": "ru", "chinese": "zh"}.get(str(one.get("language", "")).lower(), "")


def _tight(title: str) -> str:
    """A title without the blanks that the service puts around punctuation."""
    return SPACED.sub(lambda m: m[1] or m[2] or m[3] or ("-" if m[0] == " - " else m[0]), title)


def _timeline(payload: Payload, said: Mapping[str, Any]) -> Iterator[Row]:
    topic = _topic(payload, said)
    for line in said.get("timeline") or ():
        raw = "count" in str(line.get("series", "")).lower()
        for number, point in enumerate(line.get("data") or ()):
            try:
                day = datetime.strptime(str(point["date"])[:8], "%Y%m%d").replace(tzinfo=UTC).date()
                value = Decimal(str(point["value"]))
            except (KeyError, ValueError, ArithmeticError) as error:
                raise LayoutChanged(
                    payload, at=f"timeline.data[{number}]", expected="date and value", found=str(point)[:80]
                ) from error
            if value < 0 or day >= payload.fetched_at.date():
                continue  # today is not over
            yield Observation(
                dataset="gdelt", measure="news_count" if raw else "news_volume", unit="articles" if raw else "percent",
                freq="D", period_start=day, period_end=day, value=value, product=topic,
                locator=f"timeline[0].data[{number}].value",
            )  # fmt: skip


def _topic(payload: Payload, said: Mapping[str, Any]) -> str:
    """The topic that a timeline is of: by the query that it repeats, else by the request."""
    details = said.get("query_details") or {}
    query = str(details.get("title") or "") if isinstance(details, dict) else ""
    for topic, words in TOPICS.items():
        if query and query.replace(" ", "") == words.replace(" ", ""):
            return topic
    return payload.title if payload.title in TOPICS else query or "all"


def _events(payload: Payload) -> Iterator[Row]:
    """How many events of a file name both countries: a fallback where the service gives no volumes."""
    wanted = payload.title.removeprefix("md5:") if payload.title.startswith("md5:") else ""
    found = hashlib.md5(payload.body, usedforsecurity=False).hexdigest()
    if wanted and wanted != found:
        raise Unreadable(payload, expected=f"the MD5 that lastupdate.txt names, {wanted}", found=found, advice=AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(payload.body)) as packed:
            (inside,) = packed.infolist()
            if inside.file_size > LARGEST_FILE:
                raise Unreadable(
                    payload, expected=f"at most {LARGEST_FILE:,} bytes unpacked", found=f"{inside.file_size:,}"
                )
            text = packed.read(inside).decode("utf-8", "replace")
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable(payload, expected="a zip with one file", found=str(error), advice=AGAIN) from error
    counts: dict[date, int] = {}
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
        if len(cells) != COLUMNS:
            raise LayoutChanged(payload, at=f"line {number}", expected=f"{COLUMNS} columns", found=str(len(cells)))
        day = datetime.strptime(cells[DAY_COLUMN], "%Y%m%d").replace(tzinfo=UTC).date()
        codes = {cells[column][:3] for column in ACTORS}
        counts[day] = counts.get(day, 0) + (codes == {"CHN", "RUS"})
    for day, count in counts.items():
        yield Observation(
            dataset="gdelt_files", measure="news_events", unit="events", freq="D", period_start=day, period_end=day,
            value=Decimal(count),
            product="all", locator=f"rows of {day:%Y%m%d}",
        )  # fmt: skip
