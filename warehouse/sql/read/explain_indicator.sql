-- One answer and the observations that it was made from. $1 indicator, $2 period. Grain: indicator, freq, period.
SELECT indicator, title, freq, period, value, unit, basis, obs_status, known_at, method, grade, inputs
FROM indicators
WHERE indicator = $1 AND period = $2
ORDER BY freq;
