-- Who decided about a quarantine entry, when and why. $1 its id. Grain: entry.
SELECT decided_by, decided_at, decision_note
FROM quarantine
WHERE quarantine_id = $1;
