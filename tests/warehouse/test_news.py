"""Articles, stories, events and projects: what the warehouse makes of tellings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from sources.contract import Article, Batch, Event, Observation
from sources.errors import AmurError
from sources.parse.news.gazetteer import ENTITIES
from tests.warehouse.builders import bring, document, emptied, row, warehouse
from warehouse.archive import Archive
from warehouse.database import Database
from warehouse.explain_event import explain_event
from warehouse.publisher import PUBLISHED, publish
from warehouse.reader import connect

BAN_DAY = date(2025, 7, 30)
HOURS = timedelta(hours=1)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One warehouse for all tests here."""
    db = warehouse(tmp_path_factory.mktemp("news") / "warehouse.duckdb")
    yield db
    db.close()


@pytest.fixture
def db(opened: Database) -> Database:
    """The warehouse with nothing in it."""
    return emptied(opened)


def at(day: date, hour: int = 12) -> datetime:
    """An hour of a day, UTC."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def article(name: str, when: datetime | None, **changes: Any) -> Article:  # noqa: ANN401 (any field)
    """An article called `name`, with runs of its own."""
    facts: dict[str, Any] = {
        "article_id": f"a-{name}", "url": f"https://{name}.example/1", "outlet": f"{name}.example", "title": f"Title of {name}",
        "language": "en", "locator": "article", "published": when, "topics": ("bans",), "shingles": tuple(range(hash_of(name), hash_of(name) + 40)),
    }  # fmt: skip
    return Article(**(facts | changes))


def hash_of(name: str) -> int:
    """A number of a name, far from those of other names."""
    return sum(ord(letter) * 1000**n for n, letter in enumerate(name[:3]))


def event(name: str, when: datetime, **changes: Any) -> Event:  # noqa: ANN401 (any field)
    """A ban on Dongfeng's trucks, as the article `name` tells it."""
    facts: dict[str, Any] = {
        "event_type": "import_ban", "event_date": BAN_DAY, "actor": "Rosstandart", "locator": "article body chars 1-9", "target": "Dongfeng",
        "product": "trucks", "status": "in_force", "side": "RU", "published": when, "article_id": f"a-{name}", "pattern": "en.ban.imports",
    }  # fmt: skip
    return Event(**(facts | changes))


def tell(
    db: Database,
    name: str,
    when: datetime,
    *events: Event,
    source: str = "article",
    shown: Article | None = None,
    body: str = "",
) -> None:
    """Load the article `name` with its events, fetched an hour after it appeared."""
    about, batch = document(body or name, when + HOURS, source=source)
    parts = {"events": events, "articles": (shown or article(name, when),)}
    bring(db, (about, Batch(batch.payload, 1, (), **parts)), run_id=f"run-{name}")  # type: ignore[arg-type]


def refer(db: Database, *events: Event) -> None:
    """Load cited events."""
    about, batch = document("reference_events.csv", at(date(2026, 1, 1)), source="reference_events")
    bring(db, (about, Batch(batch.payload, 1, (), events=events)))


def one(db: Database, query: str) -> tuple[Any, ...]:
    """The only row of a query."""
    (found,) = db.rows(query)
    return found


# --- articles and stories -----------------------------------------------------------------------------------------


def test_an_article_is_listed_without_its_text(db: Database) -> None:
    """Headline, outlet, address, day, topics; known when it appeared."""
    tell(db, "one", at(BAN_DAY))

    assert one(db, "SELECT article_id, canonical_url, outlet, title, topics, first_seen_at FROM articles") == (
        "a-one", "https://one.example/1", "one.example", "Title of one", ["bans"], datetime(2025, 7, 30, 12),
    )  # fmt: skip


def test_copies_within_a_week_are_one_story(db: Database) -> None:
    """Half of their runs are the same; the story is named by the copy that appeared first."""
    runs = tuple(range(40))
    tell(db, "two", at(BAN_DAY, 15), shown=article("two", at(BAN_DAY, 15), shingles=(*runs[:30], 901, 902)))
    tell(db, "one", at(BAN_DAY), shown=article("one", at(BAN_DAY), shingles=runs))
    later = at(BAN_DAY + timedelta(days=9))
    tell(db, "six", later, shown=article("six", later, shingles=runs))
    tell(db, "own", at(BAN_DAY))

    stories = dict(db.rows("SELECT article_id, story_id FROM articles"))
    assert stories == {"a-one": "s-one", "a-two": "s-one", "a-six": "s-six", "a-own": "s-own"}


def test_a_copy_of_two_stories_joins_them(db: Database) -> None:
    """What links them makes them one, whatever came first."""
    first, second = tuple(range(20)), tuple(range(20, 40))
    tell(db, "one", at(BAN_DAY), shown=article("one", at(BAN_DAY), shingles=first))
    tell(db, "two", at(BAN_DAY), shown=article("two", at(BAN_DAY), shingles=second))
    tell(db, "all", at(BAN_DAY, 14), shown=article("all", at(BAN_DAY, 14), shingles=(*first, *second)))

    assert db.rows("SELECT DISTINCT story_id FROM articles") == [("s-one",)]


def test_a_story_is_as_known_on_a_day(db: Database) -> None:
    """Two texts that a third joined on the next day, or a page that followed its headline, were two stories until then."""
    first, second = tuple(range(20)), tuple(range(20, 40))
    later = at(BAN_DAY + timedelta(days=1))
    for name, runs, when in (("one", first, at(BAN_DAY)), ("two", second, at(BAN_DAY)), ("all", first + second, later)):
        tell(db, name, when, event(name, when), shown=article(name, when, shingles=runs))
    early, now = "_as_of(TIMESTAMP '2025-07-30 20:00:00')", "_as_of(TIMESTAMP '2025-07-31 20:00:00')"
    stories = "SELECT article_id, story_id FROM articles{} ORDER BY 1"

    assert db.rows(stories.format(early)) == [("a-one", "s-one"), ("a-two", "s-two")]
    assert db.rows(stories.format(now)) == [("a-all", "s-one"), ("a-one", "s-one"), ("a-two", "s-one")]
    assert db.rows(stories.format("")) == db.rows(stories.format(now))
    assert one(db, f"SELECT stories, confidence FROM events{early}") == (2, 0.9)
    assert one(db, "SELECT stories, confidence FROM events") == (1, 0.7)


def test_copies_stay_one_story_before_a_third_comes(db: Database) -> None:
    """What was joined by what was known then is compared anew and found the same."""
    runs, when = tuple(range(40)), at(BAN_DAY)
    for name, hour in (("one", 12), ("two", 13), ("tri", 20)):
        tell(db, name, at(BAN_DAY, hour), shown=article(name, at(BAN_DAY, hour), shingles=runs))

    assert db.rows("SELECT DISTINCT story_id FROM articles_as_of(TIMESTAMP '2025-07-30 14:00:00')") == [("s-one",)]
    assert db.value(f"SELECT count(*) FROM articles_as_of(TIMESTAMP '{when:%Y-%m-%d} 14:00:00')") == 2


