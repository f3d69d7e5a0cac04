-- indicator_history: what is published for the first time, or otherwise than before. $1 number, $2 instant.
INSERT INTO indicator_history
SELECT
    indicator, freq, period_start, period_end, period, title, value, unit, basis, obs_status, coverage, low_base, grade,
    method, known_at, inputs, $2, NULL, $1, NULL
FROM indicator_changes
WHERE change <> 'withdrawn';
