-- The days on which a figure of what China sends to Russia (or of both directions) came to be known or was revised.
-- $1 flow, $2 unit, $3 freqs. Grain: day.
SELECT DISTINCT CAST(known_at AS DATE) AS day
FROM observation_vintages
WHERE
    reporter = 'CN' AND partner = 'RU' AND flow = $1 AND unit = $2
    AND list_contains(CAST($3 AS VARCHAR[]), freq) AND (product = 'TOTAL' OR unit <> 'USD')
ORDER BY day;