def test_texts_of_two_languages_are_no_copies(db: Database) -> None:
    """Equal hashes of runs mean nothing across languages."""
    tell(db, "one", at(BAN_DAY), shown=article("one", at(BAN_DAY), shingles=tuple(range(40))))
    tell(db, "two", at(BAN_DAY), shown=article("two", at(BAN_DAY), shingles=tuple(range(40)), language="ru"))

    assert db.value("SELECT count(DISTINCT story_id) FROM articles") == 2


def test_a_corrected_page_is_the_same_article_and_its_newest_body_counts(db: Database) -> None:
    """Three months, then six: the earlier word stays in the view as of its day."""
    when = at(date(2025, 9, 16))
    week = {
        "event_type": "production_cut",
        "target": None,
        "actor": "AvtoVAZ",
        "unit": "percent",
        "event_date": date(2025, 9, 16),
    }
    tell(db, "one", when, event("one", when, **week, value=Decimal(-30)))
    about, batch = document("one-corrected", when + 48 * HOURS, source="article", earlier_at=when + HOURS)
    corrected = event("one", when, **week, value=Decimal(-40))
    bring(db, (about, Batch(batch.payload, 1, (), events=(corrected,), articles=(article("one", when),))))

    assert db.value("SELECT count(*) FROM articles") == 1
    assert one(db, "SELECT value FROM events") == (-40,)
    assert one(db, "SELECT value FROM events_as_of(TIMESTAMP '2025-09-17 00:00:00')") == (-30,)


def test_a_page_stands_before_the_headline_of_its_feed(db: Database) -> None:
    """The text says more than its heading."""
    when = at(BAN_DAY)
    bare = event("one", when, target=None, locator="entry 1 title chars 0-40")
    tell(db, "one", when, bare, source="moscow_times", shown=article("one", when, headline_only=True), body="feed")
    assert one(db, "SELECT confidence, target FROM events") == (0.4, None)

    tell(db, "one", when, event("one", when), source="moscow_times")
    assert one(db, "SELECT confidence, target FROM events") == (0.7, "Dongfeng")


def test_a_heading_that_a_feed_shows_again_is_no_new_body(db: Database) -> None:
    """Each night's feed has other bytes; what it says of an article is new only where it says something else."""
    when, bare = at(BAN_DAY), {"headline_only": True, "outlet": "one.example"}
    for night, title in enumerate(("A ban", "A ban", "A ban on trucks", "A ban")):
        about, batch = document(
            f"feed-{night}", when + (1 + 24 * night) * HOURS, source="moscow_times",
            earlier_at=when + HOURS if night else None,
        )  # fmt: skip
        told = event("one", when, locator=f"entry {night} title chars 0-5")
        bring(
            db,
            (about, Batch(batch.payload, 1, (), events=(told,), articles=(article("one", when, title=title, **bare),))),
        )

    bodies = "SELECT title, known_at FROM article_vintages ORDER BY fetched_at"
    known = datetime(2025, 7, 30, 12)
    assert db.rows(bodies) == [
        ("A ban", known), ("A ban on trucks", known + 49 * HOURS), ("A ban", known + 73 * HOURS),
    ]  # fmt: skip
    assert one(db, "SELECT title, first_seen_at FROM articles") == ("A ban", known)
    assert one(db, "SELECT first_seen_at FROM events") == (known,)


def test_a_new_entry_of_a_feed_that_was_read_before_is_known_when_it_appeared(db: Database) -> None:
    """That the feed had other bytes yesterday says nothing about what was written since."""
    when = at(BAN_DAY)
    about, batch = document("feed-2", when + 14 * HOURS, source="moscow_times", earlier_at=when - 10 * HOURS)
    shown = article("one", when, headline_only=True)
    bring(db, (about, Batch(batch.payload, 1, (), events=(event("one", when),), articles=(shown,))))

    assert one(db, "SELECT first_seen_at FROM articles") == (datetime(2025, 7, 30, 12),)
    assert one(db, "SELECT first_seen_at FROM events") == (datetime(2025, 7, 30, 12),)


@pytest.mark.parametrize(
    ("first", "second", "are_copies"),
    [
        ("Beijing bans imports of five Russian trucks", "Beijing bans imports of five Russian Trucks!", True),
        ("Beijing bans imports of Russian trucks", "Beijing bans imports of Russian trucks, ministry says", True),
        ("Beijing bans imports of Russian trucks", "Beijing lifts ban on Russian trucks", False),
        ("China, Russia sign", "China, Russia meet", False),
        ("中国禁止进口五款俄罗斯卡车", "中国禁止进口五款俄罗斯卡车 ", True),
    ],
)
def test_headlines_of_the_same_words_and_names_are_one_story(
    db: Database, first: str, second: str, *, are_copies: bool
) -> None:
    """Two days apart at most; what is known of them is little, so that they must agree in nearly all of it."""
    language = "zh" if first.startswith("中") else "en"
    bare = {"headline_only": True, "language": language}
    tell(db, "one", at(BAN_DAY), shown=article("one", at(BAN_DAY), title=first, names=("China", "Russia"), **bare))
    tell(
        db,
        "two",
        at(BAN_DAY, 18),
        shown=article("two", at(BAN_DAY, 18), title=second, names=("Russia", "China"), **bare),
    )
    later = at(BAN_DAY + timedelta(days=3))
    tell(db, "far", later, shown=article("far", later, title=first, names=("China", "Russia"), **bare))

    stories = dict(db.rows("SELECT article_id, story_id FROM articles"))
    assert (stories["a-one"] == stories["a-two"]) == are_copies
    assert stories["a-far"] not in {stories["a-one"], stories["a-two"]}


def test_the_order_of_headlines_pages_and_copies_makes_no_other_story(db: Database) -> None:
    """A headline that becomes a page is compared again, whatever came first: every fifth of the 120 orders."""
    runs, when = tuple(range(40)), at(BAN_DAY)
    shown = {
        "head": ("moscow_times", article("one", when, headline_only=True, title="A ban")),
        "page": ("moscow_times", article("one", when, shingles=runs)),
        "copy": ("article", article("two", at(BAN_DAY, 15), shingles=(*runs[:35], 901))),
        "link": ("article", article("tri", at(BAN_DAY, 16), shingles=(*runs[30:], *range(50, 80)))),
        "tail": ("article", article("fou", at(BAN_DAY, 17), shingles=tuple(range(50, 80)))),
    }
    found = set()
    for order in list(permutations(shown))[::5]:
        emptied(db)
        for name in order:
            source, body = shown[name]
            about, batch = document(name, at(BAN_DAY, 20), source=source)
            bring(db, (about, Batch(batch.payload, 1, (), articles=(body,))))
        found.add(tuple(db.rows("SELECT article_id, story_id, title FROM articles ORDER BY 1")))

    assert found == {
        (
            ("a-fou", "s-tri", "Title of fou"), ("a-one", "s-one", "Title of one"), ("a-tri", "s-tri", "Title of tri"),
            ("a-two", "s-one", "Title of two"),
        )
    }  # fmt: skip


