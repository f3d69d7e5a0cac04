"""What Chinese news tells: the rules of the language, read by `rules`.

Chinese writes no blanks and bends no words. So a name may stand within another word (工行 in 加工行业), 将 may make a
plan or merely put the object first (将关税上调), and who grants what to whom is told by 对, 被 and the order alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal

from sources.parse.news import days, gazetteer, rules
from sources.parse.news.model import Mention, Page, Said, Sentence
from sources.parse.news.rules import FIRMS, Amount, Day, Rule, Tongue
from sources.parse.news.stems import Quick, quick

__all__ = ["RULES", "named", "said"]

# --- days and amounts -------------------------------------------------------------------------------------------------

LEAD: Final = r"(?:(?P<from>自|从|将于|定于)|(?P<until>至|到|截至)|(?P<said>发布于))?"
DATE: Final = quick(
    rf"{LEAD}(?:(?P<year>20\d\d)年|(?P<word>今年|去年|明年|前年))?(?:(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})日(?:(?:至|到|-|—)(?:(?P<month2>\d{{1,2}})月)?(?P<last>\d{{1,2}})日)?(?:零时|0时|凌晨|（[^）]{{1,6}}）)?(?P<begin>起|开始)?"
)
ISO: Final = quick(rf"{LEAD}(?P<year>20\d\d)[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)(?P<begin>起)?")
WRITTEN: Final = quick(
    rf"{LEAD}(?P<year>二[〇○零0][〇○零一二三四五六七八九]{{2}})年(?P<month>[一二三四五六七八九十]{{1,2}})月(?P<day>[一二三四五六七八九十]{{1,3}})日(?P<begin>起|开始)?"
)
# The day of a report about a matter is not its day.
OF_REPORT: Final = quick(r"[^，。；]{0,12}(?:报道|援引|刊文|刊登|披露|讯|电)")
REPORTED_BY: Final = quick(r"(?:据|路透社|彭博社|塔斯社|俄新社|新华社|国际文传|通讯社|》|媒体)[^，。；]{0,12}$")
LOOSE: Final = quick(
    r"(?P<until>至|到|截至)?(?:(?P<year>20\d\d)年|(?P<word>今年|去年|前年|明年))?(?P<month>\d{1,2})月(?!\d|份?\d{1,2}日)份?(?P<part>初|上旬|中旬|下旬|底|末)?"
)
END_OF_YEAR: Final = quick(r"(?P<until>至|到|截至)?(?:(?P<year>20\d\d)年|(?P<word>今年|去年))年?(?P<part>初|底|末)")
YEAR: Final = quick(
    r"(?<![至到])(?:(?P<year>20\d\d)年|(?P<word>去年|前年))(?!\d|底|末|年[初底末]|初|度|款|以来|起|来|至|到|第|[上下]半年|[一二三四]季度|前|春|夏|秋|冬|的?产量|的?生产)"
)
YEARS: Final = MappingProxyType({"今年": 0, "去年": -1, "前年": -2, "明年": 1})
NEW_YEAR: Final = quick(
    r"(?P<until>至|到|截至)?(?:(?:(?P<year>20\d\d)年|(?P<word>今年|明年)?)(?:新年)?元旦|(?P<next>明年))(?=起|开始)"
)
AHEAD: Final = quick(r"将|拟|定于|起|开始|至|到|计划|准备|前(?=[，完])")
HALF_YEAR: Final = 6  # months: after it the new year is the next one
FAR_AHEAD: Final = 90  # days: a day without a year so far ahead is one of the past, unless the sentence looks ahead
YEARS_AGO: Final = quick(r"(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})年(?:多)?(?:前|之前|以前)")
WEEK: Final = quick(
    r"(?<![每一两三四])(?P<which>上|本|这|下)?(?:周|星期)(?P<weekday>[一二三四五六日天])(?!天|个|次|年|日工作)"
)
RELATIVE: Final = quick(
    r"(?P<word>今天|今日|今晨|今早|昨天|昨日|昨晚|前天|前日|明天|明日|当天|当日|自?即日起|自?本日起|上周(?![一二三四五六日天])|上个?月|本月(?!\d)|下个?月)(?P<begin>起)?"
)
SHIFTS: Final = MappingProxyType({"昨天": -1, "昨日": -1, "昨晚": -1, "前天": -2, "前日": -2, "明天": 1, "明日": 1})
WEEKDAYS: Final = MappingProxyType({"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6})
WEEKS: Final = MappingProxyType({"上": -7, "下": 7, "本": 0, "这": 0})
LATE: Final = 25
PARTS: Final = MappingProxyType({"初": 5, "上旬": 5, "中旬": 15, "下旬": LATE, "底": 31, "末": 31})
NUMBER: Final = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:多|余)?(?P<scale>万亿|千亿|百亿|十亿|亿|千万|百万|万|千)?(?:多|余)?"
MONEY: Final = quick(NUMBER + r"(?P<unit>美元|卢布|元人民币|人民币|元)")
PERCENT: Final = quick(NUMBER + r"(?:%|％|个百分点)")
HUNDREDTHS: Final = quick(r"百分之(?P<count>\d+(?:\.\d+)?|[一二两三四五六七八九十]{1,3})")
TENTHS: Final = quick(r"(?P<count>[一二两三四五六七八九])成(?P<half>半)?(?![为立员功本交品果长员])")
VOLUME: Final = quick(NUMBER + r"(?:立方米|立方(?!厘)|方(?=天然气|[，。、；）]|$))")
TONNES: Final = quick(NUMBER + r"吨(?P<rate>/年)?")
EACH_YEAR: Final = quick(r"每年[^，。]{0,10}$")
COUNT: Final = r"(?P<{0}>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}})"
DAYS: Final = quick(
    rf"(?:为期|进行|不超过|不多于|最长|最多|停留(?:期限?)?为?){COUNT.format('count')}(?:天|日)|{COUNT.format('short')}天(?:的)?(?:国事|正式|工作)?访问|{COUNT.format('stay')}(?:天|日)(?:以?内)?(?:的)?(?:免签|免办签证|无签证|停留)"
)
FROM: Final = quick(r"(?:由|从|自)(?:目前|现行|现有|原来|此前|原定|每年|的){0,3}$")
RISES: Final = quick(r"[^，。；]{0,4}?(?:增|提|升|扩|涨|上|降|下|调|减|翻)")
SCALES: Final = MappingProxyType(
    {"千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12}
)
DIGITS: Final = MappingProxyType(
    {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
)
SHORT: Final = r"工作周(?:缩短|压缩|缩减|减少|改)?(?:为|到|至|成)[四三两432]天|(?:每周|一周)(?:只|仅)?(?:工作|上班)?[四三两432]天(?:工作制)?|[四三两432](?:天|日)工作(?:制|周)"
FULL: Final = r"(?:每周|一周)(?:工作|上班)?[五5]天(?:工作制)?|[五5](?:天|日)工作(?:制|周)|正常工作制"


def _p(text: str) -> Quick:
    return quick(text)


BODY: Final = ("state", "country", "bloc")
STATES: Final = ("state", "country", "bloc", "person")
PARTY: Final = ("country", "state", "maker", "company", "bank")
OIL: Final = frozenset({"crude oil", "seaborne crude", "oil products", "LNG", "coal", "pipeline gas"})
# Firms that stop buying or selling of themselves: their state forbids nothing.
OF_FIRMS: Final = (
    r"(?:车企|企业|公司|厂商|制造商|经销商|买家|炼厂|银行|进口商)[^，。；的]{0,14}(?:停止|暂停|限制|叫停|恢复)"
)
LATER: Final = r"(?:推迟|延期|延后|推后|押后|顺延|延迟)"
FEE: Final = r"(?:报废税|回收费|报废费|回收税|回收利用费)"
BREAK: Final = r"[^，。；]"
STOP: Final = r"(?<!不再)(?:禁止|暂停|停止|叫停|限制|禁售|不得|不准|不允许|不再允许)"
IMPORT: Final = r"(?:进口(?!关税|税|暂定|环节|配额|商)|销售|输入|入境|输华|输俄|入关|通关|流通|上牌|上市)(?!的(?!公告|决定|通知|命令|措施))"

OFFICE: Final = (
    r"(?:副?董事长|副?总裁|总经理|首席执行官|行长|负责人|总干事|主席|副?署长|副?局长|副?部长|会长|主任|代表|公司)"
)
BACK: Final = _p(r"(?:恢复|重新)[^。；]{0,30}(?:关税|税率)")

RULES: Final = (
    # --- bans and access ---
    Rule(id="ban.kept", event_type="import_ban", status="kept", actors=STATES, acts=True, product_needed=True, partner=True, modality="asserted",
         trigger=_p(rf"(?:维持|保持|延长|延续|继续实施|继续执行|(?:尚|仍|还|暂)?未(?:解除|取消|放开|撤销)|没有(?:解除|取消|放开)){BREAK}{{0,25}}(?:禁令|禁止|进口限制|限制进口|限制)|(?:仍然?|依然|继续)(?:禁止|限制){BREAK}{{0,20}}{IMPORT}"), unless=_p(r"签证|出口限制|出口管制|关税")),
    Rule(id="ban.stays", event_type="import_ban", status="kept", actors=STATES, acts=True, named="China", product_needed=True, partner=True, modality="asserted",
         trigger=_p(rf"(?:禁令|进口限制){BREAK}{{0,6}}(?:仍然?|依然|继续|依旧){BREAK}{{0,4}}(?:有效|生效|存在|维持)|(?:禁令|进口限制){BREAK}{{0,6}}(?:未|没有)(?:被)?(?:取消|解除|放开|撤销)"), unless=_p(r"出口|签证")),
    Rule(id="ban.shut", event_type="import_ban", status="kept", actor_at="none", named="China", product_needed=True, partner=True, modality="asserted",
         trigger=_p(rf"(?:仍未|尚未|还未|仍不能|仍无法|至今未能|依然无法){BREAK}{{0,10}}(?:进入中国市场|输华|出口中国|对华出口|出口至中国|出口到中国)"), needs=_p(r"俄")),
    Rule(id="ban.partly", event_type="import_ban_update", status="partly_lifted", actors=("state",), actor_at="any", side="RU", named="Rosstandart", targets=("maker",), target_at="any", target_needed=True,
         trigger=_p(rf"部分(?:解除|取消|放开){BREAK}{{0,30}}(?:禁令|禁止|限制)|(?:禁令|限制)(?:已)?(?:被)?部分(?:解除|取消)")),
    Rule(id="ban.widened", event_type="import_ban_update", status="widened", actors=("state",), actor_at="any", side="RU", named="Rosstandart", targets=("maker",), target_at="any", target_needed=True,
         trigger=_p(rf"(?:扩大|追加|新增){BREAK}{{0,25}}(?:禁令|禁止进口|禁售|禁止清单)|(?:禁令|禁售令)(?:范围)?(?:已)?(?:被)?(?:扩大|扩展|扩及)")),
    Rule(id="ban.recall", event_type="import_ban_update", status="recall_agreed", actors=("state",), actor_at="any", side="RU", named="Rosstandart", targets=("maker",), target_at="any", target_needed=True,
         trigger=_p(r"召回[^。；]{0,40}(?:达成一致|商定|批准|同意|认可|获批|协商一致|备案)|(?:同意|批准|认可|商定|敲定)[^，。；]{0,25}召回")),
    Rule(id="ban.lifted.maker", event_type="import_ban_lifted", status="lifted", actors=("state",), side="RU", targets=("maker",), target_at="any", target_needed=True, product_needed=True,
         trigger=_p(rf"(?<!部分)(?:解除|取消|撤销|废止){BREAK}{{0,30}}(?:禁令|限制|禁止|禁售)|恢复{BREAK}{{0,25}}(?:进口(?!关税)|销售|型式认证)"), unless=_p(r"关税|签证|部分解除")),
    Rule(id="ban.lifted", event_type="import_ban_lifted", status="lifted", actors=STATES, product_needed=True, partner=True,
         trigger=_p(rf"(?<!部分)(?:解除|取消|撤销|废止){BREAK}{{0,25}}(?:禁令|进口限制|禁止进口|进口禁令|限制)|(?:禁令|进口限制|进口禁令)(?:被|已|正式|全面|予以|获|得到|均|将){{1,3}}(?:解除|取消|撤销|废止)|恢复{BREAK}{{0,16}}(?:进口(?!关税)|输华|对华出口|出口中国)|不再(?:限制|禁止){BREAK}{{0,16}}(?:进口(?!关税)|输华)|解禁|重新(?:允许|开放|批准){BREAK}{{0,20}}(?:进口|输华)"), unless=_p(rf"关税|签证|(?<!对华)出口(?!中国)|部分解除|{OF_FIRMS}|产区|区域性?限制|议定书")),
    Rule(id="access", event_type="market_access", status="granted", actors=("state", "country"), side="CN", named="China", acts=True, product_needed=True, partner=True,
         trigger=_p(rf"(?:允许|准许|准予|批准|同意|开放|放开){BREAK}{{0,30}}(?:进口|输华|准入|进入(?:中国|我国)市场|对华出口)"), needs=_p(r"俄"), unless=_p(r"恢复|重新|禁令|限制进口")),
    Rule(id="access.gained", event_type="market_access", status="granted", actor_at="none", named="China", product_needed=True, partner=True,
         trigger=_p(rf"(?:获准|获批|获得许可|首次获准){BREAK}{{0,12}}(?:输华|对华出口|出口中国|出口至中国|进入(?:中国|我国)市场|进口)|(?:获得|取得){BREAK}{{0,8}}(?:输华资格|市场准入|准入资格|输华准入)"), needs=_p(r"俄"), unless=_p(r"恢复|重新|禁令")),
    Rule(id="access.may", event_type="market_access", status="granted", actor_at="none", named="China", product_needed=True, partner=True,
         trigger=_p(r"(?<!不)(?:可以?|能够)(?:对华出口|输华|出口(?:到|至)?中国|进入(?:中国|我国)市场)"), needs=_p(r"俄[^。]*(?:公告|起|批准|宣布)|(?:公告|起|批准|宣布)[^。]*俄"), unless=_p(r"恢复|重新|禁令|没有|何时|尚|[？?]")),
    Rule(id="ban", event_type="import_ban", status="in_force", actors=BODY, targets=("maker",), target_at="any", target_needed=True, product_needed=True,
         trigger=_p(rf"{STOP}{BREAK}{{0,45}}?{IMPORT}|禁止在俄|(?:停售|禁售)"), unless=_p(rf"采购|购买|支付|出口管制|{OF_FIRMS}")),
    Rule(id="ban.goods", event_type="import_ban", status="in_force", actors=BODY, product_needed=True, partner=True,
         trigger=_p(rf"(?<!不再)(?:禁止|暂停|停止|叫停|限制|不得|不准|不允许|不再允许){BREAK}{{0,30}}?{IMPORT}|禁止(?:从|自){BREAK}{{0,20}}进口"), unless=_p(rf"采购|购买|支付|出口管制|签证|游客|公民|{OF_FIRMS}")),
    # --- duties and fees ---
    Rule(id="dumping.extended", event_type="antidumping_duty", status="extended", actors=BODY, named="EEC", targets=("country",), target_at="any", product_needed=True, value=("percent",), each_product=True,
         trigger=_p(r"(?:延长|继续征收|续征|延续)[^，。；]{0,40}反倾销|反倾销[^。；]{0,40}(?:延长|续征|延续)"), unless=_p(r"复审|如获|若获|如果")),
    Rule(id="dumping.lifted", event_type="antidumping_duty", status="lifted", actors=BODY, named="EEC", targets=("country",), target_at="any", product_needed=True, each_product=True,
         trigger=_p(rf"(?:取消|终止|停止|废止|不再){BREAK}{{0,30}}反倾销(?:税|措施)|反倾销(?:税|措施){BREAK}{{0,12}}(?:到期|终止|取消|失效)")),
    Rule(id="dumping.duty", event_type="antidumping_duty", status="in_force", actors=BODY, named="EEC", targets=("country",), target_at="any", product_needed=True, value=("percent",), each_product=True,
         trigger=_p(r"(?:征收|实施|加征|开征|课征)[^，。；]{0,30}反倾销(?:税|措施)|反倾销(?:税|措施)[^。；]{0,40}(?:生效|实施|起征|开征)|(?<=起)[^。；]{0,40}缴纳[^，。；]{0,12}反倾销税"), unless=_p(r"(?:调查|复审)(?!.*生效)")),
    Rule(id="relief", event_type="statement", status="duty_relief_asked", actors=("country", "state", "person", "company", "association"), side="RU", acts=True, target="China", product_needed=True, speaks=True, modality="asserted",
         trigger=_p(r"(?:请求|要求|希望|建议|提议|呼吁|敦促|请)[^。；]{0,25}(?:取消|暂停|免除|免征|豁免|降低|下调|减免)[^，。；]{0,20}(?:关税|税率)|(?:提出|发出|转达|递交)[^。；]{0,25}(?:取消|暂停|免除|免征|豁免|降低|下调|减免)[^，。；]{0,20}(?:关税|税率)的?(?:请求|要求|申请|建议|提议)"), needs=_p(r"中国|中方|北京|对华"), unless=_p(r"否认|并未|没有(?:请求|要求)|[？?]")),
    Rule(id="tariff.extended", event_type="tariff", status="extended", actors=STATES, named="China", acts=True, product_needed=True, partner=True, value=("zero", "percent"),
         trigger=_p(rf"(?:零关税|暂定税率|零税率|关税){BREAK}{{0,20}}(?:延长|延续|展期|再延|续期|延至)|(?:延长|延续|继续实施|继续执行|继续实行){BREAK}{{0,25}}(?:零关税|暂定税率|零税率|关税)"), unless=_p(r"反倾销|报废税")),
    Rule(id="tariff.suspended", event_type="tariff", status="suspended", actors=STATES, acts=True, product_needed=True, partner=True,
         trigger=_p(rf"(?:暂停|中止)(?:征收|加征|实施|执行)?{BREAK}{{0,20}}关税"), unless=_p(r"反倾销|报废税|暂停进口")),
    Rule(id="tariff.zero", event_type="tariff", status="lifted", actors=STATES, named="China", acts=True, product_needed=True, partner=True, value=("zero",),
         trigger=_p(rf"(?:取消|免征|暂免|免除|豁免){BREAK}{{0,25}}(?:进口)?(?:关税|税率)|零(?:关税|税率)|税率(?:降|下调|调整)?(?:至|为)零|降(?:至|为)零"), needs=_p(r"关税|税率"), unless=_p(r"反倾销|报废税|(?:零关税|零税率|暂定税率)[^。；]{0,25}(?:到期|结束|终止|终结|告终|届满|失效|延长|延续|展期|再延|续期|延至)|取消零关税|告别零关税|零关税时代|零关税[”」]?(?:优势|红利|待遇)|关税[^，。；]{0,4}(?:重启|恢复|回归)|不再享受|(?:享受?|享有|仍|维持|保持|继续)[^，。；]{0,4}零(?:关税|税率)")),
    Rule(id="tariff.rate.listed", event_type="tariff", status="imposed", actors=STATES, actor_at="first", named="China", acts=True, product_needed=True, partner=True, value=("percent",), value_needed=True,
         trigger=_p(r"(?P<product>[^，。；、和及与]{1,10})(?=(?:[、和及与][^，。；、和及与]{1,8}){1,4}(?:等)?(?:的)?(?:进口)?(?:关税|税率)?(?:恢复)?(?:为|至|到|适用|征收)\d+(?:\.\d+)?%)"), needs=_p(r"(?:恢复|重新)[^。；]{0,30}(?:关税|税率)|最惠国税率"), unless=_p(r"反倾销|报废税|暂定税率为零|(?:提高|上调|升|涨|下调|降)[到至为]")),
    Rule(id="tariff.rate", event_type="tariff", status="imposed", actors=STATES, actor_at="first", named="China", acts=True, product_needed=True, partner=True, value=("percent",), value_needed=True,
         trigger=_p(r"(?P<product>[^，。；、和及与]{1,14}?)(?:的)?(?:进口)?(?:关税|税率)?(?:恢复)?(?:为|至|到|适用|征收)(?=\d+(?:\.\d+)?%)"), needs=_p(r"(?:恢复|重新)[^。；]{0,30}(?:关税|税率)|最惠国税率"), unless=_p(r"反倾销|报废税|暂定税率为零|(?:提高|上调|升|涨|下调|降)[到至为]")),
    Rule(id="tariff.rate.listed.next", event_type="tariff", status="imposed", actors=STATES, actor_at="none", named="China", product_needed=True, partner=True, value=("percent",), value_needed=True, context=BACK,
         trigger=_p(r"(?P<product>[^，。；、和及与]{1,10})(?=(?:[、和及与][^，。；、和及与]{1,8}){1,4}(?:等)?(?:的)?(?:进口)?(?:关税|税率)?(?:恢复)?(?:为|至|到|适用|征收)\d+(?:\.\d+)?%)"), needs=_p(r"关税|税率"), unless=_p(r"反倾销|报废税|暂定税率为零|(?:提高|上调|升|涨|下调|降)[到至为]")),
    Rule(id="tariff.rate.next", event_type="tariff", status="imposed", actors=STATES, actor_at="none", named="China", product_needed=True, partner=True, value=("percent",), value_needed=True, context=BACK,
         trigger=_p(r"(?P<product>[^，。；、和及与]{1,14}?)(?:的)?(?:进口)?(?:关税|税率)(?:恢复)?(?:为|至|到|适用|征收)(?=\d+(?:\.\d+)?%)"), needs=_p(r"关税|税率"), unless=_p(r"反倾销|报废税|暂定税率为零|(?:提高|上调|升|涨|下调|降)[到至为]")),
    Rule(id="tariff.back", event_type="tariff", status="imposed", actors=STATES, named="China", acts=True, product_needed=True, partner=True, value=("percent",),
         trigger=_p(rf"(?:对(?P<product>[^，。；对]{{1,20}}?))?(?:恢复|重新|开始)(?:征收|实施|执行|实行)?{BREAK}{{0,25}}(?:进口)?(?:(?<!反倾销)关税|最惠国税率)|对[^，。；]{{0,25}}(?:征收|加征|开征|课以){BREAK}{{0,15}}(?<!反倾销)关税|(?:加征|开征){BREAK}{{0,12}}(?<!反倾销)关税|进口关税(?:将|已|正式|今起){{0,2}}(?:恢复|重启|回归)(?![^，。；]{{0,6}}零)"), unless=_p(r"报废税")),
    Rule(id="tariff.raised", event_type="tariff", status="raised", actors=STATES, acts=True, product_needed=True, partner=True, value=("last percent",),
         trigger=_p(rf"(?:上调|提高|调高){BREAK}{{0,25}}关税|关税(?:税率)?{BREAK}{{0,30}}(?:上调|提高|调高|升[至到]|涨[至到]|增[至到]|提升|跃升|飙升|猛增)"), unless=_p(r"反倾销|报废税")),
    Rule(id="tariff.lowered", event_type="tariff", status="lowered", actors=STATES, acts=True, product_needed=True, partner=True, value=("last percent",),
         trigger=_p(rf"(?:下调|降低|调低|调减){BREAK}{{0,25}}关税|关税(?:税率)?{BREAK}{{0,30}}(?:下调|降低|调低|降至)"), unless=_p(r"反倾销|报废税|降(?:至|为)零|税率为零")),
    Rule(id="fee.postponed", event_type="fee_change", status="postponed", actor_at="none", named="Russia", product="cars", speaks=True, own_day=True,
         trigger=_p(rf"{LATER}[^，。；]{{0,30}}{FEE}|{FEE}[^。；]{{0,40}}{LATER}"), needs=_p(r"俄|莫斯科")),
    Rule(id="fee.rate", event_type="fee_change", status="in_force", actor_at="none", named="Russia", product="cars", value=("last RUB",),
         trigger=_p(rf"(?:上调|提高|提升|调整|计征|实行|执行|启用){BREAK}{{0,30}}{FEE}|改(?:按|为|以)[^，。；]{{0,20}}(?:征收|计征|计算|收取){BREAK}{{0,6}}{FEE}|{FEE}[^。；]{{0,50}}(?:上调|提高|上涨|涨至|升至|增至|生效|实施|施行|启用)"), needs=_p(r"俄|莫斯科")),
    Rule(id="export.lifted", event_type="export_control", status="lifted", actors=("state", "country"), named="MOFCOM", product_needed=True,
         trigger=_p(rf"(?:解除|取消|暂停实施|停止实施|暂停){BREAK}{{0,25}}(?:出口管制|出口限制|出口禁令)")),
    Rule(id="export.control", event_type="export_control", status="in_force", actors=("state", "country"), named="MOFCOM", product_needed=True,
         trigger=_p(rf"(?:实施|实行|加强|采取){BREAK}{{0,20}}出口管制|对[^。；]{{0,40}}(?:实施|实行){BREAK}{{0,10}}(?:出口管制|管制)|(?:列入|纳入){BREAK}{{0,8}}出口管制|出口管制(?:措施|政策|规定|公告)?[^，。；]{{0,15}}(?:生效|实施|施行)|(?:禁止|限制){BREAK}{{0,20}}出口(?!管制|商)"), unless=_p(rf"解除|取消|暂停实施|{OF_FIRMS}")),
    # --- the working week and output ---
    Rule(id="week.off", event_type="work_week_cut", status="in_force", own_product=True, actors=FIRMS, actor_at="any", value=("short week",), modality="denied",
         trigger=_p(rf"(?:不会|不打算|没有计划|无计划|否认|并未|无意|不再计划){BREAK}{{0,30}}(?:{SHORT})")),
    Rule(id="week.called.off", event_type="work_week_cut", status="cancelled", own_product=True, actors=FIRMS, value=("short week",), modality="cancelled", trigger=_p(rf"(?:取消|放弃|撤销){BREAK}{{0,20}}(?:{SHORT})")),
    Rule(id="week.back", event_type="work_week_restored", status="in_force", own_product=True, actors=FIRMS, value=("full week",), trigger=_p(rf"(?:恢复|回到|重回|返回|恢复到|重返|回归|转回|改回){BREAK}{{0,20}}(?:{FULL})|(?:结束|告别|终止){BREAK}{{0,12}}(?:{SHORT})")),
    Rule(id="week.short", event_type="work_week_cut", status="in_force", own_product=True, actors=FIRMS, value=("short week",),
         trigger=_p(rf"(?:改为|改行|改成|转为|转向|实行|试行|实施|推行|采用|采取|启用|过渡到|转入|进入|执行|缩短|切换|引入|开始){BREAK}{{0,20}}(?:{SHORT})|(?:每周|一周)(?:只|仅)(?:工作|上班|开工)[四三两432]天|工作周(?:缩短|压缩|缩减|减少|改)(?:为|到|至|成)[四三两432]天|起[^。；]{{0,20}}(?:每周|一周)(?:工作|上班|开工)[四三两432]天")),
    Rule(id="output.cut", event_type="production_cut", status="announced", own_product=True, actors=("maker", "company"), value=("percent",), negative=True, speaks=True,
         trigger=_p(rf"(?:减产|(?:削减|下调|缩减|降低|减少|压减){BREAK}{{0,15}}(?:产量|生产|生产计划|产能)|(?:产量|生产计划|产能|生产){BREAK}{{0,14}}(?:下调|削减|缩减|降低|减少|压缩))"), unless=_p(r"欧佩克|OPEC|粮食减产|小麦减产")),
    # --- statements ---
    Rule(id="dumping", event_type="statement", status="dumping", own_product=True, actors=("maker", "company", "person", "association"), target="China", speaks=True, value=("RUB",), modality="asserted",
         trigger=_p(r"(?:指责|指控|称|抱怨|批评|谴责|表示|说|指出|直言|炮轰|怒斥|控诉|痛斥|认为)[^。；]{0,60}倾销|倾销[^。；]{0,40}(?:表示|称|说)|倾销[^；]{0,60}[。！，]?[”」][^。；]{2,40}(?:表示|称|说|评价|指出)"), needs=_p(r"中国|中方|对华|在华"), unless=_p(r"反倾销税|反倾销调查|反倾销措施|否认|不存在倾销|不认为|并非|并不|不属于|不构成|没有(?:进行|存在)?倾销|并未|不是|不算|[？?]")),
    Rule(id="dumping.ask", event_type="statement", status="dumping", own_product=True, actors=("maker", "company", "association"), target="China", speaks=True, modality="asserted",
         trigger=_p(r"(?:要求|呼吁|请求|申请|提请|敦促)[^。；]{0,60}(?:反倾销|倾销)"), needs=_p(r"中国|中方|对华"), unless=_p(r"否认|并未|没有要求|取消|[？?]")),
    Rule(id="savings", event_type="statement", status="savings", actors=("company", "person", "state"), target="China", product="crude oil", speaks=True, value=("USD",), value_needed=True, modality="asserted",
         trigger=_p(r"(?:节省|节约|省下)"), needs=_p(r"石油|原油|俄油")),
    Rule(id="payments", event_type="statement", status="payment_problems", actors=("person", "company", "bank", "state", "association"), actor_at="any", product="payments", speaks=True, spoken=True, opposite=True, modality="asserted",
         trigger=_p(r"(?:付款|支付|结算|汇款)[^。；]{0,12}(?:困难|问题|障碍|受阻|延误|难题|不畅)"), needs=_p(r"(?:表示|称|承认|指出|坦言|说)[^。]*(?:中国|中方|对华|中俄|两国|俄)"), unless=_p(r"(?:没有|不存在|已经?解决|得到解决|否认|不存在任何)")),
    Rule(id="unconfirmed", event_type="statement", status="not_confirmed", actors=("state", "country", "person"), side="CN", project_needed=True, speaks=True, opposite=True, modality="asserted",
         trigger=_p(r"(?:未|没有|尚未|拒绝)(?:予以|对此|就此|正式|公开)*(?:确认|证实|置评|作出回应|正面回应|回应)|不(?:了解|掌握|清楚)[^，。；]{0,20}情况|(?:请|建议)(?:你|您|记者)?向[^，。；]{0,14}(?:主管部门|有关部门|中方企业|有关企业|主管单位)[^，。；]{0,6}(?:询问|了解|咨询)|没有可(?:以)?(?:提供|分享|补充)的|未作(?:出)?(?:评论|回应)|不予置评")),
    Rule(id="negotiating", event_type="statement", status="negotiating", actors=("person", "state", "country"), actor_at="any", project_needed=True, speaks=True, spoken=True, opposite=True, modality="asserted",
         trigger=_p(rf"(?:继续|正在|仍在|正(?=[就与同围])|愿|将|愿意|准备){BREAK}{{0,20}}(?:谈判|磋商|商谈|协商|谈妥|商定|讨论|推进)|(?:谈判|磋商|商谈){BREAK}{{0,8}}(?:仍在|正在|继续|进行|持续|尚未结束)"), needs=_p(r"表示|称|说|指出|透露|宣布|强调|告诉|坦言|介绍|："), unless=_p(r"[？?]")),
    # --- agreements and projects ---
    Rule(id="agreed.raise", event_type="agreement", status="expanded", each_project=True, actors=PARTY, actor_at="any", named="?", targets=PARTY, target_at="any", project_needed=True, value=("m3/year",), modality="asserted",
         trigger=_p(r"(?:同意|商定|签署|达成|约定)[^。；]{0,45}(?:增加|提高|扩大|增至|提升|增供|升至)"), unless=_p(r"可能|尚未|没有|未(?:同意|商定|签署|达成)|如果|考虑|有望|否认")),
    Rule(id="contract", event_type="contract", status="signed", actors=("company", "maker", "bank", "country", "state"), targets=PARTY, target_at="any", value=("m3/year", "RUB", "USD", "CNY", "t/year"),
         trigger=_p(rf"(?:签署|签订|签约|达成|签下){BREAK}{{0,60}}(?:合同|购销协议|供货协议)|合同{BREAK}{{0,16}}(?:签署|签订|签约)"), unless=_p(r"签署合同的|合同签署后|劳动合同")),
    Rule(id="agreement", event_type="agreement", status="signed", actors=PARTY, targets=PARTY, target_at="any", value=("m3/year", "RUB", "USD", "CNY", "t/year"),
         trigger=_p(rf"(?:签署|签订|达成|草签|签下){BREAK}{{0,60}}(?:协议|备忘录|协定|议定书|意向书)|(?:协议|备忘录|协定|议定书){BREAK}{{0,16}}(?:签署|签订|签约|达成)"), unless=_p(r"停火|和平协议|购销协议")),
    Rule(id="project.shelved", event_type="project_status", status="shelved", actors=("country", "state", "company", "maker", "person"), actor_at="any", acts=True, project_needed=True, targets=("company", "maker"), trigger=_p(r"(?:搁置|暂缓|冻结|无限期推迟|束之高阁)")),
    Rule(id="project.suspended", event_type="project_status", status="suspended", actors=("company", "maker", "country"), project_needed=True, targets=("company", "maker"), trigger=_p(rf"(?:暂停|中止|停止){BREAK}{{0,25}}(?:参与|合作|建设|投资|参股)|(?:暂停|中止)参与")),
    Rule(id="project.cancelled", event_type="project_status", status="cancelled", actors=("country", "state", "company", "maker", "person"), actor_at="any", acts=True, project_needed=True, targets=("company", "maker"), trigger=_p(rf"(?:取消|终止|放弃|叫停){BREAK}{{0,20}}(?:项目|工程|建设)|(?:项目|工程|计划){BREAK}{{0,6}}(?:被|已|已经|遭|正式|宣告){{1,2}}(?:取消|终止|叫停|流产)"), unless=_p(r"关税|禁令|制裁")),
    Rule(id="project.withdrawn", event_type="project_status", status="withdrawn", actors=("company", "maker", "country"), project_needed=True, targets=("company", "maker"), trigger=_p(r"(?:退出|撤出)|不再(?:是|作为){0,2}[^，。；]{0,16}(?:合作伙伴|合作方)|不再参与")),
    Rule(id="project.renamed", event_type="project_status", status="renamed", actors=("maker", "company", "country"), actor_at="any", project_needed=True, trigger=_p(r"(?:更名|改名|改称|易名|重新命名|定名)")),
    Rule(id="project.venture", event_type="project_status", status="joint_venture", actors=("maker", "company"), actor_at="any", project_needed=True, targets=("maker", "company"), trigger=_p(rf"(?:成立|设立|组建|注册){BREAK}{{0,20}}合资|合资(?:成立|组建)|公司(?:正式|今日)?成立(?:仪式|大会)|合资(?:公司|企业){BREAK}{{0,20}}(?:成立|注册|揭牌|挂牌)")),
    Rule(id="project.customer", event_type="project_status", status="launch_customer", actors=("maker",), actor_at="any", named="COMAC", project_needed=True, trigger=_p(r"(?:首家|首个|全球首家|首位|启动|首发)(?:用户|客户)")),
    Rule(id="project.resumed", event_type="project_status", status="resumed", actors=("company", "maker", "country", "state"), actor_at="any", project_needed=True, targets=("company", "maker"), trigger=_p(rf"(?:重启|恢复){BREAK}{{0,12}}(?:建设|施工|项目|参与)")),
    Rule(id="project.building", event_type="project_status", status="under_construction", actors=("company", "maker", "country", "state"), actor_at="any", named="?", project_needed=True, trigger=_p(r"(?:开工|动工|开始建设|开始施工|破土|奠基)")),
    Rule(id="project.completed", event_type="project_status", status="completed", actors=("company", "maker", "country", "state"), actor_at="any", named="?", project_needed=True, trigger=_p(r"(?:竣工(?!投产)|完工|建成(?!后|投产|通车|并)|合龙|铺轨完成)")),
    Rule(id="project.progress", event_type="project_status", status="no_progress", actors=("company", "maker", "country", "state"), actor_at="any", named="?", project_needed=True, modality="asserted", trigger=_p(r"(?:毫无|没有(?:取得)?|未取得|未见|缺乏)(?:任何|实质性?|明显)*进展|停滞不前|陷入(?:停滞|僵局)")),
    # --- visits ---
    Rule(id="visit", event_type="visit", status="done", actors=("person",), targets=("country",), target_at="any", value=("days", "span"), carried=False,
         trigger=_p(r"(?:抵达|到达|飞抵)[^。；]{0,40}(?:访问|访华|访俄|行程)|(?:对[^，。；]{0,10}|在[^，。；]{0,10}|赴[^，。；]{0,10})(?:进行|展开|开始|开展)[^。；]{0,20}访问|(?:开始|开启|展开|结束|完成)[^。；]{0,24}(?:访问|访华|访俄|之行)|访问(?:中国|俄罗斯)(?!期间|前|后|团|学者)|(?<!对)(?<!此次)(?<!这次)(?<!本次)(?<!首次)(?<!历次)访(?:华|俄)(?!期间|前|后|团|时|的|游客|人数|之旅的|成果|意义|表明|意味|凸显|日程|计划|安排|事宜|一事|邀请|，?标志)|(?:抵达|飞抵)(?:北京|上海|天津|哈尔滨|莫斯科|喀山|圣彼得堡|中国|俄罗斯)"),
         unless=_p(r"邀请[^，。；]{1,12}访(?:华|俄|问)|历次|曾多次")),
    # --- deliveries and openings ---
    Rule(id="cargo.first", event_type="delivery", status="first_cargo", actors=("company", "maker"), actor_at="any", named="?", targets=("country",), target_at="any", project_needed=True, trigger=_p(r"(?:首|第一)(?:船|批)[^。；]{0,40}(?:抵达|运抵|到港|卸|抵港|靠泊|交付)|(?:迎来|接收|接卸|交付|卸下)[^。；]{0,30}(?:首|第一)(?:船|批)")),
    Rule(id="delivery.resumed", event_type="delivery", status="resumed", actors=("company", "maker"), actor_at="any", named="?", target="China", project_needed=True, trigger=_p(rf"恢复{BREAK}{{0,8}}(?:供气|输气|供应|供油|输油)")),
    Rule(id="delivery.stopped", event_type="delivery", status="stopped", actors=("company", "maker"), actor_at="any", named="?", target="China", project_needed=True, trigger=_p(rf"(?:停止|暂停|中断){BREAK}{{0,8}}(?:供气|输气|供应|供油|输油)")),
    Rule(id="delivery.started", event_type="delivery", status="started", actors=("company", "maker"), actor_at="any", named="?", target="China", project_needed=True, trigger=_p(rf"(?:开始|正式|启动){BREAK}{{0,12}}(?:供气|输气|供应|通气|投产通气|输往中国|供油|输油)|投产通气")),
    Rule(id="opened.plant", event_type="opening", status="opened", actors=FIRMS, targets=("country",), target_at="any", project_needed=True, value=("USD", "CNY", "RUB"), trigger=_p(rf"(?:工厂|项目){BREAK}{{0,15}}(?:投产|竣工投产|启用|开业|落成)|(?:投产|启用){BREAK}{{0,10}}工厂|(?:建成投产|竣工投产)")),
    Rule(id="opened.link", event_type="opening", status="opened", actor_at="none", named="Russia", target="China", project_needed=True, trigger=_p(rf"(?:大桥|铁路桥|索道|口岸|码头|粮食枢纽){BREAK}{{0,15}}(?<!正常)(?<!照常)(?<!恢复)(?<!重新)(?<!保持)(?:通车|开通|启用|开放|投用|投入使用|投入运营|投运)|(?<!恢复)(?<!重新)(?:开通|通车)")),
    # --- money ---
    Rule(id="finance.halt", event_type="finance_halt", status="reported", actors=("country",), named="China", side="CN", target="Russia", product="Belt and Road", value=("zero usd",), actor_at="any", speaks=True, modality="asserted", trigger=_p(r"(?:没有新(?:的|增)?|未新增|未签署|无新增|降至零|归零|降为零|为零)"), needs=_p(r"一带一路[^。]*俄|俄[^。]*一带一路")),
    Rule(id="payment.resumed", event_type="payment_halt", status="lifted", actors=("bank",), target="Russia", product="payments", trigger=_p(rf"恢复{BREAK}{{0,20}}(?:付款|结算|支付|汇款|转账|收款)"), needs=_p(r"俄")),
    Rule(id="payment.halt", event_type="payment_halt", status="reported", actors=("bank", "company"), target="Russia", product="payments", trigger=_p(rf"(?:停止|暂停|拒绝|中止|限制|不再|停办){BREAK}{{0,25}}(?:付款|结算|支付|转账|业务|汇款|款项)"), needs=_p(r"俄"), unless=_p(r"进口业务|贷款业务")),
    Rule(id="purchase.halt", event_type="purchase_halt", status="reported", actors=FIRMS, target="Russia", product_needed=True, products=OIL, trigger=_p(rf"(?:停止|暂停|中止|不再|停){BREAK}{{0,15}}(?:采购|购买|进口(?!关税)|订购|接货|买入|买(?!家|方|卖|断))"), needs=_p(r"俄"), unless=_p(r"暂停征收")),
    Rule(id="purchase.resumed", event_type="purchase_halt", status="resumed", actors=FIRMS, target="Russia", product_needed=True, products=OIL, trigger=_p(rf"(?:恢复|重启|重新){BREAK}{{0,15}}(?:采购|购买|进口)"), needs=_p(r"俄")),
    Rule(id="guidance", event_type="investment_guidance", status="advised_against", actors=("state", "country"), side="CN", target="Russia", product="cars", modality="asserted", trigger=_p(r"(?:建议|劝告|提醒|要求|警告|告诫|劝阻)[^。；]{0,40}(?:不要|避免|勿|谨慎|不应|切勿|暂缓)[^。；]{0,14}(?:投资|设厂|建厂)"), needs=_p(r"俄"), unless=_p(r"否认|并未|没有(?:建议|要求)|可能|[？?]")),
    Rule(id="countersanction", event_type="countersanction", status="in_force", actors=("state", "country"), named="MOFCOM", targets=("bank", "company", "maker"), target_at="any", target_needed=True, trigger=_p(r"(?:列入|纳入|加入)[^，。；]{0,8}(?:反制清单|反制名单|不可靠实体清单)|(?:采取|实施)反制(?:措施)?")),
    Rule(id="sanction.on", event_type="sanction", status="in_force", actors=("country", "bloc"), targets=("bank", "company", "maker"), target_needed=True, trigger=_p(r"(?P<actor>美国|美方|华盛顿|欧盟|欧洲联盟|英国|英方)[^。；]{0,40}?(?:对|向|针对|将|把)(?P<target>[^。；]{2,70}?)(?:及其子公司)?(?:实施|施加|发起|采取|追加|列入|纳入)[^，。；]{0,16}(?:制裁|黑名单|交易禁令|交易限制|特别指定国民|SDN)"), unless=_p(r"反制(?:清单|名单|措施)")),
    Rule(id="sanction.hits", event_type="sanction", status="in_force", actors=("country", "bloc"), targets=("bank", "company", "maker"), target_needed=True, trigger=_p(r"(?P<actor>美国|美方|华盛顿|欧盟|欧洲联盟|英国|英方)[^，。；]{0,20}?制裁(?:了)?(?!清单|名单|措施|下|方案|的|与|和)(?P<target>[^，。；]{2,40})"), unless=_p(r"反制|旗下|回应|反对|批评|谴责|威胁")),
    Rule(id="sanction.by", event_type="sanction", status="in_force", actors=("country", "bloc"), targets=("bank", "company", "maker"), target_needed=True, trigger=_p(r"(?P<target>[^。；]{2,60})被(?P<actor>美国|美方|欧盟|欧洲联盟|英国|英方)[^，。；的]{0,12}(?:列入|纳入)?[^，。；的]{0,8}制裁(?!(?:名单|清单)?的)"), unless=_p(r"反制(?:清单|名单|措施)")),
    Rule(id="sanction.listed", event_type="sanction", status="in_force", actors=("country", "bloc"), targets=("bank", "company", "maker"), target_needed=True, trigger=_p(r"(?P<actor>美国|美方|华盛顿|欧盟|欧洲联盟|英国|英方)[^。；]{0,30}?制裁[^。；]{0,12}，(?:其中|包括|首次)?(?P<target>[^。；，]{2,60}?)(?:被|均|也|首次|一并){1,3}(?:被)?(?:列入|纳入|列于)[^，。；]{0,8}(?:名单|清单|其中|在内)"), unless=_p(r"反制(?:清单|名单|措施)|提议|拟|草案")),
    Rule(id="sanction.lifted", event_type="sanction", status="lifted", actors=("country", "bloc"), targets=("bank", "company", "maker"), target_needed=True, trigger=_p(r"(?P<actor>美国|美方|华盛顿|欧盟|欧洲联盟|英国|英方)[^。；]{0,40}?(?:解除|取消|撤销)(?:了)?对?(?P<target>[^。；]{2,70}?)的?制裁")),
    Rule(id="visa.over", event_type="visa_waiver", status="ended", actors=("country", "state", "person"), actor_at="first", acts=True, partner=True, trigger=_p(rf"免签(?:政策|待遇|安排)?{BREAK}{{0,10}}(?:到期|结束|终止|失效)|(?:终止|取消|结束){BREAK}{{0,12}}免签"), needs=_p(r"俄|普京|莫斯科")),
    Rule(id="visa.longer", event_type="visa_waiver", status="extended", actors=("country", "state", "person"), actor_at="first", acts=True, partner=True, value=("days",), trigger=_p(rf"免签(?:政策|入境政策|制度|安排|待遇)?{BREAK}{{0,16}}(?:延长|延期|展期|顺延|续期|延续)|(?:延长|延续|顺延){BREAK}{{0,25}}免签"), needs=_p(r"俄|普京|莫斯科")),
    Rule(id="visa.free", event_type="visa_waiver", status="in_force", actors=("country", "state", "person"), actor_at="first", acts=True, partner=True, value=("days",), trigger=_p(rf"(?:试行|实行|实施|给予|施行|推行|享受|启动){BREAK}{{0,15}}免签|免签(?:政策|入境政策|制度)?{BREAK}{{0,16}}(?:生效|实施|施行)|(?:可|可以|能够)免(?:签|办签证)|(?:公民|游客|旅客){BREAK}{{0,15}}免(?:签|办签证)|对{BREAK}{{1,16}}(?:免签|免办签证)"), needs=_p(r"俄|普京|莫斯科"), unless=_p(r"免签[^。；]{0,30}(?:以来|周年|人次|客流)|互免签证谈判")),
    Rule(id="forecast.down", event_type="forecast", status="", actors=("analyst", "association", "state", "company"), value=("percent",), value_needed=True, speaks=True, target="RU", negative=True, modality="asserted", actor_at="any", trigger=_p(r"(?:预计|预测|预期|料)[^。；]{0,50}(?:下降|下滑|减少|萎缩|下跌|缩减)")),
    Rule(id="forecast.up", event_type="forecast", status="", actors=("analyst", "association", "state", "company"), value=("percent",), value_needed=True, speaks=True, target="RU", modality="asserted", actor_at="any", trigger=_p(r"(?:预计|预测|预期|料)[^。；]{0,50}(?:增长|上升|增加|回升)")),
)  # fmt: skip

FORECASTS: Final = (
    (_p(r"煤"), "coal_revenue", _p(r"收入|营收")),
    (_p(r"煤"), "coal_exports", _p(r"出口")),
    (_p(r"卡车|货车|重卡"), "heavy_truck_market", _p(r"市场|销量")),
    (_p(r"拉达|LADA"), "lada_sales_units", _p(r"销量|销售")),
    (_p(r"汽车|乘用车|新车"), "car_market", _p(r"市场|销量")),
    (_p(r"贸易"), "trade_total_usd", _p(r"中俄|双边|对华|中国")),
)
IN_YEAR: Final = quick(r"(?P<year>20\d\d)年|今年|明年")
NARROWED: Final = quick(r"(?:仅限|只限|限于|仅适用于|仅指)(?P<product>[^，。；]{2,20})")

# --- words within words -----------------------------------------------------------------------------------------------

# Where a name is no name: a bank's short name in 加工行业, the east wind, a district of Shenzhen, people of Moscow.
HOMOGRAPHS: Final = quick(
    r"东风(?=[-—–]?\d|导弹|航天城|着陆场|拂|吹|浩荡|送|压倒)|(?<=借)东风|(?<=借着)东风|(?<=股)东风|福田(?=区|口岸|保税|街道|中心区|高铁)"
    r"|工行(?=[业为动程政列驶径者走])|(?<=[加施手化军人分])工行|中行(?=[业动为驶政走进情列使程星])|(?<=[其集途空市水])中行"
    r"|建行(?=[政为业动列])|(?<=[构组搭])建行|农行(?=[业为动政情])|(?<=[统单唯同这每某另任])一汽(?=车)|(?:世界|全球)第一汽车|第一汽车(?=大国|出口|市场)"
    r"|(?<=[路市线海场道])上汽(?=车)|(?<=[东西华河湖])北汽(?=车)|吉利(?=德|话|数字|日子|区)|莫斯科人(?!汽车|品牌|牌|[”》」]|[36])"
    r"|(?<!阿列克谢)(?<=·)米勒|(?<!亚历山大)(?<=·)诺瓦克|(?<!马克西姆)(?<=·)索科洛夫|(?<=[其集途])中车|中车(?=[型辆企队市价载厢间身轮])|中粮(?=食)|国航(?=[空班线天运海程])"
    r"|(?<=[各两])国航|地炼(?=[油化钢制铁])|煤(?=油|气|层气)|(?<=褐)煤|轴承(?=类)|鱼(?=雷|缸|尾)|俄(?:亥俄|勒冈|克拉[何荷]马|狄浦斯|语|文|式)"
)
# Where 中国 before a common word is the country, no bank and no oil company.
OF_CHINA: Final = quick(
    r"(?<=[家些多])中国银行|中国银行(?=业|间|卡|们|系统|体系|普遍|纷纷|机构|界|和企业)|中国石油(?=进口|需求|消费|企业|买家|巨头|市场|产量|储备|加工)|中国铁路(?=货|运|线|口岸|网|部门)"
)
# A city says which country a visit goes to.
CITIES: Final = MappingProxyType({
    "China": _p(r"北京|上海|天津|哈尔滨|广州|深圳|青岛|海南|三亚|黑河|西安|访华|来华|赴华"),
    "Russia": _p(r"莫斯科|喀山|圣彼得堡|符拉迪沃斯托克|海参崴|索契|布拉戈维申斯克|访俄|赴俄"),
})  # fmt: skip
TOGETHER: Final = _p(r"中俄|俄中|两国|双方|双边|政府间")
GOVERNMENTS: Final = _p(r"政府间|两国政府|中俄政府")
LONG_AGO: Final = _p(r"早已|早就")
WITH: Final = frozenset({"与", "同", "和", "跟"})
SIGNS: Final = _p(r"[^，。；]{0,6}(?:签|达成|草签)")
MADE: Final = _p(r"(?:签署|签订|达成)的")
ORIGIN: Final = quick(
    r"(?P<who>俄罗斯|俄方|俄|中国|中方|我国)[^，。；]{0,20}?(?:将|把|对|从|自)[^，。；]{0,8}?(?P<whose>中国|华|我国|俄罗斯|俄)"
)
ASKED: Final = quick(r"^(?:对于|关于|针对|就|问|被问|有记者|记者|在被问|问及)|被问[及到]|记者(?:问|提问)")
TO_RUSSIANS: Final = quick(
    r"对俄(?:罗斯)?[^，。；]{0,14}(?:公民|人员|游客|护照|旅客|试行|实[行施]|免签)|俄(?:罗斯)?(?:公民|游客|旅客|普通护照|民众|持)[^。；]{0,60}(?:免签|免办签证)"
)
TO_CHINESE: Final = quick(
    r"对(?:中国|华|中方)[^，。；]{0,14}(?:公民|人员|游客|护照|旅客|试行|实[行施]|免签)|中国(?:公民|游客|旅客|普通护照|民众|持)[^。；]{0,60}(?:免签|免办签证)"
)
# Third countries, whose goods are no matter of the two; those that are entities are known by their names.
ABROAD: Final = quick(
    r"加拿大|墨西哥|巴西|阿根廷|智利|秘鲁|韩国|朝鲜|越南|泰国|马来西亚|菲律宾|缅甸|老挝|柬埔寨|巴基斯坦|新西兰|德国|法国|意大利|西班牙|荷兰|波兰|芬兰|挪威|瑞典|丹麦|比利时|奥地利|匈牙利|塞尔维亚|爱尔兰|瑞士|以色列|伊朗|埃及|南非|非洲|拉美|欧洲|台湾|对美|美国|澳洲|格鲁吉亚|亚美尼亚|阿塞拜疆|塔吉克斯坦|土库曼斯坦|委内瑞拉|厄瓜多尔|其他国家|各国|多国"
)
AGAINST_OTHERS: Final = quick(r"对(?:美|加|日|欧|韩|印|澳|墨|台)(?=[加征实施取暂恢上采商产])")
TO_OTHERS: Final = quick(
    rf"(?:对|向|至|到|往)(?:{ABROAD.pattern}|日本|印度|乌克兰|欧盟)|对(?:美|日|欧|韩|印|台)(?=出口|禁|的|实施)"
)
FROM_LAND: Final = quick(
    r"[^，。；、：对将把从自已恢征取暂停禁允许解延加开降提批准限]{0,8}(?:、[^，。；：对将把从自已恢征取暂停禁允许解延加开降提批准限]{1,8}){0,3}"
)
OUT_OF: Final = quick(r"(?:对|从|自|来自|原产于|产自|针对|将|把)(?:从|自|来自|原产于)?$")
LONGEST: Final = 600  # characters, as much as 2,000 in English: nobody writes such a sentence to tell something
BOTH_SIDES: Final = frozenset({"RU", "CN"})
TOLD: Final = frozenset({"asserted", "reported", "sources", "planned"})
PASSING: Final = frozenset({
    "import_ban", "import_ban_lifted", "import_ban_update", "market_access", "tariff", "antidumping_duty", "export_control", "fee_change",
    "work_week_cut", "work_week_restored", "production_cut", "payment_halt", "purchase_halt", "sanction", "countersanction",
})  # fmt: skip
YEAR_OLD: Final = 365  # days
MONTH_OLD: Final = 75
RETOLD: Final = frozenset({"agreement", "contract", "delivery", "project_status", "opening"})
OF_THE_DAY: Final = frozenset(f"zh.{rule.id}" for rule in RULES if rule.speaks)


ZERO: Final = quick(r"取消|免征|暂免|免除|豁免|零|没有新|未新增|未签署|无新增")
SHORT_WEEK: Final = _p(SHORT)
FULL_WEEK: Final = _p(FULL)


# --- days and amounts of a sentence -----------------------------------------------------------------------------------


def _numeral(text: str) -> int:
    """A count in digits or in Chinese numerals up to 99."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0)


