-- The payloads whose doubt at one place is still held, with that of one entry whatever its state. $1 source, $2 URL,
-- $3 locator, $4 found text, $5 quarantine id. Grain: body, as it came first.
SELECT DISTINCT ON (p.sha256)
    p.source, p.url, p.sha256, p.fetched_at, p.checked_at, p.run_id, p.role, p.period, p.title, p.document_group,
    p.content_type, p.etag, p.last_modified, p.bytes, p.sidecar, p.state, p.earlier_at, p.flow
FROM quarantine AS q
INNER JOIN payloads AS p ON q.source = p.source AND q.url = p.url AND q.payload_sha256 = p.sha256
WHERE
    q.kind = 'row'
    AND q.source = $1
    AND q.url = $2
    AND q.locator = $3
    AND json_extract_string(q.evidence, '$.found') = $4
    AND (q.state = 'held' OR q.quarantine_id = $5)
ORDER BY p.sha256, p.fetched_at;
