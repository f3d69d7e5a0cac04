"""What is of the trade relationship, and what only sounds like it."""

import pytest

from sources.parse.news import topics

ON = [
    ("en", "China suspends imports of Russian fish", ""),
    ("en", "KAMAZ returns to five-day working week", ""),
    ("en", "Power of Siberia 2: price still open", ""),
    ("en", "China scraps import duty on all coal", ""),
    ("ru", "АвтоВАЗ перешел на четырехдневную рабочую неделю", ""),
    ("ru", "Россия и Китай обсудили поставки зерна", ""),
    ("ru", "Утильсбор вырос", "Новая ставка на легковые автомобили"),
    ("zh", "中俄贸易额下降", ""),
    ("zh", "商务部对部分无人机实施出口管制", "中国商务部公告"),
]
OFF = [
    ("en", "Lada from Kazan completes four-day visit to Shanghai", "A painter spent the week with her class."),
    (
        "en",
        "Museum bans touching of imperial china",
        "The museum in St. Petersburg banned visitors from touching its china.",
    ),
    ("en", "Football: China lose to Russia", "A friendly football match."),
    ("en", "Trade talks between India and Brazil", "Tariffs were discussed."),
    ("en", "China and the United States agree on tariffs", ""),
    ("ru", "«КамАЗ-мастер» договорился об участии в ралли в Китае", "Гоночная команда едет на ралли."),
    ("ru", "В Москве открылся новый парк", ""),
    ("de", "China und Russland handeln weniger", ""),
]


@pytest.mark.parametrize(("language", "title", "lead"), ON)
def test_an_article_on_the_relationship_is_relevant(language: str, title: str, lead: str) -> None:
    """Both sides, or a project, maker or measure that is watched."""
    assert topics.relevant(title, lead, "", language)


@pytest.mark.parametrize(("language", "title", "lead"), OFF)
def test_namesakes_sport_and_others_are_not(language: str, title: str, lead: str) -> None:
    """A person's first name, tableware, a rally team, other countries, a language that isn't read."""
    assert not topics.relevant(title, lead, "", language)


def test_the_home_side_of_an_outlet_need_not_be_named() -> None:
    """In headlines alone."""
    title = "Regulator halts imports of four Chinese truck brands"

    assert not topics.relevant(title, "", "", "en")
    assert topics.relevant(title, "", "", "en", home="RU")


def test_topics_come_the_weightiest_first() -> None:
    """The heading counts three times."""
    found = topics.topics(
        "Import ban on trucks", "Regulator bans imports", "The ban hits car dealers, tariffs and banks.", "en"
    )

    assert found[0] == "bans"
    assert "cars" in found


def test_a_project_is_a_topic_by_its_name() -> None:
    """Whatever else is said of it."""
    assert "projects" in topics.topics("Agreements on the Far Eastern route", "", "", "en")
