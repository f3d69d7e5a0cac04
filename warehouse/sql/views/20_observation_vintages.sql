-- observation_vintages: every value ever known. Grain: series_key, period_start, period_end, known_at, aside.
-- A vintage that stands `aside` was never current: its known_to is its known_at.
-- A known error of a publisher ends where its correction begins, which is a vintage of its own: basis reconstructed, status
-- E, the bytes those of the wrong print, the locator with the reason behind it.
CREATE OR REPLACE VIEW observation_vintages AS
SELECT
    s.series_key,
    s.source,
    s.dataset,
    s.measure,
    s.reporter,
    s.partner,
    s.flow,
    s.product,
    s.unit,
    s.freq,
    v.period_start,
    v.period_end,
    period_label(s.freq, v.period_start, v.period_end) AS period,
    v.value,
    v.obs_status,
    v.published_at,
    v.fetched_at,
    v.known_at,
    v.known_at_basis,
    v.known_to,
    v.run_id,
    v.parser_version,
    v.payload_sha256,
    v.locator,
    s.partner_name,
    s.partner_kind,
    v.half_unit,
    v.aside
FROM (
    SELECT
        v.* REPLACE (CASE WHEN c.series_id IS NULL THEN v.known_to ELSE c.corrected_at END AS known_to)
    FROM vintages AS v
    LEFT JOIN corrected_vintages AS c
        ON
            v.series_id = c.series_id AND v.period_start = c.period_start AND v.period_end = c.period_end
            AND v.known_at = c.wrong_known_at AND NOT v.aside
    WHERE NOT v.superfluous
    UNION ALL BY NAME
    SELECT
        v.* REPLACE (
            c.value AS value,
            'E' AS obs_status,
            CAST(NULL AS TIMESTAMP) AS published_at,
            greatest(v.fetched_at, c.corrected_at) AS fetched_at,
            c.corrected_at AS known_at,
            c.known_to AS known_to,
            'reconstructed' AS known_at_basis,
            c.locator AS locator
        )
    FROM vintages AS v
    INNER JOIN corrected_vintages AS c
        ON
            v.series_id = c.series_id AND v.period_start = c.period_start AND v.period_end = c.period_end
            AND v.known_at = c.wrong_known_at
    WHERE NOT v.superfluous AND NOT v.aside
) AS v
INNER JOIN series_dimensions AS s USING (series_id);
