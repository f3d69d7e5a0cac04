-- The batches that wait for a person, the oldest first. Grain: entry.
SELECT quarantine_id, source, url, period, reason_kind, reason, held_rows, held_at
FROM quarantine
WHERE state = 'held' AND kind = 'batch'
ORDER BY held_at, quarantine_id;