def _kind(found: re.Match[str]) -> Literal["from", "on", "until", "said"]:
    if found["from"] or found["begin"]:
        return "from"
    return "until" if found["until"] else "said" if found["said"] else "on"


def _days(text: str, published: date) -> list[Day]:
    """The days that a sentence names, in order; a day alone is of the month of publication, or of the one before."""
    found = list(_exact(text, published))
    for reader in (_written, _months, _years, _weekdays, _relative):
        taken = [(day.start, day.end) for day in found]
        found += [
            day
            for day in reader(text, published)
            if not any(start < day.end and day.start < end for start, end in taken)
        ]
    return sorted(found, key=lambda day: day.start)


def _exact(text: str, published: date) -> Iterator[Day]:
    for one in DATE.finditer(text):
        number, year = int(one["day"]), int(one["year"]) if one["year"] else None
        year = year or (published.year + YEARS[one["word"]] if one["word"] else None)
        if one["month"]:
            month = int(one["month"])
            when = days.dated(year, month, number) if year else days.nearest(month, number, published)
            if year is None and when and (when - published).days > FAR_AHEAD and not AHEAD.search(text):
                when = days.nearest(month, number, published, tense="past")
        else:
            when = days.dated(published.year, published.month, number)
            if when is None or (when - published).days > 1:
                before = published.replace(day=1) - timedelta(days=1)
                when = days.dated(before.year, before.month, number)
        if when is not None:
            last = days.dated(when.year, int(one["month2"] or when.month), int(one["last"])) if one["last"] else None
            kind = _kind(one)
            if kind == "on" and OF_REPORT.match(text, one.end()) and REPORTED_BY.search(text, 0, one.start()):
                kind = "said"
            yield Day(one.start(), one.end(), when, kind, last=last)


