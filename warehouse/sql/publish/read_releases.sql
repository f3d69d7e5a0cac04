-- states_now: each source (fresh or stale) and each dataset (as in release_calendar) at the instant of the publication.
INSERT INTO states_now BY NAME
SELECT
    'source' AS kind,
    source AS key,
    source AS subject,
    coalesce(newest_period, '') AS period,
    CASE WHEN stale THEN 'stale' ELSE 'fresh' END AS state,
    title,
    coalesce(newest_period_end, overdue_after) AS dated,
    [source] AS refs
FROM freshness
UNION ALL BY NAME
SELECT
    'release' AS kind,
    concat_ws(':', c.source, c.dataset, c.freq) AS key,
    c.source AS subject,
    c.next_period AS period,
    c.state,
    concat(
        s.title, ', ', c.dataset, CASE c.freq WHEN 'A' THEN ', year ' WHEN 'D' THEN ', day ' ELSE ', ' END, c.next_period, ': ',
        CASE c.state
            WHEN 'our fault' THEN 'overdue, and a batch is held in quarantine'
            WHEN 'empty' THEN 'overdue, the source answers with nothing'
            WHEN 'published but unreachable' THEN 'overdue, and the source could not be reached'
            ELSE c.state
        END,
        strftime(c.overdue_after, ', was expected by %Y-%m-%d')
    ) AS title,
    c.newest_period_end AS dated,
    [c.source] AS refs
FROM release_calendar AS c
INNER JOIN sources AS s USING (source);
