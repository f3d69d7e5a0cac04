"""The grammar of figures in sentences, rule by rule. Sentences are our own; figures, where true, are published ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

import pytest

from sources.parse import prose
from sources.parse.prose import MARKET, Extraction, Figure, Language, Subject, Topic

CARS: Final = Topic(subject=MARKET, measure="sales")
LADA: Final = Topic(subject=Subject("brand", "lada"), measure="sales")
KAMAZ: Final = Topic(subject=Subject("brand", "kamaz"), measure="sales")
CHINA: Final = Topic(subject=MARKET, measure="exports", geography="W0")
DAY: Final = date(2025, 11, 10)


def read(text: str, language: Language = "ru", on: date = DAY, topic: Topic = CARS) -> Extraction:
    """A text, read."""
    return prose.figures(text, language=language, published=on, topic=topic)


def short(figure: Figure) -> str:
    """A figure in one line: whose, what, when, how much, against what."""
    name = figure.subject.name or figure.subject.kind
    base = f" {figure.comparison} {figure.base.label}" if figure.base else ""
    unit = {"units": "", "percent": "%", "pp": "pp"}[figure.unit]
    return (
        f"{name} {figure.measure} {figure.period.freq} {figure.period.label} {figure.value.normalize():f}{unit}{base}"
    )


def lines(text: str, language: Language = "ru", on: date = DAY, topic: Topic = CARS) -> list[str]:
    """The figures of a text, a line each."""
    return [short(figure) for figure in read(text, language, on, topic).figures]


# ---------------------------------------------------------------- numbers
@pytest.mark.parametrize(
    ("printed", "value", "precision"),
    [
        ("7484 автомобиля", 7484, "0"),
        ("120 649 машин", 120649, "0"),
        ("120\xa0649 машин", 120649, "0"),
        ("120\u202f649 шт.", 120649, "0"),
        ("90,1 тыс. машин", 90100, "50"),
        ("28,24 тыс. штук", 28240, "5"),
        ("338 тысяч единиц", 338000, "500"),
        ("1,326 млн автомобилей", 1326000, "500"),
        ("1 млн 57 тыс. автомобилей", None, ""),
        ("120,649 автомобилей", None, ""),
        ("120.649 автомобилей", None, ""),
        ("12,3 автомобиля", None, ""),
    ],
)
def test_russian_numbers(printed: str, value: int | None, precision: str) -> None:
    """Blanks of every width part thousands, the comma parts decimals; what fits neither isn't read."""
    found = read(f"В октябре продано {printed}.").figures

    assert [(f.value, f.precision) for f in found] == ([] if value is None else [(value, Decimal(precision))])


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("137,000 units", 137000),
        ("368.9 thousand cars", 368900),
        ("1.57 million vehicles", 1570000),
        ("1,57 million cars", None),
        ("12.5 units", None),
    ],
)
def test_english_numbers(printed: str, value: int | None) -> None:
    """The point and the comma have changed places."""
    assert [f.value for f in read(f"In October {printed} were sold.", "en").figures] == ([value] if value else [])


@pytest.mark.parametrize(
    ("printed", "value"),
    [("35.8万辆", 358000), ("357708辆", 357708), ("三十五万辆", 350000), ("10.64万台", 106400), ("1.2亿元", None)],
)
def test_chinese_numbers(printed: str, value: int | None) -> None:
    """Ten thousands, counters and Chinese numerals; money isn't vehicles."""
    assert [f.value for f in read(f"9月对俄罗斯出口{printed}。", "zh", topic=CHINA).figures] == (
        [value] if value else []
    )


# ---------------------------------------------------------------- signs and multiples
@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("выросли на 5%", "5"), ("прибавили 5,2%", "5.2"), ("просели на 18,7 %", "-18.7"), ("потеряли 81,3%", "-81.3"),
        ("сократились на 13 процентов", "-13"), ("выросли в 2,3 раза", "130"), ("выросли вчетверо", "300"),
        ("снизились вдвое", "-50"), ("в 3,5 раза больше, чем год назад", "250"), ("(−27,6%)", "-27.6"),
        ("(+68,4%)", "68.4"), ("(рост на 73%)", "73"), ("(падение 24,9%)", "-24.9"),
    ],
)  # fmt: skip
def test_the_sign_is_in_the_words(words: str, value: str) -> None:
    """Verbs, nouns, comparatives and marks all give a sign; multiples become percent."""
    verb = words if words[0] not in "(в" or words.startswith("выр") else f"составили 20 100 шт., {words}"
    text = f"Продажи LADA в октябре {verb}." if words[0] != "(" else f"Продажи LADA в октябре – 20 100 шт. {words}."
    changes = [f for f in read(text).figures if f.comparison != "none"]

    assert [(f.value, f.comparison) for f in changes] == [(Decimal(value), "yoy")]