def _written(text: str, published: date) -> Iterator[Day]:
    """Days in the manner of machines and of old notices, and the new year: 2026-03-01, 二〇二六年三月一日, 明年起."""
    for one in NEW_YEAR.finditer(text):
        ahead = one["next"] or one["word"] == "明年" or (not one["word"] and published.month > HALF_YEAR)
        year = int(one["year"]) if one["year"] else published.year + bool(ahead)
        loose: Literal["day", "month"] = "month" if one["next"] else "day"
        yield Day(one.start(), one.end(), date(year, 1, 1), "until" if one["until"] else "from", loose)
    for one in ISO.finditer(text):
        if when := days.dated(int(one["year"]), int(one["month"]), int(one["day"])):
            yield Day(one.start(), one.end(), when, _kind(one))
    for one in WRITTEN.finditer(text):
        year = int("".join(str(DIGITS.get(digit, digit if digit.isdecimal() else 0)) for digit in one["year"]))
        if when := days.dated(year, _numeral(one["month"]), _numeral(one["day"])):
            yield Day(one.start(), one.end(), when, _kind(one))


def _months(text: str, published: date) -> Iterator[Day]:
    """Months, their thirds, and the ends of years."""
    words = {word: published.year + shift for word, shift in YEARS.items()}
    for one in LOOSE.finditer(text):
        if 1 <= int(one["month"]) <= 12:  # noqa: PLR2004 (months)
            year = int(one["year"]) if one["year"] else words.get(one["word"] or "")
            first, last = days.month_of(int(one["month"]), published, year)
            number = min(PARTS.get(one["part"] or "", 15), last.day)
            if first <= published <= last and not one["part"]:
                number = published.day
            yield Day(one.start(), one.end(), first.replace(day=number), "until" if one["until"] else "in", "month")
    for one in END_OF_YEAR.finditer(text):
        year = int(one["year"]) if one["year"] else words[one["word"]]
        day = date(year, 1, 15) if one["part"] == "初" else date(year, 12, 15)
        yield Day(one.start(), one.end(), day, "until" if one["until"] else "in", "month")


