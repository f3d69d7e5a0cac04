-- One answer and the observations that it was made from, as known at an instant. $1 indicator, $2 period, $3 instant.
-- Grain: indicator, freq, period.
SELECT
    indicator, title, freq, period_start, period_end, period, value, unit, basis, obs_status, known_at, method, coverage,
    low_base, grade, inputs
FROM indicators_as_of(CAST($3 AS TIMESTAMP))
WHERE indicator = $1 AND period = $2
ORDER BY freq;
