-- news_answers_as_of(ts): how much is written, by topic, as known at the instant ts (UTC). Grain: indicator, freq, period.
--   news_volume_<topic>        articles of the own feeds on a day (or in a month, coverage the share of days read): a day on
--                              which no feed was read has no row, which is not zero
--   news_volume_gdelt_<topic>  percent of all coverage that GDELT watches; a month is the mean of the days measured
-- The two count different things and are never added.
CREATE OR REPLACE MACRO news_answers_as_of(ts) AS TABLE
WITH read_days AS (
    SELECT DISTINCT period_end AS day
    FROM observations_as_of(ts)
    WHERE dataset = 'feed' AND measure = 'feed_entries'
),

topics AS (
    SELECT unnest(['tariffs', 'bans', 'dumping', 'payments', 'energy', 'cars', 'projects', 'investment', 'visits', 'trade']) AS topic
),

written AS (
    SELECT CAST(published_at AS DATE) AS day, unnest(topics) AS topic, article_id, first_seen_at
    FROM articles_as_of(ts)
    WHERE source <> 'gdelt' AND published_at IS NOT NULL
),

own AS (
    SELECT
        'news_volume_' || t.topic AS indicator,
        'Articles on ' || t.topic || ' in the feeds that are read' AS title,
        r.day,
        CAST(count(w.article_id) AS DOUBLE) AS value,
        'articles' AS unit,
        coalesce(max(w.first_seen_at), r.day + INTERVAL 1 DAY) AS known_at,
        'articles' AS input
    FROM read_days AS r
    CROSS JOIN topics AS t
    LEFT JOIN written AS w ON r.day = w.day AND t.topic = w.topic
    GROUP BY t.topic, r.day
),

gdelt AS (
    SELECT
        'news_volume_gdelt_' || product AS indicator,
        'Share of all coverage watched by GDELT: ' || product AS title,
        period_end AS day,
        value,
        unit,
        known_at,
        series_key AS input
    FROM observations_as_of(ts)
    WHERE dataset = 'gdelt' AND measure = 'news_volume' AND value IS NOT NULL
),

days AS (
    FROM own
    UNION ALL BY NAME
    FROM gdelt
)

SELECT
    indicator, title, 'D' AS freq, day AS period_start, day AS period_end, value, unit, 'F' AS obs_status, known_at,
    'news' AS source, [input || ' ' || day] AS inputs, TRUE AS computed, 1.0 AS coverage, FALSE AS low_base,
    'with care' AS grade, 'news 1' AS method
FROM days
UNION ALL BY NAME
SELECT
    indicator,
    any_value(title) AS title,
    'M' AS freq,
    CAST(date_trunc('month', day) AS DATE) AS period_start,
    last_day(day) AS period_end,
    CASE any_value(unit) WHEN 'articles' THEN sum(value) ELSE avg(value ORDER BY day) END AS value,
    any_value(unit) AS unit,
    'F' AS obs_status,
    max(known_at) AS known_at,
    'news' AS source,
    [any_value(input) || ' ' || strftime(last_day(day), '%Y-%m')] AS inputs,
    TRUE AS computed,
    count(*) / day(last_day(day)) AS coverage,
    FALSE AS low_base,
    'with care' AS grade,
    'news 1' AS method
FROM days
GROUP BY indicator, date_trunc('month', day), last_day(day);
