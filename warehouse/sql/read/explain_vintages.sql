-- All vintages of some cells with the payload that each was read from. $1 series keys, $2 their periods, pair by pair.
-- Grain: vintage, in the order of the cells asked for.
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
    a.number, v.series_key, v.period,
    v.value, v.unit, v.obs_status, v.known_at, v.known_to, v.known_at_basis, v.published_at, v.fetched_at, v.run_id,
    v.parser_version, v.payload_sha256, v.locator, v.source, v.dataset, v.measure, v.freq, v.reporter, v.partner, v.flow AS direction,
    v.product, v.partner_name, v.half_unit, v.aside,
    p.url, p.title, p.flow, p.content_type, p.bytes
FROM observation_vintages AS v
INNER JOIN asked AS a ON v.series_key = a.series_key AND v.period = a.period
LEFT JOIN bodies AS p ON v.source = p.source AND v.payload_sha256 = p.sha256
ORDER BY a.number, v.known_at;