# --- events -------------------------------------------------------------------------------------------------------


def test_two_independent_stories_of_one_event_are_one_row(db: Database) -> None:
    """Days apart within the tolerance; the id is that of the first day, confidence adds up."""
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY)))
    alone = one(db, "SELECT event_id, confidence FROM events")
    day = BAN_DAY + timedelta(days=1)
    tell(db, "two", at(day), event("two", at(day), event_date=day))

    found = one(db, "SELECT event_id, confidence, event_date, stories, article_ids, basis FROM events")
    assert alone[1] == 0.7
    assert found == (alone[0], 0.9, BAN_DAY, 2, ["a-one", "a-two"], "news")


def test_copies_of_one_story_do_not_add_up(db: Database) -> None:
    """An agency's text in two outlets is one witness."""
    runs = tuple(range(40))
    for name in ("one", "two"):
        tell(db, name, at(BAN_DAY), event(name, at(BAN_DAY)), shown=article(name, at(BAN_DAY), shingles=runs))

    assert one(db, "SELECT stories, confidence FROM events") == (1, 0.7)


def test_far_days_are_two_events(db: Database) -> None:
    """A ban in July and one in October."""
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY)))
    later = date(2025, 10, 1)
    tell(db, "two", at(later), event("two", at(later), event_date=later))

    assert db.value("SELECT count(*) FROM events") == 2


def test_a_vaguer_telling_joins_the_one_fuller_event(db: Database) -> None:
    """It names no maker; there is one it can mean."""
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY)))
    tell(db, "two", at(BAN_DAY, 14), event("two", at(BAN_DAY, 14), target=None))

    assert one(db, "SELECT target, stories FROM events") == ("Dongfeng", 2)


def test_a_reference_and_an_outlet_tell_one_event(db: Database) -> None:
    """The cited event stands before the outlet's words."""
    cited = event("x", at(BAN_DAY), article_id=None, published=BAN_DAY, locator="row 2: Example, 2025-07-30")
    refer(db, cited)
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY)))

    assert one(db, "SELECT basis, confidence, stories FROM events") == ("reference", 0.95, 1)


def test_a_possibility_and_a_denial_are_no_events(db: Database) -> None:
    """They are kept as words against."""
    for name, modality in (("one", "hypothetical"), ("two", "denied"), ("tri", "cancelled")):
        tell(db, name, at(BAN_DAY), event(name, at(BAN_DAY), modality=modality))

    assert db.rows("SELECT * FROM events") == []
    assert db.value("SELECT count(*) FROM event_candidates") == 3


def test_what_an_official_body_denies_is_disputed(db: Database) -> None:
    """One report, and the ministry's no."""
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY)))
    official = article("two", at(BAN_DAY, 18), url="https://www.mofcom.gov.cn/1")
    tell(db, "two", at(BAN_DAY, 18), event("two", at(BAN_DAY, 18), modality="denied"), shown=official)

    assert one(db, "SELECT standing, confidence FROM events") == ("disputed", 0.3)


def test_a_plan_is_in_force_on_its_day_unless_it_was_called_off(db: Database) -> None:
    """Announced in July for August; then cancelled before it began."""
    told, day = date(2025, 8, 20), date(2025, 9, 1)
    week = {
        "event_type": "work_week_cut",
        "actor": "KAMAZ",
        "target": None,
        "status": "announced",
        "modality": "planned",
        "event_date": day,
    }
    tell(db, "one", at(told), event("one", at(told), **week, value=Decimal(3), unit="days/week"))
    assert one(db, "SELECT status FROM events_as_of(TIMESTAMP '2025-08-25')") == ("announced",)

    tell(db, "own", at(date(2025, 9, 3)))  # what was fetched since says that the day has come
    assert one(db, "SELECT status FROM events WHERE actor = 'KAMAZ'") == ("in_force",)

    called = date(2025, 8, 25)
    off = week | {"modality": "cancelled", "status": "cancelled", "event_date": called}
    tell(db, "two", at(called), event("two", at(called), **off, value=Decimal(3), unit="days/week"))
    assert db.rows("SELECT * FROM events WHERE actor = 'KAMAZ'") == []


def test_a_plan_of_tariffs_stays_announced(db: Database) -> None:
    """Nobody told that it came; yearly plans are superseded."""
    told = date(2022, 12, 30)
    plan = {
        "event_type": "tariff",
        "actor": "China",
        "target": None,
        "product": "coal",
        "status": "announced",
        "modality": "planned",
    }
    tell(db, "one", at(told), event("one", at(told), **plan, event_date=date(2023, 4, 1)))
    tell(db, "own", at(date(2024, 1, 3)))

    assert one(db, "SELECT status FROM events WHERE event_type = 'tariff'") == ("announced",)


def test_a_figure_that_the_official_one_contradicts_is_no_event(db: Database) -> None:
    """A page that swaps exports and imports: it shows beside the official figure, never in its place."""
    day = date(2025, 10, 13)
    cell = {"freq": "YTD", "period_start": date(2025, 1, 1), "period_end": date(2025, 9, 30)}
    bring(db, document("bulletin", at(date(2025, 10, 20)), row(73_566_000_000, day, **cell)))
    flash = {
        "event_type": "flash_figure",
        "actor": "GACC",
        "target": "RU",
        "product": "cn_exports_usd",
        "status": "2025-01..2025-09",
        "event_date": day,
        "unit": "USD",
    }
    tell(db, "bad", at(day), event("bad", at(day), **flash, value=Decimal(90_054_000_000)))
    assert db.rows("SELECT * FROM events") == []
    assert one(db, "SELECT outlet, hit, round(difference) FROM flash_figures") == ("bad.example", False, 22)

    tell(db, "own", at(day), event("own", at(day), **flash, value=Decimal(73_566_000_000)))
    assert one(db, "SELECT value, standing FROM events") == (73_566_000_000, "disputed")
    assert dict(db.rows("SELECT outlet, rate FROM flash_hit_rate")) == {"bad.example": 0, "own.example": 1}


def test_an_event_is_as_known_on_a_day(db: Database) -> None:
    """Before anybody told it, it wasn't known."""
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY)))

    assert db.rows("SELECT * FROM events_as_of(TIMESTAMP '2025-07-30 11:00:00')") == []
    assert db.value("SELECT count(*) FROM events_as_of(TIMESTAMP '2025-07-30 12:00:00')") == 1


def test_the_same_documents_in_another_order_tell_the_same(db: Database) -> None:
    """What came first can't matter to what is known."""
    parts = [("one", at(BAN_DAY)), ("two", at(BAN_DAY, 15)), ("tri", at(BAN_DAY + timedelta(days=2)))]
    seen = []
    for order in (parts, parts[::-1]):
        emptied(db)
        for name, when in order:
            tell(db, name, when, event(name, when))
        seen.append((db.rows("SELECT * FROM events"), db.rows("SELECT article_id, story_id FROM articles ORDER BY 1")))

    assert seen[0] == seen[1]


