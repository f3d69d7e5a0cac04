-- One quarantine entry as it stands. $1 its id. Grain: entry.
SELECT
    quarantine_id, kind, source, url, period, payload_sha256, locator, reason_kind, reason, evidence, held_rows,
    held_at, run_id, state, decided_at, decided_by, decision_note
FROM quarantine
WHERE quarantine_id = $1;
