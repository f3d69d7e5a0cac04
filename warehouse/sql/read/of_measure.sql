-- The series of one measure that hold a period, whatever their scope. $1 measure, $2 period. Grain: series.
SELECT DISTINCT series_key
FROM observations
WHERE measure = $1 AND period = $2
ORDER BY series_key
LIMIT 13;
