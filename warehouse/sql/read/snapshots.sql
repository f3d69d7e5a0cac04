-- The publications of this warehouse, oldest first.
SELECT
    number,
    snapshot_id,
    published_at,
    run_id,
    amur_version,
    schema_version,
    definitions
FROM snapshots
ORDER BY number;