def test_an_event_keeps_its_id_and_first_day_known_when_more_is_told(db: Database) -> None:
    """A later story dates it a day earlier; a corrected page repeats it."""
    when = at(BAN_DAY)
    tell(db, "one", when, event("one", when))
    alone = one(db, "SELECT event_id, first_seen_at FROM events")
    about, batch = document("one-corrected", when + 48 * HOURS, source="article", earlier_at=when + HOURS)
    bring(db, (about, Batch(batch.payload, 1, (), events=(event("one", when),), articles=(article("one", when),))))
    later = at(BAN_DAY + timedelta(days=3))
    tell(db, "two", later, event("two", later, event_date=BAN_DAY - timedelta(days=1)))

    assert one(db, "SELECT event_id, first_seen_at FROM events") == alone
    assert one(db, "SELECT stories FROM events") == (2,)


def test_a_title_is_made_of_the_facts(db: Database) -> None:
    """No word of an article is in it; a status is that of now."""
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY)))
    plan = {"event_type": "fee_change", "actor": "Russia", "target": None, "product": "cars", "status": "announced"}
    tell(db, "two", at(BAN_DAY), event("two", at(BAN_DAY), **plan, modality="planned", event_date=date(2025, 8, 1)))
    tell(db, "own", at(date(2025, 8, 2)))

    assert dict(db.rows("SELECT event_type, title FROM events")) == {
        "import_ban": "Rosstandart: import ban on Dongfeng trucks, in force",
        "fee_change": "Russia: fee change on cars, in force",
    }


def test_two_stories_against_an_outlet_s_denial_are_worth_more_than_one(db: Database) -> None:
    """It is disputed all the same."""
    for name in ("one", "two"):
        tell(db, name, at(BAN_DAY), event(name, at(BAN_DAY)))
    tell(db, "tri", at(BAN_DAY, 18), event("tri", at(BAN_DAY, 18), modality="denied"))

    assert one(db, "SELECT standing, confidence FROM events") == ("disputed", 0.7)


def test_who_denies_one_thing_said_does_not_deny_another(db: Database) -> None:
    """Statements are told apart by their topic."""
    said = {"event_type": "statement", "actor": "AvtoVAZ", "target": None, "product": "cars"}
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY), **said, status="dumping"))
    tell(db, "two", at(BAN_DAY), event("two", at(BAN_DAY), **said, status="payment_problems", modality="denied"))

    assert one(db, "SELECT standing FROM events") == ("stands",)


def test_a_plan_that_is_put_off_gives_way_to_the_new_day(db: Database) -> None:
    """November, then December; that it was put off is told twice and is one event."""
    fee = {"event_type": "fee_change", "actor": "Russia", "target": None, "product": "cars"}
    plan = {"status": "announced", "modality": "planned"}
    tell(
        db,
        "one",
        at(date(2025, 9, 20)),
        event("one", at(date(2025, 9, 20)), **fee, **plan, event_date=date(2025, 11, 1)),
    )
    for name, said in (("two", date(2025, 10, 14)), ("tri", date(2025, 10, 16))):
        off = event(name, at(said), **fee, status="postponed", event_date=said)
        new = event(name, at(said), **fee, **plan, event_date=date(2025, 12, 1), locator="article body chars 20-30")
        tell(db, name, at(said), off, *([new] if name == "two" else []))

    found = "SELECT status, event_date FROM {} ORDER BY event_date"
    assert db.rows(found.format("events_as_of(TIMESTAMP '2025-10-01')")) == [("announced", date(2025, 11, 1))]
    assert db.rows(found.format("events")) == [("postponed", date(2025, 10, 14)), ("announced", date(2025, 12, 1))]
    tell(db, "own", at(date(2025, 12, 2)))
    assert db.rows(found.format("events"))[1] == ("in_force", date(2025, 12, 1))


def test_a_later_edition_of_the_cited_events_keeps_what_was_known(db: Database) -> None:
    """What it repeats was known before; what it has dropped is gone."""
    cited = event("x", at(BAN_DAY), article_id=None, published=BAN_DAY, locator="row 2")
    dropped = event("x", at(BAN_DAY), article_id=None, published=BAN_DAY, locator="row 3", target="Foton")
    refer(db, cited, dropped)
    about, batch = document(
        "second edition", at(date(2026, 3, 1)), source="reference_events", earlier_at=at(date(2026, 1, 1))
    )
    bring(db, (about, Batch(batch.payload, 1, (), events=(cited,))))

    assert db.rows("SELECT target, first_seen_at FROM events") == [("Dongfeng", datetime(2025, 7, 30, 23, 59, 59))]


def test_a_later_body_of_a_carmaker_s_page_stands_before_the_earlier_one(db: Database) -> None:
    """A cut of 30 percent, then corrected to 40; an as-of view still has the 30."""
    day = date(2025, 9, 18)
    cut = {
        "event_type": "production_cut", "actor": "AvtoVAZ", "target": None, "product": "cars", "article_id": None,
        "event_date": day, "unit": "percent",
    }  # fmt: skip
    for name, hour, value in (("first", 12, -30), ("second", 18, -40)):
        about, batch = document(name, at(day, hour), source="lada", earlier_at=None if value == -30 else at(day))
        about = replace(about, url="http://x/page")
        bring(db, (about, Batch(batch.payload, 1, (), events=(event("x", at(day, 9), **cut, value=Decimal(value)),))))

    assert one(db, "SELECT value, standing, basis FROM events") == (-40, "stands", "official")
    assert one(db, "SELECT value FROM events_as_of(TIMESTAMP '2025-09-18 13:00:00')") == (-30,)


def test_one_sentence_can_tell_figures_of_two_periods(db: Database) -> None:
    """September and the nine months: two events of one place."""
    flash = {"event_type": "flash_figure", "actor": "GACC", "target": "RU", "product": "trade_total_usd", "unit": "USD"}
    figures = [
        event("one", at(BAN_DAY), **flash, status=label, value=Decimal(value))
        for label, value in (("2025-06", 17_000), ("2025-01..2025-06", 106_000))
    ]
    tell(db, "one", at(BAN_DAY), *figures)
    tell(db, "one", at(BAN_DAY), *figures)

    assert sorted(db.rows("SELECT status, value FROM events")) == [("2025-01..2025-06", 106_000), ("2025-06", 17_000)]


# --- one event ----------------------------------------------------------------------------------------------------