def _years(text: str, published: date) -> Iterator[Day]:
    """Years that are over: what happened then is old."""
    words = {"去年": published.year - 1, "前年": published.year - 2}
    for one in YEAR.finditer(text):
        year = int(one["year"]) if one["year"] else words[one["word"]]
        if year < published.year:
            yield Day(one.start(), one.end(), date(year, 7, 1), "in", "year")
    for one in YEARS_AGO.finditer(text):
        year = published.year - _numeral(one["count"])
        yield Day(one.start(), one.end(), date(year, 7, 1), "in", "year")


def _weekdays(text: str, published: date) -> Iterator[Day]:
    for one in WEEK.finditer(text):
        weekday = WEEKDAYS[one["weekday"]]
        day = days.back_to_weekday(weekday, published)
        if one["which"]:
            day = published + timedelta(days=weekday - published.weekday() + WEEKS[one["which"]])
        yield Day(one.start(), one.end(), day)


def _relative(text: str, published: date) -> Iterator[Day]:
    for one in RELATIVE.finditer(text):
        word = one["word"]
        if word == "上周":
            yield Day(one.start(), one.end(), published - timedelta(days=published.weekday() + 4), "in", "month")
        elif word.startswith("上"):
            yield Day(
                one.start(), one.end(), (published.replace(day=1) - timedelta(days=1)).replace(day=15), "in", "month"
            )
        elif word == "本月":
            yield Day(one.start(), one.end(), published, "from" if one["begin"] else "in", "month")
        elif word.startswith("下"):
            following = (published.replace(day=28) + timedelta(days=4)).replace(day=1)
            yield Day(one.start(), one.end(), following, "from" if one["begin"] else "in", "month")
        elif word.endswith("日起"):
            yield Day(one.start(), one.end(), published, "from")
        else:
            kind: Literal["from", "on"] = "from" if one["begin"] else "on"
            yield Day(one.start(), one.end(), published + timedelta(days=SHIFTS.get(word, 0)), kind)


