-- vintages: the incoming readings that say something new, or print what had only been implied, in the order of their
-- cells.
INSERT INTO vintages
SELECT
    series_id, period_start, period_end, value, obs_status, half_unit, published_at, fetched_at, known_at, known_to,
    known_at_basis, superfluous, aside, run_id, parser_version, payload_sha256, locator
FROM timeline
WHERE row_id IS NULL AND (first_print OR NOT superfluous)
ORDER BY series_id, period_start, period_end, known_at;
