# ruff: noqa: ISC004 (a sentence of an article stands with what it says)
"""What the figures of articles promise: the right cell, nothing that is no fact, nobody else's trade."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from sources.contract import Doubt, Event, Observation, Payload
from sources.errors import LayoutChanged
from sources.parse.news import flash, pages, sentences
from sources.parse.news.model import Page

SHARED = Path(__file__).parents[3].parent / "shared"
RECORDED = SHARED / "recorded" / "news"
TRUTH = SHARED / "facts" / "events_truth.csv"
NINE = "2025-01..2025-09"
EIGHT = "2025-01..2025-08"
BN = 10**9

# Language, day of publication, heading, text, and every figure that it states. Figures of trade from 2024 to January
# 2026 are those of China's customs as outlets printed them; where a line says "invented" only the wording is tested.
TOLD = [
    # --- English
    ("en", "2025-10-13", "China-Russia trade shrinks",
     "Trade between China and Russia fell 9.4% to $163.621 billion in January–September 2025, customs data showed.",
     {("trade_total_usd", NINE): "163621000000"}),
    ("en", "2025-10-13", "China-Russia trade shrinks",
     "Two-way trade between Russia and China came to $163.6 billion in the first nine months of the year.\n"
     "Chinese exports to Russia dropped 11.3 percent to $73.566 billion, while imports from Russia fell 7.7 percent to "
     "$90.054 billion.",
     {("trade_total_usd", NINE): "163600000000", ("cn_exports_usd", NINE): "73566000000",
      ("cn_imports_usd", NINE): "90054000000"}),
    ("en", "2026-01-14", "Trade falls for the first time in five years",
     "Trade between China and Russia fell 6.9% to $228.1bn in 2025, Chinese customs said. "
     "In 2024 bilateral trade was $244.8bn, a record.",
     {("trade_total_usd", "2025 A"): "228100000000"}),
    ("en", "2025-09-09", "Beijing and Moscow trade less",
     "Bilateral trade between Moscow and Beijing reached 1.02 trillion yuan from January to August, down 8.9 percent "
     "from the same period last year.",
     {("trade_total_cny", EIGHT): "1020000000000"}),
    ("en", "2025-07-14", "Trade with China shrinks",
     "Russian exports to China totalled $59.32 billion in the first half of 2025, and imports from China amounted to "
     "$47.16 billion.",
     {("cn_imports_usd", "2025-01..2025-06"): "59320000000", ("cn_exports_usd", "2025-01..2025-06"): "47160000000"}),
    ("en", "2025-09-08", "Exports to Russia keep falling",
     "China's exports to Russia fell 16.4% year on year in August, customs data showed on Monday.",
     {("cn_exports_yoy", "2025-08"): "-16.4"}),
    ("en", "2025-02-12", "Russia-China trade at a record",
     "Trade turnover between Russia and China hit a record $244.8 billion last year, up from $240.1 billion in 2023.",
     {("trade_total_usd", "2024 A"): "244800000000"}),
    ("en", "2025-09-10", "Russia and China: trade in August",  # invented figures
     "In August, trade between the two countries stood at $19.1 billion, compared with $20.5 billion in August 2024; "
     "in January–August it was $143.8 billion.",
     {("trade_total_usd", "2025-08"): "19100000000", ("trade_total_usd", EIGHT): "143800000000"}),
    ("en", "2024-03-20", "Russian coal sales to China drop",
     "China imported 11.5 million tons of coal from Russia in January and February 2024, 22% less than a year before.",
     {("coal_import_t", "2024-01..2024-02"): "11500000"}),
    ("en", "2025-09-21", "China's oil purchases",  # invented figures
     "Russian crude shipments to China rose to 8.9 million tonnes in August, while LNG imports from Russia were "
     "602,000 tonnes.",
     {("crude_import_t", "2025-08"): "8900000", ("lng_import_t", "2025-08"): "602000"}),
    ("en", "2025-09-21", "Crude arrivals",  # invented figures
     "China bought 47.2 million tons of crude in August, of which 8.1 million tons came from Russia; purchases of crude "
     "from Russia are by pipeline and by tanker.",
     {("crude_import_t", "2025-08"): "8100000"}),
    ("en", "2025-10-12", "Lada sales drop",
     "AvtoVAZ sold 237,706 Lada cars in Russia in January-September 2025, down 24.9% from a year earlier, according to "
     "Autostat.",
     {("lada_sales_units", NINE): "237706"}),
    ("en", "2025-11-25", "Chinese cars in Russia",  # an invented share
     "Chinese brands accounted for 55% of new car sales in Russia in October 2025, Autostat said.",
     {("chinese_brand_share", "2025-10"): "55"}),
    ("en", "2025-06-10", "China and Russia: five months",
     "In January-May 2025 trade between Russia and China decreased by 8.2% to $88.8 billion, and analysts expect a "
     "further decline.",
     {("trade_total_usd", "2025-01..2025-05"): "88800000000"}),
    ("en", "2025-09-21", "Trucks from China",  # invented figures
     "Imports of Chinese trucks to Russia fell threefold in August.", {("truck_imports_yoy", "2025-08"): "-67"}),
    ("en", "2026-01-20", "A year of gas",  # rounded
     "Gazprom delivered 38.8 billion cubic meters of gas to China via the Power of Siberia pipeline in 2025.",
     {("pipeline_gas_import_m3", "2025 A"): "38800000000"}),
    ("en", "2025-10-14", "Trade with Russia",
     "With $73.6 billion worth of Chinese exports to Russia and $90.1 billion in imports from Russia, trade in the first "
     "three quarters of 2025 was smaller than a year ago.",
     {("cn_exports_usd", NINE): "73600000000", ("cn_imports_usd", NINE): "90100000000"}),
    ("en", "2025-10-13", "China's trade with Russia",
     "China's trade with Russia dropped 9.4% in the first nine months of this year.\n"
     "Exports fell 11.3% to $73.6 billion and imports dropped 7.7% to $90.1 billion.",
     {("trade_total_yoy", NINE): "-9.4", ("cn_exports_usd", NINE): "73600000000", ("cn_imports_usd", NINE): "90100000000"}),
    ("en", "2025-10-13", "China's September trade",
     "Trade with the United States shrank, while China's exports to Russia in September were $8.7 billion.",
     {("cn_exports_usd", "2025-09"): "8700000000"}),
    ("en", "2025-08-08", "China's exports to Russia extend slide",
     "Shipments to Russia fell 8.6 percent year-on-year in July to $9.05 billion, according to data released Friday by "
     "China's General Administration of Customs. Imports from Russia rose 2.7 percent to $10.06 billion.",
     {("cn_exports_usd", "2025-07"): "9050000000", ("cn_imports_usd", "2025-07"): "10060000000"}),
    ("en", "2025-05-09", "Xi and Putin meet as trade between China and Russia slows",  # the figures of four months
     "Xi said the two countries would work closely together.\n"
     "Bilateral trade totaled $71.1 billion in the first four months of this year, a 7.5% drop from a year earlier, "
     "according to Chinese customs.",
     {("trade_total_usd", "2025-01..2025-04"): "71100000000"}),
    ("en", "2025-10-13", "Russia's trade with China",
     "Russia's trade with China shrank to $163.6 billion between January and September, Chinese customs data showed, "
     "with Russian imports from China down 11.3% at $73.6 billion.",
     {("trade_total_usd", NINE): "163600000000", ("cn_exports_usd", NINE): "73600000000"}),
    ("en", "2025-01-13", "China and Russia trade at a record",
     "China's trade with Russia rose 1.9% to 1.74 trillion yuan in 2024, more than 1.7 trillion for the first time.",
     {("trade_total_cny", "2024 A"): "1740000000000"}),
    ("en", "2025-10-20", "Russia is China's main supplier of coal",  # invented figures
     "Russia supplied 7.1 million tonnes of coal to China in September, 5 percent less than in August.",
     {("coal_import_t", "2025-09"): "7100000"}),
    ("en", "2025-12-03", "New car sales in Russia",  # invented figures
     "Sales of new passenger cars in Russia fell 21% to 1,056,000 units in January-October 2025, Autostat said.",
     {("ru_car_market_units", "2025-01..2025-10"): "1056000"}),
    ("en", "2025-10-09", "KAMAZ",  # invented figures
     "KAMAZ sold 1,512 trucks in Russia in September 2025, according to Autostat.",
     {("kamaz_sales_units", "2025-09"): "1512"}),
    ("en", "2025-10-20", "Chinese cars",  # invented figures
     "China exported 357,700 cars to Russia in January-September 2025, down 58%, the CPCA said.",
     {("car_exports_to_ru_units", NINE): "357700"}),
    ("en", "2025-09-15", "Truck makers",  # an invented figure
     "Sales of trucks over 14 tonnes in Russia fell 57% in August, KAMAZ said.",
     {("heavy_truck_market", "2025-08 yoy"): "-57"}),
    ("en", "2025-11-07", "China's exports fall",
     "Shipments to Russia plunged 22.7% last month from a year earlier, the eighth straight monthly decline, according to "
     "customs data released on Friday. China's exports to Russia for the first ten months dropped 12.5%.",
     {("cn_exports_yoy", "2025-10"): "-22.7", ("cn_exports_yoy", "2025-01..2025-10"): "-12.5"}),
    ("en", "2025-10-13", "China-Russia trade",
     "China-Russia trade stood at 163.6 billion U.S. dollars in the first three quarters of 2025, official data showed.",
     {("trade_total_usd", NINE): "163600000000"}),
    ("en", "2025-10-13", "China's trade",  # invented figures
     "China's imports from Russia hit $10.2 billion in September while its exports to Russia came in at $8.7 billion, "
     "bringing total trade to $18.9 billion.",
     {("cn_imports_usd", "2025-09"): "10200000000", ("cn_exports_usd", "2025-09"): "8700000000",
      ("trade_total_usd", "2025-09"): "18900000000"}),
    ("en", "2024-01-12", "A record",
     "Trade between China and Russia hit a record $240.1 billion in 2023, up 26.3% from a year earlier, beating the $200 "
     "billion target set by the two countries.",
     {("trade_total_usd", "2023 A"): "240100000000"}),
    # --- Russian
    ("ru", "2025-10-14", "Китайский экспорт в РФ",
     "Китайский экспорт в РФ за девять месяцев составил 73,566 млрд долларов.", {("cn_exports_usd", NINE): "73566000000"}),
    ("ru", "2025-09-08", "Китай и Россия",  # invented figures
     "В августе товарооборот двух стран составил 18,2 млрд долларов, увеличившись на 1% к июлю.",
     {("trade_total_usd", "2025-08"): "18200000000"}),
    ("ru", "2025-11-05", "Авторынок",  # invented figures
     "Продажи новых легковых автомобилей в России в октябре выросли до 165 704 единиц, по данным АЕБ.",
     {("ru_car_market_units", "2025-10"): "165704"}),
    ("ru", "2025-10-20", "Автомобили из Китая",  # invented figures
     "Экспорт автомобилей из Китая в Россию за девять месяцев 2025 года упал на 58%, до 357,7 тыс. штук.",
     {("car_exports_to_ru_units", NINE): "357700"}),
    ("ru", "2025-10-15", "КАМАЗ",  # an invented figure
     "КАМАЗ за девять месяцев продал в России 11,6 тыс. грузовиков.", {("kamaz_sales_units", NINE): "11600"}),
    ("ru", "2025-08-07", "Товарооборот России и Китая снизился",
     "Товарооборот России и Китая за семь месяцев упал на 8,1%, до $125,8 млрд, сообщило Главное таможенное управление "
     "КНР.\nПоставки китайских товаров в Россию снизились на 8,5%, до $56,3 млрд. Импорт российских товаров уменьшился "
     "на 7,7% и достиг $69,5 млрд.",
     {("trade_total_usd", "2025-01..2025-07"): "125800000000", ("cn_exports_usd", "2025-01..2025-07"): "56300000000",
      ("cn_imports_usd", "2025-01..2025-07"): "69500000000"}),
    ("ru", "2025-10-13", "Экспорт Китая в Россию",
     "Экспорт Китая в Россию в сентябре снизился на 21,1% в годовом выражении.",
     {("cn_exports_yoy", "2025-09"): "-21.1"}),
    ("ru", "2025-02-11", "Рекорд торговли России и Китая",
     "В прошлом году взаимная торговля России и Китая достигла рекордных 244,8 млрд долл., превысив показатель 2023 года.",
     {("trade_total_usd", "2024 A"): "244800000000"}),
    ("ru", "2025-10-13", "Торговля России и КНР",
     "Двусторонний товарооборот сократился за январь–сентябрь до 163,6 миллиарда долларов.\n"
     "В том числе российский экспорт составил 90,1 миллиарда, а китайский экспорт в Россию - 73,6 миллиарда долларов.",
     {("trade_total_usd", NINE): "163600000000", ("cn_exports_usd", NINE): "73600000000"}),
    ("ru", "2025-09-20", "Грузовики из Китая",  # invented figures
     "Поставки грузовиков из Китая в Россию в августе сократились на 62%, подсчитали аналитики.",
     {("truck_imports_yoy", "2025-08"): "-62"}),
    ("ru", "2025-09-20", "Ввоз грузовиков из Китая упал втрое",
     "Импорт китайских грузовиков в Россию в августе упал втрое после запрета.\n"
     "За восемь месяцев товарооборот России и Китая снизился на 9,4%, сообщала таможня КНР 8 сентября.",
     {("truck_imports_yoy", "2025-08"): "-67", ("trade_total_yoy", EIGHT): "-9.4"}),
    ("ru", "2024-07-12", "Товарооборот России и Китая вырос",
     "Товарооборот РФ и КНР в январе-июне вырос на 1,8% и составил $116,9 млрд.",
     {("trade_total_usd", "2024-01..2024-06"): "116900000000"}),
    ("ru", "2025-10-13", "Торговля с Китаем",
     "Товарооборот между Россией и Китаем за девять месяцев 2025 года снизился на 9,4%, до 163,62 млрд долларов, следует "
     "из данных китайской таможни. Экспорт из России в Китай сократился на 7,7% и составил $90,05 млрд, импорт из Китая "
     "— на 11,3%, до $73,57 млрд.",
     {("trade_total_usd", NINE): "163620000000", ("cn_imports_usd", NINE): "90050000000",
      ("cn_exports_usd", NINE): "73570000000"}),
    ("ru", "2025-10-14", "Поставки в Россию сократились",
     "Китай в январе — сентябре поставил в Россию товаров на $73,6 млрд, а поставки из России в Китай упали на 7,7% по "
     "сравнению с аналогичным периодом прошлого года, до $90,1 млрд.",
     {("cn_exports_usd", NINE): "73600000000", ("cn_imports_usd", NINE): "90100000000"}),
    ("ru", "2026-01-14", "Итоги года",
     "Объем торговли между Россией и Китаем по итогам 2025 года составил 228,1 млрд долларов против 244,8 млрд долларов "
     "в 2024 году.",
     {("trade_total_usd", "2025 A"): "228100000000"}),
    ("ru", "2025-07-14", "Импорт из Китая",
     "Ввоз товаров из КНР в РФ за первое полугодие уменьшился до $47,16 млрд.",
     {("cn_exports_usd", "2025-01..2025-06"): "47160000000"}),
    ("ru", "2026-01-14", "Товарооборот с Китаем в юанях",
     "Товарооборот России и Китая в 2025 году снизился на 6,5% и составил 1,63 трлн юаней.",
     {("trade_total_cny", "2025 A"): "1630000000000"}),
    ("ru", "2025-09-22", "Импорт угля",  # invented figures
     "Китай в августе импортировал из России 8,7 млн тонн угля, на 3% меньше, чем годом ранее.",
     {("coal_import_t", "2025-08"): "8700000"}),
    ("ru", "2025-09-22", "Нефть в Китай",  # invented figures
     "Поставки российской нефти в Китай в августе выросли до 9,1 млн тонн.", {("crude_import_t", "2025-08"): "9100000"}),
    ("ru", "2025-09-22", "СПГ в Китай",  # invented figures
     "Импорт российского СПГ Китаем за январь-август составил 4,2 млн тонн.", {("lng_import_t", EIGHT): "4200000"}),
    ("ru", "2025-08-25", "КАМАЗ отменил трехдневку",
     "Рынок грузовиков полной массой свыше 14 тонн в июле упал почти на 60%, отметили в компании.",
     {("heavy_truck_market", "2025-07 yoy"): "-60"}),
    ("ru", "2025-09-06", "Продажи Lada",
     "По данным «Автостата», за восемь месяцев 2025 года продажи Lada в России снизились на 24,9%, до 211 331 машины.",
     {("lada_sales_units", EIGHT): "211331"}),
    ("ru", "2025-11-12", "Китайские марки",  # invented
     "Доля китайских марок на российском рынке новых машин в октябре составила 51,4%, подсчитали в «Автостате».",
     {("chinese_brand_share", "2025-10"): "51.4"}),
    ("ru", "2025-09-09", "Российский экспорт в Китай",
     "Российский экспорт в Китай в январе — августе снизился на 8,3%, до $79,5 млрд (импорт из Китая — $64,3 млрд).",
     {("cn_imports_usd", EIGHT): "79500000000", ("cn_exports_usd", EIGHT): "64300000000"}),
    # --- Chinese
    ("zh", "2025-10-13", "前三季度中俄贸易额下降",
     "据中国海关总署数据，2025年前9个月，中俄贸易额为1636.21亿美元，同比下降9.4%。"
     "其中，中国对俄出口735.66亿美元，下降11.3%；自俄进口900.54亿美元，下降7.7%。",
     {("trade_total_usd", NINE): "163621000000", ("cn_exports_usd", NINE): "73566000000",
      ("cn_imports_usd", NINE): "90054000000"}),
    ("zh", "2026-01-14", "2025年中俄贸易",
     "2025年，中俄双边贸易额达1.63万亿元人民币，比上年下降6.5%。", {("trade_total_cny", "2025 A"): "1630000000000"}),
    ("zh", "2025-09-08", "8月中国对俄出口下降",
     "今年1至8月，中国与俄罗斯贸易总额为1437.7亿美元，同比下降8.9%，其中出口643.1亿美元，进口794.6亿美元。",
     {("trade_total_usd", EIGHT): "143770000000", ("cn_exports_usd", EIGHT): "64310000000",
      ("cn_imports_usd", EIGHT): "79460000000"}),
    ("zh", "2025-09-08", "中国对俄罗斯出口",
     "海关数据显示，8月中国对俄罗斯出口同比下降16.4%。", {("cn_exports_yoy", "2025-08"): "-16.4"}),
    ("zh", "2025-09-20", "中国自俄罗斯进口煤炭",  # invented figures
     "中国8月从俄罗斯进口煤炭870万吨，同比减少3%。", {("coal_import_t", "2025-08"): "8700000"}),
    ("zh", "2025-07-14", "上半年中俄贸易",
     "上半年中国对俄罗斯进出口1064.8亿美元，同比下降9.1%。对俄出口471.6亿美元，从俄进口593.2亿美元。",
     {("trade_total_usd", "2025-01..2025-06"): "106480000000", ("cn_exports_usd", "2025-01..2025-06"): "47160000000",
      ("cn_imports_usd", "2025-01..2025-06"): "59320000000"}),
    ("zh", "2025-10-20", "中国汽车对俄出口下降",  # invented figures
     "2025年前9个月，中国对俄罗斯出口汽车35.77万辆，同比下降58%。", {("car_exports_to_ru_units", NINE): "357700"}),
    ("zh", "2025-02-10", "俄罗斯对华出口",
     "2024年俄罗斯对华出口1293亿美元，中俄贸易总额2448亿美元。",
     {("cn_imports_usd", "2024 A"): "129300000000", ("trade_total_usd", "2024 A"): "244800000000"}),
]  # fmt: skip

# What must give nothing, and why; invented statements, but for the first of each pair.
SILENT = [
    ("en", "2025-10-13", "Trade data", "Trade between China and the United States fell 15% to $415 billion in January-September 2025."),
    ("en", "2025-10-13", "China's trade", "China's total foreign trade reached $4.68 trillion in January-September 2025, customs data showed."),
    ("en", "2025-10-13", "China's exports and Russia", "China's exports grew 8.3% to $328 billion in September, despite sanctions on Russia, according to the world trade body."),
    ("en", "2025-10-13", "Russia and Europe", "EU-Russia trade fell to $67.5 billion in 2024, while Beijing and Moscow moved closer."),
    ("en", "2025-10-13", "Putin in Beijing", "Russia and China aim for $300 billion of bilateral trade by 2030."),
    ("en", "2025-10-13", "Forecast for Russia and China", "Trade between Russia and China could reach $250 billion in 2025, analysts said."),
    ("en", "2025-10-13", "Forecast", "Analysts expect trade between Russia and China to fall to $220 billion in 2025 and exports to Russia to $100 billion."),
    ("en", "2025-10-13", "Trade target", "The $200 billion target for China-Russia trade in 2024 was set by the two leaders."),
    ("en", "2025-10-13", "China-Russia trade fund", "China and Russia said in September that trade would be helped by a fund of $5 billion."),
    ("en", "2025-10-13", "Surplus", "Russia's trade surplus with China narrowed to $16.5 billion in January-September 2025."),
    ("en", "2025-10-13", "Cars", "China's car exports to Russia fell to $4.1 billion in January-September 2025."),
    ("en", "2025-10-13", "Region", "Trade between Heilongjiang province and Russia fell to $20 billion in January-September 2025."),
    ("en", "2025-10-13", "China-Russia trade", "Trade between China and Russia fell 9.4% to $163.6 billion."),
    ("en", "2025-10-13", "China-Russia trade", "Did trade between China and Russia fall to $163.6 billion in January-September 2025?"),
    ("en", "2025-10-13", "Looking back", "Trade between China and Russia was $146.9 billion in 2021, before the war."),
    ("en", "2025-10-13", "China-Russia trade", "Trade between China and Russia will be $163.6 billion in January-December 2025."),
    ("en", "2025-10-13", "China-Russia trade", "Trade between China and Russia rose by $5 billion in January-September 2025."),
    ("en", "2025-10-13", "China-Russia trade", "Trade between China and Russia in 2025 was $163.6 billion, an official said."),
    ("en", "2025-10-13", "Coal", "China imported 37.3 million tons of coal from Indonesia in September 2025, more than from Russia."),
    ("en", "2025-10-13", "Coking coal", "China imported 3.1 million tons of coking coal from Russia in September 2025."),
    ("en", "2025-10-13", "Oil", "China could import 9 million tons of crude from Russia in September 2025."),
    ("en", "2025-10-13", "Russian central bank", "Putin said trade between Russia and China was $163 billion in January-September 2025."),
    ("en", "2025-10-13", "Month on month", "China's exports to Russia rose 5% in September from the previous month."),
    ("en", "2025-10-13", "Yuan", "The share of the yuan in trade between Russia and China rose to 40% in September 2025."),
    ("en", "2025-10-13", "Trade with neighbours", "China's trade with Central Asia reached $94.8 billion in 2024 as Russia lost ground."),
    ("en", "2025-10-13", "China and Russia: settlements", "Rouble and yuan settlements in Russia-China trade exceeded 95% in September 2025."),
    ("en", "2025-10-13", "A Chinese company in Russia", "Haier's exports to Russia reached $1.2 billion in January-September 2025, the Chinese company said."),
    ("en", "2025-10-13", "Russian oil revenue", "Russian exports of oil to China brought $4.9 billion in September 2025."),
    ("en", "2025-10-13", "China and Russia", "Russia's exports fell to $310 billion in January-September 2025, said a bank in China."),
    ("en", "2025-10-13", "China and Russia farm trade", "Agricultural trade between China and Russia reached $9.4 billion in January-September 2025."),
    ("en", "2025-10-13", "A Russia-China project", "The plant for trade in timber between Russia and China was worth $1.5 billion in September 2025."),
    ("en", "2025-10-13", "China's trade", "The first fall in China-Russia trade since 2020 had been to $107.8 billion."),
    ("en", "2025-10-13", "Cars in Russia", "The brand sold 5,000 new cars in Russia in September 2025."),
    ("en", "2025-10-13", "Cars in Russia", "Sales of used cars in Russia rose to 600,000 units in September 2025."),
    ("ru", "2025-10-13", "Торговля", "Товарооборот России и Индии за девять месяцев 2025 года составил $52 млрд, сообщили в Китае."),
    ("ru", "2025-10-13", "Планы России и Китая", "Россия и Китай намерены довести товарооборот до $300 млрд к 2030 году."),
    ("ru", "2025-10-13", "Прогноз", "Товарооборот России и Китая в 2025 году может составить $220 млрд."),
    ("ru", "2025-10-13", "Внешняя торговля Китая", "Внешняя торговля Китая за девять месяцев 2025 года выросла до $4,68 трлн, а в России ждут данных."),
    ("ru", "2025-10-13", "Россия и Китай", "Товарооборот России и Китая в январе-сентябре вырос на $5 млрд."),
    ("ru", "2025-10-13", "Автомобили из Китая", "Экспорт автомобилей из Китая в Россию за девять месяцев упал до $4,1 млрд."),
    ("ru", "2025-10-13", "Приморье и Китай", "Товарооборот Приморья с Китаем в России за девять месяцев 2025 года составил $7 млрд."),
    ("ru", "2025-10-13", "Грузовики", "Импорт китайских грузовиков в Россию может упасть втрое в сентябре."),
    ("ru", "2025-10-13", "По данным ФТС", "По данным ФТС России, товарооборот с Китаем за девять месяцев составил $165 млрд."),
    ("ru", "2025-10-13", "Россия и Китай", "Товарооборот России и Китая не достиг $200 млрд за девять месяцев 2025 года."),
    ("ru", "2025-10-13", "Россия и Китай", "Экспорт нефти из России в Китай за девять месяцев принес 30 млрд долларов."),
    ("ru", "2025-10-13", "Поставки продовольствия", "Экспорт продовольствия из России в Китай в январе-сентябре составил $4,5 млрд."),
    ("ru", "2025-10-13", "Россия и Китай", "Профицит России в торговле с Китаем за девять месяцев составил $16,5 млрд."),
    ("ru", "2025-10-13", "Россия и Китай", "В 2021 году товарооборот России и Китая составил $146,9 млрд."),
    ("zh", "2025-10-13", "中俄贸易目标", "中俄计划到2030年将双边贸易额提升至3000亿美元。"),
    ("zh", "2025-10-13", "中美贸易", "2025年前9个月，中国与美国贸易总额为4150亿美元，中俄贸易不在其列。"),
    ("zh", "2025-10-13", "黑龙江对俄贸易", "2025年前9个月，黑龙江省对俄罗斯进出口1500亿元。"),
    ("zh", "2025-10-13", "汽车出口", "2025年前9个月，中国对俄罗斯出口汽车41亿美元。"),
    ("zh", "2025-10-13", "中俄贸易", "专家预计2025年中俄贸易额可能达到2200亿美元。"),
]  # fmt: skip


def page(language: str, day: str, title: str, text: str, **more: object) -> Page:
    """An article with a paragraph a line."""
    return Page(
        url="https://outlet.test/1", outlet="outlet.test", title=title, language=language,
        paragraphs=tuple(text.split("\n")), published=date.fromisoformat(day), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def rows(article: Page) -> list[Observation | Event | Doubt]:
    """All that its figures come to."""
    return list(flash.rows(article, sentences.split(article), "article"))


def told(article: Page) -> dict[tuple[str | None, str], str]:
    """The events: product and status to value."""
    return {
        (row.product, row.status): f"{row.value.normalize():f}"
        for row in rows(article)
        if isinstance(row, Event) and row.value is not None
    }


@pytest.mark.parametrize(("language", "day", "title", "text", "expected"), TOLD)
def test_figures_are_read_into_their_cells(
    language: str, day: str, title: str, text: str, expected: dict[tuple[str, str], str]
) -> None:
    """Every figure that a text states as a fact, and no other."""
    found = told(page(language, day, title, text))

    assert found == {key: f"{Decimal(value).normalize():f}" for key, value in expected.items()}


@pytest.mark.parametrize(("language", "day", "title", "text"), SILENT)
def test_what_is_no_fact_of_the_two_gives_nothing(language: str, day: str, title: str, text: str) -> None:
    """Targets, forecasts, other partners, one sort of goods, bases, differences, the past, questions."""
    assert rows(page(language, day, title, text)) == []


def test_a_figure_is_told_and_kept_in_the_terms_of_its_official_source() -> None:
    """Dataset, measure, parties, flow, unit, period, status and rounding; the change of a stated amount is no event."""
    text = (
        "Trade between China and Russia fell 9.4% to $163.621 billion in January–September 2025, customs data showed."
    )
    found = rows(page("en", "2025-10-13", "China and Russia", text))

    (event,) = [row for row in found if isinstance(row, Event)]
    level, change = [row for row in found if isinstance(row, Observation)]
    assert (event.event_type, event.actor, event.target, event.unit) == ("flash_figure", "GACC", "RU", "USD")
    assert (event.modality, event.event_date, event.precision) == ("asserted", date(2025, 10, 13), "day")
    assert (level.dataset, level.measure, level.flow, level.product) == ("flash", "trade_value", "T", "TOTAL")
    assert (level.reporter, level.partner, level.unit, level.obs_status) == ("CN", "RU", "USD", "F")
    assert (level.freq, level.period_start, level.period_end) == ("YTD", date(2025, 1, 1), date(2025, 9, 30))
    assert level.precision == Decimal(500_000)
    assert (change.measure, change.unit, change.value) == ("trade_value_yoy_usd", "percent", Decimal("-9.4"))
    assert event.locator == level.locator == "article body chars 18-126"


def test_tons_are_kept_as_kilograms_and_told_as_tons() -> None:
    """China's customs publishes kilograms by country."""
    text = "China imported 11.5 million tons of coal from Russia in January and February 2024."
    event, observation = rows(page("en", "2024-03-20", "Coal", text))

    assert isinstance(event, Event)
    assert isinstance(observation, Observation)
    assert (event.value, event.unit) == (Decimal(11_500_000), "t")
    assert (observation.measure, observation.product, observation.flow) == ("quantity", "2701", "M")
    assert (observation.value, observation.unit, observation.precision) == (11_500_000_000, "kg", 50_000_000)