def test_an_id_stays_when_a_fuller_story_comes(db: Database) -> None:
    """First nobody is named, then the maker; the event is one and keeps its id. A second maker sets the vague one apart."""
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY), target=None, product=None))
    first = one(db, "SELECT event_id FROM events")
    day = BAN_DAY + timedelta(days=1)
    tell(db, "two", at(day), event("two", at(day)))
    assert one(db, "SELECT event_id, target, product, stories FROM events") == (*first, "Dongfeng", "trucks", 2)

    tell(db, "tri", at(day), event("tri", at(day), target="Foton"))
    events = dict(db.rows("SELECT coalesce(target, ''), event_id FROM events"))
    assert set(events) == {"", "Dongfeng", "Foton"}
    assert (events[""],) == first


def test_an_id_stays_when_the_page_of_a_headline_is_read(db: Database) -> None:
    """The headline named no maker and another day, and is told no more."""
    when = at(BAN_DAY)
    bare = event("one", when, target=None, event_date=BAN_DAY + timedelta(days=1), locator="entry 1 title chars 0-40")
    tell(db, "one", when, bare, source="moscow_times", shown=article("one", when, headline_only=True), body="feed")
    first = one(db, "SELECT event_id FROM events")
    about, batch = document("page", when + 2 * HOURS, source="moscow_times")
    bring(db, (about, Batch(batch.payload, 1, (), events=(event("one", when),), articles=(article("one", when),))))

    assert one(db, "SELECT event_id, target, event_date FROM events") == (*first, "Dongfeng", BAN_DAY)


def test_an_id_stays_when_an_older_page_is_fetched_later(db: Database) -> None:
    """It was written before, of another day; who cited the event yesterday finds it today."""
    later = at(BAN_DAY + timedelta(days=3))
    tell(db, "one", later, event("one", later))
    first = one(db, "SELECT event_id FROM events")
    about, batch = document("old", at(BAN_DAY + timedelta(days=9)), source="article")
    told = event("old", at(BAN_DAY), event_date=BAN_DAY - timedelta(days=1))
    bring(db, (about, Batch(batch.payload, 1, (), events=(told,), articles=(article("old", at(BAN_DAY)),))))

    assert one(db, "SELECT event_id, first_seen_at FROM events") == (*first, datetime(2025, 7, 30, 12))


def test_two_events_that_turn_out_to_be_one_keep_the_older_id_and_both_lead_to_it(db: Database, tmp_path: Any) -> None:  # noqa: ANN401 (a fixture)
    """Ten days apart they were two; a story of the day between makes them one."""
    first, last = at(BAN_DAY), at(BAN_DAY + timedelta(days=10))
    tell(db, "one", first, event("one", first))
    tell(db, "two", last, event("two", last, event_date=BAN_DAY + timedelta(days=10)))
    ids = [row for (row,) in db.rows("SELECT event_id FROM events ORDER BY event_date")]
    assert len(ids) == 2
    tell(db, "tri", last, event("tri", last, event_date=BAN_DAY + timedelta(days=5)))

    assert db.rows("SELECT event_id FROM events") == [(ids[0],)]
    found = explain_event(db.connection, Archive(tmp_path), ids[1])
    assert (found.event["event_id"], len(found.words)) == (ids[0], 3)


def test_a_short_week_with_other_goods_is_one_event(db: Database) -> None:
    """A maker's week is cut once, whatever goods a story names; most stories say trucks."""
    week = {"event_type": "work_week_cut", "actor": "KAMAZ", "target": None, "value": Decimal(4), "unit": "days/week"}
    for name, goods in (("one", "cars"), ("two", "trucks"), ("tri", "trucks"), ("fou", None)):
        tell(db, name, at(BAN_DAY), event(name, at(BAN_DAY), **week, product=goods))

    assert one(db, "SELECT product, stories, confidence FROM events") == ("trucks", 4, 0.94)


def test_the_opening_of_a_project_is_one_event_whatever_it_carries(db: Database) -> None:
    """Cars or passengers cross the bridge; of two openings without a project the goods tell."""
    bridge = {"event_type": "opening", "actor": "Russia", "target": "China", "status": "opened"}
    name = "Blagoveshchensk-Heihe bridge"
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY), **bridge, project=name, product="road"))
    tell(db, "two", at(BAN_DAY), event("two", at(BAN_DAY), **bridge, project=name, product="passengers"))
    assert one(db, "SELECT product, stories FROM events") == ("passengers", 2)

    emptied(db)
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY), **bridge, product="road"))
    tell(db, "two", at(BAN_DAY), event("two", at(BAN_DAY), **bridge, product="grain"))
    assert db.value("SELECT count(*) FROM events") == 2


def test_a_telling_of_wider_goods_joins_the_one_narrower_event(db: Database) -> None:
    """Oil and crude oil are the seaborne crude of the third; of two sorts of coal none is meant."""
    halt = {"event_type": "purchase_halt", "actor": "Sinopec", "target": "Russia", "status": "reported"}
    for name, goods in (("one", "oil"), ("two", "crude oil"), ("tri", "seaborne crude")):
        tell(db, name, at(BAN_DAY), event(name, at(BAN_DAY), **halt, product=goods))
    assert one(db, "SELECT product, stories FROM events") == ("seaborne crude", 3)

    emptied(db)
    for name, goods in (("one", "coal"), ("two", "coking coal"), ("tri", "thermal coal")):
        tell(db, name, at(BAN_DAY), event(name, at(BAN_DAY), **halt, product=goods))
    assert db.rows("SELECT product, stories FROM events ORDER BY 1") == [
        ("coal", 1), ("coking coal", 1), ("thermal coal", 1),
    ]  # fmt: skip


def test_a_telling_of_a_wider_target_joins_the_one_narrower_event(db: Database) -> None:
    """China for a Chinese maker, its parent for a brand; not Russia, and not for two makers."""
    for name, target in (("one", "China"), ("two", "Sinotruk"), ("tri", "Sitrak"), ("rus", "Russia")):
        tell(db, name, at(BAN_DAY), event(name, at(BAN_DAY), target=target))
    assert db.rows("SELECT target, stories FROM events ORDER BY 1") == [("Russia", 1), ("Sitrak", 3)]

    tell(db, "fou", at(BAN_DAY), event("fou", at(BAN_DAY), target="Foton"))
    assert db.rows("SELECT target, stories FROM events ORDER BY 1") == [
        ("China", 1), ("Foton", 1), ("Russia", 1), ("Sitrak", 2),
    ]  # fmt: skip


def test_a_wider_telling_far_from_the_narrower_day_is_an_event_of_its_own(db: Database) -> None:
    """A ban on Chinese trucks in October is not July's ban on Dongfeng."""
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY)))
    later = date(2025, 10, 1)
    tell(db, "two", at(later), event("two", at(later), event_date=later, target="China"))

    assert db.rows("SELECT target FROM events ORDER BY event_date") == [("Dongfeng",), ("China",)]


