-- The addresses of a source whose newest body can't be used though an older one can. $1 source, $2 the states that can
-- be used. Grain: url.
SELECT url
FROM payloads
WHERE source = $1
GROUP BY url
HAVING max_by(state, (fetched_at, sidecar)) NOT IN (SELECT unnest($2)) AND bool_or(list_contains($2, state));
