-- The series whose key holds a text. $1 the text. Grain: series.
SELECT series_key
FROM series
WHERE series_key = $1 OR contains(lower(series_key), lower($1))
ORDER BY series_key <> $1, series_key
LIMIT 12;
