"""Chinese news: what a sentence tells, and what it must not be taken to tell."""

import pytest

from tests.sources.news.telling_cases import told

# Sentences in own words. Dates and figures of real events are true; cases marked X are invented.
TOLD = [
    ("俄罗斯联邦技术调节和计量署7月30日宣布，禁止进口和销售东风、福田、一汽和汕德卡的部分卡车。", "2025-07-31", "import_ban in_force Rosstandart > Dongfeng [trucks] 2025-07-30"),
    ("中国决定自2024年1月1日起恢复征收煤炭进口关税，涉及俄罗斯。", "2023-12-25", "tariff announced China > Russia [coal] 2024-01-01"),
    ("海关总署解除对俄罗斯猪肉的进口禁令。", "2023-09-28", "import_ban_lifted lifted GACC > Russia [pork] 2023-09-28"),
    ("商务部宣布自2023年9月1日起对部分无人机实施出口管制。", "2023-07-31", "export_control announced MOFCOM [drones] 2023-09-01"),
    ("伏尔加汽车公司9月29日起实行四天工作制，中国品牌竞争激烈。", "2025-10-01", "work_week_cut in_force AvtoVAZ [cars] 2025-09-29 4 days/week"),
    ("卡玛斯11月10日恢复五天工作制，中国市场受关注。", "2025-11-11", "work_week_restored in_force KAMAZ [trucks] 2025-11-10 5 days/week"),
    ("俄罗斯总统普京5月16日抵达北京，对中国进行为期两天的国事访问。", "2024-05-16", "visit done Vladimir Putin > China 2024-05-16 2 days"),
    ("浙江稠州商业银行停止与俄罗斯的所有结算业务。", "2024-02-07", "payment_halt reported Chouzhou Commercial Bank > Russia [payments] 2024-02-07"),
    ("俄气与中石油签署“西伯利亚力量-2”备忘录。", "2025-09-02", "agreement signed Gazprom > CNPC [pipeline gas] (Power of Siberia 2) 2025-09-02"),
    ("中方决定自2025年9月15日起对俄罗斯公民试行免签政策。", "2025-09-02", "visa_waiver announced China > Russia 2025-09-15"),
]  # fmt: skip

NOTHING = [
    ("中国可能禁止进口俄罗斯猪肉。", "2025-01-10"),
    ("中国会否取消对俄罗斯煤炭的关税？", "2025-01-10"),
    ("中国银行否认停止对俄罗斯付款。", "2024-02-21"),
    ("卡玛斯不会实行三天工作制，中国同行也没有。", "2025-08-25"),
    ("俄方建议中国取消煤炭关税。", "2026-02-25"),
]


@pytest.mark.parametrize(("text", "day", "expected"), TOLD)
def test_a_sentence_tells_its_event(text: str, day: str, expected: str) -> None:
    """Type, status, who, whom, what, when, how much."""
    assert expected in told(text, day, "zh")


@pytest.mark.parametrize(("text", "day"), NOTHING)
def test_a_sentence_that_tells_nothing_gives_nothing(text: str, day: str) -> None:
    """Possible, denied, asked for: no event."""
    assert {line for line in told(text, day, "zh") if not line.startswith("statement")} == set()