def test_a_multiple_is_less_precise_than_a_percentage() -> None:
    """`2.3 times` can be anything from 2.25 to 2.35 times."""
    (figure,) = read("В октябре рынок вырос в 2,3 раза.").figures

    assert (figure.value, figure.precision, figure.printed) == (130, 5, "times")


@pytest.mark.parametrize(
    "text",
    [
        "В октябре продажи LADA изменились на 5%.",
        "Продажи LADA в октябре, на 25%.",
        "Доля LADA в октябре выросла на 2%.",
        "План LADA на октябрь – 300 тыс. ±10%.",
    ],
)
def test_without_a_sign_there_is_no_change(text: str) -> None:
    """A percentage that could go up or down, or be of a share, isn't read."""
    assert not read(text).figures


def test_percentage_points_are_not_percent() -> None:
    """They change a share and keep their own unit."""
    assert lines("Доля LADA в октябре снизилась на 2,3 п.п., до 20%.") == [
        "lada share M 2025-10 -2.3pp yoy 2024-10",
        "lada share M 2025-10 20%",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9月对俄出口5万辆，同比增长2.3倍。", "230"),
        ("9月对俄出口5万辆，是去年同期的2.3倍。", "130"),
        ("9月对俄出口5万辆，同比翻番。", "100"),
    ],
)
def test_chinese_multiples(text: str, expected: str) -> None:
    """`Grew 2.3 times` is on top, `is 2.3 times` is all in all."""
    assert read(text, "zh", topic=CHINA).figures[-1].value == Decimal(expected)


# ---------------------------------------------------------------- bases
def test_two_changes_with_two_bases_in_one_sentence() -> None:
    """A month against the one before and against the year before."""
    assert lines("В январе продано 80 604 машины, на 9,5% меньше, чем год назад, и на 40,9% меньше, чем в декабре.",
                 on=date(2026, 2, 4)) == [
        "market sales M 2026-01 80604",
        "market sales M 2026-01 -9.5% yoy 2025-01",
        "market sales M 2026-01 -40.9% mom 2025-12",
    ]  # fmt: skip


def test_the_verb_is_shared_by_two_bases() -> None:
    """`lost 9.5% to January and 40.9% to December`: the second has the sign of the first."""
    found = lines("Рынок в январе недосчитался 9,5% к январю 2025 года и 40,9% к декабрю.", on=date(2026, 2, 4))

    assert found == ["market sales M 2026-01 -9.5% yoy 2025-01", "market sales M 2026-01 -40.9% mom 2025-12"]


def test_an_unnamed_base_after_a_month_before_is_not_guessed() -> None:
    """Whether the second brand is also against June can't be known."""
    extraction = read("В июле рынок вырос к июню на 34%, LADA прибавила 16%.", on=date(2025, 8, 5))

    assert [short(f) for f in extraction.figures] == ["market sales M 2025-07 34% mom 2025-06"]
    assert [(u.printed, "month before" in u.why) for u in extraction.unresolved] == [("16%", True)]


def test_change_in_units() -> None:
    """`by 120.5%, or 63,568 units` is two changes and no level."""
    assert lines("Sales in September grew by 120.5%, or 63,568 units, to 116,324.", "en", date(2023, 10, 4)) == [
        "market sales M 2023-09 120.5% yoy 2022-09",
        "market sales M 2023-09 63568 yoy 2022-09",
        "market sales M 2023-09 116324",
    ]


def test_from_one_share_to_another() -> None:
    """Both are read: the second now, the first a year earlier."""
    assert lines("Доля китайских марок в октябре упала с 57,7 до 49,6%.") == [
        "chinese share M 2024-10 57.7%",
        "chinese share M 2025-10 49.6%",
    ]


