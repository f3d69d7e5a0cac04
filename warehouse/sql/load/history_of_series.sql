-- What the judge may compare with of the series in `wanted` (registered: what names the series of each new row): their
-- current values from 37 months before the oldest new period. $1 source, $2 first day. Grain: series, period.
SELECT
    o.dataset, o.measure, o.reporter, o.partner, o.partner_name, o.partner_kind, o.flow, o.product, o.unit, o.freq,
    o.period_start, o.period_end, o.value, o.obs_status, o.known_at_basis = 'reconstructed' AS reconstructed
FROM observations AS o
SEMI JOIN (
    SELECT series_key_of($1, dataset, measure, reporter, partner, partner_name, flow, product, unit, freq) AS series_key
    FROM (SELECT DISTINCT * FROM wanted)
) AS w USING (series_key)
WHERE o.source = $1 AND o.period_end >= CAST($2 AS DATE) - INTERVAL 37 MONTH
ORDER BY o.series_key, o.period_start, o.period_end;