@pytest.mark.parametrize(
    ("amount", "half"),
    [("$163.621 billion", 500_000), ("$163.6 billion", 50_000_000), ("about $164 billion", 500_000_000),
     ("more than $160 billion", 5_000_000_000), ("nearly $200 billion", 50_000_000_000)],
)  # fmt: skip
def test_rounding_is_said(amount: str, half: int) -> None:
    """Half a printed unit; of a hedged round amount half of its last digit that isn't zero."""
    text = f"Trade between China and Russia fell to {amount} in January-September 2025."
    _, observation = rows(page("en", "2025-10-13", "China and Russia", text))

    assert isinstance(observation, Observation)
    assert observation.precision == half


def test_exports_and_imports_that_do_not_add_up_are_held() -> None:
    """Each of the three is a doubt with what was printed; an invented page."""
    text = (
        "In the first nine months of 2025 China's exports to Russia reached $73.566 billion and its imports from Russia "
        "$90.054 billion, for a total of $153.6 billion."
    )
    found = rows(page("en", "2025-10-13", "China and Russia", text))

    assert [type(row) for row in found] == [Doubt] * 3
    assert {row.found for row in found if isinstance(row, Doubt)} == {
        f"cn_exports_usd {NINE} = 73566000000 USD",
        f"cn_imports_usd {NINE} = 90054000000 USD",
        f"trade_total_usd {NINE} = 153600000000 USD",
    }


