-- One indicator, as its CSV file holds it. $1 indicator. Grain: freq, period; the newest last.
SELECT
    indicator, freq, period, period_start, period_end, value, unit, basis, obs_status, grade, low_base, coverage, known_at, method
FROM indicators
WHERE indicator = $1 AND value IS NOT NULL
ORDER BY freq, period_end, period_start;
