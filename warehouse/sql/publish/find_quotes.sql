-- found: quoted numbers that a revision has made wrong since the publication before, and those that are right again. The
-- references name the story, then the bytes and place of the figure as it was when quoted, and as it is now.
INSERT INTO found BY NAME
SELECT
    CASE WHEN state IN ('stale', 'gone') THEN 'quote stale' ELSE 'quote holds again' END AS kind,
    subject,
    period,
    period AS period_words,
    dated AS period_end,
    CASE WHEN state IN ('stale', 'gone') THEN 'A quoted number is no longer right: ' ELSE 'A quoted number is right again: ' END
    || title AS title,
    value AS old_value,
    other_value AS new_value,
    100 * (other_value - value) / nullif(abs(value), 0) AS change_pct,
    unit,
    refs,
    'watch ' || key AS detail,
    concat_ws('|', key, state, format('{:.10e}', other_value)) AS identity,
    1.0 AS weight,
    1.5 AS size,
    CAST(NULL AS VARCHAR) AS severity,
    FALSE AS folded,
    'quotes' AS fold_group,
    CASE WHEN state IN ('stale', 'gone') THEN 'quote stale' ELSE 'quote holds again' END AS fold_kind,
    'quotes' AS fold_subject,
    '# further quoted number{s}' AS fold_words
FROM state_changes
WHERE
    kind = 'quote' AND (
        (change IN ('new', 'changed') AND state IN ('stale', 'gone'))
        OR (change = 'changed' AND state = 'holds' AND old_state IN ('stale', 'gone'))
    );
