-- found: claims whose status is another than in the publication before. Reads claim_history, where the claims' own part of
-- the publication has entered this one already. $1 id of the publication.
INSERT INTO found BY NAME
SELECT
    'claim flipped' AS kind,
    n.claim_id AS subject,
    '' AS period,
    '' AS period_words,
    CAST(NULL AS DATE) AS period_end,
    concat('Claim ', n.claim_id, ' "', t.claim, '": ', n.status, ', was ', o.status) AS title,
    TRY_CAST(o.computed AS DOUBLE) AS old_value,
    TRY_CAST(n.computed AS DOUBLE) AS new_value,
    CAST(NULL AS DOUBLE) AS change_pct,
    CAST(NULL AS VARCHAR) AS unit,
    [n.claim_id] AS refs,
    coalesce(n.why, '') AS detail,
    concat_ws('|', n.status, n.computed) AS identity,
    1.0 AS weight,
    CASE WHEN 'no data' IN (n.status, o.status) THEN 0.5 ELSE 1.5 END AS size,
    CASE WHEN 'no data' IN (n.status, o.status) THEN 'info' END AS severity,
    FALSE AS folded,
    'claims' AS fold_group,
    'claim flipped' AS fold_kind,
    'claims' AS fold_subject,
    '# further claim{s} flipped' AS fold_words
FROM claim_history AS n
INNER JOIN claim_texts AS t ON n.claim_id = t.claim_id
INNER JOIN claim_history AS o ON n.claim_id = o.claim_id AND o.snapshot_id <> n.snapshot_id
WHERE n.snapshot_id = $1
QUALIFY row_number() OVER (PARTITION BY n.claim_id ORDER BY o.since DESC, o.snapshot_id DESC) = 1 AND n.status <> o.status;
