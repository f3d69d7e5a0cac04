-- found: values that were published and no longer are.
INSERT INTO found BY NAME
SELECT
    'withdrawn' AS kind,
    c.indicator AS subject,
    c.period,
    period_in_words(c.freq, c.period_start, c.period_end) AS period_words,
    c.period_end,
    concat(
        split_part(c.old_title, ';', 1), ', ', period_in_words(c.freq, c.period_start, c.period_end), ': ',
        figure_in_words(c.old_value, c.old_unit, 2), ' is no longer published'
    ) AS title,
    c.old_value,
    CAST(NULL AS DOUBLE) AS new_value,
    CAST(NULL AS DOUBLE) AS change_pct,
    c.old_unit AS unit,
    CAST([] AS VARCHAR[]) AS refs,
    concat_ws('; ', c.old_title, 'method ' || c.old_method) AS detail,
    concat_ws('|', c.freq, format('{:.10e}', c.old_value), CAST(c.old_known_at AS VARCHAR)) AS identity,
    coalesce(r.weight, 1) AS weight,
    1.0 AS size,
    CAST(NULL AS VARCHAR) AS severity,
    FALSE AS folded,
    c.indicator AS fold_group,
    'withdrawn' AS fold_kind,
    c.indicator AS fold_subject,
    split_part(c.old_title, ';', 1) || ': # further value{s} no longer published' AS fold_words
FROM indicator_changes AS c
INNER JOIN (
    SELECT
        w.indicator,
        arg_max(rules.weight, length(rules.name)) AS weight
    FROM indicator_changes AS w
    INNER JOIN finding_rules() AS rules ON rules.about = 'indicator' AND w.indicator LIKE rules.name ESCAPE '\'
    WHERE w.change = 'withdrawn'
    GROUP BY w.indicator
) AS r USING (indicator)
WHERE c.change = 'withdrawn' AND r.weight > 0;
