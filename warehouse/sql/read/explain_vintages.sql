-- All vintages of one cell with the payload that each was read from. $1 series key, $2 period. Grain: vintage.
SELECT
    v.value, v.unit, v.obs_status, v.known_at, v.known_to, v.known_at_basis, v.published_at, v.fetched_at, v.run_id,
    v.parser_version, v.payload_sha256, v.locator, v.source, v.dataset, v.measure, v.freq,
    p.url, p.title, p.flow, p.bytes
FROM observation_vintages AS v
LEFT JOIN (
    SELECT
        source, sha256,
        arg_max(url, fetched_at) AS url,
        arg_max(title, fetched_at) AS title,
        arg_max(flow, fetched_at) AS flow,
        any_value(bytes) AS bytes
    FROM payloads
    GROUP BY source, sha256
) AS p ON v.source = p.source AND v.payload_sha256 = p.sha256
WHERE v.series_key = $1 AND v.period = $2
ORDER BY v.known_at;
