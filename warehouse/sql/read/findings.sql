-- Findings by rank: $1 found since (or NULL), $2 run, $3 kind (or empty), $4 how many at most (or NULL). With neither instant
-- nor run: those of the newest publication.
WITH asked AS (
    SELECT
        CAST($1 AS TIMESTAMP) AS since,
        CAST($2 AS VARCHAR) AS run_id,
        CAST($3 AS VARCHAR) AS kind
)

SELECT f.*
FROM findings AS f
CROSS JOIN asked AS a
WHERE
    (a.since IS NULL OR f.found_at >= a.since)
    AND (a.run_id = '' OR f.run_id = a.run_id)
    AND (
        a.since IS NOT NULL OR a.run_id <> ''
        OR f.snapshot_id = (SELECT arg_max(s.snapshot_id, s.number) FROM snapshots AS s)
    )
    AND (a.kind = '' OR f.kind = a.kind)
ORDER BY f.rank DESC, f.found_at DESC, f.finding_id
LIMIT $4;
