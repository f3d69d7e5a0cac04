-- disagreements: one cell, two sources, values apart by more than rounding. Grain: cell, pair of series.
CREATE OR REPLACE VIEW disagreements AS
SELECT
    a.measure,
    a.reporter,
    a.partner,
    a.flow,
    a.product,
    a.unit,
    a.freq,
    a.period_start,
    a.period_end,
    a.period,
    a.series_key AS series_key_a,
    a.value AS value_a,
    b.series_key AS series_key_b,
    b.value AS value_b,
    100 * (b.value - a.value) / nullif(abs(a.value), 0) AS difference_pct
FROM observations AS a
INNER JOIN observations AS b
    ON
        a.measure = b.measure
        AND a.reporter = b.reporter
        AND a.partner = b.partner
        AND a.flow = b.flow
        AND a.product = b.product
        AND a.unit = b.unit
        AND a.freq = b.freq
        AND a.period_start = b.period_start
        AND a.period_end = b.period_end
        AND a.series_key < b.series_key
WHERE abs(a.value - b.value) > a.half_unit + b.half_unit;
