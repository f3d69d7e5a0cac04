-- Where a correction stands, a cell has one value as of any instant still, and the correction begins where the error ends.
SELECT v.series_key, v.period, v.known_at, v.known_to
FROM (
    SELECT
        o.series_key, o.period, o.period_start, o.known_at, o.known_to,
        lead(o.known_at) OVER (PARTITION BY o.series_key, o.period_start, o.period_end ORDER BY o.known_at) AS next_known_at
    FROM observation_vintages AS o
    WHERE NOT o.aside AND o.series_key IN (SELECT e.series_key FROM correction_entries AS e)
) AS v
WHERE v.known_to IS DISTINCT FROM v.next_known_at OR v.known_to <= v.known_at;
