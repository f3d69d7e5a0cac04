-- The figures that people look at first: the newest month of each, and the 24 months up to it, NULL where there is none.
-- January and February printed together stand in neither. Grain: indicator.
WITH wanted AS (
    SELECT *
    FROM (
        VALUES
        (1, 'trade_total_usd'), (2, 'cn_exports_usd'), (3, 'cn_imports_usd'), (4, 'car_exports_to_ru_units'),
        (5, 'crude_import_t'), (6, 'crude_discount_usd_t'), (7, 'lada_sales_units'), (8, 'ru_car_market_units'),
        (9, 'fx_rub_per_cny')
    ) AS list (place, indicator)
),

held AS (
    SELECT
        wanted.place,
        indicators.indicator,
        indicators.unit,
        indicators.period,
        indicators.value,
        indicators.grade = 'do not quote' AS do_not_quote,
        indicators.period_start,
        max(indicators.period_start) OVER (PARTITION BY indicators.indicator) AS newest
    FROM indicators
    INNER JOIN wanted ON wanted.indicator = indicators.indicator
    WHERE
        indicators.freq = 'M'
        AND indicators.value IS NOT NULL
        AND last_day(indicators.period_start) = indicators.period_end
),

months AS (
    SELECT DISTINCT
        indicator,
        unnest(generate_series(newest - INTERVAL 23 MONTH, newest, INTERVAL 1 MONTH))::DATE AS period_start
    FROM held
)

SELECT
    months.indicator,
    any_value(held.unit) AS unit,
    arg_max(held.period, held.period_start) AS period,
    arg_max(held.value, held.period_start) AS value,
    arg_max(held.do_not_quote, held.period_start) AS do_not_quote,
    list(held.value ORDER BY months.period_start) AS line
FROM months
LEFT JOIN held ON held.indicator = months.indicator AND held.period_start = months.period_start
GROUP BY months.indicator
ORDER BY any_value(held.place);
