-- found: projects with a newer word of either side. Those of a first publication are folded.
INSERT INTO found BY NAME
SELECT
    'project moved' AS kind,
    subject,
    period,
    period AS period_words,
    dated AS period_end,
    concat(title, ': ', state, CASE WHEN change = 'changed' THEN '; before: ' || old_state END) AS title,
    CAST(NULL AS DOUBLE) AS old_value,
    CAST(NULL AS DOUBLE) AS new_value,
    CAST(NULL AS DOUBLE) AS change_pct,
    CAST(NULL AS VARCHAR) AS unit,
    refs,
    concat_ws('; ', 'state: ' || state, 'before: ' || old_state) AS detail,
    state AS identity,
    1.0 AS weight,
    CASE WHEN split_part(state, ' on ', 1) = split_part(coalesce(old_state, ''), ' on ', 1) THEN 0.7 ELSE 1.2 END AS size,
    CAST(NULL AS VARCHAR) AS severity,
    is_first AS folded,
    'projects' AS fold_group,
    CASE WHEN is_first THEN 'backfilled' ELSE 'project moved' END AS fold_kind,
    'projects' AS fold_subject,
    CASE WHEN is_first THEN '# project{s} came in' ELSE '# further project{s} moved' END AS fold_words
FROM state_changes
WHERE kind = 'project' AND change IN ('new', 'changed');
