-- unit_value_disagreements(relation): months whose value per tonne or piece is more than three times, or less than a
-- third of, the median of the 13 months around it (seven at least) for the same reporter, partner, flow and product in
-- one source. `relation`: reconciled cells. A is the value as reported, B what its quantity comes to at that median.
-- Grain: series_key_a, series_key_b, period.
CREATE OR REPLACE MACRO unit_value_disagreements(relation) AS TABLE
WITH cells AS NOT MATERIALIZED (
    SELECT *
    FROM query_table(relation)
    WHERE
        freq = 'M'
        AND product <> 'TOTAL'
        AND value > 0
        AND (
            (measure = 'trade_value' AND unit = 'USD')
            OR (measure = 'quantity' AND unit IN ('t', 'units'))
        )
        AND date_trunc('month', period_start) = date_trunc('month', period_end)
),

priced AS (
    SELECT
        v.measure, v.reporter, v.partner, v.flow, v.product, v.unit, v.freq, v.period_start, v.period_end, v.period,
        v.series_key AS value_key,
        q.series_key AS quantity_key,
        v.value,
        q.value AS quantity,
        q.unit AS quantity_unit,
        v.value / q.value AS unit_value,
        greatest(v.known_at, q.known_at) AS known_at
    FROM cells AS v
    INNER JOIN cells AS q
        ON
            v.source = q.source
            AND v.dataset = q.dataset
            AND v.reporter = q.reporter
            AND v.partner = q.partner
            AND v.flow = q.flow
            AND v.product = q.product
            AND v.period_start = q.period_start
            AND v.period_end = q.period_end
    WHERE v.measure = 'trade_value' AND q.measure = 'quantity'
),

usual AS (
    SELECT
        *,
        median(unit_value) OVER around AS median_unit_value,
        count(*) OVER around AS months,
        max(known_at) OVER around AS around_known_at
    FROM priced
    WINDOW around AS (
        PARTITION BY value_key, quantity_key
        ORDER BY period_start
        RANGE BETWEEN INTERVAL 6 MONTH PRECEDING AND INTERVAL 6 MONTH FOLLOWING
    )
)

SELECT
    'unit_value' AS kind,
    measure,
    reporter,
    partner,
    flow,
    product,
    unit,
    freq,
    period_start,
    period_end,
    value_key AS series_key_a,
    value AS value_a,
    [value_key || ' ' || period] AS inputs_a,
    CAST(NULL AS VARCHAR) AS reporter_b,
    CAST(NULL AS VARCHAR) AS partner_b,
    CAST(NULL AS VARCHAR) AS flow_b,
    CAST(NULL AS VARCHAR) AS product_b,
    CAST(NULL AS VARCHAR) AS freq_b,
    quantity_key AS series_key_b,
    quantity * median_unit_value AS value_b,
    [quantity_key || ' ' || period] AS inputs_b,
    quantity * median_unit_value - value AS difference,
    quantity * median_unit_value * CASE WHEN unit_value > median_unit_value THEN 2 ELSE 2 / 3 END AS tolerance,
    FALSE AS explained,
    format(
        'at {:.6g} USD/{} against a median of {:.6g} in {} months: quantity or value is wrong, or the goods are others',
        unit_value, quantity_unit, median_unit_value, months
    ) AS explanation,
    around_known_at AS known_at
FROM usual
WHERE months >= 7 AND (unit_value > 3 * median_unit_value OR 3 * unit_value < median_unit_value);