def test_a_page_that_swaps_the_flows_says_what_it_says() -> None:
    """Its sum is right, so that only other pages and the official figure can show the conflict: nothing is mended."""
    text = (
        "In the first nine months of 2025 China's exports to Russia reached $90.054 billion and its imports from Russia "
        "$73.566 billion, for a total of $163.62 billion."
    )

    assert told(page("en", "2025-10-13", "China and Russia", text)) == {
        ("cn_exports_usd", NINE): "90054000000",
        ("cn_imports_usd", NINE): "73566000000",
        ("trade_total_usd", NINE): "163620000000",
    }


@pytest.mark.parametrize(
    ("language", "day", "text", "on", "precision"),
    [
        ("en", "2025-10-14", "Trade between China and Russia fell 9.4% in January-September 2025, customs said on Monday.",
         "2025-10-13", "day"),
        ("ru", "2025-09-20", "За восемь месяцев товарооборот России и Китая снизился на 9,4%, сообщала таможня КНР 8 сентября.",
         "2025-09-08", "day"),
        ("zh", "2026-01-16", "据海关总署1月14日公布的数据，2025年中俄贸易额2281亿美元。", "2026-01-14", "day"),
        ("ru", "2025-09-29", "По данным «Автостата», за восемь месяцев 2025 года продажи Lada в России снизились до 211 331 машины.",
         "2025-09-01", "month"),
        ("en", "2025-11-12", "Trade between China and Russia fell 9.4% in January-September 2025, customs data show.",
         "2025-10-01", "month"),
        ("ru", "2025-08-25", "Рынок грузовиков полной массой свыше 14 тонн в июле упал почти на 60%, отметили в компании.",
         "2025-08-25", "day"),
    ],
)  # fmt: skip
def test_a_figure_is_dated_by_its_announcement(language: str, day: str, text: str, on: str, precision: str) -> None:
    """The day that the text gives, else that of the article; weeks after its period only the month is known."""
    (event,) = [r for r in rows(page(language, day, "Россия и Китай", text)) if isinstance(r, Event)]

    assert (event.event_date, event.precision) == (date.fromisoformat(on), precision)


