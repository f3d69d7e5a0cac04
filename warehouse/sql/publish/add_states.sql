-- state_history: what is so for the first time, or otherwise than before. $1 number, $2 instant of the publication.
INSERT INTO state_history
SELECT
    kind, key, subject, period, state, title, value, other_value, unit, dated, refs, $2, NULL, $1, NULL
FROM state_changes
WHERE change <> 'gone';