def test_what_lies_within_wider_goods_is_named_by_the_gazetteer(db: Database) -> None:
    """A misspelt name would join nothing; what follows from two pairs holds, and nothing lies within itself."""
    known = {name for name, one in ENTITIES.items() if one.kind == "product"} | {
        one.product for one in ENTITIES.values()
    }
    goods = db.rows("SELECT name, wider FROM wider WHERE relation = 'goods'")
    names = db.rows("SELECT name, wider FROM wider WHERE relation = 'name'")

    assert {name for pair in goods for name in pair} <= known
    assert {name for pair in names for name in pair} <= set(ENTITIES)
    assert {("seaborne crude", "oil"), ("winter wheat", "grain"), ("electric cars", "cars")} <= set(goods)
    assert {("Sitrak", "China"), ("Sitrak", "Sinotruk"), ("VTB", "Russia")} <= set(names)
    assert not {pair for pair in (*goods, *names) if pair[::-1] in {*goods, *names}}


# --- confidence ---------------------------------------------------------------------------------------------------

CUT = {"event_type": "production_cut", "actor": "AvtoVAZ", "target": None, "product": "cars", "unit": "percent"}


def test_a_story_with_another_number_raises_no_confidence(db: Database) -> None:
    """Forty percent and sixty: one witness for each; who names no number, or names it in another unit, tells the same."""
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY), **CUT, value=Decimal(-40)))
    tell(db, "two", at(BAN_DAY, 14), event("two", at(BAN_DAY, 14), **CUT, value=Decimal(-60)))
    assert one(db, "SELECT value, confidence, standing, stories FROM events") == (-40, 0.7, "disputed", 2)

    tell(db, "tri", at(BAN_DAY, 15), event("tri", at(BAN_DAY, 15), **CUT))
    assert one(db, "SELECT value, confidence, standing, stories FROM events") == (-40, 0.9, "disputed", 3)
    units = CUT | {"unit": "units"}
    tell(db, "fou", at(BAN_DAY, 16), event("fou", at(BAN_DAY, 16), **units, value=Decimal(300_000)))
    assert one(db, "SELECT value, confidence FROM events") == (-40, 0.92)


def test_a_reference_with_another_number_doesn_t_vouch_for_an_official_one(db: Database) -> None:
    """The maker says 40, the cited row 30: the maker's number has the maker's confidence."""
    cited = CUT | {"article_id": None, "published": BAN_DAY, "locator": "row 2: Example, 2025-07-30"}
    refer(db, event("x", at(BAN_DAY), **cited, value=Decimal(-30)))
    assert one(db, "SELECT value, confidence FROM events") == (-30, 0.95)
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY), **CUT, value=Decimal(-40)), shown=article(
        "one", at(BAN_DAY), url="https://www.gov.ru/1"
    ))  # fmt: skip

    assert one(db, "SELECT value, confidence, basis, standing FROM events") == (-40, 0.9, "official", "disputed")


def test_who_denies_another_number_or_kind_doesn_t_deny_the_event(db: Database) -> None:
    """A cut by sixty percent is denied, one by forty is told; denied is then the forty."""
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY), **CUT, value=Decimal(-40)))
    other = event("two", at(BAN_DAY, 15), **CUT, value=Decimal(-60), modality="denied")
    kind = event("two", at(BAN_DAY, 15), **CUT, status="lifted", modality="denied", locator="article body chars 10-19")
    tell(db, "two", at(BAN_DAY, 15), other, kind)
    assert one(db, "SELECT standing, confidence FROM events") == ("stands", 0.7)

    tell(db, "tri", at(BAN_DAY, 16), event("tri", at(BAN_DAY, 16), **CUT, value=Decimal(-40), modality="denied"))
    assert one(db, "SELECT standing, confidence FROM events") == ("disputed", 0.3)


def test_who_denies_the_wider_denies_the_narrower(db: Database) -> None:
    """No Chinese truck is banned, says the agency: neither of the two makers'."""
    for name, target in (("one", "Dongfeng"), ("two", "Foton")):
        tell(db, name, at(BAN_DAY), event(name, at(BAN_DAY), target=target))
    tell(db, "tri", at(BAN_DAY, 18), event("tri", at(BAN_DAY, 18), target="China", modality="denied"))

    assert db.rows("SELECT DISTINCT standing, confidence FROM events") == [("disputed", 0.3)]


# --- figures ------------------------------------------------------------------------------------------------------


def flash(day: date, value: float, **changes: Any) -> Observation:  # noqa: ANN401 (any field)
    """A figure of China's exports to Russia, as an outlet prints it."""
    return row(value, day, dataset="flash", obs_status="F", **changes)


def until(month: int) -> dict[str, Any]:
    """January to a month of 2025."""
    return {"freq": "YTD", "period_start": date(2025, 1, 1), "period_end": date(2025, month, 30)}


def test_figures_of_the_news_answer_until_an_official_one_does(db: Database) -> None:
    """Unconfirmed they are not to be quoted, nor is what is computed from them."""
    day = date(2025, 10, 13)
    month = {"period_start": date(2025, 9, 1), "period_end": date(2025, 9, 30)}
    early = document(
        "august",
        at(date(2025, 9, 12)),
        flash(date(2025, 9, 12), 60e9, **until(8) | {"period_end": date(2025, 8, 31)}),
        source="ria",
    )
    bring(db, early)
    bring(db, document("september", at(day), flash(day, 70e9, **until(9)), source="ria"))
    answer = "SELECT freq, value, basis, grade FROM indicators WHERE indicator = 'cn_exports_usd' AND year(period_end) = 2025 AND month(period_end) = 9 ORDER BY freq"
    assert db.rows(answer) == [("M", 10e9, "news", "do not quote"), ("YTD", 70e9, "news", "do not quote")]

    bring(db, document("own month", at(day), flash(day, 10.2e9, **month), source="ria"))
    assert db.rows(answer)[0] == ("M", 10.2e9, "news", "do not quote")

    figures = [
        row(v, date(2025, 10, 20), **until(m) | {"period_end": e})
        for m, e, v in ((8, date(2025, 8, 31), 61e9), (9, date(2025, 9, 30), 72e9))
    ]
    bring(db, document("bulletin", at(date(2025, 10, 20)), *figures))
    assert db.rows(answer) == [("M", 11e9, "derived", "quotable"), ("YTD", 72e9, "official", "quotable")]
    assert db.value("SELECT count(*) FROM observations WHERE obs_status = 'F'") == 3


def test_an_outlet_s_figure_stands_beside_the_official_one_it_contradicts(db: Database) -> None:
    """Exports and imports swapped: named as that, with both origins."""
    day = date(2025, 10, 13)
    flows = [flash(day, 90e9, **until(9)), flash(day, 73e9, **until(9), flow="M")]
    bring(db, document("swapped", at(day), *flows, source="global_times"))
    official = [row(73e9, date(2025, 10, 20), **until(9)), row(90e9, date(2025, 10, 20), **until(9), flow="M")]
    bring(db, document("bulletin", at(date(2025, 10, 20)), *official))

    found = db.rows("SELECT kind, flow, value_a, value_b FROM disagreements WHERE kind = 'flows_swapped' ORDER BY flow")
    assert found == [("flows_swapped", "M", 73e9, 90e9), ("flows_swapped", "X", 90e9, 73e9)]
    assert db.value("SELECT value FROM indicators WHERE indicator = 'cn_exports_usd'") == 73e9


