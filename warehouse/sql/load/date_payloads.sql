-- payloads: when the newest figure of each payload became known. $1 source.
UPDATE payloads
SET known_at = i.known_at
FROM (
    SELECT payload_sha256, fetched_at, max(known_at) AS known_at
    FROM incoming
    WHERE NOT again
    GROUP BY ALL
) AS i
WHERE payloads.source = $1 AND payloads.sha256 = i.payload_sha256 AND payloads.fetched_at = i.fetched_at;
