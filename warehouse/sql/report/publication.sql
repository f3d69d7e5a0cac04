-- The publication, and the run that made it. One row; none where nothing was ever published.
SELECT
    s.snapshot_id, s.published_at, s.run_id, s.amur_version, s.schema_version,
    r.kind, r.started_at, r.state
FROM snapshot AS s
LEFT JOIN runs AS r USING (run_id);
