-- stale_quotes: the quoted numbers that are wrong now by a revision. Grain: watch_id.
CREATE OR REPLACE VIEW stale_quotes AS
SELECT * EXCLUDE (stale) FROM watch_state
WHERE stale;
