-- All answers, read once for all pages. Grain: indicator, freq, period; the newest last.
SELECT
    indicator, title, freq, period_start, period_end, period, value, unit, basis, obs_status, known_at, inputs, method, coverage, low_base,
    grade
FROM indicators
WHERE value IS NOT NULL
ORDER BY indicator, freq, period_end, period_start;