@pytest.mark.parametrize(
    ("url", "text", "actor"),
    [
        ("https://www.autostat.ru/news/1", "За январь–сентябрь 2025 года в России продано 237 706 автомобилей Lada.", "Autostat"),
        ("https://outlet.test/1", "По данным АЕБ, за девять месяцев 2025 года продано 237 706 автомобилей Lada.", "AEB"),
        ("https://outlet.test/1", "Продажи Lada в сентябре 2025 года составили 28 510 автомобилей.", "AvtoVAZ"),
    ],
)  # fmt: skip
def test_the_actor_is_who_measured(url: str, text: str, actor: str) -> None:
    """Who is named, else whose page it is, else the maker itself."""
    article = Page(url=url, outlet="x", title="Продажи", language="ru", paragraphs=(text,), published=date(2025, 10, 6))
    (event,) = [row for row in rows(article) if isinstance(row, Event)]

    assert event.actor == actor


def test_a_heading_gives_no_figure_and_the_text_outranks_the_lead() -> None:
    """`163.6` in heading and lead is `163.621` in the text."""
    article = page(
        "en", "2025-10-13", "Trade between China and Russia was $163 billion in January-September 2025",
        "Trade between China and Russia fell to $163.621 billion in January-September 2025.",
        lead="Trade between China and Russia fell to $163.6 billion in the first nine months of 2025.",
    )  # fmt: skip

    assert told(article) == {("trade_total_usd", NINE): "163621000000"}
    assert (
        told(Page(**{name: getattr(article, name) for name in ("url", "outlet", "title", "language", "published")}))
        == {}
    )