# ---------------------------------------------------------------- periods
@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("в октябре", "M 2025-10"), ("в декабре", "M 2024-12"), ("в октябре 2023 года", "M 2023-10"),
        ("в прошлом мае", "M 2024-05"), ("за семь месяцев", "YTD 2025-07"), ("за 9 мес. 2024 г.", "YTD 2024-09"),
        ("по итогам девяти месяцев", "YTD 2025-09"), ("в январе–октябре", "YTD 2025-10"),
        ("с января по август", "YTD 2025-08"), ("за первое полугодие", "YTD 2025-06"),
        ("за второе полугодие 2024 года", "H 2024-H2"), ("в третьем квартале 2025 года", "Q 2025-Q3"),
        ("в 2024 году", "A 2024"), ("в прошлом году", "A 2024"), ("за январь–декабрь 2024 года", "A 2024"),
    ],
)  # fmt: skip
def test_russian_periods(words: str, label: str) -> None:
    """Against the day of publication, 10 November 2025."""
    assert lines(f"Продано {words} 120 649 машин.") == [f"market sales {label} 120649"]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("in October", "M 2025-10"), ("in December", "M 2024-12"), ("in April 2024", "M 2024-04"),
        ("in eight months of 2020", "YTD 2020-08"), ("in January-April", "YTD 2025-04"), ("in 2024", "A 2024"),
        ("in the first half of 2025", "YTD 2025-06"), ("in the third quarter of 2025", "Q 2025-Q3"),
    ],
)  # fmt: skip
def test_english_periods(words: str, label: str) -> None:
    """Against the day of publication, 10 November 2025."""
    assert lines(f"Russians bought 120,649 cars {words}.", "en") == [f"market sales {label} 120649"]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("10月", "M 2025-10"), ("1-9月", "YTD 2025-09"), ("今年前两个月", "YTD 2025-02"),
        ("2025年1-2月", "YTD 2025-02"),
        ("2024年", "A 2024"), ("前三季度", "YTD 2025-09"), ("上半年", "YTD 2025-06"), ("2024年1-12月", "A 2024"),
    ],
)  # fmt: skip
def test_chinese_periods(words: str, label: str) -> None:
    """January and February in one figure are never February alone."""
    assert lines(f"{words}对俄罗斯出口35.8万辆。", "zh", topic=CHINA) == [f"market exports {label} 358000"]


@pytest.mark.parametrize(
    "words",
    [
        "в ноябре",
        "за последние три месяца",
        "за неделю",
        "с 1 по 7 октября",
        "с начала года",
        "за лето",
        "в 2024–2025 гг.",
    ],
)
def test_periods_that_are_none_are_not_read(words: str) -> None:
    """A month that isn't over, weeks, days, a year to date without its end: a person decides."""
    extraction = read(f"Продано {words} 120 649 машин.")

    assert not extraction.figures
    assert [u.printed for u in extraction.unresolved] == ["120 649"]


def test_a_month_without_a_year_after_another_year_is_open() -> None:
    """`136 thousand in July 2024, 125 thousand in June`: of which year?"""
    assert lines("В июле 2024 года было продано 136 тыс. машин, в июне – 125 тыс.") == ["market sales M 2024-07 136000"]


def test_a_figure_of_an_earlier_period_belongs_to_it() -> None:
    """A level of June inside a sentence about July, and one behind `when`."""
    text = (
        "Продажи LADA в июне – 7484 шт. "
        "Относительно июня 2021 года, когда дилеры реализовали 40,1 тыс., упали на 81,3%."
    )

    assert lines(text, on=date(2022, 7, 5)) == [
        "lada sales M 2022-06 7484",
        "lada sales M 2021-06 40100",
        "lada sales M 2022-06 -81.3% yoy 2021-06",
    ]


# ---------------------------------------------------------------- subjects
def test_brands_in_a_list_keep_their_own_numbers() -> None:
    """Pairs by dash, by bracket, and with the name behind the number."""
    assert lines("В июне продано 90,1 тыс. машин. Haval – 9,2 тыс. (-39,7%), Chery (8,9 тыс.) и Solaris – 2,2 тыс.")[
        1:
    ] == [
        "haval sales M 2025-06 9200",
        "haval sales M 2025-06 -39.7% yoy 2024-06",
        "chery sales M 2025-06 8900",
        "solaris sales M 2025-06 2200",
    ]
    assert lines("LADA продала в июне 24 200 машин, из них 9 тыс. – Granta и 6 тыс. – Vesta.")[1:] == [
        "granta sales M 2025-06 9000",
        "vesta sales M 2025-06 6000",
    ]


