-- absences: an address that isn't there, once more. $1 source, $2 url, $3 status, $4 instant.
MERGE INTO absences AS a
USING (SELECT $1 AS source, $2 AS url, $3 AS status, $4 AS checked_at) AS found
    ON a.source = found.source AND a.url = found.url
WHEN MATCHED THEN
    UPDATE SET status = found.status, checked_at = found.checked_at, times = a.times + 1
WHEN NOT MATCHED THEN
    INSERT VALUES (found.source, found.url, found.status, found.checked_at, found.checked_at, 1);
