-- snapshots: the publication that is being made. $1 number, $2 id, $3 instant, $4 run, $5 version, $6 schema.
INSERT INTO snapshots
SELECT $1, $2, $3, $4, $5, $6, coalesce(max(digest), '') FROM definitions;
