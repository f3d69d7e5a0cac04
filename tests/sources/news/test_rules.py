"""Who speaks and whom it is aimed at, in any of the languages."""

import pytest

from tests.sources.news.telling_cases import events

DAY = "2025-09-02"


@pytest.mark.parametrize(
    ("language", "text", "by"),
    [
        (
            "en",
            "Rosstandart banned imports of heavy trucks from China on July 30 because of faulty brakes, Chinese producers said.",
            None,
        ),
        (
            "en",
            "Rosstandart banned imports of heavy trucks from China on July 30 because of faulty brakes, China's exporters said.",
            None,
        ),
        (
            "en",
            "Rosstandart banned imports of heavy trucks from China on July 30 because of faulty brakes, Russia said.",
            "Russia",
        ),
        (
            "ru",
            "Росстандарт запретил ввоз тяжёлых грузовиков из Китая с 30 июля из-за слабых тормозов и шумных двигателей, сообщили китайские экспортёры.",
            None,
        ),
        (
            "ru",
            "Росстандарт запретил ввоз тяжёлых грузовиков из Китая с 30 июля из-за слабых тормозов и шумных двигателей, сообщили российские власти.",
            "Russia",
        ),
        (
            "zh",
            "俄罗斯联邦技术调节和计量署7月30日起禁止进口中国重型卡车，理由是制动系统和转向系统存在多处安全缺陷，而且相关车辆的排放和噪声水平也没有达到国家标准所规定的各项具体要求，中国企业表示。",
            None,
        ),
        (
            "zh",
            "俄罗斯联邦技术调节和计量署7月30日起禁止进口中国重型卡车，理由是制动系统和转向系统存在多处安全缺陷，而且相关车辆的排放和噪声水平也没有达到国家标准所规定的各项具体要求，中方表示。",
            "China",
        ),
    ],
)
def test_a_nationality_before_another_word_speaks_for_nobody(language: str, text: str, by: str | None) -> None:
    """`Chinese producers said` is no word of China's; `российские власти` speak for Russia."""
    (ban,) = [one for one in events(text, DAY, language) if one.event_type == "import_ban"]

    assert ban.asserted_by == by


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Construction of the Far Eastern gas pipeline has begun."),
        ("zh", "远东天然气管道已开工建设。"),
    ],
)
def test_a_step_of_a_project_that_names_nobody_is_its_owner_s_towards_the_other_party(language: str, text: str) -> None:
    """The first party of a project acts, and the other one is whom it is aimed at, never the actor again."""
    (step,) = [one for one in events(text, DAY, language) if one.event_type == "project_status"]

    assert (step.actor, step.target, step.project) == ("Gazprom", "CNPC", "Far Eastern route")
