-- Each vintage ends when the next begins: as of any instant a cell has one value.
SELECT *
FROM (
    SELECT
        series_id, period_start, period_end, known_at, known_to,
        lead(known_at) OVER (PARTITION BY series_id, period_start, period_end ORDER BY known_at) AS next_known_at
    FROM vintages
    WHERE NOT superfluous AND NOT aside
)
WHERE known_to IS DISTINCT FROM next_known_at OR known_to <= known_at;