def _decimal(found: re.Match[str]) -> Decimal:
    value = Decimal(found["number"].replace(",", ""))
    return value.scaleb(SCALES[found["scale"]]) if found["scale"] else value


def _amounts(text: str) -> list[Amount]:
    """The amounts that a sentence names; of `from A to B` the second alone."""
    found = [Amount(one.start("number"), one.end(), _decimal(one), "m3/year") for one in VOLUME.finditer(text)]
    found += [
        Amount(one.start("number"), one.end(), _decimal(one), "t/year")
        for one in TONNES.finditer(text)
        if one["rate"] or EACH_YEAR.search(text, max(0, one.start() - 14), one.start())
    ]
    units = {"美元": "USD", "卢布": "RUB", "元人民币": "CNY", "人民币": "CNY", "元": "CNY"}
    found += [Amount(one.start(), one.end(), _decimal(one), units[one["unit"]]) for one in MONEY.finditer(text)]
    found += [Amount(one.start(), one.end(), _decimal(one), "percent") for one in PERCENT.finditer(text)]
    for one in HUNDREDTHS.finditer(text):
        count = one["count"]
        value = Decimal(count) if count[0].isdigit() else Decimal(_numeral(count))
        found.append(Amount(one.start(), one.end(), value, "percent"))
    for one in TENTHS.finditer(text):
        value = Decimal(10 * DIGITS[one["count"]] + (5 if one["half"] else 0))
        found.append(Amount(one.start(), one.end(), value, "percent"))
    for one in DAYS.finditer(text):
        count = _numeral(one["count"] or one["short"] or one["stay"])
        found.append(Amount(one.start(), one.end(), Decimal(count), "days"))
    found = [one for one in found if not _left_behind(one, found, text)]
    found += rules.marked(found, text, zero=ZERO, short=SHORT_WEEK, full=FULL_WEEK, spans=list(_spans(text)))
    return sorted(found, key=lambda one: one.start)


