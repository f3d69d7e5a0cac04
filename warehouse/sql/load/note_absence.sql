-- absences: an address that isn't there, once more. $1 source, $2 url, $3 status, $4 instant.
INSERT INTO absences VALUES ($1, $2, $3, $4, $4, 1)
ON CONFLICT (source, url) DO UPDATE SET
    status = excluded.status, checked_at = excluded.checked_at, times = absences.times + 1;
