-- Answers as known at an instant. $1 instant, $2 indicators. Grain: indicator, freq, period.
SELECT indicator, freq, period, period_start, value, inputs
FROM indicators_as_of(CAST($1 AS TIMESTAMP))
WHERE list_contains(CAST($2 AS VARCHAR[]), indicator);
