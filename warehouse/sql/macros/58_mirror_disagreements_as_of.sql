-- mirror_disagreements_as_of(ts): exporter and importer that are further apart than freight and timing explain, as
-- known at ts. A is the exporter's figure, B the importer's as it reports it; `difference` is taken after freight
-- (cif_fob_factor). Grain: exporter, importer, product, quantity_kind, freq, period.
-- Tolerance: rounding, and a tenth of the larger figure: freight of 0 to 16 % instead of 6 %, goods on their way when
-- the month ends.
CREATE OR REPLACE MACRO mirror_disagreements_as_of(ts) AS TABLE
WITH gaps AS (
    SELECT
        *,
        exporter_half_unit + importer_half_unit
        + 0.1 * greatest(abs(exporter_value), abs(importer_value / cif_fob_factor)) AS tolerance
    FROM mirror_gaps_as_of(ts)
)

SELECT
    'mirror_gap' AS kind,
    CASE WHEN quantity_kind = 'value' THEN 'trade_value' ELSE 'quantity' END AS measure,
    exporter AS reporter,
    importer AS partner,
    'X' AS flow,
    product,
    unit,
    freq,
    period_start,
    period_end,
    exporter_series_key AS series_key_a,
    exporter_value AS value_a,
    inputs[1:1] AS inputs_a,
    importer AS reporter_b,
    exporter AS partner_b,
    'M' AS flow_b,
    CAST(NULL AS VARCHAR) AS product_b,
    CAST(NULL AS VARCHAR) AS freq_b,
    importer_series_key AS series_key_b,
    importer_value AS value_b,
    inputs[2:2] AS inputs_b,
    gap AS difference,
    tolerance,
    FALSE AS explained,
    importer || ' reports '
    || CASE WHEN gap > 0 THEN 'more' ELSE 'less' END || ' from ' || exporter || ' than ' || exporter || ' reports to '
    || importer
    || CASE WHEN quantity_kind = 'value' THEN format(', freight taken out (CIF / {:.2f})', cif_fob_factor) ELSE '' END
        AS explanation,
    known_at
FROM gaps
WHERE abs(gap) > tolerance;
