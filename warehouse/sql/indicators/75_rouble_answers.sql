-- rouble_answers(relation): China's trade with Russia in roubles. `relation`: answers, of which the dollar figures of the
-- trade and the monthly rate of the dollar are read. Grain: indicator, freq, period. Freq M, YTD and A.
--   month     dollars times the average of the Bank of Russia's rates of the days of that month; January and February
--             booked together times the average of both months' averages
--   YTD, A    the sum of the months since January, where every one of them is there: never a sum of dollars times one
--             rate of the year. Nobody prints these figures: payments were made at other rates, or in other money
--   coverage  that of the rate: below 1 while a month is not over. No month has fewer than 15 days with a rate, the
--             New Year holidays included: where fewer are held, that share
CREATE OR REPLACE MACRO rouble_answers(relation) AS TABLE
WITH answers AS NOT MATERIALIZED (
    SELECT * FROM query_table(relation)
),

dollars AS (
    SELECT
        * REPLACE (replace(indicator, '_usd', '_rub') AS indicator),
        date_diff('month', period_start, period_end) + 1 AS months
    FROM answers
    WHERE
        freq = 'M' AND unit = 'USD'
        AND indicator IN ('trade_total_usd', 'cn_exports_usd', 'cn_imports_usd', 'trade_balance_usd')
),

rates AS (
    SELECT * FROM answers
    WHERE indicator = 'fx_rub_per_usd' AND freq = 'M'
),

-- the rates of the months of each figure, all of them
beside AS (
    SELECT
        d.*,
        avg(r.value) AS rub_per_usd,
        list(r.obs_status) AS rate_statuses,
        max(r.known_at) AS rate_known_at,
        flatten(list(r.inputs ORDER BY r.period_start)) AS rate_inputs,
        avg(r.coverage * least(1, len(r.inputs) / 15)) AS rate_coverage
    FROM dollars AS d
    INNER JOIN rates AS r ON r.period_start BETWEEN d.period_start AND d.period_end
    WHERE d.months <= 2
    GROUP BY ALL
    HAVING count(*) = d.months
),

in_roubles AS (
    SELECT
        indicator,
        title || ', in roubles at the average rate of the month' AS title,
        period_start, period_end, months,
        value * rub_per_usd AS value,
        computed_status([obs_status] || rate_statuses) AS obs_status,
        greatest(known_at, rate_known_at) AS known_at,
        source,
        inputs || rate_inputs AS inputs,
        rate_coverage AS coverage,
        -- a quotable figure times the rate of half a month is none
        CASE WHEN grade <> 'quotable' OR rate_coverage = 1 THEN grade END AS grade
    FROM beside
),

singles AS (
    SELECT * FROM in_roubles
    WHERE months = 1
),

pairs AS (
    SELECT p.*
    FROM in_roubles AS p
    LEFT JOIN singles AS s ON p.indicator = s.indicator AND s.period_start BETWEEN p.period_start AND p.period_end
    WHERE p.months = 2 AND month(p.period_start) = 1
    GROUP BY ALL
    HAVING count(s.value) < 2
),

-- every month once
months_apart AS (
    SELECT s.*
    FROM singles AS s
    ANTI JOIN pairs AS p ON s.indicator = p.indicator AND s.period_start BETWEEN p.period_start AND p.period_end
    UNION ALL
    FROM pairs
),

spans AS (
    SELECT
        'YTD' AS freq,
        unnest(range(1, 13)) AS ends
    UNION ALL
    SELECT
        'A' AS freq,
        12 AS ends
),

sums AS (
    SELECT
        m.indicator,
        any_value(m.title) || ', added up' AS title,
        s.freq,
        make_date(year(m.period_end), 1, 1) AS period_start,
        last_day(make_date(year(m.period_end), s.ends, 1)) AS period_end,
        sum(m.value) AS value,
        computed_status(list(m.obs_status)) AS obs_status,
        max(m.known_at) AS known_at,
        coalesce(max(m.source) FILTER (WHERE m.source = 'reference'), any_value(m.source)) AS source,
        flatten(list(m.inputs ORDER BY m.period_end)) AS inputs,
        sum(m.coverage * m.months) / sum(m.months) AS coverage,
        -- quotable where each month is
        CASE
            WHEN bool_and(coalesce(m.grade = 'quotable', m.obs_status IN ('A', 'P') AND m.coverage = 1)) THEN 'quotable'
            WHEN bool_or(coalesce(m.grade, '') = 'do not quote') THEN 'do not quote'
            ELSE 'with care'
        END AS grade
    FROM months_apart AS m
    INNER JOIN spans AS s ON month(m.period_end) <= s.ends
    GROUP BY m.indicator, s.freq, s.ends, year(m.period_end)
    HAVING sum(m.months) = s.ends
),

money AS (
    SELECT
        'M' AS freq,
        * EXCLUDE (months)
    FROM in_roubles
    UNION ALL BY NAME
    SELECT * REPLACE (CASE WHEN source = 'reference' AND grade = 'quotable' THEN 'with care' ELSE grade END AS grade)
    FROM sums
)

SELECT
    indicator, title, freq, period_start, period_end, value,
    'RUB' AS unit,
    obs_status, known_at, source, inputs,
    TRUE AS computed,
    coverage,
    FALSE AS low_base,
    grade,
    'roubles 1' AS method
FROM money;
