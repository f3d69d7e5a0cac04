-- How many sources have become stale, or releases overdue, since the newest publication: enough to publish anew, though
-- no figure came. $1 instant.
SELECT count(*)
FROM state_history AS h
WHERE
    h.to_snapshot IS NULL
    AND (
        (
            h.kind = 'source' AND h.state = 'fresh'
            AND h.key IN (SELECT f.source FROM freshness_at($1) AS f WHERE f.stale)
        )
        OR (
            h.kind = 'release' AND h.state IN ('none expected', 'due')
            AND h.key IN (
                SELECT concat_ws(':', c.source, c.dataset, c.freq)
                FROM release_calendar_at($1) AS c
                WHERE c.state NOT IN ('none expected', 'due')
            )
        )
    );
