-- What the judge may compare a source's new rows with: its current values from 37 months before the oldest new period.
-- $1 source, $2 first day. Grain: series, period.
SELECT
    dataset, measure, reporter, partner, partner_name, partner_kind, flow, product, unit, freq, period_start,
    period_end, value, obs_status, known_at_basis = 'reconstructed' AS reconstructed
FROM observations
WHERE source = $1 AND period_end >= CAST($2 AS DATE) - INTERVAL 37 MONTH
ORDER BY series_key, period_start, period_end;
