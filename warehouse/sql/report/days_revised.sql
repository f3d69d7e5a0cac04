-- The days on which a figure of the trade between China and Russia was revised. $1 measure, $2 product, $3 flow. Grain: day.
SELECT DISTINCT CAST(known_at AS DATE) AS day
FROM revisions
WHERE
    measure = $1 AND product = $2 AND flow = $3
    AND ((reporter = 'CN' AND partner = 'RU') OR (reporter = 'RU' AND partner = 'CN'))
ORDER BY day;
