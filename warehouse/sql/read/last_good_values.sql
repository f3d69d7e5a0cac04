-- The last good value beside each cell of a held document: of the same period, else of the newest period before it.
-- $1 series keys, $2 first days, $3 last days, cell by cell; $4 the held body's hash, $5 when it was fetched.
-- Grain: cell asked for that has one.
WITH asked AS (
    SELECT
        unnest(range(len(CAST($1 AS VARCHAR[])))) AS number,
        unnest(CAST($1 AS VARCHAR[])) AS series_key,
        unnest(CAST($2 AS DATE[])) AS period_start,
        unnest(CAST($3 AS DATE[])) AS period_end
),

good AS (
    SELECT series_key, period_start, period_end, period, value, known_at, payload_sha256
    FROM observation_vintages
    WHERE
        payload_sha256 <> $4 AND fetched_at <= $5 AND NOT aside AND value IS NOT NULL
        AND series_key IN (SELECT a.series_key FROM asked AS a)
    QUALIFY row_number() OVER (PARTITION BY series_key, period_start, period_end ORDER BY known_at DESC) = 1
)

SELECT
    a.number, g.period, g.value, g.known_at, g.payload_sha256,
    g.period_start = a.period_start AND g.period_end = a.period_end AS same_period
FROM asked AS a
INNER JOIN good AS g
    ON
        a.series_key = g.series_key
        AND ((g.period_start = a.period_start AND g.period_end = a.period_end) OR g.period_end < a.period_end)
QUALIFY row_number() OVER (PARTITION BY a.number ORDER BY same_period DESC, g.period_end DESC, g.period_start) = 1
ORDER BY a.number;