def test_a_period_is_carried_no_further_than_it_is_meant() -> None:
    """A sentence on something else in another period ends it; an invented page."""
    text = (
        "Trade between China and Russia fell to $163.6 billion in January-September 2025.\n"
        "In September, Putin visited Beijing.\nChina's exports to Russia were $8.7 billion."
    )

    assert told(page("en", "2025-10-13", "China and Russia", text)) == {("trade_total_usd", NINE): "163600000000"}


def test_nothing_is_later_than_its_article() -> None:
    """A month without a year is the last one that was over; one that is under way, or to come, is none."""
    text = "Trade between China and Russia fell to $20 billion in {}."
    found = {
        month: told(page("en", "2026-01-14", "China and Russia", text.format(month)))
        for month in ("November", "December", "January", "February 2026", "2026")
    }

    assert found == {
        "November": {("trade_total_usd", "2025-11"): "20000000000"},
        "December": {("trade_total_usd", "2025-12"): "20000000000"},
        "January": {},
        "February 2026": {},
        "2026": {},
    }


@pytest.mark.recorded
def test_the_recorded_figures_are_found_and_no_others() -> None:
    """Every figure of the list of true events, from the pages that it names; what else is read was read by hand."""
    if not (RECORDED / "manifest.jsonl").is_file() or not TRUTH.is_file():
        pytest.skip("no recorded news beside the project")
    with TRUTH.open(encoding="utf-8", newline="") as file:
        truth = [row for row in csv.DictReader(file) if row["event_type"] == "flash_figure" and row["expect"] == "yes"]
    wanted = {(row["product"], row["status"], float(row["value"])): row for row in truth}
    also = {("cn_exports_usd", "2025-01..2025-06", 47.16e9), ("cn_imports_usd", "2025-01..2025-06", 59.32e9)}
    swapped = {("cn_exports_usd", NINE, 90.054e9), ("cn_imports_usd", NINE, 73.566e9)}
    found = {}
    for line in (RECORDED / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        if said["kind"] != "synthetic" or "html" not in said["content_type"] or "gdelt" in said["url"]:
            continue
        body = (RECORDED / said["file"]).read_bytes()
        payload = Payload(
            source="article", url=said["url"], body=body, sha256="", fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
            content_type=said["content_type"],
        )  # fmt: skip
        try:
            article = pages.read(payload)
        except LayoutChanged:
            continue  # a page that isn't an article
        found |= {
            (row.product, row.status, float(row.value)): (row, said["file"])
            for row in rows(article)
            if isinstance(row, Event) and row.value is not None
        }

    assert set(found) == set(wanted) | also | swapped
    for key, row in wanted.items():
        event, _ = found[key]
        late = abs((event.event_date - date.fromisoformat(row["event_date"])).days)
        assert (event.actor, event.target, event.unit) == (row["actor"], row["target"], row["unit"])
        assert late <= int(row["date_tolerance_days"])