def _left_behind(one: Amount, found: Sequence[Amount], text: str) -> bool:
    """Is it the first of two, `from A to B`?"""
    if not FROM.search(text[max(0, one.start - 10) : one.start]) or not RISES.match(text, one.end):
        return False
    return any(other.start > one.end and other.unit == one.unit for other in found)


def _spans(text: str) -> Iterator[Amount]:
    """The lengths of spans of days within half a month."""
    for one in DATE.finditer(text):
        if not one["last"] or (one["month2"] and not one["month"]):
            continue
        if not one["month"]:
            length = int(one["last"]) - int(one["day"])
            if 0 < length < 15:  # noqa: PLR2004 (days: no visit is longer)
                yield Amount(one.start(), one.end(), Decimal(length + 1), "span")
            continue
        year = int(one["year"] or 2025)
        first = days.dated(year, int(one["month"]), int(one["day"]))
        last = days.dated(year, int(one["month2"] or one["month"]), int(one["last"]))
        if first and last and 0 < (last - first).days < 15:  # noqa: PLR2004 (days: no visit is longer)
            yield Amount(one.start(), one.end(), Decimal((last - first).days + 1), "span")


# --- who acts ---------------------------------------------------------------------------------------------------------

MEASURES: Final = frozenset(
    {"import_ban", "import_ban_lifted", "market_access", "tariff", "antidumping_duty", "export_control", "statement"}
)
# A country in one of these places is where goods come from or go to, or whose citizens or firms are spoken of.
RELATIVE_TOO: Final = frozenset({"ban.kept", "visit", "agreed.raise", "forecast.down", "forecast.up"})
OBJECT: Final = frozenset({"对华", "输华", "来华", "赴华", "访华", "在华", "中俄"})
GOVERNED: Final = quick(r"(?:对|从|自|来自|原产于|产自|针对|向|在|至|到|往|被)$")
BELONGS: Final = quick(
    r"[^，。；、对将把从自禁拟已向：]{0,5}?(?:企业|公司|车企|专家|学者|分析师|分析人士|媒体|议员|民众|消费者|游客|公民|旅客|[钢煤药油]企|炼厂|买家|卖家|商人|商户|[进出]口商|出口[企厂]|经销商|农民|农场|品牌|制造商|生产商|厂商|协会|业内|人员|护照|市场|境内|全境|银行|人士|供应商)"
    r"|(?:产|原产|籍|制造|出产|出口)的?|[^，。；、对将把从自禁]{0,3}?(?:货物|商品|产品)"
)
TO_GOODS: Final = quick(r"(?:的|产|产的|输华|部分|低价|进口|优质|冷冻)?")
OFFICIAL: Final = quick(r"(?:第一)?副?(?:总理|部长|外长|大使|议员|官员|总统)|[^，。；]{0,4}部长")
STEPS: Final = frozenset({"project_status", "payment_halt", "purchase_halt"})
ADDRESSED: Final = quick(r"(?:向|对|给)$")
INVITES: Final = quick(r"(?:总统|总理|主席)?(?:的)?邀请|[^，。；]{0,4}邀请")
SPEAKS: Final = quick(r"[^，。；：]{0,16}?(?:表示|透露|称|说|指出|证实|强调|介绍|回忆|认为|写道)[^，。；：]{0,6}[，：]")
MADE_KNOWN: Final = quick(
    r"[，,](?P<body>[^，。；“”]{2,30}?)(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?[^，。；“”]{0,10}?(?:宣布|公布|通报|发布|公告|表示|称|说|明确|透露|通知|证实|下令)[^，。；]{0,12}[。！”]?$"
)


PAST: Final = quick(r"曾(?!用)|此前|之前|早前|早些时候|当时|当年(?!产)|历史上|过去|一度")
MODIFIES: Final = quick(
    r"(?:名单|清单)?的(?!公告|决定|通知|通报|命令|法令|总统令|措施|政策|规定|协议|合同|备忘录|议定书|协定|文件|禁令|关税|税率|反倾销|期限|有效期|执行|实施|消息|基础|同时|背景|进口暂定|暂定|[^，。；]{0,6}(?:税率|关税|反倾销税))"
)
AFTERWARDS: Final = quick(
    r"[^，。；、]{0,6}?(?:之后|以后|以来|后(?=[，由再才双中俄]))|[^，。；]{0,12}?(?:影响|拖累|冲击)"
)
REASON: Final = quick(r"(?:受|因为?|由于|鉴于|随着|自从)[^，。；]{0,30}$")
NOTICE: Final = quick(
    r"(?:本公告|本决定|本通知|本令|本办法|(?:上述|该|此)[^，。；]{0,8}?(?:措施|公告|决定|规定|禁令|政策|方案)|方案[^。；]{0,20}公布)[^。；]{0,4}(?:自|从|将于|于)[^。；]{4,16}(?:起|开始)?[^，。；]{0,4}(?:实施|施行|生效|执行)"
)
ORDERED: Final = frozenset(
    {
        "import_ban",
        "import_ban_lifted",
        "market_access",
        "tariff",
        "antidumping_duty",
        "export_control",
        "fee_change",
        "visa_waiver",
    }
)
THOSE: Final = quick(r"(?:上述|这些|相关|有关|该|[两三四五六]家?个?)(?:中国)?(?:品牌|厂商|企业|车企|制造商|车型)")
LOOK_BACK: Final = 3  # sentences
REVIEW: Final = quick(r"回顾|盘点|大事记|十大|年终|周年|综述|一文读懂|什么是|问答")
YEARS_SINCE: Final = quick(r"年前的?今[天日]")
JUBILEE: Final = quick(r"周年|一年来|[两二三四五六七八九十]年来")


def _in_passing(rule: Rule, match: re.Match[str], sentence: Sentence, named: Sequence[Day]) -> bool:
    """A question, a jubilee, what once was, or what only describes something else: 被列入名单的银行."""
    if rule.event_type == "statement":
        return False
    text, start = sentence.text, match.start()
    asked = ASKED.search(text)
    if asked and asked.start() <= start:
        return True
    exact = any(one.precision == "day" and one.kind != "said" for one in named)
    if YEARS_SINCE.search(text):
        return True
    if not exact and (
        (rule.event_type != "visit" and JUBILEE.search(text))
        or PAST.search(text, max(0, start - 40), start)
        or AFTERWARDS.match(text, match.end())
        or REASON.search(text, max(0, start - 40), start)
    ):
        return True
    return bool(MODIFIES.match(text, match.end())) and rule.id not in RELATIVE_TOO


OWNER: Final = quick(r"[^，。；“”]{2,30}(?:表示|说|称|透露|宣布|指出|评价|写道|强调|告诉)[^。]{0,30}。?$")
QUOTED: Final = quick(r"[。！，]?[”」](?P<body>[^，。；“”]{2,40}?)(?:表示|说|称|透露|宣布|指出|评价|写道|强调|告诉)")


def _joined(sentences: Sequence[Sentence], page: Page) -> Iterator[Sentence]:
    """Sentences, a quotation as one with the words after it that say whose it is: “……。”某某说."""
    last: Sentence | None = None
    for sentence in sentences:
        whole = last is not None and last.part == sentence.part and last.paragraph == sentence.paragraph
        if last is not None and whole and last.text[-1] in "”」" and OWNER.match(sentence.text):
            gap = page.text[last.end : sentence.start]
            shift = len(last.text) + len(gap)
            moved = [Mention(m.entity, m.start + shift, m.end + shift) for m in sentence.mentions]
            last = replace(
                last, text=last.text + gap + sentence.text, end=sentence.end, mentions=(*last.mentions, *moved),
                written=(last.written or last.text) + gap + (sentence.written or sentence.text),
            )  # fmt: skip
            continue
        if last is not None:
            yield last
        last = sentence
    if last is not None:
        yield last


def _acting(rule: Rule, match: re.Match[str], sentence: Sentence) -> Sentence:
    """The sentence without the countries that undergo a measure, and without who merely tells of another's."""
    text = sentence.text
    if rule.event_type == "visit":
        guests = [m for m in sentence.mentions if m.entity.kind != "person" or not INVITES.match(text, m.end)]
        return replace(sentence, mentions=tuple(guests))
    if rule.event_type in STEPS:
        told = [m for m in sentence.mentions if m.entity.kind in FIRMS and ADDRESSED.search(text, 0, m.start)]
        return replace(sentence, mentions=tuple(m for m in sentence.mentions if m not in told))
    if rule.event_type not in MEASURES:
        return sentence
    if rule.id in {"negotiating", "payments"}:  # an official without a name speaks for nobody who could be told
        spoken = [m for m in sentence.mentions if m.entity.kind != "country" or not OFFICIAL.match(text, m.end)]
        sentence = replace(sentence, mentions=tuple(spoken))
    goods = {m.start for m in sentence.of("product")}
    kept = [m for m in sentence.mentions if m.entity.kind != "country" or not _undergoes(m, text, goods)]
    doers = [m for m in kept if m.entity.kind in {"country", "bloc", "state"} and m.end <= match.start() + 1]
    speakers = [
        m for m in kept
        if m.entity.kind in {"person", "state"} and (said := SPEAKS.match(text, m.end))
        and any(said.end() <= one.start and one.entity.side != m.entity.side for one in doers)
    ]  # fmt: skip
    return replace(sentence, mentions=tuple(m for m in kept if m not in speakers or rule.event_type == "statement"))


def _undergoes(mention: Mention, text: str, goods: Container[int]) -> bool:
    name = text[mention.start : mention.end]
    if name in OBJECT or GOVERNED.search(text, max(0, mention.start - 4), mention.start):
        return True
    if BELONGS.match(text, mention.end):
        return True
    between = TO_GOODS.match(text, mention.end)
    return between is not None and between.end() in goods


def _announced(rule: Rule, match: re.Match[str], sentence: Sentence, found: list[str]) -> list[str]:
    """Who acts, where the body that made a measure known is named after it: ……，海关总署宣布; or the quoted speaker."""
    if not found and (quoted := QUOTED.search(sentence.text, match.start())):
        return [m.entity.name for m in sentence.of(*rule.actors) if quoted.start() <= m.start < quoted.end()][:1]
    if rule.event_type not in MEASURES - {"statement"} or "state" not in rule.actors:
        return found
    known = MADE_KNOWN.search(sentence.text, match.start())
    if known is None:
        return found
    begin, end = known.span()
    bodies = [m.entity for m in sentence.of("state") if begin <= m.start and m.end <= end]
    if not bodies or (rule.side and bodies[0].side != rule.side):
        return found
    own = {gazetteer.entity(name).side for name in found}
    return [bodies[0].name] if not own or own == {bodies[0].side} else found


