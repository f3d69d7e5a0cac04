-- Some cells as they stood at an instant, with their payloads and how their series are usually revised. $1 series keys, $2 their periods, pair by pair,
-- $3 instant. Grain: cell, in the order asked for.
WITH asked AS (
    SELECT
        unnest(CAST($1 AS VARCHAR[])) AS series_key,
        unnest(CAST($2 AS VARCHAR[])) AS period,
        unnest(range(len(CAST($1 AS VARCHAR[])))) AS number
),

bodies AS (
    SELECT
        source, sha256,
        arg_max(url, fetched_at) AS url,
        arg_max(title, fetched_at) AS title,
        arg_max(flow, fetched_at) AS flow,
        arg_max(content_type, fetched_at) AS content_type,
        any_value(bytes) AS bytes
    FROM payloads
    GROUP BY source, sha256
)

SELECT
    o.series_key, o.source, o.dataset, o.measure, o.reporter, o.partner, o.partner_name, o.flow AS direction, o.product,
    o.freq, o.period_start, o.period_end, o.period, o.value, o.unit, o.obs_status, o.known_at, o.known_at_basis,
    o.published_at, o.fetched_at, o.parser_version, o.payload_sha256, o.locator,
    b.url, b.title, b.flow, b.content_type, b.bytes,
    r.cells, r.revised, r.nine_in_ten_change_pct, r.nine_in_ten_days
FROM observations_as_of(CAST($3 AS TIMESTAMP)) AS o
INNER JOIN asked AS a ON o.series_key = a.series_key AND o.period = a.period
LEFT JOIN bodies AS b ON o.source = b.source AND o.payload_sha256 = b.sha256
LEFT JOIN (SELECT * FROM revision_profile WHERE list_contains(CAST($1 AS VARCHAR[]), series_key)) AS r
    ON o.series_key = r.series_key
ORDER BY a.number;
