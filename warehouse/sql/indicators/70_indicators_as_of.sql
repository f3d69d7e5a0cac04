-- indicators_as_of(ts): the answers people ask for, as known at the instant ts (UTC). Grain: indicator, freq, period.
--   trade            the best source's figure for China's trade with Russia; months missing as such are the difference of
--                    two cumulative figures (basis derived); January-February is one period
--   balance          exports less imports of one source's period
--   yoy              against the same period of the year before, computed; never copied from the page
--   fx, prices       the rate or price itself
-- grade: official and derived from official figures: quotable; cited: with care; unconfirmed news: do not quote.
CREATE OR REPLACE MACRO indicators_as_of(ts) AS TABLE
WITH best AS (
    SELECT * FROM observations_best_as_of(ts)
),

names AS (
    FROM (VALUES
        ('T', 'trade_total', 'China''s trade with Russia, exports plus imports'),
        ('X', 'cn_exports', 'China''s exports to Russia'),
        ('M', 'cn_imports', 'China''s imports from Russia')
    ) AS n(flow, stem, title)
),

printed AS (
    SELECT
        n.stem, n.title, b.unit, b.freq, b.period_start, b.period_end, b.value, b.obs_status, b.known_at, b.source,
        b.half_unit, [b.series_key || ' ' || b.period] AS inputs
    FROM best AS b
    INNER JOIN names AS n USING (flow)
    WHERE
        b.measure = 'trade_value'
        AND b.reporter = 'CN'
        AND b.partner = 'RU'
        AND b.product = 'TOTAL'
        AND b.unit IN ('USD', 'CNY')
        AND b.freq IN ('M', 'YTD', 'A')
),

year_to_date AS (
    SELECT
        *,
        lag(value) OVER year_so_far AS value_before,
        lag(period_end) OVER year_so_far AS period_end_before,
        lag(known_at) OVER year_so_far AS known_at_before,
        lag(source) OVER year_so_far AS source_before,
        lag(inputs) OVER year_so_far AS inputs_before
    FROM printed
    WHERE freq = 'YTD' AND month(period_start) = 1
    WINDOW year_so_far AS (PARTITION BY stem, unit, year(period_start) ORDER BY period_end)
),

differences AS (
    SELECT
        stem, title, unit, 'M' AS freq,
        CASE
            WHEN value_before IS NULL THEN period_start
            ELSE CAST(period_end_before + INTERVAL 1 DAY AS DATE)
        END AS period_start,
        period_end,
        value - coalesce(value_before, 0) AS value,
        'E' AS obs_status,
        greatest(known_at, known_at_before) AS known_at, -- a backfill can bring the earlier figure later
        source, half_unit,
        coalesce(inputs_before, []) || inputs AS inputs
    FROM year_to_date
    WHERE
        (value_before IS NULL AND month(period_end) <= 2)
        OR (source_before = source AND period_end = last_day(period_end_before + INTERVAL 1 MONTH))
),

years AS (
    SELECT
        stem, title, unit, 'A' AS freq, period_start, period_end, value, obs_status, known_at, source, half_unit, inputs
    FROM printed
    WHERE freq = 'YTD' AND month(period_start) = 1 AND month(period_end) = 12
),

trade AS (
    SELECT
        *,
        FALSE AS computed
    FROM printed
    UNION ALL
    SELECT
        d.*,
        TRUE AS computed
    FROM differences AS d
    ANTI JOIN printed AS p
        ON
            d.stem = p.stem AND d.unit = p.unit AND p.freq = 'M'
            AND d.period_start <= p.period_end AND p.period_start <= d.period_end
    UNION ALL
    SELECT
        y.*,
        TRUE AS computed
    FROM years AS y
    ANTI JOIN printed AS p
        ON y.stem = p.stem AND y.unit = p.unit AND p.freq = 'A' AND y.period_end = p.period_end
),

balance AS (
    SELECT
        'trade_balance' AS stem,
        'China''s exports to Russia less its imports from Russia' AS title,
        x.unit, x.freq, x.period_start, x.period_end,
        x.value - m.value AS value,
        x.obs_status,
        greatest(x.known_at, m.known_at) AS known_at,
        x.source,
        x.half_unit + m.half_unit AS half_unit,
        x.inputs || m.inputs AS inputs,
        TRUE AS computed
    FROM trade AS x
    INNER JOIN trade AS m
        ON
            x.unit = m.unit AND x.freq = m.freq AND x.period_start = m.period_start AND x.period_end = m.period_end
            AND x.source = m.source
    WHERE x.stem = 'cn_exports' AND m.stem = 'cn_imports'
),

