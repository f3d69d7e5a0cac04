-- The newest usable body of each address of a source. $1 source, $2 the states that can be used. Grain: url.
SELECT
    source, url, sha256, fetched_at, checked_at, run_id, role, period, title, document_group, content_type, etag,
    last_modified, bytes, sidecar, state, earlier_at, flow
FROM payloads
WHERE source = $1 AND list_contains($2, state)
QUALIFY row_number() OVER (PARTITION BY url ORDER BY fetched_at DESC, sidecar DESC) = 1;
