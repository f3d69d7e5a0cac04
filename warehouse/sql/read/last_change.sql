-- The newest publication that found something, and how much.
SELECT
    s.snapshot_id,
    s.published_at,
    count(*) AS findings
FROM findings AS f
INNER JOIN snapshots AS s USING (snapshot_id)
GROUP BY ALL
ORDER BY s.published_at DESC
LIMIT 1;
