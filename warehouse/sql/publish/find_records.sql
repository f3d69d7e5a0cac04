-- found: new figures of the main indicators that are the highest or lowest of at least the twelve periods before them (of
-- 250 days). A period of two months is compared with none. Where periods in between are not held, the words say so.
INSERT INTO found BY NAME
WITH fresh AS (
    SELECT * FROM indicator_changes
    WHERE
        change = 'new' AND newest AND headline AND weight > 0 AND grade <> 'do not quote' AND unit <> 'rank'
        AND freq IN ('M', 'Q', 'A', 'D')
        AND (freq <> 'M' OR date_trunc('month', period_start) = date_trunc('month', period_end))
),

earlier AS (
    SELECT
        n.indicator, n.freq, n.period_start, n.period_end, n.value, e.value AS then_value, e.period_end AS then_end,
        e.period_words AS then_words,
        date_diff('month', e.period_start, e.period_end) + 1 AS months,
        n.freq = 'M' AND date_trunc('month', e.period_start) <> date_trunc('month', e.period_end) AS double_month
    FROM fresh AS n
    INNER JOIN indicators_now AS e
        ON n.indicator = e.indicator AND n.freq = e.freq AND e.period_end < n.period_end
),

bounds AS (
    SELECT
        indicator, freq, period_end,
        max(then_end) FILTER (WHERE then_value >= value AND NOT double_month) AS higher_end,
        arg_max(then_words, then_end) FILTER (WHERE then_value >= value AND NOT double_month) AS higher_words,
        max(then_end) FILTER (WHERE then_value <= value AND NOT double_month) AS lower_end,
        arg_max(then_words, then_end) FILTER (WHERE then_value <= value AND NOT double_month) AS lower_words,
        arg_min(then_words, then_end) AS first_words
    FROM earlier
    GROUP BY indicator, freq, period_end
),

runs AS (
    SELECT
        b.*,
        coalesce(b.lower_end, DATE '0001-01-01') > coalesce(b.higher_end, DATE '0001-01-01') AS is_high,
        count(*) FILTER (WHERE NOT e.double_month) AS beaten,
        sum(e.months) AS months_held,
        min(e.then_end) AS run_begins
    FROM bounds AS b
    INNER JOIN earlier AS e
        ON
            b.indicator = e.indicator AND b.freq = e.freq
            AND e.then_end > least(coalesce(b.higher_end, DATE '0001-01-01'), coalesce(b.lower_end, DATE '0001-01-01'))
            AND e.then_end > CASE
                WHEN coalesce(b.lower_end, DATE '0001-01-01') > coalesce(b.higher_end, DATE '0001-01-01')
                    THEN coalesce(b.higher_end, DATE '0001-01-01')
                ELSE coalesce(b.lower_end, DATE '0001-01-01')
            END
    GROUP BY ALL
),

judged AS (
    SELECT
        n.*,
        r.is_high,
        r.beaten,
        CASE WHEN r.is_high THEN r.higher_words ELSE r.lower_words END AS since_words,
        r.first_words,
        n.freq = 'M'
        AND r.months_held < date_diff(
            'month', coalesce(CASE WHEN r.is_high THEN r.higher_end ELSE r.lower_end END, r.run_begins), n.period_end
        ) + CASE WHEN CASE WHEN r.is_high THEN r.higher_end ELSE r.lower_end END IS NULL THEN 0 ELSE -1 END AS with_gaps
    FROM fresh AS n
    INNER JOIN runs AS r ON n.indicator = r.indicator AND n.freq = r.freq
    WHERE r.beaten >= CASE n.freq WHEN 'D' THEN 250 ELSE 12 END
)

SELECT
    'record' AS kind,
    indicator AS subject,
    period,
    period_words,
    period_end,
    concat(
        name, ', ', period_words, ': ', figure_in_words(value, unit, 2), ', the ',
        CASE WHEN is_high THEN 'highest' ELSE 'lowest' END,
        CASE
            WHEN with_gaps THEN format(' of the {} periods held since ', beaten + 1) || coalesce(since_words, first_words)
            WHEN since_words IS NULL THEN ' on record, which begins in ' || first_words
            ELSE ' since ' || since_words
        END
    ) AS title,
    CAST(NULL AS DOUBLE) AS old_value,
    value AS new_value,
    CAST(NULL AS DOUBLE) AS change_pct,
    unit,
    origins AS refs,
    concat_ws('; ', title, basis, grade, format('against the {} periods before it', beaten)) AS detail,
    concat_ws('|', freq, CASE WHEN is_high THEN 'highest' ELSE 'lowest' END, format('{:.10e}', value)) AS identity,
    weight,
    0.6 + least(beaten, 60) / 50 AS size,
    CAST(NULL AS VARCHAR) AS severity,
    FALSE AS folded,
    indicator AS fold_group,
    'record' AS fold_kind,
    indicator AS fold_subject,
    name || ': # further record{s}' AS fold_words
FROM judged;