GACC = {"event_type": "flash_figure", "actor": "GACC", "target": "RU", "event_date": date(2025, 10, 13)}
MONTHS = {"freq": "YTD", "period_start": date(2025, 1, 1), "period_end": date(2025, 9, 30)}


def test_a_figure_is_withdrawn_when_the_official_one_differs_and_its_id_says_why(db: Database, tmp_path: Any) -> None:  # noqa: ANN401 (a fixture)
    """Published on the 13th; the bulletin of the 20th has a tenth less. Within 1 % it would have stayed."""
    day, nine = at(date(2025, 10, 13)), GACC | {"product": "cn_exports_usd", "status": "2025-01..2025-09"}
    tell(db, "one", day, event("one", day, **nine, value=Decimal(88_000_000_000), unit="USD"))
    published = one(db, "SELECT event_id FROM events")[0]
    bring(db, document("bulletin", at(date(2025, 10, 20)), row(80_000_000_000, date(2025, 10, 20), **MONTHS)))

    assert db.rows("SELECT * FROM events") == []
    assert one(db, "SELECT event_id FROM events_as_of(TIMESTAMP '2025-10-14')") == (published,)
    found = explain_event(db.connection, Archive(tmp_path), published)
    assert found.withheld == "the official figure is 80,000,000,000 USD; this one differs by +10.0 %"
    assert [word["word"] for word in found.words] == ["supports"]

    tell(db, "two", day, event("two", day, **nine, value=Decimal(80_700_000_000), unit="USD"))
    assert one(db, "SELECT event_id, value FROM events") == (published, 80_700_000_000)


def test_a_percentage_is_held_against_the_official_one_by_points(db: Database, tmp_path: Any) -> None:  # noqa: ANN401 (a fixture)
    """Exports of 90 after 100 are minus 10 percent: minus 9.4 is within a point of it, minus 8 is not."""
    before = {"freq": "YTD", "period_start": date(2024, 1, 1), "period_end": date(2024, 9, 30)}
    figures = [row(90e9, date(2025, 10, 20), **MONTHS), row(100e9, date(2025, 10, 20), **before)]
    bring(db, document("bulletin", at(date(2025, 10, 20)), *figures))
    day, nine = (
        at(date(2025, 10, 13)),
        GACC | {"product": "cn_exports_yoy", "status": "2025-01..2025-09", "unit": "percent"},
    )
    tell(db, "bad", day, event("bad", day, **nine, value=Decimal(-8)))
    assert db.rows("SELECT * FROM events") == []
    ids = db.value("SELECT event_id FROM event_verdicts_as_of(TIMESTAMP 'infinity')")
    withheld = explain_event(db.connection, Archive(tmp_path), ids).withheld
    assert withheld == "the official figure is -10 percent; this one differs by +2.0 points"

    tell(db, "own", day, event("own", day, **nine, value=Decimal("-9.4")))
    assert one(db, "SELECT value FROM events") == (-9.4,)
    assert sorted(db.rows("SELECT outlet, hit FROM flash_figures")) == [("bad.example", False), ("own.example", True)]


def test_a_figure_of_goods_is_held_against_the_official_one(db: Database) -> None:
    """Eight million tonnes of coal, where customs counts ten."""
    coal = {
        "dataset": "query", "measure": "quantity", "unit": "t", "flow": "M", "product": "2701", "freq": "M",
        "period_start": date(2025, 9, 1), "period_end": date(2025, 9, 30), "precision": Decimal(1),
    }  # fmt: skip
    bring(
        db, document("coal", at(date(2025, 10, 20)), row(10_000_000, date(2025, 10, 20), **coal), source="gacc_query")
    )
    official = db.value("SELECT value FROM indicators WHERE indicator = 'coal_import_t' AND period = '2025-09'")
    day, month = at(date(2025, 10, 13)), GACC | {"product": "coal_import_t", "status": "2025-09", "unit": "t"}
    tell(db, "bad", day, event("bad", day, **month, value=Decimal(8_000_000)))

    assert official == 10_000_000
    assert db.rows("SELECT * FROM events") == []


# --- projects -----------------------------------------------------------------------------------------------------


def test_a_status_belongs_to_the_side_that_asserts_it(db: Database) -> None:
    """Gazprom says signed, the ministry in Beijing confirms nothing: not confirmed by both."""
    day = date(2025, 9, 2)
    pipe = {"target": "CNPC", "product": "pipeline gas", "project": "Power of Siberia 2", "event_date": day}
    tell(
        db,
        "one",
        at(day),
        event(
            "one",
            at(day),
            event_type="agreement",
            actor="Gazprom",
            asserted_by="Gazprom",
            **(pipe | {"status": "signed"}),
        ),
    )
    said = pipe | {"target": "Gazprom", "status": "not_confirmed"}
    tell(db, "two", at(day), event("two", at(day), event_type="statement", actor="China MFA", side="CN", **said))

    history = db.rows("SELECT status, asserted_by, side FROM project_history ORDER BY asserted_by DESC")
    assert history == [("signed", "Gazprom", "RU"), ("not_confirmed", "China MFA", "CN")]
    assert one(db, "SELECT ru_status, cn_status, confirmed_by_both FROM projects") == ("signed", "not_confirmed", False)


def test_both_sides_can_confirm(db: Database) -> None:
    """A bridge that both opened."""
    day = date(2022, 6, 10)
    for name, side in (("Russia", "RU"), ("China", "CN")):
        step = {
            "event_type": "project_status",
            "actor": name,
            "side": side,
            "project": "Blagoveshchensk-Heihe bridge",
            "status": "opened",
        }
        tell(
            db,
            name[:3].lower(),
            at(day),
            event(name[:3].lower(), at(day), **step, event_date=day, target=None, product="road"),
        )

    assert one(db, "SELECT confirmed_by_both FROM projects") == (True,)


# --- volume and explanation ---------------------------------------------------------------------------------------


def test_a_day_without_a_feed_has_no_volume(db: Database) -> None:
    """Not measured is not zero; a day that was read and had nothing on a topic is."""
    feed = {
        "dataset": "feed", "measure": "feed_entries", "unit": "entries", "freq": "D", "partner": None, "partner_name": None, "partner_kind": None,
        "flow": None, "reporter": None, "product": None, "precision": Decimal(0),
    }  # fmt: skip
    about, batch = document(
        "feed",
        at(BAN_DAY, 20),
        row(12, BAN_DAY, **feed, period_start=BAN_DAY, period_end=BAN_DAY),
        source="moscow_times",
    )
    bring(db, (about, Batch(batch.payload, 1, batch.observations, articles=(article("one", at(BAN_DAY)),))))

    volume = "SELECT indicator, period, value FROM indicators WHERE freq = 'D' AND indicator IN ('news_volume_bans', 'news_volume_energy')"
    assert sorted(db.rows(volume)) == [("news_volume_bans", "2025-07-30", 1), ("news_volume_energy", "2025-07-30", 0)]


