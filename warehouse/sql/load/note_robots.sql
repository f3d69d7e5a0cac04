-- robots: the newest robots.txt of a host. $1 host, $2 instant, $3 body. Grain: host.
MERGE INTO robots AS kept
USING (SELECT $1 AS host, $2 AS fetched_at, $3 AS body) AS found
    ON kept.host = found.host
WHEN MATCHED THEN
    UPDATE SET fetched_at = found.fetched_at, body = found.body
WHEN NOT MATCHED THEN
    INSERT VALUES (found.host, found.fetched_at, found.body);
