-- found: contradictions between figures that were not there before, and those that are over. Those of a first publication
-- are folded.
INSERT INTO found BY NAME
WITH told AS (
    SELECT
        *,
        change = 'new' AS opened,
        coalesce(value, old_value) AS side_a,
        coalesce(other_value, old_other_value) AS side_b
    FROM state_changes
    WHERE kind = 'disagreement' AND change IN ('new', 'gone')
)

SELECT
    CASE WHEN opened THEN 'disagreement opened' ELSE 'disagreement closed' END AS kind,
    coalesce(subject, old_subject) AS subject,
    coalesce(period, old_period) AS period,
    coalesce(period, old_period) AS period_words,
    coalesce(dated, old_dated) AS period_end,
    CASE WHEN opened THEN 'Disagreement: ' || title ELSE 'No longer in disagreement: ' || old_title END AS title,
    side_a AS old_value,
    side_b AS new_value,
    100 * (side_b - side_a) / nullif(abs(side_a), 0) AS change_pct,
    coalesce(unit, old_unit) AS unit,
    coalesce(refs, old_refs) AS refs,
    key AS detail,
    concat_ws('|', key, format('{:.10e}', side_a), format('{:.10e}', side_b)) AS identity,
    1.0 AS weight,
    0.5 + least(abs(coalesce(100 * (side_b - side_a) / nullif(abs(side_a), 0), 0)), 30) / 20 AS size,
    CAST(NULL AS VARCHAR) AS severity,
    is_first AS folded,
    split_part(key, '|', 1) AS fold_group,
    CASE
        WHEN is_first THEN 'backfilled'
        WHEN opened THEN 'disagreement opened'
        ELSE 'disagreement closed'
    END AS fold_kind,
    'disagreements' AS fold_subject,
    concat(
        '# ', CASE WHEN NOT is_first THEN 'further ' END, 'disagreement{s} (', replace(split_part(key, '|', 1), '_', ' '), ')',
        CASE WHEN is_first THEN ' found' WHEN opened THEN ' opened' ELSE ' closed' END
    ) AS fold_words
FROM told;
