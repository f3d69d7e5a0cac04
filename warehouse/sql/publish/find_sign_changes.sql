-- found: changes on the year and balances whose newest figure has the other sign than the period before it.
INSERT INTO found BY NAME
WITH stepped AS (
    SELECT
        indicator, freq, period_start, period_end,
        lag(value) OVER earlier AS before,
        lag(period_words) OVER earlier AS before_words,
        lag(period_start) OVER earlier AS before_start,
        lag(period_end) OVER earlier AS before_end,
        lag(grade) OVER earlier AS before_grade
    FROM indicators_now
    WHERE signed
    WINDOW earlier AS (PARTITION BY indicator, freq ORDER BY period_end, period_start)
)

SELECT
    'sign change' AS kind,
    c.indicator AS subject,
    c.period,
    c.period_words,
    c.period_end,
    concat(
        c.name, ', ', c.period_words, ': turned ', CASE WHEN c.value > 0 THEN 'positive, ' ELSE 'negative, ' END,
        CASE WHEN c.value > 0 AND c.unit = 'percent' THEN '+' END, figure_in_words(c.value, c.unit, 2), ' after ',
        CASE WHEN s.before > 0 AND c.unit = 'percent' THEN '+' END, figure_in_words(s.before, c.unit, 2), ' in ', s.before_words,
        c.caution
    ) AS title,
    s.before AS old_value,
    c.value AS new_value,
    CAST(NULL AS DOUBLE) AS change_pct,
    c.unit,
    c.origins AS refs,
    concat_ws('; ', c.title, c.basis, c.grade) AS detail,
    concat_ws('|', c.freq, format('{:.10e}', c.value)) AS identity,
    c.weight,
    CASE WHEN c.unit = 'percent' THEN 0.6 + least(abs(c.value - s.before), 40) / 40 ELSE 1.2 END AS size,
    CASE WHEN c.grade = 'do not quote' OR s.before_grade = 'do not quote' THEN 'info' END AS severity,
    FALSE AS folded,
    c.indicator AS fold_group,
    'sign change' AS fold_kind,
    c.indicator AS fold_subject,
    c.name || ': # further change{s} of sign' AS fold_words
FROM indicator_changes AS c
INNER JOIN stepped AS s
    ON
        c.indicator = s.indicator AND c.freq = s.freq AND c.period_start = s.period_start
        AND c.period_end = s.period_end
WHERE
    c.change = 'new' AND c.newest AND c.weight > 0 AND sign(c.value) * sign(s.before) = -1
    AND CASE
        WHEN c.freq = 'YTD' THEN s.before_start = c.period_start
        ELSE s.before_end + 1 = c.period_start
    END;
