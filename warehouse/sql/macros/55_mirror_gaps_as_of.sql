-- mirror_gaps_as_of(ts): what the exporter reports against what the importer reports, as known at the instant ts (UTC).
-- Grain: exporter, importer, product, quantity_kind, freq, period; only where both report.
--   gap        importer_value / cif_fob_factor - exporter_value: above zero the importer sees more than the exporter
--   gap_pct    gap in percent of the exporter's figure; NULL from zero
CREATE OR REPLACE MACRO mirror_gaps_as_of(ts) AS TABLE
WITH best AS MATERIALIZED (
    SELECT *
    FROM commodity_best_as_of(ts)
    WHERE scope = 'customs' AND flow IN ('X', 'M')
),

pairs AS (
    SELECT
        x.reporter AS exporter,
        x.partner AS importer,
        x.product,
        x.quantity_kind,
        x.unit,
        x.freq,
        x.period_start,
        x.period_end,
        x.period,
        x.value AS exporter_value,
        m.value AS importer_value,
        cif_fob_factor(x.quantity_kind) AS cif_fob_factor,
        x.half_unit AS exporter_half_unit,
        m.half_unit AS importer_half_unit,
        computed_status([x.obs_status, m.obs_status]) AS obs_status,
        greatest(x.known_at, m.known_at) AS known_at,
        CASE WHEN x.rank >= m.rank THEN x.source ELSE m.source END AS source, -- the lesser of the two
        x.series_key AS exporter_series_key,
        m.series_key AS importer_series_key,
        x.inputs || m.inputs AS inputs
    FROM best AS x
    INNER JOIN best AS m
        ON
            x.reporter = m.partner
            AND x.partner = m.reporter
            AND x.product = m.product
            AND x.quantity_kind = m.quantity_kind
            AND x.freq = m.freq
            AND x.period_start = m.period_start
            AND x.period_end = m.period_end
    WHERE x.flow = 'X' AND m.flow = 'M' AND x.reporter <> m.reporter -- China's re-imports have no other side
)

SELECT
    *,
    importer_value / cif_fob_factor - exporter_value AS gap,
    100 * (importer_value / cif_fob_factor - exporter_value) / nullif(exporter_value, 0) AS gap_pct
FROM pairs;
