-- found: sources that became stale or came back, and releases that became overdue since the publication before. A source or
-- dataset that is seen for the first time has not become anything.
INSERT INTO found BY NAME
SELECT
    CASE WHEN kind = 'release' THEN 'overdue' WHEN state = 'stale' THEN 'source stale' ELSE 'source back' END AS kind,
    subject,
    period,
    period AS period_words,
    dated AS period_end,
    CASE
        WHEN kind = 'release' THEN title
        WHEN state = 'stale' THEN
            title || ': stale, ' || coalesce('nothing newer than ' || nullif(period, ''), 'no figure is held')
        ELSE title || ': back, newest period ' || coalesce(nullif(period, ''), 'none')
    END AS title,
    CAST(NULL AS DOUBLE) AS old_value,
    CAST(NULL AS DOUBLE) AS new_value,
    CAST(NULL AS DOUBLE) AS change_pct,
    CAST(NULL AS VARCHAR) AS unit,
    refs,
    concat_ws('; ', key, 'before: ' || old_state) AS detail,
    key AS identity,
    1.0 AS weight,
    1.0 AS size,
    CASE WHEN state = 'our fault' THEN 'error' END AS severity,
    FALSE AS folded,
    'releases' AS fold_group,
    CASE WHEN kind = 'release' THEN 'overdue' WHEN state = 'stale' THEN 'source stale' ELSE 'source back' END AS fold_kind,
    'sources' AS fold_subject,
    CASE
        WHEN kind = 'release' THEN '# further dataset{s} overdue'
        WHEN state = 'stale' THEN '# further source{s} stale'
        ELSE '# further source{s} back'
    END AS fold_words
FROM state_changes
WHERE
    change = 'changed' AND (
        kind = 'source'
        OR (
            kind = 'release' AND state IN ('overdue', 'published but unreachable', 'our fault', 'empty')
            AND old_state IN ('none expected', 'due')
        )
    );
