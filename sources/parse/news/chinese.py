"""What Chinese news tells: the rules of the language, read by `rules`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal

from sources.parse.news import days, rules
from sources.parse.news.model import Page, Said, Sentence
from sources.parse.news.rules import FIRMS, Amount, Day, Rule, Tongue

__all__ = ["said"]

LEAD: Final = r"(?:(?P<from>自|从|将于|定于)|(?P<until>至|到|截至)|(?P<said>发布于))?"
DATE: Final = re.compile(
    rf"{LEAD}(?:(?P<year>20\d\d)年)?(?:(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})日(?:(?:至|到|-|—)(?:(?P<month2>\d{{1,2}})月)?(?P<last>\d{{1,2}})日)?(?P<begin>起|开始)?"
)
LOOSE: Final = re.compile(
    r"(?:(?P<year>20\d\d)年|(?P<word>今年|去年))?(?P<month>\d{1,2})月(?!\d|份?\d{1,2}日)(?P<part>初|中旬|下旬|底)?"
)
WEEK: Final = re.compile(r"(?:周|星期)(?P<weekday>[一二三四五六日天])")
RELATIVE: Final = re.compile(r"(?P<word>今天|今日|昨天|昨日|明天|当天)")
WEEKDAYS: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
NUMBER: Final = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>万亿|亿|万|千)?"
MONEY: Final = re.compile(NUMBER + r"(?P<unit>美元|卢布|元人民币|人民币|元)")
PERCENT: Final = re.compile(NUMBER + r"(?:%|％|个百分点)")
VOLUME: Final = re.compile(r"(?:每年|年)?[^，。]{0,10}?" + NUMBER + r"立方米")
TONNES: Final = re.compile(r"每年[^，。]{0,10}?" + NUMBER + r"吨")
DAYS: Final = re.compile(
    r"(?:为期|进行|不超过|不多于)(?P<count>\d{1,3}|[一两二三四五六七])(?:天|日)|(?P<short>[一两二三四五六七])天(?:的)?(?:国事|正式|工作)?访问"
)
SCALES: Final = {"千": 3, "万": 4, "亿": 8, "万亿": 12}
DIGITS: Final = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7}
SHORT: Final = r"每周(?:工作)?[四三两4322]天(?:工作制)?|[四三两432](?:天|日)工作(?:制|周)"
FULL: Final = r"每周(?:工作)?[五5]天(?:工作制)?|[五5](?:天|日)工作(?:制|周)|正常工作制"


def _p(text: str) -> re.Pattern[str]:
    return re.compile(text)


BODY: Final = ("state", "country", "bloc")
STATES: Final = ("state", "country", "bloc", "person")
PARTY: Final = ("country", "state", "maker", "company", "bank")
OIL: Final = frozenset({"crude oil", "seaborne crude", "oil products", "LNG", "coal", "pipeline gas"})

RULES: Final = (
    Rule(id="ban.kept", event_type="import_ban", status="kept", actors=STATES, acts=True, product_needed=True, partner=True, modality="asserted",
         trigger=_p(r"(?:维持|保持|延长|继续实施|尚未解除|未解除|仍未取消)[^，。；]{0,25}(?:禁令|禁止|限制)")),
    Rule(id="ban.lifted", event_type="import_ban_lifted", status="lifted", actors=STATES, product_needed=True, partner=True,
         trigger=_p(r"(?:解除|取消|撤销|废止)[^，。；]{0,25}(?:禁令|进口限制|禁止进口|进口禁令|限制)|恢复[^，。；]{0,12}进口(?!关税)"), unless=_p(r"关税|签证")),
    Rule(id="access", event_type="market_access", status="granted", actors=("state", "country"), side="CN", named="China", acts=True, product_needed=True, partner=True,
         trigger=_p(r"(?:允许|准许|批准|同意|开放)[^，。；]{0,30}(?:进口|输华|准入|进入中国市场|市场)"), needs=_p(r"俄")),
    Rule(id="ban", event_type="import_ban", status="in_force", actors=BODY, targets=("maker",), target_at="any", product_needed=True,
         trigger=_p(r"(?:禁止|暂停|停止|叫停|限制)(?:进口|从|自|对)?[^，。；]{0,30}?(?:进口|销售|输入|入境)|(?:禁止|暂停|停止)(?:进口|销售)"), unless=_p(r"采购|购买|支付|出口管制")),
    Rule(id="dumping.extended", event_type="antidumping_duty", status="extended", actors=BODY, named="EEC", targets=("country",), target_at="any", product_needed=True, value=("percent",),
         trigger=_p(r"(?:延长|继续征收|续征)[^，。；]{0,40}反倾销|反倾销[^，。；]{0,40}(?:延长|续征)")),
    Rule(id="dumping.duty", event_type="antidumping_duty", status="in_force", actors=BODY, named="EEC", targets=("country",), target_at="any", product_needed=True, value=("percent",), each_product=True,
         trigger=_p(r"(?:征收|实施|加征)[^，。；]{0,30}反倾销(?:税|措施)|反倾销(?:税|措施)[^，。；]{0,40}(?:生效|实施|起征)"), unless=_p(r"调查(?!.*生效)")),
    Rule(id="tariff.zero", event_type="tariff", status="lifted", actors=STATES, named="China", acts=True, product_needed=True, partner=True, value=("zero",),
         trigger=_p(r"(?:取消|免征|暂免|免除)[^，。；]{0,25}(?:进口)?(?:关税|税率)|零(?:关税|税率)|税率为零|降(?:至|为)零")),
    Rule(id="tariff.back", event_type="tariff", status="imposed", actors=STATES, named="China", acts=True, product_needed=True, partner=True, value=("percent",),
         trigger=_p(r"(?:恢复|重新|开始)(?:征收|实施|执行)?[^，。；]{0,25}(?:进口)?(?:关税|最惠国税率)|对[^，。；]{0,25}(?:征收|加征)[^，。；]{0,15}(?<!反倾销)关税")),
    Rule(id="tariff.raised", event_type="tariff", status="raised", actors=STATES, acts=True, product_needed=True, partner=True, value=("last percent",),
         trigger=_p(r"(?:上调|提高|调高)[^，。；]{0,25}关税")),
    Rule(id="tariff.lowered", event_type="tariff", status="lowered", actors=STATES, acts=True, product_needed=True, partner=True, value=("last percent",),
         trigger=_p(r"(?:下调|降低|调低)[^，。；]{0,25}关税")),
    Rule(id="fee.postponed", event_type="fee_change", status="postponed", actor_at="none", named="Russia", product="cars", speaks=True, own_day=True,
         trigger=_p(r"(?:推迟|延期|延后)[^，。；]{0,30}(?:报废税|回收费|报废费)|(?:报废税|回收费|报废费)[^。；]{0,40}(?:推迟|延期|延后)")),
    Rule(id="fee.rate", event_type="fee_change", status="in_force", actor_at="none", named="Russia", product="cars", value=("last RUB",),
         trigger=_p(r"(?:上调|提高|提升)[^，。；]{0,30}(?:报废税|回收费|报废费)|(?:报废税|回收费|报废费)[^。；]{0,50}(?:上调|提高|上涨|涨至|升至|增至|生效)")),
    Rule(id="export.control", event_type="export_control", status="in_force", actors=("state", "country"), named="MOFCOM", product_needed=True,
         trigger=_p(r"(?:实施|实行|加强|采取)[^，。；]{0,20}出口管制|对[^。；]{0,40}(?:实施|实行)[^，。；]{0,10}(?:出口管制|管制)|(?:禁止|限制)[^，。；]{0,20}出口(?!管制)"), unless=_p(r"解除|取消|暂停实施")),
    Rule(id="week.off", event_type="work_week_cut", status="in_force", actors=FIRMS, actor_at="any", value=("short week",), modality="denied",
         trigger=_p(rf"(?:不会|不打算|没有计划|无计划|否认|并未)[^，。；]{{0,30}}(?:{SHORT})")),
    Rule(id="week.called.off", event_type="work_week_cut", status="cancelled", actors=FIRMS, value=("short week",), modality="cancelled", trigger=_p(rf"(?:取消|放弃)[^，。；]{{0,20}}(?:{SHORT})")),
    Rule(id="week.back", event_type="work_week_restored", status="in_force", actors=FIRMS, value=("full week",), trigger=_p(rf"(?:恢复|回到|重回|返回)[^，。；]{{0,20}}(?:{FULL})")),
    Rule(id="week.short", event_type="work_week_cut", status="in_force", actors=FIRMS, value=("short week",),
         trigger=_p(rf"(?:改为|转为|实行|实施|过渡到|转入|进入|执行|缩短)[^，。；]{{0,20}}(?:{SHORT})")),
    Rule(id="output.cut", event_type="production_cut", status="announced", actors=("maker", "company"), value=("percent",), negative=True, speaks=True,
         trigger=_p(r"(?:减产|(?:削减|下调|缩减|降低|减少)[^，。；]{0,15}(?:产量|生产|生产计划|产能))")),
    Rule(id="dumping", event_type="statement", status="dumping", own_product=True, actors=("maker", "company", "person", "association"), target="China", speaks=True, value=("RUB",), modality="asserted",
         trigger=_p(r"(?:指责|指控|称|抱怨|批评|谴责)[^。；]{0,60}倾销|倾销[^。；]{0,40}(?:表示|称|说)"), needs=_p(r"中国|中方"), unless=_p(r"反倾销税|反倾销调查")),
    Rule(id="savings", event_type="statement", status="savings", actors=("company", "person", "state"), target="China", product="crude oil", speaks=True, value=("USD",), value_needed=True, modality="asserted",
         trigger=_p(r"(?:节省|节约)"), needs=_p(r"石油|原油")),
    Rule(id="unconfirmed", event_type="statement", status="not_confirmed", actors=("state", "country", "person"), side="CN", project_needed=True, speaks=True, opposite=True, modality="asserted",
         trigger=_p(r"(?:未|没有|尚未|拒绝)(?:予以)?(?:确认|证实|置评)|不了解(?:有关|相关|具体)?情况|(?:请|建议)(?:你|您|记者)?向[^，。；]{0,12}(?:主管部门|有关部门|中方企业|有关企业)[^，。；]{0,6}(?:询问|了解)")),
    Rule(id="negotiating", event_type="statement", status="negotiating", actors=("person", "state", "country"), actor_at="any", project_needed=True, speaks=True, spoken=True, opposite=True, modality="asserted",
         trigger=_p(r"(?:继续|正在|仍在|愿|将)[^，。；]{0,15}(?:谈判|磋商|商谈|推进|协商)")),
    Rule(id="agreed.raise", event_type="agreement", status="expanded", each_project=True, actors=PARTY, actor_at="any", targets=PARTY, target_at="any", project_needed=True, value=("m3/year",), modality="asserted",
         trigger=_p(r"(?:同意|商定|签署|达成)[^。；]{0,40}(?:增加|提高|扩大|增至|提升)")),
    Rule(id="contract", event_type="contract", status="signed", actors=("company", "maker", "bank", "country", "state"), targets=PARTY, target_at="any", value=("m3/year", "RUB", "USD", "CNY", "t/year"),
         trigger=_p(r"(?:签署|签订|签约|达成)[^，。；]{0,40}(?:合同|购销合同)")),
    Rule(id="agreement", event_type="agreement", status="signed", actors=PARTY, targets=PARTY, target_at="any", value=("m3/year", "RUB", "USD", "CNY", "t/year"),
         trigger=_p(r"(?:签署|签订|达成|草签)[^，。；]{0,40}(?:协议|备忘录|协定|议定书|意向书)")),
    Rule(id="project.shelved", event_type="project_status", status="shelved", actors=("country", "state", "company", "maker"), actor_at="any", acts=True, project_needed=True, targets=("company", "maker"), trigger=_p(r"(?:搁置|暂缓|冻结|无限期推迟)")),
    Rule(id="project.suspended", event_type="project_status", status="suspended", actors=("company", "maker", "country"), project_needed=True, targets=("company", "maker"), trigger=_p(r"(?:暂停|中止|停止)[^，。；]{0,15}(?:参与|合作|建设|投资)")),
    Rule(id="project.withdrawn", event_type="project_status", status="withdrawn", actors=("company", "maker", "country"), project_needed=True, targets=("company", "maker"), trigger=_p(r"退出")),
    Rule(id="project.renamed", event_type="project_status", status="renamed", actors=("maker", "company", "country"), actor_at="any", project_needed=True, trigger=_p(r"(?:更名|改名|改称)")),
    Rule(id="project.venture", event_type="project_status", status="joint_venture", actors=("maker", "company"), actor_at="any", project_needed=True, targets=("maker", "company"), trigger=_p(r"(?:成立|设立|组建)[^，。；]{0,15}合资")),
    Rule(id="project.building", event_type="project_status", status="under_construction", actors=("company", "maker", "country", "state"), actor_at="any", project_needed=True, trigger=_p(r"(?:开工|动工|开始建设|破土)")),
    Rule(id="project.completed", event_type="project_status", status="completed", actors=("company", "maker", "country", "state"), actor_at="any", project_needed=True, trigger=_p(r"(?:竣工|完工|建成|合龙)")),
    Rule(id="visit", event_type="visit", status="done", actors=("person",), targets=("country",), target_at="any", target_needed=True, value=("days", "span"), carried=False,
         trigger=_p(r"(?:抵达|到达|飞抵)[^。；]{0,40}访问|(?:对[^，。；]{0,10}|在[^，。；]{0,10})(?:进行|展开|开始)[^。；]{0,20}访问|(?:开始|结束|完成)[^，。；]{0,20}访问|访问(?:中国|俄罗斯)")),
    Rule(id="cargo.first", event_type="delivery", status="first_cargo", actors=("company", "maker"), actor_at="any", named="?", targets=("country",), target_at="any", project_needed=True, trigger=_p(r"首(?:船|批)[^。；]{0,30}(?:抵达|运抵|到港|卸)")),
    Rule(id="delivery.started", event_type="delivery", status="started", actors=("company", "maker"), actor_at="any", named="?", target="China", project_needed=True, trigger=_p(r"(?:开始|正式)[^，。；]{0,10}(?:供气|输气|供应|通气|投产通气)")),
    Rule(id="opened.plant", event_type="opening", status="opened", actors=FIRMS, targets=("country",), target_at="any", project_needed=True, value=("USD", "CNY", "RUB"), trigger=_p(r"(?:工厂|项目)[^，。；]{0,15}(?:投产|竣工投产|启用|开业)|(?:投产|启用)[^，。；]{0,10}工厂")),
    Rule(id="opened.link", event_type="opening", status="opened", actor_at="none", named="Russia", target="China", project_needed=True, trigger=_p(r"(?:大桥|铁路桥|索道|口岸)[^，。；]{0,15}(?:通车|开通|启用|开放)|(?:开通|通车)")),
    Rule(id="finance.halt", event_type="finance_halt", status="reported", actors=("country",), named="China", side="CN", target="Russia", product="Belt and Road", value=("zero usd",), actor_at="any", speaks=True, modality="asserted", trigger=_p(r"(?:没有新(?:的)?|未签署|降至零|归零)"), needs=_p(r"一带一路")),
    Rule(id="payment.halt", event_type="payment_halt", status="reported", actors=("bank", "company"), target="Russia", product="payments", trigger=_p(r"(?:停止|暂停|拒绝|中止|限制)[^，。；]{0,25}(?:付款|结算|支付|转账|业务|汇款)"), needs=_p(r"俄")),
    Rule(id="purchase.halt", event_type="purchase_halt", status="reported", actors=FIRMS, target="Russia", product_needed=True, products=OIL, trigger=_p(r"(?:停止|暂停|中止)[^，。；]{0,15}(?:采购|购买|进口)"), needs=_p(r"俄")),
    Rule(id="purchase.resumed", event_type="purchase_halt", status="resumed", actors=FIRMS, target="Russia", product_needed=True, products=OIL, trigger=_p(r"恢复[^，。；]{0,15}(?:采购|购买)"), needs=_p(r"俄")),
    Rule(id="guidance", event_type="investment_guidance", status="advised_against", actors=("state", "country"), side="CN", target="Russia", product="cars", trigger=_p(r"(?:建议|劝告|提醒|要求|警告)[^。；]{0,25}(?:不要|避免|勿|谨慎)[^。；]{0,10}投资"), needs=_p(r"俄")),
    Rule(id="countersanction", event_type="countersanction", status="in_force", actors=("state", "country"), named="MOFCOM", targets=("bank", "company", "maker"), target_at="any", target_needed=True, trigger=_p(r"(?:列入|纳入)[^，。；]{0,8}(?:反制清单|不可靠实体清单)|采取反制措施")),
    Rule(id="sanction", event_type="sanction", status="in_force", actors=("country", "bloc"), targets=("bank", "company", "maker"), target_at="any", target_needed=True, trigger=_p(r"(?:实施|施加|宣布)[^，。；]{0,10}制裁|(?:列入|纳入)[^，。；]{0,10}制裁"), unless=_p(r"反制")),
    Rule(id="visa.free", event_type="visa_waiver", status="in_force", actors=("country", "state", "person"), actor_at="first", acts=True, partner=True, value=("days",), trigger=_p(r"(?:试行|实行|实施|给予)[^，。；]{0,15}免签"), needs=_p(r"俄")),
    Rule(id="forecast.down", event_type="forecast", status="", actors=("analyst", "association", "state", "company"), value=("percent",), value_needed=True, speaks=True, target="RU", negative=True, modality="asserted", trigger=_p(r"(?:预计|预测|预期)[^。；]{0,50}(?:下降|下滑|减少|萎缩)")),
    Rule(id="forecast.up", event_type="forecast", status="", actors=("analyst", "association", "state", "company"), value=("percent",), value_needed=True, speaks=True, target="RU", modality="asserted", trigger=_p(r"(?:预计|预测|预期)[^。；]{0,50}(?:增长|上升|增加)")),
)  # fmt: skip

FORECASTS: Final = (
    (_p(r"煤"), "coal_revenue", _p(r"收入|营收")),
    (_p(r"煤"), "coal_exports", _p(r"出口")),
    (_p(r"卡车|货车"), "heavy_truck_market", _p(r"市场|销量")),
    (_p(r"汽车"), "car_market", _p(r"市场|销量")),
)
IN_YEAR: Final = re.compile(r"(?P<year>20\d\d)年|今年|明年")
NARROWED: Final = re.compile(r"(?:仅限|只限|限于)(?P<product>[^，。；]{2,20})")


def _kind(found: re.Match[str]) -> Literal["from", "on", "until", "said"]:
    if found["from"] or found["begin"]:
        return "from"
    return "until" if found["until"] else "said" if found["said"] else "on"


def _days(text: str, published: date) -> list[Day]:
    """The days that a sentence names, in order; a day alone is of the month of publication, or of the one before."""
    found: list[Day] = []
    taken: list[tuple[int, int]] = []
    for one in DATE.finditer(text):
        number, year = int(one["day"]), int(one["year"]) if one["year"] else None
        if one["month"]:
            month = int(one["month"])
            when = days.dated(year, month, number) if year else days.nearest(month, number, published)
        else:
            when = days.dated(published.year, published.month, number)
            if when is None or (when - published).days > 1:
                before = published.replace(day=1) - timedelta(days=1)
                when = days.dated(before.year, before.month, number)
        if when is None:
            continue
        taken.append(one.span())
        last = days.dated(when.year, int(one["month2"] or when.month), int(one["last"])) if one["last"] else None
        found.append(Day(one.start(), one.end(), when, _kind(one), last=last))
    for one in LOOSE.finditer(text):
        if any(start < one.end() and one.start() < end for start, end in taken) or not 1 <= int(one["month"]) <= 12:  # noqa: PLR2004 (months)
            continue
        year = (
            int(one["year"])
            if one["year"]
            else {"今年": published.year, "去年": published.year - 1}.get(one["word"] or "")
        )
        first, last_day = days.month_of(int(one["month"]), published, year)
        number = {"初": 5, "中旬": 15, "下旬": 25, "底": last_day.day}.get(one["part"] or "", 15)
        found.append(Day(one.start(), one.end(), first.replace(day=min(number, last_day.day)), "in", "month"))
    for one in WEEK.finditer(text):
        if not any(abs(one.start() - day.end) < 4 for day in found):  # noqa: PLR2004 (a day and its weekday)
            found.append(Day(one.start(), one.end(), days.back_to_weekday(WEEKDAYS[one["weekday"]], published)))
    for one in RELATIVE.finditer(text):
        shift = {"昨天": -1, "昨日": -1, "明天": 1}.get(one["word"], 0)
        found.append(Day(one.start(), one.end(), published + timedelta(days=shift)))
    return sorted(found, key=lambda day: day.start)


def _decimal(found: re.Match[str]) -> Decimal:
    value = Decimal(found["number"].replace(",", ""))
    return value.scaleb(SCALES[found["scale"]]) if found["scale"] else value


def _amounts(text: str) -> list[Amount]:
    """The amounts that a sentence names."""
    found = [Amount(one.start("number"), one.end(), _decimal(one), "m3/year") for one in VOLUME.finditer(text)]
    found += [Amount(one.start("number"), one.end(), _decimal(one), "t/year") for one in TONNES.finditer(text)]
    units = {"美元": "USD", "卢布": "RUB", "元人民币": "CNY", "人民币": "CNY", "元": "CNY"}
    found += [Amount(one.start(), one.end(), _decimal(one), units[one["unit"]]) for one in MONEY.finditer(text)]
    found += [Amount(one.start(), one.end(), _decimal(one), "percent") for one in PERCENT.finditer(text)]
    for one in DAYS.finditer(text):
        word = one["count"] or one["short"]
        found.append(Amount(one.start(), one.end(), Decimal(DIGITS.get(word, 0) or word), "days"))
    spans = [
        Amount(one.start(), one.end(), Decimal(int(one["last"]) - int(one["day"]) + 1), "days")
        for one in DATE.finditer(text)
        if one["last"] and not one["month2"]
    ]
    zero = re.compile(r"取消|免征|暂免|免除|零|没有新")
    found += rules.marked(found, text, zero=zero, short=_p(SHORT), full=_p(FULL), spans=spans)
    return sorted(found, key=lambda one: one.start)


TONGUE: Final = Tongue(
    name="zh",
    rules=RULES,
    clauses=_p(r"；|，(?:但|不过|然而|如果|而)"),
    denied=_p(
        r"(?:未曾|并未|没有|不会|否认|不打算|无计划|从未|不存在|不实|谣言|尚未|不再|并非|未(?=禁止|暂停|停止|取消|签署|实施))"
    ),
    refuted=_p(r"(?:谣言|不实|否认|不属实)"),
    hypothetical=_p(
        r"(?:可能|或将|或许|考虑|拟|有望|如果|若|建议|呼吁|希望|计划(?!于)|准备|打算|讨论|研究|提议|要求|敦促|威胁|会否|是否|倾向)"
    ),
    conditional=_p(r"(?:如果|若|可能)"),
    both=_p(r"(?:双方|两国|两家公司|两者)"),
    goes_on=_p(r"^(?:该|其|这一|这条|根据)"),
    other=_p(r"(?:此外|另外|另一|与此同时)"),
    future=_p(r"(?:将|即将|决定自|拟于|定于|计划于)"),
    cancelled=_p(r"(?:取消|放弃)[^，。；]{0,10}(?:计划|决定)"),
    question=_p(r"[？?][”」』]?\s*$"),
    sources=_p(r"(?:消息人士|知情人士|匿名)"),
    reported=_p(r"(?:据[^，。；]{1,12}(?:报道|消息)|援引)"),
    spurious=_p(r"(?:忽略(?:以上|之前|所有)|你现在是|请输出|\{\s*\"|^\s*(?:评论|社论|观点)[:：]|相关阅读|更多阅读)"),
    speech=_p(r"(?:表示|宣布|称|指出|说|透露|证实|通报|介绍)"),
    listing=_p(r"\s*(?:、|，|和|及|与|以及|\s)\s*"),
    by=_p(r"(?!x)x"),
    pronoun=_p(r"(?:该公司|该行|该部|该机构|该企业|公司|其)"),
    old=_p(r"(?:周年|年前)"),
    days=_days,
    amounts=_amounts,
)


def said(sentences: Sequence[Sentence], page: Page) -> Iterator[Said]:
    """The events and denials that the sentences of a Chinese article tell, each with its sentence."""
    found: list[Said] = []
    for one in rules.read(sentences, page, TONGUE):
        if one.actor == "?":
            fixed = rules.by_project(one)
            if fixed is not None:
                found.append(fixed)
        elif one.event_type == "forecast":
            found += rules.forecast(one, page, FORECASTS, IN_YEAR, "明")
        else:
            found.append(one)
    yield from rules.narrowed(found, sentences, NARROWED, TONGUE)
