-- One quarantine entry with the payload it speaks of. $1 quarantine id. Grain: entry.
SELECT
    q.kind, q.state,
    p.source, p.url, p.sha256, p.fetched_at, p.checked_at, p.run_id, p.role, p.period, p.title, p.document_group,
    p.content_type, p.etag, p.last_modified, p.bytes, p.sidecar, p.state, p.earlier_at, p.flow
FROM quarantine AS q
INNER JOIN payloads AS p ON q.source = p.source AND q.url = p.url AND q.payload_sha256 = p.sha256
WHERE q.quarantine_id = $1
ORDER BY p.fetched_at
LIMIT 1;
