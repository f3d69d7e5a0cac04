-- The calls to a source's service on one day (UTC), by kind of run. $1 source, $2 an instant of the day. Grain: kind.
-- Each attempt is a call. A killed run closed no books, but what it archived was answered: one call a body.
WITH noted AS (
    SELECT
        r.kind,
        sum(f.attempts) AS calls
    FROM fetches AS f
    INNER JOIN runs AS r USING (run_id)
    WHERE f.source = $1 AND CAST(f.fetched_at AS DATE) = CAST(CAST($2 AS TIMESTAMP) AS DATE)
    GROUP BY r.kind
),

adopted AS (
    SELECT
        r.kind,
        count(*) AS calls
    FROM payloads AS p
    INNER JOIN runs AS r USING (run_id)
    ANTI JOIN fetches AS f
        ON p.source = f.source AND p.run_id = f.run_id AND p.url = f.url
    WHERE
        p.source = $1 AND r.kind <> 'ingest' AND CAST(p.fetched_at AS DATE) = CAST(CAST($2 AS TIMESTAMP) AS DATE)
    GROUP BY r.kind
)

SELECT
    kind,
    CAST(sum(calls) AS BIGINT) AS calls
FROM (FROM noted UNION ALL FROM adopted)
GROUP BY kind;
