-- Cells as known at an instant. $1 instant, $2 series keys. Grain: series_key, period.
SELECT series_key, freq, period, period_start, value, [series_key || ' ' || period] AS inputs
FROM observations_as_of(CAST($1 AS TIMESTAMP))
WHERE list_contains(CAST($2 AS VARCHAR[]), series_key);
