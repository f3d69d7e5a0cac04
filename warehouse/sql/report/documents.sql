-- The newest documents of each source. $1 how many of each. Grain: source, body.
SELECT
    source, url, title, period, fetched_at, sha256, state
FROM payloads
QUALIFY row_number() OVER (PARTITION BY source ORDER BY fetched_at DESC, url) <= $1
ORDER BY source, fetched_at DESC, url;
