"""Sentences with their offsets, days counted from the publication, entities by their names."""

from datetime import date

import pytest

from sources.parse.news import days, gazetteer, sentences
from sources.parse.news.model import Page


def split(text: str, language: str) -> list[str]:
    """The sentences of one paragraph."""
    page = Page(url="u", outlet="o", title="T", language=language, paragraphs=(text,))
    found = [one for one in sentences.split(page) if one.part == "body"]
    assert all(page.text[one.start : one.end] == one.text for one in found)
    return [one.text for one in found]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "The U.S. imposed sanctions on Sept. 29, 2025. Prices rose 3.5 percent.", 2),
        ("en", "It was 47.16 billion. Mr. Smith said so.", 2),
        ("ru", "Скидки доходили до 1 млн руб. В тот же день он подписал приказ.", 2),
        ("ru", "Льгота останется для машин до 160 л. с. Это много.", 2),
        ("ru", "В 2025 г. продажи упали на 24,9%.", 1),
        ("zh", "中方决定试行免签。停留不超过30天。", 2),
    ],
)
def test_sentences_end_where_they_end(language: str, text: str, count: int) -> None:
    """Abbreviations and decimal points are no ends; offsets lead back to the text."""
    assert len(split(text, language)) == count


def test_the_hash_of_a_sentence_ignores_blanks_and_case() -> None:
    """The same words in another layout are the same sentence."""
    page = Page(
        url="u", outlet="o", title="China  lifts the ban", language="en", paragraphs=("CHINA lifts the\u00a0ban",)
    )
    first, second = sentences.split(page)

    assert first.hash == second.hash
    assert len(first.hash) == 16


def test_a_weekday_counts_back_from_the_publication() -> None:
    """Thursday of an article of Friday is yesterday, Friday is today."""
    friday = date(2025, 9, 19)

    assert days.back_to_weekday(3, friday) == date(2025, 9, 18)
    assert days.back_to_weekday(4, friday) == friday


@pytest.mark.parametrize(
    ("month", "day", "published", "expected"),
    [
        (12, 29, date(2025, 1, 2), date(2024, 12, 29)),
        (1, 1, date(2025, 12, 20), date(2026, 1, 1)),
        (9, 29, date(2025, 9, 19), date(2025, 9, 29)),
        (2, 30, date(2025, 2, 1), None),
    ],
)
def test_a_day_without_a_year_is_the_nearest(month: int, day: int, published: date, expected: date | None) -> None:
    """Around the turn of a year too; a day that no calendar has is none."""
    assert days.nearest(month, day, published) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Power of Siberia 2 and Power of Siberia", ["Power of Siberia 2", "Power of Siberia"]),
        ("en", "the Moscow–Kazan high-speed rail line", ["Moscow-Kazan high-speed rail"]),
        ("en", "imperial china and us", []),
        ("en", "the Bank of China in China", ["Bank of China", "China"]),
        ("ru", "«Силы Сибири — 2» и Росстандарта", ["Power of Siberia 2", "Rosstandart"]),
        ("ru", "медведь углубил угрозы", []),
        ("zh", "中国银行与俄罗斯", ["Bank of China", "Russia"]),
        ("zh", "俄罗斯联邦技术调节和计量署", ["Rosstandart"]),
        ("de", "China", []),
    ],
)
def test_the_longest_name_counts(language: str, text: str, expected: list[str]) -> None:
    """None within another; case counts where a name has a capital."""
    assert [mention.entity.name for mention in gazetteer.find(text, language)] == expected


def test_every_name_is_of_an_entity() -> None:
    """The lists of names and the list of entities know the same ones."""
    for language in gazetteer.LANGUAGES:
        for line in (gazetteer.FOLDER / f"names_{language}.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                assert line.partition("=")[0].strip() in gazetteer.ENTITIES


def test_persons_and_projects_lead_to_entities() -> None:
    """Whom a person speaks for, and the parties of a project, are entities themselves."""
    for entity in gazetteer.ENTITIES.values():
        assert not entity.belongs_to or entity.belongs_to in gazetteer.ENTITIES
        assert all(party in gazetteer.ENTITIES for party in entity.parties)
