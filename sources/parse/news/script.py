"""Chinese in one script: traditional characters as simplified ones, full-width digits and letters as plain ones.

Each character becomes one other, so that offsets stay. Only characters that the rules and the names know are turned.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

__all__ = ["simplified"]

TRADITIONAL: Final = (
    "並亞佈佔併來侷係俱倉個們備傢傳傾僅價億儲內兩冊凍別則剋剛劃劍動務勞勸匯區協參呂員唸問啟單噸噹嚮嚴國圍"
    "圖團埰執堅報場塊壇壓壟壺夠夥奧學宮實寧審將專尋對導屆層屬岡島帶幣幹廂廠廢廣張彆彈彙後徑從復徵徹慮慶應"
    "懞戰戶捨掛採揚換搆據擬擱擴數斬斷於昇時暉暢暫曆曏書會東條棄棗業極榖構樂標樞橋機檢檯櫻欽歐歷歸毬氣決沒"
    "況減測準溫滯滿漢漲潔澤濟濤濱灣為烏無煉煙熱燐營爭爾牽獨獲獸現琿瑪環產當發監盧盪眾睏確碼磚礙礦稅種稱穀"
    "穫競箇節範簽籤籲糧糰紀約納紐紙級紛紡紹終組結絕給統綏經維網緒線緩緻縮總織繫繳繼續纜罈羅義習聖聞聯聲聽"
    "脅腦膠臺與興舊舖華菸萬蓆蓋蓮蕁蕎蕩薩藍藷蘇蘭處虛號術衚衛補裝裡製複覈見規觀訂計訊討託記訪設許註証評詢"
    "試話該認語誡誤說課調談請諒論諾謝謠謹證議譴護讀豬貝財貨貫責買貸費貿資賓質賬賴購賽贛跤跼踰車軌軍軸較載"
    "輕輛輪輸轂轉轎辦農迴這連週進遊運過達遠適遲遼還邊醞醫釀針鈦鈴鈷鈾鉀銀銅銦銷銻鋁鋅鋪鋰鋼錄錳錶鍊鍍鍛鍺"
    "鎢鎳鎵鐵鑽長門開間閣閱闆闊關闢陝陞陣陸隊際隨險隻雙雞難電韋韓項順預頒頓頭顆題額願類顧顯風颱飛飼餅館馬"
    "駕駛驗體髮鬍魚魯鮮鯨鴨鵝麥麵黃點鼕齊齡齣龍強"
)
SIMPLIFIED: Final = (
    "并亚布占并来局系具仓个们备家传倾仅价亿储内两册冻别则克刚划剑动务劳劝汇区协参吕员念问启单吨当向严国围"
    "图团采执坚报场块坛压垄壶够伙奥学宫实宁审将专寻对导届层属冈岛带币干厢厂废广张别弹汇后径从复征彻虑庆应"
    "蒙战户舍挂采扬换构据拟搁扩数斩断于升时晖畅暂历向书会东条弃枣业极谷构乐标枢桥机检台樱钦欧历归球气决没"
    "况减测准温滞满汉涨洁泽济涛滨湾为乌无炼烟热磷营争尔牵独获兽现珲玛环产当发监卢荡众困确码砖碍矿税种称谷"
    "获竞个节范签签吁粮团纪约纳纽纸级纷纺绍终组结绝给统绥经维网绪线缓致缩总织系缴继续缆坛罗义习圣闻联声听"
    "胁脑胶台与兴旧铺华烟万席盖莲荨荞荡萨蓝薯苏兰处虚号术胡卫补装里制复核见规观订计讯讨托记访设许注证评询"
    "试话该认语诫误说课调谈请谅论诺谢谣谨证议谴护读猪贝财货贯责买贷费贸资宾质账赖购赛赣交局逾车轨军轴较载"
    "轻辆轮输毂转轿办农回这连周进游运过达远适迟辽还边酝医酿针钛铃钴铀钾银铜铟销锑铝锌铺锂钢录锰表炼镀锻锗"
    "钨镍镓铁钻长门开间阁阅板阔关辟陕升阵陆队际随险只双鸡难电韦韩项顺预颁顿头颗题额愿类顾显风台飞饲饼馆马"
    "驾驶验体发胡鱼鲁鲜鲸鸭鹅麦面黄点冬齐龄出龙强"
)
# Digits, Latin letters, percent sign, full stop and hyphen of full width lie at one distance from the plain ones.
WIDE: Final = 0xFEE0
PLAIN: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz%.-"
TABLE: Final = MappingProxyType(
    dict(zip(map(ord, TRADITIONAL), SIMPLIFIED, strict=True)) | {ord(letter) + WIDE: letter for letter in PLAIN}
)
TURNED: Final = re.compile(f"[{re.escape(''.join(map(chr, TABLE)))}]")  # finds none far sooner than none is turned


def simplified(text: str) -> str:
    """The text in simplified characters and plain digits, of the same length."""
    return text.translate(TABLE) if TURNED.search(text) else text