TONGUE: Final = Tongue(
    name="zh",
    rules=RULES,
    clauses=_p(r"；|，(?=但|不过|然而|如果|而)"),
    denied=_p(
        r"(?:未曾|并未|没有|不会|否认|不打算|无计划|无意|从未|不存在|不实|谣言|尚未|暂未|仍未|还未|不再(?!限制|禁止|接受|受理|处理|办理|采购|购买|进口|参与|是|作为)|并非|不是|未能|未获|未被|不(?=达成|签|取消|恢复|解除|征收|加征|禁止)|未提及|没有提及|未收到|没收到|未接到|未发生|未(?=[禁暂停取签实解恢征上下调批允同达列]))"
    ),
    refuted=_p(r"(?:谣言|不实(?:消息|报道|信息|传言)|(?:消息|报道|说法|传言)不实|否认|不属实|辟谣)"),
    hypothetical=_p(
        r"(?:可能|或将|或会|或许|或(?=取消|禁止|暂停|停止|恢复|签|下调|上调|征|实施)|考虑(?!到)|(?<![模虚比])拟(?!定于|于)|有望|愿(?=意?(?:再次)?(?:访|与|同|赴|签))|不排除|期待|期望|推动(?=尽快|早日|签|达成)|如果|假如|倘若|一旦|除非|若(?!干)|建议|呼吁|支持(?!下)|希望|(?<!生产)(?<!产量)(?<!销售)(?<!原)(?<!原定)(?<!按)(?<!年度)计划(?!于|内|书|经济|中|的|下调|削减|由|从|，)|准备(?!金|好|就绪)|打算|讨论|研究(?!院|所|中心|机构|员|报告|显示|公司|人员|表明)|提议|草案|提案|征求意见|(?<!符合)(?<!达到)(?<!满足)(?<!按照)(?<!检疫)(?<!检验)(?<!卫生)(?<!安全)(?<!技术)(?<!质量)(?<!监管)要求(?!的|立即|停止|暂停|下架)|请(?=中国|中方|北京|俄方|俄罗斯|莫斯科)|请求|敦促|威胁|会否|是否|倾向|有意|争取|寻求|酝酿|预计)"
    ),
    conditional=_p(
        r"(?:如果|若(?!干)|可能|的(?:建议|提案|想法|设想|谈判|磋商|商谈|讨论|呼声|传闻|计划(?!书)|意向(?!书)|方案草案))"
    ),
    both=_p(r"(?:双方|两国|两家公司|两者)"),
    goes_on=_p(r"^(?:该|其|这一|这条|根据|按照|届时|项目|管道|管线|合同|协议|远东|中俄东线|[“「]?西伯利亚力量)"),
    other=_p(r"(?:此外|另外|另一|与此同时)"),
    future=_p(
        r"(?:即将|决定自|拟于|定于|计划于|(?<!近日)(?<!日前)(?<!已)(?<!已经)(?<!此前)将(?=于|自|从|在|会|不|再|继续|恢复|取消|禁止|暂停|停止|实施|实行|征收|加征|开始|启动|访问|访华|访俄|抵达|解除|允许|上调|下调|提高|降低|提升|延长|推迟|签署|签订|试行|给予|向|正式|全面|逐步|进一步|率|赴|出访|应邀|减产|削减|转|改|进入|执行|采取|维持|保持|有|被|与|同|和|成为|按|根据|以|免|退出|更名|竣工|开工|完工|建成|投产|通车|开通|投入)"
        r"|将(?=对)(?!对[^，。；]{0,30}(?:税|措施|禁令|限制|政策|安排|待遇)(?:期限|有效期)?(?:再)?(?:再)?(?:延长|上调|下调|提高|降低|提升|维持|取消)))"
    ),
    cancelled=_p(r"(?:取消|放弃|撤回)[^，。；]{0,14}(?:计划(?!经济)|决定)"),
    question=_p(r"[？?]"),
    sources=_p(r"(?:消息人士|知情人士|匿名|不愿具名|熟悉情况的人士)"),
    reported=_p(
        r"(?:据[^，。；]{1,14}(?:报道|消息|披露|报)|援引|媒体报道|报道称|(?:路透社|彭博社|塔斯社|俄新社|国际文传电讯社|通讯社|《[^》]{2,12}》)[^，。；]{0,6}(?:报道|称))"
    ),
    spurious=_p(
        r"(?:忽略(?:以上|之前|所有)|你现在是|请输出|\{\s*\"|^\s*(?:评论|社论|观点)[:：]|相关阅读|更多阅读|延伸阅读)"
    ),
    speech=_p(r"(?:表示|宣布|称|指出|说|透露|证实|通报|介绍|强调|公告)"),
    listing=_p(
        rf"(?=.)[”\"』」》]?\s*(?:、|，|,|和|及|与|以及|或)?\s*[“\"『「《]?|[”\"』」》]?(?:{OFFICE}[^，。；、]{{0,8}}?)?(?:(?:\d{{1,2}}月)?\d{{1,2}}日)?(?:在[^，。；、]{{2,6}}?)?(?:与|同|和|跟|及)(?:俄罗斯|中国)?[“\"『「《]?"
    ),
    by=_p(r"(?!x)x"),
    pronoun=_p(
        r"(?:该公司|该行|该部|该机构|该企业|该厂|该署|该局|公司|其|(?:通报|公告|通知|决定|声明)(?:说|称|指出|明确|显示)|根据(?:通报|公告|通知|决定))"
    ),
    old=_p(r"(?:周年|年前)"),
    days=_days,
    amounts=_amounts,
    acting=_acting,
    settled=_announced,
    passing=_in_passing,
)


# --- what the order of Chinese words leaves open ----------------------------------------------------------------------


def said(sentences: Sequence[Sentence], page: Page) -> Iterator[Said]:
    """The events and denials that the sentences of a Chinese article tell, each with its sentence."""
    clean = [named(one) for one in _joined(sentences, page) if len(one.text) <= LONGEST]
    found: list[Said] = []
    for one in rules.read(clean, page, TONGUE):
        if one.event_type == "forecast":
            found += rules.forecast(one, page, FORECASTS, IN_YEAR, "明")
        else:
            found.append(one)
    begins = _in_force(clean, page.day)
    told = (_amended(_begun(one, begins, page)) for one in _rates(found))
    asked = {one.sentence.start for one in found if one.status == "not_confirmed" and ASKED.search(one.sentence.text)}
    kept = [one for one in told if one and not (one.event_type in RETOLD and one.sentence.start in asked)]
    kept = [other for one in kept for other in _those(one, clean)]
    yield from _once(
        [one for one in _planned(list(rules.narrowed(kept, clean, NARROWED, TONGUE))) if not _old(one, page)]
    )


def _planned(found: Sequence[Said]) -> Iterator[Said]:
    """What a sentence tells with no day is planned where another one names the day to come of the same matter."""
    plans = [one for one in found if one.modality == "planned" and one.event_date]
    for one in found:
        undated = one.event_date is None and one.modality in {"asserted", "reported"}
        plan = next((other for other in plans if undated and _plan_of(other, one)), None)
        if plan is None:
            yield one
        else:
            yield replace(
                one, event_date=plan.event_date, precision=plan.precision, modality="planned", status=plan.status
            )


def _plan_of(plan: Said, one: Said) -> bool:
    names = ("event_type", "status_kind", "actor")
    same = all(getattr(plan, name) == getattr(one, name) for name in names)
    return same and (one.target or plan.target) == plan.target and _akin(one.product, plan.product)


def _those(one: Said, sentences: Sequence[Sentence]) -> Iterator[Said]:
    """A ban on `上述品牌` is one on the makers that the sentences before name; one on goods of nobody is none."""
    if one.event_type not in {"import_ban", "import_ban_lifted"} or _kind_of(one.target) == "maker":
        yield one
        return
    if THOSE.search(one.sentence.text) and _side(one.actor) == "RU":
        before = [other for other in sentences if other.start < one.sentence.start][-LOOK_BACK:]
        for other in reversed(before):
            makers = dict.fromkeys(m.entity.name for m in other.of("maker") if m.entity.side == "CN")
            if makers:
                for maker in makers:
                    yield replace(one, target=maker, product=gazetteer.entity(maker).product)
                return
    if one.target is not None or one.modality not in TOLD:
        yield one
    elif _side(one.actor) == "CN" and not any(_abroad(other) for other in sentences if other.part != "body"):
        yield replace(one, target="Russia")


def _abroad(sentence: Sentence) -> bool:
    """Does it name a third country?"""
    others = any(mention.entity.side == "other" for mention in sentence.of("country", "bloc"))
    return others or ABROAD.search(sentence.text) is not None


def _in_force(sentences: Sequence[Sentence], published: date | None) -> Day | None:
    """The day from which a notice holds, where a sentence of its own says so: 本公告自2023年9月1日起正式实施."""
    for sentence in sentences if published else ():
        if published and NOTICE.search(sentence.text) and not sentence.of("product"):
            begins = [one for one in _days(sentence.text, published) if one.kind == "from" and one.precision == "day"]
            if len(begins) == 1:
                return begins[0]
    return None


def _begun(one: Said, begins: Day | None, page: Page) -> Said:
    """A measure of a notice with the day from which the notice holds."""
    of_notice = one.event_type in ORDERED and one.modality in {"asserted", "planned"}
    if begins is None or page.day is None or one.event_date is not None or not of_notice:
        return one
    ahead = begins.day > page.day
    status = "announced" if ahead and one.status in rules.IN_FORCE else one.status
    return replace(one, event_date=begins.day, modality="planned" if ahead else one.modality, status=status)


def _old(one: Said, page: Page) -> bool:
    """A measure of a year ago is background, one of a month that is over is told with no day; a review retells."""
    if one.modality in TOLD and one.precision != "day" and REVIEW.search(page.title):
        return True
    if one.event_date is None or page.day is None or one.event_type not in PASSING:
        return False
    age = (page.day - one.event_date).days
    return age > (YEAR_OLD if one.precision == "day" else MONTH_OLD)


def _once(found: Sequence[Said]) -> Iterator[Said]:
    """Each matter once: what a heading or another sentence tells more widely gives way to who and whom by name."""
    updated = {(one.sentence.start, one.target) for one in found if one.event_type == "import_ban_update"}
    for one in found:
        if one.event_type == "import_ban" and (one.sentence.start, one.target) in updated:
            continue  # a ban made wider is no second ban
        if not any(_wider(one, other) for other in found if other is not one):
            yield one


def _wider(one: Said, other: Said) -> bool:
    if {one.modality, other.modality} - TOLD or other.sentence.part != "body" or not _same_matter(one, other):
        return False
    if (one.actor, one.target, one.product) == (other.actor, other.target, other.product):
        return False  # the same, which the article as a whole settles
    heading = one.sentence.part != "body"
    vague = _kind_of(one.actor) == "country" and _kind_of(one.target) in {"country", ""}
    named = _kind_of(other.actor) != "country" or _kind_of(other.target) not in {"country", ""}
    return (heading and (vague or one.actor == other.actor)) or (vague and named)


def _same_matter(one: Said, other: Said) -> bool:
    """Is it one act by one side, whoever of the side is named, on akin goods or in one project?"""
    if (one.event_type, one.status_kind, _side(one.actor)) != (other.event_type, other.status_kind, _side(other.actor)):
        return False
    if one.actor != other.actor and _kind_of(one.actor) in FIRMS:
        return False
    return one.project == other.project if one.project else _akin(one.product, other.product)


def _kind_of(name: str | None) -> str:
    found = gazetteer.ENTITIES.get(name or "")
    return found.kind if found else ""


def _akin(one: str | None, other: str | None) -> bool:
    """Are two products one kind of goods, one perhaps narrower?"""
    if one is None or other is None or one == other:
        return True
    codes = sorted(gazetteer.ENTITIES[name].code if name in gazetteer.ENTITIES else name for name in (one, other))
    return bool(codes[0]) and codes[1].startswith(codes[0])


