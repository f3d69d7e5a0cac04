-- found: published values that moved: because a figure behind them did (revision), the program that computes them did
-- (method), or because they are put together from more figures than before, or from fewer (scope). In percent of the old value; of a percentage, in points.
INSERT INTO found BY NAME
WITH moved AS (
    SELECT
        *,
        CASE WHEN by_code THEN 'method' WHEN widened THEN 'scope' ELSE 'revision' END AS told_as,
        value - old_value AS step,
        100 * (value - old_value) / nullif(abs(old_value), 0) AS step_pct,
        unit NOT IN ('percent', 'rank') AND unit = old_unit AS in_percent,
        CASE
            WHEN abs(value) >= 1e6 AND abs(value - old_value) < 0.02 * CASE WHEN abs(value) >= 1e9 THEN 1e9 ELSE 1e6 END
                THEN 4
            ELSE 2
        END AS digits
    FROM indicator_changes
    WHERE change = 'changed' AND weight > 0
)

SELECT
    told_as AS kind,
    indicator AS subject,
    period,
    period_words,
    period_end,
    concat(
        name, ', ', period_words, CASE told_as
            WHEN 'method' THEN ': computed anew, from '
            WHEN 'scope' THEN
                ': put together from '
                || CASE
                    WHEN coverage > old_coverage THEN 'more'
                    WHEN coverage < old_coverage THEN 'fewer'
                    ELSE 'other'
                END || ' figures than before, from '
            ELSE ': revised from '
        END,
        figure_in_words(old_value, old_unit, digits), ' to ', figure_in_words(value, unit, digits),
        CASE
            WHEN in_percent AND step_pct IS NOT NULL THEN format(' ({:+.2f} %)', step_pct)
            WHEN unit = 'percent' AND old_unit = 'percent' THEN format(' ({:+.2f} points)', step)
        END,
        CASE WHEN sign(value) <> sign(old_value) AND signed THEN ', which turns its sign' END,
        caution
    ) AS title,
    old_value,
    value AS new_value,
    CASE WHEN in_percent THEN step_pct END AS change_pct,
    unit,
    origins AS refs,
    concat_ws(
        '; ', title, basis, grade,
        CASE WHEN method IS DISTINCT FROM old_method THEN 'method ' || old_method || ' became ' || method ELSE 'method ' || method END,
        CASE WHEN widened THEN 'was: ' || old_title END,
        CASE WHEN by_code AND moved THEN 'figures behind it changed too' END,
        strftime(known_at, 'known at %Y-%m-%d %H:%M UTC')
    ) AS detail,
    concat_ws('|', freq, format('{:.10e}', value), CASE WHEN by_code THEN method ELSE CAST(known_at AS VARCHAR) END) AS identity,
    weight,
    CASE
        WHEN in_percent THEN 0.5 + least(coalesce(abs(step_pct), 100), 15) / 10
        ELSE 0.5 + least(abs(step), 5) / 3.4
    END AS size,
    CASE
        WHEN told_as <> 'revision' THEN NULL
        WHEN headline AND abs(step_pct) >= 5 THEN 'warning'
        WHEN in_percent AND abs(step_pct) < 0.1 THEN 'info'
    END AS severity,
    FALSE AS folded,
    indicator AS fold_group,
    told_as AS fold_kind,
    indicator AS fold_subject,
    name_in_unit
    || CASE told_as
        WHEN 'method' THEN ': # further value{s} computed anew'
        WHEN 'scope' THEN ': # further value{s} put together from other figures'
        ELSE ': # further value{s} revised'
    END AS fold_words
FROM moved;
