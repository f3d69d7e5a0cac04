-- price_answers_as_of(ts): rates and prices, as known at the instant ts (UTC). Grain: indicator, freq, period.
--   fx        the Bank of Russia's rate of a day; the plain average of the days that have one for the month. A month
--             that is not over has coverage below 1 (the share of it that has gone by), and so has one in which this
--             currency lacks days that others have
--   prices    the World Bank's monthly price itself
CREATE OR REPLACE MACRO price_answers_as_of(ts) AS TABLE
WITH daily AS (
    SELECT
        o.*,
        [o.series_key || ' ' || o.period] AS inputs
    FROM observations_as_of(ts) AS o
    WHERE o.measure = 'fx_rate' AND o.freq = 'D' AND o.value IS NOT NULL
),

rates AS (
    SELECT
        'fx_rub_per_' || lower(product) AS indicator,
        'Roubles for one ' || product || ', Bank of Russia' AS title,
        freq, period_start, period_end, value, unit, obs_status, known_at, source, inputs,
        FALSE AS computed,
        1.0 AS coverage
    FROM daily
    WHERE product IN ('CNY', 'USD', 'GBP', 'EUR')
),

-- the days on which rates were set, of whatever currency: nobody sets any on holidays
set_days AS (
    SELECT
        CAST(date_trunc('month', period_start) AS DATE) AS month_start,
        count(DISTINCT period_start) AS days,
        max(period_start) AS newest,
        max(newest) OVER () AS newest_of_all
    FROM daily
    GROUP BY month_start
),

monthly_rates AS (
    SELECT
        r.indicator,
        any_value(r.title) || ', average of the published days'
        || CASE
            WHEN any_value(s.newest_of_all) = any_value(s.newest) AND any_value(s.newest) < last_day(s.month_start)
                THEN ' up to day ' || day(any_value(s.newest))
            ELSE ''
        END AS title,
        'M' AS freq,
        s.month_start AS period_start,
        last_day(s.month_start) AS period_end,
        avg(r.value ORDER BY r.period_start) AS value,
        any_value(r.unit) AS unit,
        computed_status(list(r.obs_status)) AS obs_status,
        max(r.known_at) AS known_at,
        any_value(r.source) AS source,
        flatten(list(r.inputs ORDER BY r.period_start)) AS inputs,
        TRUE AS computed,
        count(*) / any_value(s.days)
        * CASE
            WHEN any_value(s.newest_of_all) > any_value(s.newest) THEN 1
            ELSE day(any_value(s.newest)) / day(last_day(s.month_start))
        END AS coverage
    FROM rates AS r
    INNER JOIN set_days AS s ON date_trunc('month', r.period_start) = s.month_start
    GROUP BY r.indicator, s.month_start
),

prices AS (
    SELECT
        CASE o.product WHEN 'CRUDE_BRENT' THEN 'brent_usd_bbl' ELSE 'coal_au_usd_t' END AS indicator,
        CASE o.product WHEN 'CRUDE_BRENT' THEN 'Crude oil, Brent' ELSE 'Coal, Australian' END AS title,
        o.freq, o.period_start, o.period_end, o.value, o.unit, o.obs_status, o.known_at, o.source,
        [o.series_key || ' ' || o.period] AS inputs,
        FALSE AS computed,
        1.0 AS coverage
    FROM observations_as_of(ts) AS o
    WHERE o.measure = 'price' AND o.product IN ('CRUDE_BRENT', 'COAL_AUS') AND o.value IS NOT NULL
)

SELECT
    *,
    FALSE AS low_base,
    CAST(NULL AS VARCHAR) AS grade,
    'prices 2' AS method
FROM (FROM rates UNION ALL FROM monthly_rates UNION ALL FROM prices);