growth AS (
    SELECT
        now.stem || '_yoy' AS stem,
        now.title || ', against the year before' AS title,
        'percent' AS unit,
        now.freq, now.period_start, now.period_end,
        100 * (now.value / nullif(past.value, 0) - 1) AS value,
        now.obs_status,
        greatest(now.known_at, past.known_at) AS known_at,
        CASE WHEN past.source = 'reference' THEN past.source ELSE now.source END AS source,
        0.0 AS half_unit,
        now.inputs || past.inputs AS inputs,
        TRUE AS computed
    FROM trade AS now
    INNER JOIN trade AS past
        ON
            now.stem = past.stem AND now.unit = past.unit AND now.freq = past.freq
            AND past.period_start = CAST(now.period_start - INTERVAL 1 YEAR AS DATE)
            AND past.period_end = last_day(now.period_end - INTERVAL 1 YEAR)
    WHERE now.unit = 'USD'
),

money AS (
    SELECT
        stem || '_' || lower(unit) AS indicator,
        *
    FROM (FROM trade UNION ALL FROM balance)
    UNION ALL
    SELECT
        stem AS indicator,
        *
    FROM growth
),

rates AS (
    SELECT
        'fx_rub_per_' || lower(o.product) AS indicator,
        'Roubles for one ' || o.product || ', Bank of Russia' AS title,
        o.freq, o.period_start, o.period_end, o.value, o.unit, o.obs_status, o.known_at, o.source,
        [o.series_key || ' ' || o.period] AS inputs,
        FALSE AS computed
    FROM observations_as_of(ts) AS o
    WHERE o.measure = 'fx_rate' AND o.product IN ('CNY', 'USD', 'GBP', 'EUR') AND o.value IS NOT NULL
),

monthly_rates AS (
    SELECT
        indicator,
        any_value(title) || ', average of the published days' AS title,
        'M' AS freq,
        date_trunc('month', period_start) AS period_start,
        last_day(min(period_start)) AS period_end,
        avg(value) AS value,
        any_value(unit) AS unit,
        'A' AS obs_status,
        max(known_at) AS known_at,
        any_value(source) AS source,
        flatten(list(inputs ORDER BY period_start)) AS inputs,
        TRUE AS computed
    FROM rates
    GROUP BY indicator, date_trunc('month', period_start)
),

prices AS (
    SELECT
        CASE o.product WHEN 'CRUDE_BRENT' THEN 'brent_usd_bbl' ELSE 'coal_au_usd_t' END AS indicator,
        CASE o.product WHEN 'CRUDE_BRENT' THEN 'Crude oil, Brent' ELSE 'Coal, Australian' END AS title,
        o.freq, o.period_start, o.period_end, o.value, o.unit, o.obs_status, o.known_at, o.source,
        [o.series_key || ' ' || o.period] AS inputs,
        FALSE AS computed
    FROM observations_as_of(ts) AS o
    WHERE o.measure = 'price' AND o.product IN ('CRUDE_BRENT', 'COAL_AUS') AND o.value IS NOT NULL
),

answers AS (
    SELECT
        indicator, title, freq, period_start, period_end, value, unit, obs_status, known_at, source, inputs, computed
    FROM money
    UNION ALL
    FROM rates
    UNION ALL
    FROM monthly_rates
    UNION ALL
    FROM prices
)

SELECT
    indicator,
    title,
    freq,
    period_start,
    period_end,
    period_label(freq, period_start, period_end) AS period,
    value,
    unit,
    CASE
        WHEN source = 'reference' THEN 'reference'
        WHEN computed THEN 'derived'
        ELSE 'official'
    END AS basis,
    obs_status,
    known_at,
    inputs,
    'indicators 1' AS method,
    1.0 AS coverage,
    FALSE AS low_base,
    CASE WHEN source = 'reference' OR obs_status IN ('E', 'F') THEN 'with care' ELSE 'quotable' END AS grade
FROM answers;
