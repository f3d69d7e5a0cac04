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


# Headlines of an outlet at home in one of the two: invented, in the words of such headlines.
AT_HOME = [
    ("en", "RU", "Bank Used by Importers Stops Settlements With Russia"),
    ("en", "RU", "Trade With China Shrinks 9% in First Half"),
    ("en", "RU", "Putin Arrives in Tianjin for Summit"),
    ("en", "RU", "China Resumes Buying Russian Crude"),
    ("en", "RU", "Chinese Banks Reject Four in Five Payments From Importers"),
    ("en", "CN", "Customs opens market to wheat from all of Russia"),
    ("en", "CN", "Visa-free entry for Russians takes effect"),
    ("ru", "RU", "Ввоз грузовиков из Китая в августе упал втрое"),
    ("ru", "RU", "Haval увеличил продажи в России"),
    ("ru", "RU", "Производство Lada сократилось на 40%"),
    ("ru", "RU", "Китай ввел безвизовый режим для россиян"),
    ("zh", "CN", "海关总署允许俄罗斯小麦进口"),
    ("zh", "CN", "俄罗斯猪肉首次进入中国市场"),
]
ELSEWHERE = [
    ("en", "RU", "China imposes tariffs on Canadian canola"),
    ("en", "RU", "China, US hold trade talks in Geneva"),
    ("en", "RU", "EU tariffs on Chinese EVs take effect"),
    ("en", "RU", "Chinese tourist found after a week in the taiga"),
    ("en", "CN", "Russian central bank cuts key rate"),
    ("en", "CN", "Russia exports more oil to India"),
    ("en", "CN", "Russian athletes banned from championships"),
    ("ru", "RU", "Турция ввела пошлины на китайские машины"),
    ("ru", "RU", "В Китае запретили курить на улицах"),
    ("ru", "RU", "В Китае представили новый электромобиль"),
    ("zh", "CN", "俄罗斯向印度出口石油"),
    ("zh", "CN", "俄罗斯莫斯科发生火灾"),
]


@pytest.mark.parametrize(("language", "home", "title"), AT_HOME)
def test_a_headline_of_trade_takes_the_home_side_for_granted(language: str, home: str, title: str) -> None:
    """What crosses the border with the other country, or a city of it."""
    assert topics.relevant(title, "", "", language, home=home)


@pytest.mark.parametrize(("language", "home", "title"), ELSEWHERE)
def test_a_headline_of_others_does_not(language: str, home: str, title: str) -> None:
    """The other country's trade with third parties, and what it does at home."""
    assert not topics.relevant(title, "", "", language, home=home)


def test_two_cities_alone_are_where_people_travel() -> None:
    """Of trade between them the headline must speak."""
    assert topics.relevant("Vladivostok port sees record container flow from Shanghai", "", "", "en")
    assert not topics.relevant("Violinist from Kazan visits Shanghai", "", "", "en")


def test_goods_whose_name_begins_with_a_country_are_of_that_country() -> None:
    """`Russian seaborne crude` is a product by its name."""
    assert topics.relevant("Sinopec halts purchases of Russian seaborne crude", "", "", "en")


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
