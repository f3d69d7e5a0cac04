-- How fresh each source is, with what the catalogue says of it. Grain: source.
SELECT
    s.source, s.family, s.title, s.publisher, s.url, s.licence, s.attribution, s.cadence, s.calendar,
    f.state, f.stale, f.newest_period, f.next_expected_on, f.last_success_at, f.last_attempt_at, f.held_batches, f.last_error,
    coalesce(n.series, 0) AS series,
    coalesce(n.cells, 0) AS cells
FROM sources AS s
LEFT JOIN freshness AS f ON s.source = f.source
LEFT JOIN (
    SELECT
        source,
        count(*) AS series,
        sum(cells) AS cells
    FROM series
    GROUP BY source
) AS n ON s.source = n.source
ORDER BY s.family, s.source;
