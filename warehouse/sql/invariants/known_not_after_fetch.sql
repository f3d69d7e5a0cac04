-- Nothing is known later than it was fetched (5 minutes for clocks).
SELECT series_id, period_start, period_end, known_at, fetched_at
FROM vintages
WHERE known_at > fetched_at + INTERVAL 5 MINUTE;