def named(sentence: Sentence) -> Sentence:
    """The sentence without the names that only seem to stand in it, and with the country where 中国 is one."""
    spans = [one.span() for one in HOMOGRAPHS.finditer(sentence.text)]
    lands = [one.start() for one in OF_CHINA.finditer(sentence.text)]
    if not spans and not lands and "车企" not in sentence.text:
        return sentence
    names = [m for m in sentence.mentions if not any(start < m.end and m.start < end for start, end in spans)]
    country = gazetteer.entity("China")
    names = [Mention(country, m.start, m.start + 2) if m.start in lands else m for m in names]
    names = [m for m in names if sentence.text[m.start : m.end] != "车企"]  # firms, no goods: 车企的卡车
    return replace(sentence, mentions=tuple(names))


def _amended(one: Said) -> Said | None:
    """A reading with what its type knows beyond its rule; None where it then says nothing of the two sides."""
    one = _narrow(one)
    if one.event_date is None and LONG_AGO.search(one.sentence.text):
        return None
    if one.precision == "year" and one.pattern in OF_THE_DAY:
        one = replace(one, event_date=None, precision="day")
    if one.actor == "?":
        fixed = rules.by_project(one)
        if fixed is None:
            return None
        other = fixed.target if _side(fixed.target) != _side(fixed.actor) else None
        return _amended(replace(fixed, target=other or _other_party(fixed)))
    amend = AMENDED.get(one.event_type)
    return amend(one) if amend else one


def _narrow(one: Said) -> Said:
    """The goods that the sentence itself limits a measure to: 小麦…仅限春小麦."""
    limit = NARROWED.search(one.sentence.text) if one.product else None
    if limit is None:
        return one
    names = [m.entity.name for m in one.sentence.of("product") if limit.start() <= m.start < limit.end()]
    return replace(one, product=names[0]) if names and (one.product or "") in names[0] else one


def _side(name: str | None) -> str:
    found = gazetteer.ENTITIES.get(name or "")
    return found.side if found else ""


def _other_party(one: Said) -> str | None:
    parties = gazetteer.entity(one.project).parties if one.project else ()
    return next((party for party in parties if _side(party) != _side(one.actor)), None)


def _of_both(one: Said) -> Said | None:
    """An agreement is one of the two sides: 中俄 names both, a project its parties, 与中方 the country."""
    sentence, text = one.sentence, one.sentence.text
    if (one.event_date is None and MADE.search(text)) or _with_others(sentence):
        return None
    if GOVERNMENTS.search(text):
        return replace(one, actor="Russia", target="China")
    one = _of_firms(_of_parties(one))
    parties = gazetteer.entity(one.project).parties if one.project else ()
    named = {mention.entity.name for mention in sentence.mentions}
    if not {one.actor, "Russia"} & named and one.target not in parties and not TOGETHER.search(text):
        return None
    if one.target is None and TOGETHER.search(text) and gazetteer.entity(one.actor).kind in {"country", "state"}:
        return replace(one, actor="Russia", target="China")
    both = one.target is not None and {_side(one.actor), _side(one.target)} >= BOTH_SIDES
    if one.target is not None and _side(one.actor) == _side(one.target):
        return None
    return one if both or one.project else None


def _of_firms(one: Said) -> Said:
    """Firms of both sides that the sentence names sign it, whichever bystander the rules took for one of them."""
    if {_side(one.actor), _side(one.target)} >= BOTH_SIDES:
        return _of_bodies(one)
    firms = {side: [m.entity.name for m in one.sentence.of(*FIRMS) if m.entity.side == side] for side in BOTH_SIDES}
    if not firms["RU"] or not firms["CN"]:
        return one
    return replace(one, actor=firms["RU"][0], target=firms["CN"][0])


def _of_bodies(one: Said) -> Said:
    """A body signs with a body where the sentence names one of the other side: 输华 is no party."""
    kinds = {_kind_of(one.actor), _kind_of(one.target)}
    bodies: dict[str, str] = {m.entity.side: m.entity.name for m in reversed(one.sentence.of("state"))}
    if kinds != {"state", "country"} or not {"RU", "CN"} <= set(bodies):
        return one
    return replace(one, actor=bodies[_side(one.actor)], target=bodies[_side(one.target)])


def _of_parties(one: Said) -> Said:
    """A firm that is a party of the project signs, where the rules took its country; 与中方 is the country itself."""
    parties = gazetteer.entity(one.project).parties if one.project else ()
    named = {mention.entity.name for mention in one.sentence.mentions}
    if not parties:
        return one
    actor = parties[0] if one.actor == "Russia" and parties[0] in named else one.actor
    with_china = _with_china(one.sentence)
    if one.target == parties[-1] and one.target not in named and with_china:
        return replace(one, actor=actor, target="China")
    if actor == parties[0] and one.target == "China" and not with_china:
        return replace(one, actor=actor, target=parties[-1])
    return replace(one, actor=actor)


def _with_others(sentence: Sentence) -> bool:
    """Is it signed 与白俄罗斯签署, with a third party, or 白俄罗斯与中国签署, by one?"""
    text = sentence.text
    mentions = sentence.of("country", "bloc", *FIRMS)
    others = [m for m in mentions if m.entity.side == "other"]
    return any(
        (text[m.start - 1 : m.start] in WITH and SIGNS.match(text, m.end))
        or (
            text[m.end : m.end + 1] in WITH and any(n.start == m.end + 1 and SIGNS.match(text, n.end) for n in mentions)
        )
        for m in others
    )


def _with_china(sentence: Sentence) -> bool:
    return any(
        m.entity.name == "China" and sentence.text[m.start - 1 : m.start] in WITH
        for m in sentence.of("country")
        if m.start
    )


def _control(one: Said) -> Said | None:
    """In China the ministry of commerce controls exports, whoever signs the notice with it."""
    if TO_OTHERS.search(one.sentence.text):
        return None
    side = _side(one.actor)
    return replace(one, actor="MOFCOM") if side == "CN" else one if side == "RU" else None


def _visit(one: Said) -> Said | None:
    one = replace(one, product=None, project=None)  # whatever is signed meanwhile
    if one.target is None:
        home = _side(one.actor)
        found = [name for name, city in CITIES.items() if _side(name) != home and city.search(one.sentence.text)]
        return replace(one, target=found[0]) if len(found) == 1 else None
    return one


def _opening(one: Said) -> Said:
    if one.target is None or _side(one.target) == _side(one.actor):
        other = _other_party(one)
        return replace(one, target=other) if other else one
    return one


def _visa(one: Said) -> Said:
    """Who waives is told by whose citizens need none."""
    text = one.sentence.text
    to_russians, to_chinese = TO_RUSSIANS.search(text), TO_CHINESE.search(text)
    if to_russians and not to_chinese:
        return replace(one, actor="China", target="Russia")
    if to_chinese and not to_russians:
        return replace(one, actor="Russia", target="China")
    return one


def _measure(one: Said) -> Said | None:
    """A state's measure: in 俄罗斯将中国产…关税上调 the country next to the goods is their origin, no actor."""
    if one.event_type != "market_access" and (order := ORIGIN.search(one.sentence.text)):
        who, whose = _country(order["who"]), _country(order["whose"])
        if who != whose and _side(one.actor) == _side(whose):
            kept = one.target if _side(one.target) == _side(whose) else whose
            one = replace(one, actor=who, target=kept)
    if _side(one.actor) not in BOTH_SIDES or (one.target and _side(one.target) == _side(one.actor)):
        return None
    if one.status == "kept" and not any(m.entity.name == one.product for m in one.sentence.of("product")):
        return None
    return _of_goods(one)


def _of_goods(one: Said) -> Said | None:
    """A measure on the goods of the other side alone: 日本水产品 and 对加拿大油菜籽 are another matter."""
    other = {"RU": "CN", "CN": "RU"}[_side(one.actor)]
    text, origins = one.sentence.text, _origins(one)
    if _unnamed(one) and _abroad(one.sentence):
        return None  # who acts isn't named, and a third country is
    if origins - {_side(one.actor)} and other not in origins:
        return None
    if (one.target and _side(one.target) == "other") or AGAINST_OTHERS.search(text):
        return None
    if one.target is None and other in origins:
        return replace(one, target={"RU": "Russia", "CN": "China"}[other])
    return one


def _unnamed(one: Said) -> bool:
    """Is the one who acts named nowhere in the sentence, or as the one that it is done to alone?"""
    sentence = one.sentence
    goods = {m.start for m in sentence.of("product")}
    return not any(
        one.actor in (m.entity.name, m.entity.belongs_to)
        and not (m.entity.kind == "country" and _undergoes(m, sentence.text, goods))
        for m in sentence.mentions
    )


def _origins(one: Said) -> set[str]:
    """The sides that the goods of a measure are said to come from: 俄罗斯小麦, 对原产于中国的铝箔."""
    text = one.sentence.text
    lands = [(m.start, m.end, m.entity.side) for m in one.sentence.of("country", "bloc")]
    lands += [
        (found.start(), found.end(), "other")
        for found in ABROAD.finditer(text)
        if not any(start <= found.start() < end for start, end, _ in lands)
    ]
    near = set[str]()
    for goods in one.sentence.of("product"):
        if goods.entity.name != one.product:
            continue
        for _, end, side in lands:
            if end <= goods.start and FROM_LAND.fullmatch(text, end, goods.start):
                near.add(side)
        if near:  # the first goods named are those that it is about
            return near
    return {side for start, _, side in lands if OUT_OF.search(text, max(0, start - 5), start)}


def _relief(one: Said) -> Said:
    """A ministry that asks another state for relief asks for its own state."""
    found = gazetteer.entity(one.actor)
    asks = one.status == "duty_relief_asked" and found.kind in {"state", "person"} and found.side == "RU"
    return replace(one, actor="Russia") if asks else one


def _update(one: Said) -> Said:
    """A measure on a maker is on what it makes."""
    return replace(one, product=one.product or gazetteer.entity(one.target or one.actor).product or None)


def _country(word: str) -> str:
    return "Russia" if word.startswith("俄") else "China"


def _step(one: Said) -> Said | None:
    """A step that a member of a government tells is the state's; third parties take none."""
    found = gazetteer.entity(one.actor)
    if found.side not in BOTH_SIDES:
        return None
    state = {"RU": "Russia", "CN": "China"}.get(found.side, "") if found.kind == "person" else ""
    return replace(one, actor=state) if state else one


def _delivery(one: Said) -> Said | None:
    """What Russia delivers under a joint project goes to China."""
    if _side(one.actor) != "RU":
        parties = gazetteer.entity(one.project).parties if one.project else ()
        if not parties or _side(parties[0]) != "RU":
            return None
        one = replace(one, actor=parties[0])
    abroad = one.target and gazetteer.entity(one.target).kind == "country" and _side(one.target) != "RU"
    return replace(one, target="China") if not abroad and _side(one.actor) == "RU" else one


AMENDED: Final = MappingProxyType[str, Callable[[Said], Said | None]]({
    "agreement": _of_both, "contract": _of_both, "export_control": _control, "visit": _visit, "opening": _opening,
    "visa_waiver": _visa, "import_ban": _measure, "import_ban_lifted": _measure, "tariff": _measure, "market_access": _measure,
    "antidumping_duty": _measure, "statement": _relief, "import_ban_update": _update, "delivery": _delivery, "project_status": _step,
})  # fmt: skip


def _rates(found: Sequence[Said]) -> Iterator[Said]:
    """Duties by product replace the duty on the goods as a whole, whose day and partner they share."""
    single = [one for one in found if one.pattern.startswith("zh.tariff.rate")]
    whole = [one for one in found if one.pattern == "zh.tariff.back" and any(_part_of(rate, one) for rate in single)]
    whole.sort(key=lambda one: one.event_date is None)  # one that names the day before a heading that doesn't
    for one in found:
        base = next((other for other in whole if _part_of(one, other)), None) if one in single else None
        if base is None:
            if one not in whole:
                yield one
            continue
        dated = base if one.event_date is None else one
        yield replace(
            one, target=one.target or base.target, modality=dated.modality, status=dated.status,
            event_date=dated.event_date, precision=dated.precision,
        )  # fmt: skip


def _part_of(one: Said, other: Said) -> bool:
    codes = [
        gazetteer.ENTITIES[name].code if name in gazetteer.ENTITIES else ""
        for name in (one.product, other.product)
        if name
    ]
    return len(codes) == 2 and bool(codes[1]) and codes[0].startswith(codes[1])  # noqa: PLR2004 (a pair)
