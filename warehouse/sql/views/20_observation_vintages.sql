-- observation_vintages: every value ever known. Grain: series_key, period_start, period_end, known_at, aside.
-- A vintage that stands `aside` was never current: its known_to is its known_at.
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
FROM vintages AS v
INNER JOIN series_dimensions AS s USING (series_id)
WHERE NOT v.superfluous;
