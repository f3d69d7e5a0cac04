-- The last good document beside a held one: of the same address, else of the same run of documents, else of the source.
-- $1 quarantine id. Grain: at most one row. `how`: 1 the same address, 2 another period of it, 3 another document.
WITH held AS (
    SELECT p.source, p.url, p.sha256, p.document_group, p.fetched_at
    FROM quarantine AS q
    INNER JOIN payloads AS p ON q.source = p.source AND q.url = p.url AND q.payload_sha256 = p.sha256
    WHERE q.quarantine_id = $1
    ORDER BY p.fetched_at
    LIMIT 1
)

SELECT
    CASE
        WHEN p.url = h.url THEN 1
        WHEN h.document_group <> '' AND p.document_group = h.document_group THEN 2
        ELSE 3
    END AS how,
    p.source, p.url, p.sha256, p.fetched_at, p.checked_at, p.run_id, p.role, p.period, p.title, p.document_group,
    p.content_type, p.etag, p.last_modified, p.bytes, p.sidecar, p.state, p.earlier_at, p.flow
FROM held AS h
INNER JOIN payloads AS p ON h.source = p.source
WHERE p.state = 'loaded' AND p.sha256 <> h.sha256 AND p.fetched_at <= h.fetched_at
ORDER BY how, p.fetched_at DESC, p.period DESC, p.url
LIMIT 1;