def test_a_month_of_gdelt_is_the_mean_of_the_days_that_were_measured(db: Database) -> None:
    """Two days of thirty, a third that failed: coverage says so, and no day becomes zero."""
    share = {
        "dataset": "gdelt", "measure": "news_volume", "unit": "percent", "freq": "D", "product": "energy", "partner": None,
        "partner_name": None, "partner_kind": None, "flow": None, "reporter": None, "precision": Decimal(0),
    }  # fmt: skip
    days = [
        row(value, day, **share, period_start=day, period_end=day)
        for day, value in ((date(2025, 9, 1), 0.2), (date(2025, 9, 2), 0.4))
    ]
    bring(db, document("volume", at(date(2025, 9, 4)), *days, source="gdelt"))

    volume = "SELECT freq, period, value, unit, basis, coverage FROM indicators WHERE indicator = 'news_volume_gdelt_energy' ORDER BY freq, period"
    daily, month = db.rows(volume)[:2], db.rows(volume)[2]
    assert daily == [("D", f"2025-09-0{n}", n / 5, "percent", "news", 1) for n in (1, 2)]
    assert month[:5] == ("M", "2025-09", pytest.approx(0.3), "percent", "news")
    assert month[5] == pytest.approx(2 / 30)
    assert db.value("SELECT count(*) FROM indicators WHERE indicator = 'news_volume_energy'") == 0


def test_a_feed_that_stands_still_is_stale_and_not_empty(db: Database) -> None:
    """It answers, and its newest entry gets older: due after a day, overdue after two, stale three days later."""
    entries = {
        "dataset": "feed", "measure": "feed_entries", "unit": "entries", "freq": "D", "partner": None, "partner_name": None,
        "partner_kind": None, "flow": None, "reporter": None, "product": None, "precision": Decimal(0),
    }  # fmt: skip
    newest = row(12, BAN_DAY, **entries, period_start=BAN_DAY, period_end=BAN_DAY)
    bring(db, document("feed", at(BAN_DAY, 20), newest, source="ria"))

    seen = [
        one(db, f"SELECT state, stale FROM freshness_at(TIMESTAMP '2025-{day} 12:00:00') WHERE source = 'ria'")
        for day in ("07-30", "07-31", "08-02", "08-04", "08-05")
    ]
    assert [stale for _, stale in seen] == [False, False, False, False, True]
    assert [state == "due" for state, _ in seen] == [False, True, False, False, False]


def test_an_article_that_is_new_is_published_and_one_that_is_known_is_not(db: Database) -> None:
    """Without a figure in it there is something to publish all the same."""
    waiting = "SELECT count(*) FROM pending_publication"
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY)))
    assert db.value(waiting) == 1

    db.execute("DELETE FROM pending_publication")
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY)))
    assert db.value(waiting) == 0


def test_an_event_is_explained_by_every_story_for_and_against_it(db: Database, tmp_path: Any) -> None:  # noqa: ANN401 (a fixture)
    """Who tells it, who denies it, where it stands in which bytes."""
    path = tmp_path / "home"
    other = warehouse(path / "warehouse.duckdb")
    tell(other, "one", at(BAN_DAY), event("one", at(BAN_DAY)))
    tell(other, "two", at(BAN_DAY, 18), event("two", at(BAN_DAY, 18), modality="denied"))
    event_id = other.value("SELECT event_id FROM events")
    publish(other, path, "run-abcdef", at(date(2025, 8, 1)))

    with connect(path / PUBLISHED) as reader:
        found = explain_event(reader, Archive(path / "archive"), event_id)
    assert [(word["word"], word["outlet"]) for word in found.words] == [
        ("supports", "one.example"),
        ("denies", "two.example"),
    ]
    assert found.words[0]["locator"] == "article body chars 1-9"
    del db


def words_of(db: Database, event_id: str, folder: Any) -> list[tuple[str, str]]:  # noqa: ANN401 (a fixture's folder)
    """Which word each outlet has for or against an event."""
    found = explain_event(db.connection, Archive(folder), event_id)
    return [(word["word"], word["outlet"]) for word in found.words]


def test_an_explanation_has_who_puts_a_plan_off(db: Database, tmp_path: Any) -> None:  # noqa: ANN401 (a fixture)
    """The plan isn't published any more; its id still leads to both, with outlet, date, modality and address."""
    fee = {"event_type": "fee_change", "actor": "Russia", "target": None, "product": "cars"}
    told, off = at(date(2025, 9, 20)), at(date(2025, 10, 14))
    plan = {"status": "announced", "modality": "planned", "event_date": date(2025, 11, 1)}
    tell(db, "one", told, event("one", told, **fee, **plan))
    planned = one(db, "SELECT event_id FROM events")[0]
    tell(db, "two", off, event("two", off, **fee, status="postponed", event_date=off.date()))

    assert words_of(db, planned, tmp_path) == [("supports", "one.example"), ("puts off", "two.example")]
    found = explain_event(db.connection, Archive(tmp_path), planned)
    assert found.withheld == "put off before its day"
    word = found.words[1]
    assert (word["published_at"], word["modality"], word["canonical_url"]) == (
        datetime(2025, 10, 14, 12), "asserted", "https://two.example/1",
    )  # fmt: skip
    assert db.rows("SELECT status FROM events") == [("postponed",)]


def test_an_explanation_tells_a_denial_from_that_of_another_value(db: Database, tmp_path: Any) -> None:  # noqa: ANN401 (a fixture)
    """Forty percent told, sixty told, sixty denied, a possibility weighed."""
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY), **CUT, value=Decimal(-40)))
    tell(db, "two", at(BAN_DAY, 14), event("two", at(BAN_DAY, 14), **CUT, value=Decimal(-60)))
    tell(db, "tri", at(BAN_DAY, 15), event("tri", at(BAN_DAY, 15), **CUT, value=Decimal(-60), modality="denied"))
    tell(db, "fou", at(BAN_DAY, 16), event("fou", at(BAN_DAY, 16), **CUT, modality="hypothetical"))

    assert words_of(db, one(db, "SELECT event_id FROM events")[0], tmp_path) == [
        ("supports", "one.example"), ("states another value", "two.example"), ("denies another value", "tri.example"),
        ("weighs", "fou.example"),
    ]  # fmt: skip


def test_an_id_that_was_never_given_is_refused(db: Database, tmp_path: Any) -> None:  # noqa: ANN401 (a fixture)
    """And one that is given is found."""
    tell(db, "one", at(BAN_DAY), event("one", at(BAN_DAY)))

    with pytest.raises(AmurError, match="the id of an event"):
        explain_event(db.connection, Archive(tmp_path), "e-000000000000")