def test_groups_are_not_brands() -> None:
    """A maker with its brands is another series than its main brand."""
    text = (
        "В октябре Chery с марками продала 27 089 шт., а Geely с Belgee 27 081, группа АВТОВАЗ – 34 983 (21,1% рынка)."
    )

    assert [(f.subject, f.value) for f in read(text).figures] == [
        (Subject("group", "chery_group"), 27089),
        (Subject("group", "geely_belgee"), 27081),
        (Subject("group", "avtovaz"), 34983),
        (Subject("group", "avtovaz"), Decimal("21.1")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Продажи Zorvex в октябре составили 3 120 шт.",
        "Haval, Chery и Geely в октябре продали 30 тыс. машин.",
        "LADA в октябре обогнала Haval: 33 200 против 26 100 машин.",
        "Haval и Chery продали в октябре 26 и 11 тыс. машин соответственно.",
        "Таксопарки купили в октябре 3 120 машин.",
        "В Самарской области в октябре продано 3 120 машин.",
        "Продажи Tiggo 7 в октябре составили 3 120 шт.",
    ],
)
def test_names_that_are_unknown_or_several_are_not_read(text: str) -> None:
    """A number is never given to another name."""
    extraction = read(text)

    assert not [f for f in extraction.figures if f.value not in {33200, 26100}]
    assert not extraction.figures


def test_what_follows_an_unknown_name_is_open_too() -> None:
    """`This is 5 percent less` speaks of the unknown name, not of the market."""
    assert not read("Продажи Zorvex в октябре составили 3 120 шт. Это на 5% меньше, чем год назад.").figures


def test_a_ministrys_count_in_a_makers_release() -> None:
    """It is the market's, and says whose count it is."""
    text = "За январь–сентябрь в стране продано 40 317 новых грузовых машин (данные Минпромторга)."
    (figure,) = read(text, topic=KAMAZ).figures

    assert (figure.subject, figure.attributed_to, "truck" in figure.scope) == (MARKET, "minpromtorg", True)


def test_an_impersonal_count_in_a_makers_release_is_open() -> None:
    """`Sold in the country` could be the maker's or the market's."""
    assert not read("В октябре в стране продано 33 200 машин.", topic=LADA).figures
    assert lines("В октябре мы продали 33 200 машин.", topic=LADA) == ["lada sales M 2025-10 33200"]


# ---------------------------------------------------------------- measures, scopes, places
def test_sales_and_output_in_one_sentence() -> None:
    """Each verb has its number."""
    assert lines("АВТОВАЗ в октябре произвёл 28 100 и продал 33 200 автомобилей.") == [
        "avtovaz output M 2025-10 28100",
        "avtovaz sales M 2025-10 33200",
    ]


def test_a_model_after_sales_and_output_is_open() -> None:
    """Sold, or made?"""
    assert not read("В октябре LADA продала 33 200 машин. Выпущено 28 100.\nGranta – 13 456.").figures[2:]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Продано в октябре 3 682 крупнотоннажных грузовика (свыше 16 т).", {"hcv", "truck", "gt16t"}),
        ("Продано в октябре 923 среднетоннажных (3,5–16 т).", {"mcv", "3.5-16t"}),
        ("Компания KAMAZ реализовала в октябре 20 300 машин от 14 т.", {"ge14t"}),
        ("Продано в октябре 33 200 автомобилей LADA с учётом LCV.", {"with_lcv"}),
        ("Продано в октябре 45 123 автомобиля с пробегом.", {"used"}),
        ("Продано в октябре 120 649 новых легковых автомобилей.", {"pc"}),
    ],
)
def test_words_of_scope_come_along(text: str, tags: set[str]) -> None:
    """Thresholds and classes are part of what a figure is."""
    (figure,) = read(text).figures

    assert figure.scope == tags


def test_two_counts_of_one_month_differ_by_their_basis() -> None:
    """Members of the committee and registrations, side by side."""
    text = "AMC members sold 52,832 cars in July 2023. PPC counts 100,343 for the month."
    found = read(text, "en", date(2023, 8, 4)).figures

    assert [(f.value, sorted(f.scope)) for f in found] == [(52832, ["amc"]), (100343, ["ppc"])]


def test_places_belong_to_their_numbers() -> None:
    """Other countries aren't Russia, parts of a country aren't read."""
    text = "В России в октябре продано 165,7 тыс. машин, в Казахстане – 20 тыс., в Москве – 15 тыс."

    assert [(f.geography, f.value) for f in read(text).figures] == [("RU", 165700), ("KZ", 20000)]


