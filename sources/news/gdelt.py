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

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from sources.contract import Observation, Payload, Request, Row, Window
from sources.errors import Blocked, Contradiction, Empty, LayoutChanged, Unreadable
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
DAYS: Final = 14  # of shorter windows the service gives hours, or quarters of hours
FIRST: Final = date(2017, 1, 1)
PERCENT: Final = 100
STAMP: Final = "%Y%m%d%H%M%S"
# An escape that JSON knows, or one that it doesn't: a lone `\'` or `\q`.
ESCAPE: Final = re.compile(r'\\(?:(?P<known>["\\/bfnrt]|u[0-9a-fA-F]{4})|(?P<other>.|$))', re.DOTALL)
SPACED: Final = re.compile(r"\s+([,.;:!?%)\]])|([(\[$])\s+|(?<=\w)\s+(['’])\s*(?=s\b|t\b|re\b)|(?<=\w) - (?=\w)")
COLUMNS: Final = 61
COUNTRIES: Final = (7, 17)  # of the two actors
ADDED: Final = 59  # when the service added the event: the day of the file
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
    """The days of a window in quarters; the last one reaches back as far as days are given."""
    day = max(first, FIRST)
    while day <= last:
        start = datetime(day.year, day.month, day.day, tzinfo=UTC)
        stop = min(start + timedelta(days=QUARTER) - timedelta(seconds=1), end)
        yield max(min(start, stop - timedelta(days=DAYS)), datetime(FIRST.year, 1, 1, tzinfo=UTC)), stop
        day += timedelta(days=QUARTER)


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
            yield Request(parts_of_line[2], title=f"md5:{parts_of_line[1]} size:{parts_of_line[0]}")
            return
    raise LayoutChanged(
        payload, expected="a line `size md5 url` of an export file", found=payload.body[:80].decode("ascii", "replace")
    )


def is_cut(payload: Payload) -> bool:
    """Does a list hold as many articles as the service gives at most? Then there were more."""
    try:
        said, _ = _json(payload)
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
    said, mended = _json(payload)
    if "timeline" in said:
        return _timeline(payload, said)
    articles = said.get("articles", [])
    if not isinstance(articles, list):
        raise LayoutChanged(payload, at="articles", expected="a list", found=type(articles).__name__)
    return _listed(payload, articles, f" ({mended} escapes mended)" if mended else "")


def _json(payload: Payload) -> tuple[Mapping[str, Any], int]:
    """The object, and how many escapes had to be mended for it to be one."""
    text = payload.body.decode("utf-8", "replace").strip().removeprefix("\ufeff")
    if not text:
        raise Empty(payload, expected="JSON", found="an empty body")
    if not text.startswith("{"):
        raise Blocked(payload, expected="JSON that begins with {", found=text[:100], advice=AGAIN)
    mended = sum(found["known"] is None for found in ESCAPE.finditer(text))
    try:
        said = json.loads(ESCAPE.sub(_mended, text) if mended else text, strict=False)
    except (ValueError, RecursionError) as error:
        raise LayoutChanged(payload, expected="valid JSON", found=str(error)) from error
    return said, mended


def _mended(found: re.Match[str]) -> str:
    if found["known"] is not None:
        return found[0]
    return "'" if found["other"] == "'" else f"\\\\{found['other']}"


def _listed(payload: Payload, articles: Iterable[Any], note: str) -> Iterator[Row]:
    """The articles on the topic, each address once: mobile twins and tracked addresses are one article."""
    listed: set[str] = set()
    for number, one in enumerate(articles):
        if not isinstance(one, dict):
            raise LayoutChanged(payload, at=f"articles[{number}]", expected="an object", found=type(one).__name__)
        url = addresses.normal(_sound(one.get("url")))
        title = pages.plain(_tight(_sound(one.get("title"))))
        if url is None or not title or url in listed:
            continue
        listed.add(url)
        page = Page(
            url=url,
            outlet=addresses.outlet_of(url),
            title=title,
            language=pages.language_of(title, _language(one)),
            headline_only=True,
        )
        if topics.relevant(page.title, "", "", page.language):
            seen = _seen(one, payload.fetched_at)
            where = f"articles[{number}]{note}"
            yield from telling.rows(page, where=where, fetched_at=payload.fetched_at, seen=seen)


