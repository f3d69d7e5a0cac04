-- found: events that were not published before, and those whose status moved. Events more than 60 days old, and all of a
-- first publication, are folded. $1 instant of the publication.
INSERT INTO found BY NAME
SELECT
    'event' AS kind,
    subject,
    period,
    period AS period_words,
    dated AS period_end,
    concat(
        period, ' ', title,
        CASE WHEN value IS NOT NULL AND unit IS NOT NULL THEN ', ' || figure_in_words(value, unit, 2) END,
        CASE WHEN change = 'changed' THEN ' (was: ' || coalesce(nullif(old_state, ''), 'without a status') || ')' END
    ) AS title,
    old_value,
    value AS new_value,
    CAST(NULL AS DOUBLE) AS change_pct,
    unit,
    refs,
    concat_ws('; ', 'state: ' || nullif(state, ''), 'before: ' || nullif(old_state, '')) AS detail,
    state AS identity,
    1.0 AS weight,
    1.0 AS size,
    CAST(NULL AS VARCHAR) AS severity,
    is_first OR dated < CAST($1 AS DATE) - 60 AS folded,
    'events' AS fold_group,
    CASE WHEN is_first OR dated < CAST($1 AS DATE) - 60 THEN 'backfilled' ELSE 'event' END AS fold_kind,
    'events' AS fold_subject,
    CASE WHEN is_first OR dated < CAST($1 AS DATE) - 60 THEN '# earlier event{s} came in' ELSE '# further event{s}' END AS fold_words
FROM state_changes
WHERE kind = 'event' AND change IN ('new', 'changed');