def test_output_that_another_counts() -> None:
    """The page's publisher isn't the source."""
    first = "According to Rosstat, 706 thousand cars were produced in January to August 2020."
    text = f"{first}\nTrucks: 76.9 thousand in eight months."
    found = read(text, "en", date(2020, 9, 18)).figures

    assert [(f.measure, f.attributed_to, f.value) for f in found] == [
        ("output", "rosstat", 706000),
        ("output", "rosstat", 76900),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Средняя цена автомобиля в октябре выросла на 5% и составила 3,2 млн рублей.",
        "На складах в октябре оставалось 350 тыс. машин.",
        "В октябре 120 649 человек купили автомобили.",
        "Выручка LADA в октябре упала на 18,7%.",
        "В октябре 12-е место занял Haval.",
    ],
)
def test_other_things_are_passed_over(text: str) -> None:
    """Prices, stocks, people, ranks: neither figures nor work for a person."""
    assert read(text) == Extraction()


# ---------------------------------------------------------------- certainty
@pytest.mark.parametrize(
    ("words", "hedge"),
    [
        ("почти 21,5 тыс. машин", "almost"), ("около 75 тыс. машин", "about"), ("более 144 тыс. машин", "over"),
        ("примерно 65,5 тыс. машин", "about"),
    ],
)  # fmt: skip
def test_hedges_make_estimates(words: str, hedge: str) -> None:
    """They are figures with the status of an estimate."""
    (figure,) = read(f"В октябре продано {words}.").figures

    assert (figure.hedge, figure.obs_status) == (hedge, "E")


@pytest.mark.parametrize(("printed", "status"), [("33 200 машин", "A"), ("33,2 тыс. машин", "P")])
def test_rounded_counts_are_provisional(printed: str, status: str) -> None:
    """A count to the last vehicle is `A`, a rounded one gives way to it."""
    (figure,) = read(f"В октябре продано {printed}.").figures

    assert figure.obs_status == status


def test_a_fact_beside_a_forecast_stays_a_fact() -> None:
    """The year that is over was counted, whatever is expected of this one."""
    text = "В 2025 году рынок составит 1,3 млн машин; в 2024 году было продано 1,57 млн."

    assert [(f.value, f.obs_status) for f in read(text).figures] == [(1570000, "P")]


def test_a_count_behind_the_base_is_of_the_base() -> None:
    """`较2024年的115.8万辆下降50%`: 1.158 million were of 2024."""
    text = "2025年对俄罗斯出口58.27万辆，较2024年的115.8万辆下降50%。"

    assert lines(text, "zh", date(2026, 1, 27), CHINA) == [
        "market exports A 2025 582700",
        "market exports A 2024 1158000",
        "market exports A 2025 -50% yoy 2024",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("План выпуска LADA на 2025 год – 300 тыс. машин.", "plan"),
        ("По прогнозу, в 2025 году продажи составят 1,3 млн машин.", "forecast"),
        ("Рынок грузовиков в 2025 году ожидается на уровне 50 тыс. единиц.", "forecast"),
        ("В 2024 году продано 52–55 тыс. грузовиков.", "range"),
        ("Ранее сообщалось о 338 тыс. машин за 2024 год.", "superseded"),
        ("Продажи LADA в 2025 году снизятся на 20%.", "forecast"),
    ],
)
def test_what_is_no_fact_stands_aside(text: str, kind: str) -> None:
    """Plans, forecasts, ranges and superseded values can't be taken for figures."""
    extraction = read(text)

    assert not extraction.figures
    assert [aside.kind for aside in extraction.asides] == [kind]
    assert {aside.obs_status for aside in extraction.asides} <= {"F"}


def test_a_range_keeps_both_ends() -> None:
    """52 to 55 thousand."""
    (aside,) = read("В 2024 году продано 52–55 тыс. грузовиков.").asides

    assert (aside.value, aside.upper) == (52000, 55000)


def test_the_year_that_a_forecast_is_set_against_is_a_fact() -> None:
    """50 thousand are expected this year, 110 thousand were sold in the last."""
    assert lines("Рынок грузовиков в этом году ожидается в районе 50 тыс. единиц против 110 тыс. в прошлом.") == [
        "market sales A 2024 110000"
    ]


def test_two_values_for_one_figure_are_both_open() -> None:
    """A text that contradicts itself isn't decided by the order of its sentences."""
    extraction = read("В октябре продано 165 702 машины. В октябре продано 166 900 машин.")

    assert not extraction.figures
    assert [u.candidates for u in extraction.unresolved] == [("165702", "166900")] * 2


