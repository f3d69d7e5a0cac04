-- found: figures of periods that were not published before. The newest of an indicator and frequency is told by itself,
-- beside the same period of the year before; older ones are folded into one finding for each indicator.
INSERT INTO found BY NAME
WITH fresh AS (
    SELECT
        c.*,
        b.value AS before,
        b.period_words AS before_words,
        100 * (c.value - b.value) / nullif(abs(b.value), 0) AS step_pct
    FROM indicator_changes AS c
    LEFT JOIN indicators_now AS b
        ON
            c.indicator = b.indicator AND c.freq = b.freq AND b.period_start = c.period_start - INTERVAL 1 YEAR
            AND last_day(b.period_end) = last_day(CAST(c.period_end - INTERVAL 1 YEAR AS DATE))
            AND c.freq <> 'D' AND c.unit NOT IN ('percent', 'rank', 'ratio') AND NOT c.signed AND b.grade <> 'do not quote'
            AND abs(b.value) >= CASE c.unit WHEN 'USD' THEN 1e6 WHEN 'CNY' THEN 1e7 ELSE 100 END
    WHERE c.change = 'new' AND c.weight > 0
)

SELECT
    'new figure' AS kind,
    indicator AS subject,
    period,
    period_words,
    period_end,
    concat(
        name, ', ', period_words, ': ', CASE WHEN signed AND unit = 'percent' AND value > 0 THEN '+' END,
        figure_in_words(value, unit, 2),
        CASE WHEN step_pct IS NOT NULL THEN format(' ({:+.1f} % on ', step_pct) || before_words || ')' END,
        caution
    ) AS title,
    CAST(NULL AS DOUBLE) AS old_value,
    value AS new_value,
    CAST(NULL AS DOUBLE) AS change_pct,
    unit,
    origins AS refs,
    concat_ws('; ', title, basis, grade, 'method ' || method) AS detail,
    concat_ws('|', freq, format('{:.10e}', value)) AS identity,
    weight,
    0.8 + least(coalesce(abs(step_pct), 0), 50) / 50 AS size,
    CAST(NULL AS VARCHAR) AS severity,
    NOT newest AS folded,
    indicator AS fold_group,
    'backfilled' AS fold_kind,
    indicator AS fold_subject,
    name_in_unit || ': # earlier figure{s} came in' AS fold_words
FROM fresh;
