-- found: claims whose status is another than in the publication before. Reads claim_history, where the claims' own part of
-- the publication has entered this one already. $1 id of the publication.
INSERT INTO found BY NAME
WITH answered AS (
    SELECT
        *,
        lag(status) OVER one_claim AS old_status,
        lag(computed) OVER one_claim AS old_computed
    FROM claim_history
    WINDOW one_claim AS (PARTITION BY claim_id ORDER BY since)
)

SELECT
    'claim flipped' AS kind,
    a.claim_id AS subject,
    '' AS period,
    '' AS period_words,
    CAST(NULL AS DATE) AS period_end,
    concat('Claim ', a.claim_id, ' "', t.claim, '": ', a.status, ', was ', a.old_status) AS title,
    a.old_computed AS old_value,
    a.computed AS new_value,
    CAST(NULL AS DOUBLE) AS change_pct,
    t.unit,
    [a.claim_id] AS refs,
    a.why AS detail,
    concat_ws('|', a.status, a.computed) AS identity,
    1.0 AS weight,
    CASE WHEN 'no data' IN (a.status, a.old_status) THEN 0.5 ELSE 1.5 END AS size,
    CASE WHEN 'no data' IN (a.status, a.old_status) THEN 'info' END AS severity,
    FALSE AS folded,
    'claims' AS fold_group,
    'claim flipped' AS fold_kind,
    'claims' AS fold_subject,
    '# further claim{s} flipped' AS fold_words
FROM answered AS a
INNER JOIN claim_texts AS t USING (claim_id)
WHERE a.snapshot_id = $1 AND a.status <> a.old_status;