# ---------------------------------------------------------------- what earlier sentences leave
def test_a_new_paragraph_goes_back_to_the_heading() -> None:
    """A sentence about the year so far between two about the month of the heading."""
    topic = Topic(subject=Subject("brand", "lada"), measure="sales", title="LADA: итоги октября")
    text = "В октябре продано 40 912 автомобилей LADA.\nС начала года рост составил 98,4%.\nLADA Granta: 20 928 шт."

    assert lines(text, on=date(2023, 11, 3), topic=topic) == [
        "lada sales M 2023-10 40912",
        "lada sales YTD 2023-10 98.4% yoy 2022-10",
        "granta sales M 2023-10 20928",
    ]


def test_the_market_again_after_a_list_of_brands() -> None:
    """A new paragraph about sold cars is about the market, not about the last brand."""
    text = (
        "В июле продано 120 649 машин.\nLADA – 28,2 тыс., Chery – 13,5 тыс.\nЗа семь месяцев реализовано 651 029 машин."
    )

    assert lines(text, on=date(2025, 8, 5))[-1] == "market sales YTD 2025-07 651029"


def test_after_one_brand_an_unnamed_count_is_open() -> None:
    """Of the brand, or of the market?"""
    text = "LADA продала в июле 28 240 машин. За семь месяцев реализовано 183 тыс. автомобилей."

    assert lines(text, on=date(2025, 8, 5)) == ["lada sales M 2025-07 28240"]


def test_offsets_lead_back_to_the_number() -> None:
    """Sentence and number are cut out of the text by their offsets, behind other sentences too."""
    text = "Слабый месяц. В октябре продано 165\xa0702 машины, на 3,2% меньше, чем год назад."
    level, change = read(text).figures

    assert text[slice(*level.number)] == "165\xa0702"
    assert text[slice(*change.number)] == "3,2%"
    assert text[slice(*level.sentence)] == text[len("Слабый месяц. ") :]
    assert level.locator.startswith("chars 14-")


# ---------------------------------------------------------------- cells
@pytest.mark.parametrize(
    ("cell", "value", "half"),
    [
        ("329 890", "329890", "0"),
        ("12,3 тыс.", "12300", "50"),
        ("1,57 млн", "1570000", "5000"),
        ("266 шт.", "266", "0"),
    ],
)
def test_cells_with_counts(cell: str, value: str, half: str) -> None:
    """Counts of a Russian table, in units, with half their last digit."""
    assert prose.cell_count(cell, language="ru") == (Decimal(value), Decimal(half))


def test_the_scale_of_a_column() -> None:
    """`62.52` under a head that says 万辆 is 625,200, to fifty units."""
    assert prose.cell_count("62.52", language="zh", scale=10_000) == (625200, 50)
    assert prose.cell_count("410739", language="zh") == (410739, 0)
    assert prose.cell_count("52,832", language="en") == (52832, 0)


@pytest.mark.parametrize(
    ("cell", "language", "value", "half"),
    [
        ("+25,1%", "ru", "25.1", "0.05"), ("-24,4%", "ru", "-24.4", "0.05"), ("−3,2 %", "ru", "-3.2", "0.05"),
        ("в 2,3 раза", "ru", "130", "5"), ("+144.7%", "en", "144.7", "0.05"), ("2.1-fold", "en", "110", "5"),
    ],
)  # fmt: skip
def test_cells_with_changes(cell: str, language: Language, value: str, half: str) -> None:
    """Signed percentages and multiples."""
    assert prose.cell_change(cell, language=language) == (Decimal(value), Decimal(half))


@pytest.mark.parametrize("cell", ["", "–", "н/д", "n/a"])
def test_cells_without_a_figure(cell: str) -> None:
    """Missing is missing, neither a zero nor a number."""
    assert prose.is_missing(cell)
    with pytest.raises(ValueError, match="not a"):
        prose.cell_change(cell, language="ru")
    with pytest.raises(ValueError, match="not a count"):
        prose.cell_count(cell, language="ru")


@pytest.mark.parametrize("cell", ["52,832", "12.3", "1,5", "-5", "12 тыс. 5"])
def test_cells_that_are_no_russian_count(cell: str) -> None:
    """A mark of another language, a sign or a part of a vehicle isn't read."""
    with pytest.raises(ValueError, match=r"not a count|a point in|a part of"):
        prose.cell_count(cell, language="ru")
