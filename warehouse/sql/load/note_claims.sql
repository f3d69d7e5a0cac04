-- A row of history for each claim whose answer is another than at the last publication. $1 published at, $2 snapshot_id.
INSERT INTO claim_history
SELECT
    a.claim_id,
    $1 AS since,
    $2 AS snapshot_id,
    a.status_now AS status,
    a.computed_now AS computed,
    a.why_now AS why
FROM claim_answers AS a
LEFT JOIN (
    SELECT * FROM claim_history
    QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY since DESC, snapshot_id DESC) = 1
) AS last USING (claim_id)
WHERE
    last.claim_id IS NULL OR last.status <> a.status_now OR last.computed IS DISTINCT FROM a.computed_now;