def _sound(text: object) -> str:
    """A text without halves of surrogate pairs, which no other encoding can hold."""
    return str(text or "").encode("utf-8", "replace").decode("utf-8")


def _seen(one: Mapping[str, Any], fetched_at: datetime) -> datetime | None:
    """When the service saw it; None where it says nothing that can be."""
    try:
        seen = datetime.strptime(str(one.get("seendate")), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return seen if seen <= fetched_at else None


def _language(one: Mapping[str, Any]) -> str:
    return {"english": "en", "russian": "ru", "chinese": "zh"}.get(str(one.get("language", "")).lower(), "")


def _tight(title: str) -> str:
    """A title without the blanks that the service puts around punctuation."""
    return SPACED.sub(lambda m: m[1] or m[2] or m[3] or ("-" if m[0] == " - " else m[0]), title)


def _timeline(payload: Payload, said: Mapping[str, Any]) -> Iterator[Row]:
    topic = _topic(payload, said)
    days: set[tuple[str, date]] = set()
    for place, line in enumerate(said.get("timeline") or ()):
        raw = "count" in str(line.get("series", "")).lower()
        measure, unit = ("news_count", "articles") if raw else ("news_volume", "percent")
        for number, point in enumerate(line.get("data") or ()):
            at = f"timeline[{place}].data[{number}]"
            try:
                day = datetime.strptime(str(point["date"])[:8], "%Y%m%d").replace(tzinfo=UTC).date()
                value = Decimal(str(point["value"]))
            except (KeyError, TypeError, ValueError, ArithmeticError) as error:
                raise LayoutChanged(payload, at=at, expected="date and value", found=str(point)[:80]) from error
            if (measure, day) in days:
                raise LayoutChanged(payload, at=at, expected="one value a day", found=f"a second for {day}")
            if not value.is_finite() or value < 0 or (value > PERCENT and not raw):
                raise LayoutChanged(payload, at=at, expected=f"a number of {unit}", found=str(point)[:80])
            days.add((measure, day))
            if day < payload.fetched_at.date():  # today is not over
                yield Observation(
                    dataset="gdelt", measure=measure, unit=unit, freq="D", period_start=day, period_end=day,
                    value=value, product=topic, locator=f"{at}.value",
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
    """How many events of a file of fifteen minutes name both countries: where the service gives no volumes."""
    wanted = dict(part.split(":", 1) for part in payload.title.split() if ":" in part)
    found = {"md5": hashlib.md5(payload.body, usedforsecurity=False).hexdigest(), "size": str(len(payload.body))}
    for name, value in found.items():
        if wanted.get(name, value) != value:
            raise Contradiction(
                payload, expected=f"the {name} that lastupdate.txt names, {wanted[name]}", found=value, advice=AGAIN
            )
    counts: dict[date, int] = {}
    for number, line in enumerate(filter(None, _unpacked(payload).split("\n")), start=1):
        cells = line.split("\t")
        if len(cells) != COLUMNS:
            raise LayoutChanged(payload, at=f"line {number}", expected=f"{COLUMNS} columns", found=str(len(cells)))
        try:
            day = datetime.strptime(cells[ADDED][:8], "%Y%m%d").replace(tzinfo=UTC).date()
        except ValueError as error:
            raise LayoutChanged(payload, at=f"line {number}", expected="a day added", found=cells[ADDED]) from error
        counts[day] = counts.get(day, 0) + ({cells[column] for column in COUNTRIES} == {"CHN", "RUS"})
    for day, count in counts.items():
        yield Observation(
            dataset="gdelt_files", measure="news_events", unit="events", freq="D", period_start=day, period_end=day,
            value=Decimal(count), product="all", locator=f"rows added on {day:%Y%m%d}",
        )  # fmt: skip


def _unpacked(payload: Payload) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(payload.body)) as packed:
            (inside,) = packed.infolist()
            if inside.file_size > LARGEST_FILE:
                raise Unreadable(
                    payload, expected=f"at most {LARGEST_FILE:,} bytes unpacked", found=f"{inside.file_size:,}"
                )
            return packed.read(inside).decode("utf-8", "replace")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise LayoutChanged(payload, expected="a zip with one file", found=str(error)) from error
